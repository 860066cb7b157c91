/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Replies of the HTTP server: the head in front of the body, so that both leave in one send; and streamed bodies. */
#include "transport/http_conn.h"

#define HEAD_MAX 1024              /* beyond it a head gets memory of its own */

struct text { char *pos; };

static inline void put( struct text *text, const char *data, SIZE_T len )
{
    memcpy( text->pos, data, len );
    text->pos += len;
}
#define PUT( text, literal ) put( text, literal, sizeof(literal) - 1 )

static void put_number( struct text *text, UINT64 value )
{
    char digits[20];
    ULONG i = sizeof(digits);

    do digits[--i] = '0' + value % 10; while (value /= 10);
    put( text, digits + i, sizeof(digits) - i );
}

static void put_two( char *dst, ULONG value )
{
    dst[0] = '0' + value / 10 % 10;
    dst[1] = '0' + value % 10;
}

/* "Sat, 21 Nov 2026 03:55:45 GMT" */
#define DATE_LEN 29
static void format_date( char *dst )
{
    static const char days[] = "MonTueWedThuFriSatSun", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    UINT64 seconds = port_filetime() / 10000000;
    ULONG day = seconds / 86400, time = seconds % 86400, era, doe, yoe, doy, mp, month, year;

    memcpy( dst, "Xxx, 00 Xxx 0000 00:00:00 GMT", DATE_LEN );
    memcpy( dst, days + day % 7 * 3, 3 );    /* 1601-01-01 was a Monday */
    /* Days to a date of the Gregorian calendar, in eras of 400 years that begin in March. */
    day += 584694;                           /* 0000-03-01 to 1601-01-01 */
    era = day / 146097;
    doe = day % 146097;
    yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    mp = (5 * doy + 2) / 153;
    month = mp < 10 ? mp + 2 : mp - 10;      /* from 0 */
    year = yoe + era * 400 + (month < 2);
    put_two( dst + 5, doy - (153 * mp + 2) / 5 + 1 );
    memcpy( dst + 8, months + month * 3, 3 );
    put_two( dst + 12, year / 100 );
    put_two( dst + 14, year % 100 );
    put_two( dst + 17, time / 3600 );
    put_two( dst + 20, time / 60 % 60 );
    put_two( dst + 23, time % 60 );
}

/* The date is made anew once a second; readers copy it under a sequence count. */
static void put_date( struct text *text )
{
    static char date[DATE_LEN + 3];
    static UINT64 made;
    static LONG seq;
    UINT64 second = engine_batch_now() / 500;
    LONG begin = __atomic_load_n( &seq, __ATOMIC_ACQUIRE );

    if (!(begin & 1) && __atomic_load_n( &made, __ATOMIC_RELAXED ) >= second)
    {
        memcpy( text->pos, date, DATE_LEN );
        __atomic_thread_fence( __ATOMIC_ACQUIRE );
        if (__atomic_load_n( &seq, __ATOMIC_RELAXED ) == begin)
        {
            text->pos += DATE_LEN;
            return;
        }
    }
    format_date( text->pos );
    if (!(begin & 1) && __atomic_compare_exchange_n( &seq, &begin, begin + 1, FALSE, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED ))
    {
        memcpy( date, text->pos, DATE_LEN );
        __atomic_store_n( &made, second, __ATOMIC_RELAXED );
        __atomic_store_n( &seq, begin + 2, __ATOMIC_RELEASE );
    }
    text->pos += DATE_LEN;
}

static SIZE_T vecs_size( const struct stream_vec *vecs, ULONG count )
{
    SIZE_T total = 0;
    ULONG i;

    for (i = 0; i < count; i++) total += vecs[i].size;
    return total;
}

/* Room for everything in it: fixed texts, numbers, and what the caller gave. */
static SIZE_T head_bound( const struct http_reply *reply )
{
    return 256 + reply->reason.len + reply->content_type.len + reply->headers.len;
}

static ULONG build_head( struct http_request *req, const struct http_reply *reply, SIZE_T length, char *buf )
{
    BOOL keep = (req->head.flags & HTTP_FLAG_KEEP_ALIVE) && !(reply->flags & HTTP_REPLY_CLOSE);
    struct text text = { buf };

    if (reply->status == 200 && !reply->reason.len) PUT( &text, "HTTP/1.1 200 OK\r\n" );
    else
    {
        const char *reason = http_reason( reply->status );

        PUT( &text, "HTTP/1.1 " );
        put_number( &text, reply->status );
        PUT( &text, " " );
        if (reply->reason.len) put( &text, reply->reason.ptr, reply->reason.len );
        else put( &text, reason, strlen( reason ) );
        PUT( &text, "\r\n" );
    }
    if (req->reply & REPLY_CHUNKED) PUT( &text, "Transfer-Encoding: chunked\r\n" );
    else if (!(req->reply & REPLY_STREAM) && reply->status >= 200 && reply->status != 204 && reply->status != 304)
    {
        PUT( &text, "Content-Length: " );
        put_number( &text, length );
        PUT( &text, "\r\n" );
    }
    if (reply->content_type.len)
    {
        PUT( &text, "Content-Type: " );
        put( &text, reply->content_type.ptr, reply->content_type.len );
        PUT( &text, "\r\n" );
    }
    PUT( &text, "Server: Microsoft-HTTPAPI/2.0\r\nDate: " );
    put_date( &text );
    PUT( &text, "\r\n" );
    if (!keep) PUT( &text, "Connection: close\r\n" );
    else if (req->head.flags & HTTP_FLAG_HTTP10) PUT( &text, "Connection: keep-alive\r\n" );
    put( &text, reply->headers.ptr, reply->headers.len );
    PUT( &text, "\r\n" );
    return text.pos - buf;
}

static HRESULT nobody_there( struct http_request *req, WS_ERROR *error )
{
    if (atomic_read( &req->conn->sock.stream.aborted ))
        return ws_fail( error, WS_E_OPERATION_ABORTED, "The operation was aborted." );
    return ws_fail( error, WS_E_ENDPOINT_DISCONNECTED, "The client has closed the connection and cannot be answered." );
}

/* The pieces of one chunk; returns their count. */
static ULONG chunk_vecs( struct http_request *req, const struct stream_vec *vecs, ULONG count, struct stream_vec *out )
{
    SIZE_T size = vecs_size( vecs, count );

    out[0].data = req->chunk_head;
    out[0].size = http_chunk_head( size, req->chunk_head );
    memcpy( out + 1, vecs, count * sizeof(*vecs) );
    out[count + 1].data = "\r\n";
    out[count + 1].size = 2;
    return count + 2;
}

HRESULT http_exchange_reply( struct http_exchange *exchange, const struct http_reply *reply, WS_ERROR *error )
{
    struct http_request *req = request_of( exchange );
    SIZE_T length = vecs_size( reply->vecs, reply->count ), bound = head_bound( reply );
    struct stream_vec vecs[STREAM_MAX_VECS];
    char local[HEAD_MAX], *buf = local;
    ULONG size, count = 1;
    BOOL sent;

    if (req->reply & REPLY_STARTED) return ws_fail( error, WS_E_INVALID_OPERATION, "The request was answered already." );
    if (reply->count > STREAM_MAX_VECS - 3) return ws_fail( error, E_INVALIDARG, "The reply has too many pieces." );
    if (bound > sizeof(local) && !(buf = mem_alloc( bound )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for the head of a reply." );

    req->reply = REPLY_STARTED;
    if (reply->flags & HTTP_REPLY_STREAM)
    {
        req->reply |= REPLY_STREAM;
        if (!(req->head.flags & HTTP_FLAG_HTTP10)) req->reply |= REPLY_CHUNKED;
        else req->conn->close = TRUE;
    }
    else req->reply |= REPLY_DONE;
    if (reply->flags & HTTP_REPLY_CLOSE) req->conn->close = TRUE;
    if (req->head.method == HTTP_HEAD || reply->status == 204 || reply->status == 304) req->reply |= REPLY_NO_BODY;
    size = build_head( req, reply, length, buf );

    vecs[0].data = buf;
    vecs[0].size = size;
    if (length && !(req->reply & REPLY_NO_BODY))
    {
        if (req->reply & REPLY_CHUNKED) count += chunk_vecs( req, reply->vecs, reply->count, vecs + 1 );
        else
        {
            memcpy( vecs + 1, reply->vecs, reply->count * sizeof(*vecs) );
            count += reply->count;
            if ((reply->flags & HTTP_REPLY_ROOM) && size <= HTTP_HEAD_ROOM)
            {
                vecs[1].data = (const char *)vecs[1].data - size;
                vecs[1].size += size;
                memcpy( (char *)vecs[1].data, buf, size );
                vecs[0].size = 0;
            }
        }
    }
    if (!vecs[0].size) sent = http_conn_send( req->conn, vecs + 1, count - 1 );
    else sent = http_conn_send( req->conn, vecs, count );
    if (buf != local) mem_free( buf );
    return sent ? S_OK : nobody_there( req, error );
}

HRESULT http_exchange_reply_status( struct http_exchange *exchange, ULONG status, const char *headers )
{
    struct http_reply reply = { .status = status };

    if (headers)
    {
        reply.headers.ptr = headers;
        reply.headers.len = strlen( headers );
    }
    return http_exchange_reply( exchange, &reply, NULL );
}

static HRESULT write_done( struct http_request *req, HRESULT hr )
{
    struct http_conn *conn = req->conn;

    mem_free( conn->out );         /* went out in front */
    conn->out = NULL;
    if (FAILED( hr )) conn->close = TRUE;
    return hr;
}

static void CALLBACK write_completed( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct http_request *req = state;
    WS_ASYNC_CONTEXT async = req->write_async;

    write_done( req, hr );
    async.callback( hr, model, async.callbackState );
}

HRESULT http_exchange_write( struct http_exchange *exchange, const struct stream_vec *vecs, ULONG count,
                             const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct http_request *req = request_of( exchange );
    struct http_conn *conn = req->conn;
    ULONG timeout = conn->endpoint->config.send_timeout ? conn->endpoint->config.send_timeout : NET_INFINITE;
    WS_ASYNC_CONTEXT own = { write_completed, req };
    struct stream_vec all[STREAM_MAX_VECS];
    ULONG n = 0;
    HRESULT hr;

    if ((req->reply & (REPLY_STREAM | REPLY_DONE)) != REPLY_STREAM)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The reply takes no more data." );
    if (count > STREAM_MAX_VECS - 3) return ws_fail( error, E_INVALIDARG, "The data has too many pieces." );
    if (!vecs_size( vecs, count ) || (req->reply & REPLY_NO_BODY)) return S_OK;
    if (conn->out)
    {
        all[n].data = conn->out + conn->out_pos;
        all[n++].size = conn->out_size - conn->out_pos;
    }
    if (req->reply & REPLY_CHUNKED) n += chunk_vecs( req, vecs, count, all + n );
    else
    {
        memcpy( all + n, vecs, count * sizeof(*vecs) );
        n += count;
    }
    if (async) req->write_async = *async;
    hr = stream_send( &conn->sock.stream, all, n, engine_batch_deadline( timeout ), async ? &own : NULL, error );
    return hr == WS_S_ASYNC ? hr : write_done( req, hr );
}

HRESULT http_exchange_end( struct http_exchange *exchange, WS_ERROR *error )
{
    struct http_request *req = request_of( exchange );
    struct stream_vec vec = { "0\r\n\r\n", 5 };

    if (req->reply & REPLY_DONE) return S_OK;
    if (!(req->reply & REPLY_STREAM)) return ws_fail( error, WS_E_INVALID_OPERATION, "There is no reply to end." );
    req->reply |= REPLY_DONE;
    if ((req->reply & REPLY_CHUNKED) && !(req->reply & REPLY_NO_BODY) && !http_conn_send( req->conn, &vec, 1 ))
        return nobody_there( req, error );
    return S_OK;
}
