/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Listeners: states, and the meeting of what arrives with the channels that wait to be accepted. */
#include "channel/listener.h"
#include "channel/props.h"
#include "base/trace.h"

#define S( name ) (1u << WS_LISTENER_STATE_##name)

static const char *const state_names[] = { "CREATED", "OPENING", "OPEN", "FAULTED", "CLOSING", "CLOSED" };

static const UINT8 transitions[] =
{
    [WS_LISTENER_STATE_CREATED] = S( OPENING ) | S( CLOSED ) | S( CREATED ),
    [WS_LISTENER_STATE_OPENING] = S( OPEN ) | S( CREATED ),
    [WS_LISTENER_STATE_OPEN]    = S( FAULTED ) | S( CLOSING ),
    [WS_LISTENER_STATE_FAULTED] = S( CLOSING ),
    [WS_LISTENER_STATE_CLOSING] = S( CLOSED ),
    [WS_LISTENER_STATE_CLOSED]  = S( CREATED ) | S( CLOSED ),
};

/* The one place where a listener changes its state; the lock is held. */
static void set_state( WS_LISTENER *listener, WS_LISTENER_STATE state )
{
    WS_TRACE( "listener %p: %s%s -> %s\n", listener, transitions[listener->hdr.state] & (1u << state) ? "" : "unexpected ",
              state_names[listener->hdr.state], state_names[state] );
    listener->hdr.state = state;
}

static HRESULT wrong_state( const WS_LISTENER *listener, const char *what, WS_ERROR *error )
{
    return ws_fail( error, WS_E_INVALID_OPERATION, "%s is not possible while the listener is in the state %s.", what,
                    state_names[listener->hdr.state] );
}

/* --- creation and end ---------------------------------------------------------------------------------------------- */

static const struct listener_ops *ops_for( WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding )
{
    static const struct { WS_CHANNEL_BINDING binding; WS_CHANNEL_TYPE type; const struct listener_ops *ops; } table[] =
    {
        { WS_HTTP_CHANNEL_BINDING, WS_CHANNEL_TYPE_REPLY,          &http_listener_ops },
        { WS_TCP_CHANNEL_BINDING,  WS_CHANNEL_TYPE_DUPLEX_SESSION, &session_listener_ops },
        { WS_UDP_CHANNEL_BINDING,  WS_CHANNEL_TYPE_INPUT,          &udp_listener_ops },
        { WS_UDP_CHANNEL_BINDING,  WS_CHANNEL_TYPE_DUPLEX,         &udp_listener_ops },
    };
    ULONG i;

    if (binding == WS_CUSTOM_CHANNEL_BINDING) return &custom_listener_ops;
    for (i = 0; i < ARRAY_SIZE( table ); i++)
        if (table[i].binding == binding && table[i].type == type) return table[i].ops;
    return NULL;
}

HRESULT listener_create( WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding, const WS_LISTENER_PROPERTY *props, ULONG count,
                         const WS_SECURITY_DESCRIPTION *security, WS_LISTENER **ret, WS_ERROR *error )
{
    const struct listener_ops *ops = ops_for( type, binding );
    WS_LISTENER *listener;
    HRESULT hr;

    if (!ops)
        return ws_fail( error, E_INVALIDARG, "There are no listeners for channels of type 0x%x with binding %u.", type, binding );
    if (security && security->securityBindingCount)
    {
        if (security->securityBindings && security->securityBindings[0] &&
            security->securityBindings[0]->bindingType == WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TYPE)
            return ws_fail( error, WS_E_NOT_SUPPORTED, "Listeners with HTTP header authentication are not supported: Wine has no accounts "
                            "to check passwords against." );
        return ws_fail( error, WS_E_NOT_SUPPORTED, "Listeners with security bindings are not supported yet." );
    }
    if (!(listener = mem_calloc( ops->size ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a listener." );
    object_init( &listener->hdr, OBJECT_LISTENER, WS_LISTENER_STATE_CREATED );
    listener->ops = ops;
    listener->type = type;
    listener->binding = binding;
    listener->waiting_end = &listener->waiting;
    listener->arrived_end = &listener->arrived;
    if (!(hr = listener_values_init( listener, props, count, error )) && !(hr = ops->init( listener, error )))
    {
        *ret = listener;
        return S_OK;
    }
    if (listener->heap) heap_free( listener->heap );
    mem_free( listener );
    return hr;
}

void listener_addref( WS_LISTENER *listener )
{
    atomic_inc( &listener->hdr.refs );
}

void listener_release( WS_LISTENER *listener )
{
    if (atomic_dec( &listener->hdr.refs )) return;
    mem_free( listener->url.chars );
    url_match_release( listener->to_match );
    mem_free( listener->documents );
    heap_free( listener->heap );
    mem_free( listener );
}

HRESULT listener_set_documents( WS_LISTENER *listener, const struct listener_document *documents, ULONG count, WS_ERROR *error )
{
    SIZE_T size = count * sizeof(*documents);
    struct listener_document *copy;
    BYTE *text;
    ULONG i;

    for (i = 0; i < count; i++) size += (SIZE_T)documents[i].name.length + documents[i].content.length;
    if (!(copy = mem_alloc( size + 1 ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for the documents of a listener." );
    text = (BYTE *)(copy + count);
    for (i = 0; i < count; i++)
    {
        copy[i] = documents[i];
        copy[i].name.bytes = memcpy( text, documents[i].name.bytes, documents[i].name.length );
        text += documents[i].name.length;
        copy[i].content.bytes = memcpy( text, documents[i].content.bytes, documents[i].content.length );
        text += documents[i].content.length;
    }
    mem_free( listener->documents );
    listener->documents = copy;
    listener->document_count = count;
    return S_OK;
}

void listener_match_prefix( WS_LISTENER *listener )
{
    ULONG *options[2] = { &listener->values.transport_url_matching, &listener->values.to_header_matching }, i;

    for (i = 0; i < 2; i++) *options[i] = (*options[i] & ~WS_MATCH_URL_EXACT_PATH) | WS_MATCH_URL_PREFIX_PATH;
}

void listener_free( WS_LISTENER *listener )
{
    if (!listener) return;
    listener->hdr.magic = OBJECT_DEAD;
    listener->ops->free( listener );
    listener_release( listener );
}

HRESULT listener_reset( WS_LISTENER *listener, WS_ERROR *error )
{
    HRESULT hr = S_OK;

    lock_enter( &listener->lock );
    if (listener->hdr.state != WS_LISTENER_STATE_CREATED && listener->hdr.state != WS_LISTENER_STATE_CLOSED)
        hr = wrong_state( listener, "A reset", error );
    else set_state( listener, WS_LISTENER_STATE_CREATED );
    lock_leave( &listener->lock );
    return hr ? hr : listener->ops->reset( listener, error );
}

/* --- open, close, abort -------------------------------------------------------------------------------------------- */

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
#define STEP_UNUSED (void)hr, (void)model, (void)next, (void)context, (void)error

STEP( open_done )
{
    WS_LISTENER *listener = state;

    STEP_UNUSED;
    lock_enter( &listener->lock );
    set_state( listener, FAILED( hr ) ? WS_LISTENER_STATE_CREATED : WS_LISTENER_STATE_OPEN );
    lock_leave( &listener->lock );
    return hr;
}

STEP( open_start )
{
    WS_LISTENER *listener = state;

    STEP_UNUSED;
    next->function = open_done;
    return listener->ops->open( listener, &listener->url, context, error );
}

HRESULT listener_open( WS_LISTENER *listener, const WS_STRING *url, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct url_match *match = NULL;
    WCHAR *copy;
    HRESULT hr = S_OK;

    if (!url || (url->length && !url->chars)) return ws_fail( error, E_INVALIDARG, "The URL to listen on is missing." );
    if (!(copy = mem_alloc( (url->length + 1) * sizeof(WCHAR) ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a URL." );
    if (url->length) memcpy( copy, url->chars, url->length * sizeof(WCHAR) );
    copy[url->length] = 0;
    if (listener->values.to_header_matching && (hr = url_match_create( url, listener->values.to_header_matching, &match, error )))
    {
        mem_free( copy );
        return hr;
    }

    lock_enter( &listener->lock );
    if (listener->hdr.state != WS_LISTENER_STATE_CREATED) hr = wrong_state( listener, "An open", error );
    else
    {
        set_state( listener, WS_LISTENER_STATE_OPENING );
        mem_free( listener->url.chars );
        url_match_release( listener->to_match );
        listener->to_match = match;
        listener->url.chars = copy;
        listener->url.length = url->length;
    }
    lock_leave( &listener->lock );
    if (hr)
    {
        url_match_release( match );
        mem_free( copy );
        return hr;
    }
    return async_execute_as( &listener->life_op.async, &listener->life_op.caller, listener->values.callback_model, open_start, listener,
                             context, error );
}

/* Takes everything out of the queues: accepts end, arrivals are turned away. */
static void clear_queues( WS_LISTENER *listener )
{
    struct arrival *arrival;
    WS_ASYNC_CONTEXT accept;
    WS_CHANNEL *channel;

    for (;;)
    {
        lock_enter( &listener->lock );
        if ((channel = listener->waiting))
        {
            if (!(listener->waiting = channel->next)) listener->waiting_end = &listener->waiting;
            channel->next = NULL;
            accept = channel->accept;
            channel->accept.callback = NULL;
        }
        lock_leave( &listener->lock );
        if (!channel) break;
        engine_complete( &accept, WS_E_OPERATION_ABORTED, WS_LONG_CALLBACK );
    }
    lock_enter( &listener->lock );
    arrival = listener->arrived;
    listener->arrived = NULL;
    listener->arrived_end = &listener->arrived;
    listener->arrived_count = 0;
    lock_leave( &listener->lock );
    while (arrival)
    {
        struct arrival *next = arrival->next;
        listener->ops->refuse( listener, arrival );
        arrival = next;
    }
}

STEP( close_done )
{
    WS_LISTENER *listener = state;

    STEP_UNUSED;
    lock_enter( &listener->lock );
    set_state( listener, WS_LISTENER_STATE_CLOSED );
    lock_leave( &listener->lock );
    return hr;
}

STEP( close_start )
{
    WS_LISTENER *listener = state;

    STEP_UNUSED;
    next->function = close_done;
    return listener->ops->close( listener, context, error );
}

HRESULT listener_close( WS_LISTENER *listener, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    BOOL done = FALSE;
    HRESULT hr = S_OK;

    lock_enter( &listener->lock );
    switch (listener->hdr.state)
    {
    case WS_LISTENER_STATE_CREATED:
        set_state( listener, WS_LISTENER_STATE_CLOSED );
        /* fall through */
    case WS_LISTENER_STATE_CLOSED:
        done = TRUE;
        break;
    case WS_LISTENER_STATE_OPEN:
    case WS_LISTENER_STATE_FAULTED:
        set_state( listener, WS_LISTENER_STATE_CLOSING );
        break;
    default:
        hr = wrong_state( listener, "A close", error );
    }
    lock_leave( &listener->lock );
    if (hr || done) return hr;
    clear_queues( listener );
    return async_execute_as( &listener->life_op.async, &listener->life_op.caller, listener->values.callback_model, close_start, listener,
                             context, error );
}

HRESULT listener_abort( WS_LISTENER *listener, WS_ERROR *error )
{
    BOOL forward = FALSE;

    (void)error;
    lock_enter( &listener->lock );
    switch (listener->hdr.state)
    {
    case WS_LISTENER_STATE_OPEN:
        set_state( listener, WS_LISTENER_STATE_FAULTED );
        /* fall through */
    case WS_LISTENER_STATE_OPENING:
    case WS_LISTENER_STATE_CLOSING:
        forward = TRUE;
        break;
    default:
        break;
    }
    lock_leave( &listener->lock );
    if (!forward) return S_OK;
    clear_queues( listener );
    listener->ops->abort( listener );
    return S_OK;
}

/* --- accepting ------------------------------------------------------------------------------------------------------ */

/* The last word on an accept: moves the channel on. */
static HRESULT accept_finish( WS_CHANNEL *channel, HRESULT hr, WS_ERROR *error )
{
    BOOL drop = FALSE;

    lock_enter( &channel->lock );
    if (channel->aborted && hr == S_OK)
    {
        hr = WS_E_OPERATION_ABORTED;
        drop = TRUE;
    }
    if (channel->aborted || hr == WS_E_OPERATION_ABORTED)
        hr = ws_fail( error, WS_E_OPERATION_ABORTED, "The accept was aborted." );
    channel_set_state( channel, hr == S_OK ? WS_CHANNEL_STATE_OPEN : WS_CHANNEL_STATE_CREATED );
    if (hr != S_OK) channel->aborted = FALSE;
    lock_leave( &channel->lock );
    if (drop) channel->ops->reset( channel, NULL );
    return hr;
}

STEP( accept_done )
{
    STEP_UNUSED;
    return accept_finish( state, hr, error );
}

STEP( accept_start )
{
    WS_CHANNEL *channel = state;
    WS_LISTENER *listener = channel->listener;
    struct arrival *arrival;
    HRESULT ret = WS_S_ASYNC;

    STEP_UNUSED;
    next->function = accept_done;
    if (listener->ops->accept) return listener->ops->accept( listener, channel, context, error );

    lock_enter( &listener->lock );
    if (listener->hdr.state != WS_LISTENER_STATE_OPEN)
    {
        arrival = NULL;
        ret = WS_E_OPERATION_ABORTED;
    }
    else if ((arrival = listener->arrived))
    {
        if (!(listener->arrived = arrival->next)) listener->arrived_end = &listener->arrived;
        listener->arrived_count--;
        ret = S_OK;
    }
    else
    {
        channel->accept = *context;
        channel->next = NULL;
        *listener->waiting_end = channel;
        listener->waiting_end = &channel->next;
    }
    lock_leave( &listener->lock );
    if (arrival) listener->ops->give( listener, arrival, channel );
    return ret;
}

static void CALLBACK open_gate( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    (void)model;
    engine_gate_open( state, hr );
}

/* What the To headers of its messages have to be is that of this opening of the listener. The listener's lock is held. */
static void take_to_match( WS_CHANNEL *channel, WS_LISTENER *listener )
{
    if (channel->to_match == listener->to_match || channel->hdr.state != WS_CHANNEL_STATE_CREATED) return;
    url_match_release( channel->to_match );
    channel->to_match = url_match_addref( listener->to_match );
    channel->to_seen_len = 0;
}

HRESULT listener_accept( WS_LISTENER *listener, WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_ASYNC_CONTEXT wait;
    struct engine_gate gate;
    HRESULT hr = S_OK;

    if (!object_is( channel, OBJECT_CHANNEL ) || channel->listener != listener)
        return ws_fail( error, E_INVALIDARG, "The channel was not created for this listener." );
    lock_enter( &listener->lock );
    if (listener->hdr.state == WS_LISTENER_STATE_FAULTED)
        hr = ws_fail( error, WS_E_OBJECT_FAULTED, "The listener was aborted: nothing can be accepted any more." );
    else if (listener->hdr.state != WS_LISTENER_STATE_OPEN) hr = wrong_state( listener, "An accept", error );
    else take_to_match( channel, listener );
    lock_leave( &listener->lock );
    if (hr) return hr;

    lock_enter( &channel->lock );
    if (channel->hdr.state != WS_CHANNEL_STATE_CREATED)
        hr = ws_fail( error, WS_E_INVALID_OPERATION, "A channel can be accepted in the state CREATED only." );
    else
    {
        channel->aborted = channel->shut_down = FALSE;
        channel_set_state( channel, WS_CHANNEL_STATE_ACCEPTING );
    }
    lock_leave( &channel->lock );
    if (hr) return hr;

    if (context || listener->ops->accept)
        return async_execute_as( &channel->life_op.async, &channel->life_op.caller, listener->values.callback_model, accept_start,
                                 channel, context, error );

    engine_gate_init( &gate );
    wait.callback = open_gate;
    wait.callbackState = &gate;
    hr = async_execute( &channel->life_op.async, accept_start, WS_LONG_CALLBACK, channel, &wait, error );
    if (hr != WS_S_ASYNC) return hr;
    engine_blocking();
    engine_gate_wait( &gate, NET_INFINITE );
    return gate.hr;
}

BOOL listener_arrive( WS_LISTENER *listener, struct arrival *arrival )
{
    WS_ASYNC_CONTEXT accept = { NULL, NULL };
    WS_CHANNEL *channel = NULL;
    BOOL taken = FALSE;

    lock_enter( &listener->lock );
    if (listener->hdr.state == WS_LISTENER_STATE_OPEN || listener->hdr.state == WS_LISTENER_STATE_OPENING)
    {
        if ((channel = listener->waiting))
        {
            if (!(listener->waiting = channel->next)) listener->waiting_end = &listener->waiting;
            channel->next = NULL;
            accept = channel->accept;
            channel->accept.callback = NULL;
            taken = TRUE;
        }
        else if (listener->arrived_count < LISTENER_MAX_ARRIVED)
        {
            arrival->next = NULL;
            *listener->arrived_end = arrival;
            listener->arrived_end = &arrival->next;
            listener->arrived_count++;
            taken = TRUE;
        }
    }
    lock_leave( &listener->lock );
    if (channel)
    {
        listener->ops->give( listener, arrival, channel );
        async_done( &accept, S_OK, WS_LONG_CALLBACK );
    }
    return taken;
}

BOOL listener_cancel_accept( WS_LISTENER *listener, WS_CHANNEL *channel, WS_ASYNC_CONTEXT *context )
{
    WS_CHANNEL **link;
    BOOL found = FALSE;

    lock_enter( &listener->lock );
    for (link = &listener->waiting; *link; link = &(*link)->next)
    {
        if (*link != channel) continue;
        if (!(*link = channel->next)) listener->waiting_end = link;
        channel->next = NULL;
        *context = channel->accept;
        channel->accept.callback = NULL;
        found = TRUE;
        break;
    }
    lock_leave( &listener->lock );
    return found;
}

/* --- properties ----------------------------------------------------------------------------------------------------- */

HRESULT listener_get_property( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    WS_LISTENER_STATE state = listener->hdr.state;
    HRESULT hr;

    switch (id)
    {
    case WS_LISTENER_PROPERTY_STATE:
        return prop_return( &state, sizeof(state), value, size, "listener", id, error );
    case WS_LISTENER_PROPERTY_CHANNEL_TYPE:
        return prop_return( &listener->type, sizeof(listener->type), value, size, "listener", id, error );
    case WS_LISTENER_PROPERTY_CHANNEL_BINDING:
        return prop_return( &listener->binding, sizeof(listener->binding), value, size, "listener", id, error );
    default:
        break;
    }
    hr = listener->ops->get ? listener->ops->get( listener, id, value, size, error ) : E_NOTIMPL;
    return hr == E_NOTIMPL ? listener_values_get( listener, id, value, size, error ) : hr;
}

HRESULT listener_set_property( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size,
                               WS_ERROR *error )
{
    HRESULT hr = listener->ops->set ? listener->ops->set( listener, id, value, size, error ) : E_NOTIMPL;

    if (hr != E_NOTIMPL) return hr;
    return ws_fail( error, E_INVALIDARG, "Property %u of a listener can't be set after its creation.", id );
}
