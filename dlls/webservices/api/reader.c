/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of WS_XML_READER. */

#include "api/api.h"
#include "xml/reader.h"

HRESULT WINAPI WsCreateReader( const WS_XML_READER_PROPERTY *props, ULONG count, WS_XML_READER **reader, WS_ERROR *error )
{
    WS_TRACE( "props %p, count %lu, reader %p, error %p\n", props, (unsigned long)count, reader, error );
    if (!reader) return API_LEAVE( ws_fail( error, E_INVALIDARG, "No place to store the new reader was given." ) );
    API_ENTER_NEW( error );
    return API_LEAVE( reader_create( props, count, reader, error ) );
}

void WINAPI WsFreeReader( WS_XML_READER *reader )
{
    WS_TRACE( "reader %p\n", reader );
    if (object_is( reader, OBJECT_READER )) reader_free( reader );
}

HRESULT WINAPI WsSetInput( WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding, const WS_XML_READER_INPUT *input,
                           const WS_XML_READER_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    WS_TRACE( "reader %p, encoding %p, input %p, props %p, count %lu, error %p\n", reader, encoding, input, props,
              (unsigned long)count, error );
    API_ENTER( OBJECT_READER, reader, error );
    return API_LEAVE( reader_set_input( reader, encoding, input, props, count, error ) );
}

HRESULT WINAPI WsSetInputToBuffer( WS_XML_READER *reader, WS_XML_BUFFER *buffer, const WS_XML_READER_PROPERTY *props,
                                   ULONG count, WS_ERROR *error )
{
    WS_TRACE( "reader %p, buffer %p, props %p, count %lu, error %p\n", reader, buffer, props, (unsigned long)count,
              error );
    API_ENTER( OBJECT_READER, reader, error );
    return API_LEAVE( reader_set_input_to_buffer( reader, buffer, props, count, error ) );
}

HRESULT WINAPI WsFillReader( WS_XML_READER *reader, ULONG min_size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "reader %p, min_size %lu, context %p, error %p\n", reader, (unsigned long)min_size, context, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_fill( reader, min_size, context, error ) );
}

HRESULT WINAPI WsGetReaderProperty( WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id, void *buf, ULONG size,
                                    WS_ERROR *error )
{
    WS_TRACE( "reader %p, id %u, buf %p, size %lu, error %p\n", reader, id, buf, (unsigned long)size, error );
    API_ENTER( OBJECT_READER, reader, error );
    return API_LEAVE( reader_get_property( reader, id, buf, size, error ) );
}

HRESULT WINAPI WsGetReaderNode( WS_XML_READER *reader, const WS_XML_NODE **node, WS_ERROR *error )
{
    WS_TRACE( "reader %p, node %p, error %p\n", reader, node, error );
    API_ENTER( OBJECT_READER, reader, error );
    return API_LEAVE( reader_get_node( reader, node, error ) );
}

HRESULT WINAPI WsReadNode( WS_XML_READER *reader, WS_ERROR *error )
{
    WS_TRACE( "reader %p, error %p\n", reader, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_read_node( reader, error ) );
}

HRESULT WINAPI WsSkipNode( WS_XML_READER *reader, WS_ERROR *error )
{
    WS_TRACE( "reader %p, error %p\n", reader, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_WHOLE( reader, reader_skip_node( reader, error ) );
}

HRESULT WINAPI WsReadToStartElement( WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, BOOL *found,
                                     WS_ERROR *error )
{
    WS_TRACE( "reader %p, name %s, ns %s, found %p, error %p\n", reader, debugstr_xmlstr( name ),
              debugstr_xmlstr( ns ), found, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_read_to_start_element( reader, name, ns, found, error ) );
}

HRESULT WINAPI WsReadStartElement( WS_XML_READER *reader, WS_ERROR *error )
{
    WS_TRACE( "reader %p, error %p\n", reader, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_read_start_element( reader, error ) );
}

HRESULT WINAPI WsReadEndElement( WS_XML_READER *reader, WS_ERROR *error )
{
    WS_TRACE( "reader %p, error %p\n", reader, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_read_end_element( reader, error ) );
}

HRESULT WINAPI WsFindAttribute( WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, BOOL required,
                                ULONG *index, WS_ERROR *error )
{
    WS_TRACE( "reader %p, name %s, ns %s, required %d, index %p, error %p\n", reader, debugstr_xmlstr( name ),
              debugstr_xmlstr( ns ), required, index, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_find_attribute( reader, name, ns, required, index, error ) );
}

HRESULT WINAPI WsReadStartAttribute( WS_XML_READER *reader, ULONG index, WS_ERROR *error )
{
    WS_TRACE( "reader %p, index %lu, error %p\n", reader, (unsigned long)index, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_read_start_attribute( reader, index, error ) );
}

HRESULT WINAPI WsReadEndAttribute( WS_XML_READER *reader, WS_ERROR *error )
{
    WS_TRACE( "reader %p, error %p\n", reader, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_read_end_attribute( reader, error ) );
}

HRESULT WINAPI WsReadValue( WS_XML_READER *reader, WS_VALUE_TYPE type, void *value, ULONG size, WS_ERROR *error )
{
    WS_TRACE( "reader %p, type %u, value %p, size %lu, error %p\n", reader, type, value, (unsigned long)size, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_WHOLE( reader, reader_read_value( reader, type, value, size, error ) );
}

HRESULT WINAPI WsReadChars( WS_XML_READER *reader, WCHAR *chars, ULONG max, ULONG *count, WS_ERROR *error )
{
    WS_TRACE( "reader %p, chars %p, max %lu, count %p, error %p\n", reader, chars, (unsigned long)max, count, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_read_chars( reader, chars, max, count, error ) );
}

HRESULT WINAPI WsReadCharsUtf8( WS_XML_READER *reader, BYTE *bytes, ULONG max, ULONG *count, WS_ERROR *error )
{
    WS_TRACE( "reader %p, bytes %p, max %lu, count %p, error %p\n", reader, bytes, (unsigned long)max, count, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_read_chars_utf8( reader, bytes, max, count, error ) );
}

HRESULT WINAPI WsReadBytes( WS_XML_READER *reader, void *bytes, ULONG max, ULONG *count, WS_ERROR *error )
{
    WS_TRACE( "reader %p, bytes %p, max %lu, count %p, error %p\n", reader, bytes, (unsigned long)max, count, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_read_bytes( reader, bytes, max, count, error ) );
}

HRESULT WINAPI WsReadArray( WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type,
                            void *array, ULONG size, ULONG offset, ULONG count, ULONG *actual, WS_ERROR *error )
{
    WS_TRACE( "reader %p, name %s, ns %s, type %u, array %p, size %lu, offset %lu, count %lu, actual %p, error %p\n",
              reader, debugstr_xmlstr( name ), debugstr_xmlstr( ns ), type, array, (unsigned long)size,
              (unsigned long)offset, (unsigned long)count, actual, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_WHOLE( reader, reader_read_array( reader, name, ns, type, array, size, offset, count, actual, error ) );
}

HRESULT WINAPI WsReadQualifiedName( WS_XML_READER *reader, WS_HEAP *heap, WS_XML_STRING *prefix, WS_XML_STRING *name,
                                    WS_XML_STRING *ns, WS_ERROR *error )
{
    WS_TRACE( "reader %p, heap %p, prefix %p, name %p, ns %p, error %p\n", reader, heap, prefix, name, ns, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE_WHOLE( reader, reader_read_qualified_name( reader, heap, prefix, name, ns, error ) );
}

HRESULT WINAPI WsGetNamespaceFromPrefix( WS_XML_READER *reader, const WS_XML_STRING *prefix, BOOL required,
                                         const WS_XML_STRING **ns, WS_ERROR *error )
{
    WS_TRACE( "reader %p, prefix %s, required %d, ns %p, error %p\n", reader, debugstr_xmlstr( prefix ), required,
              ns, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_get_namespace_from_prefix( reader, prefix, required, ns, error ) );
}

HRESULT WINAPI WsGetXmlAttribute( WS_XML_READER *reader, const WS_XML_STRING *name, WS_HEAP *heap, WCHAR **chars,
                                  ULONG *count, WS_ERROR *error )
{
    WS_TRACE( "reader %p, name %s, heap %p, chars %p, count %p, error %p\n", reader, debugstr_xmlstr( name ), heap,
              chars, count, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE_USED( reader, reader_get_attribute( reader, name, heap, chars, count, error ) );
}

HRESULT WINAPI WsGetReaderPosition( WS_XML_READER *reader, WS_XML_NODE_POSITION *pos, WS_ERROR *error )
{
    WS_TRACE( "reader %p, pos %p, error %p\n", reader, pos, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_get_position( reader, pos, error ) );
}

HRESULT WINAPI WsSetReaderPosition( WS_XML_READER *reader, const WS_XML_NODE_POSITION *pos, WS_ERROR *error )
{
    WS_TRACE( "reader %p, pos %p, error %p\n", reader, pos, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_set_position( reader, pos, error ) );
}

HRESULT WINAPI WsMoveReader( WS_XML_READER *reader, WS_MOVE_TO to, BOOL *found, WS_ERROR *error )
{
    WS_TRACE( "reader %p, to %u, found %p, error %p\n", reader, to, found, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_WHOLE( reader, reader_move( reader, to, found, error ) );
}

HRESULT WINAPI WsStartReaderCanonicalization( WS_XML_READER *reader, WS_WRITE_CALLBACK write, void *state,
                                              const WS_XML_CANONICALIZATION_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    WS_TRACE( "reader %p, write %p, state %p, props %p, count %lu, error %p\n", reader, write, state, props,
              (unsigned long)count, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_start_canonicalization( reader, write, state, props, count, error ) );
}

HRESULT WINAPI WsEndReaderCanonicalization( WS_XML_READER *reader, WS_ERROR *error )
{
    WS_TRACE( "reader %p, error %p\n", reader, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    return API_LEAVE_USED( reader, reader_end_canonicalization( reader, error ) );
}

HRESULT WINAPI WsReadXmlBuffer( WS_XML_READER *reader, WS_HEAP *heap, WS_XML_BUFFER **buffer, WS_ERROR *error )
{
    HRESULT hr;

    WS_TRACE( "reader %p, heap %p, buffer %p, error %p\n", reader, heap, buffer, error );
    API_ENTER_USABLE( OBJECT_READER, reader, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    hr = reader_read_xml_buffer( reader, heap, buffer, error );
    /* at a wrong place nothing is read, and native goes on (public tests) */
    return hr == E_FAIL ? API_LEAVE( hr ) : API_LEAVE_WHOLE( reader, hr );
}

HRESULT WINAPI WsReadXmlBufferFromBytes( WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding,
                                         const WS_XML_READER_PROPERTY *props, ULONG count, const void *bytes, ULONG size,
                                         WS_HEAP *heap, WS_XML_BUFFER **buffer, WS_ERROR *error )
{
    WS_TRACE( "reader %p, encoding %p, props %p, count %lu, bytes %p, size %lu, heap %p, buffer %p, error %p\n",
              reader, encoding, props, (unsigned long)count, bytes, (unsigned long)size, heap, buffer, error );
    API_ENTER( OBJECT_READER, reader, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE( reader_read_bytes_to_buffer( reader, encoding, props, count, bytes, size, heap, buffer, error ) );
}
