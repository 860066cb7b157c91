/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the functions of the XML layer return, by the reference of the Windows SDK: see returns.h. */
#include "xml.h"
#include "xml_script.h"

static WS_XML_READER *r, *made_reader;
static WS_XML_WRITER *w, *made_writer;
static WS_HEAP *h, *small;
static WS_XML_BUFFER *made_buffer;

static const WS_XML_STRING name_b = WS_XML_STRING_VALUE( "b" ), none = WS_XML_STRING_VALUE( "" );
static const WS_XML_INT32_TEXT int32 = { { WS_XML_TEXT_TYPE_INT32 }, 1 };
static WS_XML_ELEMENT_NODE element_b = { { WS_XML_NODE_TYPE_ELEMENT }, (WS_XML_STRING *)&none, (WS_XML_STRING *)&name_b,
                                         (WS_XML_STRING *)&none, 0, NULL, FALSE };
static const WS_STRING url = { 9, (WCHAR *)L"http://a/" }, no_url = { 4, (WCHAR *)L"a://" };
static const WS_URL unknown_scheme = { 99 };
static WS_XML_NODE_POSITION pos;
static WS_XML_DICTIONARY *dictionary;
static const WS_XML_STRING *found;
static WS_XML_STRING string;
static struct written written;
static WS_DATETIME datetime;
static FILETIME filetime;
static WS_STRING wide;
static WS_URL *parts;
static WCHAR *chars, text[8];
static BYTE bytes[8];
static ULONG number, count;
static void *pointer;
static BOOL flag;

/* What waits for its end while a row ends: the callback of the stream was called with this context. */
static WS_ASYNC_CONTEXT pending;

static void CALLBACK done( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    (void)hr;
    (void)model;
    (void)state;
}
static const WS_ASYNC_CONTEXT async = { done, NULL };

static HRESULT CALLBACK read_pending( void *state, void *buf, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                      WS_ERROR *error )
{
    (void)state;
    (void)buf;
    (void)max;
    (void)error;
    *actual = 0;
    pending = *context;
    return WS_S_ASYNC;
}

static HRESULT CALLBACK write_later( void *state, const WS_BYTES *buffers, ULONG buffer_count, const WS_ASYNC_CONTEXT *context,
                                     WS_ERROR *error )
{
    (void)state;
    (void)buffers;
    (void)buffer_count;
    (void)error;
    pending = *context;
    return WS_S_ASYNC;
}

static HRESULT CALLBACK push( void *state, WS_WRITE_CALLBACK write, void *write_state, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)state;
    (void)write;
    (void)write_state;
    (void)context;
    (void)error;
    return S_OK;
}

static HRESULT CALLBACK pull( void *state, void *buf, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)state;
    (void)context;
    (void)error;
    memset( buf, 'x', max );
    *actual = max;
    return S_OK;
}

/* --- what comes before the call of a row ---------------------------------------------------------------------------- */

static HRESULT created( HRESULT hr )
{
    if (made_reader) WsFreeReader( made_reader );
    if (made_writer) WsFreeWriter( made_writer );
    made_reader = NULL;
    made_writer = NULL;
    return hr;
}

static void read_text( const char *doc )
{
    set_text( r, doc );
}

static void step( ULONG nodes )
{
    while (nodes--) ok_hr( WsReadNode( r, NULL ), S_OK );
}

static void read_limited( WS_XML_READER_PROPERTY_ID id, ULONG value, const char *doc )
{
    WS_XML_READER_PROPERTY property = { id, &value, sizeof(value) };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)doc, (ULONG)strlen( doc ) };

    ok_hr( WsSetInput( r, &read_any_text.encoding, &input.input, &property, 1, NULL ), S_OK );
}

/* A stream of which only the first bytes are there. */
static void read_short( const char *doc, ULONG filled, ULONG nodes )
{
    static struct chunks chunks;

    set_stream( r, &chunks, doc, 1 );
    ok_hr( WsFillReader( r, filled, NULL, NULL ), S_OK );
    step( nodes );
}

static void read_later( void )
{
    WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, read_pending, NULL };
    ok_hr( WsSetInput( r, &read_any_text.encoding, &input.input, NULL, 0, NULL ), S_OK );
}

static WS_XML_BUFFER *buffer_of( const char *doc )
{
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_READER *reader = create_reader();

    ok_hr( WsReadXmlBufferFromBytes( reader, NULL, NULL, 0, doc, (ULONG)strlen( doc ), h, &buffer, NULL ), S_OK );
    WsFreeReader( reader );
    return buffer;
}

static void read_buffer( void )
{
    ok_hr( WsSetInputToBuffer( r, buffer_of( "<a/>" ), NULL, 0, NULL ), S_OK );
}

/* Of the root element of an XML buffer, which the reader is left at. */
static void position( void )
{
    read_buffer();
    step( 1 );
    ok_hr( WsGetReaderPosition( r, &pos, NULL ), S_OK );
}

static void canonicalize_reading( void )
{
    ok_hr( WsSetInputToBuffer( r, buffer_of( "<a><b/></a>" ), NULL, 0, NULL ), S_OK );
    ok_hr( WsStartReaderCanonicalization( r, write_chunk, &written, NULL, 0, NULL ), S_OK );
}

static void fault_reader( void )
{
    read_text( "</a>" );
    ok_hr( WsReadNode( r, NULL ), WS_E_INVALID_FORMAT );
}

static void write( const char *script )
{
    set_output( w, XML_TEXT );
    ok_hr( script_run( w, script, FALSE, NULL ), S_OK );
}

static void write_limited( WS_XML_WRITER_PROPERTY_ID id, ULONG value, const char *script )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_XML_WRITER_PROPERTY property = { id, &value, sizeof(value) };

    ok_hr( WsSetOutput( w, &write_utf8.encoding, &memory.output, &property, 1, NULL ), S_OK );
    ok_hr( script_run( w, script, FALSE, NULL ), S_OK );
}

static void write_pending( void )
{
    WS_XML_WRITER_STREAM_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, write_later, NULL };

    ok_hr( WsSetOutput( w, &write_utf8.encoding, &output.output, NULL, 0, NULL ), S_OK );
    ok_hr( script_run( w, "<a| >", FALSE, NULL ), S_OK );
}

static void write_buffer( void )
{
    ok_hr( WsSetOutputToBuffer( w, buffer_of( "<a/>" ), NULL, 0, NULL ), S_OK );
}

static void fault_writer( void )
{
    write( "" );
    ok_hr( WsWriteStartElement( w, &name_b, &name_b, &none, NULL ), WS_E_INVALID_FORMAT );
}

/* With less room than an XML buffer needs. */
static WS_HEAP *small_heap( void )
{
    ok_hr( WsCreateHeap( 8, 0, NULL, 0, &small, NULL ), S_OK );
    return small;
}

/* --- the table ------------------------------------------------------------------------------------------------------ */

#define LIST "returns_xml.def"
#define ROWS "returns_xml_rows.h"
#include "returns.h"

static void returns_begin( void )
{
    r = create_reader();
    w = create_writer();
    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &h, NULL ), S_OK );
    memset( &pending, 0, sizeof(pending) );
    small = NULL;
}

static void returns_end( void )
{
    if (pending.callback) pending.callback( S_OK, WS_SHORT_CALLBACK, pending.callbackState );
    WsFreeReader( r );
    WsFreeWriter( w );
    if (small) WsFreeHeap( small );
    WsFreeHeap( h );
}

TESTS( returns_xml, { "complete", test_complete }, { "returns", test_returns } )
