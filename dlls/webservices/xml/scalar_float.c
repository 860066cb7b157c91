/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lexical forms of float and double: shortest exact output, correctly rounded input, integer arithmetic only.
 *
 * Integers because the result must not depend on the rounding mode or precision the program set for its FPU, and must
 * be the same in 32-bit builds.
 *
 * Output finds the shortest decimal inside the rounding interval with the method of Raffaello Giulietti ("The
 * Schubfach way to render doubles"): scale the interval by a 128-bit power of ten, rounding to odd, then look at two
 * candidates. Input multiplies up to 19 digits with the same table (as in "Number parsing at a gigabyte per second" by
 * Daniel Lemire): the table is a lower bound, so the product bounds the value from both sides. When both bounds round
 * to the same number, that is the answer; else big integers decide. */
#include "xml/scalar.h"
#include "xml/pow10_table.h"

struct float_format
{
    int mant_bits;      /* stored bits of the significand */
    int exp_max;        /* exponent field of infinity and NaN */
    int exp_bias;       /* value = significand * 2^(field - bias) with the significand as an integer */
    int fixed_digits;   /* numbers of up to so many digits before the point are written without exponent */
};
static const struct float_format format_binary64 = { 52, 2047, 1075, 15 };
static const struct float_format format_binary32 = { 23, 255, 150, 7 };

struct u128 { UINT64 hi, lo; };

static inline struct u128 mul64( UINT64 a, UINT64 b )
{
    struct u128 ret;
#ifdef __SIZEOF_INT128__
    unsigned __int128 product = (unsigned __int128)a * b;
    ret.hi = product >> 64;
    ret.lo = product;
#else
    UINT64 a0 = (UINT32)a, a1 = a >> 32, b0 = (UINT32)b, b1 = b >> 32;
    UINT64 p00 = a0 * b0, p01 = a0 * b1, p10 = a1 * b0, p11 = a1 * b1;
    UINT64 mid = (p00 >> 32) + (UINT32)p01 + (UINT32)p10;
    ret.lo = mid << 32 | (UINT32)p00;
    ret.hi = p11 + (p01 >> 32) + (p10 >> 32) + (mid >> 32);
#endif
    return ret;
}

/* floor( log10( 2^e ) ), floor( log10( 3/4 * 2^e ) ), floor( log2( 10^e ) ); exact for every exponent used here. */
static inline int floor_log10_pow2( int e ) { return (int)(((INT64)e * 1262611) >> 22); }
static inline int floor_log10_pow2_3_4( int e ) { return (int)(((INT64)e * 1262611 - 524031) >> 22); }
static inline int floor_log2_pow10( int e ) { return (int)(((INT64)e * 1741647) >> 19); }

/* --- output ----------------------------------------------------------------------------------------------------- */

/* The top 64 bits of g * c, where g has 128 bits; the last bit also says whether something was cut off. */
static inline UINT64 round_to_odd( struct u128 g, UINT64 c )
{
    struct u128 x = mul64( g.lo, c ), y = mul64( g.hi, c );
    UINT64 mid = y.lo + x.hi;
    return (y.hi + (mid < x.hi)) | (mid > 1);
}

/* The shortest decimal that rounds to c * 2^q, the closest one of these: *ret * 10^(the result). `closer`: the
 * lower neighbour is only half as far away. */
static int shortest_decimal( UINT64 c, int q, BOOL closer, UINT64 *ret )
{
    BOOL even = !(c & 1), up_inside, down_inside;
    int k = closer ? floor_log10_pow2_3_4( q ) : floor_log10_pow2( q );
    int h = q + floor_log2_pow10( -k ) + 1;
    const UINT64 *entry = pow10_table[-k - POW10_FIRST];
    struct u128 g = { entry[0], entry[1] };
    UINT64 lower, upper, v, s, mid;

    if (-k < 0 || -k > 55) /* inexact entry: the method wants it rounded up */
    {
        if (!++g.lo) g.hi++;
    }
    lower = round_to_odd( g, (4 * c - 2 + closer) << h ) + !even;
    v = round_to_odd( g, (4 * c) << h );
    upper = round_to_odd( g, (4 * c + 2) << h ) - !even;

    s = v >> 2;
    if (s >= 10)
    {
        UINT64 s10 = s / 10;
        down_inside = lower <= 40 * s10;
        up_inside = 40 * s10 + 40 <= upper;
        if (down_inside != up_inside)
        {
            *ret = s10 + up_inside;
            return k + 1;
        }
    }
    down_inside = lower <= 4 * s;
    up_inside = 4 * s + 4 <= upper;
    if (down_inside != up_inside)
    {
        *ret = s + up_inside;
        return k;
    }
    mid = 4 * s + 2;
    *ret = s + (v > mid || (v == mid && (s & 1)));
    return k;
}

/* Native: 0.1, 1E-2, 100000000000000, 1E+15; MC-NBFX 2.2.3.9 and 2.2.3.10 describe the form. */
static ULONG put_decimal( UINT64 digits, int exp, int fixed_digits, BYTE *buf )
{
    BYTE text[20], *p = buf;
    int count, point;

    while (!(digits % 10))
    {
        digits /= 10;
        exp++;
    }
    count = format_uint64( digits, text );
    point = count + exp; /* the value is 0.ddd * 10^point */
    if (point > fixed_digits || point < 0)
    {
        *p++ = text[0];
        if (count > 1)
        {
            *p++ = '.';
            memcpy( p, text + 1, count - 1 );
            p += count - 1;
        }
        *p++ = 'E';
        *p++ = point > 0 ? '+' : '-';
        p += format_uint64( point > 0 ? point - 1 : 1 - point, p );
    }
    else if (!point)
    {
        memcpy( p, "0.", 2 );
        memcpy( p + 2, text, count );
        p += 2 + count;
    }
    else if (point >= count)
    {
        memcpy( p, text, count );
        memset( p + count, '0', point - count );
        p += point;
    }
    else
    {
        memcpy( p, text, point );
        p[point] = '.';
        memcpy( p + point + 1, text + point, count - point );
        p += count + 1;
    }
    return p - buf;
}

static ULONG format_bits( UINT64 mant, int exp, BOOL negative, const struct float_format *fmt, BYTE *buf )
{
    BYTE *p = buf;
    UINT64 digits;

    if (exp == fmt->exp_max && mant)
    {
        memcpy( buf, "NaN", 3 );
        return 3;
    }
    if (negative) *p++ = '-';
    if (exp == fmt->exp_max)
    {
        memcpy( p, "INF", 3 );
        return p + 3 - buf;
    }
    if (!exp && !mant)
    {
        *p++ = '0';
        return p - buf;
    }
    if (exp)
    {
        int shift = fmt->exp_bias - exp;
        UINT64 c = mant | (UINT64)1 << fmt->mant_bits;

        /* Whole numbers below 2^53 are already as short as can be. */
        if (shift >= 0 && shift <= fmt->mant_bits && !(c & (((UINT64)1 << shift) - 1)))
            return p + put_decimal( c >> shift, 0, fmt->fixed_digits, p ) - buf;
        exp = shortest_decimal( c, -shift, !mant && exp > 1, &digits );
    }
    else exp = shortest_decimal( mant, 1 - fmt->exp_bias, FALSE, &digits );
    return p + put_decimal( digits, exp, fmt->fixed_digits, p ) - buf;
}

ULONG format_double( double value, BYTE *buf )
{
    UINT64 bits;
    memcpy( &bits, &value, sizeof(bits) );
    return format_bits( bits & 0xfffffffffffffull, (bits >> 52) & 0x7ff, bits >> 63, &format_binary64, buf );
}

ULONG format_float( float value, BYTE *buf )
{
    UINT32 bits;
    memcpy( &bits, &value, sizeof(bits) );
    return format_bits( bits & 0x7fffff, (bits >> 23) & 0xff, bits >> 31, &format_binary32, buf );
}

/* --- input ------------------------------------------------------------------------------------------------------ */

/* The parts of a number: digits[0 .. count) without leading zeros (a point may stand among them), the value is
 * those digits * 10^exp. */
struct decimal_text
{
    UINT64 mant;          /* the first 19 digits */
    int    exp;           /* power of ten of the last digit in `mant` */
    BOOL   cut;           /* there are more digits, not all of them zero */
    BOOL   negative;
    BOOL   any;           /* there is a digit */
    const BYTE *digits;   /* first significant digit */
    const BYTE *end;      /* end of the digits */
};

#define MAX_EXPONENT 100000

/* [+-]? digits? ('.' digits?)? ([eE] [+-]? digits)?; native wants something before the exponent, not necessarily a
 * digit. */
static BOOL scan_decimal( const BYTE *s, ULONG len, struct decimal_text *d )
{
    const BYTE *p = s, *end = s + len;
    ULONG count = 0;
    BOOL point = FALSE;
    int exp = 0;

    memset( d, 0, sizeof(*d) );
    if (p < end && (*p == '+' || *p == '-')) d->negative = *p++ == '-';
    for (; p < end; p++)
    {
        ULONG digit = *p - '0';
        if (digit > 9)
        {
            if (*p != '.' || point) break;
            point = TRUE;
            continue;
        }
        d->any = TRUE;
        if (count || digit)
        {
            if (!count) d->digits = p;
            if (count < 19) d->mant = d->mant * 10 + digit;
            else
            {
                d->exp++;
                if (digit) d->cut = TRUE;
            }
            count++;
        }
        if (point) d->exp--;
    }
    if (p == s) return FALSE;
    d->end = p;
    if (p < end)
    {
        BOOL negative = FALSE;
        if (*p != 'e' && *p != 'E') return FALSE;
        p++;
        if (p < end && (*p == '+' || *p == '-')) negative = *p++ == '-';
        if (p == end) return FALSE;
        for (; p < end; p++)
        {
            ULONG digit = *p - '0';
            if (digit > 9) return FALSE;
            if (exp < MAX_EXPONENT) exp = exp * 10 + digit;
        }
        d->exp += negative ? -exp : exp;
    }
    return TRUE;
}

/* Big integers for the rare undecided case: at most 3900 bits, see compare_half(). */
#define BIG_WORDS 160
struct bigint { UINT32 count, word[BIG_WORDS]; };

static void big_mul_add( struct bigint *b, UINT32 factor, UINT32 add )
{
    UINT64 carry = add;
    UINT32 i;
    for (i = 0; i < b->count; i++)
    {
        carry += (UINT64)b->word[i] * factor;
        b->word[i] = carry;
        carry >>= 32;
    }
    if (carry) b->word[b->count++] = carry;
}

static void big_mul_pow10( struct bigint *b, int exp )
{
    for (; exp >= 9; exp -= 9) big_mul_add( b, 1000000000, 0 );
    for (; exp > 0; exp--) big_mul_add( b, 10, 0 );
}

static void big_shift( struct bigint *b, int bits )
{
    UINT32 words = bits / 32;
    if (!b->count) return;
    big_mul_add( b, 1u << (bits % 32), 0 );
    memmove( b->word + words, b->word, b->count * sizeof(b->word[0]) );
    memset( b->word, 0, words * sizeof(b->word[0]) );
    b->count += words;
}

static int big_compare( const struct bigint *a, const struct bigint *b )
{
    UINT32 i;
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    for (i = a->count; i--;) if (a->word[i] != b->word[i]) return a->word[i] < b->word[i] ? -1 : 1;
    return 0;
}

/* Digits that can matter: a number halfway between two doubles has at most 767. */
#define MAX_DIGITS 770

/* Compares the decimal with half * 2^exp2, which is the middle between two neighbours; both are near each other, so
 * that the powers of ten and two are bounded by those of the number format. */
static int compare_half( const struct decimal_text *d, UINT64 half, int exp2 )
{
    struct bigint a = { 0 }, b = { 0 };
    const BYTE *p;
    ULONG count = 0, total = 0;
    BOOL sticky = FALSE;
    int exp;

    for (p = d->digits; p < d->end; p++)
    {
        if (*p == '.') continue;
        total++;
        if (count < MAX_DIGITS)
        {
            big_mul_add( &a, 10, *p - '0' );
            count++;
        }
        else if (*p != '0') sticky = TRUE;
    }
    /* d->exp belongs to the first 19 digits */
    exp = d->exp + (int)(total < 19 ? total : 19) - (int)count;
    big_mul_add( &b, 1, (UINT32)(half >> 32) );
    if (b.count) big_shift( &b, 32 );
    if (!b.count) big_mul_add( &b, 1, (UINT32)half );
    else b.word[0] = (UINT32)half;
    if (exp > 0) big_mul_pow10( &a, exp );
    else big_mul_pow10( &b, -exp );
    if (exp2 > 0) big_shift( &b, exp2 );
    else big_shift( &a, -exp2 );
    exp = big_compare( &a, &b );
    return exp || !sticky ? exp : 1;
}

/* Rounds the 192-bit product p (top word first, at most one leading zero bit) * 2^exp2 towards zero to the format: the
 * result's bits. *half: the middle above the result as an integer, *half_exp its power of two; *above: compared with
 * the middle: -1, 0, 1. */
static UINT64 round_down( const UINT64 p[3], int exp2, const struct float_format *fmt, UINT64 *half, int *half_exp,
                          int *above )
{
    int zeros = __builtin_clzll( p[0] ), shift, exp, drop;
    UINT64 top, mant, rest;
    BOOL sticky;

    top = zeros ? p[0] << zeros | p[1] >> (64 - zeros) : p[0];
    sticky = (zeros ? p[1] << zeros : p[1]) || p[2];
    exp = exp2 + 128 - zeros; /* the value is top.sticky * 2^exp */

    drop = 63 - fmt->mant_bits;
    shift = 1 - fmt->exp_bias - (exp + drop);   /* > 0: below the normal range */
    if (shift > 0) drop += shift;
    else shift = 0;
    if (drop > 64) /* less than half of the smallest number */
    {
        *half = 1;
        *half_exp = -fmt->exp_bias;
        *above = -1;
        return 0;
    }
    mant = drop == 64 ? 0 : top >> drop;
    rest = drop == 64 ? top : top << (64 - drop);
    *half = 2 * mant + 1;
    *half_exp = exp + drop - 1;
    if (rest == (UINT64)1 << 63) *above = sticky ? 1 : 0;
    else *above = rest > (UINT64)1 << 63 ? 1 : -1;
    if (mant >> fmt->mant_bits)
    {
        int field = exp + drop + fmt->exp_bias;
        if (field >= fmt->exp_max)
        {
            *above = -1;
            return (UINT64)fmt->exp_max << fmt->mant_bits;
        }
        return (UINT64)field << fmt->mant_bits | (mant & (((UINT64)1 << fmt->mant_bits) - 1));
    }
    return mant;
}

static void add192( UINT64 q[3], UINT64 hi, UINT64 mid, UINT64 lo )
{
    UINT64 carry;
    q[2] += lo;
    carry = q[2] < lo;
    q[1] += carry;
    carry = q[1] < carry;
    q[1] += mid;
    carry += q[1] < mid;
    q[0] += hi + carry;
}

/* The bits of the number nearest to the decimal, ties to even; infinity above the range. */
static UINT64 decimal_to_bits( const struct decimal_text *d, const struct float_format *fmt )
{
    UINT64 p[3], q[3], bits, bits2, half, half2, w = d->mant;
    int zeros, exp2, half_exp, half_exp2, above, above2;
    const UINT64 *entry;
    struct u128 x, y;

    if (!w || d->exp < POW10_FIRST) return 0;
    if (d->exp > 308) return (UINT64)fmt->exp_max << fmt->mant_bits;

    zeros = __builtin_clzll( w );
    w <<= zeros;
    entry = pow10_table[d->exp - POW10_FIRST];
    x = mul64( w, entry[1] );
    y = mul64( w, entry[0] );
    p[2] = x.lo;
    p[1] = y.lo + x.hi;
    p[0] = y.hi + (p[1] < x.hi);
    exp2 = floor_log2_pow10( d->exp ) - 127 - zeros;

    bits = round_down( p, exp2, fmt, &half, &half_exp, &above );
    if (d->cut || d->exp < 0 || d->exp > 55)
    {
        /* (mant + cut << zeros) * (entry + 1) */
        memcpy( q, p, sizeof(q) );
        add192( q, 0, 0, w );
        if (d->cut)
        {
            if (zeros) add192( q, entry[0] >> (64 - zeros), entry[0] << zeros | entry[1] >> (64 - zeros),
                               entry[1] << zeros );
            else add192( q, 0, entry[0], entry[1] );
            add192( q, 0, 0, (UINT64)1 << zeros );
        }
        bits2 = round_down( q, exp2, fmt, &half2, &half_exp2, &above2 );
        if (!above || !above2 || bits + (above > 0) != bits2 + (above2 > 0)) above = compare_half( d, half, half_exp );
    }
    return bits + (above > 0 || (!above && (bits & 1)));
}

static HRESULT parse_number( const BYTE *s, ULONG len, const struct float_format *fmt, const char *name, UINT64 *ret,
                             WS_ERROR *error )
{
    UINT64 sign = (UINT64)(fmt->exp_max + 1) << fmt->mant_bits, inf = (UINT64)fmt->exp_max << fmt->mant_bits;
    struct decimal_text d;

    scalar_trim( &s, &len );
    if (scan_decimal( s, len, &d ))
    {
        *ret = decimal_to_bits( &d, fmt );
        /* native: "-0" is negative, a sign without digits is plain zero */
        if (d.negative && d.any) *ret |= sign;
    }
    else if (len == 3 && !memcmp( s, "INF", 3 )) *ret = inf;
    else if (len == 4 && !memcmp( s, "-INF", 4 )) *ret = inf | sign;
    else if (len == 3 && !memcmp( s, "NaN", 3 )) *ret = inf | sign | (UINT64)1 << (fmt->mant_bits - 1);
    else return scalar_bad( error, name, s, len );
    return S_OK;
}

HRESULT parse_double( const BYTE *s, ULONG len, double *ret, WS_ERROR *error )
{
    UINT64 bits;
    HRESULT hr = parse_number( s, len, &format_binary64, "double", &bits, error );
    if (hr == S_OK) memcpy( ret, &bits, sizeof(*ret) );
    return hr;
}

HRESULT parse_float( const BYTE *s, ULONG len, float *ret, WS_ERROR *error )
{
    UINT64 bits;
    UINT32 word;
    HRESULT hr = parse_number( s, len, &format_binary32, "float", &bits, error );
    if (hr != S_OK) return hr;
    word = bits;
    memcpy( ret, &word, sizeof(*ret) );
    return S_OK;
}
