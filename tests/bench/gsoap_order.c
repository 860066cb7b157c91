/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* gSOAP's side of bench_serial.c, built by it as a shared object: the generated code of gsoap_order.h, in and out of memory, with
 * the search for shared nodes (multi-reference encoding) turned off, which is its fastest mode. */
#include <string.h>
#include <stdlib.h>
#include "soapH.h"
#include "o.nsmap"

static struct soap *new_soap( void )
{
    struct soap *soap = soap_new1( SOAP_XML_TREE | SOAP_C_UTFSTRING );
    soap_set_namespaces( soap, namespaces );
    return soap;
}

/* Reads the document `rounds` times; the number of items of the last one, or -1. */
int gsoap_order_read( const char *doc, int rounds )
{
    struct soap *soap = new_soap();
    struct o__Order order;
    int items = -1;

    while (rounds--)
    {
        soap->is = doc;
        memset( &order, 0, sizeof(order) );
        if (soap_read_o__Order( soap, &order ))
        {
            soap_print_fault( soap, stderr );
            items = -1;
            break;
        }
        items = order.__size;
        soap_destroy( soap );
        soap_end( soap );
    }
    soap_free( soap );
    return items;
}

/* Reads the document once and writes it `rounds` times; the length of the last output, or -1. */
long gsoap_order_write( const char *doc, int rounds )
{
    struct soap *in = new_soap(), *soap = new_soap();
    struct o__Order order;
    const char *out = NULL;
    long len = -1;

    in->is = doc;
    memset( &order, 0, sizeof(order) );
    if (soap_read_o__Order( in, &order )) return -1;
    while (rounds--)
    {
        soap->os = &out;
        if (soap_write_o__Order( soap, &order )) return -1;
        len = strlen( out );
        soap_end( soap );
    }
    soap_end( in );
    soap_free( in );
    soap_free( soap );
    return len;
}
