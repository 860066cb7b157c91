/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XML nodes and texts as reader, writer, buffer and serialization share them.
 *
 * Nodes are the public structs (WS_XML_ELEMENT_NODE, WS_XML_TEXT_NODE, ...). An XML buffer is a tree of struct xml_node around
 * them; a streaming reader holds only its current node. */
#ifndef WS_XML_NODE_H
#define WS_XML_NODE_H

#include "base/str.h"

/* A node of an XML buffer. The public node comes last so that it can be any of the public structs. The buffer's root
 * is a BOF node whose children end with an EOF node; every element's children end with an END_ELEMENT node, a CDATA node's
 * (its texts) with an END_CDATA node. xml/buffer.h makes and walks them. */
struct xml_node
{
    struct xml_node *parent;
    struct xml_node *prev, *next;       /* siblings */
    struct xml_node *first, *last;      /* children */
    ULONG flags;                        /* XML_NODE_* */
    union
    {
        WS_XML_NODE         node;
        WS_XML_ELEMENT_NODE element;
        WS_XML_TEXT_NODE    text;
        WS_XML_COMMENT_NODE comment;
    } u;
};
/* The node of a WS_XML_NODE_POSITION is a struct xml_node *. */
#define XML_NODE_FROM( public_node ) ((struct xml_node *)((char *)(public_node) - offsetof( struct xml_node, u )))

struct _WS_XML_BUFFER
{
    struct object   hdr;
    WS_HEAP        *heap;               /* everything of the buffer lives here */
    struct xml_node root;               /* the BOF node */
    struct xml_node eof;
    ULONG           version;            /* counts changes: a reader on the buffer notices */
};

HRESULT buffer_create( WS_HEAP *heap, const WS_XML_BUFFER_PROPERTY *props, ULONG count, WS_XML_BUFFER **ret,
                       WS_ERROR *error );

/* --- texts ------------------------------------------------------------------------------------------------------ */

/* The lexical form of any WS_XML_TEXT in UTF-8: `str` points into the text itself (UTF-8 texts) or into new memory
 * of `heap` (NULL: into `scratch` of XML_TEXT_SCRATCH bytes, for types with a bounded form). */
#define XML_TEXT_SCRATCH 128
HRESULT text_to_utf8( const WS_XML_TEXT *text, WS_HEAP *heap, BYTE *scratch, WS_XML_STRING *str, WS_ERROR *error );
/* A deep copy in `heap`. */
HRESULT text_dup( const WS_XML_TEXT *text, WS_HEAP *heap, WS_XML_TEXT **ret, WS_ERROR *error );

/* --- scalars: lexical form <-> value (XML Schema part 2 as native implements it) ------------------------------- */
/* `format_*` write into buf (at least XML_TEXT_SCRATCH bytes) and return the length. 0: the value has no lexical form
 * (a date, duration or decimal out of its range: WS_E_INVALID_FORMAT). */
ULONG format_bool( BOOL value, BYTE *buf );
ULONG format_int64( INT64 value, BYTE *buf );
ULONG format_uint64( UINT64 value, BYTE *buf );
ULONG format_double( double value, BYTE *buf );   /* shortest form that reads back the same, spelt as native does */
ULONG format_float( float value, BYTE *buf );
ULONG format_decimal( const DECIMAL *value, BYTE *buf );
ULONG format_guid( const GUID *value, BYTE *buf );
ULONG format_datetime( const WS_DATETIME *value, BYTE *buf );    /* WS_DATETIME_FORMAT_LOCAL: in the user's time zone */
ULONG format_timespan( INT64 value, BYTE *buf );                  /* 100 ns units; [-][d.]hh:mm:ss[.fffffff] */
ULONG format_duration( const WS_DURATION *value, BYTE *buf );
ULONG format_base64( const BYTE *bytes, ULONG len, BYTE *buf );       /* buf holds 4 * ((len + 2) / 3) */
ULONG format_base16( const BYTE *bytes, ULONG len, BYTE *buf );       /* buf holds 2 * len */
/* `parse_*` accept surrounding XML white space; WS_E_INVALID_FORMAT, WS_E_NUMERIC_OVERFLOW. */
HRESULT parse_bool( const BYTE *s, ULONG len, BOOL *ret, WS_ERROR *error );
HRESULT parse_int64( const BYTE *s, ULONG len, INT64 min, INT64 max, INT64 *ret, WS_ERROR *error );
HRESULT parse_uint64( const BYTE *s, ULONG len, UINT64 max, UINT64 *ret, WS_ERROR *error );
HRESULT parse_double( const BYTE *s, ULONG len, double *ret, WS_ERROR *error );
HRESULT parse_float( const BYTE *s, ULONG len, float *ret, WS_ERROR *error );
HRESULT parse_decimal( const BYTE *s, ULONG len, DECIMAL *ret, WS_ERROR *error );
HRESULT parse_guid( const BYTE *s, ULONG len, GUID *ret, WS_ERROR *error );
HRESULT parse_datetime( const BYTE *s, ULONG len, WS_DATETIME *ret, WS_ERROR *error );
HRESULT parse_timespan( const BYTE *s, ULONG len, INT64 *ret, WS_ERROR *error );
HRESULT parse_duration( const BYTE *s, ULONG len, WS_DURATION *ret, WS_ERROR *error );
HRESULT parse_base64( const BYTE *s, ULONG len, BYTE *dst, ULONG *dst_len, WS_ERROR *error ); /* dst holds len / 4 * 3 */
HRESULT parse_base16( const BYTE *s, ULONG len, BYTE *dst, ULONG *dst_len, WS_ERROR *error );

/* --- names ----------------------------------------------------------------------------------------------------- */
BOOL is_ncname( const BYTE *s, ULONG len );                     /* XML 1.0 (fifth edition as native: see tests) */
BOOL is_xml_space( BYTE c );

/* --- dictionaries (MC-NBFS, WsGetDictionary) ------------------------------------------------------------------- */
const WS_XML_DICTIONARY *dictionary_get( WS_ENCODING encoding );
/* A static string of the well-known dictionary by its MC-NBFS id (2 * index). */
const WS_XML_STRING *dictionary_string( ULONG index );
/* Frequently used names, initialised with their dictionary ids, come as `extern const WS_XML_STRING` from xml/names.h. */

#endif
