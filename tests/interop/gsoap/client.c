/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* gSOAP as the client of the calculator service: client 1|2 URL, the SOAP version being 1.1 or 1.2. */
#include <stdlib.h>
#include "soapH.h"
#include "calculator.nsmap"

static int passed, failed;

static void check( const char *name, int ok, struct soap *soap )
{
    if (ok) passed++;
    else
    {
        failed++;
        printf( "failed: %s\n", name );
        if (soap->error) soap_print_fault( soap, stdout );
    }
}

int main( int argc, char **argv )
{
    struct calc__AddResponse sum;
    struct calc__SubtractResponse difference;
    struct calc__DivideResponse quotient;
    struct soap *soap = soap_new1( SOAP_IO_KEEPALIVE );
    const char *text;
    int i, ret;

    if (argc != 3) return 2;
    soap_set_version( soap, atoi( argv[1] ) );
    soap->connect_timeout = soap->send_timeout = soap->recv_timeout = 20;
    for (i = 0; i < 100; i++)   /* over one connection */
    {
        ret = soap_call_calc__Add( soap, argv[2], NULL, i, -7 * i, &sum );
        check( "Add", ret == SOAP_OK && sum.calc__result == -6 * i, soap );
        if (ret != SOAP_OK) break;
    }
    ret = soap_call_calc__Subtract( soap, argv[2], NULL, -2147483647 - 1, -2147483647, &difference );
    check( "Subtract", ret == SOAP_OK && difference.calc__result == -1, soap );
    ret = soap_call_calc__Divide( soap, argv[2], NULL, 1, 0, &quotient );
    check( "Divide by zero is a fault", ret != SOAP_OK && soap->fault, soap );
    text = ret != SOAP_OK && soap->fault ? soap_fault_string( soap ) : NULL;
    check( "the fault has the service's words", text && strstr( text, "divided by zero" ), soap );
    ret = soap_call_calc__Divide( soap, argv[2], NULL, 84, 2, &quotient );
    check( "Divide after a fault", ret == SOAP_OK && quotient.calc__result == 42, soap );
    soap_destroy( soap );
    soap_end( soap );
    soap_free( soap );
    printf( "%d passed, %d failed\n", passed, failed );
    return failed != 0;
}
