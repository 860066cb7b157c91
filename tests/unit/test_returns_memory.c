/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The functions whose reference documents E_OUTOFMEMORY: each of their allocations fails once. That is what comes back then,
 * nothing is lost, and at least one allocation is one of theirs. The tables of the conformance programs returns_*.c count on
 * this list (tests/returns/run.sh). */

#include "unit.h"
#include "base/url.h"
#include "message/message_impl.h"
#include "message/fault.h"
#include "serial/serial.h"

#define S12 "http://www.w3.org/2003/05/soap-envelope"
#define A10 "http://www.w3.org/2005/08/addressing"

static const char envelope[] =
    "<s:Envelope xmlns:s=\"" S12 "\" xmlns:a=\"" A10 "\"><s:Header><a:Action>act</a:Action><b xmlns=\"n\" s:mustUnderstand=\"0\">v"
    "</b></s:Header><s:Body><b xmlns=\"n\">0123456789</b><c><c><c><c><c><c><c><c><c><c><c><c><c><c><c><c><c><c><c><c><c><c/></c></c></c>"
    "</c></c></c></c></c></c></c></c></c></c></c></c></c></c></c></c></c></c></s:Body></s:Envelope>";
static const char extensions[] =
    "<Metadata xmlns='" A10 "'><m:Metadata xmlns:m='http://schemas.xmlsoap.org/ws/2004/09/mex'><m:MetadataSection "
    "Dialect='http://schemas.xmlsoap.org/ws/2004/09/mex'><m:MetadataReference><Address>http://h/mex</Address>"
    "</m:MetadataReference></m:MetadataSection></m:Metadata></Metadata>";

static WS_XML_STRING name_b = XMLSTR( "b" ), ns_n = XMLSTR( "n" );
static WS_ELEMENT_DESCRIPTION string_b = { &name_b, &ns_n, WS_STRING_TYPE, NULL };
static WS_ATTRIBUTE_DESCRIPTION attribute_b = { &name_b, &ns_n, WS_STRING_TYPE, NULL };
static WS_FAULT_DETAIL_DESCRIPTION detail_b = { NULL, &string_b };
static WCHAR big_text[8000];
static WS_STRING text, big, base_url = { 16, (WCHAR *)L"http://h/a%20b?c" };

/* Made before the memory gets short. */
struct fixture
{
    WS_MESSAGE     *empty, *initialized, *reading, *writing, *made;
    WS_XML_READER  *body_reader, *reader;
    WS_XML_WRITER  *body_writer, *writer;
    WS_ERROR       *error, *filled, *made_error;
    WS_HEAP        *heap, *fresh;
    WS_HTTP_URL    *url;
    WS_ENDPOINT_ADDRESS address;
};

static HRESULT set_input( WS_XML_READER *reader, const char *xml )
{
    static const WS_XML_READER_TEXT_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)xml, strlen( xml ) };

    return reader_set_input( reader, &encoding.encoding, &input.input, NULL, 0, NULL );
}

static HRESULT set_output( WS_XML_WRITER *writer )
{
    static const WS_XML_WRITER_TEXT_ENCODING encoding = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };

    return writer_set_output( writer, &encoding.encoding, &output.output, NULL, 0, NULL );
}

#define OP( name, ... ) static HRESULT op_##name( struct fixture *f ) { __VA_ARGS__ }

OP( WsCreateXmlBuffer, WS_XML_BUFFER *buffer; return buffer_create( f->fresh, NULL, 0, &buffer, NULL ); )
OP( WsDecodeUrl, WS_URL *url; return url_decode( &base_url, 0, f->fresh, &url, NULL ); )
OP( WsEncodeUrl, WS_STRING str; return url_encode( &f->url->url, 0, f->fresh, &str, NULL ); )
OP( WsCombineUrl, WS_STRING str; return url_combine( &base_url, &base_url, 0, f->fresh, &str, NULL ); )
OP( WsCreateMessage,
    return message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &f->made, NULL ); )
OP( WsInitializeMessage, return message_initialize( f->empty, WS_DUPLICATE_MESSAGE, f->reading, NULL ); )
OP( WsAddressMessage, return message_address( f->initialized, &f->address, NULL ); )
OP( WsGetMessageProperty, WS_XML_BUFFER *buffer;
    return message_get_property( f->initialized, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), NULL ); )
OP( WsSetMessageProperty,
    return message_set_property( f->initialized, WS_MESSAGE_PROPERTY_USERNAME, &big, sizeof(big), NULL ); )
OP( WsSetHeader, return message_set_header( f->initialized, WS_ACTION_HEADER, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &big,
                                            sizeof(big), NULL ); )
OP( WsGetHeader, WS_STRING str; return message_get_header( f->reading, WS_ACTION_HEADER, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE,
                                                           f->fresh, &str, sizeof(str), NULL ); )
OP( WsAddCustomHeader,
    return message_add_custom_header( f->initialized, &string_b, WS_WRITE_REQUIRED_VALUE, &big, sizeof(big), 0, NULL ); )
OP( WsGetCustomHeader, WS_STRING str; return message_get_custom_header( f->reading, &string_b, WS_SINGLETON_HEADER, 0,
    WS_READ_REQUIRED_VALUE, f->fresh, &str, sizeof(str), NULL, NULL ); )
OP( WsRemoveCustomHeader, return message_remove_custom_header( f->initialized, &name_Action, &ns_addr10, NULL ); )
OP( WsAddMappedHeader, return message_add_mapped_header( f->initialized, &name_b, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &big,
                                                         sizeof(big), NULL ); )
OP( WsGetMappedHeader, WS_STRING str; return message_get_mapped_header( f->reading, &name_b, WS_SINGLETON_HEADER, 0,
    WS_STRING_TYPE, WS_READ_REQUIRED_VALUE, f->fresh, &str, sizeof(str), NULL ); )
OP( WsReadEnvelopeStart, return message_read_envelope_start( f->empty, f->reader, NULL, NULL, NULL ); )
OP( WsWriteEnvelopeStart, return message_write_envelope_start( f->initialized, f->writer, NULL, NULL, NULL ); )
OP( WsReadEnvelopeEnd, return message_read_envelope_end( f->reading, NULL ); )
OP( WsReadBody, WS_STRING str;
    return message_read_body( f->reading, &string_b, WS_READ_REQUIRED_VALUE, f->fresh, &str, sizeof(str), NULL ); )
OP( WsWriteBody, return message_write_body( f->writing, &string_b, WS_WRITE_REQUIRED_VALUE, &big, sizeof(big), NULL ); )
OP( WsReadEndpointAddressExtension, WS_ENDPOINT_ADDRESS address; return message_read_address_extension( f->reader, &f->address,
    WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS, WS_READ_REQUIRED_VALUE, f->fresh, &address, sizeof(address), NULL ); )
OP( WsCreateError, return error_create( NULL, 0, &f->made_error ); )
OP( WsAddErrorString, return error_add_string( f->error, &big ); )
OP( WsCopyError, HRESULT hr = error_copy( f->filled, f->error ); return hr ? hr : fault_copy_error( f->filled, f->error ); )
OP( WsSetFaultErrorProperty,
    return fault_set_error_property( f->error, WS_FAULT_ERROR_PROPERTY_ACTION, &ns_n, sizeof(ns_n) ); )
OP( WsSetFaultErrorDetail, return fault_set_error_detail( f->filled, &detail_b, WS_WRITE_REQUIRED_VALUE, &big, sizeof(big) ); )
OP( WsGetFaultErrorDetail, WS_STRING str;
    return fault_get_error_detail( f->filled, &detail_b, WS_READ_REQUIRED_VALUE, f->fresh, &str, sizeof(str) ); )
OP( WsCreateFaultFromError, WS_FAULT fault;
    return fault_from_error( f->filled, E_FAIL, WS_FULL_FAULT_DISCLOSURE, f->fresh, &fault ); )
OP( WsReadType, WS_STRING str; return serial_read_type( f->reader, WS_ELEMENT_TYPE_MAPPING, WS_STRING_TYPE, NULL,
    WS_READ_REQUIRED_VALUE, f->fresh, &str, sizeof(str), NULL ); )
OP( WsWriteType, return serial_write_type( f->writer, WS_ELEMENT_TYPE_MAPPING, WS_STRING_TYPE, NULL, WS_WRITE_REQUIRED_VALUE, &big,
                                           sizeof(big), NULL ); )
OP( WsReadElement, WS_STRING str;
    return serial_read_element( f->reader, &string_b, WS_READ_REQUIRED_VALUE, f->fresh, &str, sizeof(str), NULL ); )
OP( WsWriteElement, return serial_write_element( f->writer, &string_b, WS_WRITE_REQUIRED_VALUE, &big, sizeof(big), NULL ); )
OP( WsReadAttribute, WS_STRING str;
    return serial_read_attribute( f->reader, &attribute_b, WS_READ_REQUIRED_VALUE, f->fresh, &str, sizeof(str), NULL ); )
OP( WsWriteAttribute, return serial_write_attribute( f->writer, &attribute_b, WS_WRITE_REQUIRED_VALUE, &big, sizeof(big), NULL ); )

/* What the reader of the fixture is at, where the operation needs it. */
static const struct { const char *name; HRESULT (*run)( struct fixture * ); const char *xml; } ops[] =
{
    { "WsCreateXmlBuffer", op_WsCreateXmlBuffer, NULL },
    { "WsDecodeUrl", op_WsDecodeUrl, NULL },
    { "WsEncodeUrl", op_WsEncodeUrl, NULL },
    { "WsCombineUrl", op_WsCombineUrl, NULL },
    { "WsCreateMessage", op_WsCreateMessage, NULL },
    { "WsCreateMessageForChannel", op_WsCreateMessage, NULL },  /* the same, with the properties of the channel */
    { "WsInitializeMessage", op_WsInitializeMessage, NULL },
    { "WsAddressMessage", op_WsAddressMessage, NULL },
    { "WsGetMessageProperty", op_WsGetMessageProperty, NULL },
    { "WsSetMessageProperty", op_WsSetMessageProperty, NULL },
    { "WsSetHeader", op_WsSetHeader, NULL },
    { "WsGetHeader", op_WsGetHeader, NULL },
    { "WsAddCustomHeader", op_WsAddCustomHeader, NULL },
    { "WsGetCustomHeader", op_WsGetCustomHeader, NULL },
    { "WsRemoveCustomHeader", op_WsRemoveCustomHeader, NULL },
    { "WsAddMappedHeader", op_WsAddMappedHeader, NULL },
    { "WsGetMappedHeader", op_WsGetMappedHeader, NULL },
    { "WsReadEnvelopeStart", op_WsReadEnvelopeStart, envelope },
    { "WsWriteEnvelopeStart", op_WsWriteEnvelopeStart, NULL },
    { "WsReadEnvelopeEnd", op_WsReadEnvelopeEnd, NULL },
    { "WsReadBody", op_WsReadBody, NULL },
    { "WsWriteBody", op_WsWriteBody, NULL },
    { "WsReadEndpointAddressExtension", op_WsReadEndpointAddressExtension, NULL },
    { "WsCreateError", op_WsCreateError, NULL },
    { "WsAddErrorString", op_WsAddErrorString, NULL },
    { "WsCopyError", op_WsCopyError, NULL },
    { "WsSetFaultErrorProperty", op_WsSetFaultErrorProperty, NULL },
    { "WsSetFaultErrorDetail", op_WsSetFaultErrorDetail, NULL },
    { "WsGetFaultErrorDetail", op_WsGetFaultErrorDetail, NULL },
    { "WsCreateFaultFromError", op_WsCreateFaultFromError, NULL },
    { "WsReadType", op_WsReadType, "<b xmlns='n'>0123456789</b>" },
    { "WsWriteType", op_WsWriteType, NULL },
    { "WsReadElement", op_WsReadElement, "<b xmlns='n'>0123456789</b>" },
    { "WsWriteElement", op_WsWriteElement, NULL },
    { "WsReadAttribute", op_WsReadAttribute, "<a p:b='0123456789' xmlns:p='n'/>" },
    { "WsWriteAttribute", op_WsWriteAttribute, NULL },
};

static void setup( struct fixture *f, ULONG op )
{
    static WS_FAULT_CODE code = { { XMLSTR( "Receiver" ), XMLSTR( S12 ) }, NULL };
    WS_FAULT fault = { .code = &code };
    WS_XML_READER *reader;

    memset( f, 0, sizeof(*f) );
    heap_create( 1 << 20, 0, NULL, 0, &f->heap, NULL );
    heap_create( 1 << 20, 0, NULL, 0, &f->fresh, NULL );
    reader_create( NULL, 0, &f->body_reader, NULL );
    reader_create( NULL, 0, &f->reader, NULL );
    writer_create( NULL, 0, &f->body_writer, NULL );
    writer_create( NULL, 0, &f->writer, NULL );
    error_create( NULL, 0, &f->error );
    error_create( NULL, 0, &f->filled );
    CHECK_EQ( fault_set_error_property( f->filled, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
    CHECK_EQ( fault_set_error_detail( f->filled, &detail_b, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text) ), S_OK );
    CHECK_EQ( error_add_string( f->filled, &text ), S_OK );
    CHECK_EQ( url_decode( &base_url, 0, f->heap, (WS_URL **)&f->url, NULL ), S_OK );
    f->address.url = base_url;
    reader_create( NULL, 0, &reader, NULL );
    CHECK_EQ( reader_read_bytes_to_buffer( reader, NULL, NULL, 0, extensions, strlen( extensions ), f->heap,
                                           &f->address.extensions, NULL ), S_OK );
    reader_free( reader );
    message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &f->empty, NULL );
    message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &f->initialized, NULL );
    message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &f->reading, NULL );
    message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &f->writing, NULL );
    CHECK_EQ( message_initialize( f->initialized, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
    set_input( f->body_reader, envelope );
    CHECK_EQ( message_read_envelope_start( f->reading, f->body_reader, NULL, NULL, NULL ), S_OK );
    CHECK_EQ( message_add_mapped_header( f->reading, &name_b, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text), NULL ),
              S_OK );
    set_output( f->body_writer );
    CHECK_EQ( message_initialize( f->writing, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
    CHECK_EQ( message_write_envelope_start( f->writing, f->body_writer, NULL, NULL, NULL ), S_OK );
    set_output( f->writer );
    if (ops[op].run != op_WsWriteEnvelopeStart)
        CHECK_EQ( writer_write_start_element( f->writer, NULL, &name_b, &ns_n, NULL ), S_OK );
    if (!ops[op].xml) return;
    set_input( f->reader, ops[op].xml );
    if (ops[op].run != op_WsReadEnvelopeStart)
        CHECK_EQ( reader_read_to_start_element( f->reader, NULL, NULL, NULL, NULL ), S_OK );
}

static void teardown( struct fixture *f )
{
    message_free( f->empty );
    message_free( f->initialized );
    message_free( f->reading );
    message_free( f->writing );
    if (f->made) message_free( f->made );
    reader_free( f->body_reader );
    reader_free( f->reader );
    writer_free( f->body_writer );
    writer_free( f->writer );
    error_free( f->error );
    error_free( f->filled );
    if (f->made_error) error_free( f->made_error );
    heap_free( f->heap );
    heap_free( f->fresh );
}

static void test_memory( void )
{
    LONG live = mem_live(), n;
    struct fixture f;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( big_text ); i++) big_text[i] = 'x';
    big.chars = text.chars = big_text;
    big.length = ARRAY_SIZE( big_text );
    text.length = 10;
    for (i = 0; i < ARRAY_SIZE( ops ); i++)
    {
        unit_context = ops[i].name;
        for (n = 1, hr = E_OUTOFMEMORY; hr && n < 200; n++)
        {
            setup( &f, i );
            mem_fail_after( n );
            hr = ops[i].run( &f );
            mem_fail_after( 0 );
            CHECK( !hr || hr == E_OUTOFMEMORY, "0x%08x at allocation %d", hr, (int)n );
            teardown( &f );
            if (!CHECK( mem_live() == live, "%d pieces of memory were lost", (int)(mem_live() - live) )) live = mem_live();
        }
        CHECK( !hr, "0x%08x", hr );
        CHECK( n > 2, "it allocates nothing" );
    }
    unit_context = "";
}

/* "WsWriteEnvelopeEnd" needs memory only where the end tags do not fit behind what was written. */
static void test_envelope_end( void )
{
    LONG live = mem_live();
    struct fixture f;
    ULONG pad, failed = 0;
    HRESULT hr;

    for (pad = 0; pad < 4096 && !failed; pad += 8)
    {
        setup( &f, 0 );
        CHECK_EQ( writer_write_chars( f.body_writer, big_text, pad, NULL ), S_OK );
        mem_fail_after( 1 );
        hr = message_write_envelope_end( f.writing, NULL );
        mem_fail_after( 0 );
        CHECK( !hr || hr == E_OUTOFMEMORY, "0x%08x behind %u characters", hr, pad );
        failed += hr != S_OK;
        teardown( &f );
    }
    CHECK( failed, "it always fits" );
    CHECK_EQ( mem_live(), live );
}

UNIT_TESTS( { "memory", test_memory }, { "envelope_end", test_envelope_end } )
