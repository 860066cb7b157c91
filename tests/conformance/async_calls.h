/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asynchronous calls as transcripts (asynchronous-model.md): what a function returns with a context; that its callback then comes
 * exactly once, or not at all when it did not go asynchronous; with which result and model; and never on the stack of the caller. */
#ifndef WS_TESTS_CONFORMANCE_ASYNC_CALLS_H
#define WS_TESTS_CONFORMANCE_ASYNC_CALLS_H

#include "service.h"

#define PENDING_TIMEOUT 30000      /* for what comes at once, however slow the machine is */

struct pending
{
    HANDLE event;
    volatile LONG callbacks, on_stack;
    DWORD caller;
    volatile BOOL inside;           /* the call that has the context is on the stack of `caller` */
    HRESULT hr;
    WS_CALLBACK_MODEL model;
    void (*hook)( void *arg );      /* runs in the callback: there a program may do what it likes, as no lock is held */
    void *hook_arg;
};

static inline void pending_init( struct pending *p )
{
    memset( p, 0, sizeof(*p) );
    p->event = CreateEventW( NULL, FALSE, FALSE, NULL );
}

static void CALLBACK on_done( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct pending *p = state;

    if (p->inside && GetCurrentThreadId() == p->caller) InterlockedIncrement( &p->on_stack );
    p->hr = hr;
    p->model = model;
    if (p->hook) p->hook( p->hook_arg );
    if (InterlockedIncrement( &p->callbacks ) == 1) SetEvent( p->event );
}

static inline void begin( struct pending *p, WS_ASYNC_CONTEXT *context )
{
    p->callbacks = p->on_stack = 0;
    p->caller = GetCurrentThreadId();
    p->inside = TRUE;
    context->callback = on_done;
    context->callbackState = p;
}

/* The callback of a call that went asynchronous. */
static inline void wait_for( struct pending *p, const char *what )
{
    ok( !WaitForSingleObject( p->event, PENDING_TIMEOUT ), "%s does not complete\n", what );
    ok( p->callbacks == 1, "%s called back %ld times\n", what, p->callbacks );
    ok( !p->on_stack, "%s called back on the stack of its caller\n", what );
}

/* The end of a call: the result, however it came. */
static inline HRESULT finish( struct pending *p, HRESULT hr, WS_CALLBACK_MODEL model, const char *what )
{
    p->inside = FALSE;
    if (hr != WS_S_ASYNC)
    {
        Sleep( 1 );
        ok( !p->callbacks, "%s returned %#lx and called back\n", what, hr );
        return hr;
    }
    wait_for( p, what );
    ok( p->model == model, "%s called back with model %d instead of %d\n", what, p->model, model );
    return p->hr;
}

/* CALL( WsOpenChannel, channel, &address ): makes it with a context and waits. */
#define CALL( function, ... ) \
    (begin( p, &context ), finish( p, function( __VA_ARGS__, &context, NULL ), model, #function ))

static inline void run_thread( LPTHREAD_START_ROUTINE func, void *arg, const char *what )
{
    HANDLE thread = CreateThread( NULL, 0, func, arg, 0, NULL );

    ok( !WaitForSingleObject( thread, PENDING_TIMEOUT ), "%s does not return\n", what );
    CloseHandle( thread );
}

#endif
