/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Properties of service proxies and of calls (WS_PROXY_PROPERTY_ID, WS_CALL_PROPERTY_ID), and parameters of every kind: arrays, whole
 * messages, RPC style. The service is described by hand, as some of it no compiler would make. */
#include "service.h"

struct numbers { ULONG count; int *items; };
static WS_XML_STRING items_name = WS_XML_STRING_VALUE( "items" ), item_name = WS_XML_STRING_VALUE( "item" );
static WS_XML_STRING numbers_name = WS_XML_STRING_VALUE( "Numbers" ), other_name = WS_XML_STRING_VALUE( "Other" );
static WS_XML_STRING ns = WS_XML_STRING_VALUE( SERVICE_NS );
static WS_FIELD_DESCRIPTION numbers_items = { .mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING, .localName = &items_name, .ns = &ns,
    .type = WS_INT32_TYPE, .offset = offsetof( struct numbers, items ), .countOffset = offsetof( struct numbers, count ),
    .itemLocalName = &item_name, .itemNs = &ns };
static WS_FIELD_DESCRIPTION *numbers_fields[] = { &numbers_items };
static WS_STRUCT_DESCRIPTION numbers_desc = { .size = sizeof(struct numbers), .alignment = __alignof__(struct numbers),
    .fields = numbers_fields, .fieldCount = 1 };
static WS_ELEMENT_DESCRIPTION numbers_element = { &numbers_name, &ns, WS_STRUCT_TYPE, &numbers_desc };
static WS_ELEMENT_DESCRIPTION other_element = { &other_name, &ns, WS_STRUCT_TYPE, &numbers_desc };
static WS_XML_STRING actions[] =
{
    WS_XML_STRING_VALUE( SERVICE_NS "Reverse" ), WS_XML_STRING_VALUE( SERVICE_NS "ReverseResponse" ),
    WS_XML_STRING_VALUE( SERVICE_NS "Whole" ), WS_XML_STRING_VALUE( SERVICE_NS "WholeResponse" ),
};
static WS_MESSAGE_DESCRIPTION reverse_in = { &actions[0], &numbers_element }, reverse_out = { &actions[1], &numbers_element };
static WS_MESSAGE_DESCRIPTION whole_in = { &actions[2], &numbers_element }, whole_out = { &actions[3], &numbers_element };
static WS_PARAMETER_DESCRIPTION array_params[] =
{
    { WS_PARAMETER_TYPE_ARRAY_COUNT, 0, 0 }, { WS_PARAMETER_TYPE_ARRAY, 0, 0 },
};
static WS_PARAMETER_DESCRIPTION message_params[] =
{
    { WS_PARAMETER_TYPE_MESSAGES, 0, (USHORT)-1 }, { WS_PARAMETER_TYPE_MESSAGES, (USHORT)-1, 0 },
};

/* Count and items in, and back in the other order. */
static HRESULT CALLBACK reverse_stub( const WS_OPERATION_CONTEXT *context, void *frame, const void *callback,
                                      const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct { ULONG *count; int **items; } *params = frame;
    WS_HEAP *heap = NULL;
    ULONG i, count = *params->count;
    int *copy = NULL;

    (void)callback, (void)async;
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HEAP, &heap, sizeof(heap), error ), S_OK );
    ok_hr( WsAlloc( heap, (count + 1) * sizeof(*copy), (void **)&copy, error ), S_OK );
    for (i = 0; i < count; i++) copy[i] = (*params->items)[count - 1 - i];
    *params->items = copy;
    return S_OK;
}

static int whole_null;

/* The body as a whole, in and out; nothing at all when it is nil. */
static HRESULT CALLBACK whole_stub( const WS_OPERATION_CONTEXT *context, void *frame, const void *callback,
                                    const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct { struct numbers **in, **out; } *params = frame;

    (void)context, (void)callback, (void)async, (void)error;
    if (!*params->in) whole_null++;
    *params->out = *params->in;
    return S_OK;
}

/* A fault with its reason in two languages. */
static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    WS_FAULT_REASON reasons[2] = { { WS_STRING_VALUE( L"hello" ), WS_STRING_VALUE( L"en" ) },
                                   { WS_STRING_VALUE( L"hallo" ), WS_STRING_VALUE( L"de" ) } };
    WS_FAULT_CODE code = { { WS_XML_STRING_VALUE( "Sender" ), WS_XML_STRING_VALUE( "http://www.w3.org/2003/05/soap-envelope" ) }, NULL };
    WS_FAULT fault = { &code, reasons, 2, WS_STRING_VALUE( L"" ), WS_STRING_VALUE( L"" ), NULL };

    (void)context, (void)async;
    *result = a + b;
    if (a >= 0) return S_OK;
    ok_hr( WsSetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
    return E_FAIL;
}

static LONG sleeping;
static HRESULT CALLBACK sleep_op( const WS_OPERATION_CONTEXT *context, int ms, int *result, const WS_ASYNC_CONTEXT *async,
                                  WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    InterlockedIncrement( &sleeping );
    Sleep( ms );
    InterlockedDecrement( &sleeping );
    *result = ms;
    return S_OK;
}

/* The reply has a header that nobody understands. */
static HRESULT CALLBACK note( const WS_OPERATION_CONTEXT *context, WCHAR *text, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)text, (void)async, (void)error;
    return S_OK;
}

static HRESULT CALLBACK swap( const WS_OPERATION_CONTEXT *context, int *a, WCHAR **text, const WS_ASYNC_CONTEXT *async,
                              WS_ERROR *error )
{
    static WS_XML_STRING name = WS_XML_STRING_VALUE( "Strange" ), value = WS_XML_STRING_VALUE( "header" );
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_STRING_TYPE, NULL };
    WS_MESSAGE *output = NULL;

    (void)a, (void)text, (void)async;
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_OUTPUT_MESSAGE, &output, sizeof(output), error ), S_OK );
    ok_hr( WsAddCustomHeader( output, &desc, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE, error ), S_OK );
    return S_OK;
}

static WS_OPERATION_DESCRIPTION reverse_operation =
    { 1, &reverse_in, &reverse_out, 0, 0, ARRAYSIZE( array_params ), array_params, reverse_stub, WS_NON_RPC_LITERAL_OPERATION };
static WS_OPERATION_DESCRIPTION whole_operation =
    { 1, &whole_in, &whole_out, WS_SERVICE_OPERATION_MESSAGE_NILLABLE_ELEMENT, WS_SERVICE_OPERATION_MESSAGE_NILLABLE_ELEMENT,
      ARRAYSIZE( message_params ), message_params, whole_stub, WS_NON_RPC_LITERAL_OPERATION };

/* The generated operations and those above. */
static WS_OPERATION_DESCRIPTION *operations[6];
static WS_CONTRACT_DESCRIPTION contract_desc = { ARRAYSIZE( operations ), operations };
static const void *method_table[6] = { add, sleep_op, note, swap, add, add };

static WS_SERVICE_HOST *open_host( BOOL tcp )
{
    static struct test_endpoint e;
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e.endpoint };
    WS_SERVICE_HOST *host = NULL;
    int i;

    for (i = 0; i < 4; i++) operations[i] = test_contract_desc.operations[i];
    operations[4] = &reverse_operation;
    operations[5] = &whole_operation;
    test_endpoint_init( &e, test_port( 8 ), "values", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL );
    e.contract.contractDescription = &contract_desc;
    e.contract.methodTable = method_table;
    if (tcp)
    {
        test_url( e.url, "net.tcp", "+", test_port( 8 ), "values" );
        e.endpoint.address.url.length = lstrlenW( e.url );
        e.endpoint.channelBinding = WS_TCP_CHANNEL_BINDING;
        e.endpoint.channelType = WS_CHANNEL_TYPE_DUPLEX_SESSION;
    }
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    return host;
}

static void close_host( WS_SERVICE_HOST *host )
{
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
}

static WS_SERVICE_PROXY *open_proxy( BOOL tcp, WS_PROXY_PROPERTY_ID id, void *value, ULONG size )
{
    WS_PROXY_PROPERTY prop = { id, value, size };
    WS_ENDPOINT_ADDRESS address = { .headers = NULL };
    WS_SERVICE_PROXY *proxy = NULL;
    WCHAR url[128];

    test_url( url, tcp ? "net.tcp" : "http", "localhost", test_port( 8 ), "values" );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    ok_hr( WsCreateServiceProxy( tcp ? WS_CHANNEL_TYPE_DUPLEX_SESSION : WS_CHANNEL_TYPE_REQUEST,
                                 tcp ? WS_TCP_CHANNEL_BINDING : WS_HTTP_CHANNEL_BINDING, NULL, &prop, value ? 1 : 0, NULL, 0, &proxy,
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

static void test_parameters( void )
{
    WS_SERVICE_HOST *host = open_host( FALSE );
    WS_SERVICE_PROXY *proxy = open_proxy( FALSE, 0, NULL, 0 );
    int items[] = { 1, 2, 3 }, *array = items;
    struct numbers numbers = { 3, items }, *in = &numbers, *out = NULL;
    WS_OPERATION_DESCRIPTION rpc = reverse_operation, wrong;
    WS_MESSAGE_DESCRIPTION rpc_out = { &actions[1], &other_element };
    WS_HEAP *heap = make_heap();
    ULONG count = 3, *count_ptr = &count;
    int **array_ptr = &array;
    struct numbers **out_ptr = &out;
    const void *array_args[] = { &count_ptr, &array_ptr }, *message_args[] = { &in, &out_ptr };

    ok_hr( WsCall( proxy, &reverse_operation, array_args, heap, NULL, 0, NULL, NULL ), S_OK );
    ok_eq( count, 3 );
    ok( array != items && array[0] == 3 && array[1] == 2 && array[2] == 1, "%d %d %d\n", array[0], array[1], array[2] );
    count = 0;
    ok_hr( WsCall( proxy, &reverse_operation, array_args, heap, NULL, 0, NULL, NULL ), S_OK );
    ok_eq( count, 0 );

    /* a whole message, which may be nil */
    ok_hr( WsCall( proxy, &whole_operation, message_args, heap, NULL, 0, NULL, NULL ), S_OK );
    ok( out && out->count == 3 && out->items[2] == 3, "not what was sent\n" );
    in = NULL;
    whole_null = 0;
    ok_hr( WsCall( proxy, &whole_operation, message_args, heap, NULL, 0, NULL, NULL ), S_OK );
    ok_eq( whole_null, 1 );
    ok_ptr( out, NULL );

    /* wsdl-support.md: the name of the wrapper of a response is ignored in RPC style, and only there */
    wrong = rpc;
    rpc.outputMessageDescription = wrong.outputMessageDescription = &rpc_out;
    rpc.style = WS_RPC_LITERAL_OPERATION;
    count = 3;
    array = items;
    ok_hr( WsCall( proxy, &wrong, array_args, heap, NULL, 0, NULL, NULL ), WS_E_INVALID_FORMAT );
    count = 3;
    array = items;
    ok_hr( WsCall( proxy, &rpc, array_args, heap, NULL, 0, NULL, NULL ), S_OK );
    ok( count == 3 && array[0] == 3, "%lu, %d\n", count, array[0] );
    close_proxy( proxy );
    close_host( host );
    WsFreeHeap( heap );
}

static void test_must_understand( void )
{
    static const struct { BOOL given, value; HRESULT hr; } cases[] =
    {
        { FALSE, FALSE, WS_E_INVALID_FORMAT }, { TRUE, TRUE, WS_E_INVALID_FORMAT }, { TRUE, FALSE, S_OK },
    };
    WS_SERVICE_HOST *host = open_host( FALSE );
    WS_SERVICE_PROXY *proxy = open_proxy( FALSE, 0, NULL, 0 );
    WS_HEAP *heap = make_heap();
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        BOOL check = cases[i].value;
        WS_CALL_PROPERTY prop = { WS_CALL_PROPERTY_CHECK_MUST_UNDERSTAND, &check, sizeof(check) };
        WCHAR *text = (WCHAR *)L"text";
        int a = 1;
        HRESULT hr = Service_Swap( proxy, &a, &text, heap, &prop, cases[i].given, NULL, NULL );

        test_context( "case %u", i );
        if (cases[i].hr) ok( FAILED( hr ), "a strange header was understood\n" );
        else ok_hr( hr, S_OK );
    }
    test_context( NULL );
    close_proxy( proxy );
    close_host( host );
    WsFreeHeap( heap );
}

static void test_language( void )
{
    static const struct { LANGID lang; const WCHAR *text; } cases[] =
    {
        { MAKELANGID( LANG_GERMAN, SUBLANG_GERMAN ), L"hallo" }, { MAKELANGID( LANG_ENGLISH, SUBLANG_ENGLISH_US ), L"hello" },
    };
    WS_SERVICE_HOST *host = open_host( FALSE );
    WS_HEAP *heap = make_heap();
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        LANGID lang = cases[i].lang;
        WS_SERVICE_PROXY *proxy = open_proxy( FALSE, WS_PROXY_FAULT_LANG_ID, &lang, sizeof(lang) );
        WS_ERROR *error = NULL;
        ULONG count = 0, j, k;
        BOOL found = FALSE;
        int result;

        test_context( "language %#x", lang );
        ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
        ok_hr( Service_Add( proxy, -1, 2, &result, heap, NULL, 0, NULL, error ), WS_E_ENDPOINT_FAULT_RECEIVED );
        ok_hr( WsGetErrorProperty( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) ), S_OK );
        for (j = 0; j < count; j++)
        {
            WS_STRING text = { 0, NULL };

            ok_hr( WsGetErrorString( error, j, &text ), S_OK );
            for (k = 0; k + 5 <= text.length; k++) if (!memcmp( text.chars + k, cases[i].text, 5 * sizeof(WCHAR) )) found = TRUE;
        }
        ok( found, "the reason in this language is not in the error object\n" );
        WsFreeError( error );
        close_proxy( proxy );
    }
    test_context( NULL );
    close_host( host );
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

/* MAX_PENDING_CALLS, MAX_CALL_POOL_SIZE, MAX_CLOSE_TIMEOUT; properties that can't be read. */
static void test_limits( void )
{
    WS_SERVICE_HOST *host = open_host( FALSE );
    struct waiter waiters[2];
    WS_ASYNC_CONTEXT async[2];
    WS_HEAP *heap = make_heap(), *heaps[2] = { make_heap(), make_heap() };
    WS_SERVICE_PROXY *proxy;
    ULONG limit = 2, timeout = 100, got;
    USHORT pool = 0;
    int i, result;

    for (i = 0; i < 2; i++)
    {
        waiters[i].event = CreateEventW( NULL, FALSE, FALSE, NULL );
        async[i].callback = wake;
        async[i].callbackState = &waiters[i];
    }
    proxy = open_proxy( FALSE, WS_PROXY_PROPERTY_MAX_PENDING_CALLS, &limit, sizeof(limit) );
    for (i = 0; i < 2; i++) ok_hr( Service_Sleep( proxy, 300, &result, heaps[i], NULL, 0, &async[i], NULL ), WS_S_ASYNC );
    ok_hr( Service_Add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL ), WS_E_QUOTA_EXCEEDED );
    /* the close waits for both */
    ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), S_OK );
    for (i = 0; i < 2; i++)
    {
        ok( !WaitForSingleObject( waiters[i].event, 30000 ), "no callback\n" );
        ok_hr( waiters[i].hr, S_OK );
    }
    WsFreeServiceProxy( proxy );

    proxy = open_proxy( FALSE, WS_PROXY_PROPERTY_MAX_CLOSE_TIMEOUT, &timeout, sizeof(timeout) );
    ok_hr( Service_Sleep( proxy, 1500, &result, heaps[0], NULL, 0, &async[0], NULL ), WS_S_ASYNC );
    ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), WS_E_OPERATION_TIMED_OUT );
    ok( !WaitForSingleObject( waiters[0].event, 30000 ), "no callback\n" );
    ok_hr( waiters[0].hr, WS_E_OPERATION_ABORTED );
    WsFreeServiceProxy( proxy );

    proxy = open_proxy( FALSE, WS_PROXY_PROPERTY_MAX_CALL_POOL_SIZE, &pool, sizeof(pool) );
    for (i = 0; i < 3; i++) ok_hr( Service_Add( proxy, 1, i, &result, heap, NULL, 0, NULL, NULL ), S_OK );
    ok_eq( result, 3 );
    for (i = WS_PROXY_PROPERTY_CALL_TIMEOUT; i <= WS_PROXY_FAULT_LANG_ID; i++)
        if (i != WS_PROXY_PROPERTY_STATE) ok( FAILED( WsGetServiceProxyProperty( proxy, i, &got, sizeof(got), NULL ) ), "property %d can be read\n", i );
    close_proxy( proxy );
    for (i = 0; i < 2; i++)
    {
        CloseHandle( waiters[i].event );
        WsFreeHeap( heaps[i] );
    }
    WsFreeHeap( heap );
    close_host( host );
}

/* MESSAGE_PROPERTIES reach the messages of the calls. */
static void test_messages( void )
{
    static const SIZE_T sizes[] = { 65536, 16 };
    WS_SERVICE_HOST *host = open_host( FALSE );
    WS_HEAP *heap = make_heap();
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( sizes ); i++)
    {
        SIZE_T max = sizes[i];
        WS_HEAP_PROPERTY heap_prop = { WS_HEAP_PROPERTY_MAX_SIZE, &max, sizeof(max) };
        WS_HEAP_PROPERTIES heap_props = { &heap_prop, 1 };
        WS_MESSAGE_PROPERTY message_prop = { WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &heap_props, sizeof(heap_props) };
        WS_MESSAGE_PROPERTIES props = { &message_prop, 1 };
        WS_SERVICE_PROXY *proxy = open_proxy( FALSE, WS_PROXY_PROPERTY_MESSAGE_PROPERTIES, &props, sizeof(props) );
        int result;

        ok_hr( Service_Add( proxy, 1, 2, &result, heap, NULL, 0, NULL, NULL ), i ? WS_E_QUOTA_EXCEEDED : S_OK );
        close_proxy( proxy );
    }
    close_host( host );
    WsFreeHeap( heap );
}

/* service-proxy-and-sessions.md: calls of a session share its channel; one that still waits for it can be given up without harm. */
static void test_session( void )
{
    WS_SERVICE_HOST *host = open_host( TRUE );
    WS_SERVICE_PROXY *proxy = open_proxy( TRUE, 0, NULL, 0 );
    WS_SERVICE_PROXY_STATE state = ~0u;
    struct waiter waiters[3];
    WS_HEAP *heaps[3];
    int results[3] = { 0 }, i;
    DWORD start;

    sleeping = 0;
    for (i = 0; i < 3; i++)
    {
        WS_ASYNC_CONTEXT async = { wake, &waiters[i] };
        ULONG id = i + 1;
        WS_CALL_PROPERTY prop = { WS_CALL_PROPERTY_CALL_ID, &id, sizeof(id) };

        waiters[i].event = CreateEventW( NULL, FALSE, FALSE, NULL );
        heaps[i] = make_heap();
        if (!i)
        {
            ok_hr( Service_Sleep( proxy, 2000, &results[i], heaps[i], &prop, 1, &async, NULL ), WS_S_ASYNC );
            for (start = 0; start < 3000 && !sleeping; start++) Sleep( 10 );
        }
        else ok_hr( Service_Add( proxy, i, 40, &results[i], heaps[i], &prop, 1, &async, NULL ), WS_S_ASYNC );
    }
    start = test_clock();
    ok_hr( WsAbandonCall( proxy, 2, NULL ), S_OK );
    ok( !WaitForSingleObject( waiters[1].event, 30000 ), "no callback\n" );
    ok( sleeping == 1 || test_clock() - start < 1500, "the abandoned call waited for another\n" );
    ok_hr( waiters[1].hr, WS_E_OPERATION_ABANDONED );
    ok( !WaitForSingleObject( waiters[0].event, 30000 ) && !WaitForSingleObject( waiters[2].event, 30000 ), "no callback\n" );
    ok_hr( waiters[0].hr, S_OK );
    ok_hr( waiters[2].hr, S_OK );
    ok_eq( results[0], 2000 );
    ok_eq( results[2], 42 );
    ok_hr( WsGetServiceProxyProperty( proxy, WS_PROXY_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
    ok_eq( state, WS_SERVICE_PROXY_STATE_OPEN );
    close_proxy( proxy );
    close_host( host );
    for (i = 0; i < 3; i++)
    {
        CloseHandle( waiters[i].event );
        WsFreeHeap( heaps[i] );
    }
}

TESTS( proxy_values, { "parameters", test_parameters }, { "must_understand", test_must_understand }, { "language", test_language },
       { "limits", test_limits }, { "messages", test_messages }, { "session", test_session } )
