/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls of one service proxy with a session overlap (thread-safety.md: WS_SERVICE_PROXY is free threaded; service-proxy-and-sessions.md:
 * "a single channel is used to service calls"; channel-layer-overview.md: replies are correlated by RelatesTo), and one that is
 * given up leaves the session alone (nf-webservices-wsabandoncall: "the actual I/O associated with the call is not canceled";
 * CallAbandonExample calls on). Most is tried against a service that is no more than a channel, so that the order is ours. */
#include "service.h"
#include "leak.h"

#define CALLS 8
#define OFFSET 1000

/* --- the service ------------------------------------------------------------------------------------------------------- */

struct server
{
    WS_LISTENER *listener;
    WS_CHANNEL *channel;
    WS_MESSAGE *requests[CALLS], *reply;
    int a[CALLS], count;
    WS_HEAP *heap;
};
static ULONG large = 64 << 20;

static WS_CHANNEL_PROPERTY size_prop = { WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &large, sizeof(large) };

static WS_SERVICE_PROXY *create_proxy( const WS_PROXY_PROPERTY *props, ULONG count )
{
    WS_SERVICE_PROXY *proxy = NULL;

    ok_hr( WsCreateServiceProxy( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, props, count, &size_prop, 1, &proxy, NULL ),
           S_OK );
    return proxy;
}

static void open_proxy( WS_SERVICE_PROXY *proxy )
{
    WS_ENDPOINT_ADDRESS address = { .headers = NULL };
    WCHAR url[128];

    test_url( url, "net.tcp", "localhost", test_port( 9 ), "session" );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    ok_hr( WsOpenServiceProxy( proxy, &address, NULL, NULL ), S_OK );
}

static void server_open( struct server *server )
{
    WS_STRING url = { 0 };
    WCHAR text[128];
    int i;

    memset( server, 0, sizeof(*server) );
    test_url( text, "net.tcp", "+", test_port( 9 ), "session" );
    url.chars = text;
    url.length = lstrlenW( text );
    ok_hr( WsCreateListener( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &server->listener, NULL ), S_OK );
    ok_hr( WsOpenListener( server->listener, &url, NULL, NULL ), S_OK );
    ok_hr( WsCreateChannelForListener( server->listener, &size_prop, 1, &server->channel, NULL ), S_OK );
    for (i = 0; i < CALLS; i++) ok_hr( WsCreateMessageForChannel( server->channel, NULL, 0, &server->requests[i], NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( server->channel, NULL, 0, &server->reply, NULL ), S_OK );
    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &server->heap, NULL ), S_OK );
}

/* The proxy's session, and nothing of the one before. */
static WS_SERVICE_PROXY *server_meet( struct server *server, WS_SERVICE_PROXY *proxy )
{
    int i;

    open_proxy( proxy );
    ok_hr( WsAcceptChannel( server->listener, server->channel, NULL, NULL ), S_OK );
    for (i = 0; i < server->count; i++) WsResetMessage( server->requests[i], NULL );
    server->count = 0;
    return proxy;
}

/* The next request, an Add; *which tells where it is kept. */
static int server_receive( struct server *server )
{
    const WS_MESSAGE_DESCRIPTION *desc = &add_message;
    int i = server->count++;
    pair value = { 0 };

    ok_hr( WsReceiveMessage( server->channel, server->requests[i], &desc, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                             server->heap, &value, sizeof(value), NULL, NULL, NULL ), S_OK );
    ok_eq( value.b, OFFSET );
    WsResetHeap( server->heap, NULL );
    return server->a[i] = value.a;
}

static void server_reply( struct server *server, int i )
{
    single value = { server->a[i] + OFFSET };

    ok_hr( WsSendReplyMessage( server->channel, server->reply, &add_reply, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value),
                               server->requests[i], NULL, NULL ), S_OK );
    WsResetMessage( server->reply, NULL );
}

static int server_find( struct server *server, int a )
{
    int i;

    for (i = 0; i < server->count - 1 && server->a[i] != a; i++) ;
    return i;
}

/* A reply that relates to something else, or to nothing. */
static void server_reply_other( struct server *server, int i, const WS_UNIQUE_ID *relates_to )
{
    single value = { server->a[i] + OFFSET };

    ok_hr( WsInitializeMessage( server->reply, WS_REPLY_MESSAGE, server->requests[i], NULL ), S_OK );
    ok_hr( WsSetHeader( server->reply, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, add_reply.action,
                        sizeof(WS_XML_STRING), NULL ), S_OK );
    if (!relates_to) ok_hr( WsRemoveHeader( server->reply, WS_RELATES_TO_HEADER, NULL ), S_OK );
    else ok_hr( WsSetHeader( server->reply, WS_RELATES_TO_HEADER, WS_UNIQUE_ID_TYPE, WS_WRITE_REQUIRED_VALUE, relates_to,
                             sizeof(*relates_to), NULL ), S_OK );
    ok_hr( WsWriteMessageStart( server->channel, server->reply, NULL, NULL ), S_OK );
    ok_hr( WsWriteBody( server->reply, add_reply.bodyElementDescription, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL ), S_OK );
    ok_hr( WsWriteMessageEnd( server->channel, server->reply, NULL, NULL ), S_OK );
    WsResetMessage( server->reply, NULL );
}

/* The session is over, or not worth a word any more. */
static void server_leave( struct server *server )
{
    WsAbortChannel( server->channel, NULL );
    ok_hr( WsCloseChannel( server->channel, NULL, NULL ), S_OK );
    ok_hr( WsResetChannel( server->channel, NULL ), S_OK );
}

static void server_close( struct server *server )
{
    int i;

    ok_hr( WsCloseListener( server->listener, NULL, NULL ), S_OK );
    for (i = 0; i < CALLS; i++) WsFreeMessage( server->requests[i] );
    WsFreeMessage( server->reply );
    WsFreeChannel( server->channel );
    WsFreeListener( server->listener );
    WsFreeHeap( server->heap );
}

/* --- calls -------------------------------------------------------------------------------------------------------------- */

struct caller
{
    WS_SERVICE_PROXY *proxy;
    ULONG id;
    BOOL async;
    WCHAR *text;                        /* Swap instead of Add */
    int result;
    HRESULT hr;
    HANDLE event, thread;
    WS_HEAP *heap;
    WS_ERROR *error;
};

static void CALLBACK finished( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct caller *caller = state;

    (void)model;
    caller->hr = hr;
    SetEvent( caller->event );
}

static DWORD WINAPI run( void *arg )
{
    struct caller *c = arg;
    WS_CALL_PROPERTY prop = { WS_CALL_PROPERTY_CALL_ID, &c->id, sizeof(c->id) };
    WS_ASYNC_CONTEXT async = { finished, c };
    HRESULT hr;

    if (c->text) hr = Service_Swap( c->proxy, &c->result, &c->text, c->heap, &prop, 1, c->async ? &async : NULL, c->error );
    else hr = Service_Add( c->proxy, c->id, OFFSET, &c->result, c->heap, &prop, 1, c->async ? &async : NULL, c->error );
    if (hr != WS_S_ASYNC) finished( hr, WS_LONG_CALLBACK, c );
    return 0;
}

static void start_text( struct caller *c, WS_SERVICE_PROXY *proxy, ULONG id, BOOL async, WCHAR *text )
{
    memset( c, 0, sizeof(*c) );
    c->proxy = proxy;
    c->id = id;
    c->async = async;
    c->text = text;
    c->event = CreateEventW( NULL, FALSE, FALSE, NULL );
    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &c->heap, NULL ), S_OK );
    ok_hr( WsCreateError( NULL, 0, &c->error ), S_OK );
    c->thread = CreateThread( NULL, 0, run, c, 0, NULL );
}

static void start( struct caller *c, WS_SERVICE_PROXY *proxy, ULONG id, BOOL async )
{
    start_text( c, proxy, id, async, NULL );
}

static void finish( struct caller *c, HRESULT hr )
{
    ULONG strings = ~0u;

    ok( !WaitForSingleObject( c->event, 20000 ), "call %u did not end\n", (unsigned)c->id );
    ok_hr( c->hr, hr );
    if (hr == S_OK) ok_eq( c->result, (int)c->id + OFFSET );
    ok_hr( WsGetErrorProperty( c->error, WS_ERROR_PROPERTY_STRING_COUNT, &strings, sizeof(strings) ), S_OK );
    if (hr == S_OK) ok_eq( strings, 0 );
    else ok( strings > 0, "no word on why call %u failed\n", (unsigned)c->id );
    WaitForSingleObject( c->thread, INFINITE );
    CloseHandle( c->thread );
    CloseHandle( c->event );
    WsFreeHeap( c->heap );
    WsFreeError( c->error );
}

static void is_pending( struct caller *c )
{
    ok( WaitForSingleObject( c->event, 0 ) == WAIT_TIMEOUT, "call %u is over\n", (unsigned)c->id );
}

static WS_SERVICE_PROXY_STATE proxy_state( WS_SERVICE_PROXY *proxy )
{
    WS_SERVICE_PROXY_STATE state = ~0u;

    ok_hr( WsGetServiceProxyProperty( proxy, WS_PROXY_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
    return state;
}

/* Another call, from both kinds. */
static void check_usable( struct server *server, WS_SERVICE_PROXY *proxy )
{
    struct caller caller;
    BOOL async;

    for (async = FALSE; async <= TRUE; async++)
    {
        ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_OPEN );
        start( &caller, proxy, 77, async );
        ok_eq( server_receive( server ), 77 );
        server_reply( server, server->count - 1 );
        finish( &caller, S_OK );
    }
}

/* With the service, which says its goodbye when it has heard that of the proxy. */
static void close_proxy( struct server *server, WS_SERVICE_PROXY *proxy )
{
    const WS_MESSAGE_DESCRIPTION *desc = &add_message;
    struct caller c = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) };
    WS_ASYNC_CONTEXT async = { finished, &c };

    c.hr = WsCloseServiceProxy( proxy, &async, NULL );
    ok_hr( WsReceiveMessage( server->channel, server->reply, &desc, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE,
                             server->heap, NULL, 0, NULL, NULL, NULL ), WS_S_END );
    ok_hr( WsCloseChannel( server->channel, NULL, NULL ), S_OK );
    if (c.hr == WS_S_ASYNC) ok( !WaitForSingleObject( c.event, 20000 ), "the close did not end\n" );
    ok_hr( c.hr, S_OK );
    ok_hr( WsResetChannel( server->channel, NULL ), S_OK );
    CloseHandle( c.event );
    WsFreeServiceProxy( proxy );
}

/* --- tests ---------------------------------------------------------------------------------------------------------------- */

/* Replies in the reverse order, each awaited before the next is given. */
static void test_overlap( void )
{
    struct caller callers[CALLS];
    struct server server;
    WS_SERVICE_PROXY *proxy;
    int kind, i;

    server_open( &server );
    for (kind = 0; kind < 3; kind++)    /* none asynchronous, all, every other */
    {
        test_context( kind == 0 ? "synchronous" : kind == 1 ? "asynchronous" : "mixed" );
        proxy = server_meet( &server, create_proxy( NULL, 0 ) );
        for (i = 0; i < CALLS; i++) start( &callers[i], proxy, i + 1, kind == 1 || (kind == 2 && (i & 1)) );
        for (i = 0; i < CALLS; i++) server_receive( &server );
        for (i = CALLS; i--;)
        {
            server_reply( &server, i );
            finish( &callers[server.a[i] - 1], S_OK );
        }
        close_proxy( &server, proxy );
    }
    test_context( NULL );
    server_close( &server );
}

/* Two with one id are abandoned, one goes on. `first` calls before the others, so it is the one that reads. */
static void abandoned( struct server *server, int first, BOOL async, ULONG id )
{
    WS_SERVICE_PROXY *proxy = server_meet( server, create_proxy( NULL, 0 ) );
    struct caller callers[3];
    int i;

    for (i = 0; i < 3; i++)
    {
        int which = (i + first) % 3;

        start( &callers[which], proxy, which == 2 ? 6 : 5, async ^ (which & 1) );
        server_receive( server );
    }
    ok_hr( WsAbandonCall( proxy, 4, NULL ), S_OK );             /* nobody's */
    for (i = 0; i < 3; i++) is_pending( &callers[i] );
    ok_hr( WsAbandonCall( proxy, id, NULL ), S_OK );
    for (i = 0; i < 2; i++) finish( &callers[i], WS_E_OPERATION_ABANDONED );
    if (id)
    {
        is_pending( &callers[2] );
        for (i = 0; i < 3; i++) if (server->a[i] == 5) server_reply( server, i );
        server_reply( server, server_find( server, 6 ) );
        finish( &callers[2], S_OK );
    }
    else
    {
        finish( &callers[2], WS_E_OPERATION_ABANDONED );
        server_reply( server, 0 );      /* too late */
    }
    check_usable( server, proxy );
    close_proxy( server, proxy );
}

static void test_abandon( void )
{
    struct server server;
    int first;
    BOOL async;

    server_open( &server );
    for (async = FALSE; async <= TRUE; async++)
        for (first = 0; first < 3; first++)
        {
            abandoned( &server, first, async, 5 );
            abandoned( &server, first, async, 0 );
        }
    server_close( &server );
}

static void test_timeout( void )
{
    ULONG timeout = 5000;
    WS_PROXY_PROPERTY prop = { WS_PROXY_PROPERTY_CALL_TIMEOUT, &timeout, sizeof(timeout) };
    struct caller callers[3];
    WS_SERVICE_PROXY *proxy;
    struct server server;
    int i;

    server_open( &server );
    proxy = server_meet( &server, create_proxy( &prop, 1 ) );
    for (i = 0; i < 3; i++) start( &callers[i], proxy, i + 1, i == 1 );
    for (i = 0; i < 3; i++) server_receive( &server );
    for (i = 0; i < 3; i++) finish( &callers[i], WS_E_OPERATION_TIMED_OUT );
    for (i = 0; i < 2; i++) server_reply( &server, i );
    check_usable( &server, proxy );
    close_proxy( &server, proxy );
    server_close( &server );
}

/* Replies that relate to no request, and some that relate to nothing. Those come in the order of the requests; other than native
 * documentation there is none on this. */
static void test_relations( void )
{
    WS_UNIQUE_ID stray = { { 0 }, { 0x12345678, 1, 2, { 3, 4, 5, 6, 7, 8, 9, 10 } } };
    WS_UNIQUE_ID text = { { 12, (WCHAR *)L"urn:elsewhere" }, { 0 } };
    struct caller callers[3];
    WS_SERVICE_PROXY *proxy;
    struct server server;
    BOOL async;
    int i;

    server_open( &server );
    for (async = FALSE; async <= TRUE; async++)
    {
        proxy = server_meet( &server, create_proxy( NULL, 0 ) );
        start( &callers[0], proxy, 1, async );
        server_receive( &server );
        server_reply_other( &server, 0, &stray );
        server_reply_other( &server, 0, &text );
        server_reply( &server, 0 );
        finish( &callers[0], S_OK );
        server_reply( &server, 0 );     /* once more: nobody waits for it any longer */
        for (i = 0; i < 3; i++)
        {
            start( &callers[i], proxy, i + 1, async ^ (i & 1) );
            server_receive( &server );
        }
        server_reply_other( &server, 1, NULL );
        finish( &callers[0], S_OK );
        ok_hr( WsAbandonCall( proxy, 2, NULL ), S_OK );
        finish( &callers[1], WS_E_OPERATION_ABANDONED );
        server_reply_other( &server, 2, NULL );
        server_reply_other( &server, 3, NULL );
        finish( &callers[2], S_OK );
        check_usable( &server, proxy );
        close_proxy( &server, proxy );
    }
    server_close( &server );
}

/* What is wrong with one call is nothing to the others. */
static void test_faults( void )
{
    static const WCHAR why[] = L"no such luck";
    WS_STRING reason = { 12, (WCHAR *)why };
    struct caller callers[CALLS];
    WS_SERVICE_PROXY *proxy;
    WS_ERROR *error = NULL;
    struct server server;
    span other = { 3 };
    int i;

    server_open( &server );
    proxy = server_meet( &server, create_proxy( NULL, 0 ) );
    ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
    ok_hr( WsAddErrorString( error, &reason ), S_OK );
    for (i = 0; i < 6; i++)
    {
        start( &callers[i], proxy, i, i & 1 );
        server_receive( &server );
    }
    for (i = 1; i < 3; i++)
    {
        ok_hr( WsSendFaultMessageForError( server.channel, server.reply, error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, server.requests[i],
                                           NULL, NULL ), S_OK );
        WsResetMessage( server.reply, NULL );
        finish( &callers[i], WS_E_ENDPOINT_FAULT_RECEIVED );
    }
    for (i = 3; i < 5; i++)             /* a body that is not the one of the reply */
    {
        WS_MESSAGE_DESCRIPTION desc = { add_reply.action, sleep_message.bodyElementDescription };

        ok_hr( WsSendReplyMessage( server.channel, server.reply, &desc, WS_WRITE_REQUIRED_VALUE, &other, sizeof(other),
                                   server.requests[i], NULL, NULL ), S_OK );
        WsResetMessage( server.reply, NULL );
        finish( &callers[i], WS_E_INVALID_FORMAT );
    }
    is_pending( &callers[5] );
    server_reply( &server, 5 );
    finish( &callers[5], S_OK );
    server_reply( &server, 0 );
    finish( &callers[0], S_OK );
    check_usable( &server, proxy );
    close_proxy( &server, proxy );
    server_close( &server );
    WsFreeError( error );
}

/* The service ends the session, or breaks it, while calls wait; the proxy can be used for another. */
static void test_lost( void )
{
    struct caller callers[4];
    struct server server;
    WS_SERVICE_PROXY *proxy = create_proxy( NULL, 0 );
    WS_HEAP *heap = NULL;
    int kind, i, result;

    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &heap, NULL ), S_OK );
    server_open( &server );
    for (kind = 0; kind < 4; kind++)
    {
        server_meet( &server, proxy );
        for (i = 0; i < 4; i++) start( &callers[i], proxy, i + 1, (i + kind) & 1 );
        for (i = 0; i < 4; i++) server_receive( &server );
        if (kind & 2) ok_hr( WsAbortChannel( server.channel, NULL ), S_OK );
        else ok_hr( WsShutdownSessionChannel( server.channel, NULL, NULL ), S_OK );
        for (i = 0; i < 4; i++) finish( &callers[i], kind & 2 ? WS_E_ENDPOINT_DISCONNECTED : WS_E_ENDPOINT_FAILURE );
        ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_FAULTED );
        ok_hr( Service_Add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL ), WS_E_INVALID_OPERATION );
        ok_hr( WsAbandonCall( proxy, 0, NULL ), WS_E_INVALID_OPERATION );
        ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), S_OK );
        ok_hr( WsResetServiceProxy( proxy, NULL ), S_OK );
        server_leave( &server );
    }
    server_meet( &server, proxy );
    check_usable( &server, proxy );
    close_proxy( &server, proxy );
    server_close( &server );
    WsFreeHeap( heap );
}

static void test_pending( void )
{
    ULONG max = 2;
    WS_PROXY_PROPERTY prop = { WS_PROXY_PROPERTY_MAX_PENDING_CALLS, &max, sizeof(max) };
    struct caller callers[3];
    WS_SERVICE_PROXY *proxy;
    struct server server;
    int i;

    server_open( &server );
    proxy = server_meet( &server, create_proxy( &prop, 1 ) );
    for (i = 0; i < 2; i++)
    {
        start( &callers[i], proxy, i + 1, i );
        server_receive( &server );
    }
    start( &callers[2], proxy, 3, FALSE );
    finish( &callers[2], WS_E_QUOTA_EXCEEDED );
    server_reply( &server, 1 );
    finish( &callers[1], S_OK );
    start( &callers[2], proxy, 3, TRUE );
    server_receive( &server );
    server_reply( &server, 0 );
    server_reply( &server, 2 );
    finish( &callers[2], S_OK );
    finish( &callers[0], S_OK );
    close_proxy( &server, proxy );
    server_close( &server );
}

static void test_abort( void )
{
    struct caller callers[CALLS];
    WS_SERVICE_PROXY *proxy;
    struct server server;
    BOOL async;
    int i;

    server_open( &server );
    for (async = FALSE; async <= TRUE; async++)
    {
        proxy = server_meet( &server, create_proxy( NULL, 0 ) );
        for (i = 0; i < CALLS; i++) start( &callers[i], proxy, i + 1, async ^ (i & 1) );
        for (i = 0; i < CALLS; i++) server_receive( &server );
        ok_hr( WsAbortServiceProxy( proxy, NULL ), S_OK );
        for (i = 0; i < CALLS; i++) finish( &callers[i], WS_E_OPERATION_ABORTED );
        ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_FAULTED );
        ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), S_OK );
        WsFreeServiceProxy( proxy );
        server_leave( &server );
    }
    server_close( &server );
}

/* nf-webservices-wscloseserviceproxy: it "waits for each call to complete", WS_PROXY_PROPERTY_MAX_CLOSE_TIMEOUT at most. */
static void test_close( void )
{
    ULONG timeout = 300;
    WS_PROXY_PROPERTY prop = { WS_PROXY_PROPERTY_MAX_CLOSE_TIMEOUT, &timeout, sizeof(timeout) };
    const WS_MESSAGE_DESCRIPTION *desc = &add_message;
    struct caller callers[4], closer = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) };
    WS_ASYNC_CONTEXT async = { finished, &closer };
    WS_SERVICE_PROXY *proxy;
    struct server server;
    int i;

    server_open( &server );
    proxy = server_meet( &server, create_proxy( NULL, 0 ) );
    for (i = 0; i < 4; i++) start( &callers[i], proxy, i + 1, i & 1 );
    for (i = 0; i < 4; i++) server_receive( &server );
    ok_hr( WsCloseServiceProxy( proxy, &async, NULL ), WS_S_ASYNC );
    ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_CLOSING );
    for (i = 0; i < 4; i++)
    {
        is_pending( &closer );
        server_reply( &server, 3 - i );
        finish( &callers[server.a[3 - i] - 1], S_OK );
    }
    ok_hr( WsReceiveMessage( server.channel, server.reply, &desc, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, server.heap,
                             NULL, 0, NULL, NULL, NULL ), WS_S_END );
    ok_hr( WsCloseChannel( server.channel, NULL, NULL ), S_OK );
    ok_hr( WsResetChannel( server.channel, NULL ), S_OK );
    ok( !WaitForSingleObject( closer.event, 20000 ), "the close did not end\n" );
    ok_hr( closer.hr, S_OK );
    WsFreeServiceProxy( proxy );

    /* no replies */
    proxy = server_meet( &server, create_proxy( &prop, 1 ) );
    for (i = 0; i < 4; i++) start( &callers[i], proxy, i + 1, i & 1 );
    for (i = 0; i < 4; i++) server_receive( &server );
    ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), WS_E_OPERATION_TIMED_OUT );
    for (i = 0; i < 4; i++) finish( &callers[i], WS_E_OPERATION_ABORTED );
    ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_CLOSED );
    WsFreeServiceProxy( proxy );
    server_leave( &server );

    /* calls that were abandoned, and a service that does not end them; and the same without a close */
    for (i = 0; i < 2; i++)
    {
        proxy = server_meet( &server, create_proxy( &prop, 1 ) );
        start( &callers[0], proxy, 1, i );
        server_receive( &server );
        ok_hr( WsAbandonCall( proxy, 0, NULL ), S_OK );
        finish( &callers[0], WS_E_OPERATION_ABANDONED );
        if (!i) ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), WS_E_OPERATION_TIMED_OUT );
        WsFreeServiceProxy( proxy );
        server_leave( &server );
    }
    server_close( &server );
    CloseHandle( closer.event );
}

/* A request that the service does not take: its caller and those behind it can leave, and it goes on when the service reads. */
static void blocked( struct server *server, WCHAR *text, BOOL async, BOOL give_up )
{
    static WS_XML_STRING swap_action;
    ULONG timeout = 300;
    WS_PROXY_PROPERTY prop = { WS_PROXY_PROPERTY_MAX_CLOSE_TIMEOUT, &timeout, sizeof(timeout) };
    WS_SERVICE_PROXY *proxy = server_meet( server, create_proxy( &prop, 1 ) );
    struct caller big, behind[2];
    int i, swaps = 0, adds = 0;
    HRESULT hr;

    start_text( &big, proxy, 5, async, text );
    Sleep( 300 );
    for (i = 0; i < 2; i++) start( &behind[i], proxy, 6 + i, async ^ i );
    Sleep( 100 );
    ok_hr( WsAbandonCall( proxy, 5, NULL ), S_OK );
    finish( &big, WS_E_OPERATION_ABANDONED );
    ok_hr( WsAbandonCall( proxy, 6, NULL ), S_OK );
    finish( &behind[0], WS_E_OPERATION_ABANDONED );
    ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_OPEN );
    if (give_up)
    {
        is_pending( &behind[1] );
        ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), WS_E_OPERATION_TIMED_OUT );
        finish( &behind[1], WS_E_OPERATION_ABORTED );
        WsFreeServiceProxy( proxy );
        server_leave( server );
        return;
    }
    while (!adds)
    {
        WS_XML_STRING *action = NULL;

        hr = WsReadMessageStart( server->channel, server->requests[0], NULL, NULL );
        ok_hr( hr, S_OK );
        if (hr) break;
        ok_hr( WsGetHeader( server->requests[0], WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_POINTER, NULL, &action,
                            sizeof(action), NULL ), S_OK );
        swap_action = *swap_message.action;
        if (action->length == swap_action.length && !memcmp( action->bytes, swap_action.bytes, action->length )) swaps++;
        else adds++;
        ok_hr( WsAbandonMessage( server->channel, server->requests[0], NULL ), S_OK );
        if (!adds) WsResetMessage( server->requests[0], NULL );
    }
    ok( swaps <= 1, "%d large messages\n", swaps );
    server->a[0] = 7;
    server->count = 1;
    server_reply( server, 0 );
    finish( &behind[1], S_OK );
    check_usable( server, proxy );
    close_proxy( server, proxy );
}

static void test_blocked( void )
{
    const ULONG length = 16 << 20;      /* more than the buffers of two sockets */
    WCHAR *text = HeapAlloc( GetProcessHeap(), 0, (length + 1) * sizeof(*text) );
    struct server server;
    ULONG i;

    for (i = 0; i < length; i++) text[i] = 'a' + i % 26;
    text[length] = 0;
    server_open( &server );
    for (i = 0; i < 4; i++) blocked( &server, text, i & 1, i >= 2 );
    server_close( &server );
    HeapFree( GetProcessHeap(), 0, text );
}

static WS_XML_STRING tag_name = WS_XML_STRING_VALUE( "tag" ), tag_ns = WS_XML_STRING_VALUE( "http://test.example/" );

/* endpoint-address.md: WsOpenServiceProxy makes "a copy of the WS_ENDPOINT_ADDRESS parameter in memory and its size is limited by 65536
 * bytes"; its headers go with each message. */
static void test_address( void )
{
    WS_ELEMENT_DESCRIPTION desc = { &tag_name, &tag_ns, WS_WSZ_TYPE, NULL };
    WS_ENDPOINT_ADDRESS address = { .headers = NULL };
    WS_XML_WRITER *writer = NULL;
    WCHAR url[128], *text, *mine = (WCHAR *)L"mine";
    struct caller caller;
    WS_SERVICE_PROXY *proxy = create_proxy( NULL, 0 );
    struct server server;
    WS_HEAP *heap = NULL;
    ULONG i;

    server_open( &server );
    ok_hr( WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsCreateWriter( NULL, 0, &writer, NULL ), S_OK );
    ok_hr( WsCreateXmlBuffer( heap, NULL, 0, &address.headers, NULL ), S_OK );
    ok_hr( WsSetOutputToBuffer( writer, address.headers, NULL, 0, NULL ), S_OK );
    ok_hr( WsWriteElement( writer, &desc, WS_WRITE_REQUIRED_POINTER, &mine, sizeof(mine), NULL ), S_OK );
    WsFreeWriter( writer );
    test_url( url, "net.tcp", "localhost", test_port( 9 ), "session" );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    ok_hr( WsOpenServiceProxy( proxy, &address, NULL, NULL ), S_OK );
    ok_hr( WsAcceptChannel( server.listener, server.channel, NULL, NULL ), S_OK );
    memset( url, 'x', sizeof(url) );
    ok_hr( WsResetHeap( heap, NULL ), S_OK );
    ok_hr( WsAlloc( heap, 60000, (void **)&text, NULL ), S_OK );
    memset( text, 'x', 60000 );
    for (i = 0; i < 2; i++)
    {
        start( &caller, proxy, 1, i );
        server_receive( &server );
        text = NULL;
        ok_hr( WsGetCustomHeader( server.requests[i], &desc, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_POINTER, server.heap, &text,
                                  sizeof(text), NULL, NULL ), S_OK );
        ok( text && !lstrcmpW( text, mine ), "not the header of the address\n" );
        server_reply( &server, i );
        finish( &caller, S_OK );
    }
    close_proxy( &server, proxy );
    server_close( &server );

    proxy = create_proxy( NULL, 0 );
    ok_hr( WsAlloc( heap, 70000, (void **)&text, NULL ), S_OK );
    for (i = 0; i < 35000; i++) text[i] = 'a';
    memcpy( text, L"net.tcp://localhost/", 20 * sizeof(WCHAR) );
    address.headers = NULL;
    address.url.chars = text;
    address.url.length = 35000;
    ok_hr( WsOpenServiceProxy( proxy, &address, NULL, NULL ), WS_E_QUOTA_EXCEEDED );
    ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_CREATED );
    WsFreeServiceProxy( proxy );
    WsFreeHeap( heap );
}

/* Calls that are given up, again and again, on one session and on many. */
static void test_leaks( void )
{
    struct leak_counts before = { 0 }, after;
    WS_SERVICE_PROXY *proxy;
    struct caller callers[2];
    struct server server;
    int round, i;

    server_open( &server );
    proxy = server_meet( &server, create_proxy( NULL, 0 ) );
    for (round = 0; round < 130; round++)
    {
        if (round == 30) before = leak_count();
        WsResetMessage( server.requests[0], NULL );
        WsResetMessage( server.requests[1], NULL );
        server.count = 0;
        for (i = 0; i < 2; i++) start( &callers[i], proxy, i + 1, (round >> i) & 1 );
        for (i = 0; i < 2; i++) server_receive( &server );
        ok_hr( WsAbandonCall( proxy, round & 4 ? 0 : 1 + (round >> 3 & 1), NULL ), S_OK );
        for (i = 0; i < 2; i++) server_reply( &server, i );
        for (i = 0; i < 2; i++)
        {
            ok( !WaitForSingleObject( callers[i].event, 20000 ), "call %d did not end\n", i );
            finish( &callers[i], callers[i].hr == S_OK ? (SetEvent( callers[i].event ), S_OK)
                                                       : (SetEvent( callers[i].event ), WS_E_OPERATION_ABANDONED) );
        }
    }
    after = leak_count();
    leak_check( &before, &after, 12 );
    close_proxy( &server, proxy );

    for (round = 0; round < 40; round++)
    {
        if (round == 12) before = leak_count();
        proxy = server_meet( &server, create_proxy( NULL, 0 ) );
        start( &callers[0], proxy, 1, round & 1 );
        server_receive( &server );
        Sleep( 15 );                    /* a while, so that it waits in earnest */
        if (round & 4) ok_hr( WsAbortServiceProxy( proxy, NULL ), S_OK );
        else ok_hr( WsAbandonCall( proxy, 0, NULL ), S_OK );
        finish( &callers[0], round & 4 ? WS_E_OPERATION_ABORTED : WS_E_OPERATION_ABANDONED );
        if (round & 4) ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), S_OK );
        WsFreeServiceProxy( proxy );
        server_leave( &server );
    }
    after = leak_count();
    leak_check( &before, &after, 12 );
    server_close( &server );
}

/* --- with a host that answers in whatever order ------------------------------------------------------------------------------- */

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    if (a % 3 == 1) Sleep( a % 4 );
    *result = a + b;
    return S_OK;
}

static const void *method_table[4] = { add, NULL, NULL, NULL };

static WS_SERVICE_HOST *open_host( void )
{
    static struct test_endpoint e;
    static ULONG concurrency = CALLS;
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e.endpoint };
    WS_SERVICE_HOST *host = NULL;

    test_endpoint_init( &e, test_port( 9 ), "session", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL );
    e.contract.methodTable = method_table;
    test_url( e.url, "net.tcp", "+", test_port( 9 ), "session" );
    e.endpoint.address.url.length = lstrlenW( e.url );
    e.endpoint.channelBinding = WS_TCP_CHANNEL_BINDING;
    e.endpoint.channelType = WS_CHANNEL_TYPE_DUPLEX_SESSION;
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_MAX_CONCURRENCY, &concurrency, sizeof(concurrency) );
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    return host;
}

static LONG made, given_up;

static DWORD WINAPI call_often( void *arg )
{
    WS_SERVICE_PROXY *proxy = arg;
    struct caller c = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ), .proxy = proxy };
    WS_ASYNC_CONTEXT async = { finished, &c };
    WS_CALL_PROPERTY prop = { WS_CALL_PROPERTY_CALL_ID, &c.id, sizeof(c.id) };
    unsigned int seed = GetCurrentThreadId();
    int i;

    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &c.heap, NULL ), S_OK );
    for (i = 0; i < 300; i++)
    {
        BOOL is_async = (seed = seed * 1103515245 + 12345) >> 16 & 1;
        int result = 0;

        c.id = 1 + (seed >> 20 & 7);
        c.hr = Service_Add( proxy, i, (int)seed, &result, c.heap, &prop, 1, is_async ? &async : NULL, NULL );
        if (c.hr == WS_S_ASYNC)
        {
            if (seed >> 24 & 1) WsAbandonCall( proxy, c.id, NULL );
            ok( !WaitForSingleObject( c.event, 30000 ), "a call did not end\n" );
        }
        ok( c.hr == S_OK || c.hr == WS_E_OPERATION_ABANDONED, "a call returned %#lx\n", (ULONG)c.hr );
        if (c.hr == S_OK) ok_eq( result, (int)(i + seed) );
        InterlockedIncrement( c.hr ? &given_up : &made );
        WsResetHeap( c.heap, NULL );
    }
    CloseHandle( c.event );
    WsFreeHeap( c.heap );
    return 0;
}

static void test_storm( void )
{
    WS_SERVICE_HOST *host = open_host();
    WS_SERVICE_PROXY *proxy = create_proxy( NULL, 0 );
    HANDLE threads[6];
    WS_HEAP *heap = NULL;
    int i, result = 0;

    open_proxy( proxy );
    for (i = 0; i < 6; i++) threads[i] = CreateThread( NULL, 0, call_often, proxy, 0, NULL );
    for (i = 0; i < 6; i++)
    {
        ok( !WaitForSingleObject( threads[i], 120000 ), "thread %d did not end\n", i );
        CloseHandle( threads[i] );
    }
    trace( "%ld calls made, %ld given up\n", made, given_up );
    ok( made > 0, "no call was made\n" );
    ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_OPEN );
    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( Service_Add( proxy, 2, 40, &result, heap, NULL, 0, NULL, NULL ), S_OK );
    ok_eq( result, 42 );
    WsFreeHeap( heap );
    ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), S_OK );
    WsFreeServiceProxy( proxy );
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
}

TESTS( proxy_session, { "overlap", test_overlap }, { "abandon", test_abandon }, { "timeout", test_timeout },
       { "relations", test_relations }, { "faults", test_faults }, { "lost", test_lost }, { "pending", test_pending },
       { "abort", test_abort }, { "close", test_close }, { "blocked", test_blocked }, { "address", test_address },
       { "leaks", test_leaks }, { "storm", test_storm } )
