/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: small helpers over libxml2's tree.
 */

#ifndef WSUTIL_XML_H
#define WSUTIL_XML_H

#include <libxml/tree.h>

#include "diag.h"

#define NS_XML "http://www.w3.org/XML/1998/namespace"

/* The attribute's value without surrounding white space, or NULL. ns NULL means no namespace. */
const char *xml_attribute( struct arena *arena, xmlNode *node, const char *ns, const char *name );
/* The same with the white space, for attributes without a namespace. */
const char *xml_exact_attribute( struct arena *arena, xmlNode *node, const char *name );
/* xs:boolean; absent or anything else is false. */
bool xml_bool_attribute( struct arena *arena, xmlNode *node, const char *name );

const char *xml_name( const xmlNode *node );
const char *xml_ns( const xmlNode *node );   /* "" for none */
bool xml_is( const xmlNode *node, const char *ns, const char *name );

/* Element children only. */
xmlNode *xml_first( xmlNode *node );
xmlNode *xml_next( xmlNode *node );
xmlNode *xml_child( xmlNode *node, const char *ns, const char *name );

/* Text content with white space collapsed. */
const char *xml_text( struct arena *arena, xmlNode *node );
/* The element as text, with the namespace declarations it needs and the white space of its content. */
const char *xml_serialize( struct arena *arena, xmlNode *node );

struct location xml_location( const char *file, xmlNode *node );

#endif
