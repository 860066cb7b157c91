/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Canonical XML. */

#include "xml/c14n.h"
#include "xml/namespaces.h"
#include "xml/chars.h"
#include "xml/names.h"
#include "xml/text.h"

struct c14n_element
{
    struct c14n_element  *parent;
    struct mem_stack_mark mark;
    ULONG  scope_mark, rendered_mark;
    ULONG  qname_length;
    BYTE  *qname;
};


struct c14n
{
    WS_WRITE_CALLBACK write;
    void  *write_state;
    BYTE  *buf;
    ULONG  buf_size, buf_used;
    BOOL   inclusive, comments;
    WS_XML_STRING *prefixes;            /* that are treated as inclusive */
    ULONG  prefix_count;
    WS_HEAP *heap;                      /* of the properties' strings */
    WS_HEAP *scratch;                   /* of one node */
    WS_XML_QNAME omitted;
    BOOL   has_omitted;
    ULONG  skipping;                    /* depth inside an omitted element */

    struct mem_stack memory;
    struct ns_scope  scope;             /* all declarations */
    struct ns_scope  rendered;          /* what the output has declared */
    struct c14n_element *element;
    ULONG  depth;
    BOOL   at_top;                      /* depth 0 is the top of a document: no text, lines between comments */
    BOOL   root_seen;
    const void **sorted;                /* attributes or declarations of one element */
    ULONG  sorted_size;
};

static HRESULT no_memory( WS_ERROR *error )
{
    return ws_fail( error, E_OUTOFMEMORY, "There is no memory for canonical XML." );
}

/* ---- output ---- */

static HRESULT flush( struct c14n *c, WS_ERROR *error )
{
    WS_BYTES bytes = { c->buf_used, c->buf };
    HRESULT hr;

    if (!c->buf_used) return S_OK;
    c->buf_used = 0;
    hr = c->write( c->write_state, &bytes, 1, NULL, error );
    return hr < 0 ? hr : S_OK;
}

static HRESULT put( struct c14n *c, const void *bytes, ULONG count, WS_ERROR *error )
{
    const BYTE *src = bytes;
    HRESULT hr;

    while (count)
    {
        ULONG n = min( count, c->buf_size - c->buf_used );
        memcpy( c->buf + c->buf_used, src, n );
        c->buf_used += n;
        src += n;
        count -= n;
        if (c->buf_used == c->buf_size && (hr = flush( c, error ))) return hr;
    }
    return S_OK;
}

#define PUT( c, literal, error ) put( c, literal, sizeof(literal) - 1, error )

/* Canonical XML 1.0, 2.3: what is replaced in text nodes and attribute values. */
static HRESULT put_escaped( struct c14n *c, const BYTE *s, ULONG len, BOOL attr, WS_ERROR *error )
{
    ULONG i, start = 0;
    HRESULT hr;

    for (i = 0; i < len; i++)
    {
        const char *entity;
        switch (s[i])
        {
        case '&':  entity = "&amp;"; break;
        case '<':  entity = "&lt;"; break;
        case '>':  entity = attr ? NULL : "&gt;"; break;
        case '"':  entity = attr ? "&quot;" : NULL; break;
        case '\t': entity = attr ? "&#x9;" : NULL; break;
        case '\n': entity = attr ? "&#xA;" : NULL; break;
        case '\r': entity = "&#xD;"; break;
        default:   continue;
        }
        if (!entity) continue;
        if ((hr = put( c, s + start, i - start, error )) || (hr = put( c, entity, strlen( entity ), error ))) return hr;
        start = i + 1;
    }
    return put( c, s + start, len - start, error );
}

/* ---- sorting ---- */

typedef int (*compare_func)( const void *a, const void *b );

static void sift( const void **items, ULONG root, ULONG count, compare_func compare )
{
    const void *item = items[root];

    for (;;)
    {
        ULONG child = 2 * root + 1;
        if (child >= count) break;
        if (child + 1 < count && compare( items[child], items[child + 1] ) < 0) child++;
        if (compare( item, items[child] ) >= 0) break;
        items[root] = items[child];
        root = child;
    }
    items[root] = item;
}

/* Heap sort: never worse than n log n, whatever the document. */
static void sort( const void **items, ULONG count, compare_func compare )
{
    ULONG i;

    for (i = count / 2; i-- > 0; ) sift( items, i, count, compare );
    for (i = count; i-- > 1; )
    {
        const void *last = items[i];
        items[i] = items[0];
        items[0] = last;
        sift( items, 0, i, compare );
    }
}

static int compare_strings( const WS_XML_STRING *a, const WS_XML_STRING *b )
{
    ULONG len = min( a->length, b->length );
    int ret = len ? memcmp( a->bytes, b->bytes, len ) : 0;

    if (ret) return ret;
    return a->length == b->length ? 0 : a->length < b->length ? -1 : 1;
}

static int compare_attributes( const void *a, const void *b )
{
    const WS_XML_ATTRIBUTE *x = a, *y = b;
    int ret = compare_strings( x->ns, y->ns );
    return ret ? ret : compare_strings( x->localName, y->localName );
}

static int compare_bindings( const void *a, const void *b )
{
    return compare_strings( &((const struct ns_binding *)a)->prefix, &((const struct ns_binding *)b)->prefix );
}

static BOOL room_to_sort( struct c14n *c, ULONG count )
{
    const void **sorted;

    if (count <= c->sorted_size) return TRUE;
    if (!(sorted = mem_realloc( c->sorted, count * 2 * sizeof(*sorted) ))) return FALSE;
    c->sorted = sorted;
    c->sorted_size = count * 2;
    return TRUE;
}

/* ---- namespaces ---- */

static BOOL keep( struct c14n *c, const WS_XML_STRING *src, WS_XML_STRING *dst )
{
    *dst = *src;
    if (!src->length)
    {
        dst->bytes = NULL;
        return TRUE;
    }
    if (!(dst->bytes = mem_stack_alloc( &c->memory, src->length ))) return FALSE;
    memcpy( dst->bytes, src->bytes, src->length );
    return TRUE;
}

static HRESULT bind( struct c14n *c, struct ns_scope *scope, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, ULONG mark,
                     WS_ERROR *error )
{
    WS_XML_STRING own_prefix, own_ns;

    if (!keep( c, prefix, &own_prefix ) || !keep( c, ns, &own_ns ) || ns_push( scope, &own_prefix, &own_ns, mark ) < 0)
        return no_memory( error );
    return S_OK;
}

HRESULT c14n_declare( struct c14n *c, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, WS_ERROR *error )
{
    return bind( c, &c->scope, prefix, ns, c->scope.count, error );
}

/* Has the output to declare this for the open element? Then it is remembered as declared. */
static HRESULT render( struct c14n *c, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, WS_ERROR *error )
{
    const struct ns_binding *binding = ns_find( &c->rendered, prefix->bytes, prefix->length );

    if (binding && xmlstr_eq( &binding->ns, ns )) return S_OK;
    return bind( c, &c->rendered, prefix, ns, c->element->rendered_mark, error );
}

static HRESULT render_prefixes( struct c14n *c, WS_ERROR *error )
{
    HRESULT hr;
    ULONG i;

    for (i = 0; i < c->prefix_count; i++)
    {
        const WS_XML_STRING *prefix = &c->prefixes[i];
        const struct ns_binding *binding = ns_find( &c->scope, prefix->bytes, prefix->length );
        if (binding && (hr = render( c, &binding->prefix, &binding->ns, error ))) return hr;
    }
    return S_OK;
}

/* The inclusive algorithm renders what the element declares, the exclusive one what its names use. */
static HRESULT render_element( struct c14n *c, const WS_XML_ELEMENT_NODE *node, WS_ERROR *error )
{
    HRESULT hr;
    ULONG i;

    if (!c->inclusive && (hr = render( c, node->prefix, node->ns, error ))) return hr;
    for (i = 0; i < node->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attr = node->attributes[i];
        if (attr->isXmlNs ? !c->inclusive : c->inclusive || !attr->prefix->length) continue;
        if ((hr = render( c, attr->prefix, attr->ns, error ))) return hr;
    }
    return c->inclusive ? S_OK : render_prefixes( c, error );
}

static HRESULT put_declarations( struct c14n *c, WS_ERROR *error )
{
    ULONG mark = c->element->rendered_mark, count = c->rendered.count - mark, i;
    HRESULT hr;

    if (!count) return S_OK;
    if (!room_to_sort( c, count )) return no_memory( error );
    for (i = 0; i < count; i++) c->sorted[i] = &c->rendered.bindings[mark + i];
    sort( c->sorted, count, compare_bindings );
    for (i = 0; i < count; i++)
    {
        const struct ns_binding *binding = c->sorted[i];
        if ((hr = PUT( c, " xmlns", error ))) return hr;
        if (binding->prefix.length && ((hr = PUT( c, ":", error )) ||
                                       (hr = put( c, binding->prefix.bytes, binding->prefix.length, error ))))
            return hr;
        if ((hr = PUT( c, "=\"", error )) || (hr = put_escaped( c, binding->ns.bytes, binding->ns.length, TRUE, error )) ||
            (hr = PUT( c, "\"", error )))
            return hr;
    }
    return S_OK;
}

/* ---- elements ---- */

static HRESULT put_attributes( struct c14n *c, const WS_XML_ELEMENT_NODE *node, WS_ERROR *error )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    ULONG i, count = 0;
    HRESULT hr;

    if (!node->attributeCount) return S_OK;
    if (!room_to_sort( c, node->attributeCount )) return no_memory( error );
    for (i = 0; i < node->attributeCount; i++) if (!node->attributes[i]->isXmlNs) c->sorted[count++] = node->attributes[i];
    sort( c->sorted, count, compare_attributes );
    for (i = 0; i < count; i++)
    {
        const WS_XML_ATTRIBUTE *attr = c->sorted[i];
        WS_XML_STRING value = { 0, NULL, NULL, 0 };

        heap_reset( c->scratch );
        if (attr->value && (hr = text_to_utf8( attr->value, text_is_bounded( attr->value ) ? NULL : c->scratch, scratch, &value,
                                               error )))
            return hr;
        if ((hr = PUT( c, " ", error ))) return hr;
        if (attr->prefix->length && ((hr = put( c, attr->prefix->bytes, attr->prefix->length, error )) ||
                                     (hr = PUT( c, ":", error ))))
            return hr;
        if ((hr = put( c, attr->localName->bytes, attr->localName->length, error )) || (hr = PUT( c, "=\"", error )) ||
            (hr = put_escaped( c, value.bytes, value.length, TRUE, error )) || (hr = PUT( c, "\"", error )))
            return hr;
    }
    return S_OK;
}

static HRESULT push( struct c14n *c, const WS_XML_ELEMENT_NODE *node, WS_ERROR *error )
{
    struct mem_stack_mark mark = mem_stack_mark( &c->memory );
    ULONG prefix = node->prefix->length ? node->prefix->length + 1 : 0, i;
    struct c14n_element *element;
    HRESULT hr;

    if (!(element = mem_stack_alloc( &c->memory, sizeof(*element) + prefix + node->localName->length ))) return no_memory( error );
    element->parent = c->element;
    element->mark = mark;
    element->scope_mark = c->scope.count;
    element->rendered_mark = c->rendered.count;
    element->qname = (BYTE *)(element + 1);
    element->qname_length = prefix + node->localName->length;
    if (prefix)
    {
        memcpy( element->qname, node->prefix->bytes, prefix - 1 );
        element->qname[prefix - 1] = ':';
    }
    memcpy( element->qname + prefix, node->localName->bytes, node->localName->length );
    c->element = element;
    c->depth++;
    for (i = 0; i < node->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attr = node->attributes[i];
        if (attr->isXmlNs && (hr = bind( c, &c->scope, attr->prefix, attr->ns, element->scope_mark, error ))) return hr;
    }
    return S_OK;
}

/* At the top of a document a line end stands between the root element and what is beside it. */
static HRESULT put_line( struct c14n *c, BOOL before, WS_ERROR *error )
{
    return c->at_top && !c->depth && c->root_seen == before ? PUT( c, "\n", error ) : S_OK;
}

static HRESULT start_element( struct c14n *c, const WS_XML_ELEMENT_NODE *node, WS_ERROR *error )
{
    HRESULT hr;

    if (c->skipping || (c->has_omitted && xmlstr_eq( node->localName, &c->omitted.localName ) &&
                        xmlstr_eq( node->ns, &c->omitted.ns )))
    {
        c->skipping++;
        return S_OK;
    }
    if (!c->depth) c->root_seen = TRUE;
    if ((hr = push( c, node, error )) || (hr = render_element( c, node, error )) || (hr = PUT( c, "<", error )) ||
        (hr = put( c, c->element->qname, c->element->qname_length, error )) || (hr = put_declarations( c, error )) ||
        (hr = put_attributes( c, node, error )))
        return hr;
    return PUT( c, ">", error );
}

static HRESULT end_element( struct c14n *c, WS_ERROR *error )
{
    struct c14n_element *element = c->element;
    HRESULT hr;

    if (c->skipping)
    {
        c->skipping--;
        return S_OK;
    }
    if (!element) return ws_fail( error, WS_E_INVALID_OPERATION, "An element ends that began before the canonical XML." );
    if ((hr = PUT( c, "</", error )) || (hr = put( c, element->qname, element->qname_length, error )) || (hr = PUT( c, ">", error )))
        return hr;
    c->element = element->parent;
    c->depth--;
    ns_pop( &c->scope, element->scope_mark );
    ns_pop( &c->rendered, element->rendered_mark );
    mem_stack_release( &c->memory, element->mark );
    return S_OK;
}

static HRESULT comment( struct c14n *c, const WS_XML_STRING *value, WS_ERROR *error )
{
    HRESULT hr;

    if (!c->comments || c->skipping) return S_OK;
    if ((hr = put_line( c, TRUE, error )) || (hr = PUT( c, "<!--", error )) || (hr = put( c, value->bytes, value->length, error )) ||
        (hr = PUT( c, "-->", error )))
        return hr;
    return put_line( c, FALSE, error );
}

HRESULT c14n_chars( struct c14n *c, const BYTE *chars, ULONG count, WS_ERROR *error )
{
    if (c->skipping || (c->at_top && !c->depth)) return S_OK;
    return put_escaped( c, chars, count, FALSE, error );
}

static HRESULT text( struct c14n *c, const WS_XML_TEXT *text, WS_ERROR *error )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;
    HRESULT hr;

    heap_reset( c->scratch );
    if ((hr = text_to_utf8( text, text_is_bounded( text ) ? NULL : c->scratch, scratch, &str, error ))) return hr;
    return c14n_chars( c, str.bytes, str.length, error );
}

HRESULT c14n_node( struct c14n *c, const WS_XML_NODE *node, WS_ERROR *error )
{
    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:     return start_element( c, (const WS_XML_ELEMENT_NODE *)node, error );
    case WS_XML_NODE_TYPE_END_ELEMENT: return end_element( c, error );
    case WS_XML_NODE_TYPE_TEXT:        return text( c, ((const WS_XML_TEXT_NODE *)node)->text, error );
    case WS_XML_NODE_TYPE_COMMENT:     return comment( c, &((const WS_XML_COMMENT_NODE *)node)->value, error );
    default:                           return S_OK;
    }
}

/* ---- life ---- */

static HRESULT set_property( struct c14n *c, const WS_XML_CANONICALIZATION_PROPERTY *prop, WS_ERROR *error )
{
    static const ULONG sizes[] =
    {
        [WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM] = sizeof(WS_XML_CANONICALIZATION_ALGORITHM),
        [WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES] = sizeof(WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES),
        [WS_XML_CANONICALIZATION_PROPERTY_OMITTED_ELEMENT] = sizeof(WS_XML_QNAME),
        [WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE] = sizeof(ULONG),
    };
    HRESULT hr;
    ULONG i;

    if (prop->id >= ARRAY_SIZE( sizes ) || !prop->value || prop->valueSize != sizes[prop->id])
        return ws_fail( error, E_INVALIDARG, "Property %u with %u bytes is not one of canonicalization.", prop->id, prop->valueSize );
    switch (prop->id)
    {
    case WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM:
    {
        WS_XML_CANONICALIZATION_ALGORITHM algorithm = *(const WS_XML_CANONICALIZATION_ALGORITHM *)prop->value;
        if (algorithm > WS_INCLUSIVE_WITH_COMMENTS_XML_CANONICALIZATION_ALGORITHM)
            return ws_fail( error, E_INVALIDARG, "%u is not a canonicalization algorithm.", algorithm );
        c->inclusive = algorithm >= WS_INCLUSIVE_XML_CANONICALIZATION_ALGORITHM;
        c->comments = algorithm % 2;
        return S_OK;
    }
    case WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES:
    {
        const WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES *list = prop->value;
        if (list->prefixCount && !list->prefixes) return ws_fail( error, E_INVALIDARG, "The list of prefixes is missing." );
        if (!(c->prefixes = heap_alloc( c->heap, (SIZE_T)list->prefixCount * sizeof(*c->prefixes), error ))) return heap_failure( c->heap );
        for (i = 0; i < list->prefixCount; i++)
        {
            if ((hr = xmlstr_dup( c->heap, &list->prefixes[i], &c->prefixes[i], error ))) return hr;
            if (XMLSTR_IS( &c->prefixes[i], "#default" )) c->prefixes[i].length = 0;    /* its name in XML signatures */
        }
        c->prefix_count = list->prefixCount;
        return S_OK;
    }
    case WS_XML_CANONICALIZATION_PROPERTY_OMITTED_ELEMENT:
    {
        const WS_XML_QNAME *name = prop->value;
        c->has_omitted = TRUE;
        if ((hr = xmlstr_dup( c->heap, &name->localName, &c->omitted.localName, error ))) return hr;
        return xmlstr_dup( c->heap, &name->ns, &c->omitted.ns, error );
    }
    default:
        c->buf_size = *(const ULONG *)prop->value;
        if (!c->buf_size) return ws_fail( error, E_INVALIDARG, "The output buffer of canonicalization can't be empty." );
        return S_OK;
    }
}

HRESULT c14n_create( const WS_XML_CANONICALIZATION_PROPERTY *props, ULONG count, WS_WRITE_CALLBACK write, void *state,
                     BOOL at_top, struct c14n **ret, WS_ERROR *error )
{
    struct c14n *c;
    HRESULT hr;
    ULONG i;

    if (!write) return ws_fail( error, E_INVALIDARG, "Canonicalization needs a callback." );
    if (count && !props) return ws_fail( error, E_INVALIDARG, "%u properties were announced, none given.", count );
    if (!(c = mem_calloc( sizeof(*c) ))) return no_memory( error );
    c->write = write;
    c->write_state = state;
    c->at_top = at_top;
    c->buf_size = 1024;
    if (!(hr = heap_create( ~(SIZE_T)0, 0, NULL, 0, &c->heap, error )))
        hr = heap_create( ~(SIZE_T)0, 1 << 12, NULL, 0, &c->scratch, error );
    for (i = 0; i < count && !hr; i++) hr = set_property( c, &props[i], error );
    if (!hr && c->inclusive && !at_top)
        hr = ws_fail( error, WS_E_INVALID_OPERATION, "Inclusive canonicalization is for whole documents only." );
    if (!hr && !(c->buf = mem_alloc( c->buf_size ))) hr = no_memory( error );
    if (hr) c14n_free( c );
    else *ret = c;
    return hr;
}

void c14n_free( struct c14n *c )
{
    if (c->heap) heap_free( c->heap );
    if (c->scratch) heap_free( c->scratch );
    mem_free( c->buf );
    mem_free( c->sorted );
    ns_free( &c->scope );
    ns_free( &c->rendered );
    mem_stack_free( &c->memory );
    mem_free( c );
}

ULONG c14n_depth( const struct c14n *c )
{
    return c->depth + c->skipping;
}

HRESULT c14n_end( struct c14n *c, WS_ERROR *error )
{
    if (c14n_depth( c ))
        return ws_fail( error, WS_E_INVALID_OPERATION, "Canonicalization can't end inside an element that began after its start." );
    return flush( c, error );
}
