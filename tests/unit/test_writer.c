/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The XML writer in the text encoding and into XML buffers. */

#include "writer_script.h"
#include "xml/buffer.h"

static const WS_XML_WRITER_TEXT_ENCODING utf8 = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };

static WS_XML_WRITER *new_writer( void )
{
    WS_XML_WRITER *w = NULL;
    CHECK_EQ( writer_create( NULL, 0, &w, NULL ), S_OK );
    return w;
}

static WS_BYTES output( WS_XML_WRITER *w )
{
    WS_BYTES bytes = { 0 };
    CHECK_EQ( writer_get_property( w, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
    return bytes;
}

static void test_text( void )
{
    WS_XML_WRITER *w = new_writer();
    char context[128];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( script_cases ); i++)
    {
        BOOL fails = strchr( script_cases[i].script, '?' ) != NULL;
        WS_BYTES bytes;

        snprintf( context, sizeof(context), "%s", script_cases[i].script );
        unit_context = context;
        CHECK_EQ( writer_set_output( w, &utf8.encoding, &memory.output, NULL, 0, NULL ), S_OK );
        CHECK_EQ( script_run( w, script_cases[i].script, FALSE, NULL ), fails ? S_FALSE : S_OK );
        if (fails) continue;
        bytes = output( w );
        CHECK_STR( bytes.bytes, bytes.length, script_cases[i].text );
    }
    unit_context = "";
    writer_free( w );
}

/* The same documents through an XML buffer. */
static void test_tree( void )
{
    WS_XML_WRITER *w = new_writer(), *w2 = new_writer();
    char context[128];
    WS_HEAP *heap;
    ULONG i;

    CHECK_EQ( heap_create( 1 << 20, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < ARRAY_SIZE( script_cases ); i++)
    {
        BOOL fails = strchr( script_cases[i].script, '?' ) != NULL;
        WS_XML_BUFFER *buffer;
        WS_BYTES bytes;
        size_t len = strlen( script_cases[i].script );

        snprintf( context, sizeof(context), "tree %s", script_cases[i].script );
        unit_context = context;
        CHECK_EQ( buffer_create( heap, NULL, 0, &buffer, NULL ), S_OK );
        CHECK_EQ( writer_set_output_to_buffer( w, buffer, NULL, 0, NULL ), S_OK );
        CHECK_EQ( script_run( w, script_cases[i].script, FALSE, NULL ), fails ? S_FALSE : S_OK );
        /* a tree has end tags for all it has; consecutive base64 is one text in an attribute only */
        if (fails || len < 2 || strchr( "|>s", script_cases[i].script[len - 1] ) || strstr( script_cases[i].script, "}{" ) ||
            strstr( script_cases[i].script, "[\"]]>" ))
        {
            heap_reset( heap );
            continue;
        }
        CHECK_EQ( writer_set_output( w2, &utf8.encoding, &memory.output, NULL, 0, NULL ), S_OK );
        CHECK_EQ( writer_write_xml_buffer( w2, buffer, NULL ), S_OK );
        bytes = output( w2 );
        CHECK_STR( bytes.bytes, bytes.length, script_cases[i].text );
        CHECK_EQ( writer_set_output( w, NULL, NULL, NULL, 0, NULL ), S_OK );
        heap_reset( heap );
    }
    unit_context = "";
    writer_free( w );
    writer_free( w2 );
    heap_free( heap );
}

/* --- memory -------------------------------------------------------------------------------------------------------- */

/* Touches all that grows: bytes, elements, attributes (also enough for a hash table), declarations, parts of MTOM. */
static const char busy[] =
    "!c!<p:a|n ^q|m @b0| \"1\";@b1| ;@b2| ;@b3| ;@b4| ;@b5| ;@b6| ;@b7| ;@b8| ;@b9| ;@c0| ;@c1| ;@c2| ;@c3| ;@c4| ;@c5| ;@c6| ;"
    "<r:b|o1 <s:c|o2 <t:d|o3 <u:e|o4 <v:f|o5 <w:g|o6 <x:h|o7 <y:i|o8 <z:j|o9 @-:k|o10 u\"text\";{a long part of a package}"
    "<l| \"0123456789012345678901234567890123456789012345678901234567890123456789\"/[\"]]>\"]i-5 g q -:t|n {t}{es}//////////";

enum busy_kind { BUSY_TEXT, BUSY_UTF16, BUSY_STREAM, BUSY_BINARY, BUSY_MTOM, BUSY_TREE, BUSY_C14N, BUSY_KINDS };

static HRESULT CALLBACK take( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    ULONG i;

    (void)context;
    (void)error;
    for (i = 0; i < count; i++) *(ULONG *)state += buffers[i].length;
    return S_OK;
}

/* Writes the script and says how many bytes came of it. */
static HRESULT run_busy( WS_XML_WRITER *w, enum busy_kind kind, ULONG *size )
{
    static const WS_XML_WRITER_TEXT_ENCODING utf16 = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF16LE };
    static const WS_XML_WRITER_BINARY_ENCODING binary = { { WS_XML_WRITER_ENCODING_TYPE_BINARY }, NULL, NULL, NULL };
    static const WS_XML_WRITER_MTOM_ENCODING mtom = { { WS_XML_WRITER_ENCODING_TYPE_MTOM },
        (WS_XML_WRITER_ENCODING *)&utf8.encoding, TRUE, { 3, (WCHAR *)L"bnd" }, { 0, NULL }, { 0, NULL }, 4 };
    WS_XML_WRITER_STREAM_OUTPUT stream = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, take, size };
    const WS_XML_WRITER_ENCODING *encoding = kind == BUSY_UTF16 ? &utf16.encoding : kind == BUSY_BINARY ? &binary.encoding :
                                             kind == BUSY_MTOM ? &mtom.encoding : &utf8.encoding;
    WS_BYTES bytes;
    HRESULT hr;

    *size = 0;
    hr = writer_set_output( w, encoding, kind == BUSY_STREAM ? &stream.output : &memory.output, NULL, 0, NULL );
    if (hr) return hr;
    if (kind == BUSY_C14N && (hr = writer_start_canonicalization( w, take, size, NULL, 0, NULL ))) return hr;
    if ((hr = script_run( w, busy, kind == BUSY_STREAM, NULL ))) return hr;
    if (kind == BUSY_C14N) return writer_end_canonicalization( w, NULL );
    if (kind == BUSY_STREAM) return writer_flush( w, 0, NULL, NULL );
    if (!(hr = writer_get_property( w, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ))) *size = bytes.length;
    return hr;
}

/* Into an XML buffer, from there as bytes, those into another buffer, of which a part is copied and one removed. */
static HRESULT run_tree( WS_XML_WRITER *w, ULONG *size )
{
    WS_XML_BUFFER *buffer, *copy;
    WS_XML_NODE_POSITION pos;
    WS_XML_READER *reader;
    WS_HEAP *heap;
    HRESULT hr;
    void *bytes;

    *size = 0;
    if ((hr = reader_create( NULL, 0, &reader, NULL ))) return hr;
    if (!(hr = heap_create( 1 << 20, 0, NULL, 0, &heap, NULL )))
    {
        if (!(hr = buffer_create( heap, NULL, 0, &buffer, NULL )) &&
            !(hr = writer_set_output_to_buffer( w, buffer, NULL, 0, NULL )) && !(hr = script_run( w, busy, FALSE, NULL )) &&
            !(hr = buffer_write_to_bytes( w, buffer, NULL, NULL, 0, heap, &bytes, size, NULL )) &&
            !(hr = reader_read_bytes_to_buffer( reader, NULL, NULL, 0, bytes, *size, heap, &copy, NULL )) &&
            !(hr = reader_set_input_to_buffer( reader, copy, NULL, 0, NULL )) &&
            !(hr = writer_set_output_to_buffer( w, copy, NULL, 0, NULL )) &&
            !(hr = writer_move( w, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL )) &&
            !(hr = writer_move( w, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL )) &&
            !(hr = writer_get_position( w, &pos, NULL )) &&
            !(hr = reader_move( reader, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL )) &&
            !(hr = reader_move( reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL )) &&
            !(hr = reader_move( reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL )) &&
            !(hr = writer_copy_node( w, reader, NULL )) && !(hr = buffer_remove_node( &pos, NULL )))
            hr = buffer_write_to_bytes( w, copy, NULL, NULL, 0, heap, &bytes, size, NULL );
        writer_set_output( w, NULL, NULL, NULL, 0, NULL );
        heap_free( heap );
    }
    reader_free( reader );
    return hr;
}

static HRESULT run_kind( WS_XML_WRITER *w, enum busy_kind kind, ULONG *size )
{
    return kind == BUSY_TREE ? run_tree( w, size ) : run_busy( w, kind, size );
}

/* Each allocation fails once: nothing leaks, nothing crashes, and the writer can be used again. */
static void test_memory( void )
{
    LONG before = mem_live(), n;
    WS_XML_WRITER *w;
    char context[64];
    ULONG size, want;
    int kind;
    HRESULT hr;

    for (kind = 0; kind < BUSY_KINDS; kind++)
    {
        w = new_writer();
        CHECK_EQ( run_kind( w, kind, &want ), S_OK );
        CHECK( want > 200, "%u bytes", want );
        writer_free( w );
        for (n = 1, hr = E_OUTOFMEMORY; hr && n < 500; n++)
        {
            snprintf( context, sizeof(context), "kind %d, allocation %d", kind, (int)n );
            unit_context = context;
            mem_fail_after( n );
            if (!(hr = writer_create( NULL, 0, &w, NULL )))
            {
                hr = run_kind( w, kind, &size );
                mem_fail_after( 0 );
                CHECK( !hr || hr == E_OUTOFMEMORY, "%08x", hr );
                CHECK_EQ( run_kind( w, kind, &size ), S_OK );
                CHECK_EQ( size, want );
                writer_free( w );
            }
            mem_fail_after( 0 );
            CHECK_EQ( mem_live(), before );
        }
        CHECK( !hr && n > 5, "%d allocations", (int)n );
    }
    unit_context = "";
}

UNIT_TESTS( { "text", test_text }, { "tree", test_tree }, { "memory", test_memory } )
