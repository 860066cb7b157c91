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

#endif
