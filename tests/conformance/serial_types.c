/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values of each type out of XML and into it, with the codes for text that is none.
 *
 * Sources: the reference pages of WS_TYPE, WS_READ_OPTION and WS_WRITE_OPTION; public tests that ran against Windows for the codes
 * of bad numbers and the forms of numbers and dates; XML Schema part 2 and [MC-NBFX] 2.2.3 for lexical forms. */
#include "test.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define NAME( id, text ) static WS_XML_STRING id = { sizeof(text) - 1, (BYTE *)text }
NAME( str_t, "t" );
NAME( str_a, "a" );
NAME( str_none, "" );

static WS_HEAP *heap;
static WS_XML_READER *reader;
static WS_XML_WRITER *writer;

static void set_input( const char *xml )
{
    WS_XML_READER_TEXT_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)xml, strlen( xml ) };
    ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), S_OK );
}

static void set_output( void )
{
    WS_XML_WRITER_TEXT_ENCODING encoding = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    ok_hr( WsSetOutput( writer, &encoding.encoding, &output.output, NULL, 0, NULL ), S_OK );
}

static void check_output( const char *expected )
{
    WS_BYTES bytes = { 0 };
    ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
    ok_bytes( bytes.bytes, bytes.length, expected );
}

static void start( void )
{
    WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, NULL );
    WsCreateReader( NULL, 0, &reader, NULL );
    WsCreateWriter( NULL, 0, &writer, NULL );
}

static void finish( void )
{
    WsFreeWriter( writer );
    WsFreeReader( reader );
    WsFreeHeap( heap );
    test_context( NULL );
}

static const struct text_case
{
    WS_TYPE type;
    ULONG size;
    const char *text;
    HRESULT hr;
    const char *written;    /* NULL: as it was read */
}
cases[] =
{
#define T( type, ctype ) WS_##type##_TYPE, sizeof(ctype)
    { T( BOOL, BOOL ), "true", S_OK },
    { T( BOOL, BOOL ), " 1 ", S_OK, "true" },
    { T( BOOL, BOOL ), "0", S_OK, "false" },
    { T( BOOL, BOOL ), "TRUE", WS_E_INVALID_FORMAT },
    { T( BOOL, BOOL ), "", WS_E_INVALID_FORMAT },
    { T( INT8, char ), "-128", S_OK },
    { T( INT8, char ), "-0", S_OK, "0" },
    { T( INT8, char ), "-", WS_E_INVALID_FORMAT },
    { T( INT8, char ), "128", WS_E_NUMERIC_OVERFLOW },
    { T( INT16, short ), "32767", S_OK },
    { T( INT16, short ), "-32769", WS_E_NUMERIC_OVERFLOW },
    { T( INT32, int ), "-2147483648", S_OK },
    { T( INT32, int ), "2147483648", WS_E_INVALID_FORMAT },
    { T( INT64, __int64 ), "9223372036854775807", S_OK },
    { T( INT64, __int64 ), "9223372036854775808", WS_E_INVALID_FORMAT },
    { T( UINT8, BYTE ), " 255 ", S_OK, "255" },
    { T( UINT8, BYTE ), "256", WS_E_NUMERIC_OVERFLOW },
    { T( UINT8, BYTE ), "-1", WS_E_NUMERIC_OVERFLOW },
    { T( UINT8, BYTE ), "+1", WS_E_INVALID_FORMAT },
    { T( UINT8, BYTE ), "0x10", WS_E_INVALID_FORMAT },
    { T( UINT16, USHORT ), "65536", WS_E_NUMERIC_OVERFLOW },
    { T( UINT32, ULONG ), "4294967295", S_OK },
    { T( UINT32, ULONG ), "4294967296", WS_E_NUMERIC_OVERFLOW },
    { T( UINT64, __int64 ), "18446744073709551615", S_OK },
    { T( UINT64, __int64 ), "18446744073709551616", WS_E_INVALID_FORMAT },
    { T( FLOAT, float ), "1.5", S_OK },
    { T( FLOAT, float ), "3.4028236e38", S_OK, "INF" },
    { T( FLOAT, float ), "NaN", S_OK },
    { T( DOUBLE, double ), "0.1", S_OK },
    { T( DOUBLE, double ), "0.01", S_OK, "1E-2" },
    { T( DOUBLE, double ), "1000000000000000", S_OK, "1E+15" },
    { T( DOUBLE, double ), "100000000000000", S_OK },
    { T( DOUBLE, double ), "1.7976931348623158e308", S_OK, "1.7976931348623157E+308" },
    { T( DOUBLE, double ), "-INF", S_OK },
    { T( DOUBLE, double ), "+INF", WS_E_INVALID_FORMAT },
    { T( DOUBLE, double ), "-", S_OK, "0" },
    { T( DOUBLE, double ), "-0", S_OK },
    { T( DOUBLE, double ), "1e", WS_E_INVALID_FORMAT },
    { T( DOUBLE, double ), "", WS_E_INVALID_FORMAT },
    { T( DECIMAL, DECIMAL ), "-10.50", S_OK },
    { T( DECIMAL, DECIMAL ), "1e5", WS_E_INVALID_FORMAT },
    { T( DATETIME, WS_DATETIME ), "2016-02-29T23:59:59.9999999Z", S_OK },
    { T( DATETIME, WS_DATETIME ), "2016-02-29T24:00:00", S_OK, "2016-03-01T00:00:00" },
    { T( DATETIME, WS_DATETIME ), "2015-02-29T00:00:00Z", WS_E_INVALID_FORMAT },
    { T( DATETIME, WS_DATETIME ), "0000-01-01T00:00:00Z", WS_E_INVALID_FORMAT },
    { T( DATETIME, WS_DATETIME ), "2016-01-01T00:00:00.12345678Z", WS_E_INVALID_FORMAT },
    { T( TIMESPAN, WS_TIMESPAN ), "-1.02:03:04.5", S_OK },
    { T( DURATION, WS_DURATION ), "-P1Y2M3DT4H5M6.789S", S_OK },
    { T( DURATION, WS_DURATION ), "P", WS_E_INVALID_FORMAT },
    { T( GUID, GUID ), "0A1B2C3D-0000-0000-0000-0000000000ff", S_OK, "0a1b2c3d-0000-0000-0000-0000000000ff" },
    { T( GUID, GUID ), "{00000000-0000-0000-0000-000000000000}", WS_E_INVALID_FORMAT },
    { T( UNIQUE_ID, WS_UNIQUE_ID ), "urn:uuid:00000000-0000-0000-0000-0000000000a1", S_OK },
    { T( UNIQUE_ID, WS_UNIQUE_ID ), " urn:other ", S_OK },
    { T( UNIQUE_ID, WS_UNIQUE_ID ), "", WS_E_INVALID_FORMAT },
    { T( STRING, WS_STRING ), " a &lt; b ", S_OK },
    { T( XML_STRING, WS_XML_STRING ), " \xe2\x82\xac ", S_OK },
    { T( BYTES, WS_BYTES ), "dGVzdA==", S_OK },
    { T( BYTES, WS_BYTES ), " dGVzdHM= ", S_OK, "dGVzdHM=" },
    { T( BYTES, WS_BYTES ), "dGVzdA===", WS_E_INVALID_FORMAT },
    { T( XML_QNAME, WS_XML_QNAME ), "local", S_OK },
    { T( XML_QNAME, WS_XML_QNAME ), "", WS_E_INVALID_FORMAT },
};

/* The same text in an element's content, as a whole element and in an attribute. */
static void test_text_types( void )
{
    static const struct { WS_TYPE_MAPPING mapping; const char *before, *after; } places[] =
    {
        { WS_ELEMENT_CONTENT_TYPE_MAPPING, "<t>", "</t>" },
        { WS_ELEMENT_TYPE_MAPPING, "<t>", "</t>" },
        { WS_ATTRIBUTE_TYPE_MAPPING, "<t a=\"", "\"/>" },
    };
    char xml[256];
    ULONG i, j, index;
    HRESULT hr;

    start();
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        const struct text_case *c = &cases[i];
        for (j = 0; j < 3; j++)
        {
            BYTE value[128];

            test_context( "%lu: %s%s%s", i, places[j].before, c->text, places[j].after );
            memset( value, 0xcc, sizeof(value) );
            sprintf( xml, "%s%s%s", places[j].before, c->text, places[j].after );
            set_input( xml );
            ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK );
            if (places[j].mapping == WS_ELEMENT_CONTENT_TYPE_MAPPING) ok_hr( WsReadStartElement( reader, NULL ), S_OK );
            if (places[j].mapping == WS_ATTRIBUTE_TYPE_MAPPING)
            {
                ok_hr( WsFindAttribute( reader, &str_a, &str_none, TRUE, &index, NULL ), S_OK );
                ok_hr( WsReadStartAttribute( reader, index, NULL ), S_OK );
            }
            hr = WsReadType( reader, places[j].mapping, c->type, NULL, WS_READ_REQUIRED_VALUE, heap, value, c->size, NULL );
            ok( hr == c->hr, "got %#lx, expected %#lx\n", (ULONG)hr, (ULONG)c->hr );
            ok( value[c->size] == 0xcc, "a byte behind the value was written\n" );
            if (hr || c->hr)
            {
                if (hr && c->hr) ok( value[0] == 0xcc || c->size > 16, "the value was changed\n" );
                continue;
            }
            set_output();
            ok_hr( WsWriteStartElement( writer, NULL, &str_t, &str_none, NULL ), S_OK );
            if (places[j].mapping == WS_ATTRIBUTE_TYPE_MAPPING)
                ok_hr( WsWriteStartAttribute( writer, NULL, &str_a, &str_none, FALSE, NULL ), S_OK );
            ok_hr( WsWriteType( writer, places[j].mapping, c->type, NULL, WS_WRITE_REQUIRED_VALUE, value, c->size, NULL ), S_OK );
            if (places[j].mapping == WS_ATTRIBUTE_TYPE_MAPPING) ok_hr( WsWriteEndAttribute( writer, NULL ), S_OK );
            ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
            sprintf( xml, "%s%s%s", places[j].before, c->written ? c->written : c->text, places[j].after );
            check_output( xml );
        }
    }
    finish();
}

/* Empty content: a string of length 0 with an address, so that it is not nil (reference page of WS_TYPE). */
static void test_empty( void )
{
    WS_STRING str = { 5, NULL };
    WS_XML_STRING xmlstr = { 5, NULL };
    WS_BYTES bytes = { 5, NULL };
    WCHAR *wsz = NULL;

    start();
#define READ_EMPTY( type, option, value ) \
    set_input( "<t></t>" ); \
    ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK ); \
    ok_hr( WsReadType( reader, WS_ELEMENT_TYPE_MAPPING, type, NULL, option, heap, &value, sizeof(value), NULL ), S_OK )
    READ_EMPTY( WS_STRING_TYPE, WS_READ_REQUIRED_VALUE, str );
    ok( !str.length && str.chars, "got %lu %p\n", str.length, str.chars );
    READ_EMPTY( WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE, xmlstr );
    ok( !xmlstr.length && xmlstr.bytes, "got %lu %p\n", xmlstr.length, xmlstr.bytes );
    READ_EMPTY( WS_BYTES_TYPE, WS_READ_REQUIRED_VALUE, bytes );
    ok( !bytes.length && bytes.bytes, "got %lu %p\n", bytes.length, bytes.bytes );
    READ_EMPTY( WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, wsz );
    ok( wsz && !*wsz, "got %p\n", wsz );
    finish();
}

#define NIL "<t a:nil=\"true\" xmlns:a=\"http://www.w3.org/2001/XMLSchema-instance\"/>"

/* Which option goes with which storage; NULL and nil (reference page of WS_WRITE_OPTION). */
static void test_write_options( void )
{
    static int number = 5, *number_ptr = &number, *no_number;
    static WS_STRING str = { 1, (WCHAR *)L"x" }, nil_str, empty_str = { 0, (WCHAR *)L"" };
    static const WCHAR *wsz = L"w", *no_wsz;
    static const struct { WS_TYPE type; WS_WRITE_OPTION option; const void *value; ULONG size; HRESULT hr; const char *xml; } cases[] =
    {
        { WS_INT32_TYPE, WS_WRITE_REQUIRED_VALUE, &number, sizeof(number), S_OK, "<t>5</t>" },
        { WS_INT32_TYPE, WS_WRITE_REQUIRED_VALUE, &number, 8, E_INVALIDARG },
        { WS_INT32_TYPE, WS_WRITE_REQUIRED_VALUE, NULL, sizeof(number), E_INVALIDARG },
        { WS_INT32_TYPE, WS_WRITE_REQUIRED_POINTER, &number_ptr, sizeof(number_ptr), S_OK, "<t>5</t>" },
        { WS_INT32_TYPE, WS_WRITE_REQUIRED_POINTER, &no_number, sizeof(no_number), E_INVALIDARG },
        { WS_INT32_TYPE, WS_WRITE_NILLABLE_POINTER, &no_number, sizeof(no_number), S_OK, NIL },
        { WS_INT32_TYPE, WS_WRITE_NILLABLE_VALUE, &number, sizeof(number), E_INVALIDARG },
        { WS_INT32_TYPE, 0, &number, sizeof(number), E_INVALIDARG },
        { WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &nil_str, sizeof(nil_str), S_OK, "<t/>" },
        { WS_STRING_TYPE, WS_WRITE_NILLABLE_VALUE, &nil_str, sizeof(nil_str), S_OK, NIL },
        { WS_STRING_TYPE, WS_WRITE_NILLABLE_VALUE, &empty_str, sizeof(empty_str), S_OK, "<t/>" },
        { WS_STRING_TYPE, WS_WRITE_NILLABLE_VALUE, &str, sizeof(str), S_OK, "<t>x</t>" },
        { WS_WSZ_TYPE, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz), S_OK, "<t>w</t>" },
        { WS_WSZ_TYPE, WS_WRITE_REQUIRED_POINTER, &no_wsz, sizeof(no_wsz), E_INVALIDARG },
        { WS_WSZ_TYPE, WS_WRITE_NILLABLE_POINTER, &no_wsz, sizeof(no_wsz), S_OK, NIL },
        { WS_WSZ_TYPE, WS_WRITE_REQUIRED_VALUE, &wsz, sizeof(wsz), E_INVALIDARG },
    };
    ULONG i;

    start();
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        WS_ELEMENT_DESCRIPTION desc = { &str_t, &str_none, cases[i].type };

        test_context( "%lu", i );
        set_output();
        ok_hr( WsWriteElement( writer, &desc, cases[i].option, cases[i].value, cases[i].size, NULL ), cases[i].hr );
        if (!cases[i].hr) check_output( cases[i].xml );
    }
    finish();
}

/* The same for reading; an element of another name is missing (reference page of WS_READ_OPTION). */
static void test_read_options( void )
{
    static const struct { WS_TYPE type; WS_READ_OPTION option; ULONG size; const char *xml; HRESULT hr; BOOL null; } cases[] =
    {
        { WS_INT32_TYPE, WS_READ_REQUIRED_VALUE, sizeof(int), "<t>5</t>", S_OK },
        { WS_INT32_TYPE, WS_READ_REQUIRED_VALUE, sizeof(short), "<t>5</t>", E_INVALIDARG },
        { WS_INT32_TYPE, WS_READ_REQUIRED_VALUE, sizeof(int), "<u>5</u>", WS_E_INVALID_FORMAT },
        { WS_INT32_TYPE, WS_READ_REQUIRED_POINTER, sizeof(void *), "<t>5</t>", S_OK },
        { WS_INT32_TYPE, WS_READ_REQUIRED_POINTER, sizeof(void *) + 1, "<t>5</t>", E_INVALIDARG },
        { WS_INT32_TYPE, WS_READ_OPTIONAL_POINTER, sizeof(void *), "<u>5</u>", S_OK, TRUE },
        { WS_INT32_TYPE, WS_READ_OPTIONAL_POINTER, sizeof(void *), "<t>5</t>", S_OK },
        { WS_INT32_TYPE, 0, sizeof(int), "<t>5</t>", E_INVALIDARG },
        { WS_WSZ_TYPE, WS_READ_REQUIRED_VALUE, sizeof(void *), "<t>5</t>", E_INVALIDARG },
        { WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, sizeof(void *), "<t>5</t>", S_OK },
        { WS_XML_BUFFER_TYPE, WS_READ_REQUIRED_VALUE, sizeof(void *), "<t>5</t>", E_INVALIDARG },
        { WS_XML_BUFFER_TYPE, WS_READ_REQUIRED_POINTER, sizeof(void *), "<t>5</t>", S_OK },
        { WS_STRUCT_TYPE, WS_READ_REQUIRED_POINTER, sizeof(void *), "<t>5</t>", E_INVALIDARG },
        { WS_ENUM_TYPE, WS_READ_REQUIRED_VALUE, sizeof(int), "<t>5</t>", E_INVALIDARG },
    };
    ULONG i;

    start();
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        WS_ELEMENT_DESCRIPTION desc = { &str_t, &str_none, cases[i].type };
        void *value[2] = { &desc, &desc };

        test_context( "%lu", i );
        set_input( cases[i].xml );
        ok_hr( WsReadElement( reader, &desc, cases[i].option, heap, value, cases[i].size, NULL ), cases[i].hr );
        if (cases[i].null) ok( !value[0], "got %p\n", value[0] );
        ok( value[1] == &desc, "more than the value was written\n" );
    }
    finish();
}

/* WsReadValue, WsWriteValue: no element names, no heap. */
static void test_values( void )
{
    BOOL flag = 5;
    int number = 0;

    start();
    set_input( "<t>12</t>" );
    ok_hr( WsReadValue( reader, WS_INT32_VALUE_TYPE, &number, sizeof(number), NULL ), WS_E_INVALID_FORMAT );
    set_input( "<t>12</t>" );
    ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK );
    ok_hr( WsReadStartElement( reader, NULL ), S_OK );
    ok_hr( WsReadValue( reader, WS_INT32_VALUE_TYPE, &number, sizeof(number), NULL ), S_OK );
    ok_eq( number, 12 );
    ok_hr( WsReadEndElement( reader, NULL ), S_OK );

    set_output();
    ok_hr( WsWriteValue( writer, WS_INT32_VALUE_TYPE, &number, sizeof(number), NULL ), WS_E_INVALID_FORMAT );
    set_output();
    ok_hr( WsWriteStartElement( writer, NULL, &str_t, &str_none, NULL ), S_OK );
    ok_hr( WsWriteValue( writer, WS_BOOL_VALUE_TYPE, &flag, 0, NULL ), E_INVALIDARG );
    ok_hr( WsWriteValue( writer, WS_BOOL_VALUE_TYPE, &flag, sizeof(flag), NULL ), S_OK );
    ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
    check_output( "<t>true</t>" );
    finish();
}

/* Binary XML has numbers in the shortest record that holds them without loss ([MC-NBFX] 2.2.3), so that a double comes as a float
 * or an integer: the same number must come out. */
static void test_binary_numbers( void )
{
    static const double numbers[] =
    {
        66284.1796875, 2532.958984375, 0.1, 1.5, 0.0, -0.0, 1.0, -1.0, 255.0, 9007199254740993.0, 9223372036854775808.0,
        -9223372036854775808.0, 3.4028234663852886e38, -3.4028234663852886e38, 3.4028235677973366e38, 1.401298464324817e-45,
        4.9406564584124654e-324, 1.7976931348623157e308, 16777217.0, 0.30000001192092896,
    };
    WS_XML_READER_BINARY_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_BINARY } };
    WS_XML_WRITER_BINARY_ENCODING out_encoding = { { WS_XML_WRITER_ENCODING_TYPE_BINARY } };
    WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_ELEMENT_DESCRIPTION desc = { &str_t, &str_none, WS_DOUBLE_TYPE };
    WS_BYTES bytes;
    double value;
    float single;
    ULONG i;

    start();
    for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
    {
        WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER } };

        test_context( "%.17g", numbers[i] );
        ok_hr( WsSetOutput( writer, &out_encoding.encoding, &output.output, NULL, 0, NULL ), S_OK );
        ok_hr( WsWriteElement( writer, &desc, WS_WRITE_REQUIRED_VALUE, &numbers[i], sizeof(numbers[i]), NULL ), S_OK );
        ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
        input.encodedData = bytes.bytes;
        input.encodedDataSize = bytes.length;
        value = 5;
        ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), S_OK );
        ok_hr( WsReadElement( reader, &desc, WS_READ_REQUIRED_VALUE, heap, &value, sizeof(value), NULL ), S_OK );
        ok( !memcmp( &value, &numbers[i], sizeof(value) ), "WsReadElement got %.17g\n", value );
        value = 5;
        ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), S_OK );
        ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK );
        ok_hr( WsReadStartElement( reader, NULL ), S_OK );
        ok_hr( WsReadValue( reader, WS_DOUBLE_VALUE_TYPE, &value, sizeof(value), NULL ), S_OK );
        ok( !memcmp( &value, &numbers[i], sizeof(value) ), "WsReadValue got %.17g\n", value );
        if (i < 12)
        {
            float want = (float)numbers[i];
            ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), S_OK );
            ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK );
            ok_hr( WsReadType( reader, WS_ELEMENT_TYPE_MAPPING, WS_FLOAT_TYPE, NULL, WS_READ_REQUIRED_VALUE, heap, &single,
                               sizeof(single), NULL ), S_OK );
            ok( !memcmp( &single, &want, sizeof(single) ), "as a float: %.9g\n", single );
        }
    }
    finish();
}

TESTS( serial_types, { "text_types", test_text_types }, { "empty", test_empty }, { "write_options", test_write_options },
       { "read_options", test_read_options }, { "values", test_values }, { "binary_numbers", test_binary_numbers } )
