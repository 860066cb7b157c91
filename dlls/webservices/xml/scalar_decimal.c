/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lexical form of DECIMAL: 96 bits, a sign and a scale of 0 to 28. The scale is kept: 10.50 stays 10.50. */
#include "xml/scalar.h"

#define DECIMAL_SCALE_MAX 28

struct u96 { UINT32 word[3]; }; /* low word first */

static UINT32 div_small( struct u96 *v, UINT32 by )
{
    UINT64 rest = 0;
    int i;
    for (i = 2; i >= 0; i--)
    {
        rest = rest << 32 | v->word[i];
        v->word[i] = rest / by;
        rest %= by;
    }
    return rest;
}

/* v = v * 10 + digit; FALSE (and v as it was) when that has more than 96 bits. */
static BOOL push_digit( struct u96 *v, UINT32 digit )
{
    struct u96 next;
    UINT64 carry = digit;
    int i;
    for (i = 0; i < 3; i++)
    {
        carry += (UINT64)v->word[i] * 10;
        next.word[i] = carry;
        carry >>= 32;
    }
    if (carry) return FALSE;
    *v = next;
    return TRUE;
}

ULONG format_decimal( const DECIMAL *value, BYTE *buf )
{
    struct u96 v = { { (UINT32)value->Lo64, (UINT32)(value->Lo64 >> 32), value->Hi32 } };
    BYTE text[64], *p = text + sizeof(text), *start = buf;
    ULONG digits = 0, scale = value->scale, i;

    if (scale > DECIMAL_SCALE_MAX || value->sign & ~DECIMAL_NEG) return 0;
    if (!v.word[2] && value->Lo64) /* nearly always */
    {
        BYTE low[20];
        digits = format_uint64( value->Lo64, low );
        p -= digits;
        memcpy( p, low, digits );
        memset( &v, 0, sizeof(v) );
    }
    while (v.word[2] | v.word[1] | v.word[0])
    {
        UINT32 part = div_small( &v, 1000000000 );
        for (i = 0; i < 9; i++, part /= 10) *--p = '0' + part % 10;
        digits += 9;
    }
    while (digits && *p == '0') p++, digits--;
    if (value->sign && digits) *buf++ = '-';
    while (digits <= scale)
    {
        *--p = '0';
        digits++;
    }
    memcpy( buf, p, digits - scale );
    buf += digits - scale;
    if (scale)
    {
        *buf++ = '.';
        memcpy( buf, p + digits - scale, scale );
        buf += scale;
    }
    return buf - start;
}

/* [+-]? digits* ('.' digits*)? with at least one digit. Digits of the fraction that have no room are rounded half to
 * even; a whole part without room is WS_E_NUMERIC_OVERFLOW. */
HRESULT parse_decimal( const BYTE *s, ULONG len, DECIMAL *ret, WS_ERROR *error )
{
    struct u96 v = { { 0 } };
    BOOL negative = FALSE, point = FALSE, any = FALSE, full = FALSE, sticky = FALSE;
    UINT32 first_cut = 0;
    ULONG i = 0, scale = 0, low_digits = 0;
    UINT64 low = 0;

    scalar_trim( &s, &len );
    if (len && (*s == '+' || *s == '-'))
    {
        negative = *s == '-';
        i = 1;
    }
    for (; i < len; i++)
    {
        UINT32 digit = s[i] - '0';
        if (s[i] == '.' && !point)
        {
            point = TRUE;
            continue;
        }
        if (digit > 9) return scalar_bad( error, "decimal", s, len );
        any = TRUE;
        if (full)
        {
            if (digit) sticky = TRUE;
        }
        else if (low_digits < 19 && !(point && scale == DECIMAL_SCALE_MAX))
        {
            /* while it fits into 64 bits, there is a cheaper way */
            low = low * 10 + digit;
            low_digits++;
            v.word[0] = (UINT32)low;
            v.word[1] = (UINT32)(low >> 32);
            if (point) scale++;
        }
        else if ((point && scale == DECIMAL_SCALE_MAX) || !push_digit( &v, digit ))
        {
            if (!point) goto overflow;
            full = TRUE;
            first_cut = digit;
        }
        else if (point) scale++;
    }
    if (!any) return scalar_bad( error, "decimal", s, len );
    if (first_cut > 5 || (first_cut == 5 && (sticky || (v.word[0] & 1))))
    {
        if (!++v.word[0] && !++v.word[1] && !++v.word[2])
        {
            /* 2^96, one digit too long: the last digit goes; 2^96 ends in ...0336 */
            if (!scale) goto overflow;
            scale--;
            v.word[2] = 0x19999999;
            v.word[1] = v.word[0] = 0x99999999;
            v.word[0] += 1;
        }
    }
    memset( ret, 0, sizeof(*ret) );
    ret->scale = scale;
    ret->sign = negative ? DECIMAL_NEG : 0;
    ret->Hi32 = v.word[2];
    ret->Lo64 = (UINT64)v.word[1] << 32 | v.word[0];
    return S_OK;

overflow:
    return ws_fail( error, WS_E_NUMERIC_OVERFLOW, "The number '%.*s' has more than the 96 bits of a decimal.",
                    (int)(len > SCALAR_SHOWN ? SCALAR_SHOWN : len), (const char *)s );
}
