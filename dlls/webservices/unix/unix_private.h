/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the ELF half share. */
#ifndef WS_UNIX_PRIVATE_H
#define WS_UNIX_PRIVATE_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include "unixlib.h"

static inline void *ptr_of( UINT64 value ) { return (void *)(uintptr_t)value; }

/* CLOCK_MONOTONIC in milliseconds. */
UINT64 clock_ms( void );
/* Milliseconds until the deadline for poll(); -1 for none. */
int remaining_ms( UINT64 deadline );
static inline UINT64 deadline_of( UINT32 timeout ) { return timeout == UNIX_INFINITE ? ~(UINT64)0 : clock_ms() + timeout; }

/* Sleeps on a 32-bit word; 0 or -ETIMEDOUT. */
INT32 futex_sleep( const UINT32 *word, UINT32 expected, UINT32 timeout );
void  futex_wake_all( const UINT32 *word );

socklen_t sockaddr_from_address( const struct unix_address *address, struct sockaddr_storage *storage );
void address_from_sockaddr( const struct sockaddr_storage *storage, struct unix_address *address );
/* Options that every connected socket gets. */
void socket_set_options( int fd, UINT32 flags, UINT32 keep_alive_time, UINT32 keep_alive_interval );

#define MAX_ADDRESSES 8
/* Addresses of a host name, in the order to try them. Returns the count or an errno negated. */
INT32 resolve_host( const char *host, UINT32 port, UINT32 flags, UINT64 deadline, const UINT32 *cancel,
                    struct unix_address addresses[MAX_ADDRESSES] );

INT32 unix_clock( void *args );
INT32 unix_futex_wait( void *args );
INT32 unix_futex_wake( void *args );
INT32 unix_loop_create( void *args );
INT32 unix_loop_add( void *args );
INT32 unix_loop_wait( void *args );
INT32 unix_listen( void *args );
INT32 unix_accept( void *args );
INT32 unix_connect( void *args );
INT32 unix_recv( void *args );
INT32 unix_send( void *args );
INT32 unix_shutdown( void *args );
INT32 unix_close( void *args );
INT32 unix_resolve( void *args );
INT32 unix_datagram_open( void *args );
INT32 unix_datagram_join( void *args );
INT32 unix_datagram_recv( void *args );
INT32 unix_datagram_send( void *args );
INT32 unix_wake_open( void *args );
INT32 unix_wake_signal( void *args );

#endif
