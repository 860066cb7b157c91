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

/* Stores a fault that arrived in `error` (WS_E_ENDPOINT_FAULT_RECEIVED); deep copy. */
HRESULT fault_store( WS_ERROR *error, const WS_FAULT *fault, const WS_XML_STRING *action );
/* Puts a fault made by the DLL itself into `error` unless it holds one: `code` is Sender, Receiver, MustUnderstand or
 * VersionMismatch; the sub code (may be NULL) belongs to `sub_ns`. The reason is plain ASCII. `action` may be NULL. Returns hr. */
HRESULT fault_set( WS_ERROR *error, HRESULT hr, const char *code, const char *sub, const WS_XML_STRING *sub_ns,
                   const WS_XML_STRING *action, const char *reason );

/* The fault for a header that had to be understood and was not (SOAP 1.2 part 1 section 5.4.8); WS_E_INVALID_FORMAT. */
HRESULT fault_not_understood( WS_ERROR *error, WS_ENVELOPE_VERSION version, const WS_XML_STRING *name,
                              const WS_XML_STRING *ns );
/* Copies the fault part of one error object into another. */
HRESULT fault_copy_error( const WS_ERROR *src, WS_ERROR *dst );

#endif
