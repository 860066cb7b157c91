/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of messages share: making messages, readers and writers, and looking at what comes out. */
#ifndef WS_TESTS_CONFORMANCE_MESSAGE_H
#define WS_TESTS_CONFORMANCE_MESSAGE_H

#include "test.h"

#define S11 "http://schemas.xmlsoap.org/soap/envelope/"
#define S12 "http://www.w3.org/2003/05/soap-envelope"
#define A04 "http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define A10 "http://www.w3.org/2005/08/addressing"
#define ANONE "http://schemas.microsoft.com/ws/2005/05/addressing/none"

static inline WS_XML_STRING xs( const char *text )
{
    WS_XML_STRING str = { strlen( text ), (BYTE *)text, NULL, 0 };
    return str;
}

static inline WS_MESSAGE *create( WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing )
{
    WS_MESSAGE *msg = NULL;

    ok_hr( WsCreateMessage( envelope, addressing, NULL, 0, &msg, NULL ), S_OK );
    return msg;
}

static inline void set_output( WS_XML_WRITER *writer )
{
    static const WS_XML_WRITER_TEXT_ENCODING text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };

    ok_hr( WsSetOutput( writer, &text.encoding, &output.output, NULL, 0, NULL ), S_OK );
}

static inline WS_XML_WRITER *create_writer( void )
{
    WS_XML_WRITER *writer = NULL;

    ok_hr( WsCreateWriter( NULL, 0, &writer, NULL ), S_OK );
    set_output( writer );
    return writer;
}

/* The written text, with the random id of a request made zero. */
static inline const char *written( WS_XML_WRITER *writer )
{
    static const char id[] = "<a:MessageID>urn:uuid:";
    static char text[8192];
    WS_BYTES bytes = { 0, NULL };
    char *pos;
    int i;

    ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
    if (bytes.length >= sizeof(text)) bytes.length = sizeof(text) - 1;
    memcpy( text, bytes.bytes, bytes.length );
    text[bytes.length] = 0;
    if ((pos = strstr( text, id )))
        for (i = 0, pos += sizeof(id) - 1; i < 36 && *pos; i++, pos++) if (*pos != '-') *pos = '0';
    return text;
}

static inline void ok_written( WS_XML_WRITER *writer, const char *expected )
{
    const char *text = written( writer );
    ok( !strcmp( text, expected ), "got %s\nexpected %s\n", text, expected );
}

static inline void ok_headers( WS_MESSAGE *msg, const char *expected )
{
    WS_XML_WRITER *writer = create_writer();
    WS_XML_BUFFER *buffer = NULL;

    ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), NULL ), S_OK );
    if (buffer)
    {
        ok_hr( WsWriteXmlBuffer( writer, buffer, NULL ), S_OK );
        ok_written( writer, expected );
    }
    WsFreeWriter( writer );
}

/* A header as a string; NULL: it is missing. */
static inline void ok_header( WS_MESSAGE *msg, WS_HEADER_TYPE type, const char *expected )
{
    WS_XML_STRING *str = NULL;

    ok_hr( WsGetHeader( msg, type, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &str, sizeof(str), NULL ),
           S_OK );
    ok( !str == !expected, "header %u: %s\n", type, str ? "there" : "missing" );
    if (str && expected) ok_bytes( str->bytes, str->length, expected );
}

static inline void ok_wide( const WS_STRING *str, const WCHAR *expected )
{
    ok( str->length == (ULONG)lstrlenW( expected ) && !memcmp( str->chars, expected, str->length * sizeof(WCHAR) ),
        "got %.*ls, expected %ls\n", (int)str->length, str->chars, expected );
}

static inline WS_MESSAGE_STATE state( WS_MESSAGE *msg )
{
    WS_MESSAGE_STATE ret = 0xdead;

    ok_hr( WsGetMessageProperty( msg, WS_MESSAGE_PROPERTY_STATE, &ret, sizeof(ret), NULL ), S_OK );
    return ret;
}

static inline BOOL flag( WS_MESSAGE *msg, WS_MESSAGE_PROPERTY_ID id )
{
    BOOL ret = 0xdead;

    ok_hr( WsGetMessageProperty( msg, id, &ret, sizeof(ret), NULL ), S_OK );
    return ret;
}

static inline void set_input( WS_XML_READER *reader, const void *bytes, ULONG size )
{
    static const WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)bytes, size };

    ok_hr( WsSetInput( reader, &text.encoding, &input.input, NULL, 0, NULL ), S_OK );
}

static inline WS_XML_READER *create_reader( void )
{
    WS_XML_READER *reader = NULL;

    ok_hr( WsCreateReader( NULL, 0, &reader, NULL ), S_OK );
    return reader;
}

static inline HRESULT read_start( WS_MESSAGE *msg, WS_XML_READER *reader, const char *xml )
{
    set_input( reader, xml, strlen( xml ) );
    return WsReadEnvelopeStart( msg, reader, NULL, NULL, NULL );
}

static inline WS_XML_BUFFER *parse( WS_HEAP *heap, const char *xml )
{
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_READER *reader = create_reader();

    set_input( reader, xml, strlen( xml ) );
    ok_hr( WsReadXmlBuffer( reader, heap, &buffer, NULL ), S_OK );
    WsFreeReader( reader );
    return buffer;
}

static inline ULONG error_count( WS_ERROR *error )
{
    ULONG count = 0xdead;

    ok_hr( WsGetErrorProperty( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) ), S_OK );
    return count;
}

#endif
