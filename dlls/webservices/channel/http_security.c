/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Security of client channels: so far authentication by HTTP headers (WS_HTTP_HEADER_AUTH_SECURITY_BINDING), to the server, the
 * proxy, or both. */
#include "channel/channel.h"
#include "transport/http_client.h"

#define SCHEME( name ) WS_HTTP_HEADER_AUTH_SCHEME_##name
#define ALL_SCHEMES (SCHEME( NONE ) | SCHEME( BASIC ) | SCHEME( DIGEST ) | SCHEME( NTLM ) | SCHEME( NEGOTIATE ) | SCHEME( PASSPORT ))

static HRESULT read_properties( const WS_SECURITY_BINDING *binding, ULONG *schemes, BOOL *proxy, WS_ERROR *error )
{
    ULONG i, target = WS_HTTP_HEADER_AUTH_TARGET_SERVICE, *value;

    *schemes = SCHEME( NEGOTIATE );
    if (binding->propertyCount && !binding->properties)
        return ws_fail( error, E_INVALIDARG, "%u properties of a security binding were announced, none given.", binding->propertyCount );
    for (i = 0; i < binding->propertyCount; i++)
    {
        const WS_SECURITY_BINDING_PROPERTY *prop = &binding->properties[i];

        switch (prop->id)
        {
        case WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_SCHEME: value = schemes; break;
        case WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_TARGET: value = &target; break;
        default:
            return ws_fail( error, E_INVALIDARG, "Property %u does not apply to the HTTP header authentication of a client.", prop->id );
        }
        if (!prop->value || prop->valueSize != sizeof(ULONG))
            return ws_fail( error, E_INVALIDARG, "Property %u of a security binding has %u bytes instead of %u.", prop->id,
                            prop->value ? prop->valueSize : 0, (ULONG)sizeof(ULONG) );
        *value = *(const ULONG *)prop->value;
    }
    if (target != WS_HTTP_HEADER_AUTH_TARGET_SERVICE && target != WS_HTTP_HEADER_AUTH_TARGET_PROXY)
        return ws_fail( error, E_INVALIDARG, "%u is not a target of HTTP header authentication.", target );
    *proxy = target == WS_HTTP_HEADER_AUTH_TARGET_PROXY;
    return S_OK;
}

static HRESULT check_schemes( const WS_CHANNEL *channel, ULONG schemes, BOOL proxy, WS_ERROR *error )
{
    if (!schemes || (schemes & ~ALL_SCHEMES))
        return ws_fail( error, E_INVALIDARG, "0x%x is no combination of HTTP header authentication schemes.", schemes );
    if (schemes & SCHEME( PASSPORT ))
    {
        if (schemes != SCHEME( PASSPORT ) || proxy)
            return ws_fail( error, E_INVALIDARG, "Passport is for servers, and goes with no other scheme." );
        return ws_fail( error, WS_E_NOT_SUPPORTED, "Passport authentication is not supported." );
    }
    if (proxy && ((schemes & (schemes - 1)) || schemes == SCHEME( NONE )))
        return ws_fail( error, E_INVALIDARG, "For an HTTP proxy one authentication scheme has to be set, not 0x%x.", schemes );
    if (is_streamed( channel, FALSE ) && (schemes & ~(SCHEME( NONE ) | SCHEME( BASIC ))))
        return ws_fail( error, E_INVALIDARG, "Requests that are streamed can be authenticated by the Basic scheme only." );
    return S_OK;
}

static HRESULT read_credential( const WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *credential, ULONG schemes,
                                struct http_credentials *ret, WS_ERROR *error )
{
    const WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *strings = (const void *)credential;

    memset( ret, 0, sizeof(*ret) );
    if (!credential) return ws_fail( error, E_INVALIDARG, "A client needs a credential for HTTP header authentication." );
    switch (credential->credentialType)
    {
    case WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE:
        ret->user = strings->username;
        ret->domain = strings->domain;
        ret->password = strings->password;
        if ((ret->user.length && !ret->user.chars) || (ret->domain.length && !ret->domain.chars) ||
            (ret->password.length && !ret->password.chars))
            return ws_fail( error, E_INVALIDARG, "A string of the credential has a length and no characters." );
        return S_OK;
    case WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE:
        ret->current_user = TRUE;
        break;
    case WS_OPAQUE_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE:
        ret->opaque = ((const WS_OPAQUE_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *)credential)->opaqueAuthIdentity;
        break;
    default:
        return ws_fail( error, E_INVALIDARG, "%u is not a type of credentials.", credential->credentialType );
    }
    if (schemes & (SCHEME( BASIC ) | SCHEME( DIGEST )))
        return ws_fail( error, E_INVALIDARG, "The schemes Basic and Digest need user and password as strings." );
    return S_OK;
}

/* Without TLS nothing is protected, and the program has to say that it knows. */
static HRESULT check_protection( const WS_SECURITY_DESCRIPTION *security, WS_ERROR *error )
{
    ULONG i, level = WS_PROTECTION_LEVEL_SIGN_AND_ENCRYPT;

    if (security->propertyCount && !security->properties)
        return ws_fail( error, E_INVALIDARG, "%u security properties were announced, none given.", security->propertyCount );
    for (i = 0; i < security->propertyCount; i++)
    {
        const WS_SECURITY_PROPERTY *prop = &security->properties[i];

        if (prop->id != WS_SECURITY_PROPERTY_TRANSPORT_PROTECTION_LEVEL) continue;
        if (!prop->value || prop->valueSize != sizeof(level))
            return ws_fail( error, E_INVALIDARG, "The protection level has a wrong size." );
        level = *(const ULONG *)prop->value;
    }
    if (level != WS_PROTECTION_LEVEL_NONE)
        return ws_fail( error, E_INVALIDARG, "HTTP header authentication without TLS protects nothing: "
                        "WS_SECURITY_PROPERTY_TRANSPORT_PROTECTION_LEVEL has to be WS_PROTECTION_LEVEL_NONE." );
    return S_OK;
}

static HRESULT add_header_auth( WS_CHANNEL *channel, const WS_SECURITY_DESCRIPTION *security,
                                const WS_HTTP_HEADER_AUTH_SECURITY_BINDING *binding, WS_ERROR *error )
{
    struct http_credentials credentials;
    ULONG schemes;
    BOOL proxy = FALSE;
    HRESULT hr;

    if (channel->binding != WS_HTTP_CHANNEL_BINDING)
        return ws_fail( error, E_INVALIDARG, "HTTP header authentication is for HTTP channels only." );
    if ((hr = read_properties( &binding->binding, &schemes, &proxy, error )) ||
        (hr = check_schemes( channel, schemes, proxy, error )) ||
        (hr = read_credential( binding->clientCredential, schemes, &credentials, error ))) return hr;
    if (!proxy && (hr = check_protection( security, error ))) return hr;
    if (channel->auth[proxy]) return ws_fail( error, E_INVALIDARG, "Two security bindings authenticate to the same target." );
    if (schemes == SCHEME( NONE )) return S_OK;
    return http_auth_create( schemes, proxy, &credentials, &channel->auth[proxy], error );
}

HRESULT channel_secure( WS_CHANNEL *channel, const WS_SECURITY_DESCRIPTION *security, WS_ERROR *error )
{
    HRESULT hr;
    ULONG i;

    if (security->securityBindingCount && !security->securityBindings)
        return ws_fail( error, E_INVALIDARG, "%u security bindings were announced, none given.", security->securityBindingCount );
    for (i = 0; i < security->securityBindingCount; i++)
    {
        const WS_SECURITY_BINDING *binding = security->securityBindings[i];

        if (!binding) return ws_fail( error, E_INVALIDARG, "Security binding %u is missing.", i );
        if (binding->bindingType != WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TYPE)
            return ws_fail( error, WS_E_NOT_SUPPORTED, "Channels with security bindings of type %u are not supported yet.",
                            binding->bindingType );
        if ((hr = add_header_auth( channel, security, (const WS_HTTP_HEADER_AUTH_SECURITY_BINDING *)binding, error ))) return hr;
    }
    return S_OK;
}
