/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The little of MIME that MTOM needs. */

#include "xml/mime.h"

static BYTE lower( BYTE c )
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static BOOL is_space( BYTE c )
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static BOOL same_text( const BYTE *bytes, ULONG len, const char *text )
{
    ULONG i;

    for (i = 0; i < len && text[i]; i++) if (lower( bytes[i] ) != (BYTE)text[i]) return FALSE;
    return i == len && !text[i];
}

BOOL mime_is( const struct mime_text *value, const char *text )
{
    return same_text( value->bytes, value->len, text );
}

static void trim( struct mime_text *text )
{
    while (text->len && is_space( text->bytes[0] ))
    {
        text->bytes++;
        text->len--;
    }
    while (text->len && is_space( text->bytes[text->len - 1] )) text->len--;
}

struct mime_text mime_strip_id( struct mime_text id )
{
    trim( &id );
    if (id.len > 1 && id.bytes[0] == '<' && id.bytes[id.len - 1] == '>')
    {
        id.bytes++;
        id.len -= 2;
    }
    return id;
}

enum mime_result mime_headers( const BYTE *p, const BYTE *end, struct mime_text *block, const BYTE **next )
{
    const BYTE *line = p, *eol;

    for (;;)
    {
        if (!(eol = memchr( line, '\n', end - line ))) return MIME_SHORT;
        if (eol == line || (eol == line + 1 && *line == '\r')) break;
        line = eol + 1;
    }
    block->bytes = p;
    block->len = line - p;
    *next = eol + 1;
    return MIME_FOUND;
}

BOOL mime_field( const struct mime_text *block, const char *name, struct mime_text *value )
{
    const BYTE *line = block->bytes, *end = line + block->len, *eol, *colon;

    for (; line < end; line = eol)
    {
        /* up to the line that is not a continuation */
        for (eol = line; (eol = memchr( eol, '\n', end - eol )) && ++eol < end && (*eol == ' ' || *eol == '\t'); ) {}
        if (!eol) eol = end;
        if (!(colon = memchr( line, ':', eol - line )) || !same_text( line, colon - line, name )) continue;
        value->bytes = colon + 1;
        value->len = eol - value->bytes;
        trim( value );
        return TRUE;
    }
    return FALSE;
}

/* The end of a value's part that begins at p: a semicolon outside of quotes, or the end. */
static const BYTE *part_end( const BYTE *p, const BYTE *end )
{
    BOOL quoted = FALSE;

    for (; p < end && (quoted || *p != ';'); p++)
    {
        if (*p == '"') quoted = !quoted;
        else if (quoted && *p == '\\' && p + 1 < end) p++;
    }
    return p;
}

struct mime_text mime_main_value( const struct mime_text *value )
{
    struct mime_text ret = *value;

    if (ret.len) ret.len = part_end( ret.bytes, ret.bytes + ret.len ) - ret.bytes;
    trim( &ret );
    return ret;
}

BOOL mime_param( const struct mime_text *value, const char *name, struct mime_text *param )
{
    const BYTE *p = value->bytes, *end = p + value->len, *stop, *equals;
    struct mime_text key;

    if (!value->len) return FALSE;
    for (p = part_end( p, end ); p < end; p = stop)
    {
        stop = part_end( ++p, end );
        if (!(equals = memchr( p, '=', stop - p ))) continue;
        key.bytes = p;
        key.len = equals - p;
        trim( &key );
        if (!same_text( key.bytes, key.len, name )) continue;
        param->bytes = equals + 1;
        param->len = stop - param->bytes;
        trim( param );
        if (param->len > 1 && param->bytes[0] == '"' && param->bytes[param->len - 1] == '"')
        {
            param->bytes++;
            param->len -= 2;
        }
        return TRUE;
    }
    return FALSE;
}

/* Is the delimiter at p, behind the line end? MIME_BAD: no. */
static enum mime_result match_delimiter( const BYTE *p, const BYTE *end, const struct mime_text *boundary, const BYTE **next,
                                         BOOL *last )
{
    SIZE_T len = end - p;
    const BYTE *eol;

    if (memcmp( p, "--", min( len, 2 ) )) return MIME_BAD;
    if (len < 2) return MIME_SHORT;
    p += 2;
    len -= 2;
    if (memcmp( p, boundary->bytes, min( len, boundary->len ) )) return MIME_BAD;
    if (len < boundary->len + 2) return MIME_SHORT;
    p += boundary->len;
    if ((*last = p[0] == '-' && p[1] == '-'))
    {
        *next = p + 2;
        return MIME_FOUND;
    }
    /* white space may pad the line */
    for (eol = p; eol < end && (*eol == ' ' || *eol == '\t'); eol++) {}
    if (end - eol < 2) return MIME_SHORT;
    if (eol[0] != '\r' || eol[1] != '\n') return MIME_BAD;
    *next = eol + 2;
    return MIME_FOUND;
}

enum mime_result mime_delimiter( const BYTE *p, const BYTE *end, const struct mime_text *boundary, BOOL at_line_start,
                                 const BYTE **stop, const BYTE **next, BOOL *last )
{
    enum mime_result result;

    if (at_line_start && (result = match_delimiter( p, end, boundary, next, last )) != MIME_BAD)
    {
        *stop = p;
        return result;
    }
    while ((p = memchr( p, '\r', end - p )))
    {
        *stop = p;
        if (end - p < 2) return MIME_SHORT;
        if (p[1] == '\n' && (result = match_delimiter( p + 2, end, boundary, next, last )) != MIME_BAD) return result;
        p++;
    }
    *stop = end;
    return MIME_SHORT;
}
