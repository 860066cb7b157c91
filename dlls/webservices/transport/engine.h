/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The engine: one per process, started by the first use, drives everything that is not done by a calling thread.
 *
 * Threads of the engine are leaders or followers. A leader waits in the ELF half for events of one epoll set and runs
 * what an event asks for itself: protocol, operation and reply, without a change of thread. When what it runs takes
 * long, or is about to block (engine_blocking), another thread takes the epoll set over and goes on with the events
 * that are left; the first one, once it is done, becomes a follower and in the end retires. So a short operation costs
 * no thread switch, and a long one stalls nobody.
 *
 * Work items and timers need no allocation: they are members of the object they belong to. */
#ifndef WS_TRANSPORT_ENGINE_H
#define WS_TRANSPORT_ENGINE_H

#include "transport/net.h"

/* A piece of work, a member of the object it works on. It may be submitted again once its function was entered. */
struct engine_work
{
    struct engine_work *next;
    void (*func)( void *arg );
    void *arg;
    LONG  queued;
};

/* Runs func( arg ) soon on a thread of the engine, never on the caller's stack. Cannot fail: if no thread can be made,
 * an existing one gets to it. A work item that is queued already is not queued again; returns FALSE then. It may
 * run user code and may block. */
BOOL engine_submit( struct engine_work *work );

/* Calls async->callback( hr, model, async->callbackState ) from a thread of the engine. Used where an operation that went
 * asynchronous is completed by a thread that must not run user code (an abort, a timer, a thread inside another
 * call). E_OUTOFMEMORY if it can't be queued: the caller has to find another way. */
HRESULT engine_complete( const WS_ASYNC_CONTEXT *async, HRESULT hr, WS_CALLBACK_MODEL model );

/* The calling thread is about to wait for something other than an event of its own loop. If it is a leader, its epoll set
 * is handed over first. Cheap, harmless on other threads and when called twice. The transport calls it by itself
 * before it blocks; long running code of other layers may. */
void engine_blocking( void );

/* TRUE on a thread of the engine. */
BOOL engine_is_worker( void );

/* Milliseconds of the clock that timers use. */
UINT64 engine_now( void );
/* The same as a leader saw it last, a few events ago, which may be some milliseconds: for times that are far longer. On other
 * threads engine_now. */
UINT64 engine_batch_now( void );

/* now + timeout; NET_INFINITE and 0-safe: an infinite timeout gives the deadline ~0. */
UINT64 engine_deadline( ULONG timeout );
UINT64 engine_batch_deadline( ULONG timeout );
/* Milliseconds left, 0 if over, NET_INFINITE if there is no deadline. */
ULONG  engine_remaining( UINT64 deadline );

/* A timer. The function runs on the engine's clock thread: it must be short, must not block and must not run user code
 * (submit a work item for that). Exact to about a millisecond. */
struct engine_timer
{
    UINT64 due;                        /* deadline; ~0 while not set */
    void (*func)( void *arg );
    void  *arg;
    struct engine_timer *child, *next, *prev;
};

void engine_timer_init( struct engine_timer *timer, void (*func)( void *arg ), void *arg );
/* Sets or moves the timer; `due` is absolute (engine_deadline). ~0 clears it without waiting. */
void engine_timer_set( struct engine_timer *timer, UINT64 due );
/* Sets it only if `due` is earlier than what it is set to. */
void engine_timer_advance( struct engine_timer *timer, UINT64 due );
/* Clears the timer and, when its function is running on another thread, waits for its end. After it the memory may go. Never
 * called with a lock held that the function takes. */
void engine_timer_stop( struct engine_timer *timer );

/* Waits until *value != expected, a wake-up, or the timeout; spurious returns are allowed, so loop. FALSE on timeout.
 * Wakes cost one system call and no hop through the wineserver. */
BOOL engine_wait( LONG *value, LONG expected, ULONG timeout );
void engine_wake( LONG *value );          /* all waiters on the address */

/* One-shot result for a caller that waits for somebody else's completion: signal it with the result, wait with a timeout. */
struct engine_gate { LONG done; HRESULT hr; };
static inline void engine_gate_init( struct engine_gate *gate ) { gate->done = 0; gate->hr = S_OK; }
void    engine_gate_open( struct engine_gate *gate, HRESULT hr );
/* FALSE on timeout; the gate may still open later then. */
BOOL    engine_gate_wait( struct engine_gate *gate, ULONG timeout );

#endif
