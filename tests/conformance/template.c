/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Proxies and endpoints from binding templates, as generated code makes them. */
#include "test.h"

static WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
static WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
static WS_CHANNEL_PROPERTY policy_props[] =
{
    { WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope) },
    { WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing) },
};
static ULONG max_size = 12345;
static WS_CHANNEL_PROPERTY value_props[] = { { WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &max_size, sizeof(max_size) } };

static WS_HTTP_POLICY_DESCRIPTION policy = { { policy_props, ARRAYSIZE( policy_props ) } };
static WS_HTTP_BINDING_TEMPLATE value = { { value_props, ARRAYSIZE( value_props ) } };

static HRESULT make_proxy( WS_BINDING_TEMPLATE_TYPE type, void *val, ULONG val_size, const void *pol, ULONG pol_size )
{
    WS_SERVICE_PROXY_STATE state = ~0u;
    WS_SERVICE_PROXY *proxy = NULL;
    HRESULT hr;

    hr = WsCreateServiceProxyFromTemplate( WS_CHANNEL_TYPE_REQUEST, NULL, 0, type, val, val_size, pol, pol_size, &proxy, NULL );
    ok_eq( proxy != NULL, hr == S_OK );
    if (!proxy) return hr;
    ok_hr( WsGetServiceProxyProperty( proxy, WS_PROXY_PROPERTY_STATE, &state, sizeof(state), NULL ), S_OK );
    ok_eq( state, WS_SERVICE_PROXY_STATE_CREATED );
    WsFreeServiceProxy( proxy );
    return hr;
}

static void test_proxy( void )
{
    WS_HTTP_POLICY_DESCRIPTION empty = { { NULL, 0 } };

    ok_hr( make_proxy( WS_HTTP_BINDING_TEMPLATE_TYPE, NULL, 0, &policy, sizeof(policy) ), S_OK );
    ok_hr( make_proxy( WS_HTTP_BINDING_TEMPLATE_TYPE, &value, sizeof(value), &policy, sizeof(policy) ), S_OK );
    ok_hr( make_proxy( WS_HTTP_BINDING_TEMPLATE_TYPE, NULL, 0, &empty, sizeof(empty) ), S_OK );
    ok_hr( make_proxy( WS_HTTP_BINDING_TEMPLATE_TYPE, NULL, 0, NULL, 0 ), E_INVALIDARG );
    ok_hr( make_proxy( WS_HTTP_BINDING_TEMPLATE_TYPE, NULL, 0, &policy, sizeof(policy) - 1 ), E_INVALIDARG );
    ok_hr( make_proxy( WS_HTTP_BINDING_TEMPLATE_TYPE, &value, sizeof(value) + 8, &policy, sizeof(policy) ), E_INVALIDARG );
    ok_hr( make_proxy( 4711, NULL, 0, &policy, sizeof(policy) ), E_INVALIDARG );
}

static HRESULT make_endpoint( const WS_STRING *url, const WS_SERVICE_CONTRACT *contract, void *val, ULONG val_size, WS_HEAP *heap,
                              WS_SERVICE_ENDPOINT **endpoint )
{
    static ULONG channels = 7;
    const WS_SERVICE_ENDPOINT_PROPERTY prop = { WS_SERVICE_ENDPOINT_PROPERTY_MAX_CHANNELS, &channels, sizeof(channels) };

    *endpoint = NULL;
    return WsCreateServiceEndpointFromTemplate( WS_CHANNEL_TYPE_REPLY, &prop, 1, url, contract, NULL, heap,
                                                WS_HTTP_BINDING_TEMPLATE_TYPE, val, val_size, &policy, sizeof(policy), endpoint, NULL );
}

static void test_endpoint( void )
{
    WS_STRING url = WS_STRING_VALUE( L"http://+:80/calc" );
    WS_CONTRACT_DESCRIPTION desc = { 0, NULL };
    WS_SERVICE_CONTRACT contract = { &desc, NULL, &desc };
    WS_SERVICE_ENDPOINT *endpoint;
    WS_HEAP *heap;

    ok_hr( WsCreateHeap( 65536, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( make_endpoint( &url, &contract, &value, sizeof(value), heap, &endpoint ), S_OK );
    memset( &contract, 0xcc, sizeof(contract) );    /* generated code has it on its stack */
    ok_eq( endpoint->channelBinding, WS_HTTP_CHANNEL_BINDING );
    ok_eq( endpoint->channelType, WS_CHANNEL_TYPE_REPLY );
    ok_eq( endpoint->address.url.length, url.length );
    ok_eq( memcmp( endpoint->address.url.chars, url.chars, url.length * sizeof(WCHAR) ), 0 );
    ok_eq( endpoint->contract->contractDescription == &desc, 1 );
    ok_eq( endpoint->contract->methodTable == &desc, 1 );
    ok_eq( endpoint->securityDescription == NULL, 1 );
    ok_eq( endpoint->propertyCount, 1 );
    ok_eq( endpoint->properties[0].id, WS_SERVICE_ENDPOINT_PROPERTY_MAX_CHANNELS );
    ok_eq( endpoint->channelProperties.propertyCount, 3 );

    contract = *endpoint->contract;
    ok_hr( make_endpoint( &url, &contract, NULL, 0, heap, &endpoint ), S_OK );
    ok_eq( endpoint->channelProperties.propertyCount, 2 );
    ok_eq( endpoint->channelProperties.properties[0].id, WS_CHANNEL_PROPERTY_ENVELOPE_VERSION );
    ok_hr( make_endpoint( &url, &contract, &value, 1, heap, &endpoint ), E_INVALIDARG );
    ok_hr( make_endpoint( &url, NULL, NULL, 0, heap, &endpoint ), E_INVALIDARG );
    ok_hr( make_endpoint( &url, &contract, NULL, 0, NULL, &endpoint ), E_INVALIDARG );
    WsFreeHeap( heap );
}

TESTS( template, { "proxy", test_proxy }, { "endpoint", test_endpoint } )
