/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Matching of URLs with that of a listener, component by component. */
#include "transport/url_match.h"
#include "base/str.h"

struct url_match
{
    LONG   refs;
    ULONG  flags;                   /* WS_MATCH_URL_* */
    BOOL   any_host;                /* + or *: the flags say which names are those of this machine */
    struct slice host, path;        /* in `text` */
    USHORT port;
    char   text[];
};

struct parts { struct slice host, path; USHORT port; BOOL query; };

static char lower( char c ) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; }

BOOL url_split_authority( const char **pos, const char *end, struct slice *host, USHORT *port )
{
    const char *p = *pos;
    ULONG number = 0;

    if (p < end && *p == '[')
    {
        host->ptr = ++p;
        while (p < end && *p != ']') p++;
        if (p == end) return FALSE;
        host->len = p++ - host->ptr;
    }
    else
    {
        host->ptr = p;
        while (p < end && *p != ':' && *p != '/' && *p != '?' && *p != '#') p++;
        host->len = p - host->ptr;
    }
    if (p < end && *p == ':')
    {
        for (p++; p < end && *p >= '0' && *p <= '9' && number <= 65535; p++) number = number * 10 + *p - '0';
        if (!number || number > 65535) return FALSE;
        *port = number;
    }
    *pos = p;
    return host->len && (p == end || *p == '/' || *p == '?' || *p == '#');
}

/* FALSE: it is no URL of a service. The path is without slashes at its end. */
static BOOL split( const char *url, ULONG len, struct parts *parts )
{
    static const struct { struct slice name; USHORT port; } schemes[] =
    {
        { SLICE( "http://" ), 80 }, { SLICE( "https://" ), 443 }, { SLICE( "net.tcp://" ), 808 }, { SLICE( "soap.udp://" ), 65535 },
        { SLICE( "net.pipe://" ), 0 },
    };
    const char *p, *end = url + len;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( schemes ); i++)
        if (len > schemes[i].name.len && slice_ieq( (struct slice){ url, schemes[i].name.len }, schemes[i].name.ptr, schemes[i].name.len ))
            break;
    if (i == ARRAY_SIZE( schemes )) return FALSE;
    p = url + schemes[i].name.len;
    parts->port = schemes[i].port;
    if (!url_split_authority( &p, end, &parts->host, &parts->port )) return FALSE;
    parts->path.ptr = p;
    while (p < end && *p != '?' && *p != '#') p++;
    parts->path.len = p - parts->path.ptr;
    parts->query = p < end && *p == '?';
    while (parts->path.len && parts->path.ptr[parts->path.len - 1] == '/') parts->path.len--;
    return TRUE;
}

HRESULT url_match_create( const WS_STRING *url, ULONG flags, struct url_match **ret, WS_ERROR *error )
{
    struct url_match *match;
    struct parts parts;
    ULONG size;
    HRESULT hr;

    if ((hr = utf16_to_utf8_size( url->chars, url->length, &size, error ))) return hr;
    if (!(match = mem_alloc( sizeof(*match) + size + 1 ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a URL." );
    utf16_to_utf8( url->chars, url->length, (BYTE *)match->text );
    if (!split( match->text, size, &parts )) flags = 0;     /* of a listener that has its own idea of URLs */
    match->refs = 1;
    match->flags = flags;
    if (flags)
    {
        match->any_host = parts.host.len == 1 && (*parts.host.ptr == '+' || *parts.host.ptr == '*');
        match->host = parts.host;
        match->path = parts.path;
        match->port = parts.port;
    }
    *ret = match;
    return S_OK;
}

struct url_match *url_match_addref( struct url_match *match )
{
    if (match) atomic_inc( &match->refs );
    return match;
}

void url_match_release( struct url_match *match )
{
    if (match && !atomic_dec( &match->refs )) mem_free( match );
}

/* Is this name one that the machine has? */
static BOOL is_own_name( struct slice host, ULONG flags )
{
    static const struct { ULONG flag; COMPUTER_NAME_FORMAT format; } names[] =
    {
        { WS_MATCH_URL_DNS_HOST, ComputerNameDnsHostname }, { WS_MATCH_URL_DNS_FULLY_QUALIFIED_HOST, ComputerNameDnsFullyQualified },
        { WS_MATCH_URL_NETBIOS_HOST, ComputerNameNetBIOS },
    };
    WCHAR name[256];
    BYTE text[768];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( names ); i++)
    {
        DWORD len = ARRAY_SIZE( name );

        if (!(flags & names[i].flag) || !GetComputerNameExW( names[i].format, name, &len )) continue;
        if (slice_ieq( host, (const char *)text, utf16_to_utf8( name, len, text ) )) return TRUE;
    }
    return FALSE;
}

static BOOL host_matches( const struct url_match *match, struct slice host )
{
    struct net_address address;

    if (!(match->flags & WS_MATCH_URL_THIS_HOST)) return TRUE;
    if (!match->any_host) return slice_ieq( host, match->host.ptr, match->host.len );
    if ((match->flags & WS_MATCH_URL_LOCAL_HOST) && SLICE_IEQ( host, "localhost" )) return TRUE;
    if ((match->flags & WS_MATCH_URL_HOST_ADDRESSES) && net_address_parse( host.ptr, host.len, &address ) && net_is_local( &address ))
        return TRUE;
    return is_own_name( host, match->flags );
}

/* The next character of a path, percent escapes decoded. */
static char next_char( const char **pos, const char *end )
{
    static const char hex[] = "0123456789abcdef";
    const char *p = *pos, *high, *low;

    if (*p == '%' && end - p >= 3 && (high = memchr( hex, lower( p[1] ), 16 )) && (low = memchr( hex, lower( p[2] ), 16 )))
    {
        *pos += 3;
        return (high - hex) << 4 | (low - hex);
    }
    *pos += 1;
    return *p;
}

static BOOL path_matches( const struct url_match *match, struct slice path )
{
    const char *p = match->path.ptr, *p_end = p + match->path.len, *q = path.ptr, *q_end = q + path.len;

    if (!(match->flags & (WS_MATCH_URL_EXACT_PATH | WS_MATCH_URL_PREFIX_PATH))) return TRUE;
    while (p < p_end && q < q_end) if (lower( next_char( &p, p_end ) ) != lower( next_char( &q, q_end ) )) return FALSE;
    if (p < p_end) return FALSE;
    return q == q_end || (!(match->flags & WS_MATCH_URL_EXACT_PATH) && *q == '/');
}

BOOL url_matches( const struct url_match *match, const char *url, ULONG len )
{
    struct parts parts;

    if (!match->flags) return TRUE;
    if (!split( url, len, &parts )) return FALSE;
    if ((match->flags & WS_MATCH_URL_NO_QUERY) && parts.query) return FALSE;
    if ((match->flags & WS_MATCH_URL_PORT) && parts.port != match->port) return FALSE;
    return path_matches( match, parts.path ) && host_matches( match, parts.host );
}
