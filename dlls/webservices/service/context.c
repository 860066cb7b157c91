/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operation contexts: what a service operation gets to know of its call, and how it learns that nobody waits for it any more
 * (context.md, call-cancellation.md). */
#include "service/host.h"
#include "channel/props.h"

void context_begin( WS_OPERATION_CONTEXT *context, UINT32 available )
{
    context->available = available;
}

void context_end( WS_OPERATION_CONTEXT *context )
{
    WS_OPERATION_FREE_STATE_CALLBACK free_state = NULL;
    void *state = NULL;

    context->available = 0;
    if (!context->registered && !context->cancelled) return;
    lock_enter( &context->lock );
    if (context->registered)
    {
        free_state = context->free_state;
        state = context->cancel_state;
    }
    context->registered = context->cancelled = FALSE;
    context->cancel = NULL;
    context->free_state = NULL;
    lock_leave( &context->lock );
    if (free_state) free_state( state );
}

void context_cancel( WS_OPERATION_CONTEXT *context, WS_SERVICE_CANCEL_REASON reason )
{
    WS_OPERATION_CANCEL_CALLBACK cancel = NULL;
    void *state = NULL;

    lock_enter( &context->lock );
    if (!context->cancelled)
    {
        context->cancelled = TRUE;
        context->reason = reason;
        cancel = context->cancel;
        state = context->cancel_state;
    }
    lock_leave( &context->lock );
    if (cancel) cancel( reason, state );
}

HRESULT context_register_cancel( const WS_OPERATION_CONTEXT *handle, WS_OPERATION_CANCEL_CALLBACK cancel,
                                 WS_OPERATION_FREE_STATE_CALLBACK free_state, void *state, WS_ERROR *error )
{
    WS_OPERATION_CONTEXT *context = (WS_OPERATION_CONTEXT *)handle;
    BOOL taken, late;

    if (!cancel) return ws_fail( error, E_INVALIDARG, "The callback for the cancellation is missing." );
    lock_enter( &context->lock );
    taken = context->registered;
    late = context->cancelled;
    if (!taken)
    {
        context->registered = TRUE;
        context->cancel = cancel;
        context->free_state = free_state;
        context->cancel_state = state;
    }
    lock_leave( &context->lock );
    if (taken) return ws_fail( error, WS_E_INVALID_OPERATION, "A cancellation callback is registered for the call already." );
    if (late) cancel( context->reason, state );
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
