/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP authentication of a client, to a server (401) or a proxy (407): Basic (RFC 7617), Digest (RFC 7616), NTLM and Negotiate
 * (RFC 4559, through SSPI).
 *
 * A request goes out in legs. What is certain to be challenged carries no body (blank): the probe that asks what a server takes,
 * and the first tokens of a handshake. So a body is sent once, with the credentials, and needs not be repeatable. */
#ifndef WS_TRANSPORT_HTTP_AUTH_H
#define WS_TRANSPORT_HTTP_AUTH_H

#include "transport/http_client.h"

struct digest_challenge { char *text; struct slice realm, nonce, opaque; BOOL has_opaque, qop, sha256, session, stale; ULONG count;
                          BYTE cnonce[16]; };

struct http_auth
{
    ULONG  schemes;                 /* allowed: WS_HTTP_HEADER_AUTH_SCHEME_* */
    BOOL   proxy;
    BOOL   current_user;
    WCHAR *text;                    /* user, domain and password; wiped at the end */
    ULONG  user_len, domain_len, password_len;
    void  *opaque;                  /* identity in the form of SSPI, not owned; or NULL */

    ULONG  scheme;                  /* in use; 0: not known yet */
    ULONG  tried;                   /* schemes whose credentials went out in this exchange */
    BOOL   blank;                   /* the leg carries no body */
    char  *line;                    /* header line of the leg with its CRLF */
    ULONG  line_len;
    struct digest_challenge digest;
    struct sspi_state *sspi;
    void  *connection;              /* that NTLM or Negotiate has authenticated */
};

/* What a request is, for the schemes that sign it. */
struct auth_request
{
    struct slice method, uri, host;
    void *connection;               /* it will go over; NULL: a new one */
};

/* Begins a request: what its first leg carries. */
HRESULT auth_begin( struct http_auth *auth, const struct auth_request *request, WS_ERROR *error );
/* The answer was 401 or 407. S_OK: there is another leg. S_FALSE: nothing more can be done. */
HRESULT auth_challenge( struct http_auth *auth, const struct http_head *head, const struct auth_request *request, WS_ERROR *error );
/* The answer was another one. S_OK: the request is answered; S_FALSE: it was blank and goes out in full now. */
HRESULT auth_accepted( struct http_auth *auth, void *connection, WS_ERROR *error );
/* The parameters of the challenge of a scheme in the answer. FALSE if there is none. */
BOOL auth_find_challenge( const struct http_head *head, BOOL proxy, const char *scheme, ULONG len, struct slice *params );
/* A header line of the scheme with `data` in base64. */
HRESULT auth_set_line( struct http_auth *auth, const char *scheme, const BYTE *data, ULONG size, WS_ERROR *error );

/* --- digest (http_digest.c) --- */
/* S_FALSE: the challenge can't be met. */
HRESULT digest_take( struct http_auth *auth, struct slice params, WS_ERROR *error );
HRESULT digest_line( struct http_auth *auth, const struct auth_request *request, WS_ERROR *error );
void    digest_clear( struct http_auth *auth );

/* --- SSPI (http_sspi.c) --- */
/* The next token in answer to one of the server (empty: the first). *last: the server has all it needs now. */
HRESULT sspi_next( struct http_auth *auth, BOOL negotiate, struct slice host, const BYTE *token, ULONG size, BOOL *last, WS_ERROR *error );
void    sspi_reset( struct http_auth *auth );
void    sspi_free( struct http_auth *auth );

#endif
