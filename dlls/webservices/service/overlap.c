/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls of one proxy on the channel of its session (service-proxy-and-sessions.md: "a single channel is used to service calls").
 *
 * They overlap: each takes its turn to write, and a reply is given to the call whose request it relates to. Somebody reads as long as
 * a call waits for its reply. That is a call which blocks its thread anyway: it reads in place, for all, so a call that is alone
 * costs no change of thread. Or it is the proxy, asynchronously, while an asynchronous call waits. A reply is decoded by its own call,
 * which has the reading side until then: callbacks, heap and error object of a call are used by nobody else.
 *
 * A call that is given up, by a timeout or by WsAbandonCall, just leaves. What it has begun goes on (nf-webservices-wsabandoncall: "the
 * actual I/O associated with the call is not canceled"): a send that does not end at once is an asynchronous one, and a reply that
 * comes too late is dropped.
 *
 * Channels that can't be left in the middle of a read (custom ones, streamed transfer) are for one call at a time; there a call
 * that is given up takes the session with it. */
#include "service/proxy.h"
#include "base/trace.h"

static void CALLBACK open_gate( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    (void)model;
    engine_gate_open( state, hr );
}

static void run_wake( void *arg )
{
    struct call *call = arg;

    async_done( &call->turn, S_OK, WS_LONG_CALLBACK );
}

void overlap_init( struct call *call )
{
    call->wake.func = run_wake;
    call->wake.arg = call;
}

/* The call goes on, if it sleeps. The lock is held. */
static void wake_call( struct call *call )
{
    if (!call->asleep) return;
    call->asleep = FALSE;
    if (call->turn.callback == open_gate) open_gate( S_OK, WS_SHORT_CALLBACK, call->turn.callbackState );
    else engine_submit( &call->wake );
}

/* Sleeps; the lock is held, and dropped. */
static HRESULT go_to_sleep( struct call *call, const WS_ASYNC_CONTEXT *context )
{
    struct engine_gate gate;

    engine_gate_init( &gate );
    call->turn = context ? *context : (WS_ASYNC_CONTEXT){ open_gate, &gate };
    call->asleep = TRUE;
    lock_leave( &call->proxy->lock );
    if (context) return WS_S_ASYNC;
    engine_gate_wait( &gate, NET_INFINITE );
    return S_OK;
}

/* --- turns to write ------------------------------------------------------------------------------------------------- */

HRESULT overlap_take_turn( struct call *call, const WS_ASYNC_CONTEXT *context )
{
    WS_SERVICE_PROXY *proxy = call->proxy;

    lock_enter( &proxy->lock );
    if (proxy->busy && call->fate == FATE_NONE)
    {
        call->turn_next = NULL;
        *proxy->turns_end = call;
        proxy->turns_end = &call->turn_next;
        return go_to_sleep( call, context );
    }
    if (!proxy->busy) proxy->busy = call;
    lock_leave( &proxy->lock );
    return S_OK;
}

/* The lock is held. */
void overlap_pass_turn( struct call *call )
{
    WS_SERVICE_PROXY *proxy = call->proxy;

    if (call->holds) call->owes_turn = TRUE;    /* the channel is being aborted for its sake */
    else if (proxy->busy == call && (proxy->busy = proxy->turns))
    {
        if (!(proxy->turns = proxy->busy->turn_next)) proxy->turns_end = &proxy->turns;
        wake_call( proxy->busy );
    }
}

void overlap_give_turn( struct call *call )
{
    WS_SERVICE_PROXY *proxy = call->proxy;

    /* nobody else gives it one now */
    if (__atomic_load_n( &proxy->busy, __ATOMIC_RELAXED ) != call) return;
    lock_enter( &proxy->lock );
    overlap_pass_turn( call );
    lock_leave( &proxy->lock );
}

BOOL overlap_cut_off( struct call *call )
{
    WS_SERVICE_PROXY *proxy = call->proxy;
    struct call **pos;

    if (!proxy->shared && proxy->busy == call) return TRUE;
    for (pos = &proxy->turns; *pos && *pos != call; pos = &(*pos)->turn_next) ;
    if (*pos && !(*pos = call->turn_next)) proxy->turns_end = pos;
    if (proxy->leader == call) channel_leave( proxy->session );
    else wake_call( call );
    return FALSE;
}

/* --- those who wait for replies ------------------------------------------------------------------------------------- */

/* The lock is held in all of these. */
static void wait_begin( struct call *call )
{
    WS_SERVICE_PROXY *proxy = call->proxy;

    call->waiting = TRUE;
    call->wait_next = NULL;
    call->owed = proxy->owed;
    proxy->owed = 0;
    *proxy->waiting_end = call;
    proxy->waiting_end = &call->wait_next;
}

/* `owed`: the reply is going to come nevertheless. */
static void wait_end( struct call *call, BOOL owed )
{
    WS_SERVICE_PROXY *proxy = call->proxy;
    struct call **pos;

    if (!call->waiting) return;
    call->waiting = FALSE;
    for (pos = &proxy->waiting; *pos != call; pos = &(*pos)->wait_next) ;
    if (!(*pos = call->wait_next)) proxy->waiting_end = pos;
    *(call->wait_next ? &call->wait_next->owed : &proxy->owed) += call->owed + (owed ? 1 : 0);
    /* nobody reads what nobody waits for: the next call is going to find it */
    if (!proxy->waiting && proxy->reading == READING_PROXY) channel_leave( proxy->session );
}

/* Whose reply it is; NULL if nobody wants it. Without RelatesTo replies are in the order of the requests. */
static struct call *find_call( WS_SERVICE_PROXY *proxy, const WS_UNIQUE_ID *relates_to )
{
    struct call *call = proxy->waiting;
    ULONG *owed;

    if (relates_to)
    {
        while (call && !(call->has_id && message_same_id( &call->message_id, relates_to ))) call = call->wait_next;
        if (call) return call;
        for (call = proxy->waiting; call && !call->owed; call = call->wait_next) ;
    }
    owed = call ? &call->owed : &proxy->owed;
    if (!*owed) return relates_to ? NULL : call;
    --*owed;
    return NULL;
}

/* --- reading -------------------------------------------------------------------------------------------------------- */

/* The reading side is free. Finds out who reads next and wakes it; TRUE: the caller has to let the proxy read (read_on) once it has
 * left the lock. The lock is held. */
static BOOL next_reader( WS_SERVICE_PROXY *proxy )
{
    struct call *call, *sleeper = NULL;

    if (proxy->reading != READING_NOBODY || proxy->lost) return FALSE;
    for (call = proxy->waiting; call; call = call->wait_next)
    {
        if (call->caller.callback || (call->writing && call->asleep))
        {
            proxy->reading = READING_PROXY;
            return TRUE;
        }
        if (!sleeper && call->asleep) sleeper = call;
    }
    if (sleeper) wake_call( sleeper );
    return FALSE;
}

/* The lock is held. */
static void lose_session( WS_SERVICE_PROXY *proxy, HRESULT hr, const WS_ERROR *why )
{
    struct call *call;

    if (proxy->lost) return;
    proxy->lost = hr;
    proxy->lost_error = why;
    if (proxy->hdr.state == WS_SERVICE_PROXY_STATE_OPEN) proxy_set_state( proxy, WS_SERVICE_PROXY_STATE_FAULTED );
    for (call = proxy->waiting; call; call = call->wait_next) wake_call( call );
}

static const WS_UNIQUE_ID *relates_to( WS_MESSAGE *message )
{
    WS_ADDRESSING_VERSION addressing;
    WS_UNIQUE_ID *id = NULL;

    if (message_get_property( message, WS_MESSAGE_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing), NULL ) ||
        addressing == WS_ADDRESSING_VERSION_TRANSPORT) return NULL;
    /* one that can't be read is found to be bad by the call that gets the message */
    if (message_get_header( message, WS_RELATES_TO_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_OPTIONAL_POINTER, message_heap( message ), &id,
                            sizeof(id), NULL )) return NULL;
    return id;
}

/* Gives *slot, a message whose start was read, to its call and takes over that call's empty one; FALSE if there is none.
 * *now: an asynchronous call that goes on in this thread, where that is wanted. */
static BOOL deliver( WS_SERVICE_PROXY *proxy, WS_MESSAGE **slot, WS_ASYNC_CONTEXT *now )
{
    const WS_UNIQUE_ID *id = relates_to( *slot );
    struct call *call;
    WS_MESSAGE *empty;

    lock_enter( &proxy->lock );
    if ((call = find_call( proxy, id )))
    {
        empty = call->reply;
        call->reply = *slot;
        *slot = empty;
        proxy->leader = NULL;
        proxy->reading = READING_CALL;
        wait_end( call, FALSE );
        call->delivered = TRUE;
        if (now && call->asleep && call->caller.callback)
        {
            call->asleep = FALSE;
            *now = call->turn;
        }
        else wake_call( call );
    }
    lock_leave( &proxy->lock );
    return call != NULL;
}

/* A read for all is over. TRUE: the proxy has to read on; otherwise it may be gone. */
static BOOL read_ended( WS_SERVICE_PROXY *proxy, HRESULT hr, WS_MESSAGE **slot, WS_ASYNC_CONTEXT *now )
{
    BOOL by_proxy, again;

    if (hr == S_OK)
    {
        if (deliver( proxy, slot, now )) return FALSE;
        WS_TRACE( "proxy %p: a reply that nobody waits for was dropped\n", proxy );
        channel_abandon( proxy->session, *slot, NULL );
        message_reset( *slot, NULL );
    }
    else if (hr == WS_S_END)
        hr = ws_fail( proxy->read_error, WS_E_ENDPOINT_FAILURE, "The service ended the session and gave no reply." );
    lock_enter( &proxy->lock );
    by_proxy = proxy->reading == READING_PROXY;
    proxy->leader = NULL;
    proxy->reading = READING_NOBODY;
    if (FAILED( hr ) && hr != WS_E_OPERATION_ABANDONED) lose_session( proxy, hr, proxy->read_error );
    /* a call that reads goes on by itself */
    again = by_proxy && next_reader( proxy );
    proxy_call_ended( proxy );
    lock_leave( &proxy->lock );
    return again;
}

static void read_on( WS_SERVICE_PROXY *proxy );

static void CALLBACK proxy_read( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    WS_SERVICE_PROXY *proxy = state;
    WS_ASYNC_CONTEXT now = { NULL, NULL };

    (void)model;
    if (read_ended( proxy, hr, &proxy->spare, &now )) read_on( proxy );
    else if (now.callback) async_done( &now, S_OK, WS_LONG_CALLBACK );
}

/* The proxy reads; it has the reading side. */
static void read_on( WS_SERVICE_PROXY *proxy )
{
    const WS_MESSAGE_PROPERTIES *props = &proxy->values.message;
    WS_ASYNC_CONTEXT context = { proxy_read, proxy };
    HRESULT hr;

    do
    {
        hr = S_OK;
        if (!proxy->spare) hr = channel_create_message( proxy->session, props->properties, props->propertyCount, &proxy->spare,
                                                        proxy->read_error );
        if (!hr && (hr = channel_read_start( proxy->session, proxy->spare, &context, proxy->read_error )) == WS_S_ASYNC) return;
    }
    while (read_ended( proxy, hr, &proxy->spare, NULL ));
}

/* --- a call ----------------------------------------------------------------------------------------------------------- */

static void CALLBACK written( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct call *call = state;
    WS_SERVICE_PROXY *proxy = call->proxy;
    BOOL orphan;

    (void)model;
    lock_enter( &proxy->lock );
    call->write_result = hr;
    if (!(orphan = call->orphan)) wake_call( call );
    else if (FAILED( hr )) lose_session( proxy, hr, NULL );
    /* a call that is not an orphan may be given back from here on */
    __atomic_store_n( &call->writing, FALSE, __ATOMIC_RELEASE );
    lock_leave( &proxy->lock );
    if (!orphan) return;
    if (FAILED( hr )) channel_abort( proxy->session, NULL );
    call_release( call );
}

HRESULT overlap_sleep( struct call *call, const WS_ASYNC_CONTEXT *context )
{
    lock_enter( &call->proxy->lock );
    if (call->writing && call->fate == FATE_NONE) return go_to_sleep( call, context );
    lock_leave( &call->proxy->lock );
    return S_OK;
}

HRESULT overlap_send( struct call *call, const WS_ASYNC_CONTEXT *context )
{
    WS_SERVICE_PROXY *proxy = call->proxy;
    WS_ASYNC_CONTEXT own = { written, call };
    BOOL read = FALSE;
    HRESULT hr;

    lock_enter( &proxy->lock );
    call->writing = TRUE;
    call->write_result = S_OK;
    if (call->operation.output.message) wait_begin( call );
    lock_leave( &proxy->lock );
    if ((hr = channel_write_end( proxy->session, call->request, &own, proxy->write_error )) != WS_S_ASYNC)
    {
        call->write_result = hr;
        __atomic_store_n( &call->writing, FALSE, __ATOMIC_RELEASE );
        return S_OK;
    }
    /* the service may take no more before it has got rid of a reply */
    lock_enter( &proxy->lock );
    if ((read = proxy->waiting && proxy->reading == READING_NOBODY && !proxy->lost)) proxy->reading = READING_PROXY;
    lock_leave( &proxy->lock );
    if (read) read_on( proxy );
    return overlap_sleep( call, context );
}

BOOL overlap_sent( struct call *call, HRESULT *hr, WS_ERROR *error )
{
    WS_SERVICE_PROXY *proxy = call->proxy;
    BOOL lost = FALSE;

    lock_enter( &proxy->lock );
    if (call->writing && call->fate == FATE_NONE)
    {
        lock_leave( &proxy->lock );
        return FALSE;
    }
    *hr = call->writing ? WS_E_OPERATION_ABORTED : call->write_result;
    if (FAILED( *hr ))
    {
        wait_end( call, call->writing );
        /* a message that could not be made leaves the session alone */
        if (!call->writing && (lost = proxy->session->hdr.state != WS_CHANNEL_STATE_OPEN)) lose_session( proxy, *hr, NULL );
        if (!call->writing)
        {
            error_append( proxy->write_error, error );
            error_reset( proxy->write_error );
        }
    }
    else overlap_pass_turn( call );
    lock_leave( &proxy->lock );
    if (lost) channel_abort( proxy->session, NULL );    /* and with it whoever reads */
    return TRUE;
}

HRESULT overlap_wait( struct call *call, const WS_ASYNC_CONTEXT *context )
{
    WS_SERVICE_PROXY *proxy = call->proxy;
    BOOL read;
    HRESULT hr;

    for (;;)
    {
        lock_enter( &proxy->lock );
        if (call->delivered || call->fate != FATE_NONE || proxy->lost) break;
        read = next_reader( proxy );
        if (!read && (context || proxy->reading != READING_NOBODY))
        {
            if ((hr = go_to_sleep( call, context )) == WS_S_ASYNC) return hr;
            continue;
        }
        if (!read)
        {
            proxy->reading = READING_CALL;
            proxy->leader = call;
        }
        lock_leave( &proxy->lock );
        if (read) read_on( proxy );
        else
        {
            hr = channel_read_start( proxy->session, call->reply, NULL, proxy->read_error );
            read_ended( proxy, hr, &call->reply, NULL );
        }
    }
    lock_leave( &proxy->lock );
    return S_OK;
}

BOOL overlap_reply( struct call *call, HRESULT *hr, WS_ERROR *error )
{
    WS_SERVICE_PROXY *proxy = call->proxy;
    BOOL read;

    *hr = S_OK;
    if (call->delivered) return TRUE;           /* nobody takes that away */
    lock_enter( &proxy->lock );
    wait_end( call, TRUE );
    read = next_reader( proxy );
    lock_leave( &proxy->lock );
    if (read) read_on( proxy );
    *hr = call->fate != FATE_NONE ? WS_E_OPERATION_ABORTED : overlap_check( proxy, error );
    return FALSE;
}

void overlap_read_done( struct call *call )
{
    WS_SERVICE_PROXY *proxy = call->proxy;
    BOOL read;

    lock_enter( &proxy->lock );
    call->delivered = FALSE;
    proxy->reading = READING_NOBODY;
    read = next_reader( proxy );
    lock_leave( &proxy->lock );
    if (read) read_on( proxy );
}

HRESULT overlap_check( WS_SERVICE_PROXY *proxy, WS_ERROR *error )
{
    HRESULT hr;

    if (!__atomic_load_n( &proxy->lost, __ATOMIC_RELAXED )) return S_OK;
    lock_enter( &proxy->lock );
    if ((hr = proxy->lost) && proxy->lost_error) error_append( proxy->lost_error, error );
    lock_leave( &proxy->lock );
    return hr ? ws_fail( error, hr, "The session with the service is lost." ) : S_OK;
}
