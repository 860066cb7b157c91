/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Types derived from others (xsi:type) wherever an element can be, and nil with every option to read.
 *
 * Sources: the reference pages of WS_STRUCT_DESCRIPTION, WS_FIELD_MAPPING (WS_TYPE_ATTRIBUTE_FIELD_MAPPING), WS_READ_OPTION and
 * WS_WRITE_OPTION; derivedtypeexample.md; XML Schema part 1, 2.6 for xsi:type and xsi:nil; public tests that ran against
 * Windows. */
#include "test.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define NAME( id, text ) static WS_XML_STRING id = { sizeof(text) - 1, (BYTE *)text }
NAME( none, "" );
NAME( urn, "urn:t" );
NAME( str_t, "t" );
NAME( str_a, "a" );
NAME( str_b, "b" );
NAME( str_c, "c" );
NAME( str_n, "n" );
NAME( str_base, "Base" );
NAME( str_middle, "Middle" );
NAME( str_leaf, "Leaf" );
NAME( str_other, "Other" );

#define COUNT( array ) (sizeof(array) / sizeof((array)[0]))
#define XSI " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\""
#define TYPE( name ) " i:type=\"p:" name "\" xmlns:p=\"urn:t\"" XSI

/* Base { n (attribute), a }, Middle + b, Leaf + c; Other has nothing to do with them. */
struct base { const WS_STRUCT_DESCRIPTION *type; int n, a; };
struct middle { struct base base; WS_STRING b; };
struct leaf { struct middle middle; int c; };

static WS_FIELD_DESCRIPTION
    f_type = { WS_TYPE_ATTRIBUTE_FIELD_MAPPING, NULL, NULL, WS_DESCRIPTION_TYPE, NULL, FIELD_OFFSET( struct base, type ) },
    f_n = { WS_ATTRIBUTE_FIELD_MAPPING, &str_n, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct base, n ), WS_FIELD_OPTIONAL },
    f_a = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct base, a ) },
    f_b = { WS_ELEMENT_FIELD_MAPPING, &str_b, &none, WS_STRING_TYPE, NULL, FIELD_OFFSET( struct middle, b ) },
    f_c = { WS_ELEMENT_FIELD_MAPPING, &str_c, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct leaf, c ) };
static WS_FIELD_DESCRIPTION *base_fields[] = { &f_type, &f_n, &f_a }, *middle_fields[] = { &f_type, &f_n, &f_a, &f_b },
                            *leaf_fields[] = { &f_type, &f_n, &f_a, &f_b, &f_c };
static WS_STRUCT_DESCRIPTION base_t, middle_t, leaf_t, *base_subtypes[] = { &middle_t }, *middle_subtypes[] = { &leaf_t };
static WS_STRUCT_DESCRIPTION
    base_t = { sizeof(struct base), TYPE_ALIGNMENT( struct base ), base_fields, 3, &str_base, &urn, NULL, base_subtypes, 1 },
    middle_t = { sizeof(struct middle), TYPE_ALIGNMENT( struct middle ), middle_fields, 4, &str_middle, &urn, &base_t,
                 middle_subtypes, 1 },
    leaf_t = { sizeof(struct leaf), TYPE_ALIGNMENT( struct leaf ), leaf_fields, 5, &str_leaf, &urn, &middle_t },
    other_t = { sizeof(struct base), TYPE_ALIGNMENT( struct base ), base_fields, 3, &str_other, &urn };

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

static HRESULT read_value( const WS_ELEMENT_DESCRIPTION *desc, const void *data, ULONG len, BOOL binary, WS_READ_OPTION option,
                           void *value, ULONG size )
{
    WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BINARY_ENCODING bin = { { WS_XML_READER_ENCODING_TYPE_BINARY } };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)data, len };
    ok_hr( WsSetInput( reader, binary ? &bin.encoding : &text.encoding, &input.input, NULL, 0, NULL ), S_OK );
    return WsReadElement( reader, desc, option, heap, value, size, NULL );
}

static HRESULT write_value( const WS_ELEMENT_DESCRIPTION *desc, BOOL binary, WS_WRITE_OPTION option, const void *value, ULONG size,
                            WS_BYTES *bytes )
{
    WS_XML_WRITER_TEXT_ENCODING text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_WRITER_BINARY_ENCODING bin = { { WS_XML_WRITER_ENCODING_TYPE_BINARY } };
    WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    HRESULT hr;
    ok_hr( WsSetOutput( writer, binary ? &bin.encoding : &text.encoding, &output.output, NULL, 0, NULL ), S_OK );
    if ((hr = WsWriteElement( writer, desc, option, value, size, NULL ))) return hr;
    ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, bytes, sizeof(*bytes), NULL ), S_OK );
    return S_OK;
}

static void check_leaf( const void *value, const WS_STRUCT_DESCRIPTION *type )
{
    const struct leaf *leaf = value;

    ok( leaf != NULL, "no value\n" );
    if (!leaf) return;
    ok_ptr( leaf->middle.base.type, type );
    ok_eq( leaf->middle.base.n, 5 );
    ok_eq( leaf->middle.base.a, 1 );
    if (type != &base_t) ok( leaf->middle.b.length == 1 && leaf->middle.b.chars[0] == 'x', "b has %lu characters\n", leaf->middle.b.length );
    if (type == &leaf_t) ok_eq( leaf->c, 2 );
}

/* One element of each type in each place: at the top, a field, an item, a choice; out of text, and through binary. */
static void test_places( void )
{
    enum { NONE, CHOICE };
    struct choice { int which; struct base *value; };
    struct v { struct base *field; struct base **items; ULONG count; struct choice choice; };
    static WS_UNION_FIELD_DESCRIPTION c = { CHOICE, { WS_ELEMENT_FIELD_MAPPING, &str_c, &none, WS_STRUCT_TYPE, &base_t,
                                                      FIELD_OFFSET( struct choice, value ), WS_FIELD_POINTER } };
    static WS_UNION_FIELD_DESCRIPTION *choices[] = { &c };
    static WS_UNION_DESCRIPTION choice_t = { sizeof(struct choice), TYPE_ALIGNMENT( struct choice ), choices, 1,
                                             FIELD_OFFSET( struct choice, which ), NONE };
    static WS_FIELD_DESCRIPTION
        field = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_STRUCT_TYPE, &base_t, FIELD_OFFSET( struct v, field ), WS_FIELD_POINTER },
        items = { WS_REPEATING_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_STRUCT_TYPE, &base_t, FIELD_OFFSET( struct v, items ),
                  WS_FIELD_POINTER, NULL, FIELD_OFFSET( struct v, count ), &str_b, &none },
        choice = { WS_ELEMENT_CHOICE_FIELD_MAPPING, NULL, NULL, WS_UNION_TYPE, &choice_t, FIELD_OFFSET( struct v, choice ) };
    static WS_FIELD_DESCRIPTION *fields[] = { &field, &items, &choice };
    static WS_STRUCT_DESCRIPTION v_t = { sizeof(struct v), TYPE_ALIGNMENT( struct v ), fields, 3 };
    static WS_ELEMENT_DESCRIPTION v_desc = { &str_t, &none, WS_STRUCT_TYPE, &v_t }, top = { &str_t, &none, WS_STRUCT_TYPE, &base_t };
    static const struct { const char *attributes, *content; WS_STRUCT_DESCRIPTION *type; } types[] =
    {
        { " n=\"5\"", "<a>1</a>", &base_t },
        { " n=\"5\"" TYPE( "Base" ), "<a>1</a>", &base_t },
        { TYPE( "Middle" ) " n=\"5\"", "<a>1</a><b>x</b>", &middle_t },
        { " n=\"5\"" TYPE( "Leaf" ), "<a>1</a><b>x</b><c>2</c>", &leaf_t },
    };
    static const WS_READ_OPTION options[] = { WS_READ_REQUIRED_POINTER, WS_READ_OPTIONAL_POINTER, WS_READ_NILLABLE_POINTER };
    static WS_ELEMENT_DESCRIPTION in_urn = { &str_t, &urn, WS_STRUCT_TYPE, &base_t };
    static const char unprefixed[] = "<t n=\"5\" i:type=\" Leaf \" xmlns=\"urn:t\"" XSI "><a xmlns=\"\">1</a><b xmlns=\"\">x</b>"
                                     "<c xmlns=\"\">2</c></t>";
    WS_BYTES bytes;
    struct v *value, *again;
    struct base *one;
    char xml[1024];
    ULONG i, j;

    start();
    for (i = 0; i < COUNT( types ); i++)
    {
        const char *attributes = types[i].attributes, *content = types[i].content;
        WS_STRUCT_DESCRIPTION *type = types[i].type;

        for (j = 0; j < COUNT( options ); j++)
        {
            test_context( "<t%s>%s</t> with option %u", attributes, content, options[j] );
            sprintf( xml, "<t%s>%s</t>", attributes, content );
            ok_hr( read_value( &top, xml, strlen( xml ), FALSE, options[j], &one, sizeof(one) ), S_OK );
            check_leaf( one, type );
            ok_hr( write_value( &top, TRUE, WS_WRITE_REQUIRED_POINTER, &one, sizeof(one), &bytes ), S_OK );
            ok_hr( read_value( &top, bytes.bytes, bytes.length, TRUE, options[j], &one, sizeof(one) ), S_OK );
            check_leaf( one, type );
        }
        test_context( "%s %s", attributes, content );
        sprintf( xml, "<t><a%s>%s</a><b%s>%s</b><b n=\"5\"><a>1</a></b><c%s>%s</c></t>", attributes, content, attributes, content,
                 attributes, content );
        ok_hr( read_value( &v_desc, xml, strlen( xml ), FALSE, WS_READ_REQUIRED_POINTER, &value, sizeof(value) ), S_OK );
        ok_hr( write_value( &v_desc, TRUE, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value), &bytes ), S_OK );
        ok_hr( read_value( &v_desc, bytes.bytes, bytes.length, TRUE, WS_READ_REQUIRED_POINTER, &again, sizeof(again) ), S_OK );
        check_leaf( again->field, type );
        ok_eq( again->count, 2 );
        check_leaf( again->items[0], type );
        check_leaf( again->items[1], &base_t );
        ok_eq( again->choice.which, CHOICE );
        check_leaf( again->choice.value, type );
    }
    /* a name without prefix is in the default namespace; white space around it does not count */
    ok_hr( read_value( &in_urn, unprefixed, strlen( unprefixed ), FALSE, WS_READ_REQUIRED_POINTER, &one, sizeof(one) ), S_OK );
    check_leaf( one, &leaf_t );
    /* as text: the attribute is there only for a derived type, and before the others */
    one = NULL;
    ok_hr( read_value( &top, "<t n=\"5\"><a>1</a></t>", 21, FALSE, WS_READ_REQUIRED_POINTER, &one, sizeof(one) ), S_OK );
    ok_hr( write_value( &top, FALSE, WS_WRITE_REQUIRED_POINTER, &one, sizeof(one), &bytes ), S_OK );
    ok_bytes( bytes.bytes, bytes.length, "<t n=\"5\"><a>1</a></t>" );
    finish();
}

/* What cannot be read or written as the declared type. */
static void test_refused( void )
{
    struct v { struct base field; };
    static WS_FIELD_DESCRIPTION field = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_STRUCT_TYPE, &base_t };
    static WS_FIELD_DESCRIPTION *fields[] = { &field };
    static WS_STRUCT_DESCRIPTION v_t = { sizeof(struct v), TYPE_ALIGNMENT( struct v ), fields, 1 };
    static WS_ELEMENT_DESCRIPTION v_desc = { &str_t, &none, WS_STRUCT_TYPE, &v_t }, top = { &str_t, &none, WS_STRUCT_TYPE, &base_t },
                                  middle = { &str_t, &none, WS_STRUCT_TYPE, &middle_t };
    static const char * const bad[] =
    {
        "<t" TYPE( "Other" ) "><a>1</a></t>", "<t" TYPE( "base" ) "><a>1</a></t>", "<t" TYPE( "" ) "><a>1</a></t>",
        "<t i:type=\"Base\"" XSI "><a>1</a></t>", "<t i:type=\"q:Base\"" XSI "><a>1</a></t>", "<t i:type=\"\"" XSI "><a>1</a></t>",
        "<t" TYPE( "Middle" ) "><a>1</a></t>", "<t" TYPE( "Base" ) "><a>1</a><b>x</b></t>",
        "<t" TYPE( "Leaf" ) "><a>1</a><c>2</c><b>x</b></t>",
    };
    struct leaf leaf = { { { &leaf_t, 5, 1 }, { 1, (WCHAR *)L"x" } }, 2 }, *ptr = &leaf;
    struct base base = { &base_t, 5, 1 };
    struct v value;
    WS_BYTES bytes;
    ULONG i;

    start();
    for (i = 0; i < COUNT( bad ); i++)
    {
        void *ret = &leaf;
        test_context( "%s", bad[i] );
        ok_hr( read_value( &top, bad[i], strlen( bad[i] ), FALSE, WS_READ_REQUIRED_POINTER, &ret, sizeof(ret) ), WS_E_INVALID_FORMAT );
    }
    test_context( NULL );
    /* a base where only a derived type may be */
    ok_hr( read_value( &middle, "<t" TYPE( "Base" ) "><a>1</a></t>", strlen( "<t" TYPE( "Base" ) "><a>1</a></t>" ), FALSE,
                       WS_READ_REQUIRED_POINTER, &ptr, sizeof(ptr) ), WS_E_INVALID_FORMAT );
    /* no place for the rest of a derived type */
    ok_hr( read_value( &v_desc, "<t><a" TYPE( "Leaf" ) "><a>1</a><b>x</b><c>2</c></a></t>",
                       strlen( "<t><a" TYPE( "Leaf" ) "><a>1</a><b>x</b><c>2</c></a></t>" ), FALSE, WS_READ_REQUIRED_VALUE, &value,
                       sizeof(value) ), WS_E_INVALID_FORMAT );
    ptr = &leaf;
    leaf.middle.base.type = &other_t;
    ok_hr( write_value( &top, FALSE, WS_WRITE_REQUIRED_POINTER, &ptr, sizeof(ptr), &bytes ), E_INVALIDARG );
    leaf.middle.base.type = NULL;
    ok_hr( write_value( &top, FALSE, WS_WRITE_REQUIRED_POINTER, &ptr, sizeof(ptr), &bytes ), E_INVALIDARG );
    ok_hr( write_value( &middle, FALSE, WS_WRITE_REQUIRED_VALUE, &base, sizeof(base), &bytes ), E_INVALIDARG );   /* too short */
    ptr = (struct leaf *)&base;
    ok_hr( write_value( &middle, FALSE, WS_WRITE_REQUIRED_POINTER, &ptr, sizeof(ptr), &bytes ), E_INVALIDARG );
    /* an abstract type has no values of its own, in whatever place */
    base_t.structOptions = WS_STRUCT_ABSTRACT;
    ok_hr( read_value( &top, "<t><a>1</a></t>", 15, FALSE, WS_READ_REQUIRED_POINTER, &ptr, sizeof(ptr) ), WS_E_INVALID_FORMAT );
    ok_hr( write_value( &top, FALSE, WS_WRITE_REQUIRED_VALUE, &base, sizeof(base), &bytes ), E_INVALIDARG );
    ptr = &leaf;
    leaf.middle.base.type = &leaf_t;
    ok_hr( write_value( &top, FALSE, WS_WRITE_REQUIRED_POINTER, &ptr, sizeof(ptr), &bytes ), S_OK );
    ok_hr( read_value( &top, bytes.bytes, bytes.length, FALSE, WS_READ_REQUIRED_POINTER, &ptr, sizeof(ptr) ), S_OK );
    check_leaf( ptr, &leaf_t );
    base_t.structOptions = 0;
    finish();
}

/* Nil, empty, missing: what each option makes of them, for a value, a string, bytes, a pointer type and a struct. */
static void test_nil( void )
{
    enum outcome { BAD, ARG, NIL, VALUE };    /* WS_E_INVALID_FORMAT, E_INVALIDARG, nil, not nil */
    static WS_FIELD_DESCRIPTION *plain_fields[] = { &f_a };
    static WS_STRUCT_DESCRIPTION plain_t = { sizeof(struct base), TYPE_ALIGNMENT( struct base ), plain_fields, 1 };
    static const struct { WS_TYPE type; void *desc; ULONG size; const char *content; BOOL empty, nil, pointer; } types[] =
    {
        { WS_INT32_TYPE, NULL, sizeof(int), "1", FALSE }, { WS_DATETIME_TYPE, NULL, sizeof(WS_DATETIME), "2000-01-01T00:00:00Z", FALSE },
        { WS_GUID_TYPE, NULL, sizeof(GUID), "00000001-0002-0003-0405-060708090a0b", FALSE },
        { WS_STRING_TYPE, NULL, sizeof(WS_STRING), "x", TRUE, TRUE }, { WS_BYTES_TYPE, NULL, sizeof(WS_BYTES), "eA==", TRUE, TRUE },
        { WS_XML_STRING_TYPE, NULL, sizeof(WS_XML_STRING), "x", TRUE, TRUE },
        { WS_WSZ_TYPE, NULL, sizeof(WCHAR *), "x", TRUE, FALSE, TRUE },
        { WS_XML_BUFFER_TYPE, NULL, sizeof(WS_XML_BUFFER *), "x", TRUE, FALSE, TRUE },
        { WS_STRUCT_TYPE, &plain_t, sizeof(struct base), "<a>1</a>", FALSE },
    };
    static const WS_READ_OPTION options[] = { WS_READ_REQUIRED_VALUE, WS_READ_REQUIRED_POINTER, WS_READ_OPTIONAL_POINTER,
                                              WS_READ_NILLABLE_POINTER, WS_READ_NILLABLE_VALUE };
    static const char * const shapes[] =    /* %s: the content */
    {
        "<t>%s</t>", "<t i:nil=\"false\"" XSI ">%s</t>", "<t i:nil=\"0\"" XSI ">%s</t>", "<t i:nil=\"true\"" XSI "/>",
        "<t i:nil=\" 1 \"" XSI "> <!-- c --> </t>", "<t i:nil=\"true\"" XSI ">%s</t>", "<t i:nil=\"yes\"" XSI ">%s</t>", "<u>%s</u>",
    };
    ULONG i, j, k, l, size;
    WS_BYTES bytes;
    char xml[256];

    start();
    for (i = 0; i < COUNT( types ); i++)
        for (j = 0; j < COUNT( options ); j++)
            for (k = 0; k < COUNT( shapes ); k++)
            {
                BOOL in_place = options[j] == WS_READ_REQUIRED_VALUE || options[j] == WS_READ_NILLABLE_VALUE;
                BOOL nillable = options[j] == WS_READ_NILLABLE_POINTER || options[j] == WS_READ_NILLABLE_VALUE, is_nil;
                WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, types[i].type, types[i].desc };
                union { BYTE bytes[128]; void *ptr; WS_STRING str; WS_XML_STRING xmlstr; } value;
                enum outcome want = VALUE;
                HRESULT hr;

                sprintf( xml, shapes[k], types[i].content );
                if (k == 7) want = options[j] == WS_READ_REQUIRED_VALUE || options[j] == WS_READ_REQUIRED_POINTER ? BAD : NIL;
                else if (nillable && k >= 5) want = BAD;                                 /* nil with content, no boolean */
                else if (k == 3 || k == 4)                                               /* without the option it is just empty */
                    want = nillable ? NIL : k == 3 && types[i].empty ? VALUE :
                           types[i].empty && types[i].type != WS_GUID_TYPE ? VALUE : BAD;
                if (in_place && types[i].pointer) want = ARG;
                if (options[j] == WS_READ_NILLABLE_VALUE && !types[i].nil) want = ARG;

                test_context( "type %d, option %u, %s", types[i].type, options[j], xml );
                memset( &value, 0xcc, sizeof(value) );
                size = in_place ? types[i].size : sizeof(void *);
                hr = read_value( &desc, xml, strlen( xml ), FALSE, options[j], &value, size );
                ok( hr == (want == BAD ? WS_E_INVALID_FORMAT : want == ARG ? E_INVALIDARG : S_OK), "got %#lx\n", (ULONG)hr );
                for (l = size; l < sizeof(value) && value.bytes[l] == 0xcc; l++) ;
                ok( l == sizeof(value), "byte %lu behind the value was written\n", l );
                if (hr || want == BAD || want == ARG) continue;
                for (l = 0; l < size && !value.bytes[l]; l++) ;
                is_nil = l == size;
                ok( is_nil == (want == NIL), "the value is %snil\n", is_nil ? "" : "not " );
                if (k || nillable == (options[j] == WS_READ_NILLABLE_VALUE && !types[i].nil)) continue;
                ok_hr( write_value( &desc, FALSE, in_place ? WS_WRITE_NILLABLE_VALUE : WS_WRITE_NILLABLE_POINTER, &value, size,
                                    &bytes ), S_OK );
                ok_bytes( bytes.bytes, bytes.length, xml );
            }
    finish();
}

/* Attributes by themselves: WsReadAttribute, WsWriteAttribute. */
static void test_attribute( void )
{
    static WS_ATTRIBUTE_DESCRIPTION number = { &str_a, &none, WS_INT32_TYPE }, string = { &str_b, &urn, WS_STRING_TYPE },
                                    absent = { &str_c, &none, WS_INT32_TYPE }, unnamed = { NULL, NULL, WS_INT32_TYPE },
                                    wrong = { &str_a, &none, WS_STRUCT_TYPE, &base_t };
    static const char xml[] = "<t a=\"-1\" p:b=\"x\" xmlns:p=\"urn:t\"/>";
    WS_XML_READER_TEXT_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)xml, sizeof(xml) - 1 };
    WS_XML_WRITER_TEXT_ENCODING out_encoding = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_STRING str = { 0 }, *str_ptr = NULL;
    int a = 0, *ptr = &a, *no_ptr = NULL;
    WS_BYTES bytes;

    start();
#define AGAIN() ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), S_OK ); \
                ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK )
    AGAIN();
    ok_hr( WsReadAttribute( reader, &number, WS_READ_REQUIRED_VALUE, NULL, &a, sizeof(a), NULL ), S_OK );
    ok_eq( a, -1 );
    ok_hr( WsReadAttribute( reader, &string, WS_READ_REQUIRED_VALUE, heap, &str, sizeof(str), NULL ), S_OK );
    ok( str.length == 1 && *str.chars == 'x', "got %lu characters\n", str.length );
    ok_hr( WsReadAttribute( reader, &string, WS_READ_OPTIONAL_POINTER, heap, &str_ptr, sizeof(str_ptr), NULL ), S_OK );
    ok( str_ptr && str_ptr->length == 1, "got %p\n", str_ptr );
    ok_hr( WsReadAttribute( reader, &absent, WS_READ_OPTIONAL_POINTER, heap, &ptr, sizeof(ptr), NULL ), S_OK );
    ok_ptr( ptr, NULL );
    ok_hr( WsReadAttribute( reader, &number, WS_READ_REQUIRED_POINTER, heap, &ptr, sizeof(ptr), NULL ), S_OK );
    ok( ptr && *ptr == -1, "got %p\n", ptr );
    ok_hr( WsReadAttribute( reader, &absent, WS_READ_REQUIRED_VALUE, heap, &a, sizeof(a), NULL ), WS_E_INVALID_FORMAT );
    AGAIN();
    ok_hr( WsReadAttribute( reader, &number, WS_READ_NILLABLE_POINTER, heap, &ptr, sizeof(ptr), NULL ), E_INVALIDARG );
    ok_hr( WsReadAttribute( reader, &number, WS_READ_REQUIRED_VALUE, heap, &a, sizeof(a) + 1, NULL ), E_INVALIDARG );
    ok_hr( WsReadAttribute( reader, &unnamed, WS_READ_REQUIRED_VALUE, heap, &a, sizeof(a), NULL ), E_INVALIDARG );
    ok_hr( WsReadAttribute( reader, NULL, WS_READ_REQUIRED_VALUE, heap, &a, sizeof(a), NULL ), E_INVALIDARG );
    ok_hr( WsReadAttribute( NULL, &number, WS_READ_REQUIRED_VALUE, heap, &a, sizeof(a), NULL ), E_INVALIDARG );
    ok_hr( WsReadAttribute( reader, &wrong, WS_READ_REQUIRED_POINTER, heap, &ptr, sizeof(ptr), NULL ), E_INVALIDARG );

    ok_hr( WsSetOutput( writer, &out_encoding.encoding, &output.output, NULL, 0, NULL ), S_OK );
    a = 12;
    ptr = &a;
    ok_hr( WsWriteAttribute( writer, &number, WS_WRITE_REQUIRED_VALUE, &a, sizeof(a), NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteStartElement( writer, NULL, &str_t, &none, NULL ), S_OK );
    ok_hr( WsWriteAttribute( writer, &number, WS_WRITE_REQUIRED_POINTER, &ptr, sizeof(ptr), NULL ), S_OK );
    ok_hr( WsWriteAttribute( writer, &string, WS_WRITE_REQUIRED_VALUE, &str, sizeof(str), NULL ), S_OK );
    ok_hr( WsWriteEndElement( writer, NULL ), S_OK );
    ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
    ok_bytes( bytes.bytes, bytes.length, "<t a=\"12\" a:b=\"x\" xmlns:a=\"urn:t\"/>" );
    ok_hr( WsWriteAttribute( writer, &number, WS_WRITE_REQUIRED_POINTER, &no_ptr, sizeof(no_ptr), NULL ), E_INVALIDARG );
    ok_hr( WsWriteAttribute( writer, NULL, WS_WRITE_REQUIRED_VALUE, &a, sizeof(a), NULL ), E_INVALIDARG );
    ok_hr( WsWriteAttribute( NULL, &number, WS_WRITE_REQUIRED_VALUE, &a, sizeof(a), NULL ), E_INVALIDARG );
    finish();
}

TESTS( serial_derived, { "places", test_places }, { "refused", test_refused }, { "nil", test_nil }, { "attribute", test_attribute } )
