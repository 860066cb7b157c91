/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_SERVICE_PROXY inside the DLL (service-proxy.md, client-side-service-operations.md).
 *
 * A call object is all that one call takes: a channel, two messages, a timer. Calls are pooled with their channels open, so a
 * call on a proxy that was used before allocates nothing. A proxy with a session has one channel for all its calls: they take turns to
 * write, and what is read is for the call that it relates to (overlap.c). */
#ifndef WS_SERVICE_PROXY_H
#define WS_SERVICE_PROXY_H

#include "channel/channel.h"
#include "service/operation.h"

struct proxy_values
{
    ULONG  call_timeout;
    WS_MESSAGE_PROPERTIES message;      /* copied into the messages that are made */
    USHORT max_call_pool_size;
    ULONG  max_pending_calls;
    ULONG  max_close_timeout;
    LANGID langid;                      /* 0: that of the error object */
};

enum call_fate { FATE_NONE, FATE_TIMED_OUT, FATE_ABANDONED, FATE_ABORTED };

struct call_values
{
    BOOL  check_must_understand;
    WS_PROXY_MESSAGE_CALLBACK_CONTEXT send, receive;
    ULONG id;
};

struct call
{
    WS_ASYNC_STATE async;
    WS_SERVICE_PROXY *proxy;
    WS_CHANNEL *channel;
    WS_MESSAGE *request, *reply;
    struct operation operation;
    struct call_frame frame;
    struct call_values values;
    WS_HEAP *heap;
    WS_UNIQUE_ID message_id;
    BOOL has_id;
    HRESULT result;
    WS_ASYNC_CONTEXT caller;
    LONG fate;                          /* enum call_fate: why it was ended early */
    BOOL over;                          /* it waits for those who hold it only */
    ULONG holds;                        /* somebody is ending it */
    BOOL owes_turn;
    struct engine_timer timer;
    struct engine_work timeout_work;
    struct call *next, **link;          /* in the list of calls under way; next: in the pool */

    /* with a session */
    WS_ASYNC_CONTEXT turn;              /* of who sleeps: goes on when it is woken */
    BOOL asleep;                        /* for its turn, the end of its send, or its reply */
    struct engine_work wake;
    struct call *turn_next;
    BOOL waiting;                       /* for its reply; from before its request is sent */
    struct call *wait_next;
    ULONG owed;                         /* replies of calls just before it in the list that were given up */
    BOOL delivered;                     /* `reply` is a message that is being read: the reading side is the call's */
    BOOL writing;                       /* the send goes on by itself */
    BOOL orphan;                        /* only the send is left of the call */
    HRESULT write_result;
};

enum proxy_reading
{
    READING_NOBODY,
    READING_CALL,                       /* a call, in its own thread: for all, or its own reply */
    READING_PROXY,                      /* asynchronously, for all */
};

struct _WS_SERVICE_PROXY
{
    struct object hdr;                  /* hdr.state: WS_SERVICE_PROXY_STATE */
    struct lock lock;
    WS_CHANNEL_TYPE type;
    WS_CHANNEL_BINDING binding;
    struct proxy_values values;
    WS_HEAP *heap;                      /* of the creation */
    WS_HEAP *open_heap;                 /* of the address */
    WS_CHANNEL_PROPERTY *channel_props;
    ULONG channel_prop_count;
    const WS_SECURITY_DESCRIPTION *security;
    WS_ENDPOINT_ADDRESS address;
    WS_CHANNEL *session;                /* the channel of a proxy with a session, else NULL */
    BOOL shared;                        /* calls overlap on it; else each has it to itself */
    struct call *busy;                  /* that has the session's channel, or its writing side */
    struct call *turns, **turns_end;    /* that wait for it */
    struct call *waiting, **waiting_end;            /* for replies, in the order of their requests */
    ULONG owed;                         /* replies of calls after all of those that were given up */
    enum proxy_reading reading;
    struct call *leader;                /* that reads for all */
    WS_MESSAGE *spare;                  /* for what the proxy reads */
    WS_ERROR *read_error, *write_error; /* of what goes on for several calls, or without its call */
    HRESULT lost;                       /* why the session is of no use any more */
    const WS_ERROR *lost_error;         /* what is known of it, or NULL */
    struct call *idle;
    ULONG idle_count;
    struct call *live;
    ULONG pending;                      /* calls under way */
    ULONG held;                         /* that are over but still being ended by somebody; a close waits for them too */
    WS_ASYNC_STATE async;               /* of open and close */
    struct engine_gate *gate;           /* of a close that waits */
    WS_ASYNC_CONTEXT drained;
    struct engine_timer timer;          /* of the close timeout */
    struct engine_work timeout_work;
    LONG timing_out;                    /* that and the timeout works of calls under way; a close waits for their end */
    BOOL timed_out, aborted;
};

HRESULT proxy_create( WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding, const WS_SECURITY_DESCRIPTION *security,
                      const WS_PROXY_PROPERTY *props, ULONG count, const WS_CHANNEL_PROPERTY *channel_props,
                      ULONG channel_count, WS_SERVICE_PROXY **ret, WS_ERROR *error );
HRESULT proxy_open( WS_SERVICE_PROXY *proxy, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                    WS_ERROR *error );
HRESULT proxy_close( WS_SERVICE_PROXY *proxy, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT proxy_abort( WS_SERVICE_PROXY *proxy, WS_ERROR *error );
HRESULT proxy_reset( WS_SERVICE_PROXY *proxy, WS_ERROR *error );
void    proxy_free( WS_SERVICE_PROXY *proxy );
HRESULT proxy_get_property( WS_SERVICE_PROXY *proxy, WS_PROXY_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error );

/* --- call.c --- */
HRESULT proxy_call( WS_SERVICE_PROXY *proxy, const WS_OPERATION_DESCRIPTION *desc, const void **args, WS_HEAP *heap,
                    const WS_CALL_PROPERTY *props, ULONG count, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
/* Ends calls with that id, or all of them for 0. */
HRESULT proxy_abandon_call( WS_SERVICE_PROXY *proxy, ULONG id, WS_ERROR *error );
/* Ends all calls for a reason. Never waits. */
void    proxy_end_calls( WS_SERVICE_PROXY *proxy, enum call_fate fate, ULONG id );
/* A channel with the settings of the proxy. */
HRESULT proxy_create_channel( WS_SERVICE_PROXY *proxy, WS_CHANNEL **ret, WS_ERROR *error );
void    call_free( struct call *call );
void    proxy_set_state( WS_SERVICE_PROXY *proxy, WS_SERVICE_PROXY_STATE state );
/* A call is not counted any more, or nobody reads any more: a close may wait for it. The lock is held. */
void    proxy_call_ended( WS_SERVICE_PROXY *proxy );
/* Gives back a call, also one whose send ended after its caller had been told. */
void    call_release( struct call *call );

/* --- overlap.c: calls on the channel of a session ---------------------------------------------------------------- */

/* Waits for the turn of the call on the channel, or on its writing side. */
HRESULT overlap_take_turn( struct call *call, const WS_ASYNC_CONTEXT *context );
/* If it has the turn. */
void    overlap_give_turn( struct call *call );
/* The same; the lock is held. */
void    overlap_pass_turn( struct call *call );
/* Wakes the call that nobody wants any more, whose fate is set; TRUE: the channel has to be aborted for it. The lock is held. */
BOOL    overlap_cut_off( struct call *call );

/* Ends the request, from where on a reply is expected; then, as often as it is not TRUE that the request was sent, sleep on. With the
 * success of that the turn is over. */
HRESULT overlap_send( struct call *call, const WS_ASYNC_CONTEXT *context );
BOOL    overlap_sent( struct call *call, HRESULT *hr, WS_ERROR *error );
HRESULT overlap_sleep( struct call *call, const WS_ASYNC_CONTEXT *context );
/* Waits for the reply, and gets it: FALSE if there is none, for the reason in *hr. */
HRESULT overlap_wait( struct call *call, const WS_ASYNC_CONTEXT *context );
BOOL    overlap_reply( struct call *call, HRESULT *hr, WS_ERROR *error );
/* The reply was read to its end: the next message may be. */
void    overlap_read_done( struct call *call );
/* The session is lost: fails with the reason. Else S_OK. */
HRESULT overlap_check( WS_SERVICE_PROXY *proxy, WS_ERROR *error );
void    overlap_init( struct call *call );

#endif
