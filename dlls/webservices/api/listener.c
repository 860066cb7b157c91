/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of listeners. */
#include "api/api.h"
#include "channel/listener.h"

HRESULT WINAPI WsCreateListener( WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding, const WS_LISTENER_PROPERTY *props,
                                 ULONG count, const WS_SECURITY_DESCRIPTION *security, WS_LISTENER **listener, WS_ERROR *error )
{
    WS_TRACE( "type %#x, binding %u, props %p, count %lu, security %p, listener %p, error %p\n", type, binding,
              props, count, security, listener, error );
    API_ENTER_NEW( error );
    API_NEED( listener, error );
    return API_LEAVE( listener_create( type, binding, props, count, security, listener, error ));
}

HRESULT WINAPI WsOpenListener( WS_LISTENER *listener, const WS_STRING *url, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "listener %p, url %s, context %p, error %p\n", listener, debugstr_wsstr( url ), context, error );
    API_ENTER( OBJECT_LISTENER, listener, error );
    return API_LEAVE( listener_open( listener, url, context, error ));
}

HRESULT WINAPI WsAcceptChannel( WS_LISTENER *listener, WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "listener %p, channel %p, context %p, error %p\n", listener, channel, context, error );
    API_ENTER( OBJECT_LISTENER, listener, error );
    return API_LEAVE( listener_accept( listener, channel, context, error ));
}

HRESULT WINAPI WsCloseListener( WS_LISTENER *listener, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "listener %p, context %p, error %p\n", listener, context, error );
    API_ENTER( OBJECT_LISTENER, listener, error );
    return API_LEAVE( listener_close( listener, context, error ));
}

HRESULT WINAPI WsAbortListener( WS_LISTENER *listener, WS_ERROR *error )
{
    WS_TRACE( "listener %p, error %p\n", listener, error );
    API_ENTER( OBJECT_LISTENER, listener, error );
    return API_LEAVE( listener_abort( listener, error ));
}

HRESULT WINAPI WsResetListener( WS_LISTENER *listener, WS_ERROR *error )
{
    WS_TRACE( "listener %p, error %p\n", listener, error );
    API_ENTER( OBJECT_LISTENER, listener, error );
    return API_LEAVE( listener_reset( listener, error ));
}

void WINAPI WsFreeListener( WS_LISTENER *listener )
{
    WS_TRACE( "listener %p\n", listener );
    if (object_is( listener, OBJECT_LISTENER )) listener_free( listener );
}

HRESULT WINAPI WsGetListenerProperty( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size,
                                      WS_ERROR *error )
{
    WS_TRACE( "listener %p, id %u, value %p, size %lu, error %p\n", listener, id, value, size, error );
    API_ENTER( OBJECT_LISTENER, listener, error );
    return API_LEAVE( listener_get_property( listener, id, value, size, error ));
}

HRESULT WINAPI WsSetListenerProperty( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size,
                                      WS_ERROR *error )
{
    WS_TRACE( "listener %p, id %u, value %p, size %lu, error %p\n", listener, id, value, size, error );
    API_ENTER( OBJECT_LISTENER, listener, error );
    return API_LEAVE( listener_set_property( listener, id, value, size, error ));
}

HRESULT WINAPI WsCreateChannelForListener( WS_LISTENER *listener, const WS_CHANNEL_PROPERTY *props, ULONG count,
                                           WS_CHANNEL **channel, WS_ERROR *error )
{
    WS_TRACE( "listener %p, props %p, count %lu, channel %p, error %p\n", listener, props, count, channel, error );
    API_ENTER( OBJECT_LISTENER, listener, error );
    API_NEED( channel, error );
    return API_LEAVE( channel_create_for_listener( listener, props, count, channel, error ));
}
