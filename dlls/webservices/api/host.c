/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of service hosts and operation contexts. */
#include "api/api.h"
#include "service/host.h"

HRESULT WINAPI WsCreateServiceHost( const WS_SERVICE_ENDPOINT **endpoints, const USHORT count, const WS_SERVICE_PROPERTY *props,
                                    ULONG prop_count, WS_SERVICE_HOST **host, WS_ERROR *error )
{
    WS_TRACE( "endpoints %p, count %u, props %p, prop_count %lu, host %p, error %p\n", endpoints, count, props,
              prop_count, host, error );
    API_ENTER_NEW( error );
    return API_LEAVE( host_create( endpoints, count, props, prop_count, host, error ));
}

HRESULT WINAPI WsOpenServiceHost( WS_SERVICE_HOST *host, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "host %p, context %p, error %p\n", host, context, error );
    API_ENTER( OBJECT_HOST, host, error );
    return API_LEAVE( host_open( host, context, error ));
}

HRESULT WINAPI WsCloseServiceHost( WS_SERVICE_HOST *host, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "host %p, context %p, error %p\n", host, context, error );
    API_ENTER( OBJECT_HOST, host, error );
    return API_LEAVE( host_close( host, context, error ));
}

HRESULT WINAPI WsAbortServiceHost( WS_SERVICE_HOST *host, WS_ERROR *error )
{
    WS_TRACE( "host %p, error %p\n", host, error );
    API_ENTER( OBJECT_HOST, host, error );
    return API_LEAVE( host_abort( host, error ));
}

HRESULT WINAPI WsResetServiceHost( WS_SERVICE_HOST *host, WS_ERROR *error )
{
    WS_TRACE( "host %p, error %p\n", host, error );
    API_ENTER( OBJECT_HOST, host, error );
    return API_LEAVE( host_reset( host, error ));
}

void WINAPI WsFreeServiceHost( WS_SERVICE_HOST *host )
{
    WS_TRACE( "host %p\n", host );
    if (object_is( host, OBJECT_HOST )) host_free( host );
}

HRESULT WINAPI WsGetServiceHostProperty( WS_SERVICE_HOST *host, const WS_SERVICE_PROPERTY_ID id, void *value, ULONG size,
                                         WS_ERROR *error )
{
    WS_TRACE( "host %p, id %u, value %p, size %lu, error %p\n", host, id, value, size, error );
    API_ENTER( OBJECT_HOST, host, error );
    return API_LEAVE( host_get_property( host, id, value, size, error ));
}

HRESULT WINAPI WsGetOperationContextProperty( const WS_OPERATION_CONTEXT *context, const WS_OPERATION_CONTEXT_PROPERTY_ID id,
                                              void *value, ULONG size, WS_ERROR *error )
{
    WS_TRACE( "context %p, id %u, value %p, size %lu, error %p\n", context, id, value, size, error );
    API_ENTER( OBJECT_CONTEXT, context, error );
    return API_LEAVE( context_get_property( context, id, value, size, error ));
}

HRESULT WINAPI WsRegisterOperationForCancel( const WS_OPERATION_CONTEXT *context, WS_OPERATION_CANCEL_CALLBACK cancel,
                                             WS_OPERATION_FREE_STATE_CALLBACK free_state, void *state, WS_ERROR *error )
{
    WS_TRACE( "context %p, cancel %p, free_state %p, state %p, error %p\n", context, cancel, free_state, state,
              error );
    API_ENTER( OBJECT_CONTEXT, context, error );
    return API_LEAVE( context_register_cancel( context, cancel, free_state, state, error ));
}
