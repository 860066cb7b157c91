/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Custom channels and listeners: the carrier is a set of callbacks of the program. The states and the order of calls are
 * checked before a callback is called, as for every other channel. */
#include "channel/listener.h"
#include "channel/props.h"

struct custom_channel
{
    WS_CHANNEL base;
    void *instance;
};

struct custom_listener
{
    WS_LISTENER base;
    void *instance;
};

static void *instance_of( WS_CHANNEL *channel )
{
    return CONTAINING_RECORD( channel, struct custom_channel, base )->instance;
}

static void *listener_instance( WS_LISTENER *listener )
{
    return CONTAINING_RECORD( listener, struct custom_listener, base )->instance;
}

#define CALLBACKS( channel ) (&(channel)->values.custom)
/* Calls a callback that the program may have left out. */
#define FORWARD( callbacks, name, error, ... ) \
    ((callbacks)->name ? (callbacks)->name( __VA_ARGS__ ) : \
     ws_fail( error, WS_E_NOT_SUPPORTED, "The custom channel has no %s.", #name ))

static HRESULT custom_init( WS_CHANNEL *channel, WS_ERROR *error )
{
    void **instance = &CONTAINING_RECORD( channel, struct custom_channel, base )->instance;
    const struct channel_values *values = &channel->values;

    if (channel->listener)
        return channel->listener->values.custom.createChannelForListenerCallback( listener_instance( channel->listener ),
            values->custom_parameters, values->custom_parameters_size, instance, error );
    return values->custom.createChannelCallback( channel->type, values->custom_parameters, values->custom_parameters_size,
                                                 instance, error );
}

static HRESULT custom_open( WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                            WS_ERROR *error )
{
    return FORWARD( CALLBACKS( channel ), openChannelCallback, error, instance_of( channel ), address, context, error );
}

static HRESULT custom_close( WS_CHANNEL *channel, BOOL graceful, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)graceful;
    return FORWARD( CALLBACKS( channel ), closeChannelCallback, error, instance_of( channel ), context, error );
}

static void custom_abort( WS_CHANNEL *channel )
{
    FORWARD( CALLBACKS( channel ), abortChannelCallback, NULL, instance_of( channel ), NULL );
}

static HRESULT custom_reset( WS_CHANNEL *channel, WS_ERROR *error )
{
    return FORWARD( CALLBACKS( channel ), resetChannelCallback, error, instance_of( channel ), error );
}

static void custom_free( WS_CHANNEL *channel )
{
    CALLBACKS( channel )->freeChannelCallback( instance_of( channel ) );
}

#define MESSAGE_OPERATION( name, callback ) \
static HRESULT custom_##name( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error ) \
{ \
    return FORWARD( CALLBACKS( channel ), callback, error, instance_of( channel ), message, context, error ); \
}
MESSAGE_OPERATION( read_start, readMessageStartCallback )
MESSAGE_OPERATION( read_end, readMessageEndCallback )
MESSAGE_OPERATION( write_start, writeMessageStartCallback )
MESSAGE_OPERATION( write_end, writeMessageEndCallback )

static void custom_abandon( WS_CHANNEL *channel, WS_MESSAGE *message, BOOL reading )
{
    (void)reading;
    FORWARD( CALLBACKS( channel ), abandonMessageCallback, NULL, instance_of( channel ), message, NULL );
}

static HRESULT custom_shutdown( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    return FORWARD( CALLBACKS( channel ), shutdownSessionChannelCallback, error, instance_of( channel ), context, error );
}

static HRESULT custom_get( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    if (id == WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_INSTANCE)
    {
        void *instance = instance_of( channel );
        return prop_return( &instance, sizeof(instance), value, size, "channel", id, error );
    }
    /* asked for by custom channels that are made by the service model, which has timeouts of its own */
    if (id == WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS && !CALLBACKS( channel )->getChannelPropertyCallback) return E_NOTIMPL;
    return FORWARD( CALLBACKS( channel ), getChannelPropertyCallback, error, instance_of( channel ), id, value, size, error );
}

static HRESULT custom_set( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error )
{
    return FORWARD( CALLBACKS( channel ), setChannelPropertyCallback, error, instance_of( channel ), id, value, size, error );
}

const struct channel_ops custom_ops =
{
    .size = sizeof(struct custom_channel),
    .init = custom_init,
    .open = custom_open,
    .close = custom_close,
    .abort = custom_abort,
    .reset = custom_reset,
    .free = custom_free,
    .read_start = custom_read_start,
    .read_end = custom_read_end,
    .write_start = custom_write_start,
    .write_end = custom_write_end,
    .abandon = custom_abandon,
    .shutdown = custom_shutdown,
    .get = custom_get,
    .set = custom_set,
};

/* --- listener ------------------------------------------------------------------------------------------------------------ */

#define LISTENER_CALLBACKS( listener ) (&(listener)->values.custom)

static HRESULT listener_init( WS_LISTENER *listener, WS_ERROR *error )
{
    const struct listener_values *values = &listener->values;

    return values->custom.createListenerCallback( listener->type, values->custom_parameters, values->custom_parameters_size,
        &CONTAINING_RECORD( listener, struct custom_listener, base )->instance, error );
}

static HRESULT custom_listener_open( WS_LISTENER *listener, const WS_STRING *url, const WS_ASYNC_CONTEXT *context,
                                     WS_ERROR *error )
{
    return FORWARD( LISTENER_CALLBACKS( listener ), openListenerCallback, error, listener_instance( listener ), url, context,
                    error );
}

static HRESULT custom_listener_close( WS_LISTENER *listener, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    return FORWARD( LISTENER_CALLBACKS( listener ), closeListenerCallback, error, listener_instance( listener ), context, error );
}

static void custom_listener_abort( WS_LISTENER *listener )
{
    FORWARD( LISTENER_CALLBACKS( listener ), abortListenerCallback, NULL, listener_instance( listener ), NULL );
}

static HRESULT custom_listener_reset( WS_LISTENER *listener, WS_ERROR *error )
{
    return FORWARD( LISTENER_CALLBACKS( listener ), resetListenerCallback, error, listener_instance( listener ), error );
}

static void custom_listener_free( WS_LISTENER *listener )
{
    LISTENER_CALLBACKS( listener )->freeListenerCallback( listener_instance( listener ) );
}

static HRESULT custom_accept( WS_LISTENER *listener, WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    return FORWARD( LISTENER_CALLBACKS( listener ), acceptChannelCallback, error, listener_instance( listener ),
                    instance_of( channel ), context, error );
}

static HRESULT custom_listener_get( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    if (id == WS_LISTENER_PROPERTY_CUSTOM_LISTENER_INSTANCE)
    {
        void *instance = listener_instance( listener );
        return prop_return( &instance, sizeof(instance), value, size, "listener", id, error );
    }
    return FORWARD( LISTENER_CALLBACKS( listener ), getListenerPropertyCallback, error, listener_instance( listener ), id, value,
                    size, error );
}

static HRESULT custom_listener_set( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size,
                                    WS_ERROR *error )
{
    return FORWARD( LISTENER_CALLBACKS( listener ), setListenerPropertyCallback, error, listener_instance( listener ), id, value,
                    size, error );
}

const struct listener_ops custom_listener_ops =
{
    .size = sizeof(struct custom_listener),
    .channel_ops = &custom_ops,
    .init = listener_init,
    .open = custom_listener_open,
    .close = custom_listener_close,
    .abort = custom_listener_abort,
    .reset = custom_listener_reset,
    .free = custom_listener_free,
    .accept = custom_accept,
    .get = custom_listener_get,
    .set = custom_listener_set,
};
