/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of WS_HEAP. */

#include "api/api.h"
#include "base/heap.h"

HRESULT WINAPI WsCreateHeap( SIZE_T max_size, SIZE_T trim_size, const WS_HEAP_PROPERTY *props, ULONG count,
                             WS_HEAP **heap, WS_ERROR *error )
{
    WS_TRACE( "max_size %Iu, trim_size %Iu, props %p, count %lu, heap %p, error %p\n",
              max_size, trim_size, props, (unsigned long)count, heap, error );
    API_ENTER_NEW( error );
    return API_LEAVE( heap_create( max_size, trim_size, props, count, heap, error ) );
}

HRESULT WINAPI WsAlloc( WS_HEAP *heap, SIZE_T size, void **ptr, WS_ERROR *error )
{
    void *ret;

    WS_TRACE( "heap %p, size %Iu, ptr %p, error %p\n", heap, size, ptr, error );
    API_ENTER( OBJECT_HEAP, heap, error );
    if (!ptr) return API_LEAVE( ws_fail( error, E_INVALIDARG, "No place to store the address was given." ) );
    if (!(ret = heap_alloc( heap, size, error ))) return API_LEAVE( heap_failure( heap ) );
    *ptr = ret;
    return API_LEAVE( S_OK );
}

HRESULT WINAPI WsGetHeapProperty( WS_HEAP *heap, WS_HEAP_PROPERTY_ID id, void *buf, ULONG size, WS_ERROR *error )
{
    WS_TRACE( "heap %p, id %u, buf %p, size %lu, error %p\n", heap, id, buf, (unsigned long)size, error );
    API_ENTER( OBJECT_HEAP, heap, error );
    return API_LEAVE( heap_get_property( heap, id, buf, size, error ) );
}

HRESULT WINAPI WsResetHeap( WS_HEAP *heap, WS_ERROR *error )
{
    WS_TRACE( "heap %p, error %p\n", heap, error );
    API_ENTER( OBJECT_HEAP, heap, error );
    heap_reset( heap );
    return API_LEAVE( S_OK );
}

void WINAPI WsFreeHeap( WS_HEAP *heap )
{
    WS_TRACE( "heap %p\n", heap );
    if (object_is( heap, OBJECT_HEAP )) heap_free( heap );
}
