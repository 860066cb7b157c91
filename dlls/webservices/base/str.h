/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Strings: UTF-8 <-> UTF-16, WS_STRING and WS_XML_STRING helpers. Unpaired surrogates and malformed UTF-8 are refused. */
#ifndef WS_BASE_STR_H
#define WS_BASE_STR_H

#include "base/heap.h"

/* Bytes/units needed; WS_E_INVALID_FORMAT for malformed input. */
HRESULT utf16_to_utf8_size( const WCHAR *src, ULONG len, ULONG *size, WS_ERROR *error );
HRESULT utf8_to_utf16_size( const BYTE *src, ULONG len, ULONG *count, WS_ERROR *error );
/* Convert input already known to be well formed into a buffer large enough; return bytes/units written. */
ULONG utf16_to_utf8( const WCHAR *src, ULONG len, BYTE *dst );
ULONG utf8_to_utf16( const BYTE *src, ULONG len, WCHAR *dst );
/* Length of the valid prefix; == len when all of it is well-formed UTF-8. */
ULONG utf8_valid_prefix( const BYTE *src, ULONG len );

/* New strings in `heap`. */
HRESULT str_from_utf8( WS_HEAP *heap, const BYTE *src, ULONG len, WS_STRING *dst, WS_ERROR *error );
HRESULT xmlstr_from_utf16( WS_HEAP *heap, const WCHAR *src, ULONG len, WS_XML_STRING *dst, WS_ERROR *error );
HRESULT str_dup( WS_HEAP *heap, const WS_STRING *src, WS_STRING *dst, WS_ERROR *error );
HRESULT xmlstr_dup( WS_HEAP *heap, const WS_XML_STRING *src, WS_XML_STRING *dst, WS_ERROR *error );

static inline BOOL xmlstr_eq( const WS_XML_STRING *a, const WS_XML_STRING *b )
{
    return a->length == b->length && (!a->length || a->bytes == b->bytes || mem_equal( a->bytes, b->bytes, a->length ));
}
static inline BOOL xmlstr_is( const WS_XML_STRING *s, const char *text, ULONG len )
{
    return s->length == len && (!len || !memcmp( s->bytes, text, len ));
}
#define XMLSTR_IS( s, literal ) xmlstr_is( s, literal, sizeof(literal) - 1 )
#define XMLSTR( literal ) { sizeof(literal) - 1, (BYTE *)literal, NULL, 0 }
#define WSTR_EQ_LEN( s, lit ) ((s)->length == ARRAY_SIZE( lit ) - 1 && !memcmp( (s)->chars, lit, sizeof(lit) - 2 ))

#endif
