/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* webservices.so: the table of functions that the PE half calls. Pure POSIX, nothing of ntdll.so: its calling
 * convention differs between versions of Wine. */
#include <sched.h>
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

/* The loader looks for these two names; the members have fixed widths, so 32-bit callers use the same functions. */
EXPORT const unix_entry __wine_unix_call_funcs[UNIX_FUNC_COUNT] =
{
    [UNIX_ATTACH] = unix_attach,
    [UNIX_CPUS] = unix_cpus,
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
