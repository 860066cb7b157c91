/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* SOAP over UDP: the client's duplex channel, and listeners whose channels are one datagram each. The documentation names
 * WS_CHANNEL_TYPE_DUPLEX for WsCreateChannel and WS_CHANNEL_TYPE_INPUT for listeners (ne-webservices-ws_channel_type); the
 * listener properties of multicast are documented for WS_CHANNEL_TYPE_DUPLEX. */
#include "service.h"

static WS_HEAP *make_heap( void )
{
    WS_HEAP *heap = NULL;

    ok_hr( WsCreateHeap( 1 << 20, 1024, NULL, 0, &heap, NULL ), S_OK );
    return heap;
}

static WS_MESSAGE *make_message( WS_CHANNEL *channel )
{
    WS_MESSAGE *message = NULL;

    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &message, NULL ), S_OK );
    return message;
}

static const WS_CHANNEL_TYPE types[] =
{
    WS_CHANNEL_TYPE_INPUT, WS_CHANNEL_TYPE_OUTPUT, WS_CHANNEL_TYPE_SESSION, WS_CHANNEL_TYPE_INPUT_SESSION,
    WS_CHANNEL_TYPE_OUTPUT_SESSION, WS_CHANNEL_TYPE_DUPLEX, WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_CHANNEL_TYPE_REQUEST,
    WS_CHANNEL_TYPE_REPLY
};

static void test_types( void )
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( types ); i++)
    {
        BOOL duplex = types[i] == WS_CHANNEL_TYPE_DUPLEX, input = types[i] == WS_CHANNEL_TYPE_INPUT;
        WS_LISTENER *listener = NULL;
        WS_CHANNEL *channel = NULL;

        test_context( "type %#x", types[i] );
        ok_hr( WsCreateChannel( types[i], WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL ), duplex ? S_OK : E_INVALIDARG );
        ok_hr( WsCreateListener( types[i], WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, &listener, NULL ),
               duplex || input ? S_OK : E_INVALIDARG );
        if (channel) WsFreeChannel( channel );
        if (!listener) continue;
        channel = NULL;
        ok_hr( WsCreateChannelForListener( listener, NULL, 0, &channel, NULL ), S_OK );
        WsFreeChannel( channel );
        WsFreeListener( listener );
    }
    test_context( NULL );
}

static HRESULT create_with( WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size )
{
    WS_CHANNEL_PROPERTY prop = { id, (void *)value, size };
    WS_CHANNEL *channel = NULL;
    HRESULT hr = WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, &prop, 1, NULL, &channel, NULL );

    if (channel) WsFreeChannel( channel );
    return hr;
}

static ULONG get_ulong( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id )
{
    ULONG value = 0xdeadbeef;

    ok_hr( WsGetChannelProperty( channel, id, &value, sizeof(value), NULL ), S_OK );
    return value;
}

static void test_properties( void )
{
    static const WS_ENCODING utf8 = WS_ENCODING_XML_UTF8, binary = WS_ENCODING_XML_BINARY_1, session = WS_ENCODING_XML_BINARY_SESSION_1;
    static const WS_ADDRESSING_VERSION transport = WS_ADDRESSING_VERSION_TRANSPORT, old = WS_ADDRESSING_VERSION_0_9;
    static const WS_TRANSFER_MODE streamed = WS_STREAMED_TRANSFER_MODE;
    static const ULONG size = 65535, hops = 4, lo = 1;
    static const BOOL yes = TRUE, no = FALSE;
    WS_LISTENER_PROPERTY listener_props[2] = { { WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, (void *)&lo, sizeof(lo) } };
    WS_LISTENER *listener = NULL;
    WS_ENDPOINT_ADDRESS address;
    WS_CHANNEL *channel = NULL;
    SOCKADDR_STORAGE storage;
    ULONG value = 1;

    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL ), S_OK );
    ok_eq( get_ulong( channel, WS_CHANNEL_PROPERTY_ENCODING ), WS_ENCODING_XML_UTF8 );
    ok_eq( get_ulong( channel, WS_CHANNEL_PROPERTY_ENVELOPE_VERSION ), WS_ENVELOPE_VERSION_SOAP_1_2 );
    ok_eq( get_ulong( channel, WS_CHANNEL_PROPERTY_ADDRESSING_VERSION ), WS_ADDRESSING_VERSION_1_0 );
    ok_eq( get_ulong( channel, WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE ), 65536 );
    ok_eq( get_ulong( channel, WS_CHANNEL_PROPERTY_TRANSFER_MODE ), WS_BUFFERED_TRANSFER_MODE );
    ok_eq( get_ulong( channel, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE ), 0 );
    ok_eq( get_ulong( channel, WS_CHANNEL_PROPERTY_MULTICAST_HOPS ), 1 );
    ok_eq( get_ulong( channel, WS_CHANNEL_PROPERTY_CHANNEL_TYPE ), WS_CHANNEL_TYPE_DUPLEX );
    ok_hr( WsSetChannelProperty( channel, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &value, sizeof(value), NULL ), S_OK );
    ok_eq( get_ulong( channel, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE ), 1 );
    ok_hr( WsSetChannelProperty( channel, WS_CHANNEL_PROPERTY_MULTICAST_HOPS, &value, sizeof(value), NULL ), E_INVALIDARG );
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_REMOTE_ADDRESS, &address, sizeof(address), NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS, &storage, sizeof(storage), NULL ),
           WS_E_INVALID_OPERATION );
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_TRANSPORT_URL, &address.url, sizeof(address.url), NULL ), E_INVALIDARG );
    WsFreeChannel( channel );

    ok_hr( create_with( WS_CHANNEL_PROPERTY_ENCODING, &utf8, sizeof(utf8) ), S_OK );
    ok_hr( create_with( WS_CHANNEL_PROPERTY_ENCODING, &binary, sizeof(binary) ), E_INVALIDARG );
    ok_hr( create_with( WS_CHANNEL_PROPERTY_ENCODING, &session, sizeof(session) ), E_INVALIDARG );
    ok_hr( create_with( WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &old, sizeof(old) ), S_OK );
    ok_hr( create_with( WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &transport, sizeof(transport) ), E_INVALIDARG );
    ok_hr( create_with( WS_CHANNEL_PROPERTY_TRANSFER_MODE, &streamed, sizeof(streamed) ), E_INVALIDARG );
    ok_hr( create_with( WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &size, sizeof(size) ), E_INVALIDARG );
    ok_hr( create_with( WS_CHANNEL_PROPERTY_MULTICAST_HOPS, &hops, sizeof(hops) ), S_OK );
    ok_hr( create_with( WS_CHANNEL_PROPERTY_NO_DELAY, &no, sizeof(no) ), E_INVALIDARG );

    /* interfaces are for multicast listeners only */
    ok_hr( WsCreateListener( WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, listener_props, 1, NULL, &listener, NULL ), E_INVALIDARG );
    listener_props[1] = (WS_LISTENER_PROPERTY){ WS_LISTENER_PROPERTY_IS_MULTICAST, (void *)&yes, sizeof(yes) };
    ok_hr( WsCreateListener( WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, listener_props, 2, NULL, &listener, NULL ), S_OK );
    ok_hr( WsSetListenerProperty( listener, WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, &lo, sizeof(lo), NULL ), S_OK );
    ok_hr( WsSetListenerProperty( listener, WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, &lo, 3, NULL ), E_INVALIDARG );
    WsFreeListener( listener );
}

/* --- messages ------------------------------------------------------------------------------------------------------------------ */

static WS_LISTENER *open_listener( WS_CHANNEL_TYPE type, const WS_LISTENER_PROPERTY *props, ULONG count, const char *host )
{
    WS_LISTENER *listener = NULL;
    WS_STRING url;
    WCHAR text[128];

    test_url( text, "soap.udp", host, test_port( 4 ), "service" );
    url.chars = text;
    url.length = lstrlenW( text );
    ok_hr( WsCreateListener( type, WS_UDP_CHANNEL_BINDING, props, count, NULL, &listener, NULL ), S_OK );
    ok_hr( WsOpenListener( listener, &url, NULL, NULL ), S_OK );
    return listener;
}

static void close_listener( WS_LISTENER *listener )
{
    ok_hr( WsCloseListener( listener, NULL, NULL ), S_OK );
    WsFreeListener( listener );
}

static WS_CHANNEL *open_client( const char *host )
{
    WS_ENDPOINT_ADDRESS address = { .url = { 0, NULL } };
    WS_CHANNEL *channel = NULL;
    WCHAR text[128];

    test_url( text, "soap.udp", host, test_port( 4 ), "service" );
    address.url.chars = text;
    address.url.length = lstrlenW( text );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL ), S_OK );
    ok_hr( WsOpenChannel( channel, &address, NULL, NULL ), S_OK );
    return channel;
}

static void close_channel( WS_CHANNEL *channel )
{
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    WsFreeChannel( channel );
}

static HRESULT send_pair( WS_CHANNEL *channel, WS_MESSAGE *message, int a, int b )
{
    struct pair pair = { a, b };

    WsResetMessage( message, NULL );
    return WsSendMessage( channel, message, &add_message, WS_WRITE_REQUIRED_VALUE, &pair, sizeof(pair), NULL, NULL );
}

static HRESULT receive_pair( WS_CHANNEL *channel, WS_MESSAGE *message, WS_HEAP *heap, struct pair *pair )
{
    const WS_MESSAGE_DESCRIPTION *descs[] = { &add_message };

    WsResetMessage( message, NULL );
    return WsReceiveMessage( channel, message, descs, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, heap, pair, sizeof(*pair),
                             NULL, NULL, NULL );
}

static void check_remote( WS_CHANNEL *channel, BOOL loopback )
{
    static const WCHAR scheme[] = L"soap.udp://127.0.0.1:";
    SOCKADDR_STORAGE storage;
    WS_ENDPOINT_ADDRESS address;
    struct sockaddr_in *in = (struct sockaddr_in *)&storage;

    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS, &storage, sizeof(storage), NULL ), S_OK );
    ok_eq( storage.ss_family, AF_INET );
    ok( !loopback || in->sin_addr.s_addr == htonl( INADDR_LOOPBACK ), "address %#lx\n", in->sin_addr.s_addr );
    ok( in->sin_port != 0, "no port\n" );
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_REMOTE_ADDRESS, &address, sizeof(address), NULL ), S_OK );
    ok( !loopback || (address.url.length > 21 && !memcmp( address.url.chars, scheme, 21 * sizeof(WCHAR) )), "URL %.*ls\n",
        (int)address.url.length, address.url.chars );
}

/* One server thread: each accepted datagram is answered with the sum. */
static DWORD WINAPI serve( void *arg )
{
    WS_LISTENER *listener = arg;
    WS_CHANNEL *channel = NULL;
    WS_MESSAGE *request, *reply;
    WS_HEAP *heap = make_heap();
    HRESULT hr;

    ok_hr( WsCreateChannelForListener( listener, NULL, 0, &channel, NULL ), S_OK );
    request = make_message( channel );
    reply = make_message( channel );
    while ((hr = WsAcceptChannel( listener, channel, NULL, NULL )) == S_OK)
    {
        struct single sum;
        struct pair pair;

        ok_hr( receive_pair( channel, request, heap, &pair ), S_OK );
        check_remote( channel, TRUE );
        WsResetMessage( reply, NULL );
        sum.result = pair.a + pair.b;
        ok_hr( WsSendReplyMessage( channel, reply, &add_reply, WS_WRITE_REQUIRED_VALUE, &sum, sizeof(sum), request, NULL, NULL ), S_OK );
        /* a datagram is one message */
        ok_hr( receive_pair( channel, request, heap, &pair ), WS_S_END );
        ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
        ok_hr( WsResetChannel( channel, NULL ), S_OK );
    }
    ok( hr == WS_E_OPERATION_ABORTED || hr == WS_E_INVALID_OPERATION || hr == WS_E_OBJECT_FAULTED, "got %#lx\n", hr );     /* in the accept, or before it */
    WsFreeMessage( request );
    WsFreeMessage( reply );
    WsFreeChannel( channel );
    WsFreeHeap( heap );
    return 0;
}

static void test_exchange( void )
{
    WS_LISTENER *listener = open_listener( WS_CHANNEL_TYPE_DUPLEX, NULL, 0, "+" );
    HANDLE thread = CreateThread( NULL, 0, serve, listener, 0, NULL );
    WS_CHANNEL *channel = open_client( "127.0.0.1" );
    WS_MESSAGE *request = make_message( channel ), *reply = make_message( channel );
    WS_HEAP *heap = make_heap();
    BOOL shut;
    int i;

    for (i = 0; i < 20; i++)
    {
        struct pair pair = { i, 7 };
        struct single sum = { 0 };

        WsResetMessage( request, NULL );
        WsResetMessage( reply, NULL );
        ok_hr( WsRequestReply( channel, request, &add_message, WS_WRITE_REQUIRED_VALUE, &pair, sizeof(pair), reply, &add_reply,
                               WS_READ_REQUIRED_VALUE, heap, &sum, sizeof(sum), NULL, NULL ), S_OK );
        ok_eq( sum.result, i + 7 );
    }
    check_remote( channel, TRUE );
    ok_hr( WsShutdownSessionChannel( channel, NULL, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_IS_SESSION_SHUT_DOWN, &shut, sizeof(shut), NULL ), E_INVALIDARG );
    WsFreeMessage( request );
    WsFreeMessage( reply );
    close_channel( channel );
    ok_hr( WsAbortListener( listener, NULL ), S_OK );
    ok( !WaitForSingleObject( thread, 10000 ), "the server did not end\n" );
    CloseHandle( thread );
    close_listener( listener );
    WsFreeHeap( heap );
}

/* An input channel receives and cannot send; what is no message does no harm. */
static void test_input( void )
{
    WS_LISTENER *listener = open_listener( WS_CHANNEL_TYPE_INPUT, NULL, 0, "+" );
    WS_CHANNEL *client = open_client( "localhost" ), *channel = NULL;
    WS_MESSAGE *out = make_message( client ), *in;
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons( test_port( 4 ) ) };
    WS_HEAP *heap = make_heap();
    struct pair pair = { 0 };
    char *large = malloc( 70000 );
    WS_LISTENER *second = NULL;
    struct remark note;
    WS_STRING url;
    WCHAR text[128];
    WSADATA data;
    SOCKET s;
    int i;

    ok_hr( WsCreateChannelForListener( listener, NULL, 0, &channel, NULL ), S_OK );
    in = make_message( channel );
    WSAStartup( MAKEWORD( 2, 2 ), &data );
    s = socket( AF_INET, SOCK_DGRAM, 0 );
    addr.sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    sendto( s, "", 0, 0, (struct sockaddr *)&addr, sizeof(addr) );
    sendto( s, "<not soap>", 10, 0, (struct sockaddr *)&addr, sizeof(addr) );
    ok_hr( WsAcceptChannel( listener, channel, NULL, NULL ), S_OK );
    ok_hr( receive_pair( channel, in, heap, &pair ), WS_E_INVALID_FORMAT );
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
    ok_hr( WsResetChannel( channel, NULL ), S_OK );

    for (i = 0; i < 3; i++) ok_hr( send_pair( client, out, i, 5 ), S_OK );
    for (i = 0; i < 3; i++)
    {
        ok_hr( WsAcceptChannel( listener, channel, NULL, NULL ), S_OK );
        ok_hr( send_pair( channel, out, 1, 2 ), WS_E_INVALID_OPERATION );
        ok_hr( receive_pair( channel, in, heap, &pair ), S_OK );
        ok_eq( pair.b, 5 );
        ok_hr( receive_pair( channel, in, heap, &pair ), WS_S_END );
        ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
        ok_hr( WsResetChannel( channel, NULL ), S_OK );
    }
    /* more than a datagram holds is not sent, and the channel goes on */
    note.text = (WCHAR *)large;
    for (i = 0; i < 34000; i++) note.text[i] = i < 33999 ? 0x20ac : 0;
    WsResetMessage( out, NULL );
    ok_hr( WsSendMessage( client, out, &note_message, WS_WRITE_REQUIRED_VALUE, &note, sizeof(note), NULL, NULL ), WS_E_QUOTA_EXCEEDED );
    note.text[20000] = 0;
    WsResetMessage( out, NULL );
    ok_hr( WsSendMessage( client, out, &note_message, WS_WRITE_REQUIRED_VALUE, &note, sizeof(note), NULL, NULL ), S_OK );
    ok_hr( WsAcceptChannel( listener, channel, NULL, NULL ), S_OK );
    ok_hr( receive_pair( channel, in, heap, &pair ), WS_E_INVALID_FORMAT );     /* another action */
    ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );

    /* the port is taken */
    test_url( text, "soap.udp", "localhost", test_port( 4 ), "other" );
    url.chars = text;
    url.length = lstrlenW( text );
    ok_hr( WsCreateListener( WS_CHANNEL_TYPE_INPUT, WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, &second, NULL ), S_OK );
    ok_hr( WsOpenListener( second, &url, NULL, NULL ), WS_E_ADDRESS_IN_USE );
    url.length = 11;
    ok_hr( WsOpenListener( second, &url, NULL, NULL ), WS_E_INVALID_ENDPOINT_URL );
    WsFreeListener( second );

    closesocket( s );
    free( large );
    WsFreeMessage( out );
    WsFreeMessage( in );
    close_channel( client );
    WsFreeChannel( channel );
    close_listener( listener );
    WsFreeHeap( heap );
}

/* --- asynchronous, and aborts ---------------------------------------------------------------------------------------------------- */

struct waiter { HANDLE event; HRESULT hr; DWORD thread; WS_CALLBACK_MODEL model; };

static void CALLBACK wake( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct waiter *waiter = state;

    waiter->hr = hr;
    waiter->model = model;
    waiter->thread = GetCurrentThreadId();
    SetEvent( waiter->event );
}

static void check_waiter( struct waiter *waiter, HRESULT expected )
{
    ok( !WaitForSingleObject( waiter->event, 10000 ), "no callback\n" );
    ok_hr( waiter->hr, expected );
    ok( waiter->thread != GetCurrentThreadId(), "the callback came on the caller's stack\n" );
}

static void test_async( void )
{
    struct waiter accepted = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) }, received = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) };
    WS_ASYNC_CONTEXT accept = { wake, &accepted }, receive = { wake, &received };
    const WS_MESSAGE_DESCRIPTION *descs[] = { &add_message };
    WS_LISTENER *listener = open_listener( WS_CHANNEL_TYPE_DUPLEX, NULL, 0, "localhost" );
    WS_CHANNEL *client = open_client( "localhost" ), *channel = NULL;
    WS_MESSAGE *out = make_message( client ), *in = make_message( client ), *message;
    WS_HEAP *heap = make_heap();
    WS_CHANNEL_STATE state;
    struct pair pair;
    int i;

    ok_hr( WsCreateChannelForListener( listener, NULL, 0, &channel, NULL ), S_OK );
    message = make_message( channel );
    for (i = 0; i < 10; i++)
    {
        /* a receive that waits while this side sends, and is ended by the answer */
        ok_hr( WsAcceptChannel( listener, channel, &accept, NULL ), WS_S_ASYNC );
        WsResetMessage( in, NULL );
        ok_hr( WsReceiveMessage( client, in, descs, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, heap, &pair, sizeof(pair),
                                 NULL, &receive, NULL ), WS_S_ASYNC );
        ok_hr( send_pair( client, out, i, 1 ), S_OK );
        check_waiter( &accepted, S_OK );
        ok_hr( send_pair( channel, message, i, 2 ), S_OK );
        check_waiter( &received, S_OK );
        ok_eq( pair.a, i );
        ok_eq( pair.b, 2 );
        ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
        ok_hr( WsResetChannel( channel, NULL ), S_OK );
    }
    for (i = 0; i < 20; i++)
    {
        WsResetMessage( in, NULL );
        ok_hr( WsReceiveMessage( client, in, descs, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, heap, &pair, sizeof(pair),
                                 NULL, &receive, NULL ), WS_S_ASYNC );
        if (i & 1) Sleep( 1 );
        ok_hr( WsAbortChannel( client, NULL ), S_OK );
        check_waiter( &received, WS_E_OPERATION_ABORTED );
        ok_hr( WsGetChannelProperty( client, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
        ok_eq( state, WS_CHANNEL_STATE_FAULTED );
        close_channel( client );
        client = open_client( "localhost" );
    }
    ok_hr( WsAcceptChannel( listener, channel, &accept, NULL ), WS_S_ASYNC );
    ok_hr( WsAbortChannel( channel, NULL ), S_OK );
    check_waiter( &accepted, WS_E_OPERATION_ABORTED );
    ok_hr( WsAcceptChannel( listener, channel, &accept, NULL ), WS_S_ASYNC );
    ok_hr( WsCloseListener( listener, NULL, NULL ), S_OK );
    check_waiter( &accepted, WS_E_OPERATION_ABORTED );
    CloseHandle( accepted.event );
    CloseHandle( received.event );
    WsFreeMessage( out );
    WsFreeMessage( in );
    WsFreeMessage( message );
    close_channel( client );
    WsFreeChannel( channel );
    WsFreeListener( listener );
    WsFreeHeap( heap );
}

static DWORD WINAPI blocked_receive( void *arg )
{
    WS_CHANNEL *channel = arg;
    WS_MESSAGE *message = make_message( channel );
    HRESULT hr = WsReadMessageStart( channel, message, NULL, NULL );

    WsFreeMessage( message );
    return hr;
}

static void test_blocked( void )
{
    WS_CHANNEL *client;
    HANDLE thread;
    DWORD code;
    int i;

    for (i = 0; i < 6; i++)
    {
        client = open_client( "localhost" );
        thread = CreateThread( NULL, 0, blocked_receive, client, 0, NULL );
        Sleep( i * 10 );
        if (i & 1) ok_hr( WsAbortChannel( client, NULL ), S_OK );
        else if (i) ok_hr( WsCloseChannel( client, NULL, NULL ), S_OK );    /* ends what is under way as well */
        else WsAbortChannel( client, NULL );
        ok( !WaitForSingleObject( thread, 10000 ), "the receive still waits\n" );
        GetExitCodeThread( thread, &code );
        ok( code == (DWORD)WS_E_OPERATION_ABORTED || code == (DWORD)WS_E_INVALID_OPERATION /* it came late */, "got %#lx\n", code );
        CloseHandle( thread );
        close_channel( client );
    }
}

/* Many datagrams are queued; the rest gets lost without harm. */
static void test_flood( void )
{
    WS_LISTENER *listener = open_listener( WS_CHANNEL_TYPE_INPUT, NULL, 0, "localhost" );
    WS_CHANNEL *client = open_client( "localhost" ), *channel = NULL;
    WS_MESSAGE *out = make_message( client ), *in;
    WS_HEAP *heap = make_heap();
    struct pair pair;
    int i;

    for (i = 0; i < 3000; i++) if (send_pair( client, out, i, 1 )) break;
    ok_eq( i, 3000 );
    ok_hr( WsCreateChannelForListener( listener, NULL, 0, &channel, NULL ), S_OK );
    in = make_message( channel );
    for (i = 0; i < 100; i++)
    {
        if (WsAcceptChannel( listener, channel, NULL, NULL ) || receive_pair( channel, in, heap, &pair ) ||
            WsCloseChannel( channel, NULL, NULL ) || WsResetChannel( channel, NULL )) break;
        WsResetHeap( heap, NULL );
    }
    ok_eq( i, 100 );
    WsFreeMessage( out );
    WsFreeMessage( in );
    close_channel( client );
    close_listener( listener );     /* with datagrams that nobody has accepted */
    WsFreeChannel( channel );
    WsFreeHeap( heap );
}

/* --- multicast ------------------------------------------------------------------------------------------------------------------- */

#define GROUP "239.255.77.7"
#define LOOPBACK_INDEX 1    /* on Linux and on Windows */

static void test_multicast( void )
{
    static BOOL yes = TRUE;
    static ULONG lo = LOOPBACK_INDEX;
    WS_LISTENER_PROPERTY props[] =
    {
        { WS_LISTENER_PROPERTY_IS_MULTICAST, &yes, sizeof(yes) },
        { WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, &lo, sizeof(lo) },
    };
    struct waiter accepted[2] = { { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) }, { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) } };
    WS_LISTENER *listeners[2];
    WS_CHANNEL *channels[2] = { NULL }, *client = open_client( GROUP );
    WS_MESSAGE *out = make_message( client ), *in = make_message( client );
    WS_HEAP *heap = make_heap();
    struct pair pair;
    int i, round;

    ok_hr( WsSetChannelProperty( client, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &lo, sizeof(lo), NULL ), S_OK );
    /* two listeners share the port, one of them joins later */
    listeners[0] = open_listener( WS_CHANNEL_TYPE_DUPLEX, props, 2, GROUP );
    listeners[1] = open_listener( WS_CHANNEL_TYPE_DUPLEX, props, 1, GROUP );
    ok_hr( WsSetListenerProperty( listeners[1], WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, &lo, sizeof(lo), NULL ), S_OK );
    for (i = 0; i < 2; i++) ok_hr( WsCreateChannelForListener( listeners[i], NULL, 0, &channels[i], NULL ), S_OK );
    for (round = 0; round < 3; round++)
    {
        for (i = 0; i < 2; i++)
        {
            WS_ASYNC_CONTEXT context = { wake, &accepted[i] };
            ok_hr( WsAcceptChannel( listeners[i], channels[i], &context, NULL ), WS_S_ASYNC );
        }
        ok_hr( send_pair( client, out, round, 1 ), S_OK );
        for (i = 0; i < 2; i++)
        {
            check_waiter( &accepted[i], S_OK );
            ok_hr( receive_pair( channels[i], in, heap, &pair ), S_OK );
            ok_eq( pair.a, round );
            ok_hr( send_pair( channels[i], out, i, 2 ), S_OK );     /* to the one that asked */
            ok_hr( receive_pair( client, in, heap, &pair ), S_OK );
            ok_eq( pair.a, i );
            check_remote( client, FALSE );
            ok_hr( WsCloseChannel( channels[i], NULL, NULL ), S_OK );
            ok_hr( WsResetChannel( channels[i], NULL ), S_OK );
        }
    }
    WsFreeMessage( out );
    WsFreeMessage( in );
    for (i = 0; i < 2; i++)
    {
        WsFreeChannel( channels[i] );
        close_listener( listeners[i] );
        CloseHandle( accepted[i].event );
    }
    close_channel( client );
    WsFreeHeap( heap );
}

/* WS_LISTENER_PROPERTY_MULTICAST_LOOPBACK: what this machine has sent is not for it. */
static void test_foreign( void )
{
    static BOOL yes = TRUE, no = FALSE;
    static ULONG lo = LOOPBACK_INDEX;
    WS_LISTENER_PROPERTY props[] =
    {
        { WS_LISTENER_PROPERTY_IS_MULTICAST, &yes, sizeof(yes) },
        { WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, &lo, sizeof(lo) },
        { WS_LISTENER_PROPERTY_MULTICAST_LOOPBACK, &no, sizeof(no) },
    };
    struct waiter accepted = { .event = CreateEventW( NULL, FALSE, FALSE, NULL ) };
    WS_ASYNC_CONTEXT context = { wake, &accepted };
    WS_LISTENER *listener = open_listener( WS_CHANNEL_TYPE_DUPLEX, props, 3, GROUP );
    WS_CHANNEL *client = open_client( GROUP ), *channel = NULL;
    WS_MESSAGE *out = make_message( client );

    ok_hr( WsSetChannelProperty( client, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &lo, sizeof(lo), NULL ), S_OK );
    ok_hr( WsCreateChannelForListener( listener, NULL, 0, &channel, NULL ), S_OK );
    ok_hr( WsAcceptChannel( listener, channel, &context, NULL ), WS_S_ASYNC );
    ok_hr( send_pair( client, out, 1, 1 ), S_OK );
    ok_eq( WaitForSingleObject( accepted.event, 300 ), WAIT_TIMEOUT );
    ok_hr( WsAbortListener( listener, NULL ), S_OK );
    check_waiter( &accepted, WS_E_OPERATION_ABORTED );
    CloseHandle( accepted.event );
    WsFreeMessage( out );
    close_channel( client );
    WsFreeChannel( channel );
    close_listener( listener );
}

TESTS( udp, { "types", test_types }, { "properties", test_properties }, { "exchange", test_exchange }, { "input", test_input },
       { "async", test_async }, { "blocked", test_blocked }, { "flood", test_flood }, { "multicast", test_multicast },
       { "foreign", test_foreign } )
