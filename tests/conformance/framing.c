/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* .NET Message Framing ([MC-NMF]) on the wire of net.tcp: preambles, faults and modes as another peer would have them, made by hand
 * over plain sockets; and what shutdowns, limits, timeouts and aborts do to a session. */
#include "service.h"

#define FAULT_BASE "http://schemas.microsoft.com/ws/2006/05/framing/faults/"
#define VERSION "\x00\x01\x00"
#define DUPLEX "\x01\x02"
#define END "\x0c"

struct bytes { char data[8192]; int size; };

static void put( struct bytes *b, const char *data, int size )
{
    memcpy( b->data + b->size, data, size );
    b->size += size;
}

/* A record of a text; all sizes here need one or two bytes. */
static void put_text( struct bytes *b, char type, const char *text )
{
    int size = strlen( text );
    char head[3] = { type, (size & 0x7f) | (size >= 0x80 ? 0x80 : 0), size >> 7 };

    put( b, head, size >= 0x80 ? 3 : 2 );
    put( b, text, size );
}

static void put_via( struct bytes *b, const char *path )
{
    char via[128];

    snprintf( via, sizeof(via), "net.tcp://localhost:%u%s", test_port( 5 ), path );
    put_text( b, 2, via );
}

/* version, mode, via, known encoding, end */
static void put_preamble( struct bytes *b, char mode, const char *path, char encoding )
{
    char mode_record[2] = { 1, mode }, encoding_record[2] = { 3, encoding };

    put( b, VERSION, 3 );
    put( b, mode_record, 2 );
    put_via( b, path );
    put( b, encoding_record, 2 );
    put( b, END, 1 );
}

/* A raw connection; receives give up after ten seconds. */
static SOCKET raw_connect( void )
{
    SOCKET s = http_connect( test_port( 5 ) );
    DWORD timeout = 10000;

    ok( s != INVALID_SOCKET, "no connection\n" );
    setsockopt( s, SOL_SOCKET, SO_RCVTIMEO, (char *)&timeout, sizeof(timeout) );
    return s;
}

static BOOL raw_read( SOCKET s, char *buf, int size )
{
    int got, len = 0;

    while (len < size && (got = recv( s, buf + len, size - len, 0 )) > 0) len += got;
    return len == size;
}

/* The next record has to be this fault. */
static void expect_fault( SOCKET s, const char *name )
{
    char buf[256] = { 0 }, expected[128];
    int size = snprintf( expected, sizeof(expected), FAULT_BASE "%s", name );

    ok( raw_read( s, buf, 2 + size ), "no fault, or a short one\n" );
    ok_eq( buf[0], 8 );
    ok_eq( buf[1], size );
    ok_bytes( buf + 2, strlen( buf + 2 ), expected );
    ok_eq( recv( s, buf, 1, 0 ), 0 );
}

static void expect_byte( SOCKET s, char byte )
{
    char got = 0x55;

    ok( raw_read( s, &got, 1 ), "nothing came\n" );
    ok_eq( got, byte );
}

static void expect_end( SOCKET s )
{
    char byte;
    int got = recv( s, &byte, 1, 0 );

    ok( got == 0 || (got < 0 && WSAGetLastError() == WSAECONNRESET), "got %d, byte %d\n", got, byte );
}

static WS_HEAP *make_heap( void )
{
    WS_HEAP *heap = NULL;

    ok_hr( WsCreateHeap( 1 << 21, 1024, NULL, 0, &heap, NULL ), S_OK );
    return heap;
}

static WS_LISTENER *make_listener( const char *path, const WS_LISTENER_PROPERTY *props, ULONG count, const WS_CHANNEL_PROPERTY *channel_props,
                                   ULONG channel_count, WS_CHANNEL **channel )
{
    WS_LISTENER *listener = NULL;
    WS_STRING url;
    WCHAR text[128];

    test_url( text, "net.tcp", "localhost", test_port( 5 ), path );
    url.chars = text;
    url.length = lstrlenW( text );
    ok_hr( WsCreateListener( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, props, count, NULL, &listener, NULL ), S_OK );
    ok_hr( WsCreateChannelForListener( listener, channel_props, channel_count, channel, NULL ), S_OK );
    ok_hr( WsOpenListener( listener, &url, NULL, NULL ), S_OK );
    return listener;
}

static void close_listener( WS_LISTENER *listener, WS_CHANNEL *channel )
{
    ok_hr( WsCloseListener( listener, NULL, NULL ), S_OK );
    WsFreeChannel( channel );
    WsFreeListener( listener );
}

static WS_CHANNEL *make_client( const WS_CHANNEL_PROPERTY *props, ULONG count )
{
    WS_CHANNEL *channel = NULL;

    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, props, count, NULL, &channel, NULL ), S_OK );
    return channel;
}

static HRESULT open_client( WS_CHANNEL *channel, const char *path, const WS_ASYNC_CONTEXT *async )
{
    static WCHAR text[128];
    static WS_ENDPOINT_ADDRESS address;     /* lives as long as an asynchronous open */

    test_url( text, "net.tcp", "localhost", test_port( 5 ), path );
    address.url.chars = text;
    address.url.length = lstrlenW( text );
    return WsOpenChannel( channel, &address, async, NULL );
}

static HRESULT send_pair( WS_CHANNEL *channel, int a, int b )
{
    struct pair pair = { a, b };
    WS_MESSAGE *message = NULL;
    HRESULT hr;

    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &message, NULL ), S_OK );
    hr = WsSendMessage( channel, message, &add_message, WS_WRITE_REQUIRED_VALUE, &pair, sizeof(pair), NULL, NULL );
    WsFreeMessage( message );
    return hr;
}

static HRESULT receive_pair( WS_CHANNEL *channel, struct pair *pair )
{
    const WS_MESSAGE_DESCRIPTION *descs[] = { &add_message };
    WS_HEAP *heap = make_heap();
    WS_MESSAGE *message = NULL;
    HRESULT hr;

    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &message, NULL ), S_OK );
    hr = WsReceiveMessage( channel, message, descs, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, heap, pair, sizeof(*pair), NULL,
                           NULL, NULL );
    WsFreeMessage( message );
    WsFreeHeap( heap );
    return hr;
}

/* --- the server's answers ---------------------------------------------------------------------------------------------------- */

static void try_preamble( const struct bytes *b, BOOL slowly, const char *fault )
{
    SOCKET s = raw_connect();
    int i;

    if (!slowly) send( s, b->data, b->size, 0 );
    else for (i = 0; i < b->size && send( s, b->data + i, 1, 0 ) == 1; i++) {}
    if (!fault) expect_end( s );
    else if (*fault) expect_fault( s, fault );
    else expect_byte( s, 0x0b );
    closesocket( s );
}

static void test_preambles( void )
{
    static const struct { const char *version; char mode; const char *path; char encoding; const char *fault; } cases[] =
    {
        { VERSION, 2, "/service", 8, "" }, { VERSION, 2, "/SERVICE/", 8, "" }, { VERSION, 1, "/service", 8, "" },
        { VERSION, 3, "/service", 8, "" }, { VERSION, 4, "/service", 8, "" },
        { "\x00\x02\x00", 2, "/service", 8, "UnsupportedVersion" },
        { VERSION, 5, "/service", 8, "UnsupportedMode" }, { VERSION, 0, "/service", 8, "UnsupportedMode" },
        { VERSION, 2, "/other", 8, "EndpointNotFound" }, { VERSION, 2, "", 8, "EndpointNotFound" },
        { VERSION, 2, "/service/below", 8, "EndpointNotFound" }, { VERSION, 2, "/service?query", 8, "EndpointNotFound" },
        { VERSION, 2, "/service", 3, "ContentTypeInvalid" }, { VERSION, 2, "/service", 7, "ContentTypeInvalid" },
        { VERSION, 2, "/service", 99, "ContentTypeInvalid" },
    };
    static char longer[3000];
    WS_CHANNEL *channel;
    WS_LISTENER *listener = make_listener( "service", NULL, 0, NULL, 0, &channel );
    struct bytes b;
    unsigned int i;
    SOCKET s;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        char mode[2] = { 1, cases[i].mode }, encoding[2] = { 3, cases[i].encoding };

        test_context( "preamble %u", i );
        b.size = 0;
        put( &b, cases[i].version, 3 );
        put( &b, mode, 2 );
        put_via( &b, cases[i].path );
        put( &b, encoding, 2 );
        put( &b, END, 1 );
        try_preamble( &b, i & 1, cases[i].fault );
    }
    memset( longer, 'x', sizeof(longer) - 1 );
    test_context( "long via" );
    b.size = 0;
    put( &b, VERSION DUPLEX, 5 );
    put_text( &b, 2, longer );
    try_preamble( &b, FALSE, "ViaTooLong" );
    test_context( "content types" );
    b.size = 0;
    put( &b, VERSION DUPLEX, 5 );
    put_via( &b, "/service" );
    put_text( &b, 4, longer + sizeof(longer) - 301 );
    try_preamble( &b, FALSE, "ContentTypeTooLong" );
    b.size = 0;
    put( &b, VERSION DUPLEX, 5 );
    put_via( &b, "/service" );
    put_text( &b, 4, "application/x-unknown" );
    put( &b, END, 1 );
    try_preamble( &b, FALSE, "ContentTypeInvalid" );
    test_context( "upgrade" );
    b.size = 0;
    put( &b, VERSION DUPLEX, 5 );
    put_via( &b, "/service" );
    put( &b, "\x03\x08", 2 );
    put_text( &b, 9, "application/ssl-tls" );
    try_preamble( &b, FALSE, "UpgradeInvalid" );
    /* a peer that goes on sending long after the mistake gets to see the fault, and no reset */
    test_context( "late bytes" );
    s = raw_connect();
    send( s, "\x00\x02\x00", 3, 0 );
    for (i = 0; i < 5; i++)
    {
        Sleep( 40 );
        send( s, "\x01", 1, 0 );
    }
    expect_fault( s, "UnsupportedVersion" );
    closesocket( s );
    test_context( "no framing" );
    b.size = 0;
    put( &b, "GET / HTTP/1.1\r\n\r\n", 18 );
    try_preamble( &b, FALSE, NULL );
    test_context( "wrong order" );
    b.size = 0;
    put( &b, VERSION, 3 );
    put_via( &b, "/service" );
    try_preamble( &b, FALSE, NULL );
    test_context( NULL );
    close_listener( listener, channel );
}

/* WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS, and several listeners on one port. */
static void test_via( void )
{
    static const ULONG prefix = WS_MATCH_URL_THIS_HOST | WS_MATCH_URL_PREFIX_PATH | WS_MATCH_URL_PORT;
    WS_LISTENER_PROPERTY prop = { WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS, (void *)&prefix, sizeof(prefix) };
    WS_CHANNEL *channels[3], *client = make_client( NULL, 0 );
    WS_LISTENER *listeners[3];
    static const struct { const char *path; int listener; } cases[] =
    {
        { "a", 0 }, { "a/b", 1 }, { "a/b/c", 2 }, { "a/b/c/d", 2 }, { "a/b/x", -1 }, { "A/B/C?query", 2 }, { "ab", -1 }
    };
    WS_STRING url;
    unsigned int i;

    listeners[0] = make_listener( "a", NULL, 0, NULL, 0, &channels[0] );
    listeners[1] = make_listener( "a/b", NULL, 0, NULL, 0, &channels[1] );
    listeners[2] = make_listener( "a/b/c", &prop, 1, NULL, 0, &channels[2] );
    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        WS_CHANNEL *channel = cases[i].listener < 0 ? NULL : channels[cases[i].listener];

        test_context( "%s", cases[i].path );
        ok_hr( open_client( client, cases[i].path, NULL ), channel ? S_OK : WS_E_ENDPOINT_NOT_FOUND );
        if (!channel) continue;
        ok_hr( WsAcceptChannel( listeners[cases[i].listener], channel, NULL, NULL ), S_OK );
        ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_TRANSPORT_URL, &url, sizeof(url), NULL ), S_OK );
        ok( url.length > strlen( cases[i].path ), "URL %.*ls\n", (int)url.length, url.chars );
        ok_hr( WsShutdownSessionChannel( client, NULL, NULL ), S_OK );
        ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
        ok_hr( WsResetChannel( channel, NULL ), S_OK );
        ok_hr( WsCloseChannel( client, NULL, NULL ), S_OK );
        ok_hr( WsResetChannel( client, NULL ), S_OK );
    }
    test_context( NULL );
    WsFreeChannel( client );
    for (i = 0; i < 3; i++) close_listener( listeners[i], channels[i] );
}

/* --- the client's errors ------------------------------------------------------------------------------------------------------- */

struct raw_server
{
    SOCKET listening;
    struct bytes answer;        /* after the preamble */
    BOOL  hold;                 /* keep the connection until the peer closes it */
    HANDLE thread;
};

static DWORD WINAPI raw_serve( void *arg )
{
    struct raw_server *server = arg;
    SOCKET s = accept( server->listening, NULL, NULL );
    char buf[4096];
    int got;

    got = recv( s, buf, sizeof(buf), 0 );
    if (got > 0 && server->answer.size) send( s, server->answer.data, server->answer.size, 0 );
    while (server->hold && recv( s, buf, sizeof(buf), 0 ) > 0) {}
    closesocket( s );
    return 0;
}

static SOCKET raw_listen( void )
{
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons( test_port( 5 ) ) };
    SOCKET s;
    WSADATA data;
    BOOL on = TRUE;

    WSAStartup( MAKEWORD( 2, 2 ), &data );
    addr.sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    setsockopt( s, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof(on) );
    ok( !bind( s, (struct sockaddr *)&addr, sizeof(addr) ), "bind failed\n" );
    ok( !listen( s, 100 ), "listen failed\n" );     /* those that an abort has left stay in the queue */
    return s;
}

static void raw_start( struct raw_server *server )
{
    server->thread = CreateThread( NULL, 0, raw_serve, server, 0, NULL );
}

static void raw_join( struct raw_server *server )
{
    ok( !WaitForSingleObject( server->thread, 15000 ), "the server did not end\n" );
    CloseHandle( server->thread );
}

static void test_faults( void )
{
    static const struct { const char *name; HRESULT hr; } faults[] =
    {
        { "EndpointNotFound", WS_E_ENDPOINT_NOT_FOUND }, { "EndpointUnavailable", WS_E_ENDPOINT_NOT_AVAILABLE },
        { "EndpointAccessDenied", WS_E_ENDPOINT_ACCESS_DENIED }, { "ServerTooBusy", WS_E_ENDPOINT_TOO_BUSY },
        { "ServiceActivationFailed", WS_E_ENDPOINT_NOT_AVAILABLE }, { "ConnectionDispatchFailed", WS_E_ENDPOINT_NOT_AVAILABLE },
        { "MaxMessageSizeExceededFault", WS_E_QUOTA_EXCEEDED }, { "ContentTypeInvalid", WS_E_ENDPOINT_FAILURE },
        { "UnsupportedMode", WS_E_ENDPOINT_FAILURE }, { "UnsupportedVersion", WS_E_ENDPOINT_FAILURE },
        { "UpgradeInvalid", WS_E_ENDPOINT_FAILURE }, { "ViaTooLong", WS_E_ENDPOINT_FAILURE },
        { "ContentTypeTooLong", WS_E_ENDPOINT_FAILURE }, { "SomethingNew", WS_E_ENDPOINT_FAILURE },
    };
    struct raw_server server = { .listening = raw_listen() };
    struct pair pair;
    unsigned int i;

    for (i = 0; i < 2 * ARRAYSIZE( faults ); i++)
    {
        BOOL later = i & 1;     /* in the middle of the session */
        WS_CHANNEL *client = make_client( NULL, 0 );
        WS_CHANNEL_STATE state;
        char text[128];

        test_context( "%s, %s", faults[i / 2].name, later ? "later" : "at once" );
        server.answer.size = 0;
        server.hold = TRUE;
        if (later) put( &server.answer, "\x0b", 1 );
        snprintf( text, sizeof(text), FAULT_BASE "%s", faults[i / 2].name );
        put_text( &server.answer, 8, text );
        raw_start( &server );
        ok_hr( open_client( client, "service", NULL ), later ? S_OK : faults[i / 2].hr );
        if (later)
        {
            ok_hr( receive_pair( client, &pair ), faults[i / 2].hr );
            ok_hr( WsGetChannelProperty( client, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
            ok_eq( state, WS_CHANNEL_STATE_FAULTED );
            ok_hr( send_pair( client, 1, 2 ), WS_E_INVALID_OPERATION );
            ok_hr( WsCloseChannel( client, NULL, NULL ), S_OK );
        }
        WsFreeChannel( client );
        raw_join( &server );
    }
    test_context( NULL );
    closesocket( server.listening );
}

struct waiter { HANDLE event; HRESULT hr; };

static void CALLBACK wake( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct waiter *waiter = state;

    (void)model;
    waiter->hr = hr;
    SetEvent( waiter->event );
}

static DWORD WINAPI abort_soon( void *channel )
{
    WS_CHANNEL_STATE state = WS_CHANNEL_STATE_CREATED;
    int i;

    for (i = 0; i < 3000 && state == WS_CHANNEL_STATE_CREATED; i++)
    {
        Sleep( 10 );
        WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL );
    }
    Sleep( 50 );
    ok_hr( WsAbortChannel( channel, NULL ), S_OK );
    return 0;
}

/* Servers that do not speak the framing, close, or say nothing; aborts of an open that waits for the acknowledgement. */
static void test_bad_servers( void )
{
    static const ULONG timeout = 200;
    WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT, (void *)&timeout, sizeof(timeout) };
    struct raw_server server = { .listening = raw_listen() };
    struct waiter waiter = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) };
    WS_ASYNC_CONTEXT async = { wake, &waiter };
    WS_CHANNEL *client = make_client( NULL, 0 );
    WS_CHANNEL_STATE state;
    HANDLE thread;
    DWORD start;
    int i;

    put( &server.answer, "HTTP/1.1 400 Bad Request\r\n\r\n", 28 );
    raw_start( &server );
    ok_hr( open_client( client, "service", NULL ), WS_E_ENDPOINT_FAILURE );
    raw_join( &server );
    server.answer.size = 0;
    raw_start( &server );
    ok_hr( open_client( client, "service", NULL ), WS_E_ENDPOINT_DISCONNECTED );
    raw_join( &server );
    ok_hr( WsGetChannelProperty( client, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
    ok_eq( state, WS_CHANNEL_STATE_CREATED );

    server.hold = TRUE;
    for (i = 0; i < 10; i++)
    {
        raw_start( &server );
        start = test_clock();
        if (i & 1)
        {
            thread = CreateThread( NULL, 0, abort_soon, client, 0, NULL );
            ok_hr( open_client( client, "service", NULL ), WS_E_OPERATION_ABORTED );
            WaitForSingleObject( thread, INFINITE );
            CloseHandle( thread );
        }
        else
        {
            ok_hr( open_client( client, "service", &async ), WS_S_ASYNC );
            Sleep( i * 10 );
            ok_hr( WsAbortChannel( client, NULL ), S_OK );
            ok( !WaitForSingleObject( waiter.event, 10000 ), "the open still waits\n" );
            ok_hr( waiter.hr, WS_E_OPERATION_ABORTED );
        }
        ok( test_clock() - start < 10000, "the abort took too long\n" );
        /* where the abort came before the connection, the server waits for one */
        closesocket( http_connect( test_port( 5 ) ) );
        raw_join( &server );
    }
    WsFreeChannel( client );
    closesocket( server.listening );

    server.listening = raw_listen();
    client = make_client( &prop, 1 );
    raw_start( &server );
    ok_hr( open_client( client, "service", NULL ), WS_E_OPERATION_TIMED_OUT );
    raw_join( &server );
    WsFreeChannel( client );
    closesocket( server.listening );
    CloseHandle( waiter.event );
}

/* --- modes ----------------------------------------------------------------------------------------------------------------------- */

static const WS_ENCODING utf8 = WS_ENCODING_XML_UTF8, binary = WS_ENCODING_XML_BINARY_1;
static const WS_TRANSFER_MODE streamed = WS_STREAMED_TRANSFER_MODE;
#define TEXT12 3        /* the known encoding of SOAP 1.2 in UTF-8 */

#define ENVELOPE12 "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://www.w3.org/2005/08/addressing\">" \
    "<s:Header><a:Action>" SERVICE_NS "Add</a:Action></s:Header><s:Body>" ADD_BODY "</s:Body></s:Envelope>"

/* The same envelope sized, and in chunks. */
static void put_sized( struct bytes *b )
{
    put_text( b, 6, ENVELOPE12 );
}

static void put_chunks( struct bytes *b )
{
    static const char text[] = ENVELOPE12;
    unsigned int i;

    put( b, "\x05", 1 );
    for (i = 0; i < sizeof(text) - 1; i += 50)
    {
        char size = sizeof(text) - 1 - i < 50 ? sizeof(text) - 1 - i : 50;
        put( b, &size, 1 );
        put( b, text + i, size );
    }
    put( b, "\x00", 1 );
}

/* Clients of every mode, as they are on the wire. */
static void test_modes( void )
{
    WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_ENCODING, (void *)&utf8, sizeof(utf8) };
    struct pair pair;
    WS_CHANNEL *channel;
    WS_LISTENER *listener = make_listener( "service", NULL, 0, &prop, 1, &channel );
    char record[3];
    int mode, i;
    SOCKET s;

    for (mode = 1; mode <= 4; mode++)
    {
        BOOL singleton = mode == 1 || mode == 4, again;
        struct bytes b = { .size = 0 };

        test_context( "mode %d", mode );
        s = raw_connect();
        for (again = FALSE; again <= singleton; again++)    /* a connection may have a singleton session after another */
        {
            b.size = 0;
            put_preamble( &b, mode, "/service", TEXT12 );
            if (mode == 1) put_chunks( &b );
            else put_sized( &b );
            if (!singleton)
            {
                put_chunks( &b );
                put_sized( &b );
            }
            put( &b, "\x07", 1 );
            for (i = 0; i < b.size; i += 97) send( s, b.data + i, b.size - i < 97 ? b.size - i : 97, 0 );
            expect_byte( s, 0x0b );
            ok_hr( WsAcceptChannel( listener, channel, NULL, NULL ), S_OK );
            for (i = 0; i < (singleton ? 1 : 3); i++)
            {
                ok_hr( receive_pair( channel, &pair ), S_OK );
                ok_eq( pair.a * 10 + pair.b, 23 );
            }
            ok_hr( receive_pair( channel, &pair ), WS_S_END );
            ok_hr( send_pair( channel, 4, 5 ), mode == 3 ? WS_E_INVALID_OPERATION : S_OK );
            if (singleton) ok_hr( send_pair( channel, 4, 5 ), WS_E_INVALID_OPERATION );
            ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
            ok_hr( WsResetChannel( channel, NULL ), S_OK );
            if (mode == 3)
            {
                expect_byte( s, 7 );
                continue;
            }
            /* the answer, sized or in one chunk, and the end */
            ok( raw_read( s, record, 3 ), "no answer\n" );
            ok_eq( record[0], mode == 1 ? 5 : 6 );
            i = (record[1] & 0x7f) | record[2] << 7;
            while (i > 0 && raw_read( s, record, 1 )) i--;
            ok_eq( i, 0 );
            if (mode == 1) expect_byte( s, 0 );
            expect_byte( s, 7 );
        }
        closesocket( s );
    }
    test_context( NULL );
    close_listener( listener, channel );
}

struct stream_server { WS_LISTENER *listener; WS_CHANNEL *channel; };

static DWORD WINAPI stream_serve( void *arg )
{
    struct stream_server *server = arg;
    const WS_MESSAGE_DESCRIPTION *descs[] = { &note_message };
    WS_HEAP *heap = make_heap();
    WS_MESSAGE *message = NULL;
    struct remark remark;
    struct pair pair;

    ok_hr( WsCreateMessageForChannel( server->channel, NULL, 0, &message, NULL ), S_OK );
    while (WsAcceptChannel( server->listener, server->channel, NULL, NULL ) == S_OK)
    {
        HRESULT hr;

        WsResetMessage( message, NULL );
        hr = WsReceiveMessage( server->channel, message, descs, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, heap, &remark,
                               sizeof(remark), NULL, NULL, NULL );
        ok( hr == S_OK || hr == WS_E_QUOTA_EXCEEDED || hr == WS_S_END, "got %#lx\n", hr );
        if (hr == S_OK)
        {
            ok_hr( send_pair( server->channel, lstrlenW( remark.text ), 1 ), S_OK );
            ok_hr( receive_pair( server->channel, &pair ), WS_S_END );
        }
        ok_hr( WsCloseChannel( server->channel, NULL, NULL ), S_OK );
        ok_hr( WsResetChannel( server->channel, NULL ), S_OK );
        WsResetHeap( heap, NULL );
    }
    WsFreeMessage( message );
    WsFreeHeap( heap );
    return 0;
}

/* WS_CHANNEL_PROPERTY_TRANSFER_MODE: documented for HTTP; here a client over net.tcp with it talks to what WCF calls streamed. */
static void test_streamed( void )
{
    WS_CHANNEL_PROPERTY props[] =
    {
        { WS_CHANNEL_PROPERTY_ENCODING, (void *)&binary, sizeof(binary) },
        { WS_CHANNEL_PROPERTY_TRANSFER_MODE, (void *)&streamed, sizeof(streamed) },
    };
    struct stream_server server;
    WS_CHANNEL *client;
    WS_MESSAGE *message = NULL;
    struct remark remark;
    struct pair pair;
    HANDLE thread;
    int i;

    if (!test_state.ours)
    {
        skip( "not documented\n" );
        return;
    }
    server.listener = make_listener( "service", NULL, 0, props, 2, &server.channel );
    thread = CreateThread( NULL, 0, stream_serve, &server, 0, NULL );
    client = make_client( props, 2 );
    remark.text = malloc( 400001 * sizeof(WCHAR) );
    ok_hr( open_client( client, "service", NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( client, NULL, 0, &message, NULL ), S_OK );
    for (i = 1; i <= 400000; i = i * 3 + 1)      /* far more than a buffered message may have */
    {
        int j;

        for (j = 0; j < i; j++) remark.text[j] = 'a' + j % 26;
        remark.text[i] = 0;
        WsResetMessage( message, NULL );
        ok_hr( WsSendMessage( client, message, &note_message, WS_WRITE_REQUIRED_VALUE, &remark, sizeof(remark), NULL, NULL ), S_OK );
        ok_hr( receive_pair( client, &pair ), S_OK );
        ok_eq( pair.a, i );
    }
    /* the next message begins a new session, also where the last one was not answered yet */
    ok_hr( receive_pair( client, &pair ), WS_S_END );
    ok_hr( WsCloseChannel( client, NULL, NULL ), S_OK );
    WsFreeMessage( message );
    WsFreeChannel( client );
    free( remark.text );
    ok_hr( WsAbortListener( server.listener, NULL ), S_OK );
    ok( !WaitForSingleObject( thread, 10000 ), "the server did not end\n" );
    CloseHandle( thread );
    close_listener( server.listener, server.channel );
}

/* --- limits and ends --------------------------------------------------------------------------------------------------------------- */

static void connect_pair( WS_LISTENER *listener, WS_CHANNEL *channel, WS_CHANNEL *client )
{
    ok_hr( open_client( client, "service", NULL ), S_OK );
    ok_hr( WsAcceptChannel( listener, channel, NULL, NULL ), S_OK );
}

static void disconnect_pair( WS_CHANNEL *channel, WS_CHANNEL *client )
{
    ok_hr( WsAbortChannel( client, NULL ), S_OK );
    ok_hr( WsCloseChannel( client, NULL, NULL ), S_OK );
    ok_hr( WsResetChannel( client, NULL ), S_OK );
    ok_hr( WsAbortChannel( channel, NULL ), S_OK );
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    ok_hr( WsResetChannel( channel, NULL ), S_OK );
}

static void test_limits( void )
{
    static const ULONG dictionary = 30;
    WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE, (void *)&dictionary, sizeof(dictionary) };
    WS_CHANNEL *channel, *client = make_client( &prop, 1 ), *plain = make_client( NULL, 0 );
    WS_LISTENER *listener = make_listener( "service", NULL, 0, &prop, 1, &channel );
    WS_CHANNEL_STATE state;
    struct bytes b = { .size = 0 };
    struct pair pair;
    SOCKET s;
    int i;

    /* a sender keeps within the quota of its dictionary */
    connect_pair( listener, channel, client );
    for (i = 0; i < 5; i++)
    {
        ok_hr( send_pair( client, i, 2 ), S_OK );
        ok_hr( receive_pair( channel, &pair ), S_OK );
        ok_eq( pair.a, i );
    }
    disconnect_pair( channel, client );
    /* a receiver's channel faults when it is exceeded */
    connect_pair( listener, channel, plain );
    for (i = 0; i < 3; i++)
    {
        struct remark remark = { (WCHAR *)L"text" };
        WS_MESSAGE *message = NULL;
        struct mixed mixed = { 1, (WCHAR *)L"text" };
        struct span span = { 3 };

        ok_hr( WsCreateMessageForChannel( plain, NULL, 0, &message, NULL ), S_OK );
        if (!i) ok_hr( WsSendMessage( plain, message, &note_message, WS_WRITE_REQUIRED_VALUE, &remark, sizeof(remark), NULL, NULL ), S_OK );
        if (i == 1) ok_hr( WsSendMessage( plain, message, &swap_message, WS_WRITE_REQUIRED_VALUE, &mixed, sizeof(mixed), NULL, NULL ), S_OK );
        if (i == 2) ok_hr( WsSendMessage( plain, message, &sleep_message, WS_WRITE_REQUIRED_VALUE, &span, sizeof(span), NULL, NULL ), S_OK );
        WsFreeMessage( message );
    }
    for (i = 0; i < 3; i++)
    {
        WS_MESSAGE *message = NULL;
        HRESULT hr;

        ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &message, NULL ), S_OK );
        hr = WsReadMessageStart( channel, message, NULL, NULL );
        if (hr == S_OK) ok_hr( WsAbandonMessage( channel, message, NULL ), S_OK );
        WsFreeMessage( message );
        if (hr == S_OK) continue;
        ok_hr( hr, WS_E_QUOTA_EXCEEDED );
        break;
    }
    ok( i < 3, "the quota was not reached\n" );
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
    ok_eq( state, WS_CHANNEL_STATE_FAULTED );
    disconnect_pair( channel, plain );
    WsFreeChannel( plain );
    WsFreeChannel( client );

    /* an envelope that is announced too large */
    put_preamble( &b, 2, "/service", 8 );
    put( &b, "\x06\x81\x80\x04", 4 );
    s = raw_connect();
    send( s, b.data, b.size, 0 );
    expect_byte( s, 0x0b );
    ok_hr( WsAcceptChannel( listener, channel, NULL, NULL ), S_OK );
    ok_hr( receive_pair( channel, &pair ), WS_E_QUOTA_EXCEEDED );
    expect_fault( s, "MaxMessageSizeExceededFault" );
    closesocket( s );
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    close_listener( listener, channel );
}

/* One side ends its sending, the other goes on; messages that come after the close are discarded. */
static void test_half_close( void )
{
    WS_CHANNEL *channel, *client = make_client( NULL, 0 );
    WS_LISTENER *listener = make_listener( "service", NULL, 0, NULL, 0, &channel );
    BOOL shut = FALSE;
    struct pair pair;
    HRESULT hr;
    int i;

    connect_pair( listener, channel, client );
    ok_hr( send_pair( client, 1, 2 ), S_OK );
    ok_hr( WsShutdownSessionChannel( client, NULL, NULL ), S_OK );
    ok_hr( WsShutdownSessionChannel( client, NULL, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( send_pair( client, 1, 2 ), WS_E_INVALID_OPERATION );
    ok_hr( receive_pair( channel, &pair ), S_OK );
    for (i = 0; i < 3; i++)
    {
        ok_hr( receive_pair( channel, &pair ), WS_S_END );      /* again and again */
        ok_hr( send_pair( channel, i, 3 ), S_OK );
    }
    for (i = 0; i < 2; i++)
    {
        ok_hr( receive_pair( client, &pair ), S_OK );
        ok_eq( pair.a, i );
    }
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_IS_SESSION_SHUT_DOWN, &shut, sizeof(shut), NULL ), S_OK );
    ok_eq( shut, FALSE );
    ok_hr( WsShutdownSessionChannel( channel, NULL, NULL ), S_OK );
    ok_hr( WsCloseChannel( client, NULL, NULL ), S_OK );        /* with a message that nobody has received */
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    ok_hr( WsResetChannel( client, NULL ), S_OK );
    ok_hr( WsResetChannel( channel, NULL ), S_OK );
    /* a peer that is gone without an end */
    connect_pair( listener, channel, client );
    ok_hr( WsAbortChannel( client, NULL ), S_OK );
    ok_hr( WsCloseChannel( client, NULL, NULL ), S_OK );
    hr = receive_pair( channel, &pair );
    ok( hr == WS_E_ENDPOINT_DISCONNECTED, "got %#lx\n", hr );
    ok_hr( receive_pair( channel, &pair ), WS_E_INVALID_OPERATION );
    ok_hr( WsShutdownSessionChannel( channel, NULL, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    WsFreeChannel( client );
    close_listener( listener, channel );
}

/* Receive and close timeouts; they can be set in any state. */
static void test_timeouts( void )
{
    static const WS_CHANNEL_PROPERTY_ID ids[] = { WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT, WS_CHANNEL_PROPERTY_CLOSE_TIMEOUT };
    WS_CHANNEL *channel, *client;
    WS_LISTENER *listener = make_listener( "service", NULL, 0, NULL, 0, &channel );
    struct waiter waiter = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) };
    WS_ASYNC_CONTEXT async = { wake, &waiter };
    ULONG timeout = 150;
    unsigned int i;
    struct pair pair;

    for (i = 0; i < 4; i++)
    {
        BOOL later = i & 1, closing = i >> 1;
        WS_CHANNEL_PROPERTY prop = { ids[closing], &timeout, sizeof(timeout) };
        DWORD start;

        test_context( "timeout %u", i );
        client = make_client( &prop, !later );
        connect_pair( listener, channel, client );
        if (later) ok_hr( WsSetChannelProperty( client, prop.id, &timeout, sizeof(timeout), NULL ), S_OK );
        start = test_clock();
        if (!closing) ok_hr( receive_pair( client, &pair ), WS_E_OPERATION_TIMED_OUT );
        else if (later) ok_hr( WsCloseChannel( client, NULL, NULL ), WS_E_OPERATION_TIMED_OUT );
        else
        {
            ok_hr( WsCloseChannel( client, &async, NULL ), WS_S_ASYNC );
            ok( !WaitForSingleObject( waiter.event, 10000 ), "the close still waits\n" );
            ok_hr( waiter.hr, WS_E_OPERATION_TIMED_OUT );
        }
        start = test_clock() - start;
        ok( start >= 140 && start < 10000, "it took %lu ms\n", start );
        if (!closing) ok_hr( WsCloseChannel( client, NULL, NULL ), S_OK );
        WsFreeChannel( client );
        ok_hr( WsAbortChannel( channel, NULL ), S_OK );
        ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
        ok_hr( WsResetChannel( channel, NULL ), S_OK );
    }
    test_context( NULL );
    CloseHandle( waiter.event );
    close_listener( listener, channel );
}

/* An abort ends each pending operation, at once and with WS_E_OPERATION_ABORTED. */
static void test_aborts( void )
{
    WS_CHANNEL *channel, *client;
    WS_LISTENER *listener = make_listener( "service", NULL, 0, NULL, 0, &channel );
    struct waiter waiter = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) };
    WS_ASYNC_CONTEXT async = { wake, &waiter };
    WS_MESSAGE *message = NULL;
    HANDLE thread;
    HRESULT hr;
    int i;

    for (i = 0; i < 24; i++)
    {
        test_context( "round %d", i );
        client = make_client( NULL, 0 );
        connect_pair( listener, channel, client );
        ok_hr( WsCreateMessageForChannel( client, NULL, 0, &message, NULL ), S_OK );
        switch (i % 4)
        {
        case 0:     /* a receive in another thread's call */
            thread = CreateThread( NULL, 0, abort_soon, client, 0, NULL );
            ok_hr( WsReadMessageStart( client, message, NULL, NULL ), WS_E_OPERATION_ABORTED );
            WaitForSingleObject( thread, INFINITE );
            CloseHandle( thread );
            break;
        case 1:
            ok_hr( WsReadMessageStart( client, message, &async, NULL ), WS_S_ASYNC );
            if (i & 8) Sleep( 5 );
            ok_hr( WsAbortChannel( client, NULL ), S_OK );
            ok( !WaitForSingleObject( waiter.event, 10000 ), "the receive still waits\n" );
            ok_hr( waiter.hr, WS_E_OPERATION_ABORTED );
            break;
        case 2:     /* the close waits for the other side's end */
            ok_hr( WsCloseChannel( client, &async, NULL ), WS_S_ASYNC );
            if (i & 8) Sleep( 5 );
            ok_hr( WsAbortChannel( client, NULL ), S_OK );
            ok( !WaitForSingleObject( waiter.event, 10000 ), "the close still waits\n" );
            ok_hr( waiter.hr, WS_E_OPERATION_ABORTED );
            break;
        case 3:     /* nothing is under way */
            ok_hr( WsAbortChannel( client, NULL ), S_OK );
            ok_hr( WsReadMessageStart( client, message, NULL, NULL ), WS_E_INVALID_OPERATION );
            break;
        }
        hr = WsCloseChannel( client, NULL, NULL );
        ok( hr == S_OK, "got %#lx\n", hr );
        WsFreeMessage( message );
        WsFreeChannel( client );
        ok_hr( WsAbortChannel( channel, NULL ), S_OK );
        ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
        ok_hr( WsResetChannel( channel, NULL ), S_OK );
    }
    test_context( NULL );
    CloseHandle( waiter.event );
    close_listener( listener, channel );
}

/* --- the order of calls ------------------------------------------------------------------------------------------------------------ */

#define WRONG WS_E_INVALID_OPERATION

static HRESULT op_open( WS_CHANNEL *channel, WS_MESSAGE *message ) { (void)message; return open_client( channel, "service", NULL ); }
static HRESULT op_close( WS_CHANNEL *channel, WS_MESSAGE *message ) { (void)message; return WsCloseChannel( channel, NULL, NULL ); }
static HRESULT op_abort( WS_CHANNEL *channel, WS_MESSAGE *message ) { (void)message; return WsAbortChannel( channel, NULL ); }
static HRESULT op_reset( WS_CHANNEL *channel, WS_MESSAGE *message ) { (void)message; return WsResetChannel( channel, NULL ); }
static HRESULT op_shutdown( WS_CHANNEL *channel, WS_MESSAGE *message )
{
    (void)message;
    return WsShutdownSessionChannel( channel, NULL, NULL );
}
static HRESULT op_send( WS_CHANNEL *channel, WS_MESSAGE *message ) { (void)message; return send_pair( channel, 1, 2 ); }
static HRESULT op_read_start( WS_CHANNEL *channel, WS_MESSAGE *message ) { return WsReadMessageStart( channel, message, NULL, NULL ); }
static HRESULT op_read_end( WS_CHANNEL *channel, WS_MESSAGE *message ) { return WsReadMessageEnd( channel, message, NULL, NULL ); }
static HRESULT op_write_end( WS_CHANNEL *channel, WS_MESSAGE *message ) { return WsWriteMessageEnd( channel, message, NULL, NULL ); }
static HRESULT op_abandon( WS_CHANNEL *channel, WS_MESSAGE *message ) { return WsAbandonMessage( channel, message, NULL ); }
static HRESULT op_is_shut_down( WS_CHANNEL *channel, WS_MESSAGE *message )
{
    BOOL shut;

    (void)message;
    return WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_IS_SESSION_SHUT_DOWN, &shut, sizeof(shut), NULL );
}
static HRESULT op_set_timeout( WS_CHANNEL *channel, WS_MESSAGE *message )
{
    ULONG timeout = 20000;

    (void)message;
    return WsSetChannelProperty( channel, WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT, &timeout, sizeof(timeout), NULL );
}

/* Each call in each state that a client's channel can rest in; the other side has ended its sending already. */
static void test_order( void )
{
    enum { CREATED, OPEN, SHUT, FAULTED, CLOSED, STATES };
    static const WS_CHANNEL_STATE states[] =
    {
        WS_CHANNEL_STATE_CREATED, WS_CHANNEL_STATE_OPEN, WS_CHANNEL_STATE_OPEN, WS_CHANNEL_STATE_FAULTED, WS_CHANNEL_STATE_CLOSED
    };
    static const struct { const char *name; HRESULT (*call)( WS_CHANNEL *, WS_MESSAGE * ); HRESULT expected[STATES]; } calls[] =
    {
        /*                                           created  open      shut      faulted  closed */
        { "WsOpenChannel", op_open,                { S_OK,    WRONG,    WRONG,    WRONG,   WRONG } },
        { "WsCloseChannel", op_close,              { S_OK,    S_OK,     S_OK,     S_OK,    S_OK } },
        { "WsAbortChannel", op_abort,              { S_OK,    S_OK,     S_OK,     S_OK,    S_OK } },
        { "WsResetChannel", op_reset,              { S_OK,    WRONG,    WRONG,    WRONG,   S_OK } },
        { "WsShutdownSessionChannel", op_shutdown, { WRONG,   S_OK,     WRONG,    WRONG,   WRONG } },
        { "WsSendMessage", op_send,                { WRONG,   S_OK,     WRONG,    WRONG,   WRONG } },
        { "WsReadMessageStart", op_read_start,     { WRONG,   WS_S_END, WS_S_END, WRONG,   WRONG } },
        { "WsReadMessageEnd", op_read_end,         { WRONG,   WRONG,    WRONG,    WRONG,   WRONG } },
        { "WsWriteMessageEnd", op_write_end,       { WRONG,   WRONG,    WRONG,    WRONG,   WRONG } },
        { "WsAbandonMessage", op_abandon,          { WRONG,   WRONG,    WRONG,    WRONG,   WRONG } },
        { "IS_SESSION_SHUT_DOWN", op_is_shut_down, { WRONG,   S_OK,     S_OK,     S_OK,    WRONG } },
        { "RECEIVE_TIMEOUT", op_set_timeout,       { S_OK,    S_OK,     S_OK,     S_OK,    S_OK } },
    };
    WS_CHANNEL *channel, *client;
    WS_LISTENER *listener = make_listener( "service", NULL, 0, NULL, 0, &channel );
    WS_CHANNEL_STATE state;
    WS_MESSAGE *message;
    unsigned int i, s;

    for (i = 0; i < ARRAYSIZE( calls ); i++)
    {
        for (s = CREATED; s < STATES; s++)
        {
            test_context( "%s, state %u", calls[i].name, s );
            client = make_client( NULL, 0 );
            ok_hr( WsCreateMessageForChannel( client, NULL, 0, &message, NULL ), S_OK );
            if (s != CREATED)
            {
                connect_pair( listener, channel, client );
                ok_hr( WsShutdownSessionChannel( channel, NULL, NULL ), S_OK );
            }
            if (s == SHUT) ok_hr( WsShutdownSessionChannel( client, NULL, NULL ), S_OK );
            if (s == FAULTED) ok_hr( WsAbortChannel( client, NULL ), S_OK );
            if (s == CLOSED) ok_hr( WsCloseChannel( client, NULL, NULL ), S_OK );
            ok_hr( WsGetChannelProperty( client, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
            ok_eq( state, states[s] );
            ok_hr( calls[i].call( client, message ), calls[i].expected[s] );
            if (s == CREATED && calls[i].call == op_open) ok_hr( WsAcceptChannel( listener, channel, NULL, NULL ), S_OK );
            WsAbortChannel( client, NULL );
            ok_hr( WsCloseChannel( client, NULL, NULL ), S_OK );
            WsFreeMessage( message );
            WsFreeChannel( client );
            WsAbortChannel( channel, NULL );
            ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
            ok_hr( WsResetChannel( channel, NULL ), S_OK );
        }
    }
    test_context( NULL );
    close_listener( listener, channel );
}

/* ne-webservices-ws_channel_type: net.tcp has duplex sessions only. */
static void test_types( void )
{
    static const WS_CHANNEL_TYPE types[] =
    {
        WS_CHANNEL_TYPE_INPUT, WS_CHANNEL_TYPE_OUTPUT, WS_CHANNEL_TYPE_SESSION, WS_CHANNEL_TYPE_INPUT_SESSION,
        WS_CHANNEL_TYPE_OUTPUT_SESSION, WS_CHANNEL_TYPE_DUPLEX, WS_CHANNEL_TYPE_REQUEST, WS_CHANNEL_TYPE_REPLY
    };
    WS_LISTENER *listener = NULL;
    WS_CHANNEL *channel = NULL;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( types ); i++)
    {
        test_context( "type %#x", types[i] );
        ok_hr( WsCreateChannel( types[i], WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL ), E_INVALIDARG );
        ok_hr( WsCreateListener( types[i], WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &listener, NULL ), E_INVALIDARG );
    }
    test_context( NULL );
}

TESTS( framing, { "preambles", test_preambles }, { "via", test_via }, { "faults", test_faults }, { "bad_servers", test_bad_servers },
       { "modes", test_modes }, { "streamed", test_streamed }, { "limits", test_limits }, { "half_close", test_half_close },
       { "timeouts", test_timeouts }, { "aborts", test_aborts },
       { "order", test_order }, { "types", test_types } )
