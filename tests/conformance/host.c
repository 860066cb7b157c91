/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Service hosts: states, properties, operations of every kind, and their ends. */
#include "service.h"

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    *result = a + b;
    return S_OK;
}

static LONG sleeping, cancelled, freed, notes;
static HANDLE cancel_event, gate;
static WS_SERVICE_CANCEL_REASON expected_reason = WS_SERVICE_HOST_ABORT;

static void CALLBACK on_cancel( const WS_SERVICE_CANCEL_REASON reason, void *state )
{
    ok_eq( reason, expected_reason );
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
    if (ms == -1)
    {
        ok_hr( WsRegisterOperationForCancel( context, on_cancel, on_free, &cancelled, error ), S_OK );
        ok_hr( WsRegisterOperationForCancel( context, on_cancel, on_free, &cancelled, NULL ), WS_E_INVALID_OPERATION );
    }
    InterlockedIncrement( &sleeping );
    if (ms >= 0) Sleep( ms );
    else WaitForSingleObject( ms == -1 ? cancel_event : gate, 60000 );
    InterlockedDecrement( &sleeping );
    *result = ms;
    return S_OK;
}

static HRESULT CALLBACK note( const WS_OPERATION_CONTEXT *context, WCHAR *text, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    ok( !lstrcmpW( text, L"hello" ), "text is %ls\n", text );
    InterlockedIncrement( &notes );
    return S_OK;
}

static HRESULT CALLBACK swap( const WS_OPERATION_CONTEXT *context, int *a, WCHAR **text, const WS_ASYNC_CONTEXT *async,
                              WS_ERROR *error )
{
    WS_HEAP *heap = NULL;
    WCHAR *copy;
    int i, len = lstrlenW( *text );
    HRESULT hr;

    (void)async;
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HEAP, &heap, sizeof(heap), error ), S_OK );
    if (FAILED( hr = WsAlloc( heap, (len + 1) * sizeof(WCHAR), (void **)&copy, error ))) return hr;
    for (i = 0; i < len; i++) copy[i] = (*text)[len - 1 - i];
    copy[len] = 0;
    *text = copy;
    *a = -*a;
    return S_OK;
}

static const struct test_methods methods = { add, sleep_op, note, swap };

static WS_SERVICE_HOST_STATE host_state( WS_SERVICE_HOST *host )
{
    WS_SERVICE_HOST_STATE state = ~0;

    ok_hr( WsGetServiceHostProperty( host, WS_SERVICE_PROPERTY_HOST_STATE, &state, sizeof(state), NULL ), S_OK );
    return state;
}

static WS_SERVICE_HOST *make_host( struct test_endpoint *e )
{
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e->endpoint };
    WS_SERVICE_HOST *host = NULL;

    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    return host;
}

static WS_SERVICE_HOST *open_host( struct test_endpoint *e )
{
    WS_SERVICE_HOST *host = make_host( e );

    if (host) ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    return host;
}

static void close_host( WS_SERVICE_HOST *host )
{
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
}

static void init( struct test_endpoint *e )
{
    test_endpoint_init( e, test_port( 0 ), "host", WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, &methods );
}

static BOOL post( const char *action, const char *body, struct http_answer *answer )
{
    return http_post( test_port( 0 ), "host", "text/xml; charset=utf-8", action, body, answer );
}

/* Letters: o open, c close, a abort, r reset; state after it; I for WS_E_INVALID_OPERATION. */
#define ILLEGAL WS_E_INVALID_OPERATION
static void test_states( void )
{
    static const struct { const char *path; char op; HRESULT hr; WS_SERVICE_HOST_STATE state; } cases[] =
    {
        { "",     'o', S_OK,    WS_SERVICE_HOST_STATE_OPEN },
        { "",     'c', ILLEGAL, WS_SERVICE_HOST_STATE_CREATED },
        { "",     'a', S_OK,    WS_SERVICE_HOST_STATE_CREATED },
        { "",     'r', S_OK,    WS_SERVICE_HOST_STATE_CREATED },
        { "o",    'o', ILLEGAL, WS_SERVICE_HOST_STATE_OPEN },
        { "o",    'c', S_OK,    WS_SERVICE_HOST_STATE_CLOSED },
        { "o",    'a', S_OK,    WS_SERVICE_HOST_STATE_FAULTED },
        { "o",    'r', ILLEGAL, WS_SERVICE_HOST_STATE_OPEN },
        { "oc",   'o', ILLEGAL, WS_SERVICE_HOST_STATE_CLOSED },
        { "oc",   'a', S_OK,    WS_SERVICE_HOST_STATE_CLOSED },
        { "oc",   'r', S_OK,    WS_SERVICE_HOST_STATE_CREATED },
        { "oa",   'o', ILLEGAL, WS_SERVICE_HOST_STATE_FAULTED },
        { "oa",   'a', S_OK,    WS_SERVICE_HOST_STATE_FAULTED },
        { "oa",   'c', S_OK,    WS_SERVICE_HOST_STATE_CLOSED },
        { "oa",   'r', ILLEGAL, WS_SERVICE_HOST_STATE_FAULTED },
        { "ocr",  'o', S_OK,    WS_SERVICE_HOST_STATE_OPEN },
        { "oacr", 'o', S_OK,    WS_SERVICE_HOST_STATE_OPEN },
        { "ocrocro", 'c', S_OK, WS_SERVICE_HOST_STATE_CLOSED },
    };
    struct test_endpoint e;
    unsigned int i;
    const char *p;

    init( &e );
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        WS_SERVICE_HOST *host = make_host( &e );
        HRESULT hr = E_FAIL;

        test_context( "%s then %c", cases[i].path, cases[i].op );
        ok_eq( host_state( host ), WS_SERVICE_HOST_STATE_CREATED );
        for (p = cases[i].path;; p++)
        {
            char op = *p ? *p : cases[i].op;

            switch (op)
            {
            case 'o': hr = WsOpenServiceHost( host, NULL, NULL ); break;
            case 'c': hr = WsCloseServiceHost( host, NULL, NULL ); break;
            case 'a': hr = WsAbortServiceHost( host, NULL ); break;
            case 'r': hr = WsResetServiceHost( host, NULL ); break;
            }
            if (!*p) break;
            ok_hr( hr, S_OK );
        }
        ok_hr( hr, cases[i].hr );
        ok_eq( host_state( host ), cases[i].state );
        if (host_state( host ) == WS_SERVICE_HOST_STATE_OPEN || host_state( host ) == WS_SERVICE_HOST_STATE_FAULTED)
            ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
        WsFreeServiceHost( host );
    }
    test_context( NULL );
}

static void test_create( void )
{
    const WS_SERVICE_ENDPOINT *endpoints[2] = { NULL, NULL };
    WS_SERVICE_CONTRACT contract;
    WS_SERVICE_HOST *host;
    struct test_endpoint e;
    ULONG zero = 0;

    init( &e );
    ok_hr( WsCreateServiceHost( NULL, 1, NULL, 0, &host, NULL ), E_INVALIDARG );
    ok_hr( WsCreateServiceHost( endpoints, 0, NULL, 0, &host, NULL ), E_INVALIDARG );
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), E_INVALIDARG );
    endpoints[0] = &e.endpoint;
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsCreateServiceHost( endpoints, 2, NULL, 0, &host, NULL ), E_INVALIDARG );

    /* a contract needs methods or a handler */
    contract = e.contract;
    e.endpoint.contract = NULL;
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), E_INVALIDARG );
    e.endpoint.contract = &contract;
    contract.methodTable = NULL;
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), E_INVALIDARG );
    contract.contractDescription = NULL;
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), E_INVALIDARG );

    init( &e );
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_MAX_ACCEPTING_CHANNELS, &zero, sizeof(zero) );
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), E_INVALIDARG );
}

static void test_properties( void )
{
    WS_FAULT_DISCLOSURE disclosure = WS_FULL_FAULT_DISCLOSURE, got;
    void *user = &disclosure, *got_user = NULL;
    ULONG timeout = 1234, got_timeout = 0;
    WS_SERVICE_PROPERTY props[3] =
    {
        { WS_SERVICE_PROPERTY_FAULT_DISCLOSURE, &disclosure, sizeof(disclosure) },
        { WS_SERVICE_PROPERTY_HOST_USER_STATE, &user, sizeof(user) },
        { WS_SERVICE_PROPERTY_CLOSE_TIMEOUT, &timeout, sizeof(timeout) },
    };
    const WS_SERVICE_ENDPOINT *endpoints[1];
    WS_SERVICE_HOST *host = NULL;
    struct test_endpoint e;

    init( &e );
    endpoints[0] = &e.endpoint;
    ok_hr( WsCreateServiceHost( endpoints, 1, props, ARRAYSIZE( props ), &host, NULL ), S_OK );
    ok_hr( WsGetServiceHostProperty( host, WS_SERVICE_PROPERTY_FAULT_DISCLOSURE, &got, sizeof(got), NULL ), S_OK );
    ok_eq( got, WS_FULL_FAULT_DISCLOSURE );
    ok_hr( WsGetServiceHostProperty( host, WS_SERVICE_PROPERTY_HOST_USER_STATE, &got_user, sizeof(got_user), NULL ), S_OK );
    ok_ptr( got_user, user );
    ok_hr( WsGetServiceHostProperty( host, WS_SERVICE_PROPERTY_CLOSE_TIMEOUT, &got_timeout, sizeof(got_timeout), NULL ), S_OK );
    ok_eq( got_timeout, 1234 );
    ok_hr( WsGetServiceHostProperty( host, WS_SERVICE_PROPERTY_HOST_STATE, &got, 1, NULL ), E_INVALIDARG );
    ok_hr( WsGetServiceHostProperty( host, 99, &got, sizeof(got), NULL ), E_INVALIDARG );
    WsFreeServiceHost( host );
}

static void test_operations( void )
{
    static struct http_answer answer;
    WS_SERVICE_HOST *host;
    struct test_endpoint e;
    int i;

    init( &e );
    if (!(host = open_host( &e ))) return;
    ok( post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 200 );
    ok( strstr( answer.text, "<result>5</result>" ) != NULL, "%s\n", answer.text );
    ok( post( SERVICE_NS "Swap", ENVELOPE11( SWAP_BODY ), &answer ), "no answer\n" );
    ok( strstr( answer.text, "<a>-7</a><text>cba</text>" ) != NULL, "%s\n", answer.text );
    notes = 0;
    ok( post( SERVICE_NS "Note", ENVELOPE11( NOTE_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 202 );
    ok_eq( notes, 1 );
    /* an action that is not there, none at all */
    ok( post( SERVICE_NS "Nothing", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 500 );
    ok( strstr( answer.text, "ActionNotSupported" ) != NULL, "%s\n", answer.text );
    ok( post( NULL, ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 500 );
    /* a body of another operation */
    ok( post( SERVICE_NS "Add", ENVELOPE11( SWAP_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 500 );
    for (i = 0; i < 20; i++)
    {
        ok( post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
        ok_eq( answer.status, 200 );
    }
    close_host( host );
    ok( !post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ) || answer.status != 200, "closed, and still answers\n" );
}

/* --- ends ------------------------------------------------------------------------------------------------------------------ */

static DWORD WINAPI slow_call( void *arg )
{
    struct http_answer *answer = HeapAlloc( GetProcessHeap(), 0, sizeof(*answer) );
    int status;

    post( SERVICE_NS "Sleep", arg, answer );
    status = answer->status;
    HeapFree( GetProcessHeap(), 0, answer );
    return status;
}

static HANDLE start_slow( const char *body )
{
    LONG before = sleeping;
    HANDLE thread = CreateThread( NULL, 0, slow_call, (void *)body, 0, NULL );
    int i;

    for (i = 0; i < 3000 && sleeping == before; i++) Sleep( 10 );
    ok( sleeping == before + 1, "the operation was not entered\n" );
    return thread;
}

static DWORD end_slow( HANDLE thread )
{
    DWORD status = 0;

    ok( !WaitForSingleObject( thread, 10000 ), "the call did not end\n" );
    GetExitCodeThread( thread, &status );
    CloseHandle( thread );
    return status;
}

static void test_close( void )
{
    struct test_endpoint e;
    WS_SERVICE_HOST *host;
    HANDLE thread;

    init( &e );
    if (!(host = open_host( &e ))) return;
    thread = start_slow( ENVELOPE11( SLEEP_BODY( 500 ) ) );
    /* the close waits for the call, which gets its answer */
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    ok_eq( sleeping, 0 );
    ok_eq( end_slow( thread ), 200 );
    WsFreeServiceHost( host );
}

static void test_abort( void )
{
    struct test_endpoint e;
    WS_SERVICE_HOST *host;
    HANDLE thread;
    DWORD start;

    init( &e );
    cancel_event = CreateEventW( NULL, TRUE, FALSE, NULL );
    if (!(host = open_host( &e ))) return;
    cancelled = freed = 0;
    thread = start_slow( ENVELOPE11( SLEEP_BODY( -1 ) ) );
    start = test_clock();
    ok_hr( WsAbortServiceHost( host, NULL ), S_OK );
    ok( test_clock() - start < 20000, "the abort took %lu ms\n", test_clock() - start );
    ok_eq( host_state( host ), WS_SERVICE_HOST_STATE_FAULTED );
    ok_eq( cancelled, 1 );
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    ok_eq( freed, 1 );
    ok( end_slow( thread ) != 200, "the call was answered\n" );
    WsFreeServiceHost( host );
    CloseHandle( cancel_event );
}

/* call-cancellation.md: "the underlying channel has raised a fault"; here the client goes away. */
static void test_disconnect( void )
{
    static const char body[] = ENVELOPE11( SLEEP_BODY( -1 ) );
    static struct http_answer answer;
    struct test_endpoint e;
    WS_SERVICE_HOST *host;
    char text[1024];
    SOCKET s;
    int i, len;

    init( &e );
    cancel_event = CreateEventW( NULL, TRUE, FALSE, NULL );
    if (!(host = open_host( &e ))) return;
    expected_reason = WS_SERVICE_CHANNEL_FAULTED;
    cancelled = freed = 0;
    s = http_connect( test_port( 0 ) );
    len = http_text( text, sizeof(text), "host", "text/xml; charset=utf-8", SERVICE_NS "Sleep", body );
    send( s, text, len, 0 );
    for (i = 0; i < 3000 && !sleeping; i++) Sleep( 10 );
    ok_eq( cancelled, 0 );
    closesocket( s );
    for (i = 0; i < 3000 && sleeping; i++) Sleep( 10 );
    ok_eq( cancelled, 1 );
    ok_eq( sleeping, 0 );
    ok( post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 200 );
    close_host( host );
    ok_eq( freed, 1 );
    expected_reason = WS_SERVICE_HOST_ABORT;
    CloseHandle( cancel_event );
}

static void test_close_timeout( void )
{
    ULONG timeout = 200;
    WS_SERVICE_PROPERTY prop = { WS_SERVICE_PROPERTY_CLOSE_TIMEOUT, &timeout, sizeof(timeout) };
    const WS_SERVICE_ENDPOINT *endpoints[1];
    struct test_endpoint e;
    WS_SERVICE_HOST *host;
    HANDLE thread;

    init( &e );
    endpoints[0] = &e.endpoint;
    cancel_event = CreateEventW( NULL, TRUE, FALSE, NULL );
    ok_hr( WsCreateServiceHost( endpoints, 1, &prop, 1, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    cancelled = freed = 0;
    thread = start_slow( ENVELOPE11( SLEEP_BODY( -1 ) ) );
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), WS_E_OPERATION_TIMED_OUT );
    ok_eq( cancelled, 1 );
    ok_eq( freed, 1 );
    ok_eq( host_state( host ), WS_SERVICE_HOST_STATE_CLOSED );
    end_slow( thread );
    WsFreeServiceHost( host );
    CloseHandle( cancel_event );
}

static void test_concurrency( void )
{
    static struct http_answer answer;
    HANDLE threads[64];
    struct test_endpoint e;
    WS_SERVICE_HOST *host;
    int i;

    init( &e );
    if (!(host = open_host( &e ))) return;
    gate = CreateEventW( NULL, TRUE, FALSE, NULL );
    for (i = 0; i < 64; i++) threads[i] = start_slow( ENVELOPE11( SLEEP_BODY( -2 ) ) );
    ok( post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 200 );
    ok_eq( sleeping, 64 );
    SetEvent( gate );
    for (i = 0; i < 64; i++) ok_eq( end_slow( threads[i] ), 200 );
    close_host( host );
    CloseHandle( gate );
}

static DWORD WINAPI quick_call( void *arg )
{
    static struct http_answer answer;

    (void)arg;
    post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer );
    return answer.status;
}

static void test_limits( void )
{
    ULONG max = 2;
    HANDLE threads[3];
    struct test_endpoint e;
    WS_SERVICE_HOST *host;
    int i;

    init( &e );
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_MAX_CHANNELS, &max, sizeof(max) );
    if (!(host = open_host( &e ))) return;
    gate = CreateEventW( NULL, TRUE, FALSE, NULL );
    for (i = 0; i < 2; i++) threads[i] = start_slow( ENVELOPE11( SLEEP_BODY( -2 ) ) );
    /* both channels are in use: this one waits, and is served */
    threads[2] = CreateThread( NULL, 0, quick_call, NULL, 0, NULL );
    ok( WaitForSingleObject( threads[2], 300 ) == WAIT_TIMEOUT, "the limit of channels has no effect\n" );
    SetEvent( gate );
    for (i = 0; i < 3; i++) ok_eq( end_slow( threads[i] ), 200 );
    close_host( host );
    CloseHandle( gate );
}

/* --- callbacks and contexts --------------------------------------------------------------------------------------------------- */

static LONG accepts, closes, checks;
static void *expected_user;
static BOOL refuse_channels;

static HRESULT CALLBACK on_accept( const WS_OPERATION_CONTEXT *context, void **state, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    WS_CHANNEL *channel = NULL;
    void *user = NULL;

    (void)async;
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_CHANNEL, &channel, sizeof(channel), error ), S_OK );
    ok( channel != NULL, "no channel\n" );
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HOST_USER_STATE, &user, sizeof(user), error ), S_OK );
    ok_ptr( user, expected_user );
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_INPUT_MESSAGE, &user, sizeof(user), NULL ),
           WS_E_INVALID_OPERATION );
    *state = &accepts;
    InterlockedIncrement( &accepts );
    return refuse_channels ? E_ACCESSDENIED : S_OK;
}

static HRESULT CALLBACK on_close( const WS_OPERATION_CONTEXT *context, const WS_ASYNC_CONTEXT *async )
{
    void *state = NULL;

    (void)async;
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_CHANNEL_USER_STATE, &state, sizeof(state), NULL ), S_OK );
    ok_ptr( state, &accepts );
    InterlockedIncrement( &closes );
    return S_OK;
}

static BOOL let_in;
static HRESULT authorize_result;
static HRESULT CALLBACK on_authorize( const WS_OPERATION_CONTEXT *context, BOOL *authorized, WS_ERROR *error )
{
    WS_MESSAGE *message = NULL;
    void *pointer;

    (void)error;
    InterlockedIncrement( &checks );
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_INPUT_MESSAGE, &message, sizeof(message), NULL ), S_OK );
    ok( message != NULL, "no message to look at\n" );
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HEAP, &pointer, sizeof(pointer), NULL ),
           WS_E_INVALID_OPERATION );
    *authorized = let_in;
    return authorize_result;
}

static HRESULT CALLBACK add_context( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                                     WS_ERROR *error )
{
    static const WS_OPERATION_CONTEXT_PROPERTY_ID ids[] =
    {
        WS_OPERATION_CONTEXT_PROPERTY_CHANNEL, WS_OPERATION_CONTEXT_PROPERTY_INPUT_MESSAGE,
        WS_OPERATION_CONTEXT_PROPERTY_OUTPUT_MESSAGE, WS_OPERATION_CONTEXT_PROPERTY_HEAP, WS_OPERATION_CONTEXT_PROPERTY_LISTENER
    };
    const WS_CONTRACT_DESCRIPTION *contract = NULL;
    WS_MESSAGE *output = NULL;
    WS_MESSAGE_STATE state;
    void *pointer;
    ULONG i;

    (void)async;
    for (i = 0; i < ARRAYSIZE( ids ); i++)
    {
        pointer = NULL;
        ok_hr( WsGetOperationContextProperty( context, ids[i], &pointer, sizeof(pointer), error ), S_OK );
        ok( pointer != NULL, "property %lu is NULL\n", (ULONG)ids[i] );
    }
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_CONTRACT_DESCRIPTION, &contract, sizeof(contract),
                                          error ), S_OK );
    ok_ptr( contract, &test_contract_desc );
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_CHANNEL_USER_STATE, &pointer, sizeof(pointer), error ),
           S_OK );
    ok_ptr( pointer, &accepts );
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_OUTPUT_MESSAGE, &output, sizeof(output), error ), S_OK );
    ok_hr( WsGetMessageProperty( output, WS_MESSAGE_PROPERTY_STATE, &state, sizeof(state), error ), S_OK );
    ok_eq( state, WS_MESSAGE_STATE_INITIALIZED );
    ok_hr( WsGetOperationContextProperty( context, 77, &pointer, sizeof(pointer), NULL ), E_INVALIDARG );
    *result = a + b;
    return S_OK;
}

static void test_callbacks( void )
{
    static const struct test_methods with_context = { add_context, sleep_op, note, swap };
    WS_SERVICE_PROPERTY_ACCEPT_CALLBACK accept_callback = { on_accept };
    WS_SERVICE_PROPERTY_CLOSE_CALLBACK close_callback = { on_close };
    WS_SERVICE_PROPERTY prop = { WS_SERVICE_PROPERTY_HOST_USER_STATE, &expected_user, sizeof(expected_user) };
    const WS_SERVICE_ENDPOINT *endpoints[1];
    static struct http_answer answer;
    struct test_endpoint e;
    WS_SERVICE_HOST *host;

    init( &e );
    e.contract.methodTable = &with_context;
    e.endpoint.authorizationCallback = on_authorize;
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_ACCEPT_CHANNEL_CALLBACK, &accept_callback, sizeof(accept_callback) );
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_CLOSE_CHANNEL_CALLBACK, &close_callback, sizeof(close_callback) );
    endpoints[0] = &e.endpoint;
    expected_user = &answer;
    accepts = closes = checks = 0;
    ok_hr( WsCreateServiceHost( endpoints, 1, &prop, 1, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    let_in = TRUE;
    ok( post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 200 );
    let_in = FALSE;
    ok( post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 500 );
    /* service-authorization.md: a callback that fails aborts the channel */
    let_in = TRUE;
    authorize_result = E_ACCESSDENIED;
    ok( !post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "answered: %s\n", answer.text );
    authorize_result = S_OK;
    ok_eq( checks, 3 );
    /* the close callback is called whether the accept callback succeeded or not */
    refuse_channels = TRUE;
    ok( !post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "answered: %s\n", answer.text );
    refuse_channels = FALSE;
    ok( post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 200 );
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
    ok_eq( checks, 4 );
    ok_eq( accepts, 5 );
    ok_eq( closes, 5 );
}

/* --- asynchronous operations ----------------------------------------------------------------------------------------------------- */

struct later { WS_ASYNC_CONTEXT context; int a, b, *result; HRESULT hr; };

static DWORD WINAPI add_later( void *arg )
{
    struct later *later = arg;
    WS_ASYNC_CONTEXT context = later->context;
    HRESULT hr = later->hr;

    Sleep( 30 );
    *later->result = later->a + later->b;
    HeapFree( GetProcessHeap(), 0, later );
    context.callback( hr, WS_LONG_CALLBACK, context.callbackState );
    return 0;
}

static HRESULT CALLBACK add_async( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                                   WS_ERROR *error )
{
    struct later *later = HeapAlloc( GetProcessHeap(), 0, sizeof(*later) );
    WS_STRING text = WS_STRING_VALUE( L"the sum is odd" );

    (void)context;
    later->context = *async;
    later->a = a;
    later->b = b;
    later->result = result;
    later->hr = (a + b) & 1 ? E_FAIL : S_OK;
    if (later->hr) WsAddErrorString( error, &text );
    CloseHandle( CreateThread( NULL, 0, add_later, later, 0, NULL ));
    return WS_S_ASYNC;
}

static void test_async_operations( void )
{
    static const struct test_methods async_methods = { add_async, sleep_op, note, swap };
    WS_FAULT_DISCLOSURE disclosure = WS_FULL_FAULT_DISCLOSURE;
    WS_SERVICE_PROPERTY prop = { WS_SERVICE_PROPERTY_FAULT_DISCLOSURE, &disclosure, sizeof(disclosure) };
    const WS_SERVICE_ENDPOINT *endpoints[1];
    static struct http_answer answer;
    struct test_endpoint e;
    WS_SERVICE_HOST *host;
    int i;

    init( &e );
    e.contract.methodTable = &async_methods;
    endpoints[0] = &e.endpoint;
    ok_hr( WsCreateServiceHost( endpoints, 1, &prop, 1, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    for (i = 0; i < 4; i++)
    {
        ok( post( SERVICE_NS "Add", ENVELOPE11( "<Add xmlns=\"" SERVICE_NS "\"><a>1</a><b>1</b></Add>" ), &answer ), "no answer\n" );
        ok_eq( answer.status, 200 );
        ok( strstr( answer.text, "<result>2</result>" ) != NULL, "%s\n", answer.text );
        ok( post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
        ok_eq( answer.status, 500 );
        ok( strstr( answer.text, "the sum is odd" ) != NULL, "%s\n", answer.text );
    }
    close_host( host );
}

/* --- asynchronous open and close ---------------------------------------------------------------------------------------------------- */

struct waiter { HANDLE event; HRESULT hr; };

static void CALLBACK wake( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct waiter *waiter = state;

    (void)model;
    waiter->hr = hr;
    SetEvent( waiter->event );
}

static void test_async_states( void )
{
    struct waiter waiter = { CreateEventW( NULL, FALSE, FALSE, NULL ), E_FAIL };
    WS_ASYNC_CONTEXT context = { wake, &waiter };
    struct test_endpoint e;
    WS_SERVICE_HOST *host;
    HANDLE thread;
    HRESULT hr;

    init( &e );
    host = make_host( &e );
    if ((hr = WsOpenServiceHost( host, &context, NULL )) == WS_S_ASYNC)
    {
        ok( !WaitForSingleObject( waiter.event, 30000 ), "no callback\n" );
        hr = waiter.hr;
    }
    ok_hr( hr, S_OK );
    thread = start_slow( ENVELOPE11( SLEEP_BODY( 300 ) ) );
    ok_hr( WsCloseServiceHost( host, &context, NULL ), WS_S_ASYNC );
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), WS_E_INVALID_OPERATION );
    ok( !WaitForSingleObject( waiter.event, 30000 ), "no callback\n" );
    ok_hr( waiter.hr, S_OK );
    ok_eq( host_state( host ), WS_SERVICE_HOST_STATE_CLOSED );
    ok_eq( end_slow( thread ), 200 );
    WsFreeServiceHost( host );
    CloseHandle( waiter.event );
}

static void test_addresses( void )
{
    static const struct { const WCHAR *url; HRESULT hr; } urls[] =
    {
        { L"", WS_E_INVALID_ENDPOINT_URL }, { L"nonsense", WS_E_INVALID_ENDPOINT_URL },
        { L"net.tcp://localhost:1/x", WS_E_INVALID_ENDPOINT_URL }, { L"http://", WS_E_INVALID_ENDPOINT_URL },
        /* an address of the block for documentation, RFC 5737: of no machine */
        { L"http://203.0.113.1:8099/x", WS_E_ADDRESS_NOT_AVAILABLE },
    };
    WS_SERVICE_HOST *host, *other;
    struct test_endpoint e;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( urls ); i++)
    {
        test_context( "%ls", urls[i].url );
        init( &e );
        lstrcpyW( e.url, urls[i].url );
        e.endpoint.address.url.length = lstrlenW( e.url );
        if (!(host = make_host( &e ))) continue;
        ok_hr( WsOpenServiceHost( host, NULL, NULL ), urls[i].hr );
        ok_eq( host_state( host ), WS_SERVICE_HOST_STATE_CREATED );
        WsFreeServiceHost( host );
    }
    test_context( NULL );
    init( &e );
    host = open_host( &e );
    other = make_host( &e );
    ok_hr( WsOpenServiceHost( other, NULL, NULL ), WS_E_ADDRESS_IN_USE );
    close_host( host );
    /* and now it is free */
    ok_hr( WsOpenServiceHost( other, NULL, NULL ), S_OK );
    close_host( other );
}

static void test_rounds( void )
{
    struct test_endpoint e;
    WS_SERVICE_HOST *host;
    int i;

    init( &e );
    if (!(host = make_host( &e ))) return;
    for (i = 0; i < 200; i++)
    {
        ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
        if (i & 1) ok_hr( WsAbortServiceHost( host, NULL ), S_OK );
        ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
        ok_hr( WsResetServiceHost( host, NULL ), S_OK );
    }
    WsFreeServiceHost( host );
}

TESTS( host, { "create", test_create }, { "states", test_states }, { "properties", test_properties },
       { "operations", test_operations }, { "close", test_close }, { "abort", test_abort }, { "disconnect", test_disconnect },
       { "close_timeout", test_close_timeout }, { "concurrency", test_concurrency }, { "limits", test_limits },
       { "callbacks", test_callbacks }, { "async_operations", test_async_operations }, { "async_states", test_async_states },
       { "addresses", test_addresses }, { "rounds", test_rounds } )
