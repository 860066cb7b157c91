/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* net.tcp sessions: host and proxy, and channels used directly, in every encoding. */
#include "service.h"

static LONG accepts, closes, notes;

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    LONG *state = NULL;

    (void)async, (void)error;
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_CHANNEL_USER_STATE, &state, sizeof(state), NULL ), S_OK );
    ok_ptr( state, &accepts );
    if (a < 0) return E_INVALIDARG;
    *result = a + b;
    return S_OK;
}

static HRESULT CALLBACK sleep_op( const WS_OPERATION_CONTEXT *context, int ms, int *result, const WS_ASYNC_CONTEXT *async,
                                  WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    Sleep( ms );
    *result = ms;
    return S_OK;
}

static HRESULT CALLBACK note( const WS_OPERATION_CONTEXT *context, WCHAR *text, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)text, (void)async, (void)error;
    InterlockedIncrement( &notes );
    return S_OK;
}

static HRESULT CALLBACK swap( const WS_OPERATION_CONTEXT *context, int *a, WCHAR **text, const WS_ASYNC_CONTEXT *async,
                              WS_ERROR *error )
{
    (void)context, (void)text, (void)async, (void)error;
    *a = -*a;
    return S_OK;
}

static HRESULT CALLBACK on_accept( const WS_OPERATION_CONTEXT *context, void **state, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    *state = &accepts;
    InterlockedIncrement( &accepts );
    return S_OK;
}

static HRESULT CALLBACK on_close( const WS_OPERATION_CONTEXT *context, const WS_ASYNC_CONTEXT *async )
{
    (void)context, (void)async;
    InterlockedIncrement( &closes );
    return S_OK;
}

static const struct test_methods methods = { add, sleep_op, note, swap };
static struct test_endpoint endpoint;
static WS_SERVICE_HOST *host;
static WS_ENCODING encoding;

static void start_host( WS_ENCODING enc )
{
    static WS_SERVICE_PROPERTY_ACCEPT_CALLBACK accept_callback = { on_accept };
    static WS_SERVICE_PROPERTY_CLOSE_CALLBACK close_callback = { on_close };
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &endpoint.endpoint };

    encoding = enc;
    test_endpoint_init( &endpoint, test_port( 3 ), "session", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, &methods );
    test_url( endpoint.url, "net.tcp", "+", test_port( 3 ), "session" );
    endpoint.endpoint.address.url.length = lstrlenW( endpoint.url );
    endpoint.endpoint.channelBinding = WS_TCP_CHANNEL_BINDING;
    endpoint.endpoint.channelType = WS_CHANNEL_TYPE_DUPLEX_SESSION;
    endpoint.channel_props[2].id = WS_CHANNEL_PROPERTY_ENCODING;
    endpoint.channel_props[2].value = &encoding;
    endpoint.channel_props[2].valueSize = sizeof(encoding);
    endpoint.endpoint.channelProperties.propertyCount = 3;
    test_endpoint_prop( &endpoint, WS_SERVICE_ENDPOINT_PROPERTY_ACCEPT_CHANNEL_CALLBACK, &accept_callback, sizeof(accept_callback) );
    test_endpoint_prop( &endpoint, WS_SERVICE_ENDPOINT_PROPERTY_CLOSE_CHANNEL_CALLBACK, &close_callback, sizeof(close_callback) );
    accepts = closes = 0;
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
}

static void stop_host( void )
{
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
    ok_eq( closes, accepts );
}

static void init_address( WS_ENDPOINT_ADDRESS *address, WCHAR *url )
{
    memset( address, 0, sizeof(*address) );
    test_url( url, "net.tcp", "localhost", test_port( 3 ), "session" );
    address->url.chars = url;
    address->url.length = lstrlenW( url );
}

static WS_SERVICE_PROXY *open_proxy( const WS_PROXY_PROPERTY *props, ULONG count )
{
    WS_CHANNEL_PROPERTY channel_props[1] = { { WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding) } };
    WS_SERVICE_PROXY *proxy = NULL;
    WS_ENDPOINT_ADDRESS address;
    WCHAR url[128];

    init_address( &address, url );
    ok_hr( WsCreateServiceProxy( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, props, count, channel_props, 1, &proxy,
                                 NULL ), S_OK );
    ok_hr( WsOpenServiceProxy( proxy, &address, NULL, NULL ), S_OK );
    return proxy;
}

static void close_proxy( WS_SERVICE_PROXY *proxy )
{
    ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), S_OK );
    WsFreeServiceProxy( proxy );
}

static WS_HEAP *make_heap( void )
{
    WS_HEAP *heap = NULL;

    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &heap, NULL ), S_OK );
    return heap;
}

static HRESULT call_add( WS_SERVICE_PROXY *proxy, int a, int b, int *result, WS_HEAP *heap, const WS_ASYNC_CONTEXT *async )
{
    return Service_Add( proxy, a, b, result, heap, NULL, 0, async, NULL );
}

static const WS_ENCODING encodings[] =
{
    WS_ENCODING_XML_BINARY_SESSION_1, WS_ENCODING_XML_BINARY_1, WS_ENCODING_XML_UTF8, WS_ENCODING_XML_UTF16LE, WS_ENCODING_XML_UTF16BE
};

static void test_calls( void )
{
    WCHAR *str = (WCHAR *)L"text", **str_ptr = &str;
    int result, value, *value_ptr = &value, round;
    WS_HEAP *heap = make_heap();
    WS_SERVICE_PROXY *proxy;
    const void *args[2];
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( encodings ); i++)
    {
        test_context( "encoding %u", encodings[i] );
        start_host( encodings[i] );
        proxy = open_proxy( NULL, 0 );
        str = (WCHAR *)L"text";
        for (round = 0; round < 10; round++)
        {
            result = 0;
            ok_hr( call_add( proxy, round, 5, &result, heap, NULL ), S_OK );
            ok_eq( result, round + 5 );
            value = round;
            args[0] = &value_ptr;
            args[1] = &str_ptr;
            ok_hr( WsCall( proxy, &swap_operation, args, heap, NULL, 0, NULL, NULL ), S_OK );
            ok_eq( value, -round );
            ok( !lstrcmpW( str, L"text" ), "%ls\n", str );
        }
        notes = 0;
        args[0] = &str;
        ok_hr( WsCall( proxy, &note_operation, args, heap, NULL, 0, NULL, NULL ), S_OK );
        ok_hr( call_add( proxy, -1, 5, &result, heap, NULL ), WS_E_ENDPOINT_FAULT_RECEIVED );
        ok_hr( call_add( proxy, 1, 5, &result, heap, NULL ), S_OK );
        ok_eq( notes, 1 );
        ok_eq( accepts, 1 );
        close_proxy( proxy );
        stop_host();
        WsResetHeap( heap, NULL );
    }
    test_context( NULL );
    WsFreeHeap( heap );
}

struct waiter { HANDLE event; HRESULT hr; };

static void CALLBACK wake( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct waiter *waiter = state;

    (void)model;
    waiter->hr = hr;
    SetEvent( waiter->event );
}

static void test_async( void )
{
    struct waiter waiters[10];
    WS_HEAP *heaps[10];
    int results[10], i;
    WS_SERVICE_PROXY *proxy;
    HRESULT hr;

    start_host( WS_ENCODING_XML_BINARY_SESSION_1 );
    proxy = open_proxy( NULL, 0 );
    for (i = 0; i < 10; i++)
    {
        WS_ASYNC_CONTEXT context = { wake, &waiters[i] };

        heaps[i] = make_heap();
        waiters[i].event = CreateEventW( NULL, FALSE, FALSE, NULL );
        waiters[i].hr = S_OK;
        if ((hr = call_add( proxy, i, 1, &results[i], heaps[i], &context )) != WS_S_ASYNC)
        {
            ok_hr( hr, S_OK );
            SetEvent( waiters[i].event );
        }
    }
    for (i = 0; i < 10; i++)
    {
        ok( !WaitForSingleObject( waiters[i].event, 30000 ), "no callback\n" );
        ok_hr( waiters[i].hr, S_OK );
        ok_eq( results[i], i + 1 );
        WsFreeHeap( heaps[i] );
        CloseHandle( waiters[i].event );
    }
    close_proxy( proxy );
    stop_host();
}

static void test_ends( void )
{
    WS_HEAP *heap = make_heap();
    WS_SERVICE_PROXY *proxy;
    int i, result;

    start_host( WS_ENCODING_XML_BINARY_SESSION_1 );
    for (i = 0; i < 50; i++)
    {
        proxy = open_proxy( NULL, 0 );
        ok_hr( call_add( proxy, i, 1, &result, heap, NULL ), S_OK );
        if (i & 1) ok_hr( WsAbortServiceProxy( proxy, NULL ), S_OK );
        close_proxy( proxy );
        WsResetHeap( heap, NULL );
    }
    stop_host();
    ok_eq( accepts, 50 );
    WsFreeHeap( heap );
}

/* --- channels ---------------------------------------------------------------------------------------------------------------- */

static DWORD WINAPI echo_server( void *arg )
{
    WS_LISTENER *listener = arg;
    WS_CHANNEL *channel = NULL;
    WS_MESSAGE *request = NULL, *reply = NULL;
    WS_HEAP *heap = make_heap();
    const WS_MESSAGE_DESCRIPTION *descs[] = { &note_message, &add_message };
    struct pair pair;
    struct single sum;
    ULONG index;
    HRESULT hr;

    ok_hr( WsCreateChannelForListener( listener, NULL, 0, &channel, NULL ), S_OK );
    ok_hr( WsAcceptChannel( listener, channel, NULL, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &request, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &reply, NULL ), S_OK );
    for (;;)
    {
        hr = WsReceiveMessage( channel, request, descs, 2, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, heap, &pair,
                               sizeof(pair), &index, NULL, NULL );
        if (hr != S_OK) break;
        ok_eq( index, 1 );
        sum.result = pair.a + pair.b;
        ok_hr( WsSendReplyMessage( channel, reply, &add_reply, WS_WRITE_REQUIRED_VALUE, &sum, sizeof(sum), request, NULL, NULL ), S_OK );
        ok_hr( WsResetMessage( request, NULL ), S_OK );
        ok_hr( WsResetMessage( reply, NULL ), S_OK );
    }
    ok_hr( hr, WS_S_END );
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    WsFreeMessage( request );
    WsFreeMessage( reply );
    WsFreeChannel( channel );
    WsFreeHeap( heap );
    return 0;
}

static void test_channels( void )
{
    WS_MESSAGE *request = NULL, *reply = NULL;
    WS_LISTENER *listener = NULL;
    WS_CHANNEL *channel = NULL;
    WS_HEAP *heap = make_heap();
    WS_ENDPOINT_ADDRESS address;
    WS_CHANNEL_STATE state;
    struct pair pair = { 3, 4 };
    struct single sum;
    WS_STRING listen_url;
    BOOL shut = TRUE;
    WCHAR url[128];
    HANDLE thread;
    int i;

    init_address( &address, url );
    listen_url = address.url;
    ok_hr( WsCreateListener( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &listener, NULL ), S_OK );
    ok_hr( WsOpenListener( listener, &listen_url, NULL, NULL ), S_OK );
    thread = CreateThread( NULL, 0, echo_server, listener, 0, NULL );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL ), S_OK );
    ok_hr( WsOpenChannel( channel, &address, NULL, NULL ), S_OK );
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
    ok_eq( state, WS_CHANNEL_STATE_OPEN );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &request, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &reply, NULL ), S_OK );
    for (i = 0; i < 5; i++)
    {
        sum.result = 0;
        ok_hr( WsRequestReply( channel, request, &add_message, WS_WRITE_REQUIRED_VALUE, &pair, sizeof(pair), reply, &add_reply,
                               WS_READ_REQUIRED_VALUE, heap, &sum, sizeof(sum), NULL, NULL ), S_OK );
        ok_eq( sum.result, 7 );
        ok_hr( WsResetMessage( request, NULL ), S_OK );
        ok_hr( WsResetMessage( reply, NULL ), S_OK );
    }
    /* a message that is over has nothing to do with the next one on the channel */
    for (i = 0; i < 2; i++)
    {
        WS_MESSAGE *other = NULL;

        ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &other, NULL ), S_OK );
        ok_hr( WsSendMessage( channel, other, &add_message, WS_WRITE_REQUIRED_VALUE, &pair, sizeof(pair), NULL, NULL ), S_OK );
        ok_hr( WsReadMessageStart( channel, reply, NULL, NULL ), S_OK );
        ok_hr( WsResetMessage( other, NULL ), S_OK );
        ok_hr( WsReadMessageStart( channel, other, NULL, NULL ), WS_E_INVALID_OPERATION );
        if (i) ok_hr( WsAbandonMessage( channel, reply, NULL ), S_OK );
        else ok_hr( WsReadMessageEnd( channel, reply, NULL, NULL ), S_OK );
        ok_hr( WsReadMessageEnd( channel, reply, NULL, NULL ), WS_E_INVALID_OPERATION );
        ok_hr( WsResetMessage( reply, NULL ), S_OK );
        WsFreeMessage( other );
    }
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_IS_SESSION_SHUT_DOWN, &shut, sizeof(shut), NULL ), S_OK );
    ok_eq( shut, FALSE );
    ok_hr( WsShutdownSessionChannel( channel, NULL, NULL ), S_OK );
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_IS_SESSION_SHUT_DOWN, &shut, sizeof(shut), NULL ), S_OK );
    ok_eq( shut, TRUE );
    ok_hr( WsShutdownSessionChannel( channel, NULL, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsReadMessageStart( channel, reply, NULL, NULL ), WS_S_END );
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    ok( !WaitForSingleObject( thread, 30000 ), "the server did not end\n" );
    CloseHandle( thread );
    WsFreeMessage( request );
    WsFreeMessage( reply );
    WsFreeChannel( channel );
    ok_hr( WsCloseListener( listener, NULL, NULL ), S_OK );
    WsFreeListener( listener );
    WsFreeHeap( heap );
}

static void test_speed( void )
{
    WS_HEAP *heap = make_heap();
    WS_SERVICE_PROXY *proxy;
    DWORD start;
    int i, result;

    start_host( WS_ENCODING_XML_BINARY_SESSION_1 );
    proxy = open_proxy( NULL, 0 );
    start = test_clock();
    for (i = 0; i < 2000; i++)
    {
        if (FAILED( call_add( proxy, 1, 2, &result, heap, NULL ))) break;
        WsResetHeap( heap, NULL );
    }
    ok_eq( i, 2000 );
    trace( "%d calls in %lu ms\n", i, test_clock() - start );
    close_proxy( proxy );
    stop_host();
    WsFreeHeap( heap );
}

TESTS( session, { "calls", test_calls }, { "async", test_async }, { "ends", test_ends }, { "channels", test_channels },
       { "speed", test_speed } )
