/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faults in error objects, their details, faults made of errors, and their way through a message. */

#include "unit.h"
#include "message/message_impl.h"
#include "message/fault.h"

static WS_XML_STRING xs( const char *text )
{
    WS_XML_STRING str = { strlen( text ), (BYTE *)text, NULL, 0 };
    return str;
}

#define WSTR( text ) { sizeof(text) / sizeof(WCHAR) - 1, (WCHAR *)text }

/* The UTF-16 string in ASCII. */
static const char *ascii( const WS_STRING *str )
{
    static char text[4][512];
    static int index;
    char *ret = text[index++ & 3];
    ULONG i;

    for (i = 0; i < str->length && i < 511; i++) ret[i] = str->chars[i] < 0x80 ? str->chars[i] : '?';
    ret[i] = 0;
    return ret;
}
#define CHECK_TEXT( got, expected ) do { const char *t_ = (got); CHECK_STR( t_, strlen( t_ ), expected ); } while (0)

static const char *strings( WS_ERROR *error )
{
    static char text[2048];
    ULONG count = 0, i;
    WS_STRING str;

    *text = 0;
    error_get_property( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) );
    for (i = 0; i < count; i++)
    {
        error_get_string( error, i, &str );
        strcat( strcat( text, ascii( &str ) ), "|" );
    }
    return text;
}

static WS_XML_BUFFER *parse( WS_HEAP *heap, const char *xml )
{
    static const WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)xml, strlen( xml ) };
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_READER *reader;

    reader_create( NULL, 0, &reader, NULL );
    reader_set_input( reader, &text.encoding, &input.input, NULL, 0, NULL );
    CHECK_EQ( reader_read_xml_buffer( reader, heap, &buffer, NULL ), S_OK );
    reader_free( reader );
    return buffer;
}

static const char *print( WS_XML_BUFFER *buffer )
{
    static const WS_XML_WRITER_TEXT_ENCODING encoding = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    static char text[4096];
    WS_XML_WRITER *writer;
    WS_BYTES bytes;

    if (!buffer) return "(none)";
    writer_create( NULL, 0, &writer, NULL );
    writer_set_output( writer, &encoding.encoding, &output.output, NULL, 0, NULL );
    CHECK_EQ( writer_write_xml_buffer( writer, buffer, NULL ), S_OK );
    writer_get_property( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL );
    memcpy( text, bytes.bytes, bytes.length );
    text[bytes.length] = 0;
    writer_free( writer );
    return text;
}

static WS_FAULT_CODE sub_code = { { { 3, (BYTE *)"Sub", NULL, 0 }, { 5, (BYTE *)"urn:c", NULL, 0 } }, NULL };
static WS_FAULT_CODE code = { { { 6, (BYTE *)"Sender", NULL, 0 }, { 0, NULL, NULL, 0 } }, &sub_code };
static WS_FAULT_REASON reasons[] = { { WSTR( L"falsch" ), WSTR( L"de" ) }, { WSTR( L"wrong" ), WSTR( L"en-GB" ) } };

static void test_properties( void )
{
    WS_FAULT fault = { &code, reasons, 2, WSTR( L"actor" ), WSTR( L"node" ), NULL }, *got = NULL, *same;
    WS_XML_STRING action = xs( "urn:fault" ), got_action = { 0 };
    WS_XML_BUFFER *header, *got_header = (WS_XML_BUFFER *)1, *none = NULL;
    WS_ERROR *error;
    WS_HEAP *heap;

    heap_create( 100000, 0, NULL, 0, &heap, NULL );
    error_create( NULL, 0, &error );
    CHECK_EQ( fault_get_error_property( error, WS_FAULT_ERROR_PROPERTY_FAULT, &got, sizeof(got) ), S_OK );
    CHECK( !got, "%p", (void *)got );
    CHECK_EQ( fault_get_error_property( error, WS_FAULT_ERROR_PROPERTY_FAULT, &got, 1 ), E_INVALIDARG );
    CHECK_EQ( fault_get_error_property( error, 9, &got, sizeof(got) ), E_INVALIDARG );
    CHECK_EQ( fault_set_error_property( error, 9, &fault, sizeof(fault) ), E_INVALIDARG );
    CHECK_EQ( fault_set_error_property( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, 8 ), E_INVALIDARG );

    fault.detail = parse( heap, "<detail><d xmlns='urn:d'>5</d></detail>" );
    CHECK_EQ( fault_set_error_property( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
    CHECK_EQ( fault_set_error_property( error, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action) ), S_OK );
    header = parse( heap, "<h/>" );
    CHECK_EQ( fault_set_error_property( error, WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header) ), S_OK );
    heap_free( heap );              /* all are copies */

    CHECK_EQ( fault_get_error_property( error, WS_FAULT_ERROR_PROPERTY_FAULT, &got, sizeof(got) ), S_OK );
    CHECK( got && got != &fault && got->code != &code, "%p", (void *)got );
    CHECK_STR( got->code->value.localName.bytes, got->code->value.localName.length, "Sender" );
    CHECK_STR( got->code->subCode->value.ns.bytes, got->code->subCode->value.ns.length, "urn:c" );
    CHECK( !got->code->subCode->subCode, "the end of the codes" );
    CHECK_EQ( got->reasonCount, 2 );
    CHECK_TEXT( ascii( &got->reasons[0].text ), "falsch" );
    CHECK_TEXT( ascii( &got->reasons[1].lang ), "en-GB" );
    CHECK_TEXT( ascii( &got->actor ), "actor" );
    CHECK_TEXT( ascii( &got->node ), "node" );
    CHECK_TEXT( print( got->detail ), "<detail><d xmlns='urn:d'>5</d></detail>" );
    CHECK_EQ( fault_get_error_property( error, WS_FAULT_ERROR_PROPERTY_ACTION, &got_action, sizeof(got_action) ),
              S_OK );
    CHECK_STR( got_action.bytes, got_action.length, "urn:fault" );
    CHECK_EQ( fault_get_error_property( error, WS_FAULT_ERROR_PROPERTY_HEADER, &got_header, sizeof(got_header) ),
              S_OK );
    CHECK_TEXT( print( got_header ), "<h/>" );
    CHECK_TEXT( strings( error ), "The fault reason was: 'wrong'.|" );  /* the one in the error's language */

    /* no reason, no string; what was there is replaced */
    fault = (WS_FAULT){ .code = &code };
    CHECK_EQ( fault_set_error_property( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
    CHECK_EQ( fault_get_error_property( error, WS_FAULT_ERROR_PROPERTY_FAULT, &same, sizeof(same) ), S_OK );
    CHECK( same != got && !same->detail && !same->reasonCount, "the new one" );
    CHECK_TEXT( strings( error ), "The fault reason was: 'wrong'.|" );
    CHECK_EQ( fault_set_error_property( error, WS_FAULT_ERROR_PROPERTY_HEADER, &none, sizeof(none) ), S_OK );
    CHECK_EQ( fault_get_error_property( error, WS_FAULT_ERROR_PROPERTY_HEADER, &got_header, sizeof(got_header) ),
              S_OK );
    CHECK( !got_header, "taken out" );
    error_reset( error );
    CHECK_EQ( fault_get_error_property( error, WS_FAULT_ERROR_PROPERTY_FAULT, &got, sizeof(got) ), S_OK );
    CHECK( !got, "%p", (void *)got );
    error_free( error );
}

struct pair { UINT32 a, b; };

static void test_detail( void )
{
    static WS_XML_STRING name = XMLSTR( "code" ), other = XMLSTR( "other" ), ns = XMLSTR( "urn:d" ),
        a = XMLSTR( "a" ), b = XMLSTR( "b" );
    static WS_ELEMENT_DESCRIPTION elem = { &name, &ns, WS_UINT32_TYPE, NULL },
        elem2 = { &other, &ns, WS_UINT32_TYPE, NULL };
    static WS_FIELD_DESCRIPTION field_a = { WS_ELEMENT_FIELD_MAPPING, &a, &ns, WS_UINT32_TYPE, NULL,
                                            offsetof( struct pair, a ), 0, NULL, 0, NULL, NULL, NULL };
    static WS_FIELD_DESCRIPTION field_b = { WS_ELEMENT_FIELD_MAPPING, &b, &ns, WS_UINT32_TYPE, NULL,
                                            offsetof( struct pair, b ), 0, NULL, 0, NULL, NULL, NULL };
    static WS_FIELD_DESCRIPTION *fields[] = { &field_a, &field_b };
    static WS_STRUCT_DESCRIPTION pair_desc = { sizeof(struct pair), __alignof__( struct pair ), fields, 2, NULL,
                                               NULL, NULL, NULL, 0, 0 };
    static WS_ELEMENT_DESCRIPTION several = { NULL, NULL, WS_STRUCT_TYPE, &pair_desc };
    WS_XML_STRING action = xs( "urn:fault" ), action2 = xs( "urn:else" ), got;
    WS_FAULT_DETAIL_DESCRIPTION desc = { &action, &elem }, wrong_action = { &action2, &elem },
        wrong_name = { NULL, &elem2 },
                                pairs = { NULL, &several }, none = { NULL, NULL };
    struct pair pair = { 1, 2 };
    UINT32 value = 7, *ptr;
    WS_ERROR *error;
    WS_HEAP *heap;

    heap_create( 100000, 0, NULL, 0, &heap, NULL );
    error_create( NULL, 0, &error );
#define GET( desc, option, value ) fault_get_error_detail( error, desc, WS_READ_##option, heap, &value, sizeof(value) )
#define SET( desc, value ) fault_set_error_detail( error, desc, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value) )
    CHECK_EQ( GET( &desc, REQUIRED_VALUE, value ), WS_E_INVALID_FORMAT );
    CHECK_EQ( GET( &desc, OPTIONAL_POINTER, ptr ), S_OK );
    CHECK( !ptr, "no fault" );
    CHECK_EQ( SET( &none, value ), E_INVALIDARG );
    CHECK_EQ( GET( &none, REQUIRED_VALUE, value ), E_INVALIDARG );
    error_reset( error );
    CHECK_EQ( SET( &desc, value ), S_OK );
    CHECK_TEXT( print( error_fault( error )->fault->detail ), "<detail><code xmlns=\"urn:d\">7</code></detail>" );
    CHECK_EQ( fault_get_error_property( error, WS_FAULT_ERROR_PROPERTY_ACTION, &got, sizeof(got) ), S_OK );
    CHECK_STR( got.bytes, got.length, "urn:fault" );
    value = 0;
    CHECK_EQ( GET( &desc, REQUIRED_VALUE, value ), S_OK );
    CHECK_EQ( value, 7 );
    CHECK_EQ( GET( &desc, OPTIONAL_POINTER, ptr ), S_OK );
    CHECK( ptr && *ptr == 7, "%p", (void *)ptr );
    CHECK_EQ( GET( &wrong_action, REQUIRED_VALUE, value ), WS_E_INVALID_FORMAT );
    CHECK_EQ( GET( &wrong_action, OPTIONAL_POINTER, ptr ), S_OK );
    CHECK( !ptr, "the detail of another fault" );
    CHECK_EQ( GET( &wrong_name, OPTIONAL_POINTER, ptr ), WS_E_INVALID_FORMAT );
    CHECK_EQ( GET( &wrong_name, REQUIRED_VALUE, value ), WS_E_INVALID_FORMAT );
    CHECK( !strncmp( strings( error ), "The fault has no detail of the expected element.|", 49 ), "%s",
           strings( error ) );

    /* several elements as one value, in the place of the detail that was there */
    CHECK_EQ( SET( &pairs, pair ), S_OK );
    CHECK_TEXT( print( error_fault( error )->fault->detail ),
                "<detail><a xmlns=\"urn:d\">1</a><b xmlns=\"urn:d\">2</b></detail>" );
    memset( &pair, 0, sizeof(pair) );
    CHECK_EQ( GET( &pairs, REQUIRED_VALUE, pair ), S_OK );
    CHECK( pair.a == 1 && pair.b == 2, "%u %u", pair.a, pair.b );
    CHECK_EQ( GET( &pairs, OPTIONAL_POINTER, ptr ), E_INVALIDARG );
    error_free( error );
    heap_free( heap );
}

static void test_from_error( void )
{
    static const WS_STRING one = WSTR( L"one" ), two = WSTR( L"two" );
    WS_FAULT fault = { &code, reasons, 2, { 0, NULL }, { 0, NULL }, NULL }, got;
    WS_ERROR *error;
    WS_HEAP *heap;

    heap_create( 100000, 0, NULL, 0, &heap, NULL );
    error_create( NULL, 0, &error );
    CHECK_EQ( fault_from_error( error, S_OK, WS_FULL_FAULT_DISCLOSURE, heap, &got ), E_INVALIDARG );
    CHECK_EQ( fault_from_error( error, E_FAIL, WS_FULL_FAULT_DISCLOSURE + 1, heap, &got ), E_INVALIDARG );
    CHECK_EQ( fault_from_error( error, E_FAIL, WS_MINIMAL_FAULT_DISCLOSURE, heap, &got ), S_OK );
    CHECK_STR( got.code->value.localName.bytes, got.code->value.localName.length, "Receiver" );
    CHECK_EQ( got.code->value.ns.length, 0 );
    CHECK_EQ( got.reasonCount, 1 );
    CHECK_TEXT( ascii( &got.reasons[0].text ), "The server was unable to process the request." );
    CHECK_EQ( fault_from_error( error, 0x80070005, WS_FULL_FAULT_DISCLOSURE, heap, &got ), S_OK );
    CHECK_TEXT( ascii( &got.reasons[0].text ), "System error 0x80070005." );

    /* the strings are told to nobody unless all is to be disclosed */
    error_add_string( error, &one );
    error_add_string( error, &two );
    CHECK_EQ( fault_from_error( error, E_FAIL, WS_MINIMAL_FAULT_DISCLOSURE, heap, &got ), S_OK );
    CHECK_TEXT( ascii( &got.reasons[0].text ), "The server was unable to process the request." );
    CHECK_EQ( fault_from_error( error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, heap, &got ), S_OK );
    CHECK_TEXT( ascii( &got.reasons[0].text ), "two one" );
    CHECK_TEXT( ascii( &got.reasons[0].lang ), "en-US" );

    /* a fault that is there is taken as it is */
    CHECK_EQ( fault_set_error_property( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
    CHECK_EQ( fault_from_error( error, E_FAIL, WS_MINIMAL_FAULT_DISCLOSURE, heap, &got ), S_OK );
    CHECK_EQ( got.reasonCount, 2 );
    CHECK_TEXT( ascii( &got.reasons[1].text ), "wrong" );
    error_free( error );
    CHECK_TEXT( ascii( &got.reasons[0].text ), "falsch" );      /* a copy in the heap */
    heap_free( heap );
}

static void test_copy( void )
{
    WS_FAULT fault = { &code, reasons, 2, { 0, NULL }, { 0, NULL }, NULL };
    WS_XML_STRING action = xs( "urn:fault" ), name = xs( "h" ), ns = xs( "urn:h" );
    WS_ERROR *src, *dst;

    error_create( NULL, 0, &src );
    error_create( NULL, 0, &dst );
    CHECK_EQ( fault_not_understood( src, WS_ENVELOPE_VERSION_SOAP_1_2, &name, &ns ), WS_E_INVALID_FORMAT );
    CHECK_TEXT( print( error_fault( src )->header ),
                "<s:NotUnderstood qname=\"p:h\" xmlns:p=\"urn:h\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"/>" );
    CHECK_EQ( fault_store( src, &fault, &action ), S_OK );
    CHECK_EQ( error_copy( src, dst ), S_OK );
    CHECK_EQ( fault_copy_error( src, dst ), S_OK );
    error_free( src );
    CHECK_STR( error_fault( dst )->fault->code->value.localName.bytes, 6, "Sender" );
    CHECK_STR( error_fault( dst )->action.bytes, error_fault( dst )->action.length, "urn:fault" );
    CHECK( error_fault( dst )->header != NULL, "the header too" );
    CHECK_TEXT( strings( dst ), "The fault reason was: 'wrong'.|The header h of namespace 'urn:h' must be understood and "
                "was not.|" );
    error_free( dst );
}

/* Through a message and back, with the forms that each SOAP version has. */
static void test_message( void )
{
    static const WS_ELEMENT_DESCRIPTION desc = { NULL, NULL, WS_FAULT_TYPE, NULL };
    static const WS_XML_WRITER_TEXT_ENCODING encoding = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    static const WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    static const char *const bodies[] =
    {
        "<s:Fault><faultcode>s:Client</faultcode><faultstring xml:lang=\"de\">falsch</faultstring><faultactor>actor"
        "</faultactor><detail><d/></detail></s:Fault>",
        "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:a=\"urn:c\">a:Sub</s:Value></s:Subcode></s:Code>"
        "<s:Reason><s:Text xml:lang=\"de\">falsch</s:Text><s:Text xml:lang=\"en-GB\">wrong</s:Text></s:Reason>"
        "<s:Node>node</s:Node><s:Role>actor</s:Role><s:Detail><d/></s:Detail></s:Fault>",
    };
    WS_FAULT fault = { &code, reasons, 2, WSTR( L"actor" ), WSTR( L"node" ), NULL }, got;
    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    WS_MESSAGE *msg;
    WS_BYTES bytes;
    WS_HEAP *heap;
    char *body;
    ULONG i;

    heap_create( 100000, 0, NULL, 0, &heap, NULL );
    writer_create( NULL, 0, &writer, NULL );
    reader_create( NULL, 0, &reader, NULL );
    fault.detail = parse( heap, "<any><d/></any>" );
    for (i = 0; i < 2; i++)
    {
        CHECK_EQ( message_create( WS_ENVELOPE_VERSION_SOAP_1_1 + i, WS_ADDRESSING_VERSION_TRANSPORT, NULL, 0, &msg,
                                  NULL ), S_OK );
        message_initialize( msg, WS_FAULT_MESSAGE, NULL, NULL );
        writer_set_output( writer, &encoding.encoding, &output.output, NULL, 0, NULL );
        CHECK_EQ( message_write_envelope_start( msg, writer, NULL, NULL, NULL ), S_OK );
        CHECK_EQ( message_write_body( msg, &desc, WS_WRITE_REQUIRED_VALUE, &fault, sizeof(fault), NULL ), S_OK );
        CHECK_EQ( message_write_envelope_end( msg, NULL ), S_OK );
        message_reset( msg, NULL );
        writer_get_property( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL );
        body = strstr( (char *)bytes.bytes, "<s:Body>" ) + 8;
        CHECK_STR( body, bytes.length - (body - (char *)bytes.bytes) - strlen( "</s:Body></s:Envelope>" ), bodies[i] );

        WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, bytes.bytes, bytes.length };
        reader_set_input( reader, &text.encoding, &input.input, NULL, 0, NULL );
        CHECK_EQ( message_read_envelope_start( msg, reader, NULL, NULL, NULL ), S_OK );
        CHECK( message_is_fault( msg ), "it is" );
        memset( &got, 0x55, sizeof(got) );
        CHECK_EQ( message_read_body( msg, &desc, WS_READ_REQUIRED_VALUE, heap, &got, sizeof(got), NULL ), S_OK );
        CHECK_EQ( message_read_envelope_end( msg, NULL ), S_OK );
        CHECK_TEXT( ascii( &got.reasons[0].text ), "falsch" );
        CHECK_EQ( got.reasonCount, 1 + i );
        CHECK_STR( got.code->value.localName.bytes, got.code->value.localName.length, i ? "Sender" : "Client" );
        CHECK_TEXT( ascii( &got.actor ), "actor" );
        CHECK_TEXT( ascii( &got.node ), i ? "node" : "" );
        CHECK( got.detail != NULL, "detail" );
        message_free( msg );
    }
    writer_free( writer );
    reader_free( reader );
    heap_free( heap );
}

/* Where the metadata of an endpoint is, as WCF says it. */
static void test_extension( void )
{
    static const char xml[] =
        "<Metadata xmlns='http://www.w3.org/2005/08/addressing'><m:Metadata xmlns:m='http://schemas.xmlsoap.org/ws/2004/09/mex'>"
        "<m:MetadataSection Dialect='http://schemas.xmlsoap.org/ws/2004/09/mex'><m:MetadataReference><Address>http://h/mex"
        "</Address></m:MetadataReference></m:MetadataSection></m:Metadata></Metadata>";
    WS_ENDPOINT_ADDRESS address = { .url = WSTR( L"http://h/" ) }, value, *ptr;
    WS_XML_READER *reader;
    WS_HEAP *heap;

    heap_create( 100000, 0, NULL, 0, &heap, NULL );
    reader_create( NULL, 0, &reader, NULL );
#define EXT( type, option, value ) \
    message_read_address_extension( reader, &address, type, WS_READ_##option, heap, &value, sizeof(value), NULL )
    CHECK_EQ( EXT( WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS, REQUIRED_VALUE, value ), WS_E_INVALID_FORMAT );
    CHECK_EQ( EXT( WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS, OPTIONAL_POINTER, ptr ), S_OK );
    CHECK( !ptr, "none" );
    address.extensions = parse( heap, xml );
    CHECK_EQ( EXT( 2, REQUIRED_VALUE, value ), E_INVALIDARG );
    CHECK_EQ( EXT( WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS, REQUIRED_VALUE, ptr ), E_INVALIDARG );
    CHECK_EQ( EXT( WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS, NILLABLE_POINTER, ptr ), E_INVALIDARG );
    CHECK_EQ( EXT( WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS, REQUIRED_VALUE, value ), S_OK );
    CHECK_TEXT( ascii( &value.url ), "http://h/mex" );
    CHECK_EQ( EXT( WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS, OPTIONAL_POINTER, ptr ), S_OK );
    CHECK_TEXT( ascii( &ptr->url ), "http://h/mex" );
    reader_free( reader );
    heap_free( heap );
}

static void test_memory( void )
{
    WS_FAULT fault = { &code, reasons, 2, { 0, NULL }, { 0, NULL }, NULL };
    static WS_XML_STRING name = XMLSTR( "code" ), ns = XMLSTR( "urn:d" );
    static WS_ELEMENT_DESCRIPTION elem = { &name, &ns, WS_UINT32_TYPE, NULL };
    WS_FAULT_DETAIL_DESCRIPTION desc = { &name, &elem };
    LONG i, live = mem_live();
    WS_ERROR *error, *copy;
    HRESULT hr = E_FAIL;
    UINT32 value = 7;
    WS_HEAP *heap;

    for (i = 1; i < 200 && hr; i++)
    {
        error = copy = NULL;
        heap = NULL;
        mem_fail_after( i );
        if (!(hr = error_create( NULL, 0, &error )) && !(hr = error_create( NULL, 0, &copy )) &&
            !(hr = heap_create( 1 << 16, 0, NULL, 0, &heap, NULL )) && !(hr = fault_store( error, &fault, &ns )) &&
            !(hr = fault_set_error_detail( error, &desc, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value) )) &&
            !(hr = fault_get_error_detail( error, &desc, WS_READ_REQUIRED_VALUE, heap, &value, sizeof(value) )) &&
            fault_not_understood( error, WS_ENVELOPE_VERSION_SOAP_1_2, &name, &ns ) &&
            !(hr = error_copy( error, copy )) && !(hr = fault_copy_error( error, copy )))
            hr = fault_from_error( copy, E_FAIL, WS_FULL_FAULT_DISCLOSURE, heap, &fault );
        mem_fail_after( 0 );
        CHECK( !hr || hr == E_OUTOFMEMORY, "0x%08x at allocation %d", hr, i );
        fault = (WS_FAULT){ .code = &code, .reasons = reasons, .reasonCount = 2 };
        error_free( error );
        error_free( copy );
        heap_free( heap );
        if (!CHECK( mem_live() == live, "%d pieces of memory were lost", mem_live() - live )) break;
    }
    CHECK_EQ( hr, S_OK );
}

UNIT_TESTS( { "properties", test_properties }, { "detail", test_detail }, { "from_error", test_from_error },
            { "copy", test_copy }, { "message", test_message }, { "extension", test_extension },
                { "memory", test_memory } )
