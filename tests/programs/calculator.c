/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A Windows program that hosts a calculator service, as anybody would write one: only the public API, and what wsutil makes
 * of the contract in calculator.wsdl. The demonstration, the interoperability tests and the benchmark run it.
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
#include "calculator.wsdl.h"

static BOOL verbose;
static HANDLE stop_event;

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

static struct CalculatorFunctionTable methods = { add, subtract, multiply, divide };
static struct Calculator12FunctionTable methods12 = { add, subtract, multiply, divide };

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

static HRESULT create_endpoints( unsigned int port, WS_HEAP *heap, WS_SERVICE_ENDPOINT *endpoints[2], WS_ERROR *error )
{
    WCHAR buffer[64];
    WS_STRING url = { 0, buffer };
    HRESULT hr;

    url.length = swprintf( buffer, ARRAYSIZE( buffer ), L"http://+:%u/calculator", port );
    hr = Calculator_CreateServiceEndpoint( NULL, &url, &methods, NULL, NULL, 0, heap, &endpoints[0], error );
    if (FAILED( hr )) return hr;
    url.length = swprintf( buffer, ARRAYSIZE( buffer ), L"http://+:%u/calculator12", port );
    return Calculator12_CreateServiceEndpoint( NULL, &url, &methods12, NULL, NULL, 0, heap, &endpoints[1], error );
}

static HRESULT serve( unsigned int port, WS_HEAP *heap, WS_ERROR *error )
{
    static WS_FAULT_DISCLOSURE disclosure = WS_FULL_FAULT_DISCLOSURE;
    const WS_SERVICE_PROPERTY property = { WS_SERVICE_PROPERTY_FAULT_DISCLOSURE, &disclosure, sizeof(disclosure) };
    WS_SERVICE_ENDPOINT *endpoints[2];
    WS_SERVICE_HOST *host = NULL;
    HRESULT hr;

    if (FAILED( hr = create_endpoints( port, heap, endpoints, error ) )) return hr;
    if (FAILED( hr = WsCreateServiceHost( (const WS_SERVICE_ENDPOINT **)endpoints, 2, &property, 1, &host, error ) )) return hr;
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
    WS_HEAP *heap = NULL;
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
    if (FAILED( hr = WsCreateError( NULL, 0, &error ) ) || FAILED( hr = WsCreateHeap( 65536, 0, NULL, 0, &heap, error ) ))
    {
        print_error( "calculator", hr, error );
        return 1;
    }
    if ((thread = CreateThread( NULL, 0, read_commands, NULL, 0, NULL ))) CloseHandle( thread );
    if (FAILED( hr = serve( port, heap, error ) )) print_error( "calculator", hr, error );
    else printf( "calculator: closed\n" );
    fflush( stdout );
    WsFreeHeap( heap );
    WsFreeError( error );
    return FAILED( hr );
}
