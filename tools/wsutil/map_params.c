/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: the parameters of operations.
 *
 * Either the fields of the two message elements become parameters, those with the same name and type in both being
 * in and out, or each message is one parameter.
 */

#include <string.h>

#include "model.h"

/* With the keyword, since a parameter may be called like its type and would hide it from those that follow. */
static const char *type_name( struct compiler *c, const struct ctype *type )
{
    if (type->kind == CTYPE_ENUM) return arena_printf( &c->arena, "enum %s", type->c_name );
    if (type->kind == CTYPE_STRUCT || type->kind == CTYPE_UNION)
        return arena_printf( &c->arena, "struct %s", type->c_name );
    return type->c_name;
}

/* The C type of a field when it is an input parameter. */
static const char *input_type( struct compiler *c, const struct cfield *field )
{
    const char *name = type_name( c, &field->type );
    bool pointer = (field->options & FIELD_POINTER) != 0;
    bool array = field->count_name != NULL;
    /* WCHAR* is a pointer by itself, but not one of the options */
    return arena_printf( &c->arena, "%s%s%s", name, pointer ? "*" : "", array ? "*" : "" );
}

static struct cparam *new_param( struct compiler *c, struct vec *params, enum cparam_kind kind, const char *name,
                                 const char *c_type )
{
    struct cparam *param = arena_alloc( &c->arena, sizeof(*param) );

    param->kind = kind;
    param->name = name;
    param->c_type = c_type;
    param->in_index = param->out_index = -1;
    vec_add( &c->arena, params, param );
    return param;
}

static void set_direction( struct cparam *param, int in_index, int out_index )
{
    param->in_index = in_index;
    param->out_index = out_index;
    param->in = in_index >= 0;
    param->out = out_index >= 0;
}

static void add_field_params( struct compiler *c, struct coperation *operation, struct scope *names,
                              const struct cfield *field, int in_index, int out_index )
{
    bool collides = scope_has( names, field->name );
    const char *stem = collides && in_index < 0 ? arena_printf( &c->arena, "out%s", field->name ) : field->name;
    const char *name = scope_add( &c->arena, names, stem ), *count = NULL;
    struct cparam *param;

    if (field->count_name)
    {
        count = scope_add( &c->arena, names, arena_printf( &c->arena, "%sCount", name ) );
        param = new_param( c, &operation->params, PARAM_ARRAY_COUNT, count, "unsigned int" );
        param->field = field;
        set_direction( param, in_index, out_index );
    }
    param = new_param( c, &operation->params, count ? PARAM_ARRAY : PARAM_NORMAL, name, input_type( c, field ) );
    param->field = field;
    param->count = count;
    param->doc = field->doc;
    param->pointer = count || (field->options & FIELD_POINTER) || field->type.kind == CTYPE_BUFFER ||
                     !strcmp( field->type.ws_type, "WS_WSZ_TYPE" );
    param->zero_terminated = !count && !strcmp( field->type.ws_type, "WS_WSZ_TYPE" );
    param->optional = param->pointer && (field->options & (FIELD_OPTIONAL | FIELD_NILLABLE));
    set_direction( param, in_index, out_index );
}

static bool same_text( const char *a, const char *b )
{
    return str_equal( a ? a : "", b ? b : "" );
}

static bool same_field( const struct cfield *a, const struct cfield *b )
{
    return !strcmp( a->name, b->name ) && same_text( a->xml_name, b->xml_name ) && a->mapping == b->mapping &&
           same_text( a->item_name, b->item_name ) && !strcmp( a->type.ws_type, b->type.ws_type ) &&
           !strcmp( a->type.c_name, b->type.c_name ) && (a->options & FIELD_POINTER) == (b->options & FIELD_POINTER);
}

static int find_field( const struct vec *fields, const struct cfield *field )
{
    size_t i;

    for (i = 0; i < fields->count; i++) if (same_field( fields->items[i], field )) return (int)i;
    return -1;
}

static void fields_of( struct compiler *c, const struct cmessage *message, struct vec *fields )
{
    memset( fields, 0, sizeof(*fields) );
    if (message && message->element && message->element->type.structure)
        *fields = map_all_fields( c, message->element->type.structure );
}

/* Merges the two lists of fields; what is in both keeps the order of both. */
static void merge_fields( struct compiler *c, struct coperation *operation, struct location where )
{
    struct vec in_fields, out_fields;
    struct scope names = { { 0 } };
    size_t i, next_out = 0;
    int other;

    fields_of( c, operation->input, &in_fields );
    fields_of( c, operation->output, &out_fields );
    for (i = 0; i < in_fields.count; i++)
    {
        other = find_field( &out_fields, in_fields.items[i] );
        if (other >= 0 && (size_t)other < next_out)
        {
            diag_error( &c->diag, where, MSG_PARAMETERS, "operation '%s': the fields that are both input and output, such "
                        "as '%s', have a different order in the two messages; use the same order", operation->xml_name,
                        ((struct cfield *)in_fields.items[i])->name );
            return;
        }
        for (; other >= 0 && next_out < (size_t)other; next_out++)
            add_field_params( c, operation, &names, out_fields.items[next_out], -1, (int)next_out );
        if (other >= 0) next_out++;
        add_field_params( c, operation, &names, in_fields.items[i], (int)i, other );
    }
    for (; next_out < out_fields.count; next_out++)
        add_field_params( c, operation, &names, out_fields.items[next_out], -1, (int)next_out );
}

/* Whether the element's fields can be passed one by one. */
static bool is_expandable( struct compiler *c, const struct cmessage *message )
{
    const struct cfield *field;
    struct vec fields;
    size_t i;

    if (!message) return true;
    if (message->encoded) return true;
    if (!message->element || message->element->type.kind != CTYPE_STRUCT) return false;
    if (message->element->nillable && !message->element->wrapper) return false;
    if (message->element->type.structure->hierarchy) return false;
    fields = map_all_fields( c, message->element->type.structure );
    for (i = 0; i < fields.count; i++)
    {
        field = fields.items[i];
        if (field->mapping != FIELD_ELEMENT && field->mapping != FIELD_ARRAY && field->mapping != FIELD_ANY &&
            field->mapping != FIELD_ANY_ARRAY) return false;
    }
    return true;
}

static bool has_parameters_part( const struct cmessage *message )
{
    const struct wsdl_part *part;

    if (!message) return true;
    if (message->element && message->element->wrapper) return true; /* RPC, or several parts: one parameter each */
    if (message->parts.count != 1) return message->parts.count == 0;
    part = message->parts.items[0];
    return !strcmp( part->name, "parameters" );
}

static void message_param( struct compiler *c, struct coperation *operation, struct scope *names,
                           const struct cmessage *message, bool is_output )
{
    const struct ctype *type;
    struct cparam *param;
    const char *name;
    bool pointer, wsz, nillable;

    if (!message || !message->element) return;
    nillable = message->element->nillable && !message->element->wrapper;
    name = name_identifier( &c->arena, nillable ? ((struct wsdl_part *)message->parts.items[0])->name :
                                                  message->source->name );
    if (is_output && scope_has( names, name )) name = arena_printf( &c->arena, "out%s", name );
    name = scope_add( &c->arena, names, name );
    type = &message->element->type;
    wsz = !strcmp( type->ws_type, "WS_WSZ_TYPE" );
    pointer = !wsz && type->kind != CTYPE_BUFFER; /* a message is always passed by a pointer to its element's value */
    param = new_param( c, &operation->params, PARAM_MESSAGES, name,
                       arena_printf( &c->arena, "%s%s", type_name( c, type ), pointer ? "*" : "" ) );
    param->pointer = pointer || wsz || type->kind == CTYPE_BUFFER;
    param->zero_terminated = wsz;
    param->optional = nillable && param->pointer;
    param->doc = message->element->doc;
    set_direction( param, is_output ? -1 : 0, is_output ? 0 : -1 );
}

void map_parameters( struct compiler *c, struct coperation *operation, struct wsdl_operation *source )
{
    struct scope names = { { 0 } };

    if (has_parameters_part( operation->input ) &&
        has_parameters_part( operation->output ) && is_expandable( c, operation->input ) &&
        is_expandable( c, operation->output ))
    {
        merge_fields( c, operation, source->where );
        return;
    }
    operation->nillable_input = operation->input->element && operation->input->element->nillable;
    operation->nillable_output = operation->output && operation->output->element &&
                                 operation->output->element->nillable;
    message_param( c, operation, &names, operation->input, false );
    message_param( c, operation, &names, operation->output, true );
}
