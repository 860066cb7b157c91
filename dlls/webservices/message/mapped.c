/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Mapped headers: what a message carries outside its envelope, in headers of the transport. Values are kept in their lexical
 * form and converted by the type the program asks for. */

#include "message/message_impl.h"

static HRESULT check_mapped( const WS_MESSAGE *msg, const WS_XML_STRING *name, WS_ERROR *error )
{
    if (!name) return ws_fail( error, E_INVALIDARG, "A mapped header needs a name." );
    if (msg->hdr.state == WS_MESSAGE_STATE_EMPTY)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The message is empty: it has no mapped header %.*s.",
                        XMLSTR_ARG( name ) );
    return S_OK;
}

HRESULT message_add_transport_header( WS_MESSAGE *msg, const WS_XML_STRING *name, const WS_XML_STRING *value,
                                      WS_ERROR *error )
{
    struct mapped_header *header, **tail = &msg->mapped;
    HRESULT hr;

    if (!(header = heap_alloc( msg->heap, sizeof(*header), error ))) return heap_failure( msg->heap );
    if ((hr = xmlstr_dup( msg->heap, name, &header->name, error ))) return hr;
    if ((hr = xmlstr_dup( msg->heap, value, &header->value, error ))) return hr;
    header->next = NULL;
    while (*tail) tail = &(*tail)->next;
    *tail = header;
    return S_OK;
}

const struct mapped_header *message_mapped_headers( const WS_MESSAGE *msg ) { return msg->mapped; }

/* The lexical form of a typed value is what the text writer makes of it in an element of its own. */
static HRESULT value_to_text( WS_MESSAGE *msg, WS_TYPE type, WS_WRITE_OPTION option, const void *value, ULONG size,
                              WS_XML_STRING *text, WS_ERROR *error )
{
    static const WS_XML_STRING name = XMLSTR( "v" ), ns = XMLSTR( "" );
    WS_XML_BUFFER *buffer;
    WS_XML_WRITER *writer;
    struct xml_node *node;
    HRESULT hr;

    if ((hr = buffer_create( msg->heap, NULL, 0, &buffer, error ))) return hr;
    if ((hr = writer_create( NULL, 0, &writer, error ))) return hr;
    if (!(hr = writer_set_output_to_buffer( writer, buffer, NULL, 0, error )) &&
        !(hr = writer_write_start_element( writer, NULL, &name, &ns, error )) &&
        !(hr = serial_write_type( writer, WS_ELEMENT_TYPE_MAPPING, type, NULL, option, value, size, error )))
        hr = writer_write_end_element( writer, error );
    writer_free( writer );
    if (hr) return hr;
    text->length = 0;
    text->bytes = NULL;
    node = buffer->root.first->first;
    if (node && node->u.node.nodeType == WS_XML_NODE_TYPE_TEXT)
    {
        BYTE scratch[XML_TEXT_SCRATCH];
        WS_XML_STRING str;

        if ((hr = text_to_utf8( node->u.text.text, msg->heap, scratch, &str, error ))) return hr;
        return xmlstr_dup( msg->heap, &str, text, error );
    }
    return S_OK;
}

HRESULT message_add_mapped_header( WS_MESSAGE *msg, const WS_XML_STRING *name, WS_TYPE type, WS_WRITE_OPTION option,
                                   const void *value, ULONG size, WS_ERROR *error )
{
    WS_XML_STRING text;
    HRESULT hr;

    if ((hr = check_mapped( msg, name, error ))) return hr;
    if ((hr = value_to_text( msg, type, option, value, size, &text, error ))) return hr;
    return message_add_transport_header( msg, name, &text, error );
}

/* HTTP header names do not tell case apart. */
static BOOL name_eq( const WS_XML_STRING *a, const WS_XML_STRING *b )
{
    ULONG i;

    if (a->length != b->length) return FALSE;
    for (i = 0; i < a->length; i++)
    {
        BYTE x = a->bytes[i], y = b->bytes[i];
        if (x >= 'A' && x <= 'Z') x |= 0x20;
        if (y >= 'A' && y <= 'Z') y |= 0x20;
        if (x != y) return FALSE;
    }
    return TRUE;
}

static HRESULT text_to_value( WS_MESSAGE *msg, const WS_XML_STRING *text, WS_TYPE type, WS_READ_OPTION option, WS_HEAP *heap,
                              void *value, ULONG size, WS_ERROR *error )
{
    static const WS_XML_STRING name = XMLSTR( "v" ), ns = XMLSTR( "" );
    WS_XML_BUFFER *buffer;
    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    HRESULT hr;

    if ((hr = buffer_create( msg->heap, NULL, 0, &buffer, error ))) return hr;
    if ((hr = writer_create( NULL, 0, &writer, error ))) return hr;
    if (!(hr = writer_set_output_to_buffer( writer, buffer, NULL, 0, error )) &&
        !(hr = writer_write_start_element( writer, NULL, &name, &ns, error )) &&
        !(hr = writer_write_chars_utf8( writer, text->bytes, text->length, error )))
        hr = writer_write_end_element( writer, error );
    writer_free( writer );
    if (hr || (hr = reader_create( NULL, 0, &reader, error ))) return hr;
    if (!(hr = reader_set_input_to_buffer( reader, buffer, NULL, 0, error )) && !(hr = reader_read_node( reader, error )))
        hr = serial_read_type( reader, WS_ELEMENT_TYPE_MAPPING, type, NULL, option, heap ? heap : msg->heap, value, size,
                               error );
    reader_free( reader );
    return hr;
}

HRESULT message_get_mapped_header( WS_MESSAGE *msg, const WS_XML_STRING *name, WS_REPEATING_HEADER_OPTION repeat, ULONG index,
                                   WS_TYPE type, WS_READ_OPTION option, WS_HEAP *heap, void *value, ULONG size,
                                   WS_ERROR *error )
{
    const struct mapped_header *header, *found = NULL;
    ULONG count = 0, processed = 0;
    HRESULT hr;

    if ((hr = check_mapped( msg, name, error ))) return hr;
    if ((repeat != WS_REPEATING_HEADER && repeat != WS_SINGLETON_HEADER) || (repeat == WS_SINGLETON_HEADER && index))
        return ws_fail( error, E_INVALIDARG, "Index %u does not fit the repeating option %u.", index, repeat );
    for (header = msg->mapped; header; header = header->next)
    {
        if (++processed > msg->values.max_headers)
            return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The message has more mapped headers than the limit of %u.",
                            msg->values.max_headers );
        if (name_eq( &header->name, name ) && count++ == index) found = header;
    }
    if (repeat == WS_SINGLETON_HEADER && count > 1)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The message has %u mapped headers %.*s; there may be one.", count,
                        XMLSTR_ARG( name ) );
    if (found) return text_to_value( msg, &found->value, type, option, heap, value, size, error );
    if (option != WS_READ_OPTIONAL_POINTER && option != WS_READ_NILLABLE_POINTER)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The message has no mapped header %.*s.", XMLSTR_ARG( name ) );
    if (!value || size != sizeof(void *))
        return ws_fail( error, E_INVALIDARG, "The mapped header %.*s needs room for a pointer.", XMLSTR_ARG( name ) );
    *(void **)value = NULL;
    return S_OK;
}

HRESULT message_remove_mapped_header( WS_MESSAGE *msg, const WS_XML_STRING *name, WS_ERROR *error )
{
    struct mapped_header **link;
    HRESULT hr;

    if ((hr = check_mapped( msg, name, error ))) return hr;
    for (link = &msg->mapped; *link;)
    {
        if (name_eq( &(*link)->name, name )) *link = (*link)->next;
        else link = &(*link)->next;
    }
    return S_OK;
}
