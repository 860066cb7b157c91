/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Proxies and endpoints from templates: what a compiler of policies found out, completed by the program. */
#ifndef WS_SERVICE_TEMPLATE_H
#define WS_SERVICE_TEMPLATE_H

#include "service/proxy.h"

/* `value` is the WS_*_BINDING_TEMPLATE of the program, may be NULL; `description` the WS_*_POLICY_DESCRIPTION of the compiler. */
HRESULT template_create_proxy( WS_CHANNEL_TYPE channel_type, const WS_PROXY_PROPERTY *props, ULONG count,
                               WS_BINDING_TEMPLATE_TYPE type, const void *value, ULONG value_size, const void *description,
                               ULONG description_size, WS_SERVICE_PROXY **ret, WS_ERROR *error );
/* The endpoint with everything it points to is in `heap`; contract and address text are the caller's. */
HRESULT template_create_endpoint( WS_CHANNEL_TYPE channel_type, const WS_SERVICE_ENDPOINT_PROPERTY *props, ULONG count,
                                  const WS_STRING *url, const WS_SERVICE_CONTRACT *contract,
                                  WS_SERVICE_SECURITY_CALLBACK authorization, WS_HEAP *heap, WS_BINDING_TEMPLATE_TYPE type,
                                  const void *value, ULONG value_size, const void *description, ULONG description_size,
                                  WS_SERVICE_ENDPOINT **ret, WS_ERROR *error );

#endif
