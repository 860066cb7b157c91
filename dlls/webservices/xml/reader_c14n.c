/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Canonical form of what a reader passes.
 *
 * Each node is given to the engine when the reader leaves it, so that the element at which canonicalization was started is part of
 * it and the node at which it ends is not. */

#include "xml/reader_impl.h"
#include "xml/c14n.h"

static HRESULT declare( struct c14n *c14n, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, WS_ERROR *error )
{
    static const WS_XML_STRING no_prefix = { 0, NULL, NULL, 0 };
    return c14n_declare( c14n, prefix ? prefix : &no_prefix, ns, error );
}

/* What is in scope before the current node, outermost first. */
static HRESULT declare_scope( WS_XML_READER *reader, struct c14n *c14n, WS_ERROR *error )
{
    ULONG count = reader->ns.count, i;
    HRESULT hr;

    if (reader->depth && reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT) count = reader->open[reader->depth - 1].ns_mark;
    for (i = 0; i < count; i++)
        if ((hr = declare( c14n, &reader->ns.bindings[i].prefix, &reader->ns.bindings[i].ns, error ))) return hr;
    return S_OK;
}

static HRESULT declare_attributes( const WS_XML_ELEMENT_NODE *elem, struct c14n *c14n, WS_ERROR *error )
{
    HRESULT hr;
    ULONG i;

    for (i = 0; i < elem->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attr = elem->attributes[i];
        if (attr->isXmlNs && (hr = declare( c14n, attr->prefix, attr->ns, error ))) return hr;
    }
    return S_OK;
}

static HRESULT declare_ancestors( WS_XML_READER *reader, struct c14n *c14n, WS_ERROR *error )
{
    const struct xml_node *node, **ancestors;
    ULONG count = 0, i = 0;
    HRESULT hr = S_OK;

    for (node = reader->tree_node->parent; node; node = node->parent) count++;
    if (!count) return S_OK;
    if (!(ancestors = mem_alloc( count * sizeof(*ancestors) )))
        return ws_fail( error, E_OUTOFMEMORY, "No memory for the ancestors of a node." );
    for (node = reader->tree_node->parent; node; node = node->parent) ancestors[i++] = node;
    while (i-- && !hr)
        if (ancestors[i]->u.node.nodeType == WS_XML_NODE_TYPE_ELEMENT)
            hr = declare_attributes( &ancestors[i]->u.element, c14n, error );
    mem_free( ancestors );
    return hr;
}

HRESULT reader_start_canonicalization( WS_XML_READER *reader, WS_WRITE_CALLBACK write, void *state,
                                       const WS_XML_CANONICALIZATION_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    struct c14n *c14n;
    HRESULT hr;

    if (!write) return ws_fail( error, E_INVALIDARG, "No write callback was given." );
    if (!reader->input) return ws_fail( error, WS_E_INVALID_OPERATION, "The reader has no input." );
    if (reader->c14n) return ws_fail( error, WS_E_INVALID_OPERATION, "The canonicalization was started already." );
    if (reader->in_attribute) return ws_fail( error, WS_E_INVALID_OPERATION, "The reader is in an attribute." );
    if ((hr = c14n_create( props, count, write, state, reader->node->nodeType == WS_XML_NODE_TYPE_BOF, &c14n, error ))) return hr;
    hr = reader->input == READER_TREE ? declare_ancestors( reader, c14n, error ) : declare_scope( reader, c14n, error );
    if (hr)
    {
        c14n_free( c14n );
        return hr;
    }
    reader->c14n = c14n;
    reader->c14n_passed = FALSE;
    reader->c14n_carry = 0;
    return S_OK;
}

/* --- bytes --------------------------------------------------------------------------------------------------------- */

/* A base64 text may come in pieces; what is not a whole group of three bytes waits for the next one. */
static HRESULT pass_bytes( WS_XML_READER *reader, const WS_XML_BASE64_TEXT *text, WS_ERROR *error )
{
    const BYTE *p = text->bytes, *end = p + text->length;
    BYTE bytes[384], chars[512];
    ULONG len;
    HRESULT hr;

    for (;;)
    {
        len = reader->c14n_carry;
        memcpy( bytes, reader->c14n_bytes, len );
        while (len < sizeof(bytes) && p < end) bytes[len++] = *p++;
        reader->c14n_carry = len % 3;
        len -= reader->c14n_carry;
        memcpy( reader->c14n_bytes, bytes + len, reader->c14n_carry );
        if (!len) return S_OK;
        if ((hr = c14n_chars( reader->c14n, chars, format_base64( bytes, len, chars ), error ))) return hr;
    }
}

static HRESULT flush_bytes( WS_XML_READER *reader, WS_ERROR *error )
{
    BYTE chars[4];
    ULONG len = reader->c14n_carry;

    if (!len) return S_OK;
    reader->c14n_carry = 0;
    return c14n_chars( reader->c14n, chars, format_base64( reader->c14n_bytes, len, chars ), error );
}

static HRESULT pass_node( WS_XML_READER *reader, WS_ERROR *error )
{
    const WS_XML_TEXT *text = NULL;
    HRESULT hr;

    if (reader->node->nodeType == WS_XML_NODE_TYPE_TEXT) text = ((const WS_XML_TEXT_NODE *)reader->node)->text;
    if (text && text->textType == WS_XML_TEXT_TYPE_BASE64)
        return pass_bytes( reader, (const WS_XML_BASE64_TEXT *)text, error );
    if ((hr = flush_bytes( reader, error ))) return hr;
    return c14n_node( reader->c14n, reader->node, error );
}

HRESULT reader_end_canonicalization( WS_XML_READER *reader, WS_ERROR *error )
{
    HRESULT hr;

    if (!reader->c14n) return ws_fail( error, WS_E_INVALID_OPERATION, "The canonicalization was not started." );
    if (c14n_depth( reader->c14n ))
        return ws_fail( error, WS_E_INVALID_OPERATION, "The canonicalization has to end at the depth where it was started, "
                        "not %u elements deeper.", c14n_depth( reader->c14n ) );
    if (!(hr = flush_bytes( reader, error ))) hr = c14n_end( reader->c14n, error );
    c14n_free( reader->c14n );
    reader->c14n = NULL;
    return hr;
}

HRESULT c14n_read_node( WS_XML_READER *reader, WS_ERROR *error )
{
    HRESULT hr;

    /* a node that could not be left for want of data is not given twice */
    if (!reader->c14n_passed && (hr = pass_node( reader, error ))) return hr;
    reader->c14n_passed = TRUE;
    if ((hr = reader->read( reader, error ))) return hr;
    reader->c14n_passed = FALSE;
    return S_OK;
}

void c14n_close( WS_XML_READER *reader )
{
    if (reader->c14n) c14n_free( reader->c14n );
    reader->c14n = NULL;
}
