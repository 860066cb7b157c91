/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Taking URLs apart and putting them together. */

#include "base/url.h"

#define URL_FLAGS (WS_URL_FLAGS_ALLOW_HOST_WILDCARDS | WS_URL_FLAGS_NO_PATH_COLLAPSE | WS_URL_FLAGS_ZERO_TERMINATE)

static const WCHAR name_http[] = { 'h','t','t','p' };
static const WCHAR name_https[] = { 'h','t','t','p','s' };
static const WCHAR name_nettcp[] = { 'n','e','t','.','t','c','p' };
static const WCHAR name_soapudp[] = { 's','o','a','p','.','u','d','p' };
static const WCHAR name_netpipe[] = { 'n','e','t','.','p','i','p','e' };

static const struct
{
    const WCHAR *name;
    ULONG        len;
    USHORT       port;      /* 65535: the scheme has no default */
}
schemes[] =
{
    [WS_URL_HTTP_SCHEME_TYPE]    = { name_http, ARRAY_SIZE( name_http ), 80 },
    [WS_URL_HTTPS_SCHEME_TYPE]   = { name_https, ARRAY_SIZE( name_https ), 443 },
    [WS_URL_NETTCP_SCHEME_TYPE]  = { name_nettcp, ARRAY_SIZE( name_nettcp ), 808 },
    [WS_URL_SOAPUDP_SCHEME_TYPE] = { name_soapudp, ARRAY_SIZE( name_soapudp ), 65535 },
    [WS_URL_NETPIPE_SCHEME_TYPE] = { name_netpipe, ARRAY_SIZE( name_netpipe ), 65535 },
};

/* All URL structs are laid out alike. */
_Static_assert( sizeof(WS_HTTP_URL) == sizeof(WS_NETPIPE_URL) && sizeof(WS_HTTP_URL) == sizeof(WS_HTTPS_URL) &&
                sizeof(WS_HTTP_URL) == sizeof(WS_NETTCP_URL) && sizeof(WS_HTTP_URL) == sizeof(WS_SOAPUDP_URL) &&
                offsetof( WS_HTTP_URL, fragment ) == offsetof( WS_NETPIPE_URL, fragment ), "one layout" );

/* In which components an ASCII character may stand unescaped (RFC 3986, appendix A). */
#define IN_HOST  0x01
#define IN_PATH  0x02
#define IN_QUERY 0x04   /* and fragment */

static BYTE char_class( WCHAR c )
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return IN_HOST | IN_PATH | IN_QUERY;
    switch (c)
    {
    case '-': case '.': case '_': case '~':                                                         /* unreserved */
    case '!': case '$': case '&': case '\'': case '(': case ')': case '*': case '+': case ',': case ';': case '=':
        return IN_HOST | IN_PATH | IN_QUERY;
    case ':': case '@': case '/':
        return IN_PATH | IN_QUERY;
    case '?':
        return IN_QUERY;
    default:
        return 0;
    }
}

const WCHAR *url_scheme_name( WS_URL_SCHEME_TYPE scheme, ULONG *len )
{
    if (scheme >= ARRAY_SIZE( schemes )) return NULL;
    *len = schemes[scheme].len;
    return schemes[scheme].name;
}

USHORT url_default_port( WS_URL_SCHEME_TYPE scheme )
{
    return scheme < ARRAY_SIZE( schemes ) ? schemes[scheme].port : 65535;
}

/* ---- taking apart ---- */

static HRESULT bad_url( const WS_STRING *url, const char *why, WS_ERROR *error )
{
    return ws_fail( error, WS_E_INVALID_FORMAT, "'%.*ls' is not a URL: %s.", (int)min( url->length, 256 ), url->chars, why );
}

static WCHAR lower( WCHAR c )
{
    return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

/* Length of "name:" at the beginning; 0 if there is none. */
static ULONG scheme_length( const WS_STRING *url )
{
    ULONG i;

    for (i = 0; i < url->length; i++)
    {
        WCHAR c = lower( url->chars[i] );
        if (c == ':') return i ? i + 1 : 0;
        if (!(c >= 'a' && c <= 'z') && !(i && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) return 0;
    }
    return 0;
}

static BOOL find_scheme( const WS_STRING *url, ULONG len, WS_URL_SCHEME_TYPE *scheme )
{
    ULONG i, j;

    for (i = 0; i < ARRAY_SIZE( schemes ); i++)
    {
        if (schemes[i].len != len) continue;
        for (j = 0; j < len; j++) if (lower( url->chars[j] ) != schemes[i].name[j]) break;
        if (j < len) continue;
        *scheme = i;
        return TRUE;
    }
    return FALSE;
}

static int hex_digit( WCHAR c )
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Characters beyond ASCII are let through, as programs use them. */
static BOOL check_chars( const WS_STRING *part, BYTE class )
{
    ULONG i;

    for (i = 0; i < part->length; i++)
    {
        WCHAR c = part->chars[i];
        if (c == '%')
        {
            if (part->length - i < 3 || hex_digit( part->chars[i + 1] ) < 0 || hex_digit( part->chars[i + 2] ) < 0) return FALSE;
            i += 2;
        }
        else if (c < 0x80 && !(char_class( c ) & class)) return FALSE;
    }
    return TRUE;
}

/* The text up to one of the characters of `stop`. */
static WS_STRING take_until( const WCHAR **pos, const WCHAR *end, const char *stop )
{
    const WCHAR *start = *pos;
    WS_STRING ret;

    while (*pos < end && (**pos >= 0x80 || !strchr( stop, (char)**pos ) || !**pos)) (*pos)++;
    ret.chars = (WCHAR *)start;
    ret.length = *pos - start;
    return ret;
}

static HRESULT parse_port( const WS_STRING *text, USHORT *port )
{
    ULONG i, value = 0;

    for (i = 0; i < text->length; i++)
    {
        if (text->chars[i] < '0' || text->chars[i] > '9') return WS_E_INVALID_FORMAT;
        value = value * 10 + text->chars[i] - '0';
        if (value > 65535) return WS_E_INVALID_FORMAT;
    }
    *port = value;
    return S_OK;
}

static HRESULT split_authority( const WS_STRING *url, const WS_STRING *authority, ULONG flags, struct url_parts *parts,
                                WS_ERROR *error )
{
    const WCHAR *pos = authority->chars, *end = pos + authority->length;
    WS_STRING *host = &parts->host;

    if (pos < end && *pos == '[')
    {
        *host = take_until( &pos, end, "]" );
        if (pos == end) return bad_url( url, "the bracket of its IP address is not closed", error );
        host->length++;
        pos++;
        if (pos < end && *pos != ':') return bad_url( url, "text follows its IP address", error );
    }
    else
    {
        *host = take_until( &pos, end, ":" );
        if (!check_chars( host, IN_HOST )) return bad_url( url, "its host has characters that need to be escaped", error );
        if (host->length == 1 && (host->chars[0] == '+' || host->chars[0] == '*') &&
            !(flags & WS_URL_FLAGS_ALLOW_HOST_WILDCARDS))
            return bad_url( url, "wildcards are not allowed as its host", error );
    }
    if (!host->length) return bad_url( url, "it has no host", error );
    if (pos == end) return S_OK;
    parts->port_text.chars = (WCHAR *)pos + 1;
    parts->port_text.length = end - pos - 1;
    if (!parts->port_text.length) return S_OK;
    if (parse_port( &parts->port_text, &parts->port )) return bad_url( url, "its port is not a number up to 65535", error );
    return S_OK;
}

/* What follows the authority, and all of a relative reference that has none. */
static HRESULT split_rest( const WS_STRING *url, const WCHAR *pos, const WCHAR *end, struct url_parts *parts, WS_ERROR *error )
{
    parts->path = take_until( &pos, end, "?#" );
    if (pos < end && *pos == '?')
    {
        pos++;
        parts->query = take_until( &pos, end, "#" );
    }
    if (pos < end)
    {
        parts->fragment.chars = (WCHAR *)pos + 1;
        parts->fragment.length = end - pos - 1;
    }
    if (!check_chars( &parts->path, IN_PATH ) || !check_chars( &parts->query, IN_QUERY ) ||
        !check_chars( &parts->fragment, IN_QUERY ))
        return bad_url( url, "it has characters that need to be escaped", error );
    return S_OK;
}

HRESULT url_split( const WS_STRING *url, ULONG flags, struct url_parts *parts, WS_ERROR *error )
{
    const WCHAR *pos, *end = url->chars + url->length;
    ULONG len = scheme_length( url );
    WS_STRING authority;
    HRESULT hr;

    memset( parts, 0, sizeof(*parts) );
    if (!len || !find_scheme( url, len - 1, &parts->scheme )) return bad_url( url, "its scheme is not known", error );
    parts->port = schemes[parts->scheme].port;
    pos = url->chars + len;
    if (end - pos < 2 || pos[0] != '/' || pos[1] != '/') return bad_url( url, "it has no host", error );
    pos += 2;
    authority = take_until( &pos, end, "/?#" );
    if ((hr = split_authority( url, &authority, flags, parts, error ))) return hr;
    return split_rest( url, pos, end, parts, error );
}

/* ---- paths ---- */

/* Resolves the segments . and .. in place (RFC 3986, 5.2.4); the path begins with a slash. */
static void collapse_path( WS_STRING *path )
{
    WCHAR *src = path->chars, *end = src + path->length, *dst = src;

    while (src < end)
    {
        WCHAR *next = src + 1;
        ULONG len;

        while (next < end && *next != '/') next++;
        len = next - src - 1;           /* of the segment behind the slash */
        if ((len == 1 && src[1] == '.') || (len == 2 && src[1] == '.' && src[2] == '.'))
        {
            if (len == 2 && dst > path->chars) while (*--dst != '/') {}
            if (next == end) *dst++ = '/';
        }
        else
        {
            memmove( dst, src, (next - src) * sizeof(WCHAR) );
            dst += next - src;
        }
        src = next;
    }
    path->length = dst - path->chars;
}

/* ---- decoding ---- */

static HRESULT check_flags( ULONG flags, WS_ERROR *error )
{
    if (!(flags & ~URL_FLAGS)) return S_OK;
    return ws_fail( error, E_INVALIDARG, "0x%x are not flags for a URL.", flags & ~URL_FLAGS );
}

/* Replaces the escapes, which stand for UTF-8. */
static HRESULT unescape( const WS_STRING *url, const WS_STRING *src, ULONG flags, WS_HEAP *heap, WS_STRING *dst,
                         WS_ERROR *error )
{
    ULONG zero = flags & WS_URL_FLAGS_ZERO_TERMINATE ? 1 : 0, i = 0, units;
    BYTE *bytes;

    if (!(dst->chars = heap_alloc( heap, (src->length + zero) * sizeof(WCHAR), error ))) return heap_failure( heap );
    dst->length = 0;
    /* a run of escapes takes less room as bytes than what it is made from, and as UTF-16 too */
    if (!(bytes = mem_alloc( src->length / 3 + 1 ))) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for a URL." );
    while (i < src->length)
    {
        ULONG n = 0;
        while (src->length - i >= 3 && src->chars[i] == '%')
        {
            bytes[n++] = hex_digit( src->chars[i + 1] ) << 4 | hex_digit( src->chars[i + 2] );
            i += 3;
        }
        if (n)
        {
            if (utf8_to_utf16_size( bytes, n, &units, NULL ))
            {
                mem_free( bytes );
                return bad_url( url, "its escapes are not UTF-8", error );
            }
            dst->length += utf8_to_utf16( bytes, n, dst->chars + dst->length );
        }
        else dst->chars[dst->length++] = src->chars[i++];
    }
    if (zero) dst->chars[dst->length] = 0;
    mem_free( bytes );
    return S_OK;
}

HRESULT url_decode( const WS_STRING *url, ULONG flags, WS_HEAP *heap, WS_URL **ret, WS_ERROR *error )
{
    struct url_parts parts;
    WS_HTTP_URL *out;
    WS_STRING path;
    HRESULT hr;

    if (url->length && !url->chars) return ws_fail( error, E_INVALIDARG, "The URL has no characters." );
    if ((hr = check_flags( flags, error )) || (hr = url_split( url, flags, &parts, error ))) return hr;
    if (!(out = heap_zalloc( heap, sizeof(*out), error ))) return heap_failure( heap );
    path = parts.path;
    if (path.length && !(flags & WS_URL_FLAGS_NO_PATH_COLLAPSE))
    {
        if (!(path.chars = heap_memdup( heap, path.chars, path.length * sizeof(WCHAR), error ))) return heap_failure( heap );
        collapse_path( &path );
    }
    out->url.scheme = parts.scheme;
    out->port = parts.port;
    if ((hr = unescape( url, &parts.host, flags, heap, &out->host, error )) ||
        (hr = unescape( url, &parts.port_text, flags, heap, &out->portAsString, error )) ||
        (hr = unescape( url, &path, flags, heap, &out->path, error )) ||
        (hr = unescape( url, &parts.query, flags, heap, &out->query, error )) ||
        (hr = unescape( url, &parts.fragment, flags, heap, &out->fragment, error )))
        return hr;
    *ret = &out->url;
    return S_OK;
}

/* ---- encoding ---- */

struct url_buffer
{
    WCHAR *chars;       /* NULL while only the length is counted */
    ULONG  len;
};

static void put( struct url_buffer *buf, WCHAR c )
{
    if (buf->chars) buf->chars[buf->len] = c;
    buf->len++;
}

static void put_raw( struct url_buffer *buf, const WCHAR *chars, ULONG len )
{
    if (buf->chars && len) memcpy( buf->chars + buf->len, chars, len * sizeof(WCHAR) );
    buf->len += len;
}

static void put_ascii( struct url_buffer *buf, const char *text )
{
    while (*text) put( buf, *text++ );
}

/* What may not stand in this component is escaped as the bytes of its UTF-8. */
static HRESULT put_escaped( struct url_buffer *buf, const WS_STRING *part, BYTE class, WS_ERROR *error )
{
    static const char digits[] = "0123456789ABCDEF";
    ULONG i, j, n, size;
    BYTE bytes[4];
    HRESULT hr;

    for (i = 0; i < part->length; i += n)
    {
        WCHAR c = part->chars[i];
        n = 1;
        if (c < 0x80 && (char_class( c ) & class))
        {
            put( buf, c );
            continue;
        }
        if ((c & 0xfc00) == 0xd800 && i + 1 < part->length) n = 2;
        if ((hr = utf16_to_utf8_size( part->chars + i, n, &size, error ))) return hr;
        utf16_to_utf8( part->chars + i, n, bytes );
        for (j = 0; j < size; j++)
        {
            put( buf, '%' );
            put( buf, digits[bytes[j] >> 4] );
            put( buf, digits[bytes[j] & 15] );
        }
    }
    return S_OK;
}

static HRESULT encode_port( const WS_HTTP_URL *url, ULONG *port, WS_ERROR *error )
{
    USHORT number = url->port;

    if (url->portAsString.length)
    {
        if (parse_port( &url->portAsString, &number ))
            return ws_fail( error, WS_E_INVALID_FORMAT, "'%.*ls' is not a port.", WSSTR_ARG( &url->portAsString ) );
        if (url->port && url->port != number)
            return ws_fail( error, E_INVALIDARG, "The port of the URL is %u, but as a string %u.", url->port, number );
    }
    *port = number == url_default_port( url->url.scheme ) ? 0 : number;
    return S_OK;
}

static HRESULT put_url( struct url_buffer *buf, const WS_HTTP_URL *url, ULONG port, WS_ERROR *error )
{
    char digits[12], *p = digits + sizeof(digits) - 1;
    HRESULT hr;

    put_raw( buf, schemes[url->url.scheme].name, schemes[url->url.scheme].len );
    put_ascii( buf, "://" );
    if (url->host.length && url->host.chars[0] == '[') put_raw( buf, url->host.chars, url->host.length );
    else if ((hr = put_escaped( buf, &url->host, IN_HOST, error ))) return hr;
    if (port)
    {
        for (*p = 0; port; port /= 10) *--p = '0' + port % 10;
        *--p = ':';
        put_ascii( buf, p );
    }
    if ((hr = put_escaped( buf, &url->path, IN_PATH, error ))) return hr;
    if (url->query.length)
    {
        put( buf, '?' );
        if ((hr = put_escaped( buf, &url->query, IN_QUERY, error ))) return hr;
    }
    if (url->fragment.length)
    {
        put( buf, '#' );
        if ((hr = put_escaped( buf, &url->fragment, IN_QUERY, error ))) return hr;
    }
    return S_OK;
}

HRESULT url_encode( const WS_URL *url, ULONG flags, WS_HEAP *heap, WS_STRING *ret, WS_ERROR *error )
{
    const WS_HTTP_URL *src = (const WS_HTTP_URL *)url;
    ULONG port = 0, zero = flags & WS_URL_FLAGS_ZERO_TERMINATE ? 1 : 0;
    struct url_buffer buf = { NULL, 0 };
    HRESULT hr;

    if ((hr = check_flags( flags, error ))) return hr;
    if (url->scheme >= ARRAY_SIZE( schemes ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "%u is not a scheme of URLs.", url->scheme );
    if (src->path.length && src->path.chars[0] != '/')
        return ws_fail( error, WS_E_INVALID_FORMAT, "The path '%.*ls' of the URL does not begin with a slash.",
                        WSSTR_ARG( &src->path ) );
    if ((hr = encode_port( src, &port, error )) || (hr = put_url( &buf, src, port, error ))) return hr;
    if (!(buf.chars = heap_alloc( heap, ((SIZE_T)buf.len + zero) * sizeof(WCHAR), error ))) return heap_failure( heap );
    buf.len = 0;
    put_url( &buf, src, port, NULL );
    if (zero) buf.chars[buf.len] = 0;
    ret->chars = buf.chars;
    ret->length = buf.len;
    return S_OK;
}

/* ---- combining ---- */

/* A relative path takes the place of what follows the last slash of the base path (RFC 3986, 5.2.3). */
static void put_merged_path( struct url_buffer *buf, const WS_STRING *base, const WS_STRING *path )
{
    ULONG len = base->length;

    while (len && base->chars[len - 1] != '/') len--;
    if (len) put_raw( buf, base->chars, len );
    else put( buf, '/' );
    put_raw( buf, path->chars, path->length );
}

static void put_part( struct url_buffer *buf, WCHAR mark, const WS_STRING *part )
{
    if (!part->chars) return;
    put( buf, mark );
    put_raw( buf, part->chars, part->length );
}

/* RFC 3986, 5.2.2. `ref` without a host is relative. */
static void put_combined( struct url_buffer *buf, const struct url_parts *base, const struct url_parts *ref, BOOL collapse )
{
    const struct url_parts *top = ref->host.chars ? ref : base;
    const WS_STRING *query = &ref->query;
    ULONG path_start;
    WS_STRING path;

    put_raw( buf, schemes[top->scheme].name, schemes[top->scheme].len );
    put_ascii( buf, "://" );
    put_raw( buf, top->host.chars, top->host.length );
    put_part( buf, ':', &top->port_text );
    path_start = buf->len;
    if (top == ref || (ref->path.length && ref->path.chars[0] == '/')) put_raw( buf, ref->path.chars, ref->path.length );
    else if (ref->path.length) put_merged_path( buf, &base->path, &ref->path );
    else
    {
        put_raw( buf, base->path.chars, base->path.length );
        if (!query->chars) query = &base->query;
    }
    if (buf->chars && collapse && buf->len > path_start)
    {
        path.chars = buf->chars + path_start;
        path.length = buf->len - path_start;
        collapse_path( &path );
        buf->len = path_start + path.length;
    }
    put_part( buf, '?', query );
    put_part( buf, '#', &ref->fragment );
}

/* A reference with a scheme is a URL of its own; one that begins with // has a host; anything else only what follows it. */
static HRESULT split_reference( const WS_STRING *url, const struct url_parts *base, ULONG flags, struct url_parts *parts,
                                WS_ERROR *error )
{
    const WCHAR *pos = url->chars, *end = pos + url->length;
    WS_STRING authority;
    HRESULT hr;

    if (scheme_length( url )) return url_split( url, flags, parts, error );
    memset( parts, 0, sizeof(*parts) );
    if (end - pos >= 2 && pos[0] == '/' && pos[1] == '/')
    {
        parts->scheme = base->scheme;
        pos += 2;
        authority = take_until( &pos, end, "/?#" );
        if ((hr = split_authority( url, &authority, flags, parts, error ))) return hr;
    }
    return split_rest( url, pos, end, parts, error );
}

HRESULT url_combine( const WS_STRING *base, const WS_STRING *reference, ULONG flags, WS_HEAP *heap, WS_STRING *ret,
                     WS_ERROR *error )
{
    BOOL collapse = !(flags & WS_URL_FLAGS_NO_PATH_COLLAPSE);
    ULONG zero = flags & WS_URL_FLAGS_ZERO_TERMINATE ? 1 : 0;
    struct url_parts base_parts, parts;
    struct url_buffer buf = { NULL, 0 };
    HRESULT hr;

    if ((base->length && !base->chars) || (reference->length && !reference->chars))
        return ws_fail( error, E_INVALIDARG, "A URL has no characters." );
    if ((hr = check_flags( flags, error )) || (hr = url_split( base, flags, &base_parts, error )) ||
        (hr = split_reference( reference, &base_parts, flags, &parts, error )))
        return hr;
    put_combined( &buf, &base_parts, &parts, FALSE );
    if (!(buf.chars = heap_alloc( heap, ((SIZE_T)buf.len + zero) * sizeof(WCHAR), error ))) return heap_failure( heap );
    buf.len = 0;
    put_combined( &buf, &base_parts, &parts, collapse );
    if (zero) buf.chars[buf.len] = 0;
    ret->chars = buf.chars;
    ret->length = buf.len;
    return S_OK;
}
