/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whole nodes: from a program, from a reader, from an XML buffer; and the position of a writer in an XML buffer. */

#include "xml/writer_impl.h"

/* ---- nodes ---- */

static HRESULT write_attribute( WS_XML_WRITER *w, const WS_XML_ATTRIBUTE *attr, WS_ERROR *error )
{
    HRESULT hr;

    if (attr->isXmlNs) return writer_write_xmlns_attribute( w, attr->prefix, attr->ns, attr->singleQuote, error );
    hr = writer_write_start_attribute( w, attr->prefix, attr->localName, attr->ns, attr->singleQuote, error );
    if (hr) return hr;
    if (attr->value && (hr = writer_write_text( w, attr->value, error ))) return hr;
    return writer_write_end_attribute( w, error );
}

/* The end tag of an element that is not empty is kept, unless the program wants such elements compressed. */
static HRESULT write_element( WS_XML_WRITER *w, const WS_XML_ELEMENT_NODE *node, WS_ERROR *error )
{
    HRESULT hr;
    ULONG i;

    if ((hr = writer_write_start_element( w, node->prefix, node->localName, node->ns, error ))) return hr;
    if (!node->isEmpty && !w->props.compress_empty) w->element->flags |= ELEMENT_KEEP_END_TAG;
    for (i = 0; i < node->attributeCount; i++)
        if ((hr = write_attribute( w, node->attributes[i], error ))) return hr;
    return S_OK;
}

HRESULT writer_write_node( WS_XML_WRITER *w, const WS_XML_NODE *node, WS_ERROR *error )
{
    if (w->state == WRITER_NO_OUTPUT) return writer_bad_state( w, "A node", error );
    if (!node) return ws_fail( error, E_INVALIDARG, "There is no node to write." );
    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:     return write_element( w, (const WS_XML_ELEMENT_NODE *)node, error );
    case WS_XML_NODE_TYPE_TEXT:        return writer_write_text( w, ((const WS_XML_TEXT_NODE *)node)->text, error );
    case WS_XML_NODE_TYPE_END_ELEMENT: return writer_write_end_element( w, error );
    case WS_XML_NODE_TYPE_COMMENT:     return writer_write_comment( w, &((const WS_XML_COMMENT_NODE *)node)->value, error );
    case WS_XML_NODE_TYPE_CDATA:       return writer_write_start_cdata( w, error );
    case WS_XML_NODE_TYPE_END_CDATA:   return writer_write_end_cdata( w, error );
    case WS_XML_NODE_TYPE_BOF:
    case WS_XML_NODE_TYPE_EOF:         return S_OK;
    default:
        return ws_fail( error, E_INVALIDARG, "%u is not a type of nodes that can be written.", node->nodeType );
    }
}

static HRESULT write_tree( WS_XML_WRITER *w, const struct xml_node *root, WS_ERROR *error )
{
    const struct xml_node *node;
    HRESULT hr;

    for (node = root->first; node && node->u.node.nodeType != WS_XML_NODE_TYPE_EOF; node = node_next( node ))
        if ((hr = writer_write_node( w, &node->u.node, error ))) return hr;
    return S_OK;
}

HRESULT writer_write_xml_buffer( WS_XML_WRITER *w, WS_XML_BUFFER *buffer, WS_ERROR *error )
{
    if (w->state == WRITER_NO_OUTPUT) return writer_bad_state( w, "An XML buffer", error );
    if (buffer == w->buffer)
        return ws_fail( error, WS_E_INVALID_OPERATION, "An XML buffer can't be written into itself." );
    return write_tree( w, &buffer->root, error );
}

/* ---- a buffer as bytes ---- */

HRESULT buffer_write_to_bytes( WS_XML_WRITER *w, WS_XML_BUFFER *buffer, const WS_XML_WRITER_ENCODING *encoding,
                               const WS_XML_WRITER_PROPERTY *props, ULONG count, WS_HEAP *heap, void **bytes, ULONG *size,
                               WS_ERROR *error )
{
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_BYTES result;
    HRESULT hr;

    if (!encoding) encoding = &utf8.encoding;
    if ((hr = writer_set_output( w, encoding, &output.output, props, count, error ))) return hr;
    if ((hr = write_tree( w, &buffer->root, error ))) return hr;
    if ((hr = writer_get_property( w, WS_XML_WRITER_PROPERTY_BYTES, &result, sizeof(result), error ))) return hr;
    if (!(*bytes = heap_memdup( heap, result.bytes, result.length, error ))) return heap_failure( heap );
    *size = result.length;
    return S_OK;
}

/* ---- positions ---- */

static HRESULT check_positioned( const WS_XML_WRITER *w, WS_ERROR *error )
{
    if (w->buffer && w->state != WRITER_FAULTED) return S_OK;
    return ws_fail( error, WS_E_INVALID_OPERATION, "Only a writer that is set to an XML buffer has a position." );
}

HRESULT writer_get_position( WS_XML_WRITER *w, WS_XML_NODE_POSITION *pos, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = check_positioned( w, error ))) return hr;
    if (!pos) return ws_fail( error, E_INVALIDARG, "There is no room for the position." );
    pos->buffer = w->buffer;
    pos->node = w->pos;
    return S_OK;
}

/* The elements above the new position are open from then on. */
static HRESULT go_to( WS_XML_WRITER *w, struct xml_node *pos, WS_ERROR *error )
{
    struct xml_node *local[32], **path = local, *node;
    ULONG depth = 0, i;
    HRESULT hr = S_OK;

    for (node = pos->parent; node && node->parent; node = node->parent) depth++;
    if (depth > ARRAY_SIZE( local ) && !(path = mem_alloc( depth * sizeof(*path) )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for a position %u elements deep.", depth );
    for (node = pos->parent, i = depth; i; node = node->parent) path[--i] = node;

    writer_reset_tags( w );
    w->state = WRITER_CONTENT;
    w->pos = pos;
    for (i = 0; i < depth && !hr; i++)
    {
        if (path[i]->u.node.nodeType == WS_XML_NODE_TYPE_CDATA) w->state = WRITER_CDATA;
        else hr = writer_push_node( w, path[i], error );
    }
    if (path != local) mem_free( path );
    return hr;
}

/* A start tag that is still open goes into the tree before the writer leaves it. */
static HRESULT leave( WS_XML_WRITER *w, WS_ERROR *error )
{
    if (w->state == WRITER_ATTRIBUTE) return writer_bad_state( w, "A position", error );
    if (w->c14n) return ws_fail( error, WS_E_INVALID_OPERATION, "The writer can't move while it makes canonical XML." );
    if (w->pos->flags & XML_NODE_REMOVED) return S_OK;     /* there is no place for it any more */
    return w->state == WRITER_START_TAG ? writer_done( w, writer_close_tag( w, error ) ) : S_OK;
}

HRESULT writer_set_position( WS_XML_WRITER *w, const WS_XML_NODE_POSITION *pos, WS_ERROR *error )
{
    struct xml_node *node;
    HRESULT hr;

    if ((hr = check_positioned( w, error ))) return hr;
    if (!pos || pos->buffer != w->buffer || !pos->node)
        return ws_fail( error, E_INVALIDARG, "The position is not one in the writer's XML buffer." );
    node = pos->node;
    if (node->flags & XML_NODE_REMOVED)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The node at the position was removed from the XML buffer." );
    if (!node->parent) return ws_fail( error, E_INVALIDARG, "Nothing can be written in front of the beginning of a document." );
    if ((hr = leave( w, error ))) return hr;
    return writer_done( w, go_to( w, node, error ) );
}

HRESULT writer_move( WS_XML_WRITER *w, WS_MOVE_TO to, BOOL *found, WS_ERROR *error )
{
    struct xml_node *node;
    HRESULT hr;

    if ((hr = check_positioned( w, error ))) return hr;
    if (to == WS_MOVE_TO_BOF || to > WS_MOVE_TO_CHILD_NODE)
        return ws_fail( error, E_INVALIDARG, "A writer can't be moved to %u.", to );
    if ((hr = leave( w, error ))) return hr;
    if (w->pos->flags & XML_NODE_REMOVED)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The node at the writer's position was removed." );
    node = node_move( w->pos, to );
    if (node && !node->parent) node = NULL;
    if (found) *found = node != NULL;
    if (!node) return found ? S_OK : ws_fail( error, WS_E_INVALID_FORMAT, "There is no node to move to." );
    return writer_done( w, go_to( w, node, error ) );
}
