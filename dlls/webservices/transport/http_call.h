/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The inside of an HTTP call, shared by http_client.c (connections and requests) and http_response.c. */
#ifndef WS_TRANSPORT_HTTP_CALL_H
#define WS_TRANSPORT_HTTP_CALL_H

#include "transport/http_auth.h"
#include "transport/http_server.h"      /* HTTP_HEAD_ROOM */
#include "transport/loop.h"
#include "base/async.h"

#define CALL_HOST_MAX    255
#define CALL_FIRST_BUFFER 8192

enum call_phase
{
    CALL_IDLE,
    CALL_SENT,              /* the request, or its head, is on its way */
    CALL_BODY,              /* the head of the response is there, its body is not read to the end */
    CALL_DONE               /* the response is complete */
};

struct call_peer            /* what a connection can be used again for */
{
    char   host[CALL_HOST_MAX + 1];
    ULONG  host_len;
    USHORT port;
    BOOL   secure;
    UINT8  ip_version;      /* WS_IP_VERSION of the socket options */
    BOOL   limited;         /* it is of calls with config.max_connections */
};

/* Waiting for a connection that another call has (http_pool.c). */
struct call_wait
{
    struct http_call *next;
    BOOL   waiting;
    HRESULT hr;
    struct stream *stream;          /* handed over; NULL: a new one may be made */
    struct engine_gate *gate;       /* of a synchronous call, else: */
    WS_ASYNC_CONTEXT async;
    struct engine_work work;
    struct engine_timer timer;
};

struct http_call
{
    struct http_client_config config;
    WCHAR *proxy_text;              /* copies behind config.proxy_servers and proxy_bypass */
    struct call_peer target;        /* where the request is addressed to */
    struct call_peer peer;          /* whom the connection leads to: the target or a proxy */
    BOOL   through_proxy;
    BOOL   foreign;
    char  *resource;                /* path and query; in front of it, in the same block, the rest of the absolute URL */
    ULONG  resource_len, prefix_len;

    SRWLOCK lock;                   /* `stream` against http_call_abort */
    LONG   aborted;
    struct stream *stream;
    struct stream *connecting;      /* result of a connect under way */
    struct connect_cancel cancel;
    BOOL   reused;                  /* the connection carried a request before */
    BOOL   retried;
    BOOL   counted;                 /* the connection counts against config.max_connections */
    struct call_wait wait;
    BOOL   blank;                   /* this leg of an authentication carries no body */
    struct net_address remote;

    enum call_phase phase;
    ULONG  flags;                   /* HTTP_CALL_* of the request */
    enum http_method method;
    struct slice method_name, content_type, headers;
    struct stream_vec vecs[STREAM_MAX_VECS];
    ULONG  count;
    char  *head_text;               /* request head that is not in the body's room */
    ULONG  head_size, head_capacity;
    char   chunk_head[HTTP_CHUNK_HEAD];

    BYTE  *buf;                     /* response */
    ULONG  size, len;               /* room, bytes in it */
    ULONG  scanned, received;
    UINT64 due;             /* when the head, or the body, has to be there */
    ULONG  raw;                     /* next byte of the body that is not decoded */
    ULONG  body, body_len;          /* decoded part of a buffered body */
    UINT64 body_total;
    struct http_chunks chunks;
    struct http_head head;
    struct http_response *response; /* of the receive under way */
    void  *read_buf;
    ULONG  read_size, *read_got;

    WS_ASYNC_STATE send_state, receive_state;
};

/* Fails with WS_E_OPERATION_ABORTED when the call was aborted, else with the given code and text of the peer. */
HRESULT call_disconnected( struct http_call *call, const char *when, WS_ERROR *error );
BOOL call_same_peer( const struct call_peer *a, const struct call_peer *b );
/* FALSE: the server has closed the connection, or says something unasked. */
BOOL call_is_alive( struct stream *stream );

/* --- http_pool.c --- */
void pool_init_wait( struct http_call *call );
/* A connection at rest into wait.stream, or NULL there: one may be made, and has a slot if calls of this peer are limited. Waits
 * until it may, at most as long as for a connection. No string. */
HRESULT pool_acquire( struct http_call *call, const WS_ASYNC_CONTEXT *context );
/* Ends the waiting of a call that was aborted. */
void pool_cancel( struct http_call *call );
/* Takes the connection, with its slot. */
void pool_put( const struct call_peer *peer, struct stream *stream );
void pool_release_slot( const struct call_peer *peer );

/* Lets go of the connection. */
void call_drop( struct http_call *call );
/* Whether the request of this call could go out once more over a new connection; and that, as an operation. */
BOOL call_may_repeat( const struct http_call *call );
HRESULT call_repeat( struct http_call *call, const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
/* The next leg of an authentication, over the same connection if it is still there. */
HRESULT call_next_leg( struct http_call *call, const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
/* The credentials that concern a response of this status; NULL if there are none. */
struct http_auth *call_auth( const struct http_call *call, BOOL proxy );
void    call_auth_request( const struct http_call *call, BOOL proxy, struct auth_request *request );

/* The proxy for a target: TRUE with host and port filled in, FALSE to go there directly. */
BOOL http_proxy_find( const struct http_client_config *config, const struct call_peer *target, struct call_peer *proxy );

#endif
