/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP heads and chunks. The first byte chooses what is parsed; the same bytes, whole and in two parts, must give the same
 * result, since a parser that depends on how the network cut them can be made to see another message. */
#include <stdint.h>
#include <stdlib.h>
#include "transport/http_proto.h"

#define MUST( cond ) do { if (!(cond)) abort(); } while (0)

static void check_slice( struct slice s, const char *buf, ULONG len )
{
    MUST( !s.len || (s.ptr >= buf && s.ptr + s.len <= buf + len) );
}

static void fuzz_head( const char *buf, ULONG len, ULONG cut, BOOL response )
{
    struct http_head whole, part;
    ULONG scanned = 0, scanned_part = 0, status = 0, status_part = 0, i;
    enum http_result result, result_part;

    memset( &whole, 0, sizeof(whole) );
    memset( &part, 0, sizeof(part) );
    if (response)
    {
        result = http_parse_response( buf, len, &http_default_limits, &scanned, HTTP_POST, &whole );
        result_part = http_parse_response( buf, cut, &http_default_limits, &scanned_part, HTTP_POST, &part );
        if (result_part == HTTP_MORE)
            result_part = http_parse_response( buf, len, &http_default_limits, &scanned_part, HTTP_POST, &part );
    }
    else
    {
        result = http_parse_request( buf, len, &http_default_limits, &scanned, &whole, &status );
        result_part = http_parse_request( buf, cut, &http_default_limits, &scanned_part, &part, &status_part );
        if (result_part == HTTP_MORE)
            result_part = http_parse_request( buf, len, &http_default_limits, &scanned_part, &part, &status_part );
    }
    /* an incomplete head is not looked at again before its end comes, so that what is wrong may show only then */
    MUST( result == result_part || (result == HTTP_BAD && result_part == HTTP_MORE) );
    if (result == HTTP_BAD) MUST( response || (status >= 400 && status < 600) );
    if (result != HTTP_DONE) return;
    MUST( whole.size <= len && whole.size == part.size && whole.flags == part.flags );
    MUST( whole.content_length == part.content_length && whole.header_count == part.header_count );
    MUST( whole.header_count <= HTTP_MAX_HEADERS );
    /* a length beside a transfer coding is how requests are smuggled */
    if (!response) MUST( !(whole.flags & HTTP_FLAG_CHUNKED) || !(whole.flags & HTTP_FLAG_HAS_LENGTH) );
    check_slice( whole.target, buf, len );
    check_slice( whole.host, buf, len );
    if (!SLICE_IS( whole.path, "/" )) check_slice( whole.path, buf, len );  /* a constant where the target has none */
    check_slice( whole.query, buf, len );
    check_slice( whole.reason, buf, len );
    for (i = 0; i < whole.header_count; i++)
    {
        check_slice( whole.headers[i].name, buf, len );
        check_slice( whole.headers[i].value, buf, len );
        MUST( whole.headers[i].name.len );
        MUST( !memchr( whole.headers[i].value.ptr, '\n', whole.headers[i].value.len ) );
    }
}

/* Decodes all in pieces of at most `step` bytes; the data is appended to out. */
static enum http_result decode( const char *buf, ULONG len, ULONG step, char *out, ULONG *out_len, ULONG *consumed )
{
    struct http_chunks state;
    enum http_result result = HTTP_MORE;
    ULONG pos = 0;

    memset( &state, 0, sizeof(state) );
    *out_len = 0;
    while (pos < len && result == HTTP_MORE)
    {
        ULONG avail = len - pos < step ? len - pos : step, used = 0;
        struct slice data = { NULL, 0 };

        result = http_chunks_next( &state, buf + pos, avail, &used, &data );
        MUST( used <= avail );
        check_slice( data, buf + pos, avail );
        if (data.len) memcpy( out + *out_len, data.ptr, data.len );
        *out_len += data.len;
        MUST( *out_len <= len );
        if (!used && !data.len && result == HTTP_MORE) break;
        pos += used;
    }
    *consumed = pos;
    return result;
}

static void fuzz_chunks( const char *buf, ULONG len, ULONG step )
{
    char *whole = malloc( len + 1 ), *part = malloc( len + 1 );
    ULONG whole_len, part_len, whole_used, part_used;
    enum http_result result = decode( buf, len, len, whole, &whole_len, &whole_used );

    MUST( result == decode( buf, len, step, part, &part_len, &part_used ) );
    if (result != HTTP_BAD) MUST( whole_len == part_len && !memcmp( whole, part, whole_len ) );
    if (result == HTTP_DONE) MUST( whole_used == part_used );
    free( whole );
    free( part );
}

static void fuzz_prefix( const char *buf, ULONG len )
{
    WCHAR *url = malloc( (len + 1) * sizeof(*url) );
    struct http_prefix prefix;
    struct slice host = { buf, len / 2 }, path = { buf + len / 2, len - len / 2 };
    BOOL memory;
    ULONG i;

    for (i = 0; i < len; i++) url[i] = (BYTE)buf[i];
    if (http_prefix_parse( url, len, &prefix, &memory ))
    {
        MUST( prefix.path_len && prefix.path[0] == '/' && prefix.path[prefix.path_len - 1] == '/' );
        MUST( http_prefix_equal( &prefix, &prefix ) && !http_prefix_order( &prefix, &prefix ) );
        http_prefix_matches( &prefix, host, path );
        http_prefix_clear( &prefix );
    }
    free( url );
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size );
int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    char *buf;
    ULONG len, arg;

    if (size < 2 || size > 70000) return 0;
    len = size - 2;
    arg = data[1];
    buf = malloc( len ? len : 1 );    /* of exactly this size, so that the sanitizer sees every byte read beyond it */
    memcpy( buf, data + 2, len );
    switch (data[0] & 3)
    {
    case 0: fuzz_head( buf, len, len * arg / 255, FALSE ); break;
    case 1: fuzz_head( buf, len, len * arg / 255, TRUE ); break;
    case 2: fuzz_chunks( buf, len, arg + 1 ); break;
    case 3: fuzz_prefix( buf, len ); break;
    }
    free( buf );
    return 0;
}
