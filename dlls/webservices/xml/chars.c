/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Character classes of XML 1.0, fifth edition. */

#include "xml/scan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define X   CHAR_INVALID
#define TAB (CHAR_SPACE | CHAR_ATTR)
#define CR  (CHAR_SPACE | CHAR_ATTR | CHAR_TEXT)
#define SP  CHAR_SPACE
#define AMP (CHAR_TEXT | CHAR_ATTR)
#define GT  CHAR_TEXT
#define N   CHAR_NAME
#define L   (CHAR_NAME_START | CHAR_NAME)

const BYTE xml_char_class[256] =
{
    X, X, X, X, X, X, X, X,       X, TAB, TAB, X, X, CR, X, X,
    X, X, X, X, X, X, X, X,       X, X, X, X, X, X, X, X,
    SP, 0, 0, 0, 0, 0, AMP, 0,    0, 0, 0, 0, 0, N, N, 0,      /* space to / */
    N, N, N, N, N, N, N, N,       N, N, 0, 0, AMP, 0, GT, 0,   /* 0 to ? */
    0, L, L, L, L, L, L, L,       L, L, L, L, L, L, L, L,      /* @ to O */
    L, L, L, L, L, L, L, L,       L, L, L, 0, 0, 0, 0, L,      /* P to _ */
    0, L, L, L, L, L, L, L,       L, L, L, L, L, L, L, L,      /* ` to o */
    L, L, L, L, L, L, L, L,       L, L, L, 0, 0, 0, 0, 0,      /* p to DEL */
};

struct range
{
    UINT32 first, last;
};

static const struct range name_start_ranges[] =
{
    { 0xc0, 0xd6 }, { 0xd8, 0xf6 }, { 0xf8, 0x2ff }, { 0x370, 0x37d }, { 0x37f, 0x1fff }, { 0x200c, 0x200d },
    { 0x2070, 0x218f }, { 0x2c00, 0x2fef }, { 0x3001, 0xd7ff }, { 0xf900, 0xfdcf }, { 0xfdf0, 0xfffd },
    { 0x10000, 0xeffff },
};

/* what name characters have beyond those */
static const struct range name_ranges[] = { { 0xb7, 0xb7 }, { 0x300, 0x36f }, { 0x203f, 0x2040 } };

static BOOL in_ranges( UINT32 c, const struct range *ranges, ULONG count )
{
    ULONG i;
    for (i = 0; i < count && c >= ranges[i].first; i++) if (c <= ranges[i].last) return TRUE;
    return FALSE;
}

BOOL is_name_start_char( UINT32 c )
{
    if (c < 0x80) return xml_char_class[c] & CHAR_NAME_START;
    return in_ranges( c, name_start_ranges, ARRAY_SIZE( name_start_ranges ) );
}

BOOL is_name_char( UINT32 c )
{
    if (c < 0x80) return (xml_char_class[c] & CHAR_NAME) != 0;
    return is_name_start_char( c ) || in_ranges( c, name_ranges, ARRAY_SIZE( name_ranges ) );
}

ULONG utf8_decode( const BYTE *s, ULONG len, UINT32 *ret )
{
    UINT32 c = s[0];

    if (c < 0x80)
    {
        *ret = c;
        return 1;
    }
    if (c < 0xc2 || len < 2 || (s[1] & 0xc0) != 0x80) return 0;
    if (c < 0xe0)
    {
        *ret = (c & 0x1f) << 6 | (s[1] & 0x3f);
        return 2;
    }
    if (len < 3 || (s[2] & 0xc0) != 0x80) return 0;
    if (c < 0xf0)
    {
        c = (c & 0x0f) << 12 | (s[1] & 0x3f) << 6 | (s[2] & 0x3f);
        if (c < 0x800 || (c >= 0xd800 && c < 0xe000)) return 0;
        *ret = c;
        return 3;
    }
    if (c > 0xf4 || len < 4 || (s[3] & 0xc0) != 0x80) return 0;
    c = (c & 7) << 18 | (s[1] & 0x3f) << 12 | (s[2] & 0x3f) << 6 | (s[3] & 0x3f);
    if (c < 0x10000 || c > 0x10ffff) return 0;
    *ret = c;
    return 4;
}

ULONG ncname_length( const BYTE *s, ULONG len )
{
    ULONG i, size;
    UINT32 c;

    if (!len) return 0;
    if (LIKELY( s[0] < 0x80 ))
    {
        if (!(xml_char_class[s[0]] & CHAR_NAME_START)) return 0;
        i = 1;
    }
    else
    {
        if (!(i = utf8_decode( s, len, &c )) || !is_name_start_char( c )) return 0;
    }
    while (i < len)
    {
        if (LIKELY( xml_char_class[s[i]] & CHAR_NAME )) i++;
        else if (s[i] < 0x80 || !(size = utf8_decode( s + i, len - i, &c )) || !is_name_char( c )) break;
        else i += size;
    }
    return i;
}

BOOL is_ncname( const BYTE *s, ULONG len )
{
    if (LIKELY( len - 4 <= 12 ) && is_short_word( s, len )) return TRUE;
    return len && ncname_length( s, len ) == len;
}

BOOL is_xml_space( BYTE c )
{
    return (xml_char_class[c] & CHAR_SPACE) != 0;
}

BOOL is_xml_space_only( const BYTE *s, ULONG len )
{
    ULONG i;
    for (i = 0; i < len; i++) if (!(xml_char_class[s[i]] & CHAR_SPACE)) return FALSE;
    return TRUE;
}

ULONG xml_valid_prefix( const BYTE *s, ULONG len )
{
    ULONG i = 0, size;
    UINT32 c;

    while (i < len)
    {
#ifdef __SSE2__
        /* as signed bytes, only those from 0x20 to 0x7f are greater than 0x1f */
        while (len - i >= 16)
        {
            __m128i bytes = _mm_loadu_si128( (const __m128i *)(s + i) );
            int plain = _mm_movemask_epi8( _mm_cmpgt_epi8( bytes, _mm_set1_epi8( 0x1f ) ) );
            if (plain != 0xffff)
            {
                i += __builtin_ctz( ~plain );
                break;
            }
            i += 16;
        }
        if (i == len) break;
        if (len - i >= 4 && len - i < 16)
        {
            __m128i bytes = load_short( s + i, len - i );
            if (_mm_movemask_epi8( _mm_cmpgt_epi8( bytes, _mm_set1_epi8( 0x1f ) ) ) == 0xffff) return len;
        }
#endif
        if (s[i] < 0x80)
        {
            if (xml_char_class[s[i]] & CHAR_INVALID) break;
            i++;
        }
        else
        {
            if (!(size = utf8_decode( s + i, len - i, &c )) || !is_xml_char( c )) break;
            i += size;
        }
    }
    return i;
}
