/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A Windows program that hosts a calculator service, as anybody would write one: only the public API, the descriptions
 * written by hand. The demonstration, the interoperability tests and the benchmark run it.
 *
 *     calculator.exe [-v] [PORT]
 *
 * serves SOAP 1.1 at http://+:PORT/calculator and SOAP 1.2 at http://+:PORT/calculator12, both without WS-Addressing
 * headers, until its input says "stop" or ends, or Ctrl-C. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "webservices.h"

#define NAMESPACE "http://calculator.example/"

static BOOL verbose;
static HANDLE stop_event;

/* ---- the contract ---- */

struct operands { int a, b; };
struct answer { int result; };

static WS_XML_STRING service_ns = WS_XML_STRING_VALUE( NAMESPACE );
static WS_XML_STRING name_a = WS_XML_STRING_VALUE( "a" ), name_b = WS_XML_STRING_VALUE( "b" );
static WS_XML_STRING name_result = WS_XML_STRING_VALUE( "result" );

static WS_FIELD_DESCRIPTION field_a =
{
    .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &name_a, .ns = &service_ns, .type = WS_INT32_TYPE,
    .offset = WsOffsetOf( struct operands, a )
};
static WS_FIELD_DESCRIPTION field_b =
{
    .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &name_b, .ns = &service_ns, .type = WS_INT32_TYPE,
    .offset = WsOffsetOf( struct operands, b )
};
static WS_FIELD_DESCRIPTION field_result =
{
    .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &name_result, .ns = &service_ns, .type = WS_INT32_TYPE,
    .offset = WsOffsetOf( struct answer, result )
};
static WS_FIELD_DESCRIPTION *operands_fields[] = { &field_a, &field_b };
static WS_FIELD_DESCRIPTION *answer_fields[] = { &field_result };
static WS_STRUCT_DESCRIPTION operands_struct =
{
    .size = sizeof(struct operands), .alignment = __alignof__(struct operands),
    .fields = operands_fields, .fieldCount = WsCountOf( operands_fields )
};
static WS_STRUCT_DESCRIPTION answer_struct =
{
    .size = sizeof(struct answer), .alignment = __alignof__(struct answer),
    .fields = answer_fields, .fieldCount = WsCountOf( answer_fields )
};

/* What a stub gets: pointers to the parameters in the order of the parameter descriptions. */
struct binary_frame
{
    const int *a, *b;
    int *result;
};
static WS_PARAMETER_DESCRIPTION binary_parameters[] =
{
    { WS_PARAMETER_TYPE_NORMAL, 0, (USHORT)-1 },
    { WS_PARAMETER_TYPE_NORMAL, 1, (USHORT)-1 },
    { WS_PARAMETER_TYPE_NORMAL, (USHORT)-1, 0 },
};

typedef HRESULT (CALLBACK *binary_callback)( const WS_OPERATION_CONTEXT *context, int a, int b, int *result,
                                             const WS_ASYNC_CONTEXT *async, WS_ERROR *error );

static HRESULT CALLBACK binary_stub( const WS_OPERATION_CONTEXT *context, void *frame, const void *callback,
                                     const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct binary_frame *params = frame;

    return ((binary_callback)(ULONG_PTR)callback)( context, *params->a, *params->b, params->result, async, error );
}

#define OPERATION( name ) \
    static WS_XML_STRING name##_action = WS_XML_STRING_VALUE( NAMESPACE #name ); \
    static WS_XML_STRING name##_reply_action = WS_XML_STRING_VALUE( NAMESPACE #name "Response" ); \
    static WS_XML_STRING name##_name = WS_XML_STRING_VALUE( #name ); \
    static WS_XML_STRING name##_reply_name = WS_XML_STRING_VALUE( #name "Response" ); \
    static WS_ELEMENT_DESCRIPTION name##_element = { &name##_name, &service_ns, WS_STRUCT_TYPE, &operands_struct }; \
    static WS_ELEMENT_DESCRIPTION name##_reply_element = \
        { &name##_reply_name, &service_ns, WS_STRUCT_TYPE, &answer_struct }; \
    static WS_MESSAGE_DESCRIPTION name##_message = { &name##_action, &name##_element }; \
    static WS_MESSAGE_DESCRIPTION name##_reply_message = { &name##_reply_action, &name##_reply_element }; \
    static WS_OPERATION_DESCRIPTION name##_operation = \
        { 1, &name##_message, &name##_reply_message, 0, 0, WsCountOf( binary_parameters ), binary_parameters, \
          binary_stub, WS_NON_RPC_LITERAL_OPERATION }

OPERATION( Add );
OPERATION( Subtract );
OPERATION( Multiply );
OPERATION( Divide );

static WS_OPERATION_DESCRIPTION *operations[] = { &Add_operation, &Subtract_operation, &Multiply_operation, &Divide_operation };
static const WS_CONTRACT_DESCRIPTION contract_description = { WsCountOf( operations ), operations };

/* ---- the service ---- */

static HRESULT answer( const char *name, int a, int b, LONGLONG value, int *result, WS_ERROR *error )
{
    static const WS_STRING overflow = WS_STRING_VALUE( L"The result does not fit a 32-bit integer." );

    if (verbose)
    {
        printf( "%s( %d, %d )\n", name, a, b );
        fflush( stdout );
    }
    if (value < -2147483647 - 1 || value > 2147483647)
    {
        WsAddErrorString( error, &overflow );
        return HRESULT_FROM_WIN32( ERROR_ARITHMETIC_OVERFLOW );
    }
    *result = (int)value;
    return S_OK;
}

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result,
                             const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)async;
    return answer( "Add", a, b, (LONGLONG)a + b, result, error );
}

static HRESULT CALLBACK subtract( const WS_OPERATION_CONTEXT *context, int a, int b, int *result,
                                  const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)async;
    return answer( "Subtract", a, b, (LONGLONG)a - b, result, error );
}

static HRESULT CALLBACK multiply( const WS_OPERATION_CONTEXT *context, int a, int b, int *result,
                                  const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)async;
    return answer( "Multiply", a, b, (LONGLONG)a * b, result, error );
}

static HRESULT CALLBACK divide( const WS_OPERATION_CONTEXT *context, int a, int b, int *result,
                                const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    static const WS_STRING by_zero = WS_STRING_VALUE( L"Nothing can be divided by zero." );

    (void)context, (void)async;
    if (!b)
    {
        WsAddErrorString( error, &by_zero );
        return E_INVALIDARG;
    }
    return answer( "Divide", a, b, (LONGLONG)a / b, result, error );
}

static const binary_callback methods[] = { add, subtract, multiply, divide };
static const WS_SERVICE_CONTRACT contract = { &contract_description, NULL, methods };

/* ---- hosting it ---- */

static void print_error( const char *what, HRESULT hr, WS_ERROR *error )
{
    ULONG count = 0, i;
    WS_STRING text;

    printf( "%s: error %#lx\n", what, (ULONG)hr );
    if (error) WsGetErrorProperty( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) );
    for (i = 0; i < count; i++)
        if (SUCCEEDED( WsGetErrorString( error, i, &text ) )) printf( "  %.*ls\n", (int)text.length, text.chars );
    fflush( stdout );
}

static BOOL WINAPI console_handler( DWORD event )
{
    (void)event;
    SetEvent( stop_event );
    return TRUE;
}

static DWORD WINAPI read_commands( void *arg )
{
    char line[64];

    while (fgets( line, sizeof(line), stdin ) && strncmp( line, "stop", 4 )) {}
    SetEvent( stop_event );
    return (DWORD)(ULONG_PTR)arg;
}

struct host_endpoint
{
    WCHAR url[64];
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    WS_CHANNEL_PROPERTY properties[2];
    WS_SERVICE_ENDPOINT endpoint;
};

static void init_endpoint( struct host_endpoint *host, unsigned int port, const char *path, WS_ENVELOPE_VERSION envelope )
{
    char url[64];
    int i, len = snprintf( url, sizeof(url), "http://+:%u/%s", port, path );

    memset( host, 0, sizeof(*host) );
    for (i = 0; i < len; i++) host->url[i] = url[i];
    host->envelope = envelope;
    host->addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    host->properties[0].id = WS_CHANNEL_PROPERTY_ENVELOPE_VERSION;
    host->properties[0].value = &host->envelope;
    host->properties[0].valueSize = sizeof(host->envelope);
    host->properties[1].id = WS_CHANNEL_PROPERTY_ADDRESSING_VERSION;
    host->properties[1].value = &host->addressing;
    host->properties[1].valueSize = sizeof(host->addressing);
    host->endpoint.address.url.chars = host->url;
    host->endpoint.address.url.length = len;
    host->endpoint.channelBinding = WS_HTTP_CHANNEL_BINDING;
    host->endpoint.channelType = WS_CHANNEL_TYPE_REPLY;
    host->endpoint.contract = &contract;
    host->endpoint.channelProperties.properties = host->properties;
    host->endpoint.channelProperties.propertyCount = 2;
}

static HRESULT serve( unsigned int port, WS_ERROR *error )
{
    static WS_FAULT_DISCLOSURE disclosure = WS_FULL_FAULT_DISCLOSURE;
    const WS_SERVICE_PROPERTY property = { WS_SERVICE_PROPERTY_FAULT_DISCLOSURE, &disclosure, sizeof(disclosure) };
    struct host_endpoint soap11, soap12;
    const WS_SERVICE_ENDPOINT *endpoints[2] = { &soap11.endpoint, &soap12.endpoint };
    WS_SERVICE_HOST *host = NULL;
    HRESULT hr;

    init_endpoint( &soap11, port, "calculator", WS_ENVELOPE_VERSION_SOAP_1_1 );
    init_endpoint( &soap12, port, "calculator12", WS_ENVELOPE_VERSION_SOAP_1_2 );
    if (FAILED( hr = WsCreateServiceHost( endpoints, 2, &property, 1, &host, error ) )) return hr;
    if (SUCCEEDED( hr = WsOpenServiceHost( host, NULL, error ) ))
    {
        printf( "calculator: serving at http://+:%u/calculator (SOAP 1.1) and /calculator12 (SOAP 1.2)\n", port );
        fflush( stdout );
        WaitForSingleObject( stop_event, INFINITE );
        printf( "calculator: stopping\n" );
        fflush( stdout );
        hr = WsCloseServiceHost( host, NULL, error );
    }
    WsFreeServiceHost( host );
    return hr;
}

int main( int argc, char **argv )
{
    unsigned int port = 8080;
    WS_ERROR *error = NULL;
    HANDLE thread;
    HRESULT hr;
    int i;

    for (i = 1; i < argc; i++)
        if (!strcmp( argv[i], "-v" )) verbose = TRUE;
        else if (!(port = atoi( argv[i] )) || port > 65535)
        {
            fprintf( stderr, "usage: calculator [-v] [PORT]\n" );
            return 2;
        }
    if (!(stop_event = CreateEventW( NULL, TRUE, FALSE, NULL ))) return 1;
    SetConsoleCtrlHandler( console_handler, TRUE );
    if (FAILED( hr = WsCreateError( NULL, 0, &error ) ))
    {
        print_error( "WsCreateError", hr, NULL );
        return 1;
    }
    if ((thread = CreateThread( NULL, 0, read_commands, NULL, 0, NULL ))) CloseHandle( thread );
    if (FAILED( hr = serve( port, error ) )) print_error( "calculator", hr, error );
    else printf( "calculator: closed\n" );
    fflush( stdout );
    WsFreeError( error );
    return FAILED( hr );
}
