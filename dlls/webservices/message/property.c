/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Properties of a message, with those for the results of security processing (security-processing-results.md). */

#include "message/message_impl.h"

#define IS_TOKEN( id ) ((id) >= WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN && \
                        (id) <= WS_MESSAGE_PROPERTY_MESSAGE_SECURITY_WINDOWS_TOKEN)
#define TOKEN_INDEX( id ) ((id) - WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN)

void message_reset_security( WS_MESSAGE *msg )
{
    ULONG i;

    if (!msg->security.known) return;
    for (i = 0; i < ARRAY_SIZE( msg->security.tokens ); i++)
        if (msg->security.tokens[i]) port_close_handle( msg->security.tokens[i] );
    memset( &msg->security, 0, sizeof(msg->security) );
}

static HRESULT copy_out( const void *value, ULONG value_size, void *buf, ULONG size, WS_ERROR *error )
{
    if (!buf || size < value_size)
        return ws_fail( error, E_INVALIDARG, "The message property has %u bytes; room for %u was given.", value_size,
                        buf ? size : 0 );
    memcpy( buf, value, value_size );
    return S_OK;
}
#define COPY_OUT( field ) copy_out( &(field), sizeof(field), buf, size, error )

static HRESULT get_security( WS_MESSAGE *msg, WS_MESSAGE_PROPERTY_ID id, void *buf, ULONG size, WS_ERROR *error )
{
    WS_PROTECTION_LEVEL level = msg->security.level ? msg->security.level : WS_PROTECTION_LEVEL_NONE;

    if (id == WS_MESSAGE_PROPERTY_PROTECTION_LEVEL) return COPY_OUT( level );
    if (!(msg->security.known & (1u << id)))
        return ws_fail( error, WS_E_INVALID_OPERATION,
                        "The security of the message's channel does not give property %u.", id );
    if (IS_TOKEN( id )) return COPY_OUT( msg->security.tokens[TOKEN_INDEX( id )] );
    switch (id)
    {
    case WS_MESSAGE_PROPERTY_USERNAME:       return COPY_OUT( msg->security.username );
    case WS_MESSAGE_PROPERTY_ENCODED_CERT:   return COPY_OUT( msg->security.certificate );
    case WS_MESSAGE_PROPERTY_SAML_ASSERTION: return COPY_OUT( msg->security.saml );
    default:                                 return COPY_OUT( msg->security.context );
    }
}

HRESULT message_get_property( WS_MESSAGE *msg, WS_MESSAGE_PROPERTY_ID id, void *buf, ULONG size, WS_ERROR *error )
{
    WS_MESSAGE_STATE state = msg->hdr.state;
    WS_XML_NODE_POSITION pos;
    HRESULT hr;

    switch (id)
    {
    case WS_MESSAGE_PROPERTY_STATE:              return COPY_OUT( state );
    case WS_MESSAGE_PROPERTY_ENVELOPE_VERSION:   return COPY_OUT( msg->envelope );
    case WS_MESSAGE_PROPERTY_ADDRESSING_VERSION: return COPY_OUT( msg->addressing );
    default: break;
    }
    if (state == WS_MESSAGE_STATE_EMPTY)
        return ws_fail( error, WS_E_INVALID_OPERATION, "Property %u of an empty message is not available.", id );
    switch (id)
    {
    case WS_MESSAGE_PROPERTY_HEAP: return COPY_OUT( msg->heap );
    case WS_MESSAGE_PROPERTY_HEADER_BUFFER:
        if ((hr = message_materialize( msg, error ))) return hr;
        return COPY_OUT( msg->buffer );
    case WS_MESSAGE_PROPERTY_HEADER_POSITION:
        if ((hr = message_materialize( msg, error ))) return hr;
        pos.buffer = msg->buffer;
        pos.node = msg->header;
        return COPY_OUT( pos );
    case WS_MESSAGE_PROPERTY_BODY_READER:
        if ((hr = message_require( msg, WS_MESSAGE_STATE_READING, "The body reader", error ))) return hr;
        return COPY_OUT( msg->reader );
    case WS_MESSAGE_PROPERTY_BODY_WRITER:
        if ((hr = message_require( msg, WS_MESSAGE_STATE_WRITING, "The body writer", error ))) return hr;
        return COPY_OUT( msg->writer );
    case WS_MESSAGE_PROPERTY_IS_ADDRESSED: return COPY_OUT( msg->is_addressed );
    case WS_MESSAGE_PROPERTY_IS_FAULT:     return COPY_OUT( msg->is_fault );
    default: break;
    }
    if (id >= WS_MESSAGE_PROPERTY_USERNAME && id <= WS_MESSAGE_PROPERTY_PROTECTION_LEVEL)
        return get_security( msg, id, buf, size, error );
    return ws_fail( error, E_INVALIDARG, "Property %u of a message can't be read.", id );
}

/* --- setting: copies, as what a custom channel has may go before the message ----------------------------------------- */

static HRESULT set_certificate( WS_MESSAGE *msg, const WS_BYTES *bytes, WS_ERROR *error )
{
    BYTE *copy;

    if (bytes->length && !bytes->bytes)
        return ws_fail( error, E_INVALIDARG, "A certificate of %u bytes without any bytes.", bytes->length );
    if (!(copy = heap_memdup( msg->heap, bytes->bytes, bytes->length, error ))) return heap_failure( msg->heap );
    msg->security.certificate.bytes = copy;
    msg->security.certificate.length = bytes->length;
    return S_OK;
}

static HRESULT set_token( WS_MESSAGE *msg, ULONG index, HANDLE token, WS_ERROR *error )
{
    HANDLE *slot = &msg->security.tokens[index], copy = NULL;
    HRESULT hr;

    if (token && (hr = port_duplicate_handle( token, &copy )))
        return ws_fail_code( error, E_INVALIDARG, hr, "The token %p can't be duplicated.", (void *)token );
    if (*slot) port_close_handle( *slot );
    *slot = copy;
    return S_OK;
}

static HRESULT set_saml( WS_MESSAGE *msg, WS_XML_BUFFER *src, WS_ERROR *error )
{
    if (!object_is( src, OBJECT_BUFFER )) return ws_fail( error, E_INVALIDARG, "The SAML assertion is no XML buffer." );
    return message_copy_buffer( src, msg->heap, &msg->security.saml, error );
}

static HRESULT set_level( WS_MESSAGE *msg, WS_PROTECTION_LEVEL level, WS_ERROR *error )
{
    if (level < WS_PROTECTION_LEVEL_NONE || level > WS_PROTECTION_LEVEL_SIGN_AND_ENCRYPT)
        return ws_fail( error, E_INVALIDARG, "%u is not a protection level.", level );
    msg->security.level = level;
    return S_OK;
}

static ULONG settable_size( WS_MESSAGE_PROPERTY_ID id )
{
    if (IS_TOKEN( id )) return sizeof(HANDLE);
    switch (id)
    {
    case WS_MESSAGE_PROPERTY_IS_FAULT:         return sizeof(BOOL);
    case WS_MESSAGE_PROPERTY_USERNAME:         return sizeof(WS_STRING);
    case WS_MESSAGE_PROPERTY_ENCODED_CERT:     return sizeof(WS_BYTES);
    case WS_MESSAGE_PROPERTY_SAML_ASSERTION:   return sizeof(WS_XML_BUFFER *);
    case WS_MESSAGE_PROPERTY_PROTECTION_LEVEL: return sizeof(WS_PROTECTION_LEVEL);
    default: return 0;
    }
}

HRESULT message_set_property( WS_MESSAGE *msg, WS_MESSAGE_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error )
{
    ULONG needed = settable_size( id );
    HRESULT hr;

    if (msg->hdr.state == WS_MESSAGE_STATE_EMPTY)
        return ws_fail( error, WS_E_INVALID_OPERATION, "Property %u of an empty message can't be set.", id );
    if (!needed) return ws_fail( error, E_INVALIDARG, "Property %u of a message can't be set.", id );
    if (!value || size != needed)
        return ws_fail( error, E_INVALIDARG, "The value of message property %u has %u bytes; %u were given.", id, needed,
                        value ? size : 0 );
    switch (id)
    {
    case WS_MESSAGE_PROPERTY_IS_FAULT:
        msg->is_fault = *(const BOOL *)value != 0;
        return S_OK;
    case WS_MESSAGE_PROPERTY_USERNAME:         hr = str_dup( msg->heap, value, &msg->security.username, error ); break;
    case WS_MESSAGE_PROPERTY_ENCODED_CERT:     hr = set_certificate( msg, value, error ); break;
    case WS_MESSAGE_PROPERTY_SAML_ASSERTION:   hr = set_saml( msg, *(WS_XML_BUFFER *const *)value, error ); break;
    case WS_MESSAGE_PROPERTY_PROTECTION_LEVEL: hr = set_level( msg, *(const WS_PROTECTION_LEVEL *)value, error ); break;
    default:                                   hr = set_token( msg, TOKEN_INDEX( id ), *(const HANDLE *)value, error ); break;
    }
    if (!hr) msg->security.known |= 1u << id;
    return hr;
}

void message_set_security_context( WS_MESSAGE *msg, WS_SECURITY_CONTEXT *context )
{
    msg->security.context = context;
    msg->security.known |= 1u << WS_MESSAGE_PROPERTY_SECURITY_CONTEXT;
}
