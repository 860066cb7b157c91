/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tokenizer of textual XML (XML 1.0 and Namespaces, without DTDs).
 *
 * One pass over UTF-8 in place. A node is read into fields of the reader that the current node does not use, and the position moves
 * only when all of it was there and well formed: with a stream as input a node that is cut off can be read again after a
 * fill. */

#include "xml/reader_impl.h"
#include "xml/scan.h"

/* What a run of characters holds that must be decoded before it is handed out. */
#define RUN_REFERENCE 1
#define RUN_RETURN    2     /* carriage return */
#define RUN_SPACE     4     /* tab and line feed, which attribute values normalize */

static HRESULT __attribute__((cold)) bad_char( WS_XML_READER *reader, const BYTE *p, WS_ERROR *error )
{
    UINT32 c;

    if (utf8_decode( p, reader->end - p > 4 ? 4 : reader->end - p, &c ))
        return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The character U+%04x is not allowed here.", c );
    return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The byte 0x%02x is not valid in UTF-8 here.", *p );
}

/* Is the sequence at p only cut off by the end of the input? */
static BOOL is_cut_off( const BYTE *p, const BYTE *end )
{
    ULONG len = *p < 0xc2 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : *p < 0xf5 ? 4 : 1, i;
    BYTE buf[4] = { 0x80, 0x80, 0x80, 0x80 };
    UINT32 c;

    if ((ULONG)(end - p) >= len) return FALSE;
    for (i = 0; i < (ULONG)(end - p); i++) buf[i] = p[i];
    if (utf8_decode( buf, len, &c )) return TRUE;
    if (end - p == 1) buf[1] = *p == 0xed || *p == 0xf4 ? 0x80 : 0xbf;  /* E0 and F0 want a high second byte */
    return utf8_decode( buf, len, &c ) != 0;
}

/* Passes the characters beyond ASCII at p; returns where it stopped. A NULL return means a failure in *hr. */
static const BYTE *pass_wide( WS_XML_READER *reader, const BYTE *p, const BYTE *end, HRESULT *hr, WS_ERROR *error )
{
    UINT32 c = 0;
    ULONG len;

    do
    {
        if (UNLIKELY( !(len = utf8_decode( p, end - p > 4 ? 4 : end - p, &c )) ))
        {
            if (is_cut_off( p, end )) return p;     /* the caller finds p < end with nothing to do: the input is short */
            *hr = bad_char( reader, p, error );
            return NULL;
        }
        if (UNLIKELY( c == 0xfffe || c == 0xffff ))
        {
            *hr = bad_char( reader, p, error );
            return NULL;
        }
        p += len;
    } while (p < end && *p >= 0x80);
    return p;
}

/* --- references ---------------------------------------------------------------------------------------------------- */

static ULONG put_utf8( UINT32 c, BYTE *dst )
{
    if (c < 0x80)
    {
        dst[0] = c;
        return 1;
    }
    if (c < 0x800)
    {
        dst[0] = 0xc0 | c >> 6;
        dst[1] = 0x80 | (c & 0x3f);
        return 2;
    }
    if (c < 0x10000)
    {
        dst[0] = 0xe0 | c >> 12;
        dst[1] = 0x80 | (c >> 6 & 0x3f);
        dst[2] = 0x80 | (c & 0x3f);
        return 3;
    }
    dst[0] = 0xf0 | c >> 18;
    dst[1] = 0x80 | (c >> 12 & 0x3f);
    dst[2] = 0x80 | (c >> 6 & 0x3f);
    dst[3] = 0x80 | (c & 0x3f);
    return 4;
}

/* The number of a character reference, [p, end) being what is between "&#" and ";". */
static BOOL parse_char_ref( const BYTE *p, const BYTE *end, UINT32 *ret )
{
    UINT32 c = 0, base = 10;

    if (p < end && *p == 'x')
    {
        base = 16;
        p++;
    }
    if (p == end) return FALSE;
    for (; p < end; p++)
    {
        UINT32 digit = *p >= '0' && *p <= '9' ? *p - '0' : *p >= 'a' && *p <= 'f' ? *p - 'a' + 10 :
                       *p >= 'A' && *p <= 'F' ? *p - 'A' + 10 : 16;
        if (digit >= base) return FALSE;
        if ((c = c * base + digit) > 0x10ffff) return FALSE;
    }
    *ret = c;
    return TRUE;
}

static BOOL is_allowed_ref( const WS_XML_READER *reader, UINT32 c )
{
    if (is_xml_char( c )) return TRUE;
    /* a surrogate or U+0000 has no form in the UTF-8 strings of the nodes */
    return reader->props.allow_invalid_refs && c && (c < 0xd800 || c > 0xdfff);
}

/* The reference at p (its ampersand): its length and character. */
static HRESULT parse_reference( WS_XML_READER *reader, const BYTE *p, const BYTE *end, ULONG *len, UINT32 *c, WS_ERROR *error )
{
    static const struct { char name[5]; BYTE len; char c; } entities[] =
        { { "lt", 2, '<' }, { "gt", 2, '>' }, { "amp", 3, '&' }, { "apos", 4, '\'' }, { "quot", 4, '"' } };
    const BYTE *stop = memchr( p, ';', end - p );
    ULONG i;

    if (!stop)
        return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The reference is not ended by a semicolon." );
    *len = stop + 1 - p;
    p++;
    if (p < stop && *p == '#')
    {
        if (parse_char_ref( p + 1, stop, c ) && is_allowed_ref( reader, *c )) return S_OK;
        return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The character reference '&%.*s;' is not valid.",
                         (int)min( stop - p, 20 ), (const char *)p );
    }
    for (i = 0; i < ARRAY_SIZE( entities ); i++)
    {
        if (stop - p != entities[i].len || memcmp( p, entities[i].name, entities[i].len )) continue;
        *c = entities[i].c;
        return S_OK;
    }
    return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The entity '%.*s' is not one that XML defines.",
                     (int)min( stop - p, 40 ), (const char *)p );
}

HRESULT text_decode( WS_XML_READER *reader, const BYTE *src, const BYTE *end, BOOL attribute, BYTE *dst, ULONG *len,
                     WS_ERROR *error )
{
    const BYTE *run = src;
    BYTE *out = dst;
    ULONG used = 0;
    UINT32 c = 0;
    HRESULT hr;

    for (;;)
    {
        while (src < end && *src != '&' && *src != '\r' && (!attribute || (*src != '\n' && *src != '\t'))) src++;
        memcpy( out, run, src - run );
        out += src - run;
        if (src == end) break;
        if (*src == '&')
        {
            if ((hr = parse_reference( reader, src, end, &used, &c, error ))) return hr;
            out += put_utf8( c, out );
            src += used;
        }
        else
        {
            if (*src == '\r' && src + 1 < end && src[1] == '\n') src++;
            *out++ = attribute ? ' ' : '\n';
            src++;
        }
        run = src;
    }
    *len = out - dst;
    return S_OK;
}

/* The string [start, stop) as it is or, where a run asks for it, decoded into scratch memory. */
static HRESULT take_run( WS_XML_READER *reader, const BYTE *start, const BYTE *stop, ULONG flags, BOOL attribute,
                         WS_XML_STRING *str, WS_ERROR *error )
{
    BYTE *buf;

    str->dictionary = NULL;
    str->id = 0;
    if (LIKELY( !flags ))
    {
        str->bytes = (BYTE *)start;
        str->length = stop - start;
        return S_OK;
    }
    if (!(buf = reader_scratch( reader, stop - start )))
        return ws_fail( error, E_OUTOFMEMORY, "No memory for a text of %u bytes.", (unsigned int)(stop - start) );
    str->bytes = buf;
    return text_decode( reader, start, stop, attribute, buf, &str->length, error );
}

static inline void set_utf8( union any_text *text )
{
    text->utf8.text.textType = WS_XML_TEXT_TYPE_UTF8;
}

/* --- names --------------------------------------------------------------------------------------------------------- */

/* The end of the NCName at p; p itself if there is none. */
static inline const BYTE *scan_ncname( const BYTE *p, const BYTE *end )
{
    if (UNLIKELY( p == end || !(xml_char_class[*p] & CHAR_NAME_START) )) return p + ncname_length( p, end - p );
    for (p++; p < end && (xml_char_class[*p] & CHAR_NAME); p++) {}
    if (UNLIKELY( p < end && *p >= 0x80 ))
    {
        UINT32 c;
        ULONG len;
        for (;;)    /* as ncname_length goes on after a name start */
        {
            if (p == end) break;
            if (xml_char_class[*p] & CHAR_NAME) p++;
            else if (*p >= 0x80 && (len = utf8_decode( p, end - p > 4 ? 4 : end - p, &c )) && is_name_char( c )) p += len;
            else break;
        }
    }
    return p;
}

static inline const BYTE *skip_space( const BYTE *p, const BYTE *end )
{
    while (p < end && (xml_char_class[*p] & CHAR_SPACE)) p++;
    return p;
}

static HRESULT __attribute__((cold)) bad_name( WS_XML_READER *reader, const BYTE *p, WS_ERROR *error )
{
    if (p == reader->end || (*p >= 0x80 && is_cut_off( p, reader->end ))) return reader_short_input( reader, error );
    if (*p >= 0x21 && *p < 0x7f)
        return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "A name is expected, which '%c' can't be part of.", *p );
    return bad_char( reader, p, error );
}

/* A qualified name at *pos: sets prefix (bytes NULL if there is none) and local name and moves on. */
static inline HRESULT parse_qname( WS_XML_READER *reader, const BYTE **pos, WS_XML_STRING *prefix, WS_XML_STRING *local,
                                   WS_ERROR *error )
{
    const BYTE *start = *pos, *end = reader->end, *p = scan_ncname( start, end );

    if (UNLIKELY( p == start )) return bad_name( reader, p, error );
    prefix->bytes = NULL;
    prefix->length = 0;
    local->bytes = (BYTE *)start;
    if (p < end && *p == ':')
    {
        prefix->bytes = (BYTE *)start;
        prefix->length = p - start;
        start = p + 1;
        p = scan_ncname( start, end );
        if (UNLIKELY( p == start )) return bad_name( reader, p, error );
        local->bytes = (BYTE *)start;
    }
    if (UNLIKELY( p < end && *p >= 0x80 && is_cut_off( p, end ) )) return reader_short_input( reader, error );
    local->length = p - start;
    *pos = p;
    return S_OK;
}

/* --- start tags ---------------------------------------------------------------------------------------------------- */

static HRESULT parse_value( WS_XML_READER *reader, const BYTE **pos, WS_XML_STRING *value, BYTE *quote, WS_ERROR *error )
{
    const BYTE *end = reader->end, *p = *pos, *start;
    ULONG flags = 0;
    HRESULT hr;

    *quote = *p;
    start = ++p;
    for (;;)
    {
        p = scan_attr( p, end, *quote );
        if (UNLIKELY( p == end )) return reader_short_input( reader, error );
        if (LIKELY( *p == *quote )) break;
        if (*p >= 0x80)
        {
            const BYTE *next = pass_wide( reader, p, end, &hr, error );
            if (!next) return hr;
            if (next < end && *next >= 0x80) return reader_short_input( reader, error );
            p = next;
            continue;
        }
        if (*p == '&') flags |= RUN_REFERENCE;
        else if (*p == '\r' || *p == '\n' || *p == '\t') flags |= RUN_SPACE;
        else if (*p == '<')
            return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The value of an attribute can't contain '<'." );
        else return bad_char( reader, p, error );
        p++;
    }
    *pos = p + 1;
    return take_run( reader, start, p, flags, TRUE, value, error );
}

static HRESULT parse_attribute( WS_XML_READER *reader, const BYTE **pos, struct reader_attr *attr, ULONG *flags, WS_ERROR *error )
{
    const BYTE *p = *pos, *end = reader->end;
    WS_XML_STRING *value;
    BYTE quote;
    HRESULT hr;

    if ((hr = parse_qname( reader, &p, &attr->prefix, &attr->local, error ))) return hr;
    if (UNLIKELY( p < end && *p != '=' )) p = skip_space( p, end );
    if (UNLIKELY( p == end )) return reader_short_input( reader, error );
    if (UNLIKELY( *p != '=' ))
        return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The attribute '%.*s' has no value.",
                         XMLSTR_ARG( &attr->local ) );
    p++;
    if (UNLIKELY( p < end && *p != '"' && *p != '\'' )) p = skip_space( p, end );
    if (UNLIKELY( p == end )) return reader_short_input( reader, error );
    if (UNLIKELY( *p != '"' && *p != '\'' ))
        return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The value of the attribute '%.*s' is not quoted.",
                         XMLSTR_ARG( &attr->local ) );
    value = &attr->value.utf8.value;
    if ((hr = parse_value( reader, &p, value, &quote, error ))) return hr;

    set_utf8( &attr->value );
    attr->attr.singleQuote = quote == '\'';
    attr->attr.isXmlNs = FALSE;
    if (UNLIKELY( attr->prefix.length == 5 && !memcmp( attr->prefix.bytes, "xmlns", 5 ) ))
    {
        /* as native has it: prefix and local name are the prefix declared, the value is empty */
        attr->attr.isXmlNs = TRUE;
        attr->prefix = attr->local;
    }
    else if (UNLIKELY( !attr->prefix.length && attr->local.length == 5 && !memcmp( attr->local.bytes, "xmlns", 5 ) ))
        attr->attr.isXmlNs = TRUE;
    if (attr->attr.isXmlNs)
    {
        attr->ns = *value;
        value->length = 0;
        value->bytes = NULL;
        *flags |= ELEMENT_HAS_XMLNS;
    }
    else if (attr->prefix.length) *flags |= ELEMENT_HAS_PREFIXED;
    else attr->ns = ns_attr_none;
    *pos = p;
    return S_OK;
}

static HRESULT parse_attributes( WS_XML_READER *reader, const BYTE **pos, struct element_slot *slot, ULONG *count,
                                 ULONG *flags, WS_ERROR *error )
{
    const BYTE *p = *pos, *end = reader->end;
    HRESULT hr;

    for (;;)
    {
        const BYTE *space = p;
        p = skip_space( p, end );
        if (UNLIKELY( p == end )) return reader_short_input( reader, error );
        if (*p == '>' || *p == '/') break;
        if (UNLIKELY( p == space ))
        {
            if (*count)
                return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "White space is missing between attributes." );
            return bad_name( reader, p, error );
        }
        if ((hr = reader_need_attr( reader, slot, *count, error ))) return hr;
        if ((hr = parse_attribute( reader, &p, &slot->attrs[*count], flags, error ))) return hr;
        ++*count;
    }
    *pos = p;
    return S_OK;
}

static HRESULT __attribute__((cold)) second_root( WS_XML_READER *reader, const BYTE *p, WS_ERROR *error )
{
    return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "Only one element is allowed at the top of a document." );
}

static HRESULT read_start_element( WS_XML_READER *reader, const BYTE *start, WS_ERROR *error )
{
    struct element_slot *slot = reader_next_slot( reader );
    const BYTE *end = reader->end, *p = start + 1, *name_end;
    ULONG count = 0, flags = 0;
    BOOL empty = FALSE;
    HRESULT hr;

    if (UNLIKELY( !reader->depth && reader->have_root && !reader->props.allow_fragment ))
        return second_root( reader, start, error );
    if ((hr = parse_qname( reader, &p, &slot->prefix, &slot->local, error ))) return hr;
    name_end = p;
    if (UNLIKELY( p == end )) return reader_short_input( reader, error );
    if (*p != '>')
    {
        if ((hr = parse_attributes( reader, &p, slot, &count, &flags, error ))) return hr;
        if (*p == '/')
        {
            if (UNLIKELY( ++p == end )) return reader_short_input( reader, error );
            if (UNLIKELY( *p != '>' ))
                return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The '/' of a tag is not followed by '>'." );
            empty = TRUE;
        }
    }
    p++;
    if ((hr = reader_open_element( reader, slot, count, flags, start, start + 1, name_end - start - 1, error ))) return hr;
    slot->element.isEmpty = empty;
    reader->end_pending = empty;
    reader->have_root = TRUE;
    reader->pos = p;
    reader_done_node( reader, &slot->element.node, start );
    return S_OK;
}

/* --- end tags ------------------------------------------------------------------------------------------------------ */

static HRESULT __attribute__((cold)) wrong_end_tag( WS_XML_READER *reader, const BYTE *start, WS_ERROR *error )
{
    const struct open_element *open;
    const BYTE *p = start + 2, *end = reader->end;

    if (!reader->depth)
        return XML_FAIL( reader, start, error, WS_E_INVALID_FORMAT, "There is no element that the end tag could end." );
    open = &reader->open[reader->depth - 1];
    while (p < end && (ULONG)(p - start - 2) < open->qname_len && *p == open->qname[p - start - 2]) p++;
    if (p == end) return reader_short_input( reader, error );
    return XML_FAIL( reader, start, error, WS_E_INVALID_FORMAT, "The end tag does not match the start tag of '%.*s'.",
                     (int)open->qname_len, (const char *)open->qname );
}

static HRESULT read_end_element( WS_XML_READER *reader, const BYTE *start, WS_ERROR *error )
{
    const BYTE *p = start + 2, *end = reader->end;
    const struct open_element *open;

    if (UNLIKELY( !reader->depth )) return wrong_end_tag( reader, start, error );
    open = &reader->open[reader->depth - 1];
    if (UNLIKELY( (ULONG)(end - p) <= open->qname_len || !mem_equal( p, open->qname, open->qname_len ) ))
        return wrong_end_tag( reader, start, error );
    p += open->qname_len;
    if (UNLIKELY( *p != '>' ))
    {
        if (!(xml_char_class[*p] & CHAR_SPACE)) return wrong_end_tag( reader, start, error );
        p = skip_space( p, end );
        if (p == end) return reader_short_input( reader, error );
        if (*p != '>')
            return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The end tag has more than a name." );
    }
    reader->pos = p + 1;
    reader->pop_pending = TRUE;
    reader_done_node( reader, &node_end_element, start );
    return S_OK;
}

/* --- text ---------------------------------------------------------------------------------------------------------- */

static void done_text( WS_XML_READER *reader, const BYTE *start, const WS_XML_STRING *value )
{
    set_utf8( reader->text );
    reader->text->utf8.value = *value;
    reader_done_node( reader, &reader->text_node.node, start );
}

/* A text that is longer than the window is handed out in pieces, else it would have to fit into memory. Returns the
 * end of the piece in [start, p): before what only makes sense together with what follows. Pieces smaller than the
 * stream's buffer are not made, so that short texts are always whole. */
static const BYTE *end_of_piece( WS_XML_READER *reader, const BYTE *start, const BYTE *p, ULONG flags )
{
    if (reader->eof_known || (ULONG)(p - start) < reader->props.stream_buffer_size) return NULL;
    if (flags & RUN_REFERENCE)
    {
        const BYTE *amp = p;
        while (amp > start && amp[-1] != ';' && amp[-1] != '&') amp--;
        if (amp > start && amp[-1] == '&') p = amp - 1;
    }
    if (p > start && p[-1] == '\r') p--;
    while (p > start && p[-1] == ']') p--;
    return p > start ? p : NULL;
}

static HRESULT check_top_text( WS_XML_READER *reader, const BYTE *start, const BYTE *stop, WS_ERROR *error )
{
    const BYTE *p = skip_space( start, stop );

    if (p == stop || reader->props.allow_fragment) return S_OK;
    return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "Text is not allowed outside of the document's element." );
}

static HRESULT read_text( WS_XML_READER *reader, const BYTE *start, WS_ERROR *error )
{
    const BYTE *end = reader->end, *p = start, *piece;
    WS_XML_STRING value;
    ULONG flags = 0;
    HRESULT hr;

    for (;;)
    {
        p = scan_text( p, end );
        if (UNLIKELY( p == end )) break;
        if (LIKELY( *p == '<' )) goto whole;
        if (*p == '&') flags |= RUN_REFERENCE;
        else if (*p == '\r') flags |= RUN_RETURN;
        else if (*p >= 0x80)
        {
            if (!(p = pass_wide( reader, p, end, &hr, error ))) return hr;
            if (p < end && *p >= 0x80) break;
            continue;
        }
        else if (*p == ']')
        {
            if (end - p > 2 && p[1] == ']' && p[2] == '>')
                return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "Text can't contain ']]>'." );
        }
        else return bad_char( reader, p, error );
        p++;
    }
    /* no markup follows in the window */
    if (!reader->depth && reader->eof_known && p == end) goto whole;
    if (!(piece = end_of_piece( reader, start, p, flags )))
    {
        /* what is wrong already is reported before what is missing */
        if (!reader->depth && (hr = check_top_text( reader, start, p, error ))) return hr;
        return reader_short_input( reader, error );
    }
    p = piece;

whole:
    if (UNLIKELY( !reader->depth ) && (hr = check_top_text( reader, start, p, error ))) return hr;
    if (LIKELY( !(flags & (RUN_REFERENCE | RUN_RETURN)) ))
    {
        /* field by field: to copy a string that was just stored would wait for the stores */
        set_utf8( reader->text );
        reader->text->utf8.value.length = p - start;
        reader->text->utf8.value.bytes = (BYTE *)start;
        reader->text->utf8.value.dictionary = NULL;
        reader->text->utf8.value.id = 0;
        reader->pos = p;
        reader_done_node( reader, &reader->text_node.node, start );
        return S_OK;
    }
    if ((hr = take_run( reader, start, p, flags & (RUN_REFERENCE | RUN_RETURN), FALSE, &value, error ))) return hr;
    reader->pos = p;
    done_text( reader, start, &value );
    return S_OK;
}

/* --- markup that is not a tag -------------------------------------------------------------------------------------- */

/* Passes what CDATA sections and comments may contain up to `stop`; NULL after a failure in *hr. */
static const BYTE *pass_chars( WS_XML_READER *reader, const BYTE *p, const BYTE *end, BYTE stop, ULONG *flags, HRESULT *hr,
                               WS_ERROR *error )
{
    for (;;)
    {
        p = scan_until( p, end, stop );
        if (p == end || *p == stop) return p;
        if (*p >= 0x80)
        {
            if (!(p = pass_wide( reader, p, end, hr, error ))) return NULL;
            if (p < end && *p >= 0x80) return p;    /* cut off */
        }
        else if (*p == '\r')
        {
            *flags |= RUN_RETURN;
            p++;
        }
        else
        {
            *hr = bad_char( reader, p, error );
            return NULL;
        }
    }
}

static HRESULT normalize_lines( WS_XML_READER *reader, const BYTE *start, const BYTE *stop, ULONG flags, WS_XML_STRING *str,
                                WS_ERROR *error )
{
    BYTE *out;

    str->dictionary = NULL;
    str->id = 0;
    str->bytes = (BYTE *)start;
    str->length = stop - start;
    if (!flags) return S_OK;
    if (!(out = reader_scratch( reader, stop - start )))
        return ws_fail( error, E_OUTOFMEMORY, "No memory for a text of %u bytes.", (unsigned int)(stop - start) );
    str->bytes = out;
    for (; start < stop; start++)
    {
        if (*start == '\r')
        {
            if (start + 1 < stop && start[1] == '\n') continue;
            *out++ = '\n';
        }
        else *out++ = *start;
    }
    str->length = out - str->bytes;
    return S_OK;
}

static HRESULT read_comment( WS_XML_READER *reader, const BYTE *start, WS_ERROR *error )
{
    const BYTE *end = reader->end, *p = start + 4;
    WS_XML_STRING value;
    ULONG flags = 0;
    HRESULT hr;

    for (;;)
    {
        if (!(p = pass_chars( reader, p, end, '-', &flags, &hr, error ))) return hr;
        if (end - p < 3)
        {
            if (end - p == 2 && *p == '-' && p[1] != '-') { p++; continue; }
            return reader_short_input( reader, error );
        }
        if (*p != '-') return reader_short_input( reader, error );
        if (p[1] == '-') break;
        p++;
    }
    if (p[2] != '>') return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "A comment can't contain '--'." );
    if ((hr = normalize_lines( reader, start + 4, p, flags, &value, error ))) return hr;
    reader->comment.value = value;
    reader->pos = p + 3;
    reader_done_node( reader, &reader->comment.node, start );
    return S_OK;
}

static HRESULT read_cdata( WS_XML_READER *reader, const BYTE *start, WS_ERROR *error )
{
    const BYTE *end = reader->end, *p = start;
    WS_XML_STRING value;
    ULONG flags = 0;
    HRESULT hr;

    for (;;)
    {
        if (!(p = pass_chars( reader, p, end, ']', &flags, &hr, error ))) return hr;
        if (end - p < 3 || *p != ']')
        {
            if (p < end && *p == ']' && end - p == 2 && p[1] != ']') { p++; continue; }
            if (!(p = end_of_piece( reader, start, p, 0 ))) return reader_short_input( reader, error );
            break;
        }
        if (p[1] == ']' && p[2] == '>') break;
        p++;
    }
    if (p == start)
    {
        reader->place = IN_CONTENT;
        reader->pos = p + 3;
        reader_done_node( reader, &node_end_cdata, start );
        return S_OK;
    }
    if ((hr = normalize_lines( reader, start, p, flags, &value, error ))) return hr;
    reader->pos = p;
    done_text( reader, start, &value );
    return S_OK;
}

static BOOL begins_with( const BYTE *p, const BYTE *end, const char *text, ULONG len, BOOL *cut_off )
{
    ULONG have = min( (SIZE_T)(end - p), len );

    *cut_off = FALSE;
    if (memcmp( p, text, have )) return FALSE;
    *cut_off = have < len;
    return !*cut_off;
}

static HRESULT read_markup( WS_XML_READER *reader, const BYTE *p, WS_ERROR *error )
{
    const BYTE *end = reader->end;
    BOOL cut_off;

    if (begins_with( p, end, "<!--", 4, &cut_off )) return read_comment( reader, p, error );
    if (cut_off) return reader_short_input( reader, error );
    if (begins_with( p, end, "<![CDATA[", 9, &cut_off ))
    {
        if (!reader->depth && !reader->props.allow_fragment)
            return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "Text is not allowed outside of the document's element." );
        reader->place = IN_CDATA;
        reader->pos = p + 9;
        reader_done_node( reader, &node_cdata, p );
        return S_OK;
    }
    if (cut_off) return reader_short_input( reader, error );
    if (begins_with( p, end, "<!DOCTYPE", 9, &cut_off ))
        return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "Document type declarations are not supported." );
    if (cut_off) return reader_short_input( reader, error );
    if (begins_with( p, end, "<?", 2, &cut_off ))
        return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "Processing instructions are not supported, and an XML "
                         "declaration is allowed only at the very start." );
    return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The markup is neither a comment nor a CDATA section." );
}

/* --- elements of one text ------------------------------------------------------------------------------------------ */

/* The text up to markup; NULL where only reading it as a node can tell what it is. */
static const BYTE *pass_simple_text( WS_XML_READER *reader, const BYTE *p, ULONG *flags )
{
    const BYTE *end = reader->end;
    HRESULT hr;

    for (;;)
    {
        p = scan_text( p, end );
        if (p == end) return NULL;
        if (LIKELY( *p == '<' )) return p;
        if (*p == '&') *flags |= RUN_REFERENCE;
        else if (*p == '\r') *flags |= RUN_RETURN;
        else if (*p >= 0x80)
        {
            if (!(p = pass_wide( reader, p, end, &hr, NULL )) || (p < end && *p >= 0x80)) return NULL;
            continue;
        }
        else return NULL;
        p++;
    }
}

/* Another name than expected, unless it has a prefix that may stand for the same namespace. */
static enum reader_simple other_tag( const BYTE *p, const BYTE *end )
{
    for (; p < end && *p != '>' && *p != '/' && !(xml_char_class[*p] & CHAR_SPACE); p++)
        if (*p == ':') return SIMPLE_UNKNOWN;
    return p < end ? SIMPLE_OTHER : SIMPLE_UNKNOWN;
}

/* Whether the tag at p, behind its bracket, is that of this element without attributes. */
static inline enum reader_simple is_tag( const BYTE *p, const BYTE *end, const struct open_element *parent,
                                         const WS_XML_STRING *name )
{
    if (UNLIKELY( (SIZE_T)(end - p) <= (SIZE_T)parent->prefix_len + name->length + 4 )) return SIMPLE_UNKNOWN;
    if (*p == '/') return SIMPLE_OTHER;
    if (*p == '!' || *p == '?') return SIMPLE_UNKNOWN;
    if (parent->prefix_len)
    {
        if (!mem_equal( p, parent->prefix, parent->prefix_len ) || p[parent->prefix_len] != ':') return SIMPLE_UNKNOWN;
        p += parent->prefix_len + 1;
    }
    if (!mem_equal( p, name->bytes, name->length )) return other_tag( p, end );
    if (p[name->length] == '>') return SIMPLE_READ;
    return xml_char_class[p[name->length]] & CHAR_NAME ? other_tag( p, end ) : SIMPLE_UNKNOWN;
}

enum reader_simple DECLSPEC_HOT text_read_simple( WS_XML_READER *reader, const struct open_element *parent,
                                                  const WS_XML_STRING *name )
{
    const BYTE *p = reader->pos, *end = reader->end, *tag, *start;
    WS_XML_STRING *value = &reader->content.utf8.value;
    enum reader_simple ret;
    ULONG flags = 0, len;

    if (UNLIKELY( reader->place != IN_CONTENT || !name->length )) return SIMPLE_UNKNOWN;
    if (p < end && *p != '<') p = skip_space( p, end );
    if (UNLIKELY( p == end || *p != '<' )) return SIMPLE_UNKNOWN;
    tag = p + 1;
    if ((ret = is_tag( tag, end, parent, name )) != SIMPLE_READ) return ret;
    len = name->length + (parent->prefix_len ? parent->prefix_len + 1 : 0);
    start = tag + len + 1;
    if (UNLIKELY( !(p = pass_simple_text( reader, start, &flags )) )) return SIMPLE_UNKNOWN;
    if (UNLIKELY( (ULONG)(end - p) < len + 3 || p[1] != '/' || !mem_equal( p + 2, tag, len ) || p[len + 2] != '>' )) return SIMPLE_UNKNOWN;
    if (LIKELY( !flags ))
    {
        value->length = p - start;
        value->bytes = (BYTE *)start;
        value->dictionary = NULL;
        value->id = 0;
    }
    else if (take_run( reader, start, p, flags, FALSE, value, NULL )) return SIMPLE_UNKNOWN;
    reader->content.text.textType = WS_XML_TEXT_TYPE_UTF8;
    reader->pos = p + len + 3;
    reader_done_node( reader, &node_end_element, p );
    return SIMPLE_READ;
}

/* --- nodes --------------------------------------------------------------------------------------------------------- */

static HRESULT read_eof( WS_XML_READER *reader, WS_ERROR *error )
{
    const struct open_element *open;

    if (!reader->eof_known) return reader_short_input( reader, error );
    if (reader->depth)
    {
        open = &reader->open[reader->depth - 1];
        return XML_FAIL( reader, reader->end, error, WS_E_INVALID_FORMAT, "The input ends before the element '%.*s' does.",
                         (int)open->qname_len, (const char *)open->qname );
    }
    reader->place = AT_EOF;
    reader_done_node( reader, &node_eof, reader->pos );
    return S_OK;
}

HRESULT DECLSPEC_HOT text_read_node( WS_XML_READER *reader, WS_ERROR *error )
{
    const BYTE *p;
    HRESULT hr;

    reader_begin_node( reader );
    if (reader->pop_pending)
    {
        reader->pop_pending = FALSE;
        reader_close_element( reader );
    }
    if (UNLIKELY( reader->place != IN_CONTENT ))
    {
        if (reader->place == AT_EOF)
            return ws_fail( error, WS_E_INVALID_OPERATION, "The reader is at the end of the document already." );
        if (reader->place == IN_CDATA) return read_cdata( reader, reader->pos, error );
        if ((hr = text_start( reader, error ))) return hr;
    }
    if (reader->end_pending)
    {
        reader->end_pending = FALSE;
        reader->pop_pending = TRUE;
        reader_done_node( reader, &node_end_element, reader->pos );
        return S_OK;
    }
    p = reader->pos;
    if (UNLIKELY( p == reader->end )) return read_eof( reader, error );
    if (*p != '<') return read_text( reader, p, error );
    if (UNLIKELY( reader->end - p < 2 )) return reader_short_input( reader, error );
    if (p[1] == '/') return read_end_element( reader, p, error );
    if (LIKELY( p[1] != '!' && p[1] != '?' )) return read_start_element( reader, p, error );
    return read_markup( reader, p, error );
}
