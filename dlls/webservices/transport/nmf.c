/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* net.tcp sessions: envelopes in records, both ways (MC-NMF section 3). */
#include "transport/nmf_session.h"

#define LINGER_MS  2000         /* how long, and how much, is read and thrown away after a fault */
#define LINGER_MAX 0x4000000

struct nmf_session *nmf_session_create( const struct nmf_config *config )
{
    struct nmf_session *session = mem_calloc( sizeof(*session) );

    if (session) session->config = *config;
    return session;
}

static void session_free( struct nmf_session *session )
{
    if (session->stream) stream_release( session->stream );
    mem_free( session->text );
    mem_free( session->preamble_bytes );
    mem_free( session->host );
    mem_free( session->buf );
    mem_free( session );
}

/* Whether there may be more to throw away after what a receive brought. */
static BOOL lingers( struct nmf_session *session, HRESULT hr )
{
    if (FAILED( hr ) || !session->received) return FALSE;
    session->lingered += session->received;
    return session->lingered < LINGER_MAX;
}

static void CALLBACK linger_received( HRESULT hr, WS_CALLBACK_MODEL model, void *state );

/* Our side is shut after a fault. To close with bytes unread, or before some that are on their way, would reset the connection, and a
 * reset makes the peer's system forget what it has received: the fault. Reads and forgets, for a bounded time and size. */
static void session_linger( struct nmf_session *session )
{
    WS_ASYNC_CONTEXT context = { linger_received, session };

    HRESULT hr;

    do
    {
        session->pos = session->len = 0;
        if ((hr = nmf_fill( session, 1, session->due, &context, NULL )) == WS_S_ASYNC) return;
    } while (lingers( session, hr ));
    session_free( session );
}

static void CALLBACK linger_received( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct nmf_session *session = state;

    (void)model;
    if (lingers( session, hr )) session_linger( session );
    else session_free( session );
}

void nmf_session_free( struct nmf_session *session )
{
    if (!session) return;
    if (session->origin) nmf_listen_again( session );
    if (session->fault_sent && session->stream && !session->end_received && !atomic_read( &session->stream->aborted ))
    {
        session->due = engine_now() + LINGER_MS;
        session->lingered = 0;
        session_linger( session );
    }
    else session_free( session );
}

const struct nmf_preamble *nmf_session_preamble( const struct nmf_session *session ) { return &session->preamble; }
const struct net_address *nmf_session_remote( const struct nmf_session *session ) { return &session->stream->remote; }

void nmf_set_timeouts( struct nmf_session *session, ULONG send, ULONG receive, ULONG close )
{
    session->config.send_timeout = send;
    session->config.receive_timeout = receive;
    session->config.close_timeout = close;
}

void nmf_set_limits( struct nmf_session *session, ULONG max_message, UINT64 max_streamed )
{
    session->config.max_message = max_message;
    session->config.max_streamed = max_streamed;
}

HRESULT nmf_disconnected( struct nmf_session *session, WS_ERROR *error )
{
    char text[NET_ADDRESS_TEXT];

    if (atomic_read( &session->stream->aborted )) return ws_fail( error, WS_E_OPERATION_ABORTED, "The session was aborted." );
    net_address_text( &session->stream->remote, TRUE, text );
    return ws_fail( error, WS_E_ENDPOINT_DISCONNECTED, "%s closed the connection within the session.", text );
}

HRESULT nmf_fail_fault( const struct nmf_item *item, WS_ERROR *error )
{
    return ws_fail( error, nmf_fault_error( (const char *)item->data, item->size ), "The peer sent the framing fault %.*s.",
                    (int)item->size, (const char *)item->data );
}

static HRESULT malformed( struct nmf_session *session, const char *fault, WS_ERROR *error )
{
    if (fault) nmf_send_fault( session, fault );
    else stream_shutdown( session->stream, NULL );
    return ws_fail( error, WS_E_INVALID_FORMAT, "The peer sent a malformed frame%s%s.", fault ? ": " : "", fault ? fault : "" );
}

/* ---- receiving ---- */

HRESULT nmf_room( struct nmf_session *session, ULONG want, WS_ERROR *error )
{
    ULONG used = session->len - session->pos, size = session->size ? session->size : NMF_FIRST_BUFFER;
    BYTE *buf;

    if (session->pos && (session->pos == session->len || session->pos + want > session->size))
    {
        memmove( session->buf, session->buf + session->pos, used );
        session->pos = 0;
        session->len = used;
    }
    if (want <= session->size) return S_OK;
    while (size < want) size = size > 0x40000000 ? want : size * 2;
    if (!(buf = mem_realloc( session->buf, size )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for a message of %u bytes.", want );
    session->buf = buf;
    session->size = size;
    return S_OK;
}

HRESULT nmf_fill( struct nmf_session *session, ULONG want, UINT64 due, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = nmf_room( session, want, error ))) return hr;
    return stream_recv( session->stream, session->buf + session->len, session->size - session->len, &session->received, due,
                        context, error );
}

static UINT64 receive_due( const struct nmf_session *session )
{
    return session->close_due ? session->close_due : engine_deadline( session->config.receive_timeout );
}

/* Looks at the next record. S_OK: it was consumed and *item tells it, S_FALSE: more bytes are needed (*want in all). */
static HRESULT next_record( struct nmf_session *session, struct nmf_item *item, ULONG *want, WS_ERROR *error )
{
    const char *fault;
    ULONG used, have = session->len - session->pos;

    switch (nmf_parse( session->buf + session->pos, have, NMF_MAX_TEXT, item, &used, &fault ))
    {
    case NMF_BAD: return malformed( session, fault, error );
    case NMF_MORE: *want = have + 1; return S_FALSE;
    case NMF_DONE: break;
    }
    if (item->type == NMF_SIZED_ENVELOPE)
    {
        if (item->size > session->config.max_message)
        {
            nmf_send_fault( session, "MaxMessageSizeExceededFault" );
            return ws_fail( error, WS_E_QUOTA_EXCEEDED, "A message of %u bytes exceeds the limit of %u bytes.", item->size,
                            session->config.max_message );
        }
        if (have - used < item->size)
        {
            *want = used + item->size;
            /* memory follows what has arrived, not what was announced */
            if (*want > 65536 && *want > 2 * have) *want = 2 * have > 65536 ? 2 * have : 65536;
            return S_FALSE;
        }
        session->pos += used + item->size;
        return S_OK;
    }
    session->pos += used;
    return S_OK;
}

static HRESULT CALLBACK step_received( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

static HRESULT CALLBACK step_receive( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                      const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct nmf_session *session = state;
    struct nmf_message *message = session->message;
    struct nmf_item item;
    ULONG want;

    (void)model;
    if (session->end_received) return WS_S_END;
    if ((hr = next_record( session, &item, &want, error )) == S_FALSE)
    {
        next->function = step_received;
        return nmf_fill( session, want, receive_due( session ), context, error );
    }
    if (FAILED( hr )) return hr;
    switch (item.type)
    {
    case NMF_SIZED_ENVELOPE:
        message->data = item.data;
        message->size = item.size;
        message->streamed = FALSE;
        return S_OK;
    case NMF_UNSIZED_ENVELOPE:
        message->data = NULL;
        message->size = 0;
        message->streamed = session->streaming = TRUE;
        session->chunk_left = 0;
        session->streamed = 0;
        return S_OK;
    case NMF_END:
        session->end_received = TRUE;
        return WS_S_END;
    case NMF_FAULT: return nmf_fail_fault( &item, error );
    default: return malformed( session, NULL, error );
    }
}

static HRESULT CALLBACK step_received( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct nmf_session *session = state;

    if (FAILED( hr )) return hr;
    session->len += session->received;
    if (!session->received)
    {
        /* A singleton's sender may just close after its only message. */
        if (session->pos == session->len && session->preamble.mode != NMF_DUPLEX && !session->streaming)
        {
            session->end_received = TRUE;
            return WS_S_END;
        }
        return nmf_disconnected( session, error );
    }
    return step_receive( S_OK, model, state, next, context, error );
}

HRESULT nmf_receive( struct nmf_session *session, struct nmf_message *message, const WS_ASYNC_CONTEXT *async,
                     WS_ERROR *error )
{
    if (session->streaming) return ws_fail( error, WS_E_INVALID_OPERATION, "The message before was not read to its end." );
    session->message = message;
    return async_execute( &session->recv_state, step_receive, WS_SHORT_CALLBACK, session, async, error );
}

void nmf_receive_done( struct nmf_session *session )
{
    if (session->pos == session->len) session->pos = session->len = 0;
    if (session->size > 65536 && !session->len)
    {
        mem_free( session->buf );
        session->buf = NULL;
        session->size = 0;
    }
}

/* Decodes from the buffer; S_FALSE if it has nothing. */
static HRESULT read_buffered( struct nmf_session *session, WS_ERROR *error )
{
    ULONG have, used;

    *session->read_got = 0;
    while (session->streaming && !session->chunk_left)
    {
        switch (nmf_chunk( session->buf + session->pos, session->len - session->pos, &session->chunk_left, &used ))
        {
        case NMF_BAD: return malformed( session, NULL, error );
        case NMF_MORE: return S_FALSE;
        case NMF_DONE: break;
        }
        session->pos += used;
        if (!session->chunk_left) session->streaming = FALSE;
    }
    if (!session->streaming) return S_OK;
    have = session->len - session->pos;
    if (have > session->chunk_left) have = session->chunk_left;
    if (have > session->read_size) have = session->read_size;
    if (!have) return S_FALSE;
    session->streamed += have;
    if (session->streamed > session->config.max_streamed)
    {
        nmf_send_fault( session, "MaxMessageSizeExceededFault" );
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "A streamed message exceeds the limit of %llu bytes.",
                        (unsigned long long)session->config.max_streamed );
    }
    memcpy( session->read_buf, session->buf + session->pos, have );
    session->pos += have;
    session->chunk_left -= have;
    *session->read_got = have;
    return S_OK;
}

static HRESULT CALLBACK step_read( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

static HRESULT CALLBACK step_read_received( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                            const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct nmf_session *session = state;

    if (FAILED( hr )) return hr;
    if (!session->received) return nmf_disconnected( session, error );
    session->len += session->received;
    return step_read( S_OK, model, state, next, context, error );
}

static HRESULT CALLBACK step_read( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct nmf_session *session = state;

    (void)model;
    if ((hr = read_buffered( session, error )) != S_FALSE) return hr;
    next->function = step_read_received;
    return nmf_fill( session, session->len - session->pos + 1, receive_due( session ), context, error );
}

HRESULT nmf_read( struct nmf_session *session, void *buf, ULONG size, ULONG *got, const WS_ASYNC_CONTEXT *async,
                  WS_ERROR *error )
{
    session->read_buf = buf;
    session->read_size = size;
    session->read_got = got;
    return async_execute( &session->recv_state, step_read, WS_SHORT_CALLBACK, session, async, error );
}

/* ---- sending ---- */

static HRESULT send_bytes( struct nmf_session *session, const struct stream_vec *vecs, ULONG count,
                           const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    if (atomic_read( &session->end_sent ))
        return ws_fail( error, WS_E_INVALID_OPERATION, "The sending side of the session was shut down." );
    return stream_send( session->stream, vecs, count, engine_deadline( session->config.send_timeout ), async, error );
}

/* The header goes to the room in front of the data. */
static HRESULT send_headed( struct nmf_session *session, const BYTE *head, ULONG head_size, const struct stream_vec *vecs,
                            ULONG count, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct stream_vec out[STREAM_MAX_VECS];

    if (!count || count > STREAM_MAX_VECS) return ws_fail( error, E_INVALIDARG, "The message has %u pieces.", count );
    memcpy( out, vecs, count * sizeof(*vecs) );
    out[0].data = (const BYTE *)vecs[0].data - head_size;
    out[0].size += head_size;
    memcpy( (BYTE *)out[0].data, head, head_size );
    return send_bytes( session, out, count, async, error );
}

static ULONG total_size( const struct stream_vec *vecs, ULONG count )
{
    SIZE_T total = 0;
    ULONG i;

    for (i = 0; i < count; i++) total += vecs[i].size;
    return total;
}

HRESULT nmf_send( struct nmf_session *session, const struct stream_vec *vecs, ULONG count, const WS_ASYNC_CONTEXT *async,
                  WS_ERROR *error )
{
    BYTE head[6] = { NMF_SIZED_ENVELOPE };
    ULONG size = 1 + nmf_put_size( head + 1, total_size( vecs, count ) );

    return send_headed( session, head, size, vecs, count, async, error );
}

BOOL nmf_is_shut_down( const struct nmf_session *session )
{
    return atomic_read( &session->end_sent ) != 0;
}

HRESULT nmf_send_single( struct nmf_session *session, const struct stream_vec *vecs, ULONG count, const WS_ASYNC_CONTEXT *async,
                         WS_ERROR *error )
{
    static const BYTE ends[] = { 0, NMF_END };      /* the chunk that ends an unsized envelope, and the session's end */
    BOOL sized = session->preamble.mode == NMF_SINGLETON_SIZED;
    BYTE head[6] = { sized ? NMF_SIZED_ENVELOPE : NMF_UNSIZED_ENVELOPE };
    ULONG head_size = 1 + nmf_put_size( head + 1, total_size( vecs, count ) );
    struct stream_vec out[STREAM_MAX_VECS];

    if (!count || count >= STREAM_MAX_VECS) return ws_fail( error, E_INVALIDARG, "The message has %u pieces.", count );
    if (__atomic_exchange_n( &session->end_sent, 1, __ATOMIC_ACQ_REL ))
        return ws_fail( error, WS_E_INVALID_OPERATION, "The sending side of the session was shut down." );
    memcpy( out, vecs, count * sizeof(*vecs) );
    out[0].data = (const BYTE *)vecs[0].data - head_size;
    out[0].size += head_size;
    memcpy( (BYTE *)out[0].data, head, head_size );
    out[count].data = sized ? ends + 1 : ends;
    out[count].size = sized ? 1 : 2;
    return stream_send( session->stream, out, count + 1, engine_deadline( session->config.send_timeout ), async, error );
}

HRESULT nmf_send_begin( struct nmf_session *session, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    static const BYTE record = NMF_UNSIZED_ENVELOPE;
    struct stream_vec vec = { &record, 1 };

    return send_bytes( session, &vec, 1, async, error );
}

HRESULT nmf_send_chunk( struct nmf_session *session, const struct stream_vec *vecs, ULONG count,
                        const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    ULONG total = total_size( vecs, count );
    BYTE head[5];

    if (!total) return S_OK;            /* a chunk of no bytes would end the envelope */
    return send_headed( session, head, nmf_put_size( head, total ), vecs, count, async, error );
}

HRESULT nmf_send_end( struct nmf_session *session, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    static const BYTE zero = 0;
    struct stream_vec vec = { &zero, 1 };

    return send_bytes( session, &vec, 1, async, error );
}

HRESULT nmf_shutdown( struct nmf_session *session, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    static const BYTE record = NMF_END;
    struct stream_vec vec = { &record, 1 };

    if (__atomic_exchange_n( &session->end_sent, 1, __ATOMIC_ACQ_REL )) return S_OK;
    return stream_send( session->stream, &vec, 1, engine_deadline( session->config.send_timeout ), async, error );
}

void nmf_send_fault( struct nmf_session *session, const char *name )
{
    BYTE buf[160];
    struct stream_vec vec = { buf, nmf_put_fault( buf, sizeof(buf), name ) };

    WS_TRACE_IO( "session %p: fault %s\n", session, name );
    if (__atomic_exchange_n( &session->end_sent, 1, __ATOMIC_ACQ_REL ) || !vec.size) return;
    /* A fault that does not fit the socket's buffer at once is not worth waiting for. */
    session->fault_sent = stream_send( session->stream, &vec, 1, engine_now() + 1, NULL, NULL ) == S_OK;
    stream_shutdown( session->stream, NULL );
}

/* ---- the end ---- */

static HRESULT CALLBACK step_close_drain( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                          const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

static HRESULT CALLBACK step_close_received( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                             const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct nmf_session *session = state;

    if (FAILED( hr )) return hr;
    session->len += session->received;
    if (!session->received) session->end_received = TRUE;       /* closed without an end record: as good */
    return step_close_drain( S_OK, model, state, next, context, error );
}

/* Reads and forgets until the peer's end. */
static HRESULT CALLBACK step_close_drain( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                          const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct nmf_session *session = state;
    struct nmf_item item;
    BYTE scrap[1024];
    ULONG want, got;

    (void)model;
    if (FAILED( hr )) return hr;
    while (!session->end_received)
    {
        want = session->len - session->pos + 1;
        if (session->streaming)
        {
            session->read_buf = scrap;
            session->read_size = sizeof(scrap);
            session->read_got = &got;
            hr = read_buffered( session, error );
        }
        else if (!(hr = next_record( session, &item, &want, error )))
        {
            if (item.type == NMF_END) session->end_received = TRUE;
            else if (item.type == NMF_UNSIZED_ENVELOPE) session->streaming = TRUE;
            else if (item.type == NMF_FAULT) return nmf_fail_fault( &item, error );
        }
        if (FAILED( hr )) return hr;
        if (hr != S_FALSE) continue;
        next->function = step_close_received;
        return nmf_fill( session, want, session->close_due, context, error );
    }
    return S_OK;
}

static HRESULT CALLBACK step_close( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                    const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct nmf_session *session = state;

    (void)hr; (void)model;
    next->function = step_close_drain;
    return nmf_shutdown( session, context, error );
}

HRESULT nmf_close( struct nmf_session *session, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    session->close_due = engine_deadline( session->config.close_timeout );
    session->stream->leavable = FALSE;
    return async_execute( &session->recv_state, step_close, WS_SHORT_CALLBACK, session, async, error );
}

void nmf_leave( struct nmf_session *session )
{
    stream_leave( session->stream );
}

void nmf_abort( struct nmf_session *session )
{
    stream_abort( session->stream );
}
