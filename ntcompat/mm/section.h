/* SPDX-License-Identifier: GPL-2.0 */
/* Section objects: memory that views are made of. */
#ifndef _NTCOMPAT_MM_SECTION_H
#define _NTCOMPAT_MM_SECTION_H

#include "../nt.h"
#include "../ob/name.h"
#include "../ob/object.h"

struct file;

/* Windows's numbers, some of whose names Linux has for something else. */
#define NT_PAGE_READONLY	0x02
#define NT_PAGE_READWRITE	0x04
#define NT_PAGE_WRITECOPY	0x08
#define NT_PAGE_NOCACHE		0x200
#define NT_PAGE_WRITECOMBINE	0x400

/**
 * struct nt_section - a section object
 * @ob: its count: one per handle and reference; views do not need it
 * @body: what drivers have the address of
 * @name: its entry in the namespace until the last handle is closed, or unnamed
 * @file: the memory: shared memory, or a file; NULL for physical memory
 * @size: bytes, whole pages
 * @protection: what views may be: NT_PAGE_READONLY, _READWRITE or _WRITECOPY
 */
struct nt_section {
	struct nt_object ob;
	void *body;
	struct nt_name name;
	struct file *file;
	u64 size;
	ULONG protection;
};
NT_ASSERT_BODY(struct nt_section, ob, body);

static inline struct nt_section *nt_section(void *body)
{
	return container_of(body, struct nt_section, body);
}

NTSTATUS nt_section_by_handle(HANDLE handle, struct nt_section **section);

#endif /* _NTCOMPAT_MM_SECTION_H */
