/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one contract between the PE half and the ELF half of webservices.dll.
 *
 * Every argument block has members of fixed width, pointers as UINT64, so that one table of functions serves 64-bit
 * and 32-bit callers alike. Status codes are errno values negated, or what the call says; no NTSTATUS crosses here:
 * the ELF half stays pure POSIX. */
#ifndef WS_UNIXLIB_H
#define WS_UNIXLIB_H

#ifdef _WIN32
#include <stdarg.h>
#include "windef.h"
#include "winbase.h"
#else
#include <stdint.h>
typedef int32_t INT32;
typedef uint32_t UINT32;
typedef int64_t INT64;
typedef uint64_t UINT64;
typedef uint8_t UINT8;
typedef uint16_t UINT16;
#endif

/* Changes with every incompatible change below: a stale pair of files refuses to load instead of misbehaving. */
#define WS_UNIX_ABI 6

enum unix_func
{
    UNIX_ATTACH,
    UNIX_CPUS,
    UNIX_THREAD,
    UNIX_CLOCK,
    UNIX_FUTEX_WAIT,
    UNIX_FUTEX_WAKE,
    UNIX_LOOP_CREATE,
    UNIX_LOOP_ADD,
    UNIX_LOOP_WAIT,
    UNIX_LISTEN,
    UNIX_ACCEPT,
    UNIX_CONNECT,
    UNIX_RECV,
    UNIX_SEND,
    UNIX_SHUTDOWN,
    UNIX_CLOSE,
    UNIX_RESOLVE,
    UNIX_DATAGRAM_OPEN,
    UNIX_DATAGRAM_JOIN,
    UNIX_DATAGRAM_RECV,
    UNIX_DATAGRAM_SEND,
    UNIX_WAKE_OPEN,
    UNIX_WAKE_SIGNAL,
    UNIX_FUNC_COUNT
};

#define UNIX_INFINITE 0xffffffffu   /* timeouts are in milliseconds; 0 does not wait: -EAGAIN */

struct unix_attach
{
    UINT32 abi;     /* in: WS_UNIX_ABI of the PE half */
    UINT32 size;    /* in: bytes of this struct */
};

/* The processors the calling thread may run on now; at least 1. */
struct unix_cpus { UINT32 count; };

/* A thread of this process. `id` in: 0 is the calling one, whose id comes out. `run`: nanoseconds of processor time. `waits`: how often the
 * calling thread has waited for something else than a processor; of another thread, whether it does so now. -errno where the system does
 * not tell. */
struct unix_thread { INT32 id; UINT32 waits; UINT64 run; };

/* Milliseconds of CLOCK_MONOTONIC. */
struct unix_clock { UINT64 now; };

/* Sleeps while the 32-bit word at `address` has the value `expected`; -ETIMEDOUT, or 0 also without a reason. */
struct unix_futex_wait { UINT64 address; UINT32 expected; UINT32 timeout; };
struct unix_futex_wake { UINT64 address; UINT32 count; UINT32 reserved; };

/* An epoll set. */
struct unix_loop_create { INT32 loop; };                        /* out */
/* Edge triggered for both directions, once for the life of the socket; a listening socket is level triggered. Closing
 * the socket takes it out. */
struct unix_loop_add { INT32 loop; INT32 fd; UINT64 data; UINT32 listener; UINT32 reserved; };

#define UNIX_EVENT_IN     1u    /* data, a connection to accept, or the end of the peer's data */
#define UNIX_EVENT_OUT    2u    /* room to send */
#define UNIX_EVENT_GONE   4u    /* the peer has closed its sending side, reset the connection, or we have aborted it */
struct unix_event { UINT64 data; UINT32 events; UINT32 reserved; };
/* Returns the number of events; interrupted waits go on. */
struct unix_loop_wait { INT32 loop; UINT32 timeout; UINT64 events; UINT32 max; UINT32 reserved; UINT64 now; };

struct unix_address
{
    UINT16 family;              /* 0, 4, 6 */
    UINT16 port;
    UINT32 scope;
    UINT8  addr[16];
};

/* Listens on the address (all zeroes: any); port 0 lets the system choose, and address.port tells. A probe binds without
 * listening and closes again: is the address ours? Returns the descriptor. */
struct unix_listen { struct unix_address address; UINT32 backlog; UINT32 probe; };

/* Takes one connection, -EAGAIN if there is none. Returns the descriptor. */
struct unix_accept { INT32 fd; UINT32 reserved; struct unix_address local, remote; };

#define UNIX_CONNECT_IPV4   1u  /* families to use */
#define UNIX_CONNECT_IPV6   2u
#define UNIX_CONNECT_DELAY  4u  /* leave Nagle's algorithm on */
/* Resolves and connects. `cancel` points to a 32-bit word that ends the wait with -ECANCELED when it becomes non-zero.
 * Returns the descriptor; `resolving` tells what failed. */
struct unix_connect
{
    UINT64 host;                /* in: NUL-ended UTF-8 */
    UINT64 cancel;              /* in: or 0 */
    UINT32 port;                /* in */
    UINT32 flags;               /* in: UNIX_CONNECT_* */
    UINT32 timeout;             /* in: of all of it */
    UINT32 resolve_timeout;     /* in */
    UINT32 keep_alive_time;     /* in: ms; 0: no keep-alive probes */
    UINT32 keep_alive_interval; /* in: ms */
    UINT32 resolving;           /* out: the name lookup failed (the code is an errno made of the EAI code) */
    UINT32 reserved;
    struct unix_address local, remote;  /* out */
};

/* Returns the bytes received, 0 at the end. `armed` is state of the descriptor that the caller keeps, 0 at first: the
 * receive timeout that the socket has. `wake`, if not 0, is a descriptor made by UNIX_WAKE_OPEN: a signal to it ends the wait with
 * -ECANCELED. */
struct unix_recv { INT32 fd; UINT32 size; UINT64 buffer; UINT32 timeout; UINT32 armed; INT32 wake; UINT32 reserved; };

/* A descriptor to wake one who waits in a receive. It remembers a signal until somebody was woken. */
struct unix_wake_open { INT32 wake; };                          /* out */
struct unix_wake_signal { INT32 wake; };

struct unix_iov { UINT64 data; UINT64 size; };
#define UNIX_MAX_IOVS 16
/* Returns the bytes sent: what fits without waiting with timeout 0, everything otherwise. */
struct unix_send { INT32 fd; UINT32 count; UINT64 iovs; UINT32 timeout; UINT32 reserved; };

#define UNIX_SHUTDOWN_SEND 1u
#define UNIX_SHUTDOWN_BOTH 2u   /* wakes everything that waits on the descriptor */
#define UNIX_SHUTDOWN_RECV 3u   /* wakes receives */
struct unix_shutdown { INT32 fd; UINT32 how; };
struct unix_close { INT32 fd; };

/* Resolves without connecting; the first address of the host. `cancel` as for a connection. */
struct unix_resolve
{
    UINT64 host;                /* in: NUL-ended UTF-8 */
    UINT64 cancel;              /* in: or 0 */
    UINT32 port;                /* in */
    UINT32 flags;               /* in: UNIX_CONNECT_IPV4 and _IPV6 */
    UINT32 timeout;             /* in */
    UINT32 reserved;
    struct unix_address address;        /* out */
};

/* A socket for datagrams, bound to the address; one whose bytes are all zero is any. A shared one lets others, also of other
 * processes, have the same port: what comes by multicast is for all. Returns the descriptor, and the address bound to. */
struct unix_datagram_open { struct unix_address address; UINT32 shared; UINT32 reserved; };
/* Joins or leaves a multicast group on the adapter, an interface index. */
struct unix_datagram_join { INT32 fd; UINT32 adapter; struct unix_address group; UINT32 leave; UINT32 reserved; };
/* Returns the size of the datagram, of which no more than `size` bytes are kept. -ECANCELED after a shutdown of the descriptor.
 * With `foreign`, datagrams that this machine has sent are passed over. */
struct unix_datagram_recv { INT32 fd; UINT32 size; UINT64 buffer; UINT32 timeout; UINT32 foreign; struct unix_address remote; };
/* `adapter` (interface index, 0: the system's choice) and `hops` are for multicast addresses. */
struct unix_datagram_send
{
    INT32  fd;
    UINT32 size;
    UINT64 buffer;
    UINT32 timeout;
    UINT32 adapter;
    UINT32 hops;
    UINT32 reserved;
    struct unix_address remote;
};

#ifdef _WIN32
/* Finds the ELF half and says hello to it; FALSE if there is none or it is of another build. Once, at load. */
BOOL unix_init( void *module );

/* Calls a function of the ELF half; about 10 ns. Returns what the function returned. */
INT32 unix_call( enum unix_func func, void *args );
#endif

#endif
