/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The policies of policy.wsdl and attach.wsdl: what their descriptions say, and that the helpers of every template hand
 * a well-formed one over. The generated sources are compiled with the two functions of the DLL renamed to observe_...
 *
 *     policies.exe show           the descriptions, to be compared with policies.txt
 *     policies.exe call PORT      creates proxies and endpoints of all, and lets those call each other that need no security
 */

#include <stdlib.h>
#include <string.h>
#include "runtime/program.h"
#include "policy.wsdl.h"
#include "attach.wsdl.h"

static WS_ERROR *error;
static WS_HEAP *heap;
static unsigned int checks, failures;

static void check( const char *binding, const char *what, HRESULT hr, BOOL same )
{
    checks++;
    if (hr == S_OK && same) return;
    failures++;
    printf( "FAILED: %s, ", binding );
    print_error( what, hr, error );
    WsResetError( error );
}

/* What the helpers pass. */

static struct
{
    WS_CHANNEL_TYPE channel;
    WS_BINDING_TEMPLATE_TYPE type;
    const void *value, *description;
    ULONG value_size, description_size;
} seen;

static void observe( WS_CHANNEL_TYPE channel, WS_BINDING_TEMPLATE_TYPE type, const void *value, ULONG value_size,
                     const void *description, ULONG description_size )
{
    seen.channel = channel;
    seen.type = type;
    seen.value = value;
    seen.value_size = value_size;
    seen.description = description;
    seen.description_size = description_size;
}

HRESULT WINAPI observe_proxy( WS_CHANNEL_TYPE channel, const WS_PROXY_PROPERTY *properties, const ULONG count,
                              WS_BINDING_TEMPLATE_TYPE type, void *value, ULONG value_size, const void *description,
                              ULONG description_size, WS_SERVICE_PROXY **proxy, WS_ERROR *err );
HRESULT WINAPI observe_proxy( WS_CHANNEL_TYPE channel, const WS_PROXY_PROPERTY *properties, const ULONG count,
                              WS_BINDING_TEMPLATE_TYPE type, void *value, ULONG value_size, const void *description,
                              ULONG description_size, WS_SERVICE_PROXY **proxy, WS_ERROR *err )
{
    observe( channel, type, value, value_size, description, description_size );
    return WsCreateServiceProxyFromTemplate( channel, properties, count, type, value, value_size, description, description_size,
                                             proxy, err );
}

HRESULT WINAPI observe_endpoint( WS_CHANNEL_TYPE channel, const WS_SERVICE_ENDPOINT_PROPERTY *properties, ULONG count,
                                 const WS_STRING *address, const WS_SERVICE_CONTRACT *contract,
                                 WS_SERVICE_SECURITY_CALLBACK callback, WS_HEAP *memory, WS_BINDING_TEMPLATE_TYPE type, void *value,
                                 ULONG value_size, const void *description, ULONG description_size, WS_SERVICE_ENDPOINT **endpoint,
                                 WS_ERROR *err );
HRESULT WINAPI observe_endpoint( WS_CHANNEL_TYPE channel, const WS_SERVICE_ENDPOINT_PROPERTY *properties, ULONG count,
                                 const WS_STRING *address, const WS_SERVICE_CONTRACT *contract,
                                 WS_SERVICE_SECURITY_CALLBACK callback, WS_HEAP *memory, WS_BINDING_TEMPLATE_TYPE type, void *value,
                                 ULONG value_size, const void *description, ULONG description_size, WS_SERVICE_ENDPOINT **endpoint,
                                 WS_ERROR *err )
{
    observe( channel, type, value, value_size, description, description_size );
    return WsCreateServiceEndpointFromTemplate( channel, properties, count, address, contract, callback, memory, type, value,
                                                value_size, description, description_size, endpoint, err );
}

/* Templates as a program fills them in. */

static WS_STRING_USERNAME_CREDENTIAL username =
    { { WS_STRING_USERNAME_CREDENTIAL_TYPE }, WS_STRING_VALUE( L"user" ), WS_STRING_VALUE( L"secret" ) };
static WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL windows =
    { { WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE }, WS_STRING_VALUE( L"user" ), WS_STRING_VALUE( L"secret" ),
      WS_STRING_VALUE( L"domain" ) };
static ULONG max_size = 1 << 20;
static WS_CHANNEL_PROPERTY channel_properties[] =
    { { WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &max_size, sizeof(max_size) } };

#define SET_NOTHING( t )
#define SET_AUTH( t ) (t).httpHeaderAuthSecurityBinding.clientCredential = &windows.credential;
#define SET_SSPI( t ) (t).sspiTransportSecurityBinding.clientCredential = &windows.credential;
#define SET_USERNAME( t ) (t).usernameMessageSecurityBinding.clientCredential = &username.credential;
#define SET_KERBEROS( t ) (t).kerberosApreqMessageSecurityBinding.clientCredential = &windows.credential;
#define SET_SSPI_USERNAME( t ) SET_SSPI( t ) SET_USERNAME( t )
#define SET_SSPI_KERBEROS( t ) SET_SSPI( t ) SET_KERBEROS( t )

/* x( file, binding, template, security parts of the description in their order, what the program fills in ) */
#define BINDINGS( x ) \
    x( policy, Http, HTTP, "", NOTHING ) \
    x( policy, HttpSsl, HTTP_SSL, "t", NOTHING ) \
    x( policy, HttpHeaderAuth, HTTP_HEADER_AUTH, "a", AUTH ) \
    x( policy, HttpSslHeaderAuth, HTTP_SSL_HEADER_AUTH, "ta", AUTH ) \
    x( policy, HttpSslUsername, HTTP_SSL_USERNAME, "tu", USERNAME ) \
    x( policy, HttpSslKerberos, HTTP_SSL_KERBEROS_APREQ, "tk", KERBEROS ) \
    x( policy, Tcp, TCP, "", NOTHING ) \
    x( policy, TcpSspi, TCP_SSPI, "t", SSPI ) \
    x( policy, TcpSspiUsername, TCP_SSPI_USERNAME, "tu", SSPI_USERNAME ) \
    x( policy, TcpSspiKerberos, TCP_SSPI_KERBEROS_APREQ, "tk", SSPI_KERBEROS ) \
    x( policy, HttpSslUsernameContext, HTTP_SSL_USERNAME_SECURITY_CONTEXT, "tuc", USERNAME ) \
    x( policy, HttpSslKerberosContext, HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT, "tkc", KERBEROS ) \
    x( policy, TcpSspiUsernameContext, TCP_SSPI_USERNAME_SECURITY_CONTEXT, "tuc", SSPI_USERNAME ) \
    x( policy, TcpSspiKerberosContext, TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT, "tkc", SSPI_KERBEROS ) \
    x( policy, Mtom, HTTP, "", NOTHING ) \
    x( policy, Alternatives, HTTP_HEADER_AUTH, "a", AUTH ) \
    x( policy, Optional, HTTP, "", NOTHING ) \
    x( policy, External, HTTP_HEADER_AUTH, "a", AUTH ) \
    x( attach, Compact, HTTP_HEADER_AUTH, "a", AUTH ) \
    x( attach, Uris, HTTP_SSL, "t", NOTHING ) \
    x( attach, References, HTTP_SSL_HEADER_AUTH, "ta", AUTH ) \
    x( attach, AtPort, HTTP_SSL, "t", NOTHING ) \
    x( attach, AtBoth, HTTP_SSL_HEADER_AUTH, "ta", AUTH ) \
    x( attach, PortUris, HTTP_HEADER_AUTH, "a", AUTH ) \
    x( attach, OptionalAuth, HTTP_HEADER_AUTH, "a", AUTH ) \
    x( attach, Ignored, HTTP, "", NOTHING ) \
    x( attach, Username, HTTP_SSL_USERNAME, "tu", USERNAME ) \
    x( attach, Context, HTTP_SSL_USERNAME_SECURITY_CONTEXT, "tuc", USERNAME ) \
    x( attach, Second, HTTP_SSL, "t", NOTHING )

/* Descriptions. */

/* The common form of WS_CHANNEL_PROPERTIES, WS_SECURITY_PROPERTIES and WS_SECURITY_BINDING_PROPERTIES. */
struct properties
{
    const struct property { ULONG id; const void *value; ULONG size; } *items;
    ULONG count;
};
struct message_binding
{
    struct properties properties;
    WS_MESSAGE_SECURITY_USAGE usage;
};

#define CHANNEL( id, value ) { 'c', WS_CHANNEL_PROPERTY_##id, value, #value }
#define SECURITY( id, value ) { 's', WS_SECURITY_PROPERTY_##id, value, #value }
#define BINDING( id, value ) { 'b', WS_SECURITY_BINDING_PROPERTY_##id, value, #value }
static const struct { char kind; ULONG id, value; const char *name; } names[] =
{
    CHANNEL( ENCODING, WS_ENCODING_XML_UTF8 ), CHANNEL( ENCODING, WS_ENCODING_XML_MTOM_UTF8 ),
    CHANNEL( ENCODING, WS_ENCODING_XML_BINARY_1 ), CHANNEL( ENCODING, WS_ENCODING_XML_BINARY_SESSION_1 ),
    CHANNEL( ADDRESSING_VERSION, WS_ADDRESSING_VERSION_0_9 ), CHANNEL( ADDRESSING_VERSION, WS_ADDRESSING_VERSION_1_0 ),
    CHANNEL( ADDRESSING_VERSION, WS_ADDRESSING_VERSION_TRANSPORT ),
    CHANNEL( ENVELOPE_VERSION, WS_ENVELOPE_VERSION_SOAP_1_1 ), CHANNEL( ENVELOPE_VERSION, WS_ENVELOPE_VERSION_SOAP_1_2 ),
    SECURITY( TRANSPORT_PROTECTION_LEVEL, WS_PROTECTION_LEVEL_NONE ),
    SECURITY( TRANSPORT_PROTECTION_LEVEL, WS_PROTECTION_LEVEL_SIGN ),
    SECURITY( TRANSPORT_PROTECTION_LEVEL, WS_PROTECTION_LEVEL_SIGN_AND_ENCRYPT ),
    SECURITY( TIMESTAMP_USAGE, WS_SECURITY_TIMESTAMP_USAGE_ALWAYS ),
    SECURITY( TIMESTAMP_USAGE, WS_SECURITY_TIMESTAMP_USAGE_NEVER ),
    SECURITY( SECURITY_HEADER_LAYOUT, WS_SECURITY_HEADER_LAYOUT_STRICT ),
    SECURITY( SECURITY_HEADER_LAYOUT, WS_SECURITY_HEADER_LAYOUT_LAX ),
    SECURITY( SECURITY_HEADER_LAYOUT, WS_SECURITY_HEADER_LAYOUT_LAX_WITH_TIMESTAMP_FIRST ),
    SECURITY( SECURITY_HEADER_LAYOUT, WS_SECURITY_HEADER_LAYOUT_LAX_WITH_TIMESTAMP_LAST ),
    SECURITY( SECURITY_HEADER_VERSION, WS_SECURITY_HEADER_VERSION_1_0 ),
    SECURITY( SECURITY_HEADER_VERSION, WS_SECURITY_HEADER_VERSION_1_1 ),
    BINDING( HTTP_HEADER_AUTH_SCHEME, WS_HTTP_HEADER_AUTH_SCHEME_BASIC ),
    BINDING( HTTP_HEADER_AUTH_SCHEME, WS_HTTP_HEADER_AUTH_SCHEME_DIGEST ),
    BINDING( HTTP_HEADER_AUTH_SCHEME, WS_HTTP_HEADER_AUTH_SCHEME_NTLM ),
    BINDING( HTTP_HEADER_AUTH_SCHEME, WS_HTTP_HEADER_AUTH_SCHEME_NEGOTIATE ),
    BINDING( SECURITY_CONTEXT_KEY_ENTROPY_MODE, WS_SECURITY_KEY_ENTROPY_MODE_CLIENT_ONLY ),
    BINDING( SECURITY_CONTEXT_KEY_ENTROPY_MODE, WS_SECURITY_KEY_ENTROPY_MODE_SERVER_ONLY ),
    BINDING( SECURITY_CONTEXT_KEY_ENTROPY_MODE, WS_SECURITY_KEY_ENTROPY_MODE_COMBINED ),
    BINDING( SECURE_CONVERSATION_VERSION, WS_SECURE_CONVERSATION_VERSION_FEBRUARY_2005 ),
    BINDING( SECURE_CONVERSATION_VERSION, WS_SECURE_CONVERSATION_VERSION_1_3 )
};

static void show_properties( char kind, const struct properties *properties )
{
    ULONG i, value;
    size_t j;

    for (i = 0; i < properties->count; i++)
    {
        const struct property *item = &properties->items[i];

        value = item->size == sizeof(ULONG) ? *(const ULONG *)item->value : ~0u;
        for (j = 0; j < ARRAYSIZE( names ); j++)
            if (names[j].kind == kind && names[j].id == item->id && names[j].value == value) break;
        if (j < ARRAYSIZE( names )) printf( "\n        %s", names[j].name );
        else printf( "\n        %c%lu=%lu", kind, (unsigned long)item->id, (unsigned long)value );
    }
}

static const char *show_message( const char *pos, const char *name )
{
    const struct message_binding *binding = (const struct message_binding *)pos;

    printf( "\n    %s%s", name, binding->usage == WS_SUPPORTING_MESSAGE_SECURITY_USAGE ? "" : " with another usage" );
    show_properties( 'b', &binding->properties );
    return pos + sizeof(*binding);
}

static void show( const char *binding, const char *template_name, const char *parts, const void *description, size_t size )
{
    const char *pos = (const char *)description, *end = pos + size;

    printf( "%s: %s\n    channel", binding, template_name );
    show_properties( 'c', (const struct properties *)pos );
    pos += sizeof(struct properties);
    if (*parts)
    {
        printf( "\n    security" );
        show_properties( 's', (const struct properties *)pos );
        pos += sizeof(struct properties);
    }
    for (; *parts; parts++)
    {
        switch (*parts)
        {
        case 't':
        case 'a':
            printf( *parts == 't' ? "\n    transport" : "\n    header" );
            show_properties( 'b', (const struct properties *)pos );
            pos += sizeof(struct properties);
            break;
        case 'u': pos = show_message( pos, "username" ); break;
        case 'k': pos = show_message( pos, "kerberos" ); break;
        default:
            pos = show_message( pos, "context" );
            printf( "\n    bootstrap" );
            show_properties( 's', (const struct properties *)pos );
            pos += sizeof(struct properties);
        }
    }
    printf( "%s\n", pos == end ? "" : " ..." );
}

#define SHOW( file, binding, kind, parts, set ) \
    show( #binding, #kind, parts, &file##_wsdl.policies.binding, sizeof(file##_wsdl.policies.binding) );

/* Creating. */

static void check_seen( const char *name, BOOL service, WS_BINDING_TEMPLATE_TYPE type, const void *value, ULONG value_size,
                        const void *description, ULONG description_size )
{
    BOOL tcp = !strncmp( name, "Tcp", 3 );
    WS_CHANNEL_TYPE channel = tcp ? WS_CHANNEL_TYPE_DUPLEX_SESSION : service ? WS_CHANNEL_TYPE_REPLY : WS_CHANNEL_TYPE_REQUEST;

    check( name, "channel type", S_OK, seen.channel == channel );
    check( name, "template type", S_OK, seen.type == type );
    check( name, "template", S_OK, seen.value == value && seen.value_size == (value ? value_size : 0) );
    check( name, "description", S_OK, seen.description == description && seen.description_size == description_size );
    memset( &seen, 0, sizeof(seen) );
}

/* Security that the DLL does not have yet is an error that says so, and no other. */
static BOOL check_created( const char *name, const char *what, HRESULT hr )
{
    ULONG count = 0;

    if (hr == S_OK) return TRUE;
    WsGetErrorProperty( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) );
    check( name, what, hr == WS_E_NOT_SUPPORTED ? S_OK : hr, count > 0 );
    WsResetError( error );
    return FALSE;
}

#define CREATE( file, binding, kind, parts, set ) \
    static void create_##binding( BOOL with_template ) \
    { \
        WS_##kind##_BINDING_TEMPLATE value, *pointer = with_template ? &value : NULL; \
        WS_STRING url = WS_STRING_VALUE( L"http://127.0.0.1/" ); \
        const void *description = &file##_wsdl.policies.binding; \
        WS_SERVICE_ENDPOINT *endpoint = NULL; \
        WS_SERVICE_PROXY *proxy = NULL; \
    \
        memset( &value, 0, sizeof(value) ); \
        value.channelProperties.properties = channel_properties; \
        value.channelProperties.propertyCount = ARRAYSIZE( channel_properties ); \
        SET_##set( value ) \
        if (check_created( #binding, "proxy", binding##_CreateServiceProxy( pointer, NULL, 0, &proxy, error ) )) \
            WsFreeServiceProxy( proxy ); \
        check_seen( #binding, FALSE, WS_##kind##_BINDING_TEMPLATE_TYPE, pointer, sizeof(value), description, \
                    sizeof(WS_##kind##_POLICY_DESCRIPTION) ); \
        check_created( #binding, "endpoint", binding##_CreateServiceEndpoint( pointer, &url, NULL, NULL, NULL, 0, heap, &endpoint, \
                                                                              error ) ); \
        check_seen( #binding, TRUE, WS_##kind##_BINDING_TEMPLATE_TYPE, pointer, sizeof(value), description, \
                    sizeof(WS_##kind##_POLICY_DESCRIPTION) ); \
    }
BINDINGS( CREATE )
#define CALL_CREATE( file, binding, kind, parts, set ) create_##binding( FALSE ); create_##binding( TRUE );

/* Calling. */

static HRESULT CALLBACK ping( const WS_OPERATION_CONTEXT *context, int *n, const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    (void)context, (void)async, (void)err;
    ++*n;
    return S_OK;
}

static struct HttpFunctionTable http_functions = { ping };
static struct TcpFunctionTable tcp_functions = { ping };
static struct MtomFunctionTable mtom_functions = { ping };
static struct OptionalFunctionTable binary_functions = { ping };

enum { HTTP, TCP, MTOM, BINARY, PLACES };
static const char *const paths[PLACES] = { "text", "tcp", "mtom", "binary" };

static void place_url( int place, unsigned int port, WS_STRING *url, WCHAR *buffer )
{
    set_url( url, buffer, place == TCP ? "net.tcp" : "http", port + (place == TCP), paths[place] );
}

static void call( int place, WS_SERVICE_PROXY *proxy, unsigned int port )
{
    WS_ENDPOINT_ADDRESS address;
    WCHAR buffer[64];
    int n = 41;
    HRESULT hr;

    memset( &address, 0, sizeof(address) );
    place_url( place, port, &address.url, buffer );
    check( paths[place], "open", WsOpenServiceProxy( proxy, &address, NULL, error ), TRUE );
    if (place == HTTP) hr = Http_Ping( proxy, &n, heap, NULL, 0, NULL, error );
    else if (place == TCP) hr = Tcp_Ping( proxy, &n, heap, NULL, 0, NULL, error );
    else if (place == MTOM) hr = Mtom_Ping( proxy, &n, heap, NULL, 0, NULL, error );
    else hr = Optional_Ping( proxy, &n, heap, NULL, 0, NULL, error );
    check( paths[place], "call", hr, n == 42 );
    WsCloseServiceProxy( proxy, NULL, NULL );
}

static HRESULT create( int place, const WS_STRING *url, WS_SERVICE_ENDPOINT **endpoint, WS_SERVICE_PROXY **proxy )
{
    HRESULT hr;

    if (place == HTTP)
    {
        hr = Http_CreateServiceEndpoint( NULL, url, &http_functions, NULL, NULL, 0, heap, endpoint, error );
        return hr == S_OK ? Http_CreateServiceProxy( NULL, NULL, 0, proxy, error ) : hr;
    }
    if (place == TCP)
    {
        hr = Tcp_CreateServiceEndpoint( NULL, url, &tcp_functions, NULL, NULL, 0, heap, endpoint, error );
        return hr == S_OK ? Tcp_CreateServiceProxy( NULL, NULL, 0, proxy, error ) : hr;
    }
    if (place == MTOM)
    {
        hr = Mtom_CreateServiceEndpoint( NULL, url, &mtom_functions, NULL, NULL, 0, heap, endpoint, error );
        return hr == S_OK ? Mtom_CreateServiceProxy( NULL, NULL, 0, proxy, error ) : hr;
    }
    hr = Optional_CreateServiceEndpoint( NULL, url, &binary_functions, NULL, NULL, 0, heap, endpoint, error );
    return hr == S_OK ? Optional_CreateServiceProxy( NULL, NULL, 0, proxy, error ) : hr;
}

static void call_all( unsigned int port )
{
    const WS_SERVICE_ENDPOINT *endpoints[PLACES];
    static WCHAR buffers[PLACES][64];
    WS_SERVICE_PROXY *proxies[PLACES];
    WS_SERVICE_ENDPOINT *endpoint;
    WS_SERVICE_HOST *host;
    WS_STRING url;
    int i;

    for (i = 0; i < PLACES; i++)
    {
        HRESULT hr;

        place_url( i, port, &url, buffers[i] );
        hr = create( i, &url, &endpoint, &proxies[i] );
        check( paths[i], "creating", hr, TRUE );
        if (hr != S_OK) return;
        endpoints[i] = endpoint;
    }
    check( "all", "WsCreateServiceHost", WsCreateServiceHost( endpoints, PLACES, NULL, 0, &host, error ), TRUE );
    check( "all", "WsOpenServiceHost", WsOpenServiceHost( host, NULL, error ), TRUE );
    for (i = 0; i < PLACES; i++)
    {
        call( i, proxies[i], port );
        WsFreeServiceProxy( proxies[i] );
    }
    WsCloseServiceHost( host, NULL, NULL );
    WsFreeServiceHost( host );
}

int main( int argc, char **argv )
{
    if (argc < 2 || WsCreateError( NULL, 0, &error ) != S_OK || WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, error ) != S_OK)
        return 2;
    if (!strcmp( argv[1], "show" ))
    {
        BINDINGS( SHOW )
    }
    else if (argc == 3)
    {
        BINDINGS( CALL_CREATE )
        call_all( (unsigned int)atoi( argv[2] ) );
        printf( "%u checks, %u failures\n", checks, failures );
    }
    WsFreeHeap( heap );
    WsFreeError( error );
    return failures != 0;
}
