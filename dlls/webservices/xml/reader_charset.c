/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The start of a textual document: character set, byte order mark, XML declaration.
 *
 * The tokenizer reads UTF-8 only; UTF-16 is converted before it. */

#include "xml/reader_impl.h"
#include "xml/chars.h"

static inline ULONG get_unit( const BYTE *p, BOOL big_endian )
{
    return big_endian ? p[0] << 8 | p[1] : p[1] << 8 | p[0];
}

SIZE_T utf16_convert( const BYTE *src, SIZE_T len, BOOL big_endian, BOOL last, BYTE *dst, SIZE_T *used )
{
    const BYTE *p = src, *end = src + (len & ~(SIZE_T)1);
    BYTE *out = dst;
    UINT32 c, low;

    while (p < end)
    {
        c = get_unit( p, big_endian );
        if (c < 0x80)
        {
            *out++ = c;
            p += 2;
            continue;
        }
        if (c < 0x800) *out++ = 0xc0 | c >> 6;
        else if (c < 0xd800 || c > 0xdfff)
        {
            *out++ = 0xe0 | c >> 12;
            *out++ = 0x80 | (c >> 6 & 0x3f);
        }
        else
        {
            if (end - p < 4 && c < 0xdc00 && !last) break;
            if (c > 0xdbff || end - p < 4 || (low = get_unit( p + 2, big_endian )) < 0xdc00 || low > 0xdfff)
            {
                *out++ = 0xff;
                p += 2;
                continue;
            }
            c = 0x10000 + ((c & 0x3ff) << 10 | (low & 0x3ff));
            *out++ = 0xf0 | c >> 18;
            *out++ = 0x80 | (c >> 12 & 0x3f);
            *out++ = 0x80 | (c >> 6 & 0x3f);
            p += 2;
        }
        *out++ = 0x80 | (c & 0x3f);
        p += 2;
    }
    if (last && p < src + len)
    {
        *out++ = 0xff;
        p = src + len;
    }
    *used = p - src;
    return out - dst;
}

/* --- detection ----------------------------------------------------------------------------------------------------- */

/* The three bytes that native wants at least to detect a character set. */
#define MIN_DETECT 3

static HRESULT detect_charset( WS_XML_READER *reader, WS_ERROR *error )
{
    const BYTE *p = reader->pos;
    SIZE_T len = reader->end - p;

    if (reader->given_charset != WS_CHARSET_AUTO)
    {
        reader->charset = reader->given_charset;
        return S_OK;
    }
    if (len < MIN_DETECT || (len == MIN_DETECT && !reader->eof_known && (!p[0] || !p[1])))
    {
        if (!reader->eof_known) return reader_short_input( reader, error );
        return ws_fail( error, WS_E_INVALID_FORMAT, "The input of %u bytes is too short to detect its character set.",
                        (unsigned int)len );
    }
    if ((p[0] == 0xff && p[1] == 0xfe) || (len > MIN_DETECT && p[0] == '<' && !p[1]))
        reader->charset = WS_CHARSET_UTF16LE;
    else if ((p[0] == 0xfe && p[1] == 0xff) || (len > MIN_DETECT && !p[0] && p[1] == '<'))
        reader->charset = WS_CHARSET_UTF16BE;
    else reader->charset = WS_CHARSET_UTF8;
    return S_OK;
}

static HRESULT convert_input( WS_XML_READER *reader, WS_ERROR *error )
{
    SIZE_T len = reader->end - reader->pos, used;
    BOOL big_endian = reader->charset == WS_CHARSET_UTF16BE;

    if (reader->input == READER_STREAM && !reader->mtom) return stream_begin_utf16( reader, error );
    if (reader->converted_size < len + len / 2 + 1)
    {
        mem_free( reader->converted );
        reader->converted_size = 0;
        if (!(reader->converted = mem_alloc( len + len / 2 + 1 )))
            return ws_fail( error, E_OUTOFMEMORY, "No memory to convert a document of %u bytes.", (unsigned int)len );
        reader->converted_size = len + len / 2 + 1;
    }
    len = utf16_convert( reader->pos, len, big_endian, TRUE, reader->converted, &used );
    reader->pos = reader->converted;
    reader->end = reader->pos + len;
    return S_OK;
}

/* --- declaration --------------------------------------------------------------------------------------------------- */

static HRESULT bad_declaration( WS_XML_READER *reader, const BYTE *p, WS_ERROR *error )
{
    if (p == reader->end) return reader_short_input( reader, error );
    return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The XML declaration is malformed." );
}

static const BYTE *skip_space( const BYTE *p, const BYTE *end )
{
    while (p < end && (xml_char_class[*p] & CHAR_SPACE)) p++;
    return p;
}

/* Is the pseudo attribute `name` at *pos, after white space? Moves behind it and gives its value. `*bad` is where it is
 * malformed. */
static BOOL pseudo_attr( const BYTE **pos, const BYTE *end, const char *name, WS_XML_STRING *value, const BYTE **bad )
{
    const BYTE *p = skip_space( *pos, end ), *stop;
    ULONG len = strlen( name );

    *bad = NULL;
    if (p == *pos || (ULONG)(end - p) < len || memcmp( p, name, len )) return FALSE;
    p = skip_space( p + len, end );
    if (p == end || *p != '=') goto bad;
    p = skip_space( p + 1, end );
    if (p == end || (*p != '"' && *p != '\'')) goto bad;
    if (!(stop = memchr( p + 1, *p, end - p - 1 ))) goto bad;
    value->bytes = (BYTE *)p + 1;
    value->length = stop - p - 1;
    *pos = stop + 1;
    return TRUE;
bad:
    *bad = p;
    return FALSE;
}

static BOOL equals_no_case( const WS_XML_STRING *str, const char *name )
{
    ULONG i;

    for (i = 0; i < str->length && name[i]; i++)
    {
        BYTE c = str->bytes[i];
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if (c != name[i]) return FALSE;
    }
    return i == str->length && !name[i];
}

static BOOL is_encoding_name( const WS_XML_STRING *name, WS_CHARSET charset )
{
    switch (charset)
    {
    case WS_CHARSET_UTF8:    return equals_no_case( name, "utf-8" );
    case WS_CHARSET_UTF16LE: return equals_no_case( name, "utf-16" ) || equals_no_case( name, "utf-16le" );
    case WS_CHARSET_UTF16BE: return equals_no_case( name, "utf-16" ) || equals_no_case( name, "utf-16be" );
    default: return FALSE;
    }
}

static HRESULT read_declaration( WS_XML_READER *reader, WS_ERROR *error )
{
    const BYTE *p = reader->pos, *end = reader->end, *bad;
    WS_XML_STRING value;

    if (!reader->props.read_declaration)
        return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "An XML declaration is not allowed here." );
    if (!(bad = memchr( p, '>', end - p )))
    {
        /* it is short; what gets this long is something else */
        if (reader->eof_known || end - p > 1024) return bad_declaration( reader, p, error );
        return reader_short_input( reader, error );
    }
    end = bad + 1;
    p += 5;
    if (!pseudo_attr( &p, end, "version", &value, &bad )) return bad_declaration( reader, bad ? bad : p, error );
    if (!XMLSTR_IS( &value, "1.0" ))
        return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The XML version '%.*s' is not supported.",
                         XMLSTR_ARG( &value ) );
    if (pseudo_attr( &p, end, "encoding", &value, &bad ))
    {
        if (!is_encoding_name( &value, reader->charset ))
            return XML_FAIL( reader, p, error, WS_E_INVALID_FORMAT, "The document is declared to be in '%.*s', which is "
                             "not supported or not what it is in.", XMLSTR_ARG( &value ) );
    }
    else if (bad) return bad_declaration( reader, bad, error );
    if (pseudo_attr( &p, end, "standalone", &value, &bad ))
    {
        if (!XMLSTR_IS( &value, "yes" ) && !XMLSTR_IS( &value, "no" )) return bad_declaration( reader, p, error );
    }
    else if (bad) return bad_declaration( reader, bad, error );
    p = skip_space( p, end );
    if (end - p != 2 || *p != '?') return bad_declaration( reader, p, error );
    reader->pos = end;
    return S_OK;
}

HRESULT text_start( WS_XML_READER *reader, WS_ERROR *error )
{
    const BYTE *p;
    SIZE_T len;
    HRESULT hr;

    if (reader->place != AT_START) return S_OK;
    if (!reader->charset)
    {
        if ((hr = detect_charset( reader, error ))) return hr;
        if (reader->charset != WS_CHARSET_UTF8 && (hr = convert_input( reader, error )))
        {
            reader->charset = WS_CHARSET_AUTO;
            return hr;
        }
        reader->line_pos = reader->node_start = reader->pos;
    }
    p = reader->pos;
    len = min( (SIZE_T)(reader->end - p), 6 );
    if (len && *p == 0xef && !reader->mark_read)
    {
        if (len < 3 && !reader->eof_known) return reader_short_input( reader, error );
        if (len >= 3 && p[1] == 0xbb && p[2] == 0xbf)
        {
            reader->mark_read = TRUE;
            reader->pos = reader->line_pos = reader->node_start = p += 3;
            len = min( (SIZE_T)(reader->end - p), 6 );
        }
    }
    if (!reader->eof_known && len < 6 && !memcmp( p, "<?xml ", len )) return reader_short_input( reader, error );
    if (len == 6 && !memcmp( p, "<?xml", 5 ) && (xml_char_class[p[5]] & CHAR_SPACE))
    {
        if ((hr = read_declaration( reader, error ))) return hr;
    }
    else if (len >= 2 && p[0] == '<' && p[1] == '?') return bad_declaration( reader, p, error );
    reader->place = IN_CONTENT;
    return S_OK;
}
