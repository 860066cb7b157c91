/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP seen from the server: the listener registers a URL prefix, each request that falls under it is an exchange that one
 * reply channel gets. */
#include "channel/http_stream.h"
#include "channel/listener.h"
#include "channel/props.h"
#include "transport/http_server.h"
#include "base/trace.h"

#define DEFAULT_MAX_HEAD 65536          /* WS_CHANNEL_PROPERTY_MAX_HTTP_REQUEST_HEADERS_BUFFER_SIZE */

struct http_listener
{
    WS_LISTENER base;
    struct http_endpoint *endpoint;
    UINT64 max_body;                    /* what the channels made so far need */
    ULONG max_head;                     /* the same; 0: there is none yet */
    BOOL streamed;                      /* one of them reads requests as they come */
};

/* One opening of a listener, until its last exchange is over, which may be after the listener was opened again. */
struct registration
{
    WS_LISTENER *listener;
    struct http_prefix prefix;
};

struct http_reply_channel
{
    WS_CHANNEL base;
    struct http_exchange *exchange;     /* guarded by the lock of the channel against an abort */
    struct content_type type;           /* of the request */
    WS_XML_STRING action;               /* of the reply, where the transport carries it */
    struct channel_mime mime;           /* of the message read, then of the one written */
    BOOL consumed;                      /* the request was read, or reading it failed */
    BOOL failed;
    BOOL replied;
    void (*on_gone)( void *arg );       /* NULL: nobody watches this exchange */
    void *gone_arg;
    BOOL sending;                       /* a streamed reply has begun and not ended */
    struct http_in in;
    struct http_out out;
    ULONG taken;                        /* bytes of a complete request that were read piece by piece */
    struct http_reply head;             /* of the reply that is being written */
    struct head_text head_type, head_lines;
    struct channel_op in_op, out_op;
};

static struct http_listener *http_listener( WS_LISTENER *listener )
{
    return CONTAINING_RECORD( listener, struct http_listener, base );
}

static struct http_reply_channel *reply_channel( WS_CHANNEL *channel )
{
    return CONTAINING_RECORD( channel, struct http_reply_channel, base );
}

/* A queued exchange is linked through the word that the server leaves to its handler. */
static struct arrival *arrival_of( struct http_exchange *exchange )
{
    return (struct arrival *)&exchange->user;
}

static struct http_exchange *exchange_of( struct arrival *arrival )
{
    return CONTAINING_RECORD( (void **)arrival, struct http_exchange, user );
}

/* --- listener ----------------------------------------------------------------------------------------------------------- */

static void refuse_with( struct http_exchange *exchange, ULONG status, const char *headers )
{
    http_exchange_reply_status( exchange, status, headers );
    http_exchange_release( exchange );
}

/* Is `path` (as sent) the path of the listener, a final slash or not aside? */
static BOOL is_exact_path( const struct http_prefix *prefix, struct slice path )
{
    static const char hex[] = "0123456789abcdef";
    ULONG i = 0, j = 0;

    while (i < path.len)
    {
        char c = path.ptr[i++];

        if (c == '%' && i + 1 < path.len)
        {
            const char *high = memchr( hex, path.ptr[i] | 0x20, 16 ), *low = memchr( hex, path.ptr[i + 1] | 0x20, 16 );
            if (!high || !low) return FALSE;
            c = (high - hex) << 4 | (low - hex);
            i += 2;
        }
        if (j >= prefix->path_len) return FALSE;
        if (c != prefix->path[j] && ((c | 0x20) != (prefix->path[j] | 0x20) || (c | 0x20) < 'a' || (c | 0x20) > 'z')) return FALSE;
        j++;
    }
    return j == prefix->path_len || (j + 1 == prefix->path_len && prefix->path[j] == '/');
}

static BOOL is_disallowed_agent( const WS_LISTENER *listener, struct slice agent )
{
    const WS_DISALLOWED_USER_AGENT_SUBSTRINGS *list = &listener->values.disallowed_agents;
    ULONG i, j, k;

    for (i = 0; i < list->subStringCount; i++)
    {
        const WS_STRING *str = list->subStrings[i];

        for (j = 0; j + str->length <= agent.len; j++)
        {
            for (k = 0; k < str->length && (BYTE)agent.ptr[j + k] == str->chars[k]; k++) ;
            if (k == str->length) return TRUE;
        }
    }
    return FALSE;
}

static const WS_XML_STRING *find_document( const struct registration *registration, const struct http_head *head )
{
    const WS_LISTENER *listener = registration->listener;
    struct http_prefix place = registration->prefix;
    char path[1024];
    ULONG i;

    for (i = 0; i < listener->document_count; i++)
    {
        const WS_XML_STRING *name = &listener->documents[i].name;

        if (name->length && name->bytes[0] == '?')
        {
            if (slice_is( head->query, (const char *)name->bytes, name->length ) && is_exact_path( &registration->prefix, head->path ))
                return &listener->documents[i].content;
            continue;
        }
        if (head->query.len || name->length > sizeof(path) || registration->prefix.path_len > sizeof(path) - name->length) continue;
        memcpy( path, registration->prefix.path, registration->prefix.path_len );
        memcpy( path + registration->prefix.path_len, name->bytes, name->length );
        place.path = path;
        place.path_len = registration->prefix.path_len + name->length;
        if (is_exact_path( &place, head->path )) return &listener->documents[i].content;
    }
    return NULL;
}

static void answer_get( struct http_exchange *exchange, const WS_XML_STRING *content )
{
    struct stream_vec vec = { content->bytes, content->length };
    struct http_reply reply;

    memset( &reply, 0, sizeof(reply) );
    reply.status = 200;
    reply.content_type = (struct slice)SLICE( "text/xml; charset=utf-8" );
    reply.vecs = &vec;
    reply.count = 1;
    http_exchange_reply( exchange, &reply, NULL );
    http_exchange_release( exchange );
}

static void on_request( struct http_exchange *exchange, void *context )
{
    const WS_XML_STRING *document;

    const struct registration *registration = context;
    WS_LISTENER *listener = registration->listener;
    ULONG match = listener->values.transport_url_matching;

    if (listener->documents && (exchange->head->method == HTTP_GET || exchange->head->method == HTTP_HEAD) &&
        (document = find_document( registration, exchange->head ))) answer_get( exchange, document );
    else if ((match & WS_MATCH_URL_EXACT_PATH) && !is_exact_path( &registration->prefix, exchange->head->path ))
        refuse_with( exchange, 404, NULL );
    else if ((match & WS_MATCH_URL_NO_QUERY) && exchange->head->query.len) refuse_with( exchange, 404, NULL );
    else if (!listener_arrive( listener, arrival_of( exchange ) )) refuse_with( exchange, 503, NULL );
}

static void listener_give( WS_LISTENER *listener, struct arrival *arrival, WS_CHANNEL *channel )
{
    struct http_reply_channel *reply = reply_channel( channel );

    (void)listener;
    reply->exchange = exchange_of( arrival );
    reply->on_gone = NULL;
    reply->consumed = reply->failed = reply->replied = reply->sending = FALSE;
}

static void listener_refuse( WS_LISTENER *listener, struct arrival *arrival )
{
    (void)listener;
    refuse_with( exchange_of( arrival ), 503, NULL );
}

static HRESULT listener_init( WS_LISTENER *listener, WS_ERROR *error )
{
    (void)error;
    http_listener( listener )->max_body = 65536;
    return S_OK;
}

static HRESULT http_listener_open( WS_LISTENER *listener, const WS_STRING *url, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *error )
{
    struct http_listener *http = http_listener( listener );
    struct http_endpoint_config config;
    struct registration *registration;
    BOOL memory = FALSE;
    HRESULT hr;

    (void)context;
    if (!(registration = mem_calloc( sizeof(*registration) ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a listener." );
    if (!http_prefix_parse( url->chars, url->length, &registration->prefix, &memory ))
    {
        mem_free( registration );
        return memory ? ws_fail( error, E_OUTOFMEMORY, "No memory for a URL." ) :
               ws_fail( error, WS_E_INVALID_ENDPOINT_URL, "'%.*ls' is not a URL that HTTP can listen on.", WSSTR_ARG( url ));
    }
    memset( &config, 0, sizeof(config) );
    config.on_request = on_request;
    registration->listener = listener;
    config.context = registration;
    config.max_body = http->max_body;
    config.max_head = http->max_head ? http->max_head : DEFAULT_MAX_HEAD;
    config.streamed_input = http->streamed;
    config.receive_timeout = 30000;
    config.send_timeout = 30000;
    config.ip_version = listener->values.ip_version == WS_IP_VERSION_AUTO ? 0 : listener->values.ip_version;
    listener_addref( listener );
    if ((hr = http_endpoint_open( url, &config, &http->endpoint, error )))
    {
        http_prefix_clear( &registration->prefix );
        mem_free( registration );
        listener_release( listener );
    }
    return hr;
}

static void on_drained( void *context )
{
    struct registration *registration = context;

    http_prefix_clear( &registration->prefix );
    listener_release( registration->listener );
    mem_free( registration );
}

static HRESULT http_listener_close( WS_LISTENER *listener, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_listener *http = http_listener( listener );
    struct http_endpoint *endpoint;

    (void)context, (void)error;
    lock_enter( &listener->lock );
    endpoint = http->endpoint;
    http->endpoint = NULL;
    lock_leave( &listener->lock );
    if (endpoint) http_endpoint_close( endpoint, on_drained );
    return S_OK;
}

static void http_listener_abort( WS_LISTENER *listener )
{
    struct http_listener *http = http_listener( listener );
    struct http_endpoint *endpoint;

    lock_enter( &listener->lock );
    endpoint = http->endpoint;
    http->endpoint = NULL;
    lock_leave( &listener->lock );
    if (endpoint) http_endpoint_abort( endpoint, on_drained );
}

static HRESULT http_listener_reset( WS_LISTENER *listener, WS_ERROR *error )
{
    (void)listener, (void)error;
    return S_OK;
}

static void http_listener_free( WS_LISTENER *listener )
{
    http_listener_abort( listener );
}

const struct listener_ops http_listener_ops =
{
    .size = sizeof(struct http_listener),
    .channel_ops = &http_reply_ops,
    .init = listener_init,
    .open = http_listener_open,
    .close = http_listener_close,
    .abort = http_listener_abort,
    .reset = http_listener_reset,
    .free = http_listener_free,
    .give = listener_give,
    .refuse = listener_refuse,
};

/* --- channel ------------------------------------------------------------------------------------------------------------- */

static HRESULT CALLBACK request_source( void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                        WS_ERROR *error );
static HRESULT check_type( WS_CHANNEL *channel, const struct content_type *type, struct slice text, WS_ERROR *error );
static HRESULT reply_sink( WS_CHANNEL *channel, const struct stream_vec *vecs, ULONG count, const WS_ASYNC_CONTEXT *context,
                           WS_ERROR *error );

static HRESULT reply_init( WS_CHANNEL *channel, WS_ERROR *error )
{
    struct http_listener *http = http_listener( channel->listener );
    struct http_reply_channel *reply = reply_channel( channel );
    UINT64 max = is_streamed( channel, TRUE ) ? channel->values.max_streamed_message_size : channel->values.max_buffered_message_size;
    HRESULT hr;

    if (is_mime( channel )) channel->mime_in = channel->mime_out = &reply->mime;
    head_text_init( &reply->head_type );
    head_text_init( &reply->head_lines );
    reply->in.source = request_source;
    reply->in.check = check_type;
    reply->out.sink = reply_sink;
    if ((hr = http_in_init( channel, &reply->in, error ))) return hr;
    if ((hr = http_out_init( channel, &reply->out, error )))
    {
        http_in_free( &reply->in );
        return hr;
    }
    lock_enter( &channel->listener->lock );
    if (http->max_body < max) http->max_body = max;
    if (http->max_head < channel->values.max_http_request_headers) http->max_head = channel->values.max_http_request_headers;
    if (is_streamed( channel, TRUE )) http->streamed = TRUE;
    if (http->endpoint) http_endpoint_set_input( http->endpoint, http->streamed, http->max_body, http->max_head );
    lock_leave( &channel->listener->lock );
    return S_OK;
}

/* Answers a request that never becomes a message. */
static HRESULT reject( struct http_reply_channel *reply, ULONG status, const char *headers, HRESULT hr )
{
    reply->replied = TRUE;
    http_exchange_reply_status( reply->exchange, status, headers );
    return hr;
}

static HRESULT check_request( struct http_reply_channel *reply, WS_ERROR *error )
{
    const struct channel_values *values = &reply->base.values;
    const struct http_head *head = reply->exchange->head;
    struct slice agent;

    if (head->size > values->max_http_request_headers)      /* another channel of the listener takes more */
        return ws_fail( error, reject( reply, 431, NULL, WS_E_QUOTA_EXCEEDED ), "The headers of the HTTP request have %u bytes; the "
                        "channel takes %u.", head->size, values->max_http_request_headers );
    if (values->encoding == WS_ENCODING_RAW) return S_OK;
    agent = http_known_value( head, HTTP_USER_AGENT );
    if (agent.len && is_disallowed_agent( reply->base.listener, agent ))
        return ws_fail( error, reject( reply, 403, NULL, WS_E_INVALID_FORMAT ), "Requests of the user agent '%.*s' are not allowed.", (int)agent.len,
                        agent.ptr );
    if (head->method != HTTP_POST)
        return ws_fail( error, reject( reply, 405, "Allow: POST\r\n", WS_E_INVALID_FORMAT ), "The HTTP method is %.*s instead of POST.",
                        (int)head->method_name.len, head->method_name.ptr );
    return S_OK;
}

static HRESULT check_type( WS_CHANNEL *channel, const struct content_type *type, struct slice text, WS_ERROR *error )
{
    struct http_reply_channel *reply = reply_channel( channel );
    WS_CHARSET charset;

    reply->type = *type;
    if (channel->values.encoding != WS_ENCODING_RAW &&
        (!type->media.len || !content_type_fits( type, &channel->values, &charset )))
        return ws_fail( error, reject( reply, 415, NULL, WS_E_INVALID_FORMAT ), "Messages of the content type '%.*s' are not expected here.",
                        (int)text.len, text.ptr );
    if (channel->mime_in && !mime_from_type( type, channel->mime_in ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The content type of a MIME package has no boundary." );
    return S_OK;
}

static HRESULT set_transport_headers( struct http_reply_channel *reply, WS_MESSAGE *message, WS_ERROR *error )
{
    const struct channel_values *values = &reply->base.values;
    const struct http_head *head = reply->exchange->head;
    HRESULT hr;

    if (values->addressing == WS_ADDRESSING_VERSION_TRANSPORT && values->encoding != WS_ENCODING_RAW)
    {
        struct slice action = transport_action( head, values, &reply->type );
        WS_XML_STRING str = { action.len, (BYTE *)action.ptr, NULL, 0 };

        if ((hr = message_set_transport_action( message, &str, error ))) return hr;
    }
    if (values->mapping.requestMappingOptions & WS_HTTP_REQUEST_MAPPING_VERB)
    {
        WS_XML_STRING verb = { head->method_name.len, (BYTE *)head->method_name.ptr, NULL, 0 };
        if ((hr = message_add_transport_header( message, &mapped_verb, &verb, error ))) return hr;
    }
    return mapping_receive( message, head, values->mapping.requestHeaderMappings, values->mapping.requestHeaderMappingCount,
                            error );
}

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )

static HRESULT CALLBACK request_source( void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                        WS_ERROR *error )
{
    struct http_reply_channel *reply = reply_channel( state );
    ULONG left;

    if (!reply->exchange) return ws_fail( error, WS_E_INVALID_OPERATION, "The channel has no request." );
    if (reply->exchange->streamed) return http_exchange_read( reply->exchange, bytes, max, actual, context, error );
    left = reply->exchange->body_size - reply->taken;
    *actual = left < max ? left : max;
    memcpy( bytes, reply->exchange->body + reply->taken, *actual );
    reply->taken += *actual;
    return S_OK;
}

STEP( request_read )
{
    struct http_reply_channel *reply = reply_channel( state );

    (void)model, (void)next, (void)context;
    if (hr == WS_S_END) hr = channel_read_bytes( &reply->base, reply->in_op.message, NULL, 0, error );
    if (hr) return hr;
    reply->failed = FALSE;
    return set_transport_headers( reply, reply->in_op.message, error );
}

STEP( request_read_start )
{
    struct http_reply_channel *reply = reply_channel( state );

    (void)hr, (void)model;
    next->function = request_read;
    return http_in_start( &reply->in, reply->in_op.message, context, error );
}

static HRESULT reply_read_start( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_reply_channel *reply = reply_channel( channel );
    struct http_exchange *exchange = reply->exchange;
    struct slice text;
    struct content_type type;
    HRESULT hr;

    if (reply->consumed) return WS_S_END;
    reply->consumed = TRUE;
    reply->failed = TRUE;
    if ((hr = check_request( reply, error ))) return hr;
    text = http_known_value( exchange->head, HTTP_CONTENT_TYPE );
    if (http_in_used( &reply->in ) || exchange->streamed)
    {
        const struct http_header *coding = http_find_header( exchange->head, "Content-Encoding", 16 );

        reply->in.type = text;
        reply->in.coding = coding ? coding->value : (struct slice){ NULL, 0 };
        reply->taken = 0;
        reply->in_op.message = message;
        return async_execute( &reply->in_op.async, request_read_start, WS_LONG_CALLBACK, channel, context, error );
    }
    if (!content_type_parse( text, &type )) memset( &type, 0, sizeof(type) );
    if ((hr = check_type( channel, &type, text, error ))) return hr;
    if (exchange->body_size > channel_max_message( channel, TRUE ))
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The message has %u bytes; the channel takes %u.",
                        (ULONG)exchange->body_size, channel_max_message( channel, TRUE ));
    if ((hr = channel_read_bytes( channel, message, exchange->body, exchange->body_size, error ))) return hr;
    reply->failed = FALSE;
    return set_transport_headers( reply, message, error );
}

static HRESULT reply_read_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_reply_channel *reply = reply_channel( channel );

    if (reply->in.streamed) return http_in_end( &reply->in, context, error );
    return message_read_envelope_end( message, error );
}

static HRESULT reply_status( struct http_reply_channel *reply, WS_MESSAGE *message, struct http_reply *head, WS_ERROR *error )
{
    ULONG options = reply->base.values.mapping.responseMappingOptions, i;
    WS_XML_STRING value;
    HRESULT hr;

    /* also for the sender's faults of SOAP 1.2, for which its HTTP binding has 400: WCF takes a fault with 500 only */
    head->status = message_is_fault( message ) ? 500 : 200;
    if (options & WS_HTTP_RESPONSE_MAPPING_STATUS_CODE)
    {
        if ((hr = mapping_take( message, &mapped_status_code, &value, error ))) return hr;
        if (value.length)
        {
            for (i = head->status = 0; i < value.length && value.bytes[i] >= '0' && value.bytes[i] <= '9'; i++)
                head->status = head->status * 10 + value.bytes[i] - '0';
            if (i < value.length || value.length != 3)
                return ws_fail( error, WS_E_INVALID_FORMAT, "'%.*s' is not an HTTP status.", XMLSTR_ARG( &value ));
        }
    }
    if (options & WS_HTTP_RESPONSE_MAPPING_STATUS_TEXT)
    {
        if ((hr = mapping_take( message, &mapped_status_text, &value, error ))) return hr;
        head->reason.ptr = (const char *)value.bytes;
        head->reason.len = value.length;
    }
    return S_OK;
}

/* Everything of the reply but its body. */
static HRESULT make_head( struct http_reply_channel *reply, WS_MESSAGE *message, WS_ERROR *error )
{
    const struct channel_values *values = &reply->base.values;
    struct http_reply *head = &reply->head;
    HRESULT hr;

    memset( head, 0, sizeof(*head) );
    reply->head_lines.len = reply->head_type.len = 0;
    reply->head_lines.failed = reply->head_type.failed = FALSE;
    if ((hr = mapping_send( message, values->mapping.responseHeaderMappings, values->mapping.responseHeaderMappingCount,
                            &reply->head_lines, &head->content_type, error )) ||
        (hr = reply_status( reply, message, head, error ))) return hr;
    if (!head->content_type.len)
    {
        content_type_format( values, &reply->action, &reply->mime, &reply->head_type );
        head->content_type = (struct slice){ reply->head_type.ptr, reply->head_type.len };
    }
    if ((hr = http_out_type( &reply->out, &head->content_type, &reply->head_type, &reply->head_lines, error ))) return hr;
    if (reply->head_type.failed || reply->head_lines.failed)
        return ws_fail( error, E_OUTOFMEMORY, "No memory for the head of a reply." );
    head->headers = (struct slice){ reply->head_lines.ptr, reply->head_lines.len };
    return S_OK;
}

static HRESULT reply_sink( WS_CHANNEL *channel, const struct stream_vec *vecs, ULONG count, const WS_ASYNC_CONTEXT *context,
                           WS_ERROR *error )
{
    struct http_reply_channel *reply = reply_channel( channel );

    if (!reply->exchange) return ws_fail( error, WS_E_INVALID_OPERATION, "The channel has no request." );
    if (reply->replied) return http_exchange_write( reply->exchange, vecs, count, context, error );
    reply->head.vecs = vecs;
    reply->head.count = count;
    reply->head.flags = HTTP_REPLY_STREAM;
    reply->replied = reply->sending = TRUE;
    return http_exchange_reply( reply->exchange, &reply->head, error );
}

STEP( stream_started )
{
    (void)model, (void)next, (void)context, (void)error;
    if (hr) channel_fault( state );
    return hr;
}

STEP( stream_start )
{
    struct http_reply_channel *reply = reply_channel( state );

    (void)hr, (void)model;
    next->function = stream_started;
    return http_out_start( &reply->out, reply->out_op.message, context, error );
}

static HRESULT reply_write_start( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_reply_channel *reply = reply_channel( channel );
    HRESULT hr;

    if (reply->replied) return ws_fail( error, WS_E_INVALID_OPERATION, "The request was answered already." );
    if ((hr = take_transport_headers( channel, message, &reply->action, error ))) return hr;
    if (channel->mime_out) mime_make( &channel->values, channel->mime_out );
    if (!reply->out.streamed) return channel_write_bytes( channel, message, HTTP_HEAD_ROOM, error );
    if ((hr = make_head( reply, message, error ))) return hr;
    reply->out_op.message = message;
    return async_execute( &reply->out_op.async, stream_start, WS_LONG_CALLBACK, channel, context, error );
}

STEP( stream_ended )
{
    struct http_reply_channel *reply = reply_channel( state );
    struct stream_vec none = { NULL, 0 };

    (void)model, (void)next, (void)context;
    if (!hr && !reply->replied) hr = reply_sink( &reply->base, &none, 0, NULL, error );
    if (!hr) hr = http_exchange_end( reply->exchange, error );
    if (hr) channel_fault( &reply->base );
    else reply->sending = FALSE;
    return hr;
}

STEP( stream_end )
{
    struct http_reply_channel *reply = reply_channel( state );

    (void)hr, (void)model;
    next->function = stream_ended;
    return http_out_end( &reply->out, reply->out_op.message, context, error );
}

/* The whole reply in one piece. */
static HRESULT send_whole( struct http_reply_channel *reply, const struct byte_sink *sink, WS_ERROR *error )
{
    struct stream_vec vec = { sink->bytes + HTTP_HEAD_ROOM, sink->size - HTTP_HEAD_ROOM };
    HRESULT hr;

    reply->head.vecs = &vec;
    reply->head.count = 1;
    reply->head.flags = HTTP_REPLY_ROOM;
    reply->replied = TRUE;
    if ((hr = http_exchange_reply( reply->exchange, &reply->head, error ))) channel_fault( &reply->base );
    return hr;
}

STEP( whole_encoded )
{
    struct http_reply_channel *reply = reply_channel( state );

    (void)model, (void)next, (void)context;
    return hr ? hr : send_whole( reply, &reply->out.encoded, error );
}

STEP( whole_encode )
{
    (void)hr, (void)model;
    next->function = whole_encoded;
    return http_out_encode( &reply_channel( state )->out, context, error );
}

static HRESULT reply_write_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_reply_channel *reply = reply_channel( channel );
    HRESULT hr;

    reply->out_op.message = message;
    if (reply->out.streamed)
        return async_execute( &reply->out_op.async, stream_end, WS_LONG_CALLBACK, channel, context, error );
    if ((hr = make_head( reply, message, error )) || (hr = channel_end_bytes( channel, message, error ))) return hr;
    if (!reply->out.encoder) return send_whole( reply, &channel->sink, error );
    return async_execute( &reply->out_op.async, whole_encode, WS_LONG_CALLBACK, channel, context, error );
}

static void reply_abandon( WS_CHANNEL *channel, WS_MESSAGE *message, BOOL reading )
{
    (void)channel, (void)message, (void)reading;
}

/* Gives the exchange back; a request that got no reply was a one-way message, or one that could not be read. */
static void release_exchange( WS_CHANNEL *channel, BOOL answer )
{
    struct http_reply_channel *reply = reply_channel( channel );
    struct http_exchange *exchange;

    lock_enter( &channel->lock );
    exchange = reply->exchange;
    reply->exchange = NULL;
    lock_leave( &channel->lock );
    if (!exchange) return;
    if (reply->sending) stream_abort( exchange->stream );
    else if (!reply->replied)
    {
        if (answer) http_exchange_reply_status( exchange, !reply->consumed ? 503 : reply->failed ? 400 : 202, NULL );
        else stream_abort( exchange->stream );
    }
    http_exchange_release( exchange );
}

static HRESULT reply_close( WS_CHANNEL *channel, BOOL graceful, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)context, (void)error;
    release_exchange( channel, graceful );
    return S_OK;
}

static void reply_abort( WS_CHANNEL *channel )
{
    struct http_reply_channel *reply = reply_channel( channel );

    lock_enter( &channel->lock );
    if (reply->exchange && (!reply->replied || reply->sending)) stream_abort( reply->exchange->stream );
    lock_leave( &channel->lock );
}

static HRESULT reply_reset( WS_CHANNEL *channel, WS_ERROR *error )
{
    (void)error;
    release_exchange( channel, FALSE );
    return S_OK;
}

static void reply_free( WS_CHANNEL *channel )
{
    struct http_reply_channel *reply = reply_channel( channel );

    release_exchange( channel, FALSE );
    http_in_free( &reply->in );
    http_out_free( &reply->out );
    head_text_free( &reply->head_type );
    head_text_free( &reply->head_lines );
}

static HRESULT transport_url( WS_CHANNEL *channel, void *value, ULONG size, WS_ERROR *error )
{
    const struct http_head *head = reply_channel( channel )->exchange->head;
    struct head_text text;
    WS_STRING url;
    HRESULT hr;

    head_text_init( &text );
    HEAD_ADD( &text, "http://" );
    head_text_add( &text, head->host.ptr, head->host.len );
    head_text_add( &text, head->path.ptr, head->path.len );
    head_text_add( &text, head->query.ptr, head->query.len );
    hr = str_from_utf8( channel->heap, (const BYTE *)text.ptr, text.len, &url, error );
    head_text_free( &text );
    return hr ? hr : prop_return( &url, sizeof(url), value, size, "channel", WS_CHANNEL_PROPERTY_TRANSPORT_URL, error );
}

static HRESULT reply_get( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    struct http_exchange *exchange = reply_channel( channel )->exchange;
    BYTE address[128];

    switch (id)
    {
    case WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS:
    case WS_CHANNEL_PROPERTY_HTTP_CONNECTION_ID:
    case WS_CHANNEL_PROPERTY_TRANSPORT_URL:
        if (!exchange) return ws_fail( error, WS_E_INVALID_OPERATION, "The channel has no request." );
        break;
    default:
        return E_NOTIMPL;
    }
    if (id == WS_CHANNEL_PROPERTY_HTTP_CONNECTION_ID)
        return prop_return( &exchange->connection_id, sizeof(ULONGLONG), value, size, "channel", id, error );
    if (id == WS_CHANNEL_PROPERTY_TRANSPORT_URL) return transport_url( channel, value, size, error );
    net_address_to_sockaddr( &exchange->remote, address );
    return prop_return( address, sizeof(address), value, size, "channel", id, error );
}

static void exchange_gone( struct http_exchange *exchange )
{
    struct http_reply_channel *reply = exchange->user;
    reply->on_gone( reply->gone_arg );
}

static void reply_watch( WS_CHANNEL *channel, void (*on_gone)( void *arg ), void *arg )
{
    struct http_reply_channel *reply = reply_channel( channel );

    if (reply->on_gone || !reply->exchange) return;
    reply->on_gone = on_gone;
    reply->gone_arg = arg;
    reply->exchange->user = reply;
    http_exchange_watch( reply->exchange, exchange_gone );
}

static HRESULT reply_open( WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                           WS_ERROR *error )
{
    (void)channel, (void)address, (void)context;
    return ws_fail( error, WS_E_INVALID_OPERATION, "A reply channel is accepted, not opened." );
}

static HRESULT reply_shutdown( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)channel, (void)context;
    return ws_fail( error, WS_E_INVALID_OPERATION, "A reply channel has no session." );
}

const struct channel_ops http_reply_ops =
{
    .size = sizeof(struct http_reply_channel),
    .init = reply_init,
    .open = reply_open,
    .close = reply_close,
    .abort = reply_abort,
    .reset = reply_reset,
    .free = reply_free,
    .read_start = reply_read_start,
    .read_end = reply_read_end,
    .write_start = reply_write_start,
    .write_end = reply_write_end,
    .abandon = reply_abandon,
    .shutdown = reply_shutdown,
    .get = reply_get,
    .watch = reply_watch,
};
