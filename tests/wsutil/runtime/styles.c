/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A service and a client of styles.wsdl: headers, bodies of one part and of several, rpc and document, literal and
 * encoded. C and C++, and with what the options of wsutil change:
 *
 *     PREFIXED    made with /prefix:My_ /fullName
 *     NOPOLICY    made with /nopolicy: proxies and endpoints are described by hand
 *
 *     styles.exe serve PORT       until its input ends; says "ready"
 *     styles.exe call PORT
 */

#include <stdlib.h>
#include <string.h>
#include "runtime/program.h"
#include "styles.wsdl.h"

#ifdef PREFIXED
#define T( name ) My_styles_wsdl_##name
#define GLOBAL My_styles_wsdl
#else
#define T( name ) name
#define GLOBAL styles_wsdl
#endif

static WS_ERROR *error;
static WS_HEAP *heap;
static unsigned int checks, failures;
static LONG noted;

static void check( const char *what, HRESULT hr, BOOL same )
{
    checks++;
    if (hr == S_OK && same) return;
    failures++;
    print_error( what, hr, error );
    WsResetError( error );
}

/* Headers: the generated descriptions of their elements are what the functions for headers take. */

static HRESULT get_session( WS_MESSAGE *message, T(_Session) **session, WS_HEAP *to, WS_ERROR *err )
{
    return WsGetCustomHeader( message, &GLOBAL.globalElements.Session, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_POINTER, to,
                              session, sizeof(*session), NULL, err );
}

static HRESULT add_session( WS_MESSAGE *message, T(_Session) *session, WS_ERROR *err )
{
    return WsAddCustomHeader( message, &GLOBAL.globalElements.Session, WS_WRITE_REQUIRED_POINTER, &session, sizeof(session),
                              0, err );
}

static HRESULT add_locale( WS_MESSAGE *message, WCHAR *locale, WS_ERROR *err )
{
    return WsAddCustomHeader( message, &GLOBAL.globalElements.Locale, WS_WRITE_REQUIRED_POINTER, &locale, sizeof(locale), 0,
                              err );
}

/* The service. */

/* Sends the session of the request back with one more hop; its token, in the memory of the message. */
static HRESULT answer_session( const WS_OPERATION_CONTEXT *context, WCHAR **token, WS_ERROR *err )
{
    WS_MESSAGE *request, *reply;
    T(_Session) *session;
    WS_HEAP *memory;
    HRESULT hr;

    if ((hr = WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_INPUT_MESSAGE, &request, sizeof(request),
                                             err )) != S_OK) return hr;
    if ((hr = WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_OUTPUT_MESSAGE, &reply, sizeof(reply),
                                             err )) != S_OK) return hr;
    if ((hr = WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HEAP, &memory, sizeof(memory),
                                             err )) != S_OK) return hr;
    if ((hr = get_session( request, &session, memory, err )) != S_OK) return hr;
    *token = session->token;
    session->hops++;
    return add_session( reply, session, err );
}

static HRESULT CALLBACK greet( const WS_OPERATION_CONTEXT *context, WCHAR *name, WCHAR **text, int *times,
                               const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    WCHAR *locale, *token, *buffer;
    WS_MESSAGE *request;
    WS_HEAP *memory;
    HRESULT hr;

    (void)async;
    if ((hr = answer_session( context, &token, err )) != S_OK) return hr;
    WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_INPUT_MESSAGE, &request, sizeof(request), err );
    WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HEAP, &memory, sizeof(memory), err );
    if ((hr = WsGetCustomHeader( request, &GLOBAL.globalElements.Locale, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_POINTER,
                                 memory, &locale, sizeof(locale), NULL, err )) != S_OK) return hr;
    if ((hr = WsAlloc( memory, 512, (void **)&buffer, err )) != S_OK) return hr;
    _snwprintf( buffer, 256, L"%ls, %ls of %ls", wcscmp( locale, L"fr" ) ? L"Hello" : L"Bonjour", name, token );
    buffer[255] = 0;
    *text = buffer;
    *times *= 2;
    return S_OK;
}

static HRESULT CALLBACK pair( const WS_OPERATION_CONTEXT *context, int *count, T(Place) **place, const WS_ASYNC_CONTEXT *async,
                              WS_ERROR *err )
{
    (void)context, (void)async, (void)err;
    (*place)->x += *count;
    ++*count;
    return S_OK;
}

static HRESULT CALLBACK note( const WS_OPERATION_CONTEXT *context, T(_Note) *in, const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    T(_Session) *session;
    WS_MESSAGE *request;
    WS_HEAP *memory;
    HRESULT hr;

    (void)async;
    WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_INPUT_MESSAGE, &request, sizeof(request), err );
    WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HEAP, &memory, sizeof(memory), err );
    if ((hr = get_session( request, &session, memory, err )) != S_OK) return hr;
    InterlockedExchangeAdd( &noted, (LONG)wcslen( in->text ) + session->hops );
    return S_OK;
}

static HRESULT CALLBACK notes( const WS_OPERATION_CONTEXT *context, T(_Total) **total, const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    WS_HEAP *memory;
    HRESULT hr;

    (void)async;
    WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HEAP, &memory, sizeof(memory), err );
    if ((hr = WsAlloc( memory, sizeof(**total), (void **)total, err )) == S_OK) (*total)->sum = noted;
    return hr;
}

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *sum, T(Place) **at,
                             const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    WCHAR *token;

    (void)async;
    *sum = a + b;
    (*at)->x = -(*at)->x;
    return answer_session( context, &token, err );
}

/* The text of a buffer, with a zero at its end. An encoded body may have several elements. */
static HRESULT buffer_text( WS_XML_BUFFER *buffer, char **text, WS_HEAP *memory, WS_ERROR *err )
{
    BOOL fragment = TRUE;
    WS_XML_WRITER_PROPERTY property = { WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment) };
    WS_XML_WRITER *writer = NULL;
    void *bytes;
    ULONG size;
    HRESULT hr;

    hr = WsCreateWriter( &property, 1, &writer, err );
    if (hr == S_OK) hr = WsWriteXmlBufferToBytes( writer, buffer, NULL, &property, 1, memory, &bytes, &size, err );
    if (hr == S_OK) hr = WsAlloc( memory, size + 1, (void **)text, err );
    if (hr == S_OK)
    {
        memcpy( *text, bytes, size );
        (*text)[size] = 0;
    }
    if (writer) WsFreeWriter( writer );
    return hr;
}

static HRESULT text_buffer( const char *text, WS_XML_BUFFER **buffer, WS_HEAP *memory, WS_ERROR *err )
{
    BOOL fragment = TRUE;
    WS_XML_READER_PROPERTY property = { WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment) };
    WS_XML_READER *reader = NULL;
    HRESULT hr;

    hr = WsCreateReader( &property, 1, &reader, err );
    if (hr == S_OK)
        hr = WsReadXmlBufferFromBytes( reader, NULL, &property, 1, (void *)text, (ULONG)strlen( text ), memory, buffer, err );
    if (reader) WsFreeReader( reader );
    return hr;
}

/* What is between "<NAME...>" and "</NAME>". */
static void element_text( const char *xml, const char *name, char *buffer, size_t size )
{
    const char *start = strstr( xml, name ), *end;

    *buffer = 0;
    if (!start || !(start = strchr( start, '>' )) || !(end = strchr( ++start, '<' )) || (size_t)(end - start) >= size) return;
    memcpy( buffer, start, end - start );
    buffer[end - start] = 0;
}

/* An encoded message is a buffer, which program and peer agree on. */
static HRESULT CALLBACK join( const WS_OPERATION_CONTEXT *context, WS_XML_BUFFER *in, WS_XML_BUFFER **out,
                              const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    char first[64], second[64], reply[512], *text;
    WS_HEAP *memory;
    HRESULT hr;

    (void)async;
    WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HEAP, &memory, sizeof(memory), err );
    if ((hr = buffer_text( in, &text, memory, err )) != S_OK) return hr;
    element_text( text, "first", first, sizeof(first) );
    element_text( text, "second", second, sizeof(second) );
    snprintf( reply, sizeof(reply), "<r:JoinResponse xmlns:r=\"urn:test:rpc\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
              "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><joined xsi:type=\"xs:string\">%s-%s</joined>"
              "</r:JoinResponse>", first, second );
    return text_buffer( reply, out, memory, err );
}

static HRESULT CALLBACK first( const WS_OPERATION_CONTEXT *context, int *n, const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    (void)context, (void)async, (void)err;
    *n += 1;
    return S_OK;
}

static HRESULT CALLBACK second( const WS_OPERATION_CONTEXT *context, int *n, const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    (void)context, (void)async, (void)err;
    *n += 100;
    return S_OK;
}

static struct T(Doc11FunctionTable) doc11 = { greet, pair, note, notes };
static struct T(Doc12FunctionTable) doc12 = { greet, pair, note, notes };
static struct T(RpcFunctionTable) rpc = { add };
static struct T(EncodedFunctionTable) encoded = { join };
static struct T(PlainFunctionTable) plain = { first, second };

enum { DOC11, DOC12, RPC, ENCODED, PLAIN, PLACES };
static const char *const paths[PLACES] = { "doc11", "doc12", "rpc", "encoded", "plain" };

#ifdef NOPOLICY

static const WS_CONTRACT_DESCRIPTION *const contracts[PLACES] =
{
    &GLOBAL.contracts.T(Doc11), &GLOBAL.contracts.T(Doc12), &GLOBAL.contracts.T(Rpc), &GLOBAL.contracts.T(Encoded),
    &GLOBAL.contracts.T(Plain)
};
static const void *const tables[PLACES] = { &doc11, &doc12, &rpc, &encoded, &plain };
static WS_ENVELOPE_VERSION envelopes[PLACES] =
{
    WS_ENVELOPE_VERSION_SOAP_1_1, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ENVELOPE_VERSION_SOAP_1_1, WS_ENVELOPE_VERSION_SOAP_1_1,
    WS_ENVELOPE_VERSION_SOAP_1_1
};
static WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
static WS_CHANNEL_PROPERTY channel_properties[PLACES][2];

static void set_properties( int place )
{
    WS_CHANNEL_PROPERTY *property = channel_properties[place];

    property[0].id = WS_CHANNEL_PROPERTY_ENVELOPE_VERSION;
    property[0].value = &envelopes[place];
    property[0].valueSize = sizeof(envelopes[place]);
    property[1].id = WS_CHANNEL_PROPERTY_ADDRESSING_VERSION;
    property[1].value = &addressing;
    property[1].valueSize = sizeof(addressing);
}

static HRESULT create_endpoint( int place, const WS_STRING *url, WS_SERVICE_ENDPOINT **ret )
{
    static WS_SERVICE_ENDPOINT endpoints[PLACES];
    static WS_SERVICE_CONTRACT service_contracts[PLACES];
    WS_SERVICE_ENDPOINT *endpoint = &endpoints[place];

    set_properties( place );
    service_contracts[place].contractDescription = contracts[place];
    service_contracts[place].methodTable = tables[place];
    endpoint->address.url = *url;
    endpoint->channelBinding = WS_HTTP_CHANNEL_BINDING;
    endpoint->channelType = WS_CHANNEL_TYPE_REPLY;
    endpoint->contract = &service_contracts[place];
    endpoint->channelProperties.properties = channel_properties[place];
    endpoint->channelProperties.propertyCount = 2;
    *ret = endpoint;
    return S_OK;
}

static HRESULT create_proxy( int place, WS_SERVICE_PROXY **proxy )
{
    set_properties( place );
    return WsCreateServiceProxy( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, NULL, 0, channel_properties[place], 2,
                                 proxy, error );
}

#else

static HRESULT create_endpoint( int place, const WS_STRING *url, WS_SERVICE_ENDPOINT **ret )
{
    switch (place)
    {
    case DOC11: return T(Doc11_CreateServiceEndpoint)( NULL, url, &doc11, NULL, NULL, 0, heap, ret, error );
    case DOC12: return T(Doc12_CreateServiceEndpoint)( NULL, url, &doc12, NULL, NULL, 0, heap, ret, error );
    case RPC: return T(Rpc_CreateServiceEndpoint)( NULL, url, &rpc, NULL, NULL, 0, heap, ret, error );
    case ENCODED: return T(Encoded_CreateServiceEndpoint)( NULL, url, &encoded, NULL, NULL, 0, heap, ret, error );
    default: return T(Plain_CreateServiceEndpoint)( NULL, url, &plain, NULL, NULL, 0, heap, ret, error );
    }
}

static HRESULT create_proxy( int place, WS_SERVICE_PROXY **proxy )
{
    switch (place)
    {
    case DOC11: return T(Doc11_CreateServiceProxy)( NULL, NULL, 0, proxy, error );
    case DOC12: return T(Doc12_CreateServiceProxy)( NULL, NULL, 0, proxy, error );
    case RPC: return T(Rpc_CreateServiceProxy)( NULL, NULL, 0, proxy, error );
    case ENCODED: return T(Encoded_CreateServiceProxy)( NULL, NULL, 0, proxy, error );
    default: return T(Plain_CreateServiceProxy)( NULL, NULL, 0, proxy, error );
    }
}

#endif

static HRESULT serve( unsigned int port )
{
    const WS_SERVICE_ENDPOINT *endpoints[PLACES];
    static WCHAR urls[PLACES][64];
    WS_SERVICE_ENDPOINT *endpoint;
    HRESULT hr = S_OK;
    WS_STRING url;
    int i;

    for (i = 0; i < PLACES && hr == S_OK; i++)
    {
        set_url( &url, urls[i], "http", port, paths[i] );
        hr = create_endpoint( i, &url, &endpoint );
        endpoints[i] = endpoint;
    }
    if (hr == S_OK) hr = run_host( endpoints, PLACES, NULL, 0, error );
    if (hr != S_OK) print_error( "the service failed", hr, error );
    return hr;
}

/* The client. */

struct sent
{
    T(_Session) session;
    WCHAR *locale;          /* NULL for none */
};

static HRESULT CALLBACK add_headers( WS_MESSAGE *message, WS_HEAP *to, void *state, WS_ERROR *err )
{
    struct sent *sent = (struct sent *)state;
    HRESULT hr;

    (void)to;
    hr = add_session( message, &sent->session, err );
    return hr == S_OK && sent->locale ? add_locale( message, sent->locale, err ) : hr;
}

static HRESULT CALLBACK get_headers( WS_MESSAGE *message, WS_HEAP *to, void *state, WS_ERROR *err )
{
    return get_session( message, (T(_Session) **)state, to, err );
}

static void call_greet( WS_SERVICE_PROXY *proxy, BOOL soap12 )
{
    struct sent sent = { { (WCHAR *)L"T<1>", 3 }, (WCHAR *)L"fr" };
    T(_Session) *received = NULL;
    WS_PROXY_MESSAGE_CALLBACK_CONTEXT send = { add_headers, &sent }, receive = { get_headers, &received };
    WS_CALL_PROPERTY properties[2] =
    {
        { WS_CALL_PROPERTY_SEND_MESSAGE_CONTEXT, &send, sizeof(send) },
        { WS_CALL_PROPERTY_RECEIVE_MESSAGE_CONTEXT, &receive, sizeof(receive) }
    };
    WCHAR *text = NULL;
    int times = 21;
    HRESULT hr;

    if (soap12) hr = T(Doc12_Greet)( proxy, (WCHAR *)L"Ada", &text, &times, heap, properties, 2, NULL, error );
    else hr = T(Doc11_Greet)( proxy, (WCHAR *)L"Ada", &text, &times, heap, properties, 2, NULL, error );
    check( "Greet", hr, text && !wcscmp( text, L"Bonjour, Ada of T<1>" ) && times == 42 );
    check( "header of Greet", S_OK, received && !wcscmp( received->token, L"T<1>" ) && received->hops == 4 );
    /* a header that the service needs is missing */
    if (soap12) hr = T(Doc12_Greet)( proxy, (WCHAR *)L"Ada", &text, &times, heap, NULL, 0, NULL, error );
    else hr = T(Doc11_Greet)( proxy, (WCHAR *)L"Ada", &text, &times, heap, NULL, 0, NULL, error );
    check( "Greet without headers", hr == WS_E_ENDPOINT_FAULT_RECEIVED ? S_OK : hr, TRUE );
    WsResetError( error );
}

static void call_pair( WS_SERVICE_PROXY *proxy, BOOL soap12 )
{
    T(Place) value = { 10, (WCHAR *)L"here & there" }, *place = &value;
    int count = 5;
    HRESULT hr;

    if (soap12) hr = T(Doc12_Pair)( proxy, &count, &place, heap, NULL, 0, NULL, error );
    else hr = T(Doc11_Pair)( proxy, &count, &place, heap, NULL, 0, NULL, error );
    check( "Pair", hr, count == 6 && place->x == 15 && place->label && !wcscmp( place->label, L"here & there" ) );
}

static void call_note( WS_SERVICE_PROXY *proxy )
{
    struct sent sent = { { (WCHAR *)L"", 100 }, NULL };
    WS_PROXY_MESSAGE_CALLBACK_CONTEXT send = { add_headers, &sent };
    WS_CALL_PROPERTY property = { WS_CALL_PROPERTY_SEND_MESSAGE_CONTEXT, &send, sizeof(send) };
    T(_Note) value = { (WCHAR *)L"twelve chars" };
    T(_Total) *before = NULL, *after = NULL;
    HRESULT hr;
    int i;

    check( "Notes", T(Doc11_Notes)( proxy, &before, heap, NULL, 0, NULL, error ), TRUE );
    check( "Note", T(Doc11_Note)( proxy, &value, heap, &property, 1, NULL, error ), TRUE );
    for (i = 0, hr = S_OK; hr == S_OK && before && i < 500; i++) /* a one-way call returns before the service has run */
    {
        hr = T(Doc11_Notes)( proxy, &after, heap, NULL, 0, NULL, error );
        if (hr == S_OK && after->sum == before->sum + 112) break;
        Sleep( 20 );
    }
    check( "Notes", hr, before && after && after->sum == before->sum + 112 );
}

static void call_add( WS_SERVICE_PROXY *proxy )
{
    struct sent sent = { { (WCHAR *)L"rpc", 7 }, NULL };
    T(_Session) *received = NULL;
    WS_PROXY_MESSAGE_CALLBACK_CONTEXT send = { add_headers, &sent }, receive = { get_headers, &received };
    WS_CALL_PROPERTY properties[2] =
    {
        { WS_CALL_PROPERTY_SEND_MESSAGE_CONTEXT, &send, sizeof(send) },
        { WS_CALL_PROPERTY_RECEIVE_MESSAGE_CONTEXT, &receive, sizeof(receive) }
    };
    T(Place) value = { 9, NULL }, *at = &value;
    int sum = 0;
    HRESULT hr;

    hr = T(Rpc_Add)( proxy, 40, 2, &sum, &at, heap, properties, 2, NULL, error );
    check( "Add", hr, sum == 42 && at->x == -9 && !at->label );
    check( "header of Add", S_OK, received && !wcscmp( received->token, L"rpc" ) && received->hops == 8 );
}

static void call_join( WS_SERVICE_PROXY *proxy, const char *request )
{
    WS_XML_BUFFER *in, *out = NULL;
    char *text = NULL;
    HRESULT hr;

    hr = text_buffer( request, &in, heap, error );
    if (hr == S_OK) hr = T(Encoded_Join)( proxy, in, &out, heap, NULL, 0, NULL, error );
    if (hr == S_OK) hr = buffer_text( out, &text, heap, error );
    check( "Join", hr, text && strstr( text, ">left-7</joined>" ) );
}

static void call_plain( WS_SERVICE_PROXY *proxy )
{
    int n = 1;
    HRESULT hr;

    hr = T(Plain_First)( proxy, &n, heap, NULL, 0, NULL, error );
    check( "First", hr, n == 2 );
    hr = T(Plain_Second)( proxy, &n, heap, NULL, 0, NULL, error );
    check( "Second", hr, n == 102 );
}

static const char plain_join[] = "<r:Join xmlns:r=\"urn:test:rpc\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><first xsi:type=\"xs:string\">left</first>"
    "<second xsi:type=\"xs:int\">7</second></r:Join>";
/* Values that are referred to follow the call. */
static const char referring_join[] = "<r:Join xmlns:r=\"urn:test:rpc\"><a href=\"#1\"/><b href=\"#2\"/></r:Join>"
    "<multiRef id=\"1\"><first>left</first></multiRef><multiRef id=\"2\"><second>7</second></multiRef>";

static void call( unsigned int port )
{
    WS_ENDPOINT_ADDRESS address;
    WS_SERVICE_PROXY *proxy;
    WCHAR buffer[64];
    HRESULT hr;
    int i;

    for (i = 0; i < PLACES; i++)
    {
        memset( &address, 0, sizeof(address) );
        set_url( &address.url, buffer, "http", port, paths[i] );
        if ((hr = create_proxy( i, &proxy )) != S_OK)
        {
            check( "creating a proxy", hr, TRUE );
            continue;
        }
        check( "opening a proxy", WsOpenServiceProxy( proxy, &address, NULL, error ), TRUE );
        if (i == DOC11 || i == DOC12) call_greet( proxy, i == DOC12 );
        if (i == DOC11 || i == DOC12) call_pair( proxy, i == DOC12 );
        if (i == DOC11) call_note( proxy );
        if (i == RPC) call_add( proxy );
        if (i == ENCODED) call_join( proxy, plain_join );
        if (i == ENCODED) call_join( proxy, referring_join );
        if (i == PLAIN) call_plain( proxy );
        WsCloseServiceProxy( proxy, NULL, NULL );
        WsFreeServiceProxy( proxy );
    }
    printf( "%u checks, %u failures\n", checks, failures );
}

int main( int argc, char **argv )
{
    int ret;

    if (argc != 3 || WsCreateError( NULL, 0, &error ) != S_OK || WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, error ) != S_OK)
        return 2;
    if (!strcmp( argv[1], "serve" )) ret = serve( (unsigned int)atoi( argv[2] ) ) != S_OK;
    else
    {
        call( (unsigned int)atoi( argv[2] ) );
        ret = failures != 0;
    }
    WsFreeHeap( heap );
    WsFreeError( error );
    return ret;
}
