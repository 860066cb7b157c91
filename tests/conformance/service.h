/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small service for the tests of hosts and proxies, described by hand as a compiler of WSDL would, and a plain HTTP client
 * over sockets to talk to it in ways that no proper client would. */
#ifndef WS_TESTS_CONFORMANCE_SERVICE_H
#define WS_TESTS_CONFORMANCE_SERVICE_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include "test.h"

#define SERVICE_NS "http://test.example/"

/* Descriptions of a struct of up to three fields and the element that has it as its type. */
struct test_field { const char *name; WS_TYPE type; ULONG offset, options; void *desc; };

static WS_XML_STRING test_ns = WS_XML_STRING_VALUE( SERVICE_NS );

#define FIELD( var, text, type_, struct_, member ) \
    static WS_XML_STRING var##_name = WS_XML_STRING_VALUE( text ); \
    static WS_FIELD_DESCRIPTION var = { .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &var##_name, .ns = &test_ns, \
        .type = type_, .offset = offsetof( struct_, member ), .countOffset = (ULONG)-1 }
#define STRUCT( var, struct_, ... ) \
    static WS_FIELD_DESCRIPTION *var##_fields[] = { __VA_ARGS__ }; \
    static WS_STRUCT_DESCRIPTION var = { .size = sizeof(struct_), .alignment = __alignof__(struct_), .fields = var##_fields, \
        .fieldCount = ARRAYSIZE( var##_fields ) }
#define ELEMENT( var, text, desc ) \
    static WS_XML_STRING var##_name = WS_XML_STRING_VALUE( text ); \
    static WS_ELEMENT_DESCRIPTION var = { &var##_name, &test_ns, WS_STRUCT_TYPE, &desc }
#define MESSAGE( var, text, element ) \
    static WS_XML_STRING var##_action = WS_XML_STRING_VALUE( SERVICE_NS text ); \
    static WS_MESSAGE_DESCRIPTION var = { &var##_action, element }

/* --- Add( a, b ) = result, Sleep( ms ) = result, Note( text ) one way, Swap( a in and out, text in and out ) ---------------- */

struct pair { int a, b; };
struct single { int value; };
struct note { WCHAR *text; };
struct mixed { int a; WCHAR *text; };

FIELD( pair_a, "a", WS_INT32_TYPE, struct pair, a );
FIELD( pair_b, "b", WS_INT32_TYPE, struct pair, b );
FIELD( single_value, "result", WS_INT32_TYPE, struct single, value );
FIELD( note_text, "text", WS_WSZ_TYPE, struct note, text );
FIELD( mixed_a, "a", WS_INT32_TYPE, struct mixed, a );
FIELD( mixed_text, "text", WS_WSZ_TYPE, struct mixed, text );
STRUCT( pair_desc, struct pair, &pair_a, &pair_b );
STRUCT( single_desc, struct single, &single_value );
STRUCT( note_desc, struct note, &note_text );
STRUCT( mixed_desc, struct mixed, &mixed_a, &mixed_text );
ELEMENT( add_element, "Add", pair_desc );
ELEMENT( add_reply_element, "AddResponse", single_desc );
ELEMENT( sleep_element, "Sleep", single_desc );
ELEMENT( sleep_reply_element, "SleepResponse", single_desc );
ELEMENT( note_element, "Note", note_desc );
ELEMENT( swap_element, "Swap", mixed_desc );
ELEMENT( swap_reply_element, "SwapResponse", mixed_desc );
MESSAGE( add_message, "Add", &add_element );
MESSAGE( add_reply, "AddResponse", &add_reply_element );
MESSAGE( sleep_message, "Sleep", &sleep_element );
MESSAGE( sleep_reply, "SleepResponse", &sleep_reply_element );
MESSAGE( note_message, "Note", &note_element );
MESSAGE( swap_message, "Swap", &swap_element );
MESSAGE( swap_reply, "SwapResponse", &swap_reply_element );

#define NOT_THERE ((USHORT)-1)
static WS_PARAMETER_DESCRIPTION add_params[] =
{
    { WS_PARAMETER_TYPE_NORMAL, 0, NOT_THERE }, { WS_PARAMETER_TYPE_NORMAL, 1, NOT_THERE }, { WS_PARAMETER_TYPE_NORMAL, NOT_THERE, 0 }
};
static WS_PARAMETER_DESCRIPTION sleep_params[] =
{
    { WS_PARAMETER_TYPE_NORMAL, 0, NOT_THERE }, { WS_PARAMETER_TYPE_NORMAL, NOT_THERE, 0 }
};
static WS_PARAMETER_DESCRIPTION note_params[] = { { WS_PARAMETER_TYPE_NORMAL, 0, NOT_THERE } };
static WS_PARAMETER_DESCRIPTION swap_params[] =
{
    { WS_PARAMETER_TYPE_NORMAL, 0, 0 }, { WS_PARAMETER_TYPE_NORMAL, 1, 1 }
};

typedef HRESULT (CALLBACK *add_callback)( const WS_OPERATION_CONTEXT *, int, int, int *, const WS_ASYNC_CONTEXT *, WS_ERROR * );
typedef HRESULT (CALLBACK *sleep_callback)( const WS_OPERATION_CONTEXT *, int, int *, const WS_ASYNC_CONTEXT *, WS_ERROR * );
typedef HRESULT (CALLBACK *note_callback)( const WS_OPERATION_CONTEXT *, WCHAR *, const WS_ASYNC_CONTEXT *, WS_ERROR * );
typedef HRESULT (CALLBACK *swap_callback)( const WS_OPERATION_CONTEXT *, int *, WCHAR **, const WS_ASYNC_CONTEXT *, WS_ERROR * );

static HRESULT CALLBACK add_stub( const WS_OPERATION_CONTEXT *context, void *frame, const void *callback,
                                  const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct { int *a, *b, *result; } *params = frame;
    return ((add_callback)callback)( context, *params->a, *params->b, params->result, async, error );
}
static HRESULT CALLBACK sleep_stub( const WS_OPERATION_CONTEXT *context, void *frame, const void *callback,
                                    const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct { int *ms, *result; } *params = frame;
    return ((sleep_callback)callback)( context, *params->ms, params->result, async, error );
}
static HRESULT CALLBACK note_stub( const WS_OPERATION_CONTEXT *context, void *frame, const void *callback,
                                   const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct { WCHAR **text; } *params = frame;
    return ((note_callback)callback)( context, *params->text, async, error );
}
static HRESULT CALLBACK swap_stub( const WS_OPERATION_CONTEXT *context, void *frame, const void *callback,
                                   const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct { int *a; WCHAR **text; } *params = frame;
    return ((swap_callback)callback)( context, params->a, params->text, async, error );
}

static WS_OPERATION_DESCRIPTION add_operation =
    { 1, &add_message, &add_reply, 0, 0, ARRAYSIZE( add_params ), add_params, add_stub, WS_NON_RPC_LITERAL_OPERATION };
static WS_OPERATION_DESCRIPTION sleep_operation =
    { 1, &sleep_message, &sleep_reply, 0, 0, ARRAYSIZE( sleep_params ), sleep_params, sleep_stub, WS_NON_RPC_LITERAL_OPERATION };
static WS_OPERATION_DESCRIPTION note_operation =
    { 1, &note_message, NULL, 0, 0, ARRAYSIZE( note_params ), note_params, note_stub, WS_NON_RPC_LITERAL_OPERATION };
static WS_OPERATION_DESCRIPTION swap_operation =
    { 1, &swap_message, &swap_reply, 0, 0, ARRAYSIZE( swap_params ), swap_params, swap_stub, WS_NON_RPC_LITERAL_OPERATION };
static WS_OPERATION_DESCRIPTION *service_operations[] = { &add_operation, &sleep_operation, &note_operation, &swap_operation };
static WS_CONTRACT_DESCRIPTION test_contract_desc = { ARRAYSIZE( service_operations ), service_operations };

struct test_methods { add_callback add; sleep_callback sleep; note_callback note; swap_callback swap; };

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
#define SLEEP_BODY( ms ) "<Sleep xmlns=\"" SERVICE_NS "\"><result>" #ms "</result></Sleep>"
#define NOTE_BODY "<Note xmlns=\"" SERVICE_NS "\"><text>hello</text></Note>"
#define SWAP_BODY "<Swap xmlns=\"" SERVICE_NS "\"><a>7</a><text>abc</text></Swap>"

#endif
