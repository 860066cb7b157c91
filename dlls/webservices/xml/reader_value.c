/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values out of text: the whole content as one text, characters and bytes in pieces, names, arrays. */

#include "xml/reader_impl.h"
#include "xml/chars.h"
#include "xml/text.h"
#include "xml/value.h"

static HRESULT no_input( WS_ERROR *error )
{
    return ws_fail( error, WS_E_INVALID_OPERATION, "The reader has no input." );
}

static HRESULT no_content( WS_ERROR *error )
{
    return ws_fail( error, WS_E_INVALID_FORMAT, "The reader is not at the content of an element or attribute." );
}

/* The lexical form of a text: in the text, in `bounded` (XML_TEXT_SCRATCH bytes), or in the reader's text heap. */
static HRESULT lexical_form( WS_XML_READER *reader, const WS_XML_TEXT *text, BYTE *bounded, WS_XML_STRING *str, WS_ERROR *error )
{
    HRESULT hr;

    if (text_is_bounded( text )) return text_to_utf8( text, NULL, bounded, str, error );
    if (reader->text_heap) heap_reset( reader->text_heap );
    else if ((hr = heap_create( ~(SIZE_T)0, 0, NULL, 0, &reader->text_heap, error ))) return hr;
    return text_to_utf8( text, reader->text_heap, NULL, str, error );
}

static const WS_XML_TEXT *current_text( const WS_XML_READER *reader )
{
    return ((const WS_XML_TEXT_NODE *)reader->node)->text;
}

/* Several texts put together in reader->joined. */
struct joined
{
    SIZE_T len;
    ULONG  count;   /* of texts after the first */
    BOOL   raw;     /* bytes, not characters */
};

/* --- whole content ------------------------------------------------------------------------------------------------- */

static HRESULT join_bytes( WS_XML_READER *reader, SIZE_T *len, const void *src, ULONG size, WS_ERROR *error )
{
    SIZE_T room;
    BYTE *bytes;

    if (*len + size > reader->joined_size)
    {
        room = max( *len + size, 2 * reader->joined_size );
        if (room > MAXLONG || !(bytes = mem_realloc( reader->joined, room )))
            return ws_fail( error, E_OUTOFMEMORY, "No memory for a text of %u bytes.", (unsigned int)room );
        reader->joined = bytes;
        reader->joined_size = room;
    }
    if (size) memcpy( reader->joined + *len, src, size );
    *len += size;
    return S_OK;
}

static HRESULT join_text( WS_XML_READER *reader, SIZE_T *len, const WS_XML_TEXT *text, WS_ERROR *error )
{
    BYTE bounded[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    HRESULT hr;

    if ((hr = lexical_form( reader, text, bounded, &str, error ))) return hr;
    return join_bytes( reader, len, str.bytes, str.length, error );
}

/* The next text after the first. Bytes stay bytes as long as nothing else comes: the base64 forms of pieces can't be put
 * together. */
static HRESULT join_next( WS_XML_READER *reader, struct joined *joined, const WS_XML_TEXT *first, const WS_XML_TEXT *next,
                          WS_ERROR *error )
{
    const WS_XML_BASE64_TEXT *bytes;
    WS_XML_BASE64_TEXT all;
    HRESULT hr;

    if (!joined->count++)
    {
        joined->raw = first->textType == WS_XML_TEXT_TYPE_BASE64;
        bytes = (const WS_XML_BASE64_TEXT *)first;
        if ((hr = joined->raw ? join_bytes( reader, &joined->len, bytes->bytes, bytes->length, error ) :
                                join_text( reader, &joined->len, first, error ))) return hr;
    }
    if (joined->raw && next->textType == WS_XML_TEXT_TYPE_BASE64)
    {
        bytes = (const WS_XML_BASE64_TEXT *)next;
        return join_bytes( reader, &joined->len, bytes->bytes, bytes->length, error );
    }
    if (joined->raw)
    {
        all.text.textType = WS_XML_TEXT_TYPE_BASE64;
        all.bytes = reader->joined;
        all.length = joined->len;
        joined->raw = FALSE;
        joined->len = 0;
        reader->joined = NULL;
        reader->joined_size = 0;
        hr = join_text( reader, &joined->len, &all.text, error );
        mem_free( all.bytes );
        if (hr) return hr;
    }
    return join_text( reader, &joined->len, next, error );
}

static const WS_XML_TEXT *joined_text( WS_XML_READER *reader, const struct joined *joined )
{
    memset( &reader->content, 0, sizeof(reader->content) );
    if (joined->raw)
    {
        reader->content.base64.text.textType = WS_XML_TEXT_TYPE_BASE64;
        reader->content.base64.bytes = reader->joined;
        reader->content.base64.length = joined->len;
    }
    else
    {
        reader->content.utf8.text.textType = WS_XML_TEXT_TYPE_UTF8;
        reader->content.utf8.value.bytes = joined->count ? reader->joined : (BYTE *)"";
        reader->content.utf8.value.length = joined->len;
    }
    return &reader->content.text;
}

/* Keeps the text of the current node while the reader moves on. */
static const WS_XML_TEXT *keep_text( WS_XML_READER *reader )
{
    if (current_text( reader ) != &reader->text->text) return current_text( reader );
    reader->content = *reader->text;
    return &reader->content.text;
}

static HRESULT read_content( WS_XML_READER *reader, const WS_XML_TEXT **ret, WS_ERROR *error )
{
    const WS_XML_TEXT *first = NULL;
    struct joined joined = { 0, 0, FALSE };
    HRESULT hr;

    for (;;)
    {
        switch (reader->node->nodeType)
        {
        case WS_XML_NODE_TYPE_TEXT:
            if (!first) first = keep_text( reader );
            else if ((hr = join_next( reader, &joined, first, current_text( reader ), error ))) return hr;
            break;
        case WS_XML_NODE_TYPE_CDATA:
        case WS_XML_NODE_TYPE_END_CDATA:
        case WS_XML_NODE_TYPE_COMMENT:
            break;
        case WS_XML_NODE_TYPE_END_ELEMENT:
            *ret = first && !joined.count ? first : joined_text( reader, &joined );
            return S_OK;
        default:
            return no_content( error );
        }
        if ((hr = reader_read_node( reader, error ))) return hr;
    }
}

HRESULT reader_read_content_text( WS_XML_READER *reader, const WS_XML_TEXT **text, WS_ERROR *error )
{
    HRESULT hr;

    if (!reader->input) return no_input( error );
    if (reader->in_attribute)
    {
        if (reader->node->nodeType != WS_XML_NODE_TYPE_TEXT) return no_content( error );
        *text = current_text( reader );
        return reader_read_node( reader, error );
    }
    reader_begin_node( reader );
    reader->hold_scratch = TRUE;
    hr = read_content( reader, text, error );
    reader->hold_scratch = FALSE;
    return hr;
}

/* --- pieces -------------------------------------------------------------------------------------------------------- */

/* To the next text that has something left, unless the current one has. FALSE in *more at the end of the content. */
static HRESULT begin_piece( WS_XML_READER *reader, BOOL *more, WS_ERROR *error )
{
    HRESULT hr;

    for (;;)
    {
        switch (reader->node->nodeType)
        {
        case WS_XML_NODE_TYPE_TEXT:
            if (!reader->value_started || reader->value_raw)
            {
                /* after a piece as bytes it goes on with the group of characters that the next byte is in */
                ULONG pos = reader->value_started ? reader->value_pos / 3 * 4 : 0;
                if ((hr = lexical_form( reader, current_text( reader ), reader->value_bounded, &reader->value_utf8, error )))
                    return hr;
                reader->value_started = TRUE;
                reader->value_raw = FALSE;
                reader->value_pos = pos;
            }
            *more = TRUE;
            if (reader->value_pos < reader->value_utf8.length) return S_OK;
            break;
        case WS_XML_NODE_TYPE_CDATA:
        case WS_XML_NODE_TYPE_END_CDATA:
            break;
        case WS_XML_NODE_TYPE_COMMENT:
            break;
        default:
            *more = FALSE;
            return S_OK;
        }
        if ((hr = reader_read_node( reader, error ))) return hr;
    }
}

/* What the three functions have in common: `convert` takes from [src, src + len) to dst; it returns how much it took and
 * in *count how many units it made. */
typedef ULONG (*piece_convert)( WS_XML_READER *reader, const BYTE *src, ULONG len, void *dst, ULONG max, ULONG *count );

static HRESULT read_piece( WS_XML_READER *reader, piece_convert convert, void *dst, ULONG max, ULONG *count, WS_ERROR *error )
{
    BOOL more;
    HRESULT hr;

    if (!reader->input) return no_input( error );
    if (!count) return ws_fail( error, E_INVALIDARG, "No place to store the count was given." );
    *count = 0;
    if (!max) return S_OK;
    for (;;)
    {
        if ((hr = begin_piece( reader, &more, error ))) return hr;
        if (!more) return S_OK;
        if (!dst) return ws_fail( error, E_INVALIDARG, "No room for the %u units that are asked for was given.", max );
        reader->value_pos += convert( reader, reader->value_utf8.bytes + reader->value_pos,
                                      reader->value_utf8.length - reader->value_pos, dst, max, count );
        if (*count) return S_OK;
    }
}

static ULONG convert_utf8( WS_XML_READER *reader, const BYTE *src, ULONG len, void *dst, ULONG max, ULONG *count )
{
    (void)reader;
    if (len > max)
    {
        /* whole characters, as long as there is room for one */
        for (len = max; len && (src[len] & 0xc0) == 0x80; len--) {}
        if (!len) len = max;
    }
    memcpy( dst, src, len );
    *count = len;
    return len;
}

static ULONG convert_utf16( WS_XML_READER *reader, const BYTE *src, ULONG len, void *dst, ULONG max, ULONG *count )
{
    WCHAR *chars = dst;
    ULONG pos = 0, n = 0, size;
    UINT32 c;

    while (n < max && pos < len)
    {
        if (LIKELY( src[pos] < 0x80 ))
        {
            chars[n++] = src[pos++];
            continue;
        }
        if (!(size = utf8_decode( src + pos, min( len - pos, 4 ), &c )))
        {
            /* the rest of a character that was begun as UTF-8 */
            pos++;
            continue;
        }
        if (c < 0x10000) chars[n++] = c;
        else
        {
            if (!reader->low_surrogate) chars[n++] = 0xd800 + ((c - 0x10000) >> 10);
            reader->low_surrogate = n == max;   /* its second unit begins the next piece */
            if (n == max) break;
            chars[n++] = 0xdc00 + (c & 0x3ff);
        }
        pos += size;
    }
    *count = n;
    return pos;
}

HRESULT reader_read_chars( WS_XML_READER *reader, WCHAR *chars, ULONG max, ULONG *count, WS_ERROR *error )
{
    return read_piece( reader, convert_utf16, chars, max, count, error );
}

HRESULT reader_read_chars_utf8( WS_XML_READER *reader, BYTE *bytes, ULONG max, ULONG *count, WS_ERROR *error )
{
    return read_piece( reader, convert_utf8, bytes, max, count, error );
}

/* --- bytes --------------------------------------------------------------------------------------------------------- */

/* The value of a base64 digit, 64 for '=', 65 for white space, 66 for anything else. */
static ULONG base64_digit( BYTE c )
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : c == '=' ? 64 : is_xml_space( c ) ? 65 : 66;
}

/* Decodes into dst until that is full or the text is at its end. What is begun, four digits and the bytes they make, is
 * in reader->base64: a piece may end anywhere, and a text too. */
static HRESULT convert_base64( WS_XML_READER *reader, const BYTE *src, ULONG len, BYTE *dst, ULONG max, ULONG *used,
                               ULONG *count, WS_ERROR *error )
{
    struct base64_state *state = &reader->base64;
    ULONG pos = 0, n = 0, digit;

    for (;;)
    {
        while (n < max && state->ready) dst[n++] = state->bytes[sizeof(state->bytes) - state->ready--];
        if (n == max || pos == len) break;
        digit = base64_digit( src[pos++] );
        if (digit == 65) continue;
        if (digit == 66 || state->ended || (digit == 64 && state->digits < 2))
            return ws_fail( error, WS_E_INVALID_FORMAT, "The byte 0x%02x is not valid in base64 here.", src[pos - 1] );
        if (digit == 64) state->pads++;
        else if (state->pads)
            return ws_fail( error, WS_E_INVALID_FORMAT, "The byte 0x%02x is not valid in base64 here.", src[pos - 1] );
        state->bits = state->bits << 6 | (digit & 63);
        if (++state->digits < 4) continue;
        state->ready = 3 - state->pads;
        /* right aligned, so that the last `ready` ones are the next */
        state->bytes[0] = state->bits >> 16;
        state->bytes[1] = state->bits >> 8;
        state->bytes[2] = state->bits;
        if (state->pads) memmove( state->bytes + state->pads, state->bytes, state->ready );
        state->ended = state->pads != 0;
        state->digits = state->pads = 0;
        state->bits = 0;
    }
    *used = pos;
    *count = n;
    return S_OK;
}

static HRESULT begin_bytes( WS_XML_READER *reader, BOOL *more, WS_ERROR *error )
{
    HRESULT hr;

    if (reader->base64.ready) *more = TRUE;
    else
    {
        reader->base64.moving = TRUE;   /* a stream that is short may leave it between two texts */
        if ((hr = begin_piece( reader, more, error ))) return hr;
        reader->base64.moving = FALSE;
    }
    if (*more) return S_OK;
    if (reader->base64.digits)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The base64 text ends within a group of four digits." );
    memset( &reader->base64, 0, sizeof(reader->base64) );
    return S_OK;
}

/* The bytes of a text that has them as such, as binary XML and MTOM do. */
static const WS_XML_BASE64_TEXT *raw_bytes( const WS_XML_READER *reader )
{
    const WS_XML_TEXT *text;

    if (reader->node->nodeType != WS_XML_NODE_TYPE_TEXT || (reader->value_started && !reader->value_raw)) return NULL;
    text = current_text( reader );
    return text->textType == WS_XML_TEXT_TYPE_BASE64 ? (const WS_XML_BASE64_TEXT *)text : NULL;
}

HRESULT reader_read_bytes( WS_XML_READER *reader, void *bytes, ULONG max, ULONG *count, WS_ERROR *error )
{
    const WS_XML_BASE64_TEXT *raw;
    ULONG used = 0;
    BOOL more;
    HRESULT hr;

    if (!reader->input) return no_input( error );
    if (!count) return ws_fail( error, E_INVALIDARG, "No place to store the count was given." );
    *count = 0;
    if (!max) return S_OK;
    /* what is left of a group belongs to a text that the reader has been moved away from */
    if (!reader->value_started && !reader->base64.moving) memset( &reader->base64, 0, sizeof(reader->base64) );
    for (;;)
    {
        if (!reader->base64.digits && !reader->base64.ready && (raw = raw_bytes( reader )))
        {
            if (!reader->value_started) reader->value_pos = 0;
            reader->value_started = reader->value_raw = TRUE;
            reader->value_utf8.length = raw->length;    /* the end of what can be taken */
            if (reader->value_pos < raw->length)
            {
                if (!bytes) return ws_fail( error, E_INVALIDARG, "No room for %u bytes was given.", max );
                *count = min( max, raw->length - reader->value_pos );
                memcpy( bytes, raw->bytes + reader->value_pos, *count );
                reader->value_pos += *count;
                return S_OK;
            }
            if ((hr = reader_read_node( reader, error ))) return hr;
            continue;
        }
        if ((hr = begin_bytes( reader, &more, error ))) return hr;
        if (!more) return S_OK;
        if (!bytes) return ws_fail( error, E_INVALIDARG, "No room for %u bytes was given.", max );
        if ((hr = convert_base64( reader, reader->value_utf8.bytes + reader->value_pos,
                                  reader->value_utf8.length - reader->value_pos, bytes, max, &used, count, error ))) return hr;
        reader->value_pos += used;
        if (*count) return S_OK;
    }
}

/* --- names --------------------------------------------------------------------------------------------------------- */

static void trim_space( WS_XML_STRING *str )
{
    while (str->length && is_xml_space( str->bytes[0] ))
    {
        str->bytes++;
        str->length--;
    }
    while (str->length && is_xml_space( str->bytes[str->length - 1] )) str->length--;
}

static HRESULT split_qname( WS_XML_READER *reader, WS_XML_STRING *str, WS_XML_STRING *prefix, WS_XML_STRING *name,
                            const WS_XML_STRING **ns, WS_ERROR *error )
{
    const BYTE *colon;

    trim_space( str );
    memset( prefix, 0, sizeof(*prefix) );
    prefix->bytes = (BYTE *)"";
    *name = *str;
    if (str->length && (colon = memchr( str->bytes, ':', str->length )))
    {
        prefix->bytes = str->bytes;
        prefix->length = colon - str->bytes;
        name->bytes = (BYTE *)colon + 1;
        name->length = str->length - prefix->length - 1;
        if (!prefix->length) name->length = 0;
    }
    name->dictionary = NULL;
    name->id = 0;
    if (!name->length)
        return ws_fail( error, WS_E_INVALID_FORMAT, "'%.*s' is not a qualified name.", XMLSTR_ARG( str ) );
    if (!(*ns = reader_prefix_namespace( reader, prefix )))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The prefix '%.*s' is not declared.", XMLSTR_ARG( prefix ) );
    return S_OK;
}

HRESULT reader_read_qualified_name( WS_XML_READER *reader, WS_HEAP *heap, WS_XML_STRING *prefix, WS_XML_STRING *name,
                                    WS_XML_STRING *ns, WS_ERROR *error )
{
    WS_XML_STRING str, prefix_part, name_part, copies[3];
    BYTE bounded[XML_TEXT_SCRATCH];
    const WS_XML_STRING *ns_found;
    const WS_XML_TEXT *text;
    HRESULT hr;

    if (!heap) return ws_fail( error, E_INVALIDARG, "No heap for the name was given." );
    if (!reader->input) return no_input( error );
    if (!name) return ws_fail( error, E_INVALIDARG, "No place to store the local name was given." );
    if ((hr = reader_read_content_text( reader, &text, error ))) return hr;
    if (text->textType == WS_XML_TEXT_TYPE_QNAME)
    {
        const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)text;
        prefix_part = *qname->prefix;
        name_part = *qname->localName;
        ns_found = qname->ns;
    }
    else if ((hr = lexical_form( reader, text, bounded, &str, error )) ||
             (hr = split_qname( reader, &str, &prefix_part, &name_part, &ns_found, error ))) return hr;
    if ((prefix && (hr = xmlstr_dup( heap, &prefix_part, &copies[0], error ))) ||
        (hr = xmlstr_dup( heap, &name_part, &copies[1], error )) ||
        (ns && (hr = xmlstr_dup( heap, ns_found, &copies[2], error )))) return hr;
    if (prefix) *prefix = copies[0];
    *name = copies[1];
    if (ns) *ns = copies[2];
    return S_OK;
}

HRESULT reader_get_attribute( WS_XML_READER *reader, const WS_XML_STRING *name, WS_HEAP *heap, WCHAR **chars, ULONG *count,
                              WS_ERROR *error )
{
    BYTE bounded[XML_TEXT_SCRATCH];
    const WS_XML_TEXT *text;
    WS_XML_STRING value;
    WS_STRING str;
    BOOL found;
    HRESULT hr;
    ULONG i;

    if (!reader->input) return no_input( error );
    if (!name || !heap || !chars || !count)
        return ws_fail( error, E_INVALIDARG, "A name, a heap and places for the characters and their count have to be given." );
    if (reader->input == READER_TREE)
    {
        if ((found = (text = tree_xml_attribute( reader, name )) != NULL) &&
            (hr = lexical_form( reader, text, bounded, &value, error ))) return hr;
    }
    else
    {
        for (i = reader->xml_attr_count; i && !xmlstr_eq( &reader->xml_attrs[i - 1].name, name ); i--) {}
        if ((found = i != 0)) value = reader->xml_attrs[i - 1].value;
    }
    if (!found)
    {
        *chars = NULL;
        *count = 0;
        return S_FALSE;
    }
    if ((hr = str_from_utf8( heap, value.bytes, value.length, &str, error ))) return hr;
    *chars = str.chars;
    *count = str.length;
    return S_OK;
}

/* --- values -------------------------------------------------------------------------------------------------------- */

static HRESULT parse_integer( const WS_XML_STRING *str, ULONG bits, BOOL is_signed, void *value, WS_ERROR *error )
{
    UINT64 u;
    INT64 i;
    HRESULT hr;

    if (is_signed)
    {
        INT64 max = (INT64)(~(UINT64)0 >> (65 - bits));
        if ((hr = parse_int64( str->bytes, str->length, -max - 1, max, &i, error ))) return hr;
        memcpy( value, &i, bits / 8 );
        return S_OK;
    }
    if ((hr = parse_uint64( str->bytes, str->length, ~(UINT64)0 >> (64 - bits), &u, error ))) return hr;
    memcpy( value, &u, bits / 8 );  /* little endian */
    return S_OK;
}

static HRESULT parse_value( WS_VALUE_TYPE type, const WS_XML_STRING *str, void *value, WS_ERROR *error )
{
    switch (type)
    {
    case WS_BOOL_VALUE_TYPE:     return parse_bool( str->bytes, str->length, value, error );
    case WS_INT8_VALUE_TYPE:     return parse_integer( str, 8, TRUE, value, error );
    case WS_INT16_VALUE_TYPE:    return parse_integer( str, 16, TRUE, value, error );
    case WS_INT32_VALUE_TYPE:    return parse_integer( str, 32, TRUE, value, error );
    case WS_INT64_VALUE_TYPE:    return parse_integer( str, 64, TRUE, value, error );
    case WS_UINT8_VALUE_TYPE:    return parse_integer( str, 8, FALSE, value, error );
    case WS_UINT16_VALUE_TYPE:   return parse_integer( str, 16, FALSE, value, error );
    case WS_UINT32_VALUE_TYPE:   return parse_integer( str, 32, FALSE, value, error );
    case WS_UINT64_VALUE_TYPE:   return parse_integer( str, 64, FALSE, value, error );
    case WS_FLOAT_VALUE_TYPE:    return parse_float( str->bytes, str->length, value, error );
    case WS_DOUBLE_VALUE_TYPE:   return parse_double( str->bytes, str->length, value, error );
    case WS_DECIMAL_VALUE_TYPE:  return parse_decimal( str->bytes, str->length, value, error );
    case WS_DATETIME_VALUE_TYPE: return parse_datetime( str->bytes, str->length, value, error );
    case WS_TIMESPAN_VALUE_TYPE: return parse_timespan( str->bytes, str->length, value, error );
    case WS_GUID_VALUE_TYPE:     return parse_guid( str->bytes, str->length, value, error );
    case WS_DURATION_VALUE_TYPE: return parse_duration( str->bytes, str->length, value, error );
    default: return ws_fail( error, E_INVALIDARG, "%u is not a value type.", type );
    }
}

/* Integers that binary XML has as such. FALSE when the text is none, or the value is not wanted as one. */
static BOOL is_integer( WS_VALUE_TYPE type, const WS_XML_TEXT *text, BOOL *negative, UINT64 *number )
{
    INT64 value;

    if (type < WS_INT8_VALUE_TYPE || type > WS_UINT64_VALUE_TYPE) return FALSE;
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_INT32:  value = ((const WS_XML_INT32_TEXT *)text)->value; break;
    case WS_XML_TEXT_TYPE_INT64:  value = ((const WS_XML_INT64_TEXT *)text)->value; break;
    case WS_XML_TEXT_TYPE_UINT64:
        *number = ((const WS_XML_UINT64_TEXT *)text)->value;
        *negative = FALSE;
        return TRUE;
    default: return FALSE;
    }
    *number = value;
    *negative = value < 0;
    return TRUE;
}

static HRESULT store_integer( WS_VALUE_TYPE type, BOOL negative, UINT64 number, void *value, WS_ERROR *error )
{
    BOOL is_signed = type <= WS_INT64_VALUE_TYPE;
    ULONG size = value_type_size( type );
    UINT64 max = ~(UINT64)0 >> (64 - 8 * size + is_signed);

    if (negative ? !is_signed || ~number > max : number > max)
        return ws_fail( error, WS_E_NUMERIC_OVERFLOW, "The number %s%llu has more than the %u bits that are wanted.",
                        negative ? "-" : "", (unsigned long long)(negative ? -number : number), 8 * size );
    memcpy( value, &number, size );     /* little endian */
    return S_OK;
}

HRESULT reader_read_value( WS_XML_READER *reader, WS_VALUE_TYPE type, void *value, ULONG size, WS_ERROR *error )
{
    BYTE bounded[XML_TEXT_SCRATCH];
    const WS_XML_TEXT *text;
    WS_XML_STRING str;
    BOOL negative;
    UINT64 number;
    HRESULT hr;

    if (!reader->input) return no_input( error );
    if (!value || !value_type_size( type ) || size != value_type_size( type ))
        return ws_fail( error, E_INVALIDARG, "A value of type %u has %u bytes, room for %u was given.", type,
                        value_type_size( type ), value ? size : 0 );
    if ((hr = reader_read_content_text( reader, &text, error ))) return hr;
    if (is_integer( type, text, &negative, &number )) return store_integer( type, negative, number, value, error );
    if (type == WS_DOUBLE_VALUE_TYPE && text_floating( text, value )) return S_OK;
    if ((hr = lexical_form( reader, text, bounded, &str, error ))) return hr;
    return parse_value( type, &str, value, error );
}

HRESULT reader_read_array( WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type,
                           void *array, ULONG array_size, ULONG offset, ULONG count, ULONG *actual, WS_ERROR *error )
{
    ULONG size = value_type_size( type ), i;
    BOOL found;
    HRESULT hr;

    if (!reader->input) return no_input( error );
    if (!name || !ns || !actual || !size || (count && !array))
        return ws_fail( error, E_INVALIDARG, "Name, namespace, a type that exists, the array and a place for the count have "
                        "to be given." );
    if (((UINT64)offset + count) * size > array_size)
        return ws_fail( error, E_INVALIDARG, "The array of %u bytes has no room for items %u to %u.", array_size, offset,
                        offset + count );
    *actual = 0;
    for (i = 0; i < count; i++)
    {
        if ((hr = reader_read_to_start_element( reader, name, ns, &found, error ))) return hr;
        if (!found) break;
        if ((hr = reader_read_node( reader, error )) ||
            (hr = reader_read_value( reader, type, (BYTE *)array + (offset + i) * size, size, error )) ||
            (hr = reader_read_end_element( reader, error ))) return hr;
    }
    *actual = i;
    return S_OK;
}
