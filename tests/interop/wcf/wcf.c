/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The Windows side of the tests with WCF, with the contract that wsutil makes of wcf.wsdl:
 *
 *     wcf.exe serve PORT BINDING...       until its input ends, each on a port of its own from PORT on; says "ready"
 *     wcf.exe call PORT BINDING...        calls every operation, compares, and says for each binding how it went */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <WebServices.h>
#include "wcf.wsdl.h"

/* What a binding of peer.cs is here. */
static const struct binding
{
    const char *name;
    WS_CHANNEL_BINDING binding;
    WS_ENCODING encoding;
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    WS_TRANSFER_MODE transfer;
} bindings[] =
{
    { "basic", WS_HTTP_CHANNEL_BINDING, WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, 0 },
    { "ws", WS_HTTP_CHANNEL_BINDING, WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, 0 },
    { "ws2004", WS_HTTP_CHANNEL_BINDING, WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_0_9, 0 },
    { "binary", WS_HTTP_CHANNEL_BINDING, WS_ENCODING_XML_BINARY_1, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, 0 },
    { "tcp", WS_TCP_CHANNEL_BINDING, WS_ENCODING_XML_BINARY_SESSION_1, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, 0 },
    { "ticks", WS_TCP_CHANNEL_BINDING, WS_ENCODING_XML_BINARY_SESSION_1, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, 0 },
    { "tcpstream", WS_TCP_CHANNEL_BINDING, WS_ENCODING_XML_BINARY_1, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0,
      WS_STREAMED_TRANSFER_MODE },
    { "tcptext", WS_TCP_CHANNEL_BINDING, WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, 0 },
    { "tcputf16", WS_TCP_CHANNEL_BINDING, WS_ENCODING_XML_UTF16LE, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, 0 },
};

static WS_ERROR *error;
static unsigned int passed, failed;

static void print_error( void )
{
    ULONG count = 0, i;
    WS_STRING text;

    WsGetErrorProperty( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) );
    for (i = 0; i < count; i++)
        if (WsGetErrorString( error, i, &text ) == S_OK) printf( "    %.*ls\n", (int)text.length, text.chars );
    fflush( stdout );
}

static BOOL check( const char *what, HRESULT hr, BOOL good )
{
    if (hr == S_OK && good) passed++;
    else
    {
        failed++;
        printf( "failed: %s (%08lx)\n", what, (unsigned long)hr );
        if (hr != S_OK) print_error();
    }
    WsResetError( error );
    return hr == S_OK && good;
}

struct settings
{
    const struct binding *binding;
    WS_CHANNEL_PROPERTY props[4];
    WCHAR url[64];
    WS_STRING address;
    WS_CHANNEL_TYPE client, server;
};

static BOOL make_settings( struct settings *settings, const char *name, unsigned int port )
{
    const struct binding *binding = NULL;
    unsigned int i;
    char url[64];

    for (i = 0; i < ARRAYSIZE( bindings ); i++) if (!strcmp( bindings[i].name, name )) binding = &bindings[i];
    if (!binding) return FALSE;
    snprintf( url, sizeof(url), "%s://127.0.0.1:%u/service", binding->binding == WS_HTTP_CHANNEL_BINDING ? "http" : "net.tcp", port );
    settings->binding = binding;
    settings->props[0] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_ENCODING, (void *)&binding->encoding, sizeof(binding->encoding) };
    settings->props[1] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, (void *)&binding->envelope,
                                                sizeof(binding->envelope) };
    settings->props[2] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, (void *)&binding->addressing,
                                                sizeof(binding->addressing) };
    settings->props[3] = (WS_CHANNEL_PROPERTY){ WS_CHANNEL_PROPERTY_TRANSFER_MODE, (void *)&binding->transfer,
                                                sizeof(binding->transfer) };
    for (i = 0; url[i]; i++) settings->url[i] = url[i];
    settings->address.chars = settings->url;
    settings->address.length = i;
    settings->client = settings->server = WS_CHANNEL_TYPE_DUPLEX_SESSION;
    if (binding->binding == WS_HTTP_CHANNEL_BINDING)
    {
        settings->client = WS_CHANNEL_TYPE_REQUEST;
        settings->server = WS_CHANNEL_TYPE_REPLY;
    }
    return TRUE;
}

/* --- the service ---------------------------------------------------------------------------------------------------------- */

static LONG notified;

static HRESULT CALLBACK add( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *err )
{
    (void)context, (void)async, (void)err;
    *result = a + b;
    return S_OK;
}

static HRESULT CALLBACK divide( const WS_OPERATION_CONTEXT *context, int a, int b, int *result, const WS_ASYNC_CONTEXT *async,
                                WS_ERROR *err )
{
    static const WS_STRING text = WS_STRING_VALUE( L"division by zero" );
    DivisionByZeroType detail = { a }, *pointer = &detail;

    (void)context, (void)async;
    if (!b)
    {
        WsAddErrorString( err, &text );
        WsSetFaultErrorDetail( err, &wcf_wsdl.faults.DivideFault, WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer) );
        return E_INVALIDARG;
    }
    *result = a / b;
    return S_OK;
}

static HRESULT CALLBACK echo( const WS_OPERATION_CONTEXT *context, Record **record, const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    (void)context, (void)record, (void)async, (void)err;
    return S_OK;
}

static HRESULT CALLBACK notify( const WS_OPERATION_CONTEXT *context, int number, const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    (void)context, (void)async, (void)err;
    InterlockedExchangeAdd( &notified, number );
    return S_OK;
}

static HRESULT CALLBACK get_notified( const WS_OPERATION_CONTEXT *context, int *sum, const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    (void)context, (void)async, (void)err;
    *sum = notified;
    return S_OK;
}

/* Calls the client back over the session that it has called on. */
static HRESULT CALLBACK start( const WS_OPERATION_CONTEXT *context, int count, const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    WS_CHANNEL *channel;
    WS_MESSAGE *message;
    Number tick;
    HRESULT hr;

    (void)async;
    if ((hr = WsGetOperationContextProperty( context, WS_OPERATION_CONTEXT_PROPERTY_CHANNEL, &channel, sizeof(channel), err )) ||
        (hr = WsCreateMessageForChannel( channel, NULL, 0, &message, err ))) return hr;
    for (tick.number = 1; tick.number <= count && hr == S_OK; tick.number++)
    {
        if ((hr = WsSendMessage( channel, message, &wcf_wsdl.messages.Tick, WS_WRITE_REQUIRED_VALUE, &tick, sizeof(tick), NULL, err )))
            break;
        hr = WsResetMessage( message, err );
    }
    WsFreeMessage( message );
    return hr;
}

static HRESULT CALLBACK tick( const WS_OPERATION_CONTEXT *context, int number, const WS_ASYNC_CONTEXT *async, WS_ERROR *err )
{
    (void)context, (void)number, (void)async, (void)err;
    return E_NOTIMPL;
}

static HRESULT serve( struct settings *settings, unsigned int count )
{
    static const CalculatorFunctionTable calculator = { add, divide, echo, notify, get_notified };
    static const TickerFunctionTable ticker = { start, tick };
    static WS_SERVICE_CONTRACT calculator_contract = { &wcf_wsdl.contracts.Calculator, NULL, &calculator };
    static WS_SERVICE_CONTRACT ticker_contract = { &wcf_wsdl.contracts.Ticker, NULL, &ticker };
    static WS_FAULT_DISCLOSURE disclosure = WS_FULL_FAULT_DISCLOSURE;
    WS_SERVICE_PROPERTY property = { WS_SERVICE_PROPERTY_FAULT_DISCLOSURE, &disclosure, sizeof(disclosure) };
    WS_SERVICE_ENDPOINT services[ARRAYSIZE( bindings )] = { 0 };
    const WS_SERVICE_ENDPOINT *endpoints[ARRAYSIZE( bindings )];
    WS_SERVICE_HOST *host;
    unsigned int i;
    char line[16];
    HRESULT hr;

    for (i = 0; i < count; i++)
    {
        endpoints[i] = &services[i];
        services[i].address.url = settings[i].address;
        services[i].channelBinding = settings[i].binding->binding;
        services[i].channelType = settings[i].server;
        services[i].channelProperties.properties = settings[i].props;
        services[i].channelProperties.propertyCount = ARRAYSIZE( settings[i].props );
        services[i].contract = strcmp( settings[i].binding->name, "ticks" ) ? &calculator_contract : &ticker_contract;
    }
    if ((hr = WsCreateServiceHost( endpoints, count, &property, 1, &host, error ))) return hr;
    if (!(hr = WsOpenServiceHost( host, NULL, error )))
    {
        printf( "ready\n" );
        fflush( stdout );
        while (fgets( line, sizeof(line), stdin )) {}
        hr = WsCloseServiceHost( host, NULL, error );
    }
    WsFreeServiceHost( host );
    return hr;
}

/* --- the client ------------------------------------------------------------------------------------------------------------ */

#define ECHO_MAX 20

static void call_echo( WS_SERVICE_PROXY *proxy, WS_HEAP *heap, int round )
{
    static WCHAR name[] = L"n\xe4me <0> & \x20ac \xd83d\xde00";
    int numbers[ECHO_MAX], i;
    BYTE data[ECHO_MAX * 100];
    Record record = { .id = round, .name = name, .big = 0x7fffffffffffffffLL - round, .real = round / 3.0, .flag = round & 1 };
    Record *echoed = &record;
    HRESULT hr;

    for (i = 0; i < ECHO_MAX * 100; i++) data[i] = i * 7;
    for (i = 0; i < ECHO_MAX; i++) numbers[i] = i * i - 5;
    record.when.ticks = 638448354152500000ULL + round;
    record.when.format = WS_DATETIME_FORMAT_UTC;
    record.data.bytes = data;
    record.data.length = round * 100;
    record.numbers = numbers;
    record.numbersCount = round;
    hr = Calculator_Echo( proxy, &echoed, heap, NULL, 0, NULL, error );
    if (!check( "Echo", hr, echoed != NULL )) return;
    check( "its result", S_OK, echoed->id == round && echoed->name && !wcscmp( echoed->name, name ) && echoed->big == record.big &&
           echoed->real == record.real && echoed->flag == record.flag && echoed->when.ticks == record.when.ticks );
    check( "its lists", S_OK, echoed->data.length == record.data.length && !memcmp( echoed->data.bytes, data, record.data.length ) &&
           echoed->numbersCount == record.numbersCount && !memcmp( echoed->numbers, numbers, round * sizeof(*numbers) ) );
}

static void call_divide( WS_SERVICE_PROXY *proxy, WS_HEAP *heap )
{
    DivisionByZeroType *detail = NULL;
    int result = 0;
    HRESULT hr;

    hr = Calculator_Divide( proxy, 17, 5, &result, heap, NULL, 0, NULL, error );
    check( "Divide", hr, result == 3 );
    hr = Calculator_Divide( proxy, 17, 0, &result, heap, NULL, 0, NULL, error );
    if (!check( "Divide by zero", hr == WS_E_ENDPOINT_FAULT_RECEIVED ? S_OK : hr == S_OK ? E_FAIL : hr, TRUE )) return;
    Calculator_Divide( proxy, 17, 0, &result, heap, NULL, 0, NULL, error );
    hr = WsGetFaultErrorDetail( error, &wcf_wsdl.faults.DivideFault, WS_READ_REQUIRED_POINTER, heap, &detail, sizeof(detail) );
    check( "its detail", hr, detail && detail->dividend == 17 );
}

static void call_notify( WS_SERVICE_PROXY *proxy, WS_HEAP *heap )
{
    int before = 0, sum = 0, i;
    HRESULT hr;

    check( "Notified", Calculator_Notified( proxy, &before, heap, NULL, 0, NULL, error ), TRUE );
    for (i = 1; i <= 4; i++) check( "Notify", Calculator_Notify( proxy, i, heap, NULL, 0, NULL, error ), TRUE );
    for (i = 0, hr = S_OK; sum != before + 10 && i < 250; i++)
    {
        if ((hr = Calculator_Notified( proxy, &sum, heap, NULL, 0, NULL, error ))) break;
        if (sum != before + 10) Sleep( 20 );
    }
    check( "the sum", hr, sum == before + 10 );
}

struct waiter { HANDLE event; HRESULT hr; };

static void CALLBACK wake( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct waiter *waiter = state;

    (void)model;
    waiter->hr = hr;
    SetEvent( waiter->event );
}

/* Calls that overlap on one session. Then the first is abandoned, and its answer comes for nobody. */
static void call_overlap( WS_SERVICE_PROXY *proxy, WS_HEAP *heap )
{
    struct waiter waiter = { CreateEventW( NULL, FALSE, FALSE, NULL ), S_OK };
    WS_ASYNC_CONTEXT async = { wake, &waiter };
    int round, first = 0, second = 0;
    HRESULT hr;

    for (round = 0; round < 2; round++)
    {
        hr = Calculator_Add( proxy, -1000, round, &first, heap, NULL, 0, &async, NULL );
        if (!check( "the first of two calls", hr == WS_S_ASYNC ? S_OK : hr == S_OK ? E_FAIL : hr, TRUE )) break;
        if (round) check( "to abandon it", WsAbandonCall( proxy, 0, error ), TRUE );
        hr = Calculator_Add( proxy, 1000, round, &second, heap, NULL, 0, NULL, error );
        check( "the second", hr, second == 1000 + round );
        check( "to wait for the first", WaitForSingleObject( waiter.event, 30000 ) ? E_FAIL : S_OK, TRUE );
        if (round) check( "the first, abandoned", waiter.hr == WS_E_OPERATION_ABANDONED ? S_OK : E_FAIL, TRUE );
        else check( "the first", waiter.hr, first == -1000 );
    }
    hr = Calculator_Add( proxy, 3, 4, &second, heap, NULL, 0, NULL, error );
    check( "a call after them", hr, second == 7 );
    CloseHandle( waiter.event );
}

static void call( const struct settings *settings )
{
    WS_ENDPOINT_ADDRESS address = { .url = settings->address };
    WS_SERVICE_PROXY *proxy;
    int session, i, result;
    WS_HEAP *heap;

    if (!check( "heap", WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, error ), TRUE )) return;
    for (session = 0; session < 2; session++)
    {
        if (!check( "proxy", WsCreateServiceProxy( settings->client, settings->binding->binding, NULL, NULL, 0, settings->props,
                                                   ARRAYSIZE( settings->props ), &proxy, error ), TRUE )) break;
        if (check( "open", WsOpenServiceProxy( proxy, &address, NULL, error ), TRUE ))
        {
            for (i = 0; i < 4; i++)
            {
                HRESULT hr = Calculator_Add( proxy, i, 5, &result, heap, NULL, 0, NULL, error );
                if (!check( "Add", hr, result == i + 5 )) break;
            }
            for (i = 0; i < 4; i++) call_echo( proxy, heap, i * (ECHO_MAX - 1) / 3 );
            call_divide( proxy, heap );
            call_notify( proxy, heap );
            if (settings->binding->binding == WS_TCP_CHANNEL_BINDING && strcmp( settings->binding->name, "tcpstream" ))
                call_overlap( proxy, heap );
            check( "close", WsCloseServiceProxy( proxy, NULL, error ), TRUE );
        }
        WsFreeServiceProxy( proxy );
        WsResetHeap( heap, NULL );
        /* Mono's listener of net.tcp loses the wake-up for a connection that comes while it ends a session: the connection is
         * accepted and never read (its threads then wait in TcpChannelListener.AcceptTcpClient). */
        if (settings->binding->binding == WS_TCP_CHANNEL_BINDING) Sleep( 1000 );
    }
    WsFreeHeap( heap );
}

/* A client that is called back: the messages that come over the session, one by one. */
static void call_ticker( const struct settings *settings )
{
    const WS_MESSAGE_DESCRIPTION *descs[] = { &wcf_wsdl.messages.Tick };
    WS_ENDPOINT_ADDRESS address = { .url = settings->address };
    Count count = { 5 };
    WS_CHANNEL *channel;
    WS_MESSAGE *message;
    Number number;
    WS_HEAP *heap;
    int i;

    if (!check( "heap", WsCreateHeap( 65536, 0, NULL, 0, &heap, error ), TRUE ) ||
        !check( "channel", WsCreateChannel( settings->client, settings->binding->binding, settings->props, ARRAYSIZE( settings->props ),
                                            NULL, &channel, error ), TRUE )) return;
    if (check( "message", WsCreateMessageForChannel( channel, NULL, 0, &message, error ), TRUE ) &&
        check( "open", WsOpenChannel( channel, &address, NULL, error ), TRUE ))
    {
        check( "Start", WsSendMessage( channel, message, &wcf_wsdl.messages.Start, WS_WRITE_REQUIRED_VALUE, &count, sizeof(count), NULL,
                                       error ), TRUE );
        for (i = 1; i <= count.count; i++)
        {
            HRESULT hr;

            WsResetMessage( message, NULL );
            hr = WsReceiveMessage( channel, message, descs, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, heap, &number,
                                   sizeof(number), NULL, NULL, error );
            if (!check( "Tick", hr, number.number == i )) break;
        }
        WsResetMessage( message, NULL );
        check( "close", WsCloseChannel( channel, NULL, error ), TRUE );
    }
    WsFreeMessage( message );
    WsFreeChannel( channel );
    WsFreeHeap( heap );
}

int main( int argc, char **argv )
{
    static struct settings settings[ARRAYSIZE( bindings )];
    unsigned int i, count = argc - 3, total = 0;
    HRESULT hr;

    if (argc < 4 || count > ARRAYSIZE( bindings ) || WsCreateError( NULL, 0, &error ) != S_OK) return 2;
    for (i = 0; i < count; i++)
        if (!make_settings( &settings[i], argv[3 + i], atoi( argv[2] ) + i )) return 2;
    if (!strcmp( argv[1], "serve" ))
    {
        if ((hr = serve( settings, count ))) check( "the service", hr, TRUE );
        return hr != S_OK;
    }
    for (i = 0; i < count; i++)
    {
        passed = failed = 0;
        if (!strcmp( settings[i].binding->name, "ticks" )) call_ticker( &settings[i] );
        else call( &settings[i] );
        printf( "%s: %u passed, %u failed\n", settings[i].binding->name, passed, failed );
        fflush( stdout );
        total += failed;
    }
    WsFreeError( error );
    return total != 0;
}
