/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The services that the benchmarks call, apart from the demonstration's calculator over HTTP:
 *
 *     services.exe PORT
 *
 * serves http://127.0.0.1:PORT/calculator, http://127.0.0.1:PORT/orders and net.tcp://127.0.0.1:PORT+1/calculator (binary
 * encoding with a session dictionary) until its input ends. Says how long it took from the first call of the API to the first
 * answer. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include "webservices.h"
#include "calculator.wsdl.h"
#include "orders.wsdl.h"

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    *result = a + b;
    return S_OK;
}

static HRESULT CALLBACK submit( const WS_OPERATION_CONTEXT *context, struct OrderType *order, int *items, int *pieces,
                                const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    unsigned int i;

    (void)context, (void)async, (void)error;
    *items = order->itemCount;
    for (i = 0, *pieces = 0; i < order->itemCount; i++) *pieces += order->item[i]->quantity;
    return S_OK;
}

static void check( const char *what, HRESULT hr, WS_ERROR *error )
{
    WS_STRING text;
    ULONG i;

    if (SUCCEEDED( hr )) return;
    printf( "%s failed: %#lx\n", what, (ULONG)hr );
    for (i = 0; error && SUCCEEDED( WsGetErrorString( error, i, &text ) ); i++)
        printf( "  %.*ls\n", (int)text.length, text.chars );
    fflush( stdout );
    ExitProcess( 1 );
}

static ULONG concurrency = 1000;
static WS_SERVICE_ENDPOINT_PROPERTY many[] = { { WS_SERVICE_ENDPOINT_PROPERTY_MAX_CHANNELS, &concurrency, sizeof(concurrency) } };

static void answer_one( unsigned int port, WS_HEAP *heap, WS_ERROR *error )
{
    WCHAR buffer[64];
    WS_ENDPOINT_ADDRESS address = { .url = { 0, buffer } };
    WS_SERVICE_PROXY *proxy;
    int result = 0;

    address.url.length = swprintf( buffer, ARRAYSIZE( buffer ), L"http://127.0.0.1:%u/calculator", port );
    check( "the proxy", Calculator_CreateServiceProxy( NULL, NULL, 0, &proxy, error ), error );
    check( "its open", WsOpenServiceProxy( proxy, &address, NULL, error ), error );
    check( "the first call", Calculator_Add( proxy, 2, 3, &result, heap, NULL, 0, NULL, error ), error );
    WsCloseServiceProxy( proxy, NULL, NULL );
    WsFreeServiceProxy( proxy );
    if (result != 5) printf( "wrong answer %d\n", result );
}

int main( int argc, char **argv )
{
    static struct CalculatorFunctionTable calculator = { .Calculator_Add = add };
    static struct OrdersFunctionTable orders = { submit };
    const WS_SERVICE_CONTRACT contract = { .contractDescription = &calculator_wsdl.contracts.Calculator,
                                           .methodTable = &calculator };
    WCHAR buffers[3][64];
    WS_STRING urls[3];
    WS_SERVICE_ENDPOINT *endpoints[3], tcp = { .channelBinding = WS_TCP_CHANNEL_BINDING,
        .channelType = WS_CHANNEL_TYPE_DUPLEX_SESSION, .contract = &contract, .properties = many, .propertyCount = 1 };
    LARGE_INTEGER begin, end, frequency;
    WS_SERVICE_HOST *host;
    WS_ERROR *error;
    WS_HEAP *heap;
    unsigned int port = argc > 1 ? atoi( argv[1] ) : 8080, i;

    QueryPerformanceFrequency( &frequency );
    QueryPerformanceCounter( &begin );
    check( "the error object", WsCreateError( NULL, 0, &error ), NULL );
    check( "the heap", WsCreateHeap( 65536, 0, NULL, 0, &heap, error ), error );
    urls[0].length = swprintf( buffers[0], 64, L"http://127.0.0.1:%u/calculator", port );
    urls[1].length = swprintf( buffers[1], 64, L"http://127.0.0.1:%u/orders", port );
    urls[2].length = swprintf( buffers[2], 64, L"net.tcp://127.0.0.1:%u/calculator", port + 1 );
    for (i = 0; i < 3; i++) urls[i].chars = buffers[i];
    check( "an endpoint", Calculator_CreateServiceEndpoint( NULL, &urls[0], &calculator, NULL, many, 1, heap, &endpoints[0],
                                                            error ), error );
    check( "an endpoint", Orders_CreateServiceEndpoint( NULL, &urls[1], &orders, NULL, many, 1, heap, &endpoints[1], error ),
           error );
    tcp.address.url = urls[2];
    endpoints[2] = &tcp;
    check( "the host", WsCreateServiceHost( (const WS_SERVICE_ENDPOINT **)endpoints, 3, NULL, 0, &host, error ), error );
    check( "its open", WsOpenServiceHost( host, NULL, error ), error );
    answer_one( port, heap, error );
    QueryPerformanceCounter( &end );
    printf( "serving, first answer after %.1f ms\n", (end.QuadPart - begin.QuadPart) * 1e3 / frequency.QuadPart );
    fflush( stdout );
    while (getchar() != EOF) {}
    WsCloseServiceHost( host, NULL, error );
    WsFreeServiceHost( host );
    WsFreeHeap( heap );
    WsFreeError( error );
    return 0;
}
