/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A service host with sessions over net.tcp: how many calls run at once on a channel and on how many channels
 * (WS_SERVICE_ENDPOINT_PROPERTY_MAX_CONCURRENCY, MAX_CHANNELS), and what becomes of them when the client goes away. */
#include "service.h"

static LONG running, most, cancelled, freed, closes;
static HANDLE cancel_event, gate;

static void enter( void )
{
    LONG now = InterlockedIncrement( &running ), seen;

    while ((seen = most) < now && InterlockedCompareExchange( &most, now, seen ) != seen) ;
}

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    enter();
    *result = a + b;
    InterlockedDecrement( &running );
    return S_OK;
}

static void CALLBACK on_cancel( const WS_SERVICE_CANCEL_REASON reason, void *state )
{
    ok_eq( reason, WS_SERVICE_CHANNEL_FAULTED );
    ok_ptr( state, &cancelled );
    InterlockedIncrement( &cancelled );
    SetEvent( cancel_event );
}

static void CALLBACK on_free( void *state )
{
    ok_ptr( state, &cancelled );
    InterlockedIncrement( &freed );
}

/* Sleeps; -1: until it is cancelled, -2: until the gate opens. */
static HRESULT CALLBACK sleep_op( const WS_OPERATION_CONTEXT *context, int ms, int *result, const WS_ASYNC_CONTEXT *async,
                                  WS_ERROR *error )
{
    (void)async;
    if (ms == -1) ok_hr( WsRegisterOperationForCancel( context, on_cancel, on_free, &cancelled, error ), S_OK );
    enter();
    if (ms >= 0) Sleep( ms );
    else ok( !WaitForSingleObject( ms == -1 ? cancel_event : gate, 60000 ), "not told to end\n" );
    *result = ms;
    InterlockedDecrement( &running );
    return S_OK;
}

static HRESULT CALLBACK note( const WS_OPERATION_CONTEXT *context, WCHAR *text, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)text, (void)async, (void)error;
    return S_OK;
}

static HRESULT CALLBACK swap( const WS_OPERATION_CONTEXT *context, int *a, WCHAR **text, const WS_ASYNC_CONTEXT *async,
                              WS_ERROR *error )
{
    (void)context, (void)text, (void)async, (void)error;
    *a = -*a;
    return S_OK;
}

static HRESULT CALLBACK on_close( const WS_OPERATION_CONTEXT *context, const WS_ASYNC_CONTEXT *async )
{
    (void)context, (void)async;
    ok_eq( running, 0 );    /* no session ends before its operations */
    InterlockedIncrement( &closes );
    return S_OK;
}

static const struct test_methods methods = { add, sleep_op, note, swap };

static WS_SERVICE_HOST *open_host( ULONG concurrency, ULONG channels )
{
    WS_SERVICE_PROPERTY_CLOSE_CALLBACK close_callback = { on_close };
    static struct test_endpoint e;      /* the contract is to live as long as the host */
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e.endpoint };
    WS_SERVICE_HOST *host = NULL;
    ULONG pool = 1;

    test_endpoint_init( &e, test_port( 4 ), "host", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, &methods );
    test_url( e.url, "net.tcp", "+", test_port( 4 ), "host" );
    e.endpoint.address.url.length = lstrlenW( e.url );
    e.endpoint.channelBinding = WS_TCP_CHANNEL_BINDING;
    e.endpoint.channelType = WS_CHANNEL_TYPE_DUPLEX_SESSION;
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_MAX_CONCURRENCY, &concurrency, sizeof(concurrency) );
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_MAX_CHANNELS, &channels, sizeof(channels) );
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_MAX_CALL_POOL_SIZE, &pool, sizeof(pool) );
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_CLOSE_CHANNEL_CALLBACK, &close_callback, sizeof(close_callback) );
    running = most = cancelled = freed = closes = 0;
    if (!cancel_event) cancel_event = CreateEventW( NULL, TRUE, FALSE, NULL );
    if (!gate) gate = CreateEventW( NULL, TRUE, FALSE, NULL );
    ResetEvent( cancel_event );
    ResetEvent( gate );
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    return host;
}

static void close_host( WS_SERVICE_HOST *host, LONG expected_closes )
{
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
    ok_eq( closes, expected_closes );
    ok_eq( running, 0 );
}

/* A client of one session, with a message for each direction. */
struct client { WS_CHANNEL *channel; WS_MESSAGE *request, *reply; WS_HEAP *heap; };

static void client_open( struct client *client )
{
    WS_ENDPOINT_ADDRESS address = { .headers = NULL };
    WCHAR url[128];

    test_url( url, "net.tcp", "localhost", test_port( 4 ), "host" );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &client->channel, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( client->channel, NULL, 0, &client->request, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( client->channel, NULL, 0, &client->reply, NULL ), S_OK );
    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &client->heap, NULL ), S_OK );
    ok_hr( WsOpenChannel( client->channel, &address, NULL, NULL ), S_OK );
}

static void client_close( struct client *client, BOOL gracefully )
{
    if (!gracefully) ok_hr( WsAbortChannel( client->channel, NULL ), S_OK );
    ok_hr( WsCloseChannel( client->channel, NULL, NULL ), S_OK );
    WsFreeMessage( client->request );
    WsFreeMessage( client->reply );
    WsFreeChannel( client->channel );
    WsFreeHeap( client->heap );
}

static void send_sleep( struct client *client, int ms )
{
    struct span value = { ms };

    ok_hr( WsSendMessage( client->channel, client->request, &sleep_message, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL,
                          NULL ), S_OK );
    ok_hr( WsResetMessage( client->request, NULL ), S_OK );
}

static void send_add( struct client *client, int a, int b )
{
    struct pair value = { a, b };

    ok_hr( WsSendMessage( client->channel, client->request, &add_message, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL,
                          NULL ), S_OK );
    ok_hr( WsResetMessage( client->request, NULL ), S_OK );
}

/* The result of the next reply: of a sleep its time, of an addition the sum. */
static int receive( struct client *client )
{
    const WS_MESSAGE_DESCRIPTION *descs[2] = { &sleep_reply, &add_reply };
    struct single value = { -1 };
    ULONG index;

    ok_hr( WsReceiveMessage( client->channel, client->reply, descs, 2, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                             client->heap, &value, sizeof(value), &index, NULL, NULL ), S_OK );
    ok_hr( WsResetMessage( client->reply, NULL ), S_OK );
    ok_hr( WsResetHeap( client->heap, NULL ), S_OK );
    return value.result;
}

/* A quick call is answered before the slow ones that came first, if there may be enough of them at once. */
static void test_concurrency( void )
{
    struct client client;
    WS_SERVICE_HOST *host;
    int i, sum;

    host = open_host( 4, 10 );
    client_open( &client );
    for (i = 0; i < 3; i++) send_sleep( &client, -2 );
    send_add( &client, 2, 3 );
    ok_eq( receive( &client ), 5 );
    for (i = 0; i < 3000 && running < 3; i++) Sleep( 10 );
    ok_eq( running, 3 );
    SetEvent( gate );
    for (i = 0; i < 3; i++) ok_eq( receive( &client ), -2 );
    ok( most == 3 || most == 4, "%ld operations at once\n", most );
    /* and many short ones */
    for (i = 0; i < 50; i++) send_add( &client, i, 0 );
    for (sum = i = 0; i < 50; i++) sum += receive( &client );
    ok_eq( sum, 49 * 50 / 2 );
    ok( most <= 4, "%ld operations at once\n", most );
    client_close( &client, TRUE );
    close_host( host, 1 );
}

static void test_limits( void )
{
    struct client client, other;
    WS_SERVICE_HOST *host;
    int i;

    /* the default: one after the other */
    host = open_host( 1, 10 );
    client_open( &client );
    for (i = 0; i < 3; i++) send_sleep( &client, 50 );
    send_add( &client, 2, 3 );
    for (i = 0; i < 3; i++) ok_eq( receive( &client ), 50 );
    ok_eq( receive( &client ), 5 );
    ok_eq( most, 1 );
    client_close( &client, TRUE );
    close_host( host, 1 );

    host = open_host( 2, 10 );
    client_open( &client );
    for (i = 0; i < 6; i++) send_sleep( &client, 50 );
    for (i = 0; i < 6; i++) ok_eq( receive( &client ), 50 );
    ok_eq( most, 2 );
    client_close( &client, TRUE );
    close_host( host, 1 );

    /* the second session is served when the first one is over */
    host = open_host( 1, 1 );
    client_open( &client );
    send_add( &client, 1, 1 );
    ok_eq( receive( &client ), 2 );
    client_open( &other );
    send_add( &other, 2, 2 );
    Sleep( 100 );
    ok_eq( closes, 0 );
    client_close( &client, TRUE );
    ok_eq( receive( &other ), 4 );
    client_close( &other, TRUE );
    close_host( host, 2 );
}

/* 64 sessions with an operation each that blocks, and a quick call on one more. */
static void test_blocked( void )
{
    static struct client clients[65];
    WS_SERVICE_HOST *host = open_host( 1, 100 );
    int i;

    for (i = 0; i < 65; i++) client_open( &clients[i] );
    for (i = 0; i < 64; i++) send_sleep( &clients[i], -2 );
    for (i = 0; i < 3000 && running < 64; i++) Sleep( 10 );
    ok_eq( running, 64 );
    send_add( &clients[64], 3, 4 );
    ok_eq( receive( &clients[64] ), 7 );
    ok_eq( running, 64 );
    SetEvent( gate );
    for (i = 0; i < 64; i++) ok_eq( receive( &clients[i] ), -2 );
    for (i = 0; i < 65; i++) client_close( &clients[i], TRUE );
    close_host( host, 65 );
}

/* call-cancellation.md: an operation is told when its channel faults. */
static void test_cancel( void )
{
    static const ULONG concurrency[] = { 1, 4 };
    struct client client;
    WS_SERVICE_HOST *host;
    unsigned int i, j;

    for (i = 0; i < ARRAYSIZE( concurrency ); i++)
    {
        test_context( "concurrency %lu", concurrency[i] );
        host = open_host( concurrency[i], 10 );
        client_open( &client );
        send_add( &client, 1, 1 );
        ok_eq( receive( &client ), 2 );
        send_sleep( &client, -1 );
        for (j = 0; j < 3000 && !running; j++) Sleep( 10 );
        ok_eq( cancelled, 0 );
        /* a message that comes meanwhile waits for its turn, or is served */
        send_add( &client, 2, 2 );
        if (concurrency[i] > 1) ok_eq( receive( &client ), 4 );
        else
        {
            Sleep( 50 );
            ok_eq( most, 1 );
            /* with the next message received nobody reads any more who could notice; the operation ends by itself */
            SetEvent( cancel_event );
            ok_eq( receive( &client ), -1 );
            ok_eq( receive( &client ), 4 );
            ok_eq( freed, 1 );
            ResetEvent( cancel_event );
            send_sleep( &client, -1 );
            for (j = 0; j < 3000 && !running; j++) Sleep( 10 );
        }
        client_close( &client, FALSE );
        for (j = 0; j < 3000 && !closes; j++) Sleep( 10 );
        ok_eq( cancelled, 1 );
        ok_eq( freed, concurrency[i] > 1 ? 1 : 2 );
        close_host( host, 1 );
    }
    test_context( NULL );
}

/* A message that can't be read gets a fault; the session goes on. */
static void test_bad_body( void )
{
    struct span value = { 1 };
    struct client client;
    WS_SERVICE_HOST *host;
    ULONG concurrency;

    for (concurrency = 1; concurrency <= 2; concurrency++)
    {
        BOOL fault = FALSE;

        host = open_host( concurrency, 10 );
        client_open( &client );
        send_add( &client, 1, 2 );
        ok_eq( receive( &client ), 3 );
        /* the action of one operation, the element of another */
        ok_hr( WsInitializeMessage( client.request, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
        ok_hr( WsSetHeader( client.request, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, add_message.action,
                            sizeof(*add_message.action), NULL ), S_OK );
        ok_hr( WsWriteMessageStart( client.channel, client.request, NULL, NULL ), S_OK );
        ok_hr( WsWriteBody( client.request, sleep_message.bodyElementDescription, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL ), S_OK );
        ok_hr( WsWriteMessageEnd( client.channel, client.request, NULL, NULL ), S_OK );
        ok_hr( WsResetMessage( client.request, NULL ), S_OK );
        ok_hr( WsReadMessageStart( client.channel, client.reply, NULL, NULL ), S_OK );
        ok_hr( WsGetMessageProperty( client.reply, WS_MESSAGE_PROPERTY_IS_FAULT, &fault, sizeof(fault), NULL ), S_OK );
        ok( fault, "no fault\n" );
        ok_hr( WsReadMessageEnd( client.channel, client.reply, NULL, NULL ), S_OK );
        ok_hr( WsResetMessage( client.reply, NULL ), S_OK );
        send_add( &client, 3, 4 );
        ok_eq( receive( &client ), 7 );
        client_close( &client, TRUE );
        close_host( host, 1 );
    }
}

TESTS( host_session, { "concurrency", test_concurrency }, { "limits", test_limits }, { "blocked", test_blocked },
       { "cancel", test_cancel }, { "bad_body", test_bad_body } )
