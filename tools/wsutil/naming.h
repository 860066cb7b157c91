/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: from XML names to C identifiers.
 */

#ifndef WSUTIL_NAMING_H
#define WSUTIL_NAMING_H

#include "base.h"

/* A set of identifiers in use: a structure's members, or everything with file scope. */
struct scope
{
    struct map names;
};

/* An identifier for name: characters that C does not allow become '_', those beyond ASCII their hexadecimal
 * code; a name that begins with a digit gets a '_' in front. Never empty. */
const char *name_normalize( struct arena *arena, const char *name );

/* name_normalize, and words that C, C++ or the Windows headers reserve are changed. */
const char *name_identifier( struct arena *arena, const char *name );

/* Takes name, or name followed by the first free number, into the scope and returns it. */
const char *scope_add( struct arena *arena, struct scope *scope, const char *name );
bool scope_has( const struct scope *scope, const char *name );

/* Whether and where the Windows headers declare the name, so that no type can have it. */
enum windows_header
{
    WINDOWS_NONE,
    WINDOWS_ALWAYS,
    WINDOWS_GDI,     /* not with NOGDI */
    WINDOWS_USER,    /* not with NOUSER */
    WINDOWS_OTHER    /* not with WIN32_LEAN_AND_MEAN */
};

enum windows_header windows_name( const char *name );

#endif
