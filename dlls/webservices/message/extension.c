/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Extensions of an endpoint address. The one that is known tells where the metadata of the endpoint can be had: WCF puts a
 * WS-MetadataExchange document with a reference into the Metadata element of the address. */

#include "message/message_impl.h"
#include "xml/buffer.h"

static BOOL is_element( const struct xml_node *node, const WS_XML_STRING *name, const WS_XML_STRING *ns )
{
    return node->u.node.nodeType == WS_XML_NODE_TYPE_ELEMENT && xmlstr_eq( node->u.element.localName, name ) &&
           xmlstr_eq( node->u.element.ns, ns );
}

/* The version of the endpoint reference is that of the address inside it; 0 when there is none. */
static WS_ADDRESSING_VERSION reference_version( const struct xml_node *reference )
{
    const struct xml_node *node;

    for (node = reference->first; node; node = node->next)
    {
        if (is_element( node, &name_Address, &ns_addr10 )) return WS_ADDRESSING_VERSION_1_0;
        if (is_element( node, &name_Address, &ns_addr04 )) return WS_ADDRESSING_VERSION_0_9;
    }
    return 0;
}

static struct xml_node *find_reference( WS_XML_BUFFER *extensions, WS_ADDRESSING_VERSION *version )
{
    static const WS_XML_STRING name = XMLSTR( "MetadataReference" );
    struct xml_node *node;

    for (node = extensions ? extensions->root.first : NULL; node; node = node_next( node ))
        if (is_element( node, &name, &ns_mex ) && (*version = reference_version( node ))) return node;
    return NULL;
}

HRESULT message_read_address_extension( WS_XML_READER *reader, const WS_ENDPOINT_ADDRESS *address,
                                        WS_ENDPOINT_ADDRESS_EXTENSION_TYPE type, WS_READ_OPTION option, WS_HEAP *heap,
                                        void *value, ULONG size, WS_ERROR *error )
{
    WS_ENDPOINT_ADDRESS_DESCRIPTION desc = { 0 };
    WS_XML_NODE_POSITION pos;
    HRESULT hr;

    if (!address || !heap || !value) return ws_fail( error, E_INVALIDARG, "Address, heap or place for the value is NULL." );
    if (type != WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS)
        return ws_fail( error, E_INVALIDARG, "%u is not a type of address extension.", type );
    if (option < WS_READ_REQUIRED_VALUE || option > WS_READ_OPTIONAL_POINTER)
        return ws_fail( error, E_INVALIDARG, "Read option %u does not fit an address extension.", option );
    if (size != (option == WS_READ_REQUIRED_VALUE ? sizeof(WS_ENDPOINT_ADDRESS) : sizeof(void *)))
        return ws_fail( error, E_INVALIDARG, "The size %u does not fit the value of an address extension.", size );
    if (!(pos.node = find_reference( address->extensions, &desc.addressingVersion )))
    {
        if (option != WS_READ_OPTIONAL_POINTER)
            return ws_fail( error, WS_E_INVALID_FORMAT, "The endpoint address has no metadata address among its extensions." );
        *(void **)value = NULL;
        return S_OK;
    }
    pos.buffer = address->extensions;
    if ((hr = reader_set_input_to_buffer( reader, pos.buffer, NULL, 0, error ))) return hr;
    if ((hr = reader_set_position( reader, &pos, error ))) return hr;
    return serial_read_type( reader, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, &desc, option, heap, value, size,
                             error );
}
