/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cookies that a channel keeps by itself (WS_AUTO_COOKIE_MODE), as RFC 6265 has them: host and path decide where one is sent
 * again. They live as long as the channel. */
#ifndef WS_CHANNEL_HTTP_COOKIES_H
#define WS_CHANNEL_HTTP_COOKIES_H

#include "channel/http_content.h"
#include "transport/http_client.h"

struct cookie;
struct cookies { struct cookie *first; ULONG count; };

/* Takes what a response from `target` sets. Cookies that are malformed, too large or not for this host are ignored. */
void cookies_take( struct cookies *cookies, const struct http_target *target, const struct http_head *head );
/* Appends the header line for a request to `target`, if there is anything to send. */
void cookies_add( struct cookies *cookies, const struct http_target *target, struct head_text *text );
void cookies_free( struct cookies *cookies );

#endif
