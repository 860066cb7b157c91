/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The work of a service host: accept a channel, receive a message, find and run its operation, answer, and again.
 *
 * Each worker runs one chain of steps; a step that has to wait lets go of the thread, and the chain continues on the thread
 * of the engine that brings the result. Nothing is queued from one thread to another on the way of a request. */
#include "service/metadata.h"
#include "message/fault.h"
#include "base/trace.h"

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
#define STEP_BEGIN struct worker *worker = state; (void)hr, (void)model, (void)next, (void)context, (void)error, (void)worker
/* Goes on with another step at once. */
#define CONTINUE( step ) do { next->function = step; return S_OK; } while (0)

/* --- workers --------------------------------------------------------------------------------------------------------------- */

/* Channels of the service model have no timeouts of their own unless the program gives some. */
static HRESULT create_channel( struct endpoint *endpoint, WS_CHANNEL **channel, WS_ERROR *error )
{
    const WS_CHANNEL_PROPERTIES *props = &endpoint->desc.channelProperties;
    BOOL enable = FALSE;
    WS_CHANNEL_PROPERTY *all;
    ULONG i, count = props->propertyCount;
    HRESULT hr;

    if (endpoint->desc.channelBinding == WS_CUSTOM_CHANNEL_BINDING)
    {
        if ((hr = channel_create_for_listener( endpoint->listener, props->properties, count, channel, error ))) return hr;
        hr = channel_get_property( *channel, WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS, &enable, sizeof(enable), error );
        if (!hr && enable)
            hr = ws_fail( error, E_INVALIDARG, "A custom channel has to have WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS FALSE to work "
                          "under a service host." );
        if (hr) channel_free( *channel );
        return hr;
    }
    for (i = 0; i < count; i++)
        if (props->properties[i].id == WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS)
            return channel_create_for_listener( endpoint->listener, props->properties, count, channel, error );
    if (!(all = mem_alloc( (count + 1) * sizeof(*all) ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a channel." );
    if (count) memcpy( all, props->properties, count * sizeof(*all) );
    all[count].id = WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS;
    all[count].value = &enable;
    all[count].valueSize = sizeof(enable);
    hr = channel_create_for_listener( endpoint->listener, all, count + 1, channel, error );
    mem_free( all );
    return hr;
}

/* A worker with that channel, which it has to free if `own`. */
static HRESULT create_with( struct endpoint *endpoint, WS_CHANNEL *channel, BOOL own, struct worker **ret, WS_ERROR *error )
{
    const struct endpoint_values *values = &endpoint->values;
    const WS_MESSAGE_PROPERTIES *props = &values->message;
    WS_ERROR_PROPERTY lang = { WS_ERROR_PROPERTY_LANGID, &endpoint->host->langid, sizeof(LANGID) };
    struct worker *worker;
    HRESULT hr;

    if (!(worker = mem_calloc( sizeof(*worker) )))
    {
        if (own) channel_free( channel );
        return ws_fail( error, E_OUTOFMEMORY, "No memory for a call." );
    }
    object_init( &worker->context.hdr, OBJECT_CONTEXT, 0 );
    worker->context.worker = worker->master = worker;
    worker->endpoint = endpoint;
    worker->channel = channel;
    if (!(hr = channel_create_message( channel, props->properties, props->propertyCount, &worker->request, error )) &&
        !(hr = channel_create_message( channel, props->properties, props->propertyCount, &worker->reply, error )) &&
        !(hr = heap_create( values->body_heap_max_size, values->body_heap_trim_size, NULL, 0, &worker->heap, error )) &&
        !(hr = error_create( &lang, 1, &worker->error )))
    {
        *ret = worker;
        return S_OK;
    }
    if (own) worker_free( worker );
    else worker_free_call( worker );
    return hr;
}

HRESULT worker_create( struct endpoint *endpoint, struct worker **ret, WS_ERROR *error )
{
    WS_CHANNEL *channel;
    HRESULT hr;

    if ((hr = create_channel( endpoint, &channel, error ))) return hr;
    endpoint->has_session = !!(endpoint->desc.channelType & WS_CHANNEL_TYPE_SESSION);
    return create_with( endpoint, channel, TRUE, ret, error );
}

HRESULT worker_create_call( struct worker *master, struct worker **ret, WS_ERROR *error )
{
    return create_with( master->endpoint, master->channel, FALSE, ret, error );
}

void worker_free( struct worker *worker )
{
    if (worker->request) message_free( worker->request );
    if (worker->reply) message_free( worker->reply );
    if (worker->channel) channel_free( worker->channel );
    if (worker->heap) heap_free( worker->heap );
    if (worker->error) error_free( worker->error );
    mem_free( worker );
}

void worker_free_call( struct worker *worker )
{
    worker->channel = NULL;             /* of the master it worked for */
    worker_free( worker );
}

static void live_add( struct worker *worker )
{
    struct endpoint *endpoint = worker->endpoint;

    if ((worker->live_next = endpoint->live)) endpoint->live->live_link = &worker->live_next;
    worker->live_link = &endpoint->live;
    endpoint->live = worker;
}

static void live_remove( struct worker *worker )
{
    if ((*worker->live_link = worker->live_next)) worker->live_next->live_link = worker->live_link;
}

static BOOL host_is_open( const struct worker *worker )
{
    return worker->endpoint->host->hdr.state == WS_SERVICE_HOST_STATE_OPEN;
}

/* --- closing the channel ----------------------------------------------------------------------------------------------------- */

STEP( accept_start );

/* The channel is closed. Accept with it again, unless others do and this one can rest. */
STEP( channel_closed )
{
    struct endpoint *endpoint;
    BOOL again = FALSE;

    STEP_BEGIN;
    endpoint = worker->endpoint;
    channel_reset( worker->channel, NULL );
    if (host_is_open( worker ))
    {
        lock_enter( &endpoint->lock );
        if ((again = endpoint->accepting < endpoint->values.max_accepting_channels)) endpoint->accepting++;
        lock_leave( &endpoint->lock );
    }
    if (again) CONTINUE( accept_start );
    return S_OK;
}

STEP( close_channel )
{
    STEP_BEGIN;
    context_end( &worker->context );
    if (!worker->gentle) channel_abort( worker->channel, NULL );
    next->function = channel_closed;
    return channel_close( worker->channel, context, NULL );
}

STEP( close_start )
{
    WS_SERVICE_CLOSE_CHANNEL_CALLBACK callback;

    STEP_BEGIN;
    callback = worker->endpoint->values.close.callback;
    if (!callback) CONTINUE( close_channel );
    context_begin( &worker->context, CONTEXT_PROPERTY( CHANNEL ) | CONTEXT_PROPERTY( CONTRACT_DESCRIPTION ) |
                   CONTEXT_PROPERTY( HOST_USER_STATE ) | CONTEXT_PROPERTY( CHANNEL_USER_STATE ) | CONTEXT_PROPERTY( LISTENER ) |
                   CONTEXT_PROPERTY( ENDPOINT_ADDRESS ) );
    next->function = close_channel;
    return callback( &worker->context, context );
}

/* --- one message ---------------------------------------------------------------------------------------------------------------- */

STEP( receive_start );

/* Among several calls on the channel of a session. */
static HRESULT shared_done( struct worker *worker, WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context )
{
    next->function = close_start;       /* of the master that waits: another thread may go on with it at once */
    switch (share_done( worker, context ))
    {
    case SHARE_RECEIVE:
        CONTINUE( receive_start );
    case SHARE_OUT:
        next->function = NULL;
        return S_OK;
    case SHARE_WAIT:
        return WS_S_ASYNC;
    case SHARE_CLOSE:
        break;
    }
    return S_OK;
}

/* The message is dealt with. */
STEP( message_done )
{
    STEP_BEGIN;
    share_give_turn( worker );
    message_reset( worker->request, NULL );
    message_reset( worker->reply, NULL );
    heap_reset( worker->heap );
    if (FAILED( worker->result )) error_reset( worker->error );
    worker->result = S_OK;
    worker->read_done = FALSE;
    if (worker->master->share.active) return shared_done( worker, next, context );
    if (worker->endpoint->has_session && !worker->last && worker->gentle) CONTINUE( receive_start );
    CONTINUE( close_start );
}

STEP( fault_sent )
{
    STEP_BEGIN;
    if (FAILED( hr )) worker->gentle = FALSE;
    CONTINUE( message_done );
}

/* Answers with a fault made of the error object. */
STEP( fault_send )
{
    WS_MESSAGE_STATE request_state = WS_MESSAGE_STATE_EMPTY;
    WS_SERVICE_HOST *host;

    STEP_BEGIN;
    host = worker->endpoint->host;
    message_reset( worker->reply, NULL );
    message_get_property( worker->request, WS_MESSAGE_PROPERTY_STATE, &request_state, sizeof(request_state), NULL );
    WS_TRACE( "worker %p: fault for %s\n", worker, debugstr_hr( worker->result ) );
    next->function = fault_sent;
    return channel_send_fault( worker->channel, worker->reply, worker->error, worker->result, host->disclosure,
                               request_state == WS_MESSAGE_STATE_EMPTY ? NULL : worker->request, context, NULL );
}

STEP( fault_start )
{
    STEP_BEGIN;
    next->function = fault_send;
    return share_take_turn( worker, context );
}

/* Something went wrong: a fault if the other side waits for an answer. */
static HRESULT fail_message( struct worker *worker, HRESULT hr, WS_ASYNC_OPERATION *next )
{
    worker->result = hr;
    if (!(worker->endpoint->desc.channelType & (WS_CHANNEL_TYPE_REPLY | WS_CHANNEL_TYPE_OUTPUT)) ||
        (worker->operation && !worker->operation->output.message && worker->endpoint->has_session))
        CONTINUE( message_done );
    CONTINUE( fault_start );
}

STEP( reply_sent )
{
    STEP_BEGIN;
    /* a reply that can't be written is the service's failure; if nothing went out a fault still can */
    if (FAILED( hr )) return fail_message( worker, hr, next );
    CONTINUE( message_done );
}

STEP( reply_start )
{
    const struct operation *op;
    struct body_out body;

    STEP_BEGIN;
    op = worker->operation;
    body.option = op->output.write;
    body.value = worker->frame.output;
    body.size = op->output.size;
    next->function = reply_sent;
    return channel_send_reply( worker->channel, worker->reply, op->output.message, &body, worker->request, context, error );
}

STEP( operation_done )
{
    STEP_BEGIN;
    context_end( &worker->context );
    if (FAILED( hr )) return fail_message( worker, hr, next );
    if (hr == WS_S_END) worker->last = TRUE;
    if (!worker->operation->output.message) CONTINUE( message_done );
    next->function = reply_start;
    return share_take_turn( worker, context );
}

STEP( operation_start )
{
    const struct operation *op;

    STEP_BEGIN;
    op = worker->operation;
    worker->read_done = TRUE;
    if (worker->endpoint->has_session && worker->endpoint->values.max_concurrency > 1) share_pass( worker, FALSE );
    if (hr || (hr = frame_bind( op, &worker->frame, error ))) return fail_message( worker, hr, next );
    context_begin( &worker->context, ~0u );
    next->function = operation_done;
    return op->desc->stubCallback( &worker->context, worker->frame.parameters, op->callback, context, error );
}

/* A message that can't be read is the sender's failure, unless the reason is known better already. The words are left to the
 * disclosure: in full they are those of the error object. */
static HRESULT sender_fault( struct worker *worker, HRESULT hr )
{
    struct error_fault *part = error_fault( worker->error );

    if (part->fault) return hr;
    fault_set( worker->error, hr, "Sender", NULL, NULL, NULL, "" );
    if (part->fault) part->fault->reasonCount = 0;
    return hr;
}

STEP( body_start )
{
    const struct operation *op;

    STEP_BEGIN;
    op = worker->operation;
    if ((hr = frame_create( op, worker->heap, &worker->frame, error ))) return fail_message( worker, hr, next );
    if (op->input.element && (hr = message_read_body( worker->request, op->input.element, op->input.read, worker->heap,
                                                      worker->frame.input, op->input.size, error )))
        return fail_message( worker, sender_fault( worker, hr ), next );
    next->function = operation_start;
    return channel_read_end( worker->channel, worker->request, context, error );
}

STEP( handler_done )
{
    STEP_BEGIN;
    context_end( &worker->context );
    if (FAILED( hr ))
    {
        worker->result = hr;
        worker->gentle = FALSE;
    }
    if (hr == WS_S_END) worker->last = TRUE;
    CONTINUE( message_done );
}

/* "The message cannot be processed at the receiver": what WS-Addressing says to an action nobody has. */
static HRESULT unknown_action( struct worker *worker, const WS_XML_STRING *action )
{
    WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;

    channel_get_property( worker->channel, WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing), NULL );
    fault_set( worker->error, WS_E_ENDPOINT_ACTION_NOT_SUPPORTED, "Sender", "ActionNotSupported",
               addressing_namespace( addressing == WS_ADDRESSING_VERSION_TRANSPORT ? WS_ADDRESSING_VERSION_1_0 : addressing ),
               addressing == WS_ADDRESSING_VERSION_TRANSPORT ? NULL : addressing_fault_action( addressing ),
               "The action is not supported by the endpoint." );
    if (!action || !action->length)
        return ws_fail( worker->error, WS_E_ENDPOINT_ACTION_NOT_SUPPORTED, "The message has no action." );
    return ws_fail( worker->error, WS_E_ENDPOINT_ACTION_NOT_SUPPORTED, "The action '%.*s' is not supported by the endpoint.",
                    XMLSTR_ARG( action ));
}

static HRESULT authorize( struct worker *worker )
{
    WS_SERVICE_SECURITY_CALLBACK callback = worker->endpoint->desc.authorizationCallback;
    BOOL authorized = FALSE;
    HRESULT hr;

    if (!callback) return S_OK;
    context_begin( &worker->context, ~(UINT32)(CONTEXT_PROPERTY( OUTPUT_MESSAGE ) | CONTEXT_PROPERTY( HEAP )) );
    hr = callback( &worker->context, &authorized, worker->error );
    context_end( &worker->context );
    if (FAILED( hr ))
    {
        worker->gentle = FALSE;         /* service-authorization.md: the channel is aborted */
        return hr;
    }
    if (authorized) return S_OK;
    fault_set( worker->error, WS_E_ENDPOINT_ACCESS_DENIED, "Sender", NULL, NULL, NULL, "Access is denied." );
    return ws_fail( worker->error, WS_E_ENDPOINT_ACCESS_DENIED, "The authorization callback of the endpoint refused the message." );
}

STEP( dispatch )
{
    const WS_XML_STRING *action;
    struct endpoint *endpoint;

    STEP_BEGIN;
    endpoint = worker->endpoint;
    worker->operation = NULL;
    if ((hr = authorize( worker )))
    {
        if (worker->gentle) return fail_message( worker, hr, next );
        worker->result = hr;
        CONTINUE( message_done );
    }
    if (endpoint->values.check_must_understand && (hr = message_check_must_understand( worker->request, error )))
        return fail_message( worker, hr, next );
    action = message_action( worker->request );
    if (!(worker->operation = metadata_find_operation( worker, action )))
        worker->operation = endpoint_find_operation( endpoint, action, message_reader( worker->request ) ?
                                                     reader_node( message_reader( worker->request ) ) : NULL );
    if (worker->operation) CONTINUE( body_start );
    if (endpoint->contract->defaultMessageHandlerCallback)
    {
        context_begin( &worker->context, ~(UINT32)(CONTEXT_PROPERTY( OUTPUT_MESSAGE ) | CONTEXT_PROPERTY( HEAP )) );
        next->function = handler_done;
        return endpoint->contract->defaultMessageHandlerCallback( &worker->context, context, error );
    }
    return fail_message( worker, unknown_action( worker, action ), next );
}

STEP( granted )
{
    STEP_BEGIN;
    if (!hr) CONTINUE( dispatch );
    worker->gentle = FALSE;
    CONTINUE( message_done );
}

STEP( received )
{
    STEP_BEGIN;
    if (!hr)
    {
        next->function = granted;
        return share_received( worker, context );
    }
    if (hr != WS_S_END)
    {
        WS_TRACE( "worker %p: receiving failed with %s\n", worker, debugstr_hr( hr ) );
        worker->operation = NULL;
        if (!worker->endpoint->has_session && worker->channel->hdr.state == WS_CHANNEL_STATE_OPEN)
            return fail_message( worker, sender_fault( worker, hr ), next );
        worker->gentle = FALSE;
        error_reset( worker->error );
    }
    if (!worker->master->share.active) CONTINUE( close_start );
    share_ended( worker, hr != WS_S_END );
    CONTINUE( message_done );
}

STEP( receive_start )
{
    BOOL spawned;

    STEP_BEGIN;
    spawned = worker->spawned;
    worker->spawned = FALSE;
    next->function = received;
    hr = channel_read_start( worker->channel, worker->request, context, error );
    /* not on the stack of the operation that has handed the reading side on */
    if (hr != WS_S_ASYNC && spawned && !engine_complete( context, hr, WS_LONG_CALLBACK )) return WS_S_ASYNC;
    return hr;
}

/* --- accepting ---------------------------------------------------------------------------------------------------------------------- */

STEP( accept_callback_done )
{
    STEP_BEGIN;
    context_end( &worker->context );
    if (SUCCEEDED( hr )) CONTINUE( receive_start );
    error_reset( worker->error );
    worker->gentle = FALSE;
    CONTINUE( close_start );
}

STEP( accepted )
{
    WS_SERVICE_ACCEPT_CHANNEL_CALLBACK callback;
    struct endpoint *endpoint;

    STEP_BEGIN;
    endpoint = worker->endpoint;
    lock_enter( &endpoint->lock );
    endpoint->accepting--;
    lock_leave( &endpoint->lock );
    if (hr)
    {
        if (hr != WS_E_OPERATION_ABORTED) error_reset( worker->error );
        if (hr == WS_E_OPERATION_ABORTED || !host_is_open( worker )) return hr;
        CONTINUE( channel_closed );
    }
    endpoint_start_accepting( endpoint );
    worker->spawned = worker->last = FALSE;
    worker->gentle = TRUE;
    worker->channel_state = NULL;
    share_begin( worker );
    if (!(callback = endpoint->values.accept.callback)) CONTINUE( receive_start );
    context_begin( &worker->context, CONTEXT_PROPERTY( CHANNEL ) | CONTEXT_PROPERTY( CONTRACT_DESCRIPTION ) |
                   CONTEXT_PROPERTY( HOST_USER_STATE ) | CONTEXT_PROPERTY( LISTENER ) | CONTEXT_PROPERTY( ENDPOINT_ADDRESS ) );
    next->function = accept_callback_done;
    return callback( &worker->context, &worker->channel_state, context, error );
}

STEP( accept_start )
{
    STEP_BEGIN;
    next->function = accepted;
    hr = listener_accept( worker->endpoint->listener, worker->channel, context, error );
    /* not on the stack of somebody who only wanted to start it */
    if (hr != WS_S_ASYNC && worker->spawned && !engine_complete( context, hr, WS_LONG_CALLBACK )) return WS_S_ASYNC;
    return hr;
}

/* A worker rests in its pool, unless that is full: with its channel, or as a call for the channels of others. */
static void CALLBACK worker_ended( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct worker *worker = state;
    struct endpoint *endpoint = worker->endpoint;
    const struct endpoint_values *values = &endpoint->values;
    BOOL has_channel = worker->master == worker, keep;
    struct worker **pool = has_channel ? &endpoint->idle : &endpoint->idle_calls;
    ULONG *count = has_channel ? &endpoint->idle_count : &endpoint->idle_call_count;
    ULONG max = values->max_call_pool_size;     /* a worker with a channel is both */

    (void)hr, (void)model;
    if (has_channel && max > values->max_channel_pool_size) max = values->max_channel_pool_size;
    lock_enter( &endpoint->lock );
    live_remove( worker );
    if (has_channel) endpoint->total--;
    worker->master = worker;
    /* an abort of the host walks over the workers without the lock */
    if ((keep = *count < max || !host_is_open( worker )))
    {
        worker->next = *pool;
        *pool = worker;
        ++*count;
    }
    lock_leave( &endpoint->lock );
    if (!keep && has_channel) worker_free( worker );
    else if (!keep) worker_free_call( worker );
    host_chain_end( endpoint->host );
}

void worker_receive( struct worker *worker )
{
    struct endpoint *endpoint = worker->endpoint;
    WS_ASYNC_CONTEXT context = { worker_ended, worker };

    host_chain_begin( endpoint->host );
    worker->spawned = TRUE;
    worker->aborting = worker->master->aborting;
    lock_enter( &endpoint->lock );
    live_add( worker );
    lock_leave( &endpoint->lock );
    if (async_execute( &worker->async, receive_start, WS_LONG_CALLBACK, worker, &context, worker->error ) != WS_S_ASYNC)
        worker_ended( S_OK, WS_LONG_CALLBACK, worker );
}

void endpoint_start_accepting( struct endpoint *endpoint )
{
    const struct endpoint_values *values = &endpoint->values;

    for (;;)
    {
        WS_ASYNC_CONTEXT context = { worker_ended, NULL };
        struct worker *worker = NULL;
        BOOL wanted;

        if (endpoint->host->hdr.state != WS_SERVICE_HOST_STATE_OPEN) return;
        lock_enter( &endpoint->lock );
        if ((wanted = endpoint->accepting < values->max_accepting_channels && endpoint->total < values->max_channels))
        {
            endpoint->accepting++;
            endpoint->total++;
            if ((worker = endpoint->idle))
            {
                endpoint->idle = worker->next;
                endpoint->idle_count--;
                live_add( worker );
            }
        }
        lock_leave( &endpoint->lock );
        if (!wanted) return;
        if (!worker)
        {
            HRESULT hr = worker_create( endpoint, &worker, NULL );

            lock_enter( &endpoint->lock );
            if (hr) endpoint->accepting--, endpoint->total--;
            else live_add( worker );
            lock_leave( &endpoint->lock );
            if (hr) return;     /* somebody who is done will accept again */
        }
        host_chain_begin( endpoint->host );
        worker->spawned = TRUE;
        worker->aborting = FALSE;
        context.callbackState = worker;
        if (async_execute( &worker->async, accept_start, WS_LONG_CALLBACK, worker, &context, worker->error ) != WS_S_ASYNC)
            worker_ended( S_OK, WS_LONG_CALLBACK, worker );
    }
}
