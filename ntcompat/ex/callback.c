// SPDX-License-Identifier: GPL-2.0
/*
 * Callback objects: drivers register routines with one, by its name; who notifies
 * it calls them all.
 *
 * A registration that is being called stays on its object's list until the call
 * has returned, so that the walk along the list can go on from it. Unregistering
 * waits for that.
 */
#include "callback.h"
#include "later.h"
#include "../gate.h"
#include "../ob/directory.h"
#include "../ob/name.h"
#include "../ob/object.h"
#include <linux/module.h>
#include <linux/wait.h>

/**
 * struct _CALLBACK_OBJECT - a callback object
 * @multiple: it may have several routines
 * @permanent: one reference is the namespace's
 * @lock: guards the list, and its registrations' members
 * @registrations: in the order in which they came
 */
struct _CALLBACK_OBJECT {
	bool multiple;
	bool permanent;
	spinlock_t lock;
	struct list_head registrations;
};

/**
 * struct nt_callback - a callback object and what belongs to it
 * @ob: one reference each: who created or opened it, a registration, permanence
 * @object: what drivers see
 * @link: on the list of all
 * @name: its entry in the namespace until the last reference goes
 * @free: frees it when that happens where no thread is at hand
 */
struct nt_callback {
	struct nt_object ob;
	struct _CALLBACK_OBJECT object;
	struct list_head link;
	struct nt_name name;
	struct work_struct free;
};
NT_ASSERT_BODY(struct nt_callback, ob, object);

struct registration {
	struct list_head link;
	PCALLBACK_OBJECT object;
	PCALLBACK_FUNCTION function;
	void *context;
	unsigned int calls;
	bool ended;
};

static LIST_HEAD(callbacks);		/* guarded by nt_names_lock */
static DECLARE_WAIT_QUEUE_HEAD(calls_ended);

static struct nt_callback *nt_callback(PCALLBACK_OBJECT object)
{
	return container_of(object, struct nt_callback, object);
}

static void free_callback(struct work_struct *work)
{
	struct nt_callback *callback = container_of(work, struct nt_callback, free);

	nt_name_remove(&callback->name);
	mutex_lock(&nt_names_lock);
	list_del(&callback->link);
	mutex_unlock(&nt_names_lock);
	nt_live_dec(NT_LIVE_CALLBACK);
	kfree(callback);
}

static void release(void *body)
{
	struct nt_callback *callback = nt_callback(body);

	if (nt_at_dispatch_or_above())
		nt_later(&callback->free);
	else
		free_callback(&callback->free);
}

struct _OBJECT_TYPE nt_callback_type = {
	.name = "Callback",
	.release = release,
};

static struct nt_callback *open(PCUNICODE_STRING path, NTSTATUS *status)
{
	struct nt_callback *callback = NULL;
	struct nt_name *name;

	*status = STATUS_OBJECT_NAME_NOT_FOUND;
	mutex_lock(&nt_names_lock);
	name = nt_name_find(path);
	if (name && name->type == NT_NAME_CALLBACK) {
		callback = container_of(name, struct nt_callback, name);
		if (!kref_get_unless_zero(&callback->ob.ref))
			callback = NULL;
	} else if (name) {
		*status = STATUS_OBJECT_TYPE_MISMATCH;
	}
	mutex_unlock(&nt_names_lock);
	if (callback)
		*status = STATUS_SUCCESS;
	return callback;
}

static struct nt_callback *create(POBJECT_ATTRIBUTES attributes, bool multiple, NTSTATUS *status)
{
	struct nt_callback *callback = kzalloc(sizeof(*callback), GFP_KERNEL);

	*status = STATUS_INSUFFICIENT_RESOURCES;
	if (!callback)
		return NULL;
	nt_object_init(&callback->ob, &nt_callback_type);
	callback->object.multiple = multiple;
	callback->object.permanent = attributes->Attributes & OBJ_PERMANENT;
	if (callback->object.permanent)
		nt_object_get(&callback->ob);
	spin_lock_init(&callback->object.lock);
	INIT_LIST_HEAD(&callback->object.registrations);
	INIT_WORK(&callback->free, free_callback);
	mutex_lock(&nt_names_lock);
	list_add(&callback->link, &callbacks);
	mutex_unlock(&nt_names_lock);
	nt_live_inc(NT_LIVE_CALLBACK);
	*status = nt_name_insert(&callback->name, NT_NAME_CALLBACK, attributes->ObjectName);
	if (NT_SUCCESS(*status))
		return callback;
	free_callback(&callback->free);
	return NULL;
}

/**
 * ExCreateCallback - open a callback object, or make it
 * @CallbackObject: receives it, referenced: for ObDereferenceObject()
 * @ObjectAttributes: its name, such as \Callback\Mine; with OBJ_PERMANENT it lives until
 *	ObMakeTemporaryObject()
 * @Create: make it when there is none
 * @AllowMultipleCallbacks: a new one takes more than one routine
 *
 * IRQL: <= APC_LEVEL. Returns STATUS_SUCCESS, STATUS_UNSUCCESSFUL without a name,
 * STATUS_OBJECT_NAME_NOT_FOUND, STATUS_OBJECT_TYPE_MISMATCH and what a bad name gives.
 * A temporary object keeps its name until nobody refers to it; on Windows it loses
 * it earlier. Of the system's own objects none exists unless a driver makes it.
 */
NTSTATUS ExCreateCallback(PCALLBACK_OBJECT *CallbackObject, POBJECT_ATTRIBUTES ObjectAttributes,
			  BOOLEAN Create, BOOLEAN AllowMultipleCallbacks)
{
	struct nt_callback *callback;
	NTSTATUS status;

	if (!ObjectAttributes->ObjectName || !ObjectAttributes->ObjectName->Length)
		return STATUS_UNSUCCESSFUL;
	for (;;) {
		callback = open(ObjectAttributes->ObjectName, &status);
		if (callback || status != STATUS_OBJECT_NAME_NOT_FOUND || !Create)
			break;
		callback = create(ObjectAttributes, AllowMultipleCallbacks, &status);
		/* Somebody else's may have come in between, or be on its way out. */
		if (callback || status != STATUS_OBJECT_NAME_COLLISION)
			break;
		cond_resched();
	}
	*CallbackObject = callback ? &callback->object : NULL;
	return status;
}
EXPORT_SYMBOL(ExCreateCallback);

/**
 * ObMakeTemporaryObject - let an object go that was made with OBJ_PERMANENT
 * @Object: a callback or directory object: no other is made permanent here
 *
 * IRQL: <= APC_LEVEL. It goes with the last reference to it.
 */
void ObMakeTemporaryObject(PVOID Object)
{
	PCALLBACK_OBJECT object = Object;
	bool permanent;

	if (nt_object(Object)->type == &nt_directory_type)
		nt_directory_make_temporary(Object);
	if (nt_object(Object)->type != &nt_callback_type)
		return;
	spin_lock_bh(&object->lock);
	permanent = object->permanent;
	object->permanent = false;
	spin_unlock_bh(&object->lock);
	if (permanent)
		nt_object_put(nt_object(Object));
}
EXPORT_SYMBOL(ObMakeTemporaryObject);

/**
 * ExRegisterCallback - have a routine called when a callback object is notified
 * @CallbackObject: the object, which stays until ExUnregisterCallback()
 * @CallbackFunction: the routine; called at the notifier's IRQL
 * @CallbackContext: its first argument
 *
 * IRQL: <= APC_LEVEL. Returns the registration; NULL when there is no memory, or
 * there is one already and the object does not take more.
 */
PVOID ExRegisterCallback(PCALLBACK_OBJECT CallbackObject, PCALLBACK_FUNCTION CallbackFunction,
			 PVOID CallbackContext)
{
	struct registration *new = kzalloc(sizeof(*new), GFP_KERNEL);
	bool taken;

	if (!new)
		return NULL;
	new->object = CallbackObject;
	new->function = CallbackFunction;
	new->context = CallbackContext;
	nt_object_get(nt_object(CallbackObject));
	spin_lock_bh(&CallbackObject->lock);
	taken = !CallbackObject->multiple && !list_empty(&CallbackObject->registrations);
	if (!taken)
		list_add_tail(&new->link, &CallbackObject->registrations);
	spin_unlock_bh(&CallbackObject->lock);
	if (!taken)
		return new;
	kfree(new);
	nt_object_put(nt_object(CallbackObject));
	return NULL;
}
EXPORT_SYMBOL(ExRegisterCallback);

static bool try_to_unlink(struct registration *old)
{
	bool done;

	spin_lock_bh(&old->object->lock);
	old->ended = true;
	done = !old->calls;
	if (done)
		list_del_init(&old->link);
	spin_unlock_bh(&old->object->lock);
	return done;
}

/**
 * ExUnregisterCallback - end a registration
 * @CallbackRegistration: from ExRegisterCallback()
 *
 * IRQL: <= APC_LEVEL; not in the routine itself. On return the routine does not run
 * any more.
 */
void ExUnregisterCallback(PVOID CallbackRegistration)
{
	struct registration *old = CallbackRegistration;

	wait_event(calls_ended, try_to_unlink(old));
	nt_object_put(nt_object(old->object));
	kfree(old);
}
EXPORT_SYMBOL(ExUnregisterCallback);

/* With the lock held: the next one to call after @at, which stays on the list. */
static struct registration *next_call(PCALLBACK_OBJECT object, struct list_head *at)
{
	struct registration *next;

	while ((at = at->next) != &object->registrations) {
		next = list_entry(at, struct registration, link);
		if (!next->ended) {
			next->calls++;
			return next;
		}
	}
	return NULL;
}

/**
 * ExNotifyCallback - call all routines that are registered with a callback object
 * @CallbackObject: the object
 * @Argument1: the routines' second argument
 * @Argument2: their third
 *
 * IRQL: <= DISPATCH_LEVEL, which is the routines', too. In the order in which they
 * were registered.
 */
void ExNotifyCallback(PVOID CallbackObject, PVOID Argument1, PVOID Argument2)
{
	PCALLBACK_OBJECT object = CallbackObject;
	struct registration *now, *next;
	bool last;

	spin_lock_bh(&object->lock);
	now = next_call(object, &object->registrations);
	while (now) {
		spin_unlock_bh(&object->lock);
		nt_call_callback(now->function, now->context, Argument1, Argument2);
		spin_lock_bh(&object->lock);
		next = next_call(object, &now->link);
		last = !--now->calls && now->ended;
		if (last)
			wake_up_all(&calls_ended);
		now = next;
	}
	spin_unlock_bh(&object->lock);
}
EXPORT_SYMBOL(ExNotifyCallback);

static struct registration *find_of(struct nt_callback *callback, const struct module *owner)
{
	struct registration *registration, *found = NULL;

	spin_lock_bh(&callback->object.lock);
	list_for_each_entry(registration, &callback->object.registrations, link)
		if (within_module((unsigned long)registration->function, owner))
			found = registration;
	spin_unlock_bh(&callback->object.lock);
	return found;
}

static struct registration *find(const struct module *owner)
{
	struct registration *found = NULL;
	struct nt_callback *callback;

	mutex_lock(&nt_names_lock);
	list_for_each_entry(callback, &callbacks, link) {
		found = find_of(callback, owner);
		if (found)
			break;
	}
	mutex_unlock(&nt_names_lock);
	return found;
}

void nt_callbacks_reap(const struct module *owner)
{
	struct registration *left;

	while ((left = find(owner))) {
		pr_err("%s left callback routine %ps registered\n", owner->name, left->function);
		ExUnregisterCallback(left);
	}
}

void nt_callback_teardown(void)
{
	struct nt_callback *callback, *next;

	list_for_each_entry_safe(callback, next, &callbacks, link)
		ObMakeTemporaryObject(&callback->object);
}
