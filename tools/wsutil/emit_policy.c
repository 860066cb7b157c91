/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: policy descriptions and the helper functions that use them.
 */

#include <string.h>

#include "emit.h"

/* A property whose value lies in the local structure. */
struct property
{
    const char *id;
    const char *c_type;
    const char *member;
    const char *value;
};

#define MAX_PROPERTIES 4

static size_t channel_properties( const struct policy *policy, struct property *ret )
{
    const struct property rows[] =
    {
        { "WS_CHANNEL_PROPERTY_ENCODING", "WS_ENCODING", "encoding", policy->encoding },
        { "WS_CHANNEL_PROPERTY_ADDRESSING_VERSION", "WS_ADDRESSING_VERSION", "addressingVersion", policy->addressing },
        { "WS_CHANNEL_PROPERTY_ENVELOPE_VERSION", "WS_ENVELOPE_VERSION", "envelopeVersion", policy->envelope }
    };

    memcpy( ret, rows, sizeof(rows) );
    return COUNT_OF( rows );
}

static size_t keep_set( const struct property *rows, size_t count, struct property *ret )
{
    size_t i, kept = 0;

    for (i = 0; i < count; i++) if (rows[i].value) ret[kept++] = rows[i];
    return kept;
}

static size_t security_properties( const struct policy *policy, struct property *ret )
{
    const struct property rows[MAX_PROPERTIES] =
    {
        { "WS_SECURITY_PROPERTY_TRANSPORT_PROTECTION_LEVEL", "WS_PROTECTION_LEVEL", "protectionLevel",
          policy->protection_level },
        { "WS_SECURITY_PROPERTY_TIMESTAMP_USAGE", "WS_SECURITY_TIMESTAMP_USAGE", "timestampUsage", policy->timestamp },
        { "WS_SECURITY_PROPERTY_SECURITY_HEADER_LAYOUT", "WS_SECURITY_HEADER_LAYOUT", "securityHeaderLayout",
          policy->layout },
        { "WS_SECURITY_PROPERTY_SECURITY_HEADER_VERSION", "WS_SECURITY_HEADER_VERSION", "securityHeaderVersion",
          policy->header_version }
    };

    return keep_set( rows, MAX_PROPERTIES, ret );
}

static size_t header_auth_properties( const struct policy *policy, struct property *ret )
{
    const struct property rows[] =
    {
        { "WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_SCHEME", "ULONG", "headerAuthentication", policy->auth_scheme }
    };

    return keep_set( rows, COUNT_OF( rows ), ret );
}

static size_t context_properties( const struct policy *policy, struct property *ret )
{
    const struct property rows[] =
    {
        { "WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_KEY_ENTROPY_MODE", "WS_SECURITY_KEY_ENTROPY_MODE",
          "keyEntropyMode", policy->entropy },
        { "WS_SECURITY_BINDING_PROPERTY_SECURE_CONVERSATION_VERSION", "WS_SECURE_CONVERSATION_VERSION",
          "secureConversationVersion", policy->conversation_version }
    };

    return policy->security_context ? keep_set( rows, COUNT_OF( rows ), ret ) : 0;
}

bool emit_has_policies( const struct cfile *file )
{
    size_t i;

    for (i = 0; i < file->bindings.count; i++)
        if (((struct cbinding *)file->bindings.items[i])->policy.template) return true;
    return false;
}

static void property_members( struct emitter *e, const struct property *properties, size_t count, const char *type,
                              const char *array )
{
    size_t i;

    for (i = 0; i < count; i++) emit( e, "%s %s;", properties[i].c_type, properties[i].member );
    if (count) emit( e, "%s %s[%zu];", type, array, count );
}

static void binding_property_members( struct emitter *e, const struct property *properties, size_t count,
                                      const char *name )
{
    if (!count) return;
    emit( e, "struct // %s", name );
    emit_open( e, NULL );
    property_members( e, properties, count, "WS_SECURITY_BINDING_PROPERTY", "securityBindingProperties" );
    emit_close( e, arena_printf( &e->c->arena, " %s;", name ) );
}

static void policy_members( struct emitter *e, const struct cbinding *binding )
{
    struct property properties[MAX_PROPERTIES];

    emit( e, "struct  // %s", binding->name );
    emit_open( e, NULL );
    property_members( e, properties, channel_properties( &binding->policy, properties ), "WS_CHANNEL_PROPERTY",
                      "channelPropertiesArray" );
    property_members( e, properties, security_properties( &binding->policy, properties ), "WS_SECURITY_PROPERTY",
                      "securityPropertiesArray" );
    binding_property_members( e, properties, header_auth_properties( &binding->policy, properties ), "headerAuthBinding" );
    binding_property_members( e, properties, context_properties( &binding->policy, properties ), "securityContextBinding" );
    emit_close( e, arena_printf( &e->c->arena, " %s;", binding->name ) );
}

void emit_policy_members( struct emitter *e )
{
    struct cbinding *binding;
    size_t i;

    if (!emit_has_policies( e->file )) return;
    emit( e, "struct  // policies" );
    emit_open( e, NULL );
    for (i = 0; i < e->file->bindings.count; i++)
    {
        binding = e->file->bindings.items[i];
        if (binding->policy.template) policy_members( e, binding );
    }
    emit_close( e, " policies;" );
}

static void property_values( struct emitter *e, const char *path, const struct property *properties, size_t count )
{
    size_t i;

    if (!count) return;
    for (i = 0; i < count; i++) emit( e, "%s,", properties[i].value );
    emit_open( e, "properties" );
    for (i = 0; i < count; i++)
    {
        emit_open( e, NULL );
        emit( e, "%s,", properties[i].id );
        emit( e, "(void*)&%s.%s,", path, properties[i].member );
        emit( e, "sizeof(%s.%s)", path, properties[i].member );
        emit_close( e, "," );
    }
    emit_close( e, "," );
}

static void binding_property_values( struct emitter *e, const char *path, const struct property *properties,
                                     size_t count, const char *name )
{
    if (!count) return;
    emit_open( e, name );
    property_values( e, arena_printf( &e->c->arena, "%s.%s", path, name ), properties, count );
    emit_close( e, "," );
}

static void policy_values( struct emitter *e, const struct cbinding *binding )
{
    const char *path = arena_printf( &e->c->arena, "%s.policies.%s", e->file->local, binding->name );
    struct property properties[MAX_PROPERTIES];

    emit_open( e, binding->name );
    property_values( e, path, properties, channel_properties( &binding->policy, properties ) );
    property_values( e, path, properties, security_properties( &binding->policy, properties ) );
    binding_property_values( e, path, properties, header_auth_properties( &binding->policy, properties ),
                             "headerAuthBinding" );
    binding_property_values( e, path, properties, context_properties( &binding->policy, properties ),
                             "securityContextBinding" );
    emit_close( e, arena_printf( &e->c->arena, ",  // end of %s", binding->name ) );
}

void emit_policy_values( struct emitter *e )
{
    struct cbinding *binding;
    size_t i;

    if (!emit_has_policies( e->file )) return;
    emit_open( e, "policies" );
    for (i = 0; i < e->file->bindings.count; i++)
    {
        binding = e->file->bindings.items[i];
        if (binding->policy.template) policy_values( e, binding );
    }
    emit_close( e, ",  // policies" );
}

/* WS_..._PROPERTIES: pointer and number. */
static void properties_ref( struct emitter *e, const char *type, const char *array, size_t count, const char *comment )
{
    emit_open( e, comment );
    if (count) emit( e, "(%s*)&%s,", type, array );
    else emit( e, "0," );
    emit( e, "%zu", count );
    emit_close( e, "," );
}

static void binding_ref( struct emitter *e, const char *path, size_t count, const char *name, bool message )
{
    emit_open( e, name );
    properties_ref( e, "WS_SECURITY_BINDING_PROPERTY",
                    arena_printf( &e->c->arena, "%s.%s.securityBindingProperties", path, name ), count, NULL );
    if (message) emit( e, "WS_SUPPORTING_MESSAGE_SECURITY_USAGE" );
    emit_close( e, "," );
}

static void policy_description( struct emitter *e, const struct cbinding *binding )
{
    const char *path = arena_printf( &e->c->arena, "%s.policies.%s", e->file->local, binding->name );
    const char *security = arena_printf( &e->c->arena, "%s.securityPropertiesArray", path );
    const struct policy *policy = &binding->policy;
    struct property properties[MAX_PROPERTIES];

    emit_open( e, arena_printf( &e->c->arena, "template description for %s", binding->name ) );
    properties_ref( e, "WS_CHANNEL_PROPERTY", arena_printf( &e->c->arena, "%s.channelPropertiesArray", path ),
                    channel_properties( policy, properties ), "channel properties" );
    if (policy->protection_level)
        properties_ref( e, "WS_SECURITY_PROPERTY", security, security_properties( policy, properties ),
                        "security properties" );
    if (policy->ssl) binding_ref( e, path, 0, "sslBinding", false );
    if (policy->sspi) binding_ref( e, path, 0, "sspiBinding", false );
    if (policy->auth_scheme)
        binding_ref( e, path, header_auth_properties( policy, properties ), "headerAuthBinding", false );
    if (policy->message)
        binding_ref( e, path, 0, policy->message == MESSAGE_USERNAME ? "usernameBinding" : "kerberosApreqBinding", true );
    if (policy->security_context)
    {
        emit_open( e, "security context" );
        binding_ref( e, path, context_properties( policy, properties ), "securityContextBinding", true );
        properties_ref( e, "WS_SECURITY_PROPERTY", security, security_properties( policy, properties ),
                        "security properties of the bootstrap channel" );
        emit_close( e, "," );
    }
    emit_close( e, ",  // end of template description" );
}

void emit_policy_descriptions( struct emitter *e )
{
    struct cbinding *binding;
    size_t i;

    if (!emit_has_policies( e->file )) return;
    emit_open( e, "policies" );
    for (i = 0; i < e->file->bindings.count; i++)
    {
        binding = e->file->bindings.items[i];
        if (binding->policy.template) policy_description( e, binding );
    }
    emit_close( e, ",  // policies" );
}

/* Helper functions. */

static void policy_summary( struct emitter *e, const struct policy *policy )
{
    emit( e, "//  WS_CHANNEL_PROPERTY_ENCODING = %s,", policy->encoding );
    emit( e, "//  WS_CHANNEL_PROPERTY_ADDRESSING_VERSION = %s,", policy->addressing );
    emit( e, "//  WS_ENVELOPE_VERSION = %s,", policy->envelope );
    if (policy->protection_level) emit( e, "//  WS_PROTECTION_LEVEL = %s,", policy->protection_level );
    if (policy->timestamp) emit( e, "//  WS_SECURITY_PROPERTY_TIMESTAMP_USAGE = %s,", policy->timestamp );
    if (policy->layout) emit( e, "//  WS_SECURITY_PROPERTY_SECURITY_HEADER_LAYOUT = %s,", policy->layout );
    if (policy->header_version)
        emit( e, "//  WS_SECURITY_PROPERTY_SECURITY_HEADER_VERSION = %s,", policy->header_version );
    if (policy->ssl) emit( e, "//  WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION" );
    if (policy->sspi) emit( e, "//  WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION" );
    if (policy->auth_scheme)
    {
        emit( e, "//  WS_HTTP_HEADER_AUTH_SECURITY_BINDING_POLICY_DESCRIPTION" );
        emit( e, "//  security binding property: %s,", policy->auth_scheme );
    }
    if (policy->message == MESSAGE_USERNAME)
        emit( e, "//  WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION" );
    if (policy->message == MESSAGE_KERBEROS)
        emit( e, "//  WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION" );
    if (policy->security_context) emit( e, "//  WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION" );
    if (policy->transport == TRANSPORT_TCP) emit( e, "// channel type: WS_CHANNEL_TYPE_DUPLEX_SESSION" );
    else emit( e, "// client channel type: WS_CHANNEL_TYPE_REQUEST, service endpoint channel type: "
                  "WS_CHANNEL_TYPE_REPLY" );
    emit_blank( e );
}

static void proxy_prototype( struct emitter *e, const struct cbinding *binding, const char *end )
{
    emit( e, "HRESULT %s_CreateServiceProxy(", binding->name );
    e->indent++;
    emit( e, "_In_opt_ WS_%s_BINDING_TEMPLATE* templateValue,", binding->policy.template );
    emit( e, "_In_reads_opt_(proxyPropertyCount) const WS_PROXY_PROPERTY* proxyProperties," );
    emit( e, "_In_ const ULONG proxyPropertyCount," );
    emit( e, "_Outptr_ WS_SERVICE_PROXY** _serviceProxy," );
    emit( e, "_In_opt_ WS_ERROR* error)%s", end );
    e->indent--;
}

static void endpoint_prototype( struct emitter *e, const struct cbinding *binding, const char *end )
{
    emit( e, "HRESULT %s_CreateServiceEndpoint(", binding->name );
    e->indent++;
    emit( e, "_In_opt_ WS_%s_BINDING_TEMPLATE* templateValue,", binding->policy.template );
    emit( e, "_In_opt_ CONST WS_STRING* address," );
    emit( e, "_In_opt_ struct %s* functionTable,", binding->table );
    emit( e, "_In_opt_ WS_SERVICE_SECURITY_CALLBACK authorizationCallback," );
    emit( e, "_In_reads_opt_(endpointPropertyCount) WS_SERVICE_ENDPOINT_PROPERTY* endpointProperties," );
    emit( e, "_In_ const ULONG endpointPropertyCount," );
    emit( e, "_In_ WS_HEAP* heap," );
    emit( e, "_Outptr_ WS_SERVICE_ENDPOINT** serviceEndpoint," );
    emit( e, "_In_opt_ WS_ERROR* error)%s", end );
    e->indent--;
}

void emit_policy_prototypes( struct emitter *e, const struct cbinding *binding )
{
    if (!binding->policy.template || (e->c->options.no_client && e->c->options.no_service)) return;
    emit_banner( e, "Policy helper routines" );
    policy_summary( e, &binding->policy );
    if (!e->c->options.no_client)
    {
        proxy_prototype( e, binding, ";" );
        emit_blank( e );
    }
    if (e->c->options.no_service) return;
    emit( e, "struct %s;", binding->table );
    endpoint_prototype( e, binding, ";" );
    emit_blank( e );
}

static void template_arguments( struct emitter *e, const struct cbinding *binding )
{
    emit( e, "WS_%s_BINDING_TEMPLATE_TYPE,", binding->policy.template );
    emit( e, "templateValue," );
    emit( e, "templateValue == NULL ? 0 : sizeof(WS_%s_BINDING_TEMPLATE),", binding->policy.template );
    emit( e, "&%s.policies.%s,", e->file->name, binding->name );
    emit( e, "sizeof(%s.policies.%s),", e->file->name, binding->name );
}

static void proxy_function( struct emitter *e, const struct cbinding *binding )
{
    proxy_prototype( e, binding, "" );
    emit_open( e, NULL );
    emit( e, "return WsCreateServiceProxyFromTemplate(" );
    e->indent++;
    emit( e, "%s,", binding->policy.transport == TRANSPORT_TCP ? "WS_CHANNEL_TYPE_DUPLEX_SESSION" :
                                                                 "WS_CHANNEL_TYPE_REQUEST" );
    emit( e, "proxyProperties," );
    emit( e, "proxyPropertyCount," );
    template_arguments( e, binding );
    emit( e, "_serviceProxy," );
    emit( e, "error);" );
    e->indent--;
    emit_close( e, "" );
    emit_blank( e );
}

static void endpoint_function( struct emitter *e, const struct cbinding *binding )
{
    endpoint_prototype( e, binding, "" );
    emit_open( e, NULL );
    emit( e, "WS_SERVICE_CONTRACT serviceContract;" );
    emit( e, "serviceContract.contractDescription = &%s.contracts.%s;", e->file->name, binding->name );
    emit( e, "serviceContract.defaultMessageHandlerCallback = 0;" );
    emit( e, "serviceContract.methodTable = (const void*)functionTable;" );
    emit_blank( e );
    emit( e, "return WsCreateServiceEndpointFromTemplate(" );
    e->indent++;
    emit( e, "%s,", binding->policy.transport == TRANSPORT_TCP ? "WS_CHANNEL_TYPE_DUPLEX_SESSION" :
                                                                 "WS_CHANNEL_TYPE_REPLY" );
    emit( e, "endpointProperties," );
    emit( e, "endpointPropertyCount," );
    emit( e, "address," );
    emit( e, "&serviceContract," );
    emit( e, "authorizationCallback," );
    emit( e, "heap," );
    template_arguments( e, binding );
    emit( e, "serviceEndpoint," );
    emit( e, "error);" );
    e->indent--;
    emit_close( e, "" );
    emit_blank( e );
}

void emit_policy_functions( struct emitter *e )
{
    struct cbinding *binding;
    size_t i;

    for (i = 0; i < e->file->bindings.count; i++)
    {
        binding = e->file->bindings.items[i];
        if (!binding->policy.template) continue;
        if (!e->c->options.no_client) proxy_function( e, binding );
        if (!e->c->options.no_service) endpoint_function( e, binding );
    }
}
