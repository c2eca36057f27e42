/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sal.h - source annotations: accepted everywhere, meaning nothing to GCC
 *
 * SAL 1 (__in, __out_bcount(n)), SAL 2 (_In_, _Out_writes_(n)) and the driver
 * annotations (_IRQL_requires_max_) all vanish. Object-like and function-like
 * forms are listed apart because the preprocessor tells them apart.
 */
#ifndef _NTCOMPAT_SAL_H
#define _NTCOMPAT_SAL_H

/* SAL 2, plain. */
#define _In_
#define _In_opt_
#define _In_z_
#define _In_opt_z_
#define _Out_
#define _Out_opt_
#define _Outptr_
#define _Outptr_opt_
#define _Outptr_result_maybenull_
#define _Outptr_opt_result_maybenull_
#define _Inout_
#define _Inout_opt_
#define _Inout_z_
#define _Inout_opt_z_
#define _Ret_maybenull_
#define _Ret_notnull_
#define _Ret_z_
#define _Ret_valid_
#define _Reserved_
#define _Const_
#define _Printf_format_string_
#define _Scanf_format_string_
#define _Null_terminated_
#define _NullNull_terminated_
#define _Check_return_
#define _Must_inspect_result_
#define _Use_decl_annotations_
#define _Points_to_data_
#define _Frees_ptr_
#define _Frees_ptr_opt_
#define _Post_invalid_
#define _Post_ptr_invalid_
#define _Post_valid_
#define _Post_notnull_
#define _Post_maybenull_
#define _Post_z_
#define _Pre_valid_
#define _Pre_notnull_
#define _Pre_maybenull_
#define _Pre_z_
#define _Notnull_
#define _Maybenull_
#define _Notliteral_
#define _Literal_
#define _Acquires_lock_impl_
#define _Interlocked_
#define _Interlocked_operand_
#define _Function_ignore_lock_checking_(l)
#define _Analysis_noreturn_
#define _COM_Outptr_

/* SAL 2 with arguments. */
#define _In_range_(a, b)
#define _Out_range_(a, b)
#define _Inout_range_(a, b)
#define _Ret_range_(a, b)
#define _Field_range_(a, b)
#define _Deref_out_range_(a, b)
#define _In_reads_(n)
#define _In_reads_opt_(n)
#define _In_reads_bytes_(n)
#define _In_reads_bytes_opt_(n)
#define _In_reads_z_(n)
#define _In_reads_or_z_(n)
#define _In_reads_to_ptr_(p)
#define _Out_writes_(n)
#define _Out_writes_opt_(n)
#define _Out_writes_z_(n)
#define _Out_writes_opt_z_(n)
#define _Out_writes_all_(n)
#define _Out_writes_all_opt_(n)
#define _Out_writes_bytes_(n)
#define _Out_writes_bytes_opt_(n)
#define _Out_writes_bytes_all_(n)
#define _Out_writes_bytes_all_opt_(n)
#define _Out_writes_to_(n, c)
#define _Out_writes_to_opt_(n, c)
#define _Out_writes_bytes_to_(n, c)
#define _Out_writes_bytes_to_opt_(n, c)
#define _Inout_updates_(n)
#define _Inout_updates_opt_(n)
#define _Inout_updates_z_(n)
#define _Inout_updates_all_(n)
#define _Inout_updates_to_(n, c)
#define _Inout_updates_bytes_(n)
#define _Inout_updates_bytes_opt_(n)
#define _Inout_updates_bytes_all_(n)
#define _Inout_updates_bytes_to_(n, c)
#define _Outptr_result_buffer_(n)
#define _Outptr_result_bytebuffer_(n)
#define _Outptr_opt_result_bytebuffer_(n)
#define _Ret_writes_(n)
#define _Ret_writes_bytes_(n)
#define _Ret_writes_maybenull_(n)
#define _Ret_writes_bytes_maybenull_(n)
#define _Field_size_(n)
#define _Field_size_opt_(n)
#define _Field_size_bytes_(n)
#define _Field_size_bytes_opt_(n)
#define _Field_size_full_(n)
#define _Field_size_bytes_full_(n)
#define _Field_size_part_(n, c)
#define _Field_size_bytes_part_(n, c)
#define _Struct_size_bytes_(n)
#define _Readable_bytes_(n)
#define _Writable_bytes_(n)
#define _Readable_elements_(n)
#define _Writable_elements_(n)
#define _Post_readable_byte_size_(n)
#define _Post_writable_byte_size_(n)
#define _Pre_readable_byte_size_(n)
#define _Pre_writable_byte_size_(n)
#define _Post_equal_to_(e)
#define _Post_satisfies_(e)
#define _Pre_satisfies_(e)
#define _Satisfies_(e)
#define _At_(t, a)
#define _At_buffer_(b, i, n, a)
#define _When_(e, a)
#define _On_failure_(a)
#define _Success_(e)
#define _Return_type_success_(e)
#define _Always_(a)
#define _Group_(a)
#define _Analysis_assume_(e)
#define _Analysis_assume_lock_held_(l)
#define _Analysis_assume_lock_not_held_(l)
#define _Analysis_mode_(m)
#define __analysis_assume(e)

/* Driver annotations: IRQL, locks, memory, roles. */
#define _IRQL_requires_(l)
#define _IRQL_requires_max_(l)
#define _IRQL_requires_min_(l)
#define _IRQL_requires_same_
#define _IRQL_raises_(l)
#define _IRQL_saves_
#define _IRQL_saves_global_(k, p)
#define _IRQL_restores_
#define _IRQL_restores_global_(k, p)
#define _IRQL_always_function_max_(l)
#define _IRQL_always_function_min_(l)
#define _IRQL_uses_cancel_
#define _IRQL_is_cancel_
#define _Acquires_lock_(l)
#define _Acquires_exclusive_lock_(l)
#define _Acquires_shared_lock_(l)
#define _Releases_lock_(l)
#define _Releases_exclusive_lock_(l)
#define _Releases_shared_lock_(l)
#define _Requires_lock_held_(l)
#define _Requires_exclusive_lock_held_(l)
#define _Requires_shared_lock_held_(l)
#define _Requires_lock_not_held_(l)
#define _Requires_no_locks_held_
#define _Guarded_by_(l)
#define _Write_guarded_by_(l)
#define _Has_lock_kind_(k)
#define _Has_lock_level_(l)
#define _Post_same_lock_(a, b)
#define _Lock_level_order_(a, b)
#define _Create_lock_level_(l)
#define _Global_cancel_spin_lock_
#define _Requires_no_locks_held_
#define _Kernel_clear_do_init_(x)
#define _Kernel_IoGetDmaAdapter_
#define _Kernel_entire_function_
#define _Kernel_float_restored_
#define _Kernel_float_saved_
#define _Kernel_float_used_
#define _Kernel_requires_resource_held_(k)
#define _Kernel_requires_resource_not_held_(k)
#define _Kernel_acquires_resource_(k)
#define _Kernel_releases_resource_(k)
#define _Function_class_(c)
#define _Dispatch_type_(t)
#define __drv_functionClass(c)
#define __drv_dispatchType(t)
#define __drv_dispatchType_other
#define __drv_aliasesMem
#define __drv_freesMem(k)
#define __drv_allocatesMem(k)
#define __drv_strictTypeMatch(m)
#define __drv_strictType(t, m)
#define __drv_maxIRQL(l)
#define __drv_minIRQL(l)
#define __drv_requiresIRQL(l)
#define __drv_raisesIRQL(l)
#define __drv_savesIRQL
#define __drv_restoresIRQL
#define __drv_sameIRQL
#define __drv_isCancelIRQL
#define __drv_useCancelIRQL
#define __drv_mustHold(k)
#define __drv_mustHoldCancelSpinLock
#define __drv_acquiresCancelSpinLock
#define __drv_releasesCancelSpinLock
#define __drv_acquiresExclusiveResource(k)
#define __drv_releasesExclusiveResource(k)
#define __drv_arg(a, b)
#define __drv_at(a, b)
#define __drv_when(a, b)
#define __drv_in(a)
#define __drv_out(a)
#define __drv_innerMustHoldGlobal(a)
#define __drv_clearDoInit
#define __drv_clearDoInit_
#define __drv_interlocked
#define __drv_reportError(a)
#define __drv_preferredFunction(a, b)
#define __drv_constant
#define __drv_nonConstant
#define __drv_reserved

/* SAL 1. */
#define __in
#define __in_opt
#define __in_z
#define __in_ecount(n)
#define __in_ecount_opt(n)
#define __in_bcount(n)
#define __in_bcount_opt(n)
#define __in_range(a, b)
#define __out
#define __out_opt
#define __out_ecount(n)
#define __out_ecount_opt(n)
#define __out_ecount_part(n, c)
#define __out_ecount_z(n)
#define __out_bcount(n)
#define __out_bcount_opt(n)
#define __out_bcount_part(n, c)
#define __out_bcount_part_opt(n, c)
#define __inout
#define __inout_opt
#define __inout_z
#define __inout_ecount(n)
#define __inout_bcount(n)
#define __inout_bcount_opt(n)
#define __deref_in
#define __deref_in_opt
#define __deref_out
#define __deref_out_opt
#define __deref_opt_out
#define __deref_opt_out_opt
#define __deref_out_bcount(n)
#define __deref_out_ecount(n)
#define __deref_inout
#define __field_bcount(n)
#define __field_ecount(n)
#define __reserved
#define __checkReturn
#define __success(e)
#define __nullterminated
#define __format_string
#define __callback
#define __typefix(t)

/* The end of a case that goes on with the next. */
#ifdef __cplusplus
#define __fallthrough			[[fallthrough]]
#else
#define __fallthrough			__attribute__((__fallthrough__))
#endif

#include "bits/sal_rare.h"

#endif /* _NTCOMPAT_SAL_H */
