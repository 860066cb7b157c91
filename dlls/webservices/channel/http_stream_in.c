/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streamed and decoded messages that come over HTTP. Bytes go from the source (the transport) through the decoder of the
 * program, if there is one, into the reader.
 *
 * The reader reads only what is buffered. The start of a streamed message is therefore collected and tried again with each
 * piece that comes: it is small (WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE) and mostly there with the first. */
#include "channel/http_stream.h"

#define FIRST_SIZE 4096

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
#define STEP_BEGIN struct http_in *in = state; (void)hr, (void)model, (void)next, (void)context, (void)error

static inline const WS_CHANNEL_DECODER *callbacks( const struct http_in *in )
{
    return &in->channel->values.decoder;
}

/* --- the source -------------------------------------------------------------------------------------------------------- */

STEP( source_done )
{
    STEP_BEGIN;
    if (FAILED( hr )) return hr;
    in->received += *in->source_got;
    if (in->received > in->max)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The message has more than the %llu bytes that the channel takes.",
                        (unsigned long long)in->max );
    return S_OK;
}

STEP( source_read )
{
    STEP_BEGIN;
    next->function = source_done;
    return in->source( in->channel, in->read_buf, in->read_size, in->source_got, context, error );
}

/* What a decoder reads from. */
static HRESULT CALLBACK read_source( void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                     WS_ERROR *error )
{
    struct http_in *in = state;

    if (!actual || (max && !bytes)) return ws_fail( error, E_INVALIDARG, "There is no place for what is read." );
    in->source_got = actual;
    in->read_buf = bytes;
    in->read_size = max;
    *actual = 0;
    return max ? async_execute( &in->source_async, source_read, WS_LONG_CALLBACK, in, context, error ) : S_OK;
}

HRESULT http_in_init( WS_CHANNEL *channel, struct http_in *in, WS_ERROR *error )
{
    const WS_CHANNEL_DECODER *decoder = &channel->values.decoder;
    HRESULT hr;

    in->channel = channel;
    in->streamed = is_streamed( channel, TRUE );
    head_text_init( &in->decoded_type );
    if (!decoder->createDecoderCallback) return S_OK;
    if (FAILED( hr = decoder->createDecoderCallback( decoder->createContext, read_source, in, &in->decoder, error ))) return hr;
    if (!in->decoder) in->decoder = in;     /* one without an instance */
    return S_OK;
}

void http_in_free( struct http_in *in )
{
    if (in->decoder && in->channel->values.decoder.freeDecoderCallback)
        in->channel->values.decoder.freeDecoderCallback( in->decoder == in ? NULL : in->decoder );
    head_text_free( &in->decoded_type );
    mem_free( in->buf );
}

static void *instance( const struct http_in *in )
{
    return in->decoder == in ? NULL : in->decoder;
}

/* --- decoded bytes ------------------------------------------------------------------------------------------------------- */

STEP( read_ended )
{
    STEP_BEGIN;
    channel_idle( in->channel );
    return hr;
}

STEP( read_done )
{
    STEP_BEGIN;
    if (!FAILED( hr ))
    {
        hr = S_OK;
        in->decoded += *in->read_got;
        if (in->decoded > in->max)
            hr = ws_fail( error, WS_E_QUOTA_EXCEEDED, "The message has more than the %llu bytes that the channel takes.",
                          (unsigned long long)in->max );
        else if (!*in->read_got)
        {
            in->eof = TRUE;
            if (in->decoder && callbacks( in )->decoderEndCallback)
            {
                next->function = read_ended;
                return callbacks( in )->decoderEndCallback( instance( in ), context, error );
            }
        }
    }
    channel_idle( in->channel );
    return hr;
}

STEP( read_begin )
{
    STEP_BEGIN;
    next->function = read_done;
    channel_busy( in->channel );
    if (!in->decoder) return read_source( in, in->read_buf, in->read_size, in->read_got, context, error );
    return callbacks( in )->decoderDecodeCallback( instance( in ), in->read_buf, in->read_size, in->read_got, context, error );
}

/* Supplies the reader, and whoever collects a message. */
static HRESULT CALLBACK read_decoded( void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                      WS_ERROR *error )
{
    struct http_in *in = state;
    ULONG left = in->len - in->pos;

    *actual = 0;
    if (left && bytes != in->buf + in->len)
    {
        *actual = left < max ? left : max;
        memcpy( bytes, in->buf + in->pos, *actual );
        in->pos += *actual;
        return S_OK;
    }
    if (in->eof) return S_OK;
    if (in->attempt) return E_PENDING;
    in->read_got = actual;
    in->read_buf = bytes;
    in->read_size = max;
    return async_execute( &in->read_async, read_begin, WS_LONG_CALLBACK, in, context, error );
}

/* --- the start of a message ------------------------------------------------------------------------------------------------ */

/* Bytes that the start may have. The first part of a MIME package, the document, is needed as a whole. */
static ULONG max_start( const struct http_in *in )
{
    if (!is_mime( in->channel )) return in->channel->values.max_streamed_start_size;
    return in->max < ~0u >> 2 ? (ULONG)in->max : ~0u >> 2;
}

/* Tries to read the start from what there is. S_FALSE: more has to come. */
static HRESULT attempt_start( struct http_in *in, WS_ERROR *error )
{
    WS_CHANNEL *channel = in->channel;
    HRESULT hr;

    in->pos = 0;
    if ((hr = channel_read_stream( channel, in->message, read_decoded, in, error ))) return hr;
    in->attempt = TRUE;
    while (!hr && (in->pos < in->len || (in->eof && !reader_at_end( channel->reader ))))
        hr = reader_fill( channel->reader, reader_buffered( channel->reader ) + 1, NULL, NULL );
    in->attempt = FALSE;
    if (hr == E_PENDING) return S_FALSE;
    if (hr) return ws_fail( error, hr, "The start of the message can't be buffered." );
    if (in->eof) return channel_read_start_tags( channel, in->message, error );
    hr = channel_read_start_tags( channel, in->message, NULL );
    if (hr == WS_E_QUOTA_EXCEEDED) return S_FALSE;
    return hr ? channel_read_start_tags( channel, in->message, error ) : S_OK;
}

STEP( start_read );

STEP( start_got )
{
    STEP_BEGIN;
    if (FAILED( hr )) return hr;
    in->len += in->got;
    if (!in->streamed)
    {
        if (!in->eof) next->function = start_read;
        else if (!in->len) return WS_S_END;
        else return channel_read_bytes( in->channel, in->message, in->buf, in->len, error );
        return S_OK;
    }
    if (in->eof && !in->len) return WS_S_END;
    if (in->eof || in->len >= in->next_attempt || in->len >= max_start( in ))
    {
        if ((hr = attempt_start( in, error )) != S_FALSE) return hr;
        in->next_attempt = in->len + (is_mime( in->channel ) ? in->len / 8 : 1);   /* a document that is large and slow to come */
    }
    if (in->len >= max_start( in ))
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The start of the message has more than the %u bytes that the channel takes.",
                        max_start( in ) );
    next->function = start_read;
    return S_OK;
}

STEP( start_read )
{
    ULONG room;

    STEP_BEGIN;
    if (in->len == in->size)
    {
        ULONG size = in->size ? in->size * 2 : FIRST_SIZE;
        BYTE *buf = size > in->size ? mem_realloc( in->buf, size ) : NULL;

        if (!buf) return ws_fail( error, E_OUTOFMEMORY, "No memory for a message of more than %u bytes.", in->size );
        in->buf = buf;
        in->size = size;
    }
    room = in->size - in->len;
    if (in->streamed && room > max_start( in ) - in->len) room = max_start( in ) - in->len;
    next->function = start_got;
    return read_decoded( in, in->buf + in->len, room, &in->got, context, error );
}

static HRESULT decoder_type( struct http_in *in, struct slice *type, WS_ERROR *error )
{
    WS_STRING str, coding, ret = { 0, NULL };
    WCHAR *chars;
    HRESULT hr;
    ULONG i;

    if (!callbacks( in )->decoderGetContentTypeCallback) return S_OK;
    if (!(chars = mem_alloc( (in->type.len + in->coding.len + 1) * sizeof(WCHAR) )))
        return ws_fail( error, E_OUTOFMEMORY, "No memory for a content type." );
    str.chars = chars;
    coding.chars = chars + in->type.len;
    for (i = 0; i < in->type.len; i++) str.chars[i] = (BYTE)in->type.ptr[i];
    for (i = 0; i < in->coding.len; i++) coding.chars[i] = (BYTE)in->coding.ptr[i];
    str.length = in->type.len;
    coding.length = in->coding.len;
    hr = callbacks( in )->decoderGetContentTypeCallback( instance( in ), &str, in->coding.ptr ? &coding : NULL, &ret, error );
    in->decoded_type.len = 0;
    for (i = 0; SUCCEEDED( hr ) && i < ret.length; i++)
    {
        char c = ret.chars[i] < 0x80 ? (char)ret.chars[i] : '?';
        head_text_add( &in->decoded_type, &c, 1 );
    }
    mem_free( chars );
    if (FAILED( hr )) return hr;
    if (in->decoded_type.failed) return ws_fail( error, E_OUTOFMEMORY, "No memory for a content type." );
    *type = (struct slice){ in->decoded_type.ptr, in->decoded_type.len };
    return S_OK;
}

STEP( decoder_started )
{
    struct slice text;
    struct content_type type;

    STEP_BEGIN;
    if (FAILED( hr )) return hr;
    text = in->type;
    if (in->decoder && (hr = decoder_type( in, &text, error ))) return hr;
    memset( &type, 0, sizeof(type) );
    if (!content_type_parse( text, &type )) memset( &type, 0, sizeof(type) );
    if ((hr = in->check( in->channel, &type, text, error ))) return hr;
    next->function = start_read;
    return S_OK;
}

STEP( start_begin )
{
    STEP_BEGIN;
    next->function = decoder_started;
    if (!in->decoder || !callbacks( in )->decoderStartCallback) return S_OK;
    return callbacks( in )->decoderStartCallback( instance( in ), context, error );
}

HRESULT http_in_start( struct http_in *in, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    in->message = message;
    in->max = in->streamed ? in->channel->values.max_streamed_message_size : in->channel->values.max_buffered_message_size;
    in->received = in->decoded = 0;
    in->len = in->pos = in->next_attempt = 0;
    in->eof = in->attempt = FALSE;
    /* one that received much once does not keep the memory for ever */
    if (in->size > in->channel->values.trim_buffered_message_size)
    {
        mem_free( in->buf );
        in->buf = NULL;
        in->size = 0;
    }
    return async_execute( &in->async, start_begin, WS_LONG_CALLBACK, in, context, error );
}

/* --- the end of a message -------------------------------------------------------------------------------------------------- */

STEP( drain_read );

STEP( drain_done )
{
    STEP_BEGIN;
    if (FAILED( hr )) return hr;
    if (!in->eof) next->function = drain_read;
    return S_OK;
}

STEP( drain_read )
{
    STEP_BEGIN;
    next->function = drain_done;
    in->len = in->pos = 0;
    return read_decoded( in, in->buf, in->size, &in->got, context, error );
}

STEP( end_read )
{
    WS_XML_READER *reader;

    STEP_BEGIN;
    if (FAILED( hr )) return hr;
    if (!in->streamed) return message_read_envelope_end( in->message, error );
    reader = in->channel->reader;
    if ((hr = message_try_envelope_end( in->message, error )) == S_FALSE)
    {
        next->function = end_read;
        return reader_fill( reader, reader_buffered( reader ) + 1, context, error );
    }
    if (!hr && !in->eof) next->function = drain_read;
    return hr;
}

HRESULT http_in_end( struct http_in *in, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    return async_execute( &in->async, end_read, WS_LONG_CALLBACK, in, context, error );
}
