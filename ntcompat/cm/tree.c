// SPDX-License-Identifier: GPL-2.0
/* The tree of keys. */
#include "tree.h"
#include "key.h"
#include "../ob/name.h"

DEFINE_MUTEX(nt_registry_lock);
struct nt_key *nt_registry_root;

/* Keys that are not freed, deleted or not. */
static atomic_t key_count;

static struct nt_key *key_alloc(PCUNICODE_STRING name, PCUNICODE_STRING class)
{
	struct nt_key *key = kzalloc(sizeof(*key), GFP_KERNEL);

	if (!key)
		return NULL;
	kref_init(&key->ref);
	INIT_LIST_HEAD(&key->children);
	INIT_LIST_HEAD(&key->values);
	if (!NT_SUCCESS(nt_string_dup(&key->name, name)) ||
	    (class && !NT_SUCCESS(nt_string_dup(&key->class, class)))) {
		nt_string_free(&key->name);
		kfree(key);
		return NULL;
	}
	KeQuerySystemTime(&key->written);
	atomic_inc(&key_count);
	return key;
}

static void release(struct kref *ref)
{
	struct nt_key *key = container_of(ref, struct nt_key, ref);

	nt_string_free(&key->name);
	nt_string_free(&key->class);
	kfree(key);
	atomic_dec(&key_count);
}

void nt_key_put(struct nt_key *key)
{
	kref_put(&key->ref, release);
}

/* The child of that name; or, in @before, where one would stand. */
static struct nt_key *find(struct nt_key *key, PCUNICODE_STRING name, struct list_head **before)
{
	struct nt_key *child;
	LONG order;

	list_for_each_entry(child, &key->children, link) {
		order = RtlCompareUnicodeString(&child->name, name, TRUE);
		if (!order)
			return child;
		if (order > 0) {
			*before = &child->link;
			return NULL;
		}
	}
	*before = &key->children;
	return NULL;
}

struct nt_key *nt_key_child(struct nt_key *key, PCUNICODE_STRING name)
{
	struct list_head *before;

	lockdep_assert_held(&nt_registry_lock);
	return find(key, name, &before);
}

struct nt_key *nt_key_child_at(struct nt_key *key, ULONG index)
{
	struct nt_key *child;

	lockdep_assert_held(&nt_registry_lock);
	list_for_each_entry(child, &key->children, link)
		if (!index--)
			return child;
	return NULL;
}

/* Is that something a key may be called? */
static NTSTATUS check_name(PCUNICODE_STRING name)
{
	unsigned int units = name->Length / sizeof(WCHAR), i;

	if (!units || units > NT_KEY_NAME_MAX)
		return STATUS_OBJECT_NAME_INVALID;
	for (i = 0; i < units; i++)
		if (name->Buffer[i] == '\\')
			return STATUS_OBJECT_NAME_INVALID;
	return STATUS_SUCCESS;
}

/**
 * nt_key_add - make a key
 * @parent: in the tree
 * @name: what no child is called yet
 * @class: or NULL
 * @options: REG_OPTION_VOLATILE, REG_OPTION_CREATE_LINK
 * @key: receives it, without a reference; or NULL
 *
 * "ZwCreateKey": a stable key has no place below a volatile one.
 */
NTSTATUS nt_key_add(struct nt_key *parent, PCUNICODE_STRING name, PCUNICODE_STRING class,
		    ULONG options, struct nt_key **key)
{
	struct list_head *before;
	struct nt_key *new;
	NTSTATUS status;

	lockdep_assert_held(&nt_registry_lock);
	status = check_name(name);
	if (!NT_SUCCESS(status))
		return status;
	if (parent->is_volatile && !(options & REG_OPTION_VOLATILE))
		return STATUS_CHILD_MUST_BE_VOLATILE;
	if (parent->depth >= NT_KEY_DEPTH_MAX)
		return STATUS_INVALID_PARAMETER;
	if (find(parent, name, &before))
		return STATUS_OBJECT_NAME_COLLISION;
	new = key_alloc(name, class);
	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	new->parent = parent;
	new->depth = parent->depth + 1;
	new->is_volatile = options & REG_OPTION_VOLATILE;
	new->is_link = options & REG_OPTION_CREATE_LINK;
	list_add_tail(&new->link, before);
	nt_key_changed(parent, REG_NOTIFY_CHANGE_NAME);
	if (!new->is_volatile)
		nt_registry_touch();
	if (key)
		*key = new;
	return STATUS_SUCCESS;
}

/* The tree's reference goes, and with it, maybe, the key. */
static void unlink_key(struct nt_key *key)
{
	list_del(&key->link);
	nt_values_free(key);
	key->parent = NULL;
	key->is_deleted = true;
	nt_key_put(key);
}

/**
 * nt_key_delete - delete a key
 * @key: one that the caller has a reference to
 *
 * "ZwDeleteKey": its values go with it; its subkeys have to be deleted before.
 */
NTSTATUS nt_key_delete(struct nt_key *key)
{
	struct nt_key *parent = key->parent;

	lockdep_assert_held(&nt_registry_lock);
	if (key->is_deleted)
		return STATUS_KEY_DELETED;
	if (key->is_fixed || !list_empty(&key->children))
		return STATUS_CANNOT_DELETE;
	nt_key_changed(key, REG_NOTIFY_CHANGE_NAME);
	if (!key->is_volatile)
		nt_registry_touch();
	unlink_key(key);
	nt_key_changed(parent, REG_NOTIFY_CHANGE_NAME);
	return STATUS_SUCCESS;
}

/* ---- The frame: what is there before any driver ---- */

/* Not saved: made anew each time, or none of a driver's business. */
static const WCHAR * const volatile_keys[] = {
	L"\\Registry\\Machine\\Hardware\\Description\\System",
	L"\\Registry\\Machine\\Hardware\\DeviceMap",
	L"\\Registry\\Machine\\Hardware\\ResourceMap",
};

static const WCHAR * const stable_keys[] = {
	L"\\Registry\\Machine\\Software\\Microsoft\\Windows NT\\CurrentVersion",
	L"\\Registry\\Machine\\System\\ControlSet001\\Control\\Class",
	L"\\Registry\\Machine\\System\\ControlSet001\\Control\\DeviceClasses",
	L"\\Registry\\Machine\\System\\ControlSet001\\Enum",
	L"\\Registry\\Machine\\System\\ControlSet001\\Hardware Profiles\\0001\\System\\CurrentControlSet",
	L"\\Registry\\Machine\\System\\ControlSet001\\Services",
	L"\\Registry\\User\\.Default",
};

static NTSTATUS add_fixed(const WCHAR *path, ULONG options)
{
	struct nt_key *key;
	NTSTATUS status = nt_key_make(NULL, path, options, &key);

	for (; NT_SUCCESS(status) && key; key = key->parent)
		key->is_fixed = true;
	return status;
}

static NTSTATUS add_link(const WCHAR *path, const WCHAR *target)
{
	UNICODE_STRING name = nt_text(NT_LINK_VALUE), to = nt_text(target);
	struct nt_key *key;
	NTSTATUS status;

	status = nt_key_make(NULL, path, REG_OPTION_VOLATILE | REG_OPTION_CREATE_LINK, &key);
	if (!NT_SUCCESS(status))
		return status;
	key->is_fixed = true;
	return nt_value_set(key, &name, REG_LINK, to.Buffer, to.Length);
}

static NTSTATUS add_frame(void)
{
	NTSTATUS status = STATUS_SUCCESS;
	int i;

	for (i = 0; i < ARRAY_SIZE(stable_keys) && NT_SUCCESS(status); i++)
		status = add_fixed(stable_keys[i], 0);
	for (i = 0; i < ARRAY_SIZE(volatile_keys) && NT_SUCCESS(status); i++)
		status = add_fixed(volatile_keys[i], REG_OPTION_VOLATILE);
	if (NT_SUCCESS(status))
		status = add_link(L"\\Registry\\Machine\\System\\CurrentControlSet",
				  L"\\Registry\\Machine\\System\\ControlSet001");
	if (NT_SUCCESS(status))
		status = add_link(L"\\Registry\\Machine\\System\\ControlSet001\\Hardware Profiles\\Current",
				  L"\\Registry\\Machine\\System\\ControlSet001\\Hardware Profiles\\0001");
	return status;
}

/* From the leaves up, without recursion: a driver may have made 512 levels. */
static void free_all(void)
{
	struct nt_key *key = nt_registry_root, *parent;

	while (key) {
		if (!list_empty(&key->children)) {
			key = list_first_entry(&key->children, struct nt_key, link);
			continue;
		}
		parent = key->parent;
		unlink_key(key);
		key = parent;
	}
	nt_registry_root = NULL;
}

int __init nt_registry_setup(void)
{
	UNICODE_STRING name = nt_text(L"REGISTRY");
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

	mutex_lock(&nt_registry_lock);
	nt_registry_root = key_alloc(&name, NULL);
	if (nt_registry_root) {
		INIT_LIST_HEAD(&nt_registry_root->link);
		nt_registry_root->is_fixed = true;
		status = add_frame();
		if (!NT_SUCCESS(status))
			free_all();
	}
	mutex_unlock(&nt_registry_lock);
	return NT_SUCCESS(status) ? 0 : -ENOMEM;
}

/* Whoever had a key open has closed it: handles are gone before. */
void nt_registry_teardown(void)
{
	mutex_lock(&nt_registry_lock);
	free_all();
	mutex_unlock(&nt_registry_lock);
	if (atomic_read(&key_count))
		pr_err("%d keys of the registry leaked\n", atomic_read(&key_count));
}
