/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: from schema types and elements to C types.
 *
 * Structures are made first, empty, for every complex type, and filled afterwards: members refer to structures that
 * come later, or to the one that contains them.
 */

#include <string.h>

#include "model.h"

void map_depend( struct compiler *c, struct cfile *file, struct cfile *other )
{
    size_t i;

    if (file == other || !other) return;
    for (i = 0; i < file->depends.count; i++) if (file->depends.items[i] == other) return;
    vec_add( &c->arena, &file->depends, other );
}

const char *map_prefix( struct compiler *c, struct cfile *file )
{
    if (!c->options.full_name) return c->options.prefix;
    return arena_printf( &c->arena, "%s%s_", c->options.prefix, name_normalize( &c->arena, file->input->name ) );
}

/* A name that the Windows headers always declare is taken. One that a program can keep them from declaring stays, as with
 * the Windows tool; the program that includes the header is told how. */
const char *map_global_name( struct compiler *c, struct cfile *file, struct location where, const char *name )
{
    static const char *const defines[] = { "", "", "NOGDI", "NOUSER and COM_NO_WINDOWS_H", "WIN32_LEAN_AND_MEAN" };
    enum windows_header header = windows_name( name );
    const char *ret;

    if (header == WINDOWS_ALWAYS) map_set( &c->arena, &c->globals.names, name, &c->globals );
    ret = scope_add( &c->arena, &c->globals, name );
    if (header <= WINDOWS_ALWAYS || strcmp( ret, name )) return ret;
    file->hides |= 1u << header;
    diag_warning( &c->diag, where, MSG_WINDOWS_NAME, "the Windows headers declare something called '%s' too; define %s before "
                  "you include them, or use /prefix or /fullName", name, defines[header] );
    return ret;
}

/* name is the C name before the prefix is applied and collisions are resolved. */
struct cstruct *map_new_struct( struct compiler *c, struct cfile *file, struct location where, const char *name,
                                const char *member_name, enum cstruct_place place )
{
    struct cstruct *structure = arena_alloc( &c->arena, sizeof(*structure) );
    struct cglobal *global = arena_alloc( &c->arena, sizeof(*global) );
    bool is_global = place == PLACE_GLOBAL_TYPE;

    structure->file = file;
    structure->place = place;
    structure->name = map_global_name( c, file, where, arena_printf( &c->arena, "%s%s", map_prefix( c, file ), name ) );
    structure->member = scope_add( &c->arena, is_global ? &file->type_members : &file->external_members, member_name );
    global->kind = GLOBAL_STRUCT;
    global->member = structure->member;
    global->item = structure;
    vec_add( &c->arena, is_global ? &file->types : &file->externals, global );
    vec_add( &c->arena, &file->structs, structure );
    return structure;
}

static struct cstruct *struct_of_type( struct compiler *c, struct xsd_type *type );

static struct ctype struct_type( struct cstruct *structure )
{
    struct ctype type = { CTYPE_STRUCT, "WS_STRUCT_TYPE", structure->name, structure, NULL, NULL, NULL };

    return type;
}

static void warn_renamed( struct compiler *c, struct location where, const char *what, const char *name,
                          const char *c_name )
{
    if (strcmp( name, c_name ))
        diag_warning( &c->diag, where, MSG_RENAMED, "%s '%s' is called '%s' in C", what, name, c_name );
}

/* The structure of a named complex type. */
static struct cstruct *struct_of_type( struct compiler *c, struct xsd_type *type )
{
    struct cstruct *structure = type->mapped;
    const char *name;

    if (structure) return structure;
    name = name_identifier( &c->arena, type->name );
    structure = map_new_struct( c, type->input->cfile, type->where, name, name, PLACE_GLOBAL_TYPE );
    structure->xml_name = type->name;
    structure->xml_ns = type->ns;
    structure->doc = type->doc;
    structure->source = type;
    type->mapped = structure;
    warn_renamed( c, type->where, "type", type->name, structure->name );
    return structure;
}

/* The structure of a type declared inside an element: "_E", with the parent's name in front when nested. */
static struct cstruct *anonymous_struct( struct compiler *c, struct xsd_element *element, struct cstruct *parent )
{
    struct xsd_type *type = element->anonymous;
    struct cstruct *structure = type->mapped;
    const char *own = name_normalize( &c->arena, element->name ), *name, *member;

    if (structure) return structure;
    name = arena_printf( &c->arena, "%s_%s", parent ? parent->name + strlen( map_prefix( c, parent->file ) ) : "", own );
    member = parent ? name : name_identifier( &c->arena, element->name );
    structure = map_new_struct( c, type->input->cfile, element->where, name, member, PLACE_EXTERNAL );
    structure->xml_name = element->name;
    structure->xml_ns = type->ns;
    structure->doc = type->doc ? type->doc : element->doc;
    structure->source = type;
    type->mapped = structure;
    if (parent) vec_add( &c->arena, &parent->anonymous, structure );
    return structure;
}

/* Types whose C type is written in another lexical form than the schema says. */
static void warn_other_form( struct compiler *c, const struct qname *name, struct location where )
{
    static const struct { const char *name; const char *form; } rows[] =
        { { "hexBinary", "base64Binary" }, { "date", "dateTime" }, { "time", "dateTime" } };
    size_t i;

    for (i = 0; xsd_is_schema_ns( name->ns ) && i < COUNT_OF( rows ); i++)
        if (!strcmp( name->name, rows[i].name ))
            diag_warning( &c->diag, where, MSG_BEHAVIOUR, "values of type xs:%s are read and written as xs:%s, which "
                          "other platforms may refuse", rows[i].name, rows[i].form );
}

static struct ctype buffer_type( struct compiler *c )
{
    struct qname any = { "http://www.w3.org/2001/XMLSchema", "anyType" };
    struct ctype ret = map_string( c );

    map_builtin( c, &any, &ret );
    return ret;
}

struct ctype map_named_type( struct compiler *c, const struct qname *name, struct location where, struct input *input )
{
    struct xsd_type *type = xsd_find_type( &c->xsd_context, name );
    struct ctype ret;

    if (type)
    {
        map_depend( c, input->cfile, type->input->cfile );
        return type->complex ? struct_type( struct_of_type( c, type ) ) : map_simple_type( c, type, NULL );
    }
    if (map_builtin( c, name, &ret ))
    {
        warn_other_form( c, name, where );
        return ret;
    }
    if (xsd_is_encoding_ns( name->ns ))
    {
        diag_warning( &c->diag, where, MSG_FALLBACK, "type '%s' of the SOAP encoding becomes an XML buffer", name->name );
        return buffer_type( c );
    }
    diag_error( &c->diag, where, MSG_UNRESOLVED, "type '%s' of namespace '%s' is not defined by any input; add the "
                "schema that defines it to the command line", name->name, name->ns );
    return map_string( c );
}

/* The type of an element declaration; parent is the structure it is declared in, NULL for a global one. */
struct ctype map_element_type( struct compiler *c, struct xsd_element *element, struct cstruct *parent )
{
    const char *name;

    if (element->substitution.name)
    {
        diag_warning( &c->diag, element->where, MSG_FALLBACK, "element '%s' belongs to a substitution group and becomes "
                      "an XML buffer", element->name );
        return buffer_type( c );
    }
    if (element->type.name) return map_named_type( c, &element->type, element->where, element->input );
    if (!element->anonymous) return buffer_type( c );
    if (element->anonymous->complex) return struct_type( anonymous_struct( c, element, parent ) );
    name = arena_printf( &c->arena, "%s_%s", parent ? parent->name : "", name_normalize( &c->arena, element->name ) );
    return map_simple_type( c, element->anonymous, name );
}

/* Inheritance. A base has to be a structure of our own; what it is derived from must be known before members are
 * filled in, because it decides about arrays and about the _type member. */
static void link_hierarchy( struct compiler *c, struct cstruct *structure )
{
    struct xsd_type *type = structure->source, *base;
    struct cstruct *base_struct;

    if (!type || type->simple_content || type->derivation != DERIVED_BY_EXTENSION) return;
    base = xsd_base_type( &c->xsd_context, type );
    if (!base)
    {
        if (type->base.name && !xsd_is_encoding_ns( type->base.ns ) &&
            !(xsd_is_schema_ns( type->base.ns ) && !strcmp( type->base.name, "anyType" )))
            diag_error( &c->diag, type->where, MSG_UNRESOLVED, "base type '%s' of namespace '%s' is not defined by any "
                        "input; add the schema that defines it to the command line", type->base.name, type->base.ns );
        return;
    }
    if (!base->complex || base->simple_content)
    {
        diag_error( &c->diag, type->where, MSG_SCHEMA, "base type '%s' of complex content has simple content; use "
                    "simpleContent", type->base.name );
        return;
    }
    base_struct = struct_of_type( c, base );
    structure->base = base_struct;
    structure->hierarchy = base_struct->hierarchy = true;
    vec_add( &c->arena, &base_struct->derived, structure );
    if (base_struct->file == structure->file) return;
    map_depend( c, structure->file, base_struct->file );
    vec_add( &c->arena, &base_struct->file->follows, structure->file );
}

static void map_attribute( struct compiler *c, struct xsd_attribute *source )
{
    struct cfile *file = source->input->cfile;
    struct cattribute *attribute = arena_alloc( &c->arena, sizeof(*attribute) );

    attribute->xml_name = source->name;
    attribute->xml_ns = source->ns;
    attribute->member = scope_add( &c->arena, &file->attribute_members, name_identifier( &c->arena, source->name ) );
    if (source->type.name) attribute->type = map_named_type( c, &source->type, source->where, source->input );
    else if (source->anonymous)
        attribute->type = map_simple_type( c, source->anonymous,
                                           arena_printf( &c->arena, "_%s", name_normalize( &c->arena, source->name ) ) );
    else attribute->type = map_string( c );
    if (attribute->type.kind == CTYPE_STRUCT || attribute->type.kind == CTYPE_BUFFER) attribute->type = map_string( c );
    vec_add( &c->arena, &file->attributes, attribute );
}

static struct celement *map_element( struct compiler *c, struct xsd_element *source )
{
    struct cfile *file = source->input->cfile;
    struct celement *element = source->mapped;

    if (element) return element;
    source->mapped = element = arena_alloc( &c->arena, sizeof(*element) );
    element->file = file;
    element->xml_name = source->name;
    element->xml_ns = source->ns;
    element->doc = source->doc;
    element->nillable = source->nillable;
    element->member = scope_add( &c->arena, &file->element_members, name_identifier( &c->arena, source->name ) );
    element->type = map_element_type( c, source, NULL );
    warn_renamed( c, source->where, "element", source->name, element->member );
    vec_add( &c->arena, &file->elements, element );
    return element;
}

struct celement *map_global_element( struct compiler *c, const struct qname *name, struct location where,
                                     const char *what )
{
    struct xsd_element *element = xsd_find_element( &c->xsd_context, name );

    if (element) return map_element( c, element );
    if (name->name)
        diag_error( &c->diag, where, MSG_UNRESOLVED, "%s: element '%s' of namespace '%s' is not defined by any input; add "
                    "the schema that defines it to the command line", what, name->name, name->ns );
    return NULL;
}

/* Derived types of the base's own file first, then the others by file, whatever the order of the inputs was. */
static void sort_derived( struct cstruct *base )
{
    struct vec *derived = &base->derived;
    struct cstruct *item, *other;
    size_t i, j;

    for (i = 1; i < derived->count; i++)
    {
        item = derived->items[i];
        for (j = i; j; j--)
        {
            other = derived->items[j - 1];
            if (other->file == item->file || other->file == base->file) break;
            if (item->file != base->file && strcmp( other->file->name, item->file->name ) <= 0) break;
            derived->items[j] = other;
        }
        derived->items[j] = item;
    }
}

static void map_global_types( struct compiler *c )
{
    struct xsd_type *type;
    size_t i;

    for (i = 0; i < c->xsd.global_types.count; i++)
    {
        type = c->xsd.global_types.items[i];
        if (type->complex) struct_of_type( c, type );
        else map_simple_type( c, type, NULL );
    }
}

/* Filling a structure can add anonymous ones at the end of a file's list. */
static void fill_structs( struct compiler *c )
{
    struct cfile *file;
    size_t i, j;

    for (i = 0; i < c->files.count; i++)
    {
        file = c->files.items[i];
        for (j = 0; j < file->structs.count; j++) map_fill_struct( c, file->structs.items[j] );
    }
}

void map_schemas( struct compiler *c )
{
    struct cfile *file;
    size_t i, j;

    for (i = 0; i < c->xsd.global_attributes.count; i++) map_attribute( c, c->xsd.global_attributes.items[i] );
    map_global_types( c );
    for (i = 0; i < c->xsd.global_elements.count; i++) map_element( c, c->xsd.global_elements.items[i] );
    for (i = 0; i < c->files.count; i++)
    {
        file = c->files.items[i];
        for (j = 0; j < file->structs.count; j++) link_hierarchy( c, file->structs.items[j] );
    }
    for (i = 0; i < c->files.count; i++)
    {
        file = c->files.items[i];
        for (j = 0; j < file->structs.count; j++) sort_derived( file->structs.items[j] );
    }
    fill_structs( c );
}
