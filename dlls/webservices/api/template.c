/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of binding templates. */
#include "api/api.h"
#include "service/template.h"

HRESULT WINAPI WsCreateServiceProxyFromTemplate( WS_CHANNEL_TYPE channel_type, const WS_PROXY_PROPERTY *props, const ULONG count,
                                                 WS_BINDING_TEMPLATE_TYPE type, void *value, ULONG value_size,
                                                 const void *description, ULONG description_size, WS_SERVICE_PROXY **proxy,
                                                 WS_ERROR *error )
{
    WS_TRACE( "channel_type %#x, props %p, count %lu, type %u, value %p, value_size %lu, description %p, description_size %lu, proxy %p, error %p\n",
              channel_type, props, count, type, value, value_size, description, description_size, proxy, error );
    API_ENTER_NEW( error );
    return API_LEAVE( template_create_proxy( channel_type, props, count, type, value, value_size, description, description_size,
                                             proxy, error ));
}

HRESULT WINAPI WsCreateServiceEndpointFromTemplate( WS_CHANNEL_TYPE channel_type, const WS_SERVICE_ENDPOINT_PROPERTY *props,
                                                    ULONG count, const WS_STRING *url, const WS_SERVICE_CONTRACT *contract,
                                                    WS_SERVICE_SECURITY_CALLBACK authorization, WS_HEAP *heap,
                                                    WS_BINDING_TEMPLATE_TYPE type, void *value, ULONG value_size,
                                                    const void *description, ULONG description_size,
                                                    WS_SERVICE_ENDPOINT **endpoint, WS_ERROR *error )
{
    WS_TRACE( "channel_type %#x, props %p, count %lu, url %s, contract %p, authorization %p, heap %p, type %u, value %p, value_size %lu, description %p, description_size %lu, endpoint %p, error %p\n",
              channel_type, props, count, debugstr_wsstr( url ), contract, authorization, heap, type, value,
              value_size, description, description_size, endpoint, error );
    API_ENTER( OBJECT_HEAP, heap, error );
    return API_LEAVE( template_create_endpoint( channel_type, props, count, url, contract, authorization, heap, type, value,
                                                value_size, description, description_size, endpoint, error ));
}
