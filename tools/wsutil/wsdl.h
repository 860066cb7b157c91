/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: the WSDL model.
 */

#ifndef WSUTIL_WSDL_H
#define WSUTIL_WSDL_H

#include "xsd.h"

#define NS_WSDL "http://schemas.xmlsoap.org/wsdl/"

struct wsdl_part
{
    struct location where;
    const char *name;
    struct qname element;      /* one of the two is set */
    struct qname type;
};

struct wsdl_message
{
    struct location where;
    struct input *input;
    const char *name;
    const char *ns;
    struct vec parts;          /* struct wsdl_part */
    struct vec mapped;         /* the message descriptions made from it */
};

/* Input, output or fault of an operation of a port type. */
struct wsdl_use
{
    struct location where;
    const char *name;
    struct qname message;
    const char *action;        /* of an Action attribute, or NULL */
};

struct wsdl_operation
{
    struct location where;
    const char *name;
    const char *doc;
    struct wsdl_use *input;
    struct wsdl_use *output;   /* NULL for a one-way operation */
    struct vec faults;         /* struct wsdl_use */
};

struct wsdl_port_type
{
    struct location where;
    struct input *input;
    const char *name;
    const char *ns;
    const char *doc;
    struct vec operations;     /* struct wsdl_operation */
};

/* How a binding puts one message on the wire. */
struct wsdl_body
{
    bool encoded;
    const char *ns;            /* of the RPC wrapper; "" when not given */
    const char *parts;         /* white space separated names, or NULL for all */
    struct vec header_parts;   /* struct wsdl_header */
};

struct wsdl_header
{
    struct location where;
    struct qname message;
    const char *part;
};

struct wsdl_bound_operation
{
    struct location where;
    const char *name;
    const char *input_name;    /* tells overloaded operations apart; NULL when not given */
    const char *soap_action;   /* NULL when there is none */
    bool rpc;
    struct wsdl_body input;
    struct wsdl_body output;
};

enum soap_version
{
    SOAP_NONE,
    SOAP_1_1,
    SOAP_1_2
};

struct wsdl_binding
{
    struct location where;
    struct input *input;
    const char *name;
    const char *ns;
    const char *doc;
    struct qname port_type;
    enum soap_version soap;
    const char *transport;
    bool rpc;
    xmlNode *node;             /* for its policies */
    struct vec operations;     /* struct wsdl_bound_operation */
    struct vec ports;          /* struct wsdl_port that use it, set by wsdl_link */
};

struct wsdl_port
{
    struct location where;
    struct input *input;
    const char *name;
    const char *service;
    const char *ns;
    struct qname binding;
    xmlNode *node;
    const char *reference;     /* text of the endpoint reference, or NULL */
    bool reference_1_0;        /* its version of WS-Addressing: 1.0, else 0.9 */
};

struct wsdl_set
{
    struct map messages;       /* "{ns}name" */
    struct map port_types;
    struct map bindings;
    struct vec all_messages;   /* in document order */
    struct vec all_port_types;
    struct vec all_bindings;
    struct vec all_ports;
};

/* WS-Policy 1.2 and 1.5 */
bool wsdl_is_policy_ns( const char *ns );

/* Adds the content of one wsdl:definitions, without its schemas. */
void wsdl_parse( struct xsd_context *ctx, struct wsdl_set *set, struct input *input, xmlNode *root );

/* Connects ports and bindings; reports bindings that are not defined. */
void wsdl_link( struct xsd_context *ctx, struct wsdl_set *set );

#endif
