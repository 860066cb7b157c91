/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The registry of URL prefixes: which ports the process listens on, and which endpoint a request belongs to. */
#include "transport/http_conn.h"

#define DEFAULT_RECEIVE_TIMEOUT 15000
#define DEFAULT_IDLE_TIMEOUT    120000

static SRWLOCK registry_lock = SRWLOCK_INIT;   /* before a port's lock */
static struct http_port *ports;

void http_port_release( struct http_port *port )
{
    if (atomic_dec( &port->refs )) return;
    mem_free( port->endpoints );
    mem_free( port );
}

void http_endpoint_release( struct http_endpoint *endpoint )
{
    if (atomic_dec( &endpoint->refs )) return;
    http_prefix_clear( &endpoint->prefix );
    mem_free( endpoint );
}

struct http_endpoint *http_port_find( struct http_port *port, struct slice host, struct slice path )
{
    struct http_endpoint *ret = NULL;
    ULONG i;

    AcquireSRWLockShared( &port->lock );
    for (i = 0; i < port->count && !ret; i++)
        if (http_prefix_matches( &port->endpoints[i]->prefix, host, path )) ret = port->endpoints[i];
    if (ret) atomic_inc( &ret->refs );
    ReleaseSRWLockShared( &port->lock );
    return ret;
}

BOOL http_endpoint_begin( struct http_endpoint *endpoint )
{
    LONG active = __atomic_load_n( &endpoint->active, __ATOMIC_RELAXED );

    do if (!active) return FALSE;
    while (!__atomic_compare_exchange_n( &endpoint->active, &active, active + 1, TRUE, __ATOMIC_ACQUIRE,
                                         __ATOMIC_RELAXED ));
    return TRUE;
}

void http_endpoint_end( struct http_endpoint *endpoint )
{
    if (atomic_dec( &endpoint->active )) return;
    if (endpoint->on_drained) endpoint->on_drained( endpoint->config.context );
    http_endpoint_release( endpoint );
}

static BOOL port_insert( struct http_port *port, struct http_endpoint *endpoint )
{
    struct http_endpoint **table = mem_alloc( (port->count + 1) * sizeof(*table) ), **old;
    ULONG i = 0;

    if (!table) return FALSE;
    AcquireSRWLockExclusive( &port->lock );
    while (i < port->count && http_prefix_order( &port->endpoints[i]->prefix, &endpoint->prefix ) <= 0)
    {
        table[i] = port->endpoints[i];
        i++;
    }
    table[i] = endpoint;
    memcpy( table + i + 1, port->endpoints + i, (port->count - i) * sizeof(*table) );
    old = port->endpoints;
    port->endpoints = table;
    port->count++;
    port->generation++;
    ReleaseSRWLockExclusive( &port->lock );
    mem_free( old );
    return TRUE;
}

static void port_remove( struct http_port *port, const struct http_endpoint *endpoint )
{
    ULONG i;

    AcquireSRWLockExclusive( &port->lock );
    for (i = 0; i < port->count && port->endpoints[i] != endpoint; i++) ;
    if (i < port->count)
    {
        port->count--;
        memmove( port->endpoints + i, port->endpoints + i + 1, (port->count - i) * sizeof(*port->endpoints) );
        port->generation++;
    }
    ReleaseSRWLockExclusive( &port->lock );
}

/* With the registry's lock held. */
static void port_close( struct http_port *port )
{
    struct http_port **pos;
    struct http_conn *conn;

    for (pos = &ports; *pos && *pos != port; pos = &(*pos)->next) ;
    if (*pos) *pos = port->next;
    if (port->acceptor) acceptor_close( port->acceptor );
    __atomic_store_n( &port->closed, 1, __ATOMIC_SEQ_CST );
    AcquireSRWLockShared( &port->lock );
    for (conn = port->conns; conn; conn = conn->next)
        if (!__atomic_load_n( &conn->busy, __ATOMIC_SEQ_CST )) stream_abort( &conn->sock.stream );
    ReleaseSRWLockShared( &port->lock );
    http_port_release( port );
}

static HRESULT port_open( struct http_endpoint *endpoint, struct http_port **ret, WS_ERROR *error )
{
    const struct http_prefix *prefix = &endpoint->prefix;
    struct http_port *port;
    ULONG i;

    for (port = ports; port && port->number != prefix->port; port = port->next) ;
    if (port)
    {
        if (port->secure != prefix->secure)
            return ws_fail( error, WS_E_ADDRESS_IN_USE, "Port %u is in use with another scheme in this process.",
                            prefix->port );
        for (i = 0; i < port->count; i++)
            if (http_prefix_equal( &port->endpoints[i]->prefix, prefix ))
                return ws_fail( error, WS_E_ADDRESS_IN_USE, "Another endpoint of this process listens on port %u at '%s'.",
                                prefix->port, prefix->path );
        *ret = port;
        return S_OK;
    }
    if (!(port = mem_calloc( sizeof(*port) )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory to listen on port %u.", prefix->port );
    port->number = prefix->port;
    port->secure = prefix->secure;
    port->refs = 1;
    port->max_head = http_default_limits.max_head;
    port->receive_timeout = DEFAULT_RECEIVE_TIMEOUT;
    port->idle_timeout = DEFAULT_IDLE_TIMEOUT;
    InitializeSRWLock( &port->lock );
    port->next = ports;
    ports = port;
    *ret = port;
    return S_OK;
}

/* After the endpoint is in the table, so that the first connection finds it. */
static HRESULT port_listen( struct http_port *port, const struct http_endpoint *endpoint, WS_ERROR *error )
{
    const struct http_endpoint_config *config = &endpoint->config;
    struct net_address host;
    BOOL literal = endpoint->prefix.kind == HTTP_EXACT_HOST && net_address_parse( endpoint->prefix.host, endpoint->prefix.host_len, &host ) && host.family == 4;

    if (port->acceptor) return S_OK;
    return acceptor_open( port->number, config->ip_version, config->backlog, literal ? &host : NULL, http_conn_accept,
                          port, &port->acceptor, error );
}

static void allow_head( struct http_port *port, ULONG size )
{
    ULONG old = __atomic_load_n( &port->max_head, __ATOMIC_RELAXED );

    while (size > old && !__atomic_compare_exchange_n( &port->max_head, &old, size, TRUE, __ATOMIC_RELAXED, __ATOMIC_RELAXED )) ;
}

HRESULT http_endpoint_open( const WS_STRING *url, const struct http_endpoint_config *config, struct http_endpoint **ret,
                            WS_ERROR *error )
{
    struct http_endpoint *endpoint;
    struct http_port *port = NULL;
    BOOL memory;
    HRESULT hr;

    if (!(endpoint = mem_calloc( sizeof(*endpoint) )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for an endpoint." );
    endpoint->config = *config;
    if (!endpoint->config.max_head) endpoint->config.max_head = http_default_limits.max_head;
    endpoint->refs = 1;
    endpoint->active = 1;
    if (!http_prefix_parse( url->chars, url->length, &endpoint->prefix, &memory ))
    {
        mem_free( endpoint );
        if (memory) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for an endpoint." );
        return ws_fail( error, WS_E_INVALID_ENDPOINT_URL, "The URL '%.*ls' is not one that can be listened on.",
                        WSSTR_ARG( url ) );
    }
    if (endpoint->prefix.secure && !config->tls)
    {
        http_endpoint_release( endpoint );
        return ws_fail( error, WS_E_NOT_SUPPORTED, "Listening on '%.*ls' needs TLS settings.", WSSTR_ARG( url ) );
    }
    AcquireSRWLockExclusive( &registry_lock );
    if (!(hr = port_open( endpoint, &port, error )))
    {
        BOOL inserted = port_insert( port, endpoint );

        endpoint->port = port;
        if (!inserted) hr = ws_fail( error, E_OUTOFMEMORY, "There is no memory for an endpoint." );
        else hr = port_listen( port, endpoint, error );
        if (!hr)
        {
            if (config->receive_timeout > port->receive_timeout) port->receive_timeout = config->receive_timeout;
            if (config->idle_timeout) port->idle_timeout = config->idle_timeout;
            allow_head( port, endpoint->config.max_head );
            atomic_inc( &port->refs );   /* of the endpoint: close may run long after the port was closed */
        }
        else
        {
            if (inserted) port_remove( port, endpoint );
            if (!port->count) port_close( port );
        }
    }
    ReleaseSRWLockExclusive( &registry_lock );
    if (hr) http_endpoint_release( endpoint );
    else *ret = endpoint;
    return hr;
}

void http_endpoint_set_input( struct http_endpoint *endpoint, BOOL streamed_input, UINT64 max_body, ULONG max_head )
{
    __atomic_store_n( &endpoint->config.streamed_input, streamed_input, __ATOMIC_RELAXED );
    __atomic_store_n( &endpoint->config.max_body, max_body, __ATOMIC_RELAXED );
    __atomic_store_n( &endpoint->config.max_head, max_head, __ATOMIC_RELAXED );
    allow_head( endpoint->port, max_head );
}

void http_endpoint_stop( struct http_endpoint *endpoint )
{
    __atomic_store_n( &endpoint->stopped, 1, __ATOMIC_SEQ_CST );
}

static void endpoint_close( struct http_endpoint *endpoint, void (*on_drained)( void *context ), BOOL abort )
{
    struct http_port *port = endpoint->port;
    struct http_conn *conn;

    endpoint->on_drained = on_drained;
    http_endpoint_stop( endpoint );
    AcquireSRWLockExclusive( &registry_lock );
    port_remove( port, endpoint );
    if (!port->count) port_close( port );
    if (abort)
    {
        AcquireSRWLockShared( &port->lock );
        for (conn = port->conns; conn; conn = conn->next)
            if (__atomic_load_n( &conn->endpoint, __ATOMIC_ACQUIRE ) == endpoint) stream_abort( &conn->sock.stream );
        ReleaseSRWLockShared( &port->lock );
    }
    ReleaseSRWLockExclusive( &registry_lock );
    http_port_release( port );
    http_endpoint_end( endpoint );
}

void http_endpoint_close( struct http_endpoint *endpoint, void (*on_drained)( void *context ) )
{
    endpoint_close( endpoint, on_drained, FALSE );
}

void http_endpoint_abort( struct http_endpoint *endpoint, void (*on_drained)( void *context ) )
{
    endpoint_close( endpoint, on_drained, TRUE );
}

ULONG http_endpoint_active( struct http_endpoint *endpoint )
{
    LONG active = atomic_read( &endpoint->active );

    return active > 1 ? active - 1 : 0;
}
