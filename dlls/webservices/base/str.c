/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* UTF-8 and UTF-16, and strings in heaps. */

#include "base/str.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Number of leading ASCII bytes. */
static ULONG ascii_prefix( const BYTE *src, ULONG len )
{
    ULONG i = 0;
#ifdef __SSE2__
    for (; i + 16 <= len; i += 16)
    {
        int mask = _mm_movemask_epi8( _mm_loadu_si128( (const __m128i *)(src + i) ) );
        if (mask) return i + __builtin_ctz( mask );
    }
#endif
    while (i < len && src[i] < 0x80) i++;
    return i;
}

/* Size of the well-formed sequence at src, 0 if it is none (RFC 3629: no overlong forms, no surrogates). */
static ULONG utf8_sequence( const BYTE *src, ULONG len )
{
    BYTE c = src[0];

    if (c < 0x80) return 1;
    if (c < 0xc2 || len < 2 || (src[1] & 0xc0) != 0x80) return 0;
    if (c < 0xe0) return 2;
    if (len < 3 || (src[2] & 0xc0) != 0x80) return 0;
    if (c < 0xf0)
    {
        if (c == 0xe0 && src[1] < 0xa0) return 0;
        if (c == 0xed && src[1] > 0x9f) return 0;
        return 3;
    }
    if (c > 0xf4 || len < 4 || (src[3] & 0xc0) != 0x80) return 0;
    if (c == 0xf0 && src[1] < 0x90) return 0;
    if (c == 0xf4 && src[1] > 0x8f) return 0;
    return 4;
}

ULONG utf8_valid_prefix( const BYTE *src, ULONG len )
{
    ULONG i = 0, size;

    while (i < len)
    {
        i += ascii_prefix( src + i, len - i );
        if (i == len) break;
        if (!(size = utf8_sequence( src + i, len - i ))) break;
        i += size;
    }
    return i;
}

HRESULT utf8_to_utf16_size( const BYTE *src, ULONG len, ULONG *count, WS_ERROR *error )
{
    ULONG i = 0, units = 0, size;

    while (i < len)
    {
        ULONG ascii = ascii_prefix( src + i, len - i );
        i += ascii;
        units += ascii;
        if (i == len) break;
        if (!(size = utf8_sequence( src + i, len - i )))
            return ws_fail( error, WS_E_INVALID_FORMAT, "Byte 0x%02x at offset %u is not well-formed UTF-8.", src[i], i );
        i += size;
        units += size == 4 ? 2 : 1;
    }
    *count = units;
    return S_OK;
}

ULONG utf8_to_utf16( const BYTE *src, ULONG len, WCHAR *dst )
{
    const BYTE *end = src + len;
    WCHAR *start = dst;

    while (src < end)
    {
        ULONG c = *src;
#ifdef __SSE2__
        while (end - src >= 16)
        {
            __m128i bytes = _mm_loadu_si128( (const __m128i *)src ), zero = _mm_setzero_si128();
            if (_mm_movemask_epi8( bytes )) break;
            _mm_storeu_si128( (__m128i *)dst, _mm_unpacklo_epi8( bytes, zero ) );
            _mm_storeu_si128( (__m128i *)(dst + 8), _mm_unpackhi_epi8( bytes, zero ) );
            src += 16;
            dst += 16;
        }
        if (src == end) break;
        c = *src;
#endif
        if (c < 0x80) { *dst++ = c; src++; }
        else if (c < 0xe0) { *dst++ = (c & 0x1f) << 6 | (src[1] & 0x3f); src += 2; }
        else if (c < 0xf0) { *dst++ = (c & 0x0f) << 12 | (src[1] & 0x3f) << 6 | (src[2] & 0x3f); src += 3; }
        else
        {
            c = (c & 7) << 18 | (src[1] & 0x3f) << 12 | (src[2] & 0x3f) << 6 | (src[3] & 0x3f);
            *dst++ = 0xd800 + ((c - 0x10000) >> 10);
            *dst++ = 0xdc00 + (c & 0x3ff);
            src += 4;
        }
    }
    return dst - start;
}

static inline BOOL is_high( WCHAR c ) { return (c & 0xfc00) == 0xd800; }
static inline BOOL is_low( WCHAR c ) { return (c & 0xfc00) == 0xdc00; }

HRESULT utf16_to_utf8_size( const WCHAR *src, ULONG len, ULONG *size, WS_ERROR *error )
{
    UINT64 bytes = 0;
    ULONG i;

    for (i = 0; i < len; i++)
    {
        WCHAR c = src[i];
        if (c < 0x80) bytes++;
        else if (c < 0x800) bytes += 2;
        else if (is_high( c ) && i + 1 < len && is_low( src[i + 1] )) { bytes += 4; i++; }
        else if (is_high( c ) || is_low( c ))
            return ws_fail( error, WS_E_INVALID_FORMAT, "The surrogate 0x%04x at offset %u has no partner.", c, i );
        else bytes += 3;
    }
    if (bytes > 0x7fffffff)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "A string of %u units is too long.", len );
    *size = bytes;
    return S_OK;
}

ULONG utf16_to_utf8( const WCHAR *src, ULONG len, BYTE *dst )
{
    const WCHAR *end = src + len;
    BYTE *start = dst;

    while (src < end)
    {
        ULONG c;
#ifdef __SSE2__
        while (end - src >= 8)
        {
            __m128i units = _mm_loadu_si128( (const __m128i *)src );
            __m128i high = _mm_and_si128( units, _mm_set1_epi16( (short)0xff80 ) );
            if (_mm_movemask_epi8( _mm_cmpeq_epi16( high, _mm_setzero_si128() ) ) != 0xffff) break;
            _mm_storel_epi64( (__m128i *)dst, _mm_packus_epi16( units, units ) );
            src += 8;
            dst += 8;
        }
        if (src == end) break;
#endif
        c = *src++;
        if (c < 0x80) *dst++ = c;
        else if (c < 0x800)
        {
            *dst++ = 0xc0 | c >> 6;
            *dst++ = 0x80 | (c & 0x3f);
        }
        else if (is_high( c ) && src < end)
        {
            c = 0x10000 + ((c & 0x3ff) << 10) + (*src++ & 0x3ff);
            *dst++ = 0xf0 | c >> 18;
            *dst++ = 0x80 | (c >> 12 & 0x3f);
            *dst++ = 0x80 | (c >> 6 & 0x3f);
            *dst++ = 0x80 | (c & 0x3f);
        }
        else
        {
            *dst++ = 0xe0 | c >> 12;
            *dst++ = 0x80 | (c >> 6 & 0x3f);
            *dst++ = 0x80 | (c & 0x3f);
        }
    }
    return dst - start;
}

HRESULT str_from_utf8( WS_HEAP *heap, const BYTE *src, ULONG len, WS_STRING *dst, WS_ERROR *error )
{
    ULONG count;
    WCHAR *chars;
    HRESULT hr;

    if ((hr = utf8_to_utf16_size( src, len, &count, error ))) return hr;
    if (!(chars = heap_alloc( heap, (SIZE_T)count * sizeof(WCHAR), error ))) return heap_failure( heap );
    utf8_to_utf16( src, len, chars );
    dst->length = count;
    dst->chars = chars;
    return S_OK;
}

HRESULT xmlstr_from_utf16( WS_HEAP *heap, const WCHAR *src, ULONG len, WS_XML_STRING *dst, WS_ERROR *error )
{
    ULONG size;
    BYTE *bytes;
    HRESULT hr;

    if ((hr = utf16_to_utf8_size( src, len, &size, error ))) return hr;
    if (!(bytes = heap_alloc( heap, size, error ))) return heap_failure( heap );
    utf16_to_utf8( src, len, bytes );
    dst->length = size;
    dst->bytes = bytes;
    dst->dictionary = NULL;
    dst->id = 0;
    return S_OK;
}

HRESULT str_dup( WS_HEAP *heap, const WS_STRING *src, WS_STRING *dst, WS_ERROR *error )
{
    WCHAR *chars = heap_memdup( heap, src->chars, (SIZE_T)src->length * sizeof(WCHAR), error );

    if (!chars) return heap_failure( heap );
    dst->length = src->length;
    dst->chars = chars;
    return S_OK;
}

HRESULT xmlstr_dup( WS_HEAP *heap, const WS_XML_STRING *src, WS_XML_STRING *dst, WS_ERROR *error )
{
    BYTE *bytes = heap_memdup( heap, src->bytes, src->length, error );

    if (!bytes) return heap_failure( heap );
    dst->length = src->length;
    dst->bytes = bytes;
    dst->dictionary = src->dictionary;
    dst->id = src->id;
    return S_OK;
}
