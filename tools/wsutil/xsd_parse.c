/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: from xs:schema elements to the schema model.
 */

#include <stdlib.h>
#include <string.h>

#include "input.h"
#include "xml.h"
#include "xsd.h"

#define NS_XSD       "http://www.w3.org/2001/XMLSchema"
#define NS_XSD_HTTPS "https://www.w3.org/2001/XMLSchema"

/* One xs:schema element. */
struct schema
{
    struct xsd_context *ctx;
    struct input *input;
    const char *ns;                /* target namespace */
    bool elements_qualified;
    bool attributes_qualified;
};

static struct xsd_particle *parse_particle( struct schema *schema, xmlNode *node );
static struct xsd_type *parse_complex_type( struct schema *schema, xmlNode *node );
static struct xsd_type *parse_simple_type( struct schema *schema, xmlNode *node );

bool xsd_is_schema_ns( const char *ns )
{
    return !strcmp( ns, NS_XSD ) || !strcmp( ns, NS_XSD_HTTPS );
}

bool xsd_is_encoding_ns( const char *ns )
{
    return !strcmp( ns, "http://schemas.xmlsoap.org/soap/encoding/" ) ||
           !strcmp( ns, "http://www.w3.org/2003/05/soap-encoding" );
}

static bool is_xsd( const xmlNode *node, const char *name )
{
    return !strcmp( xml_name( node ), name ) && xsd_is_schema_ns( xml_ns( node ) );
}

static xmlNode *xsd_child( xmlNode *node, const char *name )
{
    xmlNode *child;

    for (child = xml_first( node ); child; child = xml_next( child )) if (is_xsd( child, name )) return child;
    return NULL;
}

static struct location where( struct schema *schema, xmlNode *node )
{
    return xml_location( schema->input->path, node );
}

const char *xsd_key( struct arena *arena, const char *ns, const char *name )
{
    return arena_printf( arena, "{%s}%s", ns, name );
}

static bool resolve_qname( struct xsd_context *ctx, const char *file, xmlNode *node, const char *value,
                           struct qname *ret )
{
    const char *colon = strchr( value, ':' );
    const char *prefix = colon ? arena_strndup( ctx->arena, value, (size_t)(colon - value) ) : NULL;
    xmlNs *ns = xmlSearchNs( node->doc, node, (const xmlChar *)prefix );

    ret->name = NULL;
    ret->ns = "";
    if (prefix && !ns)
    {
        diag_error( ctx->diag, xml_location( file, node ), MSG_UNRESOLVED, "%s: prefix '%s' in '%s' is not declared; "
                    "add an xmlns:%s attribute", xml_name( node ), prefix, value, prefix );
        return false;
    }
    ret->name = colon ? colon + 1 : value;
    if (ns && ns->href) ret->ns = arena_strdup( ctx->arena, (const char *)ns->href );
    if (!strcmp( ret->ns, NS_XSD_HTTPS )) ret->ns = NS_XSD;
    if (*ret->name) return true;
    ret->name = NULL;
    diag_error( ctx->diag, xml_location( file, node ), MSG_SCHEMA, "%s: '%s' is not a name", xml_name( node ), value );
    return false;
}

bool xsd_qname_attribute( struct xsd_context *ctx, const char *file, xmlNode *node, const char *attr,
                          struct qname *ret )
{
    const char *value = xml_attribute( ctx->arena, node, NULL, attr );

    memset( ret, 0, sizeof(*ret) );
    if (!value) return false;
    resolve_qname( ctx, file, node, value, ret );
    return true;
}

/* A name inside the schema. Without a default namespace, an unprefixed name in a chameleon schema means the
 * namespace it was included into. */
static bool name_attribute( struct schema *schema, xmlNode *node, const char *attr, struct qname *ret )
{
    if (!xsd_qname_attribute( schema->ctx, schema->input->path, node, attr, ret )) return false;
    if (ret->name && !*ret->ns && schema->input->chameleon_ns) ret->ns = schema->input->chameleon_ns;
    return true;
}

static const char *parse_doc( struct schema *schema, xmlNode *node )
{
    xmlNode *annotation = xsd_child( node, "annotation" );
    xmlNode *doc = annotation ? xsd_child( annotation, "documentation" ) : NULL;
    const char *text = doc ? xml_text( schema->ctx->arena, doc ) : NULL;

    return text && *text ? text : NULL;
}

static void unsupported( struct schema *schema, xmlNode *node, const char *what )
{
    diag_warning( schema->ctx->diag, where( schema, node ), MSG_UNSUPPORTED, "%s '%s': %s is not enforced; check it in "
                  "the program if it matters", xml_name( node ),
                  xml_attribute( schema->ctx->arena, node, NULL, "name" ) ?
                  xml_attribute( schema->ctx->arena, node, NULL, "name" ) : "", what );
}

static void warn_attributes( struct schema *schema, xmlNode *node, const char *const *names )
{
    for (; *names; names++)
        if (xml_attribute( schema->ctx->arena, node, NULL, *names )) unsupported( schema, node, *names );
}

static void parse_occurs( struct schema *schema, xmlNode *node, struct xsd_particle *particle )
{
    const char *min = xml_attribute( schema->ctx->arena, node, NULL, "minOccurs" );
    const char *max = xml_attribute( schema->ctx->arena, node, NULL, "maxOccurs" );
    unsigned long value;
    char *end;

    particle->min = particle->max = 1;
    if (min)
    {
        value = strtoul( min, &end, 10 );
        if (*end || *min == '-' || !*min) goto bad;
        particle->min = value > UINT_MAX - 1 ? UINT_MAX - 1 : (unsigned int)value;
    }
    if (max)
    {
        if (!strcmp( max, "unbounded" )) particle->max = OCCURS_UNBOUNDED;
        else
        {
            value = strtoul( max, &end, 10 );
            if (*end || *max == '-' || !*max) goto bad;
            particle->max = value > UINT_MAX - 1 ? UINT_MAX - 1 : (unsigned int)value;
        }
    }
    if (particle->min > particle->max) goto bad;
    return;

bad:
    diag_error( schema->ctx->diag, where( schema, node ), MSG_SCHEMA, "%s: minOccurs '%s' and maxOccurs '%s' do not "
                "form a range; give numbers, the first not above the second, or 'unbounded'", xml_name( node ),
                min ? min : "1", max ? max : "1" );
    particle->min = particle->max = 1;
}

static bool parse_form( struct schema *schema, xmlNode *node, bool qualified )
{
    const char *form = xml_attribute( schema->ctx->arena, node, NULL, "form" );

    return form ? !strcmp( form, "qualified" ) : qualified;
}

/* An anonymous type inside an element, attribute, list or restriction. */
static struct xsd_type *parse_anonymous( struct schema *schema, xmlNode *node )
{
    xmlNode *child = xsd_child( node, "complexType" );

    if (child) return parse_complex_type( schema, child );
    child = xsd_child( node, "simpleType" );
    return child ? parse_simple_type( schema, child ) : NULL;
}

static struct xsd_element *parse_element( struct schema *schema, xmlNode *node, bool global )
{
    static const char *const ignored[] = { "abstract", "block", "default", "final", "fixed", NULL };
    static const char *const constraints[] = { "unique", "key", "keyref", NULL };
    struct arena *arena = schema->ctx->arena;
    struct xsd_element *element = arena_alloc( arena, sizeof(*element) );
    unsigned int i;

    element->where = where( schema, node );
    element->input = schema->input;
    element->global = global;
    element->name = xml_attribute( arena, node, NULL, "name" );
    element->ns = global || parse_form( schema, node, schema->elements_qualified ) ? schema->ns : "";
    element->nillable = xml_bool_attribute( arena, node, "nillable" );
    element->doc = parse_doc( schema, node );
    name_attribute( schema, node, "type", &element->type );
    if (!global) name_attribute( schema, node, "ref", &element->ref );
    else name_attribute( schema, node, "substitutionGroup", &element->substitution );
    element->anonymous = parse_anonymous( schema, node );
    warn_attributes( schema, node, ignored );
    for (i = 0; constraints[i]; i++) if (xsd_child( node, constraints[i] )) unsupported( schema, node, constraints[i] );
    if (!element->name && !element->ref.name)
    {
        diag_error( schema->ctx->diag, element->where, MSG_SCHEMA, "element: there is neither a name nor a ref "
                    "attribute; add one" );
        element->name = "element";
    }
    if (element->type.name && element->anonymous)
        diag_error( schema->ctx->diag, element->where, MSG_SCHEMA, "element '%s': it has both a type attribute and a "
                    "type of its own; remove one", element->name ? element->name : element->ref.name );
    return element;
}

static void parse_children( struct schema *schema, xmlNode *node, struct xsd_particle *particle )
{
    struct xsd_particle *child_particle;
    xmlNode *child;

    for (child = xml_first( node ); child; child = xml_next( child ))
        if ((child_particle = parse_particle( schema, child )) && child_particle->max)
            vec_add( schema->ctx->arena, &particle->children, child_particle );
}

static const struct { const char *name; enum particle_kind kind; } particle_rows[] =
{
    { "element", PARTICLE_ELEMENT },
    { "sequence", PARTICLE_SEQUENCE },
    { "choice", PARTICLE_CHOICE },
    { "all", PARTICLE_ALL },
    { "group", PARTICLE_GROUP },
    { "any", PARTICLE_ANY }
};

/* NULL if the node is not a particle. */
static struct xsd_particle *parse_particle( struct schema *schema, xmlNode *node )
{
    struct xsd_particle *particle;
    unsigned int i;

    for (i = 0; i < COUNT_OF( particle_rows ); i++) if (is_xsd( node, particle_rows[i].name )) break;
    if (i == COUNT_OF( particle_rows )) return NULL;
    particle = arena_alloc( schema->ctx->arena, sizeof(*particle) );
    particle->kind = particle_rows[i].kind;
    particle->where = where( schema, node );
    parse_occurs( schema, node, particle );
    if (particle->kind == PARTICLE_ELEMENT) particle->element = parse_element( schema, node, false );
    else if (particle->kind == PARTICLE_GROUP) name_attribute( schema, node, "ref", &particle->group );
    else if (particle->kind != PARTICLE_ANY) parse_children( schema, node, particle );
    return particle;
}

static struct xsd_attribute *parse_attribute( struct schema *schema, xmlNode *node, bool global )
{
    static const char *const ignored[] = { "default", "fixed", NULL };
    struct arena *arena = schema->ctx->arena;
    struct xsd_attribute *attribute = arena_alloc( arena, sizeof(*attribute) );
    const char *use = xml_attribute( arena, node, NULL, "use" );

    attribute->where = where( schema, node );
    attribute->input = schema->input;
    attribute->name = xml_attribute( arena, node, NULL, "name" );
    attribute->ns = global || parse_form( schema, node, schema->attributes_qualified ) ? schema->ns : "";
    attribute->doc = parse_doc( schema, node );
    attribute->required = use && !strcmp( use, "required" );
    attribute->prohibited = use && !strcmp( use, "prohibited" );
    name_attribute( schema, node, "type", &attribute->type );
    name_attribute( schema, node, "ref", &attribute->ref );
    attribute->anonymous = parse_anonymous( schema, node );
    warn_attributes( schema, node, ignored );
    if (!attribute->name && !attribute->ref.name)
    {
        diag_error( schema->ctx->diag, attribute->where, MSG_SCHEMA, "attribute: there is neither a name nor a ref "
                    "attribute; add one" );
        attribute->name = "attribute";
    }
    return attribute;
}

static void parse_attributes( struct schema *schema, xmlNode *node, struct vec *attributes )
{
    struct arena *arena = schema->ctx->arena;
    struct xsd_attribute *attribute;
    xmlNode *child;

    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        if (is_xsd( child, "attribute" )) vec_add( arena, attributes, parse_attribute( schema, child, false ) );
        else if (is_xsd( child, "attributeGroup" ))
        {
            attribute = arena_alloc( arena, sizeof(*attribute) );
            attribute->where = where( schema, child );
            attribute->input = schema->input;
            if (name_attribute( schema, child, "ref", &attribute->group ) && attribute->group.name)
                vec_add( arena, attributes, attribute );
        }
        else if (is_xsd( child, "anyAttribute" ))
            diag_warning( schema->ctx->diag, where( schema, child ), MSG_BEHAVIOUR, "anyAttribute: further attributes "
                          "are rejected when reading; /ignoreUnhandledAttributes accepts them" );
    }
}

static void parse_facet( struct schema *schema, xmlNode *node, struct xsd_type *type )
{
    static const char *const ranges[FACET_COUNT] = { "minInclusive", "minExclusive", "maxInclusive", "maxExclusive" };
    static const char *const ignored[] =
        { "length", "minLength", "maxLength", "pattern", "totalDigits", "fractionDigits", "whiteSpace", NULL };
    struct arena *arena = schema->ctx->arena;
    struct xsd_value *value;
    unsigned int i;

    if (is_xsd( node, "enumeration" ))
    {
        value = arena_alloc( arena, sizeof(*value) );
        value->text = xml_exact_attribute( arena, node, "value" ); /* blanks matter in an xs:string */
        value->doc = parse_doc( schema, node );
        if (value->text) vec_add( arena, &type->values, value );
        return;
    }
    for (i = 0; i < FACET_COUNT; i++)
        if (is_xsd( node, ranges[i] )) type->facets[i] = xml_attribute( arena, node, NULL, "value" );
    for (i = 0; ignored[i]; i++)
        if (is_xsd( node, ignored[i] ))
            diag_warning( schema->ctx->diag, where( schema, node ), MSG_UNSUPPORTED, "facet %s%s%s is not enforced; "
                          "check it in the program if it matters", ignored[i], type->name ? " of type " : "",
                          type->name ? type->name : "" );
}

static void parse_restriction( struct schema *schema, xmlNode *node, struct xsd_type *type )
{
    xmlNode *child;

    name_attribute( schema, node, "base", &type->base );
    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        if (is_xsd( child, "simpleType" )) type->base_anonymous = parse_simple_type( schema, child );
        else parse_facet( schema, child, type );
    }
}

static struct xsd_type *new_type( struct schema *schema, xmlNode *node, bool complex )
{
    static const char *const ignored_simple[] = { "final", NULL };
    static const char *const ignored_complex[] = { "abstract", "block", "final", NULL };
    struct xsd_type *type = arena_alloc( schema->ctx->arena, sizeof(*type) );

    type->where = where( schema, node );
    type->input = schema->input;
    type->name = xml_attribute( schema->ctx->arena, node, NULL, "name" );
    type->ns = schema->ns;
    type->doc = parse_doc( schema, node );
    type->complex = complex;
    warn_attributes( schema, node, complex ? ignored_complex : ignored_simple );
    return type;
}

static struct xsd_type *parse_simple_type( struct schema *schema, xmlNode *node )
{
    struct xsd_type *type = new_type( schema, node, false );
    xmlNode *child;

    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        if (is_xsd( child, "restriction" )) parse_restriction( schema, child, type );
        else if (is_xsd( child, "list" )) type->variety = VARIETY_LIST;
        else if (is_xsd( child, "union" )) type->variety = VARIETY_UNION;
    }
    return type;
}

static void parse_content( struct schema *schema, xmlNode *node, struct xsd_type *type )
{
    struct xsd_particle *particle;
    xmlNode *child;

    for (child = xml_first( node ); child; child = xml_next( child ))
        if ((particle = parse_particle( schema, child ))) type->particle = particle;
    parse_attributes( schema, node, &type->attributes );
}

static void parse_derivation( struct schema *schema, xmlNode *node, struct xsd_type *type )
{
    xmlNode *child;

    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        if (is_xsd( child, "extension" )) type->derivation = DERIVED_BY_EXTENSION;
        else if (is_xsd( child, "restriction" )) type->derivation = DERIVED_BY_RESTRICTION;
        else continue;
        if (!name_attribute( schema, child, "base", &type->base ))
            diag_error( schema->ctx->diag, where( schema, child ), MSG_SCHEMA, "%s: the base attribute is missing; "
                        "name the type it is derived from", xml_name( child ) );
        if (type->simple_content && type->derivation == DERIVED_BY_RESTRICTION)
            parse_restriction( schema, child, type );
        parse_content( schema, child, type );
    }
}

static struct xsd_type *parse_complex_type( struct schema *schema, xmlNode *node )
{
    struct xsd_type *type = new_type( schema, node, true );
    xmlNode *child;

    type->mixed = xml_bool_attribute( schema->ctx->arena, node, "mixed" );
    type->abstract = xml_bool_attribute( schema->ctx->arena, node, "abstract" );
    if ((child = xsd_child( node, "simpleContent" )))
    {
        type->simple_content = true;
        parse_derivation( schema, child, type );
    }
    else if ((child = xsd_child( node, "complexContent" )))
    {
        if (xml_bool_attribute( schema->ctx->arena, child, "mixed" )) type->mixed = true;
        parse_derivation( schema, child, type );
    }
    else parse_content( schema, node, type );
    return type;
}

/* Whether two definitions of one name say the same, so that a schema that is part of several inputs is no conflict. */
static bool same_source( struct xsd_context *ctx, xmlNode *a, xmlNode *b )
{
    return !strcmp( xml_serialize( ctx->arena, a ), xml_serialize( ctx->arena, b ) );
}

/* Registers a global definition; false if the name is taken already. */
static bool define( struct schema *schema, struct map *map, xmlNode *node, const char *name, void *value )
{
    struct xsd_context *ctx = schema->ctx;
    const char *key = xsd_key( ctx->arena, schema->ns, name );
    const char *source_key = arena_printf( ctx->arena, "%s%s", xml_name( node ), key );
    xmlNode *other;

    if (!map_get( map, key ))
    {
        map_set( ctx->arena, map, key, value );
        map_set( ctx->arena, &ctx->set->sources, source_key, node );
        return true;
    }
    other = map_get( &ctx->set->sources, source_key );
    if (!other || !same_source( ctx, node, other ))
        diag_error( ctx->diag, where( schema, node ), MSG_DUPLICATE, "%s '%s' of namespace '%s' is defined differently "
                    "elsewhere%s%s; compile the two inputs separately or remove one", xml_name( node ), name,
                    schema->ns, other ? " in line " : "",
                    other ? arena_printf( ctx->arena, "%ld", xmlGetLineNo( other ) ) : "" );
    return false;
}

static void parse_group( struct schema *schema, xmlNode *node, const char *name )
{
    struct xsd_particle *content = arena_alloc( schema->ctx->arena, sizeof(*content) );
    xmlNode *child;

    content->kind = PARTICLE_SEQUENCE;
    content->min = content->max = 1;
    content->where = where( schema, node );
    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        struct xsd_particle *particle = parse_particle( schema, child );

        if (particle) content = particle;
    }
    define( schema, &schema->ctx->set->groups, node, name, content );
}

static void parse_global( struct schema *schema, xmlNode *node )
{
    struct xsd_set *set = schema->ctx->set;
    struct arena *arena = schema->ctx->arena;
    const char *name = xml_attribute( arena, node, NULL, "name" );
    struct xsd_attribute_group *group;
    bool complex = is_xsd( node, "complexType" );
    void *item;

    if (is_xsd( node, "redefine" )) unsupported( schema, node, "redefine" );
    if (is_xsd( node, "annotation" ) && xsd_child( node, "documentation" ))
        diag_warning( schema->ctx->diag, where( schema, node ), MSG_IGNORED, "documentation of the schema is ignored" );
    if (is_xsd( node, "annotation" ) || is_xsd( node, "import" ) || is_xsd( node, "include" ) ||
        is_xsd( node, "redefine" ) || is_xsd( node, "notation" )) return;
    if (!name || !*name)
    {
        diag_error( schema->ctx->diag, where( schema, node ), MSG_SCHEMA, "%s: a global definition needs a name "
                    "attribute", xml_name( node ) );
        return;
    }
    if (complex || is_xsd( node, "simpleType" ))
    {
        item = complex ? parse_complex_type( schema, node ) : parse_simple_type( schema, node );
        if (define( schema, &set->types, node, name, item )) vec_add( arena, &set->global_types, item );
    }
    else if (is_xsd( node, "element" ))
    {
        item = parse_element( schema, node, true );
        if (define( schema, &set->elements, node, name, item )) vec_add( arena, &set->global_elements, item );
    }
    else if (is_xsd( node, "attribute" ))
    {
        item = parse_attribute( schema, node, true );
        if (define( schema, &set->attributes, node, name, item )) vec_add( arena, &set->global_attributes, item );
    }
    else if (is_xsd( node, "group" )) parse_group( schema, node, name );
    else if (is_xsd( node, "attributeGroup" ))
    {
        group = arena_alloc( arena, sizeof(*group) );
        parse_attributes( schema, node, &group->attributes );
        define( schema, &set->attribute_groups, node, name, group );
    }
    else diag_warning( schema->ctx->diag, where( schema, node ), MSG_UNSUPPORTED, "%s '%s' is unknown here and "
                       "ignored", xml_name( node ), name );
}

void xsd_parse_schema( struct xsd_context *ctx, struct input *input, xmlNode *node, const char *ns )
{
    struct schema schema = { ctx, input, NULL, false, false };
    const char *target = xml_attribute( ctx->arena, node, NULL, "targetNamespace" );
    const char *elements = xml_attribute( ctx->arena, node, NULL, "elementFormDefault" );
    const char *attributes = xml_attribute( ctx->arena, node, NULL, "attributeFormDefault" );
    xmlNode *child;

    schema.ns = target ? target : ns ? ns : "";
    schema.elements_qualified = elements && !strcmp( elements, "qualified" );
    schema.attributes_qualified = attributes && !strcmp( attributes, "qualified" );
    if (!strcmp( xml_ns( node ), NS_XSD_HTTPS ))
        diag_warning( ctx->diag, xml_location( input->path, node ), MSG_UNSUPPORTED, "schema: the namespace "
                      NS_XSD_HTTPS " is not that of XML Schema; write " NS_XSD );
    for (child = xml_first( node ); child; child = xml_next( child ))
        if (xsd_is_schema_ns( xml_ns( child ) )) parse_global( &schema, child );
}
