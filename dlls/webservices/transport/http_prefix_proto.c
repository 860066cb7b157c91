/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* URL prefixes, as http.sys registers them: parsing, order, and which of them a request falls under. */
#include "transport/http_proto.h"

static inline char lower( char c ) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

static int hex_value( WCHAR c )
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static ULONG match_scheme( const WCHAR *url, ULONG len, const char *scheme )
{
    ULONG i;

    for (i = 0; scheme[i]; i++)
        if (i >= len || url[i] > 127 || lower( (char)url[i] ) != scheme[i]) return 0;
    return i;
}

static ULONG put_utf8( char *dst, ULONG c )
{
    ULONG len = 0;

    if (c < 0x80) dst[len++] = c;
    else if (c < 0x800) dst[len++] = 0xc0 | c >> 6;
    else if (c < 0x10000) dst[len++] = 0xe0 | c >> 12;
    else dst[len++] = 0xf0 | c >> 18;
    if (c >= 0x10000) dst[len++] = 0x80 | ((c >> 12) & 63);
    if (c >= 0x800) dst[len++] = 0x80 | ((c >> 6) & 63);
    if (c >= 0x80) dst[len++] = 0x80 | (c & 63);
    return len;
}

/* One character of the text as UTF-8, percent escapes decoded if wanted. Returns the units used, 0 if it is wrong. */
static ULONG take_char( const WCHAR *src, ULONG len, BOOL decode, char *dst, ULONG *dst_len )
{
    ULONG c = src[0];

    if (decode && c == '%')
    {
        int high = len > 2 ? hex_value( src[1] ) : -1, low = len > 2 ? hex_value( src[2] ) : -1;

        if (high < 0 || low < 0 || !(high << 4 | low)) return 0;
        dst[(*dst_len)++] = high << 4 | low;
        return 3;
    }
    if (c <= ' ' || c == 0x7f || (c >= 0xdc00 && c < 0xe000)) return 0;
    if (c >= 0xd800 && c < 0xdc00)
    {
        if (len < 2 || src[1] < 0xdc00 || src[1] >= 0xe000) return 0;
        c = 0x10000 + ((c & 0x3ff) << 10 | (src[1] & 0x3ff));
        *dst_len += put_utf8( dst + *dst_len, c );
        return 2;
    }
    *dst_len += put_utf8( dst + *dst_len, c );
    return 1;
}

static BOOL copy_text( const WCHAR *src, ULONG len, BOOL decode, char *dst, ULONG *dst_len )
{
    ULONG i, used;

    for (i = 0; i < len; i += used)
        if (!(used = take_char( src + i, len - i, decode, dst, dst_len ))) return FALSE;
    return TRUE;
}

static BOOL parse_port( const WCHAR *text, ULONG len, USHORT *port )
{
    ULONG i, value = 0;

    if (!len || len > 5) return FALSE;
    for (i = 0; i < len; i++)
    {
        if (text[i] < '0' || text[i] > '9') return FALSE;
        value = value * 10 + (text[i] - '0');
    }
    *port = value;
    return value && value < 65536;
}

/* Length of the host part; the port, if any, follows at a colon. 0 if there is none. */
static ULONG host_length( const WCHAR *text, ULONG len )
{
    ULONG i;

    if (text[0] == '[')
    {
        for (i = 1; i < len && text[i] != ']'; i++)
            if (!(text[i] == ':' || text[i] == '.' || hex_value( text[i] ) >= 0)) return 0;
        return i < len && i > 2 ? i + 1 : 0;
    }
    for (i = 0; i < len && text[i] != ':'; i++)
        if (text[i] == '@' || text[i] == '%' || text[i] == '[' || text[i] == ']' || text[i] == '\\') return 0;
    if (i > 1) for (ULONG j = 0; j < i; j++) if (text[j] == '+' || text[j] == '*') return 0;
    return i;
}

BOOL http_prefix_parse( const WCHAR *url, ULONG len, struct http_prefix *prefix, BOOL *memory )
{
    ULONG scheme, authority, host, i;
    const WCHAR *rest;
    char *block;

    memset( prefix, 0, sizeof(*prefix) );
    *memory = FALSE;
    if ((scheme = match_scheme( url, len, "https://" ))) prefix->secure = TRUE;
    else if (!(scheme = match_scheme( url, len, "http://" ))) return FALSE;
    url += scheme;
    len -= scheme;
    for (authority = 0; authority < len && url[authority] != '/'; authority++)
        if (url[authority] == '?' || url[authority] == '#') return FALSE;
    if (!authority || !(host = host_length( url, authority ))) return FALSE;
    prefix->port = prefix->secure ? 443 : 80;
    if (host < authority && (url[host] != ':' || !parse_port( url + host + 1, authority - host - 1, &prefix->port )))
        return FALSE;
    rest = url + authority;
    len -= authority;
    for (i = 0; i < len; i++) if (rest[i] == '?' || rest[i] == '#') return FALSE;

    if (!(block = mem_alloc( 3 * (host + len) + 4 )))
    {
        *memory = TRUE;
        return FALSE;
    }
    prefix->host = block;
    prefix->kind = HTTP_EXACT_HOST;
    if (host == 1 && url[0] == '+') prefix->kind = HTTP_STRONG_WILDCARD;
    else if (host == 1 && url[0] == '*') prefix->kind = HTTP_WEAK_WILDCARD;
    else if (!copy_text( url, host, FALSE, prefix->host, &prefix->host_len )) goto bad;
    for (i = 0; i < prefix->host_len; i++) prefix->host[i] = lower( prefix->host[i] );
    prefix->host[prefix->host_len] = 0;
    prefix->path = prefix->host + prefix->host_len + 1;
    if (!copy_text( rest, len, TRUE, prefix->path, &prefix->path_len )) goto bad;
    if (!prefix->path_len || prefix->path[prefix->path_len - 1] != '/') prefix->path[prefix->path_len++] = '/';
    prefix->path[prefix->path_len] = 0;
    return TRUE;
bad:
    http_prefix_clear( prefix );
    return FALSE;
}

void http_prefix_clear( struct http_prefix *prefix )
{
    mem_free( prefix->host );
    prefix->host = prefix->path = NULL;
}

int http_prefix_order( const struct http_prefix *a, const struct http_prefix *b )
{
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->path_len != b->path_len) return a->path_len > b->path_len ? -1 : 1;
    return 0;
}

BOOL http_prefix_equal( const struct http_prefix *a, const struct http_prefix *b )
{
    struct slice host = { b->host, b->host_len }, path = { b->path, b->path_len };

    return a->kind == b->kind && a->secure == b->secure && a->port == b->port
           && slice_ieq( host, a->host, a->host_len ) && slice_ieq( path, a->path, a->path_len );
}

static BOOL host_matches( const struct http_prefix *prefix, struct slice host )
{
    ULONG len = host.len, i;

    /* The port is that of the connection whatever the header says. */
    for (i = host.len; i && host.ptr[i - 1] >= '0' && host.ptr[i - 1] <= '9'; i--) ;
    if (i && host.ptr[i - 1] == ':') len = i - 1;
    host.len = len;
    return slice_ieq( host, prefix->host, prefix->host_len );
}

BOOL http_prefix_matches( const struct http_prefix *prefix, struct slice host, struct slice path )
{
    ULONG i, j;

    if (prefix->kind == HTTP_EXACT_HOST && !host_matches( prefix, host )) return FALSE;
    for (i = j = 0; i < path.len && j < prefix->path_len; i++, j++)
    {
        char c = path.ptr[i];

        if (c == '%')
        {
            int high = i + 2 < path.len ? hex_value( (UINT8)path.ptr[i + 1] ) : -1;
            int low = i + 2 < path.len ? hex_value( (UINT8)path.ptr[i + 2] ) : -1;

            if (high < 0 || low < 0) return FALSE;
            c = high << 4 | low;
            i += 2;
        }
        if (lower( c ) != lower( prefix->path[j] )) return FALSE;
    }
    /* The last slash of the prefix need not be there: "/a" falls under "/a/". */
    return j == prefix->path_len || (j == prefix->path_len - 1 && i == path.len);
}
