/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Random values of a type, made and compared by following its description only.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "random.h"
#include "runtime/program.h"

#define MAX_DEPTH 4

WS_HEAP *heap;
WS_ERROR *error;
unsigned int failures;
const char *where = "";
static unsigned int seed = 1;

static unsigned int rnd( unsigned int limit )
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % limit;
}

static unsigned __int64 rnd64( void )
{
    return (unsigned __int64)rnd( 1 << 16 ) << 48 | (unsigned __int64)rnd( 1 << 24 ) << 24 | rnd( 1 << 24 );
}

void *alloc( size_t size )
{
    void *ret;

    if (WsAlloc( heap, size, &ret, NULL ) != S_OK) exit( 2 );
    memset( ret, 0, size );
    return ret;
}

void complain( const char *what, HRESULT hr )
{
    failures++;
    printf( "FAILED: %s: ", where );
    print_error( what, hr, error );
    WsResetError( error );
}

static ULONG size_of_type( WS_TYPE type, const void *desc )
{
    switch (type)
    {
    case WS_BOOL_TYPE: return sizeof(BOOL);
    case WS_INT8_TYPE: case WS_UINT8_TYPE: return 1;
    case WS_INT16_TYPE: case WS_UINT16_TYPE: return 2;
    case WS_INT32_TYPE: case WS_UINT32_TYPE: case WS_FLOAT_TYPE: case WS_ENUM_TYPE: return 4;
    case WS_INT64_TYPE: case WS_UINT64_TYPE: case WS_DOUBLE_TYPE: return 8;
    case WS_DECIMAL_TYPE: return sizeof(DECIMAL);
    case WS_DATETIME_TYPE: return sizeof(WS_DATETIME);
    case WS_DURATION_TYPE: return sizeof(WS_DURATION);
    case WS_GUID_TYPE: return sizeof(GUID);
    case WS_STRING_TYPE: return sizeof(WS_STRING);
    case WS_WSZ_TYPE: return sizeof(WCHAR *);
    case WS_BYTES_TYPE: return sizeof(WS_BYTES);
    case WS_XML_QNAME_TYPE: return sizeof(WS_XML_QNAME);
    case WS_STRUCT_TYPE: return ((const WS_STRUCT_DESCRIPTION *)desc)->size;
    case WS_UNION_TYPE: return ((const WS_UNION_DESCRIPTION *)desc)->size;
    case WS_XML_BUFFER_TYPE: return sizeof(WS_XML_BUFFER *);
    default: return 0;
    }
}

/* Making values. */

static void make_value( WS_TYPE type, const void *desc, void *value, unsigned int depth );

static WCHAR *make_text( void )
{
    static const WCHAR alphabet[] = L"abc XYZ 019 <&>\"' \u00e9\u20ac";
    unsigned int i, len = rnd( 12 );
    WCHAR *ret = alloc( (len + 3) * sizeof(WCHAR) );

    ret[0] = 'x'; /* white space at the ends would not survive for some types */
    for (i = 1; i <= len; i++) ret[i] = alphabet[rnd( ARRAYSIZE( alphabet ) - 1 )];
    ret[i] = 'y';
    return ret;
}

static WS_XML_BUFFER *make_buffer( void )
{
    static const WS_XML_STRING name = WS_XML_STRING_VALUE( "any" ), ns = WS_XML_STRING_VALUE( "urn:any" );
    WS_XML_WRITER *writer;
    WS_XML_BUFFER *ret;
    int number = (int)rnd( 1000 );

    if (WsCreateXmlBuffer( heap, NULL, 0, &ret, NULL ) != S_OK) exit( 2 );
    if (WsCreateWriter( NULL, 0, &writer, NULL ) != S_OK) exit( 2 );
    WsSetOutputToBuffer( writer, ret, NULL, 0, NULL );
    WsWriteStartElement( writer, NULL, &name, &ns, NULL );
    WsWriteValue( writer, WS_INT32_VALUE_TYPE, &number, sizeof(number), NULL );
    WsWriteEndElement( writer, NULL );
    WsFreeWriter( writer );
    return ret;
}

static __int64 make_signed( const __int64 min, const __int64 max )
{
    unsigned __int64 span = (unsigned __int64)max - (unsigned __int64)min;

    switch (rnd( 4 ))
    {
    case 0: return min;
    case 1: return max;
    default: return (__int64)((unsigned __int64)min + (span == ~(unsigned __int64)0 ? rnd64() : rnd64() % (span + 1)));
    }
}

#define MAKE_INT( type, c_type, min, max ) \
    { const WS_##type##_DESCRIPTION *range = desc; \
      *(c_type *)value = (c_type)make_signed( range ? (__int64)range->minValue : (__int64)(min), \
                                              range ? (__int64)range->maxValue : (__int64)(max) ); break; }

static void make_unsigned64( const WS_UINT64_DESCRIPTION *range, unsigned __int64 *value )
{
    *value = rnd64();
    if (range && *value < range->minValue) *value = range->minValue;
}

static double make_double( double min, double max )
{
    double part = rnd( 1 << 20 ) / (double)(1 << 20);

    if (min < -1e6) min = -1e6;
    if (max > 1e6) max = 1e6;
    return rnd( 5 ) ? min + (max - min) * part : min;
}

static void make_decimal( const WS_DECIMAL_DESCRIPTION *range, DECIMAL *value )
{
    if (range)
    {
        *value = rnd( 2 ) ? range->minValue : range->maxValue;
        return;
    }
    value->Lo32 = rnd( 1 << 24 ) << 8 | 1;
    value->Mid32 = rnd( 1 << 24 );
    value->Hi32 = rnd( 1 << 24 );
    value->scale = (BYTE)rnd( 20 );
    value->sign = rnd( 2 ) ? DECIMAL_NEG : 0;
}

static void make_duration( WS_DURATION *value )
{
    value->negative = rnd( 2 );
    value->years = 1 + rnd( 50 );
    value->months = rnd( 12 );
    value->days = rnd( 28 );
    value->hours = rnd( 24 );
    value->minutes = rnd( 60 );
    value->seconds = rnd( 60 );
    value->milliseconds = rnd( 1000 );
}

static void make_union( const WS_UNION_DESCRIPTION *desc, char *value, BOOL optional, unsigned int depth );

static void make_scalar( WS_TYPE type, const void *desc, void *value )
{
    switch (type)
    {
    case WS_BOOL_TYPE: *(BOOL *)value = rnd( 2 ); break;
    case WS_INT8_TYPE: MAKE_INT( INT8, signed char, -128, 127 )
    case WS_INT16_TYPE: MAKE_INT( INT16, short, -32768, 32767 )
    case WS_INT32_TYPE: MAKE_INT( INT32, int, -2147483647 - 1, 2147483647 )
    case WS_INT64_TYPE: MAKE_INT( INT64, __int64, (__int64)1 << 63, ~((__int64)1 << 63) )
    case WS_UINT8_TYPE: MAKE_INT( UINT8, unsigned char, 0, 255 )
    case WS_UINT16_TYPE: MAKE_INT( UINT16, unsigned short, 0, 65535 )
    case WS_UINT32_TYPE: MAKE_INT( UINT32, unsigned int, 0, 4294967295u )
    case WS_UINT64_TYPE: make_unsigned64( desc, value ); break;
    case WS_FLOAT_TYPE:
        *(float *)value = (float)make_double( desc ? ((const WS_FLOAT_DESCRIPTION *)desc)->minValue : -1e6,
                                              desc ? ((const WS_FLOAT_DESCRIPTION *)desc)->maxValue : 1e6 );
        break;
    case WS_DOUBLE_TYPE:
        *(double *)value = make_double( desc ? ((const WS_DOUBLE_DESCRIPTION *)desc)->minValue : -1e6,
                                        desc ? ((const WS_DOUBLE_DESCRIPTION *)desc)->maxValue : 1e6 );
        break;
    case WS_DECIMAL_TYPE: make_decimal( desc, value ); break;
    case WS_DATETIME_TYPE:
        ((WS_DATETIME *)value)->ticks = rnd64() % 3000000000000000000ull;
        ((WS_DATETIME *)value)->format = WS_DATETIME_FORMAT_UTC;
        break;
    case WS_DURATION_TYPE: make_duration( value ); break;
    default: complain( "unexpected type", (HRESULT)type ); break;
    }
}

static void make_struct( const WS_STRUCT_DESCRIPTION *desc, char *value, unsigned int depth );

static void make_value( WS_TYPE type, const void *desc, void *value, unsigned int depth )
{
    switch (type)
    {
    case WS_STRUCT_TYPE: make_struct( desc, value, depth ); break;
    case WS_UNION_TYPE: make_union( desc, value, FALSE, depth ); break;
    case WS_ENUM_TYPE:
        *(int *)value = ((const WS_ENUM_DESCRIPTION *)desc)->values[rnd( ((const WS_ENUM_DESCRIPTION *)desc)->valueCount )].value;
        break;
    case WS_WSZ_TYPE: *(WCHAR **)value = make_text(); break;
    case WS_XML_BUFFER_TYPE: *(WS_XML_BUFFER **)value = make_buffer(); break;
    case WS_STRING_TYPE:
        ((WS_STRING *)value)->chars = make_text();
        ((WS_STRING *)value)->length = (ULONG)wcslen( ((WS_STRING *)value)->chars );
        break;
    case WS_BYTES_TYPE:
        ((WS_BYTES *)value)->length = 1 + rnd( 9 );
        ((WS_BYTES *)value)->bytes = memset( alloc( 16 ), (int)rnd( 256 ), 16 );
        break;
    case WS_GUID_TYPE: *(unsigned __int64 *)value = rnd64(); break;
    case WS_XML_QNAME_TYPE:
    {
        static WS_XML_STRING name = WS_XML_STRING_VALUE( "name" ), ns = WS_XML_STRING_VALUE( "urn:ns" );

        ((WS_XML_QNAME *)value)->localName = name;
        ((WS_XML_QNAME *)value)->ns = ns;
        break;
    }
    default: make_scalar( type, desc, value ); break;
    }
}

/* A structure through a pointer: one of the type itself or of a type derived from it. */
void *make_pointer( WS_TYPE type, const void *desc, unsigned int depth )
{
    const WS_STRUCT_DESCRIPTION *structure = desc;
    void *ret;

    while (type == WS_STRUCT_TYPE && structure->subTypeCount && rnd( 2 ))
        structure = structure->subTypes[rnd( structure->subTypeCount )];
    ret = alloc( size_of_type( type, type == WS_STRUCT_TYPE ? structure : desc ) + 16 );
    make_value( type, type == WS_STRUCT_TYPE ? structure : desc, ret, depth + 1 );
    return ret;
}

static void make_array( const WS_FIELD_DESCRIPTION *field, char *base, unsigned int depth )
{
    ULONG min = field->itemRange ? field->itemRange->minItemCount : 0, i;
    ULONG count = min + rnd( depth < MAX_DEPTH ? 3 : 1 ), size = size_of_type( field->type, field->typeDescription );
    BOOL pointers = field->options & WS_FIELD_POINTER;
    char *items;

    if (field->itemRange && count > field->itemRange->maxItemCount) count = field->itemRange->maxItemCount;
    *(ULONG *)(base + field->countOffset) = count;
    if (!count) return;
    items = alloc( count * (pointers ? sizeof(void *) : size) );
    *(char **)(base + field->offset) = items;
    for (i = 0; i < count; i++)
    {
        if (pointers) ((void **)items)[i] = make_pointer( field->type, field->typeDescription, depth );
        else make_value( field->type, field->typeDescription, items + i * size, depth );
    }
}

static BOOL is_nil_capable( WS_TYPE type )
{
    return type == WS_WSZ_TYPE || type == WS_STRING_TYPE || type == WS_BYTES_TYPE || type == WS_XML_BUFFER_TYPE;
}

static void make_field( const WS_FIELD_DESCRIPTION *field, char *base, unsigned int depth )
{
    BOOL pointer = field->options & WS_FIELD_POINTER;

    if ((field->options & (WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE)) && (pointer || is_nil_capable( field->type )) &&
        (depth >= MAX_DEPTH || !rnd( 3 ))) return;
    if (pointer) *(void **)(base + field->offset) = make_pointer( field->type, field->typeDescription, depth );
    else make_value( field->type, field->typeDescription, base + field->offset, depth );
}

static void make_struct( const WS_STRUCT_DESCRIPTION *desc, char *value, unsigned int depth )
{
    const WS_FIELD_DESCRIPTION *field;
    ULONG i;

    for (i = 0; i < desc->fieldCount; i++)
    {
        field = desc->fields[i];
        switch (field->mapping)
        {
        case WS_TYPE_ATTRIBUTE_FIELD_MAPPING:
            *(const WS_STRUCT_DESCRIPTION **)(value + field->offset) = desc;
            break;
        case WS_REPEATING_ELEMENT_FIELD_MAPPING:
        case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING:
        case WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING:
            make_array( field, value, depth );
            break;
        case WS_ELEMENT_CHOICE_FIELD_MAPPING:
            make_union( field->typeDescription, value + field->offset, field->options & WS_FIELD_OPTIONAL, depth );
            break;
        default:
            make_field( field, value, depth );
            break;
        }
    }
}

static void make_union( const WS_UNION_DESCRIPTION *desc, char *value, BOOL optional, unsigned int depth )
{
    const WS_UNION_FIELD_DESCRIPTION *field = desc->fields[rnd( desc->fieldCount )];

    *(int *)(value + desc->enumOffset) = optional && !rnd( 3 ) ? desc->noneEnumValue : field->value;
    if (*(int *)(value + desc->enumOffset) == field->value) make_field( &field->field, value, depth );
}

/* Comparing them. */

static BOOL same_value( WS_TYPE type, const void *desc, const char *a, const char *b );

/* What is between the outermost tags: their name is that of the field, not that in the buffer. */
static BOOL same_content( const char *a, ULONG a_len, const char *b, ULONG b_len )
{
    const char *a_start = memchr( a, '>', a_len ), *b_start = memchr( b, '>', b_len );

    if (!a_start || !b_start) return FALSE;
    while (a_len && a[--a_len] != '<') ;
    while (b_len && b[--b_len] != '<') ;
    a_len -= (ULONG)(a_start - a);
    b_len -= (ULONG)(b_start - b);
    return a_len == b_len && !memcmp( a_start, b_start, a_len );
}

static BOOL same_buffer( WS_XML_BUFFER *a, WS_XML_BUFFER *b )
{
    BOOL ret = FALSE;
    WS_XML_WRITER *writer;
    void *bytes[2];
    ULONG len[2];

    if (!a || !b) return a == b;
    if (WsCreateWriter( NULL, 0, &writer, NULL ) != S_OK) return FALSE;
    if (WsWriteXmlBufferToBytes( writer, a, NULL, NULL, 0, heap, &bytes[0], &len[0], error ) == S_OK &&
        WsWriteXmlBufferToBytes( writer, b, NULL, NULL, 0, heap, &bytes[1], &len[1], error ) == S_OK)
        ret = same_content( bytes[0], len[0], bytes[1], len[1] );
    WsFreeWriter( writer );
    return ret;
}

BOOL same_pointer( WS_TYPE type, const void *desc, void *a, void *b )
{
    const WS_STRUCT_DESCRIPTION *structure = desc;

    if (!a || !b) return a == b;
    if (type == WS_STRUCT_TYPE && structure->fieldCount && structure->fields[0]->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING)
        desc = *(const void **)((char *)a + structure->fields[0]->offset);
    return same_value( type, desc, a, b );
}

static BOOL same_bytes( const void *a, ULONG a_size, const void *b, ULONG b_size, ULONG unit )
{
    return a_size == b_size && (!a_size || !memcmp( a, b, a_size * unit ));
}

static BOOL same_qname( const WS_XML_QNAME *a, const WS_XML_QNAME *b )
{
    return same_bytes( a->localName.bytes, a->localName.length, b->localName.bytes, b->localName.length, 1 ) &&
           same_bytes( a->ns.bytes, a->ns.length, b->ns.bytes, b->ns.length, 1 );
}

static BOOL same_decimal( const DECIMAL *a, const DECIMAL *b )
{
    return a->Lo64 == b->Lo64 && a->Hi32 == b->Hi32 && a->signscale == b->signscale;
}

static BOOL same_array( const WS_FIELD_DESCRIPTION *field, const char *a, const char *b )
{
    ULONG count = *(const ULONG *)(a + field->countOffset), i;
    ULONG size = size_of_type( field->type, field->typeDescription );
    char *left = *(char *const *)(a + field->offset), *right = *(char *const *)(b + field->offset);

    if (*(const ULONG *)(b + field->countOffset) != count) return FALSE;
    for (i = 0; i < count; i++)
    {
        if (field->options & WS_FIELD_POINTER)
        {
            if (!same_pointer( field->type, field->typeDescription, ((void **)left)[i], ((void **)right)[i] )) return FALSE;
        }
        else if (!same_value( field->type, field->typeDescription, left + i * size, right + i * size )) return FALSE;
    }
    return TRUE;
}

static BOOL same_field( const WS_FIELD_DESCRIPTION *field, const char *a, const char *b )
{
    if (field->countOffset != ~0u) return same_array( field, a, b );
    if (field->options & WS_FIELD_POINTER)
        return same_pointer( field->type, field->typeDescription, *(void *const *)(a + field->offset),
                             *(void *const *)(b + field->offset) );
    return same_value( field->type, field->typeDescription, a + field->offset, b + field->offset );
}

static BOOL same_struct( const WS_STRUCT_DESCRIPTION *desc, const char *a, const char *b )
{
    const WS_FIELD_DESCRIPTION *field;
    ULONG i;

    for (i = 0; i < desc->fieldCount; i++)
    {
        field = desc->fields[i];
        if (field->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING)
        {
            if (*(void *const *)(a + field->offset) != *(void *const *)(b + field->offset)) break;
        }
        else if (!same_field( field, a, b )) break;
    }
    if (i == desc->fieldCount) return TRUE;
    if (field->localName) printf( "    differs: %.*s\n", (int)field->localName->length, (char *)field->localName->bytes );
    else if (field->itemLocalName)
        printf( "    differs: %.*s\n", (int)field->itemLocalName->length, (char *)field->itemLocalName->bytes );
    else printf( "    differs: field %lu, mapping %d\n", (unsigned long)i, field->mapping );
    return FALSE;
}

static BOOL same_union( const WS_UNION_DESCRIPTION *desc, const char *a, const char *b )
{
    int selector = *(const int *)(a + desc->enumOffset);
    ULONG i;

    if (*(const int *)(b + desc->enumOffset) != selector) return FALSE;
    for (i = 0; i < desc->fieldCount; i++)
        if (desc->fields[i]->value == selector) return same_field( &desc->fields[i]->field, a, b );
    return TRUE;
}

static BOOL same_value( WS_TYPE type, const void *desc, const char *a, const char *b )
{
    switch (type)
    {
    case WS_XML_BUFFER_TYPE: return same_buffer( *(WS_XML_BUFFER *const *)a, *(WS_XML_BUFFER *const *)b );
    case WS_STRUCT_TYPE: return same_struct( desc, a, b );
    case WS_UNION_TYPE: return same_union( desc, a, b );
    case WS_WSZ_TYPE:
    {
        const WCHAR *left = *(WCHAR *const *)a, *right = *(WCHAR *const *)b;

        return left && right ? !wcscmp( left, right ) : left == right;
    }
    case WS_STRING_TYPE:
        return same_bytes( ((const WS_STRING *)a)->chars, ((const WS_STRING *)a)->length, ((const WS_STRING *)b)->chars,
                           ((const WS_STRING *)b)->length, sizeof(WCHAR) );
    case WS_BYTES_TYPE:
        return same_bytes( ((const WS_BYTES *)a)->bytes, ((const WS_BYTES *)a)->length, ((const WS_BYTES *)b)->bytes,
                           ((const WS_BYTES *)b)->length, 1 );
    case WS_XML_QNAME_TYPE: return same_qname( (const WS_XML_QNAME *)a, (const WS_XML_QNAME *)b );
    case WS_DECIMAL_TYPE: return same_decimal( (const DECIMAL *)a, (const DECIMAL *)b );
    case WS_DATETIME_TYPE:
        return ((const WS_DATETIME *)a)->ticks == ((const WS_DATETIME *)b)->ticks &&
               ((const WS_DATETIME *)a)->format == ((const WS_DATETIME *)b)->format;
    default: return !memcmp( a, b, size_of_type( type, desc ) );
    }
}
