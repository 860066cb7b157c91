/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tree of an XML buffer: making, linking and walking nodes. Memory comes from the buffer's heap and stays until
 * that is reset: programs give these heaps small quotas, so strings are shared where they can be. */
#ifndef WS_XML_BUFFER_H
#define WS_XML_BUFFER_H

#include "xml/node.h"

/* xml_node.flags */
#define XML_NODE_REMOVED 0x01   /* was taken out of the tree, itself or with an ancestor */

/* A new node, zeroed and not linked, with the memory its type needs. Elements come with their END_ELEMENT child, CDATA
 * with END_CDATA. NULL after a failure that is in `error`; heap_failure( buffer->heap ) has the code. */
struct xml_node *node_create( WS_XML_BUFFER *buffer, WS_XML_NODE_TYPE type, WS_ERROR *error );
/* Links `node` in front of `pos`, which is never the BOF node. */
void node_insert_before( struct xml_node *pos, struct xml_node *node );
/* Links `node` as last child, in front of the parent's END_ELEMENT, END_CDATA or EOF. */
static inline void node_append( struct xml_node *parent, struct xml_node *node )
{
    node_insert_before( parent->last, node );
}
/* Takes `node` with all below it out of the tree and marks them XML_NODE_REMOVED. */
void node_unlink( struct xml_node *node );

/* The next node in document order: first child, else next sibling, else the next one of an ancestor. After the END_ELEMENT of
 * an element comes what follows the element. NULL after EOF. */
struct xml_node *node_next( const struct xml_node *node );
/* Where WsMoveReader and WsMoveWriter go; NULL when there is no such node. */
struct xml_node *node_move( const struct xml_node *node, WS_MOVE_TO to );

/* A copy of `src` in the heap, or the string of the constant dictionary that it is. */
const WS_XML_STRING *tree_string( WS_HEAP *heap, const WS_XML_STRING *src, WS_ERROR *error );
/* The value that the nodes of xmlns attributes have: their namespace is in `ns`. */
extern const WS_XML_UTF8_TEXT xml_empty_text;

#endif
