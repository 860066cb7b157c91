/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The inside of a framing session, shared by nmf.c (records) and nmf_connect.c (how a session comes to be). */
#ifndef WS_TRANSPORT_NMF_SESSION_H
#define WS_TRANSPORT_NMF_SESSION_H

#include "transport/nmf.h"
#include "base/async.h"
#include "base/trace.h"

#define NMF_FIRST_BUFFER 4096
#define NMF_MAX_TEXT     4096           /* of a fault record */

struct nmf_session
{
    struct nmf_config config;
    struct stream *stream;
    struct nmf_preamble preamble;       /* its texts are in `text` */
    char  *text;
    LONG   end_sent;
    BOOL   fault_sent;                  /* the peer may be sending still, and is to see the fault */
    ULONG  lingered;                    /* bytes thrown away after it */

    BYTE  *buf;                         /* what was received and not used */
    ULONG  size, pos, len, received;
    ULONG  message_size;                /* of the sized envelope that the user looks at */
    BOOL   streaming;                   /* an unsized envelope is being read */
    BOOL   end_received;
    ULONG  chunk_left;
    struct nmf_message *message;
    void  *read_buf;
    ULONG  read_size, *read_got;
    UINT64 streamed, close_due;
    WS_ASYNC_STATE recv_state;

    BYTE   head[NMF_HEAD_ROOM];
    WS_ASYNC_STATE send_state;

    struct connect_cancel *cancel;      /* connecting */
    struct nmf_session **result;
    struct stream *connecting;
    WS_ASYNC_STATE connect_state;
    BYTE  *preamble_bytes;
    ULONG  preamble_size;
    UINT64 due;
    char  *host;
    ULONG  host_len;
    USHORT port;
    struct nmf_port *listening;         /* accepted: the port, while the preamble is read */
    struct nmf_port *origin;            /* of a singleton session: the port it came to, where another may follow */
    struct engine_work start;
};

struct nmf_session *nmf_session_create( const struct nmf_config *config );
/* The connection of a singleton session that was accepted may carry another one after it. Takes it and what was received, if all went
 * well with this one. */
void nmf_listen_again( struct nmf_session *session );
/* Room for more, keeping what is in the buffer. */
HRESULT nmf_room( struct nmf_session *session, ULONG want, WS_ERROR *error );
/* Receives more into the buffer; session->received tells how much. */
HRESULT nmf_fill( struct nmf_session *session, ULONG want, UINT64 due, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
/* Fails with what a fault record says. */
HRESULT nmf_fail_fault( const struct nmf_item *item, WS_ERROR *error );
HRESULT nmf_disconnected( struct nmf_session *session, WS_ERROR *error );

#endif
