/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streamed and encoded messages that go over HTTP: the writer, then the encoder of the program if there is one, then the
 * transport. */
#include "channel/http_stream.h"
#include "transport/http_server.h"      /* HTTP_HEAD_ROOM */

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
#define STEP_BEGIN struct http_out *out = state; (void)hr, (void)model, (void)next, (void)context, (void)error

#define MAX_PIECES (STREAM_MAX_VECS - 4)

static inline const WS_CHANNEL_ENCODER *callbacks( const struct http_out *out )
{
    return &out->channel->values.encoder;
}

static void *instance( const struct http_out *out )
{
    return out->encoder == out ? NULL : out->encoder;
}

/* --- to the transport -------------------------------------------------------------------------------------------------- */

static HRESULT collect( struct http_out *out, const WS_BYTES *bytes, WS_ERROR *error )
{
    struct byte_sink *sink = &out->encoded;

    if (bytes->length > sink->capacity - sink->size)
    {
        SIZE_T capacity = (sink->size + bytes->length) * 2;
        BYTE *ptr = mem_realloc( sink->bytes, capacity );

        if (!ptr) return ws_fail( error, E_OUTOFMEMORY, "No memory for an encoded message." );
        sink->bytes = ptr;
        sink->capacity = capacity;
    }
    memcpy( sink->bytes + sink->size, bytes->bytes, bytes->length );
    sink->size += bytes->length;
    return S_OK;
}

STEP( sink_write )
{
    struct stream_vec vecs[MAX_PIECES];
    ULONG count = 0;

    STEP_BEGIN;
    if (FAILED( hr )) return hr;
    for (; out->count && count < MAX_PIECES; out->buffers++, out->count--)
    {
        if (!out->buffers->length) continue;
        vecs[count].data = out->buffers->bytes;
        vecs[count++].size = out->buffers->length;
        out->sent += out->buffers->length;
    }
    if (out->sent > out->max)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The message has more than the %llu bytes that the channel sends.",
                        (unsigned long long)out->max );
    if (out->count) next->function = sink_write;
    return count ? out->sink( out->channel, vecs, count, context, error ) : S_OK;
}

/* What an encoder writes to. */
static HRESULT CALLBACK write_sink( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *error )
{
    struct http_out *out = state;
    HRESULT hr = S_OK;
    ULONG i;

    if (count && !buffers) return ws_fail( error, E_INVALIDARG, "%u buffers were announced, none given.", count );
    if (!out->streamed)
    {
        for (i = 0; i < count && !hr; i++)
        {
            out->sent += buffers[i].length;
            hr = out->sent > out->max ? ws_fail( error, WS_E_QUOTA_EXCEEDED, "The message has more than the %llu bytes that the "
                                                 "channel sends.", (unsigned long long)out->max )
                                      : collect( out, &buffers[i], error );
        }
        return hr;
    }
    out->buffers = buffers;
    out->count = count;
    return async_execute( &out->sink_async, sink_write, WS_LONG_CALLBACK, out, context, error );
}

HRESULT http_out_init( WS_CHANNEL *channel, struct http_out *out, WS_ERROR *error )
{
    const WS_CHANNEL_ENCODER *encoder = &channel->values.encoder;
    HRESULT hr;

    out->channel = channel;
    out->streamed = is_streamed( channel, FALSE );
    if (!encoder->createEncoderCallback) return S_OK;
    if (FAILED( hr = encoder->createEncoderCallback( encoder->createContext, write_sink, out, &out->encoder, error ))) return hr;
    if (!out->encoder) out->encoder = out;      /* one without an instance */
    return S_OK;
}

void http_out_free( struct http_out *out )
{
    if (out->encoder && callbacks( out )->freeEncoderCallback) callbacks( out )->freeEncoderCallback( instance( out ) );
    mem_free( out->encoded.bytes );
}

/* --- content type ------------------------------------------------------------------------------------------------------ */

static void add_narrow( struct head_text *text, const WS_STRING *str )
{
    ULONG i;

    for (i = 0; i < str->length; i++)
    {
        char c = str->chars[i] >= 0x20 && str->chars[i] < 0x7f ? (char)str->chars[i] : '?';
        head_text_add( text, &c, 1 );
    }
}

HRESULT http_out_type( struct http_out *out, struct slice *type, struct head_text *text, struct head_text *headers, WS_ERROR *error )
{
    WS_STRING str, ret = { 0, NULL }, coding = { 0, NULL };
    HRESULT hr;
    ULONG i;

    if (!out->encoder || !callbacks( out )->encoderGetContentTypeCallback) return S_OK;
    if (!(str.chars = mem_alloc( (type->len + 1) * sizeof(WCHAR) ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a content type." );
    for (i = 0; i < type->len; i++) str.chars[i] = (BYTE)type->ptr[i];
    str.length = type->len;
    hr = callbacks( out )->encoderGetContentTypeCallback( instance( out ), &str, &ret, &coding, error );
    if (SUCCEEDED( hr ))
    {
        text->len = 0;
        add_narrow( text, &ret );
        *type = (struct slice){ text->ptr, text->len };
        if (coding.length)
        {
            HEAD_ADD( headers, "Content-Encoding: " );
            add_narrow( headers, &coding );
            HEAD_ADD( headers, "\r\n" );
        }
        hr = S_OK;
    }
    mem_free( str.chars );
    return hr;
}

/* --- streamed ------------------------------------------------------------------------------------------------------------ */

STEP( write_done )
{
    STEP_BEGIN;
    channel_idle( out->channel );
    return FAILED( hr ) ? hr : S_OK;
}

STEP( write_begin )
{
    STEP_BEGIN;
    next->function = write_done;
    channel_busy( out->channel );
    if (!out->encoder) return write_sink( out, out->buffers, out->count, context, error );
    return callbacks( out )->encoderEncodeCallback( instance( out ), out->buffers, out->count, context, error );
}

/* What the writer flushes to. */
static HRESULT CALLBACK write_plain( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                     WS_ERROR *error )
{
    struct http_out *out = state;

    if (!count) return S_OK;
    out->buffers = buffers;
    out->count = count;
    return async_execute( &out->write_async, write_begin, WS_LONG_CALLBACK, out, context, error );
}

STEP( encoder_started )
{
    STEP_BEGIN;
    if (FAILED( hr )) return hr;
    return writer_flush( out->channel->writer, 0, context, error );
}

STEP( start_begin )
{
    STEP_BEGIN;
    next->function = encoder_started;
    if (!out->encoder || !callbacks( out )->encoderStartCallback) return S_OK;
    return callbacks( out )->encoderStartCallback( instance( out ), context, error );
}

HRESULT http_out_start( struct http_out *out, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr;

    out->max = out->channel->values.max_streamed_message_size;
    out->sent = 0;
    if ((hr = channel_write_stream( out->channel, message, write_plain, out, error ))) return hr;
    return async_execute( &out->async, start_begin, WS_LONG_CALLBACK, out, context, error );
}

STEP( encoder_end )
{
    STEP_BEGIN;
    if (FAILED( hr )) return hr;
    if (!out->encoder || !callbacks( out )->encoderEndCallback) return S_OK;
    return callbacks( out )->encoderEndCallback( instance( out ), context, error );
}

STEP( end_begin )
{
    STEP_BEGIN;
    next->function = encoder_end;
    return writer_flush( out->channel->writer, 0, context, error );
}

HRESULT http_out_end( struct http_out *out, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr = message_write_envelope_end( message, error );

    return hr ? hr : async_execute( &out->async, end_begin, WS_LONG_CALLBACK, out, context, error );
}

/* --- buffered ------------------------------------------------------------------------------------------------------------ */

STEP( whole_started )
{
    STEP_BEGIN;
    if (FAILED( hr )) return hr;
    next->function = encoder_end;
    if (!out->whole.length) return S_OK;
    return callbacks( out )->encoderEncodeCallback( instance( out ), &out->whole, 1, context, error );
}

STEP( whole_begin )
{
    STEP_BEGIN;
    next->function = whole_started;
    if (!callbacks( out )->encoderStartCallback) return S_OK;
    return callbacks( out )->encoderStartCallback( instance( out ), context, error );
}

HRESULT http_out_encode( struct http_out *out, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct byte_sink *sink = &out->encoded;
    ULONG trim = out->channel->values.trim_buffered_message_size;

    out->max = out->channel->values.max_buffered_message_size;
    out->sent = 0;
    out->whole.bytes = out->channel->sink.bytes + HTTP_HEAD_ROOM;
    out->whole.length = out->channel->sink.size - HTTP_HEAD_ROOM;
    if (!sink->bytes || sink->capacity > trim + HTTP_HEAD_ROOM)
    {
        mem_free( sink->bytes );
        sink->capacity = HTTP_HEAD_ROOM + 2048;
        if (!(sink->bytes = mem_alloc( sink->capacity ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for an encoded message." );
    }
    sink->size = HTTP_HEAD_ROOM;
    return async_execute( &out->async, whole_begin, WS_LONG_CALLBACK, out, context, error );
}
