/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Calls every operation of server.exe with random values through the generated functions, and compares.
 *
 *     client.exe PORT
 */

#include <stdlib.h>
#include <string.h>
#include "runtime/program.h"
#include "types.xsd.h"
#include "content.xsd.h"
#include "echo.wsdl.h"
#include "random.h"

#define ROUNDS 25

static unsigned int calls;
static WS_HEAP *results;

static void check( const char *name, HRESULT hr, BOOL same )
{
    where = name;
    calls++;
    if (hr != S_OK) complain( "call failed", hr );
    else if (!same) complain( "result differs", S_OK );
}

/* A random structure of the type, as a copy that the call may change. */
#define MAKE( type, desc ) ((type *)make_pointer( WS_STRUCT_TYPE, desc, 0 ))
#define SAME( desc, a, b ) same_pointer( WS_STRUCT_TYPE, desc, a, b )

static void call_numbers( WS_SERVICE_PROXY *proxy )
{
    const WS_STRUCT_DESCRIPTION *desc = &echo_wsdl.globalTypes.NumbersType;
    NumbersType *in = MAKE( NumbersType, desc ), out = *in;
    HRESULT hr;

    hr = Echo11_Numbers( proxy, &out.b, &out.ub, &out.s, &out.us, &out.i, &out.ui, &out.l, &out.ul, &out.f, &out.d, &out.dec,
                         &out.flag, results, NULL, 0, NULL, error );
    check( "Numbers", hr, SAME( desc, in, &out ) );
}

static void call_texts( WS_SERVICE_PROXY *proxy )
{
    const WS_STRUCT_DESCRIPTION *desc = &echo_wsdl.globalTypes.TextsType;
    TextsType *in = MAKE( TextsType, desc ), out = *in;
    HRESULT hr;

    hr = Echo11_Texts( proxy, &out.text, &out.uri, &out.data, &out.when, &out.span, &out.color, results, NULL, 0, NULL, error );
    check( "Texts", hr, SAME( desc, in, &out ) );
}

static void call_lists( WS_SERVICE_PROXY *proxy )
{
    const WS_STRUCT_DESCRIPTION *desc = &echo_wsdl.globalTypes.ListsType;
    ListsType *in = MAKE( ListsType, desc ), out = *in;
    HRESULT hr;

    hr = Echo11_Lists( proxy, &out.intsCount, &out.ints, &out.stringsCount, &out.strings, &out.pointsCount, &out.points,
                       results, NULL, 0, NULL, error );
    check( "Lists", hr, SAME( desc, in, &out ) );
}

static void call_nils( WS_SERVICE_PROXY *proxy )
{
    const WS_STRUCT_DESCRIPTION *desc = &echo_wsdl.globalTypes.NilsType;
    NilsType *in = MAKE( NilsType, desc ), out = *in;
    HRESULT hr;

    hr = Echo11_Nils( proxy, &out.n, &out.s, &out.p, &out.o, results, NULL, 0, NULL, error );
    check( "Nils", hr, SAME( desc, in, &out ) );
}

static void call_messages( WS_SERVICE_PROXY *proxy11, WS_SERVICE_PROXY *proxy12 )
{
    const WS_STRUCT_DESCRIPTION *desc = &types_xsd.externallyReferencedTypes.Everything;
    _Everything *everything = MAKE( _Everything, desc ), *everything_out = NULL;
    Holder *holder = MAKE( Holder, &content_xsd.globalTypes.Holder ), *holder_out = NULL;
    Mixture *mixture = MAKE( Mixture, &content_xsd.globalTypes.Mixture ), *mixture_out = NULL;
    Base *base = MAKE( Base, &content_xsd.globalTypes.Base ), *base_out = NULL;
    HRESULT hr;

    hr = Echo11_Everything( proxy11, everything, &everything_out, results, NULL, 0, NULL, error );
    check( "Everything", hr, SAME( desc, everything, everything_out ) );
    hr = Echo12_Everything( proxy12, everything, &everything_out, results, NULL, 0, NULL, error );
    check( "Everything, SOAP 1.2", hr, SAME( desc, everything, everything_out ) );
    hr = Echo11_Holder( proxy11, holder, &holder_out, results, NULL, 0, NULL, error );
    check( "Holder", hr, SAME( &content_xsd.globalTypes.Holder, holder, holder_out ) );
    hr = Echo12_Mixture( proxy12, mixture, &mixture_out, results, NULL, 0, NULL, error );
    check( "Mixture", hr, SAME( &content_xsd.globalTypes.Mixture, mixture, mixture_out ) );
    hr = Echo11_Base( proxy11, base, &base_out, results, NULL, 0, NULL, error );
    check( "Base", hr, SAME( &content_xsd.globalTypes.Base, base, base_out ) );
}

static void call_divide( WS_SERVICE_PROXY *proxy )
{
    _DivisionByZero *detail = NULL;
    int quotient = 0, rest = 0;
    HRESULT hr;

    hr = Echo11_Divide( proxy, 17, 5, &quotient, &rest, results, NULL, 0, NULL, error );
    check( "Divide", hr, quotient == 3 && rest == 2 );
    hr = Echo11_Divide( proxy, 17, 0, &quotient, &rest, results, NULL, 0, NULL, error );
    check( "Divide by zero", hr == WS_E_ENDPOINT_FAULT_RECEIVED ? S_OK : hr == S_OK ? E_FAIL : hr, TRUE );
    hr = WsGetFaultErrorDetail( error, &echo_wsdl.faults.DivideFault, WS_READ_REQUIRED_POINTER, results, &detail,
                                sizeof(detail) );
    check( "its fault", hr, detail && detail->dividend == 17 );
    WsResetError( error );
}

static void call_others( WS_SERVICE_PROXY *proxy, WS_SERVICE_PROXY *mover )
{
    Point point = { 3, 4 }, *moved = NULL;
    WCHAR *label = (WCHAR *)L"left & right", *words = NULL;
    int number = 2, before = 0, sum = 0, i;
    HRESULT hr;

    hr = Echo11_Spell( proxy, &number, &words, results, NULL, 0, NULL, error );
    check( "Spell", hr, words && !wcscmp( words, L"two" ) );
    hr = Move_Move( mover, &point, 38, &moved, &label, results, NULL, 0, NULL, error );
    check( "Move", hr, moved && moved->x == 41 && moved->y == 4 && label && !wcscmp( label, L"left & right" ) );
    check( "Notified", Echo11_Notified( proxy, &before, results, NULL, 0, NULL, error ), TRUE );
    for (i = 1; i <= 4; i++) check( "Notify", Echo11_Notify( proxy, i, results, NULL, 0, NULL, error ), TRUE );
    for (i = 0; sum != before + 10 && i < 100; i++) /* a one-way call returns before the service has run */
    {
        if ((hr = Echo11_Notified( proxy, &sum, results, NULL, 0, NULL, error )) != S_OK) break;
        if (sum != before + 10) Sleep( 20 );
    }
    check( "Notified", hr, sum == before + 10 );
}

static HRESULT open_proxy( WS_SERVICE_PROXY *proxy, const char *path, unsigned int port )
{
    WS_ENDPOINT_ADDRESS address = { 0 };
    WCHAR buffer[64];

    set_url( &address.url, buffer, "http", port, path );
    return WsOpenServiceProxy( proxy, &address, NULL, error );
}

static void run( unsigned int port )
{
    WS_SERVICE_PROXY *proxies[3];
    unsigned int i;

    where = "opening proxies";
    if (Echo11_CreateServiceProxy( NULL, NULL, 0, &proxies[0], error ) != S_OK ||
        Echo12_CreateServiceProxy( NULL, NULL, 0, &proxies[1], error ) != S_OK ||
        Move_CreateServiceProxy( NULL, NULL, 0, &proxies[2], error ) != S_OK)
    {
        complain( "cannot create", E_FAIL );
        return;
    }
    if (open_proxy( proxies[0], "echo11", port ) != S_OK || open_proxy( proxies[1], "echo12", port ) != S_OK ||
        open_proxy( proxies[2], "move", port ) != S_OK)
    {
        complain( "cannot open", E_FAIL );
        return;
    }
    for (i = 0; i < ROUNDS && failures < 10; i++)
    {
        call_numbers( proxies[0] );
        call_texts( proxies[0] );
        call_lists( proxies[0] );
        call_nils( proxies[0] );
        call_messages( proxies[0], proxies[1] );
        WsResetHeap( heap, NULL );
        WsResetHeap( results, NULL );
    }
    call_divide( proxies[0] );
    call_others( proxies[0], proxies[2] );
    for (i = 0; i < 3; i++)
    {
        WsCloseServiceProxy( proxies[i], NULL, NULL );
        WsFreeServiceProxy( proxies[i] );
    }
}

int main( int argc, char **argv )
{
    if (argc != 2 || WsCreateError( NULL, 0, &error ) != S_OK) return 2;
    if (WsCreateHeap( 1 << 24, 0, NULL, 0, &heap, error ) != S_OK) return 2;
    if (WsCreateHeap( 1 << 24, 0, NULL, 0, &results, error ) != S_OK) return 2;
    run( (unsigned int)atoi( argv[1] ) );
    WsFreeHeap( heap );
    WsFreeHeap( results );
    WsFreeError( error );
    printf( "%u calls, %u failures\n", calls, failures );
    return failures != 0;
}
