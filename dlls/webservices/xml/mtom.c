/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* MTOM: MIME parts of the XML writer. */

#include "xml/mtom.h"

struct mtom_part
{
    struct writer_bytes type;   /* content type; empty: application/octet-stream */
    struct writer_bytes data;
};

struct mtom
{
    WS_XML_STRING boundary, start_info, start_uri;  /* UTF-8, in `heap` */
    WS_HEAP   *heap;
    const char *charset;
    BOOL       write_header;
    ULONG      max_inline;
    SIZE_T     max_size, size;
    struct mtom_part *parts;
    ULONG      count, capacity;
    const struct writer_element *fresh;     /* open element without content so far */
    const struct writer_element *included;  /* open element whose content is in the last part */
    struct writer_bytes type;               /* content type that the open start tag gave */
    GUID       id;                          /* makes the ids of the parts unique */
};

static HRESULT get_string( struct mtom *mtom, const WS_STRING *src, const char *fallback, WS_XML_STRING *dst, WS_ERROR *error )
{
    ULONG i;
    HRESULT hr;

    if (src->length && !src->chars) return ws_fail( error, E_INVALIDARG, "A string of the MTOM encoding has no characters." );
    if (!src->length)
    {
        dst->bytes = (BYTE *)fallback;
        dst->length = strlen( fallback );
        return S_OK;
    }
    if ((hr = xmlstr_from_utf16( mtom->heap, src->chars, src->length, dst, error ))) return hr;
    for (i = 0; i < dst->length; i++)
        if (dst->bytes[i] < 0x20 || dst->bytes[i] == '"' || dst->bytes[i] == '<' || dst->bytes[i] == '>')
            return ws_fail( error, E_INVALIDARG, "'%.*s' can't stand in a MIME header.", XMLSTR_ARG( dst ) );
    return S_OK;
}

HRESULT mtom_create( const WS_XML_WRITER_MTOM_ENCODING *encoding, WS_CHARSET charset, ULONG max_size, struct mtom **ret,
                     WS_ERROR *error )
{
    static const char *const charsets[] = { "", "utf-8", "utf-16LE", "utf-16BE" };
    struct mtom *mtom;
    HRESULT hr;

    if (!encoding->boundary.length) return ws_fail( error, E_INVALIDARG, "The MTOM encoding needs a boundary." );
    if (!(mtom = mem_calloc( sizeof(*mtom) ))) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for MTOM." );
    mtom->charset = charsets[charset];
    mtom->write_header = encoding->writeMimeHeader;
    mtom->max_inline = encoding->maxInlineByteCount;
    mtom->max_size = max_size;
    port_random( &mtom->id, sizeof(mtom->id) );
    if ((hr = heap_create( 1 << 16, 0, NULL, 0, &mtom->heap, error )) ||
        (hr = get_string( mtom, &encoding->boundary, "", &mtom->boundary, error )) ||
        (hr = get_string( mtom, &encoding->startInfo, "text/xml", &mtom->start_info, error )) ||
        (hr = get_string( mtom, &encoding->startUri, "http://tempuri.org/0", &mtom->start_uri, error )))
    {
        mtom_free( mtom );
        return hr;
    }
    *ret = mtom;
    return S_OK;
}

void mtom_free( struct mtom *mtom )
{
    ULONG i;

    for (i = 0; i < mtom->count; i++)
    {
        mem_free( mtom->parts[i].type.data );
        mem_free( mtom->parts[i].data.data );
    }
    mem_free( mtom->parts );
    mem_free( mtom->type.data );
    if (mtom->heap) heap_free( mtom->heap );
    mem_free( mtom );
}

/* ---- headers ---- */

static HRESULT put_text( WS_XML_WRITER *w, const char *text, WS_ERROR *error )
{
    return writer_final_bytes( w, text, strlen( text ), error );
}

static HRESULT put_str( WS_XML_WRITER *w, const WS_XML_STRING *str, WS_ERROR *error )
{
    return writer_final_bytes( w, str->bytes, str->length, error );
}

/* Texts and strings by turns; NULL ends. */
static HRESULT put_all( WS_XML_WRITER *w, WS_ERROR *error, ... )
{
    const WS_XML_STRING *str;
    const char *text;
    HRESULT hr = S_OK;
    va_list args;

    va_start( args, error );
    while (!hr && (text = va_arg( args, const char * )))
    {
        hr = put_text( w, text, error );
        if (!hr && (str = va_arg( args, const WS_XML_STRING * ))) hr = put_str( w, str, error );
    }
    va_end( args );
    return hr;
}

#define NONE ((const WS_XML_STRING *)NULL)
#define END  ((const char *)NULL)

HRESULT mtom_begin( WS_XML_WRITER *w, WS_ERROR *error )
{
    struct mtom *m = w->mtom;
    HRESULT hr;

    if (m->write_header)
    {
        hr = put_all( w, error, "MIME-Version: 1.0\r\nContent-Type: multipart/related;type=\"application/xop+xml\";boundary=\"",
                      &m->boundary, "\";start=\"<", &m->start_uri, ">\";start-info=\"", &m->start_info, "\"\r\n\r\n", NONE, END );
        if (hr) return hr;
    }
    return put_all( w, error, "\r\n--", &m->boundary, "\r\nContent-ID: <", &m->start_uri,
                    ">\r\nContent-Transfer-Encoding: 8bit\r\nContent-Type: application/xop+xml;charset=", NONE, m->charset, NONE,
                    ";type=\"", &m->start_info, "\"\r\n\r\n", NONE, END );
}

/* The id of part `index`: for the MIME header and, behind "cid:", the reference. Nothing in it needs an escape. */
static ULONG part_id( const struct mtom *m, ULONG index, BYTE *buf )
{
    ULONG len = format_uint64( index + 1, buf );

    buf[len++] = '.';
    len += format_guid( &m->id, buf + len );
    memcpy( buf + len, "@mtom", 5 );
    return len + 5;
}

HRESULT mtom_end( WS_XML_WRITER *w, WS_ERROR *error )
{
    static const WS_XML_STRING octets = XMLSTR( "application/octet-stream" );
    struct mtom *m = w->mtom;
    BYTE buf[XML_TEXT_SCRATCH];
    HRESULT hr = S_OK;
    ULONG i;

    if (w->state == WRITER_ENDED) return S_OK;
    if (w->element || w->state != WRITER_CONTENT)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The MIME parts can't be written while elements are open." );
    if (!w->root_seen) return S_OK;
    for (i = 0; i < m->count && !hr; i++)
    {
        const struct mtom_part *part = &m->parts[i];
        WS_XML_STRING id = { part_id( m, i, buf ), buf, NULL, 0 }, type = { part->type.size, part->type.data, NULL, 0 };

        hr = put_all( w, error, "\r\n--", &m->boundary, "\r\nContent-ID: <", &id,
                      ">\r\nContent-Transfer-Encoding: binary\r\nContent-Type: ", type.length ? &type : &octets, "\r\n\r\n",
                      NONE, END );
        if (!hr) hr = writer_final_bytes( w, part->data.data, part->data.size, error );
    }
    if (!hr) hr = put_all( w, error, "\r\n--", &m->boundary, "--\r\n", NONE, END );
    w->state = WRITER_ENDED;
    return writer_done( w, hr );
}

/* ---- content ---- */

void mtom_start_tag( WS_XML_WRITER *w )
{
    w->mtom->fresh = w->element;
    w->mtom->included = NULL;
}

void mtom_other( WS_XML_WRITER *w )
{
    w->mtom->fresh = w->mtom->included = NULL;
    w->mtom->type.size = 0;
}

static HRESULT append( struct mtom *m, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    if (count > m->max_size - m->size)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The MIME parts are larger than the limit of %llu bytes.",
                        (unsigned long long)m->max_size );
    m->size += count;
    return bytes_append( &m->parts[m->count - 1].data, bytes, count, error );
}

static HRESULT add_part( WS_XML_WRITER *w, WS_ERROR *error )
{
    struct mtom *m = w->mtom;
    BYTE buf[XML_TEXT_SCRATCH];
    HRESULT hr;

    if (m->count == m->capacity)
    {
        ULONG capacity = m->capacity ? m->capacity * 2 : 4;
        struct mtom_part *parts = mem_realloc( m->parts, capacity * sizeof(*parts) );
        if (!parts) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for a MIME part." );
        m->parts = parts;
        m->capacity = capacity;
    }
    memset( &m->parts[m->count], 0, sizeof(*m->parts) );
    m->parts[m->count].type = m->type;
    memset( &m->type, 0, sizeof(m->type) );
    if ((hr = out_bytes( w, "<xop:Include href=\"cid:", 23, error )) ||
        (hr = out_bytes( w, buf, part_id( m, m->count, buf ), error )) ||
        (hr = out_bytes( w, "\" xmlns:xop=\"http://www.w3.org/2004/08/xop/include\"/>", 53, error )))
        return hr;
    m->count++;
    return S_OK;
}

HRESULT mtom_bytes( WS_XML_WRITER *w, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    struct mtom *m = w->mtom;
    HRESULT hr;

    if (m->included != w->element)
    {
        BOOL fresh = m->fresh == w->element;
        m->fresh = NULL;
        if (!fresh || count <= m->max_inline) return S_FALSE;
        if ((hr = add_part( w, error ))) return hr;
        m->included = w->element;
    }
    return append( m, bytes, count, error );
}

/* The namespace of the draft that the recommendation of XOP names, and that of the published note. */
BOOL mtom_wants( const WS_XML_WRITER *w )
{
    return w->state == WRITER_ATTRIBUTE && xmlstr_eq( &w->attr->name, &name_contentType ) &&
           (xmlstr_eq( &w->attr->ns, &ns_xmlmime ) || xmlstr_eq( &w->attr->ns, &ns_xmlmime_xop ));
}

HRESULT mtom_content_type( WS_XML_WRITER *w, WS_ERROR *error )
{
    SIZE_T i;

    for (i = 0; i < w->acc.size; i++) if (w->acc.data[i] < 0x20 || w->acc.data[i] >= 0x7f) return S_OK;
    w->mtom->type.size = 0;
    return bytes_append( &w->mtom->type, w->acc.data, w->acc.size, error );
}
