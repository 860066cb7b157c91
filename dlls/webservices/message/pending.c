/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Headers kept as plain values: what a message has as long as nobody looks at its header buffer. */

#include "message/message_impl.h"

#define URN_UUID        "urn:uuid:"
#define URN_UUID_LENGTH (sizeof(URN_UUID) - 1)

struct pending_header *message_pending( WS_MESSAGE *msg, WS_HEADER_TYPE type )
{
    ULONG i;

    for (i = 0; i < msg->pending_count; i++) if (msg->pending[i].type == type) return &msg->pending[i];
    return NULL;
}

struct pending_header *message_add_pending( WS_MESSAGE *msg, WS_HEADER_TYPE type )
{
    struct pending_header *pending = message_pending( msg, type );

    if (!pending) pending = &msg->pending[msg->pending_count++];
    memset( pending, 0, sizeof(*pending) );
    pending->type = type;
    pending->kind = standard_headers[type].is_address ? PENDING_ADDRESS : PENDING_TEXT;
    pending->must_understand = standard_headers[type].must_understand;
    return pending;
}

void message_remove_pending( WS_MESSAGE *msg, struct pending_header *pending )
{
    ULONG index = pending - msg->pending;

    memmove( pending, pending + 1, (msg->pending_count - index - 1) * sizeof(*pending) );
    msg->pending_count--;
}

/* --- writing -------------------------------------------------------------------------------------------------------- */

static HRESULT write_guid( WS_XML_WRITER *writer, const GUID *guid, WS_ERROR *error )
{
    BYTE text[XML_TEXT_SCRATCH + URN_UUID_LENGTH] = URN_UUID;
    WS_XML_UNIQUE_ID_TEXT typed = { { WS_XML_TEXT_TYPE_UNIQUE_ID }, *guid };

    if (writer_is_typed( writer )) return writer_write_text( writer, &typed.text, error );
    return writer_write_plain( writer, text, URN_UUID_LENGTH + format_guid( guid, text + URN_UUID_LENGTH ), error );
}

HRESULT message_start_pending( WS_MESSAGE *msg, WS_XML_WRITER *writer, const struct pending_header *pending,
                               WS_ERROR *error )
{
    const WS_XML_STRING *text = &pending->u.text;
    HRESULT hr;

    if ((hr = message_start_header( msg, writer, pending->type, pending->must_understand, error ))) return hr;
    switch (pending->kind)
    {
    case PENDING_GUID: return write_guid( writer, &pending->u.guid, error );
    case PENDING_TEXT: return writer_write_chars_utf8( writer, text->bytes, text->length, error );
    default:
        if ((hr = writer_write_start_element( writer, message_header_prefix( msg ), &name_Address,
                                              addressing_namespace( msg->addressing ), error )) ||
            (hr = writer_write_chars_utf8( writer, text->bytes, text->length, error ))) return hr;
        return writer_write_end_element( writer, error );
    }
}

HRESULT message_write_pending( WS_MESSAGE *msg, WS_XML_WRITER *writer, WS_ERROR *error )
{
    HRESULT hr;
    ULONG i;

    for (i = 0; i < msg->pending_count; i++)
    {
        if ((hr = message_start_pending( msg, writer, &msg->pending[i], error ))) return hr;
        if ((hr = writer_write_end_element( writer, error ))) return hr;
    }
    return S_OK;
}

/* --- from the program ----------------------------------------------------------------------------------------------- */

/* The value itself where a write option puts it; NULL when there is none, or it is not where a plain value is. */
static const void *given_value( WS_TYPE type, WS_WRITE_OPTION option, const void *value, ULONG size )
{
    static const ULONG sizes[] = { sizeof(WS_STRING), sizeof(WS_XML_STRING), sizeof(WS_UNIQUE_ID) };

    if (!value) return NULL;
    if (type == WS_WSZ_TYPE) return size == sizeof(WCHAR *) ? *(const void *const *)value : NULL;
    if (option == WS_WRITE_REQUIRED_POINTER) return size == sizeof(void *) ? *(const void *const *)value : NULL;
    return size == sizes[type == WS_STRING_TYPE ? 0 : type == WS_XML_STRING_TYPE ? 1 : 2] ? value : NULL;
}

HRESULT message_set_pending( WS_MESSAGE *msg, WS_HEADER_TYPE header, WS_TYPE type, WS_WRITE_OPTION option,
                             const void *value, ULONG size, WS_ERROR *error )
{
    const void *data;
    struct pending_header *pending;
    const WS_STRING *str;
    WS_XML_STRING text;
    const WCHAR *end;
    HRESULT hr;

    if (type != WS_STRING_TYPE && type != WS_XML_STRING_TYPE && type != WS_WSZ_TYPE && type != WS_UNIQUE_ID_TYPE)
        return S_FALSE;
    if (!(data = given_value( type, option, value, size ))) return S_FALSE;
    switch (type)
    {
    case WS_XML_STRING_TYPE:
        if (utf8_valid_prefix( ((const WS_XML_STRING *)data)->bytes, ((const WS_XML_STRING *)data)->length ) !=
            ((const WS_XML_STRING *)data)->length) return S_FALSE;
        hr = xmlstr_dup( msg->heap, data, &text, error );
        break;
    case WS_WSZ_TYPE:
        for (end = data; *end; end++) ;
        hr = xmlstr_from_utf16( msg->heap, data, end - (const WCHAR *)data, &text, error );
        break;
    case WS_UNIQUE_ID_TYPE:
        str = &((const WS_UNIQUE_ID *)data)->uri;
        if (!str->length)
        {
            pending = message_add_pending( msg, header );
            pending->kind = PENDING_GUID;
            pending->u.guid = ((const WS_UNIQUE_ID *)data)->guid;
            return S_OK;
        }
        hr = xmlstr_from_utf16( msg->heap, str->chars, str->length, &text, error );
        break;
    default:
        str = data;
        hr = xmlstr_from_utf16( msg->heap, str->chars, str->length, &text, error );
        break;
    }
    if (hr) return hr;
    message_add_pending( msg, header )->u.text = text;
    return S_OK;
}

/* --- to the program ------------------------------------------------------------------------------------------------- */

static HRESULT text_of( WS_MESSAGE *msg, const struct pending_header *pending, WS_XML_STRING *text, WS_ERROR *error )
{
    BYTE *bytes;

    *text = pending->u.text;
    if (pending->kind != PENDING_GUID) return S_OK;
    if (!(bytes = heap_alloc( msg->heap, URN_UUID_LENGTH + XML_TEXT_SCRATCH, error ))) return heap_failure( msg->heap );
    memcpy( bytes, URN_UUID, URN_UUID_LENGTH );
    memset( text, 0, sizeof(*text) );
    text->bytes = bytes;
    text->length = URN_UUID_LENGTH + format_guid( &pending->u.guid, bytes + URN_UUID_LENGTH );
    return S_OK;
}

static HRESULT to_wsz( WS_HEAP *heap, const WS_XML_STRING *text, WCHAR **ret, WS_ERROR *error )
{
    ULONG count;
    HRESULT hr;

    if ((hr = utf8_to_utf16_size( text->bytes, text->length, &count, error ))) return hr;
    if (!(*ret = heap_alloc( heap, (count + 1) * sizeof(WCHAR), error ))) return heap_failure( heap );
    utf8_to_utf16( text->bytes, text->length, *ret );
    (*ret)[count] = 0;
    return S_OK;
}

static HRESULT to_unique_id( WS_HEAP *heap, const struct pending_header *pending, WS_UNIQUE_ID *id, WS_ERROR *error )
{
    const WS_XML_STRING *text = &pending->u.text;

    memset( id, 0, sizeof(*id) );
    if (pending->kind == PENDING_GUID)
    {
        id->guid = pending->u.guid;
        return S_OK;
    }
    if (text->length == URN_UUID_LENGTH + 36 && !memcmp( text->bytes, URN_UUID, URN_UUID_LENGTH ) &&
        !parse_guid( text->bytes + URN_UUID_LENGTH, 36, &id->guid, NULL )) return S_OK;
    memset( &id->guid, 0, sizeof(id->guid) );
    return str_from_utf8( heap, text->bytes, text->length, &id->uri, error );
}

HRESULT message_get_pending( WS_MESSAGE *msg, const struct pending_header *pending, WS_TYPE type, WS_READ_OPTION option,
                             WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error )
{
    union { WS_STRING str; WS_XML_STRING xml; WS_UNIQUE_ID id; } data;
    WS_XML_STRING text;
    ULONG data_size;
    HRESULT hr;
    WCHAR *wsz;
    void *copy;

    if (!value || pending->kind == PENDING_ADDRESS) return S_FALSE;
    if (type == WS_UNIQUE_ID_TYPE && pending->kind == PENDING_TEXT && !pending->u.text.length) return S_FALSE;
    if (!heap) heap = msg->heap;
    if ((hr = text_of( msg, pending, &text, error ))) return hr;
    switch (type)
    {
    case WS_WSZ_TYPE:
        if (size != sizeof(WCHAR *)) return S_FALSE;
        if ((hr = to_wsz( heap, &text, &wsz, error ))) return hr;
        *(WCHAR **)value = wsz;
        return S_OK;
    case WS_STRING_TYPE:
        data_size = sizeof(data.str);
        hr = str_from_utf8( heap, text.bytes, text.length, &data.str, error );
        break;
    case WS_XML_STRING_TYPE:
        data_size = sizeof(data.xml);
        hr = xmlstr_dup( heap, &text, &data.xml, error );
        break;
    case WS_UNIQUE_ID_TYPE:
        data_size = sizeof(data.id);
        hr = to_unique_id( heap, pending, &data.id, error );
        break;
    default: return S_FALSE;
    }
    if (hr) return hr;
    if (size != (option == WS_READ_REQUIRED_VALUE ? data_size : sizeof(void *))) return S_FALSE;
    if (option == WS_READ_REQUIRED_VALUE)
    {
        memcpy( value, &data, data_size );
        return S_OK;
    }
    if (!(copy = heap_memdup( heap, &data, data_size, error ))) return heap_failure( heap );
    *(void **)value = copy;
    return S_OK;
}
