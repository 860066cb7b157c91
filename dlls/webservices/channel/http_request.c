/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP seen from the client: each request that is sent is followed by its reply on the same channel. */
#include "channel/http_cookies.h"
#include "channel/http_stream.h"
#include "channel/url.h"
#include "base/url.h"
#include "transport/http_client.h"
#include "transport/http_server.h"
#include "base/trace.h"

enum request_stage { STAGE_IDLE, STAGE_WRITING, STAGE_SENT, STAGE_RECEIVED };

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
    struct channel_op op;               /* chain of the reading side, and of what sends a request */
    struct http_in in;
    struct http_out out;
    struct cookies cookies;
    ULONG own_lines;                    /* bytes of `headers` without what depends on the target */
    BOOL begun;                         /* streamed: the head was sent */
    ULONG taken;                        /* bytes of a buffered response that the decoder has read */
};

static struct http_request_channel *request_channel( WS_CHANNEL *channel )
{
    return CONTAINING_RECORD( channel, struct http_request_channel, base );
}

static HRESULT CALLBACK response_source( void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                         WS_ERROR *error );
static HRESULT check_response( WS_CHANNEL *channel, const struct content_type *type, struct slice text, WS_ERROR *error );
static HRESULT request_sink( WS_CHANNEL *channel, const struct stream_vec *vecs, ULONG count, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error );

static HRESULT request_init( WS_CHANNEL *channel, WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( channel );
    HRESULT hr;

    head_text_init( &req->type );
    head_text_init( &req->headers );
    if (is_mime( channel ))
    {
        channel->mime_in = &req->mime_in;
        channel->mime_out = &req->mime_out;
    }
    if ((hr = heap_create( 65536, 1024, NULL, 0, &req->open_heap, error ))) return hr;
    req->in.source = response_source;
    req->in.check = check_response;
    req->out.sink = request_sink;
    if (!(hr = http_in_init( channel, &req->in, error )) && !(hr = http_out_init( channel, &req->out, error ))) return S_OK;
    http_in_free( &req->in );
    heap_free( req->open_heap );
    return hr;
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
    config->server_auth = channel->auth[0];
    config->proxy_auth = channel->auth[1];
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
    if ((hr = endpoint_address_copy( address, req->open_heap, &req->address, error ))) return hr;
    fill_config( channel, &config );
    if (req->call) http_call_reset( req->call );        /* an earlier open may have been aborted */
    else if ((hr = http_call_create( &config, &req->call, error ))) return hr;
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
    http_in_free( &req->in );
    http_out_free( &req->out );
    cookies_free( &req->cookies );
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

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )

/* What an operation of the transport came to: a failure breaks the channel. */
STEP( request_sent )
{
    struct http_request_channel *req = request_channel( state );

    (void)model, (void)next, (void)context, (void)error;
    if (hr)
    {
        end_exchange( req );
        channel_fault( &req->base );
    }
    return hr;
}

/* Timeouts may be set in any state. */
static void refresh_timeouts( struct http_request_channel *req )
{
    struct http_client_config config;

    fill_config( &req->base, &config );
    http_call_set_timeouts( req->call, &config );
}

static BOOL has_line( const struct head_text *text, const char *name, ULONG len )
{
    ULONG i;

    for (i = 0; i + len <= text->len; i++)
        if ((!i || text->ptr[i - 1] == '\n') && slice_ieq( (struct slice){ text->ptr + i, len }, name, len )) return TRUE;
    return FALSE;
}

/* Header lines for the target the request goes to now. A program that maps the Cookie header itself is left alone. */
static HRESULT add_target_lines( struct http_request_channel *req, WS_ERROR *error )
{
    req->headers.len = req->own_lines;
    if (req->base.values.cookie_mode == WS_AUTO_COOKIE_MODE && req->cookies.first && !has_line( &req->headers, "Cookie:", 7 ))
        cookies_add( &req->cookies, &req->target, &req->headers );
    if (req->type.failed || req->headers.failed) return ws_fail( error, E_OUTOFMEMORY, "No memory for the head of a request." );
    req->request.headers = (struct slice){ req->headers.ptr, req->headers.len };
    return S_OK;
}

/* Everything of the request but its body. */
static HRESULT make_head( struct http_request_channel *req, WS_ERROR *error )
{
    const struct channel_values *values = &req->base.values;
    struct http_request *request = &req->request;
    BOOL in_transport = values->addressing == WS_ADDRESSING_VERSION_TRANSPORT;
    HRESULT hr;

    refresh_timeouts( req );
    if (!request->content_type.len)
    {
        content_type_format( values, in_transport ? &req->action : NULL, &req->mime_out, &req->type );
        request->content_type = (struct slice){ req->type.ptr, req->type.len };
    }
    if (values->envelope == WS_ENVELOPE_VERSION_SOAP_1_1) soap_action_format( &req->action, &req->headers );
    if ((hr = http_out_type( &req->out, &request->content_type, &req->type, &req->headers, error ))) return hr;
    request->flags = req->in.streamed ? HTTP_CALL_STREAM_RESPONSE : 0;
    req->own_lines = req->headers.len;
    if (req->url.chars != req->address.url.chars)
    {
        /* the last request was redirected; each one begins at the address of the channel */
        req->url = req->address.url;
        req->target = req->original;
        if ((hr = http_call_set_target( req->call, &req->target, error ))) return hr;
    }
    return add_target_lines( req, error );
}

static HRESULT request_sink( WS_CHANNEL *channel, const struct stream_vec *vecs, ULONG count, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( channel );

    if (req->begun) return http_call_write( req->call, vecs, count, context, error );
    req->begun = TRUE;
    req->request.vecs = vecs;
    req->request.count = count;
    req->request.flags |= HTTP_CALL_STREAM;
    return http_call_send( req->call, &req->request, context, error );
}

STEP( stream_start )
{
    struct http_request_channel *req = request_channel( state );

    (void)hr, (void)model;
    next->function = request_sent;
    return http_out_start( &req->out, req->op.message, context, error );
}

static HRESULT request_write_start( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( channel );
    const WS_HTTP_MESSAGE_MAPPING *mapping = &channel->values.mapping;
    HRESULT hr;

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
    if (!req->out.streamed) return channel_write_bytes( channel, message, HTTP_HEAD_ROOM, error );

    if ((hr = make_head( req, error ))) return hr;
    req->begun = FALSE;
    req->stage = STAGE_WRITING;
    req->op.message = message;
    return async_execute( &req->op.async, stream_start, WS_LONG_CALLBACK, channel, context, error );
}

STEP( request_send )
{
    struct http_request_channel *req = request_channel( state );
    struct byte_sink *sink = req->out.encoder ? &req->out.encoded : &req->base.sink;

    (void)model;
    if (FAILED( hr )) return hr;        /* of the encoder */
    req->vec.data = sink->bytes + HTTP_HEAD_ROOM;
    req->vec.size = sink->size - HTTP_HEAD_ROOM;
    req->request.vecs = &req->vec;
    req->request.count = req->vec.size ? 1 : 0;
    req->request.flags |= HTTP_CALL_ROOM;
    req->stage = STAGE_SENT;
    next->function = request_sent;
    return http_call_send( req->call, &req->request, context, error );
}

STEP( request_encode )
{
    struct http_request_channel *req = request_channel( state );

    (void)hr, (void)model;
    next->function = request_send;
    return req->out.encoder ? http_out_encode( &req->out, context, error ) : S_OK;
}

STEP( stream_last )
{
    struct http_request_channel *req = request_channel( state );

    (void)model;
    if (FAILED( hr )) return request_sent( hr, model, state, next, context, error );
    req->stage = STAGE_SENT;
    next->function = request_sent;
    return http_call_write_end( req->call, context, error );
}

STEP( stream_ended )
{
    struct http_request_channel *req = request_channel( state );

    (void)model;
    if (FAILED( hr )) return request_sent( hr, model, state, next, context, error );
    next->function = stream_last;
    return req->begun ? S_OK : request_sink( &req->base, &req->vec, 0, context, error );
}

STEP( stream_end )
{
    struct http_request_channel *req = request_channel( state );

    (void)hr, (void)model;
    next->function = stream_ended;
    return http_out_end( &req->out, req->op.message, context, error );
}

static HRESULT request_write_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( channel );
    HRESULT hr;

    req->op.message = message;
    if (req->out.streamed) return async_execute( &req->op.async, stream_end, WS_LONG_CALLBACK, channel, context, error );
    if ((hr = channel_end_bytes( channel, message, error )) || (hr = make_head( req, error ))) return hr;
    return async_execute( &req->op.async, request_encode, WS_LONG_CALLBACK, channel, context, error );
}

/* --- receiving ------------------------------------------------------------------------------------------------------------ */

/* Whether the response can be read as a message of this channel. */
static HRESULT check_response( WS_CHANNEL *channel, const struct content_type *type, struct slice text, WS_ERROR *error )
{
    const struct http_request_channel *req = request_channel( channel );
    const struct channel_values *values = &channel->values;
    const struct http_head *head = req->response.head;
    WS_CHARSET charset;
    BOOL fits;
    HRESULT hr;

    if (values->encoding != WS_ENCODING_RAW)
    {
        fits = type->media.len && content_type_fits( type, values, &charset );
        /* a fault may come with 400 or 500; other failures are HTTP's own */
        if (!(fits && (head->status == 500 || head->status == 400)) && (hr = http_status_error( &req->response, FALSE, error ))) return hr;
        if (!fits)
            return ws_fail( error, WS_E_INVALID_FORMAT, "The reply has the content type '%.*s'.", (int)text.len, text.ptr );
    }
    if (channel->mime_in && !mime_from_type( type, channel->mime_in ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The content type of a MIME package has no boundary." );
    return S_OK;
}

/* What HTTP says beside the envelope. */
static HRESULT add_transport_headers( struct http_request_channel *req, WS_MESSAGE *message, WS_ERROR *error )
{
    const struct channel_values *values = &req->base.values;
    const struct http_head *head = req->response.head;
    struct content_type type;
    HRESULT hr;

    if (values->addressing == WS_ADDRESSING_VERSION_TRANSPORT && values->encoding != WS_ENCODING_RAW &&
        content_type_parse( http_known_value( head, HTTP_CONTENT_TYPE ), &type ) && type.action.len)
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

static HRESULT CALLBACK response_source( void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                         WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( state );
    ULONG left;

    if (req->in.streamed) return http_call_read( req->call, bytes, max, actual, context, error );
    left = req->response.body_size - req->taken;
    *actual = left < max ? left : max;
    memcpy( bytes, req->response.body + req->taken, *actual );
    req->taken += *actual;
    return S_OK;
}

static BOOL has_body( const struct http_request_channel *req )
{
    const struct http_head *head = req->response.head;

    if (!req->in.streamed) return req->response.body_size != 0;
    return head->status != 204 && head->status != 304 && !((head->flags & HTTP_FLAG_HAS_LENGTH) && !head->content_length);
}

STEP( response_read )
{
    struct http_request_channel *req = request_channel( state );

    (void)model, (void)next, (void)context;
    if (!hr) hr = add_transport_headers( req, req->op.message, error );
    if (hr) end_exchange( req );
    return hr;
}

static HRESULT read_response( struct http_request_channel *req, WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context,
                              WS_ERROR *error )
{
    WS_CHANNEL *channel = &req->base;
    const struct http_head *head = req->response.head;
    struct slice text = http_known_value( head, HTTP_CONTENT_TYPE );
    const struct http_header *coding;
    struct content_type type;
    HRESULT hr;

    if (!has_body( req ) && channel->values.encoding != WS_ENCODING_RAW)
        return (hr = http_status_error( &req->response, FALSE, error )) ? hr : WS_S_END;
    if (http_in_used( &req->in ))
    {
        coding = http_find_header( head, "Content-Encoding", 16 );
        req->in.type = text;
        req->in.coding = coding ? coding->value : (struct slice){ NULL, 0 };
        req->taken = 0;
        next->function = response_read;
        return http_in_start( &req->in, req->op.message, context, error );
    }
    if (!content_type_parse( text, &type )) memset( &type, 0, sizeof(type) );
    if ((hr = check_response( channel, &type, text, error )) ||
        (hr = channel_read_bytes( channel, req->op.message, req->response.body, req->response.body_size, error ))) return hr;
    return add_transport_headers( req, req->op.message, error );
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
    if (req->out.streamed) return S_OK;     /* what was sent can't be sent again */
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
    req->target.foreign = parts.secure != req->original.secure || parts.port != req->original.port ||
                          !slice_ieq( parts.host, req->original.host.ptr, req->original.host.len );
    req->url = target;
    http_call_end( req->call );
    if ((hr = http_call_set_target( req->call, &req->target, error )) || (hr = add_target_lines( req, error ))) return hr;
    *again = TRUE;
    return S_OK;
}

STEP( response_receive );

STEP( redirected )
{
    if (hr) return request_sent( hr, model, state, next, context, error );
    next->function = response_receive;
    return S_OK;
}

STEP( response_received )
{
    struct http_request_channel *req = request_channel( state );
    BOOL again;

    if (hr) return request_sent( hr, model, state, next, context, error );
    req->stage = STAGE_RECEIVED;
    if (req->base.values.cookie_mode == WS_AUTO_COOKIE_MODE) cookies_take( &req->cookies, &req->target, req->response.head );
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
    hr = read_response( req, next, context, error );
    if (hr == WS_S_ASYNC) return hr;    /* the exchange may be going on elsewhere */
    if (hr && !next->function) end_exchange( req );
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
    refresh_timeouts( req );
    req->op.message = message;
    req->redirects = 0;
    return async_execute( &req->op.async, response_receive, WS_LONG_CALLBACK, channel, context, error );
}

STEP( response_ended )
{
    (void)model, (void)next, (void)context, (void)error;
    end_exchange( request_channel( state ) );
    return hr;
}

STEP( response_end )
{
    struct http_request_channel *req = request_channel( state );

    (void)hr, (void)model;
    next->function = response_ended;
    return http_in_end( &req->in, context, error );
}

static HRESULT request_read_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_request_channel *req = request_channel( channel );
    HRESULT hr;

    if (req->in.streamed) return async_execute( &req->op.async, response_end, WS_LONG_CALLBACK, channel, context, error );
    hr = message_read_envelope_end( message, error );
    end_exchange( req );
    return hr;
}

static void request_abandon( WS_CHANNEL *channel, WS_MESSAGE *message, BOOL reading )
{
    struct http_request_channel *req = request_channel( channel );

    (void)message;
    if (reading || req->stage == STAGE_WRITING) end_exchange( req );
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
