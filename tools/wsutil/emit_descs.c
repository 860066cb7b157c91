/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: the descriptions of types.
 *
 * Each is printed twice, with the same structure: as a member of the local structure and as the value of it.
 */

#include <string.h>

#include "emit.h"

static const char *const mapping_names[] =
{
    "WS_TYPE_ATTRIBUTE_FIELD_MAPPING",
    "WS_ATTRIBUTE_FIELD_MAPPING",
    "WS_XML_ATTRIBUTE_FIELD_MAPPING",
    "WS_ELEMENT_FIELD_MAPPING",
    "WS_REPEATING_ELEMENT_FIELD_MAPPING",
    "WS_TEXT_FIELD_MAPPING",
    "WS_ELEMENT_CHOICE_FIELD_MAPPING",
    "WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING",
    "WS_ANY_ELEMENT_FIELD_MAPPING",
    "WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING",
    "WS_ANY_CONTENT_FIELD_MAPPING"
};

/* A name beside those of the fields: the suffix alone could make it equal to one of them. */
static const char *beside( struct emitter *e, const struct cstruct *structure, const char *name, const char *suffix )
{
    const char *ret = arena_printf( &e->c->arena, "%s%s", name, suffix );

    while (scope_has( &structure->members, ret )) ret = arena_printf( &e->c->arena, "%s_", ret );
    return ret;
}

static bool has_anonymous_range( const struct cfield *field )
{
    return field->type.range && !field->type.range->member;
}

/* Members. */

static void struct_members( struct emitter *e, struct cstruct *structure );

static void side_members( struct emitter *e, struct cstruct *structure, const struct cfield *field )
{
    if (has_anonymous_range( field ))
        emit( e, "%s %s;", field->type.range->desc_type, beside( e, structure, field->name, "TypeDesc" ) );
    if (field->ranged) emit( e, "WS_ITEM_RANGE %s;", beside( e, structure, field->name, "Range" ) );
}

static void union_members( struct emitter *e, struct cstruct *structure, const struct cfield *field )
{
    const struct cunion *choice = field->type.choice;
    struct cfield *inner;
    size_t i;

    emit( e, "struct  // choice %s", field->name );
    emit_open( e, NULL );
    for (i = 0; i < choice->fields.count; i++)
    {
        inner = choice->fields.items[i];
        if (has_anonymous_range( inner ))
            emit( e, "%s %s_TypeDesc;", inner->type.range->desc_type, inner->selector );
        emit( e, "WS_UNION_FIELD_DESCRIPTION %s;", inner->selector );
    }
    emit( e, "WS_UNION_FIELD_DESCRIPTION* unionFields [%zu];", choice->fields.count );
    emit( e, "WS_UNION_DESCRIPTION unionDesc;" );
    emit_close( e, arena_printf( &e->c->arena, " %s;", beside( e, structure, field->name, "descs" ) ) );
}

static void struct_members( struct emitter *e, struct cstruct *structure )
{
    const struct cfield *field;
    struct cstruct *inner;
    size_t i, j;

    if (!structure->all_fields.count) return;
    emit( e, "struct  // %s", structure->name );
    emit_open( e, NULL );
    for (i = 0; i < structure->all_fields.count; i++)
    {
        field = structure->all_fields.items[i];
        for (j = 0; j < structure->nested.count; j++)
        {
            inner = structure->nested.items[j];
            if (inner->nested_at == field) struct_members( e, inner );
        }
        if (field->type.choice) union_members( e, structure, field );
        side_members( e, structure, field );
        emit( e, "WS_FIELD_DESCRIPTION %s;", field->name );
    }
    if (structure->derived.count)
        emit( e, "WS_STRUCT_DESCRIPTION* %s [%zu];", beside( e, structure, structure->name, "SubTypes" ),
              structure->derived.count );
    emit( e, "WS_FIELD_DESCRIPTION* %s [%zu];", beside( e, structure, structure->name, "Fields" ),
          structure->all_fields.count );
    emit_close( e, arena_printf( &e->c->arena, " %sdescs; // end of %s", structure->name, structure->name ) );
}

static void enum_members( struct emitter *e, const struct cenum *enumeration )
{
    emit( e, "struct  // %s", enumeration->name );
    emit_open( e, NULL );
    emit( e, "WS_ENUM_VALUE %sValues [%zu];", enumeration->name, enumeration->values.count );
    emit( e, "unsigned long nameIndices [%zu];", enumeration->values.count );
    emit_close( e, arena_printf( &e->c->arena, " %senumDesc; // end of %s", enumeration->name, enumeration->name ) );
}

/* Values. */

static void struct_values( struct emitter *e, struct cstruct *structure );

static const char *option_names( struct emitter *e, unsigned int options )
{
    static const struct { unsigned int flag; const char *name; } rows[] =
    {
        { FIELD_POINTER, "WS_FIELD_POINTER" },
        { FIELD_OPTIONAL, "WS_FIELD_OPTIONAL" },
        { FIELD_NILLABLE, "WS_FIELD_NILLABLE" },
        { FIELD_NILLABLE_ITEM, "WS_FIELD_NILLABLE_ITEM" }
    };
    const char *ret = NULL;
    size_t i;

    for (i = 0; i < COUNT_OF( rows ); i++)
        if (options & rows[i].flag)
            ret = ret ? arena_printf( &e->c->arena, "%s | %s", ret, rows[i].name ) : rows[i].name;
    return ret ? ret : "0";
}

static void string_value( struct emitter *e, const char *text, const char *end )
{
    if (text) emit( e, "%s%s // %s", emit_string( e, text ), end, emit_comment( e, text ) );
    else emit( e, "0%s", end );
}

/* The members of a WS_FIELD_DESCRIPTION; owner is the C structure the offsets are in, inside its path to them. */
static void field_value( struct emitter *e, const struct cfield *field, const char *owner, const char *inside,
                         const char *type_ref, const char *range_ref )
{
    bool wrapped = field->mapping == FIELD_ARRAY;

    emit( e, "%s,", mapping_names[field->mapping] );
    string_value( e, field->xml_name, "," );
    string_value( e, field->mapping == FIELD_XML_ATTRIBUTE || !field->xml_name ? NULL : field->xml_ns, "," );
    emit( e, "%s,", field->type.ws_type );
    emit( e, "%s,", type_ref );
    emit( e, "WsOffsetOf(%s, %s%s),", owner, inside, field->name );
    emit( e, "%s,", option_names( e, field->options ) );
    emit( e, "0," );
    if (field->count_name) emit( e, "WsOffsetOf(%s, %s%s),", owner, inside, field->count_name );
    else emit( e, "0xffffffff," );
    string_value( e, wrapped ? field->item_name : NULL, "," );
    string_value( e, wrapped ? field->item_ns : NULL, "," );
    emit( e, "%s", range_ref );
}

static void union_field_value( struct emitter *e, const struct cunion *choice, const struct cfield *field,
                               const char *path )
{
    const char *range = NULL;

    if (has_anonymous_range( field ))
    {
        range = arena_printf( &e->c->arena, "%s.%s_TypeDesc", path, field->selector );
        emit( e, "{ %s, %s },", field->type.range->minimum, field->type.range->maximum );
    }
    emit_open( e, field->name );
    emit( e, "%s,", field->selector );
    emit_open( e, NULL );
    field_value( e, field, choice->name, "value.", emit_type_ref( e, &field->type, range ), "0" );
    emit_close( e, "" );
    emit_close( e, "," );
}

static void union_values( struct emitter *e, struct cstruct *structure, const struct cfield *field )
{
    const struct cunion *choice = field->type.choice;
    const char *path = arena_printf( &e->c->arena, "%s.%s.%s", e->file->local, structure->path,
                                     beside( e, structure, field->name, "descs" ) );
    size_t i;

    emit_open( e, arena_printf( &e->c->arena, "choice %s", field->name ) );
    for (i = 0; i < choice->fields.count; i++) union_field_value( e, choice, choice->fields.items[i], path );
    emit_open( e, NULL );
    for (i = 0; i < choice->fields.count; i++)
        emit( e, "(WS_UNION_FIELD_DESCRIPTION*)&%s.%s,", path, ((struct cfield *)choice->fields.items[i])->selector );
    emit_close( e, "," );
    emit_open( e, "union description" );
    emit( e, "sizeof(%s),", choice->name );
    emit( e, "__alignof(%s),", choice->name );
    emit( e, "(WS_UNION_FIELD_DESCRIPTION**)&%s.unionFields,", path );
    emit( e, "%zu,", choice->fields.count );
    emit( e, "WsOffsetOf(%s, selector),", choice->name );
    emit( e, "%s,", choice->none );
    emit( e, "0" );
    emit_close( e, "" );
    emit_close( e, "," );
}

static const char *item_maximum( struct emitter *e, unsigned int max )
{
    return max == OCCURS_UNBOUNDED ? "0xffffffff" : arena_printf( &e->c->arena, "%u", max );
}

static void one_field_value( struct emitter *e, struct cstruct *structure, const struct cfield *field )
{
    const char *base = arena_printf( &e->c->arena, "%s.%s", e->file->local, structure->path );
    const char *type_ref, *range_ref = "0", *anonymous = NULL;

    if (field->type.choice) union_values( e, structure, field );
    if (has_anonymous_range( field ))
    {
        anonymous = arena_printf( &e->c->arena, "%s.%s", base, beside( e, structure, field->name, "TypeDesc" ) );
        emit( e, "{ %s, %s },", field->type.range->minimum, field->type.range->maximum );
    }
    if (field->ranged)
    {
        range_ref = arena_printf( &e->c->arena, "(WS_ITEM_RANGE*)&%s.%s", base,
                                  beside( e, structure, field->name, "Range" ) );
        emit( e, "{ %u, %s },", field->min, item_maximum( e, field->max ) );
    }
    if (field->type.choice)
        type_ref = arena_printf( &e->c->arena, "(void*)&%s.%s.unionDesc", base,
                                 beside( e, structure, field->name, "descs" ) );
    else type_ref = emit_type_ref( e, &field->type, anonymous );
    emit_open( e, arena_printf( &e->c->arena, "field description for %s", field->name ) );
    field_value( e, field, field->owner->name, "", type_ref, range_ref );
    emit_close( e, arena_printf( &e->c->arena, ",  // end of field description for %s", field->name ) );
}

static void struct_values( struct emitter *e, struct cstruct *structure )
{
    const struct cfield *field;
    struct cstruct *inner;
    size_t i, j;

    if (!structure->all_fields.count) return;
    emit_open( e, structure->name );
    for (i = 0; i < structure->all_fields.count; i++)
    {
        field = structure->all_fields.items[i];
        for (j = 0; j < structure->nested.count; j++)
        {
            inner = structure->nested.items[j];
            if (inner->nested_at == field) struct_values( e, inner );
        }
        one_field_value( e, structure, field );
    }
    if (structure->derived.count)
    {
        emit_open( e, "derived types" );
        for (i = 0; i < structure->derived.count; i++)
            emit( e, "(WS_STRUCT_DESCRIPTION*)%s,", emit_struct_ref( e, structure->derived.items[i] ) );
        emit_close( e, "," );
    }
    emit_open( e, arena_printf( &e->c->arena, "fields description for %s", structure->name ) );
    for (i = 0; i < structure->all_fields.count; i++)
        emit( e, "(WS_FIELD_DESCRIPTION*)&%s.%s.%s,", e->file->local, structure->path,
              ((struct cfield *)structure->all_fields.items[i])->name );
    emit_close( e, "," );
    emit_close( e, arena_printf( &e->c->arena, ",  // %s", structure->name ) );
}

/* Indices of the values in the order of their names, compared byte by byte. */
static void sort_names( const struct cenum *enumeration, unsigned int *indices )
{
    const struct vec *values = &enumeration->values;
    unsigned int i, j, index;

    for (i = 0; i < values->count; i++)
    {
        index = i;
        for (j = i; j && strcmp( ((struct cenum_value *)values->items[indices[j - 1]])->text,
                                 ((struct cenum_value *)values->items[index])->text ) > 0; j--)
            indices[j] = indices[j - 1];
        indices[j] = index;
    }
}

static void enum_values( struct emitter *e, const struct cenum *enumeration )
{
    unsigned int *indices = arena_alloc( &e->c->arena, (enumeration->values.count + 1) * sizeof(*indices) );
    struct cenum_value *value;
    size_t i;

    sort_names( enumeration, indices );
    emit_open( e, enumeration->name );
    emit_open( e, "values" );
    for (i = 0; i < enumeration->values.count; i++)
    {
        value = enumeration->values.items[i];
        emit( e, "{ %zu, %s }, // %s", i, emit_string( e, value->text ), emit_comment( e, value->text ) );
    }
    emit_close( e, "," );
    emit_open( e, "nameIndices" );
    for (i = 0; i < enumeration->values.count; i++) emit( e, "%u,", indices[i] );
    emit_close( e, "" );
    emit_close( e, arena_printf( &e->c->arena, ",  // %s", enumeration->name ) );
}

/* The two sections. */

typedef void (*struct_printer)( struct emitter *e, struct cstruct *structure );
typedef void (*enum_printer)( struct emitter *e, const struct cenum *enumeration );

/* What belongs to a section: structures that begin there, and for the first section all enumerations. A structure without
 * fields has nothing to describe, but makes the section exist. */
static bool in_section( const struct cstruct *structure, bool types )
{
    static const char prefix[] = "globalTypes.";

    return structure->path && !structure->nested_at && !strncmp( structure->path, prefix, sizeof(prefix) - 1 ) == types;
}

static void print_section( struct emitter *e, bool types, struct_printer print_struct, enum_printer print_enum )
{
    const struct vec *lists[2] = { &e->file->types, &e->file->externals };
    struct cglobal *global;
    size_t i, j;

    for (i = 0; i < 2; i++)
    {
        for (j = 0; j < lists[i]->count; j++)
        {
            global = lists[i]->items[j];
            if (global->kind == GLOBAL_STRUCT && in_section( global->item, types ) &&
                ((struct cstruct *)global->item)->all_fields.count) print_struct( e, global->item );
            else if (global->kind == GLOBAL_ENUM && types) print_enum( e, global->item );
        }
    }
}

static bool section_exists( const struct cfile *file, bool types )
{
    const struct vec *lists[2] = { &file->types, &file->externals };
    struct cglobal *global;
    size_t i, j;

    for (i = 0; i < 2; i++)
    {
        for (j = 0; j < lists[i]->count; j++)
        {
            global = lists[i]->items[j];
            if (global->kind == GLOBAL_STRUCT && in_section( global->item, types )) return true;
            if (global->kind == GLOBAL_ENUM && types) return true;
        }
    }
    return false;
}

bool emit_has_global_types( const struct cfile *file )
{
    return section_exists( file, true );
}

bool emit_has_global_elements( const struct cfile *file )
{
    return section_exists( file, false );
}

void emit_type_members( struct emitter *e )
{
    if (emit_has_global_types( e->file ))
    {
        emit( e, "struct  // global types" );
        emit_open( e, NULL );
        emit( e, "char unused;" );
        print_section( e, true, struct_members, enum_members );
        emit_close( e, " globalTypes;  // end of global types" );
    }
    if (emit_has_global_elements( e->file ))
    {
        emit( e, "struct  // global elements" );
        emit_open( e, NULL );
        emit( e, "char unused;" );
        print_section( e, false, struct_members, enum_members );
        emit_close( e, " globalElements;  // end of global elements" );
    }
}

void emit_type_values( struct emitter *e )
{
    if (emit_has_global_types( e->file ))
    {
        emit_open( e, "global types" );
        emit( e, "0," );
        print_section( e, true, struct_values, enum_values );
        emit_close( e, ",  // end of global types" );
    }
    if (emit_has_global_elements( e->file ))
    {
        emit_open( e, "global elements" );
        emit( e, "0," );
        print_section( e, false, struct_values, enum_values );
        emit_close( e, ",  // end of global elements" );
    }
}

/* Members of the global object. */

static const char *struct_options( struct emitter *e )
{
    bool content = e->c->options.ignore_trailing_content, attributes = e->c->options.ignore_unhandled_attributes;

    if (content && attributes) return "WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT | WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES";
    if (content) return "WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT";
    return attributes ? "WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES" : "0";
}

void emit_struct_description( struct emitter *e, struct cstruct *structure )
{
    const char *path = arena_printf( &e->c->arena, "%s.%s", e->file->local, structure->path );

    emit_open( e, structure->name );
    if (structure->all_fields.count)
    {
        emit( e, "sizeof(%s),", structure->name );
        emit( e, "__alignof(%s),", structure->name );
        emit( e, "(WS_FIELD_DESCRIPTION**)&%s.%s,", path, beside( e, structure, structure->name, "Fields" ) );
        emit( e, "WsCountOf(%s.%s),", path, beside( e, structure, structure->name, "Fields" ) );
    }
    else emit( e, "0, 1, 0, 0," );
    string_value( e, structure->xml_name, "," );
    string_value( e, structure->xml_name ? structure->xml_ns : NULL, "," );
    if (structure->base) emit( e, "(WS_STRUCT_DESCRIPTION*)%s,", emit_struct_ref( e, structure->base ) );
    else emit( e, "0," );
    if (structure->derived.count)
        emit( e, "(WS_STRUCT_DESCRIPTION**)&%s.%s, %zu,", path, beside( e, structure, structure->name, "SubTypes" ),
              structure->derived.count );
    else emit( e, "0, 0," );
    emit( e, "%s", struct_options( e ) );
    emit_close( e, arena_printf( &e->c->arena, ",  // end of struct description for %s", structure->name ) );
}

void emit_enum_description( struct emitter *e, struct cenum *enumeration )
{
    const char *path = arena_printf( &e->c->arena, "%s.globalTypes.%senumDesc", e->file->local, enumeration->name );
    size_t i, longest = 0;

    for (i = 0; i < enumeration->values.count; i++)
    {
        size_t len = strlen( ((struct cenum_value *)enumeration->values.items[i])->text );

        if (len > longest) longest = len;
    }
    emit_open( e, enumeration->name );
    emit( e, "(WS_ENUM_VALUE*)&%s.%sValues,", path, enumeration->name );
    emit( e, "%zu,", enumeration->values.count );
    emit( e, "%zu,", longest );
    emit( e, "(unsigned long*)&%s.nameIndices", path );
    emit_close( e, arena_printf( &e->c->arena, ",  // end of %s", enumeration->name ) );
}

void emit_range_description( struct emitter *e, struct crange *range )
{
    emit( e, "{ %s, %s },  // %s", range->minimum, range->maximum, range->member );
}
