/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the functions of messages, errors, faults, heaps and serialization return, by the reference of the Windows SDK: see
 * returns.h. */
#include "message.h"

#define HEADERS( headers ) "<s:Envelope xmlns:s='" S12 "' xmlns:a='" A10 "'><s:Header>" headers "</s:Header>" \
                           "<s:Body><b xmlns='n'>x</b></s:Body></s:Envelope>"
#define ENVELOPE           HEADERS( "<a:Action>action</a:Action>" )
#define UNDERSTOOD( how )  HEADERS( "<b xmlns='n' s:mustUnderstand='" how "'/>" )

#define ACTION  WS_ACTION_HEADER, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE
#define MAPPED  &name_b, WS_SINGLETON_HEADER, 0, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE
#define ELEMENT WS_ELEMENT_TYPE_MAPPING
#define CONTENT WS_ELEMENT_CONTENT_TYPE_MAPPING

#define VALUE( heap ) WS_READ_REQUIRED_VALUE, heap, &wide, sizeof(wide), e
#define BAD_DATE      WS_WRITE_REQUIRED_VALUE, &bad_date, sizeof(bad_date), e
#define B_LONG        "<b xmlns='n'>0123456789</b>"

static WS_MESSAGE *m, *other;
static WS_XML_READER *r, *hr_reader;
static WS_XML_WRITER *w;
static WS_HEAP *h, *small;
static WS_ERROR *x, *other_error;
static WS_CHANNEL *made_channel;

static WS_XML_STRING name_b = WS_XML_STRING_VALUE( "b" ), ns = WS_XML_STRING_VALUE( "n" ), a10 = WS_XML_STRING_VALUE( A10 );
static WS_ELEMENT_DESCRIPTION string_b = { &name_b, &ns, WS_STRING_TYPE, NULL }, date_b = { &name_b, &ns, WS_DATETIME_TYPE, NULL };
static WS_ATTRIBUTE_DESCRIPTION attribute_b = { &name_b, &ns, WS_STRING_TYPE, NULL },
    date_attribute = { &name_b, &ns, WS_DATETIME_TYPE, NULL };
static WS_FAULT_DETAIL_DESCRIPTION string_detail = { NULL, &string_b }, date_detail = { NULL, &date_b };
static const WS_DATETIME bad_date = { ~(ULONGLONG)0, WS_DATETIME_FORMAT_UTC };
static WS_ENDPOINT_ADDRESS address = { { 9, (WCHAR *)L"http://h/" }, NULL, NULL, NULL };
static WS_ENDPOINT_ADDRESS read_address;
static WS_STRING wide;
static WS_FAULT fault;
static WS_XML_NODE_POSITION pos;
static BYTE bytes[64] __attribute__((aligned(8)));
static ULONG number;
static SIZE_T size;
static void *pointer;

static WS_ASYNC_CONTEXT pending;    /* of a callback that ends later */
static HRESULT ending;              /* what the callbacks of streams return */
static const char *rest;            /* of a stream that is read */

static void CALLBACK done( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    (void)hr;
    (void)model;
    (void)state;
}
static const WS_ASYNC_CONTEXT async = { done, NULL };

/* --- what comes before the call of a row ---------------------------------------------------------------------------- */

static HRESULT made( HRESULT hr )
{
    if (other) WsFreeMessage( other );
    other = NULL;
    return hr;
}

static HRESULT made_error( HRESULT hr )
{
    if (other_error) WsFreeError( other_error );
    other_error = NULL;
    return hr;
}

static WS_CHANNEL *channel( void )
{
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, &made_channel, NULL ), S_OK );
    return made_channel;
}

/* With less room than any value needs. */
static WS_HEAP *small_heap( void )
{
    ok_hr( WsCreateHeap( 4, 0, NULL, 0, &small, NULL ), S_OK );
    return small;
}

static void initialized( void )
{
    ok_hr( WsInitializeMessage( m, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
}

static void custom( void )
{
    ok_hr( WsAddCustomHeader( m, &string_b, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide), 0, NULL ), S_OK );
}

static void mapped( void )
{
    ok_hr( WsAddMappedHeader( m, &name_b, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide), NULL ), S_OK );
}

/* A standard header that is there more than once. */
static void twice( const char *header )
{
    WS_XML_STRING name = xs( header );
    WS_ELEMENT_DESCRIPTION desc = { &name, &a10, WS_STRING_TYPE, NULL };
    ULONG i;

    for (i = 0; i < 2; i++)
        ok_hr( WsAddCustomHeader( m, &desc, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide), 0, NULL ), S_OK );
}

static void reading( const char *xml )
{
    ok_hr( read_start( m, r, xml ), S_OK );
}

/* `hr_reader` at the first header, and its position. */
static void at_header( void )
{
    WS_XML_BUFFER *buffer = NULL;

    ok_hr( WsGetMessageProperty( m, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), NULL ), S_OK );
    ok_hr( WsGetMessageProperty( m, WS_MESSAGE_PROPERTY_HEADER_POSITION, &pos, sizeof(pos), NULL ), S_OK );
    ok_hr( WsSetInputToBuffer( hr_reader, buffer, NULL, 0, NULL ), S_OK );
    ok_hr( WsSetReaderPosition( hr_reader, &pos, NULL ), S_OK );
    ok_hr( WsMoveReader( hr_reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL ), S_OK );
    ok_hr( WsGetReaderPosition( hr_reader, &pos, NULL ), S_OK );
}

static void writing( void )
{
    initialized();
    ok_hr( WsWriteEnvelopeStart( m, w, NULL, NULL, NULL ), S_OK );
}

static void root( void )
{
    ok_hr( WsWriteStartElement( w, NULL, &name_b, &ns, NULL ), S_OK );
    ok_hr( WsWriteEndElement( w, NULL ), S_OK );
}

/* As a callback ends: with a context maybe later, with an error object in words. */
static HRESULT end_callback( const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    if (context) pending = *context;
    if (error && FAILED( ending )) WsAddErrorString( error, &wide );
    return ending;
}

static HRESULT CALLBACK read_some( void *state, void *buf, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    ULONG len = (ULONG)strlen( rest );

    (void)state;
    if (len > max) len = max;
    memcpy( buf, rest, len );
    rest += *actual = len;
    return len ? S_OK : end_callback( context, error );
}

/* A stream that has the envelope, and then ends so. */
static void reading_stream( HRESULT then )
{
    static const WS_XML_READER_TEXT_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, read_some, NULL };

    rest = ENVELOPE;
    ending = then;
    ok_hr( WsSetInput( r, &encoding.encoding, &input.input, NULL, 0, NULL ), S_OK );
    ok_hr( WsFillReader( r, (ULONG)strlen( rest ), NULL, NULL ), S_OK );
    ok_hr( WsReadEnvelopeStart( m, r, NULL, NULL, NULL ), S_OK );
}

static HRESULT CALLBACK write_some( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)state;
    (void)buffers;
    (void)count;
    return end_callback( context, error );
}

static void writing_stream( HRESULT then )
{
    static const WS_XML_WRITER_TEXT_ENCODING encoding = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_WRITER_STREAM_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, write_some, NULL };

    ending = then;
    ok_hr( WsSetOutput( w, &encoding.encoding, &output.output, NULL, 0, NULL ), S_OK );
    writing();
}

static void faulted( void )
{
    static WS_XML_STRING text = WS_XML_STRING_VALUE( "Receiver" ), s12 = WS_XML_STRING_VALUE( S12 );
    WS_FAULT_CODE code = { { text, s12 }, NULL };
    WS_FAULT value = { &code, NULL, 0, { 0, NULL }, { 0, NULL }, NULL };

    ok_hr( WsSetFaultErrorProperty( x, WS_FAULT_ERROR_PROPERTY_FAULT, &value, sizeof(value) ), S_OK );
}

static void detail( void )
{
    ok_hr( WsSetFaultErrorDetail( x, &string_detail, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide) ), S_OK );
}

static void at_element( const char *xml )
{
    set_input( r, xml, (ULONG)strlen( xml ) );
    ok_hr( WsReadToStartElement( r, NULL, NULL, NULL, NULL ), S_OK );
}

static void start( void )
{
    ok_hr( WsWriteStartElement( w, NULL, &name_b, &ns, NULL ), S_OK );
}

/* --- the table ------------------------------------------------------------------------------------------------------ */

#define LIST "returns_message.def"
#define ROWS "returns_message_rows.h"
#include "returns.h"

static void returns_begin( void )
{
    static WCHAR text[] = L"0123456789";

    wide.chars = text;
    wide.length = 10;
    m = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    r = create_reader();
    hr_reader = create_reader();
    w = create_writer();
    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &h, NULL ), S_OK );
    ok_hr( WsCreateError( NULL, 0, &x ), S_OK );
    memset( &pending, 0, sizeof(pending) );
    small = NULL;
    made_channel = NULL;
}

static void returns_end( void )
{
    ending = S_OK;
    if (pending.callback) pending.callback( S_OK, WS_SHORT_CALLBACK, pending.callbackState );
    WsFreeMessage( m );
    WsFreeReader( r );
    WsFreeReader( hr_reader );
    WsFreeWriter( w );
    WsFreeError( x );
    if (made_channel) WsFreeChannel( made_channel );
    if (small) WsFreeHeap( small );
    WsFreeHeap( h );
}

TESTS( returns_message, { "complete", test_complete }, { "returns", test_returns } )
