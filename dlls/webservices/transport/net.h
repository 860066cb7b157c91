/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses and errors of the network, shared by everything in this folder.
 *
 * The system codes that cross from the ELF half are errno values of Linux; here they become HRESULTs and readable
 * texts, by one table. */
#ifndef WS_TRANSPORT_NET_H
#define WS_TRANSPORT_NET_H

#include "base/error.h"

/* No limit in time. Timeouts are in milliseconds everywhere. */
#define NET_INFINITE 0xffffffffu

/* An IP address and port, in one form for both families. */
struct net_address
{
    UINT16 family;      /* 0: none, 4 or 6 */
    UINT16 port;        /* host order */
    UINT32 scope;       /* interface of a link-local IPv6 address */
    BYTE   addr[16];    /* network order; 4 bytes used for IPv4 */
};

/* "127.0.0.1", "fe80::1%2", "[::1]:80" when with_port. Returns the length. */
#define NET_ADDRESS_TEXT 72
ULONG net_address_text( const struct net_address *address, BOOL with_port, char text[NET_ADDRESS_TEXT] );

/* Writes a SOCKADDR_IN or SOCKADDR_IN6 of Windows into `storage` (128 bytes, the rest zeroed):
 * WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS. */
void net_address_to_sockaddr( const struct net_address *address, void *storage );

/* An address as text, without port and brackets; FALSE if it is none, as a name. */
BOOL net_address_parse( const char *text, ULONG len, struct net_address *address );
/* Is it one of this machine? */
BOOL net_is_local( const struct net_address *address );

/* What was tried when a system call failed; selects the code and the words. */
enum net_operation { NET_RESOLVE, NET_CONNECT, NET_LISTEN, NET_ACCEPT, NET_SEND, NET_RECEIVE, NET_OPERATION_COUNT };

/* The WS_E_* (or E_OUTOFMEMORY) that stands for `err`, an errno of Linux. */
HRESULT net_error_code( enum net_operation op, int err );

/* Fails with that code and a text of operation, `host` (UTF-8, may be NULL), port and cause, and keeps the Win32 code
 * that the foreign one stands for as the original code. */
HRESULT net_fail( WS_ERROR *error, enum net_operation op, int err, const char *host, ULONG port );

#endif
