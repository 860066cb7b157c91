/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The XML reader. Where facts come from is said at each group: "public tests" are the observations of native that Wine's
 * test programs record, "documented" is the reference of the Windows SDK, "XML" the recommendations XML 1.0 and Namespaces in
 * XML, which native's documentation promises to follow.
 *
 * Documents are compared as one line of what is read: see describe_node(). Each also goes through a stream in chunks of
 * 1 to 5 bytes, and what is well formed through an XML buffer and through binary XML. */
#include "xml.h"

#define NS_XML "http://www.w3.org/XML/1998/namespace"

/* The document as an XML buffer, and through it as binary XML. */
static void check_copies( WS_XML_READER *reader, const char *doc )
{
    WS_XML_WRITER_BINARY_ENCODING out = { { WS_XML_WRITER_ENCODING_TYPE_BINARY }, NULL, NULL, NULL };
    WS_XML_READER_BINARY_ENCODING in = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, NULL, 0 };
    static struct line text, copy;
    WS_XML_WRITER *writer = NULL;
    WS_XML_BUFFER *buffer;
    WS_HEAP *heap;
    WS_BYTES bytes;

    ok_hr( WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, NULL ), S_OK );
    set_text( reader, doc );
    describe( reader, &text, 0, FALSE );
    set_text( reader, doc );
    ok_hr( WsReadXmlBuffer( reader, heap, &buffer, NULL ), S_OK );
    ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
    describe( reader, &copy, 0, FALSE );
    ok_bytes( copy.text, copy.len, text.text );

    /* binary XML has no CDATA sections, and a writer puts declarations where it wants them */
    if (!strstr( doc, "CDATA" ) && !strstr( doc, "xmlns" ))
    {
        ok_hr( WsCreateWriter( NULL, 0, &writer, NULL ), S_OK );
        ok_hr( WsSetOutput( writer, &out.encoding, &output.output, NULL, 0, NULL ), S_OK );
        ok_hr( WsWriteXmlBuffer( writer, buffer, NULL ), S_OK );
        ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
        input.encodedData = bytes.bytes;
        input.encodedDataSize = bytes.length;
        ok_hr( WsSetInput( reader, &in.encoding, &input.input, NULL, 0, NULL ), S_OK );
        describe( reader, &copy, 0, FALSE );
        /* quotes are of the text */
        if (!strchr( doc, '\'' )) ok_bytes( copy.text, copy.len, text.text );
        WsFreeWriter( writer );
    }
    WsFreeHeap( heap );
}

static void check_document( const char *doc, const char *expected )
{
    WS_XML_READER *reader = create_reader();
    static struct line line;
    struct chunks chunks;
    ULONG size;

    test_context( "%s", doc );
    set_text( reader, doc );
    describe( reader, &line, 0, TRUE );
    ok_bytes( line.text, line.len, expected );
    for (size = 1; size <= 5; size++)
    {
        set_stream( reader, &chunks, doc, size );
        describe( reader, &line, 1, TRUE );
        ok_bytes( line.text, line.len, expected );
    }
    if (expected[strlen( expected ) - 1] == '$') check_copies( reader, doc );
    WsFreeReader( reader );
    test_context( NULL );
}

/* --- documents ----------------------------------------------------------------------------------------------------- */

struct document
{
    const char *doc;
    const char *expected;
};

static void check_documents( const struct document *docs, ULONG count )
{
    ULONG i;
    for (i = 0; i < count; i++) check_document( docs[i].doc, docs[i].expected );
}

static void test_documents( void )
{
    static const struct document docs[] =
    {
        /* public tests: which node comes first, and which inputs are refused */
        { "<a>", "<a!format" },
        { "< a>", "!format" },
        { "<a ></a>", "<a>$" },
        { "<<a>>", "!format" },
        { "<>", "!format" },
        { "</a>", "!format" },
        { " <a/>", "\" \"<a/>$" },
        { "<?xml>", "!format" },
        { "<?xml?>", "!format" },
        { "<?xml ?>", "!format" },
        { "<?xml version=\"1.0\"?>", "$" },
        { "<?xml version=\"1.0\"?><text>test</text>", "<text\"test\">$" },
        { "", "!format" },
        { "<!--", "!format" },
        { "<!----><a/>", "##<a/>$" },
        { "<t><![CDATA[<data>]]></t>", "<t[\"<data>\"]>$" },
        { "<a></b>", "<a!format" },
        { "<a></A>", "<a!format" },
        { "<text attr= \"value\" attr2='value2'>test</text>", "<text attr=value attr2='value2\"test\">$" },
        /* documented: one element at the top, and only white space around it */
        { "<a/><b/>", "<a/>!format" },
        { "<a/>x", "<a/>!format" },
        { "x<a/>", "!format" },
        /* documented: no document type declarations */
        { "<!DOCTYPE a><a/>", "!format" },
        /* XML: what is well formed */
        { "<a/ >", "!format" },
        { "<a b/>", "!format" },
        { "<a b=c/>", "!format" },
        { "<a b='c'd='e'/>", "!format" },
        { "<a b='<'/>", "!format" },
        { "<a>]]></a>", "<a!format" },
        { "<a><!-- -- --></a>", "<a!format" },
        { "<a>\x01</a>", "<a!format" },
        { "<a>\xc0\x80</a>", "<a!format" },
        { "<a>\xed\xa0\x80</a>", "<a!format" },
        { "<a b='c' b='d'/>", "!format" },
        { "<\xc3\xa9>\xe2\x82\xac</\xc3\xa9>", "<\xc3\xa9\"\xe2\x82\xac\">$" },
        { "<a\xc3\xa9 b\xe6\x97\xa5=\"\xe2\x82\xac\"/>", "<a\xc3\xa9 b\xe6\x97\xa5=\xe2\x82\xac/>$" },
        { "<1/>", "!format" },
        /* XML: line ends, and white space in attribute values */
        { "<a>\r\nb\rc</a>", "<a\"\nb\nc\">$" },
        { "<a b=\"\r\n\t\"/>", "<a b=  />$" },
    };
    check_documents( docs, ARRAYSIZE( docs ) );
}

static void test_references( void )
{
    /* public tests */
    static const struct document docs[] =
    {
        { "<t>&#xA</t>", "<t!format" },
        { "<t>&#xA;</t>", "<t\"\n\">$" },
        { "<t>&#xaaaa;</t>", "<t\"\xea\xaa\xaa\">$" },
        { "<t>&#xaaaaa;</t>", "<t\"\xf2\xaa\xaa\xaa\">$" },
        { "<t>&1;</t>", "<t!format" },
        { "<t>&lt;&gt;&quot;&amp;&apos;</t>", "<t\"<>\"&'\">$" },
        { "<t>&sopa;</t>", "<t!format" },
        { "<t>&#;</t>", "<t!format" },
        { "<t>&&</t>", "<t!format" },
        { "<t>&#xd7ff;</t>", "<t\"\xed\x9f\xbf\">$" },
        { "<t>&#xd800;</t>", "<t!format" },
        { "<t>&#xfffe;</t>", "<t!format" },
        { "<t>&LT;</t>", "<t!format" },
        { "<t>&#x0;</t>", "<t!format" },
        { "<t>&#x10ffff;</t>", "<t\"\xf4\x8f\xbf\xbf\">$" },
        { "<t>&#x110000;</t>", "<t!format" },
        { "<t a=\"&#xA;&#xA;\"/>", "<t a=\n\n/>$" },
    };
    check_documents( docs, ARRAYSIZE( docs ) );
}

static void test_namespaces( void )
{
    static const struct document docs[] =
    {
        /* public tests */
        { "<prefix:t xmlns:prefix2='ns'/>", "!format" },
        { "<prefix:t xmlns:prefix='ns'></prefix:t>", "<prefix:t{ns} @prefix=ns>$" },
        { "<t prefix:attr='' xmlns:prefix='ns'></t>", "<t prefix:attr{ns}=' @prefix=ns>$" },
        { "<t xmlns:p='ns'><u xmlns:p='ns2'/></t>", "<t @p=ns<u @p=ns2/>>$" },
        { "<t xmlns='ns'></t>", "<t{ns} @=ns>$" },
        { "<t xmlns:p='ns' xmlns:p='ns2'></t>", "!format" },
        { "<t xmlns:p='ns' xmlns:p='ns'></t>", "!format" },
        { "<t xmlns:p='ns' xmlns:P='ns2'></t>", "<t @p=ns @P=ns2>$" },
        /* XML: scope, unique expanded names, reserved prefixes */
        { "<a xmlns='n'><b xmlns=''/><c/></a>", "<a{n} @=n<b @=/><c{n}/>>$" },
        { "<a><b xmlns:p='n'/><p:c/></a>", "<a<b @p=n/>!format" },
        { "<a xmlns:p='n' xmlns:q='n' p:b='' q:b=''/>", "!format" },
        { "<a xmlns:p=''/>", "!format" },
        { "<a xmlns:xmlns='n'/>", "!format" },
        { "<a xmlns:xml='n'/>", "!format" },
        { "<a xml:lang=\"en\"/>", "<a xml:lang{" NS_XML "}=en/>$" },
    };
    check_documents( docs, ARRAYSIZE( docs ) );
}

/* --- properties ---------------------------------------------------------------------------------------------------- */

static ULONG get_ulong( WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id )
{
    ULONG value = 0xdead;
    ok_hr( WsGetReaderProperty( reader, id, &value, sizeof(value), NULL ), S_OK );
    return value;
}

/* Public tests and documented: defaults, which can be set and read. */
static void test_properties( void )
{
    static const struct { WS_XML_READER_PROPERTY_ID id; ULONG value; } defaults[] =
    {
        { WS_XML_READER_PROPERTY_MAX_DEPTH, 32 }, { WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, FALSE },
        { WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, 128 }, { WS_XML_READER_PROPERTY_READ_DECLARATION, TRUE },
        { WS_XML_READER_PROPERTY_MAX_NAMESPACES, 32 }, { WS_XML_READER_PROPERTY_IN_ATTRIBUTE, FALSE },
        { WS_XML_READER_PROPERTY_CHARSET, WS_CHARSET_UTF8 },
    };
    WS_XML_READER *reader = create_reader();
    WS_XML_READER_PROPERTY property = { WS_XML_READER_PROPERTY_MAX_DEPTH, NULL, 0 };
    ULONG value = 16, i;
    ULONGLONG wide = 0;

    ok_hr( WsCreateReader( NULL, 0, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsGetReaderProperty( reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &value, sizeof(value), NULL ), WS_E_INVALID_OPERATION );
    set_text( reader, "<a/>" );
    for (i = 0; i < ARRAYSIZE( defaults ); i++)
    {
        test_context( "property %u", defaults[i].id );
        ok_eq( get_ulong( reader, defaults[i].id ), defaults[i].value );
    }
    test_context( NULL );
    ok_hr( WsGetReaderProperty( reader, WS_XML_READER_PROPERTY_UTF8_TRIM_SIZE, &value, sizeof(value), NULL ), E_INVALIDARG );
    ok_hr( WsGetReaderProperty( reader, WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &value, sizeof(value), NULL ), E_INVALIDARG );
    ok_hr( WsGetReaderProperty( reader, WS_XML_READER_PROPERTY_ROW, &wide, sizeof(wide), NULL ), S_OK );
    ok_eq( wide, 0 );
    WsFreeReader( reader );
    WsFreeReader( NULL );

    property.value = &value;
    property.valueSize = sizeof(value);
    ok_hr( WsCreateReader( &property, 1, &reader, NULL ), S_OK );
    set_text( reader, "<a/>" );
    ok_eq( get_ulong( reader, WS_XML_READER_PROPERTY_MAX_DEPTH ), 16 );
    WsFreeReader( reader );
    property.value = &wide;
    property.valueSize = sizeof(wide);
    property.id = WS_XML_READER_PROPERTY_ROW;
    ok_hr( WsCreateReader( &property, 1, &reader, NULL ), E_INVALIDARG );
    property.id = WS_XML_READER_PROPERTY_COLUMN;
    ok_hr( WsCreateReader( &property, 1, &reader, NULL ), E_INVALIDARG );
}

/* Documented: a limit that is exceeded is WS_E_QUOTA_EXCEEDED. */
static void test_limits( void )
{
    static const struct { WS_XML_READER_PROPERTY_ID id; ULONG value; const char *doc, *expected; } cases[] =
    {
        { WS_XML_READER_PROPERTY_MAX_DEPTH, 0, "<a/>", "!quota" },
        { WS_XML_READER_PROPERTY_MAX_DEPTH, 2, "<a><b/><b><c/></b></a>", "<a<b/><b!quota" },
        { WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, 1, "<a b=\"\"><a b=\"\" c=\"\"/></a>", "<a b=!quota" },
        { WS_XML_READER_PROPERTY_MAX_NAMESPACES, 1, "<a xmlns='n'><b xmlns='m'/></a>", "<a{n} @=n!quota" },
        { WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, TRUE, "a<b/>c<d/>", "\"a\"<b/>\"c\"<d/>$" },
        { WS_XML_READER_PROPERTY_READ_DECLARATION, FALSE, "<?xml version='1.0'?><a/>", "!format" },
        { WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, TRUE, "<a>&#1;</a>", "<a\"\x01\">$" },
    };
    WS_XML_READER_PROPERTY property;
    WS_XML_READER *reader;
    static struct line line;
    ULONG i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%s", cases[i].doc );
        property.id = cases[i].id;
        property.value = (void *)&cases[i].value;
        property.valueSize = sizeof(ULONG);
        ok_hr( WsCreateReader( &property, 1, &reader, NULL ), S_OK );
        set_text( reader, cases[i].doc );
        describe( reader, &line, 0, TRUE );
        ok_bytes( line.text, line.len, cases[i].expected );
        WsFreeReader( reader );
    }
    test_context( NULL );
}

/* Public tests: the character set is found by the mark, the first characters, the declaration. */
static void test_charset( void )
{
    static const struct { const char *bytes; ULONG size; HRESULT hr; WS_CHARSET charset; } cases[] =
    {
        { "\xef\xbb\xbf<a/>", 7, S_OK, WS_CHARSET_UTF8 },
        { "<a/>", 4, S_OK, WS_CHARSET_UTF8 },
        { "<!--", 4, S_OK, WS_CHARSET_UTF8 },
        { "<?xml version=\"1.0\" encoding=\"utf-8\"?>", 38, S_OK, WS_CHARSET_UTF8 },
        { "<?xml encoding=\"utf-8\"?>", 24, WS_E_INVALID_FORMAT, 0 },
        { "<?xml", 5, WS_E_INVALID_FORMAT, 0 },
        { "<?yml", 5, WS_E_INVALID_FORMAT, 0 },
        { "<?", 2, WS_E_INVALID_FORMAT, 0 },
        { "\xff\xfe<\0a\0/\0>\0", 10, S_OK, WS_CHARSET_UTF16LE },
        { "<\0a\0/\0>\0", 8, S_OK, WS_CHARSET_UTF16LE },
        { "<\0!\0-\0-\0", 8, S_OK, WS_CHARSET_UTF16LE },
        { "<\0?\0", 4, WS_E_INVALID_FORMAT, 0 },
        { "ab", 2, WS_E_INVALID_FORMAT, 0 },
        { "abc", 3, S_OK, WS_CHARSET_UTF8 },
        { "a\0b\0", 4, S_OK, WS_CHARSET_UTF8 },
        { "\0\0\0", 3, S_OK, WS_CHARSET_UTF8 },
        /* XML: the other byte order */
        { "\xfe\xff\0<\0a\0/\0>", 10, S_OK, WS_CHARSET_UTF16BE },
        { "\0<\0a\0/\0>", 8, S_OK, WS_CHARSET_UTF16BE },
    };
    WS_XML_READER_TEXT_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER *reader = create_reader();
    WS_CHARSET charset;
    ULONG i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)cases[i].bytes, cases[i].size };
        test_context( "case %lu", i );
        ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), S_OK );
        charset = 0;
        ok_hr( WsGetReaderProperty( reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL ), cases[i].hr );
        ok_eq( charset, cases[i].charset );
    }
    test_context( NULL );
    WsFreeReader( reader );
}

/* --- moving and values --------------------------------------------------------------------------------------------- */

/* Public tests. */
static void test_moving( void )
{
    static const WS_XML_STRING name = WS_XML_STRING_VALUE( "a" ), other = WS_XML_STRING_VALUE( "x" );
    WS_XML_READER *reader = create_reader();
    BOOL found;

    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_EOF );
    ok_hr( WsSkipNode( reader, NULL ), WS_E_INVALID_OPERATION );
    set_text( reader, "<?xml version='1.0'?> <a> <b/> text </a>" );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_BOF );
    found = -1;
    ok_hr( WsReadToStartElement( reader, &other, NULL, &found, NULL ), S_OK );
    ok_eq( found, FALSE );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_ELEMENT );
    ok_hr( WsReadToStartElement( reader, &name, NULL, &found, NULL ), S_OK );
    ok_eq( found, TRUE );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_TEXT );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_END_ELEMENT );
    ok_hr( WsReadEndElement( reader, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_TEXT );
    ok_hr( WsReadStartElement( reader, NULL ), WS_E_INVALID_FORMAT );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_TEXT );

    set_text( reader, "<a><b/></a>" );
    ok_hr( WsSkipNode( reader, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_ELEMENT );
    ok_hr( WsSkipNode( reader, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_EOF );
    ok_hr( WsSkipNode( reader, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsReadEndElement( reader, NULL ), WS_E_INVALID_FORMAT );

    /* only an XML buffer can be moved about in */
    set_text( reader, "<a/>" );
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_EOF, NULL, NULL ), WS_E_INVALID_OPERATION );
    WsFreeReader( reader );
}

static void test_attributes( void )
{
    static const WS_XML_STRING none = WS_XML_STRING_VALUE( "" ), b = WS_XML_STRING_VALUE( "b" ), c = WS_XML_STRING_VALUE( "c" );
    WS_XML_READER *reader = create_reader();
    INT32 value = 0;
    ULONG index;

    /* public tests */
    set_text( reader, "<a x='' b='-5'>t</a>" );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    index = 0xdead;
    ok_hr( WsFindAttribute( reader, &c, &none, FALSE, &index, NULL ), S_FALSE );
    ok_eq( index, ~0u );
    ok_hr( WsFindAttribute( reader, &b, &none, TRUE, &index, NULL ), S_OK );
    ok_eq( index, 1 );
    /* documented: the value is read as content is, and the end of the attribute looks like that of a document */
    ok_hr( WsReadStartAttribute( reader, index, NULL ), S_OK );
    ok_eq( get_ulong( reader, WS_XML_READER_PROPERTY_IN_ATTRIBUTE ), TRUE );
    ok_hr( WsReadValue( reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL ), S_OK );
    ok_eq( value, -5 );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_EOF );
    ok_hr( WsReadEndAttribute( reader, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_ELEMENT );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    ok_hr( WsFindAttribute( reader, &b, &none, TRUE, &index, NULL ), WS_E_INVALID_OPERATION );

    set_text( reader, "<a/>" );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    ok_hr( WsFindAttribute( reader, &b, &none, TRUE, &index, NULL ), WS_E_INVALID_FORMAT );
    set_text( reader, "<a/>" );
    ok_hr( WsReadStartAttribute( reader, 0, NULL ), WS_E_INVALID_FORMAT );
    WsFreeReader( reader );
}

/* Public tests: pieces of text, and that the reader goes on only when a text is used up. */
static void test_pieces( void )
{
    WS_XML_READER *reader = create_reader();
    struct chunks chunks;
    ULONG count = 0xdead;
    WCHAR chars[8];
    BYTE bytes[8];

    ok_hr( WsReadBytes( reader, NULL, 0, NULL, NULL ), WS_E_INVALID_OPERATION );
    set_text( reader, "<t>dGV4dA==</t>" );
    ok_hr( WsReadBytes( reader, bytes, 0, NULL, NULL ), E_INVALIDARG );
    set_text( reader, "<t>dGV4dA==</t>" );
    ok_hr( WsReadBytes( reader, bytes, 2, &count, NULL ), S_OK );
    ok_eq( count, 0 );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_hr( WsReadBytes( reader, bytes, 2, &count, NULL ), S_OK );
    ok_bytes( bytes, count, "te" );
    ok_hr( WsReadBytes( reader, bytes, 8, &count, NULL ), S_OK );
    ok_bytes( bytes, count, "xt" );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_TEXT );
    ok_hr( WsReadBytes( reader, bytes, 8, &count, NULL ), S_OK );
    ok_eq( count, 0 );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_END_ELEMENT );

    /* what is left of a text is not the next element's, wherever it comes from */
    set_text( reader, "<t><a>QUJDRA==</a><b>RUZH</b></t>" );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_hr( WsReadBytes( reader, bytes, 1, &count, NULL ), S_OK );
    ok_bytes( bytes, count, "A" );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    ok_hr( WsReadEndElement( reader, NULL ), S_OK );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_hr( WsReadBytes( reader, bytes, 8, &count, NULL ), S_OK );
    ok_bytes( bytes, count, "EFG" );
    /* but a comment may be in the middle of four digits, and a stream may be short there */
    set_stream( reader, &chunks, "<t>QU<!--c-->JDRA==</t>", 1 );
    ok_hr( WsFillReader( reader, 13, NULL, NULL ), S_OK );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_hr( WsReadBytes( reader, bytes, 8, &count, NULL ), WS_E_QUOTA_EXCEEDED );
    ok_hr( WsFillReader( reader, 100, NULL, NULL ), S_OK );
    ok_hr( WsReadBytes( reader, bytes, 8, &count, NULL ), S_OK );
    ok_bytes( bytes, count, "ABCD" );

    set_text( reader, "<t>text</t>" );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_hr( WsReadChars( reader, chars, 2, &count, NULL ), S_OK );
    ok( count == 2 && !memcmp( chars, L"te", 4 ), "got %lu\n", count );
    ok_hr( WsReadCharsUtf8( reader, bytes, 8, &count, NULL ), S_OK );
    ok_bytes( bytes, count, "xt" );
    ok_hr( WsReadChars( reader, chars, 2, &count, NULL ), S_OK );
    ok_eq( count, 0 );
    WsFreeReader( reader );
}

static void test_qualified_name( void )
{
    /* public tests */
    static const struct { const char *doc; HRESULT hr; const char *prefix, *name, *ns; } cases[] =
    {
        { "<a></a>", WS_E_INVALID_FORMAT, NULL, NULL, NULL },
        { "<a>:</a>", WS_E_INVALID_FORMAT, NULL, NULL, NULL },
        { "<a>t</a>", S_OK, "", "t", "" },
        { "<a>p:t</a>", WS_E_INVALID_FORMAT, NULL, NULL, NULL },
        { "<a xmlns:p=\"ns\"> p:t </a>", S_OK, "p", "t", "ns" },
        { "<a xmlns:p=\"ns\">p:t:</a>", S_OK, "p", "t:", "ns" },
        { "<a xmlns:p=\"ns\">p:</a>", WS_E_INVALID_FORMAT, NULL, NULL, NULL },
        { "<a xmlns:p=\"ns\">:t</a>", WS_E_INVALID_FORMAT, NULL, NULL, NULL },
        { "<a xmlns:p=\"ns\">p :t</a>", WS_E_INVALID_FORMAT, NULL, NULL, NULL },
    };
    WS_XML_READER *reader = create_reader();
    WS_XML_STRING prefix, name, ns;
    WS_HEAP *heap;
    ULONG i;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%s", cases[i].doc );
        set_text( reader, cases[i].doc );
        ok_hr( WsReadStartElement( reader, NULL ), S_OK );
        ok_hr( WsReadQualifiedName( reader, heap, &prefix, &name, &ns, NULL ), cases[i].hr );
        if (cases[i].hr) continue;
        ok_bytes( prefix.bytes, prefix.length, cases[i].prefix );
        ok_bytes( name.bytes, name.length, cases[i].name );
        ok_bytes( ns.bytes, ns.length, cases[i].ns );
    }
    test_context( NULL );
    WsFreeHeap( heap );
    WsFreeReader( reader );
}

/* Documented: the value of the innermost xml: attribute in scope. */
static void test_xml_attribute( void )
{
    static const WS_XML_STRING lang = WS_XML_STRING_VALUE( "lang" );
    WS_XML_READER *reader = create_reader();
    WCHAR *chars;
    WS_HEAP *heap;
    ULONG count;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    set_text( reader, "<a xml:lang='en'><b/></a>" );
    chars = (WCHAR *)0xdead;
    count = 0xdead;
    ok_hr( WsGetXmlAttribute( reader, &lang, heap, &chars, &count, NULL ), S_FALSE );
    ok( !chars && !count, "got %p, %lu\n", chars, count );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK );
    ok_hr( WsGetXmlAttribute( reader, &lang, heap, &chars, &count, NULL ), S_OK );
    ok( count == 2 && !memcmp( chars, L"en", 4 ), "got %lu characters\n", count );
    WsFreeHeap( heap );
    WsFreeReader( reader );
}

/* Documented: bytes that are not XML are seen as base64 text at the top, and WsReadBytes gives them as they are. */
static void test_raw( void )
{
    WS_XML_READER_RAW_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_RAW } };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)"\1\2\3", 3 };
    WS_XML_READER *reader = create_reader();
    ULONG count, total = 0;
    WCHAR chars[8];
    BYTE bytes[8];

    ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), S_OK );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    do
    {
        ok_hr( WsReadBytes( reader, bytes + total, 2, &count, NULL ), S_OK );
        total += count;
    } while (count && total < 6);
    ok_bytes( bytes, total, "\1\2\3" );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_EOF );
    ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), S_OK );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    ok_hr( WsReadChars( reader, chars, 8, &count, NULL ), S_OK );
    ok( count == 4 && !memcmp( chars, L"AQID", 8 ), "got %lu\n", count );
    WsFreeReader( reader );
}

/* Public tests: without a fill a stream has nothing to read. */
static void test_stream( void )
{
    WS_XML_READER *reader = create_reader();
    struct chunks chunks;
    WS_CHARSET charset;

    set_stream( reader, &chunks, "<t/>", 100 );
    ok_hr( WsGetReaderProperty( reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL ), WS_E_QUOTA_EXCEEDED );
    set_stream( reader, &chunks, "<t/>", 100 );
    ok_hr( WsReadNode( reader, NULL ), WS_E_QUOTA_EXCEEDED );
    set_stream( reader, &chunks, "<t/>", 100 );
    ok_hr( WsFillReader( reader, 4, NULL, NULL ), S_OK );
    ok_eq( get_ulong( reader, WS_XML_READER_PROPERTY_CHARSET ), WS_CHARSET_UTF8 );
    ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_END_ELEMENT );

    /* documented: both absent is the end of an empty document */
    ok_hr( WsSetInput( reader, NULL, NULL, NULL, 0, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_EOF );
    WsFreeReader( reader );
}

/* --- values and arrays --------------------------------------------------------------------------------------------- */

#define CONTENT( type, ctype, text, hr, value ) { type##_VALUE_TYPE, sizeof(ctype), text, hr, &(const ctype){ value } }
#define REFUSED( type, ctype, text, hr ) { type##_VALUE_TYPE, sizeof(ctype), text, hr, NULL }

/* Documented, with the grammar there: what is read as a value of each type, and what is not one. Public tests: a number that is
 * too large for the type is WS_E_NUMERIC_OVERFLOW for the types of 8 and 16 bits, for wider ones no number at all. */
static void test_values( void )
{
    const struct { WS_VALUE_TYPE type; ULONG size; const char *text; HRESULT hr; const void *value; } cases[] =
    {
        CONTENT( WS_BOOL, BOOL, "true", S_OK, TRUE ), CONTENT( WS_BOOL, BOOL, " 1\n", S_OK, TRUE ), CONTENT( WS_BOOL, BOOL, "0", S_OK, FALSE ),
        REFUSED( WS_BOOL, BOOL, "TRUE", WS_E_INVALID_FORMAT ), REFUSED( WS_BOOL, BOOL, "2", WS_E_INVALID_FORMAT ),
        CONTENT( WS_INT8, INT8, "-128", S_OK, -128 ), REFUSED( WS_INT8, INT8, "128", WS_E_NUMERIC_OVERFLOW ),
        CONTENT( WS_INT16, INT16, "<![CDATA[12]]><!--x-->3", S_OK, 123 ),
        CONTENT( WS_INT32, INT32, " -2147483648 ", S_OK, -2147483647 - 1 ), REFUSED( WS_INT32, INT32, "2147483648", WS_E_INVALID_FORMAT ),
        REFUSED( WS_INT32, INT32, "1 2", WS_E_INVALID_FORMAT ), REFUSED( WS_INT32, INT32, "0x1", WS_E_INVALID_FORMAT ),
        CONTENT( WS_INT64, INT64, "9223372036854775807", S_OK, 9223372036854775807ll ),
        CONTENT( WS_UINT8, UINT8, "255", S_OK, 255 ), REFUSED( WS_UINT8, UINT8, "256", WS_E_NUMERIC_OVERFLOW ),
        REFUSED( WS_UINT32, UINT32, "-1", WS_E_INVALID_FORMAT ),
        CONTENT( WS_UINT64, UINT64, "18446744073709551615", S_OK, ~0ull ), REFUSED( WS_UINT64, UINT64, "18446744073709551616", WS_E_INVALID_FORMAT ),
        CONTENT( WS_FLOAT, float, "0.5", S_OK, 0.5f ), CONTENT( WS_DOUBLE, double, "-1e300", S_OK, -1e300 ),
        REFUSED( WS_DOUBLE, double, "1,5", WS_E_INVALID_FORMAT ), REFUSED( WS_GUID, GUID, "0", WS_E_INVALID_FORMAT ),
        REFUSED( WS_DATETIME, WS_DATETIME, "2009-13-01T00:00:00Z", WS_E_INVALID_FORMAT ),
        { WS_TIMESPAN_VALUE_TYPE, sizeof(WS_TIMESPAN), "1.00:00:01", S_OK, &(const WS_TIMESPAN){ 864010000000ll } },
    };
    WS_XML_WRITER *writer = create_writer();
    WS_XML_READER *reader = create_reader();
    enum xml_encoding kind;
    BYTE value[32];
    char doc[128];
    WS_BYTES bytes;
    ULONG i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        snprintf( doc, sizeof(doc), "<a>%s</a>", cases[i].text );
        for (kind = XML_TEXT; kind < XML_ENCODINGS; kind++)
        {
            test_context( "'%s' in %s", cases[i].text, xml_encoding_names[kind] );
            set_text( reader, doc );
            set_output( writer, kind );
            ok_hr( WsCopyNode( writer, reader, NULL ), S_OK );
            bytes = get_output( writer );
            set_bytes( reader, kind, bytes.bytes, bytes.length );
            ok_hr( WsReadStartElement( reader, NULL ), S_OK );
            memset( value, 0xcc, sizeof(value) );
            ok_hr( WsReadValue( reader, cases[i].type, value, cases[i].size - 1, NULL ), E_INVALIDARG );
            ok_hr( WsReadValue( reader, cases[i].type, value, cases[i].size, NULL ), cases[i].hr );
            if (cases[i].hr) continue;
            ok( !memcmp( value, cases[i].value, cases[i].size ), "another value\n" );
            ok_eq( node_type( reader ), WS_XML_NODE_TYPE_END_ELEMENT );
        }
    }
    test_context( NULL );
    ok_hr( WsReadValue( reader, WS_INT32_VALUE_TYPE, NULL, sizeof(INT32), NULL ), E_INVALIDARG );
    ok_hr( WsReadValue( reader, 77, value, sizeof(INT32), NULL ), E_INVALIDARG );
    WsFreeReader( reader );
    WsFreeWriter( writer );
}

/* Documented: as many elements of the name as there are, into the array from an offset on. */
static void test_arrays( void )
{
    static const WS_XML_STRING name = WS_XML_STRING_VALUE( "i" ), none = WS_XML_STRING_VALUE( "" );
    static const char doc[] = "<a><i>1</i> <i> 2</i><!--x--><i>70000</i><j>4</j></a>";
    WS_XML_WRITER *writer = create_writer();
    WS_XML_READER *reader = create_reader();
    enum xml_encoding kind;
    ULONG count, round;
    INT32 items[8];
    WS_BYTES bytes;

    for (kind = XML_TEXT; kind < XML_ENCODINGS; kind++)
    {
        /* from elements, and as the array record that the binary encoding has */
        for (round = 0; round < 2; round++)
        {
            test_context( "%s %lu", xml_encoding_names[kind], round );
            set_output( writer, kind );
            if (!round)
            {
                set_text( reader, doc );
                ok_hr( WsCopyNode( writer, reader, NULL ), S_OK );
            }
            else
            {
                static const INT32 numbers[] = { 1, 2, 70000 };
                ok_hr( WsWriteStartElement( writer, NULL, &name, &none, NULL ), S_OK );
                ok_hr( WsWriteArray( writer, &name, &none, WS_INT32_VALUE_TYPE, numbers, sizeof(numbers), 0, 3, NULL ), S_OK );
                ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
            }
            bytes = get_output( writer );
            set_bytes( reader, kind, bytes.bytes, bytes.length );
            ok_hr( WsReadStartElement( reader, NULL ), S_OK );
            memset( items, 0xcc, sizeof(items) );
            ok_hr( WsReadArray( reader, &name, &none, WS_INT32_VALUE_TYPE, items, sizeof(items), 2, 2, &count, NULL ), S_OK );
            ok_eq( count, 2 );
            ok( items[2] == 1 && items[3] == 2, "got %d, %d\n", (int)items[2], (int)items[3] );
            ok_eq( (UINT32)items[1], 0xcccccccc );
            ok_hr( WsReadArray( reader, &name, &none, WS_INT32_VALUE_TYPE, items, sizeof(items), 0, 8, &count, NULL ), S_OK );
            ok_eq( count, 1 );
            ok_eq( items[0], 70000 );
            ok_hr( WsReadArray( reader, &name, &none, WS_INT32_VALUE_TYPE, items, sizeof(items), 0, 8, &count, NULL ), S_OK );
            ok_eq( count, 0 );
            ok_eq( node_type( reader ), round ? WS_XML_NODE_TYPE_END_ELEMENT : WS_XML_NODE_TYPE_ELEMENT );
        }
    }
    test_context( NULL );
    set_text( reader, "<a><i>x</i></a>" );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_hr( WsReadArray( reader, NULL, &none, WS_INT32_VALUE_TYPE, items, sizeof(items), 0, 1, &count, NULL ), E_INVALIDARG );
    ok_hr( WsReadArray( reader, &name, NULL, WS_INT32_VALUE_TYPE, items, sizeof(items), 0, 1, &count, NULL ), E_INVALIDARG );
    ok_hr( WsReadArray( reader, &name, &none, 77, items, sizeof(items), 0, 1, &count, NULL ), E_INVALIDARG );
    ok_hr( WsReadArray( reader, &name, &none, WS_INT32_VALUE_TYPE, NULL, sizeof(items), 0, 1, &count, NULL ), E_INVALIDARG );
    ok_hr( WsReadArray( reader, &name, &none, WS_INT32_VALUE_TYPE, items, sizeof(items), 8, 1, &count, NULL ), E_INVALIDARG );
    ok_hr( WsReadArray( reader, &name, &none, WS_INT32_VALUE_TYPE, items, sizeof(items), 0, 1, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsReadArray( reader, &name, &none, WS_INT32_VALUE_TYPE, items, sizeof(items), 0, 1, &count, NULL ), WS_E_INVALID_FORMAT );
    WsFreeReader( reader );
    WsFreeWriter( writer );
}

/* --- streams ------------------------------------------------------------------------------------------------------- */

static struct
{
    WS_ASYNC_CONTEXT context;
    struct chunks chunks;
    void   *buf;
    ULONG   max, *actual, calls;
    HRESULT result;
} pending;

static HRESULT CALLBACK read_later( void *state, void *buf, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)state;
    pending.calls++;
    if (!context) return read_chunk( &pending.chunks, buf, max, actual, NULL, error );
    pending.context = *context;
    pending.buf = buf;
    pending.max = max;
    pending.actual = actual;
    return WS_S_ASYNC;
}

static void CALLBACK fill_done( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    ok( state == &pending, "got %p\n", state );
    ok( model == WS_SHORT_CALLBACK || model == WS_LONG_CALLBACK, "got %u\n", model );
    pending.result = hr;
}

/* Documented: with a context the read callback may end later; it is called as often as it takes. */
static void test_async_fill( void )
{
    static const char doc[] = "<a>0123456789</a>";
    WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, read_later, NULL };
    WS_ASYNC_CONTEXT context = { fill_done, &pending };
    WS_XML_READER *reader = create_reader();
    static struct line line;
    ULONG fails;

    for (fails = 0; fails < 2; fails++)
    {
        memset( &pending, 0, sizeof(pending) );
        pending.chunks.bytes = doc;
        pending.chunks.left = sizeof(doc) - 1;
        pending.chunks.size = 4;
        pending.result = 1;
        ok_hr( WsSetInput( reader, &read_any_text.encoding, &input.input, NULL, 0, NULL ), S_OK );
        ok_hr( WsFillReader( reader, 100, &context, NULL ), WS_S_ASYNC );
        while (pending.result == 1 && pending.calls < 20)
        {
            WS_ASYNC_CONTEXT step = pending.context;
            HRESULT hr = read_chunk( &pending.chunks, pending.buf, pending.max, pending.actual, NULL, NULL );
            if (fails && pending.calls == 3) hr = WS_E_ENDPOINT_FAILURE;
            step.callback( hr, WS_SHORT_CALLBACK, step.callbackState );
        }
        ok_hr( pending.result, fails ? WS_E_ENDPOINT_FAILURE : S_OK );
        if (fails) continue;
        ok_eq( pending.calls, 6 );      /* four bytes each time, then the end */
        describe( reader, &line, 0, TRUE );
        ok_bytes( line.text, line.len, "<a\"0123456789\">$" );
        /* enough is there: nothing to wait for */
        ok_hr( WsFillReader( reader, 1, &context, NULL ), S_OK );
    }
    WsFreeReader( reader );
}

/* Documented: rows and columns count from 0, of the node the reader is at. */
static void test_place( void )
{
    static const struct { ULONG reads; ULONGLONG row, column; } places[] = { { 1, 0, 0 }, { 2, 0, 3 }, { 3, 1, 2 } };
    static const char doc[] = "<a>\n  <b c=''/></a>";
    WS_XML_READER *reader = create_reader();
    ULONGLONG row, column;
    struct chunks chunks;
    ULONG i, n, stream;

    for (stream = 0; stream < 2; stream++)
    {
        for (i = 0; i < ARRAYSIZE( places ); i++)
        {
            test_context( "%lu reads", places[i].reads );
            if (!stream) set_text( reader, doc );
            else
            {
                set_stream( reader, &chunks, doc, 4 );
                ok_hr( WsFillReader( reader, 100, NULL, NULL ), S_OK );
            }
            for (n = 0; n < places[i].reads; n++) ok_hr( WsReadNode( reader, NULL ), S_OK );
            ok_hr( WsGetReaderProperty( reader, WS_XML_READER_PROPERTY_ROW, &row, sizeof(row), NULL ), S_OK );
            ok_hr( WsGetReaderProperty( reader, WS_XML_READER_PROPERTY_COLUMN, &column, sizeof(column), NULL ), S_OK );
            ok_eq( row, places[i].row );
            ok_eq( column, places[i].column );
        }
    }
    test_context( NULL );
    WsFreeReader( reader );
}

/* A reader for one input after another: names of a dictionary do not stay in nodes of the next document. */
static void test_reuse( void )
{
    static const WS_XML_STRING none = WS_XML_STRING_VALUE( "" );
    WS_XML_DICTIONARY *dictionary = soap_dictionary();
    WS_XML_WRITER *writer = create_writer();
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;
    static struct line line;
    struct chunks chunks;
    const WS_XML_NODE *node;
    WS_BYTES bytes;

    set_output( writer, XML_BINARY );
    ok_hr( WsWriteStartElement( writer, NULL, &dictionary->strings[1], &none, NULL ), S_OK );
    ok_hr( WsWriteStartAttribute( writer, NULL, &dictionary->strings[4], &none, FALSE, NULL ), S_OK );
    ok_hr( WsWriteEndAttribute( writer, NULL ), S_OK );
    ok_hr( WsWriteStartElement( writer, NULL, &dictionary->strings[1], &none, NULL ), S_OK );
    ok_hr( WsWriteStartAttribute( writer, NULL, &dictionary->strings[4], &none, FALSE, NULL ), S_OK );
    ok_hr( WsWriteEndAttribute( writer, NULL ), S_OK );
    ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
    ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
    bytes = get_output( writer );
    set_bytes( reader, XML_BINARY, bytes.bytes, bytes.length );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    ok_hr( WsGetReaderNode( reader, &node, NULL ), S_OK );
    element = (const WS_XML_ELEMENT_NODE *)node;
    ok_ptr( element->localName->dictionary, dictionary );
    ok_eq( element->localName->id, 1 );
    describe( reader, &line, 0, FALSE );

    set_text( reader, "<a b='' c=''><b c=''/></a>" );
    while (node_type( reader ) != WS_XML_NODE_TYPE_EOF)
    {
        ULONG i;
        ok_hr( WsReadNode( reader, NULL ), S_OK );
        ok_hr( WsGetReaderNode( reader, &node, NULL ), S_OK );
        if (node->nodeType != WS_XML_NODE_TYPE_ELEMENT) continue;
        element = (const WS_XML_ELEMENT_NODE *)node;
        ok_ptr( element->localName->dictionary, NULL );
        ok_ptr( element->prefix->dictionary, NULL );
        for (i = 0; i < element->attributeCount; i++) ok_ptr( element->attributes[i]->localName->dictionary, NULL );
    }
    set_bytes( reader, XML_BINARY, bytes.bytes, bytes.length );
    describe( reader, &line, 0, FALSE );
    set_stream( reader, &chunks, "<p:a xmlns:p='n'><b xmlns:q='m'><p:c/><q:d/></b></p:a>", 3 );
    describe( reader, &line, 1, FALSE );
    ok_bytes( line.text, line.len, "<p:a{n} @p=n<b @q=m<p:c{n}><q:d{m}>>>$" );
    WsFreeReader( reader );
    WsFreeWriter( writer );
}

TESTS( reader,
    { "reuse", test_reuse },
    { "values", test_values },
    { "arrays", test_arrays },
    { "async_fill", test_async_fill },
    { "place", test_place },
    { "documents", test_documents },
    { "references", test_references },
    { "namespaces", test_namespaces },
    { "properties", test_properties },
    { "limits", test_limits },
    { "charset", test_charset },
    { "moving", test_moving },
    { "attributes", test_attributes },
    { "pieces", test_pieces },
    { "qualified_name", test_qualified_name },
    { "xml_attribute", test_xml_attribute },
    { "raw", test_raw },
    { "stream", test_stream } )
