/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Error objects (ws-error.md, errors.md) and the one place where failures are made.
 *
 * `return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The document is deeper than the limit of %u elements.", max );`
 * Success leaves the error object untouched. `error` may be NULL everywhere. */
#ifndef WS_BASE_ERROR_H
#define WS_BASE_ERROR_H

#include "base/object.h"

/* ULONG is int sized in both builds but `unsigned long` for mingw, so only the native build can check formats with %u. */
#ifdef _WIN32
#define WS_FORMAT( string, first ) __attribute__((cold))
#else
#define WS_FORMAT( string, first ) __attribute__((format( printf, string, first ), cold))
#endif

/* Returns `hr` after putting the formatted string in front of the strings of `error` (most general first).
 * Format: %d %u %x (int sized: also ULONG, HRESULT), %lld %llu, %08x, %s (UTF-8, NUL ended), %.*s (UTF-8, int length),
 * %ls and %.*ls (UTF-16), %c, %p, %%. Never fails because of memory: then the string is left out. */
HRESULT ws_fail( WS_ERROR *error, HRESULT hr, const char *format, ... ) WS_FORMAT( 3, 4 );

/* The same for a failure of a foreign function: `original` (HRESULT, or errno/Win32 code made one) is kept as
 * WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE when the object has none yet. */
HRESULT ws_fail_code( WS_ERROR *error, HRESULT hr, HRESULT original, const char *format, ... )
    WS_FORMAT( 4, 5 );

/* WS_E_OBJECT_FAULTED for a reader or writer that failed (its header is at `handle`); one that is only short of data is so no
 * longer. */
HRESULT object_usable( void *handle, WS_ERROR *error ) __attribute__((cold));

/* What a code means, in the language where the system has it, into buf; the number of units. There is always something. */
ULONG error_code_text( HRESULT code, LANGID langid, WCHAR *buf, ULONG max );

/* Arguments for %.*s from a WS_XML_STRING and for %.*ls from a WS_STRING. */
#define XMLSTR_ARG( s ) ((int)(s)->length), ((const char *)(s)->bytes)
#define WSSTR_ARG( s )  ((int)(s)->length), ((s)->chars)

HRESULT error_create( const WS_ERROR_PROPERTY *props, ULONG count, WS_ERROR **ret );
void    error_reset( WS_ERROR *error );
void    error_free( WS_ERROR *error );
HRESULT error_copy( const WS_ERROR *src, WS_ERROR *dst );
/* Puts the strings of `src` in front of those of `dst`, which may be NULL. */
void    error_append( const WS_ERROR *src, WS_ERROR *dst );
HRESULT error_add_string( WS_ERROR *error, const WS_STRING *str );
HRESULT error_get_string( WS_ERROR *error, ULONG index, WS_STRING *str );
HRESULT error_get_property( WS_ERROR *error, WS_ERROR_PROPERTY_ID id, void *buf, ULONG size );
HRESULT error_set_property( WS_ERROR *error, WS_ERROR_PROPERTY_ID id, const void *value, ULONG size );

/* Fault part of the error object, kept here because WsResetError and WsFreeError own it; message/fault.c fills it.
 * All of it lives in error_heap( error ) until the reset. */
struct error_fault
{
    WS_FAULT *fault;              /* WS_FAULT_ERROR_PROPERTY_FAULT, NULL if none */
    WS_XML_STRING action;         /* WS_FAULT_ERROR_PROPERTY_ACTION */
    WS_XML_BUFFER *header;        /* WS_FAULT_ERROR_PROPERTY_HEADER: to go with the fault message, NULL if none */
};
struct error_fault *error_fault( WS_ERROR *error );
/* The heap of the error object; NULL if it can't be made. */
WS_HEAP *error_heap( WS_ERROR *error );

#endif
