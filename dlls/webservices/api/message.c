/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of WS_MESSAGE. */

#include "api/api.h"
#include "message/message.h"

HRESULT WINAPI WsCreateMessage( WS_ENVELOPE_VERSION envelopeVersion, WS_ADDRESSING_VERSION addressingVersion,
                                const WS_MESSAGE_PROPERTY *properties, ULONG propertyCount, WS_MESSAGE **message,
                                WS_ERROR *error )
{
    WS_TRACE( "envelopeVersion %lu, addressingVersion %lu, properties %p, propertyCount %lu, message %p, error %p\n",
              (unsigned long)envelopeVersion, (unsigned long)addressingVersion, properties,
              (unsigned long)propertyCount, message, error );
    API_ENTER_NEW( error );
    return API_LEAVE( message_create( envelopeVersion, addressingVersion, properties, propertyCount, message,
                                      error ) );
}

HRESULT WINAPI WsInitializeMessage( WS_MESSAGE *message, WS_MESSAGE_INITIALIZATION initialization,
                                    WS_MESSAGE *sourceMessage, WS_ERROR *error )
{
    WS_TRACE( "message %p, initialization %lu, sourceMessage %p, error %p\n", message,
              (unsigned long)initialization, sourceMessage, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    API_ENTER_OPTIONAL( OBJECT_MESSAGE, sourceMessage, error );
    return API_LEAVE( message_initialize( message, initialization, sourceMessage, error ) );
}

HRESULT WINAPI WsResetMessage( WS_MESSAGE *message, WS_ERROR *error )
{
    WS_TRACE( "message %p, error %p\n", message, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_reset( message, error ) );
}

HRESULT WINAPI WsAddressMessage( WS_MESSAGE *message, const WS_ENDPOINT_ADDRESS *address, WS_ERROR *error )
{
    WS_TRACE( "message %p, address %p, error %p\n", message, address, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_address( message, address, error ) );
}

HRESULT WINAPI WsGetMessageProperty( WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id, void *value, ULONG valueSize,
                                     WS_ERROR *error )
{
    WS_TRACE( "message %p, id %lu, value %p, valueSize %lu, error %p\n", message, (unsigned long)id, value,
              (unsigned long)valueSize, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_get_property( message, id, value, valueSize, error ) );
}

HRESULT WINAPI WsSetMessageProperty( WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id, const void *value,
                                     ULONG valueSize, WS_ERROR *error )
{
    WS_TRACE( "message %p, id %lu, value %p, valueSize %lu, error %p\n", message, (unsigned long)id, value,
              (unsigned long)valueSize, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_set_property( message, id, value, valueSize, error ) );
}

HRESULT WINAPI WsSetHeader( WS_MESSAGE *message, WS_HEADER_TYPE headerType, WS_TYPE valueType,
                            WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error )
{
    WS_TRACE( "message %p, headerType %lu, valueType %lu, writeOption %lu, value %p, valueSize %lu, error %p\n",
              message, (unsigned long)headerType, (unsigned long)valueType, (unsigned long)writeOption, value,
              (unsigned long)valueSize, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_set_header( message, headerType, valueType, writeOption, value, valueSize, error ) );
}

HRESULT WINAPI WsGetHeader( WS_MESSAGE *message, WS_HEADER_TYPE headerType, WS_TYPE valueType,
                            WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error )
{
    WS_TRACE( "message %p, headerType %lu, valueType %lu, readOption %lu, heap %p, value %p, valueSize %lu, error %p\n",
              message, (unsigned long)headerType, (unsigned long)valueType, (unsigned long)readOption, heap, value,
              (unsigned long)valueSize, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE( message_get_header( message, headerType, valueType, readOption, heap, value, valueSize,
                                          error ) );
}

HRESULT WINAPI WsRemoveHeader( WS_MESSAGE *message, WS_HEADER_TYPE headerType, WS_ERROR *error )
{
    WS_TRACE( "message %p, headerType %lu, error %p\n", message, (unsigned long)headerType, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_remove_header( message, headerType, error ) );
}

HRESULT WINAPI WsAddCustomHeader( WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *headerDescription,
                                  WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize,
                                  ULONG headerAttributes, WS_ERROR *error )
{
    WS_TRACE( "message %p, headerDescription %p, writeOption %lu, value %p, valueSize %lu, headerAttributes %lu, error %p\n",
              message, headerDescription, (unsigned long)writeOption, value, (unsigned long)valueSize,
              (unsigned long)headerAttributes, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_add_custom_header( message, headerDescription, writeOption, value, valueSize,
                                                 headerAttributes, error ) );
}

HRESULT WINAPI WsGetCustomHeader( WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *customHeaderDescription,
                                  WS_REPEATING_HEADER_OPTION repeatingOption, ULONG headerIndex,
                                  WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize,
                                  ULONG *headerAttributes, WS_ERROR *error )
{
    WS_TRACE( "message %p, customHeaderDescription %p, repeatingOption %lu, headerIndex %lu, readOption %lu, heap %p, value %p, valueSize %lu, headerAttributes %p, error %p\n",
              message, customHeaderDescription, (unsigned long)repeatingOption, (unsigned long)headerIndex,
              (unsigned long)readOption, heap, value, (unsigned long)valueSize, headerAttributes, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE( message_get_custom_header( message, customHeaderDescription, repeatingOption, headerIndex,
                                                 readOption, heap, value, valueSize, headerAttributes, error ) );
}

HRESULT WINAPI WsRemoveCustomHeader( WS_MESSAGE *message, const WS_XML_STRING *headerName,
                                     const WS_XML_STRING *headerNs, WS_ERROR *error )
{
    WS_TRACE( "message %p, headerName %p, headerNs %p, error %p\n", message, headerName, headerNs, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_remove_custom_header( message, headerName, headerNs, error ) );
}

HRESULT WINAPI WsAddMappedHeader( WS_MESSAGE *message, const WS_XML_STRING *headerName, WS_TYPE valueType,
                                  WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error )
{
    WS_TRACE( "message %p, headerName %p, valueType %lu, writeOption %lu, value %p, valueSize %lu, error %p\n",
              message, headerName, (unsigned long)valueType, (unsigned long)writeOption, value,
              (unsigned long)valueSize, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_add_mapped_header( message, headerName, valueType, writeOption, value, valueSize,
                                                 error ) );
}

HRESULT WINAPI WsGetMappedHeader( WS_MESSAGE *message, const WS_XML_STRING *headerName,
                                  WS_REPEATING_HEADER_OPTION repeatingOption, ULONG headerIndex, WS_TYPE valueType,
                                  WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize,
                                  WS_ERROR *error )
{
    WS_TRACE( "message %p, headerName %p, repeatingOption %lu, headerIndex %lu, valueType %lu, readOption %lu, heap %p, value %p, valueSize %lu, error %p\n",
              message, headerName, (unsigned long)repeatingOption, (unsigned long)headerIndex,
              (unsigned long)valueType, (unsigned long)readOption, heap, value, (unsigned long)valueSize, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE( message_get_mapped_header( message, headerName, repeatingOption, headerIndex, valueType,
                                                 readOption, heap, value, valueSize, error ) );
}

HRESULT WINAPI WsRemoveMappedHeader( WS_MESSAGE *message, const WS_XML_STRING *headerName, WS_ERROR *error )
{
    WS_TRACE( "message %p, headerName %p, error %p\n", message, headerName, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_remove_mapped_header( message, headerName, error ) );
}

HRESULT WINAPI WsGetHeaderAttributes( WS_MESSAGE *message, WS_XML_READER *reader, ULONG *headerAttributes,
                                      WS_ERROR *error )
{
    WS_TRACE( "message %p, reader %p, headerAttributes %p, error %p\n", message, reader, headerAttributes, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    API_ENTER( OBJECT_READER, reader, error );
    return API_LEAVE( message_get_header_attributes( message, reader, headerAttributes, error ) );
}

HRESULT WINAPI WsMarkHeaderAsUnderstood( WS_MESSAGE *message, const WS_XML_NODE_POSITION *headerPosition,
                                         WS_ERROR *error )
{
    WS_TRACE( "message %p, headerPosition %p, error %p\n", message, headerPosition, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_mark_header_as_understood( message, headerPosition, error ) );
}

HRESULT WINAPI WsCheckMustUnderstandHeaders( WS_MESSAGE *message, WS_ERROR *error )
{
    WS_TRACE( "message %p, error %p\n", message, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_check_must_understand( message, error ) );
}

HRESULT WINAPI WsWriteEnvelopeStart( WS_MESSAGE *message, WS_XML_WRITER *writer, WS_MESSAGE_DONE_CALLBACK doneCallback,
                                     void *doneCallbackState, WS_ERROR *error )
{
    WS_TRACE( "message %p, writer %p, doneCallback %p, doneCallbackState %p, error %p\n", message, writer,
              doneCallback, doneCallbackState, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    API_ENTER( OBJECT_WRITER, writer, error );
    return API_LEAVE( message_write_envelope_start( message, writer, doneCallback, doneCallbackState, error ) );
}

HRESULT WINAPI WsWriteEnvelopeEnd( WS_MESSAGE *message, WS_ERROR *error )
{
    WS_TRACE( "message %p, error %p\n", message, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_write_envelope_end( message, error ) );
}

HRESULT WINAPI WsReadEnvelopeStart( WS_MESSAGE *message, WS_XML_READER *reader, WS_MESSAGE_DONE_CALLBACK doneCallback,
                                    void *doneCallbackState, WS_ERROR *error )
{
    WS_TRACE( "message %p, reader %p, doneCallback %p, doneCallbackState %p, error %p\n", message, reader,
              doneCallback, doneCallbackState, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    API_ENTER( OBJECT_READER, reader, error );
    return API_LEAVE( message_read_envelope_start( message, reader, doneCallback, doneCallbackState, error ) );
}

HRESULT WINAPI WsReadEnvelopeEnd( WS_MESSAGE *message, WS_ERROR *error )
{
    WS_TRACE( "message %p, error %p\n", message, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_read_envelope_end( message, error ) );
}

HRESULT WINAPI WsWriteBody( WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *bodyDescription,
                            WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error )
{
    WS_TRACE( "message %p, bodyDescription %p, writeOption %lu, value %p, valueSize %lu, error %p\n", message,
              bodyDescription, (unsigned long)writeOption, value, (unsigned long)valueSize, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_write_body( message, bodyDescription, writeOption, value, valueSize, error ) );
}

HRESULT WINAPI WsReadBody( WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *bodyDescription,
                           WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error )
{
    WS_TRACE( "message %p, bodyDescription %p, readOption %lu, heap %p, value %p, valueSize %lu, error %p\n",
              message, bodyDescription, (unsigned long)readOption, heap, value, (unsigned long)valueSize, error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE( message_read_body( message, bodyDescription, readOption, heap, value, valueSize, error ) );
}

HRESULT WINAPI WsFillBody( WS_MESSAGE *message, ULONG minSize, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error )
{
    WS_TRACE( "message %p, minSize %lu, asyncContext %p, error %p\n", message, (unsigned long)minSize, asyncContext,
              error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_fill_body( message, minSize, asyncContext, error ) );
}

HRESULT WINAPI WsFlushBody( WS_MESSAGE *message, ULONG minSize, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error )
{
    WS_TRACE( "message %p, minSize %lu, asyncContext %p, error %p\n", message, (unsigned long)minSize, asyncContext,
              error );
    API_ENTER( OBJECT_MESSAGE, message, error );
    return API_LEAVE( message_flush_body( message, minSize, asyncContext, error ) );
}

void WINAPI WsFreeMessage( WS_MESSAGE *message )
{
    WS_TRACE( "message %p\n", message );
    if (object_is( message, OBJECT_MESSAGE )) message_free( message );
}

HRESULT WINAPI WsReadEndpointAddressExtension( WS_XML_READER *reader, WS_ENDPOINT_ADDRESS *endpointAddress,
                                               WS_ENDPOINT_ADDRESS_EXTENSION_TYPE extensionType, WS_READ_OPTION readOption,
                                               WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error )
{
    WS_TRACE( "reader %p, endpointAddress %p, extensionType %lu, readOption %lu, heap %p, value %p, valueSize %lu, error %p\n",
              reader, endpointAddress, (unsigned long)extensionType, (unsigned long)readOption, heap, value,
              (unsigned long)valueSize, error );
    API_ENTER( OBJECT_READER, reader, error );
    API_ENTER( OBJECT_HEAP, heap, error );
    return API_LEAVE( message_read_address_extension( reader, endpointAddress, extensionType, readOption, heap, value,
                                                      valueSize, error ) );
}
