/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Structs and unions: each mapping of a field, the options, derived types.
 *
 * A case is a document that is read by a description and written again. Sources: the reference pages of WS_FIELD_MAPPING,
 * WS_STRUCT_DESCRIPTION, WS_UNION_DESCRIPTION and WS_TYPE; public tests that ran against Windows for unions, repeating
 * elements, default values and what happens to a reader after a failure. */
#include "test.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define NAME( id, text ) static WS_XML_STRING id = { sizeof(text) - 1, (BYTE *)text }
NAME( none, "" );
NAME( urn, "urn:t" );
NAME( str_t, "t" );
NAME( str_a, "a" );
NAME( str_b, "b" );
NAME( str_c, "c" );
NAME( str_list, "list" );
NAME( str_lang, "lang" );
NAME( str_base, "Base" );
NAME( str_derived, "Derived" );

#define XSI "xmlns:a=\"http://www.w3.org/2001/XMLSchema-instance\""
#define NIL " a:nil=\"true\" " XSI

struct case_
{
    const char *xml;
    HRESULT hr;
    const char *written;    /* NULL: as it was read */
};

static HRESULT read_struct( WS_XML_READER *reader, WS_HEAP *heap, WS_STRUCT_DESCRIPTION *type, const char *xml, void **value )
{
    WS_XML_READER_TEXT_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)xml, strlen( xml ) };
    WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, WS_STRUCT_TYPE, type };

    *value = NULL;
    ok_hr( WsSetInput( reader, &encoding.encoding, &input.input, NULL, 0, NULL ), S_OK );
    return WsReadElement( reader, &desc, WS_READ_REQUIRED_POINTER, heap, value, sizeof(*value), NULL );
}

static HRESULT write_struct( WS_XML_WRITER *writer, WS_STRUCT_DESCRIPTION *type, const void *value, WS_BYTES *bytes )
{
    WS_XML_WRITER_TEXT_ENCODING encoding = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_ELEMENT_DESCRIPTION desc = { &str_t, &none, WS_STRUCT_TYPE, type };
    HRESULT hr;

    ok_hr( WsSetOutput( writer, &encoding.encoding, &output.output, NULL, 0, NULL ), S_OK );
    if ((hr = WsWriteElement( writer, &desc, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value), NULL ))) return hr;
    return WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, bytes, sizeof(*bytes), NULL );
}

static void run( WS_STRUCT_DESCRIPTION *type, const struct case_ *cases, ULONG count )
{
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_BYTES bytes;
    WS_HEAP *heap;
    void *value;
    ULONG i;

    WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, NULL );
    WsCreateReader( NULL, 0, &reader, NULL );
    WsCreateWriter( NULL, 0, &writer, NULL );
    for (i = 0; i < count; i++)
    {
        test_context( "%s", cases[i].xml );
        ok_hr( read_struct( reader, heap, type, cases[i].xml, &value ), cases[i].hr );
        if (cases[i].hr || !value) continue;
        ok_hr( write_struct( writer, type, value, &bytes ), S_OK );
        ok_bytes( bytes.bytes, bytes.length, cases[i].written ? cases[i].written : cases[i].xml );
    }
    WsFreeWriter( writer );
    WsFreeReader( reader );
    WsFreeHeap( heap );
    test_context( NULL );
}
#define RUN( type, cases ) run( &type, cases, sizeof(cases) / sizeof(cases[0]) )

#define STRUCT( id, type, ... ) \
    static WS_FIELD_DESCRIPTION *id##_fields[] = { __VA_ARGS__ }; \
    static WS_STRUCT_DESCRIPTION id = { sizeof(type), TYPE_ALIGNMENT( type ), id##_fields, sizeof(id##_fields) / sizeof(void *) }

static void test_attributes( void )
{
    struct v { int a; WCHAR *b; WS_STRING lang; WS_ANY_ATTRIBUTES any; };
    static int seven = 7;
    static WS_DEFAULT_VALUE def = { &seven, sizeof(seven) };
    static WS_FIELD_DESCRIPTION
        a = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct v, a ) },
        b = { WS_ATTRIBUTE_FIELD_MAPPING, &str_b, &urn, WS_WSZ_TYPE, NULL, FIELD_OFFSET( struct v, b ), WS_FIELD_OPTIONAL },
        a_def = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct v, a ),
                  WS_FIELD_OPTIONAL, &def },
        lang = { WS_XML_ATTRIBUTE_FIELD_MAPPING, &str_lang, NULL, WS_STRING_TYPE, NULL, FIELD_OFFSET( struct v, lang ),
                 WS_FIELD_OPTIONAL },
        any = { WS_ANY_ATTRIBUTES_FIELD_MAPPING, NULL, NULL, WS_ANY_ATTRIBUTES_TYPE, NULL, FIELD_OFFSET( struct v, any ) };
    STRUCT( plain, struct v, &a, &b );
    STRUCT( defaulted, struct v, &a_def, &lang );
    STRUCT( rest, struct v, &a_def, &any );
    static const struct case_ plain_cases[] =
    {
        { "<t a=\"1\"/>" }, { "<t a='1' xmlns:p='urn:t' p:b='x'/>", S_OK, "<t a=\"1\" a:b=\"x\" xmlns:a=\"urn:t\"/>" },
        { "<t/>", WS_E_INVALID_FORMAT }, { "<t a='1' b='x'/>", WS_E_INVALID_FORMAT }, { "<t a='1'><b/></t>", WS_E_INVALID_FORMAT },
    };
    static const struct case_ default_cases[] =
    {
        { "<t/>" }, { "<t a=\"7\"/>", S_OK, "<t/>" }, { "<t a=\"0\"/>" }, { "<t xml:lang=\"en-us\"/>" },
    };
    static const struct case_ rest_cases[] = { { "<t a=\"1\" b=\"2\" c=\"3\"/>" }, { "<t/>" } };

    RUN( plain, plain_cases );
    RUN( defaulted, default_cases );
    RUN( rest, rest_cases );
    plain.structOptions = WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES;
    run( &plain, &(struct case_){ "<t a='1' b='x'/>", S_OK, "<t a=\"1\"/>" }, 1 );
}

static void test_elements( void )
{
    struct v { int *a; WS_STRING b; int c; };
    static WS_FIELD_DESCRIPTION
        a = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct v, a ),
              WS_FIELD_POINTER | WS_FIELD_NILLABLE },
        b = { WS_ELEMENT_FIELD_MAPPING, &str_b, &urn, WS_STRING_TYPE, NULL, FIELD_OFFSET( struct v, b ), WS_FIELD_NILLABLE },
        c = { WS_ELEMENT_FIELD_MAPPING, &str_c, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct v, c ), WS_FIELD_OPTIONAL };
    STRUCT( sequence, struct v, &a, &b, &c );
    static const struct case_ cases[] =
    {
        { "<t><a>1</a><b xmlns=\"urn:t\">x</b><c>2</c></t>" },
        { "<t> <a>1</a><!-- c --><b xmlns='urn:t'/>\n</t>", S_OK, "<t><a>1</a><b xmlns=\"urn:t\"/></t>" },
        { "<t><a" NIL "/><b xmlns=\"urn:t\">x</b></t>" },
        { "<t><b xmlns='urn:t'/></t>", WS_E_INVALID_FORMAT },
        { "<t><b xmlns='urn:t'/><a>1</a></t>", WS_E_INVALID_FORMAT },
        { "<t><a>1</a><b xmlns='urn:t'/><c>1</c><c>2</c></t>", WS_E_INVALID_FORMAT },
        { "<t><a>1</a><b xmlns='urn:t'/><d/></t>", WS_E_INVALID_FORMAT },
        { "<t><a>1</a>text<b xmlns='urn:t'/></t>", WS_E_INVALID_FORMAT },
        { "<t/>", WS_E_INVALID_FORMAT },
    };
    static const struct case_ trailing = { "<t><a>1</a><b xmlns='urn:t'/><d>x</d>text<e/></t>", S_OK,
                                           "<t><a>1</a><b xmlns=\"urn:t\"/></t>" };

    RUN( sequence, cases );
    sequence.structOptions = WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT;
    run( &sequence, &trailing, 1 );
}

static void test_repeating( void )
{
    struct item { int a; };
    struct v { void *items; ULONG count; };
    static WS_ITEM_RANGE range = { 1, 2 };
    static WS_FIELD_DESCRIPTION item_a = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE };
    STRUCT( item, struct item, &item_a );
#define REPEAT( name, ns, type, desc, options, range ) \
    { WS_REPEATING_ELEMENT_FIELD_MAPPING, name, ns, type, desc, FIELD_OFFSET( struct v, items ), options, NULL, \
      FIELD_OFFSET( struct v, count ), &str_b, &none, range }
    static WS_FIELD_DESCRIPTION
        bare = REPEAT( NULL, NULL, WS_INT32_TYPE, NULL, 0, &range ),
        wrapped = REPEAT( &str_list, &none, WS_STRUCT_TYPE, &item, 0, NULL ),
        pointers = REPEAT( NULL, NULL, WS_STRUCT_TYPE, &item, WS_FIELD_POINTER | WS_FIELD_NILLABLE_ITEM, NULL );
    STRUCT( bare_t, struct v, &bare );
    STRUCT( wrapped_t, struct v, &wrapped );
    STRUCT( pointers_t, struct v, &pointers );
    static const struct case_ bare_cases[] =
    {
        { "<t><b>1</b><b>2</b></t>" }, { "<t/>", WS_E_INVALID_FORMAT }, { "<t><b>1</b><b>2</b><b>3</b></t>", WS_E_INVALID_FORMAT },
    };
    static const struct case_ wrapped_cases[] =
    {
        { "<t><list><b a=\"1\"/><b a=\"2\"/></list></t>" }, { "<t><list/></t>" }, { "<t><list><c/></list></t>", WS_E_INVALID_FORMAT },
    };
    static const struct case_ pointer_cases[] = { { "<t><b a=\"1\"/><b" NIL "/></t>" } };
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_BYTES bytes;
    WS_HEAP *heap;
    int numbers[3] = { 1, 2, 3 };
    struct v *value, three = { numbers, 3 };

    RUN( bare_t, bare_cases );
    RUN( wrapped_t, wrapped_cases );
    RUN( pointers_t, pointer_cases );

    /* no items are an array of length 0 with an address; a range does not bind the writer */
    WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL );
    WsCreateReader( NULL, 0, &reader, NULL );
    WsCreateWriter( NULL, 0, &writer, NULL );
    ok_hr( read_struct( reader, heap, &wrapped_t, "<t><list/></t>", (void **)&value ), S_OK );
    if (value) ok( value->items && !value->count, "got %p %lu\n", value->items, value->count );
    ok_hr( write_struct( writer, &bare_t, &three, &bytes ), S_OK );
    ok_bytes( bytes.bytes, bytes.length, "<t><b>1</b><b>2</b><b>3</b></t>" );
    WsFreeWriter( writer );
    WsFreeReader( reader );
    WsFreeHeap( heap );
}

static void test_unions( void )
{
    enum { NONE, A, B };
    struct choice { int which; union { int a; WS_STRING b; } u; };
    struct v { struct choice choice; struct choice *items; ULONG count; };
    static WS_UNION_FIELD_DESCRIPTION
        a = { A, { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct choice, u.a ) } },
        b = { B, { WS_ELEMENT_FIELD_MAPPING, &str_b, &none, WS_STRING_TYPE, NULL, FIELD_OFFSET( struct choice, u.b ) } };
    static WS_UNION_FIELD_DESCRIPTION *fields[] = { &a, &b };
    static WS_UNION_DESCRIPTION desc = { sizeof(struct choice), TYPE_ALIGNMENT( struct choice ), fields, 2,
                                         FIELD_OFFSET( struct choice, which ), NONE };
    static WS_FIELD_DESCRIPTION
        one = { WS_ELEMENT_CHOICE_FIELD_MAPPING, NULL, NULL, WS_UNION_TYPE, &desc, FIELD_OFFSET( struct v, choice ) },
        many = { WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING, &str_list, &none, WS_UNION_TYPE, &desc,
                 FIELD_OFFSET( struct v, items ), 0, NULL, FIELD_OFFSET( struct v, count ) };
    STRUCT( one_t, struct v, &one );
    STRUCT( many_t, struct v, &many );
    static const struct case_ one_cases[] =
    {
        { "<t><a>1</a></t>" }, { "<t><b>x</b></t>" }, { "<t/>", WS_E_INVALID_FORMAT }, { "<t><c/></t>", WS_E_INVALID_FORMAT },
    };
    static const struct case_ optional_cases[] = { { "<t/>" }, { "<t><a>0</a></t>" }, { "<t><c/></t>", WS_E_INVALID_FORMAT } };
    static const struct case_ many_cases[] = { { "<t><list><a>1</a><b>x</b><a>2</a></list></t>" }, { "<t><list/></t>" } };
    static const ULONG bad_options[] = { WS_FIELD_POINTER, WS_FIELD_NILLABLE, WS_FIELD_POINTER | WS_FIELD_NILLABLE };
    struct v value = { { 77 } };
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    const WS_XML_NODE *node;
    WS_BYTES bytes;
    WS_HEAP *heap;
    void *ptr;
    ULONG i;

    RUN( one_t, one_cases );
    RUN( many_t, many_cases );
    one.options = WS_FIELD_OPTIONAL;
    RUN( one_t, optional_cases );

    WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL );
    WsCreateReader( NULL, 0, &reader, NULL );
    WsCreateWriter( NULL, 0, &writer, NULL );
    for (i = 0; i < 3; i++)
    {
        one.options = bad_options[i];
        ok_hr( read_struct( reader, heap, &one_t, "<t><a>1</a></t>", &ptr ), E_INVALIDARG );
    }
    one.options = 0;
    ok_hr( write_struct( writer, &one_t, &value, &bytes ), WS_E_INVALID_FORMAT );    /* a selector that no choice has */
    value.choice.which = NONE;
    ok_hr( write_struct( writer, &one_t, &value, &bytes ), WS_E_INVALID_FORMAT );    /* nothing selected, but it is required */

    /* the reader stays at the element that no choice takes */
    ok_hr( read_struct( reader, heap, &one_t, "<t><c/></t>", &ptr ), WS_E_INVALID_FORMAT );
    ok_hr( WsGetReaderNode( reader, &node, NULL ), S_OK );
    ok_eq( node->nodeType, WS_XML_NODE_TYPE_ELEMENT );
    ok_bytes( ((WS_XML_ELEMENT_NODE *)node)->localName->bytes, ((WS_XML_ELEMENT_NODE *)node)->localName->length, "c" );
    WsFreeWriter( writer );
    WsFreeReader( reader );
    WsFreeHeap( heap );
}

/* The other kinds of choices: several elements in a wrapper, an element of any other name, nil, a struct through a pointer; looked up
 * by name and by value with sorted fields (reference page of WS_UNION_DESCRIPTION). */
static void test_choices( void )
{
    enum { NONE, A, B, LIST, ANY };
    struct item { int a; };
    struct list { int *items; ULONG count; };
    struct choice { int which; union { struct item *a; WS_STRING b; struct list list; WS_XML_BUFFER *any; } u; };
    static WS_FIELD_DESCRIPTION item_a = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE };
    STRUCT( item, struct item, &item_a );
    static WS_UNION_FIELD_DESCRIPTION
        a = { A, { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_STRUCT_TYPE, &item, FIELD_OFFSET( struct choice, u.a ),
                   WS_FIELD_POINTER | WS_FIELD_NILLABLE } },
        b = { B, { WS_ELEMENT_FIELD_MAPPING, &str_b, &none, WS_STRING_TYPE, NULL, FIELD_OFFSET( struct choice, u.b ) } },
        list = { LIST, { WS_REPEATING_ELEMENT_FIELD_MAPPING, &str_list, &none, WS_INT32_TYPE, NULL,
                         FIELD_OFFSET( struct choice, u.list.items ), 0, NULL, FIELD_OFFSET( struct choice, u.list.count ), &str_c,
                         &none } },
        bare = { LIST, { WS_REPEATING_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_INT32_TYPE, NULL,
                         FIELD_OFFSET( struct choice, u.list.items ), 0, NULL, FIELD_OFFSET( struct choice, u.list.count ), &str_c,
                         &none } },
        text = { B, { WS_TEXT_FIELD_MAPPING, NULL, NULL, WS_STRING_TYPE, NULL, FIELD_OFFSET( struct choice, u.b ) } },
        any = { ANY, { WS_ANY_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_XML_BUFFER_TYPE, NULL, FIELD_OFFSET( struct choice, u.any ) } };
    static WS_UNION_FIELD_DESCRIPTION *fields[] = { &a, &b, &list, &any }, *bad_fields[2];
    static ULONG sorted[] = { 0, 1, 2, 3 };
    static WS_UNION_DESCRIPTION desc = { sizeof(struct choice), TYPE_ALIGNMENT( struct choice ), fields, 4,
                                         FIELD_OFFSET( struct choice, which ), NONE };
    static WS_FIELD_DESCRIPTION one = { WS_ELEMENT_CHOICE_FIELD_MAPPING, NULL, NULL, WS_UNION_TYPE, &desc };
    STRUCT( one_t, struct choice, &one );
    static const struct case_ cases[] =
    {
        { "<t><a a=\"1\"/></t>" }, { "<t><a" NIL "/></t>" }, { "<t><b>x</b></t>" }, { "<t><list><c>1</c><c>2</c></list></t>" },
        { "<t><list></list></t>", S_OK, "<t><list/></t>" }, { "<t><other x=\"y\">z</other></t>" },
        { "<t><b>x</b><b>y</b></t>", WS_E_INVALID_FORMAT }, { "<t><list><b>1</b></list></t>", WS_E_INVALID_FORMAT },
        { "<t>text</t>", WS_E_INVALID_FORMAT }, { "<t/>", WS_E_INVALID_FORMAT },
    };
    static int numbers[] = { 1, 2 };
    struct choice value = { LIST };
    WS_XML_WRITER *writer;
    WS_BYTES bytes;

    RUN( one_t, cases );
    desc.valueIndices = sorted;
    RUN( one_t, cases );
    desc.valueIndices = NULL;
    WsCreateWriter( NULL, 0, &writer, NULL );
    value.u.list.items = numbers;
    value.u.list.count = 2;
    bad_fields[0] = &bare;
    bad_fields[1] = &text;
    desc.fields = bad_fields;
    desc.fieldCount = 2;
    ok_hr( write_struct( writer, &one_t, &value, &bytes ), E_INVALIDARG );      /* several elements without a wrapper */
    value.which = B;
    ok_hr( write_struct( writer, &one_t, &value, &bytes ), E_INVALIDARG );      /* text is no choice */
    WsFreeWriter( writer );
}

/* Enumerations and unions with so many entries that the indices for look-ups matter (reference pages of WS_ENUM_DESCRIPTION and
 * WS_UNION_DESCRIPTION): values sorted, names by nameIndices; elements sorted, values by valueIndices. */
static void test_sorted( void )
{
#define ENTRIES 20
    struct choice { int which; int a; };
    struct v { int number; struct choice choice; };
    static char texts[ENTRIES][4];
    static WS_XML_STRING names[ENTRIES];
    static WS_ENUM_VALUE values[ENTRIES];
    static ULONG name_indices[ENTRIES], value_indices[ENTRIES];
    static WS_ENUM_DESCRIPTION enum_t = { values, ENTRIES, ENTRIES, name_indices };
    static WS_UNION_FIELD_DESCRIPTION choices[ENTRIES], *fields[ENTRIES];
    static WS_UNION_DESCRIPTION union_t = { sizeof(struct choice), TYPE_ALIGNMENT( struct choice ), fields, ENTRIES,
                                            FIELD_OFFSET( struct choice, which ), -1, value_indices };
    static WS_FIELD_DESCRIPTION
        number = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_ENUM_TYPE, &enum_t, FIELD_OFFSET( struct v, number ) },
        choice = { WS_ELEMENT_CHOICE_FIELD_MAPPING, NULL, NULL, WS_UNION_TYPE, &union_t, FIELD_OFFSET( struct v, choice ) };
    STRUCT( v_t, struct v, &number, &choice );
    WS_XML_READER *reader;
    WS_HEAP *heap;
    struct v *value;
    char xml[64];
    ULONG i;

    for (i = 0; i < ENTRIES; i++)
    {
        sprintf( texts[i], "n%02lu", i );
        names[i].length = 3;
        names[i].bytes = (BYTE *)texts[i];
        /* the value 10 * i has the name of the entry i * 7 mod 20, the element of that name the value -i * 3 mod 20 */
        values[i].value = 10 * i;
        values[i].name = &names[i * 7 % ENTRIES];
        name_indices[i * 7 % ENTRIES] = i;
        fields[i] = &choices[i];
        choices[i].value = i * 17 % ENTRIES;
        value_indices[i * 17 % ENTRIES] = i;
        choices[i].field.mapping = WS_ELEMENT_FIELD_MAPPING;
        choices[i].field.localName = &names[i];
        choices[i].field.ns = &none;
        choices[i].field.type = WS_INT32_TYPE;
        choices[i].field.offset = FIELD_OFFSET( struct choice, a );
    }
    WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL );
    WsCreateReader( NULL, 0, &reader, NULL );
    for (i = 0; i < ENTRIES; i++)
    {
        sprintf( xml, "<t a=\"%s\"><%s>5</%s></t>", texts[i], texts[i], texts[i] );
        run( &v_t, &(struct case_){ xml }, 1 );
        test_context( "%s", xml );
        ok_hr( read_struct( reader, heap, &v_t, xml, (void **)&value ), S_OK );
        if (!value) continue;
        ok_eq( value->number, 10 * name_indices[i] );
        ok_eq( value->choice.which, i * 17 % ENTRIES );
    }
    run( &v_t, &(struct case_){ "<t a='n20'><n00>5</n00></t>", WS_E_INVALID_FORMAT }, 1 );
    run( &v_t, &(struct case_){ "<t a='n00'><n20>5</n20></t>", WS_E_INVALID_FORMAT }, 1 );
    WsFreeReader( reader );
    WsFreeHeap( heap );
}

static void test_any( void )
{
    struct v { int a; WS_XML_BUFFER *any; WS_XML_BUFFER **items; ULONG count; };
    static WS_FIELD_DESCRIPTION
        a = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct v, a ), WS_FIELD_OPTIONAL },
        element = { WS_ANY_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_XML_BUFFER_TYPE, NULL, FIELD_OFFSET( struct v, any ) },
        elements = { WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_XML_BUFFER_TYPE, NULL, FIELD_OFFSET( struct v, items ),
                     0, NULL, FIELD_OFFSET( struct v, count ) },
        content = { WS_ANY_CONTENT_FIELD_MAPPING, NULL, NULL, WS_XML_BUFFER_TYPE, NULL, FIELD_OFFSET( struct v, any ) },
        discard = { WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING, NULL, NULL, WS_VOID_TYPE };
    STRUCT( element_t, struct v, &a, &element );
    STRUCT( elements_t, struct v, &a, &elements );
    STRUCT( content_t, struct v, &a, &content );
    STRUCT( discard_t, struct v, &a, &discard );
    static const struct case_ element_cases[] =
    {
        { "<t><a>1</a><x y=\"1\">z</x></t>" }, { "<t><a>1</a></t>", WS_E_INVALID_FORMAT }, { "<t><x/><y/></t>", WS_E_INVALID_FORMAT },
    };
    static const struct case_ elements_cases[] = { { "<t><a>1</a><x>y</x><z>w</z></t>" }, { "<t/>" } };
    static const struct case_ content_cases[] = { { "<t><a>1</a>text<x>y</x>more</t>" } };
    static const struct case_ discard_cases[] = { { "<t><a>1</a><x>y</x><z/></t>", S_OK, "<t><a>1</a></t>" } };

    RUN( element_t, element_cases );
    RUN( elements_t, elements_cases );
    RUN( content_t, content_cases );
    RUN( discard_t, discard_cases );
}

static void test_text( void )
{
    struct v { int a; WCHAR *text; int unmapped; };
    static int nine = 9;
    static WS_DEFAULT_VALUE def = { &nine, sizeof(nine) };
    static WS_FIELD_DESCRIPTION
        a = { WS_ATTRIBUTE_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct v, a ), WS_FIELD_OPTIONAL },
        text = { WS_TEXT_FIELD_MAPPING, NULL, NULL, WS_WSZ_TYPE, NULL, FIELD_OFFSET( struct v, text ) },
        unmapped = { WS_NO_FIELD_MAPPING, NULL, NULL, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct v, unmapped ), 0, &def };
    STRUCT( text_t, struct v, &a, &text, &unmapped );
    static const struct case_ cases[] =
    {
        { "<t a=\"1\">some &amp; text</t>" }, { "<t/>" }, { "<t>a<![CDATA[<b>]]>c</t>", S_OK, "<t>a&lt;b&gt;c</t>" },
        { "<t>a<b/></t>", WS_E_INVALID_FORMAT },
    };
    WS_XML_READER *reader;
    struct v *value;
    WS_HEAP *heap;

    RUN( text_t, cases );
    WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL );
    WsCreateReader( NULL, 0, &reader, NULL );
    ok_hr( read_struct( reader, heap, &text_t, "<t>x</t>", (void **)&value ), S_OK );
    if (value) ok_eq( value->unmapped, 9 );
    WsFreeReader( reader );
    WsFreeHeap( heap );
}

struct base { const WS_STRUCT_DESCRIPTION *type; int a; };
struct derived { struct base base; int b; };
static WS_STRUCT_DESCRIPTION base_t, derived_t, *subtypes[] = { &derived_t };
static WS_FIELD_DESCRIPTION
    field_type = { WS_TYPE_ATTRIBUTE_FIELD_MAPPING, NULL, NULL, WS_DESCRIPTION_TYPE, NULL, FIELD_OFFSET( struct base, type ) },
    field_a = { WS_ELEMENT_FIELD_MAPPING, &str_a, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct base, a ) },
    field_b = { WS_ELEMENT_FIELD_MAPPING, &str_b, &none, WS_INT32_TYPE, NULL, FIELD_OFFSET( struct derived, b ) };
static WS_FIELD_DESCRIPTION *base_fields[] = { &field_type, &field_a }, *derived_fields[] = { &field_type, &field_a, &field_b };
static WS_STRUCT_DESCRIPTION base_t = { sizeof(struct base), TYPE_ALIGNMENT( struct base ), base_fields, 2, &str_base, &urn, NULL,
                                        subtypes, 1 };
static WS_STRUCT_DESCRIPTION derived_t = { sizeof(struct derived), TYPE_ALIGNMENT( struct derived ), derived_fields, 3, &str_derived,
                                           &urn, &base_t };

static void test_derived( void )
{
    struct v { struct base *c; };
    static WS_FIELD_DESCRIPTION
        c = { WS_ELEMENT_FIELD_MAPPING, &str_c, &none, WS_STRUCT_TYPE, &base_t, FIELD_OFFSET( struct v, c ), WS_FIELD_POINTER };
    STRUCT( holder, struct v, &c );
    static const struct case_ bad = { "<t><c i:type='p:Other' xmlns:p='urn:t' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>"
                                      "<a>1</a></c></t>", WS_E_INVALID_FORMAT };
    static const char derived_xml[] = "<t><c i:type='p:Derived' xmlns:p='urn:t' "
                                      "xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><a>1</a><b>2</b></c></t>";
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_BYTES bytes;
    WS_HEAP *heap;
    struct v *value;

    run( &holder, &bad, 1 );
    WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL );
    WsCreateReader( NULL, 0, &reader, NULL );
    WsCreateWriter( NULL, 0, &writer, NULL );
    ok_hr( read_struct( reader, heap, &holder, "<t><c><a>1</a></c></t>", (void **)&value ), S_OK );
    if (value)
    {
        ok_ptr( value->c->type, &base_t );
        ok_hr( write_struct( writer, &holder, value, &bytes ), S_OK );
        ok_bytes( bytes.bytes, bytes.length, "<t><c><a>1</a></c></t>" );
    }
    ok_hr( read_struct( reader, heap, &holder, derived_xml, (void **)&value ), S_OK );
    if (value)
    {
        ok_ptr( value->c->type, &derived_t );
        ok_eq( ((struct derived *)value->c)->b, 2 );
        ok_hr( write_struct( writer, &holder, value, &bytes ), S_OK );
        ok( bytes.length > 60, "length %lu\n", bytes.length );
    }
    base_t.structOptions = WS_STRUCT_ABSTRACT;
    ok_hr( read_struct( reader, heap, &holder, "<t><c><a>1</a></c></t>", (void **)&value ), WS_E_INVALID_FORMAT );
    ok_hr( read_struct( reader, heap, &holder, derived_xml, (void **)&value ), S_OK );
    base_t.structOptions = 0;
    WsFreeWriter( writer );
    WsFreeReader( reader );
    WsFreeHeap( heap );
}

TESTS( serial_structs, { "attributes", test_attributes }, { "elements", test_elements }, { "repeating", test_repeating },
       { "unions", test_unions }, { "choices", test_choices }, { "sorted", test_sorted },
       { "any", test_any }, { "text", test_text }, { "derived", test_derived } )
