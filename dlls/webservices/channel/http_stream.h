/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages over HTTP that are not simply one block of bytes: streamed ones (WS_CHANNEL_PROPERTY_TRANSFER_MODE), and those that
 * an encoder or decoder of the program transforms (WS_CHANNEL_PROPERTY_ENCODER, _DECODER). Client and server differ in the
 * transport only: they give a source and a sink. */
#ifndef WS_CHANNEL_HTTP_STREAM_H
#define WS_CHANNEL_HTTP_STREAM_H

#include "channel/http_content.h"
#include "transport/stream.h"

/* A message that comes. */
struct http_in
{
    WS_CHANNEL *channel;
    WS_READ_CALLBACK source;            /* of the transport; its state is the channel */
    /* Called once the content type is known, that of the decoder if there is one. */
    HRESULT (*check)( WS_CHANNEL *channel, const struct content_type *type, struct slice text, WS_ERROR *error );
    struct slice type, coding;          /* Content-Type and Content-Encoding as received; coding.ptr NULL: none */
    struct head_text decoded_type;
    void  *decoder;                     /* instance of the program's decoder, or NULL */
    WS_MESSAGE *message;
    UINT64 max, received, decoded;      /* bytes: limit, and so far */
    BYTE  *buf;                         /* what was read for the start of a streamed message, or all of a buffered one */
    ULONG  size, len, pos, got;
    ULONG  next_attempt;                /* not before there are so many bytes */
    BOOL   streamed;
    BOOL   attempt;                     /* the reader may have what is in `buf` only */
    BOOL   eof;
    ULONG *read_got, *source_got;       /* of the reads under way */
    void  *read_buf;
    ULONG  read_size;
    WS_ASYNC_STATE async, read_async, source_async;
};
HRESULT http_in_init( WS_CHANNEL *channel, struct http_in *in, WS_ERROR *error );
void    http_in_free( struct http_in *in );
/* Whether messages go this way at all. */
static inline BOOL http_in_used( const struct http_in *in ) { return in->streamed || in->decoder; }
/* Reads a message (all of it, when buffered) up to the start of its body. source, check, type and coding are set. WS_S_END:
 * there was not a single byte. */
HRESULT http_in_start( struct http_in *in, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
/* Reads the end of the message, and what is behind it up to the end of the body. */
HRESULT http_in_end( struct http_in *in, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

/* A message that goes. */
struct http_out
{
    WS_CHANNEL *channel;
    /* Sends to the transport, at most STREAM_MAX_VECS - 4 pieces. */
    HRESULT (*sink)( WS_CHANNEL *channel, const struct stream_vec *vecs, ULONG count, const WS_ASYNC_CONTEXT *context,
                     WS_ERROR *error );
    void  *encoder;
    UINT64 max, sent;
    struct byte_sink encoded;           /* buffered: what the encoder made, behind HTTP_HEAD_ROOM bytes */
    BOOL   streamed;
    WS_BYTES whole;
    const WS_BYTES *buffers;            /* of the write under way */
    ULONG  count;
    WS_ASYNC_STATE async, write_async, sink_async;
};
HRESULT http_out_init( WS_CHANNEL *channel, struct http_out *out, WS_ERROR *error );
void    http_out_free( struct http_out *out );
/* Lets the encoder have its say about the content type; appends a Content-Encoding line to `headers` if it wants one. */
HRESULT http_out_type( struct http_out *out, struct slice *type, struct head_text *text, struct head_text *headers, WS_ERROR *error );
/* Streamed: writes and sends the start of the message, or its end. */
HRESULT http_out_start( struct http_out *out, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT http_out_end( struct http_out *out, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
/* Buffered: encodes what is in the channel's sink into out->encoded. */
HRESULT http_out_encode( struct http_out *out, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

#endif
