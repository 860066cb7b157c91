/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Typed values in and out: every type, every mapping of fields, options, derived types, in text and binary.
 *
 * Most cases are one line of a table: a document is read by a description and written again, which has to give the expected
 * text; then the same value goes through the binary encoding and an XML buffer and has to give the same text again. */

#include "unit.h"
#include "serial/serial.h"

/* rows leave out what is zero */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

static const WS_XML_READER_TEXT_ENCODING read_text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
static const WS_XML_READER_BINARY_ENCODING read_binary = { { WS_XML_READER_ENCODING_TYPE_BINARY } };
static const WS_XML_WRITER_TEXT_ENCODING write_text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
static const WS_XML_WRITER_BINARY_ENCODING write_binary = { { WS_XML_WRITER_ENCODING_TYPE_BINARY } };
static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };

#define STR( id, text ) static WS_XML_STRING id = XMLSTR( text )
STR( none, "" );
STR( urn, "urn:t" );
STR( str_t, "t" );
STR( str_a, "a" );
STR( str_b, "b" );
STR( str_c, "c" );
STR( str_list, "list" );
STR( str_lang, "lang" );

/* --- one trip ----------------------------------------------------------------------------------------------------- */

struct trip
{
    WS_HEAP       *heap;
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_ERROR      *error;
};

static void trip_init( struct trip *t )
{
    memset( t, 0, sizeof(*t) );
    CHECK_EQ( heap_create( 1 << 20, 0, NULL, 0, &t->heap, NULL ), S_OK );
    CHECK_EQ( reader_create( NULL, 0, &t->reader, NULL ), S_OK );
    CHECK_EQ( writer_create( NULL, 0, &t->writer, NULL ), S_OK );
    CHECK_EQ( error_create( NULL, 0, &t->error ), S_OK );
}

static void trip_done( struct trip *t )
{
    writer_free( t->writer );
    reader_free( t->reader );
    heap_free( t->heap );
    error_free( t->error );
}

static HRESULT read_bytes( struct trip *t, const WS_XML_READER_ENCODING *encoding, const void *bytes, ULONG len,
                           const WS_ELEMENT_DESCRIPTION *desc, void **value )
{
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)bytes, len };
    HRESULT hr;

    *value = NULL;
    if ((hr = reader_set_input( t->reader, encoding, &input.input, NULL, 0, t->error ))) return hr;
    return serial_read_element( t->reader, desc, WS_READ_REQUIRED_POINTER, t->heap, value, sizeof(*value), t->error );
}

static HRESULT write_value( struct trip *t, const WS_XML_WRITER_ENCODING *encoding, const WS_ELEMENT_DESCRIPTION *desc,
                            const void *value, WS_BYTES *bytes )
{
    HRESULT hr;

    if ((hr = writer_set_output( t->writer, encoding, &memory.output, NULL, 0, t->error ))) return hr;
    if ((hr = serial_write_element( t->writer, desc, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value), t->error ))) return hr;
    return writer_get_property( t->writer, WS_XML_WRITER_PROPERTY_BYTES, bytes, sizeof(*bytes), t->error );
}

static HRESULT through_buffer( struct trip *t, const WS_ELEMENT_DESCRIPTION *desc, const void *value, void **ret )
{
    WS_XML_BUFFER *buffer;
    HRESULT hr;

    if ((hr = buffer_create( t->heap, NULL, 0, &buffer, t->error ))) return hr;
    if ((hr = writer_set_output_to_buffer( t->writer, buffer, NULL, 0, t->error ))) return hr;
    if ((hr = serial_write_element( t->writer, desc, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value), t->error ))) return hr;
    if ((hr = reader_set_input_to_buffer( t->reader, buffer, NULL, 0, t->error ))) return hr;
    return serial_read_element( t->reader, desc, WS_READ_REQUIRED_POINTER, t->heap, ret, sizeof(*ret), t->error );
}

/* The whole trip; its result is that of the first step that failed. */
static HRESULT round_trip( struct trip *t, const WS_ELEMENT_DESCRIPTION *desc, const char *xml, const char *expected )
{
    void *value, *value2;
    WS_BYTES bytes;
    HRESULT hr;

    if ((hr = read_bytes( t, &read_text.encoding, xml, strlen( xml ), desc, &value ))) return hr;
    if ((hr = write_value( t, &write_text.encoding, desc, value, &bytes ))) return hr;
    CHECK_STR( bytes.bytes, bytes.length, expected );

    if ((hr = write_value( t, &write_binary.encoding, desc, value, &bytes ))) return hr;
    if ((hr = read_bytes( t, &read_binary.encoding, bytes.bytes, bytes.length, desc, &value2 ))) return hr;
    if ((hr = write_value( t, &write_text.encoding, desc, value2, &bytes ))) return hr;
    CHECK_STR( bytes.bytes, bytes.length, expected );

    if ((hr = through_buffer( t, desc, value, &value2 ))) return hr;
    if ((hr = write_value( t, &write_text.encoding, desc, value2, &bytes ))) return hr;
    CHECK_STR( bytes.bytes, bytes.length, expected );
    return S_OK;
}

struct trip_case
{
    const char *xml;
    const char *expected;   /* NULL: the same */
    HRESULT hr;
};

static void run_case( const WS_ELEMENT_DESCRIPTION *desc, const struct trip_case *c )
{
    struct trip t;

    unit_context = c->xml;
    trip_init( &t );
    CHECK_EQ( round_trip( &t, desc, c->xml, c->expected ? c->expected : c->xml ), c->hr );
    if (c->hr)
    {
        WS_STRING text;
        CHECK_EQ( error_get_string( t.error, 0, &text ), S_OK ); /* a failure says why */
    }
    trip_done( &t );
    unit_context = "";
}

static void run_struct( const WS_STRUCT_DESCRIPTION *type, const struct trip_case *cases, ULONG count )
{
    WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, WS_STRUCT_TYPE, (void *)type };
    ULONG i;
    for (i = 0; i < count; i++) run_case( &desc, &cases[i] );
}
#define RUN_STRUCT( type, cases ) run_struct( type, cases, ARRAY_SIZE( cases ) )

#define STRUCT( id, type, ... ) \
    static WS_FIELD_DESCRIPTION *id##_fields[] = { __VA_ARGS__ }; \
    static WS_STRUCT_DESCRIPTION id = { sizeof(type), __alignof__( type ), id##_fields, ARRAY_SIZE( id##_fields ) }

/* --- types -------------------------------------------------------------------------------------------------------- */

static int CALLBACK_compare_calls;

static HRESULT CALLBACK compare_durations( const WS_DURATION *a, const WS_DURATION *b, int *result, WS_ERROR *error )
{
    (void)error;
    CALLBACK_compare_calls++;
    *result = (int)a->days - (int)b->days;
    return S_OK;
}

static void test_types( void )
{
    static WS_XML_STRING one = XMLSTR( "ONE" ), two = XMLSTR( "TWO" );
    static WS_ENUM_VALUE values[] = { { 1, &one }, { 2, &two } };
    static WS_ENUM_DESCRIPTION enum_desc = { values, 2, 3, NULL };
    static WS_INT8_DESCRIPTION int8_desc = { -5, 5 };
    static WS_UINT64_DESCRIPTION uint64_desc = { 10, ~0ull };
    static WS_DOUBLE_DESCRIPTION double_desc = { -1.5, 1.5 };
    static WS_STRING_DESCRIPTION length = { 1, 3 };
    static WS_BOOL_DESCRIPTION true_desc = { TRUE };
    static WS_DECIMAL_DESCRIPTION decimal_desc = { { .scale = 2, .sign = DECIMAL_NEG, .Lo64 = 150 }, { .Lo64 = 3 } };
    static WS_DATETIME_DESCRIPTION date_desc = { { 0 }, { 630873792000000000ull } };
    static WS_TIMESPAN_DESCRIPTION span_desc = { { 0 }, { 10000000 } };
    static WS_DURATION_DESCRIPTION duration_desc = { { .days = 1 }, { .days = 3 }, compare_durations };
    static WS_GUID_DESCRIPTION guid_desc = { { 1 } };
    static WS_XML_QNAME_DESCRIPTION qname_desc = { 1, 2, 0, 5 };
    static const struct { WS_TYPE type; const void *desc; struct trip_case c; } cases[] =
    {
        { WS_BOOL_TYPE, NULL, { "<t>true</t>" } },
        { WS_BOOL_TYPE, NULL, { "<t> 0 </t>", "<t>false</t>" } },
        { WS_BOOL_TYPE, NULL, { "<t>yes</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_BOOL_TYPE, &true_desc, { "<t>1</t>", "<t>true</t>" } },
        { WS_BOOL_TYPE, &true_desc, { "<t>0</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_INT8_TYPE, NULL, { "<t>-128</t>" } },
        { WS_INT8_TYPE, NULL, { "<t>128</t>", NULL, WS_E_NUMERIC_OVERFLOW } },
        { WS_INT8_TYPE, &int8_desc, { "<t>-5</t>" } },
        { WS_INT8_TYPE, &int8_desc, { "<t>6</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_INT16_TYPE, NULL, { "<t>-32768</t>" } },
        { WS_INT32_TYPE, NULL, { "<t>-2147483648</t>" } },
        { WS_INT32_TYPE, NULL, { "<t>1<!-- in between -->2<![CDATA[3]]></t>", "<t>123</t>" } },
        { WS_INT32_TYPE, NULL, { "<t>1<a/></t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_INT32_TYPE, NULL, { "<t/>", NULL, WS_E_INVALID_FORMAT } },
        { WS_INT64_TYPE, NULL, { "<t>-9223372036854775808</t>" } },
        { WS_UINT8_TYPE, NULL, { "<t>255</t>" } },
        { WS_UINT16_TYPE, NULL, { "<t>65535</t>" } },
        { WS_UINT32_TYPE, NULL, { "<t>4294967295</t>" } },
        { WS_UINT64_TYPE, NULL, { "<t>18446744073709551615</t>" } },
        { WS_UINT64_TYPE, &uint64_desc, { "<t>9</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_FLOAT_TYPE, NULL, { "<t>0.1</t>" } },
        { WS_FLOAT_TYPE, NULL, { "<t>-INF</t>" } },
        { WS_DOUBLE_TYPE, NULL, { "<t>1.7976931348623157E+308</t>" } },
        { WS_DOUBLE_TYPE, NULL, { "<t>NaN</t>" } },
        { WS_DOUBLE_TYPE, &double_desc, { "<t>NaN</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_DOUBLE_TYPE, &double_desc, { "<t>1.6</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_DECIMAL_TYPE, NULL, { "<t>-79228162514264337593543950335</t>" } },
        { WS_DECIMAL_TYPE, NULL, { "<t>10.50</t>" } },
        { WS_DECIMAL_TYPE, &decimal_desc, { "<t>-1.5000</t>" } },
        { WS_DECIMAL_TYPE, &decimal_desc, { "<t>3.00</t>" } },
        { WS_DECIMAL_TYPE, &decimal_desc, { "<t>3.01</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_DECIMAL_TYPE, &decimal_desc, { "<t>-1.501</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_DATETIME_TYPE, NULL, { "<t>2000-02-29T12:00:00.5Z</t>" } },
        { WS_DATETIME_TYPE, NULL, { "<t>2000-02-29T12:00:00</t>" } },
        { WS_DATETIME_TYPE, &date_desc, { "<t>2000-02-29T00:00:00.1Z</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_TIMESPAN_TYPE, NULL, { "<t>-1.00:00:00.1</t>" } },
        { WS_TIMESPAN_TYPE, &span_desc, { "<t>00:00:01.1</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_DURATION_TYPE, NULL, { "<t>P1Y2M3DT4H5M6.7S</t>" } },
        { WS_DURATION_TYPE, &duration_desc, { "<t>P2D</t>" } },
        { WS_DURATION_TYPE, &duration_desc, { "<t>P4D</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_GUID_TYPE, NULL, { "<t>01234567-89ab-cdef-fedc-ba9876543210</t>" } },
        { WS_GUID_TYPE, &guid_desc, { "<t>00000001-0000-0000-0000-000000000000</t>" } },
        { WS_GUID_TYPE, &guid_desc, { "<t>00000002-0000-0000-0000-000000000000</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_UNIQUE_ID_TYPE, NULL, { "<t>urn:uuid:01234567-89ab-cdef-fedc-ba9876543210</t>" } },
        { WS_UNIQUE_ID_TYPE, NULL, { "<t> urn:x </t>" } },
        { WS_UNIQUE_ID_TYPE, NULL, { "<t>urn:uuid:01234567</t>" } },
        { WS_UNIQUE_ID_TYPE, NULL, { "<t/>", NULL, WS_E_INVALID_FORMAT } },
        { WS_STRING_TYPE, NULL, { "<t> a &amp; \xe2\x82\xac \xf0\x9f\x98\x80 </t>" } },
        { WS_STRING_TYPE, NULL, { "<t></t>", "<t/>" } },
        { WS_STRING_TYPE, &length, { "<t>a\xe2\x82\xac" "c</t>" } },
        { WS_STRING_TYPE, &length, { "<t/>", NULL, WS_E_INVALID_FORMAT } },
        { WS_STRING_TYPE, &length, { "<t>abcd</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_XML_STRING_TYPE, NULL, { "<t> &lt;\xe2\x82\xac </t>" } },
        { WS_XML_STRING_TYPE, &length, { "<t>abcd</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_BYTES_TYPE, NULL, { "<t>dGVzdA==</t>" } },
        { WS_BYTES_TYPE, NULL, { "<t> dG Vz\ndHM= </t>", "<t>dGVzdHM=</t>" } },
        { WS_BYTES_TYPE, NULL, { "<t/>" } },
        { WS_BYTES_TYPE, NULL, { "<t>dGVzd</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_BYTES_TYPE, &length, { "<t>dGVzdA==</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_XML_QNAME_TYPE, NULL, { "<t>u</t>" } },
        { WS_XML_QNAME_TYPE, NULL, { "<t xmlns:p=\"urn:x\"> p:u </t>", "<t xmlns:a=\"urn:x\">a:u</t>" } },
        { WS_XML_QNAME_TYPE, NULL, { "<t>p:u</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_XML_QNAME_TYPE, NULL, { "<t>:u</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_XML_QNAME_TYPE, &qname_desc, { "<t>abc</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_ENUM_TYPE, &enum_desc, { "<t>TWO</t>" } },
        { WS_ENUM_TYPE, &enum_desc, { "<t> ONE\n</t>", "<t>ONE</t>" } },
        { WS_ENUM_TYPE, &enum_desc, { "<t>THREE</t>", NULL, WS_E_INVALID_FORMAT } },
        { WS_ENUM_TYPE, NULL, { "<t>ONE</t>", NULL, E_INVALIDARG } },
    };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, cases[i].type, (void *)cases[i].desc };
        run_case( &desc, &cases[i].c );
    }
    CHECK( CALLBACK_compare_calls > 0, "ranges of durations are not compared" );
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

#define XSI " xmlns:a=\"http://www.w3.org/2001/XMLSchema-instance\""
#define NIL " a:nil=\"true\"" XSI

static void test_attributes( void )
{
    struct v { INT32 a; WCHAR *b; WS_STRING lang; WS_ANY_ATTRIBUTES any; };
    static INT32 seven = 7;
    static WS_DEFAULT_VALUE def = { &seven, sizeof(seven) };
    static WS_FIELD_DESCRIPTION
        a = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, offsetof( struct v, a ) },
        a_opt = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, offsetof( struct v, a ), WS_FIELD_OPTIONAL },
        a_def = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, offsetof( struct v, a ), WS_FIELD_OPTIONAL,
                  &def },
        b = { WS_ATTRIBUTE_FIELD_MAPPING, &str_b, &urn, WS_WSZ_TYPE, NULL, offsetof( struct v, b ), WS_FIELD_OPTIONAL },
        lang = { WS_XML_ATTRIBUTE_FIELD_MAPPING, &str_lang, NULL, WS_STRING_TYPE, NULL, offsetof( struct v, lang ),
                 WS_FIELD_OPTIONAL },
        any = { WS_ANY_ATTRIBUTES_FIELD_MAPPING, NULL, NULL, WS_ANY_ATTRIBUTES_TYPE, NULL, offsetof( struct v, any ) },
        other = { WS_ANY_ATTRIBUTES_FIELD_MAPPING, NULL, &urn, WS_ANY_ATTRIBUTES_TYPE, NULL, offsetof( struct v, any ),
                  WS_FIELD_OTHER_NAMESPACE },
        drop = { WS_ANY_ATTRIBUTES_FIELD_MAPPING, NULL, NULL, WS_VOID_TYPE },
        drop_a = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_VOID_TYPE, NULL, 0, WS_FIELD_OPTIONAL };
    STRUCT( required, struct v, &a, &b );
    STRUCT( optional, struct v, &a_opt, &b, &lang );
    STRUCT( defaulted, struct v, &a_def );
    STRUCT( all, struct v, &a_opt, &any );
    STRUCT( others, struct v, &other );
    STRUCT( dropped, struct v, &a_opt, &drop );
    STRUCT( discarded, struct v, &drop_a );
    static WS_STRUCT_DESCRIPTION ignoring = { sizeof(struct v), 8, required_fields, 2,
                                              .structOptions = WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES };
    static const struct trip_case required_cases[] =
    {
        { "<t a=\"1\"/>" },
        { "<t a='1' p:b='x &amp; y' xmlns:p='urn:t'/>", "<t a=\"1\" a:b=\"x &amp; y\" xmlns:a=\"urn:t\"/>" },
        { "<t/>", NULL, WS_E_INVALID_FORMAT },
        { "<t a='x'/>", NULL, WS_E_INVALID_FORMAT },
        { "<t a='1' b='2'/>", NULL, WS_E_INVALID_FORMAT },
        { "<t a='1'>text</t>", NULL, WS_E_INVALID_FORMAT },
        { "<t a='1'> <!-- nothing --> </t>", "<t a=\"1\"/>" },
        /* attributes of the schema instance are not the struct's */
        { "<t a='1' i:schemaLocation='x' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'/>", "<t a=\"1\"/>" },
    };
    static const struct trip_case optional_cases[] =
    {
        { "<t/>" }, { "<t a='0'/>", "<t/>" }, { "<t xml:lang=\"de\"/>" }, { "<t lang='de'/>", NULL, WS_E_INVALID_FORMAT },
    };
    static const struct trip_case default_cases[] = { { "<t/>" }, { "<t a='7'/>", "<t/>" }, { "<t a=\"0\"/>" } };
    static const struct trip_case all_cases[] =
    {
        { "<t/>" }, { "<t a=\"1\"/>" }, { "<t a=\"1\" b=\"2\" c=\"\"/>" },
        { "<t p:x='1' xmlns:p='urn:x'/>", "<t a:x=\"1\" xmlns:a=\"urn:x\"/>" },
    };
    static const struct trip_case other_cases[] = { { "<t a=\"1\"/>" }, { "<t p:a='1' xmlns:p='urn:t'/>", NULL, WS_E_INVALID_FORMAT } };
    static const struct trip_case drop_cases[] = { { "<t a=\"1\" b=\"2\"/>", "<t a=\"1\"/>" } };
    static const struct trip_case discard_cases[] = { { "<t a=\"1\"/>", "<t/>" }, { "<t/>" } };
    static const struct trip_case ignore_cases[] = { { "<t a=\"1\" q=\"2\"/>", "<t a=\"1\"/>" } };

    RUN_STRUCT( &required, required_cases );
    RUN_STRUCT( &optional, optional_cases );
    RUN_STRUCT( &defaulted, default_cases );
    RUN_STRUCT( &all, all_cases );
    RUN_STRUCT( &others, other_cases );
    RUN_STRUCT( &dropped, drop_cases );
    RUN_STRUCT( &discarded, discard_cases );
    RUN_STRUCT( &ignoring, ignore_cases );
}

static void test_elements( void )
{
    struct v { INT32 *a; WS_STRING b; INT32 c; WCHAR *chars; ULONG count; BYTE *bytes; ULONG byte_count; };
    static WS_FIELD_DESCRIPTION
        a = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, offsetof( struct v, a ),
              WS_FIELD_POINTER | WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE },
        a_nil = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, offsetof( struct v, a ),
                  WS_FIELD_POINTER | WS_FIELD_NILLABLE },
        b = { WS_ELEMENT_FIELD_MAPPING, &str_b, &urn, WS_STRING_TYPE, NULL, offsetof( struct v, b ), WS_FIELD_NILLABLE },
        c = { WS_ELEMENT_FIELD_MAPPING, &str_c, &none, WS_INT32_TYPE, NULL, offsetof( struct v, c ), WS_FIELD_OPTIONAL },
        chars = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_CHAR_ARRAY_TYPE, NULL, offsetof( struct v, chars ),
                  WS_FIELD_OPTIONAL, NULL, offsetof( struct v, count ) },
        utf8 = { WS_ELEMENT_FIELD_MAPPING, &str_b, &none, WS_UTF8_ARRAY_TYPE, NULL, offsetof( struct v, bytes ),
                 WS_FIELD_NILLABLE, NULL, offsetof( struct v, byte_count ) },
        binary = { WS_ELEMENT_FIELD_MAPPING, &str_b, &none, WS_BYTE_ARRAY_TYPE, NULL, offsetof( struct v, bytes ), 0, NULL,
                   offsetof( struct v, byte_count ) },
        drop = { WS_ELEMENT_FIELD_MAPPING, &str_b, &none, WS_VOID_TYPE, NULL, 0, WS_FIELD_OPTIONAL };
    STRUCT( sequence, struct v, &a, &b, &c );
    STRUCT( nillable, struct v, &a_nil );
    STRUCT( arrays, struct v, &chars, &utf8 );
    STRUCT( bytes, struct v, &chars, &binary );
    STRUCT( dropped, struct v, &c, &drop );
    static WS_STRUCT_DESCRIPTION trailing = { sizeof(struct v), 8, nillable_fields, 1,
                                              .structOptions = WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT };
    static const struct trip_case sequence_cases[] =
    {
        { "<t><a>1</a><b xmlns=\"urn:t\">x</b><c>2</c></t>" },
        { "<t><b xmlns=\"urn:t\"/></t>" },
        { "<t> <!-- c --> <b xmlns='urn:t'>y</b>\n</t>", "<t><b xmlns=\"urn:t\">y</b></t>" },
        { "<t><a i:nil='true' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'/><b xmlns='urn:t'/></t>",
          "<t><b xmlns=\"urn:t\"/></t>" },
        { "<t><b i:nil='1' xmlns='urn:t' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'> </b></t>",
          "<t><b a:nil=\"true\" xmlns=\"urn:t\"" XSI "/></t>" },
        { "<t><b i:nil='1' xmlns='urn:t' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>x</b></t>", NULL,
          WS_E_INVALID_FORMAT },
        { "<t><b/></t>", NULL, WS_E_INVALID_FORMAT },
        { "<t/>", NULL, WS_E_INVALID_FORMAT },
        { "<t><c>2</c><b xmlns='urn:t'/></t>", NULL, WS_E_INVALID_FORMAT },
        { "<t><b xmlns='urn:t'/><b xmlns='urn:t'/></t>", NULL, WS_E_INVALID_FORMAT },
        { "<t>x<b xmlns='urn:t'/></t>", NULL, WS_E_INVALID_FORMAT },
        { "<t><b xmlns='urn:t'/>x</t>", NULL, WS_E_INVALID_FORMAT },
        { "<t><b xmlns='urn:t'/><d/></t>", NULL, WS_E_INVALID_FORMAT },
    };
    static const struct trip_case nillable_cases[] =
    {
        { "<t><a>1</a></t>" }, { "<t><a" NIL "/></t>" }, { "<t><a" XSI " a:nil='false'>3</a></t>", "<t><a>3</a></t>" },
        { "<t/>", NULL, WS_E_INVALID_FORMAT }, { "<t><a" XSI " a:nil='maybe'>3</a></t>", NULL, WS_E_INVALID_FORMAT },
    };
    static const struct trip_case array_cases[] =
    {
        { "<t><a>x\xe2\x82\xac</a><b>y\xe2\x82\xac</b></t>" }, { "<t><b/></t>" }, { "<t><a/><b" NIL "/></t>" },
    };
    static const struct trip_case bytes_cases[] = { { "<t><b>AAEC</b></t>" }, { "<t><a>x</a><b/></t>" } };
    static const struct trip_case drop_cases[] = { { "<t><c>1</c><b><x y='1'>z</x></b></t>", "<t><c>1</c></t>" }, { "<t/>" } };
    static const struct trip_case trailing_cases[] = { { "<t><a>1</a>text<b/><c><a/></c></t>", "<t><a>1</a></t>" } };

    RUN_STRUCT( &sequence, sequence_cases );
    RUN_STRUCT( &nillable, nillable_cases );
    RUN_STRUCT( &arrays, array_cases );
    RUN_STRUCT( &bytes, bytes_cases );
    RUN_STRUCT( &dropped, drop_cases );
    RUN_STRUCT( &trailing, trailing_cases );
}

static void test_repeating( void )
{
    struct item { INT32 a; };
    struct v { void *items; ULONG count; INT32 c; };
    static WS_ITEM_RANGE range = { 1, 2 };
    static WS_FIELD_DESCRIPTION
        item_a = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, offsetof( struct item, a ) };
    STRUCT( item, struct item, &item_a );
#define REPEAT( name, ns, type, desc, options, range ) \
    { WS_REPEATING_ELEMENT_FIELD_MAPPING, name, ns, type, desc, offsetof( struct v, items ), options, NULL, \
      offsetof( struct v, count ), &str_b, &none, range }
    static WS_FIELD_DESCRIPTION
        plain = REPEAT( NULL, NULL, WS_INT32_TYPE, NULL, 0, NULL ),
        ranged = REPEAT( NULL, NULL, WS_STRING_TYPE, NULL, 0, &range ),
        wrapped = REPEAT( &str_list, &urn, WS_STRUCT_TYPE, &item, 0, NULL ),
        pointers = REPEAT( NULL, NULL, WS_STRUCT_TYPE, &item, WS_FIELD_POINTER | WS_FIELD_NILLABLE_ITEM, NULL ),
        optional = REPEAT( &str_list, &none, WS_WSZ_TYPE, NULL, WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE_ITEM, NULL ),
        nillable = REPEAT( &str_list, &none, WS_BYTES_TYPE, NULL, WS_FIELD_NILLABLE | WS_FIELD_NILLABLE_ITEM, NULL ),
        after = { WS_ELEMENT_FIELD_MAPPING, &str_c, &none, WS_INT32_TYPE, NULL, offsetof( struct v, c ), WS_FIELD_OPTIONAL };
    STRUCT( plain_t, struct v, &plain, &after );
    STRUCT( ranged_t, struct v, &ranged );
    STRUCT( wrapped_t, struct v, &wrapped );
    STRUCT( pointers_t, struct v, &pointers );
    STRUCT( optional_t, struct v, &optional );
    STRUCT( nillable_t, struct v, &nillable );
    static const struct trip_case plain_cases[] =
    {
        { "<t/>" }, { "<t><b>1</b></t>" }, { "<t><b>1</b> <b>2</b><!-- x --><b>3</b><c>4</c></t>",
        "<t><b>1</b><b>2</b><b>3</b><c>4</c></t>" },
        { "<t><b>1</b><b>2</b><b>3</b><b>4</b><b>5</b><b>6</b><b>7</b><b>8</b><b>9</b><b>10</b><b>11</b></t>" },
        { "<t><b>x</b></t>", NULL, WS_E_INVALID_FORMAT }, { "<t><b>1</b><c>2</c><b>3</b></t>", NULL, WS_E_INVALID_FORMAT },
    };
    static const struct trip_case ranged_cases[] =
    {
        { "<t><b/></t>" }, { "<t><b>x</b><b>y</b></t>" }, { "<t/>", NULL, WS_E_INVALID_FORMAT },
        { "<t><b/><b/><b/></t>", NULL, WS_E_INVALID_FORMAT },
    };
    static const struct trip_case wrapped_cases[] =
    {
        { "<t><list xmlns=\"urn:t\"><b a=\"1\" xmlns=\"\"/><b a=\"2\" xmlns=\"\"/></list></t>" },
        { "<t><list xmlns=\"urn:t\"/></t>" }, { "<t/>", "<t><list xmlns=\"urn:t\"/></t>" },
        { "<t><list xmlns='urn:t'><x/></list></t>", NULL, WS_E_INVALID_FORMAT },
        { "<t><list/></t>", NULL, WS_E_INVALID_FORMAT },
    };
    static const struct trip_case pointer_cases[] = { { "<t><b a=\"1\"/><b" NIL "/><b a=\"3\"/></t>" }, { "<t/>" } };
    static const struct trip_case optional_cases[] =
    {
        { "<t/>" }, { "<t><list/></t>" }, { "<t><list><b>x</b><b" NIL "/><b/></list></t>" },
    };
    static const struct trip_case nillable_cases[] =
    {
        { "<t><list" NIL "/></t>" }, { "<t><list><b>AA==</b><b" NIL "/></list></t>" },
    };

    RUN_STRUCT( &plain_t, plain_cases );
    RUN_STRUCT( &ranged_t, ranged_cases );
    RUN_STRUCT( &wrapped_t, wrapped_cases );
    RUN_STRUCT( &pointers_t, pointer_cases );
    RUN_STRUCT( &optional_t, optional_cases );
    RUN_STRUCT( &nillable_t, nillable_cases );
}

static void test_choices( void )
{
    struct choice { int which; union { INT32 a; WS_STRING b; struct { void *items; ULONG count; } list; WS_XML_BUFFER *any; } u; };
    struct v { struct choice choice; struct choice *items; ULONG count; };
    static WS_UNION_FIELD_DESCRIPTION
        a = { 1, { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, offsetof( struct choice, u.a ) } },
        b = { 2, { WS_ELEMENT_FIELD_MAPPING, &str_b, &urn, WS_STRING_TYPE, NULL, offsetof( struct choice, u.b ) } },
        list = { 3, { WS_REPEATING_ELEMENT_FIELD_MAPPING, &str_list, &none, WS_UINT8_TYPE, NULL,
                      offsetof( struct choice, u.list.items ), 0, NULL, offsetof( struct choice, u.list.count ), &str_c, &none } },
        any = { 4, { WS_ANY_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_XML_BUFFER_TYPE, NULL, offsetof( struct choice, u.any ) } };
    static WS_UNION_FIELD_DESCRIPTION *fields[] = { &a, &b, &list, &any };
    static WS_UNION_DESCRIPTION three = { sizeof(struct choice), 8, fields, 3, offsetof( struct choice, which ), -1 };
    static WS_UNION_DESCRIPTION four = { sizeof(struct choice), 8, fields, 4, offsetof( struct choice, which ), -1 };
    static WS_FIELD_DESCRIPTION
        one = { WS_ELEMENT_CHOICE_FIELD_MAPPING, NULL, NULL, WS_UNION_TYPE, &three, offsetof( struct v, choice ) },
        opt = { WS_ELEMENT_CHOICE_FIELD_MAPPING, NULL, NULL, WS_UNION_TYPE, &three, offsetof( struct v, choice ),
                WS_FIELD_OPTIONAL },
        many = { WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING, NULL, NULL, WS_UNION_TYPE, &three, offsetof( struct v, items ), 0,
                 NULL, offsetof( struct v, count ) },
        with_any = { WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING, &str_t, &urn, WS_UNION_TYPE, &four,
                     offsetof( struct v, items ), 0, NULL, offsetof( struct v, count ) };
    STRUCT( one_t, struct v, &one );
    STRUCT( opt_t, struct v, &opt );
    STRUCT( many_t, struct v, &many );
    STRUCT( any_t, struct v, &with_any );
    static const struct trip_case one_cases[] =
    {
        { "<t><a>1</a></t>" }, { "<t><b xmlns=\"urn:t\">x</b></t>" }, { "<t><list><c>1</c><c>2</c></list></t>" },
        { "<t><list/></t>" }, { "<t/>", NULL, WS_E_INVALID_FORMAT }, { "<t><x/></t>", NULL, WS_E_INVALID_FORMAT },
        { "<t><a>1</a><a>1</a></t>", NULL, WS_E_INVALID_FORMAT }, { "<t><a>x</a></t>", NULL, WS_E_INVALID_FORMAT },
    };
    static const struct trip_case opt_cases[] = { { "<t/>" }, { "<t><a>0</a></t>" } };
    static const struct trip_case many_cases[] =
    {
        { "<t/>" }, { "<t><a>1</a><b xmlns=\"urn:t\"/><a>2</a><list><c>3</c></list></t>" },
    };
    static const struct trip_case any_cases[] =
    {
        { "<t><t xmlns=\"urn:t\"><a xmlns=\"\">1</a><x y=\"1\" xmlns=\"\"><z>w</z></x></t></t>" },
    };

    RUN_STRUCT( &one_t, one_cases );
    RUN_STRUCT( &opt_t, opt_cases );
    RUN_STRUCT( &many_t, many_cases );
    RUN_STRUCT( &any_t, any_cases );
}

static void test_any( void )
{
    struct v { INT32 a; WS_XML_BUFFER *any; WS_XML_BUFFER **items; ULONG count; };
    static WS_ITEM_RANGE range = { 0, 2 };
    static WS_FIELD_DESCRIPTION
        a = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, offsetof( struct v, a ), WS_FIELD_OPTIONAL },
        named = { WS_ELEMENT_FIELD_MAPPING, &str_b, &urn, WS_XML_BUFFER_TYPE, NULL, offsetof( struct v, any ), WS_FIELD_OPTIONAL },
        element = { WS_ANY_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_XML_BUFFER_TYPE, NULL, offsetof( struct v, any ) },
        content = { WS_ANY_CONTENT_FIELD_MAPPING, NULL, NULL, WS_XML_BUFFER_TYPE, NULL, offsetof( struct v, any ) },
        elements = { WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_XML_BUFFER_TYPE, NULL, offsetof( struct v, items ), 0,
                     NULL, offsetof( struct v, count ), NULL, NULL, &range },
        drop_elements = { WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_VOID_TYPE },
        drop_content = { WS_ANY_CONTENT_FIELD_MAPPING, NULL, NULL, WS_VOID_TYPE };
    STRUCT( named_t, struct v, &named );
    STRUCT( element_t, struct v, &a, &element );
    STRUCT( content_t, struct v, &a, &content );
    STRUCT( elements_t, struct v, &a, &elements );
    STRUCT( drop_elements_t, struct v, &a, &drop_elements );
    STRUCT( drop_content_t, struct v, &a, &drop_content );
    static const struct trip_case named_cases[] =
    {
        { "<t/>" }, { "<t><p:b x=\"1\" xmlns:p='urn:t'><c>y</c></p:b></t>", "<t><b x=\"1\" xmlns=\"urn:t\"><c xmlns=\"\">y</c></b></t>" },
    };
    static const struct trip_case element_cases[] =
    {
        { "<t><a>1</a><p:x y=\"1\" xmlns:p=\"urn:x\">text<z>w</z></p:x></t>" }, { "<t><x>w</x></t>" },
        { "<t><a>1</a></t>", NULL, WS_E_INVALID_FORMAT }, { "<t><x/><y/></t>", NULL, WS_E_INVALID_FORMAT },
    };
    static const struct trip_case content_cases[] =
    {
        { "<t><a>1</a>text<x>w</x>more<y z=\"1\"><!-- c --></y></t>" }, { "<t/>" }, { "<t>only text</t>" },
    };
    static const struct trip_case elements_cases[] =
    {
        { "<t/>" }, { "<t><a>1</a><x>w</x><y>z</y></t>" }, { "<t><x/><y/><z/></t>", NULL, WS_E_INVALID_FORMAT },
        { "<t><x/>text</t>", NULL, WS_E_INVALID_FORMAT },
    };
    static const struct trip_case drop_elements_cases[] = { { "<t><a>1</a><x><y/></x><z/></t>", "<t><a>1</a></t>" } };
    static const struct trip_case drop_content_cases[] = { { "<t><a>1</a>x<x><y/></x>z</t>", "<t><a>1</a></t>" } };

    RUN_STRUCT( &named_t, named_cases );
    RUN_STRUCT( &element_t, element_cases );
    RUN_STRUCT( &content_t, content_cases );
    RUN_STRUCT( &elements_t, elements_cases );
    RUN_STRUCT( &drop_elements_t, drop_elements_cases );
    RUN_STRUCT( &drop_content_t, drop_content_cases );
}

struct base { const WS_STRUCT_DESCRIPTION *type; INT32 a; };
struct derived { struct base base; INT32 b; };

STR( base_name, "Base" );
STR( derived_name, "Derived" );
static WS_STRUCT_DESCRIPTION base_t, derived_t, *subtypes[] = { &derived_t };
static WS_FIELD_DESCRIPTION
    field_type = { WS_TYPE_ATTRIBUTE_FIELD_MAPPING, NULL, NULL, WS_DESCRIPTION_TYPE, NULL, offsetof( struct base, type ) },
    field_a = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, offsetof( struct base, a ) },
    field_b = { WS_ELEMENT_FIELD_MAPPING, &str_b, &none, WS_INT32_TYPE, NULL, offsetof( struct derived, b ) };
static WS_FIELD_DESCRIPTION *base_fields[] = { &field_type, &field_a }, *derived_fields[] = { &field_type, &field_a, &field_b };
static WS_STRUCT_DESCRIPTION base_t = { sizeof(struct base), 8, base_fields, 2, &base_name, &urn, NULL, subtypes, 1 };
static WS_STRUCT_DESCRIPTION derived_t = { sizeof(struct derived), 8, derived_fields, 3, &derived_name, &urn, &base_t };

static void test_derived( void )
{
    struct v { struct base *value; };
    static WS_FIELD_DESCRIPTION
        value = { WS_ELEMENT_FIELD_MAPPING, &str_c, &none, WS_STRUCT_TYPE, &base_t, offsetof( struct v, value ), WS_FIELD_POINTER };
    STRUCT( holder, struct v, &value );
#define XSI_TYPE( name ) " i:type='p:" name "' xmlns:p='urn:t' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'"
    static const struct trip_case cases[] =
    {
        { "<t><c><a>1</a></c></t>" },
        { "<t><c" XSI_TYPE( "Base" ) "><a>1</a></c></t>", "<t><c><a>1</a></c></t>" },
        { "<t><c" XSI_TYPE( "Derived" ) "><a>1</a><b>2</b></c></t>",
          "<t><c a:type=\"b:Derived\" xmlns:a=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:b=\"urn:t\"><a>1</a><b>2</b></c></t>" },
        { "<t><c" XSI_TYPE( "Derived" ) "><a>1</a></c></t>", NULL, WS_E_INVALID_FORMAT },
        { "<t><c" XSI_TYPE( "Other" ) "><a>1</a></c></t>", NULL, WS_E_INVALID_FORMAT },
        { "<t><c i:type='q:Base' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><a>1</a></c></t>", NULL, WS_E_INVALID_FORMAT },
    };
    static const struct trip_case abstract_cases[] =
    {
        { "<t><c><a>1</a></c></t>", NULL, WS_E_INVALID_FORMAT },
        { "<t><c" XSI_TYPE( "Base" ) "><a>1</a></c></t>", NULL, WS_E_INVALID_FORMAT },
        { cases[2].xml, cases[2].expected },
    };
    struct derived in_place = { { NULL } };
    struct trip t;
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, "<t" XSI_TYPE( "Derived" ) "><a>1</a><b>2</b></t>" };

    RUN_STRUCT( &holder, cases );
    base_t.structOptions = WS_STRUCT_ABSTRACT;
    RUN_STRUCT( &holder, abstract_cases );
    base_t.structOptions = 0;

    /* a derived type does not fit where the base type has its place */
    trip_init( &t );
    input.encodedDataSize = strlen( input.encodedData );
    CHECK_EQ( reader_set_input( t.reader, &read_text.encoding, &input.input, NULL, 0, NULL ), S_OK );
    CHECK_EQ( serial_read_type( t.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &base_t, WS_READ_REQUIRED_VALUE, t.heap,
                                &in_place, sizeof(struct base), t.error ), WS_E_INVALID_FORMAT );
    CHECK_EQ( in_place.b, 0 );
    trip_done( &t );
}

static void test_addresses( void )
{
    static WS_ENDPOINT_ADDRESS_DESCRIPTION v10 = { WS_ADDRESSING_VERSION_1_0 }, v09 = { WS_ADDRESSING_VERSION_0_9 },
        transport = { WS_ADDRESSING_VERSION_TRANSPORT };
#define A10 " xmlns=\"http://www.w3.org/2005/08/addressing\""
#define A09 " xmlns=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
#define ID " xmlns=\"http://schemas.xmlsoap.org/ws/2006/02/addressingidentity\""
#define SIG " xmlns=\"http://www.w3.org/2000/09/xmldsig#\""
    static const struct { const WS_ENDPOINT_ADDRESS_DESCRIPTION *desc; struct trip_case c; } cases[] =
    {
        { &v10, { "<t><Address" A10 ">http://x/</Address></t>" } },
        { &v09, { "<t><Address" A09 ">http://x/</Address></t>" } },
        { &v10, { "<t><Address" A09 ">http://x/</Address></t>", NULL, WS_E_INVALID_FORMAT } },
        { &v10, { "<t/>", NULL, WS_E_INVALID_FORMAT } },
        { &v10, { "<t>x<Address" A10 "/></t>", NULL, WS_E_INVALID_FORMAT } },
        { &transport, { "<t/>", NULL, E_INVALIDARG } },
        { &v10, { "<t><Address" A10 ">u</Address><ReferenceParameters" A10 "><k xmlns=\"urn:k\">1</k><l xmlns=\"urn:k\">2</l>"
                  "</ReferenceParameters></t>" } },
        { &v09, { "<t><Address" A09 ">u</Address><ReferenceProperties" A09 "><k xmlns=\"urn:k\">1</k></ReferenceProperties></t>",
                  "<t><Address" A09 ">u</Address><ReferenceParameters" A09 "><k xmlns=\"urn:k\">1</k></ReferenceParameters></t>" } },
        { &v10, { "<t><Address" A10 ">u</Address><Metadata" A10 "><m xmlns=\"urn:m\">n</m></Metadata><x xmlns=\"urn:x\">y</x></t>" } },
        { &v10, { "<t><Address" A10 ">u</Address><Identity" ID "><Dns>host</Dns></Identity></t>" } },
        { &v10, { "<t><Address" A10 ">u</Address><Identity" ID "><Upn>a@b</Upn></Identity></t>" } },
        { &v10, { "<t><Address" A10 ">u</Address><Identity" ID "><Spn>http/x</Spn></Identity></t>" } },
        { &v10, { "<t><Address" A10 ">u</Address><Identity" ID "><KeyInfo" SIG "><X509Data><X509Certificate>AAEC"
                  "</X509Certificate></X509Data></KeyInfo></Identity></t>" } },
        { &v10, { "<t><Address" A10 ">u</Address><Identity" ID "><KeyInfo" SIG "><KeyValue><RSAKeyValue><Modulus>AAEC</Modulus>"
                  "<Exponent>AQAB</Exponent></RSAKeyValue></KeyValue></KeyInfo></Identity></t>" } },
        { &v10, { "<t><Address" A10 ">u</Address><Identity" ID "><x xmlns=\"urn:x\">y</x></Identity></t>" } },
    };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, WS_ENDPOINT_ADDRESS_TYPE, (void *)cases[i].desc };
        run_case( &desc, &cases[i].c );
    }
}

static void test_faults( void )
{
    STR( name_fault, "Fault" );
    STR( env11, "http://schemas.xmlsoap.org/soap/envelope/" );
    STR( env12, "http://www.w3.org/2003/05/soap-envelope" );
    static WS_FAULT_DESCRIPTION v11 = { WS_ENVELOPE_VERSION_SOAP_1_1 }, v12 = { WS_ENVELOPE_VERSION_SOAP_1_2 };
    static WS_ELEMENT_DESCRIPTION fault11 = { &name_fault, &env11, WS_FAULT_TYPE, &v11 };
    static WS_ELEMENT_DESCRIPTION fault12 = { &name_fault, &env12, WS_FAULT_TYPE, &v12 };
#define E11 "http://schemas.xmlsoap.org/soap/envelope/"
#define E12 "http://www.w3.org/2003/05/soap-envelope"
    static const struct trip_case cases11[] =
    {
        { "<s:Fault xmlns:s='" E11 "'><faultcode>s:Client</faultcode><faultstring>Wrong</faultstring><faultactor>urn:me</faultactor>"
          "<detail><x y=\"1\">z</x></detail></s:Fault>",
          "<Fault xmlns=\"" E11 "\"><faultcode xmlns=\"\" xmlns:a=\"" E11 "\">a:Client</faultcode><faultstring xmlns=\"\">Wrong"
          "</faultstring><faultactor xmlns=\"\">urn:me</faultactor><detail xmlns=\"\"><x y=\"1\">z</x></detail></Fault>" },
        { "<s:Fault xmlns:s='" E11 "'><faultstring>Wrong</faultstring></s:Fault>", NULL, WS_E_INVALID_FORMAT },
        { "<s:Fault xmlns:s='" E11 "'><faultcode>s:Client</faultcode></s:Fault>", NULL, WS_E_INVALID_FORMAT },
    };
    static const struct trip_case cases12[] =
    {
        { "<Fault xmlns=\"" E12 "\"><Code><Value>Sender</Value><Subcode><Value>Receiver</Value></Subcode></Code><Reason>"
          "<Text xml:lang=\"en\">Wrong</Text><Text xml:lang=\"de\">Falsch</Text></Reason><Node>urn:n</Node><Role>urn:r</Role>"
          "<Detail><x xmlns=\"\">y</x></Detail></Fault>" },
        { "<Fault xmlns='" E12 "'><Code><Value>Sender</Value></Code><Reason/></Fault>", NULL, WS_E_INVALID_FORMAT },
    };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases11 ); i++) run_case( &fault11, &cases11[i] );
    for (i = 0; i < ARRAY_SIZE( cases12 ); i++) run_case( &fault12, &cases12[i] );
}

/* --- descriptions that are wrong ---------------------------------------------------------------------------------- */

static void test_invalid_descriptions( void )
{
    struct v { INT32 a; void *ptr; ULONG count; };
    static INT32 zero;
    static WS_DEFAULT_VALUE def = { &zero, sizeof(zero) }, short_def = { &zero, 2 };
    static WS_UNION_FIELD_DESCRIPTION *no_fields[1];
    static WS_UNION_DESCRIPTION empty_union = { 16, 8, no_fields, 0, 0, 0 };
    static const struct { const char *what; WS_FIELD_DESCRIPTION field; } cases[] =
    {
        { "no such mapping", { 13, &str_a, &none, WS_INT32_TYPE } },
        { "no such type", { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, 35 } },
        { "no name", { WS_ELEMENT_FIELD_MAPPING, NULL, &none, WS_INT32_TYPE } },
        { "no namespace", { WS_ELEMENT_FIELD_MAPPING, &str_a, NULL, WS_INT32_TYPE } },
        { "no attribute name", { WS_ATTRIBUTE_FIELD_MAPPING, NULL, NULL, WS_INT32_TYPE } },
        { "no xml attribute name", { WS_XML_ATTRIBUTE_FIELD_MAPPING, NULL, NULL, WS_STRING_TYPE } },
        { "no item name", { WS_REPEATING_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_INT32_TYPE, NULL, 8, 0, NULL, 16 } },
        { "half a wrapper", { WS_REPEATING_ELEMENT_FIELD_MAPPING, &str_a, NULL, WS_INT32_TYPE, NULL, 8, 0, NULL, 16, &str_b, &none } },
        { "no struct description", { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_STRUCT_TYPE } },
        { "element as attribute", { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_XML_BUFFER_TYPE, NULL, 8 } },
        { "nil without pointer", { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, 0, WS_FIELD_NILLABLE } },
        { "nil item without pointer", { WS_REPEATING_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_INT32_TYPE, NULL, 8,
                                        WS_FIELD_NILLABLE_ITEM, NULL, 16, &str_b, &none } },
        { "pointer to union", { WS_ELEMENT_CHOICE_FIELD_MAPPING, NULL, NULL, WS_UNION_TYPE, &empty_union, 0, WS_FIELD_POINTER } },
        { "nil union", { WS_ELEMENT_CHOICE_FIELD_MAPPING, NULL, NULL, WS_UNION_TYPE, &empty_union, 0, WS_FIELD_NILLABLE } },
        { "beyond the end", { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, sizeof(struct v) - 3 } },
        { "far beyond the end", { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, ~0u } },
        { "count beyond the end", { WS_REPEATING_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_INT32_TYPE, NULL, 8, 0, NULL, ~0u,
                                    &str_b, &none } },
        { "array count beyond the end", { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_CHAR_ARRAY_TYPE, NULL, 8, 0, NULL, 100 } },
        { "short default", { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, 0, WS_FIELD_OPTIONAL, &short_def } },
        { "default of a text", { WS_TEXT_FIELD_MAPPING, NULL, NULL, WS_INT32_TYPE, NULL, 0, 0, &def } },
        { "unknown option", { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, 0, 0x100 } },
        { "other namespace than none", { WS_ANY_ATTRIBUTES_FIELD_MAPPING, NULL, NULL, WS_ANY_ATTRIBUTES_TYPE, NULL, 8,
                                         WS_FIELD_OTHER_NAMESPACE } },
    };
    struct v value = { 1 };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        WS_FIELD_DESCRIPTION *fields[] = { (WS_FIELD_DESCRIPTION *)&cases[i].field };
        WS_STRUCT_DESCRIPTION type = { sizeof(struct v), 8, fields, 1 };
        WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, WS_STRUCT_TYPE, &type };
        struct trip t;
        WS_BYTES bytes;
        void *ret;

        unit_context = cases[i].what;
        trip_init( &t );
        CHECK_EQ( read_bytes( &t, &read_text.encoding, "<t/>", 4, &desc, &ret ), E_INVALIDARG );
        CHECK( !ret, "a value came out" );
        CHECK_EQ( write_value( &t, &write_text.encoding, &desc, &value, &bytes ), E_INVALIDARG );
        trip_done( &t );
    }
    unit_context = "";
}

/* --- options of calls ---------------------------------------------------------------------------------------------- */

static void test_read_options( void )
{
    static const struct { WS_READ_OPTION option; WS_TYPE type; ULONG size; BOOL heap; const char *xml; HRESULT hr; BOOL null; }
    cases[] =
    {
        { WS_READ_REQUIRED_VALUE, WS_INT32_TYPE, 4, FALSE, "<t>1</t>", S_OK },
        { WS_READ_REQUIRED_VALUE, WS_INT32_TYPE, 8, FALSE, "<t>1</t>", E_INVALIDARG },
        { WS_READ_REQUIRED_VALUE, WS_INT32_TYPE, 4, FALSE, "<u>1</u>", WS_E_INVALID_FORMAT },
        { WS_READ_REQUIRED_VALUE, WS_WSZ_TYPE, 8, TRUE, "<t>1</t>", E_INVALIDARG },
        { WS_READ_REQUIRED_VALUE, WS_XML_BUFFER_TYPE, 8, TRUE, "<t>1</t>", E_INVALIDARG },
        { WS_READ_REQUIRED_VALUE, WS_STRING_TYPE, sizeof(WS_STRING), TRUE, "<t>1</t>", S_OK },
        { WS_READ_REQUIRED_VALUE, WS_STRING_TYPE, sizeof(WS_STRING), FALSE, "<t>1</t>", E_INVALIDARG },
        { WS_READ_REQUIRED_VALUE, WS_VOID_TYPE, 0, TRUE, "<t>1</t>", E_INVALIDARG },
        { WS_READ_REQUIRED_VALUE, WS_CHAR_ARRAY_TYPE, 8, TRUE, "<t>1</t>", E_INVALIDARG },
        { WS_READ_REQUIRED_POINTER, WS_INT32_TYPE, 8, TRUE, "<t>1</t>", S_OK },
        { WS_READ_REQUIRED_POINTER, WS_INT32_TYPE, 8, FALSE, "<t>1</t>", E_INVALIDARG },
        { WS_READ_REQUIRED_POINTER, WS_INT32_TYPE, 4, TRUE, "<t>1</t>", E_INVALIDARG },
        { WS_READ_REQUIRED_POINTER, WS_WSZ_TYPE, 8, TRUE, "<t/>", S_OK },
        { WS_READ_REQUIRED_POINTER, WS_XML_BUFFER_TYPE, 8, TRUE, "<t/>", S_OK },
        { WS_READ_REQUIRED_POINTER, WS_INT32_TYPE, 8, TRUE, "<u>1</u>", WS_E_INVALID_FORMAT },
        { WS_READ_OPTIONAL_POINTER, WS_INT32_TYPE, 8, TRUE, "<u>1</u>", S_OK, TRUE },
        { WS_READ_OPTIONAL_POINTER, WS_INT32_TYPE, 8, TRUE, "<t>1</t>", S_OK },
        { WS_READ_OPTIONAL_POINTER, WS_INT32_TYPE, 8, TRUE, "<t" NIL "/>", WS_E_INVALID_FORMAT },
        { WS_READ_NILLABLE_POINTER, WS_INT32_TYPE, 8, TRUE, "<t" NIL "/>", S_OK, TRUE },
        { WS_READ_NILLABLE_POINTER, WS_INT32_TYPE, 8, TRUE, "<u/>", S_OK, TRUE },
        { WS_READ_NILLABLE_POINTER, WS_WSZ_TYPE, 8, TRUE, "<t>x</t>", S_OK },
        { WS_READ_NILLABLE_VALUE, WS_STRING_TYPE, sizeof(WS_STRING), TRUE, "<t" NIL "/>", S_OK },
        { WS_READ_NILLABLE_VALUE, WS_INT32_TYPE, 4, TRUE, "<t" NIL "/>", E_INVALIDARG },
        { WS_READ_NILLABLE_VALUE, WS_WSZ_TYPE, 8, TRUE, "<t" NIL "/>", E_INVALIDARG },
        { 0, WS_INT32_TYPE, 4, TRUE, "<t>1</t>", E_INVALIDARG },
        { 6, WS_INT32_TYPE, 4, TRUE, "<t>1</t>", E_INVALIDARG },
    };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, cases[i].type };
        WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)cases[i].xml, strlen( cases[i].xml ) };
        void *value[4] = { &value, &value, &value, &value };
        struct trip t;

        unit_context = cases[i].xml;
        trip_init( &t );
        CHECK_EQ( reader_set_input( t.reader, &read_text.encoding, &input.input, NULL, 0, NULL ), S_OK );
        CHECK_EQ( serial_read_element( t.reader, &desc, cases[i].option, cases[i].heap ? t.heap : NULL, value, cases[i].size,
                                       t.error ), cases[i].hr );
        if (cases[i].null) CHECK( !value[0], "got %p", value[0] );
        CHECK( value[2] == &value && value[3] == &value, "more was written" );
        trip_done( &t );
    }
    unit_context = "";
}

/* A program's own type gets the mapping and does the reading and writing. */
static HRESULT CALLBACK read_custom( WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap, void *value,
                                     ULONG size, WS_ERROR *error )
{
    const WS_XML_TEXT *text;
    HRESULT hr;

    (void)heap;
    CHECK_EQ( size, sizeof(INT32) );
    CHECK( data == &urn, "got %p", data );
    if (mapping == WS_ELEMENT_TYPE_MAPPING && (hr = reader_read_start_element( reader, error ))) return hr;
    if ((hr = reader_read_content_text( reader, &text, error ))) return hr;
    *(INT32 *)value = 100 + mapping;
    return mapping == WS_ELEMENT_TYPE_MAPPING ? reader_read_end_element( reader, error ) : S_OK;
}

static HRESULT CALLBACK write_custom( WS_XML_WRITER *writer, WS_TYPE_MAPPING mapping, const void *data, const void *value, ULONG size,
                                      WS_ERROR *error )
{
    (void)data;
    CHECK_EQ( size, sizeof(INT32) );
    CHECK_EQ( *(const INT32 *)value, 100 + mapping );
    return writer_write_chars_utf8( writer, (const BYTE *)"custom", 6, error );
}

static HRESULT CALLBACK is_default_custom( const void *data, const void *value, const void *def, ULONG size, BOOL *ret, WS_ERROR *error )
{
    (void)data; (void)def; (void)size; (void)error;
    *ret = *(const INT32 *)value == 0;
    return S_OK;
}

static void test_custom( void )
{
    struct v { INT32 a, b, c; };
    static WS_CUSTOM_TYPE_DESCRIPTION type = { sizeof(INT32), 4, read_custom, write_custom, &urn, is_default_custom };
    static WS_FIELD_DESCRIPTION
        a = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_CUSTOM_TYPE, &type, offsetof( struct v, a ) },
        b = { WS_ELEMENT_FIELD_MAPPING, &str_b, &none, WS_CUSTOM_TYPE, &type, offsetof( struct v, b ) },
        c = { WS_ELEMENT_FIELD_MAPPING, &str_c, &none, WS_CUSTOM_TYPE, &type, offsetof( struct v, c ), WS_FIELD_OPTIONAL };
    STRUCT( custom, struct v, &a, &b, &c );
    static const struct trip_case cases[] =
    {
        { "<t a='x'><b>y</b></t>", "<t a=\"custom\"><b>custom</b></t>" },
        { "<t a='x'><b>y</b><c>z</c></t>", "<t a=\"custom\"><b>custom</b><c>custom</c></t>" },
    };
    RUN_STRUCT( &custom, cases );
}

/* --- limits -------------------------------------------------------------------------------------------------------- */

struct list { INT32 a; struct list *next; };

static WS_STRUCT_DESCRIPTION list_t;
static WS_FIELD_DESCRIPTION field_next = { WS_ELEMENT_FIELD_MAPPING, &str_t, &none, WS_STRUCT_TYPE, &list_t,
                                           offsetof( struct list, next ), WS_FIELD_POINTER | WS_FIELD_OPTIONAL };
static WS_FIELD_DESCRIPTION *list_fields[] = { &field_next };
static WS_STRUCT_DESCRIPTION list_t = { sizeof(struct list), 8, list_fields, 1 };

static void test_nesting( void )
{
    WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, WS_STRUCT_TYPE, &list_t };
    ULONG max = 5000, depth, i;
    WS_XML_READER_PROPERTY prop = { WS_XML_READER_PROPERTY_MAX_DEPTH, &max, sizeof(max) };
    char *xml = mem_alloc( 8 * 5000 );
    struct list *value, *loop = &(struct list){ 0 };
    struct trip t;

    trip_init( &t );
    for (depth = 10; depth <= 4000; depth *= 20)
    {
        WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, xml, 7 * depth };
        for (i = 0; i < depth; i++) memcpy( xml + 3 * i, "<t>", 3 ), memcpy( xml + 3 * depth + 4 * i, "</t>", 4 );
        CHECK_EQ( reader_set_input( t.reader, &read_text.encoding, &input.input, &prop, 1, NULL ), S_OK );
        CHECK_EQ( serial_read_element( t.reader, &desc, WS_READ_REQUIRED_POINTER, t.heap, &value, sizeof(value), NULL ),
                  depth < 100 ? S_OK : depth > 256 ? WS_E_QUOTA_EXCEEDED : S_OK );
    }
    /* a value that contains itself ends at a limit too */
    loop->next = loop;
    CHECK_EQ( writer_set_output( t.writer, &write_text.encoding, &memory.output, NULL, 0, NULL ), S_OK );
    CHECK_EQ( serial_write_element( t.writer, &desc, WS_WRITE_REQUIRED_POINTER, &loop, sizeof(loop), NULL ), WS_E_QUOTA_EXCEEDED );
    trip_done( &t );
    mem_free( xml );
}

/* The quota of the heap holds, and arrays do not cost more of it than their size. */
static void test_quota( void )
{
    struct v { INT32 *items; ULONG count; };
    static WS_FIELD_DESCRIPTION
        items = { WS_REPEATING_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_INT32_TYPE, NULL, offsetof( struct v, items ), 0, NULL,
                  offsetof( struct v, count ), &str_b, &none };
    STRUCT( list, struct v, &items );
    WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, WS_STRUCT_TYPE, &list };
    char *xml = mem_alloc( 16 * 1000 ), *p = xml;
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, xml };
    WS_HEAP *heap;
    struct trip t;
    struct v v;
    ULONG i;

    p += sprintf( p, "<t>" );
    for (i = 0; i < 1000; i++) p += sprintf( p, "<b>%u</b>", (unsigned int)i );
    p += sprintf( p, "</t>" );
    input.encodedDataSize = p - xml;
    trip_init( &t );
    for (i = 0; i < 2; i++)
    {
        CHECK_EQ( heap_create( 3999 + i, 0, NULL, 0, &heap, NULL ), S_OK );
        CHECK_EQ( reader_set_input( t.reader, &read_text.encoding, &input.input, NULL, 0, NULL ), S_OK );
        CHECK_EQ( serial_read_element( t.reader, &desc, WS_READ_REQUIRED_VALUE, heap, &v, sizeof(v), NULL ),
                  i ? S_OK : WS_E_QUOTA_EXCEEDED );
        if (i) CHECK_EQ( v.count, 1000 );
        if (i) CHECK_EQ( v.items[999], 999 );
        heap_free( heap );
    }
    trip_done( &t );
    mem_free( xml );
}

/* Every allocation of a trip fails once: the trip fails cleanly, and nothing is left behind. */
static void test_allocation_failures( void )
{
    struct item { WS_STRING a; WS_XML_QNAME b; };
    struct v { struct item *items; ULONG count; WS_XML_BUFFER *any; WS_ANY_ATTRIBUTES attributes; };
    static WS_FIELD_DESCRIPTION
        item_a = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_STRING_TYPE, NULL, offsetof( struct item, a ) },
        item_b = { WS_ELEMENT_FIELD_MAPPING, &str_b, &none, WS_XML_QNAME_TYPE, NULL, offsetof( struct item, b ) };
    STRUCT( item, struct item, &item_a, &item_b );
    static WS_FIELD_DESCRIPTION
        attributes = { WS_ANY_ATTRIBUTES_FIELD_MAPPING, NULL, NULL, WS_ANY_ATTRIBUTES_TYPE, NULL, offsetof( struct v, attributes ) },
        items = { WS_REPEATING_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_STRUCT_TYPE, &item, offsetof( struct v, items ), 0, NULL,
                  offsetof( struct v, count ), &str_c, &none },
        any = { WS_ANY_CONTENT_FIELD_MAPPING, NULL, NULL, WS_XML_BUFFER_TYPE, NULL, offsetof( struct v, any ) };
    STRUCT( all, struct v, &attributes, &items, &any );
    WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, WS_STRUCT_TYPE, &all };
    char xml[2048], *p = xml;
    LONG live = mem_live(), n;
    HRESULT hr;
    int i;

    p += sprintf( p, "<t x=\"1\" y=\"2\">" );
    for (i = 0; i < 20; i++) p += sprintf( p, "<c><a>some text %d</a><b>name</b></c>", i );
    sprintf( p, "<x>y</x>z</t>" );
    for (n = 1; n < 10000; n++)
    {
        struct trip t = { NULL };
        hr = S_OK;
        if (heap_create( 1 << 20, 0, NULL, 0, &t.heap, NULL ) || reader_create( NULL, 0, &t.reader, NULL ) ||
            writer_create( NULL, 0, &t.writer, NULL )) break;
        mem_fail_after( n );
        hr = round_trip( &t, &desc, xml, xml );
        i = !hr;
        mem_fail_after( 0 );
        writer_free( t.writer );
        reader_free( t.reader );
        heap_free( t.heap );
        if (i) break;
        CHECK( hr == E_OUTOFMEMORY || hr == WS_E_QUOTA_EXCEEDED, "allocation %d: 0x%08x", (int)n, (unsigned int)hr );
    }
    CHECK_EQ( hr, S_OK );
    CHECK( n > 5, "only %d allocations", (int)n );
    CHECK_EQ( mem_live(), live );
}

/* An error names the field, the element and the text. */
static void test_messages( void )
{
    struct v { INT32 a; };
    static WS_FIELD_DESCRIPTION a = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, offsetof( struct v, a ) };
    STRUCT( type, struct v, &a );
    WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, WS_STRUCT_TYPE, &type };
    char all[2048];
    ULONG i, j, len = 0;
    WS_STRING str;
    struct trip t;
    void *value;

    trip_init( &t );
    CHECK_EQ( read_bytes( &t, &read_text.encoding, "<t><a>twelve</a></t>", 20, &desc, &value ), WS_E_INVALID_FORMAT );
    for (i = 0; !error_get_string( t.error, i, &str ); i++)
    {
        for (j = 0; j < str.length && len < sizeof(all) - 2; j++) all[len++] = (char)str.chars[j];
        all[len++] = '\n';
    }
    all[len] = 0;
    CHECK( strstr( all, "'t'" ) && strstr( all, "'a'" ) && strstr( all, "twelve" ), "%s", all );
    CHECK( strstr( all, "'t'" ) < strstr( all, "twelve" ), "most general first: %s", all );
    trip_done( &t );
}

UNIT_TESTS( { "types", test_types }, { "attributes", test_attributes }, { "elements", test_elements },
            { "repeating", test_repeating }, { "choices", test_choices }, { "any", test_any }, { "derived", test_derived },
            { "addresses", test_addresses }, { "faults", test_faults },
            { "invalid_descriptions", test_invalid_descriptions }, { "read_options", test_read_options },
            { "custom", test_custom }, { "nesting", test_nesting }, { "quota", test_quota },
            { "allocation_failures", test_allocation_failures }, { "messages", test_messages } )
