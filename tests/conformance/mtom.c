/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* MTOM: what the encodings of reader and writer take and refuse, limits and the MIME parts. "Documented" is the reference of the
 * Windows SDK, XOP the recommendation "XML-binary Optimized Packaging". Documents in MTOM are also among those of the other programs. */
#include "xml.h"
#include "xml_script.h"

#define XOP "xmlns:x='http://www.w3.org/2004/08/xop/include'"
#define PART( id, type ) "\r\n--b\r\nContent-ID: <" id ">\r\nContent-Transfer-Encoding: binary\r\nContent-Type: " type "\r\n\r\n"
#define ROOT PART( "root", "application/xop+xml;charset=utf-8;type=\"text/xml\"" )
#define END "\r\n--b--\r\n"

static WS_XML_READER_MTOM_ENCODING read_mtom( void )
{
    WS_XML_READER_MTOM_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_MTOM }, (WS_XML_READER_ENCODING *)&read_any_text.encoding,
        FALSE, { 8, (WCHAR *)L"text/xml" }, { 1, (WCHAR *)L"b" }, { 4, (WCHAR *)L"root" } };
    return encoding;
}

static HRESULT set_package( WS_XML_READER *reader, const char *package, const WS_XML_READER_PROPERTY *props, ULONG count )
{
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)package, (ULONG)strlen( package ) };
    WS_XML_READER_MTOM_ENCODING encoding = read_mtom();
    return WsSetInput( reader, &encoding.encoding, &input.input, props, count, NULL );
}

/* XOP: the bytes of a part stand as base64 where it is included; packages that are damaged are refused. */
static void test_packages( void )
{
    static const struct { const char *package, *expected; BOOL stream_too; } cases[] =
    {
        { ROOT "<a/>" END, "<a>$", TRUE },
        { ROOT "<a><x:Include href='cid:p' " XOP "/></a>" PART( "p", "image/png" ) "\1\2\3" END, "<a\"AQID\">$", TRUE },
        { ROOT "<a><x:Include href='cid:p' " XOP "></x:Include></a>" PART( "p", "a/b" ) "\1" END, "<a\"AQ==\">$", TRUE },
        { ROOT "<a><b><x:Include href='cid:p' " XOP "/></b><c><x:Include href='cid:q' " XOP "/></c></a>"
          PART( "p", "a/b" ) "one" PART( "q", "a/b" ) "" END, "<a<b\"b25l\"><c\"\">>$", FALSE },
        /* only in memory in any order */
        { ROOT "<a><b><x:Include href='cid:p' " XOP "/></b><c><x:Include href='cid:q' " XOP "/></c></a>"
          PART( "q", "a/b" ) "q" PART( "p", "a/b" ) "p" END, "<a<b\"cA==\"><c\"cQ==\">>$", FALSE },
        { ROOT "<a><x:Include href='cid:q' " XOP "/></a>" PART( "p", "a/b" ) "p" END, "<a!format", FALSE },
        { ROOT "<a><x:Include href='p' " XOP "/></a>" PART( "p", "a/b" ) "p" END, "<a!format", FALSE },
        { ROOT "<a><x:Include " XOP "/></a>" PART( "p", "a/b" ) "p" END, "<a!format", FALSE },
        { ROOT "<a/>", "!format", FALSE },
        { "<a/>", "!format", FALSE },
        { "", "!format", FALSE },
    };
    WS_XML_READER *reader = create_reader();
    static struct line line;
    ULONG i, size;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "package %lu", i );
        ok_hr( set_package( reader, cases[i].package, NULL, 0 ), S_OK );
        describe( reader, &line, 0, FALSE );
        if (!strcmp( cases[i].expected, "<a<b\"b25l\"><c\"\">>$" ))  /* whether no bytes are a text is not said */
            ok( !strcmp( line.text, cases[i].expected ) || !strcmp( line.text, "<a<b\"b25l\"><c>>$" ), "got %s\n", line.text );
        else ok_bytes( line.text, line.len, cases[i].expected );
        for (size = 1; cases[i].stream_too && size <= 5; size++)
        {
            struct chunks chunks = { cases[i].package, (ULONG)strlen( cases[i].package ), size };
            WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, read_chunk, &chunks };
            WS_XML_READER_MTOM_ENCODING encoding = read_mtom();

            ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), S_OK );
            describe( reader, &line, 1, FALSE );
            ok_bytes( line.text, line.len, cases[i].expected );
        }
    }
    test_context( NULL );
    WsFreeReader( reader );
}

/* Documented: limits are WS_E_QUOTA_EXCEEDED; three of them are of streams. */
static void test_limits( void )
{
    static const char package[] = ROOT "<a><x:Include href='cid:p' " XOP "/></a>" PART( "p", "image/png" ) "\1\2\3" END;
    static const struct { WS_XML_READER_PROPERTY_ID id; ULONG small, large; BOOL memory_too; } cases[] =
    {
        { WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE, 40, 100, FALSE },
        { WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, 40, 200, FALSE },
        { WS_XML_READER_PROPERTY_MAX_MIME_PARTS, 1, 2, TRUE },
    };
    WS_XML_READER *reader = create_reader();
    static struct line line;
    ULONG i, round, value;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        for (round = 0; round < 2; round++)
        {
            struct chunks chunks = { package, sizeof(package) - 1, 1000 };
            WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, read_chunk, &chunks };
            WS_XML_READER_PROPERTY property = { cases[i].id, &value, sizeof(value) };
            WS_XML_READER_MTOM_ENCODING encoding = read_mtom();

            test_context( "property %u, %lu", cases[i].id, round );
            value = round ? cases[i].large : cases[i].small;
            ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, &property, 1, NULL ), S_OK );
            ok_hr( WsFillReader( reader, 2000, NULL, NULL ), S_OK );
            describe( reader, &line, 0, FALSE );
            if (round) ok_bytes( line.text, line.len, "<a\"AQID\">$" );
            else ok( strstr( line.text, "!quota" ) != NULL, "got %s\n", line.text );
            ok_hr( set_package( reader, package, &property, 1 ), S_OK );
            describe( reader, &line, 0, FALSE );
            if (round || !cases[i].memory_too) ok_bytes( line.text, line.len, "<a\"AQID\">$" );
            else ok( strstr( line.text, "!quota" ) != NULL, "got %s\n", line.text );
        }
    }
    /* XOP: the Include element is not part of the document, so it has no depth and declares nothing */
    for (i = 0; i < 4; i++)
    {
        static const char *const docs[] =
        {
            ROOT "<a><b><x:Include href='cid:p' " XOP "/></b></a>" PART( "p", "a/b" ) "\1\2\3" END,
            ROOT "<a xmlns='n'><b xmlns='m'><x:Include href='cid:p' " XOP "/></b></a>" PART( "p", "a/b" ) "\1\2\3" END,
            ROOT "<a><b><c/></b></a>" END,
            ROOT "<a xmlns='n'><b xmlns='m' xmlns:o='o'/></a>" END,
        };
        static const char *const expected[] = { "<a<b\"AQID\">>$", "<a{n} @=n<b{m} @=m\"AQID\">>$", "<a<b!quota", "<a{n} @=n!quota" };
        WS_XML_READER_PROPERTY properties[] = { { WS_XML_READER_PROPERTY_MAX_DEPTH, &value, sizeof(value) },
                                                { WS_XML_READER_PROPERTY_MAX_NAMESPACES, &value, sizeof(value) } };
        test_context( "%s", docs[i] );
        value = 2;
        ok_hr( set_package( reader, docs[i], properties, 2 ), S_OK );
        describe( reader, &line, 0, FALSE );
        ok_bytes( line.text, line.len, expected[i] );
        ok_hr( WsReadNode( reader, NULL ), i < 2 ? WS_E_INVALID_OPERATION : WS_E_OBJECT_FAULTED );
    }
    test_context( NULL );
    WsFreeReader( reader );
}

/* Documented: no fragments, a text encoding for the document, the header's parameters either given or read. */
static void test_refusals( void )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    static const WS_XML_STRING include = WS_XML_STRING_VALUE( "Include" ),
        xop = WS_XML_STRING_VALUE( "http://www.w3.org/2004/08/xop/include" );
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)"", 0 };
    WS_XML_READER_RAW_ENCODING raw = { { WS_XML_READER_ENCODING_TYPE_RAW } };
    WS_XML_WRITER_RAW_ENCODING raw_writer = { { WS_XML_WRITER_ENCODING_TYPE_RAW } };
    BOOL fragment = TRUE;
    WS_XML_READER_PROPERTY property = { WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment) };
    WS_XML_WRITER_PROPERTY writer_property = { WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment) };
    WS_XML_READER_MTOM_ENCODING encoding = read_mtom();
    WS_XML_WRITER_MTOM_ENCODING writing = *(const WS_XML_WRITER_MTOM_ENCODING *)writer_encoding( XML_MTOM );
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = create_writer();

    ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, &property, 1, NULL ), E_INVALIDARG );
    encoding.textEncoding = &raw.encoding;
    ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), E_INVALIDARG );
    encoding = read_mtom();
    encoding.readMimeHeader = TRUE;
    ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), E_INVALIDARG );
    encoding = read_mtom();
    encoding.boundary.length = 0;
    ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), E_INVALIDARG );

    ok_hr( WsSetOutput( writer, &writing.encoding, &memory.output, &writer_property, 1, NULL ), E_INVALIDARG );
    writing.textEncoding = &raw_writer.encoding;
    ok_hr( WsSetOutput( writer, &writing.encoding, &memory.output, NULL, 0, NULL ), E_INVALIDARG );
    writing = *(const WS_XML_WRITER_MTOM_ENCODING *)writer_encoding( XML_MTOM );
    writing.boundary.length = 0;
    ok_hr( WsSetOutput( writer, &writing.encoding, &memory.output, NULL, 0, NULL ), E_INVALIDARG );
    /* what the writer makes itself can't be made by a program */
    set_output( writer, XML_MTOM );
    ok_hr( WsWriteStartElement( writer, NULL, &include, &xop, NULL ), WS_E_INVALID_OPERATION );
    WsFreeReader( reader );
    WsFreeWriter( writer );
}

static BOOL contains( const WS_BYTES *bytes, const char *text )
{
    ULONG len = (ULONG)strlen( text ), i;
    for (i = 0; i + len <= bytes->length; i++) if (!memcmp( bytes->bytes + i, text, len )) return TRUE;
    return FALSE;
}

/* Documented: more than so many bytes in an element go into a part of their own, of the type that xmime:contentType gives. */
static void test_parts( void )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_XML_WRITER_MTOM_ENCODING encoding = *(const WS_XML_WRITER_MTOM_ENCODING *)writer_encoding( XML_MTOM );
    ULONG limit = 8;
    WS_XML_WRITER_PROPERTY property = { WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE, &limit, sizeof(limit) };
    WS_XML_WRITER *writer = create_writer();
    WS_BYTES bytes;

    encoding.maxInlineByteCount = 4;
    ok_hr( WsSetOutput( writer, &encoding.encoding, &memory.output, NULL, 0, NULL ), S_OK );
    ok_hr( script_run( writer, "<a| <b| {four}/<c| @xm:contentType|http://www.w3.org/2005/05/xmlmime \"image/png\";{fives}/"
                       "<d| @xm:contentType|http://www.w3.org/2004/11/xmlmime \"text/plain\";{others}//", FALSE, NULL ), S_OK );
    bytes = get_output( writer );
    ok( contains( &bytes, "Content-Type: multipart/related" ) && contains( &bytes, "boundary=\"boundary\"" ), "no header\n" );
    ok( contains( &bytes, "<b>Zm91cg==</b>" ), "four bytes are not inline\n" );
    ok( contains( &bytes, ":Include href=\"cid:" ), "no reference\n" );
    ok( contains( &bytes, "Content-Type: image/png\r\n\r\nfives\r\n--boundary\r\n" ), "no part\n" );
    ok( contains( &bytes, "Content-Type: text/plain\r\n\r\nothers\r\n--boundary--" ), "no other part\n" );
    ok_hr( WsWriteEndElement( writer, NULL ), WS_E_INVALID_OPERATION );

    ok_hr( WsSetOutput( writer, &encoding.encoding, &memory.output, &property, 1, NULL ), S_OK );
    ok_hr( script_run( writer, "<a| <b| {eight...}/<c| ?Q{fives}", FALSE, NULL ), S_FALSE );
    encoding.writeMimeHeader = FALSE;
    ok_hr( WsSetOutput( writer, &encoding.encoding, &memory.output, NULL, 0, NULL ), S_OK );
    ok_hr( script_run( writer, "<a| /", FALSE, NULL ), S_OK );
    bytes = get_output( writer );
    ok( !contains( &bytes, "multipart/related" ) && contains( &bytes, "--boundary\r\n" ), "another header\n" );
    WsFreeWriter( writer );
}

TESTS( mtom,
    { "packages", test_packages },
    { "limits", test_limits },
    { "refusals", test_refusals },
    { "parts", test_parts } )
