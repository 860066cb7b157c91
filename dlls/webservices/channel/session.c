/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sessions of .NET framing (net.tcp) as channels, from both sides, with the dictionary that binary sessions build up
 * ([MC-NBFSE]): each message begins with the strings that are new in it.
 *
 * The framing knows sessions of one exchange too (singleton mode), with envelopes whose size is not told beforehand: that is
 * what WCF makes of its streamed transfer mode. A client's channel with a streamed WS_CHANNEL_PROPERTY_TRANSFER_MODE has them,
 * one after the other: each message that it sends begins a new one if the last was used. A channel that is accepted is what the
 * client has chosen; on one of a one-way session (simplex mode) nothing can be sent. */
#include "channel/listener.h"
#include "channel/props.h"
#include "channel/url.h"
#include "transport/nmf.h"
#include "base/trace.h"

struct session_listener
{
    WS_LISTENER base;
    struct nmf_endpoint *endpoint;
    struct nmf_config config;           /* what the channels made so far need */
};

struct session_arrival
{
    struct arrival link;
    struct nmf_session *session;
};

/* Strings of the session in one direction. Arrays that became too small stay in the heap: names of messages that were read
 * point into them. */
struct session_strings
{
    WS_XML_DICTIONARY dict;
    ULONG capacity;
    ULONG bytes;                        /* of all strings; the quota counts these */
};

struct session_channel
{
    WS_CHANNEL base;
    struct nmf_session *session;
    struct connect_cancel cancel;
    WS_ENDPOINT_ADDRESS address;
    struct endpoint_url url;            /* its parts */
    WS_HEAP *heap;                      /* from open or accept to reset */
    struct session_strings received, sent;
    ULONG announced;                    /* strings of `sent` that the other side knows */
    struct byte_sink table;             /* new strings of a message */
    struct nmf_message message;
    struct byte_sink streamed;          /* an envelope whose size was not told */
    BOOL in_pieces;                     /* not all of it is there */
    ULONG got;
    struct stream_vec vecs[2];
    struct channel_op in_op, out_op;
};

static struct session_channel *session_channel( WS_CHANNEL *channel )
{
    return CONTAINING_RECORD( channel, struct session_channel, base );
}

static struct session_listener *session_listener( WS_LISTENER *listener )
{
    return CONTAINING_RECORD( listener, struct session_listener, base );
}

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
#define STEP_UNUSED (void)hr, (void)model, (void)next, (void)context, (void)error

/* --- settings ------------------------------------------------------------------------------------------------------------ */

static BOOL find_encoding( const struct channel_values *values, enum nmf_encoding *encoding )
{
    static const struct { WS_ENCODING encoding; WS_ENVELOPE_VERSION envelope; enum nmf_encoding nmf; } table[] =
    {
        { WS_ENCODING_XML_BINARY_SESSION_1, WS_ENVELOPE_VERSION_SOAP_1_2, NMF_SOAP12_BINARY_SESSION },
        { WS_ENCODING_XML_BINARY_1, WS_ENVELOPE_VERSION_SOAP_1_2, NMF_SOAP12_BINARY },
        { WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_2, NMF_SOAP12_UTF8 },
        { WS_ENCODING_XML_UTF16BE, WS_ENVELOPE_VERSION_SOAP_1_2, NMF_SOAP12_UTF16 },
        { WS_ENCODING_XML_UTF16LE, WS_ENVELOPE_VERSION_SOAP_1_2, NMF_SOAP12_UNICODE_LE },
        { WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, NMF_SOAP11_UTF8 },
        { WS_ENCODING_XML_UTF16BE, WS_ENVELOPE_VERSION_SOAP_1_1, NMF_SOAP11_UTF16 },
        { WS_ENCODING_XML_UTF16LE, WS_ENVELOPE_VERSION_SOAP_1_1, NMF_SOAP11_UNICODE_LE },
    };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( table ); i++)
    {
        if (table[i].encoding != values->encoding || table[i].envelope != values->envelope) continue;
        *encoding = table[i].nmf;
        return TRUE;
    }
    return FALSE;
}

static UINT64 max_streamed( const struct channel_values *values )
{
    return values->transfer_mode & WS_STREAMED_INPUT_TRANSFER_MODE ? values->max_streamed_message_size
                                                                   : values->max_buffered_message_size;
}

static void fill_config( const struct channel_values *values, struct nmf_config *config )
{
    config->mode = values->transfer_mode ? NMF_SINGLETON : NMF_DUPLEX;
    find_encoding( values, &config->encoding );
    config->socket.ip_version = values->ip_version == WS_IP_VERSION_AUTO ? 0 : values->ip_version;
    config->socket.delay = !values->no_delay;
    config->socket.keep_alive = values->send_keep_alives;
    config->socket.keep_alive_time = values->keep_alive_time;
    config->socket.keep_alive_interval = values->keep_alive_interval;
    config->connect_timeout = values->connect_timeout;
    config->send_timeout = values->send_timeout;
    config->receive_timeout = values->receive_timeout;
    config->close_timeout = values->close_timeout;
    config->max_message = values->max_buffered_message_size;
    config->max_streamed = max_streamed( values );
}

/* --- session dictionary ------------------------------------------------------------------------------------------------------ */

static void strings_reset( struct session_strings *strings )
{
    memset( strings, 0, sizeof(*strings) );
}

static HRESULT strings_add( struct session_channel *sc, struct session_strings *strings, const BYTE *bytes, ULONG len,
                            WS_ERROR *error )
{
    WS_XML_STRING *array = strings->dict.strings, *str;
    BYTE *copy;

    if (strings->dict.stringCount == strings->capacity)
    {
        ULONG capacity = strings->capacity ? strings->capacity * 2 : 32;

        if (!(array = heap_alloc( sc->heap, capacity * sizeof(*array), error ))) return heap_failure( sc->heap );
        if (strings->dict.stringCount) memcpy( array, strings->dict.strings, strings->dict.stringCount * sizeof(*array) );
        strings->dict.strings = array;
        strings->capacity = capacity;
    }
    if (!(copy = heap_memdup( sc->heap, bytes, len, error ))) return heap_failure( sc->heap );
    str = &array[strings->dict.stringCount];
    str->length = len;
    str->bytes = copy;
    str->dictionary = &strings->dict;
    str->id = strings->dict.stringCount++;
    strings->bytes += len;
    return S_OK;
}

/* A length in 7-bit pieces, low first. */
static BOOL get_size( const BYTE **pos, const BYTE *end, ULONG *size )
{
    ULONG shift = 0;

    for (*size = 0; *pos < end && shift < 35; shift += 7)
    {
        BYTE b = *(*pos)++;
        if (shift == 28 && b > 7) return FALSE;
        *size |= (ULONG)(b & 0x7f) << shift;
        if (!(b & 0x80)) return TRUE;
    }
    return FALSE;
}

/* Takes the strings in front of an envelope. */
static HRESULT read_table( struct session_channel *sc, const BYTE **data, ULONG *size, WS_ERROR *error )
{
    const BYTE *pos = *data, *end = *data + *size, *table_end;
    ULONG max = sc->base.values.max_session_dictionary_size, len;
    HRESULT hr;

    if (!get_size( &pos, end, &len ) || len > (ULONG)(end - pos)) goto bad;
    table_end = pos + len;
    while (pos < table_end)
    {
        if (!get_size( &pos, table_end, &len ) || len > (ULONG)(table_end - pos)) goto bad;
        if (len > max - sc->received.bytes)
            return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The dictionary of the session is larger than %u bytes.", max );
        if ((hr = strings_add( sc, &sc->received, pos, len, error ))) return hr;
        pos += len;
    }
    *data = table_end;
    *size = end - table_end;
    return S_OK;
bad:
    return ws_fail( error, WS_E_INVALID_FORMAT, "The string table of a binary message is damaged." );
}

/* The writer asks for the id of a string. */
static HRESULT CALLBACK find_string( void *state, const WS_XML_STRING *str, BOOL *found, ULONG *id, WS_ERROR *error )
{
    struct session_channel *sc = session_channel( state );
    ULONG i, max = sc->base.values.max_session_dictionary_size;

    *found = FALSE;
    for (i = 0; i < sc->sent.dict.stringCount; i++)
    {
        if (!xmlstr_eq( &sc->sent.dict.strings[i], str )) continue;
        *found = TRUE;
        *id = i;
        return S_OK;
    }
    if (str->length > max - sc->sent.bytes || strings_add( sc, &sc->sent, str->bytes, str->length, NULL )) return S_OK;
    (void)error;
    *found = TRUE;
    *id = sc->sent.dict.stringCount - 1;
    return S_OK;
}

static BOOL has_dictionary( const WS_CHANNEL *channel )
{
    return channel->values.encoding == WS_ENCODING_XML_BINARY_SESSION_1;
}

#define TABLE_ROOM (NMF_HEAD_ROOM + 5)

/* Writes the strings that the envelope in the sink needs and the other side does not know. */
static HRESULT write_table( struct session_channel *sc, struct stream_vec *vec, WS_ERROR *error )
{
    ULONG i, size = 0, need = TABLE_ROOM, len;
    BYTE head[5], *pos;

    for (i = sc->announced; i < sc->sent.dict.stringCount; i++) need += 5 + sc->sent.dict.strings[i].length;
    if (sc->table.capacity < need)
    {
        mem_free( sc->table.bytes );
        sc->table.capacity = 0;
        if (!(sc->table.bytes = mem_alloc( need ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a string table." );
        sc->table.capacity = need;
    }
    pos = sc->table.bytes + TABLE_ROOM;
    for (i = sc->announced; i < sc->sent.dict.stringCount; i++)
    {
        const WS_XML_STRING *str = &sc->sent.dict.strings[i];

        size += nmf_put_size( pos + size, str->length );
        memcpy( pos + size, str->bytes, str->length );
        size += str->length;
    }
    len = nmf_put_size( head, size );
    memcpy( pos - len, head, len );
    vec->data = pos - len;
    vec->size = size + len;
    return S_OK;
}

/* --- channel: life ---------------------------------------------------------------------------------------------------------------- */

static HRESULT session_init( WS_CHANNEL *channel, WS_ERROR *error )
{
    struct session_channel *sc = session_channel( channel );
    enum nmf_encoding encoding;

    if (!find_encoding( &channel->values, &encoding ))
        return ws_fail( error, E_INVALIDARG, "Sessions have no messages of encoding %u with envelope version %u.",
                        channel->values.encoding, channel->values.envelope );
    if (channel->listener) fill_config( &channel->values, &session_listener( channel->listener )->config );
    if (has_dictionary( channel ))
    {
        channel->read_dictionary = &sc->received.dict;
        channel->write_string = find_string;
    }
    return heap_create( 1 << 20, 1024, NULL, 0, &sc->heap, error );
}

static void session_begin( struct session_channel *sc )
{
    strings_reset( &sc->received );
    strings_reset( &sc->sent );
    sc->announced = 0;
    sc->in_pieces = FALSE;
}

STEP( open_done )
{
    struct session_channel *sc = session_channel( state );

    STEP_UNUSED;
    if (!hr) sc->base.remote = &sc->address;
    return hr;
}

static HRESULT connect_session( struct session_channel *sc, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    const struct endpoint_url *url = &sc->url;
    struct nmf_config config;

    memset( &config, 0, sizeof(config) );
    fill_config( &sc->base.values, &config );
    config.leavable = sc->base.leavable;
    return nmf_connect( url->text.ptr, url->text.len, url->host.ptr, url->host.len, url->port, &config, &sc->cancel, &sc->session,
                        context, error );
}

STEP( open_start )
{
    STEP_UNUSED;
    next->function = open_done;
    return connect_session( session_channel( state ), context, error );
}

static HRESULT session_open( WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error )
{
    struct session_channel *sc = session_channel( channel );
    HRESULT hr;

    heap_reset( sc->heap );
    session_begin( sc );
    if ((hr = channel_connecting( channel, &sc->cancel, error )) ||
        (hr = endpoint_address_copy( address, sc->heap, &sc->address, error )) ||
        (hr = endpoint_url_split( &sc->address.url, sc->heap, URL_NETTCP, &sc->url, error ))) return hr;
    return async_execute( &sc->out_op.async, open_start, WS_LONG_CALLBACK, channel, context, error );
}

static void drop_session( struct session_channel *sc )
{
    struct nmf_session *session;

    lock_enter( &sc->base.lock );
    session = sc->session;
    sc->session = NULL;
    lock_leave( &sc->base.lock );
    if (session) nmf_session_free( session );
    sc->base.remote = NULL;
}

STEP( close_done )
{
    STEP_UNUSED;
    drop_session( session_channel( state ) );
    return hr;
}

STEP( close_start )
{
    STEP_UNUSED;
    next->function = close_done;
    return nmf_close( session_channel( state )->session, context, error );
}

static HRESULT session_close( WS_CHANNEL *channel, BOOL graceful, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct session_channel *sc = session_channel( channel );

    if (graceful && sc->session)
        return async_execute( &sc->out_op.async, close_start, WS_LONG_CALLBACK, channel, context, error );
    if (sc->session) nmf_abort( sc->session );
    drop_session( sc );
    return S_OK;
}

static void session_abort( WS_CHANNEL *channel )
{
    struct session_channel *sc = session_channel( channel );

    lock_enter( &channel->lock );
    connect_cancel( &sc->cancel );      /* also of a session that follows another */
    if (sc->session) nmf_abort( sc->session );
    lock_leave( &channel->lock );
}

static void session_leave( WS_CHANNEL *channel )
{
    struct session_channel *sc = session_channel( channel );

    lock_enter( &channel->lock );
    if (sc->session) nmf_leave( sc->session );
    lock_leave( &channel->lock );
}

static HRESULT session_reset( WS_CHANNEL *channel, WS_ERROR *error )
{
    struct session_channel *sc = session_channel( channel );

    (void)error;
    if (sc->session) nmf_abort( sc->session );
    drop_session( sc );
    heap_reset( sc->heap );
    session_begin( sc );
    return S_OK;
}

static void session_free( WS_CHANNEL *channel )
{
    struct session_channel *sc = session_channel( channel );

    if (sc->session) nmf_abort( sc->session );
    drop_session( sc );
    mem_free( sc->table.bytes );
    mem_free( sc->streamed.bytes );
    heap_free( sc->heap );
}

/* --- channel: messages ------------------------------------------------------------------------------------------------------------- */

static HRESULT read_envelope( struct session_channel *sc, const BYTE *data, ULONG size, WS_ERROR *error )
{
    HRESULT hr = has_dictionary( &sc->base ) ? read_table( sc, &data, &size, error ) : S_OK;

    if (!hr) hr = channel_read_bytes( &sc->base, sc->in_op.message, data, size, error );
    /* what can't be read leaves the dictionaries of both sides apart, so the session is lost */
    if (hr) channel_fault( &sc->base );
    return hr;
}

/* Room for a piece of a streamed envelope, as it grows. */
static HRESULT streamed_room( struct byte_sink *sink, WS_ERROR *error )
{
    SIZE_T capacity = sink->capacity ? sink->capacity * 2 : 8192;
    BYTE *bytes;

    if (sink->size < sink->capacity) return S_OK;
    if (!(bytes = mem_realloc( sink->bytes, capacity ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a streamed message." );
    sink->bytes = bytes;
    sink->capacity = capacity;
    return S_OK;
}

/* A receive that was left has done no harm: it goes on with the next read. */
static HRESULT receive_failed( struct session_channel *sc, HRESULT hr )
{
    if (hr != WS_E_OPERATION_ABANDONED) channel_fault( &sc->base );
    return hr;
}

STEP( read_piece );

STEP( piece_came )
{
    struct session_channel *sc = session_channel( state );

    if (hr) return receive_failed( sc, hr );
    sc->streamed.size += sc->got;
    sc->in_pieces = sc->got != 0;
    if (!sc->got) return read_envelope( sc, sc->streamed.bytes, sc->streamed.size, error );
    return read_piece( S_OK, model, state, next, context, error );
}

STEP( read_piece )
{
    struct session_channel *sc = session_channel( state );

    STEP_UNUSED;
    next->function = piece_came;
    if ((hr = streamed_room( &sc->streamed, error ))) return hr;
    return nmf_read( sc->session, sc->streamed.bytes + sc->streamed.size, sc->streamed.capacity - sc->streamed.size, &sc->got, context,
                     error );
}

STEP( received )
{
    struct session_channel *sc = session_channel( state );

    if (hr == WS_S_END) return hr;
    if (hr) return receive_failed( sc, hr );
    if (!sc->message.streamed) return read_envelope( sc, sc->message.data, sc->message.size, error );
    sc->streamed.size = 0;
    sc->in_pieces = TRUE;
    return read_piece( S_OK, model, state, next, context, error );
}

STEP( receive )
{
    struct session_channel *sc = session_channel( state );

    STEP_UNUSED;
    if (sc->in_pieces) return read_piece( S_OK, model, state, next, context, error );
    next->function = received;
    return nmf_receive( sc->session, &sc->message, context, error );
}

static HRESULT session_read_start( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct session_channel *sc = session_channel( channel );

    sc->in_op.message = message;
    return async_execute( &sc->in_op.async, receive, WS_LONG_CALLBACK, channel, context, error );
}

static HRESULT session_read_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct session_channel *sc = session_channel( channel );
    HRESULT hr = message_read_envelope_end( message, error );

    (void)context;
    nmf_receive_done( sc->session );
    if (sc->streamed.capacity > channel->values.trim_buffered_message_size)
    {
        mem_free( sc->streamed.bytes );
        memset( &sc->streamed, 0, sizeof(sc->streamed) );
    }
    return hr;
}

static enum nmf_mode session_mode( const struct session_channel *sc )
{
    return nmf_session_preamble( sc->session )->mode;
}

static BOOL is_singleton( const struct session_channel *sc )
{
    return session_mode( sc ) == NMF_SINGLETON || session_mode( sc ) == NMF_SINGLETON_SIZED;
}

static HRESULT begin_message( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error )
{
    BOOL addressed = TRUE;
    HRESULT hr;

    if (channel->remote)
    {
        if ((hr = message_get_property( message, WS_MESSAGE_PROPERTY_IS_ADDRESSED, &addressed, sizeof(addressed), error )))
            return hr;
        if (!addressed && (hr = message_address( message, channel->remote, error ))) return hr;
    }
    return channel_write_bytes( channel, message, NMF_HEAD_ROOM + 1, error );
}

STEP( renewed )
{
    struct session_channel *sc = session_channel( state );

    STEP_UNUSED;
    if (!hr) return begin_message( &sc->base, sc->out_op.message, error );
    channel_fault( &sc->base );
    return hr;
}

STEP( renew_closed )
{
    struct session_channel *sc = session_channel( state );
    const WS_ENDPOINT_ADDRESS *remote = sc->base.remote;

    STEP_UNUSED;
    drop_session( sc );         /* whether it has ended well does not matter any more */
    sc->base.remote = remote;
    next->function = renewed;
    return connect_session( sc, context, error );
}

STEP( renew_start )
{
    STEP_UNUSED;
    next->function = renew_closed;
    return nmf_close( session_channel( state )->session, context, NULL );
}

static HRESULT session_write_start( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct session_channel *sc = session_channel( channel );

    if (channel->shut_down) return ws_fail( error, WS_E_INVALID_OPERATION, "The session was shut down." );
    if (!sc->session) return ws_fail( error, WS_E_ENDPOINT_DISCONNECTED, "The session is over." );
    if (session_mode( sc ) == NMF_SIMPLEX)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The client has opened a session in which only it sends." );
    if (!is_singleton( sc ) || !nmf_is_shut_down( sc->session )) return begin_message( channel, message, error );
    if (channel->listener) return ws_fail( error, WS_E_INVALID_OPERATION, "The only answer of this session was sent." );
    if (channel->read.state != SIDE_IDLE)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The answer of this exchange is still being received." );
    sc->out_op.message = message;
    return async_execute( &sc->out_op.async, renew_start, WS_LONG_CALLBACK, channel, context, error );
}

STEP( sent )
{
    struct session_channel *sc = session_channel( state );

    STEP_UNUSED;
    if (hr) channel_fault( &sc->base );
    else sc->announced = sc->sent.dict.stringCount;
    return hr;
}

STEP( send_message )
{
    struct session_channel *sc = session_channel( state );
    struct byte_sink *sink = &sc->base.sink;
    ULONG count = 1;

    STEP_UNUSED;
    sc->vecs[0].data = sink->bytes + NMF_HEAD_ROOM + 1;
    sc->vecs[0].size = sink->size - NMF_HEAD_ROOM - 1;
    if (has_dictionary( &sc->base ))
    {
        if (sc->announced == sc->sent.dict.stringCount)
        {
            /* an empty table is one byte, for which there is room */
            sink->bytes[NMF_HEAD_ROOM] = 0;
            sc->vecs[0].data = sink->bytes + NMF_HEAD_ROOM;
            sc->vecs[0].size++;
        }
        else
        {
            sc->vecs[1] = sc->vecs[0];
            if ((hr = write_table( sc, &sc->vecs[0], error ))) return hr;
            count = 2;
        }
    }
    next->function = sent;
    if (is_singleton( sc )) return nmf_send_single( sc->session, sc->vecs, count, context, error );
    return nmf_send( sc->session, sc->vecs, count, context, error );
}

static HRESULT session_write_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = channel_end_bytes( channel, message, error ))) return hr;
    return async_execute( &session_channel( channel )->out_op.async, send_message, WS_LONG_CALLBACK, channel, context, error );
}

static void session_abandon( WS_CHANNEL *channel, WS_MESSAGE *message, BOOL reading )
{
    (void)message;
    if (reading && session_channel( channel )->session) nmf_receive_done( session_channel( channel )->session );
}

static HRESULT session_shutdown( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    return nmf_shutdown( session_channel( channel )->session, context, error );
}

static HRESULT session_get( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    struct session_channel *sc = session_channel( channel );
    BYTE address[128];
    WS_STRING url;
    HRESULT hr;

    if (id != WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS && id != WS_CHANNEL_PROPERTY_TRANSPORT_URL) return E_NOTIMPL;
    if (!sc->session) return ws_fail( error, WS_E_INVALID_OPERATION, "The channel has no session." );
    if (id == WS_CHANNEL_PROPERTY_TRANSPORT_URL)
    {
        const struct nmf_preamble *preamble = nmf_session_preamble( sc->session );

        if ((hr = str_from_utf8( sc->heap, (const BYTE *)preamble->via, preamble->via_len, &url, error ))) return hr;
        return prop_return( &url, sizeof(url), value, size, "channel", id, error );
    }
    net_address_to_sockaddr( nmf_session_remote( sc->session ), address );
    return prop_return( address, sizeof(address), value, size, "channel", id, error );
}

/* The timeouts of a session that is there already. */
static HRESULT session_set( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error )
{
    struct session_channel *sc = session_channel( channel );
    const struct channel_values *values = &channel->values;
    HRESULT hr = channel_values_set( channel, id, value, size, error );

    if (hr) return hr;
    lock_enter( &channel->lock );
    if (sc->session) nmf_set_timeouts( sc->session, values->send_timeout, values->receive_timeout, values->close_timeout );
    lock_leave( &channel->lock );
    return S_OK;
}

const struct channel_ops session_ops =
{
    .size = sizeof(struct session_channel),
    .init = session_init,
    .open = session_open,
    .close = session_close,
    .abort = session_abort,
    .leave = session_leave,
    .reset = session_reset,
    .free = session_free,
    .read_start = session_read_start,
    .read_end = session_read_end,
    .write_start = session_write_start,
    .write_end = session_write_end,
    .abandon = session_abandon,
    .shutdown = session_shutdown,
    .get = session_get,
    .set = session_set,
};

/* --- listener ------------------------------------------------------------------------------------------------------------------------- */

static void on_session( struct nmf_session *session, void *context )
{
    WS_LISTENER *listener = context;
    struct session_arrival *arrival = mem_alloc( sizeof(*arrival) );

    if (arrival)
    {
        arrival->session = session;
        if (listener_arrive( listener, &arrival->link )) return;
        mem_free( arrival );
    }
    nmf_abort( session );
    nmf_session_free( session );
}

/* More sessions than wait to be accepted are refused. */
static BOOL may_accept( void *context )
{
    return ((WS_LISTENER *)context)->arrived_count < LISTENER_MAX_ARRIVED;
}

static void listener_give( WS_LISTENER *listener, struct arrival *link, WS_CHANNEL *channel )
{
    struct session_arrival *arrival = CONTAINING_RECORD( link, struct session_arrival, link );
    struct session_channel *sc = session_channel( channel );

    (void)listener;
    session_begin( sc );
    sc->session = arrival->session;
    nmf_set_timeouts( sc->session, channel->values.send_timeout, channel->values.receive_timeout, channel->values.close_timeout );
    /* the listener may have been opened before the channel was made */
    nmf_set_limits( sc->session, channel->values.max_buffered_message_size, max_streamed( &channel->values ) );
    mem_free( arrival );
}

static void listener_refuse( WS_LISTENER *listener, struct arrival *link )
{
    struct session_arrival *arrival = CONTAINING_RECORD( link, struct session_arrival, link );

    (void)listener;
    nmf_abort( arrival->session );
    nmf_session_free( arrival->session );
    mem_free( arrival );
}

static HRESULT listener_init( WS_LISTENER *listener, WS_ERROR *error )
{
    struct nmf_config *config = &session_listener( listener )->config;

    (void)error;
    config->mode = NMF_DUPLEX;
    config->encoding = NMF_SOAP12_BINARY_SESSION;
    config->send_timeout = config->receive_timeout = config->close_timeout = 30000;
    config->max_message = 65536;
    config->max_streamed = 4194304;
    return S_OK;
}

static HRESULT session_listener_open( WS_LISTENER *listener, const WS_STRING *url, const WS_ASYNC_CONTEXT *context,
                                      WS_ERROR *error )
{
    struct session_listener *sl = session_listener( listener );
    HRESULT hr;

    (void)context;
    sl->config.connect_timeout = listener->values.connect_timeout;
    sl->config.backlog = listener->values.backlog;
    sl->config.socket.ip_version = listener->values.ip_version == WS_IP_VERSION_AUTO ? 0 : listener->values.ip_version;
    sl->config.match = listener->values.transport_url_matching;
    sl->config.on_session = on_session;
    sl->config.may_accept = may_accept;
    sl->config.context = listener;
    listener_addref( listener );
    if ((hr = nmf_endpoint_open( url, &sl->config, &sl->endpoint, error ))) listener_release( listener );
    return hr;
}

static void on_drained( void *context )
{
    listener_release( context );
}

static void session_listener_abort( WS_LISTENER *listener )
{
    struct session_listener *sl = session_listener( listener );
    struct nmf_endpoint *endpoint;

    lock_enter( &listener->lock );
    endpoint = sl->endpoint;
    sl->endpoint = NULL;
    lock_leave( &listener->lock );
    if (endpoint) nmf_endpoint_close( endpoint, on_drained );
}

static HRESULT session_listener_close( WS_LISTENER *listener, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)context, (void)error;
    session_listener_abort( listener );
    return S_OK;
}

static HRESULT session_listener_reset( WS_LISTENER *listener, WS_ERROR *error )
{
    (void)listener, (void)error;
    return S_OK;
}

const struct listener_ops session_listener_ops =
{
    .size = sizeof(struct session_listener),
    .channel_ops = &session_ops,
    .init = listener_init,
    .open = session_listener_open,
    .close = session_listener_close,
    .abort = session_listener_abort,
    .reset = session_listener_reset,
    .free = session_listener_abort,
    .give = listener_give,
    .refuse = listener_refuse,
};
