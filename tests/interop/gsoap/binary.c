/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* gSOAP as the peer of tests/programs/binary.c: `binary call mtom|wsa URL`, or `binary serve mtom|wsa PORT` until its input ends. */
#include <poll.h>
#include <sys/socket.h>
#include <stdlib.h>
#include "soapH.h"
#include "binary.nsmap"
#include "wsaapi.h"

static int wsa;

int b__Echo( struct soap *soap, struct _xop__Include data, struct _xop__Include more, struct b__EchoResponse *response )
{
    if (wsa && soap_wsa_check( soap )) return soap->error;
    memset( &response->b__copy, 0, sizeof(response->b__copy) );
    response->b__copy.__size = data.__size + more.__size;
    if (!wsa) response->b__copy.type = "application/octet-stream";      /* else it stays in the XML */
    response->b__copy.__ptr = soap_malloc( soap, response->b__copy.__size + 1 );
    if (data.__size) memcpy( response->b__copy.__ptr, data.__ptr, data.__size );
    if (more.__size) memcpy( response->b__copy.__ptr + data.__size, more.__ptr, more.__size );
    return wsa ? soap_wsa_reply( soap, NULL, "http://binary.example/EchoResponse" ) : SOAP_OK;
}

int SOAP_ENV__Fault( struct soap *soap, char *faultcode, char *faultstring, char *faultactor, struct SOAP_ENV__Detail *detail,
                     struct SOAP_ENV__Code *code, struct SOAP_ENV__Reason *reason, char *node, char *role, struct SOAP_ENV__Detail *more )
{
    (void)soap, (void)faultcode, (void)faultstring, (void)faultactor, (void)detail, (void)code, (void)reason, (void)node, (void)role, (void)more;
    return SOAP_OK;
}

static int serve( struct soap *soap, int port )
{
    struct pollfd fds[2] = { { .events = POLLIN }, { .events = POLLIN } };

    soap->bind_flags = SO_REUSEADDR;
    if (!soap_valid_socket( soap_bind( soap, "127.0.0.1", port, 10 ) ))
    {
        soap_print_fault( soap, stderr );
        return 1;
    }
    printf( "serving\n" );
    fflush( stdout );
    fds[1].fd = soap->master;
    while (poll( fds, 2, -1 ) > 0 && !fds[0].revents)
    {
        if (!soap_valid_socket( soap_accept( soap ) )) break;
        soap_serve( soap );
        soap_destroy( soap );
        soap_end( soap );
    }
    return 0;
}

static int call( struct soap *soap, const char *url )
{
    static const int sizes[] = { 0, 1, 2, 3, 100, 5000, 100000, 1000000 };
    int i, j, passed = 0, failed = 0;

    for (i = 0; i < (int)(sizeof(sizes) / sizeof(sizes[0])); i++)
    {
        struct _xop__Include data = { NULL }, more = { NULL };
        struct b__EchoResponse response;
        unsigned char *bytes = malloc( sizes[i] + 1 );

        for (j = 0; j < sizes[i]; j++) bytes[j] = j * 7 + (j >> 8);
        data.__ptr = bytes;
        data.__size = sizes[i] / 3;
        more.__ptr = bytes + data.__size;
        more.__size = sizes[i] - data.__size;
        if (!wsa) data.type = more.type = "application/octet-stream";
        if (wsa) soap_wsa_request( soap, NULL, url, "http://binary.example/Echo" );
        if (!soap_call_b__Echo( soap, url, NULL, data, more, &response ) && response.b__copy.__size == sizes[i] &&
            !memcmp( response.b__copy.__ptr, bytes, sizes[i] ) && (!wsa || !soap_wsa_check( soap ))) passed++;
        else
        {
            failed++;
            printf( "failed: %d bytes\n", sizes[i] );
            if (soap->error) soap_print_fault( soap, stdout );
        }
        soap_destroy( soap );
        soap_end( soap );
        free( bytes );
    }
    printf( "%d passed, %d failed\n", passed, failed );
    return failed != 0;
}

int main( int argc, char **argv )
{
    struct soap *soap;
    int ret;

    if (argc != 4) return 2;
    wsa = !strcmp( argv[2], "wsa" );
    soap = soap_new1( SOAP_IO_DEFAULT | (wsa ? 0 : SOAP_ENC_MTOM) );
    soap_set_version( soap, 2 );
    if (wsa) soap_register_plugin( soap, soap_wsa );
    soap->connect_timeout = soap->send_timeout = soap->recv_timeout = 20;
    ret = !strcmp( argv[1], "serve" ) ? serve( soap, atoi( argv[3] ) ) : call( soap, argv[3] );
    soap_done( soap );
    soap_free( soap );
    return ret;
}
