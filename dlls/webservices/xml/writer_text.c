/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts of all kinds: characters, bytes, typed texts, qualified names, arrays, CDATA and comments. */

#include "xml/writer_short.h"
#include "xml/mtom.h"

static HRESULT no_text_here( WS_ERROR *error )
{
    return ws_fail( error, WS_E_INVALID_FORMAT, "Text outside of the root element needs a fragment." );
}

/* In an attribute only these can be written in several pieces. */
static BOOL is_continuable( WS_XML_TEXT_TYPE type )
{
    return type == WS_XML_TEXT_TYPE_UTF8 || type == WS_XML_TEXT_TYPE_UTF16 || type == WS_XML_TEXT_TYPE_BASE64;
}

HRESULT writer_begin_text( WS_XML_WRITER *w, WS_XML_TEXT_TYPE type, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    HRESULT hr;

    switch (w->state)
    {
    case WRITER_CDATA:
        return S_OK;
    case WRITER_ATTRIBUTE:
        if (w->attr->type && (w->attr->type != type || !is_continuable( type )))
            return ws_fail( error, WS_E_INVALID_OPERATION, "Attribute %.*s has a value already.", XMLSTR_ARG( &w->attr->name ) );
        w->attr->type = type;
        return S_OK;
    case WRITER_START_TAG:
    case WRITER_CONTENT:
        if ((hr = writer_to_content( w, error ))) return hr;
        if (w->mtom && type != WS_XML_TEXT_TYPE_BASE64) mtom_other( w );
        if (w->element) w->element->flags |= ELEMENT_HAS_TEXT;
        else if (!w->props.allow_fragment && (!bytes || !is_xml_space_only( bytes, count ))) return no_text_here( error );
        return S_OK;
    default:
        return writer_bad_state( w, "Text", error );
    }
}

static inline BOOL in_content( const WS_XML_WRITER *w )
{
    return w->state == WRITER_CONTENT && w->element && !(w->slow & (WRITER_SLOW_MTOM | WRITER_SLOW_C14N));
}

static HRESULT write_chars_utf8( WS_XML_WRITER *w, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    HRESULT hr;

    if (LIKELY( w->state == WRITER_START_TAG && !w->slow ))
    {
        if (!count) return S_OK;
        if ((hr = writer_to_content( w, error ))) return hr;
        w->element->flags |= ELEMENT_HAS_TEXT;
        if (count <= 16 && has_room( w, count + 2 ) && is_plain_short( bytes, count, '>' ))
        {
            if (w->codec == &binary_codec) binary_chars( w, bytes, count );
            else
            {
                copy_short( w->cur, bytes, count );
                w->cur += count;
            }
            return out_commit( w, error );
        }
    }
    else if (UNLIKELY( !in_content( w ) ))
    {
        if (!count && w->state == WRITER_START_TAG) return S_OK;
        if ((hr = writer_begin_text( w, WS_XML_TEXT_TYPE_UTF8, bytes, count, error ))) return hr;
        if ((w->slow & WRITER_SLOW_C14N) && (hr = writer_c14n_chars( w, bytes, count, error ))) return hr;
    }
    else w->element->flags |= ELEMENT_HAS_TEXT;
    if ((hr = w->codec->chars( w, bytes, count, error ))) return hr;
    return w->state == WRITER_ATTRIBUTE ? S_OK : out_commit( w, error );
}

HRESULT writer_write_chars_utf8( WS_XML_WRITER *w, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    if (UNLIKELY( count && !bytes ))
    {
        if (w->state == WRITER_NO_OUTPUT) return writer_bad_state( w, "Text", error );
        return ws_fail( error, E_INVALIDARG, "%u bytes of text were announced, none given.", count );
    }
    return writer_done( w, write_chars_utf8( w, bytes, count, error ) );
}

static ULONG text_length( const WS_XML_TEXT *text )
{
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:   return ((const WS_XML_UTF8_TEXT *)text)->value.length;
    case WS_XML_TEXT_TYPE_UTF16:  return ((const WS_XML_UTF16_TEXT *)text)->byteCount;
    case WS_XML_TEXT_TYPE_BASE64: return ((const WS_XML_BASE64_TEXT *)text)->length;
    case WS_XML_TEXT_TYPE_LIST:   return ((const WS_XML_LIST_TEXT *)text)->itemCount;
    default:                      return 1;
    }
}

static HRESULT write_text( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error )
{
    ULONG length = text_length( text );
    HRESULT hr;

    if (!length && w->state == WRITER_START_TAG) return S_OK;
    if (text->textType == WS_XML_TEXT_TYPE_UTF16 && w->state == WRITER_CONTENT && !w->element && !w->props.allow_fragment)
    {
        /* white space at the top has to be seen as characters */
        const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
        ULONG i;
        for (i = 0; i < length; i++)
            if (i % 2 ? utf16->bytes[i] : !is_xml_space( utf16->bytes[i] )) return no_text_here( error );
        if ((hr = writer_begin_text( w, text->textType, (const BYTE *)" ", 1, error ))) return hr;
    }
    else
    {
        const BYTE *bytes = text->textType == WS_XML_TEXT_TYPE_UTF8 ? ((const WS_XML_UTF8_TEXT *)text)->value.bytes : NULL;
        if (!length) bytes = (const BYTE *)"";
        if ((hr = writer_begin_text( w, text->textType, bytes, length, error ))) return hr;
    }
    if ((w->slow & WRITER_SLOW_C14N) && (hr = writer_c14n_text( w, text, error ))) return hr;
    if ((hr = w->codec->text( w, text, error ))) return hr;
    return w->state == WRITER_ATTRIBUTE ? S_OK : out_commit( w, error );
}

HRESULT writer_write_text( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error )
{
    if (UNLIKELY( !text ))
    {
        if (w->state == WRITER_NO_OUTPUT) return writer_bad_state( w, "Text", error );
        return ws_fail( error, E_INVALIDARG, "There is no text to write." );
    }
    if (LIKELY( text->textType == WS_XML_TEXT_TYPE_UTF8 ) && !((const WS_XML_UTF8_TEXT *)text)->value.dictionary)
    {
        const WS_XML_STRING *value = &((const WS_XML_UTF8_TEXT *)text)->value;
        return writer_done( w, write_chars_utf8( w, value->bytes, value->length, error ) );
    }
    return writer_done( w, write_text( w, text, error ) );
}

HRESULT writer_write_plain( WS_XML_WRITER *w, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    HRESULT hr;

    /* as the typed text that it stands for: all of the value */
    if (w->state == WRITER_ATTRIBUTE && w->attr->type)
        return writer_done( w, writer_begin_text( w, WS_XML_TEXT_TYPE_BOOL, NULL, 0, error ) );
    if (UNLIKELY( w->codec != &text_codec || w->state == WRITER_CDATA || (w->slow & WRITER_SLOW_C14N) ))
        return writer_done( w, write_chars_utf8( w, bytes, count, error ) );
    if (UNLIKELY( !in_content( w ) ))
    {
        if ((hr = writer_begin_text( w, WS_XML_TEXT_TYPE_BOOL, bytes, count, error ))) return writer_done( w, hr );
    }
    else w->element->flags |= ELEMENT_HAS_TEXT;
    if (!(hr = out_bytes( w, bytes, count, error )) && w->state != WRITER_ATTRIBUTE) hr = out_commit( w, error );
    return writer_done( w, hr );
}

/* UTF-16 goes through a buffer on the stack; a surrogate pair is never cut in two. */
HRESULT writer_utf16( WS_XML_WRITER *w, const WCHAR *chars, ULONG count, WS_ERROR *error )
{
    BYTE buf[3 * 512];
    HRESULT hr;

    while (count)
    {
        ULONG n = min( count, 512 ), size;
        if (n < count && (chars[n - 1] & 0xfc00) == 0xd800) n--;
        if ((hr = utf16_to_utf8_size( chars, n, &size, error ))) return hr;
        if ((hr = w->codec->chars( w, buf, utf16_to_utf8( chars, n, buf ), error ))) return hr;
        chars += n;
        count -= n;
    }
    return S_OK;
}

HRESULT writer_write_chars( WS_XML_WRITER *w, const WCHAR *chars, ULONG count, WS_ERROR *error )
{
    WS_XML_UTF16_TEXT text = { { WS_XML_TEXT_TYPE_UTF16 }, (BYTE *)chars, count * sizeof(WCHAR) };

    if (w->state == WRITER_NO_OUTPUT) return writer_bad_state( w, "Text", error );
    if (count && !chars) return ws_fail( error, E_INVALIDARG, "%u characters were announced, none given.", count );
    if (count > ~0u / sizeof(WCHAR)) return ws_fail( error, E_INVALIDARG, "%u characters are too many.", count );
    return writer_done( w, write_text( w, &text.text, error ) );
}

HRESULT writer_write_bytes( WS_XML_WRITER *w, const void *bytes, ULONG count, WS_ERROR *error )
{
    WS_XML_BASE64_TEXT text = { { WS_XML_TEXT_TYPE_BASE64 }, (BYTE *)bytes, count };

    if (w->state == WRITER_NO_OUTPUT) return writer_bad_state( w, "Data", error );
    if (count && !bytes) return ws_fail( error, E_INVALIDARG, "%u bytes were announced, none given.", count );
    return writer_done( w, write_text( w, &text.text, error ) );
}

/* ---- qualified names ---- */

static HRESULT write_qualified_name( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                                     const WS_XML_STRING *ns, WS_ERROR *error )
{
    WS_XML_QNAME_TEXT text = { { WS_XML_TEXT_TYPE_QNAME }, (WS_XML_STRING *)prefix, (WS_XML_STRING *)name, NULL };
    const struct ns_binding *binding;
    HRESULT hr;

    if ((hr = writer_begin_text( w, WS_XML_TEXT_TYPE_QNAME, NULL, 0, error ))) return hr;
    if (!name || (!prefix && !ns)) return ws_fail( error, E_INVALIDARG, "A qualified name needs a name and a prefix or namespace." );
    if (!prefix)
    {
        if (!(binding = writer_find_ns( w, ns, FALSE )))
            return ws_fail( error, WS_E_INVALID_FORMAT, "Namespace %.*s of a qualified name has no prefix here.",
                            XMLSTR_ARG( ns ) );
        text.prefix = (WS_XML_STRING *)&binding->prefix;
    }
    if (!ns)
    {
        binding = ns_find( &w->scope, prefix->bytes, prefix->length );
        ns = binding ? &binding->ns : &xml_empty_text.value;
    }
    text.ns = (WS_XML_STRING *)ns;
    if ((w->slow & WRITER_SLOW_C14N) && (hr = writer_c14n_text( w, &text.text, error ))) return hr;
    if ((hr = w->codec->text( w, &text.text, error ))) return hr;
    return w->state == WRITER_ATTRIBUTE ? S_OK : out_commit( w, error );
}

HRESULT writer_write_qualified_name( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                                     const WS_XML_STRING *ns, WS_ERROR *error )
{
    return writer_done( w, write_qualified_name( w, prefix, name, ns, error ) );
}

/* ---- arrays ---- */

static HRESULT write_items( WS_XML_WRITER *w, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type,
                            const BYTE *items, ULONG size, ULONG count, WS_ERROR *error )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    union value_text text;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        value_to_text( type, items + (SIZE_T)i * size, &text, scratch );
        if ((hr = writer_write_start_element( w, NULL, name, ns, error ))) return hr;
        if ((hr = writer_write_text( w, &text.text, error ))) return hr;
        if ((hr = writer_write_end_element( w, error ))) return hr;
    }
    return S_OK;
}

HRESULT writer_write_array( WS_XML_WRITER *w, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type,
                            const void *array, ULONG array_size, ULONG offset, ULONG count, WS_ERROR *error )
{
    ULONG size = value_type_size( type );
    const BYTE *items = array;
    HRESULT hr;

    if (w->state != WRITER_CONTENT && w->state != WRITER_START_TAG) return writer_bad_state( w, "An array", error );
    if (!name || !ns) return ws_fail( error, E_INVALIDARG, "The items of an array need a name and a namespace." );
    if (!size) return ws_fail( error, E_INVALIDARG, "%u is not a value type.", type );
    if (!count) return S_OK;
    if (!array || ((UINT64)offset + count) * size > array_size)
        return ws_fail( error, E_INVALIDARG, "Items %u to %u are not all in an array of %u bytes.", offset,
                        offset + count - 1, array ? array_size : 0 );
    items += (SIZE_T)offset * size;
    if ((count > 1 || w->element) && !w->c14n)
    {
        hr = w->codec->array( w, name, ns, type, items, count, error );
        if (hr != S_FALSE) return writer_done( w, hr );
    }
    return write_items( w, name, ns, type, items, size, count, error );
}

/* ---- CDATA and comments ---- */

HRESULT writer_write_start_cdata( WS_XML_WRITER *w, WS_ERROR *error )
{
    HRESULT hr;

    if (w->state != WRITER_CONTENT && w->state != WRITER_START_TAG) return writer_bad_state( w, "A CDATA section", error );
    if ((hr = writer_begin_text( w, WS_XML_TEXT_TYPE_UTF8, NULL, 0, error ))) return writer_done( w, hr );
    w->brackets = 0;
    if ((hr = w->codec->start_cdata( w, error ))) return writer_done( w, hr );
    w->state = WRITER_CDATA;
    return writer_done( w, out_commit( w, error ) );
}

HRESULT writer_write_end_cdata( WS_XML_WRITER *w, WS_ERROR *error )
{
    HRESULT hr;

    if (w->state != WRITER_CDATA) return writer_bad_state( w, "The end of a CDATA section", error );
    w->state = WRITER_CONTENT;
    if (!(hr = w->codec->end_cdata( w, error ))) hr = out_commit( w, error );
    return writer_done( w, hr );
}

static HRESULT check_comment( const WS_XML_STRING *value, WS_ERROR *error )
{
    ULONG i, valid = xml_valid_prefix( value->bytes, value->length );

    if (valid != value->length)
        return ws_fail( error, WS_E_INVALID_FORMAT, "A comment has a character at offset %u that XML does not allow.", valid );
    for (i = 0; i < value->length; i++)
        if (value->bytes[i] == '-' && (i + 1 == value->length || value->bytes[i + 1] == '-'))
            return ws_fail( error, WS_E_INVALID_FORMAT, "A comment can't have '--' in it or '-' at its end." );
    return S_OK;
}

HRESULT writer_write_comment( WS_XML_WRITER *w, const WS_XML_STRING *value, WS_ERROR *error )
{
    HRESULT hr;

    if (w->state != WRITER_CONTENT && w->state != WRITER_START_TAG) return writer_bad_state( w, "A comment", error );
    if (!(hr = check_comment( value, error )) && !(hr = writer_to_content( w, error )) && w->mtom) mtom_other( w );
    if (!hr && (w->slow & WRITER_SLOW_C14N))
    {
        WS_XML_COMMENT_NODE node = { { WS_XML_NODE_TYPE_COMMENT }, *value };
        hr = writer_c14n_node( w, &node.node, error );
    }
    if (!hr && !(hr = w->codec->comment( w, value, error ))) hr = out_commit( w, error );
    return writer_done( w, hr );
}

/* ---- bytes that callbacks give or take ---- */

static HRESULT CALLBACK push_write( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *error )
{
    HRESULT hr;
    ULONG i;

    (void)context;
    if (count && !buffers) return ws_fail( error, E_INVALIDARG, "%u buffers were announced, none given.", count );
    for (i = 0; i < count; i++)
        if ((hr = writer_write_bytes( state, buffers[i].bytes, buffers[i].length, error ))) return hr;
    return S_OK;
}

/* Both may call back at once, which is documented; MTOM holds the bytes of its parts anyway. */
HRESULT writer_push_bytes( WS_XML_WRITER *w, WS_PUSH_BYTES_CALLBACK callback, void *state, WS_ERROR *error )
{
    if (!callback) return ws_fail( error, E_INVALIDARG, "There is no callback to push the bytes." );
    if (w->state != WRITER_CONTENT && w->state != WRITER_START_TAG) return writer_bad_state( w, "Data", error );
    return writer_done( w, callback( state, push_write, w, NULL, error ) );
}

HRESULT writer_pull_bytes( WS_XML_WRITER *w, WS_PULL_BYTES_CALLBACK callback, void *state, WS_ERROR *error )
{
    BYTE buf[3072];
    ULONG size;
    HRESULT hr;

    if (!callback) return ws_fail( error, E_INVALIDARG, "There is no callback to pull the bytes from." );
    if (w->state != WRITER_CONTENT && w->state != WRITER_START_TAG) return writer_bad_state( w, "Data", error );
    for (;;)
    {
        size = 0;
        if ((hr = callback( state, buf, sizeof(buf), &size, NULL, error ))) return writer_done( w, hr );
        if (!size) return S_OK;
        if (size > sizeof(buf))
            return ws_fail( error, E_INVALIDARG, "A callback put %u bytes into a buffer of %u.", size, (ULONG)sizeof(buf) );
        if ((hr = writer_write_bytes( w, buf, size, error ))) return hr;
    }
}
