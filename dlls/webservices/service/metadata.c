/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a host tells about its services (service-metadata.md): the documents of WS_SERVICE_PROPERTY_METADATA over HTTP GET and over
 * WS-MetadataExchange, whose request is the Get of WS-Transfer. A WSDL document of the namespace of the service gets a service
 * element with the ports of the endpoints, if none of the documents has one. */
#include "service/metadata.h"
#include "base/url.h"

static const WS_XML_STRING wsdl_ns = XMLSTR( "http://schemas.xmlsoap.org/wsdl/" );
static const WS_XML_STRING mex_ns = XMLSTR( "http://schemas.xmlsoap.org/ws/2004/09/mex" );

/* --- the service element ------------------------------------------------------------------------------------------------------ */

/* Text under construction in a heap. */
struct text { WS_HEAP *heap; BYTE *bytes; ULONG size, capacity; HRESULT hr; WS_ERROR *error; };

static void put( struct text *text, const void *bytes, ULONG size )
{
    BYTE *grown;

    if (text->hr) return;
    if (size > text->capacity - text->size)
    {
        ULONG capacity = 2 * (text->size + size) + 256;

        if (!(grown = heap_alloc( text->heap, capacity, text->error )))
        {
            text->hr = heap_failure( text->heap );
            return;
        }
        if (text->size) memcpy( grown, text->bytes, text->size );
        text->bytes = grown;
        text->capacity = capacity;
    }
    memcpy( text->bytes + text->size, bytes, size );
    text->size += size;
}
#define PUT( text, literal ) put( text, literal, sizeof(literal) - 1 )

/* As the value of an attribute. */
static void put_value( struct text *text, const BYTE *bytes, ULONG size )
{
    ULONG i;

    for (i = 0; i < size; i++)
    {
        switch (bytes[i])
        {
        case '&': PUT( text, "&amp;" ); break;
        case '<': PUT( text, "&lt;" ); break;
        case '"': PUT( text, "&quot;" ); break;
        default: put( text, bytes + i, 1 );
        }
    }
}

/* The address for others: a wildcard stands for this machine. */
static void put_address( struct text *text, const WS_STRING *url )
{
    WCHAR name[256];
    DWORD len = ARRAY_SIZE( name );
    struct url_parts parts;
    WS_XML_STRING str;
    ULONG start = 0;

    if (!text->hr && !url_split( url, WS_URL_FLAGS_ALLOW_HOST_WILDCARDS, &parts, NULL ) && parts.host.length == 1 &&
        (parts.host.chars[0] == '+' || parts.host.chars[0] == '*') && GetComputerNameExW( ComputerNameDnsHostname, name, &len ))
    {
        start = parts.host.chars - url->chars;
        if (!(text->hr = xmlstr_from_utf16( text->heap, url->chars, start, &str, text->error ))) put_value( text, str.bytes, str.length );
        if (!text->hr && !(text->hr = xmlstr_from_utf16( text->heap, name, len, &str, text->error )))
            put_value( text, str.bytes, str.length );
        start++;
    }
    if (!text->hr && !(text->hr = xmlstr_from_utf16( text->heap, url->chars + start, url->length - start, &str, text->error )))
        put_value( text, str.bytes, str.length );
}

static void put_port( struct text *text, const struct endpoint *endpoint )
{
    const WS_SERVICE_ENDPOINT_METADATA *port = &endpoint->values.metadata;
    const WS_CHANNEL_PROPERTIES *props = &endpoint->desc.channelProperties;
    WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_2;
    ULONG i;

    for (i = 0; i < props->propertyCount; i++)
        if (props->properties[i].id == WS_CHANNEL_PROPERTY_ENVELOPE_VERSION && props->properties[i].valueSize == sizeof(envelope))
            envelope = *(WS_ENVELOPE_VERSION *)props->properties[i].value;
    PUT( text, "<wsdl:port name=\"" );
    put_value( text, port->portName->bytes, port->portName->length );
    PUT( text, "\" binding=\"b:" );
    put_value( text, port->bindingName->bytes, port->bindingName->length );
    PUT( text, "\" xmlns:b=\"" );
    put_value( text, port->bindingNs->bytes, port->bindingNs->length );
    if (envelope == WS_ENVELOPE_VERSION_SOAP_1_1) PUT( text, "\"><soap:address xmlns:soap=\"http://schemas.xmlsoap.org/wsdl/soap/\"" );
    else PUT( text, "\"><soap:address xmlns:soap=\"http://schemas.xmlsoap.org/wsdl/soap12/\"" );
    PUT( text, " location=\"" );
    put_address( text, &endpoint->desc.address.url );
    PUT( text, "\"/></wsdl:port>" );
}

/* Where the end tag of the root begins; 0 if there is none. Comments and instructions may follow it. */
static ULONG find_end_tag( const BYTE *bytes, ULONG size )
{
    for (;;)
    {
        const char *open;
        ULONG i, len;

        while (size && bytes[size - 1] <= ' ') size--;
        if (size < 3 || bytes[size - 1] != '>') return 0;
        if (bytes[size - 2] == '-') open = "<!--";
        else if (bytes[size - 2] == '?') open = "<?";
        else open = "</";
        len = strlen( open );
        for (i = size - len; i && memcmp( bytes + i, open, len ); i--) ;
        if (!i || open[1] == '/') return i;
        size = i;
    }
}

static HRESULT add_service( WS_SERVICE_HOST *host, WS_XML_STRING *content, WS_ERROR *error )
{
    ULONG i, end = find_end_tag( content->bytes, content->length );
    struct text text = { host->heap, NULL, 0, 0, S_OK, error };

    if (!end) return ws_fail( error, WS_E_INVALID_FORMAT, "A metadata document does not end with the end of its root element." );
    put( &text, content->bytes, end );
    PUT( &text, "<wsdl:service xmlns:wsdl=\"http://schemas.xmlsoap.org/wsdl/\" name=\"" );
    put_value( &text, host->metadata.serviceName->bytes, host->metadata.serviceName->length );
    PUT( &text, "\">" );
    for (i = 0; i < host->endpoint_count; i++) if (host->endpoints[i].values.metadata.portName) put_port( &text, &host->endpoints[i] );
    PUT( &text, "</wsdl:service>" );
    put( &text, content->bytes + end, content->length - end );
    content->bytes = text.bytes;
    content->length = text.size;
    return text.hr;
}

/* --- looking into documents ------------------------------------------------------------------------------------------------- */

struct summary
{
    WS_XML_STRING ns;           /* of the root element */
    WS_XML_STRING target;       /* its targetNamespace, or empty */
    BOOL has_service;
};

/* At the root element after it. */
static HRESULT open_document( WS_XML_READER *reader, const WS_XML_STRING *content, WS_ERROR *error )
{
    WS_XML_READER_TEXT_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, content->bytes, content->length };
    BOOL found;
    HRESULT hr;

    if ((hr = reader_set_input( reader, &encoding.encoding, &input.input, NULL, 0, error ))) return hr;
    return reader_read_to_start_element( reader, NULL, NULL, &found, error );
}

static HRESULT summarize( WS_XML_READER *reader, const WS_XML_STRING *content, WS_HEAP *heap, struct summary *summary, WS_ERROR *error )
{
    static const WS_XML_STRING target = XMLSTR( "targetNamespace" ), none = XMLSTR( "" );
    static const WS_XML_STRING service = XMLSTR( "service" );
    const WS_XML_ATTRIBUTE *attr;
    const WS_XML_ELEMENT_NODE *elem;
    HRESULT hr;

    memset( summary, 0, sizeof(*summary) );
    if ((hr = open_document( reader, content, error ))) return hr;
    elem = (const WS_XML_ELEMENT_NODE *)reader_node( reader );
    if ((hr = xmlstr_dup( heap, elem->ns, &summary->ns, error ))) return hr;
    if ((attr = reader_find( reader, &target, &none )))
    {
        BYTE scratch[XML_TEXT_SCRATCH];
        WS_XML_STRING str;

        if ((hr = text_to_utf8( attr->value, heap, scratch, &str, error )) || (hr = xmlstr_dup( heap, &str, &summary->target, error )))
            return hr;
    }
    if (!xmlstr_eq( &summary->ns, &wsdl_ns )) return S_OK;
    if ((hr = reader_read_start_element( reader, error ))) return hr;
    for (;;)
    {
        const WS_XML_NODE *node = reader_node( reader );

        if (node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT || node->nodeType == WS_XML_NODE_TYPE_EOF) return S_OK;
        elem = (const WS_XML_ELEMENT_NODE *)node;
        if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT && xmlstr_eq( elem->localName, &service ) && xmlstr_eq( elem->ns, &wsdl_ns ))
            summary->has_service = TRUE;
        if ((hr = reader_skip_node( reader, error ))) return hr;
    }
}

/* --- WS-MetadataExchange ------------------------------------------------------------------------------------------------------ */

static HRESULT write_attribute( WS_XML_WRITER *writer, const char *name, const WS_XML_STRING *value, WS_ERROR *error )
{
    WS_XML_STRING str = { strlen( name ), (BYTE *)name, NULL, 0 }, none = XMLSTR( "" );
    HRESULT hr;

    if ((hr = writer_write_start_attribute( writer, NULL, &str, &none, FALSE, error )) ||
        (hr = writer_write_chars_utf8( writer, value->bytes, value->length, error ))) return hr;
    return writer_write_end_attribute( writer, error );
}

static HRESULT write_section( WS_XML_WRITER *writer, WS_XML_READER *reader, const WS_XML_STRING *content, const struct summary *summary,
                              WS_ERROR *error )
{
    static const WS_XML_STRING section = XMLSTR( "MetadataSection" );
    HRESULT hr;

    /* the dialects of schemas, WSDL and policy are the namespaces of their documents */
    if ((hr = writer_write_start_element( writer, NULL, &section, &mex_ns, error )) ||
        (hr = write_attribute( writer, "Dialect", &summary->ns, error )) ||
        (summary->target.length && (hr = write_attribute( writer, "Identifier", &summary->target, error ))) ||
        (hr = open_document( reader, content, error )) || (hr = writer_copy_node( writer, reader, error ))) return hr;
    return writer_write_end_element( writer, error );
}

/* The body of the answer, for all endpoints. */
static HRESULT make_answer( WS_SERVICE_HOST *host, WS_XML_READER *reader, const WS_XML_STRING *contents,
                            const struct summary *summaries, WS_ERROR *error )
{
    static const WS_XML_STRING metadata = XMLSTR( "Metadata" ), prefix = XMLSTR( "wsx" );
    WS_XML_WRITER *writer;
    HRESULT hr;
    ULONG i;

    if ((hr = buffer_create( host->heap, NULL, 0, &host->exchange, error ))) return hr;
    if ((hr = writer_create( NULL, 0, &writer, error ))) return hr;
    if (!(hr = writer_set_output_to_buffer( writer, host->exchange, NULL, 0, error )))
        hr = writer_write_start_element( writer, &prefix, &metadata, &mex_ns, error );
    for (i = 0; !hr && i < host->metadata.documentCount; i++) hr = write_section( writer, reader, &contents[i], &summaries[i], error );
    if (!hr) hr = writer_write_end_element( writer, error );
    writer_free( writer );
    return hr;
}

static HRESULT CALLBACK answer_get( const WS_OPERATION_CONTEXT *context, void *frame, const void *callback,
                                    const WS_ASYNC_CONTEXT *async, WS_ERROR *error )
{
    struct worker *worker = context->worker;

    (void)frame, (void)callback, (void)async, (void)error;
    *(WS_XML_BUFFER **)worker->frame.output = worker->endpoint->host->exchange;
    return S_OK;
}

/* The exchange is an operation like any other; its answer is written as it was prepared. */
static WS_XML_STRING get_action = XMLSTR( "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get" );
static WS_XML_STRING get_response_action = XMLSTR( "http://schemas.xmlsoap.org/ws/2004/09/transfer/GetResponse" );
static WS_ELEMENT_DESCRIPTION get_response_element = { NULL, NULL, WS_XML_BUFFER_TYPE, NULL };
static WS_MESSAGE_DESCRIPTION get_message = { &get_action, NULL };
static WS_MESSAGE_DESCRIPTION get_response = { &get_response_action, &get_response_element };
static const WS_OPERATION_DESCRIPTION get_description =
    { 1, &get_message, &get_response, 0, 0, 0, NULL, answer_get, WS_NON_RPC_LITERAL_OPERATION };
static const struct operation get_operation =
{
    .desc = &get_description,
    .input = { .message = &get_message },
    .output = { &get_response, &get_response_element, sizeof(WS_XML_BUFFER *), TRUE, 0, WS_WRITE_REQUIRED_POINTER },
};

/* Is `to` the URL of the endpoint with the suffix behind it? A wildcard in the endpoint's URL stands for any host. */
static BOOL is_for_exchange( const struct endpoint *endpoint, const WS_STRING *to )
{
    const WS_STRING *url = &endpoint->desc.address.url, *suffix = &endpoint->values.metadata_url_suffix;
    struct url_parts ours, theirs;
    ULONG start, rest;

    if (url_split( url, WS_URL_FLAGS_ALLOW_HOST_WILDCARDS, &ours, NULL ) || url_split( to, 0, &theirs, NULL ) ||
        ours.scheme != theirs.scheme || ours.port != theirs.port) return FALSE;
    if ((ours.host.length != 1 || (ours.host.chars[0] != '+' && ours.host.chars[0] != '*')) &&
        CompareStringOrdinal( ours.host.chars, ours.host.length, theirs.host.chars, theirs.host.length, TRUE ) != CSTR_EQUAL)
        return FALSE;
    start = ours.path.chars ? (ULONG)(ours.path.chars - url->chars) : url->length;
    rest = theirs.path.chars ? to->length - (theirs.path.chars - to->chars) : 0;
    if (rest != url->length - start + suffix->length) return FALSE;
    return !memcmp( theirs.path.chars, url->chars + start, (url->length - start) * sizeof(WCHAR) ) &&
           !memcmp( theirs.path.chars + (url->length - start), suffix->chars, suffix->length * sizeof(WCHAR) );
}

const struct operation *metadata_find_operation( struct worker *worker, const WS_XML_STRING *action )
{
    const struct endpoint *endpoint = worker->endpoint;
    WS_STRING *to = NULL;

    if (endpoint->values.metadata_exchange_type != WS_METADATA_EXCHANGE_TYPE_MEX || !endpoint->host->exchange || !action ||
        !xmlstr_eq( action, &get_action )) return NULL;
    if (!endpoint->values.metadata_url_suffix.length) return &get_operation;
    if (FAILED( message_get_header( worker->request, WS_TO_HEADER, WS_STRING_TYPE, WS_READ_OPTIONAL_POINTER, worker->heap, &to,
                                    sizeof(to), NULL )) || !to) return NULL;
    return is_for_exchange( endpoint, to ) ? &get_operation : NULL;
}

/* --- creation -------------------------------------------------------------------------------------------------------------- */

static HRESULT check_endpoint( struct endpoint *endpoint, WS_ERROR *error )
{
    struct endpoint_values *values = &endpoint->values;
    const WS_SERVICE_ENDPOINT_METADATA *port = &values->metadata;
    BOOL get = values->metadata_exchange_type == WS_METADATA_EXCHANGE_TYPE_HTTP_GET;
    ULONG i;

    if ((port->portName || port->bindingName || port->bindingNs) && (!port->portName || !port->bindingName || !port->bindingNs))
        return ws_fail( error, E_INVALIDARG, "The metadata of an endpoint need the name of the port and the name and namespace of the "
                        "binding." );
    if (values->metadata_url_suffix.length && values->metadata_exchange_type != WS_METADATA_EXCHANGE_TYPE_MEX)
        return ws_fail( error, E_INVALIDARG, "A URL suffix for the metadata exchange needs WS_METADATA_EXCHANGE_TYPE_MEX." );
    if (get && endpoint->desc.channelBinding != WS_HTTP_CHANNEL_BINDING)
        return ws_fail( error, E_INVALIDARG, "Only endpoints over HTTP answer HTTP GET." );
    if (!get && !values->metadata_url_suffix.length) return S_OK;

    /* documented: both properties change the match of the path */
    for (i = 0; i < values->listener.propertyCount; i++)
    {
        const WS_LISTENER_PROPERTY *prop = &values->listener.properties[i];

        if ((prop->id == WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS || prop->id == WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS) &&
            (*(ULONG *)prop->value & WS_MATCH_URL_EXACT_PATH))
            return ws_fail( error, E_INVALIDARG, "WS_MATCH_URL_EXACT_PATH does not go with the metadata exchange of the endpoint." );
    }
    listener_match_prefix( endpoint->listener );
    return S_OK;
}

static HRESULT offer_documents( WS_SERVICE_HOST *host, struct endpoint *endpoint, const WS_XML_STRING *contents, WS_ERROR *error )
{
    ULONG i, count = 0, total = host->metadata.documentCount;
    struct listener_document *documents;

    if (!(documents = heap_alloc( host->heap, total * sizeof(*documents), error ))) return heap_failure( host->heap );
    for (i = 0; i < total; i++)
    {
        WS_XML_STRING name;
        HRESULT hr;

        if (!host->metadata.documents[i]->name) continue;   /* for the exchange only */
        if ((hr = xmlstr_from_utf16( host->heap, host->metadata.documents[i]->name->chars, host->metadata.documents[i]->name->length,
                                     &name, error ))) return hr;
        documents[count].name = name;
        documents[count++].content = contents[i];
    }
    return listener_set_documents( endpoint->listener, documents, count, error );
}

HRESULT metadata_init( WS_SERVICE_HOST *host, WS_ERROR *error )
{
    const WS_SERVICE_METADATA *metadata = &host->metadata;
    BOOL has_service = FALSE, exchange = FALSE, get = FALSE;
    struct summary *summaries;
    WS_XML_STRING *contents;
    WS_XML_READER *reader;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < host->endpoint_count; i++)
    {
        if ((hr = check_endpoint( &host->endpoints[i], error ))) return hr;
        exchange |= host->endpoints[i].values.metadata_exchange_type == WS_METADATA_EXCHANGE_TYPE_MEX;
        get |= host->endpoints[i].values.metadata_exchange_type == WS_METADATA_EXCHANGE_TYPE_HTTP_GET;
    }
    if (!metadata->serviceName != !metadata->serviceNs)
        return ws_fail( error, E_INVALIDARG, "The name and the namespace of the service go together in its metadata." );
    if (metadata->documentCount && !metadata->documents)
        return ws_fail( error, E_INVALIDARG, "%u metadata documents were announced, none given.", metadata->documentCount );
    for (i = 0; i < metadata->documentCount; i++)
        if (!metadata->documents[i] || !metadata->documents[i]->content)
            return ws_fail( error, E_INVALIDARG, "Metadata document %u has no content.", i );
    if (!metadata->documentCount || (!exchange && !get)) return S_OK;

    if (!(contents = heap_zalloc( host->heap, metadata->documentCount * sizeof(*contents), error )) ||
        !(summaries = heap_zalloc( host->heap, metadata->documentCount * sizeof(*summaries), error ))) return heap_failure( host->heap );
    if ((hr = reader_create( NULL, 0, &reader, error ))) return hr;
    for (i = 0; !hr && i < metadata->documentCount; i++)
    {
        contents[i] = *metadata->documents[i]->content;
        /* what is only handed out as it stands is not looked at more closely */
        hr = summarize( reader, &contents[i], host->heap, &summaries[i], exchange ? error : NULL );
        if (hr && exchange) hr = ws_fail( error, hr, "Metadata document %u can't be read.", i );
        else if (hr)
        {
            memset( &summaries[i], 0, sizeof(*summaries) );
            hr = S_OK;
        }
        has_service |= summaries[i].has_service;
    }
    for (i = 0; !hr && metadata->serviceName && !has_service && i < metadata->documentCount; i++)
    {
        if (!xmlstr_eq( &summaries[i].ns, &wsdl_ns ) || !xmlstr_eq( &summaries[i].target, metadata->serviceNs )) continue;
        hr = add_service( host, &contents[i], error );
        has_service = TRUE;
    }
    if (!hr && exchange) hr = make_answer( host, reader, contents, summaries, error );
    for (i = 0; !hr && i < host->endpoint_count; i++)
        if (host->endpoints[i].values.metadata_exchange_type == WS_METADATA_EXCHANGE_TYPE_HTTP_GET)
            hr = offer_documents( host, &host->endpoints[i], contents, error );
    reader_free( reader );
    return hr;
}
