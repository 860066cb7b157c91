/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a reader reads, as one line of text: for tables of cases and for comparisons.
 *
 * An element is <prefix:local{namespace} ...> with its attributes in the order of the document, '/' behind an empty one; declarations
 * are @prefix=namespace, attributes prefix:local{namespace}='value'. Text is "text", a comment #comment#, CDATA [ and ],
 * an end element > and the end of the document $. A failure is !code. */
#ifndef WS_TESTS_READER_EVENTS_H
#define WS_TESTS_READER_EVENTS_H

#include <stdio.h>
#include <stdlib.h>
#include "xml/reader.h"
#include "xml/text.h"

struct events
{
    char  *text;
    size_t len, size;
    HRESULT hr;             /* how it ended: S_OK at the end of the document */
};

static inline void events_put( struct events *ev, const void *bytes, size_t len )
{
    if (ev->len + len + 1 > ev->size)
    {
        ev->size = 2 * (ev->len + len + 1);
        ev->text = realloc( ev->text, ev->size );
    }
    if (len) memcpy( ev->text + ev->len, bytes, len );
    ev->len += len;
    ev->text[ev->len] = 0;
}

static inline void events_str( struct events *ev, const char *str )
{
    events_put( ev, str, strlen( str ) );
}

static inline void events_xmlstr( struct events *ev, const WS_XML_STRING *str )
{
    if (str) events_put( ev, str->bytes, str->length );
}

static inline void events_name( struct events *ev, const WS_XML_STRING *prefix, const WS_XML_STRING *local, const WS_XML_STRING *ns )
{
    if (prefix->length)
    {
        events_xmlstr( ev, prefix );
        events_str( ev, ":" );
    }
    events_xmlstr( ev, local );
    if (ns->length)
    {
        events_str( ev, "{" );
        events_xmlstr( ev, ns );
        events_str( ev, "}" );
    }
}

static inline void events_text( struct events *ev, const WS_XML_TEXT *text )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_HEAP *heap = NULL;
    WS_XML_STRING str;

    if (!text_is_bounded( text )) heap_create( ~(SIZE_T)0, 0, NULL, 0, &heap, NULL );
    if (text_to_utf8( text, heap, scratch, &str, NULL )) events_str( ev, "?" );
    else events_xmlstr( ev, &str );
    heap_free( heap );
}

static inline void events_element( struct events *ev, const WS_XML_ELEMENT_NODE *elem )
{
    ULONG i;

    events_str( ev, "<" );
    events_name( ev, elem->prefix, elem->localName, elem->ns );
    for (i = 0; i < elem->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attr = elem->attributes[i];
        events_str( ev, " " );
        if (attr->isXmlNs)
        {
            events_str( ev, "@" );
            events_xmlstr( ev, attr->prefix );
            events_str( ev, "=" );
            events_xmlstr( ev, attr->ns );
            continue;
        }
        events_name( ev, attr->prefix, attr->localName, attr->ns );
        events_str( ev, "='" );
        events_text( ev, attr->value );
        events_str( ev, "'" );
    }
    if (elem->isEmpty) events_str( ev, "/" );
}

static inline void events_node( struct events *ev, const WS_XML_NODE *node )
{
    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:
        events_element( ev, (const WS_XML_ELEMENT_NODE *)node );
        break;
    case WS_XML_NODE_TYPE_TEXT:
        events_str( ev, "\"" );
        events_text( ev, ((const WS_XML_TEXT_NODE *)node)->text );
        events_str( ev, "\"" );
        break;
    case WS_XML_NODE_TYPE_COMMENT:
        events_str( ev, "#" );
        events_xmlstr( ev, &((const WS_XML_COMMENT_NODE *)node)->value );
        events_str( ev, "#" );
        break;
    case WS_XML_NODE_TYPE_END_ELEMENT: events_str( ev, ">" ); break;
    case WS_XML_NODE_TYPE_CDATA:       events_str( ev, "[" ); break;
    case WS_XML_NODE_TYPE_END_CDATA:   events_str( ev, "]" ); break;
    case WS_XML_NODE_TYPE_EOF:         events_str( ev, "$" ); break;
    default: events_str( ev, "?" ); break;
    }
}

static const char *events_code( HRESULT hr )
{
    static char buf[16];
    switch (hr)
    {
    case WS_E_INVALID_FORMAT:    return "!format";
    case WS_E_QUOTA_EXCEEDED:    return "!quota";
    case WS_E_INVALID_OPERATION: return "!operation";
    case E_OUTOFMEMORY:          return "!memory";
    default: snprintf( buf, sizeof(buf), "!%08x", (unsigned int)hr ); return buf;
    }
}

/* Reads to the end. With `step` the reader has a stream: whenever it runs short it is filled with that many bytes more. */
static inline void events_read( struct events *ev, WS_XML_READER *reader, ULONG step )
{
    const WS_XML_NODE *node;
    HRESULT hr;

    ev->len = 0;
    events_str( ev, "" );
    do
    {
        hr = reader_read_node( reader, NULL );
        if (hr == WS_E_QUOTA_EXCEEDED && step && !reader_at_end( reader ))
        {
            hr = reader_fill( reader, reader_buffered( reader ) + step, NULL, NULL );
            continue;
        }
        if (hr) break;
        node = reader_node( reader );
        events_node( ev, node );
        if (node->nodeType == WS_XML_NODE_TYPE_EOF) break;
    } while (!hr);
    if (hr) events_str( ev, events_code( hr ) );
    ev->hr = hr;
}

/* A stream that gives at most `chunk` bytes at a time. */
struct chunk_stream
{
    const BYTE *bytes;
    SIZE_T len, pos;
    ULONG chunk;
};

static inline HRESULT CALLBACK chunk_read( void *state, void *buf, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *error )
{
    struct chunk_stream *stream = state;
    SIZE_T len = stream->len - stream->pos;

    (void)context;
    (void)error;
    if (len > stream->chunk) len = stream->chunk;
    if (len > max) len = max;
    if (len) memcpy( buf, stream->bytes + stream->pos, len );
    stream->pos += len;
    *actual = len;
    return S_OK;
}

static inline HRESULT set_bytes( WS_XML_READER *reader, const void *bytes, SIZE_T len, const WS_XML_READER_ENCODING *encoding,
                          const WS_XML_READER_PROPERTY *props, ULONG count )
{
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)bytes, len };
    return reader_set_input( reader, encoding, &input.input, props, count, NULL );
}

static inline HRESULT set_stream( WS_XML_READER *reader, struct chunk_stream *stream, const WS_XML_READER_ENCODING *encoding,
                           const WS_XML_READER_PROPERTY *props, ULONG count )
{
    WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, chunk_read, stream };
    return reader_set_input( reader, encoding, &input.input, props, count, NULL );
}

static const WS_XML_READER_TEXT_ENCODING text_auto = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
static const WS_XML_READER_TEXT_ENCODING text_utf8 = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };

#endif
