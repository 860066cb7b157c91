/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes wsutil: whatever the documents say, it ends with files or with an error, and frees what it took.
 *
 * The input is one document or several, separated by a line of four dashes; the number of bytes chooses the options.
 */

#include <stdint.h>
#include <string.h>

#include "compile.h"
#include "emit.h"

#define SEPARATOR "\n----\n"

static void add_document( struct compiler *c, unsigned int index, const char *data, size_t len )
{
    struct input_arg arg = { arena_printf( &c->arena, "input%u.xml", index ), NULL, INPUT_ANY };
    struct input *input = input_parse( &c->arena, &c->diag, &arg, data, len );

    if (input) compile_add( c, input );
}

static void add_documents( struct compiler *c, const char *data, size_t len )
{
    const char *end;
    unsigned int i;

    for (i = 0; i < 4 && len; i++)
    {
        end = memmem( data, len, SEPARATOR, strlen( SEPARATOR ) );
        add_document( c, i, data, end ? (size_t)(end - data) : len );
        if (!end) break;
        len -= (size_t)(end - data) + strlen( SEPARATOR );
        data = end + strlen( SEPARATOR );
    }
}

static void set_options( struct options *options, size_t len )
{
    options->out_dir = ".";
    options->prefix = len & 1 ? "" : "P";
    options->full_name = len & 2;
    options->ws_string = len & 4;
    options->no_client = len & 8;
    options->no_service = len & 16;
    options->no_policy = (len & 96) == 96;
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    struct strbuf text = { 0 };
    struct compiler c;
    size_t i;

    memset( &c, 0, sizeof(c) );
    c.diag.silent = true;
    c.diag.level = 4;
    set_options( &c.options, size );
    compile_init( &c );
    add_documents( &c, (const char *)data, size );
    if (!c.diag.errors && compile_run( &c ))
    {
        for (i = 0; i < c.files.count; i++)
        {
            emit_header( &c, c.files.items[i], &text );
            emit_source( &c, c.files.items[i], &text );
            text.len = 0;
        }
    }
    strbuf_free( &text );
    compile_done( &c );
    return 0;
}
