/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every function of messages with every allocation failing once: it fails with E_OUTOFMEMORY and says so in the error object, the
 * message is still good for the same call again, and nothing is lost. */

#include "unit.h"
#include "message/message_impl.h"
#include "message/fault.h"

#define S12 "http://www.w3.org/2003/05/soap-envelope"
#define A10 "http://www.w3.org/2005/08/addressing"

/* Headers that stay plain values, and ones that make a tree. */
static const char *const requests[] =
{
    "<s:Envelope xmlns:s=\"" S12 "\" xmlns:a=\"" A10 "\"><s:Header><a:Action s:mustUnderstand=\"1\">act</a:Action>"
    "<a:MessageID>urn:uuid:0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1</a:MessageID><a:ReplyTo><a:Address>" A10 "/anonymous"
    "</a:Address></a:ReplyTo><a:FaultTo><a:Address>http://f/</a:Address></a:FaultTo></s:Header>"
    "<s:Body><b xmlns='n'>5</b></s:Body></s:Envelope>",
    "<s:Envelope xmlns:s=\"" S12 "\" xmlns:a=\"" A10 "\"><s:Header><a:Action>act</a:Action><h xmlns=\"n\" s:mustUnderstand='1'>v"
    "</h><a:MessageID>u:1</a:MessageID><a:ReplyTo><a:Address>http://r/</a:Address><a:ReferenceParameters><p>1</p><q/>"
    "</a:ReferenceParameters></a:ReplyTo></s:Header><s:Body><b xmlns='n'>5</b></s:Body></s:Envelope>",
};

static const WS_XML_STRING h_name = XMLSTR( "h" ), b_name = XMLSTR( "b" ), n_ns = XMLSTR( "n" ), v_text = XMLSTR( "v" );
static const WS_ELEMENT_DESCRIPTION custom = { (WS_XML_STRING *)&h_name, (WS_XML_STRING *)&n_ns, WS_XML_STRING_TYPE, NULL };
static const WS_ELEMENT_DESCRIPTION body = { (WS_XML_STRING *)&b_name, (WS_XML_STRING *)&n_ns, WS_STRING_TYPE, NULL };

struct fixture
{
    WS_MESSAGE *in;         /* being read, kind of its headers as asked for */
    WS_MESSAGE *out;        /* initialized as its duplicate */
    WS_MESSAGE *empty;
    WS_MESSAGE *made;       /* for what an operation makes; freed after each try */
    WS_XML_READER *reader, *reader2;
    WS_XML_WRITER *writer;
    WS_HEAP *heap;
    WS_ENDPOINT_ADDRESS *reply_to;
    const char *xml;
};

static HRESULT set_input( WS_XML_READER *reader, const char *xml, WS_ERROR *error )
{
    static const WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)xml, strlen( xml ) };

    return reader_set_input( reader, &text.encoding, &input.input, NULL, 0, error );
}

static HRESULT set_output( WS_XML_WRITER *writer, WS_ERROR *error )
{
    static const WS_XML_WRITER_TEXT_ENCODING text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };

    return writer_set_output( writer, &text.encoding, &output.output, NULL, 0, error );
}

static HRESULT op_create( struct fixture *f, WS_ERROR *error )
{
    static const SIZE_T max = 5000;
    static const ULONG depth = 9, headers = 4;
    static const WS_HEAP_PROPERTY heap_props[] = { { WS_HEAP_PROPERTY_MAX_SIZE, (void *)&max, sizeof(max) } };
    static const WS_XML_READER_PROPERTY reader_props[] = { { WS_XML_READER_PROPERTY_MAX_DEPTH, (void *)&depth, sizeof(depth) } };
    static const WS_XML_WRITER_PROPERTY writer_props[] = { { WS_XML_WRITER_PROPERTY_MAX_DEPTH, (void *)&depth, sizeof(depth) } };
    static const WS_HEAP_PROPERTIES heap = { (WS_HEAP_PROPERTY *)heap_props, 1 };
    static const WS_XML_READER_PROPERTIES reader = { (WS_XML_READER_PROPERTY *)reader_props, 1 };
    static const WS_XML_WRITER_PROPERTIES writer = { (WS_XML_WRITER_PROPERTY *)writer_props, 1 };
    static const WS_MESSAGE_PROPERTY props[] =
    {
        { WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, (void *)&heap, sizeof(heap) },
        { WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES, (void *)&reader, sizeof(reader) },
        { WS_MESSAGE_PROPERTY_XML_WRITER_PROPERTIES, (void *)&writer, sizeof(writer) },
        { WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS, (void *)&headers, sizeof(headers) },
    };

    return message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, props, 4, &f->made, error );
}

static HRESULT op_read( struct fixture *f, WS_ERROR *error )
{
    HRESULT hr = set_input( f->reader2, f->xml, error );
    return hr ? hr : message_read_envelope_start( f->empty, f->reader2, NULL, NULL, error );
}

static HRESULT op_request( struct fixture *f, WS_ERROR *error )
{
    return message_initialize( f->empty, WS_REQUEST_MESSAGE, NULL, error );
}
static HRESULT op_duplicate( struct fixture *f, WS_ERROR *error )
{
    return message_initialize( f->empty, WS_DUPLICATE_MESSAGE, f->in, error );
}
static HRESULT op_reply( struct fixture *f, WS_ERROR *error )
{
    return message_initialize( f->empty, WS_REPLY_MESSAGE, f->in, error );
}
static HRESULT op_fault( struct fixture *f, WS_ERROR *error )
{
    return message_initialize( f->empty, WS_FAULT_MESSAGE, f->in, error );
}

static HRESULT op_address( struct fixture *f, WS_ERROR *error ) { return message_address( f->out, f->reply_to, error ); }

static HRESULT op_set_text( struct fixture *f, WS_ERROR *error )
{
    static const WS_STRING str = { 3, (WCHAR *)L"act" };
    return message_set_header( f->out, WS_ACTION_HEADER, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &str, sizeof(str), error );
}
static HRESULT op_set_address( struct fixture *f, WS_ERROR *error )
{
    return message_set_header( f->out, WS_FROM_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_WRITE_REQUIRED_POINTER, &f->reply_to,
                               sizeof(f->reply_to), error );
}

static HRESULT get( struct fixture *f, WS_HEADER_TYPE header, WS_TYPE type, WS_ERROR *error )
{
    void *ptr;
    return message_get_header( f->in, header, type, WS_READ_REQUIRED_POINTER, NULL, &ptr, sizeof(ptr), error );
}
static HRESULT op_get_string( struct fixture *f, WS_ERROR *error ) { return get( f, WS_ACTION_HEADER, WS_STRING_TYPE, error ); }
static HRESULT op_get_wsz( struct fixture *f, WS_ERROR *error ) { return get( f, WS_MESSAGE_ID_HEADER, WS_WSZ_TYPE, error ); }
static HRESULT op_get_id( struct fixture *f, WS_ERROR *error ) { return get( f, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, error ); }
static HRESULT op_get_address( struct fixture *f, WS_ERROR *error )
{
    return get( f, WS_REPLY_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE, error );
}

static HRESULT op_add_custom( struct fixture *f, WS_ERROR *error )
{
    return message_add_custom_header( f->out, &custom, WS_WRITE_REQUIRED_VALUE, &v_text, sizeof(v_text), 3, error );
}
static HRESULT op_get_custom( struct fixture *f, WS_ERROR *error )
{
    WS_XML_STRING *str;
    ULONG attributes;
    return message_get_custom_header( f->in, &custom, WS_REPEATING_HEADER, 0, WS_READ_OPTIONAL_POINTER, NULL, &str, sizeof(str),
                                      &attributes, error );
}
static HRESULT op_remove( struct fixture *f, WS_ERROR *error ) { return message_remove_header( f->out, WS_MESSAGE_ID_HEADER, error ); }
static HRESULT op_remove_custom( struct fixture *f, WS_ERROR *error )
{
    return message_remove_custom_header( f->out, &name_Action, &ns_addr10, error );     /* needs the tree */
}
static HRESULT op_mapped( struct fixture *f, WS_ERROR *error )
{
    static const INT32 number = 5;
    INT32 *got;
    HRESULT hr;

    message_remove_mapped_header( f->out, &h_name, NULL );
    if ((hr = message_add_mapped_header( f->out, &h_name, WS_INT32_TYPE, WS_WRITE_REQUIRED_VALUE, &number, sizeof(number), error )))
        return hr;
    return message_get_mapped_header( f->out, &h_name, WS_SINGLETON_HEADER, 0, WS_INT32_TYPE, WS_READ_REQUIRED_POINTER, NULL, &got,
                                      sizeof(got), error );
}

static HRESULT op_buffer( struct fixture *f, WS_ERROR *error )
{
    WS_XML_NODE_POSITION pos;
    return message_get_property( f->in, WS_MESSAGE_PROPERTY_HEADER_POSITION, &pos, sizeof(pos), error );
}
static HRESULT op_properties( struct fixture *f, WS_ERROR *error )
{
    static const WS_STRING user = { 1, (WCHAR *)L"u" };
    static const WS_BYTES cert = { 1, (BYTE *)"c" };
    HANDLE token = (HANDLE)4;
    WS_XML_BUFFER *saml;
    HRESULT hr;

    if ((hr = message_set_property( f->out, WS_MESSAGE_PROPERTY_USERNAME, &user, sizeof(user), error )) ||
        (hr = message_set_property( f->out, WS_MESSAGE_PROPERTY_ENCODED_CERT, &cert, sizeof(cert), error )) ||
        (hr = message_get_property( f->in, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &saml, sizeof(saml), error )) ||
        (hr = message_set_property( f->out, WS_MESSAGE_PROPERTY_SAML_ASSERTION, &saml, sizeof(saml), error ))) return hr;
    hr = message_set_property( f->out, WS_MESSAGE_PROPERTY_MESSAGE_SECURITY_WINDOWS_TOKEN, &token, sizeof(token), error );
    return hr == E_INVALIDARG ? E_OUTOFMEMORY : hr;     /* a token that can't be duplicated, for whatever reason */
}

static HRESULT op_write( struct fixture *f, WS_ERROR *error )
{
    HRESULT hr = set_output( f->writer, error );
    return hr ? hr : message_write_envelope_start( f->out, f->writer, NULL, NULL, error );
}
static HRESULT op_read_body( struct fixture *f, WS_ERROR *error )
{
    WS_STRING str;
    HRESULT hr;

    message_reset( f->empty, NULL );
    if ((hr = op_read( f, error ))) return hr;
    return message_read_body( f->empty, &body, WS_READ_REQUIRED_VALUE, f->heap, &str, sizeof(str), error );
}

static const struct { const char *name; HRESULT (*run)( struct fixture *, WS_ERROR * ); } ops[] =
{
    { "create", op_create }, { "read", op_read }, { "request", op_request }, { "duplicate", op_duplicate }, { "reply", op_reply },
    { "fault", op_fault }, { "address", op_address }, { "set text", op_set_text }, { "set address", op_set_address },
    { "get string", op_get_string }, { "get wsz", op_get_wsz }, { "get id", op_get_id }, { "get address", op_get_address },
    { "add custom", op_add_custom }, { "get custom", op_get_custom }, { "remove", op_remove },
    { "remove custom", op_remove_custom }, { "mapped", op_mapped }, { "buffer", op_buffer }, { "properties", op_properties },
    { "write", op_write }, { "read body", op_read_body },
};

static void setup( struct fixture *f, ULONG kind )
{
    memset( f, 0, sizeof(*f) );
    f->xml = requests[kind];
    heap_create( 1 << 16, 0, NULL, 0, &f->heap, NULL );
    reader_create( NULL, 0, &f->reader, NULL );
    reader_create( NULL, 0, &f->reader2, NULL );
    writer_create( NULL, 0, &f->writer, NULL );
    message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &f->in, NULL );
    message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &f->out, NULL );
    message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &f->empty, NULL );
    /* the address first: reading it makes a tree of the headers */
    set_input( f->reader, requests[1], NULL );
    message_read_envelope_start( f->in, f->reader, NULL, NULL, NULL );
    CHECK_EQ( message_get_header( f->in, WS_REPLY_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_REQUIRED_POINTER, f->heap,
                                  &f->reply_to, sizeof(f->reply_to), NULL ), S_OK );
    message_reset( f->in, NULL );
    set_input( f->reader, f->xml, NULL );
    CHECK_EQ( message_read_envelope_start( f->in, f->reader, NULL, NULL, NULL ), S_OK );
    CHECK_EQ( !f->in->buffer, !kind );
    CHECK_EQ( message_initialize( f->out, WS_DUPLICATE_MESSAGE, f->in, NULL ), S_OK );
}

static void teardown( struct fixture *f )
{
    message_free( f->in );
    message_free( f->out );
    message_free( f->empty );
    message_free( f->made );
    reader_free( f->reader );
    reader_free( f->reader2 );
    writer_free( f->writer );
    heap_free( f->heap );
}

/* One operation with allocation number `count` failing; whether it got that far. */
static BOOL try_once( ULONG op, ULONG kind, LONG count )
{
    struct fixture f;
    WS_ERROR *error;
    ULONG strings = 0;
    HRESULT hr;

    setup( &f, kind );
    error_create( NULL, 0, &error );
    mem_fail_after( count );
    hr = ops[op].run( &f, error );
    mem_fail_after( 0 );
    if (hr)
    {
        error_get_property( error, WS_ERROR_PROPERTY_STRING_COUNT, &strings, sizeof(strings) );
        CHECK( hr == E_OUTOFMEMORY, "%s, kind %u: 0x%08x at allocation %d", ops[op].name, kind, hr, count );
        CHECK( strings > 0, "%s, kind %u: no string at allocation %d", ops[op].name, kind, count );
        CHECK_EQ( f.empty->hdr.state, WS_MESSAGE_STATE_EMPTY + 2 * (op == ARRAY_SIZE( ops ) - 1 && f.empty->reader) );
        CHECK_EQ( f.out->hdr.state, WS_MESSAGE_STATE_INITIALIZED );
        CHECK_EQ( f.in->hdr.state, WS_MESSAGE_STATE_READING );
        hr = ops[op].run( &f, NULL );
        CHECK( hr == S_OK, "%s, kind %u: 0x%08x again after allocation %d", ops[op].name, kind, hr, count );
        hr = E_OUTOFMEMORY;
    }
    error_free( error );
    teardown( &f );
    return hr != S_OK;
}

static void test_every_allocation( void )
{
    LONG count, live = mem_live();
    ULONG op, kind;

    for (op = 0; op < ARRAY_SIZE( ops ); op++) for (kind = 0; kind < 2; kind++)
    {
        for (count = 1; count < 300 && try_once( op, kind, count ); count++) ;
        CHECK( count < 300, "%s, kind %u: too many allocations", ops[op].name, kind );
        if (!CHECK( mem_live() == live, "%s, kind %u: %d pieces of memory were lost", ops[op].name, kind, mem_live() - live ))
            live = mem_live();
    }
}

/* The quota of the heap instead of memory: WS_E_QUOTA_EXCEEDED, with a string, at every size there is. */
static void test_every_quota( void )
{
    WS_HEAP_PROPERTY heap_prop = { WS_HEAP_PROPERTY_MAX_SIZE, NULL, sizeof(SIZE_T) };
    WS_HEAP_PROPERTIES heap_props = { &heap_prop, 1 };
    WS_MESSAGE_PROPERTY prop = { WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &heap_props, sizeof(heap_props) };
    WS_XML_READER *reader;
    WS_ERROR *error;
    ULONG kind, strings;
    HRESULT hr;
    SIZE_T max;

    heap_prop.value = &max;
    reader_create( NULL, 0, &reader, NULL );
    error_create( NULL, 0, &error );
    for (kind = 0; kind < 2; kind++) for (max = 0, hr = E_FAIL; hr && max < 20000; max += max < 600 ? 1 : 37)
    {
        WS_MESSAGE *msg = NULL;
        WS_XML_BUFFER *buffer;
        void *ptr;

        error_reset( error );
        CHECK_EQ( message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, &prop, 1, &msg, NULL ), S_OK );
        set_input( reader, requests[kind], NULL );
        if (!(hr = message_read_envelope_start( msg, reader, NULL, NULL, error )) &&
            !(hr = message_get_header( msg, WS_REPLY_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_REQUIRED_POINTER, NULL, &ptr,
                                       sizeof(ptr), error )) &&
            !(hr = message_get_property( msg, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), error )))
            hr = message_add_custom_header( msg, &custom, WS_WRITE_REQUIRED_VALUE, &v_text, sizeof(v_text), 1, error );
        if (hr)
        {
            error_get_property( error, WS_ERROR_PROPERTY_STRING_COUNT, &strings, sizeof(strings) );
            CHECK( hr == WS_E_QUOTA_EXCEEDED && strings > 0, "kind %u: 0x%08x, %u strings, with %u bytes", kind, hr, strings,
                   (ULONG)max );
        }
        message_free( msg );
    }
    CHECK_EQ( hr, S_OK );
    reader_free( reader );
    error_free( error );
}

/* An address whose reference parameters do not all find room adds none of them. */
static void test_partial_address( void )
{
    static WS_XML_STRING p = XMLSTR( "p" ), none = XMLSTR( "" );
    static const WS_ELEMENT_DESCRIPTION desc = { &p, &none, WS_XML_STRING_TYPE, NULL };
    WS_HEAP_PROPERTY heap_prop = { WS_HEAP_PROPERTY_MAX_SIZE, NULL, sizeof(SIZE_T) };
    WS_HEAP_PROPERTIES heap_props = { &heap_prop, 1 };
    WS_MESSAGE_PROPERTY prop = { WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &heap_props, sizeof(heap_props) };
    struct fixture f;
    WS_XML_STRING *str = NULL;
    HRESULT hr = E_FAIL;
    ULONG partly = 0;
    SIZE_T max;

    heap_prop.value = &max;
    setup( &f, 1 );
    for (max = 0; hr && max < 20000; max += 8)
    {
        const struct xml_node *node;
        WS_MESSAGE *msg;

        message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, &prop, 1, &msg, NULL );
        message_initialize( msg, WS_BLANK_MESSAGE, NULL, NULL );
        hr = message_address( msg, f.reply_to, NULL );
        if (hr && msg->buffer)
        {
            for (node = msg->header->first; node; node = node->next)
                if (node->u.node.nodeType == WS_XML_NODE_TYPE_ELEMENT)
                    CHECK( xmlstr_eq( node->u.element.localName, &name_To ), "a part is left with %u bytes", (ULONG)max );
            partly++;
        }
        message_free( msg );
    }
    CHECK_EQ( hr, S_OK );
    CHECK( partly > 2, "%u", partly );
    CHECK_EQ( message_address( f.out, f.reply_to, NULL ), S_OK );
    CHECK_EQ( message_get_custom_header( f.out, &desc, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_POINTER, NULL, &str, sizeof(str),
                                         NULL, NULL ), S_OK );
    CHECK_STR( str->bytes, str->length, "1" );
    teardown( &f );
}

UNIT_TESTS( { "every_allocation", test_every_allocation }, { "every_quota", test_every_quota },
            { "partial_address", test_partial_address } )
