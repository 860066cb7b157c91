/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Canonical XML from readers and writers: Canonical XML 1.0 and Exclusive XML Canonicalization 1.0, whose examples are among
 * the cases; what the functions refuse is documented in the reference of the Windows SDK. */
#include "xml.h"

static HRESULT CALLBACK fail_write( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)state; (void)buffers; (void)count; (void)context; (void)error;
    return WS_E_ENDPOINT_FAILURE;
}

struct options
{
    WS_XML_CANONICALIZATION_ALGORITHM algorithm;
    const char *prefix;         /* inclusive, NULL: none */
    const char *omit;           /* local name of the element to omit */
    ULONG buffer_size;          /* 0: not given */
};

struct properties
{
    WS_XML_CANONICALIZATION_PROPERTY props[4];
    ULONG count;
    WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES list;
    WS_XML_STRING prefix;
    WS_XML_QNAME omit;
};

static void add_property( struct properties *p, WS_XML_CANONICALIZATION_PROPERTY_ID id, const void *value, ULONG size )
{
    p->props[p->count].id = id;
    p->props[p->count].value = (void *)value;
    p->props[p->count++].valueSize = size;
}

static void make_properties( struct properties *p, const struct options *options )
{
    memset( p, 0, sizeof(*p) );
    add_property( p, WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, &options->algorithm, sizeof(options->algorithm) );
    if (options->prefix)
    {
        p->prefix.bytes = (BYTE *)options->prefix;
        p->prefix.length = (ULONG)strlen( options->prefix );
        p->list.prefixCount = 1;
        p->list.prefixes = &p->prefix;
        add_property( p, WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES, &p->list, sizeof(p->list) );
    }
    if (options->omit)
    {
        p->omit.localName.bytes = (BYTE *)options->omit;
        p->omit.localName.length = (ULONG)strlen( options->omit );
        add_property( p, WS_XML_CANONICALIZATION_PROPERTY_OMITTED_ELEMENT, &p->omit, sizeof(p->omit) );
    }
    if (options->buffer_size)
        add_property( p, WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE, &options->buffer_size, sizeof(ULONG) );
}

#define EXC WS_EXCLUSIVE_XML_CANONICALIZATION_ALGORITHM
#define EXC_COMMENTS WS_EXCLUSIVE_WITH_COMMENTS_XML_CANONICALIZATION_ALGORITHM
#define INC WS_INCLUSIVE_XML_CANONICALIZATION_ALGORITHM
#define INC_COMMENTS WS_INCLUSIVE_WITH_COMMENTS_XML_CANONICALIZATION_ALGORITHM

static const struct { struct options options; const char *doc, *canonical; } documents[] =
{
    /* Canonical XML, 3.1, without what readers here refuse: around the root element */
    { { INC, 0, 0, 0 }, "<?xml version=\"1.0\"?>\n<!-- a -->\n<doc>Hello<!-- b --></doc>\n<!-- c -->\n\n<!-- d -->", "<doc>Hello</doc>" },
    { { INC_COMMENTS, 0, 0, 0 }, "<?xml version=\"1.0\"?>\n<!-- a -->\n<doc>Hello<!-- b --></doc>\n<!-- c -->\n\n<!-- d -->",
      "<!-- a -->\n<doc>Hello<!-- b --></doc>\n<!-- c -->\n<!-- d -->" },
    { { EXC_COMMENTS, 0, 0, 0 }, "<!-- a --><doc/>", "<!-- a -->\n<doc></doc>" },
    /* 3.2: white space stays */
    { { INC, 0, 0, 0 }, "<doc>\n   <clean>   </clean>\n   <mixed>\n      A\n      <clean>   </clean>\n   </mixed>\n</doc>",
      "<doc>\n   <clean>   </clean>\n   <mixed>\n      A\n      <clean>   </clean>\n   </mixed>\n</doc>" },
    /* 3.3: start and end tags */
    { { INC, 0, 0, 0 }, "<doc><e1   /><e2   ></e2><e3   name = \"elem3\"   id=\"elem3\"   /><e5 a:attr=\"out\" b:attr=\"sorted\" "
      "attr2=\"all\" attr=\"I'm\" xmlns:b=\"http://www.ietf.org\" xmlns:a=\"http://www.w3.org\" xmlns=\"http://example.org\"/>"
      "<e6 xmlns=\"\" xmlns:a=\"http://www.w3.org\"><e7 xmlns=\"http://www.ietf.org\"><e8 xmlns=\"\" xmlns:a=\"http://www.w3.org\">"
      "<e9 xmlns=\"\" xmlns:a=\"http://www.ietf.org\"/></e8></e7></e6></doc>",
      "<doc><e1></e1><e2></e2><e3 id=\"elem3\" name=\"elem3\"></e3><e5 xmlns=\"http://example.org\" xmlns:a=\"http://www.w3.org\" "
      "xmlns:b=\"http://www.ietf.org\" attr=\"I'm\" attr2=\"all\" b:attr=\"sorted\" a:attr=\"out\"></e5>"
      "<e6 xmlns:a=\"http://www.w3.org\"><e7 xmlns=\"http://www.ietf.org\"><e8 xmlns=\"\">"
      "<e9 xmlns:a=\"http://www.ietf.org\"></e9></e8></e7></e6></doc>" },
    /* 3.4: characters and references */
    { { INC, 0, 0, 0 }, "<doc><text>First line&#x0d;&#10;Second line</text><value>&#x32;</value>"
      "<compute><![CDATA[value>\"0\" && value<\"10\" ?\"valid\":\"error\"]]></compute><norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/></doc>",
      "<doc><text>First line&#xD;\nSecond line</text><value>2</value>"
      "<compute>value&gt;\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"</compute><norm attr=\" '    &#xD;&#xA;&#x9;   ' \"></norm></doc>" },
    /* 3.6: the character set */
    { { INC, 0, 0, 0 }, "<doc>&#169;</doc>", "<doc>\xc2\xa9</doc>" },
    /* Exclusive XML Canonicalization, 2.1 and 2.2: declarations where they are used, and those named */
    { { EXC, 0, 0, 0 }, "<a xmlns:p=\"n\" xmlns=\"d\" xmlns:q=\"m\"><p:b><c q:x=\"\"/></p:b><p:d/></a>",
      "<a xmlns=\"d\"><p:b xmlns:p=\"n\"><c xmlns:q=\"m\" q:x=\"\"></c></p:b><p:d xmlns:p=\"n\"></p:d></a>" },
    { { EXC, "q", 0, 0 }, "<a xmlns:p=\"n\" xmlns=\"d\" xmlns:q=\"m\"><p:b><c q:x=\"\"/></p:b></a>",
      "<a xmlns=\"d\" xmlns:q=\"m\"><p:b xmlns:p=\"n\"><c q:x=\"\"></c></p:b></a>" },
    { { EXC, "#default", 0, 0 }, "<p:a xmlns:p=\"n\" xmlns=\"d\"/>", "<p:a xmlns=\"d\" xmlns:p=\"n\"></p:a>" },
    { { INC, 0, 0, 0 }, "<a xmlns:p=\"n\" xmlns=\"d\"><p:b/></a>", "<a xmlns=\"d\" xmlns:p=\"n\"><p:b></p:b></a>" },
    /* documented: an element that is left out with all below it, as a signature leaves out itself */
    { { EXC, 0, "s", 0 }, "<a>x<s><b>y<s/></b></s>z<s/></a>", "<a>xz</a>" },
    { { EXC, 0, 0, 1 }, "<a b=\"c\">text</a>", "<a b=\"c\">text</a>" },
    { { EXC, 0, 0, 7 }, "<a b=\"c\">text</a>", "<a b=\"c\">text</a>" },
};

/* The reader in all inputs, the writer to all outputs: the canonical form is that of the infoset. */
static void test_documents( void )
{
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = create_writer();
    static struct written written;
    static struct line line;
    struct properties p;
    enum xml_encoding kind;
    struct chunks chunks;
    WS_XML_BUFFER *buffer;
    WS_HEAP *heap;
    WS_BYTES bytes;
    ULONG i, size;

    ok_hr( WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < ARRAYSIZE( documents ); i++)
    {
        const char *doc = documents[i].doc;

        make_properties( &p, &documents[i].options );
        for (size = 0; size <= 5; size++)
        {
            test_context( "%s in chunks of %lu", doc, size );
            if (size) set_stream( reader, &chunks, doc, size );
            else set_text( reader, doc );
            written.len = written.calls = 0;
            ok_hr( WsStartReaderCanonicalization( reader, write_chunk, &written, p.props, p.count, NULL ), S_OK );
            describe( reader, &line, size ? 1 : 0, FALSE );
            ok_hr( WsEndReaderCanonicalization( reader, NULL ), S_OK );
            ok_bytes( written.bytes, written.len, documents[i].canonical );
            if (documents[i].options.buffer_size)
                ok( written.calls >= written.len / documents[i].options.buffer_size, "%lu calls\n", written.calls );
        }
        test_context( "%s from a buffer", doc );
        ok_hr( WsReadXmlBufferFromBytes( reader, NULL, NULL, 0, doc, (ULONG)strlen( doc ), heap, &buffer, NULL ), S_OK );
        ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
        written.len = 0;
        ok_hr( WsStartReaderCanonicalization( reader, write_chunk, &written, p.props, p.count, NULL ), S_OK );
        describe( reader, &line, 0, FALSE );
        ok_hr( WsEndReaderCanonicalization( reader, NULL ), S_OK );
        ok_bytes( written.bytes, written.len, documents[i].canonical );

        for (kind = XML_TEXT; kind < XML_ENCODINGS; kind++)
        {
            test_context( "%s written in %s", doc, xml_encoding_names[kind] );
            set_output( writer, kind );
            written.len = 0;
            ok_hr( WsStartWriterCanonicalization( writer, write_chunk, &written, p.props, p.count, NULL ), S_OK );
            ok_hr( WsWriteXmlBuffer( writer, buffer, NULL ), S_OK );
            ok_hr( WsEndWriterCanonicalization( writer, NULL ), S_OK );
            ok_bytes( written.bytes, written.len, documents[i].canonical );

            /* and what was written reads to the same; UTF-16 is recognized by markup, not by the line end that is first here */
            if ((kind == XML_UTF16LE || kind == XML_UTF16BE) && !strncmp( doc, "<?xml", 5 )) continue;
            bytes = get_output( writer );
            set_bytes( reader, kind, bytes.bytes, bytes.length );
            written.len = 0;
            ok_hr( WsStartReaderCanonicalization( reader, write_chunk, &written, p.props, p.count, NULL ), S_OK );
            describe( reader, &line, 0, FALSE );
            ok_hr( WsEndReaderCanonicalization( reader, NULL ), S_OK );
            ok_bytes( written.bytes, written.len, documents[i].canonical );
        }
        ok_hr( WsResetHeap( heap, NULL ), S_OK );
    }
    test_context( NULL );
    WsFreeHeap( heap );
    WsFreeReader( reader );
    WsFreeWriter( writer );
}

/* Documented: a part of a document, from the element the reader is at to where it ends. */
static void test_part( void )
{
    static const char doc[] = "<a xmlns:p=\"n\" xmlns=\"d\"><b>x<p:c y='&lt;'/></b>z</a>";
    WS_XML_READER *reader = create_reader();
    static struct written written;
    struct options options = { EXC, NULL, NULL, 0 };
    struct properties p;
    ULONG i;

    make_properties( &p, &options );
    set_text( reader, doc );
    for (i = 0; i < 2; i++) ok_hr( WsReadNode( reader, NULL ), S_OK );
    written.len = 0;
    ok_hr( WsStartReaderCanonicalization( reader, write_chunk, &written, p.props, p.count, NULL ), S_OK );
    ok_hr( WsStartReaderCanonicalization( reader, write_chunk, &written, NULL, 0, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    /* not before the element is over */
    ok_hr( WsEndReaderCanonicalization( reader, NULL ), WS_E_INVALID_OPERATION );
    while (node_type( reader ) != WS_XML_NODE_TYPE_END_ELEMENT) ok_hr( WsSkipNode( reader, NULL ), S_OK );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    ok_hr( WsEndReaderCanonicalization( reader, NULL ), S_OK );
    ok_bytes( written.bytes, written.len, "<b xmlns=\"d\">x<p:c xmlns:p=\"n\" y=\"&lt;\"></p:c></b>" );
    ok_hr( WsEndReaderCanonicalization( reader, NULL ), WS_E_INVALID_OPERATION );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_TEXT );
    ok_hr( WsReadEndElement( reader, NULL ), WS_E_INVALID_FORMAT );
    WsFreeReader( reader );
}

static void test_refusals( void )
{
    static const WS_XML_STRING name = WS_XML_STRING_VALUE( "a" ), none = WS_XML_STRING_VALUE( "" );
    WS_XML_CANONICALIZATION_PROPERTY bad_id = { 77, NULL, 0 }, no_value = { WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, NULL, 4 };
    WS_XML_CANONICALIZATION_ALGORITHM algorithm = 77;
    WS_XML_CANONICALIZATION_PROPERTY bad_value = { WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, &algorithm, sizeof(algorithm) };
    WS_XML_CANONICALIZATION_PROPERTY bad_size = { WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, &algorithm, 1 };
    WS_XML_CANONICALIZATION_PROPERTY *bad[] = { &bad_id, &no_value, &bad_value, &bad_size };
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = create_writer();
    static struct written written;
    ULONG i;

    ok_hr( WsStartReaderCanonicalization( reader, write_chunk, &written, NULL, 0, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsStartWriterCanonicalization( writer, write_chunk, &written, NULL, 0, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsEndReaderCanonicalization( reader, NULL ), WS_E_INVALID_OPERATION );
    set_text( reader, "<a/>" );
    set_output( writer, XML_TEXT );
    ok_hr( WsStartReaderCanonicalization( reader, NULL, NULL, NULL, 0, NULL ), E_INVALIDARG );
    ok_hr( WsStartWriterCanonicalization( writer, NULL, NULL, NULL, 0, NULL ), E_INVALIDARG );
    for (i = 0; i < ARRAYSIZE( bad ); i++)
    {
        test_context( "property %lu", i );
        ok_hr( WsStartReaderCanonicalization( reader, write_chunk, &written, bad[i], 1, NULL ), E_INVALIDARG );
        ok_hr( WsStartWriterCanonicalization( writer, write_chunk, &written, bad[i], 1, NULL ), E_INVALIDARG );
    }
    test_context( NULL );
    /* what the callback returns */
    ok_hr( WsStartReaderCanonicalization( reader, fail_write, NULL, NULL, 0, NULL ), S_OK );
    while (node_type( reader ) != WS_XML_NODE_TYPE_EOF) ok_hr( WsReadNode( reader, NULL ), S_OK );
    ok_hr( WsEndReaderCanonicalization( reader, NULL ), WS_E_ENDPOINT_FAILURE );

    /* an element that is open already can't be ended, one that began can't be left open */
    ok_hr( WsWriteStartElement( writer, NULL, &name, &none, NULL ), S_OK );
    ok_hr( WsStartWriterCanonicalization( writer, write_chunk, &written, NULL, 0, NULL ), S_OK );
    ok_hr( WsStartWriterCanonicalization( writer, write_chunk, &written, NULL, 0, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteEndElement( writer, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteStartElement( writer, NULL, &name, &none, NULL ), S_OK );
    ok_hr( WsEndWriterCanonicalization( writer, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
    ok_hr( WsEndWriterCanonicalization( writer, NULL ), S_OK );
    ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
    WsFreeReader( reader );
    WsFreeWriter( writer );
}

/* Typed texts and bytes have their lexical form; pieces are one text. */
static void test_written( void )
{
    static const WS_XML_STRING name = WS_XML_STRING_VALUE( "a" ), attr = WS_XML_STRING_VALUE( "b" ), none = WS_XML_STRING_VALUE( "" );
    WS_XML_WRITER *writer = create_writer();
    static struct written written;
    enum xml_encoding kind;
    INT32 number = -5;

    for (kind = XML_TEXT; kind < XML_ENCODINGS; kind++)
    {
        test_context( "%s", xml_encoding_names[kind] );
        set_output( writer, kind );
        written.len = 0;
        ok_hr( WsStartWriterCanonicalization( writer, write_chunk, &written, NULL, 0, NULL ), S_OK );
        ok_hr( WsWriteStartElement( writer, NULL, &name, &none, NULL ), S_OK );
        ok_hr( WsWriteStartAttribute( writer, NULL, &attr, &none, FALSE, NULL ), S_OK );
        ok_hr( WsWriteBytes( writer, "te", 2, NULL ), S_OK );
        ok_hr( WsWriteBytes( writer, "st", 2, NULL ), S_OK );
        ok_hr( WsWriteEndAttribute( writer, NULL ), S_OK );
        ok_hr( WsWriteValue( writer, WS_INT32_VALUE_TYPE, &number, sizeof(number), NULL ), S_OK );
        ok_hr( WsWriteStartElement( writer, NULL, &name, &none, NULL ), S_OK );
        ok_hr( WsWriteBytes( writer, "te", 2, NULL ), S_OK );
        ok_hr( WsWriteBytes( writer, "st", 2, NULL ), S_OK );
        ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
        ok_hr( WsWriteChars( writer, L"<\r\x20ac", 3, NULL ), S_OK );
        ok_hr( WsWriteStartCData( writer, NULL ), S_OK );
        ok_hr( WsWriteChars( writer, L"&]]>", 4, NULL ), S_OK );
        ok_hr( WsWriteEndCData( writer, NULL ), S_OK );
        ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
        ok_hr( WsEndWriterCanonicalization( writer, NULL ), S_OK );
        ok_bytes( written.bytes, written.len,
                  "<a b=\"dGVzdA==\">-5<a>dGVzdA==</a>&lt;&#xD;\xe2\x82\xac&amp;]]&gt;</a>" );
    }
    test_context( NULL );
    WsFreeWriter( writer );
}

TESTS( canonical,
    { "documents", test_documents },
    { "part", test_part },
    { "refusals", test_refusals },
    { "written", test_written } )
