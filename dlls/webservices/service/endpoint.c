/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Endpoints of a service host: their settings, and the table that leads from an action to its operation. */
#include "service/host.h"

#define P( id, field )                PROP( WS_SERVICE_ENDPOINT_PROPERTY_##id, struct endpoint_values, field, PROP_CREATE )
#define R( id, field, min, max )      PROP_RANGE( WS_SERVICE_ENDPOINT_PROPERTY_##id, struct endpoint_values, field, PROP_CREATE, min, max )

static const struct prop_desc endpoint_props[] =
{
    P( ACCEPT_CHANNEL_CALLBACK, accept ),
    P( CLOSE_CHANNEL_CALLBACK, close ),
    R( MAX_ACCEPTING_CHANNELS, max_accepting_channels, 1, ~0u ),
    R( MAX_CONCURRENCY, max_concurrency, 1, ~0u ),
    P( BODY_HEAP_MAX_SIZE, body_heap_max_size ),
    P( BODY_HEAP_TRIM_SIZE, body_heap_trim_size ),
    P( MESSAGE_PROPERTIES, message ),
    P( MAX_CALL_POOL_SIZE, max_call_pool_size ),
    P( MAX_CHANNEL_POOL_SIZE, max_channel_pool_size ),
    P( LISTENER_PROPERTIES, listener ),
    PROP( WS_SERVICE_ENDPOINT_PROPERTY_CHECK_MUST_UNDERSTAND, struct endpoint_values, check_must_understand,
          PROP_CREATE | PROP_BOOL ),
    R( METADATA_EXCHANGE_TYPE, metadata_exchange_type, WS_METADATA_EXCHANGE_TYPE_NONE, WS_METADATA_EXCHANGE_TYPE_HTTP_GET ),
    P( METADATA, metadata ),
    P( METADATA_EXCHANGE_URL_SUFFIX, metadata_url_suffix ),
    R( MAX_CHANNELS, max_channels, 1, ~0u ),
};
#undef P
#undef R

/* By words, and of the end of an action only: those of one contract begin alike. It is no sender who chooses them. */
static UINT32 hash_action( const BYTE *bytes, ULONG len )
{
    UINT64 hash = len, word;

    if (len > 32) bytes += len - 32, len = 32;
    for (; len >= 8; bytes += 8, len -= 8)
    {
        memcpy( &word, bytes, 8 );
        hash = (hash ^ word) * 0x9e3779b97f4a7c15ull;
        hash ^= hash >> 32;
    }
    for (word = 0; len; len--) word = word << 8 | *bytes++;
    return ((hash ^ word) * 0x9e3779b97f4a7c15ull) >> 32;
}

static const WS_XML_STRING *input_action( const struct operation *op )
{
    const WS_XML_STRING *action = op->desc->inputMessageDescription->action;
    return action && action->length ? action : NULL;
}

static HRESULT build_dispatch( struct endpoint *endpoint, WS_ERROR *error )
{
    ULONG i, slot, size = 4;

    while (size < endpoint->operation_count * 2) size *= 2;
    if (!(endpoint->dispatch = heap_zalloc( endpoint->host->heap, size * sizeof(*endpoint->dispatch), error )))
        return heap_failure( endpoint->host->heap );
    endpoint->dispatch_mask = size - 1;
    for (i = 0; i < endpoint->operation_count; i++)
    {
        const WS_XML_STRING *action = input_action( &endpoint->operations[i] );
        UINT32 hash;

        if (!action) continue;
        hash = hash_action( action->bytes, action->length );
        for (slot = hash & endpoint->dispatch_mask; endpoint->dispatch[slot].op; slot = (slot + 1) & endpoint->dispatch_mask) ;
        endpoint->dispatch[slot].op = &endpoint->operations[i];
        endpoint->dispatch[slot].hash = hash;
    }
    return S_OK;
}

const struct operation *endpoint_find_operation( const struct endpoint *endpoint, const WS_XML_STRING *action,
                                                 const WS_XML_NODE *body )
{
    const WS_XML_ELEMENT_NODE *elem = (const WS_XML_ELEMENT_NODE *)body;
    ULONG i;

    if (action && action->length && endpoint->dispatch)
    {
        UINT32 hash = hash_action( action->bytes, action->length );

        for (i = hash & endpoint->dispatch_mask; endpoint->dispatch[i].op; i = (i + 1) & endpoint->dispatch_mask)
            if (endpoint->dispatch[i].hash == hash && xmlstr_eq( input_action( endpoint->dispatch[i].op ), action ))
                return endpoint->dispatch[i].op;
    }
    /* operations that no action names are told apart by the element they take */
    for (i = 0; i < endpoint->operation_count; i++)
    {
        const struct operation *op = &endpoint->operations[i];
        const WS_ELEMENT_DESCRIPTION *element = op->input.element;

        if (input_action( op )) continue;
        if (!element || !element->elementLocalName) return op;
        if (body && body->nodeType == WS_XML_NODE_TYPE_ELEMENT && xmlstr_eq( elem->localName, element->elementLocalName ) &&
            (!element->elementNs || xmlstr_eq( elem->ns, element->elementNs ))) return op;
    }
    return NULL;
}

static HRESULT init_contract( struct endpoint *endpoint, WS_ERROR *error )
{
    const WS_SERVICE_CONTRACT *contract = endpoint->contract;
    const WS_CONTRACT_DESCRIPTION *desc;
    HRESULT hr;
    ULONG i;

    if (!contract) return ws_fail( error, E_INVALIDARG, "An endpoint has no contract." );
    if (!(desc = contract->contractDescription))
    {
        if (!contract->defaultMessageHandlerCallback)
            return ws_fail( error, E_INVALIDARG, "A contract without description needs a default message handler." );
        return S_OK;
    }
    if (!desc->operationCount) return S_OK;
    if (!contract->methodTable || !desc->operations)
        return ws_fail( error, E_INVALIDARG, "A contract with %u operations lacks their %s.", desc->operationCount,
                        desc->operations ? "method table" : "descriptions" );
    if (!(endpoint->operations = heap_zalloc( endpoint->host->heap, desc->operationCount * sizeof(*endpoint->operations), error )))
        return heap_failure( endpoint->host->heap );
    for (i = 0; i < desc->operationCount; i++)
    {
        struct operation *op = &endpoint->operations[i];

        if ((hr = operation_init( op, desc->operations[i], error ))) return hr;
        if (!op->desc->stubCallback) return ws_fail( error, E_INVALIDARG, "Operation %u of a contract has no stub.", i );
        op->index = i;
        op->callback = ((const void *const *)contract->methodTable)[i];
    }
    endpoint->operation_count = desc->operationCount;
    return build_dispatch( endpoint, error );
}

/* The arrays of properties that hang off the endpoint have to outlive its creation. */
static HRESULT own_properties( WS_HEAP *heap, void **props, ULONG count, WS_ERROR *error )
{
    ws_property *copy;
    ULONG i;

    if (!count)
    {
        *props = NULL;
        return S_OK;
    }
    if (!*props) return ws_fail( error, E_INVALIDARG, "%u properties were announced, none given.", count );
    if (!(copy = heap_memdup( heap, *props, count * sizeof(*copy), error ))) return heap_failure( heap );
    for (i = 0; i < count; i++)
        if (copy[i].valueSize && copy[i].value && !(copy[i].value = heap_memdup( heap, copy[i].value, copy[i].valueSize, error )))
            return heap_failure( heap );
    *props = copy;
    return S_OK;
}

static HRESULT init_values( struct endpoint *endpoint, const WS_SERVICE_ENDPOINT *desc, WS_ERROR *error )
{
    struct endpoint_values *v = &endpoint->values;
    HRESULT hr;

    v->max_accepting_channels = 1;
    v->max_concurrency = 1;
    v->body_heap_max_size = 65536;
    v->body_heap_trim_size = 4096;
    v->max_call_pool_size = v->max_channel_pool_size = v->max_channels = 100;
    v->check_must_understand = TRUE;
    if ((hr = prop_apply( endpoint_props, ARRAY_SIZE( endpoint_props ), v, desc->properties, desc->propertyCount, PROP_CREATE,
                          "service endpoint", error ))) return hr;
    if (endpoint->contract && endpoint->contract->defaultMessageHandlerCallback && v->max_concurrency > 1)
        return ws_fail( error, E_INVALIDARG, "An endpoint with a default message handler has no concurrency." );
    if ((hr = own_properties( endpoint->host->heap, (void **)&v->listener.properties, v->listener.propertyCount, error )))
        return hr;
    return own_properties( endpoint->host->heap, (void **)&v->message.properties, v->message.propertyCount, error );
}

HRESULT endpoint_init( struct endpoint *endpoint, WS_SERVICE_HOST *host, const WS_SERVICE_ENDPOINT *desc, WS_ERROR *error )
{
    HRESULT hr;

    endpoint->host = host;
    endpoint->desc = *desc;
    endpoint->contract = desc->contract;
    if ((hr = str_dup( host->heap, &desc->address.url, &endpoint->desc.address.url, error )) ||
        (hr = init_values( endpoint, desc, error )) || (hr = init_contract( endpoint, error )) ||
        (hr = own_properties( host->heap, (void **)&endpoint->desc.channelProperties.properties,
                              endpoint->desc.channelProperties.propertyCount, error ))) return hr;
    return listener_create( desc->channelType, desc->channelBinding, endpoint->values.listener.properties,
                            endpoint->values.listener.propertyCount, desc->securityDescription, &endpoint->listener, error );
}

void endpoint_destroy( struct endpoint *endpoint )
{
    struct worker *worker;

    while ((worker = endpoint->idle))
    {
        endpoint->idle = worker->next;
        worker_free( worker );
    }
    while ((worker = endpoint->idle_calls))
    {
        endpoint->idle_calls = worker->next;
        worker_free_call( worker );
    }
    if (endpoint->listener) listener_free( endpoint->listener );
}
