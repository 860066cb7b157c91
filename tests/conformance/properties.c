/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every property of channels and listeners: who has it, its default, sizes and ranges, when it may be given, set and read
 * (the pages of WS_CHANNEL_PROPERTY_ID and WS_LISTENER_PROPERTY_ID). */
#include "service.h"

/* Kinds of channels, and of listeners by their channels. */
enum
{
    HREQ = 1, HREP = 2, TCLI = 4, TSRV = 8, UCLI = 16, USRV = 32, UINP = 64,
    HTTP = HREQ | HREP, TCP = TCLI | TSRV, UDP = UCLI | USRV | UINP, ALL = HTTP | TCP | UDP, CLIENTS = HREQ | TCLI | UCLI,
    SERVERS = ALL & ~CLIENTS
};

static const struct kind { const char *name; UINT bit; WS_CHANNEL_BINDING binding; WS_CHANNEL_TYPE type; } kinds[] =
{
    { "HTTP request",   HREQ, WS_HTTP_CHANNEL_BINDING, WS_CHANNEL_TYPE_REQUEST },
    { "HTTP reply",     HREP, WS_HTTP_CHANNEL_BINDING, WS_CHANNEL_TYPE_REPLY },
    { "TCP client",     TCLI, WS_TCP_CHANNEL_BINDING,  WS_CHANNEL_TYPE_DUPLEX_SESSION },
    { "TCP server",     TSRV, WS_TCP_CHANNEL_BINDING,  WS_CHANNEL_TYPE_DUPLEX_SESSION },
    { "UDP client",     UCLI, WS_UDP_CHANNEL_BINDING,  WS_CHANNEL_TYPE_DUPLEX },
    { "UDP server",     USRV, WS_UDP_CHANNEL_BINDING,  WS_CHANNEL_TYPE_DUPLEX },
    { "UDP input",      UINP, WS_UDP_CHANNEL_BINDING,  WS_CHANNEL_TYPE_INPUT },
};

/* A property in one or several kinds. */
struct row
{
    const char *name;
    ULONG id;
    UINT kinds;                 /* that have it as this row says */
    const char *access;         /* c at creation, s set later, g get; l get, but not yet; ? get: the page does not say; x the page does not
                                 * have it, and it is no harm */
    ULONG size;
    ULONGLONG value, good;      /* default; another one that may be given */
    ULONGLONG bad[2];           /* out of range, where not NONE */
    ULONG with;                 /* another property that this one needs */
};
#define NONE 0xbadbadbadbadull
#define NO_BAD { NONE, NONE }
#define P( id ) #id, WS_CHANNEL_PROPERTY_##id
#define NO_OTHER ~0u
#define INF 0xffffffffu

static const struct row channel_rows[] =
{
    { P( MAX_BUFFERED_MESSAGE_SIZE ),     HTTP | TCP,         "cg",  4, 65536, 100000, { 0, NONE }, NO_OTHER },
    { P( MAX_BUFFERED_MESSAGE_SIZE ),     UDP,                "g",   4, 65536, NONE, NO_BAD, NO_OTHER },
    { P( MAX_STREAMED_MESSAGE_SIZE ),     HTTP,               "cg",  8, 4194304, 1ull << 40, { 0, NONE }, WS_CHANNEL_PROPERTY_TRANSFER_MODE },
    { P( MAX_STREAMED_START_SIZE ),       HTTP,               "cg",  4, 16384, 1, { 0, NONE }, WS_CHANNEL_PROPERTY_TRANSFER_MODE },
    { P( MAX_STREAMED_FLUSH_SIZE ),       HTTP,               "cg",  4, 65536, 1, NO_BAD, WS_CHANNEL_PROPERTY_TRANSFER_MODE },
    { P( ENCODING ),                      HTTP,               "cg",  4, WS_ENCODING_XML_UTF8, WS_ENCODING_XML_UTF16LE, { 99, INF }, NO_OTHER },
    { P( ENCODING ),                      TCP,                "cg",  4, WS_ENCODING_XML_BINARY_SESSION_1, WS_ENCODING_XML_UTF8, { 99, INF }, NO_OTHER },
    { P( ENCODING ),                      UDP,                "g",   4, WS_ENCODING_XML_UTF8, NONE, NO_BAD, NO_OTHER },
    { P( ENVELOPE_VERSION ),              HTTP | UDP,         "cg",  4, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ENVELOPE_VERSION_SOAP_1_1, { 0, 4 }, NO_OTHER },
    { P( ENVELOPE_VERSION ),              TCP,                "cg",  4, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ENVELOPE_VERSION_SOAP_1_1, { 0, 4 }, WS_CHANNEL_PROPERTY_ENCODING },
    { P( ADDRESSING_VERSION ),            ALL,                "cg",  4, WS_ADDRESSING_VERSION_1_0, WS_ADDRESSING_VERSION_0_9, { 0, 4 }, NO_OTHER },
    { P( MAX_SESSION_DICTIONARY_SIZE ),   TCP,                "cg",  4, 2048, 0, NO_BAD, NO_OTHER },
    { P( STATE ),                         ALL,                "g",   4, WS_CHANNEL_STATE_CREATED, NONE, NO_BAD, NO_OTHER },
    { P( ASYNC_CALLBACK_MODEL ),          CLIENTS,            "cg",  4, WS_LONG_CALLBACK, WS_SHORT_CALLBACK, { 2, INF }, NO_OTHER },
    { P( ASYNC_CALLBACK_MODEL ),          SERVERS,            "g",   4, WS_LONG_CALLBACK, NONE, NO_BAD, NO_OTHER },
    { P( IP_VERSION ),                    TCLI | UCLI,        "cg",  4, WS_IP_VERSION_AUTO, WS_IP_VERSION_4, { 0, 4 }, NO_OTHER },
    { P( IP_VERSION ),                    HTTP,               "x",   4, 0, NONE, NO_BAD, NO_OTHER },
    { P( RESOLVE_TIMEOUT ),               HREQ,               "csg", 4, INF, 1234, NO_BAD, NO_OTHER },
    { P( CONNECT_TIMEOUT ),               HREQ | TCLI,        "csg", 4, 30000, INF, NO_BAD, NO_OTHER },
    { P( SEND_TIMEOUT ),                  HREQ | TCP,         "csg", 4, 30000, 1234, NO_BAD, NO_OTHER },
    { P( RECEIVE_RESPONSE_TIMEOUT ),      HREQ,               "csg", 4, 30000, 1234, NO_BAD, NO_OTHER },
    { P( RECEIVE_TIMEOUT ),               HREQ | TCP,         "csg", 4, 30000, 0, NO_BAD, NO_OTHER },
    { P( CLOSE_TIMEOUT ),                 TCP,                "csg", 4, 30000, 1234, NO_BAD, NO_OTHER },
    { P( ENABLE_TIMEOUTS ),               ALL,                "c?",  4, TRUE, FALSE, NO_BAD, NO_OTHER },
    { P( TRANSFER_MODE ),                 HTTP,               "cg",  4, WS_BUFFERED_TRANSFER_MODE, WS_STREAMED_TRANSFER_MODE, { 4, INF }, NO_OTHER },
    { P( TRANSFER_MODE ),                 TCP | UDP,          "g",   4, WS_BUFFERED_TRANSFER_MODE, NONE, NO_BAD, NO_OTHER },
    { P( MULTICAST_INTERFACE ),           UCLI | USRV,        "csg", 4, 0, 1, NO_BAD, NO_OTHER },
    { P( MULTICAST_HOPS ),                UCLI | USRV,        "cg",  4, 1, 3, NO_BAD, NO_OTHER },
    { P( REMOTE_ADDRESS ),                UCLI | USRV,        "l",   sizeof(WS_ENDPOINT_ADDRESS), 0, NONE, NO_BAD, NO_OTHER },
    { P( REMOTE_IP_ADDRESS ),             HREP | TCP | UCLI | USRV, "l", sizeof(SOCKADDR_STORAGE), 0, NONE, NO_BAD, NO_OTHER },
    { P( HTTP_CONNECTION_ID ),            HREP,               "l",   8, 0, NONE, NO_BAD, NO_OTHER },
    { P( CUSTOM_CHANNEL_CALLBACKS ),      0,                  "",    sizeof(WS_CUSTOM_CHANNEL_CALLBACKS), 0, NONE, NO_BAD, NO_OTHER },
    { P( CUSTOM_CHANNEL_PARAMETERS ),     0,                  "",    4, 0, NONE, NO_BAD, NO_OTHER },
    { P( CUSTOM_CHANNEL_INSTANCE ),       0,                  "",    sizeof(void *), 0, NONE, NO_BAD, NO_OTHER },
    { P( TRANSPORT_URL ),                 HREP | TSRV,        "l",   sizeof(WS_STRING), 0, NONE, NO_BAD, NO_OTHER },
    { P( NO_DELAY ),                      TCP,                "csg", 4, FALSE, TRUE, NO_BAD, NO_OTHER },
    { P( SEND_KEEP_ALIVES ),              TCP,                "c?",  4, FALSE, TRUE, NO_BAD, NO_OTHER },
    { P( KEEP_ALIVE_TIME ),               TCP,                "c?",  4, 7200000, 1000, NO_BAD, WS_CHANNEL_PROPERTY_SEND_KEEP_ALIVES },
    { P( KEEP_ALIVE_INTERVAL ),           TCP,                "c?",  4, 1000, 2000, NO_BAD, WS_CHANNEL_PROPERTY_SEND_KEEP_ALIVES },
    { P( MAX_HTTP_SERVER_CONNECTIONS ),   HREQ,               "c?",  4, INF, 2, NO_BAD, NO_OTHER },
    { P( IS_SESSION_SHUT_DOWN ),          TCP,                "l",   4, 0, NONE, NO_BAD, NO_OTHER },
    { P( CHANNEL_TYPE ),                  ALL,                "g",   4, NONE, NONE, NO_BAD, NO_OTHER },
    { P( TRIM_BUFFERED_MESSAGE_SIZE ),    HTTP | TCP,         "cg",  4, 65536, 0, NO_BAD, NO_OTHER },
    { P( TRIM_BUFFERED_MESSAGE_SIZE ),    UDP,                "g",   4, 65536, NONE, NO_BAD, NO_OTHER },
    { P( ENCODER ),                       HTTP | TCP,         "c",   sizeof(WS_CHANNEL_ENCODER), 0, 0, NO_BAD, NO_OTHER },
    { P( DECODER ),                       HTTP | TCP,         "c",   sizeof(WS_CHANNEL_DECODER), 0, 0, NO_BAD, NO_OTHER },
    { P( PROTECTION_LEVEL ),              ALL,                "g",   4, WS_PROTECTION_LEVEL_NONE, NONE, NO_BAD, NO_OTHER },
    { P( COOKIE_MODE ),                   HREQ,               "c?",  4, WS_AUTO_COOKIE_MODE, WS_MANUAL_COOKIE_MODE, { 0, 3 }, NO_OTHER },
    { P( HTTP_PROXY_SETTING_MODE ),       HREQ,               "c?",  4, WS_HTTP_PROXY_SETTING_MODE_AUTO, WS_HTTP_PROXY_SETTING_MODE_NONE, { 0, 4 }, NO_OTHER },
    { P( CUSTOM_HTTP_PROXY ),             HREQ,               "c",   sizeof(WS_CUSTOM_HTTP_PROXY), 0, 0, NO_BAD, NO_OTHER },
    { P( HTTP_MESSAGE_MAPPING ),          HTTP,               "c",   sizeof(WS_HTTP_MESSAGE_MAPPING), 0, 0, NO_BAD, NO_OTHER },
    { P( ENABLE_HTTP_REDIRECT ),          HREQ,               "c?",  4, FALSE, TRUE, NO_BAD, NO_OTHER },
    { P( HTTP_REDIRECT_CALLBACK_CONTEXT ), HREQ,              "c",   sizeof(WS_HTTP_REDIRECT_CALLBACK_CONTEXT), 0, 0, NO_BAD, NO_OTHER },
    { P( FAULTS_AS_ERRORS ),              CLIENTS,            "csg", 4, TRUE, FALSE, NO_BAD, NO_OTHER },
    { P( ALLOW_UNSECURED_FAULTS ),        HREQ | TCLI,        "csg", 4, FALSE, TRUE, NO_BAD, NO_OTHER },
    { P( HTTP_SERVER_SPN ),               0,                  "",    sizeof(WCHAR *), 0, NONE, NO_BAD, NO_OTHER },
    { P( HTTP_PROXY_SPN ),                0,                  "",    sizeof(WCHAR *), 0, NONE, NO_BAD, NO_OTHER },
    { P( MAX_HTTP_REQUEST_HEADERS_BUFFER_SIZE ), HREP,        "cg",  4, 65536, 1000, { 0, NONE }, NO_OTHER },
    { "none", 999,                        0,                  "",    4, 0, NONE, NO_BAD, NO_OTHER },
};
#undef P

/* --- channels ------------------------------------------------------------------------------------------------------------------ */

static WS_LISTENER *listeners[ARRAYSIZE( kinds )];

static HRESULT create_channel( const struct kind *kind, const WS_CHANNEL_PROPERTY *props, ULONG count, WS_CHANNEL **channel )
{
    *channel = NULL;
    if (kind->bit & CLIENTS) return WsCreateChannel( kind->type, kind->binding, props, count, NULL, channel, NULL );
    return WsCreateChannelForListener( listeners[kind - kinds], props, count, channel, NULL );
}

/* Makes a channel with the property, and what that needs beside it. */
static HRESULT create_with( const struct kind *kind, const struct row *row, const void *value, ULONG size, WS_CHANNEL **channel )
{
    ULONG with = row->with == WS_CHANNEL_PROPERTY_TRANSFER_MODE ? WS_STREAMED_TRANSFER_MODE :
                 row->with == WS_CHANNEL_PROPERTY_ENCODING ? WS_ENCODING_XML_UTF8 : TRUE;
    WS_CHANNEL_PROPERTY props[2] = { { row->id, (void *)value, size }, { row->with, &with, sizeof(with) } };

    return create_channel( kind, props, row->with == NO_OTHER ? 1 : 2, channel );
}

static void expect_no_create( const struct kind *kind, const struct row *row, const void *value, ULONG size, const char *what )
{
    WS_CHANNEL *channel;
    HRESULT hr = create_with( kind, row, value, size, &channel );

    ok( hr == E_INVALIDARG, "%s: creation returned %#lx\n", what, hr );
    if (channel) WsFreeChannel( channel );
}

static ULONGLONG load( const void *bytes, ULONG size )
{
    return size == 8 ? *(const ULONGLONG *)bytes : *(const ULONG *)bytes;
}

static void check_get( WS_CHANNEL *channel, const struct row *row, ULONGLONG expected )
{
    BYTE buf[256] __attribute__((aligned( 8 )));

    memset( buf, 0xcc, sizeof(buf) );
    ok_hr( WsGetChannelProperty( channel, row->id, buf, row->size - 1, NULL ), E_INVALIDARG );
    ok_hr( WsGetChannelProperty( channel, row->id, NULL, row->size, NULL ), E_INVALIDARG );
    ok_eq( buf[0], 0xcc );
    ok_hr( WsGetChannelProperty( channel, row->id, buf, row->size, NULL ), S_OK );
    if (expected != NONE) ok_eq( load( buf, row->size ), expected );
    memset( buf, 0xcc, sizeof(buf) );
    ok_hr( WsGetChannelProperty( channel, row->id, buf, row->size + 1, NULL ), S_OK );    /* more room than it needs */
    if (expected != NONE) ok_eq( load( buf, row->size ), expected );
    ok_eq( buf[row->size], 0xcc );
}

/* What can be done with the property of a channel that is there, whatever its state. */
static void check_channel( WS_CHANNEL *channel, const struct kind *kind, const struct row *row, BOOL mine )
{
    BYTE buf[256] __attribute__((aligned( 8 ))) = { 0 };
    ULONGLONG value = row->good;

    (void)kind;
    if (!mine || !strpbrk( row->access, "gl?" ))
        ok_hr( WsGetChannelProperty( channel, row->id, buf, row->size, NULL ), E_INVALIDARG );
    else if (strchr( row->access, 'l' )) ok_hr( WsGetChannelProperty( channel, row->id, buf, row->size, NULL ), WS_E_INVALID_OPERATION );
    if (!mine || !strchr( row->access, 's' ))
    {
        ok_hr( WsSetChannelProperty( channel, row->id, buf, row->size, NULL ), E_INVALIDARG );
        return;
    }
    ok_hr( WsSetChannelProperty( channel, row->id, &value, row->size - 1, NULL ), E_INVALIDARG );
    ok_hr( WsSetChannelProperty( channel, row->id, &value, row->size + 1, NULL ), E_INVALIDARG );
    ok_hr( WsSetChannelProperty( channel, row->id, NULL, row->size, NULL ), E_INVALIDARG );
    ok_hr( WsSetChannelProperty( channel, row->id, &value, row->size, NULL ), S_OK );
    check_get( channel, row, value );
    value = row->value;
    ok_hr( WsSetChannelProperty( channel, row->id, &value, row->size, NULL ), S_OK );
    check_get( channel, row, value );
}

/* In every state that a channel can be brought to without another side. */
static void check_states( const struct kind *kind, const struct row *row, BOOL mine )
{
    static const WS_CHANNEL_STATE states[] =
        { WS_CHANNEL_STATE_CREATED, WS_CHANNEL_STATE_OPEN, WS_CHANNEL_STATE_FAULTED, WS_CHANNEL_STATE_CLOSED };
    WS_ENDPOINT_ADDRESS address = { .url = WS_STRING_VALUE( L"http://localhost:1/x" ) };
    WS_CHANNEL_STATE got = ~0u;
    WS_CHANNEL *channel;
    unsigned int i;

    if (kind->bit == UCLI)
    {
        static const WS_STRING udp = WS_STRING_VALUE( L"soap.udp://127.0.0.1:1/x" );
        address.url = udp;
    }
    ok_hr( create_channel( kind, NULL, 0, &channel ), S_OK );
    for (i = 0; i < ARRAYSIZE( states ); i++)
    {
        if (states[i] == WS_CHANNEL_STATE_OPEN || states[i] == WS_CHANNEL_STATE_FAULTED)
        {
            if (!(kind->bit & (HREQ | UCLI))) continue;
            if (strchr( row->access, 'l' )) continue;       /* there may be something to read now */
        }
        switch (states[i])
        {
        case WS_CHANNEL_STATE_OPEN: ok_hr( WsOpenChannel( channel, &address, NULL, NULL ), S_OK ); break;
        case WS_CHANNEL_STATE_FAULTED: ok_hr( WsAbortChannel( channel, NULL ), S_OK ); break;
        case WS_CHANNEL_STATE_CLOSED: ok_hr( WsCloseChannel( channel, NULL, NULL ), S_OK ); break;
        default: break;
        }
        ok_hr( WsGetChannelProperty( channel, WS_CHANNEL_PROPERTY_STATE, &got, sizeof(got), NULL ), S_OK );
        ok_eq( got, states[i] );
        check_channel( channel, kind, row, mine );
        if (!mine || !strchr( row->access, 'g' )) continue;
        check_get( channel, row, row->id == WS_CHANNEL_PROPERTY_STATE ? states[i] : row->id == WS_CHANNEL_PROPERTY_CHANNEL_TYPE ? kind->type :
                   row->value );
    }
    WsFreeChannel( channel );
}

static void check_creation( const struct kind *kind, const struct row *row )
{
    BYTE blob[256] __attribute__((aligned( 8 ))) = { 0 };
    WS_CHANNEL *channel;
    unsigned int i;

    memcpy( blob, &row->good, sizeof(row->good) );
    expect_no_create( kind, row, blob, row->size - 1, "too short" );
    expect_no_create( kind, row, blob, row->size + 1, "too long" );
    expect_no_create( kind, row, NULL, row->size, "no value" );
    ok_hr( create_with( kind, row, blob, row->size, &channel ), S_OK );
    if (!channel) return;
    if (strchr( row->access, 'g' )) check_get( channel, row, row->good );
    WsFreeChannel( channel );
    for (i = 0; i < ARRAYSIZE( row->bad ); i++)
        if (row->bad[i] != NONE) expect_no_create( kind, row, &row->bad[i], row->size, "out of range" );
}

static void test_channels( void )
{
    unsigned int k, i, j;

    for (k = 0; k < ARRAYSIZE( kinds ); k++)
        if (!(kinds[k].bit & CLIENTS))
            ok_hr( WsCreateListener( kinds[k].type, kinds[k].binding, NULL, 0, NULL, &listeners[k], NULL ), S_OK );
    for (i = 0; i < ARRAYSIZE( channel_rows ); i++)
    {
        const struct row *row = &channel_rows[i];
        UINT same[] = { 0, HTTP, TCP, UDP }, bindings = 0;

        for (j = 0; j < ARRAYSIZE( channel_rows ); j++) if (channel_rows[j].id == row->id) same[0] |= channel_rows[j].kinds;
        for (j = 1; j < ARRAYSIZE( same ); j++) if (same[0] & same[j]) bindings |= same[j];
        for (k = 0; k < ARRAYSIZE( kinds ); k++)
        {
            const struct kind *kind = &kinds[k];
            BYTE blob[256] __attribute__((aligned( 8 ))) = { 0 };

            test_context( "%s, %s", row->name, kind->name );
            if (row->access[0] == 'x') continue;
            if (row->kinds & kind->bit)
            {
                check_states( kind, row, TRUE );
                if (strchr( row->access, 'c' )) check_creation( kind, row );
                continue;
            }
            /* the pages do not say what becomes of it on the other kinds of the same binding */
            if (bindings & kind->bit) continue;
            check_states( kind, row, FALSE );
            expect_no_create( kind, row, blob, row->size, "not of this binding" );
        }
    }
    test_context( NULL );
    for (k = 0; k < ARRAYSIZE( kinds ); k++) if (listeners[k]) WsFreeListener( listeners[k] );
}

/* Several together: what goes only with something else, and ENABLE_TIMEOUTS, which is for all timeouts that are not given. */
static void test_together( void )
{
    static const WS_CHANNEL_PROPERTY_ID ids[] =
    {
        WS_CHANNEL_PROPERTY_RESOLVE_TIMEOUT, WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT, WS_CHANNEL_PROPERTY_SEND_TIMEOUT,
        WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT, WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT
    };
    static const struct { ULONG encoding, envelope, addressing; HRESULT hr; } versions[] =
    {
        { WS_ENCODING_RAW, WS_ENVELOPE_VERSION_NONE, WS_ADDRESSING_VERSION_TRANSPORT, S_OK },
        { WS_ENCODING_RAW, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_TRANSPORT, E_INVALIDARG },
        { WS_ENCODING_RAW, WS_ENVELOPE_VERSION_NONE, WS_ADDRESSING_VERSION_1_0, E_INVALIDARG },
        { WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_NONE, WS_ADDRESSING_VERSION_TRANSPORT, E_INVALIDARG },
        { WS_ENCODING_XML_BINARY_1, WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, S_OK },
    };
    ULONG no = FALSE, given = 777, got, custom = WS_HTTP_PROXY_SETTING_MODE_CUSTOM;
    WS_CUSTOM_HTTP_PROXY proxy = { WS_STRING_VALUE( L"proxy.example:3128" ), { 0, NULL } };
    WS_CHANNEL_PROPERTY props[3] =
        { { WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS, &no, sizeof(no) }, { WS_CHANNEL_PROPERTY_SEND_TIMEOUT, &given, sizeof(given) }, { 0, NULL, 0 } };
    WS_CHANNEL *channel;
    unsigned int i;

    ok_hr( create_channel( &kinds[0], props, 2, &channel ), S_OK );
    for (i = 0; i < ARRAYSIZE( ids ); i++)
    {
        test_context( "property %u", ids[i] );
        ok_hr( WsGetChannelProperty( channel, ids[i], &got, sizeof(got), NULL ), S_OK );
        ok_eq( got, ids[i] == WS_CHANNEL_PROPERTY_SEND_TIMEOUT ? 777 : INF );
    }
    WsFreeChannel( channel );
    for (i = 0; i < ARRAYSIZE( versions ); i++)
    {
        test_context( "versions %u", i );
        props[0] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_ENCODING, (void *)&versions[i].encoding, 4 };
        props[1] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, (void *)&versions[i].envelope, 4 };
        props[2] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, (void *)&versions[i].addressing, 4 };
        ok_hr( create_channel( &kinds[0], props, 3, &channel ), versions[i].hr );
        if (channel) WsFreeChannel( channel );
    }
    test_context( NULL );
    props[0] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_HTTP_PROXY_SETTING_MODE, &custom, sizeof(custom) };
    props[1] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY, &proxy, sizeof(proxy) };
    ok_hr( create_channel( &kinds[0], props, 1, &channel ), E_INVALIDARG );
    ok_hr( create_channel( &kinds[0], props, 2, &channel ), S_OK );
    WsFreeChannel( channel );
    ok_hr( create_channel( &kinds[0], NULL, 1, &channel ), E_INVALIDARG );
}

/* --- listeners ------------------------------------------------------------------------------------------------------------------ */

#define P( id ) #id, WS_LISTENER_PROPERTY_##id
#define DEFAULT_MATCH (WS_MATCH_URL_THIS_HOST | WS_MATCH_URL_EXACT_PATH | WS_MATCH_URL_PORT | WS_MATCH_URL_NO_QUERY)

static const struct row listener_rows[] =
{
    { P( LISTEN_BACKLOG ),                 TSRV,        "cg", 4, NONE, 7, NO_BAD, NO_OTHER },
    { P( IP_VERSION ),                     TSRV | USRV | UINP, "cg", 4, WS_IP_VERSION_AUTO, WS_IP_VERSION_4, { 0, 4 }, NO_OTHER },
    { P( STATE ),                          SERVERS,     "g",  4, WS_LISTENER_STATE_CREATED, NONE, NO_BAD, NO_OTHER },
    { P( ASYNC_CALLBACK_MODEL ),           SERVERS,     "cg", 4, WS_LONG_CALLBACK, WS_SHORT_CALLBACK, { 2, INF }, NO_OTHER },
    { P( CHANNEL_TYPE ),                   SERVERS,     "g",  4, NONE, NONE, NO_BAD, NO_OTHER },
    { P( CHANNEL_BINDING ),                SERVERS,     "g",  4, NONE, NONE, NO_BAD, NO_OTHER },
    { P( CONNECT_TIMEOUT ),                TSRV,        "cg", 4, 15000, 1234, NO_BAD, NO_OTHER },
    { P( IS_MULTICAST ),                   USRV,        "cg", 4, FALSE, TRUE, NO_BAD, NO_OTHER },
    { P( MULTICAST_INTERFACES ),           USRV,        "cs", 4, 0, 1, NO_BAD, WS_LISTENER_PROPERTY_IS_MULTICAST },
    { P( MULTICAST_LOOPBACK ),             USRV,        "c",  4, TRUE, FALSE, NO_BAD, WS_LISTENER_PROPERTY_IS_MULTICAST },
    { P( CLOSE_TIMEOUT ),                  HREP,        "cg", 4, 5000, 0, NO_BAD, NO_OTHER },
    { P( TO_HEADER_MATCHING_OPTIONS ),     SERVERS,     "c?", 4, DEFAULT_MATCH, WS_MATCH_URL_PORT, NO_BAD, NO_OTHER },
    { P( TRANSPORT_URL_MATCHING_OPTIONS ), HREP | TSRV, "c?", 4, DEFAULT_MATCH, WS_MATCH_URL_PORT, NO_BAD, NO_OTHER },
    { P( CUSTOM_LISTENER_CALLBACKS ),      0,           "",   sizeof(WS_CUSTOM_LISTENER_CALLBACKS), 0, NONE, NO_BAD, NO_OTHER },
    { P( CUSTOM_LISTENER_PARAMETERS ),     0,           "",   4, 0, NONE, NO_BAD, NO_OTHER },
    { P( CUSTOM_LISTENER_INSTANCE ),       0,           "",   sizeof(void *), 0, NONE, NO_BAD, NO_OTHER },
    { P( DISALLOWED_USER_AGENT ),          HREP,        "c",  sizeof(WS_DISALLOWED_USER_AGENT_SUBSTRINGS), 0, 0, NO_BAD, NO_OTHER },
    { "none", 999,                         0,           "",   4, 0, NONE, NO_BAD, NO_OTHER },
};
#undef P

static HRESULT listener_with( const struct kind *kind, const struct row *row, const void *value, ULONG size, WS_LISTENER **listener )
{
    BOOL yes = TRUE;
    WS_LISTENER_PROPERTY props[2] = { { row->id, (void *)value, size }, { row->with, &yes, sizeof(yes) } };

    *listener = NULL;
    return WsCreateListener( kind->type, kind->binding, props, row->with == NO_OTHER ? 1 : 2, NULL, listener, NULL );
}

static void expect_no_listener( const struct kind *kind, const struct row *row, const void *value, ULONG size, const char *what )
{
    WS_LISTENER *listener;
    HRESULT hr = listener_with( kind, row, value, size, &listener );

    ok( hr == E_INVALIDARG, "%s: creation returned %#lx\n", what, hr );
    if (listener) WsFreeListener( listener );
}

static void check_listener_get( WS_LISTENER *listener, const struct row *row, ULONGLONG expected )
{
    ULONGLONG value = 0;

    ok_hr( WsGetListenerProperty( listener, row->id, &value, row->size - 1, NULL ), E_INVALIDARG );
    ok_hr( WsGetListenerProperty( listener, row->id, NULL, row->size, NULL ), E_INVALIDARG );
    ok_eq( value, 0 );
    ok_hr( WsGetListenerProperty( listener, row->id, &value, row->size, NULL ), S_OK );
    if (expected != NONE) ok_eq( value, expected );
    value = 0;
    ok_hr( WsGetListenerProperty( listener, row->id, &value, row->size + 1, NULL ), S_OK );
    if (expected != NONE) ok_eq( value, expected );
}

static void check_listener( WS_LISTENER *listener, const struct row *row, BOOL mine )
{
    BYTE blob[256] __attribute__((aligned( 8 ))) = { 0 };
    BOOL set = mine && strchr( row->access, 's' );

    if (!mine || !strpbrk( row->access, "g?" )) ok_hr( WsGetListenerProperty( listener, row->id, blob, row->size, NULL ), E_INVALIDARG );
    memcpy( blob, &row->good, sizeof(row->good) );
    if (!set) ok_hr( WsSetListenerProperty( listener, row->id, blob, row->size, NULL ), E_INVALIDARG );
    else
    {
        ok_hr( WsSetListenerProperty( listener, row->id, blob, row->size - 1, NULL ), E_INVALIDARG );
        ok_hr( WsSetListenerProperty( listener, row->id, NULL, row->size, NULL ), E_INVALIDARG );
    }
}

static void check_listener_states( const struct kind *kind, const struct row *row, BOOL mine )
{
    static const WS_LISTENER_STATE states[] =
        { WS_LISTENER_STATE_CREATED, WS_LISTENER_STATE_OPEN, WS_LISTENER_STATE_FAULTED, WS_LISTENER_STATE_CLOSED };
    const char *scheme = kind->binding == WS_HTTP_CHANNEL_BINDING ? "http" : kind->binding == WS_TCP_CHANNEL_BINDING ? "net.tcp" : "soap.udp";
    WS_LISTENER *listener = NULL;
    WCHAR text[128];
    WS_STRING url;
    unsigned int i;

    test_url( text, scheme, kind->binding == WS_UDP_CHANNEL_BINDING ? "127.0.0.1" : "localhost", test_port( 8 ), "properties" );
    url.chars = text;
    url.length = lstrlenW( text );
    ok_hr( WsCreateListener( kind->type, kind->binding, NULL, 0, NULL, &listener, NULL ), S_OK );
    for (i = 0; i < ARRAYSIZE( states ); i++)
    {
        /* UDP frees the address some time after the close, so it is not opened again and again */
        if (kind->binding == WS_UDP_CHANNEL_BINDING && states[i] != WS_LISTENER_STATE_CREATED && states[i] != WS_LISTENER_STATE_CLOSED) continue;
        switch (states[i])
        {
        case WS_LISTENER_STATE_OPEN: ok_hr( WsOpenListener( listener, &url, NULL, NULL ), S_OK ); break;
        case WS_LISTENER_STATE_FAULTED: ok_hr( WsAbortListener( listener, NULL ), S_OK ); break;
        case WS_LISTENER_STATE_CLOSED: ok_hr( WsCloseListener( listener, NULL, NULL ), S_OK ); break;
        default: break;
        }
        check_listener( listener, row, mine );
        if (!mine || !strchr( row->access, 'g' )) continue;
        check_listener_get( listener, row, row->id == WS_LISTENER_PROPERTY_STATE ? states[i] :
                            row->id == WS_LISTENER_PROPERTY_CHANNEL_TYPE ? kind->type :
                            row->id == WS_LISTENER_PROPERTY_CHANNEL_BINDING ? kind->binding : row->value );
    }
    WsFreeListener( listener );
}

static void check_listener_creation( const struct kind *kind, const struct row *row )
{
    BYTE blob[256] __attribute__((aligned( 8 ))) = { 0 };
    WS_LISTENER *listener;
    unsigned int i;

    memcpy( blob, &row->good, sizeof(row->good) );
    expect_no_listener( kind, row, blob, row->size - 1, "too short" );
    expect_no_listener( kind, row, blob, row->size + 1, "too long" );
    expect_no_listener( kind, row, NULL, row->size, "no value" );
    ok_hr( listener_with( kind, row, blob, row->size, &listener ), S_OK );
    if (!listener) return;
    if (strchr( row->access, 'g' )) check_listener_get( listener, row, row->good );
    if (strchr( row->access, 's' )) ok_hr( WsSetListenerProperty( listener, row->id, blob, row->size, NULL ), S_OK );
    WsFreeListener( listener );
    for (i = 0; i < ARRAYSIZE( row->bad ); i++)
        if (row->bad[i] != NONE) expect_no_listener( kind, row, &row->bad[i], row->size, "out of range" );
}

static void test_listeners( void )
{
    unsigned int k, i;

    for (i = 0; i < ARRAYSIZE( listener_rows ); i++)
    {
        const struct row *row = &listener_rows[i];
        UINT bindings = (row->kinds & HTTP ? HTTP : 0) | (row->kinds & TCP ? TCP : 0) | (row->kinds & UDP ? UDP : 0);

        for (k = 0; k < ARRAYSIZE( kinds ); k++)
        {
            BYTE blob[256] __attribute__((aligned( 8 ))) = { 0 };

            if (kinds[k].bit & CLIENTS) continue;
            test_context( "listener, %s, %s", row->name, kinds[k].name );
            if (row->kinds & kinds[k].bit)
            {
                check_listener_states( &kinds[k], row, TRUE );
                if (strchr( row->access, 'c' )) check_listener_creation( &kinds[k], row );
            }
            else if (!(bindings & kinds[k].bit))
            {
                check_listener_states( &kinds[k], row, FALSE );
                expect_no_listener( &kinds[k], row, blob, row->size, "not of this binding" );
            }
        }
    }
    test_context( NULL );
}

TESTS( properties, { "channels", test_channels }, { "together", test_together }, { "listeners", test_listeners } )
