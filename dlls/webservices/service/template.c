/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Proxies and endpoints from templates. Every template and every policy description begins with channel properties; those
 * without security are nothing else. */
#include "service/template.h"

/* One kind of template. */
struct template_kind
{
    WS_CHANNEL_BINDING binding;
    ULONG template_size, policy_size;       /* 0: needs security bindings */
};

static const struct template_kind kinds[] =
{
    [WS_HTTP_BINDING_TEMPLATE_TYPE] =
        { WS_HTTP_CHANNEL_BINDING, sizeof(WS_HTTP_BINDING_TEMPLATE), sizeof(WS_HTTP_POLICY_DESCRIPTION) },
    [WS_TCP_BINDING_TEMPLATE_TYPE] =
        { WS_TCP_CHANNEL_BINDING, sizeof(WS_TCP_BINDING_TEMPLATE), sizeof(WS_TCP_POLICY_DESCRIPTION) },
    [WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE_TYPE] = { WS_TCP_CHANNEL_BINDING, 0, 0 },
};

/* What the template says comes after what the policy says and so overrides it. */
static HRESULT merge( WS_HEAP *heap, WS_BINDING_TEMPLATE_TYPE type, const void *value, ULONG value_size, const void *description,
                      ULONG description_size, const struct template_kind **ret, WS_CHANNEL_PROPERTIES *merged, WS_ERROR *error )
{
    const WS_CHANNEL_PROPERTIES *first = description, *second = value;
    const struct template_kind *kind;
    ULONG count;

    if ((ULONG)type >= ARRAY_SIZE( kinds )) return ws_fail( error, E_INVALIDARG, "%u is not a type of binding templates.", type );
    kind = &kinds[type];
    if (!kind->template_size)
        return ws_fail( error, WS_E_NOT_SUPPORTED, "Binding templates of type %u need security, which is not supported yet.", type );
    if (!description || description_size != kind->policy_size)
        return ws_fail( error, E_INVALIDARG, "The description of the template has %u bytes; %u were given.", kind->policy_size,
                        description ? description_size : 0 );
    if (value && value_size != kind->template_size)
        return ws_fail( error, E_INVALIDARG, "The template has %u bytes; %u were given.", kind->template_size, value_size );
    count = first->propertyCount + (second ? second->propertyCount : 0);
    if (!(merged->properties = heap_alloc( heap, (count + 1) * sizeof(*merged->properties), error ))) return heap_failure( heap );
    if (first->propertyCount) memcpy( merged->properties, first->properties, first->propertyCount * sizeof(*first->properties) );
    if (second && second->propertyCount)
        memcpy( merged->properties + first->propertyCount, second->properties, second->propertyCount * sizeof(*first->properties) );
    merged->propertyCount = count;
    *ret = kind;
    return S_OK;
}

HRESULT template_create_proxy( WS_CHANNEL_TYPE channel_type, const WS_PROXY_PROPERTY *props, ULONG count,
                               WS_BINDING_TEMPLATE_TYPE type, const void *value, ULONG value_size, const void *description,
                               ULONG description_size, WS_SERVICE_PROXY **ret, WS_ERROR *error )
{
    const struct template_kind *kind;
    WS_CHANNEL_PROPERTIES merged;
    WS_HEAP *heap;
    HRESULT hr;

    if ((hr = heap_create( 1 << 16, 1024, NULL, 0, &heap, error ))) return hr;
    if (!(hr = merge( heap, type, value, value_size, description, description_size, &kind, &merged, error )))
        hr = proxy_create( channel_type, kind->binding, NULL, props, count, merged.properties, merged.propertyCount, ret, error );
    heap_free( heap );
    return hr;
}

HRESULT template_create_endpoint( WS_CHANNEL_TYPE channel_type, const WS_SERVICE_ENDPOINT_PROPERTY *props, ULONG count,
                                  const WS_STRING *url, const WS_SERVICE_CONTRACT *contract,
                                  WS_SERVICE_SECURITY_CALLBACK authorization, WS_HEAP *heap, WS_BINDING_TEMPLATE_TYPE type,
                                  const void *value, ULONG value_size, const void *description, ULONG description_size,
                                  WS_SERVICE_ENDPOINT **ret, WS_ERROR *error )
{
    const struct template_kind *kind;
    WS_SERVICE_CONTRACT *own_contract;
    WS_SERVICE_ENDPOINT *endpoint;
    HRESULT hr;

    if (!ret || !contract || !url) return ws_fail( error, E_INVALIDARG, "An endpoint needs an address and a contract." );
    if (!(endpoint = heap_zalloc( heap, sizeof(*endpoint), error ))) return heap_failure( heap );
    if ((hr = merge( heap, type, value, value_size, description, description_size, &kind, &endpoint->channelProperties, error )))
        return hr;
    /* generated code has the contract on its stack */
    if (!(own_contract = heap_memdup( heap, contract, sizeof(*contract), error ))) return heap_failure( heap );
    if ((hr = str_dup( heap, url, &endpoint->address.url, error ))) return hr;
    if (count && !(endpoint->properties = heap_memdup( heap, props, count * sizeof(*props), error ))) return heap_failure( heap );
    endpoint->propertyCount = count;
    endpoint->channelBinding = kind->binding;
    endpoint->channelType = channel_type;
    endpoint->contract = own_contract;
    endpoint->authorizationCallback = authorization;
    *ret = endpoint;
    return S_OK;
}
