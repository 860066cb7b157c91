/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every return value that the reference of a function documents, and the call that gives it.
 *
 * returns_NAME.def is the plain list of facts, one DOC( function, code ) for each pair; returns_NAME_rows.h has a row for each
 * of them, with the call as its body. A program defines LIST and ROWS as these two files and includes this one; it fails for a
 * pair of the list without a row, for a row that is not in the list, and for a row that returns anything else. Codes that no
 * program can cause, all of them E_OUTOFMEMORY, are in a unit test that lets each allocation of each function fail (ELSEWHERE;
 * tests/returns/run.sh holds it to this). NOWHERE says why there is no call that could return the code.
 *
 * Each row runs twice: the error object is optional, and where there is one, a failure is put into words in it. */
#ifndef WS_TESTS_CONFORMANCE_RETURNS_H
#define WS_TESTS_CONFORMANCE_RETURNS_H

struct returns_row
{
    const char *function, *name;
    HRESULT     code;
    HRESULT   (*call)( void );
    const char *elsewhere;      /* of a row without a call: the unit test, or why there is none */
};

static WS_ERROR *e;             /* for the calls of the rows; NULL in the first round */

static void returns_begin( void );      /* what the rows use; new for each */
static void returns_end( void );

#define ROW_NAME_( line ) row_##line
#define ROW_NAME( line ) ROW_NAME_( line )
#define ROW( function, code, ... ) static HRESULT ROW_NAME( __LINE__ )( void ) { __VA_ARGS__ }
#define ELSEWHERE( function, code )
#define NOWHERE( function, code, why )
#include ROWS
#undef ROW
#undef ELSEWHERE
#undef NOWHERE

static const struct returns_row returns_rows[] =
{
#define ROW( function, code, ... ) { #function, #code, code, ROW_NAME( __LINE__ ), NULL },
#define ELSEWHERE( function, code ) { #function, #code, code, NULL, "tests/unit/test_returns_memory.c" },
#define NOWHERE( function, code, why ) { #function, #code, code, NULL, why },
#include ROWS
#undef ROW
#undef ELSEWHERE
#undef NOWHERE
};

static const struct { const char *function, *name; } returns_list[] =
{
#define DOC( function, code ) { #function, #code },
#include LIST
#undef DOC
};

static const struct returns_row *returns_find( const char *function, const char *name )
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE( returns_rows ); i++)
        if (!strcmp( returns_rows[i].function, function ) && !strcmp( returns_rows[i].name, name )) return &returns_rows[i];
    return NULL;
}

static void test_complete( void )
{
    ULONG i, j;

    for (i = 0; i < ARRAYSIZE( returns_list ); i++)
        ok( returns_find( returns_list[i].function, returns_list[i].name ) != NULL, "no row shows that %s returns %s\n",
            returns_list[i].function, returns_list[i].name );
    for (i = 0; i < ARRAYSIZE( returns_rows ); i++)
    {
        for (j = 0; j < ARRAYSIZE( returns_list ); j++)
            if (!strcmp( returns_rows[i].function, returns_list[j].function ) &&
                !strcmp( returns_rows[i].name, returns_list[j].name )) break;
        ok( j < ARRAYSIZE( returns_list ), "%s returns %s, which is not in the list\n", returns_rows[i].function,
            returns_rows[i].name );
    }
}

static void test_returns( void )
{
    WS_ERROR *object;
    ULONG i, round, strings;
    HRESULT hr;

    ok_hr( WsCreateError( NULL, 0, &object ), S_OK );
    for (i = 0; i < ARRAYSIZE( returns_rows ); i++)
    {
        const struct returns_row *row = &returns_rows[i];

        if (!row->call) continue;
        for (round = 0; round < 2; round++)
        {
            test_context( "%s, %s%s", row->function, row->name, round ? ", with an error object" : "" );
            ok_hr( WsResetError( object ), S_OK );
            returns_begin();
            e = round ? object : NULL;
            hr = row->call();
            e = NULL;
            ok( hr == row->code, "returned %#lx, not %#lx\n", (ULONG)hr, (ULONG)row->code );
            ok_hr( WsGetErrorProperty( object, WS_ERROR_PROPERTY_STRING_COUNT, &strings, sizeof(strings) ), S_OK );
            if (round && FAILED( hr ) && !strstr( row->function, "Error" )) ok( strings > 0, "nothing was put into words\n" );
            else if (SUCCEEDED( hr )) ok( !strings, "%lu strings without a failure\n", strings );
            returns_end();
        }
    }
    test_context( NULL );
    WsFreeError( object );
}

#endif
