// SPDX-License-Identifier: GPL-2.0
/*
 * Executive resources: one writer or many readers, which may take it again and again.
 *
 * Of the structure, which is opaque to drivers:
 *	SystemResourcesList	the threads that wait, in order of arrival
 *	ActiveCount		how many threads own it; the writer is one
 *	Flag			OWNED_EXCLUSIVE
 *	OwnerEntry		the writer, or one reader
 *	OwnerTable		other readers, in ActiveEntries entries
 *	Reserved2		its lock class
 *	SpinLock		guards all of these
 *
 * Who releases it grants it to those who wait: a writer that leaves, to all the readers,
 * or else to the first writer; the last reader, to the first writer. So readers and
 * writers take turns, and neither starves. A reader that was granted it puts itself into
 * the table: it may have to make room, which only a thread can.
 */
#include "../ke/irql.h"
#include "../ke/lockclass.h"
#include "../ps/thread.h"
#include <linux/sched.h>

#define OWNED_EXCLUSIVE		0x80
#define FIRST_ROOM		4

struct waiter {
	LIST_ENTRY link;
	struct task_struct *task;
	bool exclusive;
	bool granted;
};

enum shared_kind {
	NORMAL,
	STARVE_EXCLUSIVE,
	WAIT_FOR_EXCLUSIVE,
};

static PKSPIN_LOCK class_word(PERESOURCE resource)
{
	return (PKSPIN_LOCK)&resource->Reserved2;
}

/* A thread, or what ExSetResourceOwnerPointer() put in its place. */
static ERESOURCE_THREAD this_thread(void)
{
	return (ERESOURCE_THREAD)nt_thread_current();
}

static KIRQL lock(PERESOURCE resource)
{
	return KeAcquireSpinLockRaiseToDpc(&resource->SpinLock);
}

static void unlock(PERESOURCE resource, KIRQL irql)
{
	KeReleaseSpinLock(&resource->SpinLock, irql);
}

static void clear(PERESOURCE resource)
{
	resource->ActiveCount = 0;
	resource->Flag = 0;
	resource->OwnerEntry.OwnerThread = 0;
	resource->OwnerEntry.OwnerCount = 0;
	resource->ContentionCount = 0;
	resource->NumberOfSharedWaiters = 0;
	resource->NumberOfExclusiveWaiters = 0;
	InitializeListHead(&resource->SystemResourcesList);
}

/**
 * ExInitializeResourceLite - prepare a resource, owned by nobody
 * @Resource: resident storage for it
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS. All that one line of the driver
 * initialises form one lockdep class.
 */
NTSTATUS ExInitializeResourceLite(PERESOURCE Resource)
{
	memset(Resource, 0, sizeof(*Resource));
	KeInitializeSpinLock(&Resource->SpinLock);
	*class_word(Resource) = (KSPIN_LOCK)nt_lock_class(_RET_IP_) << 32;
	clear(Resource);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ExInitializeResourceLite);

/**
 * ExReinitializeResourceLite - a resource is owned by nobody again
 * @Resource: initialised resource that nobody waits for
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS.
 */
NTSTATUS ExReinitializeResourceLite(PERESOURCE Resource)
{
	if (Resource->OwnerTable)
		memset(Resource->OwnerTable, 0, Resource->ActiveEntries * sizeof(OWNER_ENTRY));
	clear(Resource);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ExReinitializeResourceLite);

/**
 * ExDeleteResourceLite - the end of a resource
 * @Resource: initialised resource that nobody owns
 *
 * IRQL: <= DISPATCH_LEVEL. Its storage may be freed then. Returns STATUS_SUCCESS.
 */
NTSTATUS ExDeleteResourceLite(PERESOURCE Resource)
{
	WARN_ONCE(Resource->ActiveCount, "ExDeleteResourceLite: the resource is owned\n");
	kfree(Resource->OwnerTable);
	Resource->OwnerTable = NULL;
	Resource->ActiveEntries = 0;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ExDeleteResourceLite);

/* ---- Owners; with the resource locked ---- */

static POWNER_ENTRY find_owner(PERESOURCE resource, ERESOURCE_THREAD thread)
{
	ULONG i;

	if (resource->OwnerEntry.OwnerThread == thread)
		return &resource->OwnerEntry;
	for (i = 0; i < resource->ActiveEntries; i++)
		if (resource->OwnerTable[i].OwnerThread == thread)
			return &resource->OwnerTable[i];
	return NULL;
}

/* An entry of no thread; NULL when there is none. */
static POWNER_ENTRY find_room(PERESOURCE resource)
{
	return find_owner(resource, 0);
}

static void set_owner(POWNER_ENTRY entry, ERESOURCE_THREAD thread)
{
	entry->OwnerThread = thread;
	entry->OwnerCount = 1;
}

/* A bigger table, for a resource that is not locked. Another thread may do it, too. */
static void make_room(PERESOURCE resource)
{
	ULONG size = max_t(ULONG, FIRST_ROOM, READ_ONCE(resource->ActiveEntries) * 2);
	POWNER_ENTRY old, table = kcalloc(size, sizeof(*table), GFP_KERNEL | __GFP_NOFAIL);
	KIRQL irql = lock(resource);

	old = table;
	if (resource->ActiveEntries < size) {
		old = resource->OwnerTable;
		if (old)
			memcpy(table, old, resource->ActiveEntries * sizeof(*table));
		resource->OwnerTable = table;
		resource->ActiveEntries = size;
	}
	unlock(resource, irql);
	kfree(old);
}

/* The caller owns it, shared, and is counted: now it gets an entry. */
static void enter_shared(PERESOURCE resource)
{
	POWNER_ENTRY room;
	KIRQL irql;

	for (;;) {
		irql = lock(resource);
		room = find_room(resource);
		if (room)
			set_owner(room, this_thread());
		unlock(resource, irql);
		if (room)
			return;
		make_room(resource);
	}
}

/* ---- Waiting, and being granted ---- */

static bool owned_exclusive(PERESOURCE resource)
{
	return resource->Flag & OWNED_EXCLUSIVE;
}

static void grant(PERESOURCE resource, struct waiter *waiter)
{
	RemoveEntryList(&waiter->link);
	resource->ActiveCount++;
	if (waiter->exclusive) {
		resource->NumberOfExclusiveWaiters--;
		resource->Flag |= OWNED_EXCLUSIVE;
	} else {
		resource->NumberOfSharedWaiters--;
	}
	/* It cannot go before it had the lock, too. */
	WRITE_ONCE(waiter->granted, true);
	wake_up_process(waiter->task);
}

static struct waiter *first_waiter(PERESOURCE resource, bool exclusive)
{
	PLIST_ENTRY head = &resource->SystemResourcesList, entry;

	for (entry = head->Flink; entry != head; entry = entry->Flink) {
		struct waiter *waiter = CONTAINING_RECORD(entry, struct waiter, link);

		if (waiter->exclusive == exclusive)
			return waiter;
	}
	return NULL;
}

static void grant_all_shared(PERESOURCE resource)
{
	struct waiter *waiter;

	while ((waiter = first_waiter(resource, false)))
		grant(resource, waiter);
}

static void grant_first_exclusive(PERESOURCE resource)
{
	struct waiter *waiter = first_waiter(resource, true);

	if (waiter)
		grant(resource, waiter);
}

/* With the resource locked, which it is not on return. */
static void wait(PERESOURCE resource, bool exclusive, KIRQL irql)
{
	struct waiter waiter = { .task = current, .exclusive = exclusive };

	resource->ContentionCount++;
	if (exclusive)
		resource->NumberOfExclusiveWaiters++;
	else
		resource->NumberOfSharedWaiters++;
	InsertTailList(&resource->SystemResourcesList, &waiter.link);
	unlock(resource, irql);
	for (;;) {
		set_current_state(current->flags & PF_KTHREAD ? TASK_IDLE : TASK_UNINTERRUPTIBLE);
		if (READ_ONCE(waiter.granted))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	/* Whoever granted it still has the lock while it looks at the waiter. */
	irql = lock(resource);
	if (exclusive)
		set_owner(&resource->OwnerEntry, this_thread());
	unlock(resource, irql);
	if (!exclusive)
		enter_shared(resource);
}

/* ---- Acquiring ---- */

static bool acquire_exclusive(PERESOURCE resource, bool may_wait, unsigned long site)
{
	KIRQL irql;

	might_sleep_if(may_wait);
	irql = lock(resource);
	if (owned_exclusive(resource) && resource->OwnerEntry.OwnerThread == this_thread()) {
		resource->OwnerEntry.OwnerCount++;
		unlock(resource, irql);
		return true;
	}
	if (!resource->ActiveCount) {
		resource->ActiveCount = 1;
		resource->Flag |= OWNED_EXCLUSIVE;
		set_owner(&resource->OwnerEntry, this_thread());
		unlock(resource, irql);
		nt_lockdep_acquire_sleeping(class_word(resource), !may_wait, 0, site);
		return true;
	}
	if (!may_wait) {
		unlock(resource, irql);
		return false;
	}
	unlock(resource, irql);
	nt_lockdep_acquire_sleeping(class_word(resource), 0, 0, site);
	irql = lock(resource);
	if (resource->ActiveCount) {
		wait(resource, true, irql);
		return true;
	}
	resource->ActiveCount = 1;
	resource->Flag |= OWNED_EXCLUSIVE;
	set_owner(&resource->OwnerEntry, this_thread());
	unlock(resource, irql);
	return true;
}

/* May the caller, who is no owner, share it at once? */
static bool can_share(PERESOURCE resource, enum shared_kind kind)
{
	if (!resource->ActiveCount)
		return true;
	return !owned_exclusive(resource) &&
	       (kind == STARVE_EXCLUSIVE || !resource->NumberOfExclusiveWaiters);
}

static bool acquire_again(PERESOURCE resource, enum shared_kind kind)
{
	POWNER_ENTRY entry = resource->ActiveCount ? find_owner(resource, this_thread()) : NULL;

	/* "ExAcquireSharedWaitForExclusive": a reader waits for writers the second time, too. */
	if (!entry || (kind == WAIT_FOR_EXCLUSIVE && !owned_exclusive(resource) &&
		       resource->NumberOfExclusiveWaiters))
		return false;
	entry->OwnerCount++;
	return true;
}

static bool acquire_shared(PERESOURCE resource, bool may_wait, enum shared_kind kind,
			   unsigned long site)
{
	KIRQL irql;

	might_sleep();
	irql = lock(resource);
	if (acquire_again(resource, kind)) {
		unlock(resource, irql);
		return true;
	}
	if (!may_wait && !can_share(resource, kind)) {
		unlock(resource, irql);
		return false;
	}
	unlock(resource, irql);
	nt_lockdep_acquire_sleeping(class_word(resource), !may_wait, 1, site);
	irql = lock(resource);
	if (can_share(resource, kind)) {
		resource->ActiveCount++;
		unlock(resource, irql);
		enter_shared(resource);
		return true;
	}
	if (may_wait) {
		wait(resource, false, irql);
		return true;
	}
	unlock(resource, irql);
	nt_lockdep_release(class_word(resource), site);
	return false;
}

/**
 * ExAcquireResourceExclusiveLite - own a resource alone
 * @Resource: initialised resource; a caller that has it exclusively has it once more
 * @Wait: FALSE: only if it is possible at once
 *
 * IRQL: <= APC_LEVEL, with normal kernel APCs disabled. Returns TRUE when it is owned. A
 * caller that shares it waits for itself, for ever.
 */
BOOLEAN ExAcquireResourceExclusiveLite(PERESOURCE Resource, BOOLEAN Wait)
{
	return acquire_exclusive(Resource, Wait, _RET_IP_);
}
EXPORT_SYMBOL(ExAcquireResourceExclusiveLite);

/**
 * ExAcquireResourceSharedLite - share a resource, unless somebody waits to own it alone
 * @Resource: initialised resource; an owner of either kind has it once more, at once
 * @Wait: FALSE: only if it is possible at once
 *
 * IRQL: <= APC_LEVEL, with normal kernel APCs disabled. Returns TRUE when it is owned.
 */
BOOLEAN ExAcquireResourceSharedLite(PERESOURCE Resource, BOOLEAN Wait)
{
	return acquire_shared(Resource, Wait, NORMAL, _RET_IP_);
}
EXPORT_SYMBOL(ExAcquireResourceSharedLite);

/**
 * ExAcquireSharedStarveExclusive - share a resource, whoever waits
 * @Resource: as above
 * @Wait: likewise
 *
 * IRQL: <= APC_LEVEL. Returns TRUE when it is owned.
 */
BOOLEAN ExAcquireSharedStarveExclusive(PERESOURCE Resource, BOOLEAN Wait)
{
	return acquire_shared(Resource, Wait, STARVE_EXCLUSIVE, _RET_IP_);
}
EXPORT_SYMBOL(ExAcquireSharedStarveExclusive);

/**
 * ExAcquireSharedWaitForExclusive - share a resource after all who wait to own it alone
 * @Resource: as above, but a caller that shares it waits, too
 * @Wait: likewise
 *
 * IRQL: <= APC_LEVEL. Returns TRUE when it is owned.
 */
BOOLEAN ExAcquireSharedWaitForExclusive(PERESOURCE Resource, BOOLEAN Wait)
{
	return acquire_shared(Resource, Wait, WAIT_FOR_EXCLUSIVE, _RET_IP_);
}
EXPORT_SYMBOL(ExAcquireSharedWaitForExclusive);

/* ---- Releasing ---- */

static void grant_next(PERESOURCE resource, bool was_exclusive)
{
	if (resource->ActiveCount)
		return;
	if (was_exclusive && resource->NumberOfSharedWaiters)
		grant_all_shared(resource);
	else if (resource->NumberOfExclusiveWaiters)
		grant_first_exclusive(resource);
	else
		grant_all_shared(resource);
}

/* Does the thread own it no more? */
static bool release(PERESOURCE resource, ERESOURCE_THREAD thread)
{
	KIRQL irql = lock(resource);
	POWNER_ENTRY entry = resource->ActiveCount ? find_owner(resource, thread) : NULL;
	bool exclusive = owned_exclusive(resource), last = false;

	if (!WARN_ONCE(!entry, "a resource is released that the thread does not own\n") &&
	    !--entry->OwnerCount) {
		last = true;
		entry->OwnerThread = 0;
		resource->ActiveCount--;
		if (exclusive)
			resource->Flag &= ~OWNED_EXCLUSIVE;
		grant_next(resource, exclusive);
	}
	unlock(resource, irql);
	return last;
}

/**
 * ExReleaseResourceLite - give a resource back, as often as it was acquired
 * @Resource: owned by the caller
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExReleaseResourceLite(PERESOURCE Resource)
{
	if (release(Resource, this_thread()))
		nt_lockdep_release(class_word(Resource), _RET_IP_);
}
EXPORT_SYMBOL(ExReleaseResourceLite);

/**
 * ExReleaseResourceForThreadLite - give a resource back that another thread acquired
 * @Resource: owned resource
 * @ResourceThreadId: ExGetCurrentResourceThread() of its owner, or what
 *	ExSetResourceOwnerPointer() put in its place
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExReleaseResourceForThreadLite(PERESOURCE Resource, ERESOURCE_THREAD ResourceThreadId)
{
	if (release(Resource, ResourceThreadId) && ResourceThreadId == this_thread())
		nt_lockdep_release(class_word(Resource), _RET_IP_);
}
EXPORT_SYMBOL(ExReleaseResourceForThreadLite);

/**
 * ExSetResourceOwnerPointer - a resource belongs to no thread, but to an address
 * @Resource: owned by the caller
 * @OwnerPointer: the address, in the kernel, with its two lowest bits set
 *
 * IRQL: <= DISPATCH_LEVEL. It is released by ExReleaseResourceForThreadLite().
 */
void ExSetResourceOwnerPointer(PERESOURCE Resource, PVOID OwnerPointer)
{
	KIRQL irql = lock(Resource);
	POWNER_ENTRY entry = find_owner(Resource, this_thread());
	bool found = !WARN_ONCE(!entry, "ExSetResourceOwnerPointer: not the owner\n");

	if (found)
		entry->OwnerThread = (ERESOURCE_THREAD)OwnerPointer;
	unlock(Resource, irql);
	if (found)
		nt_lockdep_release(class_word(Resource), _RET_IP_);
}
EXPORT_SYMBOL(ExSetResourceOwnerPointer);

/**
 * ExSetResourceOwnerPointerEx - the same
 * @Resource: owned by the caller
 * @OwnerPointer: the address
 * @Flags: FLAG_OWNER_POINTER_IS_THREAD: it is a thread, which may release it
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExSetResourceOwnerPointerEx(PERESOURCE Resource, PVOID OwnerPointer, ULONG Flags)
{
	ExSetResourceOwnerPointer(Resource, OwnerPointer);
}
EXPORT_SYMBOL(ExSetResourceOwnerPointerEx);

/**
 * ExConvertExclusiveToSharedLite - share a resource that the caller owns alone
 * @Resource: owned exclusively by the caller
 *
 * IRQL: <= DISPATCH_LEVEL. All who wait to share it share it then.
 */
void ExConvertExclusiveToSharedLite(PERESOURCE Resource)
{
	KIRQL irql = lock(Resource);

	if (!WARN_ONCE(!owned_exclusive(Resource), "ExConvertExclusiveToSharedLite: not exclusive\n")) {
		Resource->Flag &= ~OWNED_EXCLUSIVE;
		grant_all_shared(Resource);
	}
	unlock(Resource, irql);
}
EXPORT_SYMBOL(ExConvertExclusiveToSharedLite);

/* ---- With a critical region ---- */

/**
 * ExEnterCriticalRegionAndAcquireResourceExclusive - both, waiting
 * @Resource: initialised resource
 *
 * IRQL: <= APC_LEVEL. Returns what Windows's own window system wants: NULL here.
 */
PVOID ExEnterCriticalRegionAndAcquireResourceExclusive(PERESOURCE Resource)
{
	KeEnterCriticalRegion();
	acquire_exclusive(Resource, true, _RET_IP_);
	return NULL;
}
EXPORT_SYMBOL(ExEnterCriticalRegionAndAcquireResourceExclusive);

/**
 * ExEnterCriticalRegionAndAcquireResourceShared - both, waiting
 * @Resource: initialised resource
 *
 * IRQL: <= APC_LEVEL.
 */
PVOID ExEnterCriticalRegionAndAcquireResourceShared(PERESOURCE Resource)
{
	KeEnterCriticalRegion();
	acquire_shared(Resource, true, NORMAL, _RET_IP_);
	return NULL;
}
EXPORT_SYMBOL(ExEnterCriticalRegionAndAcquireResourceShared);

/**
 * ExEnterCriticalRegionAndAcquireSharedWaitForExclusive - both, waiting
 * @Resource: initialised resource
 *
 * IRQL: <= APC_LEVEL.
 */
PVOID ExEnterCriticalRegionAndAcquireSharedWaitForExclusive(PERESOURCE Resource)
{
	KeEnterCriticalRegion();
	acquire_shared(Resource, true, WAIT_FOR_EXCLUSIVE, _RET_IP_);
	return NULL;
}
EXPORT_SYMBOL(ExEnterCriticalRegionAndAcquireSharedWaitForExclusive);

/**
 * ExReleaseResourceAndLeaveCriticalRegion - the end of these
 * @Resource: owned by the caller
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExReleaseResourceAndLeaveCriticalRegion(PERESOURCE Resource)
{
	ExReleaseResourceLite(Resource);
	KeLeaveCriticalRegion();
}
EXPORT_SYMBOL(ExReleaseResourceAndLeaveCriticalRegion);

/* ---- Asking ---- */

/**
 * ExIsResourceAcquiredExclusiveLite - does the caller own a resource alone?
 * @Resource: initialised resource
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
BOOLEAN ExIsResourceAcquiredExclusiveLite(PERESOURCE Resource)
{
	return owned_exclusive(Resource) && Resource->OwnerEntry.OwnerThread == this_thread();
}
EXPORT_SYMBOL(ExIsResourceAcquiredExclusiveLite);

/**
 * ExIsResourceAcquiredSharedLite - how often did the caller acquire a resource?
 * @Resource: initialised resource
 *
 * IRQL: <= DISPATCH_LEVEL. Of either kind.
 */
ULONG ExIsResourceAcquiredSharedLite(PERESOURCE Resource)
{
	KIRQL irql = lock(Resource);
	POWNER_ENTRY entry = Resource->ActiveCount ? find_owner(Resource, this_thread()) : NULL;
	ULONG count = entry ? entry->OwnerCount : 0;

	unlock(Resource, irql);
	return count;
}
EXPORT_SYMBOL(ExIsResourceAcquiredSharedLite);

/**
 * ExGetExclusiveWaiterCount - how many wait to own a resource alone
 * @Resource: initialised resource
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
ULONG ExGetExclusiveWaiterCount(PERESOURCE Resource)
{
	return READ_ONCE(Resource->NumberOfExclusiveWaiters);
}
EXPORT_SYMBOL(ExGetExclusiveWaiterCount);

/**
 * ExGetSharedWaiterCount - how many wait to share a resource
 * @Resource: initialised resource
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
ULONG ExGetSharedWaiterCount(PERESOURCE Resource)
{
	return READ_ONCE(Resource->NumberOfSharedWaiters);
}
EXPORT_SYMBOL(ExGetSharedWaiterCount);
