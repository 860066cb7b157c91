/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP/1.1 server: URL prefixes registered as with http.sys, any number of endpoints of the process on one port.
 *
 * A request is an exchange. The handler of the endpoint is called on a thread of the engine with a complete message (or,
 * with streamed input, a complete head). It may answer at once, or keep the exchange and answer later from any thread; it
 * has to release it exactly once. One exchange is open on a connection at a time: the next pipelined request is looked at
 * after the release. Everything an exchange points to lives until the release.
 *
 * Requests that cannot be delivered are answered here: 400, 404, 408, 411, 413, 414, 431, 501, 505, and 503 while the
 * endpoint is not accepting. */
#ifndef WS_TRANSPORT_HTTP_SERVER_H
#define WS_TRANSPORT_HTTP_SERVER_H

#include "transport/http_proto.h"
#include "transport/stream.h"

struct http_endpoint;

/* Bytes the caller of a reply leaves free in front of the first piece of the body when it sets HTTP_REPLY_ROOM: the head
 * is written there, and head and body leave as one contiguous send without a copy. */
#define HTTP_HEAD_ROOM 512

/* The request. Read only for the handler. */
struct http_exchange
{
    const struct http_head *head;
    struct http_endpoint *endpoint;
    void *context;                   /* config.context of the endpoint */
    const BYTE *body;                /* buffered: the whole body, decoded; streamed: NULL */
    SIZE_T body_size;
    BOOL streamed;                   /* body is read with http_exchange_read */
    struct net_address remote;
    struct net_address local;
    struct stream *stream;           /* of the connection; for security layers */
    UINT64 connection_id;            /* differs for each connection of the process */
    void *user;                      /* free for the handler */
};

struct http_endpoint_config
{
    /* Called for each request; see above. The callee owns the exchange now. */
    void (*on_request)( struct http_exchange *exchange, void *context );
    void *context;

    BOOL   streamed_input;           /* deliver after the head */
    UINT64 max_body;                 /* bytes; more: 413. For streamed input the limit of the whole body */
    ULONG  max_head;                 /* bytes of request line and headers; more: 431. 0: 16384 */
    ULONG  receive_timeout;          /* ms for a request to arrive once it began, and for each streamed read: 408 */
    ULONG  send_timeout;             /* ms for a peer to take a reply; the connection is closed then */
    ULONG  idle_timeout;             /* ms a connection may stay open between requests; 0: 120 s */
    ULONG  backlog;                  /* of listen(); 0: the system's maximum */
    UINT8  ip_version;               /* WS_IP_VERSION; 0: automatic (both) */
    void  *tls;                      /* place of the TLS settings for https */
};

/* Registers a URL prefix and begins to deliver. WS_E_INVALID_ENDPOINT_URL, WS_E_ADDRESS_IN_USE (prefix registered already in
 * this process, or port taken by another), WS_E_ADDRESS_NOT_AVAILABLE, WS_E_NOT_SUPPORTED (https without TLS),
 * E_OUTOFMEMORY. */
HRESULT http_endpoint_open( const WS_STRING *url, const struct http_endpoint_config *config, struct http_endpoint **ret,
                            WS_ERROR *error );

/* Changes config.streamed_input, max_body and max_head for the requests whose heads arrive from now on: channels, which have
 * these settings, may be made after the listener was opened. Any thread. */
void http_endpoint_set_input( struct http_endpoint *endpoint, BOOL streamed_input, UINT64 max_body, ULONG max_head );

/* No more deliveries after it returns (one already under way may still enter the handler: the config context has to live
 * until http_endpoint_release returns or on_drained was called). New requests get 503. Never waits. */
void http_endpoint_stop( struct http_endpoint *endpoint );

/* Unregisters; the port is closed with its last endpoint. Exchanges that are running may end. `on_drained( context )` is
 * called (here or on a thread of the engine) when the last of them was released; then the config's context may go. May be
 * NULL. The endpoint pointer is dead for the caller after this call. */
void http_endpoint_close( struct http_endpoint *endpoint, void (*on_drained)( void *context ) );

/* Like close, and cuts the connections of exchanges that are running; these still have to be released. */
void http_endpoint_abort( struct http_endpoint *endpoint, void (*on_drained)( void *context ) );

/* Exchanges delivered and not released. */
ULONG http_endpoint_active( struct http_endpoint *endpoint );

/* Reads the next bytes of a streamed body, decoded; *got is 0 at its end. Fails with WS_E_QUOTA_EXCEEDED over max_body,
 * WS_E_ENDPOINT_DISCONNECTED when the peer went away, WS_E_INVALID_FORMAT on bad chunks, and timeouts. Answers
 * Expect: 100-continue at the first call. */
HRESULT http_exchange_read( struct http_exchange *exchange, void *buf, ULONG size, ULONG *got,
                            const WS_ASYNC_CONTEXT *async, WS_ERROR *error );

#define HTTP_REPLY_ROOM   0x01u      /* HTTP_HEAD_ROOM writable bytes lie in front of vecs[0] */
#define HTTP_REPLY_CLOSE  0x02u      /* close the connection after it */
#define HTTP_REPLY_STREAM 0x04u      /* more body follows with http_exchange_write: chunked, or till the end for HTTP/1.0 */

struct http_reply
{
    ULONG status;                    /* 200, 202, 400, 500, ... */
    struct slice reason;             /* empty: the standard phrase */
    struct slice content_type;       /* empty: no such header */
    struct slice headers;            /* further complete lines, each ended by CRLF; may be empty */
    const struct stream_vec *vecs;   /* body */
    ULONG count;                     /* at most STREAM_MAX_VECS - 1 */
    ULONG flags;                     /* HTTP_REPLY_* */
};

/* Sends the reply, or with HTTP_REPLY_STREAM its head and the first data. Without STREAM it never waits: what the peer does not
 * take at once is kept and sent as it reads, so the body memory is free on return. The head may be edited by HEAD
 * and 204/304 rules. Fails with WS_E_ENDPOINT_DISCONNECTED or WS_E_OPERATION_ABORTED when there is nobody to answer;
 * release the exchange all the same. */
HRESULT http_exchange_reply( struct http_exchange *exchange, const struct http_reply *reply, WS_ERROR *error );

/* A reply without a body (404, 405, 415, 503, ...). `headers` as above, may be NULL. */
HRESULT http_exchange_reply_status( struct http_exchange *exchange, ULONG status, const char *headers );

/* More body after HTTP_REPLY_STREAM; waits (or goes asynchronous) while the peer does not read. */
HRESULT http_exchange_write( struct http_exchange *exchange, const struct stream_vec *vecs, ULONG count,
                             const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
/* Ends a streamed reply. Never waits. */
HRESULT http_exchange_end( struct http_exchange *exchange, WS_ERROR *error );

/* Cuts the connection, from any thread that knows the exchange is not released; what is pending on it completes with
 * WS_E_OPERATION_ABORTED. */
void http_exchange_abort( struct http_exchange *exchange );

/* TRUE once the peer has closed or reset the connection (no one will read the reply): WsRegisterOperationForCancel. With `on_gone`
 * it is also told when that happens (on a thread of the engine, at most once; not after the release). */
BOOL http_exchange_is_gone( struct http_exchange *exchange );
void http_exchange_watch( struct http_exchange *exchange, void (*on_gone)( struct http_exchange *exchange ) );

/* Gives the exchange back. One that got no reply, or whose reply or request body was not finished, closes the
 * connection. */
void http_exchange_release( struct http_exchange *exchange );

#endif
