/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: the members of structures.
 *
 * A content model becomes members only as far as the runtime can describe it: a sequence of elements, choices of
 * elements and wildcards. Anything else makes the content one XML buffer, with the attributes kept as members.
 */

#include <string.h>

#include "model.h"

static struct ctype buffer_type( void )
{
    struct ctype type = { CTYPE_BUFFER, "WS_XML_BUFFER_TYPE", "WS_XML_BUFFER*", NULL, NULL, NULL, NULL };

    return type;
}

static struct cfield *new_field( struct compiler *c, struct cstruct *structure, enum cfield_mapping mapping )
{
    struct cfield *field = arena_alloc( &c->arena, sizeof(*field) );

    field->mapping = mapping;
    field->owner = structure;
    field->min = field->max = 1;
    return field;
}

static const char *member_name( struct compiler *c, struct scope *scope, const char *name )
{
    return scope_add( &c->arena, scope, name_identifier( &c->arena, name ) );
}

static void add_field( struct compiler *c, struct cstruct *structure, struct cfield *field, const char *name )
{
    bool array = field->mapping == FIELD_ARRAY || field->mapping == FIELD_ANY_ARRAY ||
                 field->mapping == FIELD_CHOICE_ARRAY;

    field->name = member_name( c, &structure->members, name );
    if (structure->source && strcmp( name, field->name ))
        diag_warning( &c->diag, structure->source->where, MSG_RENAMED, "member '%s' of structure '%s' is called '%s' in C",
                      name, structure->name, field->name );
    if (array) field->count_name = scope_add( &c->arena, &structure->members,
                                              arena_printf( &c->arena, "%sCount", field->name ) );
    vec_add( &c->arena, &structure->fields, field );
}

static void set_occurs( struct cfield *field, unsigned int min, unsigned int max )
{
    field->min = min;
    field->max = max;
    field->ranged = min > 1 || (max != OCCURS_UNBOUNDED && max != 1);
}

/* Only simple types can be text or the value of an attribute. */
static bool is_simple( const struct ctype *type )
{
    return type->kind != CTYPE_STRUCT && type->kind != CTYPE_BUFFER;
}

/* Whether the type needs a pointer for nil: the others have a nil value of their own. */
static bool needs_pointer( const struct ctype *type )
{
    return type->kind == CTYPE_VALUE || type->kind == CTYPE_ENUM;
}

static void array_field( struct cfield *field, const struct ctype *type, bool nillable )
{
    field->mapping = FIELD_ARRAY;
    field->type = *type;
    if (type->kind == CTYPE_STRUCT) field->options |= FIELD_POINTER;
    if (!nillable) return;
    field->options |= FIELD_NILLABLE_ITEM;
    if (needs_pointer( type )) field->options |= FIELD_POINTER;
}

static void single_field( struct cfield *field, const struct ctype *type, bool optional, bool nillable )
{
    field->mapping = FIELD_ELEMENT;
    field->type = *type;
    if (type->kind == CTYPE_STRUCT) field->options |= FIELD_POINTER;
    if (optional) field->options |= FIELD_OPTIONAL;
    if (!nillable) return;
    field->options |= FIELD_NILLABLE;
    if (needs_pointer( type )) field->options |= FIELD_POINTER;
}

/* An element whose type is nothing but an array: the array takes the place of the structure. */
static struct xsd_particle *wrapped_item( struct compiler *c, struct xsd_element *element )
{
    struct xsd_type *type = element->anonymous ? element->anonymous : xsd_find_type( &c->xsd_context, &element->type );

    return type && !element->substitution.name ? xsd_array_item( type ) : NULL;
}

static struct xsd_element *resolve_ref( struct compiler *c, struct xsd_element *element )
{
    struct xsd_element *target;

    if (!element->ref.name) return element;
    if ((target = xsd_find_element( &c->xsd_context, &element->ref ))) return target;
    if (xsd_is_schema_ns( element->ref.ns )) /* a whole schema, as data sets contain: everybody has that declaration */
    {
        diag_warning( &c->diag, element->where, MSG_FALLBACK, "element '%s' of XML Schema becomes an XML buffer",
                      element->ref.name );
        target = arena_alloc( &c->arena, sizeof(*target) );
        target->where = element->where;
        target->input = element->input;
        target->name = element->ref.name;
        target->ns = element->ref.ns;
        return target;
    }
    diag_error( &c->diag, element->where, MSG_UNRESOLVED, "element '%s' of namespace '%s' is not defined by any input; "
                "add the schema that defines it to the command line", element->ref.name, element->ref.ns );
    return NULL;
}

/* The type of an element met inside a structure. A global element keeps the type it has by itself. */
static struct ctype field_type( struct compiler *c, struct cstruct *structure, struct xsd_element *element )
{
    map_depend( c, structure->file, element->input->cfile );
    return map_element_type( c, element, element->global ? NULL : structure );
}

static bool is_substituted( struct compiler *c, const struct xsd_element *element )
{
    return element->global &&
           map_get( &c->xsd.substituted, xsd_key( &c->arena, element->ns, element->name ) ) != NULL;
}

static struct cfield *wrapped_array( struct compiler *c, struct cstruct *structure, struct xsd_element *element,
                                     struct xsd_particle *particle )
{
    struct xsd_element *item = resolve_ref( c, particle->element );
    struct cfield *field = new_field( c, structure, FIELD_ARRAY );
    struct cstruct *wrapper;
    struct ctype type;

    if (!item) return NULL;
    /* the wrapper's own structure exists as well: what is anonymous in it belongs to it */
    type = map_element_type( c, element, element->global ? NULL : structure );
    wrapper = type.structure;
    map_depend( c, structure->file, element->input->cfile );
    map_depend( c, structure->file, item->input->cfile );
    type = map_element_type( c, item, item->global ? NULL : wrapper );
    array_field( field, &type, item->nillable );
    set_occurs( field, particle->min, particle->max );
    field->item_name = item->name;
    field->item_ns = item->ns;
    field->xml_name = element->name;
    field->xml_ns = element->ns;
    return field;
}

void map_element_field( struct compiler *c, struct cstruct *structure, struct xsd_element *element,
                        unsigned int min, unsigned int max )
{
    struct xsd_element *target = resolve_ref( c, element );
    struct xsd_particle *item;
    struct cfield *field;
    struct ctype type;

    if (!target) return;
    if (is_substituted( c, target ))
    {
        diag_warning( &c->diag, element->where, MSG_FALLBACK, "element '%s' is the head of a substitution group; any "
                      "element is accepted in its place, as an XML buffer", target->name );
        field = new_field( c, structure, max > 1 ? FIELD_ANY_ARRAY : FIELD_ANY );
        field->type = buffer_type();
        field->options = min || max > 1 ? 0 : FIELD_OPTIONAL;
        set_occurs( field, min, max );
    }
    else if (max == 1 && (item = wrapped_item( c, target )))
    {
        if (!(field = wrapped_array( c, structure, target, item ))) return;
        if (!min) field->options |= FIELD_OPTIONAL;
        if (target->nillable) field->options |= FIELD_NILLABLE;
    }
    else
    {
        field = new_field( c, structure, FIELD_ELEMENT );
        type = field_type( c, structure, target );
        if (max > 1)
        {
            array_field( field, &type, target->nillable );
            set_occurs( field, min, max );
            field->item_name = target->name;
            field->item_ns = target->ns;
        }
        else
        {
            single_field( field, &type, !min, target->nillable );
            field->xml_name = target->name;
            field->xml_ns = target->ns;
        }
    }
    field->doc = element->doc ? element->doc : target->doc;
    add_field( c, structure, field, target->name );
}

static void any_field( struct compiler *c, struct cstruct *structure, const struct xsd_particle *particle )
{
    struct cfield *field = new_field( c, structure, particle->max > 1 ? FIELD_ANY_ARRAY : FIELD_ANY );

    field->type = buffer_type();
    if (particle->max > 1) set_occurs( field, particle->min, particle->max );
    else if (!particle->min) field->options |= FIELD_OPTIONAL;
    add_field( c, structure, field, "any" );
}

/* Choices. */

static bool is_plain_choice( const struct xsd_particle *particle )
{
    const struct xsd_particle *child;
    size_t i;

    for (i = 0; i < particle->children.count; i++)
    {
        child = particle->children.items[i];
        if (child->max > 1) return false;
        if (child->kind == PARTICLE_ANY ? i + 1 < particle->children.count : child->kind != PARTICLE_ELEMENT) return false;
    }
    return particle->children.count > 0;
}

static struct cfield *choice_alternative( struct compiler *c, struct cstruct *structure,
                                          const struct xsd_particle *particle )
{
    struct cfield *field = new_field( c, structure, FIELD_ELEMENT );
    struct xsd_element *element;
    struct ctype type;

    if (particle->kind == PARTICLE_ANY || is_substituted( c, particle->element ))
    {
        field->mapping = FIELD_ANY;
        field->type = buffer_type();
        return field;
    }
    if (!(element = resolve_ref( c, particle->element ))) return NULL;
    type = field_type( c, structure, element );
    single_field( field, &type, false, element->nillable );
    field->xml_name = element->name;
    field->xml_ns = element->ns;
    field->doc = particle->element->doc ? particle->element->doc : element->doc;
    return field;
}

static struct cunion *new_union( struct compiler *c, struct cstruct *structure, const char *name )
{
    struct cunion *choice = arena_alloc( &c->arena, sizeof(*choice) );
    const char *stem = arena_printf( &c->arena, "%s%s", structure->name, name );
    struct location where = structure->source->where;

    choice->owner = structure;
    choice->name = map_global_name( c, structure->file, where, stem );
    choice->selector = map_global_name( c, structure->file, where, arena_printf( &c->arena, "%sSelector", stem ) );
    choice->none = map_global_name( c, structure->file, where, arena_printf( &c->arena, "%sNone", stem ) );
    return choice;
}

static void choice_field( struct compiler *c, struct cstruct *structure, const struct xsd_particle *particle )
{
    struct cfield *field = new_field( c, structure, particle->max > 1 ? FIELD_CHOICE_ARRAY : FIELD_CHOICE ), *inner;
    const struct xsd_particle *child;
    struct scope members = { { 0 } };
    bool optional = !particle->min;
    struct cunion *choice;
    size_t i;

    add_field( c, structure, field, "choice" );
    field->type.choice = choice = new_union( c, structure, strcmp( field->name, "choice" ) ?
                                             arena_printf( &c->arena, "C%s", field->name + 1 ) : "Choice" );
    field->type.kind = CTYPE_UNION;
    field->type.ws_type = "WS_UNION_TYPE";
    field->type.c_name = choice->name;
    for (i = 0; i < particle->children.count; i++)
    {
        child = particle->children.items[i];
        if (!child->min) optional = true;
        if (!(inner = choice_alternative( c, structure, child ))) continue;
        inner->name = member_name( c, &members, inner->xml_name ? inner->xml_name : "any" );
        inner->selector = map_global_name( c, structure->file, child->where,
                                           arena_printf( &c->arena, "%s%s", choice->name, inner->name ) );
        vec_add( &c->arena, &choice->fields, inner );
    }
    if (particle->max > 1) set_occurs( field, particle->min, particle->max );
    else if (optional) field->options |= FIELD_OPTIONAL;
}

/* Attributes. */

static struct xsd_attribute *resolve_attribute( struct compiler *c, struct xsd_attribute *attribute )
{
    if (!attribute->ref.name) return attribute;
    return map_get( &c->xsd.attributes, xsd_key( &c->arena, attribute->ref.ns, attribute->ref.name ) );
}

static struct ctype attribute_type( struct compiler *c, struct cstruct *structure, struct xsd_attribute *attribute )
{
    struct ctype type = map_string( c );

    map_depend( c, structure->file, attribute->input->cfile );
    if (attribute->type.name)
        type = map_named_type( c, &attribute->type, attribute->where, attribute->input );
    else if (attribute->anonymous)
        type = map_simple_type( c, attribute->anonymous,
                                arena_printf( &c->arena, "%s_%s", structure->name,
                                              name_normalize( &c->arena, attribute->name ) ) );
    return is_simple( &type ) ? type : map_string( c );
}

static void attribute_field( struct compiler *c, struct cstruct *structure, struct xsd_attribute *attribute )
{
    struct xsd_attribute *target = resolve_attribute( c, attribute );
    struct cfield *field = new_field( c, structure, FIELD_ATTRIBUTE );
    bool xml = attribute->ref.name && !strcmp( attribute->ref.ns, "http://www.w3.org/XML/1998/namespace" );

    if (!target && !xml && !xsd_is_encoding_ns( attribute->ref.ns ))
    {
        diag_error( &c->diag, attribute->where, MSG_UNRESOLVED, "attribute '%s' of namespace '%s' is not defined by any "
                    "input; add the schema that defines it to the command line", attribute->ref.name,
                    attribute->ref.ns );
        return;
    }
    if (!target)
    {
        if (xml) field->mapping = FIELD_XML_ATTRIBUTE;
        field->type = map_string( c );
        field->xml_name = attribute->ref.name;
        field->xml_ns = attribute->ref.ns;
    }
    else
    {
        field->type = attribute_type( c, structure, target );
        field->xml_name = target->name;
        field->xml_ns = target->ns;
        field->doc = attribute->doc ? attribute->doc : target->doc;
    }
    if (!attribute->required) field->options |= FIELD_OPTIONAL;
    add_field( c, structure, field, field->xml_name );
}

/* Content models. */

/* Whether the particle takes any element in its place, and how many cannot be told. */
static bool is_open_head( struct compiler *c, const struct xsd_particle *particle )
{
    const struct xsd_element *element = particle->element;

    if (particle->kind != PARTICLE_ELEMENT || particle->min == particle->max) return false;
    if (element->ref.name) element = xsd_find_element( &c->xsd_context, &element->ref );
    return element && is_substituted( c, element );
}

/* Why a content model has to become a buffer, or NULL. */
static const char *fallback_reason( struct compiler *c, const struct xsd_type *type, const struct vec *attributes )
{
    static const char *const nested[] = { NULL, "a sequence inside a sequence", NULL, "xs:all", "a group", NULL };
    const struct xsd_particle *particle = type->particle, *child;
    size_t i;

    for (i = 0; i < attributes->count; i++)
        if (((const struct xsd_attribute *)attributes->items[i])->prohibited) return "a prohibited attribute";
    if (type->mixed) return "mixed content";
    if (type->base.name && xsd_is_encoding_ns( type->base.ns )) return "a base of the SOAP encoding";
    if (!particle) return NULL;
    if (particle->kind == PARTICLE_ALL) return "xs:all";
    if (particle->kind == PARTICLE_GROUP) return "a group";
    if (particle->kind == PARTICLE_CHOICE) return is_plain_choice( particle ) ? NULL : "a complicated choice";
    if (particle->min != 1 || particle->max != 1) return "a sequence that may occur other than once";
    for (i = 0; i < particle->children.count; i++)
    {
        child = particle->children.items[i];
        if (nested[child->kind]) return nested[child->kind];
        if (child->kind == PARTICLE_CHOICE && !is_plain_choice( child )) return "a complicated choice";
        if (is_open_head( c, child ) && i + 1 < particle->children.count)
            return "elements after the head of a substitution group";
    }
    return NULL;
}

static void content_field( struct compiler *c, struct cstruct *structure, const char *reason )
{
    struct cfield *field = new_field( c, structure, FIELD_CONTENT );

    diag_warning( &c->diag, structure->source->where, MSG_FALLBACK, "type '%s' has %s; its content becomes an XML buffer",
                  structure->xml_name ? structure->xml_name : structure->name, reason );
    field->type = buffer_type();
    field->options = FIELD_OPTIONAL;
    add_field( c, structure, field, "content" );
}

static void particle_field( struct compiler *c, struct cstruct *structure, const struct xsd_particle *particle )
{
    size_t i;

    switch (particle->kind)
    {
    case PARTICLE_ELEMENT:
        map_element_field( c, structure, particle->element, particle->min, particle->max );
        break;
    case PARTICLE_ANY:
        any_field( c, structure, particle );
        break;
    case PARTICLE_CHOICE:
        choice_field( c, structure, particle );
        break;
    default:
        for (i = 0; i < particle->children.count; i++) particle_field( c, structure, particle->children.items[i] );
        break;
    }
}

/* Simple content: the text first, then the attributes. */
static void text_field( struct compiler *c, struct cstruct *structure )
{
    struct xsd_type *type = structure->source, *base;
    struct cfield *field = new_field( c, structure, FIELD_TEXT );

    for (base = xsd_base_type( &c->xsd_context, type ); base && base->complex; base = xsd_base_type( &c->xsd_context, type ))
    {
        type = base;
        if (!type->simple_content) break;
    }
    if (type->base_anonymous) field->type = map_simple_type( c, type->base_anonymous, NULL );
    else if (type->base.name) field->type = map_named_type( c, &type->base, type->where, type->input );
    else field->type = map_string( c );
    if (!is_simple( &field->type )) field->type = map_string( c );
    add_field( c, structure, field, "value" );
}

static struct vec inherited_simple_attributes( struct compiler *c, struct xsd_type *type )
{
    struct xsd_type *base = xsd_base_type( &c->xsd_context, type );
    struct vec ret = { 0 }, own = xsd_expand_attributes( &c->xsd_context, type );
    size_t i;

    if (base && base->complex && base->simple_content) ret = inherited_simple_attributes( c, base );
    for (i = 0; i < own.count; i++) vec_add( &c->arena, &ret, own.items[i] );
    return ret;
}

static void add_type_field( struct compiler *c, struct cstruct *structure )
{
    struct cfield *field = new_field( c, structure, FIELD_TYPE );

    field->type.kind = CTYPE_VALUE;
    field->type.ws_type = "WS_DESCRIPTION_TYPE";
    field->type.c_name = "const struct _WS_STRUCT_DESCRIPTION*";
    add_field( c, structure, field, "_type" );
}

static void reserve_inherited( struct compiler *c, struct cstruct *structure )
{
    struct cstruct *base;
    struct cfield *field;
    size_t i;

    for (base = structure->base; base; base = base->base)
    {
        map_fill_struct( c, base );
        for (i = 0; i < base->fields.count; i++)
        {
            field = base->fields.items[i];
            if (!scope_has( &structure->members, field->name ))
                scope_add( &c->arena, &structure->members, field->name );
            if (field->count_name && !scope_has( &structure->members, field->count_name ))
                scope_add( &c->arena, &structure->members, field->count_name );
        }
    }
    scope_add( &c->arena, &structure->members, "_base" );
}

static bool inherits_buffer( const struct cstruct *structure )
{
    const struct cfield *field;
    size_t i;

    for (structure = structure->base; structure; structure = structure->base)
        for (i = 0; i < structure->fields.count; i++)
        {
            field = structure->fields.items[i];
            if (field->mapping == FIELD_CONTENT) return true;
        }
    return false;
}

static bool is_open( const struct cfield *field )
{
    size_t i;

    if (field->mapping == FIELD_ANY_ARRAY) return true;
    if (field->mapping == FIELD_ANY) return (field->options & FIELD_OPTIONAL) != 0;
    for (i = 0; field->type.choice && i < field->type.choice->fields.count; i++)
        if (((struct cfield *)field->type.choice->fields.items[i])->mapping == FIELD_ANY) return true;
    return false;
}

/* A field for any elements takes those that are meant for later fields too, also those of derived types. */
static void warn_open( struct compiler *c, const struct cstruct *structure )
{
    struct vec fields = map_all_fields( c, (struct cstruct *)structure );
    const struct cfield *field, *open = NULL;
    size_t i;

    for (i = 0; i < fields.count; i++)
    {
        field = fields.items[i];
        if (field->mapping <= FIELD_XML_ATTRIBUTE) continue;
        if (open && field->owner == structure)
        {
            diag_warning( &c->diag, structure->source->where, MSG_UNSUPPORTED, "type '%s': member '%s' takes any elements, also "
                          "those meant for '%s', which comes later and stays empty or is missed when reading",
                          structure->xml_name, open->name, field->name );
            return;
        }
        if (!open && is_open( field )) open = field;
    }
}

void map_fill_struct( struct compiler *c, struct cstruct *structure )
{
    struct xsd_type *type = structure->source;
    struct vec attributes;
    const char *reason;
    size_t i;

    if (structure->filled || !type) return;
    structure->filled = true;
    if (structure->base) reserve_inherited( c, structure );
    else if (structure->hierarchy) add_type_field( c, structure );
    if (type->simple_content)
    {
        text_field( c, structure );
        attributes = inherited_simple_attributes( c, type );
    }
    else attributes = xsd_expand_attributes( &c->xsd_context, type );
    for (i = 0; i < attributes.count; i++)
        if (!((struct xsd_attribute *)attributes.items[i])->prohibited)
            attribute_field( c, structure, attributes.items[i] );
    if (type->simple_content) return;
    if (type->derivation == DERIVED_BY_RESTRICTION && xsd_base_type( &c->xsd_context, type ))
        diag_warning( &c->diag, type->where, MSG_UNSUPPORTED, "type '%s' restricts '%s' and becomes a structure of its "
                      "own; values of it cannot take the place of the base type", structure->xml_name,
                      type->base.name ? type->base.name : "" );
    reason = fallback_reason( c, type, &attributes );
    if (inherits_buffer( structure )) return; /* the base's buffer takes all that remains */
    if (reason) content_field( c, structure, reason );
    else if (type->particle) particle_field( c, structure, type->particle );
    warn_open( c, structure );
}

static unsigned int description_rank( const struct cfield *field )
{
    switch (field->mapping)
    {
    case FIELD_TYPE: return 0;
    case FIELD_ATTRIBUTE:
    case FIELD_XML_ATTRIBUTE: return 1;
    case FIELD_CONTENT: return 3;
    default: return 2;
    }
}

struct vec map_all_fields( struct compiler *c, struct cstruct *structure )
{
    struct vec chain = { 0 }, ret = { 0 };
    struct cstruct *level;
    struct cfield *field;
    unsigned int rank;
    size_t i, j;

    for (level = structure; level; level = level->base) vec_add( &c->arena, &chain, level );
    for (rank = 0; rank <= 3; rank++)
    {
        for (i = chain.count; i--;)
        {
            level = chain.items[i];
            for (j = 0; j < level->fields.count; j++)
            {
                field = level->fields.items[j];
                if (description_rank( field ) == rank) vec_add( &c->arena, &ret, field );
            }
        }
    }
    return ret;
}
