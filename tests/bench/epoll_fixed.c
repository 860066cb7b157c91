/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The limit to compare a server with: one thread, one epoll set, looks for the end of each request and answers always the
 * same. epoll_fixed PORT */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define BODY "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" \
             "<AddResponse xmlns=\"http://calculator.example/\"><result>5</result></AddResponse></s:Body></s:Envelope>"

struct connection
{
    int fd;
    size_t used;
    char data[16384];
};

static char reply[1024];
static size_t reply_len;

/* Bytes of the first request in the buffer, 0 if it is not complete. */
static size_t request_length( const struct connection *conn )
{
    const char *end = memmem( conn->data, conn->used, "\r\n\r\n", 4 ), *length;
    size_t total;

    if (!end) return 0;
    total = end + 4 - conn->data;
    if ((length = memmem( conn->data, total, "Content-Length: ", 16 ))) total += strtoul( length + 16, NULL, 10 );
    return total <= conn->used ? total : 0;
}

static int serve( struct connection *conn )
{
    ssize_t n = recv( conn->fd, conn->data + conn->used, sizeof(conn->data) - conn->used, 0 );
    size_t length;

    if (n < 0 && errno == EAGAIN) return 1;
    if (n <= 0) return 0;
    conn->used += n;
    while ((length = request_length( conn )))
    {
        if (send( conn->fd, reply, reply_len, MSG_NOSIGNAL ) != (ssize_t)reply_len) return 0;
        conn->used -= length;
        memmove( conn->data, conn->data + length, conn->used );
    }
    return conn->used < sizeof(conn->data);
}

static void accept_one( int epoll, int listener )
{
    struct epoll_event event = { .events = EPOLLIN };
    int on = 1, fd = accept4( listener, NULL, NULL, SOCK_NONBLOCK );
    struct connection *conn;

    if (fd < 0) return;
    setsockopt( fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on) );
    if (!(conn = malloc( sizeof(*conn) ))) { close( fd ); return; }
    conn->fd = fd;
    conn->used = 0;
    event.data.ptr = conn;
    epoll_ctl( epoll, EPOLL_CTL_ADD, fd, &event );
}

int main( int argc, char **argv )
{
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_addr.s_addr = htonl( INADDR_LOOPBACK ) };
    struct epoll_event events[64], event = { .events = EPOLLIN };
    int i, n, on = 1, epoll = epoll_create1( 0 ), listener = socket( AF_INET, SOCK_STREAM, 0 );

    if (argc != 2) return 2;
    reply_len = snprintf( reply, sizeof(reply), "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n"
                          "Content-Length: %zu\r\n\r\n%s", strlen( BODY ), BODY );
    addr.sin_port = htons( atoi( argv[1] ) );
    setsockopt( listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on) );
    if (bind( listener, (struct sockaddr *)&addr, sizeof(addr) ) || listen( listener, 1024 ))
    {
        perror( "listen" );
        return 1;
    }
    event.data.ptr = NULL;
    epoll_ctl( epoll, EPOLL_CTL_ADD, listener, &event );
    while ((n = epoll_wait( epoll, events, 64, -1 )) >= 0 || errno == EINTR)
        for (i = 0; i < n; i++)
        {
            struct connection *conn = events[i].data.ptr;

            if (!conn) accept_one( epoll, listener );
            else if (!serve( conn ))
            {
                close( conn->fd );
                free( conn );
            }
        }
    return 1;
}
