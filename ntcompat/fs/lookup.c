// SPDX-License-Identifier: GPL-2.0
/*
 * Names of files, from NT's to Linux's. All lie below one folder, the drive C:.
 *
 * No name leads out of it. Lookups are scoped (LOOKUP_BENEATH, as openat2() has it):
 * "..", an absolute link, a link to somewhere outside or of /proc, and a rename behind
 * our back end in EXDEV. A new file is made in a folder that was looked up like that,
 * by its last component alone and only if nothing is there, so that no link is
 * followed. The folder itself is found from the root of the first process, not from
 * that of whoever calls the driver: a container does not choose it.
 *
 * NT does not care for case. The name as it is spelt is tried first.
 */
#include "lookup.h"
#include "../io/status.h"
#include "../linux/compat.h"
#include <linux/cred.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/sched/task.h>

static char *files = "/lib/firmware/ntcompat";
module_param(files, charp, 0444);
MODULE_PARM_DESC(files, "folder that drivers see as C:");

static bool files_writable;
module_param(files_writable, bool, 0444);
MODULE_PARM_DESC(files_writable, "drivers may write below that folder");

#define SCOPE	(LOOKUP_BENEATH | LOOKUP_FOLLOW)

bool nt_fs_is_writable(void)
{
	return files_writable;
}

static int find_root(struct path *root)
{
	struct path top;
	int error;

	task_lock(&init_task);
	get_fs_root(init_task.fs, &top);
	task_unlock(&init_task);
	error = vfs_path_lookup(top.dentry, top.mnt, files, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, root);
	path_put(&top);
	return error;
}

/* Nothing in a component that Linux understands and NT does not, or the other way. */
static bool is_component(const char *text, size_t length)
{
	if (!length || length > NAME_MAX || strspn(text, ".") >= length)
		return false;
	return strcspn(text, "/:*?\"<>|") >= length;
}

static NTSTATUS check_name(char *name)
{
	char *component = name, *end;

	for (;;) {
		end = strchrnul(component, '\\');
		if (!is_component(component, end - component))
			return STATUS_OBJECT_NAME_INVALID;
		if (!*end)
			return STATUS_SUCCESS;
		*end = '/';
		component = end + 1;
	}
}

/**
 * nt_fs_name - a file's name as Linux has it
 * @path: \Windows\Name, as a FILE_OBJECT has it
 * @status: receives why it failed
 *
 * PASSIVE_LEVEL. Returns Windows/Name, or "." for the folder itself, for kfree().
 */
char *nt_fs_name(PCUNICODE_STRING path, NTSTATUS *status)
{
	PCWSTR text = path->Buffer;
	ULONG units = path->Length / sizeof(WCHAR), used, i;
	char *name = kmalloc(units * 3 + 2, GFP_KERNEL);

	*status = STATUS_INSUFFICIENT_RESOURCES;
	if (!name)
		return NULL;
	if (units && text[units - 1] == '\\')
		units--;
	if (units && *text == '\\') {
		text++;
		units--;
	}
	strscpy(name, ".", 2);
	*status = STATUS_SUCCESS;
	if (!units)
		return name;
	for (i = 0; i < units; i++)
		if (text[i] < ' ')
			*status = STATUS_OBJECT_NAME_INVALID;
	if (NT_SUCCESS(*status))
		*status = RtlUnicodeToUTF8N(name, units * 3, &used, text, units * sizeof(WCHAR));
	if (NT_SUCCESS(*status)) {
		name[used] = 0;
		*status = used < PATH_MAX ? check_name(name) : STATUS_OBJECT_NAME_INVALID;
	}
	if (NT_SUCCESS(*status))
		return name;
	kfree(name);
	return NULL;
}

/* ---- In whatever case ---- */

struct search {
	struct dir_context context;
	char *name;
	int length;
	bool found;
};

static bool compare(struct dir_context *context, const char *name, int length, loff_t offset,
		    u64 inode, unsigned int type)
{
	struct search *search = container_of(context, struct search, context);

	if (length != search->length || strncasecmp(name, search->name, length))
		return true;
	memcpy(search->name, name, length);
	search->found = true;
	return false;
}

static int respell(const struct path *folder, char *name, int length)
{
	struct search search = { .context.actor = compare, .name = name, .length = length };
	struct file *filp = dentry_open(folder, O_RDONLY | O_DIRECTORY, current_cred());

	if (IS_ERR(filp))
		return PTR_ERR(filp);
	iterate_dir(filp, &search.context);
	fput(filp);
	return search.found ? 0 : -ENOENT;
}

static int lookup(const struct path *root, const char *name, unsigned int flags, struct path *path)
{
	return vfs_path_lookup(root->dentry, root->mnt, name, SCOPE | flags, path);
}

/* A component of @name, as one of the entries of the folder before it is spelt. */
static int respell_component(const struct path *root, char *name, char *component, char *end)
{
	char behind = *end;
	struct path path;
	int error;

	*end = 0;
	error = lookup(root, name, 0, &path);
	if (!error) {
		path_put(&path);
	} else if (error == -ENOENT) {
		if (component > name)
			component[-1] = 0;
		error = lookup(root, component > name ? name : ".", LOOKUP_DIRECTORY, &path);
		if (!error) {
			error = respell(&path, component, end - component);
			path_put(&path);
		}
		if (component > name)
			component[-1] = '/';
	}
	*end = behind;
	return error;
}

/* As far as that goes: when the last component is new, the folder is found. */
static int respell_all(const struct path *root, char *name)
{
	char *component = name, *end;
	int error;

	for (;;) {
		end = strchrnul(component, '/');
		error = respell_component(root, name, component, end);
		if (error || !*end)
			return error;
		component = end + 1;
	}
}

static int find(const struct path *root, char *name, struct path *path)
{
	int error = lookup(root, name, 0, path);

	if (error != -ENOENT)
		return error;
	error = respell_all(root, name);
	return error ?: lookup(root, name, 0, path);
}

/* ---- Opening ---- */

/* What is neither might wait for somebody, or be a device. */
static bool is_plain(const struct path *path)
{
	umode_t mode = d_inode(path->dentry)->i_mode;

	return S_ISREG(mode) || S_ISDIR(mode);
}

static struct file *open_found(const struct path *path, const struct nt_fs_open *how)
{
	int error;

	if (how->exclusive)
		return ERR_PTR(-EEXIST);
	if (!is_plain(path))
		return ERR_PTR(-EACCES);
	if (how->truncate) {
		error = vfs_truncate(path, 0);
		if (error)
			return ERR_PTR(error);
	}
	return dentry_open(path, (how->write ? O_RDWR : O_RDONLY) | O_LARGEFILE, current_cred());
}

static struct file *make(const struct path *root, char *name)
{
	char *slash = strrchr(name, '/');
	struct path folder;
	struct file *filp;
	int error;

	if (slash)
		*slash = 0;
	error = lookup(root, slash ? name : ".", LOOKUP_DIRECTORY, &folder);
	if (slash)
		*slash = '/';
	if (error)
		return ERR_PTR(error);
	filp = file_open_root(&folder, slash ? slash + 1 : name,
			      O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_LARGEFILE, 0600);
	path_put(&folder);
	return filp;
}

static struct file *open_or_make(const struct path *root, char *name, struct nt_fs_open *how)
{
	struct path path;
	struct file *filp;
	int error, tries;

	/* Somebody else may make or remove it in between. */
	for (tries = 0; tries < 3; tries++) {
		error = find(root, name, &path);
		if (!error) {
			filp = open_found(&path, how);
			path_put(&path);
			return filp;
		}
		if (error != -ENOENT || !how->create)
			return ERR_PTR(error);
		filp = make(root, name);
		if (!IS_ERR(filp))
			how->made = true;
		if (filp != ERR_PTR(-EEXIST))
			return filp;
	}
	return ERR_PTR(-EBUSY);
}

/* A missing folder is told from a missing file. */
static NTSTATUS why_not(const struct path *root, char *name, int error)
{
	char *slash = strrchr(name, '/');
	struct path folder;

	switch (error) {
	case -EEXIST:
		return STATUS_OBJECT_NAME_COLLISION;
	case -EXDEV:
	case -ELOOP:
		return STATUS_ACCESS_DENIED;
	case -EROFS:
		return STATUS_MEDIA_WRITE_PROTECTED;
	case -EISDIR:
		return STATUS_FILE_IS_A_DIRECTORY;
	case -ENOTDIR:
		return STATUS_OBJECT_PATH_NOT_FOUND;
	case -ENOENT:
		if (!slash)
			return STATUS_OBJECT_NAME_NOT_FOUND;
		*slash = 0;
		error = lookup(root, name, LOOKUP_DIRECTORY, &folder);
		if (!error)
			path_put(&folder);
		return error ? STATUS_OBJECT_PATH_NOT_FOUND : STATUS_OBJECT_NAME_NOT_FOUND;
	}
	return nt_status_from_errno(error);
}

/**
 * nt_fs_open - open a file or folder
 * @name: from nt_fs_name(); its case may change
 * @how: what for; gets what became of it
 * @status: receives why it failed
 *
 * PASSIVE_LEVEL, with the credentials that count. NULL on failure.
 */
struct file *nt_fs_open(char *name, struct nt_fs_open *how, NTSTATUS *status)
{
	struct path root;
	struct file *filp;
	int error = find_root(&root);

	*status = STATUS_SUCCESS;
	if (error) {
		*status = STATUS_OBJECT_PATH_NOT_FOUND;
		return NULL;
	}
	filp = open_or_make(&root, name, how);
	if (IS_ERR(filp)) {
		*status = why_not(&root, name, PTR_ERR(filp));
		filp = NULL;
	}
	path_put(&root);
	return filp;
}
