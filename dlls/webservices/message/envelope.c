/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The envelope around headers and body (SOAP 1.1 section 4, SOAP 1.2 part 1 section 5): its names, the header buffer,
 * writing. Reading is in envelope_read.c. */

#include "message/message_impl.h"

const WS_XML_STRING *envelope_namespace( WS_ENVELOPE_VERSION version )
{
    static const WS_XML_STRING none = XMLSTR( "" );

    switch (version)
    {
    case WS_ENVELOPE_VERSION_SOAP_1_1: return &ns_env11;
    case WS_ENVELOPE_VERSION_SOAP_1_2: return &ns_env12;
    default: return &none;
    }
}

struct addressing_names
{
    const WS_XML_STRING *ns, *anonymous, *fault_action;
};

static const struct addressing_names *addressing_names( WS_ADDRESSING_VERSION version )
{
    static const WS_XML_STRING none = XMLSTR( "" );
    static const struct addressing_names names[] =
    {
        { &ns_addr04, &uri_addr04_anonymous, &uri_addr04_fault },
        { &ns_addr10, &uri_addr10_anonymous, &uri_addr10_fault },
        { &ns_addr_none, &none, &none },
    };
    return &names[version - WS_ADDRESSING_VERSION_0_9];
}

const WS_XML_STRING *addressing_namespace( WS_ADDRESSING_VERSION version ) { return addressing_names( version )->ns; }
const WS_XML_STRING *addressing_anonymous( WS_ADDRESSING_VERSION version )
{
    return addressing_names( version )->anonymous;
}
const WS_XML_STRING *addressing_fault_action( WS_ADDRESSING_VERSION version )
{
    return addressing_names( version )->fault_action;
}

const WS_XML_STRING *message_envelope_prefix( const WS_MESSAGE *msg )
{
    static const WS_XML_STRING none = XMLSTR( "" );

    /* that of a message which is forwarded, or which the program changed */
    if (msg->header) return msg->header->parent->u.element.prefix;
    return msg->envelope == WS_ENVELOPE_VERSION_NONE ? &none : &prefix_s;
}

HRESULT message_start_envelope_child( WS_MESSAGE *msg, WS_XML_WRITER *writer, const WS_XML_STRING *name, WS_ERROR *error )
{
    return writer_write_start_element( writer, message_envelope_prefix( msg ), name, envelope_namespace( msg->envelope ),
                                       error );
}

/* --- the header buffer ---------------------------------------------------------------------------------------------- */

HRESULT message_locate_header( WS_MESSAGE *msg, WS_ERROR *error )
{
    struct xml_node *node = msg->buffer->root.first;

    while (node && node->u.node.nodeType != WS_XML_NODE_TYPE_ELEMENT) node = node->next;
    for (node = node ? node->first : NULL; node; node = node->next)
        if (node->u.node.nodeType == WS_XML_NODE_TYPE_ELEMENT && xmlstr_eq( node->u.element.localName, &name_Header ))
        {
            msg->header = node;
            return S_OK;
        }
    return ws_fail( error, WS_E_INVALID_FORMAT, "The message has no header element." );
}

HRESULT message_open_buffer( WS_MESSAGE *msg, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = buffer_create( msg->heap, NULL, 0, &msg->buffer, error ))) return hr;
    return message_header_writer_at( msg, NULL, error );
}

HRESULT message_close_buffer( WS_MESSAGE *msg, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = message_start_envelope_child( msg, msg->header_writer, &name_Body, error )) ||
        (hr = writer_write_end_element( msg->header_writer, error )) ||
        (hr = writer_write_end_element( msg->header_writer, error ))) return hr;
    return message_locate_header( msg, error );
}

/* Envelope and header elements with what is pending. */
static HRESULT write_pending( WS_MESSAGE *msg, WS_XML_WRITER *writer, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = message_start_envelope_child( msg, writer, &name_Envelope, error ))) return hr;
    if (msg->addressing != WS_ADDRESSING_VERSION_TRANSPORT &&
        (hr = writer_write_xmlns_attribute( writer, &prefix_a, addressing_namespace( msg->addressing ), FALSE, error )))
        return hr;
    if ((hr = message_start_envelope_child( msg, writer, &name_Header, error ))) return hr;
    if ((hr = message_write_pending( msg, writer, error ))) return hr;
    return writer_write_end_element( writer, error );
}

HRESULT message_materialize( WS_MESSAGE *msg, WS_ERROR *error )
{
    HRESULT hr;

    if (msg->buffer) return S_OK;
    if (!(hr = message_open_buffer( msg, error )) && !(hr = write_pending( msg, msg->header_writer, error )))
        hr = message_close_buffer( msg, error );
    if (hr) msg->buffer = NULL;
    else msg->pending_count = 0;
    return hr;
}

/* --- writing -------------------------------------------------------------------------------------------------------- */

/* Writes what the buffer holds up to the body: the program may have changed anything in it. */
static HRESULT write_from_buffer( WS_MESSAGE *msg, WS_XML_WRITER *writer, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = message_header_reader_at( msg, msg->buffer, msg->header, error ))) return hr;
    if ((hr = writer_write_node( writer, &msg->header->parent->u.node, error ))) return hr;
    return writer_copy_node( writer, msg->header_reader, error );
}

HRESULT message_write_envelope_start( WS_MESSAGE *msg, WS_XML_WRITER *writer, WS_MESSAGE_DONE_CALLBACK done, void *state,
                                      WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = message_require( msg, WS_MESSAGE_STATE_INITIALIZED, "Writing the envelope", error ))) return hr;
    if (msg->envelope != WS_ENVELOPE_VERSION_NONE)
    {
        if ((hr = msg->buffer ? write_from_buffer( msg, writer, error ) : write_pending( msg, writer, error ))) return hr;
        if ((hr = message_start_envelope_child( msg, writer, &name_Body, error ))) return hr;
    }
    msg->writer = writer;
    msg->done = done;
    msg->done_state = state;
    msg->hdr.state = WS_MESSAGE_STATE_WRITING;
    return S_OK;
}

HRESULT message_write_envelope_end( WS_MESSAGE *msg, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = message_require( msg, WS_MESSAGE_STATE_WRITING, "Ending the envelope", error ))) return hr;
    msg->hdr.state = WS_MESSAGE_STATE_DONE;     /* also when this fails (WsWriteEnvelopeEnd) */
    if (msg->envelope == WS_ENVELOPE_VERSION_NONE) return S_OK;
    if ((hr = writer_write_end_element( msg->writer, error ))) return hr;
    return writer_write_end_element( msg->writer, error );
}

/* --- the body ------------------------------------------------------------------------------------------------------- */

void message_body_description( const WS_MESSAGE *msg, const WS_ELEMENT_DESCRIPTION *desc, struct body_description *ret )
{
    ret->element = *desc;
    if (desc->type == WS_FAULT_TYPE)
    {
        ret->defaults.fault.envelopeVersion = msg->envelope;
        if (!desc->elementLocalName)
        {
            ret->element.elementLocalName = (WS_XML_STRING *)&name_Fault;
            ret->element.elementNs = (WS_XML_STRING *)envelope_namespace( msg->envelope );
        }
    }
    else if (desc->type == WS_ENDPOINT_ADDRESS_TYPE)
    {
        ret->defaults.address.addressingVersion = msg->addressing;
        if (!desc->elementLocalName)
        {
            ret->element.elementLocalName = (WS_XML_STRING *)&name_EndpointReference;
            ret->element.elementNs = (WS_XML_STRING *)addressing_namespace( msg->addressing );
        }
    }
    else return;
    if (!desc->typeDescription) ret->element.typeDescription = &ret->defaults;
}

HRESULT message_write_body( WS_MESSAGE *msg, const WS_ELEMENT_DESCRIPTION *desc, WS_WRITE_OPTION option, const void *value,
                            ULONG size, WS_ERROR *error )
{
    struct body_description body;
    HRESULT hr;

    if (!desc) return ws_fail( error, E_INVALIDARG, "The body needs a description." );
    if ((hr = message_require( msg, WS_MESSAGE_STATE_WRITING, "Writing the body", error ))) return hr;
    message_body_description( msg, desc, &body );
    if (body.element.elementLocalName)
        return serial_write_element( msg->writer, &body.element, option, value, size, error );
    /* no element of its own: the fields of the struct are the elements of the body */
    return serial_write_type( msg->writer, WS_ELEMENT_CONTENT_TYPE_MAPPING, desc->type, desc->typeDescription, option,
                              value, size, error );
}

HRESULT message_flush_body( WS_MESSAGE *msg, ULONG min, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = message_require( msg, WS_MESSAGE_STATE_WRITING, "Flushing the body", error ))) return hr;
    return writer_flush( msg->writer, min, context, error );
}
