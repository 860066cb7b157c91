/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The inside of the HTTP server: ports, endpoints, connections and the request that is open on one. */
#ifndef WS_TRANSPORT_HTTP_CONN_H
#define WS_TRANSPORT_HTTP_CONN_H

#include "transport/http_server.h"
#include "transport/loop.h"

struct http_port;

struct http_endpoint
{
    struct http_prefix prefix;
    struct http_endpoint_config config;
    struct http_port *port;
    LONG refs;                     /* of the memory: the owner, and each connection that remembers it */
    LONG active;                   /* exchanges, and 1 until it is closed; 0: nothing is delivered any more */
    LONG stopped;
    void (*on_drained)( void *context );
};

struct http_conn;

struct http_port
{
    struct http_port *next;        /* of the process, under the registry's lock */
    struct acceptor  *acceptor;
    USHORT number;
    BOOL   secure;
    LONG   closed;
    LONG   refs;                   /* the registry and each connection */
    LONG   generation;             /* changes with the table below */
    ULONG  receive_timeout, idle_timeout;
    ULONG  max_head;               /* the largest of its endpoints: whose a request is shows when its head is complete */
    SRWLOCK lock;                  /* table and list of connections */
    struct http_endpoint **endpoints;   /* in the order to try them */
    ULONG  count;
    struct http_conn *conns;
};

/* The endpoint for a request, with a reference; NULL if there is none. */
struct http_endpoint *http_port_find( struct http_port *port, struct slice host, struct slice path );
void http_port_release( struct http_port *port );
void http_endpoint_release( struct http_endpoint *endpoint );
/* A delivery begins, FALSE if the endpoint takes none; and ends. */
BOOL http_endpoint_begin( struct http_endpoint *endpoint );
void http_endpoint_end( struct http_endpoint *endpoint );
/* A connection that was accepted; takes the descriptor in any case. */
void http_conn_accept( void *port, INT32 fd, const struct unix_address *local, const struct unix_address *remote );

enum request_phase { PHASE_HEAD, PHASE_BODY, PHASE_RUNNING };

#define STATE_RETURNED 1           /* the handler has returned */
#define STATE_RELEASED 2           /* the exchange was given back */

#define REPLY_STARTED  0x01        /* a head was sent */
#define REPLY_STREAM   0x02        /* body data may follow */
#define REPLY_CHUNKED  0x04
#define REPLY_DONE     0x08
#define REPLY_NO_BODY  0x10        /* HEAD, 204, 304: body data is swallowed */

enum { WATCH_NONE, WATCH_SET, WATCH_CALLING };

/* Lives in one block of the engine's buffers while a connection is not idle. */
struct http_request
{
    struct http_exchange ex;       /* what the handler sees; first */
    struct http_conn *conn;
    enum request_phase phase;
    LONG  state;                   /* STATE_* */
    ULONG reply;                   /* REPLY_* */
    BOOL  streamed;                /* the handler reads the body itself */
    BOOL  body_done;               /* the end of the request body was read */
    BOOL  continued;               /* 100 Continue was sent, or is not needed any more */
    BYTE *buf;                     /* `data` or a block of its own */
    ULONG size;
    ULONG pos;                     /* beginning of the message */
    ULONG len;                     /* bytes in the buffer */
    ULONG raw;                     /* next byte of the body that is not decoded yet */
    ULONG body;                    /* where the body begins */
    ULONG body_len;                /* decoded bytes there (buffered) */
    ULONG scanned;
    UINT64 began;                  /* when the first byte came */
    UINT64 received;               /* bytes since then */
    UINT64 body_total;             /* streamed: decoded bytes so far */
    struct http_chunks chunks;
    WS_ASYNC_CONTEXT read_async, write_async;
    WS_ERROR *read_error;
    void  *read_buf;
    ULONG  read_size, *read_got, received_now;
    char   chunk_head[HTTP_CHUNK_HEAD];
    struct http_head head;
    BYTE  data[];
};

struct http_conn
{
    struct socket sock;            /* first */
    struct http_port *port;
    struct http_conn *prev, *next; /* of the port */
    struct http_request *req;      /* NULL while idle */
    struct http_endpoint *endpoint;/* of the last request, and what led to it */
    LONG   generation;
    USHORT key_target, key_host;
    LONG   busy;                   /* from the first byte of a request until its reply has left */
    BOOL   close;                  /* no further request */
    BOOL   draining;               /* our side is shut; what still comes is thrown away */
    BYTE  *out;                    /* what the peer has not taken yet */
    SIZE_T out_pos, out_size;
    UINT64 id;
    LONG   watch;                  /* WATCH_* */
    DWORD  watch_thread;
    void (*on_gone)( struct http_exchange *exchange );
    struct engine_work run_work;
    char   key[80];
};
_Static_assert( ENGINE_BUFFER - offsetof( struct http_request, data ) >= 16384 + 64, "a whole head and some body fit" );

static inline struct http_request *request_of( struct http_exchange *exchange )
{
    return (struct http_request *)exchange;
}

/* Sends without waiting; what does not leave is kept in conn->out. FALSE: the connection is broken. */
BOOL http_conn_send( struct http_conn *conn, const struct stream_vec *vecs, ULONG count );

/* A reply without body straight from the connection. */
void http_conn_refuse( struct http_conn *conn, ULONG status, BOOL close );

#endif
