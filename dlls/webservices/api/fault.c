/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions for faults in error objects. */

#include "api/api.h"
#include "message/fault.h"

HRESULT WINAPI WsGetFaultErrorProperty( WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, void *buffer,
                                        ULONG bufferSize )
{
    WS_TRACE( "error %p, id %lu, buffer %p, bufferSize %lu\n", error, (unsigned long)id, buffer,
              (unsigned long)bufferSize );
    API_ENTER( OBJECT_ERROR, error, NULL );
    return API_LEAVE( fault_get_error_property( error, id, buffer, bufferSize ) );
}

HRESULT WINAPI WsSetFaultErrorProperty( WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, const void *value,
                                        ULONG valueSize )
{
    WS_TRACE( "error %p, id %lu, value %p, valueSize %lu\n", error, (unsigned long)id, value,
              (unsigned long)valueSize );
    API_ENTER( OBJECT_ERROR, error, NULL );
    return API_LEAVE( fault_set_error_property( error, id, value, valueSize ) );
}

HRESULT WINAPI WsGetFaultErrorDetail( WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *faultDetailDescription,
                                      WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize )
{
    WS_TRACE( "error %p, faultDetailDescription %p, readOption %lu, heap %p, value %p, valueSize %lu\n", error,
              faultDetailDescription, (unsigned long)readOption, heap, value, (unsigned long)valueSize );
    API_ENTER( OBJECT_ERROR, error, NULL );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE( fault_get_error_detail( error, faultDetailDescription, readOption, heap, value, valueSize ) );
}

HRESULT WINAPI WsSetFaultErrorDetail( WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *faultDetailDescription,
                                      WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize )
{
    WS_TRACE( "error %p, faultDetailDescription %p, writeOption %lu, value %p, valueSize %lu\n", error,
              faultDetailDescription, (unsigned long)writeOption, value, (unsigned long)valueSize );
    API_ENTER( OBJECT_ERROR, error, NULL );
    return API_LEAVE( fault_set_error_detail( error, faultDetailDescription, writeOption, value, valueSize ) );
}

HRESULT WINAPI WsCreateFaultFromError( WS_ERROR *error, HRESULT code, WS_FAULT_DISCLOSURE disclosure, WS_HEAP *heap,
                                       WS_FAULT *fault )
{
    WS_TRACE( "error %p, code %#lx, disclosure %u, heap %p, fault %p\n", error, (unsigned long)(UINT32)code,
              disclosure, heap, fault );
    API_ENTER( OBJECT_ERROR, error, NULL );
    API_ENTER( OBJECT_HEAP, heap, NULL );
    if (!fault) return API_LEAVE( E_INVALIDARG );
    return API_LEAVE( fault_from_error( error, code, disclosure, heap, fault ) );
}

HRESULT WINAPI WsCopyError( WS_ERROR *source, WS_ERROR *destination )
{
    HRESULT hr;

    WS_TRACE( "source %p, destination %p\n", source, destination );
    API_ENTER( OBJECT_ERROR, source, NULL );
    API_ENTER( OBJECT_ERROR, destination, NULL );
    if (source == destination) return API_LEAVE( E_INVALIDARG );
    if (!(hr = error_copy( source, destination )) && (hr = fault_copy_error( source, destination )))
        error_reset( destination );     /* no half of a copy */
    return API_LEAVE( hr );
}
