/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Channels: states, the order of calls, and properties; what bytes they turn into is the carriers' business. */
#include "channel/listener.h"
#include "channel/props.h"
#include "transport/http_client.h"
#include "base/trace.h"

/* --- states ------------------------------------------------------------------------------------------------------ */

#define S( name ) (1u << WS_CHANNEL_STATE_##name)

static const char *const state_names[] =
{
    "CREATED", "OPENING", "ACCEPTING", "OPEN", "FAULTED", "CLOSING", "CLOSED"
};

/* Which states may follow each. */
static const UINT8 transitions[] =
{
    [WS_CHANNEL_STATE_CREATED]   = S( OPENING ) | S( ACCEPTING ) | S( CLOSED ) | S( CREATED ),
    [WS_CHANNEL_STATE_OPENING]   = S( OPEN ) | S( CREATED ),
    [WS_CHANNEL_STATE_ACCEPTING] = S( OPEN ) | S( CREATED ),
    [WS_CHANNEL_STATE_OPEN]      = S( FAULTED ) | S( CLOSING ),
    [WS_CHANNEL_STATE_FAULTED]   = S( CLOSING ),
    [WS_CHANNEL_STATE_CLOSING]   = S( CLOSED ),
    [WS_CHANNEL_STATE_CLOSED]    = S( CREATED ) | S( CLOSED ),
};

/* The one place where a channel changes its state; the lock is held. */
void channel_set_state( WS_CHANNEL *channel, WS_CHANNEL_STATE state )
{
    if (!(transitions[channel->hdr.state] & (1u << state)))
        WS_TRACE( "channel %p: unexpected %s -> %s\n", channel, state_names[channel->hdr.state], state_names[state] );
    else WS_TRACE( "channel %p: %s -> %s\n", channel, state_names[channel->hdr.state], state_names[state] );
    channel->hdr.state = state;
}

static HRESULT wrong_state( const WS_CHANNEL *channel, const char *what, WS_ERROR *error )
{
    return ws_fail( error, WS_E_INVALID_OPERATION, "%s is not possible while the channel is in the state %s.", what,
                    state_names[channel->hdr.state] );
}

/* An operation of the channel begins or is over; a close waits for the end of all. The lock is held. */
static void op_begin( WS_CHANNEL *channel )
{
    channel->pending++;
}

static void op_end( WS_CHANNEL *channel )
{
    if (--channel->pending || channel->hdr.state != WS_CHANNEL_STATE_CLOSING) return;
    if (channel->gate)
    {
        engine_gate_open( channel->gate, S_OK );
        channel->gate = NULL;
    }
    if (channel->drained.callback)
    {
        engine_complete( &channel->drained, S_OK, WS_LONG_CALLBACK );
        channel->drained.callback = NULL;
    }
}

void channel_busy( WS_CHANNEL *channel )
{
    lock_enter( &channel->lock );
    op_begin( channel );
    lock_leave( &channel->lock );
}

void channel_idle( WS_CHANNEL *channel )
{
    lock_enter( &channel->lock );
    op_end( channel );
    lock_leave( &channel->lock );
}

/* What a failed operation returns: whatever broke in consequence of an abort is the abort. */
static HRESULT op_result( WS_CHANNEL *channel, HRESULT hr, WS_ERROR *error )
{
    if (FAILED( hr ) && hr != WS_E_OPERATION_ABORTED && channel->aborted)
        return ws_fail( error, WS_E_OPERATION_ABORTED, "The channel was aborted." );
    return hr;
}

void channel_fault( WS_CHANNEL *channel )
{
    lock_enter( &channel->lock );
    if (channel->hdr.state == WS_CHANNEL_STATE_OPEN) channel_set_state( channel, WS_CHANNEL_STATE_FAULTED );
    lock_leave( &channel->lock );
}

/* --- creation and end -------------------------------------------------------------------------------------------- */

static const struct channel_ops *ops_for( WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding )
{
    static const struct { WS_CHANNEL_BINDING binding; WS_CHANNEL_TYPE type; const struct channel_ops *ops; } table[] =
    {
        { WS_HTTP_CHANNEL_BINDING, WS_CHANNEL_TYPE_REQUEST,        &http_request_ops },
        { WS_TCP_CHANNEL_BINDING,  WS_CHANNEL_TYPE_DUPLEX_SESSION, &session_ops },
        { WS_UDP_CHANNEL_BINDING,  WS_CHANNEL_TYPE_DUPLEX,         &udp_ops },
    };
    ULONG i;

    if (binding == WS_CUSTOM_CHANNEL_BINDING) return &custom_ops;
    for (i = 0; i < ARRAY_SIZE( table ); i++)
        if (table[i].binding == binding && table[i].type == type) return table[i].ops;
    return NULL;
}

static HRESULT create( const struct channel_ops *ops, WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding,
                       WS_LISTENER *listener, const WS_CHANNEL_PROPERTY *props, ULONG count, WS_CHANNEL **ret,
                       WS_ERROR *error )
{
    WS_CHANNEL *channel;
    HRESULT hr;

    if (!(channel = mem_calloc( ops->size ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a channel." );
    object_init( &channel->hdr, OBJECT_CHANNEL, WS_CHANNEL_STATE_CREATED );
    channel->ops = ops;
    channel->type = type;
    channel->binding = binding;
    if ((channel->listener = listener)) listener_addref( listener );
    if (!(hr = channel_values_init( channel, props, count, error )) && !(hr = ops->init( channel, error )))
    {
        *ret = channel;
        return S_OK;
    }
    if (channel->heap) heap_free( channel->heap );
    if (listener) listener_release( listener );
    mem_free( channel );
    return hr;
}

HRESULT channel_create( WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding, const WS_CHANNEL_PROPERTY *props, ULONG count,
                        const WS_SECURITY_DESCRIPTION *security, WS_CHANNEL **ret, WS_ERROR *error )
{
    const struct channel_ops *ops = ops_for( type, binding );
    WS_CHANNEL *channel;
    HRESULT hr;

    if (!ops)
        return ws_fail( error, E_INVALIDARG, "There are no client channels of type 0x%x with binding %u.", type, binding );
    if ((hr = create( ops, type, binding, NULL, props, count, &channel, error ))) return hr;
    if (security && (hr = channel_secure( channel, security, error )))
    {
        channel_free( channel );
        return hr;
    }
    *ret = channel;
    return S_OK;
}

HRESULT channel_create_for_listener( WS_LISTENER *listener, const WS_CHANNEL_PROPERTY *props, ULONG count,
                                     WS_CHANNEL **ret, WS_ERROR *error )
{
    return create( listener->ops->channel_ops, listener->type, listener->binding, listener, props, count, ret, error );
}

/* A message loses its connection to the channel. Custom channels lend readers and writers of their own. */
static void side_clear( WS_CHANNEL *channel, struct channel_side *side )
{
    if (side->message && channel->binding != WS_CUSTOM_CHANNEL_BINDING) message_detach( side->message );
    side->message = NULL;
    side->state = SIDE_IDLE;
}

void channel_free( WS_CHANNEL *channel )
{
    if (!channel) return;
    channel->hdr.magic = OBJECT_DEAD;
    channel->ops->free( channel );
    if (channel->reader) reader_free( channel->reader );
    if (channel->writer) writer_free( channel->writer );
    mem_free( channel->sink.bytes );
    mem_free( channel->compose[0] );
    mem_free( channel->compose[1] );
    mem_free( channel->compose[2] );
    http_auth_free( channel->auth[0] );
    http_auth_free( channel->auth[1] );
    heap_free( channel->heap );
    url_match_release( channel->to_match );
    mem_free( channel->to_seen );
    if (channel->listener) listener_release( channel->listener );
    mem_free( channel );
}

HRESULT channel_reset( WS_CHANNEL *channel, WS_ERROR *error )
{
    HRESULT hr;

    lock_enter( &channel->lock );
    if (!((S( CREATED ) | S( CLOSED )) & (1u << channel->hdr.state)))
    {
        hr = wrong_state( channel, "A reset", error );
        lock_leave( &channel->lock );
        return hr;
    }
    channel->aborted = channel->shut_down = FALSE;
    channel_set_state( channel, WS_CHANNEL_STATE_CREATED );
    lock_leave( &channel->lock );
    return channel->ops->reset( channel, error );
}

/* --- open, close, abort ------------------------------------------------------------------------------------------ */

HRESULT channel_connecting( WS_CHANNEL *channel, struct connect_cancel *cancel, WS_ERROR *error )
{
    BOOL aborted;

    lock_enter( &channel->lock );
    if (!(aborted = channel->aborted)) *cancel = (struct connect_cancel)CONNECT_CANCEL_INIT;
    lock_leave( &channel->lock );
    return aborted ? ws_fail( error, WS_E_OPERATION_ABORTED, "The open was aborted." ) : S_OK;
}

static HRESULT CALLBACK open_done( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_CHANNEL *channel = state;

    (void)model, (void)next, (void)context;
    lock_enter( &channel->lock );
    if (channel->aborted && SUCCEEDED( hr )) hr = E_ABORT;     /* the carrier was too far to notice */
    hr = op_result( channel, hr, error );
    if (channel->hdr.state == WS_CHANNEL_STATE_OPENING)
        channel_set_state( channel, FAILED( hr ) ? WS_CHANNEL_STATE_CREATED : WS_CHANNEL_STATE_OPEN );
    if (FAILED( hr )) channel->aborted = FALSE;
    op_end( channel );
    lock_leave( &channel->lock );
    return hr;
}

static HRESULT CALLBACK open_start( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                    const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_CHANNEL *channel = state;

    (void)hr, (void)model;
    next->function = open_done;
    return channel->ops->open( channel, channel->life_op.address, context, error );
}

HRESULT channel_open( WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                      WS_ERROR *error )
{
    HRESULT hr = S_OK;

    if (!address) return ws_fail( error, E_INVALIDARG, "The address to open the channel to is missing." );
    lock_enter( &channel->lock );
    if (channel->hdr.state != WS_CHANNEL_STATE_CREATED || channel->listener) hr = wrong_state( channel, "An open", error );
    else
    {
        channel_set_state( channel, WS_CHANNEL_STATE_OPENING );
        channel->aborted = channel->shut_down = FALSE;
        op_begin( channel );
    }
    lock_leave( &channel->lock );
    if (hr) return hr;
    channel->life_op.address = address;
    return async_execute_as( &channel->life_op.async, &channel->life_op.caller, channel->values.callback_model, open_start, channel, context, error );
}

static HRESULT CALLBACK close_done( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                    const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_CHANNEL *channel = state;

    (void)model, (void)next, (void)context;
    lock_enter( &channel->lock );
    hr = op_result( channel, hr, error );
    side_clear( channel, &channel->read );
    side_clear( channel, &channel->write );
    channel_set_state( channel, WS_CHANNEL_STATE_CLOSED );
    lock_leave( &channel->lock );
    return hr;
}

static HRESULT CALLBACK close_drained( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_CHANNEL *channel = state;

    (void)hr, (void)model;
    next->function = close_done;
    return channel->ops->close( channel, channel->life_op.message == NULL, context, error );
}

static HRESULT CALLBACK close_start( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                     const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_CHANNEL *channel = state;
    struct engine_gate gate;
    BOOL wait = FALSE;

    (void)hr, (void)model, (void)error;
    next->function = close_drained;
    lock_enter( &channel->lock );
    if (channel->pending)
    {
        wait = TRUE;
        if (context) channel->drained = *context;
        else
        {
            engine_gate_init( &gate );
            channel->gate = &gate;
        }
    }
    lock_leave( &channel->lock );
    if (!wait) return S_OK;
    if (context) return WS_S_ASYNC;
    engine_blocking();
    engine_gate_wait( &gate, NET_INFINITE );
    return S_OK;
}

HRESULT channel_close( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    BOOL graceful = FALSE, done = FALSE;
    HRESULT hr = S_OK;

    lock_enter( &channel->lock );
    switch (channel->hdr.state)
    {
    case WS_CHANNEL_STATE_CREATED:
        channel_set_state( channel, WS_CHANNEL_STATE_CLOSED );
        /* fall through */
    case WS_CHANNEL_STATE_CLOSED:
        done = TRUE;
        break;
    case WS_CHANNEL_STATE_OPEN:
        graceful = channel->read.state == SIDE_IDLE && channel->write.state == SIDE_IDLE;
        /* fall through */
    case WS_CHANNEL_STATE_FAULTED:
        channel_set_state( channel, WS_CHANNEL_STATE_CLOSING );
        break;
    default:
        hr = wrong_state( channel, "A close", error );
    }
    lock_leave( &channel->lock );
    if (hr || done) return hr;

    /* a rude close: what is under way is given up */
    if (!graceful && channel->pending) channel->ops->abort( channel );
    channel->life_op.message = graceful ? NULL : (WS_MESSAGE *)channel;
    return async_execute_as( &channel->life_op.async, &channel->life_op.caller, channel->values.callback_model, close_start, channel, context, error );
}

HRESULT channel_abort( WS_CHANNEL *channel, WS_ERROR *error )
{
    WS_ASYNC_CONTEXT accept = { NULL, NULL };
    BOOL forward = TRUE;

    (void)error;
    lock_enter( &channel->lock );
    switch (channel->hdr.state)
    {
    case WS_CHANNEL_STATE_OPEN:
        channel_set_state( channel, WS_CHANNEL_STATE_FAULTED );
        /* fall through */
    case WS_CHANNEL_STATE_OPENING:
    case WS_CHANNEL_STATE_ACCEPTING:
    case WS_CHANNEL_STATE_CLOSING:
        channel->aborted = TRUE;
        break;
    case WS_CHANNEL_STATE_FAULTED:
        forward = channel->pending != 0;        /* the other direction may not know of the fault */
        break;
    default:
        forward = FALSE;
    }
    lock_leave( &channel->lock );
    if (!forward) return S_OK;
    if (channel->listener && listener_cancel_accept( channel->listener, channel, &accept ))
    {
        if (accept.callback) engine_complete( &accept, WS_E_OPERATION_ABORTED, WS_LONG_CALLBACK );
        return S_OK;
    }
    channel->ops->abort( channel );
    return S_OK;
}

BOOL channel_make_leavable( WS_CHANNEL *channel )
{
    /* where every message has a connection of its own, nothing can come that somebody else waits for */
    channel->leavable = channel->ops->leave && !channel->values.transfer_mode;
    return channel->leavable;
}

void channel_leave( WS_CHANNEL *channel )
{
    if (channel->leavable) channel->ops->leave( channel );
}

/* --- messages ----------------------------------------------------------------------------------------------------- */

#define READING_TYPES (WS_CHANNEL_TYPE_INPUT | WS_CHANNEL_TYPE_REQUEST | WS_CHANNEL_TYPE_REPLY)
#define WRITING_TYPES (WS_CHANNEL_TYPE_OUTPUT | WS_CHANNEL_TYPE_REQUEST | WS_CHANNEL_TYPE_REPLY)

static HRESULT side_begin( WS_CHANNEL *channel, BOOL reading, UINT8 from, UINT8 to, WS_MESSAGE *message, WS_ERROR *error )
{
    struct channel_side *side = reading ? &channel->read : &channel->write;
    const char *word = reading ? "read" : "written";
    HRESULT hr = S_OK;

    if (!message) return ws_fail( error, E_INVALIDARG, "The message is missing." );
    lock_enter( &channel->lock );
    if (channel->hdr.state != WS_CHANNEL_STATE_OPEN)
        hr = wrong_state( channel, reading ? "Reading" : "Writing", error );
    else if (!(channel->type & (reading ? READING_TYPES : WRITING_TYPES)))
        hr = ws_fail( error, WS_E_INVALID_OPERATION, "No message can be %s on a channel of type 0x%x.", word, channel->type );
    else if (side->state != from)
        hr = ws_fail( error, WS_E_INVALID_OPERATION, from == SIDE_IDLE ? "Another message is being %s already." :
                      "No message is being %s.", word );
    else if (from == SIDE_ACTIVE && side->message != message)
        hr = ws_fail( error, WS_E_INVALID_OPERATION, "This is not the message that is being %s.", word );
    else
    {
        side->state = to;
        side->message = message;
        op_begin( channel );
    }
    lock_leave( &channel->lock );
    return hr;
}

static HRESULT side_end( WS_CHANNEL *channel, BOOL reading, BOOL active, HRESULT hr, WS_ERROR *error )
{
    struct channel_side *side = reading ? &channel->read : &channel->write;

    lock_enter( &channel->lock );
    hr = op_result( channel, hr, error );
    if (active) side->state = SIDE_ACTIVE;
    else side_clear( channel, side );
    op_end( channel );
    lock_leave( &channel->lock );
    return hr;
}

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
#define STEP_UNUSED (void)hr, (void)model, (void)next, (void)context, (void)error

STEP( read_start_done )
{
    STEP_UNUSED;
    return side_end( state, TRUE, hr == S_OK, hr, error );
}

STEP( read_end_done )
{
    STEP_UNUSED;
    return side_end( state, TRUE, FALSE, hr, error );
}

STEP( write_start_done )
{
    STEP_UNUSED;
    return side_end( state, FALSE, hr == S_OK, hr, error );
}

STEP( write_end_done )
{
    STEP_UNUSED;
    return side_end( state, FALSE, FALSE, hr, error );
}

#define STARTER( name, side_op ) STEP( name##_start_step ) \
{ \
    WS_CHANNEL *channel = state; \
    STEP_UNUSED; \
    next->function = name##_done; \
    return channel->ops->name( channel, channel->side_op.message, context, error ); \
}
STARTER( read_start, read_op )
STARTER( read_end, read_op )
STARTER( write_start, write_op )
STARTER( write_end, write_op )

#define OPERATION( name, reading, side_op, from, to ) \
HRESULT channel_##name( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error ) \
{ \
    HRESULT hr = side_begin( channel, reading, from, to, message, error ); \
    if (hr) return hr; \
    channel->side_op.message = message; \
    return async_execute_as( &channel->side_op.async, &channel->side_op.caller, channel->values.callback_model, name##_start_step, channel, context, error ); \
}
OPERATION( read_start, TRUE, read_op, SIDE_IDLE, SIDE_STARTING )
OPERATION( read_end, TRUE, read_op, SIDE_ACTIVE, SIDE_ENDING )
OPERATION( write_start, FALSE, write_op, SIDE_IDLE, SIDE_STARTING )
OPERATION( write_end, FALSE, write_op, SIDE_ACTIVE, SIDE_ENDING )

HRESULT channel_abandon( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error )
{
    BOOL reading = FALSE, found = TRUE;
    HRESULT hr = S_OK;

    if (!message) return ws_fail( error, E_INVALIDARG, "The message is missing." );
    lock_enter( &channel->lock );
    if (channel->hdr.state != WS_CHANNEL_STATE_OPEN && channel->hdr.state != WS_CHANNEL_STATE_FAULTED)
        hr = wrong_state( channel, "Abandoning a message", error );
    else if (channel->read.state == SIDE_ACTIVE && channel->read.message == message)
    {
        reading = TRUE;
        side_clear( channel, &channel->read );
    }
    else if (channel->write.state == SIDE_ACTIVE && channel->write.message == message) side_clear( channel, &channel->write );
    else found = FALSE;
    lock_leave( &channel->lock );
    if (hr) return hr;
    if (!found) return ws_fail( error, WS_E_INVALID_OPERATION, "The message is neither being read nor written." );
    channel->ops->abandon( channel, message, reading );
    return S_OK;
}

STEP( shutdown_done )
{
    WS_CHANNEL *channel = state;

    STEP_UNUSED;
    lock_enter( &channel->lock );
    hr = op_result( channel, hr, error );
    channel->write.state = SIDE_IDLE;
    if (SUCCEEDED( hr )) channel->shut_down = TRUE;
    op_end( channel );
    lock_leave( &channel->lock );
    return hr;
}

STEP( shutdown_start )
{
    WS_CHANNEL *channel = state;

    STEP_UNUSED;
    next->function = shutdown_done;
    return channel->ops->shutdown( channel, context, error );
}

HRESULT channel_shutdown_session( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr = S_OK;

    lock_enter( &channel->lock );
    if (!(channel->type & WS_CHANNEL_TYPE_SESSION))
        hr = ws_fail( error, WS_E_INVALID_OPERATION, "A channel of type 0x%x has no session to shut down.", channel->type );
    else if (channel->hdr.state != WS_CHANNEL_STATE_OPEN) hr = wrong_state( channel, "A shutdown", error );
    else if (channel->shut_down) hr = ws_fail( error, WS_E_INVALID_OPERATION, "The session is shut down already." );
    else if (channel->write.state != SIDE_IDLE)
        hr = ws_fail( error, WS_E_INVALID_OPERATION, "A message is still being written." );
    else
    {
        channel->write.state = SIDE_STARTING;
        op_begin( channel );
    }
    lock_leave( &channel->lock );
    if (hr) return hr;
    return async_execute_as( &channel->write_op.async, &channel->write_op.caller, channel->values.callback_model, shutdown_start, channel, context, error );
}

/* --- properties --------------------------------------------------------------------------------------------------- */

HRESULT channel_get_property( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    WS_CHANNEL_STATE state = channel->hdr.state;
    HRESULT hr;

    switch (id)
    {
    case WS_CHANNEL_PROPERTY_STATE:
        return prop_return( &state, sizeof(state), value, size, "channel", id, error );
    case WS_CHANNEL_PROPERTY_CHANNEL_TYPE:
        return prop_return( &channel->type, sizeof(channel->type), value, size, "channel", id, error );
    case WS_CHANNEL_PROPERTY_IS_SESSION_SHUT_DOWN:
        if (channel->binding == WS_CUSTOM_CHANNEL_BINDING) break;
        if (!(channel->type & WS_CHANNEL_TYPE_SESSION))
            return ws_fail( error, E_INVALIDARG, "A channel of type 0x%x has no session.", channel->type );
        if (state != WS_CHANNEL_STATE_OPEN && state != WS_CHANNEL_STATE_FAULTED)
            return wrong_state( channel, "Asking whether the session is shut down", error );
        return prop_return( &channel->shut_down, sizeof(channel->shut_down), value, size, "channel", id, error );
    default:
        break;
    }
    hr = channel->ops->get ? channel->ops->get( channel, id, value, size, error ) : E_NOTIMPL;
    return hr == E_NOTIMPL ? channel_values_get( channel, id, value, size, error ) : hr;
}

HRESULT channel_set_property( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size,
                              WS_ERROR *error )
{
    HRESULT hr = channel->ops->set ? channel->ops->set( channel, id, value, size, error ) : E_NOTIMPL;

    return hr == E_NOTIMPL ? channel_values_set( channel, id, value, size, error ) : hr;
}

HRESULT channel_versions( WS_CHANNEL *channel, WS_ENVELOPE_VERSION *envelope, WS_ADDRESSING_VERSION *addressing,
                          WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = channel_get_property( channel, WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, envelope, sizeof(*envelope), error )))
        return hr;
    return channel_get_property( channel, WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, addressing, sizeof(*addressing), error );
}

HRESULT channel_create_message( WS_CHANNEL *channel, const WS_MESSAGE_PROPERTY *props, ULONG count, WS_MESSAGE **ret,
                                WS_ERROR *error )
{
    WS_ADDRESSING_VERSION addressing;
    WS_ENVELOPE_VERSION envelope;
    HRESULT hr;

    if ((hr = channel_versions( channel, &envelope, &addressing, error ))) return hr;
    return message_create( envelope, addressing, props, count, ret, error );
}
