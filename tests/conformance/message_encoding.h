/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The encodings a message may have, written to and read from bytes. */
#ifndef WS_TESTS_CONFORMANCE_MESSAGE_ENCODING_H
#define WS_TESTS_CONFORMANCE_MESSAGE_ENCODING_H

#include "message.h"

enum { TEXT_UTF8, TEXT_UTF16LE, TEXT_UTF16BE, BINARY, MTOM, ENCODINGS };
static const char *const encoding_names[ENCODINGS] = { "UTF-8", "UTF-16LE", "UTF-16BE", "binary", "MTOM" };

static inline const WS_XML_WRITER_ENCODING *writer_encoding( ULONG number )
{
    static WS_XML_WRITER_TEXT_ENCODING texts[] =
    {
        { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 },
        { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF16LE },
        { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF16BE },
    };
    static const WS_XML_WRITER_BINARY_ENCODING binary = { .encoding = { WS_XML_WRITER_ENCODING_TYPE_BINARY } };
    static const WS_XML_WRITER_MTOM_ENCODING mtom =
    {
        .encoding = { WS_XML_WRITER_ENCODING_TYPE_MTOM }, .textEncoding = &texts[0].encoding, .writeMimeHeader = TRUE,
        .startInfo = WS_STRING_VALUE( L"application/soap+xml" ), .boundary = WS_STRING_VALUE( L"some-boundary" ),
        .startUri = WS_STRING_VALUE( L"root@x" ), .maxInlineByteCount = 8,
    };
    return number == MTOM ? &mtom.encoding : number == BINARY ? &binary.encoding : &texts[number].encoding;
}

static inline const WS_XML_READER_ENCODING *reader_encoding( ULONG number )
{
    static WS_XML_READER_TEXT_ENCODING texts[] =
    {
        { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 },
        { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF16LE },
        { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF16BE },
    };
    static const WS_XML_READER_BINARY_ENCODING binary = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    static const WS_XML_READER_MTOM_ENCODING mtom =
    {
        .encoding = { WS_XML_READER_ENCODING_TYPE_MTOM }, .textEncoding = &texts[0].encoding, .readMimeHeader = TRUE,
    };
    return number == MTOM ? &mtom.encoding : number == BINARY ? &binary.encoding : &texts[number].encoding;
}

/* Bytes that were written; a write may be left pending, to be completed by complete_write. */
struct bytes
{
    BYTE bytes[16384];
    ULONG size, pos, writes, reads;
    BOOL async;
    WS_ASYNC_CONTEXT pending;
};

static inline HRESULT CALLBACK write_bytes( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                            WS_ERROR *error )
{
    struct bytes *bytes = state;
    ULONG i;

    (void)error;
    bytes->writes++;
    for (i = 0; i < count; i++)
    {
        if (!buffers[i].length) continue;
        if (!ok( bytes->size + buffers[i].length <= sizeof(bytes->bytes), "too much is written\n" )) return E_FAIL;
        memcpy( bytes->bytes + bytes->size, buffers[i].bytes, buffers[i].length );
        bytes->size += buffers[i].length;
    }
    if (!bytes->async || !context) return S_OK;
    bytes->pending = *context;
    return WS_S_ASYNC;
}

static inline HRESULT CALLBACK read_bytes( void *state, void *buffer, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                           WS_ERROR *error )
{
    struct bytes *bytes = state;

    (void)error;
    bytes->reads++;
    *actual = bytes->size - bytes->pos < 37 ? bytes->size - bytes->pos : 37;    /* a part at a time */
    if (*actual > max) *actual = max;
    memcpy( buffer, bytes->bytes + bytes->pos, *actual );
    bytes->pos += *actual;
    if (!bytes->async || !context) return S_OK;
    bytes->pending = *context;
    return WS_S_ASYNC;
}

static inline void collect( WS_XML_WRITER *writer, ULONG encoding, struct bytes *bytes )
{
    WS_XML_WRITER_STREAM_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, write_bytes, bytes };

    bytes->size = bytes->pos = bytes->writes = bytes->reads = bytes->async = 0;
    ok_hr( WsSetOutput( writer, writer_encoding( encoding ), &output.output, NULL, 0, NULL ), S_OK );
}

static inline void set_encoded_input( WS_XML_READER *reader, ULONG encoding, const struct bytes *bytes )
{
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)bytes->bytes, bytes->size };

    ok_hr( WsSetInput( reader, reader_encoding( encoding ), &input.input, NULL, 0, NULL ), S_OK );
}

#endif
