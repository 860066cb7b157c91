/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_CHANNEL_PROPERTY_MAX_HTTP_SERVER_CONNECTIONS: "the maximum number of connections that a client application may have against a
 * HTTP server. Connections may be cached and re-used by other components within the same process". */
#include "service.h"

static HANDLE hold;             /* what Sleep( 0 ) waits for */
static volatile LONG running, most, ids_count;
static ULONGLONG ids[64];       /* of connections, in the order of the calls */

static HRESULT CALLBACK sleep_op( const WS_OPERATION_CONTEXT *context, int ms, int *result, const WS_ASYNC_CONTEXT *async,
                                  WS_ERROR *error )
{
    WS_CHANNEL *channel = NULL;
    ULONGLONG id = 0;
    LONG now = InterlockedIncrement( &running ), old;

    (void)async;
    do old = most; while (now > old && InterlockedCompareExchange( &most, now, old ) != old);
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_CHANNEL, &channel, sizeof(channel), error ), S_OK );
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_HTTP_CONNECTION_ID, &id, sizeof(id), error ), S_OK );
    ids[(InterlockedIncrement( &ids_count ) - 1) & 63] = id;
    if (ms) Sleep( ms );
    else WaitForSingleObject( hold, 60000 );
    InterlockedDecrement( &running );
    *result = ms;
    return S_OK;
}

static WS_SERVICE_HOST *start( void )
{
    static const struct test_methods methods = { NULL, sleep_op, NULL, NULL };
    static struct test_endpoint e;
    static ULONG concurrency = 16;
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e.endpoint };
    WS_SERVICE_HOST *host = NULL;

    test_endpoint_init( &e, test_port( 1 ), "limits", WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, &methods );
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_MAX_CONCURRENCY, &concurrency, sizeof(concurrency) );
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    hold = CreateEventW( NULL, TRUE, FALSE, NULL );
    running = most = ids_count = 0;
    return host;
}

static void stop( WS_SERVICE_HOST *host )
{
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
    CloseHandle( hold );
}

static BOOL wait_for( volatile LONG *value, LONG want )
{
    int i;

    for (i = 0; i < 3000 && *value != want; i++) Sleep( 10 );
    return *value == want;
}

/* --- a call on a channel of its own ------------------------------------------------------------------------------------------- */

struct caller
{
    WS_CHANNEL *channel;
    WS_MESSAGE *request, *reply;
    WS_HEAP *heap;
    struct span in;
    struct single *out;
    HRESULT hr;
    LONG pending;
    HANDLE done;                /* thread, or event of an asynchronous call */
};

static void caller_open( struct caller *caller, ULONG limit, ULONG connect_timeout )
{
    static WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
    static WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    WS_CHANNEL_PROPERTY props[] =
    {
        { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
        { WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT, &connect_timeout, sizeof(connect_timeout) },
        { WS_CHANNEL_PROPERTY_MAX_HTTP_SERVER_CONNECTIONS, &limit, sizeof(limit) },
    };
    WS_ENDPOINT_ADDRESS address = { .url = { 0, NULL } };
    ULONG later = 60000;
    WCHAR url[128];

    memset( caller, 0, sizeof(*caller) );
    test_url( url, "http", "127.0.0.1", test_port( 1 ), "limits" );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, props, limit ? 4 : 3, NULL, &caller->channel, NULL ), S_OK );
    ok_hr( WsSetChannelProperty( caller->channel, WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT, &later, sizeof(later), NULL ), S_OK );
    ok_hr( WsOpenChannel( caller->channel, &address, NULL, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( caller->channel, NULL, 0, &caller->request, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( caller->channel, NULL, 0, &caller->reply, NULL ), S_OK );
    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &caller->heap, NULL ), S_OK );
}

static HRESULT call( struct caller *caller, int ms, const WS_ASYNC_CONTEXT *async )
{
    /* without addressing a reply says no action */
    static WS_MESSAGE_DESCRIPTION reply;

    reply.bodyElementDescription = sleep_reply.bodyElementDescription;
    caller->in.ms = ms;
    WsResetMessage( caller->request, NULL );
    WsResetMessage( caller->reply, NULL );
    return WsRequestReply( caller->channel, caller->request, &sleep_message, WS_WRITE_REQUIRED_VALUE, &caller->in, sizeof(caller->in),
                           caller->reply, &reply, WS_READ_REQUIRED_POINTER, caller->heap, &caller->out, sizeof(caller->out), async,
                           NULL );
}

static void CALLBACK called( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct caller *caller = state;

    (void)model;
    ok( !InterlockedDecrement( &caller->pending ), "called back twice\n" );
    caller->hr = hr;
    SetEvent( caller->done );
}

/* Without a thread. */
static void call_async( struct caller *caller, int ms )
{
    WS_ASYNC_CONTEXT async = { called, caller };

    caller->done = CreateEventW( NULL, TRUE, FALSE, NULL );
    caller->pending = 1;
    ok_hr( call( caller, ms, &async ), WS_S_ASYNC );
}

static DWORD CALLBACK call_thread( void *arg )
{
    struct caller *caller = arg;

    caller->hr = call( caller, caller->in.ms, NULL );
    return 0;
}

static void call_sync( struct caller *caller, int ms )
{
    caller->in.ms = ms;
    caller->done = CreateThread( NULL, 0, call_thread, caller, 0, NULL );
}

static void end_call( struct caller *caller, HRESULT hr )
{
    ok( !WaitForSingleObject( caller->done, 120000 ), "the call does not end\n" );
    CloseHandle( caller->done );
    ok_hr( caller->hr, hr );
}

static void caller_close( struct caller *caller )
{
    ok_hr( WsCloseChannel( caller->channel, NULL, NULL ), S_OK );
    WsFreeMessage( caller->request );
    WsFreeMessage( caller->reply );
    WsFreeHeap( caller->heap );
    WsFreeChannel( caller->channel );
}

static int different_ids( void )
{
    int i, j, count = 0;

    for (i = 0; i < min( ids_count, 64 ); i++)
    {
        for (j = 0; j < i && ids[j] != ids[i]; j++) ;
        if (j == i) count++;
    }
    return count;
}

/* --- tests ----------------------------------------------------------------------------------------------------------------------- */

/* Many calls at once share the connections, whoever makes them. */
static void test_shared( void )
{
    static struct caller callers[8];
    ULONG limit;
    int i, round;

    for (limit = 1; limit <= 3; limit++)
    {
        WS_SERVICE_HOST *host = start();

        test_context( "limit %lu", limit );
        for (i = 0; i < 8; i++) caller_open( &callers[i], limit, 60000 );
        for (round = 0; round < 3; round++)
        {
            for (i = 0; i < 8; i++) if (i & 1) call_async( &callers[i], 5 ); else call_sync( &callers[i], 5 );
            for (i = 0; i < 8; i++) end_call( &callers[i], S_OK );
        }
        ok( most <= (LONG)limit, "%ld calls at once\n", most );
        ok_eq( ids_count, 24 );
        ok( different_ids() <= (int)limit, "%d connections\n", different_ids() );
        for (i = 0; i < 8; i++) caller_close( &callers[i] );
        stop( host );
    }
    test_context( NULL );
}

/* By default there is no limit; and channels without one do not wait for those that have. */
static void test_unlimited( void )
{
    WS_SERVICE_HOST *host = start();
    struct caller callers[8], one;
    int i;

    caller_open( &one, 1, 60000 );
    call_async( &one, 0 );
    for (i = 0; i < 8; i++)
    {
        caller_open( &callers[i], i & 1 ? INFINITE : 0, 60000 );
        call_sync( &callers[i], 0 );
    }
    ok( wait_for( &running, 9 ), "%ld calls run\n", running );
    SetEvent( hold );
    for (i = 0; i < 8; i++) end_call( &callers[i], S_OK );
    end_call( &one, S_OK );
    for (i = 0; i < 8; i++) caller_close( &callers[i] );
    caller_close( &one );
    stop( host );
}

/* The wait for a connection ends by the timeout for connecting, by an abort, and when a call that has one is over or aborted. */
static void test_waiting( void )
{
    WS_SERVICE_HOST *host = start();
    struct caller first, late[2], aborted[2], next[2], last;
    ULONG begin;
    int i;

    caller_open( &first, 1, 60000 );
    caller_open( &last, 1, 60000 );
    for (i = 0; i < 2; i++)
    {
        caller_open( &late[i], 1, 200 );
        caller_open( &aborted[i], 1, INFINITE );
        caller_open( &next[i], 1, INFINITE );
    }
    call_async( &first, 0 );
    ok( wait_for( &running, 1 ), "the first call does not run\n" );
    begin = test_clock();
    for (i = 0; i < 2; i++)
    {
        (i ? call_async : call_sync)( &aborted[i], 1 );
        (i ? call_async : call_sync)( &late[i], 1 );
        (i ? call_async : call_sync)( &next[i], 1 );
    }
    for (i = 0; i < 2; i++) end_call( &late[i], WS_E_OPERATION_TIMED_OUT );
    ok( test_clock() - begin >= 150, "too early, after %lu ms\n", test_clock() - begin );
    for (i = 0; i < 2; i++) ok_hr( WsAbortChannel( aborted[i].channel, NULL ), S_OK );
    ok( !WaitForSingleObject( aborted[0].done, 120000 ), "the call does not end\n" );
    /* its thread may come late */
    end_call( &aborted[0], aborted[0].hr == WS_E_INVALID_OPERATION || aborted[0].hr == WS_E_OBJECT_FAULTED ? aborted[0].hr : WS_E_OPERATION_ABORTED );
    end_call( &aborted[1], WS_E_OPERATION_ABORTED );
    ok_eq( ids_count, 1 );
    SetEvent( hold );
    end_call( &first, S_OK );
    for (i = 0; i < 2; i++) end_call( &next[i], S_OK );
    ok_eq( ids_count, 3 );
    ok_eq( different_ids(), 1 );

    /* the connection of an aborted call makes room for another */
    ResetEvent( hold );
    call_async( &first, 0 );
    ok( wait_for( &running, 1 ), "the first call does not run\n" );
    call_async( &last, 1 );
    ok_hr( WsAbortChannel( first.channel, NULL ), S_OK );
    end_call( &first, WS_E_OPERATION_ABORTED );
    end_call( &last, S_OK );
    SetEvent( hold );
    ok( wait_for( &running, 0 ), "a call still runs\n" );
    ok_eq( different_ids(), 2 );
    caller_close( &first );
    caller_close( &last );
    for (i = 0; i < 2; i++)
    {
        caller_close( &late[i] );
        caller_close( &aborted[i] );
        caller_close( &next[i] );
    }
    stop( host );
}

/* A server that can't be reached, or that closes its connections, leaves no connection counted. */
static void test_failures( void )
{
    WS_SERVICE_HOST *host;
    struct caller caller;
    int i;

    caller_open( &caller, 1, 60000 );
    for (i = 0; i < 3; i++)
    {
        ok_hr( call( &caller, 1, NULL ), WS_E_ENDPOINT_NOT_FOUND );
        caller_close( &caller );
        caller_open( &caller, 1, 60000 );
    }
    for (i = 0; i < 3; i++)
    {
        HRESULT hr;

        host = start();
        if ((hr = call( &caller, 1, NULL )) == WS_E_ENDPOINT_DISCONNECTED)
        {
            /* the end of the last connection came after the request was sent */
            caller_close( &caller );
            caller_open( &caller, 1, 60000 );
            hr = call( &caller, 1, NULL );
        }
        ok_hr( hr, S_OK );
        stop( host );
    }
    caller_close( &caller );
}

TESTS( http_limits, { "shared", test_shared }, { "unlimited", test_unlimited }, { "waiting", test_waiting },
       { "failures", test_failures } )
