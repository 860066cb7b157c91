/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ports for datagrams (UDP), single and multicast. Asynchronous operation and aborts are as with streams: one receive may be
 * pending at a time. Datagrams get lost, and there are no errors for that. */
#ifndef WS_TRANSPORT_DATAGRAM_H
#define WS_TRANSPORT_DATAGRAM_H

#include "transport/stream.h"

/* What a datagram can hold; one byte more of room shows that there was more. */
#define DATAGRAM_MAX 65535

struct datagram_port;

/* Opens on any address of the family (4 or 6); port 0: one that the system chooses. A shared port can be opened by others too. */
HRESULT datagram_open( UINT16 family, USHORT port, BOOL shared, struct datagram_port **ret, WS_ERROR *error );
/* Receives one. *got may be more than `size`: the rest of it is lost. `foreign`: none that this machine has sent. Waits without
 * limit; only datagram_abort ends that. */
HRESULT datagram_recv( struct datagram_port *port, void *buf, ULONG size, BOOL foreign, ULONG *got, struct net_address *from,
                       const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
/* Sends one, at once or within `timeout`. `adapter` (an interface index, 0: any) and `hops` count for multicast addresses. */
HRESULT datagram_send( struct datagram_port *port, const struct net_address *to, ULONG adapter, ULONG hops, const void *data,
                       ULONG size, ULONG timeout, WS_ERROR *error );
/* Joins or leaves a group on an interface. */
HRESULT datagram_join( struct datagram_port *port, const struct net_address *group, ULONG adapter, BOOL leave, WS_ERROR *error );
/* From any thread; a pending receive ends with WS_E_OPERATION_ABORTED, and so does every later one. Sending goes on. */
void datagram_abort( struct datagram_port *port );
/* Not while an operation is pending. */
void datagram_close( struct datagram_port *port );

/* Finds the address of a host (UTF-8; name, IPv4, or IPv6 with or without brackets). Also asynchronously. */
HRESULT datagram_resolve( const char *host, ULONG host_len, USHORT port, UINT8 ip_version, UINT64 deadline,
                          struct connect_cancel *cancel, struct net_address *ret, const WS_ASYNC_CONTEXT *async, WS_ERROR *error );

static inline BOOL net_address_is_multicast( const struct net_address *address )
{
    return address->family == 4 ? (address->addr[0] & 0xf0) == 0xe0 : address->family == 6 && address->addr[0] == 0xff;
}

#endif
