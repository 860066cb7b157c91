/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connections of HTTP clients that are at rest, and how many there may be to a server.
 *
 * A call with a limit (http_client_config.max_connections) has a connection only while an exchange goes on. Those of all such
 * calls of the process to one server are counted; one that finds as many as it may have waits, in the order of arrival, for
 * another's connection or for the end of one. Calls without a limit neither count nor wait, and have connections of their own. */
#include "transport/http_call.h"

#define POOL_MAX      64
#define POOL_IDLE_MS  60000

struct pooled
{
    struct call_peer peer;
    struct stream *stream;
    UINT64 since;
};

/* A server that calls with a limit have connections to. */
struct server
{
    struct server *next;
    struct call_peer peer;
    ULONG count;                    /* connections of such calls: in use, being made, at rest in the pool */
    struct http_call *first;        /* that wait */
};

static SRWLOCK pool_lock = SRWLOCK_INIT;
static struct pooled pool[POOL_MAX];
static ULONG pool_count;
static struct server *servers;

BOOL call_same_peer( const struct call_peer *a, const struct call_peer *b )
{
    return a->port == b->port && a->secure == b->secure && a->ip_version == b->ip_version && a->host_len == b->host_len
           && a->limited == b->limited && !memcmp( a->host, b->host, a->host_len );
}

/* --- with the lock held --------------------------------------------------------------------------------------------- */

static struct server *find_server( const struct call_peer *peer )
{
    struct server *server;

    for (server = servers; server && !call_same_peer( &server->peer, peer ); server = server->next) ;
    return server;
}

static void forget_unused( struct server *server )
{
    struct server **link;

    if (server->count || server->first) return;
    for (link = &servers; *link != server; link = &(*link)->next) ;
    *link = server->next;
    mem_free( server );
}

static BOOL unlink_waiter( struct http_call *call )
{
    struct http_call **link;
    struct server *server;

    if (!call->wait.waiting || !(server = find_server( &call->peer ))) return FALSE;
    for (link = &server->first; *link && *link != call; link = &(*link)->wait.next) ;
    if (!*link) return FALSE;
    *link = call->wait.next;
    call->wait.waiting = FALSE;
    forget_unused( server );
    return TRUE;
}

/* Ends the wait of a call that was unlinked. Nothing of the call can be touched after it. */
static void end_wait( struct http_call *call, HRESULT hr )
{
    call->wait.hr = hr;
    if (call->wait.gate) engine_gate_open( call->wait.gate, hr );
    else engine_submit( &call->wait.work );
}

/* A slot is free: for those that wait and may have one more. */
static void grant( struct server *server )
{
    struct http_call **link = &server->first, *call;

    while ((call = *link))
    {
        if (server->count >= call->config.max_connections)
        {
            link = &call->wait.next;
            continue;
        }
        *link = call->wait.next;
        call->wait.waiting = FALSE;
        server->count++;
        end_wait( call, S_OK );
    }
    forget_unused( server );
}

/* The place behind that of a connection; 0 if there is none. The one used last is the likeliest to live. */
static ULONG find_pooled( const struct call_peer *peer )
{
    ULONG i;

    for (i = pool_count; i && !call_same_peer( &pool[i - 1].peer, peer ); i--) ;
    return i;
}

static struct stream *remove_pooled( ULONG i )
{
    struct stream *stream = pool[i].stream;

    memmove( pool + i, pool + i + 1, (--pool_count - i) * sizeof(*pool) );
    return stream;
}

/* --- connections at rest --------------------------------------------------------------------------------------------- */

/* A connection of the pool goes. */
static void close_pooled( const struct call_peer *peer, struct stream *stream )
{
    stream_release( stream );
    if (peer->limited) pool_release_slot( peer );
}

/* A connection that the server has closed, or on which it says something unasked, is of no use. */
BOOL call_is_alive( struct stream *stream )
{
    BYTE byte;
    return socket_recv_now( socket_from_stream( stream ), &byte, 1 ) == NET_EAGAIN;
}

static struct stream *pool_take( const struct call_peer *peer )
{
    for (;;)
    {
        struct stream *stream = NULL;
        BOOL fresh = FALSE;
        ULONG i;

        AcquireSRWLockExclusive( &pool_lock );
        if ((i = find_pooled( peer )))
        {
            fresh = port_tick_ms() - pool[i - 1].since < POOL_IDLE_MS;
            stream = remove_pooled( i - 1 );
        }
        ReleaseSRWLockExclusive( &pool_lock );
        if (!stream || (fresh && call_is_alive( stream ))) return stream;
        close_pooled( peer, stream );
    }
}

void pool_put( const struct call_peer *peer, struct stream *stream )
{
    struct server *server;
    struct pooled oldest;
    struct http_call *call;

    oldest.stream = NULL;
    AcquireSRWLockExclusive( &pool_lock );
    if (peer->limited && (server = find_server( peer )) && (call = server->first))
    {
        unlink_waiter( call );
        call->wait.stream = stream;
        end_wait( call, S_OK );
        ReleaseSRWLockExclusive( &pool_lock );
        return;
    }
    if (pool_count == POOL_MAX)
    {
        oldest = pool[0];
        remove_pooled( 0 );
    }
    pool[pool_count].peer = *peer;
    pool[pool_count].stream = stream;
    pool[pool_count++].since = port_tick_ms();
    ReleaseSRWLockExclusive( &pool_lock );
    if (oldest.stream) close_pooled( &oldest.peer, oldest.stream );
}

void http_client_close_idle( void )
{
    for (;;)
    {
        struct pooled last;

        last.stream = NULL;
        AcquireSRWLockExclusive( &pool_lock );
        if (pool_count)
        {
            last = pool[pool_count - 1];
            remove_pooled( pool_count - 1 );
        }
        ReleaseSRWLockExclusive( &pool_lock );
        if (!last.stream) return;
        close_pooled( &last.peer, last.stream );
    }
}

/* --- the limit --------------------------------------------------------------------------------------------------------- */

void pool_release_slot( const struct call_peer *peer )
{
    struct server *server;

    AcquireSRWLockExclusive( &pool_lock );
    if ((server = find_server( peer )))
    {
        server->count--;
        grant( server );
    }
    ReleaseSRWLockExclusive( &pool_lock );
}

static void give_up( struct http_call *call, HRESULT hr )
{
    AcquireSRWLockExclusive( &pool_lock );
    if (unlink_waiter( call )) end_wait( call, hr );
    ReleaseSRWLockExclusive( &pool_lock );
}

void pool_cancel( struct http_call *call )
{
    if (call->config.max_connections) give_up( call, WS_E_OPERATION_ABORTED );
}

static void on_timeout( void *arg )
{
    give_up( arg, WS_E_OPERATION_TIMED_OUT );
}

static void wait_work( void *arg )
{
    struct http_call *call = arg;

    engine_timer_stop( &call->wait.timer );
    async_done( &call->wait.async, call->wait.hr, WS_LONG_CALLBACK );
}

void pool_init_wait( struct http_call *call )
{
    call->wait.work.func = wait_work;
    call->wait.work.arg = call;
    engine_timer_init( &call->wait.timer, on_timeout, call );
}

/* A slot, or a place in the queue. S_FALSE: another call has just put its connection into the pool. The lock is held. */
static HRESULT take_slot( struct http_call *call, struct engine_gate *gate, const WS_ASYNC_CONTEXT *context )
{
    struct server *server = find_server( &call->peer );
    struct http_call **link;

    if (!server)
    {
        if (!(server = mem_calloc( sizeof(*server) ))) return E_OUTOFMEMORY;
        server->peer = call->peer;
        server->next = servers;
        servers = server;
    }
    if (server->count < call->config.max_connections)
    {
        server->count++;
        return S_OK;
    }
    if (find_pooled( &call->peer )) return S_FALSE;
    if (atomic_read( &call->aborted )) return WS_E_OPERATION_ABORTED;
    call->wait.hr = S_OK;
    call->wait.stream = NULL;
    call->wait.next = NULL;
    call->wait.waiting = TRUE;
    call->wait.gate = context ? NULL : gate;
    if (context) call->wait.async = *context;
    for (link = &server->first; *link; link = &(*link)->wait.next) ;
    *link = call;
    if (context) engine_timer_set( &call->wait.timer, engine_deadline( call->config.connect_timeout ) );
    return WS_S_ASYNC;
}

HRESULT pool_acquire( struct http_call *call, const WS_ASYNC_CONTEXT *context )
{
    struct engine_gate gate;
    HRESULT hr;

    engine_gate_init( &gate );
    do
    {
        if ((call->wait.stream = pool_take( &call->peer )) || !call->peer.limited) return S_OK;
        AcquireSRWLockExclusive( &pool_lock );
        hr = take_slot( call, &gate, context );
        ReleaseSRWLockExclusive( &pool_lock );
    } while (hr == S_FALSE);
    if (hr != WS_S_ASYNC || context) return hr;
    engine_blocking();
    if (!engine_gate_wait( &gate, call->config.connect_timeout ))
    {
        give_up( call, WS_E_OPERATION_TIMED_OUT );
        engine_gate_wait( &gate, NET_INFINITE );
    }
    return gate.hr;
}
