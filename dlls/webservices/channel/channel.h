/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_CHANNEL inside the DLL (channel.md, channel-layer-overview.md).
 *
 * A channel is a state machine over one of a few carriers: an HTTP exchange seen from either side, a session of .NET
 * framing, or the callbacks of a custom channel. What is the same for all (states, the order of calls, composed
 * operations, properties) is in channel.c and exchange.c; a carrier is a table of functions.
 *
 * Channels are free threaded: one operation may be under way on the reading side, one on the writing side, and anybody may
 * abort. The lock guards the states and is never held across I/O or a callback. */
#ifndef WS_CHANNEL_CHANNEL_H
#define WS_CHANNEL_CHANNEL_H

#include "base/prop.h"
#include "message/message.h"
#include "transport/lock.h"
#include "transport/url_match.h"
#include "transport/stream.h"

/* Values of the channel properties. Computed ones have their field in the channel or carrier. */
struct channel_values
{
    ULONG  max_buffered_message_size;
    ULONG  trim_buffered_message_size;
    UINT64 max_streamed_message_size;
    ULONG  max_streamed_start_size;
    ULONG  max_streamed_flush_size;
    ULONG  max_session_dictionary_size;
    WS_ENCODING encoding;
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    WS_CALLBACK_MODEL callback_model;
    WS_IP_VERSION ip_version;
    ULONG  resolve_timeout, connect_timeout, send_timeout, receive_response_timeout, receive_timeout, close_timeout;
    BOOL   enable_timeouts;
    WS_TRANSFER_MODE transfer_mode;
    ULONG  multicast_interface, multicast_hops;
    BOOL   no_delay, send_keep_alives;
    ULONG  keep_alive_time, keep_alive_interval;
    ULONG  max_http_server_connections;
    ULONG  max_http_request_headers;
    WS_COOKIE_MODE cookie_mode;
    WS_HTTP_PROXY_SETTING_MODE proxy_mode;
    WS_CUSTOM_HTTP_PROXY proxy;                     /* strings are the channel's own */
    WS_HTTP_MESSAGE_MAPPING mapping;                /* deep copy */
    BOOL   enable_redirect;
    WS_HTTP_REDIRECT_CALLBACK_CONTEXT redirect;
    BOOL   faults_as_errors, allow_unsecured_faults;
    WS_CHANNEL_ENCODER encoder;
    WS_CHANNEL_DECODER decoder;
    WS_CUSTOM_CHANNEL_CALLBACKS custom;
    const void *custom_parameters;                  /* copy */
    ULONG  custom_parameters_size;
};

struct channel_side
{
    WS_MESSAGE *message;        /* that is being read or written */
    UINT8 state;                /* enum side_state */
    BOOL  composing;            /* a composed operation (send, receive, ...) has the side */
};
enum side_state { SIDE_IDLE, SIDE_STARTING, SIDE_ACTIVE, SIDE_ENDING };

/* The chain of one operation that may go asynchronous. */
struct channel_op
{
    WS_ASYNC_STATE async;
    WS_ASYNC_CONTEXT caller;    /* where the callback model is not the usual one */
    WS_CHANNEL *channel;
    WS_MESSAGE *message;
    WS_ERROR   *error;
    const WS_ENDPOINT_ADDRESS *address;
};

/* How the MIME package around a message in MTOM is made up. */
struct channel_mime
{
    WCHAR boundary[72], start_info[64], start[256];
    ULONG boundary_len, start_info_len, start_len;
};

struct channel_ops
{
    ULONG size;                 /* of the channel with what the carrier adds */
    HRESULT (*init)( WS_CHANNEL *channel, WS_ERROR *error );
    HRESULT (*open)( WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                     WS_ERROR *error );
    /* graceful is FALSE after a fault or with messages under way */
    HRESULT (*close)( WS_CHANNEL *channel, BOOL graceful, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
    void    (*abort)( WS_CHANNEL *channel );        /* any thread, any state, never waits */
    void    (*leave)( WS_CHANNEL *channel );        /* see channel_leave; or NULL */
    HRESULT (*reset)( WS_CHANNEL *channel, WS_ERROR *error );
    void    (*free)( WS_CHANNEL *channel );
    /* WS_S_END: no more messages */
    HRESULT (*read_start)( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
    HRESULT (*read_end)( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
    HRESULT (*write_start)( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
    HRESULT (*write_end)( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
    void    (*abandon)( WS_CHANNEL *channel, WS_MESSAGE *message, BOOL reading );
    HRESULT (*shutdown)( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
    /* properties the common code does not know; E_NOTIMPL: nor does the carrier */
    HRESULT (*get)( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error );
    HRESULT (*set)( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error );
    void    (*watch)( WS_CHANNEL *channel, void (*on_gone)( void *arg ), void *arg );   /* or NULL */
};

struct _WS_CHANNEL
{
    struct object hdr;          /* hdr.state: WS_CHANNEL_STATE */
    struct lock lock;
    const struct channel_ops *ops;
    WS_CHANNEL_TYPE type;
    WS_CHANNEL_BINDING binding;
    WS_LISTENER *listener;      /* the channel was made for, or NULL */
    struct channel_values values;
    WS_HEAP *heap;              /* copies of property values; until the free */
    struct channel_side read, write;
    BOOL aborted;               /* since it was opened: results of failed operations become WS_E_OPERATION_ABORTED */
    BOOL shut_down;             /* the session was shut down by this side */
    BOOL leavable;              /* channel_leave is going to be used */
    ULONG pending;              /* operations under way that a close waits for */
    WS_ASYNC_CONTEXT drained;   /* of an asynchronous close that waits; callback NULL: none */
    struct engine_gate *gate;   /* of a synchronous one */
    struct channel_op read_op, write_op, life_op;
    struct compose *compose[3]; /* exchange.c; made at the first asynchronous use */
    UINT8 composing;            /* bits of those in use */
    WS_XML_READER *reader;      /* reused for every message received */
    WS_XML_WRITER *writer;
    struct byte_sink sink;      /* reused for every message sent */
    WS_XML_DICTIONARY *read_dictionary;             /* of the session, for binary encoding; or NULL */
    WS_DYNAMIC_STRING_CALLBACK write_string;        /* adds to the session's dictionary; state is the channel; or NULL */
    struct channel_mime *mime_in, *mime_out;        /* of the carrier, for MTOM; or NULL */
    const WS_ENDPOINT_ADDRESS *remote;              /* the address a client channel is open to, own copy; or NULL */
    WS_CHANNEL *next;           /* in the queue of its listener, or the pool of its owner */
    WS_ASYNC_CONTEXT accept;    /* of the accept that waits */
    struct url_match *to_match; /* what the To header of received messages has to be; or NULL */
    char *to_seen;              /* the last one that it was */
    ULONG to_seen_len;
    void *user;                 /* of the owner (service host, proxy) */
    struct http_auth *auth[2];  /* credentials for the server and the HTTP proxy; or NULL */
};

HRESULT channel_create( WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding, const WS_CHANNEL_PROPERTY *props, ULONG count,
                        const WS_SECURITY_DESCRIPTION *security, WS_CHANNEL **ret, WS_ERROR *error );
/* Takes over the security of a client channel that was just made (http_security.c). */
HRESULT channel_secure( WS_CHANNEL *channel, const WS_SECURITY_DESCRIPTION *security, WS_ERROR *error );
HRESULT channel_create_for_listener( WS_LISTENER *listener, const WS_CHANNEL_PROPERTY *props, ULONG count,
                                     WS_CHANNEL **ret, WS_ERROR *error );
HRESULT channel_open( WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                      WS_ERROR *error );
HRESULT channel_close( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT channel_abort( WS_CHANNEL *channel, WS_ERROR *error );
/* Announces, before the open, that channel_leave is going to be used. FALSE if the channel knows no such thing. */
BOOL    channel_make_leavable( WS_CHANNEL *channel );
/* From any thread, never waits: the channel_read_start that is under way ends soon with WS_E_OPERATION_ABANDONED unless a message comes
 * first. If none is under way the next one does; so it may come without a reason. The channel is as good as before. */
void    channel_leave( WS_CHANNEL *channel );
HRESULT channel_reset( WS_CHANNEL *channel, WS_ERROR *error );
void    channel_free( WS_CHANNEL *channel );
HRESULT channel_get_property( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error );
HRESULT channel_set_property( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size,
                              WS_ERROR *error );
HRESULT channel_read_start( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT channel_read_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT channel_write_start( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT channel_write_end( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT channel_abandon( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error );
HRESULT channel_shutdown_session( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
/* Calls on_gone( arg ) at most once, at once or on a thread of the engine, when the peer goes away before the channel is closed. For
 * channels without a session; between accept and close, where it is still running at the close that waits for it. */
static inline void channel_watch( WS_CHANNEL *channel, void (*on_gone)( void *arg ), void *arg )
{
    if (channel->ops->watch) channel->ops->watch( channel, on_gone, arg );
}
/* Envelope and addressing version, also of custom channels. */
HRESULT channel_versions( WS_CHANNEL *channel, WS_ENVELOPE_VERSION *envelope, WS_ADDRESSING_VERSION *addressing,
                          WS_ERROR *error );
HRESULT channel_create_message( WS_CHANNEL *channel, const WS_MESSAGE_PROPERTY *props, ULONG count, WS_MESSAGE **ret,
                                WS_ERROR *error );

/* --- composed operations (exchange.c) --------------------------------------------------------------------------- */

/* A value for or from the body. */
struct body_in  { WS_READ_OPTION option; WS_HEAP *heap; void *value; ULONG size; };
struct body_out { WS_WRITE_OPTION option; const void *value; ULONG size; };

HRESULT channel_send( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_MESSAGE_DESCRIPTION *desc,
                      const struct body_out *body, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT channel_receive( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_MESSAGE_DESCRIPTION **descs, ULONG count,
                         WS_RECEIVE_OPTION option, const struct body_in *body, ULONG *index,
                         const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT channel_request_reply( WS_CHANNEL *channel, WS_MESSAGE *request, const WS_MESSAGE_DESCRIPTION *request_desc,
                               const struct body_out *request_body, WS_MESSAGE *reply,
                               const WS_MESSAGE_DESCRIPTION *reply_desc, const struct body_in *reply_body,
                               const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT channel_send_reply( WS_CHANNEL *channel, WS_MESSAGE *reply, const WS_MESSAGE_DESCRIPTION *desc,
                            const struct body_out *body, WS_MESSAGE *request, const WS_ASYNC_CONTEXT *context,
                            WS_ERROR *error );
HRESULT channel_send_fault( WS_CHANNEL *channel, WS_MESSAGE *reply, WS_ERROR *fault_error, HRESULT fault_hr,
                            WS_FAULT_DISCLOSURE disclosure, WS_MESSAGE *request, const WS_ASYNC_CONTEXT *context,
                            WS_ERROR *error );

/* Reads the fault that a received message is into `error` and returns its code. */
HRESULT channel_receive_fault( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error );

/* --- for carriers ------------------------------------------------------------------------------------------------ */

extern const struct channel_ops http_request_ops, http_reply_ops, session_ops, udp_ops, custom_ops;

/* Sets the reader of the channel on `bytes` and reads the envelope's start. */
HRESULT channel_read_bytes( WS_CHANNEL *channel, WS_MESSAGE *message, const BYTE *bytes, ULONG size, WS_ERROR *error );
/* For streamed messages: sets the reader on what `read` supplies, and reads the envelope's start from the reader. */
HRESULT channel_read_stream( WS_CHANNEL *channel, WS_MESSAGE *message, WS_READ_CALLBACK read, void *state, WS_ERROR *error );
HRESULT channel_read_start_tags( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error );
/* The same for writing: what is written goes to `write` at each flush; the start waits for the first one. */
HRESULT channel_write_stream( WS_CHANNEL *channel, WS_MESSAGE *message, WS_WRITE_CALLBACK write, void *state, WS_ERROR *error );
/* Sets the writer on the channel's sink, leaving `room` bytes in front, and writes the envelope's start. */
HRESULT channel_write_bytes( WS_CHANNEL *channel, WS_MESSAGE *message, ULONG room, WS_ERROR *error );
/* Writes the end of the envelope, and of the package around it. */
HRESULT channel_end_bytes( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error );
/* Bytes that a message may have on this channel. */
ULONG channel_max_message( const WS_CHANNEL *channel, BOOL reading );
/* The setter of the state machine; the lock is held. */
void channel_set_state( WS_CHANNEL *channel, WS_CHANNEL_STATE state );
/* Something goes on that a close has to wait for, outside of the operations that the channel knows of by itself. */
void channel_busy( WS_CHANNEL *channel );
void channel_idle( WS_CHANNEL *channel );
static inline BOOL is_streamed( const WS_CHANNEL *channel, BOOL reading )
{
    return (channel->values.transfer_mode & (reading ? WS_STREAMED_INPUT_TRANSFER_MODE : WS_STREAMED_OUTPUT_TRANSFER_MODE)) != 0;
}
/* Turns an open channel into a faulted one. */
void channel_fault( WS_CHANNEL *channel );
/* For a carrier that begins to open: its cell may be cancelled from now on, and no longer by the abort of an earlier open. Fails when
 * this one was aborted already. */
HRESULT channel_connecting( WS_CHANNEL *channel, struct connect_cancel *cancel, WS_ERROR *error );

#endif
