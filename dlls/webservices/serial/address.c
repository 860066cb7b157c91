/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_ENDPOINT_ADDRESS: endpoint references of WS-Addressing 1.0 and of the 2004/08 submission, with the identity of the
 * endpoint as WCF writes it (Application Note "WS-AddressingEndpointReferences Identity"). */
#include "serial/types.h"

static const WS_XML_STRING *address_namespace( const WS_ENDPOINT_ADDRESS_DESCRIPTION *desc )
{
    return desc->addressingVersion == WS_ADDRESSING_VERSION_1_0 ? &ns_addr10 : &ns_addr04;
}

/* The address of the other end of the channel; in WS_ENDPOINT_ADDRESS it is the empty URL. */
static const WS_XML_STRING *anonymous_uri( const WS_XML_STRING *ns )
{
    return ns == &ns_addr10 ? &uri_addr10_anonymous : &uri_addr04_anonymous;
}

static BOOL is_anonymous( const WS_STRING *url, const WS_XML_STRING *ns )
{
    const WS_XML_STRING *uri = anonymous_uri( ns );
    ULONG i;

    if (url->length != uri->length) return FALSE;
    for (i = 0; i < url->length; i++) if (url->chars[i] != uri->bytes[i]) return FALSE;
    return TRUE;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

/* Appends the current node to a buffer, which is made for the first one. */
static HRESULT collect_node( struct read_ctx *ctx, WS_XML_BUFFER **buffer )
{
    HRESULT hr;

    if (!*buffer && (hr = buffer_create( ctx->heap, NULL, 0, buffer, ctx->error ))) return hr;
    return reader_copy_to_buffer( ctx->reader, *buffer, ctx->error );
}

/* The elements inside the current one. */
static HRESULT collect_children( struct read_ctx *ctx, WS_XML_BUFFER **buffer )
{
    HRESULT hr;
    BOOL more;

    if ((hr = reader_read_start_element( ctx->reader, ctx->error ))) return hr;
    for (;;)
    {
        if ((hr = reader_to_content( ctx->reader, &more, ctx->error ))) return hr;
        if (!more) return reader_read_end_element( ctx->reader, ctx->error );
        if ((hr = collect_node( ctx, buffer ))) return hr;
    }
}

static const struct xml_node *child_element( const struct xml_node *node, const WS_XML_STRING *name,
                                             const WS_XML_STRING *ns )
{
    const struct xml_node *child;

    for (child = node ? node->first : NULL; child; child = child->next)
    {
        if (child->u.node.nodeType != WS_XML_NODE_TYPE_ELEMENT) continue;
        if (name_eq( child->u.element.localName, name ) && name_eq( child->u.element.ns, ns )) return child;
    }
    return NULL;
}

static HRESULT load_child_text( struct read_ctx *ctx, const struct xml_node *node, WS_TYPE type, void *dst )
{
    static const WS_XML_UTF8_TEXT empty = { { WS_XML_TEXT_TYPE_UTF8 }, XMLSTR( "" ) };
    const struct xml_node *child;

    for (child = node->first; child; child = child->next)
        if (child->u.node.nodeType == WS_XML_NODE_TYPE_TEXT)
            return load_text( ctx, child->u.text.text, type, NULL, dst, NULL );
    return load_text( ctx, &empty.text, type, NULL, dst, NULL );
}

static const struct { const WS_XML_STRING *name; WS_ENDPOINT_IDENTITY_TYPE type; } name_identities[] =
{
    { &name_Dns, WS_DNS_ENDPOINT_IDENTITY_TYPE },
    { &name_Upn, WS_UPN_ENDPOINT_IDENTITY_TYPE },
    { &name_Spn, WS_SPN_ENDPOINT_IDENTITY_TYPE },
};

static HRESULT read_key_identity( struct read_ctx *ctx, const struct xml_node *info, WS_ENDPOINT_IDENTITY **ret )
{
    const struct xml_node *node, *exponent;
    HRESULT hr = S_OK;

    if ((node = child_element( info, &name_X509Data, &ns_dsig )) &&
        (node = child_element( node, &name_X509Certificate, &ns_dsig )))
    {
        WS_CERT_ENDPOINT_IDENTITY *cert = ctx_alloc( ctx, sizeof(*cert), &hr );
        if (!cert) return hr;
        cert->identity.identityType = WS_CERT_ENDPOINT_IDENTITY_TYPE;
        *ret = &cert->identity;
        return load_child_text( ctx, node, WS_BYTES_TYPE, &cert->rawCertificateData );
    }
    if ((node = child_element( info, &name_KeyValue, &ns_dsig )) &&
        (node = child_element( node, &name_RSAKeyValue, &ns_dsig )) &&
        (exponent = child_element( node, &name_Exponent, &ns_dsig )) &&
        (node = child_element( node, &name_Modulus, &ns_dsig )))
    {
        WS_RSA_ENDPOINT_IDENTITY *rsa = ctx_alloc( ctx, sizeof(*rsa), &hr );
        if (!rsa) return hr;
        rsa->identity.identityType = WS_RSA_ENDPOINT_IDENTITY_TYPE;
        *ret = &rsa->identity;
        if ((hr = load_child_text( ctx, node, WS_BYTES_TYPE, &rsa->modulus ))) return hr;
        return load_child_text( ctx, exponent, WS_BYTES_TYPE, &rsa->exponent );
    }
    return S_OK;
}

/* The kind of an identity shows only inside of it, and an unknown one is kept as XML: so it is read as a buffer first.
 */
static HRESULT read_identity( struct read_ctx *ctx, WS_ENDPOINT_IDENTITY **ret )
{
    WS_UNKNOWN_ENDPOINT_IDENTITY *unknown;
    const struct xml_node *elem, *node;
    WS_XML_BUFFER *buffer;
    HRESULT hr;
    ULONG i;

    if ((hr = reader_read_xml_buffer( ctx->reader, ctx->heap, &buffer, ctx->error ))) return hr;
    for (elem = buffer->root.first; elem && elem->u.node.nodeType != WS_XML_NODE_TYPE_ELEMENT; elem = elem->next) ;
    for (i = 0; i < ARRAY_SIZE( name_identities ); i++)
    {
        WS_DNS_ENDPOINT_IDENTITY *identity; /* the three have the same layout */

        if (!(node = child_element( elem, name_identities[i].name, &ns_identity ))) continue;
        if (!(identity = ctx_alloc( ctx, sizeof(*identity), &hr ))) return hr;
        identity->identity.identityType = name_identities[i].type;
        *ret = &identity->identity;
        return load_child_text( ctx, node, WS_STRING_TYPE, &identity->dns );
    }
    if ((node = child_element( elem, &name_KeyInfo, &ns_dsig )) && ((hr = read_key_identity( ctx, node, ret )) || *ret))
        return hr;
    if (!(unknown = ctx_alloc( ctx, sizeof(*unknown), &hr ))) return hr;
    unknown->identity.identityType = WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE;
    unknown->element = buffer;
    *ret = &unknown->identity;
    return S_OK;
}

static HRESULT read_parts( struct read_ctx *ctx, const WS_XML_STRING *ns, WS_ENDPOINT_ADDRESS *dst )
{
    BOOL more, url = FALSE;
    HRESULT hr;

    for (;;)
    {
        if ((hr = reader_to_content( ctx->reader, &more, ctx->error ))) return hr;
        if (!more) break;
        if (!url && at_element( ctx, &name_Address, ns ))
        {
            url = TRUE;
            hr = read_element_value( ctx, WS_STRING_TYPE, NULL, &dst->url, sizeof(dst->url), NULL );
            if (!hr && is_anonymous( &dst->url, ns )) dst->url.length = 0;
        }
        else if (at_element( ctx, &name_ReferenceParameters, ns ) || at_element( ctx, &name_ReferenceProperties, ns ))
            hr = collect_children( ctx, &dst->headers );
        else if (!dst->identity && at_element( ctx, &name_Identity, &ns_identity ))
            hr = read_identity( ctx, &dst->identity );
        else if (reader_node( ctx->reader )->nodeType == WS_XML_NODE_TYPE_ELEMENT)
            hr = collect_node( ctx, &dst->extensions );
        else hr = ws_fail( ctx->error, WS_E_INVALID_FORMAT, "An endpoint address cannot contain text." );
        if (hr) return hr;
    }
    if (!url) return ws_fail( ctx->error, WS_E_INVALID_FORMAT,
                              "An endpoint address has no element 'Address' of namespace "
                              "'%.*s'.", XMLSTR_ARG( ns ) );
    return S_OK;
}

HRESULT read_endpoint_address( struct read_ctx *ctx, const WS_ENDPOINT_ADDRESS_DESCRIPTION *desc,
                               WS_ENDPOINT_ADDRESS *dst )
{
    HRESULT hr;

    if (!ctx->heap) return ws_fail( ctx->error, E_INVALIDARG, "An endpoint address needs a heap, but none was given." );
    memset( dst, 0, sizeof(*dst) );
    if ((hr = reader_read_start_element( ctx->reader, ctx->error ))) return hr;
    if ((hr = read_parts( ctx, address_namespace( desc ), dst ))) return hr;
    return reader_read_end_element( ctx->reader, ctx->error );
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static HRESULT write_named( struct write_ctx *ctx, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_TYPE type,
                            const void *src )
{
    HRESULT hr;

    if ((hr = writer_write_start_element( ctx->writer, NULL, name, ns, ctx->error ))) return hr;
    if ((hr = store_text( ctx, type, NULL, src, 0 ))) return hr;
    return writer_write_end_element( ctx->writer, ctx->error );
}

static HRESULT write_start( struct write_ctx *ctx, const WS_XML_STRING *name, const WS_XML_STRING *ns )
{
    return writer_write_start_element( ctx->writer, NULL, name, ns, ctx->error );
}

static HRESULT write_ends( struct write_ctx *ctx, ULONG count )
{
    HRESULT hr = S_OK;
    while (count-- && !hr) hr = writer_write_end_element( ctx->writer, ctx->error );
    return hr;
}

static HRESULT write_identity( struct write_ctx *ctx, const WS_ENDPOINT_IDENTITY *identity )
{
    HRESULT hr;
    ULONG i;

    if (identity->identityType == WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE)
    {
        const WS_UNKNOWN_ENDPOINT_IDENTITY *unknown = (const WS_UNKNOWN_ENDPOINT_IDENTITY *)identity;
        if (!unknown->element) return ws_fail( ctx->error, E_INVALIDARG, "An endpoint identity has no element." );
        return writer_write_xml_buffer( ctx->writer, unknown->element, ctx->error );
    }
    if ((hr = write_start( ctx, &name_Identity, &ns_identity ))) return hr;
    for (i = 0; i < ARRAY_SIZE( name_identities ); i++)
    {
        if (name_identities[i].type != identity->identityType) continue;
        if ((hr = write_named( ctx, name_identities[i].name, &ns_identity, WS_STRING_TYPE,
                               &((const WS_DNS_ENDPOINT_IDENTITY *)identity)->dns ))) return hr;
        return write_ends( ctx, 1 );
    }
    if ((hr = write_start( ctx, &name_KeyInfo, &ns_dsig ))) return hr;
    if (identity->identityType == WS_CERT_ENDPOINT_IDENTITY_TYPE)
    {
        if ((hr = write_start( ctx, &name_X509Data, &ns_dsig ))) return hr;
        if ((hr = write_named( ctx, &name_X509Certificate, &ns_dsig, WS_BYTES_TYPE,
                               &((const WS_CERT_ENDPOINT_IDENTITY *)identity)->rawCertificateData ))) return hr;
        return write_ends( ctx, 3 );
    }
    if (identity->identityType == WS_RSA_ENDPOINT_IDENTITY_TYPE)
    {
        const WS_RSA_ENDPOINT_IDENTITY *rsa = (const WS_RSA_ENDPOINT_IDENTITY *)identity;
        if ((hr = write_start( ctx, &name_KeyValue, &ns_dsig ))) return hr;
        if ((hr = write_start( ctx, &name_RSAKeyValue, &ns_dsig ))) return hr;
        if ((hr = write_named( ctx, &name_Modulus, &ns_dsig, WS_BYTES_TYPE, &rsa->modulus ))) return hr;
        if ((hr = write_named( ctx, &name_Exponent, &ns_dsig, WS_BYTES_TYPE, &rsa->exponent ))) return hr;
        return write_ends( ctx, 4 );
    }
    return ws_fail( ctx->error, E_INVALIDARG, "%d is no type of endpoint identity.", identity->identityType );
}

HRESULT write_endpoint_address( struct write_ctx *ctx, const WS_ENDPOINT_ADDRESS_DESCRIPTION *desc,
                                const WS_ENDPOINT_ADDRESS *src )
{
    const WS_XML_STRING *ns = address_namespace( desc );
    HRESULT hr;

    if (!src->url.length) hr = write_named( ctx, &name_Address, ns, WS_XML_STRING_TYPE, anonymous_uri( ns ) );
    else hr = write_named( ctx, &name_Address, ns, WS_STRING_TYPE, &src->url );
    if (hr) return hr;
    if (src->headers)
    {
        if ((hr = write_start( ctx, &name_ReferenceParameters, ns ))) return hr;
        if ((hr = write_nodes( ctx, src->headers->root.first ))) return hr;
        if ((hr = write_ends( ctx, 1 ))) return hr;
    }
    if (src->identity && (hr = write_identity( ctx, src->identity ))) return hr;
    return src->extensions ? write_nodes( ctx, src->extensions->root.first ) : S_OK;
}
