/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Property tables of channels and listeners: which binding takes which property when, ranges, defaults. */
#include "channel/props.h"

#define INFINITE_TIMEOUT 0xffffffffu

HRESULT prop_return( const void *src, ULONG src_size, void *value, ULONG size, const char *what, ULONG id, WS_ERROR *error )
{
    if (!value || size < src_size)
        return ws_fail( error, E_INVALIDARG, "Property %u of a %s has %u bytes; room for %u was given.", id, what,
                        src_size, value ? size : 0 );
    memcpy( value, src, src_size );
    return S_OK;
}

/* Bindings a property belongs to. */
#define ON_HTTP   (1u << WS_HTTP_CHANNEL_BINDING)
#define ON_TCP    (1u << WS_TCP_CHANNEL_BINDING)
#define ON_UDP    (1u << WS_UDP_CHANNEL_BINDING)
#define ON_PIPE   (1u << WS_NAMEDPIPE_CHANNEL_BINDING)
#define ON_CUSTOM (1u << WS_CUSTOM_CHANNEL_BINDING)
#define ON_STREAM (ON_HTTP | ON_TCP | ON_PIPE)
#define ON_ALL    (ON_HTTP | ON_TCP | ON_UDP | ON_PIPE | ON_CUSTOM)

static HRESULT check_binding( const UINT8 *bindings, ULONG count, ULONG id, WS_CHANNEL_BINDING binding, const char *what,
                              WS_ERROR *error )
{
    if (id < count && !(bindings[id] & (1u << binding)))
        return ws_fail( error, E_INVALIDARG, "Property %u of a %s does not apply to the binding %u.", id, what, binding );
    return S_OK;
}

/* --- channels ----------------------------------------------------------------------------------------------------- */

#define P( id, field, flags )             PROP( WS_CHANNEL_PROPERTY_##id, struct channel_values, field, flags )
#define R( id, field, flags, min, max )   PROP_RANGE( WS_CHANNEL_PROPERTY_##id, struct channel_values, field, flags, min, max )
#define CG   (PROP_CREATE | PROP_GET)
#define CSG  (PROP_CREATE | PROP_SET | PROP_GET)

static const struct prop_desc channel_props[] =
{
    R( MAX_BUFFERED_MESSAGE_SIZE, max_buffered_message_size, CG, 1, ~0u ),
    R( MAX_STREAMED_MESSAGE_SIZE, max_streamed_message_size, CG, 1, ~(UINT64)0 ),
    R( MAX_STREAMED_START_SIZE, max_streamed_start_size, CG, 1, ~0u ),
    P( MAX_STREAMED_FLUSH_SIZE, max_streamed_flush_size, CG ),
    R( ENCODING, encoding, CG, WS_ENCODING_XML_BINARY_1, WS_ENCODING_RAW ),
    R( ENVELOPE_VERSION, envelope, CG, WS_ENVELOPE_VERSION_SOAP_1_1, WS_ENVELOPE_VERSION_NONE ),
    R( ADDRESSING_VERSION, addressing, CG, WS_ADDRESSING_VERSION_0_9, WS_ADDRESSING_VERSION_TRANSPORT ),
    P( MAX_SESSION_DICTIONARY_SIZE, max_session_dictionary_size, CG ),
    R( ASYNC_CALLBACK_MODEL, callback_model, CG, WS_SHORT_CALLBACK, WS_LONG_CALLBACK ),
    R( IP_VERSION, ip_version, CG, WS_IP_VERSION_4, WS_IP_VERSION_AUTO ),
    P( RESOLVE_TIMEOUT, resolve_timeout, CSG ),
    P( CONNECT_TIMEOUT, connect_timeout, CSG ),
    P( SEND_TIMEOUT, send_timeout, CSG ),
    P( RECEIVE_RESPONSE_TIMEOUT, receive_response_timeout, CSG ),
    P( RECEIVE_TIMEOUT, receive_timeout, CSG ),
    P( CLOSE_TIMEOUT, close_timeout, CSG ),
    P( ENABLE_TIMEOUTS, enable_timeouts, CG | PROP_BOOL ),
    R( TRANSFER_MODE, transfer_mode, CG, 0, WS_STREAMED_TRANSFER_MODE ),
    P( MULTICAST_INTERFACE, multicast_interface, CSG ),
    P( MULTICAST_HOPS, multicast_hops, CG ),
    P( CUSTOM_CHANNEL_CALLBACKS, custom, PROP_CREATE ),
    P( NO_DELAY, no_delay, CSG | PROP_BOOL ),
    P( SEND_KEEP_ALIVES, send_keep_alives, CG | PROP_BOOL ),
    P( KEEP_ALIVE_TIME, keep_alive_time, CG ),
    P( KEEP_ALIVE_INTERVAL, keep_alive_interval, CG ),
    R( MAX_HTTP_SERVER_CONNECTIONS, max_http_server_connections, CG, 1, ~0u ),
    P( TRIM_BUFFERED_MESSAGE_SIZE, trim_buffered_message_size, CG ),
    P( ENCODER, encoder, PROP_CREATE ),
    P( DECODER, decoder, PROP_CREATE ),
    R( COOKIE_MODE, cookie_mode, CG, WS_MANUAL_COOKIE_MODE, WS_AUTO_COOKIE_MODE ),
    R( HTTP_PROXY_SETTING_MODE, proxy_mode, CG, WS_HTTP_PROXY_SETTING_MODE_AUTO, WS_HTTP_PROXY_SETTING_MODE_CUSTOM ),
    P( CUSTOM_HTTP_PROXY, proxy, PROP_CREATE ),
    P( HTTP_MESSAGE_MAPPING, mapping, PROP_CREATE ),
    P( ENABLE_HTTP_REDIRECT, enable_redirect, CG | PROP_BOOL ),
    P( HTTP_REDIRECT_CALLBACK_CONTEXT, redirect, PROP_CREATE ),
    P( FAULTS_AS_ERRORS, faults_as_errors, CSG | PROP_BOOL ),
    P( ALLOW_UNSECURED_FAULTS, allow_unsecured_faults, CSG | PROP_BOOL | PROP_UNUSED ),
    R( MAX_HTTP_REQUEST_HEADERS_BUFFER_SIZE, max_http_request_headers, CG, 1, ~0u ),
};

#define B( id ) [WS_CHANNEL_PROPERTY_##id]
static const UINT8 channel_bindings[] =
{
    B( MAX_BUFFERED_MESSAGE_SIZE ) = ON_ALL, B( MAX_STREAMED_MESSAGE_SIZE ) = ON_HTTP, B( MAX_STREAMED_START_SIZE ) = ON_HTTP,
    B( MAX_STREAMED_FLUSH_SIZE ) = ON_HTTP, B( ENCODING ) = ON_ALL, B( ENVELOPE_VERSION ) = ON_ALL,
    B( ADDRESSING_VERSION ) = ON_ALL, B( MAX_SESSION_DICTIONARY_SIZE ) = ON_TCP | ON_PIPE, B( STATE ) = ON_ALL,
    B( ASYNC_CALLBACK_MODEL ) = ON_ALL, B( IP_VERSION ) = ON_TCP | ON_UDP | ON_HTTP, B( RESOLVE_TIMEOUT ) = ON_HTTP,
    B( CONNECT_TIMEOUT ) = ON_STREAM, B( SEND_TIMEOUT ) = ON_STREAM, B( RECEIVE_RESPONSE_TIMEOUT ) = ON_HTTP,
    B( RECEIVE_TIMEOUT ) = ON_STREAM, B( CLOSE_TIMEOUT ) = ON_TCP | ON_PIPE, B( ENABLE_TIMEOUTS ) = ON_ALL,
    B( TRANSFER_MODE ) = ON_ALL, B( MULTICAST_INTERFACE ) = ON_UDP, B( MULTICAST_HOPS ) = ON_UDP,
    B( REMOTE_ADDRESS ) = ON_UDP, B( REMOTE_IP_ADDRESS ) = ON_ALL, B( HTTP_CONNECTION_ID ) = ON_HTTP,
    B( CUSTOM_CHANNEL_CALLBACKS ) = ON_CUSTOM, B( CUSTOM_CHANNEL_PARAMETERS ) = ON_CUSTOM,
    B( CUSTOM_CHANNEL_INSTANCE ) = ON_CUSTOM, B( TRANSPORT_URL ) = ON_HTTP | ON_TCP | ON_PIPE, B( NO_DELAY ) = ON_TCP,
    B( SEND_KEEP_ALIVES ) = ON_TCP, B( KEEP_ALIVE_TIME ) = ON_TCP, B( KEEP_ALIVE_INTERVAL ) = ON_TCP,
    B( MAX_HTTP_SERVER_CONNECTIONS ) = ON_HTTP, B( IS_SESSION_SHUT_DOWN ) = ON_ALL, B( CHANNEL_TYPE ) = ON_ALL,
    B( TRIM_BUFFERED_MESSAGE_SIZE ) = ON_ALL, B( ENCODER ) = ON_STREAM, B( DECODER ) = ON_STREAM,
    B( PROTECTION_LEVEL ) = ON_ALL, B( COOKIE_MODE ) = ON_HTTP, B( HTTP_PROXY_SETTING_MODE ) = ON_HTTP,
    B( CUSTOM_HTTP_PROXY ) = ON_HTTP, B( HTTP_MESSAGE_MAPPING ) = ON_HTTP, B( ENABLE_HTTP_REDIRECT ) = ON_HTTP,
    B( HTTP_REDIRECT_CALLBACK_CONTEXT ) = ON_HTTP, B( FAULTS_AS_ERRORS ) = ON_ALL, B( ALLOW_UNSECURED_FAULTS ) = ON_STREAM,
    B( HTTP_SERVER_SPN ) = ON_HTTP, B( HTTP_PROXY_SPN ) = ON_HTTP, B( MAX_HTTP_REQUEST_HEADERS_BUFFER_SIZE ) = ON_HTTP,
};
#undef B
#undef P
#undef R

static void channel_defaults( struct channel_values *v, WS_CHANNEL_BINDING binding )
{
    v->max_buffered_message_size = v->trim_buffered_message_size = 65536;
    v->max_streamed_message_size = 4194304;
    v->max_streamed_start_size = 16384;
    v->max_streamed_flush_size = 65536;
    v->max_session_dictionary_size = 2048;
    v->encoding = binding == WS_TCP_CHANNEL_BINDING || binding == WS_NAMEDPIPE_CHANNEL_BINDING ?
                  WS_ENCODING_XML_BINARY_SESSION_1 : WS_ENCODING_XML_UTF8;
    v->envelope = WS_ENVELOPE_VERSION_SOAP_1_2;
    v->addressing = WS_ADDRESSING_VERSION_1_0;
    v->callback_model = WS_LONG_CALLBACK;
    v->ip_version = WS_IP_VERSION_AUTO;
    v->resolve_timeout = INFINITE_TIMEOUT;
    v->connect_timeout = v->send_timeout = v->receive_response_timeout = v->receive_timeout = v->close_timeout = 30000;
    v->enable_timeouts = TRUE;
    v->multicast_hops = 1;
    v->keep_alive_time = 2 * 60 * 60 * 1000;
    v->keep_alive_interval = 1000;
    v->max_http_server_connections = INFINITE_TIMEOUT;
    v->max_http_request_headers = 65536;
    v->cookie_mode = WS_AUTO_COOKIE_MODE;
    v->proxy_mode = WS_HTTP_PROXY_SETTING_MODE_AUTO;
    v->faults_as_errors = TRUE;
}

static HRESULT copy_mappings( WS_HEAP *heap, WS_HTTP_HEADER_MAPPING ***mappings, ULONG count, WS_ERROR *error )
{
    WS_HTTP_HEADER_MAPPING **copy;
    HRESULT hr;
    ULONG i;

    if (!count)
    {
        *mappings = NULL;
        return S_OK;
    }
    if (!*mappings) return ws_fail( error, E_INVALIDARG, "%u header mappings were announced, none given.", count );
    if (!(copy = heap_alloc( heap, count * sizeof(*copy), error ))) return heap_failure( heap );
    for (i = 0; i < count; i++)
    {
        if (!(*mappings)[i]) return ws_fail( error, E_INVALIDARG, "Header mapping %u is missing.", i );
        if (!(copy[i] = heap_memdup( heap, (*mappings)[i], sizeof(*copy[i]), error ))) return heap_failure( heap );
        if ((hr = xmlstr_dup( heap, &(*mappings)[i]->headerName, &copy[i]->headerName, error ))) return hr;
    }
    *mappings = copy;
    return S_OK;
}

/* What the properties point to may go after the creation. */
static HRESULT channel_own_values( WS_CHANNEL *channel, WS_ERROR *error )
{
    struct channel_values *v = &channel->values;
    WS_STRING str;
    HRESULT hr;

    if (v->proxy.servers.length)
    {
        if ((hr = str_dup( channel->heap, &v->proxy.servers, &str, error ))) return hr;
        v->proxy.servers = str;
    }
    if (v->proxy.bypass.length)
    {
        if ((hr = str_dup( channel->heap, &v->proxy.bypass, &str, error ))) return hr;
        v->proxy.bypass = str;
    }
    if ((hr = copy_mappings( channel->heap, &v->mapping.requestHeaderMappings, v->mapping.requestHeaderMappingCount, error )))
        return hr;
    return copy_mappings( channel->heap, &v->mapping.responseHeaderMappings, v->mapping.responseHeaderMappingCount, error );
}

static BOOL has_prop( const WS_CHANNEL_PROPERTY *props, ULONG count, WS_CHANNEL_PROPERTY_ID id )
{
    ULONG i;

    for (i = 0; i < count; i++) if (props[i].id == id) return TRUE;
    return FALSE;
}

static HRESULT channel_check_values( const WS_CHANNEL *channel, WS_ERROR *error )
{
    const struct channel_values *v = &channel->values;

    if (channel->binding == WS_CUSTOM_CHANNEL_BINDING)
    {
        if (!v->custom.createChannelCallback || !v->custom.freeChannelCallback)
            return ws_fail( error, E_INVALIDARG, "A custom channel needs its callbacks "
                            "(WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS)." );
        return S_OK;
    }
    if (v->addressing == WS_ADDRESSING_VERSION_TRANSPORT && channel->binding != WS_HTTP_CHANNEL_BINDING)
        return ws_fail( error, E_INVALIDARG, "WS_ADDRESSING_VERSION_TRANSPORT is for HTTP channels only." );
    if ((v->encoding == WS_ENCODING_RAW) != (v->envelope == WS_ENVELOPE_VERSION_NONE))
        return ws_fail( error, E_INVALIDARG, "WS_ENCODING_RAW and WS_ENVELOPE_VERSION_NONE go only with each other." );
    if (v->envelope == WS_ENVELOPE_VERSION_NONE && v->addressing != WS_ADDRESSING_VERSION_TRANSPORT)
        return ws_fail( error, E_INVALIDARG, "WS_ENVELOPE_VERSION_NONE needs WS_ADDRESSING_VERSION_TRANSPORT." );
    if (v->encoding == WS_ENCODING_XML_BINARY_SESSION_1 && channel->binding == WS_HTTP_CHANNEL_BINDING)
        return ws_fail( error, E_INVALIDARG, "HTTP has no sessions for WS_ENCODING_XML_BINARY_SESSION_1." );
    if (channel->binding == WS_UDP_CHANNEL_BINDING && (v->encoding != WS_ENCODING_XML_UTF8 || v->max_buffered_message_size != 65536))
        return ws_fail( error, E_INVALIDARG, "UDP channels have messages in WS_ENCODING_XML_UTF8 of at most 65536 bytes only." );
    if (v->transfer_mode && channel->binding != WS_HTTP_CHANNEL_BINDING && channel->binding != WS_TCP_CHANNEL_BINDING)
        return ws_fail( error, E_INVALIDARG, "Only HTTP and TCP channels can be streamed." );
    if (v->transfer_mode && v->encoding == WS_ENCODING_XML_BINARY_SESSION_1)
        return ws_fail( error, E_INVALIDARG, "Streamed channels have no session for WS_ENCODING_XML_BINARY_SESSION_1." );
    if ((v->encoder.createEncoderCallback && !v->encoder.encoderEncodeCallback) ||
        (v->decoder.createDecoderCallback && !v->decoder.decoderDecodeCallback))
        return ws_fail( error, E_INVALIDARG, "The callback that does the work of an encoder or decoder is missing." );
    if ((v->encoder.createEncoderCallback || v->decoder.createDecoderCallback) && channel->binding != WS_HTTP_CHANNEL_BINDING)
        return ws_fail( error, WS_E_NOT_SUPPORTED, "Encoders and decoders are supported with HTTP channels only." );
    if (v->proxy_mode == WS_HTTP_PROXY_SETTING_MODE_CUSTOM && !v->proxy.servers.length)
        return ws_fail( error, E_INVALIDARG, "The custom HTTP proxy is missing (WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY)." );
    if ((v->mapping.requestMappingOptions || v->mapping.responseMappingOptions) && v->encoding != WS_ENCODING_RAW)
        return ws_fail( error, E_INVALIDARG, "HTTP mapping options need WS_ENCODING_RAW." );
    return S_OK;
}

HRESULT channel_values_init( WS_CHANNEL *channel, const WS_CHANNEL_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    static const WS_CHANNEL_PROPERTY_ID timeouts[] =
    {
        WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT, WS_CHANNEL_PROPERTY_SEND_TIMEOUT, WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT,
        WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT, WS_CHANNEL_PROPERTY_CLOSE_TIMEOUT, WS_CHANNEL_PROPERTY_RESOLVE_TIMEOUT,
    };
    struct channel_values *v = &channel->values;
    HRESULT hr;
    ULONG i;

    if ((hr = heap_create( 1 << 20, 4096, NULL, 0, &channel->heap, error ))) return hr;
    channel_defaults( v, channel->binding );
    if (channel->listener) v->callback_model = channel->listener->values.callback_model;
    if (count && !props) return ws_fail( error, E_INVALIDARG, "%u properties of a channel were announced, none given.", count );
    for (i = 0; i < count; i++)
    {
        const WS_CHANNEL_PROPERTY *prop = &props[i];

        if ((hr = check_binding( channel_bindings, ARRAY_SIZE( channel_bindings ), prop->id, channel->binding, "channel", error )))
            return hr;
        if (prop->id == WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_PARAMETERS)
        {
            if (prop->valueSize && !(v->custom_parameters = heap_memdup( channel->heap, prop->value, prop->valueSize, error )))
                return heap_failure( channel->heap );
            v->custom_parameters_size = prop->valueSize;
            continue;
        }
        if ((hr = prop_set( channel_props, ARRAY_SIZE( channel_props ), v, prop->id, prop->value, prop->valueSize, PROP_CREATE,
                            "channel", error ))) return hr;
    }
    if (v->encoding == WS_ENCODING_RAW)
    {
        if (!has_prop( props, count, WS_CHANNEL_PROPERTY_ENVELOPE_VERSION )) v->envelope = WS_ENVELOPE_VERSION_NONE;
        if (!has_prop( props, count, WS_CHANNEL_PROPERTY_ADDRESSING_VERSION )) v->addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    }
    if (!v->enable_timeouts)
    {
        for (i = 0; i < ARRAY_SIZE( timeouts ); i++)
            if (!has_prop( props, count, timeouts[i] ))
                *(ULONG *)((BYTE *)v + prop_find( channel_props, ARRAY_SIZE( channel_props ), timeouts[i] )->offset) =
                    INFINITE_TIMEOUT;
    }
    if ((hr = channel_check_values( channel, error ))) return hr;
    return channel_own_values( channel, error );
}

HRESULT channel_values_get( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    static const WS_PROTECTION_LEVEL none = WS_PROTECTION_LEVEL_NONE;
    HRESULT hr;

    if ((hr = check_binding( channel_bindings, ARRAY_SIZE( channel_bindings ), id, channel->binding, "channel", error )))
        return hr;
    if (id == WS_CHANNEL_PROPERTY_PROTECTION_LEVEL)
        return prop_return( &none, sizeof(none), value, size, "channel", id, error );
    return prop_get( channel_props, ARRAY_SIZE( channel_props ), &channel->values, id, value, size, "channel", error );
}

HRESULT channel_values_set( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = check_binding( channel_bindings, ARRAY_SIZE( channel_bindings ), id, channel->binding, "channel", error )))
        return hr;
    return prop_set( channel_props, ARRAY_SIZE( channel_props ), &channel->values, id, value, size, PROP_SET, "channel", error );
}

/* --- listeners ----------------------------------------------------------------------------------------------------- */

#define P( id, field, flags )           PROP( WS_LISTENER_PROPERTY_##id, struct listener_values, field, flags )
#define R( id, field, flags, min, max ) PROP_RANGE( WS_LISTENER_PROPERTY_##id, struct listener_values, field, flags, min, max )
#define B( id ) [WS_LISTENER_PROPERTY_##id]

static const struct prop_desc listener_props[] =
{
    P( LISTEN_BACKLOG, backlog, CG ),
    R( IP_VERSION, ip_version, CG, WS_IP_VERSION_4, WS_IP_VERSION_AUTO ),
    R( ASYNC_CALLBACK_MODEL, callback_model, CG, WS_SHORT_CALLBACK, WS_LONG_CALLBACK ),
    P( CONNECT_TIMEOUT, connect_timeout, CG ),
    P( IS_MULTICAST, is_multicast, CG | PROP_BOOL ),
    P( MULTICAST_LOOPBACK, multicast_loopback, PROP_CREATE | PROP_BOOL ),
    P( CLOSE_TIMEOUT, close_timeout, CG | PROP_UNUSED ),
    P( TO_HEADER_MATCHING_OPTIONS, to_header_matching, CG ),
    P( TRANSPORT_URL_MATCHING_OPTIONS, transport_url_matching, CG ),
    P( CUSTOM_LISTENER_CALLBACKS, custom, PROP_CREATE ),
    P( DISALLOWED_USER_AGENT, disallowed_agents, PROP_CREATE ),
};

static const UINT8 listener_bindings[] =
{
    B( LISTEN_BACKLOG ) = ON_TCP, B( IP_VERSION ) = ON_TCP | ON_UDP, B( STATE ) = ON_ALL, B( ASYNC_CALLBACK_MODEL ) = ON_ALL,
    B( CHANNEL_TYPE ) = ON_ALL, B( CHANNEL_BINDING ) = ON_ALL, B( CONNECT_TIMEOUT ) = ON_TCP | ON_PIPE,
    B( IS_MULTICAST ) = ON_UDP, B( MULTICAST_INTERFACES ) = ON_UDP, B( MULTICAST_LOOPBACK ) = ON_UDP, B( CLOSE_TIMEOUT ) = ON_HTTP,
    B( TO_HEADER_MATCHING_OPTIONS ) = ON_STREAM | ON_UDP, B( TRANSPORT_URL_MATCHING_OPTIONS ) = ON_STREAM,
    B( CUSTOM_LISTENER_CALLBACKS ) = ON_CUSTOM, B( CUSTOM_LISTENER_PARAMETERS ) = ON_CUSTOM,
    B( CUSTOM_LISTENER_INSTANCE ) = ON_CUSTOM, B( DISALLOWED_USER_AGENT ) = ON_HTTP,
};
#undef B
#undef P
#undef R

static HRESULT copy_agents( WS_LISTENER *listener, WS_ERROR *error )
{
    WS_DISALLOWED_USER_AGENT_SUBSTRINGS *agents = &listener->values.disallowed_agents;
    WS_STRING **copy;
    HRESULT hr;
    ULONG i;

    if (!agents->subStringCount) return S_OK;
    if (!agents->subStrings) return ws_fail( error, E_INVALIDARG, "The substrings of user agents are missing." );
    if (!(copy = heap_alloc( listener->heap, agents->subStringCount * sizeof(*copy), error )))
        return heap_failure( listener->heap );
    for (i = 0; i < agents->subStringCount; i++)
    {
        if (!agents->subStrings[i]) return ws_fail( error, E_INVALIDARG, "Substring %u of user agents is missing.", i );
        if (!(copy[i] = heap_alloc( listener->heap, sizeof(*copy[i]), error ))) return heap_failure( listener->heap );
        if ((hr = str_dup( listener->heap, agents->subStrings[i], copy[i], error ))) return hr;
    }
    agents->subStrings = copy;
    return S_OK;
}

HRESULT listener_values_init( WS_LISTENER *listener, const WS_LISTENER_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    static WS_STRING browser = { 7, (WCHAR *)u"Mozilla" };
    static WS_STRING *browsers[] = { &browser };
    struct listener_values *v = &listener->values;
    HRESULT hr;
    ULONG i;

    if ((hr = heap_create( 1 << 20, 4096, NULL, 0, &listener->heap, error ))) return hr;
    v->ip_version = WS_IP_VERSION_AUTO;
    v->callback_model = WS_LONG_CALLBACK;
    v->connect_timeout = 15000;
    v->close_timeout = 5000;
    v->multicast_loopback = TRUE;
    v->to_header_matching = v->transport_url_matching =
        WS_MATCH_URL_THIS_HOST | WS_MATCH_URL_EXACT_PATH | WS_MATCH_URL_PORT | WS_MATCH_URL_NO_QUERY;
    v->disallowed_agents.subStringCount = 1;
    v->disallowed_agents.subStrings = browsers;

    if (count && !props) return ws_fail( error, E_INVALIDARG, "%u properties of a listener were announced, none given.", count );
    for (i = 0; i < count; i++)
    {
        const WS_LISTENER_PROPERTY *prop = &props[i];

        if ((hr = check_binding( listener_bindings, ARRAY_SIZE( listener_bindings ), prop->id, listener->binding, "listener", error )))
            return hr;
        if (prop->id == WS_LISTENER_PROPERTY_MULTICAST_INTERFACES)
        {
            if (prop->valueSize % sizeof(ULONG) || (prop->valueSize && !prop->value))
                return ws_fail( error, E_INVALIDARG, "%u bytes are no list of interface indices.", prop->valueSize );
            if (prop->valueSize && !(v->multicast_interfaces = heap_memdup( listener->heap, prop->value, prop->valueSize, error )))
                return heap_failure( listener->heap );
            v->multicast_interface_count = prop->valueSize / sizeof(ULONG);
            continue;
        }
        if (prop->id == WS_LISTENER_PROPERTY_CUSTOM_LISTENER_PARAMETERS)
        {
            if (prop->valueSize && !(v->custom_parameters = heap_memdup( listener->heap, prop->value, prop->valueSize, error )))
                return heap_failure( listener->heap );
            v->custom_parameters_size = prop->valueSize;
            continue;
        }
        if ((hr = prop_set( listener_props, ARRAY_SIZE( listener_props ), v, prop->id, prop->value, prop->valueSize, PROP_CREATE,
                            "listener", error ))) return hr;
    }
    if (!v->is_multicast && (v->multicast_interface_count || !v->multicast_loopback))
        return ws_fail( error, E_INVALIDARG, "Interfaces and loopback of a listener need WS_LISTENER_PROPERTY_IS_MULTICAST." );
    if (listener->binding == WS_CUSTOM_CHANNEL_BINDING &&
        (!v->custom.createListenerCallback || !v->custom.freeListenerCallback || !v->custom.createChannelForListenerCallback))
        return ws_fail( error, E_INVALIDARG, "A custom listener needs its callbacks "
                        "(WS_LISTENER_PROPERTY_CUSTOM_LISTENER_CALLBACKS)." );
    return copy_agents( listener, error );
}

HRESULT listener_values_get( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = check_binding( listener_bindings, ARRAY_SIZE( listener_bindings ), id, listener->binding, "listener", error )))
        return hr;
    return prop_get( listener_props, ARRAY_SIZE( listener_props ), &listener->values, id, value, size, "listener", error );
}
