/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* webservices.so: the table of functions that the PE half calls. Pure POSIX, nothing of ntdll.so: its calling
 * convention differs between versions of Wine. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include "unix_private.h"

#define EXPORT __attribute__((visibility("default")))

typedef INT32 (*unix_entry)( void *args );

static INT32 unix_attach( void *args )
{
    const struct unix_attach *attach = args;

    if (attach->abi != WS_UNIX_ABI || attach->size != sizeof(*attach)) return -EPROTO;
    return 0;
}

static INT32 unix_cpus( void *args )
{
    struct unix_cpus *cpus = args;
    cpu_set_t set;

    cpus->count = 1;
    if (!sched_getaffinity( 0, sizeof(set), &set ) && CPU_COUNT( &set ) > 1) cpus->count = CPU_COUNT( &set );
    return 0;
}

static INT32 read_line( INT32 id, const char *file, char *buf, size_t size )
{
    char path[64];
    ssize_t got;
    int fd;

    snprintf( path, sizeof(path), "/proc/self/task/%d/%s", (int)id, file );
    if ((fd = open( path, O_RDONLY | O_CLOEXEC )) < 0) return -errno;
    got = read( fd, buf, size - 1 );
    close( fd );
    if (got <= 0) return -ESRCH;
    buf[got] = 0;
    return 0;
}

static INT32 own_thread( struct unix_thread *thread )
{
    struct rusage usage;
    struct timespec run;

    if (getrusage( RUSAGE_THREAD, &usage ) || clock_gettime( CLOCK_THREAD_CPUTIME_ID, &run )) return -errno;
    thread->id = syscall( SYS_gettid );
    thread->waits = usage.ru_nvcsw;
    thread->run = run.tv_sec * (UINT64)1000000000 + run.tv_nsec;
    return 0;
}

static INT32 unix_thread( void *args )
{
    struct unix_thread *thread = args;
    char buf[256], *state;
    INT32 ret;

    if (!thread->id) return own_thread( thread );
    if ((ret = read_line( thread->id, "stat", buf, sizeof(buf) ))) return ret;
    /* "ID (NAME) STATE ...", and the name may hold anything */
    state = strrchr( buf, ')' );
    thread->waits = state && state[1] && state[2] != 'R';
    if ((ret = read_line( thread->id, "schedstat", buf, sizeof(buf) ))) return ret;
    thread->run = strtoull( buf, NULL, 10 );
    return 0;
}

/* The loader looks for these two names; the members have fixed widths, so 32-bit callers use the same functions. */
EXPORT const unix_entry __wine_unix_call_funcs[UNIX_FUNC_COUNT] =
{
    [UNIX_ATTACH] = unix_attach,
    [UNIX_CPUS] = unix_cpus,
    [UNIX_THREAD] = unix_thread,
    [UNIX_CLOCK] = unix_clock,
    [UNIX_FUTEX_WAIT] = unix_futex_wait,
    [UNIX_FUTEX_WAKE] = unix_futex_wake,
    [UNIX_LOOP_CREATE] = unix_loop_create,
    [UNIX_LOOP_ADD] = unix_loop_add,
    [UNIX_LOOP_WAIT] = unix_loop_wait,
    [UNIX_LISTEN] = unix_listen,
    [UNIX_ACCEPT] = unix_accept,
    [UNIX_CONNECT] = unix_connect,
    [UNIX_RECV] = unix_recv,
    [UNIX_SEND] = unix_send,
    [UNIX_SHUTDOWN] = unix_shutdown,
    [UNIX_CLOSE] = unix_close,
    [UNIX_RESOLVE] = unix_resolve,
    [UNIX_DATAGRAM_OPEN] = unix_datagram_open,
    [UNIX_DATAGRAM_JOIN] = unix_datagram_join,
    [UNIX_DATAGRAM_RECV] = unix_datagram_recv,
    [UNIX_DATAGRAM_SEND] = unix_datagram_send,
    [UNIX_WAKE_OPEN] = unix_wake_open,
    [UNIX_WAKE_SIGNAL] = unix_wake_signal,
};

extern const unix_entry __wine_unix_call_wow64_funcs[UNIX_FUNC_COUNT]
    __attribute__((visibility("default"), alias("__wine_unix_call_funcs")));
