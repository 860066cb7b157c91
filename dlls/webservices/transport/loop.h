/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The inside of the engine, for the files of this folder only: epoll sets, sockets on them, and the window in which a
 * leader runs foreign code and may lose its epoll set. */
#ifndef WS_TRANSPORT_LOOP_H
#define WS_TRANSPORT_LOOP_H

#include "transport/stream.h"
#include "unixlib.h"

struct worker;

/* What an epoll set refers to; the first member of the object. */
struct pollable
{
    /* On the thread that leads the worker. It must not block, nor run foreign code outside engine_enter/leave. */
    void (*on_event)( struct pollable *self, UINT32 events );
    void (*destroy)( struct pollable *self );
    struct worker   *worker;       /* NULL until registered */
    struct pollable *next_dead;
};

/* Registers the descriptor with the worker that has least to do. 0 or an errno negated. */
INT32 worker_add( struct pollable *self, INT32 fd, BOOL listener );
/* After the descriptor was closed: calls destroy when no batch of events can hold the object any more. */
void worker_retire( struct pollable *self );

/* Around foreign code (a handler, a completion) on a thread of the engine. Nothing that the code may have freed can be touched
 * after it. They nest. Harmless on other threads. */
void engine_enter( void );
void engine_leave( void );

/* Completes an operation on this thread, which is one of the engine with none of our locks. */
static inline void engine_invoke( WS_ASYNC_CONTEXT async, HRESULT hr )
{
    engine_enter();
    async.callback( hr, WS_LONG_CALLBACK, async.callbackState );
    engine_leave();
}

/* Blocks of ENGINE_BUFFER bytes, kept in a small stack by each thread. NULL if there is no memory. */
#define ENGINE_BUFFER 20480
void *engine_buffer_get( void );
void  engine_buffer_put( void *buffer );

/* A socket on the engine. A direction is idle, ready (an edge was seen that nobody has used yet) or armed (somebody waits). Who
 * takes it out of the armed state owns the direction until it is armed again. */
struct socket
{
    struct pollable poll;
    struct stream   stream;
    INT32  fd;
    UINT32 armed_timeout;          /* see struct unix_recv */
    LONG   r_state, w_state;
    BOOL   drained;                /* the last receive took all there was */
    LONG   gone;                   /* the peer has closed its side, or the connection is broken */
    LONG   expired;                /* EXPIRED_* directions whose time is over */
    LONG   left;                   /* the receive is to be left */
    INT32  wake;                   /* descriptor that wakes the thread that waits in a receive which can be left; 0: not made yet */
    void (*r_func)( struct socket *socket, HRESULT why );  /* why: S_OK or WS_E_OPERATION_TIMED_OUT */
    void (*w_func)( struct socket *socket, HRESULT why );
    void (*on_gone)( struct socket *socket );
    UINT64 r_due, w_due;
    struct engine_timer timer;
    struct engine_work expired_work;
    struct socket_io *io;          /* operations of the stream interface, made when first needed */
};

/* `destroy` frees the object that begins with the socket. The descriptor belongs to the socket now. */
void  socket_init( struct socket *socket, INT32 fd, const struct unix_address *local, const struct unix_address *remote,
                   void (*destroy)( struct pollable *self ) );
/* Closes; nothing may be armed. destroy follows when it is safe. */
void  socket_close( struct socket *socket );
INT32 socket_register( struct socket *socket );

/* Waits for the direction. FALSE: it is ready already, try again. The functions run on a leading thread. */
BOOL  socket_arm_read( struct socket *socket, void (*func)( struct socket *socket, HRESULT why ), UINT64 due );
BOOL  socket_arm_write( struct socket *socket, void (*func)( struct socket *socket, HRESULT why ), UINT64 due );

/* Without waiting: bytes, 0 at the end, or an errno negated (-EAGAIN: nothing now). */
INT32 socket_recv_now( struct socket *socket, void *buf, ULONG size );
INT32 socket_send_now( struct socket *socket, const struct stream_vec *vecs, ULONG count );
#define NET_EAGAIN (-11)           /* errno of Linux, as the ELF half returns it */

extern const struct stream_ops socket_stream_ops;
static inline struct socket *socket_from_stream( struct stream *stream )
{
    return (struct socket *)((char *)stream - offsetof( struct socket, stream ));
}
/* A stream that consists of nothing but a socket; takes the descriptor in any case. */
struct stream *socket_stream_create( INT32 fd, const struct unix_address *local, const struct unix_address *remote );

/* A port that listens, on one or both families. */
struct acceptor;
typedef void (*accept_func)( void *arg, INT32 fd, const struct unix_address *local, const struct unix_address *remote );
/* `host`: an address that has to be one of this machine, or NULL. */
HRESULT acceptor_open( USHORT port, UINT8 ip_version, ULONG backlog, const struct net_address *host, accept_func func,
                       void *arg, struct acceptor **ret, WS_ERROR *error );
/* After it returns func is not entered any more. Not from inside func. */
void acceptor_close( struct acceptor *acceptor );

/* Bytes on the wire, for WINEDEBUG=+webservices_io. */
void net_trace_bytes( const char *what, const void *object, const void *data, SIZE_T size );
#define NET_TRACE( what, object, data, size ) \
    do { if (WS_TRACE_IO_ON) net_trace_bytes( what, object, data, size ); } while (0)

#include "base/trace.h"

#endif
