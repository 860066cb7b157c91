/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of WS_XML_WRITER, except those that write values by their types. */

#include "api/api.h"
#include "xml/writer.h"

HRESULT WINAPI WsCreateWriter( const WS_XML_WRITER_PROPERTY *props, ULONG count, WS_XML_WRITER **writer, WS_ERROR *error )
{
    WS_TRACE( "props %p, count %lu, writer %p, error %p\n", props, (unsigned long)count, writer, error );
    if (!writer) return API_LEAVE( ws_fail( error, E_INVALIDARG, "No place to store the writer was given." ) );
    API_ENTER_NEW( error );
    return API_LEAVE( writer_create( props, count, writer, error ) );
}

void WINAPI WsFreeWriter( WS_XML_WRITER *writer )
{
    WS_TRACE( "writer %p\n", writer );
    if (object_is( writer, OBJECT_WRITER )) writer_free( writer );
}

HRESULT WINAPI WsGetWriterProperty( WS_XML_WRITER *writer, WS_XML_WRITER_PROPERTY_ID id, void *buf, ULONG size,
                                    WS_ERROR *error )
{
    WS_TRACE( "writer %p, id %u, buf %p, size %lu, error %p\n", writer, id, buf, (unsigned long)size, error );
    API_ENTER( OBJECT_WRITER, writer, error );
    return API_LEAVE( writer_get_property( writer, id, buf, size, error ) );
}

HRESULT WINAPI WsSetOutput( WS_XML_WRITER *writer, const WS_XML_WRITER_ENCODING *encoding,
                            const WS_XML_WRITER_OUTPUT *output, const WS_XML_WRITER_PROPERTY *props, ULONG count,
                            WS_ERROR *error )
{
    WS_TRACE( "writer %p, encoding %p, output %p, props %p, count %lu, error %p\n", writer, encoding, output, props,
              (unsigned long)count, error );
    API_ENTER( OBJECT_WRITER, writer, error );
    return API_LEAVE( writer_set_output( writer, encoding, output, props, count, error ) );
}

HRESULT WINAPI WsSetOutputToBuffer( WS_XML_WRITER *writer, WS_XML_BUFFER *buffer, const WS_XML_WRITER_PROPERTY *props,
                                    ULONG count, WS_ERROR *error )
{
    WS_TRACE( "writer %p, buffer %p, props %p, count %lu, error %p\n", writer, buffer, props, (unsigned long)count,
              error );
    API_ENTER( OBJECT_WRITER, writer, error );
    API_ENTER( OBJECT_BUFFER, buffer, error );
    return API_LEAVE( writer_set_output_to_buffer( writer, buffer, props, count, error ) );
}

HRESULT WINAPI WsFlushWriter( WS_XML_WRITER *writer, ULONG min_size, const WS_ASYNC_CONTEXT *context,
                              WS_ERROR *error )
{
    WS_TRACE( "writer %p, min_size %lu, context %p, error %p\n", writer, (unsigned long)min_size, context, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_flush( writer, min_size, context, error ) );
}

HRESULT WINAPI WsWriteStartElement( WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                                    const WS_XML_STRING *ns, WS_ERROR *error )
{
    WS_TRACE( "writer %p, prefix %p, name %p, ns %p, error %p\n", writer, prefix, name, ns, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_start_element( writer, prefix, name, ns, error ) );
}

HRESULT WINAPI WsWriteEndStartElement( WS_XML_WRITER *writer, WS_ERROR *error )
{
    WS_TRACE( "writer %p, error %p\n", writer, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_end_start_element( writer, error ) );
}

HRESULT WINAPI WsWriteEndElement( WS_XML_WRITER *writer, WS_ERROR *error )
{
    WS_TRACE( "writer %p, error %p\n", writer, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_end_element( writer, error ) );
}

HRESULT WINAPI WsWriteStartAttribute( WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                                      const WS_XML_STRING *ns, BOOL single_quote, WS_ERROR *error )
{
    WS_TRACE( "writer %p, prefix %p, name %p, ns %p, single_quote %d, error %p\n", writer, prefix, name, ns,
              single_quote, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_start_attribute( writer, prefix, name, ns, single_quote, error ) );
}

HRESULT WINAPI WsWriteEndAttribute( WS_XML_WRITER *writer, WS_ERROR *error )
{
    WS_TRACE( "writer %p, error %p\n", writer, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_end_attribute( writer, error ) );
}

HRESULT WINAPI WsWriteXmlnsAttribute( WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                                      BOOL single_quote, WS_ERROR *error )
{
    WS_TRACE( "writer %p, prefix %p, ns %p, single_quote %d, error %p\n", writer, prefix, ns, single_quote, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_xmlns_attribute( writer, prefix, ns, single_quote, error ) );
}

HRESULT WINAPI WsWriteText( WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error )
{
    WS_TRACE( "writer %p, text %p, error %p\n", writer, text, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_text( writer, text, error ) );
}

HRESULT WINAPI WsWriteChars( WS_XML_WRITER *writer, const WCHAR *chars, ULONG count, WS_ERROR *error )
{
    WS_TRACE( "writer %p, chars %p, count %lu, error %p\n", writer, chars, (unsigned long)count, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_chars( writer, chars, count, error ) );
}

HRESULT WINAPI WsWriteCharsUtf8( WS_XML_WRITER *writer, const BYTE *bytes, ULONG count, WS_ERROR *error )
{
    WS_TRACE( "writer %p, bytes %p, count %lu, error %p\n", writer, bytes, (unsigned long)count, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_chars_utf8( writer, bytes, count, error ) );
}

HRESULT WINAPI WsWriteBytes( WS_XML_WRITER *writer, const void *bytes, ULONG count, WS_ERROR *error )
{
    WS_TRACE( "writer %p, bytes %p, count %lu, error %p\n", writer, bytes, (unsigned long)count, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_bytes( writer, bytes, count, error ) );
}

HRESULT WINAPI WsPushBytes( WS_XML_WRITER *writer, WS_PUSH_BYTES_CALLBACK callback, void *state, WS_ERROR *error )
{
    WS_TRACE( "writer %p, callback %p, state %p, error %p\n", writer, callback, state, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_push_bytes( writer, callback, state, error ) );
}

HRESULT WINAPI WsPullBytes( WS_XML_WRITER *writer, WS_PULL_BYTES_CALLBACK callback, void *state, WS_ERROR *error )
{
    WS_TRACE( "writer %p, callback %p, state %p, error %p\n", writer, callback, state, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_pull_bytes( writer, callback, state, error ) );
}

HRESULT WINAPI WsWriteArray( WS_XML_WRITER *writer, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                             WS_VALUE_TYPE type, const void *array, ULONG array_size, ULONG offset, ULONG count,
                             WS_ERROR *error )
{
    WS_TRACE( "writer %p, name %p, ns %p, type %u, array %p, array_size %lu, offset %lu, count %lu, error %p\n",
              writer, name, ns, type, array, (unsigned long)array_size, (unsigned long)offset, (unsigned long)count,
              error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_array( writer, name, ns, type, array, array_size, offset, count, error ) );
}

HRESULT WINAPI WsWriteQualifiedName( WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                                     const WS_XML_STRING *ns, WS_ERROR *error )
{
    WS_TRACE( "writer %p, prefix %p, name %p, ns %p, error %p\n", writer, prefix, name, ns, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_qualified_name( writer, prefix, name, ns, error ) );
}

HRESULT WINAPI WsWriteStartCData( WS_XML_WRITER *writer, WS_ERROR *error )
{
    WS_TRACE( "writer %p, error %p\n", writer, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_start_cdata( writer, error ) );
}

HRESULT WINAPI WsWriteEndCData( WS_XML_WRITER *writer, WS_ERROR *error )
{
    WS_TRACE( "writer %p, error %p\n", writer, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_end_cdata( writer, error ) );
}

HRESULT WINAPI WsWriteNode( WS_XML_WRITER *writer, const WS_XML_NODE *node, WS_ERROR *error )
{
    WS_TRACE( "writer %p, node %p, error %p\n", writer, node, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_write_node( writer, node, error ) );
}

HRESULT WINAPI WsGetPrefixFromNamespace( WS_XML_WRITER *writer, const WS_XML_STRING *ns, BOOL required,
                                         const WS_XML_STRING **prefix, WS_ERROR *error )
{
    WS_TRACE( "writer %p, ns %p, required %d, prefix %p, error %p\n", writer, ns, required, prefix, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_get_prefix_from_namespace( writer, ns, required, prefix, error ) );
}

HRESULT WINAPI WsGetWriterPosition( WS_XML_WRITER *writer, WS_XML_NODE_POSITION *pos, WS_ERROR *error )
{
    WS_TRACE( "writer %p, pos %p, error %p\n", writer, pos, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_get_position( writer, pos, error ) );
}

HRESULT WINAPI WsSetWriterPosition( WS_XML_WRITER *writer, const WS_XML_NODE_POSITION *pos, WS_ERROR *error )
{
    WS_TRACE( "writer %p, pos %p, error %p\n", writer, pos, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_set_position( writer, pos, error ) );
}

HRESULT WINAPI WsMoveWriter( WS_XML_WRITER *writer, WS_MOVE_TO to, BOOL *found, WS_ERROR *error )
{
    WS_TRACE( "writer %p, to %u, found %p, error %p\n", writer, to, found, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_move( writer, to, found, error ) );
}
HRESULT WINAPI WsCopyNode( WS_XML_WRITER *writer, WS_XML_READER *reader, WS_ERROR *error )
{
    HRESULT hr;

    WS_TRACE( "writer %p, reader %p, error %p\n", writer, reader, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    hr = api_result( reader, writer_copy_node( writer, reader, error ), TRUE );    /* in the middle of both */
    return API_LEAVE_WHOLE( writer, hr );
}


HRESULT WINAPI WsStartWriterCanonicalization( WS_XML_WRITER *writer, WS_WRITE_CALLBACK write, void *state,
                                              const WS_XML_CANONICALIZATION_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    WS_TRACE( "writer %p, write %p, state %p, props %p, count %lu, error %p\n", writer, write, state, props,
              (unsigned long)count, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_start_canonicalization( writer, write, state, props, count, error ) );
}

HRESULT WINAPI WsEndWriterCanonicalization( WS_XML_WRITER *writer, WS_ERROR *error )
{
    WS_TRACE( "writer %p, error %p\n", writer, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE_WHOLE( writer, writer_end_canonicalization( writer, error ) );
}
