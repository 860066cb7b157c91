/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operations composed of the elementary ones: send, receive, request-reply, replies and faults. Each is one chain, whether it
 * runs in the caller's thread from end to end or goes asynchronous in between. */
#include "channel/channel.h"
#include "message/fault.h"
#include "base/trace.h"

/* Slots of WS_CHANNEL.compose: one composed operation of each kind may be under way. */
enum { COMPOSE_SEND, COMPOSE_RECEIVE, COMPOSE_REQUEST };

struct compose
{
    WS_ASYNC_STATE async;
    WS_ASYNC_CONTEXT caller;
    WS_CHANNEL *channel;
    UINT8 slot;

    /* sending */
    WS_MESSAGE *out;
    WS_MESSAGE_INITIALIZATION init;     /* of an empty message */
    WS_MESSAGE *source;                 /* request that a reply belongs to, or NULL */
    const WS_XML_STRING *action;        /* NULL: none */
    const WS_ELEMENT_DESCRIPTION *element;
    struct body_out body;

    /* receiving */
    WS_MESSAGE *in;
    const WS_MESSAGE_DESCRIPTION **descs;
    const WS_MESSAGE_DESCRIPTION *one_desc;
    ULONG count;
    BOOL  optional;
    struct body_in value;
    ULONG *index;
    HRESULT result;                     /* of the part after which the message is only read to its end */

    /* faults */
    WS_FAULT fault;
    WS_XML_STRING fault_action;
    WS_ELEMENT_DESCRIPTION fault_element;
    WS_FAULT_DESCRIPTION fault_desc;

    /* request-reply */
    WS_UNIQUE_ID request_id;
    BOOL has_id;
};

static HRESULT compose_begin( WS_CHANNEL *channel, UINT8 slot, struct compose *on_stack, const WS_ASYNC_CONTEXT *context,
                              struct compose **ret, WS_ERROR *error )
{
    struct compose *compose = on_stack;
    UINT8 bit = 1u << slot;

    if (__atomic_fetch_or( &channel->composing, bit, __ATOMIC_ACQUIRE ) & bit)
        return ws_fail( error, WS_E_INVALID_OPERATION, "Another operation of the kind is under way on the channel." );
    if (context)
    {
        if (!channel->compose[slot]) channel->compose[slot] = mem_alloc( sizeof(*compose) );
        if (!(compose = channel->compose[slot]))
        {
            __atomic_fetch_and( &channel->composing, (UINT8)~bit, __ATOMIC_RELEASE );
            return ws_fail( error, E_OUTOFMEMORY, "No memory for an asynchronous operation." );
        }
    }
    memset( compose, 0, sizeof(*compose) );
    compose->channel = channel;
    compose->slot = slot;
    *ret = compose;
    return S_OK;
}

static HRESULT compose_end( struct compose *compose, HRESULT hr, WS_ERROR *error )
{
    const WS_ENDPOINT_ADDRESS *remote = compose->channel->remote;

    if (FAILED( hr ) && remote) ws_fail( error, hr, "The exchange with the endpoint '%.*ls' failed.", WSSTR_ARG( &remote->url ) );
    __atomic_fetch_and( &compose->channel->composing, (UINT8)~(1u << compose->slot), __ATOMIC_RELEASE );
    return hr;
}

static HRESULT compose_execute( struct compose *compose, WS_ASYNC_FUNCTION operation, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    return async_execute_as( &compose->async, &compose->caller, compose->channel->values.callback_model, operation, compose, context,
                             error );
}

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
#define STEP_BEGIN struct compose *compose = state; (void)hr, (void)model, (void)next, (void)context, (void)error

/* --- sending ------------------------------------------------------------------------------------------------------- */

static WS_MESSAGE_STATE message_state( WS_MESSAGE *message )
{
    WS_MESSAGE_STATE state = WS_MESSAGE_STATE_EMPTY;

    message_get_property( message, WS_MESSAGE_PROPERTY_STATE, &state, sizeof(state), NULL );
    return state;
}

static HRESULT send_prepare( struct compose *compose, WS_ERROR *error )
{
    HRESULT hr;

    if (message_state( compose->out ) == WS_MESSAGE_STATE_EMPTY &&
        (hr = message_initialize( compose->out, compose->init, compose->source, error ))) return hr;
    if (!compose->action || !compose->action->length) return S_OK;
    return message_set_header( compose->out, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, compose->action,
                               sizeof(*compose->action), error );
}

STEP( send_written )
{
    STEP_BEGIN;
    return compose_end( compose, hr, error );
}

/* The body and the end of a message that is begun; `then` comes after it. */
static HRESULT send_rest( struct compose *compose, HRESULT hr, WS_ASYNC_FUNCTION then, WS_ASYNC_OPERATION *next,
                          const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    if (hr) return compose_end( compose, hr, error );
    if (compose->element && (hr = message_write_body( compose->out, compose->element, compose->body.option, compose->body.value,
                                                      compose->body.size, error )))
    {
        channel_abandon( compose->channel, compose->out, NULL );
        return compose_end( compose, hr, error );
    }
    next->function = then;
    return channel_write_end( compose->channel, compose->out, context, error );
}

STEP( send_started )
{
    STEP_BEGIN;
    return send_rest( compose, hr, send_written, next, context, error );
}

STEP( send_start )
{
    STEP_BEGIN;
    if ((hr = send_prepare( compose, error ))) return compose_end( compose, hr, error );
    next->function = send_started;
    return channel_write_start( compose->channel, compose->out, context, error );
}

static void set_description( struct compose *compose, const WS_MESSAGE_DESCRIPTION *desc, const struct body_out *body )
{
    if (!desc) return;
    compose->action = desc->action;
    compose->element = desc->bodyElementDescription;
    compose->body = *body;
}

HRESULT channel_send( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_MESSAGE_DESCRIPTION *desc,
                      const struct body_out *body, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct compose on_stack, *compose;
    HRESULT hr;

    if ((hr = compose_begin( channel, COMPOSE_SEND, &on_stack, context, &compose, error ))) return hr;
    compose->out = message;
    compose->init = WS_BLANK_MESSAGE;
    set_description( compose, desc, body );
    return compose_execute( compose, send_start, context, error );
}

HRESULT channel_send_reply( WS_CHANNEL *channel, WS_MESSAGE *reply, const WS_MESSAGE_DESCRIPTION *desc,
                            const struct body_out *body, WS_MESSAGE *request, const WS_ASYNC_CONTEXT *context,
                            WS_ERROR *error )
{
    struct compose on_stack, *compose;
    HRESULT hr;

    if ((hr = compose_begin( channel, COMPOSE_SEND, &on_stack, context, &compose, error ))) return hr;
    compose->out = reply;
    compose->init = WS_REPLY_MESSAGE;
    compose->source = request;
    set_description( compose, desc, body );
    return compose_execute( compose, send_start, context, error );
}

/* The standard codes are spelt as in SOAP 1.2 and without a namespace where the DLL or a program makes a fault; here they
 * become those of the envelope version. SOAP 1.1 has no sub codes: the more special code is the one to send. */
static void fault_codes( WS_FAULT *fault, WS_ENVELOPE_VERSION envelope )
{
    static const struct { WS_XML_STRING name, name11; } standard[] =
    {
        { XMLSTR( "Sender" ), XMLSTR( "Client" ) }, { XMLSTR( "Receiver" ), XMLSTR( "Server" ) },
        { XMLSTR( "MustUnderstand" ), XMLSTR( "MustUnderstand" ) }, { XMLSTR( "VersionMismatch" ), XMLSTR( "VersionMismatch" ) },
    };
    WS_FAULT_CODE *code = fault->code;
    BOOL old = envelope == WS_ENVELOPE_VERSION_SOAP_1_1;
    ULONG i;

    if (!code || code->value.ns.length) return;
    for (i = 0; i < ARRAY_SIZE( standard ); i++)
    {
        if (!xmlstr_eq( &code->value.localName, &standard[i].name ) && !xmlstr_eq( &code->value.localName, &standard[i].name11 ))
            continue;
        code->value.localName = old ? standard[i].name11 : standard[i].name;
        code->value.ns = *envelope_namespace( envelope );
        if (old && code->subCode) fault->code = code->subCode;
        return;
    }
}

HRESULT channel_send_fault( WS_CHANNEL *channel, WS_MESSAGE *reply, WS_ERROR *fault_error, HRESULT fault_hr,
                            WS_FAULT_DISCLOSURE disclosure, WS_MESSAGE *request, const WS_ASYNC_CONTEXT *context,
                            WS_ERROR *error )
{
    struct compose on_stack, *compose;
    WS_ADDRESSING_VERSION addressing;
    WS_ENVELOPE_VERSION envelope;
    HRESULT hr;

    if (SUCCEEDED( fault_hr )) return ws_fail( error, E_INVALIDARG, "0x%x is not the code of a failure.", (int)fault_hr );
    if ((hr = channel_versions( channel, &envelope, &addressing, error )) ||
        (hr = compose_begin( channel, COMPOSE_SEND, &on_stack, context, &compose, error ))) return hr;
    compose->out = reply;
    compose->init = WS_FAULT_MESSAGE;
    compose->source = request;
    if ((hr = send_prepare( compose, error )) ||
        (hr = fault_from_error( fault_error, fault_hr, disclosure, message_heap( reply ), &compose->fault )))
        return compose_end( compose, hr, error );
    if (addressing != WS_ADDRESSING_VERSION_TRANSPORT)
    {
        struct error_fault *stored = fault_error ? error_fault( fault_error ) : NULL;
        compose->action = stored && stored->action.length ? &stored->action : addressing_fault_action( addressing );
    }
    if (fault_error && error_fault( fault_error )->header &&
        (hr = message_add_headers( reply, error_fault( fault_error )->header, error ))) return compose_end( compose, hr, error );
    compose->fault_desc.envelopeVersion = envelope;
    compose->fault_element.type = WS_FAULT_TYPE;
    compose->fault_element.typeDescription = &compose->fault_desc;
    compose->element = &compose->fault_element;
    compose->body.option = WS_WRITE_REQUIRED_VALUE;
    compose->body.value = &compose->fault;
    compose->body.size = sizeof(compose->fault);
    fault_codes( &compose->fault, envelope );
    return compose_execute( compose, send_start, context, error );
}

/* --- receiving ----------------------------------------------------------------------------------------------------- */

/* Codes that have a meaning for this side; everything else is a fault of the application. */
static HRESULT fault_error_code( const WS_FAULT *fault )
{
    static const struct { const char *name; HRESULT hr; } table[] =
    {
        { "ActionNotSupported", WS_E_ENDPOINT_ACTION_NOT_SUPPORTED },
        { "DestinationUnreachable", WS_E_ENDPOINT_UNREACHABLE },
        { "EndpointUnavailable", WS_E_ENDPOINT_NOT_AVAILABLE },
        { "FailedAuthentication", WS_E_ENDPOINT_ACCESS_DENIED },
    };
    const WS_FAULT_CODE *code;
    ULONG i;

    for (code = fault->code; code; code = code->subCode)
        for (i = 0; i < ARRAY_SIZE( table ); i++)
            if (xmlstr_is( &code->value.localName, table[i].name, strlen( table[i].name ) )) return table[i].hr;
    return WS_E_ENDPOINT_FAULT_RECEIVED;
}

HRESULT channel_receive_fault( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error )
{
    static const WS_ELEMENT_DESCRIPTION element = { NULL, NULL, WS_FAULT_TYPE, NULL };
    WS_FAULT fault;
    HRESULT hr, code;

    if ((hr = message_read_body( message, &element, WS_READ_REQUIRED_VALUE, message_heap( message ), &fault, sizeof(fault),
                                 error ))) return hr;
    if (error && (hr = fault_store( error, &fault, message_action( message ) ))) return hr;
    code = channel->values.faults_as_errors ? fault_error_code( &fault ) : WS_E_ENDPOINT_FAULT_RECEIVED;
    if (fault.reasonCount && fault.reasons)
        return ws_fail( error, code, "The remote endpoint answered with a fault: %.*ls", WSSTR_ARG( &fault.reasons[0].text ));
    return ws_fail( error, code, "The remote endpoint answered with a fault." );
}

static HRESULT match_description( struct compose *compose, const WS_MESSAGE_DESCRIPTION **ret, WS_ERROR *error )
{
    const WS_XML_STRING *action = message_action( compose->in );
    ULONG i;

    for (i = 0; i < compose->count; i++)
    {
        const WS_MESSAGE_DESCRIPTION *desc = compose->descs[i];

        if (desc->action && (!action || !xmlstr_eq( desc->action, action ))) continue;
        if (compose->index) *compose->index = i;
        *ret = desc;
        return S_OK;
    }
    if (!action) return ws_fail( error, WS_E_INVALID_FORMAT, "The message has no action." );
    return ws_fail( error, WS_E_INVALID_FORMAT, "A message with the action '%.*s' was not expected.", XMLSTR_ARG( action ));
}

static HRESULT check_relates_to( struct compose *compose, WS_ERROR *error )
{
    WS_UNIQUE_ID *id = NULL;
    HRESULT hr;

    if (!compose->has_id) return S_OK;
    if ((hr = message_get_header( compose->in, WS_RELATES_TO_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_OPTIONAL_POINTER,
                                  message_heap( compose->in ), &id, sizeof(id), error ))) return hr;
    if (!id) return ws_fail( error, WS_E_INVALID_FORMAT, "The reply has no RelatesTo header." );
    if (!message_same_id( id, &compose->request_id ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The reply relates to another message than the request." );
    return S_OK;
}

STEP( receive_ended )
{
    STEP_BEGIN;
    if (FAILED( compose->result )) hr = compose->result;
    return compose_end( compose, hr, error );
}

STEP( receive_filled )
{
    const WS_MESSAGE_DESCRIPTION *desc = NULL;

    STEP_BEGIN;
    if (hr)
    {
        channel_abandon( compose->channel, compose->in, NULL );
        return compose_end( compose, hr, error );
    }
    if (message_is_fault( compose->in )) hr = channel_receive_fault( compose->channel, compose->in, error );
    else if (!(hr = match_description( compose, &desc, error )) && !(hr = check_relates_to( compose, error )) &&
             desc->bodyElementDescription)
        hr = message_read_body( compose->in, desc->bodyElementDescription, compose->value.option, compose->value.heap,
                                compose->value.value, compose->value.size, error );
    compose->result = hr;
    if (FAILED( hr ) && !message_is_fault( compose->in ))
    {
        channel_abandon( compose->channel, compose->in, NULL );
        return compose_end( compose, hr, error );
    }
    next->function = receive_ended;
    return channel_read_end( compose->channel, compose->in, context, hr ? NULL : error );
}

/* The whole body of a streamed message, as it is read in one go. */
STEP( receive_fill )
{
    WS_XML_READER *reader;

    STEP_BEGIN;
    reader = message_reader( compose->in );
    if (FAILED( hr ) || reader_at_end( reader )) return receive_filled( hr, model, state, next, context, error );
    next->function = receive_fill;
    return message_fill_body( compose->in, reader_buffered( reader ) + 1, context, error );
}

STEP( receive_started )
{
    STEP_BEGIN;
    if (hr == WS_S_END && !compose->optional)
        hr = ws_fail( error, WS_E_INVALID_FORMAT, "No message came, although one is required." );
    if (hr) return compose_end( compose, hr, error );
    if (compose->channel->binding != WS_CUSTOM_CHANNEL_BINDING && is_streamed( compose->channel, TRUE ))
        return receive_fill( S_OK, model, state, next, context, error );
    return receive_filled( S_OK, model, state, next, context, error );
}

STEP( receive_start )
{
    STEP_BEGIN;
    next->function = receive_started;
    return channel_read_start( compose->channel, compose->in, context, error );
}

HRESULT channel_receive( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_MESSAGE_DESCRIPTION **descs, ULONG count,
                         WS_RECEIVE_OPTION option, const struct body_in *body, ULONG *index,
                         const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct compose on_stack, *compose;
    HRESULT hr;

    if (!count || !descs) return ws_fail( error, E_INVALIDARG, "No message description was given." );
    if ((hr = compose_begin( channel, COMPOSE_RECEIVE, &on_stack, context, &compose, error ))) return hr;
    compose->in = message;
    compose->descs = descs;
    compose->count = count;
    compose->optional = option == WS_RECEIVE_OPTIONAL_MESSAGE;
    compose->value = *body;
    compose->index = index;
    return compose_execute( compose, receive_start, context, error );
}

/* --- request and reply ----------------------------------------------------------------------------------------------- */

STEP( request_sent )
{
    STEP_BEGIN;
    if (hr) return compose_end( compose, hr, error );
    next->function = receive_started;
    return channel_read_start( compose->channel, compose->in, context, error );
}

STEP( request_started )
{
    STEP_BEGIN;
    return send_rest( compose, hr, request_sent, next, context, error );
}

static HRESULT request_prepare( struct compose *compose, WS_ERROR *error )
{
    WS_ADDRESSING_VERSION addressing;
    WS_UNIQUE_ID *id = NULL;
    HRESULT hr;

    if ((hr = send_prepare( compose, error )) ||
        (hr = message_get_property( compose->out, WS_MESSAGE_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing), error )))
        return hr;
    if (addressing == WS_ADDRESSING_VERSION_TRANSPORT) return S_OK;
    if ((hr = message_get_header( compose->out, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_OPTIONAL_POINTER,
                                  message_heap( compose->out ), &id, sizeof(id), error ))) return hr;
    if (id)
    {
        compose->request_id = *id;
        compose->has_id = TRUE;
    }
    return S_OK;
}

STEP( request_start )
{
    STEP_BEGIN;
    if ((hr = request_prepare( compose, error ))) return compose_end( compose, hr, error );
    next->function = request_started;
    return channel_write_start( compose->channel, compose->out, context, error );
}

HRESULT channel_request_reply( WS_CHANNEL *channel, WS_MESSAGE *request, const WS_MESSAGE_DESCRIPTION *request_desc,
                               const struct body_out *request_body, WS_MESSAGE *reply,
                               const WS_MESSAGE_DESCRIPTION *reply_desc, const struct body_in *reply_body,
                               const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct compose on_stack, *compose;
    HRESULT hr;

    if (!request_desc || !reply_desc) return ws_fail( error, E_INVALIDARG, "A message description is missing." );
    if ((hr = compose_begin( channel, COMPOSE_REQUEST, &on_stack, context, &compose, error ))) return hr;
    compose->out = request;
    compose->init = WS_REQUEST_MESSAGE;
    set_description( compose, request_desc, request_body );
    compose->in = reply;
    compose->one_desc = reply_desc;
    compose->descs = &compose->one_desc;
    compose->count = 1;
    compose->value = *reply_body;
    return compose_execute( compose, request_start, context, error );
}
