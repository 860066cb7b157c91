/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP/1.1 syntax (RFC 9110, RFC 9112): heads, chunks, URL prefixes. Pure functions over bytes: no I/O, no memory of
 * their own, no state but what the caller holds; they compile natively for the sanitizers and fuzzers.
 *
 * Strict where laxness makes two parties see different messages: a lone CR or LF, control characters, white space before
 * the colon, folded lines, repeated or malformed lengths, and a length beside a transfer coding are refused. */
#ifndef WS_TRANSPORT_HTTP_PROTO_H
#define WS_TRANSPORT_HTTP_PROTO_H

#include "base/port.h"

/* A piece of the buffer that was parsed. */
struct slice { const char *ptr; ULONG len; };
#define SLICE( literal ) { literal, sizeof(literal) - 1 }

static inline BOOL slice_is( struct slice s, const char *text, ULONG len )
{
    return s.len == len && !memcmp( s.ptr, text, len );
}
/* Equal but for ASCII case. */
BOOL slice_ieq( struct slice s, const char *text, ULONG len );
#define SLICE_IS( s, literal )  slice_is( s, literal, sizeof(literal) - 1 )
#define SLICE_IEQ( s, literal ) slice_ieq( s, literal, sizeof(literal) - 1 )

enum http_method
{
    HTTP_OTHER, HTTP_POST, HTTP_GET, HTTP_HEAD, HTTP_PUT, HTTP_DELETE, HTTP_OPTIONS, HTTP_TRACE, HTTP_CONNECT, HTTP_PATCH
};

/* Headers that are found while parsing; the index into http_head.known. */
enum http_known
{
    HTTP_HOST, HTTP_CONTENT_TYPE, HTTP_CONTENT_LENGTH, HTTP_TRANSFER_ENCODING, HTTP_CONNECTION, HTTP_EXPECT,
    HTTP_SOAPACTION, HTTP_LOCATION, HTTP_WWW_AUTHENTICATE, HTTP_PROXY_AUTHENTICATE, HTTP_AUTHORIZATION,
    HTTP_USER_AGENT, HTTP_COOKIE, HTTP_SET_COOKIE, HTTP_MIME_VERSION, HTTP_SERVER, HTTP_KNOWN_COUNT
};

#define HTTP_MAX_HEADERS 100

struct http_header
{
    struct slice name;
    struct slice value;            /* without white space around it */
};

#define HTTP_FLAG_KEEP_ALIVE   0x01u  /* the connection may carry another message */
#define HTTP_FLAG_CHUNKED      0x02u
#define HTTP_FLAG_HAS_LENGTH   0x04u
#define HTTP_FLAG_CONTINUE     0x08u  /* Expect: 100-continue */
#define HTTP_FLAG_HTTP10       0x10u
#define HTTP_FLAG_RESPONSE     0x20u
#define HTTP_FLAG_UPGRADE      0x40u  /* Connection: upgrade (ignored by this server) */

/* A parsed head; slices point into the buffer. */
struct http_head
{
    enum http_method method;       /* request */
    struct slice method_name;
    struct slice target;           /* request target as sent */
    struct slice host;             /* Host header or the authority of an absolute target; may be empty with HTTP/1.0 */
    struct slice path;             /* of the target: from the first '/', without the query; "*" for OPTIONS */
    struct slice query;            /* with the '?', or empty */
    ULONG status;                  /* response: 100..999 */
    struct slice reason;
    ULONG flags;                   /* HTTP_FLAG_* */
    ULONG size;                    /* bytes of the head with the empty line */
    UINT64 content_length;         /* with HTTP_FLAG_HAS_LENGTH */
    ULONG header_count;
    UINT8 known[HTTP_KNOWN_COUNT]; /* index of the first such header + 1, 0 if absent */
    struct http_header headers[HTTP_MAX_HEADERS];
};

/* First header of the name, any case; NULL if absent. */
const struct http_header *http_find_header( const struct http_head *head, const char *name, ULONG len );
static inline struct slice http_known_value( const struct http_head *head, enum http_known which )
{
    static const struct slice none;
    return head->known[which] ? head->headers[head->known[which] - 1].value : none;
}

/* Limits of a head; a peer that exceeds one gets the status named. */
struct http_limits
{
    ULONG max_line;                /* request line: 414 */
    ULONG max_head;                /* whole head: 431 */
    ULONG max_headers;             /* number, at most HTTP_MAX_HEADERS: 431 */
};
extern const struct http_limits http_default_limits;

enum http_result { HTTP_MORE, HTTP_DONE, HTTP_BAD };

/* Parses a request head from the beginning of the buffer. HTTP_MORE: not complete (limits are checked all the same).
 * HTTP_BAD: *status is what to answer with (400, 414, 431, 501, 505) before the connection is closed. `scanned`
 * remembers how far the end of the head was looked for, 0 at first, so that slow senders cost no rescans. */
enum http_result http_parse_request( const char *buf, ULONG len, const struct http_limits *limits, ULONG *scanned,
                                     struct http_head *head, ULONG *status );
/* The same for a response; `request` is the method it answers (HEAD has no body). *status is unused on HTTP_MORE and
 * names no code on HTTP_BAD. */
enum http_result http_parse_response( const char *buf, ULONG len, const struct http_limits *limits, ULONG *scanned,
                                      enum http_method request, struct http_head *head );

/* TRUE if a response to `request` with this head has no body whatever its headers say (1xx, 204, 304, HEAD). */
BOOL http_response_has_no_body( const struct http_head *head, enum http_method request );

/* Decoder of the chunked coding. Zero it at the beginning. */
struct http_chunks { UINT64 left; ULONG state; ULONG line; ULONG trailer; };

/* Takes bytes of `in`, and tells where the next piece of data is (in place: *data points into `in`). *used is set
 * always. Returns HTTP_DONE after the last chunk and trailer, HTTP_MORE otherwise, HTTP_BAD on bad syntax. Call again with
 * the rest until *used is 0 and no data came, or it is done. */
enum http_result http_chunks_next( struct http_chunks *state, const char *in, ULONG len, ULONG *used,
                                   struct slice *data );
/* "1a\r\n" in front of chunk data; returns its length. The data is followed by "\r\n". */
#define HTTP_CHUNK_HEAD 12
ULONG http_chunk_head( ULONG size, char buf[HTTP_CHUNK_HEAD] );

/* The reason phrase of a status. */
const char *http_reason( ULONG status );

/* A URL prefix as http.sys takes them: "http://+:8080/a/", "http://host:81/x"; "*" is the weak wildcard. */
enum http_prefix_kind { HTTP_STRONG_WILDCARD, HTTP_EXACT_HOST, HTTP_WEAK_WILDCARD };  /* in order of precedence */
struct http_prefix
{
    enum http_prefix_kind kind;
    BOOL   secure;                 /* https */
    USHORT port;                   /* default 80 or 443 */
    char  *host;                   /* lower case, IPv6 in brackets; "" for wildcards; NUL ended, in this struct's block */
    ULONG  host_len;
    char  *path;                   /* "/" or "/a/b/": percent decoded, begins and ends with '/' */
    ULONG  path_len;
};

/* Parses UTF-16 text. FALSE if it is no HTTP URL prefix. host and path are one block, freed by http_prefix_clear. `memory`
 * is set when the cause is a lack of memory. */
BOOL http_prefix_parse( const WCHAR *url, ULONG len, struct http_prefix *prefix, BOOL *memory );
void http_prefix_clear( struct http_prefix *prefix );

/* Negative, 0 or positive: order in which prefixes of one port are tried: kind, then longer paths first. */
int http_prefix_order( const struct http_prefix *a, const struct http_prefix *b );
BOOL http_prefix_equal( const struct http_prefix *a, const struct http_prefix *b );
/* Whether a request for host (as in the Host header, port allowed) and path (raw, percent encoded) falls under it. */
BOOL http_prefix_matches( const struct http_prefix *prefix, struct slice host, struct slice path );

#endif
