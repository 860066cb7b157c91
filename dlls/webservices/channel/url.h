/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The URL of an endpoint, as far as a client needs it: where to connect to, and what to ask for there. */
#ifndef WS_CHANNEL_URL_H
#define WS_CHANNEL_URL_H

#include "base/str.h"
#include "transport/http_proto.h"

enum url_kind { URL_HTTP, URL_NETTCP, URL_SOAPUDP };

struct endpoint_url
{
    struct slice text;                  /* the whole URL in UTF-8, without a fragment */
    BOOL   secure;                      /* https */
    struct slice host;                  /* without brackets */
    USHORT port;                        /* the scheme's own if none is given */
    struct slice resource;              /* path and query, at least "/" */
};

/* Splits a URL of that kind; the parts lie in `heap`. WS_E_INVALID_ENDPOINT_URL. */
HRESULT endpoint_url_split( const WS_STRING *url, WS_HEAP *heap, enum url_kind kind, struct endpoint_url *parts, WS_ERROR *error );

/* A copy for as long as something is open to it: URL, headers and extensions lie in `heap`. endpoint-address.md: "its size is limited by
 * 65536 bytes", WS_E_QUOTA_EXCEEDED. The identity is still the caller's; nothing looks at it yet. */
HRESULT endpoint_address_copy( const WS_ENDPOINT_ADDRESS *src, WS_HEAP *heap, WS_ENDPOINT_ADDRESS *dst, WS_ERROR *error );

#endif
