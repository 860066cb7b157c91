/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: errors and warnings.
 */

#include <stdio.h>

#include "diag.h"

static void print_message( const char *kind, struct location where, enum message_number number,
                           const char *format, va_list args )
{
    fflush( stdout ); /* keeps the order when both go to the same place */
    fprintf( stderr, "%s WSUTIL%04u  ", kind, (unsigned int)number );
    if (where.file && where.line > 0) fprintf( stderr, "%s(%ld): ", where.file, where.line );
    else if (where.file) fprintf( stderr, "%s: ", where.file );
    vfprintf( stderr, format, args );
    fputc( '\n', stderr );
}

void diag_error( struct diag *diag, struct location where, enum message_number number, const char *format, ... )
{
    va_list args;

    diag->errors++;
    if (diag->silent) return;
    va_start( args, format );
    print_message( "error", where, number, format, args );
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
    if (diag->warnings_are_errors) diag->errors++;
    else diag->warnings++;
    if (diag->silent) return;
    va_start( args, format );
    print_message( diag->warnings_are_errors ? "error" : "warning", where, number, format, args );
    va_end( args );
}
