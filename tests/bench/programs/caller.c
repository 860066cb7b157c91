/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls the calculator again and again:
 *
 *     caller.exe URL SECONDS [THREADS]
 *
 * over HTTP (SOAP 1.1) or net.tcp (binary, session dictionary), each thread with a proxy of its own, one call after the other.
 * Prints 'result CALLS MICROSECONDS'. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include "webservices.h"
#include "calculator.wsdl.h"

static WCHAR url[256];
static double seconds;
static LARGE_INTEGER frequency;
static LONG calls, failed;

static HRESULT create_proxy( WS_SERVICE_PROXY **proxy, WS_ERROR *error )
{
    if (wcsncmp( url, L"net.tcp", 7 )) return Calculator_CreateServiceProxy( NULL, NULL, 0, proxy, error );
    return WsCreateServiceProxy( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, NULL, 0, NULL, 0, proxy, error );
}

static HRESULT run( WS_HEAP *heap, WS_ERROR *error )
{
    WS_ENDPOINT_ADDRESS address = { .url = { wcslen( url ), url } };
    LARGE_INTEGER now, until;
    WS_SERVICE_PROXY *proxy;
    LONG count = 0;
    HRESULT hr;
    int result;

    if (FAILED( hr = create_proxy( &proxy, error ) )) return hr;
    if (SUCCEEDED( hr = WsOpenServiceProxy( proxy, &address, NULL, error ) ))
    {
        QueryPerformanceCounter( &until );
        until.QuadPart += (LONGLONG)(seconds * frequency.QuadPart);
        do
        {
            hr = Calculator_Add( proxy, 2, 3, &result, heap, NULL, 0, NULL, error );
            if (SUCCEEDED( hr ) && result != 5) hr = E_FAIL;
            count++;
            WsResetHeap( heap, NULL );
            if (!(count & 15)) QueryPerformanceCounter( &now );
            else now.QuadPart = 0;
        } while (SUCCEEDED( hr ) && now.QuadPart < until.QuadPart);
        WsCloseServiceProxy( proxy, NULL, NULL );
    }
    WsFreeServiceProxy( proxy );
    InterlockedExchangeAdd( &calls, count );
    return hr;
}

static DWORD WINAPI caller( void *arg )
{
    WS_ERROR *error = NULL;
    WS_HEAP *heap = NULL;
    WS_STRING text;
    HRESULT hr;
    ULONG i;

    (void)arg;
    if (FAILED( hr = WsCreateError( NULL, 0, &error ) ) || FAILED( hr = WsCreateHeap( 65536, 4096, NULL, 0, &heap, error ) ) ||
        FAILED( hr = run( heap, error ) ))
    {
        InterlockedIncrement( &failed );
        fprintf( stderr, "caller: %#lx\n", (ULONG)hr );
        for (i = 0; error && SUCCEEDED( WsGetErrorString( error, i, &text ) ); i++)
            fprintf( stderr, "  %.*ls\n", (int)text.length, text.chars );
    }
    WsFreeHeap( heap );
    WsFreeError( error );
    return 0;
}

int main( int argc, char **argv )
{
    HANDLE threads[64];
    LARGE_INTEGER begin, end;
    int i, count = argc > 3 ? atoi( argv[3] ) : 1;

    if (argc < 3 || count < 1 || count > 64)
    {
        fprintf( stderr, "usage: caller URL SECONDS [THREADS]\n" );
        return 2;
    }
    swprintf( url, ARRAYSIZE( url ), L"%hs", argv[1] );
    seconds = atof( argv[2] );
    QueryPerformanceFrequency( &frequency );
    QueryPerformanceCounter( &begin );
    if (count == 1) caller( NULL );
    else
    {
        for (i = 0; i < count; i++) threads[i] = CreateThread( NULL, 0, caller, NULL, 0, NULL );
        WaitForMultipleObjects( count, threads, TRUE, INFINITE );
    }
    QueryPerformanceCounter( &end );
    printf( "result %ld %.0f\n", calls, (end.QuadPart - begin.QuadPart) * 1e6 / frequency.QuadPart );
    return failed != 0;
}
