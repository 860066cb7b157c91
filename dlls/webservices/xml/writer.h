/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_XML_WRITER inside the DLL. Each function has the semantics documented for the Ws* function of like name. */
#ifndef WS_XML_WRITER_H
#define WS_XML_WRITER_H

#include "xml/node.h"
#include "xml/reader.h"
#include "base/async.h"

HRESULT writer_create( const WS_XML_WRITER_PROPERTY *props, ULONG count, WS_XML_WRITER **ret, WS_ERROR *error );
void    writer_free( WS_XML_WRITER *writer );
HRESULT writer_set_output( WS_XML_WRITER *writer, const WS_XML_WRITER_ENCODING *encoding, const WS_XML_WRITER_OUTPUT *output,
                           const WS_XML_WRITER_PROPERTY *props, ULONG count, WS_ERROR *error );
HRESULT writer_set_output_to_buffer( WS_XML_WRITER *writer, WS_XML_BUFFER *buffer, const WS_XML_WRITER_PROPERTY *props,
                                     ULONG count, WS_ERROR *error );
HRESULT writer_flush( WS_XML_WRITER *writer, ULONG min_size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT writer_write_start_element( WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                                    const WS_XML_STRING *ns, WS_ERROR *error );
HRESULT writer_write_end_start_element( WS_XML_WRITER *writer, WS_ERROR *error );
HRESULT writer_write_end_element( WS_XML_WRITER *writer, WS_ERROR *error );
HRESULT writer_write_start_attribute( WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                                      const WS_XML_STRING *ns, BOOL single_quote, WS_ERROR *error );
HRESULT writer_write_end_attribute( WS_XML_WRITER *writer, WS_ERROR *error );
HRESULT writer_write_xmlns_attribute( WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                                      BOOL single_quote, WS_ERROR *error );
HRESULT writer_write_text( WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error );
HRESULT writer_write_chars( WS_XML_WRITER *writer, const WCHAR *chars, ULONG count, WS_ERROR *error );
HRESULT writer_write_chars_utf8( WS_XML_WRITER *writer, const BYTE *bytes, ULONG count, WS_ERROR *error );
HRESULT writer_write_bytes( WS_XML_WRITER *writer, const void *bytes, ULONG count, WS_ERROR *error );
HRESULT writer_push_bytes( WS_XML_WRITER *writer, WS_PUSH_BYTES_CALLBACK callback, void *state, WS_ERROR *error );
HRESULT writer_pull_bytes( WS_XML_WRITER *writer, WS_PULL_BYTES_CALLBACK callback, void *state, WS_ERROR *error );
HRESULT writer_write_array( WS_XML_WRITER *writer, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type,
                            const void *array, ULONG array_size, ULONG offset, ULONG count, WS_ERROR *error );
HRESULT writer_write_qualified_name( WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                                     const WS_XML_STRING *ns, WS_ERROR *error );
HRESULT writer_write_start_cdata( WS_XML_WRITER *writer, WS_ERROR *error );
HRESULT writer_write_end_cdata( WS_XML_WRITER *writer, WS_ERROR *error );
HRESULT writer_write_node( WS_XML_WRITER *writer, const WS_XML_NODE *node, WS_ERROR *error );
HRESULT writer_copy_node( WS_XML_WRITER *writer, WS_XML_READER *reader, WS_ERROR *error );
HRESULT writer_write_xml_buffer( WS_XML_WRITER *writer, WS_XML_BUFFER *buffer, WS_ERROR *error );
HRESULT writer_get_prefix_from_namespace( WS_XML_WRITER *writer, const WS_XML_STRING *ns, BOOL required,
                                          const WS_XML_STRING **prefix, WS_ERROR *error );
HRESULT writer_get_position( WS_XML_WRITER *writer, WS_XML_NODE_POSITION *pos, WS_ERROR *error );
HRESULT writer_set_position( WS_XML_WRITER *writer, const WS_XML_NODE_POSITION *pos, WS_ERROR *error );
HRESULT writer_move( WS_XML_WRITER *writer, WS_MOVE_TO to, BOOL *found, WS_ERROR *error );
HRESULT writer_get_property( WS_XML_WRITER *writer, WS_XML_WRITER_PROPERTY_ID id, void *buf, ULONG size, WS_ERROR *error );
HRESULT writer_start_canonicalization( WS_XML_WRITER *writer, WS_WRITE_CALLBACK write, void *state,
                                       const WS_XML_CANONICALIZATION_PROPERTY *props, ULONG count, WS_ERROR *error );
HRESULT writer_end_canonicalization( WS_XML_WRITER *writer, WS_ERROR *error );
HRESULT buffer_remove_node( const WS_XML_NODE_POSITION *pos, WS_ERROR *error );
HRESULT buffer_write_to_bytes( WS_XML_WRITER *writer, WS_XML_BUFFER *buffer, const WS_XML_WRITER_ENCODING *encoding,
                               const WS_XML_WRITER_PROPERTY *props, ULONG count, WS_HEAP *heap, void **bytes, ULONG *size,
                               WS_ERROR *error );

/* --- for serialization and messages ---------------------------------------------------------------------------- */

/* Text that is known to be valid UTF-8 without characters to escape (numbers, dates, base64). */
HRESULT writer_write_plain( WS_XML_WRITER *writer, const BYTE *bytes, ULONG count, WS_ERROR *error );
/* An element of the namespace of its parent, without attributes and with these characters as content. S_FALSE, and nothing was
 * written, when it takes the usual calls: another encoding than text, another namespace, no characters. */
enum writer_chars { WRITER_CHARS_PLAIN, WRITER_CHARS_UTF8, WRITER_CHARS_UTF16 };
HRESULT writer_write_simple( WS_XML_WRITER *writer, const WS_XML_STRING *name, const WS_XML_STRING *ns, enum writer_chars kind,
                             const void *chars, ULONG count, WS_ERROR *error );
/* The same with one typed text as content (NULL: none): S_FALSE for another encoding than binary. */
HRESULT writer_write_simple_text( WS_XML_WRITER *writer, const WS_XML_STRING *name, const WS_XML_STRING *ns, const WS_XML_TEXT *text,
                                  WS_ERROR *error );
/* TRUE when the output can carry typed texts (binary encoding, XML buffer): serialization then hands over the typed WS_XML_TEXT
 * with writer_write_text instead of its lexical form. */
BOOL writer_is_typed( const WS_XML_WRITER *writer );
/* A prefix bound to `ns` in the current scope, declaring one on the open start tag when there is none (for QName content). */
HRESULT writer_prefix_for( WS_XML_WRITER *writer, const WS_XML_STRING *ns, const WS_XML_STRING **prefix, WS_ERROR *error );

/* Output to memory owned by the caller: a growable byte array with room kept free in front (HTTP heads, NMF records).
 * Used through writer_set_output_bytes by messages and channels; WsSetOutput with WS_XML_WRITER_BUFFER_OUTPUT uses the same. */
struct byte_sink
{
    BYTE  *bytes;
    SIZE_T size;        /* used */
    SIZE_T capacity;
    SIZE_T max;         /* WS_E_QUOTA_EXCEEDED above it */
};
HRESULT writer_set_output_bytes( WS_XML_WRITER *writer, const WS_XML_WRITER_ENCODING *encoding, struct byte_sink *sink,
                                 const WS_XML_WRITER_PROPERTY *props, ULONG count, WS_ERROR *error );

#endif
