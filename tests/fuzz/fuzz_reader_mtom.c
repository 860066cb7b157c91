/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes the reader over MTOM: reading ends without a fault, in memory and from a stream. The first byte is the size of the stream's chunks, its highest bit tells that the MIME
 * header is part of the input. */

#include <stdint.h>
#include "../unit/reader_events.h"

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    static const WCHAR boundary[] = { 'b' };
    static WS_XML_READER *reader;
    WS_XML_READER_MTOM_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_MTOM }, (WS_XML_READER_ENCODING *)&text_auto.encoding,
                                             FALSE, { 0 }, { 0 }, { 0 } };
    struct events memory = { 0 }, stream = { 0 };
    struct chunk_stream input;
    ULONG step;

    if (!size) return 0;
    if (!reader && reader_create( NULL, 0, &reader, NULL )) return 0;
    step = 1 + (data[0] & 0x7f);
    if (data[0] & 0x80) encoding.readMimeHeader = TRUE;
    else encoding.boundary = (WS_STRING){ 1, (WCHAR *)boundary };
    data++;
    size--;
    set_bytes( reader, data, size, &encoding.encoding, NULL, 0 );
    events_read( &memory, reader, 0 );
    input = (struct chunk_stream){ data, size, 0, step };
    set_stream( reader, &input, &encoding.encoding, NULL, 0 );
    events_read( &stream, reader, step );
    set_bytes( reader, NULL, 0, &text_auto.encoding, NULL, 0 );
    free( memory.text );
    free( stream.text );
    return 0;
}
