/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sockets: listen, accept, receive, send. Descriptors are in blocking mode; who must not wait says so call by call,
 * so that the same connection serves a calling thread and the loop. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include "unix_private.h"

_Static_assert( sizeof(struct unix_iov) == sizeof(struct iovec), "the vectors are passed to the kernel as they are" );

socklen_t sockaddr_from_address( const struct unix_address *address, struct sockaddr_storage *storage )
{
    memset( storage, 0, sizeof(*storage) );
    if (address->family == 4)
    {
        struct sockaddr_in *in = (struct sockaddr_in *)storage;
        in->sin_family = AF_INET;
        in->sin_port = htons( address->port );
        memcpy( &in->sin_addr, address->addr, 4 );
        return sizeof(*in);
    }
    else
    {
        struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)storage;
        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons( address->port );
        in6->sin6_scope_id = address->scope;
        memcpy( &in6->sin6_addr, address->addr, 16 );
        return sizeof(*in6);
    }
}

void address_from_sockaddr( const struct sockaddr_storage *storage, struct unix_address *address )
{
    memset( address, 0, sizeof(*address) );
    if (storage->ss_family == AF_INET)
    {
        const struct sockaddr_in *in = (const struct sockaddr_in *)storage;
        address->family = 4;
        address->port = ntohs( in->sin_port );
        memcpy( address->addr, &in->sin_addr, 4 );
    }
    else if (storage->ss_family == AF_INET6)
    {
        const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)storage;
        address->family = 6;
        address->port = ntohs( in6->sin6_port );
        address->scope = in6->sin6_scope_id;
        memcpy( address->addr, &in6->sin6_addr, 16 );
    }
}

void socket_set_options( int fd, UINT32 flags, UINT32 keep_alive_time, UINT32 keep_alive_interval )
{
    int on = 1, seconds;

    if (!(flags & UNIX_CONNECT_DELAY)) setsockopt( fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on) );
    if (!keep_alive_time) return;
    setsockopt( fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on) );
    seconds = keep_alive_time < 1000 ? 1 : keep_alive_time / 1000;
    setsockopt( fd, IPPROTO_TCP, TCP_KEEPIDLE, &seconds, sizeof(seconds) );
    seconds = keep_alive_interval < 1000 ? 1 : keep_alive_interval / 1000;
    setsockopt( fd, IPPROTO_TCP, TCP_KEEPINTVL, &seconds, sizeof(seconds) );
}

static INT32 fail_close( int fd )
{
    int err = errno;

    close( fd );
    return -err;
}

INT32 unix_listen( void *args )
{
    struct unix_listen *listener = args;
    struct sockaddr_storage storage;
    socklen_t len = sockaddr_from_address( &listener->address, &storage );
    int fd, on = 1;

    fd = socket( storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0 );
    if (fd < 0) return -errno;
    /* Connections of an earlier listener that linger do not keep the port; a live listener still does. */
    setsockopt( fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on) );
    if (storage.ss_family == AF_INET6) setsockopt( fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on) );
    if (bind( fd, (struct sockaddr *)&storage, len )) return fail_close( fd );
    if (listener->probe)
    {
        close( fd );
        return 0;
    }
    if (listen( fd, listener->backlog && listener->backlog < SOMAXCONN ? (int)listener->backlog : SOMAXCONN ))
        return fail_close( fd );
    len = sizeof(storage);
    if (!getsockname( fd, (struct sockaddr *)&storage, &len )) address_from_sockaddr( &storage, &listener->address );
    return fd;
}

/* Without a free descriptor a connection could neither be taken nor refused, and the loop would be told of it again and
 * again. One descriptor is kept back to take it with, and to close it. */
static void refuse_connection( int listener )
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static int reserve = -1;
    int fd;

    pthread_mutex_lock( &lock );
    if (reserve >= 0) close( reserve );
    if ((fd = accept4( listener, NULL, NULL, SOCK_CLOEXEC )) >= 0) close( fd );
    reserve = open( "/dev/null", O_RDONLY | O_CLOEXEC );
    pthread_mutex_unlock( &lock );
}

INT32 unix_accept( void *args )
{
    struct unix_accept *accepted = args;
    struct sockaddr_storage storage;
    socklen_t len = sizeof(storage);
    int fd;

    do fd = accept4( accepted->fd, (struct sockaddr *)&storage, &len, SOCK_CLOEXEC );
    while (fd < 0 && (errno == EINTR || errno == ECONNABORTED));
    if (fd < 0)
    {
        int err = errno;
        if (err == EMFILE || err == ENFILE) refuse_connection( accepted->fd );
        return -err;
    }
    address_from_sockaddr( &storage, &accepted->remote );
    len = sizeof(storage);
    memset( &accepted->local, 0, sizeof(accepted->local) );
    if (!getsockname( fd, (struct sockaddr *)&storage, &len )) address_from_sockaddr( &storage, &accepted->local );
    socket_set_options( fd, 0, 0, 0 );
    return fd;
}

static INT32 wait_fd( int fd, short events, UINT64 deadline )
{
    struct pollfd pfd = { .fd = fd, .events = events };
    int ret;

    do ret = poll( &pfd, 1, remaining_ms( deadline ) );
    while (ret < 0 && errno == EINTR);
    if (ret < 0) return -errno;
    return ret ? 0 : -ETIMEDOUT;
}

/* A receive timeout of the socket itself saves the poll: one system call where the data comes in time. It is set only
 * when the one that is set is not about right, so a sequence of calls with the same timeout sets it once. */
static int arm_timeout( struct unix_recv *recv_args )
{
    UINT32 want = recv_args->timeout;
    struct timeval tv;

    if (want == UNIX_INFINITE ? recv_args->armed == UNIX_INFINITE
                              : recv_args->armed >= want && recv_args->armed <= want + want / 16 + 2) return 1;
    tv.tv_sec = want == UNIX_INFINITE ? 0 : want / 1000;
    tv.tv_usec = want == UNIX_INFINITE ? 0 : want % 1000 * 1000;
    if (setsockopt( recv_args->fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv) )) return 0;
    recv_args->armed = want;
    return 1;
}

/* The calls of the C library are points of cancellation, which costs as much as the rest of them; no thread here is ever
 * cancelled. */
static ssize_t sys_recv( int fd, void *buffer, size_t size, int flags )
{
    return syscall( SYS_recvfrom, fd, buffer, size, flags, NULL, NULL );
}

static ssize_t sys_send( int fd, const void *buffer, size_t size, int flags )
{
    return syscall( SYS_sendto, fd, buffer, size, flags, NULL, 0 );
}

INT32 unix_wake_open( void *args )
{
    struct unix_wake_open *open_args = args;

    int fd = eventfd( 0, EFD_CLOEXEC | EFD_NONBLOCK );

    if (!fd)        /* stands for none */
    {
        fd = fcntl( 0, F_DUPFD_CLOEXEC, 1 );
        close( 0 );
    }
    open_args->wake = fd;
    return fd < 0 ? -errno : 0;
}

INT32 unix_wake_signal( void *args )
{
    const struct unix_wake_signal *signal_args = args;

    return eventfd_write( signal_args->wake, 1 ) ? -errno : 0;
}

/* Waits for data or a signal to the other descriptor, which is used up by it. */
static INT32 wait_or_wake( int fd, int wake, UINT64 deadline )
{
    struct pollfd fds[2] = { { .fd = fd, .events = POLLIN }, { .fd = wake, .events = POLLIN } };
    eventfd_t count;
    int ret;

    do ret = poll( fds, 2, remaining_ms( deadline ) );
    while (ret < 0 && errno == EINTR);
    if (ret < 0) return -errno;
    if (!ret) return -ETIMEDOUT;
    if (!fds[1].revents) return 0;
    eventfd_read( wake, &count );
    return -ECANCELED;
}

INT32 unix_recv( void *args )
{
    struct unix_recv *recv_args = args;
    void *buffer = ptr_of( recv_args->buffer );
    UINT64 deadline;
    ssize_t got;
    INT32 ret;

    if (recv_args->wake) deadline = deadline_of( recv_args->timeout );
    else if (!recv_args->timeout || !arm_timeout( recv_args ))
    {
        do got = sys_recv( recv_args->fd, buffer, recv_args->size, MSG_DONTWAIT );
        while (got < 0 && errno == EINTR);
        if (got >= 0) return got;
        if (errno != EAGAIN || !recv_args->timeout) return -errno;
        deadline = deadline_of( recv_args->timeout );
    }
    else
    {
        deadline = deadline_of( recv_args->timeout );
        got = sys_recv( recv_args->fd, buffer, recv_args->size, 0 );
        if (got >= 0) return got;
        if (errno == EAGAIN) return -ETIMEDOUT;
        if (errno != EINTR) return -errno;
    }
    for (;;)
    {
        ret = recv_args->wake ? wait_or_wake( recv_args->fd, recv_args->wake, deadline )
                              : wait_fd( recv_args->fd, POLLIN, deadline );
        if (ret) return ret;
        got = sys_recv( recv_args->fd, buffer, recv_args->size, MSG_DONTWAIT );
        if (got >= 0) return got;
        if (errno != EAGAIN && errno != EINTR) return -errno;
    }
}

INT32 unix_send( void *args )
{
    const struct unix_send *send_args = args;
    struct iovec vecs[UNIX_MAX_IOVS], *pos = vecs;
    struct msghdr msg = { 0 };
    UINT64 deadline = 0;
    INT32 ret, total = 0;
    ssize_t sent;

    if (send_args->count > UNIX_MAX_IOVS) return -EINVAL;
    memcpy( vecs, ptr_of( send_args->iovs ), send_args->count * sizeof(*vecs) );
    msg.msg_iovlen = send_args->count;
    for (;;)
    {
        while (msg.msg_iovlen && !pos->iov_len) pos++, msg.msg_iovlen--;
        if (!msg.msg_iovlen) return total;
        msg.msg_iov = pos;
        if (msg.msg_iovlen == 1) sent = sys_send( send_args->fd, pos->iov_base, pos->iov_len, MSG_DONTWAIT | MSG_NOSIGNAL );
        else sent = sendmsg( send_args->fd, &msg, MSG_DONTWAIT | MSG_NOSIGNAL );
        if (sent < 0)
        {
            if (errno == EINTR) continue;
            if (errno != EAGAIN) return -errno;
            if (!send_args->timeout) return total ? total : -EAGAIN;
            if (!deadline) deadline = deadline_of( send_args->timeout );
            if ((ret = wait_fd( send_args->fd, POLLOUT, deadline ))) return ret;
            continue;
        }
        total += sent;
        while (msg.msg_iovlen && (size_t)sent >= pos->iov_len) sent -= pos->iov_len, pos++, msg.msg_iovlen--;
        if (!msg.msg_iovlen) return total;
        pos->iov_base = (char *)pos->iov_base + sent;
        pos->iov_len -= sent;
    }
}

INT32 unix_shutdown( void *args )
{
    const struct unix_shutdown *shut = args;

    int how = shut->how == UNIX_SHUTDOWN_SEND ? SHUT_WR : shut->how == UNIX_SHUTDOWN_RECV ? SHUT_RD : SHUT_RDWR;

    return shutdown( shut->fd, how ) ? -errno : 0;
}

INT32 unix_close( void *args )
{
    const struct unix_close *closed = args;

    return close( closed->fd ) ? -errno : 0;
}
