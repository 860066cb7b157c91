/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From texts to values. A text in its lexical form is parsed; a typed text of the same kind is taken as it is; any
 * other combination goes through the lexical form. */
#include "serial/types.h"
#include "xml/text.h"

void *ctx_alloc( struct read_ctx *ctx, SIZE_T size, HRESULT *hr )
{
    void *ret;

    if (UNLIKELY( !ctx->heap ))
    {
        *hr = ws_fail( ctx->error, E_INVALIDARG, "The value needs memory, but no heap was given." );
        return NULL;
    }
    if (!(ret = heap_alloc( ctx->heap, size, ctx->error ))) *hr = heap_failure( ctx->heap );
    return ret;
}

/* The characters of a text of a bounded form. `scratch` has XML_TEXT_SCRATCH bytes. */
static inline HRESULT text_chars( struct read_ctx *ctx, const WS_XML_TEXT *text, BYTE *scratch, WS_XML_STRING *str )
{
    if (LIKELY( text->textType == WS_XML_TEXT_TYPE_UTF8 ))
    {
        *str = ((const WS_XML_UTF8_TEXT *)text)->value;
        return S_OK;
    }
    if (text->textType == WS_XML_TEXT_TYPE_UTF16)
    {
        const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
        ULONG len = utf16->byteCount / sizeof(WCHAR);
        if (len <= XML_TEXT_SCRATCH / 3)
        {
            str->bytes = scratch;
            str->length = utf16_to_utf8( (const WCHAR *)utf16->bytes, len, scratch );
            return S_OK;
        }
        return text_to_utf8( text, ctx->heap, scratch, str, ctx->error );
    }
    if (text->textType == WS_XML_TEXT_TYPE_BASE64 || text->textType == WS_XML_TEXT_TYPE_LIST)
        return text_to_utf8( text, ctx->heap, scratch, str, ctx->error );
    return text_to_utf8( text, NULL, scratch, str, ctx->error );
}

/* --- numbers ---------------------------------------------------------------------------------------------------- */

struct int_row { INT64 min; UINT64 max; };
static const struct int_row int_rows[] =
{
    [WS_INT8_TYPE] = { -0x80, 0x7f },
    [WS_INT16_TYPE] = { -0x8000, 0x7fff },
    [WS_INT32_TYPE] = { -0x80000000ll, 0x7fffffff },
    [WS_INT64_TYPE] = { -0x7fffffffffffffffll - 1, 0x7fffffffffffffffull },
    [WS_UINT8_TYPE] = { 0, 0xff },
    [WS_UINT16_TYPE] = { 0, 0xffff },
    [WS_UINT32_TYPE] = { 0, 0xffffffff },
    [WS_UINT64_TYPE] = { 0, ~0ull },
};

static BOOL int_allowed( WS_TYPE type, const void *desc, INT64 value, INT64 *min, INT64 *max )
{
#define RANGE( type ) \
    case WS_##type##_TYPE: \
        *min = ((const WS_##type##_DESCRIPTION *)desc)->minValue; \
        *max = ((const WS_##type##_DESCRIPTION *)desc)->maxValue; \
        break

    switch (type)
    {
    case WS_INT8_TYPE: /* plain char is not signed everywhere */
        *min = (signed char)((const WS_INT8_DESCRIPTION *)desc)->minValue;
        *max = (signed char)((const WS_INT8_DESCRIPTION *)desc)->maxValue;
        break;
    RANGE( INT16 );
    RANGE( INT32 );
    RANGE( INT64 );
    RANGE( UINT8 );
    RANGE( UINT16 );
    RANGE( UINT32 );
    default: return TRUE;
    }
    return value >= *min && value <= *max;
#undef RANGE
}

/* The number of a typed text; FALSE for texts of other types. `above`: it is beyond what an INT64 holds. */
static BOOL typed_int( const WS_XML_TEXT *text, INT64 *value, BOOL *above )
{
    *above = FALSE;
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_INT32:
        *value = ((const WS_XML_INT32_TEXT *)text)->value;
        return TRUE;
    case WS_XML_TEXT_TYPE_INT64:
        *value = ((const WS_XML_INT64_TEXT *)text)->value;
        return TRUE;
    case WS_XML_TEXT_TYPE_UINT64:
        *value = ((const WS_XML_UINT64_TEXT *)text)->value;
        *above = *value < 0;
        return TRUE;
    default:
        return FALSE;
    }
}

static HRESULT load_int( struct read_ctx *ctx, const WS_XML_TEXT *text, WS_TYPE type, const void *desc, void *dst )
{
    const struct int_row *row = &int_rows[type];
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    INT64 value, min, max;
    BOOL above;
    HRESULT hr;

    if (typed_int( text, &value, &above ))
    {
        /* unlike a number in its lexical form, one that is too large is always WS_E_NUMERIC_OVERFLOW */
        if (above ? type != WS_UINT64_TYPE : value < row->min || (value > 0 && (UINT64)value > row->max))
            return ws_fail( ctx->error, WS_E_NUMERIC_OVERFLOW, "The number is out of the range from %lld to %llu.",
                            (long long)row->min, (unsigned long long)row->max );
    }
    else
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        if (type == WS_UINT64_TYPE) hr = parse_uint64( str.bytes, str.length, row->max, (UINT64 *)&value, ctx->error );
        else hr = parse_int64( str.bytes, str.length, row->min, row->max, &value, ctx->error );
        if (hr) return hr;
    }
    if (desc)
    {
        if (type == WS_UINT64_TYPE)
        {
            const WS_UINT64_DESCRIPTION *range = desc;
            if ((UINT64)value < range->minValue || (UINT64)value > range->maxValue)
                return ws_fail( ctx->error, WS_E_INVALID_FORMAT,
                                "The value %llu is not in the range from %llu to %llu.",
                                (unsigned long long)value, (unsigned long long)range->minValue,
                                (unsigned long long)range->maxValue );
        }
        else if (!int_allowed( type, desc, value, &min, &max ))
            return ws_fail( ctx->error, WS_E_INVALID_FORMAT, "The value %lld is not in the range from %lld to %lld.",
                            (long long)value, (long long)min, (long long)max );
    }
    switch (type_info( type )->size)
    {
    case 1: *(UINT8 *)dst = value; break;
    case 2: *(UINT16 *)dst = value; break;
    case 4: *(UINT32 *)dst = value; break;
    default: *(UINT64 *)dst = value; break;
    }
    return S_OK;
}

static HRESULT out_of_description( struct read_ctx *ctx, const char *what )
{
    return ws_fail( ctx->error, WS_E_INVALID_FORMAT, "The %s is not one that its description allows.", what );
}

static HRESULT load_bool( struct read_ctx *ctx, const WS_XML_TEXT *text, const WS_BOOL_DESCRIPTION *desc, BOOL *dst )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    BOOL value;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_BOOL) value = !!((const WS_XML_BOOL_TEXT *)text)->value;
    else
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        if ((hr = parse_bool( str.bytes, str.length, &value, ctx->error ))) return hr;
    }
    if (desc && !desc->value != !value) return out_of_description( ctx, "boolean" );
    *dst = value;
    return S_OK;
}

static HRESULT load_float( struct read_ctx *ctx, const WS_XML_TEXT *text, const WS_FLOAT_DESCRIPTION *desc, float *dst )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    double number;
    float value;
    HRESULT hr;

    /* a double beyond the range goes the way of its lexical form, to infinity */
    if (text_floating( text, &number ) && !(number > 3.4028234663852886e38 || number < -3.4028234663852886e38)) value = number;
    else
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        if ((hr = parse_float( str.bytes, str.length, &value, ctx->error ))) return hr;
    }
    if (desc && !(value >= desc->minValue && value <= desc->maxValue)) return out_of_description( ctx, "float" );
    *dst = value;
    return S_OK;
}

static HRESULT load_double( struct read_ctx *ctx, const WS_XML_TEXT *text, const WS_DOUBLE_DESCRIPTION *desc,
                            double *dst )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    double value;
    HRESULT hr;

    if (!text_floating( text, &value ))
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        if ((hr = parse_double( str.bytes, str.length, &value, ctx->error ))) return hr;
    }
    if (desc && !(value >= desc->minValue && value <= desc->maxValue)) return out_of_description( ctx, "double" );
    *dst = value;
    return S_OK;
}

static HRESULT load_decimal( struct read_ctx *ctx, const WS_XML_TEXT *text, const WS_DECIMAL_DESCRIPTION *desc,
                             DECIMAL *dst )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    DECIMAL value;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_DECIMAL) value = ((const WS_XML_DECIMAL_TEXT *)text)->value;
    else
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        if ((hr = parse_decimal( str.bytes, str.length, &value, ctx->error ))) return hr;
    }
    if (desc && (decimal_compare( &value, &desc->minValue ) < 0 || decimal_compare( &value, &desc->maxValue ) > 0))
        return out_of_description( ctx, "decimal" );
    *dst = value;
    return S_OK;
}

/* --- dates and identifiers -------------------------------------------------------------------------------------- */

static HRESULT load_datetime( struct read_ctx *ctx, const WS_XML_TEXT *text, const WS_DATETIME_DESCRIPTION *desc,
                              WS_DATETIME *dst )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    WS_DATETIME value;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_DATETIME) value = ((const WS_XML_DATETIME_TEXT *)text)->value;
    else
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        if ((hr = parse_datetime( str.bytes, str.length, &value, ctx->error ))) return hr;
    }
    if (desc && (value.ticks < desc->minValue.ticks || value.ticks > desc->maxValue.ticks))
        return out_of_description( ctx, "date" );
    *dst = value;
    return S_OK;
}

static HRESULT load_timespan( struct read_ctx *ctx, const WS_XML_TEXT *text, const WS_TIMESPAN_DESCRIPTION *desc,
                              WS_TIMESPAN *dst )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    INT64 ticks;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_TIMESPAN) ticks = ((const WS_XML_TIMESPAN_TEXT *)text)->value.ticks;
    else
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        if ((hr = parse_timespan( str.bytes, str.length, &ticks, ctx->error ))) return hr;
    }
    if (desc && (ticks < desc->minValue.ticks || ticks > desc->maxValue.ticks))
        return out_of_description( ctx, "time span" );
    dst->ticks = ticks;
    return S_OK;
}

static HRESULT load_duration( struct read_ctx *ctx, const WS_XML_TEXT *text, const WS_DURATION_DESCRIPTION *desc,
                              WS_DURATION *dst )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    WS_DURATION value;
    HRESULT hr;
    int result;

    if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
    if ((hr = parse_duration( str.bytes, str.length, &value, ctx->error ))) return hr;
    if (desc)
    {
        /* Durations have only a partial order, so the program compares. */
        if (!desc->comparer)
            return ws_fail( ctx->error, E_INVALIDARG, "A range of durations needs a comparison callback." );
        if ((hr = desc->comparer( &value, &desc->minValue, &result, ctx->error ))) return hr;
        if (result < 0) return out_of_description( ctx, "duration" );
        if ((hr = desc->comparer( &value, &desc->maxValue, &result, ctx->error ))) return hr;
        if (result > 0) return out_of_description( ctx, "duration" );
    }
    *dst = value;
    return S_OK;
}

static HRESULT load_guid( struct read_ctx *ctx, const WS_XML_TEXT *text, const WS_GUID_DESCRIPTION *desc, GUID *dst )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    GUID value;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_GUID) value = ((const WS_XML_GUID_TEXT *)text)->value;
    else
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        if ((hr = parse_guid( str.bytes, str.length, &value, ctx->error ))) return hr;
    }
    if (desc && memcmp( &value, &desc->value, sizeof(value) )) return out_of_description( ctx, "GUID" );
    *dst = value;
    return S_OK;
}

static int compare_xmlstr( const WS_XML_STRING *a, const WS_XML_STRING *b )
{
    ULONG len = a->length < b->length ? a->length : b->length;
    int ret = memcmp( a->bytes, b->bytes, len );
    return ret ? ret : a->length < b->length ? -1 : a->length > b->length;
}

static const WS_ENUM_VALUE *find_enum( const WS_ENUM_DESCRIPTION *desc, const WS_XML_STRING *str )
{
    ULONG i, low = 0, high = desc->valueCount;

    if (desc->nameIndices && desc->valueCount > 8)
    {
        while (low < high)
        {
            ULONG mid = low + (high - low) / 2, index = desc->nameIndices[mid];
            int order;
            if (index >= desc->valueCount || !desc->values[index].name) break;
            if (!(order = compare_xmlstr( str, desc->values[index].name ))) return &desc->values[index];
            if (order < 0) high = mid;
            else low = mid + 1;
        }
        /* indices that are not sorted as promised: look at every name */
    }
    for (i = 0; i < desc->valueCount; i++)
        if (desc->values[i].name && name_eq( desc->values[i].name, str )) return &desc->values[i];
    return NULL;
}

static HRESULT load_enum( struct read_ctx *ctx, const WS_XML_TEXT *text, const WS_ENUM_DESCRIPTION *desc, int *dst )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    const WS_ENUM_VALUE *value;
    WS_XML_STRING str;
    HRESULT hr;

    if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
    if (!(value = find_enum( desc, &str )))
    {
        while (str.length && is_xml_space( *str.bytes )) str.bytes++, str.length--;
        while (str.length && is_xml_space( str.bytes[str.length - 1] )) str.length--;
        if (!(value = find_enum( desc, &str )))
            return ws_fail( ctx->error, WS_E_INVALID_FORMAT, "'%.*s' is not a value of the enumeration.",
                            XMLSTR_ARG( &str ) );
    }
    *dst = value->value;
    return S_OK;
}

/* --- strings ---------------------------------------------------------------------------------------------------- */

struct length_range { ULONG min, max; }; /* the layout of every description of a length */

static inline HRESULT check_length( struct read_ctx *ctx, const struct length_range *range, ULONG len,
                                    const char *unit )
{
    if (LIKELY( !range || (len >= range->min && len <= range->max) )) return S_OK;
    return ws_fail( ctx->error, WS_E_INVALID_FORMAT, "The value has %u %s, allowed are %u to %u.", (unsigned int)len,
                    unit,
                    (unsigned int)range->min, (unsigned int)range->max );
}

/* The text as UTF-16, with room for `extra` units behind it. */
static HRESULT load_chars( struct read_ctx *ctx, const WS_XML_TEXT *text, const struct length_range *range, ULONG extra,
                           WCHAR **chars, ULONG *count )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str = { 0 };
    ULONG len;
    WCHAR *ret;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_UTF16) len = ((const WS_XML_UTF16_TEXT *)text)->byteCount / sizeof(WCHAR);
    else
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        if ((hr = utf8_to_utf16_size( str.bytes, str.length, &len, ctx->error ))) return hr;
    }
    if ((hr = check_length( ctx, range, len, "characters" ))) return hr;
    if (!(ret = ctx_alloc( ctx, ((SIZE_T)len + extra) * sizeof(WCHAR), &hr ))) return hr;
    if (text->textType == WS_XML_TEXT_TYPE_UTF16)
        memcpy( ret, ((const WS_XML_UTF16_TEXT *)text)->bytes, len * sizeof(WCHAR) );
    else utf8_to_utf16( str.bytes, str.length, ret );
    *chars = ret;
    *count = len;
    return S_OK;
}

static HRESULT load_wsz( struct read_ctx *ctx, const WS_XML_TEXT *text, const void *desc, WCHAR **dst )
{
    ULONG count, i;
    WCHAR *chars;
    HRESULT hr;

    if ((hr = load_chars( ctx, text, desc, 1, &chars, &count ))) return hr;
    if (text->textType != WS_XML_TEXT_TYPE_UTF8 || memchr( ((const WS_XML_UTF8_TEXT *)text)->value.bytes, 0,
                                                           ((const WS_XML_UTF8_TEXT *)text)->value.length ))
    {
        for (i = 0; i < count; i++)
            if (!chars[i]) return ws_fail( ctx->error, WS_E_INVALID_FORMAT,
                                           "A zero at offset %u does not fit into a string "
                                           "that ends with one.", (unsigned int)i );
    }
    chars[count] = 0;
    *dst = chars;
    return S_OK;
}

static HRESULT load_utf8( struct read_ctx *ctx, const WS_XML_TEXT *text, const struct length_range *range, BYTE **bytes,
                          ULONG *count )
{
    BYTE scratch[XML_TEXT_SCRATCH], *ret;
    WS_XML_STRING str;
    HRESULT hr;

    if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
    if ((hr = check_length( ctx, range, str.length, "bytes" ))) return hr;
    if (!(ret = ctx_alloc( ctx, str.length, &hr ))) return hr;
    memcpy( ret, str.bytes, str.length );
    *bytes = ret;
    *count = str.length;
    return S_OK;
}

/* base64 of `len` characters gives at most this many bytes, whatever they are; exactly so without white space. */
static ULONG base64_size( const BYTE *s, ULONG len )
{
    ULONG size;
    while (len && is_xml_space( *s )) s++, len--;
    while (len && is_xml_space( s[len - 1] )) len--;
    size = len / 4 * 3;
    if (size && !(len % 4) && s[len - 1] == '=') size -= s[len - 2] == '=' ? 2 : 1;
    return size;
}

static HRESULT load_bytes( struct read_ctx *ctx, const WS_XML_TEXT *text, const struct length_range *range,
                           BYTE **bytes,
                           ULONG *count )
{
    BYTE scratch[XML_TEXT_SCRATCH], *ret;
    WS_XML_STRING str;
    ULONG len;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_BASE64)
    {
        const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;
        if ((hr = check_length( ctx, range, base64->length, "bytes" ))) return hr;
        if (!(ret = ctx_alloc( ctx, base64->length, &hr ))) return hr;
        memcpy( ret, base64->bytes, base64->length );
        len = base64->length;
    }
    else
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        len = base64_size( str.bytes, str.length );
        /* What cannot be short enough need not be allocated; white space makes the bound inexact. */
        if (range && str.length / 8 * 3 > range->max && (hr = check_length( ctx, range, len, "bytes" ))) return hr;
        if (!(ret = ctx_alloc( ctx, len, &hr ))) return hr;
        if ((hr = parse_base64( str.bytes, str.length, ret, &len, ctx->error ))) return hr;
        if ((hr = check_length( ctx, range, len, "bytes" ))) return hr;
    }
    *bytes = ret;
    *count = len;
    return S_OK;
}

/* A URI, or urn:uuid: followed by a GUID, which is stored as such. */
static HRESULT load_unique_id( struct read_ctx *ctx, const WS_XML_TEXT *text, const struct length_range *range,
                               WS_UNIQUE_ID *dst )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_UNIQUE_ID value = { .uri = { 0 } };
    WS_XML_STRING str;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_UNIQUE_ID) value.guid = ((const WS_XML_UNIQUE_ID_TEXT *)text)->value;
    else
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        if (!str.length) return ws_fail( ctx->error, WS_E_INVALID_FORMAT, "A unique id cannot be empty." );
        if (str.length != 45 || memcmp( str.bytes, "urn:uuid:", 9 ) ||
            parse_guid( str.bytes + 9, 36, &value.guid, NULL ))
        {
            memset( &value.guid, 0, sizeof(value.guid) );
            if ((hr = load_chars( ctx, text, range, 0, &value.uri.chars, &value.uri.length ))) return hr;
        }
    }
    *dst = value;
    return S_OK;
}

static HRESULT load_qname( struct read_ctx *ctx, const WS_XML_TEXT *text, const WS_XML_QNAME_DESCRIPTION *desc,
                           WS_XML_QNAME *dst )
{
    BYTE scratch[XML_TEXT_SCRATCH], *colon;
    WS_XML_STRING str, prefix = { 0 }, local;
    const WS_XML_STRING *ns;
    WS_XML_QNAME value;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_QNAME)
    {
        const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)text;
        local = *qname->localName;
        ns = qname->ns;
    }
    else
    {
        if ((hr = text_chars( ctx, text, scratch, &str ))) return hr;
        while (str.length && is_xml_space( *str.bytes )) str.bytes++, str.length--;
        while (str.length && is_xml_space( str.bytes[str.length - 1] )) str.length--;
        local = str;
        if ((colon = memchr( str.bytes, ':', str.length )))
        {
            prefix.bytes = str.bytes;
            prefix.length = colon - str.bytes;
            local.bytes = colon + 1;
            local.length = str.length - prefix.length - 1;
        }
        if ((colon && !is_ncname( prefix.bytes, prefix.length )) || !is_ncname( local.bytes, local.length ))
            return ws_fail( ctx->error, WS_E_INVALID_FORMAT, "'%.*s' is not a qualified name.", XMLSTR_ARG( &str ) );
        local.dictionary = NULL;
        local.id = 0;
        if ((hr = reader_get_namespace_from_prefix( ctx->reader, &prefix, TRUE, &ns, ctx->error ))) return hr;
    }
    if (desc)
    {
        const struct length_range *range = (const struct length_range *)desc;
        if ((hr = check_length( ctx, range, local.length, "bytes in its local name" ))) return hr;
        if ((hr = check_length( ctx, range + 1, ns->length, "bytes in its namespace" ))) return hr;
    }
    if (!ctx->heap) return ws_fail( ctx->error, E_INVALIDARG, "The value needs memory, but no heap was given." );
    if ((hr = xmlstr_dup( ctx->heap, &local, &value.localName, ctx->error ))) return hr;
    if ((hr = xmlstr_dup( ctx->heap, ns, &value.ns, ctx->error ))) return hr;
    *dst = value;
    return S_OK;
}

HRESULT load_text( struct read_ctx *ctx, const WS_XML_TEXT *text, WS_TYPE type, const void *desc, void *dst,
                   ULONG *count )
{
    switch (type)
    {
    case WS_BOOL_TYPE: return load_bool( ctx, text, desc, dst );
    case WS_INT8_TYPE:
    case WS_INT16_TYPE:
    case WS_INT32_TYPE:
    case WS_INT64_TYPE:
    case WS_UINT8_TYPE:
    case WS_UINT16_TYPE:
    case WS_UINT32_TYPE:
    case WS_UINT64_TYPE: return load_int( ctx, text, type, desc, dst );
    case WS_FLOAT_TYPE: return load_float( ctx, text, desc, dst );
    case WS_DOUBLE_TYPE: return load_double( ctx, text, desc, dst );
    case WS_DECIMAL_TYPE: return load_decimal( ctx, text, desc, dst );
    case WS_DATETIME_TYPE: return load_datetime( ctx, text, desc, dst );
    case WS_TIMESPAN_TYPE: return load_timespan( ctx, text, desc, dst );
    case WS_DURATION_TYPE: return load_duration( ctx, text, desc, dst );
    case WS_GUID_TYPE: return load_guid( ctx, text, desc, dst );
    case WS_ENUM_TYPE: return load_enum( ctx, text, desc, dst );
    case WS_UNIQUE_ID_TYPE: return load_unique_id( ctx, text, desc, dst );
    case WS_XML_QNAME_TYPE: return load_qname( ctx, text, desc, dst );
    case WS_WSZ_TYPE: return load_wsz( ctx, text, desc, dst );
    case WS_STRING_TYPE:
    {
        WS_STRING *str = dst;
        return load_chars( ctx, text, desc, 0, &str->chars, &str->length );
    }
    case WS_CHAR_ARRAY_TYPE: return load_chars( ctx, text, desc, 0, dst, count );
    case WS_XML_STRING_TYPE:
    {
        WS_XML_STRING *str = dst;
        HRESULT hr = load_utf8( ctx, text, desc, &str->bytes, &str->length );
        if (hr) return hr;
        str->dictionary = NULL;
        str->id = 0;
        return S_OK;
    }
    case WS_UTF8_ARRAY_TYPE: return load_utf8( ctx, text, desc, dst, count );
    case WS_BYTES_TYPE:
    {
        WS_BYTES *bytes = dst;
        return load_bytes( ctx, text, desc, &bytes->bytes, &bytes->length );
    }
    case WS_BYTE_ARRAY_TYPE: return load_bytes( ctx, text, desc, dst, count );
    default: return ws_fail( ctx->error, E_INVALIDARG, "The type %d has no text form.", type );
    }
}
