/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: small helpers over libxml2's tree.
 */

#include <ctype.h>
#include <string.h>

#include "xml.h"

static const char *trimmed( struct arena *arena, xmlChar *value )
{
    const char *start = (const char *)value, *end;
    char *ret;

    if (!value) return NULL;
    while (isspace( (unsigned char)*start )) start++;
    end = start + strlen( start );
    while (end > start && isspace( (unsigned char)end[-1] )) end--;
    ret = arena_strndup( arena, start, (size_t)(end - start) );
    xmlFree( value );
    return ret;
}

const char *xml_attribute( struct arena *arena, xmlNode *node, const char *ns, const char *name )
{
    if (!ns) return trimmed( arena, xmlGetNoNsProp( node, (const xmlChar *)name ) );
    return trimmed( arena, xmlGetNsProp( node, (const xmlChar *)name, (const xmlChar *)ns ) );
}

const char *xml_exact_attribute( struct arena *arena, xmlNode *node, const char *name )
{
    xmlChar *value = xmlGetNoNsProp( node, (const xmlChar *)name );
    const char *ret = value ? arena_strdup( arena, (const char *)value ) : NULL;

    xmlFree( value );
    return ret;
}

bool xml_bool_attribute( struct arena *arena, xmlNode *node, const char *name )
{
    const char *value = xml_attribute( arena, node, NULL, name );

    return value && (!strcmp( value, "true" ) || !strcmp( value, "1" ));
}

const char *xml_name( const xmlNode *node )
{
    return (const char *)node->name;
}

const char *xml_ns( const xmlNode *node )
{
    return node->ns && node->ns->href ? (const char *)node->ns->href : "";
}

bool xml_is( const xmlNode *node, const char *ns, const char *name )
{
    return !strcmp( xml_name( node ), name ) && !strcmp( xml_ns( node ), ns );
}

static xmlNode *skip_to_element( xmlNode *node )
{
    while (node && node->type != XML_ELEMENT_NODE) node = node->next;
    return node;
}

xmlNode *xml_first( xmlNode *node )
{
    return skip_to_element( node->children );
}

xmlNode *xml_next( xmlNode *node )
{
    return skip_to_element( node->next );
}

xmlNode *xml_child( xmlNode *node, const char *ns, const char *name )
{
    xmlNode *child;

    for (child = xml_first( node ); child; child = xml_next( child )) if (xml_is( child, ns, name )) return child;
    return NULL;
}

const char *xml_text( struct arena *arena, xmlNode *node )
{
    xmlChar *content = xmlNodeGetContent( node );
    const char *in;
    char *text, *out;

    if (!content) return "";
    text = arena_strdup( arena, (const char *)content );
    xmlFree( content );
    for (in = out = text; *in; in++)
    {
        if (!isspace( (unsigned char)*in )) *out++ = *in;
        else if (out > text && out[-1] != ' ') *out++ = ' ';
    }
    if (out > text && out[-1] == ' ') out--;
    *out = 0;
    return text;
}

const char *xml_serialize( struct arena *arena, xmlNode *node )
{
    xmlDoc *doc = xmlNewDoc( (const xmlChar *)"1.0" );
    xmlNode *copy = doc ? xmlDocCopyNode( node, doc, 1 ) : NULL;
    xmlBuffer *buffer = xmlBufferCreate();
    const char *ret = "";

    if (copy && buffer)
    {
        xmlDocSetRootElement( doc, copy );
        if (xmlNodeDump( buffer, doc, copy, 0, 0 ) > 0)
            ret = arena_strdup( arena, (const char *)xmlBufferContent( buffer ) );
    }
    if (buffer) xmlBufferFree( buffer );
    if (doc) xmlFreeDoc( doc );
    return ret;
}

struct location xml_location( const char *file, xmlNode *node )
{
    struct location where = { file, xmlGetLineNo( node ) };

    return where;
}
