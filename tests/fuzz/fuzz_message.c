/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes messages: any bytes as an envelope, then every way to look at it. The first byte chooses versions and
 * encoding. What the plain values say has to be what the tree says. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "message/message_impl.h"
#include "message/fault.h"

#define MUST( cond ) do { if (!(cond)) { fprintf( stderr, "%s:%d: %s\n", __FILE__, __LINE__, #cond ); abort(); \
                                         } } while (0)

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
    WS_XML_STRING *str;
    ULONG attributes, i;
    WS_HEADER_TYPE type;
    WS_UNIQUE_ID id;

    message_get_header( msg, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, NULL, &id, sizeof(id),
                        error );
    for (type = WS_FROM_HEADER; type <= WS_FAULT_TO_HEADER; type++)
        message_get_header( msg, type, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_REQUIRED_POINTER, NULL, &address,
                            sizeof(address), error );
    for (i = 0; i < 3; i++)
        message_get_custom_header( msg, &custom, WS_REPEATING_HEADER, i, WS_READ_OPTIONAL_POINTER, NULL, &str,
                                   sizeof(str),
                                   &attributes, error );
    message_check_must_understand( msg, error );
    compare_with_tree( msg );
    for (type = WS_ACTION_HEADER; type <= WS_FAULT_TO_HEADER; type++) message_remove_header( msg, type, error );
    message_add_custom_header( msg, &custom, WS_WRITE_REQUIRED_VALUE, &custom_ns, sizeof(custom_ns), 3, error );
    message_remove_custom_header( msg, &custom_name, &custom_ns, error );
}

static void use_body( WS_MESSAGE *msg, WS_ERROR *error )
{
    static const WS_ELEMENT_DESCRIPTION desc = { NULL, NULL, WS_FAULT_TYPE, NULL };
    WS_HEAP *heap;
    WS_FAULT fault;

    if (heap_create( 1 << 20, 0, NULL, 0, &heap, NULL )) return;
    if (message_is_fault( msg ) &&
        !message_read_body( msg, &desc, WS_READ_REQUIRED_VALUE, heap, &fault, sizeof(fault), error ))
    {
        fault_store( error, &fault, message_action( msg ) );
        fault_from_error( error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, heap, &fault );
    }
    message_read_envelope_end( msg, error );
    heap_free( heap );
}

/* The reply to it, and the message itself as an intermediary sends it on. */
static void answer( WS_MESSAGE *msg, WS_MESSAGE *out, WS_XML_WRITER *writer, WS_MESSAGE_INITIALIZATION init )
{
    static const WS_XML_WRITER_TEXT_ENCODING text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };

    if (message_initialize( out, init, msg, NULL )) return;
    MUST( !writer_set_output( writer, &text.encoding, &output.output, NULL, 0, NULL ) );
    if (!message_write_envelope_start( out, writer, NULL, NULL, NULL )) message_write_envelope_end( out, NULL );
    message_reset( out, NULL );
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    static const WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    static const WS_XML_READER_BINARY_ENCODING binary = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    static WS_MESSAGE *msgs[3][3], *outs[3][3];
    static WS_XML_READER *reader;
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
    MUST( !reader_set_input( reader, data[0] & 8 ? &binary.encoding : &text.encoding, &input.input, NULL, 0, NULL ) );
    if (!message_read_envelope_start( *msg, reader, NULL, NULL, error ))
    {
        answer( *msg, *out, writer, WS_REPLY_MESSAGE );
        answer( *msg, *out, writer, WS_FAULT_MESSAGE );
        answer( *msg, *out, writer, WS_DUPLICATE_MESSAGE );
        use_headers( *msg, error );
        use_body( *msg, error );
        answer( *msg, *out, writer, WS_DUPLICATE_MESSAGE );
    }
    message_reset( *msg, NULL );
    error_reset( error );
    return 0;
}
