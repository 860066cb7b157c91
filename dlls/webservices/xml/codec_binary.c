/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The binary encoding of the XML writer: .NET binary XML ([MC-NBFX]) with a static dictionary ([MC-NBFS]) and, through the
 * program's callback, a dictionary of the session ([MC-NBFSE]). */

#include "xml/writer_short.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ---- names ---- */

/* A name as it goes on the wire. */
struct wire_name
{
    BOOL  in_dictionary;
    ULONG id;                   /* as written: even static, odd dynamic */
    const WS_XML_STRING *str;
};

static BOOL same_dictionary( const WS_XML_DICTIONARY *a, const WS_XML_DICTIONARY *b )
{
    return a && b && (a == b || !memcmp( &a->guid, &b->guid, sizeof(a->guid) ));
}

/* Native ignores a failure of the callback, so the string is simply written. */
static struct wire_name find_in_dictionaries( const WS_XML_WRITER *w, const WS_XML_STRING *str, BOOL dynamic, WS_ERROR *error )
{
    struct wire_name name = { FALSE, 0, str };
    BOOL found = FALSE;
    ULONG id = 0;

    if (same_dictionary( str->dictionary, w->dictionary ))
    {
        name.in_dictionary = TRUE;
        name.id = str->id << 1;
    }
    else if (dynamic && w->dynamic && w->dynamic( w->dynamic_state, str, &found, &id, error ) >= 0 && found)
    {
        name.in_dictionary = TRUE;
        name.id = id << 1 | 1;
    }
    return name;
}

static inline struct wire_name find_name( const WS_XML_WRITER *w, const WS_XML_STRING *str, BOOL dynamic, WS_ERROR *error )
{
    struct wire_name name = { FALSE, 0, str };
    if (!str->dictionary && !w->dynamic) return name;
    return find_in_dictionaries( w, str, dynamic, error );
}

static inline BYTE *put_int31( BYTE *p, ULONG value )
{
    while (value >= 0x80)
    {
        *p++ = value | 0x80;
        value >>= 7;
    }
    *p++ = value;
    return p;
}

static inline BYTE *put_string( BYTE *p, const WS_XML_STRING *str )
{
    p = put_int31( p, str->length );
    copy_short( p, str->bytes, str->length );
    return p + str->length;
}

static inline BYTE *put_name( BYTE *p, const struct wire_name *name )
{
    return name->in_dictionary ? put_int31( p, name->id ) : put_string( p, name->str );
}

static inline BOOL is_letter( const WS_XML_STRING *prefix )
{
    return prefix->length == 1 && prefix->bytes[0] >= 'a' && prefix->bytes[0] <= 'z';
}

/* Records of elements and attributes come in the same six kinds; `base` is the short form, `letter` and `dict_letter` those for
 * prefixes of one letter. */
static inline HRESULT put_tag( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *local, BYTE base, BYTE letter,
                        BYTE dict_letter, WS_ERROR *error )
{
    struct wire_name name;
    HRESULT hr;
    BYTE *p;

    if (LIKELY( binary_is_plain( w, prefix, local ) ))
    {
        if ((hr = out_reserve( w, local->length + 2, error ))) return hr;
        binary_open( w, base, local );
        return S_OK;
    }
    name = find_name( w, local, TRUE, error );
    if ((hr = out_reserve( w, (SIZE_T)prefix->length + local->length + 1 + 2 * NBFX_MAX_INT31, error ))) return hr;
    p = w->cur;
    if (!prefix->length) *p++ = base + (name.in_dictionary ? 2 : 0);
    else if (is_letter( prefix )) *p++ = (name.in_dictionary ? dict_letter : letter) + prefix->bytes[0] - 'a';
    else
    {
        *p++ = base + 1 + (name.in_dictionary ? 2 : 0);
        p = put_string( p, prefix );
    }
    w->cur = put_name( p, &name );
    return S_OK;
}

/* ---- tags ---- */

static HRESULT start_element( WS_XML_WRITER *w, WS_ERROR *error )
{
    return put_tag( w, &w->element->prefix, &w->element->name, NBFX_SHORT_ELEMENT, NBFX_PREFIX_ELEMENT_A,
                    NBFX_PREFIX_DICT_ELEMENT_A, error );
}

static HRESULT start_attribute( WS_XML_WRITER *w, WS_ERROR *error )
{
    w->value = 0;
    return put_tag( w, &w->attr->prefix, &w->attr->name, NBFX_SHORT_ATTRIBUTE, NBFX_PREFIX_ATTRIBUTE_A,
                    NBFX_PREFIX_DICT_ATTRIBUTE_A, error );
}

static HRESULT xmlns( WS_XML_WRITER *w, const struct ns_binding *binding, BOOL single_quote, WS_ERROR *error )
{
    struct wire_name ns = find_name( w, &binding->ns, TRUE, error );
    HRESULT hr;
    BYTE *p;

    (void)single_quote;
    if ((hr = out_reserve( w, (SIZE_T)binding->prefix.length + binding->ns.length + 1 + 2 * NBFX_MAX_INT31, error )))
        return hr;
    p = w->cur;
    *p++ = NBFX_SHORT_XMLNS + (ns.in_dictionary ? 2 : 0) + (binding->prefix.length ? 1 : 0);
    if (binding->prefix.length) p = put_string( p, &binding->prefix );
    w->cur = put_name( p, &ns );
    return S_OK;
}

static HRESULT end_start( WS_XML_WRITER *w, BOOL empty, WS_ERROR *error )
{
    HRESULT hr;

    if (!empty) return S_OK;
    if ((hr = out_reserve( w, 1, error ))) return hr;
    *w->cur++ = NBFX_END_ELEMENT;
    return S_OK;
}

static HRESULT end_element( WS_XML_WRITER *w, WS_ERROR *error )
{
    HRESULT hr;

    if (binary_close_text( w )) return S_OK;
    if ((hr = out_reserve( w, 1, error ))) return hr;
    *w->cur++ = NBFX_END_ELEMENT;
    return S_OK;
}

static ULONG close_size( const struct writer_element *element )
{
    (void)element;
    return 1;
}

/* ---- texts ---- */

static inline void text_done( WS_XML_WRITER *w, SIZE_T record )
{
    if (w->state == WRITER_ATTRIBUTE) return;
    w->last_text = record;
    w->last_text_end = out_offset( w );
}

/* Type and length of a record of characters or bytes. */
static BYTE *put_length( BYTE *p, BYTE type8, ULONG len )
{
    if (len <= 0xff)
    {
        *p++ = type8;
        *p++ = len;
        return p;
    }
    if (len <= 0xffff)
    {
        *p++ = type8 + 2;
        *p++ = len;
        *p++ = len >> 8;
        return p;
    }
    *p++ = type8 + 4;
    *p++ = len;
    *p++ = len >> 8;
    *p++ = len >> 16;
    *p++ = len >> 24;
    return p;
}

static HRESULT put_run( WS_XML_WRITER *w, BYTE type8, const BYTE *bytes, ULONG len, WS_ERROR *error )
{
    SIZE_T record = out_offset( w );
    HRESULT hr;
    BYTE *p;

    if ((hr = out_reserve( w, (SIZE_T)len + 5, error ))) return hr;
    p = put_length( w->cur, type8, len );
    copy_short( p, bytes, len );
    w->cur = p + len;
    text_done( w, record );
    return S_OK;
}

/* An attribute has one text record, whose length is not known before its end: room for the shortest header is left. */
static HRESULT attribute_run( WS_XML_WRITER *w, const BYTE *bytes, ULONG len, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = out_reserve( w, (SIZE_T)len + 5, error ))) return hr;
    if (!w->value)
    {
        w->cur += 2;
        w->value = out_offset( w );
    }
    copy_short( w->cur, bytes, len );
    w->cur += len;
    return S_OK;
}

static HRESULT end_attribute( WS_XML_WRITER *w, WS_ERROR *error )
{
    BYTE *start, type = w->attr->type == WS_XML_TEXT_TYPE_BASE64 ? NBFX_BYTES8_TEXT : NBFX_CHARS8_TEXT;
    ULONG more;
    SIZE_T len;
    HRESULT hr;

    if (!w->attr->type) return put_run( w, NBFX_CHARS8_TEXT, NULL, 0, error );
    if (!w->value) return S_OK;
    len = out_offset( w ) - w->value;
    if (len > 0x7fffffff) return ws_fail( error, WS_E_QUOTA_EXCEEDED, "An attribute value is longer than 2 GB." );
    more = len <= 0xff ? 0 : len <= 0xffff ? 1 : 3;
    if ((hr = out_reserve( w, more, error ))) return hr;
    start = w->sink->bytes + w->value;
    if (more) memmove( start + more, start, len );
    put_length( start - 2, type, len );
    w->cur += more;
    return S_OK;
}

static HRESULT chars( WS_XML_WRITER *w, const BYTE *chars, ULONG count, WS_ERROR *error )
{
    ULONG valid = count <= 16 && is_plain_short( chars, count, '<' ) ? count : xml_valid_prefix( chars, count );

    if (valid != count)
        return ws_fail( error, WS_E_INVALID_FORMAT, "A text has a character at offset %u that XML does not allow.", valid );
    if (w->state == WRITER_ATTRIBUTE) return attribute_run( w, chars, count, error );
    if (LIKELY( count - 1 < 0xff ))
    {
        HRESULT hr;
        if ((hr = out_reserve( w, count + 2, error ))) return hr;
        binary_chars( w, chars, count );
        return S_OK;
    }
    return count ? put_run( w, NBFX_CHARS8_TEXT, chars, count, error ) : S_OK;
}

/* Units at the start of `src` that are printable ASCII; they are copied to dst. */
static ULONG copy_ascii( BYTE *dst, const WCHAR *src, ULONG count )
{
    ULONG i = 0;

#ifdef __SSE2__
    for (; i + 8 <= count; i += 8)
    {
        __m128i units = _mm_loadu_si128( (const __m128i *)(src + i) );
        __m128i bad = _mm_or_si128( _mm_cmplt_epi16( units, _mm_set1_epi16( ' ' ) ),
                                    _mm_cmpgt_epi16( units, _mm_set1_epi16( '~' ) ) );
        if (_mm_movemask_epi8( bad )) break;
        _mm_storel_epi64( (__m128i *)(dst + i), _mm_packus_epi16( units, units ) );
    }
#endif
    for (; i < count && src[i] >= ' ' && src[i] <= '~'; i++) dst[i] = src[i];
    return i;
}

/* The texts that most documents have: short and ASCII. FALSE: to be written the long way. */
static BOOL put_short_utf16( WS_XML_WRITER *w, const WS_XML_UTF16_TEXT *text )
{
    ULONG count = text->byteCount / sizeof(WCHAR);
    SIZE_T record = out_offset( w );
    BYTE *p = w->cur;

    if (count > 0xff || (text->byteCount | (ULONG_PTR)text->bytes) & 1 || w->state == WRITER_ATTRIBUTE ||
        (SIZE_T)(w->end - p) < count + 2 || copy_ascii( p + 2, (const WCHAR *)text->bytes, count ) != count) return FALSE;
    p[0] = NBFX_CHARS8_TEXT;
    p[1] = count;
    w->cur = p + 2 + count;
    text_done( w, record );
    return TRUE;
}

/* As one record, so it is converted first to where it will stand. */
static HRESULT utf16_text( WS_XML_WRITER *w, const WS_XML_UTF16_TEXT *text, WS_ERROR *error )
{
    ULONG size, count = text->byteCount / sizeof(WCHAR);
    const WCHAR *units;
    WCHAR *copy;
    BYTE *utf8 = NULL;
    HRESULT hr;

    if (LIKELY( count && put_short_utf16( w, text ) )) return S_OK;
    if ((hr = text_utf16_units( text, &units, &copy, error ))) return hr;
    if (!(hr = utf16_to_utf8_size( units, count, &size, error )) && !(hr = out_reserve( w, (SIZE_T)size * 2 + 5, error )))
    {
        /* behind the room that the record can take */
        utf8 = w->cur + size + 5;
        utf16_to_utf8( units, count, utf8 );
        hr = chars( w, utf8, size, error );
    }
    mem_free( copy );
    return hr;
}

/* Groups of three bytes first and the rest in a record of its own, which is taken back when more bytes follow at once: the
 * whole is one sequence of bytes. */
static HRESULT bytes( WS_XML_WRITER *w, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    BYTE group[3];
    ULONG take, have = 0;
    HRESULT hr;

    if (w->state == WRITER_ATTRIBUTE) return attribute_run( w, bytes, count, error );
    if (!count) return S_OK;
    if (w->carry_count && w->carry_end == out_offset( w ))
    {
        have = w->carry_count;
        memcpy( group, w->carry, have );
        w->cur -= w->carry_size;
        take = min( count, 3 - have );
        memcpy( group + have, bytes, take );
        have += take;
        bytes += take;
        count -= take;
        if (have == 3 && (hr = put_run( w, NBFX_BYTES8_TEXT, group, 3, error ))) return hr;
        if (have == 3) have = 0;
    }
    w->carry_count = 0;
    if (count >= 3 && (hr = put_run( w, NBFX_BYTES8_TEXT, bytes, count - count % 3, error ))) return hr;
    if (!have)
    {
        have = count % 3;
        memcpy( group, bytes + count - have, have );
    }
    if (!have) return S_OK;
    if ((hr = put_run( w, NBFX_BYTES8_TEXT, group, have, error ))) return hr;
    memcpy( w->carry, group, have );
    w->carry_count = have;
    w->carry_size = 2 + have;
    w->carry_end = out_offset( w );
    return S_OK;
}

static HRESULT put_record( WS_XML_WRITER *w, BYTE type, const void *data, ULONG size, WS_ERROR *error )
{
    SIZE_T record = out_offset( w );
    HRESULT hr;

    if ((hr = out_reserve( w, 1 + size, error ))) return hr;
    *w->cur++ = type;
    if (size) memcpy( w->cur, data, size );
    w->cur += size;
    text_done( w, record );
    return S_OK;
}

/* The shortest record; integers are little-endian, as this machine's. */
static HRESULT put_int64( WS_XML_WRITER *w, INT64 value, WS_ERROR *error )
{
    if (!value) return put_record( w, NBFX_ZERO_TEXT, NULL, 0, error );
    if (value == 1) return put_record( w, NBFX_ONE_TEXT, NULL, 0, error );
    if (value == (INT8)value) return put_record( w, NBFX_INT8_TEXT, &value, 1, error );
    if (value == (INT16)value) return put_record( w, NBFX_INT16_TEXT, &value, 2, error );
    if (value == (INT32)value) return put_record( w, NBFX_INT32_TEXT, &value, 4, error );
    return put_record( w, NBFX_INT64_TEXT, &value, 8, error );
}

static HRESULT put_uint64( WS_XML_WRITER *w, UINT64 value, WS_ERROR *error )
{
    if (value >> 63) return put_record( w, NBFX_UINT64_TEXT, &value, 8, error );
    return put_int64( w, value, error );
}

/* Whole numbers go as integers, but not minus zero. */
static BOOL is_whole( double value )
{
    UINT64 bits;

    memcpy( &bits, &value, sizeof(bits) );
    return value >= -9223372036854775808.0 && value < 9223372036854775808.0 && (double)(INT64)value == value &&
           bits != 0x8000000000000000ull;
}

static HRESULT put_float( WS_XML_WRITER *w, float value, WS_ERROR *error )
{
    if (is_whole( value )) return put_int64( w, (INT64)value, error );
    return put_record( w, NBFX_FLOAT_TEXT, &value, sizeof(value), error );
}

static HRESULT put_double( WS_XML_WRITER *w, double value, WS_ERROR *error )
{
    if (is_whole( value )) return put_int64( w, (INT64)value, error );
    if (value >= -3.4028234663852886e38 && value <= 3.4028234663852886e38 && (double)(float)value == value)
        return put_float( w, (float)value, error );
    return put_record( w, NBFX_DOUBLE_TEXT, &value, sizeof(value), error );
}

static HRESULT put_datetime( WS_XML_WRITER *w, const WS_DATETIME *value, WS_ERROR *error )
{
    static const BYTE kinds[] = { [WS_DATETIME_FORMAT_UTC] = 1, [WS_DATETIME_FORMAT_LOCAL] = 2, [WS_DATETIME_FORMAT_NONE] = 0 };
    UINT64 bits;
    HRESULT hr;

    if ((hr = datetime_check( value, error ))) return hr;
    bits = value->ticks | (UINT64)kinds[value->format] << 62;
    return put_record( w, NBFX_DATETIME_TEXT, &bits, sizeof(bits), error );
}

static HRESULT put_qname( WS_XML_WRITER *w, const WS_XML_QNAME_TEXT *text, WS_ERROR *error )
{
    static const WS_XML_STRING none = { 0, NULL, NULL, 0 };
    const WS_XML_STRING *prefix = text->prefix ? text->prefix : &none;
    struct wire_name name;
    BYTE buf[1 + NBFX_MAX_INT31];
    SIZE_T size, record;
    HRESULT hr;
    BYTE *p;

    if (!text->localName) return ws_fail( error, E_INVALIDARG, "The qualified name has no local name." );
    name = find_name( w, text->localName, FALSE, error );
    if (is_letter( prefix ) && name.in_dictionary)
    {
        buf[0] = prefix->bytes[0] - 'a';
        return put_record( w, NBFX_QNAME_DICT_TEXT, buf, put_int31( buf + 1, name.id ) - buf, error );
    }
    record = out_offset( w );
    size = (SIZE_T)prefix->length + (prefix->length ? 1 : 0) + text->localName->length;
    if (size > 0x7fffffff) return ws_fail( error, WS_E_QUOTA_EXCEEDED, "A qualified name is longer than 2 GB." );
    if ((hr = out_reserve( w, size + 5, error ))) return hr;
    p = put_length( w->cur, NBFX_CHARS8_TEXT, size );
    if (prefix->length)
    {
        memcpy( p, prefix->bytes, prefix->length );
        p += prefix->length;
        *p++ = ':';
    }
    if (text->localName->length) memcpy( p, text->localName->bytes, text->localName->length );
    w->cur = p + text->localName->length;
    text_done( w, record );
    return S_OK;
}

static HRESULT text( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error );

/* Each item is a record of its own; in an attribute the texts would else become one. */
static HRESULT put_list( WS_XML_WRITER *w, const WS_XML_LIST_TEXT *list, WS_ERROR *error )
{
    enum writer_state state = w->state;
    SIZE_T before;
    HRESULT hr;
    ULONG i;

    if ((hr = put_record( w, NBFX_START_LIST_TEXT, NULL, 0, error ))) return hr;
    for (i = 0; i < list->itemCount; i++)
    {
        if (!text_struct_size( list->items[i]->textType ) || list->items[i]->textType == WS_XML_TEXT_TYPE_LIST)
            return ws_fail( error, E_INVALIDARG, "Item %u of a list has text type %u.", i, list->items[i]->textType );
        before = out_offset( w );
        w->state = WRITER_CONTENT;
        hr = text( w, list->items[i], error );
        w->state = state;
        if (!hr && out_offset( w ) == before) hr = put_record( w, NBFX_EMPTY_TEXT, NULL, 0, error );
        if (hr) return hr;
        w->carry_count = 0;
    }
    return put_record( w, NBFX_END_LIST_TEXT, NULL, 0, error );
}

static HRESULT text( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error )
{
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
    {
        const WS_XML_STRING *value = &((const WS_XML_UTF8_TEXT *)text)->value;
        struct wire_name name = find_name( w, value, FALSE, error );
        BYTE buf[NBFX_MAX_INT31];
        /* an attribute may be continued, and has one record only */
        if (!name.in_dictionary || w->state == WRITER_ATTRIBUTE) return chars( w, value->bytes, value->length, error );
        return put_record( w, NBFX_DICT_TEXT, buf, put_int31( buf, name.id ) - buf, error );
    }
    case WS_XML_TEXT_TYPE_UTF16:
        return utf16_text( w, (const WS_XML_UTF16_TEXT *)text, error );
    case WS_XML_TEXT_TYPE_BASE64:
        return bytes( w, ((const WS_XML_BASE64_TEXT *)text)->bytes, ((const WS_XML_BASE64_TEXT *)text)->length, error );
    case WS_XML_TEXT_TYPE_BOOL:
        return put_record( w, ((const WS_XML_BOOL_TEXT *)text)->value ? NBFX_TRUE_TEXT : NBFX_FALSE_TEXT, NULL, 0, error );
    case WS_XML_TEXT_TYPE_INT32:
        return put_int64( w, ((const WS_XML_INT32_TEXT *)text)->value, error );
    case WS_XML_TEXT_TYPE_INT64:
        return put_int64( w, ((const WS_XML_INT64_TEXT *)text)->value, error );
    case WS_XML_TEXT_TYPE_UINT64:
        return put_uint64( w, ((const WS_XML_UINT64_TEXT *)text)->value, error );
    case WS_XML_TEXT_TYPE_FLOAT:
        return put_float( w, ((const WS_XML_FLOAT_TEXT *)text)->value, error );
    case WS_XML_TEXT_TYPE_DOUBLE:
        return put_double( w, ((const WS_XML_DOUBLE_TEXT *)text)->value, error );
    case WS_XML_TEXT_TYPE_DECIMAL:
        return put_record( w, NBFX_DECIMAL_TEXT, &((const WS_XML_DECIMAL_TEXT *)text)->value, sizeof(DECIMAL), error );
    case WS_XML_TEXT_TYPE_GUID:
        return put_record( w, NBFX_UUID_TEXT, &((const WS_XML_GUID_TEXT *)text)->value, sizeof(GUID), error );
    case WS_XML_TEXT_TYPE_UNIQUE_ID:
        return put_record( w, NBFX_UNIQUE_ID_TEXT, &((const WS_XML_UNIQUE_ID_TEXT *)text)->value, sizeof(GUID), error );
    case WS_XML_TEXT_TYPE_DATETIME:
        return put_datetime( w, &((const WS_XML_DATETIME_TEXT *)text)->value, error );
    case WS_XML_TEXT_TYPE_TIMESPAN:
        return put_record( w, NBFX_TIMESPAN_TEXT, &((const WS_XML_TIMESPAN_TEXT *)text)->value.ticks, 8, error );
    case WS_XML_TEXT_TYPE_QNAME:
        return put_qname( w, (const WS_XML_QNAME_TEXT *)text, error );
    case WS_XML_TEXT_TYPE_LIST:
        return put_list( w, (const WS_XML_LIST_TEXT *)text, error );
    default:
        return ws_fail( error, E_INVALIDARG, "%u is not a text type.", text->textType );
    }
}

HRESULT binary_simple( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *name, const WS_XML_TEXT *value,
                       WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = put_tag( w, prefix, name, NBFX_SHORT_ELEMENT, NBFX_PREFIX_ELEMENT_A, NBFX_PREFIX_DICT_ELEMENT_A, error )))
        return hr;
    if (value && (hr = text( w, value, error ))) return hr;
    return end_element( w, error );
}

/* ---- sections ---- */

/* The encoding has no CDATA: it is text. Base64 does not go on from outside into it, as it can't where there are sections. */
static HRESULT cdata( WS_XML_WRITER *w, WS_ERROR *error )
{
    (void)error;
    w->carry_count = 0;
    return S_OK;
}

static HRESULT comment( WS_XML_WRITER *w, const WS_XML_STRING *value, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = out_reserve( w, (SIZE_T)value->length + 1 + NBFX_MAX_INT31, error ))) return hr;
    *w->cur++ = NBFX_COMMENT;
    w->cur = put_string( w->cur, value );
    return S_OK;
}

/* Value types that have an array record ([MC-NBFX] 2.2.3.36), with the end of their elements. */
static BYTE array_record( WS_VALUE_TYPE type )
{
    switch (type)
    {
    case WS_BOOL_VALUE_TYPE:     return NBFX_BOOL_TEXT + 1;
    case WS_INT16_VALUE_TYPE:    return NBFX_INT16_TEXT + 1;
    case WS_INT32_VALUE_TYPE:    return NBFX_INT32_TEXT + 1;
    case WS_INT64_VALUE_TYPE:    return NBFX_INT64_TEXT + 1;
    case WS_FLOAT_VALUE_TYPE:    return NBFX_FLOAT_TEXT + 1;
    case WS_DOUBLE_VALUE_TYPE:   return NBFX_DOUBLE_TEXT + 1;
    case WS_DECIMAL_VALUE_TYPE:  return NBFX_DECIMAL_TEXT + 1;
    case WS_DATETIME_VALUE_TYPE: return NBFX_DATETIME_TEXT + 1;
    case WS_TIMESPAN_VALUE_TYPE: return NBFX_TIMESPAN_TEXT + 1;
    case WS_GUID_VALUE_TYPE:     return NBFX_UUID_TEXT + 1;
    default:                     return 0;
    }
}

static HRESULT put_items( WS_XML_WRITER *w, WS_VALUE_TYPE type, const BYTE *items, ULONG count, WS_ERROR *error )
{
    ULONG size = value_type_size( type ), i;
    HRESULT hr;

    if (type == WS_BOOL_VALUE_TYPE)
    {
        if ((hr = out_reserve( w, count, error ))) return hr;
        for (i = 0; i < count; i++) *w->cur++ = ((const BOOL *)items)[i] != 0;
        return S_OK;
    }
    if (type == WS_DATETIME_VALUE_TYPE)
    {
        for (i = 0; i < count; i++)
        {
            SIZE_T start = out_offset( w );
            if ((hr = put_datetime( w, (const WS_DATETIME *)items + i, error ))) return hr;
            /* the items have no record type */
            memmove( w->sink->bytes + start, w->sink->bytes + start + 1, 8 );
            w->cur--;
        }
        return S_OK;
    }
    return out_bytes( w, items, (SIZE_T)count * size, error );
}

/* The element is written once, then how many there are and the bare values. */
static HRESULT array( WS_XML_WRITER *w, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type,
                      const BYTE *items, ULONG count, WS_ERROR *error )
{
    BYTE record = array_record( type );
    SIZE_T offset;
    HRESULT hr;

    if (!record || !w->element || count > 0x7fffffff) return S_FALSE;
    if ((hr = writer_to_content( w, error )) || (hr = out_reserve( w, 1, error ))) return hr;
    *w->cur++ = NBFX_ARRAY;
    if ((hr = writer_write_start_element( w, NULL, name, ns, error ))) return hr;
    if ((hr = writer_write_end_start_element( w, error )) || (hr = out_reserve( w, 2 + NBFX_MAX_INT31, error ))) return hr;
    *w->cur++ = NBFX_END_ELEMENT;
    offset = out_offset( w );
    *w->cur++ = record;
    w->cur = put_int31( w->cur, count );
    if ((hr = put_items( w, type, items, count, error ))) return hr;
    w->last_text = offset;
    w->last_text_end = out_offset( w );
    return writer_write_end_element( w, error );
}

const struct writer_codec binary_codec =
{
    start_element, start_attribute, end_attribute, xmlns, end_start, end_element, text, chars, bytes, cdata, cdata, comment,
    array, close_size, TRUE
};
