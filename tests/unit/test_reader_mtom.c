/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader over MTOM packages; each also through a stream in chunks of 1 to 5 bytes, where the order of the parts matters. */

#include "unit.h"
#include "reader_events.h"

#define HEADER "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n type=\"application/xop+xml\"; boundary=\"b\";start=\"<r>\";" \
               "start-info=\"text/xml\"\r\n\r\n"
#define ROOT( xml ) "\r\n--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: 8bit\r\nContent-Type: application/xop+xml;" \
                    "charset=utf-8;type=\"text/xml\"\r\n\r\n" xml
#define PART( id, bytes ) "\r\n--b\r\ncontent-id: <" id ">\r\nContent-Type: application/octet-stream\r\n\r\n" bytes
#define END "\r\n--b--\r\n"
#define INCLUDE( id ) "<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:" id "'/>"

static const WCHAR boundary[] = L"b", start_uri[] = L"<r>", start_info[] = L"text/xml";

static WS_XML_READER_MTOM_ENCODING make_encoding( BOOL header )
{
    WS_XML_READER_MTOM_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_MTOM }, (WS_XML_READER_ENCODING *)&text_auto.encoding,
                                             header, { 0 }, { 0 }, { 0 } };
    if (!header)
    {
        encoding.boundary = (WS_STRING){ 1, (WCHAR *)boundary };
        encoding.startUri = (WS_STRING){ 3, (WCHAR *)start_uri };
        encoding.startInfo = (WS_STRING){ 8, (WCHAR *)start_info };
    }
    return encoding;
}

static void check_package( const char *doc, SIZE_T len, BOOL header, const char *expected, const char *expected_stream )
{
    WS_XML_READER_MTOM_ENCODING encoding = make_encoding( header );
    struct events ev = { 0 };
    struct chunk_stream stream;
    WS_XML_READER *reader;
    BYTE *copy = malloc( len );
    ULONG chunk;

    memcpy( copy, doc, len );
    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    if (expected)
    {
        CHECK_EQ( set_bytes( reader, copy, len, &encoding.encoding, NULL, 0 ), S_OK );
        events_read( &ev, reader, 0 );
        CHECK_STR( ev.text, ev.len, expected );
    }
    for (chunk = 1; chunk <= 5 && expected_stream; chunk++)
    {
        stream = (struct chunk_stream){ copy, len, 0, chunk };
        CHECK_EQ( set_stream( reader, &stream, &encoding.encoding, NULL, 0 ), S_OK );
        events_read( &ev, reader, 1 );
        CHECK_STR( ev.text, ev.len, expected_stream );
    }
    reader_free( reader );
    free( copy );
    free( ev.text );
}

static void test_packages( void )
{
    static const struct { const char *doc; BOOL header; const char *events, *stream; } cases[] =
    {
        { HEADER ROOT( "<a/>" ) END, TRUE, "<a/>$", "<a/>$" },
        { ROOT( "<a/>" ) END, FALSE, "<a/>$", "<a/>$" },
        { "preamble" ROOT( "<a/>" ) END "epilogue", FALSE, "<a/>$", "<a/>$" },
        { "--b\r\nContent-ID: r\r\n\r\n<a/>\r\n--b--", FALSE, "<a/>$", "<a/>$" },
        { ROOT( "<a>" INCLUDE( "1" ) "</a>" ) PART( "1", "abc" ) END, FALSE, "<a\"YWJj\">$", "<a\"YWJj\">$" },
        { ROOT( "<a>" INCLUDE( "%31" ) "</a>" ) PART( "1", "" ) END, FALSE, "<a\"\">$", "<a\"\">$" },
        { ROOT( "<a>" INCLUDE( "1" ) INCLUDE( "2" ) "</a>" ) PART( "1", "\r\n--" ) PART( "2", "\r\n--c\r" ) END, FALSE,
          "<a\"DQotLQ==\"\"DQotLWMN\">$", "<a\"DQotLQ==\"\"DQotLWMN\">$" },
        /* parts in another order, or used twice, only in memory */
        { ROOT( "<a>" INCLUDE( "2" ) INCLUDE( "1" ) "</a>" ) PART( "1", "a" ) PART( "2", "b" ) END, FALSE, "<a\"Yg==\"\"YQ==\">$",
          "<a!format" },
        { PART( "1", "abc" ) ROOT( "<a>" INCLUDE( "1" ) "</a>" ) END, FALSE, "<a\"YWJj\">$", "!format" },
        { ROOT( "<a>" INCLUDE( "1" ) INCLUDE( "1" ) "</a>" ) PART( "1", "abc" ) END, FALSE, "<a\"YWJj\"\"YWJj\">$",
          "<a\"YWJj\"!format" },
        { ROOT( "<a>" INCLUDE( "2" ) "</a>" ) PART( "1", "abc" ) END, FALSE, "<a!format", "<a!format" },
        { ROOT( "<a><Include href='cid:1'/></a>" ) END, FALSE, "<a<Include href='cid:1'/>>$", "<a<Include href='cid:1'/>>$" },
        { ROOT( "<a><Include xmlns='http://www.w3.org/2004/08/xop/include'/></a>" ) END, FALSE, "<a!format", "<a!format" },
        { ROOT( "<a><Include xmlns='http://www.w3.org/2004/08/xop/include' href='http://x'/></a>" ) END, FALSE, "<a!format",
          "<a!format" },
        { ROOT( "<a><Include xmlns='http://www.w3.org/2004/08/xop/include' href='cid:1'>x</Include></a>" ) PART( "1", "" ) END,
          FALSE, "<a!format", "<a!format" },
        { ROOT( "<a>" ) END, FALSE, "<a!format", "<a!format" },
        { ROOT( "<a/>" ), FALSE, "!format", "!format" },
        { "", FALSE, "!format", "!format" },
        { "", TRUE, "!format", "!format" },
        { "Content-Type: text/xml\r\n\r\n" ROOT( "<a/>" ) END, TRUE, "!format", "!format" },
        { "Content-Type: multipart/related;type=\"application/xop+xml\"\r\n\r\n" ROOT( "<a/>" ) END, TRUE, "!format", "!format" },
        { "\r\n--b\r\nContent-ID: <r>\r\nContent-Type: text/xml\r\n\r\n<a/>" END, FALSE, "!format", "!format" },
        { "\r\n--b\r\nContent-ID: <r>\r\nContent-Type: application/xop+xml;type=\"text/plain\"\r\n\r\n<a/>" END, FALSE, "!format",
          "!format" },
        { "\r\n--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: base64\r\n\r\n<a/>" END, FALSE, "!format", "!format" },
        { "\r\n--b--\r\n", FALSE, "!format", "!format" },
        { "\r\n--bb\r\nContent-ID: <r>\r\n\r\n<a/>" END, FALSE, "!format", "!format" },
    };
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        unit_context = cases[i].doc;
        check_package( cases[i].doc, strlen( cases[i].doc ), cases[i].header, cases[i].events, cases[i].stream );
    }
    unit_context = "";
}

/* A part longer than the buffer of the stream comes in pieces. */
static void test_long_part( void )
{
    static const char head[] = ROOT( "<a>" INCLUDE( "1" ) "<b/></a>" ) PART( "1", "" );
    WS_XML_READER_MTOM_ENCODING encoding = make_encoding( FALSE );
    ULONG size = 64, count, pieces = 0;
    WS_XML_READER_PROPERTY prop = { WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &size, sizeof(size) };
    SIZE_T len = sizeof(head) - 1, i, total = 0, end;
    BYTE *doc = malloc( len + 100000 ), *out = malloc( 100000 );
    struct chunk_stream stream;
    WS_XML_READER *reader;
    HRESULT hr;

    memcpy( doc, head, len );
    for (i = 0; i < 90000; i++) doc[len + i] = "\r\n--b"[i % 7 < 5 ? i % 7 : 0] + (i % 11 == 0);
    end = len + 90000;
    memcpy( doc + end, END, sizeof(END) );
    stream = (struct chunk_stream){ doc, end + sizeof(END) - 1, 0, 13 };
    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    CHECK_EQ( set_stream( reader, &stream, &encoding.encoding, &prop, 1 ), S_OK );
    do
    {
        while ((hr = reader_read_node( reader, NULL )) == WS_E_QUOTA_EXCEEDED)
            reader_fill( reader, reader_buffered( reader ) + 1, NULL, NULL );
        if (!CHECK( !hr, "%08x", hr )) break;
        if (reader_node( reader )->nodeType == WS_XML_NODE_TYPE_TEXT)
        {
            CHECK_EQ( reader_read_bytes( reader, out + total, 90000 - total, &count, NULL ), S_OK );
            total += count;
            pieces++;
            CHECK( reader_buffered( reader ) < 200 );
        }
    } while (reader_node( reader )->nodeType != WS_XML_NODE_TYPE_EOF);
    CHECK( pieces > 100 );
    CHECK( total == 90000 && !memcmp( out, doc + len, total ) );
    reader_free( reader );
    free( doc );
    free( out );
}

static void test_limits( void )
{
    static const struct { WS_XML_READER_PROPERTY_ID id; ULONG limit; const char *events, *stream; } cases[] =
    {
        { WS_XML_READER_PROPERTY_MAX_MIME_PARTS, 2, "<a\"YWJj\">$", "<a\"YWJj\">$" },
        { WS_XML_READER_PROPERTY_MAX_MIME_PARTS, 1, "!quota", "<a!quota" },
        { WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE, 20, "<a\"YWJj\">$", "!quota" },
        { WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, 30, "<a\"YWJj\">$", "!quota" },
    };
    static const char doc[] = ROOT( "<a>" INCLUDE( "1" ) "</a>" ) PART( "1", "abc" ) END;
    WS_XML_READER_MTOM_ENCODING encoding = make_encoding( FALSE );
    struct events ev = { 0 };
    struct chunk_stream stream;
    WS_XML_READER *reader;
    size_t i;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        WS_XML_READER_PROPERTY prop = { cases[i].id, (void *)&cases[i].limit, sizeof(ULONG) };
        CHECK_EQ( set_bytes( reader, doc, sizeof(doc) - 1, &encoding.encoding, &prop, 1 ), S_OK );
        events_read( &ev, reader, 0 );
        CHECK_STR( ev.text, ev.len, cases[i].events );
        stream = (struct chunk_stream){ (const BYTE *)doc, sizeof(doc) - 1, 0, 100000 };
        CHECK_EQ( set_stream( reader, &stream, &encoding.encoding, &prop, 1 ), S_OK );
        reader_fill( reader, 100000, NULL, NULL );
        events_read( &ev, reader, 0 );
        CHECK_STR( ev.text, ev.len, cases[i].stream );
    }
    reader_free( reader );
    free( ev.text );
}

UNIT_TESTS(
    { "packages", test_packages },
    { "long_part", test_long_part },
    { "limits", test_limits } )
