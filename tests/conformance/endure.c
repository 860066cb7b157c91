/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Many rounds and many threads: proxies opened, used and closed over and over, calls, proxies, channels and hosts aborted at any moment
 * from any thread, and nothing left of it. TEST_FULL=1 makes the 100,000 and 1,000 rounds that are asked for, otherwise fewer. */
#include "service.h"
#include "leak.h"

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    *result = a + b;
    return S_OK;
}

static void CALLBACK on_cancel( const WS_SERVICE_CANCEL_REASON reason, void *state )
{
    (void)reason;
    SetEvent( state );
}

static void CALLBACK on_free( void *state )
{
    CloseHandle( state );
}

/* Sleeps, or until it is cancelled. */
static HRESULT CALLBACK sleep_op( const WS_OPERATION_CONTEXT *context, int ms, int *result, const WS_ASYNC_CONTEXT *async,
                                  WS_ERROR *error )
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );

    (void)async;
    ok_hr( WsRegisterOperationForCancel( context, on_cancel, on_free, event, error ), S_OK );
    WaitForSingleObject( event, ms );
    *result = ms;
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

static const struct test_methods methods = { add, sleep_op, note, swap };

static LONG rounds( LONG all, LONG few )
{
    return getenv( "TEST_FULL" ) && atoi( getenv( "TEST_FULL" ) ) ? all : few;
}

/* One endpoint, over HTTP or net.tcp. */
static WS_SERVICE_HOST *create_host( BOOL tcp )
{
    static struct test_endpoint both[2];        /* the contract is to live as long as the host */
    struct test_endpoint *e = &both[!!tcp];
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e->endpoint };
    WS_SERVICE_HOST *host = NULL;
    ULONG accepting = 4, concurrency = 4;

    test_endpoint_init( e, test_port( tcp ? 8 : 7 ), "host", tcp ? WS_ENVELOPE_VERSION_SOAP_1_2 : WS_ENVELOPE_VERSION_SOAP_1_1,
                        tcp ? WS_ADDRESSING_VERSION_1_0 : WS_ADDRESSING_VERSION_TRANSPORT, &methods );
    if (tcp)
    {
        test_url( e->url, "net.tcp", "+", test_port( 8 ), "host" );
        e->endpoint.address.url.length = lstrlenW( e->url );
        e->endpoint.channelBinding = WS_TCP_CHANNEL_BINDING;
        e->endpoint.channelType = WS_CHANNEL_TYPE_DUPLEX_SESSION;
        test_endpoint_prop( e, WS_SERVICE_ENDPOINT_PROPERTY_MAX_CONCURRENCY, &concurrency, sizeof(concurrency) );
    }
    test_endpoint_prop( e, WS_SERVICE_ENDPOINT_PROPERTY_MAX_ACCEPTING_CHANNELS, &accepting, sizeof(accepting) );
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    return host;
}

static WS_SERVICE_HOST *open_host( BOOL tcp )
{
    WS_SERVICE_HOST *host = create_host( tcp );

    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    return host;
}

static void close_host( WS_SERVICE_HOST *host )
{
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
}

static WS_SERVICE_PROXY *create_proxy( BOOL tcp )
{
    WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    WS_CHANNEL_PROPERTY props[2] =
    {
        { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
    };
    WS_SERVICE_PROXY *proxy = NULL;

    ok_hr( WsCreateServiceProxy( tcp ? WS_CHANNEL_TYPE_DUPLEX_SESSION : WS_CHANNEL_TYPE_REQUEST,
                                 tcp ? WS_TCP_CHANNEL_BINDING : WS_HTTP_CHANNEL_BINDING, NULL, NULL, 0, props, tcp ? 0 : 2, &proxy,
                                 NULL ), S_OK );
    return proxy;
}

static HRESULT open_proxy( WS_SERVICE_PROXY *proxy, BOOL tcp, const WS_ASYNC_CONTEXT *async )
{
    static WCHAR urls[2][128];
    WS_ENDPOINT_ADDRESS address = { .headers = NULL };

    test_url( urls[!!tcp], tcp ? "net.tcp" : "http", "127.0.0.1", test_port( tcp ? 8 : 7 ), "host" );
    address.url.chars = urls[!!tcp];
    address.url.length = lstrlenW( urls[!!tcp] );
    return WsOpenServiceProxy( proxy, &address, async, NULL );
}

static WS_HEAP *make_heap( void )
{
    WS_HEAP *heap = NULL;

    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &heap, NULL ), S_OK );
    return heap;
}

/* --- rounds ---------------------------------------------------------------------------------------------------------------- */

static BOOL round_trip( WS_SERVICE_PROXY *proxy, BOOL tcp, WS_HEAP *heap )
{
    HRESULT hr;
    int result = 0;

    if ((hr = open_proxy( proxy, tcp, NULL )) || (hr = Service_Add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL )) ||
        (hr = WsCloseServiceProxy( proxy, NULL, NULL )) || (hr = WsResetServiceProxy( proxy, NULL )))
        return ok( FALSE, "%s: %#lx\n", tcp ? "net.tcp" : "HTTP", (ULONG)hr );
    WsResetHeap( heap, NULL );
    return result == 3;
}

static void test_calls( void )
{
    LONG i, count = rounds( 100000, 8000 );
    struct leak_counts before, after;
    WS_SERVICE_HOST *host;
    WS_SERVICE_PROXY *proxy;
    WS_HEAP *heap = make_heap();
    DWORD start;
    BOOL tcp;

    for (tcp = FALSE; tcp <= TRUE; tcp++)
    {
        test_context( tcp ? "net.tcp" : "HTTP" );
        host = open_host( tcp );
        proxy = create_proxy( tcp );
        for (i = 0; i < 200; i++) if (!round_trip( proxy, tcp, heap )) break;
        before = leak_count();
        start = test_clock();
        for (i = 0; i < count; i++)
        {
            if (!round_trip( proxy, tcp, heap )) break;
            if (i & 7) continue;
            WsFreeServiceProxy( proxy );
            proxy = create_proxy( tcp );
        }
        ok_eq( i, count );
        trace( "%ld rounds in %lu ms\n", i, test_clock() - start );
        Sleep( 200 );
        after = leak_count();
        leak_check( &before, &after, 12 );
        WsFreeServiceProxy( proxy );
        close_host( host );
    }
    test_context( NULL );
    WsFreeHeap( heap );
}

struct pending { LONG left; HRESULT hr; };

static void CALLBACK ended( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct pending *pending = state;

    (void)model;
    pending->hr = hr;
    InterlockedDecrement( &pending->left );
}

static void await( struct pending *pending )
{
    int i;

    for (i = 0; i < 2000 && pending->left; i++) Sleep( i < 20 ? 0 : 5 );
    ok_eq( pending->left, 0 );
}

/* Opens, begins a call, aborts a moment later: the proxy or the host. */
static void abort_round( WS_SERVICE_HOST *host, BOOL tcp, LONG number, WS_HEAP *heap )
{
    struct pending pending = { 1, S_OK };
    WS_ASYNC_CONTEXT async = { ended, &pending };
    WS_SERVICE_PROXY *proxy = create_proxy( tcp );
    LONG spin = number * 37 % 400;
    int result = 0;
    HRESULT hr;

    if ((hr = open_proxy( proxy, tcp, number % 5 == 4 ? &async : NULL )) == WS_S_ASYNC)
    {
        if (number & 1) WsAbortServiceProxy( proxy, NULL );
        await( &pending );
        hr = pending.hr;
        ok( hr == S_OK || hr == WS_E_OPERATION_ABORTED, "the open returned %#lx\n", (ULONG)hr );
        pending.left = 1;
        if (!hr && (number & 1))    /* too late for the open, and the proxy is faulted */
        {
            hr = Service_Sleep( proxy, 10000, &result, heap, NULL, 0, &async, NULL );
            ok_hr( hr, WS_E_INVALID_OPERATION );
            WsCloseServiceProxy( proxy, NULL, NULL );
        }
    }
    if (hr == S_OK)
    {
        hr = Service_Sleep( proxy, 10000, &result, heap, NULL, 0, &async, NULL );
        ok( hr == WS_S_ASYNC, "the call returned %#lx\n", (ULONG)hr );
        while (spin--) YieldProcessor();
        if (number % 3 == 2) Sleep( number % 4 );
        if (number % 7 == 6)
        {
            ok_hr( WsAbortServiceHost( host, NULL ), S_OK );
            ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
            ok_hr( WsResetServiceHost( host, NULL ), S_OK );
            ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
        }
        ok_hr( WsAbortServiceProxy( proxy, NULL ), S_OK );
        if (hr == WS_S_ASYNC)
        {
            await( &pending );
            /* an abort of the host cancels the operation, whose answer may just make it */
            ok( FAILED( pending.hr ) || number % 7 == 6, "an aborted call returned %#lx\n", (ULONG)pending.hr );
        }
        hr = WsCloseServiceProxy( proxy, NULL, NULL );
        ok( hr != WS_E_INVALID_OPERATION, "the close returned %#lx\n", (ULONG)hr );
    }
    WsFreeServiceProxy( proxy );
    WsResetHeap( heap, NULL );
}

static void test_aborts( void )
{
    LONG i, count = rounds( 1000, 300 );
    struct leak_counts before, after;
    WS_HEAP *heap = make_heap();
    WS_SERVICE_HOST *host;
    BOOL tcp;

    for (tcp = FALSE; tcp <= TRUE; tcp++)
    {
        test_context( tcp ? "net.tcp" : "HTTP" );
        host = open_host( tcp );
        for (i = 0; i < 100; i++) abort_round( host, tcp, i, heap );
        Sleep( 200 );
        before = leak_count();
        for (i = 0; i < count; i++) abort_round( host, tcp, i, heap );
        Sleep( 200 );
        after = leak_count();
        leak_check( &before, &after, 12 );
        close_host( host );
    }
    test_context( NULL );
    WsFreeHeap( heap );
}

/* --- threads ------------------------------------------------------------------------------------------------------------------ */

static LONG stop;
static LONG made, failed;

/* What a call may return while proxies and hosts come and go. */
static BOOL is_expected( HRESULT hr )
{
    switch (hr)
    {
    case S_OK:
    case WS_E_OPERATION_ABORTED:
    case WS_E_OPERATION_ABANDONED:
    case WS_E_INVALID_OPERATION:            /* the proxy is faulted */
    case WS_E_ENDPOINT_DISCONNECTED:
    case WS_E_ENDPOINT_FAILURE:
    case WS_E_ENDPOINT_NOT_AVAILABLE:
    case WS_E_ENDPOINT_NOT_FOUND:
    case WS_E_ENDPOINT_TOO_BUSY:
    case WS_E_ENDPOINT_UNREACHABLE:
        return TRUE;
    default:
        return FALSE;
    }
}

/* A proxy with threads that call on it. */
struct shared
{
    WS_SERVICE_PROXY *proxy;
    BOOL tcp;
    volatile LONG leave;
};

static DWORD WINAPI caller( void *arg )
{
    struct shared *shared = arg;
    WS_HEAP *heap = make_heap();
    ULONG id = GetCurrentThreadId();
    WS_CALL_PROPERTY prop = { WS_CALL_PROPERTY_CALL_ID, &id, sizeof(id) };
    LONG i;

    for (i = 0; !shared->leave; i++)
    {
        struct pending pending = { 1, S_OK };
        WS_ASYNC_CONTEXT async = { ended, &pending };
        int result = 0;
        HRESULT hr;

        switch (i & 3)
        {
        case 0:
        case 1:
            hr = Service_Add( shared->proxy, i, 1, &result, heap, NULL, 0, NULL, NULL );
            if (!hr) ok_eq( result, i + 1 );
            break;
        case 2:
            if ((hr = Service_Add( shared->proxy, i, 2, &result, heap, NULL, 0, &async, NULL )) == WS_S_ASYNC)
            {
                await( &pending );
                hr = pending.hr;
            }
            if (!hr) ok_eq( result, i + 2 );
            break;
        default:
            hr = Service_Sleep( shared->proxy, 20, &result, heap, &prop, 1, NULL, NULL );
        }
        ok( is_expected( hr ), "a call returned %#lx\n", (ULONG)hr );
        InterlockedIncrement( hr ? &failed : &made );
        if (hr) Sleep( 1 );
        WsResetHeap( heap, NULL );
    }
    WsFreeHeap( heap );
    return 0;
}

/* Makes proxies, lets threads call on them, and aborts or closes them meanwhile. */
static DWORD WINAPI proxy_owner( void *arg )
{
    unsigned int seed = GetCurrentThreadId();

    while (!InterlockedOr( &stop, 0 ))
    {
        struct shared shared = { NULL, arg != NULL, FALSE };
        HANDLE threads[3];
        HRESULT hr;
        int i;

        shared.proxy = create_proxy( shared.tcp );
        hr = open_proxy( shared.proxy, shared.tcp, NULL );
        ok( is_expected( hr ), "an open returned %#lx\n", (ULONG)hr );
        if (!hr)
        {
            for (i = 0; i < 3; i++) threads[i] = CreateThread( NULL, 0, caller, &shared, 0, NULL );
            seed = seed * 1103515245 + 12345;
            Sleep( seed >> 16 & 31 );
            if (seed & 0x10000) WsAbandonCall( shared.proxy, 0, NULL );   /* it may be faulted */
            if (seed & 0x20000) ok_hr( WsAbortServiceProxy( shared.proxy, NULL ), S_OK );
            hr = WsCloseServiceProxy( shared.proxy, NULL, NULL );
            ok( is_expected( hr ), "a close returned %#lx\n", (ULONG)hr );
            shared.leave = TRUE;
            ok( WaitForMultipleObjects( 3, threads, TRUE, 20000 ) != WAIT_TIMEOUT, "calls do not end\n" );
            for (i = 0; i < 3; i++) CloseHandle( threads[i] );
        }
        else Sleep( 2 );
        WsFreeServiceProxy( shared.proxy );
    }
    return 0;
}

static DWORD WINAPI host_owner( void *arg )
{
    BOOL tcp = arg != NULL;
    WS_SERVICE_HOST *host = create_host( tcp );
    unsigned int seed = tcp, round;
    HRESULT hr;

    for (round = 0; !InterlockedOr( &stop, 0 ); round++)
    {
        ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
        seed = seed * 1103515245 + 12345;
        Sleep( 20 + (seed >> 16 & 127) );
        ok_hr( WsAbortServiceHost( host, NULL ), S_OK );
        hr = WsCloseServiceHost( host, NULL, NULL );
        ok( hr == S_OK || hr == WS_E_OPERATION_TIMED_OUT, "the close of a host returned %#lx\n", (ULONG)hr );
        if (round & 1)
        {
            ok_hr( WsResetServiceHost( host, NULL ), S_OK );
            continue;
        }
        WsFreeServiceHost( host );
        host = create_host( tcp );
    }
    WsFreeServiceHost( host );
    return 0;
}

/* Channels of their own, aborted while they are opened and used. */
static DWORD WINAPI aborter( void *arg )
{
    Sleep( 1 );
    WsAbortChannel( arg, NULL );
    return 0;
}

static DWORD WINAPI channel_owner( void *arg )
{
    WS_ENDPOINT_ADDRESS address = { .headers = NULL };
    WCHAR url[128];

    (void)arg;
    test_url( url, "net.tcp", "127.0.0.1", test_port( 8 ), "host" );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    while (!InterlockedOr( &stop, 0 ))
    {
        WS_CHANNEL *channel = NULL;
        WS_MESSAGE *message = NULL;
        HANDLE thread;
        HRESULT hr;

        ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL ), S_OK );
        ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &message, NULL ), S_OK );
        thread = CreateThread( NULL, 0, aborter, channel, 0, NULL );
        hr = WsOpenChannel( channel, &address, NULL, NULL );
        ok( is_expected( hr ), "the open of a channel returned %#lx\n", (ULONG)hr );
        if (!hr)
        {
            hr = WsReadMessageStart( channel, message, NULL, NULL );
            ok( hr == WS_S_END || is_expected( hr ), "reading returned %#lx\n", (ULONG)hr );
            hr = WsCloseChannel( channel, NULL, NULL );
            ok( is_expected( hr ), "the close of a channel returned %#lx\n", (ULONG)hr );
        }
        ok( !WaitForSingleObject( thread, 30000 ), "an abort does not return\n" );
        CloseHandle( thread );
        WsFreeMessage( message );
        WsFreeChannel( channel );
    }
    return 0;
}

static void test_threads( void )
{
    static const struct { LPTHREAD_START_ROUTINE run; void *arg; } roles[] =
    {
        { host_owner, NULL }, { host_owner, &stop }, { proxy_owner, NULL }, { proxy_owner, &stop }, { proxy_owner, NULL },
        { proxy_owner, &stop }, { channel_owner, NULL },
    };
    HANDLE threads[ARRAYSIZE( roles )];
    struct leak_counts before, after;
    LONG round, time = rounds( 20000, 2000 );
    unsigned int i;

    for (round = 0; round < 2; round++)
    {
        stop = FALSE;
        made = failed = 0;
        for (i = 0; i < ARRAYSIZE( roles ); i++) threads[i] = CreateThread( NULL, 0, roles[i].run, roles[i].arg, 0, NULL );
        Sleep( round ? time : 1000 );
        stop = TRUE;
        ok( WaitForMultipleObjects( ARRAYSIZE( roles ), threads, TRUE, 40000 ) != WAIT_TIMEOUT, "threads do not end\n" );
        for (i = 0; i < ARRAYSIZE( roles ); i++) CloseHandle( threads[i] );
        trace( "%ld calls succeeded, %ld failed\n", made, failed );
        ok( made > 50, "%ld calls succeeded, %ld failed\n", made, failed );
        Sleep( 300 );
        if (!round) before = leak_count();
    }
    after = leak_count();
    /* the pool of threads is as large as the busiest moment needed */
    leak_check( &before, &after, 60 );
}

TESTS( endure, { "calls", test_calls }, { "aborts", test_aborts }, { "threads", test_threads } )
