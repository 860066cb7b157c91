/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_TYPE <-> XML (serialization.md). The functions have the semantics documented for the Ws* functions of like name.
 */
#ifndef WS_SERIAL_SERIAL_H
#define WS_SERIAL_SERIAL_H

#include "xml/reader.h"
#include "xml/writer.h"

HRESULT serial_read_type( WS_XML_READER *reader, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *desc,
                          WS_READ_OPTION option, WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error );
HRESULT serial_read_element( WS_XML_READER *reader, const WS_ELEMENT_DESCRIPTION *desc, WS_READ_OPTION option,
                             WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error );
HRESULT serial_read_attribute( WS_XML_READER *reader, const WS_ATTRIBUTE_DESCRIPTION *desc, WS_READ_OPTION option,
                               WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error );

HRESULT serial_write_type( WS_XML_WRITER *writer, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *desc,
                           WS_WRITE_OPTION option, const void *value, ULONG size, WS_ERROR *error );
HRESULT serial_write_element( WS_XML_WRITER *writer, const WS_ELEMENT_DESCRIPTION *desc, WS_WRITE_OPTION option,
                              const void *value, ULONG size, WS_ERROR *error );
HRESULT serial_write_attribute( WS_XML_WRITER *writer, const WS_ATTRIBUTE_DESCRIPTION *desc, WS_WRITE_OPTION option,
                                const void *value, ULONG size, WS_ERROR *error );
HRESULT serial_write_value( WS_XML_WRITER *writer, WS_VALUE_TYPE type, const void *value, ULONG size, WS_ERROR *error );

/* Size in bytes of a value of the type stored in place (WS_READ_REQUIRED_VALUE); 0 for an unknown type. */
ULONG serial_type_size( WS_TYPE type, const void *desc );

#endif
