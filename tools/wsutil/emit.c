/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: lines, comments and literals of the generated files.
 */

#include <ctype.h>
#include <string.h>

#include "emit.h"

#define COMMENT_LENGTH 120
#define DOC_WIDTH      100

void emit( struct emitter *e, const char *format, ... )
{
    static const char spaces[] = "                                                                ";
    va_list args;
    size_t width;

    width = e->indent * 4;
    strbuf_add( e->out, spaces, width < sizeof(spaces) ? width : sizeof(spaces) - 1 );
    va_start( args, format );
    strbuf_vprintf( e->out, format, args );
    va_end( args );
    emit_blank( e );
}

void emit_blank( struct emitter *e )
{
    strbuf_puts( e->out, "\r\n" );
}

void emit_open( struct emitter *e, const char *comment )
{
    if (comment) emit( e, "{  // %s", comment );
    else emit( e, "{" );
    e->indent++;
}

void emit_close( struct emitter *e, const char *text )
{
    e->indent--;
    emit( e, "}%s", text );
}

void emit_banner( struct emitter *e, const char *title )
{
    emit( e, "////////////////////////////////////////////////" );
    emit( e, "// %s", title );
    emit( e, "////////////////////////////////////////////////" );
    emit_blank( e );
}

void emit_doc( struct emitter *e, const char *doc )
{
    size_t len, width = DOC_WIDTH - e->indent * 4;
    const char *end;

    while (doc && *doc)
    {
        len = strlen( doc );
        if (len > width)
        {
            len = width;
            while (len && doc[len] != ' ') len--;
            if (!len) len = strcspn( doc, " " );
        }
        end = doc + len;
        /* a backslash would continue the comment, also one written as a trigraph */
        while (len && (doc[len - 1] == '\\' || doc[len - 1] == ' ' || (len > 2 && !memcmp( doc + len - 3, "?\?/", 3 )))) len--;
        emit( e, "// %.*s", (int)len, doc );
        doc = end;
        while (*doc == ' ') doc++;
    }
}

const char *emit_comment( struct emitter *e, const char *text )
{
    size_t len = strlen( text );
    bool cut = len > COMMENT_LENGTH;
    char *ret = arena_strndup( &e->c->arena, text, cut ? COMMENT_LENGTH : len ), *pos;

    while (cut && (ret[strlen( ret ) - 1] & 0xc0) == 0x80) ret[strlen( ret ) - 1] = 0;
    for (pos = ret; *pos; pos++)
        if (iscntrl( (unsigned char)*pos ) || (unsigned char)*pos >= 0x80 || (*pos == '\\' && !pos[1]) ||
            (*pos == '?' && pos[1] == '?')) *pos = ' ';
    return cut ? arena_printf( &e->c->arena, "%s...", ret ) : ret;
}

const char *emit_literal( struct emitter *e, const char *text )
{
    struct strbuf buf = { 0 };
    const char *ret;

    strbuf_puts( &buf, "\"" );
    for (; *text; text++)
    {
        if (*text == '\n') strbuf_puts( &buf, "\\n" );
        else if (*text == '"' || *text == '\\') strbuf_printf( &buf, "\\%c", *text );
        else if (*text == '?' && buf.data[buf.len - 1] == '?') strbuf_puts( &buf, "\\?" ); /* no trigraphs */
        else if ((unsigned char)*text < 0x20 || (unsigned char)*text >= 0x7f)
            strbuf_printf( &buf, "\\%03o", (unsigned char)*text );
        else strbuf_add( &buf, text, 1 );
    }
    strbuf_puts( &buf, "\"" );
    ret = arena_strdup( &e->c->arena, buf.data );
    strbuf_free( &buf );
    return ret;
}

void emit_hiding( struct emitter *e, unsigned int hides, bool guarded )
{
    static const struct { enum windows_header header; const char *name; } rows[] =
    {
        { WINDOWS_OTHER, "WIN32_LEAN_AND_MEAN" },
        { WINDOWS_GDI, "NOGDI" },
        { WINDOWS_USER, "NOUSER" },
        { WINDOWS_USER, "COM_NO_WINDOWS_H" }
    };
    size_t i;

    for (i = 0; i < COUNT_OF( rows ); i++)
    {
        if (!(hides & 1u << rows[i].header)) continue;
        if (guarded) emit( e, "#ifndef %s", rows[i].name );
        emit( e, "%s#define %s", guarded ? "" : "// ", rows[i].name );
        if (guarded) emit( e, "#endif" );
    }
}
