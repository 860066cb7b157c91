/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding the next byte that matters, 16 bytes at a time.
 *
 * Each function returns the first byte in [p, end) that is one of the stops, or `end`. What it passes over is plain
 * ASCII that XML allows. */
#ifndef WS_XML_SCAN_H
#define WS_XML_SCAN_H

#include "xml/chars.h"

#ifdef __SSE2__
#include <emmintrin.h>

/* As signed bytes, those of longer UTF-8 sequences are negative: one comparison finds them and the controls. */
static inline __m128i scan_controls( __m128i bytes )
{
    return _mm_cmplt_epi8( bytes, _mm_set1_epi8( 0x20 ) );
}
static inline __m128i scan_eq( __m128i bytes, char c )
{
    return _mm_cmpeq_epi8( bytes, _mm_set1_epi8( c ) );
}
#define SCAN_BLOCKS( p, end, stops ) \
    while ((end) - (p) >= 16) \
    { \
        __m128i bytes = _mm_loadu_si128( (const __m128i *)(p) ); \
        int mask = _mm_movemask_epi8( stops ); \
        if (mask) return (p) + __builtin_ctz( mask ); \
        (p) += 16; \
    }
#else
#define SCAN_BLOCKS( p, end, stops )
#endif

/* Element content: < & ] and everything that is not plain, but tab and line feed pass. */
static inline const BYTE *scan_text( const BYTE *p, const BYTE *end )
{
    SCAN_BLOCKS( p, end, _mm_or_si128( _mm_or_si128( scan_eq( bytes, '<' ), scan_eq( bytes, '&' ) ),
                         _mm_or_si128( scan_eq( bytes, ']' ),
                                       _mm_andnot_si128( _mm_or_si128( scan_eq( bytes, '\n' ), scan_eq( bytes, '\t' ) ),
                                                         scan_controls( bytes ) ))))
    for (; p < end; p++)
        if (*p == '<' || *p == '&' || *p == ']' || *p >= 0x80 || (*p < 0x20 && *p != '\n' && *p != '\t')) break;
    return p;
}

/* Attribute value: the quote < & and everything that is not plain. */
static inline const BYTE *scan_attr( const BYTE *p, const BYTE *end, BYTE quote )
{
    SCAN_BLOCKS( p, end, _mm_or_si128( _mm_or_si128( scan_eq( bytes, '<' ), scan_eq( bytes, '&' ) ),
                                       _mm_or_si128( scan_eq( bytes, quote ), scan_controls( bytes ) )))
    for (; p < end; p++)
        if (*p == quote || *p == '<' || *p == '&' || *p >= 0x80 || *p < 0x20) break;
    return p;
}

/* CDATA (stop ']') and comments (stop '-'). */
static inline const BYTE *scan_until( const BYTE *p, const BYTE *end, BYTE stop )
{
    SCAN_BLOCKS( p, end, _mm_or_si128( scan_eq( bytes, stop ),
                                       _mm_andnot_si128( _mm_or_si128( scan_eq( bytes, '\n' ), scan_eq( bytes, '\t' ) ),
                                                         scan_controls( bytes ) )))
    for (; p < end; p++)
        if (*p == stop || *p >= 0x80 || (*p < 0x20 && *p != '\n' && *p != '\t')) break;
    return p;
}

/* ---- a few bytes at once ---- */

#ifdef __SSE2__
/* 4 to 16 bytes, as two overlapping halves. */
static inline __m128i load_short( const BYTE *s, ULONG len )
{
    UINT32 head, tail;

    if (len >= 8)
        return _mm_unpacklo_epi64( _mm_loadl_epi64( (const __m128i *)s ), _mm_loadl_epi64( (const __m128i *)(s + len - 8) ) );
    memcpy( &head, s, 4 );
    memcpy( &tail, s + len - 4, 4 );
    return _mm_set_epi32( head, tail, head, tail );
}
#endif

/* Letters only, which most names are. */
static inline BOOL is_short_word( const BYTE *s, ULONG len )
{
#ifdef __SSE2__
    __m128i bytes = load_short( s, len );

    /* lower case, then moved so that a to z are the 26 smallest signed values */
    bytes = _mm_add_epi8( _mm_or_si128( bytes, _mm_set1_epi8( 0x20 ) ), _mm_set1_epi8( (char)(0x80 - 'a') ) );
    return _mm_movemask_epi8( _mm_cmplt_epi8( bytes, _mm_set1_epi8( (char)(0x80 + 26) ) ) ) == 0xffff;
#else
    (void)s; (void)len;
    return FALSE;
#endif
}

/* A short text, of 1 to 16 characters, without any that need a closer look: & < `third`, controls, and what is beyond ASCII. */
static inline BOOL is_plain_short( const BYTE *s, ULONG len, BYTE third )
{
#ifdef __SSE2__
    if (LIKELY( len >= 4 ))
    {
        __m128i bytes = load_short( s, len );
        __m128i stops = _mm_or_si128( _mm_or_si128( scan_eq( bytes, '&' ), scan_eq( bytes, '<' ) ),
                                      _mm_or_si128( scan_eq( bytes, third ), scan_controls( bytes ) ) );

        return !_mm_movemask_epi8( stops );
    }
#endif
    while (len && s[len - 1] >= 0x20 && s[len - 1] < 0x80 && s[len - 1] != '&' && s[len - 1] != '<' && s[len - 1] != third) len--;
    return !len;
}

#endif
