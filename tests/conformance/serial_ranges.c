/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Descriptions that narrow a type: numbers and dates by their least and greatest value, strings and bytes by length,
 * booleans and GUIDs to one value, enumerations to theirs; and how many items an array may have.
 *
 * A value outside of them is WS_E_INVALID_FORMAT when read ("Unexpected data type value that is out of specified range",
 * serialization.md) and takes no part in writing. Sources: the reference pages of the descriptions. */
#include "test.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define NAME( id, text ) static WS_XML_STRING id = { sizeof(text) - 1, (BYTE *)text }
NAME( none, "" );
NAME( str_t, "t" );
NAME( str_a, "a" );
NAME( str_b, "b" );
NAME( str_red, "red" );
NAME( str_dark, "dark blue" );
NAME( str_empty, "" );

#define COUNT( array ) (sizeof(array) / sizeof((array)[0]))

static WS_HEAP *heap;
static WS_XML_READER *reader;
static WS_XML_WRITER *writer;

static void start( void )
{
    WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, NULL );
    WsCreateReader( NULL, 0, &reader, NULL );
    WsCreateWriter( NULL, 0, &writer, NULL );
}

static void finish( void )
{
    test_context( NULL );
    WsFreeWriter( writer );
    WsFreeReader( reader );
    WsFreeHeap( heap );
}

static void set_input( const void *data, ULONG size, BOOL binary )
{
    WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BINARY_ENCODING bin = { { WS_XML_READER_ENCODING_TYPE_BINARY } };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)data, size };
    ok_hr( WsSetInput( reader, binary ? &bin.encoding : &text.encoding, &input.input, NULL, 0, NULL ), S_OK );
}

static void set_output( BOOL binary )
{
    WS_XML_WRITER_TEXT_ENCODING text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_WRITER_BINARY_ENCODING bin = { { WS_XML_WRITER_ENCODING_TYPE_BINARY } };
    WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    ok_hr( WsSetOutput( writer, binary ? &bin.encoding : &text.encoding, &output.output, NULL, 0, NULL ), S_OK );
}

static WS_BYTES output( void )
{
    WS_BYTES bytes = { 0 };
    ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
    return bytes;
}

static HRESULT CALLBACK compare_durations( const WS_DURATION *a, const WS_DURATION *b, int *result, WS_ERROR *error )
{
    (void)error;
    *result = a->days < b->days ? -1 : a->days > b->days;
    return S_OK;
}

static WS_BOOL_DESCRIPTION only_true = { TRUE };
static WS_INT8_DESCRIPTION range_int8 = { -5, 5 };
static WS_INT16_DESCRIPTION range_int16 = { -300, 300 };
static WS_INT32_DESCRIPTION range_int32 = { -70000, 70000 };
static WS_INT64_DESCRIPTION range_int64 = { -5000000000, 5000000000 };
static WS_UINT8_DESCRIPTION range_uint8 = { 1, 200 };
static WS_UINT16_DESCRIPTION range_uint16 = { 1, 60000 };
static WS_UINT32_DESCRIPTION range_uint32 = { 1, 4000000000u };
static WS_UINT64_DESCRIPTION range_uint64 = { 1, 10000000000000000000u };
static WS_FLOAT_DESCRIPTION range_float = { -1.5f, 1.5f };
static WS_DOUBLE_DESCRIPTION range_double = { -0.1, 0.1 };
static WS_DECIMAL_DESCRIPTION range_decimal = { { .scale = 2, .sign = DECIMAL_NEG, .Lo64 = 150 }, { .scale = 1, .Lo64 = 15 } };
static WS_DATETIME_DESCRIPTION range_date = { { 630822816000000000, WS_DATETIME_FORMAT_UTC },
                                              { 630823680000000000, WS_DATETIME_FORMAT_UTC } };
static WS_TIMESPAN_DESCRIPTION range_span = { { -36000000000 }, { 36000000000 } };
static WS_DURATION_DESCRIPTION range_duration = { { FALSE, 0, 0, 1 }, { FALSE, 0, 0, 3 }, compare_durations };
static WS_GUID_DESCRIPTION one_guid = { { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 } } };
static WS_UNIQUE_ID_DESCRIPTION length_id = { 2, 5 };
static WS_STRING_DESCRIPTION length_string = { 2, 4 };
static WS_WSZ_DESCRIPTION length_wsz = { 2, 4 };
static WS_BYTES_DESCRIPTION length_bytes = { 2, 4 };
static WS_XML_STRING_DESCRIPTION length_xml_string = { 2, 4 };
static WS_XML_QNAME_DESCRIPTION length_qname = { 2, 3, 0, 5 };
static WS_ENUM_VALUE colors[] = { { 1, &str_red }, { 2, &str_dark }, { 3, &str_empty } };
static WS_ENUM_DESCRIPTION color = { colors, 3, 3, NULL };

static const struct range_case
{
    const char *name;
    WS_TYPE type;
    const void *desc;
    ULONG size;
    const char *text;
    HRESULT hr;
}
cases[] =
{
#define T( type, desc, ctype ) #type, WS_##type##_TYPE, &desc, sizeof(ctype)
    { T( BOOL, only_true, BOOL ), "true" }, { T( BOOL, only_true, BOOL ), "false", WS_E_INVALID_FORMAT },
    { T( INT8, range_int8, char ), "-5" }, { T( INT8, range_int8, char ), "-6", WS_E_INVALID_FORMAT },
    { T( INT8, range_int8, char ), "5" }, { T( INT8, range_int8, char ), "6", WS_E_INVALID_FORMAT },
    { T( INT8, range_int8, char ), "128", WS_E_NUMERIC_OVERFLOW },
    { T( INT16, range_int16, short ), "-300" }, { T( INT16, range_int16, short ), "-301", WS_E_INVALID_FORMAT },
    { T( INT16, range_int16, short ), "300" }, { T( INT16, range_int16, short ), "301", WS_E_INVALID_FORMAT },
    { T( INT32, range_int32, int ), "-70000" }, { T( INT32, range_int32, int ), "-70001", WS_E_INVALID_FORMAT },
    { T( INT32, range_int32, int ), "70000" }, { T( INT32, range_int32, int ), "70001", WS_E_INVALID_FORMAT },
    { T( INT64, range_int64, __int64 ), "-5000000000" }, { T( INT64, range_int64, __int64 ), "-5000000001", WS_E_INVALID_FORMAT },
    { T( INT64, range_int64, __int64 ), "5000000000" }, { T( INT64, range_int64, __int64 ), "5000000001", WS_E_INVALID_FORMAT },
    { T( UINT8, range_uint8, BYTE ), "1" }, { T( UINT8, range_uint8, BYTE ), "0", WS_E_INVALID_FORMAT },
    { T( UINT8, range_uint8, BYTE ), "200" }, { T( UINT8, range_uint8, BYTE ), "201", WS_E_INVALID_FORMAT },
    { T( UINT16, range_uint16, USHORT ), "1" }, { T( UINT16, range_uint16, USHORT ), "0", WS_E_INVALID_FORMAT },
    { T( UINT16, range_uint16, USHORT ), "60000" }, { T( UINT16, range_uint16, USHORT ), "60001", WS_E_INVALID_FORMAT },
    { T( UINT32, range_uint32, ULONG ), "1" }, { T( UINT32, range_uint32, ULONG ), "0", WS_E_INVALID_FORMAT },
    { T( UINT32, range_uint32, ULONG ), "4000000000" }, { T( UINT32, range_uint32, ULONG ), "4000000001", WS_E_INVALID_FORMAT },
    { T( UINT64, range_uint64, __int64 ), "1" }, { T( UINT64, range_uint64, __int64 ), "0", WS_E_INVALID_FORMAT },
    { T( UINT64, range_uint64, __int64 ), "10000000000000000000" },
    { T( UINT64, range_uint64, __int64 ), "10000000000000000001", WS_E_INVALID_FORMAT },
    { T( FLOAT, range_float, float ), "-1.5" }, { T( FLOAT, range_float, float ), "1.5" },
    { T( FLOAT, range_float, float ), "1.5000001", WS_E_INVALID_FORMAT },
    { T( FLOAT, range_float, float ), "INF", WS_E_INVALID_FORMAT }, { T( FLOAT, range_float, float ), "NaN", WS_E_INVALID_FORMAT },
    { T( DOUBLE, range_double, double ), "-0.1" }, { T( DOUBLE, range_double, double ), "0.1" },
    { T( DOUBLE, range_double, double ), "0.10000000000000002", WS_E_INVALID_FORMAT },
    { T( DOUBLE, range_double, double ), "-INF", WS_E_INVALID_FORMAT },
    { T( DECIMAL, range_decimal, DECIMAL ), "-1.50" }, { T( DECIMAL, range_decimal, DECIMAL ), "1.500" },
    { T( DECIMAL, range_decimal, DECIMAL ), "1.5001", WS_E_INVALID_FORMAT },
    { T( DECIMAL, range_decimal, DECIMAL ), "-2", WS_E_INVALID_FORMAT },
    { T( DATETIME, range_date, WS_DATETIME ), "2000-01-01T00:00:00Z" }, { T( DATETIME, range_date, WS_DATETIME ), "2000-01-02T00:00:00Z" },
    { T( DATETIME, range_date, WS_DATETIME ), "1999-12-31T23:59:59.9999999Z", WS_E_INVALID_FORMAT },
    { T( DATETIME, range_date, WS_DATETIME ), "2000-01-02T00:00:00.0000001Z", WS_E_INVALID_FORMAT },
    { T( TIMESPAN, range_span, WS_TIMESPAN ), "-01:00:00" }, { T( TIMESPAN, range_span, WS_TIMESPAN ), "01:00:00" },
    { T( TIMESPAN, range_span, WS_TIMESPAN ), "01:00:00.0000001", WS_E_INVALID_FORMAT },
    { T( DURATION, range_duration, WS_DURATION ), "P1D" }, { T( DURATION, range_duration, WS_DURATION ), "P3D" },
    { T( DURATION, range_duration, WS_DURATION ), "P4D", WS_E_INVALID_FORMAT },
    { T( DURATION, range_duration, WS_DURATION ), "PT1S", WS_E_INVALID_FORMAT },
    { T( GUID, one_guid, GUID ), "00000001-0002-0003-0405-060708090a0b" },
    { T( GUID, one_guid, GUID ), "00000001-0002-0003-0405-060708090a0c", WS_E_INVALID_FORMAT },
    { T( UNIQUE_ID, length_id, WS_UNIQUE_ID ), "urn:x" }, { T( UNIQUE_ID, length_id, WS_UNIQUE_ID ), "urn:xy", WS_E_INVALID_FORMAT },
    { T( STRING, length_string, WS_STRING ), "xx" }, { T( STRING, length_string, WS_STRING ), "x", WS_E_INVALID_FORMAT },
    { T( STRING, length_string, WS_STRING ), "x&amp;\xe2\x82\xacx" },     /* characters, not bytes */
    { T( STRING, length_string, WS_STRING ), "xxxxx", WS_E_INVALID_FORMAT },
    { T( BYTES, length_bytes, WS_BYTES ), "eHg=" }, { T( BYTES, length_bytes, WS_BYTES ), "eA==", WS_E_INVALID_FORMAT },
    { T( BYTES, length_bytes, WS_BYTES ), "eHh4eA==" }, { T( BYTES, length_bytes, WS_BYTES ), "eHh4eHg=", WS_E_INVALID_FORMAT },
    { T( XML_STRING, length_xml_string, WS_XML_STRING ), "xx" }, { T( XML_STRING, length_xml_string, WS_XML_STRING ), "\xe2\x82\xac" },
    { T( XML_STRING, length_xml_string, WS_XML_STRING ), "x\xe2\x82\xacx", WS_E_INVALID_FORMAT },
    { T( XML_STRING, length_xml_string, WS_XML_STRING ), "", WS_E_INVALID_FORMAT },
    { T( XML_QNAME, length_qname, WS_XML_QNAME ), "qn" }, { T( XML_QNAME, length_qname, WS_XML_QNAME ), "q", WS_E_INVALID_FORMAT },
    { T( XML_QNAME, length_qname, WS_XML_QNAME ), "qnam", WS_E_INVALID_FORMAT },
    { T( ENUM, color, int ), "red" }, { T( ENUM, color, int ), "dark blue" }, { T( ENUM, color, int ), "" },
    { T( ENUM, color, int ), "Red", WS_E_INVALID_FORMAT }, { T( ENUM, color, int ), "dark", WS_E_INVALID_FORMAT },
    { T( ENUM, color, int ), "1", WS_E_INVALID_FORMAT },
};

/* The text of a case as an element: out of text; without the description to binary, and out of that. */
static void test_values( void )
{
    ULONG i;

    start();
    for (i = 0; i < COUNT( cases ); i++)
    {
        const struct range_case *c = &cases[i];
        const void *loose = c->type == WS_ENUM_TYPE ? c->desc : NULL;
        union { BYTE bytes[128]; __int64 align; } value;
        WS_BYTES bytes;
        char xml[128];

        test_context( "%s '%s'", c->name, c->text );
        sprintf( xml, "<t>%s</t>", c->text );
        set_input( xml, strlen( xml ), FALSE );
        ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK );
        ok_hr( WsReadType( reader, WS_ELEMENT_TYPE_MAPPING, c->type, c->desc, WS_READ_REQUIRED_VALUE, heap, &value, c->size,
                           NULL ), c->hr );
        if (c->hr == WS_E_NUMERIC_OVERFLOW || (c->hr && loose)) continue;   /* no value of the type */
        set_input( xml, strlen( xml ), FALSE );
        ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK );
        ok_hr( WsReadType( reader, WS_ELEMENT_TYPE_MAPPING, c->type, loose, WS_READ_REQUIRED_VALUE, heap, &value, c->size,
                           NULL ), S_OK );
        set_output( TRUE );
        ok_hr( WsWriteStartElement( writer, NULL, &str_t, &none, NULL ), S_OK );
        ok_hr( WsWriteType( writer, WS_ELEMENT_TYPE_MAPPING, c->type, c->desc, WS_WRITE_REQUIRED_VALUE, &value, c->size, NULL ),
               S_OK );
        ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
        bytes = output();
        set_input( bytes.bytes, bytes.length, TRUE );
        ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK );
        ok_hr( WsReadType( reader, WS_ELEMENT_TYPE_MAPPING, c->type, c->desc, WS_READ_REQUIRED_VALUE, heap, &value, c->size,
                           NULL ), c->hr );
    }
    finish();
}

/* The same for what is only a pointer or two fields of a struct. */
static void test_arrays( void )
{
    struct v { void *value; ULONG count; };
    static const struct { WS_TYPE type; void *desc; const char *xml; HRESULT hr; } cases[] =
    {
        { WS_WSZ_TYPE, &length_wsz, "<t><a>xx</a></t>" }, { WS_WSZ_TYPE, &length_wsz, "<t><a>x</a></t>", WS_E_INVALID_FORMAT },
        { WS_WSZ_TYPE, &length_wsz, "<t><a>xxxx</a></t>" }, { WS_WSZ_TYPE, &length_wsz, "<t><a>xxxxx</a></t>", WS_E_INVALID_FORMAT },
        { WS_CHAR_ARRAY_TYPE, &length_wsz, "<t><a>xx</a></t>" }, { WS_CHAR_ARRAY_TYPE, &length_wsz, "<t><a/></t>", WS_E_INVALID_FORMAT },
        { WS_UTF8_ARRAY_TYPE, &length_wsz, "<t><a>xx</a></t>" },
        { WS_UTF8_ARRAY_TYPE, &length_wsz, "<t><a>\xe2\x82\xac\xe2\x82\xac</a></t>", WS_E_INVALID_FORMAT },
        { WS_BYTE_ARRAY_TYPE, &length_wsz, "<t><a>eHg=</a></t>" },
        { WS_BYTE_ARRAY_TYPE, &length_wsz, "<t><a>eHh4eHg=</a></t>", WS_E_INVALID_FORMAT },
    };
    ULONG i;

    start();
    for (i = 0; i < COUNT( cases ); i++)
    {
        WS_FIELD_DESCRIPTION field = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, cases[i].type, cases[i].desc,
                                       FIELD_OFFSET( struct v, value ), 0, NULL, FIELD_OFFSET( struct v, count ) };
        WS_FIELD_DESCRIPTION *fields[] = { &field };
        WS_STRUCT_DESCRIPTION type = { sizeof(struct v), TYPE_ALIGNMENT( struct v ), fields, 1 };
        WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, WS_STRUCT_TYPE, &type };
        struct v value;

        test_context( "%lu: %s", i, cases[i].xml );
        set_input( cases[i].xml, strlen( cases[i].xml ), FALSE );
        ok_hr( WsReadElement( reader, &desc, WS_READ_REQUIRED_VALUE, heap, &value, sizeof(value), NULL ), cases[i].hr );
        if (!cases[i].hr && cases[i].type != WS_WSZ_TYPE) ok_eq( value.count, 2 );
    }
    finish();
}

/* How many items each kind of repeating field may have; the limits are inclusive. */
static void test_items( void )
{
    struct v { void *items; ULONG count; };
    struct choice { int which; int a; };
    static WS_ITEM_RANGE range = { 1, 2 };
    static WS_UNION_FIELD_DESCRIPTION a = { 1, { WS_ELEMENT_FIELD_MAPPING, &str_b, &none, WS_INT32_TYPE, NULL,
                                                 FIELD_OFFSET( struct choice, a ) } };
    static WS_UNION_FIELD_DESCRIPTION *choices[] = { &a };
    static WS_UNION_DESCRIPTION choice = { sizeof(struct choice), TYPE_ALIGNMENT( struct choice ), choices, 1,
                                           FIELD_OFFSET( struct choice, which ), 0 };
    static const struct { WS_FIELD_MAPPING mapping; WS_TYPE type; void *desc; } kinds[] =
    {
        { WS_REPEATING_ELEMENT_FIELD_MAPPING, WS_INT32_TYPE, NULL },
        { WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING, WS_UNION_TYPE, &choice },
        { WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, NULL },
        { WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING, WS_VOID_TYPE, NULL },
    };
    static const char * const xml[] = { "<t></t>", "<t><b>1</b></t>", "<t><b>1</b><b>2</b></t>", "<t><b>1</b><b>2</b><b>3</b></t>" };
    ULONG i, j;

    start();
    for (i = 0; i < COUNT( kinds ); i++)
        for (j = 0; j < COUNT( xml ); j++)
        {
            WS_FIELD_DESCRIPTION field = { kinds[i].mapping, NULL, NULL, kinds[i].type, kinds[i].desc, 0, 0, NULL,
                                           FIELD_OFFSET( struct v, count ), NULL, NULL, &range };
            WS_FIELD_DESCRIPTION *fields[] = { &field };
            WS_STRUCT_DESCRIPTION type = { sizeof(struct v), TYPE_ALIGNMENT( struct v ), fields, 1 };
            WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, WS_STRUCT_TYPE, &type };
            struct v value = { &value, 77 };

            if (!i) field.itemLocalName = &str_b, field.itemNs = &none;
            test_context( "kind %lu, %s", i, xml[j] );
            set_input( xml[j], strlen( xml[j] ), FALSE );
            ok_hr( WsReadElement( reader, &desc, WS_READ_REQUIRED_VALUE, heap, &value, sizeof(value), NULL ),
                   j == 1 || j == 2 ? S_OK : WS_E_INVALID_FORMAT );
            if (j == 1 || j == 2) ok_eq( value.count, kinds[i].type == WS_VOID_TYPE ? 77 : j );
        }
    finish();
}

TESTS( serial_ranges, { "values", test_values }, { "arrays", test_arrays }, { "items", test_items } )
