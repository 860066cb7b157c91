/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faults in error objects, and faults made from errors (faults.md). */

#include "message/fault.h"
#include "message/message_impl.h"

static const WS_XML_STRING no_ns = XMLSTR( "" );

/* --- copies --------------------------------------------------------------------------------------------------------- */

static HRESULT copy_codes( const WS_FAULT_CODE *src, WS_HEAP *heap, WS_FAULT_CODE **ret )
{
    HRESULT hr;

    for (; src; src = src->subCode, ret = &(*ret)->subCode)
    {
        if (!(*ret = heap_zalloc( heap, sizeof(**ret), NULL ))) return heap_failure( heap );
        if ((hr = xmlstr_dup( heap, &src->value.localName, &(*ret)->value.localName, NULL ))) return hr;
        if ((hr = xmlstr_dup( heap, &src->value.ns, &(*ret)->value.ns, NULL ))) return hr;
    }
    return S_OK;
}

static HRESULT copy_fault( const WS_FAULT *src, WS_HEAP *heap, WS_FAULT *dst )
{
    HRESULT hr;
    ULONG i;

    memset( dst, 0, sizeof(*dst) );
    if ((hr = copy_codes( src->code, heap, &dst->code ))) return hr;
    if (src->reasonCount)
    {
        if (!(dst->reasons = heap_zalloc( heap, src->reasonCount * sizeof(*dst->reasons), NULL ))) return heap_failure( heap );
        for (i = 0; i < src->reasonCount; i++)
        {
            if ((hr = str_dup( heap, &src->reasons[i].text, &dst->reasons[i].text, NULL ))) return hr;
            if ((hr = str_dup( heap, &src->reasons[i].lang, &dst->reasons[i].lang, NULL ))) return hr;
        }
        dst->reasonCount = src->reasonCount;
    }
    /* empty ones stay NULL: they are not written then */
    if (src->actor.length && (hr = str_dup( heap, &src->actor, &dst->actor, NULL ))) return hr;
    if (src->node.length && (hr = str_dup( heap, &src->node, &dst->node, NULL ))) return hr;
    return src->detail ? message_copy_buffer( src->detail, heap, &dst->detail, NULL ) : S_OK;
}

/* Stores a copy as the fault of `error`; `error` keeps the one it has if this fails. */
static HRESULT store( WS_ERROR *error, const WS_FAULT *fault )
{
    WS_HEAP *heap = error_heap( error );
    WS_FAULT *copy;
    HRESULT hr;

    if (!heap || !(copy = heap_alloc( heap, sizeof(*copy), NULL ))) return E_OUTOFMEMORY;
    if ((hr = copy_fault( fault, heap, copy ))) return hr;
    error_fault( error )->fault = copy;
    return S_OK;
}

HRESULT fault_store( WS_ERROR *error, const WS_FAULT *fault, const WS_XML_STRING *action )
{
    HRESULT hr;

    if (!error) return S_OK;
    if ((hr = fault_set_error_property( error, WS_FAULT_ERROR_PROPERTY_FAULT, fault, sizeof(*fault) ))) return hr;
    if (!action) return S_OK;
    return fault_set_error_property( error, WS_FAULT_ERROR_PROPERTY_ACTION, action, sizeof(*action) );
}

HRESULT fault_copy_error( const WS_ERROR *src, WS_ERROR *dst )
{
    const struct error_fault *from = error_fault( (WS_ERROR *)src );
    struct error_fault *to = error_fault( dst );
    HRESULT hr;

    if (from->fault && (hr = store( dst, from->fault ))) return hr;
    if (!error_heap( dst )) return E_OUTOFMEMORY;
    if (from->action.length && (hr = xmlstr_dup( error_heap( dst ), &from->action, &to->action, NULL ))) return hr;
    return from->header ? message_copy_buffer( from->header, error_heap( dst ), &to->header, NULL ) : S_OK;
}

/* --- properties ----------------------------------------------------------------------------------------------------- */

HRESULT fault_get_error_property( WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, void *buf, ULONG size )
{
    struct error_fault *fault = error_fault( error );

    if (!buf) return E_INVALIDARG;
    switch (id)
    {
    case WS_FAULT_ERROR_PROPERTY_FAULT:
        if (size < sizeof(WS_FAULT *)) break;
        *(WS_FAULT **)buf = fault->fault;
        return S_OK;
    case WS_FAULT_ERROR_PROPERTY_ACTION:
        if (size < sizeof(WS_XML_STRING)) break;
        *(WS_XML_STRING *)buf = fault->action;
        return S_OK;
    case WS_FAULT_ERROR_PROPERTY_HEADER:
        if (size < sizeof(WS_XML_BUFFER *)) break;
        *(WS_XML_BUFFER **)buf = fault->header;
        return S_OK;
    }
    return E_INVALIDARG;
}

static ULONG primary_length( const WCHAR *tag, ULONG length )
{
    ULONG i;

    for (i = 0; i < length && tag[i] != '-'; i++) ;
    return i;
}

/* Whether two language tags ("en", "en-US") are of the same language. */
static BOOL same_language( const WS_STRING *a, const WCHAR *b, ULONG b_length )
{
    ULONG i, length = primary_length( a->chars, a->length );

    if (!length || length != primary_length( b, b_length )) return FALSE;
    for (i = 0; i < length; i++) if ((a->chars[i] | 0x20) != (b[i] | 0x20)) return FALSE;
    return TRUE;
}

/* The reason that is in the language of the error object (WS_FAULT_ERROR_PROPERTY_FAULT), else the first that does not
 * say its language, as in SOAP 1.1. NULL when there is none: a text in another language is only in the fault. */
static const WS_FAULT_REASON *best_reason( WS_ERROR *error, const WS_FAULT *fault )
{
    WCHAR tag[MAX_LANGUAGE_TAG];
    ULONG i, length;
    LANGID langid = 0;

    error_get_property( error, WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) );
    length = port_language_tag( langid, tag );
    for (i = 0; i < fault->reasonCount; i++)
        if (same_language( &fault->reasons[i].lang, tag, length )) return &fault->reasons[i];
    for (i = 0; i < fault->reasonCount; i++) if (!fault->reasons[i].lang.length) return &fault->reasons[i];
    return NULL;
}

static HRESULT set_fault( WS_ERROR *error, const WS_FAULT *fault )
{
    const WS_FAULT_REASON *reason;
    HRESULT hr;

    if (fault->reasonCount && !fault->reasons) return E_INVALIDARG;
    if ((hr = store( error, fault ))) return hr;
    if ((reason = best_reason( error, fault )) && reason->text.length)
        ws_fail( error, WS_E_ENDPOINT_FAULT_RECEIVED, "The fault reason was: '%.*ls'.", WSSTR_ARG( &reason->text ) );
    return S_OK;
}

HRESULT fault_set_error_property( WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, const void *value, ULONG size )
{
    struct error_fault *fault = error_fault( error );
    WS_XML_BUFFER *header = NULL, *src;
    WS_HEAP *heap;
    HRESULT hr;

    if (!value) return E_INVALIDARG;
    if (!(heap = error_heap( error ))) return E_OUTOFMEMORY;
    switch (id)
    {
    case WS_FAULT_ERROR_PROPERTY_FAULT:
        if (size != sizeof(WS_FAULT)) break;
        return set_fault( error, value );
    case WS_FAULT_ERROR_PROPERTY_ACTION:
        if (size != sizeof(WS_XML_STRING)) break;
        return xmlstr_dup( heap, value, &fault->action, NULL );
    case WS_FAULT_ERROR_PROPERTY_HEADER:
        if (size != sizeof(WS_XML_BUFFER *)) break;
        src = *(WS_XML_BUFFER *const *)value;
        if (src && !object_is( src, OBJECT_BUFFER )) break;
        if (src && (hr = message_copy_buffer( src, heap, &header, NULL ))) return hr;
        fault->header = header;
        return S_OK;
    }
    return E_INVALIDARG;
}

/* --- detail --------------------------------------------------------------------------------------------------------- */

/* TRUE when both actions are known and differ: the detail is of another fault. */
static BOOL other_action( const WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *desc )
{
    const WS_XML_STRING *action = &error_fault( (WS_ERROR *)error )->action;

    return desc->action && desc->action->length && action->length && !xmlstr_eq( desc->action, action );
}

static HRESULT no_detail( WS_READ_OPTION option, void *value, ULONG size, WS_ERROR *error, const char *why )
{
    if (option != WS_READ_OPTIONAL_POINTER && option != WS_READ_NILLABLE_POINTER)
        return ws_fail( error, WS_E_INVALID_FORMAT, "%s", why );
    if (!value || size != sizeof(void *)) return E_INVALIDARG;
    *(void **)value = NULL;
    return S_OK;
}

/* The reader is inside the detail element. Several faults may be possible, so a program tries one description after the
 * other: what is not there may be left out, but then nothing else may be there. */
static HRESULT read_detail( WS_XML_READER *reader, const WS_ELEMENT_DESCRIPTION *desc, WS_READ_OPTION option, WS_HEAP *heap,
                            void *value, ULONG size, WS_ERROR *error )
{
    BOOL found, more;
    HRESULT hr;

    if (!desc->elementLocalName)
        return serial_read_type( reader, WS_ELEMENT_CONTENT_TYPE_MAPPING, desc->type, desc->typeDescription, option, heap,
                                 value, size, error );
    if ((hr = reader_to_content( reader, &more, error ))) return hr;
    if ((hr = reader_read_to_start_element( reader, desc->elementLocalName, desc->elementNs, &found, error ))) return hr;
    if (found) return serial_read_element( reader, desc, option, heap, value, size, error );
    if ((hr = no_detail( option, value, size, error, "The fault has no detail of the expected element." ))) return hr;
    return more ? ws_fail( error, WS_E_INVALID_FORMAT, "The detail of the fault has another element than %.*s.",
                           XMLSTR_ARG( desc->elementLocalName ) ) : S_OK;
}

HRESULT fault_get_error_detail( WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *desc, WS_READ_OPTION option,
                                WS_HEAP *heap, void *value, ULONG size )
{
    const WS_ELEMENT_DESCRIPTION *elem = desc ? desc->detailElementDescription : NULL;
    const WS_FAULT *fault = error_fault( error )->fault;
    WS_XML_READER *reader;
    BOOL more;
    HRESULT hr;

    if (!elem || option < WS_READ_REQUIRED_VALUE || option > WS_READ_NILLABLE_VALUE) return E_INVALIDARG;
    if (!elem->elementLocalName != !elem->elementNs) return E_INVALIDARG;
    if (!elem->elementLocalName && option > WS_READ_REQUIRED_POINTER) return E_INVALIDARG;
    if (!fault || !fault->detail) return no_detail( option, value, size, error, "The fault has no detail." );
    if (other_action( error, desc ))
        return no_detail( option, value, size, error, "The action of the fault is not that of the detail." );
    if ((hr = reader_create( NULL, 0, &reader, error ))) return hr;
    if (!(hr = reader_set_input_to_buffer( reader, fault->detail, NULL, 0, error )) &&
        !(hr = reader_read_node( reader, error )) && !(hr = reader_to_content( reader, &more, error )) &&
        !(hr = reader_read_start_element( reader, error )))
        hr = read_detail( reader, elem, option, heap, value, size, error );
    reader_free( reader );
    return hr;
}

static HRESULT write_detail( WS_HEAP *heap, const WS_ELEMENT_DESCRIPTION *desc, WS_WRITE_OPTION option, const void *value,
                             ULONG size, WS_XML_BUFFER **ret, WS_ERROR *error )
{
    WS_XML_WRITER *writer;
    WS_XML_BUFFER *buffer;
    HRESULT hr;

    if ((hr = buffer_create( heap, NULL, 0, &buffer, error ))) return hr;
    if ((hr = writer_create( NULL, 0, &writer, error ))) return hr;
    if (!(hr = writer_set_output_to_buffer( writer, buffer, NULL, 0, error )) &&
        !(hr = writer_write_start_element( writer, NULL, &name_detail, &no_ns, error )) &&
        !(hr = desc->elementLocalName ? serial_write_element( writer, desc, option, value, size, error )
               : serial_write_type( writer, WS_ELEMENT_CONTENT_TYPE_MAPPING, desc->type, desc->typeDescription, option,
                                    value, size, error )))
        hr = writer_write_end_element( writer, error );
    writer_free( writer );
    if (!hr) *ret = buffer;
    return hr;
}

static HRESULT generic_code( WS_HEAP *heap, const char *name, WS_FAULT_CODE **ret )
{
    WS_XML_STRING str = { strlen( name ), (BYTE *)name, NULL, 0 };

    if (!(*ret = heap_zalloc( heap, sizeof(**ret), NULL ))) return heap_failure( heap );
    return xmlstr_dup( heap, &str, &(*ret)->value.localName, NULL );
}

HRESULT fault_set_error_detail( WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *desc, WS_WRITE_OPTION option,
                                const void *value, ULONG size )
{
    const WS_ELEMENT_DESCRIPTION *elem = desc ? desc->detailElementDescription : NULL;
    WS_HEAP *heap = error_heap( error );
    struct error_fault *fault = error_fault( error );
    WS_XML_BUFFER *detail;
    HRESULT hr;

    if (!elem || option < WS_WRITE_REQUIRED_VALUE || option > WS_WRITE_NILLABLE_POINTER) return E_INVALIDARG;
    if (!elem->elementLocalName != !elem->elementNs) return E_INVALIDARG;
    if (!elem->elementLocalName && option > WS_WRITE_REQUIRED_POINTER) return E_INVALIDARG;
    if (!heap) return E_OUTOFMEMORY;
    if ((hr = write_detail( heap, elem, option, value, size, &detail, error ))) return hr;
    if (!fault->fault)
    {
        WS_FAULT *generic;

        if (!(generic = heap_zalloc( heap, sizeof(*generic), NULL ))) return heap_failure( heap );
        if ((hr = generic_code( heap, "Receiver", &generic->code ))) return hr;
        fault->fault = generic;
    }
    fault->fault->detail = detail;
    if (!desc->action) return S_OK;
    return xmlstr_dup( heap, desc->action, &fault->action, NULL );
}

/* --- faults from errors --------------------------------------------------------------------------------------------- */

static HRESULT full_reason( const WS_ERROR *error, HRESULT code, WS_HEAP *heap, LANGID langid, WS_STRING *text )
{
    ULONG count = 0, i, total = 0;
    WS_STRING str;
    WCHAR *pos;

    error_get_property( (WS_ERROR *)error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) );
    for (i = 0; i < count; i++) if (!error_get_string( (WS_ERROR *)error, i, &str )) total += str.length + 1;
    if (!total)
    {
        WCHAR message[256];
        WS_STRING found = { 0, message };

        found.length = error_code_text( code, langid, message, ARRAY_SIZE( message ) );
        return str_dup( heap, &found, text, NULL );
    }
    if (!(pos = text->chars = heap_alloc( heap, total * sizeof(WCHAR), NULL ))) return heap_failure( heap );
    for (i = 0; i < count; i++)
    {
        if (error_get_string( (WS_ERROR *)error, i, &str )) continue;
        if (i) *pos++ = ' ';
        if (str.length) memcpy( pos, str.chars, str.length * sizeof(WCHAR) );
        pos += str.length;
    }
    text->length = pos - text->chars;
    return S_OK;
}

/* The reason by the disclosure. The strings of an error object are in its language; our general text is English. */
static HRESULT make_reason( const WS_ERROR *error, HRESULT code, WS_FAULT_DISCLOSURE disclosure, WS_HEAP *heap,
                            WS_FAULT_REASON *reason )
{
    static const WCHAR minimal[] = L"The server was unable to process the request.", english[] = L"en-US";
    WS_STRING text = { ARRAY_SIZE( minimal ) - 1, (WCHAR *)minimal }, lang = { ARRAY_SIZE( english ) - 1, (WCHAR *)english };
    WCHAR tag[MAX_LANGUAGE_TAG];
    LANGID langid = 0;
    ULONG length;
    HRESULT hr;

    if (disclosure == WS_FULL_FAULT_DISCLOSURE)
    {
        error_get_property( (WS_ERROR *)error, WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) );
        if ((hr = full_reason( error, code, heap, langid, &reason->text ))) return hr;
        if ((length = port_language_tag( langid, tag )))
        {
            lang.length = length;
            lang.chars = tag;
        }
    }
    else if ((hr = str_dup( heap, &text, &reason->text, NULL ))) return hr;
    return str_dup( heap, &lang, &reason->lang, NULL );
}

HRESULT fault_from_error( const WS_ERROR *error, HRESULT code, WS_FAULT_DISCLOSURE disclosure, WS_HEAP *heap,
                          WS_FAULT *fault )
{
    const WS_FAULT *selected = error_fault( (WS_ERROR *)error )->fault;
    WS_FAULT made = { .code = NULL };
    HRESULT hr;

    if (SUCCEEDED( code ) || disclosure > WS_FULL_FAULT_DISCLOSURE) return E_INVALIDARG;
    if (selected && (hr = copy_fault( selected, heap, &made ))) return hr;
    if (!made.code && (hr = generic_code( heap, "Receiver", &made.code ))) return hr;
    if (!made.reasonCount)
    {
        if (!(made.reasons = heap_zalloc( heap, sizeof(*made.reasons), NULL ))) return heap_failure( heap );
        if ((hr = make_reason( error, code, disclosure, heap, made.reasons ))) return hr;
        made.reasonCount = 1;
    }
    *fault = made;
    return S_OK;
}

/* --- faults of the DLL itself --------------------------------------------------------------------------------------- */

HRESULT fault_set( WS_ERROR *error, HRESULT hr, const char *code, const char *sub, const WS_XML_STRING *sub_ns,
                   const WS_XML_STRING *action, const char *reason )
{
    static const WCHAR english[] = L"en-US";
    struct error_fault *part;
    WS_FAULT_REASON *text;
    WS_FAULT *fault;
    WS_HEAP *heap;

    if (!error || (part = error_fault( error ))->fault || !(heap = error_heap( error ))) return hr;
    if (!(fault = heap_zalloc( heap, sizeof(*fault), NULL )) || !(text = heap_zalloc( heap, sizeof(*text), NULL ))) return hr;
    if (generic_code( heap, code, &fault->code )) return hr;
    if (sub)
    {
        if (generic_code( heap, sub, &fault->code->subCode )) return hr;
        if (xmlstr_dup( heap, sub_ns, &fault->code->subCode->value.ns, NULL )) return hr;
    }
    if (str_from_utf8( heap, (const BYTE *)reason, strlen( reason ), &text->text, NULL )) return hr;
    text->lang.length = ARRAY_SIZE( english ) - 1;
    text->lang.chars = (WCHAR *)english;
    fault->reasons = text;
    fault->reasonCount = 1;
    part->fault = fault;
    if (action && action->length) xmlstr_dup( heap, action, &part->action, NULL );
    return hr;
}

/* <s:NotUnderstood qname="p:name" xmlns:p="ns"/> */
static HRESULT write_not_understood( WS_XML_WRITER *writer, const WS_XML_STRING *name, const WS_XML_STRING *ns )
{
    static const WS_XML_STRING s = XMLSTR( "s" ), p = XMLSTR( "p" ), element = XMLSTR( "NotUnderstood" );
    static const WS_XML_STRING qname = XMLSTR( "qname" );
    const WS_XML_STRING *soap = envelope_namespace( WS_ENVELOPE_VERSION_SOAP_1_2 );
    HRESULT hr;

    if ((hr = writer_write_start_element( writer, &s, &element, soap, NULL ))) return hr;
    if ((hr = writer_write_xmlns_attribute( writer, &p, ns, FALSE, NULL ))) return hr;
    if ((hr = writer_write_start_attribute( writer, NULL, &qname, &no_ns, FALSE, NULL ))) return hr;
    if ((hr = writer_write_qualified_name( writer, &p, name, ns, NULL ))) return hr;
    if ((hr = writer_write_end_attribute( writer, NULL ))) return hr;
    return writer_write_end_element( writer, NULL );
}

HRESULT fault_not_understood( WS_ERROR *error, WS_ENVELOPE_VERSION version, const WS_XML_STRING *name,
                              const WS_XML_STRING *ns )
{
    WS_XML_WRITER *writer;
    WS_XML_BUFFER *buffer;
    HRESULT hr;

    if (!error) return WS_E_INVALID_FORMAT;
    fault_set( error, WS_E_INVALID_FORMAT, "MustUnderstand", NULL, NULL, NULL,
               "A header that must be understood was not understood." );
    if (version == WS_ENVELOPE_VERSION_SOAP_1_2 && error_heap( error ) &&
        !buffer_create( error_heap( error ), NULL, 0, &buffer, NULL ) && !writer_create( NULL, 0, &writer, NULL ))
    {
        if (!(hr = writer_set_output_to_buffer( writer, buffer, NULL, 0, NULL ))) hr = write_not_understood( writer, name, ns );
        writer_free( writer );
        if (!hr) error_fault( error )->header = buffer;
    }
    return ws_fail( error, WS_E_INVALID_FORMAT, "The header %.*s of namespace '%.*s' must be understood and was not.",
                    XMLSTR_ARG( name ), XMLSTR_ARG( ns ) );
}
