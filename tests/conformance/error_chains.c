/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What failures say: each leaves strings, the most general one first, with the values that matter to the one who reads them. The
 * words are the implementation's own; of another than ours it is only asked that there are any. */
#include "message.h"

struct failure
{
    WS_ERROR *error;
    WS_HEAP *heap;
    WS_MESSAGE *msg;
    WS_XML_READER *reader;
};

#define MESSAGE( header, body ) "<s:Envelope xmlns:s='" S12 "' xmlns:a='" A10 "'>\n<s:Header>" header "</s:Header><s:Body>" body \
    "</s:Body></s:Envelope>"

static WS_XML_STRING v_name = WS_XML_STRING_VALUE( "v" ), n_ns = WS_XML_STRING_VALUE( "urn:n" );
static WS_ELEMENT_DESCRIPTION number = { &v_name, &n_ns, WS_INT32_TYPE, NULL };

static HRESULT read_xml( struct failure *f, const char *xml )
{
    set_input( f->reader, xml, strlen( xml ) );
    return WsReadEnvelopeStart( f->msg, f->reader, NULL, NULL, f->error );
}

static HRESULT read_body( struct failure *f, const char *xml )
{
    INT32 value;
    HRESULT hr = read_xml( f, xml );

    if (!hr) hr = WsReadBody( f->msg, &number, WS_READ_REQUIRED_VALUE, f->heap, &value, sizeof(value), f->error );
    return hr ? hr : WsReadEnvelopeEnd( f->msg, f->error );
}

static HRESULT fail_syntax( struct failure *f ) { return read_xml( f, MESSAGE( "<a:To>x</a:From>", "" ) ); }
static HRESULT fail_entity( struct failure *f ) { return read_xml( f, MESSAGE( "<a:To>&bad;</a:To>", "" ) ); }
static HRESULT fail_version( struct failure *f ) { return read_xml( f, "<s:Envelope xmlns:s='" S11 "'/>" ); }
static HRESULT fail_end( struct failure *f ) { return read_xml( f, "<s:Envelope xmlns:s='" S12 "'>\n<s:Bo" ); }
static HRESULT fail_value( struct failure *f ) { return read_body( f, MESSAGE( "", "<v xmlns='urn:n'>99999999999</v>" ) ); }
static HRESULT fail_element( struct failure *f ) { return read_body( f, MESSAGE( "", "<w xmlns='urn:m'>1</w>" ) ); }
static HRESULT fail_depth( struct failure *f )
{
    static const ULONG depth = 3;
    WS_XML_READER_PROPERTY prop = { WS_XML_READER_PROPERTY_MAX_DEPTH, (void *)&depth, sizeof(depth) };
    WS_XML_READER *reader;
    HRESULT hr;

    ok_hr( WsCreateReader( &prop, 1, &reader, NULL ), S_OK );
    set_input( reader, MESSAGE( "<x><y/></x>", "" ), strlen( MESSAGE( "<x><y/></x>", "" ) ) );
    hr = WsReadEnvelopeStart( f->msg, reader, NULL, NULL, f->error );
    WsFreeReader( reader );
    return hr;
}
static HRESULT fail_state( struct failure *f ) { return WsWriteEnvelopeEnd( f->msg, f->error ); }
static HRESULT fail_header( struct failure *f )
{
    WS_STRING str;

    ok_hr( read_xml( f, MESSAGE( "", "" ) ), S_OK );
    return WsGetHeader( f->msg, WS_RELATES_TO_HEADER, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &str, sizeof(str), f->error );
}
static HRESULT fail_twice( struct failure *f )
{
    WS_STRING str;

    ok_hr( read_xml( f, MESSAGE( "<a:To>1</a:To><a:To>2</a:To>", "" ) ), S_OK );
    return WsGetHeader( f->msg, WS_TO_HEADER, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &str, sizeof(str), f->error );
}
static HRESULT fail_understood( struct failure *f )
{
    ok_hr( read_xml( f, MESSAGE( "<h xmlns='urn:h' s:mustUnderstand='1'/>", "" ) ), S_OK );
    return WsCheckMustUnderstandHeaders( f->msg, f->error );
}
static HRESULT fail_size( struct failure *f )
{
    WS_MESSAGE_STATE value;
    return WsGetMessageProperty( f->msg, WS_MESSAGE_PROPERTY_STATE, &value, 3, f->error );
}
static HRESULT fail_quota( struct failure *f )
{
    void *ptr;
    return WsAlloc( f->heap, 1234567, &ptr, f->error );
}
static HRESULT fail_handle( struct failure *f ) { return WsResetMessage( (WS_MESSAGE *)f->heap, f->error ); }
static HRESULT fail_null( struct failure *f ) { return WsReadNode( NULL, f->error ); }

static HRESULT request( struct failure *f, const WCHAR *url )
{
    static WS_XML_STRING action = WS_XML_STRING_VALUE( "urn:a" );
    WS_MESSAGE_DESCRIPTION desc = { &action, NULL };
    WS_MESSAGE *out, *in;
    WS_ENDPOINT_ADDRESS address;
    WS_CHANNEL *channel;
    HRESULT hr;

    memset( &address, 0, sizeof(address) );
    address.url.chars = (WCHAR *)url;
    address.url.length = lstrlenW( url );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL ), S_OK );
    if (!(hr = WsOpenChannel( channel, &address, NULL, f->error )))
    {
        ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &out, NULL ), S_OK );
        ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &in, NULL ), S_OK );
        hr = WsRequestReply( channel, out, &desc, WS_WRITE_REQUIRED_VALUE, NULL, 0, in, &desc, WS_READ_REQUIRED_VALUE, NULL, NULL, 0,
                             NULL, f->error );
        WsFreeMessage( out );
        WsFreeMessage( in );
        WsCloseChannel( channel, NULL, NULL );
    }
    WsFreeChannel( channel );
    return hr;
}

static HRESULT fail_refused( struct failure *f ) { return request( f, L"http://127.0.0.1:1/path" ); }
static HRESULT fail_url( struct failure *f ) { return request( f, L"bogus:/x" ); }

/* The failure, its code, and what the strings say: the first has to be in string 0, each in one of them. */
static const struct { const char *name; HRESULT (*fail)( struct failure * ); HRESULT hr; const WCHAR *say[4]; } cases[] =
{
    { "syntax",     fail_syntax,     WS_E_INVALID_FORMAT,    { L"message", L"Line 2, column ", L"To" } },
    { "entity",     fail_entity,     WS_E_INVALID_FORMAT,    { L"message", L"Line 2, column ", L"bad" } },
    { "version",    fail_version,    WS_E_INVALID_FORMAT,    { L"message", L"http://schemas.xmlsoap.org/soap/envelope/",
                                                               L"http://www.w3.org/2003/05/soap-envelope" } },
    { "end",        fail_end,        WS_E_INVALID_FORMAT,    { L"message", L"Line 2" } },
    { "value",      fail_value,      WS_E_INVALID_FORMAT,    { L"urn:n", L"99999999999" } },
    { "element",    fail_element,    WS_E_INVALID_FORMAT,    { L"line 2, column ", L"'v'", L"'w'", L"urn:m" } },
    { "depth",      fail_depth,      WS_E_QUOTA_EXCEEDED,    { L"message", L"3" } },
    { "state",      fail_state,      WS_E_INVALID_OPERATION, { L"writing", L"empty" } },
    { "header",     fail_header,     WS_E_INVALID_FORMAT,    { L"RelatesTo" } },
    { "twice",      fail_twice,      WS_E_INVALID_FORMAT,    { L"To", L"2" } },
    { "understood", fail_understood, WS_E_INVALID_FORMAT,    { L"h", L"urn:h" } },
    { "size",       fail_size,       E_INVALIDARG,           { L"3", L"4" } },
    { "quota",      fail_quota,      WS_E_QUOTA_EXCEEDED,    { L"1234567", L"65536" } },
    { "handle",     fail_handle,     E_INVALIDARG,           { L"message" } },
    { "null",       fail_null,       E_INVALIDARG,           { L"NULL" } },
    { "refused",    fail_refused,    WS_E_ENDPOINT_NOT_FOUND, { L"http://127.0.0.1:1/path", L"127.0.0.1", L"port 1" } },
    { "url",        fail_url,        WS_E_INVALID_ENDPOINT_URL, { L"bogus:/x" } },
};

static BOOL says( WS_ERROR *error, ULONG index, const WCHAR *words )
{
    WCHAR text[1025];
    WS_STRING str = { 0, NULL };

    ok_hr( WsGetErrorString( error, index, &str ), S_OK );
    if (str.length > 1024) str.length = 1024;
    memcpy( text, str.chars, str.length * sizeof(WCHAR) );
    text[str.length] = 0;
    return wcsstr( text, words ) != NULL;
}

static void test_strings( void )
{
    struct failure f;
    ULONG i, j, k, count;

    for (i = 0; i < WsCountOf( cases ); i++)
    {
        test_context( "%s", cases[i].name );
        ok_hr( WsCreateError( NULL, 0, &f.error ), S_OK );
        ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &f.heap, NULL ), S_OK );
        f.msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
        f.reader = create_reader();
        ok_hr( cases[i].fail( &f ), cases[i].hr );
        count = error_count( f.error );
        ok( count > 0, "no string\n" );
        for (j = 0; count && j < 4 && cases[i].say[j]; j++)
        {
            for (k = 0; k < (j ? count : 1) && !says( f.error, k, cases[i].say[j] ); k++) {}
            ok( k < (j ? count : 1) || broken( 1 ), "'%ls' is not said\n", cases[i].say[j] );
        }
        WsFreeMessage( f.msg );
        WsFreeReader( f.reader );
        WsFreeHeap( f.heap );
        WsFreeError( f.error );
    }
    test_context( NULL );
}

/* Success leaves the error object as it is, and failures add up until it is reset. */
static void test_accumulate( void )
{
    WS_ERROR *error;
    WS_HEAP *heap;
    void *ptr;
    ULONG count;

    ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
    ok_hr( WsCreateHeap( 1000, 0, NULL, 0, &heap, error ), S_OK );
    ok_hr( WsAlloc( heap, 10, &ptr, error ), S_OK );
    ok_eq( error_count( error ), 0 );
    ok_hr( WsAlloc( heap, 2000, &ptr, error ), WS_E_QUOTA_EXCEEDED );
    count = error_count( error );
    ok( count > 0, "no string\n" );
    ok_hr( WsAlloc( heap, 10, &ptr, error ), S_OK );
    ok_eq( error_count( error ), count );
    ok_hr( WsAlloc( heap, 3000, &ptr, error ), WS_E_QUOTA_EXCEEDED );
    ok( error_count( error ) > count, "the second failure added nothing\n" );
    ok_hr( WsResetError( error ), S_OK );
    ok_eq( error_count( error ), 0 );
    WsFreeHeap( heap );
    WsFreeError( error );
}

TESTS( error_chains, { "strings", test_strings }, { "accumulate", test_accumulate } )
