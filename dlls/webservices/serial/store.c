/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From values to texts. A writer that keeps types (binary encoding, XML buffer) gets a typed text, any other one the lexical
 * form. */
#include "serial/types.h"

static HRESULT write_typed( struct write_ctx *ctx, const void *text )
{
    return writer_write_text( ctx->writer, text, ctx->error );
}

static HRESULT write_form( struct write_ctx *ctx, const BYTE *buf, ULONG len )
{
    return writer_write_plain( ctx->writer, buf, len, ctx->error );
}

static INT64 int_value( WS_TYPE type, const void *src )
{
    switch (type)
    {
    case WS_INT8_TYPE: return *(const signed char *)src;
    case WS_INT16_TYPE: return *(const INT16 *)src;
    case WS_INT32_TYPE: return *(const INT32 *)src;
    case WS_UINT8_TYPE: return *(const UINT8 *)src;
    case WS_UINT16_TYPE: return *(const UINT16 *)src;
    case WS_UINT32_TYPE: return *(const UINT32 *)src;
    default: return *(const INT64 *)src;
    }
}

static HRESULT store_int( struct write_ctx *ctx, WS_TYPE type, const void *src )
{
    INT64 value = int_value( type, src );
    BYTE buf[XML_TEXT_SCRATCH];

    if (!ctx->typed)
    {
        if (type == WS_UINT64_TYPE) return write_form( ctx, buf, format_uint64( value, buf ) );
        return write_form( ctx, buf, format_int64( value, buf ) );
    }
    if (type == WS_UINT64_TYPE)
    {
        WS_XML_UINT64_TEXT text = { { WS_XML_TEXT_TYPE_UINT64 }, value };
        return write_typed( ctx, &text );
    }
    if (type == WS_INT64_TYPE || type == WS_UINT32_TYPE)
    {
        WS_XML_INT64_TEXT text = { { WS_XML_TEXT_TYPE_INT64 }, value };
        return write_typed( ctx, &text );
    }
    else
    {
        WS_XML_INT32_TEXT text = { { WS_XML_TEXT_TYPE_INT32 }, value };
        return write_typed( ctx, &text );
    }
}

static HRESULT store_bool( struct write_ctx *ctx, BOOL value )
{
    WS_XML_BOOL_TEXT text = { { WS_XML_TEXT_TYPE_BOOL }, !!value };
    BYTE buf[XML_TEXT_SCRATCH];

    if (ctx->typed) return write_typed( ctx, &text );
    return write_form( ctx, buf, format_bool( value, buf ) );
}

static HRESULT store_float( struct write_ctx *ctx, float value )
{
    WS_XML_FLOAT_TEXT text = { { WS_XML_TEXT_TYPE_FLOAT }, value };
    BYTE buf[XML_TEXT_SCRATCH];

    if (ctx->typed) return write_typed( ctx, &text );
    return write_form( ctx, buf, format_float( value, buf ) );
}

static HRESULT store_double( struct write_ctx *ctx, double value )
{
    WS_XML_DOUBLE_TEXT text = { { WS_XML_TEXT_TYPE_DOUBLE }, value };
    BYTE buf[XML_TEXT_SCRATCH];

    if (ctx->typed) return write_typed( ctx, &text );
    return write_form( ctx, buf, format_double( value, buf ) );
}

static HRESULT no_form( struct write_ctx *ctx, const char *what )
{
    return ws_fail( ctx->error, WS_E_INVALID_FORMAT, "The %s is out of the range that can be written.", what );
}

static HRESULT store_decimal( struct write_ctx *ctx, const DECIMAL *value )
{
    WS_XML_DECIMAL_TEXT text = { { WS_XML_TEXT_TYPE_DECIMAL }, *value };
    BYTE buf[XML_TEXT_SCRATCH];
    ULONG len = format_decimal( value, buf );

    if (!len) return no_form( ctx, "decimal" );
    return ctx->typed ? write_typed( ctx, &text ) : write_form( ctx, buf, len );
}

static HRESULT store_datetime( struct write_ctx *ctx, const WS_DATETIME *value )
{
    WS_XML_DATETIME_TEXT text = { { WS_XML_TEXT_TYPE_DATETIME }, *value };
    BYTE buf[XML_TEXT_SCRATCH];
    ULONG len = format_datetime( value, buf );

    if (!len) return no_form( ctx, "date" );
    return ctx->typed ? write_typed( ctx, &text ) : write_form( ctx, buf, len );
}

static HRESULT store_timespan( struct write_ctx *ctx, const WS_TIMESPAN *value )
{
    WS_XML_TIMESPAN_TEXT text = { { WS_XML_TEXT_TYPE_TIMESPAN }, *value };
    BYTE buf[XML_TEXT_SCRATCH];

    if (ctx->typed) return write_typed( ctx, &text );
    return write_form( ctx, buf, format_timespan( value->ticks, buf ) );
}

static HRESULT store_duration( struct write_ctx *ctx, const WS_DURATION *value )
{
    BYTE buf[XML_TEXT_SCRATCH];
    ULONG len = format_duration( value, buf );

    if (!len) return no_form( ctx, "duration" );
    return write_form( ctx, buf, len );
}

static HRESULT store_guid( struct write_ctx *ctx, const GUID *value )
{
    WS_XML_GUID_TEXT text = { { WS_XML_TEXT_TYPE_GUID }, *value };
    BYTE buf[XML_TEXT_SCRATCH];

    if (ctx->typed) return write_typed( ctx, &text );
    return write_form( ctx, buf, format_guid( value, buf ) );
}

static HRESULT no_pointer( struct write_ctx *ctx, ULONG len )
{
    return ws_fail( ctx->error, E_INVALIDARG, "A string of length %u has no address.", (unsigned int)len );
}

static HRESULT store_chars( struct write_ctx *ctx, const WCHAR *chars, ULONG len )
{
    WS_XML_UTF16_TEXT text = { { WS_XML_TEXT_TYPE_UTF16 }, (BYTE *)chars, len * sizeof(WCHAR) };

    if (!len) return S_OK;
    if (!chars) return no_pointer( ctx, len );
    if (len > 0x7fffffff / sizeof(WCHAR)) return ws_fail( ctx->error, E_INVALIDARG, "A string is too long." );
    return ctx->typed ? write_typed( ctx, &text ) : writer_write_chars( ctx->writer, chars, len, ctx->error );
}

static HRESULT store_utf8( struct write_ctx *ctx, const WS_XML_STRING *str )
{
    WS_XML_UTF8_TEXT text = { { WS_XML_TEXT_TYPE_UTF8 }, *str };

    if (!str->length) return S_OK;
    if (!str->bytes) return no_pointer( ctx, str->length );
    return ctx->typed ? write_typed( ctx, &text )
                      : writer_write_chars_utf8( ctx->writer, str->bytes, str->length, ctx->error );
}

static HRESULT store_bytes( struct write_ctx *ctx, const BYTE *bytes, ULONG len )
{
    WS_XML_BASE64_TEXT text = { { WS_XML_TEXT_TYPE_BASE64 }, (BYTE *)bytes, len };

    if (!len) return S_OK;
    if (!bytes) return no_pointer( ctx, len );
    return write_typed( ctx, &text );
}

static HRESULT store_unique_id( struct write_ctx *ctx, const WS_UNIQUE_ID *value )
{
    WS_XML_UNIQUE_ID_TEXT text = { { WS_XML_TEXT_TYPE_UNIQUE_ID }, value->guid };
    BYTE buf[XML_TEXT_SCRATCH];

    if (value->uri.length) return store_chars( ctx, value->uri.chars, value->uri.length );
    if (ctx->typed) return write_typed( ctx, &text );
    memcpy( buf, "urn:uuid:", 9 );
    return write_form( ctx, buf, format_guid( &value->guid, buf + 9 ) + 9 );
}

static HRESULT store_enum( struct write_ctx *ctx, const WS_ENUM_DESCRIPTION *desc, int value )
{
    ULONG i, low = 0, high = desc->valueCount;

    if (desc->nameIndices && desc->valueCount > 8) /* then the values are sorted */
    {
        while (low < high)
        {
            ULONG mid = low + (high - low) / 2;
            if (desc->values[mid].value == value) return store_utf8( ctx, desc->values[mid].name );
            if (value < desc->values[mid].value) high = mid;
            else low = mid + 1;
        }
    }
    for (i = 0; i < desc->valueCount; i++)
        if (desc->values[i].value == value && desc->values[i].name) return store_utf8( ctx, desc->values[i].name );
    return ws_fail( ctx->error, E_INVALIDARG, "%d is not a value of the enumeration.", value );
}

static HRESULT store_qname( struct write_ctx *ctx, const WS_XML_QNAME *value )
{
    const WS_XML_STRING *prefix;
    HRESULT hr;

    if (!value->localName.length)
        return ws_fail( ctx->error, E_INVALIDARG, "A qualified name has no local name." );
    if ((hr = writer_prefix_for( ctx->writer, &value->ns, &prefix, ctx->error ))) return hr;
    return writer_write_qualified_name( ctx->writer, prefix, &value->localName, &value->ns, ctx->error );
}

static ULONG wsz_len( const WCHAR *str )
{
    const WCHAR *p = str;
    while (*p) p++;
    return p - str;
}

HRESULT store_text( struct write_ctx *ctx, WS_TYPE type, const void *desc, const void *src, ULONG count )
{
    switch (type)
    {
    case WS_BOOL_TYPE: return store_bool( ctx, *(const BOOL *)src );
    case WS_INT8_TYPE:
    case WS_INT16_TYPE:
    case WS_INT32_TYPE:
    case WS_INT64_TYPE:
    case WS_UINT8_TYPE:
    case WS_UINT16_TYPE:
    case WS_UINT32_TYPE:
    case WS_UINT64_TYPE: return store_int( ctx, type, src );
    case WS_FLOAT_TYPE: return store_float( ctx, *(const float *)src );
    case WS_DOUBLE_TYPE: return store_double( ctx, *(const double *)src );
    case WS_DECIMAL_TYPE: return store_decimal( ctx, src );
    case WS_DATETIME_TYPE: return store_datetime( ctx, src );
    case WS_TIMESPAN_TYPE: return store_timespan( ctx, src );
    case WS_DURATION_TYPE: return store_duration( ctx, src );
    case WS_GUID_TYPE: return store_guid( ctx, src );
    case WS_ENUM_TYPE: return store_enum( ctx, desc, *(const int *)src );
    case WS_UNIQUE_ID_TYPE: return store_unique_id( ctx, src );
    case WS_XML_QNAME_TYPE: return store_qname( ctx, src );
    case WS_WSZ_TYPE:
    {
        const WCHAR *chars = *(const WCHAR * const *)src;
        if (!chars) return ws_fail( ctx->error, E_INVALIDARG, "A string that has to be written is NULL." );
        return store_chars( ctx, chars, wsz_len( chars ) );
    }
    case WS_STRING_TYPE:
    {
        const WS_STRING *str = src;
        return store_chars( ctx, str->chars, str->length );
    }
    case WS_CHAR_ARRAY_TYPE: return store_chars( ctx, *(const WCHAR * const *)src, count );
    case WS_XML_STRING_TYPE: return store_utf8( ctx, src );
    case WS_UTF8_ARRAY_TYPE:
    {
        WS_XML_STRING str = { .length = count, .bytes = *(BYTE * const *)src };
        return store_utf8( ctx, &str );
    }
    case WS_BYTES_TYPE:
    {
        const WS_BYTES *bytes = src;
        return store_bytes( ctx, bytes->bytes, bytes->length );
    }
    case WS_BYTE_ARRAY_TYPE: return store_bytes( ctx, *(const BYTE * const *)src, count );
    default: return ws_fail( ctx->error, E_INVALIDARG, "The type %d has no text form.", type );
    }
}
