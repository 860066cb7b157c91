/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading the envelope. Headers of WS-Addressing in their plain form become pending values; the first one that is anything
 * else makes a tree of all of them, with the namespace declarations of the envelope, which may be used in content. */

#include "message/message_impl.h"

struct declaration { WS_XML_STRING prefix, ns; };

struct header_reading
{
    WS_MESSAGE          *msg;
    WS_XML_READER       *reader;
    WS_XML_STRING        prefix;        /* of the envelope element */
    struct declaration  *declarations;  /* of the envelope, and of a header element that is not copied itself */
    ULONG                declaration_count;
    BOOL                 in_tree;       /* envelope and header are open in the header buffer */
};

/* Strings of a node last until the reader moves: copies, in one piece. */
static HRESULT save_declarations( struct header_reading *r, const WS_XML_ELEMENT_NODE *elem, WS_ERROR *error )
{
    SIZE_T size = elem->prefix->length;
    ULONG i, count = r->declaration_count;
    struct declaration *decl;
    BYTE *pos;

    for (i = 0; i < elem->attributeCount; i++)
    {
        if (!elem->attributes[i]->isXmlNs) continue;
        count++;
        size += elem->attributes[i]->prefix->length + elem->attributes[i]->ns->length;
    }
    if (!(decl = heap_alloc( r->msg->heap, count * sizeof(*decl) + size, error ))) return heap_failure( r->msg->heap );
    if (r->declaration_count) memcpy( decl, r->declarations, r->declaration_count * sizeof(*decl) );
    r->declarations = decl;
    pos = (BYTE *)(decl + count);
    decl += r->declaration_count;
    r->declaration_count = count;

#define KEEP( dst, src ) \
    memset( &(dst), 0, sizeof(dst) ), (dst).bytes = pos, (dst).length = (src)->length, \
    (src)->length ? (void)memcpy( pos, (src)->bytes, (src)->length ) : (void)0, pos += (src)->length
    for (i = 0; i < elem->attributeCount; i++)
    {
        if (!elem->attributes[i]->isXmlNs) continue;
        KEEP( decl->prefix, elem->attributes[i]->prefix );
        KEEP( decl->ns, elem->attributes[i]->ns );
        decl++;
    }
    KEEP( r->prefix, elem->prefix );
#undef KEEP
    return S_OK;
}

/* Whether a later declaration, on the header element, replaces this one. */
static BOOL is_replaced( const struct header_reading *r, ULONG index )
{
    ULONG i;

    for (i = index + 1; i < r->declaration_count; i++)
        if (xmlstr_eq( &r->declarations[i].prefix, &r->declarations[index].prefix )) return TRUE;
    return FALSE;
}

static HRESULT open_tree( struct header_reading *r, BOOL with_header, WS_ERROR *error )
{
    WS_MESSAGE *msg = r->msg;
    WS_XML_WRITER *writer;
    HRESULT hr;
    ULONG i;

    if ((hr = message_open_buffer( msg, error ))) return hr;
    writer = msg->header_writer;
    if ((hr = writer_write_start_element( writer, &r->prefix, &name_Envelope, envelope_namespace( msg->envelope ), error )))
        return hr;
    for (i = 0; i < r->declaration_count; i++)
        if (!is_replaced( r, i ) && (hr = writer_write_xmlns_attribute( writer, &r->declarations[i].prefix,
                                                                         &r->declarations[i].ns, FALSE, error ))) return hr;
    if (!with_header) return S_OK;
    r->in_tree = TRUE;
    return writer_write_start_element( writer, &r->prefix, &name_Header, envelope_namespace( msg->envelope ), error );
}

/* Goes over to the tree: what was pending so far is written to it. */
static HRESULT start_tree( struct header_reading *r, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = open_tree( r, TRUE, error ))) return hr;
    return message_write_pending( r->msg, r->msg->header_writer, error );
}

static BOOL is_element( const WS_XML_NODE *node, const WS_XML_STRING *name, const WS_XML_STRING *ns )
{
    const WS_XML_ELEMENT_NODE *elem = (const WS_XML_ELEMENT_NODE *)node;

    return node->nodeType == WS_XML_NODE_TYPE_ELEMENT && xmlstr_eq( elem->localName, name ) && xmlstr_eq( elem->ns, ns );
}

/* The type of a header that may become pending, 0 if it may not: a foreign one, one that is there twice, one with attributes
 * that say more than mustUnderstand. */
static WS_HEADER_TYPE plain_header( struct header_reading *r, const WS_XML_ELEMENT_NODE *elem, BOOL *understand )
{
    WS_MESSAGE *msg = r->msg;
    WS_HEADER_TYPE type;
    ULONG i;

    *understand = FALSE;
    if (!xmlstr_eq( elem->ns, addressing_namespace( msg->addressing ) )) return 0;
    for (type = WS_ACTION_HEADER; type <= WS_FAULT_TO_HEADER; type++)
        if (xmlstr_eq( elem->localName, standard_headers[type].name )) break;
    if (type > WS_FAULT_TO_HEADER || message_pending( msg, type )) return 0;
    for (i = 0; i < elem->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attr = elem->attributes[i];

        if (attr->isXmlNs) continue;
        if (!xmlstr_eq( attr->localName, &name_mustUnderstand ) ||
            !xmlstr_eq( attr->ns, envelope_namespace( msg->envelope ) )) return 0;
        *understand = message_is_true( attr );
    }
    return type;
}

/* The text inside the current element, which is left. */
static HRESULT read_text( struct header_reading *r, WS_XML_STRING *str, WS_ERROR *error )
{
    BYTE scratch[XML_TEXT_SCRATCH];
    const WS_XML_TEXT *text;
    WS_XML_STRING utf8;
    HRESULT hr;

    if ((hr = reader_read_start_element( r->reader, error ))) return hr;
    if ((hr = reader_read_content_text( r->reader, &text, error ))) return hr;
    if (text->textType == WS_XML_TEXT_TYPE_UTF8) utf8 = ((const WS_XML_UTF8_TEXT *)text)->value;
    else if ((hr = text_to_utf8( text, r->msg->heap, scratch, &utf8, error ))) return hr;
    if ((hr = xmlstr_dup( r->msg->heap, &utf8, str, error ))) return hr;
    return reader_read_end_element( r->reader, error );
}

/* Copies the nodes up to the end of the current element, which is left. */
static HRESULT copy_rest( struct header_reading *r, WS_ERROR *error )
{
    HRESULT hr;

    while (reader_node( r->reader )->nodeType != WS_XML_NODE_TYPE_END_ELEMENT)
    {
        if (reader_node( r->reader )->nodeType == WS_XML_NODE_TYPE_EOF)
            return ws_fail( error, WS_E_INVALID_FORMAT, "The message ends inside its headers." );
        if ((hr = writer_copy_node( r->msg->header_writer, r->reader, error ))) return hr;
    }
    return reader_read_end_element( r->reader, error );
}

/* An endpoint reference. One with more than an address goes to the tree, from after its address on. */
static HRESULT read_reference( struct header_reading *r, WS_HEADER_TYPE type, BOOL understand, WS_ERROR *error )
{
    const WS_XML_STRING *ns = addressing_namespace( r->msg->addressing );
    struct pending_header pending = { type, PENDING_ADDRESS, understand, { { 0 } } };
    BOOL more, plain = FALSE;
    HRESULT hr;

    if ((hr = reader_read_start_element( r->reader, error ))) return hr;
    if ((hr = reader_to_content( r->reader, &more, error ))) return hr;
    if (more && is_element( reader_node( r->reader ), &name_Address, ns ) &&
        !((const WS_XML_ELEMENT_NODE *)reader_node( r->reader ))->attributeCount)
    {
        if ((hr = read_text( r, &pending.u.text, error ))) return hr;
        if ((hr = reader_to_content( r->reader, &more, error ))) return hr;
        plain = TRUE;
    }
    if (plain && !more)
    {
        *message_add_pending( r->msg, type ) = pending;
        return reader_read_end_element( r->reader, error );
    }
    if ((hr = start_tree( r, error ))) return hr;
    hr = plain ? message_start_pending( r->msg, r->msg->header_writer, &pending, error )
               : message_start_header( r->msg, r->msg->header_writer, type, understand, error );
    if (hr || (hr = copy_rest( r, error ))) return hr;
    return writer_write_end_element( r->msg->header_writer, error );
}

/* One header; in the end all nodes of the header element. */
static HRESULT read_header( struct header_reading *r, const WS_XML_ELEMENT_NODE *elem, WS_ERROR *error )
{
    WS_HEADER_TYPE type;
    WS_XML_STRING text;
    BOOL understand;
    HRESULT hr;

    if (!(type = plain_header( r, elem, &understand )))
    {
        if ((hr = start_tree( r, error ))) return hr;
        return writer_copy_node( r->msg->header_writer, r->reader, error );
    }
    if (standard_headers[type].is_address) return read_reference( r, type, understand, error );
    if ((hr = read_text( r, &text, error ))) return hr;
    message_add_pending( r->msg, type )->u.text = text;
    message_pending( r->msg, type )->must_understand = understand;
    return S_OK;
}

static HRESULT read_headers( struct header_reading *r, WS_ERROR *error )
{
    const WS_XML_ELEMENT_NODE *elem = (const WS_XML_ELEMENT_NODE *)reader_node( r->reader );
    ULONG i, declarations = 0;
    HRESULT hr;
    BOOL more;

    for (i = 0; i < elem->attributeCount; i++) declarations += elem->attributes[i]->isXmlNs != 0;
    if (declarations != elem->attributeCount)
    {
        /* attributes of its own: as it is */
        if ((hr = open_tree( r, FALSE, error ))) return hr;
        if ((hr = writer_copy_node( r->msg->header_writer, r->reader, error ))) return hr;
        return message_close_buffer( r->msg, error );
    }
    if (declarations && (hr = save_declarations( r, elem, error ))) return hr;
    if ((hr = reader_read_start_element( r->reader, error ))) return hr;
    while (!r->in_tree)
    {
        if ((hr = reader_to_content( r->reader, &more, error ))) return hr;
        if (!more) return reader_read_end_element( r->reader, error );
        elem = (const WS_XML_ELEMENT_NODE *)reader_node( r->reader );
        if (elem->node.nodeType != WS_XML_NODE_TYPE_ELEMENT)
            return ws_fail( error, WS_E_INVALID_FORMAT, "The header of a message can't contain text." );
        if ((hr = read_header( r, elem, error ))) return hr;
    }
    if ((hr = copy_rest( r, error ))) return hr;
    if ((hr = writer_write_end_element( r->msg->header_writer, error ))) return hr;
    r->msg->pending_count = 0;
    return message_close_buffer( r->msg, error );
}

/* --- the envelope --------------------------------------------------------------------------------------------------- */

static HRESULT unexpected( const WS_XML_NODE *node, const WS_XML_STRING *wanted, const WS_XML_STRING *ns, WS_ERROR *error )
{
    const WS_XML_ELEMENT_NODE *elem = (const WS_XML_ELEMENT_NODE *)node;

    if (node->nodeType != WS_XML_NODE_TYPE_ELEMENT)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The message has no element where its element %.*s should be.",
                        XMLSTR_ARG( wanted ) );
    return ws_fail( error, WS_E_INVALID_FORMAT,
                    "The message has the element %.*s of namespace '%.*s' where %.*s of namespace '%.*s' should be.",
                    XMLSTR_ARG( elem->localName ), XMLSTR_ARG( elem->ns ), XMLSTR_ARG( wanted ), XMLSTR_ARG( ns ) );
}

/* Moves over white space and comments to the next element or end. */
static HRESULT to_element( WS_XML_READER *reader, const WS_XML_NODE **node, WS_ERROR *error )
{
    HRESULT hr;
    BOOL more;

    if (reader_node( reader )->nodeType == WS_XML_NODE_TYPE_BOF && (hr = reader_read_node( reader, error ))) return hr;
    if ((hr = reader_to_content( reader, &more, error ))) return hr;
    *node = reader_node( reader );
    return S_OK;
}

static HRESULT read_to_body( WS_MESSAGE *msg, WS_XML_READER *reader, WS_ERROR *error )
{
    const WS_XML_STRING *ns = envelope_namespace( msg->envelope );
    struct header_reading reading = { msg, reader, { 0 }, NULL, 0, FALSE };
    const WS_XML_NODE *node;
    HRESULT hr;

    if ((hr = to_element( reader, &node, error ))) return hr;
    if (!is_element( node, &name_Envelope, ns )) return unexpected( node, &name_Envelope, ns, error );
    if ((hr = save_declarations( &reading, (const WS_XML_ELEMENT_NODE *)node, error ))) return hr;
    if ((hr = reader_read_start_element( reader, error ))) return hr;
    if ((hr = to_element( reader, &node, error ))) return hr;
    if (is_element( node, &name_Header, ns ))
    {
        if ((hr = read_headers( &reading, error ))) return hr;
        if ((hr = to_element( reader, &node, error ))) return hr;
    }
    return is_element( node, &name_Body, ns ) ? S_OK : unexpected( node, &name_Body, ns, error );
}

/* Moves the reader to the first node of the body. */
static HRESULT enter_body( WS_MESSAGE *msg, WS_XML_READER *reader, WS_ERROR *error )
{
    const WS_XML_NODE *node = reader_node( reader );
    HRESULT hr;

    if (is_element( node, &name_Body, envelope_namespace( msg->envelope ) ) &&
        (hr = reader_read_start_element( reader, error ))) return hr;
    if ((hr = to_element( reader, &node, error ))) return hr;
    msg->at_body = FALSE;
    msg->is_fault = msg->envelope != WS_ENVELOPE_VERSION_NONE && is_element( node, &name_Fault, envelope_namespace( msg->envelope ) );
    msg->body_depth = reader_depth( reader );
    if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT) msg->body_depth--;
    return S_OK;
}

/* A part of the message that is not there yet would make reading go on later. */
static BOOL is_short( WS_XML_READER *reader, HRESULT hr )
{
    return hr == WS_E_QUOTA_EXCEEDED && !reader_at_end( reader );
}

HRESULT message_read_envelope_start( WS_MESSAGE *msg, WS_XML_READER *reader, WS_MESSAGE_DONE_CALLBACK done, void *state,
                                     WS_ERROR *error )
{
    const WS_XML_NODE *node;
    HRESULT hr;

    if ((hr = message_require( msg, WS_MESSAGE_STATE_EMPTY, "Reading the envelope", error ))) return hr;
    if ((hr = reader_get_node( reader, &node, error ))) return hr;
    if (msg->envelope != WS_ENVELOPE_VERSION_NONE) hr = read_to_body( msg, reader, error );
    if (!hr)
    {
        /* the start of a streamed message is complete when the body has begun: what is in it may come much later */
        hr = enter_body( msg, reader, reader_at_end( reader ) ? error : NULL );
        if ((msg->at_body = is_short( reader, hr ))) hr = S_OK;
        else if (hr && !reader_at_end( reader )) hr = enter_body( msg, reader, error );
    }
    if (hr)
    {
        message_reset( msg, NULL );
        return ws_fail( error, hr, "The start of the message could not be read." );
    }
    msg->reader = reader;
    msg->done = done;
    msg->done_state = state;
    msg->is_addressed = TRUE;
    msg->hdr.state = WS_MESSAGE_STATE_READING;
    return S_OK;
}

/* Skips what the program left unread of the body and checks that the envelope ends after it. */
static HRESULT read_rest( WS_MESSAGE *msg, WS_ERROR *error )
{
    const WS_XML_NODE *node;
    HRESULT hr;
    BOOL more;

    if (msg->at_body && (hr = enter_body( msg, msg->reader, error ))) return hr;
    for (;;)
    {
        node = reader_node( msg->reader );
        if (node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT && reader_depth( msg->reader ) <= msg->body_depth) break;
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
        {
            /* the program has read the ends itself */
            if (reader_depth( msg->reader )) return ws_fail( error, WS_E_INVALID_FORMAT, "The message ends inside its body." );
            return S_OK;
        }
        hr = node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT ? reader_read_node( msg->reader, error )
                                                            : reader_skip_node( msg->reader, error );
        if (hr) return hr;
    }
    if (reader_depth( msg->reader ) == msg->body_depth)
    {
        if ((hr = reader_read_end_element( msg->reader, error ))) return hr;
        if ((hr = reader_to_content( msg->reader, &more, error ))) return hr;
        if (more) return ws_fail( error, WS_E_INVALID_FORMAT, "Something follows the body of the message in its envelope." );
    }
    return reader_read_end_element( msg->reader, error );
}

HRESULT message_read_envelope_end( WS_MESSAGE *msg, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = message_require( msg, WS_MESSAGE_STATE_READING, "Ending the envelope", error ))) return hr;
    msg->hdr.state = WS_MESSAGE_STATE_DONE;     /* also when this fails (WsReadEnvelopeEnd) */
    return msg->envelope == WS_ENVELOPE_VERSION_NONE ? S_OK : read_rest( msg, error );
}

HRESULT message_try_envelope_end( WS_MESSAGE *msg, WS_ERROR *error )
{
    HRESULT hr;

    if (reader_at_end( msg->reader ) || msg->envelope == WS_ENVELOPE_VERSION_NONE) return message_read_envelope_end( msg, error );
    if (is_short( msg->reader, hr = read_rest( msg, NULL ) )) return S_FALSE;
    msg->hdr.state = WS_MESSAGE_STATE_DONE;
    if (hr && SUCCEEDED( read_rest( msg, error ) ))    /* once more for the text */
        return ws_fail( error, hr, "The message has no proper end." );
    return hr;
}

HRESULT message_read_body( WS_MESSAGE *msg, const WS_ELEMENT_DESCRIPTION *desc, WS_READ_OPTION option, WS_HEAP *heap,
                           void *value, ULONG size, WS_ERROR *error )
{
    struct body_description body;
    HRESULT hr;

    if (!desc) return ws_fail( error, E_INVALIDARG, "The body needs a description." );
    if ((hr = message_require( msg, WS_MESSAGE_STATE_READING, "Reading the body", error ))) return hr;
    if (msg->at_body && (hr = enter_body( msg, msg->reader, error ))) return hr;
    if (!heap) heap = msg->heap;
    message_body_description( msg, desc, &body );
    if (body.element.elementLocalName)
        return serial_read_element( msg->reader, &body.element, option, heap, value, size, error );
    return serial_read_type( msg->reader, WS_ELEMENT_CONTENT_TYPE_MAPPING, desc->type, desc->typeDescription, option, heap,
                             value, size, error );
}

static HRESULT CALLBACK fill_more( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

/* The first fill brings the reader into the body, however little it was to get. */
static HRESULT CALLBACK fill_done( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_MESSAGE *msg = state;

    (void)model, (void)context;
    if (FAILED( hr ) || !msg->at_body) return hr;
    if (!is_short( msg->reader, hr = enter_body( msg, msg->reader, NULL ) ))
        return hr && msg->at_body ? enter_body( msg, msg->reader, error ) : hr;
    msg->fill_size = reader_buffered( msg->reader ) + 1;
    next->function = fill_more;
    return S_OK;
}

static HRESULT CALLBACK fill_more( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_MESSAGE *msg = state;

    (void)hr, (void)model;
    next->function = fill_done;
    return reader_fill( msg->reader, msg->fill_size, context, error );
}

HRESULT message_fill_body( WS_MESSAGE *msg, ULONG min, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = message_require( msg, WS_MESSAGE_STATE_READING, "Filling the body", error ))) return hr;
    if (!msg->at_body) return reader_fill( msg->reader, min, context, error );
    msg->fill_size = min;
    return async_execute( &msg->fill_async, fill_more, WS_LONG_CALLBACK, msg, context, error );
}
