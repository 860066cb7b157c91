/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: C declarations of types.
 *
 * A structure is declared after everything it contains by value: enumerations, its base, and choices. Structures it
 * only points to can come later.
 */

#include <string.h>

#include "emit.h"

static void declare_struct( struct emitter *e, struct cstruct *structure );

static void declare_enum( struct emitter *e, struct cenum *enumeration )
{
    struct cenum_value *value;
    size_t i;

    if (enumeration->declared || enumeration->file != e->file) return;
    enumeration->declared = true;
    emit_doc( e, enumeration->doc );
    emit( e, "// typeDescription: %s.%s.%s", e->file->name,
          enumeration->place == PLACE_GLOBAL_TYPE ? "globalTypes" : "externallyReferencedTypes", enumeration->member );
    emit( e, "typedef enum %s", enumeration->name );
    emit_open( e, NULL );
    for (i = 0; i < enumeration->values.count; i++)
    {
        value = enumeration->values.items[i];
        emit_doc( e, value->doc );
        emit( e, "%s = %u%s", value->name, (unsigned int)i, i + 1 < enumeration->values.count ? "," : "" );
    }
    emit_close( e, arena_printf( &e->c->arena, " %s;", enumeration->name ) );
    emit_blank( e );
}

/* The member's type up to its name. */
static const char *member_type( struct emitter *e, const struct cfield *field )
{
    const struct ctype *type = &field->type;
    const char *keyword = type->kind == CTYPE_STRUCT || type->kind == CTYPE_UNION ? "struct " :
                          type->kind == CTYPE_ENUM ? "enum " : "";

    return arena_printf( &e->c->arena, "%s%s%s%s", keyword, type->c_name, field->options & FIELD_POINTER ? "*" : "",
                         field->count_name ? "*" : "" );
}

static void declare_member( struct emitter *e, const struct cfield *field, const char *alignment )
{
    bool nil = (field->options & (FIELD_OPTIONAL | FIELD_NILLABLE)) != 0;
    bool can_be_null = field->count_name || field->options & FIELD_POINTER || field->type.kind == CTYPE_NIL_VALUE ||
                       field->type.kind == CTYPE_BUFFER;
    const char *comment = (field->count_name || nil) && can_be_null ? " // optional" : "";

    emit_doc( e, field->doc );
    if (field->count_name)
    {
        emit( e, "%sunsigned int %s;", alignment, field->count_name );
        emit( e, "%s(%s) %s %s;%s", nil ? "_Field_size_opt_" : "_Field_size_", field->count_name,
              member_type( e, field ), field->name, comment );
    }
    else emit( e, "%s%s %s;%s", alignment, member_type( e, field ), field->name, comment );
}

static void declare_members( struct emitter *e, const struct vec *fields, const char *alignment )
{
    size_t i;

    for (i = 0; i < fields->count; i++) declare_member( e, fields->items[i], i ? "" : alignment );
}

static void declare_union( struct emitter *e, struct cunion *choice )
{
    struct cfield *field;
    size_t i;

    emit( e, "typedef enum %s", choice->selector );
    emit_open( e, NULL );
    emit( e, "%s = 0%s", choice->none, choice->fields.count ? "," : "" );
    for (i = 0; i < choice->fields.count; i++)
    {
        field = choice->fields.items[i];
        emit( e, "%s = %u%s", field->selector, (unsigned int)i + 1, i + 1 < choice->fields.count ? "," : "" );
    }
    emit_close( e, arena_printf( &e->c->arena, " %s;", choice->selector ) );
    emit_blank( e );
    emit( e, "// one of the elements of a choice of %s", choice->owner->name );
    emit( e, "typedef struct %s", choice->name );
    emit_open( e, NULL );
    emit( e, "%s selector;", choice->selector );
    emit( e, "union" );
    emit_open( e, NULL );
    declare_members( e, &choice->fields, "" );
    emit_close( e, " value;" );
    emit_close( e, arena_printf( &e->c->arena, " %s;", choice->name ) );
    emit_blank( e );
}

static void declare_contained( struct emitter *e, const struct cfield *field )
{
    struct cunion *choice = field->type.choice;
    size_t i;

    if (field->type.enumeration) declare_enum( e, field->type.enumeration );
    if (!choice) return;
    for (i = 0; i < choice->fields.count; i++) declare_contained( e, choice->fields.items[i] );
    declare_union( e, choice );
}

/* "As..." for everything derived, however indirectly. */
static void declare_casts( struct emitter *e, const struct cstruct *structure )
{
    struct cstruct *derived;
    size_t i;

    for (i = 0; i < structure->derived.count; i++)
    {
        derived = structure->derived.items[i];
        emit( e, "struct %s* As%s();", derived->name, derived->name );
        declare_casts( e, derived );
    }
}

/* Classes in C++, as the native tool does it. Compilers other than Microsoft's may put the first member of a derived
 * class into the padding at the end of its base, which the C structure never does: its alignment prevents that. */
static void declare_class( struct emitter *e, struct cstruct *structure )
{
    const char *alignment = "";

    emit( e, "#if defined(_WS_CPLUSPLUS)" );
    if (structure->base)
    {
        emit( e, "typedef struct %s : %s", structure->name, structure->base->name );
        alignment = arena_printf( &e->c->arena, "alignas(%s) ", structure->base->name );
    }
    else emit( e, "typedef struct %s", structure->name );
    emit_open( e, NULL );
    emit( e, "%s();", structure->name );
    emit( e, "%s(const struct _WS_STRUCT_DESCRIPTION*);", structure->name );
    declare_casts( e, structure );
    declare_members( e, &structure->fields, alignment );
    emit_close( e, arena_printf( &e->c->arena, " %s;", structure->name ) );
    emit( e, "#else" );
}

static void declare_struct( struct emitter *e, struct cstruct *structure )
{
    size_t i;

    if (structure->declared || structure->file != e->file) return;
    structure->declared = true;
    if (structure->base) declare_struct( e, structure->base );
    for (i = 0; i < structure->fields.count; i++) declare_contained( e, structure->fields.items[i] );
    emit_doc( e, structure->doc );
    if (!structure->fields.count && !structure->base)
    {
        emit( e, "typedef struct %s %s;", structure->name, structure->name );
        emit_blank( e );
    }
    else
    {
        if (structure->place == PLACE_GLOBAL_TYPE)
            emit( e, "// typeDescription: %s.globalTypes.%s", e->file->name, structure->member );
        else emit( e, "// typeDescription: n/a" );
        if (structure->hierarchy) declare_class( e, structure );
        emit( e, "typedef struct %s", structure->name );
        emit_open( e, NULL );
        if (structure->base) emit( e, "struct %s _base;", structure->base->name );
        declare_members( e, &structure->fields, "" );
        emit_close( e, arena_printf( &e->c->arena, " %s;", structure->name ) );
        if (structure->hierarchy) emit( e, "#endif" );
        emit_blank( e );
    }
    for (i = 0; i < structure->nested.count; i++) declare_struct( e, structure->nested.items[i] );
}

static void declare_globals( struct emitter *e, const struct vec *globals )
{
    struct cglobal *global;
    size_t i;

    for (i = 0; i < globals->count; i++)
    {
        global = globals->items[i];
        if (global->kind == GLOBAL_ENUM) declare_enum( e, global->item );
        else if (global->kind == GLOBAL_STRUCT) declare_struct( e, global->item );
    }
}

void emit_type_declarations( struct emitter *e )
{
    struct celement *element;
    size_t i;

    if (!e->file->types.count && !e->file->externals.count) return;
    emit_banner( e, "C structure definitions for generated types" );
    declare_globals( e, &e->file->types );
    for (i = 0; i < e->file->elements.count; i++)
    {
        element = e->file->elements.items[i];
        if (element->type.structure) declare_struct( e, element->type.structure );
    }
    declare_globals( e, &e->file->externals );
}

/* Functions for structures that are part of a hierarchy. They belong to the file of the derived structure. */

static void cast_prototypes( struct emitter *e, struct cstruct *derived )
{
    struct cstruct *base;

    for (base = derived->base; base; base = base->base)
    {
        emit( e, "struct %s* WINAPI %s_As%s(%s* value);", derived->name, base->name, derived->name, base->name );
        emit( e, "#define %s_As_%s %s_As%s", base->name, derived->name, base->name, derived->name );
    }
}

static void class_functions( struct emitter *e, struct cstruct *structure )
{
    const char *name = structure->name, *base = structure->base ? structure->base->name : NULL;
    struct cstruct *ancestor;

    emit( e, "inline %s::%s()", name, name );
    if (base) emit( e, "    : %s(%s)", base, emit_struct_ref( e, structure ) );
    emit_open( e, NULL );
    emit( e, "%s_Init(this);", name );
    emit_close( e, "" );
    emit( e, "inline %s::%s(const struct _WS_STRUCT_DESCRIPTION* type)", name, name );
    if (base) emit( e, "    : %s(type)", base );
    emit_open( e, NULL );
    emit( e, "%s_Init(this);", name );
    emit( e, "_type = type;" );
    emit_close( e, "" );
    for (ancestor = structure->base; ancestor; ancestor = ancestor->base)
        emit( e, "inline struct %s* %s::As%s() { return %s_As%s(this); }", name, ancestor->name, name, ancestor->name,
              name );
    emit_blank( e );
}

static bool has_hierarchy( const struct cfile *file )
{
    size_t i;

    for (i = 0; i < file->structs.count; i++) if (((struct cstruct *)file->structs.items[i])->hierarchy) return true;
    return false;
}

void emit_hierarchy_prototypes( struct emitter *e )
{
    struct cstruct *structure;
    size_t i;

    if (!has_hierarchy( e->file )) return;
    emit_banner( e, "Functions for structures that are derived from others" );
    emit( e, "// <type>_Init clears a structure and sets its type; <base>_As<derived> returns NULL when the value is" );
    emit( e, "// of another type. In C++ constructors and members do the same." );
    for (i = 0; i < e->file->structs.count; i++)
    {
        structure = e->file->structs.items[i];
        if (!structure->hierarchy) continue;
        emit( e, "void WINAPI %s_Init(%s* value);", structure->name, structure->name );
        cast_prototypes( e, structure );
    }
    emit_blank( e );
    emit( e, "#if defined(_WS_CPLUSPLUS)" );
    for (i = 0; i < e->file->structs.count; i++)
    {
        structure = e->file->structs.items[i];
        if (structure->hierarchy) class_functions( e, structure );
    }
    emit( e, "#endif" );
    emit_blank( e );
}

static void cast_functions( struct emitter *e, struct cstruct *derived )
{
    const char *member = "_type";
    struct cstruct *base;

    for (base = derived->base; base; base = base->base)
    {
        const char *path = member;
        struct cstruct *level;

        for (level = base; level->base; level = level->base) path = arena_printf( &e->c->arena, "_base.%s", path );
        emit( e, "struct %s* WINAPI %s_As%s(%s* value)", derived->name, base->name, derived->name, base->name );
        emit_open( e, NULL );
        emit( e, "const WS_STRUCT_DESCRIPTION* type;" );
        emit_blank( e );
        emit( e, "for (type = value->%s; type; type = type->parentType)", path );
        emit( e, "    if (type == %s) return (struct %s*)value;", emit_struct_ref( e, derived ), derived->name );
        emit( e, "return NULL;" );
        emit_close( e, "" );
        emit_blank( e );
    }
}

void emit_hierarchy_functions( struct emitter *e )
{
    struct cstruct *structure, *level;
    const char *path;
    size_t i;

    for (i = 0; i < e->file->structs.count; i++)
    {
        structure = e->file->structs.items[i];
        if (!structure->hierarchy) continue;
        path = "_type";
        for (level = structure; level->base; level = level->base) path = arena_printf( &e->c->arena, "_base.%s", path );
        emit( e, "void WINAPI %s_Init(%s* value)", structure->name, structure->name );
        emit_open( e, NULL );
        emit( e, "ZeroMemory(value, sizeof(*value));" );
        emit( e, "value->%s = %s;", path, emit_struct_ref( e, structure ) );
        emit_close( e, "" );
        emit_blank( e );
        cast_functions( e, structure );
    }
}
