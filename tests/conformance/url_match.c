/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_URL_MATCHING_OPTIONS: which To headers (WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS) and which transport URLs
 * (WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS) a listener takes. "If an URL does not match, then the message will be
 * rejected"; how is not documented: for WS-Addressing it is the fault DestinationUnreachable (SOAP binding, section 6.4.2.4). */
#include "service.h"

#define DEFAULT ~0u
#define HOST WS_MATCH_URL_THIS_HOST
#define PORT WS_MATCH_URL_PORT
#define EXACT WS_MATCH_URL_EXACT_PATH
#define PREFIX WS_MATCH_URL_PREFIX_PATH

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    *result = a + b;
    return S_OK;
}

static const struct test_methods methods = { add, NULL, NULL, NULL };
static struct http_answer answer;

static void own_name( char *name )
{
    DWORD size = MAX_COMPUTERNAME_LENGTH + 1;

    ok( GetComputerNameA( name, &size ), "no computer name\n" );
}

/* The text with the port for %p, another one for %q and the name of the machine for %n. */
static void expand( char *text, const char *pattern, unsigned int port )
{
    for (; *pattern; pattern++)
    {
        if (*pattern != '%' || !strchr( "pqn", pattern[1] )) *text++ = *pattern;
        else if (*++pattern == 'n')
        {
            own_name( text );
            text += strlen( text );
        }
        else text += sprintf( text, "%u", *pattern == 'p' ? port : port + 1 );
    }
    *text = 0;
}

static WS_SERVICE_HOST *start( const char *host_name, const char *path, ULONG options )
{
    static struct test_endpoint e;
    static ULONG flags;
    static WS_LISTENER_PROPERTY prop = { WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS, &flags, sizeof(flags) };
    WS_LISTENER_PROPERTIES props = { &prop, 1 };
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e.endpoint };
    WS_SERVICE_HOST *host = NULL;

    test_endpoint_init( &e, test_port( 1 ), path, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, &methods );
    test_url( e.url, "http", host_name, test_port( 1 ), path );
    e.endpoint.address.url.length = lstrlenW( e.url );
    flags = options;
    if (options != DEFAULT) test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_LISTENER_PROPERTIES, &props, sizeof(props) );
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    return host;
}

static BOOL post( const char *path, const char *to )
{
    char body[2048], header[512] = "";

    if (to) snprintf( header, sizeof(header), "<a:To s:mustUnderstand=\"1\">%s</a:To>", to );
    snprintf( body, sizeof(body), "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://www.w3.org/2005/08/addressing\">"
              "<s:Header><a:Action s:mustUnderstand=\"1\">" SERVICE_NS "Add</a:Action><a:MessageID>urn:x:1</a:MessageID>%s</s:Header><s:Body>"
              ADD_BODY "</s:Body></s:Envelope>", header );
    return http_post( test_port( 1 ), path, "application/soap+xml; charset=utf-8", NULL, body, &answer );
}

static void test_to( void )
{
    static const struct { const char *host, *path; ULONG flags; const char *to; BOOL match; } cases[] =
    {
        /* as it is by default: this host, port, exact path, no query */
        { "+", "a/b", DEFAULT, "http://localhost:%p/a/b", TRUE },
        { "+", "a/b", DEFAULT, "http://LOCALHOST:%p/A/b/", TRUE },
        { "+", "a/b", DEFAULT, "HTTP://127.0.0.1:%p/a/%62", TRUE },
        { "+", "a/b", DEFAULT, "http://[::1]:%p/a/b", TRUE },
        { "+", "a/b", DEFAULT, "http://%n:%p/a/b", TRUE },
        { "+", "a/b", DEFAULT, NULL, TRUE },
        { "+", "a/b", DEFAULT, "http://www.w3.org/2005/08/addressing/anonymous", TRUE },
        { "+", "a/b", DEFAULT, "http://192.0.2.1:%p/a/b", FALSE },
        { "+", "a/b", DEFAULT, "http://service.example:%p/a/b", FALSE },
        { "+", "a/b", DEFAULT, "http://localhost:%q/a/b", FALSE },
        { "+", "a/b", DEFAULT, "http://localhost/a/b", FALSE },
        { "+", "a/b", DEFAULT, "http://localhost:%p/a", FALSE },
        { "+", "a/b", DEFAULT, "http://localhost:%p/a/b/c", FALSE },
        { "+", "a/b", DEFAULT, "http://localhost:%p/a/b?x", FALSE },
        { "+", "a/b", DEFAULT, "urn:something:else", FALSE },
        { "+", "a/b", DEFAULT, "http://:%p/a/b", FALSE },
        /* a host in the URL of the listener is the only one */
        { "localhost", "a", DEFAULT, "http://localhost:%p/a", TRUE },
        { "localhost", "a", DEFAULT, "http://127.0.0.1:%p/a", FALSE },
        { "localhost", "a", DEFAULT, "http://%n:%p/a", FALSE },
        { "localhost", "a", EXACT, "http://127.0.0.1:%p/a", TRUE },
        /* each kind of name */
        { "*", "a", WS_MATCH_URL_LOCAL_HOST, "http://localhost/x", TRUE },
        { "*", "a", WS_MATCH_URL_LOCAL_HOST, "http://127.0.0.1/x", FALSE },
        { "*", "a", WS_MATCH_URL_HOST_ADDRESSES, "http://127.0.0.1/x", TRUE },
        { "*", "a", WS_MATCH_URL_HOST_ADDRESSES, "http://localhost/x", FALSE },
        { "*", "a", WS_MATCH_URL_HOST_ADDRESSES, "http://[2001:db8::1]/x", FALSE },
        { "*", "a", WS_MATCH_URL_HOST_ADDRESSES, "http://127.0.0.1.2/x", FALSE },
        { "*", "a", WS_MATCH_URL_HOST_ADDRESSES, "http://0.0.0.0/x", FALSE },
        { "*", "a", WS_MATCH_URL_HOST_ADDRESSES, "http://[::]/x", FALSE },
        { "*", "a", WS_MATCH_URL_HOST_ADDRESSES, "http://[0:0::0:1]/x", TRUE },
        { "*", "a", WS_MATCH_URL_NETBIOS_HOST, "http://%n/x", TRUE },
        { "*", "a", WS_MATCH_URL_NETBIOS_HOST, "http://localhost/x", FALSE },
        /* each other component */
        { "+", "a", PORT, "http://elsewhere:%p/x?y", TRUE },
        { "+", "a", PORT, "http://elsewhere:%q/x?y", FALSE },
        { "+", "a", EXACT, "http://elsewhere/a?y", TRUE },
        { "+", "a", EXACT, "http://elsewhere/ab", FALSE },
        { "+", "a", PREFIX, "http://elsewhere/a/b/c", TRUE },
        { "+", "a", PREFIX, "http://elsewhere/ab", FALSE },
        { "+", "a", WS_MATCH_URL_NO_QUERY, "http://elsewhere/x", TRUE },
        { "+", "a", WS_MATCH_URL_NO_QUERY, "http://elsewhere/x?", FALSE },
        { "+", "a", HOST | PORT | EXACT, "http://localhost:%p/a?x", TRUE },
        /* nothing */
        { "+", "a", 0, "urn:something:else", TRUE },
    };
    WS_SERVICE_HOST *host = NULL;
    unsigned int i, round;
    char to[256];

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%s/%s, flags %#lx, to %s", cases[i].host, cases[i].path, cases[i].flags, cases[i].to ? cases[i].to : "nobody" );
        if (!i || cases[i].host != cases[i - 1].host || cases[i].flags != cases[i - 1].flags)
        {
            if (host) ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
            if (host) WsFreeServiceHost( host );
            host = start( cases[i].host, cases[i].path, cases[i].flags );
        }
        if (cases[i].to) expand( to, cases[i].to, test_port( 1 ) );
        for (round = 0; round < 2; round++)     /* also when it is known already */
        {
            ok( post( cases[i].path, cases[i].to ? to : NULL ), "no answer\n" );
            ok( answer.status == (cases[i].match ? 200 : 500), "status %d: %s\n", answer.status, answer.text );
            if (test_state.ours && !cases[i].match)
            {
                ok( strstr( answer.text, ":DestinationUnreachable<" ) != NULL, "%s\n", answer.text );
                ok( strstr( answer.text, ":RelatesTo>urn:x:1<" ) != NULL, "%s\n", answer.text );
            }
        }
    }
    WsCloseServiceHost( host, NULL, NULL );
    WsFreeServiceHost( host );
    test_context( NULL );
}

/* The URL at the framing layer of net.tcp. */
static void test_via( void )
{
    static const struct { const char *host, *via; ULONG flags; BOOL match; } cases[] =
    {
        { "+", "localhost", DEFAULT, TRUE }, { "+", "127.0.0.1", DEFAULT, TRUE }, { "localhost", "localhost", DEFAULT, TRUE },
        { "localhost", "LocalHost", DEFAULT, TRUE }, { "localhost", "127.0.0.1", DEFAULT, FALSE },
        { "localhost", "127.0.0.1", PORT | EXACT, TRUE }, { "+", "127.0.0.1", WS_MATCH_URL_LOCAL_HOST, FALSE },
        { "+", "127.0.0.1", WS_MATCH_URL_HOST_ADDRESSES, TRUE }, { "+", "localhost", WS_MATCH_URL_NETBIOS_HOST | EXACT, FALSE },
    };
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        ULONG flags = cases[i].flags;
        WS_LISTENER_PROPERTY prop = { WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS, &flags, sizeof(flags) };
        WS_ENDPOINT_ADDRESS address = { .url = { 0, NULL } };
        WS_LISTENER *listener = NULL;
        WS_CHANNEL *channel = NULL;
        WCHAR url[128];
        HRESULT hr;

        test_context( "%s, flags %#lx, via %s", cases[i].host, cases[i].flags, cases[i].via );
        test_url( url, "net.tcp", cases[i].host, test_port( 2 ), "a" );
        address.url.chars = url;
        address.url.length = lstrlenW( url );
        ok_hr( WsCreateListener( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, &prop, flags == DEFAULT ? 0 : 1, NULL, &listener, NULL ),
               S_OK );
        ok_hr( WsOpenListener( listener, &address.url, NULL, NULL ), S_OK );
        test_url( url, "net.tcp", cases[i].via, test_port( 2 ), "a" );
        address.url.length = lstrlenW( url );
        ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL ), S_OK );
        hr = WsOpenChannel( channel, &address, NULL, NULL );
        ok_hr( hr, cases[i].match ? S_OK : WS_E_ENDPOINT_NOT_FOUND );
        WsAbortChannel( channel, NULL );
        WsCloseChannel( channel, NULL, NULL );
        WsFreeChannel( channel );
        ok_hr( WsCloseListener( listener, NULL, NULL ), S_OK );
        WsFreeListener( listener );
    }
    test_context( NULL );
}

TESTS( url_match, { "to", test_to }, { "via", test_via } )
