/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From values to texts. A writer that keeps types (binary encoding, XML buffer) gets a typed text, any other one the
 * lexical form. */
#include "serial/types.h"
#include "xml/text.h"

/* The characters of a value. */
struct form
{
    enum writer_chars kind;
    const void *chars;
    ULONG count;
};

static void plain( struct form *form, const BYTE *buf, ULONG count )
{
    form->kind = WRITER_CHARS_PLAIN;
    form->chars = buf;
    form->count = count;
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

static HRESULT no_form( struct write_ctx *ctx, const char *what )
{
    return ws_fail( ctx->error, WS_E_INVALID_FORMAT, "The %s is out of the range that can be written.", what );
}

static HRESULT no_pointer( struct write_ctx *ctx, ULONG len )
{
    return ws_fail( ctx->error, E_INVALIDARG, "A string of length %u has no address.", (unsigned int)len );
}

static HRESULT form_utf16( struct write_ctx *ctx, const WCHAR *chars, ULONG count, struct form *form )
{
    if (count && !chars) return no_pointer( ctx, count );
    if (count > 0x7fffffff / sizeof(WCHAR)) return ws_fail( ctx->error, E_INVALIDARG, "A string is too long." );
    form->kind = WRITER_CHARS_UTF16;
    form->chars = chars;
    form->count = count;
    return S_OK;
}

static HRESULT form_utf8( struct write_ctx *ctx, const BYTE *bytes, ULONG count, struct form *form )
{
    if (count && !bytes) return no_pointer( ctx, count );
    form->kind = WRITER_CHARS_UTF8;
    form->chars = bytes;
    form->count = count;
    return S_OK;
}

static ULONG wsz_len( const WCHAR *str )
{
    const WCHAR *p = str;
    while (*p) p++;
    return p - str;
}

static HRESULT form_wsz( struct write_ctx *ctx, const WCHAR *chars, struct form *form )
{
    if (!chars) return ws_fail( ctx->error, E_INVALIDARG, "A string that has to be written is NULL." );
    return form_utf16( ctx, chars, wsz_len( chars ), form );
}

static const WS_XML_STRING *enum_name( const WS_ENUM_DESCRIPTION *desc, int value )
{
    ULONG i, low = 0, high = desc->valueCount;

    if (desc->nameIndices && desc->valueCount > 8) /* then the values are sorted */
    {
        while (low < high)
        {
            ULONG mid = low + (high - low) / 2;
            if (desc->values[mid].value == value) return desc->values[mid].name;
            if (value < desc->values[mid].value) high = mid;
            else low = mid + 1;
        }
    }
    for (i = 0; i < desc->valueCount; i++)
        if (desc->values[i].value == value && desc->values[i].name) return desc->values[i].name;
    return NULL;
}

static HRESULT form_enum( struct write_ctx *ctx, const WS_ENUM_DESCRIPTION *desc, int value, struct form *form )
{
    const WS_XML_STRING *name = enum_name( desc, value );

    if (!name) return ws_fail( ctx->error, E_INVALIDARG, "%d is not a value of the enumeration.", value );
    return form_utf8( ctx, name->bytes, name->length, form );
}

static HRESULT form_unique_id( struct write_ctx *ctx, const WS_UNIQUE_ID *value, BYTE *buf, struct form *form )
{
    if (value->uri.length) return form_utf16( ctx, value->uri.chars, value->uri.length, form );
    memcpy( buf, "urn:uuid:", 9 );
    plain( form, buf, format_guid( &value->guid, buf + 9 ) + 9 );
    return S_OK;
}

/* The lexical form, in the value itself or in `buf` (XML_TEXT_SCRATCH bytes); S_FALSE for types that have none of
 * bounded size, or none without the scope of the writer. */
static HRESULT make_form( struct write_ctx *ctx, WS_TYPE type, const void *desc, const void *src, ULONG count,
                          BYTE *buf,
                          struct form *form )
{
    switch (type)
    {
    case WS_BOOL_TYPE: plain( form, buf, format_bool( *(const BOOL *)src, buf ) ); break;
    case WS_INT8_TYPE:
    case WS_INT16_TYPE:
    case WS_INT32_TYPE:
    case WS_INT64_TYPE:
    case WS_UINT8_TYPE:
    case WS_UINT16_TYPE:
    case WS_UINT32_TYPE: plain( form, buf, format_int64( int_value( type, src ), buf ) ); break;
    case WS_UINT64_TYPE: plain( form, buf, format_uint64( *(const UINT64 *)src, buf ) ); break;
    case WS_FLOAT_TYPE: plain( form, buf, format_float( *(const float *)src, buf ) ); break;
    case WS_DOUBLE_TYPE: plain( form, buf, format_double( *(const double *)src, buf ) ); break;
    case WS_DECIMAL_TYPE: plain( form, buf, format_decimal( src, buf ) ); break;
    case WS_DATETIME_TYPE: plain( form, buf, format_datetime( src, buf ) ); break;
    case WS_TIMESPAN_TYPE: plain( form, buf, format_timespan( ((const WS_TIMESPAN *)src)->ticks, buf ) ); break;
    case WS_DURATION_TYPE: plain( form, buf, format_duration( src, buf ) ); break;
    case WS_GUID_TYPE: plain( form, buf, format_guid( src, buf ) ); break;
    case WS_ENUM_TYPE: return form_enum( ctx, desc, *(const int *)src, form );
    case WS_UNIQUE_ID_TYPE: return form_unique_id( ctx, src, buf, form );
    case WS_WSZ_TYPE: return form_wsz( ctx, *(const WCHAR * const *)src, form );
    case WS_STRING_TYPE: return form_utf16( ctx, ((const WS_STRING *)src)->chars, ((const WS_STRING *)src)->length,
                                            form );
    case WS_CHAR_ARRAY_TYPE: return form_utf16( ctx, *(const WCHAR * const *)src, count, form );
    case WS_XML_STRING_TYPE:
        return form_utf8( ctx, ((const WS_XML_STRING *)src)->bytes, ((const WS_XML_STRING *)src)->length, form );
    case WS_UTF8_ARRAY_TYPE: return form_utf8( ctx, *(const BYTE * const *)src, count, form );
    default: return S_FALSE;
    }
    return form->count ? S_OK : no_form( ctx, type_info( type )->name );
}

/* --- typed ------------------------------------------------------------------------------------------------------ */

static HRESULT write_typed( struct write_ctx *ctx, const void *text )
{
    return writer_write_text( ctx->writer, text, ctx->error );
}

static HRESULT store_bytes( struct write_ctx *ctx, const BYTE *bytes, ULONG len )
{
    WS_XML_BASE64_TEXT text = { { WS_XML_TEXT_TYPE_BASE64 }, (BYTE *)bytes, len };

    if (!len) return S_OK;
    if (!bytes) return no_pointer( ctx, len );
    return write_typed( ctx, &text );
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

/* A value without a text type of its own, as its characters. S_FALSE: there are none. */
static HRESULT make_typed_chars( struct write_ctx *ctx, WS_TYPE type, const void *desc, const void *src, ULONG count, BYTE *buf,
                                 union any_text *text )
{
    struct form form;
    HRESULT hr;

    if ((hr = make_form( ctx, type, desc, src, count, buf, &form )))
        return hr == S_FALSE ? ws_fail( ctx->error, E_INVALIDARG, "The type %d has no text form.", type ) : hr;
    if (!form.count) return S_FALSE;
    if (form.kind == WRITER_CHARS_UTF16)
    {
        text->text.textType = WS_XML_TEXT_TYPE_UTF16;
        text->utf16.bytes = (BYTE *)form.chars;
        text->utf16.byteCount = form.count * sizeof(WCHAR);
        return S_OK;
    }
    text->text.textType = WS_XML_TEXT_TYPE_UTF8;
    if (type == WS_XML_STRING_TYPE) text->utf8.value = *(const WS_XML_STRING *)src; /* with its dictionary */
    else if (type == WS_ENUM_TYPE) text->utf8.value = *enum_name( desc, *(const int *)src );
    else text->utf8.value = (WS_XML_STRING){ .bytes = (BYTE *)form.chars, .length = form.count };
    return S_OK;
}

static HRESULT make_typed_bytes( struct write_ctx *ctx, const BYTE *bytes, ULONG len, union any_text *text )
{
    if (!len) return S_FALSE;
    if (!bytes) return no_pointer( ctx, len );
    text->text.textType = WS_XML_TEXT_TYPE_BASE64;
    text->base64.bytes = (BYTE *)bytes;
    text->base64.length = len;
    return S_OK;
}

/* A value as a typed text; what lies behind pointers is not copied, and `buf` has XML_TEXT_SCRATCH bytes. S_FALSE: it is
 * empty. Not for qualified names, which need the scope of the writer. */
static HRESULT make_typed( struct write_ctx *ctx, WS_TYPE type, const void *desc, const void *src, ULONG count, BYTE *buf,
                           union any_text *text )
{
#define TYPED( text_type, member, expr ) \
    text->text.textType = WS_XML_TEXT_TYPE_##text_type; \
    text->member.value = expr; \
    return S_OK

    switch (type)
    {
    case WS_BOOL_TYPE: TYPED( BOOL, boolean, !!*(const BOOL *)src );
    case WS_INT8_TYPE:
    case WS_INT16_TYPE:
    case WS_INT32_TYPE:
    case WS_UINT8_TYPE:
    case WS_UINT16_TYPE: TYPED( INT32, int32, int_value( type, src ) );
    case WS_INT64_TYPE:
    case WS_UINT32_TYPE: TYPED( INT64, int64, int_value( type, src ) );
    case WS_UINT64_TYPE: TYPED( UINT64, uint64, *(const UINT64 *)src );
    case WS_FLOAT_TYPE: TYPED( FLOAT, float32, *(const float *)src );
    case WS_DOUBLE_TYPE: TYPED( DOUBLE, float64, *(const double *)src );
    case WS_DECIMAL_TYPE:
        if (((const DECIMAL *)src)->scale > 28 || ((const DECIMAL *)src)->sign & ~DECIMAL_NEG) return no_form( ctx, "decimal" );
        TYPED( DECIMAL, decimal, *(const DECIMAL *)src );
    case WS_DATETIME_TYPE:
    {
        HRESULT hr = datetime_check( src, ctx->error );
        if (hr) return hr;
        TYPED( DATETIME, datetime, *(const WS_DATETIME *)src );
    }
    case WS_TIMESPAN_TYPE: TYPED( TIMESPAN, timespan, *(const WS_TIMESPAN *)src );
    case WS_GUID_TYPE: TYPED( GUID, guid, *(const GUID *)src );
    case WS_UNIQUE_ID_TYPE:
        if (((const WS_UNIQUE_ID *)src)->uri.length) break;
        TYPED( UNIQUE_ID, unique_id, ((const WS_UNIQUE_ID *)src)->guid );
    case WS_BYTES_TYPE:
        return make_typed_bytes( ctx, ((const WS_BYTES *)src)->bytes, ((const WS_BYTES *)src)->length, text );
    case WS_BYTE_ARRAY_TYPE: return make_typed_bytes( ctx, *(const BYTE * const *)src, count, text );
    default: break;
    }
    return make_typed_chars( ctx, type, desc, src, count, buf, text );
#undef TYPED
}

/* --- calls ------------------------------------------------------------------------------------------------------ */

HRESULT store_text( struct write_ctx *ctx, WS_TYPE type, const void *desc, const void *src, ULONG count )
{
    BYTE buf[XML_TEXT_SCRATCH];
    union any_text text;
    struct form form;
    HRESULT hr;

    if (ctx->typed && type != WS_XML_QNAME_TYPE)
    {
        if ((hr = make_typed( ctx, type, desc, src, count, buf, &text ))) return hr == S_FALSE ? S_OK : hr;
        return write_typed( ctx, &text );
    }
    if ((hr = make_form( ctx, type, desc, src, count, buf, &form )) == S_FALSE)
    {
        switch (type)
        {
        case WS_XML_QNAME_TYPE: return store_qname( ctx, src );
        case WS_BYTES_TYPE: return store_bytes( ctx, ((const WS_BYTES *)src)->bytes, ((const WS_BYTES *)src)->length );
        case WS_BYTE_ARRAY_TYPE: return store_bytes( ctx, *(const BYTE * const *)src, count );
        default: return ws_fail( ctx->error, E_INVALIDARG, "The type %d has no text form.", type );
        }
    }
    if (hr) return hr;
    if (!form.count) return S_OK;
    switch (form.kind)
    {
    case WRITER_CHARS_UTF16: return writer_write_chars( ctx->writer, form.chars, form.count, ctx->error );
    case WRITER_CHARS_UTF8: return writer_write_chars_utf8( ctx->writer, form.chars, form.count, ctx->error );
    default: return writer_write_plain( ctx->writer, form.chars, form.count, ctx->error );
    }
}

HRESULT store_text_element( struct write_ctx *ctx, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_TYPE type,
                            const void *desc, const void *src, ULONG count )
{
    BYTE buf[XML_TEXT_SCRATCH];
    union any_text text;
    struct form form;
    HRESULT hr;

    if (!ctx->typed)
    {
        if (!(hr = make_form( ctx, type, desc, src, count, buf, &form )))
            hr = writer_write_simple( ctx->writer, name, ns, form.kind, form.chars, form.count, ctx->error );
        if (LIKELY( hr != S_FALSE )) return hr;
    }
    else if (type != WS_XML_QNAME_TYPE)
    {
        if ((hr = make_typed( ctx, type, desc, src, count, buf, &text )) < 0) return hr;
        hr = writer_write_simple_text( ctx->writer, name, ns, hr == S_FALSE ? NULL : &text.text, ctx->error );
        if (LIKELY( hr != S_FALSE )) return hr;
    }
    if ((hr = writer_write_start_element( ctx->writer, NULL, name, ns, ctx->error ))) return hr;
    if ((hr = store_text( ctx, type, desc, src, count ))) return hr;
    return writer_write_end_element( ctx->writer, ctx->error );
}
