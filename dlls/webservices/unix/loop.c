/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting: epoll sets, futexes and the clock. A thread of Wine may block here; the end of the process, TerminateProcess
 * and Ctrl-C end the wait, SuspendThread interrupts it. */
#include <limits.h>
#include <linux/futex.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "unix_private.h"

#define MAX_BATCH 64

UINT64 clock_ms( void )
{
    struct timespec ts;

    clock_gettime( CLOCK_MONOTONIC, &ts );
    return (UINT64)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int remaining_ms( UINT64 deadline )
{
    UINT64 now;

    if (deadline == ~(UINT64)0) return -1;
    now = clock_ms();
    if (now >= deadline) return 0;
    return deadline - now > INT_MAX ? INT_MAX : (int)(deadline - now);
}

INT32 unix_clock( void *args )
{
    struct unix_clock *clock = args;

    clock->now = clock_ms();
    return 0;
}

INT32 futex_sleep( const UINT32 *word, UINT32 expected, UINT32 timeout )
{
    struct timespec ts = { timeout / 1000, timeout % 1000 * 1000000l };

    if (!syscall( SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, timeout == UNIX_INFINITE ? NULL : &ts, NULL, 0 ))
        return 0;
    return errno == ETIMEDOUT ? -ETIMEDOUT : 0;
}

void futex_wake_all( const UINT32 *word )
{
    syscall( SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0 );
}

INT32 unix_futex_wait( void *args )
{
    const struct unix_futex_wait *wait = args;

    return futex_sleep( ptr_of( wait->address ), wait->expected, wait->timeout );
}

INT32 unix_futex_wake( void *args )
{
    const struct unix_futex_wake *wake = args;
    int count = wake->count > INT_MAX ? INT_MAX : (int)wake->count;

    syscall( SYS_futex, ptr_of( wake->address ), FUTEX_WAKE_PRIVATE, count, NULL, NULL, 0 );
    return 0;
}

INT32 unix_loop_create( void *args )
{
    struct unix_loop_create *create = args;

    create->loop = epoll_create1( EPOLL_CLOEXEC );
    return create->loop < 0 ? -errno : 0;
}

INT32 unix_loop_add( void *args )
{
    const struct unix_loop_add *add = args;
    struct epoll_event event = { .events = add->listener ? EPOLLIN : EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET };

    event.data.u64 = add->data;
    return epoll_ctl( add->loop, EPOLL_CTL_ADD, add->fd, &event ) ? -errno : 0;
}

INT32 unix_loop_wait( void *args )
{
    struct unix_loop_wait *wait = args;
    struct unix_event *out = ptr_of( wait->events );
    struct epoll_event events[MAX_BATCH];
    int i, count, max = wait->max < MAX_BATCH ? (int)wait->max : MAX_BATCH;
    UINT64 deadline = deadline_of( wait->timeout );

    do count = epoll_wait( wait->loop, events, max, remaining_ms( deadline ) );
    while (count < 0 && errno == EINTR);
    if (count < 0) return -errno;
    wait->now = clock_ms();
    for (i = 0; i < count; i++)
    {
        UINT32 in = events[i].events, flags = 0;

        if (in & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) flags |= UNIX_EVENT_IN;
        if (in & (EPOLLOUT | EPOLLHUP | EPOLLERR)) flags |= UNIX_EVENT_OUT;
        if (in & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) flags |= UNIX_EVENT_GONE;
        out[i].data = events[i].data.u64;
        out[i].events = flags;
        out[i].reserved = 0;
    }
    return count;
}
