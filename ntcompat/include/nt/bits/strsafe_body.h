/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The body of ntstrsafe.h for one width of characters: included once with NT_CH and
 * NT_N(name) for CHAR and once for WCHAR, hence no guard.
 *
 * All functions end in a terminated string when they return STATUS_BUFFER_OVERFLOW,
 * which means that the text was cut.
 */

/* Is there a buffer of @room units to write to? */
NT_STRSAFE NTSTATUS NT_N(nt_room)(const NT_CH *to, size_t room, ULONG flags)
{
	if (room > NTSTRSAFE_MAX_CCH || flags & ~STRSAFE_VALID_FLAGS)
		return STATUS_INVALID_PARAMETER;
	if (flags & STRSAFE_IGNORE_NULLS)
		return !to && room ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
	return to && room ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

NT_STRSAFE NTSTATUS NT_N(nt_length)(const NT_CH *s, size_t limit, size_t *length)
{
	size_t n = 0;

	while (n < limit && s[n])
		n++;
	*length = n;
	return n < limit ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

/* Puts at most @max units of @from at @used, and a terminator. */
NT_STRSAFE NTSTATUS NT_N(nt_put)(NT_CH *to, size_t room, size_t *used, const NT_CH *from, size_t max)
{
	NTSTATUS status = STATUS_SUCCESS;

	if (!room)
		return max && *from ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
	for (; max && *from; max--) {
		if (*used == room - 1) {
			status = STATUS_BUFFER_OVERFLOW;
			break;
		}
		to[(*used)++] = *from++;
	}
	to[*used] = 0;
	return status;
}

NT_STRSAFE NTSTATUS NT_N(nt_print)(NT_CH *to, size_t room, size_t *used, const NT_CH *format,
				   __builtin_va_list args)
{
	int n;

	if (!room)
		return *format ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
	n = NT_VPRINT(to, room - 1, format, args);
	*used = n < 0 ? room - 1 : (size_t)n;
	to[*used] = 0;
	return n < 0 ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

/*
 * What the flags ask for at the end. @bytes: of the whole buffer; @old: how long the
 * string was before.
 */
NT_STRSAFE NTSTATUS NT_N(nt_finish)(NT_CH *to, size_t bytes, size_t used, size_t old, ULONG flags,
				    NTSTATUS status, NT_CH **end, size_t *left)
{
	size_t room = bytes / sizeof(NT_CH);
	int byte = flags & 0xff;

	if (NT_SUCCESS(status)) {
		if (flags & STRSAFE_FILL_BEHIND_NULL && room)
			memset(to + used + 1, byte, bytes - (used + 1) * sizeof(NT_CH));
	} else if (room && to) {
		if (flags & STRSAFE_FILL_ON_FAILURE) {
			memset(to, byte, bytes);
			used = byte ? room - 1 : 0;
			to[used] = 0;
		}
		if (flags & (STRSAFE_NULL_ON_FAILURE | STRSAFE_NO_TRUNCATION)) {
			used = flags & STRSAFE_NULL_ON_FAILURE ? 0 : old;
			to[used] = 0;
		}
	}
	if (NT_SUCCESS(status) || status == STATUS_BUFFER_OVERFLOW) {
		if (end)
			*end = to ? to + used : to;
		if (left)
			*left = bytes - used * sizeof(NT_CH);
	}
	return status;
}

/*
 * All of copying and appending: @bytes is the buffer's size, @max the most units to
 * take; @left, in bytes, receives what remains, with the terminator.
 */
NT_STRSAFE NTSTATUS NT_N(nt_build)(NT_CH *to, size_t bytes, const NT_CH *from, size_t max, int append,
				   NT_CH **end, size_t *left, ULONG flags)
{
	size_t room = bytes / sizeof(NT_CH), used = 0, old = 0;
	NTSTATUS status = NT_N(nt_room)(to, room, flags);

	if (!NT_SUCCESS(status))
		return status;
	if (append && room) {
		status = NT_N(nt_length)(to, room, &used);
		if (!NT_SUCCESS(status))
			used = 0;
		old = used;
	}
	if (!from && !(flags & STRSAFE_IGNORE_NULLS))
		status = STATUS_INVALID_PARAMETER;
	if (max != NT_STRSAFE_ALL && max > NTSTRSAFE_MAX_LENGTH)
		status = STATUS_INVALID_PARAMETER;
	if (NT_SUCCESS(status))
		status = NT_N(nt_put)(to, room, &used, from ? from : NT_N(nt_empty), max);
	return NT_N(nt_finish)(to, bytes, used, old, flags, status, end, left);
}

NT_STRSAFE NTSTATUS NT_N(nt_format)(NT_CH *to, size_t bytes, NT_CH **end, size_t *left, ULONG flags,
				    const NT_CH *format, __builtin_va_list args)
{
	size_t room = bytes / sizeof(NT_CH), used = 0;
	NTSTATUS status = NT_N(nt_room)(to, room, flags);

	if (!NT_SUCCESS(status))
		return status;
	if (!format && !(flags & STRSAFE_IGNORE_NULLS))
		status = STATUS_INVALID_PARAMETER;
	else
		status = NT_N(nt_print)(to, room, &used, format ? format : NT_N(nt_empty), args);
	return NT_N(nt_finish)(to, bytes, used, 0, flags, status, end, left);
}

/* A count of characters as bytes; one that is too large stays so. */
#ifndef NT_CCH_BYTES
#define NT_CCH_BYTES(cch, size)	((cch) > NTSTRSAFE_MAX_CCH ? ~(size_t)0 : (cch) * (size))
#endif

/* ---- Lengths ---- */

NT_STRSAFE NTSTATUS NT_N(RtlStringCchLength)(const NT_CH *psz, size_t cchMax, size_t *pcchLength)
{
	NTSTATUS status = STATUS_INVALID_PARAMETER;
	size_t length = 0;

	if (psz && cchMax <= NTSTRSAFE_MAX_CCH)
		status = NT_N(nt_length)(psz, cchMax, &length);
	if (pcchLength)
		*pcchLength = NT_SUCCESS(status) ? length : 0;
	return status;
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCbLength)(const NT_CH *psz, size_t cbMax, size_t *pcbLength)
{
	NTSTATUS status = NT_N(RtlStringCchLength)(psz, cbMax / sizeof(NT_CH), pcbLength);

	if (pcbLength)
		*pcbLength *= sizeof(NT_CH);
	return status;
}

/* ---- Copies ---- */

NT_STRSAFE NTSTATUS NT_N(RtlStringCbCopyEx)(NT_CH *pszDest, size_t cbDest, const NT_CH *pszSrc,
					    NT_CH **ppszDestEnd, size_t *pcbRemaining, ULONG dwFlags)
{
	return NT_N(nt_build)(pszDest, cbDest, pszSrc, NT_STRSAFE_ALL, 0, ppszDestEnd, pcbRemaining,
			      dwFlags);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCbCopyNEx)(NT_CH *pszDest, size_t cbDest, const NT_CH *pszSrc,
					     size_t cbToCopy, NT_CH **ppszDestEnd,
					     size_t *pcbRemaining, ULONG dwFlags)
{
	return NT_N(nt_build)(pszDest, cbDest, pszSrc, cbToCopy / sizeof(NT_CH), 0, ppszDestEnd,
			      pcbRemaining, dwFlags);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCbCopy)(NT_CH *pszDest, size_t cbDest, const NT_CH *pszSrc)
{
	return NT_N(RtlStringCbCopyEx)(pszDest, cbDest, pszSrc, NULL, NULL, 0);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCbCopyN)(NT_CH *pszDest, size_t cbDest, const NT_CH *pszSrc,
					   size_t cbToCopy)
{
	return NT_N(RtlStringCbCopyNEx)(pszDest, cbDest, pszSrc, cbToCopy, NULL, NULL, 0);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchCopyEx)(NT_CH *pszDest, size_t cchDest, const NT_CH *pszSrc,
					     NT_CH **ppszDestEnd, size_t *pcchRemaining,
					     ULONG dwFlags)
{
	size_t left = 0;
	NTSTATUS status = NT_N(nt_build)(pszDest, NT_CCH_BYTES(cchDest, sizeof(NT_CH)), pszSrc,
					 NT_STRSAFE_ALL, 0, ppszDestEnd, &left, dwFlags);

	return nt_strsafe_chars(status, left, sizeof(NT_CH), pcchRemaining);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchCopyNEx)(NT_CH *pszDest, size_t cchDest, const NT_CH *pszSrc,
					      size_t cchToCopy, NT_CH **ppszDestEnd,
					      size_t *pcchRemaining, ULONG dwFlags)
{
	size_t left = 0;
	NTSTATUS status = NT_N(nt_build)(pszDest, NT_CCH_BYTES(cchDest, sizeof(NT_CH)), pszSrc,
					 nt_strsafe_count(cchToCopy), 0, ppszDestEnd, &left,
					 dwFlags);

	return nt_strsafe_chars(status, left, sizeof(NT_CH), pcchRemaining);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchCopy)(NT_CH *pszDest, size_t cchDest, const NT_CH *pszSrc)
{
	return NT_N(RtlStringCchCopyEx)(pszDest, cchDest, pszSrc, NULL, NULL, 0);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchCopyN)(NT_CH *pszDest, size_t cchDest, const NT_CH *pszSrc,
					    size_t cchToCopy)
{
	return NT_N(RtlStringCchCopyNEx)(pszDest, cchDest, pszSrc, cchToCopy, NULL, NULL, 0);
}

/* ---- Concatenation ---- */

NT_STRSAFE NTSTATUS NT_N(RtlStringCbCatEx)(NT_CH *pszDest, size_t cbDest, const NT_CH *pszSrc,
					   NT_CH **ppszDestEnd, size_t *pcbRemaining, ULONG dwFlags)
{
	return NT_N(nt_build)(pszDest, cbDest, pszSrc, NT_STRSAFE_ALL, 1, ppszDestEnd, pcbRemaining,
			      dwFlags);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCbCatNEx)(NT_CH *pszDest, size_t cbDest, const NT_CH *pszSrc,
					    size_t cbToAppend, NT_CH **ppszDestEnd,
					    size_t *pcbRemaining, ULONG dwFlags)
{
	return NT_N(nt_build)(pszDest, cbDest, pszSrc, cbToAppend / sizeof(NT_CH), 1, ppszDestEnd,
			      pcbRemaining, dwFlags);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCbCat)(NT_CH *pszDest, size_t cbDest, const NT_CH *pszSrc)
{
	return NT_N(RtlStringCbCatEx)(pszDest, cbDest, pszSrc, NULL, NULL, 0);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCbCatN)(NT_CH *pszDest, size_t cbDest, const NT_CH *pszSrc,
					  size_t cbToAppend)
{
	return NT_N(RtlStringCbCatNEx)(pszDest, cbDest, pszSrc, cbToAppend, NULL, NULL, 0);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchCatEx)(NT_CH *pszDest, size_t cchDest, const NT_CH *pszSrc,
					    NT_CH **ppszDestEnd, size_t *pcchRemaining,
					    ULONG dwFlags)
{
	size_t left = 0;
	NTSTATUS status = NT_N(nt_build)(pszDest, NT_CCH_BYTES(cchDest, sizeof(NT_CH)), pszSrc,
					 NT_STRSAFE_ALL, 1, ppszDestEnd, &left, dwFlags);

	return nt_strsafe_chars(status, left, sizeof(NT_CH), pcchRemaining);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchCatNEx)(NT_CH *pszDest, size_t cchDest, const NT_CH *pszSrc,
					     size_t cchToAppend, NT_CH **ppszDestEnd,
					     size_t *pcchRemaining, ULONG dwFlags)
{
	size_t left = 0;
	NTSTATUS status = NT_N(nt_build)(pszDest, NT_CCH_BYTES(cchDest, sizeof(NT_CH)), pszSrc,
					 nt_strsafe_count(cchToAppend), 1, ppszDestEnd, &left,
					 dwFlags);

	return nt_strsafe_chars(status, left, sizeof(NT_CH), pcchRemaining);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchCat)(NT_CH *pszDest, size_t cchDest, const NT_CH *pszSrc)
{
	return NT_N(RtlStringCchCatEx)(pszDest, cchDest, pszSrc, NULL, NULL, 0);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchCatN)(NT_CH *pszDest, size_t cchDest, const NT_CH *pszSrc,
					   size_t cchToAppend)
{
	return NT_N(RtlStringCchCatNEx)(pszDest, cchDest, pszSrc, cchToAppend, NULL, NULL, 0);
}

/* ---- Formats ---- */

NT_STRSAFE NTSTATUS NT_N(RtlStringCbVPrintfEx)(NT_CH *pszDest, size_t cbDest, NT_CH **ppszDestEnd,
					       size_t *pcbRemaining, ULONG dwFlags,
					       const NT_CH *pszFormat, __builtin_va_list argList)
{
	return NT_N(nt_format)(pszDest, cbDest, ppszDestEnd, pcbRemaining, dwFlags, pszFormat,
			       argList);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCbVPrintf)(NT_CH *pszDest, size_t cbDest, const NT_CH *pszFormat,
					     __builtin_va_list argList)
{
	return NT_N(nt_format)(pszDest, cbDest, NULL, NULL, 0, pszFormat, argList);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchVPrintfEx)(NT_CH *pszDest, size_t cchDest, NT_CH **ppszDestEnd,
						size_t *pcchRemaining, ULONG dwFlags,
						const NT_CH *pszFormat, __builtin_va_list argList)
{
	size_t left = 0;
	NTSTATUS status = NT_N(nt_format)(pszDest, NT_CCH_BYTES(cchDest, sizeof(NT_CH)), ppszDestEnd,
					  &left, dwFlags, pszFormat, argList);

	return nt_strsafe_chars(status, left, sizeof(NT_CH), pcchRemaining);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchVPrintf)(NT_CH *pszDest, size_t cchDest, const NT_CH *pszFormat,
					      __builtin_va_list argList)
{
	return NT_N(RtlStringCchVPrintfEx)(pszDest, cchDest, NULL, NULL, 0, pszFormat, argList);
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCbPrintf)(NT_CH *pszDest, size_t cbDest, const NT_CH *pszFormat, ...)
{
	__builtin_va_list args;
	NTSTATUS status;

	__builtin_va_start(args, pszFormat);
	status = NT_N(RtlStringCbVPrintf)(pszDest, cbDest, pszFormat, args);
	__builtin_va_end(args);
	return status;
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchPrintf)(NT_CH *pszDest, size_t cchDest, const NT_CH *pszFormat,
					     ...)
{
	__builtin_va_list args;
	NTSTATUS status;

	__builtin_va_start(args, pszFormat);
	status = NT_N(RtlStringCchVPrintf)(pszDest, cchDest, pszFormat, args);
	__builtin_va_end(args);
	return status;
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCbPrintfEx)(NT_CH *pszDest, size_t cbDest, NT_CH **ppszDestEnd,
					      size_t *pcbRemaining, ULONG dwFlags,
					      const NT_CH *pszFormat, ...)
{
	__builtin_va_list args;
	NTSTATUS status;

	__builtin_va_start(args, pszFormat);
	status = NT_N(RtlStringCbVPrintfEx)(pszDest, cbDest, ppszDestEnd, pcbRemaining, dwFlags,
					    pszFormat, args);
	__builtin_va_end(args);
	return status;
}

NT_STRSAFE NTSTATUS NT_N(RtlStringCchPrintfEx)(NT_CH *pszDest, size_t cchDest, NT_CH **ppszDestEnd,
					       size_t *pcchRemaining, ULONG dwFlags,
					       const NT_CH *pszFormat, ...)
{
	__builtin_va_list args;
	NTSTATUS status;

	__builtin_va_start(args, pszFormat);
	status = NT_N(RtlStringCchVPrintfEx)(pszDest, cchDest, ppszDestEnd, pcchRemaining, dwFlags,
					     pszFormat, args);
	__builtin_va_end(args);
	return status;
}
