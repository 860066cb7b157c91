/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The state machine of messages: each function in each state, all short orders of calls, each property in each state. The
 * pages of the functions, of WS_MESSAGE_STATE and of WS_MESSAGE_PROPERTY_ID. */
#include "message.h"

struct fixture
{
    WS_MESSAGE *msg, *source;       /* the source: a message with headers */
    WS_XML_READER *reader, *headers, *source_reader;
    WS_XML_WRITER *writer;
    WS_ERROR *error;
};

static const char xml[] =
    "<s:Envelope xmlns:s='" S12 "' xmlns:a='" A10 "'><s:Header><a:Action>act</a:Action><h xmlns='n'>v</h></s:Header>"
    "<s:Body><v xmlns='n'>1</v></s:Body></s:Envelope>";

static WS_XML_STRING v_name = WS_XML_STRING_VALUE( "v" ), h_name = WS_XML_STRING_VALUE( "h" ),
    n_ns = WS_XML_STRING_VALUE( "n" );
static WS_ELEMENT_DESCRIPTION body = { &v_name, &n_ns, WS_INT32_TYPE, NULL },
    custom = { &h_name, &n_ns, WS_XML_STRING_TYPE, NULL };

/* The reader and writer that a message uses are not taken away from it. */
static BOOL in_use( struct fixture *f )
{
    WS_MESSAGE_STATE now = WS_MESSAGE_STATE_EMPTY;

    WsGetMessageProperty( f->msg, WS_MESSAGE_PROPERTY_STATE, &now, sizeof(now), NULL );
    return now == WS_MESSAGE_STATE_READING || now == WS_MESSAGE_STATE_WRITING;
}

static HRESULT op_initialize( struct fixture *f )
{
    return WsInitializeMessage( f->msg, WS_REQUEST_MESSAGE, NULL, f->error );
}
static HRESULT op_reset( struct fixture *f ) { return WsResetMessage( f->msg, f->error ); }
static HRESULT op_address( struct fixture *f ) { return WsAddressMessage( f->msg, NULL, f->error ); }
static HRESULT op_write_start( struct fixture *f )
{
    if (!in_use( f )) set_output( f->writer );
    return WsWriteEnvelopeStart( f->msg, f->writer, NULL, NULL, f->error );
}
static HRESULT op_write_end( struct fixture *f ) { return WsWriteEnvelopeEnd( f->msg, f->error ); }
static HRESULT op_read_start( struct fixture *f )
{
    if (!in_use( f )) set_input( f->reader, xml, sizeof(xml) - 1 );
    return WsReadEnvelopeStart( f->msg, f->reader, NULL, NULL, f->error );
}
static HRESULT op_read_end( struct fixture *f ) { return WsReadEnvelopeEnd( f->msg, f->error ); }

static HRESULT op_read_body( struct fixture *f )
{
    INT32 value = 0;
    return WsReadBody( f->msg, &body, WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), f->error );
}
static HRESULT op_write_body( struct fixture *f )
{
    INT32 value = 1;
    return WsWriteBody( f->msg, &body, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), f->error );
}
static HRESULT op_fill( struct fixture *f ) { return WsFillBody( f->msg, 1, NULL, f->error ); }
static HRESULT op_flush( struct fixture *f ) { return WsFlushBody( f->msg, 0, NULL, f->error ); }

static HRESULT op_set_header( struct fixture *f )
{
    return WsSetHeader( f->msg, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &v_name, sizeof(v_name),
                        f->error );
}
static HRESULT op_get_header( struct fixture *f )
{
    WS_XML_STRING *str;
    return WsGetHeader( f->msg, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &str, sizeof(str),
                        f->error );
}
static HRESULT op_remove_header( struct fixture *f ) { return WsRemoveHeader( f->msg, WS_ACTION_HEADER, f->error ); }
static HRESULT op_add_custom( struct fixture *f )
{
    return WsAddCustomHeader( f->msg, &custom, WS_WRITE_REQUIRED_VALUE, &v_name, sizeof(v_name), 0, f->error );
}
static HRESULT op_get_custom( struct fixture *f )
{
    WS_XML_STRING *str;
    return WsGetCustomHeader( f->msg, &custom, WS_REPEATING_HEADER, 0, WS_READ_OPTIONAL_POINTER, NULL, &str, sizeof(str),
                              NULL, f->error );
}
static HRESULT op_remove_custom( struct fixture *f ) { return WsRemoveCustomHeader( f->msg, &h_name, &n_ns, f->error ); }
static HRESULT op_add_mapped( struct fixture *f )
{
    return WsAddMappedHeader( f->msg, &h_name, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &v_name, sizeof(v_name),
                              f->error );
}
static HRESULT op_get_mapped( struct fixture *f )
{
    WS_XML_STRING *str;
    return WsGetMappedHeader( f->msg, &h_name, WS_REPEATING_HEADER, 0, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL,
                              &str, sizeof(str), f->error );
}
static HRESULT op_remove_mapped( struct fixture *f ) { return WsRemoveMappedHeader( f->msg, &h_name, f->error ); }

static HRESULT op_attributes( struct fixture *f )
{
    ULONG attributes;
    return WsGetHeaderAttributes( f->msg, f->headers, &attributes, f->error );
}
static HRESULT op_check( struct fixture *f ) { return WsCheckMustUnderstandHeaders( f->msg, f->error ); }

/* The position of a header where there is one; what is not in the right state does not look at it. */
static HRESULT op_mark( struct fixture *f )
{
    WS_XML_NODE_POSITION pos;
    WS_XML_READER *reader = create_reader();
    HRESULT hr;

    if (WsGetMessageProperty( f->msg, WS_MESSAGE_PROPERTY_HEADER_POSITION, &pos, sizeof(pos), NULL ))
        ok_hr( WsGetMessageProperty( f->source, WS_MESSAGE_PROPERTY_HEADER_POSITION, &pos, sizeof(pos), NULL ), S_OK );
    WsSetInputToBuffer( reader, pos.buffer, NULL, 0, NULL );
    WsSetReaderPosition( reader, &pos, NULL );
    WsMoveReader( reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL );
    WsGetReaderPosition( reader, &pos, NULL );
    hr = WsMarkHeaderAsUnderstood( f->msg, &pos, f->error );
    WsFreeReader( reader );
    return hr;
}

#define EMPTY       (1u << WS_MESSAGE_STATE_EMPTY)
#define INITIALIZED (1u << WS_MESSAGE_STATE_INITIALIZED)
#define READING     (1u << WS_MESSAGE_STATE_READING)
#define WRITING     (1u << WS_MESSAGE_STATE_WRITING)
#define DONE        (1u << WS_MESSAGE_STATE_DONE)
#define ANY         (EMPTY | INITIALIZED | READING | WRITING | DONE)
#define NOT_EMPTY   (ANY & ~EMPTY)

/* The functions, the states they are allowed in, and the state they lead to (0: the same). Those that change the state come
 * first. */
static const struct op
{
    const char *name;
    HRESULT (*call)( struct fixture * );
    ULONG allowed;
    WS_MESSAGE_STATE after;
}
ops[] =
{
    { "WsInitializeMessage",          op_initialize,    EMPTY,       WS_MESSAGE_STATE_INITIALIZED },
    { "WsResetMessage",               op_reset,         ANY,         WS_MESSAGE_STATE_EMPTY },
    { "WsWriteEnvelopeStart",         op_write_start,   INITIALIZED, WS_MESSAGE_STATE_WRITING },
    { "WsWriteEnvelopeEnd",           op_write_end,     WRITING,     WS_MESSAGE_STATE_DONE },
    { "WsReadEnvelopeStart",          op_read_start,    EMPTY,       WS_MESSAGE_STATE_READING },
    { "WsReadEnvelopeEnd",            op_read_end,      READING,     WS_MESSAGE_STATE_DONE },
#define CHANGING 6
    { "WsAddressMessage",             op_address,       NOT_EMPTY,   0 },   /* and only once */
#define ADDRESS 6
    { "WsReadBody",                   op_read_body,     READING,     0 },
    { "WsWriteBody",                  op_write_body,    WRITING,     0 },
    { "WsFillBody",                   op_fill,          READING,     0 },
    { "WsFlushBody",                  op_flush,         WRITING,     0 },
    { "WsSetHeader",                  op_set_header,    NOT_EMPTY,   0 },
    { "WsGetHeader",                  op_get_header,    NOT_EMPTY,   0 },
    { "WsRemoveHeader",               op_remove_header, NOT_EMPTY,   0 },
    { "WsAddCustomHeader",            op_add_custom,    NOT_EMPTY,   0 },
    { "WsGetCustomHeader",            op_get_custom,    NOT_EMPTY,   0 },
    { "WsRemoveCustomHeader",         op_remove_custom, NOT_EMPTY,   0 },
    { "WsAddMappedHeader",            op_add_mapped,    NOT_EMPTY,   0 },
    { "WsGetMappedHeader",            op_get_mapped,    NOT_EMPTY,   0 },
    { "WsRemoveMappedHeader",         op_remove_mapped, NOT_EMPTY,   0 },
    { "WsGetHeaderAttributes",        op_attributes,    NOT_EMPTY,   0 },
    { "WsCheckMustUnderstandHeaders", op_check,         READING,     0 },
    { "WsMarkHeaderAsUnderstood",     op_mark,          READING,     0 },
};

static void setup( struct fixture *f )
{
    memset( f, 0, sizeof(*f) );
    ok_hr( WsCreateError( NULL, 0, &f->error ), S_OK );
    f->msg = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    f->source = create( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0 );
    f->reader = create_reader();
    f->source_reader = create_reader();
    f->headers = create_reader();
    f->writer = create_writer();
    ok_hr( read_start( f->source, f->source_reader, xml ), S_OK );
    set_input( f->headers, "<h/>", 4 );
    ok_hr( WsReadNode( f->headers, NULL ), S_OK );
}

static void teardown( struct fixture *f )
{
    WsFreeMessage( f->msg );
    WsFreeMessage( f->source );
    WsFreeReader( f->reader );
    WsFreeReader( f->source_reader );
    WsFreeReader( f->headers );
    WsFreeWriter( f->writer );
    WsFreeError( f->error );
}

/* How to get to each state: the numbers of the functions. */
static const struct { const char *name; int path[4]; BOOL addressed; } states[] =
{
    { "empty",       { 1, -1 },       FALSE },
    { "initialized", { 0, -1 },       FALSE },
    { "writing",     { 0, 2, -1 },    FALSE },
    { "written",     { 0, 2, 3, -1 }, FALSE },
    { "reading",     { 4, -1 },       TRUE },
    { "read",        { 4, 5, -1 },    TRUE },
};

static void enter_state( struct fixture *f, ULONG number )
{
    ULONG i;

    ok_hr( WsResetMessage( f->msg, NULL ), S_OK );
    for (i = 0; i < 4 && states[number].path[i] >= 0; i++) ok_hr( ops[states[number].path[i]].call( f ), S_OK );
}

/* What a function has to return, by the table. */
static HRESULT expected( const struct op *op, WS_MESSAGE_STATE now, BOOL addressed )
{
    if (op == &ops[ADDRESS] && addressed) return WS_E_INVALID_OPERATION;
    return op->allowed & (1u << now) ? S_OK : WS_E_INVALID_OPERATION;
}

static void test_functions( void )
{
    struct fixture f;
    ULONG i, j;

    setup( &f );
    for (i = 0; i < WsCountOf( states ); i++) for (j = 0; j < WsCountOf( ops ); j++)
    {
        WS_MESSAGE_STATE now;
        HRESULT hr, want;

        test_context( "%s in a message that is %s", ops[j].name, states[i].name );
        enter_state( &f, i );
        now = state( f.msg );
        want = expected( &ops[j], now, states[i].addressed );
        hr = ops[j].call( &f );
        ok_hr( hr, want );
        ok_eq( state( f.msg ), hr == S_OK && ops[j].after ? ops[j].after : now );
        ok( !error_count( f.error ) == !hr, "%lu strings\n", error_count( f.error ) );
        WsResetError( f.error );
    }
    teardown( &f );
}

/* Every order of five calls of the functions that change the state, and of WsAddressMessage. */
static void test_orders( void )
{
    enum { LENGTH = 5, COUNT = CHANGING + 1 };
    ULONG order, total = 1, rest, i;
    struct fixture f;

    setup( &f );
    WsFreeError( f.error );
    f.error = NULL;
    for (i = 0; i < LENGTH; i++) total *= COUNT;
    for (order = 0; order < total; order++)
    {
        WS_MESSAGE_STATE now = WS_MESSAGE_STATE_EMPTY, got = 0;
        BOOL addressed = FALSE;

        WsResetMessage( f.msg, NULL );
        for (i = 0, rest = order; i < LENGTH; i++, rest /= COUNT)
        {
            const struct op *op = &ops[rest % COUNT];
            HRESULT want = expected( op, now, addressed ), hr = op->call( &f );

            if (want == S_OK)
            {
                if (op->after) now = op->after;
                if (op == &ops[ADDRESS] || now == WS_MESSAGE_STATE_READING) addressed = TRUE;
                if (now == WS_MESSAGE_STATE_EMPTY || (op == &ops[0])) addressed = FALSE;
            }
            WsGetMessageProperty( f.msg, WS_MESSAGE_PROPERTY_STATE, &got, sizeof(got), NULL );
            if (hr == want && got == now) continue;
            ok( 0, "order %lu, call %lu, %s: %#lx, expected %#lx; state %u, expected %u\n", order, i, op->name, hr, want,
                got, now );
            break;
        }
    }
    ok( total == 16807, "%lu orders\n", total );
    f.error = NULL;
    teardown( &f );
}

/* The ends of an envelope: the message is done "regardless of function success or failure". */
static void test_failed_end( void )
{
    static const char *const broken_xml[] =
    {
        "<s:Envelope xmlns:s='" S12 "'><s:Body><v xmlns='n'>1</v></s:Body><more/></s:Envelope>",
        "<s:Envelope xmlns:s='" S12 "'><s:Body><v xmlns='n'>1</v></s:Body>",
        "<s:Envelope xmlns:s='" S12 "'><s:Body><v xmlns='n'>1</w></s:Body></s:Envelope>",
    };
    struct fixture f;
    ULONG i, counted = 0;

    setup( &f );
    for (i = 0; i < WsCountOf( broken_xml ); i++)
    {
        test_context( "case %lu", i );
        ok_hr( WsResetMessage( f.msg, NULL ), S_OK );
        ok_hr( read_start( f.msg, f.reader, broken_xml[i] ), S_OK );
        ok_hr( WsReadEnvelopeEnd( f.msg, f.error ), WS_E_INVALID_FORMAT );
        ok_eq( state( f.msg ), WS_MESSAGE_STATE_DONE );
        ok( error_count( f.error ) > counted, "no string\n" );
        counted = error_count( f.error );
    }
    test_context( "writing" );
    ok_hr( WsResetMessage( f.msg, NULL ), S_OK );
    ok_hr( op_initialize( &f ), S_OK );
    ok_hr( op_write_start( &f ), S_OK );
    ok_hr( WsWriteEndElement( f.writer, NULL ), S_OK );     /* the program ends body and envelope itself */
    ok_hr( WsWriteEndElement( f.writer, NULL ), S_OK );
    ok( FAILED( WsWriteEnvelopeEnd( f.msg, f.error ) ), "nothing was open\n" );
    ok_eq( state( f.msg ), WS_MESSAGE_STATE_DONE );
    ok( error_count( f.error ) > counted, "no string\n" );
    teardown( &f );
}

/* A start that fails leaves the message in its state, and never calls the callback. */
static void CALLBACK count_done( void *count ) { ++*(int *)count; }

static void test_failed_start( void )
{
    static const char *const broken_xml[] =
    {
        "", "<", "text", "<e/>", "<s:Envelope xmlns:s='" S11 "'><s:Body/></s:Envelope>",
        "<s:Envelope xmlns:s='" S12 "'/>", "<s:Envelope xmlns:s='" S12 "'><s:Header/></s:Envelope>",
        "<s:Envelope xmlns:s='" S12 "'>text<s:Body/>",
        "<s:Envelope xmlns:s='" S12 "'><s:Header>text</s:Header><s:Body/></s:Envelope>",
        "<s:Envelope xmlns:s='" S12 "' xmlns:a='" A10 "'><s:Header><a:Action><x/></a:Action></s:Header><s:Body/></s:Envelope>",
    };
    WS_XML_WRITER_PROPERTY depth;
    WS_XML_WRITER *shallow;
    struct fixture f;
    ULONG i, counted = 0, one = 1;
    int count = 0;

    setup( &f );
    for (i = 0; i < WsCountOf( broken_xml ); i++)
    {
        HRESULT hr;

        test_context( "case %lu", i );
        set_input( f.reader, broken_xml[i], strlen( broken_xml[i] ) );
        hr = WsReadEnvelopeStart( f.msg, f.reader, count_done, &count, f.error );
        ok_hr( hr, WS_E_INVALID_FORMAT );
        ok_eq( state( f.msg ), WS_MESSAGE_STATE_EMPTY );
        ok( error_count( f.error ) > counted, "no string\n" );
        counted = error_count( f.error );
    }
    test_context( NULL );
    ok_eq( count, 0 );

    depth.id = WS_XML_WRITER_PROPERTY_MAX_DEPTH;
    depth.value = &one;
    depth.valueSize = sizeof(one);
    ok_hr( WsCreateWriter( &depth, 1, &shallow, NULL ), S_OK );
    set_output( shallow );
    ok_hr( op_initialize( &f ), S_OK );
    ok( FAILED( WsWriteEnvelopeStart( f.msg, shallow, count_done, &count, f.error ) ), "no header can be written\n" );
    ok_eq( state( f.msg ), WS_MESSAGE_STATE_INITIALIZED );
    ok( error_count( f.error ) > counted, "no string\n" );
    ok_hr( op_write_start( &f ), S_OK );
    ok_hr( op_write_end( &f ), S_OK );
    teardown( &f );
    ok_eq( count, 0 );
    WsFreeWriter( shallow );
}

/* --- properties ---------------------------------------------------------------------------------------------------- */

static const struct
{
    const char *name;
    WS_MESSAGE_PROPERTY_ID id;
    ULONG size;
    ULONG get;          /* states in which it is there */
    BOOL set;
}
props[] =
{
#define P( id, type, get, set ) { #id, WS_MESSAGE_PROPERTY_##id, sizeof(type), get, set }
    P( STATE,               WS_MESSAGE_STATE,      ANY,       FALSE ),
    P( HEAP,                WS_HEAP *,             NOT_EMPTY, FALSE ),
    P( ENVELOPE_VERSION,    WS_ENVELOPE_VERSION,   ANY,       FALSE ),  /* also when empty, unlike its page says */
    P( ADDRESSING_VERSION,  WS_ADDRESSING_VERSION, ANY,       FALSE ),
    P( HEADER_BUFFER,       WS_XML_BUFFER *,       NOT_EMPTY, FALSE ),
    P( HEADER_POSITION,     WS_XML_NODE_POSITION,  NOT_EMPTY, FALSE ),
    P( BODY_READER,         WS_XML_READER *,       READING,   FALSE ),
    P( BODY_WRITER,         WS_XML_WRITER *,       WRITING,   FALSE ),
    P( IS_ADDRESSED,        BOOL,                  NOT_EMPTY, FALSE ),
    P( HEAP_PROPERTIES,     WS_HEAP_PROPERTIES,    0,         FALSE ),
    P( XML_READER_PROPERTIES, WS_XML_READER_PROPERTIES, 0,    FALSE ),
    P( XML_WRITER_PROPERTIES, WS_XML_WRITER_PROPERTIES, 0,    FALSE ),
    P( IS_FAULT,            BOOL,                  NOT_EMPTY, TRUE ),
    P( MAX_PROCESSED_HEADERS, ULONG,               0,         FALSE ),
    P( USERNAME,            WS_STRING,             0,         TRUE ),   /* only with security, or when set */
    P( ENCODED_CERT,        WS_BYTES,              0,         TRUE ),
    P( TRANSPORT_SECURITY_WINDOWS_TOKEN, HANDLE,   0,         TRUE ),
    P( HTTP_HEADER_AUTH_WINDOWS_TOKEN, HANDLE,     0,         TRUE ),
    P( MESSAGE_SECURITY_WINDOWS_TOKEN, HANDLE,     0,         TRUE ),
    P( SAML_ASSERTION,      WS_XML_BUFFER *,       0,         TRUE ),
    P( SECURITY_CONTEXT,    WS_SECURITY_CONTEXT *, 0,         FALSE ),
    P( PROTECTION_LEVEL,    WS_PROTECTION_LEVEL,   NOT_EMPTY, TRUE ),
#undef P
    { "one too many",       WS_MESSAGE_PROPERTY_PROTECTION_LEVEL + 1, 4, 0, FALSE },
};

static void test_get_properties( void )
{
    struct { ULONG_PTR words[4]; } value, untouched;
    struct fixture f;
    ULONG i, j;

    memset( &untouched, 0x55, sizeof(untouched) );
    setup( &f );
    for (i = 0; i < WsCountOf( states ); i++) for (j = 0; j < WsCountOf( props ); j++)
    {
        BOOL there;

        test_context( "%s of a message that is %s", props[j].name, states[i].name );
        enter_state( &f, i );
        there = (props[j].get & (1u << state( f.msg ))) != 0;
        value = untouched;
        if (there)
        {
            ok_hr( WsGetMessageProperty( f.msg, props[j].id, &value, props[j].size, f.error ), S_OK );
            ok( memcmp( &value, &untouched, props[j].size ) != 0, "not stored\n" );
            ok( !memcmp( (char *)&value + props[j].size, &untouched, sizeof(untouched) - props[j].size ), "too much\n" );
            ok_hr( WsGetMessageProperty( f.msg, props[j].id, NULL, props[j].size, f.error ), E_INVALIDARG );
            ok_hr( WsGetMessageProperty( f.msg, props[j].id, &value, props[j].size - 1, f.error ), E_INVALIDARG );
            ok_hr( WsGetMessageProperty( f.msg, props[j].id, &value, 0, f.error ), E_INVALIDARG );
            ok( error_count( f.error ) >= 3, "no strings\n" );
        }
        else
        {
            HRESULT hr = WsGetMessageProperty( f.msg, props[j].id, &value, props[j].size, f.error );

            ok( hr == WS_E_INVALID_OPERATION || hr == E_INVALIDARG, "%#lx\n", hr );
            if (props[j].get) ok_hr( hr, WS_E_INVALID_OPERATION );
            ok( !memcmp( &value, &untouched, sizeof(value) ), "stored by a call that failed\n" );
            ok( error_count( f.error ) > 0, "no string\n" );
        }
        WsResetError( f.error );
    }
    teardown( &f );
}

/* What is settable is settable in each state but EMPTY, and nothing else is. */
static void test_set_properties( void )
{
    static const WS_STRING user = WS_STRING_VALUE( L"user" );
    static BYTE der[] = { 0x30, 0 };
    static const WS_BYTES cert = { 2, der };
    static const BOOL fault = TRUE;
    static const WS_PROTECTION_LEVEL level = WS_PROTECTION_LEVEL_SIGN;
    static const HANDLE none = NULL;
    struct { ULONG_PTR words[4]; } zero = { { 0 } }, got;
    struct fixture f;
    ULONG i, j;

    setup( &f );
    for (i = 0; i < WsCountOf( states ); i++) for (j = 0; j < WsCountOf( props ); j++)
    {
        const void *value = &zero;
        WS_XML_BUFFER *buffer = NULL;

        test_context( "%s of a message that is %s", props[j].name, states[i].name );
        enter_state( &f, i );
        switch (props[j].id)
        {
        case WS_MESSAGE_PROPERTY_IS_FAULT: value = &fault; break;
        case WS_MESSAGE_PROPERTY_USERNAME: value = &user; break;
        case WS_MESSAGE_PROPERTY_ENCODED_CERT: value = &cert; break;
        case WS_MESSAGE_PROPERTY_PROTECTION_LEVEL: value = &level; break;
        case WS_MESSAGE_PROPERTY_SAML_ASSERTION:
            WsGetMessageProperty( f.source, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), NULL );
            value = &buffer;
            break;
        default:
            if (props[j].set) value = &none;
        }
        if (!i) ok_hr( WsSetMessageProperty( f.msg, props[j].id, value, props[j].size, f.error ), WS_E_INVALID_OPERATION );
        else if (!props[j].set)
            ok_hr( WsSetMessageProperty( f.msg, props[j].id, value, props[j].size, f.error ), E_INVALIDARG );
        else
        {
            ok_hr( WsSetMessageProperty( f.msg, props[j].id, NULL, props[j].size, f.error ), E_INVALIDARG );
            ok_hr( WsSetMessageProperty( f.msg, props[j].id, value, props[j].size - 1, f.error ), E_INVALIDARG );
            ok_hr( WsSetMessageProperty( f.msg, props[j].id, value, props[j].size + 1, f.error ), E_INVALIDARG );
            ok_eq( error_count( f.error ), 3 );
            ok_hr( WsSetMessageProperty( f.msg, props[j].id, value, props[j].size, f.error ), S_OK );
            ok_hr( WsGetMessageProperty( f.msg, props[j].id, &got, props[j].size, f.error ), S_OK );
            if (props[j].id == WS_MESSAGE_PROPERTY_USERNAME || props[j].id == WS_MESSAGE_PROPERTY_ENCODED_CERT ||
                props[j].id == WS_MESSAGE_PROPERTY_SAML_ASSERTION)
                ok( memcmp( &got, value, props[j].size ) != 0, "not a copy\n" );
            else ok( !memcmp( &got, value, props[j].size ), "another value\n" );
        }
        if (!i || !props[j].set) ok_eq( error_count( f.error ), 1 );
        WsResetError( f.error );
    }
    teardown( &f );
}

/* WsCreateMessage: the versions and the properties it takes. */
static void test_create( void )
{
    SIZE_T max = 2000, trim = 100;
    WS_HEAP_PROPERTY heap_props[] = { { WS_HEAP_PROPERTY_MAX_SIZE, &max, sizeof(max) },
                                      { WS_HEAP_PROPERTY_TRIM_SIZE, &trim, sizeof(trim) } };
    WS_HEAP_PROPERTIES heap = { heap_props, 2 };
    ULONG two = 2, i, j, k;
    WS_XML_READER_PROPERTY reader_props[] = { { WS_XML_READER_PROPERTY_MAX_DEPTH, &two, sizeof(two) } };
    WS_XML_WRITER_PROPERTY writer_props[] = { { WS_XML_WRITER_PROPERTY_MAX_DEPTH, &two, sizeof(two) } };
    WS_XML_READER_PROPERTIES reader = { reader_props, 1 };
    WS_XML_WRITER_PROPERTIES writer = { writer_props, 1 };
    WS_MESSAGE_PROPERTY list[] =
    {
        { WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &heap, sizeof(heap) },
        { WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES, &reader, sizeof(reader) },
        { WS_MESSAGE_PROPERTY_XML_WRITER_PROPERTIES, &writer, sizeof(writer) },
        { WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS, &two, sizeof(two) },
    };
    WS_MESSAGE *msg;
    WS_HEAP *got;
    SIZE_T size = 0;

    for (i = 0; i <= 4; i++) for (j = 0; j <= 4; j++)
    {
        BOOL valid = i >= 1 && i <= 3 && j >= 1 && j <= 3 && (i != WS_ENVELOPE_VERSION_NONE || j == WS_ADDRESSING_VERSION_TRANSPORT);

        test_context( "envelope %lu, addressing %lu", i, j );
        msg = NULL;
        ok_hr( WsCreateMessage( i, j, NULL, 0, &msg, NULL ), valid ? S_OK : E_INVALIDARG );
        ok( !msg == !valid, "%p\n", msg );
        WsFreeMessage( msg );
    }
    test_context( NULL );
    ok_hr( WsCreateMessage( 1, 1, NULL, 1, &msg, NULL ), E_INVALIDARG );
    ok_hr( WsCreateMessage( 1, 1, list, 4, &msg, NULL ), S_OK );
    WsInitializeMessage( msg, WS_BLANK_MESSAGE, NULL, NULL );
    ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_HEAP, &got, sizeof(got), NULL ), S_OK );
    ok_hr( WsGetHeapProperty( got, WS_HEAP_PROPERTY_MAX_SIZE, &size, sizeof(size), NULL ), S_OK );
    ok_eq( size, 2000 );
    ok_hr( WsGetHeapProperty( got, WS_HEAP_PROPERTY_TRIM_SIZE, &size, sizeof(size), NULL ), S_OK );
    ok_eq( size, 100 );
    WsFreeMessage( msg );

    for (i = 0; i < WsCountOf( props ); i++)
    {
        WS_MESSAGE_PROPERTY prop = { props[i].id, &two, props[i].size };

        for (k = 0; k < WsCountOf( list ) && list[k].id != prop.id; k++) {}
        test_context( "%s", props[i].name );
        if (k == WsCountOf( list ))
            ok_hr( WsCreateMessage( 1, 1, &prop, 1, &msg, NULL ), E_INVALIDARG );
        else
        {
            prop = list[k];
            prop.valueSize--;
            ok_hr( WsCreateMessage( 1, 1, &prop, 1, &msg, NULL ), E_INVALIDARG );
            prop = list[k];
            prop.value = NULL;
            ok_hr( WsCreateMessage( 1, 1, &prop, 1, &msg, NULL ), E_INVALIDARG );
        }
    }
    /* properties inside the properties */
    test_context( "inner" );
    heap_props[1].id = WS_HEAP_PROPERTY_ACTUAL_SIZE;
    ok_hr( WsCreateMessage( 1, 1, list, 1, &msg, NULL ), E_INVALIDARG );
    reader_props[0].valueSize = 1;
    ok_hr( WsCreateMessage( 1, 1, list + 1, 1, &msg, NULL ), E_INVALIDARG );
    writer_props[0].id = 0x7777;
    ok_hr( WsCreateMessage( 1, 1, list + 2, 1, &msg, NULL ), E_INVALIDARG );
    for (i = 0; i < 3; i++)
    {
        static const WS_XML_READER_PROPERTY no_value = { WS_XML_READER_PROPERTY_MAX_DEPTH, NULL, 4 };
        WS_XML_READER_PROPERTIES no_array = { NULL, 1 }, no_values = { (WS_XML_READER_PROPERTY *)&no_value, 1 };
        WS_MESSAGE_PROPERTY prop = { list[i].id, &no_array, sizeof(no_array) };     /* the three are laid out alike */

        test_context( "no value, %lu", i );
        ok_hr( WsCreateMessage( 1, 1, &prop, 1, &msg, NULL ), E_INVALIDARG );
        prop.value = &no_values;
        ok_hr( WsCreateMessage( 1, 1, &prop, 1, &msg, NULL ), E_INVALIDARG );
    }
    test_context( NULL );
}

TESTS( message_states, { "functions", test_functions }, { "orders", test_orders }, { "failed_end", test_failed_end },
       { "failed_start", test_failed_start }, { "get_properties", test_get_properties },
       { "set_properties", test_set_properties }, { "create", test_create } )
