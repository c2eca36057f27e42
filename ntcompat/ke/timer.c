// SPDX-License-Identifier: GPL-2.0
/*
 * KTIMERs. The structure has a list entry but no room for a Linux timer, so a
 * wheel per CPU holds them, driven by one hrtimer per CPU.
 *
 * A wheel has 256 slots of about a millisecond; a timer lies in the slot of its
 * due time modulo one turn. The hrtimer is set to the exact due time of the
 * earliest timer of the coming turn, so slots cost no precision, or to the end
 * of the turn when nothing is due in it.
 *
 * Locks: setter, then wheel, then dispatcher object, then DPC queue.
 *
 * Who sets or cancels a timer holds its setter lock, one of a few that are
 * chosen by the timer's address. So a timer is in one wheel at most: that of
 * Processor, which only changes under the setter lock. Whether it is in there
 * (Inserted) changes under the wheel's lock. A timer is signalled and its DPC
 * queued with the wheel locked: once KeCancelTimer() has had that lock nobody
 * touches the timer any more, and a driver may free it.
 */
#include "timer.h"
#include "dispatcher.h"
#include "forgotten.h"
#include "time.h"
#include <linux/bitmap.h>
#include <linux/hash.h>
#include <linux/hrtimer.h>
#include <linux/smp.h>

#define SLOT_SHIFT	20
#define SLOTS		256
#define SLOT_NS		(1LL << SLOT_SHIFT)
#define TURN_NS		(SLOT_NS * SLOTS)

struct wheel {
	raw_spinlock_t lock;
	struct hrtimer hrtimer;
	s64 next;			/* what the hrtimer is set to, KTIME_MAX when idle */
	unsigned int count;		/* timers in the wheel */
	s64 scanned;			/* slots before this time were looked at */
	DECLARE_BITMAP(used, SLOTS);
	LIST_ENTRY slots[SLOTS];
};

static DEFINE_PER_CPU(struct wheel, wheels);

#define SETTER_BITS	6

static struct setter {
	raw_spinlock_t lock;
} ____cacheline_aligned_in_smp setters[1 << SETTER_BITS];

/*
 * How many timers are set in each piece of memory, pieces that are far apart counted
 * together: so that it costs little to see that freed memory has none.
 */
#define PIECE_SHIFT	8
#define PIECES		1024

static atomic_t pieces[PIECES];

static atomic_t *piece_of(unsigned long number)
{
	return &pieces[number % PIECES];
}

static raw_spinlock_t *setter_lock(PKTIMER timer)
{
	return &setters[hash_ptr(timer, SETTER_BITS)].lock;
}

static unsigned int slot_of(s64 due)
{
	return (due >> SLOT_SHIFT) % SLOTS;
}

static struct wheel *wheel_of(PKTIMER timer)
{
	return per_cpu_ptr(&wheels, timer->Processor);
}

static void add(struct wheel *wheel, PKTIMER timer)
{
	unsigned int slot = slot_of(timer->DueTime.QuadPart);

	InsertTailList(&wheel->slots[slot], &timer->TimerListEntry);
	__set_bit(slot, wheel->used);
	timer->Header.Inserted = TRUE;
	wheel->count++;
	atomic_inc(piece_of((unsigned long)timer >> PIECE_SHIFT));
}

static void del(struct wheel *wheel, PKTIMER timer)
{
	unsigned int slot = slot_of(timer->DueTime.QuadPart);

	RemoveEntryList(&timer->TimerListEntry);
	if (IsListEmpty(&wheel->slots[slot]))
		__clear_bit(slot, wheel->used);
	timer->Header.Inserted = FALSE;
	wheel->count--;
	atomic_dec(piece_of((unsigned long)timer >> PIECE_SHIFT));
}

/*
 * The next time of a periodic timer that is behind @now: periods that were
 * missed are skipped, since nobody could tell their expiries apart.
 */
static s64 next_period(PKTIMER timer, s64 now)
{
	s64 period = (s64)timer->Period * NSEC_PER_MSEC;
	s64 due = timer->DueTime.QuadPart;

	return due + (div64_s64(now - due, period) + 1) * period;
}

/* The waiter may free the timer once it is signalled: that comes last, but for the DPC. */
static void expire(struct wheel *wheel, PKTIMER timer, s64 now)
{
	s64 due = timer->DueTime.QuadPart;
	struct nt_signal signal;
	PKDPC dpc = timer->Dpc;

	del(wheel, timer);
	if (timer->Period > 0) {
		timer->DueTime.QuadPart = next_period(timer, now);
		add(wheel, timer);
	}
	nt_signal_lock(&timer->Header, &signal);
	nt_dispatcher_signal(&timer->Header, &signal);
	nt_signal_unlock(&timer->Header, &signal);
	if (dpc)
		KeInsertQueueDpc(dpc, UlongToPtr((u32)due), UlongToPtr(due >> 32));
}

/* The earliest timer of a slot that is due before @limit; its due time, or @limit. */
static PKTIMER earliest(struct wheel *wheel, unsigned int slot, s64 limit)
{
	PKTIMER found = NULL;
	PLIST_ENTRY entry;

	for (entry = wheel->slots[slot].Flink; entry != &wheel->slots[slot]; entry = entry->Flink) {
		PKTIMER timer = CONTAINING_RECORD(entry, KTIMER, TimerListEntry);

		if ((s64)timer->DueTime.QuadPart < limit) {
			found = timer;
			limit = timer->DueTime.QuadPart;
		}
	}
	return found;
}

static void expire_slot(struct wheel *wheel, unsigned int slot, s64 now)
{
	PKTIMER timer;

	while ((timer = earliest(wheel, slot, now + 1)))
		expire(wheel, timer, now);
}

static void expire_until(struct wheel *wheel, s64 now)
{
	s64 start = max(wheel->scanned, now - TURN_NS);
	s64 at;

	for (at = start & ~(SLOT_NS - 1); at <= now; at += SLOT_NS)
		if (test_bit(slot_of(at), wheel->used))
			expire_slot(wheel, slot_of(at), now);
	wheel->scanned = now;
}

static s64 next_due(struct wheel *wheel, s64 now)
{
	s64 at = now & ~(SLOT_NS - 1);
	s64 end = at + TURN_NS;

	if (!wheel->count)
		return KTIME_MAX;
	for (; at < end; at += SLOT_NS) {
		PKTIMER timer;

		if (!test_bit(slot_of(at), wheel->used))
			continue;
		timer = earliest(wheel, slot_of(at), at + SLOT_NS);
		if (timer)
			return timer->DueTime.QuadPart;
	}
	return end;
}

static enum hrtimer_restart wheel_turns(struct hrtimer *hrtimer)
{
	struct wheel *wheel = container_of(hrtimer, struct wheel, hrtimer);
	unsigned long flags;
	bool idle;

	raw_spin_lock_irqsave(&wheel->lock, flags);
	expire_until(wheel, ktime_get_ns());
	wheel->next = next_due(wheel, wheel->scanned);
	idle = wheel->next == KTIME_MAX;
	if (!idle)
		hrtimer_set_expires(hrtimer, ns_to_ktime(wheel->next));
	raw_spin_unlock_irqrestore(&wheel->lock, flags);
	return idle ? HRTIMER_NORESTART : HRTIMER_RESTART;
}

/* With the wheel of this CPU locked. */
static void arm(struct wheel *wheel, s64 due)
{
	if (due >= wheel->next)
		return;
	wheel->next = due;
	hrtimer_start(&wheel->hrtimer, ns_to_ktime(due), HRTIMER_MODE_ABS_PINNED);
}

/*
 * Take a timer out of its wheel, if it is in there; with its setter lock held. An
 * expiry in progress is over on return.
 */
static bool remove(PKTIMER timer)
{
	struct wheel *wheel = wheel_of(timer);
	bool was_set;

	raw_spin_lock(&wheel->lock);
	was_set = timer->Header.Inserted;
	if (was_set)
		del(wheel, timer);
	raw_spin_unlock(&wheel->lock);
	return was_set;
}

static void reset_signal(PKTIMER timer)
{
	raw_spinlock_t *lock = nt_dispatcher_lock(timer);

	raw_spin_lock(lock);
	timer->Header.SignalState = 0;
	raw_spin_unlock(lock);
}

/* Put a timer, which is in no wheel, into this CPU's; with its setter lock held. */
static void insert(PKTIMER timer, s64 due)
{
	struct wheel *wheel = this_cpu_ptr(&wheels);

	timer->Processor = smp_processor_id();
	timer->DueTime.QuadPart = due;
	raw_spin_lock(&wheel->lock);
	if (!wheel->count)
		wheel->scanned = ktime_get_ns();
	/* A time that is over already must not land behind the scan. */
	wheel->scanned = min(wheel->scanned, due);
	add(wheel, timer);
	arm(wheel, due);
	raw_spin_unlock(&wheel->lock);
}

static __always_inline void init(PKTIMER timer, TIMER_TYPE type, unsigned long who)
{
	nt_timers_forget(timer, sizeof(*timer), (void *)who);
	memset(timer, 0, sizeof(*timer));
	nt_dispatcher_init(&timer->Header, TimerNotificationObject + type, sizeof(*timer), 0);
}

/**
 * KeInitializeTimerEx - prepare a timer object
 * @Timer: resident storage for it
 * @Type: NotificationTimer or SynchronizationTimer, as for events
 *
 * IRQL: any. One that is set is cancelled, and the log says so.
 */
void KeInitializeTimerEx(PKTIMER Timer, TIMER_TYPE Type)
{
	init(Timer, Type, _RET_IP_);
}
EXPORT_SYMBOL(KeInitializeTimerEx);

/**
 * KeInitializeTimer - prepare a notification timer
 * @Timer: resident storage for it
 *
 * IRQL: <= DISPATCH_LEVEL. As KeInitializeTimerEx().
 */
void KeInitializeTimer(PKTIMER Timer)
{
	init(Timer, NotificationTimer, _RET_IP_);
}
EXPORT_SYMBOL(KeInitializeTimer);

/**
 * KeSetTimerEx - set a timer, possibly a periodic one
 * @Timer: initialised timer; one that is set already starts anew
 * @DueTime: units of 100 ns, negative for relative
 * @Period: milliseconds from one expiry to the next; 0 for a single one
 * @Dpc: queued at each expiry; may be NULL
 *
 * IRQL: <= DISPATCH_LEVEL. Returns TRUE when the timer was set already. It
 * expires at the due time or later, never earlier. An absolute time is
 * translated now: it does not follow later changes of the clock.
 */
BOOLEAN KeSetTimerEx(PKTIMER Timer, LARGE_INTEGER DueTime, LONG Period, PKDPC Dpc)
{
	raw_spinlock_t *lock = setter_lock(Timer);
	s64 due = ktime_to_ns(nt_due_time(DueTime));
	unsigned long flags;
	bool was_set;

	raw_spin_lock_irqsave(lock, flags);
	was_set = remove(Timer);
	reset_signal(Timer);
	Timer->Period = Period;
	Timer->Dpc = Dpc;
	if (!nt_timer_is_refused(Timer, Dpc))
		insert(Timer, due);
	raw_spin_unlock_irqrestore(lock, flags);
	return was_set;
}
EXPORT_SYMBOL(KeSetTimerEx);

/**
 * KeSetCoalescableTimer - set a timer that need not be exact
 * @Timer: as for KeSetTimerEx()
 * @DueTime: likewise
 * @Period: likewise
 * @TolerableDelay: milliseconds that it may be late; it is exact all the same
 * @Dpc: likewise
 *
 * IRQL: <= DISPATCH_LEVEL. As KeSetTimerEx().
 */
BOOLEAN KeSetCoalescableTimer(PKTIMER Timer, LARGE_INTEGER DueTime, ULONG Period,
			      ULONG TolerableDelay, PKDPC Dpc)
{
	return KeSetTimerEx(Timer, DueTime, Period, Dpc);
}
EXPORT_SYMBOL(KeSetCoalescableTimer);

/**
 * KeSetTimer - set a timer that expires once
 * @Timer: initialised timer
 * @DueTime: units of 100 ns, negative for relative
 * @Dpc: queued at expiry; may be NULL
 *
 * IRQL: <= DISPATCH_LEVEL. As KeSetTimerEx() with a period of 0.
 */
BOOLEAN KeSetTimer(PKTIMER Timer, LARGE_INTEGER DueTime, PKDPC Dpc)
{
	return KeSetTimerEx(Timer, DueTime, 0, Dpc);
}
EXPORT_SYMBOL(KeSetTimer);

/**
 * KeCancelTimer - stop a timer
 * @Timer: initialised timer
 *
 * IRQL: <= DISPATCH_LEVEL. Returns TRUE when it was set. It may be freed then,
 * unless somebody else sets it again. A DPC that was queued already still runs; KeRemoveQueueDpc() or KeFlushQueuedDpcs() deal with it.
 */
BOOLEAN KeCancelTimer(PKTIMER Timer)
{
	raw_spinlock_t *lock = setter_lock(Timer);
	unsigned long flags;
	bool was_set;

	raw_spin_lock_irqsave(lock, flags);
	was_set = remove(Timer);
	raw_spin_unlock_irqrestore(lock, flags);
	return was_set;
}
EXPORT_SYMBOL(KeCancelTimer);

/**
 * KeReadStateTimer - has the timer expired?
 * @Timer: initialised timer
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
BOOLEAN KeReadStateTimer(PKTIMER Timer)
{
	return READ_ONCE(Timer->Header.SignalState) != 0;
}
EXPORT_SYMBOL(KeReadStateTimer);

bool nt_timers_near(const void *memory, size_t bytes)
{
	unsigned long at = (unsigned long)memory >> PIECE_SHIFT;
	unsigned long last = ((unsigned long)memory + bytes - 1) >> PIECE_SHIFT;

	if (!bytes)
		return false;
	for (last = min(last, at + PIECES - 1); at <= last; at++)
		if (atomic_read(piece_of(at)))
			return true;
	return false;
}

static unsigned int cancel_in_slot(struct wheel *wheel, unsigned int slot,
				   bool (*match)(const KTIMER *timer, const void *data),
				   const void *data)
{
	PLIST_ENTRY entry = wheel->slots[slot].Flink, next;
	unsigned int count = 0;

	for (; entry != &wheel->slots[slot]; entry = next) {
		PKTIMER timer = CONTAINING_RECORD(entry, KTIMER, TimerListEntry);

		next = entry->Flink;
		if (match(timer, data)) {
			del(wheel, timer);
			count++;
		}
	}
	return count;
}

/* Without their setter locks: nobody may be setting them any more. */
unsigned int nt_timers_cancel(bool (*match)(const KTIMER *timer, const void *data), const void *data)
{
	unsigned int slot, count = 0;
	int cpu;

	for_each_possible_cpu(cpu) {
		struct wheel *wheel = per_cpu_ptr(&wheels, cpu);
		unsigned long flags;

		raw_spin_lock_irqsave(&wheel->lock, flags);
		for_each_set_bit(slot, wheel->used, SLOTS)
			count += cancel_in_slot(wheel, slot, match, data);
		raw_spin_unlock_irqrestore(&wheel->lock, flags);
	}
	return count;
}

void __init nt_timer_setup(void)
{
	int cpu, slot, i;

	for (i = 0; i < ARRAY_SIZE(setters); i++)
		raw_spin_lock_init(&setters[i].lock);
	for_each_possible_cpu(cpu) {
		struct wheel *wheel = per_cpu_ptr(&wheels, cpu);

		raw_spin_lock_init(&wheel->lock);
		wheel->next = KTIME_MAX;
		for (slot = 0; slot < SLOTS; slot++)
			InitializeListHead(&wheel->slots[slot]);
		hrtimer_init(&wheel->hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_PINNED);
		wheel->hrtimer.function = wheel_turns;
	}
}

void nt_timer_teardown(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		hrtimer_cancel(&per_cpu_ptr(&wheels, cpu)->hrtimer);
}
