/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copying and comparing few bytes without a call: names and prefixes are short, and there are many of them. */
#ifndef WS_XML_BYTES_H
#define WS_XML_BYTES_H

#include "base/port.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* As memcpy; the ends of two loads overlap. */
static inline void copy_short( BYTE *dst, const BYTE *src, SIZE_T len )
{
    if (LIKELY( len - 4 <= 12 ))
    {
        if (len >= 8)
        {
            UINT64 head, tail;
            memcpy( &head, src, 8 );
            memcpy( &tail, src + len - 8, 8 );
            memcpy( dst, &head, 8 );
            memcpy( dst + len - 8, &tail, 8 );
        }
        else
        {
            UINT32 head, tail;
            memcpy( &head, src, 4 );
            memcpy( &tail, src + len - 4, 4 );
            memcpy( dst, &head, 4 );
            memcpy( dst + len - 4, &tail, 4 );
        }
    }
    else if (len > 16) memcpy( dst, src, len );
    else if (len)
    {
        dst[0] = src[0];
        dst[len / 2] = src[len / 2];
        dst[len - 1] = src[len - 1];
    }
}

/* Are `len` bytes the same? */
static inline BOOL same_bytes( const BYTE *a, const BYTE *b, SIZE_T len )
{
    UINT64 x, y;

    if (a == b) return TRUE;
#ifdef __SSE2__
    if (len - 16 <= 16)     /* namespaces, mostly */
    {
        __m128i head = _mm_cmpeq_epi8( _mm_loadu_si128( (const __m128i *)a ), _mm_loadu_si128( (const __m128i *)b ) );
        __m128i tail = _mm_cmpeq_epi8( _mm_loadu_si128( (const __m128i *)(a + len - 16) ),
                                       _mm_loadu_si128( (const __m128i *)(b + len - 16) ) );
        return _mm_movemask_epi8( _mm_and_si128( head, tail ) ) == 0xffff;
    }
#endif
    if (len >= 8)
    {
        SIZE_T i;
        for (i = 0; i + 8 < len; i += 8)
        {
            memcpy( &x, a + i, 8 );
            memcpy( &y, b + i, 8 );
            if (x != y) return FALSE;
        }
        memcpy( &x, a + len - 8, 8 );
        memcpy( &y, b + len - 8, 8 );
        return x == y;
    }
    if (len >= 4)
    {
        UINT32 p, q, r, s;
        memcpy( &p, a, 4 );
        memcpy( &q, b, 4 );
        memcpy( &r, a + len - 4, 4 );
        memcpy( &s, b + len - 4, 4 );
        return !((p ^ q) | (r ^ s));
    }
    return !len || (a[0] == b[0] && a[len / 2] == b[len / 2] && a[len - 1] == b[len - 1]);
}

#endif
