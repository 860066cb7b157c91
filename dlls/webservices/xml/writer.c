/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The XML writer as an object: properties, outputs, flushing (xml-writer.md). */

#include "xml/writer_impl.h"
#include "xml/mtom.h"
#include "base/async.h"
#include "base/prop.h"

#define P( id, field, flags ) PROP( WS_XML_WRITER_PROPERTY_##id, struct writer_props, field, flags )
#define RW (PROP_CREATE | PROP_GET)
static const struct prop_desc writer_prop_table[] =
{
    P( MAX_DEPTH, max_depth, RW ),
    P( ALLOW_FRAGMENT, allow_fragment, RW | PROP_BOOL ),
    P( MAX_ATTRIBUTES, max_attributes, RW ),
    P( WRITE_DECLARATION, write_declaration, RW | PROP_BOOL ),
    P( INDENT, indent, RW ),
    P( BUFFER_TRIM_SIZE, trim_size, RW ),
    PROP_RANGE( WS_XML_WRITER_PROPERTY_CHARSET, struct writer_props, charset, PROP_CREATE, WS_CHARSET_UTF8,
                WS_CHARSET_UTF16BE ),
    P( BUFFER_MAX_SIZE, max_size, RW ),
    P( MAX_MIME_PARTS_BUFFER_SIZE, max_mime_size, RW ),
    P( INITIAL_BUFFER, initial_buffer, RW ),
    P( ALLOW_INVALID_CHARACTER_REFERENCES, allow_invalid_refs, RW | PROP_BOOL ),
    P( MAX_NAMESPACES, max_namespaces, RW ),
    P( COMPRESS_EMPTY_ELEMENTS, compress_empty, RW | PROP_BOOL ),
    P( EMIT_UNCOMPRESSED_EMPTY_ELEMENTS, uncompressed_empty, RW | PROP_BOOL ),
};
#undef P

static const struct writer_props default_props =
{
    .max_depth = 32, .max_attributes = 128, .trim_size = 4096, .charset = WS_CHARSET_UTF8, .max_size = 65536,
    .max_mime_size = 65536, .max_namespaces = 32,
};

HRESULT writer_create( const WS_XML_WRITER_PROPERTY *props, ULONG count, WS_XML_WRITER **ret, WS_ERROR *error )
{
    WS_XML_WRITER *w;
    HRESULT hr;

    if (!(w = mem_calloc( sizeof(*w) ))) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for an XML writer." );
    object_init( &w->hdr, OBJECT_WRITER, 0 );
    w->created = default_props;
    hr = prop_apply( writer_prop_table, ARRAY_SIZE( writer_prop_table ), &w->created, props, count, PROP_CREATE,
                     "XML writer", error );
    if (hr)
    {
        mem_free( w );
        return hr;
    }
    w->props = w->created;
    *ret = w;
    return S_OK;
}

/* Back to the state without an output; what has grown beyond the trim size is given back. */
static void release_output( WS_XML_WRITER *w )
{
    writer_reset_tags( w );
    writer_drop_canonicalization( w );
    w->c14n_value.size = 0;
    if (w->mtom) mtom_free( w->mtom );
    w->mtom = NULL;
    w->acc.size = 0;
    if (w->own_is_initial)
    {
        memset( &w->own, 0, sizeof(w->own) );
        w->own_is_initial = FALSE;
    }
    else if (w->own.capacity > w->props.trim_size)
    {
        mem_free( w->own.bytes );
        memset( &w->own, 0, sizeof(w->own) );
    }
    w->own.size = w->stage.size = 0;
    w->sink = w->final = NULL;
    w->cur = w->end = NULL;
    w->buffer = NULL;
    w->pos = NULL;
    w->codec = NULL;
    w->encoding = 0;
    w->output = 0;
    w->charset = 0;
    w->write = NULL;
    w->flushed = 0;
    w->start = 0;
    w->slow = 0;
    w->root_seen = FALSE;
    w->carry_count = 0;
    w->last_text = ~(SIZE_T)0;
    w->dictionary = NULL;
    w->dynamic = NULL;
    w->state = WRITER_NO_OUTPUT;
    w->hdr.state = OBJECT_USABLE;
}

void writer_free( WS_XML_WRITER *w )
{
    release_output( w );
    mem_free( w->own.bytes );
    mem_free( w->stage.bytes );
    mem_free( w->attrs );
    mem_free( w->decls );
    mem_free( w->acc.data );
    mem_free( w->c14n_value.data );
    ns_free( &w->scope );
    mem_stack_free( &w->memory );
    w->hdr.magic = OBJECT_DEAD;
    mem_free( w );
}

HRESULT writer_failed( WS_XML_WRITER *w, HRESULT hr )
{
    if (hr == E_INVALIDARG || hr == WS_E_INVALID_OPERATION) return hr;
    w->state = WRITER_FAULTED;
    w->hdr.state = OBJECT_FAULTED;
    return hr;
}

HRESULT writer_bad_state( const WS_XML_WRITER *w, const char *what, WS_ERROR *error )
{
    static const char *const places[] =
    {
        "while no output is set", "here", "in a start tag", "in an attribute", "in a CDATA section",
        "after the MIME parts were written",
    };

    if (w->state == WRITER_FAULTED)
        return ws_fail( error, WS_E_OBJECT_FAULTED, "%s can't be written after a write that failed.", what );
    return ws_fail( error, WS_E_INVALID_OPERATION, "%s can't be written %s.", what, places[w->state] );
}

/* ---- the sink ---- */

HRESULT bytes_append( struct writer_bytes *bytes, const void *data, SIZE_T size, WS_ERROR *error )
{
    if (size > bytes->capacity - bytes->size)
    {
        SIZE_T capacity = bytes->size + size + bytes->capacity + 64;
        BYTE *ptr = mem_realloc( bytes->data, capacity );
        if (!ptr) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for %u bytes more.", (ULONG)size );
        bytes->data = ptr;
        bytes->capacity = capacity;
    }
    if (size) memcpy( bytes->data + bytes->size, data, size );
    bytes->size += size;
    return S_OK;
}

static HRESULT sink_grow( WS_XML_WRITER *w, struct byte_sink *sink, SIZE_T used, SIZE_T size, WS_ERROR *error )
{
    BOOL initial = sink == &w->own && w->own_is_initial;
    SIZE_T capacity, need = used + size;
    BYTE *ptr;

    if (need < used || need > sink->max)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The document is larger than the limit of %llu bytes.",
                        (unsigned long long)sink->max );
    capacity = max( sink->capacity * 2, 1024 );
    if (capacity < need) capacity = need + 64;
    ptr = initial ? mem_alloc( capacity ) : mem_realloc( sink->bytes, capacity );
    if (!ptr) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for %llu bytes of XML.", (unsigned long long)capacity );
    if (initial)
    {
        memcpy( ptr, sink->bytes, used );
        w->own_is_initial = FALSE;
    }
    sink->bytes = ptr;
    sink->capacity = capacity;
    return S_OK;
}

HRESULT out_grow( WS_XML_WRITER *w, SIZE_T size, WS_ERROR *error )
{
    SIZE_T used = out_offset( w );
    HRESULT hr;

    if ((hr = sink_grow( w, w->sink, used, size, error ))) return hr;
    w->cur = w->sink->bytes + used;
    w->end = w->sink->bytes + w->sink->capacity;
    return S_OK;
}

HRESULT writer_final_bytes( WS_XML_WRITER *w, const void *bytes, SIZE_T size, WS_ERROR *error )
{
    struct byte_sink *sink = w->final;
    HRESULT hr;

    if (sink == w->sink) return (hr = out_bytes( w, bytes, size, error )) ? hr : out_commit( w, error );
    if (size > sink->capacity - sink->size && (hr = sink_grow( w, sink, sink->size, size, error ))) return hr;
    memcpy( sink->bytes + sink->size, bytes, size );
    sink->size += size;
    return S_OK;
}

/* UTF-8 in the stage becomes UTF-16 in the final sink, except for the last `keep` bytes. */
static HRESULT convert( WS_XML_WRITER *w, SIZE_T keep, WS_ERROR *error )
{
    struct byte_sink *dst = w->final;
    SIZE_T len = out_offset( w ) - keep, i;
    ULONG units;
    WCHAR *chars;
    HRESULT hr;

    if (len > ~0u / 4) return ws_fail( error, WS_E_QUOTA_EXCEEDED, "A single write of %llu bytes is too large.",
                                       (unsigned long long)len );
    if ((hr = utf8_to_utf16_size( w->sink->bytes, len, &units, error ))) return hr;
    if (units * sizeof(WCHAR) > dst->capacity - dst->size || dst->size + units * sizeof(WCHAR) > dst->max)
        if ((hr = sink_grow( w, dst, dst->size, units * sizeof(WCHAR), error ))) return hr;
    chars = (WCHAR *)(dst->bytes + dst->size);
    utf8_to_utf16( w->sink->bytes, len, chars );
    if (w->charset == WS_CHARSET_UTF16BE) for (i = 0; i < units; i++) chars[i] = chars[i] << 8 | chars[i] >> 8;
    dst->size += units * sizeof(WCHAR);
    memmove( w->sink->bytes, w->sink->bytes + len, keep );
    w->cur -= len;
    return S_OK;
}

/* Characters of base64 that more bytes could have changed: at the top nothing has to come that tells that they are all. */
static HRESULT finish_conversion( WS_XML_WRITER *w, WS_ERROR *error )
{
    if (!(w->slow & WRITER_SLOW_CONVERT) || w->element || w->state != WRITER_CONTENT || !out_offset( w )) return S_OK;
    w->carry_count = 0;
    return writer_done( w, convert( w, 0, error ) );
}

HRESULT out_commit_slow( WS_XML_WRITER *w, WS_ERROR *error )
{
    SIZE_T size = out_offset( w );

    if (size > w->sink->max)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The document is larger than the limit of %llu bytes.",
                        (unsigned long long)w->sink->max );
    if (w->slow & WRITER_SLOW_CONVERT)
    {
        SIZE_T keep = 0;
        HRESULT hr;
        if (w->carry_count && w->carry_end == size) keep = w->carry_size;
        if ((hr = convert( w, keep, error ))) return hr;
        /* offsets begin again: one from before must not look like a new one */
        if (keep) w->carry_end = out_offset( w );
        else w->carry_count = 0;
        size = out_offset( w );
    }
    w->sink->size = size;
    return S_OK;
}

/* ---- outputs ---- */

static void attach_sink( WS_XML_WRITER *w, struct byte_sink *sink )
{
    w->sink = sink;
    w->cur = w->end = sink->bytes;
    if (!sink->bytes) return;
    w->cur += sink->size;
    w->end += sink->capacity;
}

static HRESULT open_own_sink( WS_XML_WRITER *w, WS_ERROR *error )
{
    struct byte_sink *sink = &w->own;

    if (w->props.initial_buffer.length && w->props.initial_buffer.bytes)
    {
        mem_free( sink->bytes );
        sink->bytes = w->props.initial_buffer.bytes;
        sink->capacity = w->props.initial_buffer.length;
        w->own_is_initial = TRUE;
    }
    else if (!sink->bytes)
    {
        if (!(sink->bytes = mem_alloc( 1024 )))
            return ws_fail( error, E_OUTOFMEMORY, "There is no memory for the output of an XML writer." );
        sink->capacity = 1024;
    }
    sink->size = 0;
    sink->max = w->props.max_size;
    return S_OK;
}

static HRESULT set_text_encoding( WS_XML_WRITER *w, WS_CHARSET charset, WS_ERROR *error )
{
    if (charset == WS_CHARSET_AUTO) charset = w->props.charset;
    if (charset > WS_CHARSET_UTF16BE) return ws_fail( error, E_INVALIDARG, "%u is not a character set.", charset );
    w->codec = &text_codec;
    w->charset = charset;
    if (charset != WS_CHARSET_UTF8) w->slow |= WRITER_SLOW_CONVERT;
    return S_OK;
}

static HRESULT set_encoding( WS_XML_WRITER *w, const WS_XML_WRITER_ENCODING *encoding, WS_ERROR *error )
{
    HRESULT hr;

    switch (encoding->encodingType)
    {
    case WS_XML_WRITER_ENCODING_TYPE_TEXT:
        hr = set_text_encoding( w, ((const WS_XML_WRITER_TEXT_ENCODING *)encoding)->charSet, error );
        break;
    case WS_XML_WRITER_ENCODING_TYPE_BINARY:
    {
        const WS_XML_WRITER_BINARY_ENCODING *binary = (const WS_XML_WRITER_BINARY_ENCODING *)encoding;
        w->codec = &binary_codec;
        w->dictionary = binary->staticDictionary;
        w->dynamic = binary->dynamicStringCallback;
        w->dynamic_state = binary->dynamicStringCallbackState;
        hr = S_OK;
        break;
    }
    case WS_XML_WRITER_ENCODING_TYPE_MTOM:
    {
        const WS_XML_WRITER_MTOM_ENCODING *mtom = (const WS_XML_WRITER_MTOM_ENCODING *)encoding;
        if (!mtom->textEncoding || mtom->textEncoding->encodingType != WS_XML_WRITER_ENCODING_TYPE_TEXT)
            return ws_fail( error, E_INVALIDARG, "The document in MTOM has to have a text encoding." );
        if (w->props.allow_fragment) return ws_fail( error, E_INVALIDARG, "MTOM does not allow fragments." );
        if ((hr = set_encoding( w, mtom->textEncoding, error ))) return hr;
        w->slow |= WRITER_SLOW_MTOM;
        hr = mtom_create( mtom, w->charset, w->props.max_mime_size, &w->mtom, error );
        break;
    }
    case WS_XML_WRITER_ENCODING_TYPE_RAW:
        w->codec = &raw_codec;
        w->props.allow_fragment = TRUE;
        hr = S_OK;
        break;
    default:
        return ws_fail( error, E_INVALIDARG, "%u is not an encoding of an XML writer.", encoding->encodingType );
    }
    w->encoding = encoding->encodingType;
    return hr;
}

/* Common to all outputs that are bytes. */
static HRESULT open_bytes( WS_XML_WRITER *w, const WS_XML_WRITER_ENCODING *encoding, struct byte_sink *sink,
                           WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = set_encoding( w, encoding, error ))) return hr;
    w->final = sink;
    w->start = sink->size;
    if (w->slow & WRITER_SLOW_CONVERT)
    {
        w->stage.max = sink->max;
        sink = &w->stage;
    }
    attach_sink( w, sink );
    w->state = WRITER_CONTENT;
    if (w->mtom && (hr = mtom_begin( w, error ))) return hr;
    w->document = w->final->size;
    if (w->codec == &text_codec)
    {
        if (w->props.write_declaration) w->slow |= WRITER_SLOW_DECLARATION;
        if (w->props.indent) w->slow |= WRITER_SLOW_INDENT;
    }
    return S_OK;
}

static HRESULT begin_output( WS_XML_WRITER *w, const WS_XML_WRITER_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    struct writer_props values = w->created;
    HRESULT hr;

    hr = prop_apply( writer_prop_table, ARRAY_SIZE( writer_prop_table ), &values, props, count, PROP_CREATE, "XML writer",
                     error );
    if (hr) return hr;
    release_output( w );
    w->props = values;
    return S_OK;
}

HRESULT writer_set_output( WS_XML_WRITER *w, const WS_XML_WRITER_ENCODING *encoding, const WS_XML_WRITER_OUTPUT *output,
                           const WS_XML_WRITER_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    HRESULT hr;

    if (encoding && !output) return ws_fail( error, E_INVALIDARG, "There is an encoding but no output." );
    if (encoding && output->outputType != WS_XML_WRITER_OUTPUT_TYPE_BUFFER &&
        output->outputType != WS_XML_WRITER_OUTPUT_TYPE_STREAM)
        return ws_fail( error, E_INVALIDARG, "%u is not an output of an XML writer.", output->outputType );
    if ((hr = begin_output( w, props, count, error ))) return hr;
    if (!encoding) return S_OK;

    if (!(hr = open_own_sink( w, error )) && !(hr = open_bytes( w, encoding, &w->own, error )))
    {
        w->output = output->outputType;
        if (w->output == WS_XML_WRITER_OUTPUT_TYPE_STREAM)
        {
            w->write = ((const WS_XML_WRITER_STREAM_OUTPUT *)output)->writeCallback;
            w->write_state = ((const WS_XML_WRITER_STREAM_OUTPUT *)output)->writeCallbackState;
            if (!w->write) hr = ws_fail( error, E_INVALIDARG, "The stream output has no write callback." );
        }
    }
    if (hr) release_output( w );
    return hr;
}

HRESULT writer_set_output_bytes( WS_XML_WRITER *w, const WS_XML_WRITER_ENCODING *encoding, struct byte_sink *sink,
                                 const WS_XML_WRITER_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = begin_output( w, props, count, error ))) return hr;
    if ((hr = open_bytes( w, encoding, sink, error ))) release_output( w );
    return hr;
}

HRESULT writer_set_output_to_buffer( WS_XML_WRITER *w, WS_XML_BUFFER *buffer, const WS_XML_WRITER_PROPERTY *props,
                                     ULONG count, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = begin_output( w, props, count, error ))) return hr;
    w->codec = &tree_codec;
    w->slow |= WRITER_SLOW_TREE;
    w->buffer = buffer;
    w->pos = &buffer->eof;
    w->state = WRITER_CONTENT;
    return S_OK;
}

BOOL writer_is_typed( const WS_XML_WRITER *w )
{
    return w->codec && w->codec->typed;
}

/* ---- properties ---- */

/* Encoded bytes without an open start tag. */
static WS_BYTES committed_bytes( const WS_XML_WRITER *w )
{
    SIZE_T size = w->final->size;
    WS_BYTES ret;

    if (w->final == w->sink)
        size = w->state == WRITER_START_TAG || w->state == WRITER_ATTRIBUTE ? w->tag : out_offset( w );
    ret.bytes = w->final->bytes + w->start;
    ret.length = size - w->start;
    return ret;
}

static HRESULT get_bytes( WS_XML_WRITER *w, WS_BYTES *ret, WS_ERROR *error )
{
    HRESULT hr;

    if (!w->final || w->output == WS_XML_WRITER_OUTPUT_TYPE_STREAM)
        return ws_fail( error, E_INVALIDARG, "Only a writer with a buffer output has its bytes as property." );
    if (w->mtom && w->state != WRITER_FAULTED && (hr = mtom_end( w, error ))) return hr;
    if ((hr = finish_conversion( w, error ))) return hr;
    *ret = committed_bytes( w );
    return S_OK;
}

static HRESULT check_size( ULONG id, const void *buf, ULONG size, ULONG want, WS_ERROR *error )
{
    if (buf && size >= want) return S_OK;
    return ws_fail( error, E_INVALIDARG, "Property %u of an XML writer has %u bytes; room for %u was given.", id, want,
                    buf ? size : 0 );
}

static ULONG bytes_to_close( const WS_XML_WRITER *w )
{
    const struct writer_element *element;
    ULONG size = 0;

    for (element = w->element; element; element = element->parent) size += w->codec->close_size( element );
    if (w->charset > WS_CHARSET_UTF8) size *= sizeof(WCHAR);
    return size;
}

HRESULT writer_get_property( WS_XML_WRITER *w, WS_XML_WRITER_PROPERTY_ID id, void *buf, ULONG size, WS_ERROR *error )
{
    WS_BYTES bytes;
    HRESULT hr;

    if (w->state == WRITER_NO_OUTPUT && !w->codec)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The XML writer has no output, so no properties." );
    switch (id)
    {
    case WS_XML_WRITER_PROPERTY_BYTES:
        if ((hr = check_size( id, buf, size, sizeof(WS_BYTES), error )) || (hr = get_bytes( w, &bytes, error ))) return hr;
        *(WS_BYTES *)buf = bytes;
        return S_OK;
    case WS_XML_WRITER_PROPERTY_BUFFERS:
    {
        WS_BUFFERS *buffers = buf;
        if ((hr = check_size( id, buf, size, sizeof(*buffers), error )) || (hr = get_bytes( w, &bytes, error ))) return hr;
        w->bytes = bytes;
        buffers->bufferCount = bytes.length ? 1 : 0;
        buffers->buffers = bytes.length ? &w->bytes : NULL;
        return S_OK;
    }
    case WS_XML_WRITER_PROPERTY_CHARSET:
        if ((hr = check_size( id, buf, size, sizeof(WS_CHARSET), error ))) return hr;
        if (!w->charset) return ws_fail( error, E_INVALIDARG, "Only text documents have a character set." );
        *(WS_CHARSET *)buf = w->charset;
        return S_OK;
    case WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE:
        if ((hr = check_size( id, buf, size, sizeof(BOOL), error ))) return hr;
        *(BOOL *)buf = w->state == WRITER_ATTRIBUTE;
        return S_OK;
    case WS_XML_WRITER_PROPERTY_BYTES_WRITTEN:
    case WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE:
        if ((hr = check_size( id, buf, size, sizeof(ULONG), error ))) return hr;
        if (!w->final) return ws_fail( error, E_INVALIDARG, "An XML buffer has no encoded bytes to count." );
        *(ULONG *)buf = id == WS_XML_WRITER_PROPERTY_BYTES_WRITTEN ? committed_bytes( w ).length : bytes_to_close( w );
        return S_OK;
    default:
        return prop_get( writer_prop_table, ARRAY_SIZE( writer_prop_table ), &w->props, id, buf, size, "XML writer", error );
    }
}

/* ---- flushing ---- */

/* Memory beyond WS_XML_WRITER_PROPERTY_BUFFER_TRIM_SIZE is not kept after a flush. */
static void trim_output( WS_XML_WRITER *w )
{
    SIZE_T keep = max( w->props.trim_size, 1024 ), used = w->final == w->sink ? out_offset( w ) : w->own.size;
    BYTE *ptr;

    if (w->own_is_initial || w->own.capacity <= keep || used > keep) return;
    if (!(ptr = mem_realloc( w->own.bytes, keep ))) return;
    w->own.bytes = ptr;
    w->own.capacity = keep;
    if (w->final != w->sink) return;
    w->cur = ptr + used;
    w->end = ptr + keep;
}

/* The bytes that the callback got leave the sink; an open start tag stays. */
static void drop_flushed( WS_XML_WRITER *w, ULONG size )
{
    struct byte_sink *sink = w->final;
    SIZE_T rest;

    w->flushed += size;
    if (w->final != w->sink)
    {
        sink->size -= size;
        memmove( sink->bytes, sink->bytes + size, sink->size );
        trim_output( w );
        return;
    }
    rest = out_offset( w ) - size;
    memmove( sink->bytes, sink->bytes + size, rest );
    w->cur = sink->bytes + rest;
    sink->size = rest;
    w->tag = w->tag >= size ? w->tag - size : 0;
    w->value = w->value >= size ? w->value - size : 0;
    if (w->carry_end > size) w->carry_end -= size;
    else w->carry_count = 0;    /* something else was written since */
    w->last_text = w->last_text != ~(SIZE_T)0 && w->last_text >= size ? w->last_text - size : ~(SIZE_T)0;
    w->last_text_end = w->last_text_end >= size ? w->last_text_end - size : 0;
    trim_output( w );
}

/* How much of the committed bytes can go: not a group of base64 that may be continued, nor a text record of which it is
 * not known yet whether the element ends with it. At the top of the document nothing has to follow, so nothing is held. */
static ULONG flushable( const WS_XML_WRITER *w )
{
    ULONG size = committed_bytes( w ).length;
    SIZE_T hold = size;

    if (w->final != w->sink || !w->element) return size;
    if (w->carry_count && w->carry_end == size) hold = w->carry_end - w->carry_size;
    if (w->last_text < hold && w->last_text_end == size) hold = w->last_text;
    return hold;
}

static HRESULT CALLBACK flush_written( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_XML_WRITER *w = state;

    (void)model; (void)next; (void)context; (void)error;
    if (hr < 0) return writer_failed( w, hr );
    drop_flushed( w, w->flushing.length );
    return S_OK;
}

static HRESULT CALLBACK flush_start( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                     const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_XML_WRITER *w = state;

    (void)hr; (void)model;
    next->function = flush_written;
    return w->write( w->write_state, &w->flushing, w->flushing.length ? 1 : 0, context, error );
}

HRESULT writer_flush( WS_XML_WRITER *w, ULONG min_size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr;

    if (w->state == WRITER_NO_OUTPUT) return ws_fail( error, WS_E_INVALID_OPERATION, "The XML writer has no output." );
    if (w->state == WRITER_FAULTED) return writer_bad_state( w, "More", error );
    if (w->mtom && !w->element && w->state == WRITER_CONTENT && (hr = mtom_end( w, error ))) return hr;
    if (w->output != WS_XML_WRITER_OUTPUT_TYPE_STREAM) return S_OK;
    if ((hr = finish_conversion( w, error ))) return hr;
    w->flushing.bytes = committed_bytes( w ).bytes;
    w->flushing.length = flushable( w );
    if (w->flushing.length < min_size) return S_OK;
    return async_execute( &w->flush_async, flush_start, WS_SHORT_CALLBACK, w, context, error );
}
