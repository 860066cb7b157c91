/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* URLs of the five schemes this library knows (url.md, RFC 3986). */
#ifndef WS_BASE_URL_H
#define WS_BASE_URL_H

#include "base/str.h"

/* A URL cut in pieces as they stand in it, still with their escapes: the strings point into the URL. A piece that is
 * absent has NULL chars; one that is empty has not. */
struct url_parts
{
    WS_URL_SCHEME_TYPE scheme;
    USHORT    port;             /* default of the scheme when there is none in the URL */
    WS_STRING host;             /* an IP literal with its brackets */
    WS_STRING port_text;
    WS_STRING path;             /* from its slash on; empty if there is none */
    WS_STRING query, fragment;  /* without ? and # */
};

/* WS_E_INVALID_FORMAT when it is no URL, its scheme is not known or its host is missing. `flags`: WS_URL_FLAGS_ALLOW_HOST_WILDCARDS
 * permits the hosts + and *. Takes no memory. */
HRESULT url_split( const WS_STRING *url, ULONG flags, struct url_parts *parts, WS_ERROR *error );
/* "http" and so on; NULL for an unknown scheme. */
const WCHAR *url_scheme_name( WS_URL_SCHEME_TYPE scheme, ULONG *len );
USHORT url_default_port( WS_URL_SCHEME_TYPE scheme );

/* As documented for WsDecodeUrl, WsEncodeUrl and WsCombineUrl. All of the result is in `heap`. */
HRESULT url_decode( const WS_STRING *url, ULONG flags, WS_HEAP *heap, WS_URL **ret, WS_ERROR *error );
HRESULT url_encode( const WS_URL *url, ULONG flags, WS_HEAP *heap, WS_STRING *ret, WS_ERROR *error );
HRESULT url_combine( const WS_STRING *base, const WS_STRING *reference, ULONG flags, WS_HEAP *heap, WS_STRING *ret,
                     WS_ERROR *error );

#endif
