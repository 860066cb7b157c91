/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading: elements, structs, unions and their fields. The reader stands at a start element when a function for a
 * whole element is called, and behind the end element when it returns. */
#include "serial/types.h"

/* --- memory for arrays under construction ------------------------------------------------------------------------ */

/* The number of items is known only at the end, and the heap has a quota that must not be wasted on arrays that grow.
 * So items are collected in a stack of chunks outside of the heap: an inner array takes what lies above the outer
 * one's and gives it back. Nothing moves, so items are read in place. */
struct scratch_chunk
{
    struct scratch_chunk *prev;
    ULONG size, used;
    UINT64 data[1];
};
#define CHUNK_HEAD offsetof( struct scratch_chunk, data )
#define FIRST_CHUNK 3072

struct item_block
{
    struct item_block *next;
    ULONG count;
    UINT64 data[1];
};

struct item_list
{
    struct item_block *first, *last;
    ULONG total, capacity;      /* items in all blocks, items the last block can hold */
    ULONG size;                 /* of an item */
    struct scratch_chunk *mark;
    ULONG mark_used;
};

static void *scratch_alloc( struct read_ctx *ctx, SIZE_T size )
{
    struct scratch_chunk *chunk = ctx->scratch;
    void *ret;

    size = (size + 7) & ~(SIZE_T)7;
    if (size > chunk->size - chunk->used)
    {
        SIZE_T wanted = 2 * (SIZE_T)chunk->size;
        if (wanted < size) wanted = size;
        if (wanted > 0x7fffffff || !(chunk = mem_alloc( CHUNK_HEAD + wanted ))) return NULL;
        chunk->prev = ctx->scratch;
        chunk->size = wanted;
        chunk->used = 0;
        ctx->scratch = chunk;
    }
    ret = (BYTE *)chunk->data + chunk->used;
    chunk->used += size;
    return ret;
}

static void scratch_release( struct read_ctx *ctx, struct scratch_chunk *mark, ULONG used )
{
    while (ctx->scratch != mark)
    {
        struct scratch_chunk *chunk = ctx->scratch;
        ctx->scratch = chunk->prev;
        mem_free( chunk );
    }
    mark->used = used;
}

static void items_init( struct read_ctx *ctx, struct item_list *list, ULONG size )
{
    memset( list, 0, sizeof(*list) );
    list->size = size;
    list->mark = ctx->scratch;
    list->mark_used = ctx->scratch->used;
}

/* Room for one more item, zeroed. */
static void *items_add( struct read_ctx *ctx, struct item_list *list, HRESULT *hr )
{
    struct item_block *block = list->last;
    BYTE *ret;

    if (!block || block->count == list->capacity)
    {
        SIZE_T count = list->capacity ? 2 * (SIZE_T)list->capacity : 8;
        if (list->size > 128 && !list->capacity) count = 2;
        if (count * list->size > 0x10000000) count = 1;
        if (!(block = scratch_alloc( ctx, offsetof( struct item_block, data ) + count * list->size )))
        {
            *hr = ws_fail( ctx->error, E_OUTOFMEMORY, "There is no memory for %u items.",
                           (unsigned int)list->total + 1 );
            return NULL;
        }
        block->next = NULL;
        block->count = 0;
        if (list->last) list->last->next = block;
        else list->first = block;
        list->last = block;
        list->capacity = count;
    }
    ret = (BYTE *)block->data + (SIZE_T)block->count * list->size;
    memset( ret, 0, list->size );
    block->count++;
    list->total++;
    return ret;
}

/* The array in the heap, which is never NULL (as native). */
static HRESULT items_finish( struct read_ctx *ctx, struct item_list *list, void **array, ULONG *count )
{
    struct item_block *block;
    HRESULT hr = S_OK;
    BYTE *dst;

    if ((SIZE_T)list->total * list->size / (list->size ? list->size : 1) != list->total)
        return ws_fail( ctx->error, WS_E_QUOTA_EXCEEDED, "An array of %u items is too large.",
                        (unsigned int)list->total );
    if (!(dst = ctx_alloc( ctx, (SIZE_T)list->total * list->size, &hr ))) return hr;
    *array = dst;
    *count = list->total;
    for (block = list->first; block; block = block->next)
    {
        memcpy( dst, block->data, (SIZE_T)block->count * list->size );
        dst += (SIZE_T)block->count * list->size;
    }
    return S_OK;
}

/* --- nodes ------------------------------------------------------------------------------------------------------ */

static const WS_XML_ELEMENT_NODE *element_node( const struct read_ctx *ctx )
{
    const WS_XML_NODE *node = reader_node( ctx->reader );
    return node->nodeType == WS_XML_NODE_TYPE_ELEMENT ? (const WS_XML_ELEMENT_NODE *)node : NULL;
}

BOOL at_element( const struct read_ctx *ctx, const WS_XML_STRING *name, const WS_XML_STRING *ns )
{
    const WS_XML_NODE *node = reader_node( ctx->reader );
    const WS_XML_ELEMENT_NODE *elem = (const WS_XML_ELEMENT_NODE *)node;

    return LIKELY( node->nodeType == WS_XML_NODE_TYPE_ELEMENT ) && name_eq( elem->localName, name ) &&
           name_eq( elem->ns, ns );
}

/* WS_E_INVALID_FORMAT with the node at which the reader stands. */
static HRESULT __attribute__((cold)) unexpected( struct read_ctx *ctx, const char *expected, const WS_XML_STRING *name,
                                                 const WS_XML_STRING *ns )
{
    const WS_XML_ELEMENT_NODE *elem = element_node( ctx );
    const WS_XML_NODE *node = reader_node( ctx->reader );
    ULONG row, column;
    HRESULT hr;

    if (elem) hr = ws_fail( ctx->error, WS_E_INVALID_FORMAT,
                            "The element '%.*s' of namespace '%.*s' was not expected here.",
                            XMLSTR_ARG( elem->localName ), XMLSTR_ARG( elem->ns ) );
    else hr = ws_fail( ctx->error, WS_E_INVALID_FORMAT, "%s was not expected here.",
                       node->nodeType == WS_XML_NODE_TYPE_TEXT || node->nodeType == WS_XML_NODE_TYPE_CDATA ? "Text" :
                       node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT ? "The end of the element" : "The end of the document" );
    if (name) ws_fail( ctx->error, hr, "Expected was the %s '%.*s' of namespace '%.*s'.", expected, XMLSTR_ARG( name ),
                       ns ? (int)ns->length : 0, ns ? (const char *)ns->bytes : "" );
    else ws_fail( ctx->error, hr, "Expected was %s.", expected );
    reader_position_text( ctx->reader, &row, &column );
    if (row) ws_fail( ctx->error, hr, "The XML is not as described at line %u, column %u.", (unsigned int)row,
                      (unsigned int)column );
    return hr;
}

HRESULT skip_content( struct read_ctx *ctx )
{
    HRESULT hr;
    for (;;)
    {
        WS_XML_NODE_TYPE type = reader_node( ctx->reader )->nodeType;
        if (type == WS_XML_NODE_TYPE_END_ELEMENT || type == WS_XML_NODE_TYPE_EOF) return S_OK;
        if ((hr = reader_skip_node( ctx->reader, ctx->error ))) return hr;
    }
}

HRESULT read_content_buffer( struct read_ctx *ctx, BOOL empty, WS_XML_BUFFER **ret )
{
    WS_XML_NODE_TYPE type = reader_node( ctx->reader )->nodeType;
    WS_XML_BUFFER *buffer;
    HRESULT hr;

    *ret = NULL;
    if (type == WS_XML_NODE_TYPE_END_ELEMENT && !empty) return S_OK;
    if (!ctx->heap) return ws_fail( ctx->error, E_INVALIDARG, "An XML buffer needs a heap, but none was given." );
    if ((hr = buffer_create( ctx->heap, NULL, 0, &buffer, ctx->error ))) return hr;
    *ret = buffer;
    for (;;)
    {
        type = reader_node( ctx->reader )->nodeType;
        if (type == WS_XML_NODE_TYPE_END_ELEMENT || type == WS_XML_NODE_TYPE_EOF) return S_OK;
        if ((hr = reader_copy_to_buffer( ctx->reader, buffer, ctx->error ))) return hr;
    }
}

/* xsi:nil on the current element. */
static HRESULT is_nil( struct read_ctx *ctx, BOOL *nil )
{
    const WS_XML_ELEMENT_NODE *elem = element_node( ctx );
    const WS_XML_ATTRIBUTE *attr;

    *nil = FALSE;
    if (!elem->attributeCount || !(attr = reader_find( ctx->reader, &name_nil, &ns_xsi ))) return S_OK;
    return load_text( ctx, attr->value, WS_BOOL_TYPE, NULL, nil, NULL );
}

/* An element that says it is nil must have no content. */
static HRESULT read_nil_element( struct read_ctx *ctx )
{
    HRESULT hr;
    BOOL more;

    if ((hr = reader_read_start_element( ctx->reader, ctx->error ))) return hr;
    if ((hr = reader_to_content( ctx->reader, &more, ctx->error ))) return hr;
    if (more) return unexpected( ctx, "no content in a nil element", NULL, NULL );
    return reader_read_end_element( ctx->reader, ctx->error );
}

/* --- derived types ---------------------------------------------------------------------------------------------- */

static const WS_STRUCT_DESCRIPTION *find_derived( const WS_STRUCT_DESCRIPTION *desc, const WS_XML_STRING *name,
                                                  const WS_XML_STRING *ns, ULONG depth )
{
    const WS_STRUCT_DESCRIPTION *ret;
    ULONG i;

    if (!desc || depth > MAX_NESTING) return NULL;
    if (desc->typeLocalName && desc->typeNs && name_eq( desc->typeLocalName, name ) && name_eq( desc->typeNs, ns ))
        return desc;
    for (i = 0; desc->subTypes && i < desc->subTypeCount; i++)
        if ((ret = find_derived( desc->subTypes[i], name, ns, depth + 1 ))) return ret;
    return NULL;
}

static const WS_FIELD_DESCRIPTION *type_attribute_field( const WS_STRUCT_DESCRIPTION *desc )
{
    const WS_FIELD_DESCRIPTION *field = desc->fieldCount ? desc->fields[0] : NULL;
    return field && field->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING ? field : NULL;
}

/* A qualified name in an attribute without copying: the parts point into the text and the scope of the reader. */
static HRESULT attribute_qname( struct read_ctx *ctx, const WS_XML_TEXT *text, BYTE *scratch, WS_XML_STRING *local,
                                const WS_XML_STRING **ns )
{
    WS_XML_STRING str, prefix = { 0 };
    BYTE *colon;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_QNAME)
    {
        const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)text;
        *local = *qname->localName;
        *ns = qname->ns;
        return S_OK;
    }
    if ((hr = text_to_utf8( text, ctx->heap, scratch, &str, ctx->error ))) return hr;
    while (str.length && is_xml_space( *str.bytes )) str.bytes++, str.length--;
    while (str.length && is_xml_space( str.bytes[str.length - 1] )) str.length--;
    if ((colon = memchr( str.bytes, ':', str.length )))
    {
        prefix.bytes = str.bytes;
        prefix.length = colon - str.bytes;
        str.bytes = colon + 1;
        str.length -= prefix.length + 1;
    }
    *local = str;
    return reader_get_namespace_from_prefix( ctx->reader, &prefix, TRUE, ns, ctx->error );
}

/* The description that xsi:type of the current element selects; desc itself without the attribute, or when the struct
 * has no place to remember its type. */
static HRESULT resolve_type( struct read_ctx *ctx, const WS_STRUCT_DESCRIPTION *desc,
                             const WS_STRUCT_DESCRIPTION **ret )
{
    const WS_XML_ELEMENT_NODE *elem;
    const WS_XML_ATTRIBUTE *attr;
    const WS_XML_STRING *ns;
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING local;
    ULONG size;
    HRESULT hr;

    *ret = desc;
    if (type_attribute_field( desc ) && (elem = element_node( ctx )) && elem->attributeCount &&
        (attr = reader_find( ctx->reader, &name_type, &ns_xsi )))
    {
        if ((hr = attribute_qname( ctx, attr->value, scratch, &local, &ns ))) return hr;
        if (!(*ret = find_derived( desc, &local, ns, 0 )))
            return ws_fail( ctx->error, WS_E_INVALID_FORMAT,
                            "The type '%.*s' of namespace '%.*s' is neither the declared "
                            "one nor derived from it.", XMLSTR_ARG( &local ), XMLSTR_ARG( ns ) );
        if (*ret != desc && (hr = type_check( WS_STRUCT_TYPE, *ret, &size, ctx->error ))) return hr;
    }
    if ((*ret)->structOptions & WS_STRUCT_ABSTRACT)
        return ws_fail( ctx->error, WS_E_INVALID_FORMAT, "The type of an element is abstract; xsi:type must name a "
                        "derived one." );
    return S_OK;
}

/* --- attributes ------------------------------------------------------------------------------------------------- */

static BOOL is_xml_attribute( const WS_XML_ATTRIBUTE *attr )
{
    return (attr->prefix && XMLSTR_IS( attr->prefix, "xml" )) || name_eq( attr->ns, &uri_xml );
}

static BOOL attribute_matches( const WS_XML_ATTRIBUTE *attr, const WS_FIELD_DESCRIPTION *field )
{
    if (attr->isXmlNs) return FALSE;
    if (field->mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING)
        return name_eq( attr->localName, field->localName ) && is_xml_attribute( attr );
    return name_eq( attr->localName, field->localName ) && name_eq( attr->ns, field->ns );
}

static HRESULT set_default( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, BYTE *base )
{
    BYTE *dst = base + field->offset;
    HRESULT hr = S_OK;
    void *copy;

    if (field->type == WS_VOID_TYPE && field->mapping != WS_NO_FIELD_MAPPING) return S_OK;
    if (field->options & WS_FIELD_POINTER)
    {
        *(void **)dst = NULL;
        if (!field->defaultValue || field->mapping == WS_NO_FIELD_MAPPING) return S_OK;
        if (!(copy = ctx_alloc( ctx, size, &hr ))) return hr;
        memcpy( copy, field->defaultValue->value, size );
        *(void **)dst = copy;
        return S_OK;
    }
    if (field->defaultValue) memcpy( dst, field->defaultValue->value, size );
    else memset( dst, 0, size );
    if (type_info( field->type )->flags & TYPE_ARRAY) *(ULONG *)(base + field->countOffset) = 0;
    return S_OK;
}

/* A value whose XML form is one text. */
static HRESULT read_text_value( struct read_ctx *ctx, const WS_XML_TEXT *text, WS_TYPE_MAPPING mapping, WS_TYPE type,
                                const void *desc, void *dst, ULONG *count );

static HRESULT read_attribute_field( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, ULONG index,
                                     BYTE *base )
{
    const WS_XML_ELEMENT_NODE *elem = element_node( ctx );
    const WS_CUSTOM_TYPE_DESCRIPTION *custom;
    void *dst = base + field->offset;
    HRESULT hr = S_OK;

    if (field->type == WS_VOID_TYPE) return S_OK;
    if (field->options & WS_FIELD_POINTER)
    {
        void *ptr = ctx_alloc( ctx, size, &hr );
        if (!ptr) return hr;
        *(void **)dst = ptr;
        dst = ptr;
    }
    if (field->type != WS_CUSTOM_TYPE)
        return read_text_value( ctx, elem->attributes[index]->value, WS_ATTRIBUTE_TYPE_MAPPING, field->type,
                                field->typeDescription, dst, (ULONG *)(base + field->countOffset) );
    custom = field->typeDescription;
    if (!custom->readCallback) return ws_fail( ctx->error, E_INVALIDARG, "A custom type has no callback to read it." );
    if ((hr = reader_read_start_attribute( ctx->reader, index, ctx->error ))) return hr;
    hr = custom->readCallback( ctx->reader, WS_ATTRIBUTE_TYPE_MAPPING, custom->descriptionData, ctx->heap, dst,
                               custom->size, ctx->error );
    return hr ? hr : reader_read_end_attribute( ctx->reader, ctx->error );
}

/* Attributes of the schema instance namespace belong to serialization, not to the fields. */
static BOOL takes_attribute( const WS_STRUCT_DESCRIPTION *desc, const WS_XML_ATTRIBUTE *attr )
{
    ULONG i;

    if (attr->isXmlNs || name_eq( attr->ns, &ns_xsi )) return TRUE;
    for (i = 0; i < desc->fieldCount; i++)
    {
        const WS_FIELD_DESCRIPTION *field = desc->fields[i];
        if ((field->mapping == WS_ATTRIBUTE_FIELD_MAPPING || field->mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING) &&
            attribute_matches( attr, field )) return TRUE;
    }
    return FALSE;
}

static BOOL any_takes_attribute( const WS_FIELD_DESCRIPTION *any, const WS_XML_ATTRIBUTE *attr )
{
    if (!any->ns) return TRUE;
    return name_eq( any->ns, attr->ns ) == !(any->options & WS_FIELD_OTHER_NAMESPACE);
}

static HRESULT add_any_attribute( struct read_ctx *ctx, struct item_list *list, const WS_XML_ATTRIBUTE *attr )
{
    WS_ANY_ATTRIBUTE *any;
    HRESULT hr = S_OK;

    if (!(any = items_add( ctx, list, &hr ))) return hr;
    if (!ctx->heap) return ws_fail( ctx->error, E_INVALIDARG, "The attributes need memory, but no heap was given." );
    if ((hr = xmlstr_dup( ctx->heap, attr->localName, &any->localName, ctx->error ))) return hr;
    if ((hr = xmlstr_dup( ctx->heap, attr->ns, &any->ns, ctx->error ))) return hr;
    return text_dup( attr->value, ctx->heap, &any->value, ctx->error );
}

/* The attributes that no field took: stored, ignored or refused. */
static HRESULT read_other_attributes( struct read_ctx *ctx, const WS_STRUCT_DESCRIPTION *desc,
                                      const WS_FIELD_DESCRIPTION *any, BYTE *base )
{
    const WS_XML_ELEMENT_NODE *elem = element_node( ctx );
    BOOL store = any && any->type == WS_ANY_ATTRIBUTES_TYPE;
    struct item_list list;
    HRESULT hr = S_OK;
    ULONG i;

    items_init( ctx, &list, sizeof(WS_ANY_ATTRIBUTE) );
    for (i = 0; i < elem->attributeCount && !hr; i++)
    {
        const WS_XML_ATTRIBUTE *attr = elem->attributes[i];
        if (takes_attribute( desc, attr )) continue;
        if (any && any_takes_attribute( any, attr ))
        {
            if (store) hr = add_any_attribute( ctx, &list, attr );
            continue;
        }
        if (desc->structOptions & WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES) continue;
        hr = ws_fail( ctx->error, WS_E_INVALID_FORMAT, "The attribute '%.*s' of namespace '%.*s' was not expected.",
                      XMLSTR_ARG( attr->localName ), XMLSTR_ARG( attr->ns ) );
    }
    if (!hr && store)
    {
        WS_ANY_ATTRIBUTES *dst = (WS_ANY_ATTRIBUTES *)(base + any->offset);
        void *array = NULL;
        if (list.total) hr = items_finish( ctx, &list, &array, &list.total );
        dst->attributes = array;
        dst->attributeCount = list.total;
    }
    scratch_release( ctx, list.mark, list.mark_used );
    return hr;
}

static HRESULT __attribute__((cold)) in_field( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, HRESULT hr )
{
    const WS_XML_STRING *name = field->localName ? field->localName : field->itemLocalName;
    if (name) ws_fail( ctx->error, hr, "The %s '%.*s' could not be read.", field_mapping_name( field->mapping ),
                       XMLSTR_ARG( name ) );
    return hr;
}

/* The element is still the current node. */
static HRESULT read_attributes( struct read_ctx *ctx, const WS_STRUCT_DESCRIPTION *desc, ULONG count, BYTE *base )
{
    const WS_XML_ELEMENT_NODE *elem = element_node( ctx );
    const WS_FIELD_DESCRIPTION *any = NULL;
    ULONG i, j, size, taken = 0;
    HRESULT hr;

    for (i = 0; i < count; i++)
    {
        const WS_FIELD_DESCRIPTION *field = desc->fields[i];
        if (!(1 << field->mapping & ATTRIBUTE_FIELDS)) continue;
        size = field_size( field );
        if (field->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING)
        {
            *(const void **)(base + field->offset) = desc;
            continue;
        }
        if (field->mapping == WS_ANY_ATTRIBUTES_FIELD_MAPPING)
        {
            any = field;
            if (field->type == WS_ANY_ATTRIBUTES_TYPE) memset( base + field->offset, 0, sizeof(WS_ANY_ATTRIBUTES) );
            continue;
        }
        for (j = 0; j < elem->attributeCount; j++)
            if (attribute_matches( elem->attributes[j], field )) break;
        if (j < elem->attributeCount)
        {
            taken++;
            if ((hr = read_attribute_field( ctx, field, size, j, base ))) return in_field( ctx, field, hr );
            elem = element_node( ctx );
        }
        else if (field->options & WS_FIELD_OPTIONAL)
        {
            if ((hr = set_default( ctx, field, size, base ))) return hr;
        }
        else return ws_fail( ctx->error, WS_E_INVALID_FORMAT, "The element '%.*s' has no attribute '%.*s'.",
                             XMLSTR_ARG( elem->localName ), XMLSTR_ARG( field->localName ) );
    }
    if (elem->attributeCount == taken) return S_OK;
    return read_other_attributes( ctx, desc, any, base );
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static HRESULT read_text_value( struct read_ctx *ctx, const WS_XML_TEXT *text, WS_TYPE_MAPPING mapping, WS_TYPE type,
                                const void *desc, void *dst, ULONG *count )
{
    const WS_STRUCT_DESCRIPTION *struct_desc = desc;
    struct checked_struct checked;
    ULONG i, size;
    HRESULT hr;

    if (type_info( type )->flags & TYPE_TEXT) return load_text( ctx, text, type, desc, dst, count );
    if (type != WS_STRUCT_TYPE)
        return ws_fail( ctx->error, E_INVALIDARG, "The type %s has no text form.", type_info( type )->name );

    /* A struct can stand for a text when it has nothing but a text field. */
    if (++ctx->nesting > MAX_NESTING)
        return ws_fail( ctx->error, WS_E_QUOTA_EXCEEDED, "Types are nested deeper than %u levels.", MAX_NESTING );
    if ((hr = struct_checked( ctx->checked, struct_desc, &checked, ctx->error ))) return hr;
    for (i = 0; i < struct_desc->fieldCount; i++)
    {
        const WS_FIELD_DESCRIPTION *field = struct_desc->fields[i];
        BYTE *base = dst;

        size = field_size( field );
        if (field->mapping == WS_NO_FIELD_MAPPING) hr = set_default( ctx, field, size, base );
        else if (field->mapping == WS_TEXT_FIELD_MAPPING)
        {
            void *ptr = base + field->offset;
            if (field->options & WS_FIELD_POINTER)
            {
                if (!(ptr = ctx_alloc( ctx, size, &hr ))) return hr;
                *(void **)(base + field->offset) = ptr;
            }
            hr = read_text_value( ctx, text, mapping, field->type, field->typeDescription, ptr,
                                  (ULONG *)(base + field->countOffset) );
        }
        else hr = ws_fail( ctx->error, E_INVALIDARG,
                           "A struct that stands for a text has a field of another mapping (%s).",
                           field_mapping_name( field->mapping ) );
        if (hr) return hr;
    }
    ctx->nesting--;
    return S_OK;
}

static HRESULT read_custom( struct read_ctx *ctx, WS_TYPE_MAPPING mapping, const WS_CUSTOM_TYPE_DESCRIPTION *desc,
                            void *dst )
{
    if (!desc->readCallback) return ws_fail( ctx->error, E_INVALIDARG, "A custom type has no callback to read it." );
    return desc->readCallback( ctx->reader, mapping, desc->descriptionData, ctx->heap, dst, desc->size, ctx->error );
}

static HRESULT read_union( struct read_ctx *ctx, const WS_UNION_DESCRIPTION *desc, BYTE *base, BOOL *found );

/* The content of an element, up to but not including its end. */
static HRESULT read_content_value( struct read_ctx *ctx, WS_TYPE type, const void *desc, void *dst, ULONG *count )
{
    const WS_XML_TEXT *text;
    BOOL found;
    HRESULT hr;

    switch (type)
    {
    case WS_STRUCT_TYPE: return read_struct( ctx, WS_ELEMENT_CONTENT_TYPE_MAPPING, desc, dst );
    case WS_CUSTOM_TYPE: return read_custom( ctx, WS_ELEMENT_CONTENT_TYPE_MAPPING, desc, dst );
    case WS_XML_BUFFER_TYPE: return read_content_buffer( ctx, TRUE, dst );
    case WS_UNION_TYPE:
        if ((hr = read_union( ctx, desc, dst, &found ))) return hr;
        return found ? S_OK : unexpected( ctx, "one of the elements of a choice", NULL, NULL );
    default:
        if ((hr = reader_read_content_text( ctx->reader, &text, ctx->error ))) return hr;
        return load_text( ctx, text, type, desc, dst, count );
    }
}

/* The end of an element whose fields are all read. */
static HRESULT read_end( struct read_ctx *ctx, ULONG options )
{
    HRESULT hr;
    BOOL more;

    if ((hr = reader_to_content( ctx->reader, &more, ctx->error ))) return hr;
    if (UNLIKELY( more ))
    {
        if (!(options & WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT))
            return unexpected( ctx, "the end of the element", NULL, NULL );
        if ((hr = skip_content( ctx ))) return hr;
    }
    return reader_read_end_element( ctx->reader, ctx->error );
}

/* An element of a text type; the reader stays at its end element. */
static HRESULT read_text_element( struct read_ctx *ctx, WS_TYPE type, const void *desc, void *dst, ULONG *count )
{
    const WS_XML_TEXT *text;
    HRESULT hr;

    if ((hr = reader_read_start_element( ctx->reader, ctx->error ))) return hr;
    if ((hr = reader_read_content_text( ctx->reader, &text, ctx->error ))) return hr;
    return load_text( ctx, text, type, desc, dst, count );
}

HRESULT read_element_value( struct read_ctx *ctx, WS_TYPE type, const void *desc, void *dst, ULONG size, ULONG *count )
{
    BOOL found;
    HRESULT hr;

    if (LIKELY( type_info( type )->flags & TYPE_TEXT ))
    {
        if ((hr = read_text_element( ctx, type, desc, dst, count ))) return hr;
        return reader_read_end_element( ctx->reader, ctx->error );
    }
    switch (type)
    {
    case WS_STRUCT_TYPE:
    {
        const WS_STRUCT_DESCRIPTION *actual;
        if ((hr = resolve_type( ctx, desc, &actual ))) return hr;
        if (actual->size > size)
            return ws_fail( ctx->error, WS_E_INVALID_FORMAT,
                            "A value of a derived type does not fit in place of its base "
                            "type: it has to be read as a pointer." );
        return read_struct( ctx, WS_ELEMENT_TYPE_MAPPING, actual, dst );
    }
    case WS_UNION_TYPE:
        if ((hr = reader_read_start_element( ctx->reader, ctx->error ))) return hr;
        if ((hr = read_union( ctx, desc, dst, &found ))) return hr;
        if (!found) return unexpected( ctx, "one of the elements of a choice", NULL, NULL );
        return read_end( ctx, 0 );
    case WS_XML_BUFFER_TYPE:
        if (!ctx->heap) return ws_fail( ctx->error, E_INVALIDARG, "An XML buffer needs a heap, but none was given." );
        return reader_read_xml_buffer( ctx->reader, ctx->heap, dst, ctx->error );
    case WS_CUSTOM_TYPE:
        return read_custom( ctx, WS_ELEMENT_TYPE_MAPPING, desc, dst );
    case WS_ENDPOINT_ADDRESS_TYPE:
        return read_endpoint_address( ctx, desc, dst );
    case WS_FAULT_TYPE:
        return read_struct( ctx, WS_ELEMENT_TYPE_MAPPING,
                            fault_description( ((const WS_FAULT_DESCRIPTION *)desc)->envelopeVersion ), dst );
    case WS_VOID_TYPE:
        return reader_skip_node( ctx->reader, ctx->error );
    default:
        return ws_fail( ctx->error, E_INVALIDARG, "The type %s cannot be read from an element.",
                        type_info( type )->name );
    }
}

/* The same into new memory: *ret points to the value (which may be of a derived type). */
static HRESULT read_element_pointer( struct read_ctx *ctx, WS_TYPE type, const void *desc, ULONG size, void **ret )
{
    HRESULT hr = S_OK;
    void *dst;

    if (type == WS_STRUCT_TYPE)
    {
        const WS_STRUCT_DESCRIPTION *actual;
        if ((hr = resolve_type( ctx, desc, &actual ))) return hr;
        if (!(dst = ctx_alloc( ctx, actual->size, &hr ))) return hr;
        memset( dst, 0, actual->size );
        if ((hr = read_struct( ctx, WS_ELEMENT_TYPE_MAPPING, actual, dst ))) return hr;
        *ret = dst;
        return S_OK;
    }
    if (!(dst = ctx_alloc( ctx, size, &hr ))) return hr;
    memset( dst, 0, size );
    if ((hr = read_element_value( ctx, type, desc, dst, size, NULL ))) return hr;
    *ret = dst;
    return S_OK;
}

/* An element that is a field or an item, at `dst` as the options say. */
static HRESULT read_field_element( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, BOOL nillable,
                                   void *dst, ULONG *count )
{
    HRESULT hr;
    BOOL nil;

    if (nillable)
    {
        if ((hr = is_nil( ctx, &nil ))) return hr;
        if (nil)
        {
            if (field->type == WS_VOID_TYPE) return read_nil_element( ctx );
            memset( dst, 0, field->options & WS_FIELD_POINTER ? sizeof(void *) : size );
            if (type_info( field->type )->flags & TYPE_ARRAY) *count = 0;
            return read_nil_element( ctx );
        }
    }
    if (field->options & WS_FIELD_POINTER && !(type_info( field->type )->flags & TYPE_ARRAY) &&
        field->type != WS_VOID_TYPE)
        return read_element_pointer( ctx, field->type, field->typeDescription, size, dst );
    return read_element_value( ctx, field->type, field->typeDescription, dst, size, count );
}

/* Moves on from a node that is over. */
static HRESULT settle( struct read_ctx *ctx )
{
    if (!ctx->behind) return S_OK;
    ctx->behind = FALSE;
    return reader_read_node( ctx->reader, ctx->error );
}

/* --- repeating fields ------------------------------------------------------------------------------------------- */

static HRESULT read_item( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, void *dst, BOOL *found )
{
    *found = FALSE;
    switch (field->mapping)
    {
    case WS_REPEATING_ELEMENT_FIELD_MAPPING:
        if (!at_element( ctx, field->itemLocalName, field->itemNs )) return S_OK;
        *found = TRUE;
        if (serial_types[field->type].flags & TYPE_TEXT && !(field->options & (WS_FIELD_POINTER | WS_FIELD_NILLABLE_ITEM)))
        {
            ctx->behind = TRUE;
            return read_text_element( ctx, field->type, field->typeDescription, dst, NULL );
        }
        return read_field_element( ctx, field, size, field->options & WS_FIELD_NILLABLE_ITEM, dst, NULL );
    case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING:
        return read_union( ctx, field->typeDescription, dst, found );
    default:
        if (!element_node( ctx )) return S_OK;
        *found = TRUE;
        return read_element_value( ctx, field->type, field->typeDescription, dst, size, NULL );
    }
}

/* The next item of a text type, if it is as most are. S_FALSE: it has to be read as a node. */
static HRESULT read_simple_item( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, const WS_XML_STRING **known_ns, void *dst,
                                 BOOL *found )
{
    const WS_XML_TEXT *text;

    *found = FALSE;
    switch (reader_read_simple( ctx->reader, field->itemLocalName, field->itemNs, known_ns, &text ))
    {
    case SIMPLE_READ: *found = TRUE; return load_text( ctx, text, field->type, field->typeDescription, dst, NULL );
    case SIMPLE_OTHER: return S_OK;
    default: return S_FALSE;
    }
}

static HRESULT read_items( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, void **array,
                           ULONG *count )
{
    ULONG stored = field->options & WS_FIELD_POINTER ? sizeof(void *) : size, max = ~0u;
    BOOL discard = field->type == WS_VOID_TYPE, found, more;
    const BOOL simple = field->mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING && !(field->options & WS_FIELD_POINTER) &&
                        serial_types[field->type].flags & TYPE_TEXT;
    const WS_XML_STRING *known_ns = NULL;
    struct item_list list;
    void *item = NULL;
    HRESULT hr = S_OK;

    if (discard) stored = 0;
    if (field->itemRange) max = field->itemRange->maxItemCount;
    items_init( ctx, &list, stored );
    for (;;)
    {
        if (!(item = items_add( ctx, &list, &hr ))) break;
        hr = S_FALSE;
        if (simple && ctx->behind) hr = read_simple_item( ctx, field, &known_ns, item, &found );
        if (hr == S_FALSE && !(hr = settle( ctx )) && !(hr = reader_to_content( ctx->reader, &more, ctx->error )))
        {
            found = FALSE;
            if (more && element_node( ctx )) hr = read_item( ctx, field, size, item, &found );
        }
        if (hr || !found)
        {
            list.last->count--;
            list.total--;
            break;
        }
        if (list.total > max)
        {
            hr = ws_fail( ctx->error, WS_E_INVALID_FORMAT, "There are more than the %u items that are allowed.",
                          (unsigned int)max );
            break;
        }
    }
    if (!hr && field->itemRange && list.total < field->itemRange->minItemCount)
        hr = ws_fail( ctx->error, WS_E_INVALID_FORMAT, "There are %u items, at least %u are needed.",
                      (unsigned int)list.total,
                      (unsigned int)field->itemRange->minItemCount );
    if (!hr && !discard) hr = items_finish( ctx, &list, array, count );
    scratch_release( ctx, list.mark, list.mark_used );
    return hr;
}

static HRESULT read_repeating( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, BYTE *base )
{
    void **array = (void **)(base + field->offset);
    ULONG *count = (ULONG *)(base + field->countOffset);
    BOOL nil = FALSE, more;
    HRESULT hr;

    if (field->mapping == WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING || !field->localName)
        return read_items( ctx, field, size, array, count );

    if ((hr = settle( ctx ))) return hr;
    if ((hr = reader_to_content( ctx->reader, &more, ctx->error ))) return hr;
    if (!more || !at_element( ctx, field->localName, field->ns ))
    {
        /* The wrapper must be there only when there are items. */
        if (!(field->options & WS_FIELD_OPTIONAL) && field->itemRange && field->itemRange->minItemCount)
            return unexpected( ctx, "element", field->localName, field->ns );
        *array = NULL;
        *count = 0;
        return S_OK;
    }
    if (field->options & WS_FIELD_NILLABLE && (hr = is_nil( ctx, &nil ))) return hr;
    if (nil)
    {
        *array = NULL;
        *count = 0;
        return read_nil_element( ctx );
    }
    ctx->behind = TRUE;
    if ((hr = read_items( ctx, field, size, array, count ))) return hr;
    if ((hr = settle( ctx ))) return hr;
    if ((hr = reader_to_content( ctx->reader, &more, ctx->error ))) return hr;
    if (more) return unexpected( ctx, "no other element among the items of", field->localName, field->ns );
    return reader_read_end_element( ctx->reader, ctx->error );
}

/* --- unions ----------------------------------------------------------------------------------------------------- */

static int compare_bytes( const WS_XML_STRING *a, const WS_XML_STRING *b )
{
    ULONG len = a->length < b->length ? a->length : b->length;
    int ret = memcmp( a->bytes, b->bytes, len );
    return ret ? ret : a->length < b->length ? -1 : a->length > b->length;
}

static BOOL choice_matches( const struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field )
{
    return field->localName && field->ns && at_element( ctx, field->localName, field->ns );
}

/* With valueIndices the fields are sorted by namespace and name. */
static const WS_UNION_FIELD_DESCRIPTION *find_choice_sorted( const WS_UNION_DESCRIPTION *desc,
                                                             const WS_XML_ELEMENT_NODE *elem )
{
    ULONG low = 0, high = desc->fieldCount;

    while (low < high)
    {
        ULONG mid = low + (high - low) / 2;
        const WS_FIELD_DESCRIPTION *field = desc->fields[mid] ? &desc->fields[mid]->field : NULL;
        int order;
        if (!field) return NULL;
        if (!field->localName || !field->ns) order = -1; /* any element comes last */
        else if (!(order = compare_bytes( elem->ns, field->ns )) &&
                 !(order = compare_bytes( elem->localName, field->localName ))) return desc->fields[mid];
        if (order < 0) high = mid;
        else low = mid + 1;
    }
    return NULL;
}

static const WS_UNION_FIELD_DESCRIPTION *find_choice( const struct read_ctx *ctx, const WS_UNION_DESCRIPTION *desc )
{
    const WS_UNION_FIELD_DESCRIPTION *ret, *any = NULL;
    ULONG i;

    if (!element_node( ctx )) return NULL;
    if (desc->valueIndices && desc->fieldCount > 8 &&
        (ret = find_choice_sorted( desc, element_node( ctx ) ))) return ret;
    for (i = 0; i < desc->fieldCount; i++)
    {
        if (!desc->fields[i]) continue;
        if (desc->fields[i]->field.mapping == WS_ANY_ELEMENT_FIELD_MAPPING) any = desc->fields[i];
        else if (choice_matches( ctx, &desc->fields[i]->field )) return desc->fields[i];
    }
    return any;
}

static HRESULT read_union( struct read_ctx *ctx, const WS_UNION_DESCRIPTION *desc, BYTE *base, BOOL *found )
{
    const WS_UNION_FIELD_DESCRIPTION *choice;
    const WS_FIELD_DESCRIPTION *field;
    ULONG size;
    HRESULT hr;
    BOOL more;

    *found = FALSE;
    if ((hr = reader_to_content( ctx->reader, &more, ctx->error ))) return hr;
    if (!more || !(choice = find_choice( ctx, desc ))) return S_OK;
    field = &choice->field;
    if ((hr = choice_check( field, desc->size, &size, ctx->error ))) return hr;
    if (++ctx->nesting > MAX_NESTING)
        return ws_fail( ctx->error, WS_E_QUOTA_EXCEEDED, "Types are nested deeper than %u levels.", MAX_NESTING );
    switch (field->mapping)
    {
    case WS_ELEMENT_FIELD_MAPPING:
    case WS_ANY_ELEMENT_FIELD_MAPPING:
        hr = read_field_element( ctx, field, size, field->options & WS_FIELD_NILLABLE, base + field->offset,
                                 (ULONG *)(base + field->countOffset) );
        break;
    default:
        hr = read_repeating( ctx, field, size, base );
        break;
    }
    if (hr) return in_field( ctx, field, hr );
    ctx->nesting--;
    *(int *)(base + desc->enumOffset) = choice->value;
    *found = TRUE;
    return S_OK;
}

/* --- structs ---------------------------------------------------------------------------------------------------- */

static HRESULT missing( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, BYTE *base )
{
    if (field->options & WS_FIELD_OPTIONAL) return set_default( ctx, field, size, base );
    return unexpected( ctx, "element", field->localName, field->ns );
}

static HRESULT read_text_field( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, BYTE *base )
{
    void *dst = base + field->offset;
    HRESULT hr = S_OK;

    if (field->options & WS_FIELD_POINTER)
    {
        void *ptr = ctx_alloc( ctx, size, &hr );
        if (!ptr) return hr;
        memset( ptr, 0, size );
        *(void **)dst = ptr;
        dst = ptr;
    }
    return read_content_value( ctx, field->type, field->typeDescription, dst, (ULONG *)(base + field->countOffset) );
}

static HRESULT read_choice_field( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, BYTE *base )
{
    const WS_UNION_DESCRIPTION *desc = field->typeDescription;
    BOOL found;
    HRESULT hr;

    if ((hr = read_union( ctx, desc, base + field->offset, &found )) || found) return hr;
    if (!(field->options & WS_FIELD_OPTIONAL)) return unexpected( ctx, "one of the elements of a choice", NULL, NULL );
    *(int *)(base + field->offset + desc->enumOffset) = desc->noneEnumValue;
    return S_OK;
}

static HRESULT read_any_content( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, BYTE *base )
{
    if (field->type == WS_VOID_TYPE) return skip_content( ctx );
    return read_content_buffer( ctx, !(field->options & WS_FIELD_OPTIONAL), (WS_XML_BUFFER **)(base + field->offset) );
}

static HRESULT read_any_element( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, BYTE *base )
{
    HRESULT hr;
    BOOL more;

    if ((hr = reader_to_content( ctx->reader, &more, ctx->error ))) return hr;
    if (!more || !element_node( ctx ))
    {
        if (field->options & WS_FIELD_OPTIONAL) return set_default( ctx, field, size, base );
        return unexpected( ctx, "an element of any name", NULL, NULL );
    }
    if (field->type == WS_CUSTOM_TYPE)
        return read_custom( ctx, WS_ANY_ELEMENT_TYPE_MAPPING, field->typeDescription, base + field->offset );
    return read_field_element( ctx, field, size, FALSE, base + field->offset, NULL );
}

/* A field of a text type from the element that comes next, if that is as most are: read in one go. S_FALSE: not done. */
static HRESULT read_simple_field( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size,
                                  const WS_XML_STRING **known_ns, BYTE *base )
{
    void *dst = base + field->offset, *ptr;
    const WS_XML_TEXT *text;
    HRESULT hr = S_OK;

    switch (reader_read_simple( ctx->reader, field->localName, field->ns, known_ns, &text ))
    {
    case SIMPLE_READ:
        break;
    case SIMPLE_OTHER:
        return field->options & WS_FIELD_OPTIONAL ? set_default( ctx, field, size, base ) : S_FALSE;
    default:
        return S_FALSE;
    }
    if (UNLIKELY( field->options & WS_FIELD_POINTER ))
    {
        if (!(ptr = ctx_alloc( ctx, size, &hr ))) return hr;
        memset( ptr, 0, size );
        if ((hr = load_text( ctx, text, field->type, field->typeDescription, ptr, NULL ))) return hr;
        *(void **)dst = ptr;
        return S_OK;
    }
    return load_text( ctx, text, field->type, field->typeDescription, dst, (ULONG *)(base + field->countOffset) );
}

static HRESULT read_element_field( struct read_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size,
                                   const WS_XML_STRING **known_ns, BYTE *base )
{
    BOOL is_text = serial_types[field->type].flags & TYPE_TEXT, more;
    HRESULT hr;

    if (LIKELY( ctx->behind ))
    {
        if (is_text && (hr = read_simple_field( ctx, field, size, known_ns, base )) != S_FALSE) return hr;
        if ((hr = settle( ctx ))) return hr;
    }
    if ((hr = reader_to_content( ctx->reader, &more, ctx->error ))) return hr;
    if (!more || !at_element( ctx, field->localName, field->ns )) return missing( ctx, field, size, base );
    if (is_text && !(field->options & (WS_FIELD_POINTER | WS_FIELD_NILLABLE)))
    {
        hr = read_text_element( ctx, field->type, field->typeDescription, base + field->offset,
                                (ULONG *)(base + field->countOffset) );
        ctx->behind = !hr;
        return hr;
    }
    return read_field_element( ctx, field, size, field->options & WS_FIELD_NILLABLE, base + field->offset,
                               (ULONG *)(base + field->countOffset) );
}

/* The fields that are content, in their order; greedy, as documented. While ctx->behind, the reader is at a node that is over:
 * to see the next one costs much more than to read it as the simple element that it mostly is. */
static HRESULT read_fields( struct read_ctx *ctx, const WS_STRUCT_DESCRIPTION *desc, ULONG first, BYTE *base )
{
    const WS_XML_STRING *known_ns = NULL;
    ULONG i, size;
    HRESULT hr;

    for (i = first; i < desc->fieldCount; i++)
    {
        const WS_FIELD_DESCRIPTION *field = desc->fields[i];

        size = field_size( field );
        if (LIKELY( field->mapping == WS_ELEMENT_FIELD_MAPPING )) hr = read_element_field( ctx, field, size, &known_ns, base );
        else if (field->mapping == WS_NO_FIELD_MAPPING) hr = set_default( ctx, field, size, base );
        else if (field->mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING) hr = read_repeating( ctx, field, size, base );
        else if ((hr = settle( ctx ))) return hr;
        else switch (field->mapping)
        {
        case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING:
        case WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING:
            hr = read_repeating( ctx, field, size, base );
            break;
        case WS_TEXT_FIELD_MAPPING: hr = read_text_field( ctx, field, size, base ); break;
        case WS_ELEMENT_CHOICE_FIELD_MAPPING: hr = read_choice_field( ctx, field, base ); break;
        case WS_ANY_ELEMENT_FIELD_MAPPING: hr = read_any_element( ctx, field, size, base ); break;
        case WS_ANY_CONTENT_FIELD_MAPPING: hr = read_any_content( ctx, field, base ); break;
        default: hr = S_OK; break; /* attributes */
        }
        if (UNLIKELY( hr )) return in_field( ctx, field, hr );
    }
    return settle( ctx );
}

HRESULT read_struct( struct read_ctx *ctx, WS_TYPE_MAPPING mapping, const WS_STRUCT_DESCRIPTION *desc, void *dst )
{
    struct checked_struct checked;
    HRESULT hr;

    if (UNLIKELY( ++ctx->nesting > MAX_NESTING ))
        return ws_fail( ctx->error, WS_E_QUOTA_EXCEEDED, "Types are nested deeper than %u levels.", MAX_NESTING );
    if (UNLIKELY( (hr = struct_checked( ctx->checked, desc, &checked, ctx->error )) )) return hr;
    if (mapping == WS_ELEMENT_TYPE_MAPPING)
    {
        if ((hr = read_attributes( ctx, desc, checked.attributes, dst ))) return hr;
        ctx->behind = TRUE;
        if ((hr = read_fields( ctx, desc, checked.content, dst ))) return hr;
        if ((hr = read_end( ctx, desc->structOptions ))) return hr;
    }
    else
    {
        if (checked.attributes)
            return ws_fail( ctx->error, E_INVALIDARG,
                            "A struct that is read from the content of an element cannot have "
                            "attributes." );
        if ((hr = read_fields( ctx, desc, 0, dst ))) return hr;
    }
    ctx->nesting--;
    return S_OK;
}

/* --- calls ------------------------------------------------------------------------------------------------------ */

struct read_call
{
    struct read_ctx ctx;
    struct { struct scratch_chunk chunk; BYTE room[FIRST_CHUNK]; } first;
};

static void call_init( struct read_call *call, WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error )
{
    call->ctx.reader = reader;
    call->ctx.heap = heap;
    call->ctx.error = error;
    call->ctx.nesting = 0;
    call->ctx.behind = FALSE;
    call->ctx.scratch = &call->first.chunk;
    memset( call->ctx.checked, 0, sizeof(call->ctx.checked) );
    call->first.chunk.prev = NULL;
    call->first.chunk.size = FIRST_CHUNK;
    call->first.chunk.used = 0;
}

/* What the option says about storage. *size: of the value in place. */
static HRESULT check_read( WS_TYPE type, const void *desc, WS_READ_OPTION option, WS_HEAP *heap, void *value,
                           ULONG value_size,
                           ULONG *size, WS_ERROR *error )
{
    const struct type_info *info;
    HRESULT hr;

    if ((hr = type_check( type, desc, size, error ))) return hr;
    info = type_info( type );
    if (!value) return ws_fail( error, E_INVALIDARG, "No place to store the value was given." );
    switch (option)
    {
    case WS_READ_NILLABLE_VALUE:
        if (!(info->flags & TYPE_NIL) || info->flags & TYPE_POINTER)
            return ws_fail( error, E_INVALIDARG, "A value of the type %s cannot be nil: read a pointer.", info->name );
        /* fall through */
    case WS_READ_REQUIRED_VALUE:
        if (info->flags & TYPE_POINTER)
            return ws_fail( error, E_INVALIDARG, "The type %s can only be read as a pointer.", info->name );
        if (value_size != *size)
            return ws_fail( error, E_INVALIDARG, "The size %u is not that of the type %s, which is %u.",
                            (unsigned int)value_size, info->name, (unsigned int)*size );
        return S_OK;
    case WS_READ_REQUIRED_POINTER:
    case WS_READ_OPTIONAL_POINTER:
    case WS_READ_NILLABLE_POINTER:
        if (value_size != sizeof(void *))
            return ws_fail( error, E_INVALIDARG, "The size %u is not that of a pointer.", (unsigned int)value_size );
        if (!heap) return ws_fail( error, E_INVALIDARG, "A value that is read as a pointer needs a heap." );
        return S_OK;
    default:
        return ws_fail( error, E_INVALIDARG, "%d is no option to read with.", option );
    }
}

static BOOL option_is_pointer( WS_READ_OPTION option )
{
    return option != WS_READ_REQUIRED_VALUE && option != WS_READ_NILLABLE_VALUE;
}

static BOOL option_is_nillable( WS_READ_OPTION option )
{
    return option == WS_READ_NILLABLE_POINTER || option == WS_READ_NILLABLE_VALUE;
}

/* The element at which the reader stands, stored as the option says. */
static HRESULT read_element_option( struct read_ctx *ctx, WS_TYPE type, const void *desc, WS_READ_OPTION option,
                                    void *value,
                                    ULONG size )
{
    BOOL pointer = option_is_pointer( option );
    HRESULT hr;
    BOOL nil;

    if (option_is_nillable( option ))
    {
        if ((hr = is_nil( ctx, &nil ))) return hr;
        if (nil)
        {
            memset( value, 0, pointer ? sizeof(void *) : size );
            return read_nil_element( ctx );
        }
    }
    if (pointer && !(type_info( type )->flags & TYPE_POINTER)) return read_element_pointer( ctx, type, desc, size,
        value );
    return read_element_value( ctx, type, desc, value, size, NULL );
}

/* Moves on to an element. */
static HRESULT to_element( struct read_ctx *ctx, BOOL *found )
{
    HRESULT hr;
    BOOL more;

    *found = element_node( ctx ) != NULL;
    if (*found) return S_OK;
    if ((hr = reader_to_content( ctx->reader, &more, ctx->error ))) return hr;
    *found = more && element_node( ctx );
    return S_OK;
}

static HRESULT read_type( struct read_ctx *ctx, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *desc,
                          WS_READ_OPTION option, void *value, ULONG size )
{
    BOOL pointer = option_is_pointer( option ) && !(type_info( type )->flags & TYPE_POINTER);
    const WS_XML_TEXT *text;
    void *dst = value;
    HRESULT hr = S_OK;
    BOOL found;

    switch (mapping)
    {
    case WS_ELEMENT_TYPE_MAPPING:
    case WS_ANY_ELEMENT_TYPE_MAPPING:
        if ((hr = to_element( ctx, &found ))) return hr;
        if (!found) return unexpected( ctx, "an element", NULL, NULL );
        if (mapping == WS_ELEMENT_TYPE_MAPPING || type != WS_CUSTOM_TYPE)
            return read_element_option( ctx, type, desc, option, value, size );
        break;
    default:
        break;
    }
    if (pointer)
    {
        if (!(dst = ctx_alloc( ctx, size, &hr ))) return hr;
        memset( dst, 0, size );
    }
    if (mapping == WS_ANY_ELEMENT_TYPE_MAPPING) hr = read_custom( ctx, mapping, desc, dst );
    else if (mapping == WS_ELEMENT_CONTENT_TYPE_MAPPING) hr = read_content_value( ctx, type, desc, dst, NULL );
    else if (type == WS_CUSTOM_TYPE) hr = read_custom( ctx, mapping, desc, dst );
    else if (!(hr = reader_read_content_text( ctx->reader, &text, ctx->error )))
        hr = read_text_value( ctx, text, mapping, type, desc, dst, NULL );
    if (!hr && pointer) *(void **)value = dst;
    return hr;
}

static HRESULT check_mapping( WS_TYPE_MAPPING mapping, WS_TYPE type, WS_ERROR *error )
{
    if (mapping < WS_ELEMENT_TYPE_MAPPING || mapping > WS_ANY_ELEMENT_TYPE_MAPPING)
        return ws_fail( error, E_INVALIDARG, "%d is no type mapping.", mapping );
    if (!(type_info( type )->mappings & 1 << mapping))
        return ws_fail( error, E_INVALIDARG, "The type %s cannot be used with the type mapping %d.",
                        type_info( type )->name,
                        mapping );
    return S_OK;
}

HRESULT serial_read_type( WS_XML_READER *reader, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *desc,
                          WS_READ_OPTION option, WS_HEAP *heap, void *value, ULONG value_size, WS_ERROR *error )
{
    const WS_XML_NODE *node;
    struct read_call call;
    ULONG size;
    HRESULT hr;

    if ((hr = check_read( type, desc, option, heap, value, value_size, &size, error ))) return hr;
    if ((hr = check_mapping( mapping, type, error ))) return hr;
    if (option_is_nillable( option ) && mapping != WS_ELEMENT_TYPE_MAPPING)
        return ws_fail( error, E_INVALIDARG, "Only an element can be nil." );
    if ((hr = object_usable( reader, error )) || (hr = reader_get_node( reader, &node, error ))) return hr;
    call_init( &call, reader, heap, error );
    hr = read_type( &call.ctx, mapping, type, desc, option, value, size );
    scratch_release( &call.ctx, &call.first.chunk, 0 );
    return hr;
}

HRESULT serial_read_element( WS_XML_READER *reader, const WS_ELEMENT_DESCRIPTION *desc, WS_READ_OPTION option,
                             WS_HEAP *heap, void *value, ULONG value_size, WS_ERROR *error )
{
    const WS_XML_NODE *node;
    struct read_call call;
    BOOL found;
    ULONG size;
    HRESULT hr;

    if (!desc) return ws_fail( error, E_INVALIDARG, "No description of the element was given." );
    if ((hr = check_read( desc->type, desc->typeDescription, option, heap, value, value_size, &size,
                          error ))) return hr;
    if (!desc->elementLocalName != !desc->elementNs)
        return ws_fail( error, E_INVALIDARG, "The element needs both a name and a namespace, or neither." );
    if ((hr = check_mapping( desc->elementLocalName ? WS_ELEMENT_TYPE_MAPPING : WS_ANY_ELEMENT_TYPE_MAPPING, desc->type,
                             error ))) return hr;
    if ((hr = object_usable( reader, error )) || (hr = reader_get_node( reader, &node, error ))) return hr;
    call_init( &call, reader, heap, error );
    if ((hr = to_element( &call.ctx, &found ))) return hr;
    if (found && desc->elementLocalName) found = at_element( &call.ctx, desc->elementLocalName, desc->elementNs );
    if (!found)
    {
        if (option == WS_READ_REQUIRED_VALUE || option == WS_READ_REQUIRED_POINTER)
            return unexpected( &call.ctx, desc->elementLocalName ? "element" : "an element", desc->elementLocalName,
                               desc->elementNs );
        memset( value, 0, option_is_pointer( option ) ? sizeof(void *) : size );
        return S_OK;
    }
    hr = read_type( &call.ctx, desc->elementLocalName ? WS_ELEMENT_TYPE_MAPPING : WS_ANY_ELEMENT_TYPE_MAPPING,
                    desc->type,
                    desc->typeDescription, option, value, size );
    scratch_release( &call.ctx, &call.first.chunk, 0 );
    if (hr && desc->elementLocalName)
        ws_fail( error, hr, "The element '%.*s' of namespace '%.*s' could not be read.",
                 XMLSTR_ARG( desc->elementLocalName ), XMLSTR_ARG( desc->elementNs ) );
    return hr;
}

HRESULT serial_read_attribute( WS_XML_READER *reader, const WS_ATTRIBUTE_DESCRIPTION *desc, WS_READ_OPTION option,
                               WS_HEAP *heap, void *value, ULONG value_size, WS_ERROR *error )
{
    struct read_call call;
    ULONG size, index;
    HRESULT hr;

    if (!desc) return ws_fail( error, E_INVALIDARG, "No description of the attribute was given." );
    if (!desc->attributeLocalName || !desc->attributeNs)
        return ws_fail( error, E_INVALIDARG, "The attribute needs a name and a namespace." );
    if ((hr = check_read( desc->type, desc->typeDescription, option, heap, value, value_size, &size,
                          error ))) return hr;
    if ((hr = check_mapping( WS_ATTRIBUTE_TYPE_MAPPING, desc->type, error ))) return hr;
    if (option_is_nillable( option )) return ws_fail( error, E_INVALIDARG, "Only an element can be nil." );
    if ((hr = object_usable( reader, error ))) return hr;
    hr = reader_find_attribute( reader, desc->attributeLocalName, desc->attributeNs, option != WS_READ_OPTIONAL_POINTER,
                                &index, error );
    if (hr == S_FALSE)
    {
        *(void **)value = NULL;
        return S_OK;
    }
    if (hr) return hr;
    if ((hr = reader_read_start_attribute( reader, index, error ))) return hr;
    call_init( &call, reader, heap, error );
    hr = read_type( &call.ctx, WS_ATTRIBUTE_TYPE_MAPPING, desc->type, desc->typeDescription, option, value, size );
    scratch_release( &call.ctx, &call.first.chunk, 0 );
    if (hr)
    {
        ws_fail( error, hr, "The attribute '%.*s' could not be read.", XMLSTR_ARG( desc->attributeLocalName ) );
        return hr;
    }
    return reader_read_end_attribute( reader, error );
}
