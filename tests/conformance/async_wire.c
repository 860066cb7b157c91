/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asynchronous functions over HTTP and net.tcp. The other side is this program's main thread with a plain socket: it does its part only
 * after the call has returned, so that what has to wait does wait, every time. */
#include "async_calls.h"

#define PORT test_port( 6 )         /* of the plain socket, and of listeners and hosts when the plain socket is the client */
#define BIG 20000000                /* bytes of a message that no socket buffers take */

static struct
{
    WS_CHANNEL *channel;
    WS_LISTENER *listener;
    WS_SERVICE_PROXY *proxy;
    WS_SERVICE_HOST *host;
    WS_MESSAGE *in, *out;
    WS_HEAP *heap;
    SOCKET listening, peer;
    HANDLE entered, leave;          /* the operation of the host */
    struct pending other;           /* a call under way beside the one that is looked at */
    struct pair pair;
    struct single sum;
    int result;
    BOOL tcp;
} w;

static WCHAR url_text[128];
static WS_ENDPOINT_ADDRESS address;
static WS_ERROR *fault_error;

/* --- the other side ---------------------------------------------------------------------------------------------------------------- */

static void peer_listen( void )
{
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons( PORT ) };
    int room = 65536;
    WSADATA data;
    BOOL on = TRUE;

    WSAStartup( MAKEWORD( 2, 2 ), &data );
    addr.sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    w.listening = socket( AF_INET, SOCK_STREAM, 0 );
    setsockopt( w.listening, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof(on) );
    setsockopt( w.listening, SOL_SOCKET, SO_RCVBUF, (char *)&room, sizeof(room) );
    ok( !bind( w.listening, (struct sockaddr *)&addr, sizeof(addr) ), "bind failed, error %d\n", WSAGetLastError() );
    ok( !listen( w.listening, 5 ), "listen failed, error %d\n", WSAGetLastError() );
}

static void peer_timeout( void )
{
    DWORD timeout = PENDING_TIMEOUT;

    setsockopt( w.peer, SOL_SOCKET, SO_RCVTIMEO, (char *)&timeout, sizeof(timeout) );
}

static void peer_accept( void )
{
    struct timeval limit = { PENDING_TIMEOUT / 1000, 0 };
    fd_set set;

    if (w.peer != INVALID_SOCKET) return;
    FD_ZERO( &set );
    FD_SET( w.listening, &set );
    if (select( 0, &set, NULL, NULL, &limit ) > 0) w.peer = accept( w.listening, NULL, NULL );
    ok( w.peer != INVALID_SOCKET, "no connection\n" );
    peer_timeout();
}

static void peer_connect( void )
{
    int room = 65536;

    w.peer = http_connect( PORT );
    setsockopt( w.peer, SOL_SOCKET, SO_RCVBUF, (char *)&room, sizeof(room) );
    ok( w.peer != INVALID_SOCKET, "no connection\n" );
    peer_timeout();
}

static BOOL peer_read( char *bytes, int size )
{
    int got, len = 0;

    while (len < size && (got = recv( w.peer, bytes + len, size - len, 0 )) > 0) len += got;
    return len == size;
}

static void peer_send( const char *bytes, int size )
{
    peer_accept();
    ok( send( w.peer, bytes, size, 0 ) == size, "send failed, error %d\n", WSAGetLastError() );
}

static void peer_close( void )
{
    peer_accept();
    closesocket( w.peer );
    w.peer = INVALID_SOCKET;
}

static void peer_reset( void )
{
    static const struct linger hard = { 1, 0 };
    char first;

    peer_accept();
    ok( peer_read( &first, 1 ), "nothing came\n" );    /* the connection is up for the sender too */
    setsockopt( w.peer, SOL_SOCKET, SO_LINGER, (const char *)&hard, sizeof(hard) );
    peer_close();
}

/* Takes all of the big message. */
static void peer_take( void )
{
    static char scrap[1 << 18];
    int got, len = 0;

    peer_accept();
    while (len < BIG && (got = recv( w.peer, scrap, sizeof(scrap), 0 )) > 0) len += got;
    ok( len >= BIG, "only %d bytes came\n", len );
}

/* One HTTP request with a body of known length. */
static void peer_take_request( void )
{
    char text[4096], *end = NULL, *length;
    int len = 0, got, want = 1 << 30;

    peer_accept();
    while (len < want && len < (int)sizeof(text) - 1 && (got = recv( w.peer, text + len, sizeof(text) - 1 - len, 0 )) > 0)
    {
        text[len += got] = 0;
        if (!end && (end = strstr( text, "\r\n\r\n" )) && (length = strstr( text, "Content-Length: " )))
            want = end + 4 - text + atoi( length + 16 );
    }
    ok( len == want, "got %d bytes of %d\n", len, want );
}

#define ENVELOPE12( body ) "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>" body "</s:Body></s:Envelope>"
#define REPLY ENVELOPE12( "<AddResponse xmlns=\"" SERVICE_NS "\"><result>42</result></AddResponse>" )
#define FAULT ENVELOPE12( "<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang=\"en\">no</s:Text></s:Reason></s:Fault>" )

static void peer_answer_with( const char *status, const char *body )
{
    char text[2048];
    int len = snprintf( text, sizeof(text), "HTTP/1.1 %s\r\nContent-Type: application/soap+xml; charset=utf-8; action=\"" SERVICE_NS
                        "AddResponse\"\r\nContent-Length: %u\r\n\r\n%s", status, (unsigned int)strlen( body ), body );

    peer_take_request();
    peer_send( text, len );
}

static void peer_answer( void ) { peer_answer_with( "200 OK", REPLY ); }
static void peer_fault( void ) { peer_answer_with( "500 Internal Server Error", FAULT ); }
static void peer_not_found( void ) { peer_answer_with( "404 Not Found", "" ); }

static void peer_nonsense( void )
{
    peer_take_request();
    peer_send( "nonsense\r\n\r\n", 12 );
}

static void peer_cut( void )
{
    peer_take_request();
    peer_close();
}

static void peer_more( void ) { peer_send( "<x/></s:Body></s:Envelope>", 26 ); }

/* [MC-NMF]: a preamble for a duplex session with envelopes in text. */
static void peer_take_preamble( void )
{
    char bytes[256];

    peer_accept();
    ok( peer_read( bytes, 7 ) && peer_read( bytes + 7, bytes[6] + 3 ), "no preamble\n" );
    ok_eq( bytes[7 + bytes[6] + 2], 0x0c );
}

static void peer_ack( void )
{
    peer_take_preamble();
    peer_send( "\x0b", 1 );
}

static void peer_refuse( void )
{
    static const char name[] = "http://schemas.microsoft.com/ws/2006/05/framing/faults/EndpointNotFound";
    char head[2] = { 8, sizeof(name) - 1 };

    peer_take_preamble();
    peer_send( head, 2 );
    peer_send( name, sizeof(name) - 1 );
}

static void peer_hang_up( void )
{
    peer_take_preamble();
    peer_close();
}

static void peer_end( void ) { peer_send( "\x07", 1 ); }

#define ADD12 "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://www.w3.org/2005/08/addressing\">" \
    "<s:Header><a:Action>" SERVICE_NS "Add</a:Action></s:Header><s:Body>" ADD_BODY "</s:Body></s:Envelope>"

static void peer_envelope( void )
{
    static const char text[] = ADD12;
    char head[3] = { 6, (char)((sizeof(text) - 1) | 0x80), (sizeof(text) - 1) >> 7 };

    peer_send( head, 3 );
    peer_send( text, sizeof(text) - 1 );
}

/* As a client of a listener or host. */
static void peer_post( const char *action, const char *body )
{
    char text[2048], type[256];

    snprintf( type, sizeof(type), "application/soap+xml; charset=utf-8; action=\"" SERVICE_NS "%s\"", action );
    peer_connect();
    peer_send( text, http_text( text, sizeof(text), "wire", type, NULL, body ) );
}

static void peer_add( void ) { peer_post( "Add", ENVELOPE12( ADD_BODY ) ); }

static void peer_session( void )
{
    char bytes[256];
    int len = snprintf( bytes, sizeof(bytes), "%c%c%c%c%c%c%cnet.tcp://localhost:%u/wire%c%c%c", 0, 1, 0, 1, 2, 2, 0, PORT, 3, 3, 0x0c );

    bytes[6] = len - 10;
    peer_connect();
    peer_send( bytes, len );
}

static void peer_session_acked( void )
{
    char ack = 0;

    peer_session();
    ok( peer_read( &ack, 1 ) && ack == 0x0b, "no session, %d\n", ack );
}

/* --- calls --------------------------------------------------------------------------------------------------------------------------- */

static struct remark big;
static const WS_MESSAGE_DESCRIPTION *adds[] = { &add_message }, *answers[] = { &add_reply };

#define START( name, ... ) static HRESULT name( const WS_ASYNC_CONTEXT *async ) { return __VA_ARGS__; }
START( open_channel, WsOpenChannel( w.channel, &address, async, NULL ) )
START( close_channel, WsCloseChannel( w.channel, async, NULL ) )
START( write_start, WsWriteMessageStart( w.channel, w.out, async, NULL ) )
START( write_end, WsWriteMessageEnd( w.channel, w.out, async, NULL ) )
START( read_start, WsReadMessageStart( w.channel, w.in, async, NULL ) )
START( read_end, WsReadMessageEnd( w.channel, w.in, async, NULL ) )
START( fill_body, WsFillBody( w.in, 1, async, NULL ) )
START( flush_body, WsFlushBody( w.out, 0, async, NULL ) )
START( shutdown_channel, WsShutdownSessionChannel( w.channel, async, NULL ) )
START( send_big, WsSendMessage( w.channel, w.out, &note_message, WS_WRITE_REQUIRED_VALUE, &big, sizeof(big), async, NULL ) )
START( send_small, WsSendMessage( w.channel, w.out, &add_message, WS_WRITE_REQUIRED_VALUE, &w.pair, sizeof(w.pair), async, NULL ) )
START( receive, WsReceiveMessage( w.channel, w.in, w.tcp ? adds : answers, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, w.heap,
                                  &w.pair, w.tcp ? sizeof(w.pair) : sizeof(w.sum), NULL, async, NULL ) )
START( request_reply, WsRequestReply( w.channel, w.out, &add_message, WS_WRITE_REQUIRED_VALUE, &w.pair, sizeof(w.pair), w.in, &add_reply,
                                      WS_READ_REQUIRED_VALUE, w.heap, &w.sum, sizeof(w.sum), async, NULL ) )
START( reply_big, WsSendReplyMessage( w.channel, w.out, &note_message, WS_WRITE_REQUIRED_VALUE, &big, sizeof(big), w.in, async, NULL ) )
START( reply_fault, WsSendFaultMessageForError( w.channel, w.out, fault_error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, w.in, async, NULL ) )
START( open_listener, WsOpenListener( w.listener, &address.url, async, NULL ) )
START( close_listener, WsCloseListener( w.listener, async, NULL ) )
START( accept_channel, WsAcceptChannel( w.listener, w.channel, async, NULL ) )
START( open_proxy, WsOpenServiceProxy( w.proxy, &address, async, NULL ) )
START( close_proxy, WsCloseServiceProxy( w.proxy, async, NULL ) )
START( call, Service_Add( w.proxy, 1, 2, &w.result, w.heap, NULL, 0, async, NULL ) )
START( open_host, WsOpenServiceHost( w.host, async, NULL ) )
START( close_host, WsCloseServiceHost( w.host, async, NULL ) )

static void abort_channel( void ) { ok_hr( WsAbortChannel( w.channel, NULL ), S_OK ); }
static void abort_listener( void ) { ok_hr( WsAbortListener( w.listener, NULL ), S_OK ); }
static void end_listener( void ) { ok_hr( WsCloseListener( w.listener, NULL, NULL ), S_OK ); }
static void abort_proxy( void ) { ok_hr( WsAbortServiceProxy( w.proxy, NULL ), S_OK ); }
static void abandon_calls( void ) { ok_hr( WsAbandonCall( w.proxy, 0, NULL ), S_OK ); }
static void abort_host( void ) { ok_hr( WsAbortServiceHost( w.host, NULL ), S_OK ); }
static void let_operation_go( void ) { SetEvent( w.leave ); }

/* --- situations ------------------------------------------------------------------------------------------------------------------------ */

static void use_url( const char *host )
{
    test_url( url_text, w.tcp ? "net.tcp" : "http", host, PORT, "wire" );
    address.url.chars = url_text;
    address.url.length = lstrlenW( url_text );
}

/* Makes a call that needs the other side's part to come to its end. */
static void do_with( HRESULT (*start)( const WS_ASYNC_CONTEXT *async ), void (*part)( void ), HRESULT expected )
{
    WS_ASYNC_CONTEXT context;
    struct pending p;
    HRESULT hr;

    pending_init( &p );
    begin( &p, &context );
    hr = start( &context );
    p.inside = FALSE;
    if (part) part();
    if (hr == WS_S_ASYNC)
    {
        wait_for( &p, "the preparation" );
        hr = p.hr;
    }
    ok_hr( hr, expected );
    CloseHandle( p.event );
}

static void make_channel( WS_TRANSFER_MODE mode )
{
    static const WS_ENCODING encoding = WS_ENCODING_XML_UTF8;
    static const ULONG max = 2 * BIG;
    static const ULONGLONG max64 = 2 * BIG;
    WS_ADDRESSING_VERSION addressing = w.tcp ? WS_ADDRESSING_VERSION_1_0 : WS_ADDRESSING_VERSION_TRANSPORT;
    WS_CHANNEL_PROPERTY props[] =
    {
        { WS_CHANNEL_PROPERTY_ENCODING, (void *)&encoding, sizeof(encoding) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
        { WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, (void *)&max, sizeof(max) },
        { WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode) },
        { WS_CHANNEL_PROPERTY_MAX_STREAMED_FLUSH_SIZE, (void *)&max, sizeof(max) },
        { WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE, (void *)&max64, sizeof(max64) },
    };

    if (w.listener) ok_hr( WsCreateChannelForListener( w.listener, props, 3, &w.channel, NULL ), S_OK );
    else
        ok_hr( WsCreateChannel( w.tcp ? WS_CHANNEL_TYPE_DUPLEX_SESSION : WS_CHANNEL_TYPE_REQUEST,
                                w.tcp ? WS_TCP_CHANNEL_BINDING : WS_HTTP_CHANNEL_BINDING, props, mode ? 6 : 3, NULL, &w.channel, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( w.channel, NULL, 0, &w.in, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( w.channel, NULL, 0, &w.out, NULL ), S_OK );
}

static void created( void )
{
    peer_listen();
    use_url( "localhost" );
    make_channel( WS_BUFFERED_TRANSFER_MODE );
}

static void bad_address( void )
{
    created();
    address.url.length = 5;
}

static void opened( void )
{
    created();
    do_with( open_channel, w.tcp ? peer_ack : NULL, S_OK );
}

static void asked( void )           /* a request was sent */
{
    opened();
    do_with( send_small, NULL, S_OK );
    ok_hr( WsResetMessage( w.out, NULL ), S_OK );
}

static void written( void )         /* a big message up to its end */
{
    opened();
    ok_hr( WsInitializeMessage( w.out, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( WsWriteMessageStart( w.channel, w.out, NULL, NULL ), S_OK );
    ok_hr( WsWriteBody( w.out, note_message.bodyElementDescription, WS_WRITE_REQUIRED_VALUE, &big, sizeof(big), NULL ), S_OK );
}

static void initialized( void )
{
    opened();
    ok_hr( WsInitializeMessage( w.out, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
}

static void streaming_out( void )
{
    peer_listen();
    use_url( "localhost" );
    make_channel( WS_STREAMED_OUTPUT_TRANSFER_MODE );
    do_with( open_channel, NULL, S_OK );
    ok_hr( WsInitializeMessage( w.out, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( WsWriteMessageStart( w.channel, w.out, NULL, NULL ), S_OK );
    ok_hr( WsWriteBody( w.out, note_message.bodyElementDescription, WS_WRITE_REQUIRED_VALUE, &big, sizeof(big), NULL ), S_OK );
}

static void peer_begins( void )
{
    static const char start[] = "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml; charset=utf-8\r\nContent-Length: %u\r\n\r\n"
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>";
    char text[512];

    peer_take_request();
    peer_send( text, snprintf( text, sizeof(text), start, (unsigned int)strlen( strstr( start, "<s:" ) ) + 26 ) );
}

static void streaming_in( void )    /* the start of the answer has come */
{
    peer_listen();
    use_url( "localhost" );
    make_channel( WS_STREAMED_INPUT_TRANSFER_MODE );
    do_with( open_channel, NULL, S_OK );
    do_with( send_small, NULL, S_OK );
    do_with( read_start, peer_begins, S_OK );
}

static void make_listener( void )
{
    use_url( "localhost" );
    ok_hr( WsCreateListener( w.tcp ? WS_CHANNEL_TYPE_DUPLEX_SESSION : WS_CHANNEL_TYPE_REPLY,
                             w.tcp ? WS_TCP_CHANNEL_BINDING : WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, &w.listener, NULL ), S_OK );
}

static void address_in_use( void )
{
    peer_listen();
    make_listener();
}

static void bad_listener( void )
{
    make_listener();
    address.url.length = 5;
}

static void listening( void )
{
    make_listener();
    make_channel( WS_BUFFERED_TRANSFER_MODE );
    do_with( open_listener, NULL, S_OK );
}

static void accepted( void )        /* with a message that is being read */
{
    listening();
    do_with( accept_channel, w.tcp ? peer_session : peer_add, S_OK );
    if (w.tcp) peer_envelope();
    do_with( read_start, NULL, S_OK );
}

static void make_proxy( void )
{
    static const WS_ENCODING encoding = WS_ENCODING_XML_UTF8;
    WS_ADDRESSING_VERSION addressing = w.tcp ? WS_ADDRESSING_VERSION_1_0 : WS_ADDRESSING_VERSION_TRANSPORT;
    WS_CHANNEL_PROPERTY props[] =
    {
        { WS_CHANNEL_PROPERTY_ENCODING, (void *)&encoding, sizeof(encoding) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
    };

    peer_listen();
    use_url( "localhost" );
    ok_hr( WsCreateServiceProxy( w.tcp ? WS_CHANNEL_TYPE_DUPLEX_SESSION : WS_CHANNEL_TYPE_REQUEST,
                                 w.tcp ? WS_TCP_CHANNEL_BINDING : WS_HTTP_CHANNEL_BINDING, NULL, NULL, 0, props, 2, &w.proxy, NULL ), S_OK );
}

static void proxy_opened( void )
{
    make_proxy();
    do_with( open_proxy, w.tcp ? peer_ack : NULL, S_OK );
}

static void proxy_calling( void )
{
    WS_ASYNC_CONTEXT context;

    proxy_opened();
    begin( &w.other, &context );
    ok_hr( call( &context ), WS_S_ASYNC );
    w.other.inside = FALSE;
}

static void CALLBACK on_cancel( const WS_SERVICE_CANCEL_REASON reason, void *state )
{
    (void)reason, (void)state;
    let_operation_go();
}

static void CALLBACK on_free( void *state ) { (void)state; }

static HRESULT CALLBACK slow_add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                                  WS_ERROR *error )
{
    (void)async;
    *result = a + b;
    ok_hr( WsRegisterOperationForCancel( context, on_cancel, on_free, &w, error ), S_OK );
    SetEvent( w.entered );
    ok( !WaitForSingleObject( w.leave, PENDING_TIMEOUT ), "the operation was forgotten\n" );
    return S_OK;
}

static void make_host( void )
{
    static const struct test_methods methods = { slow_add, NULL, NULL, NULL };
    static const WS_ENCODING encoding = WS_ENCODING_XML_UTF8;
    static struct test_endpoint e;
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e.endpoint };
    ULONG timeout = 2 * PENDING_TIMEOUT;
    WS_SERVICE_PROPERTY prop = { WS_SERVICE_PROPERTY_CLOSE_TIMEOUT, &timeout, sizeof(timeout) };

    test_endpoint_init( &e, PORT, "wire", WS_ENVELOPE_VERSION_SOAP_1_2, w.tcp ? WS_ADDRESSING_VERSION_1_0 : WS_ADDRESSING_VERSION_TRANSPORT,
                        &methods );
    if (w.tcp)
    {
        test_url( e.url, "net.tcp", "localhost", PORT, "wire" );
        e.endpoint.address.url.length = lstrlenW( e.url );
        e.endpoint.channelBinding = WS_TCP_CHANNEL_BINDING;
        e.endpoint.channelType = WS_CHANNEL_TYPE_DUPLEX_SESSION;
        e.channel_props[2].id = WS_CHANNEL_PROPERTY_ENCODING;
        e.channel_props[2].value = (void *)&encoding;
        e.channel_props[2].valueSize = sizeof(encoding);
        e.endpoint.channelProperties.propertyCount = 3;
    }
    ok_hr( WsCreateServiceHost( endpoints, 1, &prop, 1, &w.host, NULL ), S_OK );
}

static void host_in_use( void )
{
    peer_listen();
    make_host();
}

static void host_opened( void )
{
    make_host();
    do_with( open_host, NULL, S_OK );
}

static void host_busy( void )
{
    host_opened();
    if (!w.tcp) peer_add();
    else
    {
        peer_session_acked();
        peer_envelope();
    }
    ok( !WaitForSingleObject( w.entered, PENDING_TIMEOUT ), "the operation was not entered\n" );
}

static void host_session( void )    /* a client has a session open */
{
    host_busy();
    let_operation_go();
}

/* --- the table --------------------------------------------------------------------------------------------------------------------------- */

enum kind { CHANNEL, LISTENER, PROXY, HOST };
enum { HTTP = 1, TCP = 2, BOTH = 3, ABORT = 4 };

#define GONE WS_E_ENDPOINT_DISCONNECTED
#define CUT WS_E_OPERATION_ABORTED

/* R created, O open, F faulted, D closed */
static const struct row
{
    const char *name, *what;
    int flags;                      /* bindings; ABORT: the part is an abort, from another thread and in another callback */
    enum kind kind;
    void (*set_up)( void );
    HRESULT (*start)( const WS_ASYNC_CONTEXT *async );
    void (*part)( void );           /* what ends it; NULL: it does not wait */
    HRESULT result;                 /* of the call or of the callback */
    char state;
} rows[] =
{
    { "WsOpenChannel", "nothing to do",       HTTP,         CHANNEL, created, open_channel, NULL, S_OK, 'O' },
    { "WsOpenChannel", "bad address",         BOTH,         CHANNEL, bad_address, open_channel, NULL, WS_E_INVALID_ENDPOINT_URL, 'R' },
    { "WsOpenChannel", "acknowledged",        TCP,          CHANNEL, created, open_channel, peer_ack, S_OK, 'O' },
    { "WsOpenChannel", "refused",             TCP,          CHANNEL, created, open_channel, peer_refuse, WS_E_ENDPOINT_NOT_FOUND, 'R' },
    { "WsOpenChannel", "connection closed",   TCP,          CHANNEL, created, open_channel, peer_hang_up, GONE, 'R' },
    { "WsOpenChannel", "aborted",             TCP | ABORT,  CHANNEL, created, open_channel, abort_channel, CUT, 'R' },
    { "WsCloseChannel", "nothing to do",      HTTP,         CHANNEL, opened, close_channel, NULL, S_OK, 'D' },
    { "WsCloseChannel", "end record",         TCP,          CHANNEL, opened, close_channel, peer_end, S_OK, 'D' },
    { "WsCloseChannel", "aborted",            TCP | ABORT,  CHANNEL, opened, close_channel, abort_channel, CUT, 'D' },
    { "WsWriteMessageStart", "nothing to do", BOTH,         CHANNEL, initialized, write_start, NULL, S_OK, 'O' },
    { "WsWriteMessageStart", "not open",      BOTH,         CHANNEL, created, write_start, NULL, WS_E_INVALID_OPERATION, 'R' },
    { "WsWriteMessageEnd", "taken",           BOTH,         CHANNEL, written, write_end, peer_take, S_OK, 'O' },
    { "WsWriteMessageEnd", "reset",           BOTH,         CHANNEL, written, write_end, peer_reset, GONE, '-' },
    { "WsWriteMessageEnd", "aborted",         BOTH | ABORT, CHANNEL, written, write_end, abort_channel, CUT, 'F' },
    { "WsFlushBody", "taken",                 HTTP,         CHANNEL, streaming_out, flush_body, peer_take, S_OK, 'O' },
    { "WsFlushBody", "reset",                 HTTP,         CHANNEL, streaming_out, flush_body, peer_reset, GONE, '-' },
    { "WsFlushBody", "aborted",               HTTP | ABORT, CHANNEL, streaming_out, flush_body, abort_channel, CUT, 'F' },
    { "WsReadMessageStart", "answered",       HTTP,         CHANNEL, asked, read_start, peer_answer, S_OK, 'O' },
    { "WsReadMessageStart", "envelope",       TCP,          CHANNEL, opened, read_start, peer_envelope, S_OK, 'O' },
    { "WsReadMessageStart", "end record",     TCP,          CHANNEL, opened, read_start, peer_end, WS_S_END, 'O' },
    { "WsReadMessageStart", "closed",         TCP,          CHANNEL, opened, read_start, peer_close, GONE, 'F' },
    { "WsReadMessageStart", "closed",         HTTP,         CHANNEL, asked, read_start, peer_cut, GONE, '-' },
    { "WsReadMessageStart", "nonsense",       HTTP,         CHANNEL, asked, read_start, peer_nonsense, WS_E_ENDPOINT_FAILURE, '-' },
    { "WsReadMessageStart", "404",            HTTP,         CHANNEL, asked, read_start, peer_not_found, WS_E_ENDPOINT_NOT_FOUND, '-' },
    { "WsReadMessageStart", "aborted",        HTTP | ABORT, CHANNEL, asked, read_start, abort_channel, CUT, 'F' },
    { "WsReadMessageStart", "aborted",        TCP | ABORT,  CHANNEL, opened, read_start, abort_channel, CUT, 'F' },
    { "WsFillBody", "more came",              HTTP,         CHANNEL, streaming_in, fill_body, peer_more, S_OK, 'O' },
    { "WsFillBody", "closed",                 HTTP,         CHANNEL, streaming_in, fill_body, peer_close, GONE, '-' },
    { "WsFillBody", "aborted",                HTTP | ABORT, CHANNEL, streaming_in, fill_body, abort_channel, CUT, 'F' },
    { "WsReadMessageEnd", "more came",        HTTP,         CHANNEL, streaming_in, read_end, peer_more, S_OK, 'O' },
    { "WsReadMessageEnd", "closed",           HTTP,         CHANNEL, streaming_in, read_end, peer_close, GONE, '-' },
    { "WsReadMessageEnd", "aborted",          HTTP | ABORT, CHANNEL, streaming_in, read_end, abort_channel, CUT, 'F' },
    { "WsReadMessageEnd", "all is there",     BOTH,         CHANNEL, accepted, read_end, NULL, S_OK, 'O' },
    { "WsShutdownSessionChannel", "at once",  TCP,          CHANNEL, opened, shutdown_channel, NULL, S_OK, 'O' },
    { "WsShutdownSessionChannel", "not open", TCP,          CHANNEL, created, shutdown_channel, NULL, WS_E_INVALID_OPERATION, 'R' },
    { "WsSendMessage", "taken",               BOTH,         CHANNEL, opened, send_big, peer_take, S_OK, 'O' },
    { "WsSendMessage", "reset",               BOTH,         CHANNEL, opened, send_big, peer_reset, GONE, '-' },
    { "WsSendMessage", "aborted",             BOTH | ABORT, CHANNEL, opened, send_big, abort_channel, CUT, 'F' },
    { "WsSendMessage", "not open",            BOTH,         CHANNEL, created, send_big, NULL, WS_E_INVALID_OPERATION, 'R' },
    { "WsReceiveMessage", "answered",         HTTP,         CHANNEL, asked, receive, peer_answer, S_OK, 'O' },
    { "WsReceiveMessage", "fault",            HTTP,         CHANNEL, asked, receive, peer_fault, WS_E_ENDPOINT_FAULT_RECEIVED, 'O' },
    { "WsReceiveMessage", "envelope",         TCP,          CHANNEL, opened, receive, peer_envelope, S_OK, 'O' },
    { "WsReceiveMessage", "end record",       TCP,          CHANNEL, opened, receive, peer_end, WS_S_END, 'O' },
    { "WsReceiveMessage", "closed",           TCP,          CHANNEL, opened, receive, peer_close, GONE, 'F' },
    { "WsReceiveMessage", "aborted",          HTTP | ABORT, CHANNEL, asked, receive, abort_channel, CUT, 'F' },
    { "WsReceiveMessage", "aborted",          TCP | ABORT,  CHANNEL, opened, receive, abort_channel, CUT, 'F' },
    { "WsRequestReply", "answered",           HTTP,         CHANNEL, opened, request_reply, peer_answer, S_OK, 'O' },
    { "WsRequestReply", "fault",              HTTP,         CHANNEL, opened, request_reply, peer_fault, WS_E_ENDPOINT_FAULT_RECEIVED, 'O' },
    { "WsRequestReply", "closed",             HTTP,         CHANNEL, opened, request_reply, peer_cut, GONE, '-' },
    { "WsRequestReply", "closed",             TCP,          CHANNEL, opened, request_reply, peer_close, GONE, 'F' },
    { "WsRequestReply", "aborted",            BOTH | ABORT, CHANNEL, opened, request_reply, abort_channel, CUT, 'F' },
    { "WsRequestReply", "not open",           BOTH,         CHANNEL, created, request_reply, NULL, WS_E_INVALID_OPERATION, 'R' },
    { "WsSendReplyMessage", "kept to be sent", HTTP,        CHANNEL, accepted, reply_big, NULL, S_OK, 'O' },
    { "WsSendReplyMessage", "taken",          TCP,          CHANNEL, accepted, reply_big, peer_take, S_OK, 'O' },
    { "WsSendReplyMessage", "reset",          TCP,          CHANNEL, accepted, reply_big, peer_reset, GONE, '-' },
    { "WsSendReplyMessage", "aborted",        TCP | ABORT,  CHANNEL, accepted, reply_big, abort_channel, CUT, 'F' },
    { "WsSendFaultMessageForError", "small",  BOTH,         CHANNEL, accepted, reply_fault, NULL, S_OK, 'O' },
    { "WsOpenListener", "at once",            BOTH,         LISTENER, make_listener, open_listener, NULL, S_OK, 'O' },
    { "WsOpenListener", "bad address",        BOTH,         LISTENER, bad_listener, open_listener, NULL, WS_E_INVALID_ENDPOINT_URL, 'R' },
    { "WsOpenListener", "in use",             BOTH,         LISTENER, address_in_use, open_listener, NULL, WS_E_ADDRESS_IN_USE, 'R' },
    { "WsCloseListener", "at once",           BOTH,         LISTENER, listening, close_listener, NULL, S_OK, 'D' },
    { "WsAcceptChannel", "request",           HTTP,         LISTENER, listening, accept_channel, peer_add, S_OK, 'O' },
    { "WsAcceptChannel", "session",           TCP,          LISTENER, listening, accept_channel, peer_session, S_OK, 'O' },
    { "WsAcceptChannel", "listener aborted",  BOTH | ABORT, LISTENER, listening, accept_channel, abort_listener, CUT, 'F' },
    { "WsAcceptChannel", "channel aborted",   BOTH | ABORT, LISTENER, listening, accept_channel, abort_channel, CUT, 'O' },
    { "WsAcceptChannel", "listener closed",   BOTH | ABORT, LISTENER, listening, accept_channel, end_listener, CUT, 'D' },
    { "WsOpenServiceProxy", "nothing to do",  HTTP,         PROXY, make_proxy, open_proxy, NULL, S_OK, 'O' },
    { "WsOpenServiceProxy", "acknowledged",   TCP,          PROXY, make_proxy, open_proxy, peer_ack, S_OK, 'O' },
    { "WsOpenServiceProxy", "refused",        TCP,          PROXY, make_proxy, open_proxy, peer_refuse, WS_E_ENDPOINT_NOT_FOUND, 'R' },
    { "WsOpenServiceProxy", "aborted",        TCP | ABORT,  PROXY, make_proxy, open_proxy, abort_proxy, CUT, 'R' },
    { "WsCall", "answered",                   HTTP,         PROXY, proxy_opened, call, peer_answer, S_OK, 'O' },
    { "WsCall", "fault",                      HTTP,         PROXY, proxy_opened, call, peer_fault, WS_E_ENDPOINT_FAULT_RECEIVED, 'O' },
    { "WsCall", "nonsense",                   HTTP,         PROXY, proxy_opened, call, peer_nonsense, WS_E_ENDPOINT_FAILURE, 'O' },
    { "WsCall", "closed",                     HTTP,         PROXY, proxy_opened, call, peer_cut, GONE, 'O' },
    { "WsCall", "closed",                     TCP,          PROXY, proxy_opened, call, peer_close, GONE, 'F' },
    { "WsCall", "aborted",                    BOTH | ABORT, PROXY, proxy_opened, call, abort_proxy, CUT, 'F' },
    { "WsCall", "abandoned",                  BOTH | ABORT, PROXY, proxy_opened, call, abandon_calls, WS_E_OPERATION_ABANDONED, '-' },
    { "WsCall", "not open",                   BOTH,         PROXY, make_proxy, call, NULL, WS_E_INVALID_OPERATION, 'R' },
    { "WsCloseServiceProxy", "nothing to do", HTTP,         PROXY, proxy_opened, close_proxy, NULL, S_OK, 'D' },
    { "WsCloseServiceProxy", "call answered", HTTP,         PROXY, proxy_calling, close_proxy, peer_answer, S_OK, 'D' },
    { "WsCloseServiceProxy", "end record",    TCP,          PROXY, proxy_opened, close_proxy, peer_end, S_OK, 'D' },
    { "WsCloseServiceProxy", "aborted",       TCP | ABORT,  PROXY, proxy_opened, close_proxy, abort_proxy, CUT, 'D' },
    { "WsCloseServiceProxy", "call aborted",  BOTH | ABORT, PROXY, proxy_calling, close_proxy, abort_proxy, CUT, 'D' },
    { "WsOpenServiceHost", "at once",         BOTH,         HOST, make_host, open_host, NULL, S_OK, 'O' },
    { "WsOpenServiceHost", "in use",          BOTH,         HOST, host_in_use, open_host, NULL, WS_E_ADDRESS_IN_USE, 'R' },
    { "WsCloseServiceHost", "end of a call",  HTTP,         HOST, host_busy, close_host, let_operation_go, S_OK, 'D' },
    { "WsCloseServiceHost", "end of session", TCP,          HOST, host_session, close_host, peer_end, S_OK, 'D' },
    { "WsCloseServiceHost", "aborted",        BOTH | ABORT, HOST, host_busy, close_host, abort_host, CUT, 'D' },
    { "WsCloseServiceHost", "aborted",        TCP | ABORT,  HOST, host_session, close_host, abort_host, CUT, 'D' },
};

static char state_letter( enum kind kind )
{
    static const char channel[] = "R??OF?D", listener[] = "R?OF?D", service[] = "R?O?DF";
    ULONG state = 0;

    switch (kind)
    {
    case CHANNEL:
        ok_hr( WsGetChannelProperty( w.channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
        return channel[state];
    case LISTENER:
        ok_hr( WsGetListenerProperty( w.listener, WS_LISTENER_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
        return listener[state];
    case PROXY:
        ok_hr( WsGetServiceProxyProperty( w.proxy, WS_PROXY_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
        return service[state];
    default:
        ok_hr( WsGetServiceHostProperty( w.host, WS_SERVICE_PROPERTY_HOST_STATE, &state, sizeof(state), NULL ), S_OK );
        return service[state];
    }
}

static void tear_down( const struct row *row )
{
    if (w.proxy)
    {
        ok_hr( WsAbortServiceProxy( w.proxy, NULL ), S_OK );
        if (w.other.event)
        {
            wait_for( &w.other, "the call" );
            ok_hr( w.other.hr, row->result );
            CloseHandle( w.other.event );
        }
        WsCloseServiceProxy( w.proxy, NULL, NULL );
        WsFreeServiceProxy( w.proxy );
    }
    if (w.host)
    {
        SetEvent( w.leave );
        ok_hr( WsAbortServiceHost( w.host, NULL ), S_OK );
        WsCloseServiceHost( w.host, NULL, NULL );
        WsFreeServiceHost( w.host );
    }
    if (w.channel)
    {
        ok_hr( WsAbortChannel( w.channel, NULL ), S_OK );
        ok_hr( WsCloseChannel( w.channel, NULL, NULL ), S_OK );
        WsFreeMessage( w.in );
        WsFreeMessage( w.out );
        WsFreeChannel( w.channel );
    }
    if (w.listener)
    {
        ok_hr( WsCloseListener( w.listener, NULL, NULL ), S_OK );
        WsFreeListener( w.listener );
    }
    if (w.peer != INVALID_SOCKET) closesocket( w.peer );
    if (w.listening != INVALID_SOCKET) closesocket( w.listening );
    WsFreeHeap( w.heap );
    CloseHandle( w.entered );
    CloseHandle( w.leave );
}

static DWORD CALLBACK part_thread( void *arg )
{
    ((const struct row *)arg)->part();
    return 0;
}

static void part_hook( void *arg )
{
    ((const struct row *)arg)->part();
}

/* On a thread of the DLL, in the callback of an accept. */
static void part_in_callback( const struct row *row )
{
    WS_LISTENER *listener = NULL;
    WS_CHANNEL *channel = NULL;
    WS_ASYNC_CONTEXT context;
    struct pending p;
    WCHAR text[128];
    WS_STRING url;
    char request[512];
    SOCKET s;

    test_url( text, "http", "localhost", test_port( 7 ), "other" );
    url.chars = text;
    url.length = lstrlenW( text );
    pending_init( &p );
    p.hook = part_hook;
    p.hook_arg = (void *)row;
    ok_hr( WsCreateListener( WS_CHANNEL_TYPE_REPLY, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, &listener, NULL ), S_OK );
    ok_hr( WsCreateChannelForListener( listener, NULL, 0, &channel, NULL ), S_OK );
    ok_hr( WsOpenListener( listener, &url, NULL, NULL ), S_OK );
    begin( &p, &context );
    ok_hr( WsAcceptChannel( listener, channel, &context, NULL ), WS_S_ASYNC );
    p.inside = FALSE;
    s = http_connect( test_port( 7 ) );
    send( s, request, http_text( request, sizeof(request), "other", "application/soap+xml", NULL, "<x/>" ), 0 );
    wait_for( &p, "another accept" );
    ok_hr( p.hr, S_OK );
    ok_hr( WsAbortChannel( channel, NULL ), S_OK );
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    ok_hr( WsCloseListener( listener, NULL, NULL ), S_OK );
    WsFreeChannel( channel );
    WsFreeListener( listener );
    closesocket( s );
    CloseHandle( p.event );
}

static void perform( const struct row *row, BOOL tcp, BOOL in_callback )
{
    WS_ASYNC_CONTEXT context;
    struct pending p;
    HRESULT hr;

    test_context( "%s, %s, %s%s", row->name, tcp ? "net.tcp" : "http", row->what, in_callback ? " in a callback" : "" );
    trace( "begins\n" );
    memset( &w, 0, sizeof(w) );
    w.tcp = tcp;
    w.peer = w.listening = INVALID_SOCKET;
    w.entered = CreateEventW( NULL, TRUE, FALSE, NULL );
    w.leave = CreateEventW( NULL, TRUE, FALSE, NULL );
    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &w.heap, NULL ), S_OK );
    row->set_up();
    pending_init( &p );
    begin( &p, &context );
    hr = row->start( &context );
    p.inside = FALSE;
    if (!row->part)
    {
        ok_hr( hr, row->result );
        ok_eq( p.callbacks, 0 );
    }
    else if (ok( hr == WS_S_ASYNC, "%#lx was returned\n", hr ))
    {
        ok_eq( p.callbacks, 0 );
        if (in_callback) part_in_callback( row );
        else if (row->flags & ABORT) run_thread( part_thread, (void *)row, "the abort" );
        else row->part();
        wait_for( &p, row->name );
        ok_hr( p.hr, row->result );
        ok_eq( p.model, WS_LONG_CALLBACK );
    }
    if (row->state != '-')
        ok( state_letter( row->kind ) == row->state, "the state is %c instead of %c\n", state_letter( row->kind ), row->state );
    tear_down( row );
    CloseHandle( p.event );
}

static void test_kind( enum kind kind )
{
    unsigned int i, tcp, in_callback;

    big.text = malloc( (BIG + 1) * sizeof(WCHAR) );
    for (i = 0; i < BIG; i++) big.text[i] = 'a';
    big.text[BIG] = 0;
    ok_hr( WsCreateError( NULL, 0, &fault_error ), S_OK );
    for (i = 0; i < ARRAYSIZE( rows ); i++)
        for (tcp = 0; tcp < 2; tcp++)
            for (in_callback = 0; in_callback <= !!(rows[i].flags & ABORT); in_callback++)
                if (rows[i].kind == kind && (rows[i].flags & (tcp ? TCP : HTTP))) perform( &rows[i], tcp, in_callback );
    test_context( NULL );
    WsFreeError( fault_error );
    free( big.text );
}

static void test_channels( void ) { test_kind( CHANNEL ); }
static void test_listeners( void ) { test_kind( LISTENER ); }
static void test_proxies( void ) { test_kind( PROXY ); }
static void test_hosts( void ) { test_kind( HOST ); }

TESTS( async_wire, { "channels", test_channels }, { "listeners", test_listeners }, { "proxies", test_proxies }, { "hosts", test_hosts } )
