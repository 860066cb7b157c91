/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the programs about XML share: documents as one line of what is read, and inputs and outputs of all kinds. */
#ifndef WS_TESTS_CONFORMANCE_XML_H
#define WS_TESTS_CONFORMANCE_XML_H

#include "test.h"

/* --- what is read, as text ----------------------------------------------------------------------------------------- */

struct line
{
    char text[4096];
    ULONG len;
};

static inline void add( struct line *line, const void *bytes, ULONG len )
{
    if (line->len + len >= sizeof(line->text)) len = sizeof(line->text) - 1 - line->len;
    memcpy( line->text + line->len, bytes, len );
    line->text[line->len += len] = 0;
}

static inline void add_str( struct line *line, const char *str )
{
    add( line, str, (ULONG)strlen( str ) );
}

static inline void add_name( struct line *line, const WS_XML_STRING *prefix, const WS_XML_STRING *name, const WS_XML_STRING *ns )
{
    if (prefix->length)
    {
        add( line, prefix->bytes, prefix->length );
        add_str( line, ":" );
    }
    add( line, name->bytes, name->length );
    if (ns->length)
    {
        add_str( line, "{" );
        add( line, ns->bytes, ns->length );
        add_str( line, "}" );
    }
}

/* Typed texts have their lexical form from a writer. */
static inline void add_text( struct line *line, const WS_XML_TEXT *text )
{
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    BOOL fragment = TRUE;
    WS_XML_WRITER_PROPERTY property = { WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment) };
    const WS_XML_UTF8_TEXT *value = (const WS_XML_UTF8_TEXT *)text;
    WS_XML_WRITER *writer;
    WS_BYTES bytes;

    if (text->textType == WS_XML_TEXT_TYPE_UTF8)
    {
        add( line, value->value.bytes, value->value.length );
        return;
    }
    if (WsCreateWriter( &property, 1, &writer, NULL )) return;
    if (WsSetOutput( writer, &utf8.encoding, &memory.output, NULL, 0, NULL ) || WsWriteText( writer, text, NULL ) ||
        WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL )) add_str( line, "?" );
    else add( line, bytes.bytes, bytes.length );
    WsFreeWriter( writer );
}

/* Elements are <prefix:name{ns} ...> with declarations as @prefix=ns, a / behind empty ones; "text" #comment# [ ] for CDATA,
 * > for an end element and $ for the end of the document. How an empty element is spelt, which quotes an attribute has and
 * into how many nodes a text is cut is not part of the XML infoset: `spelling` FALSE leaves it out, to compare encodings. */
static inline void describe_node( struct line *line, const WS_XML_NODE *node, BOOL spelling )
{
    const WS_XML_ELEMENT_NODE *elem = (const WS_XML_ELEMENT_NODE *)node;
    const WS_XML_COMMENT_NODE *comment = (const WS_XML_COMMENT_NODE *)node;
    ULONG i;

    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:
        add_str( line, "<" );
        add_name( line, elem->prefix, elem->localName, elem->ns );
        for (i = 0; i < elem->attributeCount; i++)
        {
            const WS_XML_ATTRIBUTE *attr = elem->attributes[i];
            add_str( line, attr->isXmlNs ? " @" : " " );
            if (attr->isXmlNs)
            {
                add( line, attr->prefix->bytes, attr->prefix->length );
                add_str( line, "=" );
                add( line, attr->ns->bytes, attr->ns->length );
                continue;
            }
            add_name( line, attr->prefix, attr->localName, attr->ns );
            add_str( line, spelling && attr->singleQuote ? "='" : "=" );
            add_text( line, attr->value );
        }
        if (spelling && elem->isEmpty) add_str( line, "/" );
        break;
    case WS_XML_NODE_TYPE_TEXT:
        add_str( line, "\"" );
        add_text( line, ((const WS_XML_TEXT_NODE *)node)->text );
        add_str( line, "\"" );
        break;
    case WS_XML_NODE_TYPE_COMMENT:
        add_str( line, "#" );
        add( line, comment->value.bytes, comment->value.length );
        add_str( line, "#" );
        break;
    case WS_XML_NODE_TYPE_END_ELEMENT: add_str( line, ">" ); break;
    case WS_XML_NODE_TYPE_CDATA:       add_str( line, "[" ); break;
    case WS_XML_NODE_TYPE_END_CDATA:   add_str( line, "]" ); break;
    case WS_XML_NODE_TYPE_EOF:         add_str( line, "$" ); break;
    default:                           add_str( line, "?" ); break;
    }
}

static inline void describe_failure( struct line *line, HRESULT hr )
{
    add_str( line, hr == WS_E_INVALID_FORMAT ? "!format" : hr == WS_E_QUOTA_EXCEEDED ? "!quota" :
             hr == WS_E_INVALID_OPERATION ? "!operation" : "!other" );
}

/* Reads to the end; a stream is filled when it runs short, by one byte more each time. */
static inline void describe( WS_XML_READER *reader, struct line *line, ULONG buffered, BOOL spelling )
{
    const WS_XML_NODE *node;
    BOOL in_text = FALSE;
    HRESULT hr;

    line->len = 0;
    line->text[0] = 0;
    do
    {
        while ((hr = WsReadNode( reader, NULL )) == WS_E_QUOTA_EXCEEDED && buffered && buffered < 5000)
            if (WsFillReader( reader, buffered++, NULL, NULL )) break;
        if (hr || (hr = WsGetReaderNode( reader, &node, NULL )))
        {
            describe_failure( line, hr );
            return;
        }
        if (in_text && !spelling && node->nodeType == WS_XML_NODE_TYPE_TEXT)
        {
            line->len--;
            add_text( line, ((const WS_XML_TEXT_NODE *)node)->text );
            add_str( line, "\"" );
        }
        else describe_node( line, node, spelling );
        in_text = node->nodeType == WS_XML_NODE_TYPE_TEXT;
        if (buffered) buffered = 1;
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
}

/* --- encodings ----------------------------------------------------------------------------------------------------- */

enum xml_encoding { XML_TEXT, XML_UTF16LE, XML_UTF16BE, XML_BINARY, XML_MTOM, XML_ENCODINGS };
static const char *const xml_encoding_names[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "binary", "MTOM" };

static const WS_XML_READER_TEXT_ENCODING read_any_text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
static const WS_XML_WRITER_TEXT_ENCODING write_utf8 = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };

static inline WS_XML_DICTIONARY *soap_dictionary( void )
{
    WS_XML_DICTIONARY *dictionary = NULL;
    ok_hr( WsGetDictionary( WS_ENCODING_XML_BINARY_1, &dictionary, NULL ), S_OK );
    return dictionary;
}

/* The encoding of a reader or writer; both are valid until the next call. */
static inline const WS_XML_READER_ENCODING *reader_encoding( enum xml_encoding kind )
{
    static WS_XML_READER_BINARY_ENCODING binary = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    static const WS_XML_READER_MTOM_ENCODING mtom = { { WS_XML_READER_ENCODING_TYPE_MTOM },
        (WS_XML_READER_ENCODING *)&read_any_text.encoding, TRUE, { 0, NULL }, { 0, NULL }, { 0, NULL } };

    if (kind == XML_MTOM) return &mtom.encoding;
    if (kind != XML_BINARY) return &read_any_text.encoding;
    binary.staticDictionary = soap_dictionary();
    return &binary.encoding;
}

static inline const WS_XML_WRITER_ENCODING *writer_encoding( enum xml_encoding kind )
{
    static const WS_XML_WRITER_TEXT_ENCODING utf16le = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF16LE };
    static const WS_XML_WRITER_TEXT_ENCODING utf16be = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF16BE };
    static WS_XML_WRITER_BINARY_ENCODING binary = { { WS_XML_WRITER_ENCODING_TYPE_BINARY }, NULL, NULL, NULL };
    static const WS_XML_WRITER_MTOM_ENCODING mtom = { { WS_XML_WRITER_ENCODING_TYPE_MTOM },
        (WS_XML_WRITER_ENCODING *)&write_utf8.encoding, TRUE, { 8, (WCHAR *)L"boundary" }, { 8, (WCHAR *)L"text/xml" },
        { 14, (WCHAR *)L"http://start/0" }, 0 };

    switch (kind)
    {
    case XML_TEXT:    return &write_utf8.encoding;
    case XML_UTF16LE: return &utf16le.encoding;
    case XML_UTF16BE: return &utf16be.encoding;
    case XML_MTOM:    return &mtom.encoding;
    default:          binary.staticDictionary = soap_dictionary(); return &binary.encoding;
    }
}

/* --- inputs -------------------------------------------------------------------------------------------------------- */

static inline WS_XML_READER *create_reader( void )
{
    WS_XML_READER *reader = NULL;
    ok_hr( WsCreateReader( NULL, 0, &reader, NULL ), S_OK );
    return reader;
}

static inline void set_bytes( WS_XML_READER *reader, enum xml_encoding kind, const void *bytes, ULONG size )
{
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)bytes, size };
    ok_hr( WsSetInput( reader, reader_encoding( kind ), &input.input, NULL, 0, NULL ), S_OK );
}

static inline void set_text( WS_XML_READER *reader, const char *doc )
{
    set_bytes( reader, XML_TEXT, doc, (ULONG)strlen( doc ) );
}

/* A stream that gives at most `size` bytes at a time. */
struct chunks
{
    const char *bytes;
    ULONG left, size;
};

static inline HRESULT CALLBACK read_chunk( void *state, void *buf, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                           WS_ERROR *error )
{
    struct chunks *chunks = state;
    ULONG len = chunks->left;

    (void)context;
    (void)error;
    if (len > chunks->size) len = chunks->size;
    if (len > max) len = max;
    memcpy( buf, chunks->bytes, len );
    chunks->bytes += len;
    chunks->left -= len;
    *actual = len;
    return S_OK;
}

static inline void set_chunks( WS_XML_READER *reader, struct chunks *chunks, enum xml_encoding kind, const void *bytes,
                               ULONG len, ULONG size )
{
    WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, read_chunk, chunks };
    ULONG headers = 4096;
    WS_XML_READER_PROPERTY property = { WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, &headers, sizeof(headers) };

    chunks->bytes = bytes;
    chunks->left = len;
    chunks->size = size;
    ok_hr( WsSetInput( reader, reader_encoding( kind ), &input.input, &property, 1, NULL ), S_OK );
}

static inline void set_stream( WS_XML_READER *reader, struct chunks *chunks, const char *doc, ULONG size )
{
    set_chunks( reader, chunks, XML_TEXT, doc, (ULONG)strlen( doc ), size );
}

static inline WS_XML_NODE_TYPE node_type( WS_XML_READER *reader )
{
    const WS_XML_NODE *node = NULL;
    ok_hr( WsGetReaderNode( reader, &node, NULL ), S_OK );
    return node ? node->nodeType : 0;
}

/* --- outputs ------------------------------------------------------------------------------------------------------- */

static inline WS_XML_WRITER *create_writer( void )
{
    WS_XML_WRITER *writer = NULL;
    ok_hr( WsCreateWriter( NULL, 0, &writer, NULL ), S_OK );
    return writer;
}

static inline void set_output( WS_XML_WRITER *writer, enum xml_encoding kind )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    ok_hr( WsSetOutput( writer, writer_encoding( kind ), &memory.output, NULL, 0, NULL ), S_OK );
}

static inline WS_BYTES get_output( WS_XML_WRITER *writer )
{
    WS_BYTES bytes = { 0, NULL };
    ok_hr( WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
    return bytes;
}

/* What a writer with a stream has given to its callback. */
struct written
{
    BYTE  bytes[8192];
    ULONG len, calls;
};

static inline HRESULT CALLBACK write_chunk( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                            WS_ERROR *error )
{
    struct written *written = state;
    ULONG i;

    (void)context;
    (void)error;
    written->calls++;
    for (i = 0; i < count; i++)
    {
        if (buffers[i].length > sizeof(written->bytes) - written->len) return E_FAIL;
        memcpy( written->bytes + written->len, buffers[i].bytes, buffers[i].length );
        written->len += buffers[i].length;
    }
    return S_OK;
}

static inline void set_output_stream( WS_XML_WRITER *writer, enum xml_encoding kind, struct written *written )
{
    WS_XML_WRITER_STREAM_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, write_chunk, written };

    written->len = written->calls = 0;
    ok_hr( WsSetOutput( writer, writer_encoding( kind ), &output.output, NULL, 0, NULL ), S_OK );
}

#endif
