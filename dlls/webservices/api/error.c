/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of WS_ERROR; those of its fault part are in api/fault.c. */

#include "api/api.h"
#include "base/error.h"

HRESULT WINAPI WsCreateError( const WS_ERROR_PROPERTY *props, ULONG count, WS_ERROR **error )
{
    WS_TRACE( "props %p, count %lu, error %p\n", props, (unsigned long)count, error );
    return API_LEAVE( error_create( props, count, error ) );
}

HRESULT WINAPI WsAddErrorString( WS_ERROR *error, const WS_STRING *str )
{
    WS_TRACE( "error %p, str %s\n", error, debugstr_wsstr( str ) );
    API_ENTER( OBJECT_ERROR, error, NULL );
    return API_LEAVE( error_add_string( error, str ) );
}

HRESULT WINAPI WsGetErrorString( WS_ERROR *error, ULONG index, WS_STRING *str )
{
    WS_TRACE( "error %p, index %lu, str %p\n", error, (unsigned long)index, str );
    API_ENTER( OBJECT_ERROR, error, NULL );
    return API_LEAVE( error_get_string( error, index, str ) );
}

HRESULT WINAPI WsGetErrorProperty( WS_ERROR *error, WS_ERROR_PROPERTY_ID id, void *buf, ULONG size )
{
    WS_TRACE( "error %p, id %u, buf %p, size %lu\n", error, id, buf, (unsigned long)size );
    API_ENTER( OBJECT_ERROR, error, NULL );
    return API_LEAVE( error_get_property( error, id, buf, size ) );
}

HRESULT WINAPI WsSetErrorProperty( WS_ERROR *error, WS_ERROR_PROPERTY_ID id, const void *value, ULONG size )
{
    WS_TRACE( "error %p, id %u, value %p, size %lu\n", error, id, value, (unsigned long)size );
    API_ENTER( OBJECT_ERROR, error, NULL );
    return API_LEAVE( error_set_property( error, id, value, size ) );
}

HRESULT WINAPI WsResetError( WS_ERROR *error )
{
    WS_TRACE( "error %p\n", error );
    API_ENTER( OBJECT_ERROR, error, NULL );
    error_reset( error );
    return API_LEAVE( S_OK );
}

void WINAPI WsFreeError( WS_ERROR *error )
{
    WS_TRACE( "error %p\n", error );
    if (object_is( error, OBJECT_ERROR )) error_free( error );
}
