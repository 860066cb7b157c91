/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes the reader over binary XML: memory and a stream in pieces give the same nodes, a copy as an XML buffer reads the
 * same, values can be taken. The first byte is the size of the stream's chunks. */

#include <stdint.h>
#include "../unit/reader_events.h"

static void fail( const char *what, const struct events *a, const struct events *b )
{
    fprintf( stderr, "%s:\n%s\n%s\n", what, a->text, b->text );
    abort();
}

static void use_values( WS_XML_READER *reader, const uint8_t *data, size_t size )
{
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
        switch (data[i] % 8)
        {
        case 0: hr = reader_read_chars( reader, chars, 1 + data[i] % 8, &count, NULL ); break;
        case 1: hr = reader_read_chars_utf8( reader, bytes, 1 + data[i] % 16, &count, NULL ); break;
        case 2: hr = reader_read_bytes( reader, bytes, 1 + data[i] % 16, &count, NULL ); break;
        case 3: reader_read_content_text( reader, &text, NULL ); break;
        case 4: reader_read_qualified_name( reader, heap, NULL, &name, NULL, NULL ); break;
        case 5: hr = reader_skip_node( reader, NULL ); break;
        default: hr = reader_read_node( reader, NULL ); break;
        }
    }
    heap_free( heap );
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    static WS_XML_READER *reader;
    static WS_XML_STRING session[] = { XMLSTR( "Order" ), XMLSTR( "http://example.com" ), XMLSTR( "Id" ) };
    static WS_XML_DICTIONARY dynamic = { { 0 }, session, 3, FALSE };
    WS_XML_READER_BINARY_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, &dynamic };
    struct events memory = { 0 }, stream = { 0 }, copy = { 0 };
    struct chunk_stream input;
    WS_XML_BUFFER *buffer;
    WS_HEAP *heap;
    ULONG step;

    if (!size) return 0;
    if (!reader && reader_create( NULL, 0, &reader, NULL )) return 0;
    encoding.staticDictionary = (WS_XML_DICTIONARY *)dictionary_get( WS_ENCODING_XML_BINARY_1 );
    step = 1 + data[0];
    data++;
    size--;
    set_bytes( reader, data, size, &encoding.encoding, NULL, 0 );
    events_read( &memory, reader, 0 );

    input = (struct chunk_stream){ data, size, 0, step };
    set_stream( reader, &input, &encoding.encoding, NULL, 0 );
    events_read( &stream, reader, step );
    if (strcmp( memory.text, stream.text ) && memory.hr != WS_E_QUOTA_EXCEEDED && size < 4000) fail( "the stream differs", &memory, &stream );

    if (!heap_create( 1 << 26, 0, NULL, 0, &heap, NULL ))
    {
        if (!reader_read_bytes_to_buffer( reader, &encoding.encoding, NULL, 0, data, size, heap, &buffer, NULL ))
        {
            reader_set_input_to_buffer( reader, buffer, NULL, 0, NULL );
            events_read( &copy, reader, 0 );
            if (strcmp( memory.text, copy.text )) fail( "the copy differs", &memory, &copy );
        }
        set_bytes( reader, data, size, &encoding.encoding, NULL, 0 );
        use_values( reader, data, size );
        set_bytes( reader, NULL, 0, &encoding.encoding, NULL, 0 );
        heap_free( heap );
    }
    free( memory.text );
    free( stream.text );
    free( copy.text );
    return 0;
}
