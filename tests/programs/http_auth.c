/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls a server that wants HTTP authentication:  http_auth URL SCHEMES PASSWORD [PROXY SCHEMES PASSWORD]
 * SCHEMES is the sum of WS_HTTP_HEADER_AUTH_SCHEME_*, 0 for no credentials; PASSWORD right, wrong or streamed (right, with a
 * request that is streamed). Makes the call twice on one channel and prints the two results. The user is the one that
 * tests/interop/http_auth/server.py knows. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "webservices.h"

static WS_XML_STRING ping_name = WS_XML_STRING_VALUE( "Ping" ), ping_ns = WS_XML_STRING_VALUE( "http://test.example/" );
static WS_XML_STRING action = WS_XML_STRING_VALUE( "http://test.example/Ping" );

static HRESULT ping( WS_CHANNEL *channel, WS_ERROR *error )
{
    WS_MESSAGE *message = NULL, *reply = NULL;
    WS_XML_WRITER *writer;
    HRESULT hr;

    if (!(hr = WsCreateMessageForChannel( channel, NULL, 0, &message, error )) &&
        !(hr = WsCreateMessageForChannel( channel, NULL, 0, &reply, error )) &&
        !(hr = WsInitializeMessage( message, WS_REQUEST_MESSAGE, NULL, error )) &&
        !(hr = WsSetHeader( message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action, sizeof(action), error )) &&
        !(hr = WsWriteMessageStart( channel, message, NULL, error )) &&
        !(hr = WsGetMessageProperty( message, WS_MESSAGE_PROPERTY_BODY_WRITER, &writer, sizeof(writer), error )) &&
        !(hr = WsWriteStartElement( writer, NULL, &ping_name, &ping_ns, error )) && !(hr = WsWriteEndElement( writer, error )) &&
        !(hr = WsWriteMessageEnd( channel, message, NULL, error )) && !(hr = WsReadMessageStart( channel, reply, NULL, error )))
        hr = WsReadMessageEnd( channel, reply, NULL, error );
    WsFreeMessage( message );
    WsFreeMessage( reply );
    return hr;
}

static WCHAR *widen( const char *text )
{
    WCHAR *ret = calloc( strlen( text ) + 1, sizeof(WCHAR) );
    size_t i;

    for (i = 0; text[i]; i++) ret[i] = text[i];
    return ret;
}

struct auth
{
    ULONG scheme, target;
    WS_SECURITY_BINDING_PROPERTY props[2];
    WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL credential;
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING binding;
};

static WS_SECURITY_BINDING *make_auth( struct auth *auth, BOOL proxy, ULONG scheme, BOOL right )
{
    static WS_STRING user = WS_STRING_VALUE( L"us\"er" ), domain = WS_STRING_VALUE( L"dom" ), password = WS_STRING_VALUE( L"p:\u00e4\u20ac s" );
    static WS_STRING wrong = WS_STRING_VALUE( L"wrong" );

    auth->scheme = scheme;
    auth->target = proxy ? WS_HTTP_HEADER_AUTH_TARGET_PROXY : WS_HTTP_HEADER_AUTH_TARGET_SERVICE;
    auth->props[0] = (WS_SECURITY_BINDING_PROPERTY){ WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_SCHEME, &auth->scheme, sizeof(ULONG) };
    auth->props[1] = (WS_SECURITY_BINDING_PROPERTY){ WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_TARGET, &auth->target, sizeof(ULONG) };
    auth->credential.credential.credentialType = WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE;
    auth->credential.username = user;
    auth->credential.domain = domain;
    auth->credential.password = right ? password : wrong;
    auth->binding.binding.bindingType = WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TYPE;
    auth->binding.binding.properties = auth->props;
    auth->binding.binding.propertyCount = 2;
    auth->binding.clientCredential = &auth->credential.credential;
    return &auth->binding.binding;
}

int main( int argc, char **argv )
{
    static struct auth auths[2];
    WS_PROTECTION_LEVEL level = WS_PROTECTION_LEVEL_NONE;
    WS_SECURITY_PROPERTY security_prop = { WS_SECURITY_PROPERTY_TRANSPORT_PROTECTION_LEVEL, &level, sizeof(level) };
    WS_SECURITY_BINDING *bindings[2];
    WS_SECURITY_DESCRIPTION security = { bindings, 0, &security_prop, 1 };
    WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    WS_HTTP_PROXY_SETTING_MODE mode = argc > 4 ? WS_HTTP_PROXY_SETTING_MODE_CUSTOM : WS_HTTP_PROXY_SETTING_MODE_NONE;
    WS_CUSTOM_HTTP_PROXY proxy = { .servers = { 0 } };
    WS_TRANSFER_MODE transfer = argc > 3 && !strcmp( argv[3], "streamed" ) ? WS_STREAMED_TRANSFER_MODE : WS_BUFFERED_TRANSFER_MODE;
    WS_CHANNEL_PROPERTY props[] =
    {
        { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) }, { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
        { WS_CHANNEL_PROPERTY_HTTP_PROXY_SETTING_MODE, &mode, sizeof(mode) }, { WS_CHANNEL_PROPERTY_TRANSFER_MODE, &transfer, sizeof(transfer) },
        { WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY, &proxy, sizeof(proxy) },
    };
    WS_ENDPOINT_ADDRESS address = { 0 };
    WS_CHANNEL *channel = NULL;
    WS_ERROR *error = NULL;
    WS_STRING text;
    ULONG count = 0;
    HRESULT hr, second;

    if (argc != 4 && argc != 7) return 2;
    address.url.chars = widen( argv[1] );
    address.url.length = strlen( argv[1] );
    if (atoi( argv[2] )) bindings[security.securityBindingCount++] = make_auth( &auths[0], FALSE, atoi( argv[2] ), strcmp( argv[3], "wrong" ) != 0 );
    if (argc > 4)
    {
        proxy.servers.chars = widen( argv[4] );
        proxy.servers.length = strlen( argv[4] );
        if (atoi( argv[5] )) bindings[security.securityBindingCount++] = make_auth( &auths[1], TRUE, atoi( argv[5] ), strcmp( argv[6], "wrong" ) != 0 );
    }
    WsCreateError( NULL, 0, &error );
    if ((hr = WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, props, argc > 4 ? 5 : 4, &security, &channel, error )) ||
        (hr = WsOpenChannel( channel, &address, NULL, error )))
    {
        printf( "0x%lx\n", hr );
        return 1;
    }
    hr = ping( channel, error );
    second = ping( channel, error );
    printf( "0x%lx 0x%lx\n", hr, second );
    WsGetErrorProperty( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) );
    while (count--) if (!WsGetErrorString( error, count, &text )) fprintf( stderr, "  %.*ls\n", (int)text.length, text.chars );
    WsCloseChannel( channel, NULL, NULL );
    WsFreeChannel( channel );
    WsFreeError( error );
    return 0;
}
