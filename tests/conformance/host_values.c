/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Properties of service hosts and endpoints that show in what is answered (WS_SERVICE_PROPERTY_ID, WS_SERVICE_ENDPOINT_PROPERTY_ID),
 * several endpoints and hosts in one process, and the templates that generated code makes endpoints and proxies from. */
#include "service.h"

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    void *user = NULL;

    (void)async;
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HOST_USER_STATE, &user, sizeof(user), error ), S_OK );
    *result = a + b + (int)(ULONG_PTR)user;
    return a < 0 ? E_OUTOFMEMORY : S_OK;
}

/* Allocates that many bytes of the call's heap. */
static HRESULT CALLBACK sleep_op( const WS_OPERATION_CONTEXT *context, int bytes, int *result, const WS_ASYNC_CONTEXT *async,
                                  WS_ERROR *error )
{
    WS_ENDPOINT_ADDRESS address = { .headers = NULL };
    WS_HEAP *heap = NULL;
    void *ptr;

    (void)async;
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HEAP, &heap, sizeof(heap), error ), S_OK );
    ok_hr( WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_ENDPOINT_ADDRESS, &address, sizeof(address), error ), S_OK );
    ok( address.url.length > 10, "no address\n" );
    *result = bytes;
    return WsAlloc( heap, bytes, &ptr, error );
}

static HRESULT CALLBACK note( const WS_OPERATION_CONTEXT *context, WCHAR *text, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)text, (void)async, (void)error;
    return S_OK;
}

static HRESULT CALLBACK swap( const WS_OPERATION_CONTEXT *context, int *a, WCHAR **text, const WS_ASYNC_CONTEXT *async,
                              WS_ERROR *error )
{
    (void)context, (void)a, (void)text, (void)async, (void)error;
    return S_OK;
}

static const struct test_methods methods = { add, sleep_op, note, swap };
static struct http_answer answer;

/* One endpoint with one property more, on a host with another. */
static WS_SERVICE_HOST *open_host( struct test_endpoint *e, const char *path, WS_SERVICE_ENDPOINT_PROPERTY_ID id, void *value, ULONG size,
                                   WS_SERVICE_PROPERTY_ID host_id, void *host_value, ULONG host_size )
{
    WS_SERVICE_PROPERTY prop = { host_id, host_value, host_size };
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e->endpoint };
    WS_SERVICE_HOST *host = NULL;

    test_endpoint_init( e, test_port( 7 ), path, WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, &methods );
    if (value) test_endpoint_prop( e, id, value, size );
    ok_hr( WsCreateServiceHost( endpoints, 1, &prop, host_value ? 1 : 0, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    return host;
}

static void close_host( WS_SERVICE_HOST *host )
{
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
}

static int post( const char *path, const char *operation, const char *body )
{
    char action[128];

    snprintf( action, sizeof(action), "%s%s", SERVICE_NS, operation );
    return http_post( test_port( 7 ), path, "text/xml; charset=utf-8", action, body, &answer ) ? answer.status : 0;
}

#define STRANGE "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header><x:y xmlns:x=\"urn:x\" s:mustUnderstand=\"1\"/>" \
    "</s:Header><s:Body>" ADD_BODY "</s:Body></s:Envelope>"

static void test_must_understand( void )
{
    static const BOOL values[] = { TRUE, FALSE };
    struct test_endpoint e;
    unsigned int i;

    for (i = 0; i < 3; i++)
    {
        BOOL value = i < 2 ? values[i] : TRUE;
        WS_SERVICE_HOST *host = open_host( &e, "a", WS_SERVICE_ENDPOINT_PROPERTY_CHECK_MUST_UNDERSTAND, i < 2 ? &value : NULL, sizeof(value),
                                           0, NULL, 0 );

        ok_eq( post( "a", "Add", STRANGE ), value ? 500 : 200 );
        if (value) ok( strstr( answer.text, "MustUnderstand" ) != NULL, "%s\n", answer.text );
        ok_eq( post( "a", "Add", ENVELOPE11( ADD_BODY ) ), 200 );
        close_host( host );
    }
}

static void test_heaps( void )
{
    WS_FAULT_DISCLOSURE disclosure = WS_FULL_FAULT_DISCLOSURE;
    SIZE_T max = 4000, tiny = 64;
    WS_HEAP_PROPERTY heap_prop = { WS_HEAP_PROPERTY_MAX_SIZE, &tiny, sizeof(tiny) };
    WS_HEAP_PROPERTIES heap_props = { &heap_prop, 1 };
    WS_MESSAGE_PROPERTY message_prop = { WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &heap_props, sizeof(heap_props) };
    WS_MESSAGE_PROPERTIES props = { &message_prop, 1 };
    struct test_endpoint e;
    WS_SERVICE_HOST *host;

    /* of the body and the operation: 64 KB unless the endpoint says otherwise */
    host = open_host( &e, "a", 0, NULL, 0, 0, NULL, 0 );
    ok_eq( post( "a", "Sleep", ENVELOPE11( SLEEP_BODY( 5000 ) ) ), 200 );
    ok_eq( post( "a", "Sleep", ENVELOPE11( SLEEP_BODY( 70000 ) ) ), 500 );
    ok_eq( post( "a", "Sleep", ENVELOPE11( SLEEP_BODY( 5000 ) ) ), 200 );
    close_host( host );
    host = open_host( &e, "a", WS_SERVICE_ENDPOINT_PROPERTY_BODY_HEAP_MAX_SIZE, &max, sizeof(max), WS_SERVICE_PROPERTY_FAULT_DISCLOSURE,
                      &disclosure, sizeof(disclosure) );
    ok_eq( post( "a", "Sleep", ENVELOPE11( SLEEP_BODY( 5000 ) ) ), 500 );
    ok_eq( post( "a", "Sleep", ENVELOPE11( SLEEP_BODY( 100 ) ) ), 200 );
    close_host( host );
    /* of the messages: the header with the reply's action does not fit */
    host = open_host( &e, "a", WS_SERVICE_ENDPOINT_PROPERTY_MESSAGE_PROPERTIES, &props, sizeof(props), 0, NULL, 0 );
    ok( post( "a", "Add", STRANGE ) != 200, "answered\n" );
    close_host( host );
}

static void test_faults( void )
{
    static const WS_FAULT_DISCLOSURE levels[] = { WS_MINIMAL_FAULT_DISCLOSURE, WS_FULL_FAULT_DISCLOSURE };
    LANGID lang = MAKELANGID( LANG_GERMAN, SUBLANG_GERMAN );
    struct test_endpoint e;
    WS_SERVICE_HOST *host;
    char texts[2][4096];
    unsigned int i;

    for (i = 0; i < 2; i++)
    {
        WS_FAULT_DISCLOSURE level = levels[i];

        host = open_host( &e, "a", 0, NULL, 0, WS_SERVICE_PROPERTY_FAULT_DISCLOSURE, &level, sizeof(level) );
        ok_eq( post( "a", "Add", ENVELOPE11( "<Add xmlns=\"" SERVICE_NS "\"><a>-1</a><b>3</b></Add>" ) ), 500 );
        lstrcpynA( texts[i], answer.body ? answer.body : "", sizeof(texts[i]) );
        close_host( host );
    }
    ok( strlen( texts[0] ) != strlen( texts[1] ) && strcmp( texts[0], texts[1] ), "the disclosure makes no difference: %s\n", texts[0] );
    host = open_host( &e, "a", 0, NULL, 0, WS_SERVICE_PROPERTY_FAULT_LANGID, &lang, sizeof(lang) );
    ok_hr( WsGetServiceHostProperty( host, WS_SERVICE_PROPERTY_FAULT_LANGID, &lang, sizeof(lang), NULL ), S_OK );
    ok_eq( lang, MAKELANGID( LANG_GERMAN, SUBLANG_GERMAN ) );
    ok_eq( post( "a", "Add", ENVELOPE11( "<Add xmlns=\"" SERVICE_NS "\"><a>-1</a><b>3</b></Add>" ) ), 500 );
    close_host( host );
}

/* Three hosts with an endpoint or two each, on one port; each has a state of its own. */
static void test_hosts( void )
{
    static const char *const paths[] = { "a", "a/b", "c", "d" };
    const WS_SERVICE_ENDPOINT *endpoints[2];
    struct test_endpoint e[4];
    WS_SERVICE_HOST *hosts[3];
    void *user[3];
    int i;

    for (i = 0; i < 3; i++)
    {
        user[i] = (void *)(ULONG_PTR)(100 * i);
        if (i < 2) hosts[i] = open_host( &e[i], paths[i], 0, NULL, 0, WS_SERVICE_PROPERTY_HOST_USER_STATE, &user[i], sizeof(user[i]) );
    }
    for (i = 2; i < 4; i++)
    {
        WS_SERVICE_PROPERTY prop = { WS_SERVICE_PROPERTY_HOST_USER_STATE, &user[2], sizeof(user[2]) };

        test_endpoint_init( &e[i], test_port( 7 ), paths[i], WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, &methods );
        endpoints[i - 2] = &e[i].endpoint;
        if (i < 3) continue;
        ok_hr( WsCreateServiceHost( endpoints, 2, &prop, 1, &hosts[2], NULL ), S_OK );
        ok_hr( WsOpenServiceHost( hosts[2], NULL, NULL ), S_OK );
    }
    for (i = 0; i < 4; i++)
    {
        char expected[64];

        ok_eq( post( paths[i], "Add", ENVELOPE11( ADD_BODY ) ), 200 );
        snprintf( expected, sizeof(expected), "<result>%d</result>", 5 + 100 * (i < 3 ? i : 2) );
        ok( strstr( answer.text, expected ) != NULL, "%s: %s\n", paths[i], answer.text );
    }
    /* one goes, the others stay */
    close_host( hosts[0] );
    ok( post( "a", "Add", ENVELOPE11( ADD_BODY ) ) != 200, "a closed host answers\n" );
    ok_eq( post( "a/b", "Add", ENVELOPE11( ADD_BODY ) ), 200 );
    ok_eq( post( "d", "Add", ENVELOPE11( ADD_BODY ) ), 200 );
    close_host( hosts[1] );
    ok_eq( post( "c", "Add", ENVELOPE11( ADD_BODY ) ), 200 );
    close_host( hosts[2] );
    ok( !post( "c", "Add", ENVELOPE11( ADD_BODY ) ), "the port is still open\n" );
}

/* An endpoint and a proxy from templates, over net.tcp, and a call between them. */
static void test_tcp_template( void )
{
    static WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_2;
    static WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_1_0;
    static WS_ENCODING encoding = WS_ENCODING_XML_UTF8;
    static ULONG size = 20000;
    WS_CHANNEL_PROPERTY policy_props[] =
    {
        { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
        { WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding) },
    };
    WS_CHANNEL_PROPERTY value_props[] = { { WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &size, sizeof(size) } };
    WS_TCP_POLICY_DESCRIPTION policy = { { policy_props, ARRAYSIZE( policy_props ) } };
    WS_TCP_BINDING_TEMPLATE value = { { value_props, ARRAYSIZE( value_props ) } };
    WS_SERVICE_CONTRACT contract = { &test_contract_desc, NULL, &methods };
    const WS_SERVICE_ENDPOINT *endpoints[1];
    WS_SERVICE_ENDPOINT *endpoint = NULL;
    WS_ENDPOINT_ADDRESS address = { .headers = NULL };
    WS_SERVICE_PROXY *proxy = NULL;
    WS_SERVICE_HOST *host = NULL;
    WS_HEAP *heap = NULL;
    WS_STRING url;
    WCHAR text[128];
    int result = 0;

    test_url( text, "net.tcp", "localhost", test_port( 8 ), "template" );
    url.chars = text;
    url.length = lstrlenW( text );
    address.url = url;
    ok_hr( WsCreateHeap( 65536, 1024, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsCreateServiceEndpointFromTemplate( WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0, &url, &contract, NULL, heap,
                                                WS_TCP_BINDING_TEMPLATE_TYPE, &value, sizeof(value), &policy, sizeof(policy), &endpoint,
                                                NULL ), S_OK );
    endpoints[0] = endpoint;
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    ok_hr( WsCreateServiceProxyFromTemplate( WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0, WS_TCP_BINDING_TEMPLATE_TYPE, &value, sizeof(value),
                                             &policy, sizeof(policy), &proxy, NULL ), S_OK );
    ok_hr( WsOpenServiceProxy( proxy, &address, NULL, NULL ), S_OK );
    ok_hr( Service_Add( proxy, 3, 4, &result, heap, NULL, 0, NULL, NULL ), S_OK );
    ok_eq( result, 7 );
    ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), S_OK );
    WsFreeServiceProxy( proxy );
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
    WsFreeHeap( heap );
}

TESTS( host_values, { "must_understand", test_must_understand }, { "heaps", test_heaps }, { "faults", test_faults }, { "hosts", test_hosts },
       { "tcp_template", test_tcp_template } )
