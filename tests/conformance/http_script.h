/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An HTTP server by hand for the tests of clients: it answers each request with the next line of a script and remembers what
 * was asked. */
#ifndef WS_TESTS_CONFORMANCE_HTTP_SCRIPT_H
#define WS_TESTS_CONFORMANCE_HTTP_SCRIPT_H

#include "service.h"

enum { SCRIPT_CLOSE = 1, SCRIPT_STALL = 2, SCRIPT_RESET = 4, SCRIPT_BYTES = 8, SCRIPT_DEAF = 16 };

struct script_step
{
    const char *text;       /* whole answer, with its head; NULL: none */
    int flags;              /* after it: close, or wait for the client to go; byte for byte; do not even read */
};

struct script
{
    const struct script_step *steps;
    unsigned int count;
    SOCKET listening;
    HANDLE thread, stop;
    volatile LONG requests, connections;
    unsigned int step;
    char request[16][8192];
};

/* Reads one request with its body, counted or chunked. */
static inline BOOL script_read( SOCKET s, char *text, int size )
{
    char *end, *length;
    int len = 0, got;

    text[0] = 0;
    for (;;)
    {
        if ((end = strstr( text, "\r\n\r\n" )))
        {
            end += 4;
            if (strstr( text, "Transfer-Encoding: chunked" ))
            {
                if (strstr( end, "0\r\n\r\n" ) == text + len - 5) return TRUE;
            }
            else if (!(length = strstr( text, "Content-Length: " )) || len >= end - text + atoi( length + 16 )) return TRUE;
        }
        if (len >= size - 1 || (got = recv( s, text + len, size - 1 - len, 0 )) <= 0) return FALSE;
        len += got;
        text[len] = 0;
    }
}

static inline void script_send( SOCKET s, const struct script_step *step )
{
    int i, len = strlen( step->text );

    if (!(step->flags & SCRIPT_BYTES)) send( s, step->text, len, 0 );
    else for (i = 0; i < len; i++) send( s, step->text + i, 1, 0 );
}

static inline BOOL script_wait( struct script *script, SOCKET s )
{
    struct timeval tick = { 0, 20000 };
    fd_set set;

    for (;;)
    {
        FD_ZERO( &set );
        FD_SET( s, &set );
        if (select( 0, &set, NULL, NULL, &tick ) > 0) return TRUE;
        if (!WaitForSingleObject( script->stop, 0 )) return FALSE;
    }
}

static inline DWORD CALLBACK script_run( void *arg )
{
    static const struct linger hard = { 1, 0 };
    struct script *script = arg;
    char scrap[256];
    SOCKET s;

    while (script_wait( script, script->listening ))
    {
        if ((s = accept( script->listening, NULL, NULL )) == INVALID_SOCKET) break;
        InterlockedIncrement( &script->connections );
        for (;;)
        {
            const struct script_step *step = &script->steps[min( script->step, script->count - 1 )];

            if (!(step->flags & SCRIPT_DEAF))
            {
                if (!script_wait( script, s ) || !script_read( s, script->request[script->requests & 15], 8192 )) break;
                InterlockedIncrement( &script->requests );
            }
            script->step++;
            if (step->text) script_send( s, step );
            if (step->flags & SCRIPT_RESET) setsockopt( s, SOL_SOCKET, SO_LINGER, (const char *)&hard, sizeof(hard) );
            if (step->flags & (SCRIPT_RESET | SCRIPT_CLOSE)) break;
            if (step->flags & SCRIPT_DEAF)
            {
                WaitForSingleObject( script->stop, 20000 );
                break;
            }
            if (step->flags & SCRIPT_STALL)
            {
                while (script_wait( script, s ) && recv( s, scrap, sizeof(scrap), 0 ) > 0) ;
                break;
            }
        }
        closesocket( s );
    }
    return 0;
}

static inline void script_start( struct script *script, unsigned int port, const struct script_step *steps, unsigned int count )
{
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons( port ) };
    WSADATA data;
    int yes = 1;

    WSAStartup( MAKEWORD( 2, 2 ), &data );
    memset( script, 0, sizeof(*script) );
    script->steps = steps;
    script->count = count;
    script->stop = CreateEventW( NULL, TRUE, FALSE, NULL );
    script->listening = socket( AF_INET, SOCK_STREAM, 0 );
    addr.sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    setsockopt( script->listening, SOL_SOCKET, SO_REUSEADDR, (const char *)&yes, sizeof(yes) );
    ok( !bind( script->listening, (struct sockaddr *)&addr, sizeof(addr) ), "bind failed, error %d\n", WSAGetLastError() );
    ok( !listen( script->listening, 5 ), "listen failed, error %d\n", WSAGetLastError() );
    script->thread = CreateThread( NULL, 0, script_run, script, 0, NULL );
}

static inline void script_stop( struct script *script )
{
    SetEvent( script->stop );
    ok( !WaitForSingleObject( script->thread, 30000 ), "the server hangs\n" );
    closesocket( script->listening );
    CloseHandle( script->thread );
    CloseHandle( script->stop );
}

#endif
