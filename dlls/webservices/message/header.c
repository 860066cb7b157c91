/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Headers of a message: the standard ones of WS-Addressing, custom ones, their attributes and mustUnderstand
 * (SOAP 1.1 section 4.2, SOAP 1.2 part 1 sections 2.4 and 5.2, WS-Addressing 2004/08 and 1.0). */

#include "message/message_impl.h"
#include "message/fault.h"

#define HEADER_UNDERSTOOD 0x80000000u       /* flag of struct xml_node */

const struct standard_header standard_headers[] =
{
    { NULL, 0, 0, 0 },
    { &name_Action,    1, 0, 1 },
    { &name_To,        1, 0, 1 },
    { &name_MessageID, 0, 0, 0 },
    { &name_RelatesTo, 0, 0, 0 },
    { &name_From,      0, 1, 0 },
    { &name_ReplyTo,   0, 1, 0 },
    { &name_FaultTo,   0, 1, 0 },
};

static const WS_XML_STRING empty = XMLSTR( "" );

const WS_XML_STRING *message_header_prefix( const WS_MESSAGE *msg )
{
    return msg->addressing == WS_ADDRESSING_VERSION_TRANSPORT ? &empty : &prefix_a;
}

static HRESULT check_type( const WS_MESSAGE *msg, WS_HEADER_TYPE type, WS_ERROR *error )
{
    if (type < WS_ACTION_HEADER || type > WS_FAULT_TO_HEADER)
        return ws_fail( error, E_INVALIDARG, "%u is not a header type.", type );
    if (msg->hdr.state == WS_MESSAGE_STATE_EMPTY)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The message is empty: it has no header %.*s.",
                        XMLSTR_ARG( standard_headers[type].name ) );
    if (msg->addressing == WS_ADDRESSING_VERSION_TRANSPORT && !standard_headers[type].in_transport)
        return ws_fail( error, E_INVALIDARG, "There is no header %.*s with WS_ADDRESSING_VERSION_TRANSPORT.",
                        XMLSTR_ARG( standard_headers[type].name ) );
    return S_OK;
}

static BOOL type_fits( WS_HEADER_TYPE header, WS_TYPE type )
{
    if (standard_headers[header].is_address) return type == WS_ENDPOINT_ADDRESS_TYPE;
    if (type == WS_UNIQUE_ID_TYPE) return header == WS_MESSAGE_ID_HEADER || header == WS_RELATES_TO_HEADER;
    return type == WS_STRING_TYPE || type == WS_XML_STRING_TYPE || type == WS_WSZ_TYPE;
}

/* An attribute of the envelope's namespace, with the value 1. */
static HRESULT write_flag( WS_MESSAGE *msg, WS_XML_WRITER *writer, const WS_XML_STRING *name, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = writer_write_start_attribute( writer, message_envelope_prefix( msg ), name, envelope_namespace( msg->envelope ),
                                            FALSE, error )) ||
        (hr = writer_write_plain( writer, (const BYTE *)"1", 1, error ))) return hr;
    return writer_write_end_attribute( writer, error );
}

HRESULT message_start_header( WS_MESSAGE *msg, WS_XML_WRITER *writer, WS_HEADER_TYPE type, BOOL understand,
                              WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = writer_write_start_element( writer, message_header_prefix( msg ), standard_headers[type].name,
                                          addressing_namespace( msg->addressing ), error ))) return hr;
    return understand ? write_flag( msg, writer, &name_mustUnderstand, error ) : S_OK;
}

/* --- headers in the buffer ------------------------------------------------------------------------------------------ */

static const WS_XML_ATTRIBUTE *find_attribute( const WS_XML_ELEMENT_NODE *elem, const WS_XML_STRING *name,
                                               const WS_XML_STRING *ns )
{
    ULONG i;

    for (i = 0; i < elem->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attr = elem->attributes[i];
        if (!attr->isXmlNs && xmlstr_eq( attr->localName, name ) && xmlstr_eq( attr->ns, ns )) return attr;
    }
    return NULL;
}

static BOOL attribute_is( const WS_XML_ATTRIBUTE *attr, const char *const *values )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    WS_XML_STRING str;

    if (!attr || !attr->value || text_to_utf8( attr->value, NULL, scratch, &str, NULL )) return FALSE;
    for (; *values; values++) if (xmlstr_is( &str, *values, strlen( *values ) )) return TRUE;
    return FALSE;
}

BOOL message_is_true( const WS_XML_ATTRIBUTE *attr )
{
    static const char *const values[] = { "1", "true", NULL };
    return attribute_is( attr, values );
}

/* Whether a header is for the ultimate receiver; with `next` also whether it is for each node on the way. */
static BOOL is_for_us( const WS_MESSAGE *msg, const WS_XML_ELEMENT_NODE *elem, BOOL next )
{
    static const char *const roles_1_1[] = { "", "http://schemas.xmlsoap.org/soap/actor/next", NULL };
    static const char *const roles_1_2[] = { "", "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver",
                                             "http://www.w3.org/2003/05/soap-envelope/role/next", NULL };
    static const char *const end_1_1[] = { "", NULL };
    static const char *const end_1_2[] = { "", "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver", NULL };
    const WS_XML_STRING *ns = envelope_namespace( msg->envelope );
    const WS_XML_ATTRIBUTE *attr;

    if (msg->envelope == WS_ENVELOPE_VERSION_SOAP_1_2)
        return !(attr = find_attribute( elem, &name_role, ns )) || attribute_is( attr, next ? roles_1_2 : end_1_2 );
    return !(attr = find_attribute( elem, &name_actor, ns )) || attribute_is( attr, next ? roles_1_1 : end_1_1 );
}

static BOOL is_header( const WS_MESSAGE *msg, const struct xml_node *node, const WS_XML_STRING *name,
                       const WS_XML_STRING *ns )
{
    const WS_XML_ELEMENT_NODE *elem = &node->u.element;

    return node->u.node.nodeType == WS_XML_NODE_TYPE_ELEMENT && xmlstr_eq( elem->localName, name ) &&
           xmlstr_eq( elem->ns, ns ) && is_for_us( msg, elem, FALSE );
}

/* Whether a header of the namespace can be found only in the header buffer: pending are those of WS-Addressing. */
static BOOL may_be_pending( const WS_MESSAGE *msg, const WS_XML_STRING *ns )
{
    return !msg->buffer && xmlstr_eq( ns, addressing_namespace( msg->addressing ) );
}

static HRESULT too_many_headers( const WS_MESSAGE *msg, WS_ERROR *error )
{
    return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The message has more headers than the limit of %u.",
                    msg->values.max_headers );
}

struct header_search
{
    const WS_XML_STRING *name, *ns;
    struct xml_node *first;         /* found, NULL if none */
    struct xml_node *at_index;      /* number `index` of them */
    ULONG index;
    ULONG count;
};

/* WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS holds for getting and setting; what is in a message can always be removed. */
static HRESULT search( WS_MESSAGE *msg, struct header_search *find, ULONG limit, WS_ERROR *error )
{
    ULONG processed = 0;
    struct xml_node *node;
    HRESULT hr;

    find->first = find->at_index = NULL;
    find->count = 0;
    if (may_be_pending( msg, find->ns ) && (hr = message_materialize( msg, error ))) return hr;
    if (!msg->buffer) return msg->pending_count > limit ? too_many_headers( msg, error ) : S_OK;
    for (node = msg->header->first; node; node = node->next)
    {
        if (node->u.node.nodeType != WS_XML_NODE_TYPE_ELEMENT) continue;
        if (++processed > limit) return too_many_headers( msg, error );
        if (!is_header( msg, node, find->name, find->ns )) continue;
        if (!find->first) find->first = node;
        if (find->count++ == find->index) find->at_index = node;
    }
    return S_OK;
}

static HRESULT search_standard( WS_MESSAGE *msg, WS_HEADER_TYPE type, ULONG limit, struct xml_node **ret,
                                WS_ERROR *error )
{
    struct header_search find = { standard_headers[type].name, addressing_namespace( msg->addressing ), NULL, NULL, 0, 0 };
    HRESULT hr;

    if ((hr = search( msg, &find, limit, error ))) return hr;
    if (find.count > 1)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The message has %u headers %.*s; there may be one.", find.count,
                        XMLSTR_ARG( find.name ) );
    *ret = find.first;
    return S_OK;
}

static HRESULT read_header( WS_MESSAGE *msg, struct xml_node *node, WS_TYPE type, const void *desc, WS_READ_OPTION option,
                            WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = message_header_reader_at( msg, msg->buffer, node, error ))) return hr;
    return serial_read_type( msg->header_reader, WS_ELEMENT_TYPE_MAPPING, type, desc, option, heap ? heap : msg->heap,
                             value, size, error );
}

/* What reading gives for a header that is not there. */
static HRESULT missing_header( const WS_XML_STRING *name, WS_READ_OPTION option, void *value, ULONG size, WS_ERROR *error )
{
    if (option != WS_READ_OPTIONAL_POINTER && option != WS_READ_NILLABLE_POINTER)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The message has no header %.*s.", XMLSTR_ARG( name ) );
    if (!value || size != sizeof(void *))
        return ws_fail( error, E_INVALIDARG, "The header %.*s needs room for a pointer.", XMLSTR_ARG( name ) );
    *(void **)value = NULL;
    return S_OK;
}

HRESULT message_get_header( WS_MESSAGE *msg, WS_HEADER_TYPE header, WS_TYPE type, WS_READ_OPTION option, WS_HEAP *heap,
                            void *value, ULONG size, WS_ERROR *error )
{
    WS_ENDPOINT_ADDRESS_DESCRIPTION address = { msg->addressing };
    struct pending_header *pending;
    struct xml_node *node;
    HRESULT hr;

    if ((hr = check_type( msg, header, error ))) return hr;
    if (!type_fits( header, type ))
        return ws_fail( error, E_INVALIDARG, "The header %.*s can't be read as type %u.",
                        XMLSTR_ARG( standard_headers[header].name ), type );
    if (option < WS_READ_REQUIRED_VALUE || option > WS_READ_OPTIONAL_POINTER)
        return ws_fail( error, E_INVALIDARG, "Read option %u does not fit a header.", option );
    if (!msg->buffer)
    {
        if (msg->pending_count > msg->values.max_headers) return too_many_headers( msg, error );
        if (!(pending = message_pending( msg, header )))
            return missing_header( standard_headers[header].name, option, value, size, error );
        if ((hr = message_get_pending( msg, pending, type, option, heap, value, size, error )) != S_FALSE) return hr;
    }
    if ((hr = search_standard( msg, header, msg->values.max_headers, &node, error ))) return hr;
    if (!node) return missing_header( standard_headers[header].name, option, value, size, error );
    node->flags |= HEADER_UNDERSTOOD;
    return read_header( msg, node, type, type == WS_ENDPOINT_ADDRESS_TYPE ? &address : NULL, option, heap, value, size,
                        error );
}

static HRESULT position_at_header_end( WS_MESSAGE *msg, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = message_materialize( msg, error ))) return hr;
    return message_header_writer_at( msg, msg->header->last, error );
}

static HRESULT remove_node( WS_MESSAGE *msg, struct xml_node *node, WS_ERROR *error )
{
    WS_XML_NODE_POSITION pos = { msg->buffer, node };
    return buffer_remove_node( &pos, error );
}

void message_drop_headers( WS_MESSAGE *msg, struct xml_node *last )
{
    while (msg->header->last->prev != last && !remove_node( msg, msg->header->last->prev, NULL )) ;
}

HRESULT message_set_header( WS_MESSAGE *msg, WS_HEADER_TYPE header, WS_TYPE type, WS_WRITE_OPTION option, const void *value,
                            ULONG size, WS_ERROR *error )
{
    WS_ENDPOINT_ADDRESS_DESCRIPTION address = { msg->addressing };
    struct xml_node *node, *last;
    HRESULT hr;

    if ((hr = check_type( msg, header, error ))) return hr;
    if (!type_fits( header, type ))
        return ws_fail( error, E_INVALIDARG, "The header %.*s can't be written as type %u.",
                        XMLSTR_ARG( standard_headers[header].name ), type );
    if (option < WS_WRITE_REQUIRED_VALUE || option > WS_WRITE_REQUIRED_POINTER)
        return ws_fail( error, E_INVALIDARG, "Write option %u does not fit a header.", option );
    if (!msg->buffer)
    {
        if (msg->pending_count > msg->values.max_headers) return too_many_headers( msg, error );
        if ((hr = message_set_pending( msg, header, type, option, value, size, error )) != S_FALSE) return hr;
    }
    if ((hr = search_standard( msg, header, msg->values.max_headers, &node, error ))) return hr;
    if ((hr = position_at_header_end( msg, error ))) return hr;
    last = msg->header->last->prev;
    if (!(hr = message_start_header( msg, msg->header_writer, header, standard_headers[header].must_understand, error )) &&
        !(hr = serial_write_type( msg->header_writer, WS_ELEMENT_TYPE_MAPPING, type,
                                  type == WS_ENDPOINT_ADDRESS_TYPE ? &address : NULL, option, value, size, error )) &&
        !(hr = writer_write_end_element( msg->header_writer, error )))
        return node ? remove_node( msg, node, error ) : S_OK;
    message_drop_headers( msg, last );
    return hr;
}

HRESULT message_remove_header( WS_MESSAGE *msg, WS_HEADER_TYPE header, WS_ERROR *error )
{
    struct pending_header *pending;
    struct xml_node *node;
    HRESULT hr;

    if (msg->hdr.state == WS_MESSAGE_STATE_EMPTY)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The message is empty: it has no headers." );
    if ((hr = check_type( msg, header, error ))) return hr;
    if (!msg->buffer)
    {
        if ((pending = message_pending( msg, header ))) message_remove_pending( msg, pending );
        return S_OK;
    }
    if ((hr = search_standard( msg, header, ~0u, &node, error ))) return hr;
    return node ? remove_node( msg, node, error ) : S_OK;
}

/* --- custom headers ------------------------------------------------------------------------------------------------- */

static HRESULT check_custom( const WS_MESSAGE *msg, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_ERROR *error )
{
    if (!name || !ns) return ws_fail( error, E_INVALIDARG, "A custom header needs a name and a namespace." );
    if (msg->hdr.state == WS_MESSAGE_STATE_EMPTY)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The message is empty: it has no header %.*s.", XMLSTR_ARG( name ) );
    return S_OK;
}

static ULONG header_attributes( const WS_MESSAGE *msg, const WS_XML_ELEMENT_NODE *elem )
{
    const WS_XML_STRING *ns = envelope_namespace( msg->envelope );
    ULONG ret = 0;

    if (message_is_true( find_attribute( elem, &name_mustUnderstand, ns ) )) ret |= WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE;
    if (msg->envelope == WS_ENVELOPE_VERSION_SOAP_1_2 && message_is_true( find_attribute( elem, &name_relay, ns ) ))
        ret |= WS_RELAY_HEADER_ATTRIBUTE;
    return ret;
}

static HRESULT write_header_attributes( WS_MESSAGE *msg, ULONG attributes, WS_ERROR *error )
{
    HRESULT hr;

    if ((attributes & WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE) &&
        (hr = write_flag( msg, msg->header_writer, &name_mustUnderstand, error ))) return hr;
    if (!(attributes & WS_RELAY_HEADER_ATTRIBUTE) || msg->envelope != WS_ENVELOPE_VERSION_SOAP_1_2) return S_OK;
    return write_flag( msg, msg->header_writer, &name_relay, error );
}

HRESULT message_add_custom_header( WS_MESSAGE *msg, const WS_ELEMENT_DESCRIPTION *desc, WS_WRITE_OPTION option,
                                   const void *value, ULONG size, ULONG attributes, WS_ERROR *error )
{
    struct xml_node *last;
    HRESULT hr;

    if (!desc) return ws_fail( error, E_INVALIDARG, "A custom header needs a description." );
    if ((hr = check_custom( msg, desc->elementLocalName, desc->elementNs, error ))) return hr;
    if (attributes & ~(WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE | WS_RELAY_HEADER_ATTRIBUTE))
        return ws_fail( error, E_INVALIDARG, "0x%x are not header attributes.", attributes );
    if ((hr = position_at_header_end( msg, error ))) return hr;
    last = msg->header->last->prev;
    if (!(hr = writer_write_start_element( msg->header_writer, NULL, desc->elementLocalName, desc->elementNs, error )) &&
        !(hr = write_header_attributes( msg, attributes, error )) &&
        !(hr = serial_write_type( msg->header_writer, WS_ELEMENT_TYPE_MAPPING, desc->type, desc->typeDescription, option,
                                  value, size, error )))
        return writer_write_end_element( msg->header_writer, error );
    message_drop_headers( msg, last );
    return hr;
}

HRESULT message_get_custom_header( WS_MESSAGE *msg, const WS_ELEMENT_DESCRIPTION *desc, WS_REPEATING_HEADER_OPTION repeat,
                                   ULONG index, WS_READ_OPTION option, WS_HEAP *heap, void *value, ULONG size,
                                   ULONG *attributes, WS_ERROR *error )
{
    struct header_search find;
    HRESULT hr;

    if (!desc) return ws_fail( error, E_INVALIDARG, "A custom header needs a description." );
    if ((hr = check_custom( msg, desc->elementLocalName, desc->elementNs, error ))) return hr;
    if ((repeat != WS_REPEATING_HEADER && repeat != WS_SINGLETON_HEADER) || (repeat == WS_SINGLETON_HEADER && index))
        return ws_fail( error, E_INVALIDARG, "Index %u does not fit the repeating option %u.", index, repeat );
    find.name = desc->elementLocalName;
    find.ns = desc->elementNs;
    find.index = index;
    if ((hr = search( msg, &find, msg->values.max_headers, error ))) return hr;
    if (repeat == WS_SINGLETON_HEADER && find.count > 1)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The message has %u headers %.*s; there may be one.", find.count,
                        XMLSTR_ARG( find.name ) );
    if (!find.at_index) return missing_header( find.name, option, value, size, error );
    if ((hr = read_header( msg, find.at_index, desc->type, desc->typeDescription, option, heap, value, size, error )))
        return hr;
    find.at_index->flags |= HEADER_UNDERSTOOD;
    if (attributes) *attributes = header_attributes( msg, &find.at_index->u.element );
    return S_OK;
}

HRESULT message_remove_custom_header( WS_MESSAGE *msg, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_ERROR *error )
{
    struct xml_node *node, *next;
    HRESULT hr;

    if ((hr = check_custom( msg, name, ns, error ))) return hr;
    if (may_be_pending( msg, ns ) && (hr = message_materialize( msg, error ))) return hr;
    if (!msg->buffer) return S_OK;
    for (node = msg->header->first; node; node = next)
    {
        next = node->next;
        if (is_header( msg, node, name, ns ) && (hr = remove_node( msg, node, error ))) return hr;
    }
    return S_OK;
}

/* --- mustUnderstand ------------------------------------------------------------------------------------------------- */

HRESULT message_get_header_attributes( WS_MESSAGE *msg, WS_XML_READER *reader, ULONG *attributes, WS_ERROR *error )
{
    const WS_XML_NODE *node;
    HRESULT hr;

    if (!attributes) return ws_fail( error, E_INVALIDARG, "No place to store the header attributes was given." );
    if (msg->hdr.state == WS_MESSAGE_STATE_EMPTY)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The message is empty: it has no headers." );
    if ((hr = reader_get_node( reader, &node, error ))) return hr;
    if (node->nodeType != WS_XML_NODE_TYPE_ELEMENT)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The reader is not on a header element." );
    *attributes = header_attributes( msg, (const WS_XML_ELEMENT_NODE *)node );
    return S_OK;
}

HRESULT message_mark_header_as_understood( WS_MESSAGE *msg, const WS_XML_NODE_POSITION *pos, WS_ERROR *error )
{
    struct xml_node *node;
    HRESULT hr;

    if (!pos || !pos->node) return ws_fail( error, E_INVALIDARG, "No header position was given." );
    if ((hr = message_require( msg, WS_MESSAGE_STATE_READING, "Marking a header as understood", error ))) return hr;
    node = pos->node;
    if (!msg->buffer || pos->buffer != msg->buffer || node->u.node.nodeType != WS_XML_NODE_TYPE_ELEMENT)
        return ws_fail( error, E_INVALIDARG, "The position is not that of a header of this message." );
    node->flags |= HEADER_UNDERSTOOD;
    return S_OK;
}

static BOOL is_standard( const WS_MESSAGE *msg, const WS_XML_ELEMENT_NODE *elem )
{
    ULONG i;

    if (!xmlstr_eq( elem->ns, addressing_namespace( msg->addressing ) )) return FALSE;
    for (i = WS_ACTION_HEADER; i <= WS_FAULT_TO_HEADER; i++)
        if (xmlstr_eq( elem->localName, standard_headers[i].name )) return TRUE;
    return FALSE;
}

HRESULT message_check_must_understand( WS_MESSAGE *msg, WS_ERROR *error )
{
    const WS_XML_STRING *ns = envelope_namespace( msg->envelope );
    struct xml_node *node;
    HRESULT hr;

    if ((hr = message_require( msg, WS_MESSAGE_STATE_READING, "Checking its headers", error ))) return hr;
    if (!msg->buffer) return S_OK;
    for (node = msg->header->first; node; node = node->next)
    {
        const WS_XML_ELEMENT_NODE *elem = &node->u.element;

        if (node->u.node.nodeType != WS_XML_NODE_TYPE_ELEMENT || (node->flags & HEADER_UNDERSTOOD)) continue;
        if (!is_for_us( msg, elem, TRUE ) || !message_is_true( find_attribute( elem, &name_mustUnderstand, ns ) )) continue;
        if (is_standard( msg, elem )) continue;
        return fault_not_understood( error, msg->envelope, elem->localName, elem->ns );
    }
    return S_OK;
}

/* --- for channels --------------------------------------------------------------------------------------------------- */

const WS_XML_STRING *message_action( WS_MESSAGE *msg )
{
    struct pending_header *pending = message_pending( msg, WS_ACTION_HEADER );
    WS_XML_STRING *action = NULL;

    if (pending) return &pending->u.text;
    if (!msg->buffer) return NULL;
    message_get_header( msg, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &action, sizeof(action),
                        NULL );
    return action;
}

HRESULT message_set_transport_action( WS_MESSAGE *msg, const WS_XML_STRING *action, WS_ERROR *error )
{
    return message_set_header( msg, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, action, sizeof(*action),
                               error );
}

HRESULT message_take_transport_header( WS_MESSAGE *msg, WS_HEADER_TYPE type, WS_XML_STRING *value, WS_ERROR *error )
{
    WS_XML_STRING *str = NULL;
    struct pending_header *pending;
    HRESULT hr;

    memset( value, 0, sizeof(*value) );
    if ((pending = message_pending( msg, type )))
    {
        *value = pending->u.text;
        message_remove_pending( msg, pending );
        return S_OK;
    }
    if (!msg->buffer) return S_OK;
    if ((hr = message_get_header( msg, type, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &str, sizeof(str), error )))
        return hr;
    if (!str) return S_OK;
    *value = *str;
    return message_remove_header( msg, type, error );
}

BOOL message_same_id( const WS_UNIQUE_ID *a, const WS_UNIQUE_ID *b )
{
    if (a->uri.length != b->uri.length) return FALSE;
    return a->uri.length ? !memcmp( a->uri.chars, b->uri.chars, a->uri.length * sizeof(WCHAR) )
                         : !memcmp( &a->guid, &b->guid, sizeof(GUID) );
}
