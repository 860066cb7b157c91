/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Datagrams on the engine: a socket whose receives take one datagram each. */
#include "transport/datagram.h"
#include "transport/loop.h"

struct datagram_port
{
    struct socket socket;
    WS_ASYNC_CONTEXT async;
    WS_ERROR *error;
    struct unix_datagram_recv args;
    ULONG *got;
    struct net_address *from;
};

static void port_free( struct pollable *self )
{
    mem_free( self );
}

HRESULT datagram_open( UINT16 family, USHORT number, BOOL shared, struct datagram_port **ret, WS_ERROR *error )
{
    struct unix_datagram_open args = { .address = { .family = family, .port = number }, .shared = shared };
    static const struct unix_address none;
    struct datagram_port *port;
    INT32 fd;

    if (!(port = mem_calloc( sizeof(*port) ))) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for a UDP port." );
    if ((fd = unix_call( UNIX_DATAGRAM_OPEN, &args )) < 0)
    {
        mem_free( port );
        return net_fail( error, NET_LISTEN, -fd, family == 6 ? "::" : "0.0.0.0", number );
    }
    socket_init( &port->socket, fd, &args.address, &none, port_free );
    *ret = port;
    return S_OK;
}

void datagram_abort( struct datagram_port *port )
{
    struct unix_shutdown args = { port->socket.fd, UNIX_SHUTDOWN_RECV };

    __atomic_store_n( &port->socket.stream.aborted, 1, __ATOMIC_SEQ_CST );
    unix_call( UNIX_SHUTDOWN, &args );
}

void datagram_close( struct datagram_port *port )
{
    socket_close( &port->socket );
}

static HRESULT recv_result( struct datagram_port *port, INT32 ret, WS_ERROR *error )
{
    if (atomic_read( &port->socket.stream.aborted ) || ret == -125 /* ECANCELED */)
        return ws_fail( error, WS_E_OPERATION_ABORTED, "The operation was aborted." );
    if (ret < 0) return net_fail( error, NET_RECEIVE, -ret, NULL, 0 );
    memcpy( port->from, &port->args.remote, sizeof(*port->from) );
    *port->got = ret;
    NET_TRACE( "received", port, (void *)(UINT_PTR)port->args.buffer, (ULONG)ret < port->args.size ? (ULONG)ret : port->args.size );
    return S_OK;
}

static void recv_ready( struct socket *socket, HRESULT why );

/* S_OK or an error when it is done, WS_S_ASYNC when it is armed. A datagram that comes in between raises an edge, after which
 * the socket cannot be armed; an abort does the same. */
static HRESULT recv_step( struct datagram_port *port, WS_ERROR *error )
{
    for (;;)
    {
        INT32 ret = unix_call( UNIX_DATAGRAM_RECV, &port->args );

        if (ret != NET_EAGAIN || atomic_read( &port->socket.stream.aborted )) return recv_result( port, ret, error );
        if (socket_arm_read( &port->socket, recv_ready, ~(UINT64)0 )) return WS_S_ASYNC;
    }
}

static void recv_ready( struct socket *socket, HRESULT why )
{
    struct datagram_port *port = CONTAINING_RECORD( socket, struct datagram_port, socket );
    WS_ASYNC_CONTEXT async = port->async;
    HRESULT hr;

    (void)why;
    if ((hr = recv_step( port, port->error )) != WS_S_ASYNC) engine_invoke( async, hr );
}

HRESULT datagram_recv( struct datagram_port *port, void *buf, ULONG size, BOOL foreign, ULONG *got, struct net_address *from,
                       const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    INT32 ret;

    port->args = (struct unix_datagram_recv){ .fd = port->socket.fd, .size = size, .buffer = (UINT_PTR)buf, .foreign = foreign };
    port->got = got;
    port->from = from;
    if (!async)
    {
        if (atomic_read( &port->socket.stream.aborted )) return recv_result( port, -125, error );
        port->args.timeout = UNIX_INFINITE;
        engine_blocking();
        return recv_result( port, unix_call( UNIX_DATAGRAM_RECV, &port->args ), error );
    }
    port->async = *async;
    port->error = error;
    if ((ret = socket_register( &port->socket ))) return net_fail( error, NET_RECEIVE, -ret, NULL, 0 );
    return recv_step( port, error );
}

HRESULT datagram_send( struct datagram_port *port, const struct net_address *to, ULONG adapter, ULONG hops, const void *data,
                       ULONG size, ULONG timeout, WS_ERROR *error )
{
    struct unix_datagram_send args = { .fd = port->socket.fd, .size = size, .buffer = (UINT_PTR)data, .timeout = timeout,
                                       .adapter = adapter, .hops = hops };
    char text[NET_ADDRESS_TEXT];
    INT32 ret;

    memcpy( &args.remote, to, sizeof(*to) );
    ret = unix_call( UNIX_DATAGRAM_SEND, &args );
    if (ret >= 0)
    {
        NET_TRACE( "sent", port, data, size );
        return S_OK;
    }
    net_address_text( to, TRUE, text );
    return net_fail( error, NET_SEND, -ret, text, 0 );
}

HRESULT datagram_join( struct datagram_port *port, const struct net_address *group, ULONG adapter, BOOL leave, WS_ERROR *error )
{
    struct unix_datagram_join args = { .fd = port->socket.fd, .adapter = adapter, .leave = leave };
    char text[NET_ADDRESS_TEXT];
    INT32 ret;

    memcpy( &args.group, group, sizeof(*group) );
    if (!(ret = unix_call( UNIX_DATAGRAM_JOIN, &args ))) return S_OK;
    net_address_text( group, FALSE, text );
    return net_fail( error, NET_LISTEN, -ret, text, group->port );
}

/* ---- names ---- */

struct resolver
{
    struct engine_work work;
    WS_ASYNC_CONTEXT async;
    WS_ERROR *error;
    struct net_address *ret;
    struct unix_resolve args;
    UINT64 deadline;
    char   host[];
};

static HRESULT resolve_now( struct resolver *resolver )
{
    ULONG left = engine_remaining( resolver->deadline );
    INT32 ret;

    resolver->args.timeout = left ? left : 1;
    engine_blocking();
    if ((ret = unix_call( UNIX_RESOLVE, &resolver->args )))
        return net_fail( resolver->error, NET_RESOLVE, -ret, resolver->host, resolver->args.port );
    memcpy( resolver->ret, &resolver->args.address, sizeof(*resolver->ret) );
    return S_OK;
}

static void resolve_work( void *arg )
{
    struct resolver *resolver = arg;
    WS_ASYNC_CONTEXT async = resolver->async;
    HRESULT hr = resolve_now( resolver );

    mem_free( resolver );
    engine_invoke( async, hr );
}

HRESULT datagram_resolve( const char *host, ULONG host_len, USHORT port, UINT8 ip_version, UINT64 deadline,
                          struct connect_cancel *cancel, struct net_address *ret, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct resolver *resolver;
    HRESULT hr;

    if (host_len > 2 && host[0] == '[' && host[host_len - 1] == ']') host++, host_len -= 2;
    if (!(resolver = mem_calloc( sizeof(*resolver) + host_len + 1 )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory to look for a host." );
    memcpy( resolver->host, host, host_len );
    resolver->error = error;
    resolver->ret = ret;
    resolver->deadline = deadline;
    resolver->args.host = (UINT_PTR)resolver->host;
    resolver->args.cancel = cancel ? (UINT_PTR)&cancel->cancelled : 0;
    resolver->args.port = port;
    resolver->args.flags = ip_version == WS_IP_VERSION_4 ? UNIX_CONNECT_IPV4
                         : ip_version == WS_IP_VERSION_6 ? UNIX_CONNECT_IPV6 : UNIX_CONNECT_IPV4 | UNIX_CONNECT_IPV6;
    if (async)
    {
        resolver->async = *async;
        resolver->work.func = resolve_work;
        resolver->work.arg = resolver;
        engine_submit( &resolver->work );
        return WS_S_ASYNC;
    }
    hr = resolve_now( resolver );
    mem_free( resolver );
    return hr;
}
