/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of WS_XML_BUFFER. */

#include "api/api.h"
#include "xml/writer.h"

HRESULT WINAPI WsCreateXmlBuffer( WS_HEAP *heap, const WS_XML_BUFFER_PROPERTY *props, ULONG count, WS_XML_BUFFER **buffer,
                                  WS_ERROR *error )
{
    WS_TRACE( "heap %p, props %p, count %lu, buffer %p, error %p\n", heap, props, (unsigned long)count, buffer,
              error );
    API_ENTER( OBJECT_HEAP, heap, error );
    if (!buffer) return API_LEAVE( ws_fail( error, E_INVALIDARG, "No place to store the XML buffer was given." ) );
    return API_LEAVE( buffer_create( heap, props, count, buffer, error ) );
}

HRESULT WINAPI WsRemoveNode( const WS_XML_NODE_POSITION *pos, WS_ERROR *error )
{
    WS_TRACE( "pos %p, error %p\n", pos, error );
    return API_LEAVE( buffer_remove_node( pos, error ) );
}

HRESULT WINAPI WsWriteXmlBuffer( WS_XML_WRITER *writer, WS_XML_BUFFER *buffer, WS_ERROR *error )
{
    WS_TRACE( "writer %p, buffer %p, error %p\n", writer, buffer, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    API_ENTER( OBJECT_BUFFER, buffer, error );
    return API_LEAVE_WHOLE( writer, writer_write_xml_buffer( writer, buffer, error ) );
}

HRESULT WINAPI WsWriteXmlBufferToBytes( WS_XML_WRITER *writer, WS_XML_BUFFER *buffer,
                                        const WS_XML_WRITER_ENCODING *encoding, const WS_XML_WRITER_PROPERTY *props,
                                        ULONG count, WS_HEAP *heap, void **bytes, ULONG *size, WS_ERROR *error )
{
    WS_TRACE( "writer %p, buffer %p, encoding %p, props %p, count %lu, heap %p, bytes %p, size %p, error %p\n",
              writer, buffer, encoding, props, (unsigned long)count, heap, bytes, size, error );
    API_ENTER( OBJECT_WRITER, writer, error );
    API_ENTER( OBJECT_BUFFER, buffer, error );
    API_ENTER( OBJECT_HEAP, heap, error );
    if (!bytes || !size) return API_LEAVE( ws_fail( error, E_INVALIDARG, "No place to store the bytes was given." ) );
    return API_LEAVE( buffer_write_to_bytes( writer, buffer, encoding, props, count, heap, bytes, size, error ) );
}
