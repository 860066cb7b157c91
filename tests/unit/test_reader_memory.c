/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory that runs out while binary XML, MTOM and raw input are read, from memory and from streams, while texts are joined,
 * arrays and qualified names are read and canonical XML is made: nothing leaks, the failure is E_OUTOFMEMORY, and the
 * reader can be used again. Text is in test_reader. */

#include "writer_script.h"
#include "reader_events.h"

/* Long names, many attributes and declarations, base64, sections, an array. */
static const char script[] =
    "<p:a|n ^q|m @b0| \"1\";@b1| ;@b2| ;@b3| ;@b4| ;@b5| ;@b6| ;@b7| ;@b8| ;@b9| ;@c0| ;@c1| ;@c2| ;@c3| ;@c4| ;@c5| ;"
    "@xml:lang|http://www.w3.org/XML/1998/namespace \"en\";"
    "<r:b|o1 <s:c|o2 <t:d|o3 <u:e|o4 <v:f|o5 <w:g|o6 <x:h|o7 <y:i|o8 <z:j|o9 @-:k|o10 u\"text\";{a long part of a package}//"
    "<a_long_name_that_goes_on_and_on_and_on| \"one \"[\"two \"]!c!\"three\"i-5 /<l| {t}{es}/<m| q p:t| /////////";

enum kind { BINARY, MTOM, RAW };

static WS_BYTES make_document( enum kind kind, WS_XML_WRITER *w )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BINARY_ENCODING binary = { { WS_XML_WRITER_ENCODING_TYPE_BINARY }, NULL, NULL, NULL };
    static const WS_XML_WRITER_MTOM_ENCODING mtom = { { WS_XML_WRITER_ENCODING_TYPE_MTOM },
        (WS_XML_WRITER_ENCODING *)&utf8.encoding, TRUE, { 3, (WCHAR *)L"bnd" }, { 0, NULL }, { 0, NULL }, 4 };
    WS_BYTES bytes = { 0, NULL };

    CHECK_EQ( writer_set_output( w, kind == MTOM ? &mtom.encoding : &binary.encoding, &memory.output, NULL, 0, NULL ), S_OK );
    CHECK_EQ( script_run( w, script, FALSE, NULL ), S_OK );
    CHECK_EQ( writer_get_property( w, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
    return bytes;
}

static const WS_XML_READER_ENCODING *encoding_of( enum kind kind )
{
    static const WS_XML_READER_BINARY_ENCODING binary = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    static const WS_XML_READER_MTOM_ENCODING mtom = { .encoding = { WS_XML_READER_ENCODING_TYPE_MTOM },
        .textEncoding = (WS_XML_READER_ENCODING *)&text_utf8.encoding, .readMimeHeader = TRUE };
    static const WS_XML_READER_RAW_ENCODING raw = { { WS_XML_READER_ENCODING_TYPE_RAW } };

    return kind == MTOM ? &mtom.encoding : kind == RAW ? &raw.encoding : &binary.encoding;
}

static HRESULT CALLBACK ignore( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)state; (void)buffers; (void)count; (void)context; (void)error;
    return S_OK;
}

/* As a program does: by content. */
static HRESULT read_contents( WS_XML_READER *reader, WS_HEAP *heap )
{
    static const WS_XML_STRING m = XMLSTR( "m" );
    const WS_XML_TEXT *text;
    WS_XML_STRING prefix, name, ns;
    HRESULT hr;

    for (;;)
    {
        if ((hr = reader_read_node( reader, NULL ))) return hr;
        if (reader_node( reader )->nodeType == WS_XML_NODE_TYPE_EOF) return S_OK;
        if (reader_node( reader )->nodeType == WS_XML_NODE_TYPE_TEXT &&
            (hr = reader_read_content_text( reader, &text, NULL )) && hr != WS_E_INVALID_FORMAT) return hr;
        if (reader_node( reader )->nodeType != WS_XML_NODE_TYPE_ELEMENT ||
            !xmlstr_eq( ((const WS_XML_ELEMENT_NODE *)reader_node( reader ))->localName, &m )) continue;
        if ((hr = reader_read_start_element( reader, NULL )) ||
            (hr = reader_read_qualified_name( reader, heap, &prefix, &name, &ns, NULL ))) return hr;
    }
}

enum way { WHOLE, STREAM, CANONICAL, CONTENTS, WAYS };

static HRESULT read_once( WS_XML_READER *reader, enum kind kind, enum way way, const WS_BYTES *doc, struct events *ev )
{
    static ULONG headers = 4096;
    WS_XML_READER_PROPERTY props[] = { { WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, &headers, sizeof(headers) } };
    struct chunk_stream stream = { doc->bytes, doc->length, 0, 50 };
    WS_HEAP *heap;
    HRESULT hr;

    if (way == STREAM) hr = set_stream( reader, &stream, encoding_of( kind ), props, 1 );
    else hr = set_bytes( reader, doc->bytes, doc->length, encoding_of( kind ), props, 1 );
    if (hr) return hr;
    if (way == CONTENTS)
    {
        if ((hr = heap_create( 1 << 20, 0, NULL, 0, &heap, NULL ))) return hr;
        hr = read_contents( reader, heap );
        heap_free( heap );
        return hr;
    }
    if (way == CANONICAL && (hr = reader_start_canonicalization( reader, ignore, NULL, NULL, 0, NULL ))) return hr;
    events_read( ev, reader, way == STREAM ? 50 : 0 );
    if (ev->hr || way != CANONICAL) return ev->hr;
    return reader_end_canonicalization( reader, NULL );
}

static void fail_each( WS_XML_READER **reader, enum kind kind, enum way way, const WS_BYTES *doc )
{
    LONG before = mem_live(), n;
    struct events want = { 0 }, ev = { 0 };
    char context[64];
    HRESULT hr;

    CHECK_EQ( reader_create( NULL, 0, reader, NULL ), S_OK );
    CHECK_EQ( read_once( *reader, kind, way, doc, &want ), S_OK );
    reader_free( *reader );
    for (n = 1, hr = E_OUTOFMEMORY; hr && n < 300; n++)
    {
        snprintf( context, sizeof(context), "kind %d, way %d, allocation %d", (int)kind, (int)way, (int)n );
        unit_context = context;
        mem_fail_after( n );
        if (!(hr = reader_create( NULL, 0, reader, NULL )))
        {
            hr = read_once( *reader, kind, way, doc, &ev );
            mem_fail_after( 0 );
            CHECK( !hr || hr == E_OUTOFMEMORY, "%08x", hr );
            ev.len = 0;
            CHECK_EQ( read_once( *reader, kind, way, doc, &ev ), S_OK );
            if (want.text) CHECK_STR( ev.text, ev.len, want.text );
            reader_free( *reader );
        }
        mem_fail_after( 0 );
        CHECK_EQ( mem_live(), before );
    }
    CHECK( !hr, "%d allocations", (int)n );
    unit_context = "";
    free( want.text );
    free( ev.text );
}

static void test_memory( void )
{
    WS_XML_READER *reader;
    WS_XML_WRITER *w;
    WS_BYTES doc;
    int kind, way;

    CHECK_EQ( writer_create( NULL, 0, &w, NULL ), S_OK );
    for (kind = BINARY; kind <= RAW; kind++)
    {
        if (kind != RAW) doc = make_document( kind, w );
        for (way = 0; way < WAYS; way++)
            if (kind != RAW || way <= STREAM) fail_each( &reader, kind, way, &doc );
    }
    writer_free( w );
}

UNIT_TESTS( { "memory", test_memory } )
