/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a service host tells about its services: documents over HTTP GET and WS-MetadataExchange (service-metadata.md, and the pages of
 * WS_SERVICE_PROPERTY_METADATA, WS_SERVICE_ENDPOINT_PROPERTY_METADATA, METADATA_EXCHANGE_TYPE and METADATA_EXCHANGE_URL_SUFFIX). */
#include "service.h"

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    *result = a + b;
    return S_OK;
}

static const struct test_methods methods = { add, NULL, NULL, NULL };

#define WSDL( more ) "<?xml version=\"1.0\"?>\n<w:definitions xmlns:w=\"http://schemas.xmlsoap.org/wsdl/\" targetNamespace=\"urn:a&amp;b\">" \
    "<w:portType name=\"p\"/>" more "</w:definitions>\n<!-- the </end> -->\n"
#define SCHEMA "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:types\"/>"

static WS_XML_STRING wsdl = WS_XML_STRING_VALUE( WSDL( "" ) ), schema = WS_XML_STRING_VALUE( SCHEMA );
static WS_XML_STRING complete = WS_XML_STRING_VALUE( WSDL( "<w:service name=\"mine\"/>" ) ), damaged = WS_XML_STRING_VALUE( "<a>" );
static WS_STRING wsdl_name = WS_STRING_VALUE( L"a.wsdl" ), schema_name = WS_STRING_VALUE( L"types/a.xsd" ), query_name = WS_STRING_VALUE( L"?wsdl" );
static WS_XML_STRING service_name = WS_XML_STRING_VALUE( "Service" ), service_ns = WS_XML_STRING_VALUE( "urn:a&b" );
static WS_XML_STRING port_name = WS_XML_STRING_VALUE( "Port" ), binding_name = WS_XML_STRING_VALUE( "Binding" );
static WS_XML_STRING binding_ns = WS_XML_STRING_VALUE( "urn:binding" );

/* A host with two documents and one endpoint. */
static HRESULT create_host( WS_METADATA_EXCHANGE_TYPE type, WS_XML_STRING *main, WS_STRING *main_name, WS_ADDRESSING_VERSION addressing,
                            const WCHAR *suffix, ULONG matching, BOOL named, WS_SERVICE_HOST **host )
{
    WS_SERVICE_METADATA_DOCUMENT first = { main, main_name }, second = { &schema, &schema_name };
    WS_SERVICE_METADATA_DOCUMENT *documents[] = { &first, &second };
    WS_SERVICE_METADATA metadata = { ARRAYSIZE( documents ), documents, named ? &service_name : NULL, named ? &service_ns : NULL };
    WS_SERVICE_PROPERTY prop = { WS_SERVICE_PROPERTY_METADATA, &metadata, sizeof(metadata) };
    WS_SERVICE_ENDPOINT_METADATA port = { &port_name, &binding_name, &binding_ns };
    WS_STRING suffix_string = { suffix ? lstrlenW( suffix ) : 0, (WCHAR *)suffix };
    WS_LISTENER_PROPERTY listener_prop = { WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS, &matching, sizeof(matching) };
    WS_LISTENER_PROPERTIES listener_props = { &listener_prop, 1 };
    static struct test_endpoint e;      /* the contract is to live as long as the host */
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e.endpoint };

    test_endpoint_init( &e, test_port( 7 ), "host", addressing == WS_ADDRESSING_VERSION_1_0 ? WS_ENVELOPE_VERSION_SOAP_1_2 :
                        WS_ENVELOPE_VERSION_SOAP_1_1, addressing, &methods );
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_METADATA_EXCHANGE_TYPE, &type, sizeof(type) );
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_METADATA, &port, sizeof(port) );
    if (suffix) test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_METADATA_EXCHANGE_URL_SUFFIX, &suffix_string, sizeof(suffix_string) );
    if (matching) test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_LISTENER_PROPERTIES, &listener_props, sizeof(listener_props) );
    return WsCreateServiceHost( endpoints, 1, &prop, 1, host, NULL );
}

static WS_SERVICE_HOST *open_host( WS_METADATA_EXCHANGE_TYPE type, WS_XML_STRING *main, WS_STRING *main_name,
                                   WS_ADDRESSING_VERSION addressing, const WCHAR *suffix )
{
    WS_SERVICE_HOST *host = NULL;

    ok_hr( create_host( type, main, main_name, addressing, suffix, 0, TRUE, &host ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    return host;
}

static void close_host( WS_SERVICE_HOST *host )
{
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
}

static struct http_answer answer;

static void get( const char *method, const char *path )
{
    SOCKET s = http_connect( test_port( 7 ) );
    char text[512];
    int len = snprintf( text, sizeof(text), "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", method, path );

    send( s, text, len, 0 );
    ok( http_read( s, &answer ), "no answer to %s %s\n", method, path );
    closesocket( s );
}

/* The service element of the runtime stands at the end of the document of its namespace. */
static void check_service( const char *text )
{
    const char *service = strstr( text, ":service " );

    if (!ok( service != NULL, "no service in %s\n", text )) return;
    ok( strstr( service, "name=\"Service\"" ) != NULL, "%s\n", service );
    ok( strstr( service, "name=\"Port\"" ) != NULL && strstr( service, ":Binding\"" ) != NULL && strstr( service, "urn:binding" ) != NULL,
        "%s\n", service );
    ok( strstr( service, "http://schemas.xmlsoap.org/wsdl/soap" ) != NULL, "%s\n", service );
    ok( strstr( service, "/host\"" ) != NULL && !strstr( service, "http://+" ), "%s\n", service );
    ok( strstr( service, "definitions>" ) != NULL, "%s\n", service );
}

static void test_get( void )
{
    WS_SERVICE_HOST *host = open_host( WS_METADATA_EXCHANGE_TYPE_HTTP_GET, &wsdl, &wsdl_name, WS_ADDRESSING_VERSION_TRANSPORT, NULL );

    get( "GET", "/host/a.wsdl" );
    ok_eq( answer.status, 200 );
    ok( strstr( answer.text, "Content-Type: text/xml" ) != NULL, "%s\n", answer.text );
    check_service( answer.body );
    ok( !strncmp( answer.body, "<?xml version=\"1.0\"?>\n<w:definitions", 36 ), "%s\n", answer.body );
    ok( strstr( answer.body, "<w:portType name=\"p\"/>" ) != NULL && strstr( answer.body, "<!-- the </end> -->" ) != NULL, "%s\n", answer.body );
    get( "GET", "/host/types/a.xsd" );
    ok_eq( answer.status, 200 );
    ok( !strcmp( answer.body, SCHEMA ), "%s\n", answer.body );
    get( "HEAD", "/host/types/a.xsd" );
    ok_eq( answer.status, 200 );
    ok( !*answer.body, "%s\n", answer.body );
    get( "GET", "/host/b.wsdl" );
    ok( answer.status == 404 || answer.status == 405, "status %d\n", answer.status );
    get( "GET", "/host" );
    ok( answer.status == 404 || answer.status == 405, "status %d\n", answer.status );
    /* messages, also below the path */
    ok( http_post( test_port( 7 ), "host", "text/xml; charset=utf-8", SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 200 );
    ok( http_post( test_port( 7 ), "host/more", "text/xml; charset=utf-8", SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 200 );
    close_host( host );

    /* a document with a service keeps it; a name may be a query */
    host = open_host( WS_METADATA_EXCHANGE_TYPE_HTTP_GET, &complete, &query_name, WS_ADDRESSING_VERSION_TRANSPORT, NULL );
    get( "GET", "/host?wsdl" );
    ok_eq( answer.status, 200 );
    ok( !strncmp( answer.body, (char *)complete.bytes, complete.length ), "%s\n", answer.body );
    close_host( host );

    /* nothing is told unasked */
    host = open_host( WS_METADATA_EXCHANGE_TYPE_NONE, &wsdl, &wsdl_name, WS_ADDRESSING_VERSION_TRANSPORT, NULL );
    get( "GET", "/host/a.wsdl" );
    ok( answer.status == 404 || answer.status == 405, "status %d\n", answer.status );
    close_host( host );
}

#define TRANSFER_GET "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get"

static void check_exchange( void )
{
    ok_eq( answer.status, 200 );
    ok( strstr( answer.text, "Metadata" ) != NULL && strstr( answer.text, "http://schemas.xmlsoap.org/ws/2004/09/mex" ) != NULL, "%s\n", answer.text );
    ok( strstr( answer.text, "Dialect=\"http://schemas.xmlsoap.org/wsdl/\"" ) != NULL, "%s\n", answer.text );
    ok( strstr( answer.text, "Dialect=\"http://www.w3.org/2001/XMLSchema\"" ) != NULL, "%s\n", answer.text );
    ok( strstr( answer.text, "Identifier=\"urn:a&amp;b\"" ) != NULL && strstr( answer.text, "Identifier=\"urn:types\"" ) != NULL, "%s\n", answer.text );
    check_service( answer.text );
}

/* With WS-Addressing, in SOAP 1.2. */
static void post_get( const char *path, const char *to, ULONG offset )
{
    char body[1024], header[256] = "";

    if (to) snprintf( header, sizeof(header), "<a:To>http://localhost:%u/%s</a:To>", test_port( 7 + offset ), to );
    snprintf( body, sizeof(body), "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://www.w3.org/2005/08/addressing\">"
              "<s:Header><a:Action s:mustUnderstand=\"1\">" TRANSFER_GET "</a:Action><a:MessageID>urn:uuid:00000000-0000-0000-0000-000000000001"
              "</a:MessageID>%s</s:Header><s:Body/></s:Envelope>", header );
    ok( http_post( test_port( 7 ), path, "application/soap+xml; charset=utf-8", NULL, body, &answer ), "no answer\n" );
}

static void test_exchange( void )
{
    WS_SERVICE_HOST *host = open_host( WS_METADATA_EXCHANGE_TYPE_MEX, &wsdl, NULL, WS_ADDRESSING_VERSION_TRANSPORT, NULL );

    ok( http_post( test_port( 7 ), "host", "text/xml; charset=utf-8", TRANSFER_GET, ENVELOPE11( "" ), &answer ), "no answer\n" );
    check_exchange();
    ok( http_post( test_port( 7 ), "host", "text/xml; charset=utf-8", SERVICE_NS "Add", ENVELOPE11( ADD_BODY ), &answer ), "no answer\n" );
    ok_eq( answer.status, 200 );
    get( "GET", "/host/types/a.xsd" );
    ok( answer.status == 404 || answer.status == 405, "status %d\n", answer.status );
    close_host( host );

    host = open_host( WS_METADATA_EXCHANGE_TYPE_MEX, &wsdl, NULL, WS_ADDRESSING_VERSION_1_0, NULL );
    post_get( "host", NULL, 0 );
    check_exchange();
    ok( strstr( answer.text, TRANSFER_GET "Response" ) != NULL, "%s\n", answer.text );
    ok( strstr( answer.text, "00000000-0000-0000-0000-000000000001" ) != NULL, "%s\n", answer.text );
    close_host( host );

    /* with a suffix only what is sent to that address; others, and those without an address, are the contract's business */
    host = open_host( WS_METADATA_EXCHANGE_TYPE_MEX, &wsdl, NULL, WS_ADDRESSING_VERSION_1_0, L"/mex" );
    post_get( "host/mex", "host/mex", 0 );
    check_exchange();
    post_get( "host/mex", "host", 0 );
    ok_eq( answer.status, 500 );
    post_get( "host/mex", "host/mex2", 0 );
    ok_eq( answer.status, 500 );
    post_get( "host/mex", "host/mex", 1 );
    ok_eq( answer.status, 500 );
    post_get( "host/mex", NULL, 0 );
    ok_eq( answer.status, 500 );
    ok( strstr( answer.text, "ActionNotSupported" ) != NULL, "%s\n", answer.text );
    close_host( host );

    host = open_host( WS_METADATA_EXCHANGE_TYPE_NONE, &wsdl, NULL, WS_ADDRESSING_VERSION_TRANSPORT, NULL );
    ok( http_post( test_port( 7 ), "host", "text/xml; charset=utf-8", TRANSFER_GET, ENVELOPE11( "" ), &answer ), "no answer\n" );
    ok_eq( answer.status, 500 );
    close_host( host );
}

static void test_create( void )
{
    static const struct { WS_METADATA_EXCHANGE_TYPE type; WS_XML_STRING *main; const WCHAR *suffix; ULONG matching; BOOL named; HRESULT hr; } cases[] =
    {
        { WS_METADATA_EXCHANGE_TYPE_HTTP_GET, &wsdl, NULL, 0, FALSE, S_OK },
        { WS_METADATA_EXCHANGE_TYPE_HTTP_GET, &damaged, NULL, 0, TRUE, S_OK },
        { WS_METADATA_EXCHANGE_TYPE_NONE, &damaged, NULL, 0, TRUE, S_OK },
        { WS_METADATA_EXCHANGE_TYPE_MEX, &damaged, NULL, 0, TRUE, WS_E_INVALID_FORMAT },
        { WS_METADATA_EXCHANGE_TYPE_HTTP_GET, &wsdl, L"mex", 0, TRUE, E_INVALIDARG },
        { WS_METADATA_EXCHANGE_TYPE_NONE, &wsdl, L"mex", 0, TRUE, E_INVALIDARG },
        { WS_METADATA_EXCHANGE_TYPE_HTTP_GET, &wsdl, NULL, WS_MATCH_URL_EXACT_PATH, TRUE, E_INVALIDARG },
        { WS_METADATA_EXCHANGE_TYPE_MEX, &wsdl, L"mex", WS_MATCH_URL_EXACT_PATH, TRUE, E_INVALIDARG },
        { WS_METADATA_EXCHANGE_TYPE_MEX, &wsdl, NULL, WS_MATCH_URL_EXACT_PATH, TRUE, S_OK },
        { 3, &wsdl, NULL, 0, TRUE, E_INVALIDARG },
    };
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        WS_SERVICE_HOST *host = NULL;

        test_context( "case %u", i );
        ok_hr( create_host( cases[i].type, cases[i].main, NULL, WS_ADDRESSING_VERSION_TRANSPORT, cases[i].suffix, cases[i].matching,
                            cases[i].named, &host ), cases[i].hr );
        if (host) WsFreeServiceHost( host );
    }
    test_context( NULL );
}

TESTS( host_metadata, { "create", test_create }, { "get", test_get }, { "exchange", test_exchange } )
