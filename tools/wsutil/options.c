/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: the command line.
 *
 * '-' and '/' introduce an option alike, which on Unix makes "/tmp/a.wsdl" ambiguous: an argument that
 * begins with '/' is an option when its name is one, and a file otherwise.
 */

#include <ctype.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "options.h"

#define MAX_RESPONSE_DEPTH 16

struct parser
{
    struct arena *arena;
    struct diag *diag;
    struct options *options;
    unsigned int depth;         /* nested response files */
    struct location where;      /* of the argument: the response file, or nothing */
};

struct option_row
{
    const char *name;
    size_t flag;                                               /* offset of the bool to set, or 0 */
    bool (*parse)( struct parser *parser, const char *value ); /* takes what follows the colon */
    bool has_value;
};

static void parse_argument( struct parser *parser, const char *arg );

static const char *next_word( struct parser *parser, const char **text )
{
    const char *pos = *text;
    struct strbuf word = { 0 };
    bool quoted = false;
    char *ret;

    while (isspace( (unsigned char)*pos )) pos++;
    if (!*pos) return NULL;
    strbuf_puts( &word, "" );
    for (; *pos && (quoted || !isspace( (unsigned char)*pos )); pos++)
    {
        if (*pos == '"') quoted = !quoted;
        else strbuf_add( &word, pos, 1 );
    }
    *text = pos;
    ret = arena_strdup( parser->arena, word.data );
    strbuf_free( &word );
    return ret;
}

static char *read_text( const char *path, struct strbuf *buf )
{
    FILE *file = fopen( path, "rb" );
    char chunk[4096];
    size_t len;

    if (!file) return NULL;
    strbuf_puts( buf, "" );
    while ((len = fread( chunk, 1, sizeof(chunk), file ))) strbuf_add( buf, chunk, len );
    if (ferror( file )) strbuf_free( buf );
    fclose( file );
    return buf->data;
}

static void parse_response_file( struct parser *parser, const char *path )
{
    struct parser inner = *parser;
    struct strbuf buf = { 0 };
    const char *pos, *word;

    if (parser->depth >= MAX_RESPONSE_DEPTH)
    {
        diag_error( parser->diag, parser->where, MSG_OPTION, "response files are nested more than %u deep at '%s'; "
                    "make sure that none of them includes itself", MAX_RESPONSE_DEPTH, path );
        return;
    }
    if (!read_text( path, &buf ))
    {
        diag_error( parser->diag, parser->where, MSG_OPEN_FAILED, "cannot open response file '%s': %s", path,
                    strerror( errno ) );
        return;
    }
    inner.depth++;
    inner.where.file = arena_strdup( parser->arena, path );
    pos = buf.data;
    if (!strncmp( pos, "\xef\xbb\xbf", 3 )) pos += 3;
    while ((word = next_word( &inner, &pos ))) parse_argument( &inner, word );
    strbuf_free( &buf );
}

static void add_input( struct parser *parser, const char *path, const char *url, enum input_kind kind )
{
    struct input_arg *input = arena_alloc( parser->arena, sizeof(*input) );

    input->path = arena_strdup( parser->arena, path );
    input->url = arena_strdup( parser->arena, url );
    input->kind = kind;
    vec_add( parser->arena, &parser->options->inputs, input );
}

/* Build files of Windows separate directories with backslashes; a name that exists as it is stays so. */
static const char *unix_separators( struct parser *parser, const char *path )
{
    struct stat st;
    char *ret, *pos;

    if (!strchr( path, '\\' ) || !stat( path, &st )) return path;
    ret = arena_strdup( parser->arena, path );
    for (pos = ret; *pos; pos++) if (*pos == '\\') *pos = '/';
    return ret;
}

static void add_inputs( struct parser *parser, const char *pattern, const char *url, enum input_kind kind )
{
    struct stat st;
    glob_t matches;
    size_t i;

    pattern = unix_separators( parser, pattern );
    if (!strpbrk( pattern, "*?" ) || !stat( pattern, &st ))
    {
        add_input( parser, pattern, url, kind );
        return;
    }
    if (glob( pattern, 0, NULL, &matches ))
    {
        diag_error( parser->diag, parser->where, MSG_OPEN_FAILED, "no file matches '%s'; check the directory and "
                    "the pattern", pattern );
        return;
    }
    for (i = 0; i < matches.gl_pathc; i++) add_input( parser, matches.gl_pathv[i], url, kind );
    globfree( &matches );
}

/* FILE[:URL]. A colon can be part of the file name too: what exists as a file is one. */
static bool parse_input( struct parser *parser, const char *value, enum input_kind kind )
{
    const char *colon = value, *url = NULL;
    struct stat st;
    char *path = arena_strdup( parser->arena, unix_separators( parser, value ) );

    if (!*value) return false;
    if (stat( path, &st ))
    {
        while ((colon = strchr( colon + 1, ':' )))
        {
            path[colon - value] = 0;
            if (!stat( path, &st )) break;
            path[colon - value] = ':';
        }
        if (!colon && (colon = strchr( value + 1, ':' ))) path[colon - value] = 0;
        if (colon) url = colon + 1;
    }
    if (url && !*url) return false;
    add_inputs( parser, path, url, kind );
    return true;
}

static bool parse_wsdl( struct parser *parser, const char *value )
{
    return parse_input( parser, value, INPUT_WSDL );
}

static bool parse_policy( struct parser *parser, const char *value )
{
    return parse_input( parser, value, INPUT_POLICY );
}

static bool parse_schema( struct parser *parser, const char *value )
{
    if (!*value) return false;
    add_inputs( parser, value, NULL, INPUT_SCHEMA );
    return true;
}

static bool parse_out( struct parser *parser, const char *value )
{
    if (!*value) return false;
    parser->options->out_dir = arena_strdup( parser->arena, unix_separators( parser, value ) );
    return true;
}

static bool parse_prefix( struct parser *parser, const char *value )
{
    const char *pos;

    if (!isalpha( (unsigned char)*value ) && *value != '_') return false;
    for (pos = value; *pos; pos++) if (!isalnum( (unsigned char)*pos ) && *pos != '_') return false;
    parser->options->prefix = arena_strdup( parser->arena, value );
    return true;
}

static bool parse_string( struct parser *parser, const char *value )
{
    bool is_ws_string = str_equal_nocase( value, "WS_STRING" );

    if (!is_ws_string && !str_equal_nocase( value, "WCHAR*" )) return false;
    parser->options->ws_string = is_ws_string;
    return true;
}

static bool parse_level( struct parser *parser, const char *value )
{
    if (str_equal_nocase( value, "WX" ))
    {
        parser->options->warnings_are_errors = true;
        return true;
    }
    if (value[0] < '0' || value[0] > '4' || value[1]) return false;
    parser->options->warning_level = (unsigned int)(value[0] - '0');
    return true;
}

#define FLAG( name, field ) { name, offsetof( struct options, field ), NULL, false }

static const struct option_row option_rows[] =
{
    { "wsdl", 0, parse_wsdl, true },
    { "xsd", 0, parse_schema, true },
    { "wsp", 0, parse_policy, true },
    { "out", 0, parse_out, true },
    { "prefix", 0, parse_prefix, true },
    { "string", 0, parse_string, true },
    { "W", 0, parse_level, true },
    FLAG( "WX", warnings_are_errors ),
    FLAG( "fullName", full_name ),
    FLAG( "noclient", no_client ),
    FLAG( "noservice", no_service ),
    FLAG( "nopolicy", no_policy ),
    FLAG( "nologo", no_logo ),
    FLAG( "nostamp", no_stamp ),
    FLAG( "nosummary", no_summary ),
    FLAG( "ignoreTrailingContent", ignore_trailing_content ),
    FLAG( "ignoreUnhandledAttributes", ignore_unhandled_attributes ),
    FLAG( "help", help ),
    FLAG( "?", help )
};

static const struct option_row *find_option( struct arena *arena, const char *name )
{
    const char *key = arena_strndup( arena, name, strcspn( name, ":" ) );
    size_t i;

    for (i = 0; i < COUNT_OF( option_rows ); i++)
        if (str_equal_nocase( option_rows[i].name, key )) return option_rows + i;
    return NULL;
}

static void apply_option( struct parser *parser, const struct option_row *row, const char *arg )
{
    const char *colon = strchr( arg, ':' );

    if (row->has_value != !!colon)
    {
        if (row->has_value) diag_error( parser->diag, parser->where, MSG_OPTION,
                                        "option '%s' needs a value: /%s:VALUE", arg, row->name );
        else diag_error( parser->diag, parser->where, MSG_OPTION, "option '%s' takes no value: write /%s", arg,
                         row->name );
        return;
    }
    if (!row->has_value) *(bool *)((char *)parser->options + row->flag) = true;
    else if (!row->parse( parser, colon + 1 ))
        diag_error( parser->diag, parser->where, MSG_OPTION, "option '%s' has an invalid value; /help lists what is "
                    "allowed", arg );
}

static void parse_argument( struct parser *parser, const char *arg )
{
    const struct option_row *row;

    if (arg[0] == '@' && arg[1]) parse_response_file( parser, arg + 1 );
    else if (arg[0] == '-' || arg[0] == '/')
    {
        if ((row = find_option( parser->arena, arg + 1 ))) apply_option( parser, row, arg );
        else if (arg[0] == '/' && strchr( arg + 1, '/' )) add_inputs( parser, arg, NULL, INPUT_ANY );
        else diag_error( parser->diag, parser->where, MSG_OPTION, "unknown option '%s'; /help lists the options", arg );
    }
    else if (!*arg) diag_error( parser->diag, parser->where, MSG_OPTION, "an argument is empty; name a file" );
    else add_inputs( parser, arg, NULL, INPUT_ANY );
}

bool options_parse( struct arena *arena, struct diag *diag, struct options *options, int argc, char **argv )
{
    struct parser parser = { arena, diag, options, 0, { NULL, 0 } };
    unsigned int errors = diag->errors;
    int i;

    memset( options, 0, sizeof(*options) );
    options->out_dir = ".";
    options->prefix = "";
    options->warning_level = 1;
    for (i = 0; i < argc; i++) parse_argument( &parser, argv[i] );
    return diag->errors == errors;
}

void options_print_usage( void )
{
    fputs(
        "usage: wsutil [options] <file>...\n"
        "\n"
        "Generates C headers and sources for the Windows Web Services API from WSDL,\n"
        "XML Schema and WS-Policy documents. '-' equals '/'; case does not matter.\n"
        "\n"
        "  @<file>              read further arguments from a response file\n"
        "  <file>               input, its kind decided by content; wildcards allowed\n"
        "  /wsdl:<file>[:<url>] WSDL input; url is where it was retrieved from\n"
        "  /xsd:<file>          XML Schema input\n"
        "  /wsp:<file>[:<url>]  policy input\n"
        "  /out:<directory>     where to write, by default the current directory\n"
        "  /noclient            no client functions\n"
        "  /noservice           no service callbacks and function tables\n"
        "  /nopolicy            no policy processing and no helper functions\n"
        "  /prefix:<string>     put string before every generated identifier\n"
        "  /fullName            put the normalized file name before generated identifiers\n"
        "  /string:<type>       type of strings: WCHAR* (default) or WS_STRING\n"
        "  /ignoreTrailingContent      generated structures accept further elements\n"
        "  /ignoreUnhandledAttributes  generated structures accept further attributes\n"
        "  /W:<n>               warning level 0 to 4, by default 1\n"
        "  /WX                  warnings that are shown are errors\n"
        "  /nologo              no banner\n"
        "  /nostamp             no version line in the generated files\n"
        "  /nosummary           no summary\n"
        "  /help, /?            this text\n", stdout );
}
