/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Metadata of a service host, over HTTP GET and WS-MetadataExchange. */
#ifndef WS_SERVICE_METADATA_H
#define WS_SERVICE_METADATA_H

#include "service/host.h"

/* Checks and prepares the documents and what the endpoints do with them; the endpoints are made. WS_E_INVALID_FORMAT for a document
 * that is no XML. */
HRESULT metadata_init( WS_SERVICE_HOST *host, WS_ERROR *error );
/* The operation that answers a request for the metadata, or NULL if the message that was received is none. */
const struct operation *metadata_find_operation( struct worker *worker, const WS_XML_STRING *action );

#endif
