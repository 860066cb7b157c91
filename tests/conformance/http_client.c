/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an HTTP client channel makes of servers of every kind: statuses, odd and cut answers, cookies, mapped headers, slow
 * ones, ones that go away. */
#include "http_script.h"

static WS_XML_STRING own_ns = WS_XML_STRING_VALUE( SERVICE_NS );
static WS_XML_STRING ping_name = WS_XML_STRING_VALUE( "Ping" );
static WS_XML_STRING ping_action = WS_XML_STRING_VALUE( SERVICE_NS "Ping" );

#define PONG ENVELOPE11( "<Pong xmlns=\"" SERVICE_NS "\"/>" )
#define HEAD( status ) "HTTP/1.1 " status "\r\nContent-Type: text/xml; charset=utf-8\r\n"
#define LENGTH "Content-Length: 130\r\n"
#define GOOD_WITH( headers ) HEAD( "200 OK" ) LENGTH headers "\r\n" PONG
#define GOOD GOOD_WITH( "" )
#define EMPTY( status ) "HTTP/1.1 " status "\r\nContent-Length: 0\r\n\r\n"

static struct script script;
static unsigned int base_port;

static WS_CHANNEL *make_channel( const WS_CHANNEL_PROPERTY *extra, ULONG count )
{
    static WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
    static WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    WS_CHANNEL_PROPERTY props[12] =
    {
        { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
    };
    WS_CHANNEL *channel = NULL;

    memcpy( props + 2, extra, count * sizeof(*extra) );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, props, count + 2, NULL, &channel, NULL ), S_OK );
    return channel;
}

static HRESULT open_path( WS_CHANNEL *channel, const char *path )
{
    WS_ENDPOINT_ADDRESS address = { 0 };
    WCHAR url[128];

    test_url( url, "http", "127.0.0.1", base_port, path );
    address.url.chars = url;
    address.url.length = lstrlenW( url );
    return WsOpenChannel( channel, &address, NULL, NULL );
}

static WS_CHANNEL *open_channel( const WS_CHANNEL_PROPERTY *extra, ULONG count )
{
    WS_CHANNEL *channel = make_channel( extra, count );

    ok_hr( open_path( channel, "x/y" ), S_OK );
    return channel;
}

static void close_channel( WS_CHANNEL *channel )
{
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    WsFreeChannel( channel );
}

static HRESULT send_ping( WS_CHANNEL *channel )
{
    WS_XML_WRITER *writer;
    WS_MESSAGE *message;
    HRESULT hr;

    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &message, NULL ), S_OK );
    ok_hr( WsInitializeMessage( message, WS_REQUEST_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( WsSetHeader( message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &ping_action, sizeof(ping_action), NULL ),
           S_OK );
    if (!(hr = WsWriteMessageStart( channel, message, NULL, NULL )))
    {
        ok_hr( WsGetMessageProperty( message, WS_MESSAGE_PROPERTY_BODY_WRITER, &writer, sizeof(writer), NULL ), S_OK );
        WsWriteStartElement( writer, NULL, &ping_name, &own_ns, NULL );
        WsWriteEndElement( writer, NULL );
        hr = WsWriteMessageEnd( channel, message, NULL, NULL );
    }
    WsFreeMessage( message );
    return hr;
}

static HRESULT receive_pong( WS_CHANNEL *channel )
{
    WS_MESSAGE *message;
    HRESULT hr;

    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &message, NULL ), S_OK );
    if (!(hr = WsReadMessageStart( channel, message, NULL, NULL ))) hr = WsReadMessageEnd( channel, message, NULL, NULL );
    WsFreeMessage( message );
    return hr;
}

static HRESULT ping( WS_CHANNEL *channel )
{
    HRESULT hr = send_ping( channel );
    return hr ? hr : receive_pong( channel );
}

#define START( steps ) script_start( &script, base_port = test_port( 2 ), steps, ARRAYSIZE( steps ) )

/* One request each, on a channel of its own, buffered and with streamed input. */
static void test_answers( void )
{
    static const struct { const char *name; struct script_step step; HRESULT hr; } cases[] =
    {
        { "good", { GOOD, 0 }, S_OK },
        { "byte for byte", { GOOD, SCRIPT_BYTES }, S_OK },
        { "closing", { HEAD( "200 OK" ) LENGTH "Connection: close\r\n\r\n" PONG, SCRIPT_CLOSE }, S_OK },
        { "until the end", { HEAD( "200 OK" ) "\r\n" PONG, SCRIPT_CLOSE }, S_OK },
        { "HTTP/1.0", { "HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n" PONG, SCRIPT_CLOSE }, S_OK },
        { "chunked", { HEAD( "200 OK" ) "Transfer-Encoding: chunked\r\n\r\n82;x=y\r\n" PONG "\r\n0\r\nTrailer: 1\r\n\r\n", 0 }, S_OK },
        { "100 before", { "HTTP/1.1 100 Continue\r\n\r\n" GOOD, 0 }, S_OK },
        { "103 and 100 before", { "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" GOOD, SCRIPT_BYTES }, S_OK },
        { "201", { HEAD( "201 Created" ) LENGTH "\r\n" PONG, 0 }, WS_E_ENDPOINT_FAILURE },
        { "202", { EMPTY( "202 Accepted" ), 0 }, WS_S_END },
        { "200 without body", { EMPTY( "200 OK" ), 0 }, WS_S_END },
        { "204", { "HTTP/1.1 204 No Content\r\n\r\n", 0 }, WS_E_ENDPOINT_FAILURE },
        { "301", { "HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", 0 }, WS_E_ENDPOINT_FAILURE },
        { "400", { EMPTY( "400 Bad Request" ), 0 }, WS_E_INVALID_FORMAT },
        { "401", { EMPTY( "401 Unauthorized" ), 0 }, WS_E_ENDPOINT_ACCESS_DENIED },
        { "401 Basic", { "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", 0 },
          WS_E_SERVER_REQUIRES_BASIC_AUTH },
        { "401 several", { "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n", 0 },
          WS_E_SERVER_REQUIRES_NTLM_AUTH },
        { "403", { EMPTY( "403 Forbidden" ), 0 }, WS_E_ENDPOINT_ACCESS_DENIED },
        { "404", { HEAD( "404 Not Found" ) "Content-Length: 5\r\n\r\nhello", 0 }, WS_E_ENDPOINT_NOT_FOUND },
        { "407", { EMPTY( "407 Proxy" ), 0 }, WS_E_PROXY_ACCESS_DENIED },
        { "408", { EMPTY( "408 Request Timeout" ), 0 }, WS_E_OPERATION_TIMED_OUT },
        { "410", { EMPTY( "410 Gone" ), 0 }, WS_E_ENDPOINT_NOT_AVAILABLE },
        { "413", { EMPTY( "413 Too Large" ), 0 }, WS_E_QUOTA_EXCEEDED },
        { "415", { EMPTY( "415 Unsupported Media Type" ), 0 }, WS_E_INVALID_FORMAT },
        { "500", { EMPTY( "500 Internal Server Error" ), 0 }, WS_E_ENDPOINT_FAILURE },
        { "500 with text", { "HTTP/1.1 500 No\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi", 0 }, WS_E_ENDPOINT_FAILURE },
        { "503", { EMPTY( "503 Service Unavailable" ), 0 }, WS_E_ENDPOINT_TOO_BUSY },
        { "another type", { "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi", 0 }, WS_E_INVALID_FORMAT },
        { "SOAP 1.2", { "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: 2\r\n\r\nhi", 0 }, WS_E_INVALID_FORMAT },
        { "no type", { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 0 }, WS_E_INVALID_FORMAT },
        { "not XML", { HEAD( "200 OK" ) "Content-Length: 2\r\n\r\nhi", 0 }, WS_E_INVALID_FORMAT },
        { "nonsense", { "hello world\r\n\r\n", SCRIPT_CLOSE }, WS_E_ENDPOINT_FAILURE },
        { "two lengths", { HEAD( "200 OK" ) LENGTH "Content-Length: 5\r\n\r\n" PONG, SCRIPT_CLOSE }, WS_E_ENDPOINT_FAILURE },
        { "bad chunk", { HEAD( "200 OK" ) "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", SCRIPT_CLOSE }, WS_E_ENDPOINT_FAILURE },
        { "closed at once", { NULL, SCRIPT_CLOSE }, WS_E_ENDPOINT_DISCONNECTED },
        { "reset at once", { NULL, SCRIPT_RESET }, WS_E_ENDPOINT_DISCONNECTED },
        { "cut in the head", { "HTTP/1.1 200 O", SCRIPT_CLOSE }, WS_E_ENDPOINT_DISCONNECTED },
        { "cut in the body", { HEAD( "200 OK" ) LENGTH "\r\n<s:Env", SCRIPT_CLOSE }, WS_E_ENDPOINT_DISCONNECTED },
        { "cut in a chunk", { HEAD( "200 OK" ) "Transfer-Encoding: chunked\r\n\r\n82\r\n<s:Env", SCRIPT_CLOSE },
          WS_E_ENDPOINT_DISCONNECTED },
        { "upgrade", { "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", SCRIPT_CLOSE }, WS_E_ENDPOINT_FAILURE },
    };
    WS_TRANSFER_MODE mode;
    WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode) };
    WS_CHANNEL *channel;
    unsigned int i;

    for (mode = 0; mode <= WS_STREAMED_INPUT_TRANSFER_MODE; mode++)
        for (i = 0; i < ARRAYSIZE( cases ); i++)
        {
            test_context( "%s, mode %d", cases[i].name, mode );
            script_start( &script, base_port = test_port( 2 ), &cases[i].step, 1 );
            channel = open_channel( &prop, 1 );
            ok_hr( ping( channel ), cases[i].hr );
            ok_eq( script.requests, 1 );
            close_channel( channel );
            script_stop( &script );
        }
    test_context( NULL );
}

/* A connection is used again as long as it may be; a request that may have been seen never goes out a second time. */
static void test_connections( void )
{
    static const struct script_step kept[] = { { GOOD, 0 } }, closed[] = { { GOOD, SCRIPT_CLOSE } },
        said[] = { { HEAD( "200 OK" ) LENGTH "Connection: close\r\n\r\n" PONG, 0 } }, lost[] = { { GOOD, 0 }, { NULL, SCRIPT_CLOSE }, { GOOD, 0 } };
    WS_CHANNEL *channel;
    int i;

    START( kept );
    channel = open_channel( NULL, 0 );
    for (i = 0; i < 5; i++) ok_hr( ping( channel ), S_OK );
    close_channel( channel );
    channel = open_channel( NULL, 0 );      /* the connection comes from the pool */
    ok_hr( ping( channel ), S_OK );
    close_channel( channel );
    ok_eq( script.requests, 6 );
    ok_eq( script.connections, 1 );
    script_stop( &script );

    START( closed );
    channel = open_channel( NULL, 0 );
    for (i = 0; i < 5; i++)
    {
        ok_hr( ping( channel ), S_OK );
        Sleep( 200 );    /* until the end of the connection is there */
    }
    close_channel( channel );
    ok_eq( script.requests, 5 );
    ok_eq( script.connections, 5 );
    script_stop( &script );

    START( said );
    channel = open_channel( NULL, 0 );
    for (i = 0; i < 3; i++) ok_hr( ping( channel ), S_OK );
    close_channel( channel );
    ok_eq( script.connections, 3 );
    script_stop( &script );

    START( lost );
    channel = open_channel( NULL, 0 );
    ok_hr( ping( channel ), S_OK );
    ok_hr( ping( channel ), WS_E_ENDPOINT_DISCONNECTED );
    ok_eq( script.requests, 2 );
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    ok_hr( WsResetChannel( channel, NULL ), S_OK );
    ok_hr( open_path( channel, "x/y" ), S_OK );
    ok_hr( ping( channel ), S_OK );
    close_channel( channel );
    ok_eq( script.requests, 3 );
    script_stop( &script );
}

/* WS_COOKIE_MODE: "if a server sends a cookie to the client, the channel will automatically track the cookie". */
static void test_cookies( void )
{
    static const struct { const char *set, *sent; } cases[] =
    {
        { "Set-Cookie: a=1\r\n", "Cookie: a=1\r\n" },
        { "Set-Cookie: a=1; Path=/\r\nSet-Cookie: b=\"2 3\"; HttpOnly\r\n", "Cookie: a=1; b=\"2 3\"\r\n" },
        { "Set-Cookie: a=1; Path=/x\r\n", "Cookie: a=1\r\n" },
        { "Set-Cookie: a=1; Path=/z\r\n", NULL },
        { "Set-Cookie: a=1; Path=/x/y/z\r\n", NULL },
        { "Set-Cookie: a=1; Secure\r\n", NULL },
        { "Set-Cookie: a=1; Domain=example.com\r\n", NULL },
        { "Set-Cookie: a=1; Domain=127.0.0.1\r\n", "Cookie: a=1\r\n" },
        { "Set-Cookie: a=1; Domain=.0.1\r\n", NULL },
        { "Set-Cookie: a=1; Max-Age=0\r\n", NULL },
        { "Set-Cookie: a=1; Max-Age=1000\r\n", "Cookie: a=1\r\n" },
        { "Set-Cookie: a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT\r\n", NULL },
        { "Set-Cookie: a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Max-Age=100\r\n", "Cookie: a=1\r\n" },
        { "Set-Cookie: a=1; Expires=Thursday, 01-Jan-99 00:00:00 GMT\r\n", NULL },
        { "Set-Cookie: a=1; Expires=Fri, 01 Jan 2500 00:00:00 GMT\r\n", "Cookie: a=1\r\n" },
        { "Set-Cookie: a=1; Expires=rubbish\r\n", "Cookie: a=1\r\n" },
        { "Set-Cookie: a=1\r\nSet-Cookie: a=2\r\n", "Cookie: a=2\r\n" },
        { "Set-Cookie: a=1\r\nSet-Cookie: a=2; Max-Age=-1\r\n", NULL },
        { "Set-Cookie: a\r\nSet-Cookie: =x\r\nSet-Cookie: ;;;\r\n", NULL },
    };
    static char answer[1024];
    struct script_step step = { answer, 0 };
    WS_COOKIE_MODE mode = WS_MANUAL_COOKIE_MODE;
    WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_COOKIE_MODE, &mode, sizeof(mode) };
    WS_CHANNEL *channel;
    unsigned int i;
    int manual;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
        for (manual = 0; manual < 2; manual++)
        {
            test_context( "%s, %s", cases[i].set, manual ? "manual" : "automatic" );
            snprintf( answer, sizeof(answer), HEAD( "200 OK" ) LENGTH "%s\r\n" PONG, cases[i].set );
            script_start( &script, base_port = test_port( 2 ), &step, 1 );
            channel = open_channel( &prop, manual );
            ok_hr( ping( channel ), S_OK );
            ok( !strstr( script.request[0], "Cookie:" ), "%s\n", script.request[0] );
            ok_hr( ping( channel ), S_OK );
            if (manual || !cases[i].sent) ok( !strstr( script.request[1], "Cookie:" ), "%s\n", script.request[1] );
            else ok( strstr( script.request[1], cases[i].sent ) != NULL, "%s\n", script.request[1] );
            close_channel( channel );
            script_stop( &script );
        }
    test_context( NULL );
}

/* Each timeout ends what it is for with WS_E_OPERATION_TIMED_OUT. */
static void test_timeouts( void )
{
    static const struct script_step silent[] = { { NULL, SCRIPT_STALL } }, half_head[] = { { "HTTP/1.1 200", SCRIPT_STALL } },
        half_body[] = { { HEAD( "200 OK" ) LENGTH "\r\n<s:Env", SCRIPT_STALL } }, deaf[] = { { NULL, SCRIPT_DEAF } };
    static const struct { const char *name; const struct script_step *step; WS_CHANNEL_PROPERTY_ID id; } cases[] =
    {
        { "no answer", silent, WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT },
        { "half a head", half_head, WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT },
        { "half a body", half_body, WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT },
    };
    ULONG timeout = 200, later = 60000, max = 1 << 28;
    WS_TRANSFER_MODE mode = WS_STREAMED_OUTPUT_TRANSFER_MODE;
    UINT64 max_streamed = 1 << 30;
    WS_CHANNEL_PROPERTY props[] =
    {
        { WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT, &later, sizeof(later) }, { WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT, &later, sizeof(later) },
        { WS_CHANNEL_PROPERTY_SEND_TIMEOUT, &later, sizeof(later) }, { WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode) },
        { WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE, &max_streamed, sizeof(max_streamed) },
        { WS_CHANNEL_PROPERTY_MAX_STREAMED_FLUSH_SIZE, &max, sizeof(max) },
    };
    WS_XML_WRITER *writer;
    WS_MESSAGE *message;
    WS_CHANNEL *channel;
    unsigned int i;
    ULONG begin;
    HRESULT hr;
    BYTE *big;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%s", cases[i].name );
        script_start( &script, base_port = test_port( 2 ), cases[i].step, 1 );
        channel = open_channel( props, 3 );
        /* set on an open channel */
        ok_hr( WsSetChannelProperty( channel, cases[i].id, &timeout, sizeof(timeout), NULL ), S_OK );
        begin = test_clock();
        ok_hr( ping( channel ), WS_E_OPERATION_TIMED_OUT );
        ok( test_clock() - begin >= 150, "too early, after %lu ms\n", test_clock() - begin );
        close_channel( channel );
        script_stop( &script );
    }
    test_context( "send" );
    script_start( &script, base_port = test_port( 2 ), deaf, 1 );
    channel = open_channel( props, ARRAYSIZE( props ) );
    ok_hr( WsSetChannelProperty( channel, WS_CHANNEL_PROPERTY_SEND_TIMEOUT, &timeout, sizeof(timeout), NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &message, NULL ), S_OK );
    ok_hr( WsInitializeMessage( message, WS_REQUEST_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( WsSetHeader( message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &ping_action, sizeof(ping_action), NULL ),
           S_OK );
    ok_hr( WsWriteMessageStart( channel, message, NULL, NULL ), S_OK );
    ok_hr( WsGetMessageProperty( message, WS_MESSAGE_PROPERTY_BODY_WRITER, &writer, sizeof(writer), NULL ), S_OK );
    ok_hr( WsWriteStartElement( writer, NULL, &ping_name, &own_ns, NULL ), S_OK );
    big = calloc( 1, 1 << 20 );
    for (i = 0; i < 64; i++)
    {
        if ((hr = WsWriteBytes( writer, big, 1 << 20, NULL ))) break;
        if ((hr = WsFlushBody( message, 0, NULL, NULL ))) break;
    }
    ok_hr( hr, WS_E_OPERATION_TIMED_OUT );
    free( big );
    ok_hr( WsAbandonMessage( channel, message, NULL ), S_OK );
    close_channel( channel );
    WsFreeMessage( message );
    script_stop( &script );
    test_context( NULL );
}

/* WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT: the server has more connections waiting than its backlog holds, so that Linux leaves further
 * ones without an answer; Windows refuses them. */
static void test_connect_timeout( void )
{
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons( test_port( 2 ) ) };
    ULONG timeout = 300, begin, nonblocking = 1;
    SOCKET listening, waiting[16];
    WS_CHANNEL *channel;
    WSADATA data;
    unsigned int i;
    int yes = 1;
    HRESULT hr;

    WSAStartup( MAKEWORD( 2, 2 ), &data );
    addr.sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    listening = socket( AF_INET, SOCK_STREAM, 0 );
    setsockopt( listening, SOL_SOCKET, SO_REUSEADDR, (const char *)&yes, sizeof(yes) );
    ok( !bind( listening, (struct sockaddr *)&addr, sizeof(addr) ), "bind failed, error %d\n", WSAGetLastError() );
    ok( !listen( listening, 1 ), "listen failed, error %d\n", WSAGetLastError() );
    for (i = 0; i < ARRAYSIZE( waiting ); i++)
    {
        waiting[i] = socket( AF_INET, SOCK_STREAM, 0 );
        ioctlsocket( waiting[i], FIONBIO, &nonblocking );
        connect( waiting[i], (struct sockaddr *)&addr, sizeof(addr) );
    }
    Sleep( 200 );
    base_port = test_port( 2 );
    channel = open_channel( NULL, 0 );
    ok_hr( WsSetChannelProperty( channel, WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT, &timeout, sizeof(timeout), NULL ), S_OK );
    begin = test_clock();
    hr = ping( channel );
    ok( hr == WS_E_OPERATION_TIMED_OUT || broken( hr == WS_E_ENDPOINT_NOT_FOUND ), "got %#lx\n", hr );
    if (hr == WS_E_OPERATION_TIMED_OUT) ok( test_clock() - begin >= 250, "too early, after %lu ms\n", test_clock() - begin );
    close_channel( channel );
    for (i = 0; i < ARRAYSIZE( waiting ); i++) closesocket( waiting[i] );
    closesocket( listening );
}

struct call { WS_CHANNEL *channel; HRESULT hr; };

static DWORD CALLBACK call_thread( void *arg )
{
    struct call *call = arg;

    call->hr = ping( call->channel );
    return 0;
}

/* An abort from another thread ends a call that waits, wherever it is. */
static void test_abort( void )
{
    static const struct script_step stalls[] =
    {
        { NULL, SCRIPT_STALL }, { "HTTP/1.1 200", SCRIPT_STALL }, { HEAD( "200 OK" ) LENGTH "\r\n<s:Env", SCRIPT_STALL },
    };
    struct call call;
    unsigned int i;
    HANDLE thread;
    ULONG begin;

    for (i = 0; i < ARRAYSIZE( stalls ); i++)
    {
        test_context( "stall %u", i );
        script_start( &script, base_port = test_port( 2 ), &stalls[i], 1 );
        call.channel = open_channel( NULL, 0 );
        call.hr = E_FAIL;
        thread = CreateThread( NULL, 0, call_thread, &call, 0, NULL );
        while (!script.requests && WaitForSingleObject( thread, 5 )) ;
        Sleep( 20 );
        begin = test_clock();
        ok_hr( WsAbortChannel( call.channel, NULL ), S_OK );
        ok( test_clock() - begin < 5000, "the abort waited\n" );
        ok( !WaitForSingleObject( thread, 10000 ), "the call does not end\n" );
        CloseHandle( thread );
        ok_hr( call.hr, WS_E_OPERATION_ABORTED );
        close_channel( call.channel );
        script_stop( &script );
    }
    test_context( NULL );
}

/* WS_HTTP_MESSAGE_MAPPING: headers of the message become headers of HTTP and the other way round. */
static void test_mapping( void )
{
    static const struct script_step steps[] = { { GOOD_WITH( "X-Answer: forty-two\r\nX-List: a, b ,c\r\nX-List: d\r\nX-Quoted: \"q\"\r\n" ), 0 } };
    static WS_XML_STRING question = WS_XML_STRING_VALUE( "X-Question" ), answer = WS_XML_STRING_VALUE( "X-Answer" );
    static WS_XML_STRING list = WS_XML_STRING_VALUE( "X-List" ), quoted = WS_XML_STRING_VALUE( "X-Quoted" );
    WS_HTTP_HEADER_MAPPING q = { question, 0 }, a = { answer, 0 }, l = { list, WS_HTTP_HEADER_MAPPING_COMMA_SEPARATOR };
    WS_HTTP_HEADER_MAPPING t = { quoted, WS_HTTP_HEADER_MAPPING_QUOTED_VALUE };
    WS_HTTP_HEADER_MAPPING *out[] = { &q, &l, &t }, *in[] = { &a, &l, &t };
    WS_HTTP_MESSAGE_MAPPING mapping = { 0, 0, out, 3, in, 3 };
    WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_HTTP_MESSAGE_MAPPING, &mapping, sizeof(mapping) };
    static const char *const items[] = { "a", "b", "c", "d" };
    WS_STRING value = WS_STRING_VALUE( L"why" ), x = WS_STRING_VALUE( L"x" );
    WS_MESSAGE *message, *reply;
    WS_XML_STRING *got;
    WS_CHANNEL *channel;
    unsigned int i;

    START( steps );
    channel = open_channel( &prop, 1 );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &message, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &reply, NULL ), S_OK );
    ok_hr( WsInitializeMessage( message, WS_REQUEST_MESSAGE, NULL, NULL ), S_OK );
    ok_hr( WsAddMappedHeader( message, &question, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL ), S_OK );
    ok_hr( WsAddMappedHeader( message, &list, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL ), S_OK );
    ok_hr( WsAddMappedHeader( message, &list, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &x, sizeof(x), NULL ), S_OK );
    ok_hr( WsAddMappedHeader( message, &quoted, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &x, sizeof(x), NULL ), S_OK );
    ok_hr( WsWriteMessageStart( channel, message, NULL, NULL ), S_OK );
    ok_hr( WsWriteMessageEnd( channel, message, NULL, NULL ), S_OK );
    ok_hr( WsReadMessageStart( channel, reply, NULL, NULL ), S_OK );
    ok( strstr( script.request[0], "X-Question: why\r\n" ) && strstr( script.request[0], "X-List: why, x\r\n" ) &&
        strstr( script.request[0], "X-Quoted: \"x\"\r\n" ), "%s\n", script.request[0] );
    ok_hr( WsGetMappedHeader( reply, &answer, WS_SINGLETON_HEADER, 0, WS_XML_STRING_TYPE, WS_READ_REQUIRED_POINTER, NULL, &got,
                              sizeof(got), NULL ), S_OK );
    ok_bytes( got->bytes, got->length, "forty-two" );
    for (i = 0; i < ARRAYSIZE( items ); i++)
    {
        ok_hr( WsGetMappedHeader( reply, &list, WS_REPEATING_HEADER, i, WS_XML_STRING_TYPE, WS_READ_REQUIRED_POINTER, NULL, &got,
                                  sizeof(got), NULL ), S_OK );
        ok_bytes( got->bytes, got->length, items[i] );
    }
    ok_hr( WsGetMappedHeader( reply, &quoted, WS_SINGLETON_HEADER, 0, WS_XML_STRING_TYPE, WS_READ_REQUIRED_POINTER, NULL, &got,
                              sizeof(got), NULL ), S_OK );
    ok_bytes( got->bytes, got->length, "q" );
    ok_hr( WsReadMessageEnd( channel, reply, NULL, NULL ), S_OK );
    WsFreeMessage( message );
    WsFreeMessage( reply );
    close_channel( channel );
    script_stop( &script );
}

/* WS_IP_VERSION: the server is there for IPv4 only. */
static void test_ip_version( void )
{
    static const struct script_step steps[] = { { GOOD, 0 } };
    static const struct { WS_IP_VERSION version; HRESULT hr; } cases[] =
    {
        { WS_IP_VERSION_4, S_OK }, { WS_IP_VERSION_AUTO, S_OK }, { WS_IP_VERSION_6, E_FAIL }
    };
    WS_IP_VERSION version;
    WS_CHANNEL_PROPERTY prop = { WS_CHANNEL_PROPERTY_IP_VERSION, &version, sizeof(version) };
    WS_CHANNEL *channel;
    unsigned int i;
    HRESULT hr;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        WS_ENDPOINT_ADDRESS address = { 0 };
        WCHAR url[128];

        START( steps );
        version = cases[i].version;
        channel = make_channel( &prop, 1 );
        test_url( url, "http", "localhost", base_port, "x" );
        address.url.chars = url;
        address.url.length = lstrlenW( url );
        ok_hr( WsOpenChannel( channel, &address, NULL, NULL ), S_OK );
        hr = ping( channel );
        ok( cases[i].hr == E_FAIL ? FAILED( hr ) : hr == cases[i].hr, "version %d: %#lx\n", version, hr );
        close_channel( channel );
        script_stop( &script );
    }
}

/* WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY: a request to a proxy names the whole URL, one to a bypassed server the path. */
static void test_bypass( void )
{
    static const struct script_step steps[] = { { GOOD, SCRIPT_CLOSE } };
    static const struct { const WCHAR *list; BOOL direct; } cases[] =
    {
        { L"", FALSE }, { L"127.0.0.1", TRUE }, { L"127.*", TRUE }, { L"*.1", TRUE }, { L"*", TRUE }, { L"127", FALSE },
        { L"10.*;*.org", FALSE }, { L"10.*;127.0.*.1", TRUE }, { L"*.org 127.*", TRUE }, { L"<local>", FALSE },
    };
    WS_HTTP_PROXY_SETTING_MODE mode = WS_HTTP_PROXY_SETTING_MODE_CUSTOM;
    WS_CUSTOM_HTTP_PROXY proxy = { 0 };
    WS_CHANNEL_PROPERTY props[] = { { WS_CHANNEL_PROPERTY_HTTP_PROXY_SETTING_MODE, &mode, sizeof(mode) },
                                    { WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY, &proxy, sizeof(proxy) } };
    WS_CHANNEL *channel;
    WCHAR servers[64];
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%ls", cases[i].list );
        START( steps );
        proxy.servers.chars = servers;
        proxy.servers.length = swprintf( servers, ARRAYSIZE( servers ), L"127.0.0.1:%u", base_port );
        proxy.bypass.chars = (WCHAR *)cases[i].list;
        proxy.bypass.length = lstrlenW( cases[i].list );
        channel = open_channel( props, ARRAYSIZE( props ) );
        ok_hr( ping( channel ), S_OK );
        ok( !strncmp( script.request[0], cases[i].direct ? "POST /x/y " : "POST http://127.0.0.1:", cases[i].direct ? 10 : 22 ),
            "%s\n", script.request[0] );
        close_channel( channel );
        script_stop( &script );
    }
    test_context( NULL );
}

TESTS( http_client, { "answers", test_answers }, { "connections", test_connections }, { "cookies", test_cookies },
       { "timeouts", test_timeouts }, { "connect_timeout", test_connect_timeout }, { "abort", test_abort }, { "mapping", test_mapping },
       { "ip_version", test_ip_version }, { "bypass", test_bypass } )
