// SPDX-License-Identifier: GPL-2.0
/* Objects with names: made, found and opened by them. */
#include "named.h"
#include "handle.h"

/**
 * nt_named_create - give a new object its name and its first handle
 * @object: the object, its reference the caller's
 * @name: its entry, which its type's close() removes
 * @type: what the entry is embedded in
 * @path: its name, or NULL for none
 * @access: what the handle shall allow
 * @attributes: OBJ_x
 * @handle: receives it
 *
 * PASSIVE_LEVEL. Returns what a bad name gives, STATUS_OBJECT_NAME_COLLISION for one that is
 * taken, and what nt_handle_create() does.
 */
NTSTATUS nt_named_create(struct nt_object *object, struct nt_name *name, enum nt_name_type type,
			 PCUNICODE_STRING path, ACCESS_MASK access, ULONG attributes,
			 PHANDLE handle)
{
	NTSTATUS status = STATUS_SUCCESS;

	/* One that has a name but no handle yet counts as open, so that the name stays. */
	nt_object_open(object);
	name->object = object;
	if (path)
		status = nt_name_insert(name, type, path);
	if (NT_SUCCESS(status))
		status = nt_handle_create(nt_object_body(object), access, attributes, handle);
	nt_object_close(object);
	return status;
}

/**
 * nt_named_find - the object of a name
 * @path: the name
 * @type: what it shall be
 * @status: receives why there is none
 *
 * PASSIVE_LEVEL. Returns it, referenced, or NULL.
 */
struct nt_object *nt_named_find(PCUNICODE_STRING path, enum nt_name_type type, NTSTATUS *status)
{
	struct nt_object *object = NULL;
	struct nt_name *name;

	mutex_lock(&nt_names_lock);
	name = nt_name_find(path);
	if (!name) {
		*status = STATUS_OBJECT_NAME_NOT_FOUND;
	} else if (name->type != type) {
		*status = STATUS_OBJECT_TYPE_MISMATCH;
	} else {
		/* It has a name, so the reference that close() is called with is there. */
		object = name->object;
		nt_object_get(object);
	}
	mutex_unlock(&nt_names_lock);
	return object;
}

/**
 * nt_named_open - a handle of the object of a name
 * @path: the name
 * @type: what it shall be
 * @access: what the handle shall allow
 * @attributes: OBJ_x
 * @handle: receives it
 * @body: receives what drivers have the address of, which the handle holds; or NULL
 *
 * PASSIVE_LEVEL. Returns STATUS_OBJECT_NAME_NOT_FOUND, STATUS_OBJECT_TYPE_MISMATCH, and what
 * nt_handle_create() does.
 */
NTSTATUS nt_named_open(PCUNICODE_STRING path, enum nt_name_type type, ACCESS_MASK access,
		       ULONG attributes, PHANDLE handle, void **body)
{
	NTSTATUS status;
	struct nt_object *object = nt_named_find(path, type, &status);

	if (!object)
		return status;
	status = nt_handle_create(nt_object_body(object), access, attributes, handle);
	if (body)
		*body = nt_object_body(object);
	nt_object_put(object);
	return status;
}
