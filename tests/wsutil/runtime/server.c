/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A service made of generated contracts: it gives back what it gets.
 *
 *     server.exe PORT
 *
 * It says "ready" when it listens and runs until its input ends.
 */

#include <stdlib.h>
#include "runtime/program.h"
#include "types.xsd.h"
#include "content.xsd.h"
#include "echo.wsdl.h"

static LONG notified;

/* Parameters that go both ways come back as they are. */

static HRESULT CALLBACK numbers( const WS_OPERATION_CONTEXT *context, char *b, unsigned char *ub, short *s,
                                 unsigned short *us, int *i, unsigned int *ui, __int64 *l, unsigned __int64 *ul, float *f,
                                 double *d, DECIMAL *dec, BOOL *flag, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)b, (void)ub, (void)s, (void)us, (void)i, (void)ui, (void)l, (void)ul, (void)f, (void)d;
    (void)dec, (void)flag, (void)async, (void)error;
    return S_OK;
}

static HRESULT CALLBACK texts( const WS_OPERATION_CONTEXT *context, WCHAR **text, WCHAR **uri, WS_BYTES *data,
                               WS_DATETIME *when, WS_DURATION *span, Color *color, const WS_ASYNC_CONTEXT *async,
                               WS_ERROR *error )
{
    (void)context, (void)text, (void)uri, (void)data, (void)when, (void)span, (void)color, (void)async, (void)error;
    return S_OK;
}

static HRESULT CALLBACK lists( const WS_OPERATION_CONTEXT *context, unsigned int *ints_count, int **ints,
                               unsigned int *strings_count, WCHAR ***strings, unsigned int *points_count, Point ***points,
                               const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)ints_count, (void)ints, (void)strings_count, (void)strings, (void)points_count, (void)points;
    (void)async, (void)error;
    return S_OK;
}

static HRESULT CALLBACK nils( const WS_OPERATION_CONTEXT *context, int **n, WCHAR **s, Point **p, WCHAR **o,
                              const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)n, (void)s, (void)p, (void)o, (void)async, (void)error;
    return S_OK;
}

static HRESULT CALLBACK divide( const WS_OPERATION_CONTEXT *context, int a, int b, int *quotient, int *rest,
                                const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    static const WS_STRING text = WS_STRING_VALUE( L"division by zero" );
    _DivisionByZero detail = { a };
    _DivisionByZero *pointer = &detail;

    (void)context, (void)async;
    if (!b)
    {
        WsAddErrorString( error, &text );
        WsSetFaultErrorDetail( error, &echo_wsdl.faults.DivideFault, WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer) );
        return E_INVALIDARG;
    }
    *quotient = a / b;
    *rest = a % b;
    return S_OK;
}

static HRESULT CALLBACK notify( const WS_OPERATION_CONTEXT *context, int n, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    InterlockedExchangeAdd( &notified, n );
    return S_OK;
}

static HRESULT CALLBACK get_notified( const WS_OPERATION_CONTEXT *context, int *sum, const WS_ASYNC_CONTEXT *async,
                                      WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    *sum = notified;
    return S_OK;
}

#define ECHO( name, type ) \
    static HRESULT CALLBACK name( const WS_OPERATION_CONTEXT *context, type *in, type **out, \
                                  const WS_ASYNC_CONTEXT *async, WS_ERROR *error ) \
    { \
        (void)context, (void)async, (void)error; \
        *out = in; \
        return S_OK; \
    }

ECHO( everything, _Everything )
ECHO( holder, Holder )
ECHO( mixture, Mixture )
ECHO( base, Base )

static HRESULT CALLBACK spell( const WS_OPERATION_CONTEXT *context, int *number, WCHAR **words,
                               const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    static WCHAR *const names[] = { (WCHAR *)L"zero", (WCHAR *)L"one", (WCHAR *)L"two" };

    (void)context, (void)async, (void)error;
    *words = *number >= 0 && *number < 3 ? names[*number] : (WCHAR *)L"many";
    return S_OK;
}

static HRESULT CALLBACK move( const WS_OPERATION_CONTEXT *context, Point *p, int dx, Point **moved, WCHAR **label,
                              const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)label, (void)async, (void)error;
    p->x += dx;
    *moved = p;
    return S_OK;
}

static struct Echo11FunctionTable echo11 =
    { numbers, texts, lists, nils, divide, notify, get_notified, everything, holder, mixture, base, spell };
static struct Echo12FunctionTable echo12 =
    { numbers, texts, lists, nils, divide, notify, get_notified, everything, holder, mixture, base, spell };
static struct MoveFunctionTable mover = { move };

static HRESULT serve( unsigned int port, WS_HEAP *heap, WS_ERROR *error )
{
    static WS_FAULT_DISCLOSURE disclosure = WS_FULL_FAULT_DISCLOSURE;
    static WCHAR urls[3][64];
    WS_SERVICE_PROPERTY property = { WS_SERVICE_PROPERTY_FAULT_DISCLOSURE, &disclosure, sizeof(disclosure) };
    WS_SERVICE_ENDPOINT *endpoints[3];
    WS_STRING address;
    HRESULT hr;

    set_url( &address, urls[0], "http", port, "echo11" );
    hr = Echo11_CreateServiceEndpoint( NULL, &address, &echo11, NULL, NULL, 0, heap, &endpoints[0], error );
    set_url( &address, urls[1], "http", port, "echo12" );
    if (hr == S_OK)
        hr = Echo12_CreateServiceEndpoint( NULL, &address, &echo12, NULL, NULL, 0, heap, &endpoints[1], error );
    set_url( &address, urls[2], "http", port, "move" );
    if (hr == S_OK) hr = Move_CreateServiceEndpoint( NULL, &address, &mover, NULL, NULL, 0, heap, &endpoints[2], error );
    if (hr == S_OK) hr = run_host( (const WS_SERVICE_ENDPOINT **)endpoints, 3, &property, 1, error );
    if (hr != S_OK) print_error( "the service failed", hr, error );
    return hr;
}

int main( int argc, char **argv )
{
    WS_ERROR *error;
    WS_HEAP *heap;
    HRESULT hr;

    if (argc != 2 || WsCreateError( NULL, 0, &error ) != S_OK || WsCreateHeap( 65536, 0, NULL, 0, &heap, error ) != S_OK)
        return 2;
    hr = serve( (unsigned int)atoi( argv[1] ), heap, error );
    WsFreeHeap( heap );
    WsFreeError( error );
    return FAILED( hr );
}
