/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_XML_READER: life, properties, inputs, and the operations that every encoding shares. */

#include "xml/reader_impl.h"
#include "xml/chars.h"
#include "base/prop.h"

const WS_XML_NODE node_bof = { WS_XML_NODE_TYPE_BOF };
const WS_XML_NODE node_eof = { WS_XML_NODE_TYPE_EOF };
const WS_XML_NODE node_end_element = { WS_XML_NODE_TYPE_END_ELEMENT };
const WS_XML_NODE node_cdata = { WS_XML_NODE_TYPE_CDATA };
const WS_XML_NODE node_end_cdata = { WS_XML_NODE_TYPE_END_CDATA };

/* --- properties ---------------------------------------------------------------------------------------------------- */

#define READER_SET     (PROP_CREATE | PROP_SET)
#define READER_SET_GET (READER_SET | PROP_GET)

/* Sizes of internal buffers can't be read back in native. Character set and position are computed, see the getter. */
static const struct prop_desc reader_prop_table[] =
{
    PROP( WS_XML_READER_PROPERTY_MAX_DEPTH, struct reader_props, max_depth, READER_SET_GET ),
    PROP( WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, struct reader_props, allow_fragment, READER_SET_GET | PROP_BOOL ),
    PROP( WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, struct reader_props, max_attributes, READER_SET_GET ),
    PROP( WS_XML_READER_PROPERTY_READ_DECLARATION, struct reader_props, read_declaration, READER_SET_GET | PROP_BOOL ),
    PROP( WS_XML_READER_PROPERTY_UTF8_TRIM_SIZE, struct reader_props, utf8_trim_size, READER_SET ),
    PROP_RANGE( WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, struct reader_props, stream_buffer_size, READER_SET, 1,
                0x10000000 ),
    PROP( WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE, struct reader_props, max_root_mime_part, READER_SET_GET ),
    PROP( WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, struct reader_props, max_mime_headers, READER_SET_GET ),
    PROP( WS_XML_READER_PROPERTY_MAX_MIME_PARTS, struct reader_props, max_mime_parts, READER_SET_GET ),
    PROP( WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, struct reader_props, allow_invalid_refs,
          READER_SET_GET | PROP_BOOL ),
    PROP( WS_XML_READER_PROPERTY_MAX_NAMESPACES, struct reader_props, max_namespaces, READER_SET_GET ),
};

static const struct reader_props default_props =
{
    .max_depth = 32, .max_attributes = 128, .read_declaration = TRUE, .utf8_trim_size = 4096, .stream_buffer_size = 4096,
    .max_root_mime_part = 65536, .max_mime_headers = 256, .max_mime_parts = 4096, .max_namespaces = 32
};

static HRESULT no_input( WS_ERROR *error )
{
    return ws_fail( error, WS_E_INVALID_OPERATION, "The reader has no input." );
}

static BOOL is_textual( const WS_XML_READER *reader )
{
    return reader->input && (reader->read == text_read_node || reader->read == mtom_read_node);
}

/* Detects the character set, unless it was given. */
static HRESULT find_charset( WS_XML_READER *reader, WS_ERROR *error )
{
    HRESULT hr;

    if (reader->mtom && (hr = mtom_start( reader, error ))) return hr;
    return reader->given_charset ? S_OK : text_start( reader, error );
}

HRESULT reader_get_property( WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id, void *buf, ULONG size, WS_ERROR *error )
{
    UINT64 row, column;
    HRESULT hr;

    if (!reader->input) return no_input( error );
    switch (id)
    {
    case WS_XML_READER_PROPERTY_CHARSET:
    case WS_XML_READER_PROPERTY_ROW:
    case WS_XML_READER_PROPERTY_COLUMN:
        if (!is_textual( reader ))
            return ws_fail( error, WS_E_INVALID_OPERATION, "Property %u exists only while text is read.", id );
        break;
    case WS_XML_READER_PROPERTY_IN_ATTRIBUTE: break;
    default:
        return prop_get( reader_prop_table, ARRAY_SIZE( reader_prop_table ), &reader->props, id, buf, size, "reader",
                         error );
    }
    if (!buf || size < (id == WS_XML_READER_PROPERTY_CHARSET ? sizeof(WS_CHARSET) : id == WS_XML_READER_PROPERTY_IN_ATTRIBUTE ?
                        sizeof(BOOL) : sizeof(ULONGLONG)))
        return ws_fail( error, E_INVALIDARG, "%u bytes are too few for property %u of a reader.", buf ? size : 0, id );
    if (id == WS_XML_READER_PROPERTY_IN_ATTRIBUTE)
    {
        *(BOOL *)buf = reader->in_attribute;
        return S_OK;
    }
    if (id == WS_XML_READER_PROPERTY_CHARSET)
    {
        if (reader->place == AT_START && (hr = find_charset( reader, error ))) return hr;
        *(WS_CHARSET *)buf = reader->charset ? reader->charset : reader->given_charset;
        return S_OK;
    }
    reader_node_place( reader, &row, &column );
    *(ULONGLONG *)buf = id == WS_XML_READER_PROPERTY_ROW ? row : column;
    return S_OK;
}

/* --- life ---------------------------------------------------------------------------------------------------------- */

HRESULT reader_create( const WS_XML_READER_PROPERTY *props, ULONG count, WS_XML_READER **ret, WS_ERROR *error )
{
    WS_XML_READER *reader;
    HRESULT hr;
    ULONG i;

    if (!(reader = mem_calloc( sizeof(*reader) ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a reader." );
    object_init( &reader->hdr, OBJECT_READER, 0 );
    reader->create_props = default_props;
    if ((hr = prop_apply( reader_prop_table, ARRAY_SIZE( reader_prop_table ), &reader->create_props, props, count, PROP_CREATE,
                          "reader", error )))
    {
        mem_free( reader );
        return hr;
    }
    reader->props = reader->create_props;
    reader->slot = &reader->slots[0];
    for (i = 0; i < ARRAY_SIZE( reader->slots ); i++)
    {
        struct element_slot *slot = &reader->slots[i];
        slot->element.node.nodeType = WS_XML_NODE_TYPE_ELEMENT;
        slot->element.prefix = &slot->prefix;
        slot->element.localName = &slot->local;
        slot->element.ns = &slot->ns;
    }
    reader->text = &reader->texts[0];
    reader->text_node.node.nodeType = WS_XML_NODE_TYPE_TEXT;
    reader->text_node.text = &reader->text->text;
    reader->attr_node.node.nodeType = WS_XML_NODE_TYPE_TEXT;
    reader->comment.node.nodeType = WS_XML_NODE_TYPE_COMMENT;
    reader->node = &node_eof;
    *ret = reader;
    return S_OK;
}

#define JOINED_TRIM_SIZE 65536

/* What belongs to an input. Memory that the next input can use stays. */
static void release_input( WS_XML_READER *reader )
{
    c14n_close( reader );
    stream_close( reader );
    mtom_close( reader );
    if (reader->converted_size > reader->props.utf8_trim_size)
    {
        mem_free( reader->converted );
        reader->converted = NULL;
        reader->converted_size = 0;
    }
    if (reader->joined_size > JOINED_TRIM_SIZE)
    {
        mem_free( reader->joined );
        reader->joined = NULL;
        reader->joined_size = 0;
    }
    mem_stack_reset( &reader->stack );
    mem_stack_reset( &reader->scratch[0] );
    mem_stack_reset( &reader->scratch[1] );
    ns_pop( &reader->ns, 0 );
    reader->hdr.state = OBJECT_USABLE;
    reader->input = READER_NO_INPUT;
    reader->node = &node_eof;
    reader->buffer = NULL;
}

void reader_free( WS_XML_READER *reader )
{
    ULONG i;

    release_input( reader );
    for (i = 0; i < ARRAY_SIZE( reader->slots ); i++)
    {
        mem_free( reader->slots[i].attrs );
        mem_free( reader->slots[i].attr_ptrs );
    }
    mem_free( reader->attr_table );
    mem_free( reader->open );
    mem_free( reader->xml_attrs );
    mem_free( reader->joined );
    mem_free( reader->converted );
    if (reader->text_heap) heap_free( reader->text_heap );
    mem_stack_free( &reader->stack );
    mem_stack_free( &reader->scratch[0] );
    mem_stack_free( &reader->scratch[1] );
    ns_free( &reader->ns );
    reader->hdr.magic = OBJECT_DEAD;
    mem_free( reader );
}

/* The tokenizer of text sets bytes and length of names only, so no other name may be left in them. */
static void forget_dictionaries( WS_XML_READER *reader )
{
    ULONG i, j;

    if (!reader->binary_names) return;
    reader->binary_names = FALSE;
    for (i = 0; i < ARRAY_SIZE( reader->slots ); i++)
    {
        struct element_slot *slot = &reader->slots[i];
        memset( &slot->prefix, 0, sizeof(slot->prefix) );
        memset( &slot->local, 0, sizeof(slot->local) );
        for (j = 0; j < slot->attr_size; j++)
        {
            memset( &slot->attrs[j].prefix, 0, sizeof(slot->attrs[j].prefix) );
            memset( &slot->attrs[j].local, 0, sizeof(slot->attrs[j].local) );
        }
    }
}

/* Forgets the input, takes the properties for the next one. */
static HRESULT begin_input( WS_XML_READER *reader, const WS_XML_READER_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    struct reader_props values = reader->create_props;
    HRESULT hr;

    if ((hr = prop_apply( reader_prop_table, ARRAY_SIZE( reader_prop_table ), &values, props, count, PROP_SET, "reader", error )))
        return hr;
    release_input( reader );
    forget_dictionaries( reader );
    reader->props = values;
    reader->depth = 0;
    reader->xml_attr_count = 0;
    reader->place = AT_START;
    reader->charset = reader->given_charset = WS_CHARSET_AUTO;
    reader->pop_pending = reader->end_pending = reader->have_root = reader->copy_names = reader->hold_scratch = FALSE;
    reader->in_attribute = reader->in_array = reader->mark_read = reader->array_in_item = reader->array_close = FALSE;
    reader->piece_left = reader->array_left = 0;
    reader->value_started = reader->value_raw = reader->low_surrogate = FALSE;
    memset( &reader->base64, 0, sizeof(reader->base64) );
    reader->row = reader->column = reader->node_row = reader->node_column = 0;
    reader->slot->element.attributeCount = 0;
    reader->node = &node_bof;
    return S_OK;
}

static HRESULT set_encoding( WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding, WS_ERROR *error )
{
    switch (encoding->encodingType)
    {
    case WS_XML_READER_ENCODING_TYPE_TEXT:
    {
        WS_CHARSET charset = ((const WS_XML_READER_TEXT_ENCODING *)encoding)->charSet;
        if (charset > WS_CHARSET_UTF16BE) return ws_fail( error, E_INVALIDARG, "%u is not a character set.", charset );
        reader->given_charset = charset;
        reader->read = text_read_node;
        return S_OK;
    }
    case WS_XML_READER_ENCODING_TYPE_BINARY:
    {
        const WS_XML_READER_BINARY_ENCODING *binary = (const WS_XML_READER_BINARY_ENCODING *)encoding;
        reader->static_dict = binary->staticDictionary;
        reader->dynamic_dict = binary->dynamicDictionary;
        reader->read = binary_read_node;
        reader->binary_names = TRUE;
        return S_OK;
    }
    case WS_XML_READER_ENCODING_TYPE_MTOM:
        reader->read = mtom_read_node;
        return mtom_open( reader, (const WS_XML_READER_MTOM_ENCODING *)encoding, error );
    case WS_XML_READER_ENCODING_TYPE_RAW:
        reader->read = raw_read_node;
        return S_OK;
    default:
        return ws_fail( error, E_INVALIDARG, "%u is not an encoding that a reader has.", encoding->encodingType );
    }
}

HRESULT reader_set_input( WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding, const WS_XML_READER_INPUT *input,
                          const WS_XML_READER_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    static const WS_XML_READER_TEXT_ENCODING any_text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    static const WS_XML_READER_BUFFER_INPUT empty = { { WS_XML_READER_INPUT_TYPE_BUFFER }, NULL, 0 };
    const WS_XML_READER_BUFFER_INPUT *buf = (const WS_XML_READER_BUFFER_INPUT *)input;
    BOOL at_end = !encoding && !input;      /* documented: the end of an empty document */
    HRESULT hr;

    if (at_end) input = &(buf = &empty)->input;
    if (!encoding) encoding = &any_text.encoding;
    if (!input) return ws_fail( error, E_INVALIDARG, "The input is missing." );
    if (input->inputType == WS_XML_READER_INPUT_TYPE_BUFFER)
    {
        if (buf->encodedDataSize && !buf->encodedData)
            return ws_fail( error, E_INVALIDARG, "A buffer of %u bytes was announced, none given.", buf->encodedDataSize );
    }
    else if (input->inputType != WS_XML_READER_INPUT_TYPE_STREAM)
        return ws_fail( error, E_INVALIDARG, "%u is not an input that a reader has.", input->inputType );

    if ((hr = begin_input( reader, props, count, error ))) return hr;
    if (input->inputType == WS_XML_READER_INPUT_TYPE_BUFFER)
    {
        reader->pos = buf->encodedDataSize ? buf->encodedData : (const BYTE *)"";
        reader->end = reader->pos + buf->encodedDataSize;
        reader->eof_known = TRUE;
    }
    else if ((hr = stream_open( reader, (const WS_XML_READER_STREAM_INPUT *)input, error ))) goto failed;
    reader->line_pos = reader->node_start = reader->pos;
    reader->encoding = encoding->encodingType;
    if ((hr = set_encoding( reader, encoding, error ))) goto failed;
    reader->input = input->inputType == WS_XML_READER_INPUT_TYPE_BUFFER ? READER_BYTES : READER_STREAM;
    if (at_end)
    {
        reader->place = AT_EOF;
        reader->node = &node_eof;
    }
    return S_OK;

failed:
    release_input( reader );
    return hr;
}

HRESULT reader_set_input_to_buffer( WS_XML_READER *reader, WS_XML_BUFFER *buffer, const WS_XML_READER_PROPERTY *props,
                                    ULONG count, WS_ERROR *error )
{
    HRESULT hr;

    if (!object_is( buffer, OBJECT_BUFFER )) return ws_fail( error, E_INVALIDARG, "No XML buffer was given." );
    if ((hr = begin_input( reader, props, count, error ))) return hr;
    reader->input = READER_TREE;
    tree_open( reader, buffer );
    return S_OK;
}

HRESULT reader_read_bytes_to_buffer( WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding,
                                     const WS_XML_READER_PROPERTY *props, ULONG count, const void *bytes, ULONG size,
                                     WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error )
{
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)bytes, size };
    HRESULT hr;

    if (!heap || !ret) return ws_fail( error, E_INVALIDARG, "The heap or a place for the XML buffer is missing." );
    if ((hr = reader_set_input( reader, encoding, &input.input, props, count, error ))) return hr;
    hr = reader_read_xml_buffer( reader, heap, ret, error );
    release_input( reader );    /* the bytes are the caller's */
    return hr;
}

HRESULT reader_fill( WS_XML_READER *reader, ULONG min_size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    if (!reader->input) return no_input( error );
    return reader->input == READER_STREAM ? stream_fill( reader, min_size, context, error ) : S_OK;
}

SIZE_T reader_buffered( const WS_XML_READER *reader )
{
    const BYTE *pos = reader->pos, *end = reader->end;

    if (!reader->input || reader->input == READER_TREE) return 0;
    if (reader->stream && reader->mtom) stream_window( reader, &pos, &end );
    return end - pos;
}

BOOL reader_at_end( const WS_XML_READER *reader )
{
    return reader->input != READER_STREAM || stream_at_end( reader );
}

/* --- lines --------------------------------------------------------------------------------------------------------- */

/* Columns are characters, so that they mean the same in every character set. */
static void count_lines( const BYTE *p, const BYTE *end, UINT64 *row, UINT64 *column )
{
    const BYTE *line;

    while (p < end && (line = memchr( p, '\n', end - p )))
    {
        ++*row;
        *column = 0;
        p = line + 1;
    }
    for (; p < end; p++) if ((*p & 0xc0) != 0x80) ++*column;
}

void reader_count_lines( WS_XML_READER *reader, const BYTE *pos )
{
    count_lines( reader->line_pos, pos, &reader->row, &reader->column );
    reader->line_pos = pos;
}

void reader_node_place( WS_XML_READER *reader, UINT64 *row, UINT64 *column )
{
    if (reader->node_start)
    {
        reader_count_lines( reader, reader->node_start );
        *row = reader->row;
        *column = reader->column;
    }
    else
    {
        *row = reader->node_row;
        *column = reader->node_column;
    }
}

struct place_text reader_place_text( const WS_XML_READER *reader, const BYTE *pos )
{
    UINT64 row = reader->row, column = reader->column;
    struct place_text place;
    char *p = place.text;

    if (is_textual( reader ))
    {
        count_lines( reader->line_pos, pos, &row, &column );
        memcpy( p, "Line ", 5 );
        p += 5;
        p += format_uint64( row + 1, (BYTE *)p );
        memcpy( p, ", column ", 9 );
        p += 9;
        p += format_uint64( column + 1, (BYTE *)p );
        memcpy( p, ": ", 2 );
        p += 2;
    }
    *p = 0;
    return place;
}

void reader_position_text( const WS_XML_READER *reader, ULONG *row, ULONG *column )
{
    UINT64 r = reader->row, c = reader->column;

    *row = *column = 0;
    if (!is_textual( reader )) return;
    if (reader->node_start) count_lines( reader->line_pos, reader->node_start, &r, &c );
    else
    {
        r = reader->node_row;
        c = reader->node_column;
    }
    *row = r + 1;
    *column = c + 1;
}

HRESULT reader_short_input( WS_XML_READER *reader, WS_ERROR *error )
{
    if (!reader->eof_known)
    {
        reader->hdr.state = OBJECT_SHORT;
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The reader needs more data than the %u bytes that are buffered.",
                        (unsigned int)(reader->end - reader->pos) );
    }
    return XML_FAIL( reader, reader->end, error, WS_E_INVALID_FORMAT, "The input ends unexpectedly." );
}

ULONG reader_depth( const WS_XML_READER *reader )
{
    BOOL in_array = reader->array_left || reader->array_in_item || reader->array_close;

    if (reader->input == READER_TREE) return tree_depth( reader );
    /* still at the end of an element that was left already, because what follows has not come yet */
    if (reader->node == &node_end_element && !reader->pop_pending && !in_array) return reader->depth + 1;
    return reader->depth;
}

/* --- nodes --------------------------------------------------------------------------------------------------------- */

const WS_XML_NODE *reader_node( const WS_XML_READER *reader )
{
    return reader->node;
}

HRESULT reader_get_node( WS_XML_READER *reader, const WS_XML_NODE **node, WS_ERROR *error )
{
    if (!node) return ws_fail( error, E_INVALIDARG, "No place to store the node was given." );
    *node = reader->node;
    return S_OK;
}

/* In an attribute its value is the only node; then comes the end. */
static HRESULT read_in_attribute( WS_XML_READER *reader, WS_ERROR *error )
{
    if (reader->node != &reader->attr_node.node)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The attribute has no more content." );
    reader->node = &node_eof;
    reader->value_started = reader->value_raw = FALSE;
    return S_OK;
}

HRESULT DECLSPEC_HOT reader_read_node( WS_XML_READER *reader, WS_ERROR *error )
{
    if (UNLIKELY( !reader->input )) return no_input( error );
    if (UNLIKELY( reader->in_attribute )) return read_in_attribute( reader, error );
    if (UNLIKELY( reader->c14n != NULL )) return c14n_read_node( reader, error );
    return reader->read( reader, error );
}

/* To the end of the current element. */
static HRESULT read_to_end( WS_XML_READER *reader, WS_ERROR *error )
{
    ULONG level = 1;
    HRESULT hr;

    while (level)
    {
        if ((hr = reader_read_node( reader, error ))) return hr;
        if (reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT) level++;
        else if (reader->node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT) level--;
    }
    return S_OK;
}

HRESULT reader_skip_node( WS_XML_READER *reader, WS_ERROR *error )
{
    HRESULT hr;

    if (!reader->input) return no_input( error );
    if (reader->node->nodeType == WS_XML_NODE_TYPE_EOF)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The reader is at the end of the document already." );
    if (reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
    {
        if (reader->input == READER_TREE && !reader->c14n) tree_skip_to_end( reader );
        else if ((hr = read_to_end( reader, error ))) return hr;
    }
    return reader_read_node( reader, error );
}

static BOOL is_white_space( const WS_XML_NODE *node )
{
    const WS_XML_TEXT *text;

    if (node->nodeType != WS_XML_NODE_TYPE_TEXT) return FALSE;
    text = ((const WS_XML_TEXT_NODE *)node)->text;
    if (text->textType == WS_XML_TEXT_TYPE_UTF8)
    {
        const WS_XML_STRING *value = &((const WS_XML_UTF8_TEXT *)text)->value;
        return is_xml_space_only( value->bytes, value->length );
    }
    if (text->textType == WS_XML_TEXT_TYPE_UTF16)
    {
        const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
        const WCHAR *chars = (const WCHAR *)utf16->bytes;
        ULONG i;
        for (i = 0; i < utf16->byteCount / sizeof(WCHAR); i++) if (chars[i] > ' ' || !is_xml_space( chars[i] )) return FALSE;
        return TRUE;
    }
    return FALSE;
}

/* A text whose characters were all handed out as values is behind the reader, although it is still the node. */
static BOOL is_consumed( const WS_XML_READER *reader )
{
    return reader->value_started && reader->value_pos == reader->value_utf8.length;
}

HRESULT reader_to_content( WS_XML_READER *reader, BOOL *more, WS_ERROR *error )
{
    HRESULT hr;

    if (!reader->input) return no_input( error );
    while (reader->node->nodeType == WS_XML_NODE_TYPE_BOF || reader->node->nodeType == WS_XML_NODE_TYPE_COMMENT ||
           (reader->node->nodeType == WS_XML_NODE_TYPE_TEXT && !reader->in_attribute &&
            (is_consumed( reader ) || is_white_space( reader->node ))))
        if ((hr = reader_read_node( reader, error ))) return hr;
    *more = reader->node->nodeType != WS_XML_NODE_TYPE_END_ELEMENT && reader->node->nodeType != WS_XML_NODE_TYPE_EOF;
    return S_OK;
}

static HRESULT not_at( const WS_XML_READER *reader, const char *what, WS_ERROR *error )
{
    static const char *const names[] =
        { "nothing", "a start element", "text", "an end element", "a comment", "?", "a CDATA section",
          "the end of a CDATA section", "the end of the document", "the beginning of the document" };
    ULONG row, column, type = reader->node->nodeType;
    const char *name = type < ARRAY_SIZE( names ) ? names[type] : "?";

    reader_position_text( reader, &row, &column );
    if (row)
        return ws_fail( error, WS_E_INVALID_FORMAT, "Line %u, column %u: %s was expected, %s was found.", row, column, what,
                        name );
    return ws_fail( error, WS_E_INVALID_FORMAT, "%s was expected, %s was found.", what, name );
}

HRESULT reader_read_to_start_element( WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                                      BOOL *found, WS_ERROR *error )
{
    const WS_XML_ELEMENT_NODE *elem;
    BOOL more, match;
    HRESULT hr;

    if ((hr = reader_to_content( reader, &more, error ))) return hr;
    elem = (const WS_XML_ELEMENT_NODE *)reader->node;
    match = elem->node.nodeType == WS_XML_NODE_TYPE_ELEMENT && (!name || xmlstr_eq( elem->localName, name )) &&
            (!ns || xmlstr_eq( elem->ns, ns ));
    if (found)
    {
        *found = match;
        return S_OK;
    }
    if (match) return S_OK;
    if (elem->node.nodeType == WS_XML_NODE_TYPE_ELEMENT)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The element '%.*s' of the namespace '%.*s' was expected, "
                        "'%.*s' of '%.*s' was found.", name ? (int)name->length : 1, name ? (char *)name->bytes : "*",
                        ns ? (int)ns->length : 1, ns ? (char *)ns->bytes : "*", XMLSTR_ARG( elem->localName ),
                        XMLSTR_ARG( elem->ns ) );
    return not_at( reader, "A start element", error );
}

HRESULT reader_read_start_element( WS_XML_READER *reader, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = reader_read_to_start_element( reader, NULL, NULL, NULL, error ))) return hr;
    return reader_read_node( reader, error );
}

HRESULT reader_read_end_element( WS_XML_READER *reader, WS_ERROR *error )
{
    BOOL more;
    HRESULT hr;

    if ((hr = reader_to_content( reader, &more, error ))) return hr;
    if (reader->node->nodeType != WS_XML_NODE_TYPE_END_ELEMENT) return not_at( reader, "An end element", error );
    return reader_read_node( reader, error );
}

/* --- attributes ---------------------------------------------------------------------------------------------------- */

static BOOL find_attr( const WS_XML_ELEMENT_NODE *elem, const WS_XML_STRING *name, const WS_XML_STRING *ns, ULONG *index )
{
    ULONG i;

    for (i = 0; i < elem->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attr = elem->attributes[i];
        if (attr->isXmlNs || !xmlstr_eq( attr->localName, name ) || !xmlstr_eq( attr->ns, ns )) continue;
        *index = i;
        return TRUE;
    }
    return FALSE;
}

static HRESULT current_element( WS_XML_READER *reader, const WS_XML_ELEMENT_NODE **elem, WS_ERROR *error )
{
    if (!reader->input) return no_input( error );
    if (reader->node->nodeType != WS_XML_NODE_TYPE_ELEMENT)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The reader is not at a start element, only that has attributes." );
    *elem = (const WS_XML_ELEMENT_NODE *)reader->node;
    return S_OK;
}

HRESULT reader_find_attribute( WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, BOOL required,
                               ULONG *index, WS_ERROR *error )
{
    const WS_XML_ELEMENT_NODE *elem = NULL;
    HRESULT hr;

    if ((hr = current_element( reader, &elem, error ))) return hr;
    if (!name || !ns || !index)
        return ws_fail( error, E_INVALIDARG, "Name and namespace of the attribute and a place for its index have to be given." );
    if (find_attr( elem, name, ns, index )) return S_OK;
    if (required)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The element '%.*s' has no attribute '%.*s' of the namespace '%.*s'.",
                        XMLSTR_ARG( elem->localName ), XMLSTR_ARG( name ), XMLSTR_ARG( ns ) );
    *index = ~0u;
    return S_FALSE;
}

const WS_XML_ATTRIBUTE *reader_find( const WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns )
{
    const WS_XML_ELEMENT_NODE *elem = (const WS_XML_ELEMENT_NODE *)reader->node;
    ULONG index;

    if (elem->node.nodeType != WS_XML_NODE_TYPE_ELEMENT || !find_attr( elem, name, ns, &index )) return NULL;
    return elem->attributes[index];
}

HRESULT reader_read_start_attribute( WS_XML_READER *reader, ULONG index, WS_ERROR *error )
{
    const WS_XML_ELEMENT_NODE *elem;

    if (!reader->input) return no_input( error );
    if (reader->node->nodeType != WS_XML_NODE_TYPE_ELEMENT) return not_at( reader, "A start element", error );
    elem = (const WS_XML_ELEMENT_NODE *)reader->node;
    if (index >= elem->attributeCount)
        return ws_fail( error, E_INVALIDARG, "The element '%.*s' has %u attributes, there is none with the index %u.",
                        XMLSTR_ARG( elem->localName ), elem->attributeCount, index );
    reader->attr_node.text = elem->attributes[index]->value;
    reader->attr_elem = reader->node;
    reader->node = &reader->attr_node.node;
    reader->in_attribute = TRUE;
    reader->value_started = reader->value_raw = FALSE;
    return S_OK;
}

HRESULT reader_read_end_attribute( WS_XML_READER *reader, WS_ERROR *error )
{
    if (!reader->input) return no_input( error );
    if (!reader->in_attribute) return ws_fail( error, WS_E_INVALID_FORMAT, "The reader is not in an attribute." );
    reader->node = reader->attr_elem;
    reader->in_attribute = FALSE;
    reader->value_started = reader->value_raw = FALSE;
    return S_OK;
}

/* --- namespaces ---------------------------------------------------------------------------------------------------- */

const WS_XML_STRING *reader_prefix_namespace( WS_XML_READER *reader, const WS_XML_STRING *prefix )
{
    const struct ns_binding *binding;

    if (reader->input == READER_TREE) return tree_prefix_namespace( reader, prefix );
    binding = ns_find( &reader->ns, prefix->bytes, prefix->length );
    return binding ? &binding->ns : NULL;
}

HRESULT reader_get_namespace_from_prefix( WS_XML_READER *reader, const WS_XML_STRING *prefix, BOOL required,
                                          const WS_XML_STRING **ns, WS_ERROR *error )
{
    const WS_XML_STRING *found;

    if (!reader->input) return no_input( error );
    if (!prefix || !ns) return ws_fail( error, E_INVALIDARG, "The prefix or a place for the namespace is missing." );
    found = reader_prefix_namespace( reader, prefix );
    if (!found && required)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The prefix '%.*s' is not declared.", XMLSTR_ARG( prefix ) );
    *ns = found;
    return found ? S_OK : S_FALSE;
}
