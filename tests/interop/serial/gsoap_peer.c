/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* gSOAP's end of serial.sh: reads item-N.xml and item-N.mtom in the current directory with the code that wsdl2h and soapcpp2 make
 * of item.xsd, and writes what it got: item-N.gsoap.xml, item-N.gsoap.mtom. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include "soapH.h"
#include "ns1.nsmap"

static int failures, files;

static void fail( struct soap *soap, const char *path )
{
    failures++;
    printf( "FAILED: %s\n", path );
    soap_print_fault( soap, stdout );
}

/* The parts of a package are collected while the length is counted, as gSOAP's stubs do it for a call. */
static int write_item( struct soap *soap, struct ns1__Item *item )
{
    soap_serialize__ns1__Item( soap, item );
    if (soap_begin_count( soap )) return soap->error;
    if (soap->mode & SOAP_IO_LENGTH && soap_put__ns1__Item( soap, item, "ns1:Item", "" )) return soap->error;
    if (soap_end_count( soap ) || soap_begin_send( soap ) || soap_put__ns1__Item( soap, item, "ns1:Item", "" ) ||
        soap_end_send( soap )) return soap->error;
    return SOAP_OK;
}

static void copy( const char *in, const char *out, int mtom )
{
    struct soap *soap = soap_new1( SOAP_C_UTFSTRING | SOAP_XML_STRICT | (mtom ? SOAP_ENC_MTOM : SOAP_XML_TREE) );
    struct ns1__Item item;

    if ((soap->recvfd = open( in, O_RDONLY )) < 0)
    {
        soap_free( soap );
        return;
    }
    files++;
    soap_set_namespaces( soap, namespaces );
    soap_default_ns1__Item( soap, &item );
    if (soap_read__ns1__Item( soap, &item )) fail( soap, in );
    else
    {
        soap->sendfd = open( out, O_WRONLY | O_CREAT | O_TRUNC, 0666 );
        if (mtom)
        {
            soap_set_mime( soap, "a_boundary_for_the_tests", "<the-root>" );
            if (item.data.__ptr) item.data.type = (char *)"application/octet-stream";
        }
        if (write_item( soap, &item )) fail( soap, out );
        close( soap->sendfd );
    }
    close( soap->recvfd );
    soap_destroy( soap );
    soap_end( soap );
    soap_free( soap );
}

int main( void )
{
    char in[64], out[64];
    int i;

    for (i = 0; i < 1000; i++)
    {
        snprintf( in, sizeof(in), "item-%d.xml", i );
        snprintf( out, sizeof(out), "item-%d.gsoap.xml", i );
        copy( in, out, 0 );
        snprintf( in, sizeof(in), "item-%d.mtom", i );
        snprintf( out, sizeof(out), "item-%d.gsoap.mtom", i );
        copy( in, out, 1 );
    }
    printf( "gSOAP: %d files, %d failures\n", files, failures );
    return failures || !files;
}
