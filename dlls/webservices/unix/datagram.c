/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Datagrams: UDP sockets, single and multicast. */
#include <ifaddrs.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
#include "unix_private.h"

INT32 unix_datagram_open( void *args )
{
    struct unix_datagram_open *open_args = args;
    struct sockaddr_storage storage;
    socklen_t len = sockaddr_from_address( &open_args->address, &storage );
    int fd, on = 1, off = 0, err;

    if ((fd = socket( storage.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0 )) < 0) return -errno;
    if (open_args->shared) setsockopt( fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on) );
    if (storage.ss_family == AF_INET6) setsockopt( fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on) );
    /* Only the groups this socket has joined, not those that any other socket of the machine has. */
    if (storage.ss_family == AF_INET) setsockopt( fd, IPPROTO_IP, IP_MULTICAST_ALL, &off, sizeof(off) );
    else setsockopt( fd, IPPROTO_IPV6, IPV6_MULTICAST_ALL, &off, sizeof(off) );
    if (bind( fd, (struct sockaddr *)&storage, len ))
    {
        err = errno;
        close( fd );
        return -err;
    }
    len = sizeof(storage);
    if (!getsockname( fd, (struct sockaddr *)&storage, &len )) address_from_sockaddr( &storage, &open_args->address );
    return fd;
}

INT32 unix_datagram_join( void *args )
{
    const struct unix_datagram_join *join = args;
    int level = join->group.family == 4 ? IPPROTO_IP : IPPROTO_IPV6;
    struct group_req request = { .gr_interface = join->adapter };

    sockaddr_from_address( &join->group, &request.gr_group );
    return setsockopt( join->fd, level, join->leave ? MCAST_LEAVE_GROUP : MCAST_JOIN_GROUP, &request, sizeof(request) ) ? -errno : 0;
}

/* Does the address belong to an interface of this machine? */
static int is_own_address( const struct unix_address *address )
{
    struct ifaddrs *list, *entry;
    int found = 0;

    if (getifaddrs( &list )) return 0;
    for (entry = list; entry && !found; entry = entry->ifa_next)
    {
        struct sockaddr_storage storage = { 0 };
        struct unix_address own;

        if (!entry->ifa_addr) continue;
        if (entry->ifa_addr->sa_family == AF_INET) memcpy( &storage, entry->ifa_addr, sizeof(struct sockaddr_in) );
        else if (entry->ifa_addr->sa_family == AF_INET6) memcpy( &storage, entry->ifa_addr, sizeof(struct sockaddr_in6) );
        else continue;
        address_from_sockaddr( &storage, &own );
        found = own.family == address->family && !memcmp( own.addr, address->addr, sizeof(own.addr) );
    }
    freeifaddrs( list );
    return found;
}

/* 0 or an errno negated */
static INT32 wait_datagram( int fd, short events, UINT64 deadline )
{
    struct pollfd pfd = { .fd = fd, .events = events };
    int ret;

    do ret = poll( &pfd, 1, remaining_ms( deadline ) );
    while (ret < 0 && errno == EINTR);
    if (ret < 0) return -errno;
    if (!ret) return -ETIMEDOUT;
    return pfd.revents & POLLRDHUP ? -ECANCELED : 0;    /* it was shut down */
}

INT32 unix_datagram_recv( void *args )
{
    struct unix_datagram_recv *recv_args = args;
    UINT64 deadline = deadline_of( recv_args->timeout );
    struct sockaddr_storage storage;
    socklen_t len;
    ssize_t got;
    INT32 ret;

    for (;;)
    {
        len = sizeof(storage);
        got = recvfrom( recv_args->fd, ptr_of( recv_args->buffer ), recv_args->size, MSG_DONTWAIT | MSG_TRUNC,
                        (struct sockaddr *)&storage, &len );
        if (got >= 0 && len)
        {
            address_from_sockaddr( &storage, &recv_args->remote );
            if (!recv_args->foreign || !is_own_address( &recv_args->remote )) return got;
            continue;
        }
        if (got >= 0) return -ECANCELED;
        if (errno == EINTR || errno == ECONNREFUSED) continue;      /* of an earlier send: datagrams may get lost */
        if (errno != EAGAIN) return -errno;
        if (!recv_args->timeout) return -EAGAIN;
        if ((ret = wait_datagram( recv_args->fd, POLLIN | POLLRDHUP, deadline ))) return ret;
    }
}

static void choose_multicast( const struct unix_datagram_send *send_args )
{
    int hops = send_args->hops > 255 ? 255 : (int)send_args->hops, index = send_args->adapter;

    if (send_args->remote.family == 4)
    {
        struct ip_mreqn request = { .imr_ifindex = index };

        setsockopt( send_args->fd, IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof(hops) );
        setsockopt( send_args->fd, IPPROTO_IP, IP_MULTICAST_IF, &request, sizeof(request) );
    }
    else
    {
        setsockopt( send_args->fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &hops, sizeof(hops) );
        setsockopt( send_args->fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, &index, sizeof(index) );
    }
}

static int is_multicast( const struct unix_address *address )
{
    return address->family == 4 ? (address->addr[0] & 0xf0) == 0xe0 : address->addr[0] == 0xff;
}

INT32 unix_datagram_send( void *args )
{
    const struct unix_datagram_send *send_args = args;
    UINT64 deadline = deadline_of( send_args->timeout );
    struct sockaddr_storage storage;
    socklen_t len = sockaddr_from_address( &send_args->remote, &storage );
    INT32 ret;

    if (is_multicast( &send_args->remote )) choose_multicast( send_args );
    for (;;)
    {
        ssize_t sent = sendto( send_args->fd, ptr_of( send_args->buffer ), send_args->size, MSG_DONTWAIT | MSG_NOSIGNAL,
                               (struct sockaddr *)&storage, len );

        if (sent >= 0) return sent;
        if (errno == EINTR || errno == ECONNREFUSED) continue;
        if (errno != EAGAIN) return -errno;
        if ((ret = wait_datagram( send_args->fd, POLLOUT, deadline ))) return ret;
    }
}
