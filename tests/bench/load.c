/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A load for HTTP servers.
 *
 *     load PORT PATH REQUEST ACTION CONNECTIONS RATE SECONDS    RATE requests a second; 0: each connection one after the other
 *     load PORT PATH REQUEST ACTION CONNECTIONS idle            one request on each connection, which stays open until input ends
 *
 * REQUEST is a file with the body, sent as SOAP 1.1 with the action. With a rate, requests are due at fixed times, whether or
 * not the server keeps up, and latency counts from when a request was due: a server that stalls is not spared the requests of
 * that time. Prints 'result REQUESTS MICROSECONDS ERRORS P50 P99 P99.9', latencies in us. One thread, which spins with a rate. */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct connection
{
    int fd;
    int busy;
    uint64_t due;
    size_t used, want;      /* bytes of the reply so far, and in all once its head is there */
    char data[4096];
};

static char request[65536 * 2];
static size_t request_len;
static uint64_t done, errors;
static uint32_t *latencies;
static size_t latency_count, latency_room;

static uint64_t now_ns( void )
{
    struct timespec ts;
    clock_gettime( CLOCK_MONOTONIC, &ts );
    return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

static void die( const char *what )
{
    perror( what );
    exit( 1 );
}

static void make_request( const char *path, const char *file, const char *action )
{
    static char body[65536];
    FILE *in = fopen( file, "rb" );
    size_t len;

    if (!in) die( file );
    len = fread( body, 1, sizeof(body), in );
    fclose( in );
    request_len = snprintf( request, sizeof(request), "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml; charset=utf-8\r\n"
                            "SOAPAction: \"%s\"\r\nContent-Length: %zu\r\n\r\n", path, action, len );
    memcpy( request + request_len, body, len );
    request_len += len;
}

static void start( struct connection *conn, uint64_t due )
{
    conn->busy = 1;
    conn->due = due;
    conn->used = conn->want = 0;
    if (send( conn->fd, request, request_len, MSG_NOSIGNAL ) != (ssize_t)request_len) die( "send" );
}

/* 1 when the reply is complete. */
static int receive( struct connection *conn )
{
    ssize_t n = recv( conn->fd, conn->data + conn->used, sizeof(conn->data) - conn->used, MSG_DONTWAIT );
    const char *end, *length;

    if (n < 0 && errno == EAGAIN) return 0;
    if (n <= 0) die( "recv" );
    conn->used += n;
    if (!conn->want && (end = memmem( conn->data, conn->used, "\r\n\r\n", 4 )))
    {
        conn->want = end + 4 - conn->data;
        if ((length = memmem( conn->data, conn->want, "Content-Length: ", 16 ))) conn->want += strtoul( length + 16, NULL, 10 );
        if (memcmp( conn->data, "HTTP/1.1 200", 12 )) errors++;
    }
    return conn->want && conn->used >= conn->want;
}

static void finished( struct connection *conn )
{
    uint64_t late = (now_ns() - conn->due) / 1000;

    conn->busy = 0;
    done++;
    if (latency_count < latency_room) latencies[latency_count++] = late > UINT32_MAX ? UINT32_MAX : late;
}

static int compare( const void *a, const void *b )
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static uint32_t percentile( double part )
{
    return latency_count ? latencies[(size_t)(part * (latency_count - 1))] : 0;
}

static struct connection *connect_all( int port, int count, int epoll )
{
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons( port ), .sin_addr.s_addr = htonl( INADDR_LOOPBACK ) };
    struct connection *conns = calloc( count, sizeof(*conns) );
    int i, on = 1;

    if (!conns) die( "memory" );
    for (i = 0; i < count; i++)
    {
        struct epoll_event event = { .events = EPOLLIN | EPOLLET, .data.ptr = &conns[i] };

        if ((conns[i].fd = socket( AF_INET, SOCK_STREAM, 0 )) < 0) die( "socket" );
        if (connect( conns[i].fd, (struct sockaddr *)&addr, sizeof(addr) )) die( "connect" );
        setsockopt( conns[i].fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on) );
        if (epoll_ctl( epoll, EPOLL_CTL_ADD, conns[i].fd, &event )) die( "epoll_ctl" );
    }
    return conns;
}

static void idle( struct connection *conns, int count, int epoll )
{
    struct epoll_event event;
    int i;

    for (i = 0; i < count; i++)
    {
        start( &conns[i], now_ns() );
        while (!receive( &conns[i] )) epoll_wait( epoll, &event, 1, 1000 );
    }
    printf( "idle %d\n", count );
    fflush( stdout );
    while (getchar() != EOF) {}
}

static void run( struct connection *conns, int count, int epoll, double rate, double seconds )
{
    struct connection **idle = malloc( count * sizeof(*idle) );
    uint64_t begin = now_ns(), end = begin + (uint64_t)(seconds * 1e9), sent = 0, now = begin;
    struct epoll_event events[256];
    int i, n, idle_count = 0;

    for (i = count; i--; ) idle[idle_count++] = &conns[i];
    while (now < end || idle_count < count)
    {
        while (now < end && idle_count)
        {
            uint64_t due = rate ? begin + (uint64_t)(sent * 1e9 / rate) : now;

            if (due > now) break;
            start( idle[--idle_count], due );
            sent++;
            now = now_ns();
        }
        n = epoll_wait( epoll, events, 256, rate ? 0 : 100 );
        for (i = 0; i < n; i++)
        {
            struct connection *conn = events[i].data.ptr;

            if (!conn->busy || !receive( conn )) continue;
            finished( conn );
            idle[idle_count++] = conn;
        }
        now = now_ns();
        if (now > end + 5000000000ull) break;       /* replies that never come */
    }
    errors += count - idle_count;
    qsort( latencies, latency_count, sizeof(*latencies), compare );
    printf( "result %llu %llu %llu %u %u %u\n", (unsigned long long)done, (unsigned long long)(seconds * 1e6),
            (unsigned long long)errors, percentile( 0.5 ), percentile( 0.99 ), percentile( 0.999 ) );
    free( idle );
}

int main( int argc, char **argv )
{
    struct rlimit limit = { 0 };
    struct connection *conns;
    int epoll = epoll_create1( 0 ), count;

    if (argc < 7)
    {
        fprintf( stderr, "usage: load PORT PATH REQUEST ACTION CONNECTIONS RATE SECONDS | ... CONNECTIONS idle\n" );
        return 2;
    }
    getrlimit( RLIMIT_NOFILE, &limit );
    limit.rlim_cur = limit.rlim_max;
    setrlimit( RLIMIT_NOFILE, &limit );
    make_request( argv[2], argv[3], argv[4] );
    count = atoi( argv[5] );
    conns = connect_all( atoi( argv[1] ), count, epoll );
    if (!strcmp( argv[6], "idle" )) idle( conns, count, epoll );
    else if (argc < 8) return 2;
    else
    {
        latency_room = 20000000;
        if (!(latencies = malloc( latency_room * sizeof(*latencies) ))) die( "memory" );
        run( conns, count, epoll, atof( argv[6] ), atof( argv[7] ) );
    }
    return 0;
}
