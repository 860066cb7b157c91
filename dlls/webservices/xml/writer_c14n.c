/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Canonical XML of what a writer writes. The texts are seen as they are written; a start tag becomes a node when it ends. */

#include "xml/writer_impl.h"
#include "xml/c14n.h"

HRESULT writer_start_canonicalization( WS_XML_WRITER *w, WS_WRITE_CALLBACK write, void *state,
                                       const WS_XML_CANONICALIZATION_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    struct c14n *c14n;
    HRESULT hr;
    ULONG i;

    if (w->state != WRITER_CONTENT && w->state != WRITER_START_TAG) return writer_bad_state( w, "Canonical XML", error );
    if (w->c14n) return ws_fail( error, WS_E_INVALID_OPERATION, "The writer is producing canonical XML already." );
    if (w->state == WRITER_START_TAG && (hr = writer_close_tag( w, error ))) return writer_done( w, hr );
    if ((hr = c14n_create( props, count, write, state, !w->element && !w->root_seen, &c14n, error ))) return hr;
    for (i = 0; i < w->scope.count; i++)
    {
        const struct ns_binding *binding = &w->scope.bindings[i];
        if (!(hr = c14n_declare( c14n, &binding->prefix, &binding->ns, error ))) continue;
        c14n_free( c14n );
        return hr;
    }
    w->c14n = c14n;
    w->c14n_carry = 0;
    w->slow |= WRITER_SLOW_C14N;
    return S_OK;
}

void writer_drop_canonicalization( WS_XML_WRITER *w )
{
    if (w->c14n) c14n_free( w->c14n );
    w->c14n = NULL;
    w->slow &= ~WRITER_SLOW_C14N;
}

/* Bytes that are not a whole group of base64 yet. */
static HRESULT flush_carry( WS_XML_WRITER *w, WS_ERROR *error )
{
    BYTE group[4];

    if (!w->c14n_carry) return S_OK;
    format_base64( w->c14n_bytes, w->c14n_carry, group );
    w->c14n_carry = 0;
    return c14n_chars( w->c14n, group, 4, error );
}

HRESULT writer_end_canonicalization( WS_XML_WRITER *w, WS_ERROR *error )
{
    HRESULT hr;

    if (!w->c14n) return ws_fail( error, WS_E_INVALID_OPERATION, "The writer is not producing canonical XML." );
    if (w->state == WRITER_START_TAG && (hr = writer_close_tag( w, error ))) return writer_done( w, hr );
    if ((hr = flush_carry( w, error )) || (hr = c14n_end( w->c14n, error ))) return hr;
    writer_drop_canonicalization( w );
    return S_OK;
}

/* ---- texts ---- */

static HRESULT put_bytes( WS_XML_WRITER *w, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    BYTE group[4];
    HRESULT hr;

    while (count--)
    {
        w->c14n_bytes[w->c14n_carry++] = *bytes++;
        if (w->c14n_carry < 3) continue;
        format_base64( w->c14n_bytes, 3, group );
        w->c14n_carry = 0;
        if ((hr = c14n_chars( w->c14n, group, 4, error ))) return hr;
    }
    return S_OK;
}

/* The value of an attribute is kept until the tag ends. */
static HRESULT attribute_chars( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_HEAP *heap = NULL;
    WS_XML_STRING str;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_BASE64)
        return bytes_append( &w->c14n_value, ((const WS_XML_BASE64_TEXT *)text)->bytes,
                             ((const WS_XML_BASE64_TEXT *)text)->length, error );
    if (!text_is_bounded( text ) && (hr = heap_create( ~(SIZE_T)0, 0, NULL, 0, &heap, error ))) return hr;
    if (!(hr = text_to_utf8( text, heap, scratch, &str, error )))
        hr = bytes_append( &w->c14n_value, str.bytes, str.length, error );
    if (heap) heap_free( heap );
    return hr;
}

HRESULT writer_c14n_text( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error )
{
    WS_XML_TEXT_NODE node = { { WS_XML_NODE_TYPE_TEXT }, (WS_XML_TEXT *)text };
    HRESULT hr;

    if (w->state == WRITER_ATTRIBUTE) return attribute_chars( w, text, error );
    if (text->textType == WS_XML_TEXT_TYPE_BASE64)
        return put_bytes( w, ((const WS_XML_BASE64_TEXT *)text)->bytes, ((const WS_XML_BASE64_TEXT *)text)->length, error );
    if ((hr = flush_carry( w, error ))) return hr;
    return c14n_node( w->c14n, &node.node, error );
}

HRESULT writer_c14n_chars( WS_XML_WRITER *w, const BYTE *chars, ULONG count, WS_ERROR *error )
{
    WS_XML_UTF8_TEXT text = { { WS_XML_TEXT_TYPE_UTF8 }, { count, (BYTE *)chars, NULL, 0 } };
    return writer_c14n_text( w, &text.text, error );
}

HRESULT writer_c14n_attribute( WS_XML_WRITER *w, WS_ERROR *error )
{
    struct writer_attr *attr = &w->attrs[w->attr_count - 1];
    SIZE_T size = w->c14n_value.size, text_size = size;
    WS_XML_UTF8_TEXT *text;

    if (attr->type == WS_XML_TEXT_TYPE_BASE64) text_size = (size + 2) / 3 * 4;
    if (!(text = mem_stack_alloc( &w->memory, sizeof(*text) + text_size )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for canonical XML." );
    memset( text, 0, sizeof(*text) );
    text->text.textType = WS_XML_TEXT_TYPE_UTF8;
    text->value.bytes = (BYTE *)(text + 1);
    text->value.length = text_size;
    if (attr->type == WS_XML_TEXT_TYPE_BASE64) format_base64( w->c14n_value.data, size, text->value.bytes );
    else if (size) memcpy( text->value.bytes, w->c14n_value.data, size );
    attr->canonical = &text->text;
    w->c14n_value.size = 0;
    return S_OK;
}

/* ---- tags ---- */

HRESULT writer_c14n_start( WS_XML_WRITER *w, WS_ERROR *error )
{
    struct writer_element *element = w->element;
    WS_XML_ELEMENT_NODE node = { { WS_XML_NODE_TYPE_ELEMENT }, &element->prefix, &element->name, &element->ns, 0, NULL, FALSE };
    ULONG count = w->attr_count + w->decl_count, i, n = 0;
    WS_XML_ATTRIBUTE *attrs;
    HRESULT hr;

    if ((hr = flush_carry( w, error ))) return hr;
    if (!count) return c14n_node( w->c14n, &node.node, error );
    if (!(attrs = mem_calloc( count * (sizeof(*attrs) + sizeof(attrs)) )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for canonical XML." );
    node.attributes = (WS_XML_ATTRIBUTE **)(attrs + count);
    node.attributeCount = count;
    for (i = 0; i < w->attr_count; i++, n++)
    {
        attrs[n].prefix = &w->attrs[i].prefix;
        attrs[n].localName = &w->attrs[i].name;
        attrs[n].ns = &w->attrs[i].ns;
        attrs[n].value = w->attrs[i].canonical;
        node.attributes[n] = &attrs[n];
    }
    for (i = 0; i < w->decl_count; i++, n++)
    {
        struct ns_binding *binding = &w->scope.bindings[w->decls[i].binding];
        attrs[n].isXmlNs = TRUE;
        attrs[n].prefix = &binding->prefix;
        attrs[n].localName = (WS_XML_STRING *)&name_xmlns;
        attrs[n].ns = &binding->ns;
        node.attributes[n] = &attrs[n];
    }
    hr = c14n_node( w->c14n, &node.node, error );
    mem_free( attrs );
    return hr;
}

HRESULT writer_c14n_node( WS_XML_WRITER *w, const WS_XML_NODE *node, WS_ERROR *error )
{
    HRESULT hr = flush_carry( w, error );
    return hr ? hr : c14n_node( w->c14n, node, error );
}

BOOL writer_c14n_at_start( const WS_XML_WRITER *w )
{
    return w->c14n && !c14n_depth( w->c14n );
}
