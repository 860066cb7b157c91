/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The functions of the XML layer that need no object: names, strings, white space, dictionaries, dates, URLs. "Public tests" are
 * the observations of native that Wine's test programs record, "documented" is the reference of the Windows SDK. */
#include "test.h"

/* Documented: a part of the characters given is returned, nothing is copied. */
static void test_trim( void )
{
    static const struct { const WCHAR *text; ULONG offset, length; } cases[] =
    {
        { L"", 0, 0 }, { L"a", 0, 1 }, { L" ", 1, 0 }, { L" \t\r\na b\n\r\t ", 4, 3 }, { L"a ", 0, 1 }, { L" a", 1, 1 },
        { L"\xa0" L"a\x3000", 0, 3 },   /* white space is what XML calls so */
        { L"\x0b" L"a", 0, 2 },
    };
    WCHAR *trimmed;
    ULONG i, count;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        ULONG len = (ULONG)wcslen( cases[i].text );
        test_context( "case %lu", i );
        trimmed = NULL;
        count = 0xdead;
        ok_hr( WsTrimXmlWhitespace( (WCHAR *)cases[i].text, len, &trimmed, &count, NULL ), S_OK );
        ok( trimmed == cases[i].text + cases[i].offset || (!count && trimmed), "got %p for %p\n", trimmed, cases[i].text );
        ok_eq( count, cases[i].length );
    }
    test_context( NULL );
    ok_hr( WsTrimXmlWhitespace( NULL, 1, &trimmed, &count, NULL ), E_INVALIDARG );
    ok_hr( WsTrimXmlWhitespace( (WCHAR *)L"a", 1, NULL, &count, NULL ), E_INVALIDARG );
    ok_hr( WsTrimXmlWhitespace( (WCHAR *)L"a", 1, &trimmed, NULL, NULL ), E_INVALIDARG );
}

/* Namespaces in XML: NCName with the character classes of XML 1.0. */
static void test_names( void )
{
    static const struct { const WCHAR *name; HRESULT hr; } cases[] =
    {
        { L"a", S_OK }, { L"_", S_OK }, { L"a1-.\xb7", S_OK }, { L"\xe9\x65e5", S_OK }, { L"\xd840\xdc00", S_OK }, { L"Z", S_OK },
        { L"", WS_E_INVALID_FORMAT }, { L"1", WS_E_INVALID_FORMAT }, { L"-a", WS_E_INVALID_FORMAT }, { L".a", WS_E_INVALID_FORMAT },
        { L"a:b", WS_E_INVALID_FORMAT }, { L":", WS_E_INVALID_FORMAT }, { L"a b", WS_E_INVALID_FORMAT }, { L"a<", WS_E_INVALID_FORMAT },
        { L"\xd7", WS_E_INVALID_FORMAT }, { L"a\xd800", WS_E_INVALID_FORMAT }, { L"a\xdc00", WS_E_INVALID_FORMAT },
        { L"\xb7", WS_E_INVALID_FORMAT }, { L"\xfffe", WS_E_INVALID_FORMAT }, { L"a\xa0", WS_E_INVALID_FORMAT },
    };
    ULONG i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "case %lu", i );
        ok_hr( WsVerifyXmlNCName( cases[i].name, (ULONG)wcslen( cases[i].name ), NULL ), cases[i].hr );
    }
    test_context( NULL );
    ok_hr( WsVerifyXmlNCName( NULL, 0, NULL ), E_INVALIDARG );
    ok_hr( WsVerifyXmlNCName( L"a\0b", 3, NULL ), WS_E_INVALID_FORMAT );
    ok_hr( WsVerifyXmlNCName( L"ab:", 2, NULL ), S_OK );
}

/* Public tests: equal is S_OK, different S_FALSE; which dictionary a string is of does not matter. */
static void test_strings( void )
{
    static const WS_XML_STRING a = WS_XML_STRING_VALUE( "Envelope" ), b = WS_XML_STRING_VALUE( "envelope" ),
        c = WS_XML_STRING_VALUE( "Envelop" ), none = WS_XML_STRING_VALUE( "" ), null = { 0, NULL, NULL, 0 };
    WS_XML_DICTIONARY *dictionary = NULL;
    WS_XML_STRING copy;
    ULONG i;

    ok_hr( WsXmlStringEquals( &a, &a, NULL ), S_OK );
    ok_hr( WsXmlStringEquals( &a, &b, NULL ), S_FALSE );
    ok_hr( WsXmlStringEquals( &a, &c, NULL ), S_FALSE );
    ok_hr( WsXmlStringEquals( &none, &null, NULL ), S_OK );
    ok_hr( WsXmlStringEquals( &a, &none, NULL ), S_FALSE );
    ok_hr( WsXmlStringEquals( NULL, &a, NULL ), E_INVALIDARG );
    ok_hr( WsXmlStringEquals( &a, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsXmlStringEquals( NULL, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsGetDictionary( WS_ENCODING_XML_BINARY_1, &dictionary, NULL ), S_OK );
    for (i = 0; dictionary && i < dictionary->stringCount; i++)
    {
        copy = dictionary->strings[i];
        copy.dictionary = NULL;
        copy.id = 0;
        ok_hr( WsXmlStringEquals( &dictionary->strings[i], &copy, NULL ), S_OK );
    }
}

/* Public tests and [MC-NBFS]: the static dictionary of SOAP, of the binary encodings only. */
static void test_dictionary( void )
{
    static const struct { ULONG id; const char *text; } strings[] =
    {
        /* [MC-NBFS] 2.2: the identifier is twice the place */
        { 0x00 / 2, "mustUnderstand" }, { 0x02 / 2, "Envelope" }, { 0x04 / 2, "http://www.w3.org/2003/05/soap-envelope" },
        { 0x06 / 2, "http://www.w3.org/2005/08/addressing" }, { 0x08 / 2, "Header" }, { 0x0a / 2, "Action" }, { 0x0c / 2, "To" },
        { 0x0e / 2, "Body" }, { 0x1a / 2, "MessageID" }, { 0x2c / 2, "ReplyTo" }, { 0x86 / 2, "Fault" }, { 0x12 / 2, "RelatesTo" },
    };
    WS_XML_DICTIONARY *one = NULL, *session = NULL, *other = (WS_XML_DICTIONARY *)1;
    ULONG i;

    ok_hr( WsGetDictionary( WS_ENCODING_XML_BINARY_1, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsGetDictionary( WS_ENCODING_XML_BINARY_1, &one, NULL ), S_OK );
    ok_hr( WsGetDictionary( WS_ENCODING_XML_BINARY_SESSION_1, &session, NULL ), S_OK );
    ok_hr( WsGetDictionary( WS_ENCODING_XML_UTF8, &other, NULL ), S_OK );
    ok_ptr( other, NULL );
    ok( one && session, "no dictionary\n" );
    ok_ptr( one, session );
    if (!one) return;
    ok_eq( one->isConst, TRUE );
    ok_eq( one->stringCount, 487 );
    for (i = 0; i < one->stringCount; i++)
    {
        ok_ptr( one->strings[i].dictionary, one );
        ok_eq( one->strings[i].id, i );
    }
    for (i = 0; i < ARRAYSIZE( strings ); i++)
        ok_bytes( one->strings[strings[i].id].bytes, one->strings[strings[i].id].length, strings[i].text );
}

/* Public tests and documented: both count 100 ns, from the years 1 and 1601. */
static void test_dates( void )
{
    static const struct { ULONGLONG ticks; WS_DATETIME_FORMAT format; HRESULT hr; ULONGLONG filetime; } cases[] =
    {
        { 0x701ce1722770000ull, WS_DATETIME_FORMAT_UTC, S_OK, 0 },
        { 0x701ce1722770001ull, WS_DATETIME_FORMAT_LOCAL, S_OK, 1 },
        { 0x701ce1722770001ull, WS_DATETIME_FORMAT_NONE, S_OK, 1 },
        { 0x701ce172276ffffull, WS_DATETIME_FORMAT_UTC, WS_E_INVALID_FORMAT, 0 },
        { 0, WS_DATETIME_FORMAT_UTC, WS_E_INVALID_FORMAT, 0 },
        { 0x2bca2875f4373fffull, WS_DATETIME_FORMAT_UTC, S_OK, 0x24c85a5ed1c03fffull },
    };
    WS_DATETIME date = { 0, 0 };
    FILETIME time;
    ULONG i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "case %lu", i );
        date.ticks = cases[i].ticks;
        date.format = cases[i].format;
        ok_hr( WsDateTimeToFileTime( &date, &time, NULL ), cases[i].hr );
        if (cases[i].hr) continue;
        ok_eq( (ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime, cases[i].filetime );
        ok_hr( WsFileTimeToDateTime( &time, &date, NULL ), S_OK );
        ok_eq( date.ticks, cases[i].ticks );
        ok_eq( date.format, WS_DATETIME_FORMAT_UTC );
    }
    test_context( NULL );
    ok_hr( WsDateTimeToFileTime( NULL, &time, NULL ), E_INVALIDARG );
    ok_hr( WsDateTimeToFileTime( &date, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsFileTimeToDateTime( NULL, &date, NULL ), E_INVALIDARG );
    ok_hr( WsFileTimeToDateTime( &time, NULL, NULL ), E_INVALIDARG );
    /* after the year 9999; beyond what a date can count */
    time.dwLowDateTime = 0xd1c04000;
    time.dwHighDateTime = 0x24c85a5e;
    ok_hr( WsFileTimeToDateTime( &time, &date, NULL ), WS_E_INVALID_FORMAT );
    time.dwLowDateTime = time.dwHighDateTime = ~0u;
    ok_hr( WsFileTimeToDateTime( &time, &date, NULL ), WS_E_NUMERIC_OVERFLOW );
}

/* --- URLs ---------------------------------------------------------------------------------------------------------- */

static WS_STRING string( const WCHAR *text )
{
    WS_STRING ret = { (ULONG)wcslen( text ), (WCHAR *)text };
    return ret;
}

static void check_part( const char *what, const WS_STRING *got, const WCHAR *want )
{
    ok( got->length == wcslen( want ) && !memcmp( got->chars, want, got->length * sizeof(WCHAR) ), "%s: got '%.*ls', not '%ls'\n",
        what, (int)got->length, got->chars, want );
}

/* Public tests and RFC 3986: what a URL decodes to, and that it encodes to the same. */
static void test_urls( void )
{
    static const struct
    {
        const WCHAR *url;
        WS_URL_SCHEME_TYPE scheme;
        const WCHAR *host, *port, *path, *query, *fragment;
        ULONG number;
        const WCHAR *encoded;       /* NULL: as it was */
    } cases[] =
    {
        { L"http://host", WS_URL_HTTP_SCHEME_TYPE, L"host", L"", L"", L"", L"", 80, NULL },
        { L"https://host/", WS_URL_HTTPS_SCHEME_TYPE, L"host", L"", L"/", L"", L"", 443, NULL },
        { L"net.tcp://host:1234/path", WS_URL_NETTCP_SCHEME_TYPE, L"host", L"1234", L"/path", L"", L"", 1234, NULL },
        { L"soap.udp://host:1/a", WS_URL_SOAPUDP_SCHEME_TYPE, L"host", L"1", L"/a", L"", L"", 1, NULL },
        { L"net.pipe://host/a/b", WS_URL_NETPIPE_SCHEME_TYPE, L"host", L"", L"/a/b", L"", L"", 0xdead, NULL },
        { L"http://host:8080/a%20b?c=d%26#e%23", WS_URL_HTTP_SCHEME_TYPE, L"host", L"8080", L"/a b", L"c=d&", L"e#", 8080,
          L"http://host:8080/a%20b?c=d&#e%23" },
        { L"http://[::1]:80/", WS_URL_HTTP_SCHEME_TYPE, L"[::1]", L"80", L"/", L"", L"", 80, L"http://[::1]/" },
    };
    WS_STRING url, back;
    WS_HTTP_URL *parts;
    WS_HEAP *heap;
    ULONG i;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%ls", cases[i].url );
        url = string( cases[i].url );
        parts = NULL;
        ok_hr( WsDecodeUrl( &url, 0, heap, (WS_URL **)&parts, NULL ), S_OK );
        if (!parts) continue;
        ok_eq( parts->url.scheme, cases[i].scheme );
        check_part( "host", &parts->host, cases[i].host );
        check_part( "port", &parts->portAsString, cases[i].port );
        check_part( "path", &parts->path, cases[i].path );
        check_part( "query", &parts->query, cases[i].query );
        check_part( "fragment", &parts->fragment, cases[i].fragment );
        if (cases[i].number != 0xdead) ok_eq( parts->port, cases[i].number );
        ok_hr( WsEncodeUrl( &parts->url, 0, heap, &back, NULL ), S_OK );
        check_part( "encoded", &back, cases[i].encoded ? cases[i].encoded : cases[i].url );
    }
    test_context( NULL );
    WsFreeHeap( heap );
}

static void test_bad_urls( void )
{
    static const WCHAR *const cases[] =
    {
        L"", L"host", L"http:", L"http:/host", L"ftp://host", L"http://", L"http://host:99999/", L"http://host:x/",
        L"http://host/%", L"http://host/%2", L"http://host/%zz", L"http:///path",
    };
    WS_STRING url, base = string( L"http://host/a/b" ), ret;
    WS_URL *parts;
    WS_HEAP *heap;
    ULONG i;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "'%ls'", cases[i] );
        url = string( cases[i] );
        ok_hr( WsDecodeUrl( &url, 0, heap, &parts, NULL ), WS_E_INVALID_FORMAT );
    }
    test_context( NULL );
    url = string( L"http://host/" );
    ok_hr( WsDecodeUrl( NULL, 0, heap, &parts, NULL ), E_INVALIDARG );
    ok_hr( WsDecodeUrl( &url, 0, NULL, &parts, NULL ), E_INVALIDARG );
    ok_hr( WsDecodeUrl( &url, 0, heap, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsEncodeUrl( NULL, 0, heap, &ret, NULL ), E_INVALIDARG );
    ok_hr( WsCombineUrl( NULL, &url, 0, heap, &ret, NULL ), E_INVALIDARG );
    ok_hr( WsCombineUrl( &base, NULL, 0, heap, &ret, NULL ), E_INVALIDARG );
    ok_hr( WsCombineUrl( &base, &url, 0, NULL, &ret, NULL ), E_INVALIDARG );
    ok_hr( WsCombineUrl( &base, &url, 0, heap, NULL, NULL ), E_INVALIDARG );
    WsFreeHeap( heap );
}

/* RFC 3986, 5.4: the examples of relative references, as far as the documentation of WsCombineUrl follows it. */
static void test_combine( void )
{
    static const struct { const WCHAR *reference, *url; } cases[] =
    {
        { L"http://x/g", L"http://x/g" }, { L"g", L"http://a/b/c/g" }, { L"./g", L"http://a/b/c/g" }, { L"g/", L"http://a/b/c/g/" },
        { L"/g", L"http://a/g" }, { L"g?y", L"http://a/b/c/g?y" }, { L"g#s", L"http://a/b/c/g#s" }, { L"../g", L"http://a/b/g" },
        { L"../../g", L"http://a/g" }, { L"./../g", L"http://a/b/g" }, { L"g/./h", L"http://a/b/c/g/h" },
        { L"g/../h", L"http://a/b/c/h" },
    };
    WS_STRING base = string( L"http://a/b/c/d?q" ), reference, ret;
    WS_HEAP *heap;
    ULONG i;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%ls", cases[i].reference );
        reference = string( cases[i].reference );
        ok_hr( WsCombineUrl( &base, &reference, 0, heap, &ret, NULL ), S_OK );
        check_part( "url", &ret, cases[i].url );
    }
    test_context( NULL );
    WsFreeHeap( heap );
}

TESTS( xml_util,
    { "trim", test_trim },
    { "names", test_names },
    { "strings", test_strings },
    { "dictionary", test_dictionary },
    { "dates", test_dates },
    { "urls", test_urls },
    { "bad_urls", test_bad_urls },
    { "combine", test_combine } )
