/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP server connections: receive, frame, deliver, and go on with the next request.
 *
 * A connection is driven by whoever owns it: the leader that got its event, until it arms the socket again or until a
 * handler keeps the exchange; then by the thread that releases the exchange. There is one owner at any moment, so
 * connections need no lock. While idle a connection has no buffer. */
#include "transport/http_conn.h"

#define MIN_RATE_BYTES  240       /* bytes a second below which a sender of a body is too slow */
#define DRAIN_MS        2000      /* how long the rest of a refused request is read and thrown away */

static void conn_run( struct http_conn *conn );
static void conn_readable( struct socket *socket, HRESULT why );
static void conn_writable( struct socket *socket, HRESULT why );

static void conn_destroy( struct pollable *self )
{
    struct http_conn *conn = (struct http_conn *)self;

    mem_free( conn->sock.io );
    mem_free( conn );
}

/* Takes the connection out of the port and closes it; the owner forgets it. */
static void conn_close( struct http_conn *conn )
{
    struct http_port *port = conn->port;

    AcquireSRWLockExclusive( &port->lock );
    if (conn->prev) conn->prev->next = conn->next;
    else port->conns = conn->next;
    if (conn->next) conn->next->prev = conn->prev;
    ReleaseSRWLockExclusive( &port->lock );
    if (conn->req)
    {
        if (conn->req->buf != conn->req->data) mem_free( conn->req->buf );
        engine_buffer_put( conn->req );
    }
    if (conn->endpoint) http_endpoint_release( conn->endpoint );
    mem_free( conn->out );
    WS_TRACE_IO( "%p closed\n", &conn->sock );
    socket_close( &conn->sock );
    http_port_release( port );
}

static void conn_work( void *arg )
{
    conn_run( arg );
}

static void conn_gone( struct socket *socket )
{
    struct http_conn *conn = (struct http_conn *)socket;
    LONG set = WATCH_SET;

    if (!__atomic_compare_exchange_n( &conn->watch, &set, WATCH_CALLING, FALSE, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED ))
        return;
    conn->watch_thread = GetCurrentThreadId();
    engine_enter();
    conn->on_gone( &conn->req->ex );   /* the request cannot be released in the meantime */
    engine_leave();
    __atomic_store_n( &conn->watch, WATCH_NONE, __ATOMIC_RELEASE );
    engine_wake( &conn->watch );
}

void http_conn_accept( void *arg, INT32 fd, const struct unix_address *local, const struct unix_address *remote )
{
    static UINT64 last_id;
    struct http_port *port = arg;
    struct http_conn *conn = mem_calloc( sizeof(*conn) );
    struct unix_close args = { fd };

    if (!conn)
    {
        unix_call( UNIX_CLOSE, &args );
        return;
    }
    socket_init( &conn->sock, fd, local, remote, conn_destroy );
    conn->id = __atomic_add_fetch( &last_id, 1, __ATOMIC_RELAXED );
    conn->port = port;
    conn->run_work.func = conn_work;
    conn->run_work.arg = conn;
    atomic_inc( &port->refs );
    AcquireSRWLockExclusive( &port->lock );
    if ((conn->next = port->conns)) conn->next->prev = conn;
    port->conns = conn;
    ReleaseSRWLockExclusive( &port->lock );
    WS_TRACE_IO( "%p accepted on port %u\n", &conn->sock, port->number );
    /* Armed before it is registered: the first event may come on another thread at once. */
    socket_arm_read( &conn->sock, conn_readable, engine_batch_now() + port->receive_timeout );
    if (socket_register( &conn->sock )) conn_close( conn );
}

/* ---- sending ---- */

/* FALSE without memory. */
static BOOL keep_rest( struct http_conn *conn, const struct stream_vec *vecs, ULONG count, SIZE_T sent )
{
    SIZE_T total = 0, pos = 0;
    BYTE *rest;
    ULONG i;

    for (i = 0; i < count; i++) total += vecs[i].size;
    if (conn->out)
    {
        SIZE_T old = conn->out_size - conn->out_pos;

        if (!(rest = mem_alloc( old + total ))) return FALSE;
        memcpy( rest, conn->out + conn->out_pos, old );
        mem_free( conn->out );
        pos = old;
    }
    else if (!(rest = mem_alloc( total - sent ))) return FALSE;
    for (i = 0; i < count; i++)
    {
        SIZE_T skip = sent < vecs[i].size ? sent : vecs[i].size;

        memcpy( rest + pos, (const BYTE *)vecs[i].data + skip, vecs[i].size - skip );
        pos += vecs[i].size - skip;
        sent -= skip;
    }
    conn->out = rest;
    conn->out_pos = 0;
    conn->out_size = pos;
    return TRUE;
}

BOOL http_conn_send( struct http_conn *conn, const struct stream_vec *vecs, ULONG count )
{
    SIZE_T total = 0;
    INT32 ret = 0;
    ULONG i;

    for (i = 0; i < count; i++) total += vecs[i].size;
    if (!conn->out)
    {
        ret = socket_send_now( &conn->sock, vecs, count );
        if (LIKELY( ret >= 0 && (SIZE_T)ret == total )) return TRUE;
    }
    if ((ret < 0 && ret != NET_EAGAIN) || atomic_read( &conn->sock.stream.aborted )
        || !keep_rest( conn, vecs, count, ret > 0 ? ret : 0 ))
    {
        conn->close = TRUE;
        return FALSE;
    }
    return TRUE;
}

/* Sends what was kept back. FALSE: the connection waits for room, or is closed. */
static BOOL conn_flush( struct http_conn *conn )
{
    ULONG timeout = conn->endpoint && conn->endpoint->config.send_timeout ? conn->endpoint->config.send_timeout : 30000;

    while (conn->out)
    {
        struct stream_vec vec = { conn->out + conn->out_pos, conn->out_size - conn->out_pos };
        INT32 ret = socket_send_now( &conn->sock, &vec, 1 );

        if (ret < 0 && ret != NET_EAGAIN)
        {
            conn_close( conn );
            return FALSE;
        }
        if (ret > 0) conn->out_pos += ret;
        if (conn->out_pos == conn->out_size)
        {
            mem_free( conn->out );
            conn->out = NULL;
        }
        else if (socket_arm_write( &conn->sock, conn_writable, engine_deadline( timeout ) )) return FALSE;
    }
    return TRUE;
}

static void conn_writable( struct socket *socket, HRESULT why )
{
    struct http_conn *conn = (struct http_conn *)socket;

    if (FAILED( why ))
    {
        WS_TRACE_IO( "%p does not read its reply\n", socket );
        conn_close( conn );
    }
    else conn_run( conn );
}

void http_conn_refuse( struct http_conn *conn, ULONG status, BOOL close )
{
    const char *reason = http_reason( status );
    struct stream_vec vecs[4] =
    {
        { "HTTP/1.1 000 ", 13 }, { reason, strlen( reason ) }, { "\r\nContent-Length: 0\r\nServer: Microsoft-HTTPAPI/2.0\r\n", 52 },
        { "Connection: close\r\n\r\n", 21 },
    };
    char line[13];

    WS_TRACE_IO( "%p refused with %u\n", &conn->sock, (unsigned int)status );
    memcpy( line, vecs[0].data, sizeof(line) );
    line[9] = '0' + status / 100 % 10;
    line[10] = '0' + status / 10 % 10;
    line[11] = '0' + status % 10;
    vecs[0].data = line;
    if (!close) vecs[3].data = "\r\n", vecs[3].size = 2;
    http_conn_send( conn, vecs, 4 );
    if (close) conn->close = TRUE;
}

/* ---- receiving ---- */

static struct http_request *request_begin( struct http_conn *conn )
{
    struct http_request *req = engine_buffer_get();

    if (!req) return NULL;
    memset( req, 0, offsetof( struct http_request, head ) );
    req->conn = conn;
    req->buf = req->data;
    req->size = ENGINE_BUFFER - offsetof( struct http_request, data );
    return req;
}

static void rebase( struct slice *slice, const BYTE *old, ULONG size, const BYTE *new )
{
    if (slice->ptr >= (const char *)old && slice->ptr <= (const char *)old + size)
        slice->ptr = (const char *)new + (slice->ptr - (const char *)old);
}

/* The parsed head follows its bytes to another place. */
static void rebase_head( struct http_head *head, const BYTE *old, ULONG size, const BYTE *new )
{
    ULONG i;

    rebase( &head->method_name, old, size, new );
    rebase( &head->target, old, size, new );
    rebase( &head->host, old, size, new );
    rebase( &head->path, old, size, new );
    rebase( &head->query, old, size, new );
    for (i = 0; i < head->header_count; i++)
    {
        rebase( &head->headers[i].name, old, size, new );
        rebase( &head->headers[i].value, old, size, new );
    }
}

/* Makes room for `want` bytes from the beginning of the message, by moving it to the front or to a bigger block. */
static BOOL request_grow( struct http_request *req, ULONG want )
{
    ULONG shift = req->pos, size = req->size, new_size = size;
    BYTE *old = req->buf, *new = old;

    if (want > size)
    {
        if ((new_size = size * 2) < want) new_size = want;
        if (!(new = mem_alloc( new_size ))) return FALSE;
        memcpy( new, old + shift, req->len - shift );
    }
    else if (!shift) return TRUE;
    else memmove( new, old + shift, req->len - shift );
    if (req->phase != PHASE_HEAD) rebase_head( &req->head, old + shift, req->len - shift, new );
    req->buf = new;
    req->size = new_size;
    req->pos = 0;
    req->len -= shift;
    req->raw -= shift;
    req->body -= shift;
    if (old != new && old != req->data) mem_free( old );
    return TRUE;
}

enum step { STEP_MORE, STEP_DELIVER, STEP_REFUSED };

static enum step refuse( struct http_conn *conn, ULONG status, BOOL close )
{
    http_conn_refuse( conn, status, close );
    return STEP_REFUSED;
}

/* The endpoint of the request into conn->endpoint. The last answer is remembered with the bytes that led to it: requests
 * of one connection are mostly alike. */
static BOOL find_endpoint( struct http_conn *conn, const struct http_head *head )
{
    LONG generation = __atomic_load_n( &conn->port->generation, __ATOMIC_ACQUIRE );
    struct http_endpoint *found, *old = conn->endpoint;

    if (old && conn->generation == generation && conn->key_target == head->target.len
        && conn->key_host == head->host.len && !memcmp( conn->key, head->target.ptr, head->target.len )
        && !memcmp( conn->key + conn->key_target, head->host.ptr, head->host.len )) return TRUE;
    found = http_port_find( conn->port, head->host, head->path );
    __atomic_store_n( &conn->endpoint, found, __ATOMIC_RELEASE );
    if (old)
    {
        /* Who aborts an endpoint compares this pointer under the lock; it must not see a freed one come back. */
        http_endpoint_release( old );
    }
    conn->generation = generation;
    conn->key_target = conn->key_host = 0xffff;
    if (found && head->target.len + head->host.len <= sizeof(conn->key))
    {
        conn->key_target = head->target.len;
        conn->key_host = head->host.len;
        memcpy( conn->key, head->target.ptr, head->target.len );
        memcpy( conn->key + conn->key_target, head->host.ptr, head->host.len );
    }
    return found != NULL;
}

/* The head is complete: decides whether the body is wanted. */
static enum step begin_body( struct http_conn *conn, struct http_request *req )
{
    struct http_head *head = &req->head;
    BOOL has_body = (head->flags & HTTP_FLAG_CHUNKED) || ((head->flags & HTTP_FLAG_HAS_LENGTH) && head->content_length);
    const struct http_endpoint_config *config;
    BOOL here;

    req->body = req->raw = req->pos + head->size;
    req->body_len = 0;
    req->phase = PHASE_BODY;
    /* With the whole of a message in hand its connection can go on after a refusal. */
    here = !has_body || (!(head->flags & HTTP_FLAG_CHUNKED) && req->len - req->body >= head->content_length);
    if (here && has_body) req->raw += head->content_length;
    here = here && (head->flags & HTTP_FLAG_KEEP_ALIVE);
    if (!find_endpoint( conn, head )) return refuse( conn, 404, !here );
    config = &conn->endpoint->config;
    if (atomic_read( &conn->endpoint->stopped )) return refuse( conn, 503, !here );
    if (head->size > __atomic_load_n( &config->max_head, __ATOMIC_RELAXED )) return refuse( conn, 431, !here );
    if ((head->method == HTTP_POST || head->method == HTTP_PUT)
        && !(head->flags & (HTTP_FLAG_HAS_LENGTH | HTTP_FLAG_CHUNKED))) return refuse( conn, 411, TRUE );
    if ((head->flags & HTTP_FLAG_HAS_LENGTH) && head->content_length > config->max_body) return refuse( conn, 413, !here );
    req->raw = req->body;
    req->body_done = !has_body;
    req->streamed = __atomic_load_n( &config->streamed_input, __ATOMIC_RELAXED );
    if (req->streamed || !has_body) return STEP_DELIVER;
    return STEP_MORE;
}

static void send_continue( struct http_conn *conn, struct http_request *req )
{
    static const char line[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct stream_vec vec = { line, sizeof(line) - 1 };

    if (req->continued) return;
    req->continued = TRUE;
    if (req->head.flags & HTTP_FLAG_CONTINUE) http_conn_send( conn, &vec, 1 );
}

/* Takes what is in the buffer of a body that is collected. */
static enum step collect_body( struct http_conn *conn, struct http_request *req )
{
    const struct http_endpoint_config *config = &conn->endpoint->config;
    struct http_head *head = &req->head;

    if (head->flags & HTTP_FLAG_CHUNKED)
    {
        enum http_result ret;
        struct slice data;
        ULONG used;

        do
        {
            ret = http_chunks_next( &req->chunks, (char *)req->buf + req->raw, req->len - req->raw, &used, &data );
            if (ret == HTTP_BAD) return refuse( conn, 400, TRUE );
            if (data.len > config->max_body - req->body_len) return refuse( conn, 413, TRUE );
            memmove( req->buf + req->body + req->body_len, data.ptr, data.len );
            req->body_len += data.len;
            req->raw += used;
        } while (ret == HTTP_MORE && used);
        if (ret == HTTP_DONE) req->body_done = TRUE;
        else if (req->raw == req->len) req->raw = req->len = req->body + req->body_len;  /* room for more */
    }
    else if (req->len - req->body >= head->content_length)
    {
        req->body_len = head->content_length;
        req->raw = req->body + req->body_len;
        req->body_done = TRUE;
    }
    if (req->body_done) return STEP_DELIVER;
    send_continue( conn, req );
    return conn->close ? STEP_REFUSED : STEP_MORE;
}

static enum step conn_parse( struct http_conn *conn, struct http_request *req )
{
    enum step step = STEP_MORE;
    ULONG status;

    if (req->phase == PHASE_HEAD)
    {
        struct http_limits limits = http_default_limits;

        limits.max_head = __atomic_load_n( &conn->port->max_head, __ATOMIC_RELAXED );
        switch (http_parse_request( (char *)req->buf + req->pos, req->len - req->pos, &limits, &req->scanned,
                                    &req->head, &status ))
        {
        case HTTP_MORE: return STEP_MORE;
        case HTTP_BAD: return refuse( conn, status, TRUE );
        case HTTP_DONE: step = begin_body( conn, req ); break;
        }
    }
    if (step == STEP_MORE) step = collect_body( conn, req );
    return step;
}

/* Room for the next receive. FALSE without memory. */
static BOOL conn_room( struct http_request *req )
{
    ULONG used = req->len - req->pos, want = used + 1;

    if (req->phase == PHASE_BODY && (req->head.flags & HTTP_FLAG_HAS_LENGTH))
    {
        UINT64 whole = req->body - req->pos + req->head.content_length;

        /* Memory follows what has arrived, not what was announced. */
        want = whole < 65536 || whole < 2 * (UINT64)used ? (ULONG)whole : 2 * used;
        if (want <= used) want = used + 1;
    }
    else if (req->len < req->size) return TRUE;
    if (req->pos + want <= req->size) return TRUE;
    return request_grow( req, want );
}

/* The time until which the message has to go on. */
static UINT64 conn_due( struct http_conn *conn, struct http_request *req )
{
    ULONG timeout = conn->port->receive_timeout;

    if (!req) return engine_batch_now() + (conn->endpoint && conn->endpoint->config.idle_timeout
                                     ? conn->endpoint->config.idle_timeout : conn->port->idle_timeout);
    if (req->phase == PHASE_BODY && conn->endpoint->config.receive_timeout)
        timeout = conn->endpoint->config.receive_timeout;
    if (timeout == NET_INFINITE) return ~(UINT64)0;
    return req->began + timeout + req->received * 1000 / MIN_RATE_BYTES;
}

/* Ends the request that is in conn->req, and leaves what of the next one is in the buffer. */
static void request_end( struct http_conn *conn, ULONG next )
{
    struct http_request *req = conn->req;
    ULONG left = req->len > next ? req->len - next : 0;
    ULONG room = ENGINE_BUFFER - offsetof( struct http_request, data );
    BYTE *buf = req->buf;

    if (!left)
    {
        if (buf != req->data) mem_free( buf );
        __atomic_store_n( &conn->req, NULL, __ATOMIC_RELEASE );
        engine_buffer_put( req );
        return;
    }
    if (buf != req->data && left <= room)
    {
        memcpy( req->data, buf + next, left );
        mem_free( buf );
        buf = req->data;
        next = 0;
    }
    memset( req, 0, offsetof( struct http_request, head ) );
    req->conn = conn;
    req->buf = buf;
    req->size = buf == req->data ? room : next + left;
    req->pos = next;
    req->len = next + left;
    req->began = engine_batch_now();
}

/* The handler is through with the exchange: TRUE if the connection can go on. */
static void exchange_end( struct http_conn *conn )
{
    struct http_request *req = conn->req;

    if (!(req->reply & REPLY_STARTED))
    {
        WS_TRACE_IO( "%p is closed: its request got no reply\n", &conn->sock );
        stream_abort( &conn->sock.stream );
        conn->close = TRUE;
    }
    if (!(req->reply & REPLY_DONE) || !req->body_done || !(req->head.flags & HTTP_FLAG_KEEP_ALIVE)) conn->close = TRUE;
    http_endpoint_end( conn->endpoint );
    request_end( conn, req->raw );
}

/* Hands the request to its endpoint. FALSE: somebody else goes on with the connection. */
static BOOL deliver( struct http_conn *conn, struct http_request *req )
{
    struct http_endpoint *endpoint = conn->endpoint;
    struct http_exchange *ex = &req->ex;
    LONG state;

    if (!http_endpoint_begin( endpoint ))
    {
        http_conn_refuse( conn, 503, TRUE );
        return TRUE;
    }
    req->phase = PHASE_RUNNING;
    ex->head = &req->head;
    ex->endpoint = endpoint;
    ex->context = endpoint->config.context;
    ex->streamed = req->streamed;
    ex->body = ex->streamed ? NULL : req->buf + req->body;
    ex->body_size = ex->streamed ? 0 : req->body_len;
    ex->remote = conn->sock.stream.remote;
    ex->local = conn->sock.stream.local;
    ex->stream = &conn->sock.stream;
    ex->connection_id = conn->id;
    engine_enter();
    endpoint->config.on_request( ex, ex->context );
    engine_leave();
    state = __atomic_fetch_or( &req->state, STATE_RETURNED, __ATOMIC_ACQ_REL );
    if (!(state & STATE_RELEASED)) return FALSE;
    exchange_end( conn );
    return TRUE;
}

/* Our side is shut; reads and forgets, so that the peer gets to see the reply and not a reset. */
static void conn_drain( struct http_conn *conn )
{
    BYTE scrap[4096];
    INT32 ret;
    ULONG rounds;

    for (;;)
    {
        for (rounds = 0; rounds < 64; rounds++)
        {
            ret = socket_recv_now( &conn->sock, scrap, sizeof(scrap) );
            if (!ret || (ret < 0 && ret != NET_EAGAIN)) goto done;
            if (ret < 0) break;
        }
        if (rounds == 64) goto done;
        if (socket_arm_read( &conn->sock, conn_readable, conn->sock.r_due )) return;
    }
done:
    conn_close( conn );
}

/* No further request: closes, gently if the peer may still be sending. */
static void conn_finish( struct http_conn *conn )
{
    if (atomic_read( &conn->sock.stream.aborted ) || atomic_read( &conn->sock.gone ))
    {
        conn_close( conn );
        return;
    }
    conn->draining = TRUE;
    conn->sock.r_due = engine_now() + DRAIN_MS;
    stream_shutdown( &conn->sock.stream, NULL );
    conn_drain( conn );
}

/* Waits for the next bytes. FALSE: they are there already. */
static BOOL conn_wait( struct http_conn *conn )
{
    struct http_request *req = conn->req;

    if (req && req->phase == PHASE_HEAD && req->len == req->pos)
    {
        request_end( conn, req->len );
        req = NULL;
    }
    if (!req && conn->busy)
    {
        __atomic_store_n( &conn->busy, 0, __ATOMIC_SEQ_CST );
        if (UNLIKELY( __atomic_load_n( &conn->port->closed, __ATOMIC_SEQ_CST ) )) stream_abort( &conn->sock.stream );
    }
    return socket_arm_read( &conn->sock, conn_readable, conn_due( conn, req ) );
}

/* Receives into the buffer. 1: there is something; 0: nothing now; -1: the connection is over. */
static int conn_fill( struct http_conn *conn )
{
    struct http_request *req = conn->req;
    INT32 ret;

    if (!req)
    {
        if (!(req = request_begin( conn ))) return -1;
        __atomic_store_n( &conn->req, req, __ATOMIC_RELEASE );
    }
    if (!conn_room( req )) return -1;
    ret = socket_recv_now( &conn->sock, req->buf + req->len, req->size - req->len );
    if (ret == NET_EAGAIN) return 0;
    if (ret <= 0) return -1;
    if (!req->began)
    {
        req->began = engine_batch_now();
        conn->busy = TRUE;
    }
    req->len += ret;
    req->received += ret;
    return 1;
}

static void conn_run( struct http_conn *conn )
{
    for (;;)
    {
        struct http_request *req = conn->req;
        enum step step = STEP_MORE;

        if (conn->out && !conn_flush( conn )) return;
        if (conn->close)
        {
            conn_finish( conn );
            return;
        }
        if (req && req->len > req->pos) step = conn_parse( conn, req );
        if (step == STEP_DELIVER)
        {
            if (!deliver( conn, req )) return;
            continue;
        }
        if (step == STEP_REFUSED)
        {
            request_end( conn, req->raw > req->pos ? req->raw : req->len );
            continue;
        }
        if (conn->sock.drained)
        {
            if (conn_wait( conn )) return;
            conn->sock.drained = FALSE;
        }
        if (conn_fill( conn ) < 0)
        {
            conn_close( conn );
            return;
        }
    }
}

static void conn_readable( struct socket *socket, HRESULT why )
{
    struct http_conn *conn = (struct http_conn *)socket;

    socket->on_gone = conn_gone;
    socket->drained = FALSE;
    if (conn->draining)
    {
        if (FAILED( why )) conn_close( conn );
        else conn_drain( conn );
        return;
    }
    if (FAILED( why ))
    {
        if (!conn->req)
        {
            conn_close( conn );
            return;
        }
        http_conn_refuse( conn, 408, TRUE );
        request_end( conn, conn->req->len );
    }
    conn_run( conn );
}

/* ---- what the handler does with an exchange ---- */

void http_exchange_abort( struct http_exchange *exchange )
{
    stream_abort( exchange->stream );
}

BOOL http_exchange_is_gone( struct http_exchange *exchange )
{
    return atomic_read( &request_of( exchange )->conn->sock.gone ) || atomic_read( &exchange->stream->aborted );
}

void http_exchange_watch( struct http_exchange *exchange, void (*on_gone)( struct http_exchange *exchange ) )
{
    struct http_conn *conn = request_of( exchange )->conn;

    conn->on_gone = on_gone;
    __atomic_store_n( &conn->watch, WATCH_SET, __ATOMIC_SEQ_CST );
    if (http_exchange_is_gone( exchange )) conn_gone( &conn->sock );
}

/* After it on_gone neither runs nor will run. */
static void stop_watch( struct http_conn *conn )
{
    LONG set = WATCH_SET;

    if (LIKELY( conn->watch == WATCH_NONE )) return;
    if (__atomic_compare_exchange_n( &conn->watch, &set, WATCH_NONE, FALSE, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE )) return;
    while (__atomic_load_n( &conn->watch, __ATOMIC_ACQUIRE ) == WATCH_CALLING
           && conn->watch_thread != GetCurrentThreadId())
        engine_wait( &conn->watch, WATCH_CALLING, NET_INFINITE );
}

void http_exchange_release( struct http_exchange *exchange )
{
    struct http_request *req = request_of( exchange );
    struct http_conn *conn = req->conn;

    stop_watch( conn );
    if (!(__atomic_fetch_or( &req->state, STATE_RELEASED, __ATOMIC_ACQ_REL ) & STATE_RETURNED)) return;
    exchange_end( conn );
    if (!conn->out && !conn->close && !conn->req)
    {
        if (conn_wait( conn )) return;
        /* The next request is there already; the edge that told so is used up. */
        conn->sock.drained = FALSE;
    }
    /* It must not run on the stack of this caller. */
    engine_submit( &conn->run_work );
}

/* ---- streamed request bodies ---- */

/* Decodes from the buffer. S_FALSE if it has nothing. */
static HRESULT read_buffered( struct http_request *req, void *buf, ULONG size, ULONG *got, WS_ERROR *error )
{
    struct http_head *head = &req->head;
    ULONG have = req->len - req->raw, used;
    struct slice data = { (char *)req->buf + req->raw, 0 };

    *got = 0;
    if (req->body_done) return S_OK;
    if (head->flags & HTTP_FLAG_CHUNKED)
    {
        enum http_result ret;

        do
        {
            /* No more than fits: the decoder stops at the end of a piece, which may be longer. */
            ret = http_chunks_next( &req->chunks, (char *)req->buf + req->raw, have < size ? have : size, &used, &data );
            if (ret == HTTP_BAD)
                return ws_fail( error, WS_E_INVALID_FORMAT, "The chunked coding of the HTTP request body is malformed." );
            req->raw += used;
            have -= used;
        } while (!data.len && ret == HTTP_MORE && used);
        if (ret == HTTP_DONE) req->body_done = TRUE;
    }
    else
    {
        UINT64 left = head->content_length - req->body_total;

        data.len = have < size ? have : size;
        if (data.len > left) data.len = left;
        req->raw += data.len;
        if (data.len == left) req->body_done = TRUE;
    }
    if (!data.len) return req->body_done ? S_OK : S_FALSE;
    req->body_total += data.len;
    if (req->body_total > req->ex.endpoint->config.max_body)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The HTTP request body is larger than the limit of %llu bytes.",
                        (unsigned long long)req->ex.endpoint->config.max_body );
    memcpy( buf, data.ptr, data.len );
    *got = data.len;
    return S_OK;
}

static void CALLBACK read_arrived( HRESULT hr, WS_CALLBACK_MODEL model, void *state );

static HRESULT read_more( struct http_request *req, void *buf, ULONG size, ULONG *got, const WS_ASYNC_CONTEXT *async,
                          WS_ERROR *error )
{
    struct http_conn *conn = req->conn;
    ULONG timeout = conn->endpoint->config.receive_timeout ? conn->endpoint->config.receive_timeout
                                                           : conn->port->receive_timeout;
    HRESULT hr;

    while ((hr = read_buffered( req, buf, size, got, error )) == S_FALSE)
    {
        WS_ASYNC_CONTEXT own = { read_arrived, req };

        if (!req->continued) send_continue( conn, req );
        if (req->raw == req->len) req->raw = req->len = req->body;
        if (req->len == req->size)
            return ws_fail( error, WS_E_QUOTA_EXCEEDED, "A part of the chunked HTTP request body has too long a line." );
        hr = stream_recv( &conn->sock.stream, req->buf + req->len, req->size - req->len, &req->received_now,
                          engine_deadline( timeout ), async ? &own : NULL, error );
        if (hr) return hr;
        conn->sock.drained = FALSE;
        if (!req->received_now)
            return ws_fail( error, WS_E_ENDPOINT_DISCONNECTED, "The client closed the connection in its request." );
        req->len += req->received_now;
    }
    return hr;
}

static void CALLBACK read_arrived( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct http_request *req = state;
    WS_ASYNC_CONTEXT async = req->read_async;

    if (SUCCEEDED( hr ))
    {
        if (!req->received_now)
            hr = ws_fail( req->read_error, WS_E_ENDPOINT_DISCONNECTED, "The client closed the connection in its request." );
        else
        {
            req->len += req->received_now;
            hr = read_more( req, req->read_buf, req->read_size, req->read_got, &async, req->read_error );
        }
    }
    if (hr != WS_S_ASYNC) async.callback( hr, model, async.callbackState );
}

HRESULT http_exchange_read( struct http_exchange *exchange, void *buf, ULONG size, ULONG *got,
                            const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct http_request *req = request_of( exchange );

    if (async)
    {
        req->read_async = *async;
        req->read_error = error;
        req->read_buf = buf;
        req->read_size = size;
        req->read_got = got;
    }
    return read_more( req, buf, size, got, async, error );
}
