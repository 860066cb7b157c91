/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* URL prefixes as Windows' HTTP server takes them: which are well formed, and which of several a request falls under:
 * strong wildcard, then host, then weak wildcard; among these the longest path. */
#include "unit.h"
#include "transport/http_proto.h"

static ULONG utf16_len( const WCHAR *str )
{
    ULONG len = 0;

    while (str[len]) len++;
    return len;
}

static BOOL parse( const WCHAR *url, struct http_prefix *prefix )
{
    BOOL memory, ret = http_prefix_parse( url, utf16_len( url ), prefix, &memory );

    CHECK( !memory, "out of memory\n" );
    return ret;
}

static void test_parse( void )
{
    static const struct { const WCHAR *url; enum http_prefix_kind kind; USHORT port; const char *host, *path; } good[] =
    {
        { L"http://+:8080/a", HTTP_STRONG_WILDCARD, 8080, "", "/a/" },
        { L"http://*:1/", HTTP_WEAK_WILDCARD, 1, "", "/" },
        { L"HTTP://LocalHost:65535/B/c", HTTP_EXACT_HOST, 65535, "localhost", "/B/c/" },
        { L"http://localhost", HTTP_EXACT_HOST, 80, "localhost", "/" },
        { L"https://+/x", HTTP_STRONG_WILDCARD, 443, "", "/x/" },
        { L"http://[::1]:81/x/", HTTP_EXACT_HOST, 81, "[::1]", "/x/" },
        { L"http://h/a%20b%2f", HTTP_EXACT_HOST, 80, "h", "/a b/" },
        { L"http://h/\x00e4", HTTP_EXACT_HOST, 80, "h", "/\xc3\xa4/" },
    };
    static const WCHAR *const bad[] =
    {
        L"", L"http://", L"http:///a", L"ftp://h/", L"http:/h/", L"http://h:0/", L"http://h:65536/", L"http://h:/",
        L"http://h:8a/", L"http://u@h/", L"http://h/?q", L"http://h/#f", L"http://h?q", L"http://+a/", L"http://[::1/",
        L"http://[]/", L"http://h/%", L"http://h/%0", L"http://h/%zz", L"http://h/%00", L"http://h/a b", L"http://h/\xd800",
    };
    struct http_prefix prefix;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( good ); i++)
    {
        CHECK( parse( good[i].url, &prefix ), "case %u is refused\n", (unsigned int)i );
        CHECK_EQ( prefix.kind, good[i].kind );
        CHECK_EQ( prefix.port, good[i].port );
        CHECK_STR( prefix.host, prefix.host_len, good[i].host );
        CHECK_STR( prefix.path, prefix.path_len, good[i].path );
        http_prefix_clear( &prefix );
    }
    for (i = 0; i < ARRAY_SIZE( bad ); i++) CHECK( !parse( bad[i], &prefix ), "bad case %u is accepted\n", (unsigned int)i );
}

static void test_route( void )
{
    static const WCHAR *const urls[] =
    {
        L"http://*:80/", L"http://*:80/a/b/c", L"http://localhost:80/a", L"http://localhost:80/a/b", L"http://+:80/s",
        L"http://+:80/s/t", L"http://[::1]:80/a",
    };
    static const struct { const char *host, *path; int wanted; } requests[] =
    {
        { "localhost", "/", 0 }, { "other:80", "/a", 0 }, { "other", "/a/b/c/d", 1 },
        { "localhost:80", "/a", 2 }, { "LOCALHOST", "/A/x", 2 }, { "localhost", "/a/b", 3 }, { "localhost", "/a/b/c", 3 },
        { "localhost", "/a/bc", 2 }, { "localhost", "/ab", 0 }, { "localhost", "/s", 4 }, { "other", "/s/x", 4 },
        { "anything", "/s/t/u", 5 }, { "anything", "/s/tt", 4 }, { "[::1]:80", "/a/b", 6 }, { "[::2]", "/a", 0 },
        { "localhost", "/%61/%62", 3 }, { "", "/a", 0 },
    };
    struct http_prefix prefixes[ARRAY_SIZE( urls )];
    ULONG i, j;

    for (i = 0; i < ARRAY_SIZE( urls ); i++) CHECK( parse( urls[i], &prefixes[i] ), "prefix %u\n", (unsigned int)i );
    for (i = 0; i < ARRAY_SIZE( requests ); i++)
    {
        struct slice host = { requests[i].host, strlen( requests[i].host ) };
        struct slice path = { requests[i].path, strlen( requests[i].path ) };
        int best = -1;

        for (j = 0; j < ARRAY_SIZE( urls ); j++)
            if (http_prefix_matches( &prefixes[j], host, path )
                && (best < 0 || http_prefix_order( &prefixes[j], &prefixes[best] ) < 0)) best = j;
        CHECK( best == requests[i].wanted, "%s%s falls under %d, expected %d\n", requests[i].host, requests[i].path, best,
               requests[i].wanted );
    }
    for (i = 0; i < ARRAY_SIZE( urls ); i++)
        for (j = 0; j < ARRAY_SIZE( urls ); j++) CHECK_EQ( http_prefix_equal( &prefixes[i], &prefixes[j] ), i == j );
    for (i = 0; i < ARRAY_SIZE( urls ); i++) http_prefix_clear( &prefixes[i] );
}

UNIT_TESTS( { "parse", test_parse }, { "route", test_route } )
