/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Name lookup and connection. getaddrinfo knows neither timeout nor cancellation, so it runs on a plain thread of its own
 * that never enters Wine; whoever asked waits for it as long as he likes. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "unix_private.h"

#define HEAD_START 250      /* ms that an address has before the next one is tried beside it */
#define SLICE 20            /* ms between looks at the cancel word */

struct lookup
{
    UINT32 refs;
    UINT32 done;
    UINT32 flags;
    INT32  result;          /* count or errno negated */
    struct unix_address addresses[MAX_ADDRESSES];
    char   port[8];
    char   host[];
};

static void lookup_release( struct lookup *lookup )
{
    if (!__atomic_sub_fetch( &lookup->refs, 1, __ATOMIC_ACQ_REL )) free( lookup );
}

static int cancelled( const UINT32 *cancel )
{
    return cancel && __atomic_load_n( cancel, __ATOMIC_ACQUIRE );
}

static INT32 errno_from_eai( int eai )
{
    switch (eai)
    {
    case EAI_MEMORY: return -ENOMEM;
    case EAI_AGAIN: return -EAGAIN;
    case EAI_SYSTEM: return errno ? -errno : -ENOENT;
    default: return -ENOENT;
    }
}

static INT32 lookup_addresses( const char *host, const char *port, UINT32 flags, int ai_flags,
                               struct unix_address addresses[MAX_ADDRESSES] )
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *list, *ai;
    INT32 count = 0, ret;

    hints.ai_flags = ai_flags | AI_NUMERICSERV;
    if (!(flags & UNIX_CONNECT_IPV6)) hints.ai_family = AF_INET;
    else if (!(flags & UNIX_CONNECT_IPV4)) hints.ai_family = AF_INET6;
    if ((ret = getaddrinfo( host, port, &hints, &list ))) return errno_from_eai( ret );
    for (ai = list; ai && count < MAX_ADDRESSES; ai = ai->ai_next)
    {
        struct sockaddr_storage storage = { 0 };
        if (ai->ai_addrlen > sizeof(storage)) continue;
        memcpy( &storage, ai->ai_addr, ai->ai_addrlen );
        address_from_sockaddr( &storage, &addresses[count] );
        if (addresses[count].family) count++;
    }
    freeaddrinfo( list );
    return count ? count : -ENOENT;
}

static void *lookup_thread( void *arg )
{
    struct lookup *lookup = arg;

    lookup->result = lookup_addresses( lookup->host, lookup->port, lookup->flags, 0, lookup->addresses );
    __atomic_store_n( &lookup->done, 1, __ATOMIC_RELEASE );
    futex_wake_all( &lookup->done );
    lookup_release( lookup );
    return NULL;
}

/* The thread must not get a signal: Wine's handlers expect a thread of Wine. */
static int start_lookup( struct lookup *lookup )
{
    sigset_t all, old;
    pthread_attr_t attr;
    pthread_t thread;
    int ret;

    sigfillset( &all );
    pthread_attr_init( &attr );
    pthread_attr_setdetachstate( &attr, PTHREAD_CREATE_DETACHED );
    pthread_attr_setstacksize( &attr, 256 * 1024 );
    pthread_sigmask( SIG_SETMASK, &all, &old );
    ret = pthread_create( &thread, &attr, lookup_thread, lookup );
    pthread_sigmask( SIG_SETMASK, &old, NULL );
    pthread_attr_destroy( &attr );
    return ret;
}

/* Without a question to the system: the name that every machine gives itself. */
static INT32 resolve_localhost( UINT32 port, UINT32 flags, struct unix_address addresses[MAX_ADDRESSES] )
{
    INT32 count = 0;

    memset( addresses, 0, 2 * sizeof(*addresses) );
    if (flags & UNIX_CONNECT_IPV4)
    {
        static const UINT8 loopback[4] = { 127, 0, 0, 1 };
        addresses[count].family = 4;
        addresses[count].port = port;
        memcpy( addresses[count++].addr, loopback, sizeof(loopback) );
    }
    if (flags & UNIX_CONNECT_IPV6)
    {
        addresses[count].family = 6;
        addresses[count].port = port;
        addresses[count++].addr[15] = 1;
    }
    return count;
}

INT32 resolve_host( const char *host, UINT32 port, UINT32 flags, UINT64 deadline, const UINT32 *cancel,
                    struct unix_address addresses[MAX_ADDRESSES] )
{
    struct lookup *lookup;
    size_t len = strlen( host );
    char text[8];
    INT32 ret;

    snprintf( text, sizeof(text), "%u", port & 0xffff );
    if (!strcasecmp( host, "localhost" )) return resolve_localhost( port, flags, addresses );
    if ((ret = lookup_addresses( host, text, flags, AI_NUMERICHOST, addresses )) > 0) return ret;

    if (!(lookup = calloc( 1, sizeof(*lookup) + len + 1 ))) return -ENOMEM;
    lookup->refs = 2;
    lookup->flags = flags;
    memcpy( lookup->host, host, len + 1 );
    memcpy( lookup->port, text, sizeof(text) );
    if ((ret = start_lookup( lookup )))
    {
        free( lookup );
        return -ret;
    }
    for (ret = 0; !__atomic_load_n( &lookup->done, __ATOMIC_ACQUIRE ); )
    {
        int left = remaining_ms( deadline );
        if (cancelled( cancel )) ret = -ECANCELED;
        else if (!left) ret = -ETIMEDOUT;
        if (ret) break;
        futex_sleep( &lookup->done, 0, left < 0 || left > SLICE ? SLICE : left );
    }
    if (!ret && (ret = lookup->result) > 0) memcpy( addresses, lookup->addresses, ret * sizeof(*addresses) );
    lookup_release( lookup );
    return ret;
}

/* Starts to connect; the descriptor, or an errno negated. */
static int start_connect( const struct unix_address *address, const struct unix_connect *args )
{
    struct sockaddr_storage storage;
    socklen_t len = sockaddr_from_address( address, &storage );
    int fd = socket( storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0 );
    int ret;

    if (fd < 0) return -errno;
    socket_set_options( fd, args->flags, args->keep_alive_time, args->keep_alive_interval );
    if (connect( fd, (struct sockaddr *)&storage, len ) && errno != EINPROGRESS)
    {
        ret = -errno;
        close( fd );
        return ret;
    }
    return fd;
}

struct attempts
{
    struct pollfd fds[MAX_ADDRESSES];
    int count;
};

/* Looks at the attempts that poll has reported: a connected descriptor (taken out), or -1. */
static int take_connected( struct attempts *attempts, INT32 *error )
{
    int i, err;
    socklen_t len;

    for (i = 0; i < attempts->count; i++)
    {
        int fd = attempts->fds[i].fd;

        if (!attempts->fds[i].revents) continue;
        len = sizeof(err);
        if (getsockopt( fd, SOL_SOCKET, SO_ERROR, &err, &len )) err = errno;
        attempts->fds[i--] = attempts->fds[--attempts->count];
        if (!err) return fd;
        *error = -err;
        close( fd );
    }
    return -1;
}

static INT32 connect_any( const struct unix_connect *args, const struct unix_address *addresses, int count,
                          UINT64 deadline, const UINT32 *cancel )
{
    struct attempts attempts = { .count = 0 };
    INT32 error = -ECONNREFUSED, stop = 0;
    UINT64 next_start = 0;
    int fd = -1, tried = 0, i;

    while (fd < 0)
    {
        int left = remaining_ms( deadline ), wait = left;

        if (cancelled( cancel )) stop = -ECANCELED;
        else if (!left) stop = -ETIMEDOUT;
        if (stop) break;
        if (tried < count && (!attempts.count || clock_ms() >= next_start))
        {
            int new_fd = start_connect( &addresses[tried++], args );
            if (new_fd < 0) error = new_fd;
            else attempts.fds[attempts.count++] = (struct pollfd){ .fd = new_fd, .events = POLLOUT };
            next_start = clock_ms() + HEAD_START;
        }
        if (!attempts.count)
        {
            if (tried == count) break;
            continue;
        }
        if (cancel && (wait < 0 || wait > SLICE)) wait = SLICE;
        if (tried < count && (wait < 0 || wait > HEAD_START)) wait = HEAD_START;
        if (poll( attempts.fds, attempts.count, wait ) > 0) fd = take_connected( &attempts, &error );
    }
    for (i = 0; i < attempts.count; i++) close( attempts.fds[i].fd );
    if (fd >= 0) return fd;
    return stop ? stop : error;
}

INT32 unix_connect( void *args )
{
    struct unix_connect *conn = args;
    struct unix_address addresses[MAX_ADDRESSES];
    UINT64 deadline = deadline_of( conn->timeout ), resolve_deadline = deadline_of( conn->resolve_timeout );
    const UINT32 *cancel = ptr_of( conn->cancel );
    struct sockaddr_storage storage;
    socklen_t len = sizeof(storage);
    INT32 ret;

    conn->resolving = 1;
    if (resolve_deadline > deadline) resolve_deadline = deadline;
    if ((ret = resolve_host( ptr_of( conn->host ), conn->port, conn->flags, resolve_deadline, cancel, addresses )) < 0)
        return ret;
    conn->resolving = 0;
    if ((ret = connect_any( conn, addresses, ret, deadline, cancel )) < 0) return ret;

    fcntl( ret, F_SETFL, fcntl( ret, F_GETFL ) & ~O_NONBLOCK );
    if (!getpeername( ret, (struct sockaddr *)&storage, &len )) address_from_sockaddr( &storage, &conn->remote );
    len = sizeof(storage);
    if (!getsockname( ret, (struct sockaddr *)&storage, &len )) address_from_sockaddr( &storage, &conn->local );
    return ret;
}

INT32 unix_resolve( void *args )
{
    struct unix_resolve *resolve = args;
    struct unix_address addresses[MAX_ADDRESSES];
    INT32 ret = resolve_host( ptr_of( resolve->host ), resolve->port, resolve->flags, deadline_of( resolve->timeout ),
                              ptr_of( resolve->cancel ), addresses );

    if (ret < 0) return ret;
    resolve->address = addresses[0];
    return 0;
}
