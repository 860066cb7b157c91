/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the programs made of generated contracts share. C and C++.
 */

#ifndef WSUTIL_TEST_PROGRAM_H
#define WSUTIL_TEST_PROGRAM_H

#include <stdio.h>
#include <WebServices.h>

static inline void print_error( const char *what, HRESULT hr, WS_ERROR *error )
{
    ULONG count = 0, i;
    WS_STRING text;

    printf( "%s: %08lx\n", what, (unsigned long)hr );
    WsGetErrorProperty( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) );
    for (i = 0; i < count; i++)
        if (WsGetErrorString( error, i, &text ) == S_OK) printf( "    %.*ls\n", (int)text.length, text.chars );
    fflush( stdout );
}

/* buffer, of 64 characters, lives as long as the URL. */
static inline void set_url( WS_STRING *url, WCHAR *buffer, const char *scheme, unsigned int port, const char *path )
{
    char text[64];
    int i, len = snprintf( text, sizeof(text), "%s://127.0.0.1:%u/%s", scheme, port, path );

    for (i = 0; i < len; i++) buffer[i] = text[i];
    url->chars = buffer;
    url->length = len;
}

/* Says "ready" when it listens, and ends with its input. */
static inline HRESULT run_host( const WS_SERVICE_ENDPOINT **endpoints, ULONG count, const WS_SERVICE_PROPERTY *properties,
                                ULONG property_count, WS_ERROR *error )
{
    WS_SERVICE_HOST *host;
    char line[16];
    HRESULT hr;

    if ((hr = WsCreateServiceHost( endpoints, count, properties, property_count, &host, error )) != S_OK) return hr;
    if ((hr = WsOpenServiceHost( host, NULL, error )) == S_OK)
    {
        printf( "ready\n" );
        fflush( stdout );
        while (fgets( line, sizeof(line), stdin )) {}
        hr = WsCloseServiceHost( host, NULL, error );
    }
    WsFreeServiceHost( host );
    return hr;
}

#endif
