/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Entering and leaving exported functions. */

#include "api/api.h"

static const char *const class_names[OBJECT_CLASS_COUNT] =
{
    "unknown object", "heap", "error", "XML reader", "XML writer", "XML buffer", "message", "channel", "listener",
    "service host", "service proxy", "operation context", "security token", "security context", "metadata", "policy",
};

HRESULT api_enter( enum object_class class, const void *handle, WS_ERROR *error )
{
    if (error && !object_is( error, OBJECT_ERROR )) return E_INVALIDARG;  /* no string: there is nowhere to put it */
    if (object_is( handle, class )) return S_OK;
    if (!handle) return ws_fail( error, E_INVALIDARG, "The %s is NULL.", class_names[class] );
    return ws_fail( error, E_INVALIDARG, "%p is not a live %s.", handle, class_names[class] );
}

HRESULT api_null( const char *name, WS_ERROR *error )
{
    return ws_fail( error, E_INVALIDARG, "The parameter %s is NULL.", name );
}

HRESULT api_failed( void *handle, HRESULT hr, BOOL whole )
{
    struct object *obj = handle;

    if (hr == E_INVALIDARG || hr == WS_E_INVALID_OPERATION) return hr;    /* nothing was begun */
    obj->state = obj->state == OBJECT_SHORT && !whole ? OBJECT_USABLE : OBJECT_FAULTED;
    return hr;
}

HRESULT api_leave( const char *function, HRESULT hr )
{
    WS_TRACE( "%s returns %s\n", function, debugstr_hr( hr ) );
    return hr;
}

const char *debugstr_xmlstr( const WS_XML_STRING *str )
{
    return str ? debugstr_an( (const char *)str->bytes, str->length ) : "(null)";
}

const char *debugstr_wsstr( const WS_STRING *str )
{
    return str ? debugstr_wn( str->chars, str->length ) : "(null)";
}
