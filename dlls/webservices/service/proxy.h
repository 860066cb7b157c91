/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_SERVICE_PROXY inside the DLL (service-proxy.md, client-side-service-operations.md).
 *
 * A call object is all that one call takes: a channel, two messages, a timer. Calls are pooled with their channels open, so a
 * call on a proxy that was used before allocates nothing. Proxies with a session have one channel that calls take in turns. */
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
    WS_ASYNC_CONTEXT turn;              /* waits for the channel of the session */
    struct call *turn_next;
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
    struct call *busy;                  /* that has the session's channel */
    struct call *turns, **turns_end;    /* that wait for it */
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
    LONG timing_out;                    /* the work is under way */
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
/* A call is not counted any more; a close may wait for the last one. The lock is held. */
void    proxy_call_ended( WS_SERVICE_PROXY *proxy );

#endif
