/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP seen from the client: each request that is sent is followed by its reply on the same channel. */
#include "channel/http_content.h"
#include "channel/url.h"
#include "base/url.h"
#include "transport/http_client.h"
#include "transport/http_server.h"
#include "base/trace.h"

enum request_stage { STAGE_IDLE, STAGE_SENT, STAGE_RECEIVED };

struct http_request_channel
{
    WS_CHANNEL base;
    struct http_call *call;
    WS_ENDPOINT_ADDRESS address;        /* copy; base.remote points here while open */
    WS_HEAP *open_heap;                 /* what lives from open to reset */
    struct http_target target, original;
    enum request_stage stage;
    struct http_request request;
    struct stream_vec vec;
    struct head_text type, headers;
    WS_XML_STRING action;               /* of the request */
    struct channel_mime mime_in, mime_out;
    struct http_response response;
    WS_STRING url;                      /* where the request went last; differs from the address after a redirect */
    ULONG redirects;
    struct channel_op op;               /* chain of the reading side */
};

static struct http_request_channel *request_channel( WS_CHANNEL *channel )
{
    return CONTAINING_RECORD( channel, struct http_request_channel, base );
}

static HRESULT request_init( WS_CHANNEL *channel, WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( channel );

    head_text_init( &req->type );
    head_text_init( &req->headers );
    if (is_mime( channel ))
    {
        channel->mime_in = &req->mime_in;
        channel->mime_out = &req->mime_out;
    }
    return heap_create( 65536, 1024, NULL, 0, &req->open_heap, error );
}

/* --- open, close -------------------------------------------------------------------------------------------------------- */

static void fill_config( const WS_CHANNEL *channel, struct http_client_config *config )
{
    const struct channel_values *values = &channel->values;

    memset( config, 0, sizeof(*config) );
    config->socket.ip_version = values->ip_version == WS_IP_VERSION_AUTO ? 0 : values->ip_version;
    config->socket.resolve_timeout = values->resolve_timeout == NET_INFINITE ? 0 : values->resolve_timeout;
    config->connect_timeout = values->connect_timeout;
    config->send_timeout = values->send_timeout;
    config->receive_response_timeout = values->receive_response_timeout;
    config->receive_timeout = values->receive_timeout;
    config->max_connections = values->max_http_server_connections == NET_INFINITE ? 0 : values->max_http_server_connections;
    config->max_body = channel_max_message( channel, TRUE );
    config->keep_alive = TRUE;
    config->proxy_mode = values->proxy_mode == WS_HTTP_PROXY_SETTING_MODE_AUTO ? HTTP_PROXY_AUTO :
                         values->proxy_mode == WS_HTTP_PROXY_SETTING_MODE_NONE ? HTTP_PROXY_NONE : HTTP_PROXY_CUSTOM;
    config->proxy_servers = values->proxy.servers;
    config->proxy_bypass = values->proxy.bypass;
}

static HRESULT request_open( WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( channel );
    struct http_client_config config;
    struct endpoint_url url;
    HRESULT hr;

    (void)context;
    heap_reset( req->open_heap );
    if ((hr = endpoint_url_split( &address->url, req->open_heap, URL_HTTP, &url, error ))) return hr;
    req->target.secure = url.secure;
    req->target.host = url.host;
    req->target.port = url.port;
    req->target.resource = url.resource;
    req->original = req->target;
    req->address = *address;
    if ((hr = str_dup( req->open_heap, &address->url, &req->address.url, error ))) return hr;
    if (!req->call)
    {
        fill_config( channel, &config );
        if ((hr = http_call_create( &config, &req->call, error ))) return hr;
    }
    if ((hr = http_call_set_target( req->call, &req->target, error ))) return hr;
    channel->remote = &req->address;
    req->url = req->address.url;
    req->stage = STAGE_IDLE;
    return S_OK;
}

static void end_exchange( struct http_request_channel *req )
{
    if (req->stage != STAGE_IDLE) http_call_end( req->call );
    req->stage = STAGE_IDLE;
}

static HRESULT request_close( WS_CHANNEL *channel, BOOL graceful, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)graceful, (void)context, (void)error;
    end_exchange( request_channel( channel ) );
    channel->remote = NULL;
    return S_OK;
}

static void request_abort( WS_CHANNEL *channel )
{
    struct http_request_channel *req = request_channel( channel );

    if (req->call) http_call_abort( req->call );
}

static HRESULT request_reset( WS_CHANNEL *channel, WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( channel );

    (void)error;
    end_exchange( req );
    if (req->call) http_call_reset( req->call );
    return S_OK;
}

static void request_free( WS_CHANNEL *channel )
{
    struct http_request_channel *req = request_channel( channel );

    if (req->call)
    {
        end_exchange( req );
        http_call_free( req->call );
    }
    head_text_free( &req->type );
    head_text_free( &req->headers );
    heap_free( req->open_heap );
}

/* --- sending ------------------------------------------------------------------------------------------------------------- */

static HRESULT address_message( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error )
{
    BOOL addressed = TRUE;
    HRESULT hr;

    if ((hr = message_get_property( message, WS_MESSAGE_PROPERTY_IS_ADDRESSED, &addressed, sizeof(addressed), error )))
        return hr;
    return addressed ? S_OK : message_address( message, channel->remote, error );
}

static HRESULT request_write_start( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( channel );
    const WS_HTTP_MESSAGE_MAPPING *mapping = &channel->values.mapping;
    HRESULT hr;

    (void)context;
    if (req->stage != STAGE_IDLE)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The reply to the last request was not received yet." );
    if ((hr = address_message( channel, message, error ))) return hr;
    req->headers.len = req->type.len = 0;
    req->headers.failed = req->type.failed = FALSE;
    memset( &req->request, 0, sizeof(req->request) );
    req->request.method = (struct slice)SLICE( "POST" );
    if (mapping->requestMappingOptions & WS_HTTP_REQUEST_MAPPING_VERB)
    {
        WS_XML_STRING verb;
        if ((hr = mapping_take( message, &mapped_verb, &verb, error ))) return hr;
        if (verb.length) req->request.method = (struct slice){ (const char *)verb.bytes, verb.length };
    }
    if ((hr = mapping_send( message, mapping->requestHeaderMappings, mapping->requestHeaderMappingCount, &req->headers,
                            &req->request.content_type, error ))) return hr;
    if (channel->values.addressing != WS_ADDRESSING_VERSION_TRANSPORT && message_action( message ))
        req->action = *message_action( message );
    else if ((hr = take_transport_headers( channel, message, &req->action, error ))) return hr;
    if (channel->mime_out) mime_make( &channel->values, channel->mime_out );
    return channel_write_bytes( channel, message, HTTP_HEAD_ROOM, error );
}

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )

STEP( request_sent )
{
    WS_CHANNEL *channel = state;

    (void)model, (void)next, (void)context, (void)error;
    if (hr)
    {
        end_exchange( request_channel( channel ) );
        channel_fault( channel );
    }
    return hr;
}

STEP( request_send )
{
    struct http_request_channel *req = request_channel( state );

    (void)hr, (void)model;
    next->function = request_sent;
    return http_call_send( req->call, &req->request, context, error );
}

static HRESULT request_write_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( channel );
    const struct channel_values *values = &channel->values;
    struct http_request *request = &req->request;
    BOOL in_transport = values->addressing == WS_ADDRESSING_VERSION_TRANSPORT;
    HRESULT hr;

    if ((hr = channel_end_bytes( channel, message, error ))) return hr;
    if (!request->content_type.len)
    {
        content_type_format( values, in_transport ? &req->action : NULL, &req->mime_out, &req->type );
        request->content_type = (struct slice){ req->type.ptr, req->type.len };
    }
    if (values->envelope == WS_ENVELOPE_VERSION_SOAP_1_1) soap_action_format( &req->action, &req->headers );
    if (req->type.failed || req->headers.failed) return ws_fail( error, E_OUTOFMEMORY, "No memory for the head of a request." );
    request->headers = (struct slice){ req->headers.ptr, req->headers.len };
    req->vec.data = channel->sink.bytes + HTTP_HEAD_ROOM;
    req->vec.size = channel->sink.size - HTTP_HEAD_ROOM;
    request->vecs = &req->vec;
    request->count = req->vec.size ? 1 : 0;
    request->flags = HTTP_CALL_ROOM;
    if (req->url.chars != req->address.url.chars)
    {
        /* the last request was redirected; each one begins at the address of the channel */
        req->url = req->address.url;
        req->target = req->original;
        if ((hr = http_call_set_target( req->call, &req->target, error ))) return hr;
    }
    req->stage = STAGE_SENT;
    return async_execute( &req->op.async, request_send, WS_LONG_CALLBACK, channel, context, error );
}

/* --- receiving ------------------------------------------------------------------------------------------------------------ */

static HRESULT read_response( struct http_request_channel *req, WS_MESSAGE *message, WS_ERROR *error )
{
    WS_CHANNEL *channel = &req->base;
    const struct channel_values *values = &channel->values;
    const struct http_head *head = req->response.head;
    struct slice value = http_known_value( head, HTTP_CONTENT_TYPE );
    struct content_type type;
    WS_CHARSET charset;
    BOOL fits;
    HRESULT hr;

    memset( &type, 0, sizeof(type) );
    fits = values->encoding == WS_ENCODING_RAW ||
           (content_type_parse( value, &type ) && content_type_fits( &type, values, &charset ));
    if (values->encoding != WS_ENCODING_RAW)
    {
        /* a fault may come with 400 or 500; other failures are HTTP's own */
        BOOL fault = fits && req->response.body_size && (head->status == 500 || head->status == 400);
        if (!fault && (hr = http_status_error( head, FALSE, FALSE, error ))) return hr;
        if (!req->response.body_size) return WS_S_END;
        if (!fits)
            return ws_fail( error, WS_E_INVALID_FORMAT, "The reply has the content type '%.*s'.", (int)value.len, value.ptr );
    }
    if (channel->mime_in && !mime_from_type( &type, channel->mime_in ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The content type of a MIME package has no boundary." );
    if ((hr = channel_read_bytes( channel, message, req->response.body, req->response.body_size, error ))) return hr;
    if (values->addressing == WS_ADDRESSING_VERSION_TRANSPORT && type.action.len)
    {
        WS_XML_STRING action = { type.action.len, (BYTE *)type.action.ptr, NULL, 0 };
        if ((hr = message_set_transport_action( message, &action, error ))) return hr;
    }
    if (values->mapping.responseMappingOptions & WS_HTTP_RESPONSE_MAPPING_STATUS_CODE)
    {
        BYTE digits[XML_TEXT_SCRATCH];
        WS_XML_STRING code = { format_uint64( head->status, digits ), digits, NULL, 0 };
        if ((hr = message_add_transport_header( message, &mapped_status_code, &code, error ))) return hr;
    }
    if (values->mapping.responseMappingOptions & WS_HTTP_RESPONSE_MAPPING_STATUS_TEXT)
    {
        WS_XML_STRING text = { head->reason.len, (BYTE *)head->reason.ptr, NULL, 0 };
        if ((hr = message_add_transport_header( message, &mapped_status_text, &text, error ))) return hr;
    }
    return mapping_receive( message, head, values->mapping.responseHeaderMappings, values->mapping.responseHeaderMappingCount,
                            error );
}

#define MAX_REDIRECTS 10

/* Does the response send us elsewhere, and may we go? *again tells. */
static HRESULT follow_redirect( struct http_request_channel *req, BOOL *again, WS_ERROR *error )
{
    const struct channel_values *values = &req->base.values;
    const struct http_head *head = req->response.head;
    struct slice location = http_known_value( head, HTTP_LOCATION );
    WS_STRING reference, target;
    struct endpoint_url parts;
    HRESULT hr;

    *again = FALSE;
    if (head->status != 301 && head->status != 302 && head->status != 307 && head->status != 308) return S_OK;
    if (!location.len || (!values->redirect.callback && !values->enable_redirect)) return S_OK;
    if (req->redirects++ == MAX_REDIRECTS)
        return ws_fail( error, WS_E_ENDPOINT_FAILURE, "The server redirected the request more than %u times.", MAX_REDIRECTS );
    if ((hr = str_from_utf8( req->open_heap, (const BYTE *)location.ptr, location.len, &reference, error )) ||
        (hr = url_combine( &req->url, &reference, 0, req->open_heap, &target, error ))) return hr;
    if (values->redirect.callback && FAILED( hr = values->redirect.callback( values->redirect.state, &req->url, &target )))
        return ws_fail( error, hr, "The program did not allow the redirection to '%.*ls'.", WSSTR_ARG( &target ));
    if ((hr = endpoint_url_split( &target, req->open_heap, URL_HTTP, &parts, error ))) return hr;
    req->target.secure = parts.secure;
    req->target.host = parts.host;
    req->target.port = parts.port;
    req->target.resource = parts.resource;
    req->url = target;
    http_call_end( req->call );
    if ((hr = http_call_set_target( req->call, &req->target, error ))) return hr;
    *again = TRUE;
    return S_OK;
}

STEP( response_receive );

STEP( redirected )
{
    (void)model, (void)context, (void)error;
    if (!hr)
    {
        next->function = response_receive;
        return S_OK;
    }
    end_exchange( request_channel( state ) );
    channel_fault( state );
    return hr;
}

STEP( response_received )
{
    struct http_request_channel *req = request_channel( state );
    BOOL again;

    (void)model, (void)context;
    if (hr)
    {
        end_exchange( req );
        channel_fault( &req->base );
        return hr;
    }
    req->stage = STAGE_RECEIVED;
    if ((hr = follow_redirect( req, &again, error )))
    {
        end_exchange( req );
        return hr;
    }
    if (again)
    {
        next->function = redirected;
        return http_call_send( req->call, &req->request, context, error );
    }
    if ((hr = read_response( req, req->op.message, error ))) end_exchange( req );
    return hr;
}

STEP( response_receive )
{
    struct http_request_channel *req = request_channel( state );

    (void)hr, (void)model;
    next->function = response_received;
    return http_call_receive( req->call, &req->response, context, error );
}

static HRESULT request_read_start( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( channel );

    if (req->stage != STAGE_SENT)
        return ws_fail( error, WS_E_INVALID_OPERATION, "There is no request whose reply could be received." );
    req->op.message = message;
    req->redirects = 0;
    return async_execute( &req->op.async, response_receive, WS_LONG_CALLBACK, channel, context, error );
}

static HRESULT request_read_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr = message_read_envelope_end( message, error );

    (void)context;
    end_exchange( request_channel( channel ) );
    return hr;
}

static void request_abandon( WS_CHANNEL *channel, WS_MESSAGE *message, BOOL reading )
{
    (void)message;
    if (reading) end_exchange( request_channel( channel ) );
}

static HRESULT request_shutdown( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)channel, (void)context;
    return ws_fail( error, WS_E_INVALID_OPERATION, "A request channel has no session." );
}

const struct channel_ops http_request_ops =
{
    .size = sizeof(struct http_request_channel),
    .init = request_init,
    .open = request_open,
    .close = request_close,
    .abort = request_abort,
    .reset = request_reset,
    .free = request_free,
    .read_start = request_read_start,
    .read_end = request_read_end,
    .write_start = request_write_start,
    .write_end = request_write_end,
    .abandon = request_abandon,
    .shutdown = request_shutdown,
};
