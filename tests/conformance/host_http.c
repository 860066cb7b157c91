/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a service host does with clients that are wrong, slow, gone or hostile: it answers what can be answered, goes on
 * serving everybody else, and keeps nothing. */
#include "service.h"
#include <tlhelp32.h>

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    *result = a + b;
    return S_OK;
}

static LONG slept;
static HRESULT CALLBACK sleep_op( const WS_OPERATION_CONTEXT *context, int ms, int *result, const WS_ASYNC_CONTEXT *async,
                                  WS_ERROR *error )
{
    (void)context, (void)async, (void)error;
    Sleep( ms );
    InterlockedIncrement( &slept );
    *result = ms;
    return S_OK;
}

static HRESULT CALLBACK note( const WS_OPERATION_CONTEXT *context, WCHAR *text, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)context, (void)text, (void)async, (void)error;
    return E_FAIL;
}

static HRESULT CALLBACK swap( const WS_OPERATION_CONTEXT *context, int *a, WCHAR **text, const WS_ASYNC_CONTEXT *async,
                              WS_ERROR *error )
{
    WS_STRING reason = WS_STRING_VALUE( L"secret detail" );

    (void)context, (void)async;
    if (*a == 1)
    {
        WsAddErrorString( error, &reason );
        return E_ACCESSDENIED;
    }
    *text = NULL;       /* a required string that is not there can't be written */
    return S_OK;
}

static const struct test_methods methods = { add, sleep_op, note, swap };
static struct http_answer answer;

static BOOL post( const char *action, const char *body )
{
    return http_post( test_port( 1 ), "http", "text/xml; charset=utf-8", action, body, &answer );
}

static void still_serving( void )
{
    ok( post( SERVICE_NS "Add", ENVELOPE11( ADD_BODY ) ), "no answer\n" );
    ok_eq( answer.status, 200 );
}

static WS_SERVICE_HOST *start( void )
{
    static struct test_endpoint e;
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e.endpoint };
    WS_SERVICE_HOST *host = NULL;

    test_endpoint_init( &e, test_port( 1 ), "http", WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, &methods );
    ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
    ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
    return host;
}

static void stop( WS_SERVICE_HOST *host )
{
    still_serving();
    ok_hr( WsCloseServiceHost( host, NULL, NULL ), S_OK );
    WsFreeServiceHost( host );
}

#define OPEN11 "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"
static void test_bodies( void )
{
    static const struct { const char *name, *body; int status; } cases[] =
    {
        { "nothing", "", 500 },
        { "white space", " \r\n ", 500 },
        { "text", "hello", 500 },
        { "open tag", "<", 500 },
        { "cut name", "<s:Envel", 500 },
        { "cut envelope", OPEN11, 500 },
        { "no body", OPEN11 "</s:Envelope>", 500 },
        { "empty body", ENVELOPE11( "" ), 500 },
        { "unbound prefix", "<x:Envelope/>", 500 },
        { "wrong namespace", "<Envelope xmlns=\"urn:x\"><Body/></Envelope>", 500 },
        { "wrong end", OPEN11 "<s:Body></s:Envelope>", 500 },
        { "two roots", ENVELOPE11( ADD_BODY ) "<x/>", 500 },
        { "wrong element", ENVELOPE11( "<Sub xmlns=\"" SERVICE_NS "\"><a>2</a><b>3</b></Sub>" ), 500 },
        { "wrong element namespace", ENVELOPE11( "<Add xmlns=\"urn:x\"><a>2</a><b>3</b></Add>" ), 500 },
        { "missing field", ENVELOPE11( "<Add xmlns=\"" SERVICE_NS "\"><a>2</a></Add>" ), 500 },
        { "wrong order", ENVELOPE11( "<Add xmlns=\"" SERVICE_NS "\"><b>2</b><a>3</a></Add>" ), 500 },
        { "extra field", ENVELOPE11( "<Add xmlns=\"" SERVICE_NS "\"><a>2</a><b>3</b><c>4</c></Add>" ), 500 },
        { "not a number", ENVELOPE11( "<Add xmlns=\"" SERVICE_NS "\"><a>two</a><b>3</b></Add>" ), 500 },
        { "too large", ENVELOPE11( "<Add xmlns=\"" SERVICE_NS "\"><a>99999999999</a><b>3</b></Add>" ), 500 },
        { "DTD", "<!DOCTYPE x [<!ENTITY e \"&#x41;\">]>" ENVELOPE11( ADD_BODY ), 500 },
        { "entity", ENVELOPE11( "<Add xmlns=\"" SERVICE_NS "\"><a>&e;</a><b>3</b></Add>" ), 500 },
        { "bad UTF-8", ENVELOPE11( "<Note xmlns=\"" SERVICE_NS "\"><text>\xff</text></Note>" ), 500 },
        { "control character", ENVELOPE11( "<Note xmlns=\"" SERVICE_NS "\"><text>&#1;</text></Note>" ), 500 },
        { "duplicate attribute", ENVELOPE11( "<Add a=\"1\" a=\"2\" xmlns=\"" SERVICE_NS "\"><a>2</a><b>3</b></Add>" ), 500 },
        { "comment", ENVELOPE11( "<!-- a --><Add xmlns=\"" SERVICE_NS "\"><!-- b --><a>2</a><b>3</b></Add>" ), 200 },
        { "white space around", ENVELOPE11( " \n" ADD_BODY "\n " ), 200 },
        { "declaration", "<?xml version=\"1.0\" encoding=\"utf-8\"?>" ENVELOPE11( ADD_BODY ), 200 },
        { "CDATA", ENVELOPE11( "<Add xmlns=\"" SERVICE_NS "\"><a><![CDATA[2]]></a><b>3</b></Add>" ), 200 },
    };
    WS_SERVICE_HOST *host = start();
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "%s", cases[i].name );
        ok( post( SERVICE_NS "Add", cases[i].body ), "no answer\n" );
        ok( answer.status == cases[i].status, "status %d: %s\n", answer.status, answer.text );
        if (answer.status == 500) ok( answer.body && strstr( answer.body, ":Fault>" ), "no fault: %s\n", answer.text );
        still_serving();
    }
    test_context( NULL );
    stop( host );
}

static void test_size( void )
{
    WS_SERVICE_HOST *host = start();
    static char body[100000];
    ULONG size;

    for (size = 60000; size <= 70000; size += 10000)
    {
        int len = sprintf( body, "%s", OPEN11 "<s:Body>" ADD_BODY "</s:Body>" );

        memset( body + len, ' ', size );
        strcpy( body + len + size, "</s:Envelope>" );
        ok( post( SERVICE_NS "Add", body ), "no answer\n" );
        ok_eq( answer.status, size < 65000 ? 200 : 413 );
        still_serving();
    }
    stop( host );
}

static void test_failures( void )
{
    WS_SERVICE_HOST *host = start();

    /* by default a fault tells nothing of what the service knows */
    ok( post( SERVICE_NS "Swap", ENVELOPE11( "<Swap xmlns=\"" SERVICE_NS "\"><a>1</a><text>x</text></Swap>" ) ), "no answer\n" );
    ok_eq( answer.status, 500 );
    ok( !strstr( answer.text, "secret" ), "%s\n", answer.text );
    still_serving();
    /* a reply that can't be written becomes a fault */
    ok( post( SERVICE_NS "Swap", ENVELOPE11( "<Swap xmlns=\"" SERVICE_NS "\"><a>2</a><text>x</text></Swap>" ) ), "no answer\n" );
    ok_eq( answer.status, 500 );
    ok( strstr( answer.text, ":Fault>" ) != NULL, "%s\n", answer.text );
    still_serving();
    stop( host );
}

/* Sends the first `len` bytes of a request, then goes away: politely, half, or with a reset. */
static void cut_request( int len, int how )
{
    static const struct linger hard = { 1, 0 };
    char text[4096];
    int size = http_text( text, sizeof(text), "http", "text/xml; charset=utf-8", SERVICE_NS "Add", ENVELOPE11( ADD_BODY ) );
    SOCKET s = http_connect( test_port( 1 ) );

    if (s == INVALID_SOCKET) return;
    send( s, text, min( len, size ), 0 );
    if (how == 1) shutdown( s, SD_SEND );
    if (how == 2) setsockopt( s, SOL_SOCKET, SO_LINGER, (const char *)&hard, sizeof(hard) );
    closesocket( s );
}

static void test_cut( void )
{
    WS_SERVICE_HOST *host = start();
    int i, how;

    for (how = 0; how < 3; how++) for (i = 0; i < 400; i += 13) cut_request( i, how );
    still_serving();
    stop( host );
}

static ULONG thread_count( void )
{
    HANDLE snapshot = CreateToolhelp32Snapshot( TH32CS_SNAPTHREAD, 0 );
    THREADENTRY32 entry = { .dwSize = sizeof(entry) };
    ULONG count = 0;

    if (Thread32First( snapshot, &entry ))
        do if (entry.th32OwnerProcessID == GetCurrentProcessId()) count++; while (Thread32Next( snapshot, &entry ));
    CloseHandle( snapshot );
    return count;
}

static void test_killed( void )
{
    WS_SERVICE_HOST *host = start();
    static const struct linger hard = { 1, 0 };
    SOCKET sockets[200];
    char text[4096];
    ULONG threads;
    int i, round, size = http_text( text, sizeof(text), "http", "text/xml; charset=utf-8", SERVICE_NS "Sleep", ENVELOPE11( SLEEP_BODY( 50 ) ) );

    still_serving();
    threads = thread_count();
    slept = 0;
    for (round = 0; round < 2; round++)
    {
        for (i = 0; i < 200; i++)
        {
            sockets[i] = http_connect( test_port( 1 ) );
            ok( sockets[i] != INVALID_SOCKET, "no connection %d\n", i );
            send( sockets[i], text, i & 1 ? size : size / 2, 0 );
        }
        for (i = 0; i < 200; i++)
        {
            setsockopt( sockets[i], SOL_SOCKET, SO_LINGER, (const char *)&hard, sizeof(hard) );
            closesocket( sockets[i] );
        }
        still_serving();
    }
    for (i = 0; i < 300 && slept < 200; i++) Sleep( 20 );
    still_serving();
    for (i = 0; i < 150 && thread_count() > threads + 8; i++) Sleep( 100 );
    ok( thread_count() <= threads + 8, "%lu threads before, %lu after\n", threads, thread_count() );
    stop( host );
}

static void test_pipelined( void )
{
    WS_SERVICE_HOST *host = start();
    SOCKET s = http_connect( test_port( 1 ) );
    char text[4096], all[16384] = "";
    int i, size = http_text( text, sizeof(text), "http", "text/xml; charset=utf-8", SERVICE_NS "Add", ENVELOPE11( ADD_BODY ) );

    for (i = 0; i < 5; i++) strcat( all, text );
    ok_eq( send( s, all, size * 5, 0 ), size * 5 );
    /* one byte at a time, and the answers one after the other */
    for (i = 0; i < 5; i++)
    {
        char *pos = answer.text;
        int len = 0, want = -1;

        while (want < 0 || len < want)
        {
            if (len >= (int)sizeof(answer.text) - 1 || recv( s, pos + len, 1, 0 ) != 1) break;
            pos[++len] = 0;
            if (want < 0 && strstr( pos, "\r\n\r\n" )) want = len + atoi( strstr( pos, "Content-Length: " ) + 16 );
        }
        ok( strstr( pos, "<result>5</result>" ) != NULL, "answer %d: %s\n", i, pos );
    }
    /* byte for byte on the same connection */
    for (i = 0; i < size; i++) send( s, text + i, 1, 0 );
    ok( http_read( s, &answer ), "no answer\n" );
    ok_eq( answer.status, 200 );
    closesocket( s );
    stop( host );
}

static void test_requests( void )
{
    static const struct { const char *request; int status; } cases[] =
    {
        { "GET /http HTTP/1.1\r\nHost: a\r\n\r\n", 405 },
        { "POST /other HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 0\r\n\r\n", 404 },
        { "POST /http/below HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 0\r\n\r\n", 404 },
        { "POST /http?query HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 0\r\n\r\n", 404 },
        { "POST /http HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 415 },
        { "POST /http HTTP/1.1\r\nHost: a\r\nContent-Type: application/soap+xml\r\nContent-Length: 0\r\n\r\n", 415 },
        { "POST /http HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml; charset=latin1\r\nContent-Length: 0\r\n\r\n", 415 },
        { "POST /http HTTP/1.1\r\nHost: a\r\nUser-Agent: Mozilla/5.0\r\nContent-Type: text/xml\r\nContent-Length: 0\r\n\r\n", 403 },
        { "POST /http HTTP/1.1\r\nContent-Type: text/xml\r\nContent-Length: 0\r\n\r\n", 400 },
        { "nonsense\r\n\r\n", 400 },
    };
    WS_SERVICE_HOST *host = start();
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        SOCKET s = http_connect( test_port( 1 ) );

        test_context( "%.30s (%u)", cases[i].request, i );
        send( s, cases[i].request, strlen( cases[i].request ), 0 );
        ok( http_read( s, &answer ), "no answer\n" );
        ok_eq( answer.status, cases[i].status );
        closesocket( s );
    }
    test_context( NULL );
    stop( host );
}

/* WS_CHANNEL_PROPERTY_MAX_HTTP_REQUEST_HEADERS_BUFFER_SIZE: "the maximum size of the HTTP request headers in bytes", 65536 by
 * default. Windows' http.sys has a limit of its own for all services (16384 unless the registry says otherwise), which answers 400. */
static void test_head_size( void )
{
    static const struct { ULONG property; int size, status; } cases[] =
    {
        { 0, 15000, 200 }, { 0, 17000, 200 }, { 0, 65000, 200 }, { 0, 65700, 431 }, { 0, 200000, 431 },
        { 1000, 500, 200 }, { 1000, 1100, 431 }, { 1000, 30000, 431 }, { 200000, 190000, 200 }, { 200000, 210000, 431 },
    };
    struct test_endpoint e;
    const WS_SERVICE_ENDPOINT *endpoints[1] = { &e.endpoint };
    static char text[300000];
    WS_SERVICE_HOST *host;
    unsigned int i;
    ULONG limit;
    SOCKET s;
    int len;

    for (i = 0; i < ARRAYSIZE( cases ); i++)
    {
        test_context( "property %lu, %d bytes", cases[i].property, cases[i].size );
        test_endpoint_init( &e, test_port( 1 ), "http", WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, &methods );
        limit = cases[i].property;
        e.channel_props[2].id = WS_CHANNEL_PROPERTY_MAX_HTTP_REQUEST_HEADERS_BUFFER_SIZE;
        e.channel_props[2].value = &limit;
        e.channel_props[2].valueSize = sizeof(limit);
        if (limit) e.endpoint.channelProperties.propertyCount = 3;
        ok_hr( WsCreateServiceHost( endpoints, 1, NULL, 0, &host, NULL ), S_OK );
        ok_hr( WsOpenServiceHost( host, NULL, NULL ), S_OK );
        len = sprintf( text, "POST /http HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nSOAPAction: \"" SERVICE_NS "Add\"\r\n"
                       "Content-Length: %u\r\nX-Much: ", (unsigned int)strlen( ENVELOPE11( ADD_BODY ) ) );
        memset( text + len, 'x', cases[i].size - len );
        len = cases[i].size;
        len += sprintf( text + len, "\r\n\r\n" ENVELOPE11( ADD_BODY ) );
        s = http_connect( test_port( 1 ) );
        send( s, text, len, 0 );
        ok( http_read( s, &answer ), "no answer\n" );
        ok( answer.status == cases[i].status || broken( answer.status == 400 && cases[i].size > 16384 ), "status %d\n", answer.status );
        /* the connection goes on after an answer, unless the end of the head was not awaited */
        if (answer.status == 200)
        {
            len = http_text( text, sizeof(text), "http", "text/xml; charset=utf-8", SERVICE_NS "Add", ENVELOPE11( ADD_BODY ) );
            send( s, text, len, 0 );
            ok( http_read( s, &answer ), "no second answer\n" );
            ok_eq( answer.status, 200 );
        }
        closesocket( s );
        stop( host );
    }
    test_context( NULL );
}

TESTS( host_http, { "bodies", test_bodies }, { "size", test_size }, { "failures", test_failures }, { "cut", test_cut },
       { "killed", test_killed }, { "pipelined", test_pipelined }, { "requests", test_requests },
       { "head_size", test_head_size } )
