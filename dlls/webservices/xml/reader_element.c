/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening and closing elements: namespaces, unique attributes, quotas. Text and binary share this. */

#include "xml/reader_impl.h"
#include "xml/text.h"

HRESULT reader_grow_slot( WS_XML_READER *reader, struct element_slot *slot, ULONG count, WS_ERROR *error )
{
    ULONG size = slot->attr_size ? slot->attr_size * 2 : 8, i;
    struct reader_attr *attrs;
    WS_XML_ATTRIBUTE **ptrs;

    if (count >= reader->props.max_attributes)
        return XML_FAIL( reader, reader->pos, error, WS_E_QUOTA_EXCEEDED,
                         "The element has more than the %u attributes that are allowed.", reader->props.max_attributes );
    if (count < slot->attr_size) return S_OK;
    if (size > 0x1000000 || !(attrs = mem_realloc( slot->attrs, size * sizeof(*attrs) )))
        return ws_fail( error, E_OUTOFMEMORY, "No memory for %u attributes.", size );
    slot->attrs = attrs;
    for (i = 0; i < slot->attr_size; i++)   /* the array has moved: what points into it follows */
    {
        attrs[i].attr.prefix = &attrs[i].prefix;
        attrs[i].attr.localName = &attrs[i].local;
        attrs[i].attr.ns = &attrs[i].ns;
        attrs[i].attr.value = &attrs[i].value.text;
        if (slot->attr_ptrs) slot->attr_ptrs[i] = &attrs[i].attr;
    }
    if (!(ptrs = mem_realloc( slot->attr_ptrs, size * sizeof(*ptrs) )))
        return ws_fail( error, E_OUTOFMEMORY, "No memory for %u attributes.", size );
    slot->attr_ptrs = ptrs;
    for (; i < size; i++)
    {
        memset( &attrs[i], 0, sizeof(attrs[i]) );
        attrs[i].attr.prefix = &attrs[i].prefix;
        attrs[i].attr.localName = &attrs[i].local;
        attrs[i].attr.ns = &attrs[i].ns;
        attrs[i].attr.value = &attrs[i].value.text;
        ptrs[i] = &attrs[i].attr;
    }
    slot->attr_size = size;
    return S_OK;
}

void *reader_scratch( WS_XML_READER *reader, SIZE_T size )
{
    return mem_stack_alloc( reader->in_array ? &reader->stack : &reader->scratch[!reader->scratch_index], size );
}

static BOOL in_scratch( const struct mem_stack *stack, const BYTE *bytes )
{
    const struct mem_chunk *chunk;
    for (chunk = stack->top; chunk; chunk = chunk->prev)
        if (bytes >= (const BYTE *)(chunk + 1) && bytes < (const BYTE *)(chunk + 1) + chunk->size) return TRUE;
    return FALSE;
}

HRESULT reader_keep( WS_XML_READER *reader, WS_XML_STRING *str, WS_ERROR *error )
{
    BYTE *copy;

    if (!str->length || (str->dictionary && !is_inline_string( str ))) return S_OK;   /* dictionaries stay */
    if (LIKELY( !reader->copy_names && !in_scratch( &reader->scratch[!reader->scratch_index], str->bytes ) )) return S_OK;
    if (!(copy = mem_stack_alloc( &reader->stack, str->length )))
        return ws_fail( error, E_OUTOFMEMORY, "No memory for a name of %u bytes.", str->length );
    memcpy( copy, str->bytes, str->length );
    str->bytes = copy;
    return S_OK;
}

/* The characters of a typed text of binary XML, in scratch memory. */
static HRESULT lexical_value( WS_XML_READER *reader, const WS_XML_TEXT *text, WS_XML_STRING *value, WS_ERROR *error )
{
    BYTE bounded[XML_TEXT_SCRATCH], *copy;
    WS_HEAP *heap = NULL;
    HRESULT hr;

    if (!text_is_bounded( text ) && (hr = heap_create( ~(SIZE_T)0, 0, NULL, 0, &heap, error ))) return hr;
    if (!(hr = text_to_utf8( text, heap, bounded, value, error )))
    {
        if (!(copy = reader_scratch( reader, value->length + 1 )))
            hr = ws_fail( error, E_OUTOFMEMORY, "No memory for an attribute in scope." );
        else if (value->length) memcpy( copy, value->bytes, value->length );
        value->bytes = copy;
    }
    if (heap) heap_free( heap );
    return hr;
}

HRESULT reader_note_xml_attr( WS_XML_READER *reader, const struct reader_attr *attr, WS_ERROR *error )
{
    struct xml_attr *entry;
    HRESULT hr;

    if (reader->xml_attr_count == reader->xml_attr_size)
    {
        ULONG size = reader->xml_attr_size ? reader->xml_attr_size * 2 : 4;
        if (!(entry = mem_realloc( reader->xml_attrs, size * sizeof(*entry) )))
            return ws_fail( error, E_OUTOFMEMORY, "No memory for %u attributes in scope.", size );
        reader->xml_attrs = entry;
        reader->xml_attr_size = size;
    }
    entry = &reader->xml_attrs[reader->xml_attr_count];
    entry->name = attr->local;
    if (attr->value.text.textType == WS_XML_TEXT_TYPE_UTF8) entry->value = attr->value.utf8.value;
    else if ((hr = lexical_value( reader, &attr->value.text, &entry->value, error ))) return hr;
    if ((hr = reader_keep( reader, &entry->name, error )) || (hr = reader_keep( reader, &entry->value, error ))) return hr;
    reader->xml_attr_count++;
    return S_OK;
}

/* --- declarations -------------------------------------------------------------------------------------------------- */

static HRESULT check_declaration( WS_XML_READER *reader, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                                  const BYTE *start, WS_ERROR *error )
{
    if (prefix->length && !ns->length)
        return XML_FAIL( reader, start, error, WS_E_INVALID_FORMAT, "The prefix '%.*s' can't be bound to no namespace.",
                         XMLSTR_ARG( prefix ) );
    /* both reserved prefixes and namespaces have characteristic lengths */
    if (UNLIKELY( prefix->length == 5 || prefix->length == 3 || ns->length == 36 || ns->length == 29 ))
    {
        if (xmlstr_eq( prefix, &ns_xmlns.prefix ) || xmlstr_eq( ns, &ns_xmlns.ns ) ||
            xmlstr_eq( prefix, &ns_xml.prefix ) != xmlstr_eq( ns, &ns_xml.ns ))
            return XML_FAIL( reader, start, error, WS_E_INVALID_FORMAT,
                             "The prefix '%.*s' can't be bound to the namespace '%.*s'.", XMLSTR_ARG( prefix ),
                             XMLSTR_ARG( ns ) );
    }
    return S_OK;
}

static HRESULT declare( WS_XML_READER *reader, struct reader_attr *attr, ULONG mark, const BYTE *start, WS_ERROR *error )
{
    WS_XML_STRING prefix = attr->prefix, ns = attr->ns;
    HRESULT hr;

    if ((hr = check_declaration( reader, &prefix, &ns, start, error ))) return hr;
    if (xmlstr_eq( &prefix, &ns_xml.prefix )) return S_OK;
    if (reader->ns.count >= reader->props.max_namespaces)
        return XML_FAIL( reader, start, error, WS_E_QUOTA_EXCEEDED,
                         "More than the %u namespace declarations that are allowed are in scope.",
                         reader->props.max_namespaces );
    if ((hr = reader_keep( reader, &prefix, error )) || (hr = reader_keep( reader, &ns, error ))) return hr;
    hr = ns_push( &reader->ns, &prefix, &ns, mark );
    if (hr == S_FALSE)
        return XML_FAIL( reader, start, error, WS_E_INVALID_FORMAT, "The element declares the prefix '%.*s' twice.",
                         XMLSTR_ARG( &prefix ) );
    if (hr) return ws_fail( error, hr, "No memory for a namespace declaration." );
    return S_OK;
}

static HRESULT no_such_prefix( WS_XML_READER *reader, const WS_XML_STRING *prefix, const BYTE *start, WS_ERROR *error )
{
    return XML_FAIL( reader, start, error, WS_E_INVALID_FORMAT, "The prefix '%.*s' is not declared.",
                     XMLSTR_ARG( prefix ) );
}

/* --- attributes ---------------------------------------------------------------------------------------------------- */

static inline BOOL same_attr( const struct reader_attr *a, const struct reader_attr *b )
{
    return a->local.length == b->local.length && a->attr.isXmlNs == b->attr.isXmlNs &&
           xmlstr_eq( &a->local, &b->local ) && (a->attr.isXmlNs ? xmlstr_eq( &a->prefix, &b->prefix ) :
                                                                   xmlstr_eq( &a->ns, &b->ns ));
}

static HRESULT duplicate_attr( WS_XML_READER *reader, const struct reader_attr *attr, const BYTE *start, WS_ERROR *error )
{
    return XML_FAIL( reader, start, error, WS_E_INVALID_FORMAT, "The element has two attributes '%.*s' of the namespace '%.*s'.",
                     XMLSTR_ARG( &attr->local ), XMLSTR_ARG( &attr->ns ) );
}

/* Many attributes: by hash. Attributes of one namespace share its string, which is hashed once for each binding. */
static HRESULT check_unique_hashed( WS_XML_READER *reader, struct element_slot *slot, ULONG count, const BYTE *start,
                                    WS_ERROR *error )
{
    ULONG size = 32, seed = hash_seed(), i, j, *table;
    const BYTE *last_ns = NULL;
    ULONG last_hash = 0;

    while (size < 2 * count) size *= 2;
    if (reader->attr_table_size < size)
    {
        if (!(table = mem_realloc( reader->attr_table, size * sizeof(*table) )))
            return ws_fail( error, E_OUTOFMEMORY, "No memory for %u attributes.", count );
        reader->attr_table = table;
        reader->attr_table_size = size;
    }
    table = reader->attr_table;
    memset( table, 0, size * sizeof(*table) );
    for (i = 0; i < count; i++)
    {
        const struct reader_attr *attr = &slot->attrs[i];
        if (attr->attr.isXmlNs)
        {
            last_ns = NULL;
            last_hash = 0;
        }
        else if (attr->ns.bytes != last_ns)
        {
            const struct ns_binding *binding = ns_find( &reader->ns, attr->prefix.bytes, attr->prefix.length );
            last_ns = attr->ns.bytes;
            if (!binding->ns_hash && binding != &ns_xml && binding != &ns_xmlns && binding != &ns_default_none)
                ((struct ns_binding *)binding)->ns_hash = hash_bytes( attr->ns.bytes, attr->ns.length, seed ) | 1;
            last_hash = attr->ns.length ? binding->ns_hash : 0;
        }
        j = hash_bytes( attr->local.bytes, attr->local.length, seed + last_hash ) & (size - 1);
        for (; table[j]; j = (j + 1) & (size - 1))
            if (same_attr( &slot->attrs[table[j] - 1], attr )) return duplicate_attr( reader, attr, start, error );
        table[j] = i + 1;
    }
    return S_OK;
}

static HRESULT check_unique( WS_XML_READER *reader, struct element_slot *slot, ULONG count, const BYTE *start,
                             WS_ERROR *error )
{
    ULONG i, j;

    if (count > 12) return check_unique_hashed( reader, slot, count, start, error );
    for (i = 1; i < count; i++)
        for (j = 0; j < i; j++)
            if (UNLIKELY( same_attr( &slot->attrs[i], &slot->attrs[j] ) ))
                return duplicate_attr( reader, &slot->attrs[i], start, error );
    return S_OK;
}

static HRESULT resolve_attrs( WS_XML_READER *reader, struct element_slot *slot, ULONG count, const BYTE *start,
                              WS_ERROR *error )
{
    const struct ns_binding *binding;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        struct reader_attr *attr = &slot->attrs[i];
        if (attr->attr.isXmlNs || !attr->prefix.length) continue;
        if (!(binding = ns_find( &reader->ns, attr->prefix.bytes, attr->prefix.length )))
            return no_such_prefix( reader, &attr->prefix, start, error );
        attr->ns = binding->ns;
        if (binding == &ns_xml && (hr = reader_note_xml_attr( reader, attr, error ))) return hr;
    }
    return S_OK;
}

/* --- elements ------------------------------------------------------------------------------------------------------ */

static HRESULT __attribute__((cold)) grow_open( WS_XML_READER *reader, const BYTE *start, WS_ERROR *error )
{
    struct open_element *open;
    ULONG size;

    if (reader->depth >= reader->props.max_depth)
        return XML_FAIL( reader, start, error, WS_E_QUOTA_EXCEEDED,
                         "The document is deeper than the %u elements that are allowed.", reader->props.max_depth );
    if (reader->depth < reader->open_size) return S_OK;
    size = reader->open_size ? reader->open_size * 2 : 16;
    if (size > 0x2000000 || !(open = mem_realloc( reader->open, size * sizeof(*open) )))
        return ws_fail( error, E_OUTOFMEMORY, "No memory for %u nested elements.", size );
    reader->open = open;
    reader->open_size = size;
    return S_OK;
}

HRESULT reader_open_element( WS_XML_READER *reader, struct element_slot *slot, ULONG count, ULONG flags, const BYTE *start,
                             const BYTE *qname, ULONG qname_len, WS_ERROR *error )
{
    const struct ns_binding *binding;
    struct open_element *open;
    WS_XML_STRING name;
    HRESULT hr;
    ULONG i;

    if (UNLIKELY( reader->depth >= reader->open_size || reader->depth >= reader->props.max_depth ) &&
        (hr = grow_open( reader, start, error ))) return hr;
    open = &reader->open[reader->depth];
    open->ns_mark = reader->ns.count;
    open->xml_attr_mark = reader->xml_attr_count;
    open->stack_mark = mem_stack_mark( &reader->stack );

    if (UNLIKELY( reader->copy_names ))
    {
        name.length = qname_len;
        name.bytes = (BYTE *)qname;
        name.dictionary = NULL;
        if ((hr = reader_keep( reader, &name, error ))) return hr;
        qname = name.bytes;
    }
    open->qname = qname;
    open->qname_len = qname_len;

    if (flags & ELEMENT_HAS_XMLNS)
        for (i = 0; i < count; i++)
            if (slot->attrs[i].attr.isXmlNs && (hr = declare( reader, &slot->attrs[i], open->ns_mark, start, error )))
                goto failed;

    if (UNLIKELY( !(binding = ns_find( &reader->ns, slot->prefix.bytes, slot->prefix.length )) ))
    {
        hr = no_such_prefix( reader, &slot->prefix, start, error );
        goto failed;
    }
    if (UNLIKELY( binding == &ns_xmlns ))
    {
        hr = XML_FAIL( reader, start, error, WS_E_INVALID_FORMAT, "An element can't have the prefix xmlns." );
        goto failed;
    }
    slot->ns = binding->ns;
    open->prefix = slot->prefix.bytes;
    open->prefix_len = slot->prefix.length;
    open->ns = binding->ns.bytes;
    open->ns_len = binding->ns.length;
    if ((flags & ELEMENT_HAS_PREFIXED) && (hr = resolve_attrs( reader, slot, count, start, error ))) goto failed;
    if (count > 1 && (hr = check_unique( reader, slot, count, start, error ))) goto failed;

    slot->element.attributeCount = count;
    slot->element.attributes = count ? slot->attr_ptrs : NULL;
    reader->slot = slot;
    reader->depth++;
    return S_OK;

failed:
    ns_pop( &reader->ns, open->ns_mark );
    reader->xml_attr_count = open->xml_attr_mark;
    mem_stack_release( &reader->stack, open->stack_mark );
    return hr;
}

enum reader_simple DECLSPEC_HOT reader_read_simple( WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                                                    const WS_XML_STRING **known_ns, const WS_XML_TEXT **text )
{
    const struct open_element *parent;
    enum reader_simple ret;

    if (UNLIKELY( reader->copy_names || reader->c14n || reader->end_pending )) return SIMPLE_UNKNOWN;
    if (reader->read != text_read_node && reader->read != binary_read_node) return SIMPLE_UNKNOWN;
    if (reader->array_left | reader->array_in_item | reader->array_close | reader->piece_left) return SIMPLE_UNKNOWN;
    if (reader->pop_pending)
    {
        reader->pop_pending = FALSE;
        reader_close_element( reader );
    }
    if (UNLIKELY( !reader->depth || reader->depth >= reader->props.max_depth )) return SIMPLE_UNKNOWN;
    parent = &reader->open[reader->depth - 1];
    if (ns != *known_ns)
    {
        if (ns->length != parent->ns_len || (ns->bytes != parent->ns && memcmp( ns->bytes, parent->ns, ns->length )))
            return SIMPLE_UNKNOWN;
        *known_ns = ns;
    }
    reader_begin_node( reader );
    ret = reader->read == text_read_node ? text_read_simple( reader, parent, name )
                                         : binary_read_simple( reader, parent, name );
    *text = &reader->content.text;
    return ret;
}

void reader_close_element( WS_XML_READER *reader )
{
    const struct open_element *open = &reader->open[--reader->depth];

    ns_pop( &reader->ns, open->ns_mark );
    reader->xml_attr_count = open->xml_attr_mark;
    if (UNLIKELY( reader->stack.top != NULL )) mem_stack_release( &reader->stack, open->stack_mark );
}
