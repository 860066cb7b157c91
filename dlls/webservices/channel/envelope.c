/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Envelopes of a channel: its reader over the bytes that came, its writer into the buffer that goes out. */
#include "channel/channel.h"
#include "message/fault.h"
#include "transport/http_server.h"

/* The message was reset or freed while the channel still had it: the same as WsAbandonMessage. When the end of the message
 * was read or written in the regular way the side is not active any more. */
static void message_gone( WS_CHANNEL *channel, BOOL reading )
{
    struct channel_side *side = reading ? &channel->read : &channel->write;
    WS_MESSAGE *message = side->message;
    BOOL abandoned = FALSE;

    lock_enter( &channel->lock );
    if (side->state == SIDE_ACTIVE)
    {
        side->state = SIDE_IDLE;
        side->message = NULL;
        abandoned = TRUE;
    }
    lock_leave( &channel->lock );
    if (abandoned) channel->ops->abandon( channel, message, reading );
}

static void CALLBACK reading_done( void *state )
{
    message_gone( state, TRUE );
}

static void CALLBACK writing_done( void *state )
{
    message_gone( state, FALSE );
}

/* Bytes of a message that may be received or sent. */
ULONG channel_max_message( const WS_CHANNEL *channel, BOOL reading )
{
    const struct channel_values *values = &channel->values;
    ULONG mode = reading ? WS_STREAMED_INPUT_TRANSFER_MODE : WS_STREAMED_OUTPUT_TRANSFER_MODE;

    if (!(values->transfer_mode & mode)) return values->max_buffered_message_size;
    return values->max_streamed_message_size > ~0u >> 1 ? ~0u >> 1 : (ULONG)values->max_streamed_message_size;
}

static WS_CHARSET charset_of( WS_ENCODING encoding )
{
    switch (encoding)
    {
    case WS_ENCODING_XML_UTF16LE:
    case WS_ENCODING_XML_MTOM_UTF16LE:
        return WS_CHARSET_UTF16LE;
    case WS_ENCODING_XML_UTF16BE:
    case WS_ENCODING_XML_MTOM_UTF16BE:
        return WS_CHARSET_UTF16BE;
    default:
        return WS_CHARSET_UTF8;
    }
}

static BOOL is_mtom( WS_ENCODING encoding )
{
    return encoding == WS_ENCODING_XML_MTOM_UTF8 || encoding == WS_ENCODING_XML_MTOM_UTF16BE ||
           encoding == WS_ENCODING_XML_MTOM_UTF16LE;
}

union reader_encoding
{
    WS_XML_READER_ENCODING        any;
    WS_XML_READER_TEXT_ENCODING   text;
    WS_XML_READER_BINARY_ENCODING binary;
    WS_XML_READER_MTOM_ENCODING   mtom;
    WS_XML_READER_RAW_ENCODING    raw;
};

static HRESULT set_input( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_XML_READER_INPUT *input, WS_ERROR *error )
{
    const WS_XML_READER_PROPERTIES *props = message_reader_properties( message );
    const struct channel_values *values = &channel->values;
    union reader_encoding encoding;
    WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, charset_of( values->encoding ) };
    struct channel_mime *mime = channel->mime_in;
    HRESULT hr;

    if (!channel->reader && (hr = reader_create( NULL, 0, &channel->reader, error ))) return hr;
    switch (values->encoding)
    {
    case WS_ENCODING_RAW:
        encoding.any.encodingType = WS_XML_READER_ENCODING_TYPE_RAW;
        break;
    case WS_ENCODING_XML_BINARY_1:
    case WS_ENCODING_XML_BINARY_SESSION_1:
        encoding.any.encodingType = WS_XML_READER_ENCODING_TYPE_BINARY;
        encoding.binary.staticDictionary = (WS_XML_DICTIONARY *)dictionary_get( WS_ENCODING_XML_BINARY_1 );
        encoding.binary.dynamicDictionary = channel->read_dictionary;
        break;
    case WS_ENCODING_XML_MTOM_UTF8:
    case WS_ENCODING_XML_MTOM_UTF16BE:
    case WS_ENCODING_XML_MTOM_UTF16LE:
        if (!mime) return ws_fail( error, WS_E_NOT_SUPPORTED, "Messages in MTOM are supported over HTTP only." );
        memset( &encoding, 0, sizeof(encoding) );
        encoding.any.encodingType = WS_XML_READER_ENCODING_TYPE_MTOM;
        encoding.mtom.textEncoding = &text.encoding;
        encoding.mtom.boundary = (WS_STRING){ mime->boundary_len, mime->boundary };
        encoding.mtom.startInfo = (WS_STRING){ mime->start_info_len, mime->start_info };
        encoding.mtom.startUri = (WS_STRING){ mime->start_len, mime->start };
        break;
    default:
        encoding.any.encodingType = WS_XML_READER_ENCODING_TYPE_TEXT;
        encoding.text.charSet = values->encoding == WS_ENCODING_XML_UTF8 ? WS_CHARSET_UTF8 : WS_CHARSET_AUTO;
        break;
    }
    return reader_set_input( channel->reader, &encoding.any, input, props->properties, props->propertyCount, error );
}

HRESULT channel_read_bytes( WS_CHANNEL *channel, WS_MESSAGE *message, const BYTE *bytes, ULONG size, WS_ERROR *error )
{
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)bytes, size };
    HRESULT hr = set_input( channel, message, &input.input, error );

    return hr ? hr : channel_read_start_tags( channel, message, error );
}

HRESULT channel_read_stream( WS_CHANNEL *channel, WS_MESSAGE *message, WS_READ_CALLBACK read, void *state, WS_ERROR *error )
{
    WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, read, state };

    return set_input( channel, message, &input.input, error );
}

static HRESULT wrong_destination( WS_CHANNEL *channel, const WS_XML_STRING *to, WS_ERROR *error )
{
    WS_ADDRESSING_VERSION addressing = channel->values.addressing;

    fault_set( error, WS_E_ENDPOINT_NOT_FOUND, "Sender", "DestinationUnreachable", addressing_namespace( addressing ),
               addressing_fault_action( addressing ), "No route can be determined to reach the destination." );
    return ws_fail( error, WS_E_ENDPOINT_NOT_FOUND, "The message is for '%.*s', which is not the address of the listener "
                    "(WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS).", XMLSTR_ARG( to ));
}

/* WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS. A message that does not say where it goes, or that it goes to the other end of the
 * connection, has arrived. Most messages of a channel say the same. */
static HRESULT check_destination( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error )
{
    const WS_XML_STRING *anonymous = addressing_anonymous( channel->values.addressing );
    WS_XML_STRING *to = NULL;
    char *copy;
    HRESULT hr;

    if ((hr = message_get_header( message, WS_TO_HEADER, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &to, sizeof(to), error )))
        return hr;
    if (!to || !to->length || (to->length == channel->to_seen_len && !memcmp( to->bytes, channel->to_seen, to->length ))) return S_OK;
    if (anonymous && xmlstr_eq( to, anonymous )) return S_OK;
    if (!url_matches( channel->to_match, (const char *)to->bytes, to->length )) return wrong_destination( channel, to, error );
    channel->to_seen_len = 0;
    if (!(copy = mem_realloc( channel->to_seen, to->length ))) return S_OK;
    channel->to_seen = memcpy( copy, to->bytes, to->length );
    channel->to_seen_len = to->length;
    return S_OK;
}

HRESULT channel_read_start_tags( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error )
{
    HRESULT hr = message_read_envelope_start( message, channel->reader, reading_done, channel, error );

    if (hr || !channel->to_match || channel->values.addressing == WS_ADDRESSING_VERSION_TRANSPORT) return hr;
    return check_destination( channel, message, error );
}

/* Room in front of the envelope and for its first part; the writer lets it grow. */
static HRESULT sink_prepare( struct byte_sink *sink, ULONG room, ULONG max, ULONG trim, WS_ERROR *error )
{
    if (sink->bytes && sink->capacity > trim + room)
    {
        mem_free( sink->bytes );
        sink->bytes = NULL;
    }
    if (!sink->bytes)
    {
        sink->capacity = room + 2048;
        if (!(sink->bytes = mem_alloc( sink->capacity ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a message." );
    }
    sink->size = room;
    sink->max = (SIZE_T)max + room < max ? max : (SIZE_T)max + room;
    return S_OK;
}

union writer_encoding
{
    WS_XML_WRITER_ENCODING        any;
    WS_XML_WRITER_TEXT_ENCODING   text;
    WS_XML_WRITER_BINARY_ENCODING binary;
    WS_XML_WRITER_MTOM_ENCODING   mtom;
    WS_XML_WRITER_RAW_ENCODING    raw;
};

/* Fills in the encoding; `text` is a part of it. */
static HRESULT make_encoding( WS_CHANNEL *channel, union writer_encoding *encoding, WS_XML_WRITER_TEXT_ENCODING *text,
                              WS_ERROR *error )
{
    const struct channel_values *values = &channel->values;
    struct channel_mime *mime = channel->mime_out;

    text->encoding.encodingType = WS_XML_WRITER_ENCODING_TYPE_TEXT;
    text->charSet = charset_of( values->encoding );
    switch (values->encoding)
    {
    case WS_ENCODING_RAW:
        encoding->any.encodingType = WS_XML_WRITER_ENCODING_TYPE_RAW;
        break;
    case WS_ENCODING_XML_BINARY_1:
    case WS_ENCODING_XML_BINARY_SESSION_1:
        encoding->any.encodingType = WS_XML_WRITER_ENCODING_TYPE_BINARY;
        encoding->binary.staticDictionary = (WS_XML_DICTIONARY *)dictionary_get( WS_ENCODING_XML_BINARY_1 );
        encoding->binary.dynamicStringCallback = channel->write_string;
        encoding->binary.dynamicStringCallbackState = channel;
        break;
    case WS_ENCODING_XML_MTOM_UTF8:
    case WS_ENCODING_XML_MTOM_UTF16BE:
    case WS_ENCODING_XML_MTOM_UTF16LE:
        if (!mime) return ws_fail( error, WS_E_NOT_SUPPORTED, "Messages in MTOM are supported over HTTP only." );
        memset( encoding, 0, sizeof(*encoding) );
        encoding->any.encodingType = WS_XML_WRITER_ENCODING_TYPE_MTOM;
        encoding->mtom.textEncoding = &text->encoding;
        encoding->mtom.boundary = (WS_STRING){ mime->boundary_len, mime->boundary };
        encoding->mtom.startInfo = (WS_STRING){ mime->start_info_len, mime->start_info };
        encoding->mtom.startUri = (WS_STRING){ mime->start_len, mime->start };
        break;
    default:
        encoding->text = *text;
        break;
    }
    return S_OK;
}

HRESULT channel_write_bytes( WS_CHANNEL *channel, WS_MESSAGE *message, ULONG room, WS_ERROR *error )
{
    const struct channel_values *values = &channel->values;
    const WS_XML_WRITER_PROPERTIES *props = message_writer_properties( message );
    WS_XML_WRITER_TEXT_ENCODING text;
    union writer_encoding encoding;
    HRESULT hr;

    if (!channel->writer && (hr = writer_create( NULL, 0, &channel->writer, error ))) return hr;
    if ((hr = sink_prepare( &channel->sink, room, channel_max_message( channel, FALSE ), values->trim_buffered_message_size,
                            error )) || (hr = make_encoding( channel, &encoding, &text, error )) ||
        (hr = writer_set_output_bytes( channel->writer, &encoding.any, &channel->sink, props->properties, props->propertyCount,
                                       error ))) return hr;
    return message_write_envelope_start( message, channel->writer, writing_done, channel, error );
}

HRESULT channel_write_stream( WS_CHANNEL *channel, WS_MESSAGE *message, WS_WRITE_CALLBACK write, void *state, WS_ERROR *error )
{
    WS_XML_WRITER_STREAM_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, write, state };
    ULONG max = channel->values.max_streamed_flush_size;
    const WS_XML_WRITER_PROPERTIES *given = message_writer_properties( message );
    WS_XML_WRITER_PROPERTY props[24];
    ULONG count = given->propertyCount;
    WS_XML_WRITER_TEXT_ENCODING text;
    union writer_encoding encoding;
    HRESULT hr;

    if (count >= ARRAY_SIZE( props )) return ws_fail( error, E_INVALIDARG, "%u properties are too many for a message's writer.", count );
    if (count) memcpy( props, given->properties, count * sizeof(*props) );
    props[count++] = (WS_XML_WRITER_PROPERTY){ WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &max, sizeof(max) };
    if (!channel->writer && (hr = writer_create( NULL, 0, &channel->writer, error ))) return hr;
    if ((hr = make_encoding( channel, &encoding, &text, error )) ||
        (hr = writer_set_output( channel->writer, &encoding.any, &output.output, props, count, error )) ||
        (hr = message_write_envelope_start( message, channel->writer, writing_done, channel, error ))) return hr;
    /* the tag of the body leaves with the start, and not only when something follows it */
    return channel->values.envelope == WS_ENVELOPE_VERSION_NONE ? S_OK : writer_write_end_start_element( channel->writer, error );
}

HRESULT channel_end_bytes( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error )
{
    HRESULT hr = message_write_envelope_end( message, error );

    if (hr || !is_mtom( channel->values.encoding )) return hr;
    return writer_flush( channel->writer, 0, NULL, error );
}
