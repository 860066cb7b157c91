/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: the schema model.
 *
 * A direct picture of what the schema documents say, without knowledge of C. References are kept as names and
 * looked up when they are needed, so that the order of documents and declarations does not matter.
 */

#ifndef WSUTIL_XSD_H
#define WSUTIL_XSD_H

#include <limits.h>
#include <libxml/tree.h>

#include "diag.h"

#define OCCURS_UNBOUNDED UINT_MAX

struct input;

/* An expanded XML name. ns is "" for no namespace; name is NULL where there is no reference. */
struct qname
{
    const char *ns;
    const char *name;
};

enum particle_kind
{
    PARTICLE_ELEMENT,
    PARTICLE_SEQUENCE,
    PARTICLE_CHOICE,
    PARTICLE_ALL,
    PARTICLE_GROUP,
    PARTICLE_ANY
};

struct xsd_particle
{
    enum particle_kind kind;
    unsigned int min;
    unsigned int max;              /* OCCURS_UNBOUNDED */
    struct location where;
    struct vec children;           /* struct xsd_particle */
    struct xsd_element *element;   /* PARTICLE_ELEMENT */
    struct qname group;            /* PARTICLE_GROUP */
};

struct xsd_element
{
    struct location where;
    struct input *input;
    const char *name;
    const char *ns;                /* "" when the element is not qualified */
    const char *doc;
    struct qname ref;              /* of a local declaration */
    struct qname type;
    struct xsd_type *anonymous;
    struct qname substitution;     /* head of the substitution group */
    bool global;
    bool nillable;
    void *mapped;                  /* what the C mapping made of it */
};

struct xsd_attribute
{
    struct location where;
    struct input *input;
    const char *name;
    const char *ns;
    const char *doc;
    struct qname ref;
    struct qname group;            /* set for a reference to an attribute group, nothing else is then */
    struct qname type;
    struct xsd_type *anonymous;
    bool required;
    bool prohibited;
};

struct xsd_attribute_group
{
    struct vec attributes;         /* struct xsd_attribute */
    bool busy;                     /* being expanded: guards against cycles */
};

struct xsd_value                   /* of an enumeration */
{
    const char *text;
    const char *doc;
};

enum xsd_variety
{
    VARIETY_RESTRICTION,
    VARIETY_LIST,
    VARIETY_UNION
};

enum xsd_facet
{
    FACET_MIN_INCLUSIVE,
    FACET_MIN_EXCLUSIVE,
    FACET_MAX_INCLUSIVE,
    FACET_MAX_EXCLUSIVE,
    FACET_COUNT
};

enum xsd_derivation
{
    DERIVED_FROM_ANY,
    DERIVED_BY_EXTENSION,
    DERIVED_BY_RESTRICTION
};

struct xsd_type
{
    struct location where;
    struct input *input;
    const char *name;              /* NULL for an anonymous type */
    const char *ns;                /* target namespace */
    const char *doc;
    bool complex;

    struct qname base;             /* of a restriction or extension */
    struct xsd_type *base_anonymous;

    /* simple types, and the facets of a restriction of simple content */
    enum xsd_variety variety;
    struct vec values;             /* struct xsd_value */
    const char *facets[FACET_COUNT];

    /* complex types */
    enum xsd_derivation derivation;
    bool simple_content;
    bool mixed;
    bool abstract;
    struct xsd_particle *particle; /* NULL when there is no element content */
    struct vec attributes;         /* struct xsd_attribute, in document order */

    struct vec derived;            /* struct xsd_type that extend this one, set by xsd_link */
    bool busy;                     /* being resolved: guards against cycles */
    void *mapped;                  /* what the C mapping made of it */
};

/* Everything the schemas of all inputs define. */
struct xsd_set
{
    struct map types;              /* "{ns}name" -> struct xsd_type */
    struct map elements;
    struct map attributes;
    struct map groups;             /* struct xsd_particle: the group's content */
    struct map attribute_groups;   /* struct xsd_attribute_group */
    struct map substituted;        /* elements that are the head of a substitution group */
    struct vec global_types;       /* in document order */
    struct vec global_elements;
    struct vec global_attributes;
    struct map sources;            /* "kind{ns}name" -> xmlNode, to recognize repeated definitions */
};

struct xsd_context
{
    struct arena *arena;
    struct diag *diag;
    struct xsd_set *set;
};

const char *xsd_key( struct arena *arena, const char *ns, const char *name );

/* The schema namespace, also in the https form that some documentation shows. */
bool xsd_is_schema_ns( const char *ns );

/* The namespace of the SOAP encoding, 1.1 or 1.2: its types are known to exist, but nothing here models them. */
bool xsd_is_encoding_ns( const char *ns );

/* Adds the declarations of one xs:schema element. ns overrides a missing target namespace (chameleon include);
 * may be NULL. Errors are reported. */
void xsd_parse_schema( struct xsd_context *ctx, struct input *input, xmlNode *schema, const char *ns );

/* Reads the attribute as a name; false if it is absent, name is NULL if its prefix is unknown (reported). */
bool xsd_qname_attribute( struct xsd_context *ctx, const char *file, xmlNode *node, const char *attr,
                          struct qname *ret );

/* Fills in the list of derived types of each type and the substitution heads; reports unknown bases and cycles. */
void xsd_link( struct xsd_context *ctx );

struct xsd_type *xsd_find_type( const struct xsd_context *ctx, const struct qname *name );
/* For messages. */
const char *xsd_type_name( const struct xsd_type *type );
struct xsd_element *xsd_find_element( const struct xsd_context *ctx, const struct qname *name );

/* The base type of a type when an input defines it, else NULL (built-in types have no xsd_type). */
struct xsd_type *xsd_base_type( const struct xsd_context *ctx, const struct xsd_type *type );

/* The repeating element of a type that is nothing but an array of it: a sequence of one element that may occur more
 * than once, without attributes. Else NULL. */
struct xsd_particle *xsd_array_item( const struct xsd_type *type );

/* The attributes of a type with groups expanded, for a restriction also those it inherits. */
struct vec xsd_expand_attributes( struct xsd_context *ctx, struct xsd_type *type );

#endif
