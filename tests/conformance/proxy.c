/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Service proxies against a service host in the same process: states, calls of every kind, and their ends. */
#include "service.h"

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    WS_STRING text = WS_STRING_VALUE( L"minus is not liked" );

    (void)context, (void)async;
    if (a < 0)
    {
        WsAddErrorString( error, &text );
        return E_INVALIDARG;
    }
    *result = a + b;
    return S_OK;
}

static LONG entered;
static HRESULT CALLBACK sleep_op( const WS_OPERATION_CONTEXT *context, int ms, int *result, const WS_ASYNC_CONTEXT *async,
                                  WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    InterlockedIncrement( &entered );
    Sleep( ms );
    *result = ms;
    return S_OK;
}

static LONG notes;
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

static const struct test_methods methods = { add, sleep_op, note, swap };
static struct test_endpoint endpoint;
static WS_SERVICE_HOST *host;
static WS_ENVELOPE_VERSION envelope;
static WS_ADDRESSING_VERSION addressing;

static void start_host( WS_ENVELOPE_VERSION env, WS_ADDRESSING_VERSION addr )
{
    static WS_FAULT_DISCLOSURE disclosure = WS_FULL_FAULT_DISCLOSURE;
    WS_SERVICE_PROPERTY prop = { WS_SERVICE_PROPERTY_FAULT_DISCLOSURE, &disclosure, sizeof(disclosure) };
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &endpoint.endpoint };

    envelope = env;
    addressing = addr;
    test_endpoint_init( &endpoint, test_port( 2 ), "proxy", env, addr, &methods );
    ok_hr( WsCreateServiceHost( endpoints, 1, &prop, 1, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
}

static void stop_host( void )
{
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
    Sleep( 150 );   /* a connection kept alive may be noticed as closed a moment later only */
}

static WS_SERVICE_PROXY *make_proxy( const WS_PROXY_PROPERTY *props, ULONG count )
{
    WS_CHANNEL_PROPERTY channel_props[2] =
    {
        { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
    };
    WS_SERVICE_PROXY *proxy = NULL;

    ok_hr( WsCreateServiceProxy( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, props, count, channel_props,
                                 ARRAYSIZE( channel_props ), &proxy, NULL ), S_OK );
    return proxy;
}

static HRESULT open_at( WS_SERVICE_PROXY *proxy, unsigned int port, const char *path )
{
    WS_ENDPOINT_ADDRESS address = { .headers = NULL };
    WCHAR url[128];

    test_url( url, "http", "localhost", port, path );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    return WsOpenServiceProxy( proxy, &address, NULL, NULL );
}

static WS_SERVICE_PROXY *open_proxy( const WS_PROXY_PROPERTY *props, ULONG count )
{
    WS_SERVICE_PROXY *proxy = make_proxy( props, count );

    ok_hr( open_at( proxy, test_port( 2 ), "proxy" ), S_OK );
    return proxy;
}

static void close_proxy( WS_SERVICE_PROXY *proxy )
{
    ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), S_OK );
    WsFreeServiceProxy( proxy );
}

static WS_SERVICE_PROXY_STATE proxy_state( WS_SERVICE_PROXY *proxy )
{
    WS_SERVICE_PROXY_STATE state = ~0;

    ok_hr( WsGetServiceProxyProperty( proxy, WS_PROXY_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
    return state;
}

static WS_HEAP *make_heap( void )
{
    WS_HEAP *heap = NULL;

    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &heap, NULL ), S_OK );
    return heap;
}

static HRESULT call_add( WS_SERVICE_PROXY *proxy, int a, int b, int *result, WS_HEAP *heap, const WS_CALL_PROPERTY *props,
                         ULONG count, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    return Service_Add( proxy, a, b, result, heap, props, count, async, error );
}

static HRESULT call_sleep( WS_SERVICE_PROXY *proxy, int ms, int *result, WS_HEAP *heap, const WS_CALL_PROPERTY *props, ULONG count,
                           const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    return Service_Sleep( proxy, ms, result, heap, props, count, async, error );
}

static void test_states( void )
{
    static const struct { const char *path; char op; HRESULT hr; WS_SERVICE_PROXY_STATE state; } cases[] =
    {
        { "",    'o', S_OK,                   WS_SERVICE_PROXY_STATE_OPEN },
        { "",    'c', WS_E_INVALID_OPERATION, WS_SERVICE_PROXY_STATE_CREATED },
        { "",    'a', S_OK,                   WS_SERVICE_PROXY_STATE_CREATED },
        { "",    'r', S_OK,                   WS_SERVICE_PROXY_STATE_CREATED },
        { "",    'x', WS_E_INVALID_OPERATION, WS_SERVICE_PROXY_STATE_CREATED },
        { "o",   'o', WS_E_INVALID_OPERATION, WS_SERVICE_PROXY_STATE_OPEN },
        { "o",   'a', S_OK,                   WS_SERVICE_PROXY_STATE_FAULTED },
        { "o",   'c', S_OK,                   WS_SERVICE_PROXY_STATE_CLOSED },
        { "o",   'r', WS_E_INVALID_OPERATION, WS_SERVICE_PROXY_STATE_OPEN },
        { "o",   'x', S_OK,                   WS_SERVICE_PROXY_STATE_OPEN },
        { "oa",  'o', WS_E_INVALID_OPERATION, WS_SERVICE_PROXY_STATE_FAULTED },
        { "oa",  'a', S_OK,                   WS_SERVICE_PROXY_STATE_FAULTED },
        { "oa",  'c', S_OK,                   WS_SERVICE_PROXY_STATE_CLOSED },
        { "oa",  'x', WS_E_INVALID_OPERATION, WS_SERVICE_PROXY_STATE_FAULTED },
        { "oc",  'o', WS_E_INVALID_OPERATION, WS_SERVICE_PROXY_STATE_CLOSED },
        { "oc",  'r', S_OK,                   WS_SERVICE_PROXY_STATE_CREATED },
        { "oc",  'x', WS_E_INVALID_OPERATION, WS_SERVICE_PROXY_STATE_CLOSED },
        { "ocro", 'x', S_OK,                  WS_SERVICE_PROXY_STATE_OPEN },
        { "oxacro", 'x', S_OK,                WS_SERVICE_PROXY_STATE_OPEN },
    };
    WS_HEAP *heap = make_heap();
    unsigned int i;
    const char *p;
    int result;

    start_host( WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT );
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        WS_SERVICE_PROXY *proxy = make_proxy( NULL, 0 );
        HRESULT hr = E_FAIL;

        test_context( "%s then %c", cases[i].path, cases[i].op );
        for (p = cases[i].path;; p++)
        {
            switch (*p ? *p : cases[i].op)
            {
            case 'o': hr = open_at( proxy, test_port( 2 ), "proxy" ); break;
            case 'c': hr = WsCloseServiceProxy( proxy, NULL, NULL ); break;
            case 'a': hr = WsAbortServiceProxy( proxy, NULL ); break;
            case 'r': hr = WsResetServiceProxy( proxy, NULL ); break;
            case 'x': hr = call_add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL ); break;
            }
            if (!*p) break;
            ok_hr( hr, S_OK );
        }
        ok_hr( hr, cases[i].hr );
        ok_eq( proxy_state( proxy ), cases[i].state );
        WsCloseServiceProxy( proxy, NULL, NULL );
        WsFreeServiceProxy( proxy );
    }
    test_context( NULL );
    WsFreeHeap( heap );
    stop_host();
}

static void check_calls( void )
{
    WS_SERVICE_PROXY *proxy = open_proxy( NULL, 0 );
    WS_HEAP *heap = make_heap();
    WS_ERROR *error = NULL;
    WS_STRING text;
    WCHAR *str = (WCHAR *)L"a <b> & \"c\"", **str_ptr = &str;
    int i, result, value = 12, *value_ptr = &value;
    const void *args[2];
    WS_FAULT *fault = NULL;

    ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
    for (i = 0; i < 20; i++)
    {
        result = 0;
        ok_hr( call_add( proxy, i, 7, &result, heap, NULL, 0, NULL, error ), S_OK );
        ok_eq( result, i + 7 );
        WsResetHeap( heap, NULL );
    }
    /* a fault: its words arrive */
    result = 77;
    ok_hr( call_add( proxy, -1, 7, &result, heap, NULL, 0, NULL, error ), WS_E_ENDPOINT_FAULT_RECEIVED );
    ok_eq( result, 77 );
    ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
    ok( fault && fault->reasonCount == 1, "no fault\n" );
    if (fault && fault->reasonCount)
    {
        text = fault->reasons[0].text;
        ok( text.length >= 18 && !memcmp( text.chars, L"minus is not liked", 36 ), "%.*ls\n", (int)text.length, text.chars );
    }
    WsResetError( error );
    ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_OPEN );
    /* in and out */
    args[0] = &value_ptr;
    args[1] = &str_ptr;
    ok_hr( WsCall( proxy, &swap_operation, args, heap, NULL, 0, NULL, error ), S_OK );
    ok_eq( value, -12 );
    ok( !lstrcmpW( str, L"a <b> & \"c\"" ), "%ls\n", str );
    /* one way */
    notes = 0;
    args[0] = &str;
    ok_hr( WsCall( proxy, &note_operation, args, heap, NULL, 0, NULL, error ), S_OK );
    ok_eq( notes, 1 );
    ok_hr( call_add( proxy, 1, 1, &result, heap, NULL, 0, NULL, error ), S_OK );
    WsFreeError( error );
    WsFreeHeap( heap );
    close_proxy( proxy );
}

static void test_calls( void )
{
    static const struct { WS_ENVELOPE_VERSION envelope; WS_ADDRESSING_VERSION addressing; } versions[] =
    {
        { WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT },
        { WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_TRANSPORT },
        { WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0 }, { WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 },
        { WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_0_9 }, { WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_0_9 },
    };
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( versions ); i++)
    {
        test_context( "envelope %u, addressing %u", versions[i].envelope, versions[i].addressing );
        start_host( versions[i].envelope, versions[i].addressing );
        check_calls();
        stop_host();
    }
    test_context( NULL );
}

static void test_arguments( void )
{
    WS_SERVICE_PROXY *proxy;
    WS_HEAP *heap = make_heap();
    WS_OPERATION_DESCRIPTION broken_operation = add_operation;
    int result, a = 1;
    const void *args[3] = { &a, &a, NULL };

    start_host( WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT );
    proxy = open_proxy( NULL, 0 );
    ok_hr( WsCall( proxy, NULL, NULL, heap, NULL, 0, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsCall( proxy, &add_operation, NULL, heap, NULL, 0, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsCall( proxy, &add_operation, args, NULL, NULL, 0, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsCall( proxy, &add_operation, args, heap, NULL, 0, NULL, NULL ), E_INVALIDARG );
    broken_operation.versionInfo = 2;
    ok_hr( WsCall( proxy, &broken_operation, args, heap, NULL, 0, NULL, NULL ), E_INVALIDARG );
    ok_hr( call_add( proxy, 1, 1, &result, heap, NULL, 0, NULL, NULL ), S_OK );
    close_proxy( proxy );
    stop_host();
    WsFreeHeap( heap );
}

struct waiter { HANDLE event; HRESULT hr; DWORD thread; };

static void CALLBACK wake( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct waiter *waiter = state;

    (void)model;
    waiter->hr = hr;
    waiter->thread = GetCurrentThreadId();
    SetEvent( waiter->event );
}

static void test_async( void )
{
    struct waiter waiters[16];
    WS_HEAP *heaps[16];
    int results[16], i;
    WS_SERVICE_PROXY *proxy;

    start_host( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    proxy = open_proxy( NULL, 0 );
    for (i = 0; i < 16; i++)
    {
        WS_ASYNC_CONTEXT context = { wake, &waiters[i] };

        waiters[i].event = CreateEventW( NULL, FALSE, FALSE, NULL );
        waiters[i].hr = E_FAIL;
        heaps[i] = make_heap();
        results[i] = 0;
        ok_hr( call_sleep( proxy, 200 + i, &results[i], heaps[i], NULL, 0, &context, NULL ), WS_S_ASYNC );
    }
    for (i = 0; i < 16; i++)
    {
        ok( !WaitForSingleObject( waiters[i].event, 30000 ), "no callback %d\n", i );
        ok_hr( waiters[i].hr, S_OK );
        ok_eq( results[i], 200 + i );
        ok( waiters[i].thread != GetCurrentThreadId(), "callback on the caller's thread\n" );
        CloseHandle( waiters[i].event );
        WsFreeHeap( heaps[i] );
    }
    close_proxy( proxy );
    stop_host();
}

/* Waits until the service works on a call; `entered` is to be 0 before it. */
static void wait_entered( void )
{
    int i;

    for (i = 0; i < 3000 && !entered; i++) Sleep( 10 );
    Sleep( 100 );
}

static DWORD WINAPI abandon_later( void *arg )
{
    wait_entered();
    ok_hr( WsAbandonCall( arg, 5, NULL ), S_OK );
    return 0;
}

static DWORD WINAPI abort_later( void *arg )
{
    wait_entered();
    ok_hr( WsAbortServiceProxy( arg, NULL ), S_OK );
    return 0;
}

static void test_ends( void )
{
    ULONG timeout = 200, id = 5;
    WS_PROXY_PROPERTY prop = { WS_PROXY_PROPERTY_CALL_TIMEOUT, &timeout, sizeof(timeout) };
    WS_CALL_PROPERTY call_prop = { WS_CALL_PROPERTY_CALL_ID, &id, sizeof(id) };
    WS_HEAP *heap = make_heap();
    WS_SERVICE_PROXY *proxy;
    HANDLE thread;
    DWORD start;
    int result;

    start_host( WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT );
    /* timeout */
    proxy = open_proxy( &prop, 1 );
    start = test_clock();
    ok_hr( call_sleep( proxy, 5000, &result, heap, NULL, 0, NULL, NULL ), WS_E_OPERATION_TIMED_OUT );
    ok( test_clock() - start < 4900, "took %lu ms\n", test_clock() - start );
    ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_OPEN );
    ok_hr( call_add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL ), S_OK );
    ok_eq( result, 3 );
    close_proxy( proxy );

    /* abandoned */
    proxy = open_proxy( NULL, 0 );
    entered = 0;
    thread = CreateThread( NULL, 0, abandon_later, proxy, 0, NULL );
    start = test_clock();
    ok_hr( call_sleep( proxy, 5000, &result, heap, &call_prop, 1, NULL, NULL ), WS_E_OPERATION_ABANDONED );
    ok( test_clock() - start < 4900, "took %lu ms\n", test_clock() - start );
    WaitForSingleObject( thread, 30000 );
    CloseHandle( thread );
    ok_hr( call_add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL ), S_OK );

    /* aborted */
    entered = 0;
    thread = CreateThread( NULL, 0, abort_later, proxy, 0, NULL );
    start = test_clock();
    ok_hr( call_sleep( proxy, 5000, &result, heap, NULL, 0, NULL, NULL ), WS_E_OPERATION_ABORTED );
    ok( test_clock() - start < 4900, "took %lu ms\n", test_clock() - start );
    WaitForSingleObject( thread, 30000 );
    CloseHandle( thread );
    ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_FAULTED );
    close_proxy( proxy );
    stop_host();
    WsFreeHeap( heap );
}

static void test_unreachable( void )
{
    WS_HEAP *heap = make_heap();
    WS_SERVICE_PROXY *proxy;
    int result;

    start_host( WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT );
    /* the path is not there */
    proxy = make_proxy( NULL, 0 );
    ok_hr( open_at( proxy, test_port( 2 ), "elsewhere" ), S_OK );
    ok_hr( call_add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL ), WS_E_ENDPOINT_NOT_FOUND );
    ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_OPEN );
    close_proxy( proxy );
    /* nobody listens */
    proxy = make_proxy( NULL, 0 );
    ok_hr( open_at( proxy, test_port( 9 ), "proxy" ), S_OK );
    ok( FAILED( call_add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL )), "a call to nobody succeeded\n" );
    ok_eq( proxy_state( proxy ), WS_SERVICE_PROXY_STATE_OPEN );
    close_proxy( proxy );
    /* the host goes away and comes back */
    proxy = open_proxy( NULL, 0 );
    ok_hr( call_add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL ), S_OK );
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    ok( FAILED( call_add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL )), "a call to nobody succeeded\n" );
    ok_hr( WsResetServiceHost( host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    ok_hr( call_add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL ), S_OK );
    close_proxy( proxy );
    stop_host();
    WsFreeHeap( heap );
}

static LONG sent, received;
static HRESULT CALLBACK on_send( WS_MESSAGE *message, WS_HEAP *heap, void *state, WS_ERROR *error )
{
    WS_MESSAGE_STATE message_state;

    (void)heap;
    ok_ptr( state, &sent );
    ok_hr( WsGetMessageProperty( message, WS_MESSAGE_PROPERTY_STATE, &message_state, sizeof(message_state), error ), S_OK );
    ok_eq( message_state, WS_MESSAGE_STATE_INITIALIZED );
    sent++;
    return S_OK;
}

static HRESULT CALLBACK on_receive( WS_MESSAGE *message, WS_HEAP *heap, void *state, WS_ERROR *error )
{
    WS_MESSAGE_STATE message_state;

    (void)heap;
    ok_ptr( state, &received );
    ok_hr( WsGetMessageProperty( message, WS_MESSAGE_PROPERTY_STATE, &message_state, sizeof(message_state), error ), S_OK );
    ok_eq( message_state, WS_MESSAGE_STATE_READING );
    received++;
    return S_OK;
}

static void test_callbacks( void )
{
    WS_PROXY_MESSAGE_CALLBACK_CONTEXT send = { on_send, &sent }, receive = { on_receive, &received };
    WS_CALL_PROPERTY props[2] =
    {
        { WS_CALL_PROPERTY_SEND_MESSAGE_CONTEXT, &send, sizeof(send) },
        { WS_CALL_PROPERTY_RECEIVE_MESSAGE_CONTEXT, &receive, sizeof(receive) },
    };
    WS_HEAP *heap = make_heap();
    WS_SERVICE_PROXY *proxy;
    int result;

    start_host( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    proxy = open_proxy( NULL, 0 );
    ok_hr( call_add( proxy, 1, 2, &result, heap, props, 2, NULL, NULL ), S_OK );
    ok_eq( sent, 1 );
    ok_eq( received, 1 );
    close_proxy( proxy );
    stop_host();
    WsFreeHeap( heap );
}

static void test_speed( void )
{
    WS_HEAP *heap = make_heap();
    WS_SERVICE_PROXY *proxy;
    DWORD start;
    int i, result;

    start_host( WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT );
    proxy = open_proxy( NULL, 0 );
    start = test_clock();
    for (i = 0; i < 2000; i++)
    {
        if (FAILED( call_add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL ))) break;
        WsResetHeap( heap, NULL );
    }
    ok_eq( i, 2000 );
    trace( "%d calls in %lu ms\n", i, test_clock() - start );
    close_proxy( proxy );
    stop_host();
    WsFreeHeap( heap );
}

static void test_rounds( void )
{
    WS_HEAP *heap = make_heap();
    WS_SERVICE_PROXY *proxy;
    int i, result;

    start_host( WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT );
    for (i = 0; i < 300; i++)
    {
        proxy = open_proxy( NULL, 0 );
        ok_hr( call_add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL ), S_OK );
        if (i & 1) WsAbortServiceProxy( proxy, NULL );
        close_proxy( proxy );
        WsResetHeap( heap, NULL );
    }
    stop_host();
    WsFreeHeap( heap );
}

static void test_templates( void )
{
    WS_CHANNEL_PROPERTY channel_props[2] =
    {
        { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
    };
    WS_HTTP_POLICY_DESCRIPTION policy = { { channel_props, ARRAYSIZE( channel_props ) } };
    WS_SERVICE_CONTRACT contract = { &test_contract_desc, NULL, &methods };
    const WS_SERVICE_ENDPOINT *endpoints[1];
    WS_SERVICE_ENDPOINT *made = NULL;
    WS_SERVICE_PROXY *proxy = NULL;
    WS_HEAP *heap = make_heap();
    WS_STRING url;
    WCHAR text[128];
    int result = 0;

    envelope = WS_ENVELOPE_VERSION_SOAP_1_2;
    addressing = WS_ADDRESSING_VERSION_1_0;
    test_url( text, "http", "+", test_port( 2 ), "proxy" );
    url.chars = text;
    url.length = lstrlenW( text );
    ok_hr( WsCreateServiceEndpointFromTemplate( WS_CHANNEL_TYPE_REPLY, NULL, 0, &url, &contract, NULL, heap,
                                                WS_HTTP_BINDING_TEMPLATE_TYPE, NULL, 0, &policy, 1, &made, NULL ), E_INVALIDARG );
    ok_hr( WsCreateServiceEndpointFromTemplate( WS_CHANNEL_TYPE_REPLY, NULL, 0, &url, &contract, NULL, heap,
                                                WS_HTTP_BINDING_TEMPLATE_TYPE, NULL, 0, &policy, sizeof(policy), &made, NULL ), S_OK );
    endpoints[0] = made;
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    ok_hr( WsCreateServiceProxyFromTemplate( WS_CHANNEL_TYPE_REQUEST, NULL, 0, 99, NULL, 0, &policy, sizeof(policy), &proxy, NULL ),
           E_INVALIDARG );
    ok_hr( WsCreateServiceProxyFromTemplate( WS_CHANNEL_TYPE_REQUEST, NULL, 0, WS_HTTP_BINDING_TEMPLATE_TYPE, NULL, 0, &policy,
                                             sizeof(policy), &proxy, NULL ), S_OK );
    ok_hr( open_at( proxy, test_port( 2 ), "proxy" ), S_OK );
    ok_hr( call_add( proxy, 20, 22, &result, heap, NULL, 0, NULL, NULL ), S_OK );
    ok_eq( result, 42 );
    close_proxy( proxy );
    stop_host();
    WsFreeHeap( heap );
}

static void test_encodings( void )
{
    static const WS_ENCODING encodings[] =
    {
        WS_ENCODING_XML_BINARY_1, WS_ENCODING_XML_UTF16LE, WS_ENCODING_XML_UTF16BE, WS_ENCODING_XML_MTOM_UTF8,
        WS_ENCODING_XML_MTOM_UTF16LE
    };
    WS_HEAP *heap = make_heap();
    unsigned int i, version;

    for (i = 0; i < ARRAYSIZE( encodings ) * 2; i++)
    {
        WS_ENCODING encoding = encodings[i / 2];
        WS_CHANNEL_PROPERTY channel_props[3] =
        {
            { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
            { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
            { WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding) },
        };
        const WS_SERVICE_ENDPOINT *endpoints[1] = { &endpoint.endpoint };
        WS_SERVICE_PROXY *proxy = NULL;
        int result = 0, call;

        version = i & 1;
        test_context( "encoding %u, version %u", encoding, version );
        envelope = version ? WS_ENVELOPE_VERSION_SOAP_1_2 : WS_ENVELOPE_VERSION_SOAP_1_1;
        addressing = version ? WS_ADDRESSING_VERSION_1_0 : WS_ADDRESSING_VERSION_TRANSPORT;
        test_endpoint_init( &endpoint, test_port( 2 ), "proxy", envelope, addressing, &methods );
        endpoint.channel_props[2] = channel_props[2];
        endpoint.endpoint.channelProperties.propertyCount = 3;
        ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
        ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
        ok_hr( WsCreateServiceProxy( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, NULL, 0, channel_props, 3, &proxy, NULL ),
               S_OK );
        ok_hr( open_at( proxy, test_port( 2 ), "proxy" ), S_OK );
        for (call = 0; call < 3; call++)
        {
            ok_hr( call_add( proxy, call, 22, &result, heap, NULL, 0, NULL, NULL ), S_OK );
            ok_eq( result, call + 22 );
        }
        ok_hr( call_add( proxy, -1, 22, &result, heap, NULL, 0, NULL, NULL ), WS_E_ENDPOINT_FAULT_RECEIVED );
        close_proxy( proxy );
        stop_host();
        WsResetHeap( heap, NULL );
    }
    test_context( NULL );
    WsFreeHeap( heap );
}

/* Answers requests with a redirection to the real service. */
static DWORD WINAPI redirect_server( void *arg )
{
    SOCKET listener = (SOCKET)arg, s;
    char text[4096];
    int len;

    while ((s = accept( listener, NULL, NULL )) != INVALID_SOCKET)
    {
        while (recv( s, text, sizeof(text), 0 ) > 0)
        {
            len = snprintf( text, sizeof(text), "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://localhost:%u/proxy\r\n"
                            "Content-Length: 0\r\n\r\n", test_port( 2 ) );
            send( s, text, len, 0 );
        }
        closesocket( s );
    }
    return 0;
}

static LONG redirections;
static BOOL allow;
static HRESULT CALLBACK on_redirect( void *state, const WS_STRING *from, const WS_STRING *to )
{
    ok_ptr( state, &redirections );
    ok( from->length > 6 && !memcmp( from->chars + from->length - 6, L"/moved", 12 ), "from %.*ls\n", (int)from->length, from->chars );
    ok( to->length > 6 && !memcmp( to->chars + to->length - 6, L"/proxy", 12 ), "to %.*ls\n", (int)to->length, to->chars );
    redirections++;
    return allow ? S_OK : E_ACCESSDENIED;
}

static void test_redirects( void )
{
    WS_HTTP_REDIRECT_CALLBACK_CONTEXT callback = { on_redirect, &redirections };
    BOOL enable = TRUE;
    WS_CHANNEL_PROPERTY props[3] =
    {
        { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
    };
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons( test_port( 4 ) ) };
    WS_SERVICE_PROXY *proxy;
    WS_HEAP *heap = make_heap();
    int mode, i, result;
    WSADATA data;
    HANDLE thread;
    SOCKET s;

    WSAStartup( MAKEWORD( 2, 2 ), &data );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    addr.sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    ok( !bind( s, (struct sockaddr *)&addr, sizeof(addr) ) && !listen( s, 5 ), "can't listen\n" );
    thread = CreateThread( NULL, 0, redirect_server, (void *)s, 0, NULL );
    start_host( WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT );
    /* 0: not enabled, 1: enabled, 2: the callback allows it, 3: it does not */
    for (mode = 0; mode < 4; mode++)
    {
        test_context( "mode %d", mode );
        props[2].id = mode == 1 ? WS_CHANNEL_PROPERTY_ENABLE_HTTP_REDIRECT : WS_CHANNEL_PROPERTY_HTTP_REDIRECT_CALLBACK_CONTEXT;
        props[2].value = mode == 1 ? (void *)&enable : &callback;
        props[2].valueSize = mode == 1 ? sizeof(enable) : sizeof(callback);
        allow = mode == 2;
        redirections = 0;
        proxy = NULL;
        ok_hr( WsCreateServiceProxy( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, NULL, 0, props, mode ? 3 : 2, &proxy, NULL ),
               S_OK );
        ok_hr( open_at( proxy, test_port( 4 ), "moved" ), S_OK );
        for (i = 0; i < 2; i++)
        {
            HRESULT hr = call_add( proxy, 3, 4, &result, heap, NULL, 0, NULL, NULL );
            if (mode == 1 || mode == 2) ok_hr( hr, S_OK );
            else ok( FAILED( hr ), "the call succeeded\n" );
        }
        ok_eq( redirections, mode >= 2 ? 2 : 0 );
        close_proxy( proxy );
        WsResetHeap( heap, NULL );
    }
    test_context( NULL );
    stop_host();
    closesocket( s );
    TerminateThread( thread, 0 );
    CloseHandle( thread );
    WsFreeHeap( heap );
}

TESTS( proxy, { "redirects", test_redirects }, { "encodings", test_encodings }, { "templates", test_templates }, { "states", test_states }, { "calls", test_calls }, { "arguments", test_arguments }, { "async", test_async },
       { "ends", test_ends }, { "unreachable", test_unreachable }, { "callbacks", test_callbacks }, { "speed", test_speed },
       { "rounds", test_rounds } )
