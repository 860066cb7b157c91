/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions on URLs. */

#include "api/api.h"
#include "base/url.h"

HRESULT WINAPI WsDecodeUrl( const WS_STRING *url, ULONG flags, WS_HEAP *heap, WS_URL **ret, WS_ERROR *error )
{
    WS_TRACE( "url %p, flags 0x%lx, heap %p, ret %p, error %p\n", url, (unsigned long)flags, heap, ret, error );
    API_ENTER( OBJECT_HEAP, heap, error );
    if (!url || !ret) return API_LEAVE( ws_fail( error, E_INVALIDARG, "A URL and room for its parts are needed." ) );
    return API_LEAVE( url_decode( url, flags, heap, ret, error ) );
}

HRESULT WINAPI WsEncodeUrl( const WS_URL *url, ULONG flags, WS_HEAP *heap, WS_STRING *ret, WS_ERROR *error )
{
    WS_TRACE( "url %p, flags 0x%lx, heap %p, ret %p, error %p\n", url, (unsigned long)flags, heap, ret, error );
    API_ENTER( OBJECT_HEAP, heap, error );
    if (!url || !ret) return API_LEAVE( ws_fail( error, E_INVALIDARG, "The parts of a URL and room for it are needed." ) );
    return API_LEAVE( url_encode( url, flags, heap, ret, error ) );
}

HRESULT WINAPI WsCombineUrl( const WS_STRING *base, const WS_STRING *reference, ULONG flags, WS_HEAP *heap, WS_STRING *ret,
                             WS_ERROR *error )
{
    WS_TRACE( "base %p, reference %p, flags 0x%lx, heap %p, ret %p, error %p\n",
              base, reference, (unsigned long)flags, heap, ret, error );
    API_ENTER( OBJECT_HEAP, heap, error );
    if (!base || !reference || !ret)
        return API_LEAVE( ws_fail( error, E_INVALIDARG, "Two URLs and room for the result are needed." ) );
    return API_LEAVE( url_combine( base, reference, flags, heap, ret, error ) );
}
