/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The benchmark's services on gSOAP, to be compared with: gsoap_server PORT; the calculator, or with -DORDERS the orders. A
 * thread for each connection, keep-alive and TCP_NODELAY; of gSOAP's ways to send, buffering was the fastest (chunks and
 * storing the output both cost more). */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <netinet/tcp.h>
#include "soapH.h"
#ifdef ORDERS
#include "orders.nsmap"

int o__Submit( struct soap *soap, struct o__Order *order, struct o__SubmitResponse *response )
{
    int i;

    (void)soap;
    response->o__items = order->__size;
    for (i = 0, response->o__pieces = 0; i < order->__size; i++) response->o__pieces += order->o__item[i].o__quantity;
    return SOAP_OK;
}
#else
#include "calculator.nsmap"

int calc__Add( struct soap *soap, int a, int b, struct calc__AddResponse *response )
{
    (void)soap;
    response->calc__result = a + b;
    return SOAP_OK;
}

int calc__Subtract( struct soap *soap, int a, int b, struct calc__SubtractResponse *response )
{
    (void)soap;
    response->calc__result = a - b;
    return SOAP_OK;
}

int calc__Divide( struct soap *soap, int a, int b, struct calc__DivideResponse *response )
{
    if (!b) return soap_sender_fault( soap, "Nothing can be divided by zero.", NULL );
    response->calc__result = a / b;
    return SOAP_OK;
}
#endif

static void *serve( void *arg )
{
    struct soap *soap = arg;

    soap_serve( soap );
    soap_destroy( soap );
    soap_end( soap );
    soap_free( soap );
    return NULL;
}

int main( int argc, char **argv )
{
    struct soap *soap = soap_new1( SOAP_IO_KEEPALIVE | SOAP_IO_BUFFER ), *copy;
    pthread_attr_t detached;
    pthread_t thread;

    if (argc < 2) return 2;
    signal( SIGPIPE, SIG_IGN );
    pthread_attr_init( &detached );
    pthread_attr_setdetachstate( &detached, PTHREAD_CREATE_DETACHED );
    soap->bind_flags = SO_REUSEADDR;
    soap->tcp_keep_alive = 0;
    soap->max_keep_alive = 0;   /* no limit */
    if (!soap_valid_socket( soap_bind( soap, NULL, atoi( argv[1] ), 1024 ) ))
    {
        soap_print_fault( soap, stderr );
        return 1;
    }
    while (soap_valid_socket( soap_accept( soap ) ))
    {
        int on = 1;

        setsockopt( soap->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on) );
        if (!(copy = soap_copy( soap ))) break;
        if (pthread_create( &thread, &detached, serve, copy )) serve( copy );
    }
    return 0;
}
