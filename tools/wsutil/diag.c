/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: errors and warnings.
 */

#include <stdio.h>
#include <string.h>

#include "diag.h"

static void print_message( struct diag *diag, const char *kind, struct location where, enum message_number number,
                           const char *format, va_list args )
{
    struct strbuf line = { 0 };

    strbuf_printf( &line, "%s WSUTIL%04u  ", kind, (unsigned int)number );
    if (where.file && where.line > 0) strbuf_printf( &line, "%s(%ld): ", where.file, where.line );
    else if (where.file) strbuf_printf( &line, "%s: ", where.file );
    strbuf_vprintf( &line, format, args );
    if (!diag->arena || !map_set( diag->arena, &diag->said, line.data, diag ))
    {
        fflush( stdout ); /* keeps the order when both go to the same place */
        fprintf( stderr, "%s\n", line.data );
        if (!strcmp( kind, "error" )) diag->errors++;
        else diag->warnings++;
    }
    strbuf_free( &line );
}

void diag_error( struct diag *diag, struct location where, enum message_number number, const char *format, ... )
{
    va_list args;

    if (diag->silent)
    {
        diag->errors++;
        return;
    }
    va_start( args, format );
    print_message( diag, "error", where, number, format, args );
    va_end( args );
}

static unsigned int warning_level( enum message_number number )
{
    return number >= MSG_UNSUPPORTED ? (unsigned int)number / 100 - 10 : 1;
}

void diag_warning( struct diag *diag, struct location where, enum message_number number, const char *format, ... )
{
    va_list args;

    if (warning_level( number ) > diag->level) return;
    if (diag->silent)
    {
        if (diag->warnings_are_errors) diag->errors++;
        else diag->warnings++;
        return;
    }
    va_start( args, format );
    print_message( diag, diag->warnings_are_errors ? "error" : "warning", where, number, format, args );
    va_end( args );
}
