/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A Windows program that sends bytes to a peer and back, in MTOM and with WS-Addressing, on both sides:
 *
 *     binary.exe serve PORT                 until its input ends: MTOM at http://+:PORT/mtom, WS-Addressing 1.0 at http://+:PORT/wsa
 *     binary.exe call mtom|wsa URL          calls such a service; the last line is 'N passed, N failed'
 */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "webservices.h"
#include "binary.wsdl.h"

/* The answer is both parts of the request, one after the other. */
static HRESULT CALLBACK echo( const WS_OPERATION_CONTEXT *context, WS_BYTES data, WS_BYTES more, WS_BYTES *copy,
                              const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    WS_HEAP *heap;
    HRESULT hr;

    (void)async;
    if (FAILED( hr = WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_HEAP, &heap, sizeof(heap), error ) )) return hr;
    if (FAILED( hr = WsAlloc( heap, data.length + more.length + 1, (void **)&copy->bytes, error ) )) return hr;
    memcpy( copy->bytes, data.bytes, data.length );
    memcpy( copy->bytes + data.length, more.bytes, more.length );
    copy->length = data.length + more.length;
    return S_OK;
}

static struct BinaryFunctionTable methods = { echo };

static void print_error( WS_ERROR *error )
{
    ULONG count = 0, i;
    WS_STRING text;

    WsGetErrorProperty( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) );
    for (i = 0; i < count; i++) if (SUCCEEDED( WsGetErrorString( error, i, &text ) )) printf( "  %.*ls\n", (int)text.length, text.chars );
}

/* Channel properties of the two services. */
static WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_2;
static WS_ADDRESSING_VERSION addressing[2] = { WS_ADDRESSING_VERSION_TRANSPORT, WS_ADDRESSING_VERSION_1_0 };
static WS_ENCODING encoding[2] = { WS_ENCODING_XML_MTOM_UTF8, WS_ENCODING_XML_UTF8 };
static ULONG max_message = 4 << 20;

#define PROPERTY_COUNT 4
static void fill( WS_CHANNEL_PROPERTY props[PROPERTY_COUNT], int kind )
{
    props[0] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) };
    props[1] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing[kind], sizeof(addressing[kind]) };
    props[2] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_ENCODING, &encoding[kind], sizeof(encoding[kind]) };
    props[3] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &max_message, sizeof(max_message) };
}

/* What is sent and received beside the XML is limited to 64 KB, unless the messages say otherwise. */
static ULONG max_parts = 4 << 20;
static SIZE_T max_heap = 16 << 20;
static WS_XML_WRITER_PROPERTY writer_props[] =
    { { WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE, &max_parts, sizeof(max_parts) },
      { WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &max_parts, sizeof(max_parts) } };
static WS_XML_WRITER_PROPERTIES writer_properties = { writer_props, ARRAYSIZE( writer_props ) };
static WS_XML_READER_PROPERTY reader_props[] =
    { { WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &max_parts, sizeof(max_parts) } };
static WS_XML_READER_PROPERTIES reader_properties = { reader_props, ARRAYSIZE( reader_props ) };
static WS_MESSAGE_PROPERTY message_props[] =
    { { WS_MESSAGE_PROPERTY_XML_WRITER_PROPERTIES, &writer_properties, sizeof(writer_properties) },
      { WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES, &reader_properties, sizeof(reader_properties) } };
static WS_MESSAGE_PROPERTIES message_properties = { message_props, ARRAYSIZE( message_props ) };

static int serve( unsigned int port, WS_ERROR *error )
{
    WS_SERVICE_CONTRACT contract = { &binary_wsdl.contracts.Binary, NULL, &methods };
    WS_SERVICE_ENDPOINT_PROPERTY endpoint_props[2] =
    {
        { WS_SERVICE_ENDPOINT_PROPERTY_BODY_HEAP_MAX_SIZE, &max_heap, sizeof(max_heap) },
        { WS_SERVICE_ENDPOINT_PROPERTY_MESSAGE_PROPERTIES, &message_properties, sizeof(message_properties) },
    };
    WS_CHANNEL_PROPERTY props[2][PROPERTY_COUNT];
    WS_SERVICE_ENDPOINT endpoints[2];
    const WS_SERVICE_ENDPOINT *pointers[2] = { &endpoints[0], &endpoints[1] };
    WCHAR urls[2][64];
    WS_SERVICE_HOST *host = NULL;
    HRESULT hr;
    int i;

    memset( endpoints, 0, sizeof(endpoints) );
    for (i = 0; i < 2; i++)
    {
        fill( props[i], i );
        endpoints[i].address.url.chars = urls[i];
        endpoints[i].address.url.length = swprintf( urls[i], 64, L"http://+:%u/%ls", port, i ? L"wsa" : L"mtom" );
        endpoints[i].channelBinding = WS_HTTP_CHANNEL_BINDING;
        endpoints[i].channelType = WS_CHANNEL_TYPE_REPLY;
        endpoints[i].contract = &contract;
        endpoints[i].properties = endpoint_props;
        endpoints[i].propertyCount = ARRAYSIZE( endpoint_props );
        endpoints[i].channelProperties.properties = props[i];
        endpoints[i].channelProperties.propertyCount = PROPERTY_COUNT;
    }
    if (SUCCEEDED( hr = WsCreateServiceHost( pointers, 2, NULL, 0, &host, error ) ) && SUCCEEDED( hr = WsOpenServiceHost( host, NULL, error ) ))
    {
        printf( "serving\n" );
        fflush( stdout );
        while (getchar() != EOF) {}
        hr = WsCloseServiceHost( host, NULL, error );
    }
    if (host) WsFreeServiceHost( host );
    return FAILED( hr );
}

static int call( int kind, const char *url, WS_ERROR *error )
{
    static const ULONG sizes[] = { 0, 1, 2, 3, 100, 767, 768, 5000, 100000, 1000000 };
    WS_PROXY_PROPERTY proxy_prop = { WS_PROXY_PROPERTY_MESSAGE_PROPERTIES, &message_properties, sizeof(message_properties) };
    WS_CHANNEL_PROPERTY props[PROPERTY_COUNT];
    WS_ENDPOINT_ADDRESS address = { .headers = NULL };
    WS_SERVICE_PROXY *proxy = NULL;
    WS_HEAP *heap = NULL;
    WCHAR text[256];
    int passed = 0, failed = 0;
    ULONG i, j, n;
    HRESULT hr;

    for (n = 0; url[n] && n < 255; n++) text[n] = url[n];
    address.url.chars = text;
    address.url.length = n;
    fill( props, kind );
    if (FAILED( hr = WsCreateHeap( 32 << 20, 4096, NULL, 0, &heap, error ) ) ||
        FAILED( hr = WsCreateServiceProxy( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, &proxy_prop, 1, props, PROPERTY_COUNT, &proxy,
                                           error ) ) ||
        FAILED( hr = WsOpenServiceProxy( proxy, &address, NULL, error ) ))
    {
        printf( "error %#lx\n0 passed, 1 failed\n", (ULONG)hr );
        return 1;
    }
    for (i = 0; i < ARRAYSIZE( sizes ); i++)
    {
        BYTE *bytes = malloc( sizes[i] + 1 );
        WS_BYTES data = { sizes[i] / 3, bytes }, more, copy = { 0, NULL };

        for (j = 0; j < sizes[i]; j++) bytes[j] = j * 7 + (j >> 8);
        more.bytes = bytes + data.length;
        more.length = sizes[i] - data.length;
        hr = Binary_Echo( proxy, data, more, &copy, heap, NULL, 0, NULL, error );
        if (SUCCEEDED( hr ) && copy.length == sizes[i] && !memcmp( copy.bytes, bytes, sizes[i] )) passed++;
        else
        {
            failed++;
            printf( "failed: %lu bytes: %#lx, %lu bytes came back\n", sizes[i], (ULONG)hr, copy.length );
            print_error( error );
        }
        free( bytes );
        WsResetHeap( heap, NULL );
        WsResetError( error );
    }
    WsCloseServiceProxy( proxy, NULL, NULL );
    WsFreeServiceProxy( proxy );
    WsFreeHeap( heap );
    printf( "%d passed, %d failed\n", passed, failed );
    return failed != 0;
}

int main( int argc, char **argv )
{
    WS_ERROR *error = NULL;
    int ret = 2;

    if (argc < 3 || FAILED( WsCreateError( NULL, 0, &error ) )) return 2;
    if (!strcmp( argv[1], "serve" )) ret = serve( atoi( argv[2] ), error );
    else if (argc == 4) ret = call( !strcmp( argv[2], "wsa" ), argv[3], error );
    print_error( error );
    WsFreeError( error );
    return ret;
}
