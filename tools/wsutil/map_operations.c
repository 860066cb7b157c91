/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: messages, bindings and ports.
 */

#include <string.h>

#include "model.h"

#define NS_TRANSPORT_HTTP "http://schemas.xmlsoap.org/soap/http"
#define NS_TRANSPORT_TCP  "http://schemas.microsoft.com/soap/tcp"

/* What decides about the description of a message besides the message itself. */
struct message_form
{
    const char *action;
    const char *wrapper_name;         /* RPC: the element around the parts; else NULL */
    const char *wrapper_ns;
    const struct wsdl_body *body;     /* NULL when no binding uses the message */
};

static bool is_header_part( const struct wsdl_message *message, const struct wsdl_part *part,
                            const struct wsdl_body *body )
{
    const struct wsdl_header *header;
    size_t i;

    for (i = 0; i < body->header_parts.count; i++)
    {
        header = body->header_parts.items[i];
        if (str_equal( header->message.name, message->name ) && str_equal( header->message.ns, message->ns ) &&
            !strcmp( header->part, part->name )) return true;
    }
    return false;
}

static bool is_listed( const char *list, const char *name )
{
    size_t len = strlen( name );

    for (; *list; list += strcspn( list, " \t\r\n" ))
    {
        list += strspn( list, " \t\r\n" );
        if (!strncmp( list, name, len ) && (!list[len] || strchr( " \t\r\n", list[len] ))) return true;
    }
    return false;
}

static struct vec body_parts( struct compiler *c, const struct wsdl_message *message, const struct wsdl_body *body )
{
    struct wsdl_part *part;
    struct vec ret = { 0 };
    size_t i;

    for (i = 0; i < message->parts.count; i++)
    {
        part = message->parts.items[i];
        if (body && body->parts && !is_listed( body->parts, part->name )) continue;
        if (body && is_header_part( message, part, body )) continue;
        vec_add( &c->arena, &ret, part );
    }
    return ret;
}

/* A field for one part of an RPC or multi-part message. */
static void part_field( struct compiler *c, struct cstruct *structure, struct wsdl_message *message,
                        struct wsdl_part *part )
{
    struct xsd_element *element = arena_alloc( &c->arena, sizeof(*element) );
    struct cfield *field;

    element->where = part->where;
    element->input = message->input;
    element->name = part->name;
    element->ns = "";
    element->type = part->type;
    element->ref = part->element;
    map_element_field( c, structure, element, 1, 1 );
    if (!part->element.name || !structure->fields.count) return;
    /* the part's name is the parameter's name, whatever its element is called */
    field = structure->fields.items[structure->fields.count - 1];
    if (!strcmp( field->name, name_identifier( &c->arena, part->name ) )) return;
    field->name = scope_add( &c->arena, &structure->members, name_identifier( &c->arena, part->name ) );
    if (field->count_name) field->count_name = scope_add( &c->arena, &structure->members,
                                                          arena_printf( &c->arena, "%sCount", field->name ) );
}

/* The body of an encoded message: any content, since what several parameters refer to follows them as elements of their
 * own. The program deals with it. */
static void encoded_field( struct compiler *c, struct cstruct *structure, const char *name )
{
    struct cfield *field = arena_alloc( &c->arena, sizeof(*field) );
    struct qname any = { "http://www.w3.org/2001/XMLSchema", "anyType" };

    map_builtin( c, &any, &field->type );
    field->mapping = FIELD_CONTENT;
    field->options = FIELD_OPTIONAL;
    field->owner = structure;
    field->min = field->max = 1;
    field->name = scope_add( &c->arena, &structure->members, name );
    vec_add( &c->arena, &structure->fields, field );
}

static struct celement *wrapper_element( struct compiler *c, struct wsdl_message *message, const struct vec *parts,
                                         const struct message_form *form )
{
    struct cfile *file = message->input->cfile;
    struct celement *element = arena_alloc( &c->arena, sizeof(*element) );
    const char *name = name_identifier( &c->arena, message->name );
    struct cstruct *structure;
    size_t i;

    structure = map_new_struct( c, file, message->where, arena_printf( &c->arena, "_%s", name ), name, PLACE_EXTERNAL );
    structure->xml_name = form->wrapper_name;
    structure->xml_ns = form->wrapper_ns;
    structure->filled = true;
    if (form->body && form->body->encoded) encoded_field( c, structure, name );
    else for (i = 0; i < parts->count; i++) part_field( c, structure, message, parts->items[i] );
    element->file = file;
    element->wrapper = true;
    element->xml_name = form->wrapper_name;
    element->xml_ns = form->wrapper_name ? form->wrapper_ns : NULL;
    element->member = scope_add( &c->arena, &file->element_members, name );
    element->type.kind = CTYPE_STRUCT;
    element->type.ws_type = "WS_STRUCT_TYPE";
    element->type.c_name = structure->name;
    element->type.structure = structure;
    vec_add( &c->arena, &file->elements, element );
    return element;
}

static struct celement *message_element( struct compiler *c, struct wsdl_message *message, const struct vec *parts,
                                         const struct message_form *form )
{
    struct wsdl_part *part;

    if (form->body && form->body->encoded)
    {
        diag_warning( &c->diag, message->where, MSG_FALLBACK, "message '%s' is encoded, which is not modelled; its body "
                      "becomes an XML buffer", message->name );
    }
    else if (!form->wrapper_name)
    {
        if (!parts->count) return NULL;
        part = parts->items[0];
        if (parts->count == 1 && part->element.name)
            return map_global_element( c, &part->element, part->where, "message part" );
        if (parts->count == 1)
            diag_warning( &c->diag, part->where, MSG_BEHAVIOUR, "part '%s' of message '%s' names a type although the style "
                          "is document; an element without a namespace is assumed", part->name, message->name );
    }
    return wrapper_element( c, message, parts, form );
}

static bool same_parts( const struct vec *a, const struct vec *b )
{
    return a->count == b->count && (!a->count || !memcmp( a->items, b->items, a->count * sizeof(*a->items) ));
}

static bool same_form( const struct cmessage *message, const struct message_form *form, const struct vec *parts )
{
    const struct celement *element = message->element;

    if (!str_equal( message->action, form->action ) || message->encoded != (form->body && form->body->encoded)) return false;
    if (!same_parts( &message->parts, parts )) return false;
    if (!form->wrapper_name) return !element || !element->wrapper || !element->xml_name;
    return element && element->wrapper && str_equal( element->xml_name, form->wrapper_name ) &&
           str_equal( element->xml_ns, form->wrapper_ns );
}

static struct cmessage *map_message( struct compiler *c, struct wsdl_message *message, const struct message_form *form )
{
    struct vec parts = body_parts( c, message, form->body );
    struct cfile *file = message->input->cfile;
    struct cmessage *ret;
    size_t i;

    for (i = 0; i < message->mapped.count; i++)
    {
        ret = message->mapped.items[i];
        if (same_form( ret, form, &parts )) return ret;
    }
    ret = arena_alloc( &c->arena, sizeof(*ret) );
    ret->file = file;
    ret->source = message;
    ret->parts = parts;
    ret->encoded = form->body && form->body->encoded;
    ret->action = form->action;
    ret->element = message_element( c, message, &parts, form );
    if (ret->element) map_depend( c, file, ret->element->file );
    ret->member = scope_add( &c->arena, &file->message_members, name_identifier( &c->arena, message->name ) );
    vec_add( &c->arena, &message->mapped, ret );
    vec_add( &c->arena, &file->messages, ret );
    return ret;
}

static struct wsdl_message *find_message( struct compiler *c, const struct qname *name, struct location where,
                                          const char *operation )
{
    struct wsdl_message *message;

    if (!name->name) return NULL;
    message = map_get( &c->wsdl.messages, xsd_key( &c->arena, name->ns, name->name ) );
    if (!message)
        diag_error( &c->diag, where, MSG_UNRESOLVED, "operation '%s': message '%s' of namespace '%s' is not defined; "
                    "add the WSDL document that defines it to the command line", operation, name->name, name->ns );
    return message;
}

static void map_fault( struct compiler *c, const struct wsdl_use *use, const char *operation )
{
    struct wsdl_message *message = find_message( c, &use->message, use->where, operation );
    struct wsdl_part *part;
    struct cmessage *fault;
    struct cfile *file;
    size_t i;

    if (!message || !message->parts.count) return;
    file = message->input->cfile;
    for (i = 0; i < file->faults.count; i++)
    {
        fault = file->faults.items[i];
        if (fault->source == message && str_equal( fault->action, use->action )) return;
    }
    part = message->parts.items[0];
    if (!part->element.name)
    {
        diag_warning( &c->diag, part->where, MSG_UNSUPPORTED, "fault message '%s' names a type instead of an element; it is "
                      "left out", message->name );
        return;
    }
    fault = arena_alloc( &c->arena, sizeof(*fault) );
    fault->file = file;
    fault->source = message;
    fault->action = use->action;
    fault->element = map_global_element( c, &part->element, part->where, "fault message part" );
    if (fault->element) map_depend( c, file, fault->element->file );
    fault->member = scope_add( &c->arena, &file->fault_members, name_identifier( &c->arena, message->name ) );
    vec_add( &c->arena, &file->faults, fault );
}

/* Bindings. */

/* The names of their inputs tell overloaded operations apart. */
static struct wsdl_bound_operation *find_bound( const struct wsdl_binding *binding, const struct wsdl_operation *operation )
{
    struct wsdl_bound_operation *bound, *ret = NULL;
    size_t i;

    for (i = 0; i < binding->operations.count; i++)
    {
        bound = binding->operations.items[i];
        if (strcmp( bound->name, operation->name )) continue;
        if (bound->input_name && str_equal( bound->input_name, operation->input->name )) return bound;
        if (!ret) ret = bound;
    }
    return ret;
}

static struct cmessage *bound_message( struct compiler *c, const struct wsdl_operation *operation,
                                       const struct wsdl_bound_operation *bound, const struct wsdl_use *use,
                                       const struct wsdl_body *body, bool is_output )
{
    struct wsdl_message *message = find_message( c, &use->message, use->where, operation->name );
    struct message_form form = { use->action, NULL, NULL, body };

    if (!message) return NULL;
    if (!form.action && !is_output && bound->soap_action && *bound->soap_action) form.action = bound->soap_action;
    if (bound->rpc && !body->encoded)
    {
        form.wrapper_name = is_output ? arena_printf( &c->arena, "%sResponse", operation->name ) : operation->name;
        form.wrapper_ns = body->ns;
    }
    return map_message( c, message, &form );
}

static void depend_on_message( struct compiler *c, struct cfile *file, const struct cmessage *message )
{
    size_t i;

    if (!message) return;
    if (message->element)
    {
        /* parameters use the types of the element's fields */
        for (i = 0; i < message->element->file->depends.count; i++)
            map_depend( c, file, message->element->file->depends.items[i] );
        map_depend( c, file, message->element->file );
    }
    map_depend( c, file, message->file );
}

static struct wsdl_part *find_part( const struct wsdl_message *message, const char *name )
{
    size_t i;

    for (i = 0; message && i < message->parts.count; i++)
        if (!strcmp( ((struct wsdl_part *)message->parts.items[i])->name, name )) return message->parts.items[i];
    return NULL;
}

/* The elements of the headers, which the program writes and reads with the functions for headers. Nothing else that is
 * generated needs them, so one that cannot be found is left out. */
static struct vec map_headers( struct compiler *c, const struct wsdl_body *body, const char *operation )
{
    const struct wsdl_header *header;
    struct wsdl_message *message;
    struct xsd_element *element;
    struct wsdl_part *part;
    struct vec ret = { 0 };
    size_t i;

    for (i = 0; i < body->header_parts.count; i++)
    {
        header = body->header_parts.items[i];
        if (!header->message.name) continue;
        message = map_get( &c->wsdl.messages, xsd_key( &c->arena, header->message.ns, header->message.name ) );
        part = find_part( message, header->part );
        element = part && part->element.name ? xsd_find_element( &c->xsd_context, &part->element ) : NULL;
        if (element) vec_add( &c->arena, &ret, map_global_element( c, &part->element, part->where, "header part" ) );
        else diag_warning( &c->diag, header->where, MSG_UNSUPPORTED, "operation '%s': the header, part '%s' of message '%s' of "
                           "namespace '%s', gets no description: %s; add the document that defines it to the command line",
                           operation, header->part, header->message.name, header->message.ns,
                           !message ? "no input defines the message" : !part ? "the message has no such part" :
                           "no input defines its element" );
    }
    return ret;
}

static void map_bound_operation( struct compiler *c, struct cbinding *binding, struct wsdl_operation *source )
{
    struct cfile *file = binding->source->input->cfile;
    struct wsdl_bound_operation *bound = find_bound( binding->source, source );
    struct coperation *operation;

    if (!bound)
    {
        diag_warning( &c->diag, binding->source->where, MSG_UNSUPPORTED, "binding '%s' does not mention operation '%s' of "
                      "its port type; the operation is left out", binding->source->name, source->name );
        return;
    }
    operation = arena_alloc( &c->arena, sizeof(*operation) );
    operation->xml_name = source->name;
    operation->doc = source->doc;
    operation->rpc = bound->rpc && !bound->input.encoded;
    operation->input = bound_message( c, source, bound, source->input, &bound->input, false );
    if (source->output) operation->output = bound_message( c, source, bound, source->output, &bound->output, true );
    if (!operation->input || (source->output && !operation->output)) return;
    operation->input_headers = map_headers( c, &bound->input, source->name );
    operation->output_headers = map_headers( c, &bound->output, source->name );
    operation->name = scope_add( &c->arena, &c->globals,
                                 arena_printf( &c->arena, "%s_%s", binding->name,
                                               name_normalize( &c->arena, source->name ) ) );
    map_parameters( c, operation, source );
    depend_on_message( c, file, operation->input );
    depend_on_message( c, file, operation->output );
    vec_add( &c->arena, &binding->operations, operation );
}

static const char *suffixed( struct compiler *c, const char *name, const char *suffix )
{
    return scope_add( &c->arena, &c->globals, arena_printf( &c->arena, "%s%s", name, suffix ) );
}

/* After the names of the client functions: one of them can be that of another operation with such an ending. */
static void name_service_parts( struct compiler *c, struct cbinding *binding )
{
    struct coperation *operation;
    size_t i;

    binding->table = suffixed( c, binding->name, "FunctionTable" );
    for (i = 0; i < binding->operations.count; i++)
    {
        operation = binding->operations.items[i];
        operation->callback = suffixed( c, operation->name, "Callback" );
        operation->param_struct = suffixed( c, operation->name, "ParamStruct" );
        operation->stub = suffixed( c, operation->name, "OperationStub" );
    }
}

static bool known_transport( const struct wsdl_binding *binding, enum policy_transport *transport )
{
    *transport = strcmp( binding->transport, NS_TRANSPORT_TCP ) ? TRANSPORT_HTTP : TRANSPORT_TCP;
    return *transport == TRANSPORT_TCP || !strcmp( binding->transport, NS_TRANSPORT_HTTP );
}

static void map_binding( struct compiler *c, struct wsdl_binding *source )
{
    struct cfile *file = source->input->cfile;
    struct wsdl_port_type *port_type;
    struct cbinding *binding;
    enum policy_transport transport;
    size_t i;

    if (!source->soap || !known_transport( source, &transport ))
    {
        diag_warning( &c->diag, source->where, MSG_BINDING_DROPPED, "binding '%s' is left out: %s%s%s; use SOAP over "
                      NS_TRANSPORT_HTTP " or " NS_TRANSPORT_TCP, source->name,
                      source->soap ? "its transport '" : "it is not a SOAP binding", source->soap ? source->transport : "",
                      source->soap ? "' is unknown" : "" );
        return;
    }
    if (!source->port_type.name) return;
    port_type = map_get( &c->wsdl.port_types, xsd_key( &c->arena, source->port_type.ns, source->port_type.name ) );
    if (!port_type)
    {
        diag_error( &c->diag, source->where, MSG_UNRESOLVED, "binding '%s': port type '%s' of namespace '%s' is not "
                    "defined; add the WSDL document that defines it to the command line", source->name,
                    source->port_type.name, source->port_type.ns );
        return;
    }
    binding = arena_alloc( &c->arena, sizeof(*binding) );
    binding->source = source;
    binding->port_type = port_type;
    binding->doc = source->doc ? source->doc : port_type->doc;
    binding->name = scope_add( &c->arena, &c->binding_names,
                               arena_printf( &c->arena, "%s%s", map_prefix( c, file ),
                                             name_normalize( &c->arena, source->name ) ) );
    binding->policy.transport = transport;
    /* The policy of a binding is that of its endpoint: without a port there is none, and no helper, as with the Windows
     * tool. */
    if (!c->options.no_policy && source->ports.count)
        policy_of_binding( &c->xsd_context, &c->policies, source, &binding->policy );
    else if (!c->options.no_policy)
        diag_warning( &c->diag, source->where, MSG_BEHAVIOUR, "binding '%s' gets no helper functions: no port uses it; "
                      "add a service with a port, or create the proxy or endpoint by hand", source->name );
    if (binding->policy.template)
    {
        suffixed( c, binding->name, "_CreateServiceProxy" );
        suffixed( c, binding->name, "_CreateServiceEndpoint" );
    }
    for (i = 0; i < port_type->operations.count; i++) map_bound_operation( c, binding, port_type->operations.items[i] );
    name_service_parts( c, binding );
    vec_add( &c->arena, &file->bindings, binding );
}

/* Port types that no binding of the inputs uses still get their messages described, and faults come from here only. */
static void map_port_type( struct compiler *c, struct wsdl_port_type *port_type )
{
    struct wsdl_operation *operation;
    struct wsdl_message *message;
    struct wsdl_use *uses[2];
    size_t i, j;

    for (i = 0; i < port_type->operations.count; i++)
    {
        operation = port_type->operations.items[i];
        uses[0] = operation->input;
        uses[1] = operation->output;
        for (j = 0; j < 2; j++)
        {
            struct message_form form = { uses[j] ? uses[j]->action : NULL, NULL, NULL, NULL };

            if (uses[j] && (message = find_message( c, &uses[j]->message, uses[j]->where, operation->name )) && !message->mapped.count)
                map_message( c, message, &form );
        }
        for (j = 0; j < operation->faults.count; j++) map_fault( c, operation->faults.items[j], operation->name );
    }
}

static void map_port( struct compiler *c, struct wsdl_port *port )
{
    struct cfile *file = port->input->cfile;
    struct creference *reference;

    if (!port->reference) return;
    reference = arena_alloc( &c->arena, sizeof(*reference) );
    reference->member = scope_add( &c->arena, &file->reference_members, name_identifier( &c->arena, port->name ) );
    reference->text = port->reference;
    reference->version_1_0 = port->reference_1_0;
    vec_add( &c->arena, &file->references, reference );
}

/* Messages are listed in the order of the document, whatever the order of bindings was. */
static void sort_messages( struct compiler *c )
{
    struct wsdl_message *message;
    struct cfile *file;
    size_t i, j;

    for (i = 0; i < c->files.count; i++)
    {
        file = c->files.items[i];
        file->messages.count = 0;
    }
    for (i = 0; i < c->wsdl.all_messages.count; i++)
    {
        message = c->wsdl.all_messages.items[i];
        for (j = 0; j < message->mapped.count; j++)
            vec_add( &c->arena, &message->input->cfile->messages, message->mapped.items[j] );
    }
}

void map_wsdl( struct compiler *c )
{
    size_t i;

    for (i = 0; i < c->wsdl.all_bindings.count; i++) map_binding( c, c->wsdl.all_bindings.items[i] );
    for (i = 0; i < c->wsdl.all_port_types.count; i++) map_port_type( c, c->wsdl.all_port_types.items[i] );
    for (i = 0; i < c->wsdl.all_ports.count; i++) map_port( c, c->wsdl.all_ports.items[i] );
    sort_messages( c );
}
