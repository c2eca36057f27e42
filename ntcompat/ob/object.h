/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Objects: what can be referred to, and what a handle stands for.
 *
 * An object's body is what drivers see: a FILE_OBJECT, a KEVENT. Our header lies
 * directly before it, so that the body's address leads to the object's type and
 * count. To make a type is to define a struct _OBJECT_TYPE and to name it in the
 * table of types in object.c; to make an object of it is to put a struct nt_object
 * before the body and to call nt_object_init().
 *
 * Who may hold an object: each reference. A handle holds one, and counts among
 * the handles, whose last one tells the type (a file gets IRP_MJ_CLEANUP then).
 */
#ifndef _NTCOMPAT_OB_OBJECT_H
#define _NTCOMPAT_OB_OBJECT_H

#include "../nt.h"
#include <linux/kref.h>

struct file;

/**
 * struct _OBJECT_TYPE - what all objects of a type have in common
 * @name: as NT's tools show it
 * @mapping: what the generic access rights mean
 * @get: refer to it on a driver's behalf, <= DISPATCH_LEVEL; NULL for nt_object_get()
 * @put: the opposite; NULL for nt_object_put()
 * @release: the last reference is gone; <= DISPATCH_LEVEL
 * @close: the last handle was closed, its reference still there, PASSIVE_LEVEL;
 *	or NULL
 * @from_file: for types that user programs have descriptors of: refer to the
 *	object behind @filp. Returns STATUS_OBJECT_TYPE_MISMATCH when @filp is
 *	nothing of this type
 * @path_of: the object's name, for nt_string_free(), or an empty one; PASSIVE_LEVEL.
 *	NULL for a type without names
 */
struct _OBJECT_TYPE {
	const char *name;
	GENERIC_MAPPING mapping;
	void (*get)(void *body);
	void (*put)(void *body);
	void (*release)(void *body);
	void (*close)(void *body);
	NTSTATUS (*from_file)(struct file *filp, void **body, ACCESS_MASK *granted);
	NTSTATUS (*path_of)(void *body, PUNICODE_STRING path);
};

/**
 * struct nt_object - the header before the body of an object
 * @type: its type
 * @ref: references
 * @handles: handles among them
 */
struct nt_object {
	POBJECT_TYPE type;
	struct kref ref;
	atomic_t handles;
};

/* Bodies such as DEVICE_OBJECT want an alignment of 16 bytes. */
static_assert(sizeof(struct nt_object) == 16);

/* Beside each structure that holds an object: the body follows the header. */
#define NT_ASSERT_BODY(type, header, body)						\
	static_assert(offsetof(type, body) == offsetof(type, header) + sizeof(struct nt_object))

static inline struct nt_object *nt_object(const void *body)
{
	return (struct nt_object *)body - 1;
}

static inline void *nt_object_body(struct nt_object *object)
{
	return object + 1;
}

void nt_object_init(struct nt_object *object, POBJECT_TYPE type);

static inline void nt_object_get(struct nt_object *object)
{
	kref_get(&object->ref);
}

void nt_object_put(struct nt_object *object);

/* Handles: of the table in handle.c, and a file's descriptors as one. */
static inline void nt_object_open(struct nt_object *object)
{
	atomic_inc(&object->handles);
}

void nt_object_close(struct nt_object *object);

NTSTATUS nt_object_from_file(struct file *filp, void **body, ACCESS_MASK *granted);

/* The types, each defined where its objects are. */
extern struct _OBJECT_TYPE nt_file_type, nt_device_type, nt_driver_type;
extern struct _OBJECT_TYPE nt_event_type, nt_thread_type, nt_process_type;
extern struct _OBJECT_TYPE nt_callback_type;
extern struct _OBJECT_TYPE nt_key_type;
extern struct _OBJECT_TYPE nt_directory_type, nt_link_type, nt_wmi_block_type;
extern struct _OBJECT_TYPE nt_token_type, nt_section_type;

#endif /* _NTCOMPAT_OB_OBJECT_H */
