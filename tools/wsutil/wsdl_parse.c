/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: from wsdl:definitions to the WSDL model.
 */

#include <string.h>

#include "input.h"
#include "wsdl.h"
#include "xml.h"

#define NS_SOAP_11  "http://schemas.xmlsoap.org/wsdl/soap/"
#define NS_SOAP_12  "http://schemas.xmlsoap.org/wsdl/soap12/"
#define NS_WSA_0_9  "http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define NS_WSA_1_0  "http://www.w3.org/2005/08/addressing"
#define NS_WSAW     "http://www.w3.org/2006/05/addressing/wsdl"
#define NS_WSAM     "http://www.w3.org/2007/05/addressing/metadata"
#define NS_WSP_1_2  "http://schemas.xmlsoap.org/ws/2004/09/policy"
#define NS_WSP_1_5  "http://www.w3.org/ns/ws-policy"

struct definitions
{
    struct xsd_context *ctx;
    struct wsdl_set *set;
    struct input *input;
    const char *ns;
};

bool wsdl_is_policy_ns( const char *ns )
{
    return !strcmp( ns, NS_WSP_1_2 ) || !strcmp( ns, NS_WSP_1_5 );
}

static struct location where( struct definitions *defs, xmlNode *node )
{
    return xml_location( defs->input->path, node );
}

static bool is_wsdl( xmlNode *node, const char *name )
{
    return xml_is( node, NS_WSDL, name );
}

/* A required attribute; "" after an error. */
static const char *required( struct definitions *defs, xmlNode *node, const char *attr )
{
    const char *value = xml_attribute( defs->ctx->arena, node, NULL, attr );

    if (value && *value) return value;
    diag_error( defs->ctx->diag, where( defs, node ), MSG_WSDL, "%s: the %s attribute is missing; add it",
                xml_name( node ), attr );
    return "_";
}

static bool qname( struct definitions *defs, xmlNode *node, const char *attr, struct qname *ret )
{
    return xsd_qname_attribute( defs->ctx, defs->input->path, node, attr, ret ) && ret->name;
}

static void required_qname( struct definitions *defs, xmlNode *node, const char *attr, struct qname *ret )
{
    if (!xsd_qname_attribute( defs->ctx, defs->input->path, node, attr, ret )) required( defs, node, attr );
}

static const char *parse_doc( struct definitions *defs, xmlNode *node )
{
    xmlNode *doc = xml_child( node, NS_WSDL, "documentation" );
    const char *text = doc ? xml_text( defs->ctx->arena, doc ) : NULL;

    return text && *text ? text : NULL;
}

static bool define( struct definitions *defs, struct map *map, xmlNode *node, const char *name, void *value )
{
    const char *key = xsd_key( defs->ctx->arena, defs->ns, name );

    if (!map_get( map, key ))
    {
        map_set( defs->ctx->arena, map, key, value );
        return true;
    }
    diag_error( defs->ctx->diag, where( defs, node ), MSG_DUPLICATE, "%s '%s' of namespace '%s' is defined more than "
                "once; remove one of the definitions", xml_name( node ), name, defs->ns );
    return false;
}

static void parse_message( struct definitions *defs, xmlNode *node )
{
    struct arena *arena = defs->ctx->arena;
    struct wsdl_message *message = arena_alloc( arena, sizeof(*message) );
    struct wsdl_part *part;
    xmlNode *child;

    message->where = where( defs, node );
    message->input = defs->input;
    message->name = required( defs, node, "name" );
    message->ns = defs->ns;
    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        if (!is_wsdl( child, "part" )) continue;
        part = arena_alloc( arena, sizeof(*part) );
        part->where = where( defs, child );
        part->name = required( defs, child, "name" );
        if (!qname( defs, child, "element", &part->element ) && !qname( defs, child, "type", &part->type ) &&
            !xml_attribute( arena, child, NULL, "element" ) && !xml_attribute( arena, child, NULL, "type" ))
            diag_error( defs->ctx->diag, part->where, MSG_WSDL, "part '%s' of message '%s' names neither an element "
                        "nor a type; add one of the two attributes", part->name, message->name );
        vec_add( arena, &message->parts, part );
    }
    if (define( defs, &defs->set->messages, node, message->name, message ))
        vec_add( arena, &defs->set->all_messages, message );
}

static struct wsdl_use *parse_use( struct definitions *defs, xmlNode *node )
{
    struct arena *arena = defs->ctx->arena;
    struct wsdl_use *use = arena_alloc( arena, sizeof(*use) );

    use->where = where( defs, node );
    use->name = xml_attribute( arena, node, NULL, "name" );
    required_qname( defs, node, "message", &use->message );
    use->action = xml_attribute( arena, node, NS_WSAM, "Action" );
    if (!use->action) use->action = xml_attribute( arena, node, NS_WSAW, "Action" );
    if (!use->action) use->action = xml_attribute( arena, node, NS_WSA_0_9, "Action" );
    if (!use->action) use->action = xml_attribute( arena, node, NS_WSA_1_0, "Action" );
    return use;
}

static void parse_operation( struct definitions *defs, xmlNode *node, struct wsdl_port_type *port_type )
{
    struct arena *arena = defs->ctx->arena;
    struct wsdl_operation *operation = arena_alloc( arena, sizeof(*operation) );
    xmlNode *child;

    operation->where = where( defs, node );
    operation->name = required( defs, node, "name" );
    operation->doc = parse_doc( defs, node );
    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        if (is_wsdl( child, "input" )) operation->input = parse_use( defs, child );
        else if (is_wsdl( child, "output" )) operation->output = parse_use( defs, child );
        else if (is_wsdl( child, "fault" )) vec_add( arena, &operation->faults, parse_use( defs, child ) );
    }
    if (operation->input) vec_add( arena, &port_type->operations, operation );
    else diag_warning( defs->ctx->diag, operation->where, MSG_UNSUPPORTED, "operation '%s' has no input message "
                       "(a notification), which has no counterpart; it is left out", operation->name );
}

static void parse_port_type( struct definitions *defs, xmlNode *node )
{
    struct arena *arena = defs->ctx->arena;
    struct wsdl_port_type *port_type = arena_alloc( arena, sizeof(*port_type) );
    xmlNode *child;

    port_type->where = where( defs, node );
    port_type->input = defs->input;
    port_type->name = required( defs, node, "name" );
    port_type->ns = defs->ns;
    port_type->doc = parse_doc( defs, node );
    for (child = xml_first( node ); child; child = xml_next( child ))
        if (is_wsdl( child, "operation" )) parse_operation( defs, child, port_type );
    if (define( defs, &defs->set->port_types, node, port_type->name, port_type ))
        vec_add( arena, &defs->set->all_port_types, port_type );
}

static enum soap_version soap_version( xmlNode *node )
{
    if (!strcmp( xml_ns( node ), NS_SOAP_11 )) return SOAP_1_1;
    if (!strcmp( xml_ns( node ), NS_SOAP_12 )) return SOAP_1_2;
    return SOAP_NONE;
}

static void parse_header( struct definitions *defs, xmlNode *node, struct wsdl_body *body )
{
    struct wsdl_header *header = arena_alloc( defs->ctx->arena, sizeof(*header) );

    header->where = where( defs, node );
    required_qname( defs, node, "message", &header->message );
    header->part = required( defs, node, "part" );
    vec_add( defs->ctx->arena, &body->header_parts, header );
}

static void parse_body( struct definitions *defs, xmlNode *node, struct wsdl_body *body )
{
    struct arena *arena = defs->ctx->arena;
    const char *use, *ns;
    xmlNode *child;

    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        if (!soap_version( child )) continue;
        if (!strcmp( xml_name( child ), "header" )) parse_header( defs, child, body );
        if (strcmp( xml_name( child ), "body" )) continue;
        use = xml_attribute( arena, child, NULL, "use" );
        ns = xml_attribute( arena, child, NULL, "namespace" );
        body->encoded = use && !strcmp( use, "encoded" );
        body->ns = ns ? ns : "";
        body->parts = xml_attribute( arena, child, NULL, "parts" );
    }
}

static void parse_bound_operation( struct definitions *defs, xmlNode *node, struct wsdl_binding *binding )
{
    struct arena *arena = defs->ctx->arena;
    struct wsdl_bound_operation *operation = arena_alloc( arena, sizeof(*operation) );
    const char *style;
    xmlNode *child;

    operation->where = where( defs, node );
    operation->name = required( defs, node, "name" );
    operation->rpc = binding->rpc;
    operation->input.ns = operation->output.ns = "";
    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        if (soap_version( child ) && !strcmp( xml_name( child ), "operation" ))
        {
            operation->soap_action = xml_attribute( arena, child, NULL, "soapAction" );
            if ((style = xml_attribute( arena, child, NULL, "style" ))) operation->rpc = !strcmp( style, "rpc" );
        }
        else if (is_wsdl( child, "input" ))
        {
            operation->input_name = xml_attribute( arena, child, NULL, "name" );
            parse_body( defs, child, &operation->input );
        }
        else if (is_wsdl( child, "output" )) parse_body( defs, child, &operation->output );
    }
    vec_add( arena, &binding->operations, operation );
}

static void parse_soap_binding( struct definitions *defs, xmlNode *node, struct wsdl_binding *binding )
{
    const char *style = xml_attribute( defs->ctx->arena, node, NULL, "style" );

    binding->soap = soap_version( node );
    binding->transport = xml_attribute( defs->ctx->arena, node, NULL, "transport" );
    if (!binding->transport) binding->transport = "";
    binding->rpc = style && !strcmp( style, "rpc" );
}

static void parse_binding( struct definitions *defs, xmlNode *node )
{
    struct arena *arena = defs->ctx->arena;
    struct wsdl_binding *binding = arena_alloc( arena, sizeof(*binding) );
    xmlNode *child;

    binding->where = where( defs, node );
    binding->input = defs->input;
    binding->name = required( defs, node, "name" );
    binding->ns = defs->ns;
    binding->node = node;
    binding->doc = parse_doc( defs, node );
    binding->transport = "";
    required_qname( defs, node, "type", &binding->port_type );
    for (child = xml_first( node ); child; child = xml_next( child ))
        if (soap_version( child ) && !strcmp( xml_name( child ), "binding" )) parse_soap_binding( defs, child, binding );
    for (child = xml_first( node ); child; child = xml_next( child ))
        if (is_wsdl( child, "operation" )) parse_bound_operation( defs, child, binding );
    if (define( defs, &defs->set->bindings, node, binding->name, binding ))
        vec_add( arena, &defs->set->all_bindings, binding );
}

static void parse_port( struct definitions *defs, xmlNode *node, const char *service )
{
    struct arena *arena = defs->ctx->arena;
    struct wsdl_port *port = arena_alloc( arena, sizeof(*port) );
    xmlNode *reference = xml_child( node, NS_WSA_1_0, "EndpointReference" );

    port->where = where( defs, node );
    port->input = defs->input;
    port->name = required( defs, node, "name" );
    port->service = service;
    port->ns = defs->ns;
    port->node = node;
    required_qname( defs, node, "binding", &port->binding );
    port->reference_1_0 = reference != NULL;
    if (!reference) reference = xml_child( node, NS_WSA_0_9, "EndpointReference" );
    if (reference) port->reference = xml_serialize( arena, reference );
    vec_add( arena, &defs->set->all_ports, port );
}

static void parse_service( struct definitions *defs, xmlNode *node )
{
    const char *name = required( defs, node, "name" );
    xmlNode *child;

    for (child = xml_first( node ); child; child = xml_next( child ))
        if (is_wsdl( child, "port" )) parse_port( defs, child, name );
}

void wsdl_parse( struct xsd_context *ctx, struct wsdl_set *set, struct input *input, xmlNode *root )
{
    struct definitions defs = { ctx, set, input, NULL };
    xmlNode *node;

    defs.ns = xml_attribute( ctx->arena, root, NULL, "targetNamespace" );
    if (!defs.ns) defs.ns = "";
    for (node = xml_first( root ); node; node = xml_next( node ))
    {
        if (is_wsdl( node, "message" )) parse_message( &defs, node );
        else if (is_wsdl( node, "portType" )) parse_port_type( &defs, node );
        else if (is_wsdl( node, "binding" )) parse_binding( &defs, node );
        else if (is_wsdl( node, "service" )) parse_service( &defs, node );
        else if (is_wsdl( node, "documentation" ))
            diag_warning( ctx->diag, where( &defs, node ), MSG_IGNORED, "documentation of the definitions is ignored" );
    }
}

void wsdl_link( struct xsd_context *ctx, struct wsdl_set *set )
{
    struct wsdl_binding *binding;
    struct wsdl_port *port;
    size_t i;

    for (i = 0; i < set->all_ports.count; i++)
    {
        port = set->all_ports.items[i];
        if (!port->binding.name) continue;
        binding = map_get( &set->bindings, xsd_key( ctx->arena, port->binding.ns, port->binding.name ) );
        if (binding) vec_add( ctx->arena, &binding->ports, port );
        else diag_error( ctx->diag, port->where, MSG_UNRESOLVED, "port '%s': binding '%s' of namespace '%s' is not "
                         "defined; add the WSDL document that defines it to the command line", port->name,
                         port->binding.name, port->binding.ns );
    }
}
