/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A service with an operation for every element of the corpus, which gives back what it gets, and a client that calls
 * each of them with random values, over SOAP 1.1, SOAP 1.2 and net.tcp. C and C++.
 *
 *     every.exe serve PORT       until its input ends; says "ready"; net.tcp is at the next port
 *     every.exe call PORT
 */

#include <stdlib.h>
#include <string.h>
#include "runtime/program.h"
#include "types.xsd.h"
#include "content.xsd.h"
#include "derived.xsd.h"
#include "fallback.xsd.h"
#include "language.xsd.h"
#include "names.xsd.h"
#include "every.wsdl.h"
#include "every_tcp.wsdl.h"
#include "every.h"
#include "random.h"

#define ROUNDS 6

/* The parameters of all operations are pointers, whatever they point to. */
typedef HRESULT (WINAPI *every_call)( WS_SERVICE_PROXY *, void *, void **, WS_HEAP *, const WS_CALL_PROPERTY *, const ULONG,
                                      const WS_ASYNC_CONTEXT *, WS_ERROR * );
typedef void (*any_function)( void );

#define NAME( op ) #op,
#define CALL11( op ) (every_call)(any_function)Every11_##op,
#define CALL12( op ) (every_call)(any_function)Every12_##op,
#define CALLTCP( op ) (every_call)(any_function)EveryTcp_##op,
static const char *const names[] = { EVERY( NAME ) };
static const every_call calls[][sizeof(names) / sizeof(names[0])] =
{
    { EVERY( CALL11 ) }, { EVERY( CALL12 ) }, { EVERY( CALLTCP ) }
};
static const struct { const char *scheme, *path; unsigned int port; } places[] =
{
    { "http", "every11", 0 }, { "http", "every12", 0 }, { "net.tcp", "every", 1 }
};

#define OPERATIONS (sizeof(names) / sizeof(names[0]))
#define PLACES (sizeof(places) / sizeof(places[0]))

/* The service. */

static HRESULT CALLBACK give_back( const WS_OPERATION_CONTEXT *context, void *in, void **out, const WS_ASYNC_CONTEXT *async,
                                   WS_ERROR *err )
{
    (void)context, (void)async, (void)err;
    *out = in;
    return S_OK;
}

static HRESULT create_endpoint( unsigned int place, const WS_STRING *url, WS_SERVICE_ENDPOINT **ret )
{
    static any_function table[OPERATIONS];
    unsigned int i;

    for (i = 0; i < OPERATIONS; i++) table[i] = (any_function)give_back;
    if (place == 0)
        return Every11_CreateServiceEndpoint( NULL, url, (struct Every11FunctionTable *)table, NULL, NULL, 0, heap, ret, error );
    if (place == 1)
        return Every12_CreateServiceEndpoint( NULL, url, (struct Every12FunctionTable *)table, NULL, NULL, 0, heap, ret, error );
    return EveryTcp_CreateServiceEndpoint( NULL, url, (struct EveryTcpFunctionTable *)table, NULL, NULL, 0, heap, ret, error );
}

static void set_place( WS_STRING *url, WCHAR *buffer, unsigned int place, unsigned int port )
{
    set_url( url, buffer, places[place].scheme, port + places[place].port, places[place].path );
}

static void serve( unsigned int port )
{
    const WS_SERVICE_ENDPOINT *endpoints[PLACES];
    static WCHAR buffers[PLACES][64];
    WS_SERVICE_ENDPOINT *endpoint;
    WS_STRING url;
    unsigned int i;
    HRESULT hr = S_OK;

    for (i = 0; i < PLACES && hr == S_OK; i++)
    {
        where = places[i].path;
        set_place( &url, buffers[i], i, port );
        hr = create_endpoint( i, &url, &endpoint );
        endpoints[i] = endpoint;
    }
    if (hr == S_OK) hr = run_host( endpoints, PLACES, NULL, 0, error );
    if (hr != S_OK) complain( "the service failed", hr );
}

/* The client. */

static HRESULT open_proxy( unsigned int place, unsigned int port, WS_SERVICE_PROXY **proxy )
{
    WS_ENDPOINT_ADDRESS address;
    WCHAR buffer[64];
    HRESULT hr;

    memset( &address, 0, sizeof(address) );
    set_place( &address.url, buffer, place, port );
    if (place == 0) hr = Every11_CreateServiceProxy( NULL, NULL, 0, proxy, error );
    else if (place == 1) hr = Every12_CreateServiceProxy( NULL, NULL, 0, proxy, error );
    else hr = EveryTcp_CreateServiceProxy( NULL, NULL, 0, proxy, error );
    return hr == S_OK ? WsOpenServiceProxy( *proxy, &address, NULL, error ) : hr;
}

static void call_one( WS_SERVICE_PROXY *proxy, unsigned int place, unsigned int op, WS_HEAP *results )
{
    const WS_MESSAGE_DESCRIPTION *message = every_wsdl.contracts.Every11.operations[op]->inputMessageDescription;
    const WS_ELEMENT_DESCRIPTION *element = message->bodyElementDescription;
    BOOL pointer = element->type == WS_WSZ_TYPE || element->type == WS_XML_BUFFER_TYPE; /* its value is one already */
    void *value = make_pointer( element->type, element->typeDescription, 0 ), *out = NULL;
    HRESULT hr;

    where = names[op];
    hr = calls[place][op]( proxy, pointer ? *(void **)value : value, &out, results, NULL, 0, NULL, error );
    if (hr != S_OK) complain( places[place].path, hr );
    else if (!same_pointer( element->type, element->typeDescription, value, pointer ? (void *)&out : out ))
        complain( "has changed", S_OK );
}

static void call( unsigned int port )
{
    WS_SERVICE_PROXY *proxy;
    WS_HEAP *results = NULL;
    unsigned int place, op, round, count = 0;

    if (WsCreateHeap( 1 << 24, 0, NULL, 0, &results, error ) != S_OK) exit( 2 );
    for (place = 0; place < PLACES; place++)
    {
        HRESULT hr = open_proxy( place, port, &proxy );

        where = places[place].path;
        if (hr != S_OK)
        {
            complain( "cannot open", hr );
            continue;
        }
        for (op = 0; op < OPERATIONS; op++)
            for (round = 0; round < ROUNDS && failures < 10; round++, count++)
            {
                call_one( proxy, place, op, results );
                WsResetHeap( heap, NULL );
                WsResetHeap( results, NULL );
            }
        WsCloseServiceProxy( proxy, NULL, NULL );
        WsFreeServiceProxy( proxy );
    }
    WsFreeHeap( results );
    printf( "%u calls, %u failures\n", count, failures );
}

int main( int argc, char **argv )
{
    if (argc != 3 || WsCreateError( NULL, 0, &error ) != S_OK) return 2;
    if (WsCreateHeap( 1 << 24, 0, NULL, 0, &heap, error ) != S_OK) return 2;
    if (!strcmp( argv[1], "serve" )) serve( (unsigned int)atoi( argv[2] ) );
    else call( (unsigned int)atoi( argv[2] ) );
    WsFreeHeap( heap );
    WsFreeError( error );
    return failures != 0;
}
