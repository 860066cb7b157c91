/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A bad network between a proxy and a host, over HTTP and net.tcp: a relay that splits, delays, stalls, cuts, half-closes and
 * resets at every byte of an exchange, in both directions. A call succeeds or fails with a documented error, in its time; the host
 * goes on, and nothing is left behind. TEST_FULL=1 takes every byte, otherwise a sample of them. */
#include "service.h"
#include "leak.h"

enum fault { PASS, SPLIT, DELAY, STALL, CUT, HALF, RESET };
static const char *const fault_names[] = { "pass", "split", "delay", "stall", "cut", "half", "reset" };

/* What the relay does to the connections, until the next plan. */
static struct
{
    enum fault fault;
    int  way;                           /* 0: requests, 1: replies */
    LONG offset;                        /* before which byte of that way */
    volatile LONG passed[2];            /* bytes since the plan was made */
    volatile LONG done, number;
} plan;
static volatile LONG pumps;
static BOOL full;

struct pump { SOCKET sides[2]; LONG number; BOOL closed[2]; };

static void cut( struct pump *pump, BOOL reset )
{
    struct linger linger = { 1, 0 };
    int i;

    for (i = 0; i < 2; i++)
    {
        if (pump->sides[i] == INVALID_SOCKET) continue;
        if (reset) setsockopt( pump->sides[i], SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger) );
        closesocket( pump->sides[i] );
        pump->sides[i] = INVALID_SOCKET;
    }
}

static BOOL send_all( SOCKET s, const char *data, int len, BOOL split )
{
    int sent;

    for (; len > 0; data += sent, len -= sent)
        if ((sent = send( s, data, split ? 1 : len, 0 )) <= 0) return FALSE;
    return TRUE;
}

/* FALSE: the connection is over. */
static BOOL forward( struct pump *pump, int way, const char *data, int len )
{
    SOCKET to = pump->sides[!way];
    LONG first = InterlockedExchangeAdd( &plan.passed[way], len );
    int before = len;

    if (pump->closed[way]) return TRUE;
    if (plan.fault >= DELAY && plan.way == way && !plan.done && plan.offset < first + len)
        before = plan.offset > first ? plan.offset - first : 0;
    if (!send_all( to, data, before, plan.fault == SPLIT )) return FALSE;
    if (before == len) return TRUE;
    plan.done = TRUE;
    switch (plan.fault)
    {
    case DELAY:
        Sleep( 5 );
        return send_all( to, data + before, len - before, FALSE );
    case STALL:
        while (pump->number == plan.number) Sleep( 2 );
        return FALSE;
    case CUT:
        cut( pump, FALSE );
        return FALSE;
    case HALF:
        shutdown( to, SD_SEND );
        pump->closed[way] = TRUE;
        return TRUE;
    default:
        return FALSE;
    }
}

static DWORD WINAPI pump_thread( void *arg )
{
    struct pump *pump = arg;
    char data[8192];
    int i, got = 0;

    for (;;)
    {
        struct timeval tick = { 0, 20000 };
        fd_set set;

        FD_ZERO( &set );
        for (i = 0; i < 2; i++) FD_SET( pump->sides[i], &set );
        if (select( 0, &set, NULL, NULL, &tick ) < 0) break;
        /* a connection may be kept for the next plan, but not one that is half closed */
        if (pump->number != plan.number)
        {
            if (pump->closed[0] || pump->closed[1]) break;
            pump->number = plan.number;
        }
        for (i = 0; i < 2; i++)
        {
            if (!FD_ISSET( pump->sides[i], &set )) continue;
            if ((got = recv( pump->sides[i], data, sizeof(data), 0 )) <= 0) goto done;
            if (!forward( pump, i, data, got )) goto done;
        }
    }
done:
    cut( pump, got < 0 || plan.fault == RESET );
    HeapFree( GetProcessHeap(), 0, pump );
    InterlockedDecrement( &pumps );
    return 0;
}

static SOCKET relay_socket;
static unsigned int target_port;

static DWORD WINAPI relay_thread( void *arg )
{
    SOCKET s;

    (void)arg;
    while ((s = accept( relay_socket, NULL, NULL )) != INVALID_SOCKET)
    {
        struct pump *pump = HeapAlloc( GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*pump) );
        BOOL on = TRUE;
        HANDLE thread;

        InterlockedIncrement( &pumps );
        pump->sides[0] = s;
        pump->sides[1] = http_connect( target_port );
        pump->number = plan.number;
        setsockopt( s, IPPROTO_TCP, TCP_NODELAY, (char *)&on, sizeof(on) );
        setsockopt( pump->sides[1], IPPROTO_TCP, TCP_NODELAY, (char *)&on, sizeof(on) );
        if ((thread = CreateThread( NULL, 0, pump_thread, pump, 0, NULL ))) CloseHandle( thread );
    }
    return 0;
}

static void set_plan( enum fault fault, int way, LONG offset )
{
    plan.fault = PASS;
    InterlockedIncrement( &plan.number );
    plan.way = way;
    plan.offset = offset;
    plan.passed[0] = plan.passed[1] = plan.done = 0;
    plan.fault = fault;
}

/* --- both ends ----------------------------------------------------------------------------------------------------------------- */

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    *result = a + b;
    return S_OK;
}

static HRESULT CALLBACK sleep_op( const WS_OPERATION_CONTEXT *context, int ms, int *result, const WS_ASYNC_CONTEXT *async,
                                  WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
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

static WS_SERVICE_HOST *open_host( BOOL tcp )
{
    static struct test_endpoint e;      /* the contract is to live as long as the host */
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e.endpoint };
    /* the relay has another port, which is the one in the addresses */
    ULONG match = WS_MATCH_URL_THIS_HOST | WS_MATCH_URL_EXACT_PATH | WS_MATCH_URL_NO_QUERY;
    WS_LISTENER_PROPERTY listener_props[2] =
    {
        { WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS, &match, sizeof(match) },
        { WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS, &match, sizeof(match) },
    };
    WS_LISTENER_PROPERTIES listener = { listener_props, ARRAYSIZE( listener_props ) };
    WS_SERVICE_HOST *host = NULL;
    ULONG accepting = 10;

    test_endpoint_init( &e, target_port, "host", tcp ? WS_ENVELOPE_VERSION_SOAP_1_2 : WS_ENVELOPE_VERSION_SOAP_1_1,
                        tcp ? WS_ADDRESSING_VERSION_1_0 : WS_ADDRESSING_VERSION_TRANSPORT, &methods );
    if (tcp)
    {
        test_url( e.url, "net.tcp", "+", target_port, "host" );
        e.endpoint.address.url.length = lstrlenW( e.url );
        e.endpoint.channelBinding = WS_TCP_CHANNEL_BINDING;
        e.endpoint.channelType = WS_CHANNEL_TYPE_DUPLEX_SESSION;
        test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_LISTENER_PROPERTIES, &listener, sizeof(listener) );
    }
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_MAX_ACCEPTING_CHANNELS, &accepting, sizeof(accepting) );
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    return host;
}

/* What a network may do to an exchange, by windows-web-services-return-values.md. */
static BOOL is_documented( HRESULT hr )
{
    switch (hr)
    {
    case S_OK:
    case WS_E_ENDPOINT_DISCONNECTED:
    case WS_E_ENDPOINT_FAILURE:
    case WS_E_ENDPOINT_NOT_AVAILABLE:
    case WS_E_ENDPOINT_UNREACHABLE:
    case WS_E_INVALID_FORMAT:
    case WS_E_OPERATION_TIMED_OUT:
        return TRUE;
    default:
        return FALSE;
    }
}

/* An exchange on a proxy of its own; over net.tcp also on a connection of its own. The first failure. */
static HRESULT exchange( BOOL tcp, ULONG timeout, WS_HEAP *heap )
{
    WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    WS_PROXY_PROPERTY props[2] =
    {
        { WS_PROXY_PROPERTY_CALL_TIMEOUT, &timeout, sizeof(timeout) },
        { WS_PROXY_PROPERTY_MAX_CLOSE_TIMEOUT, &timeout, sizeof(timeout) },
    };
    BOOL enable = TRUE;
    WS_CHANNEL_PROPERTY http_props[2] =
    {
        { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
    };
    WS_CHANNEL_PROPERTY tcp_props[5] =
    {
        { WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS, &enable, sizeof(enable) },
        { WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT, &timeout, sizeof(timeout) },
        { WS_CHANNEL_PROPERTY_SEND_TIMEOUT, &timeout, sizeof(timeout) },
        { WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT, &timeout, sizeof(timeout) },
        { WS_CHANNEL_PROPERTY_CLOSE_TIMEOUT, &timeout, sizeof(timeout) },
    };
    WS_ENDPOINT_ADDRESS address = { .headers = NULL };
    WS_SERVICE_PROXY *proxy = NULL;
    HRESULT hr, close;
    int result = 0;
    WCHAR url[128];

    test_url( url, tcp ? "net.tcp" : "http", "127.0.0.1", test_port( 6 ), "host" );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    ok_hr( WsCreateServiceProxy( tcp ? WS_CHANNEL_TYPE_DUPLEX_SESSION : WS_CHANNEL_TYPE_REQUEST,
                                 tcp ? WS_TCP_CHANNEL_BINDING : WS_HTTP_CHANNEL_BINDING, NULL, props, 2,
                                 tcp ? tcp_props : http_props, tcp ? 5 : 2, &proxy, NULL ), S_OK );
    if (!(hr = WsOpenServiceProxy( proxy, &address, NULL, NULL )))
    {
        if (!(hr = Service_Add( proxy, 20, 22, &result, heap, NULL, 0, NULL, NULL ))) ok_eq( result, 42 );
        close = WsCloseServiceProxy( proxy, NULL, NULL );
        if (!hr) hr = close;
        else ok( is_documented( close ), "the close returned %#lx\n", (ULONG)close );
    }
    WsFreeServiceProxy( proxy );
    WsResetHeap( heap, NULL );
    return hr;
}

static void check( BOOL tcp, enum fault fault, int way, LONG offset, WS_HEAP *heap )
{
    ULONG timeout = fault == STALL ? 120 : 10000;
    DWORD start, time;
    HRESULT hr;

    test_context( "%s, %s before byte %ld of the %s", tcp ? "net.tcp" : "HTTP", fault_names[fault], offset, way ? "reply" : "request" );
    set_plan( fault, way, offset );
    start = test_clock();
    hr = exchange( tcp, timeout, heap );
    time = test_clock() - start;
    ok( is_documented( hr ), "returned %#lx\n", (ULONG)hr );
    /* open, call and close have the time each */
    ok( time < 3 * timeout + 5000, "took %lu ms\n", time );
    if (fault <= DELAY) ok_hr( hr, S_OK );
    else if (fault != STALL) ok( hr != WS_E_OPERATION_TIMED_OUT, "timed out\n" );
    test_context( NULL );
}

/* Every `step`th byte, from `phase` on. */
static void sweep( BOOL tcp, const LONG *lengths, LONG step, LONG phase, WS_HEAP *heap )
{
    static const enum fault faults[] = { DELAY, CUT, HALF, RESET };
    unsigned int i, count = 0;
    LONG offset;
    int way;

    for (way = 0; way < 2; way++)
    {
        for (i = 0; i < ARRAYSIZE( faults ); i++)
            for (offset = phase % step; offset < lengths[way]; offset += step)
            {
                check( tcp, faults[i], way, offset, heap );
                if (!(++count % 50)) check( tcp, PASS, 0, 0, heap );
            }
        for (offset = phase % step; offset < lengths[way]; offset += full ? 1 : 8 * step) check( tcp, STALL, way, offset, heap );
    }
    check( tcp, SPLIT, 0, 0, heap );
    check( tcp, PASS, 0, 0, heap );
}

static void quiet( void )
{
    int i;

    set_plan( PASS, 0, 0 );
    for (i = 0; i < 300 && pumps; i++) Sleep( 10 );
    Sleep( 300 );
}

static void test_relay( BOOL tcp )
{
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons( test_port( 6 ) ) };
    struct leak_counts before, after;
    LONG lengths[2], step;
    WS_SERVICE_HOST *host;
    WS_HEAP *heap = NULL;
    WSADATA data;
    HANDLE thread;

    full = getenv( "TEST_FULL" ) && atoi( getenv( "TEST_FULL" ) );
    WSAStartup( MAKEWORD( 2, 2 ), &data );
    addr.sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    target_port = test_port( 5 );
    host = open_host( tcp );
    relay_socket = socket( AF_INET, SOCK_STREAM, 0 );
    ok( !bind( relay_socket, (struct sockaddr *)&addr, sizeof(addr) ) && !listen( relay_socket, 100 ), "no port for the relay\n" );
    thread = CreateThread( NULL, 0, relay_thread, NULL, 0, NULL );
    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &heap, NULL ), S_OK );

    check( tcp, PASS, 0, 0, heap );
    Sleep( 50 );
    lengths[0] = plan.passed[0];
    lengths[1] = plan.passed[1];
    trace( "a request of %ld bytes and a reply of %ld\n", lengths[0], lengths[1] );
    ok( lengths[0] > 100 && lengths[1] > 50, "%ld and %ld bytes\n", lengths[0], lengths[1] );
    step = 23;
    sweep( tcp, lengths, step, 5, heap );
    quiet();
    before = leak_count();
    sweep( tcp, lengths, full ? 1 : step, 0, heap );
    quiet();
    after = leak_count();
    leak_check( &before, &after, 12 );

    closesocket( relay_socket );
    ok( !WaitForSingleObject( thread, 30000 ), "the relay does not end\n" );
    CloseHandle( thread );
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
    WsFreeHeap( heap );
}

static void test_http( void )
{
    test_relay( FALSE );
}

static void test_nettcp( void )
{
    test_relay( TRUE );
}

TESTS( relay, { "http", test_http }, { "nettcp", test_nettcp } )
