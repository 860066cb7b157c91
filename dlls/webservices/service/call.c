/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls on a service proxy: from the arguments to the request, from the reply to the results. */
#include "service/proxy.h"
#include "base/trace.h"

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
#define STEP_BEGIN struct call *call = state; (void)hr, (void)model, (void)next, (void)context, (void)error
#define CONTINUE( step ) do { next->function = step; return S_OK; } while (0)
/* Leaves the call with a failure. */
#define FAIL_CALL( code ) do { call->result = (code); CONTINUE( call_end ); } while (0)

/* --- call objects ------------------------------------------------------------------------------------------------------------ */

static void give_back( struct call *call, ULONG *counter );

/* Ends a call that nobody wants any more; the caller holds it, and no lock: the abort of a custom channel runs the program's code,
 * which may complete what was pending right there. */
static void cut_off( struct call *call, enum call_fate fate )
{
    WS_SERVICE_PROXY *proxy = call->proxy;
    BOOL abort = FALSE;

    lock_enter( &proxy->lock );
    if (!call->over && call->fate == FATE_NONE)
    {
        call->fate = fate;
        abort = !proxy->session || overlap_cut_off( call );
    }
    lock_leave( &proxy->lock );
    if (abort) channel_abort( call->channel, NULL );    /* which never waits */
}

/* Keeps a call object, its channel and its turn on it from being used again; the lock of the proxy is held. */
static void hold( struct call *call )
{
    call->holds++;
}

static void let_go( struct call *call )
{
    WS_SERVICE_PROXY *proxy = call->proxy;
    BOOL over = FALSE;

    lock_enter( &proxy->lock );
    if (!--call->holds)
    {
        if (call->owes_turn) overlap_pass_turn( call );
        call->owes_turn = FALSE;
        over = call->over;
    }
    lock_leave( &proxy->lock );
    if (over) give_back( call, &proxy->held );  /* else it ends in its own time, and may be gone already */
}

static void on_timeout( void *arg )
{
    struct call *call = arg;

    lock_enter( &call->proxy->lock );
    hold( call );
    lock_leave( &call->proxy->lock );
    atomic_inc( &call->proxy->timing_out );
    engine_submit( &call->timeout_work );
}

static void timeout_abort( void *arg )
{
    WS_SERVICE_PROXY *proxy = ((struct call *)arg)->proxy;

    cut_off( arg, FATE_TIMED_OUT );
    let_go( arg );
    atomic_dec( &proxy->timing_out );
    engine_wake( &proxy->timing_out );      /* the proxy may be gone by now */
}

void call_free( struct call *call )
{
    engine_timer_stop( &call->timer );
    if (call->request) message_free( call->request );
    if (call->reply) message_free( call->reply );
    if (call->channel && call->channel != call->proxy->session)
    {
        channel_close( call->channel, NULL, NULL );
        channel_free( call->channel );
    }
    mem_free( call );
}

static HRESULT call_create( WS_SERVICE_PROXY *proxy, struct call **ret, WS_ERROR *error )
{
    const WS_MESSAGE_PROPERTIES *props = &proxy->values.message;
    struct call *call;
    HRESULT hr = S_OK;

    if (!(call = mem_calloc( sizeof(*call) ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a call." );
    call->proxy = proxy;
    engine_timer_init( &call->timer, on_timeout, call );
    call->timeout_work.func = timeout_abort;
    call->timeout_work.arg = call;
    overlap_init( call );
    if (proxy->session) call->channel = proxy->session;
    else hr = proxy_create_channel( proxy, &call->channel, error );
    if (hr || (hr = channel_create_message( call->channel, props->properties, props->propertyCount, &call->request, error )) ||
        (hr = channel_create_message( call->channel, props->properties, props->propertyCount, &call->reply, error )))
    {
        call_free( call );
        return hr;
    }
    *ret = call;
    return S_OK;
}

static HRESULT call_begin( WS_SERVICE_PROXY *proxy, struct call **ret, WS_ERROR *error )
{
    struct call *call = NULL;
    HRESULT hr = S_OK;

    lock_enter( &proxy->lock );
    if (proxy->hdr.state != WS_SERVICE_PROXY_STATE_OPEN)
        hr = ws_fail( error, WS_E_INVALID_OPERATION, "A call needs an open service proxy." );
    else if (proxy->pending >= proxy->values.max_pending_calls)
        hr = ws_fail( error, WS_E_QUOTA_EXCEEDED, "The service proxy has %u calls under way, which is its limit.", proxy->pending );
    else
    {
        proxy->pending++;
        if ((call = proxy->idle))
        {
            proxy->idle = call->next;
            proxy->idle_count--;
        }
    }
    lock_leave( &proxy->lock );
    if (hr) return hr;
    if (!call && (hr = call_create( proxy, &call, error )))
    {
        lock_enter( &proxy->lock );
        proxy->pending--;
        proxy_call_ended( proxy );
        lock_leave( &proxy->lock );
        return hr;
    }
    call->fate = FATE_NONE;
    call->over = FALSE;
    call->result = S_OK;
    call->has_id = FALSE;
    call->caller.callback = NULL;
    call->orphan = FALSE;
    lock_enter( &proxy->lock );
    if ((call->next = proxy->live)) proxy->live->link = &call->next;
    call->link = &proxy->live;
    proxy->live = call;
    if (proxy->hdr.state != WS_SERVICE_PROXY_STATE_OPEN) call->fate = FATE_ABORTED;
    lock_leave( &proxy->lock );
    *ret = call;
    return S_OK;
}

void proxy_end_calls( WS_SERVICE_PROXY *proxy, enum call_fate fate, ULONG id )
{
    struct call *call;

    do
    {
        /* one at a time: the list changes meanwhile */
        lock_enter( &proxy->lock );
        for (call = proxy->live; call; call = call->next)
            if (call->fate == FATE_NONE && !call->over && (!id || call->values.id == id)) break;
        if (call) hold( call );
        lock_leave( &proxy->lock );
        if (!call) return;
        cut_off( call, fate );
        let_go( call );
    } while (TRUE);
}

HRESULT proxy_abandon_call( WS_SERVICE_PROXY *proxy, ULONG id, WS_ERROR *error )
{
    BOOL open;

    lock_enter( &proxy->lock );
    open = proxy->hdr.state == WS_SERVICE_PROXY_STATE_OPEN;
    lock_leave( &proxy->lock );
    if (!open) return ws_fail( error, WS_E_INVALID_OPERATION, "Calls can be abandoned on an open service proxy only." );
    proxy_end_calls( proxy, FATE_ABANDONED, id );
    return S_OK;
}

/* --- the end of a call ----------------------------------------------------------------------------------------------------------- */

static HRESULT fate_result( struct call *call, HRESULT hr, WS_ERROR *error )
{
    if (SUCCEEDED( hr )) return hr;
    switch (call->fate)
    {
    case FATE_TIMED_OUT:
        return ws_fail( error, WS_E_OPERATION_TIMED_OUT, "The call did not complete within %u milliseconds.",
                        call->proxy->values.call_timeout );
    case FATE_ABANDONED:
        return ws_fail( error, WS_E_OPERATION_ABANDONED, "The call was abandoned." );
    case FATE_ABORTED:
        return ws_fail( error, WS_E_OPERATION_ABORTED, "The service proxy was aborted." );
    default:
        return hr;
    }
}

/* The call object goes to the pool; with it its channel, if that is still good. The counter is the one that it is in. */
static void give_back( struct call *call, ULONG *counter )
{
    WS_SERVICE_PROXY *proxy = call->proxy;
    BOOL keep;

    lock_enter( &proxy->lock );
    if ((*call->link = call->next)) call->next->link = call->link;
    if ((keep = proxy->idle_count < proxy->values.max_call_pool_size))
    {
        call->next = proxy->idle;
        proxy->idle = call;
        proxy->idle_count++;
    }
    lock_leave( &proxy->lock );
    if (!keep) call_free( call );
    lock_enter( &proxy->lock );
    --*counter;
    proxy_call_ended( proxy );
    lock_leave( &proxy->lock );
}

void call_release( struct call *call )
{
    WS_SERVICE_PROXY *proxy = call->proxy;
    BOOL held, writing = __atomic_load_n( &call->writing, __ATOMIC_ACQUIRE );

    if (writing)
    {
        lock_enter( &proxy->lock );
        call->orphan = writing = call->writing;
        lock_leave( &proxy->lock );
        if (writing) return;            /* it comes back when the send is over */
    }
    if (proxy->session) overlap_give_turn( call );
    message_reset( call->request, NULL );
    message_reset( call->reply, NULL );
    lock_enter( &proxy->lock );
    if (proxy->session && proxy->session->hdr.state == WS_CHANNEL_STATE_FAULTED && proxy->hdr.state == WS_SERVICE_PROXY_STATE_OPEN)
        proxy_set_state( proxy, WS_SERVICE_PROXY_STATE_FAULTED );
    call->over = TRUE;
    if ((held = call->holds != 0))
    {
        /* whoever ends it gives it back */
        proxy->held++;
        proxy->pending--;
    }
    lock_leave( &proxy->lock );
    if (!held) give_back( call, &proxy->pending );
}

STEP( call_done )
{
    STEP_BEGIN;
    hr = call->result;
    if (!call->proxy->session && call->channel->hdr.state == WS_CHANNEL_STATE_CLOSED) channel_reset( call->channel, NULL );
    return hr;
}

/* The end of an asynchronous call. The call object is given back here and not by its last step, as it may be freed and the
 * chain of steps lies in it. */
static void CALLBACK call_finished( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct call *call = state;
    WS_ASYNC_CONTEXT caller = call->caller;

    call_release( call );
    async_done( &caller, hr, model );
}

STEP( call_end )
{
    STEP_BEGIN;
    engine_timer_stop( &call->timer );
    call->result = fate_result( call, call->result, error );
    if (FAILED( call->result ))
        ws_fail( error, call->result, "The call of the service at '%.*ls' failed.", WSSTR_ARG( &call->proxy->address.url ) );
    if (call->delivered)
    {
        channel_abandon( call->channel, call->reply, NULL );
        overlap_read_done( call );
    }
    if (!call->proxy->session && (call->channel->hdr.state != WS_CHANNEL_STATE_OPEN || FAILED( call->result )))
    {
        /* what a failed call left on the channel is not worth finding out */
        next->function = call_done;
        return channel_close( call->channel, context, NULL );
    }
    CONTINUE( call_done );
}

/* --- the reply -------------------------------------------------------------------------------------------------------------------- */

STEP( reply_ended )
{
    STEP_BEGIN;
    if (call->delivered) overlap_read_done( call );
    if (SUCCEEDED( call->result )) call->result = hr;
    if (SUCCEEDED( call->result ) && (hr = frame_load_arguments( &call->operation, &call->frame, error )))
        call->result = hr;
    CONTINUE( call_end );
}

static HRESULT check_reply( struct call *call, WS_ERROR *error )
{
    const WS_MESSAGE_DESCRIPTION *desc = call->operation.output.message;
    const WS_XML_STRING *action = message_action( call->reply );
    WS_ADDRESSING_VERSION addressing;
    WS_UNIQUE_ID *id = NULL;
    HRESULT hr;

    if ((hr = message_get_property( call->reply, WS_MESSAGE_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing), error )))
        return hr;
    /* beside the message it says nothing certain: there are servers that send the content type of the request back */
    if (addressing == WS_ADDRESSING_VERSION_TRANSPORT) action = NULL;
    if (desc && desc->action && desc->action->length && action && action->length && !xmlstr_eq( desc->action, action ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The reply has the action '%.*s' instead of '%.*s'.", XMLSTR_ARG( action ),
                        XMLSTR_ARG( desc->action ));
    if (call->has_id && !call->proxy->shared)
    {
        if ((hr = message_get_header( call->reply, WS_RELATES_TO_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_OPTIONAL_POINTER,
                                      message_heap( call->reply ), &id, sizeof(id), error ))) return hr;
        if (id && !id->uri.length && memcmp( &id->guid, &call->message_id.guid, sizeof(GUID) ))
            return ws_fail( error, WS_E_INVALID_FORMAT, "The reply relates to another message than the request." );
    }
    return call->values.check_must_understand ? message_check_must_understand( call->reply, error ) : S_OK;
}

static HRESULT read_reply( struct call *call, WS_ERROR *error )
{
    const struct body *body = &call->operation.output;
    LANGID langid = call->proxy->values.langid;
    WS_ELEMENT_DESCRIPTION element;
    const WS_XML_NODE *node;
    HRESULT hr;

    if (call->values.receive.callback &&
        (hr = call->values.receive.callback( call->reply, call->heap, call->values.receive.state, error ))) return hr;
    if (message_is_fault( call->reply ))
    {
        /* the error object chooses among the reasons by its language */
        if (error && langid) error_set_property( error, WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) );
        return channel_receive_fault( call->channel, call->reply, error );
    }
    if ((hr = check_reply( call, error ))) return hr;
    if (!body->element) return S_OK;
    element = *body->element;
    node = reader_node( message_reader( call->reply ) );
    if (call->operation.desc->style == WS_RPC_LITERAL_OPERATION && element.elementLocalName &&
        node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
    {
        /* wsdl-support.md: the name of the wrapper of an RPC response is ignored */
        element.elementLocalName = ((const WS_XML_ELEMENT_NODE *)node)->localName;
        element.elementNs = ((const WS_XML_ELEMENT_NODE *)node)->ns;
    }
    return message_read_body( call->reply, &element, body->read, call->heap, call->frame.output, body->size, error );
}

STEP( reply_started )
{
    STEP_BEGIN;
    if (hr == WS_S_END)
    {
        if (!call->operation.output.message) CONTINUE( call_end );
        FAIL_CALL( ws_fail( error, WS_E_ENDPOINT_FAILURE, "The service gave no reply to a call that has results." ));
    }
    if (hr) FAIL_CALL( hr );
    call->result = read_reply( call, error );
    if (FAILED( call->result ) && call->result != WS_E_ENDPOINT_FAULT_RECEIVED)
    {
        channel_abandon( call->channel, call->reply, NULL );
        CONTINUE( call_end );
    }
    next->function = reply_ended;
    return channel_read_end( call->channel, call->reply, context, FAILED( call->result ) ? NULL : error );
}

/* --- the request ------------------------------------------------------------------------------------------------------------------ */

STEP( request_sent )
{
    STEP_BEGIN;
    if (hr) FAIL_CALL( hr );
    /* HTTP answers everything; a session only what has an answer */
    if (!call->operation.output.message && !(call->proxy->type & WS_CHANNEL_TYPE_REQUEST)) CONTINUE( call_end );
    next->function = reply_started;
    return channel_read_start( call->channel, call->reply, context, error );
}

/* The same on a session that calls share. */

STEP( reply_awaited )
{
    STEP_BEGIN;
    next->function = reply_awaited;
    if ((hr = overlap_wait( call, context )) == WS_S_ASYNC) return hr;
    next->function = NULL;
    if (!overlap_reply( call, &hr, error )) FAIL_CALL( hr );
    return reply_started( S_OK, model, state, next, context, error );
}

STEP( shared_sent )
{
    STEP_BEGIN;
    if (!overlap_sent( call, &hr, error ))
    {
        next->function = shared_sent;
        return overlap_sleep( call, context );
    }
    if (hr) FAIL_CALL( hr );
    CONTINUE( call->operation.output.message ? reply_awaited : call_end );
}

STEP( request_started )
{
    const struct body *body;

    STEP_BEGIN;
    if (hr) FAIL_CALL( hr );
    body = &call->operation.input;
    if (body->element &&
        (hr = message_write_body( call->request, body->element, body->write, call->frame.input, body->size, error )))
    {
        channel_abandon( call->channel, call->request, NULL );
        FAIL_CALL( hr );
    }
    if (call->proxy->shared)
    {
        next->function = shared_sent;
        return overlap_send( call, context );
    }
    next->function = request_sent;
    return channel_write_end( call->channel, call->request, context, error );
}

static HRESULT prepare_request( struct call *call, WS_ERROR *error )
{
    const WS_XML_STRING *action = call->operation.input.message->action;
    WS_ADDRESSING_VERSION addressing;
    WS_UNIQUE_ID *id = NULL;
    BOOL expects = call->operation.output.message != NULL;
    HRESULT hr;

    if ((hr = message_initialize( call->request, expects ? WS_REQUEST_MESSAGE : WS_BLANK_MESSAGE, NULL, error ))) return hr;
    if (action && action->length &&
        (hr = message_set_header( call->request, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, action,
                                  sizeof(*action), error ))) return hr;
    if (call->values.send.callback &&
        (hr = call->values.send.callback( call->request, call->heap, call->values.send.state, error ))) return hr;
    if ((hr = message_get_property( call->request, WS_MESSAGE_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing),
                                    error ))) return hr;
    if (!expects || addressing == WS_ADDRESSING_VERSION_TRANSPORT) return S_OK;
    if ((hr = message_get_header( call->request, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_OPTIONAL_POINTER,
                                  message_heap( call->request ), &id, sizeof(id), error ))) return hr;
    if (id)
    {
        call->message_id = *id;
        call->has_id = TRUE;
    }
    return S_OK;
}

STEP( channel_opened )
{
    STEP_BEGIN;
    if (hr) FAIL_CALL( hr );
    if (call->fate != FATE_NONE) FAIL_CALL( WS_E_OPERATION_ABORTED );
    if (call->proxy->shared && (hr = overlap_check( call->proxy, error ))) FAIL_CALL( hr );
    if ((hr = prepare_request( call, error ))) FAIL_CALL( hr );
    next->function = request_started;
    return channel_write_start( call->channel, call->request, context, error );
}

STEP( call_start )
{
    STEP_BEGIN;
    next->function = channel_opened;
    if (call->proxy->session) return overlap_take_turn( call, context );
    if (call->channel->hdr.state == WS_CHANNEL_STATE_OPEN) return S_OK;
    return channel_open( call->channel, &call->proxy->address, context, error );
}

static const struct prop_desc call_props[] =
{
    PROP( WS_CALL_PROPERTY_CHECK_MUST_UNDERSTAND, struct call_values, check_must_understand, PROP_CREATE | PROP_BOOL ),
    PROP( WS_CALL_PROPERTY_SEND_MESSAGE_CONTEXT, struct call_values, send, PROP_CREATE ),
    PROP( WS_CALL_PROPERTY_RECEIVE_MESSAGE_CONTEXT, struct call_values, receive, PROP_CREATE ),
    PROP( WS_CALL_PROPERTY_CALL_ID, struct call_values, id, PROP_CREATE ),
};

HRESULT proxy_call( WS_SERVICE_PROXY *proxy, const WS_OPERATION_DESCRIPTION *desc, const void **args, WS_HEAP *heap,
                    const WS_CALL_PROPERTY *props, ULONG count, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct call_values values = { TRUE, { NULL, NULL }, { NULL, NULL }, 0 };
    WS_ASYNC_CONTEXT own = { call_finished, NULL };
    struct operation operation;
    struct call *call;
    HRESULT hr;

    if (!heap) return ws_fail( error, E_INVALIDARG, "A call needs a heap." );
    if ((hr = prop_apply( call_props, ARRAY_SIZE( call_props ), &values, props, count, PROP_CREATE, "call", error )) ||
        (hr = operation_init( &operation, desc, error ))) return hr;
    if (desc->parameterCount && !args) return ws_fail( error, E_INVALIDARG, "The arguments of the call are missing." );
    if ((hr = call_begin( proxy, &call, error ))) return hr;
    call->values = values;
    call->operation = operation;
    call->heap = heap;
    if ((hr = frame_create( &call->operation, heap, &call->frame, error )) ||
        (hr = frame_store_arguments( &call->operation, &call->frame, args, error )))
    {
        call_release( call );
        return hr;
    }
    if (proxy->values.call_timeout != NET_INFINITE)
        engine_timer_set( &call->timer, engine_deadline( proxy->values.call_timeout ) );
    if (context)
    {
        own.callbackState = call;
        call->caller = *context;
    }
    hr = async_execute( &call->async, call_start, WS_LONG_CALLBACK, call, context ? &own : NULL, error );
    if (hr != WS_S_ASYNC) call_release( call );
    return hr;
}
