/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The part of ntstrsafe.h for UNICODE_STRINGs. They have no terminator: all of the
 * buffer may be used. What does not fit is cut, with STATUS_BUFFER_OVERFLOW.
 */
#ifndef _NT_STRSAFE_UNICODE_H
#define _NT_STRSAFE_UNICODE_H

NT_STRSAFE NTSTATUS RtlUnicodeStringValidateEx(PCUNICODE_STRING SourceString, ULONG dwFlags)
{
	if (dwFlags & ~STRSAFE_VALID_FLAGS)
		return STATUS_INVALID_PARAMETER;
	if (!SourceString)
		return dwFlags & STRSAFE_IGNORE_NULLS ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
	if (SourceString->Length % sizeof(WCHAR) || SourceString->MaximumLength % sizeof(WCHAR) ||
	    SourceString->Length > SourceString->MaximumLength ||
	    (!SourceString->Buffer && SourceString->MaximumLength))
		return STATUS_INVALID_PARAMETER;
	return STATUS_SUCCESS;
}

NT_STRSAFE NTSTATUS RtlUnicodeStringValidate(PCUNICODE_STRING SourceString)
{
	return RtlUnicodeStringValidateEx(SourceString, 0);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringInitEx(PUNICODE_STRING DestinationString, PCWSTR pszSrc,
					   ULONG dwFlags)
{
	size_t length = 0;

	if (!DestinationString || dwFlags & ~STRSAFE_IGNORE_NULLS)
		return STATUS_INVALID_PARAMETER;
	if (pszSrc) {
		while (length < NTSTRSAFE_UNICODE_STRING_MAX_CCH && pszSrc[length])
			length++;
		/* The terminator counts, too. */
		if (length == NTSTRSAFE_UNICODE_STRING_MAX_CCH)
			return STATUS_INVALID_PARAMETER;
		DestinationString->MaximumLength = (USHORT)((length + 1) * sizeof(WCHAR));
	} else {
		DestinationString->MaximumLength = 0;
	}
	DestinationString->Length = (USHORT)(length * sizeof(WCHAR));
	DestinationString->Buffer = (PWSTR)pszSrc;
	return STATUS_SUCCESS;
}

NT_STRSAFE NTSTATUS RtlUnicodeStringInit(PUNICODE_STRING DestinationString, PCWSTR pszSrc)
{
	return RtlUnicodeStringInitEx(DestinationString, pszSrc, 0);
}

/* The units of a terminated string, at most @max and what a UNICODE_STRING could hold. */
NT_STRSAFE size_t nt_unicode_units(PCWSTR s, size_t max)
{
	size_t n = 0;

	while (s && n < max && n <= NTSTRSAFE_UNICODE_STRING_MAX_CCH && s[n])
		n++;
	return n;
}

/* What the flags ask for at the end; @rest receives what is behind the text. */
NT_STRSAFE NTSTATUS nt_unicode_finish(PUNICODE_STRING to, USHORT old, PUNICODE_STRING rest,
				      ULONG flags, NTSTATUS status)
{
	int byte = flags & 0xff;

	if (!to)
		return status;
	if (NT_SUCCESS(status)) {
		if (flags & STRSAFE_FILL_BEHIND)
			memset((PCHAR)to->Buffer + to->Length, byte, to->MaximumLength - to->Length);
	} else {
		if (flags & STRSAFE_FILL_ON_FAILURE) {
			memset(to->Buffer, byte, to->MaximumLength);
			to->Length = byte ? to->MaximumLength : 0;
		}
		if (flags & STRSAFE_ZERO_LENGTH_ON_FAILURE)
			to->Length = 0;
		else if (flags & STRSAFE_NO_TRUNCATION)
			to->Length = old;
	}
	if (rest && (NT_SUCCESS(status) || status == STATUS_BUFFER_OVERFLOW)) {
		rest->Length = 0;
		rest->MaximumLength = (USHORT)(to->MaximumLength - to->Length);
		rest->Buffer = to->Buffer ? to->Buffer + to->Length / sizeof(WCHAR) : to->Buffer;
	}
	return status;
}

/* All of copying and appending. */
NT_STRSAFE NTSTATUS nt_unicode_build(PUNICODE_STRING to, PCWCH from, size_t units, int append,
				     PUNICODE_STRING rest, ULONG flags)
{
	NTSTATUS status = RtlUnicodeStringValidateEx(to, flags);
	size_t room;
	USHORT old;

	if (!NT_SUCCESS(status))
		return status;
	if (!to)
		return units ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
	old = append ? to->Length : 0;
	room = (to->MaximumLength - old) / sizeof(WCHAR);
	if (units > room) {
		status = STATUS_BUFFER_OVERFLOW;
		units = room;
	}
	if (units)
		memmove((PCHAR)to->Buffer + old, from, units * sizeof(WCHAR));
	to->Length = (USHORT)(old + units * sizeof(WCHAR));
	return nt_unicode_finish(to, old, rest, flags, status);
}

/* The same from a counted string. */
NT_STRSAFE NTSTATUS nt_unicode_from(PUNICODE_STRING to, PCUNICODE_STRING from, size_t max, int append,
				    PUNICODE_STRING rest, ULONG flags)
{
	NTSTATUS status = RtlUnicodeStringValidateEx(from, flags);
	size_t units = 0;

	if (!NT_SUCCESS(status))
		return status;
	if (from)
		units = from->Length / sizeof(WCHAR);
	return nt_unicode_build(to, from ? from->Buffer : NULL, units < max ? units : max, append,
				rest, flags);
}

/* And from a terminated one. */
NT_STRSAFE NTSTATUS nt_unicode_psz(PUNICODE_STRING to, PCWSTR from, size_t max, int append,
				   PUNICODE_STRING rest, ULONG flags)
{
	if (!from && !(flags & STRSAFE_IGNORE_NULLS))
		return STATUS_INVALID_PARAMETER;
	return nt_unicode_build(to, from, nt_unicode_units(from, max), append, rest, flags);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCopy(PUNICODE_STRING DestinationString,
					 PCUNICODE_STRING SourceString)
{
	return nt_unicode_from(DestinationString, SourceString, NT_STRSAFE_ALL, 0, NULL, 0);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCopyEx(PUNICODE_STRING DestinationString,
					   PCUNICODE_STRING SourceString,
					   PUNICODE_STRING RemainingString, ULONG dwFlags)
{
	return nt_unicode_from(DestinationString, SourceString, NT_STRSAFE_ALL, 0, RemainingString,
			       dwFlags);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCopyString(PUNICODE_STRING DestinationString, PCWSTR pszSrc)
{
	return nt_unicode_psz(DestinationString, pszSrc, NT_STRSAFE_ALL, 0, NULL, 0);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCopyStringEx(PUNICODE_STRING DestinationString, PCWSTR pszSrc,
						 PUNICODE_STRING RemainingString, ULONG dwFlags)
{
	return nt_unicode_psz(DestinationString, pszSrc, NT_STRSAFE_ALL, 0, RemainingString, dwFlags);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCchCopyN(PUNICODE_STRING DestinationString,
					     PCUNICODE_STRING SourceString, size_t cchToCopy)
{
	return nt_unicode_from(DestinationString, SourceString, cchToCopy, 0, NULL, 0);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCbCopyN(PUNICODE_STRING DestinationString,
					    PCUNICODE_STRING SourceString, size_t cbToCopy)
{
	return RtlUnicodeStringCchCopyN(DestinationString, SourceString, cbToCopy / sizeof(WCHAR));
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCchCopyStringN(PUNICODE_STRING DestinationString, PCWSTR pszSrc,
						   size_t cchToCopy)
{
	return nt_unicode_psz(DestinationString, pszSrc, cchToCopy, 0, NULL, 0);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCbCopyStringN(PUNICODE_STRING DestinationString, PCWSTR pszSrc,
						  size_t cbToCopy)
{
	return RtlUnicodeStringCchCopyStringN(DestinationString, pszSrc, cbToCopy / sizeof(WCHAR));
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCat(PUNICODE_STRING DestinationString,
					PCUNICODE_STRING SourceString)
{
	return nt_unicode_from(DestinationString, SourceString, NT_STRSAFE_ALL, 1, NULL, 0);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCatEx(PUNICODE_STRING DestinationString,
					  PCUNICODE_STRING SourceString,
					  PUNICODE_STRING RemainingString, ULONG dwFlags)
{
	return nt_unicode_from(DestinationString, SourceString, NT_STRSAFE_ALL, 1, RemainingString,
			       dwFlags);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCatString(PUNICODE_STRING DestinationString, PCWSTR pszSrc)
{
	return nt_unicode_psz(DestinationString, pszSrc, NT_STRSAFE_ALL, 1, NULL, 0);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCatStringEx(PUNICODE_STRING DestinationString, PCWSTR pszSrc,
						PUNICODE_STRING RemainingString, ULONG dwFlags)
{
	return nt_unicode_psz(DestinationString, pszSrc, NT_STRSAFE_ALL, 1, RemainingString, dwFlags);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCchCatN(PUNICODE_STRING DestinationString,
					    PCUNICODE_STRING SourceString, size_t cchToAppend)
{
	return nt_unicode_from(DestinationString, SourceString, cchToAppend, 1, NULL, 0);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCbCatN(PUNICODE_STRING DestinationString,
					   PCUNICODE_STRING SourceString, size_t cbToAppend)
{
	return RtlUnicodeStringCchCatN(DestinationString, SourceString, cbToAppend / sizeof(WCHAR));
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCchCatStringN(PUNICODE_STRING DestinationString, PCWSTR pszSrc,
						  size_t cchToAppend)
{
	return nt_unicode_psz(DestinationString, pszSrc, cchToAppend, 1, NULL, 0);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringCbCatStringN(PUNICODE_STRING DestinationString, PCWSTR pszSrc,
						 size_t cbToAppend)
{
	return RtlUnicodeStringCchCatStringN(DestinationString, pszSrc, cbToAppend / sizeof(WCHAR));
}

NT_STRSAFE NTSTATUS RtlUnicodeStringVPrintfEx(PUNICODE_STRING DestinationString,
					      PUNICODE_STRING RemainingString, ULONG dwFlags,
					      PCWSTR pszFormat, __builtin_va_list argList)
{
	NTSTATUS status = RtlUnicodeStringValidateEx(DestinationString, dwFlags);
	size_t room;
	int n;

	if (!NT_SUCCESS(status))
		return status;
	if (!pszFormat && !(dwFlags & STRSAFE_IGNORE_NULLS))
		return STATUS_INVALID_PARAMETER;
	if (!DestinationString)
		return pszFormat && *pszFormat ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
	room = DestinationString->MaximumLength / sizeof(WCHAR);
	n = pszFormat ? _vsnwprintf(DestinationString->Buffer, room, pszFormat, argList) : 0;
	if (n < 0)
		status = STATUS_BUFFER_OVERFLOW;
	DestinationString->Length = (USHORT)((n < 0 ? room : (size_t)n) * sizeof(WCHAR));
	return nt_unicode_finish(DestinationString, 0, RemainingString, dwFlags, status);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringVPrintf(PUNICODE_STRING DestinationString, PCWSTR pszFormat,
					    __builtin_va_list argList)
{
	return RtlUnicodeStringVPrintfEx(DestinationString, NULL, 0, pszFormat, argList);
}

NT_STRSAFE NTSTATUS RtlUnicodeStringPrintf(PUNICODE_STRING DestinationString, PCWSTR pszFormat, ...)
{
	__builtin_va_list args;
	NTSTATUS status;

	__builtin_va_start(args, pszFormat);
	status = RtlUnicodeStringVPrintf(DestinationString, pszFormat, args);
	__builtin_va_end(args);
	return status;
}

NT_STRSAFE NTSTATUS RtlUnicodeStringPrintfEx(PUNICODE_STRING DestinationString,
					     PUNICODE_STRING RemainingString, ULONG dwFlags,
					     PCWSTR pszFormat, ...)
{
	__builtin_va_list args;
	NTSTATUS status;

	__builtin_va_start(args, pszFormat);
	status = RtlUnicodeStringVPrintfEx(DestinationString, RemainingString, dwFlags, pszFormat,
					   args);
	__builtin_va_end(args);
	return status;
}

#endif /* _NT_STRSAFE_UNICODE_H */
