/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every function that takes a WS_ASYNC_CONTEXT, over a carrier of the test itself (custom channels and listeners, streams of reader and
 * writer), which succeeds or fails at once, or later, or is aborted meanwhile; and what channels, listeners, service hosts and service
 * proxies do in every state, those that pass included. asynchronous-model.md, cancellation.md and the pages of the functions and
 * states; WsAsyncExecute has a table of its own in async.c. */
#include "async_calls.h"

enum outcome { AT_ONCE, FAILS_AT_ONCE, LATER, FAILS_LATER, ABORTED, ABORTED_IN_CALLBACK, OUTCOMES };
static const char *const outcome_names[] = { "at once", "fails at once", "later", "fails later", "aborted", "aborted in a callback" };

/* --- the carrier -------------------------------------------------------------------------------------------------------------- */

/* Callbacks of channels: o open, c close, w and W write start and end, i and I read start and end, s shutdown. Of listeners: O open,
 * C close, A accept. Of streams: r read, f write. */
static struct
{
    char which;                     /* the one that does what `how` says; the others succeed at once */
    enum outcome how;
    WS_CALLBACK_MODEL model;        /* with which it completes */
    WS_ASYNC_CONTEXT held, accept, other;
    BOOL holding, accepting;        /* an accept of a service host waits */
    WS_MESSAGE *message;            /* of a read start that waits */
    WS_XML_READER *reader;          /* what is received comes from here */
    WS_XML_WRITER *writer;
    BYTE reply[2048];
    ULONG reply_size;
    ULONG pos, part;                /* of it: what the stream has given, and has to give for now */
} stage;

struct completion { WS_ASYNC_CONTEXT context; HRESULT hr; };

static DWORD CALLBACK complete_thread( void *arg )
{
    struct completion *completion = arg;

    completion->context.callback( completion->hr, stage.model, completion->context.callbackState );
    return 0;
}

static void complete( const WS_ASYNC_CONTEXT *context, HRESULT hr )
{
    struct completion completion = { *context, hr };

    run_thread( complete_thread, &completion, "a completion" );
}

static HRESULT play( char which, const WS_ASYNC_CONTEXT *async )
{
    if (which != stage.which || stage.how == AT_ONCE) return S_OK;
    if (stage.how == FAILS_AT_ONCE) return WS_E_ENDPOINT_FAILURE;
    if (!ok( async != NULL, "%c is called without a context\n", which )) return S_OK;
    stage.held = *async;
    stage.holding = TRUE;
    return WS_S_ASYNC;
}

static void end_accept( void )
{
    if (!stage.accepting) return;
    stage.accepting = FALSE;
    complete( &stage.accept, WS_E_OPERATION_ABORTED );
}

static HRESULT play_abort( void )
{
    end_accept();
    if (!stage.holding) return S_OK;
    stage.holding = FALSE;
    complete( &stage.held, WS_E_OPERATION_ABORTED );
    return S_OK;
}

static HRESULT CALLBACK to_reply( void *state, const WS_BYTES *bytes, ULONG count, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    ULONG i;

    (void)state, (void)async, (void)error;
    for (i = 0; i < count; i++)
    {
        memcpy( stage.reply + stage.reply_size, bytes[i].bytes, bytes[i].length );
        stage.reply_size += bytes[i].length;
    }
    return S_OK;
}

/* What comes next on the channel: the answer to a request, or just a message for NULL. */
static void make_reply( WS_MESSAGE *request )
{
    WS_XML_WRITER_TEXT_ENCODING text = { .encoding = { WS_XML_WRITER_ENCODING_TYPE_TEXT }, .charSet = WS_CHARSET_UTF8 };
    WS_XML_WRITER_STREAM_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, to_reply, NULL };
    const WS_ELEMENT_DESCRIPTION *element = add_reply.bodyElementDescription;
    struct single sum = { 42 };
    WS_MESSAGE *message = NULL;

    stage.reply_size = 0;
    ok_hr( WsCreateMessage( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &message, NULL ), S_OK );
    ok_hr( WsInitializeMessage( message, request ? WS_REPLY_MESSAGE : WS_REQUEST_MESSAGE, request, NULL ), S_OK );
    ok_hr( WsSetHeader( message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, add_reply.action,
                        sizeof(*add_reply.action), NULL ), S_OK );
    if (!request) ok_hr( WsAddressMessage( message, NULL, NULL ), S_OK );
    ok_hr( WsSetOutput( stage.writer, &text.encoding, &output.output, NULL, 0, NULL ), S_OK );
    ok_hr( WsWriteEnvelopeStart( message, stage.writer, NULL, NULL, NULL ), S_OK );
    ok_hr( WsWriteBody( message, element, WS_WRITE_REQUIRED_VALUE, &sum, sizeof(sum), NULL ), S_OK );
    ok_hr( WsWriteEnvelopeEnd( message, NULL ), S_OK );
    ok_hr( WsFlushWriter( stage.writer, 0, NULL, NULL ), S_OK );
    WsFreeMessage( message );
}

static void read_message( WS_MESSAGE *message )
{
    WS_XML_READER_TEXT_ENCODING text = { .encoding = { WS_XML_READER_ENCODING_TYPE_TEXT }, .charSet = WS_CHARSET_UTF8 };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, stage.reply, stage.reply_size };

    ok_hr( WsSetInput( stage.reader, &text.encoding, &input.input, NULL, 0, NULL ), S_OK );
    ok_hr( WsReadEnvelopeStart( message, stage.reader, NULL, NULL, NULL ), S_OK );
}

static HRESULT CALLBACK channel_create( WS_CHANNEL_TYPE type, const void *params, ULONG size, void **instance, WS_ERROR *error )
{
    (void)type, (void)params, (void)size, (void)error;
    *instance = &stage;
    return S_OK;
}
static void CALLBACK instance_free( void *instance ) { (void)instance; }
static HRESULT CALLBACK instance_reset( void *instance, WS_ERROR *error ) { (void)instance, (void)error; return S_OK; }
static HRESULT CALLBACK instance_abort( void *instance, WS_ERROR *error ) { (void)instance, (void)error; return play_abort(); }
static HRESULT CALLBACK channel_open( void *instance, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)instance, (void)address, (void)error;
    return play( 'o', async );
}
static HRESULT CALLBACK channel_close( void *instance, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)instance, (void)error;
    return play( 'c', async );
}
static HRESULT CALLBACK channel_get( void *instance, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    (void)instance, (void)error;
    if (size != sizeof(ULONG)) return E_INVALIDARG;
    switch (id)
    {
    case WS_CHANNEL_PROPERTY_ENVELOPE_VERSION: *(ULONG *)value = WS_ENVELOPE_VERSION_SOAP_1_2; return S_OK;
    case WS_CHANNEL_PROPERTY_ADDRESSING_VERSION: *(ULONG *)value = WS_ADDRESSING_VERSION_1_0; return S_OK;
    case WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS: *(BOOL *)value = FALSE; return S_OK;
    default: return E_INVALIDARG;
    }
}
static HRESULT CALLBACK channel_set( void *instance, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error )
{
    (void)instance, (void)id, (void)value, (void)size, (void)error;
    return E_INVALIDARG;
}
static HRESULT CALLBACK channel_write_start( void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    WS_XML_WRITER_TEXT_ENCODING text = { .encoding = { WS_XML_WRITER_ENCODING_TYPE_TEXT }, .charSet = WS_CHARSET_UTF8 };
    WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_UNIQUE_ID *id = NULL;
    BOOL addressed = FALSE;

    (void)instance, (void)error;
    ok_hr( WsGetMessageProperty( message, WS_MESSAGE_PROPERTY_IS_ADDRESSED, &addressed, sizeof(addressed), NULL ), S_OK );
    if (!addressed) ok_hr( WsAddressMessage( message, NULL, NULL ), S_OK );
    ok_hr( WsGetHeader( message, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &id, sizeof(id), NULL ), S_OK );
    make_reply( id ? message : NULL );
    ok_hr( WsSetOutput( stage.writer, &text.encoding, &output.output, NULL, 0, NULL ), S_OK );
    ok_hr( WsWriteEnvelopeStart( message, stage.writer, NULL, NULL, NULL ), S_OK );
    return play( 'w', async );
}
static HRESULT CALLBACK channel_write_end( void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)instance, (void)error;
    ok_hr( WsWriteEnvelopeEnd( message, NULL ), S_OK );
    return play( 'W', async );
}
static HRESULT CALLBACK channel_read_start( void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    HRESULT hr = play( 'i', async );

    (void)instance, (void)error;
    stage.message = message;
    if (hr == S_OK) read_message( message );
    return hr;
}
static HRESULT CALLBACK channel_read_end( void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)instance, (void)error;
    ok_hr( WsReadEnvelopeEnd( message, NULL ), S_OK );
    return play( 'I', async );
}
static HRESULT CALLBACK channel_abandon( void *instance, WS_MESSAGE *message, WS_ERROR *error )
{
    (void)instance, (void)message, (void)error;
    return S_OK;
}
static HRESULT CALLBACK channel_shutdown( void *instance, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)instance, (void)error;
    return play( 's', async );
}
static WS_CUSTOM_CHANNEL_CALLBACKS channel_callbacks =
{
    channel_create, instance_free, instance_reset, channel_open, channel_close, instance_abort, channel_get, channel_set,
    channel_write_start, channel_write_end, channel_read_start, channel_read_end, channel_abandon, channel_shutdown
};

static HRESULT CALLBACK listener_open( void *instance, const WS_STRING *url, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)instance, (void)url, (void)error;
    return play( 'O', async );
}
static HRESULT CALLBACK listener_close( void *instance, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)instance, (void)error;
    end_accept();
    return play( 'C', async );
}
static HRESULT CALLBACK listener_get( void *instance, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    (void)instance, (void)id, (void)value, (void)size, (void)error;
    return E_INVALIDARG;
}
static HRESULT CALLBACK listener_set( void *instance, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error )
{
    (void)instance, (void)id, (void)value, (void)size, (void)error;
    return E_INVALIDARG;
}
static HRESULT CALLBACK listener_accept( void *instance, void *channel, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)instance, (void)channel, (void)error;
    if (stage.which == 'A' || !async) return play( 'A', async );
    stage.accept = *async;
    stage.accepting = TRUE;
    return WS_S_ASYNC;
}
static HRESULT CALLBACK listener_channel( void *listener, const void *params, ULONG size, void **instance, WS_ERROR *error )
{
    (void)listener;
    return channel_create( 0, params, size, instance, error );
}
static WS_CUSTOM_LISTENER_CALLBACKS listener_callbacks =
{
    channel_create, instance_free, instance_reset, listener_open, listener_close, instance_abort, listener_get, listener_set,
    listener_channel, listener_accept
};

static HRESULT CALLBACK stream_read( void *state, void *bytes, ULONG max, ULONG *size, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    HRESULT hr = play( 'r', async );

    (void)state, (void)error;
    if (FAILED( hr )) return hr;
    *size = min( max, stage.part - stage.pos );
    memcpy( bytes, stage.reply + stage.pos, *size );
    stage.pos += *size;
    return hr;
}
static HRESULT CALLBACK stream_write( void *state, const WS_BYTES *bytes, ULONG count, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)state, (void)bytes, (void)count, (void)error;
    return play( 'f', async );
}

/* --- what is called -------------------------------------------------------------------------------------------------------------- */

enum place
{
    CHANNEL_CREATED, CHANNEL_OPEN, CHANNEL_WRITING, CHANNEL_READING,
    LISTENER_CREATED, LISTENER_OPEN,
    PROXY_CREATED, PROXY_OPEN,
    HOST_CREATED, HOST_OPEN,
    STREAM_READING, STREAM_WRITING
};

static struct
{
    WS_CHANNEL *channel;
    WS_LISTENER *listener;
    WS_SERVICE_PROXY *proxy;
    WS_SERVICE_HOST *host;
    WS_MESSAGE *in, *out;
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_HEAP *heap;
    WS_ERROR *fault;
    struct single sum;
    int result;
} w;

static struct pair numbers = { 1, 2 };
static const WS_MESSAGE_DESCRIPTION *replies[] = { &add_reply };
static WS_ENDPOINT_ADDRESS address = { .url = WS_STRING_VALUE( L"test://nowhere/" ) };

#define START( name, ... ) static HRESULT name( const WS_ASYNC_CONTEXT *async ) { return __VA_ARGS__; }
START( open_channel, WsOpenChannel( w.channel, &address, async, NULL ) )
START( close_channel, WsCloseChannel( w.channel, async, NULL ) )
START( write_start, WsWriteMessageStart( w.channel, w.out, async, NULL ) )
START( write_end, WsWriteMessageEnd( w.channel, w.out, async, NULL ) )
START( read_start, WsReadMessageStart( w.channel, w.in, async, NULL ) )
START( read_end, WsReadMessageEnd( w.channel, w.in, async, NULL ) )
START( shutdown_channel, WsShutdownSessionChannel( w.channel, async, NULL ) )
START( send_message, WsSendMessage( w.channel, w.out, &add_message, WS_WRITE_REQUIRED_VALUE, &numbers, sizeof(numbers), async, NULL ) )
START( receive, WsReceiveMessage( w.channel, w.in, replies, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, w.heap, &w.sum,
                                  sizeof(w.sum), NULL, async, NULL ) )
START( request_reply, WsRequestReply( w.channel, w.out, &add_message, WS_WRITE_REQUIRED_VALUE, &numbers, sizeof(numbers), w.in, &add_reply,
                                      WS_READ_REQUIRED_VALUE, w.heap, &w.sum, sizeof(w.sum), async, NULL ) )
START( send_reply, WsSendReplyMessage( w.channel, w.out, &add_reply, WS_WRITE_REQUIRED_VALUE, &w.sum, sizeof(w.sum), w.in, async, NULL ) )
START( send_fault, WsSendFaultMessageForError( w.channel, w.out, w.fault, E_FAIL, WS_FULL_FAULT_DISCLOSURE, w.in, async, NULL ) )
START( open_listener, WsOpenListener( w.listener, &address.url, async, NULL ) )
START( close_listener, WsCloseListener( w.listener, async, NULL ) )
START( accept_channel, WsAcceptChannel( w.listener, w.channel, async, NULL ) )
START( open_proxy, WsOpenServiceProxy( w.proxy, &address, async, NULL ) )
START( close_proxy, WsCloseServiceProxy( w.proxy, async, NULL ) )
START( call, Service_Add( w.proxy, 1, 2, &w.result, w.heap, NULL, 0, async, NULL ) )
START( open_host, WsOpenServiceHost( w.host, async, NULL ) )
START( close_host, WsCloseServiceHost( w.host, async, NULL ) )
START( fill_reader, WsFillReader( w.reader, 1, async, NULL ) )
START( fill_body, WsFillBody( w.in, 100, async, NULL ) )
START( flush_writer, WsFlushWriter( w.writer, 0, async, NULL ) )
START( flush_body, WsFlushBody( w.out, 0, async, NULL ) )

static void abort_channel( void ) { ok_hr( WsAbortChannel( w.channel, NULL ), S_OK ); }
static void abort_listener( void ) { ok_hr( WsAbortListener( w.listener, NULL ), S_OK ); }
static void abort_proxy( void ) { ok_hr( WsAbortServiceProxy( w.proxy, NULL ), S_OK ); }
static void abandon_calls( void ) { ok_hr( WsAbandonCall( w.proxy, 0, NULL ), S_OK ); }
static void abort_host( void ) { ok_hr( WsAbortServiceHost( w.host, NULL ), S_OK ); }

static const struct row
{
    const char *name;
    char which;
    enum place place;
    HRESULT (*start)( const WS_ASYNC_CONTEXT *async );
    void (*abort)( void );
    const char *states;         /* afterwards: when it succeeded, failed, was aborted. R created, O open, F faulted, D closed */
    HRESULT aborted;            /* what it ends with then, if that is not WS_E_OPERATION_ABORTED */
} rows[] =
{
    { "WsOpenChannel",              'o', CHANNEL_CREATED,  open_channel,     abort_channel,  "ORR", 0 },
    { "WsCloseChannel",             'c', CHANNEL_OPEN,     close_channel,    abort_channel,  "DDD", 0 },
    { "WsWriteMessageStart",        'w', CHANNEL_OPEN,     write_start,      abort_channel,  "OOF", 0 },
    { "WsWriteMessageEnd",          'W', CHANNEL_WRITING,  write_end,        abort_channel,  "OOF", 0 },
    { "WsReadMessageStart",         'i', CHANNEL_OPEN,     read_start,       abort_channel,  "OOF", 0 },
    { "WsReadMessageEnd",           'I', CHANNEL_READING,  read_end,         abort_channel,  "OOF", 0 },
    { "WsShutdownSessionChannel",   's', CHANNEL_OPEN,     shutdown_channel, abort_channel,  "OOF", 0 },
    { "WsSendMessage",              'w', CHANNEL_OPEN,     send_message,     abort_channel,  "OOF", 0 },
    { "WsSendMessage",              'W', CHANNEL_OPEN,     send_message,     abort_channel,  "OOF", 0 },
    { "WsReceiveMessage",           'i', CHANNEL_OPEN,     receive,          abort_channel,  "OOF", 0 },
    { "WsReceiveMessage",           'I', CHANNEL_OPEN,     receive,          abort_channel,  "OOF", 0 },
    { "WsRequestReply",             'w', CHANNEL_OPEN,     request_reply,    abort_channel,  "OOF", 0 },
    { "WsRequestReply",             'W', CHANNEL_OPEN,     request_reply,    abort_channel,  "OOF", 0 },
    { "WsRequestReply",             'i', CHANNEL_OPEN,     request_reply,    abort_channel,  "OOF", 0 },
    { "WsRequestReply",             'I', CHANNEL_OPEN,     request_reply,    abort_channel,  "OOF", 0 },
    { "WsSendReplyMessage",         'w', CHANNEL_READING,  send_reply,       abort_channel,  "OOF", 0 },
    { "WsSendReplyMessage",         'W', CHANNEL_READING,  send_reply,       abort_channel,  "OOF", 0 },
    { "WsSendFaultMessageForError", 'w', CHANNEL_READING,  send_fault,       abort_channel,  "OOF", 0 },
    { "WsSendFaultMessageForError", 'W', CHANNEL_READING,  send_fault,       abort_channel,  "OOF", 0 },
    { "WsOpenListener",             'O', LISTENER_CREATED, open_listener,    abort_listener, "ORR", 0 },
    { "WsCloseListener",            'C', LISTENER_OPEN,    close_listener,   abort_listener, "DDD", 0 },
    { "WsAcceptChannel",            'A', LISTENER_OPEN,    accept_channel,   abort_listener, "OOF", 0 },
    { "WsAcceptChannel",            'A', LISTENER_OPEN,    accept_channel,   abort_channel,  "OOO", 0 },
    { "WsOpenServiceProxy",         'o', PROXY_CREATED,    open_proxy,       abort_proxy,    "ORR", 0 },
    { "WsCloseServiceProxy",        'c', PROXY_OPEN,       close_proxy,      abort_proxy,    "DDD", 0 },
    { "WsCall",                     'w', PROXY_OPEN,       call,             abort_proxy,    "OOF", 0 },
    { "WsCall",                     'W', PROXY_OPEN,       call,             abort_proxy,    "OOF", 0 },
    { "WsCall",                     'i', PROXY_OPEN,       call,             abort_proxy,    "OOF", 0 },
    { "WsCall",                     'I', PROXY_OPEN,       call,             abort_proxy,    "OOF", 0 },
    { "WsCall",                     'i', PROXY_OPEN,       call,             abandon_calls,  "OO-", WS_E_OPERATION_ABANDONED },
    { "WsOpenServiceHost",          'O', HOST_CREATED,     open_host,        abort_host,     "ORR", 0 },
    { "WsCloseServiceHost",         'C', HOST_OPEN,        close_host,       abort_host,     "DDD", 0 },
    { "WsFillReader",               'r', STREAM_READING,   fill_reader,      NULL,           "---", 0 },
    { "WsFillBody",                 'r', STREAM_READING,   fill_body,        NULL,           "---", 0 },
    { "WsFlushWriter",              'f', STREAM_WRITING,   flush_writer,     NULL,           "---", 0 },
    { "WsFlushBody",                'f', STREAM_WRITING,   flush_body,       NULL,           "---", 0 },
};

static char state_letter( enum place place )
{
    static const char channel[] = "RgaOFlD", listener[] = "RgOFlD", service[] = "RgOlDF";
    ULONG state = 0;

    if (place <= CHANNEL_READING)
    {
        ok_hr( WsGetChannelProperty( w.channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
        return channel[state];
    }
    if (place <= LISTENER_OPEN)
    {
        ok_hr( WsGetListenerProperty( w.listener, WS_LISTENER_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
        return listener[state];
    }
    if (place <= PROXY_OPEN)
        ok_hr( WsGetServiceProxyProperty( w.proxy, WS_PROXY_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
    else ok_hr( WsGetServiceHostProperty( w.host, WS_SERVICE_PROPERTY_HOST_STATE, &state, sizeof(state), NULL ), S_OK );
    return service[state];
}

/* --- the stage is set ------------------------------------------------------------------------------------------------------------ */

static HRESULT CALLBACK no_add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                                WS_ERROR *error )
{
    (void)context, (void)a, (void)b, (void)result, (void)async, (void)error;
    return E_NOTIMPL;
}

static void make_host( void )
{
    static const struct test_methods methods = { no_add, NULL, NULL, NULL };
    static struct test_endpoint e;
    WS_LISTENER_PROPERTY prop = { WS_LISTENER_PROPERTY_CUSTOM_LISTENER_CALLBACKS, &listener_callbacks, sizeof(listener_callbacks) };
    WS_LISTENER_PROPERTIES props = { &prop, 1 };
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e.endpoint };

    test_endpoint_init( &e, 1, "x", 0, 0, &methods );
    e.endpoint.channelBinding = WS_CUSTOM_CHANNEL_BINDING;
    e.endpoint.channelType = WS_CHANNEL_TYPE_DUPLEX_SESSION;
    e.channel_props[0].id = WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS;
    e.channel_props[0].value = &channel_callbacks;
    e.channel_props[0].valueSize = sizeof(channel_callbacks);
    e.endpoint.channelProperties.propertyCount = 1;
    test_endpoint_prop( &e, WS_SERVICE_ENDPOINT_PROPERTY_LISTENER_PROPERTIES, &props, sizeof(props) );
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &w.host, NULL ), S_OK );
}

static void make_streams( BOOL reading )
{
    WS_XML_READER_TEXT_ENCODING in_text = { .encoding = { WS_XML_READER_ENCODING_TYPE_TEXT }, .charSet = WS_CHARSET_UTF8 };
    WS_XML_WRITER_TEXT_ENCODING out_text = { .encoding = { WS_XML_WRITER_ENCODING_TYPE_TEXT }, .charSet = WS_CHARSET_UTF8 };
    WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, stream_read, NULL };
    WS_XML_WRITER_STREAM_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, stream_write, NULL };
    static WS_XML_STRING name = WS_XML_STRING_VALUE( "x" ), ns = WS_XML_STRING_VALUE( "" );
    const char *body;

    make_reply( NULL );
    stage.reply[stage.reply_size] = 0;
    body = strstr( (char *)stage.reply, "Body>" );
    stage.pos = 0;
    stage.part = body + 5 - (char *)stage.reply;
    ok_hr( WsCreateReader( NULL, 0, &w.reader, NULL ), S_OK );
    ok_hr( WsCreateWriter( NULL, 0, &w.writer, NULL ), S_OK );
    ok_hr( WsSetInput( w.reader, &in_text.encoding, &input.input, NULL, 0, NULL ), S_OK );
    ok_hr( WsSetOutput( w.writer, &out_text.encoding, &output.output, NULL, 0, NULL ), S_OK );
    if (reading)
    {
        /* the start of the message is there, its body is still to come */
        ok_hr( WsFillReader( w.reader, stage.part, NULL, NULL ), S_OK );
        ok_hr( WsReadEnvelopeStart( w.in, w.reader, NULL, NULL, NULL ), S_OK );
        stage.part = stage.reply_size;
        return;
    }
    ok_hr( WsInitializeMessage( w.out, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( WsWriteEnvelopeStart( w.out, w.writer, NULL, NULL, NULL ), S_OK );
    ok_hr( WsWriteStartElement( w.writer, NULL, &name, &ns, NULL ), S_OK );
    ok_hr( WsWriteEndElement( w.writer, NULL ), S_OK );
}

static void set_up( const struct row *row, WS_CALLBACK_MODEL preferred )
{
    WS_CHANNEL_PROPERTY props[] =
    {
        { WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS, &channel_callbacks, sizeof(channel_callbacks) },
        { WS_CHANNEL_PROPERTY_ASYNC_CALLBACK_MODEL, &preferred, sizeof(preferred) },
    };
    WS_LISTENER_PROPERTY listener_props[] =
    {
        { WS_LISTENER_PROPERTY_CUSTOM_LISTENER_CALLBACKS, &listener_callbacks, sizeof(listener_callbacks) },
        { WS_LISTENER_PROPERTY_ASYNC_CALLBACK_MODEL, &preferred, sizeof(preferred) },
    };

    memset( &w, 0, sizeof(w) );
    stage.which = 0;
    stage.holding = stage.accepting = FALSE;
    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &w.heap, NULL ), S_OK );
    ok_hr( WsCreateError( NULL, 0, &w.fault ), S_OK );
    ok_hr( WsCreateMessage( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &w.in, NULL ), S_OK );
    ok_hr( WsCreateMessage( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &w.out, NULL ), S_OK );
    make_reply( NULL );
    switch (row->place)
    {
    case CHANNEL_CREATED: case CHANNEL_OPEN: case CHANNEL_WRITING: case CHANNEL_READING:
        ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_CUSTOM_CHANNEL_BINDING, props, 2, NULL, &w.channel, NULL ), S_OK );
        if (row->place == CHANNEL_CREATED) break;
        ok_hr( WsOpenChannel( w.channel, &address, NULL, NULL ), S_OK );
        if (row->place == CHANNEL_READING) ok_hr( WsReadMessageStart( w.channel, w.in, NULL, NULL ), S_OK );
        if (row->start != write_start && row->place != CHANNEL_WRITING) break;
        ok_hr( WsInitializeMessage( w.out, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
        if (row->place == CHANNEL_WRITING) ok_hr( WsWriteMessageStart( w.channel, w.out, NULL, NULL ), S_OK );
        break;
    case LISTENER_CREATED: case LISTENER_OPEN:
        ok_hr( WsCreateListener( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_CUSTOM_CHANNEL_BINDING, listener_props, 2, NULL, &w.listener, NULL ),
               S_OK );
        ok_hr( WsCreateChannelForListener( w.listener, props, 1, &w.channel, NULL ), S_OK );
        if (row->place == LISTENER_OPEN) ok_hr( WsOpenListener( w.listener, &address.url, NULL, NULL ), S_OK );
        break;
    case PROXY_CREATED: case PROXY_OPEN:
        ok_hr( WsCreateServiceProxy( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_CUSTOM_CHANNEL_BINDING, NULL, NULL, 0, props, 1, &w.proxy, NULL ),
               S_OK );
        if (row->place == PROXY_OPEN) ok_hr( WsOpenServiceProxy( w.proxy, &address, NULL, NULL ), S_OK );
        break;
    case HOST_CREATED: case HOST_OPEN:
        make_host();
        if (row->place == HOST_OPEN) ok_hr( WsOpenServiceHost( w.host, NULL, NULL ), S_OK );
        break;
    case STREAM_READING: case STREAM_WRITING:
        make_streams( row->place == STREAM_READING );
        break;
    }
}

static void tear_down( void )
{
    stage.which = 0;
    if (w.proxy)
    {
        WsCloseServiceProxy( w.proxy, NULL, NULL );
        WsFreeServiceProxy( w.proxy );
    }
    if (w.host)
    {
        WsCloseServiceHost( w.host, NULL, NULL );
        WsFreeServiceHost( w.host );
    }
    if (w.channel)
    {
        ok_hr( WsCloseChannel( w.channel, NULL, NULL ), S_OK );
        WsFreeChannel( w.channel );
    }
    if (w.listener)
    {
        ok_hr( WsCloseListener( w.listener, NULL, NULL ), S_OK );
        WsFreeListener( w.listener );
    }
    WsFreeMessage( w.in );
    WsFreeMessage( w.out );
    if (w.reader) WsFreeReader( w.reader );
    if (w.writer) WsFreeWriter( w.writer );
    WsFreeHeap( w.heap );
    WsFreeError( w.fault );
}

/* --- the performance -------------------------------------------------------------------------------------------------------------- */

/* A call that takes the lock of the object and changes nothing. */
static DWORD CALLBACK touch_thread( void *arg )
{
    const struct row *row = arg;
    BOOL open = state_letter( row->place ) == 'O';

    if (w.channel && row->place <= CHANNEL_READING)
        ok_hr( open ? WsOpenChannel( w.channel, &address, NULL, NULL ) : WsAbortChannel( w.channel, NULL ), open ? WS_E_INVALID_OPERATION : S_OK );
    if (w.listener)
        ok_hr( open ? WsOpenListener( w.listener, &address.url, NULL, NULL ) : WsAbortListener( w.listener, NULL ),
               open ? WS_E_INVALID_OPERATION : S_OK );
    if (w.proxy)
        ok_hr( open ? WsOpenServiceProxy( w.proxy, &address, NULL, NULL ) : WsAbortServiceProxy( w.proxy, NULL ),
               open ? WS_E_INVALID_OPERATION : S_OK );
    if (w.host)
        ok_hr( open ? WsOpenServiceHost( w.host, NULL, NULL ) : WsAbortServiceHost( w.host, NULL ), open ? WS_E_INVALID_OPERATION : S_OK );
    return 0;
}

/* In the callback: another thread can use the object, as no lock is held. */
static void touch( void *arg )
{
    if (((struct row *)arg)->abort) run_thread( touch_thread, arg, "a call from another thread while the callback runs" );
}

static DWORD CALLBACK abort_thread( void *arg )
{
    ((const struct row *)arg)->abort();
    return 0;
}

static void abort_hook( void *arg )
{
    ((const struct row *)arg)->abort();
}

static HRESULT CALLBACK other_read( void *state, void *bytes, ULONG max, ULONG *size, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)state, (void)bytes, (void)max, (void)error;
    stage.other = *async;
    *size = 0;
    return WS_S_ASYNC;
}

/* Aborts in the callback of another operation. */
static void abort_in_callback( const struct row *row )
{
    WS_XML_READER_TEXT_ENCODING text = { .encoding = { WS_XML_READER_ENCODING_TYPE_TEXT }, .charSet = WS_CHARSET_UTF8 };
    WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, other_read, NULL };
    WS_XML_READER *reader = NULL;
    WS_ASYNC_CONTEXT context;
    struct pending other;

    pending_init( &other );
    other.hook = abort_hook;
    other.hook_arg = (void *)row;
    ok_hr( WsCreateReader( NULL, 0, &reader, NULL ), S_OK );
    ok_hr( WsSetInput( reader, &text.encoding, &input.input, NULL, 0, NULL ), S_OK );
    begin( &other, &context );
    ok_hr( WsFillReader( reader, 1, &context, NULL ), WS_S_ASYNC );
    other.inside = FALSE;
    complete( &stage.other, S_OK );
    wait_for( &other, "another operation" );
    WsFreeReader( reader );
    CloseHandle( other.event );
}

static void perform( const struct row *row, enum outcome how, WS_CALLBACK_MODEL preferred, WS_CALLBACK_MODEL given )
{
    static const HRESULT results[OUTCOMES] =
        { S_OK, WS_E_ENDPOINT_FAILURE, S_OK, WS_E_ENDPOINT_FAILURE, WS_E_OPERATION_ABORTED, WS_E_OPERATION_ABORTED };
    HRESULT expected = how >= ABORTED && row->aborted ? row->aborted : results[how];
    char state = row->states[how >= ABORTED ? 2 : how == FAILS_AT_ONCE || how == FAILS_LATER];
    WS_ASYNC_CONTEXT context;
    struct pending p;
    HRESULT hr;

    test_context( "%s, %c %s, model %d, %d", row->name, row->which, outcome_names[how], preferred, given );
    set_up( row, preferred );
    stage.which = row->which;
    stage.how = how;
    stage.model = given;
    pending_init( &p );
    p.hook = touch;
    p.hook_arg = (void *)row;
    begin( &p, &context );
    hr = row->start( &context );
    p.inside = FALSE;
    if (how == AT_ONCE || how == FAILS_AT_ONCE)
    {
        ok_hr( hr, expected );
        ok_eq( p.callbacks, 0 );
    }
    else if (ok( hr == WS_S_ASYNC && stage.holding, "%#lx was returned\n", hr ))
    {
        ok_eq( p.callbacks, 0 );
        stage.which = 0;
        if (how < ABORTED)
        {
            stage.holding = FALSE;
            if (how == LATER && row->which == 'i') read_message( stage.message );
            complete( &stage.held, expected );
        }
        else if (how == ABORTED) run_thread( abort_thread, (void *)row, "the abort" );
        else abort_in_callback( row );
        wait_for( &p, row->name );
        ok_hr( p.hr, expected );
        ok_eq( p.model, preferred == WS_SHORT_CALLBACK ? WS_SHORT_CALLBACK : given );
    }
    if (state != '-') ok( state_letter( row->place ) == state, "the state is %c instead of %c\n", state_letter( row->place ), state );
    tear_down();
    CloseHandle( p.event );
}

static void test_table( void )
{
    unsigned int i, how, models;

    ok_hr( WsCreateReader( NULL, 0, &stage.reader, NULL ), S_OK );
    ok_hr( WsCreateWriter( NULL, 0, &stage.writer, NULL ), S_OK );
    for (i = 0; i < ARRAYSIZE( rows ); i++)
        for (how = AT_ONCE; how < (rows[i].abort ? OUTCOMES : ABORTED); how++)
            for (models = 0; models < 4; models++)
            {
                /* all combinations for successes, one of them for the others */
                if (how != LATER && models != ((i + how) & 3)) continue;
                /* service hosts, service proxies and streams have no preference; they pass on what they get */
                perform( &rows[i], how, (models & 1) && rows[i].place <= LISTENER_OPEN ? WS_SHORT_CALLBACK : WS_LONG_CALLBACK,
                         models & 2 ? WS_SHORT_CALLBACK : WS_LONG_CALLBACK );
            }
    test_context( NULL );
    WsFreeReader( stage.reader );
    WsFreeWriter( stage.writer );
}

/* --- every function in every state ---------------------------------------------------------------------------------------------------- */

/* The diagrams of WS_CHANNEL_STATE, WS_LISTENER_STATE, WS_SERVICE_HOST_STATE and WS_SERVICE_PROXY_STATE: what they do not show is
 * WS_E_INVALID_OPERATION. */
enum { STATE_CREATED, STATE_OPENING, STATE_OPEN, STATE_FAULTED, STATE_CLOSING, STATE_CLOSED, STATES };

START( reset_channel, ((void)async, WsResetChannel( w.channel, NULL )) )
START( reset_listener, ((void)async, WsResetListener( w.listener, NULL )) )
START( reset_proxy, ((void)async, WsResetServiceProxy( w.proxy, NULL )) )
START( reset_host, ((void)async, WsResetServiceHost( w.host, NULL )) )
START( do_abort_channel, ((void)async, WsAbortChannel( w.channel, NULL )) )
START( do_abort_listener, ((void)async, WsAbortListener( w.listener, NULL )) )
START( do_abort_proxy, ((void)async, WsAbortServiceProxy( w.proxy, NULL )) )
START( do_abort_host, ((void)async, WsAbortServiceHost( w.host, NULL )) )
START( do_abandon_call, ((void)async, WsAbandonCall( w.proxy, 0, NULL )) )
START( abandon_message, ((void)async, WsAbandonMessage( w.channel, w.in, NULL )) )

static HRESULT create_another( const WS_ASYNC_CONTEXT *async )
{
    WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS, &channel_callbacks, sizeof(channel_callbacks) };
    WS_CHANNEL *channel = NULL;
    HRESULT hr = WsCreateChannelForListener( w.listener, &prop, 1, &channel, NULL );

    (void)async;
    if (channel) WsFreeChannel( channel );
    return hr;
}

/* Expected, in the order of the states: + S_OK, - WS_E_INVALID_OPERATION, f WS_E_OBJECT_FAULTED. */
struct order { const char *name; HRESULT (*start)( const WS_ASYNC_CONTEXT *async ); const char *expected; };

static const struct order client_orders[] =
{
    { "WsOpenChannel", open_channel, "+-----" },           { "WsCloseChannel", close_channel, "+-++-+" },
    { "WsAbortChannel", do_abort_channel, "++++++" },      { "WsResetChannel", reset_channel, "+----+" },
    { "WsWriteMessageStart", write_start, "--+---" },      { "WsWriteMessageEnd", write_end, "------" },
    { "WsReadMessageStart", read_start, "--+---" },        { "WsReadMessageEnd", read_end, "------" },
    { "WsAbandonMessage", abandon_message, "------" },     { "WsShutdownSessionChannel", shutdown_channel, "--+---" },
    { "WsSendMessage", send_message, "--+---" },           { "WsReceiveMessage", receive, "--+---" },
    { "WsRequestReply", request_reply, "--+---" },
}, server_orders[] =
{
    { "WsOpenChannel", open_channel, "------" },           { "WsAcceptChannel", accept_channel, "+-----" },
    { "WsCloseChannel", close_channel, "+-++-+" },         { "WsAbortChannel", do_abort_channel, "++++++" },
    { "WsResetChannel", reset_channel, "+----+" },         { "WsReadMessageStart", read_start, "--+---" },
    { "WsWriteMessageStart", write_start, "--+---" },      { "WsShutdownSessionChannel", shutdown_channel, "--+---" },
}, listener_orders[] =
{
    { "WsOpenListener", open_listener, "+-----" },         { "WsCloseListener", close_listener, "+-++-+" },
    { "WsAbortListener", do_abort_listener, "++++++" },    { "WsResetListener", reset_listener, "+----+" },
    { "WsAcceptChannel", accept_channel, "--+f--" },       { "WsCreateChannelForListener", create_another, "++++++" },
}, proxy_orders[] =
{
    { "WsOpenServiceProxy", open_proxy, "+-----" },        { "WsCloseServiceProxy", close_proxy, "--++--" },
    { "WsAbortServiceProxy", do_abort_proxy, "++++++" },   { "WsResetServiceProxy", reset_proxy, "+----+" },
    { "WsCall", call, "--+---" },                          { "WsAbandonCall", do_abandon_call, "--+---" },
}, host_orders[] =
{
    { "WsOpenServiceHost", open_host, "+-----" },          { "WsCloseServiceHost", close_host, "--++--" },
    { "WsAbortServiceHost", do_abort_host, "++++++" },     { "WsResetServiceHost", reset_host, "+----+" },
};

static const struct object
{
    const char *name;
    enum place place, states;           /* where it begins, and whose states are looked at */
    const struct order *orders;
    UINT count;
    HRESULT (*open)( const WS_ASYNC_CONTEXT *async );
    HRESULT (*close)( const WS_ASYNC_CONTEXT *async );
    HRESULT (*abort)( const WS_ASYNC_CONTEXT *async );
    char opening, closing;              /* the callbacks that hold it there */
    const char *letters;                /* of its states */
} objects[] =
{
    { "client", CHANNEL_CREATED, CHANNEL_CREATED, client_orders, ARRAYSIZE( client_orders ), open_channel, close_channel,
      do_abort_channel, 'o', 'c', "RgOFlD" },
    { "accepted", LISTENER_OPEN, CHANNEL_CREATED, server_orders, ARRAYSIZE( server_orders ), accept_channel, close_channel,
      do_abort_channel, 'A', 'c', "RaOFlD" },
    { "listener", LISTENER_CREATED, LISTENER_CREATED, listener_orders, ARRAYSIZE( listener_orders ), open_listener, close_listener,
      do_abort_listener, 'O', 'C', "RgOFlD" },
    { "proxy", PROXY_CREATED, PROXY_CREATED, proxy_orders, ARRAYSIZE( proxy_orders ), open_proxy, close_proxy, do_abort_proxy, 'o', 'c',
      "RgOFlD" },
    { "host", HOST_CREATED, HOST_CREATED, host_orders, ARRAYSIZE( host_orders ), open_host, close_host, do_abort_host, 'O', 'C', "RgOFlD" },
};

static void check_order( const struct object *object, const struct order *order, int state )
{
    struct row row = { .place = object->place };
    HRESULT expected = order->expected[state] == '+' ? S_OK : order->expected[state] == 'f' ? WS_E_OBJECT_FAULTED : WS_E_INVALID_OPERATION;
    BOOL pending = state == STATE_OPENING || state == STATE_CLOSING;
    WS_ASYNC_CONTEXT context;
    struct pending p;

    test_context( "%s in state %c: %s", object->name, object->letters[state], order->name );
    set_up( &row, WS_LONG_CALLBACK );
    stage.how = LATER;
    stage.model = WS_LONG_CALLBACK;
    pending_init( &p );
    if (state >= STATE_OPEN) ok_hr( object->open( NULL ), S_OK );
    if (state == STATE_FAULTED) ok_hr( object->abort( NULL ), S_OK );
    if (state == STATE_CLOSED) ok_hr( object->close( NULL ), S_OK );
    if (pending)
    {
        stage.which = state == STATE_OPENING ? object->opening : object->closing;
        begin( &p, &context );
        ok_hr( state == STATE_OPENING ? object->open( &context ) : object->close( &context ), WS_S_ASYNC );
        p.inside = FALSE;
        stage.which = 0;
    }
    ok( state_letter( object->states ) == object->letters[state], "the state is %c\n", state_letter( object->states ) );
    if (order->start == write_start) ok_hr( WsInitializeMessage( w.out, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( order->start( NULL ), expected );
    if (FAILED( expected )) ok( state_letter( object->states ) == object->letters[state], "now the state is %c\n", state_letter( object->states ) );
    if (pending)
    {
        if (stage.holding)
        {
            stage.holding = FALSE;
            complete( &stage.held, S_OK );
        }
        wait_for( &p, "what was pending" );
        ok_hr( p.hr, order->start == object->abort ? WS_E_OPERATION_ABORTED : S_OK );
    }
    tear_down();
    CloseHandle( p.event );
}

static void test_states( void )
{
    unsigned int i, j;
    int state;

    ok_hr( WsCreateReader( NULL, 0, &stage.reader, NULL ), S_OK );
    ok_hr( WsCreateWriter( NULL, 0, &stage.writer, NULL ), S_OK );
    for (i = 0; i < ARRAYSIZE( objects ); i++)
        for (j = 0; j < objects[i].count; j++)
            for (state = 0; state < STATES; state++) check_order( &objects[i], &objects[i].orders[j], state );
    test_context( NULL );
    WsFreeReader( stage.reader );
    WsFreeWriter( stage.writer );
}

TESTS( async_custom, { "table", test_table }, { "states", test_states } )
