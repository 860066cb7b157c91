/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Several calls at once on the channel of a session (WS_SERVICE_ENDPOINT_PROPERTY_MAX_CONCURRENCY).
 *
 * A worker that has read its message to the end hands the reading side of the channel on to another worker and runs its operation
 * meanwhile. So there is one reader at most, as many operations as the endpoint allows, and replies take turns on the writing
 * side. The worker that accepted the channel is the master: the state of all is with it, it outlives the others and closes
 * the channel. The same is done with an endpoint that has no concurrency while an operation that wants to know of its
 * cancellation runs: somebody has to read to notice that the channel is broken; a message that is received is held back then. */
#include "service/host.h"
#include "base/trace.h"

/* Goes on with a chain that waits, on another thread. */
static void go_on( const WS_ASYNC_CONTEXT *context )
{
    if (engine_complete( context, S_OK, WS_LONG_CALLBACK )) async_done( context, S_OK, WS_LONG_CALLBACK );
}

/* The call object for another call on the channel of `master`, from the pool of the endpoint. */
static struct worker *take_call( struct worker *master )
{
    struct endpoint *endpoint = master->endpoint;
    struct worker *call;

    lock_enter( &endpoint->lock );
    if ((call = endpoint->idle_calls))
    {
        endpoint->idle_calls = call->next;
        endpoint->idle_call_count--;
    }
    lock_leave( &endpoint->lock );
    if (!call && worker_create_call( master, &call, NULL )) return NULL;
    call->master = master;
    call->channel = master->channel;
    call->channel_state = master->channel_state;
    call->last = call->running = FALSE;
    call->gentle = call->reader = TRUE;
    return call;
}

void share_pass( struct worker *worker, BOOL ahead )
{
    struct worker *master = worker->master, *call;
    struct session_share *share = &master->share;
    BOOL wanted;

    lock_enter( &share->lock );
    if (!share->active)
    {
        share->active = TRUE;
        share->running = 1;
        worker->running = TRUE;
        worker->reader = TRUE;
    }
    if (worker->reader) worker->reader = share->reading = FALSE;
    if ((wanted = !share->reading && !share->ended && master->gentle && !share->last &&
                  (ahead || share->running < worker->endpoint->values.max_concurrency)))
    {
        share->reading = TRUE;
        share->others++;
    }
    lock_leave( &share->lock );
    if (!wanted) return;
    if ((call = take_call( master )))
    {
        worker_receive( call );
        return;
    }
    /* without memory for it the calls go on one by one */
    lock_enter( &share->lock );
    share->reading = FALSE;
    share->others--;
    lock_leave( &share->lock );
}

HRESULT share_received( struct worker *worker, const WS_ASYNC_CONTEXT *context )
{
    struct session_share *share = &worker->master->share;
    HRESULT hr = S_OK;

    if (!share->active) return S_OK;
    lock_enter( &share->lock );
    if (share->last) hr = WS_E_INVALID_OPERATION;   /* an operation said that no more messages are expected */
    else if (share->running < worker->endpoint->values.max_concurrency)
    {
        share->running++;
        worker->running = TRUE;
    }
    else
    {
        share->held = worker;
        share->held_context = *context;
        hr = WS_S_ASYNC;
    }
    lock_leave( &share->lock );
    return hr;
}

void share_ended( struct worker *worker, BOOL fault )
{
    struct worker *master = worker->master;
    struct session_share *share = &master->share;

    lock_enter( &share->lock );
    share->ended = TRUE;
    if (fault) master->gentle = FALSE;
    lock_leave( &share->lock );
    if (fault && share->active) workers_cancel( worker->endpoint, master, fault_reason( worker->endpoint->host ) );
}

enum share_next share_done( struct worker *worker, const WS_ASYNC_CONTEXT *context )
{
    struct worker *master = worker->master;
    struct session_share *share = &master->share;
    WS_ASYNC_CONTEXT held = { NULL, NULL }, drained = { NULL, NULL };
    enum share_next next;

    lock_enter( &share->lock );
    if (worker->running) share->running--;
    if (worker->reader) share->reading = FALSE;
    if (!worker->gentle) master->gentle = FALSE;
    if (worker->last) share->last = TRUE;
    worker->running = worker->reader = FALSE;
    if (share->held)
    {
        share->running++;
        share->held->running = TRUE;
        share->held = NULL;
        held = share->held_context;
    }
    if (!share->reading && !share->ended && master->gentle && !share->last)
    {
        share->reading = worker->reader = TRUE;
        next = SHARE_RECEIVE;
    }
    else if (worker != master)
    {
        next = SHARE_OUT;
        if (!--share->others)
        {
            drained = share->drained;
            share->drained.callback = NULL;
        }
    }
    else if (share->others)
    {
        share->drained = *context;
        next = SHARE_WAIT;
    }
    else next = SHARE_CLOSE;
    lock_leave( &share->lock );
    /* a broken channel wakes whoever still reads or writes; the master may be gone once it was told to go on */
    if (next != SHARE_RECEIVE && !master->gentle) channel_abort( worker->channel, NULL );
    if (held.callback) go_on( &held );
    if (drained.callback) go_on( &drained );
    return next;
}

HRESULT share_take_turn( struct worker *worker, const WS_ASYNC_CONTEXT *context )
{
    struct session_share *share = &worker->master->share;
    BOOL wait;

    if (!share->active || worker->has_turn) return S_OK;
    lock_enter( &share->lock );
    worker->has_turn = TRUE;
    if ((wait = share->writing))
    {
        worker->turn = *context;
        worker->next = NULL;
        *share->turns_end = worker;
        share->turns_end = &worker->next;
    }
    share->writing = TRUE;
    lock_leave( &share->lock );
    return wait ? WS_S_ASYNC : S_OK;
}

void share_give_turn( struct worker *worker )
{
    struct session_share *share = &worker->master->share;
    struct worker *next;

    if (!worker->has_turn) return;
    lock_enter( &share->lock );
    worker->has_turn = FALSE;
    if ((next = share->turns))
    {
        if (!(share->turns = next->next)) share->turns_end = &share->turns;
    }
    else share->writing = FALSE;
    lock_leave( &share->lock );
    if (next) go_on( &next->turn );
}

void share_begin( struct worker *master )
{
    memset( &master->share, 0, sizeof(master->share) );
    master->share.turns_end = &master->share.turns;
    master->running = master->reader = FALSE;
}
