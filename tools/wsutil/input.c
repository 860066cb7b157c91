/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: input documents.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <libxml/parser.h>

#include "input.h"
#include "wsdl.h"
#include "xml.h"
#include "xsd.h"

#define MAX_INPUT_SIZE (256u << 20)

static bool read_file( struct diag *diag, const char *path, struct strbuf *buf )
{
    struct location where = { path, 0 };
    FILE *file = fopen( path, "rb" );
    char chunk[65536];
    size_t len;

    if (!file)
    {
        diag_error( diag, where, MSG_OPEN_FAILED, "cannot open input file: %s", strerror( errno ) );
        return false;
    }
    strbuf_puts( buf, "" );
    errno = 0;
    while (buf->len <= MAX_INPUT_SIZE && (len = fread( chunk, 1, sizeof(chunk), file ))) strbuf_add( buf, chunk, len );
    if (ferror( file ))
        diag_error( diag, where, MSG_READ_FAILED, "cannot read input file: %s", strerror( errno ) );
    else if (buf->len > MAX_INPUT_SIZE)
        diag_error( diag, where, MSG_READ_FAILED, "input file is larger than %u MB", MAX_INPUT_SIZE >> 20 );
    else
    {
        fclose( file );
        return true;
    }
    fclose( file );
    return false;
}

static void ignore_message( void *ctx, const char *format, ... )
{
    (void)ctx;
    (void)format;
}

static void report_xml_error( struct diag *diag, const char *path )
{
    xmlErrorPtr error = xmlGetLastError();
    struct location where = { path, error ? error->line : 0 };
    const char *message = error && error->message ? error->message : "not a document";

    diag_error( diag, where, MSG_XML, "the document is not well-formed: %.*s", (int)strcspn( message, "\n" ), message );
}

/* Entities could name files and hosts, or grow without limit where attributes use them, so the parser stops before it has
 * seen the first. The line is that of the declaration. */
static void on_doctype( void *ctx, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id )
{
    xmlParserCtxtPtr ctxt = ctx;

    (void)name;
    (void)public_id;
    (void)system_id;
    *(long *)ctxt->_private = ctxt->input ? ctxt->input->line : 0;
    xmlStopParser( ctxt );
}

static xmlDoc *parse_xml( struct diag *diag, const char *path, const char *data, size_t len )
{
    struct location where = { path, 0 };
    xmlParserCtxtPtr ctxt;
    long doctype = -1;
    xmlDoc *doc;

    xmlSetGenericErrorFunc( NULL, ignore_message );
    xmlResetLastError();
    if (!len)
    {
        diag_error( diag, where, MSG_XML, "the document is empty" );
        return NULL;
    }
    if (!(ctxt = xmlNewParserCtxt()))
    {
        diag_error( diag, where, MSG_GENERIC, "out of memory" );
        return NULL;
    }
    ctxt->_private = &doctype;
    ctxt->sax->internalSubset = on_doctype;
    doc = xmlCtxtReadMemory( ctxt, data, (int)len, path, NULL, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_BIG_LINES |
                             XML_PARSE_NOWARNING | XML_PARSE_NOERROR | XML_PARSE_NOCDATA );
    where.line = doctype > 0 ? doctype : 0;
    if (doctype >= 0)
        diag_error( diag, where, MSG_XML, "the document has a document type declaration, which is not accepted; "
                    "remove it" );
    else if (!doc || !xmlDocGetRootElement( doc )) report_xml_error( diag, path );
    xmlFreeParserCtxt( ctxt );
    if (doc && doctype < 0 && xmlDocGetRootElement( doc )) return doc;
    if (doc) xmlFreeDoc( doc );
    return NULL;
}

static enum input_kind kind_of( xmlNode *root )
{
    if (xml_is( root, NS_WSDL, "definitions" )) return INPUT_WSDL;
    if (!strcmp( xml_name( root ), "schema" ) && xsd_is_schema_ns( xml_ns( root ) )) return INPUT_SCHEMA;
    if (!strcmp( xml_name( root ), "Policy" ) && wsdl_is_policy_ns( xml_ns( root ) )) return INPUT_POLICY;
    return INPUT_ANY;
}

static const char *file_name( const char *path )
{
    const char *slash = strrchr( path, '/' );

    return slash ? slash + 1 : path;
}

struct input *input_parse( struct arena *arena, struct diag *diag, const struct input_arg *arg,
                           const char *data, size_t len )
{
    static const char *const kinds[] = { "", "a WSDL document", "a schema", "a policy" };
    struct location where = { arg->path, 0 };
    struct input *input;
    enum input_kind kind;
    xmlDoc *doc = parse_xml( diag, arg->path, data, len );
    xmlNode *root;

    if (!doc) return NULL;
    root = xmlDocGetRootElement( doc );
    where.line = xmlGetLineNo( root );
    kind = kind_of( root );
    if (kind == INPUT_ANY)
        diag_error( diag, where, MSG_CONTENT, "element '%s' of namespace '%s' begins neither a WSDL 1.1 document nor "
                    "a schema nor a policy; pass one of these", xml_name( root ), xml_ns( root ) );
    else if (arg->kind != INPUT_ANY && arg->kind != kind)
        diag_error( diag, where, MSG_CONTENT, "this is %s but was given as %s; use the option for it or the bare file "
                    "name", kinds[kind], kinds[arg->kind] );
    else
    {
        input = arena_alloc( arena, sizeof(*input) );
        input->path = arg->path;
        input->name = file_name( arg->path );
        input->url = arg->url ? arg->url : arena_printf( arena, "urn:wsutil:%s", arg->path );
        input->kind = kind;
        input->doc = doc;
        return input;
    }
    xmlFreeDoc( doc );
    return NULL;
}

struct input *input_load( struct arena *arena, struct diag *diag, const struct input_arg *arg )
{
    struct strbuf buf = { 0 };
    struct input *input = NULL;

    if (read_file( diag, arg->path, &buf )) input = input_parse( arena, diag, arg, buf.data, buf.len );
    strbuf_free( &buf );
    return input;
}

void input_free( struct input *input )
{
    if (input->doc) xmlFreeDoc( input->doc );
    input->doc = NULL;
}
