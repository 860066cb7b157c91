/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* .NET Message Framing records (MC-NMF section 2.2): pure functions over bytes. */
#include "transport/nmf_proto.h"

#define MAX_PREAMBLE_TEXT 2048      /* via; WCF's own limit */
#define MAX_CONTENT_TYPE  256

const char *nmf_content_type( enum nmf_encoding encoding )
{
    static const char *const types[] =
    {
        "text/xml; charset=utf-8", "text/xml; charset=utf16", "text/xml; charset=unicodeLE",
        "application/soap+xml; charset=utf-8", "application/soap+xml; charset=utf16",
        "application/soap+xml; charset=unicodeLE", "multipart/related", "application/soap+msbin1",
        "application/soap+msbinsession1",
    };
    return (ULONG)encoding < ARRAY_SIZE( types ) ? types[encoding] : "";
}

ULONG nmf_put_size( BYTE buf[5], ULONG size )
{
    ULONG n = 0;

    while (size >= 0x80)
    {
        buf[n++] = 0x80 | (size & 0x7f);
        size >>= 7;
    }
    buf[n++] = size;
    return n;
}

static enum nmf_result get_size( const BYTE *buf, ULONG len, ULONG *size, ULONG *used )
{
    ULONG i, value = 0;

    for (i = 0; i < len; i++)
    {
        if (i == 4 && buf[i] > 0x07) return NMF_BAD;        /* beyond 2^31 - 1 */
        value |= (ULONG)(buf[i] & 0x7f) << (7 * i);
        if (buf[i] & 0x80) continue;
        *size = value;
        *used = i + 1;
        return NMF_DONE;
    }
    return NMF_MORE;
}

static enum nmf_result bad( const char **fault, const char *name )
{
    *fault = name;
    return NMF_BAD;
}

/* A text of the given limit behind the type byte. */
static enum nmf_result get_text( const BYTE *buf, ULONG len, ULONG max, const char *too_long, struct nmf_item *item,
                                 ULONG *used, const char **fault )
{
    ULONG size, bytes;

    switch (get_size( buf + 1, len - 1, &size, &bytes ))
    {
    case NMF_MORE: return NMF_MORE;
    case NMF_BAD: return bad( fault, NULL );
    case NMF_DONE: break;
    }
    if (size > max) return bad( fault, too_long );
    if (len - 1 - bytes < size) return NMF_MORE;
    item->data = buf + 1 + bytes;
    item->size = size;
    item->header = 1 + bytes;
    *used = 1 + bytes + size;
    return NMF_DONE;
}

enum nmf_result nmf_parse( const BYTE *buf, ULONG len, ULONG max_text, struct nmf_item *item, ULONG *used,
                           const char **fault )
{
    enum nmf_result ret;
    ULONG bytes;

    memset( item, 0, sizeof(*item) );
    *used = 0;
    if (!len) return NMF_MORE;
    item->type = buf[0];
    item->header = *used = 1;
    switch (buf[0])
    {
    case NMF_VERSION:
        if (len < 3) break;
        item->value = buf[1];
        item->minor = buf[2];
        *used = item->header = 3;
        return NMF_DONE;
    case NMF_MODE:
    case NMF_KNOWN_ENCODING:
        if (len < 2) break;
        item->value = buf[1];
        *used = item->header = 2;
        return NMF_DONE;
    case NMF_VIA:
        return get_text( buf, len, MAX_PREAMBLE_TEXT < max_text ? MAX_PREAMBLE_TEXT : max_text, "ViaTooLong", item, used,
                         fault );
    case NMF_EXTENSIBLE_ENCODING:
        return get_text( buf, len, MAX_CONTENT_TYPE < max_text ? MAX_CONTENT_TYPE : max_text, "ContentTypeTooLong", item,
                         used, fault );
    case NMF_FAULT:
    case NMF_UPGRADE_REQUEST:
        return get_text( buf, len, max_text, buf[0] == NMF_FAULT ? NULL : "UpgradeInvalid", item, used, fault );
    case NMF_SIZED_ENVELOPE:
        if ((ret = get_size( buf + 1, len - 1, &item->size, &bytes )) == NMF_BAD)
            return bad( fault, NULL );
        if (ret == NMF_MORE) break;
        *used = item->header = 1 + bytes;
        item->data = buf + 1 + bytes;
        return NMF_DONE;
    case NMF_UNSIZED_ENVELOPE:
    case NMF_END:
    case NMF_UPGRADE_RESPONSE:
    case NMF_PREAMBLE_ACK:
    case NMF_PREAMBLE_END:
        return NMF_DONE;
    default:
        return bad( fault, NULL );
    }
    *used = 0;
    return NMF_MORE;
}

enum nmf_result nmf_chunk( const BYTE *buf, ULONG len, ULONG *size, ULONG *used )
{
    return get_size( buf, len, size, used );
}

/* The records of a preamble come in one order: version, mode, via, encoding, then an upgrade or the end. */
enum nmf_result nmf_parse_preamble( const BYTE *buf, ULONG len, struct nmf_preamble *preamble, ULONG *used,
                                    const char **fault )
{
    static const BYTE order[] = { NMF_VERSION, NMF_MODE, NMF_VIA };
    struct nmf_item item;
    ULONG pos = 0, size, step;

    *used = 0;
    for (step = 0;; step++)
    {
        enum nmf_result ret = nmf_parse( buf + pos, len - pos, MAX_PREAMBLE_TEXT, &item, &size, fault );

        if (ret != NMF_DONE) return ret;
        if (step < ARRAY_SIZE( order ) && item.type != order[step]) return bad( fault, NULL );
        pos += size;
        switch (item.type)
        {
        case NMF_VERSION:
            if (step) return bad( fault, NULL );
            if (item.value != 1) return bad( fault, "UnsupportedVersion" );
            break;
        case NMF_MODE:
            if (step != 1) return bad( fault, NULL );
            if (item.value < NMF_SINGLETON || item.value > NMF_SINGLETON_SIZED) return bad( fault, "UnsupportedMode" );
            preamble->mode = item.value;
            break;
        case NMF_VIA:
            if (step != 2) return bad( fault, NULL );
            preamble->via = (const char *)item.data;
            preamble->via_len = item.size;
            break;
        case NMF_KNOWN_ENCODING:
            if (step != 3) return bad( fault, NULL );
            if (item.value > NMF_SOAP12_BINARY_SESSION) return bad( fault, "ContentTypeInvalid" );
            preamble->encoding = item.value;
            break;
        case NMF_EXTENSIBLE_ENCODING:
            if (step != 3) return bad( fault, NULL );
            preamble->encoding = NMF_ENCODING_EXTENSIBLE;
            preamble->content_type = (const char *)item.data;
            preamble->content_type_len = item.size;
            break;
        case NMF_UPGRADE_REQUEST:
            if (step != 4) return bad( fault, NULL );
            preamble->upgrade = (const char *)item.data;
            preamble->upgrade_len = item.size;
            *used = pos;
            return NMF_DONE;
        case NMF_PREAMBLE_END:
            if (step != 4) return bad( fault, NULL );
            *used = pos;
            return NMF_DONE;
        default: return bad( fault, NULL );
        }
    }
}

static BYTE *put_text( BYTE *pos, BYTE type, const char *text, ULONG len )
{
    *pos++ = type;
    pos += nmf_put_size( pos, len );
    memcpy( pos, text, len );
    return pos + len;
}

ULONG nmf_put_preamble( BYTE *buf, ULONG size, const struct nmf_preamble *preamble )
{
    BYTE *pos = buf;

    if (size < 24 || preamble->via_len > size - 24 || preamble->content_type_len > size - 24 - preamble->via_len) return 0;
    *pos++ = NMF_VERSION;
    *pos++ = 1;
    *pos++ = 0;
    *pos++ = NMF_MODE;
    *pos++ = preamble->mode;
    pos = put_text( pos, NMF_VIA, preamble->via, preamble->via_len );
    if (preamble->encoding == NMF_ENCODING_EXTENSIBLE)
        pos = put_text( pos, NMF_EXTENSIBLE_ENCODING, preamble->content_type, preamble->content_type_len );
    else
    {
        *pos++ = NMF_KNOWN_ENCODING;
        *pos++ = preamble->encoding;
    }
    return pos - buf;
}

ULONG nmf_put_fault( BYTE *buf, ULONG size, const char *name )
{
    const ULONG base = sizeof(NMF_FAULT_BASE) - 1, len = base + strlen( name );
    BYTE *pos = buf;

    if (size < len + 6) return 0;
    *pos++ = NMF_FAULT;
    pos += nmf_put_size( pos, len );
    memcpy( pos, NMF_FAULT_BASE, base );
    memcpy( pos + base, name, len - base );
    return pos + len - buf;
}

HRESULT nmf_fault_error( const char *fault, ULONG len )
{
    static const struct { const char *name; HRESULT hr; } faults[] =
    {
        { "EndpointNotFound", WS_E_ENDPOINT_NOT_FOUND }, { "EndpointAccessDenied", WS_E_ENDPOINT_ACCESS_DENIED },
        { "EndpointUnavailable", WS_E_ENDPOINT_NOT_AVAILABLE }, { "ServerTooBusy", WS_E_ENDPOINT_TOO_BUSY },
        { "ServiceActivationFailed", WS_E_ENDPOINT_NOT_AVAILABLE },
        { "MaxMessageSizeExceededFault", WS_E_QUOTA_EXCEEDED }, { "ConnectionDispatchFailed", WS_E_ENDPOINT_NOT_AVAILABLE },
    };
    const ULONG base = sizeof(NMF_FAULT_BASE) - 1;
    ULONG i;

    if (len > base && !memcmp( fault, NMF_FAULT_BASE, base ))
        for (i = 0; i < ARRAY_SIZE( faults ); i++)
            if (strlen( faults[i].name ) == len - base && !memcmp( faults[i].name, fault + base, len - base ))
                return faults[i].hr;
    return WS_E_ENDPOINT_FAILURE;
}
