/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_XML_READER inside the DLL. Each function has the semantics documented for the Ws* function of like name; they
 * check arguments that a program can get wrong (WS_E_INVALID_OPERATION, WS_E_INVALID_FORMAT, E_INVALIDARG), never the handle. */
#ifndef WS_XML_READER_H
#define WS_XML_READER_H

#include "xml/node.h"
#include "base/async.h"

HRESULT reader_create( const WS_XML_READER_PROPERTY *props, ULONG count, WS_XML_READER **ret, WS_ERROR *error );
void    reader_free( WS_XML_READER *reader );
HRESULT reader_set_input( WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding, const WS_XML_READER_INPUT *input,
                          const WS_XML_READER_PROPERTY *props, ULONG count, WS_ERROR *error );
HRESULT reader_set_input_to_buffer( WS_XML_READER *reader, WS_XML_BUFFER *buffer, const WS_XML_READER_PROPERTY *props,
                                    ULONG count, WS_ERROR *error );
HRESULT reader_fill( WS_XML_READER *reader, ULONG min_size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

/* Bytes that are buffered and not read yet; whether nothing can follow them. */
SIZE_T reader_buffered( const WS_XML_READER *reader );
BOOL   reader_at_end( const WS_XML_READER *reader );

/* The current node; valid until the reader moves. Never NULL while the reader has an input. */
const WS_XML_NODE *reader_node( const WS_XML_READER *reader );
HRESULT reader_get_node( WS_XML_READER *reader, const WS_XML_NODE **node, WS_ERROR *error );
HRESULT reader_read_node( WS_XML_READER *reader, WS_ERROR *error );
HRESULT reader_skip_node( WS_XML_READER *reader, WS_ERROR *error );
HRESULT reader_read_to_start_element( WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                                      BOOL *found, WS_ERROR *error );
HRESULT reader_read_start_element( WS_XML_READER *reader, WS_ERROR *error );
HRESULT reader_read_end_element( WS_XML_READER *reader, WS_ERROR *error );
HRESULT reader_find_attribute( WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, BOOL required,
                               ULONG *index, WS_ERROR *error );
HRESULT reader_read_start_attribute( WS_XML_READER *reader, ULONG index, WS_ERROR *error );
HRESULT reader_read_end_attribute( WS_XML_READER *reader, WS_ERROR *error );
HRESULT reader_read_chars( WS_XML_READER *reader, WCHAR *chars, ULONG max, ULONG *count, WS_ERROR *error );
HRESULT reader_read_chars_utf8( WS_XML_READER *reader, BYTE *bytes, ULONG max, ULONG *count, WS_ERROR *error );
HRESULT reader_read_bytes( WS_XML_READER *reader, void *bytes, ULONG max, ULONG *count, WS_ERROR *error );
HRESULT reader_read_value( WS_XML_READER *reader, WS_VALUE_TYPE type, void *value, ULONG size, WS_ERROR *error );
HRESULT reader_read_array( WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                           WS_VALUE_TYPE type, void *array, ULONG array_size, ULONG offset, ULONG count, ULONG *actual,
                           WS_ERROR *error );
HRESULT reader_read_qualified_name( WS_XML_READER *reader, WS_HEAP *heap, WS_XML_STRING *prefix, WS_XML_STRING *name,
                                    WS_XML_STRING *ns, WS_ERROR *error );
HRESULT reader_get_namespace_from_prefix( WS_XML_READER *reader, const WS_XML_STRING *prefix, BOOL required,
                                          const WS_XML_STRING **ns, WS_ERROR *error );
HRESULT reader_get_attribute( WS_XML_READER *reader, const WS_XML_STRING *name, WS_HEAP *heap, WCHAR **chars, ULONG *count,
                              WS_ERROR *error );
HRESULT reader_get_position( WS_XML_READER *reader, WS_XML_NODE_POSITION *pos, WS_ERROR *error );
HRESULT reader_set_position( WS_XML_READER *reader, const WS_XML_NODE_POSITION *pos, WS_ERROR *error );
HRESULT reader_move( WS_XML_READER *reader, WS_MOVE_TO to, BOOL *found, WS_ERROR *error );
/* A whole document in memory as a new XML buffer; the reader only lends its settings (WsReadXmlBufferFromBytes). */
HRESULT reader_read_bytes_to_buffer( WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding,
                                     const WS_XML_READER_PROPERTY *props, ULONG count, const void *bytes, ULONG size,
                                     WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error );
HRESULT reader_get_property( WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id, void *buf, ULONG size, WS_ERROR *error );
HRESULT reader_start_canonicalization( WS_XML_READER *reader, WS_WRITE_CALLBACK write, void *state,
                                       const WS_XML_CANONICALIZATION_PROPERTY *props, ULONG count, WS_ERROR *error );
HRESULT reader_end_canonicalization( WS_XML_READER *reader, WS_ERROR *error );

/* --- for serialization and messages ---------------------------------------------------------------------------- */

/* The whole text content at the reader (all adjacent text and CDATA nodes of the element, or the attribute being read), as
 * one text; moves past it to the end element (or attribute end). Elements inside are WS_E_INVALID_FORMAT, comments are
 * skipped. The text is owned by the reader until it moves again, so copy what must stay. An empty content gives an empty UTF-8 text. */
HRESULT reader_read_content_text( WS_XML_READER *reader, const WS_XML_TEXT **text, WS_ERROR *error );
/* Most of a typed document are elements without attributes that hold one text: they can be read in one go, without making nodes.
 * The current node is a start element whose content is next, or an end element, and is *behind* the reader: it would be left by
 * reader_read_node. SIMPLE_READ: the next element was `name` of `ns` with only a text, *text is that (as from
 * reader_read_content_text), and the current node is its end element, to be left likewise. SIMPLE_OTHER: what comes next is not that
 * element. SIMPLE_UNKNOWN: it has to be read node by node to say. In both cases nothing was read, and nothing is ever reported.
 * `*known_ns` is NULL at first for each parent. */
enum reader_simple { SIMPLE_READ, SIMPLE_OTHER, SIMPLE_UNKNOWN };
enum reader_simple reader_read_simple( WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                                       const WS_XML_STRING **known_ns, const WS_XML_TEXT **text );
/* Moves past white space and comments; FALSE in *more when the next node is an end element. */
HRESULT reader_to_content( WS_XML_READER *reader, BOOL *more, WS_ERROR *error );
/* The attributes of the current element that an xsi:type / xsi:nil look-up needs: NULL when absent. */
const WS_XML_ATTRIBUTE *reader_find( const WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns );
/* Copies the current node with all below it into a new buffer in `heap` and moves past it (WsReadXmlBuffer). */
HRESULT reader_read_xml_buffer( WS_XML_READER *reader, WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error );
/* The same for a node of any kind, appended to the top level of a buffer. */
HRESULT reader_copy_to_buffer( WS_XML_READER *reader, WS_XML_BUFFER *buffer, WS_ERROR *error );
/* One based line and column of the current node for messages; 0, 0 for binary or buffers. */
void reader_position_text( const WS_XML_READER *reader, ULONG *row, ULONG *column );
ULONG reader_depth( const WS_XML_READER *reader );

#endif
