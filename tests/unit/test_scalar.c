/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lexical forms of everything but float and double. What native accepts, and with which code it refuses, is known from
 * public conformance tests that ran against it; where XML Schema is the source instead, the comment says so. */

#include <stdlib.h>
#include "unit.h"
#include "xml/node.h"

/* rows leave out what is zero */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define TEXT( s ) (const BYTE *)(s), strlen( s )

static void test_bool( void )
{
    static const struct { const char *text; HRESULT hr; BOOL value; } cases[] =
    {
        { "true", S_OK, TRUE }, { "false", S_OK, FALSE }, { "1", S_OK, TRUE }, { "0", S_OK, FALSE },
        { " \t\r\ntrue ", S_OK, TRUE },
        { "FALSE", WS_E_INVALID_FORMAT }, { "True", WS_E_INVALID_FORMAT }, { "2", WS_E_INVALID_FORMAT },
        { "", WS_E_INVALID_FORMAT }, { " ", WS_E_INVALID_FORMAT }, { "tru", WS_E_INVALID_FORMAT },
        { "t rue", WS_E_INVALID_FORMAT },
    };
    BYTE buf[XML_TEXT_SCRATCH];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        BOOL value = -1;
        unit_context = cases[i].text;
        CHECK_EQ( parse_bool( TEXT( cases[i].text ), &value, NULL ), cases[i].hr );
        CHECK_EQ( value, cases[i].hr ? -1 : cases[i].value );
    }
    unit_context = "";
    CHECK_STR( buf, format_bool( 5, buf ), "true" );
    CHECK_STR( buf, format_bool( 0, buf ), "false" );
}

#define I64_MIN (-0x7fffffffffffffffll - 1)
#define I64_MAX 0x7fffffffffffffffll

/* A type below 64 bits is read as the next wider of int and long long: what does not fit there is no number. */
static void test_int( void )
{
    static const struct { const char *text; INT64 min, max; HRESULT hr; INT64 value; } cases[] =
    {
        { "-128", -128, 127, S_OK, -128 },
        { "127", -128, 127, S_OK, 127 },
        { "-129", -128, 127, WS_E_NUMERIC_OVERFLOW },
        { "128", -128, 127, WS_E_NUMERIC_OVERFLOW },
        { "2147483648", -128, 127, WS_E_INVALID_FORMAT },
        { "-0", -128, 127, S_OK, 0 },
        { "007", -128, 127, S_OK, 7 },
        { "00000000000000000000000000012", -128, 127, S_OK, 12 },
        { " 12 ", -128, 127, S_OK, 12 },
        { "", -128, 127, WS_E_INVALID_FORMAT },
        { " ", -128, 127, WS_E_INVALID_FORMAT },
        { "-", -128, 127, WS_E_INVALID_FORMAT },
        { "--1", -128, 127, WS_E_INVALID_FORMAT },
        { "+1", -128, 127, WS_E_INVALID_FORMAT },
        { "1.", -128, 127, WS_E_INVALID_FORMAT },
        { "1 2", -128, 127, WS_E_INVALID_FORMAT },
        { "0x1f", -128, 127, WS_E_INVALID_FORMAT },
        { "255", 0, 255, S_OK, 255 },
        { "256", 0, 255, WS_E_NUMERIC_OVERFLOW },
        { "-255", 0, 255, WS_E_NUMERIC_OVERFLOW },
        { "+255", 0, 255, WS_E_INVALID_FORMAT },
        { "-2147483648", -0x80000000ll, 0x7fffffff, S_OK, -0x80000000ll },
        { "-2147483649", -0x80000000ll, 0x7fffffff, WS_E_INVALID_FORMAT },
        { "4294967295", 0, 0xffffffffll, S_OK, 0xffffffffll },
        { "4294967296", 0, 0xffffffffll, WS_E_NUMERIC_OVERFLOW },
        { "-9223372036854775808", I64_MIN, I64_MAX, S_OK, I64_MIN },
        { "9223372036854775807", I64_MIN, I64_MAX, S_OK, I64_MAX },
        { "-9223372036854775809", I64_MIN, I64_MAX, WS_E_INVALID_FORMAT },
        { "9223372036854775808", I64_MIN, I64_MAX, WS_E_INVALID_FORMAT },
    };
    BYTE buf[XML_TEXT_SCRATCH];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        INT64 value = 42;
        unit_context = cases[i].text;
        CHECK_EQ( parse_int64( TEXT( cases[i].text ), cases[i].min, cases[i].max, &value, NULL ), cases[i].hr );
        CHECK_EQ( value, cases[i].hr ? 42 : cases[i].value );
    }
    unit_context = "";
    CHECK_STR( buf, format_int64( I64_MIN, buf ), "-9223372036854775808" );
    CHECK_STR( buf, format_int64( -1, buf ), "-1" );
    CHECK_STR( buf, format_int64( 0, buf ), "0" );
}

static void test_uint64( void )
{
    static const struct { const char *text; UINT64 max; HRESULT hr; UINT64 value; } cases[] =
    {
        { "18446744073709551615", ~0ull, S_OK, ~0ull },
        { "18446744073709551616", ~0ull, WS_E_INVALID_FORMAT },
        { "99999999999999999999", ~0ull, WS_E_INVALID_FORMAT },
        { "-1", ~0ull, WS_E_INVALID_FORMAT },
        { "11", 10, WS_E_NUMERIC_OVERFLOW },
    };
    BYTE buf[XML_TEXT_SCRATCH];
    char text[32];
    UINT64 value;
    ULONG i, j;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        value = 42;
        unit_context = cases[i].text;
        CHECK_EQ( parse_uint64( TEXT( cases[i].text ), cases[i].max, &value, NULL ), cases[i].hr );
        CHECK_EQ( value, cases[i].hr ? 42 : cases[i].value );
    }
    unit_context = "";
    for (i = 0; i < 64; i++)
        for (j = 0; j < 3; j++)
        {
            value = (1ull << i) + j - 1;
            sprintf( text, "%llu", (unsigned long long)value );
            CHECK_STR( buf, format_uint64( value, buf ), text );
        }
    for (i = 0, value = 1; i < 19; i++, value *= 10)
        for (j = 0; j < 3; j++)
        {
            sprintf( text, "%llu", (unsigned long long)(value + j - 1) );
            CHECK_STR( buf, format_uint64( value + j - 1, buf ), text );
        }
}

static void test_guid( void )
{
    static const GUID guid = { 0x01234567, 0x89ab, 0xcdef, { 0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10 } };
    static const char * const bad[] =
    {
        "", "{01234567-89ab-cdef-fedc-ba9876543210}", "01234567-89ab-cdef-fedc-ba987654321",
        "01234567-89ab-cdef-fedc-ba98765432100", "01234567089ab-cdef-fedc-ba9876543210",
        "0123456g-89ab-cdef-fedc-ba9876543210", "01234567-89ab-cdef-fedcba9876543210-",
    };
    BYTE buf[XML_TEXT_SCRATCH];
    GUID value;
    ULONG i;

    CHECK_STR( buf, format_guid( &guid, buf ), "01234567-89ab-cdef-fedc-ba9876543210" );
    CHECK_EQ( parse_guid( TEXT( " 01234567-89ab-cdef-fedc-ba9876543210 " ), &value, NULL ), S_OK );
    CHECK_MEM( &value, sizeof(value), &guid, sizeof(guid) );
    CHECK_EQ( parse_guid( TEXT( "01234567-89AB-CDEF-FEDC-BA9876543210" ), &value, NULL ), S_OK );
    CHECK_MEM( &value, sizeof(value), &guid, sizeof(guid) );
    for (i = 0; i < ARRAY_SIZE( bad ); i++)
    {
        unit_context = bad[i];
        CHECK_EQ( parse_guid( TEXT( bad[i] ), &value, NULL ), WS_E_INVALID_FORMAT );
    }
    unit_context = "";
}

#define TICKS_2016 635872032000000000ull

static void test_datetime( void )
{
    static const struct { const char *text; HRESULT hr; UINT64 ticks; WS_DATETIME_FORMAT format; } cases[] =
    {
        { "0001-01-01T00:00:00Z", S_OK, 0, WS_DATETIME_FORMAT_UTC },
        { "0001-01-01T00:00:00", S_OK, 0, WS_DATETIME_FORMAT_NONE },
        { "0001-01-01T00:00:00+00:00", S_OK, 0, WS_DATETIME_FORMAT_LOCAL },
        { " 2016-01-01T00:00:00.5Z\n", S_OK, TICKS_2016 + 5000000, WS_DATETIME_FORMAT_UTC },
        { "2016-01-01T00:00:00-01:00", S_OK, TICKS_2016 + 36000000000ull, WS_DATETIME_FORMAT_LOCAL },
        { "2016-01-01T14:00:00+14:00", S_OK, TICKS_2016, WS_DATETIME_FORMAT_LOCAL },
        { "2015-12-31T24:00:00Z", S_OK, TICKS_2016, WS_DATETIME_FORMAT_UTC },
        { "9999-12-31T23:59:59.9999999Z", S_OK, 3155378975999999999ull, WS_DATETIME_FORMAT_UTC },
        { "9999-12-31T24:00:00+00:01", S_OK, 3155378975400000000ull, WS_DATETIME_FORMAT_LOCAL },
        { "2000-02-29T00:00:00Z", S_OK, 630873792000000000ull, WS_DATETIME_FORMAT_UTC },
        { "0000-01-01T00:00:00Z", WS_E_INVALID_FORMAT },
        { "-0001-01-01T00:00:00Z", WS_E_INVALID_FORMAT },
        { "12016-01-01T00:00:00Z", WS_E_INVALID_FORMAT },
        { "2016-1-01T00:00:00Z", WS_E_INVALID_FORMAT },
        { "2016-01-01", WS_E_INVALID_FORMAT },
        { "2016-01-01t00:00:00Z", WS_E_INVALID_FORMAT },
        { "2016-01-01T00:00:00z", WS_E_INVALID_FORMAT },
        { "2016-01-01T00:00:00.Z", WS_E_INVALID_FORMAT },
        { "2016-01-01T00:00:00.00000001Z", WS_E_INVALID_FORMAT },
        { "1900-02-29T00:00:00Z", WS_E_INVALID_FORMAT },
        { "2016-02-30T00:00:00Z", WS_E_INVALID_FORMAT },
        { "2016-01-01T24:00:00.1Z", WS_E_INVALID_FORMAT },
        { "2016-01-01T25:00:00Z", WS_E_INVALID_FORMAT },
        { "2016-01-01T00:00:00+14:01", WS_E_INVALID_FORMAT },
        { "2016-01-01T00:00:00+1:00", WS_E_INVALID_FORMAT },
        { "2016-01-01T00:00:00+01:60", WS_E_INVALID_FORMAT },
        { "2016-01-01T00:00:00+0100", WS_E_INVALID_FORMAT },
        { "0001-01-01T00:00:00+00:01", WS_E_INVALID_FORMAT },
        { "9999-12-31T24:00:00Z", WS_E_INVALID_FORMAT },
        { "", WS_E_INVALID_FORMAT },
    };
    /* Pacific time, standard time in January; before 1601 native writes +00:00 */
    static const struct { UINT64 ticks; WS_DATETIME_FORMAT format; const char *text; } output[] =
    {
        { 0, WS_DATETIME_FORMAT_UTC, "0001-01-01T00:00:00Z" },
        { 1, WS_DATETIME_FORMAT_NONE, "0001-01-01T00:00:00.0000001" },
        { 1000000, WS_DATETIME_FORMAT_NONE, "0001-01-01T00:00:00.1" },
        { 0, WS_DATETIME_FORMAT_LOCAL, "0001-01-01T00:00:00+00:00" },
        { 504911232000000000ull + 252000000000ull, WS_DATETIME_FORMAT_LOCAL, "1601-01-01T07:00:00+00:00" },
        { 504911232000000000ull + 288000000000ull, WS_DATETIME_FORMAT_LOCAL, "1601-01-01T00:00:00-08:00" },
        { TICKS_2016, WS_DATETIME_FORMAT_LOCAL, "2015-12-31T16:00:00-08:00" },
        { TICKS_2016 + 182 * 864000000000ull, WS_DATETIME_FORMAT_LOCAL, "2016-06-30T17:00:00-07:00" },
        { 3155378975999999999ull, WS_DATETIME_FORMAT_LOCAL, "9999-12-31T15:59:59.9999999-08:00" },
        { 3155378976000000000ull, WS_DATETIME_FORMAT_UTC, "" },
        { 0, WS_DATETIME_FORMAT_NONE + 1, "" },
    };
    BYTE buf[XML_TEXT_SCRATCH];
    WS_DATETIME value;
    ULONG i;

    setenv( "TZ", "PST8PDT,M3.2.0,M11.1.0", 1 );
    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        unit_context = cases[i].text;
        value.ticks = 42;
        CHECK_EQ( parse_datetime( TEXT( cases[i].text ), &value, NULL ), cases[i].hr );
        CHECK_EQ( value.ticks, cases[i].hr ? 42 : cases[i].ticks );
        if (!cases[i].hr) CHECK_EQ( value.format, cases[i].format );
    }
    for (i = 0; i < ARRAY_SIZE( output ); i++)
    {
        unit_context = output[i].text;
        value.ticks = output[i].ticks;
        value.format = output[i].format;
        CHECK_STR( buf, format_datetime( &value, buf ), output[i].text );
    }
    unit_context = "";
    for (i = 0; i < 3652059; i += 97) /* days of the calendar */
    {
        WS_DATETIME day = { i * 864000000000ull + i, i % 3 };
        ULONG len = format_datetime( &day, buf );
        CHECK_EQ( parse_datetime( buf, len, &value, NULL ), S_OK );
        CHECK_EQ( value.ticks, day.ticks );
    }
}

/* MC-NBFX 2.2.3.23 */
static void test_timespan( void )
{
    static const struct { const char *text; HRESULT hr; INT64 value; } cases[] =
    {
        { "00:00:00", S_OK, 0 },
        { "01:02:03", S_OK, 37230000000ll },
        { "-00:00:00.0000001", S_OK, -1 },
        { "1.00:00:00", S_OK, 864000000000ll },
        { "10675199.02:48:05.4775807", S_OK, I64_MAX },
        { "-10675199.02:48:05.4775808", S_OK, I64_MIN },
        { "10675199.02:48:05.4775808", WS_E_INVALID_FORMAT },
        { "99999999.00:00:00", WS_E_INVALID_FORMAT },
        { "24:00:00", WS_E_INVALID_FORMAT },
        { "00:60:00", WS_E_INVALID_FORMAT },
        { "00:00:60", WS_E_INVALID_FORMAT },
        { "0:00:00", WS_E_INVALID_FORMAT },
        { "00:00:00.", WS_E_INVALID_FORMAT },
        { ".00:00:00", WS_E_INVALID_FORMAT },
        { "-", WS_E_INVALID_FORMAT },
        { "", WS_E_INVALID_FORMAT },
        { "1.", WS_E_INVALID_FORMAT },
        { "P1D", WS_E_INVALID_FORMAT },
    };
    BYTE buf[XML_TEXT_SCRATCH];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        INT64 value = 42;
        unit_context = cases[i].text;
        CHECK_EQ( parse_timespan( TEXT( cases[i].text ), &value, NULL ), cases[i].hr );
        CHECK_EQ( value, cases[i].hr ? 42 : cases[i].value );
        if (!cases[i].hr) CHECK_STR( buf, format_timespan( value, buf ), cases[i].text );
    }
    unit_context = "";
}

/* XML Schema part 2, 3.2.6 */
static void test_duration( void )
{
    static const struct { const char *text; HRESULT hr; WS_DURATION value; const char *out; } cases[] =
    {
        { "P1Y2M3DT4H5M6S", S_OK, { FALSE, 1, 2, 3, 4, 5, 6, 0, 0 } },
        { "-P1Y2M3DT4H5M6.1234567S", S_OK, { TRUE, 1, 2, 3, 4, 5, 6, 123, 4567 } },
        { "P0D", S_OK, { 0 } },
        { "PT0S", S_OK, { 0 }, "P0D" },
        { "P0Y", S_OK, { 0 }, "P0D" },
        { " P13M ", S_OK, { FALSE, 0, 13 }, "P13M" },
        { "PT0.5S", S_OK, { FALSE, 0, 0, 0, 0, 0, 0, 500, 0 } },
        { "PT5M", S_OK, { FALSE, 0, 0, 0, 0, 5 } },
        { "P4294967295Y", S_OK, { FALSE, 0xffffffff } },
        { "P4294967296Y", WS_E_NUMERIC_OVERFLOW },
        { "P", WS_E_INVALID_FORMAT }, { "PT", WS_E_INVALID_FORMAT }, { "P1DT", WS_E_INVALID_FORMAT },
        { "", WS_E_INVALID_FORMAT }, { "-", WS_E_INVALID_FORMAT }, { "1D", WS_E_INVALID_FORMAT },
        { "P1", WS_E_INVALID_FORMAT }, { "P1S", WS_E_INVALID_FORMAT }, { "PT1D", WS_E_INVALID_FORMAT },
        { "P1D1Y", WS_E_INVALID_FORMAT }, { "P1Y1Y", WS_E_INVALID_FORMAT }, { "PT1.5M", WS_E_INVALID_FORMAT },
        { "PT1.S", WS_E_INVALID_FORMAT }, { "PT.5S", WS_E_INVALID_FORMAT }, { "P-1D", WS_E_INVALID_FORMAT },
        { "+P1D", WS_E_INVALID_FORMAT }, { "PT1.12345678S", WS_E_INVALID_FORMAT }, { "P1DTT1H", WS_E_INVALID_FORMAT },
    };
    static const WS_DURATION bad = { .milliseconds = 1000 };
    BYTE buf[XML_TEXT_SCRATCH];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        WS_DURATION value = { 0 };
        unit_context = cases[i].text;
        CHECK_EQ( parse_duration( TEXT( cases[i].text ), &value, NULL ), cases[i].hr );
        if (cases[i].hr) continue;
        CHECK_MEM( &value, sizeof(value), &cases[i].value, sizeof(value) );
        CHECK_STR( buf, format_duration( &value, buf ), cases[i].out ? cases[i].out : cases[i].text );
    }
    unit_context = "";
    CHECK_EQ( format_duration( &bad, buf ), 0 );
}

static void test_decimal( void )
{
    static const struct { const char *text; HRESULT hr; BYTE sign, scale; UINT32 hi; UINT64 lo; const char *out; } cases[] =
    {
        { "0", S_OK, 0, 0, 0, 0 },
        { "10.50", S_OK, 0, 2, 0, 1050 },
        { "-1", S_OK, DECIMAL_NEG, 0, 0, 1 },
        { "+1", S_OK, 0, 0, 0, 1, "1" },
        { "-0.001", S_OK, DECIMAL_NEG, 3, 0, 1 },
        { ".5", S_OK, 0, 1, 0, 5, "0.5" },
        { "5.", S_OK, 0, 0, 0, 5, "5" },
        { "000012", S_OK, 0, 0, 0, 12, "12" },
        { " 1 ", S_OK, 0, 0, 0, 1, "1" },
        { "79228162514264337593543950335", S_OK, 0, 0, 0xffffffff, ~0ull },
        { "7.9228162514264337593543950335", S_OK, 0, 28, 0xffffffff, ~0ull },
        { "0.0000000000000000000000000001", S_OK, 0, 28, 0, 1 },
        { "0.00000000000000000000000000005", S_OK, 0, 28, 0, 0, "0.0000000000000000000000000000" },
        { "0.000000000000000000000000000051", S_OK, 0, 28, 0, 1, "0.0000000000000000000000000001" },
        { "0.00000000000000000000000000015", S_OK, 0, 28, 0, 2, "0.0000000000000000000000000002" },
        { "7.92281625142643375935439503359", S_OK, 0, 27, 0x19999999, 0x999999999999999aull,
          "7.922816251426433759354395034" },
        { "79228162514264337593543950336", WS_E_NUMERIC_OVERFLOW },
        { "79228162514264337593543950335.5", WS_E_NUMERIC_OVERFLOW },
        { "", WS_E_INVALID_FORMAT }, { ".", WS_E_INVALID_FORMAT }, { "-", WS_E_INVALID_FORMAT },
        { "1e5", WS_E_INVALID_FORMAT }, { "1,5", WS_E_INVALID_FORMAT }, { "1.2.3", WS_E_INVALID_FORMAT },
        { "INF", WS_E_INVALID_FORMAT },
    };
    DECIMAL bad = { 0 };
    BYTE buf[XML_TEXT_SCRATCH];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        DECIMAL value = { 0 };
        unit_context = cases[i].text;
        CHECK_EQ( parse_decimal( TEXT( cases[i].text ), &value, NULL ), cases[i].hr );
        if (cases[i].hr) continue;
        CHECK_EQ( value.sign, cases[i].sign );
        CHECK_EQ( value.scale, cases[i].scale );
        CHECK_EQ( value.Hi32, cases[i].hi );
        CHECK_EQ( value.Lo64, cases[i].lo );
        CHECK_STR( buf, format_decimal( &value, buf ), cases[i].out ? cases[i].out : cases[i].text );
    }
    unit_context = "";
    bad.scale = 29;
    CHECK_EQ( format_decimal( &bad, buf ), 0 );
}

static void test_base64( void )
{
    static const struct { const char *text; HRESULT hr; const char *bytes; } cases[] =
    {
        { "", S_OK, "" }, { "  ", S_OK, "" },
        { "dGVzdA==", S_OK, "test" }, { " dGVz\r\ndA = =\t", S_OK, "test" }, { "dGVzdHM=", S_OK, "tests" },
        { "dGVzdA===", WS_E_INVALID_FORMAT }, { "dGVzdA=", WS_E_INVALID_FORMAT }, { "dGVzdA", WS_E_INVALID_FORMAT },
        { "d", WS_E_INVALID_FORMAT }, { "d===", WS_E_INVALID_FORMAT }, { "====", WS_E_INVALID_FORMAT },
        { "dGVzdA==dGVz", WS_E_INVALID_FORMAT }, { "dGV-dA==", WS_E_INVALID_FORMAT }, { "AAAAAAAA=", WS_E_INVALID_FORMAT },
        { "AAAA=AAA", WS_E_INVALID_FORMAT },
    };
    BYTE bytes[256], text[360], back[270], hex[512];
    ULONG i, len;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        unit_context = cases[i].text;
        CHECK_EQ( parse_base64( TEXT( cases[i].text ), back, &len, NULL ), cases[i].hr );
        if (!cases[i].hr) CHECK_STR( back, len, cases[i].bytes );
    }
    unit_context = "";
    for (i = 0; i < sizeof(bytes); i++) bytes[i] = i * 167;
    for (i = 0; i <= sizeof(bytes); i++)
    {
        ULONG size = format_base64( bytes, i, text );
        CHECK_EQ( size, (i + 2) / 3 * 4 );
        CHECK_EQ( parse_base64( text, size, back, &len, NULL ), S_OK );
        CHECK_MEM( back, len, bytes, i );
        size = format_base16( bytes, i, hex );
        CHECK_EQ( size, 2 * i );
        CHECK_EQ( parse_base16( hex, size, back, &len, NULL ), S_OK );
        CHECK_MEM( back, len, bytes, i );
    }
    CHECK_EQ( parse_base16( TEXT( "0fF" ), back, &len, NULL ), WS_E_INVALID_FORMAT );
    CHECK_EQ( parse_base16( TEXT( "0g" ), back, &len, NULL ), WS_E_INVALID_FORMAT );
}

/* An error shows the text that was wrong. */
static void test_message( void )
{
    WS_ERROR *error;
    WS_STRING str;

    CHECK_EQ( error_create( NULL, 0, &error ), S_OK );
    CHECK_EQ( parse_int64( TEXT( "twelve" ), -128, 127, &(INT64){ 0 }, error ), WS_E_INVALID_FORMAT );
    CHECK_EQ( error_get_string( error, 0, &str ), S_OK );
    CHECK( str.length > 20, "length %u", str.length );
    error_free( error );
}

UNIT_TESTS( { "bool", test_bool }, { "int", test_int }, { "uint64", test_uint64 }, { "guid", test_guid },
            { "datetime", test_datetime }, { "timespan", test_timespan }, { "duration", test_duration },
            { "decimal", test_decimal }, { "base64", test_base64 }, { "message", test_message } )
