/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Uses the header the way programs do: alone or after other system headers (ORDER), its macros in static data, and
 * SAL annotations, which must come from the toolchain.
 */
#if ORDER == 1
#define WIN32_LEAN_AND_MEAN
#elif ORDER == 2
#include <windows.h>
#include <wincrypt.h>
#elif ORDER == 3
#define WIN32_LEAN_AND_MEAN
#define SECURITY_WIN32
#include <winsock2.h>
#include <windows.h>
#include <ncrypt.h>
#include <security.h>
#include <schannel.h>
#endif
#if ORDER == 4
#include <WebServices.h>
#endif
#include <webservices.h>
#if ORDER == 4
#include <ole2.h>
#include <schannel.h>
#endif

#define URL L"http://example.org/calculator"

struct request
{
    int    a;
    double b;
};

static const struct
{
    WS_XML_DICTIONARY dictionary;
    WS_XML_STRING     name;
    WS_XML_STRING     ns;
} names =
{
    { { 0x1e3a7c52, 0x40bf, 0x4d5a, { 0x91, 0x02, 0x5c, 0x77, 0x0b, 0xe8, 0x64, 0x3d } }, (WS_XML_STRING *)&names.name,
      2, TRUE },
    WS_XML_STRING_DICTIONARY_VALUE( "Add", &names.dictionary, 0 ),
    WS_XML_STRING_DICTIONARY_VALUE( "http://example.org/", &names.dictionary, 1 )
};

static WS_XML_STRING field_name = WS_XML_STRING_VALUE( "b" );
static WS_XML_STRING no_namespace = WS_XML_STRING_NULL;
static const WS_STRING url = WS_STRING_VALUE( URL );
static const WS_STRING nothing = WS_STRING_EMPTY;
static WS_FIELD_DESCRIPTION field =
{
    WS_ELEMENT_FIELD_MAPPING, &field_name, &no_namespace, WS_DOUBLE_TYPE, NULL, WsOffsetOf( struct request, b ),
    WS_FIELD_OPTIONAL, NULL, 0xffffffff, NULL, NULL, NULL
};
static WS_FIELD_DESCRIPTION *fields[] = { &field };
static WS_STRUCT_DESCRIPTION description =
{
    sizeof(struct request), 8, fields, WsCountOf( fields ), NULL, NULL, NULL, NULL, 0, 0
};
static const ULONG depth = 16;
static const WS_XML_READER_PROPERTY properties[] =
{
    { WS_XML_READER_PROPERTY_MAX_DEPTH, (void *)&depth, sizeof(depth) }
};

static HRESULT CALLBACK write_bytes( _In_ void *state, _In_reads_(count) const WS_BYTES *buffers, _In_ ULONG count,
                                     _In_opt_ const WS_ASYNC_CONTEXT *async, _In_opt_ WS_ERROR *error )
{
    (void)async;
    (void)error;
    while (count--) *(ULONG *)state += buffers[count].length;
    return S_OK;
}

HRESULT use_the_interface( WS_HEAP *heap, WS_ERROR *error );

HRESULT use_the_interface( WS_HEAP *heap, WS_ERROR *error )
{
    WS_XML_WRITER_STREAM_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_STREAM }, write_bytes, NULL };
    WS_XML_WRITER_TEXT_ENCODING encoding = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_ENDPOINT_POLICY_EXTENSION extension = { { WS_ENDPOINT_POLICY_EXTENSION_TYPE }, NULL, NULL, { NULL } };
    const WS_XML_STRING *prefix;
    const WS_XML_NODE *node;
    WS_XML_READER *reader = NULL;
    WS_XML_WRITER *writer = NULL;
    struct request *request;
    WS_URL *parts;
    ULONG bytes = 0;
    HRESULT hr;

    output.writeCallbackState = &bytes;
    if ((hr = WsCreateReader( properties, WsCountOf( properties ), &reader, error )) != S_OK) return hr;
    if ((hr = WsCreateWriter( NULL, 0, &writer, error )) == S_OK &&
        (hr = WsSetOutput( writer, &encoding.encoding, &output.output, NULL, 0, error )) == S_OK &&
        (hr = WsWriteStartElement( writer, NULL, &names.name, &names.ns, error )) == S_OK &&
        (hr = WsGetPrefixFromNamespace( writer, &names.ns, TRUE, &prefix, error )) == S_OK &&
        (hr = WsGetReaderNode( reader, &node, error )) == S_OK &&
        (hr = WsReadType( reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &description, WS_READ_REQUIRED_POINTER,
                          heap, &request, sizeof(request), error )) == S_OK)
        hr = WsDecodeUrl( &url, WS_URL_FLAGS_ALLOW_HOST_WILDCARDS, heap, &parts, error );
    if (hr == WS_E_INVALID_FORMAT || hr == WS_S_ASYNC || extension.out.assertionValue || nothing.length) hr = E_FAIL;
    WsFreeWriter( writer );
    WsFreeReader( reader );
    return hr;
}

#ifdef __cplusplus
/* A field of a derived structure: the offset must be a plain constant there, too. */
struct derived_request : request
{
    int c;
};
ULONG offset_of_derived_field = WsOffsetOf( derived_request, c );
#endif
