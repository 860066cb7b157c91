/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls the calculator again and again with gSOAP's stub, one call after the other on one connection:
 *
 *     gsoap_client URL SECONDS
 *
 * Keep-alive, TCP_NODELAY, head and body gathered in one send, which was its fastest way. Prints 'result CALLS MICROSECONDS'. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <netinet/tcp.h>
#include "soapH.h"
#include "calculator.nsmap"

static double now( void )
{
    struct timespec ts;
    clock_gettime( CLOCK_MONOTONIC, &ts );
    return ts.tv_sec + ts.tv_nsec * 1e-9;
}

int main( int argc, char **argv )
{
    struct soap *soap = soap_new1( SOAP_IO_KEEPALIVE | SOAP_IO_BUFFER );
    struct calc__AddResponse response;
    double begin, until;
    long count = 0;

    if (argc != 3) return 2;
    soap->tcp_keep_alive = 0;
    soap->max_keep_alive = 0;
    begin = now();
    until = begin + atof( argv[2] );
    do
    {
        if (soap_call_calc__Add( soap, argv[1], "http://calculator.example/Add", 2, 3, &response ) ||
            response.calc__result != 5)
        {
            soap_print_fault( soap, stderr );
            return 1;
        }
        if (!count++)
        {
            int on = 1;
            setsockopt( soap->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on) );
        }
        soap_destroy( soap );
        soap_end( soap );
    } while ((count & 15) || now() < until);
    printf( "result %ld %.0f\n", count, (now() - begin) * 1e6 );
    return 0;
}
