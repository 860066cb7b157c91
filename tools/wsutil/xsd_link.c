/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: references between the declarations of the schema model.
 */

#include <string.h>

#include "xsd.h"

struct xsd_type *xsd_find_type( const struct xsd_context *ctx, const struct qname *name )
{
    return name->name ? map_get( &ctx->set->types, xsd_key( ctx->arena, name->ns, name->name ) ) : NULL;
}

const char *xsd_type_name( const struct xsd_type *type )
{
    return type->name ? type->name : "(anonymous)";
}

struct xsd_element *xsd_find_element( const struct xsd_context *ctx, const struct qname *name )
{
    return name->name ? map_get( &ctx->set->elements, xsd_key( ctx->arena, name->ns, name->name ) ) : NULL;
}

struct xsd_type *xsd_base_type( const struct xsd_context *ctx, const struct xsd_type *type )
{
    return type->base_anonymous ? type->base_anonymous : xsd_find_type( ctx, &type->base );
}

struct xsd_particle *xsd_array_item( const struct xsd_type *type )
{
    struct xsd_particle *item;

    if (!type->complex || type->derivation != DERIVED_FROM_ANY || type->mixed || type->simple_content) return NULL;
    if (type->attributes.count || type->derived.count || !type->particle) return NULL;
    if (type->particle->kind != PARTICLE_SEQUENCE || type->particle->max != 1) return NULL;
    if (type->particle->children.count != 1) return NULL;
    item = type->particle->children.items[0];
    return item->kind == PARTICLE_ELEMENT && item->max > 1 ? item : NULL;
}

static bool has_attribute( const struct vec *attributes, const struct xsd_attribute *attribute )
{
    const struct xsd_attribute *other;
    size_t i;

    for (i = 0; i < attributes->count; i++)
    {
        other = attributes->items[i];
        if (attribute->ref.name ? str_equal( attribute->ref.name, other->ref.name ) &&
            str_equal( attribute->ref.ns, other->ref.ns ) :
            str_equal( attribute->name, other->name ) && str_equal( attribute->ns, other->ns )) return true;
    }
    return false;
}

static void expand_attributes( struct xsd_context *ctx, const struct vec *from, struct vec *to )
{
    struct xsd_attribute_group *group;
    struct xsd_attribute *attribute;
    size_t i;

    for (i = 0; i < from->count; i++)
    {
        attribute = from->items[i];
        if (!attribute->group.name)
        {
            if (!has_attribute( to, attribute )) vec_add( ctx->arena, to, attribute );
            continue;
        }
        group = map_get( &ctx->set->attribute_groups,
                         xsd_key( ctx->arena, attribute->group.ns, attribute->group.name ) );
        if (!group)
            diag_error( ctx->diag, attribute->where, MSG_UNRESOLVED, "attributeGroup '%s' of namespace '%s' is not "
                        "defined; add the schema that defines it to the command line", attribute->group.name,
                        attribute->group.ns );
        else if (group->busy)
            diag_error( ctx->diag, attribute->where, MSG_SCHEMA, "attributeGroup '%s' contains itself",
                        attribute->group.name );
        else
        {
            group->busy = true;
            expand_attributes( ctx, &group->attributes, to );
            group->busy = false;
        }
    }
}

struct vec xsd_expand_attributes( struct xsd_context *ctx, struct xsd_type *type )
{
    struct xsd_type *base;
    struct vec ret = { 0 };

    expand_attributes( ctx, &type->attributes, &ret );
    for (base = type; base && base->derivation == DERIVED_BY_RESTRICTION && !base->simple_content;)
        if ((base = xsd_base_type( ctx, base ))) expand_attributes( ctx, &base->attributes, &ret );
    return ret;
}

/* Reports a chain of base types that comes back to where it began, and cuts it there. */
static void break_cycle( struct xsd_context *ctx, struct xsd_type *start )
{
    struct xsd_type *type = start, *base;

    while (type && !type->busy)
    {
        type->busy = true;
        base = xsd_base_type( ctx, type );
        if (base && base->busy)
        {
            diag_error( ctx->diag, type->where, MSG_SCHEMA, "type '%s' is derived from itself; correct the base "
                        "attribute", xsd_type_name( type ) );
            memset( &type->base, 0, sizeof(type->base) );
            type->base_anonymous = NULL;
            break;
        }
        type = base;
    }
    for (type = start; type && type->busy; type = xsd_base_type( ctx, type )) type->busy = false;
}

static void link_type( struct xsd_context *ctx, struct xsd_type *type )
{
    struct xsd_type *base;

    if (type->name) break_cycle( ctx, type );
    if (!type->complex || type->simple_content || type->derivation != DERIVED_BY_EXTENSION) return;
    base = xsd_base_type( ctx, type );
    if (base && base->complex && !base->simple_content) vec_add( ctx->arena, &base->derived, type );
}

static void link_particle( struct xsd_context *ctx, struct xsd_particle *particle )
{
    struct xsd_type *type;
    size_t i;

    for (i = 0; i < particle->children.count; i++) link_particle( ctx, particle->children.items[i] );
    if (!particle->element || !(type = particle->element->anonymous)) return;
    link_type( ctx, type );
    if (type->particle) link_particle( ctx, type->particle );
}

void xsd_link( struct xsd_context *ctx )
{
    struct xsd_set *set = ctx->set;
    struct xsd_element *element;
    struct xsd_type *type;
    size_t i;

    for (i = 0; i < set->global_types.count; i++)
    {
        type = set->global_types.items[i];
        link_type( ctx, type );
        if (type->particle) link_particle( ctx, type->particle );
    }
    for (i = 0; i < set->global_elements.count; i++)
    {
        element = set->global_elements.items[i];
        if (element->substitution.name)
            map_set( ctx->arena, &set->substituted,
                     xsd_key( ctx->arena, element->substitution.ns, element->substitution.name ), element );
        if (!(type = element->anonymous)) continue;
        link_type( ctx, type );
        if (type->particle) link_particle( ctx, type->particle );
    }
}
