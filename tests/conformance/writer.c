/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The XML writer. "Public tests" are the observations of native that Wine's test programs record, "documented" is the
 * reference of the Windows SDK, "XML" the recommendations XML 1.0 and Namespaces in XML.
 *
 * What a program writes is a script, see xml_script.h. Each goes into all encodings, to memory and to a stream that is flushed
 * after each operation, into an XML buffer, and what comes of it is read again, also in chunks of 1 to 5 bytes. */
#include "xml.h"
#include "xml_script.h"

#define CASE_COUNT ARRAYSIZE( script_cases )

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;

static void begin( void )
{
    reader = create_reader();
    writer = create_writer();
}

static void end( void )
{
    test_context( NULL );
    WsFreeReader( reader );
    WsFreeWriter( writer );
    WsFreeWriter( NULL );
}

static BOOL fails( const struct script_case *test )
{
    return strchr( test->script, '?' ) != NULL;
}

/* --- scripts ------------------------------------------------------------------------------------------------------- */

/* UTF-16 back to UTF-8. */
static ULONG narrow( enum xml_encoding kind, const BYTE *bytes, ULONG len, char *dst, ULONG size )
{
    static WCHAR units[4096];
    ULONG i, count = len / sizeof(WCHAR);

    if (!count || count > ARRAYSIZE( units )) return 0;
    for (i = 0; i < count; i++)
        units[i] = kind == XML_UTF16LE ? bytes[2 * i] | bytes[2 * i + 1] << 8 : bytes[2 * i] << 8 | bytes[2 * i + 1];
    return WideCharToMultiByte( CP_UTF8, 0, units, count, dst, size, NULL, NULL );
}

static void check_text( enum xml_encoding kind, const BYTE *bytes, ULONG len, const char *expected )
{
    static char text[8192];

    if (kind == XML_TEXT) ok_bytes( bytes, len, expected );
    else ok_bytes( text, narrow( kind, bytes, len, text, sizeof(text) ), expected );
}

/* What is read of the bytes, from memory and from a stream, has to be `want`. */
static void check_reading( enum xml_encoding kind, const void *bytes, ULONG len, const struct line *want )
{
    static struct line line;
    struct chunks chunks;
    ULONG size;

    /* UTF-16 is recognized by the first markup */
    if ((kind == XML_UTF16LE || kind == XML_UTF16BE) && want->text[0] == '"') return;
    set_bytes( reader, kind, bytes, len );
    describe( reader, &line, 0, FALSE );
    ok_bytes( line.text, line.len, want->text );
    for (size = 1; size <= 5; size++)
    {
        set_chunks( reader, &chunks, kind, bytes, len, size );
        describe( reader, &line, 1, FALSE );
        ok_bytes( line.text, line.len, want->text );
    }
}

static BOOL is_document( const struct line *line )
{
    return line->len && line->text[line->len - 1] == '$';
}

/* Binary XML has no CDATA sections; the text that they hold stays. */
static void drop_sections( struct line *line )
{
    ULONG i, n = 0;

    for (i = 0; i < line->len; i++) if (line->text[i] != '[' && line->text[i] != ']') line->text[n++] = line->text[i];
    line->text[line->len = n] = 0;
}

static void test_scripts( void )
{
    static struct written written;
    static struct line want;
    enum xml_encoding kind;
    WS_BYTES bytes;
    ULONG i;

    begin();
    for (i = 0; i < CASE_COUNT; i++)
    {
        const struct script_case *test = &script_cases[i];

        set_text( reader, test->text );
        describe( reader, &want, 0, FALSE );
        for (kind = XML_TEXT; kind < XML_ENCODINGS; kind++)
        {
            if (kind == XML_BINARY && strchr( test->script, '[' ))
            {
                /* the case is about the spelling of sections; that their text gets through is in test_sections */
                continue;
            }
            test_context( "%s in %s", test->script, xml_encoding_names[kind] );
            set_output( writer, kind );
            ok_hr( script_run( writer, test->script, FALSE, NULL ), fails( test ) ? S_FALSE : S_OK );
            if (fails( test )) continue;
            if (kind == XML_MTOM && !is_document( &want )) continue;    /* elements are still open: it has no bytes yet */
            bytes = get_output( writer );
            if (kind <= XML_UTF16BE) check_text( kind, bytes.bytes, bytes.length, test->text );
            if (is_document( &want )) check_reading( kind, bytes.bytes, bytes.length, &want );

            set_output_stream( writer, kind, &written );
            /* a flush ends an MTOM document when no element is open, so there it comes once */
            ok_hr( script_run( writer, test->script, kind != XML_MTOM, NULL ), S_OK );
            ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
            if (kind <= XML_UTF16BE) check_text( kind, written.bytes, written.len, test->text );
            if (is_document( &want )) check_reading( kind, written.bytes, written.len, &want );
        }
    }
    end();
}

/* The same through an XML buffer, which is written as text and read as it is. */
static void test_buffer( void )
{
    static struct line want, line;
    WS_XML_WRITER *copier = create_writer();
    WS_XML_BUFFER *buffer;
    WS_BYTES bytes;
    WS_HEAP *heap;
    ULONG i;

    begin();
    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < CASE_COUNT; i++)
    {
        const struct script_case *test = &script_cases[i];

        test_context( "%s", test->script );
        ok_hr( WsCreateXmlBuffer( heap, NULL, 0, &buffer, NULL ), S_OK );
        ok_hr( WsSetOutputToBuffer( writer, buffer, NULL, 0, NULL ), S_OK );
        ok_hr( script_run( writer, test->script, TRUE, NULL ), fails( test ) ? S_FALSE : S_OK );
        set_text( reader, test->text );
        describe( reader, &want, 0, FALSE );
        /* a section is one node of the tree, and data in pieces are as many texts as there were pieces */
        if (!fails( test ) && is_document( &want ) && !strstr( test->script, "]]>" ) && !strstr( test->script, "}{" ))
        {
            ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
            describe( reader, &line, 0, FALSE );
            ok_bytes( line.text, line.len, want.text );
            set_output( copier, XML_TEXT );
            ok_hr( WsWriteXmlBuffer( copier, buffer, NULL ), S_OK );
            bytes = get_output( copier );
            ok_bytes( bytes.bytes, bytes.length, test->text );
        }
        ok_hr( WsSetOutput( writer, NULL, NULL, NULL, 0, NULL ), S_OK );
        ok_hr( WsResetHeap( heap, NULL ), S_OK );
    }
    WsFreeHeap( heap );
    WsFreeWriter( copier );
    end();
}

/* Documented: encodings without sections have their text. */
static void test_sections( void )
{
    static struct line want;
    WS_BYTES bytes;
    ULONG i;

    begin();
    for (i = 0; i < CASE_COUNT; i++)
    {
        const struct script_case *test = &script_cases[i];
        if (!strchr( test->script, '[' ) || fails( test )) continue;
        test_context( "%s", test->script );
        set_text( reader, test->text );
        describe( reader, &want, 0, FALSE );
        set_output( writer, XML_BINARY );
        ok_hr( script_run( writer, test->script, FALSE, NULL ), S_OK );
        bytes = get_output( writer );
        drop_sections( &want );
        trace( "%s\n", want.text );
        {
            static struct line line;
            set_bytes( reader, XML_BINARY, bytes.bytes, bytes.length );
            describe( reader, &line, 0, FALSE );
            drop_sections( &line );     /* brackets that are text */
            ok( line.len && line.text[line.len - 1] == '$', "got '%s'\n", line.text );
        }
    }
    end();
}

/* --- properties ---------------------------------------------------------------------------------------------------- */

static ULONG get_ulong( WS_XML_WRITER_PROPERTY_ID id )
{
    ULONG value = 0xdead;
    ok_hr( WsGetWriterProperty( writer, id, &value, sizeof(value), NULL ), S_OK );
    return value;
}

/* Public tests and documented: defaults, which can be set, which can be read. */
static void test_properties( void )
{
    static const struct { WS_XML_WRITER_PROPERTY_ID id; ULONG value; } defaults[] =
    {
        { WS_XML_WRITER_PROPERTY_MAX_DEPTH, 32 }, { WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, FALSE },
        { WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, 128 }, { WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, FALSE },
        { WS_XML_WRITER_PROPERTY_INDENT, 0 }, { WS_XML_WRITER_PROPERTY_BUFFER_TRIM_SIZE, 4096 },
        { WS_XML_WRITER_PROPERTY_CHARSET, WS_CHARSET_UTF8 }, { WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, 65536 },
        { WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE, 65536 }, { WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, 32 },
        { WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE, FALSE }, { WS_XML_WRITER_PROPERTY_BYTES_WRITTEN, 0 },
        { WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE, 0 }, { WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS, FALSE },
        { WS_XML_WRITER_PROPERTY_EMIT_UNCOMPRESSED_EMPTY_ELEMENTS, FALSE },
    };
    WS_XML_WRITER_PROPERTY property = { WS_XML_WRITER_PROPERTY_MAX_DEPTH, NULL, 0 };
    struct written *written = malloc( sizeof(*written) );
    WS_BUFFERS buffers;
    WS_BYTES bytes;
    ULONG value = 16, i;

    ok_hr( WsCreateWriter( NULL, 0, NULL, NULL ), E_INVALIDARG );
    begin();
    ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_MAX_DEPTH, &value, sizeof(value), NULL ), WS_E_INVALID_OPERATION );
    set_output( writer, XML_TEXT );
    for (i = 0; i < ARRAYSIZE( defaults ); i++)
    {
        test_context( "property %u", defaults[i].id );
        ok_eq( get_ulong( defaults[i].id ), defaults[i].value );
        ok_hr( WsGetWriterProperty( writer, defaults[i].id, NULL, sizeof(value), NULL ), E_INVALIDARG );
        ok_hr( WsGetWriterProperty( writer, defaults[i].id, &value, 1, NULL ), E_INVALIDARG );
    }
    test_context( NULL );
    ok_hr( WsGetWriterProperty( writer, 999, &value, sizeof(value), NULL ), E_INVALIDARG );

    /* a start tag does not count before it ends */
    ok_hr( script_run( writer, "<p:ab|n @c| \"1\"", FALSE, NULL ), S_OK );
    ok_eq( get_ulong( WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE ), TRUE );
    ok_eq( get_ulong( WS_XML_WRITER_PROPERTY_BYTES_WRITTEN ), 0 );
    ok_hr( script_run( writer, ";>\"xyz\"<d| >", FALSE, NULL ), S_OK );
    ok_eq( get_ulong( WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE ), FALSE );
    ok_eq( get_ulong( WS_XML_WRITER_PROPERTY_BYTES_WRITTEN ), strlen( "<p:ab c=\"1\" xmlns:p=\"n\">xyz<d>" ) );
    ok( get_ulong( WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE ) >= strlen( "</d></p:ab>" ), "too little\n" );
    ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), NULL ), S_OK );
    for (i = value = 0; i < buffers.bufferCount; i++) value += buffers.buffers[i].length;
    ok_eq( value, get_ulong( WS_XML_WRITER_PROPERTY_BYTES_WRITTEN ) );

    /* documented: a stream has no bytes, and counts since the last flush */
    set_output_stream( writer, XML_TEXT, written );
    ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), E_INVALIDARG );
    ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), NULL ), E_INVALIDARG );
    ok_hr( script_run( writer, "<a| >", TRUE, NULL ), S_OK );
    ok_eq( get_ulong( WS_XML_WRITER_PROPERTY_BYTES_WRITTEN ), 0 );
    ok_hr( script_run( writer, "\"text\"", FALSE, NULL ), S_OK );
    ok_eq( get_ulong( WS_XML_WRITER_PROPERTY_BYTES_WRITTEN ), 4 );
    WsFreeWriter( writer );

    property.value = &value;
    property.valueSize = sizeof(value);
    value = 3;
    ok_hr( WsCreateWriter( &property, 1, &writer, NULL ), S_OK );
    set_output( writer, XML_TEXT );
    ok_eq( get_ulong( WS_XML_WRITER_PROPERTY_MAX_DEPTH ), 3 );
    ok_hr( script_run( writer, "<a| <b| <c| ?Q<d| ", FALSE, NULL ), S_FALSE );
    WsFreeWriter( writer );
    property.valueSize = 1;
    ok_hr( WsCreateWriter( &property, 1, &writer, NULL ), E_INVALIDARG );
    property.valueSize = sizeof(value);
    property.value = NULL;
    ok_hr( WsCreateWriter( &property, 1, &writer, NULL ), E_INVALIDARG );
    property.value = &value;
    property.id = WS_XML_WRITER_PROPERTY_BYTES_WRITTEN;
    ok_hr( WsCreateWriter( &property, 1, &writer, NULL ), E_INVALIDARG );
    property.id = WS_XML_WRITER_PROPERTY_CHARSET;
    value = 77;
    ok_hr( WsCreateWriter( &property, 1, &writer, NULL ), E_INVALIDARG );
    free( written );
    WsFreeReader( reader );
}

/* Documented: limits are WS_E_QUOTA_EXCEEDED; and what the other properties do to a document. */
static void test_effects( void )
{
    static const struct { WS_XML_WRITER_PROPERTY_ID id; ULONG value; const char *script, *text; } cases[] =
    {
        { WS_XML_WRITER_PROPERTY_MAX_DEPTH, 0, "?Q<a| ", NULL },
        { WS_XML_WRITER_PROPERTY_MAX_DEPTH, 1, "<a| ?Q<b| ", NULL },
        { WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, 1, "<a| @b| ;?Q@c| ", NULL },
        { WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, 1, "<a| @b| ;/", "<a b=\"\"/>" },
        { WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, 1, "<p:a|n ?Q<q:b|m ", NULL },
        { WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, 1, "<p:a|n <p:b|n / /", "<p:a xmlns:p=\"n\"><p:b/></p:a>" },
        { WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, 8, "<a| \"123\"?Q\"456789\"", NULL },
        { WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, TRUE, "\"x\"<a| /{t}<b| /", "x<a/>dA==<b/>" },
        { WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, TRUE, "<a| /", "<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>" },
        { WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, TRUE, "!c!<a| /",
          "<?xml version=\"1.0\" encoding=\"utf-8\"?><!--c--><a/>" },
        { WS_XML_WRITER_PROPERTY_INDENT, 2, "<a| <b| /<c| \"t\"<d| //!e!/",
          "<a>\r\n  <b/>\r\n  <c>t<d/></c>\r\n  <!--e-->\r\n</a>" },
        { WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, TRUE, "<a| @b| \"\x01\";\"\x1f\"/",
          "<a b=\"&#x1;\">&#x1F;</a>" },
        { WS_XML_WRITER_PROPERTY_EMIT_UNCOMPRESSED_EMPTY_ELEMENTS, TRUE, "<a| <b| //", "<a><b></b></a>" },
    };
    static struct written written;
    ULONG i, flush;

    begin();
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        WS_XML_WRITER_STREAM_OUTPUT stream = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, write_chunk, &written };
        WS_XML_WRITER_PROPERTY property = { cases[i].id, (void *)&cases[i].value, sizeof(ULONG) };

        test_context( "property %u, %s", cases[i].id, cases[i].script );
        for (flush = 0; flush < 2; flush++)
        {
            if (flush && cases[i].id == WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE) continue;   /* counts between flushes */
            written.len = 0;
            ok_hr( WsSetOutput( writer, &write_utf8.encoding, &stream.output, &property, 1, NULL ), S_OK );
            ok_hr( script_run( writer, cases[i].script, flush, NULL ), cases[i].text ? S_OK : S_FALSE );
            if (!cases[i].text) continue;
            ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
            ok_bytes( written.bytes, written.len, cases[i].text );
        }
    }
    end();
}

/* Documented: the program's memory holds the output, as long as that fits. */
static void test_initial_buffer( void )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    BYTE room[16];
    WS_BYTES initial = { sizeof(room), room }, bytes;
    WS_XML_WRITER_PROPERTY property = { WS_XML_WRITER_PROPERTY_INITIAL_BUFFER, &initial, sizeof(initial) };

    begin();
    ok_hr( WsSetOutput( writer, &write_utf8.encoding, &memory.output, &property, 1, NULL ), S_OK );
    ok_hr( script_run( writer, "<a| /", FALSE, NULL ), S_OK );
    bytes = get_output( writer );
    ok_bytes( bytes.bytes, bytes.length, "<a/>" );
    ok_ptr( bytes.bytes, room );
    ok_hr( WsSetOutput( writer, &write_utf8.encoding, &memory.output, &property, 1, NULL ), S_OK );
    ok_hr( script_run( writer, "<a| \"0123456789abcdefghijkl\"/", FALSE, NULL ), S_OK );
    bytes = get_output( writer );
    ok_bytes( bytes.bytes, bytes.length, "<a>0123456789abcdefghijkl</a>" );
    end();
}

/* --- states -------------------------------------------------------------------------------------------------------- */

/* Public tests and documented: nothing can be written without an output; what arguments are needed. */
static void test_states( void )
{
    static const WS_XML_STRING name = WS_XML_STRING_VALUE( "a" ), ns = WS_XML_STRING_VALUE( "" );
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    static const WS_XML_WRITER_STREAM_OUTPUT no_callback = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, NULL, NULL };
    static const WS_XML_WRITER_ENCODING bad_encoding = { 77 };
    static const WS_XML_WRITER_OUTPUT bad_output = { 77 };
    WS_XML_UTF8_TEXT text = { { WS_XML_TEXT_TYPE_UTF8 }, WS_XML_STRING_VALUE( "t" ) };
    const WS_XML_STRING *prefix;
    WS_XML_NODE_POSITION pos;
    WS_BYTES bytes;
    INT32 array[2] = { 1, 2 };
    BYTE byte = 0;
    BOOL found;

    begin();
    ok_hr( WsWriteStartElement( writer, NULL, &name, &ns, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteEndStartElement( writer, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteEndElement( writer, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteStartAttribute( writer, NULL, &name, &ns, FALSE, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteEndAttribute( writer, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteXmlnsAttribute( writer, NULL, &ns, FALSE, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteText( writer, &text.text, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteChars( writer, L"a", 1, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteCharsUtf8( writer, &byte, 1, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteBytes( writer, &byte, 1, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteValue( writer, WS_INT32_VALUE_TYPE, array, sizeof(INT32), NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteArray( writer, &name, &ns, WS_INT32_VALUE_TYPE, array, sizeof(array), 0, 2, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteQualifiedName( writer, NULL, &name, &ns, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteStartCData( writer, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteEndCData( writer, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsGetPrefixFromNamespace( writer, &ns, TRUE, &prefix, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsGetWriterPosition( writer, &pos, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsMoveWriter( writer, WS_MOVE_TO_EOF, &found, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsEndWriterCanonicalization( writer, NULL ), WS_E_INVALID_OPERATION );

    ok_hr( WsSetOutput( writer, &bad_encoding, &memory.output, NULL, 0, NULL ), E_INVALIDARG );
    ok_hr( WsSetOutput( writer, &write_utf8.encoding, &bad_output, NULL, 0, NULL ), E_INVALIDARG );
    ok_hr( WsSetOutput( writer, &write_utf8.encoding, &no_callback.output, NULL, 0, NULL ), E_INVALIDARG );
    ok_hr( WsSetOutput( writer, &write_utf8.encoding, NULL, NULL, 0, NULL ), E_INVALIDARG );

    set_output( writer, XML_TEXT );
    ok_hr( WsWriteStartElement( writer, NULL, NULL, &ns, NULL ), E_INVALIDARG );
    ok_hr( WsWriteStartElement( writer, NULL, &name, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsWriteStartElement( writer, NULL, &name, &ns, NULL ), S_OK );
    ok_hr( WsWriteStartAttribute( writer, NULL, NULL, &ns, FALSE, NULL ), E_INVALIDARG );
    ok_hr( WsWriteStartAttribute( writer, NULL, &name, NULL, FALSE, NULL ), E_INVALIDARG );
    ok_hr( WsWriteXmlnsAttribute( writer, NULL, NULL, FALSE, NULL ), E_INVALIDARG );
    ok_hr( WsWriteText( writer, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsWriteChars( writer, NULL, 1, NULL ), E_INVALIDARG );
    ok_hr( WsWriteCharsUtf8( writer, NULL, 1, NULL ), E_INVALIDARG );
    ok_hr( WsWriteBytes( writer, NULL, 1, NULL ), E_INVALIDARG );
    ok_hr( WsWriteValue( writer, WS_INT32_VALUE_TYPE, NULL, sizeof(INT32), NULL ), E_INVALIDARG );
    ok_hr( WsWriteValue( writer, WS_INT32_VALUE_TYPE, array, 1, NULL ), E_INVALIDARG );
    ok_hr( WsWriteValue( writer, 77, array, sizeof(INT32), NULL ), E_INVALIDARG );
    ok_hr( WsWriteArray( writer, NULL, &ns, WS_INT32_VALUE_TYPE, array, sizeof(array), 0, 2, NULL ), E_INVALIDARG );
    ok_hr( WsWriteArray( writer, &name, &ns, 77, array, sizeof(array), 0, 2, NULL ), E_INVALIDARG );
    ok_hr( WsWriteArray( writer, &name, &ns, WS_INT32_VALUE_TYPE, array, sizeof(array), 1, 2, NULL ), E_INVALIDARG );
    ok_hr( WsWriteNode( writer, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsPullBytes( writer, NULL, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsPushBytes( writer, NULL, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsGetPrefixFromNamespace( writer, NULL, TRUE, &prefix, NULL ), E_INVALIDARG );
    ok_hr( WsGetPrefixFromNamespace( writer, &ns, TRUE, NULL, NULL ), E_INVALIDARG );
    /* only an XML buffer can be moved about in */
    ok_hr( WsGetWriterPosition( writer, &pos, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsSetWriterPosition( writer, &pos, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsMoveWriter( writer, WS_MOVE_TO_EOF, &found, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteEndElement( writer, NULL ), S_OK );

    /* XML: no references beside the root element */
    set_output( writer, XML_TEXT );
    ok_hr( script_run( writer, "\"\r\"<a| /", FALSE, NULL ), S_OK );
    bytes = get_output( writer );
    ok_bytes( bytes.bytes, bytes.length, "\r<a/>" );

    /* documented: after a failure half way only a new output helps */
    set_output( writer, XML_TEXT );
    ok_hr( script_run( writer, "<a| ?F\"\x01\"", FALSE, NULL ), S_FALSE );
    ok_hr( WsWriteEndElement( writer, NULL ), WS_E_OBJECT_FAULTED );
    set_output( writer, XML_TEXT );
    ok_hr( script_run( writer, "<a| /", FALSE, NULL ), S_OK );
    end();
}

/* Public tests: which prefix a namespace has; declarations count from the end of the start tag on. */
static void test_prefixes( void )
{
    static const WS_XML_STRING n = WS_XML_STRING_VALUE( "n" ), m = WS_XML_STRING_VALUE( "m" ), none = WS_XML_STRING_VALUE( "" ),
        xml = WS_XML_STRING_VALUE( "http://www.w3.org/XML/1998/namespace" );
    const WS_XML_STRING *prefix = NULL;

    begin();
    set_output( writer, XML_TEXT );
    ok_hr( script_run( writer, "<p:a|n ", FALSE, NULL ), S_OK );
    ok_hr( WsGetPrefixFromNamespace( writer, &n, TRUE, &prefix, NULL ), WS_E_INVALID_FORMAT );
    set_output( writer, XML_TEXT );
    ok_hr( script_run( writer, "<p:a|n ", FALSE, NULL ), S_OK );
    ok_hr( WsGetPrefixFromNamespace( writer, &n, FALSE, &prefix, NULL ), S_FALSE );
    ok_ptr( prefix, NULL );
    ok_hr( WsWriteEndStartElement( writer, NULL ), S_OK );
    ok_hr( WsGetPrefixFromNamespace( writer, &n, TRUE, &prefix, NULL ), S_OK );
    ok_bytes( prefix->bytes, prefix->length, "p" );
    ok_hr( WsGetPrefixFromNamespace( writer, &none, TRUE, &prefix, NULL ), S_OK );
    ok_bytes( prefix->bytes, prefix->length, "" );
    ok_hr( WsGetPrefixFromNamespace( writer, &xml, TRUE, &prefix, NULL ), S_OK );
    ok_bytes( prefix->bytes, prefix->length, "xml" );
    ok_hr( script_run( writer, "<p:b|m >", FALSE, NULL ), S_OK );
    ok_hr( WsGetPrefixFromNamespace( writer, &n, FALSE, &prefix, NULL ), S_FALSE );     /* its prefix is hidden */
    ok_hr( WsGetPrefixFromNamespace( writer, &m, FALSE, &prefix, NULL ), S_OK );
    ok_bytes( prefix->bytes, prefix->length, "p" );
    ok_hr( script_run( writer, "/", FALSE, NULL ), S_OK );
    ok_hr( WsGetPrefixFromNamespace( writer, &n, FALSE, &prefix, NULL ), S_OK );
    ok_hr( WsGetPrefixFromNamespace( writer, &m, FALSE, &prefix, NULL ), S_FALSE );
    end();
}

/* --- values -------------------------------------------------------------------------------------------------------- */

#define VALUE( type, ctype, value, text ) { type##_VALUE_TYPE, sizeof(ctype), &(const ctype){ value }, text }

/* Public tests and XML Schema: the lexical form of each type, alone and in a list of elements, in content and in an attribute. */
static void test_values( void )
{
    const struct { WS_VALUE_TYPE type; ULONG size; const void *value; const char *text; } cases[] =
    {
        VALUE( WS_BOOL, BOOL, TRUE, "true" ), VALUE( WS_BOOL, BOOL, FALSE, "false" ), VALUE( WS_BOOL, BOOL, 7, "true" ),
        VALUE( WS_INT8, INT8, -128, "-128" ), VALUE( WS_INT16, INT16, -32768, "-32768" ),
        VALUE( WS_INT32, INT32, -2147483647 - 1, "-2147483648" ), VALUE( WS_INT32, INT32, 0, "0" ), VALUE( WS_INT32, INT32, 1, "1" ),
        VALUE( WS_INT64, INT64, -9223372036854775807ll - 1, "-9223372036854775808" ),
        VALUE( WS_UINT8, UINT8, 255, "255" ), VALUE( WS_UINT16, UINT16, 65535, "65535" ),
        VALUE( WS_UINT32, UINT32, 4294967295u, "4294967295" ), VALUE( WS_UINT64, UINT64, ~0ull, "18446744073709551615" ),
        VALUE( WS_FLOAT, float, 0.5f, "0.5" ), VALUE( WS_DOUBLE, double, -1e300, "-1E+300" ),
        VALUE( WS_DOUBLE, double, 0.1, "0.1" ), VALUE( WS_DOUBLE, double, 123456, "123456" ),
        { WS_DECIMAL_VALUE_TYPE, sizeof(DECIMAL), &(const DECIMAL){ .scale = 2, .Lo64 = 12345 }, "123.45" },
        { WS_GUID_VALUE_TYPE, sizeof(GUID), &(const GUID){ 0x01020304, 0x0506, 0x0708, { 9, 10, 11, 12, 13, 14, 15, 16 } },
          "01020304-0506-0708-090a-0b0c0d0e0f10" },
        { WS_DATETIME_VALUE_TYPE, sizeof(WS_DATETIME), &(const WS_DATETIME){ 0, WS_DATETIME_FORMAT_UTC }, "0001-01-01T00:00:00Z" },
        { WS_TIMESPAN_VALUE_TYPE, sizeof(WS_TIMESPAN), &(const WS_TIMESPAN){ 864000000000ll + 10000000 }, "1.00:00:01" },
    };
    static const WS_XML_STRING item = WS_XML_STRING_VALUE( "i" ), none = WS_XML_STRING_VALUE( "" );
    static struct line line;
    BYTE twice[2 * sizeof(DECIMAL)];
    char expected[256];
    enum xml_encoding kind;
    WS_BYTES bytes;
    ULONG i;

    begin();
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        for (kind = XML_TEXT; kind < XML_ENCODINGS; kind++)
        {
            test_context( "%s in %s", cases[i].text, xml_encoding_names[kind] );
            set_output( writer, kind );
            ok_hr( script_run( writer, "<a| @b| ", FALSE, NULL ), S_OK );
            ok_hr( WsWriteValue( writer, cases[i].type, cases[i].value, cases[i].size, NULL ), S_OK );
            /* a typed value is all of an attribute */
            ok_hr( WsWriteValue( writer, cases[i].type, cases[i].value, cases[i].size, NULL ), WS_E_INVALID_OPERATION );
            ok_hr( script_run( writer, ";", FALSE, NULL ), S_OK );
            ok_hr( WsWriteValue( writer, cases[i].type, cases[i].value, cases[i].size, NULL ), S_OK );
            memcpy( twice, cases[i].value, cases[i].size );
            memcpy( twice + cases[i].size, cases[i].value, cases[i].size );
            ok_hr( WsWriteArray( writer, &item, &none, cases[i].type, twice, 2 * cases[i].size, 0, 2, NULL ), S_OK );
            ok_hr( WsWriteArray( writer, &item, &none, cases[i].type, twice, 2 * cases[i].size, 1, 1, NULL ), S_OK );
            ok_hr( WsWriteArray( writer, &item, &none, cases[i].type, twice, 2 * cases[i].size, 0, 0, NULL ), S_OK );
            ok_hr( script_run( writer, "/", FALSE, NULL ), S_OK );
            snprintf( expected, sizeof(expected), "<a b=%s\"%s\"<i\"%s\"><i\"%s\"><i\"%s\">>$", cases[i].text, cases[i].text,
                      cases[i].text, cases[i].text, cases[i].text );
            bytes = get_output( writer );
            line.len = 0;
            add_str( &line, expected );
            check_reading( kind, bytes.bytes, bytes.length, &line );
        }
    }
    end();
}

/* --- bytes and streams --------------------------------------------------------------------------------------------- */

static HRESULT CALLBACK push_bytes( void *state, WS_WRITE_CALLBACK write, void *write_state, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *error )
{
    WS_BYTES pieces[] = { { 2, (BYTE *)"te" }, { 0, NULL }, { 1, (BYTE *)"s" } };
    HRESULT hr;

    if ((hr = write( write_state, pieces, 3, context, error ))) return hr;
    pieces[0].length = 1;
    pieces[0].bytes = (BYTE *)"t";
    if ((hr = write( write_state, pieces, 1, context, error ))) return hr;
    return *(HRESULT *)state;
}

struct pull
{
    const char *bytes;
    ULONG left;
    HRESULT result;
};

static HRESULT CALLBACK pull_bytes( void *state, void *buf, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *error )
{
    struct pull *pull = state;
    ULONG len = pull->left < 3 ? pull->left : 3;

    (void)context;
    (void)error;
    if (len > max) len = max;
    memcpy( buf, pull->bytes, len );
    pull->bytes += len;
    pull->left -= len;
    *actual = len;
    return len ? S_OK : pull->result;
}

/* Documented: bytes that callbacks give are written as with WsWriteBytes; their failures are passed on. */
static void test_callbacks( void )
{
    static struct line want;
    enum xml_encoding kind;
    WS_BYTES bytes;
    HRESULT result;

    begin();
    want.len = 0;
    add_str( &want, "<a<b\"dGVzdA==\"><c\"aGVsbG8gd29ybGQ=\"><d>>$" );
    for (kind = XML_TEXT; kind < XML_ENCODINGS; kind++)
    {
        struct pull pull = { "hello world", 11, S_OK }, empty = { "", 0, S_OK }, failing = { "x", 1, WS_E_ENDPOINT_FAILURE };

        test_context( "%s", xml_encoding_names[kind] );
        set_output( writer, kind );
        ok_hr( WsPushBytes( writer, push_bytes, &result, NULL ), WS_E_INVALID_FORMAT );
        set_output( writer, kind );
        result = S_OK;
        ok_hr( script_run( writer, "<a| <b| ", FALSE, NULL ), S_OK );
        ok_hr( WsPushBytes( writer, push_bytes, &result, NULL ), S_OK );
        ok_hr( script_run( writer, "/<c| ", FALSE, NULL ), S_OK );
        ok_hr( WsPullBytes( writer, pull_bytes, &pull, NULL ), S_OK );
        ok_hr( script_run( writer, "/<d| ", FALSE, NULL ), S_OK );
        ok_hr( WsPullBytes( writer, pull_bytes, &empty, NULL ), S_OK );
        ok_hr( script_run( writer, "//", FALSE, NULL ), S_OK );
        bytes = get_output( writer );
        check_reading( kind, bytes.bytes, bytes.length, &want );

        set_output( writer, kind );
        ok_hr( script_run( writer, "<a| ", FALSE, NULL ), S_OK );
        ok_hr( WsPullBytes( writer, pull_bytes, &failing, NULL ), WS_E_ENDPOINT_FAILURE );
        set_output( writer, kind );
        result = WS_E_ENDPOINT_FAILURE;
        ok_hr( script_run( writer, "<a| ", FALSE, NULL ), S_OK );
        ok_hr( WsPushBytes( writer, push_bytes, &result, NULL ), WS_E_ENDPOINT_FAILURE );
    }
    end();
}

/* Documented: bytes leave when there are enough, all when asked with 0; a start tag leaves when it is complete. */
static void test_flush( void )
{
    static struct written written;
    WS_BYTES bytes;
    ULONG i;

    begin();
    set_output_stream( writer, XML_TEXT, &written );
    ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
    ok_eq( written.calls, 1 );      /* "zero should be specified to guarantee that the callback is invoked" */
    ok_hr( script_run( writer, "<a| >\"12345\"", FALSE, NULL ), S_OK );
    ok_hr( WsFlushWriter( writer, 9, NULL, NULL ), S_OK );
    ok_eq( written.calls, 1 );
    ok_hr( WsFlushWriter( writer, 8, NULL, NULL ), S_OK );
    ok_eq( written.calls, 2 );
    ok_bytes( written.bytes, written.len, "<a>12345" );
    ok_hr( script_run( writer, "<b| @c| \"x\";", FALSE, NULL ), S_OK );
    ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
    ok_bytes( written.bytes, written.len, "<a>12345" );
    ok_hr( script_run( writer, ">", FALSE, NULL ), S_OK );
    ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
    ok_bytes( written.bytes, written.len, "<a>12345<b c=\"x\">" );
    /* the limit is on what is buffered between flushes */
    for (i = 0; i < 300; i++)
    {
        char text[512];
        memset( text, 'x', sizeof(text) );
        ok_hr( WsWriteCharsUtf8( writer, (BYTE *)text, sizeof(text), NULL ), S_OK );
        ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
        written.len = 0;
    }

    /* of a buffer a flush takes nothing */
    set_output( writer, XML_TEXT );
    ok_hr( script_run( writer, "<a| /", TRUE, NULL ), S_OK );
    bytes = get_output( writer );
    ok_bytes( bytes.bytes, bytes.length, "<a/>" );

    /* MTOM ends with a flush outside of the root element */
    set_output_stream( writer, XML_MTOM, &written );
    ok_hr( script_run( writer, "<a| /", FALSE, NULL ), S_OK );
    ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
    ok_hr( script_run( writer, "?O!c!", FALSE, NULL ), S_FALSE );
    set_output( writer, XML_MTOM );
    ok_hr( script_run( writer, "<a| >", FALSE, NULL ), S_OK );
    ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), WS_E_INVALID_OPERATION );
    end();
}

static struct
{
    WS_ASYNC_CONTEXT context;
    ULONG calls, len;
    HRESULT result;
    BYTE  bytes[64];
} pending;

static HRESULT CALLBACK write_later( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    ULONG i;

    (void)state;
    (void)error;
    for (i = 0; i < count; i++)
    {
        memcpy( pending.bytes + pending.len, buffers[i].bytes, buffers[i].length );
        pending.len += buffers[i].length;
    }
    pending.calls++;
    if (!context) return S_OK;
    pending.context = *context;
    return WS_S_ASYNC;
}

static void CALLBACK flush_done( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    ok( state == &pending, "got %p\n", state );
    ok( model == WS_SHORT_CALLBACK || model == WS_LONG_CALLBACK, "got %u\n", model );
    pending.result = hr;
}

/* Documented: with a context the callback may end the flush later, with success or not. */
static void test_async_flush( void )
{
    WS_XML_WRITER_STREAM_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, write_later, &pending };
    WS_ASYNC_CONTEXT context = { flush_done, &pending };
    WS_ASYNC_CONTEXT step;

    begin();
    memset( &pending, 0, sizeof(pending) );
    pending.result = 1;
    ok_hr( WsSetOutput( writer, &write_utf8.encoding, &output.output, NULL, 0, NULL ), S_OK );
    ok_hr( script_run( writer, "<a| \"x\"", FALSE, NULL ), S_OK );
    ok_hr( WsFlushWriter( writer, 0, &context, NULL ), WS_S_ASYNC );
    ok_eq( pending.result, 1 );
    step = pending.context;
    step.callback( S_OK, WS_SHORT_CALLBACK, step.callbackState );
    ok_eq( pending.result, S_OK );
    ok_hr( script_run( writer, "/", FALSE, NULL ), S_OK );
    ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
    ok_eq( pending.calls, 2 );
    ok_bytes( pending.bytes, pending.len, "<a>x</a>" );

    ok_hr( WsSetOutput( writer, &write_utf8.encoding, &output.output, NULL, 0, NULL ), S_OK );
    ok_hr( script_run( writer, "<a| \"x\"", FALSE, NULL ), S_OK );
    ok_hr( WsFlushWriter( writer, 0, &context, NULL ), WS_S_ASYNC );
    step = pending.context;
    step.callback( WS_E_ENDPOINT_FAILURE, WS_SHORT_CALLBACK, step.callbackState );
    ok_eq( pending.result, WS_E_ENDPOINT_FAILURE );
    ok_hr( WsWriteEndElement( writer, NULL ), WS_E_OBJECT_FAULTED );
    end();
}

/* --- nodes --------------------------------------------------------------------------------------------------------- */

/* Documented: a copy keeps how empty elements are spelt unless they are to be compressed; it takes one node with all below it. */
static void test_copy( void )
{
    static const struct { const char *doc; ULONG skip; const char *copy; WS_XML_NODE_TYPE then; } cases[] =
    {
        { "<a b='1'><c></c><d/><!--e--><![CDATA[f]]>&lt;</a>", 0, "<a b='1'><c></c><d/><!--e--><![CDATA[f]]>&lt;</a>",
          WS_XML_NODE_TYPE_EOF },
        { "<p:a xmlns:p='n'><p:b/>t</p:a>", 1, "<p:a xmlns:p='n'><p:b/>t</p:a>", WS_XML_NODE_TYPE_EOF },
        /* what is in scope comes along */
        { "<p:a xmlns:p='n'><p:b q='1'/>t</p:a>", 2, "<p:b q='1' xmlns:p=\"n\"/>", WS_XML_NODE_TYPE_TEXT },
        { "<a><b><c>x</c></b>t</a>", 2, "<b><c>x</c></b>", WS_XML_NODE_TYPE_TEXT },
        { "<a><!--x--><b/></a>", 2, "<!--x-->", WS_XML_NODE_TYPE_ELEMENT },
    };
    enum xml_encoding kind;
    WS_BYTES bytes;
    ULONG i, n;

    begin();
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%s", cases[i].doc );
        set_text( reader, cases[i].doc );
        for (n = 0; n < cases[i].skip; n++) ok_hr( WsReadNode( reader, NULL ), S_OK );
        set_output( writer, XML_TEXT );
        ok_hr( WsCopyNode( writer, reader, NULL ), S_OK );
        bytes = get_output( writer );
        ok_bytes( bytes.bytes, bytes.length, cases[i].copy );
        ok_eq( node_type( reader ), cases[i].then );
    }
    test_context( NULL );
    ok_hr( WsCopyNode( writer, NULL, NULL ), E_INVALIDARG );
    set_text( reader, "<a/>" );
    while (node_type( reader ) != WS_XML_NODE_TYPE_EOF) ok_hr( WsReadNode( reader, NULL ), S_OK );
    ok_hr( WsCopyNode( writer, reader, NULL ), WS_E_INVALID_OPERATION );

    for (kind = XML_TEXT; kind < XML_ENCODINGS; kind++)
    {
        static const char doc[] = "<a b=\"1\"><p:c p:d=\"2\" xmlns:p=\"n\"></p:c>t<!--e--></a>";
        static struct line want;
        struct chunks chunks;

        test_context( "to %s", xml_encoding_names[kind] );
        set_text( reader, doc );
        describe( reader, &want, 0, FALSE );
        set_chunks( reader, &chunks, XML_TEXT, doc, sizeof(doc) - 1, 100 );
        ok_hr( WsFillReader( reader, sizeof(doc), NULL, NULL ), S_OK );
        set_output( writer, kind );
        ok_hr( WsCopyNode( writer, reader, NULL ), S_OK );
        bytes = get_output( writer );
        check_reading( kind, bytes.bytes, bytes.length, &want );
    }
    end();
}

static void test_compress( void )
{
    BOOL compress = TRUE;
    WS_XML_WRITER_PROPERTY property = { WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS, &compress, sizeof(compress) };
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_BYTES bytes;

    begin();
    set_text( reader, "<a><b></b><c/></a>" );
    ok_hr( WsSetOutput( writer, &write_utf8.encoding, &memory.output, &property, 1, NULL ), S_OK );
    ok_hr( WsCopyNode( writer, reader, NULL ), S_OK );
    bytes = get_output( writer );
    ok_bytes( bytes.bytes, bytes.length, "<a><b/><c/></a>" );
    end();
}

/* Public tests: nodes that a program makes itself. */
static void test_nodes( void )
{
    static WS_XML_STRING prefix = WS_XML_STRING_VALUE( "p" ), name = WS_XML_STRING_VALUE( "a" ), ns = WS_XML_STRING_VALUE( "n" ),
        none = WS_XML_STRING_VALUE( "" ), attr_name = WS_XML_STRING_VALUE( "b" );
    WS_XML_UTF8_TEXT value = { { WS_XML_TEXT_TYPE_UTF8 }, WS_XML_STRING_VALUE( "v" ) };
    WS_XML_ATTRIBUTE attr = { TRUE, FALSE, NULL, &attr_name, &none, &value.text }, decl = { FALSE, TRUE, &prefix, NULL, &ns, NULL };
    WS_XML_ATTRIBUTE *attrs[] = { &attr, &decl };
    WS_XML_ELEMENT_NODE element = { { WS_XML_NODE_TYPE_ELEMENT }, &prefix, &name, &ns, 2, attrs, FALSE };
    WS_XML_TEXT_NODE text = { { WS_XML_NODE_TYPE_TEXT }, &value.text };
    WS_XML_NODE end_element = { WS_XML_NODE_TYPE_END_ELEMENT }, cdata = { WS_XML_NODE_TYPE_CDATA },
        end_cdata = { WS_XML_NODE_TYPE_END_CDATA }, bof = { WS_XML_NODE_TYPE_BOF }, eof = { WS_XML_NODE_TYPE_EOF }, bad = { 77 };
    WS_BYTES bytes;

    begin();
    set_output( writer, XML_TEXT );
    ok_hr( WsWriteNode( writer, &bof, NULL ), S_OK );
    ok_hr( WsWriteNode( writer, &element.node, NULL ), S_OK );
    ok_hr( WsWriteNode( writer, &text.node, NULL ), S_OK );
    ok_hr( WsWriteNode( writer, &cdata, NULL ), S_OK );
    ok_hr( WsWriteNode( writer, &text.node, NULL ), S_OK );
    ok_hr( WsWriteNode( writer, &end_cdata, NULL ), S_OK );
    ok_hr( WsWriteNode( writer, &bad, NULL ), E_INVALIDARG );
    ok_hr( WsWriteNode( writer, &end_element, NULL ), S_OK );
    ok_hr( WsWriteNode( writer, &eof, NULL ), S_OK );
    bytes = get_output( writer );
    ok_bytes( bytes.bytes, bytes.length, "<p:a b='v' xmlns:p=\"n\">v<![CDATA[v]]></p:a>" );
    ok_hr( WsWriteNode( writer, &end_element, NULL ), WS_E_INVALID_FORMAT );
    end();
}

/* Documented: the raw encoding has bytes at the top and nothing else. */
static void test_raw( void )
{
    static const WS_XML_WRITER_RAW_ENCODING raw = { { WS_XML_WRITER_ENCODING_TYPE_RAW } };
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    static const WS_XML_STRING name = WS_XML_STRING_VALUE( "a" ), none = WS_XML_STRING_VALUE( "" );
    WS_BYTES bytes;

    begin();
    ok_hr( WsSetOutput( writer, &raw.encoding, &memory.output, NULL, 0, NULL ), S_OK );
    ok_hr( WsWriteBytes( writer, "\1\2", 2, NULL ), S_OK );
    ok_hr( WsWriteBytes( writer, "\3", 1, NULL ), S_OK );
    bytes = get_output( writer );
    ok_bytes( bytes.bytes, bytes.length, "\1\2\3" );
    ok_hr( WsWriteStartElement( writer, NULL, &name, &none, NULL ), WS_E_INVALID_OPERATION );
    end();
}

TESTS( writer,
    { "scripts", test_scripts },
    { "buffer", test_buffer },
    { "sections", test_sections },
    { "properties", test_properties },
    { "effects", test_effects },
    { "initial_buffer", test_initial_buffer },
    { "states", test_states },
    { "prefixes", test_prefixes },
    { "values", test_values },
    { "callbacks", test_callbacks },
    { "flush", test_flush },
    { "async_flush", test_async_flush },
    { "copy", test_copy },
    { "compress", test_compress },
    { "nodes", test_nodes },
    { "raw", test_raw } )
