/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faults (faults.md): the fault part of an error object, and faults made from errors. */
#ifndef WS_MESSAGE_FAULT_H
#define WS_MESSAGE_FAULT_H

#include "message/message.h"

HRESULT fault_get_error_property( WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, void *buf, ULONG size );
HRESULT fault_set_error_property( WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, const void *value, ULONG size );
HRESULT fault_get_error_detail( WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *desc, WS_READ_OPTION option, WS_HEAP *heap,
                                void *value, ULONG size );
HRESULT fault_set_error_detail( WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *desc, WS_WRITE_OPTION option,
                                const void *value, ULONG size );
HRESULT fault_from_error( const WS_ERROR *error, HRESULT hr, WS_FAULT_DISCLOSURE disclosure, WS_HEAP *heap, WS_FAULT *fault );

/* The description of WS_FAULT_TYPE content for an envelope version: reading and writing soap:Fault goes through these. */
HRESULT fault_read( WS_XML_READER *reader, WS_ENVELOPE_VERSION version, WS_HEAP *heap, WS_FAULT *fault, WS_ERROR *error );
HRESULT fault_write( WS_XML_WRITER *writer, WS_ENVELOPE_VERSION version, const WS_FAULT *fault, WS_ERROR *error );
/* Stores a fault that arrived in `error` (WS_E_ENDPOINT_FAULT_RECEIVED); deep copy. */
HRESULT fault_store( WS_ERROR *error, const WS_FAULT *fault, const WS_XML_STRING *action );
/* A standard fault of the SOAP processor (mustUnderstand, unknown action, bad format, ...) put into `error`; returns the hr. */
enum fault_kind { FAULT_MUST_UNDERSTAND, FAULT_ACTION_NOT_SUPPORTED, FAULT_SENDER, FAULT_RECEIVER, FAULT_VERSION_MISMATCH,
                  FAULT_DESTINATION_UNREACHABLE, FAULT_HEADER_REQUIRED, FAULT_INVALID_HEADER };

#endif
