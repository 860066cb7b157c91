/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* SOAP over UDP (channel-layer-overview.md): a client's duplex channel has a port of its own and gets what comes there; on a
 * listener each datagram is accepted as a channel, which can answer to where it came from if it is duplex. */
#include "channel/listener.h"
#include "channel/props.h"
#include "channel/url.h"
#include "transport/datagram.h"
#include "base/trace.h"

#define SEND_TIMEOUT 5000       /* ms that a full buffer of the system may delay a datagram; then it is lost */

struct udp_endpoint;

struct udp_receiver
{
    struct udp_endpoint *endpoint;
    struct datagram_port *port;
    struct net_address from;
    ULONG got;
    BYTE *buf;
};

/* The ports of an open listener, one for each IP version. They live as long as a channel may answer from them. */
struct udp_endpoint
{
    LONG refs;                  /* the listener, receivers that wait, arrivals */
    LONG queued;                /* datagrams on their way to the listener */
    WS_LISTENER *listener;
    struct net_address group;   /* family 0: no multicast */
    struct udp_receiver receivers[2];
};

struct udp_arrival
{
    struct arrival link;
    struct engine_work work;
    struct udp_endpoint *endpoint;
    struct datagram_port *port;
    struct net_address from;
    ULONG size;
    BYTE  data[];
};

struct udp_listener
{
    WS_LISTENER base;
    struct udp_endpoint *endpoint;
    ULONG *interfaces;          /* groups are joined on these; own copy */
    ULONG interface_count;
};

struct udp_channel
{
    WS_CHANNEL base;
    struct datagram_port *port;         /* client */
    struct udp_arrival *arrival;        /* server */
    struct connect_cancel cancel;
    WS_ENDPOINT_ADDRESS address;        /* of the other side */
    struct net_address to, from;
    BYTE *buf;                          /* client: the datagram received */
    ULONG got;
    BOOL consumed;                      /* server: the datagram was read */
    WS_HEAP *heap;                      /* from open or accept to reset */
    struct channel_op in_op, out_op;
};

static struct udp_channel *udp_channel( WS_CHANNEL *channel )
{
    return CONTAINING_RECORD( channel, struct udp_channel, base );
}

static struct udp_listener *udp_listener( WS_LISTENER *listener )
{
    return CONTAINING_RECORD( listener, struct udp_listener, base );
}

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
#define STEP_UNUSED (void)hr, (void)model, (void)next, (void)context, (void)error

/* --- ports of a listener ------------------------------------------------------------------------------------------------ */

static void endpoint_release( struct udp_endpoint *endpoint )
{
    ULONG i;

    if (atomic_dec( &endpoint->refs )) return;
    for (i = 0; i < ARRAY_SIZE( endpoint->receivers ); i++)
    {
        if (endpoint->receivers[i].port) datagram_close( endpoint->receivers[i].port );
        mem_free( endpoint->receivers[i].buf );
    }
    listener_release( endpoint->listener );
    mem_free( endpoint );
}

static void arrival_free( struct udp_arrival *arrival )
{
    endpoint_release( arrival->endpoint );
    mem_free( arrival );
}

static void deliver( void *arg )
{
    struct udp_arrival *arrival = arg;

    atomic_dec( &arrival->endpoint->queued );
    if (!listener_arrive( arrival->endpoint->listener, &arrival->link )) arrival_free( arrival );
}

/* Not here: a waiting accept leads into the program's code, and the next datagram shall not wait for that. */
static void take_datagram( struct udp_receiver *receiver )
{
    struct udp_endpoint *endpoint = receiver->endpoint;
    struct udp_arrival *arrival;

    if (!receiver->got || receiver->got > DATAGRAM_MAX || atomic_read( &endpoint->queued ) >= LISTENER_MAX_ARRIVED) return;
    if (!(arrival = mem_calloc( sizeof(*arrival) + receiver->got ))) return;
    memcpy( arrival->data, receiver->buf, receiver->got );
    arrival->size = receiver->got;
    arrival->from = receiver->from;
    arrival->port = receiver->port;
    arrival->endpoint = endpoint;
    arrival->work.func = deliver;
    arrival->work.arg = arrival;
    atomic_inc( &endpoint->refs );
    atomic_inc( &endpoint->queued );
    engine_submit( &arrival->work );
}

static void receive_more( struct udp_receiver *receiver );

static void CALLBACK datagram_came( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct udp_receiver *receiver = state;

    (void)model;
    if (FAILED( hr ))
    {
        endpoint_release( receiver->endpoint );
        return;
    }
    take_datagram( receiver );
    receive_more( receiver );
}

static void receive_more( struct udp_receiver *receiver )
{
    const struct listener_values *values = &receiver->endpoint->listener->values;
    WS_ASYNC_CONTEXT context = { datagram_came, receiver };
    HRESULT hr;

    while ((hr = datagram_recv( receiver->port, receiver->buf, DATAGRAM_MAX, values->is_multicast && !values->multicast_loopback,
                                &receiver->got, &receiver->from, &context, NULL )) == S_OK) take_datagram( receiver );
    if (FAILED( hr )) endpoint_release( receiver->endpoint );
}

static HRESULT open_receiver( struct udp_endpoint *endpoint, ULONG index, USHORT port, WS_ERROR *error )
{
    struct udp_receiver *receiver = &endpoint->receivers[index];

    receiver->endpoint = endpoint;
    if (!(receiver->buf = mem_alloc( DATAGRAM_MAX ))) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for a UDP port." );
    return datagram_open( index ? 6 : 4, port, endpoint->listener->values.is_multicast, &receiver->port, error );
}

static HRESULT open_receivers( struct udp_endpoint *endpoint, USHORT port, WS_ERROR *error )
{
    WS_IP_VERSION version = endpoint->listener->values.ip_version;
    UINT16 only = endpoint->group.family;
    HRESULT hr = S_OK;

    if (only == 6 || version == WS_IP_VERSION_6) return open_receiver( endpoint, 1, port, error );
    if ((hr = open_receiver( endpoint, 0, port, error )) || only == 4 || version == WS_IP_VERSION_4) return hr;
    /* A machine without IPv6 serves the other version. */
    hr = open_receiver( endpoint, 1, port, error );
    return hr == WS_E_ADDRESS_NOT_AVAILABLE ? S_OK : hr;
}

/* --- listener ------------------------------------------------------------------------------------------------------------ */

static HRESULT udp_listener_init( WS_LISTENER *listener, WS_ERROR *error )
{
    struct udp_listener *ul = udp_listener( listener );
    ULONG count = listener->values.multicast_interface_count;

    if (!count) return S_OK;
    if (!(ul->interfaces = mem_alloc( count * sizeof(*ul->interfaces) )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for %u interfaces.", count );
    memcpy( ul->interfaces, listener->values.multicast_interfaces, count * sizeof(*ul->interfaces) );
    ul->interface_count = count;
    return S_OK;
}

static HRESULT join( struct udp_endpoint *endpoint, const ULONG *interfaces, ULONG count, BOOL leave, WS_ERROR *error )
{
    struct datagram_port *port = endpoint->receivers[endpoint->group.family == 6].port;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < count && !hr; i++) hr = datagram_join( port, &endpoint->group, interfaces[i], leave, error );
    return leave ? S_OK : hr;
}

/* The group that a multicast listener is for. */
static HRESULT find_group( WS_LISTENER *listener, const struct endpoint_url *url, struct net_address *group, WS_ERROR *error )
{
    UINT8 version = listener->values.ip_version == WS_IP_VERSION_AUTO ? 0 : listener->values.ip_version;
    HRESULT hr;

    if (!listener->values.is_multicast) return S_OK;
    if ((hr = datagram_resolve( url->host.ptr, url->host.len, url->port, version, engine_deadline( 30000 ), NULL, group, NULL, error )))
        return hr;
    if (!net_address_is_multicast( group )) group->family = 0;      /* the documentation: it is not validated */
    return S_OK;
}

static HRESULT udp_listener_open( WS_LISTENER *listener, const WS_STRING *text, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct udp_listener *ul = udp_listener( listener );
    struct udp_endpoint *endpoint;
    struct endpoint_url url;
    WS_HEAP *heap;
    HRESULT hr;
    ULONG i;

    (void)context;
    if ((hr = heap_create( 1 << 20, 256, NULL, 0, &heap, error ))) return hr;
    if (!(endpoint = mem_calloc( sizeof(*endpoint) )))
    {
        heap_free( heap );
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for an endpoint." );
    }
    endpoint->refs = 1;
    endpoint->listener = listener;
    listener_addref( listener );
    if (!(hr = endpoint_url_split( text, heap, URL_SOAPUDP, &url, error )) &&
        !(hr = find_group( listener, &url, &endpoint->group, error )) && !(hr = open_receivers( endpoint, url.port, error )) &&
        endpoint->group.family) hr = join( endpoint, ul->interfaces, ul->interface_count, FALSE, error );
    heap_free( heap );
    if (hr)
    {
        endpoint_release( endpoint );
        return hr;
    }
    lock_enter( &listener->lock );
    ul->endpoint = endpoint;
    lock_leave( &listener->lock );
    for (i = 0; i < ARRAY_SIZE( endpoint->receivers ); i++)
    {
        if (!endpoint->receivers[i].port) continue;
        atomic_inc( &endpoint->refs );
        receive_more( &endpoint->receivers[i] );
    }
    return S_OK;
}

static void udp_listener_abort( WS_LISTENER *listener )
{
    struct udp_listener *ul = udp_listener( listener );
    struct udp_endpoint *endpoint;
    ULONG i;

    lock_enter( &listener->lock );
    endpoint = ul->endpoint;
    ul->endpoint = NULL;
    lock_leave( &listener->lock );
    if (!endpoint) return;
    for (i = 0; i < ARRAY_SIZE( endpoint->receivers ); i++)
        if (endpoint->receivers[i].port) datagram_abort( endpoint->receivers[i].port );
    endpoint_release( endpoint );
}

static HRESULT udp_listener_close( WS_LISTENER *listener, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)context, (void)error;
    udp_listener_abort( listener );
    return S_OK;
}

static HRESULT udp_listener_reset( WS_LISTENER *listener, WS_ERROR *error )
{
    (void)listener, (void)error;
    return S_OK;
}

static void udp_listener_free( WS_LISTENER *listener )
{
    udp_listener_abort( listener );
    mem_free( udp_listener( listener )->interfaces );
    udp_listener( listener )->interfaces = NULL;
}

/* The address that an answer goes to, as a URL. */
static HRESULT remote_url( struct udp_channel *uc, WS_ERROR *error )
{
    char text[NET_ADDRESS_TEXT + 16] = "soap.udp://";
    ULONG len = 11 + net_address_text( &uc->to, TRUE, text + 11 );

    text[len++] = '/';
    return str_from_utf8( uc->heap, (const BYTE *)text, len, &uc->address.url, error );
}

static void udp_give( WS_LISTENER *listener, struct arrival *link, WS_CHANNEL *channel )
{
    struct udp_arrival *arrival = CONTAINING_RECORD( link, struct udp_arrival, link );
    struct udp_channel *uc = udp_channel( channel );

    (void)listener;
    uc->arrival = arrival;
    uc->consumed = FALSE;
    uc->to = uc->from = arrival->from;
    memset( &uc->address, 0, sizeof(uc->address) );
    remote_url( uc, NULL );
}

static void udp_refuse( WS_LISTENER *listener, struct arrival *link )
{
    (void)listener;
    arrival_free( CONTAINING_RECORD( link, struct udp_arrival, link ) );
}

/* The interfaces to listen on can be changed while the listener is open. */
static HRESULT udp_listener_set( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error )
{
    struct udp_listener *ul = udp_listener( listener );
    struct udp_endpoint *endpoint;
    ULONG *copy, count = size / sizeof(ULONG);
    HRESULT hr = S_OK;

    if (id != WS_LISTENER_PROPERTY_MULTICAST_INTERFACES) return E_NOTIMPL;
    if (size % sizeof(ULONG) || (size && !value))
        return ws_fail( error, E_INVALIDARG, "%u bytes are no list of interface indices.", size );
    if (!listener->values.is_multicast)
        return ws_fail( error, E_INVALIDARG, "Interfaces of a listener need WS_LISTENER_PROPERTY_IS_MULTICAST." );
    if (!(copy = mem_alloc( size + 1 ))) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for %u interfaces.", count );
    if (size) memcpy( copy, value, size );
    lock_enter( &listener->lock );
    if ((endpoint = ul->endpoint) && endpoint->group.family)
    {
        join( endpoint, ul->interfaces, ul->interface_count, TRUE, NULL );
        if ((hr = join( endpoint, copy, count, FALSE, error ))) count = 0;
    }
    mem_free( ul->interfaces );
    ul->interfaces = copy;
    ul->interface_count = count;
    lock_leave( &listener->lock );
    return hr;
}

const struct listener_ops udp_listener_ops =
{
    .size = sizeof(struct udp_listener),
    .channel_ops = &udp_ops,
    .init = udp_listener_init,
    .open = udp_listener_open,
    .close = udp_listener_close,
    .abort = udp_listener_abort,
    .reset = udp_listener_reset,
    .free = udp_listener_free,
    .give = udp_give,
    .refuse = udp_refuse,
    .set = udp_listener_set,
};

/* --- channel: life --------------------------------------------------------------------------------------------------------- */

static HRESULT udp_init( WS_CHANNEL *channel, WS_ERROR *error )
{
    return heap_create( 65536, 256, NULL, 0, &udp_channel( channel )->heap, error );
}

STEP( open_resolved )
{
    struct udp_channel *uc = udp_channel( state );
    struct datagram_port *port;

    STEP_UNUSED;
    if (hr) return hr;
    if (!uc->buf && !(uc->buf = mem_alloc( DATAGRAM_MAX ))) return ws_fail( error, E_OUTOFMEMORY, "There is no memory for datagrams." );
    if ((hr = datagram_open( uc->to.family, 0, FALSE, &port, error ))) return hr;
    lock_enter( &uc->base.lock );
    uc->port = port;
    lock_leave( &uc->base.lock );
    uc->base.remote = &uc->address;
    return S_OK;
}

STEP( open_start )
{
    struct udp_channel *uc = udp_channel( state );
    UINT8 version = uc->base.values.ip_version == WS_IP_VERSION_AUTO ? 0 : uc->base.values.ip_version;
    struct endpoint_url url;

    STEP_UNUSED;
    if ((hr = channel_connecting( &uc->base, &uc->cancel, error )) ||
        (hr = endpoint_url_split( &uc->address.url, uc->heap, URL_SOAPUDP, &url, error ))) return hr;
    next->function = open_resolved;
    return datagram_resolve( url.host.ptr, url.host.len, url.port, version, engine_deadline( uc->base.values.connect_timeout ), &uc->cancel,
                             &uc->to, context, error );
}

static HRESULT udp_open( WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct udp_channel *uc = udp_channel( channel );
    HRESULT hr;

    heap_reset( uc->heap );
    uc->from.family = 0;
    if ((hr = endpoint_address_copy( address, uc->heap, &uc->address, error ))) return hr;
    return async_execute( &uc->out_op.async, open_start, WS_LONG_CALLBACK, channel, context, error );
}

static void drop( struct udp_channel *uc )
{
    struct datagram_port *port;
    struct udp_arrival *arrival;

    lock_enter( &uc->base.lock );
    port = uc->port;
    arrival = uc->arrival;
    uc->port = NULL;
    uc->arrival = NULL;
    lock_leave( &uc->base.lock );
    if (port) datagram_close( port );
    if (arrival) arrival_free( arrival );
    uc->base.remote = NULL;
}

static HRESULT udp_close( WS_CHANNEL *channel, BOOL graceful, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)graceful, (void)context, (void)error;
    drop( udp_channel( channel ) );
    return S_OK;
}

static void udp_abort( WS_CHANNEL *channel )
{
    struct udp_channel *uc = udp_channel( channel );

    lock_enter( &channel->lock );
    if (channel->hdr.state == WS_CHANNEL_STATE_OPENING) connect_cancel( &uc->cancel );
    if (uc->port) datagram_abort( uc->port );
    lock_leave( &channel->lock );
}

static HRESULT udp_reset( WS_CHANNEL *channel, WS_ERROR *error )
{
    struct udp_channel *uc = udp_channel( channel );

    (void)error;
    drop( uc );
    memset( &uc->address, 0, sizeof(uc->address) );
    heap_reset( uc->heap );
    return S_OK;
}

static void udp_free( WS_CHANNEL *channel )
{
    struct udp_channel *uc = udp_channel( channel );

    drop( uc );
    mem_free( uc->buf );
    heap_free( uc->heap );
}

/* --- channel: messages ------------------------------------------------------------------------------------------------------ */

STEP( received )
{
    struct udp_channel *uc = udp_channel( state );

    STEP_UNUSED;
    if (hr) return hr;
    if (uc->got > DATAGRAM_MAX) return ws_fail( error, WS_E_QUOTA_EXCEEDED, "A datagram has more than %u bytes.", DATAGRAM_MAX );
    return channel_read_bytes( &uc->base, uc->in_op.message, uc->buf, uc->got, error );
}

STEP( receive )
{
    struct udp_channel *uc = udp_channel( state );

    STEP_UNUSED;
    next->function = received;
    return datagram_recv( uc->port, uc->buf, DATAGRAM_MAX, FALSE, &uc->got, &uc->from, context, error );
}

static HRESULT udp_read_start( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct udp_channel *uc = udp_channel( channel );

    if (uc->port)
    {
        uc->in_op.message = message;
        return async_execute( &uc->in_op.async, receive, WS_LONG_CALLBACK, channel, context, error );
    }
    if (uc->consumed) return WS_S_END;
    uc->consumed = TRUE;
    return channel_read_bytes( channel, message, uc->arrival->data, uc->arrival->size, error );
}

static HRESULT udp_read_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)channel, (void)context;
    return message_read_envelope_end( message, error );
}

static HRESULT udp_write_start( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    BOOL addressed = TRUE;
    HRESULT hr;

    (void)context;
    if (channel->remote)
    {
        if ((hr = message_get_property( message, WS_MESSAGE_PROPERTY_IS_ADDRESSED, &addressed, sizeof(addressed), error )))
            return hr;
        if (!addressed && (hr = message_address( message, channel->remote, error ))) return hr;
    }
    return channel_write_bytes( channel, message, 0, error );
}

static HRESULT udp_write_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct udp_channel *uc = udp_channel( channel );
    const struct channel_values *values = &channel->values;
    HRESULT hr;

    (void)context;
    if ((hr = channel_end_bytes( channel, message, error ))) return hr;
    return datagram_send( uc->port ? uc->port : uc->arrival->port, &uc->to, values->multicast_interface, values->multicast_hops,
                          channel->sink.bytes, channel->sink.size, SEND_TIMEOUT, error );
}

static void udp_abandon( WS_CHANNEL *channel, WS_MESSAGE *message, BOOL reading )
{
    (void)channel, (void)message, (void)reading;
}

static HRESULT udp_get( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    struct udp_channel *uc = udp_channel( channel );
    BOOL open = channel->hdr.state == WS_CHANNEL_STATE_OPEN || channel->hdr.state == WS_CHANNEL_STATE_FAULTED;
    BYTE storage[128];

    switch (id)
    {
    case WS_CHANNEL_PROPERTY_REMOTE_ADDRESS:
        if (!open) return ws_fail( error, WS_E_INVALID_OPERATION, "The remote address is known when the channel is open." );
        return prop_return( &uc->address, sizeof(uc->address), value, size, "channel", id, error );
    case WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS:
        if (!open || !uc->from.family)
            return ws_fail( error, WS_E_INVALID_OPERATION, "The remote IP address is known when a message has come." );
        net_address_to_sockaddr( &uc->from, storage );
        return prop_return( storage, sizeof(storage), value, size, "channel", id, error );
    default:
        return E_NOTIMPL;
    }
}

const struct channel_ops udp_ops =
{
    .size = sizeof(struct udp_channel),
    .init = udp_init,
    .open = udp_open,
    .close = udp_close,
    .abort = udp_abort,
    .reset = udp_reset,
    .free = udp_free,
    .read_start = udp_read_start,
    .read_end = udp_read_end,
    .write_start = udp_write_start,
    .write_end = udp_write_end,
    .abandon = udp_abandon,
    .get = udp_get,
};
