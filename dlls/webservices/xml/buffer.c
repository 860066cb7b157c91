/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XML buffers: a tree of nodes in a heap (xml-buffer.md). */

#include "xml/buffer.h"
#include "xml/names.h"
#include "xml/writer.h"

const WS_XML_UTF8_TEXT xml_empty_text = { { WS_XML_TEXT_TYPE_UTF8 }, { 0, (BYTE *)"", NULL, 0 } };

HRESULT buffer_create( WS_HEAP *heap, const WS_XML_BUFFER_PROPERTY *props, ULONG count, WS_XML_BUFFER **ret,
                       WS_ERROR *error )
{
    WS_XML_BUFFER *buffer;

    if (count)
        return ws_fail( error, E_INVALIDARG, "An XML buffer has no properties; %u were given, the first with id %u.",
                        count, props ? props[0].id : 0 );
    if (!(buffer = heap_zalloc( heap, sizeof(*buffer), error ))) return heap_failure( heap );
    object_init( &buffer->hdr, OBJECT_BUFFER, 0 );
    buffer->heap = heap;
    buffer->root.u.node.nodeType = WS_XML_NODE_TYPE_BOF;
    buffer->eof.u.node.nodeType = WS_XML_NODE_TYPE_EOF;
    buffer->root.first = buffer->root.last = &buffer->eof;
    buffer->eof.parent = &buffer->root;
    *ret = buffer;
    return S_OK;
}

/* ---- nodes ---- */

static SIZE_T node_size( WS_XML_NODE_TYPE type )
{
    SIZE_T size = offsetof( struct xml_node, u );

    switch (type)
    {
    case WS_XML_NODE_TYPE_ELEMENT: return size + sizeof(WS_XML_ELEMENT_NODE);
    case WS_XML_NODE_TYPE_TEXT:    return size + sizeof(WS_XML_TEXT_NODE);
    case WS_XML_NODE_TYPE_COMMENT: return size + sizeof(WS_XML_COMMENT_NODE);
    default:                       return size + sizeof(WS_XML_NODE);
    }
}

struct xml_node *node_create( WS_XML_BUFFER *buffer, WS_XML_NODE_TYPE type, WS_ERROR *error )
{
    SIZE_T size = node_size( type ), end_offset = (size + 7) & ~(SIZE_T)7;
    WS_XML_NODE_TYPE end_type = 0;
    struct xml_node *node, *end;

    if (type == WS_XML_NODE_TYPE_ELEMENT) end_type = WS_XML_NODE_TYPE_END_ELEMENT;
    else if (type == WS_XML_NODE_TYPE_CDATA) end_type = WS_XML_NODE_TYPE_END_CDATA;
    if (end_type) size = end_offset + node_size( end_type );

    if (!(node = heap_zalloc( buffer->heap, size, error ))) return NULL;
    node->u.node.nodeType = type;
    if (end_type)
    {
        end = (struct xml_node *)((char *)node + end_offset);
        end->u.node.nodeType = end_type;
        end->parent = node;
        node->first = node->last = end;
    }
    return node;
}

void node_insert_before( struct xml_node *pos, struct xml_node *node )
{
    node->parent = pos->parent;
    node->prev = pos->prev;
    node->next = pos;
    if (pos->prev) pos->prev->next = node;
    else pos->parent->first = node;
    pos->prev = node;
}

void node_unlink( struct xml_node *node )
{
    struct xml_node *n = node;

    if (node->prev) node->prev->next = node->next;
    else node->parent->first = node->next;
    if (node->next) node->next->prev = node->prev;
    else node->parent->last = node->prev;
    node->prev = node->next = NULL;
    node->parent = NULL;
    while (n)
    {
        n->flags |= XML_NODE_REMOVED;
        n = node_next( n );
    }
}

struct xml_node *node_next( const struct xml_node *node )
{
    if (node->first) return node->first;
    while (node && !node->next) node = node->parent;
    return node ? node->next : NULL;
}

static struct xml_node *find_element( struct xml_node *node, BOOL backwards )
{
    while (node && node->u.node.nodeType != WS_XML_NODE_TYPE_ELEMENT) node = backwards ? node->prev : node->next;
    return node;
}

struct xml_node *node_move( const struct xml_node *node, WS_MOVE_TO to )
{
    const struct xml_node *root = node;

    while (root->parent) root = root->parent;
    switch (to)
    {
    case WS_MOVE_TO_ROOT_ELEMENT:     return find_element( root->first, FALSE );
    case WS_MOVE_TO_NEXT_ELEMENT:     return find_element( node->next, FALSE );
    case WS_MOVE_TO_PREVIOUS_ELEMENT: return find_element( node->prev, TRUE );
    case WS_MOVE_TO_CHILD_ELEMENT:    return find_element( node->first, FALSE );
    case WS_MOVE_TO_END_ELEMENT:      return node->u.node.nodeType == WS_XML_NODE_TYPE_ELEMENT ? node->last : NULL;
    case WS_MOVE_TO_PARENT_ELEMENT:   return node->parent;
    case WS_MOVE_TO_NEXT_NODE:        return node->next;
    case WS_MOVE_TO_PREVIOUS_NODE:    return node->prev;
    case WS_MOVE_TO_FIRST_NODE:       return node->parent ? node->parent->first : NULL;
    case WS_MOVE_TO_BOF:              return (struct xml_node *)root;
    case WS_MOVE_TO_EOF:              return root->last;
    case WS_MOVE_TO_CHILD_NODE:       return node->first;
    default:                          return NULL;
    }
}

HRESULT buffer_remove_node( const WS_XML_NODE_POSITION *pos, WS_ERROR *error )
{
    struct xml_node *node;

    if (!pos || !pos->node || !object_is( pos->buffer, OBJECT_BUFFER ))
        return ws_fail( error, E_INVALIDARG, "The position is not one in an XML buffer." );
    node = pos->node;
    if (node->flags & XML_NODE_REMOVED)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The node was already removed from the XML buffer." );
    switch (node->u.node.nodeType)
    {
    case WS_XML_NODE_TYPE_BOF:
    case WS_XML_NODE_TYPE_EOF:
    case WS_XML_NODE_TYPE_END_ELEMENT:
    case WS_XML_NODE_TYPE_END_CDATA:
        return ws_fail( error, WS_E_INVALID_OPERATION, "A node of type %u can't be removed from an XML buffer.",
                        node->u.node.nodeType );
    default:
        node_unlink( node );
        pos->buffer->version++;
        return S_OK;
    }
}

/* ---- strings ---- */

/* The bytes are compared and not their address: those of a writer's open element are a copy. */
const WS_XML_STRING *tree_string( WS_HEAP *heap, const WS_XML_STRING *src, WS_ERROR *error )
{
    const WS_XML_DICTIONARY *dict = src->dictionary;
    WS_XML_STRING *ret;

    if (!src->length && !dict) return &xml_empty_text.value;
    if (dict && dict->isConst && src->id < dict->stringCount && dict->strings[src->id].length == src->length &&
        !memcmp( dict->strings[src->id].bytes, src->bytes, src->length )) return &dict->strings[src->id];
    if (!(ret = heap_alloc( heap, sizeof(*ret) + src->length, error ))) return NULL;
    *ret = *src;
    ret->bytes = (BYTE *)(ret + 1);
    if (src->length) memcpy( ret->bytes, src->bytes, src->length );
    return ret;
}
