/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every property of service hosts, their endpoints, service proxies and calls: sizes, ranges and defaults, which can be given and which can
 * be read (the pages of WS_SERVICE_PROPERTY_ID, WS_SERVICE_ENDPOINT_PROPERTY_ID, WS_PROXY_PROPERTY_ID and WS_CALL_PROPERTY_ID). */
#include "service.h"

enum object { HOST, ENDPOINT, PROXY, CALL };

#define NONE 0xbadbadbadbadull
#define HOST_P( id )     HOST, #id, WS_SERVICE_PROPERTY_##id
#define ENDPOINT_P( id ) ENDPOINT, #id, WS_SERVICE_ENDPOINT_PROPERTY_##id
#define PROXY_P( id )    PROXY, #id, WS_PROXY_PROPERTY_##id
#define CALL_P( id )     CALL, #id, WS_CALL_PROPERTY_##id

static const struct row
{
    enum object object;
    const char *name;
    ULONG id;
    const char *access;         /* c can be given; g can be read; ? reading: the page does not say */
    ULONG size;
    ULONGLONG value, good, bad; /* default; another one; out of range. Those of structures are zeros */
} rows[] =
{
    { HOST_P( HOST_USER_STATE ),                 "c?", sizeof(void *), 0, 1234, NONE },
    { HOST_P( FAULT_DISCLOSURE ),                "c?", 4, WS_MINIMAL_FAULT_DISCLOSURE, WS_FULL_FAULT_DISCLOSURE, 2 },
    { HOST_P( FAULT_LANGID ),                    "cg", sizeof(LANGID), NONE, 0x407, NONE },
    { HOST_P( HOST_STATE ),                      "g",  4, WS_SERVICE_HOST_STATE_CREATED, NONE, NONE },
    { HOST_P( METADATA ),                        "c?", sizeof(WS_SERVICE_METADATA), 0, 0, NONE },
    { HOST_P( CLOSE_TIMEOUT ),                   "c?", 4, 5000, 1234, NONE },
    { HOST, "none", 99,                          "",   4, 0, NONE, NONE },
    { ENDPOINT_P( ACCEPT_CHANNEL_CALLBACK ),     "c",  sizeof(WS_SERVICE_PROPERTY_ACCEPT_CALLBACK), 0, 0, NONE },
    { ENDPOINT_P( CLOSE_CHANNEL_CALLBACK ),      "c",  sizeof(WS_SERVICE_PROPERTY_CLOSE_CALLBACK), 0, 0, NONE },
    { ENDPOINT_P( MAX_ACCEPTING_CHANNELS ),      "c",  4, 1, 10, 0 },
    { ENDPOINT_P( MAX_CONCURRENCY ),             "c",  4, 1, 10, 0 },
    { ENDPOINT_P( BODY_HEAP_MAX_SIZE ),          "c",  sizeof(SIZE_T), 65535, 100000, NONE },
    { ENDPOINT_P( BODY_HEAP_TRIM_SIZE ),         "c",  sizeof(SIZE_T), 4096, 0, NONE },
    { ENDPOINT_P( MESSAGE_PROPERTIES ),          "c",  sizeof(WS_MESSAGE_PROPERTIES), 0, 0, NONE },
    { ENDPOINT_P( MAX_CALL_POOL_SIZE ),          "c",  4, 100, 0, NONE },
    { ENDPOINT_P( MAX_CHANNEL_POOL_SIZE ),       "c",  4, 100, 0, NONE },
    { ENDPOINT_P( LISTENER_PROPERTIES ),         "c",  sizeof(WS_LISTENER_PROPERTIES), 0, 0, NONE },
    { ENDPOINT_P( CHECK_MUST_UNDERSTAND ),       "c",  4, TRUE, FALSE, NONE },
    { ENDPOINT_P( METADATA_EXCHANGE_TYPE ),      "c",  4, WS_METADATA_EXCHANGE_TYPE_NONE, WS_METADATA_EXCHANGE_TYPE_NONE, 3 },
    { ENDPOINT_P( METADATA ),                    "c",  sizeof(WS_SERVICE_ENDPOINT_METADATA), 0, 0, NONE },
    { ENDPOINT_P( METADATA_EXCHANGE_URL_SUFFIX ), "c", sizeof(WS_STRING), 0, 0, NONE },
    { ENDPOINT_P( MAX_CHANNELS ),                "c",  4, 100, 1, 0 },
    { ENDPOINT, "none", 99,                      "",   4, 0, NONE, NONE },
    { PROXY_P( CALL_TIMEOUT ),                   "c",  4, 30000, ~0u, NONE },
    { PROXY_P( MESSAGE_PROPERTIES ),             "c",  sizeof(WS_MESSAGE_PROPERTIES), 0, 0, NONE },
    { PROXY_P( MAX_CALL_POOL_SIZE ),             "c",  sizeof(USHORT), 5, 0, NONE },
    { PROXY_P( STATE ),                          "g",  4, WS_SERVICE_PROXY_STATE_CREATED, NONE, NONE },
    { PROXY_P( MAX_PENDING_CALLS ),              "c",  4, 100, 1, NONE },
    { PROXY_P( MAX_CLOSE_TIMEOUT ),              "c",  4, 5000, 1234, NONE },
    { PROXY, "FAULT_LANG_ID", WS_PROXY_FAULT_LANG_ID, "c", sizeof(LANGID), NONE, 0x407, NONE },
    { PROXY, "none", 99,                         "",   4, 0, NONE, NONE },
    { CALL_P( CHECK_MUST_UNDERSTAND ),           "c",  4, TRUE, FALSE, NONE },
    { CALL_P( SEND_MESSAGE_CONTEXT ),            "c",  sizeof(WS_PROXY_MESSAGE_CALLBACK_CONTEXT), 0, 0, NONE },
    { CALL_P( RECEIVE_MESSAGE_CONTEXT ),         "c",  sizeof(WS_PROXY_MESSAGE_CALLBACK_CONTEXT), 0, 0, NONE },
    { CALL_P( CALL_ID ),                         "c",  4, 0, 7, NONE },
    { CALL, "none", 99,                          "",   4, 0, NONE, NONE },
};

static HRESULT CALLBACK no_add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                                WS_ERROR *error )
{
    (void)context, (void)a, (void)b, (void)result, (void)async, (void)error;
    return E_NOTIMPL;
}

static const struct test_methods methods = { no_add, NULL, NULL, NULL };
static struct test_endpoint endpoint;

/* NULL props: none. */
static HRESULT make_host( const WS_SERVICE_PROPERTY *prop, const WS_SERVICE_ENDPOINT_PROPERTY *endpoint_prop, WS_SERVICE_HOST **host )
{
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &endpoint.endpoint };

    *host = NULL;
    test_endpoint_init( &endpoint, test_port( 9 ), "properties", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, &methods );
    if (endpoint_prop)
    {
        endpoint.props[0] = *endpoint_prop;
        endpoint.endpoint.propertyCount = 1;
    }
    return WsCreateServiceHost( endpoints, 1, prop, prop ? 1 : 0, host, NULL );
}

static HRESULT make_proxy( const WS_PROXY_PROPERTY *prop, WS_SERVICE_PROXY **proxy )
{
    *proxy = NULL;
    return WsCreateServiceProxy( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, prop, prop ? 1 : 0, NULL, 0, proxy, NULL );
}

/* Gives the property to what has it. A call that gets that far ends as its service proxy is not open. */
static HRESULT give( const struct row *row, const void *value, ULONG size, WS_SERVICE_HOST **host, WS_SERVICE_PROXY **proxy )
{
    WS_SERVICE_PROPERTY host_prop = { row->id, (void *)value, size };
    WS_SERVICE_ENDPOINT_PROPERTY endpoint_prop = { row->id, (void *)value, size };
    WS_PROXY_PROPERTY proxy_prop = { row->id, (void *)value, size };
    WS_CALL_PROPERTY call_prop = { row->id, (void *)value, size };
    WS_HEAP *heap = NULL;
    HRESULT hr;
    int result;

    *host = NULL;
    *proxy = NULL;
    switch (row->object)
    {
    case HOST: return make_host( &host_prop, NULL, host );
    case ENDPOINT: return make_host( NULL, &endpoint_prop, host );
    case PROXY: return make_proxy( &proxy_prop, proxy );
    default: break;
    }
    ok_hr( make_proxy( NULL, proxy ), S_OK );
    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    hr = Service_Add( *proxy, 1, 2, &result, heap, &call_prop, 1, NULL, NULL );
    WsFreeHeap( heap );
    return hr == WS_E_INVALID_OPERATION ? S_OK : hr;
}

static void expect_refusal( const struct row *row, const void *value, ULONG size, const char *what )
{
    WS_SERVICE_HOST *host;
    WS_SERVICE_PROXY *proxy;
    HRESULT hr = give( row, value, size, &host, &proxy );

    ok( hr == E_INVALIDARG, "%s: %#lx\n", what, hr );
    if (host) WsFreeServiceHost( host );
    if (proxy) WsFreeServiceProxy( proxy );
}

static HRESULT get( const struct row *row, WS_SERVICE_HOST *host, WS_SERVICE_PROXY *proxy, void *value, ULONG size )
{
    if (row->object == HOST) return WsGetServiceHostProperty( host, row->id, value, size, NULL );
    return WsGetServiceProxyProperty( proxy, row->id, value, size, NULL );
}

static void check_get( const struct row *row, WS_SERVICE_HOST *host, WS_SERVICE_PROXY *proxy, ULONGLONG expected )
{
    BYTE buf[256] __attribute__((aligned( 8 ))) = { 0 };

    if (row->object != HOST && row->object != PROXY) return;
    if (strchr( row->access, '?' )) return;
    if (!strchr( row->access, 'g' ))
    {
        ok_hr( get( row, host, proxy, buf, row->size ), E_INVALIDARG );
        return;
    }
    ok_hr( get( row, host, proxy, buf, row->size - 1 ), E_INVALIDARG );
    ok_hr( get( row, host, proxy, NULL, row->size ), E_INVALIDARG );
    ok_eq( *(ULONGLONG *)buf, 0 );
    ok_hr( get( row, host, proxy, buf, row->size ), S_OK );
    if (expected != NONE) ok_eq( *(ULONGLONG *)buf, expected );
    memset( buf, 0, sizeof(buf) );
    ok_hr( get( row, host, proxy, buf, row->size + 1 ), S_OK );
    if (expected != NONE) ok_eq( *(ULONGLONG *)buf, expected );
}

static void test_given( void )
{
    BYTE blob[256] __attribute__((aligned( 8 )));
    WS_SERVICE_HOST *host;
    WS_SERVICE_PROXY *proxy;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( rows ); i++)
    {
        const struct row *row = &rows[i];

        test_context( "%u, %s", row->object, row->name );
        memset( blob, 0, sizeof(blob) );
        if (!strchr( row->access, 'c' ))
        {
            expect_refusal( row, blob, row->size, "given" );
            continue;
        }
        memcpy( blob, &row->good, sizeof(row->good) );
        expect_refusal( row, blob, row->size - 1, "too short" );
        expect_refusal( row, blob, row->size + 1, "too long" );
        expect_refusal( row, NULL, row->size, "no value" );
        if (row->bad != NONE) expect_refusal( row, &row->bad, row->size, "out of range" );
        ok_hr( give( row, blob, row->size, &host, &proxy ), S_OK );
        if (host || proxy) check_get( row, host, proxy, row->good );
        if (host) WsFreeServiceHost( host );
        if (proxy) WsFreeServiceProxy( proxy );
    }
    test_context( NULL );
}

/* What can be read can be in every state, and what cannot cannot. */
static void test_read( void )
{
    static const ULONG host_states[] =
        { WS_SERVICE_HOST_STATE_CREATED, WS_SERVICE_HOST_STATE_OPEN, WS_SERVICE_HOST_STATE_FAULTED, WS_SERVICE_HOST_STATE_CLOSED };
    static const ULONG proxy_states[] =
        { WS_SERVICE_PROXY_STATE_CREATED, WS_SERVICE_PROXY_STATE_OPEN, WS_SERVICE_PROXY_STATE_FAULTED, WS_SERVICE_PROXY_STATE_CLOSED };
    WS_ENDPOINT_ADDRESS address = { .url = WS_STRING_VALUE( L"http://localhost:1/x" ) };
    WS_SERVICE_PROXY *proxy;
    WS_SERVICE_HOST *host;
    unsigned int state, i;

    ok_hr( make_host( NULL, NULL, &host ), S_OK );
    ok_hr( make_proxy( NULL, &proxy ), S_OK );
    for (state = 0; state < ARRAYSIZE( host_states ); state++)
    {
        switch (state)
        {
        case 1:
            ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
            ok_hr( WsOpenServiceProxy( proxy, &address, NULL, NULL ), S_OK );
            break;
        case 2:
            ok_hr( WsAbortServiceHost( host, NULL ), S_OK );
            ok_hr( WsAbortServiceProxy( proxy, NULL ), S_OK );
            break;
        case 3:
            ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
            ok_hr( WsCloseServiceProxy( proxy, NULL, NULL ), S_OK );
            break;
        }
        for (i = 0; i < ARRAYSIZE( rows ); i++)
        {
            test_context( "%u, %s, state %u", rows[i].object, rows[i].name, state );
            check_get( &rows[i], host, proxy, rows[i].object == HOST && rows[i].id == WS_SERVICE_PROPERTY_HOST_STATE ? host_states[state] :
                       rows[i].object == PROXY && rows[i].id == WS_PROXY_PROPERTY_STATE ? proxy_states[state] : rows[i].value );
        }
    }
    test_context( NULL );
    WsFreeServiceHost( host );
    WsFreeServiceProxy( proxy );
}

TESTS( properties_service, { "given", test_given }, { "read", test_read } )
