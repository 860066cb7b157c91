/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing: elements, structs, unions and their fields. The start tag is written by whoever knows the name; a function
 * for a value writes attributes and content. */
#include "serial/types.h"

/* --- elements --------------------------------------------------------------------------------------------------- */

static HRESULT write_nil( struct write_ctx *ctx )
{
    WS_XML_BOOL_TEXT text = { { WS_XML_TEXT_TYPE_BOOL }, TRUE };
    HRESULT hr;

    if ((hr = writer_write_start_attribute( ctx->writer, NULL, &name_nil, &ns_xsi, FALSE, ctx->error ))) return hr;
    hr = ctx->typed ? writer_write_text( ctx->writer, &text.text, ctx->error )
                    : writer_write_plain( ctx->writer, (const BYTE *)"true", 4, ctx->error );
    return hr ? hr : writer_write_end_attribute( ctx->writer, ctx->error );
}

static HRESULT write_custom( struct write_ctx *ctx, WS_TYPE_MAPPING mapping, const WS_CUSTOM_TYPE_DESCRIPTION *desc,
                             const void *src )
{
    if (!desc->writeCallback) return ws_fail( ctx->error, E_INVALIDARG, "A custom type has no callback to write it." );
    return desc->writeCallback( ctx->writer, mapping, desc->descriptionData, src, desc->size, ctx->error );
}

HRESULT write_nodes( struct write_ctx *ctx, const struct xml_node *node )
{
    const struct xml_node *top = node ? node->parent : NULL;
    HRESULT hr;

    while (node)
    {
        WS_XML_NODE_TYPE type = node->u.node.nodeType;
        if (type == WS_XML_NODE_TYPE_EOF || (type == WS_XML_NODE_TYPE_END_ELEMENT && node->parent == top)) break;
        if ((hr = writer_write_node( ctx->writer, &node->u.node, ctx->error ))) return hr;
        if (type == WS_XML_NODE_TYPE_ELEMENT && node->first) node = node->first;
        else
        {
            while (!node->next && node->parent != top) node = node->parent;
            node = node->next;
        }
    }
    return S_OK;
}

/* The buffer's element takes the name of the element that is open: its attributes and content are written. */
static HRESULT write_buffer_content( struct write_ctx *ctx, WS_XML_BUFFER *buffer )
{
    const struct xml_node *node = buffer->root.first;
    const WS_XML_ELEMENT_NODE *elem;
    HRESULT hr;
    ULONG i;

    while (node && (node->u.node.nodeType == WS_XML_NODE_TYPE_COMMENT ||
                    node->u.node.nodeType == WS_XML_NODE_TYPE_TEXT))
        node = node->next;
    if (!node || node->u.node.nodeType != WS_XML_NODE_TYPE_ELEMENT)
        return ws_fail( ctx->error, WS_E_INVALID_FORMAT, "The XML buffer has no element." );
    elem = &node->u.element;
    for (i = 0; i < elem->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attr = elem->attributes[i];
        if (attr->isXmlNs)
        {
            /* The prefix of the element's old name may be bound to the new one; children declare what they miss. */
            if (name_eq( attr->prefix, elem->prefix )) continue;
            hr = writer_write_xmlns_attribute( ctx->writer, attr->prefix, attr->ns, attr->singleQuote, ctx->error );
        }
        else
        {
            hr = writer_write_start_attribute( ctx->writer, attr->prefix->length ? attr->prefix : NULL, attr->localName,
                                               attr->ns, attr->singleQuote, ctx->error );
            if (!hr) hr = writer_write_text( ctx->writer, attr->value, ctx->error );
            if (!hr) hr = writer_write_end_attribute( ctx->writer, ctx->error );
        }
        if (hr) return hr;
    }
    return write_nodes( ctx, node->first );
}

/* --- derived types ---------------------------------------------------------------------------------------------- */

static HRESULT write_xsi_type( struct write_ctx *ctx, const WS_STRUCT_DESCRIPTION *desc )
{
    const WS_XML_STRING *prefix;
    HRESULT hr;

    if (!desc->typeLocalName || !desc->typeNs)
        return ws_fail( ctx->error, E_INVALIDARG, "The description of a derived type has no type name." );
    if ((hr = writer_write_start_attribute( ctx->writer, NULL, &name_type, &ns_xsi, FALSE, ctx->error ))) return hr;
    if ((hr = writer_prefix_for( ctx->writer, desc->typeNs, &prefix, ctx->error ))) return hr;
    if ((hr = writer_write_qualified_name( ctx->writer, prefix, desc->typeLocalName, desc->typeNs,
                                           ctx->error ))) return hr;
    return writer_write_end_attribute( ctx->writer, ctx->error );
}

/* The description that the value itself names. */
static HRESULT actual_type( struct write_ctx *ctx, const WS_STRUCT_DESCRIPTION *desc, const void *src,
                            const WS_STRUCT_DESCRIPTION **ret )
{
    const WS_FIELD_DESCRIPTION *field = desc->fieldCount ? desc->fields[0] : NULL;
    const WS_STRUCT_DESCRIPTION *actual, *type;
    ULONG depth = 0, size;
    HRESULT hr;

    *ret = desc;
    if (!field || field->mapping != WS_TYPE_ATTRIBUTE_FIELD_MAPPING)
    {
        if (desc->structOptions & WS_STRUCT_ABSTRACT)
            return ws_fail( ctx->error, E_INVALIDARG, "A value of an abstract type cannot be written." );
        return S_OK;
    }
    if ((hr = field_check( field, desc->size, &size, ctx->error ))) return hr;
    actual = *(const WS_STRUCT_DESCRIPTION * const *)((const BYTE *)src + field->offset);
    if (!actual) return ws_fail( ctx->error, E_INVALIDARG, "The field that holds the type of the struct is NULL." );
    for (type = actual; type && type != desc && depth < MAX_NESTING; type = type->parentType) depth++;
    if (type != desc)
        return ws_fail( ctx->error, E_INVALIDARG,
                        "The type of the struct is neither the declared one nor derived from it." );
    if ((hr = type_check( WS_STRUCT_TYPE, actual, &size, ctx->error ))) return hr;
    if (actual->structOptions & WS_STRUCT_ABSTRACT)
        return ws_fail( ctx->error, E_INVALIDARG, "A value of an abstract type cannot be written." );
    *ret = actual;
    return S_OK;
}

/* --- fields ----------------------------------------------------------------------------------------------------- */

static BOOL all_zero( const void *ptr, ULONG size )
{
    const BYTE *p = ptr;
    while (size && !*p) p++, size--;
    return !size;
}

static BOOL wsz_eq( const WCHAR *a, const WCHAR *b )
{
    if (!a || !b) return a == b;
    while (*a && *a == *b) a++, b++;
    return *a == *b;
}

static BOOL bytes_eq( const void *a, ULONG a_size, const void *b, ULONG b_size )
{
    return a_size == b_size && !a == !b && (!a_size || !memcmp( a, b, a_size ));
}

/* Whether a value in place is the default, which an optional field leaves out. */
static HRESULT is_default( struct write_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, const void *src,
                           ULONG count,
                           BOOL *ret )
{
    const void *def = field->defaultValue ? field->defaultValue->value : NULL;

    switch (field->type)
    {
    case WS_CUSTOM_TYPE:
    {
        const WS_CUSTOM_TYPE_DESCRIPTION *desc = field->typeDescription;
        if (desc->isDefaultValueCallback)
            return desc->isDefaultValueCallback( desc->descriptionData, src, def, size, ret, ctx->error );
        *ret = def ? !memcmp( src, def, size ) : all_zero( src, size );
        break;
    }
    case WS_CHAR_ARRAY_TYPE:
    case WS_UTF8_ARRAY_TYPE:
    case WS_BYTE_ARRAY_TYPE:
        *ret = !count && !*(void * const *)src;
        break;
    case WS_WSZ_TYPE:
        *ret = wsz_eq( *(const WCHAR * const *)src, def ? *(const WCHAR * const *)def : NULL );
        break;
    case WS_STRING_TYPE:
    {
        static const WS_STRING none;
        const WS_STRING *a = src, *b = def ? def : &none;
        *ret = bytes_eq( a->chars, a->length * sizeof(WCHAR), b->chars, b->length * sizeof(WCHAR) );
        break;
    }
    case WS_XML_STRING_TYPE:
    {
        static const WS_XML_STRING none;
        const WS_XML_STRING *a = src, *b = def ? def : &none;
        *ret = bytes_eq( a->bytes, a->length, b->bytes, b->length );
        break;
    }
    case WS_BYTES_TYPE:
    {
        static const WS_BYTES none;
        const WS_BYTES *a = src, *b = def ? def : &none;
        *ret = bytes_eq( a->bytes, a->length, b->bytes, b->length );
        break;
    }
    case WS_XML_QNAME_TYPE:
    {
        static const WS_XML_QNAME none;
        const WS_XML_QNAME *a = src, *b = def ? def : &none;
        *ret = bytes_eq( a->localName.bytes, a->localName.length, b->localName.bytes, b->localName.length ) &&
               bytes_eq( a->ns.bytes, a->ns.length, b->ns.bytes, b->ns.length );
        break;
    }
    case WS_DECIMAL_TYPE:
        /* wReserved is anything */
        *ret = def ? !decimal_compare( src, def ) && ((const DECIMAL *)src)->scale == ((const DECIMAL *)def)->scale
                   : all_zero( (const BYTE *)src + 2, size - 2 );
        break;
    default:
        *ret = def ? !memcmp( src, def, size ) : all_zero( src, size );
        break;
    }
    return S_OK;
}

enum field_state { FIELD_VALUE, FIELD_NIL, FIELD_ABSENT };

/* What is to be written of a field or an item, and where its value lies. */
static HRESULT field_state( struct write_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, BOOL optional,
                            BOOL nillable,
                            const void **src, ULONG count, enum field_state *state )
{
    ULONG flags = type_info( field->type )->flags;
    BOOL absent = FALSE;
    HRESULT hr;

    *state = FIELD_VALUE;
    if (field->options & WS_FIELD_POINTER && !(flags & TYPE_ARRAY))
    {
        const void *value = *(const void * const *)*src;
        if (value)
        {
            *src = value;
            return S_OK;
        }
        absent = TRUE;
    }
    else if (optional)
    {
        if ((hr = is_default( ctx, field, size, *src, count, &absent ))) return hr;
    }
    if (absent && optional)
    {
        *state = FIELD_ABSENT;
        return S_OK;
    }
    if (!absent && flags & TYPE_POINTER) absent = !*(const void * const *)*src;
    else if (!absent && flags & TYPE_NIL && nillable)
    {
        if (flags & TYPE_ARRAY) absent = !count && !*(const void * const *)*src;
        else if (field->type == WS_STRING_TYPE)
            absent = !((const WS_STRING *)*src)->chars && !((const WS_STRING *)*src)->length;
        else if (field->type == WS_BYTES_TYPE)
            absent = !((const WS_BYTES *)*src)->bytes && !((const WS_BYTES *)*src)->length;
        else absent = !((const WS_XML_STRING *)*src)->bytes && !((const WS_XML_STRING *)*src)->length;
    }
    if (!absent) return S_OK;
    if (!nillable) return ws_fail( ctx->error, E_INVALIDARG, "A value that must be there is NULL." );
    *state = FIELD_NIL;
    return S_OK;
}

static HRESULT __attribute__((cold)) in_field( struct write_ctx *ctx, const WS_FIELD_DESCRIPTION *field, HRESULT hr )
{
    const WS_XML_STRING *name = field->localName ? field->localName : field->itemLocalName;
    if (name) ws_fail( ctx->error, hr, "The %s '%.*s' could not be written.", field_mapping_name( field->mapping ),
                       XMLSTR_ARG( name ) );
    return hr;
}

static HRESULT write_text_value( struct write_ctx *ctx, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *desc,
                                 const void *src, ULONG count );

static HRESULT write_attribute_field( struct write_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size,
                                      const BYTE *base )
{
    BOOL xml = field->mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING;
    const void *src = base + field->offset;
    ULONG count = 0;
    enum field_state state;
    HRESULT hr;

    if (field->type == WS_VOID_TYPE) return S_OK;
    if (type_info( field->type )->flags & TYPE_ARRAY) count = *(const ULONG *)(base + field->countOffset);
    if ((hr = field_state( ctx, field, size, field->options & WS_FIELD_OPTIONAL, FALSE, &src, count,
                           &state ))) return hr;
    if (state == FIELD_ABSENT) return S_OK;
    if ((hr = writer_write_start_attribute( ctx->writer, xml ? &prefix_xml : NULL, field->localName,
                                            xml ? &uri_xml : field->ns,
                                            FALSE, ctx->error ))) return hr;
    if ((hr = write_text_value( ctx, WS_ATTRIBUTE_TYPE_MAPPING, field->type, field->typeDescription, src,
                                count ))) return hr;
    return writer_write_end_attribute( ctx->writer, ctx->error );
}

static HRESULT write_any_attributes( struct write_ctx *ctx, const WS_ANY_ATTRIBUTES *any )
{
    HRESULT hr;
    ULONG i;

    if (any->attributeCount && !any->attributes)
        return ws_fail( ctx->error, E_INVALIDARG, "%u attributes have no address.", (unsigned int)any->attributeCount );
    for (i = 0; i < any->attributeCount; i++)
    {
        const WS_ANY_ATTRIBUTE *attr = &any->attributes[i];
        if (!attr->value) return ws_fail( ctx->error, E_INVALIDARG, "An attribute has no value." );
        if ((hr = writer_write_start_attribute( ctx->writer, NULL, &attr->localName, &attr->ns, FALSE,
                                                ctx->error ))) return hr;
        if ((hr = writer_write_text( ctx->writer, attr->value, ctx->error ))) return hr;
        if ((hr = writer_write_end_attribute( ctx->writer, ctx->error ))) return hr;
    }
    return S_OK;
}

/* A value as text: into an attribute or as the whole content of an element. */
static HRESULT write_text_value( struct write_ctx *ctx, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *desc,
                                 const void *src, ULONG count )
{
    const WS_STRUCT_DESCRIPTION *struct_desc = desc;
    struct checked_struct checked;
    enum field_state state;
    ULONG i, size;
    HRESULT hr;

    if (type_info( type )->flags & TYPE_TEXT) return store_text( ctx, type, desc, src, count );
    if (type == WS_CUSTOM_TYPE) return write_custom( ctx, mapping, desc, src );
    if (type != WS_STRUCT_TYPE)
        return ws_fail( ctx->error, E_INVALIDARG, "The type %s has no text form.", type_info( type )->name );
    if (++ctx->nesting > MAX_NESTING)
        return ws_fail( ctx->error, WS_E_QUOTA_EXCEEDED, "Types are nested deeper than %u levels.", MAX_NESTING );
    if ((hr = struct_checked( ctx->checked, struct_desc, &checked, ctx->error ))) return hr;
    for (i = 0; i < struct_desc->fieldCount; i++)
    {
        const WS_FIELD_DESCRIPTION *field = struct_desc->fields[i];
        const BYTE *base = src;
        const void *value;

        size = field_size( field );
        if (field->mapping == WS_NO_FIELD_MAPPING) continue;
        if (field->mapping != WS_TEXT_FIELD_MAPPING)
            return ws_fail( ctx->error, E_INVALIDARG,
                            "A struct that stands for a text has a field of another mapping (%s).",
                            field_mapping_name( field->mapping ) );
        value = base + field->offset;
        count = type_info( field->type )->flags & TYPE_ARRAY ? *(const ULONG *)(base + field->countOffset) : 0;
        if ((hr = field_state( ctx, field, size, field->options & WS_FIELD_OPTIONAL, FALSE, &value, count,
                               &state ))) return hr;
        if (state == FIELD_VALUE &&
            (hr = write_text_value( ctx, mapping, field->type, field->typeDescription, value, count ))) return hr;
    }
    ctx->nesting--;
    return S_OK;
}

/* An element with its tags, from a field or an item. */
static HRESULT write_field_element( struct write_ctx *ctx, const WS_FIELD_DESCRIPTION *field, const WS_XML_STRING *name,
                                    const WS_XML_STRING *ns, ULONG size, BOOL optional, BOOL nillable, const void *src,
                                    ULONG count )
{
    enum field_state state;
    HRESULT hr;

    if (field->type == WS_VOID_TYPE) return S_OK;
    if ((hr = field_state( ctx, field, size, optional, nillable, &src, count, &state ))) return hr;
    if (state == FIELD_ABSENT) return S_OK;
    if (LIKELY( state == FIELD_VALUE && type_info( field->type )->flags & TYPE_TEXT ))
        return store_text_element( ctx, name, ns, field->type, field->typeDescription, src, count );
    if ((hr = writer_write_start_element( ctx->writer, NULL, name, ns, ctx->error ))) return hr;
    if (state == FIELD_NIL) hr = write_nil( ctx );
    else hr = write_element_value( ctx, field->type, field->typeDescription, src, count );
    return hr ? hr : writer_write_end_element( ctx->writer, ctx->error );
}

static HRESULT write_union( struct write_ctx *ctx, const WS_UNION_DESCRIPTION *desc, const BYTE *base, BOOL optional );

/* A complete element of any name. */
static HRESULT write_any_element( struct write_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size,
                                  const void *src )
{
    enum field_state state;
    HRESULT hr;

    if (field->type == WS_VOID_TYPE) return S_OK;
    if ((hr = field_state( ctx, field, size, field->options & WS_FIELD_OPTIONAL, FALSE, &src, 0, &state ))) return hr;
    if (state == FIELD_ABSENT) return S_OK;
    if (field->type == WS_CUSTOM_TYPE) return write_custom( ctx, WS_ANY_ELEMENT_TYPE_MAPPING, field->typeDescription,
                                                            src );
    if (field->type != WS_XML_BUFFER_TYPE)
        return ws_fail( ctx->error, E_INVALIDARG, "The type %s has no name to write.", type_info( field->type )->name );
    return writer_write_xml_buffer( ctx->writer, *(WS_XML_BUFFER * const *)src, ctx->error );
}

static HRESULT write_item( struct write_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, const void *src )
{
    switch (field->mapping)
    {
    case WS_REPEATING_ELEMENT_FIELD_MAPPING:
        return write_field_element( ctx, field, field->itemLocalName, field->itemNs, size, FALSE,
                                    field->options & WS_FIELD_NILLABLE_ITEM, src, 0 );
    case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING:
        return write_union( ctx, field->typeDescription, src, FALSE );
    default:
        return write_any_element( ctx, field, size, src );
    }
}

static HRESULT write_repeating( struct write_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, const BYTE *base )
{
    const BYTE *items = *(const BYTE * const *)(base + field->offset);
    ULONG count, stored = field->options & WS_FIELD_POINTER ? sizeof(void *) : size, i;
    BOOL wrapper = field->localName && field->mapping != WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING;
    HRESULT hr;

    if (field->type == WS_VOID_TYPE) return S_OK;
    count = *(const ULONG *)(base + field->countOffset);
    if (count && !items) return ws_fail( ctx->error, E_INVALIDARG, "An array of %u items has no address.",
                                         (unsigned int)count );
    if (wrapper)
    {
        if (!items && field->options & WS_FIELD_OPTIONAL) return S_OK;
        if ((hr = writer_write_start_element( ctx->writer, NULL, field->localName, field->ns, ctx->error ))) return hr;
        if (!items && field->options & WS_FIELD_NILLABLE && (hr = write_nil( ctx ))) return hr;
    }
    for (i = 0; i < count; i++)
        if ((hr = write_item( ctx, field, size, items + (SIZE_T)i * stored ))) return hr;
    return wrapper ? writer_write_end_element( ctx->writer, ctx->error ) : S_OK;
}

/* --- unions ----------------------------------------------------------------------------------------------------- */

static const WS_UNION_FIELD_DESCRIPTION *find_choice( const WS_UNION_DESCRIPTION *desc, int value )
{
    ULONG i, low = 0, high = desc->fieldCount;

    if (desc->valueIndices && desc->fieldCount > 8)
    {
        while (low < high)
        {
            ULONG mid = low + (high - low) / 2, index = desc->valueIndices[mid];
            if (index >= desc->fieldCount || !desc->fields[index]) break;
            if (desc->fields[index]->value == value) return desc->fields[index];
            if (value < desc->fields[index]->value) high = mid;
            else low = mid + 1;
        }
    }
    for (i = 0; i < desc->fieldCount; i++)
        if (desc->fields[i] && desc->fields[i]->value == value) return desc->fields[i];
    return NULL;
}

static HRESULT write_union( struct write_ctx *ctx, const WS_UNION_DESCRIPTION *desc, const BYTE *base, BOOL optional )
{
    int value = *(const int *)(base + desc->enumOffset);
    const WS_UNION_FIELD_DESCRIPTION *choice;
    const WS_FIELD_DESCRIPTION *field;
    ULONG size, count = 0;
    HRESULT hr;

    if (optional && value == desc->noneEnumValue) return S_OK;
    if (!(choice = find_choice( desc, value )))
        return ws_fail( ctx->error, WS_E_INVALID_FORMAT,
                        "The selector of a union has the value %d, which is none of its "
                        "choices.", value );
    field = &choice->field;
    if ((hr = choice_check( field, desc->size, &size, ctx->error ))) return hr;
    if (++ctx->nesting > MAX_NESTING)
        return ws_fail( ctx->error, WS_E_QUOTA_EXCEEDED, "Types are nested deeper than %u levels.", MAX_NESTING );
    if (type_info( field->type )->flags & TYPE_ARRAY) count = *(const ULONG *)(base + field->countOffset);
    switch (field->mapping)
    {
    case WS_ELEMENT_FIELD_MAPPING:
        hr = write_field_element( ctx, field, field->localName, field->ns, size, FALSE,
                                  field->options & WS_FIELD_NILLABLE,
                                  base + field->offset, count );
        break;
    case WS_ANY_ELEMENT_FIELD_MAPPING:
        hr = write_any_element( ctx, field, size, base + field->offset );
        break;
    default:
        hr = write_repeating( ctx, field, size, base );
        break;
    }
    if (hr) return in_field( ctx, field, hr );
    ctx->nesting--;
    return S_OK;
}

/* --- structs ---------------------------------------------------------------------------------------------------- */

static HRESULT write_text_field( struct write_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size,
                                 const BYTE *base )
{
    const void *src = base + field->offset;
    enum field_state state;
    ULONG count = 0;
    HRESULT hr;

    if (type_info( field->type )->flags & TYPE_ARRAY) count = *(const ULONG *)(base + field->countOffset);
    if ((hr = field_state( ctx, field, size, field->options & WS_FIELD_OPTIONAL, FALSE, &src, count,
                           &state ))) return hr;
    if (state == FIELD_ABSENT) return S_OK;
    return write_text_value( ctx, WS_ELEMENT_CONTENT_TYPE_MAPPING, field->type, field->typeDescription, src, count );
}

static HRESULT write_any_content( struct write_ctx *ctx, const WS_FIELD_DESCRIPTION *field, const BYTE *base )
{
    WS_XML_BUFFER *buffer;

    if (field->type == WS_VOID_TYPE) return S_OK;
    buffer = *(WS_XML_BUFFER * const *)(base + field->offset);
    return buffer ? write_nodes( ctx, buffer->root.first ) : S_OK;
}

static HRESULT write_field( struct write_ctx *ctx, const WS_FIELD_DESCRIPTION *field, ULONG size, const BYTE *base )
{
    ULONG count = 0;

    switch (field->mapping)
    {
    case WS_ATTRIBUTE_FIELD_MAPPING:
    case WS_XML_ATTRIBUTE_FIELD_MAPPING:
        return write_attribute_field( ctx, field, size, base );
    case WS_ANY_ATTRIBUTES_FIELD_MAPPING:
        if (field->type == WS_VOID_TYPE) return S_OK;
        return write_any_attributes( ctx, (const WS_ANY_ATTRIBUTES *)(base + field->offset) );
    case WS_TYPE_ATTRIBUTE_FIELD_MAPPING: /* written by actual_type() */
    case WS_NO_FIELD_MAPPING:
        return S_OK;
    case WS_ELEMENT_FIELD_MAPPING:
        if (type_info( field->type )->flags & TYPE_ARRAY) count = *(const ULONG *)(base + field->countOffset);
        return write_field_element( ctx, field, field->localName, field->ns, size, field->options & WS_FIELD_OPTIONAL,
                                    field->options & WS_FIELD_NILLABLE, base + field->offset, count );
    case WS_REPEATING_ELEMENT_FIELD_MAPPING:
    case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING:
    case WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING:
        return write_repeating( ctx, field, size, base );
    case WS_ELEMENT_CHOICE_FIELD_MAPPING:
        return write_union( ctx, field->typeDescription, base + field->offset, field->options & WS_FIELD_OPTIONAL );
    case WS_ANY_ELEMENT_FIELD_MAPPING:
        return write_any_element( ctx, field, size, base + field->offset );
    case WS_ANY_CONTENT_FIELD_MAPPING:
        return write_any_content( ctx, field, base );
    default:
        return write_text_field( ctx, field, size, base );
    }
}

/* A field whose value is always there and always written, as the text of an element. */
static inline BOOL is_plain_element( const WS_FIELD_DESCRIPTION *field )
{
    return field->mapping == WS_ELEMENT_FIELD_MAPPING && !field->options &&
           (serial_types[field->type].flags & (TYPE_TEXT | TYPE_POINTER | TYPE_ARRAY)) == TYPE_TEXT;
}

/* The fields from `first` to before `end` that are attributes, or that are not. */
static HRESULT write_fields( struct write_ctx *ctx, const WS_STRUCT_DESCRIPTION *desc, const BYTE *base, ULONG first,
                             ULONG end,
                             BOOL attributes )
{
    ULONG i;
    HRESULT hr;

    for (i = first; i < end; i++)
    {
        const WS_FIELD_DESCRIPTION *field = desc->fields[i];

        if (UNLIKELY( !!(1 << field->mapping & ATTRIBUTE_FIELDS) != attributes )) continue;
        if (LIKELY( is_plain_element( field ) ))
            hr = store_text_element( ctx, field->localName, field->ns, field->type, field->typeDescription, base + field->offset, 0 );
        else hr = write_field( ctx, field, field_size( field ), base );
        if (UNLIKELY( hr )) return in_field( ctx, field, hr );
    }
    return S_OK;
}

HRESULT write_struct( struct write_ctx *ctx, WS_TYPE_MAPPING mapping, const WS_STRUCT_DESCRIPTION *desc,
                      const void *src )
{
    struct checked_struct checked;
    HRESULT hr;

    if (UNLIKELY( ++ctx->nesting > MAX_NESTING ))
        return ws_fail( ctx->error, WS_E_QUOTA_EXCEEDED, "Types are nested deeper than %u levels.", MAX_NESTING );
    if (mapping == WS_ELEMENT_TYPE_MAPPING)
    {
        const WS_STRUCT_DESCRIPTION *actual;
        if ((hr = actual_type( ctx, desc, src, &actual ))) return hr;
        if (actual != desc && (hr = write_xsi_type( ctx, actual ))) return hr;
        desc = actual;
    }
    if (UNLIKELY( (hr = struct_checked( ctx->checked, desc, &checked, ctx->error )) )) return hr;
    if (mapping == WS_ELEMENT_TYPE_MAPPING)
    {
        if ((hr = write_fields( ctx, desc, src, 0, checked.attributes, TRUE ))) return hr;
    }
    else if (checked.attributes)
        return ws_fail( ctx->error, E_INVALIDARG,
                        "A struct that is written as the content of an element cannot have attributes." );
    if ((hr = write_fields( ctx, desc, src, checked.content, desc->fieldCount, FALSE ))) return hr;
    ctx->nesting--;
    return S_OK;
}

HRESULT write_element_value( struct write_ctx *ctx, WS_TYPE type, const void *desc, const void *src, ULONG count )
{
    if (LIKELY( type_info( type )->flags & TYPE_TEXT )) return store_text( ctx, type, desc, src, count );
    switch (type)
    {
    case WS_STRUCT_TYPE: return write_struct( ctx, WS_ELEMENT_TYPE_MAPPING, desc, src );
    case WS_UNION_TYPE: return write_union( ctx, desc, src, FALSE );
    case WS_CUSTOM_TYPE: return write_custom( ctx, WS_ELEMENT_TYPE_MAPPING, desc, src );
    case WS_XML_BUFFER_TYPE: return write_buffer_content( ctx, *(WS_XML_BUFFER * const *)src );
    case WS_ENDPOINT_ADDRESS_TYPE: return write_endpoint_address( ctx, desc, src );
    case WS_FAULT_TYPE: return write_fault( ctx, ((const WS_FAULT_DESCRIPTION *)desc)->envelopeVersion, src );
    default:
        return ws_fail( ctx->error, E_INVALIDARG, "The type %s cannot be written as an element.",
                        type_info( type )->name );
    }
}

/* --- calls ------------------------------------------------------------------------------------------------------ */

/* What the option says about storage: where the value lies; NULL if it is nil. */
static HRESULT check_write( WS_TYPE type, const void *desc, WS_WRITE_OPTION option, const void *value, ULONG value_size,
                            const void **src, WS_ERROR *error )
{
    const struct type_info *info;
    const void *ptr;
    ULONG size;
    HRESULT hr;

    if ((hr = type_check( type, desc, &size, error ))) return hr;
    info = type_info( type );
    if (!value) return ws_fail( error, E_INVALIDARG, "No value was given." );
    *src = value;
    switch (option)
    {
    case WS_WRITE_REQUIRED_VALUE:
    case WS_WRITE_NILLABLE_VALUE:
        if (info->flags & TYPE_POINTER)
            return ws_fail( error, E_INVALIDARG, "The type %s can only be written as a pointer.", info->name );
        if (value_size != size)
            return ws_fail( error, E_INVALIDARG, "The size %u is not that of the type %s, which is %u.",
                            (unsigned int)value_size, info->name, (unsigned int)size );
        if (option == WS_WRITE_REQUIRED_VALUE) return S_OK;
        if (!(info->flags & TYPE_NIL))
            return ws_fail( error, E_INVALIDARG, "A value of the type %s cannot be nil: write a pointer.", info->name );
        if (type == WS_STRING_TYPE && !((const WS_STRING *)value)->length &&
            !((const WS_STRING *)value)->chars) *src = NULL;
        if (type == WS_BYTES_TYPE && !((const WS_BYTES *)value)->length &&
            !((const WS_BYTES *)value)->bytes) *src = NULL;
        if (type == WS_XML_STRING_TYPE && !((const WS_XML_STRING *)value)->length &&
            !((const WS_XML_STRING *)value)->bytes)
            *src = NULL;
        return S_OK;
    case WS_WRITE_REQUIRED_POINTER:
    case WS_WRITE_NILLABLE_POINTER:
        if (value_size != sizeof(void *))
            return ws_fail( error, E_INVALIDARG, "The size %u is not that of a pointer.", (unsigned int)value_size );
        ptr = *(const void * const *)value;
        if (!ptr && option == WS_WRITE_REQUIRED_POINTER)
            return ws_fail( error, E_INVALIDARG, "The pointer to a required value of the type %s is NULL.",
                            info->name );
        if (!ptr) *src = NULL;
        else if (!(info->flags & TYPE_POINTER)) *src = ptr;
        return S_OK;
    default:
        return ws_fail( error, E_INVALIDARG, "%d is no option to write with.", option );
    }
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

static HRESULT write_type( struct write_ctx *ctx, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *desc,
                           const void *src )
{
    if (!src)
    {
        if (mapping != WS_ELEMENT_TYPE_MAPPING) return ws_fail( ctx->error, E_INVALIDARG,
                                                                "Only an element can be nil." );
        return write_nil( ctx );
    }
    switch (mapping)
    {
    case WS_ELEMENT_TYPE_MAPPING:
        return write_element_value( ctx, type, desc, src, 0 );
    case WS_ATTRIBUTE_TYPE_MAPPING:
        return write_text_value( ctx, mapping, type, desc, src, 0 );
    case WS_ELEMENT_CONTENT_TYPE_MAPPING:
        if (type == WS_STRUCT_TYPE) return write_struct( ctx, mapping, desc, src );
        if (type == WS_UNION_TYPE) return write_union( ctx, desc, src, FALSE );
        if (type == WS_XML_BUFFER_TYPE) return write_nodes( ctx, (*(WS_XML_BUFFER * const *)src)->root.first );
        return write_text_value( ctx, mapping, type, desc, src, 0 );
    default:
        if (type == WS_CUSTOM_TYPE) return write_custom( ctx, mapping, desc, src );
        if (type == WS_XML_BUFFER_TYPE)
            return writer_write_xml_buffer( ctx->writer, *(WS_XML_BUFFER * const *)src, ctx->error );
        return ws_fail( ctx->error, E_INVALIDARG, "The type %s has no name to write.", type_info( type )->name );
    }
}

HRESULT serial_write_type( WS_XML_WRITER *writer, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *desc,
                           WS_WRITE_OPTION option, const void *value, ULONG size, WS_ERROR *error )
{
    struct write_ctx ctx = { .writer = writer, .error = error, .typed = writer_is_typed( writer ) };
    const void *src;
    HRESULT hr;

    if ((hr = check_write( type, desc, option, value, size, &src, error ))) return hr;
    if ((hr = check_mapping( mapping, type, error ))) return hr;
    return write_type( &ctx, mapping, type, desc, src );
}

HRESULT serial_write_element( WS_XML_WRITER *writer, const WS_ELEMENT_DESCRIPTION *desc, WS_WRITE_OPTION option,
                              const void *value, ULONG size, WS_ERROR *error )
{
    struct write_ctx ctx = { .writer = writer, .error = error, .typed = writer_is_typed( writer ) };
    const void *src;
    HRESULT hr;

    if (!desc) return ws_fail( error, E_INVALIDARG, "No description of the element was given." );
    if ((hr = check_write( desc->type, desc->typeDescription, option, value, size, &src, error ))) return hr;
    if (!desc->elementLocalName != !desc->elementNs)
        return ws_fail( error, E_INVALIDARG, "The element needs both a name and a namespace, or neither." );
    if (!desc->elementLocalName)
    {
        if ((hr = check_mapping( WS_ANY_ELEMENT_TYPE_MAPPING, desc->type, error ))) return hr;
        return write_type( &ctx, WS_ANY_ELEMENT_TYPE_MAPPING, desc->type, desc->typeDescription, src );
    }
    if ((hr = check_mapping( WS_ELEMENT_TYPE_MAPPING, desc->type, error ))) return hr;
    if ((hr = writer_write_start_element( writer, NULL, desc->elementLocalName, desc->elementNs, error ))) return hr;
    if (!(hr = write_type( &ctx, WS_ELEMENT_TYPE_MAPPING, desc->type, desc->typeDescription, src )))
        hr = writer_write_end_element( writer, error );
    if (hr) ws_fail( error, hr, "The element '%.*s' of namespace '%.*s' could not be written.",
                     XMLSTR_ARG( desc->elementLocalName ), XMLSTR_ARG( desc->elementNs ) );
    return hr;
}

HRESULT serial_write_attribute( WS_XML_WRITER *writer, const WS_ATTRIBUTE_DESCRIPTION *desc, WS_WRITE_OPTION option,
                                const void *value, ULONG size, WS_ERROR *error )
{
    struct write_ctx ctx = { .writer = writer, .error = error, .typed = writer_is_typed( writer ) };
    const void *src;
    HRESULT hr;

    if (!desc) return ws_fail( error, E_INVALIDARG, "No description of the attribute was given." );
    if (!desc->attributeLocalName || !desc->attributeNs)
        return ws_fail( error, E_INVALIDARG, "The attribute needs a name and a namespace." );
    if ((hr = check_write( desc->type, desc->typeDescription, option, value, size, &src, error ))) return hr;
    if ((hr = check_mapping( WS_ATTRIBUTE_TYPE_MAPPING, desc->type, error ))) return hr;
    if ((hr = writer_write_start_attribute( writer, NULL, desc->attributeLocalName, desc->attributeNs, FALSE,
                                            error ))) return hr;
    if (!(hr = write_type( &ctx, WS_ATTRIBUTE_TYPE_MAPPING, desc->type, desc->typeDescription, src )))
        hr = writer_write_end_attribute( writer, error );
    if (hr) ws_fail( error, hr, "The attribute '%.*s' could not be written.", XMLSTR_ARG( desc->attributeLocalName ) );
    return hr;
}

HRESULT serial_write_value( WS_XML_WRITER *writer, WS_VALUE_TYPE value_type, const void *value, ULONG size,
                            WS_ERROR *error )
{
    struct write_ctx ctx = { .writer = writer, .error = error, .typed = writer_is_typed( writer ) };
    WS_TYPE type = value_type == WS_DURATION_VALUE_TYPE ? WS_DURATION_TYPE : (WS_TYPE)value_type;

    if ((ULONG)value_type > WS_DURATION_VALUE_TYPE) return ws_fail( error, E_INVALIDARG, "%d is no value type.",
                                                                    value_type );
    if (!value) return ws_fail( error, E_INVALIDARG, "No value was given." );
    if (size != serial_type_size( type, NULL ))
        return ws_fail( error, E_INVALIDARG, "The size %u is not that of the type %s.", (unsigned int)size,
                        type_info( type )->name );
    return store_text( &ctx, type, NULL, value, 0 );
}
