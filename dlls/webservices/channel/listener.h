/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_LISTENER inside the DLL (listener.md).
 *
 * What arrives (an HTTP exchange, a session) and who waits for it (a channel being accepted) meet here in two queues, of which
 * one is always empty. An accept that waits is completed on the engine's thread that brought the arrival, without a hop. */
#ifndef WS_CHANNEL_LISTENER_H
#define WS_CHANNEL_LISTENER_H

#include "channel/channel.h"

struct listener_values
{
    ULONG  backlog;
    WS_IP_VERSION ip_version;
    WS_CALLBACK_MODEL callback_model;
    ULONG  connect_timeout, close_timeout;
    BOOL   is_multicast, multicast_loopback;
    ULONG  to_header_matching, transport_url_matching;
    WS_CUSTOM_LISTENER_CALLBACKS custom;
    const void *custom_parameters;
    ULONG  custom_parameters_size;
    WS_DISALLOWED_USER_AGENT_SUBSTRINGS disallowed_agents;
    BOOL   disallowed_agents_set;
    const ULONG *multicast_interfaces;
    ULONG  multicast_interface_count;
};

/* Something that can be accepted; a member of what arrived. */
struct arrival
{
    struct arrival *next;
};

/* What a listener over HTTP answers GET with by itself: the name comes behind its path, or is a query if it begins with '?'. */
struct listener_document { WS_XML_STRING name, content; };

struct listener_ops
{
    ULONG size;                 /* of the listener with what the carrier adds */
    const struct channel_ops *channel_ops;
    HRESULT (*init)( WS_LISTENER *listener, WS_ERROR *error );
    HRESULT (*open)( WS_LISTENER *listener, const WS_STRING *url, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
    HRESULT (*close)( WS_LISTENER *listener, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
    void    (*abort)( WS_LISTENER *listener );
    HRESULT (*reset)( WS_LISTENER *listener, WS_ERROR *error );
    void    (*free)( WS_LISTENER *listener );
    /* Carriers with the queues below: gives an arrival to a channel, or turns it away. */
    void    (*give)( WS_LISTENER *listener, struct arrival *arrival, WS_CHANNEL *channel );
    void    (*refuse)( WS_LISTENER *listener, struct arrival *arrival );
    /* Custom listeners: accepts itself; NULL for the others. */
    HRESULT (*accept)( WS_LISTENER *listener, WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
    HRESULT (*get)( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error );
    HRESULT (*set)( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error );
};

struct _WS_LISTENER
{
    struct object hdr;          /* hdr.state: WS_LISTENER_STATE; refs: the owner, channels, what is under way */
    struct lock lock;
    const struct listener_ops *ops;
    WS_CHANNEL_TYPE type;
    WS_CHANNEL_BINDING binding;
    const WS_SECURITY_DESCRIPTION *security;
    struct listener_values values;
    WS_HEAP *heap;
    WS_CHANNEL *waiting, **waiting_end;             /* accepts, oldest first */
    struct arrival *arrived, **arrived_end;         /* oldest first */
    ULONG arrived_count;
    ULONG pending;              /* accepts under way of a custom listener */
    struct channel_op life_op;
    WS_STRING url;              /* that it was opened on; own copy */
    struct url_match *to_match; /* of that opening */
    struct listener_document *documents;            /* one block with their text, or NULL */
    ULONG document_count;
    void *user;                 /* of the owner */
};

#define LISTENER_MAX_ARRIVED 1000   /* as the request queues of http.sys; further ones are refused */

HRESULT listener_create( WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding, const WS_LISTENER_PROPERTY *props, ULONG count,
                         const WS_SECURITY_DESCRIPTION *security, WS_LISTENER **ret, WS_ERROR *error );
HRESULT listener_open( WS_LISTENER *listener, const WS_STRING *url, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT listener_accept( WS_LISTENER *listener, WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT listener_close( WS_LISTENER *listener, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
HRESULT listener_abort( WS_LISTENER *listener, WS_ERROR *error );
HRESULT listener_reset( WS_LISTENER *listener, WS_ERROR *error );
void    listener_free( WS_LISTENER *listener );
HRESULT listener_get_property( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error );
HRESULT listener_set_property( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size,
                               WS_ERROR *error );

/* Before it is opened; the documents are copied. */
HRESULT listener_set_documents( WS_LISTENER *listener, const struct listener_document *documents, ULONG count, WS_ERROR *error );
/* From now on paths below that of the listener match too. */
void    listener_match_prefix( WS_LISTENER *listener );

/* For carriers: something arrived. On a thread of the engine; may run an accept's callback. FALSE: nobody may take it any
 * more (the queue is full, or the listener is closing); it still belongs to the caller. */
BOOL listener_arrive( WS_LISTENER *listener, struct arrival *arrival );
/* For channels: the accept of this channel is not wanted any more. FALSE: it was not waiting. */
BOOL listener_cancel_accept( WS_LISTENER *listener, WS_CHANNEL *channel, WS_ASYNC_CONTEXT *context );

void listener_addref( WS_LISTENER *listener );
void listener_release( WS_LISTENER *listener );

extern const struct listener_ops http_listener_ops, session_listener_ops, udp_listener_ops, custom_listener_ops;

#endif
