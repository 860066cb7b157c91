/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: the C model, what the generated files contain.
 *
 * The mapping (map_*.c) makes it from the schema and WSDL models; the emitters (emit_*.c) only print it.
 */

#ifndef WSUTIL_MODEL_H
#define WSUTIL_MODEL_H

#include "input.h"
#include "naming.h"
#include "policy.h"
#include "wsdl.h"

struct cstruct;
struct cenum;
struct cunion;

enum ctype_kind
{
    CTYPE_VALUE,       /* a number or the like: needs a pointer to be nil */
    CTYPE_NIL_VALUE,   /* has a nil value of its own: strings and bytes */
    CTYPE_BUFFER,      /* WS_XML_BUFFER*, NULL being nil */
    CTYPE_ENUM,
    CTYPE_STRUCT,      /* always a pointer */
    CTYPE_UNION
};

/* The facets of a restricted number, as a description of its type. */
struct crange
{
    struct cfile *file;
    const char *member;      /* in globalTypes, or NULL: beside the field that uses it */
    const char *desc_type;   /* "WS_INT32_DESCRIPTION" */
    const char *minimum;     /* C initializers */
    const char *maximum;
    const struct xsd_type *source;
};

struct ctype
{
    enum ctype_kind kind;
    const char *ws_type;     /* "WS_INT32_TYPE" */
    const char *c_name;      /* "int", "WCHAR*", the tag of a structure or enumeration */
    struct cstruct *structure;
    struct cenum *enumeration;
    struct cunion *choice;
    struct crange *range;
};

enum cfield_mapping
{
    FIELD_TYPE,              /* xsi:type */
    FIELD_ATTRIBUTE,
    FIELD_XML_ATTRIBUTE,     /* xml:lang and the like */
    FIELD_ELEMENT,
    FIELD_ARRAY,
    FIELD_TEXT,
    FIELD_CHOICE,
    FIELD_CHOICE_ARRAY,
    FIELD_ANY,
    FIELD_ANY_ARRAY,
    FIELD_CONTENT
};

#define FIELD_POINTER        1
#define FIELD_OPTIONAL       2
#define FIELD_NILLABLE       4
#define FIELD_NILLABLE_ITEM  8

struct cfield
{
    enum cfield_mapping mapping;
    const char *name;        /* C member */
    const char *count_name;  /* member with the number of items, or NULL */
    const char *xml_name;    /* element or attribute; of an array its wrapper, NULL if it has none */
    const char *xml_ns;
    const char *item_name;   /* arrays */
    const char *item_ns;
    const char *doc;
    struct ctype type;
    unsigned int options;
    unsigned int min;        /* arrays: number of items */
    unsigned int max;
    bool ranged;             /* min and max are worth a description */
    struct cstruct *owner;   /* the structure that declares it */
    const char *selector;    /* in a union: the enumerator that selects it */
};

enum cstruct_place
{
    PLACE_GLOBAL_TYPE,       /* a member of globalTypes */
    PLACE_EXTERNAL           /* a member of externallyReferencedTypes */
};

struct cstruct
{
    struct cfile *file;
    const char *name;        /* C tag and type */
    const char *xml_name;    /* of the type, or of the element that contains it */
    const char *xml_ns;
    const char *member;
    const char *doc;
    enum cstruct_place place;
    struct xsd_type *source; /* NULL for the wrapper of an RPC or multi-part message */
    struct cstruct *base;
    struct vec derived;      /* struct cstruct */
    struct vec fields;       /* struct cfield declared here */
    struct vec anonymous;    /* struct cstruct declared inside it */
    struct scope members;
    bool hierarchy;          /* is a base or derived: has a _type */
    bool filled;

    /* set by the emitter */
    const char *path;        /* its descriptions inside the local definitions; NULL if it has none */
    struct vec all_fields;   /* struct cfield in the order of the description */
    struct vec nested;       /* struct cstruct described inside this one */
    const struct cfield *nested_at; /* the field of the outer structure it comes before */
    bool described;
    bool declared;
};

struct cenum_value
{
    const char *name;
    const char *text;
    const char *doc;
};

struct cenum
{
    struct cfile *file;
    const char *name;
    const char *member;
    const char *doc;
    enum cstruct_place place;
    struct xsd_type *source;
    struct vec values;       /* struct cenum_value; the number is the index */
    bool described;
    bool declared;
};

/* A choice: an enumeration that selects and a union of values. */
struct cunion
{
    struct cstruct *owner;
    const char *name;        /* tag of the structure with selector and union */
    const char *selector;    /* tag of the enumeration */
    const char *none;        /* enumerator: nothing is chosen */
    struct vec fields;       /* struct cfield */
};

/* A global element, or the wrapper of a message. */
struct celement
{
    struct cfile *file;
    const char *xml_name;    /* NULL for a wrapper that is not on the wire */
    const char *xml_ns;
    const char *member;      /* in globalElements */
    const char *doc;
    struct ctype type;
    bool nillable;
    bool wrapper;            /* made for a message, not from an element of a schema */
};

struct cattribute
{
    const char *xml_name;
    const char *xml_ns;
    const char *member;
    struct ctype type;
};

struct cmessage
{
    struct cfile *file;
    const char *member;
    const char *action;      /* NULL when unknown */
    struct celement *element;/* NULL for an empty body */
    struct wsdl_message *source;
    struct vec parts;        /* struct wsdl_part: those in the body, not in headers */
    bool encoded;            /* the SOAP encoding: the body is a buffer */
};

enum cparam_kind
{
    PARAM_NORMAL,
    PARAM_ARRAY,
    PARAM_ARRAY_COUNT,
    PARAM_MESSAGES
};

struct cparam
{
    enum cparam_kind kind;
    const char *name;
    const char *c_type;      /* as an input parameter: "int", "struct Foo*" */
    const char *doc;
    bool in;
    bool out;
    bool optional;           /* may be NULL */
    bool pointer;            /* c_type is a pointer */
    bool zero_terminated;
    const char *count;       /* arrays: the name of the parameter with the number of items */
    int in_index;            /* index of the field in the message's element, -1 for none */
    int out_index;
    const struct cfield *field;
};

struct coperation
{
    const char *name;        /* <binding>_<operation> */
    const char *callback;    /* names of types and functions, made from that of the operation */
    const char *param_struct;
    const char *stub;
    const char *xml_name;
    const char *doc;
    struct cmessage *input;
    struct cmessage *output; /* NULL: one-way */
    bool rpc;
    bool nillable_input;     /* the message's element may be nil */
    bool nillable_output;
    struct vec params;       /* struct cparam */
    struct vec input_headers;   /* struct celement; the program adds and gets them, they are no parameters */
    struct vec output_headers;
};

struct cbinding
{
    const char *name;
    const char *table;       /* the structure of its functions */
    const char *doc;
    struct wsdl_binding *source;
    struct wsdl_port_type *port_type;
    struct vec operations;   /* struct coperation */
    struct policy policy;    /* template NULL: no helpers */
};

struct creference            /* to an endpoint, from a port */
{
    const char *member;
    const char *text;
    bool version_1_0;
};

struct dict_entry
{
    const char *id;
    const char *text;
    size_t index;
};

enum cglobal_kind
{
    GLOBAL_STRUCT,
    GLOBAL_ENUM,
    GLOBAL_RANGE
};

struct cglobal               /* a member of globalTypes or externallyReferencedTypes */
{
    enum cglobal_kind kind;
    const char *member;
    void *item;
};

/* One input and the two files generated from it. */
struct cfile
{
    struct input *input;
    const char *name;        /* of the global object: calculator_wsdl */
    const char *local;       /* of the local one */
    const char *header;      /* "calculator.wsdl.h" */
    const char *source;
    struct vec attributes;   /* struct cattribute */
    struct vec types;        /* struct cglobal, members of globalTypes */
    struct vec elements;     /* struct celement */
    struct vec externals;    /* struct cglobal, members of externallyReferencedTypes */
    struct vec structs;      /* struct cstruct, all of them, in the order they were met */
    struct vec messages;     /* struct cmessage */
    struct vec faults;       /* struct cmessage */
    struct vec bindings;     /* struct cbinding */
    struct vec references;   /* struct creference */
    struct scope attribute_members;
    struct scope type_members;
    struct scope element_members;
    struct scope external_members;
    struct scope message_members;
    struct scope fault_members;
    struct scope reference_members;
    struct vec depends;      /* struct cfile whose header must come first */
    struct vec follows;      /* struct cfile whose header the source needs after its own */
    unsigned int hides;      /* bits by enum windows_header: what must not be declared before the header */

    /* dictionary */
    struct map strings;      /* text -> struct dict_entry */
    struct vec entries;      /* struct dict_entry */
    struct scope string_ids;
};

/* One run. */
struct compiler
{
    struct arena arena;
    struct diag diag;
    struct options options;
    struct xsd_set xsd;
    struct wsdl_set wsdl;
    struct xsd_context xsd_context;  /* the same arena, diag and xsd */
    struct vec inputs;               /* struct input */
    struct vec files;                /* struct cfile */
    struct scope globals;            /* identifiers with file scope, over all files */
    struct scope binding_names;      /* which are only parts of identifiers */
    struct policy_set policies;
};

/* map_types.c: everything the schemas define. */
void map_schemas( struct compiler *c );
struct ctype map_element_type( struct compiler *c, struct xsd_element *element, struct cstruct *parent );
struct ctype map_named_type( struct compiler *c, const struct qname *name, struct location where, struct input *input );
struct celement *map_global_element( struct compiler *c, const struct qname *name, struct location where,
                                     const char *what );
struct cstruct *map_new_struct( struct compiler *c, struct cfile *file, struct location where, const char *name,
                                const char *member_name, enum cstruct_place place );
const char *map_prefix( struct compiler *c, struct cfile *file );
/* A name with file scope for a type or enumerator: name, or, when it is taken, followed by a number. */
const char *map_global_name( struct compiler *c, struct cfile *file, struct location where, const char *name );

/* map_fields.c: the members of structures. */
void map_fill_struct( struct compiler *c, struct cstruct *structure );
void map_element_field( struct compiler *c, struct cstruct *structure, struct xsd_element *element,
                        unsigned int min, unsigned int max );
/* All fields of a structure in the order its description lists them, inherited ones included. */
struct vec map_all_fields( struct compiler *c, struct cstruct *structure );

/* map_simple.c: built-in and simple types. */
bool map_builtin( struct compiler *c, const struct qname *name, struct ctype *type );
struct ctype map_string( struct compiler *c );
struct ctype map_simple_type( struct compiler *c, struct xsd_type *type, const char *anonymous_name );

/* map_operations.c: messages, bindings, parameters. */
void map_wsdl( struct compiler *c );
void map_parameters( struct compiler *c, struct coperation *operation, struct wsdl_operation *source );

/* The file needs the header of another one. */
void map_depend( struct compiler *c, struct cfile *file, struct cfile *other );

#endif
