/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* MTOM: a MIME package whose root part is the document, in which xop:Include elements stand for the bytes of other parts
 * (XML-binary Optimized Packaging, W3C 2005).
 *
 * The reader shows the bytes as base64 text in place of the Include elements. In memory the parts may come in any order. In a
 * stream the root comes first and is buffered as a whole (its size has a limit); the other parts are read from the window of the
 * stream when their Include element is reached, in pieces, and so have to come in the order of these elements. */

#include "xml/reader_impl.h"
#include "xml/mime.h"

struct mime_part
{
    struct mime_text id;
    struct mime_text content;
};

struct reader_mtom
{
    WS_CHARSET charset;             /* of the root part; AUTO: detected */
    BOOL  read_header;
    BYTE *strings;                  /* what the three point into */
    struct mime_text boundary, start, type;
    BOOL  at_line_start;            /* the next delimiter may come at once */
    BOOL  started;                  /* the root part is being read */
    ULONG part_count;

    struct mime_part *parts;        /* in memory: all of them */
    ULONG  parts_size;
    ULONG *table;                   /* of parts by id; 0: free, else index + 1 */
    ULONG  table_size;

    BYTE  *root;                    /* stream: the root part */
    BYTE  *wanted;                  /* stream: id of the part that is being read */
    ULONG  wanted_len;
    enum { NOT_INCLUDED, AT_PART, IN_PART, AFTER_PART } state;
};

static HRESULT no_memory( WS_ERROR *error )
{
    return ws_fail( error, E_OUTOFMEMORY, "No memory to read a MIME package." );
}

/* --- settings ------------------------------------------------------------------------------------------------------ */

static HRESULT ascii_text( const WS_STRING *src, BYTE **pos, struct mime_text *dst, WS_ERROR *error )
{
    ULONG i;

    dst->bytes = *pos;
    dst->len = src->length;
    for (i = 0; i < src->length; i++)
    {
        if (src->chars[i] < 0x20 || src->chars[i] > 0x7e)
            return ws_fail( error, E_INVALIDARG, "A MIME parameter has the character U+%04x, which is not ASCII.", src->chars[i] );
        *(*pos)++ = src->chars[i];
    }
    return S_OK;
}

static HRESULT check_boundary( const struct mime_text *boundary, HRESULT code, WS_ERROR *error )
{
    if (boundary->len && boundary->len <= MIME_MAX_BOUNDARY) return S_OK;
    return ws_fail( error, code, "A MIME boundary has 1 to %u characters, this one %u.", MIME_MAX_BOUNDARY, boundary->len );
}

HRESULT mtom_open( WS_XML_READER *reader, const WS_XML_READER_MTOM_ENCODING *encoding, WS_ERROR *error )
{
    const WS_XML_READER_TEXT_ENCODING *text = (const WS_XML_READER_TEXT_ENCODING *)encoding->textEncoding;
    UINT64 size = (UINT64)encoding->boundary.length + encoding->startUri.length + encoding->startInfo.length;
    struct reader_mtom *mtom;
    HRESULT hr;
    BYTE *pos;

    if (text && text->encoding.encodingType != WS_XML_READER_ENCODING_TYPE_TEXT)
        return ws_fail( error, E_INVALIDARG, "The document in a MIME package can only be text." );
    if (reader->props.allow_fragment)
        return ws_fail( error, E_INVALIDARG, "Fragments can't be read from a MIME package." );
    if (encoding->readMimeHeader && size)
        return ws_fail( error, E_INVALIDARG, "Where the MIME header is read, its parameters can't be given." );
    if (size > 0x10000) return ws_fail( error, E_INVALIDARG, "The MIME parameters are too long." );
    if (!(mtom = mem_calloc( sizeof(*mtom) ))) return no_memory( error );
    reader->mtom = mtom;
    if (!(pos = mtom->strings = mem_alloc( size + 1 ))) return no_memory( error );
    mtom->charset = text ? text->charSet : WS_CHARSET_AUTO;
    mtom->read_header = encoding->readMimeHeader;
    mtom->at_line_start = TRUE;
    if ((hr = ascii_text( &encoding->boundary, &pos, &mtom->boundary, error )) ||
        (hr = ascii_text( &encoding->startUri, &pos, &mtom->start, error )) ||
        (hr = ascii_text( &encoding->startInfo, &pos, &mtom->type, error ))) return hr;
    mtom->start = mime_strip_id( mtom->start );
    if (!mtom->read_header && (hr = check_boundary( &mtom->boundary, E_INVALIDARG, error ))) return hr;
    if (reader->stream) stream_detach( reader );
    return S_OK;
}

void mtom_close( WS_XML_READER *reader )
{
    struct reader_mtom *mtom = reader->mtom;

    if (!mtom) return;
    mem_free( mtom->strings );
    mem_free( mtom->parts );
    mem_free( mtom->table );
    mem_free( mtom->root );
    mem_free( mtom->wanted );
    mem_free( mtom );
    reader->mtom = NULL;
}

/* --- the bytes of the package -------------------------------------------------------------------------------------- */

/* The unread bytes: of the stream, or of the memory before the root part took the place of the window. */
static void get_package( WS_XML_READER *reader, const BYTE **pos, const BYTE **end )
{
    if (reader->stream) stream_window( reader, pos, end );
    else
    {
        *pos = reader->pos;
        *end = reader->end;
    }
}

static void advance_package( WS_XML_READER *reader, const BYTE *pos )
{
    if (reader->stream) stream_advance( reader, pos );
    else reader->pos = pos;
}

static BOOL package_at_end( const WS_XML_READER *reader )
{
    return !reader->stream || stream_at_end( reader );
}

static HRESULT short_package( WS_XML_READER *reader, WS_ERROR *error )
{
    if (!package_at_end( reader ))
    {
        reader->hdr.state = OBJECT_SHORT;
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The reader needs more of the MIME package than is buffered." );
    }
    return ws_fail( error, WS_E_INVALID_FORMAT, "The MIME package ends unexpectedly." );
}

static HRESULT read_headers( WS_XML_READER *reader, const BYTE **pos, const BYTE *end, struct mime_text *block, WS_ERROR *error )
{
    const BYTE *start = *pos;

    if (mime_headers( start, end, block, pos ) == MIME_FOUND)
    {
        if (!reader->stream || (ULONG)(*pos - start) <= reader->props.max_mime_headers) return S_OK;
    }
    else if (!reader->stream || (ULONG)(end - start) <= reader->props.max_mime_headers) return short_package( reader, error );
    return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The MIME headers are larger than the limit of %u bytes.",
                    reader->props.max_mime_headers );
}

/* The header in front of the package. */
static HRESULT read_package_header( WS_XML_READER *reader, WS_ERROR *error )
{
    struct reader_mtom *mtom = reader->mtom;
    struct mime_text block, value, param, main_value;
    const BYTE *p, *end;
    HRESULT hr;
    BYTE *copy;

    get_package( reader, &p, &end );
    if ((hr = read_headers( reader, &p, end, &block, error ))) return hr;
    if (!mime_field( &block, "content-type", &value ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The MIME header has no content type." );
    main_value = mime_main_value( &value );
    if (!mime_is( &main_value, "multipart/related" ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The MIME content type is '%.*s', not multipart/related.",
                        (int)min( main_value.len, 100 ), (const char *)main_value.bytes );
    if (!(copy = mem_alloc( value.len + 1 ))) return no_memory( error );
    memcpy( copy, value.bytes, value.len );
    value.bytes = copy;
    mem_free( mtom->strings );
    mtom->strings = copy;
    if (mime_param( &value, "type", &param ) && !mime_is( &param, "application/xop+xml" ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The root of the MIME package is of type '%.*s', not application/xop+xml.",
                        (int)min( param.len, 100 ), (const char *)param.bytes );
    if (!mime_param( &value, "boundary", &mtom->boundary ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The MIME content type has no boundary." );
    if ((hr = check_boundary( &mtom->boundary, WS_E_INVALID_FORMAT, error ))) return hr;
    if (mime_param( &value, "start", &param )) mtom->start = mime_strip_id( param );
    if (mime_param( &value, "start-info", &param )) mtom->type = param;
    mtom->read_header = FALSE;
    advance_package( reader, p );
    return S_OK;
}

/* From a delimiter to the content: the header of a part. */
static HRESULT read_part_header( WS_XML_READER *reader, const BYTE **pos, const BYTE *end, struct mime_part *part,
                                 struct mime_text *type, WS_ERROR *error )
{
    struct mime_text block, value;
    HRESULT hr;

    if ((hr = read_headers( reader, pos, end, &block, error ))) return hr;
    if (reader->mtom->part_count >= reader->props.max_mime_parts)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The MIME package has more than the %u parts that are allowed.",
                        reader->props.max_mime_parts );
    memset( part, 0, sizeof(*part) );
    memset( type, 0, sizeof(*type) );
    if (mime_field( &block, "content-id", &value )) part->id = mime_strip_id( value );
    mime_field( &block, "content-type", type );
    if (mime_field( &block, "content-transfer-encoding", &value ) && !mime_is( &value, "binary" ) &&
        !mime_is( &value, "8bit" ) && !mime_is( &value, "7bit" ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The MIME transfer encoding '%.*s' is not supported.",
                        (int)min( value.len, 100 ), (const char *)value.bytes );
    return S_OK;
}

static BOOL same_id( const struct mime_text *a, const struct mime_text *b )
{
    return a->len == b->len && (!a->len || !memcmp( a->bytes, b->bytes, a->len ));
}

static HRESULT check_root_type( const struct reader_mtom *mtom, const struct mime_text *type, WS_ERROR *error )
{
    struct mime_text value = mime_main_value( type ), param;

    if (value.len && !mime_is( &value, "application/xop+xml" ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The root of the MIME package is of type '%.*s', not application/xop+xml.",
                        (int)min( value.len, 100 ), (const char *)value.bytes );
    if (mtom->type.len && mime_param( type, "type", &param ) && !same_id( &param, &mtom->type ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The document in the MIME package is of type '%.*s', '%.*s' was announced.",
                        (int)min( param.len, 100 ), (const char *)param.bytes, (int)min( mtom->type.len, 100 ),
                        (const char *)mtom->type.bytes );
    return S_OK;
}

/* --- in memory ----------------------------------------------------------------------------------------------------- */

static ULONG *find_slot( const struct reader_mtom *mtom, const struct mime_text *id )
{
    ULONG i = hash_bytes( id->bytes, id->len, hash_seed() ) & (mtom->table_size - 1);

    while (mtom->table[i] && !same_id( &mtom->parts[mtom->table[i] - 1].id, id )) i = (i + 1) & (mtom->table_size - 1);
    return &mtom->table[i];
}

static HRESULT index_parts( struct reader_mtom *mtom, WS_ERROR *error )
{
    ULONG i;

    for (mtom->table_size = 16; mtom->table_size < 2 * mtom->part_count; mtom->table_size *= 2) {}
    if (!(mtom->table = mem_calloc( mtom->table_size * sizeof(*mtom->table) ))) return no_memory( error );
    for (i = 0; i < mtom->part_count; i++)
    {
        ULONG *slot = find_slot( mtom, &mtom->parts[i].id );
        if (!*slot) *slot = i + 1;      /* of two with the same id the first one counts */
    }
    return S_OK;
}

/* All parts; the index of the root in *root. */
static HRESULT split_package( WS_XML_READER *reader, ULONG *root, WS_ERROR *error )
{
    struct reader_mtom *mtom = reader->mtom;
    const BYTE *p = reader->pos, *end = reader->end, *stop, *next;
    struct mime_text type;
    struct mime_part *part;
    BOOL last;
    HRESULT hr;

    *root = 0;
    if (mime_delimiter( p, end, &mtom->boundary, TRUE, &stop, &next, &last ) != MIME_FOUND) return short_package( reader, error );
    for (p = next; !last; p = next)
    {
        if (mtom->part_count == mtom->parts_size)
        {
            ULONG size = mtom->parts_size ? mtom->parts_size * 2 : 8;
            if (!(part = mem_realloc( mtom->parts, size * sizeof(*part) ))) return no_memory( error );
            mtom->parts = part;
            mtom->parts_size = size;
        }
        part = &mtom->parts[mtom->part_count];
        if ((hr = read_part_header( reader, &p, end, part, &type, error ))) return hr;
        if (mime_delimiter( p, end, &mtom->boundary, TRUE, &stop, &next, &last ) != MIME_FOUND)
            return short_package( reader, error );
        part->content.bytes = p;
        part->content.len = stop - p;
        if (mtom->start.len ? same_id( &part->id, &mtom->start ) : !mtom->part_count)
        {
            if ((hr = check_root_type( mtom, &type, error ))) return hr;
            *root = mtom->part_count;
        }
        mtom->part_count++;
    }
    if (!mtom->part_count) return ws_fail( error, WS_E_INVALID_FORMAT, "The MIME package has no parts." );
    return index_parts( mtom, error );
}

/* --- streams ------------------------------------------------------------------------------------------------------- */

/* From where the package is to the content of the next part: passes what is before its delimiter, which is nothing behind a
 * part. */
static HRESULT begin_stream_part( WS_XML_READER *reader, struct mime_part *part, struct mime_text *type, WS_ERROR *error )
{
    struct reader_mtom *mtom = reader->mtom;
    const BYTE *p, *end, *stop, *next;
    BOOL last;
    HRESULT hr;

    stream_window( reader, &p, &end );
    if (mime_delimiter( p, end, &mtom->boundary, mtom->at_line_start, &stop, &next, &last ) != MIME_FOUND)
    {
        if ((ULONG)(end - p) > reader->props.max_mime_headers + MIME_MAX_BOUNDARY && !package_at_end( reader ))
            return ws_fail( error, WS_E_INVALID_FORMAT, "A MIME delimiter is missing." );
        return short_package( reader, error );
    }
    if (last) return ws_fail( error, WS_E_INVALID_FORMAT, "The MIME package has no more parts." );
    if ((hr = read_part_header( reader, &next, end, part, type, error ))) return hr;
    stream_advance( reader, next );
    mtom->at_line_start = TRUE;
    mtom->part_count++;
    return S_OK;
}

static HRESULT read_stream_root( WS_XML_READER *reader, WS_ERROR *error )
{
    struct reader_mtom *mtom = reader->mtom;
    struct mime_part part;
    struct mime_text type;
    const BYTE *p, *end, *stop, *next;
    BOOL last;
    HRESULT hr;

    if (!mtom->part_count)
    {
        if ((hr = begin_stream_part( reader, &part, &type, error ))) return hr;
        if (mtom->start.len && part.id.len && !same_id( &part.id, &mtom->start ))
            return ws_fail( error, WS_E_INVALID_FORMAT, "The first part of a MIME stream has to be the root, '%.*s'.",
                            (int)min( mtom->start.len, 100 ), (const char *)mtom->start.bytes );
        if ((hr = check_root_type( mtom, &type, error ))) return hr;
    }
    stream_window( reader, &p, &end );
    if (mime_delimiter( p, end, &mtom->boundary, TRUE, &stop, &next, &last ) != MIME_FOUND)
    {
        if ((ULONG)(stop - p) <= reader->props.max_root_mime_part) return short_package( reader, error );
    }
    if ((ULONG)(stop - p) > reader->props.max_root_mime_part)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The root of the MIME package is larger than the limit of %u bytes.",
                        reader->props.max_root_mime_part );
    if (!(mtom->root = mem_alloc( stop - p + 1 ))) return no_memory( error );
    memcpy( mtom->root, p, stop - p );
    reader->pos = mtom->root;
    reader->end = mtom->root + (stop - p);
    mtom->at_line_start = stop == p;
    stream_advance( reader, stop );
    return S_OK;
}

/* --- nodes --------------------------------------------------------------------------------------------------------- */

HRESULT mtom_start( WS_XML_READER *reader, WS_ERROR *error )
{
    struct reader_mtom *mtom = reader->mtom;
    ULONG root;
    HRESULT hr;

    if (mtom->started) return S_OK;
    if (mtom->read_header && (hr = read_package_header( reader, error ))) return hr;
    if (reader->stream)
    {
        if ((hr = read_stream_root( reader, error ))) return hr;
    }
    else
    {
        if ((hr = split_package( reader, &root, error ))) return hr;
        reader->pos = mtom->parts[root].content.bytes;
        reader->end = reader->pos + mtom->parts[root].content.len;
    }
    reader->eof_known = TRUE;
    reader->copy_names = FALSE;     /* the root part does not move */
    reader->line_pos = reader->node_start = reader->pos;
    reader->given_charset = mtom->charset;
    mtom->started = TRUE;
    return S_OK;
}

static ULONG hex_digit( BYTE c )
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
}

/* The content id that a cid: URI refers to, in mtom->wanted. */
static HRESULT parse_href( struct reader_mtom *mtom, const WS_XML_STRING *href, WS_ERROR *error )
{
    const BYTE *p = href->bytes, *end = p + href->length;
    struct mime_text scheme = { p, min( href->length, 4 ) };
    BYTE *out;

    if (!mime_is( &scheme, "cid:" ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "An Include element refers to '%.*s', which is not a part of the package.",
                        (int)min( href->length, 100 ), (const char *)href->bytes );
    mem_free( mtom->wanted );
    if (!(out = mtom->wanted = mem_alloc( href->length ))) return no_memory( error );
    for (p += 4; p < end; p++)
    {
        if (*p == '%' && end - p > 2 && hex_digit( p[1] ) < 16 && hex_digit( p[2] ) < 16)
        {
            *out++ = hex_digit( p[1] ) << 4 | hex_digit( p[2] );
            p += 2;
        }
        else *out++ = *p;
    }
    mtom->wanted_len = out - mtom->wanted;
    return S_OK;
}

static void deliver( WS_XML_READER *reader, const BYTE *bytes, ULONG len )
{
    memset( &reader->text->base64, 0, sizeof(reader->text->base64) );
    reader->text->base64.text.textType = WS_XML_TEXT_TYPE_BASE64;
    reader->text->base64.bytes = (BYTE *)bytes;
    reader->text->base64.length = len;
    reader->node = &reader->text_node.node;
    reader->value_started = reader->value_raw = FALSE;
    if (reader->stream) stream_keep_node( reader );
}

/* The part that the last Include element refers to, or the next piece of it. */
static HRESULT read_part( WS_XML_READER *reader, WS_ERROR *error )
{
    struct reader_mtom *mtom = reader->mtom;
    struct mime_text wanted = { mtom->wanted, mtom->wanted_len }, type;
    const BYTE *p, *end, *stop, *next;
    struct mime_part part;
    BOOL last;
    ULONG slot;
    HRESULT hr;

    if (!reader->stream)
    {
        if (!(slot = *find_slot( mtom, &wanted )))
            return ws_fail( error, WS_E_INVALID_FORMAT, "The MIME package has no part '%.*s'.", (int)min( wanted.len, 100 ),
                            (const char *)wanted.bytes );
        deliver( reader, mtom->parts[slot - 1].content.bytes, mtom->parts[slot - 1].content.len );
        mtom->state = AFTER_PART;
        return S_OK;
    }
    if (mtom->state == AT_PART)
    {
        if ((hr = begin_stream_part( reader, &part, &type, error ))) return hr;
        if (!same_id( &part.id, &wanted ))
            return ws_fail( error, WS_E_INVALID_FORMAT, "The part '%.*s' does not come next in the MIME stream.",
                            (int)min( wanted.len, 100 ), (const char *)wanted.bytes );
        mtom->state = IN_PART;
    }
    stream_window( reader, &p, &end );
    if (mime_delimiter( p, end, &mtom->boundary, mtom->at_line_start, &stop, &next, &last ) == MIME_FOUND)
    {
        mtom->state = AFTER_PART;
        mtom->at_line_start = mtom->at_line_start && stop == p;
    }
    else
    {
        if (package_at_end( reader ) || (ULONG)(stop - p) < reader->props.stream_buffer_size) return short_package( reader, error );
        mtom->at_line_start = FALSE;
    }
    deliver( reader, p, stop - p );
    stream_advance( reader, stop );
    return S_OK;
}

static BOOL is_include( const WS_XML_READER *reader )
{
    static const WS_XML_STRING ns_xop = XMLSTR( "http://www.w3.org/2004/08/xop/include" );
    const WS_XML_ELEMENT_NODE *elem = (const WS_XML_ELEMENT_NODE *)reader->node;

    return elem->node.nodeType == WS_XML_NODE_TYPE_ELEMENT && elem->localName->length == 7 &&
           !memcmp( elem->localName->bytes, "Include", 7 ) && xmlstr_eq( elem->ns, &ns_xop );
}

/* At an Include element: remembers what it refers to and passes it. */
static HRESULT enter_include( WS_XML_READER *reader, WS_ERROR *error )
{
    static const WS_XML_STRING name_href = XMLSTR( "href" );
    const WS_XML_ATTRIBUTE *attr = reader_find( reader, &name_href, &ns_attr_none );
    BOOL hold = reader->hold_scratch;
    HRESULT hr;

    if (!attr) return ws_fail( error, WS_E_INVALID_FORMAT, "An Include element has no href attribute." );
    if ((hr = parse_href( reader->mtom, &((const WS_XML_UTF8_TEXT *)attr->value)->value, error ))) return hr;
    reader->hold_scratch = TRUE;    /* the node before may have to stay the current one */
    hr = text_read_node( reader, error );
    reader->hold_scratch = hold;
    if (hr) return hr;
    if (reader->node->nodeType != WS_XML_NODE_TYPE_END_ELEMENT)
        return ws_fail( error, WS_E_INVALID_FORMAT, "An Include element has content." );
    reader->pop_pending = FALSE;
    reader_close_element( reader );
    reader->mtom->state = AT_PART;
    return S_OK;
}

/* An element that only an Include could be, for it is not part of the document that the limits are for. */
static HRESULT refuse_element( WS_XML_READER *reader, BOOL have_root, WS_ERROR *error )
{
    const BYTE *start = reader->node_start;
    HRESULT hr;

    if (reader->depth > reader->props.max_depth)
        hr = XML_FAIL( reader, start, error, WS_E_QUOTA_EXCEEDED, "The document is deeper than the %u elements that are allowed.",
                       reader->props.max_depth );
    else
        hr = XML_FAIL( reader, start, error, WS_E_QUOTA_EXCEEDED,
                       "More than the %u namespace declarations that are allowed are in scope.", reader->props.max_namespaces );
    reader_close_element( reader );
    reader->slot = reader_next_slot( reader );
    reader->end_pending = FALSE;
    reader->have_root = have_root;
    reader->pos = start;
    return hr;
}

/* The next node of the root part. An Include element and its declaration may be one more than the limits allow. */
static HRESULT read_root_node( WS_XML_READER *reader, BOOL *include, WS_ERROR *error )
{
    ULONG max_depth = reader->props.max_depth, max_namespaces = reader->props.max_namespaces;
    BOOL have_root = reader->have_root;
    HRESULT hr;

    if (max_depth < ~0u) reader->props.max_depth++;
    if (max_namespaces < ~0u) reader->props.max_namespaces++;
    hr = text_read_node( reader, error );
    reader->props.max_depth = max_depth;
    reader->props.max_namespaces = max_namespaces;
    if (hr) return hr;
    *include = is_include( reader );
    if (LIKELY( *include || reader->node->nodeType != WS_XML_NODE_TYPE_ELEMENT ||
                (reader->depth <= max_depth && reader->ns.count <= max_namespaces) )) return S_OK;
    return refuse_element( reader, have_root, error );
}

HRESULT mtom_read_node( WS_XML_READER *reader, WS_ERROR *error )
{
    struct reader_mtom *mtom = reader->mtom;
    const WS_XML_NODE *node = reader->node;
    BOOL include = FALSE;
    HRESULT hr = S_OK;

    if (UNLIKELY( !mtom->started ) && (hr = mtom_start( reader, error ))) return hr;
    if (LIKELY( mtom->state == NOT_INCLUDED || mtom->state == AFTER_PART ))
    {
        mtom->state = NOT_INCLUDED;
        if (!(hr = read_root_node( reader, &include, error )))
        {
            if (LIKELY( !include )) return S_OK;
            hr = enter_include( reader, error );
        }
    }
    /* until the bytes are there the node stays what it was */
    if (!hr) hr = read_part( reader, error );
    if (hr) reader->node = node;
    return hr;
}
