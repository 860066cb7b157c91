/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small service for the tests of hosts and proxies, and a plain HTTP client over sockets to talk to it in ways that no
 * proper client would. */
#ifndef WS_TESTS_CONFORMANCE_SERVICE_H
#define WS_TESTS_CONFORMANCE_SERVICE_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include "test.h"
#include "service.wsdl.h"

#define SERVICE_NS "http://test.example/"

/* --- Add( a, b ) = result, Sleep( ms ) = result, Note( text ) one way, Swap( a in and out, text in and out ) ----------------
 * The contract, its types and the functions that call it are made of service.wsdl by wsutil. Here are short names. */

#define add_message service_wsdl.messages.Add
#define add_reply service_wsdl.messages.AddResponse
#define sleep_message service_wsdl.messages.Sleep
#define sleep_reply service_wsdl.messages.SleepResponse
#define note_message service_wsdl.messages.Note
#define swap_message service_wsdl.messages.Swap
#define swap_reply service_wsdl.messages.SwapResponse
#define test_contract_desc service_wsdl.contracts.Service
#define add_operation (*test_contract_desc.operations[0])
#define sleep_operation (*test_contract_desc.operations[1])
#define note_operation (*test_contract_desc.operations[2])
#define swap_operation (*test_contract_desc.operations[3])
#define test_methods ServiceFunctionTable

/* --- an endpoint ------------------------------------------------------------------------------------------------------------- */

struct test_endpoint
{
    WCHAR url[128];
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    WS_CHANNEL_PROPERTY channel_props[4];
    WS_SERVICE_ENDPOINT_PROPERTY props[8];
    WS_SERVICE_CONTRACT contract;
    WS_SERVICE_ENDPOINT endpoint;
};

static inline void test_url( WCHAR *url, const char *scheme, const char *host, unsigned int port, const char *path )
{
    char text[128];
    int i, len = snprintf( text, sizeof(text), "%s://%s:%u/%s", scheme, host, port, path );

    for (i = 0; i <= len; i++) url[i] = text[i];
}

static inline void test_endpoint_init( struct test_endpoint *e, unsigned int port, const char *path, WS_ENVELOPE_VERSION envelope,
                                       WS_ADDRESSING_VERSION addressing, const struct test_methods *methods )
{
    memset( e, 0, sizeof(*e) );
    test_url( e->url, "http", "+", port, path );
    e->envelope = envelope;
    e->addressing = addressing;
    e->channel_props[0].id = WS_CHANNEL_PROPERTY_ENVELOPE_VERSION;
    e->channel_props[0].value = &e->envelope;
    e->channel_props[0].valueSize = sizeof(e->envelope);
    e->channel_props[1].id = WS_CHANNEL_PROPERTY_ADDRESSING_VERSION;
    e->channel_props[1].value = &e->addressing;
    e->channel_props[1].valueSize = sizeof(e->addressing);
    e->contract.contractDescription = &test_contract_desc;
    e->contract.methodTable = methods;
    e->endpoint.address.url.chars = e->url;
    e->endpoint.address.url.length = lstrlenW( e->url );
    e->endpoint.channelBinding = WS_HTTP_CHANNEL_BINDING;
    e->endpoint.channelType = WS_CHANNEL_TYPE_REPLY;
    e->endpoint.contract = &e->contract;
    e->endpoint.channelProperties.properties = e->channel_props;
    e->endpoint.channelProperties.propertyCount = 2;
    e->endpoint.properties = e->props;
}

static inline void test_endpoint_prop( struct test_endpoint *e, WS_SERVICE_ENDPOINT_PROPERTY_ID id, void *value, ULONG size )
{
    WS_SERVICE_ENDPOINT_PROPERTY *prop = &e->props[e->endpoint.propertyCount++];

    prop->id = id;
    prop->value = value;
    prop->valueSize = size;
}

/* --- HTTP by hand --------------------------------------------------------------------------------------------------------------- */

static inline SOCKET http_connect( unsigned int port )
{
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons( port ) };
    WSADATA data;
    SOCKET s;

    WSAStartup( MAKEWORD( 2, 2 ), &data );
    addr.sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    if (connect( s, (struct sockaddr *)&addr, sizeof(addr) ))
    {
        closesocket( s );
        return INVALID_SOCKET;
    }
    return s;
}

struct http_answer { int status; char *body; char text[8192]; };

static inline BOOL http_read( SOCKET s, struct http_answer *answer )
{
    int len = 0, got, want = -1;
    char *end, *length;

    answer->status = 0;
    answer->body = NULL;
    answer->text[0] = 0;
    for (;;)
    {
        if ((end = strstr( answer->text, "\r\n\r\n" )) && want < 0)
        {
            want = end + 4 - answer->text;
            if ((length = strstr( answer->text, "Content-Length: " )) && length < end) want += atoi( length + 16 );
        }
        if (want >= 0 && len >= want) break;
        if (len >= (int)sizeof(answer->text) - 1 || (got = recv( s, answer->text + len, sizeof(answer->text) - 1 - len, 0 )) <= 0) break;
        len += got;
        answer->text[len] = 0;
    }
    if (sscanf( answer->text, "HTTP/1.1 %d", &answer->status ) != 1) return FALSE;
    if ((end = strstr( answer->text, "\r\n\r\n" ))) answer->body = end + 4;
    return TRUE;
}

static inline int http_text( char *text, size_t size, const char *path, const char *type, const char *action, const char *body )
{
    char soap_action[256] = "";

    if (action) snprintf( soap_action, sizeof(soap_action), "SOAPAction: \"%s\"\r\n", action );
    return snprintf( text, size, "POST /%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n%sContent-Length: %u\r\n\r\n%s", path, type,
                     soap_action, (unsigned int)strlen( body ), body );
}

/* One request on a connection of its own. */
static inline BOOL http_post( unsigned int port, const char *path, const char *type, const char *action, const char *body,
                              struct http_answer *answer )
{
    static char text[65536 * 2];
    SOCKET s = http_connect( port );
    BOOL ret = FALSE;
    int len;

    answer->status = 0;
    answer->body = NULL;
    if (s == INVALID_SOCKET) return FALSE;
    len = http_text( text, sizeof(text), path, type, action, body );
    if (send( s, text, len, 0 ) == len) ret = http_read( s, answer );
    closesocket( s );
    return ret;
}

#define ENVELOPE11( body ) "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" body "</s:Body></s:Envelope>"
#define ADD_BODY "<Add xmlns=\"" SERVICE_NS "\"><a>2</a><b>3</b></Add>"
#define SLEEP_BODY( ms ) "<Sleep xmlns=\"" SERVICE_NS "\"><ms>" #ms "</ms></Sleep>"
#define NOTE_BODY "<Note xmlns=\"" SERVICE_NS "\"><text>hello</text></Note>"
#define SWAP_BODY "<Swap xmlns=\"" SERVICE_NS "\"><a>7</a><text>abc</text></Swap>"

#endif
