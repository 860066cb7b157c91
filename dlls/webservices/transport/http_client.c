/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP client: connections and requests.
 *
 * A call keeps its connection from one exchange to the next, so that the usual case takes one look at the socket, one send and
 * one receive. What a call gives up that could serve another goes to the pool of the process. */
#include "transport/http_call.h"

/* ---- texts ---- */

#define AUTHORITY_MAX (CALL_HOST_MAX + 24)     /* with a scheme, brackets and port */

static char *append( char *pos, const char *data, ULONG len )
{
    memcpy( pos, data, len );
    return pos + len;
}
#define APPEND( pos, literal ) append( pos, literal, sizeof(literal) - 1 )

static char *append_number( char *pos, UINT64 value )
{
    char digits[20];
    ULONG i = sizeof(digits);

    do digits[--i] = '0' + value % 10; while (value /= 10);
    return append( pos, digits + i, sizeof(digits) - i );
}

static char *append_authority( char *pos, const struct call_peer *peer )
{
    BOOL ipv6 = memchr( peer->host, ':', peer->host_len ) != NULL;

    if (ipv6) *pos++ = '[';
    pos = append( pos, peer->host, peer->host_len );
    if (ipv6) *pos++ = ']';
    if (peer->port != (peer->secure ? 443 : 80))
    {
        *pos++ = ':';
        pos = append_number( pos, peer->port );
    }
    return pos;
}

/* ---- call objects ---- */

static BOOL copy_proxy_text( struct http_call *call, const struct http_client_config *config )
{
    ULONG servers = config->proxy_servers.length, bypass = config->proxy_bypass.length;

    if (!servers && !bypass) return TRUE;
    if (!(call->proxy_text = mem_alloc( ((SIZE_T)servers + bypass) * sizeof(WCHAR) ))) return FALSE;
    if (servers) memcpy( call->proxy_text, config->proxy_servers.chars, servers * sizeof(WCHAR) );
    if (bypass) memcpy( call->proxy_text + servers, config->proxy_bypass.chars, bypass * sizeof(WCHAR) );
    call->config.proxy_servers.chars = call->proxy_text;
    call->config.proxy_bypass.chars = call->proxy_text + servers;
    return TRUE;
}

HRESULT http_call_create( const struct http_client_config *config, struct http_call **ret, WS_ERROR *error )
{
    static const struct connect_cancel cancel = CONNECT_CANCEL_INIT;
    struct http_call *call = mem_calloc( sizeof(*call) );

    if (!call) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for an HTTP call." );
    call->config = *config;
    call->cancel = cancel;
    InitializeSRWLock( &call->lock );
    pool_init_wait( call );
    if (!copy_proxy_text( call, config ))
    {
        mem_free( call );
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for an HTTP call." );
    }
    *ret = call;
    return S_OK;
}

/* Another call may have the connection, unless it is one that a handshake has authenticated. */
static void give_to_pool( struct http_call *call )
{
    const struct http_auth *server = call_auth( call, FALSE ), *proxy = call_auth( call, TRUE );
    struct stream *stream = call->stream;

    if (!stream || !call->config.keep_alive || (server && server->connection == stream) || (proxy && proxy->connection == stream))
        return;
    AcquireSRWLockExclusive( &call->lock );
    call->stream = NULL;
    ReleaseSRWLockExclusive( &call->lock );
    call->counted = FALSE;
    pool_put( &call->peer, stream );
}

static void free_resource( struct http_call *call )
{
    if (call->resource) mem_free( call->resource - call->prefix_len );
    call->resource = NULL;
}

void http_call_free( struct http_call *call )
{
    if (!call) return;
    if (call->phase == CALL_IDLE && !atomic_read( &call->aborted )) give_to_pool( call );
    call_drop( call );
    mem_free( call->proxy_text );
    free_resource( call );
    mem_free( call->head_text );
    mem_free( call->buf );
    mem_free( call );
}

void http_call_set_timeouts( struct http_call *call, const struct http_client_config *config )
{
    call->config.socket.resolve_timeout = config->socket.resolve_timeout;
    call->config.connect_timeout = config->connect_timeout;
    call->config.send_timeout = config->send_timeout;
    call->config.receive_response_timeout = config->receive_response_timeout;
    call->config.receive_timeout = config->receive_timeout;
}

HRESULT http_call_set_target( struct http_call *call, const struct http_target *target, WS_ERROR *error )
{
    struct call_peer peer, proxy;
    char *resource;
    ULONG i;

    if (!target->host.len || target->host.len > CALL_HOST_MAX)
        return ws_fail( error, WS_E_INVALID_ENDPOINT_URL, "The host name of the endpoint has %u bytes; 1 to %u are possible.",
                        target->host.len, CALL_HOST_MAX );
    if (target->secure && !call->config.tls)
        return ws_fail( error, WS_E_NOT_SUPPORTED, "The endpoint needs TLS, which is not available." );
    call->foreign = target->foreign;
    memset( &peer, 0, sizeof(peer) );
    for (i = 0; i < target->host.len; i++)
        peer.host[i] = target->host.ptr[i] >= 'A' && target->host.ptr[i] <= 'Z' ? target->host.ptr[i] | 0x20
                                                                                 : target->host.ptr[i];
    peer.host_len = target->host.len;
    peer.port = target->port;
    peer.secure = target->secure;
    if (!(resource = mem_alloc( AUTHORITY_MAX + target->resource.len )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for the address of an HTTP call." );
    free_resource( call );
    call->prefix_len = append_authority( APPEND( resource, "http://" ), &peer ) - resource;
    call->resource = resource + call->prefix_len;
    call->resource_len = target->resource.len;
    memcpy( call->resource, target->resource.ptr, target->resource.len );
    call->target = peer;
    if ((call->through_proxy = http_proxy_find( &call->config, &peer, &proxy ))) peer = proxy;
    peer.ip_version = call->config.socket.ip_version;
    peer.limited = call->config.max_connections != 0;
    if (call->stream && !call_same_peer( &peer, &call->peer )) call_drop( call );
    call->peer = peer;
    return S_OK;
}

/* A new connection is to follow. */
static void drop_stream( struct http_call *call )
{
    struct stream *stream;
    int proxy;

    AcquireSRWLockExclusive( &call->lock );
    stream = call->stream;
    call->stream = NULL;
    ReleaseSRWLockExclusive( &call->lock );
    if (!stream) return;
    stream_release( stream );
    for (proxy = 0; proxy < 2; proxy++)         /* what NTLM or Negotiate has authenticated is gone */
    {
        struct http_auth *auth = call_auth( call, proxy );
        if (auth && auth->connection == stream) auth->connection = NULL;
    }
}

void call_drop( struct http_call *call )
{
    drop_stream( call );
    if (!call->counted) return;
    call->counted = FALSE;
    pool_release_slot( &call->peer );
}

void http_call_abort( struct http_call *call )
{
    __atomic_store_n( &call->aborted, 1, __ATOMIC_SEQ_CST );
    connect_cancel( &call->cancel );
    pool_cancel( call );
    AcquireSRWLockShared( &call->lock );
    if (call->stream) stream_abort( call->stream );
    ReleaseSRWLockShared( &call->lock );
}

void http_call_reset( struct http_call *call )
{
    static const struct connect_cancel cancel = CONNECT_CANCEL_INIT;

    http_call_end( call );
    if (atomic_read( &call->aborted )) call_drop( call );
    call->cancel = cancel;
    __atomic_store_n( &call->aborted, 0, __ATOMIC_SEQ_CST );
}

const struct net_address *http_call_remote( const struct http_call *call ) { return &call->remote; }

HRESULT call_disconnected( struct http_call *call, const char *when, WS_ERROR *error )
{
    if (atomic_read( &call->aborted )) return ws_fail( error, WS_E_OPERATION_ABORTED, "The HTTP call was aborted." );
    return ws_fail( error, WS_E_ENDPOINT_DISCONNECTED, "The server %.*s, port %u, closed the connection %s.",
                    (int)call->peer.host_len, call->peer.host, (unsigned int)call->peer.port, when );
}

/* ---- the request ---- */

static UINT64 body_size( const struct http_call *call )
{
    UINT64 total = 0;
    ULONG i;

    for (i = 0; i < call->count; i++) total += call->vecs[i].size;
    return total;
}

struct http_auth *call_auth( const struct http_call *call, BOOL proxy )
{
    if (proxy) return call->through_proxy ? call->config.proxy_auth : NULL;
    return call->foreign ? NULL : call->config.server_auth;
}

void call_auth_request( const struct http_call *call, BOOL proxy, struct auth_request *request )
{
    const struct call_peer *peer = proxy ? &call->peer : &call->target;

    request->method = call->method_name;
    /* the target of the request line, which for a proxy is the whole URL */
    request->uri = (struct slice){ call->resource, call->resource_len };
    if (call->through_proxy && proxy)
        request->uri = (struct slice){ call->resource - call->prefix_len, call->prefix_len + call->resource_len };
    request->host = (struct slice){ peer->host, peer->host_len };
    request->connection = call->stream;
}

static ULONG head_bound( const struct http_call *call )
{
    const struct http_auth *server = call_auth( call, FALSE ), *proxy = call_auth( call, TRUE );

    return 256 + (server ? server->line_len : 0) + (proxy ? proxy->line_len : 0) + call->method_name.len + call->resource_len + 2 * (CALL_HOST_MAX + 16) + call->content_type.len
           + call->headers.len;
}

static ULONG write_head( const struct http_call *call, char *buf )
{
    const struct http_auth *server = call_auth( call, FALSE ), *proxy = call_auth( call, TRUE );
    char *pos = append( buf, call->method_name.ptr, call->method_name.len );

    *pos++ = ' ';
    if (call->through_proxy && !call->target.secure) pos = append( pos, call->resource - call->prefix_len, call->prefix_len );
    pos = append( pos, call->resource, call->resource_len );
    pos = APPEND( pos, " HTTP/1.1\r\nHost: " );
    pos = append_authority( pos, &call->target );
    if (call->flags & HTTP_CALL_STREAM) pos = APPEND( pos, "\r\nTransfer-Encoding: chunked" );
    else if (call->count || call->method == HTTP_POST || call->method == HTTP_PUT)
    {
        pos = APPEND( pos, "\r\nContent-Length: " );
        pos = append_number( pos, call->blank ? 0 : body_size( call ) );
    }
    if (call->content_type.len)
    {
        pos = APPEND( pos, "\r\nContent-Type: " );
        pos = append( pos, call->content_type.ptr, call->content_type.len );
    }
    if (call->flags & HTTP_CALL_EXPECT) pos = APPEND( pos, "\r\nExpect: 100-continue" );
    if (!call->config.keep_alive) pos = APPEND( pos, "\r\nConnection: close" );
    pos = APPEND( pos, "\r\nUser-Agent: MS-WebServices/1.0\r\n" );
    pos = append( pos, call->headers.ptr, call->headers.len );
    if (server && server->line_len) pos = append( pos, server->line, server->line_len );
    if (proxy && proxy->line_len) pos = append( pos, proxy->line, proxy->line_len );
    return APPEND( pos, "\r\n" ) - buf;
}

/* Chunk framing around the pieces; returns their count. */
static ULONG frame_chunk( struct http_call *call, const struct stream_vec *vecs, ULONG count, struct stream_vec *out )
{
    ULONG i, size = 0;

    for (i = 0; i < count; i++) size += vecs[i].size;
    if (!size) return 0;
    out[0].data = call->chunk_head;
    out[0].size = http_chunk_head( size, call->chunk_head );
    memcpy( out + 1, vecs, count * sizeof(*vecs) );
    out[count + 1].data = "\r\n";
    out[count + 1].size = 2;
    return count + 2;
}

static HRESULT send_request( struct http_call *call, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct stream_vec vecs[STREAM_MAX_VECS];
    ULONG count = 1, body = call->blank ? 0 : call->count;

    vecs[0].data = call->head_text;
    vecs[0].size = call->head_size;
    if (call->flags & HTTP_CALL_STREAM) count += frame_chunk( call, call->vecs, call->count, vecs + 1 );
    else
    {
        memcpy( vecs + 1, call->vecs, body * sizeof(*vecs) );
        count += body;
        if ((call->flags & HTTP_CALL_ROOM) && body && call->head_size <= HTTP_HEAD_ROOM)
        {
            vecs[1].data = (const char *)vecs[1].data - call->head_size;
            vecs[1].size += call->head_size;
            memcpy( (char *)vecs[1].data, call->head_text, call->head_size );
            return stream_send( call->stream, vecs + 1, count - 1, engine_deadline( call->config.send_timeout ), context,
                                error );
        }
    }
    return stream_send( call->stream, vecs, count, engine_deadline( call->config.send_timeout ), context, error );
}

BOOL call_may_repeat( const struct http_call *call )
{
    return call->reused && !call->retried && !(call->flags & HTTP_CALL_STREAM) && !atomic_read( &call->aborted );
}

static HRESULT CALLBACK connect_new( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                     const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

static HRESULT CALLBACK step_sent( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;

    /* Refused at once by a connection the server has closed: it has seen nothing of the request. */
    if (FAILED( hr ) && hr != WS_E_OPERATION_TIMED_OUT && call_may_repeat( call ))
    {
        WS_TRACE_IO( "the connection to %s was stale, trying a new one\n", call->peer.host );
        call->retried = TRUE;
        drop_stream( call );
        return connect_new( S_OK, model, call, next, context, error );
    }
    if (FAILED( hr ))
    {
        call_drop( call );
        call->phase = CALL_IDLE;
        return hr;
    }
    call->phase = CALL_SENT;
    return S_OK;
}

static HRESULT CALLBACK step_connected( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                        const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;
    BOOL aborted;

    (void)model;
    if (FAILED( hr ))
    {
        call_drop( call );
        return atomic_read( &call->aborted ) ? call_disconnected( call, "", error ) : hr;
    }
    AcquireSRWLockExclusive( &call->lock );
    call->stream = call->connecting;
    call->connecting = NULL;
    aborted = atomic_read( &call->aborted );
    ReleaseSRWLockExclusive( &call->lock );
    if (aborted)
    {
        call_drop( call );
        return call_disconnected( call, "", error );
    }
    call->remote = call->stream->remote;
    next->function = step_sent;
    return send_request( call, context, error );
}

static HRESULT CALLBACK connect_new( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                     const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;

    (void)hr; (void)model;
    call->reused = FALSE;
    next->function = step_connected;
    return stream_connect( call->peer.host, call->peer.host_len, call->peer.port, &call->config.socket,
                           engine_deadline( call->config.connect_timeout ), &call->cancel, &call->connecting, context, error );
}

/* There is a connection to take over, or one may be made. */
static HRESULT CALLBACK step_acquired( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;
    struct stream *stream;

    next->function = NULL;
    if (hr == WS_E_OPERATION_ABORTED) return call_disconnected( call, "", error );
    if (hr == WS_E_OPERATION_TIMED_OUT)
        return ws_fail( error, hr, "All %u connections that the channel may have to %.*s, port %u, are in use.",
                        call->config.max_connections, (int)call->peer.host_len, call->peer.host, (unsigned int)call->peer.port );
    if (hr) return ws_fail( error, hr, "There is no memory for an HTTP call." );
    call->counted = call->peer.limited;
    if (!(stream = call->wait.stream)) return connect_new( S_OK, model, call, next, context, error );
    call->wait.stream = NULL;
    AcquireSRWLockExclusive( &call->lock );
    call->stream = stream;
    if (atomic_read( &call->aborted )) stream_abort( stream );
    ReleaseSRWLockExclusive( &call->lock );
    call->remote = stream->remote;
    call->reused = TRUE;
    next->function = step_sent;
    return send_request( call, context, error );
}

static HRESULT CALLBACK step_begin( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                    const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;

    (void)hr;
    if (call->stream && !call_is_alive( call->stream )) call_drop( call );
    if (!call->stream)
    {
        next->function = step_acquired;
        hr = pool_acquire( call, context );
        if (hr == WS_S_ASYNC) return hr;
        return step_acquired( hr, model, call, next, context, error );
    }
    call->reused = TRUE;
    next->function = step_sent;
    return send_request( call, context, error );
}

static enum http_method method_of( struct slice name )
{
    if (SLICE_IS( name, "POST" )) return HTTP_POST;
    if (SLICE_IS( name, "GET" )) return HTTP_GET;
    if (SLICE_IS( name, "HEAD" )) return HTTP_HEAD;
    if (SLICE_IS( name, "PUT" )) return HTTP_PUT;
    return HTTP_OTHER;
}

static HRESULT make_head( struct http_call *call, WS_ERROR *error )
{
    ULONG bound = head_bound( call );

    if (bound > call->head_capacity)
    {
        char *text = mem_realloc( call->head_text, bound );
        if (!text) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for the head of an HTTP request." );
        call->head_text = text;
        call->head_capacity = bound;
    }
    call->head_size = write_head( call, call->head_text );
    return S_OK;
}

static HRESULT begin_auth( struct http_call *call, WS_ERROR *error )
{
    struct auth_request request;
    struct http_auth *auth;
    HRESULT hr;
    int proxy;

    call->blank = FALSE;
    for (proxy = 0; proxy < 2; proxy++)
    {
        if (!(auth = call_auth( call, proxy ))) continue;
        call_auth_request( call, proxy, &request );
        if ((hr = auth_begin( auth, &request, error ))) return hr;
        if (auth->blank && !(call->flags & HTTP_CALL_STREAM)) call->blank = TRUE;
    }
    return S_OK;
}

HRESULT http_call_send( struct http_call *call, const struct http_request *request, const WS_ASYNC_CONTEXT *async,
                        WS_ERROR *error )
{
    HRESULT hr;

    if (atomic_read( &call->aborted )) return call_disconnected( call, "", error );
    if (!call->resource) return ws_fail( error, WS_E_INVALID_OPERATION, "The HTTP call has no target." );
    if (request->count > STREAM_MAX_VECS - 3) return ws_fail( error, E_INVALIDARG, "The request has too many pieces." );
    http_call_end( call );
    call->flags = request->flags;
    call->method_name = request->method;
    call->method = method_of( request->method );
    call->content_type = request->content_type;
    call->headers = request->headers;
    call->count = request->count;
    memcpy( call->vecs, request->vecs, request->count * sizeof(*call->vecs) );
    call->retried = FALSE;
    call->len = call->scanned = 0;
    if ((hr = begin_auth( call, error )) || (hr = make_head( call, error ))) return hr;
    return async_execute( &call->send_state, step_begin, WS_SHORT_CALLBACK, call, async, error );
}

HRESULT call_repeat( struct http_call *call, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    WS_TRACE_IO( "the connection to %s was stale, trying a new one\n", call->peer.host );
    call->retried = TRUE;
    call->len = call->scanned = 0;
    call->phase = CALL_IDLE;
    drop_stream( call );
    return async_execute( &call->send_state, connect_new, WS_SHORT_CALLBACK, call, async, error );
}

HRESULT call_next_leg( struct http_call *call, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    HRESULT hr;

    if (call->phase != CALL_DONE || !(call->head.flags & HTTP_FLAG_KEEP_ALIVE) || call->raw != call->len) call_drop( call );
    call->len = call->scanned = 0;
    call->phase = CALL_IDLE;
    if ((hr = make_head( call, error ))) return hr;
    return async_execute( &call->send_state, step_begin, WS_SHORT_CALLBACK, call, async, error );
}

HRESULT http_call_write( struct http_call *call, const struct stream_vec *vecs, ULONG count, const WS_ASYNC_CONTEXT *async,
                         WS_ERROR *error )
{
    struct stream_vec framed[STREAM_MAX_VECS];

    if (call->phase != CALL_SENT || !(call->flags & HTTP_CALL_STREAM))
        return ws_fail( error, WS_E_INVALID_OPERATION, "The HTTP request takes no more data." );
    if (count > STREAM_MAX_VECS - 3) return ws_fail( error, E_INVALIDARG, "The data has too many pieces." );
    if (!(count = frame_chunk( call, vecs, count, framed ))) return S_OK;
    return stream_send( call->stream, framed, count, engine_deadline( call->config.send_timeout ), async, error );
}

HRESULT http_call_write_end( struct http_call *call, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    static const struct stream_vec last = { "0\r\n\r\n", 5 };

    if (call->phase != CALL_SENT || !(call->flags & HTTP_CALL_STREAM))
        return ws_fail( error, WS_E_INVALID_OPERATION, "There is no HTTP request body to end." );
    return stream_send( call->stream, &last, 1, engine_deadline( call->config.send_timeout ), async, error );
}

void http_call_end( struct http_call *call )
{
    BOOL reusable = call->phase == CALL_DONE && (call->head.flags & HTTP_FLAG_KEEP_ALIVE) && call->config.keep_alive
                    && call->raw == call->len;

    if (call->phase == CALL_IDLE) return;
    if (reusable && call->peer.limited) give_to_pool( call );
    if (!reusable || call->peer.limited) call_drop( call );
    call->phase = CALL_IDLE;
    /* a call that received much once does not keep the memory for ever */
    if (call->size > 16 * CALL_FIRST_BUFFER)
    {
        mem_free( call->buf );
        call->buf = NULL;
        call->size = 0;
    }
    call->len = 0;
}
