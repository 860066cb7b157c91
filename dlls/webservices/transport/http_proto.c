/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP/1.1 syntax: heads and chunks. A head is parsed in one pass over its bytes; only when it turns out to be
 * incomplete is the end looked for first the next time, so that a sender of single bytes costs no more. */
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include "transport/http_proto.h"

const struct http_limits http_default_limits = { 16384, 16384, HTTP_MAX_HEADERS };

#define C_TOKEN  1   /* tchar: method and header names */
#define C_TARGET 2   /* what a request target may hold */
#define C_DIGIT  4
#define C_HOST   8   /* what a Host header may hold */
#define TOKEN    (C_TOKEN | C_TARGET | C_HOST)
#define TARGET   (C_TARGET | C_HOST)

static const UINT8 classes[256] =
{
    ['!'] = TOKEN, ['"'] = C_TARGET, ['$'] = TOKEN, ['%'] = TOKEN, ['&'] = TOKEN, ['\''] = TOKEN, ['('] = TARGET,
    [')'] = TARGET, ['*'] = TOKEN, ['+'] = TOKEN, [','] = TARGET, ['-'] = TOKEN, ['.'] = TOKEN, ['/'] = C_TARGET,
    ['0' ... '9'] = TOKEN | C_DIGIT, [':'] = TARGET, [';'] = TARGET, ['<'] = C_TARGET, ['='] = TARGET, ['>'] = C_TARGET,
    ['?'] = C_TARGET, ['@'] = C_TARGET, ['A' ... 'Z'] = TOKEN, ['['] = TARGET, ['\\'] = C_TARGET, [']'] = TARGET,
    ['^'] = TOKEN, ['_'] = TOKEN, ['`'] = TOKEN, ['a' ... 'z'] = TOKEN, ['{'] = TARGET, ['|'] = TOKEN, ['}'] = TARGET,
    ['~'] = TOKEN, ['#'] = C_TOKEN, [0x80 ... 0xff] = TARGET,
};
#undef TOKEN
#undef TARGET

static inline UINT8 class_of( char c ) { return classes[(UINT8)c]; }
static inline char lower( char c ) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

BOOL slice_ieq( struct slice s, const char *text, ULONG len )
{
    ULONG i;

    if (s.len != len) return FALSE;
    if (mem_equal( s.ptr, text, len )) return TRUE;    /* most senders write names as the standard does */
    for (i = 0; i < len && lower( s.ptr[i] ) == lower( text[i] ); i++) ;
    return i == len;
}

/* Position of the first byte that may not stand in a header value (a control character but TAB, or DEL), or `end`. */
static const char *scan_value( const char *p, const char *end )
{
#ifdef __SSE2__
    const __m128i limit = _mm_set1_epi8( 0x1f ), tab = _mm_set1_epi8( '\t' ), del = _mm_set1_epi8( 0x7f );

    for (; end - p >= 16; p += 16)
    {
        __m128i bytes = _mm_loadu_si128( (const __m128i *)p );
        __m128i low = _mm_cmpeq_epi8( _mm_max_epu8( bytes, limit ), limit );
        __m128i bad = _mm_or_si128( _mm_andnot_si128( _mm_cmpeq_epi8( bytes, tab ), low ), _mm_cmpeq_epi8( bytes, del ) );
        int mask = _mm_movemask_epi8( bad );

        if (mask) return p + __builtin_ctz( mask );
    }
#endif
    for (; p < end; p++) if (((UINT8)*p < 0x20 && *p != '\t') || *p == 0x7f) break;
    return p;
}

static int identify( struct slice name )
{
#define NAME( which, text ) if (SLICE_IEQ( name, text )) return which
    switch (name.len)
    {
    case 4: NAME( HTTP_HOST, "Host" ); break;
    case 6: NAME( HTTP_EXPECT, "Expect" ); NAME( HTTP_COOKIE, "Cookie" ); NAME( HTTP_SERVER, "Server" ); break;
    case 8: NAME( HTTP_LOCATION, "Location" ); break;
    case 10: NAME( HTTP_CONNECTION, "Connection" ); NAME( HTTP_SOAPACTION, "SOAPAction" );
             NAME( HTTP_USER_AGENT, "User-Agent" ); NAME( HTTP_SET_COOKIE, "Set-Cookie" ); break;
    case 12: NAME( HTTP_CONTENT_TYPE, "Content-Type" ); NAME( HTTP_MIME_VERSION, "MIME-Version" ); break;
    case 13: NAME( HTTP_AUTHORIZATION, "Authorization" ); break;
    case 14: NAME( HTTP_CONTENT_LENGTH, "Content-Length" ); break;
    case 16: NAME( HTTP_WWW_AUTHENTICATE, "WWW-Authenticate" ); break;
    case 17: NAME( HTTP_TRANSFER_ENCODING, "Transfer-Encoding" ); break;
    case 18: NAME( HTTP_PROXY_AUTHENTICATE, "Proxy-Authenticate" ); break;
    }
#undef NAME
    return -1;
}

const struct http_header *http_find_header( const struct http_head *head, const char *name, ULONG len )
{
    ULONG i;

    for (i = 0; i < head->header_count; i++) if (slice_ieq( head->headers[i].name, name, len )) return &head->headers[i];
    return NULL;
}

/* The next member of a comma separated list. */
static BOOL next_token( struct slice *list, struct slice *token )
{
    ULONG i = 0, end;

    while (i < list->len && (list->ptr[i] == ' ' || list->ptr[i] == '\t' || list->ptr[i] == ',')) i++;
    for (end = i; end < list->len && list->ptr[end] != ','; end++) ;
    token->ptr = list->ptr + i;
    token->len = end - i;
    while (token->len && (token->ptr[token->len - 1] == ' ' || token->ptr[token->len - 1] == '\t')) token->len--;
    list->ptr += end;
    list->len -= end;
    return token->len != 0;
}

static void parse_connection( struct slice value, ULONG *flags, BOOL *close )
{
    struct slice token;

    while (next_token( &value, &token ))
    {
        if (SLICE_IEQ( token, "close" )) *close = TRUE;
        else if (SLICE_IEQ( token, "keep-alive" )) *flags |= HTTP_FLAG_KEEP_ALIVE;
        else if (SLICE_IEQ( token, "upgrade" )) *flags |= HTTP_FLAG_UPGRADE;
    }
}

static BOOL parse_length( struct slice value, UINT64 *length )
{
    UINT64 ret = 0;
    ULONG i;

    if (!value.len || value.len > 18) return FALSE;   /* fits: 10^18 < 2^63 */
    for (i = 0; i < value.len; i++)
    {
        if (!(class_of( value.ptr[i] ) & C_DIGIT)) return FALSE;
        ret = ret * 10 + (value.ptr[i] - '0');
    }
    *length = ret;
    return TRUE;
}

/* One header with a meaning for the framing. Returns 0 or the status to refuse with. */
static ULONG apply_header( struct http_head *head, int which, struct slice value, BOOL repeated, BOOL *close )
{
    switch (which)
    {
    case HTTP_HOST:
        if (repeated) return 400;
        if (!(head->flags & HTTP_FLAG_RESPONSE) && !head->host.ptr) head->host = value;
        break;
    case HTTP_CONTENT_LENGTH:
        if (repeated || !parse_length( value, &head->content_length )) return 400;
        head->flags |= HTTP_FLAG_HAS_LENGTH;
        break;
    case HTTP_TRANSFER_ENCODING:
        if (repeated || (head->flags & HTTP_FLAG_HTTP10)) return 400;
        if (!SLICE_IEQ( value, "chunked" )) return 501;
        head->flags |= HTTP_FLAG_CHUNKED;
        break;
    case HTTP_CONNECTION:
        parse_connection( value, &head->flags, close );
        break;
    case HTTP_EXPECT:
        if (head->flags & HTTP_FLAG_RESPONSE) break;
        if (!SLICE_IEQ( value, "100-continue" )) return 417;
        if (!(head->flags & HTTP_FLAG_HTTP10)) head->flags |= HTTP_FLAG_CONTINUE;
        break;
    }
    return 0;
}

/* Header lines up to and with the empty one. */
static enum http_result parse_headers( const char *buf, const char *p, const char *end, const struct http_limits *limits,
                                       struct http_head *head, ULONG *status )
{
    ULONG max = limits->max_headers < HTTP_MAX_HEADERS ? limits->max_headers : HTTP_MAX_HEADERS;
    BOOL close = FALSE;

    *status = 400;
    for (;;)
    {
        struct http_header *header;
        const char *value_end;
        int which;

        if (p == end) return HTTP_MORE;
        if (*p == '\r')
        {
            if (++p == end) return HTTP_MORE;
            if (*p++ != '\n') return HTTP_BAD;
            break;
        }
        if (head->header_count == max)
        {
            *status = 431;
            return HTTP_BAD;
        }
        header = &head->headers[head->header_count];
        header->name.ptr = p;
        while (p < end && (class_of( *p ) & C_TOKEN)) p++;
        if (p == end) return HTTP_MORE;
        header->name.len = p - header->name.ptr;
        if (!header->name.len || *p++ != ':') return HTTP_BAD;   /* also a folded line, and a blank before the colon */
        while (p < end && (*p == ' ' || *p == '\t')) p++;
        header->value.ptr = p;
        p = value_end = scan_value( p, end );
        if (p == end || (*p == '\r' && p + 1 == end)) return HTTP_MORE;
        if (*p != '\r' || p[1] != '\n') return HTTP_BAD;
        p += 2;
        while (value_end > header->value.ptr && (value_end[-1] == ' ' || value_end[-1] == '\t')) value_end--;
        header->value.len = value_end - header->value.ptr;
        if ((which = identify( header->name )) >= 0)
        {
            BOOL repeated = head->known[which] != 0;
            ULONG refuse;

            if (!repeated) head->known[which] = head->header_count + 1;
            if ((refuse = apply_header( head, which, header->value, repeated, &close )))
            {
                *status = refuse;
                return HTTP_BAD;
            }
        }
        head->header_count++;
    }
    if ((head->flags & (HTTP_FLAG_HAS_LENGTH | HTTP_FLAG_CHUNKED)) == (HTTP_FLAG_HAS_LENGTH | HTTP_FLAG_CHUNKED))
        return HTTP_BAD;
    if (!(head->flags & HTTP_FLAG_HTTP10)) head->flags |= HTTP_FLAG_KEEP_ALIVE;
    if (close) head->flags &= ~HTTP_FLAG_KEEP_ALIVE;
    head->size = p - buf;
    return HTTP_DONE;
}

/* "HTTP/1.1": 0, or the status to refuse with. */
static ULONG parse_version( const char *p, struct http_head *head )
{
    if (memcmp( p, "HTTP/", 5 ) || !(class_of( p[5] ) & C_DIGIT) || p[6] != '.' || !(class_of( p[7] ) & C_DIGIT))
        return 400;
    if (p[5] != '1') return 505;
    if (p[7] == '0') head->flags |= HTTP_FLAG_HTTP10;
    return 0;
}

static enum http_method method_of( struct slice name )
{
    static const struct slice names[] =
    {
        SLICE( "" ), SLICE( "POST" ), SLICE( "GET" ), SLICE( "HEAD" ), SLICE( "PUT" ), SLICE( "DELETE" ),
        SLICE( "OPTIONS" ), SLICE( "TRACE" ), SLICE( "CONNECT" ), SLICE( "PATCH" ),
    };
    ULONG i;

    for (i = 1; i < ARRAY_SIZE( names ); i++) if (slice_is( name, names[i].ptr, names[i].len )) return i;
    return HTTP_OTHER;
}

/* Splits the target; FALSE if it is none that a server has. */
static BOOL parse_target( struct http_head *head )
{
    struct slice target = head->target;
    ULONG i = 0;

    if (target.ptr[0] != '/')
    {
        ULONG scheme = 0;

        if (target.len == 1 && target.ptr[0] == '*' && head->method == HTTP_OPTIONS)
        {
            head->path = target;
            return TRUE;
        }
        if (target.len > 7 && !memcmp( target.ptr, "http://", 7 )) scheme = 7;
        else if (target.len > 8 && !memcmp( target.ptr, "https://", 8 )) scheme = 8;
        else return FALSE;
        for (i = scheme; i < target.len && target.ptr[i] != '/' && target.ptr[i] != '?'; i++)
            if (target.ptr[i] == '@') return FALSE;
        head->host.ptr = target.ptr + scheme;
        head->host.len = i - scheme;
        if (!head->host.len) return FALSE;
    }
    head->path.ptr = target.ptr + i;
    for (; i < target.len && target.ptr[i] != '?'; i++) ;
    head->path.len = target.ptr + i - head->path.ptr;
    if (!head->path.len)
    {
        static const char root[] = "/";
        head->path.ptr = root;
        head->path.len = 1;
    }
    head->query.ptr = target.ptr + i;
    head->query.len = target.len - i;
    return TRUE;
}

/* A Host header without characters that no authority has. */
static BOOL valid_host( struct slice host )
{
    ULONG i;

    for (i = 0; i < host.len; i++)
        if (!(class_of( host.ptr[i] ) & C_HOST)) return FALSE;
    return TRUE;
}

static void begin_head( struct http_head *head )
{
    memset( head, 0, offsetof( struct http_head, headers ) );
}

static enum http_result parse_request( const char *buf, ULONG len, const struct http_limits *limits,
                                       struct http_head *head, ULONG *status )
{
    const char *p = buf, *end = buf + len, *line;
    enum http_result ret;

    *status = 400;
    begin_head( head );
    /* Empty lines in front: left over by senders that end a body with one too many. */
    while (end - p >= 2 && p[0] == '\r' && p[1] == '\n') p += 2;
    line = p;
    while (p < end && (class_of( *p ) & C_TOKEN)) p++;
    if (p == end) return HTTP_MORE;
    if (*p == '\r' && p == line && p + 1 == end) return HTTP_MORE;
    if (*p != ' ' || p == line) return HTTP_BAD;
    head->method_name.ptr = line;
    head->method_name.len = p - line;
    head->method = method_of( head->method_name );
    head->target.ptr = ++p;
    while (p < end && (class_of( *p ) & C_TARGET)) p++;
    if ((ULONG)(p - line) > limits->max_line)
    {
        *status = 414;
        return HTTP_BAD;
    }
    if (p == end) return HTTP_MORE;
    head->target.len = p - head->target.ptr;
    if (*p != ' ' || !head->target.len) return HTTP_BAD;
    p++;
    if (end - p < 10)
    {
        ULONG i, have = end - p;
        /* What cannot become a version any more is refused now: "GET /\n" would wait for ever. */
        for (i = 0; i < have && i < 5; i++) if (p[i] != "HTTP/"[i]) return HTTP_BAD;
        for (; i < have; i++) if (i < 8 ? !(class_of( p[i] ) & C_TOKEN) : p[i] != '\r') return HTTP_BAD;
        return HTTP_MORE;
    }
    if ((*status = parse_version( p, head ))) return HTTP_BAD;
    *status = 400;
    if (p[8] != '\r' || p[9] != '\n') return HTTP_BAD;
    if (!parse_target( head )) return HTTP_BAD;
    if ((ret = parse_headers( buf, p + 10, end, limits, head, status )) != HTTP_DONE) return ret;
    *status = 400;
    if (!head->known[HTTP_HOST] && !(head->flags & HTTP_FLAG_HTTP10)) return HTTP_BAD;
    if (!valid_host( head->host )) return HTTP_BAD;
    return HTTP_DONE;
}

/* Whether it is worth parsing a head that was incomplete before: its end is there, or something that is surely wrong. */
static BOOL end_in_sight( const char *buf, ULONG len, ULONG from )
{
    ULONG i;

    for (i = from > 3 ? from - 3 : 0; i < len; i++)
    {
        if (buf[i] != '\n') continue;
        if (!i || buf[i - 1] != '\r') return TRUE;
        if (i >= 3 && buf[i - 2] == '\n') return TRUE;
    }
    return FALSE;
}

enum http_result http_parse_request( const char *buf, ULONG len, const struct http_limits *limits, ULONG *scanned,
                                     struct http_head *head, ULONG *status )
{
    enum http_result ret = HTTP_MORE;

    *status = 400;
    if (!*scanned || *scanned > len || end_in_sight( buf, len, *scanned ))
        ret = parse_request( buf, len, limits, head, status );
    if (ret == HTTP_DONE && head->size > limits->max_head) ret = HTTP_BAD, *status = 431;
    else if (ret == HTTP_MORE)
    {
        if (len > limits->max_head)
        {
            *status = memchr( buf, '\n', len ) ? 431 : 414;
            return HTTP_BAD;
        }
        *scanned = len;
    }
    return ret;
}

enum http_result http_parse_response( const char *buf, ULONG len, const struct http_limits *limits, ULONG *scanned,
                                      enum http_method request, struct http_head *head )
{
    const char *p = buf, *end = buf + len;
    enum http_result ret;
    ULONG status;

    if (*scanned && *scanned <= len && !end_in_sight( buf, len, *scanned ))
    {
        *scanned = len;
        return len > limits->max_head ? HTTP_BAD : HTTP_MORE;
    }
    *scanned = len;
    begin_head( head );
    head->flags = HTTP_FLAG_RESPONSE;
    head->method = request;
    if (len < 5 ? memcmp( p, "HTTP/", len ) : memcmp( p, "HTTP/", 5 )) return HTTP_BAD;
    if (len < 15) return HTTP_MORE;   /* "HTTP/1.1 200\r\n\r\n" is longer */
    if (parse_version( p, head ) || p[8] != ' ') return HTTP_BAD;
    if (!(class_of( p[9] ) & class_of( p[10] ) & class_of( p[11] ) & C_DIGIT) || p[9] == '0') return HTTP_BAD;
    head->status = (p[9] - '0') * 100 + (p[10] - '0') * 10 + (p[11] - '0');
    p += 12;
    if (*p == ' ') p++;
    else if (*p != '\r') return HTTP_BAD;
    head->reason.ptr = p;
    p = scan_value( p, end );
    head->reason.len = p - head->reason.ptr;
    if (end - p < 2) return len > limits->max_head ? HTTP_BAD : HTTP_MORE;
    if (p[0] != '\r' || p[1] != '\n') return HTTP_BAD;
    ret = parse_headers( buf, p + 2, end, limits, head, &status );
    if (ret == HTTP_MORE && len > limits->max_head) return HTTP_BAD;
    return ret;
}

BOOL http_response_has_no_body( const struct http_head *head, enum http_method request )
{
    return request == HTTP_HEAD || head->status < 200 || head->status == 204 || head->status == 304;
}

/* ---- chunked coding ---- */

enum
{
    CHUNK_SIZE, CHUNK_EXTENSION, CHUNK_SIZE_LF, CHUNK_DATA, CHUNK_DATA_CR, CHUNK_DATA_LF, CHUNK_TRAILER, CHUNK_TRAILER_LINE,
    CHUNK_TRAILER_LF, CHUNK_LAST_LF, CHUNK_END
};
#define MAX_CHUNK_LINE    4096
#define MAX_CHUNK_TRAILER 16384

static int hex_value( char c )
{
    if (c >= '0' && c <= '9') return c - '0';
    c = lower( c );
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A byte of anything but data. FALSE if it is wrong. */
static BOOL chunk_byte( struct http_chunks *state, char c )
{
    int digit;

    switch (state->state)
    {
    case CHUNK_SIZE:
        if ((digit = hex_value( c )) >= 0)
        {
            if (++state->line > 15) return FALSE;
            state->left = state->left << 4 | digit;
            return TRUE;
        }
        if (!state->line) return FALSE;
        if (c == '\r') state->state = CHUNK_SIZE_LF;
        else if (c == ';' || c == ' ' || c == '\t') state->state = CHUNK_EXTENSION;
        else return FALSE;
        return TRUE;
    case CHUNK_EXTENSION:
        if (c == '\r') state->state = CHUNK_SIZE_LF;
        else if (((UINT8)c < 0x20 && c != '\t') || c == 0x7f || ++state->line > MAX_CHUNK_LINE) return FALSE;
        return TRUE;
    case CHUNK_SIZE_LF:
        state->state = state->left ? CHUNK_DATA : CHUNK_TRAILER;
        state->line = 0;
        return c == '\n';
    case CHUNK_DATA_CR:
        state->state = CHUNK_DATA_LF;
        return c == '\r';
    case CHUNK_DATA_LF:
        state->state = CHUNK_SIZE;
        return c == '\n';
    case CHUNK_TRAILER:
        if (c == '\r') state->state = CHUNK_LAST_LF;
        else if (class_of( c ) & C_TOKEN) state->state = CHUNK_TRAILER_LINE;
        else return FALSE;
        return ++state->trailer <= MAX_CHUNK_TRAILER;
    case CHUNK_TRAILER_LINE:
        if (c == '\r') state->state = CHUNK_TRAILER_LF;
        else if (((UINT8)c < 0x20 && c != '\t') || c == 0x7f) return FALSE;
        return ++state->trailer <= MAX_CHUNK_TRAILER;
    case CHUNK_TRAILER_LF:
        state->state = CHUNK_TRAILER;
        return c == '\n';
    case CHUNK_LAST_LF:
        state->state = CHUNK_END;
        return c == '\n';
    }
    return FALSE;
}

enum http_result http_chunks_next( struct http_chunks *state, const char *in, ULONG len, ULONG *used,
                                   struct slice *data )
{
    ULONG i = 0;

    data->ptr = in;
    data->len = 0;
    *used = 0;
    if (state->state == CHUNK_END) return HTTP_DONE;
    while (i < len && state->state != CHUNK_DATA)
    {
        if (!chunk_byte( state, in[i++] )) return HTTP_BAD;
        if (state->state == CHUNK_END) break;
    }
    if (state->state == CHUNK_DATA && i < len)
    {
        ULONG part = state->left < len - i ? (ULONG)state->left : len - i;

        data->ptr = in + i;
        data->len = part;
        i += part;
        if (!(state->left -= part)) state->state = CHUNK_DATA_CR;
    }
    *used = i;
    return state->state == CHUNK_END ? HTTP_DONE : HTTP_MORE;
}

ULONG http_chunk_head( ULONG size, char buf[HTTP_CHUNK_HEAD] )
{
    static const char hex[] = "0123456789abcdef";
    ULONG len = 0;
    int shift = 28;

    while (shift && !(size >> shift)) shift -= 4;
    for (; shift >= 0; shift -= 4) buf[len++] = hex[(size >> shift) & 15];
    buf[len++] = '\r';
    buf[len++] = '\n';
    return len;
}

const char *http_reason( ULONG status )
{
    static const struct { UINT16 status; const char *text; } reasons[] =
    {
        { 200, "OK" }, { 500, "Internal Server Error" }, { 202, "Accepted" }, { 100, "Continue" }, { 101, "Switching Protocols" },
        { 201, "Created" }, { 204, "No Content" }, { 206, "Partial Content" }, { 301, "Moved Permanently" },
        { 302, "Found" }, { 303, "See Other" }, { 304, "Not Modified" }, { 307, "Temporary Redirect" },
        { 308, "Permanent Redirect" }, { 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" },
        { 404, "Not Found" }, { 405, "Method Not Allowed" }, { 406, "Not Acceptable" },
        { 407, "Proxy Authentication Required" }, { 408, "Request Timeout" }, { 409, "Conflict" }, { 410, "Gone" },
        { 411, "Length Required" }, { 412, "Precondition Failed" }, { 413, "Content Too Large" }, { 414, "URI Too Long" },
        { 415, "Unsupported Media Type" }, { 417, "Expectation Failed" }, { 426, "Upgrade Required" },
        { 429, "Too Many Requests" }, { 431, "Request Header Fields Too Large" }, { 501, "Not Implemented" },
        { 502, "Bad Gateway" }, { 503, "Service Unavailable" }, { 504, "Gateway Timeout" },
        { 505, "HTTP Version Not Supported" },
    };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( reasons ); i++) if (reasons[i].status == status) return reasons[i].text;
    return "Unknown";
}
