/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses as text and as Windows structures, and the table of system errors. */
#include "transport/net.h"
#include "transport/loop.h"

static ULONG put_decimal( char *dst, ULONG value )
{
    char digits[10];
    ULONG i = 0, len = 0;

    do digits[i++] = '0' + value % 10; while (value /= 10);
    while (i) dst[len++] = digits[--i];
    return len;
}

static ULONG put_ipv6( char *dst, const BYTE *addr )
{
    static const char hex[] = "0123456789abcdef";
    ULONG i, j, len = 0, best = 8, best_len = 1;

    for (i = 0; i < 8; i = j ? i + j : i + 1)
    {
        for (j = 0; i + j < 8 && !addr[2 * (i + j)] && !addr[2 * (i + j) + 1]; j++) ;
        if (j > best_len) best = i, best_len = j;
    }
    for (i = 0; i < 8; i++)
    {
        UINT16 group = addr[2 * i] << 8 | addr[2 * i + 1];
        int shift = 12;

        if (i == best)
        {
            dst[len++] = ':';
            i += best_len - 1;
            if (i == 7) dst[len++] = ':';
            continue;
        }
        if (i) dst[len++] = ':';
        while (shift && !(group >> shift)) shift -= 4;
        for (; shift >= 0; shift -= 4) dst[len++] = hex[(group >> shift) & 15];
    }
    return len;
}

ULONG net_address_text( const struct net_address *address, BOOL with_port, char text[NET_ADDRESS_TEXT] )
{
    ULONG len = 0, i;

    if (address->family == 4)
    {
        for (i = 0; i < 4; i++)
        {
            if (i) text[len++] = '.';
            len += put_decimal( text + len, address->addr[i] );
        }
    }
    else if (address->family == 6)
    {
        if (with_port) text[len++] = '[';
        len += put_ipv6( text + len, address->addr );
        if (address->scope)
        {
            text[len++] = '%';
            len += put_decimal( text + len, address->scope );
        }
        if (with_port) text[len++] = ']';
    }
    if (with_port && address->family)
    {
        text[len++] = ':';
        len += put_decimal( text + len, address->port );
    }
    text[len] = 0;
    return len;
}

static BOOL parse_ipv4( const char *text, ULONG len, BYTE addr[4] )
{
    ULONG i, part = 0, digits = 0, value = 0;

    for (i = 0; i <= len; i++)
    {
        if (i < len && text[i] >= '0' && text[i] <= '9')
        {
            value = value * 10 + text[i] - '0';
            if (++digits > 3 || value > 255) return FALSE;
            continue;
        }
        if ((i < len && text[i] != '.') || !digits || part > 3) return FALSE;
        addr[part++] = value;
        value = digits = 0;
    }
    return part == 4;
}

/* Groups in hex; the last two may be an IPv4 address; one :: for any number of zeroes. */
static BOOL parse_ipv6( const char *text, ULONG len, BYTE addr[16] )
{
    static const char hex[] = "0123456789abcdef";
    ULONG i = 0, start, count = 0, gap = ~0u, value;
    BYTE bytes[16] = { 0 };
    const char *digit;

    if (len >= 2 && text[0] == ':' && text[1] == ':') gap = 0, i = 2;
    while (i < len)
    {
        if (count == 16) return FALSE;
        for (start = i, value = 0; i < len && i - start < 4 && text[i] && (digit = memchr( hex, text[i] <= '9' ? text[i] : text[i] | 0x20, 16 ));
             i++) value = value << 4 | (digit - hex);
        if (i == start) return FALSE;
        if (i < len && text[i] == '.')
        {
            if (count > 12 || !parse_ipv4( text + start, len - start, bytes + count )) return FALSE;
            count += 4;
            i = len;
            break;
        }
        bytes[count++] = value >> 8;
        bytes[count++] = value;
        if (i == len) break;
        if (text[i++] != ':' || i == len) return FALSE;
        if (text[i] != ':') continue;
        if (gap != ~0u) return FALSE;
        gap = count;
        i++;
    }
    if (gap == ~0u ? count != 16 : count > 14) return FALSE;
    if (gap == ~0u) gap = count;
    memset( addr, 0, 16 );
    memcpy( addr, bytes, gap );
    memcpy( addr + 16 - (count - gap), bytes + gap, count - gap );
    return TRUE;
}

BOOL net_address_parse( const char *text, ULONG len, struct net_address *address )
{
    memset( address, 0, sizeof(*address) );
    if (parse_ipv4( text, len, address->addr )) address->family = 4;
    else if (parse_ipv6( text, len, address->addr )) address->family = 6;
    return address->family != 0;
}

/* Families as Windows numbers them. */
#define WINDOWS_AF_INET  2
#define WINDOWS_AF_INET6 23

void net_address_to_sockaddr( const struct net_address *address, void *storage )
{
    BYTE *bytes = storage;

    memset( bytes, 0, 128 );
    bytes[2] = address->port >> 8;
    bytes[3] = address->port;
    if (address->family == 4)
    {
        bytes[0] = WINDOWS_AF_INET;
        memcpy( bytes + 4, address->addr, 4 );
    }
    else if (address->family == 6)
    {
        bytes[0] = WINDOWS_AF_INET6;
        memcpy( bytes + 8, address->addr, 16 );
        memcpy( bytes + 24, &address->scope, 4 );
    }
    else bytes[2] = bytes[3] = 0;
}

/* Errno of Linux: what it means by itself, and the Win32 code that Windows would have had. */
static const struct { INT16 err; UINT16 win32; HRESULT hr; const char *text; } causes[] =
{
    {   2, 11001, WS_E_ENDPOINT_NOT_FOUND,    "the host name is not known" },
    {  11, 11002, WS_E_ENDPOINT_UNREACHABLE,  "the name server did not answer" },
    {  12,     8, E_OUTOFMEMORY,              "out of memory" },
    {  13,     5, WS_E_ADDRESS_NOT_AVAILABLE, "access to the port was denied" },
    {  23,     4, E_OUTOFMEMORY,              "too many open files in the system" },
    {  24,     4, E_OUTOFMEMORY,              "too many open files in the process" },
    {  32, 10054, WS_E_ENDPOINT_DISCONNECTED, "the connection was closed by the other side" },
    {  71, 10054, WS_E_ENDPOINT_DISCONNECTED, "the protocol failed" },
    {  90, 10040, WS_E_QUOTA_EXCEEDED,        "the message is larger than a datagram can be" },
    {  97, 10047, WS_E_ADDRESS_NOT_AVAILABLE, "the address family is not supported here" },
    {  98, 10048, WS_E_ADDRESS_IN_USE,        "the address is in use" },
    {  99, 10049, WS_E_ADDRESS_NOT_AVAILABLE, "the address is not one of this machine" },
    { 100, 10050, WS_E_ENDPOINT_UNREACHABLE,  "the network is down" },
    { 101, 10051, WS_E_ENDPOINT_UNREACHABLE,  "the network cannot be reached" },
    { 103, 10053, WS_E_ENDPOINT_DISCONNECTED, "the connection was aborted" },
    { 104, 10054, WS_E_ENDPOINT_DISCONNECTED, "the connection was reset by the other side" },
    { 105,     8, E_OUTOFMEMORY,              "no buffer space" },
    { 107, 10057, WS_E_ENDPOINT_DISCONNECTED, "there is no connection" },
    { 108, 10058, WS_E_ENDPOINT_DISCONNECTED, "the connection was shut down" },
    { 110, 10060, WS_E_OPERATION_TIMED_OUT,   "it took longer than the timeout" },
    { 111, 10061, WS_E_ENDPOINT_NOT_FOUND,    "the connection was refused" },
    { 112, 10064, WS_E_ENDPOINT_UNREACHABLE,  "the host is down" },
    { 113, 10065, WS_E_ENDPOINT_UNREACHABLE,  "there is no route to the host" },
    { 125,   995, WS_E_OPERATION_ABORTED,     "the operation was aborted" },
};

static ULONG find_cause( int err )
{
    ULONG i;

    if (err < 0) err = -err;
    for (i = 0; i < ARRAY_SIZE( causes ) && causes[i].err != err; i++) ;
    return i;
}

HRESULT net_error_code( enum net_operation op, int err )
{
    ULONG i = find_cause( err );

    if (i < ARRAY_SIZE( causes )) return causes[i].hr;
    return op == NET_SEND || op == NET_RECEIVE ? WS_E_ENDPOINT_DISCONNECTED : WS_E_OTHER;
}

HRESULT net_fail( WS_ERROR *error, enum net_operation op, int err, const char *host, ULONG port )
{
    static const char *const what[NET_OPERATION_COUNT] =
    {
        "The address of the host", "The connection to the host", "Listening on the address", "Accepting a connection on",
        "Sending data to", "Receiving data from",
    };
    ULONG i = find_cause( err );
    HRESULT hr = net_error_code( op, err );
    const char *cause = i < ARRAY_SIZE( causes ) ? causes[i].text : "the system reported an error";
    HRESULT original = i < ARRAY_SIZE( causes ) ? HRESULT_FROM_WIN32( causes[i].win32 ) : hr;

    if (err < 0) err = -err;
    if (op == NET_RESOLVE)
        return ws_fail_code( error, hr, original, "The address of the host '%s' could not be found: %s (system error %d).",
                             host ? host : "", cause, err );
    if (op == NET_CONNECT || op == NET_LISTEN)
        return ws_fail_code( error, hr, original, "%s '%s', port %u, failed: %s (system error %d).", what[op],
                             host ? host : "", port, cause, err );
    if (!host) host = "the other side";
    return ws_fail_code( error, hr, original, "%s %s failed: %s (system error %d).", what[op], host, cause, err );
}

void net_trace_bytes( const char *what, const void *object, const void *data, SIZE_T size )
{
#ifdef _WIN32
    static const char hex[] = "0123456789abcdef";
    const BYTE *bytes = data;
    char line[160];
    SIZE_T i = 0;

    WS_TRACE_IO( "%p %s %u bytes\n", object, what, (unsigned int)size );
    if (size > 4096) size = 4096;
    while (i < size)
    {
        ULONG len = 0;

        /* One line of text a line, what is not printable in hex. */
        while (i < size && len < sizeof(line) - 8)
        {
            BYTE c = bytes[i++];

            if (c >= ' ' && c < 127 && c != '\\') line[len++] = c;
            else if (c == '\n')
            {
                if (len >= 4 && !memcmp( line + len - 4, "\\x0d", 4 )) len -= 4;
                break;
            }
            else
            {
                line[len++] = '\\';
                line[len++] = 'x';
                line[len++] = hex[c >> 4];
                line[len++] = hex[c & 15];
            }
        }
        line[len] = 0;
        WS_TRACE_IO( "%p | %s\n", object, line );
    }
#else
    (void)what; (void)object; (void)data; (void)size;
#endif
}
