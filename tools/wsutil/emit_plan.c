/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: order and nesting of the descriptions, and the dictionary.
 *
 * The description of a structure contains those of structures of the same file that are first met among its fields.
 * Names of dictionary strings tell where a text was first needed, so the walk over everything decides about them.
 */

#include <string.h>

#include "emit.h"

/* Deeper nesting only makes compilers slow; what is met beyond is described beside the others. */
#define MAX_NESTING 8

static void dict_add( struct compiler *c, struct cfile *file, const char *text, const char *stem, const char *suffix )
{
    struct dict_entry *entry;

    if (!text || map_get( &file->strings, text )) return;
    entry = arena_alloc( &c->arena, sizeof(*entry) );
    entry->text = text;
    entry->index = file->entries.count;
    entry->id = scope_add( &c->arena, &file->string_ids, arena_printf( &c->arena, "%s%s", stem, suffix ) );
    map_set( &c->arena, &file->strings, text, entry );
    vec_add( &c->arena, &file->entries, entry );
}

const char *emit_string( struct emitter *e, const char *text )
{
    struct dict_entry *entry = text ? map_get( &e->file->strings, text ) : NULL;

    if (!entry) return "0";
    return arena_printf( &e->c->arena, "(WS_XML_STRING*)&%s.dictionary.xmlStrings.%s", e->file->local, entry->id );
}

static void plan_field_strings( struct compiler *c, struct cstruct *structure, struct cfield *field )
{
    const char *stem = arena_printf( &c->arena, "%s%s", structure->name, field->name );
    bool wrapped = field->mapping == FIELD_ARRAY;
    struct cunion *choice = field->type.choice;
    size_t i;

    dict_add( c, structure->file, wrapped ? field->item_name : field->xml_name, stem, "LocalName" );
    dict_add( c, structure->file, wrapped ? field->item_ns : field->xml_ns, stem, "Namespace" );
    if (wrapped)
    {
        dict_add( c, structure->file, field->xml_name, stem, "WrapperName" );
        dict_add( c, structure->file, field->xml_ns, stem, "WrapperNamespace" );
    }
    for (i = 0; choice && i < choice->fields.count; i++) plan_field_strings( c, structure, choice->fields.items[i] );
}

static void plan_struct( struct compiler *c, struct cstruct *structure, const char *path, unsigned int depth );

static void plan_nested( struct compiler *c, struct cstruct *structure, const struct cfield *at, struct cfield *field,
                         unsigned int depth )
{
    struct cstruct *inner = field->type.structure;
    struct cunion *choice = field->type.choice;
    size_t i;

    for (i = 0; choice && i < choice->fields.count; i++)
        plan_nested( c, structure, at, choice->fields.items[i], depth );
    if (!inner || inner->described || inner->file != structure->file || depth >= MAX_NESTING) return;
    inner->nested_at = at;
    vec_add( &c->arena, &structure->nested, inner );
    plan_struct( c, inner, structure->path, depth + 1 );
}

static void plan_struct( struct compiler *c, struct cstruct *structure, const char *path, unsigned int depth )
{
    struct cfile *file = structure->file;
    struct cfield *field;
    size_t i;

    structure->described = true;
    structure->all_fields = map_all_fields( c, structure );
    structure->path = arena_printf( &c->arena, "%s.%sdescs", path, structure->name );
    dict_add( c, file, structure->xml_name, structure->name, "TypeName" );
    dict_add( c, file, structure->xml_ns, structure->name, "TypeNamespace" );
    for (i = 0; i < structure->all_fields.count; i++)
    {
        field = structure->all_fields.items[i];
        plan_nested( c, structure, field, field, depth );
        plan_field_strings( c, structure, field );
    }
}

static void plan_enum( struct compiler *c, struct cenum *enumeration )
{
    struct cenum_value *value;
    size_t i;

    for (i = 0; i < enumeration->values.count; i++)
    {
        value = enumeration->values.items[i];
        dict_add( c, enumeration->file, value->text, value->name, "" );
    }
}

static void plan_globals( struct compiler *c, const struct vec *globals )
{
    struct cstruct *structure;
    struct cglobal *global;
    size_t i;

    for (i = 0; i < globals->count; i++)
    {
        global = globals->items[i];
        structure = global->item;
        if (global->kind == GLOBAL_ENUM) plan_enum( c, global->item );
        else if (global->kind == GLOBAL_STRUCT && !structure->described)
            plan_struct( c, structure, structure->place == PLACE_GLOBAL_TYPE ? "globalTypes" : "globalElements", 0 );
    }
}

static void plan_elements( struct compiler *c, struct cfile *file )
{
    struct celement *element;
    struct cstruct *structure;
    size_t i;

    for (i = 0; i < file->elements.count; i++)
    {
        element = file->elements.items[i];
        structure = element->type.structure;
        if (structure && structure->file == file && structure->place == PLACE_EXTERNAL && !structure->described)
            plan_struct( c, structure, "globalElements", 0 );
        dict_add( c, file, element->xml_name, element->member, "TypeName" );
        dict_add( c, file, element->xml_ns, element->member, "TypeNamespace" );
    }
}

static void plan_messages( struct compiler *c, struct cfile *file, const struct vec *messages )
{
    struct cmessage *message;
    size_t i;

    for (i = 0; i < messages->count; i++)
    {
        message = messages->items[i];
        dict_add( c, file, message->action, message->member, "actionName" );
    }
}

static void plan_file( struct compiler *c, struct cfile *file )
{
    struct cattribute *attribute;
    struct creference *reference;
    size_t i;

    for (i = 0; i < file->attributes.count; i++)
    {
        attribute = file->attributes.items[i];
        dict_add( c, file, attribute->xml_name, attribute->member, "TypeName" );
        dict_add( c, file, attribute->xml_ns, attribute->member, "TypeNamespace" );
    }
    plan_globals( c, &file->types );
    plan_elements( c, file );
    plan_globals( c, &file->externals );
    plan_messages( c, file, &file->messages );
    plan_messages( c, file, &file->faults );
    for (i = 0; i < file->references.count; i++)
    {
        reference = file->references.items[i];
        dict_add( c, file, reference->text, reference->member, "endpointReferenceString" );
    }
}

void emit_plan( struct compiler *c )
{
    size_t i;

    for (i = 0; i < c->files.count; i++) plan_file( c, c->files.items[i] );
}

static void add_dependencies( struct compiler *c, struct cfile *file, struct vec *ret, struct map *seen )
{
    struct cfile *other;
    size_t i;

    if (map_set( &c->arena, seen, file->name, file )) return;
    for (i = 0; i < file->depends.count; i++)
    {
        other = file->depends.items[i];
        add_dependencies( c, other, ret, seen );
    }
    vec_add( &c->arena, ret, file );
}

struct vec emit_dependencies( struct compiler *c, struct cfile *file )
{
    struct map seen = { 0 };
    struct vec ret = { 0 };

    add_dependencies( c, file, &ret, &seen );
    ret.count--; /* the file itself comes last */
    return ret;
}

const char *emit_struct_ref( struct emitter *e, const struct cstruct *structure )
{
    return arena_printf( &e->c->arena, "&%s.%s.%s", structure->file->name,
                         structure->place == PLACE_GLOBAL_TYPE ? "globalTypes" : "externallyReferencedTypes",
                         structure->member );
}

const char *emit_enum_ref( struct emitter *e, const struct cenum *enumeration )
{
    return arena_printf( &e->c->arena, "(WS_ENUM_DESCRIPTION*)&%s.%s.%s", enumeration->file->name,
                         enumeration->place == PLACE_GLOBAL_TYPE ? "globalTypes" : "externallyReferencedTypes",
                         enumeration->member );
}

const char *emit_type_ref( struct emitter *e, const struct ctype *type, const char *range )
{
    if (type->kind == CTYPE_STRUCT) return arena_printf( &e->c->arena, "(void*)%s", emit_struct_ref( e, type->structure ) );
    if (type->kind == CTYPE_ENUM) return emit_enum_ref( e, type->enumeration );
    if (!type->range) return "0";
    if (type->range->member)
        return arena_printf( &e->c->arena, "(void*)&%s.globalTypes.%s", type->range->file->name, type->range->member );
    return range ? arena_printf( &e->c->arena, "(void*)&%s", range ) : "0";
}
