/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: WS-Policy, from assertions to one of the binding templates.
 *
 * A policy is brought into normal form, a list of alternatives each of which is a list of assertions. The first
 * alternative that a template covers is used.
 */

#include <string.h>

#include "input.h"
#include "policy.h"
#include "xml.h"

#define MAX_ALTERNATIVES 64
#define MAX_DEPTH        32

#define NS_WSP_1_2  "http://schemas.xmlsoap.org/ws/2004/09/policy"
#define NS_WSP_1_5  "http://www.w3.org/ns/ws-policy"
#define NS_WSU      "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
#define NS_SP_2005  "http://schemas.xmlsoap.org/ws/2005/07/securitypolicy"
#define NS_SP_2007  "http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702"
#define NS_BINARY   "http://schemas.microsoft.com/ws/06/2004/mspolicy/netbinary1"
#define NS_MTOM     "http://schemas.xmlsoap.org/ws/2004/09/policy/optimizedmimeserialization"
#define NS_WSAP     "http://schemas.xmlsoap.org/ws/2004/08/addressing/policy"
#define NS_WSAW     "http://www.w3.org/2006/05/addressing/wsdl"
#define NS_WSAM     "http://www.w3.org/2007/05/addressing/metadata"
#define NS_HTTP     "http://schemas.microsoft.com/ws/06/2004/policy/http"
#define NS_FRAMING  "http://schemas.microsoft.com/ws/2006/05/framing/policy"

/* One evaluation: the policy that takes shape, and why the current alternative does not fit. */
struct evaluation
{
    struct xsd_context *ctx;
    struct policy_set *set;
    const char *url;           /* base of references */
    const char *file;
    struct policy *policy;
    const char *problem;
    bool bootstrap;            /* inside the policy of a bootstrap channel */
    unsigned int depth;
};

static struct vec normalize( struct evaluation *eval, xmlNode *node );
static void evaluate_assertions( struct evaluation *eval, const struct vec *assertions );

/* Registration. */

static void register_policy( struct xsd_context *ctx, struct policy_set *set, struct input *input, xmlNode *node )
{
    const char *id = xml_attribute( ctx->arena, node, NS_WSU, "Id" );
    const char *name = xml_attribute( ctx->arena, node, NULL, "Name" );

    if (!id) id = xml_attribute( ctx->arena, node, NS_XML, "id" );
    if (!id) id = xml_attribute( ctx->arena, node, NULL, "Id" );
    if (id && map_set( ctx->arena, &set->by_id, arena_printf( ctx->arena, "%s#%s", input->url, id ), node ))
        diag_error( ctx->diag, xml_location( input->path, node ), MSG_DUPLICATE, "policy '%s' is defined more than once; "
                    "remove one of the definitions", id );
    if (name) map_set( ctx->arena, &set->by_id, name, node );
    if (!id || input->kind != INPUT_POLICY) return;
    /* without a retrieval location, by file name or by the fragment alone */
    map_set( ctx->arena, &set->by_id, arena_printf( ctx->arena, "%s#%s", input->name, id ), node );
    map_set( ctx->arena, &set->by_id, arena_printf( ctx->arena, "#%s", id ), node );
}

void policy_register( struct xsd_context *ctx, struct policy_set *set, struct input *input, xmlNode *root )
{
    xmlNode *node;

    if (input->kind == INPUT_POLICY)
    {
        map_set( ctx->arena, &set->by_id, input->url, root );
        map_set( ctx->arena, &set->by_id, input->name, root );
        register_policy( ctx, set, input, root );
    }
    for (node = xml_first( root ); node; node = xml_next( node ))
        if (!strcmp( xml_name( node ), "Policy" ) && wsdl_is_policy_ns( xml_ns( node ) ))
            register_policy( ctx, set, input, node );
}

/* Normal form. */

static struct vec *new_alternative( struct arena *arena )
{
    return arena_alloc( arena, sizeof(struct vec) );
}

/* All combinations of an alternative of a with one of b. */
static struct vec combine( struct evaluation *eval, const struct vec *a, const struct vec *b )
{
    struct arena *arena = eval->ctx->arena;
    struct vec ret = { 0 }, *alternative, *left, *right;
    size_t i, j, k;

    for (i = 0; i < a->count; i++)
    {
        for (j = 0; j < b->count && ret.count < MAX_ALTERNATIVES; j++)
        {
            left = a->items[i];
            right = b->items[j];
            alternative = new_alternative( arena );
            for (k = 0; k < left->count; k++) vec_add( arena, alternative, left->items[k] );
            for (k = 0; k < right->count; k++) vec_add( arena, alternative, right->items[k] );
            vec_add( arena, &ret, alternative );
        }
    }
    return ret;
}

static void append( struct evaluation *eval, struct vec *to, const struct vec *from )
{
    size_t i;

    for (i = 0; i < from->count && to->count < MAX_ALTERNATIVES; i++) vec_add( eval->ctx->arena, to, from->items[i] );
}

static struct vec empty_policy( struct evaluation *eval )
{
    struct vec ret = { 0 };

    vec_add( eval->ctx->arena, &ret, new_alternative( eval->ctx->arena ) );
    return ret;
}

static struct vec normalize_reference( struct evaluation *eval, const char *uri, struct location where )
{
    struct arena *arena = eval->ctx->arena;
    const char *key = *uri == '#' ? arena_printf( arena, "%s%s", eval->url, uri ) : uri;
    xmlNode *policy = map_get( &eval->set->by_id, key );

    if (!policy) policy = map_get( &eval->set->by_id, uri );
    if (policy) return normalize( eval, policy );
    diag_error( eval->ctx->diag, where, MSG_UNRESOLVED, "policy '%s' is not defined; add the document that defines it "
                "with /wsp:FILE:URL", uri );
    return empty_policy( eval );
}

static bool policy_flag( struct evaluation *eval, xmlNode *node, const char *name )
{
    const char *value = xml_attribute( eval->ctx->arena, node, NS_WSP_1_2, name );

    if (!value) value = xml_attribute( eval->ctx->arena, node, NS_WSP_1_5, name );
    return value && (!strcmp( value, "true" ) || !strcmp( value, "1" ));
}

static struct vec normalize_children( struct evaluation *eval, xmlNode *node, bool choose )
{
    struct vec ret = { 0 }, inner;
    xmlNode *child;

    if (!choose) ret = empty_policy( eval );
    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        inner = normalize( eval, child );
        if (choose) append( eval, &ret, &inner );
        else ret = combine( eval, &ret, &inner );
    }
    return ret;
}

static struct vec normalize( struct evaluation *eval, xmlNode *node )
{
    struct arena *arena = eval->ctx->arena;
    const char *name = xml_name( node ), *uri;
    struct vec ret = empty_policy( eval );

    if (eval->depth >= MAX_DEPTH)
    {
        diag_error( eval->ctx->diag, xml_location( eval->file, node ), MSG_POLICY, "the policy is nested more than %u "
                    "deep; make sure that no policy refers to itself", MAX_DEPTH );
        return ret;
    }
    eval->depth++;
    if (!wsdl_is_policy_ns( xml_ns( node ) ))
    {
        vec_add( arena, ret.items[0], node );
        if (policy_flag( eval, node, "Optional" )) vec_add( arena, &ret, new_alternative( arena ) );
    }
    else if (!strcmp( name, "ExactlyOne" )) ret = normalize_children( eval, node, true );
    else if (!strcmp( name, "PolicyReference" ))
    {
        uri = xml_attribute( arena, node, NULL, "URI" );
        ret = normalize_reference( eval, uri ? uri : "", xml_location( eval->file, node ) );
    }
    else ret = normalize_children( eval, node, false );
    eval->depth--;
    return ret;
}

/* The assertions of the policy nested in an assertion; of several alternatives the first. */
static struct vec nested( struct evaluation *eval, xmlNode *node )
{
    struct vec ret = { 0 }, alternatives;
    xmlNode *child;

    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        if (strcmp( xml_name( child ), "Policy" ) || !wsdl_is_policy_ns( xml_ns( child ) )) continue;
        alternatives = normalize( eval, child );
        if (alternatives.count) return *(struct vec *)alternatives.items[0];
    }
    return ret;
}

/* Evaluation. */

static void reject( struct evaluation *eval, xmlNode *node, const char *why )
{
    if (eval->problem) return;
    eval->problem = arena_printf( eval->ctx->arena, "assertion '%s' in line %ld %s", xml_name( node ),
                                  xmlGetLineNo( node ), why );
}

static bool is_sp( xmlNode *node, const char *name )
{
    return !strcmp( xml_name( node ), name ) &&
           (!strcmp( xml_ns( node ), NS_SP_2005 ) || !strcmp( xml_ns( node ), NS_SP_2007 ));
}

static void on_binary( struct evaluation *eval, xmlNode *node )
{
    (void)node;
    eval->policy->encoding = eval->policy->transport == TRANSPORT_TCP ? "WS_ENCODING_XML_BINARY_SESSION_1" :
                                                                        "WS_ENCODING_XML_BINARY_1";
}

static void on_mtom( struct evaluation *eval, xmlNode *node )
{
    (void)node;
    eval->policy->encoding = "WS_ENCODING_XML_MTOM_UTF8";
}

static void on_addressing_0_9( struct evaluation *eval, xmlNode *node )
{
    (void)node;
    eval->policy->addressing = "WS_ADDRESSING_VERSION_0_9";
}

static void on_addressing_1_0( struct evaluation *eval, xmlNode *node )
{
    (void)node;
    eval->policy->addressing = "WS_ADDRESSING_VERSION_1_0";
}

static void on_http_auth( struct evaluation *eval, xmlNode *node )
{
    static const struct { const char *name; const char *scheme; } rows[] =
    {
        { "BasicAuthentication", "WS_HTTP_HEADER_AUTH_SCHEME_BASIC" },
        { "DigestAuthentication", "WS_HTTP_HEADER_AUTH_SCHEME_DIGEST" },
        { "NtlmAuthentication", "WS_HTTP_HEADER_AUTH_SCHEME_NTLM" },
        { "NegotiateAuthentication", "WS_HTTP_HEADER_AUTH_SCHEME_NEGOTIATE" }
    };
    size_t i;

    for (i = 0; i < COUNT_OF( rows ); i++)
        if (!strcmp( xml_name( node ), rows[i].name )) eval->policy->auth_scheme = rows[i].scheme;
}

static void transport_token( struct evaluation *eval, xmlNode *node )
{
    struct vec tokens = nested( eval, node );
    xmlNode *token = tokens.count ? tokens.items[0] : NULL;
    const char *level;

    if (!token) reject( eval, node, "names no token" );
    else if (is_sp( token, "HttpsToken" ))
    {
        eval->policy->ssl = true;
        eval->policy->protection_level = "WS_PROTECTION_LEVEL_SIGN_AND_ENCRYPT";
        if (xml_bool_attribute( eval->ctx->arena, token, "RequireClientCertificate" ))
            diag_warning( eval->ctx->diag, xml_location( eval->file, token ), MSG_BEHAVIOUR, "HttpsToken: the policy "
                          "demands a client certificate; put it into the binding template" );
    }
    else if (xml_is( token, NS_FRAMING, "WindowsTransportSecurity" ))
    {
        eval->policy->sspi = true;
        level = xml_text( eval->ctx->arena, token );
        if (!strcmp( level, "None" )) eval->policy->protection_level = "WS_PROTECTION_LEVEL_NONE";
        else if (!strcmp( level, "Sign" )) eval->policy->protection_level = "WS_PROTECTION_LEVEL_SIGN";
        else eval->policy->protection_level = "WS_PROTECTION_LEVEL_SIGN_AND_ENCRYPT";
    }
    else reject( eval, token, "is not a transport token that a template offers" );
}

static void layout( struct evaluation *eval, xmlNode *node )
{
    static const struct { const char *name; const char *value; } rows[] =
    {
        { "Strict", "WS_SECURITY_HEADER_LAYOUT_STRICT" },
        { "Lax", "WS_SECURITY_HEADER_LAYOUT_LAX" },
        { "LaxTsFirst", "WS_SECURITY_HEADER_LAYOUT_LAX_WITH_TIMESTAMP_FIRST" },
        { "LaxTsLast", "WS_SECURITY_HEADER_LAYOUT_LAX_WITH_TIMESTAMP_LAST" }
    };
    struct vec values = nested( eval, node );
    size_t i, j;

    for (i = 0; i < values.count; i++)
        for (j = 0; j < COUNT_OF( rows ); j++)
            if (is_sp( values.items[i], rows[j].name )) eval->policy->layout = rows[j].value;
}

static void on_transport_binding( struct evaluation *eval, xmlNode *node )
{
    struct vec parts = nested( eval, node );
    xmlNode *part;
    size_t i;

    for (i = 0; i < parts.count; i++)
    {
        part = parts.items[i];
        if (is_sp( part, "TransportToken" )) transport_token( eval, part );
        else if (is_sp( part, "Layout" )) layout( eval, part );
        else if (is_sp( part, "IncludeTimestamp" )) eval->policy->timestamp = "WS_SECURITY_TIMESTAMP_USAGE_ALWAYS";
    }
}

static void set_message( struct evaluation *eval, xmlNode *node, enum policy_message_security message )
{
    if (eval->policy->message && eval->policy->message != message)
        reject( eval, node, "asks for a second kind of message security" );
    eval->policy->message = message;
}

static void on_signed_tokens( struct evaluation *eval, xmlNode *node )
{
    struct vec tokens = nested( eval, node );
    size_t i;

    for (i = 0; i < tokens.count; i++)
    {
        if (is_sp( tokens.items[i], "UsernameToken" )) set_message( eval, tokens.items[i], MESSAGE_USERNAME );
        else if (!is_sp( tokens.items[i], "AlgorithmSuite" ))
            reject( eval, tokens.items[i], "is not a supporting token that a template offers" );
    }
}

static void secure_conversation( struct evaluation *eval, xmlNode *node )
{
    struct vec parts = nested( eval, node ), inner;
    bool bootstrap = false;
    size_t i;

    if (eval->bootstrap)
    {
        reject( eval, node, "is nested in the policy of another secure conversation" );
        return;
    }
    eval->policy->security_context = true;
    for (i = 0; i < parts.count; i++)
    {
        if (is_sp( parts.items[i], "SC10SecurityContextToken" ))
            eval->policy->conversation_version = "WS_SECURE_CONVERSATION_VERSION_FEBRUARY_2005";
        else if (is_sp( parts.items[i], "SC13SecurityContextToken" ))
            eval->policy->conversation_version = "WS_SECURE_CONVERSATION_VERSION_1_3";
        else if (is_sp( parts.items[i], "BootstrapPolicy" ))
        {
            bootstrap = eval->bootstrap = true;
            inner = nested( eval, parts.items[i] );
            evaluate_assertions( eval, &inner );
            eval->bootstrap = false;
        }
    }
    if (!bootstrap) reject( eval, node, "has no policy for the bootstrap channel" );
}

static bool is_kerberos( struct evaluation *eval, xmlNode *node )
{
    struct vec parts = nested( eval, node );
    xmlNode *child;
    size_t i;

    if (!is_sp( node, "KerberosToken" )) return false;
    for (i = 0; i < parts.count; i++) if (is_sp( parts.items[i], "WssGssKerberosV5ApReqToken11" )) return true;
    for (child = xml_first( node ); child; child = xml_next( child )) /* also without a policy around it */
        if (!strcmp( xml_name( child ), "WssGssKerberosV5ApReqToken11" )) return true;
    return false;
}

static void on_endorsing_tokens( struct evaluation *eval, xmlNode *node )
{
    struct vec tokens = nested( eval, node );
    size_t i;

    for (i = 0; i < tokens.count; i++)
    {
        if (is_sp( tokens.items[i], "SecureConversationToken" )) secure_conversation( eval, tokens.items[i] );
        else if (is_kerberos( eval, tokens.items[i] )) set_message( eval, tokens.items[i], MESSAGE_KERBEROS );
        else if (!is_sp( tokens.items[i], "AlgorithmSuite" ) && !is_sp( tokens.items[i], "SignedParts" ))
            reject( eval, tokens.items[i], "is not an endorsing token that a template offers" );
    }
}

static void on_wss10( struct evaluation *eval, xmlNode *node )
{
    (void)node;
    eval->policy->header_version = "WS_SECURITY_HEADER_VERSION_1_0";
}

static void on_wss11( struct evaluation *eval, xmlNode *node )
{
    (void)node;
    eval->policy->header_version = "WS_SECURITY_HEADER_VERSION_1_1";
}

static void on_trust( struct evaluation *eval, xmlNode *node )
{
    struct vec parts = nested( eval, node );
    bool client = false, server = false;
    size_t i;

    for (i = 0; i < parts.count; i++)
    {
        if (is_sp( parts.items[i], "RequireClientEntropy" )) client = true;
        if (is_sp( parts.items[i], "RequireServerEntropy" )) server = true;
    }
    if (client && server) eval->policy->entropy = "WS_SECURITY_KEY_ENTROPY_MODE_COMBINED";
    else if (client) eval->policy->entropy = "WS_SECURITY_KEY_ENTROPY_MODE_CLIENT_ONLY";
    else if (server) eval->policy->entropy = "WS_SECURITY_KEY_ENTROPY_MODE_SERVER_ONLY";
}

static void on_nothing( struct evaluation *eval, xmlNode *node )
{
    (void)eval;
    (void)node;
}

struct assertion_row
{
    const char *ns;            /* NS_SP_2005 stands for both versions */
    const char *name;
    void (*evaluate)( struct evaluation *eval, xmlNode *node );
};

static const struct assertion_row assertion_rows[] =
{
    { NS_BINARY, "BinaryEncoding", on_binary },
    { NS_MTOM, "OptimizedMimeSerialization", on_mtom },
    { NS_WSAP, "UsingAddressing", on_addressing_0_9 },
    { NS_WSAW, "UsingAddressing", on_addressing_1_0 },
    { NS_WSAM, "Addressing", on_addressing_1_0 },
    { NS_HTTP, "BasicAuthentication", on_http_auth },
    { NS_HTTP, "DigestAuthentication", on_http_auth },
    { NS_HTTP, "NtlmAuthentication", on_http_auth },
    { NS_HTTP, "NegotiateAuthentication", on_http_auth },
    { NS_FRAMING, "Streamed", on_nothing },
    { NS_SP_2005, "TransportBinding", on_transport_binding },
    { NS_SP_2005, "SignedSupportingTokens", on_signed_tokens },
    { NS_SP_2005, "SignedEncryptedSupportingTokens", on_signed_tokens },
    { NS_SP_2005, "EndorsingSupportingTokens", on_endorsing_tokens },
    { NS_SP_2005, "SignedEndorsingSupportingTokens", on_endorsing_tokens },
    { NS_SP_2005, "Wss10", on_wss10 },
    { NS_SP_2005, "Wss11", on_wss11 },
    { NS_SP_2005, "Trust10", on_trust },
    { NS_SP_2005, "Trust13", on_trust }
};

static void evaluate_assertion( struct evaluation *eval, xmlNode *node )
{
    const struct assertion_row *row;
    bool same_ns;
    size_t i;

    for (i = 0; i < COUNT_OF( assertion_rows ); i++)
    {
        row = assertion_rows + i;
        same_ns = !strcmp( row->ns, NS_SP_2005 ) ? is_sp( node, row->name ) : xml_is( node, row->ns, row->name );
        if (!same_ns) continue;
        row->evaluate( eval, node );
        return;
    }
    if (!policy_flag( eval, node, "Ignorable" ))
        reject( eval, node, arena_printf( eval->ctx->arena, "of namespace '%s' is unknown", xml_ns( node ) ) );
}

static void evaluate_assertions( struct evaluation *eval, const struct vec *assertions )
{
    size_t i;

    for (i = 0; i < assertions->count; i++) evaluate_assertion( eval, assertions->items[i] );
}

struct template_row
{
    const char *name;
    enum policy_transport transport;
    bool ssl;
    bool sspi;
    bool header_auth;
    enum policy_message_security message;
    bool security_context;
};

static const struct template_row template_rows[] =
{
    { "HTTP", TRANSPORT_HTTP, false, false, false, MESSAGE_NONE, false },
    { "HTTP_SSL", TRANSPORT_HTTP, true, false, false, MESSAGE_NONE, false },
    { "HTTP_HEADER_AUTH", TRANSPORT_HTTP, false, false, true, MESSAGE_NONE, false },
    { "HTTP_SSL_HEADER_AUTH", TRANSPORT_HTTP, true, false, true, MESSAGE_NONE, false },
    { "HTTP_SSL_USERNAME", TRANSPORT_HTTP, true, false, false, MESSAGE_USERNAME, false },
    { "HTTP_SSL_KERBEROS_APREQ", TRANSPORT_HTTP, true, false, false, MESSAGE_KERBEROS, false },
    { "TCP", TRANSPORT_TCP, false, false, false, MESSAGE_NONE, false },
    { "TCP_SSPI", TRANSPORT_TCP, false, true, false, MESSAGE_NONE, false },
    { "TCP_SSPI_USERNAME", TRANSPORT_TCP, false, true, false, MESSAGE_USERNAME, false },
    { "TCP_SSPI_KERBEROS_APREQ", TRANSPORT_TCP, false, true, false, MESSAGE_KERBEROS, false },
    { "HTTP_SSL_USERNAME_SECURITY_CONTEXT", TRANSPORT_HTTP, true, false, false, MESSAGE_USERNAME, true },
    { "HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT", TRANSPORT_HTTP, true, false, false, MESSAGE_KERBEROS, true },
    { "TCP_SSPI_USERNAME_SECURITY_CONTEXT", TRANSPORT_TCP, false, true, false, MESSAGE_USERNAME, true },
    { "TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT", TRANSPORT_TCP, false, true, false, MESSAGE_KERBEROS, true }
};

static void choose_template( struct evaluation *eval )
{
    struct policy *policy = eval->policy;
    const struct template_row *row;
    size_t i;

    for (i = 0; i < COUNT_OF( template_rows ); i++)
    {
        row = template_rows + i;
        if (row->transport == policy->transport && row->ssl == policy->ssl && row->sspi == policy->sspi &&
            row->header_auth == (policy->auth_scheme != NULL) && row->message == policy->message &&
            row->security_context == policy->security_context) policy->template = row->name;
    }
    if (!policy->template && !eval->problem) eval->problem = "no template has this combination of security bindings";
    if (policy->auth_scheme && !policy->protection_level) policy->protection_level = "WS_PROTECTION_LEVEL_NONE";
    if (policy->message && !policy->timestamp) policy->timestamp = "WS_SECURITY_TIMESTAMP_USAGE_NEVER";
    if (!policy->message) policy->timestamp = policy->layout = policy->header_version = NULL;
}

/* One alternative; the policy keeps the result if a template covers it. */
static bool evaluate_alternative( struct evaluation *eval, const struct vec *assertions, const struct policy *start )
{
    *eval->policy = *start;
    eval->problem = NULL;
    evaluate_assertions( eval, assertions );
    if (!eval->problem) choose_template( eval );
    if (eval->problem) eval->policy->template = NULL;
    return eval->policy->template != NULL;
}

/* What is attached to one element of the WSDL document. */
static void attach( struct evaluation *eval, xmlNode *node, struct vec *policy )
{
    const char *uris = xml_attribute( eval->ctx->arena, node, NS_WSP_1_2, "PolicyURIs" );
    struct vec inner;
    xmlNode *child;
    size_t len;

    if (!uris) uris = xml_attribute( eval->ctx->arena, node, NS_WSP_1_5, "PolicyURIs" );
    for (; uris && *uris; uris += len)
    {
        uris += strspn( uris, " \t\r\n" );
        if (!(len = strcspn( uris, " \t\r\n" ))) break;
        inner = normalize_reference( eval, arena_strndup( eval->ctx->arena, uris, len ), xml_location( eval->file, node ) );
        *policy = combine( eval, policy, &inner );
    }
    for (child = xml_first( node ); child; child = xml_next( child ))
    {
        if (!wsdl_is_policy_ns( xml_ns( child ) )) continue;
        inner = normalize( eval, child );
        *policy = combine( eval, policy, &inner );
    }
}

void policy_of_binding( struct xsd_context *ctx, struct policy_set *set, struct wsdl_binding *binding,
                        struct policy *policy )
{
    struct evaluation eval = { ctx, set, binding->input->url, binding->input->path, policy, NULL, false, 0 };
    struct policy start = *policy;
    const char *problem = NULL;
    struct vec alternatives;
    struct wsdl_port *port = binding->ports.items[0];
    size_t i;

    start.encoding = "WS_ENCODING_XML_UTF8";
    start.addressing = "WS_ADDRESSING_VERSION_TRANSPORT";
    start.envelope = binding->soap == SOAP_1_2 ? "WS_ENVELOPE_VERSION_SOAP_1_2" : "WS_ENVELOPE_VERSION_SOAP_1_1";
    alternatives = empty_policy( &eval );
    attach( &eval, binding->node, &alternatives );
    eval.url = port->input->url;
    attach( &eval, port->node, &alternatives );
    eval.url = binding->input->url;
    for (i = 0; i < alternatives.count; i++)
    {
        if (evaluate_alternative( &eval, alternatives.items[i], &start )) return;
        if (!problem) problem = eval.problem;
    }
    diag_warning( ctx->diag, binding->where, MSG_NO_TEMPLATE, "binding '%s' gets no helper functions: %s; create the "
                  "proxy or endpoint by hand", binding->name, problem ? problem : "its policy has no alternatives" );
}
