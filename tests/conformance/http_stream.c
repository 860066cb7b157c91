/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streamed messages over HTTP (WS_TRANSFER_MODE: "the start of the message will be transmitted when WsWriteMessageStart is
 * called", "delivered in chunks", the size limits of WS_CHANNEL_PROPERTY_ID), and encoders and decoders of the program
 * (WS_CHANNEL_ENCODER, WS_CHANNEL_DECODER: the grammar of their calls). */
#include "service.h"

static WS_XML_STRING item_name = WS_XML_STRING_VALUE( "item" );
static WS_XML_STRING list_name = WS_XML_STRING_VALUE( "list" );
static WS_XML_STRING empty_ns = WS_XML_STRING_VALUE( "" );
static WS_XML_STRING list_action = WS_XML_STRING_VALUE( SERVICE_NS "List" );

struct setup
{
    WS_TRANSFER_MODE mode;
    WS_ENCODING encoding;
    ULONG buffered, start, flush;       /* 0: default */
    UINT64 streamed;
    const WS_CHANNEL_ENCODER *encoder;
    const WS_CHANNEL_DECODER *decoder;
};

static ULONG make_props( const struct setup *setup, WS_CHANNEL_PROPERTY *props )
{
    ULONG count = 0;

#define ADD( id_, field ) do { props[count].id = WS_CHANNEL_PROPERTY_##id_; props[count].value = (void *)&setup->field; \
                               props[count++].valueSize = sizeof(setup->field); } while (0)
    ADD( TRANSFER_MODE, mode );
    ADD( ENCODING, encoding );
    if (setup->buffered) ADD( MAX_BUFFERED_MESSAGE_SIZE, buffered );
    if (setup->start) ADD( MAX_STREAMED_START_SIZE, start );
    if (setup->flush) ADD( MAX_STREAMED_FLUSH_SIZE, flush );
    if (setup->streamed) ADD( MAX_STREAMED_MESSAGE_SIZE, streamed );
#undef ADD
    if (setup->encoder)
        props[count++] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_ENCODER, (void *)setup->encoder, sizeof(*setup->encoder) };
    if (setup->decoder)
        props[count++] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_DECODER, (void *)setup->decoder, sizeof(*setup->decoder) };
    return count;
}

static const WS_STRING *url_of( unsigned int port )
{
    static WCHAR text[128];
    static WS_STRING url;

    test_url( text, "http", "localhost", port, "stream" );
    url.chars = text;
    url.length = lstrlenW( text );
    return &url;
}

/* Writes <list><item>0</item>...</list>, flushing as it goes. */
static HRESULT write_list( WS_MESSAGE *message, unsigned int count, WS_ERROR *error )
{
    WS_XML_WRITER *writer;
    unsigned int i;
    HRESULT hr;

    if ((hr = WsGetMessageProperty( message, WS_MESSAGE_PROPERTY_BODY_WRITER, &writer, sizeof(writer), error ))) return hr;
    if ((hr = WsWriteStartElement( writer, NULL, &list_name, &empty_ns, error ))) return hr;
    for (i = 0; i < count; i++)
    {
        WS_XML_INT32_TEXT text = { { WS_XML_TEXT_TYPE_INT32 }, i };

        if ((hr = WsWriteStartElement( writer, NULL, &item_name, &empty_ns, error )) ||
            (hr = WsWriteText( writer, &text.text, error )) || (hr = WsWriteEndElement( writer, error )) ||
            (hr = WsFlushBody( message, 1000, NULL, error ))) return hr;
    }
    return WsWriteEndElement( writer, error );
}

/* Reads it with as much filling as it takes; returns the sum. */
static HRESULT read_list( WS_MESSAGE *message, unsigned int *sum, WS_ERROR *error )
{
    WS_XML_READER *reader;
    const WS_XML_NODE *node;
    HRESULT hr;
    int value;

    *sum = 0;
    if ((hr = WsFillBody( message, 200, NULL, error )) ||
        (hr = WsGetMessageProperty( message, WS_MESSAGE_PROPERTY_BODY_READER, &reader, sizeof(reader), error )) ||
        (hr = WsReadToStartElement( reader, &list_name, &empty_ns, NULL, error )) || (hr = WsReadStartElement( reader, error )))
        return hr;
    for (;;)
    {
        if ((hr = WsFillBody( message, 200, NULL, error )) || (hr = WsGetReaderNode( reader, &node, error ))) return hr;
        if (node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT) break;
        if ((hr = WsReadStartElement( reader, error )) || (hr = WsReadValue( reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), error )) ||
            (hr = WsReadEndElement( reader, error ))) return hr;
        *sum += value;
    }
    return WsReadEndElement( reader, error );
}

static struct server
{
    const struct setup *setup;
    WS_LISTENER *listener;
    HANDLE thread, ready;       /* auto-reset: the server has read the start of a message */
    unsigned int sum, reply_count;
    HRESULT read, write;
    BOOL no_reply;
} server;

static DWORD CALLBACK serve( void *arg )
{
    WS_CHANNEL_PROPERTY props[8];
    ULONG count = make_props( server.setup, props );
    WS_MESSAGE *in = NULL, *out = NULL;
    WS_CHANNEL *channel = NULL;

    (void)arg;
    ok_hr( WsCreateChannelForListener( server.listener, props, count, &channel, NULL ), S_OK );
    ok_hr( WsOpenListener( server.listener, url_of( test_port( 1 ) ), NULL, NULL ), S_OK );
    SetEvent( server.ready );
    ok_hr( WsAcceptChannel( server.listener, channel, NULL, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &in, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &out, NULL ), S_OK );
    server.read = WsReadMessageStart( channel, in, NULL, NULL );
    SetEvent( server.ready );
    if (!server.read) server.read = read_list( in, &server.sum, NULL );
    if (!server.read) server.read = WsReadMessageEnd( channel, in, NULL, NULL );
    if (!server.read && !server.no_reply)
    {
        ok_hr( WsInitializeMessage( out, WS_REPLY_MESSAGE, in, NULL ), S_OK );
        server.write = WsWriteMessageStart( channel, out, NULL, NULL );
        if (!server.write) server.write = write_list( out, server.reply_count, NULL );
        if (!server.write) server.write = WsWriteMessageEnd( channel, out, NULL, NULL );
    }
    WsCloseChannel( channel, NULL, NULL );
    WsFreeMessage( in );
    WsFreeMessage( out );
    WsFreeChannel( channel );
    ok_hr( WsCloseListener( server.listener, NULL, NULL ), S_OK );
    return 0;
}

static void start_server( const struct setup *setup, unsigned int reply_count )
{
    memset( &server, 0, sizeof(server) );
    server.setup = setup;
    server.reply_count = reply_count;
    server.ready = CreateEventW( NULL, FALSE, FALSE, NULL );
    ok_hr( WsCreateListener( WS_CHANNEL_TYPE_REPLY, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, &server.listener, NULL ), S_OK );
    server.thread = CreateThread( NULL, 0, serve, NULL, 0, NULL );
    ok( !WaitForSingleObject( server.ready, 10000 ), "the server does not start\n" );
}

static void stop_server( void )
{
    ok( !WaitForSingleObject( server.thread, 30000 ), "the server does not end\n" );
    CloseHandle( server.thread );
    CloseHandle( server.ready );
    WsFreeListener( server.listener );
}

struct client { WS_CHANNEL *channel; WS_MESSAGE *out, *in; };

static void open_client( struct client *client, const struct setup *setup, unsigned int port )
{
    WS_ENDPOINT_ADDRESS address = { .url = *url_of( port ) };
    WS_CHANNEL_PROPERTY props[8];
    ULONG count = make_props( setup, props );

    memset( client, 0, sizeof(*client) );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, props, count, NULL, &client->channel, NULL ), S_OK );
    ok_hr( WsOpenChannel( client->channel, &address, NULL, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( client->channel, NULL, 0, &client->out, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( client->channel, NULL, 0, &client->in, NULL ), S_OK );
    ok_hr( WsInitializeMessage( client->out, WS_REQUEST_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( WsSetHeader( client->out, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &list_action,
                        sizeof(list_action), NULL ), S_OK );
}

static void close_client( struct client *client )
{
    ok_hr( WsCloseChannel( client->channel, NULL, NULL ), S_OK );
    WsFreeMessage( client->out );
    WsFreeMessage( client->in );
    WsFreeChannel( client->channel );
}

static HRESULT send_list( struct client *client, unsigned int count )
{
    HRESULT hr;

    if ((hr = WsWriteMessageStart( client->channel, client->out, NULL, NULL ))) return hr;
    if ((hr = write_list( client->out, count, NULL ))) return hr;
    return WsWriteMessageEnd( client->channel, client->out, NULL, NULL );
}

static HRESULT receive_list( struct client *client, unsigned int *sum )
{
    HRESULT hr;

    *sum = 0;
    if ((hr = WsReadMessageStart( client->channel, client->in, NULL, NULL ))) return hr;
    if ((hr = read_list( client->in, sum, NULL ))) return hr;
    return WsReadMessageEnd( client->channel, client->in, NULL, NULL );
}

/* Every mode of the one side against every mode of the other, in each encoding; larger than what may be buffered when both
 * stream. */
static void test_modes( void )
{
    static const WS_TRANSFER_MODE modes[] =
    {
        WS_BUFFERED_TRANSFER_MODE, WS_STREAMED_INPUT_TRANSFER_MODE, WS_STREAMED_OUTPUT_TRANSFER_MODE, WS_STREAMED_TRANSFER_MODE
    };
    static const WS_ENCODING encodings[] =
    {
        WS_ENCODING_XML_UTF8, WS_ENCODING_XML_BINARY_1, WS_ENCODING_XML_UTF16LE, WS_ENCODING_XML_MTOM_UTF8
    };
    struct setup a = { .streamed = 8 << 20 }, b = { .streamed = 8 << 20 };
    unsigned int i, j, k, count, sum;
    struct client client;

    for (k = 0; k < ARRAYSIZE( encodings ); k++)
        for (i = 0; i < ARRAYSIZE( modes ); i++)
            for (j = 0; j < ARRAYSIZE( modes ); j++)
            {
                if (k && i != j) continue;
                count = i == 3 && j == 3 && encodings[k] != WS_ENCODING_XML_MTOM_UTF8 ? 20000 : 1000;
                test_context( "encoding %d, client %d, server %d", encodings[k], modes[i], modes[j] );
                a.mode = modes[i];
                b.mode = modes[j];
                a.encoding = b.encoding = encodings[k];
                start_server( &b, count + 1 );
                open_client( &client, &a, test_port( 1 ) );
                ok_hr( send_list( &client, count ), S_OK );
                ok_hr( receive_list( &client, &sum ), S_OK );
                close_client( &client );
                stop_server();
                ok_hr( server.read, S_OK );
                ok_hr( server.write, S_OK );
                ok_eq( server.sum, count * (count - 1) / 2 );
                ok_eq( sum, count * (count + 1) / 2 );
            }
    test_context( NULL );
}

/* The start of a message arrives before its body is written. */
static void test_start( void )
{
    static const struct setup streamed = { .mode = WS_STREAMED_TRANSFER_MODE, .encoding = WS_ENCODING_XML_UTF8 };
    struct client client;
    unsigned int sum;

    start_server( &streamed, 3 );
    open_client( &client, &streamed, test_port( 1 ) );
    ok_hr( WsWriteMessageStart( client.channel, client.out, NULL, NULL ), S_OK );
    ok( !WaitForSingleObject( server.ready, 10000 ), "the start did not arrive\n" );
    ok_hr( write_list( client.out, 3, NULL ), S_OK );
    ok_hr( WsWriteMessageEnd( client.channel, client.out, NULL, NULL ), S_OK );
    ok_hr( receive_list( &client, &sum ), S_OK );
    ok_eq( sum, 3 );
    close_client( &client );
    stop_server();
    ok_hr( server.read, S_OK );
}

/* Limits, on either side: of a whole message, of its start, of what is not flushed. */
#define STREAMED { .mode = WS_STREAMED_TRANSFER_MODE }
static void test_limits( void )
{
    static const struct
    {
        const char *name;
        struct setup client, server;
        unsigned int count;
        HRESULT send, read;         /* of the client's sending, the server's reading; E_FAIL: any failure */
    } cases[] =
    {
        { "server, whole message", STREAMED, { .mode = WS_STREAMED_TRANSFER_MODE, .streamed = 5000 }, 1000, S_FALSE,
          WS_E_QUOTA_EXCEEDED },
        { "server, start", STREAMED, { .mode = WS_STREAMED_TRANSFER_MODE, .start = 100 }, 3, S_FALSE, WS_E_QUOTA_EXCEEDED },
        { "server, start that fits", STREAMED, { .mode = WS_STREAMED_TRANSFER_MODE, .start = 1000 }, 3, S_OK, S_OK },
        { "client, whole message", { .mode = WS_STREAMED_TRANSFER_MODE, .streamed = 5000 }, STREAMED, 1000,
          WS_E_QUOTA_EXCEEDED, E_FAIL },
        { "client, flush", { .mode = WS_STREAMED_TRANSFER_MODE, .flush = 700 }, STREAMED, 1000, WS_E_QUOTA_EXCEEDED, E_FAIL },
        { "server buffers", STREAMED, { .mode = WS_BUFFERED_TRANSFER_MODE, .buffered = 5000 }, 1000, S_FALSE, S_FALSE },
    };
    struct setup a, b;
    struct client client;
    unsigned int i, sum;
    HRESULT hr;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%s", cases[i].name );
        a = cases[i].client;
        b = cases[i].server;
        a.encoding = b.encoding = WS_ENCODING_XML_UTF8;
        start_server( &b, 1 );
        open_client( &client, &a, test_port( 1 ) );
        hr = send_list( &client, cases[i].count );
        if (cases[i].send != S_FALSE) ok_hr( hr, cases[i].send );
        if (hr) WsAbandonMessage( client.channel, client.out, NULL );
        else hr = receive_list( &client, &sum );
        ok( (hr == S_OK) == (cases[i].read == S_OK), "the exchange returned %#lx\n", hr );
        close_client( &client );
        if (cases[i].read == S_FALSE) WsAbortListener( server.listener, NULL );
        stop_server();
        if (cases[i].read == E_FAIL) ok( FAILED( server.read ), "the server read a message that was cut\n" );
        else if (cases[i].read != S_FALSE) ok_hr( server.read, cases[i].read );
    }
    test_context( NULL );
}

/* WsReceiveMessage and WsRequestReply read a streamed message in one go. */
static void test_composed( void )
{
    static const struct setup streamed = { .mode = WS_STREAMED_TRANSFER_MODE, .encoding = WS_ENCODING_XML_UTF8 };
    static WS_XML_STRING reply_action = WS_XML_STRING_VALUE( "" );
    WS_ELEMENT_DESCRIPTION element = { &list_name, &empty_ns, WS_XML_BUFFER_TYPE, NULL };
    WS_MESSAGE_DESCRIPTION reply = { NULL, &element };
    const WS_MESSAGE_DESCRIPTION *descs[] = { &reply };
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = NULL;
    struct client client;

    (void)reply_action;
    start_server( &streamed, 2000 );
    open_client( &client, &streamed, test_port( 1 ) );
    ok_hr( WsCreateHeap( 1 << 24, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( send_list( &client, 10 ), S_OK );
    ok_hr( WsReceiveMessage( client.channel, client.in, descs, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_POINTER, heap, &buffer,
                             sizeof(buffer), NULL, NULL, NULL ), S_OK );
    ok( buffer != NULL, "no body\n" );
    close_client( &client );
    stop_server();
    WsFreeHeap( heap );
}

/* --- an encoder that turns every byte over, and the decoder for it -------------------------------------------------------------- */

static char coder_calls[4096];
static void coder_called( char what )
{
    size_t len = strlen( coder_calls );

    if (what == (len ? coder_calls[len - 1] : 0) && (what == 'e' || what == 'd')) return;    /* any number */
    if (len + 1 < sizeof(coder_calls)) coder_calls[len] = what, coder_calls[len + 1] = 0;
}

struct coder { WS_WRITE_CALLBACK write; WS_READ_CALLBACK read; void *state; };

static HRESULT CALLBACK create_encoder( void *context, WS_WRITE_CALLBACK write, void *state, void **ret, WS_ERROR *error )
{
    struct coder *coder = calloc( 1, sizeof(*coder) );

    (void)error;
    ok_ptr( context, coder_calls );
    coder->write = write;
    coder->state = state;
    *ret = coder;
    coder_called( '+' );
    return S_OK;
}
static HRESULT CALLBACK encoder_type( void *coder, const WS_STRING *type, WS_STRING *ret, WS_STRING *coding, WS_ERROR *error )
{
    static WS_STRING turned = WS_STRING_VALUE( L"application/x-turned" ), name = WS_STRING_VALUE( L"x-turn" );

    (void)coder, (void)error;
    ok( type->length > 20 && !memcmp( type->chars, L"application/soap+xml", 40 ), "type '%.*ls'\n", (int)type->length, type->chars );
    *ret = turned;
    *coding = name;
    coder_called( 't' );
    return S_OK;
}
static HRESULT CALLBACK encoder_start( void *coder, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)coder, (void)async, (void)error;
    coder_called( 's' );
    return S_OK;
}
static HRESULT CALLBACK encoder_encode( void *coder, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct coder *self = coder;
    WS_BYTES piece;
    BYTE turned[16];
    HRESULT hr;
    ULONG i, j;

    (void)async;
    coder_called( 'e' );
    for (i = 0; i < count; i++)
        for (j = 0; j < buffers[i].length; j += piece.length)
        {
            ULONG k;

            piece.bytes = turned;
            piece.length = min( buffers[i].length - j, sizeof(turned) );
            for (k = 0; k < piece.length; k++) turned[k] = ~buffers[i].bytes[j + k];
            if ((hr = self->write( self->state, &piece, 1, NULL, error ))) return hr;
        }
    return S_OK;
}
static HRESULT CALLBACK encoder_end( void *coder, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct coder *self = coder;
    BYTE last = '!';
    WS_BYTES piece = { 1, &last };

    (void)async;
    coder_called( 'n' );
    return self->write( self->state, &piece, 1, NULL, error );
}
static void CALLBACK free_coder( void *coder )
{
    coder_called( '-' );
    free( coder );
}

static HRESULT CALLBACK create_decoder( void *context, WS_READ_CALLBACK read, void *state, void **ret, WS_ERROR *error )
{
    struct coder *coder = calloc( 1, sizeof(*coder) );

    (void)error, (void)context;
    coder->read = read;
    coder->state = state;
    *ret = coder;
    coder_called( '+' );
    return S_OK;
}
static HRESULT CALLBACK decoder_type( void *coder, const WS_STRING *type, const WS_STRING *coding, WS_STRING *ret, WS_ERROR *error )
{
    static WS_STRING plain = WS_STRING_VALUE( L"application/soap+xml; charset=utf-8" );

    (void)coder, (void)error;
    ok( type->length == 20 && !memcmp( type->chars, L"application/x-turned", 40 ), "type '%.*ls'\n", (int)type->length, type->chars );
    ok( coding && coding->length == 6 && !memcmp( coding->chars, L"x-turn", 12 ), "wrong coding\n" );
    *ret = plain;
    coder_called( 't' );
    return S_OK;
}
static HRESULT CALLBACK decoder_start( void *coder, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)coder, (void)async, (void)error;
    coder_called( 's' );
    return S_OK;
}
static HRESULT CALLBACK decoder_decode( void *coder, void *buffer, ULONG max, ULONG *len, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct coder *self = coder;
    BYTE *bytes = buffer;
    HRESULT hr;
    ULONG i;

    (void)async;
    coder_called( 'd' );
    /* the last byte is a mark of the encoder, no data */
    if ((hr = self->read( self->state, buffer, max, len, NULL, error ))) return hr;
    if (*len == 1 && bytes[0] == '!')
    {
        *len = 0;
        return S_OK;
    }
    if (*len && bytes[*len - 1] == '!') --*len;
    for (i = 0; i < *len; i++) bytes[i] = ~bytes[i];
    return S_OK;
}
static HRESULT CALLBACK decoder_end( void *coder, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)coder, (void)async, (void)error;
    coder_called( 'n' );
    return S_OK;
}

static const WS_CHANNEL_ENCODER encoder =
{
    coder_calls, create_encoder, encoder_type, encoder_start, encoder_encode, encoder_end, free_coder
};
static const WS_CHANNEL_DECODER decoder =
{
    coder_calls, create_decoder, decoder_type, decoder_start, decoder_decode, decoder_end, free_coder
};

static void test_coders( void )
{
    static const WS_TRANSFER_MODE modes[] = { WS_BUFFERED_TRANSFER_MODE, WS_STREAMED_TRANSFER_MODE };
    struct setup a = { .encoding = WS_ENCODING_XML_UTF8 }, b = a;
    struct client client;
    unsigned int i, way, sum;

    for (way = 0; way < 2; way++)
        for (i = 0; i < ARRAYSIZE( modes ); i++)
        {
            test_context( "way %u, mode %d", way, modes[i] );
            a.mode = b.mode = modes[i];
            /* the request is encoded by the client and decoded by the server, or the reply the other way round */
            a.encoder = way ? NULL : &encoder;
            b.decoder = way ? NULL : &decoder;
            a.decoder = way ? &decoder : NULL;
            b.encoder = way ? &encoder : NULL;
            coder_calls[0] = 0;
            start_server( &b, 501 );
            open_client( &client, &a, test_port( 1 ) );
            ok_hr( send_list( &client, 500 ), S_OK );
            ok_hr( receive_list( &client, &sum ), S_OK );
            close_client( &client );
            stop_server();
            ok_eq( server.sum, 499 * 250 );
            ok_eq( sum, 501 * 250 );
            /* two are made; types, starts, work, ends in the order of the grammar; two are freed */
            ok( coder_calls[0] == '+' && coder_calls[1] == '+' && strchr( coder_calls, 't' ) < strchr( coder_calls, 'e' ) &&
                strchr( coder_calls, 'e' ) && strchr( coder_calls, 'd' ) && strlen( coder_calls ) > 6 &&
                !strcmp( coder_calls + strlen( coder_calls ) - 1, "-" ), "calls %s\n", coder_calls );
        }
    test_context( NULL );
}

/* The whole grammar for one message through a client that has both, against a server without: only the encoder's part. */
static void test_coder_grammar( void )
{
    struct setup a = { .encoding = WS_ENCODING_XML_UTF8, .encoder = &encoder };
    WS_CHANNEL_ENCODER bad = encoder;
    WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_ENCODER, &bad, sizeof(bad) };
    WS_CHANNEL *channel;
    struct client client;
    unsigned int sum;

    coder_calls[0] = 0;
    start_server( &(struct setup){ .encoding = WS_ENCODING_XML_UTF8 }, 1 );
    open_client( &client, &a, test_port( 1 ) );
    ok_hr( send_list( &client, 5 ), S_OK );
    ok_hr( receive_list( &client, &sum ), WS_E_INVALID_FORMAT );      /* 415 */
    ok_hr( WsAbortListener( server.listener, NULL ), S_OK );
    close_client( &client );
    stop_server();
    ok( !strcmp( coder_calls, "+tsen-" ), "calls %s\n", coder_calls );
    ok_hr( server.read, WS_E_INVALID_FORMAT );

    bad.encoderEncodeCallback = NULL;
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, &prop, 1, NULL, &channel, NULL ), E_INVALIDARG );
}

TESTS( http_stream, { "modes", test_modes }, { "start", test_start }, { "limits", test_limits }, { "composed", test_composed },
       { "coders", test_coders }, { "coder_grammar", test_coder_grammar } )
