/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_SERVICE_HOST inside the DLL (service-host.md, contract.md, server-side-service-operations.md).
 *
 * Each endpoint has a listener and a pool of workers. A worker is one channel with all that serving a message on it takes
 * (messages, heap, error object, operation context), made once and reused: a request allocates nothing. What a worker does,
 * from the accept of its channel to the close, is one chain of asynchronous steps (serve.c). */
#ifndef WS_SERVICE_HOST_H
#define WS_SERVICE_HOST_H

#include "channel/listener.h"
#include "service/operation.h"

struct endpoint;

struct endpoint_values
{
    WS_SERVICE_PROPERTY_ACCEPT_CALLBACK accept;
    WS_SERVICE_PROPERTY_CLOSE_CALLBACK  close;
    ULONG  max_accepting_channels;
    ULONG  max_concurrency;
    SIZE_T body_heap_max_size, body_heap_trim_size;
    WS_MESSAGE_PROPERTIES message;              /* copied into the messages that are made */
    ULONG  max_call_pool_size, max_channel_pool_size;
    WS_LISTENER_PROPERTIES listener;
    BOOL   check_must_understand;
    WS_METADATA_EXCHANGE_TYPE metadata_exchange_type;
    WS_SERVICE_ENDPOINT_METADATA metadata;
    WS_STRING metadata_url_suffix;
    ULONG  max_channels;
};

/* What an operation or a callback sees of its call; the object behind WS_OPERATION_CONTEXT. */
struct _WS_OPERATION_CONTEXT
{
    struct object hdr;
    struct worker *worker;
    UINT32 available;                           /* bits of the properties that are there at the moment */
    struct lock lock;                           /* guards what follows against whoever cancels */
    struct cancellation *cancellation;          /* what WsRegisterOperationForCancel was given, or NULL */
    BOOL cancelled;
    WS_SERVICE_CANCEL_REASON reason;
};

/* Several calls on the channel of a session; with the worker that accepted it (share.c). */
struct session_share
{
    struct lock lock;
    BOOL  active;                               /* FALSE: one call at a time, in the chain of the master */
    ULONG others;                               /* workers besides the master */
    ULONG running;                              /* that have received their message */
    BOOL  reading;                              /* one of them has the reading side */
    BOOL  ended;                                /* nothing comes any more */
    BOOL  last;                                 /* nothing more is wanted */
    struct worker *held;                        /* has received one operation too many, and waits */
    WS_ASYNC_CONTEXT held_context;
    WS_ASYNC_CONTEXT drained;                   /* of the master that waits for the others */
    BOOL  writing;
    struct worker *turns, **turns_end;          /* wait for the writing side */
};

struct worker
{
    WS_OPERATION_CONTEXT context;
    WS_ASYNC_STATE async;
    struct endpoint *endpoint;
    WS_CHANNEL *channel;
    void *channel_state;                        /* of the accept callback */
    WS_MESSAGE *request, *reply;
    WS_HEAP *heap;
    WS_ERROR *error;
    const struct operation *operation;
    struct call_frame frame;
    HRESULT result;                             /* of the operation */
    BOOL last;                                  /* the channel is closed after this message */
    BOOL spawned;                               /* an accept that ends at once must not go on in this thread */
    BOOL aborting;                              /* the abort of the host has been here */
    BOOL gentle;                                /* close the channel in order, else abort it */
    struct worker *master;                      /* that has accepted the channel */
    struct session_share share;                 /* of a master */
    BOOL reader, running, has_turn;             /* its part in the share */
    BOOL read_done;                             /* the message was read to its end */
    WS_ASYNC_CONTEXT turn;                      /* waits for the writing side */
    struct worker *next;                        /* in the pool, or among those that wait for a turn */
    struct worker *live_next, **live_link;      /* in the list of workers under way */
};

struct endpoint
{
    WS_SERVICE_HOST *host;
    WS_SERVICE_ENDPOINT desc;                   /* strings and properties are copies in the host's heap */
    struct endpoint_values values;
    const WS_SERVICE_CONTRACT *contract;
    struct operation *operations;
    ULONG operation_count;
    struct dispatch_slot { const struct operation *op; UINT32 hash; } *dispatch;
    ULONG dispatch_mask;
    WS_LISTENER *listener;
    BOOL  has_session;
    struct lock lock;
    struct worker *idle;                        /* with a channel each */
    struct worker *idle_calls;                  /* without: for the further calls of sessions */
    struct worker *live;
    ULONG total, accepting, idle_count, idle_call_count;
};

struct _WS_SERVICE_HOST
{
    struct object hdr;                          /* hdr.state: WS_SERVICE_HOST_STATE */
    struct lock lock;
    WS_HEAP *heap;
    void  *user_state;
    WS_FAULT_DISCLOSURE disclosure;
    LANGID langid;
    ULONG  close_timeout;
    WS_SERVICE_METADATA metadata;
    WS_XML_BUFFER *exchange;                    /* the answer of the metadata exchange, or NULL (metadata.c) */
    struct endpoint *endpoints;
    ULONG endpoint_count;

    WS_ASYNC_STATE async;                       /* of open or close */
    ULONG step;                                 /* endpoint that open or close is at */
    HRESULT result;
    LONG  running;                              /* chains of workers */
    WS_ASYNC_CONTEXT drained;
    struct engine_gate *gate;
    struct engine_timer timer;                  /* of the close timeout */
    struct engine_work  timeout_work;
    LONG  timing_out;                           /* the work is under way */
    BOOL  timed_out, aborted;
    BOOL  close_aborted;                        /* the abort came while it was closing */
};

HRESULT host_create( const WS_SERVICE_ENDPOINT **endpoints, USHORT count, const WS_SERVICE_PROPERTY *props,
                     ULONG prop_count, WS_SERVICE_HOST **ret, WS_ERROR *error );
HRESULT host_open( WS_SERVICE_HOST *host, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT host_close( WS_SERVICE_HOST *host, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT host_abort( WS_SERVICE_HOST *host, WS_ERROR *error );
HRESULT host_reset( WS_SERVICE_HOST *host, WS_ERROR *error );
void    host_free( WS_SERVICE_HOST *host );
HRESULT host_get_property( WS_SERVICE_HOST *host, WS_SERVICE_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error );

/* --- endpoint.c --- */
HRESULT endpoint_init( struct endpoint *endpoint, WS_SERVICE_HOST *host, const WS_SERVICE_ENDPOINT *desc, WS_ERROR *error );
void    endpoint_destroy( struct endpoint *endpoint );
/* The operation for an action, or NULL. `body` is the first node of the body: it tells operations without an action apart. */
const struct operation *endpoint_find_operation( const struct endpoint *endpoint, const WS_XML_STRING *action,
                                                 const WS_XML_NODE *body );

/* --- serve.c --- */
HRESULT worker_create( struct endpoint *endpoint, struct worker **ret, WS_ERROR *error );
/* One for the further calls on the channel of `master`. */
HRESULT worker_create_call( struct worker *master, struct worker **ret, WS_ERROR *error );
void    worker_free( struct worker *worker );
void    worker_free_call( struct worker *worker );
/* Begins the chain of a worker on the channel of another. */
void    worker_receive( struct worker *worker );
/* Tells the operations of the workers on the channel of `master` that nobody waits for them. Runs user code. */
void    workers_cancel( struct endpoint *endpoint, const struct worker *master, WS_SERVICE_CANCEL_REASON reason );
/* Makes workers accept up to the limits of the endpoint. */
void    endpoint_start_accepting( struct endpoint *endpoint );
/* A chain begins or is over; host_close waits for the end of all. */
void    host_chain_begin( WS_SERVICE_HOST *host );
void    host_chain_end( WS_SERVICE_HOST *host );

/* --- share.c --- */
enum share_next { SHARE_RECEIVE, SHARE_OUT, SHARE_WAIT, SHARE_CLOSE };
/* A channel was accepted. */
void    share_begin( struct worker *master );
/* The worker has read its message: another one may read, and with `ahead` even one whose operation has to wait. */
void    share_pass( struct worker *worker, BOOL ahead );
/* A message came. WS_S_ASYNC: the context is completed when the operation may run; a failure: it must not. */
HRESULT share_received( struct worker *worker, const WS_ASYNC_CONTEXT *context );
/* The reading side has come to its end. */
void    share_ended( struct worker *worker, BOOL fault );
/* The message is dealt with. SHARE_WAIT: the context is completed when the other workers are through. */
enum share_next share_done( struct worker *worker, const WS_ASYNC_CONTEXT *context );
/* The writing side, for a reply. */
HRESULT share_take_turn( struct worker *worker, const WS_ASYNC_CONTEXT *context );
void    share_give_turn( struct worker *worker );

/* --- context.c --- */
#define CONTEXT_PROPERTY( name ) (1u << WS_OPERATION_CONTEXT_PROPERTY_##name)
HRESULT context_get_property( const WS_OPERATION_CONTEXT *context, WS_OPERATION_CONTEXT_PROPERTY_ID id, void *value,
                              ULONG size, WS_ERROR *error );
HRESULT context_register_cancel( const WS_OPERATION_CONTEXT *context, WS_OPERATION_CANCEL_CALLBACK cancel,
                                 WS_OPERATION_FREE_STATE_CALLBACK free_state, void *state, WS_ERROR *error );
/* Between calls. */
void    context_begin( WS_OPERATION_CONTEXT *context, UINT32 available );
void    context_end( WS_OPERATION_CONTEXT *context );
/* Calls the cancel callback, now or when one is registered. In two steps: the first one, with which the operation may end, needs
 * a lock that keeps the context; the second runs user code. NULL: nothing is registered. */
struct cancellation *context_take_cancellation( WS_OPERATION_CONTEXT *context, WS_SERVICE_CANCEL_REASON reason );
/* What a broken channel means to its operation: the end of the host comes with broken channels too. */
WS_SERVICE_CANCEL_REASON fault_reason( const WS_SERVICE_HOST *host );
void    cancellation_run( struct cancellation *cancellation, WS_SERVICE_CANCEL_REASON reason );

#endif
