/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operation contexts: what a service operation gets to know of its call, and how it learns that nobody waits for it any more
 * (context.md, call-cancellation.md). */
#include "service/host.h"
#include "channel/props.h"

/* A registration. Whoever calls the callback holds a reference, so that its state outlives the call. */
struct cancellation
{
    LONG refs, called;
    WS_OPERATION_CANCEL_CALLBACK cancel;
    WS_OPERATION_FREE_STATE_CALLBACK free_state;
    void *state;
};

static void cancellation_release( struct cancellation *cancellation )
{
    if (atomic_dec( &cancellation->refs )) return;
    if (cancellation->free_state) cancellation->free_state( cancellation->state );
    mem_free( cancellation );
}

void cancellation_run( struct cancellation *cancellation, WS_SERVICE_CANCEL_REASON reason )
{
    if (!cancellation) return;
    if (!__atomic_exchange_n( &cancellation->called, 1, __ATOMIC_ACQ_REL )) cancellation->cancel( reason, cancellation->state );
    cancellation_release( cancellation );
}

void context_begin( WS_OPERATION_CONTEXT *context, UINT32 available )
{
    context->cancelled = FALSE;
    context->available = available;
}

void context_end( WS_OPERATION_CONTEXT *context )
{
    struct cancellation *cancellation;

    context->available = 0;
    if (!context->cancellation) return;
    lock_enter( &context->lock );
    cancellation = context->cancellation;
    context->cancellation = NULL;
    lock_leave( &context->lock );
    cancellation_release( cancellation );
}

struct cancellation *context_take_cancellation( WS_OPERATION_CONTEXT *context, WS_SERVICE_CANCEL_REASON reason )
{
    struct cancellation *cancellation;

    lock_enter( &context->lock );
    if (!context->cancelled) context->reason = reason;
    context->cancelled = TRUE;
    if ((cancellation = context->cancellation)) atomic_inc( &cancellation->refs );
    lock_leave( &context->lock );
    return cancellation;
}

WS_SERVICE_CANCEL_REASON fault_reason( const WS_SERVICE_HOST *host )
{
    return host->aborted || host->timed_out ? WS_SERVICE_HOST_ABORT : WS_SERVICE_CHANNEL_FAULTED;
}

/* The peer of a channel without session is gone. The operation can't end meanwhile. */
static void on_gone( void *arg )
{
    struct worker *worker = arg;
    WS_SERVICE_CANCEL_REASON reason = fault_reason( worker->endpoint->host );

    cancellation_run( context_take_cancellation( &worker->context, reason ), reason );
}

/* What became of the call so far: TRUE if it is to be cancelled. */
static BOOL is_late( WS_OPERATION_CONTEXT *context, WS_SERVICE_CANCEL_REASON *reason )
{
    const struct worker *master = context->worker->master;
    const WS_SERVICE_HOST *host = master->endpoint->host;

    *reason = context->cancelled ? context->reason : fault_reason( host );
    return context->cancelled || *reason == WS_SERVICE_HOST_ABORT || (master->share.active && !master->gentle);
}

HRESULT context_register_cancel( const WS_OPERATION_CONTEXT *handle, WS_OPERATION_CANCEL_CALLBACK cancel,
                                 WS_OPERATION_FREE_STATE_CALLBACK free_state, void *state, WS_ERROR *error )
{
    WS_OPERATION_CONTEXT *context = (WS_OPERATION_CONTEXT *)handle;
    struct worker *worker = context->worker;
    struct cancellation *cancellation;
    WS_SERVICE_CANCEL_REASON reason;
    BOOL late;

    if (!cancel) return ws_fail( error, E_INVALIDARG, "The callback for the cancellation is missing." );
    if (!context->available)
        return ws_fail( error, WS_E_INVALID_OPERATION, "No operation and no callback runs that could be cancelled." );
    if (!(cancellation = mem_calloc( sizeof(*cancellation) )))
        return ws_fail( error, E_OUTOFMEMORY, "No memory for a cancellation callback." );
    cancellation->refs = 2;             /* of the context, and of this function */
    cancellation->cancel = cancel;
    cancellation->free_state = free_state;
    cancellation->state = state;
    lock_enter( &context->lock );
    if (context->cancellation)
    {
        lock_leave( &context->lock );
        mem_free( cancellation );
        return ws_fail( error, WS_E_INVALID_OPERATION, "A cancellation callback is registered for the call already." );
    }
    context->cancellation = cancellation;
    late = is_late( context, &reason );
    lock_leave( &context->lock );
    if (late)
    {
        cancellation_run( cancellation, reason );
        return S_OK;
    }
    if (!worker->endpoint->has_session) channel_watch( worker->channel, on_gone, worker );
    else if (worker->read_done) share_pass( worker, TRUE );
    cancellation_release( cancellation );
    return S_OK;
}

/* The reply is made when somebody looks at it: most operations only give values back. */
static HRESULT output_message( struct worker *worker, WS_MESSAGE **message, WS_ERROR *error )
{
    WS_MESSAGE_STATE state;
    HRESULT hr;

    if (!worker->operation || !worker->operation->output.message)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The operation has no output message." );
    *message = worker->reply;
    if ((hr = message_get_property( worker->reply, WS_MESSAGE_PROPERTY_STATE, &state, sizeof(state), error ))) return hr;
    return state == WS_MESSAGE_STATE_EMPTY ? message_initialize( worker->reply, WS_REPLY_MESSAGE, worker->request, error ) : S_OK;
}

HRESULT context_get_property( const WS_OPERATION_CONTEXT *context, WS_OPERATION_CONTEXT_PROPERTY_ID id, void *value,
                              ULONG size, WS_ERROR *error )
{
    struct worker *worker = context->worker;
    struct endpoint *endpoint = worker->endpoint;
    const void *pointer = NULL;
    WS_MESSAGE *message = NULL;
    HRESULT hr;

    if (id > WS_OPERATION_CONTEXT_PROPERTY_ENDPOINT_ADDRESS)
        return ws_fail( error, E_INVALIDARG, "Property %u of an operation context is unknown.", id );
    if (!(context->available & (1u << id)))
        return ws_fail( error, WS_E_INVALID_OPERATION, "Property %u of the operation context is not available here.", id );
    switch (id)
    {
    case WS_OPERATION_CONTEXT_PROPERTY_CHANNEL:
        pointer = worker->channel;
        break;
    case WS_OPERATION_CONTEXT_PROPERTY_CONTRACT_DESCRIPTION:
        pointer = endpoint->contract->contractDescription;
        break;
    case WS_OPERATION_CONTEXT_PROPERTY_HOST_USER_STATE:
        pointer = endpoint->host->user_state;
        break;
    case WS_OPERATION_CONTEXT_PROPERTY_CHANNEL_USER_STATE:
        pointer = worker->channel_state;
        break;
    case WS_OPERATION_CONTEXT_PROPERTY_INPUT_MESSAGE:
        pointer = worker->request;
        break;
    case WS_OPERATION_CONTEXT_PROPERTY_OUTPUT_MESSAGE:
        if ((hr = output_message( worker, &message, error ))) return hr;
        pointer = message;
        break;
    case WS_OPERATION_CONTEXT_PROPERTY_HEAP:
        pointer = worker->heap;
        break;
    case WS_OPERATION_CONTEXT_PROPERTY_LISTENER:
        pointer = endpoint->listener;
        break;
    case WS_OPERATION_CONTEXT_PROPERTY_ENDPOINT_ADDRESS:
        return prop_return( &endpoint->desc.address, sizeof(endpoint->desc.address), value, size, "context", id, error );
    }
    return prop_return( &pointer, sizeof(pointer), value, size, "context", id, error );
}
