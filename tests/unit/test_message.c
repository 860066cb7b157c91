/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages: what the envelopes look like, what is read of those that other stacks write, headers, properties, states. */

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
    __extension__ ({ HRESULT hr_ = (call); CHECK( hr_ == (HRESULT)(expected), "%s is 0x%08x: %s", #call, hr_, why( error ) ); })

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
    if (CHECK_EQ_HR( message_get_property( msg, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), error ), S_OK, error ) &&
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
    HRESULT hr = message_get_header( msg, type, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &str, sizeof(str), NULL );

    if (hr) snprintf( ret, 256, "0x%08x", hr );
    else snprintf( ret, 256, "%.*s", str ? (int)str->length : 6, str ? (char *)str->bytes : "(none)" );
    return ret;
}
#define CHECK_HEADER( msg, type, expected ) do { const char *h_ = get_string( msg, type ); CHECK_STR( h_, strlen( h_ ), expected ); } while (0)
#define CHECK_TEXT( got, expected ) do { const char *t_ = (got); CHECK_STR( t_, strlen( t_ ), expected ); } while (0)

static void set_text( WS_MESSAGE *msg, WS_HEADER_TYPE type, const char *text )
{
    WS_XML_STRING str = { strlen( text ), (BYTE *)text, NULL, 0 };
    CHECK_EQ( message_set_header( msg, type, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &str, sizeof(str), NULL ), S_OK );
}

/* --- writing -------------------------------------------------------------------------------------------------------- */

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
          "<Envelope><Header><Action mustUnderstand=\"1\" xmlns=\"" ANONE "\">act</Action></Header><Body/></Envelope>" },
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

/* --- reading -------------------------------------------------------------------------------------------------------- */

static void test_peers( void )
{
    static const struct
    {
        const char *name;
        WS_ENVELOPE_VERSION envelope;
        WS_ADDRESSING_VERSION addressing;
        BOOL tree;
        const char *action, *to, *id, *relates, *body, *xml;
    } cases[] =
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
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"" S12 "\" xmlns:wsa5=\"" A10 "\""
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
          "http://tempuri.org/ICalc/Add", "http://host/calc", "urn:uuid:0b0c3e86-6f7a-4f4a-bb5f-4a1ed4a3c8f1", "(none)", "Add",
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
        { "Axis2, namespaces at the header, RelationshipType", WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0, TRUE,
          "urn:addResponse", "(none)", "urn:uuid:DEF", "urn:uuid:ABC", "r",
          "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope xmlns:soapenv=\"" S11 "\">"
          "<soapenv:Header xmlns:wsa=\"" A10 "\"><wsa:Action>urn:addResponse</wsa:Action>\n  <wsa:RelatesTo "
          "RelationshipType=\"" A10 "/reply\">urn:uuid:ABC</wsa:RelatesTo><!-- c --><wsa:MessageID>urn:uuid:DEF"
          "</wsa:MessageID></soapenv:Header> <soapenv:Body> <r xmlns=\"u\"/></soapenv:Body></soapenv:Envelope>" },
        { "WS-Discovery", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_0_9, FALSE,
          "http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe", "urn:schemas-xmlsoap-org:ws:2005:04:discovery",
          "urn:uuid:1", "(none)", "Probe",
          "<soap:Envelope xmlns:soap=\"" S12 "\" xmlns:wsa=\"" A04 "\" xmlns:wsd=\"http://schemas.xmlsoap.org/ws/2005/04/"
          "discovery\"><soap:Header><wsa:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa:To><wsa:Action>"
          "http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</wsa:Action><wsa:MessageID>urn:uuid:1</wsa:MessageID>"
          "</soap:Header><soap:Body><wsd:Probe/></soap:Body></soap:Envelope>" },
        { "reference parameters in ReplyTo, header attributes", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, TRUE,
          "act", "to", "(none)", "(none)", "b",
          "<e:Envelope xmlns:e=\"" S12 "\" xmlns:w=\"" A10 "\"><e:Header><w:Action>act</w:Action><w:ReplyTo><w:Address>"
          "http://r/</w:Address><w:ReferenceParameters><p xmlns=\"urn:p\">1</p></w:ReferenceParameters></w:ReplyTo>"
          "<w:To>to</w:To></e:Header><e:Body><b/></e:Body></e:Envelope>" },
        { "header element with attributes", WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, TRUE,
          "act", "(none)", "(none)", "(none)", "b",
          "<e:Envelope xmlns:e=\"" S12 "\"><e:Header xml:lang=\"de\" xmlns:w=\"" A10 "\"><w:Action>act</w:Action></e:Header>"
          "<e:Body><b/></e:Body></e:Envelope>" },
        { "a standard header for somebody else", WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0, TRUE,
          "mine", "(none)", "(none)", "(none)", "b",
          "<e:Envelope xmlns:e=\"" S11 "\" xmlns:w=\"" A10 "\"><e:Header><w:Action e:actor=\"urn:proxy\">other</w:Action>"
          "<w:Action e:actor=\"\">mine</w:Action></e:Header><e:Body><b/></e:Body></e:Envelope>" },
        { "empty header", WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0, FALSE, "(none)", "(none)", "(none)",
          "(none)", "b", "<Envelope xmlns=\"" S11 "\"><Header/><Body><b xmlns=\"\"/></Body></Envelope>" },
    };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        struct in in = read_start( cases[i].envelope, cases[i].addressing, cases[i].xml );
        const WS_XML_ELEMENT_NODE *elem;
        BOOL addressed = FALSE;

        unit_context = cases[i].name;
        if (CHECK( in.hr == S_OK, "0x%08x: %s", in.hr, why( in.error ) ))
        {
            CHECK_EQ( in.msg->buffer != NULL, cases[i].tree );
            CHECK_HEADER( in.msg, WS_ACTION_HEADER, cases[i].action );
            CHECK_HEADER( in.msg, WS_TO_HEADER, cases[i].to );
            if (cases[i].id) CHECK_HEADER( in.msg, WS_MESSAGE_ID_HEADER, cases[i].id );
            if (cases[i].relates) CHECK_HEADER( in.msg, WS_RELATES_TO_HEADER, cases[i].relates );
            CHECK_EQ( in.msg->buffer != NULL, cases[i].tree );
            /* the same from the tree */
            header_text( in.msg );
            CHECK( in.msg->buffer != NULL, "there is one now" );
            CHECK_HEADER( in.msg, WS_ACTION_HEADER, cases[i].action );
            CHECK_HEADER( in.msg, WS_TO_HEADER, cases[i].to );
            if (cases[i].id) CHECK_HEADER( in.msg, WS_MESSAGE_ID_HEADER, cases[i].id );
            if (cases[i].relates) CHECK_HEADER( in.msg, WS_RELATES_TO_HEADER, cases[i].relates );
            CHECK_EQ( message_get_property( in.msg, WS_MESSAGE_PROPERTY_IS_ADDRESSED, &addressed, sizeof(BOOL), NULL ), S_OK );
            CHECK( addressed, "a message that was read is addressed" );
            elem = (const WS_XML_ELEMENT_NODE *)reader_node( in.reader );
            CHECK_EQ( elem->node.nodeType, WS_XML_NODE_TYPE_ELEMENT );
            CHECK_STR( elem->localName->bytes, elem->localName->length, cases[i].body );
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
          "The message has the element Envelope of namespace '" S11 "' where Envelope of namespace '" S12 "' should be.|" },
        { "<e:Envelope xmlns:e=\"" S12 "\"></e:Envelope>", "The message has no element where its element Body should be.|" },
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
        if (cases[i].reason) CHECK_TEXT( why( in.error ), cases[i].reason );
        else CHECK( *why( in.error ), "no reason is given" );
        if (i != 4) CHECK_EQ( in.msg->hdr.state, WS_MESSAGE_STATE_EMPTY );
        read_free( &in );
    }
    unit_context = "";
}

UNIT_TESTS( { "envelopes", test_envelopes }, { "peers", test_peers }, { "malformed", test_malformed } )
