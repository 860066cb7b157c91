/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: WS-Policy, from assertions to one of the binding templates.
 */

#ifndef WSUTIL_POLICY_H
#define WSUTIL_POLICY_H

#include "wsdl.h"

enum policy_transport
{
    TRANSPORT_HTTP,
    TRANSPORT_TCP
};

enum policy_message_security
{
    MESSAGE_NONE,
    MESSAGE_USERNAME,
    MESSAGE_KERBEROS
};

/* What a policy asks for, and the template that offers it. Strings are names of enumerators. */
struct policy
{
    const char *template;          /* "HTTP_SSL": the part of the names between WS_ and _BINDING_TEMPLATE; or NULL */
    enum policy_transport transport;
    const char *encoding;
    const char *addressing;
    const char *envelope;
    bool ssl;
    bool sspi;
    const char *protection_level;  /* NULL when no security binding is used */
    const char *auth_scheme;       /* HTTP header authentication, or NULL */
    enum policy_message_security message;
    bool security_context;         /* the message security is that of the bootstrap channel */
    const char *timestamp;         /* the following four only with message security */
    const char *layout;
    const char *header_version;
    const char *entropy;           /* security contexts, or NULL */
    const char *conversation_version;
};

struct policy_set
{
    struct map by_id;              /* "url#id" and "url" -> xmlNode of a Policy element */
};

/* Makes the policies of a document known. */
void policy_register( struct xsd_context *ctx, struct policy_set *set, struct input *input, xmlNode *root );

/* Works out the policy of a binding with a known transport and a port. policy->template stays NULL, with a warning, when no
 * template covers it. */
void policy_of_binding( struct xsd_context *ctx, struct policy_set *set, struct wsdl_binding *binding,
                        struct policy *policy );

#endif
