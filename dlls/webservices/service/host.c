/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Service hosts: creation, states, opening and closing of all endpoints together. */
#include "service/metadata.h"
#include "channel/props.h"
#include "base/trace.h"

#define S( name ) (1u << WS_SERVICE_HOST_STATE_##name)

static const char *const state_names[] = { "CREATED", "OPENING", "OPEN", "CLOSING", "CLOSED", "FAULTED" };

static const UINT8 transitions[] =
{
    [WS_SERVICE_HOST_STATE_CREATED] = S( OPENING ) | S( CREATED ),
    [WS_SERVICE_HOST_STATE_OPENING] = S( OPEN ) | S( CREATED ),
    [WS_SERVICE_HOST_STATE_OPEN]    = S( CLOSING ) | S( FAULTED ),
    [WS_SERVICE_HOST_STATE_FAULTED] = S( CLOSING ),
    [WS_SERVICE_HOST_STATE_CLOSING] = S( CLOSED ),
    [WS_SERVICE_HOST_STATE_CLOSED]  = S( CREATED ),
};

/* The one place where a host changes its state; the lock is held. */
static void set_state( WS_SERVICE_HOST *host, WS_SERVICE_HOST_STATE state )
{
    WS_TRACE( "host %p: %s%s -> %s\n", host, transitions[host->hdr.state] & (1u << state) ? "" : "unexpected ",
              state_names[host->hdr.state], state_names[state] );
    host->hdr.state = state;
}

static HRESULT wrong_state( const WS_SERVICE_HOST *host, const char *what, WS_ERROR *error )
{
    return ws_fail( error, WS_E_INVALID_OPERATION, "%s is not possible while the service host is in the state %s.", what,
                    state_names[host->hdr.state] );
}

/* --- creation and end -------------------------------------------------------------------------------------------------- */

static const struct prop_desc host_props[] =
{
    PROP( WS_SERVICE_PROPERTY_HOST_USER_STATE, WS_SERVICE_HOST, user_state, PROP_CREATE | PROP_GET ),
    PROP_RANGE( WS_SERVICE_PROPERTY_FAULT_DISCLOSURE, WS_SERVICE_HOST, disclosure, PROP_CREATE | PROP_GET,
                WS_MINIMAL_FAULT_DISCLOSURE, WS_FULL_FAULT_DISCLOSURE ),
    PROP( WS_SERVICE_PROPERTY_FAULT_LANGID, WS_SERVICE_HOST, langid, PROP_CREATE | PROP_GET ),
    PROP( WS_SERVICE_PROPERTY_METADATA, WS_SERVICE_HOST, metadata, PROP_CREATE | PROP_GET ),
    PROP( WS_SERVICE_PROPERTY_CLOSE_TIMEOUT, WS_SERVICE_HOST, close_timeout, PROP_CREATE | PROP_GET ),
};

static void on_timeout( void *arg )
{
    WS_SERVICE_HOST *host = arg;

    atomic_inc( &host->timing_out );
    engine_submit( &host->timeout_work );
}

static void abort_workers( WS_SERVICE_HOST *host );

static void timeout_abort( void *arg )
{
    WS_SERVICE_HOST *host = arg;
    BOOL closing;

    lock_enter( &host->lock );
    if ((closing = host->hdr.state == WS_SERVICE_HOST_STATE_CLOSING)) host->timed_out = TRUE;
    lock_leave( &host->lock );
    if (closing) abort_workers( host );
    atomic_dec( &host->timing_out );
    engine_wake( &host->timing_out );       /* the host may be gone by now */
}

HRESULT host_create( const WS_SERVICE_ENDPOINT **endpoints, USHORT count, const WS_SERVICE_PROPERTY *props,
                     ULONG prop_count, WS_SERVICE_HOST **ret, WS_ERROR *error )
{
    WS_SERVICE_HOST *host;
    HRESULT hr;
    ULONG i;

    if (!ret || !endpoints || !count) return ws_fail( error, E_INVALIDARG, "A service host needs endpoints." );
    if (!(host = mem_calloc( sizeof(*host) ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a service host." );
    object_init( &host->hdr, OBJECT_HOST, WS_SERVICE_HOST_STATE_CREATED );
    host->close_timeout = 5000;
    host->langid = port_ui_language();
    engine_timer_init( &host->timer, on_timeout, host );
    host->timeout_work.func = timeout_abort;
    host->timeout_work.arg = host;
    if ((hr = prop_apply( host_props, ARRAY_SIZE( host_props ), host, props, prop_count, PROP_CREATE, "service host", error )) ||
        (hr = heap_create( 1 << 24, 4096, NULL, 0, &host->heap, error ))) goto failed;
    if (!(host->endpoints = heap_zalloc( host->heap, count * sizeof(*host->endpoints), error )))
    {
        hr = heap_failure( host->heap );
        goto failed;
    }
    for (i = 0; i < count; i++)
    {
        host->endpoint_count = i + 1;
        hr = endpoints[i] ? endpoint_init( &host->endpoints[i], host, endpoints[i], error ) :
             ws_fail( error, E_INVALIDARG, "Endpoint %u of the service host is missing.", i );
        if (hr) goto failed;
    }
    if ((hr = metadata_init( host, error ))) goto failed;
    *ret = host;
    return S_OK;

failed:
    host_free( host );
    return hr;
}

void host_free( WS_SERVICE_HOST *host )
{
    ULONG i;

    if (!host) return;
    engine_timer_stop( &host->timer );
    for (i = 0; i < host->endpoint_count; i++) endpoint_destroy( &host->endpoints[i] );
    if (host->heap) heap_free( host->heap );
    host->hdr.magic = OBJECT_DEAD;
    mem_free( host );
}

HRESULT host_reset( WS_SERVICE_HOST *host, WS_ERROR *error )
{
    HRESULT hr = S_OK;
    ULONG i;

    lock_enter( &host->lock );
    if (host->hdr.state != WS_SERVICE_HOST_STATE_CREATED && host->hdr.state != WS_SERVICE_HOST_STATE_CLOSED)
        hr = wrong_state( host, "A reset", error );
    else set_state( host, WS_SERVICE_HOST_STATE_CREATED );
    host->aborted = host->timed_out = FALSE;
    lock_leave( &host->lock );
    for (i = 0; !hr && i < host->endpoint_count; i++) hr = listener_reset( host->endpoints[i].listener, error );
    return hr;
}

/* --- waiting for the workers --------------------------------------------------------------------------------------------- */

void host_chain_begin( WS_SERVICE_HOST *host )
{
    atomic_inc( &host->running );
}

void host_chain_end( WS_SERVICE_HOST *host )
{
    WS_ASYNC_CONTEXT drained = { NULL, NULL };
    struct engine_gate *gate = NULL;

    /* the last one out tells the close; nothing here may be touched after that */
    lock_enter( &host->lock );
    if (!atomic_dec( &host->running ) && host->hdr.state == WS_SERVICE_HOST_STATE_CLOSING)
    {
        drained = host->drained;
        gate = host->gate;
        host->drained.callback = NULL;
        host->gate = NULL;
    }
    lock_leave( &host->lock );
    if (gate) engine_gate_open( gate, S_OK );
    else if (drained.callback) engine_complete( &drained, S_OK, WS_LONG_CALLBACK );
}

/* Ends what the workers do: operations are told, channels are aborted. Never waits. */
static void abort_workers( WS_SERVICE_HOST *host )
{
    struct worker *worker;
    ULONG i;

    for (i = 0; i < host->endpoint_count; i++)
    {
        struct endpoint *endpoint = &host->endpoints[i];

        listener_abort( endpoint->listener, NULL );
        do
        {
            /* one at a time, as the callback runs without the lock; workers are not freed while the host lives */
            lock_enter( &endpoint->lock );
            for (worker = endpoint->live; worker && worker->aborting; worker = worker->live_next) ;
            if (worker) worker->aborting = TRUE;
            lock_leave( &endpoint->lock );
            if (worker)
            {
                cancellation_run( context_take_cancellation( &worker->context, WS_SERVICE_HOST_ABORT ), WS_SERVICE_HOST_ABORT );
                channel_abort( worker->channel, NULL );
            }
        } while (worker);
    }
}

void workers_cancel( struct endpoint *endpoint, const struct worker *master, WS_SERVICE_CANCEL_REASON reason )
{
    struct cancellation *cancellation = NULL;
    struct worker *worker;

    do
    {
        /* a worker that is through may be freed or reused as soon as the lock is not held */
        lock_enter( &endpoint->lock );
        for (worker = endpoint->live; worker; worker = worker->live_next)
            if (worker->master == master && !worker->context.cancelled) break;
        if (worker) cancellation = context_take_cancellation( &worker->context, reason );
        lock_leave( &endpoint->lock );
        if (worker) cancellation_run( cancellation, reason );
    } while (worker);
}

/* --- open, close, abort ---------------------------------------------------------------------------------------------------- */

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
#define STEP_UNUSED (void)hr, (void)model, (void)next, (void)context, (void)error

STEP( open_undo )
{
    WS_SERVICE_HOST *host = state;

    STEP_UNUSED;
    if (host->step)
    {
        next->function = open_undo;
        return listener_close( host->endpoints[--host->step].listener, context, NULL );
    }
    lock_enter( &host->lock );
    set_state( host, WS_SERVICE_HOST_STATE_CREATED );
    lock_leave( &host->lock );
    return host->result;
}

STEP( open_next )
{
    WS_SERVICE_HOST *host = state;
    ULONG i;

    STEP_UNUSED;
    if (hr == S_OK && host->aborted) hr = ws_fail( error, WS_E_OPERATION_ABORTED, "The service host was aborted." );
    if (hr)
    {
        host->result = hr;
        next->function = open_undo;
        return hr;
    }
    if (host->step < host->endpoint_count)
    {
        struct endpoint *endpoint = &host->endpoints[host->step++];

        /* the listener may still be closed from the last time */
        listener_reset( endpoint->listener, NULL );
        next->function = open_next;
        hr = listener_open( endpoint->listener, &endpoint->desc.address.url, context, error );
        if (FAILED( hr )) host->step--;
        return hr;
    }
    host_chain_begin( host );       /* somebody may close it as soon as it is open */
    lock_enter( &host->lock );
    set_state( host, WS_SERVICE_HOST_STATE_OPEN );
    lock_leave( &host->lock );
    for (i = 0; i < host->endpoint_count; i++) endpoint_start_accepting( &host->endpoints[i] );
    host_chain_end( host );
    return S_OK;
}

/* Every endpoint has a worker at least: that it can't be made is known at the open, and with the first channel the listener
 * learns what its channels need. */
static HRESULT make_workers( WS_SERVICE_HOST *host, WS_ERROR *error )
{
    HRESULT hr;
    ULONG i;

    for (i = 0; i < host->endpoint_count; i++)
    {
        struct endpoint *endpoint = &host->endpoints[i];
        struct worker *worker;

        if (endpoint->idle) continue;
        if ((hr = worker_create( endpoint, &worker, error ))) return hr;
        worker->next = NULL;
        endpoint->idle = worker;
        endpoint->idle_count = 1;
    }
    return S_OK;
}

HRESULT host_open( WS_SERVICE_HOST *host, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr = S_OK;

    lock_enter( &host->lock );
    if (host->hdr.state != WS_SERVICE_HOST_STATE_CREATED) hr = wrong_state( host, "An open", error );
    else
    {
        set_state( host, WS_SERVICE_HOST_STATE_OPENING );
        host->aborted = host->timed_out = FALSE;
        host->step = 0;
    }
    lock_leave( &host->lock );
    if (hr) return hr;
    if ((hr = make_workers( host, error )))
    {
        lock_enter( &host->lock );
        set_state( host, WS_SERVICE_HOST_STATE_CREATED );
        lock_leave( &host->lock );
        return hr;
    }
    return async_execute( &host->async, open_next, WS_LONG_CALLBACK, host, context, error );
}

STEP( close_done )
{
    WS_SERVICE_HOST *host = state;
    BOOL timed_out, aborted;

    STEP_UNUSED;
    engine_timer_stop( &host->timer );
    while (atomic_read( &host->timing_out ))
    {
        engine_blocking();
        engine_wait( &host->timing_out, 1, NET_INFINITE );
    }
    lock_enter( &host->lock );
    timed_out = host->timed_out;
    aborted = host->close_aborted;
    set_state( host, WS_SERVICE_HOST_STATE_CLOSED );
    lock_leave( &host->lock );
    if (aborted) return ws_fail( error, WS_E_OPERATION_ABORTED, "The service host was aborted while it was closing." );
    if (timed_out)
        return ws_fail( error, WS_E_OPERATION_TIMED_OUT, "The calls under way did not end within %u milliseconds; they were "
                        "aborted.", host->close_timeout );
    return host->result;
}

STEP( close_wait )
{
    WS_SERVICE_HOST *host = state;
    struct engine_gate gate;
    BOOL wait;

    STEP_UNUSED;
    next->function = close_done;
    engine_gate_init( &gate );
    lock_enter( &host->lock );
    if ((wait = atomic_read( &host->running ) != 0))
    {
        if (context) host->drained = *context;
        else host->gate = &gate;
    }
    lock_leave( &host->lock );
    if (!wait) return S_OK;
    if (context) return WS_S_ASYNC;
    engine_blocking();
    engine_gate_wait( &gate, NET_INFINITE );
    return S_OK;
}

STEP( close_next )
{
    WS_SERVICE_HOST *host = state;

    STEP_UNUSED;
    if (FAILED( hr )) host->result = hr;        /* the others are closed nevertheless */
    if (host->step == host->endpoint_count)
    {
        next->function = close_wait;
        return S_OK;
    }
    next->function = close_next;
    return listener_close( host->endpoints[host->step++].listener, context, error );
}

HRESULT host_close( WS_SERVICE_HOST *host, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr = S_OK;

    lock_enter( &host->lock );
    switch (host->hdr.state)
    {
    case WS_SERVICE_HOST_STATE_OPEN:
    case WS_SERVICE_HOST_STATE_FAULTED:
        set_state( host, WS_SERVICE_HOST_STATE_CLOSING );
        host->close_aborted = FALSE;
        host->result = S_OK;
        host->step = 0;
        break;
    default:
        hr = wrong_state( host, "A close", error );
    }
    lock_leave( &host->lock );
    if (hr) return hr;
    engine_timer_set( &host->timer, engine_deadline( host->close_timeout ) );
    return async_execute( &host->async, close_next, WS_LONG_CALLBACK, host, context, error );
}

HRESULT host_abort( WS_SERVICE_HOST *host, WS_ERROR *error )
{
    BOOL workers = FALSE;

    (void)error;
    lock_enter( &host->lock );
    switch (host->hdr.state)
    {
    case WS_SERVICE_HOST_STATE_OPEN:
        set_state( host, WS_SERVICE_HOST_STATE_FAULTED );
        /* fall through */
    case WS_SERVICE_HOST_STATE_OPENING:
    case WS_SERVICE_HOST_STATE_CLOSING:
        host->close_aborted = host->hdr.state == WS_SERVICE_HOST_STATE_CLOSING;
        host->aborted = workers = TRUE;
        break;
    default:
        break;
    }
    lock_leave( &host->lock );
    if (workers) abort_workers( host );
    return S_OK;
}

HRESULT host_get_property( WS_SERVICE_HOST *host, WS_SERVICE_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    WS_SERVICE_HOST_STATE state = host->hdr.state;

    if (id == WS_SERVICE_PROPERTY_HOST_STATE)
        return prop_return( &state, sizeof(state), value, size, "service host", id, error );
    return prop_get( host_props, ARRAY_SIZE( host_props ), host, id, value, size, "service host", error );
}
