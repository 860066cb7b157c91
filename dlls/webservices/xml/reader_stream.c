/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams as input: filling the window from the program's callback.
 *
 * Only WsFillReader reads: a node that needs more than what was filled fails with WS_E_QUOTA_EXCEEDED and can be read
 * again after the next fill. The window's memory is appended to or, when it is full, replaced; the memory that the
 * current node points into stays until the fill after the next node. */

#include "xml/reader_impl.h"

struct reader_stream
{
    WS_READ_CALLBACK read;
    void  *read_state;
    BYTE  *buf;             /* holds the window */
    SIZE_T size;
    BYTE  *old;             /* held it before, and the current node still */
    BOOL   detached;        /* the window is this one, not the reader's (MTOM) */
    const BYTE *pos, *end;
    BOOL   eof_known;
    BOOL   node_in_buf;     /* detached: the current node points into buf */
    BYTE  *raw;             /* UTF-16 as read: one block */
    ULONG  raw_size;
    ULONG  raw_len;         /* bytes of a pair that is cut off */
    BOOL   utf16;

    ULONG  min_size;        /* of the fill in progress */
    ULONG  room;            /* of the read in progress */
    ULONG  actual;
    WS_ASYNC_STATE async;
};

static HRESULT no_memory( SIZE_T size, WS_ERROR *error )
{
    return ws_fail( error, E_OUTOFMEMORY, "No memory to buffer %u bytes of input.", (unsigned int)size );
}

/* The window that fills append to. */
static const BYTE **window_pos( WS_XML_READER *reader )
{
    return reader->stream->detached ? &reader->stream->pos : &reader->pos;
}
static const BYTE **window_end( WS_XML_READER *reader )
{
    return reader->stream->detached ? &reader->stream->end : &reader->end;
}
static SIZE_T window_len( const WS_XML_READER *reader )
{
    const struct reader_stream *stream = reader->stream;
    return stream->detached ? stream->end - stream->pos : reader->end - reader->pos;
}

/* The window continues in new memory. */
static void move_window( WS_XML_READER *reader, BYTE *buf, SIZE_T size )
{
    struct reader_stream *stream = reader->stream;
    const BYTE **pos = window_pos( reader ), **end = window_end( reader );
    SIZE_T len = *end - *pos;
    BOOL node_in_buf = stream->detached ? stream->node_in_buf : reader->node_start != NULL;

    if (!stream->detached)
    {
        reader_node_place( reader, &reader->node_row, &reader->node_column );
        reader_count_lines( reader, *pos );
        reader->node_start = NULL;
        reader->line_pos = buf;
    }
    if (len) memcpy( buf, *pos, len );
    if (node_in_buf)
    {
        mem_free( stream->old );
        stream->old = stream->buf;
    }
    else mem_free( stream->buf );   /* the node is still in the one before */
    stream->node_in_buf = FALSE;
    stream->buf = buf;
    stream->size = size;
    *pos = buf;
    *end = buf + len;
}

static HRESULT make_room( WS_XML_READER *reader, SIZE_T room, WS_ERROR *error )
{
    struct reader_stream *stream = reader->stream;
    SIZE_T len = window_len( reader ), size;
    BYTE *buf;

    if (stream->buf && (SIZE_T)(stream->buf + stream->size - *window_end( reader )) >= room) return S_OK;
    size = 2 * len + room;
    if (size > MAXLONG || !(buf = mem_alloc( size ))) return no_memory( size, error );
    move_window( reader, buf, size );
    return S_OK;
}

static HRESULT add_utf16( WS_XML_READER *reader, ULONG len, WS_ERROR *error )
{
    struct reader_stream *stream = reader->stream;
    SIZE_T used;
    HRESULT hr;

    len += stream->raw_len;
    if ((hr = make_room( reader, len + len / 2 + 1, error ))) return hr;
    reader->end += utf16_convert( stream->raw, len, reader->charset == WS_CHARSET_UTF16BE, reader->eof_known,
                                  (BYTE *)reader->end, &used );
    stream->raw_len = len - used;
    memmove( stream->raw, stream->raw + used, stream->raw_len );
    return S_OK;
}

static BOOL is_filled( const WS_XML_READER *reader )
{
    return stream_at_end( reader ) || window_len( reader ) >= reader->stream->min_size;
}

static HRESULT CALLBACK fill_read( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

static HRESULT CALLBACK fill_done( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_XML_READER *reader = state;
    struct reader_stream *stream = reader->stream;

    (void)model;
    (void)context;
    if (FAILED( hr ))
    {
        reader->hdr.state = OBJECT_FAULTED;
        return hr;
    }
    if (stream->actual > stream->room)
        return ws_fail( error, E_FAIL, "The read callback returned %u bytes where it had room for %u.", stream->actual,
                        stream->room );
    if (!stream->actual) *(stream->detached ? &stream->eof_known : &reader->eof_known) = TRUE;
    if (stream->utf16)
    {
        if ((hr = add_utf16( reader, stream->actual, error ))) return hr;
    }
    else *window_end( reader ) += stream->actual;
    if (!is_filled( reader )) next->function = fill_read;
    return S_OK;
}

static HRESULT CALLBACK fill_read( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_XML_READER *reader = state;
    struct reader_stream *stream = reader->stream;
    ULONG room = reader->props.stream_buffer_size, need = stream->min_size - window_len( reader );
    BYTE *dst;

    (void)model;
    if (stream->utf16)
    {
        dst = stream->raw + stream->raw_len;
        room = stream->raw_size - stream->raw_len;
    }
    else
    {
        room = max( room, need );
        if ((hr = make_room( reader, room, error ))) return hr;
        dst = (BYTE *)*window_end( reader );
    }
    stream->actual = 0;
    stream->room = room;
    next->function = fill_done;
    return stream->read( stream->read_state, dst, room, &stream->actual, context, error );
}

HRESULT stream_fill( WS_XML_READER *reader, ULONG min_size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct reader_stream *stream = reader->stream;

    if (min_size > MAXLONG / 4)
        return ws_fail( error, E_INVALIDARG, "%u bytes are too many to buffer.", min_size );
    stream->min_size = min_size;
    if (is_filled( reader )) return S_OK;
    return async_execute( &stream->async, fill_read, WS_LONG_CALLBACK, reader, context, error );
}

HRESULT stream_open( WS_XML_READER *reader, const WS_XML_READER_STREAM_INPUT *input, WS_ERROR *error )
{
    struct reader_stream *stream;

    if (!input->readCallback) return ws_fail( error, E_INVALIDARG, "The stream has no read callback." );
    if (!(stream = mem_calloc( sizeof(*stream) ))) return no_memory( sizeof(*stream), error );
    stream->read = input->readCallback;
    stream->read_state = input->readCallbackState;
    reader->stream = stream;
    reader->pos = reader->end = reader->line_pos = reader->node_start = (const BYTE *)"";
    reader->eof_known = FALSE;
    reader->copy_names = TRUE;
    return S_OK;
}

void stream_detach( WS_XML_READER *reader )
{
    struct reader_stream *stream = reader->stream;

    stream->pos = stream->end = reader->pos;
    stream->detached = TRUE;
}

void stream_window( const WS_XML_READER *reader, const BYTE **pos, const BYTE **end )
{
    *pos = reader->stream->pos;
    *end = reader->stream->end;
}

void stream_advance( WS_XML_READER *reader, const BYTE *pos )
{
    reader->stream->pos = pos;
}

BOOL stream_at_end( const WS_XML_READER *reader )
{
    return reader->stream->detached ? reader->stream->eof_known : reader->eof_known;
}

void stream_keep_node( WS_XML_READER *reader )
{
    reader->stream->node_in_buf = TRUE;
}

HRESULT stream_begin_utf16( WS_XML_READER *reader, WS_ERROR *error )
{
    struct reader_stream *stream = reader->stream;
    SIZE_T len = reader->end - reader->pos;
    BYTE *raw;
    HRESULT hr;

    stream->raw_size = max( reader->props.stream_buffer_size, 16 ) + len;
    if (!(raw = mem_alloc( stream->raw_size ))) return no_memory( stream->raw_size, error );
    if (len) memcpy( raw, reader->pos, len );
    mem_free( stream->raw );
    stream->raw = raw;
    stream->raw_len = 0;
    stream->utf16 = TRUE;
    reader->end = reader->pos;
    if (!(hr = add_utf16( reader, len, error ))) return S_OK;
    reader->end = reader->pos + len;
    stream->utf16 = FALSE;
    return hr;
}

void stream_close( WS_XML_READER *reader )
{
    struct reader_stream *stream = reader->stream;

    if (!stream) return;
    mem_free( stream->buf );
    mem_free( stream->old );
    mem_free( stream->raw );
    mem_free( stream );
    reader->stream = NULL;
}
