/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A Windows program that calls a calculator service by the client functions that wsutil makes of calculator.wsdl:
 *
 *     calculator_client.exe PORT
 *
 * calls http://127.0.0.1:PORT/calculator (SOAP 1.1) and /calculator12 (SOAP 1.2) and ends with `N passed, N failed`. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "webservices.h"
#include "calculator.wsdl.h"

static int passed, failed;

static void check( const char *name, HRESULT hr, HRESULT want_hr, int result, int want, WS_ERROR *error )
{
    WS_STRING text;
    ULONG i, count = 0;

    if (hr == want_hr && (hr || result == want))
    {
        passed++;
        WsResetError( error );
        return;
    }
    failed++;
    printf( "failed: %s: %#lx and %d instead of %#lx and %d\n", name, hr, result, want_hr, want );
    WsGetErrorProperty( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) );
    for (i = 0; i < count; i++) if (!WsGetErrorString( error, i, &text )) printf( "  %.*ls\n", (int)text.length, text.chars );
    WsResetError( error );
}

typedef HRESULT (WINAPI *operation)( WS_SERVICE_PROXY *, int, int, int *, WS_HEAP *, const WS_CALL_PROPERTY *, const ULONG,
                                     const WS_ASYNC_CONTEXT *, WS_ERROR * );

static void run( WS_SERVICE_PROXY *proxy, const char *path, int port, const operation *operations, WS_HEAP *heap, WS_ERROR *error )
{
    static const struct { const char *name; int index, a, b; HRESULT hr; int result; } calls[] =
    {
        { "Add", 0, 2, 3, S_OK, 5 }, { "Add, negative", 0, -2147483647, -1, S_OK, -2147483647 - 1 },
        { "Subtract", 1, 2, 3, S_OK, -1 }, { "Multiply", 2, -7, 6, S_OK, -42 }, { "Divide", 3, 7, 2, S_OK, 3 },
        { "Divide by 0", 3, 1, 0, WS_E_ENDPOINT_FAULT_RECEIVED, 0 }, { "after a fault", 0, 40, 2, S_OK, 42 },
    };
    WS_ENDPOINT_ADDRESS address = { .url = { 0, NULL } };
    WCHAR url[128];
    char text[128];
    unsigned int i, round;
    int result, len;

    len = snprintf( text, sizeof(text), "http://127.0.0.1:%d/%s", port, path );
    for (i = 0; (int)i < len; i++) url[i] = text[i];
    address.url.chars = url;
    address.url.length = len;
    check( "open", WsOpenServiceProxy( proxy, &address, NULL, error ), S_OK, 0, 0, error );
    for (round = 0; round < 3; round++)
        for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
        {
            HRESULT hr;

            result = 0;
            hr = operations[calls[i].index]( proxy, calls[i].a, calls[i].b, &result, heap, NULL, 0, NULL, error );
            snprintf( text, sizeof(text), "%s %s", path, calls[i].name );
            check( text, hr, calls[i].hr, result, calls[i].result, error );
            WsResetHeap( heap, NULL );
        }
    check( "close", WsCloseServiceProxy( proxy, NULL, error ), S_OK, 0, 0, error );
    WsFreeServiceProxy( proxy );
}

int main( int argc, char **argv )
{
    static const operation v11[] = { Calculator_Add, Calculator_Subtract, Calculator_Multiply, Calculator_Divide };
    static const operation v12[] = { Calculator12_Add, Calculator12_Subtract, Calculator12_Multiply, Calculator12_Divide };
    WS_SERVICE_PROXY *proxy = NULL;
    WS_ERROR *error = NULL;
    WS_HEAP *heap = NULL;

    if (argc != 2) return 2;
    WsCreateError( NULL, 0, &error );
    WsCreateHeap( 65536, 0, NULL, 0, &heap, error );
    if (!Calculator_CreateServiceProxy( NULL, NULL, 0, &proxy, error )) run( proxy, "calculator", atoi( argv[1] ), v11, heap, error );
    else failed++;
    if (!Calculator12_CreateServiceProxy( NULL, NULL, 0, &proxy, error )) run( proxy, "calculator12", atoi( argv[1] ), v12, heap, error );
    else failed++;
    WsFreeHeap( heap );
    WsFreeError( error );
    printf( "%d passed, %d failed\n", passed, failed );
    return failed != 0;
}
