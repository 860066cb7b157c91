/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Headers of messages: each standard header, as each type, with each version of envelope and addressing, in each encoding;
 * roles and other attributes; custom and mapped headers. The pages of the functions and of WS_HEADER_TYPE,
 * WS_REPEATING_HEADER_OPTION, WS_ADDRESSING_VERSION and WS_MESSAGE_PROPERTY_ID; SOAP 1.1 section 4.2, SOAP 1.2 part 1 sections
 * 2.4 and 5.2; WS-Addressing. */
#include "message_encoding.h"

static const char *const header_names[] = { "?", "Action", "To", "MessageID", "RelatesTo", "From", "ReplyTo", "FaultTo" };

/* The types a header may have (WS_HEADER_TYPE), and one that none has. */
static const WS_TYPE types[] = { WS_STRING_TYPE, WS_XML_STRING_TYPE, WS_WSZ_TYPE, WS_UNIQUE_ID_TYPE,
                                 WS_ENDPOINT_ADDRESS_TYPE, WS_INT32_TYPE };

static BOOL fits( WS_ADDRESSING_VERSION addressing, WS_HEADER_TYPE header, WS_TYPE type )
{
    if (addressing == WS_ADDRESSING_VERSION_TRANSPORT && header > WS_TO_HEADER) return FALSE;
    if (header >= WS_FROM_HEADER) return type == WS_ENDPOINT_ADDRESS_TYPE;
    if (type == WS_UNIQUE_ID_TYPE) return header >= WS_MESSAGE_ID_HEADER;
    return type == WS_STRING_TYPE || type == WS_XML_STRING_TYPE || type == WS_WSZ_TYPE;
}

/* The text as a value of the type. */
union value
{
    WS_STRING str;
    WS_XML_STRING xml;
    WCHAR *wsz;
    WS_UNIQUE_ID id;
    WS_ENDPOINT_ADDRESS address;
    INT32 number;
};

static ULONG make( union value *value, WS_TYPE type, const WCHAR *text )
{
    static BYTE utf8[4][256];
    static int index;
    WS_STRING str = { lstrlenW( text ), (WCHAR *)text };

    memset( value, 0, sizeof(*value) );
    switch ((int)type)
    {
    case WS_STRING_TYPE: value->str = str; return sizeof(value->str);
    case WS_WSZ_TYPE: value->wsz = str.chars; return sizeof(value->wsz);
    case WS_UNIQUE_ID_TYPE: value->id.uri = str; return sizeof(value->id);
    case WS_ENDPOINT_ADDRESS_TYPE: value->address.url = str; return sizeof(value->address);
    case WS_XML_STRING_TYPE:
        value->xml.bytes = utf8[index++ & 3];
        value->xml.length = WideCharToMultiByte( CP_UTF8, 0, text, -1, (char *)value->xml.bytes, 256, NULL, NULL ) - 1;
        return sizeof(value->xml);
    default: return sizeof(value->number);
    }
}

static void ok_value( const union value *value, WS_TYPE type, const WCHAR *expected )
{
    union value want;

    make( &want, type, expected );
    switch ((int)type)
    {
    case WS_STRING_TYPE: ok_wide( &value->str, expected ); break;
    case WS_WSZ_TYPE: ok( value->wsz && !lstrcmpW( value->wsz, expected ), "got %ls\n", value->wsz ); break;
    case WS_UNIQUE_ID_TYPE: ok_wide( &value->id.uri, expected ); break;
    case WS_ENDPOINT_ADDRESS_TYPE: ok_wide( &value->address.url, expected ); break;
    case WS_XML_STRING_TYPE:
        ok( value->xml.length == want.xml.length && !memcmp( value->xml.bytes, want.xml.bytes, want.xml.length ),
            "got %.*s\n", (int)value->xml.length, value->xml.bytes );
        break;
    }
}

/* A header of a message, as all types it can have, with each option. */
static void check_header( WS_MESSAGE *msg, WS_ADDRESSING_VERSION addressing, WS_HEADER_TYPE header, const WCHAR *expected )
{
    ULONG i;

    for (i = 0; i < WsCountOf( types ); i++)
    {
        union value value, *ptr = NULL;
        ULONG size = make( &value, types[i], L"" );

        if (!fits( addressing, header, types[i] ))
        {
            ok_hr( WsGetHeader( msg, header, types[i], WS_READ_REQUIRED_VALUE, NULL, &value, size, NULL ), E_INVALIDARG );
            continue;
        }
        if (types[i] == WS_WSZ_TYPE)    /* is a pointer already */
        {
            ok_hr( WsGetHeader( msg, header, types[i], WS_READ_REQUIRED_POINTER, NULL, &value, size, NULL ), S_OK );
            ok_value( &value, types[i], expected );
        }
        else
        {
            if (types[i] == WS_UNIQUE_ID_TYPE && !*expected)    /* an id can't be empty */
            {
                ok_hr( WsGetHeader( msg, header, types[i], WS_READ_REQUIRED_VALUE, NULL, &value, size, NULL ),
                       WS_E_INVALID_FORMAT );
                continue;
            }
            ok_hr( WsGetHeader( msg, header, types[i], WS_READ_REQUIRED_VALUE, NULL, &value, size, NULL ), S_OK );
            ok_value( &value, types[i], expected );
            ok_hr( WsGetHeader( msg, header, types[i], WS_READ_REQUIRED_POINTER, NULL, &ptr, sizeof(ptr), NULL ), S_OK );
            if (ptr) ok_value( ptr, types[i], expected );
            ptr = NULL;
            ok_hr( WsGetHeader( msg, header, types[i], WS_READ_OPTIONAL_POINTER, NULL, &ptr, sizeof(ptr), NULL ), S_OK );
            if (ok( ptr != NULL, "no value\n" )) ok_value( ptr, types[i], expected );
            ok_hr( WsGetHeader( msg, header, types[i], WS_READ_REQUIRED_VALUE, NULL, &value, size + 1, NULL ), E_INVALIDARG );
            ok_hr( WsGetHeader( msg, header, types[i], WS_READ_REQUIRED_POINTER, NULL, &ptr, sizeof(ptr) - 1, NULL ),
                   E_INVALIDARG );
        }
        ok_hr( WsGetHeader( msg, header, types[i], WS_READ_NILLABLE_POINTER, NULL, &ptr, sizeof(ptr), NULL ), E_INVALIDARG );
        ok_hr( WsGetHeader( msg, header, types[i], WS_READ_NILLABLE_VALUE, NULL, &value, size, NULL ), E_INVALIDARG );
    }
}

/* The header in a message of its own: set as the type, looked at, sent in each encoding, read and looked at again. */
static void test_one_header( WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing, WS_HEADER_TYPE header, WS_TYPE type,
                             const WCHAR *text, WS_WRITE_OPTION option )
{
    WS_MESSAGE *msg = create( envelope, addressing ), *in = create( envelope, addressing );
    WS_XML_WRITER *writer = create_writer();
    WS_XML_READER *reader = create_reader();
    union value value, *ptr = &value;
    ULONG size = make( &value, type, text ), i;
    WS_XML_STRING *none = (WS_XML_STRING *)1;
    struct bytes bytes;

    ok_hr( WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
    if (option == WS_WRITE_REQUIRED_POINTER && type != WS_WSZ_TYPE)
        ok_hr( WsSetHeader( msg, header, type, option, &ptr, sizeof(ptr), NULL ), S_OK );
    else ok_hr( WsSetHeader( msg, header, type, type == WS_WSZ_TYPE ? WS_WRITE_REQUIRED_POINTER : option, &value, size, NULL ),
                S_OK );
    check_header( msg, addressing, header, text );
    for (i = 0; envelope != WS_ENVELOPE_VERSION_NONE && i < ENCODINGS; i++)
    {
        test_context( "envelope %u, addressing %u, %s as type %u, in %s", envelope, addressing, header_names[header], type,
                      encoding_names[i] );
        if (i)
        {
            ok_hr( WsResetMessage( msg, NULL ), S_OK );
            ok_hr( WsInitializeMessage( msg, WS_DUPLICATE_MESSAGE, in, NULL ), S_OK );
        }
        collect( writer, i, &bytes );
        ok_hr( WsWriteEnvelopeStart( msg, writer, NULL, NULL, NULL ), S_OK );
        ok_hr( WsWriteEnvelopeEnd( msg, NULL ), S_OK );
        ok_hr( WsFlushWriter( writer, 0, NULL, NULL ), S_OK );
        ok_hr( WsResetMessage( in, NULL ), S_OK );
        set_encoded_input( reader, i, &bytes );
        ok_hr( WsReadEnvelopeStart( in, reader, NULL, NULL, NULL ), S_OK );
        check_header( in, addressing, header, text );
        ok_hr( WsCheckMustUnderstandHeaders( in, NULL ), S_OK );
        ok_hr( WsReadEnvelopeEnd( in, NULL ), S_OK );
    }
    ok_hr( WsRemoveHeader( msg, header, NULL ), S_OK );
    if (header < WS_FROM_HEADER)
        ok_hr( WsGetHeader( msg, header, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &none, sizeof(none), NULL ), S_OK );
    else ok_hr( WsGetHeader( msg, header, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &none, sizeof(none), NULL ),
                S_OK );
    ok_ptr( none, NULL );
    WsFreeMessage( msg );
    WsFreeMessage( in );
    WsFreeWriter( writer );
    WsFreeReader( reader );
}

static void test_matrix( void )
{
    static const WCHAR *const texts[] = { L"http://h/a?b=1&c=<2>", L"", L"\x00fc\x20ac \xd83d\xde00 '\"", L"urn:uuid:not-a-guid" };
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    WS_HEADER_TYPE header;
    ULONG i, j;

    for (envelope = 1; envelope <= 3; envelope++) for (addressing = 1; addressing <= 3; addressing++)
    {
        if (envelope == WS_ENVELOPE_VERSION_NONE && addressing != WS_ADDRESSING_VERSION_TRANSPORT) continue;
        for (header = WS_ACTION_HEADER; header <= WS_FAULT_TO_HEADER; header++) for (i = 0; i < WsCountOf( types ); i++)
        {
            union value value;
            ULONG size = make( &value, types[i], L"text" );
            WS_MESSAGE *msg;

            test_context( "envelope %u, addressing %u, %s as type %u", envelope, addressing, header_names[header], types[i] );
            if (fits( addressing, header, types[i] ))
            {
                /* an endpoint address or a unique id that is empty means something else */
                for (j = 0; j < WsCountOf( texts ); j++)
                    if (*texts[j] || types[i] == WS_STRING_TYPE)
                        test_one_header( envelope, addressing, header, types[i], texts[j],
                                         j & 1 ? WS_WRITE_REQUIRED_POINTER : WS_WRITE_REQUIRED_VALUE );
                continue;
            }
            msg = create( envelope, addressing );
            ok_hr( WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
            ok_hr( WsSetHeader( msg, header, types[i], WS_WRITE_REQUIRED_VALUE, &value, size, NULL ), E_INVALIDARG );
            WsFreeMessage( msg );
        }
    }
    test_context( NULL );
}

/* Options and values that do not fit, for a header that is a tree already and one that is not: nothing changes. */
static void test_bad_values( void )
{
    static const WS_XML_STRING good = WS_XML_STRING_VALUE( "good" );
    static BYTE bad_bytes[] = { 'a', 0xff, 0xc0 };
    WS_XML_STRING bad = { sizeof(bad_bytes), bad_bytes, NULL, 0 }, *pointer = NULL, *str = (WS_XML_STRING *)1;
    ULONG tree;

    for (tree = 0; tree < 2; tree++)
    {
        WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
        WS_XML_BUFFER *buffer;

        test_context( "%s", tree ? "tree" : "plain" );
        ok_hr( WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
        ok_hr( WsSetHeader( msg, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &good, sizeof(good), NULL ), S_OK );
        if (tree) ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), NULL ), S_OK );
#define SET( option, value, size, hr ) \
        ok_hr( WsSetHeader( msg, WS_ACTION_HEADER, WS_XML_STRING_TYPE, option, value, size, NULL ), hr ); \
        ok_header( msg, WS_ACTION_HEADER, "good" )
        SET( WS_WRITE_NILLABLE_VALUE, &good, sizeof(good), E_INVALIDARG );
        SET( WS_WRITE_NILLABLE_POINTER, &pointer, sizeof(pointer), E_INVALIDARG );
        SET( 0, &good, sizeof(good), E_INVALIDARG );
        SET( WS_WRITE_REQUIRED_VALUE, NULL, 0, E_INVALIDARG );
        SET( WS_WRITE_REQUIRED_VALUE, &good, sizeof(good) - 1, E_INVALIDARG );
        SET( WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer) - 1, E_INVALIDARG );
        SET( WS_WRITE_REQUIRED_VALUE, &bad, sizeof(bad), WS_E_INVALID_FORMAT );
#undef SET
        ok_hr( WsGetHeader( msg, 0, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &str, sizeof(str), NULL ), E_INVALIDARG );
        ok_hr( WsGetHeader( msg, WS_FAULT_TO_HEADER + 1, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &str, sizeof(str),
                            NULL ), E_INVALIDARG );
        ok_hr( WsGetHeader( msg, WS_TO_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_POINTER, NULL, &str, sizeof(str), NULL ),
               WS_E_INVALID_FORMAT );   /* is not there */
        ok_ptr( str, 1 );
        WsFreeMessage( msg );
    }
    test_context( NULL );
}

/* --- roles and attributes ------------------------------------------------------------------------------------------- */

/* Attributes of a header: is it seen by the functions, must it be understood, what does WsGetCustomHeader say of it. */
static void test_roles( void )
{
    enum { MUST = WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE, RELAY = WS_RELAY_HEADER_ATTRIBUTE };
    static const struct { const char *attributes; ULONG soap; BOOL seen, checked; ULONG flags; } cases[] =
    {
        { "",                                            1, TRUE,  FALSE, 0 },
        { "s:mustUnderstand='1'",                        1, TRUE,  TRUE,  MUST },
        { "s:mustUnderstand='0'",                        1, TRUE,  FALSE, 0 },
        { "mustUnderstand='1'",                          1, TRUE,  FALSE, 0 },      /* of no namespace */
        { "s:actor='' s:mustUnderstand='1'",             1, TRUE,  TRUE,  MUST },
        { "s:actor='http://schemas.xmlsoap.org/soap/actor/next' s:mustUnderstand='1'", 1, FALSE, TRUE, 0 },
        { "s:actor='urn:other' s:mustUnderstand='1'",    1, FALSE, FALSE, 0 },
        { "s:role='urn:other' s:mustUnderstand='1'",     1, TRUE,  TRUE,  MUST },   /* SOAP 1.1 knows no role */
        { "s:relay='1'",                                 1, TRUE,  FALSE, 0 },
        { "",                                            2, TRUE,  FALSE, 0 },
        { "s:mustUnderstand='1'",                        2, TRUE,  TRUE,  MUST },
        { "s:mustUnderstand='true'",                     2, TRUE,  TRUE,  MUST },
        { "s:mustUnderstand='false' s:relay='true'",     2, TRUE,  FALSE, RELAY },
        { "s:relay='1' s:mustUnderstand='1'",            2, TRUE,  TRUE,  MUST | RELAY },
        { "s:relay='0'",                                 2, TRUE,  FALSE, 0 },
        { "s:role='' s:mustUnderstand='1'",              2, TRUE,  TRUE,  MUST },
        { "s:role='" S12 "/role/ultimateReceiver' s:mustUnderstand='1'", 2, TRUE, TRUE, MUST },
        { "s:role='" S12 "/role/next' s:mustUnderstand='1'", 2, FALSE, TRUE, 0 },
        { "s:role='" S12 "/role/none' s:mustUnderstand='1'", 2, FALSE, FALSE, 0 },
        { "s:role='urn:other' s:mustUnderstand='1'",     2, FALSE, FALSE, 0 },
        { "s:actor='urn:other' s:mustUnderstand='1'",    2, TRUE,  TRUE,  MUST },   /* SOAP 1.2 knows no actor */
    };
    WS_XML_STRING name = xs( "h" ), ns = xs( "n" ), *value;
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_STRING_TYPE, NULL };
    WS_XML_READER *reader = create_reader();
    ULONG i, attributes;
    char xml[1024];

    for (i = 0; i < WsCountOf( cases ); i++)
    {
        WS_MESSAGE *msg = create( cases[i].soap, WS_ADDRESSING_VERSION_1_0 );
        WS_ERROR *error;
        WS_FAULT *fault = NULL;

        test_context( "SOAP 1.%lu, %s", cases[i].soap, cases[i].attributes );
        ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
        snprintf( xml, sizeof(xml), "<s:Envelope xmlns:s='%s' xmlns:a='" A10 "'><s:Header><h xmlns='n' %s>v</h><a:To %s>t</a:To>"
                  "</s:Header><s:Body/></s:Envelope>", cases[i].soap == 1 ? S11 : S12, cases[i].attributes, cases[i].attributes );
        ok_hr( read_start( msg, reader, xml ), S_OK );
        ok_header( msg, WS_TO_HEADER, cases[i].seen ? "t" : NULL );
        ok_hr( WsCheckMustUnderstandHeaders( msg, error ), cases[i].checked ? WS_E_INVALID_FORMAT : S_OK );
        ok_hr( WsGetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
        ok( !fault == !cases[i].checked, "fault %p\n", fault );
        if (fault) ok_bytes( fault->code->value.localName.bytes, fault->code->value.localName.length, "MustUnderstand" );
        value = NULL;
        attributes = 0xdead;
        ok_hr( WsGetCustomHeader( msg, &desc, WS_SINGLETON_HEADER, 0, WS_READ_OPTIONAL_POINTER, NULL, &value, sizeof(value),
                                  &attributes, NULL ), S_OK );
        ok( !value == !cases[i].seen, "value %p\n", value );
        if (cases[i].seen) ok_eq( attributes, cases[i].flags );
        if (cases[i].seen) ok_hr( WsCheckMustUnderstandHeaders( msg, NULL ), S_OK );
        ok_hr( WsRemoveCustomHeader( msg, &name, &ns, NULL ), S_OK );
        ok_hr( WsRemoveHeader( msg, WS_TO_HEADER, NULL ), S_OK );
        if (!cases[i].seen && cases[i].checked)     /* what is not for us stays */
            ok_hr( WsCheckMustUnderstandHeaders( msg, NULL ), WS_E_INVALID_FORMAT );
        WsFreeMessage( msg );
        WsFreeError( error );
    }
    test_context( NULL );
    WsFreeReader( reader );
}

/* The attributes that WsAddCustomHeader writes, by version. */
static void test_written_attributes( void )
{
    static const struct { WS_ENVELOPE_VERSION envelope; ULONG flags; const char *text; } cases[] =
    {
        { WS_ENVELOPE_VERSION_SOAP_1_1, 0, "<h xmlns=\"n\">v</h>" },
        { WS_ENVELOPE_VERSION_SOAP_1_1, 1, "<h s:mustUnderstand=\"1\" xmlns=\"n\">v</h>" },
        { WS_ENVELOPE_VERSION_SOAP_1_1, 3, "<h s:mustUnderstand=\"1\" xmlns=\"n\">v</h>" },    /* no relay in SOAP 1.1 */
        { WS_ENVELOPE_VERSION_SOAP_1_2, 2, "<h s:relay=\"1\" xmlns=\"n\">v</h>" },
        { WS_ENVELOPE_VERSION_SOAP_1_2, 3, "<h s:mustUnderstand=\"1\" s:relay=\"1\" xmlns=\"n\">v</h>" },
    };
    WS_XML_STRING name = xs( "h" ), ns = xs( "n" ), v = xs( "v" );
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_STRING_TYPE, NULL };
    ULONG i;

    for (i = 0; i < WsCountOf( cases ); i++)
    {
        WS_MESSAGE *msg = create( cases[i].envelope, WS_ADDRESSING_VERSION_1_0 );
        WS_XML_WRITER *writer = create_writer();

        test_context( "case %lu", i );
        ok_hr( WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
        ok_hr( WsAddCustomHeader( msg, &desc, WS_WRITE_REQUIRED_VALUE, &v, sizeof(v), cases[i].flags, NULL ), S_OK );
        ok_hr( WsAddCustomHeader( msg, &desc, WS_WRITE_REQUIRED_VALUE, &v, sizeof(v), 4, NULL ), E_INVALIDARG );
        ok_hr( WsWriteEnvelopeStart( msg, writer, NULL, NULL, NULL ), S_OK );
        ok_hr( WsWriteEnvelopeEnd( msg, NULL ), S_OK );
        ok( strstr( written( writer ), cases[i].text ) != NULL, "got %s\n", written( writer ) );
        WsFreeMessage( msg );
        WsFreeWriter( writer );
    }
    test_context( NULL );
}

/* WsAddressMessage: To, and the reference parameters, which WS-Addressing 1.0 wants marked. */
static void test_address( void )
{
    static const char *const headers[][3] =
    {
        { "<a:To s:mustUnderstand=\"1\">http://h/</a:To><p xmlns='urn:p'>1</p><q/>",
          "<a:To s:mustUnderstand=\"1\">http://h/</a:To><p a:IsReferenceParameter=\"true\" xmlns='urn:p'>1</p>"
          "<q a:IsReferenceParameter=\"true\"/>",
          "<To s:mustUnderstand=\"1\" xmlns=\"" ANONE "\">http://h/</To><p xmlns='urn:p'>1</p><q/>" },
        { "<a:To s:mustUnderstand=\"1\">" A04 "/role/anonymous</a:To>", "<a:To s:mustUnderstand=\"1\">" A10 "/anonymous</a:To>",
          "<s:Header/>" },
    };
    WS_ADDRESSING_VERSION addressing;
    WS_HEAP *heap;
    ULONG i;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    for (addressing = 1; addressing <= 3; addressing++) for (i = 0; i < 2; i++)
    {
        WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, addressing );
        WS_XML_WRITER *writer = create_writer();
        WS_ENDPOINT_ADDRESS address;

        test_context( "addressing %u, case %lu", addressing, i );
        memset( &address, 0, sizeof(address) );
        if (!i)
        {
            WS_XML_READER *reader = create_reader();
            WS_XML_BUFFER *whole = parse( heap, "<x><p xmlns='urn:p'>1</p><q/></x>" );
            WS_XML_WRITER *copier = create_writer();
            BOOL yes = TRUE;
            WS_XML_WRITER_PROPERTY fragment = { WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes) };

            address.url.length = 9;
            address.url.chars = (WCHAR *)L"http://h/";
            ok_hr( WsCreateXmlBuffer( heap, NULL, 0, &address.headers, NULL ), S_OK );
            ok_hr( WsSetOutputToBuffer( copier, address.headers, &fragment, 1, NULL ), S_OK );
            ok_hr( WsSetInputToBuffer( reader, whole, NULL, 0, NULL ), S_OK );
            ok_hr( WsReadToStartElement( reader, NULL, NULL, NULL, NULL ), S_OK );
            ok_hr( WsReadStartElement( reader, NULL ), S_OK );
            ok_hr( WsCopyNode( copier, reader, NULL ), S_OK );
            ok_hr( WsCopyNode( copier, reader, NULL ), S_OK );
            WsFreeReader( reader );
            WsFreeWriter( copier );
        }
        ok_hr( WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
        ok_hr( WsAddressMessage( msg, &address, NULL ), S_OK );
        ok_hr( WsAddressMessage( msg, &address, NULL ), WS_E_INVALID_OPERATION );
        ok_hr( WsAddressMessage( msg, NULL, NULL ), WS_E_INVALID_OPERATION );
        ok_hr( WsWriteEnvelopeStart( msg, writer, NULL, NULL, NULL ), S_OK );
        ok_hr( WsWriteEnvelopeEnd( msg, NULL ), S_OK );
        ok( strstr( written( writer ), headers[i][addressing - 1] ) != NULL, "got %s\n", written( writer ) );
        WsFreeMessage( msg );
        WsFreeWriter( writer );
    }
    test_context( NULL );
    WsFreeHeap( heap );
}

/* --- repeating, limits, mapped --------------------------------------------------------------------------------------- */

/* WS_REPEATING_HEADER_OPTION for custom and mapped headers: three of a name, by index. */
static void test_repeating( void )
{
    static const struct { WS_REPEATING_HEADER_OPTION option; ULONG count, index; WS_READ_OPTION read; HRESULT hr; int value; }
    cases[] =
    {
        { WS_SINGLETON_HEADER, 0, 0, WS_READ_OPTIONAL_POINTER, S_OK,                -1 },
        { WS_SINGLETON_HEADER, 0, 0, WS_READ_REQUIRED_POINTER, WS_E_INVALID_FORMAT,  0 },
        { WS_SINGLETON_HEADER, 1, 0, WS_READ_REQUIRED_POINTER, S_OK,                 0 },
        { WS_SINGLETON_HEADER, 1, 0, WS_READ_OPTIONAL_POINTER, S_OK,                 0 },
        { WS_SINGLETON_HEADER, 1, 1, WS_READ_OPTIONAL_POINTER, E_INVALIDARG,         0 },
        { WS_SINGLETON_HEADER, 2, 0, WS_READ_OPTIONAL_POINTER, WS_E_INVALID_FORMAT,  0 },
        { WS_REPEATING_HEADER, 0, 0, WS_READ_OPTIONAL_POINTER, S_OK,                -1 },
        { WS_REPEATING_HEADER, 3, 0, WS_READ_REQUIRED_POINTER, S_OK,                 0 },
        { WS_REPEATING_HEADER, 3, 1, WS_READ_REQUIRED_POINTER, S_OK,                 1 },
        { WS_REPEATING_HEADER, 3, 2, WS_READ_OPTIONAL_POINTER, S_OK,                 2 },
        { WS_REPEATING_HEADER, 3, 3, WS_READ_OPTIONAL_POINTER, S_OK,                -1 },
        { WS_REPEATING_HEADER, 3, 3, WS_READ_REQUIRED_POINTER, WS_E_INVALID_FORMAT,  0 },
        { 0,                   1, 0, WS_READ_REQUIRED_POINTER, E_INVALIDARG,         0 },
        { WS_SINGLETON_HEADER + 1, 1, 0, WS_READ_REQUIRED_POINTER, E_INVALIDARG,     0 },
    };
    static const INT32 numbers[] = { 0, 1, 2 };
    WS_XML_STRING name = xs( "h" ), ns = xs( "n" ), other = xs( "other" );
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_INT32_TYPE, NULL }, desc2 = { &other, &ns, WS_INT32_TYPE, NULL };
    ULONG i, j, mapped;

    for (i = 0; i < WsCountOf( cases ); i++) for (mapped = 0; mapped < 2; mapped++)
    {
        WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
        INT32 *value = (INT32 *)1;

        test_context( "case %lu, %s", i, mapped ? "mapped" : "custom" );
        ok_hr( WsInitializeMessage( msg, WS_REQUEST_MESSAGE, NULL, NULL ), S_OK );
        for (j = 0; j < cases[i].count; j++)
        {
            if (mapped)
            {
                ok_hr( WsAddMappedHeader( msg, &name, WS_INT32_TYPE, WS_WRITE_REQUIRED_VALUE, &numbers[j], 4, NULL ), S_OK );
                ok_hr( WsAddMappedHeader( msg, &other, WS_INT32_TYPE, WS_WRITE_REQUIRED_VALUE, &numbers[j], 4, NULL ), S_OK );
            }
            else
            {
                ok_hr( WsAddCustomHeader( msg, &desc, WS_WRITE_REQUIRED_VALUE, &numbers[j], 4, 0, NULL ), S_OK );
                ok_hr( WsAddCustomHeader( msg, &desc2, WS_WRITE_REQUIRED_VALUE, &numbers[j], 4, 0, NULL ), S_OK );
            }
        }
        if (mapped)
            ok_hr( WsGetMappedHeader( msg, &name, cases[i].option, cases[i].index, WS_INT32_TYPE, cases[i].read, NULL, &value,
                                      sizeof(value), NULL ), cases[i].hr );
        else
            ok_hr( WsGetCustomHeader( msg, &desc, cases[i].option, cases[i].index, cases[i].read, NULL, &value, sizeof(value),
                                      NULL, NULL ), cases[i].hr );
        if (cases[i].hr) ok_ptr( value, 1 );
        else if (cases[i].value < 0) ok_ptr( value, NULL );
        else if (ok( value && value != (INT32 *)1, "%p\n", value )) ok_eq( *value, cases[i].value );

        /* all of the name go, the others stay */
        if (mapped) ok_hr( WsRemoveMappedHeader( msg, &name, NULL ), S_OK );
        else ok_hr( WsRemoveCustomHeader( msg, &name, &ns, NULL ), S_OK );
        for (j = 0; j <= cases[i].count; j++)
        {
            WS_REPEATING_HEADER_OPTION repeating = WS_REPEATING_HEADER;

            value = NULL;
            if (mapped)
                ok_hr( WsGetMappedHeader( msg, &other, repeating, j, WS_INT32_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &value,
                                          sizeof(value), NULL ), S_OK );
            else ok_hr( WsGetCustomHeader( msg, &desc2, repeating, j, WS_READ_OPTIONAL_POINTER, NULL, &value, sizeof(value), NULL,
                                           NULL ), S_OK );
            ok( !value == (j == cases[i].count), "%lu: %p\n", j, value );
        }
        WsFreeMessage( msg );
    }
    test_context( NULL );
}

/* WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS: enforced when headers are got or set by the functions that its page names. */
static void test_limit( void )
{
    WS_XML_STRING name = xs( "h" ), ns = xs( "n" ), v = xs( "v" ), *str;
    WS_ELEMENT_DESCRIPTION desc = { &name, &ns, WS_XML_STRING_TYPE, NULL };
    ULONG limit, count, i, kind;

    for (limit = 1; limit <= 3; limit++) for (count = 1; count <= 4; count++) for (kind = 0; kind < 3; kind++)
    {
        WS_MESSAGE_PROPERTY prop = { WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS, &limit, sizeof(limit) };
        HRESULT want = count > limit ? WS_E_QUOTA_EXCEEDED : S_OK;
        WS_MESSAGE *msg;

        test_context( "limit %lu, %lu headers of kind %lu", limit, count, kind );
        ok_hr( WsCreateMessage( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, &prop, 1, &msg, NULL ), S_OK );
        ok_hr( WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
        for (i = 0; i < count; i++)
        {
            if (kind == 0) ok_hr( WsAddCustomHeader( msg, &desc, WS_WRITE_REQUIRED_VALUE, &v, sizeof(v), 0, NULL ), S_OK );
            else if (kind == 1)
                ok_hr( WsAddMappedHeader( msg, &name, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &v, sizeof(v), NULL ), S_OK );
            else
                ok_hr( WsSetHeader( msg, WS_ACTION_HEADER + i, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &v, sizeof(v), NULL ),
                       i > limit ? WS_E_QUOTA_EXCEEDED : S_OK );
        }
        if (kind == 1)
            ok_hr( WsGetMappedHeader( msg, &ns, WS_REPEATING_HEADER, 0, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &str,
                                      sizeof(str), NULL ), want );
        else
        {
            ok_hr( WsGetHeader( msg, WS_RELATES_TO_HEADER, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &str, sizeof(str),
                                NULL ), want );
            ok_hr( WsGetCustomHeader( msg, &desc, WS_REPEATING_HEADER, 0, WS_READ_OPTIONAL_POINTER, NULL, &str, sizeof(str), NULL,
                                      NULL ), want );
        }
        /* they can be removed, and then there is room again */
        if (kind == 0) ok_hr( WsRemoveCustomHeader( msg, &name, &ns, NULL ), S_OK );
        else if (kind == 1) ok_hr( WsRemoveMappedHeader( msg, &name, NULL ), S_OK );
        else for (i = 0; i < count; i++) ok_hr( WsRemoveHeader( msg, WS_ACTION_HEADER + i, NULL ), S_OK );
        ok_header( msg, WS_RELATES_TO_HEADER, NULL );
        WsFreeMessage( msg );
    }
    test_context( NULL );
}

/* Mapped headers go through text: each type in, each type out. */
static void test_mapped_types( void )
{
    static const INT32 number = -12;
    static const double real = 2.5;
    static const BOOL truth = TRUE;
    static const GUID guid = { 0x12345678, 0x9abc, 0xdef0, { 1, 2, 3, 4, 5, 6, 7, 8 } };
    static const WS_STRING string = WS_STRING_VALUE( L"a <b> & c" ), empty = { 0, NULL };
    static const struct { WS_TYPE type; const void *value; ULONG size; const char *text; } cases[] =
    {
        { WS_INT32_TYPE,  &number, sizeof(number), "-12" },
        { WS_DOUBLE_TYPE, &real,   sizeof(real),   "2.5" },
        { WS_BOOL_TYPE,   &truth,  sizeof(truth),  "true" },
        { WS_GUID_TYPE,   &guid,   sizeof(guid),   "12345678-9abc-def0-0102-030405060708" },
        { WS_STRING_TYPE, &string, sizeof(string), "a <b> & c" },
        { WS_STRING_TYPE, &empty,  sizeof(empty),  "" },
    };
    ULONG i;

    for (i = 0; i < WsCountOf( cases ); i++)
    {
        WS_MESSAGE *msg = create( WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT );
        WS_XML_STRING name = xs( "X-Name" ), text;
        BYTE got[64] = { 0 };

        test_context( "case %lu", i );
        ok_hr( WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
        ok_hr( WsAddMappedHeader( msg, &name, cases[i].type, WS_WRITE_REQUIRED_VALUE, cases[i].value, cases[i].size, NULL ), S_OK );
        ok_hr( WsGetMappedHeader( msg, &name, WS_SINGLETON_HEADER, 0, WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &text,
                                  sizeof(text), NULL ), S_OK );
        ok_bytes( text.bytes, text.length, cases[i].text );
        ok_hr( WsGetMappedHeader( msg, &name, WS_SINGLETON_HEADER, 0, cases[i].type, WS_READ_REQUIRED_VALUE, NULL, got,
                                  cases[i].size, NULL ), S_OK );
        if (cases[i].type != WS_STRING_TYPE) ok( !memcmp( got, cases[i].value, cases[i].size ), "another value\n" );
        ok_hr( WsGetMappedHeader( msg, &name, WS_SINGLETON_HEADER, 0, cases[i].type, WS_READ_REQUIRED_VALUE, NULL, got,
                                  cases[i].size + 1, NULL ), E_INVALIDARG );
        if (cases[i].type == WS_STRING_TYPE)
            ok_hr( WsGetMappedHeader( msg, &name, WS_SINGLETON_HEADER, 0, WS_INT32_TYPE, WS_READ_REQUIRED_VALUE, NULL, got, 4, NULL ),
                   WS_E_INVALID_FORMAT );
        ok_hr( WsAddMappedHeader( msg, &name, cases[i].type, WS_WRITE_REQUIRED_VALUE, NULL, 0, NULL ), E_INVALIDARG );
        WsFreeMessage( msg );
    }
    test_context( NULL );
}

TESTS( message_headers, { "matrix", test_matrix }, { "bad_values", test_bad_values }, { "roles", test_roles },
       { "written_attributes", test_written_attributes }, { "address", test_address }, { "repeating", test_repeating },
       { "limit", test_limit }, { "mapped_types", test_mapped_types } )
