/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faults in error objects, their details, faults made of errors, faults in messages. The reference pages of the
 * functions and of
 * WS_FAULT; the text for a fault's reason and what a detail of another name gives are publicly known of native. */
#include "test.h"

static WS_XML_STRING xs( const char *text )
{
    WS_XML_STRING str = { strlen( text ), (BYTE *)text, NULL, 0 };
    return str;
}

static WS_ERROR *create_error( void )
{
    static LANGID english = MAKELANGID( LANG_ENGLISH, SUBLANG_ENGLISH_US );
    static const WS_ERROR_PROPERTY property = { WS_ERROR_PROPERTY_LANGID, &english, sizeof(english) };
    WS_ERROR *error = NULL;

    ok_hr( WsCreateError( &property, 1, &error ), S_OK );
    return error;
}

static WS_XML_BUFFER *parse( WS_HEAP *heap, const char *xml )
{
    static const WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)xml, strlen( xml ) };
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_READER *reader;

    ok_hr( WsCreateReader( NULL, 0, &reader, NULL ), S_OK );
    ok_hr( WsSetInput( reader, &text.encoding, &input.input, NULL, 0, NULL ), S_OK );
    ok_hr( WsReadXmlBuffer( reader, heap, &buffer, NULL ), S_OK );
    WsFreeReader( reader );
    return buffer;
}

static void ok_wide( const WS_STRING *str, const WCHAR *expected )
{
    ok( str->length == (ULONG)lstrlenW( expected ) && !memcmp( str->chars, expected, str->length * sizeof(WCHAR) ),
        "got %.*ls, expected %ls\n", (int)str->length, str->chars, expected );
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

TESTS( fault, { "properties", test_properties }, { "detail", test_detail }, { "from_error", test_from_error },
       { "message", test_message }, { "extension", test_extension } )
