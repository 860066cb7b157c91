/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages: states, envelopes, headers, answers, forwarding, properties. What the reference pages of the functions
 * say, and, for the exact form of the envelopes, what is publicly known of native output. */
#include "message.h"

#define UUID "urn:uuid:00000000-0000-0000-0000-000000000000"

/* --- envelopes ---------------------------------------------------------------------------------------------------- */

static void test_envelopes( void )
{
    static const struct
    {
        WS_ENVELOPE_VERSION envelope;
        WS_ADDRESSING_VERSION addressing;
        WS_MESSAGE_INITIALIZATION init;
        const WCHAR *url;
        const char *action, *expected;
    } tests[] =
    {
        { WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_0_9, WS_REQUEST_MESSAGE, L"http://h/", "act",
          "<s:Envelope xmlns:a=\"" A04 "\" xmlns:s=\"" S11 "\"><s:Header><a:MessageID>" UUID "</a:MessageID><a:ReplyTo>"
          "<a:Address>" A04 "/role/anonymous</a:Address></a:ReplyTo><a:To s:mustUnderstand=\"1\">http://h/</a:To>"
          "<a:Action s:mustUnderstand=\"1\">act</a:Action></s:Header><s:Body/></s:Envelope>" },
        { WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, WS_REQUEST_MESSAGE, NULL, "act",
          "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S12 "\"><s:Header><a:MessageID>" UUID "</a:MessageID>"
          "<a:Action s:mustUnderstand=\"1\">act</a:Action></s:Header><s:Body/></s:Envelope>" },
        { WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0, WS_BLANK_MESSAGE, NULL, NULL,
          "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S11 "\"><s:Header/><s:Body/></s:Envelope>" },
        { WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, WS_REQUEST_MESSAGE, NULL, NULL,
          "<s:Envelope xmlns:s=\"" S11 "\"><s:Header/><s:Body/></s:Envelope>" },
        { WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_TRANSPORT, WS_REQUEST_MESSAGE, NULL, "act",
          "<s:Envelope xmlns:s=\"" S12 "\"><s:Header><Action s:mustUnderstand=\"1\" xmlns=\"" ANONE "\">act</Action>"
          "</s:Header><s:Body/></s:Envelope>" },
        { WS_ENVELOPE_VERSION_NONE, WS_ADDRESSING_VERSION_TRANSPORT, WS_REQUEST_MESSAGE, NULL, "act",
          "<Envelope><Header><Action mustUnderstand=\"1\" xmlns=\"" ANONE
              "\">act</Action></Header><Body/></Envelope>" },
    };
    WS_ENDPOINT_ADDRESS address;
    WS_XML_WRITER *writer;
    WS_MESSAGE *msg;
    ULONG i;

    for (i = 0; i < WsCountOf( tests ); i++)
    {
        test_context( "case %lu", i );
        msg = create( tests[i].envelope, tests[i].addressing );
        ok_hr( WsInitializeMessage( msg, tests[i].init, NULL, NULL ), S_OK );
        if (tests[i].url)
        {
            memset( &address, 0, sizeof(address) );
            address.url.chars = (WCHAR *)tests[i].url;
            address.url.length = lstrlenW( tests[i].url );
            ok_eq( flag( msg, WS_MESSAGE_PROPERTY_IS_ADDRESSED ), FALSE );
            ok_hr( WsAddressMessage( msg, &address, NULL ), S_OK );
            ok_eq( flag( msg, WS_MESSAGE_PROPERTY_IS_ADDRESSED ), TRUE );
            ok_hr( WsAddressMessage( msg, &address, NULL ), WS_E_INVALID_OPERATION );
        }
        if (tests[i].action)
        {
            WS_XML_STRING action = xs( tests[i].action );
            ok_hr( WsSetHeader( msg, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action,
                                sizeof(action),
                                NULL ), S_OK );
        }
        writer = create_writer();
        ok_hr( WsWriteEnvelopeStart( msg, writer, NULL, NULL, NULL ), S_OK );
        ok_hr( WsWriteEnvelopeEnd( msg, NULL ), S_OK );
        if (tests[i].envelope != WS_ENVELOPE_VERSION_NONE) ok_written( writer, tests[i].expected );
        ok_headers( msg, tests[i].expected );
        WsFreeMessage( msg );
        WsFreeWriter( writer );
    }
}

/* --- states -------------------------------------------------------------------------------------------------------- */

static void CALLBACK done( void *count ) { ++*(int *)count; }

static void test_states( void )
{
    static const char xml[] = "<s:Envelope xmlns:s=\"" S12 "\"><s:Body><b/></s:Body></s:Envelope>";
    WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_XML_WRITER *writer = create_writer(), *body_writer = NULL;
    WS_XML_READER *reader, *body_reader = NULL;
    int count = 0;

    ok_hr( WsCreateReader( NULL, 0, &reader, NULL ), S_OK );
    ok_eq( state( msg ), WS_MESSAGE_STATE_EMPTY );
    ok_hr( WsWriteEnvelopeStart( msg, writer, NULL, NULL, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsAddressMessage( msg, NULL, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsReadEnvelopeEnd( msg, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteEnvelopeEnd( msg, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsCheckMustUnderstandHeaders( msg, NULL ), WS_E_INVALID_OPERATION );

    ok_hr( WsInitializeMessage( msg, WS_REQUEST_MESSAGE, NULL, NULL ), S_OK );
    ok_eq( state( msg ), WS_MESSAGE_STATE_INITIALIZED );
    ok_hr( WsInitializeMessage( msg, WS_REQUEST_MESSAGE, NULL, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsReadEnvelopeStart( msg, reader, NULL, NULL, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsWriteEnvelopeStart( msg, writer, done, &count, NULL ), S_OK );
    ok_eq( state( msg ), WS_MESSAGE_STATE_WRITING );
    ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_BODY_WRITER, &body_writer, sizeof(body_writer), NULL ),
           S_OK );
    ok_ptr( body_writer, writer );
    ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_BODY_READER, &body_reader, sizeof(body_reader), NULL ),
           WS_E_INVALID_OPERATION );
    ok_hr( WsWriteEnvelopeEnd( msg, NULL ), S_OK );
    ok_eq( state( msg ), WS_MESSAGE_STATE_DONE );
    ok_hr( WsWriteEnvelopeEnd( msg, NULL ), WS_E_INVALID_OPERATION );
    ok_eq( count, 0 );
    ok_hr( WsResetMessage( msg, NULL ), S_OK );     /* the writer is not used any more (WS_MESSAGE_DONE_CALLBACK) */
    ok_eq( count, 1 );
    ok_eq( state( msg ), WS_MESSAGE_STATE_EMPTY );

    ok_hr( read_start( msg, reader, xml ), S_OK );
    ok_eq( state( msg ), WS_MESSAGE_STATE_READING );
    ok_eq( flag( msg, WS_MESSAGE_PROPERTY_IS_ADDRESSED ), TRUE );
    ok_eq( flag( msg, WS_MESSAGE_PROPERTY_IS_FAULT ), FALSE );
    ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_BODY_READER, &body_reader, sizeof(body_reader), NULL ),
           S_OK );
    ok_ptr( body_reader, reader );
    ok_hr( WsCheckMustUnderstandHeaders( msg, NULL ), S_OK );
    ok_hr( WsReadEnvelopeEnd( msg, NULL ), S_OK );  /* what is left of the body is skipped */
    ok_eq( state( msg ), WS_MESSAGE_STATE_DONE );
    ok_headers( msg, "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S12 "\"><s:Header/><s:Body/></s:Envelope>" );
    WsFreeMessage( msg );
    ok_eq( count, 1 );

    /* a failure leaves the message as it was */
    msg = create( WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0 );
    ok_hr( read_start( msg, reader, xml ), WS_E_INVALID_FORMAT );
    ok_eq( state( msg ), WS_MESSAGE_STATE_EMPTY );
    WsFreeMessage( msg );
    WsFreeMessage( NULL );
    WsFreeReader( reader );
    WsFreeWriter( writer );
}

/* --- headers ------------------------------------------------------------------------------------------------------- */

static void test_read_headers( void )
{
    static const char xml[] =
        "<?xml version='1.0'?>\n<e:Envelope xmlns:e='" S12 "' xmlns:w='" A10 "' xmlns:p='urn:p'> <e:Header>\n"
        "<!-- any order, others between --><w:To e:mustUnderstand='true'>http://to/</w:To><x:other xmlns:x='urn:x'>"
        "<x:child/></x:other><w:MessageID>urn:uuid:0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1</w:MessageID>"
        "<q xmlns='urn:q'>p:name</q>\n<w:ReplyTo><w:Address>http://reply/</w:Address></w:ReplyTo>"
        "<w:Action e:role='urn:somebody'>not for us</w:Action><w:Action>act</w:Action></e:Header><e:Body/></e:Envelope>";
    static const GUID guid = { 0x0b0c3e86, 0x6f7a, 0x4f4a, { 0xbb, 0x5f, 0x4a, 0x1e, 0xd4, 0xa3, 0xc8, 0xf1 } };
    WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_XML_STRING name = xs( "q" ), ns = xs( "urn:q" );
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_QNAME_TYPE, NULL };
    WS_ENDPOINT_ADDRESS *address = NULL;
    WS_XML_READER *reader;
    WS_XML_QNAME qname;
    WS_UNIQUE_ID id;
    WS_STRING str;
    ULONG attributes = 0xdead;
    WCHAR *wsz;

    ok_hr( WsCreateReader( NULL, 0, &reader, NULL ), S_OK );
    ok_hr( read_start( msg, reader, xml ), S_OK );
    ok_header( msg, WS_ACTION_HEADER, "act" );
    ok_header( msg, WS_TO_HEADER, "http://to/" );
    ok_header( msg, WS_MESSAGE_ID_HEADER, "urn:uuid:0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1" );
    ok_header( msg, WS_RELATES_TO_HEADER, NULL );
    memset( &id, 0x55, sizeof(id) );
    ok_hr( WsGetHeader( msg, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, NULL, &id, sizeof(id),
                        NULL ), S_OK );
    ok( !memcmp( &id.guid, &guid, sizeof(guid) ) && !id.uri.length, "wrong id\n" );
    ok_hr( WsGetHeader( msg, WS_ACTION_HEADER, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &str, sizeof(str),
                        NULL ), S_OK );
    ok( str.length == 3 && !memcmp( str.chars, L"act", 6 ), "wrong action\n" );
    ok_hr( WsGetHeader( msg, WS_TO_HEADER, WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, NULL, &wsz, sizeof(wsz), NULL ),
           S_OK );
    ok( !lstrcmpW( wsz, L"http://to/" ), "wrong address\n" );
    ok_hr( WsGetHeader( msg, WS_REPLY_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_REQUIRED_POINTER, NULL, &address,
                        sizeof(address), NULL ), S_OK );
    ok( address && address->url.length == 13 && !memcmp( address->url.chars, L"http://reply/", 26 ),
        "wrong reply address\n" );
    /* WS_HEADER_TYPE: the types each header has; nil is not among the options */
    ok_hr( WsGetHeader( msg, WS_ACTION_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, NULL, &id, sizeof(id),
                        NULL ), E_INVALIDARG );
    ok_hr( WsGetHeader( msg, WS_REPLY_TO_HEADER, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &str, sizeof(str),
                        NULL ), E_INVALIDARG );
    ok_hr( WsGetHeader( msg, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_READ_NILLABLE_POINTER, NULL, &wsz, sizeof(wsz),
                        NULL ), E_INVALIDARG );
    ok_hr( WsGetHeader( msg, WS_FAULT_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_REQUIRED_POINTER, NULL, &address,
                        sizeof(address), NULL ), WS_E_INVALID_FORMAT );
    /* a prefix of the envelope in the content of a header */
    ok_hr( WsGetCustomHeader( msg, &desc, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, &qname,
                              sizeof(qname), &attributes,
                              NULL ), S_OK );
    ok_bytes( qname.ns.bytes, qname.ns.length, "urn:p" );
    ok_eq( attributes, 0 );
    WsFreeMessage( msg );
    WsFreeReader( reader );
}

static void test_custom( void )
{
    WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_XML_STRING name = xs( "h" ), ns = xs( "n" ), one = xs( "one" ), two = xs( "two" ), value, *ptr;
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_STRING_TYPE, NULL };
    ULONG attributes;

    WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL );
    ok_hr( WsAddCustomHeader( msg, &desc, WS_WRITE_REQUIRED_VALUE, &one, sizeof(one), 0, NULL ), S_OK );
    ok_hr( WsAddCustomHeader( msg, &desc, WS_WRITE_REQUIRED_VALUE, &two, sizeof(two),
                              WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE, NULL ),
           S_OK );
    ok_headers( msg, "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S12 "\"><s:Header><h xmlns=\"n\">one</h>"
                "<h s:mustUnderstand=\"1\" xmlns=\"n\">two</h></s:Header><s:Body/></s:Envelope>" );
    ok_hr( WsGetCustomHeader( msg, &desc, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, &value,
                              sizeof(value), NULL, NULL ),
           WS_E_INVALID_FORMAT );       /* there are two */
    ok_hr( WsGetCustomHeader( msg, &desc, WS_REPEATING_HEADER, 1, WS_READ_REQUIRED_VALUE, NULL, &value,
                              sizeof(value), &attributes,
                              NULL ), S_OK );
    ok_bytes( value.bytes, value.length, "two" );
    ok_eq( attributes, WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE );
    ok_hr( WsGetCustomHeader( msg, &desc, WS_REPEATING_HEADER, 2, WS_READ_REQUIRED_VALUE, NULL, &value,
                              sizeof(value), NULL, NULL ),
           WS_E_INVALID_FORMAT );
    ok_hr( WsRemoveCustomHeader( msg, &name, &ns, NULL ), S_OK );
    ok_hr( WsGetCustomHeader( msg, &desc, WS_SINGLETON_HEADER, 0, WS_READ_OPTIONAL_POINTER, NULL, &ptr, sizeof(ptr),
                              NULL, NULL ),
           S_OK );
    ok_ptr( ptr, NULL );
    WsFreeMessage( msg );
}

/* WsCheckMustUnderstandHeaders: standard headers and those that were read count as understood. */
static void test_must_understand( void )
{
    static const char xml[] = "<s:Envelope xmlns:s='" S12 "' xmlns:a='" A10
        "'><s:Header><a:Action s:mustUnderstand='1'>x</a:Action>"
                              "<h xmlns='n' s:mustUnderstand='1'>v</h><k xmlns='n' s:mustUnderstand='0'/></s:Header><s:Body/></s:Envelope>";
    WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_XML_STRING name = xs( "h" ), ns = xs( "n" ), value;
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_STRING_TYPE, NULL };
    WS_XML_NODE_POSITION pos;
    WS_XML_READER *reader, *headers;
    ULONG attributes = 0xdead;
    WS_FAULT *fault = NULL;
    WS_ERROR *error;

    ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
    ok_hr( WsCreateReader( NULL, 0, &reader, NULL ), S_OK );
    ok_hr( WsCreateReader( NULL, 0, &headers, NULL ), S_OK );
    ok_hr( read_start( msg, reader, xml ), S_OK );
    ok_hr( WsCheckMustUnderstandHeaders( msg, error ), WS_E_INVALID_FORMAT );
    ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
    ok( fault && fault->code, "nothing a fault can be sent from\n" );
    ok_hr( WsGetCustomHeader( msg, &desc, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, &value,
                              sizeof(value), NULL, NULL ),
           S_OK );
    ok_hr( WsCheckMustUnderstandHeaders( msg, NULL ), S_OK );
    ok_hr( WsResetMessage( msg, NULL ), S_OK );

    /* by hand: the position of the second header */
    ok_hr( read_start( msg, reader, xml ), S_OK );
    ok_hr( WsCheckMustUnderstandHeaders( msg, NULL ), WS_E_INVALID_FORMAT );
    ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_HEADER_POSITION, &pos, sizeof(pos), NULL ), S_OK );
    ok_hr( WsSetInputToBuffer( headers, pos.buffer, NULL, 0, NULL ), S_OK );
    ok_hr( WsSetReaderPosition( headers, &pos, NULL ), S_OK );
    ok_hr( WsMoveReader( headers, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsMoveReader( headers, WS_MOVE_TO_NEXT_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsGetHeaderAttributes( msg, headers, &attributes, NULL ), S_OK );
    ok_eq( attributes, WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE );
    ok_hr( WsGetReaderPosition( headers, &pos, NULL ), S_OK );
    ok_hr( WsMarkHeaderAsUnderstood( msg, &pos, NULL ), S_OK );
    ok_hr( WsCheckMustUnderstandHeaders( msg, NULL ), S_OK );
    WsFreeMessage( msg );
    WsFreeReader( headers );
    WsFreeReader( reader );
    WsFreeError( error );
}

/* --- answers and copies -------------------------------------------------------------------------------------------- */

/* WS_MESSAGE_INITIALIZATION: what each adds. */
static void test_reply( void )
{
    static const char xml[] =
        "<s:Envelope xmlns:s='" S12 "' xmlns:a='" A10
            "'><s:Header><a:MessageID>u:1</a:MessageID><a:ReplyTo><a:Address>http://r/"
        "</a:Address></a:ReplyTo><a:FaultTo><a:Address>http://f/</a:Address><a:ReferenceParameters><p xmlns='urn:p'>1</p>"
        "</a:ReferenceParameters></a:FaultTo></s:Header><s:Body/></s:Envelope>";
    WS_MESSAGE *request = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_MESSAGE *reply = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_XML_STRING name = xs( "p" ), ns = xs( "urn:p" ), value;
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_STRING_TYPE, NULL };
    WS_XML_READER *reader;

    ok_hr( WsCreateReader( NULL, 0, &reader, NULL ), S_OK );
    ok_hr( read_start( request, reader, xml ), S_OK );
    ok_hr( WsInitializeMessage( reply, WS_REPLY_MESSAGE, request, NULL ), S_OK );
    ok_eq( flag( reply, WS_MESSAGE_PROPERTY_IS_ADDRESSED ), TRUE );
    ok_eq( flag( reply, WS_MESSAGE_PROPERTY_IS_FAULT ), FALSE );
    ok_header( reply, WS_TO_HEADER, "http://r/" );
    ok_header( reply, WS_RELATES_TO_HEADER, "u:1" );
    ok_header( reply, WS_MESSAGE_ID_HEADER, NULL );
    ok_hr( WsResetMessage( reply, NULL ), S_OK );
    ok_hr( WsInitializeMessage( reply, WS_FAULT_MESSAGE, request, NULL ), S_OK );
    ok_eq( flag( reply, WS_MESSAGE_PROPERTY_IS_FAULT ), TRUE );
    ok_header( reply, WS_TO_HEADER, "http://f/" );
    ok_header( reply, WS_RELATES_TO_HEADER, "u:1" );
    ok_hr( WsGetCustomHeader( reply, &desc, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, &value,
                              sizeof(value), NULL, NULL ),
           S_OK );
    ok_bytes( value.bytes, value.length, "1" );
    WsFreeMessage( reply );
    WsFreeMessage( request );
    WsFreeReader( reader );
}

/* A message that is forwarded: headers with WS_DUPLICATE_MESSAGE, the body node by node. */
static void test_forward( void )
{
    static const char xml[] =
        "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S12 "\"><s:Header><a:Action s:mustUnderstand=\"1\">act</a:Action>"
        "<h xmlns=\"n\"><!--x-->v</h></s:Header><s:Body><b xmlns=\"u\"><c>1</c></b><d/></s:Body></s:Envelope>";
    WS_MESSAGE *in = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_MESSAGE *out = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_XML_WRITER *writer = create_writer();
    const WS_XML_NODE *node;
    WS_XML_READER *reader;
    int i;

    ok_hr( WsCreateReader( NULL, 0, &reader, NULL ), S_OK );
    ok_hr( read_start( in, reader, xml ), S_OK );
    ok_hr( WsInitializeMessage( out, WS_DUPLICATE_MESSAGE, in, NULL ), S_OK );
    ok_hr( WsWriteEnvelopeStart( out, writer, NULL, NULL, NULL ), S_OK );
    for (i = 0; i < 5; i++)
    {
        ok_hr( WsGetReaderNode( reader, &node, NULL ), S_OK );
        if (node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT) break;
        ok_hr( WsCopyNode( writer, reader, NULL ), S_OK );
    }
    ok_eq( i, 2 );
    ok_hr( WsReadEnvelopeEnd( in, NULL ), S_OK );
    ok_hr( WsWriteEnvelopeEnd( out, NULL ), S_OK );
    ok_written( writer, xml );
    WsFreeMessage( in );
    WsFreeMessage( out );
    WsFreeReader( reader );
    WsFreeWriter( writer );
}

/* --- properties ---------------------------------------------------------------------------------------------------- */

/* What a custom channel sets is copied; handles are duplicated (WS_MESSAGE_PROPERTY_ID). */
static void test_security( void )
{
    WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_STRING user = WS_STRING_VALUE( L"user" ), got_user = { 0, NULL };
    WS_PROTECTION_LEVEL level = 0xdead;
    HANDLE token = NULL, got = NULL;
    DWORD flags;

    ok_hr( WsSetMessageProperty( msg, WS_MESSAGE_PROPERTY_USERNAME, &user, sizeof(user), NULL ),
           WS_E_INVALID_OPERATION );
    WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL );
    ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_PROTECTION_LEVEL, &level, sizeof(level), NULL ), S_OK );
    ok_eq( level, WS_PROTECTION_LEVEL_NONE );
    ok( FAILED( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_USERNAME, &got_user, sizeof(got_user), NULL ) ),
        "there is a user without security\n" );
    ok_hr( WsSetMessageProperty( msg, WS_MESSAGE_PROPERTY_USERNAME, &user, sizeof(user), NULL ), S_OK );
    ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_USERNAME, &got_user, sizeof(got_user), NULL ), S_OK );
    ok( got_user.length == 4 && got_user.chars != user.chars && !memcmp( got_user.chars, L"user", 8 ), "wrong user\n" );

    if (OpenProcessToken( GetCurrentProcess(), TOKEN_QUERY | TOKEN_DUPLICATE, &token ))
    {
        ok_hr( WsSetMessageProperty( msg, WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN, &token,
                                     sizeof(token), NULL ), S_OK );
        ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN, &got, sizeof(got),
                                     NULL ), S_OK );
        ok( got && got != token, "the handle is the caller's\n" );
        CloseHandle( token );
        ok( GetHandleInformation( got, &flags ), "the handle ends with the caller's\n" );
        WsResetMessage( msg, NULL );
        ok( !GetHandleInformation( got, &flags ), "the handle outlives the message\n" );
    }
    else skip( "no token of the process\n" );
    WsFreeMessage( msg );
}

static void test_mapped( void )
{
    WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_XML_STRING name = xs( "X-Test" ), value = xs( "42" ), *ptr = &value;
    UINT32 number = 0;

    WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL );
    ok_hr( WsAddMappedHeader( msg, &name, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL ),
           S_OK );
    ok_hr( WsGetMappedHeader( msg, &name, WS_SINGLETON_HEADER, 0, WS_UINT32_TYPE, WS_READ_REQUIRED_VALUE, NULL, &number,
                              sizeof(number), NULL ), S_OK );
    ok_eq( number, 42 );
    /* not a part of the envelope */
    ok_headers( msg, "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S12 "\"><s:Header/><s:Body/></s:Envelope>" );
    ok_hr( WsRemoveMappedHeader( msg, &name, NULL ), S_OK );
    ok_hr( WsGetMappedHeader( msg, &name, WS_SINGLETON_HEADER, 0, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL,
                              &ptr,
                              sizeof(ptr), NULL ), S_OK );
    ok_ptr( ptr, NULL );
    WsFreeMessage( msg );
}

TESTS( message, { "envelopes", test_envelopes }, { "states", test_states }, { "read_headers", test_read_headers },
       { "custom", test_custom }, { "must_understand", test_must_understand }, { "reply", test_reply },
       { "forward", test_forward }, { "security", test_security }, { "mapped", test_mapped } )
