/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* base64Binary and hexBinary.
 *
 * Base64 is the bulk type of messages, so the loops move four groups at a time with words; white space inside the text
 * (XML Schema allows it) takes the slow loop. */
#include "xml/scalar.h"

static const char base64_chars[64] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#define B64_SPACE 0x40
#define B64_BAD   0x80

/* Value of a base64 character; '=' is bad here. */
static const BYTE base64_value[256] =
{
#define X 0x80
#define S 0x40
    X,  X,  X,  X,  X,  X,  X,  X,  X,  S,  S,  X,  X,  S,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
    S,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  62, X,  X,  X,  63, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, X,  X,  X,  X,  X,  X,
    X,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, X,  X,  X,  X,  X,
    X,  26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, X,  X,  X,  X,  X,
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
#undef X
#undef S
};

#ifdef __SSE2__
#include <emmintrin.h>

/* Twelve bytes to sixteen characters. Each 32-bit lane gets three bytes in big-endian order, the four 6-bit values are
 * shifted into bytes, and arithmetic on the range of each value gives its character. */
static inline void encode12( const BYTE *src, BYTE *dst )
{
    UINT32 w[4];
    __m128i in, v, ret;
    int i;

    for (i = 0; i < 4; i++) w[i] = (UINT32)src[3 * i] << 16 | (UINT32)src[3 * i + 1] << 8 | src[3 * i + 2];
    in = _mm_loadu_si128( (const __m128i *)w );
    v = _mm_and_si128( _mm_srli_epi32( in, 18 ), _mm_set1_epi32( 0x3f ) );
    v = _mm_or_si128( v, _mm_and_si128( _mm_srli_epi32( in, 4 ), _mm_set1_epi32( 0x3f00 ) ) );
    v = _mm_or_si128( v, _mm_and_si128( _mm_slli_epi32( in, 10 ), _mm_set1_epi32( 0x3f0000 ) ) );
    v = _mm_or_si128( v, _mm_and_si128( _mm_slli_epi32( in, 24 ), _mm_set1_epi32( 0x3f000000 ) ) );
    ret = _mm_add_epi8( v, _mm_set1_epi8( 'A' ) );
    ret = _mm_add_epi8( ret, _mm_and_si128( _mm_cmpgt_epi8( v, _mm_set1_epi8( 25 ) ),
                                            _mm_set1_epi8( 'a' - 'A' - 26 ) ) );
    ret = _mm_add_epi8( ret, _mm_and_si128( _mm_cmpgt_epi8( v, _mm_set1_epi8( 51 ) ),
                                            _mm_set1_epi8( '0' - 'a' - 26 ) ) );
    ret = _mm_add_epi8( ret, _mm_and_si128( _mm_cmpgt_epi8( v, _mm_set1_epi8( 61 ) ),
                                            _mm_set1_epi8( '+' - '0' - 10 ) ) );
    ret = _mm_add_epi8( ret, _mm_and_si128( _mm_cmpgt_epi8( v, _mm_set1_epi8( 62 ) ),
                                            _mm_set1_epi8( '/' - '+' - 1 ) ) );
    _mm_storeu_si128( (__m128i *)dst, ret );
}
#endif

ULONG format_base64( const BYTE *bytes, ULONG len, BYTE *buf )
{
    BYTE *p = buf;

#ifdef __SSE2__
    for (; len >= 12; len -= 12, bytes += 12, p += 16) encode12( bytes, p );
#endif
    for (; len >= 3; len -= 3, bytes += 3, p += 4)
    {
        p[0] = base64_chars[bytes[0] >> 2];
        p[1] = base64_chars[(bytes[0] & 3) << 4 | bytes[1] >> 4];
        p[2] = base64_chars[(bytes[1] & 15) << 2 | bytes[2] >> 6];
        p[3] = base64_chars[bytes[2] & 63];
    }
    if (len)
    {
        BYTE second = len == 2 ? bytes[1] : 0;
        p[0] = base64_chars[bytes[0] >> 2];
        p[1] = base64_chars[(bytes[0] & 3) << 4 | second >> 4];
        p[2] = len == 2 ? base64_chars[(second & 15) << 2] : '=';
        p[3] = '=';
        p += 4;
    }
    return p - buf;
}

ULONG format_base16( const BYTE *bytes, ULONG len, BYTE *buf )
{
    static const char digits[] = "0123456789ABCDEF"; /* the canonical form of hexBinary */
    ULONG i;
    for (i = 0; i < len; i++)
    {
        buf[2 * i] = digits[bytes[i] >> 4];
        buf[2 * i + 1] = digits[bytes[i] & 15];
    }
    return 2 * len;
}

/* White space may stand anywhere; the groups must be complete, with '=' only at the very end. */
HRESULT parse_base64( const BYTE *s, ULONG len, BYTE *dst, ULONG *dst_len, WS_ERROR *error )
{
    const BYTE *p, *end;
    BYTE *out = dst;
    UINT32 group = 0, count = 0, pad = 0;

    scalar_trim( &s, &len );
    for (p = s, end = s + len; end - p >= 4; p += 4, out += 3)
    {
        BYTE a = base64_value[p[0]], b = base64_value[p[1]], c = base64_value[p[2]], d = base64_value[p[3]];
        if (UNLIKELY( (a | b | c | d) & (B64_BAD | B64_SPACE) )) break;
        out[0] = a << 2 | b >> 4;
        out[1] = b << 4 | c >> 2;
        out[2] = c << 6 | d;
    }
    for (; p < end; p++)
    {
        BYTE v = base64_value[*p];
        if (v == B64_SPACE) continue;
        if (*p == '=' && count >= 2)
        {
            v = 0;
            pad++;
        }
        else if (v == B64_BAD || pad) return scalar_bad( error, "base64 text", s, len );
        group = group << 6 | v;
        if (++count < 4) continue;
        *out++ = group >> 16;
        if (pad < 2) *out++ = group >> 8;
        if (pad < 1) *out++ = group;
        group = count = 0;
        if (pad) break;
    }
    if (p < end) p++;
    /* after the padding only white space can follow, and that was trimmed */
    if (p < end || count) return scalar_bad( error, "base64 text", s, len );
    *dst_len = out - dst;
    return S_OK;
}

HRESULT parse_base16( const BYTE *s, ULONG len, BYTE *dst, ULONG *dst_len, WS_ERROR *error )
{
    ULONG i;

    scalar_trim( &s, &len );
    if (len % 2) return scalar_bad( error, "hexadecimal text", s, len );
    for (i = 0; i < len / 2; i++)
    {
        BYTE hi = scalar_hex_value[s[2 * i]], lo = scalar_hex_value[s[2 * i + 1]];
        if (!hi || !lo) return scalar_bad( error, "hexadecimal text", s, len );
        dst[i] = (hi - 1) << 4 | (lo - 1);
    }
    *dst_len = len / 2;
    return S_OK;
}
