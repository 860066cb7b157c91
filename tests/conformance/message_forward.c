/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages made of others: what each WS_MESSAGE_INITIALIZATION takes over, forwarding between all encodings, and filling and
 * flushing bodies, also asynchronously. The pages of WsInitializeMessage, WS_MESSAGE_INITIALIZATION, WsFillBody, WsFlushBody. */
#include "message_encoding.h"

static const char *const soap[] = { "?", S11, S12 }, *const wsa[] = { "?", A04, A10, ANONE };
static const char *const anonymous[] = { "?", A04 "/role/anonymous", A10 "/anonymous" };

#define GUID_TEXT "0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1"

/* Requests by their headers, %s is the anonymous address; and where a reply and a fault go, NULL: back as it came. */
static const struct request { const char *headers, *id, *reply_to, *fault_to; BOOL parameter; } requests[] =
{
    { "", NULL, NULL, NULL, FALSE },
    { "<a:MessageID>u:1</a:MessageID>", "u:1", NULL, NULL, FALSE },
    { "<a:MessageID>urn:uuid:" GUID_TEXT "</a:MessageID><a:ReplyTo><a:Address>%s</a:Address></a:ReplyTo>", "urn:uuid:" GUID_TEXT,
      "%s", "%s", FALSE },
    { "<a:ReplyTo><a:Address>http://r/</a:Address></a:ReplyTo><a:MessageID>urn:uuid:" GUID_TEXT "</a:MessageID>",
      "urn:uuid:" GUID_TEXT, "http://r/", "http://r/", FALSE },
    { "<a:FaultTo><a:Address>http://f/</a:Address></a:FaultTo><a:ReplyTo><a:Address>http://r/</a:Address></a:ReplyTo>",
      NULL, "http://r/", "http://f/", FALSE },
    { "<a:FaultTo><a:Address>http://f/</a:Address></a:FaultTo>", NULL, NULL, "http://f/", FALSE },
    { "<a:MessageID>u:2</a:MessageID><a:ReplyTo><a:Address>http://r/</a:Address><a:ReferenceParameters><p xmlns='urn:p'>5</p>"
      "</a:ReferenceParameters></a:ReplyTo>", "u:2", "http://r/", "http://r/", TRUE },
};

static WS_XML_STRING p_name = WS_XML_STRING_VALUE( "p" ), p_ns = WS_XML_STRING_VALUE( "urn:p" );
static WS_ELEMENT_DESCRIPTION parameter = { &p_name, &p_ns, WS_INT32_TYPE, NULL };

static const char *make_request( WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing, const struct request *request )
{
    static char xml[2048];
    char headers[1024];

    snprintf( headers, sizeof(headers), request->headers, anonymous[addressing] );
    snprintf( xml, sizeof(xml), "<s:Envelope xmlns:s=\"%s\" xmlns:a=\"%s\"><s:Header>%s</s:Header><s:Body/></s:Envelope>",
              soap[envelope], wsa[addressing], headers );
    return xml;
}

/* The headers of a reply or fault to a request, whose addressing may be of another version. */
static void check_answer( WS_MESSAGE *answer, WS_ADDRESSING_VERSION addressing, const struct request *request, BOOL fault )
{
    const char *to = fault ? request->fault_to : request->reply_to;
    INT32 *value = NULL;

    ok_eq( state( answer ), WS_MESSAGE_STATE_INITIALIZED );
    ok_eq( flag( answer, WS_MESSAGE_PROPERTY_IS_ADDRESSED ), TRUE );
    ok_eq( flag( answer, WS_MESSAGE_PROPERTY_IS_FAULT ), fault );
    ok_header( answer, WS_TO_HEADER, to && !strcmp( to, "%s" ) ? anonymous[addressing] : to );
    ok_header( answer, WS_RELATES_TO_HEADER, request->id );
    ok_header( answer, WS_MESSAGE_ID_HEADER, NULL );
    ok_header( answer, WS_ACTION_HEADER, NULL );
    ok_hr( WsGetCustomHeader( answer, &parameter, WS_SINGLETON_HEADER, 0, WS_READ_OPTIONAL_POINTER, NULL, &value, sizeof(value),
                              NULL, NULL ), S_OK );
    ok( request->parameter ? value && *value == 5 : !value, "parameter %p\n", value );
}

static void test_answers( void )
{
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION from, to;
    WS_XML_READER *reader = create_reader();
    ULONG i, tree, fault;

    for (envelope = 1; envelope <= 2; envelope++) for (from = 1; from <= 2; from++) for (to = 1; to <= 2; to++)
        for (i = 0; i < WsCountOf( requests ); i++) for (tree = 0; tree < 2; tree++) for (fault = 0; fault < 2; fault++)
        {
            WS_MESSAGE *request = create( envelope, from ), *answer = create( envelope, to );
            WS_XML_BUFFER *buffer;

            test_context( "envelope %u, addressing %u to %u, request %lu%s, %s", envelope, from, to, i, tree ? " as a tree" : "",
                          fault ? "fault" : "reply" );
            ok_hr( read_start( request, reader, make_request( envelope, from, &requests[i] ) ), S_OK );
            if (tree)
                ok_hr( WsGetMessageProperty( request, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), NULL ), S_OK );
            ok_hr( WsInitializeMessage( answer, fault ? WS_FAULT_MESSAGE : WS_REPLY_MESSAGE, request, NULL ), S_OK );
            WsFreeMessage( request );       /* the answer has copies */
            check_answer( answer, to, &requests[i], fault );
            WsFreeMessage( answer );
        }
    test_context( NULL );
    WsFreeReader( reader );
}

static void test_initialize( void )
{
    WS_MESSAGE *source = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 ), *empty, *msg, *msg2;
    WS_XML_READER *reader = create_reader();
    WS_ADDRESSING_VERSION addressing;
    WS_UNIQUE_ID id, id2;
    ULONG i;

    for (addressing = 1; addressing <= 3; addressing++)
    {
        test_context( "addressing %u", addressing );
        msg = create( WS_ENVELOPE_VERSION_SOAP_1_1, addressing );
        msg2 = create( WS_ENVELOPE_VERSION_SOAP_1_1, addressing );
        ok_hr( WsInitializeMessage( msg, WS_REQUEST_MESSAGE, NULL, NULL ), S_OK );
        ok_hr( WsInitializeMessage( msg2, WS_REQUEST_MESSAGE, NULL, NULL ), S_OK );
        ok_eq( flag( msg, WS_MESSAGE_PROPERTY_IS_FAULT ), FALSE );
        ok_eq( flag( msg, WS_MESSAGE_PROPERTY_IS_ADDRESSED ), FALSE );
        if (addressing != WS_ADDRESSING_VERSION_TRANSPORT)
        {
            ok_hr( WsGetHeader( msg, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, NULL, &id, sizeof(id), NULL ),
                   S_OK );
            ok_hr( WsGetHeader( msg2, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, NULL, &id2, sizeof(id2),
                                NULL ), S_OK );
            ok( !id.uri.length && memcmp( &id.guid, &id2.guid, sizeof(id.guid) ) != 0, "the ids are not unique\n" );
        }
        ok_hr( WsResetMessage( msg, NULL ), S_OK );
        ok_hr( WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
        ok_header( msg, WS_TO_HEADER, NULL );
        if (addressing != WS_ADDRESSING_VERSION_TRANSPORT) ok_header( msg, WS_MESSAGE_ID_HEADER, NULL );
        WsFreeMessage( msg );
        WsFreeMessage( msg2 );
    }
    test_context( NULL );

    /* failures leave an empty message */
    empty = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    ok_hr( read_start( source, reader, make_request( 2, WS_ADDRESSING_VERSION_1_0, &requests[3] ) ), S_OK );
    ok_hr( WsInitializeMessage( msg, WS_DUPLICATE_MESSAGE, NULL, NULL ), E_INVALIDARG );
    for (i = WS_FAULT_MESSAGE + 1; i < WS_FAULT_MESSAGE + 3; i++)
        ok_hr( WsInitializeMessage( msg, i, source, NULL ), E_INVALIDARG );
    for (i = WS_DUPLICATE_MESSAGE; i <= WS_FAULT_MESSAGE; i++)
        if (i != WS_REQUEST_MESSAGE) ok_hr( WsInitializeMessage( msg, i, empty, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsInitializeMessage( msg, WS_REPLY_MESSAGE, (WS_MESSAGE *)reader, NULL ), E_INVALIDARG );
    ok_eq( state( msg ), WS_MESSAGE_STATE_EMPTY );
    ok_hr( WsInitializeMessage( msg, WS_DUPLICATE_MESSAGE, source, NULL ), S_OK );
    ok_eq( flag( msg, WS_MESSAGE_PROPERTY_IS_FAULT ), FALSE );
    ok_header( msg, WS_MESSAGE_ID_HEADER, "urn:uuid:" GUID_TEXT );
    WsFreeMessage( msg );
    WsFreeMessage( empty );
    WsFreeMessage( source );
    WsFreeReader( reader );
}

/* --- forwarding ------------------------------------------------------------------------------------------------------ */

static WS_XML_STRING h_name = WS_XML_STRING_VALUE( "h" ), b_name = WS_XML_STRING_VALUE( "b" ), n_ns = WS_XML_STRING_VALUE( "n" ),
    via_name = WS_XML_STRING_VALUE( "via" );
static WS_ELEMENT_DESCRIPTION header = { &h_name, &n_ns, WS_STRING_TYPE, NULL }, body = { &b_name, &n_ns, WS_BYTES_TYPE, NULL },
    via = { &via_name, &n_ns, WS_INT32_TYPE, NULL };
/* More than what MTOM leaves in the document, and than what the headers take. */
static BYTE payload[3000];

static void write_original( ULONG encoding, struct bytes *bytes )
{
    static const WS_STRING text = WS_STRING_VALUE( L"\x00fc & <v>" );
    WS_BYTES value = { sizeof(payload), payload };
    WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_XML_WRITER *writer = create_writer();
    WS_XML_STRING action = xs( "urn:act" );
    ULONG i;

    for (i = 0; i < sizeof(payload); i++) payload[i] = i * 7;
    collect( writer, encoding, bytes );
    ok_hr( WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( WsSetHeader( msg, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action, sizeof(action), NULL ), S_OK );
    ok_hr( WsAddCustomHeader( msg, &header, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text), WS_RELAY_HEADER_ATTRIBUTE, NULL ), S_OK );
    ok_hr( WsWriteEnvelopeStart( msg, writer, NULL, NULL, NULL ), S_OK );
    ok_hr( WsWriteBody( msg, &body, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL ), S_OK );
    ok_hr( WsWriteEnvelopeEnd( msg, NULL ), S_OK );
    ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
    WsFreeMessage( msg );
    WsFreeWriter( writer );
}

/* Reads a message in one encoding and sends it on in another, with one more header. */
static void forward( ULONG from, const struct bytes *in, ULONG to, struct bytes *out, INT32 hop )
{
    WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_MESSAGE *copy = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = create_writer();
    const WS_XML_NODE *node;

    set_encoded_input( reader, from, in );
    collect( writer, to, out );
    ok_hr( WsReadEnvelopeStart( msg, reader, NULL, NULL, NULL ), S_OK );
    ok_hr( WsInitializeMessage( copy, WS_DUPLICATE_MESSAGE, msg, NULL ), S_OK );
    ok_hr( WsAddCustomHeader( copy, &via, WS_WRITE_REQUIRED_VALUE, &hop, sizeof(hop), 0, NULL ), S_OK );
    ok_hr( WsWriteEnvelopeStart( copy, writer, NULL, NULL, NULL ), S_OK );
    while (!WsGetReaderNode( reader, &node, NULL ) && node->nodeType != WS_XML_NODE_TYPE_END_ELEMENT)
        if (!ok( !WsCopyNode( writer, reader, NULL ), "the body can't be copied\n" )) break;
    ok_hr( WsReadEnvelopeEnd( msg, NULL ), S_OK );
    ok_hr( WsWriteEnvelopeEnd( copy, NULL ), S_OK );
    ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
    WsFreeMessage( msg );
    WsFreeMessage( copy );
    WsFreeReader( reader );
    WsFreeWriter( writer );
}

static void check_forwarded( ULONG encoding, const struct bytes *bytes )
{
    WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_XML_READER *reader = create_reader();
    WS_STRING text = { 0, NULL };
    WS_BYTES value = { 0, NULL };
    ULONG attributes = 0, i;
    INT32 hop = 0;

    set_encoded_input( reader, encoding, bytes );
    ok_hr( WsReadEnvelopeStart( msg, reader, NULL, NULL, NULL ), S_OK );
    ok_header( msg, WS_ACTION_HEADER, "urn:act" );
    ok_hr( WsGetCustomHeader( msg, &header, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, &text, sizeof(text), &attributes,
                              NULL ), S_OK );
    ok_wide( &text, L"\x00fc & <v>" );
    ok_eq( attributes, WS_RELAY_HEADER_ATTRIBUTE );
    for (i = 0; i < 2; i++)
    {
        ok_hr( WsGetCustomHeader( msg, &via, WS_REPEATING_HEADER, i, WS_READ_REQUIRED_VALUE, NULL, &hop, sizeof(hop), NULL, NULL ),
               S_OK );
        ok_eq( hop, i + 1 );
    }
    ok_hr( WsReadBody( msg, &body, WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL ), S_OK );
    ok( value.length == sizeof(payload) && !memcmp( value.bytes, payload, sizeof(payload) ), "the body changed\n" );
    ok_hr( WsReadEnvelopeEnd( msg, NULL ), S_OK );
    WsFreeMessage( msg );
    WsFreeReader( reader );
}

static void test_forward( void )
{
    static struct bytes original, once, twice;
    ULONG from, to;

    for (from = 0; from < ENCODINGS; from++) for (to = 0; to < ENCODINGS; to++)
    {
        test_context( "%s to %s and back", encoding_names[from], encoding_names[to] );
        write_original( from, &original );
        forward( from, &original, to, &once, 1 );
        forward( to, &once, from, &twice, 2 );
        check_forwarded( from, &twice );
    }
    test_context( NULL );
}

/* --- filling and flushing -------------------------------------------------------------------------------------------- */

static void CALLBACK async_done( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    (void)model;
    *(HRESULT *)state = hr;
}

#define RUNNING ((HRESULT)0x7fffffff)

/* Completes what is pending until the operation is done; its result. */
static HRESULT finish( struct bytes *bytes, HRESULT hr, HRESULT *result )
{
    ULONG i;

    if (hr != WS_S_ASYNC) return hr;
    for (i = 0; *result == RUNNING && bytes->pending.callback && i < 1000; i++)
    {
        WS_ASYNC_CONTEXT context = bytes->pending;

        memset( &bytes->pending, 0, sizeof(bytes->pending) );
        context.callback( S_OK, WS_LONG_CALLBACK, context.callbackState );
    }
    return *result;
}

static void test_flush( void )
{
    static struct bytes bytes;
    WS_BYTES value = { sizeof(payload), payload };
    ULONG encoding, async;

    for (encoding = 0; encoding < MTOM; encoding++) for (async = 0; async < 2; async++)
    {
        WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
        WS_XML_WRITER *writer = create_writer();
        HRESULT result = RUNNING;
        WS_ASYNC_CONTEXT context = { async_done, &result }, *async_context = async ? &context : NULL;
        ULONG size;

        test_context( "%s, %s", encoding_names[encoding], async ? "asynchronous" : "synchronous" );
        collect( writer, encoding, &bytes );
        bytes.async = async;
        ok_hr( WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
        ok_hr( WsWriteEnvelopeStart( msg, writer, NULL, NULL, NULL ), S_OK );
        ok_hr( WsFlushBody( msg, 100000, async_context, NULL ), S_OK );     /* there is less than that */
        ok_eq( bytes.writes, 0 );
        ok_hr( finish( &bytes, WsFlushBody( msg, 0, async_context, NULL ), &result ), S_OK );
        ok( bytes.size > 0, "nothing is written\n" );
        size = bytes.size;
        ok_hr( WsWriteBody( msg, &body, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL ), S_OK );
        result = RUNNING;
        ok_hr( finish( &bytes, WsFlushBody( msg, 1, async_context, NULL ), &result ), S_OK );
        ok( bytes.size > size, "nothing more is written\n" );
        ok_hr( WsWriteEnvelopeEnd( msg, NULL ), S_OK );
        ok_hr( WsFlushBody( msg, 0, NULL, NULL ), WS_E_INVALID_OPERATION );
        ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
        WsFreeMessage( msg );
        WsFreeWriter( writer );
    }
    test_context( NULL );
}

/* A message comes in parts of 37 bytes; what is needed is filled in first, as the page of WsFillBody says. */
static void test_fill( void )
{
    static struct bytes bytes;
    ULONG encoding, async;

    for (encoding = 0; encoding < MTOM; encoding++) for (async = 0; async < 2; async++)
    {
        WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
        WS_XML_READER *reader = create_reader();
        WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, read_bytes, &bytes };
        HRESULT result = RUNNING;
        WS_ASYNC_CONTEXT context = { async_done, &result }, *async_context = async ? &context : NULL;
        WS_BYTES value = { 0, NULL };
        ULONG reads;

        test_context( "%s, %s", encoding_names[encoding], async ? "asynchronous" : "synchronous" );
        write_original( encoding, &bytes );
        bytes.reads = 0;
        bytes.async = async;
        ok_hr( WsSetInput( reader, reader_encoding( encoding ), &input.input, NULL, 0, NULL ), S_OK );
        ok_hr( finish( &bytes, WsFillReader( reader, bytes.size / 2, async_context, NULL ), &result ), S_OK );
        result = RUNNING;
        ok_hr( WsReadEnvelopeStart( msg, reader, NULL, NULL, NULL ), S_OK );
        reads = bytes.reads;
        ok_hr( WsFillBody( msg, 1, async_context, NULL ), S_OK );   /* so much is there */
        ok_eq( bytes.reads, reads );
        ok_hr( finish( &bytes, WsFillBody( msg, bytes.size, async_context, NULL ), &result ), S_OK );
        ok( bytes.reads > reads, "nothing is read\n" );
        ok_hr( WsReadBody( msg, &body, WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL ), S_OK );
        ok( value.length == sizeof(payload) && !memcmp( value.bytes, payload, sizeof(payload) ), "the body changed\n" );
        ok_hr( WsReadEnvelopeEnd( msg, NULL ), S_OK );
        ok_hr( WsFillBody( msg, 1, NULL, NULL ), WS_E_INVALID_OPERATION );
        WsFreeMessage( msg );
        WsFreeReader( reader );
    }
    test_context( NULL );
}

TESTS( message_forward, { "answers", test_answers }, { "initialize", test_initialize }, { "forward", test_forward },
       { "flush", test_flush }, { "fill", test_fill } )
