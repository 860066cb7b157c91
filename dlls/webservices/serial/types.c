/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The types as rows, and the rules that descriptions have to follow (the reference pages of WS_TYPE, WS_FIELD_MAPPING
 * and the descriptions). */
#include "serial/types.h"

#define F( mapping ) (1 << WS_##mapping##_FIELD_MAPPING)
#define M( mapping ) (1 << WS_##mapping##_TYPE_MAPPING)

#define SIMPLE_FIELDS  (F( ELEMENT ) | F( REPEATING_ELEMENT ) | F( ATTRIBUTE ) | F( TEXT ) | F( NO ))
/* The pages name only strings for xml:lang and the like; nothing speaks against other text. */
#define TEXT_FIELDS    (SIMPLE_FIELDS | F( XML_ATTRIBUTE ))
#define ARRAY_FIELDS   (F( ELEMENT ) | F( ATTRIBUTE ) | F( TEXT ) | F( NO ) | F( XML_ATTRIBUTE ))
#define ELEMENT_FIELDS (F( ELEMENT ) | F( REPEATING_ELEMENT ) | F( NO ))
#define BUFFER_FIELDS  (ELEMENT_FIELDS | F( ANY_ELEMENT ) | F( REPEATING_ANY_ELEMENT ) | F( ANY_CONTENT ))
#define VOID_FIELDS    (F( NO ) | F( ANY_ELEMENT ) | F( REPEATING_ANY_ELEMENT ) | F( ELEMENT ) | F( ATTRIBUTE ) | \
                        F( ANY_CONTENT ) | F( ANY_ATTRIBUTES ))
#define ALL_MAPPINGS   (M( ELEMENT ) | M( ATTRIBUTE ) | M( ELEMENT_CONTENT ))

#define SIMPLE( type, name, size ) \
    [WS_##type##_TYPE] = { name, size, TYPE_TEXT | TYPE_DEFAULT, TEXT_FIELDS, ALL_MAPPINGS }

const struct type_info serial_types[WS_ANY_ATTRIBUTES_TYPE + 1] =
{
    SIMPLE( BOOL, "boolean", sizeof(BOOL) ),
    SIMPLE( INT8, "8-bit integer", 1 ),
    SIMPLE( INT16, "16-bit integer", 2 ),
    SIMPLE( INT32, "32-bit integer", 4 ),
    SIMPLE( INT64, "64-bit integer", 8 ),
    SIMPLE( UINT8, "unsigned 8-bit integer", 1 ),
    SIMPLE( UINT16, "unsigned 16-bit integer", 2 ),
    SIMPLE( UINT32, "unsigned 32-bit integer", 4 ),
    SIMPLE( UINT64, "unsigned 64-bit integer", 8 ),
    SIMPLE( FLOAT, "float", 4 ),
    SIMPLE( DOUBLE, "double", 8 ),
    SIMPLE( DECIMAL, "decimal", sizeof(DECIMAL) ),
    SIMPLE( DATETIME, "date and time", sizeof(WS_DATETIME) ),
    SIMPLE( TIMESPAN, "time span", sizeof(WS_TIMESPAN) ),
    SIMPLE( GUID, "GUID", sizeof(GUID) ),
    SIMPLE( UNIQUE_ID, "unique id", sizeof(WS_UNIQUE_ID) ),
    [WS_STRING_TYPE] = { "string", sizeof(WS_STRING), TYPE_TEXT | TYPE_NIL | TYPE_DEFAULT, TEXT_FIELDS, ALL_MAPPINGS },
    [WS_WSZ_TYPE] = { "zero-ended string", sizeof(WCHAR *), TYPE_TEXT | TYPE_POINTER | TYPE_NIL | TYPE_DEFAULT,
                      TEXT_FIELDS,
                      ALL_MAPPINGS },
    [WS_BYTES_TYPE] = { "byte string", sizeof(WS_BYTES), TYPE_TEXT | TYPE_NIL | TYPE_DEFAULT, TEXT_FIELDS,
                        ALL_MAPPINGS },
    [WS_XML_STRING_TYPE] = { "XML string", sizeof(WS_XML_STRING), TYPE_TEXT | TYPE_NIL | TYPE_DEFAULT, TEXT_FIELDS,
                             ALL_MAPPINGS },
    SIMPLE( XML_QNAME, "qualified name", sizeof(WS_XML_QNAME) ),
    [WS_XML_BUFFER_TYPE] = { "XML buffer", sizeof(WS_XML_BUFFER *), TYPE_POINTER | TYPE_NIL, BUFFER_FIELDS,
                             M( ELEMENT ) | M( ELEMENT_CONTENT ) | M( ANY_ELEMENT ) },
    [WS_CHAR_ARRAY_TYPE] = { "character array", sizeof(WCHAR *), TYPE_TEXT | TYPE_NIL | TYPE_ARRAY, ARRAY_FIELDS, 0 },
    [WS_UTF8_ARRAY_TYPE] = { "UTF-8 array", sizeof(BYTE *), TYPE_TEXT | TYPE_NIL | TYPE_ARRAY, ARRAY_FIELDS, 0 },
    [WS_BYTE_ARRAY_TYPE] = { "byte array", sizeof(BYTE *), TYPE_TEXT | TYPE_NIL | TYPE_ARRAY, ARRAY_FIELDS, 0 },
    [WS_DESCRIPTION_TYPE] = { "description", sizeof(void *), TYPE_POINTER | TYPE_NO_NIL, F( TYPE_ATTRIBUTE ), 0 },
    [WS_STRUCT_TYPE] = { "struct", 0, TYPE_DESC | TYPE_OPT_PTR,
                         SIMPLE_FIELDS | F( ANY_ELEMENT ), ALL_MAPPINGS | M( ANY_ELEMENT ) },
    [WS_CUSTOM_TYPE] = { "custom type", 0, TYPE_DESC | TYPE_DEFAULT, SIMPLE_FIELDS | F( ANY_ELEMENT ),
                         ALL_MAPPINGS | M( ANY_ELEMENT ) },
    [WS_ENDPOINT_ADDRESS_TYPE] = { "endpoint address", sizeof(WS_ENDPOINT_ADDRESS), TYPE_DESC | TYPE_OPT_PTR,
                                   ELEMENT_FIELDS,
                                   M( ELEMENT ) },
    [WS_FAULT_TYPE] = { "fault", sizeof(WS_FAULT), TYPE_DESC | TYPE_OPT_PTR, ELEMENT_FIELDS, M( ELEMENT ) },
    [WS_VOID_TYPE] = { "void", 0, TYPE_DEFAULT, VOID_FIELDS, 0 },
    [WS_ENUM_TYPE] = { "enumeration", sizeof(int), TYPE_TEXT | TYPE_DESC | TYPE_DEFAULT, TEXT_FIELDS, ALL_MAPPINGS },
    SIMPLE( DURATION, "duration", sizeof(WS_DURATION) ),
    [WS_UNION_TYPE] = { "union", 0, TYPE_DESC | TYPE_NO_NIL, F( ELEMENT_CHOICE ) | F( REPEATING_ELEMENT_CHOICE ),
                        M( ELEMENT ) | M( ELEMENT_CONTENT ) },
    [WS_ANY_ATTRIBUTES_TYPE] = { "any attributes", sizeof(WS_ANY_ATTRIBUTES), TYPE_NO_NIL, F( ANY_ATTRIBUTES ), 0 },
};

const char *field_mapping_name( WS_FIELD_MAPPING mapping )
{
    static const char * const names[] =
    {
        "type attribute", "attribute", "element", "repeating element", "text", "no mapping", "xml attribute", "choice",
        "repeating choice", "any element", "repeating any element", "any content", "any attributes"
    };
    return (ULONG)mapping < ARRAY_SIZE( names ) ? names[mapping] : "unknown mapping";
}

ULONG serial_type_size( WS_TYPE type, const void *desc )
{
    const struct type_info *info = type_info( type );

    if (!info) return 0;
    if (info->size) return info->size;
    switch (type)
    {
    case WS_STRUCT_TYPE: return desc ? ((const WS_STRUCT_DESCRIPTION *)desc)->size : 0;
    case WS_UNION_TYPE: return desc ? ((const WS_UNION_DESCRIPTION *)desc)->size : 0;
    case WS_CUSTOM_TYPE: return desc ? ((const WS_CUSTOM_TYPE_DESCRIPTION *)desc)->size : 0;
    case WS_VOID_TYPE: return desc ? ((const WS_VOID_DESCRIPTION *)desc)->size : 0;
    default: return 0;
    }
}

static BOOL valid_description( WS_TYPE type, const void *ptr )
{
    switch (type)
    {
    case WS_STRUCT_TYPE:
    {
        const WS_STRUCT_DESCRIPTION *desc = ptr;
        return (desc->fields || !desc->fieldCount) && (desc->subTypes || !desc->subTypeCount);
    }
    case WS_UNION_TYPE:
    {
        const WS_UNION_DESCRIPTION *desc = ptr;
        return (desc->fields || !desc->fieldCount) && desc->size >= sizeof(int) &&
               desc->enumOffset <= desc->size - sizeof(int);
    }
    case WS_ENUM_TYPE:
    {
        const WS_ENUM_DESCRIPTION *desc = ptr;
        return desc->values || !desc->valueCount;
    }
    case WS_ENDPOINT_ADDRESS_TYPE:
    {
        const WS_ENDPOINT_ADDRESS_DESCRIPTION *desc = ptr;
        return desc->addressingVersion == WS_ADDRESSING_VERSION_0_9 ||
               desc->addressingVersion == WS_ADDRESSING_VERSION_1_0;
    }
    case WS_FAULT_TYPE:
        return fault_description( ((const WS_FAULT_DESCRIPTION *)ptr)->envelopeVersion ) != NULL;
    default:
        return TRUE;
    }
}

HRESULT type_check( WS_TYPE type, const void *desc, ULONG *size, WS_ERROR *error )
{
    const struct type_info *info = type_info( type );

    if (UNLIKELY( !info )) return ws_fail( error, E_INVALIDARG, "%d is no type.", type );
    if (info->flags & TYPE_DESC)
    {
        if (!desc) return ws_fail( error, E_INVALIDARG, "The type %s needs a description.", info->name );
        if (!valid_description( type, desc ))
            return ws_fail( error, E_INVALIDARG, "The description of the type %s is not valid.", info->name );
    }
    *size = info->size ? info->size : serial_type_size( type, desc );
    return S_OK;
}

static HRESULT bad_field( const WS_FIELD_DESCRIPTION *field, const struct type_info *info, const char *why,
                          WS_ERROR *error )
{
    return ws_fail( error, E_INVALIDARG, "The description of the field '%.*s' (%s, %s, options 0x%x) is not valid: %s.",
                    field->localName ? (int)field->localName->length : 0,
                    field->localName ? (const char *)field->localName->bytes : "", field_mapping_name( field->mapping ),
                    info ? info->name : "unknown type", (unsigned int)field->options, why );
}

#define REPEATING_FIELDS (F( REPEATING_ELEMENT ) | F( REPEATING_ELEMENT_CHOICE ) | F( REPEATING_ANY_ELEMENT ))
#define NAMED_FIELDS     (F( ATTRIBUTE ) | F( ELEMENT ))
#define DEFAULT_FIELDS   (F( ATTRIBUTE ) | F( ELEMENT ) | F( NO ) | F( XML_ATTRIBUTE ))

/* What the options ask for must be representable in the struct. */
static const char *check_options( const WS_FIELD_DESCRIPTION *field, const struct type_info *info, ULONG size )
{
    ULONG options = field->options, bit = 1 << field->mapping;
    BOOL pointer = (options & WS_FIELD_POINTER) || (info->flags & TYPE_NIL);

    if (options & ~(WS_FIELD_POINTER | WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE | WS_FIELD_NILLABLE_ITEM |
                    WS_FIELD_OTHER_NAMESPACE)) return "unknown options";
    if (info->flags & TYPE_NO_NIL && options & (WS_FIELD_POINTER | WS_FIELD_NILLABLE | WS_FIELD_NILLABLE_ITEM))
        return "the type can be neither a pointer nor nil";
    if (options & WS_FIELD_POINTER && info->flags & (TYPE_POINTER | TYPE_ARRAY)) return "the type is a pointer already";
    if (options & WS_FIELD_OTHER_NAMESPACE && (field->mapping != WS_ANY_ATTRIBUTES_FIELD_MAPPING || !field->ns))
        return "WS_FIELD_OTHER_NAMESPACE is for any attributes with a namespace";
    if (bit & REPEATING_FIELDS)
    {
        if (options & WS_FIELD_NILLABLE_ITEM && !pointer) return "a nil item needs WS_FIELD_POINTER";
    }
    else
    {
        if (options & WS_FIELD_NILLABLE && !pointer && field->type != WS_VOID_TYPE)
            return "a nil value needs WS_FIELD_POINTER";
        if (options & WS_FIELD_OPTIONAL && !(options & WS_FIELD_POINTER) && info->flags & TYPE_OPT_PTR)
            return "the type can be optional only as a pointer";
        if (options & WS_FIELD_NILLABLE_ITEM) return "there are no items";
    }
    if (field->defaultValue)
    {
        if (!(bit & DEFAULT_FIELDS) || !(info->flags & TYPE_DEFAULT)) return "it cannot have a default value";
        if (!field->defaultValue->value || field->defaultValue->valueSize != size)
            return "the default value has a wrong size";
    }
    return NULL;
}

HRESULT field_check( const WS_FIELD_DESCRIPTION *field, ULONG owner_size, ULONG *size, WS_ERROR *error )
{
    const struct type_info *info;
    ULONG bit, stored, offset;
    const char *why;
    HRESULT hr;

    if (UNLIKELY( !field )) return ws_fail( error, E_INVALIDARG, "A field has no description." );
    if (UNLIKELY( (ULONG)field->mapping > WS_ANY_ATTRIBUTES_FIELD_MAPPING ))
        return bad_field( field, NULL, "no mapping", error );
    bit = 1 << field->mapping;
    if ((hr = type_check( field->type, field->typeDescription, size, error ))) return hr;
    info = &serial_types[field->type];

    if (UNLIKELY( !(info->fields & bit) ))
        return bad_field( field, info, "the type does not go with the mapping", error );
    if (UNLIKELY( bit & NAMED_FIELDS && (!field->localName || !field->ns) ))
        return bad_field( field, info, "no name", error );
    if (UNLIKELY( field->mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING && !field->localName ))
        return bad_field( field, info, "no name", error );
    if (UNLIKELY( field->mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING && (!field->itemLocalName || !field->itemNs) ))
        return bad_field( field, info, "no name for the items", error );
    if (UNLIKELY( bit & REPEATING_FIELDS && !field->localName != !field->ns ))
        return bad_field( field, info, "the wrapper needs both a name and a namespace", error );
    if (UNLIKELY( (field->options || field->defaultValue) && (why = check_options( field, info, *size )) ))
        return bad_field( field, info, why, error );

    /* Nothing is read or written outside the struct. */
    stored = field->options & WS_FIELD_POINTER || bit & REPEATING_FIELDS ? sizeof(void *) : *size;
    if (field->type == WS_VOID_TYPE && field->mapping != WS_NO_FIELD_MAPPING) stored = 0;
    offset = field->offset;
    if (UNLIKELY( offset > owner_size || stored > owner_size - offset ))
        return bad_field( field, info, "it lies outside the struct", error );
    if ((bit & REPEATING_FIELDS && field->type != WS_VOID_TYPE) || info->flags & TYPE_ARRAY)
    {
        if (UNLIKELY( owner_size < sizeof(ULONG) || field->countOffset > owner_size - sizeof(ULONG) ))
            return bad_field( field, info, "the count lies outside the struct", error );
    }
    return S_OK;
}

HRESULT choice_check( const WS_FIELD_DESCRIPTION *field, ULONG owner_size, ULONG *size, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = field_check( field, owner_size, size, error ))) return hr;
    if (!(1 << field->mapping & (F( ELEMENT ) | F( REPEATING_ELEMENT ) | F( ANY_ELEMENT ))))
        return bad_field( field, &serial_types[field->type], "a choice of a union cannot have this mapping", error );
    if (field->mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING && !field->localName)
        return bad_field( field, &serial_types[field->type], "several elements are a choice only in a wrapper", error );
    return S_OK;
}

HRESULT struct_check( struct checked_struct *slot, const WS_STRUCT_DESCRIPTION *desc, WS_ERROR *error )
{
    ULONG i, size, attributes = 0, content = 0;
    HRESULT hr;

    for (i = 0; i < desc->fieldCount; i++)
    {
        if ((hr = field_check( desc->fields[i], desc->size, &size, error ))) return hr;
        if (!(1 << desc->fields[i]->mapping & ATTRIBUTE_FIELDS)) continue;
        attributes = i + 1;
        if (content == i) content++;
    }
    slot->desc = desc;
    slot->attributes = attributes;
    slot->content = content;
    return S_OK;
}

struct u224 { UINT32 word[7]; }; /* low word first: 96 bits times 10^28 */

static void decimal_scale( const DECIMAL *d, ULONG scale, struct u224 *ret )
{
    ULONG i, n;
    memset( ret, 0, sizeof(*ret) );
    ret->word[0] = (UINT32)d->Lo64;
    ret->word[1] = (UINT32)(d->Lo64 >> 32);
    ret->word[2] = d->Hi32;
    for (n = d->scale; n < scale; n++)
    {
        UINT64 carry = 0;
        for (i = 0; i < ARRAY_SIZE( ret->word ); i++)
        {
            carry += (UINT64)ret->word[i] * 10;
            ret->word[i] = (UINT32)carry;
            carry >>= 32;
        }
    }
}

int decimal_compare( const DECIMAL *a, const DECIMAL *b )
{
    ULONG scale = a->scale > b->scale ? a->scale : b->scale;
    struct u224 x, y;
    int i, sign;

    if (scale > 28) scale = 28;
    decimal_scale( a, scale, &x );
    decimal_scale( b, scale, &y );
    for (i = ARRAY_SIZE( x.word ) - 1; i >= 0 && !x.word[i] && !y.word[i]; i--) ;
    if (i < 0) return 0; /* zero has no sign */
    if (!a->sign != !b->sign) return a->sign ? -1 : 1;
    for (sign = a->sign ? -1 : 1; i >= 0; i--)
        if (x.word[i] != y.word[i]) return x.word[i] < y.word[i] ? -sign : sign;
    return 0;
}
