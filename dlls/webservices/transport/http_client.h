/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP/1.1 client: calls over kept-alive connections that the process pools per (host, port, proxy, options).
 *
 * A call object is made once per channel and used for one exchange after another. Synchronous calls (`async` NULL) run wholly
 * in the calling thread: one send and one receive when a connection is at hand. Requests that are complete in memory
 * and fail on a reused connection before any byte of an answer came are sent again once, if the caller says that they
 * are repeatable or the server closed the connection before the request was sent. */
#ifndef WS_TRANSPORT_HTTP_CLIENT_H
#define WS_TRANSPORT_HTTP_CLIENT_H

#include "transport/http_proto.h"
#include "transport/stream.h"

struct http_call;
struct http_auth;                    /* credentials and state of an authentication; see below */

/* Where a call goes. Slices have to live as long as the call object uses them (set by http_call_set_target, copied). */
struct http_target
{
    BOOL   secure;                   /* https */
    struct slice host;               /* UTF-8, without brackets */
    USHORT port;
    struct slice resource;           /* path and query, percent encoded, at least "/" */
    BOOL   foreign;                  /* a redirect led to another server: it gets no credentials */
};

enum http_proxy_mode { HTTP_PROXY_AUTO, HTTP_PROXY_NONE, HTTP_PROXY_CUSTOM };   /* WS_HTTP_PROXY_SETTING_MODE */

struct http_client_config
{
    struct socket_options socket;
    ULONG connect_timeout;           /* ms each; NET_INFINITE: none. This one also for the wait at max_connections */
    ULONG send_timeout;
    ULONG receive_response_timeout;  /* from the end of the request to the head of the response */
    ULONG receive_timeout;           /* each further read */
    ULONG max_connections;           /* to the server, of all calls of the process with a limit; 0: no limit */
    UINT64 max_body;                 /* of a buffered response: WS_E_QUOTA_EXCEEDED */
    BOOL  keep_alive;                /* FALSE: a new connection for each call */
    enum http_proxy_mode proxy_mode;
    WS_STRING proxy_servers;         /* custom: "host:port;http=host:port" */
    WS_STRING proxy_bypass;
    struct http_auth *server_auth;   /* or NULL; not owned */
    struct http_auth *proxy_auth;
    void *tls;                       /* place of the TLS settings for https */
};

/* Copies what it needs of the config. */
HRESULT http_call_create( const struct http_client_config *config, struct http_call **ret, WS_ERROR *error );
/* Takes over the timeouts of a config for what begins from now on. */
void    http_call_set_timeouts( struct http_call *call, const struct http_client_config *config );
/* Not while an operation runs. */
void    http_call_free( struct http_call *call );
HRESULT http_call_set_target( struct http_call *call, const struct http_target *target, WS_ERROR *error );

#define HTTP_CALL_ROOM        0x01u  /* HTTP_HEAD_ROOM (http_server.h) writable bytes lie in front of vecs[0] */
#define HTTP_CALL_STREAM      0x02u  /* the body follows with http_call_write: chunked */
#define HTTP_CALL_REPEATABLE  0x04u  /* may be sent twice (GET; or the caller's word) */
#define HTTP_CALL_STREAM_RESPONSE 0x08u  /* the response body is read with http_call_read */
#define HTTP_CALL_EXPECT      0x10u  /* Expect: 100-continue before the body */

struct http_request
{
    struct slice method;             /* "POST" */
    struct slice content_type;       /* empty: no such header */
    struct slice headers;            /* further complete lines, each ended by CRLF */
    const struct stream_vec *vecs;   /* body, at most STREAM_MAX_VECS - 1; has to live until the response is there */
    ULONG count;
    ULONG flags;                     /* HTTP_CALL_* */
};

/* The response; lives until the next use or http_call_end. */
struct http_response
{
    const struct http_head *head;
    const BYTE *body;                /* buffered: whole, decoded */
    SIZE_T body_size;
    BOOL through_proxy;
    ULONG server_tried, proxy_tried; /* schemes whose credentials were sent */
};

/* Connects if need be, sends the request (its head and first data when streamed). */
HRESULT http_call_send( struct http_call *call, const struct http_request *request, const WS_ASYNC_CONTEXT *async,
                        WS_ERROR *error );
HRESULT http_call_write( struct http_call *call, const struct stream_vec *vecs, ULONG count,
                         const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
/* Ends a streamed request body. */
HRESULT http_call_write_end( struct http_call *call, const WS_ASYNC_CONTEXT *async, WS_ERROR *error );

/* Receives the response: head, and unless STREAM_RESPONSE the whole body. Handles interim responses, and 401/407 when there
 * are credentials. Every other status is delivered: redirects and failures are the channel's business. */
HRESULT http_call_receive( struct http_call *call, struct http_response *response, const WS_ASYNC_CONTEXT *async,
                           WS_ERROR *error );
/* More of a streamed response body; *got 0 at its end. */
HRESULT http_call_read( struct http_call *call, void *buf, ULONG size, ULONG *got, const WS_ASYNC_CONTEXT *async,
                        WS_ERROR *error );

/* The exchange is over: the connection goes to the pool, or is closed if the response was not read to its end. */
void http_call_end( struct http_call *call );

/* From any thread while the call object lives; returns at once; sticky until http_call_reset. */
void http_call_abort( struct http_call *call );
void http_call_reset( struct http_call *call );

const struct net_address *http_call_remote( const struct http_call *call );

/* The WS_E_* of a final HTTP status (404, 503, 401 with its schemes, ...), S_OK for 200 and 202 (and 500, which carries
 * a fault, when `fault_expected`), with a readable text in `error`. */
HRESULT http_status_error( const struct http_response *response, BOOL fault_expected, WS_ERROR *error );

/* Closes pooled connections of the process that are idle (process detach, tests). */
void http_client_close_idle( void );

/* Credentials; strings are copied and wiped at the end. */
struct http_credentials
{
    BOOL current_user;               /* of the calling thread (Negotiate, NTLM) */
    WS_STRING user, domain, password;
    void *opaque;                    /* PSEC_WINNT_AUTH_IDENTITY_OPAQUE, not copied; or NULL */
};
HRESULT http_auth_create( ULONG schemes, BOOL proxy, const struct http_credentials *credentials, struct http_auth **ret,
                          WS_ERROR *error );
void    http_auth_free( struct http_auth *auth );

#endif
