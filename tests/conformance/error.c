/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Error objects: properties, texts, copies, and the fault in them. */
#include "test.h"

static ULONG error_ulong( WS_ERROR *error, WS_ERROR_PROPERTY_ID id )
{
    ULONG value = 0xdead;

    ok_hr( WsGetErrorProperty( error, id, &value, sizeof(value) ), S_OK );
    return value;
}

static LANGID error_langid( WS_ERROR *error )
{
    LANGID value = 0xdead;

    ok_hr( WsGetErrorProperty( error, WS_ERROR_PROPERTY_LANGID, &value, sizeof(value) ), S_OK );
    return value;
}

static void ok_text( WS_ERROR *error, ULONG index, const WCHAR *expected )
{
    WS_STRING text = { 0xdead, NULL };

    ok_hr( WsGetErrorString( error, index, &text ), S_OK );
    ok( text.chars != NULL, "text %lu: no characters\n", index );
    ok( text.length == (ULONG)lstrlenW( expected ) && !memcmp( text.chars, expected, text.length * sizeof(WCHAR) ),
        "text %lu is %.*ls, expected %ls\n", index, (int)text.length, text.chars, expected );
}

static void test_create( void )
{
    static const LANGID dutch = MAKELANGID( LANG_DUTCH, SUBLANG_DEFAULT );
    static const struct
    {
        WS_ERROR_PROPERTY_ID id;
        ULONG value, size;
        HRESULT hr;
    }
    tests[] =
    {
        { WS_ERROR_PROPERTY_STRING_COUNT,        1,     sizeof(ULONG),  E_INVALIDARG },
        { WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, 1,     sizeof(ULONG),  E_INVALIDARG },
        { WS_ERROR_PROPERTY_LANGID,              dutch, sizeof(LANGID), S_OK },
        { WS_ERROR_PROPERTY_LANGID,              dutch, 1,              E_INVALIDARG },
        { WS_ERROR_PROPERTY_LANGID + 1,          1,     sizeof(ULONG),  E_INVALIDARG },
    };
    WS_ERROR *error = NULL;
    ULONG i;

    ok_hr( WsCreateError( NULL, 0, NULL ), E_INVALIDARG );
    ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
    ok( error != NULL, "no error object\n" );
    ok_eq( error_ulong( error, WS_ERROR_PROPERTY_STRING_COUNT ), 0 );
    ok_eq( error_ulong( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE ), 0 );
    ok_eq( error_langid( error ), GetUserDefaultUILanguage() );
    WsFreeError( error );
    WsFreeError( NULL );

    for (i = 0; i < WsCountOf( tests ); i++)
    {
        ULONG value = tests[i].value;
        WS_ERROR_PROPERTY property = { tests[i].id, &value, tests[i].size };

        test_context( "case %lu", i );
        error = NULL;
        ok_hr( WsCreateError( &property, 1, &error ), tests[i].hr );
        if (error) ok_eq( error_langid( error ), dutch );
        WsFreeError( error );
    }
}

static void test_properties( void )
{
    WS_ERROR *error;
    ULONG value = 0xdead;
    LANGID langid = MAKELANGID( LANG_DUTCH, SUBLANG_DEFAULT );

    ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
    ok_hr( WsSetErrorProperty( error, WS_ERROR_PROPERTY_STRING_COUNT, &value, sizeof(value) ), E_INVALIDARG );
    ok_hr( WsSetErrorProperty( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &value, sizeof(value) ), S_OK );
    /* the language cannot change once there is something in it */
    ok_hr( WsSetErrorProperty( error, WS_ERROR_PROPERTY_LANGID, &langid, sizeof(langid) ), WS_E_INVALID_OPERATION );
    ok_eq( error_ulong( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE ), 0xdead );
    value = 0xbeef;
    ok_hr( WsGetErrorProperty( error, WS_ERROR_PROPERTY_LANGID + 1, &value, sizeof(value) ), E_INVALIDARG );
    ok_eq( value, 0xbeef );
    ok_hr( WsGetErrorProperty( NULL, WS_ERROR_PROPERTY_STRING_COUNT, &value, sizeof(value) ), E_INVALIDARG );
    WsFreeError( error );
}

static ULONG set_langid( WS_ERROR *error, ULONG langid, ULONG size )
{
    return WsSetErrorProperty( error, WS_ERROR_PROPERTY_LANGID, &langid, size );
}

/* WS_ERROR_PROPERTY_LANGID: not zero, and set only while nothing is in the object. */
static void test_language( void )
{
    static const WS_STRING one = WS_STRING_VALUE( L"one" );
    static const LANGID dutch = MAKELANGID( LANG_DUTCH, SUBLANG_DEFAULT );
    WS_XML_STRING action = WS_XML_STRING_VALUE( "urn:a" );
    WS_FAULT_CODE code = { { WS_XML_STRING_VALUE( "Sender" ), WS_XML_STRING_VALUE( "" ) }, NULL };
    WS_FAULT fault = { .code = &code };
    ULONG i, number = 5;
    WS_ERROR *error;

    ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
    ok_hr( set_langid( error, 0, sizeof(LANGID) ), E_INVALIDARG );
    ok_hr( set_langid( error, dutch, 1 ), E_INVALIDARG );
    ok_hr( set_langid( error, dutch, sizeof(ULONG) ), E_INVALIDARG );
    ok_hr( WsSetErrorProperty( error, WS_ERROR_PROPERTY_LANGID, NULL, sizeof(LANGID) ), E_INVALIDARG );
    ok_hr( set_langid( error, dutch, sizeof(LANGID) ), S_OK );
    ok_eq( error_langid( error ), dutch );
    for (i = 0; i < 4; i++)
    {
        test_context( "used by %lu", i );
        switch (i)
        {
        case 0: ok_hr( WsAddErrorString( error, &one ), S_OK ); break;
        case 1:
            ok_hr( WsSetErrorProperty( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &number, sizeof(number) ), S_OK );
            break;
        case 2:
            ok_hr( WsSetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault) ), S_OK );
            break;
        case 3:
            ok_hr( WsSetFaultErrorProperty( error, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action) ), S_OK );
            break;
        }
        ok_hr( set_langid( error, MAKELANGID( LANG_GERMAN, SUBLANG_GERMAN ), sizeof(LANGID) ), WS_E_INVALID_OPERATION );
        ok_eq( error_langid( error ), dutch );
        ok_hr( WsResetError( error ), S_OK );
        ok_hr( set_langid( error, MAKELANGID( LANG_GERMAN, SUBLANG_GERMAN ), sizeof(LANGID) ), S_OK );
        ok_hr( set_langid( error, dutch, sizeof(LANGID) ), S_OK );
    }
    test_context( NULL );
    WsFreeError( error );
}

/* WsGetErrorString: the text of the original code is there in the last place, and counted. */
static void test_original( void )
{
    static const ULONG codes[] =
    {
        HRESULT_FROM_WIN32( ERROR_ACCESS_DENIED ), (ULONG)E_OUTOFMEMORY, HRESULT_FROM_WIN32( 10061 ),
        (ULONG)WS_E_INVALID_FORMAT, (ULONG)WS_E_SECURITY_SYSTEM_FAILURE, 0x800b0109 /* CERT_E_UNTRUSTEDROOT */,
    };
    static const WS_STRING one = WS_STRING_VALUE( L"one" );
    WS_STRING text, last;
    WS_ERROR *error, *copy;
    ULONG i, zero = 0;

    ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
    ok_hr( WsCreateError( NULL, 0, &copy ), S_OK );
    for (i = 0; i < WsCountOf( codes ); i++)
    {
        test_context( "code %#lx", codes[i] );
        ok_hr( WsResetError( error ), S_OK );
        ok_hr( WsSetErrorProperty( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &codes[i], sizeof(codes[i]) ), S_OK );
        ok_hr( WsAddErrorString( error, &one ), S_OK );
        ok_eq( error_ulong( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE ), codes[i] );
        ok_eq( error_ulong( error, WS_ERROR_PROPERTY_STRING_COUNT ), 2 );
        ok_text( error, 0, L"one" );
        ok_hr( WsGetErrorString( error, 1, &last ), S_OK );
        ok( last.length > 5 && last.chars[last.length - 1] > ' ', "the text is '%.*ls'\n", (int)last.length, last.chars );
        ok_hr( WsGetErrorString( error, 2, &text ), E_INVALIDARG );
        ok_hr( WsCopyError( error, copy ), S_OK );
        ok_hr( WsGetErrorString( copy, 1, &text ), S_OK );
        ok( text.chars != last.chars && text.length == last.length && !memcmp( text.chars, last.chars, text.length * 2 ),
            "the text of the copy is '%.*ls'\n", (int)text.length, text.chars );
        ok_eq( error_ulong( copy, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE ), codes[i] );
        ok_hr( WsSetErrorProperty( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &zero, sizeof(zero) ), S_OK );
        ok_eq( error_ulong( error, WS_ERROR_PROPERTY_STRING_COUNT ), 1 );
    }
    test_context( NULL );
    ok_hr( WsSetErrorProperty( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &zero, 2 ), E_INVALIDARG );
    ok_hr( WsSetErrorProperty( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, NULL, 4 ), E_INVALIDARG );
    ok_hr( WsGetErrorProperty( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, NULL, 4 ), E_INVALIDARG );
    ok_hr( WsGetErrorProperty( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &zero, 3 ), E_INVALIDARG );
    WsFreeError( error );
    WsFreeError( copy );
}

static void test_texts( void )
{
    static const WS_STRING empty = { 0, NULL }, one = WS_STRING_VALUE( L"one" ), two = WS_STRING_VALUE( L"two" );
    WS_ERROR *error, *copy;
    WS_STRING text;

    ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
    ok_hr( WsAddErrorString( NULL, NULL ), E_INVALIDARG );
    ok_hr( WsAddErrorString( NULL, &one ), E_INVALIDARG );
    ok_hr( WsAddErrorString( error, NULL ), E_INVALIDARG );
    ok_hr( WsAddErrorString( error, &empty ), S_OK );
    ok_hr( WsAddErrorString( error, &two ), S_OK );
    ok_hr( WsAddErrorString( error, &one ), S_OK );
    ok_eq( error_ulong( error, WS_ERROR_PROPERTY_STRING_COUNT ), 3 );
    ok_text( error, 0, L"one" );    /* the latest comes first */
    ok_text( error, 1, L"two" );
    ok_text( error, 2, L"" );
    ok_hr( WsGetErrorString( error, 3, &text ), E_INVALIDARG );
    ok_hr( WsGetErrorString( error, 0, NULL ), E_INVALIDARG );
    ok_hr( WsGetErrorString( NULL, 0, &text ), E_INVALIDARG );

    ok_hr( WsCreateError( NULL, 0, &copy ), S_OK );
    ok_hr( WsAddErrorString( copy, &two ), S_OK );
    ok_hr( WsCopyError( error, copy ), S_OK );
    ok_hr( WsCopyError( NULL, copy ), E_INVALIDARG );
    ok_hr( WsCopyError( error, NULL ), E_INVALIDARG );
    WsFreeError( error );
    ok_eq( error_ulong( copy, WS_ERROR_PROPERTY_STRING_COUNT ), 3 );
    ok_text( copy, 0, L"one" );
    ok_text( copy, 2, L"" );
    WsFreeError( copy );
}

static void test_reset( void )
{
    static const WS_STRING one = WS_STRING_VALUE( L"one" );
    LANGID dutch = MAKELANGID( LANG_DUTCH, SUBLANG_DEFAULT );
    WS_ERROR_PROPERTY property = { WS_ERROR_PROPERTY_LANGID, &dutch, sizeof(dutch) };
    WS_ERROR *error;
    ULONG code = 5;

    ok_hr( WsResetError( NULL ), E_INVALIDARG );
    ok_hr( WsCreateError( &property, 1, &error ), S_OK );
    ok_hr( WsSetErrorProperty( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code) ), S_OK );
    ok_hr( WsAddErrorString( error, &one ), S_OK );
    ok_hr( WsResetError( error ), S_OK );
    ok_eq( error_ulong( error, WS_ERROR_PROPERTY_STRING_COUNT ), 0 );
    ok_eq( error_ulong( error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE ), 0 );
    ok_eq( error_langid( error ), dutch );
    ok_hr( WsAddErrorString( error, &one ), S_OK );
    ok_text( error, 0, L"one" );
    WsFreeError( error );
}

TESTS( error, { "create", test_create }, { "properties", test_properties },
       { "language", test_language }, { "original", test_original }, { "texts", test_texts }, { "reset", test_reset } )
