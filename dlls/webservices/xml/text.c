/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_XML_TEXT: lexical forms and copies. */

#include "xml/text.h"
#include "xml/buffer.h"

/* Alignment is not promised for the bytes of a UTF-16 text. */
HRESULT text_utf16_units( const WS_XML_UTF16_TEXT *text, const WCHAR **chars, WCHAR **copy, WS_ERROR *error )
{
    *copy = NULL;
    if (text->byteCount % sizeof(WCHAR))
        return ws_fail( error, WS_E_INVALID_FORMAT, "A UTF-16 text has an odd number of bytes, %u.", text->byteCount );
    if (!((ULONG_PTR)text->bytes % sizeof(WCHAR)))
    {
        *chars = (const WCHAR *)text->bytes;
        return S_OK;
    }
    if (!(*copy = mem_alloc( text->byteCount )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory to convert a text of %u bytes.", text->byteCount );
    memcpy( *copy, text->bytes, text->byteCount );
    *chars = *copy;
    return S_OK;
}

static HRESULT utf16_text( const WS_XML_UTF16_TEXT *text, WS_HEAP *heap, BYTE *scratch, WS_XML_STRING *str,
                           WS_ERROR *error )
{
    ULONG size, count = text->byteCount / sizeof(WCHAR);
    const WCHAR *chars;
    WCHAR *copy;
    HRESULT hr;

    if ((hr = text_utf16_units( text, &chars, &copy, error ))) return hr;
    if (!(hr = utf16_to_utf8_size( chars, count, &size, error )))
    {
        if (!heap && size > XML_TEXT_SCRATCH) hr = ws_fail( error, E_INVALIDARG, "A text of %u bytes needs a heap.", size );
        else if (heap && !(scratch = heap_alloc( heap, size, error ))) hr = heap_failure( heap );
        else
        {
            str->bytes = scratch;
            str->length = utf16_to_utf8( chars, count, scratch );
        }
    }
    mem_free( copy );
    return hr;
}

static HRESULT base64_text( const WS_XML_BASE64_TEXT *text, WS_HEAP *heap, BYTE *scratch, WS_XML_STRING *str,
                            WS_ERROR *error )
{
    UINT64 size = ((UINT64)text->length + 2) / 3 * 4;

    if (size > ~0u || (!heap && size > XML_TEXT_SCRATCH))
        return ws_fail( error, heap ? WS_E_QUOTA_EXCEEDED : E_INVALIDARG, "%u bytes are too long for a base64 text.",
                        text->length );
    if (heap && !(scratch = heap_alloc( heap, size, error ))) return heap_failure( heap );
    str->bytes = scratch;
    str->length = format_base64( text->bytes, text->length, scratch );
    return S_OK;
}

static HRESULT qname_text( const WS_XML_QNAME_TEXT *text, WS_HEAP *heap, BYTE *scratch, WS_XML_STRING *str,
                           WS_ERROR *error )
{
    ULONG prefix = text->prefix ? text->prefix->length : 0, size;

    if (!text->localName) return ws_fail( error, E_INVALIDARG, "The qualified name has no local name." );
    if (!prefix)
    {
        *str = *text->localName;
        return S_OK;
    }
    size = prefix + 1 + text->localName->length;
    if (!heap && size > XML_TEXT_SCRATCH) return ws_fail( error, E_INVALIDARG, "A text of %u bytes needs a heap.", size );
    if (heap && !(scratch = heap_alloc( heap, size, error ))) return heap_failure( heap );
    memcpy( scratch, text->prefix->bytes, prefix );
    scratch[prefix] = ':';
    if (text->localName->length) memcpy( scratch + prefix + 1, text->localName->bytes, text->localName->length );
    str->bytes = scratch;
    str->length = size;
    return S_OK;
}

/* The items with a space between two. */
static HRESULT list_text( const WS_XML_LIST_TEXT *text, WS_HEAP *heap, WS_XML_STRING *str, WS_ERROR *error )
{
    BYTE scratch[XML_TEXT_SCRATCH], *bytes = NULL;
    WS_XML_STRING item;
    SIZE_T size = 0;
    ULONG i, pass;
    HRESULT hr;

    if (!heap) return ws_fail( error, E_INVALIDARG, "A list text needs a heap." );
    for (pass = 0; pass < 2; pass++)
    {
        SIZE_T pos = 0;
        for (i = 0; i < text->itemCount; i++)
        {
            if ((hr = text_to_utf8( text->items[i], text_is_bounded( text->items[i] ) ? NULL : heap, scratch, &item, error )))
                return hr;
            if (i && pass) bytes[pos] = ' ';
            if (i) pos++;
            if (pass && item.length) memcpy( bytes + pos, item.bytes, item.length );
            pos += item.length;
        }
        if (pos > ~0u) return ws_fail( error, WS_E_QUOTA_EXCEEDED, "A list text is longer than 4 GB." );
        size = pos;
        if (!pass && !(bytes = heap_alloc( heap, size, error ))) return heap_failure( heap );
    }
    str->bytes = bytes;
    str->length = size;
    return S_OK;
}

BOOL text_is_bounded( const WS_XML_TEXT *text )
{
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:     /* points into the text itself */
        return TRUE;
    case WS_XML_TEXT_TYPE_UTF16:
    case WS_XML_TEXT_TYPE_BASE64:
    case WS_XML_TEXT_TYPE_QNAME:
    case WS_XML_TEXT_TYPE_LIST:
        return FALSE;
    default:
        return TRUE;
    }
}

HRESULT datetime_check( const WS_DATETIME *value, WS_ERROR *error )
{
    if (value->ticks > DATETIME_MAX_TICKS)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The date with %llu ticks is after the year 9999.",
                        (unsigned long long)value->ticks );
    if (value->format > WS_DATETIME_FORMAT_NONE)
        return ws_fail( error, WS_E_INVALID_FORMAT, "%u is not a date format.", value->format );
    return S_OK;
}

HRESULT text_to_utf8( const WS_XML_TEXT *text, WS_HEAP *heap, BYTE *scratch, WS_XML_STRING *str, WS_ERROR *error )
{
    HRESULT hr;

    str->dictionary = NULL;
    str->id = 0;
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
        *str = ((const WS_XML_UTF8_TEXT *)text)->value;
        return S_OK;
    case WS_XML_TEXT_TYPE_UTF16:
        return utf16_text( (const WS_XML_UTF16_TEXT *)text, heap, scratch, str, error );
    case WS_XML_TEXT_TYPE_BASE64:
        return base64_text( (const WS_XML_BASE64_TEXT *)text, heap, scratch, str, error );
    case WS_XML_TEXT_TYPE_QNAME:
        return qname_text( (const WS_XML_QNAME_TEXT *)text, heap, scratch, str, error );
    case WS_XML_TEXT_TYPE_LIST:
        return list_text( (const WS_XML_LIST_TEXT *)text, heap, str, error );
    default:
        break;
    }

    /* bounded forms */
    if (heap && !(scratch = heap_alloc( heap, XML_TEXT_SCRATCH, error ))) return heap_failure( heap );
    str->bytes = scratch;
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_BOOL:
        str->length = format_bool( ((const WS_XML_BOOL_TEXT *)text)->value, scratch );
        return S_OK;
    case WS_XML_TEXT_TYPE_INT32:
        str->length = format_int64( ((const WS_XML_INT32_TEXT *)text)->value, scratch );
        return S_OK;
    case WS_XML_TEXT_TYPE_INT64:
        str->length = format_int64( ((const WS_XML_INT64_TEXT *)text)->value, scratch );
        return S_OK;
    case WS_XML_TEXT_TYPE_UINT64:
        str->length = format_uint64( ((const WS_XML_UINT64_TEXT *)text)->value, scratch );
        return S_OK;
    case WS_XML_TEXT_TYPE_FLOAT:
        str->length = format_float( ((const WS_XML_FLOAT_TEXT *)text)->value, scratch );
        return S_OK;
    case WS_XML_TEXT_TYPE_DOUBLE:
        str->length = format_double( ((const WS_XML_DOUBLE_TEXT *)text)->value, scratch );
        return S_OK;
    case WS_XML_TEXT_TYPE_DECIMAL:
        str->length = format_decimal( &((const WS_XML_DECIMAL_TEXT *)text)->value, scratch );
        return S_OK;
    case WS_XML_TEXT_TYPE_GUID:
        str->length = format_guid( &((const WS_XML_GUID_TEXT *)text)->value, scratch );
        return S_OK;
    case WS_XML_TEXT_TYPE_UNIQUE_ID:
        memcpy( scratch, "urn:uuid:", 9 );
        str->length = 9 + format_guid( &((const WS_XML_UNIQUE_ID_TEXT *)text)->value, scratch + 9 );
        return S_OK;
    case WS_XML_TEXT_TYPE_DATETIME:
        if ((hr = datetime_check( &((const WS_XML_DATETIME_TEXT *)text)->value, error ))) return hr;
        str->length = format_datetime( &((const WS_XML_DATETIME_TEXT *)text)->value, scratch );
        return S_OK;
    case WS_XML_TEXT_TYPE_TIMESPAN:
        str->length = format_timespan( ((const WS_XML_TIMESPAN_TEXT *)text)->value.ticks, scratch );
        return S_OK;
    default:
        return ws_fail( error, E_INVALIDARG, "%u is not a text type.", text->textType );
    }
}

ULONG text_struct_size( WS_XML_TEXT_TYPE type )
{
    static const BYTE sizes[] =
    {
        [WS_XML_TEXT_TYPE_UTF8] = sizeof(WS_XML_UTF8_TEXT), [WS_XML_TEXT_TYPE_UTF16] = sizeof(WS_XML_UTF16_TEXT),
        [WS_XML_TEXT_TYPE_BASE64] = sizeof(WS_XML_BASE64_TEXT), [WS_XML_TEXT_TYPE_BOOL] = sizeof(WS_XML_BOOL_TEXT),
        [WS_XML_TEXT_TYPE_INT32] = sizeof(WS_XML_INT32_TEXT), [WS_XML_TEXT_TYPE_INT64] = sizeof(WS_XML_INT64_TEXT),
        [WS_XML_TEXT_TYPE_UINT64] = sizeof(WS_XML_UINT64_TEXT), [WS_XML_TEXT_TYPE_FLOAT] = sizeof(WS_XML_FLOAT_TEXT),
        [WS_XML_TEXT_TYPE_DOUBLE] = sizeof(WS_XML_DOUBLE_TEXT), [WS_XML_TEXT_TYPE_DECIMAL] = sizeof(WS_XML_DECIMAL_TEXT),
        [WS_XML_TEXT_TYPE_GUID] = sizeof(WS_XML_GUID_TEXT),
        [WS_XML_TEXT_TYPE_UNIQUE_ID] = sizeof(WS_XML_UNIQUE_ID_TEXT),
        [WS_XML_TEXT_TYPE_DATETIME] = sizeof(WS_XML_DATETIME_TEXT),
        [WS_XML_TEXT_TYPE_TIMESPAN] = sizeof(WS_XML_TIMESPAN_TEXT),
        [WS_XML_TEXT_TYPE_QNAME] = sizeof(WS_XML_QNAME_TEXT), [WS_XML_TEXT_TYPE_LIST] = sizeof(WS_XML_LIST_TEXT),
    };
    return type < ARRAY_SIZE( sizes ) ? sizes[type] : 0;
}

/* Bytes right behind the struct, in one allocation. */
static WS_XML_TEXT *dup_with_bytes( WS_HEAP *heap, const WS_XML_TEXT *text, ULONG size, const void *bytes, ULONG len,
                                    WS_ERROR *error )
{
    BYTE *ret;

    if (!(ret = heap_alloc( heap, (SIZE_T)size + len, error ))) return NULL;
    memcpy( ret, text, size );
    if (len) memcpy( ret + size, bytes, len );
    return (WS_XML_TEXT *)ret;
}

static HRESULT dup_qname( const WS_XML_QNAME_TEXT *text, WS_HEAP *heap, WS_XML_TEXT **ret, WS_ERROR *error )
{
    WS_XML_QNAME_TEXT *copy;

    if (!(copy = heap_memdup( heap, text, sizeof(*text), error )) ||
        (text->prefix && !(copy->prefix = (WS_XML_STRING *)tree_string( heap, text->prefix, error ))) ||
        (text->localName && !(copy->localName = (WS_XML_STRING *)tree_string( heap, text->localName, error ))) ||
        (text->ns && !(copy->ns = (WS_XML_STRING *)tree_string( heap, text->ns, error ))))
        return heap_failure( heap );
    *ret = &copy->text;
    return S_OK;
}

static HRESULT dup_list( const WS_XML_LIST_TEXT *text, WS_HEAP *heap, WS_XML_TEXT **ret, WS_ERROR *error )
{
    WS_XML_LIST_TEXT *copy;
    HRESULT hr;
    ULONG i;

    if (!(copy = heap_memdup( heap, text, sizeof(*text), error ))) return heap_failure( heap );
    if (!(copy->items = heap_alloc( heap, (SIZE_T)text->itemCount * sizeof(*copy->items), error ))) return heap_failure( heap );
    for (i = 0; i < text->itemCount; i++)
        if ((hr = text_dup( text->items[i], heap, &copy->items[i], error ))) return hr;
    *ret = &copy->text;
    return S_OK;
}

HRESULT text_dup( const WS_XML_TEXT *text, WS_HEAP *heap, WS_XML_TEXT **ret, WS_ERROR *error )
{
    ULONG size = text_struct_size( text->textType );

    if (!size) return ws_fail( error, E_INVALIDARG, "%u is not a text type.", text->textType );
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
    {
        const WS_XML_STRING *value = &((const WS_XML_UTF8_TEXT *)text)->value;
        BOOL constant = value->dictionary && value->dictionary->isConst;
        WS_XML_UTF8_TEXT *copy = (WS_XML_UTF8_TEXT *)dup_with_bytes( heap, text, size, value->bytes,
                                                                     constant ? 0 : value->length, error );
        if (!copy) return heap_failure( heap );
        if (!constant) copy->value.bytes = (BYTE *)(copy + 1);
        *ret = &copy->text;
        return S_OK;
    }
    case WS_XML_TEXT_TYPE_UTF16:
    {
        const WS_XML_UTF16_TEXT *src = (const WS_XML_UTF16_TEXT *)text;
        WS_XML_UTF16_TEXT *copy = (WS_XML_UTF16_TEXT *)dup_with_bytes( heap, text, size, src->bytes, src->byteCount, error );
        if (!copy) return heap_failure( heap );
        copy->bytes = (BYTE *)(copy + 1);
        *ret = &copy->text;
        return S_OK;
    }
    case WS_XML_TEXT_TYPE_BASE64:
    {
        const WS_XML_BASE64_TEXT *src = (const WS_XML_BASE64_TEXT *)text;
        WS_XML_BASE64_TEXT *copy = (WS_XML_BASE64_TEXT *)dup_with_bytes( heap, text, size, src->bytes, src->length, error );
        if (!copy) return heap_failure( heap );
        copy->bytes = (BYTE *)(copy + 1);
        *ret = &copy->text;
        return S_OK;
    }
    case WS_XML_TEXT_TYPE_QNAME:
        return dup_qname( (const WS_XML_QNAME_TEXT *)text, heap, ret, error );
    case WS_XML_TEXT_TYPE_LIST:
        return dup_list( (const WS_XML_LIST_TEXT *)text, heap, ret, error );
    default:
        if (!(*ret = heap_memdup( heap, text, size, error ))) return heap_failure( heap );
        return S_OK;
    }
}
