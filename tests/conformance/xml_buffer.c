/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XML buffers: made, read and written as bytes, walked through, changed. "Public tests" are the observations of native that
 * Wine's test programs record, "documented" is the reference of the Windows SDK. */
#include "xml.h"

static WS_HEAP *heap;
static WS_XML_READER *reader;
static WS_XML_WRITER *writer;

static void begin( void )
{
    reader = create_reader();
    writer = create_writer();
    ok_hr( WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, NULL ), S_OK );
}

static void end( void )
{
    test_context( NULL );
    WsFreeReader( reader );
    WsFreeWriter( writer );
    WsFreeHeap( heap );
}

static WS_XML_BUFFER *make( const char *doc )
{
    WS_XML_BUFFER *buffer = NULL;
    ok_hr( WsReadXmlBufferFromBytes( reader, NULL, NULL, 0, doc, (ULONG)strlen( doc ), heap, &buffer, NULL ), S_OK );
    return buffer;
}

/* The buffer as text, by its own writer. */
static void check_buffer( WS_XML_BUFFER *buffer, const char *expected )
{
    WS_XML_WRITER *copier = create_writer();
    void *bytes = NULL;
    ULONG size = 0;

    ok_hr( WsWriteXmlBufferToBytes( copier, buffer, NULL, NULL, 0, heap, &bytes, &size, NULL ), S_OK );
    ok_bytes( bytes, size, expected );
    WsFreeWriter( copier );
}

/* --- life ---------------------------------------------------------------------------------------------------------- */

static void test_create( void )
{
    WS_XML_BUFFER_PROPERTY property = { 0, NULL, 0 };
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *small;

    begin();
    /* public tests */
    ok_hr( WsCreateXmlBuffer( NULL, NULL, 0, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsCreateXmlBuffer( heap, NULL, 0, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsCreateXmlBuffer( heap, &property, 1, &buffer, NULL ), E_INVALIDARG );
    ok_hr( WsCreateXmlBuffer( heap, NULL, 0, &buffer, NULL ), S_OK );
    check_buffer( buffer, "" );
    ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_BOF );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_EOF );
    ok_hr( WsReadNode( reader, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsSetInputToBuffer( reader, NULL, NULL, 0, NULL ), E_INVALIDARG );
    ok_hr( WsSetOutputToBuffer( writer, NULL, NULL, 0, NULL ), E_INVALIDARG );

    /* documented: the heap of the buffer has the limit */
    ok_hr( WsCreateHeap( 512, 0, NULL, 0, &small, NULL ), S_OK );
    set_text( reader, "<a><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/></a>" );
    ok_hr( WsReadXmlBuffer( reader, small, &buffer, NULL ), WS_E_QUOTA_EXCEEDED );
    WsFreeHeap( small );
    end();
}

/* --- reading and writing whole ------------------------------------------------------------------------------------- */

static void test_read( void )
{
    static const struct { const char *doc; ULONG skip; const char *copy; WS_XML_NODE_TYPE then; } cases[] =
    {
        /* documented: from the beginning it is the document, at an element that with all below it */
        { "<!--x--><a><b>t</b></a><!--y-->", 0, "<!--x--><a><b>t</b></a><!--y-->", WS_XML_NODE_TYPE_EOF },
        { "<a>x<b c='d'>t<![CDATA[u]]></b>v</a>", 3, "<b c='d'>t<![CDATA[u]]></b>", WS_XML_NODE_TYPE_TEXT },
        { "<p:a xmlns:p='n'><p:b/></p:a>", 2, "<p:b xmlns:p=\"n\"/>", WS_XML_NODE_TYPE_END_ELEMENT },
    };
    static const char bad[] = "<a><b></a>";
    struct chunks chunks;
    WS_XML_BUFFER *buffer;
    ULONG i, n, chunk;

    begin();
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        for (chunk = 0; chunk < 2; chunk++)
        {
            test_context( "%s", cases[i].doc );
            if (!chunk) set_text( reader, cases[i].doc );
            else
            {
                set_stream( reader, &chunks, cases[i].doc, 3 );
                ok_hr( WsFillReader( reader, 1000, NULL, NULL ), S_OK );
            }
            for (n = 0; n < cases[i].skip; n++) ok_hr( WsReadNode( reader, NULL ), S_OK );
            ok_hr( WsReadXmlBuffer( reader, heap, &buffer, NULL ), S_OK );
            check_buffer( buffer, cases[i].copy );
            ok_eq( node_type( reader ), cases[i].then );
        }
    }
    test_context( NULL );
    ok_hr( WsReadXmlBuffer( reader, NULL, &buffer, NULL ), E_INVALIDARG );
    ok_hr( WsReadXmlBufferFromBytes( reader, NULL, NULL, 0, bad, sizeof(bad) - 1, heap, &buffer, NULL ), WS_E_INVALID_FORMAT );
    ok_hr( WsReadXmlBufferFromBytes( reader, NULL, NULL, 0, NULL, 4, heap, &buffer, NULL ), E_INVALIDARG );
    ok_hr( WsReadXmlBufferFromBytes( reader, NULL, NULL, 0, "<a/>", 4, NULL, &buffer, NULL ), E_INVALIDARG );
    ok_hr( WsReadXmlBufferFromBytes( reader, NULL, NULL, 0, "<a/>", 4, heap, NULL, NULL ), E_INVALIDARG );
    end();
}

/* Every encoding gives back the tree. */
static void test_bytes( void )
{
    static const char doc[] = "<p:a xmlns:p=\"n\"><b c=\"d\" e=\"\"></b>t&lt;<!--f--><g/></p:a>";
    ULONG depth = 1;
    WS_XML_WRITER_PROPERTY too_deep = { WS_XML_WRITER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth) };
    WS_XML_READER_PROPERTY too_deep_read = { WS_XML_READER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth) };
    static struct line want, line;
    WS_XML_BUFFER *buffer, *copy;
    enum xml_encoding kind;
    void *bytes;
    ULONG size;

    begin();
    buffer = make( doc );
    check_buffer( buffer, doc );
    ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
    describe( reader, &want, 0, FALSE );
    for (kind = XML_TEXT; kind < XML_ENCODINGS; kind++)
    {
        test_context( "%s", xml_encoding_names[kind] );
        ok_hr( WsWriteXmlBufferToBytes( writer, buffer, writer_encoding( kind ), NULL, 0, heap, &bytes, &size, NULL ), S_OK );
        ok_hr( WsReadXmlBufferFromBytes( reader, reader_encoding( kind ), NULL, 0, bytes, size, heap, &copy, NULL ), S_OK );
        ok_hr( WsSetInputToBuffer( reader, copy, NULL, 0, NULL ), S_OK );
        describe( reader, &line, 0, FALSE );
        ok_bytes( line.text, line.len, want.text );
        ok_hr( WsWriteXmlBufferToBytes( writer, buffer, writer_encoding( kind ), &too_deep, 1, heap, &bytes, &size, NULL ),
               WS_E_QUOTA_EXCEEDED );
    }
    test_context( NULL );
    ok_hr( WsReadXmlBufferFromBytes( reader, NULL, &too_deep_read, 1, doc, sizeof(doc) - 1, heap, &copy, NULL ),
           WS_E_QUOTA_EXCEEDED );
    ok_hr( WsWriteXmlBufferToBytes( writer, NULL, NULL, NULL, 0, heap, &bytes, &size, NULL ), E_INVALIDARG );
    ok_hr( WsWriteXmlBufferToBytes( writer, buffer, NULL, NULL, 0, NULL, &bytes, &size, NULL ), E_INVALIDARG );
    ok_hr( WsWriteXmlBufferToBytes( writer, buffer, NULL, NULL, 0, heap, NULL, &size, NULL ), E_INVALIDARG );
    ok_hr( WsWriteXmlBufferToBytes( writer, buffer, NULL, NULL, 0, heap, &bytes, NULL, NULL ), E_INVALIDARG );
    end();
}

/* Documented: a buffer is written where the writer is; never into itself. */
static void test_write( void )
{
    static const WS_XML_STRING name = WS_XML_STRING_VALUE( "r" ), none = WS_XML_STRING_VALUE( "" );
    WS_XML_BUFFER *buffer, *target;
    WS_BYTES bytes;

    begin();
    buffer = make( "<a>x</a>" );
    ok_hr( WsWriteXmlBuffer( writer, buffer, NULL ), WS_E_INVALID_OPERATION );
    set_output( writer, XML_TEXT );
    ok_hr( WsWriteXmlBuffer( writer, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsWriteStartElement( writer, NULL, &name, &none, NULL ), S_OK );
    ok_hr( WsWriteXmlBuffer( writer, buffer, NULL ), S_OK );
    ok_hr( WsWriteXmlBuffer( writer, buffer, NULL ), S_OK );
    ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
    bytes = get_output( writer );
    ok_bytes( bytes.bytes, bytes.length, "<r><a>x</a><a>x</a></r>" );
    ok_hr( WsWriteXmlBuffer( writer, buffer, NULL ), WS_E_INVALID_FORMAT );     /* a second root element */

    ok_hr( WsCreateXmlBuffer( heap, NULL, 0, &target, NULL ), S_OK );
    ok_hr( WsSetOutputToBuffer( writer, target, NULL, 0, NULL ), S_OK );
    ok_hr( WsWriteStartElement( writer, NULL, &name, &none, NULL ), S_OK );
    ok_hr( WsWriteXmlBuffer( writer, buffer, NULL ), S_OK );
    ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
    check_buffer( target, "<r><a>x</a></r>" );
    ok_hr( WsSetInputToBuffer( reader, target, NULL, 0, NULL ), S_OK );
    ok_hr( WsWriteXmlBuffer( writer, target, NULL ), WS_E_INVALID_OPERATION );
    end();
}

/* --- moving -------------------------------------------------------------------------------------------------------- */

/* One letter a move, as in WS_MOVE_TO, and what the reader is at afterwards: the first letters of describe_node(). */
static WS_MOVE_TO move_of( char c )
{
    switch (c)
    {
    case 'R': return WS_MOVE_TO_ROOT_ELEMENT;
    case 'n': return WS_MOVE_TO_NEXT_ELEMENT;
    case 'p': return WS_MOVE_TO_PREVIOUS_ELEMENT;
    case 'c': return WS_MOVE_TO_CHILD_ELEMENT;
    case '>': return WS_MOVE_TO_END_ELEMENT;
    case 'u': return WS_MOVE_TO_PARENT_ELEMENT;
    case 'N': return WS_MOVE_TO_NEXT_NODE;
    case 'P': return WS_MOVE_TO_PREVIOUS_NODE;
    case 'F': return WS_MOVE_TO_FIRST_NODE;
    case 'B': return WS_MOVE_TO_BOF;
    case 'E': return WS_MOVE_TO_EOF;
    default:  return WS_MOVE_TO_CHILD_NODE;
    }
}

static const char tree_doc[] = "<!--0--><a><b>1</b>2<c><!--3--><d/></c><![CDATA[4]]></a>";

static const struct { const char *moves, *node; } moves[] =
{
    /* documented: where each move goes; a '!' is a move that finds nothing and leaves the reader where it is */
    { "", "?" }, { "R", "<a" }, { "E", "$" }, { "B", "?" }, { "EB", "?" }, { "C", "#0#" }, { "c", "<a" },
    { "Rc", "<b" }, { "Rcn", "<c" }, { "Rcn!n", "<c" }, { "Rcnp", "<b" }, { "Rc!p", "<b" }, { "Rcnc", "<d" },
    { "Rcu", "<a" }, { "R>", ">" }, { "R>P", "[" }, { "R>u", "<a" }, { "RcC", "\"1\"" }, { "RcC!c", "\"1\"" },
    { "RcCN", ">" }, { "RcN", "\"2\"" }, { "RcNP", "<b" }, { "RcNn", "<c" }, { "RcnC", "#3#" }, { "RcnC!C", "#3#" },
    { "RcncF", "#3#" }, { "RF", "#0#" }, { "RcC!>", "\"1\"" }, { "RP", "#0#" }, { "RP!P", "#0#" },
    { "RN", "$" }, { "RN!N", "$" }, { "B!N", "?" }, { "B!P", "?" }, { "B!u", "?" }, { "Rcnc>", ">" },
    { "R>PC", "\"4\"" }, { "R>PCN", "]" },
};

static void test_move_reader( void )
{
    WS_XML_BUFFER *buffer;
    const WS_XML_NODE *node;
    struct line line;
    const char *p;
    BOOL found;
    ULONG i;

    begin();
    buffer = make( tree_doc );
    for (i = 0; i < ARRAYSIZE( moves ); i++)
    {
        BOOL missing = FALSE;

        test_context( "%s", moves[i].moves );
        ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
        for (p = moves[i].moves; *p; p++)
        {
            if ((missing = *p == '!')) p++;
            found = -1;
            ok_hr( WsMoveReader( reader, move_of( *p ), &found, NULL ), S_OK );
            ok_eq( found, !missing );
        }
        ok_hr( WsGetReaderNode( reader, &node, NULL ), S_OK );
        line.len = 0;
        describe_node( &line, node, FALSE );
        ok_bytes( line.text, line.len, moves[i].node );

        /* a move that has to be made fails, and that leaves the reader faulted */
        if (!strchr( moves[i].moves, '!' )) continue;
        ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
        for (p = moves[i].moves; *p != '!'; p++) ok_hr( WsMoveReader( reader, move_of( *p ), NULL, NULL ), S_OK );
        ok_hr( WsMoveReader( reader, move_of( p[1] ), NULL, NULL ), WS_E_INVALID_FORMAT );
        ok_hr( WsMoveReader( reader, WS_MOVE_TO_EOF, &found, NULL ), WS_E_OBJECT_FAULTED );
    }
    test_context( NULL );
    ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
    ok_hr( WsMoveReader( reader, 77, &found, NULL ), E_INVALIDARG );
    /* what moves ends in reading on */
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsSkipNode( reader, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_TEXT );
    end();
}

/* An empty element has an end to move to, but no child elements. */
static void test_move_details( void )
{
    WS_XML_BUFFER *buffer;
    BOOL found;

    begin();
    buffer = make( "<a/>" );
    ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_CHILD_ELEMENT, &found, NULL ), S_OK );
    ok_eq( found, FALSE );
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_END_ELEMENT, &found, NULL ), S_OK );
    ok_eq( found, TRUE );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_END_ELEMENT );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_EOF );
    end();
}

/* Documented: a position can be gone back to, in the buffer that it is from and as long as its node is in it. */
static void test_positions( void )
{
    WS_XML_NODE_POSITION at_b, pos, other;
    WS_XML_BUFFER *buffer, *second;

    begin();
    buffer = make( "<a><b>1</b><c/></a>" );
    second = make( "<a/>" );
    ok_hr( WsGetReaderPosition( reader, &pos, NULL ), WS_E_INVALID_OPERATION );
    set_text( reader, "<a/>" );
    ok_hr( WsGetReaderPosition( reader, &pos, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsSetInputToBuffer( reader, second, NULL, 0, NULL ), S_OK );
    ok_hr( WsGetReaderPosition( reader, &other, NULL ), S_OK );
    ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
    ok_hr( WsGetReaderPosition( reader, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsSetReaderPosition( reader, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsSetReaderPosition( reader, &other, NULL ), E_INVALIDARG );
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsGetReaderPosition( reader, &at_b, NULL ), S_OK );
    ok_ptr( at_b.buffer, buffer );
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_EOF, NULL, NULL ), S_OK );
    ok_hr( WsSetReaderPosition( reader, &at_b, NULL ), S_OK );
    ok_hr( WsReadNode( reader, NULL ), S_OK );
    ok_eq( node_type( reader ), WS_XML_NODE_TYPE_TEXT );

    /* the same position for a writer: it writes in front of it */
    ok_hr( WsSetOutputToBuffer( writer, buffer, NULL, 0, NULL ), S_OK );
    ok_hr( WsSetWriterPosition( writer, &other, NULL ), E_INVALIDARG );
    ok_hr( WsSetWriterPosition( writer, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsSetWriterPosition( writer, &at_b, NULL ), S_OK );
    ok_hr( WsWriteChars( writer, L"x", 1, NULL ), S_OK );
    ok_hr( WsGetWriterPosition( writer, &pos, NULL ), S_OK );
    ok_ptr( pos.node, at_b.node );
    check_buffer( buffer, "<a>x<b>1</b><c/></a>" );
    end();
}

/* Documented: a writer inserts in front of the node it is moved to. */
static void test_move_writer( void )
{
    static const struct { const char *moves, *doc; } cases[] =
    {
        { "", NULL }, { "R", NULL },    /* not beside the root element */
        { "Rc", "<!--0--><a><x p:y=\"z\" xmlns:p=\"n\">t</x><b>1</b>2<c><!--3--><d/></c><![CDATA[4]]></a>" },
        { "RcC", "<!--0--><a><b><x p:y=\"z\" xmlns:p=\"n\">t</x>1</b>2<c><!--3--><d/></c><![CDATA[4]]></a>" },
        { "Rc>", "<!--0--><a><b>1<x p:y=\"z\" xmlns:p=\"n\">t</x></b>2<c><!--3--><d/></c><![CDATA[4]]></a>" },
        { "RcN", "<!--0--><a><b>1</b><x p:y=\"z\" xmlns:p=\"n\">t</x>2<c><!--3--><d/></c><![CDATA[4]]></a>" },
        { "Rcnc", "<!--0--><a><b>1</b>2<c><!--3--><x p:y=\"z\" xmlns:p=\"n\">t</x><d/></c><![CDATA[4]]></a>" },
        { "Rcnc>", "<!--0--><a><b>1</b>2<c><!--3--><d><x p:y=\"z\" xmlns:p=\"n\">t</x></d></c><![CDATA[4]]></a>" },
        { "RcncF", "<!--0--><a><b>1</b>2<c><x p:y=\"z\" xmlns:p=\"n\">t</x><!--3--><d/></c><![CDATA[4]]></a>" },
        { "R>", "<!--0--><a><b>1</b>2<c><!--3--><d/></c><![CDATA[4]]><x p:y=\"z\" xmlns:p=\"n\">t</x></a>" },
        { "R>P", "<!--0--><a><b>1</b>2<c><!--3--><d/></c><x p:y=\"z\" xmlns:p=\"n\">t</x><![CDATA[4]]></a>" },
        { "Rcnu>", "<!--0--><a><b>1</b>2<c><!--3--><d/></c><![CDATA[4]]><x p:y=\"z\" xmlns:p=\"n\">t</x></a>" },
    };
    static const WS_XML_STRING x = WS_XML_STRING_VALUE( "x" ), y = WS_XML_STRING_VALUE( "y" ), p = WS_XML_STRING_VALUE( "p" ),
        n = WS_XML_STRING_VALUE( "n" ), none = WS_XML_STRING_VALUE( "" );
    WS_XML_BUFFER *buffer;
    const char *move;
    BOOL found;
    ULONG i;

    begin();
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%s", cases[i].moves );
        buffer = make( tree_doc );
        ok_hr( WsSetOutputToBuffer( writer, buffer, NULL, 0, NULL ), S_OK );
        for (move = cases[i].moves; *move; move++) ok_hr( WsMoveWriter( writer, move_of( *move ), NULL, NULL ), S_OK );
        ok_hr( WsWriteStartElement( writer, NULL, &x, &none, NULL ), cases[i].doc ? S_OK : WS_E_INVALID_FORMAT );
        if (!cases[i].doc) continue;
        ok_hr( WsWriteStartAttribute( writer, &p, &y, &n, FALSE, NULL ), S_OK );
        ok_hr( WsWriteChars( writer, L"z", 1, NULL ), S_OK );
        ok_hr( WsMoveWriter( writer, WS_MOVE_TO_EOF, NULL, NULL ), WS_E_INVALID_OPERATION );
        ok_hr( WsWriteEndAttribute( writer, NULL ), S_OK );
        ok_hr( WsWriteChars( writer, L"t", 1, NULL ), S_OK );
        ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
        check_buffer( buffer, cases[i].doc );
    }
    test_context( NULL );
    ok_hr( WsSetOutputToBuffer( writer, make( tree_doc ), NULL, 0, NULL ), S_OK );
    found = -1;
    ok_hr( WsMoveWriter( writer, WS_MOVE_TO_NEXT_NODE, &found, NULL ), S_OK );
    ok_eq( found, FALSE );
    ok_hr( WsMoveWriter( writer, 77, &found, NULL ), E_INVALIDARG );
    ok_hr( WsMoveWriter( writer, WS_MOVE_TO_NEXT_NODE, NULL, NULL ), WS_E_INVALID_FORMAT );
    ok_hr( WsMoveWriter( writer, WS_MOVE_TO_EOF, NULL, NULL ), WS_E_OBJECT_FAULTED );
    end();
}

/* --- removing ------------------------------------------------------------------------------------------------------ */

static WS_XML_NODE_POSITION position_of( WS_XML_BUFFER *buffer, const char *path )
{
    WS_XML_READER *r = create_reader();
    WS_XML_NODE_POSITION pos = { NULL, NULL };

    ok_hr( WsSetInputToBuffer( r, buffer, NULL, 0, NULL ), S_OK );
    for (; *path; path++) ok_hr( WsMoveReader( r, move_of( *path ), NULL, NULL ), S_OK );
    ok_hr( WsGetReaderPosition( r, &pos, NULL ), S_OK );
    WsFreeReader( r );
    return pos;
}

/* Documented: an element goes with all below it, other nodes alone; ends and the beginning can't go. */
static void test_remove( void )
{
    static const struct { const char *path, *doc; } cases[] =
    {
        { "", NULL }, { "E", NULL }, { "R>", NULL }, { "R>PCN", NULL },
        { "R", "<!--0-->" },
        { "C", "<a><b>1</b>2<c><!--3--><d/></c><![CDATA[4]]></a>" },
        { "Rc", "<!--0--><a>2<c><!--3--><d/></c><![CDATA[4]]></a>" },
        { "RcC", "<!--0--><a><b></b>2<c><!--3--><d/></c><![CDATA[4]]></a>" },
        { "RcN", "<!--0--><a><b>1</b><c><!--3--><d/></c><![CDATA[4]]></a>" },
        { "Rcn", "<!--0--><a><b>1</b>2<![CDATA[4]]></a>" },
        { "R>P", "<!--0--><a><b>1</b>2<c><!--3--><d/></c></a>" },
        { "RcnC", "<!--0--><a><b>1</b>2<c><d/></c><![CDATA[4]]></a>" },
    };
    WS_XML_NODE_POSITION pos;
    WS_XML_BUFFER *buffer;
    ULONG i;

    begin();
    ok_hr( WsRemoveNode( NULL, NULL ), E_INVALIDARG );
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%s", cases[i].path );
        buffer = make( tree_doc );
        pos = position_of( buffer, cases[i].path );
        ok_hr( WsRemoveNode( &pos, NULL ), cases[i].doc ? S_OK : WS_E_INVALID_OPERATION );
        check_buffer( buffer, cases[i].doc ? cases[i].doc : tree_doc );
        if (!cases[i].doc) continue;
        ok_hr( WsRemoveNode( &pos, NULL ), WS_E_INVALID_OPERATION );
        ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
        ok_hr( WsSetReaderPosition( reader, &pos, NULL ), WS_E_INVALID_OPERATION );
        ok_hr( WsSetOutputToBuffer( writer, buffer, NULL, 0, NULL ), S_OK );
        ok_hr( WsSetWriterPosition( writer, &pos, NULL ), WS_E_INVALID_OPERATION );
    }
    end();
}

/* Documented: readers and writers that are at what was removed fail until they are given another position. */
static void test_removed( void )
{
    static const WS_XML_STRING x = WS_XML_STRING_VALUE( "x" ), none = WS_XML_STRING_VALUE( "" );
    static const char *const places[] = { "Rcn", "RcnC", "Rcnc", "Rcn>", "Rcnc>" };
    WS_XML_NODE_POSITION removed, place, start;
    WS_XML_BUFFER *buffer;
    ULONG i, open;
    BOOL found;

    begin();
    for (i = 0; i < ARRAYSIZE( places ); i++)
    {
        for (open = 0; open < 4; open++)
        {
            test_context( "%s %lu", places[i], open );
            buffer = make( tree_doc );
            removed = position_of( buffer, "Rcn" );
            place = position_of( buffer, places[i] );
            start = position_of( buffer, "Rc" );
            ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
            ok_hr( WsSetReaderPosition( reader, &place, NULL ), S_OK );
            ok_hr( WsSetOutputToBuffer( writer, buffer, NULL, 0, NULL ), S_OK );
            ok_hr( WsSetWriterPosition( writer, &place, NULL ), S_OK );
            if (open & 1) ok_hr( WsWriteStartElement( writer, NULL, &x, &none, NULL ), S_OK );
            if (open == 3) ok_hr( WsWriteEndStartElement( writer, NULL ), S_OK );
            if (open == 2) ok_hr( WsWriteChars( writer, L"x", 1, NULL ), S_OK );
            ok_hr( WsRemoveNode( &removed, NULL ), S_OK );
            ok_hr( WsReadNode( reader, NULL ), WS_E_INVALID_OPERATION );
            ok_hr( WsMoveReader( reader, WS_MOVE_TO_NEXT_NODE, &found, NULL ), WS_E_INVALID_OPERATION );
            ok_hr( WsSetReaderPosition( reader, &start, NULL ), S_OK );
            ok_hr( WsReadNode( reader, NULL ), S_OK );
            ok_hr( WsWriteChars( writer, L"x", 1, NULL ), open == 3 && i == 0 ? S_OK : WS_E_INVALID_OPERATION );
            if (!(open == 3 && i == 0)) ok_hr( WsMoveWriter( writer, WS_MOVE_TO_NEXT_NODE, &found, NULL ), WS_E_INVALID_OPERATION );
            ok_hr( WsSetWriterPosition( writer, &start, NULL ), S_OK );
            ok_hr( WsWriteChars( writer, L"y", 1, NULL ), S_OK );
        }
    }
    end();
}

/* Documented: namespaces and xml: attributes of what is around a position are in scope there. */
static void test_scope( void )
{
    static const WS_XML_STRING p = WS_XML_STRING_VALUE( "p" ), q = WS_XML_STRING_VALUE( "q" ), lang = WS_XML_STRING_VALUE( "lang" ),
        n = WS_XML_STRING_VALUE( "n" ), b = WS_XML_STRING_VALUE( "b" );
    const WS_XML_STRING *found;
    WS_XML_BUFFER *buffer;
    WCHAR *chars;
    ULONG count;

    begin();
    buffer = make( "<p:a xmlns:p=\"n\" xml:lang=\"en\"><b><c/></b></p:a>" );
    ok_hr( WsSetInputToBuffer( reader, buffer, NULL, 0, NULL ), S_OK );
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsMoveReader( reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsGetNamespaceFromPrefix( reader, &p, TRUE, &found, NULL ), S_OK );
    ok_bytes( found->bytes, found->length, "n" );
    ok_hr( WsGetNamespaceFromPrefix( reader, &q, FALSE, &found, NULL ), S_FALSE );
    ok_hr( WsGetXmlAttribute( reader, &lang, heap, &chars, &count, NULL ), S_OK );
    ok_hr( WsGetNamespaceFromPrefix( reader, &q, TRUE, &found, NULL ), WS_E_INVALID_FORMAT );
    ok( count == 2 && !memcmp( chars, L"en", 4 ), "got %lu characters\n", count );
    /* a writer there needs no declaration */
    ok_hr( WsSetOutputToBuffer( writer, buffer, NULL, 0, NULL ), S_OK );
    ok_hr( WsMoveWriter( writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsMoveWriter( writer, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsMoveWriter( writer, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsGetPrefixFromNamespace( writer, &n, TRUE, &found, NULL ), S_OK );
    ok_bytes( found->bytes, found->length, "p" );
    ok_hr( WsWriteStartElement( writer, NULL, &b, &n, NULL ), S_OK );
    ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
    check_buffer( buffer, "<p:a xml:lang=\"en\" xmlns:p=\"n\"><b><p:b/><c/></b></p:a>" );
    end();
}

TESTS( xml_buffer,
    { "create", test_create },
    { "read", test_read },
    { "bytes", test_bytes },
    { "write", test_write },
    { "move_reader", test_move_reader },
    { "move_details", test_move_details },
    { "positions", test_positions },
    { "move_writer", test_move_writer },
    { "remove", test_remove },
    { "removed", test_removed },
    { "scope", test_scope } )
