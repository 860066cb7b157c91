/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Canonical XML as reader and writer produce it on the side (xml-canonicalization.md): exclusive (Exclusive XML Canonicalization 1.0)
 * and, for whole documents, inclusive (Canonical XML 1.0), each with and without comments.
 *
 * Feed it every node in document order; characters may come in pieces. */
#ifndef WS_XML_C14N_H
#define WS_XML_C14N_H

#include "xml/node.h"

struct c14n;

/* Arguments as for WsStartReaderCanonicalization. `at_top`: the next node is the first of a document; the inclusive algorithms
 * need that (WS_E_INVALID_OPERATION). */
HRESULT c14n_create( const WS_XML_CANONICALIZATION_PROPERTY *props, ULONG count, WS_WRITE_CALLBACK write, void *state,
                     BOOL at_top, struct c14n **ret, WS_ERROR *error );
void    c14n_free( struct c14n *c14n );
/* Before the first node: a declaration that is in scope there, outermost first (needed for inclusive prefixes). */
HRESULT c14n_declare( struct c14n *c14n, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, WS_ERROR *error );
/* BOF, EOF, CDATA and END_CDATA nodes change nothing. An END_ELEMENT without its element is WS_E_INVALID_OPERATION. */
HRESULT c14n_node( struct c14n *c14n, const WS_XML_NODE *node, WS_ERROR *error );
/* Characters of a text. */
HRESULT c14n_chars( struct c14n *c14n, const BYTE *chars, ULONG count, WS_ERROR *error );
/* Elements open since the start. */
ULONG   c14n_depth( const struct c14n *c14n );
/* Gives what is left to the callback. WS_E_INVALID_OPERATION while elements are open. */
HRESULT c14n_end( struct c14n *c14n, WS_ERROR *error );

#endif
