/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of service proxies. */
#include "api/api.h"
#include "service/proxy.h"

HRESULT WINAPI WsCreateServiceProxy( const WS_CHANNEL_TYPE type, const WS_CHANNEL_BINDING binding,
                                     const WS_SECURITY_DESCRIPTION *security, const WS_PROXY_PROPERTY *props, const ULONG count,
                                     const WS_CHANNEL_PROPERTY *channel_props, const ULONG channel_count,
                                     WS_SERVICE_PROXY **proxy, WS_ERROR *error )
{
    WS_TRACE( "type %#x, binding %u, security %p, props %p, count %lu, channel_props %p, channel_count %lu, proxy %p, error %p\n",
              type, binding, security, props, count, channel_props, channel_count, proxy, error );
    API_ENTER_NEW( error );
    return API_LEAVE( proxy_create( type, binding, security, props, count, channel_props, channel_count, proxy, error ));
}

HRESULT WINAPI WsOpenServiceProxy( WS_SERVICE_PROXY *proxy, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *error )
{
    WS_TRACE( "proxy %p, address %s, context %p, error %p\n", proxy,
              address ? debugstr_wsstr( &address->url ) : "(null)", context, error );
    API_ENTER( OBJECT_PROXY, proxy, error );
    return API_LEAVE( proxy_open( proxy, address, context, error ));
}

HRESULT WINAPI WsCloseServiceProxy( WS_SERVICE_PROXY *proxy, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "proxy %p, context %p, error %p\n", proxy, context, error );
    API_ENTER( OBJECT_PROXY, proxy, error );
    return API_LEAVE( proxy_close( proxy, context, error ));
}

HRESULT WINAPI WsAbortServiceProxy( WS_SERVICE_PROXY *proxy, WS_ERROR *error )
{
    WS_TRACE( "proxy %p, error %p\n", proxy, error );
    API_ENTER( OBJECT_PROXY, proxy, error );
    return API_LEAVE( proxy_abort( proxy, error ));
}

HRESULT WINAPI WsResetServiceProxy( WS_SERVICE_PROXY *proxy, WS_ERROR *error )
{
    WS_TRACE( "proxy %p, error %p\n", proxy, error );
    API_ENTER( OBJECT_PROXY, proxy, error );
    return API_LEAVE( proxy_reset( proxy, error ));
}

void WINAPI WsFreeServiceProxy( WS_SERVICE_PROXY *proxy )
{
    WS_TRACE( "proxy %p\n", proxy );
    if (object_is( proxy, OBJECT_PROXY )) proxy_free( proxy );
}

HRESULT WINAPI WsGetServiceProxyProperty( WS_SERVICE_PROXY *proxy, const WS_PROXY_PROPERTY_ID id, void *value, ULONG size,
                                          WS_ERROR *error )
{
    WS_TRACE( "proxy %p, id %u, value %p, size %lu, error %p\n", proxy, id, value, size, error );
    API_ENTER( OBJECT_PROXY, proxy, error );
    return API_LEAVE( proxy_get_property( proxy, id, value, size, error ));
}

HRESULT WINAPI WsCall( WS_SERVICE_PROXY *proxy, const WS_OPERATION_DESCRIPTION *operation, const void **args, WS_HEAP *heap,
                       const WS_CALL_PROPERTY *props, const ULONG count, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "proxy %p, operation %p %s, args %p, heap %p, props %p, count %lu, context %p, error %p\n", proxy, operation,
              operation && operation->inputMessageDescription ? debugstr_xmlstr( operation->inputMessageDescription->action ) : "",
              args, heap, props, count, context, error );
    API_ENTER( OBJECT_PROXY, proxy, error );
    API_ENTER( OBJECT_HEAP, heap, error );
    return API_LEAVE( proxy_call( proxy, operation, args, heap, props, count, context, error ));
}

HRESULT WINAPI WsAbandonCall( WS_SERVICE_PROXY *proxy, ULONG id, WS_ERROR *error )
{
    WS_TRACE( "proxy %p, id %lu, error %p\n", proxy, id, error );
    API_ENTER( OBJECT_PROXY, proxy, error );
    return API_LEAVE( proxy_abandon_call( proxy, id, error ));
}
