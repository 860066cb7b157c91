/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Random descriptions over random documents. The first bytes make descriptions (structs and unions that refer to each other,
 * some of them wrong), the others a document: as they are, or as tags, attributes and texts chosen by them.
 *
 * The value lies in memory of exactly its size, so that the sanitizer sees every access beyond it. What was read is written as
 * text and as binary, and read and written once more. Each document is also read from a stream, where the reader takes no short cuts:
 * with the same outcome. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "serial/serial.h"

/* rows leave out what is zero */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define STRUCTS 4
#define UNIONS  2
#define FIELDS  6

struct input { const uint8_t *p, *end; };

static uint8_t take( struct input *in )
{
    return in->p < in->end ? *in->p++ : 0;
}

static WS_XML_STRING names[] =
{
    XMLSTR( "a" ), XMLSTR( "b" ), XMLSTR( "c" ), XMLSTR( "a_much_longer_name" ), XMLSTR( "nil" ), XMLSTR( "type" ),
};
static WS_XML_STRING spaces[] = { XMLSTR( "" ), XMLSTR( "urn:x" ), XMLSTR( "http://www.w3.org/2001/XMLSchema-instance" ) };
static WS_ENUM_VALUE values[] = { { 0, &names[0] }, { 5, &names[1] } };
static WS_ENUM_DESCRIPTION enum_desc = { values, 2, 1, NULL };
static WS_STRING_DESCRIPTION length_desc = { 0, 5 };
static WS_ENUM_VALUE many_values[] =
{
    { 0, &names[0] }, { 1, &names[3] }, { 2, &names[1] }, { 3, &names[2] }, { 4, &names[4] }, { 5, &names[5] }, { 6, &names[0] },
    { 7, &names[1] }, { 8, &names[2] },
};
static ULONG name_order[] = { 0, 6, 1, 2, 7, 3, 8, 4, 5 };
static WS_ENUM_DESCRIPTION sorted_enum_desc = { many_values, ARRAY_SIZE( many_values ), ARRAY_SIZE( many_values ), name_order };
static WS_ENDPOINT_ADDRESS_DESCRIPTION address_desc[] = { { WS_ADDRESSING_VERSION_0_9 }, { WS_ADDRESSING_VERSION_1_0 } };
static WS_FAULT_DESCRIPTION fault_desc[] = { { WS_ENVELOPE_VERSION_SOAP_1_1 }, { WS_ENVELOPE_VERSION_SOAP_1_2 } };

static HRESULT CALLBACK read_custom( WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap, void *value,
                                     ULONG size, WS_ERROR *error )
{
    (void)data;
    return serial_read_type( reader, mapping, WS_STRING_TYPE, NULL, WS_READ_REQUIRED_VALUE, heap, value, size, error );
}

static HRESULT CALLBACK write_custom( WS_XML_WRITER *writer, WS_TYPE_MAPPING mapping, const void *data, const void *value, ULONG size,
                                      WS_ERROR *error )
{
    (void)data;
    return serial_write_type( writer, mapping, WS_STRING_TYPE, NULL, WS_WRITE_REQUIRED_VALUE, value, size, error );
}

static HRESULT CALLBACK compare_durations( const WS_DURATION *a, const WS_DURATION *b, int *result, WS_ERROR *error )
{
    (void)error;
    *result = a->days < b->days ? -1 : a->days > b->days;
    return S_OK;
}

static WS_CUSTOM_TYPE_DESCRIPTION custom_desc = { sizeof(WS_STRING), 8, read_custom, write_custom };
static WS_BOOL_DESCRIPTION only_true = { TRUE };
static WS_INT8_DESCRIPTION range_int8 = { -1, 1 };
static WS_INT16_DESCRIPTION range_int16 = { -1, 1 };
static WS_INT32_DESCRIPTION range_int32 = { -1, 1 };
static WS_INT64_DESCRIPTION range_int64 = { -1, 1 };
static WS_UINT8_DESCRIPTION range_uint8 = { 1, 5 };
static WS_UINT16_DESCRIPTION range_uint16 = { 1, 5 };
static WS_UINT32_DESCRIPTION range_uint32 = { 1, 5 };
static WS_UINT64_DESCRIPTION range_uint64 = { 1, 5 };
static WS_FLOAT_DESCRIPTION range_float = { -1, 0.5f };
static WS_DOUBLE_DESCRIPTION range_double = { -1, 0.5 };
static WS_DECIMAL_DESCRIPTION range_decimal = { { .sign = DECIMAL_NEG, .Lo64 = 1 }, { .scale = 1, .Lo64 = 5 } };
static WS_DATETIME_DESCRIPTION range_date = { { 0, 0 }, { 633663648000000000, 0 } };
static WS_TIMESPAN_DESCRIPTION range_span = { { 0 }, { 10000000 } };
static WS_DURATION_DESCRIPTION range_duration = { { FALSE, 0, 0, 0 }, { FALSE, 0, 0, 1 }, compare_durations };
static WS_GUID_DESCRIPTION one_guid;
static WS_XML_QNAME_DESCRIPTION length_qname = { 1, 5, 0, 5 };

/* By type; the others are chosen below. */
static void *const ranges[] =
{
    [WS_BOOL_TYPE] = &only_true, [WS_INT8_TYPE] = &range_int8, [WS_INT16_TYPE] = &range_int16, [WS_INT32_TYPE] = &range_int32,
    [WS_INT64_TYPE] = &range_int64, [WS_UINT8_TYPE] = &range_uint8, [WS_UINT16_TYPE] = &range_uint16,
    [WS_UINT32_TYPE] = &range_uint32, [WS_UINT64_TYPE] = &range_uint64, [WS_FLOAT_TYPE] = &range_float,
    [WS_DOUBLE_TYPE] = &range_double, [WS_DECIMAL_TYPE] = &range_decimal, [WS_DATETIME_TYPE] = &range_date,
    [WS_TIMESPAN_TYPE] = &range_span, [WS_DURATION_TYPE] = &range_duration, [WS_GUID_TYPE] = &one_guid,
    [WS_XML_QNAME_TYPE] = &length_qname, [WS_STRING_TYPE] = &length_desc, [WS_WSZ_TYPE] = &length_desc,
    [WS_BYTES_TYPE] = &length_desc, [WS_XML_STRING_TYPE] = &length_desc, [WS_CHAR_ARRAY_TYPE] = &length_desc,
    [WS_UTF8_ARRAY_TYPE] = &length_desc, [WS_BYTE_ARRAY_TYPE] = &length_desc, [WS_UNIQUE_ID_TYPE] = &length_desc,
};
static WS_VOID_DESCRIPTION void_desc = { 4 };
static WS_ITEM_RANGE range = { 0, 3 };
static BYTE zeros[64];
static WS_DEFAULT_VALUE defaults[] = { { zeros, 1 }, { zeros, 4 }, { zeros, 8 }, { zeros, 16 } };

static WS_FIELD_DESCRIPTION struct_fields[STRUCTS][FIELDS];
static WS_FIELD_DESCRIPTION *struct_field_list[STRUCTS][FIELDS];
static WS_STRUCT_DESCRIPTION structs[STRUCTS], *subtypes[STRUCTS];
static WS_UNION_FIELD_DESCRIPTION union_fields[UNIONS][FIELDS];
static WS_UNION_FIELD_DESCRIPTION *union_field_list[UNIONS][FIELDS];
static WS_UNION_DESCRIPTION unions[UNIONS];

/* Fields lie over each other: what was read is no value that could be written. */
static BOOL overlapping;

static void *description( struct input *in, WS_TYPE type )
{
    uint8_t pick = take( in );

    switch (type)
    {
    case WS_STRUCT_TYPE: return &structs[pick % STRUCTS];
    case WS_UNION_TYPE: return &unions[pick % UNIONS];
    case WS_ENUM_TYPE: return pick == 255 ? NULL : pick & 1 ? &sorted_enum_desc : &enum_desc;
    case WS_CUSTOM_TYPE: return pick == 255 ? NULL : &custom_desc;
    case WS_ENDPOINT_ADDRESS_TYPE: return &address_desc[pick & 1];
    case WS_FAULT_TYPE: return &fault_desc[pick & 1];
    case WS_VOID_TYPE: return pick & 1 ? &void_desc : NULL;
    default: return pick & 1 && type < ARRAY_SIZE( ranges ) ? ranges[type] : NULL;
    }
}

static ULONG stored_size( const WS_FIELD_DESCRIPTION *field )
{
    if (field->type == WS_UNION_TYPE && field->mapping == WS_ELEMENT_CHOICE_FIELD_MAPPING) return 96;
    if (field->options & WS_FIELD_POINTER || field->type == WS_STRUCT_TYPE || field->type == WS_UNION_TYPE) return 8;
    return (serial_type_size( field->type, field->typeDescription ) + 7) & ~7u;
}

/* Mostly a valid field behind the others; now and then anything. */
static void make_field( struct input *in, WS_FIELD_DESCRIPTION *field, ULONG *offset, ULONG size, BOOL in_union )
{
    static const uint8_t union_mappings[] = { WS_ELEMENT_FIELD_MAPPING, WS_REPEATING_ELEMENT_FIELD_MAPPING, WS_ANY_ELEMENT_FIELD_MAPPING };
    uint8_t flags = take( in ), name = take( in );

    memset( field, 0, sizeof(*field) );
    field->mapping = in_union ? union_mappings[take( in ) % 3] : take( in ) % 13;
    field->type = take( in ) % 35;
    if (field->mapping == WS_ELEMENT_CHOICE_FIELD_MAPPING || field->mapping == WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING)
        field->type = WS_UNION_TYPE;
    if (field->mapping == WS_ANY_CONTENT_FIELD_MAPPING || field->mapping == WS_ANY_ELEMENT_FIELD_MAPPING ||
        field->mapping == WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING) field->type = flags & 1 ? WS_VOID_TYPE : WS_XML_BUFFER_TYPE;
    if (field->mapping == WS_ANY_ATTRIBUTES_FIELD_MAPPING) field->type = flags & 1 ? WS_VOID_TYPE : WS_ANY_ATTRIBUTES_TYPE;
    if (field->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING) field->type = WS_DESCRIPTION_TYPE;
    field->typeDescription = description( in, field->type );
    if (field->mapping != WS_TEXT_FIELD_MAPPING && field->mapping != WS_ANY_ATTRIBUTES_FIELD_MAPPING && !(flags & 2))
    {
        field->localName = &names[name % ARRAY_SIZE( names )];
        field->ns = &spaces[(name >> 4) % ARRAY_SIZE( spaces )];
    }
    field->itemLocalName = &names[(name >> 2) % 4];
    field->itemNs = &spaces[0];
    field->options = take( in ) & 0xf;
    if (field->type == WS_STRUCT_TYPE || field->type == WS_ENDPOINT_ADDRESS_TYPE || field->type == WS_FAULT_TYPE)
        field->options |= WS_FIELD_POINTER;
    if (field->mapping == WS_NO_FIELD_MAPPING) field->options = 0;
    if (flags & 4) field->itemRange = &range;
    if (flags & 8 && field->mapping <= WS_ELEMENT_FIELD_MAPPING) field->defaultValue = &defaults[name % ARRAY_SIZE( defaults )];
    if (flags == 0x80)
    {
        field->offset = (ULONG)take( in ) << 24 | (take( in ) & ~7);
        field->countOffset = take( in ) << 16 | (take( in ) & ~7);
        overlapping = TRUE;
        return;
    }
    if (*offset + stored_size( field ) + 8 > size)
    {
        overlapping = TRUE;
        *offset = 0;
    }
    field->offset = *offset;
    field->countOffset = field->offset + stored_size( field );
    if (!in_union) *offset += stored_size( field ) + 8;
}

static void make_descriptions( struct input *in )
{
    ULONG i, j, offset;

    overlapping = FALSE;
    for (i = 0; i < STRUCTS; i++)
    {
        uint8_t flags = take( in );
        structs[i] = (WS_STRUCT_DESCRIPTION){ 64 + 16 * (flags & 15), 8, struct_field_list[i], (flags >> 4) % (FIELDS + 1),
                                              &names[i], &spaces[0] };
        if (i) structs[i].parentType = &structs[0];
        subtypes[i] = &structs[i];
        structs[i].structOptions = take( in ) & (i ? 7 : 6);
    }
    structs[0].subTypes = subtypes + 1;
    structs[0].subTypeCount = STRUCTS - 1;
    for (i = 0; i < UNIONS; i++)
        unions[i] = (WS_UNION_DESCRIPTION){ 96, 8, union_field_list[i], take( in ) % (FIELDS + 1), 88, 7 };
    for (i = 0; i < STRUCTS; i++)
        for (offset = 0, j = 0; j < structs[i].fieldCount; j++)
        {
            struct_field_list[i][j] = &struct_fields[i][j];
            make_field( in, &struct_fields[i][j], &offset, structs[i].size, FALSE );
        }
    for (i = 0; i < UNIONS; i++)
        for (offset = 0, j = 0; j < unions[i].fieldCount; j++)
        {
            union_field_list[i][j] = &union_fields[i][j];
            union_fields[i][j].value = j;
            make_field( in, &union_fields[i][j].field, &offset, 80, TRUE );
        }
}

static const char * const texts[] =
{
    "1", "-1", "true", "0.5", "2009-01-01T00:00:00Z", "dGVzdA==", "a", "p:a", "urn:uuid:01234567-89ab-cdef-fedc-ba9876543210",
    "01234567-89ab-cdef-fedc-ba9876543210", " ", "P1D", "00:00:01", "99999999999999999999", "x&amp;y", "<![CDATA[z]]>",
};

/* Tags from bytes: open, close, attribute, text. */
static char *make_document( struct input *in, ULONG *len )
{
    char *doc = malloc( 16384 ), *p = doc;
    const char *stack[40];
    int depth = 0;

    p += sprintf( p, "<a xmlns:p=\"urn:x\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"" );
    while (in->p < in->end && p - doc < 12000)
    {
        uint8_t c = take( in );
        if ((c & 7) != 7) break;
        p += sprintf( p, " %s%d=\"%s\"", c & 8 ? "p:x" : "", (int)(p - doc), "v" );
    }
    *p++ = '>';
    while (in->p < in->end && p - doc < 12000)
    {
        uint8_t c = take( in );
        const char *name = (char *)names[(c >> 2) % 4].bytes, *text = texts[(c >> 4) % ARRAY_SIZE( texts )];
        switch (c & 3)
        {
        case 0:
            if (depth == 38) break;
            p += sprintf( p, "<%s%s", c & 0x40 ? "p:" : "", name );
            if (c & 0x80)
            {
                static const char * const attributes[] = { " i:nil=\"true\"", " i:type=\"b\"", " a=\"1\"", " p:b=\"x\"" };
                p += sprintf( p, "%s", attributes[take( in ) & 3] );
            }
            *p++ = '>';
            if (c & 0x40) p += sprintf( p, "%s</p:%s>", text, name );
            else stack[depth++] = name;
            break;
        case 1:
            if (depth) p += sprintf( p, "</%s>", stack[--depth] );
            break;
        case 2:
            p += sprintf( p, "%s", text );
            break;
        default:
            p += sprintf( p, "<%s>%s</%s>", name, text, name );
        }
    }
    while (depth) p += sprintf( p, "</%s>", stack[--depth] );
    p += sprintf( p, "</a>" );
    *len = p - doc;
    return doc;
}

static HRESULT CALLBACK read_stream( void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *async,
                                     WS_ERROR *error )
{
    struct input *in = state;

    (void)async, (void)error;
    *actual = (ULONG)min( (size_t)max, (size_t)(in->end - in->p) );
    memcpy( bytes, in->p, *actual );
    in->p += *actual;
    return S_OK;
}

static HRESULT write_text_bytes( WS_XML_WRITER *writer, const void *value, WS_BYTES *bytes )
{
    static const WS_XML_WRITER_TEXT_ENCODING text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_ELEMENT_DESCRIPTION desc = { &names[0], &spaces[0], WS_STRUCT_TYPE, &structs[0] };
    HRESULT hr;

    if (writer_set_output( writer, &text.encoding, &memory.output, NULL, 0, NULL )) abort();
    if ((hr = serial_write_element( writer, &desc, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value), NULL ))) return hr;
    if (writer_get_property( writer, WS_XML_WRITER_PROPERTY_BYTES, bytes, sizeof(*bytes), NULL )) abort();
    return S_OK;
}

/* The document from a stream gives what it gave from memory: `hr` and `value`. */
static void compare_stream( WS_XML_WRITER *writer, const WS_XML_READER_ENCODING *encoding, const void *data, size_t size, HRESULT hr,
                            const void *value )
{
    struct input in = { data, (const uint8_t *)data + size };
    WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, read_stream, &in };
    WS_ELEMENT_DESCRIPTION desc = { &names[0], &spaces[0], WS_STRUCT_TYPE, &structs[0] };
    WS_XML_READER *reader;
    WS_BYTES first, second;
    WS_HEAP *heap;
    void *other, *copy;
    HRESULT result;

    if (heap_create( 65536, 0, NULL, 0, &heap, NULL ) || reader_create( NULL, 0, &reader, NULL )) abort();
    if (reader_set_input( reader, encoding, &input.input, NULL, 0, NULL )) abort();
    while (!reader_at_end( reader ) && !reader_fill( reader, reader_buffered( reader ) + 1, NULL, NULL )) {}
    result = serial_read_element( reader, &desc, WS_READ_REQUIRED_POINTER, heap, &other, sizeof(other), NULL );
    /* a stream is buffered only so far */
    if (result != WS_E_QUOTA_EXCEEDED && !result != !hr) abort();
    if (!result && !overlapping && !write_text_bytes( writer, value, &first ))
    {
        copy = malloc( first.length );
        memcpy( copy, first.bytes, first.length );
        if (write_text_bytes( writer, other, &second ) || second.length != first.length ||
            memcmp( copy, second.bytes, first.length )) abort();
        free( copy );
    }
    reader_free( reader );
    heap_free( heap );
}

static HRESULT CALLBACK discard( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)state, (void)buffers, (void)count, (void)async, (void)error;
    return S_OK;
}

/* The value makes the same document while canonical XML is made on the side, for which the writer takes no short cuts. */
static void compare_canonical( WS_XML_WRITER *writer, const WS_XML_WRITER_ENCODING *encoding, const void *value, ULONG size,
                               const void *document, ULONG len )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_ELEMENT_DESCRIPTION desc = { &names[0], &spaces[0], WS_STRUCT_TYPE, &structs[0] };
    WS_BYTES bytes;

    if (writer_set_output( writer, encoding, &memory.output, NULL, 0, NULL )) abort();
    if (writer_start_canonicalization( writer, discard, NULL, NULL, 0, NULL )) abort();
    if (serial_write_element( writer, &desc, WS_WRITE_REQUIRED_VALUE, value, size, NULL )) abort();
    if (writer_get_property( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL )) abort();
    if (bytes.length != len || memcmp( bytes.bytes, document, len )) abort();
    if (writer_end_canonicalization( writer, NULL )) abort();
}

static void again( WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, const WS_XML_WRITER_ENCODING *out,
                   const WS_XML_READER_ENCODING *in, const void *value, ULONG size )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_ELEMENT_DESCRIPTION desc = { &names[0], &spaces[0], WS_STRUCT_TYPE, &structs[0] };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER } };
    WS_BYTES bytes;
    void *copy, *document;
    HRESULT hr;

    if (writer_set_output( writer, out, &memory.output, NULL, 0, NULL )) abort();
    if (serial_write_element( writer, &desc, WS_WRITE_REQUIRED_VALUE, value, size, NULL )) return;
    if (writer_get_property( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL )) abort();
    document = malloc( bytes.length );      /* exactly as long, and it stays while the writer goes on */
    memcpy( document, bytes.bytes, bytes.length );
    input.encodedData = document;
    input.encodedDataSize = bytes.length;
    compare_canonical( writer, out, value, size, document, bytes.length );
    if (reader_set_input( reader, in, &input.input, NULL, 0, NULL )) abort();
    hr = serial_read_element( reader, &desc, WS_READ_REQUIRED_POINTER, heap, &copy, sizeof(copy), NULL );
    if (hr != WS_E_QUOTA_EXCEEDED) compare_stream( writer, in, document, input.encodedDataSize, hr, copy );
    free( document );
    if (hr) return;
    if (writer_set_output( writer, out, &memory.output, NULL, 0, NULL )) abort();
    serial_write_element( writer, &desc, WS_WRITE_REQUIRED_POINTER, &copy, sizeof(copy), NULL );
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    static const WS_XML_READER_TEXT_ENCODING read_text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_READER_BINARY_ENCODING read_binary = { { WS_XML_READER_ENCODING_TYPE_BINARY } };
    static const WS_XML_WRITER_TEXT_ENCODING write_text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BINARY_ENCODING write_binary = { { WS_XML_WRITER_ENCODING_TYPE_BINARY } };
    WS_ELEMENT_DESCRIPTION desc = { &names[0], &spaces[0], WS_STRUCT_TYPE, &structs[0] };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER } };
    struct input in = { data, data + size };
    LONG live = mem_live();
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_ERROR *error;
    WS_HEAP *heap;
    char *doc = NULL;
    BOOL raw;
    void *value;
    ULONG len;

    if (size < 8) return 0;
    raw = take( &in ) & 1;
    make_descriptions( &in );
    if (raw)
    {
        input.encodedData = (void *)in.p;
        input.encodedDataSize = in.end - in.p;
    }
    else
    {
        doc = make_document( &in, &len );
        input.encodedData = doc;
        input.encodedDataSize = len;
    }
    if (heap_create( 65536, 0, NULL, 0, &heap, NULL ) || reader_create( NULL, 0, &reader, NULL ) ||
        writer_create( NULL, 0, &writer, NULL ) || error_create( NULL, 0, &error )) abort();
    value = malloc( structs[0].size );
    memset( value, 0, structs[0].size );
    if (!reader_set_input( reader, &read_text.encoding, &input.input, NULL, 0, error ))
    {
        HRESULT hr = serial_read_element( reader, &desc, WS_READ_REQUIRED_VALUE, heap, value, structs[0].size, error );

        if (!raw && hr != WS_E_QUOTA_EXCEEDED)
            compare_stream( writer, &read_text.encoding, input.encodedData, input.encodedDataSize, hr, value );
        if (!hr && !overlapping)
        {
            again( reader, writer, heap, &write_text.encoding, &read_text.encoding, value, structs[0].size );
            again( reader, writer, heap, &write_binary.encoding, &read_binary.encoding, value, structs[0].size );
        }
    }
    free( value );
    free( doc );
    error_free( error );
    writer_free( writer );
    reader_free( reader );
    heap_free( heap );
    if (mem_live() != live) abort();
    return 0;
}
