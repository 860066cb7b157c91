/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The text encoding of the XML writer. It writes UTF-8; for UTF-16 the writer converts what is complete.
 *
 * Most of the time goes into characters, so they are looked at and copied in the same pass, sixteen at a time. */

#include "xml/writer_short.h"
#include "xml/mtom.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

HRESULT text_declaration( WS_XML_WRITER *w, WS_ERROR *error )
{
    static const char *const names[] = { "", "utf-8", "utf-16LE", "utf-16BE" };
    const char *name = names[w->charset];
    HRESULT hr;

    w->slow &= ~WRITER_SLOW_DECLARATION;
    if ((hr = out_bytes( w, "<?xml version=\"1.0\" encoding=\"", 30, error ))) return hr;
    if ((hr = out_bytes( w, name, strlen( name ), error ))) return hr;
    return out_bytes( w, "\"?>", 3, error );
}

/* A new line in front of a tag or comment at `depth`, unless white space would change a text or nothing is there yet. */
static HRESULT indent( WS_XML_WRITER *w, const struct writer_element *parent, ULONG depth, WS_ERROR *error )
{
    SIZE_T size = (SIZE_T)depth * w->props.indent;
    HRESULT hr;

    if (parent && (parent->flags & ELEMENT_HAS_TEXT)) return S_OK;
    if (!w->flushed && w->final->size == w->document && out_offset( w ) == (w->final == w->sink ? w->document : 0)) return S_OK;
    if ((hr = out_reserve( w, size + 2, error ))) return hr;
    *w->cur++ = '\r';
    *w->cur++ = '\n';
    memset( w->cur, ' ', size );
    w->cur += size;
    return S_OK;
}

/* ---- tags ---- */

static HRESULT start_element( WS_XML_WRITER *w, WS_ERROR *error )
{
    struct writer_element *element = w->element;
    HRESULT hr;

    if (UNLIKELY( w->slow & WRITER_SLOW_INDENT ))
    {
        if ((hr = indent( w, element->parent, w->depth - 1, error ))) return hr;
        if (element->parent) element->parent->flags |= ELEMENT_HAS_CHILDREN;
    }
    if ((hr = out_reserve( w, element->qname_length + 1, error ))) return hr;
    text_open( w, element );
    return S_OK;
}

static HRESULT start_attribute( WS_XML_WRITER *w, WS_ERROR *error )
{
    const struct writer_attr *attr = w->attr;
    HRESULT hr;

    if ((hr = out_reserve( w, attr->prefix.length + attr->name.length + 4, error ))) return hr;
    *w->cur++ = ' ';
    if (attr->prefix.length)
    {
        memcpy( w->cur, attr->prefix.bytes, attr->prefix.length );
        w->cur += attr->prefix.length;
        *w->cur++ = ':';
    }
    copy_short( w->cur, attr->name.bytes, attr->name.length );
    w->cur += attr->name.length;
    *w->cur++ = '=';
    *w->cur++ = attr->single_quote ? '\'' : '"';
    return S_OK;
}

static HRESULT end_attribute( WS_XML_WRITER *w, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = out_reserve( w, 1, error ))) return hr;
    *w->cur++ = w->attr->single_quote ? '\'' : '"';
    return S_OK;
}

static HRESULT escape( WS_XML_WRITER *w, const BYTE *s, ULONG len, BYTE class, BYTE third, WS_ERROR *error );

static HRESULT xmlns( WS_XML_WRITER *w, const struct ns_binding *binding, BOOL single_quote, WS_ERROR *error )
{
    BYTE quote = single_quote ? '\'' : '"';
    HRESULT hr;

    if ((hr = out_reserve( w, binding->prefix.length + 10, error ))) return hr;
    memcpy( w->cur, " xmlns", 6 );
    w->cur += 6;
    if (binding->prefix.length)
    {
        *w->cur++ = ':';
        memcpy( w->cur, binding->prefix.bytes, binding->prefix.length );
        w->cur += binding->prefix.length;
    }
    *w->cur++ = '=';
    *w->cur++ = quote;
    if ((hr = escape( w, binding->ns.bytes, binding->ns.length, CHAR_ATTR, quote, error ))) return hr;
    return out_bytes( w, &quote, 1, error );
}

static HRESULT end_start( WS_XML_WRITER *w, BOOL empty, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = out_reserve( w, 2, error ))) return hr;
    if (empty) *w->cur++ = '/';
    *w->cur++ = '>';
    return S_OK;
}

static HRESULT end_element( WS_XML_WRITER *w, WS_ERROR *error )
{
    const struct writer_element *element = w->element;
    HRESULT hr;

    if (UNLIKELY( w->slow & WRITER_SLOW_INDENT ) && (element->flags & ELEMENT_HAS_CHILDREN) &&
        (hr = indent( w, element, w->depth - 1, error )))
        return hr;
    if ((hr = out_reserve( w, element->qname_length + 3, error ))) return hr;
    text_close( w, element );
    return S_OK;
}

static ULONG close_size( const struct writer_element *element )
{
    return element->qname_length + 3;
}

/* ---- characters ---- */

static HRESULT bad_char( const BYTE *s, ULONG len, WS_ERROR *error )
{
    UINT32 c;

    if (utf8_decode( s, len, &c ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "Character U+%04x is not allowed in XML.", c );
    return ws_fail( error, WS_E_INVALID_FORMAT, "Byte 0x%02x is not part of well-formed UTF-8.", s[0] );
}

static ULONG entity( BYTE c, BYTE *buf )
{
    static const char digits[] = "0123456789ABCDEF";
    const char *name = NULL;
    ULONG len;

    switch (c)
    {
    case '<':  name = "&lt;"; break;
    case '>':  name = "&gt;"; break;
    case '&':  name = "&amp;"; break;
    case '"':  name = "&quot;"; break;
    case '\'': name = "&apos;"; break;
    }
    if (name)
    {
        len = strlen( name );
        memcpy( buf, name, len );
        return len;
    }
    memcpy( buf, "&#x", 3 );
    len = 3;
    if (c > 0xf) buf[len++] = digits[c >> 4];
    buf[len++] = digits[c & 0xf];
    buf[len++] = ';';
    return len;
}

/* What stands at s, which does not just get copied: a character beyond ASCII, or one that is escaped, or an invalid one.
 * Returns how many bytes of it are done in *used. Room for `len` bytes is there and stays there. */
static HRESULT special( WS_XML_WRITER *w, const BYTE *s, ULONG len, BYTE class, BYTE third, ULONG *used, WS_ERROR *error )
{
    BYTE buf[8];
    ULONG size;
    UINT32 c;
    HRESULT hr;

    if (s[0] >= 0x80)
    {
        ULONG i = 0;
        while (i < len && s[i] >= 0x80)
        {
            if (!(size = utf8_decode( s + i, len - i, &c ))) return bad_char( s + i, len - i, error );
            if (!is_xml_char( c ))
            {
                static const char names[] = "&#xFFFE;&#xFFFF;";
                if (!w->props.allow_invalid_refs) return bad_char( s + i, len - i, error );
                if ((hr = out_reserve( w, len - i + 8, error ))) return hr;
                memcpy( w->cur, names + 8 * (c & 1), 8 );
                w->cur += 8;
            }
            else
            {
                memcpy( w->cur, s + i, size );
                w->cur += size;
            }
            i += size;
        }
        *used = i;
        return S_OK;
    }
    *used = 1;
    if (!(xml_char_class[s[0]] & (class | CHAR_INVALID)) && s[0] != third)
    {
        *w->cur++ = s[0];
        return S_OK;
    }
    if ((xml_char_class[s[0]] & CHAR_INVALID) && (!w->props.allow_invalid_refs || !s[0])) return bad_char( s, len, error );
    size = entity( s[0], buf );
    if ((hr = out_reserve( w, len - 1 + size, error ))) return hr;
    memcpy( w->cur, buf, size );
    w->cur += size;
    return S_OK;
}

/* Writes s with its markup escaped. `class`: what an element (CHAR_TEXT) or attribute (CHAR_ATTR) can't hold; `third`: what
 * has to be escaped beside & and <, which is > in elements and the quote in attributes. */
static HRESULT escape( WS_XML_WRITER *w, const BYTE *s, ULONG len, BYTE class, BYTE third, WS_ERROR *error )
{
    const BYTE *end = s + len;
    ULONG used = 0;
    HRESULT hr;

    if ((hr = out_reserve( w, len, error ))) return hr;
    if (LIKELY( len <= 16 ) && is_plain_short( s, len, third ))
    {
        copy_short( w->cur, s, len );
        w->cur += len;
        return S_OK;
    }
    while (s < end)
    {
        /* there is always room for what is left */
#ifdef __SSE2__
        const __m128i control = _mm_set1_epi8( 0x1f ), amp = _mm_set1_epi8( '&' ), lt = _mm_set1_epi8( '<' );
        const __m128i other = _mm_set1_epi8( third );
        BYTE *dst = w->cur;
        while (end - s >= 16)
        {
            __m128i bytes = _mm_loadu_si128( (const __m128i *)s );
            /* as signed bytes: controls and everything beyond ASCII are not greater than 0x1f */
            __m128i markup = _mm_or_si128( _mm_or_si128( _mm_cmpeq_epi8( bytes, amp ), _mm_cmpeq_epi8( bytes, lt ) ),
                                           _mm_cmpeq_epi8( bytes, other ) );
            ULONG mask = _mm_movemask_epi8( _mm_andnot_si128( markup, _mm_cmpgt_epi8( bytes, control ) ) );
            _mm_storeu_si128( (__m128i *)dst, bytes );
            if (mask != 0xffff)
            {
                ULONG plain = __builtin_ctz( ~mask );
                s += plain;
                dst += plain;
                w->cur = dst;
                goto stopped;
            }
            s += 16;
            dst += 16;
        }
        w->cur = dst;
        if (end - s >= 4 && is_plain_short( s, end - s, third ))
        {
            copy_short( dst, s, end - s );
            w->cur = dst + (end - s);
            return S_OK;
        }
#endif
        {
            BYTE *to = w->cur;
            while (s < end && s[0] < 0x80 && !(xml_char_class[s[0]] & (class | CHAR_INVALID)) && s[0] != third) *to++ = *s++;
            w->cur = to;
        }
        if (s == end) break;
#ifdef __SSE2__
    stopped:
#endif
        if ((hr = special( w, s, end - s, class, third, &used, error ))) return hr;
        s += used;
    }
    return S_OK;
}

/* Nothing can be escaped in CDATA; "]]>" is cut in two sections. */
static HRESULT cdata_chars( WS_XML_WRITER *w, const BYTE *s, ULONG len, WS_ERROR *error )
{
    ULONG i, start = 0, valid = xml_valid_prefix( s, len );
    HRESULT hr;

    if (valid != len) return bad_char( s + valid, len - valid, error );
    for (i = 0; i < len; i++)
    {
        if (s[i] == ']') w->brackets++;
        else
        {
            if (s[i] == '>' && w->brackets >= 2)
            {
                if ((hr = out_bytes( w, s + start, i - start, error ))) return hr;
                if ((hr = out_bytes( w, "]]><![CDATA[", 12, error ))) return hr;
                start = i;
            }
            w->brackets = 0;
        }
    }
    return out_bytes( w, s + start, len - start, error );
}

static HRESULT text_chars( WS_XML_WRITER *w, const BYTE *chars, ULONG count, WS_ERROR *error )
{
    if (LIKELY( w->state == WRITER_CONTENT ))
    {
        if (LIKELY( w->element || w->props.allow_fragment )) return escape( w, chars, count, CHAR_TEXT, '>', error );
        /* white space beside the root element, where references are not allowed */
        return count ? out_bytes( w, chars, count, error ) : S_OK;
    }
    if (w->state == WRITER_ATTRIBUTE)
    {
        HRESULT hr;
        if (w->mtom && mtom_wants( w ) && (hr = bytes_append( &w->acc, chars, count, error ))) return hr;
        return escape( w, chars, count, CHAR_ATTR, w->attr->single_quote ? '\'' : '"', error );
    }
    return cdata_chars( w, chars, count, error );
}

/* Groups of three bytes become four characters. What is left over gets its padding at once, but is remembered: when more bytes
 * come before anything else is written, the group is written again. */
static HRESULT bytes( WS_XML_WRITER *w, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    SIZE_T size;
    HRESULT hr;

    if (w->mtom && w->state == WRITER_CONTENT && (hr = mtom_bytes( w, bytes, count, error )) != S_FALSE) return hr;
    if (w->carry_count && w->carry_end != out_offset( w )) w->carry_count = 0;
    size = ((SIZE_T)count + w->carry_count + 2) / 3 * 4;
    if ((hr = out_reserve( w, size, error ))) return hr;
    if (w->carry_count)
    {
        BYTE group[3];
        ULONG take = min( count, 3 - w->carry_count );

        memcpy( group, w->carry, w->carry_count );
        memcpy( group + w->carry_count, bytes, take );
        w->cur -= 4;
        bytes += take;
        count -= take;
        if (w->carry_count + take < 3)
        {
            w->cur += format_base64( group, w->carry_count + take, w->cur );
            memcpy( w->carry, group, 2 );
            w->carry_count += take;
            w->carry_end = out_offset( w );
            return S_OK;
        }
        w->cur += format_base64( group, 3, w->cur );
    }
    w->cur += format_base64( bytes, count, w->cur );
    w->carry_count = count % 3;
    memcpy( w->carry, bytes + count - w->carry_count, w->carry_count );
    w->carry_end = out_offset( w );
    w->carry_size = 4;
    return S_OK;
}

/* The parts of a text that do not fit on the stack. */
static HRESULT long_text( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error )
{
    HRESULT hr = S_OK;
    ULONG i;

    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_QNAME:
    {
        const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)text;
        if (qname->prefix && qname->prefix->length)
        {
            if ((hr = text_chars( w, qname->prefix->bytes, qname->prefix->length, error ))) return hr;
            if ((hr = text_chars( w, (const BYTE *)":", 1, error ))) return hr;
        }
        if (!qname->localName) return ws_fail( error, E_INVALIDARG, "The qualified name has no local name." );
        return text_chars( w, qname->localName->bytes, qname->localName->length, error );
    }
    case WS_XML_TEXT_TYPE_LIST:
    {
        const WS_XML_LIST_TEXT *list = (const WS_XML_LIST_TEXT *)text;
        for (i = 0; i < list->itemCount && !hr; i++)
        {
            if (i && (hr = text_chars( w, (const BYTE *)" ", 1, error ))) return hr;
            hr = w->codec->text( w, list->items[i], error );
        }
        return hr;
    }
    default:
        return ws_fail( error, E_INVALIDARG, "%u is not a text type.", text->textType );
    }
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
        const WCHAR *chars;
        WCHAR *copy;
        if ((hr = text_utf16_units( utf16, &chars, &copy, error ))) return hr;
        hr = writer_utf16( w, chars, utf16->byteCount / sizeof(WCHAR), error );
        mem_free( copy );
        return hr;
    }
    if (!text_is_bounded( text )) return long_text( w, text, error );
    if ((hr = text_to_utf8( text, NULL, scratch, &str, error ))) return hr;
    return text_chars( w, str.bytes, str.length, error );
}

/* ---- sections ---- */

static HRESULT start_cdata( WS_XML_WRITER *w, WS_ERROR *error )
{
    return out_bytes( w, "<![CDATA[", 9, error );
}

static HRESULT end_cdata( WS_XML_WRITER *w, WS_ERROR *error )
{
    return out_bytes( w, "]]>", 3, error );
}

static HRESULT comment( WS_XML_WRITER *w, const WS_XML_STRING *value, WS_ERROR *error )
{
    HRESULT hr;

    if (UNLIKELY( w->slow & WRITER_SLOW_INDENT ))
    {
        if ((hr = indent( w, w->element, w->depth, error ))) return hr;
        if (w->element) w->element->flags |= ELEMENT_HAS_CHILDREN;
    }
    if ((hr = out_reserve( w, (SIZE_T)value->length + 7, error ))) return hr;
    memcpy( w->cur, "<!--", 4 );
    if (value->length) memcpy( w->cur + 4, value->bytes, value->length );
    memcpy( w->cur + 4 + value->length, "-->", 3 );
    w->cur += value->length + 7;
    return S_OK;
}

static HRESULT array( WS_XML_WRITER *w, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type,
                      const BYTE *items, ULONG count, WS_ERROR *error )
{
    (void)w; (void)name; (void)ns; (void)type; (void)items; (void)count; (void)error;
    return S_FALSE;
}

const struct writer_codec text_codec =
{
    start_element, start_attribute, end_attribute, xmlns, end_start, end_element, text, text_chars, bytes, start_cdata,
    end_cdata, comment, array, close_size, FALSE
};
