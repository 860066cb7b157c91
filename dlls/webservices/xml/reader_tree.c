/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading XML buffers: the cursor in the tree, and copies of what any reader reads into a new tree. */

#include "xml/reader_impl.h"
#include "xml/buffer.h"
#include "base/prop.h"

static void set_tree_node( WS_XML_READER *reader, struct xml_node *node )
{
    reader->tree_node = node;
    reader->node = &node->u.node;
    reader->in_attribute = FALSE;
    reader->value_started = reader->value_raw = FALSE;
}

/* Documented: what depends on a node that was removed fails until the reader is given another position. */
static HRESULT check_place( const WS_XML_READER *reader, WS_ERROR *error )
{
    if (!(reader->tree_node->flags & XML_NODE_REMOVED)) return S_OK;
    return ws_fail( error, WS_E_INVALID_OPERATION, "The node the reader is at was removed from the XML buffer." );
}

HRESULT tree_read_node( WS_XML_READER *reader, WS_ERROR *error )
{
    struct xml_node *next;
    HRESULT hr;

    if (UNLIKELY( (hr = check_place( reader, error )) )) return hr;
    next = node_next( reader->tree_node );
    reader_begin_node( reader );
    if (!next) return ws_fail( error, WS_E_INVALID_OPERATION, "The reader is at the end of the document already." );
    reader->scratch_index = !reader->scratch_index;
    set_tree_node( reader, next );
    return S_OK;
}

void tree_open( WS_XML_READER *reader, WS_XML_BUFFER *buffer )
{
    reader->buffer = buffer;
    reader->read = tree_read_node;
    set_tree_node( reader, &buffer->root );
}

/* At the end of the current element, so that reading on leaves it. */
void tree_skip_to_end( WS_XML_READER *reader )
{
    set_tree_node( reader, reader->tree_node->last );
}

ULONG tree_depth( const WS_XML_READER *reader )
{
    const struct xml_node *node;
    ULONG depth = 0;

    for (node = reader->tree_node; node; node = node->parent)
        if (node->u.node.nodeType == WS_XML_NODE_TYPE_ELEMENT) depth++;
    return depth;
}

const WS_XML_STRING *tree_prefix_namespace( const WS_XML_READER *reader, const WS_XML_STRING *prefix )
{
    const struct xml_node *node;
    ULONG i;

    for (node = reader->tree_node; node; node = node->parent)
    {
        const WS_XML_ELEMENT_NODE *elem = &node->u.element;
        if (elem->node.nodeType != WS_XML_NODE_TYPE_ELEMENT) continue;
        for (i = 0; i < elem->attributeCount; i++)
        {
            const WS_XML_ATTRIBUTE *attr = elem->attributes[i];
            if (attr->isXmlNs && (attr->prefix ? xmlstr_eq( attr->prefix, prefix ) : !prefix->length)) return attr->ns;
        }
        if (elem->prefix && xmlstr_eq( elem->prefix, prefix )) return elem->ns;
    }
    if (!prefix->length) return &ns_default_none.ns;
    if (xmlstr_eq( prefix, &ns_xml.prefix )) return &ns_xml.ns;
    if (xmlstr_eq( prefix, &ns_xmlns.prefix )) return &ns_xmlns.ns;
    return NULL;
}

const WS_XML_TEXT *tree_xml_attribute( const WS_XML_READER *reader, const WS_XML_STRING *name )
{
    const struct xml_node *node;
    ULONG i;

    for (node = reader->tree_node; node; node = node->parent)
    {
        const WS_XML_ELEMENT_NODE *elem = &node->u.element;
        if (elem->node.nodeType != WS_XML_NODE_TYPE_ELEMENT) continue;
        for (i = 0; i < elem->attributeCount; i++)
        {
            const WS_XML_ATTRIBUTE *attr = elem->attributes[i];
            if (!attr->isXmlNs && xmlstr_eq( attr->localName, name ) && xmlstr_eq( attr->ns, &ns_xml.ns )) return attr->value;
        }
    }
    return NULL;
}

/* --- positions ----------------------------------------------------------------------------------------------------- */

static HRESULT need_buffer( const WS_XML_READER *reader, WS_ERROR *error )
{
    if (reader->input == READER_TREE) return S_OK;
    return ws_fail( error, WS_E_INVALID_OPERATION, "Only a reader whose input is an XML buffer has positions to move to." );
}

static HRESULT can_move( const WS_XML_READER *reader, WS_ERROR *error )
{
    if (!reader->c14n) return need_buffer( reader, error );
    return ws_fail( error, WS_E_INVALID_OPERATION, "The reader can't be moved while it canonicalizes." );
}

HRESULT reader_get_position( WS_XML_READER *reader, WS_XML_NODE_POSITION *pos, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = need_buffer( reader, error ))) return hr;
    if (!pos) return ws_fail( error, E_INVALIDARG, "No place to store the position was given." );
    pos->buffer = reader->buffer;
    pos->node = reader->tree_node;
    return S_OK;
}

HRESULT reader_set_position( WS_XML_READER *reader, const WS_XML_NODE_POSITION *pos, WS_ERROR *error )
{
    struct xml_node *node;
    HRESULT hr;

    if ((hr = can_move( reader, error ))) return hr;
    if (!pos || !pos->node || pos->buffer != reader->buffer)
        return ws_fail( error, E_INVALIDARG, "The position is not one in the XML buffer of the reader." );
    node = pos->node;
    if (node->flags & XML_NODE_REMOVED)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The node of the position was removed from the XML buffer." );
    set_tree_node( reader, node );
    return S_OK;
}

HRESULT reader_move( WS_XML_READER *reader, WS_MOVE_TO to, BOOL *found, WS_ERROR *error )
{
    struct xml_node *node;
    HRESULT hr;

    if ((hr = can_move( reader, error )) || (hr = check_place( reader, error ))) return hr;
    if ((ULONG)to > WS_MOVE_TO_CHILD_NODE) return ws_fail( error, E_INVALIDARG, "%u is not a way to move.", to );
    node = node_move( reader->tree_node, to );
    if (found) *found = node != NULL;
    else if (!node) return ws_fail( error, WS_E_INVALID_FORMAT, "There is no node in the direction %u.", to );
    if (node) set_tree_node( reader, node );
    return S_OK;
}

/* --- copies -------------------------------------------------------------------------------------------------------- */

static HRESULT copy_attribute( WS_HEAP *heap, const WS_XML_ATTRIBUTE *src, WS_XML_ATTRIBUTE *dst, WS_ERROR *error )
{
    dst->singleQuote = src->singleQuote;
    dst->isXmlNs = src->isXmlNs;
    if (!(dst->prefix = (WS_XML_STRING *)tree_string( heap, src->prefix, error )) ||
        !(dst->localName = (WS_XML_STRING *)tree_string( heap, src->localName, error )) ||
        !(dst->ns = (WS_XML_STRING *)tree_string( heap, src->ns, error ))) return heap_failure( heap );
    if (src->isXmlNs)
    {
        dst->value = (WS_XML_TEXT *)&xml_empty_text.text;
        return S_OK;
    }
    return text_dup( src->value, heap, &dst->value, error );
}

static HRESULT copy_element( WS_HEAP *heap, const WS_XML_ELEMENT_NODE *src, WS_XML_ELEMENT_NODE *dst, WS_ERROR *error )
{
    WS_XML_ATTRIBUTE *attrs;
    HRESULT hr;
    ULONG i;

    if (!(dst->prefix = (WS_XML_STRING *)tree_string( heap, src->prefix, error )) ||
        !(dst->localName = (WS_XML_STRING *)tree_string( heap, src->localName, error )) ||
        !(dst->ns = (WS_XML_STRING *)tree_string( heap, src->ns, error ))) return heap_failure( heap );
    dst->isEmpty = src->isEmpty;
    if (!src->attributeCount) return S_OK;
    if (!(dst->attributes = heap_alloc( heap, src->attributeCount * sizeof(*dst->attributes), error )) ||
        !(attrs = heap_alloc( heap, src->attributeCount * sizeof(*attrs), error ))) return heap_failure( heap );
    for (i = 0; i < src->attributeCount; i++)
    {
        if ((hr = copy_attribute( heap, src->attributes[i], &attrs[i], error ))) return hr;
        dst->attributes[i] = &attrs[i];
    }
    dst->attributeCount = src->attributeCount;
    return S_OK;
}

/* Appends a copy of the reader's node to *parent, which follows starts and ends. */
static HRESULT copy_node( WS_XML_READER *reader, WS_XML_BUFFER *buffer, struct xml_node **parent, WS_ERROR *error )
{
    const WS_XML_NODE *src = reader->node;
    struct xml_node *node;
    HRESULT hr;

    if (src->nodeType == WS_XML_NODE_TYPE_END_ELEMENT || src->nodeType == WS_XML_NODE_TYPE_END_CDATA)
    {
        *parent = (*parent)->parent;
        return S_OK;
    }
    if (!(node = node_create( buffer, src->nodeType, error ))) return heap_failure( buffer->heap );
    switch (src->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:
        hr = copy_element( buffer->heap, (const WS_XML_ELEMENT_NODE *)src, &node->u.element, error );
        break;
    case WS_XML_NODE_TYPE_TEXT:
        hr = text_dup( ((const WS_XML_TEXT_NODE *)src)->text, buffer->heap, &node->u.text.text, error );
        break;
    case WS_XML_NODE_TYPE_COMMENT:
        hr = xmlstr_dup( buffer->heap, &((const WS_XML_COMMENT_NODE *)src)->value, &node->u.comment.value, error );
        break;
    default:
        hr = S_OK;
        break;
    }
    if (hr) return hr;
    node_append( *parent, node );
    if (node->last) *parent = node;
    return S_OK;
}

HRESULT reader_copy_to_buffer( WS_XML_READER *reader, WS_XML_BUFFER *buffer, WS_ERROR *error )
{
    struct xml_node *parent = &buffer->root;
    HRESULT hr;

    do
    {
        if ((hr = copy_node( reader, buffer, &parent, error )) || (hr = reader_read_node( reader, error ))) return hr;
    } while (parent != &buffer->root);
    return S_OK;
}

HRESULT reader_read_xml_buffer( WS_XML_READER *reader, WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error )
{
    WS_XML_NODE_TYPE type = reader->node->nodeType;
    struct xml_node *parent;
    WS_XML_BUFFER *buffer;
    HRESULT hr;

    if (!heap) return ws_fail( error, E_INVALIDARG, "No heap for the XML buffer was given." );
    if (!reader->input || reader->in_attribute ||
        (type != WS_XML_NODE_TYPE_ELEMENT && type != WS_XML_NODE_TYPE_BOF))
        return ws_fail( error, E_FAIL, "An XML buffer can be read from a start element or the beginning of a document only." );
    if (!ret) return ws_fail( error, E_INVALIDARG, "No place to store the XML buffer was given." );
    if ((hr = buffer_create( heap, NULL, 0, &buffer, error ))) return hr;
    parent = &buffer->root;
    if (type == WS_XML_NODE_TYPE_BOF)
    {
        for (;;)
        {
            if ((hr = reader_read_node( reader, error ))) return hr;
            if (reader->node->nodeType == WS_XML_NODE_TYPE_EOF) break;
            if ((hr = copy_node( reader, buffer, &parent, error ))) return hr;
        }
    }
    else if ((hr = reader_copy_to_buffer( reader, buffer, error ))) return hr;
    *ret = buffer;
    return S_OK;
}
