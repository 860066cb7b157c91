/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A test program with every outcome there is, for the tests of tools/conformance and tools/bisect. It does not belong to
 * the conformance programs: most of it is meant to fail. */

#include "test.h"

static void test_good( void )
{
    ok( TRUE, "never shown\n" );
    ok( TRUE, "never shown\n" );
}

static void test_bad( void )
{
    ok( FALSE, "the value is %u\n", 7 );
}

static void test_todo( void )
{
    todo_if( TRUE ) ok( FALSE, "not yet\n" );
    skip( "nothing here\n" );
}

static void test_crash( void )
{
    ok( TRUE, "never shown\n" );
    *(volatile int *)16 = 1;
}

static void test_die( void )
{
    TerminateProcess( GetCurrentProcess(), 77 );
}

static void test_hang( void )
{
    Sleep( INFINITE );
}

/* Differs between the DLLs: a native heap has 128 bytes after its first allocation, Wine's builtin one has more. */
static void test_heap( void )
{
    WS_HEAP *heap = NULL;
    SIZE_T actual = 0;
    void *ptr;

    ok_hr( WsCreateHeap( 1024, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsAlloc( heap, 16, &ptr, NULL ), S_OK );
    ok_hr( WsGetHeapProperty( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE, &actual, sizeof(actual), NULL ), S_OK );
    ok_eq( actual, 128 );
    WsFreeHeap( heap );
}

/* Fails every second time: FLAKY_FILE is the state. */
static void test_flaky( void )
{
    const char *file = getenv( "FLAKY_FILE" );

    ok( !file || DeleteFileA( file ), "flaky\n" );
    if (file && test_state.failed) fclose( fopen( file, "w" ) );
}

TESTS( specimen, { "good", test_good }, { "bad", test_bad }, { "todo", test_todo }, { "crash", test_crash },
       { "die", test_die }, { "hang", test_hang }, { "heap", test_heap }, { "flaky", test_flaky } )
