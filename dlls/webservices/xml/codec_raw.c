/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The raw encoding of the XML writer: bytes at the top of the document are the output, characters are base64 of it. */

#include "xml/writer_impl.h"

static HRESULT bytes( WS_XML_WRITER *w, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    if (w->acc.size)
        return ws_fail( error, WS_E_INVALID_FORMAT, "Bytes follow an incomplete group of base64 characters." );
    return count ? out_bytes( w, bytes, count, error ) : S_OK;
}

/* Whole groups of four are decoded, the rest waits for more. */
static HRESULT chars( WS_XML_WRITER *w, const BYTE *chars, ULONG count, WS_ERROR *error )
{
    SIZE_T whole, rest;
    ULONG len, i;
    HRESULT hr;

    for (i = 0; i < count; i++)
        if (!is_xml_space( chars[i] ) && (hr = bytes_append( &w->acc, chars + i, 1, error ))) return hr;
    rest = w->acc.size % 4;
    whole = w->acc.size - rest;
    if (!whole) return S_OK;
    if ((hr = out_reserve( w, whole / 4 * 3, error )) || (hr = parse_base64( w->acc.data, whole, w->cur, &len, error )))
        return hr;
    w->cur += len;
    memmove( w->acc.data, w->acc.data + whole, rest );
    w->acc.size = rest;
    return S_OK;
}

static HRESULT text( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_BASE64)
        return bytes( w, ((const WS_XML_BASE64_TEXT *)text)->bytes, ((const WS_XML_BASE64_TEXT *)text)->length, error );
    if (text->textType == WS_XML_TEXT_TYPE_UTF16)
    {
        const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
        const WCHAR *units;
        WCHAR *copy;
        if ((hr = text_utf16_units( utf16, &units, &copy, error ))) return hr;
        hr = writer_utf16( w, units, utf16->byteCount / sizeof(WCHAR), error );
        mem_free( copy );
        return hr;
    }
    if (!text_is_bounded( text ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "A text of type %u is no base64, and nothing else is raw.", text->textType );
    if ((hr = text_to_utf8( text, NULL, scratch, &str, error ))) return hr;
    return chars( w, str.bytes, str.length, error );
}

static HRESULT refuse( WS_XML_WRITER *w, WS_ERROR *error )
{
    (void)w;
    return ws_fail( error, WS_E_INVALID_OPERATION, "The raw encoding takes nothing but bytes at the top of the document." );
}

static HRESULT refuse_xmlns( WS_XML_WRITER *w, const struct ns_binding *binding, BOOL single_quote, WS_ERROR *error )
{
    (void)binding; (void)single_quote;
    return refuse( w, error );
}

static HRESULT refuse_end_start( WS_XML_WRITER *w, BOOL empty, WS_ERROR *error )
{
    (void)empty;
    return refuse( w, error );
}

static HRESULT refuse_comment( WS_XML_WRITER *w, const WS_XML_STRING *value, WS_ERROR *error )
{
    (void)value;
    return refuse( w, error );
}

static HRESULT refuse_array( WS_XML_WRITER *w, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type,
                             const BYTE *items, ULONG count, WS_ERROR *error )
{
    (void)name; (void)ns; (void)type; (void)items; (void)count;
    return refuse( w, error );
}

static ULONG close_size( const struct writer_element *element )
{
    (void)element;
    return 0;
}

const struct writer_codec raw_codec =
{
    refuse, refuse, refuse, refuse_xmlns, refuse_end_start, refuse, text, chars, bytes, refuse, refuse, refuse_comment,
    refuse_array, close_size, FALSE
};
