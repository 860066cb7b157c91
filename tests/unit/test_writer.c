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

UNIT_TESTS( { "text", test_text }, { "tree", test_tree } )
