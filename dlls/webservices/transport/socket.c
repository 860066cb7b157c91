/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sockets on the engine, and the stream interface over them.
 *
 * A calling thread that may wait does so in the receive or send itself, and the socket is not registered anywhere. The
 * first asynchronous operation registers it, edge triggered, for good: after that waiting costs no system call. */
#include "transport/loop.h"

enum { DIR_IDLE, DIR_READY, DIR_ARMED };
#define EXPIRED_READ  1
#define EXPIRED_WRITE 2
#define LEFT_READ     4

static BOOL dir_change( LONG *state, LONG from, LONG to )
{
    return __atomic_compare_exchange_n( state, &from, to, FALSE, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE );
}

/* An edge: TRUE if somebody waited, who is now to be called. */
static BOOL dir_edge( LONG *state )
{
    for (;;)
    {
        LONG now = __atomic_load_n( state, __ATOMIC_ACQUIRE );

        if (now == DIR_READY) return FALSE;
        if (dir_change( state, now, now == DIR_ARMED ? DIR_IDLE : DIR_READY )) return now == DIR_ARMED;
    }
}

static void socket_event( struct pollable *self, UINT32 events )
{
    struct socket *socket = (struct socket *)self;
    BOOL read = (events & UNIX_EVENT_IN) && dir_edge( &socket->r_state );
    BOOL write = (events & UNIX_EVENT_OUT) && dir_edge( &socket->w_state );

    if (events & UNIX_EVENT_GONE) __atomic_store_n( &socket->gone, 1, __ATOMIC_SEQ_CST );
    if (read) socket->r_func( socket, S_OK );
    if (write) socket->w_func( socket, S_OK );
    /* Whoever was called above finds out by himself, and may have given the socket away. */
    if (!read && !write && (events & UNIX_EVENT_GONE) && socket->on_gone) socket->on_gone( socket );
}

/* On the clock thread: decides whose time is over, and lets a thread of the pool tell them. */
static void socket_timer( void *arg )
{
    struct socket *socket = arg;
    UINT64 now = engine_now(), next = ~(UINT64)0;
    LONG expired = 0;

    if (__atomic_load_n( &socket->r_state, __ATOMIC_ACQUIRE ) == DIR_ARMED)
    {
        if (socket->r_due > now) next = socket->r_due;
        else if (dir_change( &socket->r_state, DIR_ARMED, DIR_IDLE )) expired |= EXPIRED_READ;
    }
    if (__atomic_load_n( &socket->w_state, __ATOMIC_ACQUIRE ) == DIR_ARMED)
    {
        if (socket->w_due > now) next = socket->w_due < next ? socket->w_due : next;
        else if (dir_change( &socket->w_state, DIR_ARMED, DIR_IDLE )) expired |= EXPIRED_WRITE;
    }
    if (next != ~(UINT64)0) engine_timer_advance( &socket->timer, next );
    if (expired)
    {
        __atomic_fetch_or( &socket->expired, expired, __ATOMIC_ACQ_REL );
        engine_submit( &socket->expired_work );
    }
}

/* The direction may have been used and armed anew between the two looks above; then its time is not over, and being told
 * that it is ready makes its owner try and wait again. */
static HRESULT expiry( UINT64 due, UINT64 now )
{
    return due <= now ? WS_E_OPERATION_TIMED_OUT : S_OK;
}

static void socket_expired( void *arg )
{
    struct socket *socket = arg;
    LONG expired = __atomic_exchange_n( &socket->expired, 0, __ATOMIC_ACQ_REL );
    UINT64 now = engine_now(), w_due = socket->w_due;

    if (expired & (EXPIRED_READ | LEFT_READ))
        socket->r_func( socket, expired & LEFT_READ ? S_OK : expiry( socket->r_due, now ) );
    if (expired & EXPIRED_WRITE) socket->w_func( socket, expiry( w_due, now ) );
}

void socket_init( struct socket *socket, INT32 fd, const struct unix_address *local, const struct unix_address *remote,
                  void (*destroy)( struct pollable *self ) )
{
    memset( socket, 0, sizeof(*socket) );
    socket->poll.on_event = socket_event;
    socket->poll.destroy = destroy;
    socket->stream.ops = &socket_stream_ops;
    socket->stream.refs = 1;
    _Static_assert( sizeof(struct net_address) == sizeof(struct unix_address), "one layout for both" );
    memcpy( &socket->stream.local, local, sizeof(*local) );
    memcpy( &socket->stream.remote, remote, sizeof(*remote) );
    socket->fd = fd;
    socket->w_state = DIR_IDLE;
    socket->expired_work.func = socket_expired;
    socket->expired_work.arg = socket;
    engine_timer_init( &socket->timer, socket_timer, socket );
}

void socket_close( struct socket *socket )
{
    struct unix_close args = { socket->fd }, wake = { socket->wake };

    socket->on_gone = NULL;
    engine_timer_stop( &socket->timer );
    unix_call( UNIX_CLOSE, &args );
    if (socket->wake) unix_call( UNIX_CLOSE, &wake );
    socket->fd = -1;
    worker_retire( &socket->poll );
}

INT32 socket_register( struct socket *socket )
{
    return socket->poll.worker ? 0 : worker_add( &socket->poll, socket->fd, FALSE );
}

/* The timer is set at the earliest deadline it was ever asked for and looks around when it fires: a new deadline on every
 * message costs nothing. It is set before the state changes, as afterwards the socket may be in other hands. */
static void need_timer( struct socket *socket, UINT64 due )
{
    if (due < socket->timer.due) engine_timer_advance( &socket->timer, due );
}

BOOL socket_arm_read( struct socket *socket, void (*func)( struct socket *socket, HRESULT why ), UINT64 due )
{
    if (__atomic_load_n( &socket->r_state, __ATOMIC_ACQUIRE ) == DIR_IDLE)
    {
        socket->r_func = func;
        socket->r_due = due;
        need_timer( socket, due );
        if (dir_change( &socket->r_state, DIR_IDLE, DIR_ARMED )) return TRUE;
    }
    __atomic_store_n( &socket->r_state, DIR_IDLE, __ATOMIC_RELEASE );
    return FALSE;
}

BOOL socket_arm_write( struct socket *socket, void (*func)( struct socket *socket, HRESULT why ), UINT64 due )
{
    if (__atomic_load_n( &socket->w_state, __ATOMIC_ACQUIRE ) == DIR_IDLE)
    {
        socket->w_func = func;
        socket->w_due = due;
        need_timer( socket, due );
        if (dir_change( &socket->w_state, DIR_IDLE, DIR_ARMED )) return TRUE;
    }
    __atomic_store_n( &socket->w_state, DIR_IDLE, __ATOMIC_RELEASE );
    return FALSE;
}

static INT32 recv_call( struct socket *socket, void *buf, ULONG size, ULONG timeout, INT32 wake )
{
    struct unix_recv args = { socket->fd, size, (UINT_PTR)buf, timeout, socket->armed_timeout, wake, 0 };
    INT32 ret = unix_call( UNIX_RECV, &args );

    socket->armed_timeout = args.armed;
    if (ret >= 0) NET_TRACE( "received", socket, buf, ret );
    else if (ret != NET_EAGAIN) WS_TRACE_IO( "%p receive failed: %d\n", socket, (int)-ret );
    return ret;
}

static INT32 send_call( struct socket *socket, const struct stream_vec *vecs, ULONG count, ULONG timeout )
{
    struct unix_iov iovs[STREAM_MAX_VECS];
    struct unix_send args = { socket->fd, count, (UINT_PTR)iovs, timeout, 0 };
    INT32 ret;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        iovs[i].data = (UINT_PTR)vecs[i].data;
        iovs[i].size = vecs[i].size;
    }
    ret = unix_call( UNIX_SEND, &args );
    if (WS_TRACE_IO_ON)
    {
        SIZE_T left = ret > 0 ? ret : 0;

        for (i = 0; i < count && left; i++)
        {
            SIZE_T part = vecs[i].size < left ? vecs[i].size : left;
            net_trace_bytes( "sent", socket, vecs[i].data, part );
            left -= part;
        }
        if (ret < 0 && ret != NET_EAGAIN) WS_TRACE_IO( "%p send failed: %d\n", socket, (int)-ret );
    }
    return ret;
}

INT32 socket_recv_now( struct socket *socket, void *buf, ULONG size )
{
    INT32 ret = recv_call( socket, buf, size, 0, 0 );

    /* A short receive took all there was; what comes later raises a new edge. But the end of the peer's data may have come
     * with the same edge as the data. */
    socket->drained = ret < 0 || ((ULONG)ret < size && !socket->gone);
    return ret;
}

INT32 socket_send_now( struct socket *socket, const struct stream_vec *vecs, ULONG count )
{
    return send_call( socket, vecs, count, 0 );
}

/* ---- the stream interface ---- */

struct socket_io
{
    WS_ASYNC_CONTEXT recv_async;
    WS_ERROR *recv_error;
    void   *buf;
    ULONG   size;
    ULONG  *got;
    UINT64  recv_due;
    WS_ASYNC_CONTEXT send_async;
    WS_ERROR *send_error;
    UINT64  send_due;
    ULONG   pos, count;
    struct stream_vec vecs[STREAM_MAX_VECS];
};

static HRESULT aborted( WS_ERROR *error )
{
    return ws_fail( error, WS_E_OPERATION_ABORTED, "The operation was aborted." );
}

static HRESULT recv_result( struct socket *socket, INT32 ret, ULONG *got, WS_ERROR *error )
{
    if (UNLIKELY( atomic_read( &socket->stream.aborted ) )) return aborted( error );
    if (ret < 0)
    {
        char text[NET_ADDRESS_TEXT];
        net_address_text( &socket->stream.remote, TRUE, text );
        return net_fail( error, NET_RECEIVE, -ret, text, 0 );
    }
    *got = ret;
    return S_OK;
}

static HRESULT send_result( struct socket *socket, INT32 ret, WS_ERROR *error )
{
    char text[NET_ADDRESS_TEXT];

    if (UNLIKELY( atomic_read( &socket->stream.aborted ) )) return aborted( error );
    if (ret >= 0) return S_OK;
    net_address_text( &socket->stream.remote, TRUE, text );
    return net_fail( error, NET_SEND, -ret, text, 0 );
}

static HRESULT prepare_async( struct socket *socket, WS_ERROR *error )
{
    INT32 ret;

    if (!socket->io && !(socket->io = mem_calloc( sizeof(*socket->io) )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for an asynchronous operation." );
    if ((ret = socket_register( socket ))) return net_fail( error, NET_CONNECT, -ret, "", 0 );
    return S_OK;
}

/* TRUE if the receive was left; FALSE, and not touched, in the usual case. */
static BOOL was_left( struct socket *socket )
{
    return UNLIKELY( socket->stream.leavable && __atomic_load_n( &socket->left, __ATOMIC_SEQ_CST ) ) &&
           __atomic_exchange_n( &socket->left, 0, __ATOMIC_SEQ_CST );
}

static void recv_ready( struct socket *socket, HRESULT why );

/* S_OK or an error when it is done, WS_S_ASYNC when it is armed. */
static HRESULT recv_step( struct socket *socket, WS_ERROR *error )
{
    struct socket_io *io = socket->io;
    INT32 ret;

    for (;;)
    {
        if (was_left( socket )) return WS_E_OPERATION_ABANDONED;    /* no string: a sign between functions */
        if (!socket->drained || atomic_read( &socket->stream.aborted ))
        {
            ret = socket_recv_now( socket, io->buf, io->size );
            if (ret != NET_EAGAIN) return recv_result( socket, ret, io->got, error );
        }
        if (socket_arm_read( socket, recv_ready, io->recv_due )) return WS_S_ASYNC;
        socket->drained = FALSE;
    }
}

static void recv_ready( struct socket *socket, HRESULT why )
{
    struct socket_io *io = socket->io;
    WS_ASYNC_CONTEXT async = io->recv_async;
    HRESULT hr;

    socket->drained = FALSE;
    if (FAILED( why )) hr = net_fail( io->recv_error, NET_RECEIVE, 110, NULL, 0 );
    else if ((hr = recv_step( socket, io->recv_error )) == WS_S_ASYNC) return;
    engine_invoke( async, hr );
}

/* Most answers come within the slice, and then the receive costs one system call. Only a longer wait is one for two descriptors. */
#define LEAVE_SLICE 10
#define NET_ETIMEDOUT (-110)
#define NET_ECANCELED (-125)

static INT32 recv_leavable( struct socket *socket, void *buf, ULONG size, ULONG timeout )
{
    struct unix_wake_open wake;
    INT32 ret;

    if (was_left( socket )) return NET_ECANCELED;
    if (timeout <= LEAVE_SLICE) return recv_call( socket, buf, size, timeout, 0 );
    if ((ret = recv_call( socket, buf, size, LEAVE_SLICE, 0 )) != NET_ETIMEDOUT) return ret;
    if (!socket->wake)
    {
        if ((ret = unix_call( UNIX_WAKE_OPEN, &wake ))) return ret;
        __atomic_store_n( &socket->wake, wake.wake, __ATOMIC_SEQ_CST );
    }
    if (was_left( socket )) return NET_ECANCELED;
    if (timeout != NET_INFINITE) timeout -= LEAVE_SLICE;
    if ((ret = recv_call( socket, buf, size, timeout, socket->wake )) == NET_ECANCELED) was_left( socket );
    return ret;
}

static void socket_leave( struct stream *stream )
{
    struct socket *socket = socket_from_stream( stream );
    struct unix_wake_signal wake;

    __atomic_store_n( &socket->left, 1, __ATOMIC_SEQ_CST );
    /* as if data had come, only that who waits is told on another thread */
    if (dir_edge( &socket->r_state ))
    {
        __atomic_fetch_or( &socket->expired, LEFT_READ, __ATOMIC_ACQ_REL );
        engine_submit( &socket->expired_work );
    }
    if ((wake.wake = __atomic_load_n( &socket->wake, __ATOMIC_SEQ_CST ))) unix_call( UNIX_WAKE_SIGNAL, &wake );
}

static HRESULT socket_recv( struct stream *stream, void *buf, ULONG size, ULONG *got, UINT64 deadline,
                            const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct socket *socket = socket_from_stream( stream );
    struct socket_io *io;
    HRESULT hr;
    INT32 ret;

    if (!async)
    {
        ULONG left = engine_remaining( deadline );

        if (atomic_read( &stream->aborted )) return aborted( error );
        engine_blocking();
        if (!left) left = 1;
        if (!stream->leavable) ret = recv_call( socket, buf, size, left, 0 );
        else if ((ret = recv_leavable( socket, buf, size, left )) == NET_ECANCELED && !atomic_read( &stream->aborted ))
            return WS_E_OPERATION_ABANDONED;    /* no string: a sign between functions */
        return recv_result( socket, ret, got, error );
    }
    if ((hr = prepare_async( socket, error ))) return hr;
    io = socket->io;
    io->recv_async = *async;
    io->recv_error = error;
    io->recv_due = deadline;
    io->buf = buf;
    io->size = size;
    io->got = got;
    return recv_step( socket, error );
}

static void send_ready( struct socket *socket, HRESULT why );

static void send_advance( struct socket_io *io, INT32 sent )
{
    for (; sent > 0 && io->pos < io->count; io->pos++)
    {
        struct stream_vec *vec = &io->vecs[io->pos];

        if ((SIZE_T)sent < vec->size)
        {
            vec->data = (const char *)vec->data + sent;
            vec->size -= sent;
            break;
        }
        sent -= vec->size;
    }
    while (io->pos < io->count && !io->vecs[io->pos].size) io->pos++;
}

static HRESULT send_step( struct socket *socket, WS_ERROR *error )
{
    struct socket_io *io = socket->io;

    for (;;)
    {
        INT32 ret = socket_send_now( socket, io->vecs + io->pos, io->count - io->pos );

        if (ret < 0 && ret != NET_EAGAIN) return send_result( socket, ret, error );
        send_advance( io, ret );
        if (io->pos == io->count) return send_result( socket, 0, error );
        if (socket_arm_write( socket, send_ready, io->send_due )) return WS_S_ASYNC;
    }
}

static void send_ready( struct socket *socket, HRESULT why )
{
    struct socket_io *io = socket->io;
    WS_ASYNC_CONTEXT async = io->send_async;
    HRESULT hr;

    if (FAILED( why )) hr = net_fail( io->send_error, NET_SEND, 110, NULL, 0 );
    else if ((hr = send_step( socket, io->send_error )) == WS_S_ASYNC) return;
    engine_invoke( async, hr );
}

static HRESULT socket_send( struct stream *stream, const struct stream_vec *vecs, ULONG count, UINT64 deadline,
                            const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct socket *socket = socket_from_stream( stream );
    struct socket_io *io;
    SIZE_T total = 0;
    INT32 ret = 0;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < count; i++) total += vecs[i].size;
    if (!async)
    {
        ULONG left;

        if (atomic_read( &stream->aborted )) return aborted( error );
        /* Most sends fit the socket's buffer: only one that does not is worth a clock, or another leader. */
        if ((ret = socket_send_now( socket, vecs, count )) == (INT32)total) return S_OK;
        if (ret >= 0 || ret == NET_EAGAIN)
        {
            struct stream_vec rest[STREAM_MAX_VECS];
            SIZE_T done = ret > 0 ? ret : 0;

            for (i = 0; i < count && done >= vecs[i].size; i++) done -= vecs[i].size;
            memcpy( rest, vecs + i, (count - i) * sizeof(*vecs) );
            rest[0].data = (const char *)rest[0].data + done;
            rest[0].size -= done;
            left = engine_remaining( deadline );
            engine_blocking();
            ret = send_call( socket, rest, count - i, left ? left : 1 );
        }
        return send_result( socket, ret, error );
    }
    /* Where threads receive in place, what fits at once needs no registration: it would make every receive a little more expensive
     * from then on. */
    if (stream->leavable && !socket->poll.worker)
    {
        if ((ret = socket_send_now( socket, vecs, count )) == (INT32)total) return S_OK;
        if (ret < 0 && ret != NET_EAGAIN) return send_result( socket, ret, error );
    }
    if ((hr = prepare_async( socket, error ))) return hr;
    io = socket->io;
    io->send_async = *async;
    io->send_error = error;
    io->send_due = deadline;
    io->pos = 0;
    io->count = count;
    memcpy( io->vecs, vecs, count * sizeof(*vecs) );
    send_advance( io, ret );
    return send_step( socket, error );
}

static HRESULT socket_shutdown( struct stream *stream, WS_ERROR *error )
{
    struct unix_shutdown args = { socket_from_stream( stream )->fd, UNIX_SHUTDOWN_SEND };
    INT32 ret = unix_call( UNIX_SHUTDOWN, &args );

    return ret ? net_fail( error, NET_SEND, -ret, NULL, 0 ) : S_OK;
}

static void socket_abort( struct stream *stream )
{
    struct unix_shutdown args = { socket_from_stream( stream )->fd, UNIX_SHUTDOWN_BOTH };

    __atomic_store_n( &stream->aborted, 1, __ATOMIC_SEQ_CST );
    WS_TRACE_IO( "%p aborted\n", socket_from_stream( stream ) );
    unix_call( UNIX_SHUTDOWN, &args );   /* wakes every wait on the descriptor */
}

static void socket_stream_destroy( struct stream *stream )
{
    socket_close( socket_from_stream( stream ) );
}

const struct stream_ops socket_stream_ops =
{
    socket_recv, socket_send, socket_shutdown, socket_abort, socket_leave, socket_stream_destroy
};

void stream_release( struct stream *stream )
{
    if (!atomic_dec( &stream->refs )) stream->ops->destroy( stream );
}

static void socket_free( struct pollable *self )
{
    struct socket *socket = (struct socket *)self;

    mem_free( socket->io );
    mem_free( socket );
}

struct stream *socket_stream_create( INT32 fd, const struct unix_address *local, const struct unix_address *remote )
{
    struct socket *socket = mem_alloc( sizeof(*socket) );

    if (!socket)
    {
        struct unix_close args = { fd };
        unix_call( UNIX_CLOSE, &args );
        return NULL;
    }
    socket_init( socket, fd, local, remote, socket_free );
    return &socket->stream;
}

/* ---- connecting ---- */

struct connector
{
    struct engine_work work;
    WS_ASYNC_CONTEXT async;
    WS_ERROR *error;
    struct stream **ret;
    struct connect_cancel *cancel;
    struct socket_options options;
    UINT64 deadline;
    ULONG  host_len;
    USHORT port;
    char   host[];
};

static HRESULT connect_now( const char *host, USHORT port, const struct socket_options *options, UINT64 deadline,
                            struct connect_cancel *cancel, struct stream **ret, WS_ERROR *error )
{
    struct unix_connect args = { .host = (UINT_PTR)host, .port = port };
    ULONG left = engine_remaining( deadline );
    INT32 fd;

    args.cancel = cancel ? (UINT_PTR)&cancel->cancelled : 0;
    args.flags = options->ip_version == WS_IP_VERSION_4 ? UNIX_CONNECT_IPV4
               : options->ip_version == WS_IP_VERSION_6 ? UNIX_CONNECT_IPV6 : UNIX_CONNECT_IPV4 | UNIX_CONNECT_IPV6;
    if (options->delay) args.flags |= UNIX_CONNECT_DELAY;
    args.timeout = left ? left : 1;
    args.resolve_timeout = options->resolve_timeout ? options->resolve_timeout : args.timeout;
    if (options->keep_alive) args.keep_alive_time = options->keep_alive_time ? options->keep_alive_time : 7200000;
    args.keep_alive_interval = options->keep_alive_interval;

    engine_blocking();
    if ((fd = unix_call( UNIX_CONNECT, &args )) < 0)
    {
        WS_TRACE_IO( "connecting to %s port %u failed: %d\n", host, port, (int)-fd );
        return net_fail( error, args.resolving ? NET_RESOLVE : NET_CONNECT, -fd, host, port );
    }
    if (!(*ret = socket_stream_create( fd, &args.local, &args.remote )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for a connection." );
    WS_TRACE_IO( "%p connected to %s port %u\n", socket_from_stream( *ret ), host, port );
    return S_OK;
}

static void connect_work( void *arg )
{
    struct connector *connector = arg;
    WS_ASYNC_CONTEXT async = connector->async;
    HRESULT hr;

    hr = connect_now( connector->host, connector->port, &connector->options, connector->deadline, connector->cancel,
                      connector->ret, connector->error );
    mem_free( connector );
    engine_invoke( async, hr );
}

/* Whoever takes the stream out of the cell has the cell's reference. */
static struct stream *take_lent( struct connect_cancel *cancel )
{
    return __atomic_exchange_n( &cancel->stream, NULL, __ATOMIC_SEQ_CST );
}

void connect_take_back( struct connect_cancel *cancel )
{
    struct stream *stream = take_lent( cancel );

    if (stream) stream_release( stream );
}

BOOL connect_lend( struct connect_cancel *cancel, struct stream *stream )
{
    __atomic_store_n( &cancel->stream, stream_addref( stream ), __ATOMIC_SEQ_CST );
    if (!__atomic_load_n( &cancel->cancelled, __ATOMIC_SEQ_CST )) return TRUE;
    connect_take_back( cancel );
    return FALSE;
}

void connect_cancel( struct connect_cancel *cancel )
{
    struct stream *stream;

    __atomic_store_n( &cancel->cancelled, 1, __ATOMIC_SEQ_CST );
    if (!(stream = take_lent( cancel ))) return;
    stream_abort( stream );
    stream_release( stream );
}

HRESULT stream_connect( const char *host, ULONG host_len, USHORT port, const struct socket_options *options,
                        UINT64 deadline, struct connect_cancel *cancel, struct stream **ret,
                        const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct connector *connector;
    HRESULT hr;

    if (host_len > 2 && host[0] == '[' && host[host_len - 1] == ']') host++, host_len -= 2;
    if (!(connector = mem_calloc( sizeof(*connector) + host_len + 1 )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory to connect." );
    memcpy( connector->host, host, host_len );
    if (!async)
    {
        hr = connect_now( connector->host, port, options, deadline, cancel, ret, error );
        mem_free( connector );
        return hr;
    }
    connector->work.func = connect_work;
    connector->work.arg = connector;
    connector->async = *async;
    connector->error = error;
    connector->ret = ret;
    connector->cancel = cancel;
    connector->options = *options;
    connector->deadline = deadline;
    connector->port = port;
    engine_submit( &connector->work );
    return WS_S_ASYNC;
}

/* ---- listening ---- */

struct listening
{
    struct pollable  poll;
    struct acceptor *acceptor;
    INT32            fd;
};

/* The listening sockets are retired one by one; the last one takes the acceptor with it. */
struct acceptor
{
    accept_func func;
    void  *arg;
    LONG   refs;
    SRWLOCK lock;                /* held over func, so that close can wait for its end */
    BOOL   closed;
    struct listening sockets[2];
};

static void listening_event( struct pollable *self, UINT32 events )
{
    struct listening *listening = (struct listening *)self;
    struct acceptor *acceptor = listening->acceptor;
    struct unix_accept args = { .fd = listening->fd };
    ULONG i;

    (void)events;
    AcquireSRWLockShared( &acceptor->lock );
    for (i = 0; i < 16 && !acceptor->closed; i++)
    {
        INT32 fd = unix_call( UNIX_ACCEPT, &args );

        if (fd >= 0) acceptor->func( acceptor->arg, fd, &args.local, &args.remote );
        else
        {
            if (fd != NET_EAGAIN) WS_TRACE_IO( "accept failed: %d\n", (int)-fd );
            break;
        }
    }
    ReleaseSRWLockShared( &acceptor->lock );
}

static void listening_destroy( struct pollable *self )
{
    struct acceptor *acceptor = ((struct listening *)self)->acceptor;

    if (!atomic_dec( &acceptor->refs )) mem_free( acceptor );
}

void acceptor_close( struct acceptor *acceptor )
{
    ULONG i;

    AcquireSRWLockExclusive( &acceptor->lock );
    acceptor->closed = TRUE;
    ReleaseSRWLockExclusive( &acceptor->lock );
    for (i = 0; i < ARRAY_SIZE( acceptor->sockets ); i++)
    {
        struct unix_close args = { acceptor->sockets[i].fd };

        if (args.fd >= 0) unix_call( UNIX_CLOSE, &args );
        worker_retire( &acceptor->sockets[i].poll );
    }
}

static INT32 listen_on( struct listening *listening, UINT16 family, USHORT port, ULONG backlog )
{
    struct unix_listen args = { .address = { .family = family, .port = port }, .backlog = backlog };

    return listening->fd = unix_call( UNIX_LISTEN, &args );
}

BOOL net_is_local( const struct net_address *address )
{
    static const BYTE any[sizeof(address->addr)];
    struct unix_listen probe = { .probe = TRUE };

    if (!memcmp( address->addr, any, sizeof(any) )) return FALSE;
    memcpy( &probe.address, address, sizeof(*address) );
    probe.address.port = 0;
    return (INT32)unix_call( UNIX_LISTEN, &probe ) >= 0;
}

HRESULT acceptor_open( USHORT port, UINT8 ip_version, ULONG backlog, const struct net_address *host, accept_func func,
                       void *arg, struct acceptor **ret, WS_ERROR *error )
{
    struct acceptor *acceptor;
    INT32 err = 0;
    ULONG i;

    if (host)
    {
        struct unix_listen probe = { .probe = TRUE };
        char text[NET_ADDRESS_TEXT];

        memcpy( &probe.address, host, sizeof(*host) );
        probe.address.port = 0;
        net_address_text( host, FALSE, text );
        if ((err = unix_call( UNIX_LISTEN, &probe )) < 0) return net_fail( error, NET_LISTEN, -err, text, port );
    }
    if (!(acceptor = mem_calloc( sizeof(*acceptor) )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory to listen on port %u.", port );
    acceptor->func = func;
    acceptor->arg = arg;
    acceptor->refs = ARRAY_SIZE( acceptor->sockets );
    for (i = 0; i < ARRAY_SIZE( acceptor->sockets ); i++)
    {
        acceptor->sockets[i].poll.on_event = listening_event;
        acceptor->sockets[i].poll.destroy = listening_destroy;
        acceptor->sockets[i].acceptor = acceptor;
        acceptor->sockets[i].fd = -1;
    }
    err = 0;
    if (ip_version != WS_IP_VERSION_6) err = listen_on( &acceptor->sockets[0], 4, port, backlog );
    if (err >= 0 && ip_version != WS_IP_VERSION_4)
    {
        err = listen_on( &acceptor->sockets[1], 6, port, backlog );
        /* A machine without IPv6 serves the other family. */
        if (acceptor->sockets[0].fd >= 0 && (err == -97 || err == -99)) err = 0;
    }
    for (i = 0; i < ARRAY_SIZE( acceptor->sockets ) && err >= 0; i++)
        if (acceptor->sockets[i].fd >= 0)
            err = worker_add( &acceptor->sockets[i].poll, acceptor->sockets[i].fd, TRUE );
    if (err < 0)
    {
        acceptor_close( acceptor );
        return net_fail( error, NET_LISTEN, -err, ip_version == WS_IP_VERSION_6 ? "::" : "0.0.0.0", port );
    }
    *ret = acceptor;
    return S_OK;
}
