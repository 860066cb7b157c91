/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: compiles WSDL, XML Schema and WS-Policy documents to C for the Windows Web Services API.
 */

#include <stdio.h>
#include <string.h>
#include <libxml/parser.h>

#include "compile.h"
#include "output.h"

enum exit_status
{
    STATUS_OK     = 0,
    STATUS_INPUT  = 1,  /* errors in the inputs */
    STATUS_USAGE  = 2,  /* errors on the command line */
    STATUS_OUTPUT = 3   /* files cannot be written, or no memory */
};

static void print_summary( const struct compiler *c )
{
    const struct cfile *file;
    size_t i;

    for (i = 0; i < c->files.count; i++)
    {
        file = c->files.items[i];
        printf( "%s: %s/%s, %s/%s\n", file->input->path, c->options.out_dir, file->header, c->options.out_dir,
                file->source );
    }
    printf( "%zu file%s generated, %u warning%s.\n", c->files.count * 2, c->files.count == 1 ? "s" : "s",
            c->diag.warnings, c->diag.warnings == 1 ? "" : "s" );
}

static void load_inputs( struct compiler *c )
{
    struct input *input;
    size_t i;

    for (i = 0; i < c->options.inputs.count; i++)
    {
        const struct input_arg *arg = c->options.inputs.items[i];

        if (arg->kind == INPUT_POLICY && c->options.no_policy) continue;
        if ((input = input_load( &c->arena, &c->diag, arg ))) compile_add( c, input );
    }
}

static enum exit_status run( struct compiler *c )
{
    struct location nowhere = { NULL, 0 };

    load_inputs( c );
    if (c->diag.errors || !compile_run( c ))
    {
        diag_warning( &c->diag, nowhere, MSG_NOTHING_WRITTEN, "there were errors; no file was generated" );
        return STATUS_INPUT;
    }
    if (c->diag.errors) return STATUS_INPUT;
    if (!output_write( c )) return STATUS_OUTPUT;
    if (!c->options.no_summary) print_summary( c );
    return STATUS_OK;
}

int main( int argc, char **argv )
{
    struct location nowhere = { NULL, 0 };
    struct compiler c;
    enum exit_status status = STATUS_USAGE;
    bool valid;

    memset( &c, 0, sizeof(c) );
    c.diag.level = 1;
    compile_init( &c );
    valid = options_parse( &c.arena, &c.diag, &c.options, argc - 1, argv + 1 );
    c.diag.level = c.options.warning_level;
    c.diag.warnings_are_errors = c.options.warnings_are_errors;
    if (!c.options.no_logo) printf( "Windows Web Services Tool, wsutil " WS_VERSION " for Wine\n" );
    if (c.options.help || argc < 2)
    {
        options_print_usage();
        if (c.options.help && valid) status = STATUS_OK;
    }
    else if (valid && !c.options.inputs.count)
        diag_error( &c.diag, nowhere, MSG_OPTION, "there is no input; name a WSDL, schema or policy file" );
    else if (valid) status = run( &c );
    if (fflush( stdout ) && status == STATUS_OK) status = STATUS_OUTPUT;
    compile_done( &c );
    xmlCleanupParser();
    return status;
}
