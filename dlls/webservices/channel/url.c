/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses of endpoints: their URLs split, and copies. */
#include "channel/url.h"
#include "transport/url_match.h"
#include "xml/node.h"
#include "xml/writer.h"

static const struct { struct slice prefix; enum url_kind kind; BOOL secure; USHORT port; } schemes[] =
{
    { SLICE( "http://" ), URL_HTTP, FALSE, 80 },
    { SLICE( "https://" ), URL_HTTP, TRUE, 443 },
    { SLICE( "net.tcp://" ), URL_NETTCP, FALSE, 808 },
    { SLICE( "soap.udp://" ), URL_SOAPUDP, FALSE, 65535 },
};

HRESULT endpoint_url_split( const WS_STRING *url, WS_HEAP *heap, enum url_kind kind, struct endpoint_url *parts, WS_ERROR *error )
{
    const char *p, *end, *hash;
    WS_XML_STRING text;
    char *resource;
    HRESULT hr;
    ULONG i;

    if ((hr = xmlstr_from_utf16( heap, url->chars, url->length, &text, error ))) return hr;
    p = (const char *)text.bytes;
    end = p + text.length;
    if (text.length && (hash = memchr( p, '#', text.length ))) end = hash;
    parts->text.ptr = p;
    parts->text.len = end - p;
    for (i = 0; i < ARRAY_SIZE( schemes ); i++)
    {
        struct slice start = { p, schemes[i].prefix.len };
        if (schemes[i].kind == kind && start.len < parts->text.len && slice_ieq( start, schemes[i].prefix.ptr, start.len )) break;
    }
    if (i == ARRAY_SIZE( schemes )) goto bad;
    p += schemes[i].prefix.len;
    parts->secure = schemes[i].secure;
    parts->port = schemes[i].port;
    if (!url_split_authority( &p, end, &parts->host, &parts->port )) goto bad;
    parts->resource.ptr = p;
    parts->resource.len = end - p;
    if (p == end || *p != '/')
    {
        if (!(resource = heap_alloc( heap, parts->resource.len + 1, error ))) return heap_failure( heap );
        resource[0] = '/';
        memcpy( resource + 1, p, parts->resource.len );
        parts->resource.ptr = resource;
        parts->resource.len++;
    }
    return S_OK;
bad:
    return ws_fail( error, WS_E_INVALID_ENDPOINT_URL, "'%.*ls' is not the URL of a service of this binding.", WSSTR_ARG( url ));
}

static HRESULT copy_buffer( WS_XML_BUFFER *src, WS_HEAP *heap, WS_XML_BUFFER **dst, WS_ERROR *error )
{
    WS_XML_BUFFER *copy;
    WS_XML_WRITER *writer;
    HRESULT hr;

    *dst = NULL;
    if (!src) return S_OK;
    if ((hr = writer_create( NULL, 0, &writer, error ))) return hr;
    if (!(hr = buffer_create( heap, NULL, 0, &copy, error )) &&
        !(hr = writer_set_output_to_buffer( writer, copy, NULL, 0, error )) &&
        !(hr = writer_write_xml_buffer( writer, src, error ))) *dst = copy;
    writer_free( writer );
    return hr;
}

#define MAX_ADDRESS 65536

HRESULT endpoint_address_copy( const WS_ENDPOINT_ADDRESS *src, WS_HEAP *heap, WS_ENDPOINT_ADDRESS *dst, WS_ERROR *error )
{
    SIZE_T before = heap->requested;
    HRESULT hr;

    dst->identity = src->identity;
    if ((hr = str_dup( heap, &src->url, &dst->url, error )) || (hr = copy_buffer( src->headers, heap, &dst->headers, error )) ||
        (hr = copy_buffer( src->extensions, heap, &dst->extensions, error ))) return hr;
    if (heap->requested - before > MAX_ADDRESS)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The endpoint address takes %u bytes; the limit is %u.",
                        (ULONG)(heap->requested - before), MAX_ADDRESS );
    return S_OK;
}
