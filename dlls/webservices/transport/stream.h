/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Byte streams that stack: a socket, TLS over another stream, a pipe, the in-process loop.
 *
 * Asynchronous operation is as in base/async.h: with `async` NULL a call blocks the calling thread in the ELF half
 * (no event object, no other thread); with it, a call may return WS_S_ASYNC and completes on a thread of the engine, and
 * the buffers and result variables have to live until then. At most one receive and one send are pending at a time.
 *
 * Errors: WS_E_OPERATION_TIMED_OUT, WS_E_OPERATION_ABORTED after stream_abort, WS_E_ENDPOINT_DISCONNECTED for a reset.
 * After a failure of a send, or of a receive other than by timeout or stream_leave, the stream can only be released. */
#ifndef WS_TRANSPORT_STREAM_H
#define WS_TRANSPORT_STREAM_H

#include "transport/engine.h"

/* One piece of data to send. */
struct stream_vec { const void *data; SIZE_T size; };
#define STREAM_MAX_VECS 8

struct stream;

struct stream_ops
{
    HRESULT (*recv)( struct stream *stream, void *buf, ULONG size, ULONG *got, UINT64 deadline,
                     const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
    HRESULT (*send)( struct stream *stream, const struct stream_vec *vecs, ULONG count, UINT64 deadline,
                     const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
    HRESULT (*shutdown)( struct stream *stream, WS_ERROR *error );
    void    (*abort)( struct stream *stream );
    void    (*leave)( struct stream *stream );
    void    (*destroy)( struct stream *stream );
};

struct stream
{
    const struct stream_ops *ops;
    LONG refs;
    LONG aborted;                 /* set by stream_abort */
    BOOL leavable;                /* receives may be left: see stream_leave; no change while one is pending */
    struct net_address local;     /* family 0 where there is none */
    struct net_address remote;
};

/* Receives at least one byte; *got is 0 at the end of the peer's data. */
static inline HRESULT stream_recv( struct stream *stream, void *buf, ULONG size, ULONG *got, UINT64 deadline,
                                   const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    return stream->ops->recv( stream, buf, size, got, deadline, async, error );
}

/* Sends all of it. The vector array is copied, the data is not. */
static inline HRESULT stream_send( struct stream *stream, const struct stream_vec *vecs, ULONG count, UINT64 deadline,
                                   const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    return stream->ops->send( stream, vecs, count, deadline, async, error );
}

/* Ends the sending direction; the peer reads the end of the data. */
static inline HRESULT stream_shutdown( struct stream *stream, WS_ERROR *error )
{
    return stream->ops->shutdown( stream, error );
}

/* From any thread, at any time a reference is held; returns at once. What is pending ends with WS_E_OPERATION_ABORTED. */
static inline void stream_abort( struct stream *stream )
{
    stream->ops->abort( stream );
}

/* From any thread: the receive that is pending ends soon with WS_E_OPERATION_ABANDONED, unless data comes first; if none is pending,
 * the next one does, so it may come for one that was not meant. Nothing is lost, and the stream is as good as before. Only for
 * streams that are leavable. */
static inline void stream_leave( struct stream *stream )
{
    stream->ops->leave( stream );
}

static inline struct stream *stream_addref( struct stream *stream )
{
    atomic_inc( &stream->refs );
    return stream;
}
void stream_release( struct stream *stream );

/* Options of a socket. Zeroes are the defaults (no delay is always on: head and body leave in one send). */
struct socket_options
{
    UINT8  ip_version;            /* WS_IP_VERSION; 0: automatic */
    UINT8  delay;                 /* WS_CHANNEL_PROPERTY_NO_DELAY is FALSE */
    UINT8  keep_alive;            /* WS_CHANNEL_PROPERTY_SEND_KEEP_ALIVES */
    UINT8  reserved;
    ULONG  keep_alive_time;       /* ms */
    ULONG  keep_alive_interval;   /* ms */
    ULONG  resolve_timeout;       /* ms; 0: the deadline of the call */
};

/* A connection being made can be aborted before there is a stream: the caller owns a cancel cell. A protocol whose connection
 * is there, but not yet the caller's, lends it to the cell with connect_lend, and takes it back in the end. */
struct connect_cancel { LONG cancelled; struct stream *stream; };
#define CONNECT_CANCEL_INIT { 0, NULL }
/* FALSE if connecting was cancelled meanwhile. */
BOOL connect_lend( struct connect_cancel *cancel, struct stream *stream );
void connect_take_back( struct connect_cancel *cancel );
void connect_cancel( struct connect_cancel *cancel );

/* Connects to host (UTF-8; name, IPv4, or IPv6 with or without brackets) and port, trying every address of both
 * families with a short head start for the first. `cancel` may be NULL. *ret has one reference. */
HRESULT stream_connect( const char *host, ULONG host_len, USHORT port, const struct socket_options *options,
                        UINT64 deadline, struct connect_cancel *cancel, struct stream **ret,
                        const WS_ASYNC_CONTEXT *async, WS_ERROR *error );

/* The in-process pair: what one side sends the other receives. For tests of everything above. */
HRESULT stream_loop_pair( struct stream **a, struct stream **b, WS_ERROR *error );

#endif
