/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asynchronous calls of channel and listener over HTTP, and composed ones over net.tcp too, as transcripts
 * (asynchronous-model.md, async_calls.h). */
#include "async_calls.h"
#include "http_script.h"

static WS_XML_STRING own_ns = WS_XML_STRING_VALUE( SERVICE_NS ), item_name = WS_XML_STRING_VALUE( "item" );
static WS_XML_STRING action = WS_XML_STRING_VALUE( SERVICE_NS "Item" );

struct side
{
    WS_LISTENER *listener;
    WS_CHANNEL *channel;
    WS_CHANNEL_TYPE type;
    WS_CALLBACK_MODEL model;
    WS_TRANSFER_MODE mode;
    HANDLE ready;
};

static HRESULT write_items( WS_MESSAGE *message, struct pending *p, WS_CALLBACK_MODEL model )
{
    WS_ASYNC_CONTEXT context;
    WS_XML_WRITER *writer;
    HRESULT hr = S_OK;
    int i;

    ok_hr( WsGetMessageProperty( message, WS_MESSAGE_PROPERTY_BODY_WRITER, &writer, sizeof(writer), NULL ), S_OK );
    for (i = 0; i < 5 && !hr; i++)
    {
        WsWriteStartElement( writer, NULL, &item_name, &own_ns, NULL );
        WsWriteEndElement( writer, NULL );
        begin( p, &context );
        hr = WsFlushBody( message, 0, &context, NULL );
        /* the message has no preference of its own: any model */
        if (hr == WS_S_ASYNC)
        {
            ok( !WaitForSingleObject( p->event, 20000 ), "WsFlushBody does not complete\n" );
            ok( p->callbacks == 1 && !p->on_stack, "WsFlushBody called back wrongly\n" );
            hr = p->hr;
        }
        else ok( !p->callbacks, "WsFlushBody called back\n" );
        p->inside = FALSE;
    }
    (void)model;
    return hr;
}

static HRESULT fill( WS_MESSAGE *message, struct pending *p )
{
    WS_ASYNC_CONTEXT context;
    HRESULT hr;

    begin( p, &context );
    if ((hr = WsFillBody( message, 1, &context, NULL )) == WS_S_ASYNC)
    {
        ok( !WaitForSingleObject( p->event, 20000 ), "WsFillBody does not complete\n" );
        ok( p->callbacks == 1 && !p->on_stack, "WsFillBody called back wrongly\n" );
        hr = p->hr;
    }
    p->inside = FALSE;
    return hr;
}

static DWORD CALLBACK serve( void *arg )
{
    struct side *side = arg;
    struct pending pending = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) }, *p = &pending;
    WS_CALLBACK_MODEL model = side->model;
    WS_ASYNC_CONTEXT context;
    WS_MESSAGE *in, *out;
    WCHAR text[128];
    WS_STRING url;
    int round;

    test_url( text, "http", "localhost", test_port( 1 ), "async" );
    url.chars = text;
    url.length = lstrlenW( text );
    ok_hr( CALL( WsOpenListener, side->listener, &url ), S_OK );
    SetEvent( side->ready );
    ok_hr( WsCreateMessageForChannel( side->channel, NULL, 0, &in, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( side->channel, NULL, 0, &out, NULL ), S_OK );
    for (round = 0; round < 2; round++)
    {
        ok_hr( CALL( WsAcceptChannel, side->listener, side->channel ), S_OK );
        ok_hr( CALL( WsReadMessageStart, side->channel, in ), S_OK );
        ok_hr( fill( in, p ), S_OK );
        ok_hr( CALL( WsReadMessageEnd, side->channel, in ), S_OK );
        ok_hr( CALL( WsReadMessageStart, side->channel, out ), WS_S_END );
        ok_hr( WsInitializeMessage( out, WS_REPLY_MESSAGE, in, NULL ), S_OK );
        ok_hr( CALL( WsWriteMessageStart, side->channel, out ), S_OK );
        ok_hr( write_items( out, p, model ), S_OK );
        ok_hr( CALL( WsWriteMessageEnd, side->channel, out ), S_OK );
        ok_hr( CALL( WsCloseChannel, side->channel ), S_OK );
        ok_hr( WsResetChannel( side->channel, NULL ), S_OK );
        ok_hr( WsResetMessage( in, NULL ), S_OK );
        ok_hr( WsResetMessage( out, NULL ), S_OK );
    }
    ok_hr( CALL( WsCloseListener, side->listener ), S_OK );
    WsFreeMessage( in );
    WsFreeMessage( out );
    CloseHandle( pending.event );
    return 0;
}

static WS_MESSAGE *make_message( WS_CHANNEL *channel, BOOL init )
{
    WS_MESSAGE *message = NULL;

    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &message, NULL ), S_OK );
    if (!init) return message;
    ok_hr( WsInitializeMessage( message, WS_REQUEST_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( WsSetHeader( message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action, sizeof(action), NULL ), S_OK );
    return message;
}

static void client( WS_CALLBACK_MODEL model, WS_TRANSFER_MODE mode )
{
    WS_CHANNEL_PROPERTY props[] =
    {
        { WS_CHANNEL_PROPERTY_ASYNC_CALLBACK_MODEL, &model, sizeof(model) }, { WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode) },
    };
    struct pending pending = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) }, *p = &pending;
    WS_ENDPOINT_ADDRESS address = { .url = { 0, NULL } };
    WS_ASYNC_CONTEXT context;
    WS_CHANNEL *channel;
    WS_MESSAGE *in, *out;
    WCHAR url[128];
    int round;

    test_url( url, "http", "localhost", test_port( 1 ), "async" );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, props, 2, NULL, &channel, NULL ), S_OK );
    ok_hr( CALL( WsOpenChannel, channel, &address ), S_OK );
    for (round = 0; round < 2; round++)
    {
        out = make_message( channel, TRUE );
        in = make_message( channel, FALSE );
        ok_hr( CALL( WsWriteMessageStart, channel, out ), S_OK );
        ok_hr( CALL( WsWriteMessageStart, channel, in ), WS_E_INVALID_OPERATION );
        ok_hr( write_items( out, p, model ), S_OK );
        ok_hr( CALL( WsWriteMessageEnd, channel, out ), S_OK );
        ok_hr( CALL( WsReadMessageStart, channel, in ), S_OK );
        ok_hr( fill( in, p ), S_OK );
        ok_hr( CALL( WsReadMessageEnd, channel, in ), S_OK );
        WsFreeMessage( in );
        WsFreeMessage( out );
    }
    ok_hr( CALL( WsCloseChannel, channel ), S_OK );
    WsFreeChannel( channel );
    CloseHandle( pending.event );
}

static void test_transcripts( void )
{
    static const WS_CALLBACK_MODEL models[] = { WS_LONG_CALLBACK, WS_SHORT_CALLBACK };
    static const WS_TRANSFER_MODE modes[] = { WS_BUFFERED_TRANSFER_MODE, WS_STREAMED_TRANSFER_MODE };
    unsigned int i, j;

    for (i = 0; i < ARRAYSIZE( models ); i++)
        for (j = 0; j < ARRAYSIZE( modes ); j++)
        {
            struct side side = { .model = models[i], .mode = modes[j], .ready = CreateEventW( NULL, FALSE, FALSE, NULL ) };
            WS_LISTENER_PROPERTY prop = { WS_LISTENER_PROPERTY_ASYNC_CALLBACK_MODEL, &side.model, sizeof(side.model) };
            WS_CHANNEL_PROPERTY mode = { WS_CHANNEL_PROPERTY_TRANSFER_MODE, &side.mode, sizeof(side.mode) };
            WS_CALLBACK_MODEL got = -1;
            HANDLE thread;

            test_context( "model %d, mode %d", models[i], modes[j] );
            ok_hr( WsCreateListener( WS_CHANNEL_TYPE_REPLY, WS_HTTP_CHANNEL_BINDING, &prop, 1, NULL, &side.listener, NULL ), S_OK );
            ok_hr( WsCreateChannelForListener( side.listener, &mode, 1, &side.channel, NULL ), S_OK );
            /* a channel of a listener prefers what the listener does */
            ok_hr( WsGetChannelProperty( side.channel, WS_CHANNEL_PROPERTY_ASYNC_CALLBACK_MODEL, &got, sizeof(got), NULL ), S_OK );
            ok_eq( got, models[i] );
            thread = CreateThread( NULL, 0, serve, &side, 0, NULL );
            ok( !WaitForSingleObject( side.ready, 10000 ), "the server does not start\n" );
            client( models[i], modes[j] );
            ok( !WaitForSingleObject( thread, 20000 ), "the server does not end\n" );
            CloseHandle( thread );
            CloseHandle( side.ready );
            WsFreeChannel( side.channel );
            WsFreeListener( side.listener );
        }
    test_context( NULL );
}

/* What is pending completes with WS_E_OPERATION_ABORTED, wherever a call stands; the abort returns at once. */
static void test_abort( void )
{
#define ANSWER_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml; charset=utf-8\r\n"
    static const struct { const char *name; struct script_step step; WS_TRANSFER_MODE mode; int at; } cases[] =
    {
        { "no answer", { NULL, SCRIPT_STALL }, 0, 0 },
        { "half a head", { "HTTP/1.1 200", SCRIPT_STALL }, 0, 0 },
        { "half a body", { ANSWER_HEAD "Content-Length: 100\r\n\r\n<s:", SCRIPT_STALL }, 0, 0 },
        { "half a start", { ANSWER_HEAD "Content-Length: 500\r\n\r\n<s:", SCRIPT_STALL }, WS_STREAMED_INPUT_TRANSFER_MODE, 0 },
        { "half a streamed body", { ANSWER_HEAD "Content-Length: 500\r\n\r\n<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>",
          SCRIPT_STALL }, WS_STREAMED_INPUT_TRANSFER_MODE, 1 },
        { "its end", { ANSWER_HEAD "Content-Length: 500\r\n\r\n<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><x/>",
          SCRIPT_STALL }, WS_STREAMED_INPUT_TRANSFER_MODE, 2 },
    };
    static struct script script;
    WS_ENDPOINT_ADDRESS address = { .url = { 0, NULL } };
    WS_CALLBACK_MODEL model = WS_LONG_CALLBACK;
    unsigned int i;
    WCHAR url[128];

    test_url( url, "http", "127.0.0.1", test_port( 2 ), "abort" );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        struct pending pending = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) }, *p = &pending;
        WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_TRANSFER_MODE, (void *)&cases[i].mode, sizeof(cases[i].mode) };
        WS_ASYNC_CONTEXT context;
        WS_MESSAGE *in, *out;
        WS_CHANNEL *channel;
        HRESULT hr;
        ULONG start;

        test_context( "%s", cases[i].name );
        script_start( &script, test_port( 2 ), &cases[i].step, 1 );
        ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, &prop, 1, NULL, &channel, NULL ), S_OK );
        ok_hr( WsOpenChannel( channel, &address, NULL, NULL ), S_OK );
        out = make_message( channel, TRUE );
        in = make_message( channel, FALSE );
        ok_hr( WsWriteMessageStart( channel, out, NULL, NULL ), S_OK );
        ok_hr( WsWriteMessageEnd( channel, out, NULL, NULL ), S_OK );
        if (cases[i].at) ok_hr( CALL( WsReadMessageStart, channel, in ), S_OK );
        begin( p, &context );
        hr = cases[i].at == 2 ? WsReadMessageEnd( channel, in, &context, NULL ) :
             cases[i].at == 1 ? WsFillBody( in, 1, &context, NULL ) : WsReadMessageStart( channel, in, &context, NULL );
        p->inside = FALSE;
        ok_hr( hr, WS_S_ASYNC );
        Sleep( 20 );
        start = test_clock();
        ok_hr( WsAbortChannel( channel, NULL ), S_OK );
        ok( test_clock() - start < 5000, "the abort waited\n" );
        ok( !WaitForSingleObject( p->event, 10000 ), "nothing completes\n" );
        ok_hr( p->hr, WS_E_OPERATION_ABORTED );
        ok_eq( p->callbacks, 1 );
        ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
        WsFreeMessage( in );
        WsFreeMessage( out );
        WsFreeChannel( channel );
        script_stop( &script );
        CloseHandle( pending.event );
    }
    test_context( NULL );
}

/* --- composed calls ------------------------------------------------------------------------------------------------ */

enum { ROUND_REPLY, ROUND_FAULT, ROUND_APART, ROUNDS };

struct composed { WS_CHANNEL_BINDING binding; WS_CHANNEL_TYPE client, server; const char *scheme; };

static const struct composed bindings[] =
{
    { WS_HTTP_CHANNEL_BINDING, WS_CHANNEL_TYPE_REQUEST, WS_CHANNEL_TYPE_REPLY, "http" },
    { WS_TCP_CHANNEL_BINDING, WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_CHANNEL_TYPE_DUPLEX_SESSION, "net.tcp" },
};

static DWORD CALLBACK serve_composed( void *arg )
{
    struct side *side = arg;
    struct pending pending = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) }, *p = &pending;
    WS_CALLBACK_MODEL model = side->model;
    const WS_MESSAGE_DESCRIPTION *descs[] = { &add_message };
    BOOL session = side->type & WS_CHANNEL_TYPE_SESSION;
    WS_MESSAGE *in = make_message( side->channel, FALSE ), *out = make_message( side->channel, FALSE );
    WS_ASYNC_CONTEXT context;
    struct single sum;
    struct pair pair;
    WS_ERROR *fault;
    WS_HEAP *heap;
    int round;

    ok_hr( WsCreateError( NULL, 0, &fault ), S_OK );
    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    for (round = 0; round < ROUNDS; round++)
    {
        if (!round || !session) ok_hr( CALL( WsAcceptChannel, side->listener, side->channel ), S_OK );
        ok_hr( CALL( WsReceiveMessage, side->channel, in, descs, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, heap, &pair,
                     sizeof(pair), NULL ), S_OK );
        sum.result = pair.a + pair.b;
        if (round == ROUND_FAULT)
            ok_hr( CALL( WsSendFaultMessageForError, side->channel, out, fault, E_FAIL, WS_FULL_FAULT_DISCLOSURE, in ), S_OK );
        else
            ok_hr( CALL( WsSendReplyMessage, side->channel, out, &add_reply, WS_WRITE_REQUIRED_VALUE, &sum, sizeof(sum), in ), S_OK );
        ok_hr( WsResetMessage( in, NULL ), S_OK );
        ok_hr( WsResetMessage( out, NULL ), S_OK );
        if (session && round < ROUNDS - 1) continue;
        ok_hr( CALL( WsReceiveMessage, side->channel, in, descs, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, heap, &pair,
                     sizeof(pair), NULL ), WS_S_END );
        ok_hr( CALL( WsCloseChannel, side->channel ), S_OK );
        ok_hr( WsResetChannel( side->channel, NULL ), S_OK );
    }
    WsFreeMessage( in );
    WsFreeMessage( out );
    WsFreeError( fault );
    WsFreeHeap( heap );
    CloseHandle( pending.event );
    return 0;
}

static void client_composed( const struct composed *binding, WS_CALLBACK_MODEL model, const WS_ENDPOINT_ADDRESS *address )
{
    WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_ASYNC_CALLBACK_MODEL, &model, sizeof(model) };
    struct pending pending = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) }, *p = &pending;
    const WS_MESSAGE_DESCRIPTION *descs[] = { &add_reply };
    WS_ASYNC_CONTEXT context;
    WS_MESSAGE *in, *out;
    WS_CHANNEL *channel;
    struct pair pair = { 3, 4 };
    struct single sum;
    WS_HEAP *heap;
    int round;

    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsCreateChannel( binding->client, binding->binding, &prop, 1, NULL, &channel, NULL ), S_OK );
    ok_hr( CALL( WsOpenChannel, channel, address ), S_OK );
    in = make_message( channel, FALSE );
    out = make_message( channel, FALSE );
    for (round = 0; round < ROUNDS; round++)
    {
        sum.result = 0;
        if (round == ROUND_APART)
        {
            ok_hr( CALL( WsSendMessage, channel, out, &add_message, WS_WRITE_REQUIRED_VALUE, &pair, sizeof(pair) ), S_OK );
            ok_hr( CALL( WsReceiveMessage, channel, in, descs, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, heap, &sum,
                         sizeof(sum), NULL ), S_OK );
        }
        else
            ok_hr( CALL( WsRequestReply, channel, out, &add_message, WS_WRITE_REQUIRED_VALUE, &pair, sizeof(pair), in, &add_reply,
                         WS_READ_REQUIRED_VALUE, heap, &sum, sizeof(sum) ), round == ROUND_FAULT ? WS_E_ENDPOINT_FAULT_RECEIVED : S_OK );
        ok_eq( sum.result, round == ROUND_FAULT ? 0 : 7 );
        ok_hr( WsResetMessage( in, NULL ), S_OK );
        ok_hr( WsResetMessage( out, NULL ), S_OK );
    }
    ok_hr( CALL( WsCloseChannel, channel ), S_OK );
    WsFreeMessage( in );
    WsFreeMessage( out );
    WsFreeChannel( channel );
    WsFreeHeap( heap );
    CloseHandle( pending.event );
}

static void test_composed( void )
{
    static const WS_CALLBACK_MODEL models[] = { WS_LONG_CALLBACK, WS_SHORT_CALLBACK };
    WS_ENDPOINT_ADDRESS address = { .url = { 0, NULL } };
    unsigned int i, j;
    WCHAR url[128];
    HANDLE thread;

    for (i = 0; i < ARRAYSIZE( bindings ); i++)
        for (j = 0; j < ARRAYSIZE( models ); j++)
        {
            struct side side = { .model = models[j], .type = bindings[i].server };
            WS_LISTENER_PROPERTY prop = { WS_LISTENER_PROPERTY_ASYNC_CALLBACK_MODEL, &side.model, sizeof(side.model) };

            test_context( "%s, model %d", bindings[i].scheme, models[j] );
            test_url( url, bindings[i].scheme, "localhost", test_port( 3 ), "composed" );
            address.url.chars = url;
            address.url.length = lstrlenW( url );
            ok_hr( WsCreateListener( side.type, bindings[i].binding, &prop, 1, NULL, &side.listener, NULL ), S_OK );
            ok_hr( WsOpenListener( side.listener, &address.url, NULL, NULL ), S_OK );
            ok_hr( WsCreateChannelForListener( side.listener, NULL, 0, &side.channel, NULL ), S_OK );
            thread = CreateThread( NULL, 0, serve_composed, &side, 0, NULL );
            client_composed( &bindings[i], models[j], &address );
            ok( !WaitForSingleObject( thread, 20000 ), "the server does not end\n" );
            CloseHandle( thread );
            ok_hr( WsCloseListener( side.listener, NULL, NULL ), S_OK );
            WsFreeChannel( side.channel );
            WsFreeListener( side.listener );
        }
    test_context( NULL );
}

TESTS( http_async, { "transcripts", test_transcripts }, { "abort", test_abort }, { "composed", test_composed } )
