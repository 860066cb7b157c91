/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_MESSAGE inside the DLL (message.md). Functions have the semantics documented for the Ws* functions of like name. */
#ifndef WS_MESSAGE_MESSAGE_H
#define WS_MESSAGE_MESSAGE_H

#include "serial/serial.h"

HRESULT message_create( WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing, const WS_MESSAGE_PROPERTY *props,
                        ULONG count, WS_MESSAGE **ret, WS_ERROR *error );
HRESULT message_initialize( WS_MESSAGE *msg, WS_MESSAGE_INITIALIZATION init, WS_MESSAGE *source, WS_ERROR *error );
HRESULT message_reset( WS_MESSAGE *msg, WS_ERROR *error );
void    message_free( WS_MESSAGE *msg );
HRESULT message_address( WS_MESSAGE *msg, const WS_ENDPOINT_ADDRESS *address, WS_ERROR *error );
HRESULT message_get_property( WS_MESSAGE *msg, WS_MESSAGE_PROPERTY_ID id, void *buf, ULONG size, WS_ERROR *error );
HRESULT message_set_property( WS_MESSAGE *msg, WS_MESSAGE_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error );

HRESULT message_set_header( WS_MESSAGE *msg, WS_HEADER_TYPE header, WS_TYPE type, WS_WRITE_OPTION option, const void *value,
                            ULONG size, WS_ERROR *error );
HRESULT message_get_header( WS_MESSAGE *msg, WS_HEADER_TYPE header, WS_TYPE type, WS_READ_OPTION option, WS_HEAP *heap,
                            void *value, ULONG size, WS_ERROR *error );
HRESULT message_remove_header( WS_MESSAGE *msg, WS_HEADER_TYPE header, WS_ERROR *error );
HRESULT message_add_custom_header( WS_MESSAGE *msg, const WS_ELEMENT_DESCRIPTION *desc, WS_WRITE_OPTION option,
                                   const void *value, ULONG size, ULONG attributes, WS_ERROR *error );
HRESULT message_get_custom_header( WS_MESSAGE *msg, const WS_ELEMENT_DESCRIPTION *desc, WS_REPEATING_HEADER_OPTION repeat,
                                   ULONG index, WS_READ_OPTION option, WS_HEAP *heap, void *value, ULONG size,
                                   ULONG *attributes, WS_ERROR *error );
HRESULT message_remove_custom_header( WS_MESSAGE *msg, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_ERROR *error );
HRESULT message_add_mapped_header( WS_MESSAGE *msg, const WS_XML_STRING *name, WS_TYPE type, WS_WRITE_OPTION option,
                                   const void *value, ULONG size, WS_ERROR *error );
HRESULT message_get_mapped_header( WS_MESSAGE *msg, const WS_XML_STRING *name, WS_REPEATING_HEADER_OPTION repeat, ULONG index,
                                   WS_TYPE type, WS_READ_OPTION option, WS_HEAP *heap, void *value, ULONG size,
                                   WS_ERROR *error );
HRESULT message_remove_mapped_header( WS_MESSAGE *msg, const WS_XML_STRING *name, WS_ERROR *error );
HRESULT message_get_header_attributes( WS_MESSAGE *msg, WS_XML_READER *reader, ULONG *attributes, WS_ERROR *error );
HRESULT message_mark_header_as_understood( WS_MESSAGE *msg, const WS_XML_NODE_POSITION *pos, WS_ERROR *error );
HRESULT message_check_must_understand( WS_MESSAGE *msg, WS_ERROR *error );

HRESULT message_write_envelope_start( WS_MESSAGE *msg, WS_XML_WRITER *writer, WS_MESSAGE_DONE_CALLBACK done, void *state,
                                      WS_ERROR *error );
HRESULT message_write_envelope_end( WS_MESSAGE *msg, WS_ERROR *error );
HRESULT message_read_envelope_start( WS_MESSAGE *msg, WS_XML_READER *reader, WS_MESSAGE_DONE_CALLBACK done, void *state,
                                     WS_ERROR *error );
HRESULT message_read_envelope_end( WS_MESSAGE *msg, WS_ERROR *error );
/* The same for a message that is still coming: S_FALSE while more of it has to be filled in first. */
HRESULT message_try_envelope_end( WS_MESSAGE *msg, WS_ERROR *error );
HRESULT message_write_body( WS_MESSAGE *msg, const WS_ELEMENT_DESCRIPTION *desc, WS_WRITE_OPTION option, const void *value,
                            ULONG size, WS_ERROR *error );
HRESULT message_read_body( WS_MESSAGE *msg, const WS_ELEMENT_DESCRIPTION *desc, WS_READ_OPTION option, WS_HEAP *heap,
                           void *value, ULONG size, WS_ERROR *error );
HRESULT message_fill_body( WS_MESSAGE *msg, ULONG min, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT message_flush_body( WS_MESSAGE *msg, ULONG min, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

HRESULT message_read_address_extension( WS_XML_READER *reader, const WS_ENDPOINT_ADDRESS *address,
                                        WS_ENDPOINT_ADDRESS_EXTENSION_TYPE type, WS_READ_OPTION option, WS_HEAP *heap,
                                        void *value, ULONG size, WS_ERROR *error );

/* --- for channels and the service model ------------------------------------------------------------------------ */

/* The wsa:Action of a message read or written, or NULL (for SOAP 1.1 without addressing the channel sets it from the transport with
 * message_set_transport_action). Valid until the message is reset. */
const WS_XML_STRING *message_action( WS_MESSAGE *msg );
HRESULT message_set_transport_action( WS_MESSAGE *msg, const WS_XML_STRING *action, WS_ERROR *error );
/* Takes the action (or To) out of the headers of a message about to be sent, because the transport carries it; an empty
 * string when there is none. Valid until the message is reset. */
HRESULT message_take_transport_header( WS_MESSAGE *msg, WS_HEADER_TYPE type, WS_XML_STRING *value, WS_ERROR *error );
/* The mapped headers in the order they were added; struct mapped_header is in message/message_impl.h. */
struct mapped_header;
const struct mapped_header *message_mapped_headers( const WS_MESSAGE *msg );
/* Transport headers by HTTP name, as the mapped headers see them; strings are copied. */
HRESULT message_add_transport_header( WS_MESSAGE *msg, const WS_XML_STRING *name, const WS_XML_STRING *value, WS_ERROR *error );
/* WS_MESSAGE_PROPERTY_SECURITY_CONTEXT of a message that was received in a secure conversation; not owned. The other
 * results of security are set with message_set_property. */
void message_set_security_context( WS_MESSAGE *msg, WS_SECURITY_CONTEXT *context );
/* A channel takes its reader or writer back: the done callback is forgotten, a message in the middle is done. */
void message_detach( WS_MESSAGE *msg );
/* Adds copies of the elements of a buffer to the headers. */
HRESULT message_add_headers( WS_MESSAGE *msg, WS_XML_BUFFER *headers, WS_ERROR *error );
/* What the message was created with for the reader or writer that a channel lends it. */
const WS_XML_READER_PROPERTIES *message_reader_properties( const WS_MESSAGE *msg );
const WS_XML_WRITER_PROPERTIES *message_writer_properties( const WS_MESSAGE *msg );
WS_HEAP *message_heap( WS_MESSAGE *msg );
WS_XML_READER *message_reader( WS_MESSAGE *msg );
WS_XML_WRITER *message_writer( WS_MESSAGE *msg );
BOOL message_is_fault( const WS_MESSAGE *msg );
/* MessageID and RelatesTo are the same: as text, or as UUID. */
BOOL message_same_id( const WS_UNIQUE_ID *a, const WS_UNIQUE_ID *b );
/* Names of the envelope namespaces and well-known addresses. */
const WS_XML_STRING *envelope_namespace( WS_ENVELOPE_VERSION version );
const WS_XML_STRING *addressing_namespace( WS_ADDRESSING_VERSION version );
const WS_XML_STRING *addressing_anonymous( WS_ADDRESSING_VERSION version );
const WS_XML_STRING *addressing_fault_action( WS_ADDRESSING_VERSION version );

#endif
