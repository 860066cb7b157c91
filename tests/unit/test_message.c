/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages: what envelopes look like, what is read of those that other stacks write, headers, properties, states. */

#include "unit.h"
#include "message/message_impl.h"
#include "message/fault.h"

/* The strings of an error object, for messages. */
static const char *why( WS_ERROR *error )
{
    static char text[4096];
    ULONG count = 0, i, j, len = 0;
    WS_STRING str;

    error_get_property( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) );
    for (i = 0; i < count; i++)
    {
        error_get_string( error, i, &str );
        for (j = 0; j < str.length && len < sizeof(text) - 2; j++) text[len++] = str.chars[j] < 0x80 ? str.chars[j] : '?';
        text[len++] = '|';
    }
    text[len] = 0;
    return text;
}

/* A result with the reason when it is another. */
#define CHECK_EQ_HR( call, expected, error ) \
    __extension__ ({ HRESULT hr_ = (call); CHECK( hr_ == (HRESULT)(expected), "%s is 0x%08x: %s", #call, hr_, \
                                                  why( error ) ); })

static WS_MESSAGE *new_message( WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing )
{
    WS_MESSAGE *msg = NULL;

    CHECK_EQ( message_create( envelope, addressing, NULL, 0, &msg, NULL ), S_OK );
    return msg;
}

static WS_XML_WRITER *text_writer( void )
{
    static const WS_XML_WRITER_TEXT_ENCODING text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_XML_WRITER *writer = NULL;

    CHECK_EQ( writer_create( NULL, 0, &writer, NULL ), S_OK );
    CHECK_EQ( writer_set_output( writer, &text.encoding, &output.output, NULL, 0, NULL ), S_OK );
    return writer;
}

static WS_BYTES written( WS_XML_WRITER *writer )
{
    WS_BYTES bytes = { 0, NULL };

    CHECK_EQ( writer_get_property( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
    return bytes;
}

/* The header buffer as text; ids that are random are made zeros. */
static const char *header_text( WS_MESSAGE *msg )
{
    static char text[8192];
    WS_XML_WRITER *writer = text_writer();
    WS_XML_BUFFER *buffer = NULL;
    WS_ERROR *error;
    WS_BYTES bytes;
    char *id;

    error_create( NULL, 0, &error );
    *text = 0;
    if (CHECK_EQ_HR( message_get_property( msg, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), error ),
                     S_OK, error ) &&
        CHECK_EQ_HR( writer_write_xml_buffer( writer, buffer, error ), S_OK, error ))
    {
        bytes = written( writer );
        memcpy( text, bytes.bytes, bytes.length );
        text[bytes.length] = 0;
        if ((id = strstr( text, "<a:MessageID>urn:uuid:" )) && strlen( id ) > 60) memset( id + 22, '0', 36 );
    }
    error_free( error );
    writer_free( writer );
    return text;
}

/* A message on its way in, with the reader and the error object that it needs. */
struct in
{
    WS_MESSAGE    *msg;
    WS_XML_READER *reader;
    WS_ERROR      *error;
    HRESULT        hr;
};

static struct in read_start( WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing, const char *xml )
{
    static const WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)xml, strlen( xml ) };
    struct in in = { NULL, NULL, NULL, E_FAIL };

    error_create( NULL, 0, &in.error );
    in.msg = new_message( envelope, addressing );
    CHECK_EQ( reader_create( NULL, 0, &in.reader, NULL ), S_OK );
    CHECK_EQ( reader_set_input( in.reader, &text.encoding, &input.input, NULL, 0, NULL ), S_OK );
    in.hr = message_read_envelope_start( in.msg, in.reader, NULL, NULL, in.error );
    return in;
}

static void read_free( struct in *in )
{
    message_free( in->msg );
    reader_free( in->reader );
    error_free( in->error );
}

static const char *get_string( WS_MESSAGE *msg, WS_HEADER_TYPE type )
{
    static char text[4][256];
    static int index;
    WS_XML_STRING *str = NULL;
    char *ret = text[index++ & 3];
    HRESULT hr = message_get_header( msg, type, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &str,
                                     sizeof(str), NULL );

    if (hr) snprintf( ret, 256, "0x%08x", hr );
    else snprintf( ret, 256, "%.*s", str ? (int)str->length : 6, str ? (char *)str->bytes : "(none)" );
    return ret;
}
#define CHECK_HEADER( msg, type, expected ) do { const char *h_ = get_string( msg, type ); \
                                                 CHECK_STR( h_, strlen( h_ ), expected ); } while (0)
#define CHECK_TEXT( got, expected ) do { const char *t_ = (got); CHECK_STR( t_, strlen( t_ ), expected ); } while (0)

static void set_text( WS_MESSAGE *msg, WS_HEADER_TYPE type, const char *text )
{
    WS_XML_STRING str = { strlen( text ), (BYTE *)text, NULL, 0 };
    CHECK_EQ( message_set_header( msg, type, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &str, sizeof(str), NULL ),
              S_OK );
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

#define S11 "http://schemas.xmlsoap.org/soap/envelope/"
#define S12 "http://www.w3.org/2003/05/soap-envelope"
#define A04 "http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define A10 "http://www.w3.org/2005/08/addressing"
#define ANONE "http://schemas.microsoft.com/ws/2005/05/addressing/none"
#define ID "<a:MessageID>urn:uuid:000000000000000000000000000000000000</a:MessageID>"

static void test_envelopes( void )
{
    static const struct
    {
        WS_ENVELOPE_VERSION envelope;
        WS_ADDRESSING_VERSION addressing;
        WS_MESSAGE_INITIALIZATION init;
        const WCHAR *url;               /* NULL: not addressed, "": anonymous */
        const char *action, *expected;
    } cases[] =
    {
        { WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_0_9, WS_REQUEST_MESSAGE, L"http://h/", "act",
          "<s:Envelope xmlns:a=\"" A04 "\" xmlns:s=\"" S11 "\"><s:Header>" ID "<a:ReplyTo><a:Address>" A04
          "/role/anonymous</a:Address></a:ReplyTo><a:To s:mustUnderstand=\"1\">http://h/</a:To>"
          "<a:Action s:mustUnderstand=\"1\">act</a:Action></s:Header><s:Body/></s:Envelope>" },
        { WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, WS_REQUEST_MESSAGE, L"", "act",
          "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S12 "\"><s:Header>" ID "<a:To s:mustUnderstand=\"1\">" A10
          "/anonymous</a:To><a:Action s:mustUnderstand=\"1\">act</a:Action></s:Header><s:Body/></s:Envelope>" },
        { WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, WS_BLANK_MESSAGE, NULL, "a&b<",
          "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S12 "\"><s:Header><a:Action s:mustUnderstand=\"1\">a&amp;b&lt;"
          "</a:Action></s:Header><s:Body/></s:Envelope>" },
        { WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, WS_REQUEST_MESSAGE, NULL, NULL,
          "<s:Envelope xmlns:s=\"" S11 "\"><s:Header/><s:Body/></s:Envelope>" },
        { WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, WS_REQUEST_MESSAGE, L"", NULL,
          "<s:Envelope xmlns:s=\"" S11 "\"><s:Header/><s:Body/></s:Envelope>" },
        { WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_TRANSPORT, WS_BLANK_MESSAGE, L"u:x", "act",
          "<s:Envelope xmlns:s=\"" S12 "\"><s:Header><To s:mustUnderstand=\"1\" xmlns=\"" ANONE "\">u:x</To>"
          "<Action s:mustUnderstand=\"1\" xmlns=\"" ANONE "\">act</Action></s:Header><s:Body/></s:Envelope>" },
        { WS_ENVELOPE_VERSION_NONE, WS_ADDRESSING_VERSION_TRANSPORT, WS_REQUEST_MESSAGE, NULL, "act",
          "<Envelope><Header><Action mustUnderstand=\"1\" xmlns=\"" ANONE
              "\">act</Action></Header><Body/></Envelope>" },
        { WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0, WS_FAULT_MESSAGE, NULL, "fault",
          "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S11 "\"><s:Header><a:Action s:mustUnderstand=\"1\">fault"
          "</a:Action></s:Header><s:Body/></s:Envelope>" },
    };
    WS_ENDPOINT_ADDRESS address;
    WS_XML_WRITER *writer;
    WS_BYTES bytes;
    WS_MESSAGE *msg;
    char *id, text[2048];
    ULONG i, j;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        static char context[16];
        snprintf( context, sizeof(context), "case %u", i );
        unit_context = context;
        for (j = 0; j < 2; j++)     /* from the pending values, from the buffer */
        {
            msg = new_message( cases[i].envelope, cases[i].addressing );
            CHECK_EQ( message_initialize( msg, cases[i].init, NULL, NULL ), S_OK );
            if (cases[i].url)
            {
                memset( &address, 0, sizeof(address) );
                address.url.chars = (WCHAR *)cases[i].url;
                while (cases[i].url[address.url.length]) address.url.length++;
                CHECK_EQ( message_address( msg, &address, NULL ), S_OK );
                CHECK_EQ( message_address( msg, &address, NULL ), WS_E_INVALID_OPERATION );
            }
            if (cases[i].action) set_text( msg, WS_ACTION_HEADER, cases[i].action );
            CHECK( !msg->buffer, "a tree was built" );
            if (j) CHECK_TEXT( header_text( msg ), cases[i].expected );
            writer = text_writer();
            CHECK_EQ( message_write_envelope_start( msg, writer, NULL, NULL, NULL ), S_OK );
            CHECK_EQ( message_write_envelope_end( msg, NULL ), S_OK );
            CHECK_EQ( msg->hdr.state, WS_MESSAGE_STATE_DONE );
            bytes = written( writer );
            memcpy( text, bytes.bytes, bytes.length );
            text[bytes.length] = 0;
            if ((id = strstr( text, "<a:MessageID>urn:uuid:" ))) memset( id + 22, '0', 36 );
            if (cases[i].envelope == WS_ENVELOPE_VERSION_NONE) CHECK_EQ( bytes.length, 0 );
            else CHECK_TEXT( text, cases[i].expected );
            if (!j) CHECK_TEXT( header_text( msg ), cases[i].expected );
            writer_free( writer );
            message_free( msg );
        }
    }
    unit_context = "";
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static const struct
{
    const char *name;
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    BOOL tree;
    const char *action, *to, *id, *relates, *body, *xml;
} peer_cases[] =
{
    { "gSOAP, SOAP 1.1, no addressing", WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, FALSE,
      "(none)", "(none)", NULL, NULL, "add",
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"" S11 "\""
      " xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
      " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:ns=\"urn:calc\"><SOAP-ENV:Body"
      " SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><ns:add><a>1</a><b>2</b></ns:add>"
      "</SOAP-ENV:Body></SOAP-ENV:Envelope>" },
    { "gSOAP with its wsa plugin", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, FALSE,
      "urn:calc/add", "http://localhost:8080/", "urn:uuid:8f1d6e9c-0d3a-4c6d-8d33-000000000001", "(none)", "add",
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"" S12 "\" xmlns:wsa5=\""
          A10 "\""
      " xmlns:ns=\"urn:calc\"><SOAP-ENV:Header><wsa5:MessageID>urn:uuid:8f1d6e9c-0d3a-4c6d-8d33-000000000001"
      "</wsa5:MessageID><wsa5:ReplyTo><wsa5:Address>" A10 "/anonymous</wsa5:Address></wsa5:ReplyTo>"
      "<wsa5:To SOAP-ENV:mustUnderstand=\"true\">http://localhost:8080/</wsa5:To>"
      "<wsa5:Action SOAP-ENV:mustUnderstand=\"true\">urn:calc/add</wsa5:Action></SOAP-ENV:Header>"
      "<SOAP-ENV:Body><ns:add/></SOAP-ENV:Body></SOAP-ENV:Envelope>" },
    { "zeep", WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0, FALSE,
      "urn:calc/add", "http://localhost/", "urn:uuid:AB1d6e9c-0d3a-4c6d-8d33-000000000001", "(none)", "add",
      "<?xml version='1.0' encoding='utf-8'?>\n<soap-env:Envelope xmlns:soap-env=\"" S11 "\">"
      "<soap-env:Header xmlns:wsa=\"" A10 "\"><wsa:Action>urn:calc/add</wsa:Action><wsa:MessageID>"
      "urn:uuid:AB1d6e9c-0d3a-4c6d-8d33-000000000001</wsa:MessageID><wsa:To>http://localhost/</wsa:To>"
      "</soap-env:Header><soap-env:Body><ns0:add xmlns:ns0=\"urn:calc\"><a>1</a></ns0:add></soap-env:Body>"
      "</soap-env:Envelope>" },
    { "WCF, wsHttpBinding without security", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, FALSE,
      "http://tempuri.org/ICalc/Add", "http://host/calc", "urn:uuid:0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1",
          "(none)", "Add",
      "<s:Envelope xmlns:s=\"" S12 "\" xmlns:a=\"" A10 "\"><s:Header><a:Action s:mustUnderstand=\"1\">"
      "http://tempuri.org/ICalc/Add</a:Action><a:MessageID>urn:uuid:0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1</a:MessageID>"
      "<a:ReplyTo><a:Address>" A10 "/anonymous</a:Address></a:ReplyTo><a:To s:mustUnderstand=\"1\">http://host/calc"
      "</a:To></s:Header><s:Body><Add xmlns=\"http://tempuri.org/\"><a>1</a></Add></s:Body></s:Envelope>" },
    { "WCF reply with activity id", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, TRUE,
      "http://tempuri.org/ICalc/AddResponse", "(none)", "(none)", "urn:uuid:0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1",
      "AddResponse",
      "<s:Envelope xmlns:s=\"" S12 "\" xmlns:a=\"" A10 "\"><s:Header><a:Action s:mustUnderstand=\"1\">"
      "http://tempuri.org/ICalc/AddResponse</a:Action><ActivityId CorrelationId=\"1\" xmlns=\"http://schemas.microsoft"
      ".com/2004/09/ServiceModel/Diagnostics\">x</ActivityId><a:RelatesTo>"
      "urn:uuid:0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1</a:RelatesTo></s:Header><s:Body><AddResponse "
      "xmlns=\"http://tempuri.org/\"/></s:Body></s:Envelope>" },
    { "Axis2, namespaces at the header, RelationshipType", WS_ENVELOPE_VERSION_SOAP_1_1,
      WS_ADDRESSING_VERSION_1_0, TRUE,
      "urn:addResponse", "(none)", "urn:uuid:DEF", "urn:uuid:ABC", "r",
      "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope xmlns:soapenv=\"" S11 "\">"
      "<soapenv:Header xmlns:wsa=\"" A10 "\"><wsa:Action>urn:addResponse</wsa:Action>\n  <wsa:RelatesTo "
      "RelationshipType=\"" A10 "/reply\">urn:uuid:ABC</wsa:RelatesTo><!-- c --><wsa:MessageID>urn:uuid:DEF"
      "</wsa:MessageID></soapenv:Header> <soapenv:Body> <r xmlns=\"u\"/></soapenv:Body></soapenv:Envelope>" },
    { "WS-Discovery", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_0_9, FALSE,
      "http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe", "urn:schemas-xmlsoap-org:ws:2005:04:discovery",
      "urn:uuid:1", "(none)", "Probe",
      "<soap:Envelope xmlns:soap=\"" S12 "\" xmlns:wsa=\"" A04
          "\" xmlns:wsd=\"http://schemas.xmlsoap.org/ws/2005/04/"
      "discovery\"><soap:Header><wsa:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa:To><wsa:Action>"
      "http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</wsa:Action><wsa:MessageID>urn:uuid:1</wsa:MessageID>"
      "</soap:Header><soap:Body><wsd:Probe/></soap:Body></soap:Envelope>" },
    { "reference parameters in ReplyTo, header attributes", WS_ENVELOPE_VERSION_SOAP_1_2,
      WS_ADDRESSING_VERSION_1_0, TRUE,
      "act", "to", "(none)", "(none)", "b",
      "<e:Envelope xmlns:e=\"" S12 "\" xmlns:w=\"" A10 "\"><e:Header><w:Action>act</w:Action><w:ReplyTo><w:Address>"
      "http://r/</w:Address><w:ReferenceParameters><p xmlns=\"urn:p\">1</p></w:ReferenceParameters></w:ReplyTo>"
      "<w:To>to</w:To></e:Header><e:Body><b/></e:Body></e:Envelope>" },
    { "header element with attributes", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, TRUE,
      "act", "(none)", "(none)", "(none)", "b",
      "<e:Envelope xmlns:e=\"" S12 "\"><e:Header xml:lang=\"de\" xmlns:w=\"" A10
          "\"><w:Action>act</w:Action></e:Header>"
      "<e:Body><b/></e:Body></e:Envelope>" },
    { "a standard header for somebody else", WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0, TRUE,
      "mine", "(none)", "(none)", "(none)", "b",
      "<e:Envelope xmlns:e=\"" S11 "\" xmlns:w=\"" A10
          "\"><e:Header><w:Action e:actor=\"urn:proxy\">other</w:Action>"
      "<w:Action e:actor=\"\">mine</w:Action></e:Header><e:Body><b/></e:Body></e:Envelope>" },
    { "empty header", WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0, FALSE, "(none)", "(none)", "(none)",
      "(none)", "b", "<Envelope xmlns=\"" S11 "\"><Header/><Body><b xmlns=\"\"/></Body></Envelope>" },
};

static void test_peers( void )
{
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( peer_cases ); i++)
    {
        struct in in = read_start( peer_cases[i].envelope, peer_cases[i].addressing, peer_cases[i].xml );
        const WS_XML_ELEMENT_NODE *elem;
        BOOL addressed = FALSE;

        unit_context = peer_cases[i].name;
        if (CHECK( in.hr == S_OK, "0x%08x: %s", in.hr, why( in.error ) ))
        {
            CHECK_EQ( in.msg->buffer != NULL, peer_cases[i].tree );
            CHECK_HEADER( in.msg, WS_ACTION_HEADER, peer_cases[i].action );
            CHECK_HEADER( in.msg, WS_TO_HEADER, peer_cases[i].to );
            if (peer_cases[i].id) CHECK_HEADER( in.msg, WS_MESSAGE_ID_HEADER, peer_cases[i].id );
            if (peer_cases[i].relates) CHECK_HEADER( in.msg, WS_RELATES_TO_HEADER, peer_cases[i].relates );
            CHECK_EQ( in.msg->buffer != NULL, peer_cases[i].tree );
            /* the same from the tree */
            header_text( in.msg );
            CHECK( in.msg->buffer != NULL, "there is one now" );
            CHECK_HEADER( in.msg, WS_ACTION_HEADER, peer_cases[i].action );
            CHECK_HEADER( in.msg, WS_TO_HEADER, peer_cases[i].to );
            if (peer_cases[i].id) CHECK_HEADER( in.msg, WS_MESSAGE_ID_HEADER, peer_cases[i].id );
            if (peer_cases[i].relates) CHECK_HEADER( in.msg, WS_RELATES_TO_HEADER, peer_cases[i].relates );
            CHECK_EQ( message_get_property( in.msg, WS_MESSAGE_PROPERTY_IS_ADDRESSED, &addressed, sizeof(BOOL),
                                            NULL ), S_OK );
            CHECK( addressed, "a message that was read is addressed" );
            elem = (const WS_XML_ELEMENT_NODE *)reader_node( in.reader );
            CHECK_EQ( elem->node.nodeType, WS_XML_NODE_TYPE_ELEMENT );
            CHECK_STR( elem->localName->bytes, elem->localName->length, peer_cases[i].body );
            CHECK_EQ_HR( message_check_must_understand( in.msg, in.error ), S_OK, in.error );
            CHECK_EQ_HR( message_read_envelope_end( in.msg, in.error ), S_OK, in.error );
            CHECK_EQ( reader_node( in.reader )->nodeType, WS_XML_NODE_TYPE_EOF );
        }
        read_free( &in );
    }
    unit_context = "";
}

static void test_malformed( void )
{
    static const struct { const char *xml, *reason; } cases[] =
    {
        { "<a/>", "The message has the element a of namespace '' where Envelope of namespace '" S12 "' should be.|" },
        { "<e:Envelope xmlns:e=\"" S11 "\"><e:Body/></e:Envelope>",
          "The message has the element Envelope of namespace '" S11 "' where Envelope of namespace '" S12
              "' should be.|" },
        { "<e:Envelope xmlns:e=\"" S12 "\"></e:Envelope>",
          "The message has no element where its element Body should be.|" },
        { "<e:Envelope xmlns:e=\"" S12 "\"><e:Header/></e:Envelope>",
          "The message has no element where its element Body should be.|" },
        { "<e:Envelope xmlns:e=\"" S12 "\"><e:Body/><e:Header/></e:Envelope>", NULL },
        { "<e:Envelope xmlns:e=\"" S12 "\"><e:Header>text</e:Header><e:Body/></e:Envelope>",
          "The header of a message can't contain text.|" },
        { "<e:Envelope xmlns:e=\"" S12 "\"><e:Header><a:Action xmlns:a=\"" A10 "\"><x/></a:Action></e:Header><e:Body/>"
          "</e:Envelope>", NULL },
        { "<e:Envelope xmlns:e=\"" S12 "\"><e:Header><a><b></a></e:Header><e:Body/></e:Envelope>", NULL },
        { "<e:Envelope xmlns:e=\"" S12 "\"><e:Header><a>", NULL },
        { "<e:Envelope xmlns:e=\"" S12 "\"><e:Header><a:ReplyTo xmlns:a=\"" A10 "\"><a:Address>x", NULL },
        { "<e:Envelope xmlns:e=\"" S12 "\">", NULL },
        { "", NULL },
    };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        struct in in = read_start( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, cases[i].xml );

        unit_context = cases[i].xml;
        if (i == 4)     /* the order is wrong only after the body */
        {
            CHECK_EQ( in.hr, S_OK );
            CHECK_EQ_HR( message_read_envelope_end( in.msg, in.error ), WS_E_INVALID_FORMAT, in.error );
        }
        else CHECK_EQ( in.hr, WS_E_INVALID_FORMAT );
        if (cases[i].reason)
        {
            static const char general[] = "The start of the message could not be read.|";
            const char *text = why( in.error );

            CHECK_MEM( text, min( strlen( text ), sizeof(general) - 1 ), general, sizeof(general) - 1 );
            CHECK_TEXT( text + min( strlen( text ), sizeof(general) - 1 ), cases[i].reason );
        }
        else CHECK( *why( in.error ), "no reason is given" );
        if (i != 4) CHECK_EQ( in.msg->hdr.state, WS_MESSAGE_STATE_EMPTY );
        read_free( &in );
    }
    unit_context = "";
}

/* --- headers ----------------------------------------------------------------------------------------------------- */

static WS_XML_STRING xs( const char *text )
{
    WS_XML_STRING str = { strlen( text ), (BYTE *)text, NULL, 0 };
    return str;
}

/* Standard headers as each type. */
static void check_types( struct in *in, WS_HEAP *heap )
{
    static const GUID guid = { 0x0b0c3e86, 0x6f7a, 0x4f4a, { 0xbb, 0x5f, 0x4a, 0x1e, 0xd4, 0xa3, 0xc8, 0xf1 } };
    WS_STRING str = { 0 }, *strp = NULL;
    WS_UNIQUE_ID id, *idp;
    WCHAR *wsz = NULL;

#define GET( header, type, option, heap, value ) \
    message_get_header( in->msg, WS_##header##_HEADER, WS_##type##_TYPE, WS_READ_##option, heap, &value, \
                        sizeof(value), in->error )
    CHECK_EQ_HR( GET( ACTION, STRING, REQUIRED_VALUE, heap, str ), S_OK, in->error );
    CHECK_MEM( str.chars, str.length * 2, L"act\xe9", 8 );
    CHECK_EQ_HR( GET( ACTION, STRING, REQUIRED_POINTER, NULL, strp ), S_OK, in->error );
    CHECK_MEM( strp->chars, strp->length * 2, L"act\xe9", 8 );
    CHECK_EQ_HR( GET( ACTION, WSZ, REQUIRED_POINTER, NULL, wsz ), S_OK, in->error );
    CHECK_MEM( wsz, 10, L"act\xe9", 10 );
    memset( &id, 0x55, sizeof(id) );
    CHECK_EQ_HR( GET( MESSAGE_ID, UNIQUE_ID, REQUIRED_VALUE, NULL, id ), S_OK, in->error );
    CHECK( !memcmp( &id.guid, &guid, sizeof(guid) ) && !id.uri.length, "%u", id.uri.length );
    CHECK_EQ_HR( GET( RELATES_TO, UNIQUE_ID, OPTIONAL_POINTER, NULL, idp ), S_OK, in->error );
    CHECK_MEM( idp->uri.chars, idp->uri.length * 2, L"http://x/1", 20 );
    /* what is not there, options, sizes and types that do not fit */
    CHECK_EQ( GET( TO, STRING, REQUIRED_VALUE, NULL, str ), WS_E_INVALID_FORMAT );
    strp = &str;
    CHECK_EQ( GET( TO, STRING, OPTIONAL_POINTER, NULL, strp ), S_OK );
    CHECK( !strp, "an optional header" );
    CHECK_EQ( GET( TO, STRING, NILLABLE_POINTER, NULL, strp ), E_INVALIDARG );
    CHECK_EQ( GET( ACTION, UNIQUE_ID, REQUIRED_VALUE, NULL, id ), E_INVALIDARG );
    CHECK_EQ( GET( FROM, STRING, REQUIRED_VALUE, NULL, str ), E_INVALIDARG );
}

static void test_get_types( void )
{
    static const char xml[] =
        "<s:Envelope xmlns:s=\"" S12 "\" xmlns:a=\"" A10 "\"><s:Header><a:Action>act\xc3\xa9</a:Action>"
        "<a:MessageID>urn:uuid:0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1</a:MessageID><a:RelatesTo>http://x/1</a:RelatesTo>"
        "<a:From><a:Address>http://from/</a:Address></a:From></s:Header><s:Body/></s:Envelope>";
    struct in in_ = read_start( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, xml ), *in = &in_;
    WS_ENDPOINT_ADDRESS *address = NULL;
    WS_HEAP *heap;
    ULONG narrow;

    CHECK_EQ_HR( in->hr, S_OK, in->error );
    heap_create( 10000, 0, NULL, 0, &heap, NULL );
    check_types( in, heap );
    CHECK( !in->msg->buffer, "a tree was built" );
    CHECK_EQ_HR( GET( FROM, ENDPOINT_ADDRESS, REQUIRED_POINTER, NULL, address ), S_OK, in->error );
    CHECK_MEM( address->url.chars, address->url.length * 2, L"http://from/", 24 );
    CHECK( in->msg->buffer != NULL, "an address takes the tree" );
    check_types( in, heap );
    CHECK_EQ( GET( ACTION, STRING, REQUIRED_VALUE, NULL, narrow ), E_INVALIDARG );
    heap_free( heap );
    read_free( in );
}

static void test_set_types( void )
{
    static const GUID guid = { 0x0b0c3e86, 0x6f7a, 0x4f4a, { 0xbb, 0x5f, 0x4a, 0x1e, 0xd4, 0xa3, 0xc8, 0xf1 } };
    WS_STRING str = { 3, (WCHAR *)L"abc" }, *strp = &str, bad_str = { 1, (WCHAR *)L"\xd800" };
    WS_XML_STRING xml = xs( "def" ), *xmlp = &xml, bad = xs( "\xff" ), *none = NULL;
    WS_UNIQUE_ID id = { { 0 }, guid }, uri = { { 3, (WCHAR *)L"u:1" }, { 0 } };
    WS_ENDPOINT_ADDRESS address = { .url = { 9, (WCHAR *)L"http://r/" } };
    const WCHAR *wsz = L"wsz";
    WS_MESSAGE *msg;
    ULONG j;

#define SET( header, type, option, value ) \
    message_set_header( msg, WS_##header##_HEADER, WS_##type##_TYPE, WS_WRITE_##option, &value, sizeof(value), NULL )
    for (j = 0; j < 2; j++)
    {
        msg = new_message( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
        CHECK_EQ( SET( ACTION, STRING, REQUIRED_VALUE, str ), WS_E_INVALID_OPERATION );
        message_initialize( msg, WS_BLANK_MESSAGE, NULL, NULL );
        if (j) header_text( msg );
        CHECK_EQ( SET( ACTION, STRING, REQUIRED_VALUE, str ), S_OK );
        CHECK_HEADER( msg, WS_ACTION_HEADER, "abc" );
        CHECK_EQ( SET( ACTION, XML_STRING, REQUIRED_POINTER, xmlp ), S_OK );
        CHECK_HEADER( msg, WS_ACTION_HEADER, "def" );
        CHECK_EQ( SET( ACTION, STRING, REQUIRED_POINTER, strp ), S_OK );
        CHECK_EQ( SET( TO, WSZ, REQUIRED_POINTER, wsz ), S_OK );
        CHECK_HEADER( msg, WS_TO_HEADER, "wsz" );
        CHECK_EQ( SET( MESSAGE_ID, UNIQUE_ID, REQUIRED_VALUE, id ), S_OK );
        CHECK_HEADER( msg, WS_MESSAGE_ID_HEADER, "urn:uuid:0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1" );
        CHECK_EQ( SET( RELATES_TO, UNIQUE_ID, REQUIRED_VALUE, uri ), S_OK );
        CHECK_HEADER( msg, WS_RELATES_TO_HEADER, "u:1" );
        CHECK( !msg->buffer == !j, "the tree" );
        CHECK_EQ( SET( REPLY_TO, ENDPOINT_ADDRESS, REQUIRED_VALUE, address ), S_OK );
        /* failures leave the header as it was */
        CHECK_EQ( SET( ACTION, XML_STRING, REQUIRED_VALUE, bad ), WS_E_INVALID_FORMAT );
        CHECK_EQ( SET( ACTION, STRING, REQUIRED_VALUE, bad_str ), WS_E_INVALID_FORMAT );
        CHECK_EQ( SET( ACTION, XML_STRING, REQUIRED_POINTER, none ), E_INVALIDARG );
        CHECK_EQ( SET( ACTION, UNIQUE_ID, REQUIRED_VALUE, id ), E_INVALIDARG );
        CHECK_EQ( SET( ACTION, STRING, NILLABLE_POINTER, strp ), E_INVALIDARG );
        CHECK_EQ( SET( FROM, STRING, REQUIRED_VALUE, str ), E_INVALIDARG );
        CHECK_TEXT( header_text( msg ), "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S12 "\"><s:Header>"
                    "<a:Action s:mustUnderstand=\"1\">abc</a:Action><a:To s:mustUnderstand=\"1\">wsz</a:To>"
                    "<a:MessageID>urn:uuid:000000000000000000000000000000000000</a:MessageID>"
                    "<a:RelatesTo>u:1</a:RelatesTo><a:ReplyTo><a:Address>http://r/</a:Address></a:ReplyTo>"
                    "</s:Header><s:Body/></s:Envelope>" );
        CHECK_EQ( message_remove_header( msg, WS_TO_HEADER, NULL ), S_OK );
        CHECK_EQ( message_remove_header( msg, WS_REPLY_TO_HEADER, NULL ), S_OK );
        CHECK_HEADER( msg, WS_TO_HEADER, "(none)" );
        message_free( msg );
    }
    msg = new_message( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_TRANSPORT );
    message_initialize( msg, WS_BLANK_MESSAGE, NULL, NULL );
    CHECK_EQ( SET( MESSAGE_ID, UNIQUE_ID, REQUIRED_VALUE, id ), E_INVALIDARG );
    message_free( msg );
}

/* A header that is there twice can't be used, nor a limit be passed. */
static void test_limits( void )
{
    static const char xml[] =
        "<s:Envelope xmlns:s=\"" S12 "\" xmlns:a=\"" A10 "\"><s:Header><a:Action>1</a:Action><a:Action>2</a:Action>"
        "<a:To>t</a:To></s:Header><s:Body/></s:Envelope>";
    struct in in = read_start( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, xml );
    WS_XML_STRING name = xs( "h" ), ns = xs( "n" ), value = xs( "v" );
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_STRING_TYPE, NULL };
    ULONG max = 3, i;
    WS_MESSAGE_PROPERTY prop = { WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS, &max, sizeof(max) };
    WS_MESSAGE *msg;

    CHECK_HEADER( in.msg, WS_ACTION_HEADER, "0x803d0000" );
    CHECK_HEADER( in.msg, WS_TO_HEADER, "t" );
    read_free( &in );

    CHECK_EQ( message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, &prop, 1, &msg, NULL ), S_OK );
    message_initialize( msg, WS_BLANK_MESSAGE, NULL, NULL );
    set_text( msg, WS_ACTION_HEADER, "act" );
    for (i = 0; i < 3; i++)
    {
        if (i < 3) CHECK_HEADER( msg, WS_ACTION_HEADER, "act" );
        CHECK_EQ( message_add_custom_header( msg, &desc, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), 0, NULL ),
                  S_OK );
    }
    CHECK_HEADER( msg, WS_ACTION_HEADER, "0x803d0008" );    /* WS_E_QUOTA_EXCEEDED */
    message_free( msg );
}

static void test_custom( void )
{
    static const char expected[] =
        "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S12 "\"><s:Header><h xmlns=\"n\">one</h>"
        "<h s:mustUnderstand=\"1\" s:relay=\"1\" xmlns=\"n\">two</h><k xmlns=\"n\">three</k></s:Header><s:Body/></s:Envelope>";
    WS_XML_STRING name = xs( "h" ), other = xs( "k" ), ns = xs( "n" ), one = xs( "one" ), two = xs( "two" ),
                  three = xs( "three" ), value, *ptr = NULL;
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_STRING_TYPE, NULL },
        desc2 = { &other, &ns, WS_XML_STRING_TYPE, NULL };
    WS_MESSAGE *msg = new_message( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    ULONG attributes = 0xff;

#define ADD( desc, value, attributes ) \
    message_add_custom_header( msg, desc, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), attributes, NULL )
#define GET_CUSTOM( desc, repeat, index, option, value ) \
    message_get_custom_header( msg, desc, WS_##repeat##_HEADER, index, WS_READ_##option, NULL, &value, sizeof(value), \
                               &attributes, NULL )
    CHECK_EQ( ADD( &desc, one, 0 ), WS_E_INVALID_OPERATION );
    message_initialize( msg, WS_BLANK_MESSAGE, NULL, NULL );
    CHECK_EQ( ADD( NULL, one, 0 ), E_INVALIDARG );
    CHECK_EQ( ADD( &desc, one, 4 ), E_INVALIDARG );
    CHECK_EQ( ADD( &desc, one, 0 ), S_OK );
    CHECK_EQ( message_add_custom_header( msg, &desc, WS_WRITE_REQUIRED_VALUE, NULL, 0, 0, NULL ), E_INVALIDARG );
    CHECK_EQ( GET_CUSTOM( &desc, SINGLETON, 0, REQUIRED_VALUE, value ), S_OK );
    CHECK_EQ( attributes, 0 );
    CHECK_EQ( ADD( &desc, two, WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE | WS_RELAY_HEADER_ATTRIBUTE ), S_OK );
    CHECK_EQ( ADD( &desc2, three, 0 ), S_OK );
    CHECK_TEXT( header_text( msg ), expected );

    CHECK_EQ( GET_CUSTOM( &desc, SINGLETON, 0, REQUIRED_VALUE, value ), WS_E_INVALID_FORMAT );
    CHECK_EQ( GET_CUSTOM( &desc, SINGLETON, 1, REQUIRED_VALUE, value ), E_INVALIDARG );
    CHECK_EQ( GET_CUSTOM( &desc2, SINGLETON, 0, REQUIRED_POINTER, ptr ), S_OK );
    CHECK_STR( ptr->bytes, ptr->length, "three" );
    CHECK_EQ( GET_CUSTOM( &desc, REPEATING, 0, REQUIRED_VALUE, value ), S_OK );
    CHECK_STR( value.bytes, value.length, "one" );
    CHECK_EQ( GET_CUSTOM( &desc, REPEATING, 1, REQUIRED_VALUE, value ), S_OK );
    CHECK_STR( value.bytes, value.length, "two" );
    CHECK_EQ( attributes, WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE | WS_RELAY_HEADER_ATTRIBUTE );
    CHECK_EQ( GET_CUSTOM( &desc, REPEATING, 2, REQUIRED_VALUE, value ), WS_E_INVALID_FORMAT );
    CHECK_EQ( GET_CUSTOM( &desc, REPEATING, 2, OPTIONAL_POINTER, ptr ), S_OK );
    CHECK( !ptr, "beyond the last" );
    CHECK_EQ( message_remove_custom_header( msg, &name, NULL, NULL ), E_INVALIDARG );
    CHECK_EQ( message_remove_custom_header( msg, &name, &ns, NULL ), S_OK );
    CHECK_EQ( message_remove_custom_header( msg, &name, &ns, NULL ), S_OK );
    CHECK_EQ( GET_CUSTOM( &desc, SINGLETON, 0, OPTIONAL_POINTER, ptr ), S_OK );
    CHECK( !ptr, "removed" );
    message_free( msg );
}

/* Roles decide whether a header is ours, mustUnderstand whether it may be ignored. */
static void test_must_understand( void )
{
    static const struct { WS_ENVELOPE_VERSION envelope; const char *attributes; HRESULT hr; BOOL visible; } cases[] =
    {
        { WS_ENVELOPE_VERSION_SOAP_1_1, "", S_OK, TRUE },
        { WS_ENVELOPE_VERSION_SOAP_1_1, "e:mustUnderstand='0'", S_OK, TRUE },
        { WS_ENVELOPE_VERSION_SOAP_1_1, "e:mustUnderstand='1'", WS_E_INVALID_FORMAT, TRUE },
        { WS_ENVELOPE_VERSION_SOAP_1_1, "e:mustUnderstand='1' e:actor=''", WS_E_INVALID_FORMAT, TRUE },
        { WS_ENVELOPE_VERSION_SOAP_1_1, "e:mustUnderstand='1' e:actor='http://schemas.xmlsoap.org/soap/actor/next'",
          WS_E_INVALID_FORMAT, FALSE },
        { WS_ENVELOPE_VERSION_SOAP_1_1, "e:mustUnderstand='1' e:actor='urn:other'", S_OK, FALSE },
        { WS_ENVELOPE_VERSION_SOAP_1_1, "mustUnderstand='1'", S_OK, TRUE },
        { WS_ENVELOPE_VERSION_SOAP_1_2, "e:mustUnderstand='true'", WS_E_INVALID_FORMAT, TRUE },
        { WS_ENVELOPE_VERSION_SOAP_1_2, "e:mustUnderstand='false'", S_OK, TRUE },
        { WS_ENVELOPE_VERSION_SOAP_1_2, "e:mustUnderstand='1' e:role='" S12 "/role/ultimateReceiver'",
          WS_E_INVALID_FORMAT, TRUE },
        { WS_ENVELOPE_VERSION_SOAP_1_2, "e:mustUnderstand='1' e:role='" S12 "/role/next'", WS_E_INVALID_FORMAT, FALSE },
        { WS_ENVELOPE_VERSION_SOAP_1_2, "e:mustUnderstand='1' e:role='" S12 "/role/none'", S_OK, FALSE },
    };
    WS_XML_STRING name = xs( "h" ), ns = xs( "n" ), *ptr;
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_STRING_TYPE, NULL };
    struct xml_node *node;
    char xml[1024];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        WS_XML_NODE_POSITION pos;
        struct in in;

        snprintf( xml, sizeof(xml), "<e:Envelope xmlns:e='%s' xmlns:a='" A10
                  "'><e:Header><a:Action e:mustUnderstand='1'>x"
                  "</a:Action><h xmlns='n' %s>v</h></e:Header><e:Body/></e:Envelope>",
                  cases[i].envelope == WS_ENVELOPE_VERSION_SOAP_1_1 ? S11 : S12, cases[i].attributes );
        unit_context = cases[i].attributes;
        in = read_start( cases[i].envelope, WS_ADDRESSING_VERSION_1_0, xml );
        CHECK_EQ_HR( in.hr, S_OK, in.error );
        CHECK_EQ( message_check_must_understand( in.msg, in.error ), cases[i].hr );
        if (cases[i].hr)
        {
            CHECK_TEXT( why( in.error ), "The header h of namespace 'n' must be understood and was not.|" );
            CHECK_EQ( error_fault( in.error )->header != NULL, cases[i].envelope == WS_ENVELOPE_VERSION_SOAP_1_2 );
            CHECK_STR( error_fault( in.error )->fault->code->value.localName.bytes,
                       error_fault( in.error )->fault->code->value.localName.length, "MustUnderstand" );
        }
        CHECK_EQ( message_get_custom_header( in.msg, &desc, WS_SINGLETON_HEADER, 0, WS_READ_OPTIONAL_POINTER, NULL,
                                             &ptr,
                                             sizeof(ptr), NULL, NULL ), S_OK );
        CHECK_EQ( ptr != NULL, cases[i].visible );
        if (cases[i].visible) CHECK_EQ( message_check_must_understand( in.msg, NULL ), S_OK );
        /* the program says so itself */
        CHECK_EQ( message_get_property( in.msg, WS_MESSAGE_PROPERTY_HEADER_POSITION, &pos, sizeof(pos), NULL ), S_OK );
        node = ((struct xml_node *)pos.node)->last->prev;
        pos.node = node;
        CHECK_EQ( message_mark_header_as_understood( in.msg, &pos, NULL ), S_OK );
        CHECK_EQ( message_check_must_understand( in.msg, NULL ), S_OK );
        read_free( &in );
    }
    unit_context = "";
}

static void test_header_attributes( void )
{
    static const char xml[] = "<s:Envelope xmlns:s='" S12
        "'><s:Header><h s:mustUnderstand='1' s:relay='true'/></s:Header>"
                              "<s:Body/></s:Envelope>";
    struct in in = read_start( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, xml );
    WS_MESSAGE *soap11 = new_message( WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0 );
    WS_XML_NODE_POSITION pos;
    ULONG attributes = 9;

    CHECK_EQ( message_get_property( in.msg, WS_MESSAGE_PROPERTY_HEADER_POSITION, &pos, sizeof(pos), NULL ), S_OK );
    CHECK_EQ( reader_set_input_to_buffer( in.reader, pos.buffer, NULL, 0, NULL ), S_OK );
    pos.node = ((struct xml_node *)pos.node)->first;
    CHECK_EQ( reader_set_position( in.reader, &pos, NULL ), S_OK );
    CHECK_EQ( message_get_header_attributes( in.msg, in.reader, NULL, NULL ), E_INVALIDARG );
    CHECK_EQ( message_get_header_attributes( in.msg, in.reader, &attributes, NULL ), S_OK );
    CHECK_EQ( attributes, WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE | WS_RELAY_HEADER_ATTRIBUTE );
    /* the version of the message decides which attributes count */
    CHECK_EQ( message_get_header_attributes( soap11, in.reader, &attributes, NULL ), WS_E_INVALID_OPERATION );
    message_initialize( soap11, WS_BLANK_MESSAGE, NULL, NULL );
    CHECK_EQ( message_get_header_attributes( soap11, in.reader, &attributes, NULL ), S_OK );
    CHECK_EQ( attributes, 0 );
    message_free( soap11 );
    read_free( &in );
}

/* A prefix declared by the envelope can be meant by content of a header. */
static void test_prefix_in_content( void )
{
    static const char xml[] = "<s:Envelope xmlns:s='" S12
        "' xmlns:p='urn:outer' xmlns:q='urn:q'><s:Header xmlns:p='urn:p'>"
                              "<h xmlns='n'>p:name</h></s:Header><s:Body/></s:Envelope>";
    struct in in = read_start( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, xml );
    WS_XML_STRING name = xs( "h" ), ns = xs( "n" );
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_QNAME_TYPE, NULL };
    WS_XML_QNAME qname = { { 0 }, { 0 } };

    CHECK_EQ_HR( message_get_custom_header( in.msg, &desc, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, &qname,
                                            sizeof(qname), NULL, in.error ), S_OK, in.error );
    CHECK_STR( qname.localName.bytes, qname.localName.length, "name" );
    CHECK_STR( qname.ns.bytes, qname.ns.length, "urn:p" );
    read_free( &in );
}

/* --- answers and copies ------------------------------------------------------------------------------------------ */

static void test_reply( void )
{
    static const struct { const char *headers; WS_MESSAGE_INITIALIZATION init; const char *to, *relates, *extra;
                          } cases[] =
    {
        { "<a:MessageID>urn:uuid:AB1d6e9c-0d3a-4c6d-8d33-000000000001</a:MessageID>", WS_REPLY_MESSAGE, "(none)",
          "urn:uuid:AB1d6e9c-0d3a-4c6d-8d33-000000000001", "" },
        { "<a:MessageID>m</a:MessageID><a:ReplyTo><a:Address>http://r/</a:Address></a:ReplyTo>", WS_REPLY_MESSAGE,
          "http://r/", "m", "" },
        { "<a:MessageID>m</a:MessageID><a:ReplyTo><a:Address>http://r/</a:Address></a:ReplyTo><a:FaultTo><a:Address>"
          "http://f/</a:Address></a:FaultTo>", WS_REPLY_MESSAGE, "http://r/", "m", "" },
        { "<a:MessageID>m</a:MessageID><a:ReplyTo><a:Address>http://r/</a:Address></a:ReplyTo><a:FaultTo><a:Address>"
          "http://f/</a:Address></a:FaultTo>", WS_FAULT_MESSAGE, "http://f/", "m", "" },
        { "<a:ReplyTo><a:Address>" A10 "/anonymous</a:Address></a:ReplyTo>", WS_FAULT_MESSAGE, A10 "/anonymous",
          "(none)", "" },
        { "<a:ReplyTo><a:Address>http://r/</a:Address><a:ReferenceParameters><p xmlns='urn:p'>1</p><q xmlns='urn:p'>2</q>"
          "</a:ReferenceParameters></a:ReplyTo><a:MessageID>m</a:MessageID>", WS_REPLY_MESSAGE, "http://r/", "m",
          "<p a:IsReferenceParameter=\"true\" xmlns='urn:p'>1</p><q a:IsReferenceParameter=\"true\" xmlns='urn:p'>2</q>" },
    };
    char xml[2048];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        WS_MESSAGE *reply = new_message( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
        BOOL fault = -1, addressed = -1;
        struct in in;

        snprintf( xml, sizeof(xml), "<s:Envelope xmlns:s='" S12 "' xmlns:a='" A10 "'><s:Header>%s</s:Header><s:Body/>"
                  "</s:Envelope>", cases[i].headers );
        unit_context = cases[i].headers;
        in = read_start( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, xml );
        CHECK_EQ_HR( message_initialize( reply, cases[i].init, in.msg, in.error ), S_OK, in.error );
        CHECK_HEADER( reply, WS_TO_HEADER, cases[i].to );
        CHECK_HEADER( reply, WS_RELATES_TO_HEADER, cases[i].relates );
        CHECK_HEADER( reply, WS_MESSAGE_ID_HEADER, "(none)" );
        CHECK( strstr( header_text( reply ), cases[i].extra ) != NULL, "%s", header_text( reply ) );
        message_get_property( reply, WS_MESSAGE_PROPERTY_IS_FAULT, &fault, sizeof(fault), NULL );
        message_get_property( reply, WS_MESSAGE_PROPERTY_IS_ADDRESSED, &addressed, sizeof(addressed), NULL );
        CHECK_EQ( fault, cases[i].init == WS_FAULT_MESSAGE );
        CHECK_EQ( addressed, TRUE );
        message_free( reply );
        read_free( &in );
    }
    unit_context = "";
}

/* Forwarding: the headers of one message, the body of its reader. */
static void test_forward( void )
{
    static const char *const bodies[] = { "<b xmlns=\"u\"><c>1</c></b>", "<b/><d/>", "" };
    static const char *const headers[] =
    {
        "<a:Action s:mustUnderstand=\"1\">act</a:Action><a:MessageID>u:1</a:MessageID>",
        "<a:Action>act</a:Action><h s:mustUnderstand=\"1\" xmlns=\"n\">v</h><!--c-->",
    };
    char xml[1024];
    ULONG i, j;

    for (i = 0; i < ARRAY_SIZE( bodies ); i++) for (j = 0; j < ARRAY_SIZE( headers ); j++)
    {
        WS_MESSAGE *copy = new_message( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
        WS_XML_WRITER *writer = text_writer();
        WS_BYTES bytes;
        struct in in;

        snprintf( xml, sizeof(xml), "<s:Envelope xmlns:a=\"" A10 "\" xmlns:s=\"" S12
                  "\"><s:Header>%s</s:Header><s:Body>%s"
                  "</s:Body></s:Envelope>", headers[j], bodies[i] );
        if (!*bodies[i]) strcpy( strstr( xml, "<s:Body>" ), "<s:Body/></s:Envelope>" );
        in = read_start( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, xml );
        CHECK_EQ_HR( message_initialize( copy, WS_DUPLICATE_MESSAGE, in.msg, in.error ), S_OK, in.error );
        CHECK_EQ_HR( message_write_envelope_start( copy, writer, NULL, NULL, in.error ), S_OK, in.error );
        while (reader_node( in.reader )->nodeType != WS_XML_NODE_TYPE_END_ELEMENT)
            if (!CHECK_EQ_HR( writer_copy_node( writer, in.reader, in.error ), S_OK, in.error )) break;
        CHECK_EQ_HR( message_read_envelope_end( in.msg, in.error ), S_OK, in.error );
        read_free( &in );
        CHECK_EQ( message_write_envelope_end( copy, NULL ), S_OK );
        bytes = written( writer );
        CHECK_STR( bytes.bytes, bytes.length, xml );
        message_free( copy );
        if (writer) writer_free( writer );
    }
}

static void test_duplicate_errors( void )
{
    WS_MESSAGE *msg = new_message( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_MESSAGE *other = new_message( WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0 );

    CHECK_EQ( message_initialize( msg, WS_DUPLICATE_MESSAGE, NULL, NULL ), E_INVALIDARG );
    CHECK_EQ( message_initialize( msg, WS_DUPLICATE_MESSAGE, other, NULL ), WS_E_INVALID_OPERATION );
    message_initialize( other, WS_BLANK_MESSAGE, NULL, NULL );
    CHECK_EQ( message_initialize( msg, WS_DUPLICATE_MESSAGE, other, NULL ), WS_E_INVALID_OPERATION );
    CHECK_EQ( msg->hdr.state, WS_MESSAGE_STATE_EMPTY );
    CHECK_EQ( message_initialize( msg, WS_FAULT_MESSAGE + 1, NULL, NULL ), E_INVALIDARG );
    CHECK_EQ( message_initialize( msg, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
    CHECK_EQ( message_initialize( msg, WS_BLANK_MESSAGE, NULL, NULL ), WS_E_INVALID_OPERATION );
    message_free( msg );
    message_free( other );
}

/* --- properties, states, memory ---------------------------------------------------------------------------------- */

static void test_properties( void )
{
    SIZE_T heap_max = 1000;
    ULONG depth = 7, value = 5;
    WS_HEAP_PROPERTY heap_prop = { WS_HEAP_PROPERTY_MAX_SIZE, &heap_max, sizeof(heap_max) };
    WS_HEAP_PROPERTIES heap_props = { &heap_prop, 1 };
    WS_XML_READER_PROPERTY reader_prop = { WS_XML_READER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth) };
    WS_XML_READER_PROPERTIES reader_props = { &reader_prop, 1 };
    WS_MESSAGE_PROPERTY props[] =
    {
        { WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &heap_props, sizeof(heap_props) },
        { WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES, &reader_props, sizeof(reader_props) },
    }, bad = { WS_MESSAGE_PROPERTY_STATE, &value, sizeof(value) };
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_MESSAGE *msg;
    WS_HEAP *heap;
    SIZE_T max = 0;
    BOOL fault = 5;

    CHECK_EQ( message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, &bad, 1, &msg, NULL ),
              E_INVALIDARG );
    CHECK_EQ( message_create( WS_ENVELOPE_VERSION_NONE, WS_ADDRESSING_VERSION_1_0, NULL, 0, &msg, NULL ),
              E_INVALIDARG );
    CHECK_EQ( message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, props, 2, &msg, NULL ), S_OK );
    memset( props, 0, sizeof(props) );
    heap_max = depth = 0;           /* the message has copies */
    CHECK_EQ( message_get_property( msg, WS_MESSAGE_PROPERTY_HEAP, &heap, sizeof(heap), NULL ),
              WS_E_INVALID_OPERATION );
    CHECK_EQ( message_set_property( msg, WS_MESSAGE_PROPERTY_IS_FAULT, &fault, sizeof(fault), NULL ),
              WS_E_INVALID_OPERATION );
    message_initialize( msg, WS_BLANK_MESSAGE, NULL, NULL );
    CHECK_EQ( message_get_property( msg, WS_MESSAGE_PROPERTY_HEAP, &heap, sizeof(heap), NULL ), S_OK );
    heap_get_property( heap, WS_HEAP_PROPERTY_MAX_SIZE, &max, sizeof(max), NULL );
    CHECK_EQ( max, 1000 );
    CHECK_EQ( message_get_property( msg, WS_MESSAGE_PROPERTY_BODY_READER, &reader, sizeof(reader), NULL ),
              WS_E_INVALID_OPERATION );
    CHECK_EQ( message_get_property( msg, WS_MESSAGE_PROPERTY_BODY_WRITER, &writer, sizeof(writer), NULL ),
              WS_E_INVALID_OPERATION );
    CHECK_EQ( message_get_property( msg, WS_MESSAGE_PROPERTY_IS_FAULT, &fault, 1, NULL ), E_INVALIDARG );
    CHECK_EQ( message_get_property( msg, WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS, &value, sizeof(value), NULL ),
              E_INVALIDARG );
    CHECK_EQ( message_get_property( msg, 99, &value, sizeof(value), NULL ), E_INVALIDARG );
    CHECK_EQ( message_set_property( msg, WS_MESSAGE_PROPERTY_HEAP, &heap, sizeof(heap), NULL ), E_INVALIDARG );
    fault = 5;
    CHECK_EQ( message_set_property( msg, WS_MESSAGE_PROPERTY_IS_FAULT, &fault, sizeof(fault), NULL ), S_OK );
    CHECK_EQ( message_get_property( msg, WS_MESSAGE_PROPERTY_IS_FAULT, &fault, sizeof(fault), NULL ), S_OK );
    CHECK_EQ( fault, TRUE );
    message_free( msg );
}

static void test_security( void )
{
    WS_MESSAGE *msg = new_message( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_STRING user = { 4, (WCHAR *)L"user" }, got_user;
    WS_PROTECTION_LEVEL level = 0, wrong = 9;
    BYTE der[3] = { 0x30, 1, 2 };
    WS_BYTES cert = { 3, der }, got_cert;
    HANDLE token = (HANDLE)0x1234, got, invalid = INVALID_HANDLE_VALUE;
    WS_SECURITY_CONTEXT *context = (WS_SECURITY_CONTEXT *)&user, *got_context;
    WS_XML_BUFFER *saml, *got_saml, *no_buffer = (WS_XML_BUFFER *)msg;
    LONG live;
    ULONG id;

    message_initialize( msg, WS_BLANK_MESSAGE, NULL, NULL );
#define PROP_GET_( id, value ) message_get_property( msg, WS_MESSAGE_PROPERTY_##id, &value, sizeof(value), NULL )
#define PROP_SET_( id, value ) message_set_property( msg, WS_MESSAGE_PROPERTY_##id, &value, sizeof(value), NULL )
    CHECK_EQ( PROP_GET_( USERNAME, got_user ), WS_E_INVALID_OPERATION );
    CHECK_EQ( PROP_GET_( SECURITY_CONTEXT, got_context ), WS_E_INVALID_OPERATION );
    CHECK_EQ( PROP_GET_( PROTECTION_LEVEL, level ), S_OK );
    CHECK_EQ( level, WS_PROTECTION_LEVEL_NONE );
    CHECK_EQ( PROP_SET_( PROTECTION_LEVEL, wrong ), E_INVALIDARG );
    level = WS_PROTECTION_LEVEL_SIGN;
    CHECK_EQ( PROP_SET_( PROTECTION_LEVEL, level ), S_OK );
    CHECK_EQ( PROP_GET_( PROTECTION_LEVEL, level ), S_OK );
    CHECK_EQ( level, WS_PROTECTION_LEVEL_SIGN );

    CHECK_EQ( PROP_SET_( USERNAME, user ), S_OK );
    CHECK_EQ( PROP_GET_( USERNAME, got_user ), S_OK );
    CHECK( got_user.chars != user.chars, "a copy" );
    CHECK_MEM( got_user.chars, got_user.length * 2, L"user", 8 );
    CHECK_EQ( PROP_SET_( ENCODED_CERT, cert ), S_OK );
    CHECK_EQ( PROP_GET_( ENCODED_CERT, got_cert ), S_OK );
    CHECK_MEM( got_cert.bytes, got_cert.length, der, 3 );
    CHECK_EQ( PROP_SET_( SECURITY_CONTEXT, context ), E_INVALIDARG );
    message_set_security_context( msg, context );
    CHECK_EQ( PROP_GET_( SECURITY_CONTEXT, got_context ), S_OK );
    CHECK( got_context == context, "%p", (void *)got_context );

    live = mem_live();
    for (id = WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN;
         id <= WS_MESSAGE_PROPERTY_MESSAGE_SECURITY_WINDOWS_TOKEN; id++)
    {
        CHECK_EQ( message_get_property( msg, id, &got, sizeof(got), NULL ), WS_E_INVALID_OPERATION );
        CHECK_EQ( message_set_property( msg, id, &invalid, sizeof(invalid), NULL ), E_INVALIDARG );
        CHECK_EQ( message_set_property( msg, id, &token, sizeof(token), NULL ), S_OK );
        CHECK_EQ( message_set_property( msg, id, &token, sizeof(token), NULL ), S_OK );
        CHECK_EQ( message_get_property( msg, id, &got, sizeof(got), NULL ), S_OK );
        CHECK( got && got != token, "the handle is a duplicate" );
    }
    CHECK_EQ( mem_live(), live + 3 );

    CHECK_EQ( PROP_SET_( SAML_ASSERTION, no_buffer ), E_INVALIDARG );
    message_get_property( msg, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &saml, sizeof(saml), NULL );
    CHECK_EQ( PROP_SET_( SAML_ASSERTION, saml ), S_OK );
    CHECK_EQ( PROP_GET_( SAML_ASSERTION, got_saml ), S_OK );
    CHECK( got_saml != saml && object_is( got_saml, OBJECT_BUFFER ), "a copy" );

    message_reset( msg, NULL );
    message_initialize( msg, WS_BLANK_MESSAGE, NULL, NULL );
    CHECK_EQ( PROP_GET_( USERNAME, got_user ), WS_E_INVALID_OPERATION );
    CHECK_EQ( PROP_GET_( PROTECTION_LEVEL, level ), S_OK );
    CHECK_EQ( level, WS_PROTECTION_LEVEL_NONE );
    message_free( msg );
}

static void test_mapped( void )
{
    WS_XML_STRING name = xs( "X-Test" ), same = xs( "x-tEST" ), value = xs( "42" ), *ptr;
    WS_MESSAGE *msg = new_message( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    UINT32 number = 7;

    CHECK_EQ( message_add_mapped_header( msg, &name, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &value,
                                         sizeof(value), NULL ),
              WS_E_INVALID_OPERATION );
    message_initialize( msg, WS_BLANK_MESSAGE, NULL, NULL );
    CHECK_EQ( message_get_mapped_header( msg, &name, WS_SINGLETON_HEADER, 0, WS_UINT32_TYPE, WS_READ_REQUIRED_VALUE,
                                         NULL,
                                         &number, sizeof(number), NULL ), WS_E_INVALID_FORMAT );
    CHECK_EQ( message_add_mapped_header( msg, &name, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &value,
                                         sizeof(value), NULL ),
              S_OK );
    CHECK_EQ( message_get_mapped_header( msg, &same, WS_SINGLETON_HEADER, 0, WS_UINT32_TYPE, WS_READ_REQUIRED_VALUE,
                                         NULL,
                                         &number, sizeof(number), NULL ), S_OK );
    CHECK_EQ( number, 42 );
    number = 1234;
    CHECK_EQ( message_add_mapped_header( msg, &same, WS_UINT32_TYPE, WS_WRITE_REQUIRED_VALUE, &number,
                                         sizeof(number), NULL ), S_OK );
    CHECK_EQ( message_get_mapped_header( msg, &name, WS_SINGLETON_HEADER, 0, WS_UINT32_TYPE, WS_READ_REQUIRED_VALUE,
                                         NULL,
                                         &number, sizeof(number), NULL ), WS_E_INVALID_FORMAT );
    CHECK_EQ( message_get_mapped_header( msg, &name, WS_REPEATING_HEADER, 1, WS_XML_STRING_TYPE,
                                         WS_READ_REQUIRED_POINTER, NULL,
                                         &ptr, sizeof(ptr), NULL ), S_OK );
    CHECK_STR( ptr->bytes, ptr->length, "1234" );
    CHECK_EQ( message_remove_mapped_header( msg, &name, NULL ), S_OK );
    CHECK_EQ( message_get_mapped_header( msg, &name, WS_SINGLETON_HEADER, 0, WS_XML_STRING_TYPE,
                                         WS_READ_OPTIONAL_POINTER, NULL,
                                         &ptr, sizeof(ptr), NULL ), S_OK );
    CHECK( !ptr, "removed" );
    message_free( msg );
}

static void CALLBACK count_done( void *state ) { ++*(int *)state; }

static const char plain_request[] =
    "<s:Envelope xmlns:s=\"" S12 "\" xmlns:a=\"" A10 "\"><s:Header><a:Action s:mustUnderstand=\"1\">act</a:Action>"
    "<a:MessageID>urn:uuid:0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1</a:MessageID><a:ReplyTo><a:Address>" A10 "/anonymous"
    "</a:Address></a:ReplyTo><a:To s:mustUnderstand=\"1\">http://h/</a:To></s:Header><s:Body><b/></s:Body></s:Envelope>";
static const char tree_request[] =
    "<s:Envelope xmlns:s=\"" S12 "\" xmlns:a=\"" A10
        "\"><s:Header><a:Action>act</a:Action><h xmlns=\"n\" s:mustUnderstand='0'>"
    "<i/></h><a:ReplyTo><a:Address>http://r/</a:Address><a:ReferenceParameters><p/></a:ReferenceParameters></a:ReplyTo>"
    "</s:Header><s:Body><b/></s:Body></s:Envelope>";

/* A whole exchange; the first failure ends it. */
static HRESULT exchange( WS_MESSAGE *request, WS_MESSAGE *reply, WS_XML_READER *reader, WS_XML_WRITER *writer,
                         struct byte_sink *sink, const char *xml, int *done, BOOL custom )
{
    static const WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)xml, strlen( xml ) };
    WS_XML_STRING name = xs( "h" ), ns = xs( "n" ), action = xs( "reply" );
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_STRING_TYPE, NULL };
    HRESULT hr;

    sink->size = 0;
    if ((hr = reader_set_input( reader, &text.encoding, &input.input, NULL, 0, NULL ))) return hr;
    if ((hr = message_read_envelope_start( request, reader, count_done, done, NULL ))) return hr;
    if (!message_action( request )) return E_OUTOFMEMORY;
    if ((hr = message_initialize( reply, WS_REPLY_MESSAGE, request, NULL ))) return hr;
    if ((hr = message_set_header( reply, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action,
                                  sizeof(action), NULL ))) return hr;
    if (custom && (hr = message_add_custom_header( reply, &desc, WS_WRITE_REQUIRED_VALUE, &action, sizeof(action), 1,
                                                   NULL )))
        return hr;
    if ((hr = message_read_envelope_end( request, NULL ))) return hr;
    if ((hr = writer_set_output_bytes( writer, &utf8.encoding, sink, NULL, 0, NULL ))) return hr;
    if ((hr = message_write_envelope_start( reply, writer, count_done, done, NULL ))) return hr;
    return message_write_envelope_end( reply, NULL );
}

/* Message objects that are used again take no memory of the system. */
static void test_reuse( void )
{
    WS_MESSAGE *request = new_message( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    WS_MESSAGE *reply = new_message( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    struct byte_sink sink = { NULL, 0, 0, 1 << 20 };
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    int done = 0, expected = 0;
    ULONG i;

    reader_create( NULL, 0, &reader, NULL );
    writer_create( NULL, 0, &writer, NULL );
    for (i = 0; i < 6; i++)
    {
        if (i == 3) mem_fail_after( 1 );
        CHECK_EQ( exchange( request, reply, reader, writer, &sink, plain_request, &done, FALSE ), S_OK );
        CHECK( !request->buffer && !reply->buffer, "a tree was built" );
        CHECK_EQ( done, expected );
        message_reset( request, NULL );
        message_reset( reply, NULL );
        CHECK_EQ( done, expected += 2 );
        CHECK_EQ( request->hdr.state, WS_MESSAGE_STATE_EMPTY );
    }
    mem_fail_after( 0 );
    message_free( request );
    message_free( reply );
    reader_free( reader );
    writer_free( writer );
    mem_free( sink.bytes );
    CHECK_EQ( done, expected );
}

/* The input of a reader may be gone when it gets the next one, whatever was open in the last. */
static void test_input_gone( void )
{
    static const WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, NULL, 0 };
    WS_MESSAGE *msg = new_message( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    static const ULONG counts[] = { 1, 15, 16, 30 };
    WS_XML_READER *reader;
    ULONG i, j, len;
    char *xml;

    reader_create( NULL, 0, &reader, NULL );
    for (i = 0; i < ARRAY_SIZE( counts ); i++)
    {
        xml = mem_alloc( 8192 );
        len = sprintf( xml, "<s:Envelope xmlns:s='" S12 "'" );
        for (j = 0; j < counts[i]; j++) len += sprintf( xml + len, " xmlns:p%u='urn:%u'", j, j );
        len += sprintf( xml + len, "><s:Body><b/></s:Body>" );
        input.encodedData = xml;
        input.encodedDataSize = len;
        CHECK_EQ( reader_set_input( reader, &text.encoding, &input.input, NULL, 0, NULL ), S_OK );
        CHECK_EQ( message_read_envelope_start( msg, reader, NULL, NULL, NULL ), S_OK );
        message_reset( msg, NULL );
        mem_free( xml );
        input.encodedData = (void *)plain_request;
        input.encodedDataSize = sizeof(plain_request) - 1;
        CHECK_EQ( reader_set_input( reader, &text.encoding, &input.input, NULL, 0, NULL ), S_OK );
        CHECK_EQ( message_read_envelope_start( msg, reader, NULL, NULL, NULL ), S_OK );
        CHECK_EQ( message_read_envelope_end( msg, NULL ), S_OK );
        message_reset( msg, NULL );
    }
    reader_free( reader );
    message_free( msg );
}

/* Every allocation fails once; the exchange fails cleanly, and works when repeated with the same objects. */
static void test_memory( void )
{
    static const char *const requests[] = { plain_request, tree_request };
    LONG i, j, live = mem_live();
    HRESULT hr = E_OUTOFMEMORY;

    for (j = 0; j < 2; j++) for (i = 1, hr = E_OUTOFMEMORY; hr && i < 500; i++)
    {
        struct byte_sink sink = { NULL, 0, 0, 1 << 20 };
        WS_MESSAGE *request = NULL, *reply = NULL;
        WS_XML_READER *reader = NULL;
        WS_XML_WRITER *writer = NULL;
        int done = 0;

        mem_fail_after( i );
        if (!(hr = message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &request,
                                   NULL )) &&
            !(hr = message_create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &reply, NULL )) &&
            !(hr = reader_create( NULL, 0, &reader, NULL )) && !(hr = writer_create( NULL, 0, &writer, NULL )) &&
            (hr = exchange( request, reply, reader, writer, &sink, requests[j], &done, j )))
        {
            mem_fail_after( 0 );
            message_reset( request, NULL );
            message_reset( reply, NULL );
            CHECK_EQ( exchange( request, reply, reader, writer, &sink, requests[j], &done, j ), S_OK );
        }
        mem_fail_after( 0 );
        CHECK( !hr || hr == E_OUTOFMEMORY, "0x%08x at allocation %d", hr, i );
        message_free( request );
        message_free( reply );
        if (reader) reader_free( reader );
        if (writer) writer_free( writer );
        mem_free( sink.bytes );
        if (!CHECK( mem_live() == live, "%d pieces of memory were lost", mem_live() - live )) break;
    }
    CHECK_EQ( hr, S_OK );
}

UNIT_TESTS( { "envelopes", test_envelopes }, { "peers", test_peers }, { "malformed", test_malformed },
            { "get_types", test_get_types }, { "set_types", test_set_types }, { "limits", test_limits },
            { "custom", test_custom }, { "must_understand", test_must_understand },
            { "header_attributes", test_header_attributes }, { "prefix_in_content", test_prefix_in_content },
            { "reply", test_reply }, { "forward", test_forward }, { "duplicate_errors", test_duplicate_errors },
            { "properties", test_properties }, { "security", test_security }, { "mapped", test_mapped },
            { "reuse", test_reuse },
            { "input_gone", test_input_gone }, { "memory", test_memory } )
