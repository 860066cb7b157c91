/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* net.tcp: how a session comes to be, as client, and on a port of this process that endpoints share (MC-NMF section 3.1 and
 * 3.2: preamble, acknowledgement, faults). */
#include "transport/nmf_session.h"
#include "transport/loop.h"
#include "transport/url_match.h"
#include "base/str.h"

#define DEFAULT_PORT 808
#define PREAMBLE_MAX 4096

/* ---- client ---- */

static HRESULT connect_failed( struct nmf_session *session, HRESULT hr )
{
    if (session->cancel) connect_take_back( session->cancel );
    nmf_session_free( session );
    return hr;
}

static HRESULT CALLBACK step_ack( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                  const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

static HRESULT read_ack( struct nmf_session *session, WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context,
                         WS_ERROR *error )
{
    next->function = step_ack;
    return nmf_fill( session, session->len - session->pos + 1, session->due, context, error );
}

static HRESULT CALLBACK step_ack( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                  const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct nmf_session *session = state;
    struct nmf_item item;
    const char *fault;
    ULONG used;

    (void)model;
    if (FAILED( hr )) return connect_failed( session, hr );
    if (!session->received) return connect_failed( session, nmf_disconnected( session, error ) );
    session->len += session->received;
    switch (nmf_parse( session->buf + session->pos, session->len - session->pos, NMF_MAX_TEXT, &item, &used, &fault ))
    {
    case NMF_MORE: return read_ack( session, next, context, error );
    case NMF_DONE:
        if (item.type == NMF_PREAMBLE_ACK)
        {
            session->pos += used;
            session->stream->leavable = session->config.leavable;
            if (session->cancel) connect_take_back( session->cancel );
            *session->result = session;
            return S_OK;
        }
        if (item.type == NMF_FAULT) return connect_failed( session, nmf_fail_fault( &item, error ) );
        break;
    case NMF_BAD: break;
    }
    hr = ws_fail( error, WS_E_ENDPOINT_FAILURE, "%.*s, port %u, does not answer with .NET framing.", (int)session->host_len,
                  session->host, (unsigned int)session->port );
    return connect_failed( session, hr );
}

static HRESULT CALLBACK step_preamble_sent( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                            const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct nmf_session *session = state;

    (void)model;
    if (FAILED( hr )) return connect_failed( session, hr );
    mem_free( session->preamble_bytes );
    session->preamble_bytes = NULL;
    return read_ack( session, next, context, error );
}

static HRESULT CALLBACK step_connected( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                        const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct nmf_session *session = state;
    struct stream_vec vec = { session->preamble_bytes, session->preamble_size };

    (void)model;
    if (FAILED( hr )) return connect_failed( session, hr );
    session->stream = session->connecting;
    if (session->cancel && !connect_lend( session->cancel, session->stream ))
        return connect_failed( session, ws_fail( error, WS_E_OPERATION_ABORTED, "Connecting was aborted." ) );
    next->function = step_preamble_sent;
    return stream_send( session->stream, &vec, 1, session->due, context, error );
}

static HRESULT CALLBACK step_connect( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                      const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct nmf_session *session = state;

    (void)hr; (void)model;
    next->function = step_connected;
    return stream_connect( session->host, session->host_len, session->port, &session->config.socket, session->due,
                           session->cancel, &session->connecting, context, error );
}

HRESULT nmf_connect( const char *via, ULONG via_len, const char *host, ULONG host_len, USHORT port,
                     const struct nmf_config *config, struct connect_cancel *cancel, struct nmf_session **ret,
                     const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct nmf_session *session = nmf_session_create( config );
    ULONG size = via_len + 32;

    if (!session || !(session->text = mem_alloc( via_len + 1 )) || !(session->host = mem_alloc( host_len + 1 ))
        || !(session->preamble_bytes = mem_alloc( size )))
    {
        nmf_session_free( session );
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for a session." );
    }
    memcpy( session->text, via, via_len );
    memcpy( session->host, host, host_len );
    session->host_len = host_len;
    session->port = port ? port : DEFAULT_PORT;
    session->preamble.mode = config->mode;
    session->preamble.encoding = config->encoding;
    session->preamble.via = session->text;
    session->preamble.via_len = via_len;
    session->preamble_size = nmf_put_preamble( session->preamble_bytes, size - 1, &session->preamble );
    session->preamble_bytes[session->preamble_size++] = NMF_PREAMBLE_END;
    session->cancel = cancel;
    session->result = ret;
    session->due = engine_deadline( config->connect_timeout );
    return async_execute( &session->connect_state, step_connect, WS_SHORT_CALLBACK, session, async, error );
}

/* ---- ports and endpoints ---- */

struct nmf_endpoint
{
    struct nmf_endpoint *next;      /* of the port */
    struct nmf_config config;
    struct nmf_port *port;
    struct url_match *match;
    char  *path;                    /* begins with '/', without one at the end; lower case */
    ULONG  path_len;
    LONG   active;                  /* deliveries under way, and 1 until it is closed */
    void (*on_drained)( void *context );
};

struct nmf_port
{
    struct nmf_port *next;          /* of the process */
    struct acceptor *acceptor;
    USHORT number;
    LONG   refs;                    /* the registry, and each connection in its preamble */
    struct nmf_endpoint *endpoints;
};

static SRWLOCK registry_lock = SRWLOCK_INIT;
static struct nmf_port *ports;

static void port_release( struct nmf_port *port )
{
    if (!atomic_dec( &port->refs )) mem_free( port );
}

static char lower( char c ) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; }

/* The path of a net.tcp URL, without slashes at its end, its port, and whether there is a query; FALSE if it is none. */
static BOOL parse_url( const char *url, ULONG len, const char **path, ULONG *path_len, USHORT *port, BOOL *query )
{
    static const char scheme[] = "net.tcp://";
    ULONG i, value = 0, start = sizeof(scheme) - 1;

    if (len <= start) return FALSE;
    for (i = 0; i < start; i++) if (lower( url[i] ) != scheme[i]) return FALSE;
    if (url[i] == '[') while (i < len && url[i] != ']') i++;
    for (; i < len && url[i] != ':' && url[i] != '/'; i++) ;
    if (i == start) return FALSE;
    *port = DEFAULT_PORT;
    if (i < len && url[i] == ':')
    {
        for (i++; i < len && url[i] != '/'; i++)
        {
            if (url[i] < '0' || url[i] > '9' || (value = value * 10 + url[i] - '0') > 65535) return FALSE;
        }
        if (!value) return FALSE;
        *port = value;
    }
    *path = url + i;
    for (*path_len = 0; i + *path_len < len && url[i + *path_len] != '?' && url[i + *path_len] != '#'; ) ++*path_len;
    *query = i + *path_len < len && url[i + *path_len] == '?';
    while (*path_len && (*path)[*path_len - 1] == '/') --*path_len;
    return TRUE;
}

/* The endpoint whose path is the longest beginning of the via's, with a delivery begun. */
static struct nmf_endpoint *find_endpoint( struct nmf_port *port, const char *via, ULONG via_len )
{
    struct nmf_endpoint *endpoint, *best = NULL;
    const char *path;
    ULONG len, i;
    USHORT number;
    BOOL query;

    if (!parse_url( via, via_len, &path, &len, &number, &query )) return NULL;
    AcquireSRWLockShared( &registry_lock );
    for (endpoint = port->endpoints; endpoint; endpoint = endpoint->next)
    {
        if (endpoint->path_len > len || (best && best->path_len >= endpoint->path_len)) continue;
        for (i = 0; i < endpoint->path_len && lower( path[i] ) == endpoint->path[i]; i++) ;
        if (i != endpoint->path_len || (i != len && path[i] != '/')) continue;
        if (url_matches( endpoint->match, via, via_len )) best = endpoint;
    }
    if (best) atomic_inc( &best->active );
    ReleaseSRWLockShared( &registry_lock );
    return best;
}

static void endpoint_end( struct nmf_endpoint *endpoint )
{
    if (atomic_dec( &endpoint->active )) return;
    if (endpoint->on_drained) endpoint->on_drained( endpoint->config.context );
    url_match_release( endpoint->match );
    mem_free( endpoint->path );
    mem_free( endpoint );
}

/* ---- accepting ---- */

/* There is no fault for records that are none, or come in the wrong order: the connection is just closed. */
static void refuse( struct nmf_session *session, const char *fault )
{
    if (fault) nmf_send_fault( session, fault );
    nmf_session_free( session );
}

static const char *check_preamble( const struct nmf_preamble *preamble, const struct nmf_config *config )
{
    if (preamble->upgrade) return "UpgradeInvalid";
    if (preamble->encoding != config->encoding) return "ContentTypeInvalid";
    if (config->may_accept && !config->may_accept( config->context )) return "ServerTooBusy";
    return NULL;
}

/* The preamble is complete: acknowledges it and hands the session to its endpoint. */
static void deliver( struct nmf_session *session, ULONG used )
{
    static const BYTE ack = NMF_PREAMBLE_ACK;
    struct stream_vec vec = { &ack, 1 };
    struct nmf_preamble *preamble = &session->preamble;
    struct nmf_port *port = session->listening;
    struct nmf_endpoint *endpoint = find_endpoint( port, preamble->via, preamble->via_len );
    const char *fault = endpoint ? check_preamble( preamble, &endpoint->config ) : "EndpointNotFound";

    session->listening = NULL;
    if (!fault && !(session->text = mem_alloc( preamble->via_len + 1 ))) fault = "ServerTooBusy";
    if (fault)
    {
        refuse( session, fault );
        if (endpoint) endpoint_end( endpoint );
        port_release( port );
        return;
    }
    memcpy( session->text, preamble->via, preamble->via_len );
    preamble->via = session->text;
    session->config = endpoint->config;
    session->pos += used;
    if (preamble->mode == NMF_SINGLETON || preamble->mode == NMF_SINGLETON_SIZED)
    {
        session->origin = port;
        atomic_inc( &port->refs );
    }
    if (stream_send( session->stream, &vec, 1, engine_deadline( session->config.send_timeout ), NULL, NULL ))
        nmf_session_free( session );
    else
        endpoint->config.on_session( session, endpoint->config.context );
    endpoint_end( endpoint );
    port_release( port );
}

static void CALLBACK preamble_received( HRESULT hr, WS_CALLBACK_MODEL model, void *state );

/* TRUE if the session is in other hands now. */
static BOOL preamble_more( struct nmf_session *session )
{
    WS_ASYNC_CONTEXT context = { preamble_received, session };
    HRESULT hr = nmf_fill( session, session->len - session->pos + 1, session->due, &context, NULL );

    if (hr == WS_S_ASYNC) return TRUE;
    if (!FAILED( hr ) && session->received)
    {
        session->len += session->received;
        return FALSE;
    }
    port_release( session->listening );
    nmf_session_free( session );
    return TRUE;
}

static void preamble_run( struct nmf_session *session )
{
    for (;;)
    {
        const char *fault;
        ULONG used;

        memset( &session->preamble, 0, sizeof(session->preamble) );
        switch (nmf_parse_preamble( session->buf + session->pos, session->len - session->pos, &session->preamble, &used,
                                    &fault ))
        {
        case NMF_DONE:
            deliver( session, used );
            return;
        case NMF_BAD:
            port_release( session->listening );
            refuse( session, fault );
            return;
        case NMF_MORE:
            if (session->len - session->pos >= PREAMBLE_MAX)
            {
                port_release( session->listening );
                refuse( session, "ViaTooLong" );
                return;
            }
            if (preamble_more( session )) return;
        }
    }
}

static void CALLBACK preamble_received( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct nmf_session *session = state;

    (void)model;
    if (FAILED( hr ) || !session->received)
    {
        port_release( session->listening );
        nmf_session_free( session );
        return;
    }
    session->len += session->received;
    preamble_run( session );
}

static void preamble_start( void *arg )
{
    struct nmf_session *session = arg;

    if (!preamble_more( session )) preamble_run( session );
}

static const struct nmf_config before_preamble = { .send_timeout = 5000, .receive_timeout = 15000 };

static void preamble_again( void *arg )
{
    preamble_run( arg );
}

void nmf_listen_again( struct nmf_session *session )
{
    struct nmf_port *port = session->origin;
    struct nmf_session *again;

    session->origin = NULL;
    if (!session->end_received || !nmf_is_shut_down( session ) || atomic_read( &session->stream->aborted ) ||
        !(again = nmf_session_create( &before_preamble )))
    {
        port_release( port );
        return;
    }
    again->stream = session->stream;
    again->buf = session->buf;
    again->size = session->size;
    again->pos = session->pos;
    again->len = session->len;
    session->stream = NULL;
    session->buf = NULL;
    again->listening = port;
    again->due = engine_deadline( before_preamble.receive_timeout );
    again->start.func = preamble_again;
    again->start.arg = again;
    engine_submit( &again->start );
}

static void accepted( void *arg, INT32 fd, const struct unix_address *local, const struct unix_address *remote )
{
    struct nmf_port *port = arg;
    struct stream *stream = socket_stream_create( fd, local, remote );
    struct nmf_session *session;

    if (!stream) return;
    if (!(session = nmf_session_create( &before_preamble )))
    {
        stream_release( stream );
        return;
    }
    session->stream = stream;
    session->listening = port;
    session->due = engine_deadline( before_preamble.receive_timeout );
    atomic_inc( &port->refs );
    /* Not here: the acceptor is locked, and a preamble that is there already would lead into the program's code. */
    session->start.func = preamble_start;
    session->start.arg = session;
    engine_submit( &session->start );
}

/* ---- opening and closing ---- */

static struct nmf_port *port_get( USHORT number )
{
    struct nmf_port *port;

    for (port = ports; port && port->number != number; port = port->next) ;
    if (port || !(port = mem_calloc( sizeof(*port) ))) return port;
    port->number = number;
    port->refs = 1;
    port->next = ports;
    ports = port;
    return port;
}

/* With the registry's lock held; returns an acceptor to be closed without it. */
static struct acceptor *port_unused( struct nmf_port *port )
{
    struct acceptor *acceptor = port->acceptor;
    struct nmf_port **link;

    if (port->endpoints) return NULL;
    for (link = &ports; *link && *link != port; link = &(*link)->next) ;
    if (*link) *link = port->next;
    port->acceptor = NULL;
    return acceptor;
}

static HRESULT endpoint_insert( struct nmf_endpoint *endpoint, USHORT number, WS_ERROR *error )
{
    struct nmf_endpoint *other;
    struct nmf_port *port;
    HRESULT hr = S_OK;

    if (!(port = port_get( number ))) return ws_fail( error, E_OUTOFMEMORY, "There is no memory to listen on port %u.", number );
    for (other = port->endpoints; other; other = other->next)
        if (other->path_len == endpoint->path_len && !memcmp( other->path, endpoint->path, endpoint->path_len ))
            return ws_fail( error, WS_E_ADDRESS_IN_USE, "Another endpoint of this process listens on port %u at '%.*s'.",
                            (unsigned int)number, (int)endpoint->path_len, endpoint->path );
    endpoint->port = port;
    endpoint->next = port->endpoints;
    port->endpoints = endpoint;
    if (!port->acceptor && (hr = acceptor_open( number, endpoint->config.socket.ip_version, endpoint->config.backlog, NULL,
                                                accepted, port, &port->acceptor, error )))
    {
        port->endpoints = endpoint->next;
        port_unused( port );
        port_release( port );
    }
    return hr;
}

HRESULT nmf_endpoint_open( const WS_STRING *url, const struct nmf_config *config, struct nmf_endpoint **ret, WS_ERROR *error )
{
    struct nmf_endpoint *endpoint = mem_calloc( sizeof(*endpoint) );
    const char *path;
    ULONG size, len, i;
    USHORT number;
    BOOL query;
    BYTE *text;
    HRESULT hr;

    if ((hr = utf16_to_utf8_size( url->chars, url->length, &size, error )))
    {
        mem_free( endpoint );
        return hr;
    }
    text = mem_alloc( size + 1 );
    if (!endpoint || !text || !(endpoint->path = mem_alloc( size + 1 )))
    {
        mem_free( text );
        mem_free( endpoint );
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for an endpoint." );
    }
    utf16_to_utf8( url->chars, url->length, text );
    endpoint->config = *config;
    endpoint->active = 1;
    if (!parse_url( (char *)text, size, &path, &len, &number, &query ))
        hr = ws_fail( error, WS_E_INVALID_ENDPOINT_URL, "The URL '%.*ls' is not one that can be listened on.",
                      WSSTR_ARG( url ) );
    else if (!(hr = url_match_create( url, config->match, &endpoint->match, error )))
    {
        for (i = 0; i < len; i++) endpoint->path[i] = lower( path[i] );
        endpoint->path_len = len;
        AcquireSRWLockExclusive( &registry_lock );
        hr = endpoint_insert( endpoint, number, error );
        ReleaseSRWLockExclusive( &registry_lock );
    }
    mem_free( text );
    if (hr)
    {
        url_match_release( endpoint->match );
        mem_free( endpoint->path );
        mem_free( endpoint );
        return hr;
    }
    *ret = endpoint;
    return S_OK;
}

void nmf_endpoint_close( struct nmf_endpoint *endpoint, void (*on_drained)( void *context ) )
{
    struct nmf_port *port = endpoint->port;
    struct nmf_endpoint **link;
    struct acceptor *acceptor;

    AcquireSRWLockExclusive( &registry_lock );
    for (link = &port->endpoints; *link && *link != endpoint; link = &(*link)->next) ;
    if (*link) *link = endpoint->next;
    acceptor = port_unused( port );
    ReleaseSRWLockExclusive( &registry_lock );
    endpoint->on_drained = on_drained;
    if (acceptor)
    {
        acceptor_close( acceptor );
        port_release( port );
    }
    endpoint_end( endpoint );
}
