/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The worked examples of the specifications of binary XML: MC-NBFX (section 3, one for nearly every record), MC-NBFS (section 3,
 * the static dictionary of SOAP), MC-NBFSE (section 3) and MC-NMF (session dictionaries). Bytes are in hexadecimal, with the XML
 * they represent; strN is string N of a dictionary, an odd number one of the session. Where a writer has a choice of records and
 * ours takes another one (the shortest, one for all bytes of a text), the name begins with ~. Two things are not as there:
 *
 *   a time span is shown as WS_TIMESPAN_VALUE_TYPE has it (-00:05:44), not as an XML duration;
 *   a qualified name that is a value has a namespace in this API, so a prefix that is not declared, as in the two examples, is
 *   WS_E_INVALID_FORMAT (xml is NULL). */
#include "xml.h"

static const struct example { const char *record, *bytes, *xml; } examples[] =
{
    { "EndElement", "4003646f6301", "<doc></doc>" },
    { "Comment", "0207636f6d6d656e74", "<!--comment-->" },
    { "~Array", "034003617272018b0333338888dddd", "<arr>13107</arr><arr>-30584</arr><arr>-8739</arr>" },
    { "ShortAttribute", "4003646f630404617474728401", "<doc attr='false'></doc>" },
    { "~Attribute", "4003646f6309037072650a687474703a2f2f616263050370726504617474728401",
      "<doc xmlns:pre='http://abc' pre:attr='false'></doc>" },
    { "ShortDictionaryAttribute", "4003646f6306088601", "<doc str8='true'></doc>" },
    { "~DictionaryAttribute", "4003646f6309037072650a687474703a2f2f6162630703707265008601",
      "<doc xmlns:pre='http://abc' pre:str0='true'></doc>" },
    { "ShortXmlnsAttribute", "4003646f63080a687474703a2f2f61626301", "<doc xmlns='http://abc'></doc>" },
    { "XmlnsAttribute", "4003646f630901700a687474703a2f2f61626301", "<doc xmlns:p='http://abc'></doc>" },
    { "ShortDictionaryXmlnsAttribute", "4003646f630a0401", "<doc xmlns='str4'></doc>" },
    { "DictionaryXmlnsAttribute", "4003646f630b01700401", "<doc xmlns:p='str4'></doc>" },
    { "~PrefixDictionaryAttributeF", "4003646f630901660a687474703a2f2f616263110b980568656c6c6f01",
      "<doc xmlns:f='http://abc' f:str11='hello'></doc>" },
    { "~PrefixDictionaryAttributeX", "4003646f630901780a687474703a2f2f61626323159805776f726c6401",
      "<doc xmlns:x='http://abc' x:str21='world'></doc>" },
    { "~PrefixAttributeK", "4003646f6309016b0a687474703a2f2f6162633004617474728601",
      "<doc xmlns:k='http://abc' k:attr='true'></doc>" },
    { "~PrefixAttributeZ", "4003646f6309017a0a687474703a2f2f6162633f03616263980378797a01",
      "<doc xmlns:z='http://abc' z:abc='xyz'></doc>" },
    { "ShortElement", "4003646f6301", "<doc></doc>" },
    { "Element", "410370726503646f6309037072650a687474703a2f2f61626301",
      "<pre:doc xmlns:pre='http://abc'></pre:doc>" },
    { "ShortDictionaryElement", "420e01", "<str14></str14>" },
    { "DictionaryElement", "43037072650e09037072650a687474703a2f2f61626301",
      "<pre:str14 xmlns:pre='http://abc'></pre:str14>" },
    { "PrefixDictionaryElementA", "440a0901610a687474703a2f2f61626301", "<a:str10 xmlns:a='http://abc'></a:str10>" },
    { "PrefixDictionaryElementS", "56260901730a687474703a2f2f61626301", "<s:str38 xmlns:s='http://abc'></s:str38>" },
    { "PrefixElementA", "5e0568656c6c6f0901610a687474703a2f2f61626301", "<a:hello xmlns:a='http://abc'></a:hello>" },
    { "PrefixElementS", "70094d794d6573736167650901730a687474703a2f2f61626301",
      "<s:MyMessage xmlns:s='http://abc'></s:MyMessage>" },
    { "ZeroText", "4003646f6306a0038001", "<doc str416='0'></doc>" },
    { "ZeroTextWithEndElement", "400361626381", "<abc>0</abc>" },
    { "OneText", "4003646f6306008201", "<doc str0='1'></doc>" },
    { "OneTextWithEndElement", "400361626383", "<abc>1</abc>" },
    { "FalseText", "4003646f6306008401", "<doc str0='false'></doc>" },
    { "FalseTextWithEndElement", "400361626385", "<abc>false</abc>" },
    { "TrueText", "4003646f6306008601", "<doc str0='true'></doc>" },
    { "TrueTextWithEndElement", "400361626387", "<abc>true</abc>" },
    { "Int8Text", "4003646f6306ec0188de01", "<doc str236='-34'></doc>" },
    { "Int8TextWithEndElement", "429a01897f", "<str154>127</str154>" },
    { "Int16Text", "4003646f6306ec018a008001", "<doc str236='-32768'></doc>" },
    { "Int16TextWithEndElement", "429a018bff7f", "<str154>32767</str154>" },
    { "Int32Text", "4003646f6306ec018c15cd5b0701", "<doc str236='123456789'></doc>" },
    { "Int32TextWithEndElement", "429a018dffffff7f", "<str154>2147483647</str154>" },
    { "Int64Text", "4003646f6306ec018e000000800000000001", "<doc str236='2147483648'></doc>" },
    { "Int64TextWithEndElement", "429a018f0000000000010000", "<str154>1099511627776</str154>" },
    { "FloatText", "4003646f6304016190cdcc8c3f01", "<doc a='1.1'></doc>" },
    { "FloatTextWithEndElement", "4005507269636591cdcc0142", "<Price>32.45</Price>" },
    { "DoubleText", "4003646f63040161927457148b0abf054001", "<doc a='2.71828182845905'></doc>" },
    { "DoubleTextWithEndElement", "4002504993112d4454fb210940", "<PI>3.14159265358979</PI>" },
    { "DecimalText", "4003646f630403696e74940000060000000000802d4e000000000001", "<doc int='5.123456'></doc>" },
    { "DecimalTextWithEndElement", "40084d617856616c75659500000000ffffffffffffffffffffffff",
      "<MaxValue>79228162514264337593543950335</MaxValue>" },
    { "DateTimeText", "4003646f63066e96ff3f37f47528ca2b01", "<doc str110='9999-12-31T23:59:59.9999999'></doc>" },
    { "DateTimeTextWithEndElement", "426c9700408ef95b47c808", "<str108>2006-05-17T00:00:00</str108>" },
    { "~Chars8Text", "4003646f63980568656c6c6f01", "<doc>hello</doc>" },
    { "Chars8TextWithEndElement", "400161990568656c6c6f", "<a>hello</a>" },
    { "~Chars16Text", "4003646f639a050068656c6c6f01", "<doc>hello</doc>" },
    { "~Chars16TextWithEndElement", "4001619b050068656c6c6f", "<a>hello</a>" },
    { "~Chars32Text", "4003646f639c0500000068656c6c6f01", "<doc>hello</doc>" },
    { "~Chars32TextWithEndElement", "4001619d0500000068656c6c6f", "<a>hello</a>" },
    { "~Bytes8Text", "4003646f639e08000102030405060701", "<doc>AAECAwQFBgc=</doc>" },
    { "~Bytes8TextWithEndElement", "40064261736536349f080001020304050607", "<Base64>AAECAwQFBgc=</Base64>" },
    { "~Bytes16Text", "4003646f63a00800000102030405060701", "<doc>AAECAwQFBgc=</doc>" },
    { "~Bytes16TextWithEndElement", "4006426173653634a108000001020304050607", "<Base64>AAECAwQFBgc=</Base64>" },
    { "~Bytes32Text", "4003646f63a208000000000102030405060701", "<doc>AAECAwQFBgc=</doc>" },
    { "~Bytes32TextWithEndElement", "4006426173653634a3080000000001020304050607", "<Base64>AAECAwQFBgc=</Base64>" },
    { "StartListText", "4003646f63040161a4887b980568656c6c6f86a601", "<doc a='123 hello true'></doc>" },
    { "EndListText", "4003646f63040161a4887b980568656c6c6f86a601", "<doc a='123 hello true'></doc>" },
    { "~EmptyText", "4003646f63040161a801", "<doc a=''></doc>" },
    { "~EmptyTextWithEndElement", "4003646f63a9", "<doc></doc>" },
    { "~DictionaryText", "4003646f6304026e73aa3801", "<doc ns='str56'></doc>" },
    { "DictionaryTextWithEndElement", "400454797065abc401", "<Type>str196</Type>" },
    { "~UniqueIdText", "4003646f63ac00112233445566778899aabbccddeeff01",
      "<doc>urn:uuid:33221100-5544-7766-8899-aabbccddeeff</doc>" },
    { "UniqueIdTextWithEndElement", "421aad00112233445566778899aabbccddeeff",
      "<str26>urn:uuid:33221100-5544-7766-8899-aabbccddeeff</str26>" },
    { "~TimeSpanText", "4003646f63ae00c4f532ffffffff01", "<doc>-00:05:44</doc>" },
    { "TimeSpanTextWithEndElement", "429407af00b08ef01b000000", "<str916>03:20:00</str916>" },
    { "~UuidText", "4003646f63b0000102030405060708090a0b0c0d0e0f01",
      "<doc>03020100-0504-0706-0809-0a0b0c0d0e0f</doc>" },
    { "UuidTextWithEndElement", "40024944b1000102030405060708090a0b0c0d0e0f",
      "<ID>03020100-0504-0706-0809-0a0b0c0d0e0f</ID>" },
    { "~UInt64Text", "4003646f63b2ffffffffffffffff01", "<doc>18446744073709551615</doc>" },
    { "UInt64TextWithEndElement", "429a01b3feffffffffffffff", "<str154>18446744073709551614</str154>" },
    { "~BoolText", "4003646f63b40101", "<doc>true</doc>" },
    { "~BoolTextWithEndElement", "03400361727201b5050100010001",
      "<arr>true</arr><arr>false</arr><arr>true</arr><arr>false</arr><arr>true</arr>" },
    { "~UnicodeChars8Text", "4003646f63040175b60675006e00690001", "<doc u='uni'></doc>" },
    { "~UnicodeChars8TextWithEndElement", "400155b70675006e006900", "<U>uni</U>" },
    { "~UnicodeChars16Text", "4003646f630403753136b8080075006e006900320001", "<doc u16='uni2'></doc>" },
    { "~UnicodeChars16TextWithEndElement", "4003553136b9080075006e0069003200", "<U16>uni2</U16>" },
    { "~UnicodeChars32Text", "4003646f630403753332ba040000003300320001", "<doc u32='32'></doc>" },
    { "~UnicodeChars32TextWithEndElement", "4003553332bb0400000033003200", "<U32>32</U32>" },
    { "~QNameDictionaryText", "4003646f6306f006bc088e0701", NULL },
    { "QNameDictionaryTextWithEndElement", "400454797065bd129007", NULL },
    { "~QNameDictionaryText", "4003646f63090169016e06f006bc088e0701", "<doc xmlns:i='n' str880='i:str910'></doc>" },
    { "QNameDictionaryTextWithEndElement", "400454797065090173016ebd129007", "<Type xmlns:s='n'>s:str912</Type>" },
};

/* MC-NBFS, and the same document with the session strings of MC-NBFSE */
#define SOAP( action, inventory ) "56020b0161060b0173045608440a1e0082" action "01560e" inventory "810101"
#define SOAP_XML "<s:Envelope xmlns:a='http://www.w3.org/2005/08/addressing' xmlns:s='http://www.w3.org/2003/05/soap-envelope'>" \
                 "<s:Header><a:Action s:mustUnderstand='1'>action</a:Action></s:Header><s:Body><Inventory>0</Inventory></s:Body>" \
                 "</s:Envelope>"
/* MC-NMF: the two messages of a session, of which the first brings the strings */
#define ONE_WAY( digit ) "56020b0173040b0161065608440a1e0082ab01440c1e0082ab0301560e42050a074209990d54657374206d6573736167653" digit \
                         "010101"
#define ONE_WAY_XML( digit ) \
    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:a='http://www.w3.org/2005/08/addressing'><s:Header>" \
    "<a:Action s:mustUnderstand='1'>http://tempuri.org/IOneWayContract/Execute</a:Action>" \
    "<a:To s:mustUnderstand='1'>net.tcp://SampleServer/SampleApp/</a:To></s:Header><s:Body>" \
    "<Execute xmlns='http://tempuri.org/'><sendString>Test message" digit "</sendString></Execute></s:Body></s:Envelope>"

static const struct soap_example { const char *bytes, *xml, *strings[6]; } soap_examples[] =
{
    { SOAP( "9906616374696f6e", "4009496e76656e746f7279" ), SOAP_XML, { NULL } },
    { SOAP( "ab01", "4203" ), SOAP_XML, { "action", "Inventory" } },
    { ONE_WAY( "1" ), ONE_WAY_XML( "1" ), { "http://tempuri.org/IOneWayContract/Execute", "net.tcp://SampleServer/SampleApp/",
                                            "Execute", "http://tempuri.org/", "sendString" } },
    { ONE_WAY( "2" ), ONE_WAY_XML( "2" ), { "http://tempuri.org/IOneWayContract/Execute", "net.tcp://SampleServer/SampleApp/",
                                            "Execute", "http://tempuri.org/", "sendString" } },
};

/* --- dictionaries --------------------------------------------------------------------------------------------------- */

static char names[1000][8];
static WS_XML_STRING even[500], odd[500];
static WS_XML_DICTIONARY static_strings, session_strings;

static void set_dictionary( WS_XML_DICTIONARY *dictionary, WS_XML_STRING *strings, ULONG count )
{
    ULONG i;

    memset( dictionary, 0, sizeof(*dictionary) );
    dictionary->guid.Data1 = strings == even ? 1 : 2;
    dictionary->strings = strings;
    dictionary->stringCount = count;
    dictionary->isConst = strings == even;
    for (i = 0; i < count; i++)
    {
        strings[i].dictionary = dictionary;
        strings[i].id = i;
    }
}

static void name_strings( void )
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE( names ); i++)
    {
        WS_XML_STRING *string = i & 1 ? &odd[i / 2] : &even[i / 2];
        string->length = snprintf( names[i], sizeof(names[i]), "str%lu", i );
        string->bytes = (BYTE *)names[i];
    }
    set_dictionary( &static_strings, even, ARRAYSIZE( even ) );
    set_dictionary( &session_strings, odd, ARRAYSIZE( odd ) );
}

/* The writer asks for the session's strings. */
static HRESULT CALLBACK find_string( void *state, const WS_XML_STRING *string, BOOL *found, ULONG *id, WS_ERROR *error )
{
    ULONG i;

    (void)state;
    (void)error;
    *found = FALSE;
    for (i = 0; i < session_strings.stringCount && !*found; i++)
        if (WsXmlStringEquals( &session_strings.strings[i], string, NULL ) == S_OK)
        {
            *found = TRUE;
            *id = i;
        }
    return S_OK;
}

static ULONG from_hex( const char *hex, BYTE *bytes )
{
    ULONG len = 0, value;

    for (; *hex; hex += 2)
    {
        sscanf( hex, "%2lx", &value );
        bytes[len++] = (BYTE)value;
    }
    return len;
}

/* --- both directions ------------------------------------------------------------------------------------------------ */

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;
static WS_XML_DICTIONARY *common;       /* even numbers */

/* The input of the reader; with `chunk` a stream in pieces of so many bytes. */
static void set_binary( const BYTE *bytes, ULONG size, ULONG chunk )
{
    WS_XML_READER_BINARY_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_BINARY }, common, &session_strings };
    WS_XML_READER_BUFFER_INPUT memory = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)bytes, size };
    static struct chunks chunks;
    WS_XML_READER_STREAM_INPUT stream = { { WS_XML_READER_INPUT_TYPE_STREAM }, read_chunk, &chunks };
    BOOL fragment = TRUE;
    WS_XML_READER_PROPERTY property = { WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment) };

    chunks = (struct chunks){ (const char *)bytes, size, chunk };
    ok_hr( WsSetInput( reader, &encoding.encoding, chunk ? &stream.input : &memory.input, &property, 1, NULL ), S_OK );
}

static void set_xml( const char *xml )
{
    WS_XML_READER_BUFFER_INPUT memory = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)xml, (ULONG)strlen( xml ) };
    BOOL fragment = TRUE;
    WS_XML_READER_PROPERTY property = { WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment) };

    ok_hr( WsSetInput( reader, &read_any_text.encoding, &memory.input, &property, 1, NULL ), S_OK );
}

/* The nodes of a reader's input as binary XML. */
static ULONG write_binary( BYTE *bytes, ULONG size )
{
    WS_XML_WRITER_BINARY_ENCODING encoding = { { WS_XML_WRITER_ENCODING_TYPE_BINARY }, common, find_string, NULL };
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    BOOL fragment = TRUE;
    WS_XML_WRITER_PROPERTY property = { WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment) };
    WS_BYTES written;

    ok_hr( WsSetOutput( writer, &encoding.encoding, &output.output, &property, 1, NULL ), S_OK );
    ok_hr( WsCopyNode( writer, reader, NULL ), S_OK );
    written = get_output( writer );
    ok( written.length <= size, "%lu bytes\n", written.length );
    if (written.length > size) return 0;
    memcpy( bytes, written.bytes, written.length );
    return written.length;
}

/* Empty texts are not part of what is represented. */
static void describe_binary( const BYTE *bytes, ULONG size, ULONG chunk, struct line *line )
{
    char *empty;

    set_binary( bytes, size, chunk );
    describe( reader, line, chunk ? 1 : 0, FALSE );
    if (!(empty = strstr( line->text, "\"\"" ))) return;
    memmove( empty, empty + 2, line->len - (empty + 2 - line->text) + 1 );
    line->len -= 2;
}

static void check_example( const char *name, const char *hex, const char *xml )
{
    static struct line want, line;
    BYTE bytes[512], typed[512], plain[512];
    ULONG size = from_hex( hex, bytes ), chunk, typed_size, plain_size;

    test_context( "%s", name );
    if (!xml)
    {
        describe_binary( bytes, size, 0, &line );
        ok( strstr( line.text, "!format" ) != NULL, "got %s\n", line.text );
        return;
    }
    set_xml( xml );
    describe( reader, &want, 0, FALSE );
    for (chunk = 0; chunk <= 5; chunk++)
    {
        describe_binary( bytes, size, chunk, &line );
        ok_bytes( line.text, line.len, want.text );
    }

    /* what is written of these nodes, with their types, reads as what is written of the XML */
    set_binary( bytes, size, 0 );
    typed_size = write_binary( typed, sizeof(typed) );
    set_xml( xml );
    plain_size = write_binary( plain, sizeof(plain) );
    describe_binary( typed, typed_size, 0, &want );
    describe_binary( plain, plain_size, 0, &line );
    ok_bytes( line.text, line.len, want.text );
    if (test_state.ours && *name != '~')
        ok( typed_size == size && !memcmp( bytes, typed, size ), "written in other bytes (%lu, not %lu)\n", typed_size, size );
}

static void test_records( void )
{
    ULONG i;

    name_strings();
    reader = create_reader();
    writer = create_writer();
    common = &static_strings;
    for (i = 0; i < ARRAYSIZE( examples ); i++) check_example( examples[i].record, examples[i].bytes, examples[i].xml );
    test_context( NULL );
    WsFreeReader( reader );
    WsFreeWriter( writer );
}

static void test_soap( void )
{
    ULONG i, count;

    reader = create_reader();
    writer = create_writer();
    common = soap_dictionary();
    for (i = 0; i < ARRAYSIZE( soap_examples ); i++)
    {
        for (count = 0; soap_examples[i].strings[count]; count++)
        {
            odd[count].bytes = (BYTE *)soap_examples[i].strings[count];
            odd[count].length = (ULONG)strlen( soap_examples[i].strings[count] );
        }
        set_dictionary( &session_strings, odd, count );
        check_example( "~SOAP", soap_examples[i].bytes, soap_examples[i].xml );
    }
    test_context( NULL );
    WsFreeReader( reader );
    WsFreeWriter( writer );
}

TESTS( binary_examples, { "records", test_records }, { "soap", test_soap } )
