// SPDX-License-Identifier: GPL-2.0
/* Lock classes of KSPIN_LOCKs, only built when lockdep is. */
#include "lockclass.h"
#include <linux/kallsyms.h>
#include <linux/module.h>

#define NT_LOCK_CLASSES		1024

/*
 * Static storage, because lockdep accepts only keys that cannot be freed.
 * Class 0 stays unused; the last one collects what finds no room.
 */
static struct nt_lock_class {
	unsigned long site;
	char name[80];
	struct lock_class_key key;
	struct lockdep_map map;
} nt_lock_classes[NT_LOCK_CLASSES];

static DEFINE_RAW_SPINLOCK(nt_lock_classes_lock);
static u32 nt_lock_classes_used = 1;

/* The released class of a line of source, by its name, which has the offset in it. */
static u32 find_released(const char *name)
{
	u32 i;

	for (i = 1; i < nt_lock_classes_used; i++)
		if (!nt_lock_classes[i].site && !strcmp(nt_lock_classes[i].name, name))
			return i;
	return 0;
}

static u32 find_or_add(unsigned long site)
{
	struct nt_lock_class *class;
	char name[sizeof(class->name)];
	u32 i;

	for (i = 1; i < nt_lock_classes_used; i++)
		if (nt_lock_classes[i].site == site)
			return i;
	snprintf(name, sizeof(name), "NT lock@%pS", (void *)site);
	i = find_released(name);
	if (i) {
		nt_lock_classes[i].site = site;
		return i;
	}
	if (nt_lock_classes_used == NT_LOCK_CLASSES)
		return NT_LOCK_CLASSES - 1;

	class = &nt_lock_classes[nt_lock_classes_used];
	class->site = site;
	strscpy(class->name, name, sizeof(class->name));
	lockdep_init_map(&class->map, class->name, &class->key, 0);
	return nt_lock_classes_used++;
}

/**
 * nt_lock_class - the class of the locks initialised at one place
 * @site: an address in the code that initialises, or first takes, the lock
 */
u32 nt_lock_class(unsigned long site)
{
	unsigned long flags;
	u32 index;

	raw_spin_lock_irqsave(&nt_lock_classes_lock, flags);
	index = find_or_add(site);
	raw_spin_unlock_irqrestore(&nt_lock_classes_lock, flags);
	return index;
}

/**
 * nt_lock_map - what to tell lockdep about a lock
 * @lock: a KSPIN_LOCK, possibly one that was only zeroed
 * @site: the class of such a lock: the code that takes it first
 */
struct lockdep_map *nt_lock_map(PKSPIN_LOCK lock, unsigned long site)
{
	u32 *index = (u32 *)lock + 1;

	if (!READ_ONCE(*index))
		cmpxchg(index, 0, nt_lock_class(site));
	return &nt_lock_classes[min_t(u32, READ_ONCE(*index), NT_LOCK_CLASSES - 1)].map;
}

/**
 * nt_lock_classes_release - forget the sites of a driver that is unloaded
 * @module: the driver
 *
 * Another driver's code may come to lie there. The class itself stays used, as
 * lockdep keeps what it has learned under that key, until the same line of the
 * same driver asks for it again.
 */
void nt_lock_classes_release(const struct module *module)
{
	unsigned long flags;
	u32 i;

	raw_spin_lock_irqsave(&nt_lock_classes_lock, flags);
	for (i = 1; i < nt_lock_classes_used; i++)
		if (within_module(nt_lock_classes[i].site, module))
			nt_lock_classes[i].site = 0;
	raw_spin_unlock_irqrestore(&nt_lock_classes_lock, flags);
}
