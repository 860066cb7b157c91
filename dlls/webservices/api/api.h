/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The shape of an exported function: trace, check the handle by a rule, call the internal function, trace the result.
 *
 *   HRESULT WINAPI WsReadNode( WS_XML_READER *reader, WS_ERROR *error )
 *   {
 *       HRESULT hr;
 *       WS_TRACE( "%p %p\n", reader, error );
 *       API_ENTER( OBJECT_READER, reader, error );
 *       hr = reader_read_node( reader, error );
 *       return API_LEAVE( hr );
 *   }
 */
#ifndef WS_API_API_H
#define WS_API_API_H

#include "base/object.h"
#include "base/error.h"
#include "base/trace.h"

/* S_OK, or E_INVALIDARG when `handle` (or a non-NULL `error`) is not a live object of that class. */
HRESULT api_enter( enum object_class class, const void *handle, WS_ERROR *error );
/* E_INVALIDARG for a parameter that may not be NULL. */
HRESULT api_null( const char *name, WS_ERROR *error );
/* Traces name and result when the channel is on; returns hr. */
HRESULT api_leave( const char *function, HRESULT hr );

#define API_ENTER( class, handle, error ) \
    do { HRESULT hr_ = api_enter( class, handle, error ); if (UNLIKELY( hr_ )) return api_leave( __func__, hr_ ); } while (0)
/* The same for a handle that may be NULL. */
#define API_ENTER_OPTIONAL( class, handle, error ) do { if (handle) API_ENTER( class, handle, error ); } while (0)
/* The same for a function that makes an object. */
#define API_ENTER_NEW( error ) \
    do { if (error) API_ENTER( OBJECT_ERROR, error, NULL ); } while (0)
/* A parameter that may not be NULL. */
#define API_NEED( param, error ) \
    do { if (!(param)) return api_leave( __func__, api_null( #param, error ) ); } while (0)
/* For readers and writers: a faulted one refuses (WS_E_OBJECT_FAULTED), and a failure makes it so. With `whole` TRUE also one
 * for the lack of data: several nodes may have been read, so that the call can't be repeated. */
HRESULT api_failed( void *handle, HRESULT hr, BOOL whole ) __attribute__((cold));
#define API_ENTER_USABLE( class, handle, error ) \
    do { \
        HRESULT hr_ = api_enter( class, handle, error ); \
        if (UNLIKELY( hr_ )) return api_leave( __func__, hr_ ); \
        if (UNLIKELY( ((struct object *)(handle))->state ) && (hr_ = object_usable( handle, error ))) \
            return api_leave( __func__, hr_ ); \
    } while (0)
static inline HRESULT api_result( void *handle, HRESULT hr, BOOL whole )
{
    return UNLIKELY( hr < 0 ) ? api_failed( handle, hr, whole ) : hr;
}
#define API_LEAVE_USED( handle, hr )  API_LEAVE( api_result( handle, hr, FALSE ) )
#define API_LEAVE_WHOLE( handle, hr ) API_LEAVE( api_result( handle, hr, TRUE ) )
#define API_LEAVE( hr ) (WS_TRACE_ON ? api_leave( __func__, hr ) : (hr))

#endif
