/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes messages: any bytes as an envelope, then every way to look at it. The first byte chooses versions and encodings, and
 * whether the body is read or the message sent on. What the plain values say has to be what the tree says; what is sent on has
 * to arrive as it came; a fault made of errors can be sent and read; each failure leaves a string. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "message/message_impl.h"
#include "message/fault.h"

#define MUST( cond ) do { if (!(cond)) { fprintf( stderr, "%s:%d: %s\n", __FILE__, __LINE__, #cond ); abort(); \
                                         } } while (0)

static ULONG strings( WS_ERROR *error )
{
    ULONG count = 0;

    error_get_property( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) );
    return count;
}

/* The result of a call that gets `error`. */
#define NOTED( call ) __extension__ ({ ULONG before_ = strings( error ); HRESULT hr_ = (call); \
                                       MUST( SUCCEEDED( hr_ ) || strings( error ) > before_ ); hr_; })

static const WS_XML_STRING custom_name = XMLSTR( "h" ), custom_ns = XMLSTR( "n" );
static const WS_ELEMENT_DESCRIPTION custom = { (WS_XML_STRING *)&custom_name, (WS_XML_STRING *)&custom_ns,
                                               WS_XML_STRING_TYPE, NULL };

static HRESULT get( WS_MESSAGE *msg, WS_HEADER_TYPE type, WS_XML_STRING **str )
{
    *str = NULL;
    return message_get_header( msg, type, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, str, sizeof(*str), NULL );
}

/* The text headers before and after the tree is built. */
static void compare_with_tree( WS_MESSAGE *msg )
{
    WS_XML_STRING *plain[WS_RELATES_TO_HEADER + 1], *tree;
    HRESULT hr[WS_RELATES_TO_HEADER + 1];
    WS_XML_BUFFER *buffer;
    WS_HEADER_TYPE type;

    for (type = WS_ACTION_HEADER; type <= WS_RELATES_TO_HEADER; type++) hr[type] = get( msg, type, &plain[type] );
    if (message_get_property( msg, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), NULL )) return;
    for (type = WS_ACTION_HEADER; type <= WS_RELATES_TO_HEADER; type++)
    {
        HRESULT tree_hr = get( msg, type, &tree );
        if (hr[type] == WS_E_QUOTA_EXCEEDED || tree_hr == WS_E_QUOTA_EXCEEDED) continue;
        MUST( tree_hr == hr[type] && !tree == !plain[type] );
        if (tree) MUST( xmlstr_eq( tree, plain[type] ) );
    }
}

static void use_headers( WS_MESSAGE *msg, WS_ERROR *error )
{
    WS_ENDPOINT_ADDRESS *address;
    WS_XML_NODE_POSITION pos;
    WS_XML_STRING *str;
    ULONG attributes, i;
    WS_HEADER_TYPE type;
    WS_UNIQUE_ID id;

    NOTED( message_get_header( msg, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, NULL, &id, sizeof(id),
                               error ) );
    for (type = WS_FROM_HEADER; type <= WS_FAULT_TO_HEADER; type++)
        NOTED( message_get_header( msg, type, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_REQUIRED_POINTER, NULL, &address,
                                   sizeof(address), error ) );
    for (i = 0; i < 3; i++)
        NOTED( message_get_custom_header( msg, &custom, WS_REPEATING_HEADER, i, WS_READ_OPTIONAL_POINTER, NULL, &str,
                                          sizeof(str), &attributes, error ) );
    NOTED( message_check_must_understand( msg, error ) );
    if (!NOTED( message_get_property( msg, WS_MESSAGE_PROPERTY_HEADER_POSITION, &pos, sizeof(pos), error ) ) && pos.node)
    {
        struct xml_node *node;

        for (node = ((struct xml_node *)pos.node)->first; node; node = node->next)
        {
            WS_XML_NODE_POSITION header = { pos.buffer, node };
            NOTED( message_mark_header_as_understood( msg, &header, error ) );
        }
        MUST( !message_check_must_understand( msg, NULL ) );
    }
    compare_with_tree( msg );
    for (type = WS_ACTION_HEADER; type <= WS_FAULT_TO_HEADER; type++) NOTED( message_remove_header( msg, type, error ) );
    NOTED( message_add_custom_header( msg, &custom, WS_WRITE_REQUIRED_VALUE, &custom_ns, sizeof(custom_ns), 3, error ) );
    NOTED( message_remove_custom_header( msg, &custom_name, &custom_ns, error ) );
}

static const WS_XML_WRITER_TEXT_ENCODING text_out = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
static const WS_XML_WRITER_BINARY_ENCODING binary_out = { { WS_XML_WRITER_ENCODING_TYPE_BINARY }, NULL, NULL, NULL };
static const WS_XML_READER_TEXT_ENCODING text_in = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
static const WS_XML_READER_BINARY_ENCODING binary_in = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };

static void set_output( WS_XML_WRITER *writer, BOOL binary )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };

    MUST( !writer_set_output( writer, binary ? &binary_out.encoding : &text_out.encoding, &output.output, NULL, 0, NULL ) );
}

/* The reader on what was written. */
static void read_back( WS_XML_READER *reader, WS_XML_WRITER *writer, BOOL binary )
{
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, NULL, 0 };
    WS_BYTES bytes = { 0, NULL };

    MUST( !writer_get_property( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ) );
    input.encodedData = bytes.bytes;
    input.encodedDataSize = bytes.length;
    MUST( !reader_set_input( reader, binary ? &binary_in.encoding : &text_in.encoding, &input.input, NULL, 0, NULL ) );
}

/* A fault as the body of a message, out and in again. */
static void send_fault( WS_MESSAGE *out, WS_XML_WRITER *writer, WS_XML_READER *reader, const WS_FAULT *fault, WS_HEAP *heap,
                        WS_ERROR *error )
{
    static const WS_ELEMENT_DESCRIPTION desc = { NULL, NULL, WS_FAULT_TYPE, NULL };
    WS_FAULT got;

    message_reset( out, NULL );
    set_output( writer, FALSE );
    if (message_initialize( out, WS_FAULT_MESSAGE, NULL, NULL ) ||
        NOTED( message_write_envelope_start( out, writer, NULL, NULL, error ) ) ||
        NOTED( message_write_body( out, &desc, WS_WRITE_REQUIRED_VALUE, fault, sizeof(*fault), error ) ) ||
        NOTED( message_write_envelope_end( out, error ) )) return;
    message_reset( out, NULL );
    read_back( reader, writer, FALSE );
    MUST( !message_read_envelope_start( out, reader, NULL, NULL, error ) );
    MUST( message_is_fault( out ) );
    if (NOTED( message_read_body( out, &desc, WS_READ_REQUIRED_VALUE, heap, &got, sizeof(got), error ) )) return;
    MUST( got.reasons[0].text.length == fault->reasons[0].text.length &&
          !memcmp( got.reasons[0].text.chars, fault->reasons[0].text.chars, got.reasons[0].text.length * sizeof(WCHAR) ) );
    MUST( !message_read_envelope_end( out, error ) );
}

static void use_body( WS_MESSAGE *msg, WS_MESSAGE *out, WS_XML_WRITER *writer, WS_XML_READER *other, WS_ERROR *error )
{
    static const WS_ELEMENT_DESCRIPTION desc = { NULL, NULL, WS_FAULT_TYPE, NULL };
    WS_HEAP *heap;
    WS_FAULT fault;

    if (heap_create( 1 << 20, 0, NULL, 0, &heap, NULL )) return;
    if (message_is_fault( msg ) &&
        !NOTED( message_read_body( msg, &desc, WS_READ_REQUIRED_VALUE, heap, &fault, sizeof(fault), error ) ))
        fault_store( error, &fault, message_action( msg ) );
    NOTED( message_read_envelope_end( msg, error ) );
    if (!fault_from_error( error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, heap, &fault ) && fault.reasons[0].text.length < 10000)
        send_fault( out, writer, other, &fault, heap, error );
    message_reset( out, NULL );
    heap_free( heap );
}

/* The reply to it, and the message itself as an intermediary sends it on, without its body. */
static void answer( WS_MESSAGE *msg, WS_MESSAGE *out, WS_XML_WRITER *writer, WS_MESSAGE_INITIALIZATION init, WS_ERROR *error )
{
    if (NOTED( message_initialize( out, init, msg, error ) )) return;
    set_output( writer, FALSE );
    if (!NOTED( message_write_envelope_start( out, writer, NULL, NULL, error ) ))
        NOTED( message_write_envelope_end( out, error ) );
    message_reset( out, NULL );
}

/* The whole message goes on in another encoding; what arrives has the same headers. */
static void forward( WS_MESSAGE *msg, WS_MESSAGE *out, WS_XML_WRITER *writer, WS_XML_READER *reader, BOOL binary, WS_ERROR *error )
{
    HRESULT hr = S_OK, arrived;
    WS_XML_STRING *sent, *got;
    WS_HEADER_TYPE type;

    if (NOTED( message_initialize( out, WS_DUPLICATE_MESSAGE, msg, error ) )) return;
    set_output( writer, binary );
    if (!(hr = NOTED( message_write_envelope_start( out, writer, NULL, NULL, error ) )))
    {
        WS_XML_READER *body = message_reader( msg );

        while (!hr && reader_node( body )->nodeType != WS_XML_NODE_TYPE_END_ELEMENT &&
               reader_node( body )->nodeType != WS_XML_NODE_TYPE_EOF) hr = NOTED( writer_copy_node( writer, body, error ) );
        if (!hr) hr = NOTED( message_read_envelope_end( msg, error ) );
        if (!hr) hr = NOTED( message_write_envelope_end( out, error ) );
    }
    message_reset( out, NULL );
    if (hr) return;
    read_back( reader, writer, binary );
    hr = NOTED( message_read_envelope_start( out, reader, NULL, NULL, error ) );
    if (hr == WS_E_QUOTA_EXCEEDED) return;      /* the same in another form may be longer */
    MUST( !hr );
    MUST( message_is_fault( out ) == message_is_fault( msg ) );
    for (type = WS_ACTION_HEADER; type <= WS_RELATES_TO_HEADER; type++)
    {
        hr = get( msg, type, &sent );
        arrived = get( out, type, &got );
        if (hr == WS_E_QUOTA_EXCEEDED || arrived == WS_E_QUOTA_EXCEEDED) continue;
        MUST( hr == arrived && !sent == !got && (!sent || xmlstr_eq( sent, got )) );
    }
    hr = NOTED( message_read_envelope_end( out, error ) );
    MUST( !hr || hr == WS_E_QUOTA_EXCEEDED );
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    static WS_MESSAGE *msgs[3][3], *outs[3][3];
    static WS_XML_READER *reader, *other;
    static WS_XML_WRITER *writer;
    static WS_ERROR *error;
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, NULL, 0 };
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    WS_MESSAGE **msg, **out;

    if (!size) return 0;
    envelope = WS_ENVELOPE_VERSION_SOAP_1_1 + (data[0] & 1);
    addressing = WS_ADDRESSING_VERSION_0_9 + (data[0] >> 1 & 3) % 3;
    msg = &msgs[envelope - 1][addressing - 1];
    out = &outs[envelope - 1][addressing - 1];
    if (!reader)
    {
        MUST( !reader_create( NULL, 0, &reader, NULL ) );
        MUST( !reader_create( NULL, 0, &other, NULL ) );
        MUST( !writer_create( NULL, 0, &writer, NULL ) );
        MUST( !error_create( NULL, 0, &error ) );
    }
    if (!*msg)
    {
        MUST( !message_create( envelope, addressing, NULL, 0, msg, NULL ) );
        MUST( !message_create( envelope, addressing, NULL, 0, out, NULL ) );
    }
    input.encodedData = (void *)(data + 1);
    input.encodedDataSize = size - 1;
    MUST( !reader_set_input( reader, data[0] & 8 ? &binary_in.encoding : &text_in.encoding, &input.input, NULL, 0, NULL ) );
    if (!NOTED( message_read_envelope_start( *msg, reader, NULL, NULL, error ) ))
    {
        if (data[0] & 16) forward( *msg, *out, writer, other, data[0] >> 5 & 1, error );
        else
        {
            answer( *msg, *out, writer, WS_REPLY_MESSAGE, error );
            answer( *msg, *out, writer, WS_FAULT_MESSAGE, error );
            answer( *msg, *out, writer, WS_DUPLICATE_MESSAGE, error );
            use_headers( *msg, error );
            use_body( *msg, *out, writer, other, error );
            answer( *msg, *out, writer, WS_DUPLICATE_MESSAGE, error );
        }
    }
    message_reset( *msg, NULL );
    message_reset( *out, NULL );
    error_reset( error );
    return 0;
}
