/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: from XML names to C identifiers.
 */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "naming.h"

/* Words a member or parameter cannot be called: the first letter becomes upper case. Sorted. */
static const char *const reserved_words[] =
{
    "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "boolean", "break", "byte",
    "case", "catch", "cdecl", "char", "char16_t", "char32_t", "char8_t", "class", "co_await", "co_return", "co_yield",
    "compl", "concept", "const", "const_cast", "consteval", "constexpr", "constinit", "continue", "decimal",
    "decltype", "default", "delete", "do", "double", "dynamic_cast", "else", "enum", "errno", "explicit", "export",
    "extern", "false", "far", "float", "for", "friend", "goto", "hyper", "if", "inline", "int", "interface", "long",
    "mutable", "namespace", "near", "new", "noexcept", "not", "not_eq", "nullptr", "operator", "or", "or_eq",
    "pascal", "private", "protected", "public", "register", "reinterpret_cast", "requires", "restrict", "return",
    "short", "signed", "sizeof", "small", "static", "static_assert", "static_cast", "stderr", "stdin", "stdout",
    "string", "struct", "switch", "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid",
    "typename", "typeof", "typeof_unqual", "union", "unsigned", "using", "virtual", "void", "volatile", "wchar_t",
    "while", "xor", "xor_eq"
};

/* Macros of the Windows headers that would change or remove a member of that name, and words of C that have no letter to
 * change: a '_' is put in front. Sorted. */
static const char *const macro_names[] =
{
    "ABSOLUTE", "ALTERNATE", "CALLBACK", "CDECL", "CONST", "DELETE", "DIFFERENCE", "DOMAIN", "DUPLICATE", "ERROR",
    "EXTERN_C", "FALSE", "FAR", "HALFTONE", "IGNORE", "IN", "INFINITE", "NEAR", "NOERROR", "NO_ERROR", "NULL",
    "OPAQUE", "OPTIONAL", "OUT", "OVERFLOW", "PASCAL", "PLANES", "PURE", "REGISTERED", "RELATIVE", "STRICT",
    "SYNCHRONIZE", "TECHNOLOGY", "THIS", "TRANSPARENT", "TRUE", "UNALIGNED", "UNDERFLOW", "UNICODE", "VOID", "WIN32",
    "WIN64", "WINAPI", "WINDING", "WINNT", "_Alignas", "_Alignof", "_Atomic", "_Bool", "_Complex", "_Generic",
    "_Imaginary", "_Noreturn", "_Pragma", "_Static_assert", "_Thread_local", "i386", "linux", "max", "min", "unix"
};

static int compare_word( const void *key, const void *item )
{
    return strcmp( key, *(const char *const *)item );
}

static bool contains( const char *const *words, size_t count, const char *name )
{
    return bsearch( name, words, count, sizeof(*words), compare_word ) != NULL;
}

static unsigned int decode_utf8( const char **pos )
{
    const unsigned char *text = (const unsigned char *)*pos;
    unsigned int code = *text++, more = code >= 0xf0 ? 3 : code >= 0xe0 ? 2 : 1;

    code &= 0x3fu >> more;
    while (more-- && (*text & 0xc0) == 0x80) code = code << 6 | (*text++ & 0x3fu);
    *pos = (const char *)text;
    return code;
}

const char *name_normalize( struct arena *arena, const char *name )
{
    struct strbuf buf = { 0 };
    const char *ret;

    if (!*name || isdigit( (unsigned char)*name )) strbuf_puts( &buf, "_" );
    while (*name)
    {
        if ((unsigned char)*name >= 0x80) strbuf_printf( &buf, "u%04X", decode_utf8( &name ) );
        else
        {
            char ch = isalnum( (unsigned char)*name ) ? *name : '_';

            strbuf_add( &buf, &ch, 1 );
            name++;
        }
    }
    ret = arena_strdup( arena, buf.data );
    strbuf_free( &buf );
    return ret;
}

const char *name_identifier( struct arena *arena, const char *name )
{
    const char *ret = name_normalize( arena, name );
    char *changed;

    if (contains( macro_names, COUNT_OF( macro_names ), ret )) return arena_printf( arena, "_%s", ret );
    if (!contains( reserved_words, COUNT_OF( reserved_words ), ret )) return ret;
    changed = arena_strdup( arena, ret );
    changed[0] = (char)toupper( (unsigned char)changed[0] );
    return changed;
}

const char *scope_add( struct arena *arena, struct scope *scope, const char *name )
{
    const char *ret = name;
    unsigned int i;

    for (i = 0; map_get( &scope->names, ret ); i++) ret = arena_printf( arena, "%s%u", name, i );
    map_set( arena, &scope->names, ret, scope );
    return ret;
}

bool scope_has( const struct scope *scope, const char *name )
{
    return map_get( &scope->names, name ) != NULL;
}
