/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Does a URL mean a listener (WS_URL_MATCHING_OPTIONS)? Used for the To header of messages and for the via of sessions. */
#ifndef WS_TRANSPORT_URL_MATCH_H
#define WS_TRANSPORT_URL_MATCH_H

#include "transport/net.h"
#include "transport/http_proto.h"

struct url_match;

/* Host (of an IPv6 address without its brackets) and port of a URL, from *pos, which stands behind the scheme, to the path, query or fragment.
 * *port stays as it is where the URL has none. FALSE: there is no host, or the port is none. */
BOOL url_split_authority( const char **pos, const char *end, struct slice *host, USHORT *port );

/* For a listener on the URL, whose host may be + or *; WS_MATCH_URL_* flags. */
HRESULT url_match_create( const WS_STRING *url, ULONG flags, struct url_match **ret, WS_ERROR *error );
struct url_match *url_match_addref( struct url_match *match );
void    url_match_release( struct url_match *match );       /* may be NULL */
/* Without flags everything matches, else each component (host, port, path, query) that there are flags for has to. */
BOOL    url_matches( const struct url_match *match, const char *url, ULONG len );

#endif
