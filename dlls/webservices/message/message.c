/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_MESSAGE: creation, states, properties and addressing (message.md). */

#include "message/message_impl.h"
#include "base/prop.h"

#define DEFAULT_MAX_HEADERS  64
#define DEFAULT_HEAP_MAX     (64 * 1024)
#define DEFAULT_HEAP_TRIM    4096

static const struct prop_desc message_props[] =
{
    PROP( WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, struct message_values, heap, PROP_CREATE ),
    PROP( WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES, struct message_values, reader, PROP_CREATE ),
    PROP( WS_MESSAGE_PROPERTY_XML_WRITER_PROPERTIES, struct message_values, writer, PROP_CREATE ),
    PROP( WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS, struct message_values, max_headers, PROP_CREATE ),
};

static HRESULT check_versions( WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing, WS_ERROR *error )
{
    if (envelope < WS_ENVELOPE_VERSION_SOAP_1_1 || envelope > WS_ENVELOPE_VERSION_NONE)
        return ws_fail( error, E_INVALIDARG, "%u is not an envelope version.", envelope );
    if (addressing < WS_ADDRESSING_VERSION_0_9 || addressing > WS_ADDRESSING_VERSION_TRANSPORT)
        return ws_fail( error, E_INVALIDARG, "%u is not an addressing version.", addressing );
    if (envelope == WS_ENVELOPE_VERSION_NONE && addressing != WS_ADDRESSING_VERSION_TRANSPORT)
        return ws_fail( error, E_INVALIDARG,
                        "A message without envelope has no headers: it needs WS_ADDRESSING_VERSION_TRANSPORT." );
    return S_OK;
}

/* The heap properties in use: those given replace the defaults. */
static HRESULT create_heap( WS_MESSAGE *msg, WS_ERROR *error )
{
    SIZE_T max = DEFAULT_HEAP_MAX, trim = DEFAULT_HEAP_TRIM;
    const WS_HEAP_PROPERTIES *props = &msg->values.heap;
    ULONG i;

    if (props->propertyCount && !props->properties)
        return ws_fail( error, E_INVALIDARG, "%u properties of a heap were announced, none given.", props->propertyCount );
    for (i = 0; i < props->propertyCount; i++)
    {
        const WS_HEAP_PROPERTY *prop = &props->properties[i];
        if (!prop->value || prop->valueSize != sizeof(SIZE_T) ||
            (prop->id != WS_HEAP_PROPERTY_MAX_SIZE && prop->id != WS_HEAP_PROPERTY_TRIM_SIZE))
            return ws_fail( error, E_INVALIDARG, "Heap property %u can't be given to a message.", prop->id );
        if (prop->id == WS_HEAP_PROPERTY_MAX_SIZE) max = *(const SIZE_T *)prop->value;
        else trim = *(const SIZE_T *)prop->value;
    }
    return heap_create( max, trim, NULL, 0, &msg->heap, error );
}

/* The caller's property arrays need not live on: keep a copy beside the message. */
static HRESULT copy_properties( void **array, ULONG count, WS_ERROR *error )
{
    const ws_property *src = *array;
    SIZE_T size = count * sizeof(*src), total = size;
    ws_property *dst;
    BYTE *pos;
    ULONG i;

    *array = NULL;
    if (!count) return S_OK;
    if (!src) return ws_fail( error, E_INVALIDARG, "%u properties were announced, none given.", count );
    for (i = 0; i < count; i++)
    {
        if (src[i].valueSize && !src[i].value)
            return ws_fail( error, E_INVALIDARG, "Property %u has no value, but a size of %u.", src[i].id, src[i].valueSize );
        total += ((SIZE_T)src[i].valueSize + 7) & ~(SIZE_T)7;
    }
    if (!(dst = mem_alloc( total ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for %u properties.", count );
    pos = (BYTE *)dst + size;
    for (i = 0; i < count; i++)
    {
        dst[i] = src[i];
        dst[i].value = pos;
        if (src[i].valueSize) memcpy( pos, src[i].value, src[i].valueSize );
        pos += ((SIZE_T)src[i].valueSize + 7) & ~(SIZE_T)7;
    }
    *array = dst;
    return S_OK;
}

const WS_XML_READER_PROPERTIES *message_reader_properties( const WS_MESSAGE *msg ) { return &msg->values.reader; }
const WS_XML_WRITER_PROPERTIES *message_writer_properties( const WS_MESSAGE *msg ) { return &msg->values.writer; }

static HRESULT make_header_reader( WS_MESSAGE *msg, WS_ERROR *error )
{
    const WS_XML_READER_PROPERTIES *props = &msg->values.reader;
    return msg->header_reader ? S_OK : reader_create( props->properties, props->propertyCount, &msg->header_reader, error );
}

static HRESULT make_header_writer( WS_MESSAGE *msg, WS_ERROR *error )
{
    const WS_XML_WRITER_PROPERTIES *props = &msg->values.writer;
    return msg->header_writer ? S_OK : writer_create( props->properties, props->propertyCount, &msg->header_writer, error );
}

/* Reader and writer of the headers judge the properties given for them, now rather than in the middle of a message. */
static HRESULT check_properties( WS_MESSAGE *msg, WS_ERROR *error )
{
    HRESULT hr;

    if (msg->values.reader.propertyCount && (hr = make_header_reader( msg, error ))) return hr;
    return msg->values.writer.propertyCount ? make_header_writer( msg, error ) : S_OK;
}

HRESULT message_create( WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing, const WS_MESSAGE_PROPERTY *props,
                        ULONG count, WS_MESSAGE **ret, WS_ERROR *error )
{
    WS_MESSAGE *msg;
    HRESULT hr;

    if (!ret) return ws_fail( error, E_INVALIDARG, "No place to store the new message was given." );
    if ((hr = check_versions( envelope, addressing, error ))) return hr;
    if (!(msg = mem_calloc( sizeof(*msg) ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a message." );
    object_init( &msg->hdr, OBJECT_MESSAGE, WS_MESSAGE_STATE_EMPTY );
    msg->envelope = envelope;
    msg->addressing = addressing;
    msg->values.max_headers = DEFAULT_MAX_HEADERS;
    if ((hr = prop_apply( message_props, ARRAY_SIZE( message_props ), &msg->values, props, count, PROP_CREATE, "message",
                          error )) || (hr = create_heap( msg, error )))
    {
        mem_free( msg );
        return hr;
    }
    if ((hr = copy_properties( (void **)&msg->values.reader.properties, msg->values.reader.propertyCount, error )))
        msg->values.writer.properties = NULL;
    else hr = copy_properties( (void **)&msg->values.writer.properties, msg->values.writer.propertyCount, error );
    if (hr || (hr = check_properties( msg, error )))
    {
        message_free( msg );
        return hr;
    }
    *ret = msg;
    return S_OK;
}

/* Tells the user of reader or writer that the message needs it no more. */
static void release_body( WS_MESSAGE *msg )
{
    WS_MESSAGE_DONE_CALLBACK done = msg->done;

    msg->reader = NULL;
    msg->writer = NULL;
    msg->done = NULL;
    if (done) done( msg->done_state );
}

void message_detach( WS_MESSAGE *msg )
{
    msg->reader = NULL;
    msg->writer = NULL;
    msg->done = NULL;
    if (msg->hdr.state == WS_MESSAGE_STATE_READING || msg->hdr.state == WS_MESSAGE_STATE_WRITING)
        msg->hdr.state = WS_MESSAGE_STATE_DONE;
}

HRESULT message_reset( WS_MESSAGE *msg, WS_ERROR *error )
{
    (void)error;
    release_body( msg );
    msg->hdr.state = WS_MESSAGE_STATE_EMPTY;
    msg->is_addressed = msg->is_fault = msg->at_body = FALSE;
    msg->pending_count = 0;
    msg->mapped = NULL;
    msg->buffer = NULL;
    msg->header = NULL;
    message_reset_security( msg );
    heap_reset( msg->heap );
    return S_OK;
}

void message_free( WS_MESSAGE *msg )
{
    if (!msg) return;
    release_body( msg );
    message_reset_security( msg );
    if (msg->header_writer) writer_free( msg->header_writer );
    if (msg->header_reader) reader_free( msg->header_reader );
    mem_free( msg->values.reader.properties );
    mem_free( msg->values.writer.properties );
    heap_free( msg->heap );
    msg->hdr.magic = OBJECT_DEAD;
    mem_free( msg );
}

HRESULT message_require( const WS_MESSAGE *msg, WS_MESSAGE_STATE state, const char *what, WS_ERROR *error )
{
    static const char *const names[] = { "?", "empty", "initialized", "reading", "writing", "done" };

    if (msg->hdr.state == state) return S_OK;
    return ws_fail( error, WS_E_INVALID_OPERATION, "%s needs a message in state %s; it is %s.", what, names[state],
                    names[msg->hdr.state] );
}

HRESULT message_header_writer_at( WS_MESSAGE *msg, struct xml_node *node, WS_ERROR *error )
{
    WS_XML_NODE_POSITION pos = { msg->buffer, node };
    HRESULT hr;

    if ((hr = make_header_writer( msg, error ))) return hr;
    if ((hr = writer_set_output_to_buffer( msg->header_writer, msg->buffer, NULL, 0, error ))) return hr;
    return node ? writer_set_position( msg->header_writer, &pos, error ) : S_OK;
}

HRESULT message_header_reader_at( WS_MESSAGE *msg, WS_XML_BUFFER *buffer, struct xml_node *node, WS_ERROR *error )
{
    WS_XML_NODE_POSITION pos = { buffer, node };
    HRESULT hr;

    if ((hr = make_header_reader( msg, error ))) return hr;
    if ((hr = reader_set_input_to_buffer( msg->header_reader, buffer, NULL, 0, error ))) return hr;
    return reader_set_position( msg->header_reader, &pos, error );
}

HRESULT message_copy_buffer( WS_XML_BUFFER *src, WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error )
{
    WS_XML_WRITER *writer;
    WS_XML_BUFFER *copy;
    HRESULT hr;

    if ((hr = buffer_create( heap, NULL, 0, &copy, error ))) return hr;
    if ((hr = writer_create( NULL, 0, &writer, error ))) return hr;
    if (!(hr = writer_set_output_to_buffer( writer, copy, NULL, 0, error )))
        hr = writer_write_xml_buffer( writer, src, error );
    writer_free( writer );
    if (!hr) *ret = copy;
    return hr;
}

/* The headers of the source, in whatever form it has them. */
static HRESULT duplicate_headers( WS_MESSAGE *msg, WS_MESSAGE *source, WS_ERROR *error )
{
    HRESULT hr;
    ULONG i;

    if (msg->envelope != source->envelope || msg->addressing != source->addressing)
        return ws_fail( error, WS_E_INVALID_OPERATION,
                        "The message (envelope version %u, addressing version %u) can't duplicate one of other versions "
                        "(%u, %u).", msg->envelope, msg->addressing, source->envelope, source->addressing );
    if (source->buffer)
    {
        if ((hr = message_copy_buffer( source->buffer, msg->heap, &msg->buffer, error ))) return hr;
        return message_locate_header( msg, error );
    }
    for (i = 0; i < source->pending_count; i++)
    {
        msg->pending[i] = source->pending[i];
        if (msg->pending[i].kind != PENDING_GUID &&
            (hr = xmlstr_dup( msg->heap, &source->pending[i].u.text, &msg->pending[i].u.text, error ))) return hr;
        msg->pending_count = i + 1;
    }
    return S_OK;
}

/* The message id of the source becomes RelatesTo, in the spelling of the other side: some compare it as a string. */
static HRESULT relate( WS_MESSAGE *msg, WS_MESSAGE *source, WS_ERROR *error )
{
    struct pending_header *from = source->buffer ? NULL : message_pending( source, WS_MESSAGE_ID_HEADER ), *pending;
    WS_XML_STRING *text = NULL;
    HRESULT hr;

    if (from && from->kind == PENDING_GUID)
    {
        pending = message_add_pending( msg, WS_RELATES_TO_HEADER );
        pending->kind = PENDING_GUID;
        pending->u.guid = from->u.guid;
        return S_OK;
    }
    if ((hr = message_get_header( source, WS_MESSAGE_ID_HEADER, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, msg->heap,
                                  &text, sizeof(text), error ))) return hr;
    if (text) message_add_pending( msg, WS_RELATES_TO_HEADER )->u.text = *text;
    return S_OK;
}

/* Addresses the message to what a header of the source says; S_FALSE when the source has no such header. */
static HRESULT address_to( WS_MESSAGE *msg, WS_MESSAGE *source, WS_HEADER_TYPE type, WS_ERROR *error )
{
    struct pending_header *from = source->buffer ? NULL : message_pending( source, type );
    WS_ENDPOINT_ADDRESS *address = NULL;
    WS_XML_STRING text;
    HRESULT hr;

    if (from && from->kind == PENDING_ADDRESS)
    {
        if (xmlstr_eq( &from->u.text, addressing_anonymous( source->addressing ) ))
            text = *addressing_anonymous( msg->addressing );
        else if ((hr = xmlstr_dup( msg->heap, &from->u.text, &text, error ))) return hr;
        message_add_pending( msg, WS_TO_HEADER )->u.text = text;
        msg->is_addressed = TRUE;
        return S_OK;
    }
    if ((hr = message_get_header( source, type, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_OPTIONAL_POINTER, msg->heap, &address,
                                  sizeof(address), error ))) return hr;
    return address ? message_address( msg, address, error ) : S_FALSE;
}

static HRESULT add_reply_headers( WS_MESSAGE *msg, WS_MESSAGE *source, BOOL fault, WS_ERROR *error )
{
    HRESULT hr = S_FALSE;

    if (source && msg->addressing != WS_ADDRESSING_VERSION_TRANSPORT &&
        source->addressing != WS_ADDRESSING_VERSION_TRANSPORT)
    {
        if ((hr = relate( msg, source, error ))) return hr;
        hr = fault ? address_to( msg, source, WS_FAULT_TO_HEADER, error ) : S_FALSE;
        if (hr == S_FALSE) hr = address_to( msg, source, WS_REPLY_TO_HEADER, error );
    }
    if (FAILED( hr )) return hr;
    msg->is_addressed = TRUE;   /* without such a header the reply goes back the way the request came */
    return S_OK;
}

static void add_request_headers( WS_MESSAGE *msg )
{
    struct pending_header *pending;

    if (msg->addressing == WS_ADDRESSING_VERSION_TRANSPORT) return;
    pending = message_add_pending( msg, WS_MESSAGE_ID_HEADER );
    pending->kind = PENDING_GUID;
    port_random( &pending->u.guid, sizeof(GUID) );
    pending->u.guid.Data3 = (pending->u.guid.Data3 & 0x0fff) | 0x4000;      /* RFC 4122, version 4 */
    pending->u.guid.Data4[0] = (pending->u.guid.Data4[0] & 0x3f) | 0x80;
    /* 2004/08 has no default for ReplyTo, so a request has to carry it */
    if (msg->addressing == WS_ADDRESSING_VERSION_0_9)
        message_add_pending( msg, WS_REPLY_TO_HEADER )->u.text = *addressing_anonymous( msg->addressing );
}

HRESULT message_initialize( WS_MESSAGE *msg, WS_MESSAGE_INITIALIZATION init, WS_MESSAGE *source, WS_ERROR *error )
{
    HRESULT hr = S_OK;

    if ((ULONG)init > WS_FAULT_MESSAGE) return ws_fail( error, E_INVALIDARG, "%u is not a message initialization.", init );
    if ((hr = message_require( msg, WS_MESSAGE_STATE_EMPTY, "Initializing", error ))) return hr;
    if (init == WS_DUPLICATE_MESSAGE && !source)
        return ws_fail( error, E_INVALIDARG, "WS_DUPLICATE_MESSAGE needs the message to duplicate." );
    if (source && source->hdr.state == WS_MESSAGE_STATE_EMPTY)
        return ws_fail( error, WS_E_INVALID_OPERATION, "The source message is empty." );
    msg->hdr.state = WS_MESSAGE_STATE_INITIALIZED;
    msg->is_fault = init == WS_FAULT_MESSAGE;
    switch (init)
    {
    case WS_BLANK_MESSAGE:     break;
    case WS_DUPLICATE_MESSAGE: hr = duplicate_headers( msg, source, error ); break;
    case WS_REQUEST_MESSAGE:   add_request_headers( msg ); break;
    case WS_REPLY_MESSAGE:
    case WS_FAULT_MESSAGE:     hr = add_reply_headers( msg, source, init == WS_FAULT_MESSAGE, error ); break;
    }
    if (hr) message_reset( msg, NULL );
    return hr;
}

/* WS-Addressing 1.0 wants reference parameters marked: adds the attribute to the last header. */
static HRESULT mark_reference_parameter( WS_MESSAGE *msg, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = message_header_writer_at( msg, msg->header->last->prev, error )) ||
        (hr = writer_write_start_attribute( msg->header_writer, &prefix_a, &name_IsReferenceParameter,
                                            addressing_namespace( msg->addressing ), FALSE, error )) ||
        (hr = writer_write_plain( msg->header_writer, (const BYTE *)"true", 4, error )) ||
        (hr = writer_write_end_attribute( msg->header_writer, error ))) return hr;
    return writer_write_end_start_element( msg->header_writer, error );
}

static HRESULT add_headers( WS_MESSAGE *msg, WS_XML_BUFFER *headers, BOOL reference, WS_ERROR *error )
{
    struct xml_node *node, *last;
    HRESULT hr;

    if ((hr = message_materialize( msg, error ))) return hr;
    last = msg->header->last->prev;
    for (node = headers->root.first; node && !hr; node = node->next)
    {
        if (node->u.node.nodeType != WS_XML_NODE_TYPE_ELEMENT) continue;
        if (!(hr = message_header_reader_at( msg, headers, node, error )) &&
            !(hr = message_header_writer_at( msg, msg->header->last, error )) &&
            !(hr = writer_copy_node( msg->header_writer, msg->header_reader, error )) &&
            reference && msg->addressing == WS_ADDRESSING_VERSION_1_0)
            hr = mark_reference_parameter( msg, error );
    }
    if (hr) message_drop_headers( msg, last );
    return hr;
}

HRESULT message_add_headers( WS_MESSAGE *msg, WS_XML_BUFFER *headers, WS_ERROR *error )
{
    return add_headers( msg, headers, FALSE, error );
}

HRESULT message_address( WS_MESSAGE *msg, const WS_ENDPOINT_ADDRESS *address, WS_ERROR *error )
{
    HRESULT hr = S_OK;

    if (msg->is_addressed) return ws_fail( error, WS_E_INVALID_OPERATION, "The message is addressed already." );
    if (msg->hdr.state == WS_MESSAGE_STATE_EMPTY)
        return ws_fail( error, WS_E_INVALID_OPERATION, "An empty message can't be addressed." );
    if (address)
    {
        if (address->url.length)
            hr = message_set_header( msg, WS_TO_HEADER, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &address->url,
                                     sizeof(address->url), error );
        else if (msg->addressing != WS_ADDRESSING_VERSION_TRANSPORT)
            hr = message_set_header( msg, WS_TO_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE,
                                     addressing_anonymous( msg->addressing ), sizeof(WS_XML_STRING), error );
        if (!hr && address->headers) hr = add_headers( msg, address->headers, TRUE, error );
        if (hr) return hr;
    }
    msg->is_addressed = TRUE;
    return S_OK;
}

WS_HEAP *message_heap( WS_MESSAGE *msg ) { return msg->heap; }
WS_XML_READER *message_reader( WS_MESSAGE *msg ) { return msg->reader; }
WS_XML_WRITER *message_writer( WS_MESSAGE *msg ) { return msg->writer; }
BOOL message_is_fault( const WS_MESSAGE *msg ) { return msg->is_fault; }
