/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Error objects: the order of the strings, the formatter, properties, copies, failures of memory. */

#include "unit.h"
#include "base/error.h"

static char text[2048];

/* The strings from the first to the last, joined by '|'. */
static const char *strings( WS_ERROR *error )
{
    ULONG count = 0, i, j, len = 0;
    WS_STRING str;

    CHECK_EQ( error_get_property( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) ), S_OK );
    for (i = 0; i < count; i++)
    {
        CHECK_EQ( error_get_string( error, i, &str ), S_OK );
        if (i) text[len++] = '|';
        for (j = 0; j < str.length && len < sizeof(text) - 2; j++) text[len++] = str.chars[j] < 0x80 ? str.chars[j] : '?';
    }
    CHECK_EQ( error_get_string( error, count, &str ), E_INVALIDARG );
    text[len] = 0;
    return text;
}
#define CHECK_STRINGS( error, expected ) do { const char *s_ = strings( error ); \
                                              CHECK_STR( s_, strlen( s_ ), expected ); } while (0)

static void add( WS_ERROR *error, const WCHAR *chars )
{
    WS_STRING str = { 0, (WCHAR *)chars };

    while (chars[str.length]) str.length++;
    CHECK_EQ( error_add_string( error, &str ), S_OK );
}

static void test_strings( void )
{
    WS_STRING empty = { 0 }, bad = { 1, NULL }, huge = { 0xffffffff, L"x" }, str;
    WS_ERROR *error;

    CHECK_EQ( error_create( NULL, 0, &error ), S_OK );
    CHECK_STRINGS( error, "" );
    CHECK_EQ( error_add_string( error, NULL ), E_INVALIDARG );
    CHECK_EQ( error_add_string( error, &bad ), E_INVALIDARG );
    CHECK_EQ( error_add_string( error, &huge ), E_OUTOFMEMORY );
    CHECK_EQ( error_get_string( error, 0, NULL ), E_INVALIDARG );
    add( error, L"one" );
    add( error, L"two" );
    CHECK_EQ( error_add_string( error, &empty ), S_OK );
    CHECK_EQ( error_get_string( error, 0, &str ), S_OK );
    CHECK( !str.length && str.chars, "an empty string has a place" );
    CHECK_STRINGS( error, "|two|one" );
    error_reset( error );
    CHECK_STRINGS( error, "" );
    add( error, L"three" );
    CHECK_STRINGS( error, "three" );
    error_free( error );
    error_free( NULL );
}

static void test_properties( void )
{
    LANGID langid = MAKELANGID( LANG_DUTCH, SUBLANG_DEFAULT ), zero = 0;
    WS_ERROR_PROPERTY prop = { WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) };
    ULONG count = 1, code = 0x80070005;
    WS_ERROR *error;

    CHECK_EQ( error_create( NULL, 0, NULL ), E_INVALIDARG );
    CHECK_EQ( error_create( &prop, 1, &error ), S_OK );
    langid = 0;
    CHECK_EQ( error_get_property( error, WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) ), S_OK );
    CHECK_EQ( langid, MAKELANGID( LANG_DUTCH, SUBLANG_DEFAULT ) );
    CHECK_EQ( error_get_property( error, WS_ERROR_PROPERTY_LANGID, &count, 1 ), E_INVALIDARG );
    CHECK_EQ( error_get_property( error, 99, &count, sizeof(count) ), E_INVALIDARG );
    CHECK_EQ( error_set_property( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) ), E_INVALIDARG );

    /* the language may change while nothing is in it */
    langid = MAKELANGID( LANG_FRENCH, SUBLANG_DEFAULT );
    CHECK_EQ( error_set_property( error, WS_ERROR_PROPERTY_LANGID, &zero, sizeof(zero) ), E_INVALIDARG );
    CHECK_EQ( error_set_property( error, WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) ), S_OK );
    CHECK_EQ( error_set_property( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code) ), S_OK );
    CHECK_EQ( error_set_property( error, WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) ), WS_E_INVALID_OPERATION );
    error_reset( error );
    langid = 0;
    CHECK_EQ( error_get_property( error, WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) ), S_OK );
    CHECK_EQ( langid, MAKELANGID( LANG_FRENCH, SUBLANG_DEFAULT ) );
    CHECK_EQ( error_set_property( error, WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) ), S_OK );
    error_free( error );

    prop.value = &zero;
    CHECK_EQ( error_create( &prop, 1, &error ), E_INVALIDARG );
    prop.id = WS_ERROR_PROPERTY_STRING_COUNT;
    prop.value = &count;
    prop.valueSize = sizeof(count);
    CHECK_EQ( error_create( &prop, 1, &error ), E_INVALIDARG );
    CHECK_EQ( error_create( NULL, 1, &error ), E_INVALIDARG );
}

/* The text of the original error comes last and is one more string. */
static void test_original( void )
{
    ULONG code = 0x80070002, none = 0;
    WS_ERROR *error;

    error_create( NULL, 0, &error );
    add( error, L"outer" );
    CHECK_EQ( error_set_property( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code) ), S_OK );
    CHECK_STRINGS( error, "outer|System error 0x80070002." );
    code = 0x80070003;
    CHECK_EQ( error_set_property( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code) ), S_OK );
    CHECK_STRINGS( error, "outer|System error 0x80070003." );
    CHECK_EQ( error_set_property( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &none, sizeof(none) ), S_OK );
    CHECK_STRINGS( error, "outer" );
    error_reset( error );

    CHECK_EQ( ws_fail_code( error, WS_E_ENDPOINT_NOT_FOUND, 0x8007274d, "No answer from %s.", "host" ),
              WS_E_ENDPOINT_NOT_FOUND );
    CHECK_EQ( ws_fail_code( error, WS_E_ENDPOINT_FAILURE, 0x80070001, "Calling %u failed.", 7 ),
              WS_E_ENDPOINT_FAILURE );
    CHECK_STRINGS( error, "Calling 7 failed.|No answer from host.|System error 0x8007274d." );
    CHECK_EQ( error_get_property( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code) ), S_OK );
    CHECK_EQ( code, 0x8007274d );       /* the first is the cause */
    error_free( error );
}

static void test_format( void )
{
    static const WS_XML_STRING xml = { 3, (BYTE *)"xyz", NULL, 0 };
    static const WS_STRING wide = { 2, (WCHAR *)L"abc" };
    char *volatile null = NULL;
    WCHAR *volatile null_wide = NULL;
    WS_ERROR *error;
    char longer[3000];

    error_create( NULL, 0, &error );
#define FORMAT( expected, ... ) \
    do { error_reset( error ); CHECK_EQ( ws_fail( error, E_FAIL, __VA_ARGS__ ), E_FAIL ); \
         CHECK_STRINGS( error, expected ); } while (0)
    FORMAT( "plain 100%", "plain 100%%" );
    FORMAT( "-5 4294967295 ff", "%d %u %x", -5, 0xffffffffu, 255 );
    FORMAT( "-2147483648", "%d", -2147483647 - 1 );
    FORMAT( "-9223372036854775808 18446744073709551615", "%lld %llu", -9223372036854775807ll - 1, ~0ull );
    FORMAT( "[00beef] [  42] [0x80070005]", "[%06x] [%4u] [0x%08x]", 0xbeef, 42, 0x80070005u );
    FORMAT( "a xyz ab c", "a %.*s %.*ls %c", XMLSTR_ARG( &xml ), WSSTR_ARG( &wide ), 'c' );
    FORMAT( "wide (null)", "%ls %s", L"wide", null );
    FORMAT( "() ()", "(%.*s) (%.*ls)", 0, null, 0, null_wide );
    FORMAT( "bad ?? utf", "bad %s utf", "\xff\xc3" );
    FORMAT( "??|", "%s|", "\xf0\x9f\x98\x80" );     /* one character, two units */
    memset( longer, 'x', sizeof(longer) );
    longer[sizeof(longer) - 1] = 0;
    error_reset( error );
    ws_fail( error, E_FAIL, "%s", longer );
    CHECK_EQ( strlen( strings( error ) ), 1024 );   /* longer ones are cut */
    error_free( error );
    CHECK_EQ( ws_fail( NULL, E_FAIL, "%s", "nobody listens" ), E_FAIL );
}

static void test_copy( void )
{
    ULONG code = 0x80070002;
    WS_ERROR *src, *dst;
    LANGID langid = 0x413;

    error_create( NULL, 0, &src );
    error_create( NULL, 0, &dst );
    error_set_property( src, WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) );
    add( src, L"inner" );
    add( src, L"outer" );
    error_set_property( src, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code) );
    add( dst, L"old" );
    CHECK_EQ( error_copy( src, dst ), S_OK );
    error_free( src );
    CHECK_STRINGS( dst, "outer|inner|System error 0x80070002." );
    langid = code = 0;
    error_get_property( dst, WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) );
    error_get_property( dst, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code) );
    CHECK_EQ( langid, 0x413 );
    CHECK_EQ( code, 0x80070002 );
    error_free( dst );
}

/* Every allocation fails once: strings may be missing then, nothing else. */
static void test_memory( void )
{
    LONG i, live = mem_live();
    WS_ERROR *error, *copy;

    for (i = 1; i < 12; i++)
    {
        mem_fail_after( i );
        if (!error_create( NULL, 0, &error ))
        {
            CHECK_EQ( ws_fail_code( error, WS_E_OTHER, 0x80070005, "%s", "first" ), WS_E_OTHER );
            CHECK_EQ( ws_fail( error, WS_E_OTHER, "%400u", 5 ), WS_E_OTHER );
            strings( error );
            if (!error_create( NULL, 0, &copy ))
            {
                if (error_copy( error, copy )) CHECK_STRINGS( copy, "" );
                error_free( copy );
            }
            error_free( error );
        }
        mem_fail_after( 0 );
        CHECK_EQ( mem_live(), live );
    }
}

UNIT_TESTS( { "strings", test_strings }, { "properties", test_properties }, { "original", test_original },
            { "format", test_format }, { "copy", test_copy }, { "memory", test_memory } )
