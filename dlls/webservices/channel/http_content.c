/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Content types, actions and mapped headers of HTTP channels. */
#include "channel/http_content.h"

const WS_XML_STRING mapped_verb = XMLSTR( "Verb" );
const WS_XML_STRING mapped_status_code = XMLSTR( "StatusCode" );
const WS_XML_STRING mapped_status_text = XMLSTR( "StatusText" );

/* --- text ----------------------------------------------------------------------------------------------------------- */

void head_text_init( struct head_text *text )
{
    text->ptr = text->buf;
    text->len = 0;
    text->capacity = sizeof(text->buf);
    text->failed = FALSE;
}

void head_text_free( struct head_text *text )
{
    if (text->ptr != text->buf) mem_free( text->ptr );
}

void head_text_add( struct head_text *text, const char *str, ULONG len )
{
    if (len > text->capacity - text->len)
    {
        ULONG capacity = (text->len + len) * 2;
        char *ptr = mem_alloc( capacity );

        if (!ptr || capacity < len)
        {
            mem_free( ptr );
            text->failed = TRUE;
            return;
        }
        memcpy( ptr, text->ptr, text->len );
        head_text_free( text );
        text->ptr = ptr;
        text->capacity = capacity;
    }
    memcpy( text->ptr + text->len, str, len );
    text->len += len;
}

/* --- content types --------------------------------------------------------------------------------------------------- */

/* Bit per character that a token may have (RFC 9110 section 5.6.2, and '.' to '~' as in media types). */
static BOOL is_token_char( char c )
{
    static const UINT32 token[4] = { 0, 0x03ff6cfa, 0xc7fffffe, 0x57ffffff };

    return c > 0 && (token[c >> 5] >> (c & 31) & 1);
}

static void skip_space( const char **p, const char *end )
{
    while (*p < end && (**p == ' ' || **p == '\t')) (*p)++;
}

/* A quoted string is given without its quotes; escapes in it stay, as no value we look at can have them. */
static BOOL parse_value( const char **p, const char *end, struct slice *value )
{
    const char *start = *p;

    if (start < end && *start == '"')
    {
        for (start++, (*p)++; *p < end && **p != '"'; (*p)++) if (**p == '\\' && *p + 1 < end) (*p)++;
        if (*p >= end) return FALSE;
        value->ptr = start;
        value->len = *p - start;
        (*p)++;
        return TRUE;
    }
    /* unquoted values with '/' and ':' occur although they have to be quoted */
    while (*p < end && (is_token_char( **p ) || **p == '/' || **p == ':' || **p == '=' || **p == '?')) (*p)++;
    value->ptr = start;
    value->len = *p - start;
    return value->len > 0;
}

BOOL content_type_parse( struct slice value, struct content_type *ret )
{
    const char *p = value.ptr, *end = value.ptr + value.len;

    memset( ret, 0, sizeof(*ret) );
    skip_space( &p, end );
    ret->media.ptr = p;
    while (p < end && (is_token_char( *p ) || *p == '/')) p++;
    ret->media.len = p - ret->media.ptr;
    if (!ret->media.len) return FALSE;
    for (;;)
    {
        struct slice name, param;

        skip_space( &p, end );
        if (p == end) return TRUE;
        if (*p++ != ';') return FALSE;
        skip_space( &p, end );
        if (p == end) return TRUE;
        name.ptr = p;
        while (p < end && is_token_char( *p )) p++;
        name.len = p - name.ptr;
        skip_space( &p, end );
        if (!name.len || p == end || *p++ != '=') return FALSE;
        skip_space( &p, end );
        if (!parse_value( &p, end, &param )) return FALSE;
        if (SLICE_IEQ( name, "charset" )) ret->charset = param;
        else if (SLICE_IEQ( name, "action" )) ret->action = param;
        else if (SLICE_IEQ( name, "boundary" )) ret->boundary = param;
        else if (SLICE_IEQ( name, "start" )) ret->start = param;
        else if (SLICE_IEQ( name, "start-info" )) ret->start_info = param;
        else if (SLICE_IEQ( name, "type" )) ret->type = param;
    }
}

/* Media type of an envelope in an encoding; "" for any. */
static const char *media_type( WS_ENCODING encoding, WS_ENVELOPE_VERSION envelope )
{
    switch (encoding)
    {
    case WS_ENCODING_XML_BINARY_1:
        return "application/soap+msbin1";
    case WS_ENCODING_XML_BINARY_SESSION_1:
        return "application/soap+msbinsession1";
    case WS_ENCODING_XML_MTOM_UTF8:
    case WS_ENCODING_XML_MTOM_UTF16BE:
    case WS_ENCODING_XML_MTOM_UTF16LE:
        return "multipart/related";
    case WS_ENCODING_RAW:
        return "";
    default:
        return envelope == WS_ENVELOPE_VERSION_SOAP_1_1 ? "text/xml" : "application/soap+xml";
    }
}

BOOL content_type_fits( const struct content_type *type, const struct channel_values *values, WS_CHARSET *charset )
{
    const char *media = media_type( values->encoding, values->envelope );

    *charset = WS_CHARSET_AUTO;
    if (!*media) return TRUE;
    if (!slice_ieq( type->media, media, strlen( media ) )) return FALSE;
    if (type->charset.len)
    {
        if (SLICE_IEQ( type->charset, "utf-8" )) *charset = WS_CHARSET_UTF8;
        else if (SLICE_IEQ( type->charset, "utf-16le" )) *charset = WS_CHARSET_UTF16LE;
        else if (SLICE_IEQ( type->charset, "utf-16be" )) *charset = WS_CHARSET_UTF16BE;
        else if (!SLICE_IEQ( type->charset, "utf-16" ) && !SLICE_IEQ( type->charset, "us-ascii" )) return FALSE;
    }
    return TRUE;
}

static BOOL widen( struct slice src, WCHAR *dst, ULONG max, ULONG *len )
{
    ULONG i;

    if (src.len > max) return FALSE;
    for (i = 0; i < src.len; i++) dst[i] = (BYTE)src.ptr[i];
    *len = src.len;
    return TRUE;
}

BOOL mime_from_type( const struct content_type *type, struct channel_mime *mime )
{
    struct slice start = type->start;

    if (start.len >= 2 && start.ptr[0] == '<' && start.ptr[start.len - 1] == '>') start.ptr++, start.len -= 2;
    return type->boundary.len && widen( type->boundary, mime->boundary, ARRAY_SIZE( mime->boundary ), &mime->boundary_len ) &&
           widen( type->start_info, mime->start_info, ARRAY_SIZE( mime->start_info ), &mime->start_info_len ) &&
           widen( start, mime->start, ARRAY_SIZE( mime->start ), &mime->start_len );
}

void mime_make( const struct channel_values *values, struct channel_mime *mime )
{
    static const struct slice prefix = SLICE( "uuid:" ), start = SLICE( "http://tempuri.org/0" );
    static const struct slice info11 = SLICE( "text/xml" ), info12 = SLICE( "application/soap+xml" );
    BYTE text[XML_TEXT_SCRATCH];
    struct slice id;
    ULONG len = 0;
    GUID guid;

    port_random( &guid, sizeof(guid) );
    id.ptr = (char *)text;
    id.len = format_guid( &guid, text );
    widen( prefix, mime->boundary, ARRAY_SIZE( mime->boundary ), &mime->boundary_len );
    widen( id, mime->boundary + mime->boundary_len, ARRAY_SIZE( mime->boundary ) - mime->boundary_len, &len );
    mime->boundary_len += len;
    widen( start, mime->start, ARRAY_SIZE( mime->start ), &mime->start_len );
    widen( values->envelope == WS_ENVELOPE_VERSION_SOAP_1_1 ? info11 : info12, mime->start_info, ARRAY_SIZE( mime->start_info ),
           &mime->start_info_len );
}

static void add_narrow( struct head_text *text, const WCHAR *src, ULONG len )
{
    char byte;

    while (len--)
    {
        byte = (char)*src++;
        head_text_add( text, &byte, 1 );
    }
}

void content_type_format( const struct channel_values *values, const WS_XML_STRING *action, const struct channel_mime *mime,
                          struct head_text *text )
{
    const char *media = media_type( values->encoding, values->envelope );

    if (!*media) return;
    head_text_add( text, media, strlen( media ) );
    switch (values->encoding)
    {
    case WS_ENCODING_XML_UTF8:
        HEAD_ADD( text, "; charset=utf-8" );
        break;
    case WS_ENCODING_XML_UTF16LE:
    case WS_ENCODING_XML_UTF16BE:
        HEAD_ADD( text, "; charset=utf-16" );
        break;
    case WS_ENCODING_XML_MTOM_UTF8:
    case WS_ENCODING_XML_MTOM_UTF16LE:
    case WS_ENCODING_XML_MTOM_UTF16BE:
        HEAD_ADD( text, "; type=\"application/xop+xml\"; start=\"<" );
        add_narrow( text, mime->start, mime->start_len );
        HEAD_ADD( text, ">\"; boundary=\"" );
        add_narrow( text, mime->boundary, mime->boundary_len );
        HEAD_ADD( text, "\"; start-info=\"" );
        add_narrow( text, mime->start_info, mime->start_info_len );
        HEAD_ADD( text, "\"" );
        break;
    default:
        break;
    }
    if (values->envelope == WS_ENVELOPE_VERSION_SOAP_1_2 && action && action->length)
    {
        HEAD_ADD( text, "; action=\"" );
        head_text_add( text, (const char *)action->bytes, action->length );
        HEAD_ADD( text, "\"" );
    }
}

void soap_action_format( const WS_XML_STRING *action, struct head_text *text )
{
    HEAD_ADD( text, "SOAPAction: \"" );
    if (action) head_text_add( text, (const char *)action->bytes, action->length );
    HEAD_ADD( text, "\"\r\n" );
}

HRESULT take_transport_headers( WS_CHANNEL *channel, WS_MESSAGE *message, WS_XML_STRING *action, WS_ERROR *error )
{
    WS_XML_STRING to;
    HRESULT hr;

    memset( action, 0, sizeof(*action) );
    if (channel->values.addressing != WS_ADDRESSING_VERSION_TRANSPORT) return S_OK;
    if ((hr = message_take_transport_header( message, WS_ACTION_HEADER, action, error ))) return hr;
    return message_take_transport_header( message, WS_TO_HEADER, &to, error );
}

struct slice transport_action( const struct http_head *head, const struct channel_values *values,
                               const struct content_type *type )
{
    struct slice action;

    if (values->envelope == WS_ENVELOPE_VERSION_SOAP_1_2) return type->action;
    action = http_known_value( head, HTTP_SOAPACTION );
    if (action.len >= 2 && action.ptr[0] == '"' && action.ptr[action.len - 1] == '"')
    {
        action.ptr++;
        action.len -= 2;
    }
    return action;
}

/* --- mapped headers --------------------------------------------------------------------------------------------------- */

static struct slice trimmed( const char *ptr, ULONG len )
{
    struct slice ret = { ptr, len };

    while (ret.len && (ret.ptr[0] == ' ' || ret.ptr[0] == '\t')) ret.ptr++, ret.len--;
    while (ret.len && (ret.ptr[ret.len - 1] == ' ' || ret.ptr[ret.len - 1] == '\t')) ret.len--;
    return ret;
}

static HRESULT add_value( WS_MESSAGE *message, const WS_XML_STRING *name, struct slice value, ULONG options, WS_ERROR *error )
{
    WS_XML_STRING str = { 0, NULL, NULL, 0 };

    if ((options & WS_HTTP_HEADER_MAPPING_QUOTED_VALUE) && value.len >= 2 && value.ptr[0] == '"' &&
        value.ptr[value.len - 1] == '"') value.ptr++, value.len -= 2;
    str.bytes = (BYTE *)value.ptr;
    str.length = value.len;
    return message_add_transport_header( message, name, &str, error );
}

HRESULT mapping_receive( WS_MESSAGE *message, const struct http_head *head, WS_HTTP_HEADER_MAPPING *const *mappings,
                         ULONG count, WS_ERROR *error )
{
    HRESULT hr;
    ULONG i, j;

    for (i = 0; i < count; i++)
    {
        const WS_XML_STRING *name = &mappings[i]->headerName;
        ULONG options = mappings[i]->headerMappingOptions;
        char separator = options & WS_HTTP_HEADER_MAPPING_COMMA_SEPARATOR ? ',' :
                         options & WS_HTTP_HEADER_MAPPING_SEMICOLON_SEPARATOR ? ';' : 0;

        for (j = 0; j < head->header_count; j++)
        {
            struct slice value = head->headers[j].value;

            if (!slice_ieq( head->headers[j].name, (const char *)name->bytes, name->length )) continue;
            while (separator && value.len)
            {
                const char *end = memchr( value.ptr, separator, value.len );
                ULONG len = end ? (ULONG)(end - value.ptr) : value.len;

                if ((hr = add_value( message, name, trimmed( value.ptr, len ), options, error ))) return hr;
                if (end) len++;
                value.ptr += len;
                value.len -= len;
            }
            if (!separator && (hr = add_value( message, name, value, options, error ))) return hr;
        }
    }
    return S_OK;
}

HRESULT mapping_take( WS_MESSAGE *message, const WS_XML_STRING *name, WS_XML_STRING *value, WS_ERROR *error )
{
    WS_XML_STRING *found = NULL;
    HRESULT hr;

    memset( value, 0, sizeof(*value) );
    if ((hr = message_get_mapped_header( message, name, WS_SINGLETON_HEADER, 0, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER,
                                         message_heap( message ), &found, sizeof(found), error ))) return hr;
    if (!found) return S_OK;
    *value = *found;
    return message_remove_mapped_header( message, name, error );
}

static BOOL is_clean( const WS_XML_STRING *value )
{
    ULONG i;

    for (i = 0; i < value->length; i++)
        if ((value->bytes[i] < 0x20 && value->bytes[i] != '\t') || value->bytes[i] == 0x7f) return FALSE;
    return TRUE;
}

static HRESULT send_one( WS_MESSAGE *message, const WS_HTTP_HEADER_MAPPING *mapping, struct head_text *text,
                         struct slice *type, WS_ERROR *error )
{
    static const char content_type[] = "Content-Type";
    struct slice name = { (const char *)mapping->headerName.bytes, mapping->headerName.length };
    ULONG index, options = mapping->headerMappingOptions;
    BOOL any = FALSE, joined = options & (WS_HTTP_HEADER_MAPPING_COMMA_SEPARATOR | WS_HTTP_HEADER_MAPPING_SEMICOLON_SEPARATOR);
    HRESULT hr;

    for (index = 0;; index++)
    {
        WS_XML_STRING *value = NULL;

        if ((hr = message_get_mapped_header( message, &mapping->headerName, WS_REPEATING_HEADER, index, WS_XML_STRING_TYPE,
                                             WS_READ_OPTIONAL_POINTER, message_heap( message ), &value, sizeof(value), error )))
            return hr;
        if (!value) break;
        if (!is_clean( value ))
            return ws_fail( error, WS_E_INVALID_FORMAT, "The value of the HTTP header %.*s has control characters.",
                            XMLSTR_ARG( &mapping->headerName ));
        if (type && slice_ieq( name, content_type, sizeof(content_type) - 1 ))
        {
            type->ptr = (const char *)value->bytes;
            type->len = value->length;
            any = TRUE;
            continue;
        }
        if (any && joined) head_text_add( text, options & WS_HTTP_HEADER_MAPPING_COMMA_SEPARATOR ? ", " : "; ", 2 );
        else
        {
            if (any) HEAD_ADD( text, "\r\n" );
            head_text_add( text, name.ptr, name.len );
            HEAD_ADD( text, ": " );
        }
        any = TRUE;
        if (options & WS_HTTP_HEADER_MAPPING_QUOTED_VALUE) HEAD_ADD( text, "\"" );
        head_text_add( text, (const char *)value->bytes, value->length );
        if (options & WS_HTTP_HEADER_MAPPING_QUOTED_VALUE) HEAD_ADD( text, "\"" );
    }
    if (!any) return S_OK;
    if (!type || !slice_ieq( name, content_type, sizeof(content_type) - 1 )) HEAD_ADD( text, "\r\n" );
    return message_remove_mapped_header( message, &mapping->headerName, error );
}

HRESULT mapping_send( WS_MESSAGE *message, WS_HTTP_HEADER_MAPPING *const *mappings, ULONG count, struct head_text *text,
                      struct slice *type, WS_ERROR *error )
{
    HRESULT hr;
    ULONG i;

    for (i = 0; i < count; i++) if ((hr = send_one( message, mappings[i], text, type, error ))) return hr;
    return S_OK;
}
