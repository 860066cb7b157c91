/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: one run, from inputs to the C model.
 */

#include <string.h>

#include "compile.h"
#include "emit.h"
#include "xml.h"

/* Words that no type can be called: the name of an anonymous type is an underscore and the name of the element, and that of
 * a named type must not be one that the Windows headers have always defined. Not those that a program can leave out, such
 * as functions of GDI: there the names of the Windows tool stay. */
static const char *const taken_names[] =
{
    "_Alignas", "_Alignof", "_Atomic", "_Bool", "_Complex", "_Float128", "_Float16", "_Float32", "_Float64", "_Generic",
    "_Imaginary", "_Nonnull", "_Noreturn", "_Null_unspecified", "_Nullable", "_Pragma", "_Static_assert",
    "_Thread_local",
    "ATOM", "BOOL", "BOOLEAN", "BYTE", "CHAR", "COORD", "CURRENCY", "DATE", "DECIMAL", "DOUBLE", "DWORD", "FILETIME",
    "FLOAT", "GUID", "HANDLE", "HRESULT", "INT", "INT16", "INT32", "INT64", "INT8", "LONG", "LUID", "POINT", "RECT", "SHORT",
    "SIZE", "SYSTEMTIME", "UINT", "UINT16", "UINT32", "UINT64", "UINT8", "ULONG", "USHORT", "UUID", "VARIANT", "WCHAR", "WORD",
    "WS_BYTES", "WS_ERROR", "WS_FAULT", "WS_HEAP", "WS_MESSAGE", "WS_STRING"
};

void compile_init( struct compiler *c )
{
    size_t i;

    for (i = 0; i < COUNT_OF( taken_names ); i++) scope_add( &c->arena, &c->globals, taken_names[i] );
    c->diag.arena = &c->arena;
    c->xsd_context.arena = &c->arena;
    c->xsd_context.diag = &c->diag;
    c->xsd_context.set = &c->xsd;
}

void compile_done( struct compiler *c )
{
    size_t i;

    for (i = 0; i < c->inputs.count; i++) input_free( c->inputs.items[i] );
    arena_free( &c->arena );
}

static void add_file( struct compiler *c, struct input *input )
{
    struct cfile *file = arena_alloc( &c->arena, sizeof(*file) );
    const char *name = name_normalize( &c->arena, input->name );

    file->input = input;
    file->name = scope_add( &c->arena, &c->globals, arena_printf( &c->arena, "%s%s", c->options.prefix, name ) );
    file->local = scope_add( &c->arena, &c->globals, arena_printf( &c->arena, "%sLocalDefinitions", file->name ) );
    file->header = arena_printf( &c->arena, "%s.h", input->name );
    file->source = arena_printf( &c->arena, "%s.c", input->name );
    scope_add( &c->arena, &c->globals, arena_printf( &c->arena, "_%s", file->name ) );
    input->cfile = file;
    vec_add( &c->arena, &c->files, file );
}

void compile_add( struct compiler *c, struct input *input )
{
    struct location where = { input->path, 0 };
    struct input *other;
    size_t i;

    for (i = 0; i < c->inputs.count; i++)
    {
        other = c->inputs.items[i];
        if (!str_equal_nocase( other->name, input->name ) || input->kind == INPUT_POLICY) continue;
        diag_error( &c->diag, where, MSG_DUPLICATE, "its generated files would be those of '%s'; rename one of the two",
                    other->path );
        break;
    }
    vec_add( &c->arena, &c->inputs, input );
    if (input->kind != INPUT_POLICY) add_file( c, input );
}

static xmlNode *root_of( const struct input *input )
{
    return xmlDocGetRootElement( input->doc );
}

/* The schemas of an input: its root, or the children of wsdl:types. */
static void for_each_schema( struct compiler *c, struct input *input,
                             void (*func)( struct compiler *c, struct input *input, xmlNode *schema ) )
{
    xmlNode *root = root_of( input ), *types, *node;

    if (input->kind == INPUT_SCHEMA) func( c, input, root );
    if (input->kind != INPUT_WSDL) return;
    for (types = xml_first( root ); types; types = xml_next( types ))
    {
        if (!xml_is( types, NS_WSDL, "types" )) continue;
        for (node = xml_first( types ); node; node = xml_next( node ))
            if (!strcmp( xml_name( node ), "schema" ) && xsd_is_schema_ns( xml_ns( node ) )) func( c, input, node );
    }
}

static const char *last_component( const char *path )
{
    const char *slash = strrchr( path, '/' );

    return slash ? slash + 1 : path;
}

/* A schema without a namespace takes that of the schema that includes it. */
static void find_chameleons( struct compiler *c, struct input *input, xmlNode *schema )
{
    const char *ns = xml_attribute( &c->arena, schema, NULL, "targetNamespace" ), *location;
    struct input *other;
    xmlNode *node;
    size_t i;

    for (node = xml_first( schema ); ns && node; node = xml_next( node ))
    {
        if (strcmp( xml_name( node ), "include" ) || !xsd_is_schema_ns( xml_ns( node ) )) continue;
        if (!(location = xml_attribute( &c->arena, node, NULL, "schemaLocation" ))) continue;
        for (i = 0; i < c->inputs.count; i++)
        {
            other = c->inputs.items[i];
            if (other == input || other->kind != INPUT_SCHEMA || strcmp( other->name, last_component( location ) )) continue;
            if (xml_attribute( &c->arena, root_of( other ), NULL, "targetNamespace" )) continue;
            if (other->chameleon_ns && strcmp( other->chameleon_ns, ns ))
                diag_error( &c->diag, xml_location( input->path, node ), MSG_SCHEMA, "schema '%s' has no namespace and is "
                            "included into two; compile them separately", other->path );
            other->chameleon_ns = ns;
        }
    }
}

static void parse_schema( struct compiler *c, struct input *input, xmlNode *schema )
{
    xsd_parse_schema( &c->xsd_context, input, schema, input->chameleon_ns );
}

static void parse_inputs( struct compiler *c )
{
    struct input *input;
    size_t i;

    for (i = 0; i < c->inputs.count; i++) for_each_schema( c, c->inputs.items[i], find_chameleons );
    for (i = 0; i < c->inputs.count; i++)
    {
        input = c->inputs.items[i];
        for_each_schema( c, input, parse_schema );
        if (input->kind == INPUT_WSDL) wsdl_parse( &c->xsd_context, &c->wsdl, input, root_of( input ) );
        if (!c->options.no_policy) policy_register( &c->xsd_context, &c->policies, input, root_of( input ) );
    }
}

bool compile_run( struct compiler *c )
{
    parse_inputs( c );
    if (c->diag.errors) return false;
    xsd_link( &c->xsd_context );
    wsdl_link( &c->xsd_context, &c->wsdl );
    if (c->diag.errors) return false; /* cycles are gone from here on */
    map_schemas( c );
    map_wsdl( c );
    if (c->diag.errors) return false;
    emit_plan( c );
    return true;
}
