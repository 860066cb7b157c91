/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of serialization. Data that is not as described leaves a reader or writer in an undefined place, but does
 * not make it faulted: native checks descriptions afterwards (public tests). */

#include "api/api.h"
#include "serial/serial.h"

HRESULT WINAPI WsReadType( WS_XML_READER *reader, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *desc,
                           WS_READ_OPTION option, WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error )
{
    WS_TRACE( "reader %p, mapping %u, type %u, desc %p, option %u, heap %p, value %p, size %lu, error %p\n", reader,
              mapping, type, desc, option, heap, value, (unsigned long)size, error );
    API_ENTER( OBJECT_READER, reader, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE( serial_read_type( reader, mapping, type, desc, option, heap, value, size, error ) );
}

HRESULT WINAPI WsReadElement( WS_XML_READER *reader, const WS_ELEMENT_DESCRIPTION *desc, WS_READ_OPTION option,
                              WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error )
{
    WS_TRACE( "reader %p, desc %p, option %u, heap %p, value %p, size %lu, error %p\n", reader, desc, option, heap,
              value, (unsigned long)size, error );
    API_ENTER( OBJECT_READER, reader, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE( serial_read_element( reader, desc, option, heap, value, size, error ) );
}

HRESULT WINAPI WsReadAttribute( WS_XML_READER *reader, const WS_ATTRIBUTE_DESCRIPTION *desc, WS_READ_OPTION option,
                                WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error )
{
    WS_TRACE( "reader %p, desc %p, option %u, heap %p, value %p, size %lu, error %p\n", reader, desc, option, heap,
              value, (unsigned long)size, error );
    API_ENTER( OBJECT_READER, reader, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE( serial_read_attribute( reader, desc, option, heap, value, size, error ) );
}

HRESULT WINAPI WsWriteType( WS_XML_WRITER *writer, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *desc,
                            WS_WRITE_OPTION option, const void *value, ULONG size, WS_ERROR *error )
{
    WS_TRACE( "writer %p, mapping %u, type %u, desc %p, option %u, value %p, size %lu, error %p\n", writer, mapping,
              type, desc, option, value, (unsigned long)size, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE( serial_write_type( writer, mapping, type, desc, option, value, size, error ) );
}

HRESULT WINAPI WsWriteElement( WS_XML_WRITER *writer, const WS_ELEMENT_DESCRIPTION *desc, WS_WRITE_OPTION option,
                               const void *value, ULONG size, WS_ERROR *error )
{
    WS_TRACE( "writer %p, desc %p, option %u, value %p, size %lu, error %p\n", writer, desc, option, value,
              (unsigned long)size, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE( serial_write_element( writer, desc, option, value, size, error ) );
}

HRESULT WINAPI WsWriteAttribute( WS_XML_WRITER *writer, const WS_ATTRIBUTE_DESCRIPTION *desc, WS_WRITE_OPTION option,
                                 const void *value, ULONG size, WS_ERROR *error )
{
    WS_TRACE( "writer %p, desc %p, option %u, value %p, size %lu, error %p\n", writer, desc, option, value,
              (unsigned long)size, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE( serial_write_attribute( writer, desc, option, value, size, error ) );
}

HRESULT WINAPI WsWriteValue( WS_XML_WRITER *writer, WS_VALUE_TYPE type, const void *value, ULONG size, WS_ERROR *error )
{
    WS_TRACE( "writer %p, type %u, value %p, size %lu, error %p\n", writer, type, value, (unsigned long)size, error );
    API_ENTER_USABLE( OBJECT_WRITER, writer, error );
    return API_LEAVE( serial_write_value( writer, type, value, size, error ) );
}
