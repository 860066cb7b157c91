/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Elements that hold nothing but characters, written in one go. Most of a typed message consists of them, and in one
 * call neither the scope of namespaces nor the stack of open elements has to be touched. */

#include "xml/writer_impl.h"
#include "xml/bytes.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Units at the start of `src` that are one byte in UTF-8 and need no escape; they are copied to dst. */
static ULONG copy_simple( BYTE *dst, const WCHAR *src, ULONG count )
{
    ULONG i = 0;

#ifdef __SSE2__
    for (; i + 8 <= count; i += 8)
    {
        __m128i units = _mm_loadu_si128( (const __m128i *)(src + i) ), bad;
        /* as signed: what is below a space or above 0x7e */
        bad = _mm_or_si128( _mm_cmplt_epi16( units, _mm_set1_epi16( ' ' ) ),
                            _mm_cmpgt_epi16( units, _mm_set1_epi16( '~' ) ) );
        bad = _mm_or_si128( bad, _mm_cmpeq_epi16( units, _mm_set1_epi16( '&' ) ) );
        bad = _mm_or_si128( bad, _mm_cmpeq_epi16( _mm_and_si128( units, _mm_set1_epi16( ~2 ) ),
                                                  _mm_set1_epi16( '<' ) ) );
        if (_mm_movemask_epi8( bad )) break;
        _mm_storel_epi64( (__m128i *)(dst + i), _mm_packus_epi16( units, units ) );
    }
#endif
    for (; i < count; i++)
    {
        WCHAR c = src[i];
        if (c < ' ' || c > '~' || c == '&' || c == '<' || c == '>') break;
        dst[i] = c;
    }
    return i;
}

static inline BYTE *put_name( BYTE *p, const struct writer_element *parent, const WS_XML_STRING *name )
{
    if (parent->prefix.length)
    {
        copy_short( p, parent->prefix.bytes, parent->prefix.length );
        p += parent->prefix.length;
        *p++ = ':';
    }
    copy_short( p, name->bytes, name->length );
    return p + name->length;
}

static HRESULT write_simple( WS_XML_WRITER *w, const WS_XML_STRING *name, enum writer_chars kind, const void *chars,
                             ULONG count, WS_ERROR *error )
{
    const struct writer_element *parent = w->element;
    SIZE_T tag = (SIZE_T)parent->prefix.length + name->length + 4;
    HRESULT hr;

    if ((hr = writer_to_content( w, error ))) return hr;
    if ((hr = out_reserve( w, 2 * tag + count, error ))) return hr;
    *w->cur++ = '<';
    w->cur = put_name( w->cur, parent, name );
    *w->cur++ = '>';
    if (kind == WRITER_CHARS_PLAIN)
    {
        copy_short( w->cur, chars, count );
        w->cur += count;
    }
    else
    {
        ULONG done = 0;
        if (kind == WRITER_CHARS_UTF16)
        {
            done = copy_simple( w->cur, chars, count );
            w->cur += done;
            if (done < count) hr = writer_utf16( w, (const WCHAR *)chars + done, count - done, error );
        }
        else hr = w->codec->chars( w, chars, count, error );
        if (hr || (hr = out_reserve( w, tag, error ))) return hr;
    }
    *w->cur++ = '<';
    *w->cur++ = '/';
    w->cur = put_name( w->cur, parent, name );
    *w->cur++ = '>';
    return out_commit( w, error );
}

/* Whether an element would have the namespace, and with that the prefix, of its parent, and nothing stands against it. */
static inline BOOL is_simple( const WS_XML_WRITER *w, const WS_XML_STRING *name, const WS_XML_STRING *ns )
{
    return !w->slow && w->element && name->length && (w->state == WRITER_CONTENT || w->state == WRITER_START_TAG) &&
           w->depth < w->props.max_depth && xmlstr_eq( ns, &w->element->ns ) &&
           is_ncname( name->bytes, name->length );
}

HRESULT writer_write_simple( WS_XML_WRITER *w, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                             enum writer_chars kind,
                             const void *chars, ULONG count, WS_ERROR *error )
{
    if (w->codec != &text_codec || !count || !is_simple( w, name, ns )) return S_FALSE;
    return writer_done( w, write_simple( w, name, kind, chars, count, error ) );
}

static HRESULT write_simple_text( WS_XML_WRITER *w, const WS_XML_STRING *name, const WS_XML_TEXT *text, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = writer_to_content( w, error ))) return hr;
    if ((hr = binary_simple( w, &w->element->prefix, name, text, error ))) return hr;
    return out_commit( w, error );
}

HRESULT writer_write_simple_text( WS_XML_WRITER *w, const WS_XML_STRING *name, const WS_XML_STRING *ns, const WS_XML_TEXT *text,
                                  WS_ERROR *error )
{
    if (w->codec != &binary_codec || !is_simple( w, name, ns )) return S_FALSE;
    return writer_done( w, write_simple_text( w, name, text, error ) );
}
