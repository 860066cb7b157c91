/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes the reader over text: whatever the bytes are, memory and a stream in pieces give the same nodes, the copy as an XML
 * buffer reads the same, and reading ends.
 *
 * The first byte chooses: bit 0 fragments, bits 1 and 2 the character set, bits 3 to 7 the size of the stream's chunks. */

#include <stdint.h>
#include "../unit/reader_events.h"

static void fail( const char *what, const struct events *a, const struct events *b )
{
    fprintf( stderr, "%s:\n%s\n%s\n", what, a->text, b->text );
    abort();
}

/* What a program does with the values, in any order: nothing may crash. */
static void use_values( WS_XML_READER *reader, const uint8_t *data, size_t size )
{
    static const WS_XML_STRING lang = XMLSTR( "lang" );
    const WS_XML_TEXT *text;
    WS_XML_STRING name;
    BYTE bytes[16];
    WCHAR chars[8];
    ULONG count, i;
    WS_HEAP *heap;
    HRESULT hr = S_OK;

    if (heap_create( 1 << 20, 0, NULL, 0, &heap, NULL )) return;
    for (i = 0; i < size && !hr; i++)
    {
        switch (data[i] % 11)
        {
        case 0: hr = reader_read_chars( reader, chars, 1 + data[i] % 8, &count, NULL ); break;
        case 1: hr = reader_read_chars_utf8( reader, bytes, 1 + data[i] % 16, &count, NULL ); break;
        case 2: hr = reader_read_bytes( reader, bytes, 1 + data[i] % 16, &count, NULL ); break;
        case 3: reader_read_content_text( reader, &text, NULL ); break;
        case 4: reader_read_qualified_name( reader, heap, NULL, &name, NULL, NULL ); break;
        case 5: hr = reader_read_start_attribute( reader, data[i] / 16, NULL ) ? S_OK : S_OK; break;
        case 6: reader_read_end_attribute( reader, NULL ); break;
        case 7: reader_get_attribute( reader, &lang, heap, (WCHAR **)&text, &count, NULL ); break;
        case 8: hr = reader_skip_node( reader, NULL ); break;
        case 9: hr = reader_read_to_start_element( reader, NULL, NULL, (BOOL *)&count, NULL ); break;
        default: hr = reader_read_node( reader, NULL ); break;
        }
    }
    heap_free( heap );
}

/* The same nodes from a copy of the document in an XML buffer. */
static void check_copy( WS_XML_READER *reader, const uint8_t *data, size_t size, const WS_XML_READER_TEXT_ENCODING *encoding,
                        const WS_XML_READER_PROPERTY *props, const struct events *expected )
{
    struct events ev = { 0 };
    WS_XML_BUFFER *buffer;
    WS_HEAP *heap;

    if (heap_create( 1 << 26, 0, NULL, 0, &heap, NULL )) return;
    if (!reader_read_bytes_to_buffer( reader, &encoding->encoding, props, 2, data, size, heap, &buffer, NULL ))
    {
        if (reader_set_input_to_buffer( reader, buffer, NULL, 0, NULL )) abort();
        events_read( &ev, reader, 0 );
        if (strcmp( ev.text, expected->text )) fail( "the copy differs", expected, &ev );
    }
    else if (!expected->hr) fail( "no copy", expected, expected );
    free( ev.text );
    heap_free( heap );
}

/* The most that `size` bytes of the reader's input are as UTF-8. */
static size_t utf8_size( WS_XML_READER *reader, size_t size )
{
    WS_CHARSET charset = WS_CHARSET_UTF8;

    reader_get_property( reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL );
    return charset == WS_CHARSET_UTF8 ? size : size + size / 2;
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    static WS_XML_READER *reader;
    struct events memory = { 0 }, stream = { 0 };
    WS_XML_READER_TEXT_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_TEXT }, 0 };
    ULONG depth = 100;
    BOOL fragment;
    WS_XML_READER_PROPERTY props[] = { { WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment) },
                                       { WS_XML_READER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth) } };
    struct chunk_stream input;
    ULONG step;

    if (!size) return 0;
    if (!reader && reader_create( NULL, 0, &reader, NULL )) return 0;
    fragment = data[0] & 1;
    encoding.charSet = data[0] >> 1 & 3;
    step = 1 + (data[0] >> 3);
    data++;
    size--;
    set_bytes( reader, data, size, &encoding.encoding, props, 2 );
    events_read( &memory, reader, 0 );
    check_copy( reader, data, size, &encoding, props, &memory );

    input = (struct chunk_stream){ data, size, 0, step };
    set_stream( reader, &input, &encoding.encoding, props, 2 );
    events_read( &stream, reader, step );
    /* a limit that is exceeded looks like a stream that is short; a text that fills the stream's buffer comes in parts, those
     * before a mistake too */
    if (strcmp( memory.text, stream.text ) && memory.hr != WS_E_QUOTA_EXCEEDED && utf8_size( reader, size ) < 4000)
        fail( "the stream differs", &memory, &stream );

    set_bytes( reader, data, size, &encoding.encoding, props, 2 );
    use_values( reader, data, size );
    set_bytes( reader, NULL, 0, &encoding.encoding, NULL, 0 );
    free( memory.text );
    free( stream.text );
    return 0;
}
