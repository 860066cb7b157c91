/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* net.tcp: sessions of .NET Message Framing over streams, both roles. An endpoint of the process is chosen by the via URI, so that
 * several share a port.
 *
 * A session carries envelopes both ways (duplex), one way (simplex) or one exchange (singleton). One receive and one send
 * may be pending at a time, each with its own thread if need be. */
#ifndef WS_TRANSPORT_NMF_H
#define WS_TRANSPORT_NMF_H

#include "transport/nmf_proto.h"
#include "transport/stream.h"

struct nmf_session;
struct nmf_endpoint;

struct nmf_config
{
    enum nmf_mode mode;                 /* client; a listener takes sessions of every mode */
    enum nmf_encoding encoding;         /* known encoding offered, or the only one accepted */
    struct socket_options socket;
    ULONG  connect_timeout;             /* ms; with resolving and preamble */
    ULONG  send_timeout;
    ULONG  receive_timeout;
    ULONG  close_timeout;
    ULONG  max_message;                 /* bytes of a sized (buffered) envelope: WS_E_QUOTA_EXCEEDED and a fault */
    UINT64 max_streamed;                /* bytes of an unsized envelope */
    BOOL   leavable;                    /* client: nmf_leave is going to be used */
    ULONG  backlog;                     /* listener */
    void  *security;                    /* place of stream upgrades (TLS, Negotiate) */

    /* Listener: a session passed its preamble and was acknowledged; it belongs to the callee. On a thread of the engine. */
    void (*on_session)( struct nmf_session *session, void *context );
    void  *context;
    ULONG  match;                       /* listener: WS_MATCH_URL_* that the via has to fulfil besides lying at or below the URL */

    /* Listener: FALSE answers the preamble with the fault ServerTooBusy. May be NULL. */
    BOOL (*may_accept)( void *context );
};

/* Listens. url: net.tcp://host:port/path; host +, * or localhost mean any address. Errors as http_endpoint_open. */
HRESULT nmf_endpoint_open( const WS_STRING *url, const struct nmf_config *config, struct nmf_endpoint **ret,
                           WS_ERROR *error );
/* No more sessions are delivered; those delivered live on. The pointer is dead; `on_drained` as with http_endpoint_close. */
void nmf_endpoint_close( struct nmf_endpoint *endpoint, void (*on_drained)( void *context ) );

/* Client: connects, sends the preamble, waits for its acknowledgement. `via` is the URL in UTF-8, host and port as in it. */
HRESULT nmf_connect( const char *via, ULONG via_len, const char *host, ULONG host_len, USHORT port,
                     const struct nmf_config *config, struct connect_cancel *cancel, struct nmf_session **ret,
                     const WS_ASYNC_CONTEXT *async, WS_ERROR *error );

/* From the next operation on. */
void nmf_set_timeouts( struct nmf_session *session, ULONG send, ULONG receive, ULONG close );

/* Bytes of an envelope, sized or not, before the first is received. */
void nmf_set_limits( struct nmf_session *session, ULONG max_message, UINT64 max_streamed );

/* What the session agreed on; the via and an extensible content type are text that lives with it. */
const struct nmf_preamble *nmf_session_preamble( const struct nmf_session *session );
const struct net_address *nmf_session_remote( const struct nmf_session *session );

/* The bytes a sender leaves free in front of vecs[0] for the record header; always. */
#define NMF_HEAD_ROOM 16

/* Sends one sized envelope, in one send. */
HRESULT nmf_send( struct nmf_session *session, const struct stream_vec *vecs, ULONG count,
                  const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
/* Sends the only envelope of a singleton session, sized or not as its mode says, and the end record, all in one send. Of the
 * vectors one may be left free: at most STREAM_MAX_VECS - 1. */
HRESULT nmf_send_single( struct nmf_session *session, const struct stream_vec *vecs, ULONG count, const WS_ASYNC_CONTEXT *async,
                         WS_ERROR *error );
/* The sending side is over: by nmf_shutdown, nmf_send_single or a fault. */
BOOL nmf_is_shut_down( const struct nmf_session *session );
/* Unsized (streamed) envelopes: begin writes the record, each write is a chunk, end terminates it. */
HRESULT nmf_send_begin( struct nmf_session *session, const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
HRESULT nmf_send_chunk( struct nmf_session *session, const struct stream_vec *vecs, ULONG count,
                        const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
HRESULT nmf_send_end( struct nmf_session *session, const WS_ASYNC_CONTEXT *async, WS_ERROR *error );

/* An envelope that arrived: sized ones whole, in the session's buffer until nmf_receive_done. */
struct nmf_message
{
    const BYTE *data;
    ULONG size;
    BOOL  streamed;                     /* unsized: read it with nmf_read, data is NULL */
};
/* S_OK; WS_S_END after the peer's end record; a fault record as its error. Timeout: the receive timeout. */
HRESULT nmf_receive( struct nmf_session *session, struct nmf_message *message, const WS_ASYNC_CONTEXT *async,
                     WS_ERROR *error );
HRESULT nmf_read( struct nmf_session *session, void *buf, ULONG size, ULONG *got, const WS_ASYNC_CONTEXT *async,
                  WS_ERROR *error );
/* From any thread: the nmf_receive or nmf_read that is pending, or comes next, ends with WS_E_OPERATION_ABANDONED unless data comes first.
 * Nothing is lost: the same function goes on later. */
void nmf_leave( struct nmf_session *session );
/* The data of the message is not used any more. Implied by the next receive. */
void nmf_receive_done( struct nmf_session *session );

/* Sends the end record (once): WsShutdownSessionChannel. */
HRESULT nmf_shutdown( struct nmf_session *session, const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
/* Shuts down if that was not done, waits for the peer's end within close_timeout, discarding what comes. */
HRESULT nmf_close( struct nmf_session *session, const WS_ASYNC_CONTEXT *async, WS_ERROR *error );
/* Sends a fault record by its name ("EndpointNotFound", ...) and ends the sending direction. Never waits. */
void nmf_send_fault( struct nmf_session *session, const char *name );
/* From any thread; pending operations end with WS_E_OPERATION_ABORTED. */
void nmf_abort( struct nmf_session *session );
/* Not while an operation is pending. */
void nmf_session_free( struct nmf_session *session );

#endif
