/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes the writer: the input is a program of calls. Beside it a model is kept of what the document then is; what was
 * written in text, UTF-16, binary XML, MTOM or through an XML buffer has to read as that model, from memory and in pieces.
 *
 * A model is a line as in reader_events.h, but without prefixes and declarations, which the writer chooses, and with all text
 * between two other nodes as one. */

#include <stdint.h>
#include "../unit/reader_events.h"
#include "xml/writer.h"

struct program
{
    const uint8_t *data;
    size_t size;
};

static uint8_t next( struct program *p )
{
    if (!p->size) return 0;
    p->size--;
    return *p->data++;
}

/* --- the model ----------------------------------------------------------------------------------------------------- */

struct model
{
    struct events ev;
    BOOL   in_text;
    BYTE   bytes[3];        /* base64 that is not a whole group yet */
    ULONG  byte_count;
};

static void put_group( struct model *m )
{
    WS_XML_BASE64_TEXT text = { { WS_XML_TEXT_TYPE_BASE64 }, m->bytes, m->byte_count };

    if (m->byte_count) events_text( &m->ev, &text.text );
    m->byte_count = 0;
}

static void end_text( struct model *m )
{
    put_group( m );
    if (m->in_text) events_str( &m->ev, "\"" );
    m->in_text = FALSE;
}

static void begin_text( struct model *m )
{
    if (!m->in_text) events_str( &m->ev, "\"" );
    m->in_text = TRUE;
}

static void put_bytes( struct model *m, const BYTE *bytes, ULONG count )
{
    while (count--)
    {
        m->bytes[m->byte_count++] = *bytes++;
        if (m->byte_count == 3) put_group( m );
    }
}

static void put_expanded( struct model *m, const WS_XML_STRING *name, const WS_XML_STRING *ns )
{
    static const WS_XML_STRING none = { 0, NULL, NULL, 0 };
    events_name( &m->ev, &none, name, ns );
}

/* What a reader reads, in the words of the model. */
static HRESULT read_model( struct model *m, WS_XML_READER *reader, ULONG step )
{
    const WS_XML_ELEMENT_NODE *elem;
    const WS_XML_NODE *node;
    HRESULT hr;
    ULONG i;

    m->ev.len = 0;
    m->in_text = FALSE;
    events_str( &m->ev, "" );
    for (;;)
    {
        hr = reader_read_node( reader, NULL );
        if (hr == WS_E_QUOTA_EXCEEDED && step && !reader_at_end( reader ))
        {
            if ((hr = reader_fill( reader, reader_buffered( reader ) + step, NULL, NULL ))) return hr;
            continue;
        }
        if (hr) return hr;
        node = reader_node( reader );
        switch (node->nodeType)
        {
        case WS_XML_NODE_TYPE_ELEMENT:
            elem = (const WS_XML_ELEMENT_NODE *)node;
            end_text( m );
            events_str( &m->ev, "<" );
            put_expanded( m, elem->localName, elem->ns );
            for (i = 0; i < elem->attributeCount; i++)
            {
                if (elem->attributes[i]->isXmlNs) continue;
                events_str( &m->ev, " " );
                put_expanded( m, elem->attributes[i]->localName, elem->attributes[i]->ns );
                events_str( &m->ev, "='" );
                events_text( &m->ev, elem->attributes[i]->value );
                events_str( &m->ev, "'" );
            }
            break;
        case WS_XML_NODE_TYPE_TEXT:
            begin_text( m );
            events_text( &m->ev, ((const WS_XML_TEXT_NODE *)node)->text );
            break;
        case WS_XML_NODE_TYPE_CDATA:
        case WS_XML_NODE_TYPE_END_CDATA:
            break;
        default:
            end_text( m );
            events_node( &m->ev, node );
            if (node->nodeType == WS_XML_NODE_TYPE_EOF) return S_OK;
        }
    }
}

/* --- running a program --------------------------------------------------------------------------------------------- */

struct run
{
    WS_XML_WRITER *w;
    struct model model;
    ULONG depth;
    BOOL  in_attribute, in_cdata, in_tag, flush;
};

static const WS_XML_STRING names[] = { XMLSTR( "a" ), XMLSTR( "Order" ), XMLSTR( "\xc3\xa9" ), XMLSTR( "x-1" ), XMLSTR( "1" ),
    XMLSTR( "a_rather_long_name_that_goes_on" ), XMLSTR( "" ), XMLSTR( "xmlns" ) };
static const WS_XML_STRING spaces[] = { XMLSTR( "" ), XMLSTR( "n" ), XMLSTR( "http://example.com/a?b&c" ), XMLSTR( "m" ) };
static const WS_XML_STRING prefixes[] = { XMLSTR( "" ), XMLSTR( "p" ), XMLSTR( "qq" ), XMLSTR( "a" ), XMLSTR( "xml" ) };
static const char *const texts[] = { "x", " ", "<&>\"'", "]]>", "]", "\r\n\t", "\xe2\x82\xac\xf0\x9f\x98\x80", "0123456789abcdef0123456789",
    "\n" };

static const WS_XML_STRING *pick_prefix( struct program *p )
{
    uint8_t c = next( p ) % 8;
    return c < ARRAY_SIZE( prefixes ) ? &prefixes[c] : NULL;
}

/* A string of the static dictionary, or one of the table. */
static const WS_XML_STRING *pick_name( struct program *p )
{
    uint8_t c = next( p );
    const WS_XML_DICTIONARY *dict = dictionary_get( WS_ENCODING_XML_BINARY_1 );
    return c >= 0xf0 ? &dict->strings[c & 0xf] : &names[c % ARRAY_SIZE( names )];
}

static const WS_XML_STRING *pick_ns( struct program *p )
{
    return &spaces[next( p ) % ARRAY_SIZE( spaces )];
}

/* Texts of the table, or bytes of the input; without carriage returns where they can't be written. */
static ULONG pick_text( struct run *run, struct program *p, BYTE *buf )
{
    uint8_t c = next( p );
    ULONG len = 0, i;

    if (c < 0xc0)
    {
        const char *text = texts[c % ARRAY_SIZE( texts )];
        len = strlen( text );
        memcpy( buf, text, len );
    }
    else for (c &= 0x3f; c && p->size; c--) buf[len++] = next( p );
    if (run->in_cdata || !run->depth) for (i = 0; i < len; i++) if (buf[i] == '\r') buf[i] = '\n';
    return len;
}

static void text_written( struct run *run, const BYTE *bytes, ULONG len )
{
    run->in_tag = FALSE;
    if (!len) return;
    put_group( &run->model );
    if (!run->in_attribute) begin_text( &run->model );
    events_put( &run->model.ev, bytes, len );
}

static HRESULT write_text( struct run *run, struct program *p, BOOL wide )
{
    BYTE buf[64];
    WCHAR units[64];
    ULONG len = pick_text( run, p, buf ), count;
    HRESULT hr;

    if (!len) return S_OK;
    if (!wide) hr = writer_write_chars_utf8( run->w, buf, len, NULL );
    else
    {
        if (utf8_to_utf16_size( buf, len, &count, NULL )) return S_OK;
        hr = writer_write_chars( run->w, units, utf8_to_utf16( buf, len, units ), NULL );
    }
    if (!hr) text_written( run, buf, len );
    return hr;
}

static HRESULT write_bytes( struct run *run, struct program *p )
{
    BYTE buf[16];
    ULONG len = 1 + next( p ) % 15, i;
    HRESULT hr;

    for (i = 0; i < len; i++) buf[i] = next( p );
    if ((hr = writer_write_bytes( run->w, buf, len, NULL ))) return hr;
    run->in_tag = FALSE;
    if (!run->in_attribute) begin_text( &run->model );
    put_bytes( &run->model, buf, len );
    return S_OK;
}

static HRESULT write_number( struct run *run, struct program *p )
{
    WS_XML_INT32_TEXT text = { { WS_XML_TEXT_TYPE_INT32 }, (INT8)next( p ) };
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    HRESULT hr;

    if ((hr = writer_write_text( run->w, &text.text, NULL ))) return hr;
    text_to_utf8( &text.text, NULL, scratch, &str, NULL );
    text_written( run, str.bytes, str.length );
    return S_OK;
}

static HRESULT write_array( struct run *run, struct program *p )
{
    const WS_XML_STRING *name = pick_name( p ), *ns = pick_ns( p );
    INT32 items[3] = { 0, 1, (INT8)next( p ) };
    ULONG count = next( p ) % 4, i;
    char number[16];
    HRESULT hr;

    if ((hr = writer_write_array( run->w, name, ns, WS_INT32_VALUE_TYPE, items, sizeof(items), 0, count, NULL ))) return hr;
    for (i = 0; i < count; i++)
    {
        end_text( &run->model );
        events_str( &run->model.ev, "<" );
        put_expanded( &run->model, name, ns );
        sprintf( number, "\"%d\">", (int)items[i] );
        events_str( &run->model.ev, number );
    }
    if (count) run->in_tag = FALSE;
    return S_OK;
}

static HRESULT write_comment( struct run *run, struct program *p )
{
    BYTE buf[64];
    BOOL in_cdata = run->in_cdata;
    WS_XML_COMMENT_NODE node = { { WS_XML_NODE_TYPE_COMMENT }, { 0, buf, NULL, 0 } };
    HRESULT hr;

    run->in_cdata = TRUE;   /* no carriage returns here either */
    node.value.length = pick_text( run, p, buf );
    run->in_cdata = in_cdata;
    if ((hr = writer_write_node( run->w, &node.node, NULL ))) return hr;
    end_text( &run->model );
    events_node( &run->model.ev, &node.node );
    run->in_tag = FALSE;
    return S_OK;
}

static HRESULT write_start( struct run *run, struct program *p, BOOL attribute )
{
    const WS_XML_STRING *prefix = pick_prefix( p ), *name = pick_name( p ), *ns = pick_ns( p );
    HRESULT hr;

    if (attribute) hr = writer_write_start_attribute( run->w, prefix, name, ns, prefix == NULL, NULL );
    else hr = writer_write_start_element( run->w, prefix, name, ns, NULL );
    if (hr) return hr;
    if (!attribute) end_text( &run->model );
    events_str( &run->model.ev, attribute ? " " : "<" );
    put_expanded( &run->model, name, ns );
    if (attribute) events_str( &run->model.ev, "='" );
    else run->depth++;
    run->in_attribute = attribute;
    run->in_tag = TRUE;
    return S_OK;
}

static HRESULT write_end( struct run *run )
{
    HRESULT hr;

    if (run->in_attribute)
    {
        if ((hr = writer_write_end_attribute( run->w, NULL ))) return hr;
        put_group( &run->model );
        events_str( &run->model.ev, "'" );
        run->in_attribute = FALSE;
        run->in_tag = TRUE;
        return S_OK;
    }
    if (run->in_cdata)
    {
        if ((hr = writer_write_end_cdata( run->w, NULL ))) return hr;
        put_group( &run->model );
        run->in_cdata = FALSE;
        return S_OK;
    }
    if ((hr = writer_write_end_element( run->w, NULL ))) return hr;
    end_text( &run->model );
    events_str( &run->model.ev, ">" );
    run->depth--;
    run->in_tag = FALSE;
    return S_OK;
}

static HRESULT step( struct run *run, struct program *p )
{
    HRESULT hr;

    switch (next( p ) % 16)
    {
    case 0: case 1: case 2: return write_start( run, p, FALSE );
    case 3: case 4: return write_start( run, p, TRUE );
    case 5: case 6: return write_end( run );
    case 7: return write_text( run, p, FALSE );
    case 8: return write_text( run, p, TRUE );
    case 9: return write_bytes( run, p );
    case 10: return write_number( run, p );
    case 11: return write_array( run, p );
    case 12: return write_comment( run, p );
    case 13:
        if ((hr = writer_write_start_cdata( run->w, NULL ))) return hr;
        put_group( &run->model );
        run->in_cdata = TRUE;
        run->in_tag = FALSE;
        return S_OK;
    case 14:
        return run->in_attribute ? S_OK : writer_write_xmlns_attribute( run->w, pick_prefix( p ), pick_ns( p ), FALSE, NULL );
    default:
        if (!run->flush || (!run->depth && next( p ) < 0xf0)) return S_OK;
        return writer_flush( run->w, 0, NULL, NULL );
    }
}

/* The whole program, then what it left open is ended. FALSE: the writer refused something for good, or there is no root element. */
static BOOL run_program( struct run *run, struct program p )
{
    BOOL root = FALSE;
    HRESULT hr;

    run->model.ev.len = 0;
    run->model.in_text = run->in_attribute = run->in_cdata = FALSE;
    run->model.byte_count = run->depth = 0;
    events_str( &run->model.ev, "" );
    while (p.size)
    {
        hr = step( run, &p );
        if (hr && hr != WS_E_INVALID_OPERATION && hr != E_INVALIDARG) return FALSE;
        if (run->depth) root = TRUE;
    }
    while (run->depth || run->in_cdata) if (write_end( run )) return FALSE;
    end_text( &run->model );
    events_str( &run->model.ev, "$" );
    return root;
}

/* --- reading it back ----------------------------------------------------------------------------------------------- */

enum kind { TEXT, UTF16LE, UTF16BE, BINARY, MTOM, TREE, KINDS };
static const char *const kind_names[] = { "text", "UTF-16LE", "UTF-16BE", "binary", "MTOM", "tree" };

static void fail( enum kind kind, const char *what, const struct model *want, const struct model *got, const WS_BYTES *bytes )
{
    fprintf( stderr, "%s, %s:\nmodel %s\nread  %s\nbytes '%.*s'\n", kind_names[kind], what, want->ev.text, got->ev.text,
             (int)bytes->length, (char *)bytes->bytes );
    abort();
}

static void check_reading( enum kind kind, WS_XML_READER *reader, const struct model *want, const WS_BYTES *bytes )
{
    static ULONG headers = 4096;
    WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_READER_BINARY_ENCODING binary = { { WS_XML_READER_ENCODING_TYPE_BINARY },
                                             (WS_XML_DICTIONARY *)dictionary_get( WS_ENCODING_XML_BINARY_1 ), NULL };
    WS_XML_READER_MTOM_ENCODING mtom = { .encoding = { WS_XML_READER_ENCODING_TYPE_MTOM }, .textEncoding = &text.encoding,
                                         .readMimeHeader = TRUE };
    WS_XML_READER_PROPERTY props[] = { { WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, &headers, sizeof(headers) } };
    const WS_XML_READER_ENCODING *encoding = &text.encoding;
    struct chunk_stream stream = { bytes->bytes, bytes->length, 0, 3 };
    static struct model got;

    if (kind == UTF16LE) text.charSet = WS_CHARSET_UTF16LE;
    else if (kind == UTF16BE) text.charSet = WS_CHARSET_UTF16BE;
    else if (kind == BINARY) encoding = &binary.encoding;
    else if (kind == MTOM) encoding = &mtom.encoding;
    if (set_bytes( reader, bytes->bytes, bytes->length, encoding, props, 1 ) || read_model( &got, reader, 0 ) ||
        strcmp( want->ev.text, got.ev.text )) fail( kind, "from memory", want, &got, bytes );
    if (set_stream( reader, &stream, encoding, props, 1 ) || read_model( &got, reader, 3 ) ||
        strcmp( want->ev.text, got.ev.text )) fail( kind, "from a stream", want, &got, bytes );
    set_bytes( reader, NULL, 0, encoding, NULL, 0 );
}

struct collected
{
    BYTE  bytes[1 << 17];
    ULONG len;
};

static HRESULT CALLBACK collect( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct collected *out = state;
    ULONG i;

    (void)context; (void)error;
    for (i = 0; i < count; i++)
    {
        if (buffers[i].length > sizeof(out->bytes) - out->len) return E_FAIL;
        memcpy( out->bytes + out->len, buffers[i].bytes, buffers[i].length );
        out->len += buffers[i].length;
    }
    return S_OK;
}

static HRESULT set_output( WS_XML_WRITER *w, enum kind kind, BOOL flush, struct collected *out )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_XML_WRITER_STREAM_OUTPUT stream = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, collect, out };
    WS_XML_WRITER_TEXT_ENCODING text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_WRITER_BINARY_ENCODING binary = { { WS_XML_WRITER_ENCODING_TYPE_BINARY },
                                             (WS_XML_DICTIONARY *)dictionary_get( WS_ENCODING_XML_BINARY_1 ), NULL, NULL };
    WS_XML_WRITER_MTOM_ENCODING mtom = { { WS_XML_WRITER_ENCODING_TYPE_MTOM }, &text.encoding, TRUE, { 3, (WCHAR *)L"bnd" },
                                         { 0, NULL }, { 0, NULL }, 2 };
    const WS_XML_WRITER_ENCODING *encoding = &text.encoding;

    out->len = 0;
    if (kind == UTF16LE) text.charSet = WS_CHARSET_UTF16LE;
    else if (kind == UTF16BE) text.charSet = WS_CHARSET_UTF16BE;
    else if (kind == BINARY) encoding = &binary.encoding;
    else if (kind == MTOM) encoding = &mtom.encoding;
    return writer_set_output( w, encoding, flush ? &stream.output : &memory.output, NULL, 0, NULL );
}

static void fuzz_bytes( struct run *run, WS_XML_READER *reader, enum kind kind, struct program p )
{
    static struct collected out;
    WS_BYTES bytes;

    if (set_output( run->w, kind, run->flush, &out ) || !run_program( run, p )) return;
    if (run->flush)
    {
        if (writer_flush( run->w, 0, NULL, NULL )) return;
        bytes.bytes = out.bytes;
        bytes.length = out.len;
    }
    else if (writer_get_property( run->w, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL )) return;
    check_reading( kind, reader, &run->model, &bytes );
}

/* Through an XML buffer: as it is, and written from there. */
static void fuzz_tree( struct run *run, WS_XML_READER *reader, struct program p )
{
    static struct collected out;
    static WS_XML_WRITER *copier;
    static struct model got;
    WS_XML_BUFFER *buffer;
    WS_BYTES bytes = { 0, NULL };
    WS_HEAP *heap;

    if (!copier && writer_create( NULL, 0, &copier, NULL )) return;
    if (heap_create( 1 << 20, 0, NULL, 0, &heap, NULL )) return;
    run->flush = FALSE;
    if (!buffer_create( heap, NULL, 0, &buffer, NULL ) && !writer_set_output_to_buffer( run->w, buffer, NULL, 0, NULL ) &&
        run_program( run, p ) && !set_output( copier, TEXT, FALSE, &out ))
    {
        if (writer_write_xml_buffer( copier, buffer, NULL ) ||
            writer_get_property( copier, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ))
            fail( TREE, "writing it", &run->model, &run->model, &bytes );
        check_reading( TREE, reader, &run->model, &bytes );
        if (reader_set_input_to_buffer( reader, buffer, NULL, 0, NULL ) || read_model( &got, reader, 0 ))
            fail( TREE, "reading it", &run->model, &got, &bytes );
        set_bytes( reader, NULL, 0, &text_utf8.encoding, NULL, 0 );
    }
    writer_set_output( run->w, NULL, NULL, NULL, 0, NULL );
    heap_free( heap );
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    static WS_XML_READER *reader;
    static struct run run;
    struct program p = { data, size };
    enum kind kind;
    uint8_t first;

    if (!reader && (reader_create( NULL, 0, &reader, NULL ) || writer_create( NULL, 0, &run.w, NULL ))) return 0;
    if (!size || size > 4096) return 0;
    first = next( &p );
    kind = first % KINDS;
    run.flush = first & 0x80;
    if (kind == TREE) fuzz_tree( &run, reader, p );
    else fuzz_bytes( &run, reader, kind, p );
    return 0;
}
