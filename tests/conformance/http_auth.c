/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_HTTP_HEADER_AUTH_SECURITY_BINDING: which descriptions a client channel takes (WS_SECURITY_BINDING_PROPERTY_ID, the pages of the
 * binding and of WS_CHANNEL_PROPERTY_TRANSFER_MODE), and what goes over the wire. Real servers: tests/interop/http_auth.sh. */
#include "http_script.h"

struct description
{
    ULONG scheme, target, size;
    WS_PROTECTION_LEVEL level;
    int kind;                               /* 1 strings, 2 the current user, 3 none */
    WS_TRANSFER_MODE mode;
};

static WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL strings =
{
    { WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE }, WS_STRING_VALUE( L"Aladdin" ), WS_STRING_VALUE( L"open sesame" ), { 0, NULL }
};
static WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL current = { { WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE } };

static HRESULT create( const struct description *d, ULONG bindings_count, WS_CHANNEL **channel )
{
    static WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
    static WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    WS_CHANNEL_PROPERTY props[] =
    {
        { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
        { WS_CHANNEL_PROPERTY_TRANSFER_MODE, (void *)&d->mode, sizeof(d->mode) },
    };
    WS_SECURITY_BINDING_PROPERTY auth_props[] =
    {
        { WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_SCHEME, (void *)&d->scheme, d->size },
        { WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_TARGET, (void *)&d->target, sizeof(d->target) },
    };
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING auth = { { WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TYPE, auth_props, d->target ? 2 : 1 }, NULL };
    WS_SECURITY_BINDING *bindings[] = { &auth.binding, &auth.binding };
    WS_SECURITY_PROPERTY level = { WS_SECURITY_PROPERTY_TRANSPORT_PROTECTION_LEVEL, (void *)&d->level, sizeof(d->level) };
    WS_SECURITY_DESCRIPTION security = { bindings, bindings_count, &level, d->level ? 1 : 0 };

    if (d->kind == 1) auth.clientCredential = &strings.credential;
    if (d->kind == 2) auth.clientCredential = &current.credential;
    *channel = NULL;
    return WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, props, ARRAYSIZE( props ), &security, channel, NULL );
}

#define BASIC     WS_HTTP_HEADER_AUTH_SCHEME_BASIC
#define DIGEST    WS_HTTP_HEADER_AUTH_SCHEME_DIGEST
#define NTLM      WS_HTTP_HEADER_AUTH_SCHEME_NTLM
#define NEGOTIATE WS_HTTP_HEADER_AUTH_SCHEME_NEGOTIATE
#define NONE      WS_HTTP_HEADER_AUTH_SCHEME_NONE
#define PASSPORT  WS_HTTP_HEADER_AUTH_SCHEME_PASSPORT
#define SERVICE   WS_HTTP_HEADER_AUTH_TARGET_SERVICE
#define PROXY     WS_HTTP_HEADER_AUTH_TARGET_PROXY
#define PLAIN     WS_PROTECTION_LEVEL_NONE

static void test_descriptions( void )
{
    static const struct { struct description d; HRESULT hr; } cases[] =
    {
        { { BASIC, SERVICE, 4, PLAIN, 1, 0 }, S_OK },
        { { BASIC, 0, 4, PLAIN, 1, 0 }, S_OK },
        { { BASIC | DIGEST | NTLM | NEGOTIATE | NONE, SERVICE, 4, PLAIN, 1, 0 }, S_OK },
        { { NONE, SERVICE, 4, PLAIN, 2, 0 }, S_OK },
        { { NTLM | NEGOTIATE, SERVICE, 4, PLAIN, 2, 0 }, S_OK },
        { { BASIC, PROXY, 4, PLAIN, 1, 0 }, S_OK },
        { { BASIC, SERVICE, 4, PLAIN, 1, WS_STREAMED_TRANSFER_MODE }, S_OK },
        { { DIGEST, SERVICE, 4, PLAIN, 1, WS_STREAMED_INPUT_TRANSFER_MODE }, S_OK },
        { { BASIC, SERVICE, 4, 0, 1, 0 }, E_INVALIDARG },
        { { BASIC, SERVICE, 4, WS_PROTECTION_LEVEL_SIGN, 1, 0 }, E_INVALIDARG },
        { { BASIC, SERVICE, 4, PLAIN, 2, 0 }, E_INVALIDARG },
        { { DIGEST | NTLM, SERVICE, 4, PLAIN, 2, 0 }, E_INVALIDARG },
        { { BASIC, SERVICE, 4, PLAIN, 3, 0 }, E_INVALIDARG },
        { { BASIC, SERVICE, 2, PLAIN, 1, 0 }, E_INVALIDARG },
        { { 0, SERVICE, 4, PLAIN, 1, 0 }, E_INVALIDARG },
        { { 0x40, SERVICE, 4, PLAIN, 1, 0 }, E_INVALIDARG },
        { { BASIC, 3, 4, PLAIN, 1, 0 }, E_INVALIDARG },
        { { BASIC | DIGEST, PROXY, 4, PLAIN, 1, 0 }, E_INVALIDARG },
        { { NONE, PROXY, 4, PLAIN, 1, 0 }, E_INVALIDARG },
        { { PASSPORT | BASIC, SERVICE, 4, PLAIN, 1, 0 }, E_INVALIDARG },
        { { PASSPORT, PROXY, 4, PLAIN, 1, 0 }, E_INVALIDARG },
        { { DIGEST, SERVICE, 4, PLAIN, 1, WS_STREAMED_OUTPUT_TRANSFER_MODE }, E_INVALIDARG },
    };
    WS_CHANNEL *channel;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "description %u", i );
        ok_hr( create( &cases[i].d, 1, &channel ), cases[i].hr );
        if (channel) WsFreeChannel( channel );
    }
    test_context( NULL );
    ok_hr( create( &cases[0].d, 2, &channel ), E_INVALIDARG );      /* the same target twice */
    ok_hr( create( &cases[0].d, 0, &channel ), S_OK );
    WsFreeChannel( channel );
}

static HRESULT ping( WS_CHANNEL *channel )
{
    static WS_XML_STRING action = WS_XML_STRING_VALUE( SERVICE_NS "Ping" );
    WS_MESSAGE *message, *reply;
    HRESULT hr;

    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &message, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &reply, NULL ), S_OK );
    ok_hr( WsInitializeMessage( message, WS_REQUEST_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( WsSetHeader( message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action, sizeof(action), NULL ), S_OK );
    if (!(hr = WsWriteMessageStart( channel, message, NULL, NULL )) && !(hr = WsWriteMessageEnd( channel, message, NULL, NULL )) &&
        !(hr = WsReadMessageStart( channel, reply, NULL, NULL ))) hr = WsReadMessageEnd( channel, reply, NULL, NULL );
    WsFreeMessage( message );
    WsFreeMessage( reply );
    return hr;
}

#define PONG ENVELOPE11( "<Pong xmlns=\"" SERVICE_NS "\"/>" )
#define GOOD "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: 130\r\n\r\n" PONG
#define DENIED( challenge ) "HTTP/1.1 401 No\r\nWWW-Authenticate: " challenge "\r\nContent-Length: 3\r\n\r\nno!"
/* the example of RFC 7617 */
#define ALADDIN "\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"

static void test_wire( void )
{
    static const struct
    {
        const char *name;
        ULONG scheme;
        struct script_step steps[3];
        unsigned int requests;
        HRESULT hr;
        const char *sent[3];        /* what each request has to have; with '!' in front: must not have */
    } cases[] =
    {
        { "Basic", BASIC, { { GOOD, 0 } }, 1, S_OK, { ALADDIN } },
        { "Basic, refused", BASIC, { { DENIED( "Basic realm=\"x\"" ), 0 } }, 1, WS_E_ENDPOINT_ACCESS_DENIED, { ALADDIN } },
        { "Basic, Digest wanted", BASIC, { { DENIED( "Digest realm=\"x\", nonce=\"y\"" ), 0 } }, 1, WS_E_SERVER_REQUIRES_DIGEST_AUTH, { ALADDIN } },
        { "probe", BASIC | DIGEST, { { DENIED( "Basic realm=\"x\"" ), 0 }, { GOOD, 0 } }, 2, S_OK, { "\r\nContent-Length: 0\r\n", ALADDIN } },
        { "probe, closed", BASIC | DIGEST, { { DENIED( "Basic realm=\"x\"\r\nConnection: close" ), SCRIPT_CLOSE }, { GOOD, 0 } }, 2, S_OK,
          { "!Authorization", ALADDIN } },
        { "Digest", DIGEST, { { DENIED( "Digest realm=\"x\", nonce=\"y\"" ), 0 }, { GOOD, 0 } }, 2, S_OK,
          { "\r\nContent-Length: 0\r\n", "Authorization: Digest username=\"Aladdin\", realm=\"x\", nonce=\"y\", uri=\"/auth\", algorithm=MD5, response=\"" } },
        { "Digest, refused", DIGEST, { { DENIED( "Digest realm=\"x\", nonce=\"y\"" ), 0 } }, 2, WS_E_ENDPOINT_ACCESS_DENIED, { NULL } },
        { "Digest, stale", DIGEST, { { DENIED( "Digest realm=\"x\", nonce=\"y\"" ), 0 },
          { DENIED( "Digest realm=\"x\", nonce=\"z\", stale=true" ), 0 }, { GOOD, 0 } }, 3, S_OK, { NULL, "nonce=\"y\"", "nonce=\"z\"" } },
        { "Digest, auth-int only", DIGEST, { { DENIED( "Digest realm=\"x\", nonce=\"y\", qop=\"auth-int\"" ), 0 } }, 1,
          WS_E_SERVER_REQUIRES_DIGEST_AUTH, { NULL } },
        { "Digest, unknown algorithm", DIGEST, { { DENIED( "Digest realm=\"x\", nonce=\"y\", algorithm=X" ), 0 } }, 1,
          WS_E_SERVER_REQUIRES_DIGEST_AUTH, { NULL } },
        { "none", NONE, { { GOOD, 0 } }, 1, S_OK, { "!Authorization" } },
    };
    struct description d = { 0, SERVICE, 4, PLAIN, 1, 0 };
    static struct script script;
    WS_ENDPOINT_ADDRESS address = { .url = { 0, NULL } };
    WS_CHANNEL *channel;
    unsigned int i, j;
    WCHAR url[128];

    test_url( url, "http", "127.0.0.1", test_port( 2 ), "auth" );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%s", cases[i].name );
        for (j = 0; j < 3 && cases[i].steps[j].text; j++) ;
        script_start( &script, test_port( 2 ), cases[i].steps, j );
        d.scheme = cases[i].scheme;
        ok_hr( create( &d, 1, &channel ), S_OK );
        ok_hr( WsOpenChannel( channel, &address, NULL, NULL ), S_OK );
        ok_hr( ping( channel ), cases[i].hr );
        ok_eq( script.requests, cases[i].requests );
        for (j = 0; j < cases[i].requests && j < 3; j++)
        {
            const char *want = cases[i].sent[j];
            if (want && *want == '!') ok( !strstr( script.request[j], want + 1 ), "%s\n", script.request[j] );
            else if (want) ok( strstr( script.request[j], want ) != NULL, "%s\n", script.request[j] );
        }
        ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
        WsFreeChannel( channel );
        script_stop( &script );
    }
    test_context( NULL );
}

/* A redirect to another server takes no credentials there. */
static void test_redirect( void )
{
    static char location[256];
    struct script_step steps[] = { { location, 0 } }, there[] = { { GOOD, 0 } };
    struct description d = { BASIC, SERVICE, 4, PLAIN, 1, 0 };
    static struct script first, second;
    BOOL enable = TRUE;
    WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_ENABLE_HTTP_REDIRECT, &enable, sizeof(enable) };
    WS_SECURITY_BINDING_PROPERTY scheme = { WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_SCHEME, &d.scheme, sizeof(d.scheme) };
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING auth = { { WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TYPE, &scheme, 1 }, &strings.credential };
    WS_SECURITY_BINDING *binding = &auth.binding;
    WS_SECURITY_PROPERTY level = { WS_SECURITY_PROPERTY_TRANSPORT_PROTECTION_LEVEL, &d.level, sizeof(d.level) };
    WS_SECURITY_DESCRIPTION security = { &binding, 1, &level, 1 };
    WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    WS_CHANNEL_PROPERTY props[3] =
    {
        prop, { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) }
    };
    WS_ENDPOINT_ADDRESS address = { .url = { 0, NULL } };
    WS_CHANNEL *channel = NULL;
    WCHAR url[128];

    snprintf( location, sizeof(location), "HTTP/1.1 307 There\r\nLocation: http://127.0.0.1:%u/x\r\nContent-Length: 0\r\n\r\n", test_port( 3 ) );
    test_url( url, "http", "127.0.0.1", test_port( 2 ), "auth" );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    script_start( &first, test_port( 2 ), steps, 1 );
    script_start( &second, test_port( 3 ), there, 1 );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, props, 3, &security, &channel, NULL ), S_OK );
    ok_hr( WsOpenChannel( channel, &address, NULL, NULL ), S_OK );
    ok_hr( ping( channel ), S_OK );
    ok( strstr( first.request[0], ALADDIN ) != NULL, "%s\n", first.request[0] );
    ok_eq( second.requests, 1 );
    ok( !strstr( second.request[0], "Authorization" ), "%s\n", second.request[0] );
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    WsFreeChannel( channel );
    script_stop( &first );
    script_stop( &second );
}

/* What is not there yet says so: listeners with this binding, and channels with others. */
static void test_refused( void )
{
    WS_SSL_TRANSPORT_SECURITY_BINDING ssl = { { WS_SSL_TRANSPORT_SECURITY_BINDING_TYPE, NULL, 0 }, NULL };
    WS_SECURITY_BINDING *binding = &ssl.binding;
    WS_SECURITY_DESCRIPTION security = { &binding, 1, NULL, 0 };
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING auth = { { WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TYPE, NULL, 0 }, NULL };
    WS_LISTENER *listener = NULL;
    WS_CHANNEL *channel = NULL;

    if (!test_state.ours) return;
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, 0, &security, &channel, NULL ), WS_E_NOT_SUPPORTED );
    binding = &auth.binding;
    ok_hr( WsCreateListener( WS_CHANNEL_TYPE_REPLY, WS_HTTP_CHANNEL_BINDING, NULL, 0, &security, &listener, NULL ), WS_E_NOT_SUPPORTED );
}

TESTS( http_auth, { "descriptions", test_descriptions }, { "wire", test_wire }, { "redirect", test_redirect }, { "refused", test_refused } )
