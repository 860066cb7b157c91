/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of channels. */
#include "api/api.h"
#include "channel/channel.h"

HRESULT WINAPI WsCreateChannel( WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding, const WS_CHANNEL_PROPERTY *props, ULONG count,
                                const WS_SECURITY_DESCRIPTION *security, WS_CHANNEL **channel, WS_ERROR *error )
{
    WS_TRACE( "type %#x, binding %u, props %p, count %lu, security %p, channel %p, error %p\n", type, binding,
              props, count, security, channel, error );
    API_ENTER_NEW( error );
    API_NEED( channel, error );
    return API_LEAVE( channel_create( type, binding, props, count, security, channel, error ));
}

HRESULT WINAPI WsOpenChannel( WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                              WS_ERROR *error )
{
    WS_TRACE( "channel %p, address %s, context %p, error %p\n", channel,
              address ? debugstr_wsstr( &address->url ) : "(null)", context, error );
    API_ENTER( OBJECT_CHANNEL, channel, error );
    return API_LEAVE( channel_open( channel, address, context, error ));
}

HRESULT WINAPI WsCloseChannel( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "channel %p, context %p, error %p\n", channel, context, error );
    API_ENTER( OBJECT_CHANNEL, channel, error );
    return API_LEAVE( channel_close( channel, context, error ));
}

HRESULT WINAPI WsAbortChannel( WS_CHANNEL *channel, WS_ERROR *error )
{
    WS_TRACE( "channel %p, error %p\n", channel, error );
    API_ENTER( OBJECT_CHANNEL, channel, error );
    return API_LEAVE( channel_abort( channel, error ));
}

HRESULT WINAPI WsResetChannel( WS_CHANNEL *channel, WS_ERROR *error )
{
    WS_TRACE( "channel %p, error %p\n", channel, error );
    API_ENTER( OBJECT_CHANNEL, channel, error );
    return API_LEAVE( channel_reset( channel, error ));
}

void WINAPI WsFreeChannel( WS_CHANNEL *channel )
{
    WS_TRACE( "channel %p\n", channel );
    if (object_is( channel, OBJECT_CHANNEL )) channel_free( channel );
}

HRESULT WINAPI WsGetChannelProperty( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    WS_TRACE( "channel %p, id %u, value %p, size %lu, error %p\n", channel, id, value, size, error );
    API_ENTER( OBJECT_CHANNEL, channel, error );
    return API_LEAVE( channel_get_property( channel, id, value, size, error ));
}

HRESULT WINAPI WsSetChannelProperty( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size,
                                     WS_ERROR *error )
{
    WS_TRACE( "channel %p, id %u, value %p, size %lu, error %p\n", channel, id, value, size, error );
    API_ENTER( OBJECT_CHANNEL, channel, error );
    return API_LEAVE( channel_set_property( channel, id, value, size, error ));
}

HRESULT WINAPI WsCreateMessageForChannel( WS_CHANNEL *channel, const WS_MESSAGE_PROPERTY *props, ULONG count,
                                          WS_MESSAGE **message, WS_ERROR *error )
{
    WS_TRACE( "channel %p, props %p, count %lu, message %p, error %p\n", channel, props, count, message, error );
    API_ENTER( OBJECT_CHANNEL, channel, error );
    API_NEED( message, error );
    return API_LEAVE( channel_create_message( channel, props, count, message, error ));
}

/* --- messages, step by step ----------------------------------------------------------------------------------------- */

static HRESULT enter_message( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error )
{
    HRESULT hr = api_enter( OBJECT_CHANNEL, channel, error );
    return hr ? hr : api_enter( OBJECT_MESSAGE, message, error );
}
#define ENTER_MESSAGE( channel, message, error ) \
    do { HRESULT hr_ = enter_message( channel, message, error ); if (UNLIKELY( hr_ )) return api_leave( __func__, hr_ ); } while (0)

HRESULT WINAPI WsWriteMessageStart( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "channel %p, message %p, context %p, error %p\n", channel, message, context, error );
    ENTER_MESSAGE( channel, message, error );
    return API_LEAVE( channel_write_start( channel, message, context, error ));
}

HRESULT WINAPI WsWriteMessageEnd( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "channel %p, message %p, context %p, error %p\n", channel, message, context, error );
    ENTER_MESSAGE( channel, message, error );
    return API_LEAVE( channel_write_end( channel, message, context, error ));
}

HRESULT WINAPI WsReadMessageStart( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "channel %p, message %p, context %p, error %p\n", channel, message, context, error );
    ENTER_MESSAGE( channel, message, error );
    return API_LEAVE( channel_read_start( channel, message, context, error ));
}

HRESULT WINAPI WsReadMessageEnd( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "channel %p, message %p, context %p, error %p\n", channel, message, context, error );
    ENTER_MESSAGE( channel, message, error );
    return API_LEAVE( channel_read_end( channel, message, context, error ));
}

HRESULT WINAPI WsAbandonMessage( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error )
{
    WS_TRACE( "channel %p, message %p, error %p\n", channel, message, error );
    ENTER_MESSAGE( channel, message, error );
    return API_LEAVE( channel_abandon( channel, message, error ));
}

HRESULT WINAPI WsShutdownSessionChannel( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "channel %p, context %p, error %p\n", channel, context, error );
    API_ENTER( OBJECT_CHANNEL, channel, error );
    return API_LEAVE( channel_shutdown_session( channel, context, error ));
}

/* --- whole messages ---------------------------------------------------------------------------------------------------- */

HRESULT WINAPI WsSendMessage( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_MESSAGE_DESCRIPTION *desc,
                              WS_WRITE_OPTION option, const void *value, ULONG size, const WS_ASYNC_CONTEXT *context,
                              WS_ERROR *error )
{
    struct body_out body = { option, value, size };

    WS_TRACE( "channel %p, message %p, desc %p, option %u, value %p, size %lu, context %p, error %p\n", channel,
              message, desc, option, value, size, context, error );
    ENTER_MESSAGE( channel, message, error );
    API_NEED( desc, error );
    return API_LEAVE( channel_send( channel, message, desc, &body, context, error ));
}

HRESULT WINAPI WsReceiveMessage( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_MESSAGE_DESCRIPTION **descs, ULONG count,
                                 WS_RECEIVE_OPTION receive_option, WS_READ_OPTION read_option, WS_HEAP *heap, void *value,
                                 ULONG size, ULONG *index, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct body_in body = { read_option, heap, value, size };

    WS_TRACE( "channel %p, message %p, descs %p, count %lu, receive_option %u, read_option %u, heap %p, value %p, size %lu, index %p, context %p, error %p\n",
              channel, message, descs, count, receive_option, read_option, heap, value, size, index, context, error );
    ENTER_MESSAGE( channel, message, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE( channel_receive( channel, message, descs, count, receive_option, &body, index, context, error ));
}

HRESULT WINAPI WsRequestReply( WS_CHANNEL *channel, WS_MESSAGE *request, const WS_MESSAGE_DESCRIPTION *request_desc,
                               WS_WRITE_OPTION write_option, const void *request_value, ULONG request_size, WS_MESSAGE *reply,
                               const WS_MESSAGE_DESCRIPTION *reply_desc, WS_READ_OPTION read_option, WS_HEAP *heap, void *value,
                               ULONG size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct body_out out = { write_option, request_value, request_size };
    struct body_in in = { read_option, heap, value, size };

    WS_TRACE( "channel %p, request %p, request_desc %p, write_option %u, request_value %p, request_size %lu, reply %p, reply_desc %p, read_option %u, heap %p, value %p, size %lu, context %p, error %p\n",
              channel, request, request_desc, write_option, request_value, request_size, reply, reply_desc,
              read_option, heap, value, size, context, error );
    ENTER_MESSAGE( channel, request, error );
    API_ENTER( OBJECT_MESSAGE, reply, error );
    API_ENTER_OPTIONAL( OBJECT_HEAP, heap, error );
    return API_LEAVE( channel_request_reply( channel, request, request_desc, &out, reply, reply_desc, &in, context, error ));
}

HRESULT WINAPI WsSendReplyMessage( WS_CHANNEL *channel, WS_MESSAGE *reply, const WS_MESSAGE_DESCRIPTION *desc,
                                   WS_WRITE_OPTION option, const void *value, ULONG size, WS_MESSAGE *request,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct body_out body = { option, value, size };

    WS_TRACE( "channel %p, reply %p, desc %p, option %u, value %p, size %lu, request %p, context %p, error %p\n",
              channel, reply, desc, option, value, size, request, context, error );
    ENTER_MESSAGE( channel, reply, error );
    API_NEED( desc, error );
    API_ENTER( OBJECT_MESSAGE, request, error );
    return API_LEAVE( channel_send_reply( channel, reply, desc, &body, request, context, error ));
}

HRESULT WINAPI WsSendFaultMessageForError( WS_CHANNEL *channel, WS_MESSAGE *reply, WS_ERROR *fault_error, HRESULT fault_hr,
                                           WS_FAULT_DISCLOSURE disclosure, WS_MESSAGE *request,
                                           const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "channel %p, reply %p, fault_error %p, fault_hr %#x, disclosure %u, request %p, context %p, error %p\n",
              channel, reply, fault_error, (int)fault_hr, disclosure, request, context, error );
    ENTER_MESSAGE( channel, reply, error );
    API_ENTER( OBJECT_MESSAGE, request, error );
    API_ENTER( OBJECT_ERROR, fault_error, error );
    return API_LEAVE( channel_send_fault( channel, reply, fault_error, fault_hr, disclosure, request, context, error ));
}
