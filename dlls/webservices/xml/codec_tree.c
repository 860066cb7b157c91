/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing into an XML buffer: the tree grows in front of writer->pos. A start tag becomes a node of the tree when it ends. */

#include "xml/writer_impl.h"

static HRESULT heap_error( const WS_XML_WRITER *w )
{
    return heap_failure( w->buffer->heap );
}

/* Documented: what depends on a node that was removed fails until the writer is given another position. */
static HRESULT check_place( const WS_XML_WRITER *w, WS_ERROR *error )
{
    if (!(w->pos->flags & XML_NODE_REMOVED)) return S_OK;
    return ws_fail( error, WS_E_INVALID_OPERATION, "The node the writer is at was removed from the XML buffer." );
}

static HRESULT insert( WS_XML_WRITER *w, struct xml_node *node, WS_ERROR *error )
{
    struct xml_node *parent = w->pos->parent;
    HRESULT hr;

    if ((hr = check_place( w, error ))) return hr;
    node_insert_before( w->pos, node );
    if (parent->u.node.nodeType == WS_XML_NODE_TYPE_ELEMENT) parent->u.element.isEmpty = FALSE;
    w->buffer->version++;
    return S_OK;
}

/* ---- strings ---- */

const WS_XML_STRING *tree_shared_ns( const WS_XML_WRITER *w, const WS_XML_STRING *ns )
{
    const struct writer_element *element;
    ULONG i;

    if (!ns->length) return &xml_empty_text.value;
    for (element = w->element; element; element = element->parent)
    {
        const WS_XML_ELEMENT_NODE *node = &element->node->u.element;
        for (i = 0; i < node->attributeCount; i++)
            if (node->attributes[i]->isXmlNs && node->attributes[i]->ns->bytes == ns->bytes &&
                node->attributes[i]->ns->length == ns->length)
                return node->attributes[i]->ns;
    }
    return NULL;
}

/* Namespaces in scope are strings of the tree already. */
static WS_XML_STRING *make_ns( WS_XML_WRITER *w, const WS_XML_STRING *ns, WS_ERROR *error )
{
    const WS_XML_STRING *ret = tree_shared_ns( w, ns );
    return (WS_XML_STRING *)(ret ? ret : tree_string( w->buffer->heap, ns, error ));
}

static WS_XML_STRING *make_string( WS_XML_WRITER *w, const WS_XML_STRING *str, WS_ERROR *error )
{
    return (WS_XML_STRING *)tree_string( w->buffer->heap, str, error );
}

/* ---- start tags ---- */

static HRESULT start_element( WS_XML_WRITER *w, WS_ERROR *error )
{
    struct writer_element *element = w->element;
    struct xml_node *node;

    if (!(node = node_create( w->buffer, WS_XML_NODE_TYPE_ELEMENT, error ))) return heap_error( w );
    element->node = node;
    node->u.element.prefix = make_string( w, &element->prefix, error );
    node->u.element.localName = make_string( w, &element->name, error );
    return node->u.element.prefix && node->u.element.localName ? S_OK : heap_error( w );
}

static HRESULT start_attribute( WS_XML_WRITER *w, WS_ERROR *error )
{
    (void)w; (void)error;
    return S_OK;
}

/* The text of a value that was written in pieces. */
static HRESULT end_attribute( WS_XML_WRITER *w, WS_ERROR *error )
{
    struct writer_attr *attr = w->attr;
    WS_XML_UTF8_TEXT utf8 = { { WS_XML_TEXT_TYPE_UTF8 }, { w->acc.size, w->acc.data, NULL, 0 } };
    WS_XML_UTF16_TEXT utf16 = { { WS_XML_TEXT_TYPE_UTF16 }, w->acc.data, w->acc.size };
    WS_XML_BASE64_TEXT base64 = { { WS_XML_TEXT_TYPE_BASE64 }, w->acc.data, w->acc.size };
    const WS_XML_TEXT *text;

    if (attr->value) return S_OK;
    if (w->acc.size > ~0u) return ws_fail( error, WS_E_QUOTA_EXCEEDED, "An attribute value is longer than 4 GB." );
    if (attr->type == WS_XML_TEXT_TYPE_UTF16) text = &utf16.text;
    else if (attr->type == WS_XML_TEXT_TYPE_BASE64) text = &base64.text;
    else text = &utf8.text;
    return text_dup( text, w->buffer->heap, &attr->value, error );
}

static HRESULT xmlns( WS_XML_WRITER *w, const struct ns_binding *binding, BOOL single_quote, WS_ERROR *error )
{
    (void)w; (void)binding; (void)single_quote; (void)error;
    return S_OK;    /* end_start makes nodes of the declarations */
}

static WS_XML_ATTRIBUTE *make_attribute( WS_XML_WRITER *w, const struct writer_attr *src, WS_ERROR *error )
{
    WS_XML_ATTRIBUTE *attr;

    if (src->existing) return src->existing;
    if (!(attr = heap_zalloc( w->buffer->heap, sizeof(*attr), error ))) return NULL;
    attr->singleQuote = src->single_quote;
    attr->prefix = make_string( w, &src->prefix, error );
    attr->localName = make_string( w, &src->name, error );
    attr->ns = make_ns( w, &src->ns, error );
    attr->value = src->value;
    return attr->prefix && attr->localName && attr->ns ? attr : NULL;
}

/* The strings of the binding become those of the tree, which live longer, so that names below share them. */
static WS_XML_ATTRIBUTE *make_declaration( WS_XML_WRITER *w, const struct writer_decl *decl, WS_ERROR *error )
{
    struct ns_binding *binding = &w->scope.bindings[decl->binding];
    WS_XML_ATTRIBUTE *attr;

    if (!(attr = heap_zalloc( w->buffer->heap, sizeof(*attr), error ))) return NULL;
    attr->singleQuote = decl->single_quote;
    attr->isXmlNs = TRUE;
    attr->localName = (WS_XML_STRING *)&name_xmlns;
    attr->value = (WS_XML_TEXT *)&xml_empty_text;
    if (!(attr->prefix = make_string( w, &binding->prefix, error )) || !(attr->ns = make_string( w, &binding->ns, error )))
        return NULL;
    if (binding->prefix.length) binding->prefix.bytes = attr->prefix->bytes;
    binding->ns = *attr->ns;
    return attr;
}

/* All attributes of the element: first those that it had, then the others, then the declarations. */
static HRESULT make_attributes( WS_XML_WRITER *w, WS_XML_ELEMENT_NODE *node, WS_ERROR *error )
{
    WS_XML_ATTRIBUTE **list, **old = node->attributes;
    ULONG old_count = node->attributeCount, i, n, state = 0, attrs = 0, decls = 0;
    const struct writer_decl *decl;

    for (i = 0; i < w->attr_count; i++) if (!w->attrs[i].existing) attrs++;
    for (i = 0; i < w->decl_count; i++) if (!w->decls[i].existing) decls++;
    if (!attrs && !decls) return S_OK;
    if (!(list = heap_alloc( w->buffer->heap, (SIZE_T)(old_count + attrs + decls) * sizeof(*list), error )))
        return heap_error( w );
    for (n = 0; n < old_count; n++) list[n] = old[n];
    /* the names of the attributes share the strings of the declarations: these come first, though their place is last */
    for (n = old_count + attrs; (decl = writer_decl( w, &state )); n++)
        if (!(list[n] = make_declaration( w, decl, error ))) return heap_error( w );
    node->attributes = list + old_count + attrs;
    node->attributeCount = decls;
    for (i = 0, n = old_count; i < w->attr_count; i++)
    {
        if (w->attrs[i].existing) continue;
        if (!(list[n++] = make_attribute( w, &w->attrs[i], error ))) return heap_error( w );
    }
    node->attributes = list;
    node->attributeCount = old_count + attrs + decls;
    return S_OK;
}

static HRESULT end_start( WS_XML_WRITER *w, BOOL empty, WS_ERROR *error )
{
    struct writer_element *element = w->element;
    struct xml_node *node = element->node;
    const struct ns_binding *binding;
    HRESULT hr;

    if ((hr = make_attributes( w, &node->u.element, error ))) return hr;
    if (element->flags & ELEMENT_REOPENED)
    {
        w->buffer->version++;
        return S_OK;
    }
    binding = ns_find( &w->scope, element->prefix.bytes, element->prefix.length );
    if (!(node->u.element.ns = make_ns( w, &binding->ns, error ))) return heap_error( w );
    element->ns = binding->ns;
    node->u.element.isEmpty = empty;
    if ((hr = insert( w, node, error ))) return hr;
    if (!empty) w->pos = node->last;
    return S_OK;
}

static HRESULT end_element( WS_XML_WRITER *w, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = check_place( w, error ))) return hr;
    w->pos = w->element->node->next;
    return S_OK;
}

static ULONG close_size( const struct writer_element *element )
{
    (void)element;
    return 0;
}

/* ---- texts ---- */

static HRESULT check_units( const WCHAR *chars, ULONG count, WS_ERROR *error )
{
    ULONG size, i;
    HRESULT hr;

    if ((hr = utf16_to_utf8_size( chars, count, &size, error ))) return hr;
    for (i = 0; i < count; i++)
        if (chars[i] >= 0xfffe || (chars[i] < 0x20 && !is_xml_space( chars[i] )))
            return ws_fail( error, WS_E_INVALID_FORMAT, "A text has a character at offset %u that XML does not allow.", i );
    return S_OK;
}

static HRESULT check_text( const WS_XML_TEXT *text, WS_ERROR *error )
{
    const WCHAR *chars;
    WCHAR *copy;
    ULONG size;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_UTF8)
    {
        const WS_XML_STRING *value = &((const WS_XML_UTF8_TEXT *)text)->value;
        if ((size = xml_valid_prefix( value->bytes, value->length )) == value->length) return S_OK;
        return ws_fail( error, WS_E_INVALID_FORMAT, "A text has a character at offset %u that XML does not allow.", size );
    }
    if (text->textType == WS_XML_TEXT_TYPE_DATETIME)
        return datetime_check( &((const WS_XML_DATETIME_TEXT *)text)->value, error );
    if (text->textType != WS_XML_TEXT_TYPE_UTF16) return S_OK;
    if ((hr = text_utf16_units( (const WS_XML_UTF16_TEXT *)text, &chars, &copy, error ))) return hr;
    hr = check_units( chars, ((const WS_XML_UTF16_TEXT *)text)->byteCount / sizeof(WCHAR), error );
    mem_free( copy );
    return hr;
}

static HRESULT attribute_text( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error )
{
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
    {
        const WS_XML_STRING *value = &((const WS_XML_UTF8_TEXT *)text)->value;
        return bytes_append( &w->acc, value->bytes, value->length, error );
    }
    case WS_XML_TEXT_TYPE_UTF16:
        return bytes_append( &w->acc, ((const WS_XML_UTF16_TEXT *)text)->bytes, ((const WS_XML_UTF16_TEXT *)text)->byteCount, error );
    case WS_XML_TEXT_TYPE_BASE64:
        return bytes_append( &w->acc, ((const WS_XML_BASE64_TEXT *)text)->bytes, ((const WS_XML_BASE64_TEXT *)text)->length, error );
    default:
        return text_dup( text, w->buffer->heap, &w->attr->value, error );
    }
}

static HRESULT text( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error )
{
    struct xml_node *node;
    HRESULT hr;

    if ((hr = check_text( text, error ))) return hr;
    if (w->state == WRITER_ATTRIBUTE) return attribute_text( w, text, error );
    if (!(node = node_create( w->buffer, WS_XML_NODE_TYPE_TEXT, error ))) return heap_error( w );
    if ((hr = text_dup( text, w->buffer->heap, &node->u.text.text, error ))) return hr;
    return insert( w, node, error );
}

static HRESULT chars( WS_XML_WRITER *w, const BYTE *chars, ULONG count, WS_ERROR *error )
{
    WS_XML_UTF8_TEXT utf8 = { { WS_XML_TEXT_TYPE_UTF8 }, { count, (BYTE *)chars, NULL, 0 } };
    return text( w, &utf8.text, error );
}

static HRESULT bytes( WS_XML_WRITER *w, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    WS_XML_BASE64_TEXT base64 = { { WS_XML_TEXT_TYPE_BASE64 }, (BYTE *)bytes, count };
    return text( w, &base64.text, error );
}

static HRESULT start_cdata( WS_XML_WRITER *w, WS_ERROR *error )
{
    struct xml_node *node;
    HRESULT hr;

    if (!(node = node_create( w->buffer, WS_XML_NODE_TYPE_CDATA, error ))) return heap_error( w );
    if ((hr = insert( w, node, error ))) return hr;
    w->pos = node->last;
    return S_OK;
}

static HRESULT end_cdata( WS_XML_WRITER *w, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = check_place( w, error ))) return hr;
    w->pos = w->pos->parent->next;
    return S_OK;
}

static HRESULT comment( WS_XML_WRITER *w, const WS_XML_STRING *value, WS_ERROR *error )
{
    struct xml_node *node;
    HRESULT hr;

    if (!(node = node_create( w->buffer, WS_XML_NODE_TYPE_COMMENT, error ))) return heap_error( w );
    if ((hr = xmlstr_dup( w->buffer->heap, value, &node->u.comment.value, error ))) return hr;
    return insert( w, node, error );
}

static HRESULT array( WS_XML_WRITER *w, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type,
                      const BYTE *items, ULONG count, WS_ERROR *error )
{
    (void)w; (void)name; (void)ns; (void)type; (void)items; (void)count; (void)error;
    return S_FALSE;
}

const struct writer_codec tree_codec =
{
    start_element, start_attribute, end_attribute, xmlns, end_start, end_element, text, chars, bytes, start_cdata,
    end_cdata, comment, array, close_size, TRUE
};
