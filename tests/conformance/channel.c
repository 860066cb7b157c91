/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Channels and listeners: states and the order of calls, generated from tables for each kind; properties; custom channels. */
#include "service.h"

static WS_CHANNEL_STATE channel_state( WS_CHANNEL *channel )
{
    WS_CHANNEL_STATE state = ~0;

    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
    return state;
}

static WS_LISTENER_STATE listener_state( WS_LISTENER *listener )
{
    WS_LISTENER_STATE state = ~0;

    ok_hr( WsGetListenerProperty( listener, WS_LISTENER_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
    return state;
}

/* --- a custom channel that only notes what it is asked -------------------------------------------------------------------------- */

static char calls[256];
static int instance_value;

static void called( const char *what )
{
    if (strlen( calls ) + strlen( what ) < sizeof(calls)) strcat( calls, what );
}

static HRESULT CALLBACK custom_create( WS_CHANNEL_TYPE type, const void *params, ULONG size, void **instance, WS_ERROR *error )
{
    (void)error;
    called( "N" );
    ok_eq( type, WS_CHANNEL_TYPE_DUPLEX_SESSION );
    ok_eq( size, 4 );
    ok( params && !memcmp( params, "abcd", 4 ), "parameters are lost\n" );
    *instance = &instance_value;
    return S_OK;
}
static void CALLBACK custom_free( void *instance ) { (void)instance; called( "F" ); }
static HRESULT CALLBACK custom_reset( void *instance, WS_ERROR *error ) { (void)instance, (void)error; called( "r" ); return S_OK; }
static HRESULT CALLBACK custom_open( void *instance, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)address, (void)async, (void)error;
    ok_ptr( instance, &instance_value );
    called( "o" );
    return S_OK;
}
static HRESULT CALLBACK custom_close( void *instance, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)instance, (void)async, (void)error;
    called( "c" );
    return S_OK;
}
static HRESULT CALLBACK custom_abort( void *instance, WS_ERROR *error ) { (void)instance, (void)error; called( "a" ); return S_OK; }
static HRESULT CALLBACK custom_get( void *instance, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    (void)instance, (void)error;
    if (id == WS_CHANNEL_PROPERTY_ENVELOPE_VERSION && size == sizeof(WS_ENVELOPE_VERSION))
        *(WS_ENVELOPE_VERSION *)value = WS_ENVELOPE_VERSION_SOAP_1_2;
    else if (id == WS_CHANNEL_PROPERTY_ADDRESSING_VERSION && size == sizeof(WS_ADDRESSING_VERSION))
        *(WS_ADDRESSING_VERSION *)value = WS_ADDRESSING_VERSION_1_0;
    else return E_INVALIDARG;
    return S_OK;
}
static HRESULT CALLBACK custom_set( void *instance, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error )
{
    (void)instance, (void)id, (void)value, (void)size, (void)error;
    called( "p" );
    return S_OK;
}
#define MESSAGE_CALLBACK( name, letter ) \
    static HRESULT CALLBACK custom_##name( void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *async, WS_ERROR *error ) \
    { \
        (void)instance, (void)message, (void)async, (void)error; \
        called( letter ); \
        return S_OK; \
    }
MESSAGE_CALLBACK( write_start, "w" )
MESSAGE_CALLBACK( write_end, "W" )
MESSAGE_CALLBACK( read_start, "i" )
MESSAGE_CALLBACK( read_end, "I" )
static HRESULT CALLBACK custom_abandon( void *instance, WS_MESSAGE *message, WS_ERROR *error )
{
    (void)instance, (void)message, (void)error;
    called( "b" );
    return S_OK;
}
static HRESULT CALLBACK custom_shutdown( void *instance, const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    (void)instance, (void)async, (void)error;
    called( "s" );
    return S_OK;
}

static WS_CUSTOM_CHANNEL_CALLBACKS custom_callbacks =
{
    custom_create, custom_free, custom_reset, custom_open, custom_close, custom_abort, custom_get, custom_set,
    custom_write_start, custom_write_end, custom_read_start, custom_read_end, custom_abandon, custom_shutdown
};

static WS_CHANNEL *make_custom( void )
{
    WS_CHANNEL_PROPERTY props[2] =
    {
        { WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS, &custom_callbacks, sizeof(custom_callbacks) },
        { WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_PARAMETERS, (void *)"abcd", 4 },
    };
    WS_CHANNEL *channel = NULL;

    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_CUSTOM_CHANNEL_BINDING, props, 2, NULL, &channel, NULL ), S_OK );
    return channel;
}

static WS_CHANNEL *make_request( void )
{
    WS_CHANNEL *channel = NULL;

    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL ), S_OK );
    return channel;
}

/* Letters: o open, c close, a abort, r reset, i/I read start/end, w/W write start/end, s shutdown, b abandon. */
static HRESULT do_op( WS_CHANNEL *channel, char op, WS_MESSAGE *in, WS_MESSAGE *out )
{
    WS_ENDPOINT_ADDRESS address = { .url = WS_STRING_VALUE( L"http://localhost:1/x" ) };

    switch (op)
    {
    case 'o': return WsOpenChannel( channel, &address, NULL, NULL );
    case 'c': return WsCloseChannel( channel, NULL, NULL );
    case 'a': return WsAbortChannel( channel, NULL );
    case 'r': return WsResetChannel( channel, NULL );
    case 'i': return WsReadMessageStart( channel, in, NULL, NULL );
    case 'I': return WsReadMessageEnd( channel, in, NULL, NULL );
    case 'w': return WsWriteMessageStart( channel, out, NULL, NULL );
    case 'W': return WsWriteMessageEnd( channel, out, NULL, NULL );
    case 's': return WsShutdownSessionChannel( channel, NULL, NULL );
    case 'b': return WsAbandonMessage( channel, in, NULL );
    }
    return E_NOTIMPL;
}

/* What each operation does in each state that a program can bring a channel to without a peer: 0 illegal, else the state after. */
static const struct { const char *path; WS_CHANNEL_STATE state; const char *legal; } channel_states[] =
{
    { "",     WS_CHANNEL_STATE_CREATED, "oacr" },
    { "o",    WS_CHANNEL_STATE_OPEN,    "acw" },
    { "oa",   WS_CHANNEL_STATE_FAULTED, "ac" },
    { "oc",   WS_CHANNEL_STATE_CLOSED,  "acr" },
    { "oac",  WS_CHANNEL_STATE_CLOSED,  "acr" },
    { "c",    WS_CHANNEL_STATE_CLOSED,  "acr" },
    { "ocr",  WS_CHANNEL_STATE_CREATED, "oacr" },
    { "ocro", WS_CHANNEL_STATE_OPEN,    "acw" },
};

static void check_states( WS_CHANNEL *(*make)( void ), const char *name, const char *open_extra, const char *ops )
{
    unsigned int i;
    const char *p, *op;

    for (i = 0; i < ARRAYSIZE( channel_states ); i++)
        for (op = ops; *op; op++)
        {
            WS_CHANNEL *channel = make();
            WS_MESSAGE *in = NULL, *out = NULL;
            BOOL legal = strchr( channel_states[i].legal, *op ) ||
                         (channel_states[i].state == WS_CHANNEL_STATE_OPEN && strchr( open_extra, *op ));
            HRESULT hr;

            test_context( "%s: '%s' then %c", name, channel_states[i].path, *op );
            ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &in, NULL ), S_OK );
            ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &out, NULL ), S_OK );
            ok_hr( WsInitializeMessage( out, WS_BLANK_MESSAGE, NULL, NULL ), S_OK );
            for (p = channel_states[i].path; *p; p++) ok_hr( do_op( channel, *p, in, out ), S_OK );
            ok_eq( channel_state( channel ), channel_states[i].state );
            hr = do_op( channel, *op, in, out );
            if (legal) ok_hr( hr, S_OK );
            else
            {
                ok_hr( hr, WS_E_INVALID_OPERATION );
                ok_eq( channel_state( channel ), channel_states[i].state );
            }
            if (channel_state( channel ) == WS_CHANNEL_STATE_OPEN || channel_state( channel ) == WS_CHANNEL_STATE_FAULTED)
                ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK );
            WsFreeMessage( in );
            WsFreeMessage( out );
            WsFreeChannel( channel );
        }
    test_context( NULL );
}

static void test_states( void )
{
    check_states( make_custom, "custom", "is", "ocariIwWsb" );
    check_states( make_request, "request", "", "ocariIwWsb" );
}

static void test_custom( void )
{
    WS_MESSAGE *in = NULL, *out = NULL;
    WS_CHANNEL *channel;
    void *instance = NULL;
    ULONG value = 1;

    calls[0] = 0;
    channel = make_custom();
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_INSTANCE, &instance, sizeof(instance), NULL ), S_OK );
    ok_ptr( instance, &instance_value );
    ok_hr( WsSetChannelProperty( channel, WS_CHANNEL_PROPERTY_SEND_TIMEOUT, &value, sizeof(value), NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &in, NULL ), S_OK );
    ok_hr( WsCreateMessageForChannel( channel, NULL, 0, &out, NULL ), S_OK );
    do_op( channel, 'o', in, out );
    ok_hr( do_op( channel, 'w', in, out ), S_OK );
    ok_hr( do_op( channel, 'w', in, in ), WS_E_INVALID_OPERATION );
    ok_hr( do_op( channel, 'W', in, in ), WS_E_INVALID_OPERATION );
    ok_hr( do_op( channel, 'i', in, out ), S_OK );
    ok_hr( do_op( channel, 'W', in, out ), S_OK );
    ok_hr( do_op( channel, 'b', in, out ), S_OK );
    ok_hr( do_op( channel, 'I', in, out ), WS_E_INVALID_OPERATION );
    ok_hr( do_op( channel, 's', in, out ), S_OK );
    ok_hr( do_op( channel, 's', in, out ), WS_E_INVALID_OPERATION );
    do_op( channel, 'a', in, out );
    do_op( channel, 'c', in, out );
    do_op( channel, 'r', in, out );
    WsFreeMessage( in );
    WsFreeMessage( out );
    WsFreeChannel( channel );
    ok_bytes( calls, strlen( calls ), "NpowiWbsacrF" );
}

static void test_create( void )
{
    static const struct { WS_CHANNEL_TYPE type; WS_CHANNEL_BINDING binding; } bad[] =
    {
        { WS_CHANNEL_TYPE_REPLY, WS_HTTP_CHANNEL_BINDING }, { WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_HTTP_CHANNEL_BINDING },
        { WS_CHANNEL_TYPE_REQUEST, WS_TCP_CHANNEL_BINDING }, { WS_CHANNEL_TYPE_REQUEST, 99 },
    };
    WS_ADDRESSING_VERSION transport = WS_ADDRESSING_VERSION_TRANSPORT;
    WS_ENCODING raw = WS_ENCODING_RAW, session = WS_ENCODING_XML_BINARY_SESSION_1;
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    WS_CHANNEL_PROPERTY prop;
    WS_CHANNEL *channel;
    ULONG value = 0;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( bad ); i++)
        ok_hr( WsCreateChannel( bad[i].type, bad[i].binding, NULL, 0, NULL, &channel, NULL ), E_INVALIDARG );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, 1, NULL, &channel, NULL ), E_INVALIDARG );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_CUSTOM_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL ), E_INVALIDARG );
    prop.id = WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE;
    prop.value = &value;
    prop.valueSize = sizeof(value);
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, &prop, 1, NULL, &channel, NULL ), E_INVALIDARG );
    prop.id = WS_CHANNEL_PROPERTY_ADDRESSING_VERSION;
    prop.value = &transport;
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, &prop, 1, NULL, &channel, NULL ), E_INVALIDARG );
    prop.id = WS_CHANNEL_PROPERTY_ENCODING;
    prop.value = &session;
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, &prop, 1, NULL, &channel, NULL ), E_INVALIDARG );
    /* raw messages have no envelope */
    prop.value = &raw;
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, &prop, 1, NULL, &channel, NULL ), S_OK );
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope), NULL ), S_OK );
    ok_eq( envelope, WS_ENVELOPE_VERSION_NONE );
    ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing), NULL ), S_OK );
    ok_eq( addressing, WS_ADDRESSING_VERSION_TRANSPORT );
    WsFreeChannel( channel );
}

static void test_properties( void )
{
    static const struct { WS_CHANNEL_PROPERTY_ID id; ULONG http, tcp; } defaults[] =
    {
        { WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, 65536, 65536 },
        { WS_CHANNEL_PROPERTY_TRIM_BUFFERED_MESSAGE_SIZE, 65536, 65536 },
        { WS_CHANNEL_PROPERTY_ENCODING, WS_ENCODING_XML_UTF8, WS_ENCODING_XML_BINARY_SESSION_1 },
        { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ENVELOPE_VERSION_SOAP_1_2 },
        { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, WS_ADDRESSING_VERSION_1_0, WS_ADDRESSING_VERSION_1_0 },
        { WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT, 30000, 30000 },
        { WS_CHANNEL_PROPERTY_SEND_TIMEOUT, 30000, 30000 },
        { WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT, 30000, 30000 },
        { WS_CHANNEL_PROPERTY_ASYNC_CALLBACK_MODEL, WS_LONG_CALLBACK, WS_LONG_CALLBACK },
        { WS_CHANNEL_PROPERTY_TRANSFER_MODE, WS_BUFFERED_TRANSFER_MODE, WS_BUFFERED_TRANSFER_MODE },
        { WS_CHANNEL_PROPERTY_CHANNEL_TYPE, WS_CHANNEL_TYPE_REQUEST, WS_CHANNEL_TYPE_DUPLEX_SESSION },
        { WS_CHANNEL_PROPERTY_PROTECTION_LEVEL, WS_PROTECTION_LEVEL_NONE, WS_PROTECTION_LEVEL_NONE },
        { WS_CHANNEL_PROPERTY_FAULTS_AS_ERRORS, TRUE, TRUE },
    };
    WS_CHANNEL *http = NULL, *tcp = NULL;
    ULONG value;
    unsigned int i;

    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, &http, NULL ), S_OK );
    ok_hr( WsCreateChannel( WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &tcp, NULL ), S_OK );
    for (i = 0; i < ARRAYSIZE( defaults ); i++)
    {
        test_context( "property %u", defaults[i].id );
        ok_hr( WsGetChannelProperty( http, defaults[i].id, &value, sizeof(value), NULL ), S_OK );
        ok_eq( value, defaults[i].http );
        ok_hr( WsGetChannelProperty( tcp, defaults[i].id, &value, sizeof(value), NULL ), S_OK );
        ok_eq( value, defaults[i].tcp );
        ok_hr( WsGetChannelProperty( tcp, defaults[i].id, &value, sizeof(value) - 1, NULL ), E_INVALIDARG );
        ok_hr( WsGetChannelProperty( tcp, defaults[i].id, NULL, 0, NULL ), E_INVALIDARG );
    }
    test_context( NULL );
    value = 1234;
    ok_hr( WsSetChannelProperty( http, WS_CHANNEL_PROPERTY_SEND_TIMEOUT, &value, sizeof(value), NULL ), S_OK );
    value = 0;
    ok_hr( WsGetChannelProperty( http, WS_CHANNEL_PROPERTY_SEND_TIMEOUT, &value, sizeof(value), NULL ), S_OK );
    ok_eq( value, 1234 );
    ok( FAILED( WsSetChannelProperty( http, WS_CHANNEL_PROPERTY_ENCODING, &value, sizeof(value), NULL )), "encoding was set\n" );
    ok_hr( WsGetChannelProperty( http, 99, &value, sizeof(value), NULL ), E_INVALIDARG );
    ok_hr( WsGetChannelProperty( http, WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE, &value, sizeof(value), NULL ), E_INVALIDARG );
    WsFreeChannel( http );
    WsFreeChannel( tcp );
}

static void test_listener_states( void )
{
    static const struct { const char *path; WS_LISTENER_STATE state; const char *legal; } states[] =
    {
        { "",     WS_LISTENER_STATE_CREATED, "oacr" },
        { "o",    WS_LISTENER_STATE_OPEN,    "ac" },
        { "oa",   WS_LISTENER_STATE_FAULTED, "ac" },
        { "oc",   WS_LISTENER_STATE_CLOSED,  "acr" },
        { "oac",  WS_LISTENER_STATE_CLOSED,  "acr" },
        { "c",    WS_LISTENER_STATE_CLOSED,  "acr" },
        { "ocro", WS_LISTENER_STATE_OPEN,    "ac" },
    };
    static const struct { WS_CHANNEL_TYPE type; WS_CHANNEL_BINDING binding; const char *scheme; } kinds[] =
    {
        { WS_CHANNEL_TYPE_REPLY, WS_HTTP_CHANNEL_BINDING, "http" },
        { WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, "net.tcp" },
    };
    unsigned int i, kind;
    const char *p, *op;
    WS_STRING url;
    WCHAR text[128];

    for (kind = 0; kind < ARRAYSIZE( kinds ); kind++)
    {
        test_url( text, kinds[kind].scheme, "localhost", test_port( 5 + kind ), "listener" );
        url.chars = text;
        url.length = lstrlenW( text );
        for (i = 0; i < ARRAYSIZE( states ); i++)
            for (op = "ocar"; *op; op++)
            {
                WS_LISTENER *listener = NULL;
                HRESULT hr = S_OK;

                test_context( "%s: '%s' then %c", kinds[kind].scheme, states[i].path, *op );
                ok_hr( WsCreateListener( kinds[kind].type, kinds[kind].binding, NULL, 0, NULL, &listener, NULL ), S_OK );
                for (p = states[i].path;; p++)
                {
                    if (!*p) ok_eq( listener_state( listener ), states[i].state );
                    switch (*p ? *p : *op)
                    {
                    case 'o': hr = WsOpenListener( listener, &url, NULL, NULL ); break;
                    case 'c': hr = WsCloseListener( listener, NULL, NULL ); break;
                    case 'a': hr = WsAbortListener( listener, NULL ); break;
                    case 'r': hr = WsResetListener( listener, NULL ); break;
                    }
                    if (!*p) break;
                    ok_hr( hr, S_OK );
                }
                ok_hr( hr, strchr( states[i].legal, *op ) ? S_OK : WS_E_INVALID_OPERATION );
                if (listener_state( listener ) == WS_LISTENER_STATE_OPEN || listener_state( listener ) == WS_LISTENER_STATE_FAULTED)
                    ok_hr( WsCloseListener( listener, NULL, NULL ), S_OK );
                WsFreeListener( listener );
            }
    }
    test_context( NULL );
}

struct waiter { HANDLE event; HRESULT hr; };

static void CALLBACK wake( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct waiter *waiter = state;

    (void)model;
    waiter->hr = hr;
    SetEvent( waiter->event );
}

/* Accepts that wait end with the abort of the channel, of the listener, or its close. */
static void test_accept( void )
{
    struct waiter waiter = { CreateEventW( NULL, FALSE, FALSE, NULL ), S_OK };
    WS_ASYNC_CONTEXT context = { wake, &waiter };
    WS_LISTENER *listener = NULL;
    WS_CHANNEL *channel = NULL;
    WS_STRING url;
    WCHAR text[128];
    int how;

    test_url( text, "http", "localhost", test_port( 5 ), "accept" );
    url.chars = text;
    url.length = lstrlenW( text );
    ok_hr( WsCreateListener( WS_CHANNEL_TYPE_REPLY, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, &listener, NULL ), S_OK );
    ok_hr( WsCreateChannelForListener( listener, NULL, 0, &channel, NULL ), S_OK );
    ok_hr( WsAcceptChannel( listener, channel, &context, NULL ), WS_E_INVALID_OPERATION );
    /* the page of WsAcceptChannel: a loop of accepts sees the end by this error */
    ok_hr( WsOpenListener( listener, &url, NULL, NULL ), S_OK );
    ok_hr( WsAbortListener( listener, NULL ), S_OK );
    ok_hr( WsAcceptChannel( listener, channel, &context, NULL ), WS_E_OBJECT_FAULTED );
    ok_hr( WsAcceptChannel( listener, channel, NULL, NULL ), WS_E_OBJECT_FAULTED );
    ok_hr( WsCloseListener( listener, NULL, NULL ), S_OK );
    ok_hr( WsAcceptChannel( listener, channel, NULL, NULL ), WS_E_INVALID_OPERATION );
    ok_hr( WsResetListener( listener, NULL ), S_OK );
    for (how = 0; how < 3; how++)
    {
        test_context( "end %d", how );
        ok_hr( WsOpenListener( listener, &url, NULL, NULL ), S_OK );
        ok_hr( WsAcceptChannel( listener, channel, &context, NULL ), WS_S_ASYNC );
        ok_eq( channel_state( channel ), WS_CHANNEL_STATE_ACCEPTING );
        ok_hr( WsAcceptChannel( listener, channel, &context, NULL ), WS_E_INVALID_OPERATION );
        if (how == 0) ok_hr( WsAbortChannel( channel, NULL ), S_OK );
        else if (how == 1) ok_hr( WsAbortListener( listener, NULL ), S_OK );
        else ok_hr( WsCloseListener( listener, NULL, NULL ), S_OK );
        ok( !WaitForSingleObject( waiter.event, 30000 ), "the accept did not end\n" );
        ok_hr( waiter.hr, WS_E_OPERATION_ABORTED );
        ok_eq( channel_state( channel ), WS_CHANNEL_STATE_CREATED );
        if (how < 2) ok_hr( WsCloseListener( listener, NULL, NULL ), S_OK );
        ok_hr( WsResetListener( listener, NULL ), S_OK );
    }
    test_context( NULL );
    WsFreeChannel( channel );
    WsFreeListener( listener );
    CloseHandle( waiter.event );
}

TESTS( channel, { "create", test_create }, { "properties", test_properties }, { "states", test_states }, { "custom", test_custom },
       { "listener_states", test_listener_states }, { "accept", test_accept } )
