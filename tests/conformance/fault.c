/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faults in error objects, their details, faults made of errors, faults in messages. The reference pages of the
 * functions and of WS_FAULT; the text for a fault's reason and what a detail of another name gives are publicly known of native. */
#include "message.h"

static WS_ERROR *create_error( void )
{
    static LANGID english = MAKELANGID( LANG_ENGLISH, SUBLANG_ENGLISH_US );
    static const WS_ERROR_PROPERTY property = { WS_ERROR_PROPERTY_LANGID, &english, sizeof(english) };
    WS_ERROR *error = NULL;

    ok_hr( WsCreateError( &property, 1, &error ), S_OK );
    return error;
}

static WS_FAULT_CODE sub_code = { { { 3, (BYTE *)"Sub", NULL, 0 }, { 5, (BYTE *)"urn:c", NULL, 0 } }, NULL };
static WS_FAULT_CODE code = { { { 6, (BYTE *)"Sender", NULL, 0 }, { 0, NULL, NULL, 0 } }, &sub_code };
static WS_FAULT_REASON reasons[] = { { WS_STRING_VALUE( L"Some reason" ), WS_STRING_VALUE( L"en-US" ) } };

static void test_properties( void )
{
    WS_FAULT fault = { &code, reasons, 1, { 0, NULL }, { 0, NULL }, NULL }, *got = (WS_FAULT *)1;
    WS_XML_STRING action = xs( "urn:fault" ), got_action = { 9, NULL, NULL, 0 };
    WS_ERROR *error = create_error(), *copy = create_error();
    WS_STRING text;
    ULONG count;

    ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &got, sizeof(got) ), S_OK );
    ok_ptr( got, NULL );
    ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_ACTION, &got_action, sizeof(got_action) ), S_OK );
    ok_eq( got_action.length, 0 );
    ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &got, 1 ), E_INVALIDARG );
    ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_HEADER + 1, &got, sizeof(got) ), E_INVALIDARG );
    ok_hr( WsSetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, NULL, sizeof(fault) ), E_INVALIDARG );
    ok_hr( WsSetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
    ok_hr( WsSetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action) ), S_OK );

    ok_hr( WsCopyError( error, copy ), S_OK );
    WsFreeError( error );
    ok_hr( WsGetFaultErrorProperty( copy, WS_FAULT_ERROR_PROPERTY_FAULT, &got, sizeof(got) ), S_OK );
    ok( got && got != &fault && got->code != &code && got->reasons != reasons, "the fault is no copy\n" );
    ok_bytes( got->code->value.localName.bytes, got->code->value.localName.length, "Sender" );
    ok_bytes( got->code->subCode->value.ns.bytes, got->code->subCode->value.ns.length, "urn:c" );
    ok_eq( got->reasonCount, 1 );
    ok_wide( &got->reasons[0].text, L"Some reason" );
    ok_wide( &got->reasons[0].lang, L"en-US" );
    ok_hr( WsGetFaultErrorProperty( copy, WS_FAULT_ERROR_PROPERTY_ACTION, &got_action, sizeof(got_action) ), S_OK );
    ok_bytes( got_action.bytes, got_action.length, "urn:fault" );
    ok_hr( WsGetErrorProperty( copy, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) ), S_OK );
    ok_eq( count, 1 );
    ok_hr( WsGetErrorString( copy, 0, &text ), S_OK );
    ok_wide( &text, L"The fault reason was: 'Some reason'." );
    ok_hr( WsResetError( copy ), S_OK );
    ok_hr( WsGetFaultErrorProperty( copy, WS_FAULT_ERROR_PROPERTY_FAULT, &got, sizeof(got) ), S_OK );
    ok_ptr( got, NULL );
    WsFreeError( copy );
}

static void test_detail( void )
{
    static WS_XML_STRING name = WS_XML_STRING_VALUE( "code" ), other = WS_XML_STRING_VALUE( "other" ),
        ns = WS_XML_STRING_VALUE( "urn:d" );
    static WS_ELEMENT_DESCRIPTION elem = { &name, &ns, WS_UINT32_TYPE, NULL },
        elem2 = { &other, &ns, WS_UINT32_TYPE, NULL };
    WS_XML_STRING action = xs( "urn:fault" ), action2 = xs( "urn:else" ), got_action;
    WS_FAULT_DETAIL_DESCRIPTION desc = { &action, &elem }, wrong_action = { &action2, &elem },
        wrong_name = { NULL, &elem2 };
    WS_ERROR *error = create_error();
    UINT32 value = 1030, *ptr = NULL;
    WS_FAULT *fault = NULL;
    WS_HEAP *heap;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsSetFaultErrorDetail( error, NULL, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value) ), E_INVALIDARG );
    ok_hr( WsSetFaultErrorDetail( error, &desc, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value) ), S_OK );
    ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
    ok( fault && fault->detail, "no detail\n" );
    ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_ACTION, &got_action, sizeof(got_action) ), S_OK );
    ok_bytes( got_action.bytes, got_action.length, "urn:fault" );

    value = 0;
    ok_hr( WsGetFaultErrorDetail( error, &desc, WS_READ_REQUIRED_VALUE, heap, &value, sizeof(value) ), S_OK );
    ok_eq( value, 1030 );
    ok_hr( WsGetFaultErrorDetail( error, &desc, WS_READ_OPTIONAL_POINTER, heap, &ptr, sizeof(ptr) ), S_OK );
    ok( ptr && *ptr == 1030, "wrong value\n" );
    /* the action decides first */
    ok_hr( WsGetFaultErrorDetail( error, &wrong_action, WS_READ_REQUIRED_VALUE, heap, &value, sizeof(value) ),
           WS_E_INVALID_FORMAT );
    ok_hr( WsGetFaultErrorDetail( error, &wrong_action, WS_READ_OPTIONAL_POINTER, heap, &ptr, sizeof(ptr) ), S_OK );
    ok_ptr( ptr, NULL );
    ptr = &value;
    ok_hr( WsGetFaultErrorDetail( error, &wrong_name, WS_READ_OPTIONAL_POINTER, heap, &ptr, sizeof(ptr) ),
           WS_E_INVALID_FORMAT );
    ok_ptr( ptr, NULL );
    WsFreeHeap( heap );
    WsFreeError( error );
}

/* WsCreateFaultFromError: what is disclosed. */
static void test_from_error( void )
{
    static const WS_STRING one = WS_STRING_VALUE( L"one" ), two = WS_STRING_VALUE( L"two" );
    WS_FAULT fault = { &code, reasons, 1, { 0, NULL }, { 0, NULL }, NULL }, got;
    WS_ERROR *error = create_error();
    WS_STRING *text;
    WS_HEAP *heap;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsCreateFaultFromError( error, S_OK, WS_FULL_FAULT_DISCLOSURE, heap, &got ), E_INVALIDARG );
    ok_hr( WsCreateFaultFromError( error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, heap, NULL ), E_INVALIDARG );
    ok_hr( WsAddErrorString( error, &one ), S_OK );
    ok_hr( WsAddErrorString( error, &two ), S_OK );
    ok_hr( WsCreateFaultFromError( error, E_FAIL, WS_MINIMAL_FAULT_DISCLOSURE, heap, &got ), S_OK );
    ok( got.code != NULL && got.reasonCount >= 1, "no code or reason\n" );
    text = &got.reasons[0].text;
    ok( text->length && (text->length < 3 || memcmp( text->chars, L"two", 6 )), "the strings are disclosed\n" );
    ok_hr( WsCreateFaultFromError( error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, heap, &got ), S_OK );
    text = &got.reasons[0].text;
    ok( text->length >= 6 && !memcmp( text->chars, L"two", 6 ) && !memcmp( text->chars + text->length - 3, L"one", 6 ),
        "not the strings: %.*ls\n", (int)text->length, text->chars );
    /* without strings the text of the code */
    ok_hr( WsResetError( error ), S_OK );
    ok_hr( WsCreateFaultFromError( error, HRESULT_FROM_WIN32( ERROR_ACCESS_DENIED ), WS_FULL_FAULT_DISCLOSURE, heap,
                                   &got ), S_OK );
    ok( got.reasonCount >= 1 && got.reasons[0].text.length, "no text for the code\n" );
    /* a fault that is there wins */
    ok_hr( WsSetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
    ok_hr( WsCreateFaultFromError( error, E_FAIL, WS_MINIMAL_FAULT_DISCLOSURE, heap, &got ), S_OK );
    ok_wide( &got.reasons[0].text, L"Some reason" );
    ok_bytes( got.code->value.localName.bytes, got.code->value.localName.length, "Sender" );
    WsFreeError( error );
    WsFreeHeap( heap );
}

/* WS_FAULT_ERROR_PROPERTY_FAULT: the reason becomes a string if it is in the language of the error object; one that says no
 * language, as in SOAP 1.1, is taken for it. */
static void test_language( void )
{
    static const LANGID english = MAKELANGID( LANG_ENGLISH, SUBLANG_ENGLISH_US ),
        german = MAKELANGID( LANG_GERMAN, SUBLANG_GERMAN ), polish = MAKELANGID( LANG_POLISH, SUBLANG_DEFAULT );
    static const struct { LANGID langid; const WCHAR *langs[3]; int chosen; } cases[] =
    {
        { english, { L"en-US" },                  0 },
        { english, { L"de-DE", L"en-US" },        1 },
        { english, { L"de-DE", L"en" },           1 },
        { english, { L"de-DE", L"EN-us" },        1 },
        { english, { L"de-DE", L"fr", L"en-US" }, 2 },
        { english, { L"de-DE" },                 -1 },
        { english, { L"de-DE", L"" },             1 },
        { english, { L"", L"en-US" },             1 },
        { english, { L"e", L"eng" },             -1 },
        { german,  { L"en-US", L"de-DE" },        1 },
        { german,  { L"en-US" },                 -1 },
        { polish,  { L"en-US", L"pl-PL" },        1 },
    };
    WS_FAULT_REASON list[3];
    WS_FAULT fault, *got;
    WS_STRING text;
    WCHAR names[3][8];
    ULONG i, j;

    for (i = 0; i < WsCountOf( cases ); i++)
    {
        WS_ERROR_PROPERTY property = { WS_ERROR_PROPERTY_LANGID, (void *)&cases[i].langid, sizeof(LANGID) };
        WS_ERROR *error;

        test_context( "case %lu", i );
        memset( &fault, 0, sizeof(fault) );
        fault.code = &code;
        fault.reasons = list;
        for (j = 0; j < 3 && cases[i].langs[j]; j++)
        {
            lstrcpyW( names[j], L"nr. 0" );
            names[j][4] += j;
            list[j].text.chars = names[j];
            list[j].text.length = 5;
            list[j].lang.chars = (WCHAR *)cases[i].langs[j];
            list[j].lang.length = lstrlenW( cases[i].langs[j] );
        }
        fault.reasonCount = j;
        ok_hr( WsCreateError( &property, 1, &error ), S_OK );
        ok_hr( WsSetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
        ok_eq( error_count( error ), cases[i].chosen >= 0 );
        if (cases[i].chosen >= 0 && error_count( error ))
        {
            ok_hr( WsGetErrorString( error, 0, &text ), S_OK );
            ok( text.chars[text.length - 3] == '0' + cases[i].chosen, "%.*ls\n", (int)text.length, text.chars );
        }
        ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &got, sizeof(got) ), S_OK );
        ok_eq( got->reasonCount, fault.reasonCount );   /* all are in the fault */
        WsFreeError( error );
    }
    test_context( NULL );
}

/* WsCreateFaultFromError, what is made when parts are missing: cases of what the error object holds. */
static void test_disclosure( void )
{
    enum { STRINGS = 1, FAULT = 2, CODE = 4, REASON = 8, DETAIL = 16 };
    static const struct { int has; WS_FAULT_DISCLOSURE disclosure; const WCHAR *text; } cases[] =
    {
        { 0,                       WS_MINIMAL_FAULT_DISCLOSURE, NULL },
        { 0,                       WS_FULL_FAULT_DISCLOSURE,    NULL },
        { STRINGS,                 WS_MINIMAL_FAULT_DISCLOSURE, NULL },
        { STRINGS,                 WS_FULL_FAULT_DISCLOSURE,    L"two" },
        { FAULT,                   WS_FULL_FAULT_DISCLOSURE,    NULL },
        { FAULT | CODE,            WS_MINIMAL_FAULT_DISCLOSURE, NULL },
        { FAULT | CODE | STRINGS,  WS_FULL_FAULT_DISCLOSURE,    L"two" },
        { FAULT | CODE | REASON,   WS_MINIMAL_FAULT_DISCLOSURE, L"Some reason" },
        { FAULT | CODE | REASON | STRINGS, WS_MINIMAL_FAULT_DISCLOSURE, L"Some reason" },
        { FAULT | CODE | REASON | STRINGS, WS_FULL_FAULT_DISCLOSURE, L"Some reason" },
        { FAULT | REASON | DETAIL, WS_FULL_FAULT_DISCLOSURE,    L"Some reason" },
        { FAULT | CODE | DETAIL,   WS_MINIMAL_FAULT_DISCLOSURE, NULL },
    };
    static const WS_STRING one = WS_STRING_VALUE( L"one" ), two = WS_STRING_VALUE( L"two" );
    WS_FAULT fault, got, untouched;
    WS_HEAP *heap, *small;
    ULONG i;

    memset( &untouched, 0x55, sizeof(untouched) );
    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsCreateHeap( 8, 0, NULL, 0, &small, NULL ), S_OK );
    for (i = 0; i < WsCountOf( cases ); i++)
    {
        WS_ERROR *error = create_error();
        const WS_STRING *text;

        test_context( "case %lu", i );
        if (cases[i].has & FAULT)
        {
            memset( &fault, 0, sizeof(fault) );
            if (cases[i].has & CODE) fault.code = &code;
            if (cases[i].has & REASON) { fault.reasons = reasons; fault.reasonCount = 1; }
            if (cases[i].has & DETAIL) fault.detail = parse( heap, "<d/>" );
            ok_hr( WsSetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
        }
        if (cases[i].has & STRINGS)
        {
            ok_hr( WsAddErrorString( error, &one ), S_OK );
            ok_hr( WsAddErrorString( error, &two ), S_OK );
        }
        ok_hr( WsCreateFaultFromError( error, WS_E_QUOTA_EXCEEDED, cases[i].disclosure, heap, &got ), S_OK );
        ok( got.code && got.code->value.localName.length, "no code\n" );
        if (got.code && cases[i].has & CODE)
            ok_bytes( got.code->value.localName.bytes, got.code->value.localName.length, "Sender" );
        ok_eq( got.reasonCount, 1 );
        text = &got.reasons[0].text;
        ok( text->length > 0, "no text\n" );
        if (cases[i].text)
            ok( text->length >= (ULONG)lstrlenW( cases[i].text ) &&
                !memcmp( text->chars, cases[i].text, lstrlenW( cases[i].text ) * 2 ), "%.*ls\n", (int)text->length, text->chars );
        else ok( text->length < 3 || memcmp( text->chars, L"two", 6 ), "the strings are disclosed\n" );
        ok_wide( &got.reasons[0].lang, L"en-US" );
        ok( !got.detail == !(cases[i].has & DETAIL), "detail %p\n", got.detail );

        got = untouched;
        ok_hr( WsCreateFaultFromError( error, E_FAIL, cases[i].disclosure, small, &got ), WS_E_QUOTA_EXCEEDED );
        ok( !memcmp( &got, &untouched, sizeof(got) ), "written by a call that failed\n" );
        ok_hr( WsCreateFaultFromError( error, E_FAIL, 2, heap, &got ), E_INVALIDARG );
        ok_hr( WsCreateFaultFromError( error, 1, cases[i].disclosure, heap, &got ), E_INVALIDARG );
        ok_hr( WsCreateFaultFromError( error, E_FAIL, cases[i].disclosure, NULL, &got ), E_INVALIDARG );
        WsFreeError( error );
    }
    ok_hr( WsCreateFaultFromError( NULL, E_FAIL, WS_FULL_FAULT_DISCLOSURE, heap, &got ), E_INVALIDARG );
    test_context( NULL );
    WsFreeHeap( heap );
    WsFreeHeap( small );
}

/* A reason made of strings is in the language of the error object. */
static void test_reason_language( void )
{
    static const LANGID langids[] = { MAKELANGID( LANG_DUTCH, SUBLANG_DEFAULT ), MAKELANGID( LANG_GERMAN, SUBLANG_GERMAN ),
                                      MAKELANGID( LANG_ENGLISH, SUBLANG_ENGLISH_UK ) };
    static const WCHAR *const tags[] = { L"nl-NL", L"de-DE", L"en-GB" };
    static const WS_STRING one = WS_STRING_VALUE( L"one" );
    WS_FAULT got;
    WS_HEAP *heap;
    ULONG i;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < 3; i++)
    {
        WS_ERROR_PROPERTY property = { WS_ERROR_PROPERTY_LANGID, (void *)&langids[i], sizeof(LANGID) };
        WS_ERROR *error;

        test_context( "%ls", tags[i] );
        ok_hr( WsCreateError( &property, 1, &error ), S_OK );
        ok_hr( WsAddErrorString( error, &one ), S_OK );
        ok_hr( WsCreateFaultFromError( error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, heap, &got ), S_OK );
        ok_wide( &got.reasons[0].text, L"one" );
        ok_wide( &got.reasons[0].lang, tags[i] );
        WsFreeError( error );
    }
    test_context( NULL );
    WsFreeHeap( heap );
}

/* A detail goes from one error object through a fault in a message into another, with each kind of description. */
struct two_fields { INT32 a; WCHAR *b; };

static void round_trip( ULONG soap, const WS_FAULT_DETAIL_DESCRIPTION *desc, const void *value, ULONG size, WS_HEAP *heap,
                        WS_ERROR *in )
{
    static const WS_ELEMENT_DESCRIPTION fault_desc = { NULL, NULL, WS_FAULT_TYPE, NULL };
    WS_ERROR *out = create_error();
    WS_XML_WRITER *writer = create_writer();
    WS_XML_READER *reader = create_reader();
    WS_MESSAGE *msg = create( soap, WS_ADDRESSING_VERSION_TRANSPORT );
    WS_XML_STRING action;
    const char *text;
    WS_FAULT fault;

    ok_hr( WsSetFaultErrorDetail( out, desc, WS_WRITE_REQUIRED_VALUE, value, size ), S_OK );
    ok_hr( WsGetFaultErrorProperty( out, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action) ), S_OK );
    ok_hr( WsCreateFaultFromError( out, E_FAIL, WS_FULL_FAULT_DISCLOSURE, heap, &fault ), S_OK );
    ok_hr( WsInitializeMessage( msg, WS_FAULT_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( WsWriteEnvelopeStart( msg, writer, NULL, NULL, NULL ), S_OK );
    ok_hr( WsWriteBody( msg, &fault_desc, WS_WRITE_REQUIRED_VALUE, &fault, sizeof(fault), NULL ), S_OK );
    ok_hr( WsWriteEnvelopeEnd( msg, NULL ), S_OK );
    text = written( writer );
    WsFreeWriter( writer );

    ok_hr( WsResetMessage( msg, NULL ), S_OK );
    ok_hr( read_start( msg, reader, text ), S_OK );
    memset( &fault, 0, sizeof(fault) );
    ok_hr( WsReadBody( msg, &fault_desc, WS_READ_REQUIRED_VALUE, heap, &fault, sizeof(fault), NULL ), S_OK );
    ok_hr( WsReadEnvelopeEnd( msg, NULL ), S_OK );
    ok_hr( WsSetFaultErrorProperty( in, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
    ok_hr( WsSetFaultErrorProperty( in, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action) ), S_OK );
    WsFreeMessage( msg );
    WsFreeReader( reader );
    WsFreeError( out );
}

static void test_round_trip( void )
{
    static WS_XML_STRING name = WS_XML_STRING_VALUE( "d" ), ns = WS_XML_STRING_VALUE( "urn:d" ),
        a_name = WS_XML_STRING_VALUE( "a" ), b_name = WS_XML_STRING_VALUE( "b" ), action = WS_XML_STRING_VALUE( "urn:act" );
    static WS_FIELD_DESCRIPTION a = { .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &a_name, .ns = &ns,
                                      .type = WS_INT32_TYPE, .offset = offsetof( struct two_fields, a ) };
    static WS_FIELD_DESCRIPTION b = { .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &b_name, .ns = &ns,
                                      .type = WS_WSZ_TYPE, .offset = offsetof( struct two_fields, b ) };
    static WS_FIELD_DESCRIPTION *fields[] = { &a, &b };
    static WS_STRUCT_DESCRIPTION struct_desc = { .size = sizeof(struct two_fields), .fields = fields, .fieldCount = 2,
                                                 .alignment = __alignof__(struct two_fields) };
    static const struct two_fields two = { 5, (WCHAR *)L"<five>" };
    static const INT32 int_value = -7;
    static const double double_value = 0.1;
    static const GUID guid = { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 } };
    static const BOOL bool_value = TRUE;
    static const WS_STRING string = WS_STRING_VALUE( L"text" );
    static const struct { WS_TYPE type; const void *desc; const void *value; ULONG size; BOOL named, plain; } cases[] =
    {
        { WS_INT32_TYPE,  NULL,         &int_value,    sizeof(int_value),    TRUE,  TRUE },
        { WS_DOUBLE_TYPE, NULL,         &double_value, sizeof(double_value), TRUE,  TRUE },
        { WS_GUID_TYPE,   NULL,         &guid,         sizeof(guid),         TRUE,  TRUE },
        { WS_BOOL_TYPE,   NULL,         &bool_value,   sizeof(bool_value),   TRUE,  TRUE },
        { WS_STRING_TYPE, NULL,         &string,       sizeof(string),       TRUE,  FALSE },
        { WS_STRUCT_TYPE, &struct_desc, &two,          sizeof(two),          TRUE,  FALSE },
        { WS_STRUCT_TYPE, &struct_desc, &two,          sizeof(two),          FALSE, FALSE },    /* two elements */
    };
    ULONG i, soap;
    WS_HEAP *heap;

    ok_hr( WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < WsCountOf( cases ); i++) for (soap = 1; soap <= 2; soap++)
    {
        WS_ELEMENT_DESCRIPTION elem = { cases[i].named ? &name : NULL, cases[i].named ? &ns : NULL, cases[i].type,
                                        (void *)cases[i].desc };
        WS_FAULT_DETAIL_DESCRIPTION desc = { &action, &elem };
        WS_ERROR *in = create_error();
        ULONG_PTR got[8] = { 0 };
        void *ptr = NULL;

        test_context( "case %lu, SOAP 1.%lu", i, soap );
        round_trip( soap, &desc, cases[i].value, cases[i].size, heap, in );
        ok_hr( WsGetFaultErrorDetail( in, &desc, WS_READ_REQUIRED_VALUE, heap, got, cases[i].size ), S_OK );
        if (cases[i].plain) ok( !memcmp( got, cases[i].value, cases[i].size ), "another value\n" );
        else if (cases[i].type == WS_STRING_TYPE) ok_wide( (WS_STRING *)got, L"text" );
        else
        {
            const struct two_fields *fields_got = (struct two_fields *)got;
            ok( fields_got->a == 5 && fields_got->b && !lstrcmpW( fields_got->b, L"<five>" ), "another value\n" );
        }
        ok_hr( WsGetFaultErrorDetail( in, &desc, WS_READ_REQUIRED_POINTER, heap, &ptr, sizeof(ptr) ), S_OK );
        ok( ptr != NULL, "no value\n" );
        /* as one value of several elements, it is required; on the way out too */
        if (!cases[i].named)
        {
            ok_hr( WsGetFaultErrorDetail( in, &desc, WS_READ_OPTIONAL_POINTER, heap, &ptr, sizeof(ptr) ), E_INVALIDARG );
            ok_hr( WsGetFaultErrorDetail( in, &desc, WS_READ_NILLABLE_POINTER, heap, &ptr, sizeof(ptr) ), E_INVALIDARG );
            ok_hr( WsSetFaultErrorDetail( in, &desc, WS_WRITE_NILLABLE_POINTER, &ptr, sizeof(ptr) ), E_INVALIDARG );
            ok_hr( WsSetFaultErrorDetail( in, &desc, WS_WRITE_NILLABLE_VALUE, cases[i].value, cases[i].size ),
                   E_INVALIDARG );
        }
        elem.elementNs = NULL;
        if (cases[i].named)
        {
            ok_hr( WsGetFaultErrorDetail( in, &desc, WS_READ_REQUIRED_VALUE, heap, got, cases[i].size ), E_INVALIDARG );
            ok_hr( WsSetFaultErrorDetail( in, &desc, WS_WRITE_REQUIRED_VALUE, cases[i].value, cases[i].size ),
                   E_INVALIDARG );
        }
        desc.detailElementDescription = NULL;
        ok_hr( WsGetFaultErrorDetail( in, &desc, WS_READ_REQUIRED_VALUE, heap, got, cases[i].size ), E_INVALIDARG );
        ok_hr( WsSetFaultErrorDetail( in, &desc, WS_WRITE_REQUIRED_VALUE, cases[i].value, cases[i].size ), E_INVALIDARG );
        WsFreeError( in );
    }
    test_context( NULL );
    WsFreeHeap( heap );
}

/* WS_FAULT_ERROR_PROPERTY_*: each with right and wrong sizes, and copies. */
static void test_property_sizes( void )
{
    WS_FAULT fault = { &code, reasons, 1, { 0, NULL }, { 0, NULL }, NULL };
    WS_XML_STRING action = WS_XML_STRING_VALUE( "urn:a" );
    WS_XML_BUFFER *header = NULL, *none = NULL, *got = NULL;
    const struct { WS_FAULT_ERROR_PROPERTY_ID id; const void *value; ULONG set, get; } cases[] =
    {
        { WS_FAULT_ERROR_PROPERTY_FAULT,  &fault,  sizeof(fault),  sizeof(WS_FAULT *) },
        { WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action), sizeof(action) },
        { WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header), sizeof(header) },
    };
    struct { ULONG_PTR words[8]; } value;
    WS_ERROR *error = create_error();
    WS_HEAP *heap;
    ULONG i;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    header = parse( heap, "<h xmlns='n'>v</h>" );
    for (i = 0; i < WsCountOf( cases ); i++)
    {
        test_context( "property %u", cases[i].id );
        ok_hr( WsSetFaultErrorProperty( NULL, cases[i].id, cases[i].value, cases[i].set ), E_INVALIDARG );
        ok_hr( WsSetFaultErrorProperty( error, cases[i].id, NULL, cases[i].set ), E_INVALIDARG );
        ok_hr( WsSetFaultErrorProperty( error, cases[i].id, cases[i].value, cases[i].set - 1 ), E_INVALIDARG );
        ok_hr( WsSetFaultErrorProperty( error, cases[i].id, cases[i].value, cases[i].set + 1 ), E_INVALIDARG );
        memset( &value, 0x55, sizeof(value) );
        ok_hr( WsGetFaultErrorProperty( error, cases[i].id, &value, cases[i].get ), S_OK );
        ok( !value.words[0] || cases[i].id == WS_FAULT_ERROR_PROPERTY_ACTION, "there is a value\n" );
        ok_hr( WsSetFaultErrorProperty( error, cases[i].id, cases[i].value, cases[i].set ), S_OK );
        ok_hr( WsGetFaultErrorProperty( NULL, cases[i].id, &value, cases[i].get ), E_INVALIDARG );
        ok_hr( WsGetFaultErrorProperty( error, cases[i].id, NULL, cases[i].get ), E_INVALIDARG );
        ok_hr( WsGetFaultErrorProperty( error, cases[i].id, &value, cases[i].get - 1 ), E_INVALIDARG );
        ok_hr( WsGetFaultErrorProperty( error, cases[i].id, &value, cases[i].get ), S_OK );
    }
    test_context( NULL );
    WsFreeHeap( heap );     /* the error object has copies */
    ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_HEADER, &got, sizeof(got) ), S_OK );
    ok( got && got != header, "no copy\n" );
    if (got)
    {
        WS_XML_WRITER *writer = create_writer();
        ok_hr( WsWriteXmlBuffer( writer, got, NULL ), S_OK );
        ok_written( writer, "<h xmlns='n'>v</h>" );
        WsFreeWriter( writer );
    }
    ok_hr( WsSetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_HEADER, &none, sizeof(none) ), S_OK );
    ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_HEADER, &got, sizeof(got) ), S_OK );
    ok_ptr( got, NULL );
    WsFreeError( error );
}

/* WS_FAULT: how code, reasons and detail are written for each version; and read back. */
static void test_message( void )
{
    static const WS_ELEMENT_DESCRIPTION desc = { NULL, NULL, WS_FAULT_TYPE, NULL };
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    static const WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    static const char *const parts[2][4] =
    {
        { "<faultcode>s:Client</faultcode>", ">Some reason</faultstring>", "<detail><d/></detail>", "<s:Fault>" },
        { "<s:Value>s:Sender</s:Value>", ">Some reason</s:Text></s:Reason>", "<s:Detail><d/></s:Detail>",
          ":Sub</s:Value>" },
    };
    WS_FAULT fault = { &code, reasons, 1, { 0, NULL }, { 0, NULL }, NULL }, got;
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, NULL, 0 };
    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    WS_MESSAGE *msg;
    char copy[2048];
    WS_BYTES bytes;
    WS_HEAP *heap;
    BOOL is_fault;
    ULONG i, j;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsCreateWriter( NULL, 0, &writer, NULL ), S_OK );
    ok_hr( WsCreateReader( NULL, 0, &reader, NULL ), S_OK );
    fault.detail = parse( heap, "<any><d/></any>" );    /* its name does not count */
    for (i = 0; i < 2; i++)
    {
        test_context( "SOAP 1.%lu", i + 1 );
        ok_hr( WsCreateMessage( WS_ENVELOPE_VERSION_SOAP_1_1 + i, WS_ADDRESSING_VERSION_TRANSPORT, NULL, 0, &msg,
                                NULL ), S_OK );
        ok_hr( WsInitializeMessage( msg, WS_FAULT_MESSAGE, NULL, NULL ), S_OK );
        ok_hr( WsSetOutput( writer, &utf8.encoding, &output.output, NULL, 0, NULL ), S_OK );
        ok_hr( WsWriteEnvelopeStart( msg, writer, NULL, NULL, NULL ), S_OK );
        ok_hr( WsWriteBody( msg, &desc, WS_WRITE_REQUIRED_VALUE, &fault, sizeof(fault), NULL ), S_OK );
        ok_hr( WsWriteEnvelopeEnd( msg, NULL ), S_OK );
        ok_hr( WsResetMessage( msg, NULL ), S_OK );
        ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
        memcpy( copy, bytes.bytes, bytes.length );
        copy[bytes.length] = 0;
        for (j = 0; j < 4; j++) ok( strstr( copy, parts[i][j] ) != NULL, "no %s in %s\n", parts[i][j], copy );

        input.encodedData = copy;
        input.encodedDataSize = bytes.length;
        ok_hr( WsSetInput( reader, &text.encoding, &input.input, NULL, 0, NULL ), S_OK );
        ok_hr( WsReadEnvelopeStart( msg, reader, NULL, NULL, NULL ), S_OK );
        is_fault = FALSE;
        ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_IS_FAULT, &is_fault, sizeof(is_fault), NULL ), S_OK );
        ok( is_fault, "not seen as a fault\n" );
        memset( &got, 0, sizeof(got) );
        ok_hr( WsReadBody( msg, &desc, WS_READ_REQUIRED_VALUE, heap, &got, sizeof(got), NULL ), S_OK );
        ok_hr( WsReadEnvelopeEnd( msg, NULL ), S_OK );
        ok( got.code && got.reasonCount == 1 && got.detail, "parts are missing\n" );
        if (got.reasonCount) ok_wide( &got.reasons[0].text, L"Some reason" );
        if (got.code) ok_eq( got.code->subCode != NULL, i );
        WsFreeMessage( msg );
    }
    WsFreeReader( reader );
    WsFreeWriter( writer );
    WsFreeHeap( heap );
}

/* WsReadEndpointAddressExtension: where the metadata is. */
static void test_extension( void )
{
    static const char xml[] =
        "<Metadata xmlns='http://www.w3.org/2005/08/addressing'><m:Metadata xmlns:m='http://schemas.xmlsoap.org/ws/2004/09/mex'>"
        "<m:MetadataSection Dialect='http://schemas.xmlsoap.org/ws/2004/09/mex'><m:MetadataReference><Address>http://h/mex"
        "</Address></m:MetadataReference></m:MetadataSection></m:Metadata></Metadata>";
    WS_ENDPOINT_ADDRESS address, value, *ptr = &address;
    WS_XML_READER *reader;
    WS_HEAP *heap;

    memset( &address, 0, sizeof(address) );
    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsCreateReader( NULL, 0, &reader, NULL ), S_OK );
    ok_hr( WsReadEndpointAddressExtension( reader, &address, WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS,
                                           WS_READ_OPTIONAL_POINTER,
                                           heap, &ptr, sizeof(ptr), NULL ), S_OK );
    ok_ptr( ptr, NULL );
    address.extensions = parse( heap, xml );
    ok_hr( WsReadEndpointAddressExtension( reader, &address, 0, WS_READ_REQUIRED_VALUE, heap, &value, sizeof(value),
                                           NULL ), E_INVALIDARG );
    ok_hr( WsReadEndpointAddressExtension( reader, &address, WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS,
                                           WS_READ_REQUIRED_VALUE,
                                           heap, &value, 1, NULL ), E_INVALIDARG );
    ok_hr( WsReadEndpointAddressExtension( reader, &address, WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS,
                                           WS_READ_REQUIRED_VALUE,
                                           heap, &value, sizeof(value), NULL ), S_OK );
    ok_wide( &value.url, L"http://h/mex" );
    WsFreeReader( reader );
    WsFreeHeap( heap );
}

#define MEX "http://schemas.xmlsoap.org/ws/2004/09/mex"
#define REFERENCE( ns, url ) "<m:MetadataSection Dialect='" MEX "'><m:MetadataReference><Address xmlns='" ns "'>" url \
    "</Address></m:MetadataReference></m:MetadataSection>"
#define METADATA( content ) "<Metadata xmlns='" A10 "'><m:Metadata xmlns:m='" MEX "'>" content "</m:Metadata></Metadata>"

/* The same by cases: what is there, in which version of WS-Addressing; every option and size. */
static void test_extensions( void )
{
    static const struct { const char *xml; const WCHAR *url; } cases[] =
    {
        { NULL, NULL },
        { "<other xmlns='urn:o'/>", NULL },
        { METADATA( "" ), NULL },
        { METADATA( REFERENCE( A10, "http://h/mex" ) ), L"http://h/mex" },
        { METADATA( REFERENCE( A04, "http://h/mex" ) ), L"http://h/mex" },
        { METADATA( REFERENCE( A10, "http://h/1" ) REFERENCE( A10, "http://h/2" ) ), L"http://h/1" },   /* the first */
        { METADATA( REFERENCE( "urn:x", "http://h/1" ) ), NULL },
    };
    const WS_ENDPOINT_ADDRESS_EXTENSION_TYPE type = WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS;
    WS_ENDPOINT_ADDRESS address, value, *ptr;
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_HEAP *heap;
    ULONG i;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < WsCountOf( cases ); i++)
    {
        HRESULT missing = cases[i].url ? S_OK : WS_E_INVALID_FORMAT;

        test_context( "case %lu", i );
        memset( &address, 0, sizeof(address) );
        if (cases[i].xml) address.extensions = parse( heap, cases[i].xml );
#define READ( option, size ) \
        WsReadEndpointAddressExtension( reader, &address, type, option, heap, option == WS_READ_REQUIRED_VALUE ? \
                                        (void *)&value : (void *)&ptr, size, error )
        ok_hr( READ( WS_READ_REQUIRED_VALUE, sizeof(value) ), missing );
        if (cases[i].url) ok_wide( &value.url, cases[i].url );
        else ok( error_count( error ) > 0, "no string\n" );
        ptr = (WS_ENDPOINT_ADDRESS *)1;
        ok_hr( READ( WS_READ_REQUIRED_POINTER, sizeof(ptr) ), missing );
        if (cases[i].url) ok_wide( &ptr->url, cases[i].url );
        else ok_ptr( ptr, 1 );
        ok_hr( READ( WS_READ_OPTIONAL_POINTER, sizeof(ptr) ), S_OK );
        if (cases[i].url) ok_wide( &ptr->url, cases[i].url );
        else ok_ptr( ptr, NULL );
        ok_hr( READ( WS_READ_NILLABLE_POINTER, sizeof(ptr) ), E_INVALIDARG );
        ok_hr( READ( WS_READ_NILLABLE_VALUE, sizeof(value) ), E_INVALIDARG );
        ok_hr( READ( WS_READ_REQUIRED_VALUE, sizeof(value) - 1 ), E_INVALIDARG );
        ok_hr( READ( WS_READ_REQUIRED_POINTER, sizeof(ptr) + 1 ), E_INVALIDARG );
#undef READ
        WsResetError( error );
    }
    test_context( NULL );
    ok_hr( WsReadEndpointAddressExtension( NULL, &address, type, WS_READ_REQUIRED_VALUE, heap, &value, sizeof(value), NULL ),
           E_INVALIDARG );
    ok_hr( WsReadEndpointAddressExtension( reader, NULL, type, WS_READ_REQUIRED_VALUE, heap, &value, sizeof(value), NULL ),
           E_INVALIDARG );
    ok_hr( WsReadEndpointAddressExtension( reader, &address, type, WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL ),
           E_INVALIDARG );
    ok_hr( WsReadEndpointAddressExtension( reader, &address, type, WS_READ_REQUIRED_VALUE, heap, NULL, sizeof(value), NULL ),
           E_INVALIDARG );
    ok_hr( WsReadEndpointAddressExtension( reader, &address, type + 1, WS_READ_REQUIRED_VALUE, heap, &value, sizeof(value), NULL ),
           E_INVALIDARG );
    WsFreeReader( reader );
    WsFreeError( error );
    WsFreeHeap( heap );
}

TESTS( fault, { "properties", test_properties }, { "property_sizes", test_property_sizes },
       { "detail", test_detail }, { "round_trip", test_round_trip }, { "from_error", test_from_error },
       { "language", test_language }, { "disclosure", test_disclosure }, { "reason_language", test_reason_language },
       { "message", test_message }, { "extension", test_extension }, { "extensions", test_extensions } )
