/* SPDX-License-Identifier: GPL-2.0 */
/* Completion routines that wait for their thread to be alertable. */
#ifndef APC_H
#define APC_H

#include <stdbool.h>
#include <windows.h>

struct apc_queue;

/**
 * struct apc - a completion routine
 * @next: on the queue
 * @queue: of the thread that asked, referenced until it is there
 * @error: a Win32 error, 0 for success
 * @bytes: how many were moved
 */
struct apc {
	struct apc *next;
	struct apc_queue *queue;
	LPOVERLAPPED_COMPLETION_ROUTINE routine;
	LPOVERLAPPED ov;
	DWORD error;
	DWORD bytes;
};

struct apc *apc_new(LPOVERLAPPED_COMPLETION_ROUTINE routine, LPOVERLAPPED ov);
void apc_drop(struct apc *apc);
void apc_push(struct apc *apc, DWORD error, DWORD bytes);

/* Runs what the calling thread has; returns whether that was anything. */
bool apc_run(void);

/* A descriptor that is readable when there is something to run; -1: there never was. */
int apc_signal(void);
void apc_thread_exit(void);

#endif /* APC_H */
