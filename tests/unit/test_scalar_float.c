/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lexical forms of float and double, against the C library as oracle: its strtod rounds correctly, and the shortest of
 * its %.*e forms that reads back says how many digits are needed.
 *
 * `test_scalar_float all` goes through every float (half an hour); `test_scalar_float random N [SEED]` through N random doubles,
 * with a seed through others. */

#include <stdlib.h>
#include <math.h>
#include "unit.h"
#include "xml/node.h"
#include "xml/pow10_table.h"

/* rows leave out what is zero */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

static UINT64 random_state = 88172645463325252ull;

static UINT64 random64( void )
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    return random_state ^= random_state << 17;
}

static double double_of( UINT64 bits )
{
    double ret;
    memcpy( &ret, &bits, sizeof(ret) );
    return ret;
}

static UINT64 bits_of( double value )
{
    UINT64 ret;
    memcpy( &ret, &value, sizeof(ret) );
    return ret;
}

static UINT32 float_bits( float value )
{
    UINT32 ret;
    memcpy( &ret, &value, sizeof(ret) );
    return ret;
}

static ULONG significant_digits( const char *text )
{
    ULONG count = 0, zeros = 0;
    for (; *text && *text != 'E'; text++)
    {
        if (*text < '0' || *text > '9' || (!count && *text == '0')) continue;
        count++;
        zeros = *text == '0' ? zeros + 1 : 0;
    }
    return count - zeros;
}

static void check_double( double value, BOOL shortest )
{
    char text[XML_TEXT_SCRATCH + 1], other[64];
    ULONG len = format_double( value, (BYTE *)text ), digits;
    double back;

    text[len] = 0;
    unit_context = text;
    CHECK_EQ( bits_of( strtod( text, NULL ) ), bits_of( value ) );
    CHECK_EQ( parse_double( (BYTE *)text, len, &back, NULL ), S_OK );
    CHECK_EQ( bits_of( back ), bits_of( value ) );
    if (!shortest || !value) return;
    for (digits = 1; digits < 17; digits++)
    {
        snprintf( other, sizeof(other), "%.*e", digits - 1, value );
        if (strtod( other, NULL ) == value) break;
    }
    /* the library's rounding of a denormal need not be the shortest form */
    CHECK( significant_digits( text ) <= digits, "%s is shorter", other );
}

static void test_format_double( void )
{
    static const struct { double value; const char *text; } cases[] =
    {
        { 0, "0" }, { -0.0, "-0" }, { 1, "1" }, { -1, "-1" }, { 0.1, "0.1" }, { -0.1, "-0.1" }, { 0.01, "1E-2" },
        { -0.01, "-1E-2" }, { 0.15, "0.15" }, { 0.012, "1.2E-2" }, { 123.456, "123.456" },
        { 100000000000000., "100000000000000" }, { 1000000000000000., "1E+15" }, { 123456789012345., "123456789012345" },
        { 1234567890123456., "1.234567890123456E+15" }, { 1.0000000000000002, "1.0000000000000002" },
        { 1.7976931348623157e308, "1.7976931348623157E+308" }, { 5e-324, "5E-324" }, { 2.2250738585072014e-308,
        "2.2250738585072014E-308" }, { 9007199254740993., "9.007199254740992E+15" }, { INFINITY, "INF" },
        { -INFINITY, "-INF" }, { NAN, "NaN" }, { -NAN, "NaN" }, { 1e23, "1E+23" }, { 9.5367431640625e-7, "9.5367431640625E-7" },
    };
    BYTE buf[XML_TEXT_SCRATCH];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        unit_context = cases[i].text;
        CHECK_STR( buf, format_double( cases[i].value, buf ), cases[i].text );
    }
    unit_context = "";
}

static void test_parse_double( void )
{
    static const struct { const char *text; HRESULT hr; UINT64 bits; } cases[] =
    {
        /* native takes a sign or a point alone for zero */
        { "-", S_OK, 0 }, { "+.", S_OK, 0 }, { ".", S_OK, 0 }, { "-0", S_OK, 0x8000000000000000ull }, { "0.", S_OK, 0 },
        { " 1 ", S_OK, 0x3ff0000000000000ull }, { "+1.5", S_OK, 0x3ff8000000000000ull }, { "1E1", S_OK, 0x4024000000000000ull },
        { "INF", S_OK, 0x7ff0000000000000ull }, { "-INF", S_OK, 0xfff0000000000000ull }, { "NaN", S_OK, 0xfff8000000000000ull },
        { "1.7976931348623159e308", S_OK, 0x7ff0000000000000ull }, { "1e400", S_OK, 0x7ff0000000000000ull },
        { "1e99999999999", S_OK, 0x7ff0000000000000ull }, { "1e-99999999999", S_OK, 0 }, { "0e99999999999", S_OK, 0 },
        { "2.4703282292062327e-324", S_OK, 0 }, { "2.4703282292062329e-324", S_OK, 1 },
        { "9007199254740993", S_OK, 0x4340000000000000ull }, { "9007199254740993.0000000000000000000000001", S_OK,
          0x4340000000000001ull },
        { "", WS_E_INVALID_FORMAT }, { " ", WS_E_INVALID_FORMAT }, { "+INF", WS_E_INVALID_FORMAT }, { "inf", WS_E_INVALID_FORMAT },
        { "Infinity", WS_E_INVALID_FORMAT }, { "nan", WS_E_INVALID_FORMAT }, { "-NaN", WS_E_INVALID_FORMAT },
        { "1e", WS_E_INVALID_FORMAT }, { "1e+", WS_E_INVALID_FORMAT }, { "e1", WS_E_INVALID_FORMAT },
        { "1e1.", WS_E_INVALID_FORMAT }, { "1.1.", WS_E_INVALID_FORMAT }, { "1,1", WS_E_INVALID_FORMAT },
        { "0x1p1", WS_E_INVALID_FORMAT }, { "1 1", WS_E_INVALID_FORMAT },
    };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        double value = 42;
        unit_context = cases[i].text;
        CHECK_EQ( parse_double( (const BYTE *)cases[i].text, strlen( cases[i].text ), &value, NULL ), cases[i].hr );
        CHECK_EQ( bits_of( value ), cases[i].hr ? bits_of( 42 ) : cases[i].bits );
    }
    unit_context = "";
}

static void test_float( void )
{
    static const struct { float value; const char *text; } cases[] =
    {
        { 1.1f, "1.1" }, { 0.1f, "0.1" }, { 0.01f, "1E-2" }, { 1000000.f, "1000000" }, { 10000000.f, "1E+7" },
        { 3.4028235e38f, "3.4028235E+38" }, { 1e-45f, "1E-45" }, { -0.0f, "-0" }, { INFINITY, "INF" }, { NAN, "NaN" },
    };
    BYTE buf[XML_TEXT_SCRATCH + 1];
    float back;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        unit_context = cases[i].text;
        CHECK_STR( buf, format_float( cases[i].value, buf ), cases[i].text );
    }
    for (i = 0; i < 100000; i++)
    {
        UINT32 bits = (UINT32)random64();
        ULONG len;
        float value;
        memcpy( &value, &bits, sizeof(value) );
        if (!isfinite( value )) continue;
        len = format_float( value, buf );
        buf[len] = 0;
        unit_context = (char *)buf;
        CHECK_EQ( float_bits( strtof( (char *)buf, NULL ) ), bits );
        CHECK_EQ( parse_float( buf, len, &back, NULL ), S_OK );
        CHECK_EQ( float_bits( back ), bits );
    }
    unit_context = "";
    CHECK_EQ( parse_float( (const BYTE *)"3.4028236e38", 12, &back, NULL ), S_OK );
    CHECK_EQ( float_bits( back ), 0x7f800000 );
    CHECK_EQ( parse_float( (const BYTE *)"NaN", 3, &back, NULL ), S_OK );
    CHECK_EQ( float_bits( back ), 0xffc00000 );
}

static void random_doubles( ULONG count )
{
    ULONG i;

    for (i = 0; i < count; i++)
    {
        double value = double_of( random64() );
        if (isfinite( value )) check_double( value, i % 16 == 0 );
        check_double( (double)(random64() % 100000000) / 100, TRUE );       /* amounts of money */
        check_double( (double)(random64() >> (random64() & 63)), FALSE );   /* whole numbers */
        check_double( double_of( (random64() & 0xfffffffffffffull) >> random64() % 52 ), FALSE ); /* denormals */
    }
    unit_context = "";
}

static void test_round_trip( void )
{
    int exp, i;

    random_doubles( 20000 );
    for (exp = 1; exp < 2047; exp++)
        for (i = -2; i <= 2; i++) check_double( double_of( ((UINT64)exp << 52) + i ), TRUE );
    unit_context = "";
}

static void check_decimal( const char *text )
{
    ULONG len = strlen( text );
    double value;
    float single;

    unit_context = text;
    CHECK_EQ( parse_double( (const BYTE *)text, len, &value, NULL ), S_OK );
    CHECK_EQ( bits_of( value ), bits_of( strtod( text, NULL ) ) );
    CHECK_EQ( parse_float( (const BYTE *)text, len, &single, NULL ), S_OK );
    CHECK_EQ( float_bits( single ), float_bits( strtof( text, NULL ) ) );
}

static void test_random_decimals( void )
{
    char text[1700];
    ULONG i, j;

    for (i = 0; i < 20000; i++)
    {
        ULONG digits = 1 + random64() % (i % 50 ? 30 : 800), point = random64() % (digits + 1), len = 0;
        for (j = 0; j < digits; j++)
        {
            if (j == point) text[len++] = '.';
            text[len++] = '0' + random64() % 10;
        }
        text[len] = 0;
        if (random64() % 2) sprintf( text + len, "e%d", (int)(random64() % 700) - 350 );
        check_decimal( text );
    }
    /* exactly halfway between two neighbours, and the least bit above and below */
    for (i = 0; i < 3000; i++)
    {
        UINT64 bits = random64() & 0x7fffffffffffffffull;
        double low = double_of( bits ), high = double_of( bits + 1 );
        char *end;
        if (!isfinite( low ) || !isfinite( high )) continue;
        snprintf( text, sizeof(text), "%.1100Le", ((long double)low + high) / 2 );
        check_decimal( text );
        if (!(end = strchr( text, 'e' ))) continue;
        end[-1] = '1';
        check_decimal( text );
    }
    unit_context = "";
}

/* The table of powers against powers made here digit by digit. */
static void test_table( void )
{
    UINT32 words[40] = { 1 };
    int q, i, top;

    for (q = 0; q <= POW10_LAST; q++)
    {
        UINT64 carry = 0, hi = 0, lo = 0;
        for (top = ARRAY_SIZE( words ) - 1; !words[top]; top--) ;
        for (i = 0; i < 128; i++) /* the bits from the top */
        {
            int bit = top * 32 + 31 - __builtin_clz( words[top] ) - i;
            UINT64 value = bit < 0 ? 0 : (words[bit / 32] >> (bit % 32)) & 1;
            hi = hi << 1 | lo >> 63;
            lo = lo << 1 | value;
        }
        CHECK_EQ( pow10_table[q - POW10_FIRST][0], hi );
        CHECK_EQ( pow10_table[q - POW10_FIRST][1], lo );
        for (i = 0; i < (int)ARRAY_SIZE( words ); i++)
        {
            carry += (UINT64)words[i] * 10;
            words[i] = (UINT32)carry;
            carry >>= 32;
        }
    }
    /* an entry of a negative power times that of the positive one is just below a power of two */
    for (q = 1; q <= POW10_LAST; q++)
    {
        unsigned __int128 product = (unsigned __int128)pow10_table[q - POW10_FIRST][0] * pow10_table[-q - POW10_FIRST][0];
        UINT64 high = (UINT64)(product >> 64);
        CHECK( high >= 0x7ffffffffffffffdull && high <= 0x8000000000000000ull, "10^-%d: 0x%llx", q, (unsigned long long)high );
    }
}

static int sweep_floats( void )
{
    BYTE buf[XML_TEXT_SCRATCH];
    UINT32 bits = 0;

    do
    {
        float value, back = 0;
        memcpy( &value, &bits, sizeof(value) );
        if (isfinite( value ) && (parse_float( buf, format_float( value, buf ), &back, NULL ) || float_bits( back ) != bits))
            return printf( "0x%08x does not come back\n", bits ), 1;
    } while (++bits);
    return puts( "every float comes back" ), 0;
}

static const struct unit_test tests[] =
{
    { "format_double", test_format_double }, { "parse_double", test_parse_double }, { "float", test_float },
    { "round_trip", test_round_trip }, { "random_decimals", test_random_decimals }, { "table", test_table },
};

int main( int argc, char **argv )
{
    if (argc == 2 && !strcmp( argv[1], "all" )) return sweep_floats();
    if ((argc == 3 || argc == 4) && !strcmp( argv[1], "random" ))
    {
        if (argc == 4) random_state += strtoull( argv[3], NULL, 10 );
        random_doubles( strtoul( argv[2], NULL, 10 ) / 4 );
        return printf( "%u passed, %u failed\n", unit_passed, unit_failed ), unit_failed != 0;
    }
    return unit_main( argc, argv, tests, ARRAY_SIZE( tests ) );
}
