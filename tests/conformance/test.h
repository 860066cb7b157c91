/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The harness of the conformance programs. It uses only the Windows API, so that the same program runs on our
 * webservices.dll, on Wine's and on Windows itself. A program is
 *
 *     #include "test.h"
 *     static void test_create( void ) { ok_hr( WsCreateHeap( ... ), S_OK ); }
 *     TESTS( heap, { "create", test_create }, { "limits", test_limits } )
 *
 * `heap.exe` runs all functions, `heap.exe create` only the ones named, `heap.exe --list` names them. The last line is
 * the summary Wine's own tests print, `0123:heap: 57 tests executed (0 marked as todo, 0 failures), 0 skipped.`
 * TEST_PORT is the first of ten TCP ports a program may use (default 18990); TEST_VERBOSE=1 shows trace(). */
#ifndef WS_TESTS_CONFORMANCE_TEST_H
#define WS_TESTS_CONFORMANCE_TEST_H

#include <windows.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "webservices.h"

struct test_function
{
    const char *name;
    void (*run)( void );
};

static struct
{
    const char *program, *function;
    volatile LONG executed, failed, todo, skipped;
    int todo_level, todo_active, verbose, ours;
    char context_text[256];
} test_state;

static inline void test_print( const char *file, int line, const char *kind, const char *format, va_list args )
{
    char text[2048];
    const char *slash = strrchr( file, '/' );
    int len = 0;

    len += snprintf( text, sizeof(text), "%s:%d: %s%s%s", slash ? slash + 1 : file, line, kind, test_state.context_text,
                     *test_state.context_text ? ": " : "" );
    vsnprintf( text + len, sizeof(text) - len, format, args );
    fputs( text, stdout );  /* one call: lines of several threads stay whole */
    fflush( stdout );
}

__attribute__((format( printf, 4, 5 )))
static inline int test_ok( const char *file, int line, int condition, const char *format, ... )
{
    va_list args;

    InterlockedIncrement( &test_state.executed );
    va_start( args, format );
    if (test_state.todo_active)
    {
        if (condition)
        {
            InterlockedIncrement( &test_state.failed );
            test_print( file, line, "Test succeeded inside todo block: ", format, args );
        }
        else
        {
            InterlockedIncrement( &test_state.todo );
            if (test_state.verbose) test_print( file, line, "Test marked todo: ", format, args );
        }
    }
    else if (!condition)
    {
        InterlockedIncrement( &test_state.failed );
        test_print( file, line, "Test failed: ", format, args );
    }
    va_end( args );
    return condition;
}

__attribute__((format( printf, 3, 4 )))
static inline void test_skip( const char *file, int line, const char *format, ... )
{
    va_list args;

    InterlockedIncrement( &test_state.skipped );
    va_start( args, format );
    test_print( file, line, "Tests skipped: ", format, args );
    va_end( args );
}

__attribute__((format( printf, 3, 4 )))
static inline void test_trace( const char *file, int line, const char *format, ... )
{
    va_list args;

    if (!test_state.verbose) return;
    va_start( args, format );
    test_print( file, line, "", format, args );
    va_end( args );
}

/* What a table-driven test is at; part of each message until changed. NULL or "" ends it. */
__attribute__((format( printf, 1, 2 )))
static inline void test_context( const char *format, ... )
{
    va_list args;

    test_state.context_text[0] = 0;
    if (!format) return;
    va_start( args, format );
    vsnprintf( test_state.context_text, sizeof(test_state.context_text), format, args );
    va_end( args );
}

/* ok( condition, "format", ... ): one check. */
#define ok( condition, ... )    test_ok( __FILE__, __LINE__, !!(condition), __VA_ARGS__ )
/* ok_hr( call, S_OK ): the call's HRESULT, evaluated once. */
#define ok_hr( call, expected ) \
    do { HRESULT hr_ = (call), want_ = (expected); \
         test_ok( __FILE__, __LINE__, hr_ == want_, "%s returned %#lx, expected %#lx\n", #call, (ULONG)hr_, (ULONG)want_ ); } while (0)
/* ok_hr_broken( call, S_OK, E_FAIL ): as before; a native webservices.dll may also return the last. */
#define ok_hr_broken( call, expected, old ) \
    do { HRESULT hr_ = (call), want_ = (expected); \
         test_ok( __FILE__, __LINE__, hr_ == want_ || broken( hr_ == (old) ), "%s returned %#lx, expected %#lx\n", #call, \
                  (ULONG)hr_, (ULONG)want_ ); } while (0)
/* Two integers, or two pointers, that must be equal. */
#define ok_eq( got, expected ) \
    do { LONGLONG got_ = (LONGLONG)(got), want_ = (LONGLONG)(expected); \
         test_ok( __FILE__, __LINE__, got_ == want_, "%s is %I64d (%#I64x), expected %I64d (%#I64x)\n", #got, got_, \
                  (ULONGLONG)got_, want_, (ULONGLONG)want_ ); } while (0)
#define ok_ptr( got, expected ) ok_eq( (ULONG_PTR)(got), (ULONG_PTR)(expected) )
/* Bytes that must be those of a string constant. */
#define ok_bytes( got, got_len, expected ) \
    do { const char *got_ = (const char *)(got); ULONG len_ = (ULONG)(got_len), want_ = (ULONG)strlen( expected ); \
         test_ok( __FILE__, __LINE__, len_ == want_ && !memcmp( got_, (expected), want_ ), \
                  "%s is '%.*s' (%lu bytes), expected '%s' (%lu bytes)\n", #got, (int)len_, len_ ? got_ : "", len_, \
                  (expected), want_ ); } while (0)
#define skip( ... )             test_skip( __FILE__, __LINE__, __VA_ARGS__ )
#define trace( ... )            test_trace( __FILE__, __LINE__, __VA_ARGS__ )

/* todo_if( cond ) ok( ... ): known to fail where the condition holds; reported when it succeeds there. */
#define todo_if( condition ) \
    for (test_todo_start( !!(condition) ); test_todo_loop(); test_todo_end())
static inline void test_todo_start( int active )
{
    test_state.todo_active = active;
    test_state.todo_level = 1;
}
static inline int test_todo_loop( void ) { return test_state.todo_level; }
static inline void test_todo_end( void ) { test_state.todo_active = test_state.todo_level = 0; }

/* Accepts what some native versions do; never true on our DLL. */
static inline int broken( int condition ) { return condition && !test_state.ours; }

/* The port numbered 0 to 9 of those this program may listen on. */
/* Milliseconds. Not GetTickCount: it lags behind by as much as the system pleases, so that times come out too short. */
static inline DWORD test_clock( void )
{
    LARGE_INTEGER now, frequency;

    QueryPerformanceFrequency( &frequency );
    QueryPerformanceCounter( &now );
    return now.QuadPart / (frequency.QuadPart / 1000);
}

static inline unsigned int test_port( unsigned int index )
{
    const char *first = getenv( "TEST_PORT" );

    return (first ? (unsigned int)atoi( first ) : 18990) + index;
}

static inline void test_summary( void )
{
    printf( "%04lx:%s: %ld tests executed (%ld marked as todo, %ld failures), %ld skipped.\n", GetCurrentProcessId(),
            test_state.program, test_state.executed, test_state.todo, test_state.failed, test_state.skipped );
    fflush( stdout );
}

static LONG CALLBACK test_crashed( EXCEPTION_POINTERS *info )
{
    printf( "%s: unhandled exception %08lx at %p in test %s\n", test_state.program, info->ExceptionRecord->ExceptionCode,
            info->ExceptionRecord->ExceptionAddress, test_state.function );
    InterlockedIncrement( &test_state.executed );
    InterlockedIncrement( &test_state.failed );
    test_summary();
    ExitProcess( 1 );
}

/* Is the webservices.dll in this process ours? Its image holds the marker. */
static inline int test_find_marker( void )
{
    static const char marker[] = "Windows Web Services for Win";   /* one letter short: not in this program itself */
    const char *base = (const char *)GetModuleHandleA( "webservices.dll" ), *data;
    const IMAGE_NT_HEADERS *nt;
    const IMAGE_SECTION_HEADER *section;
    SIZE_T i;
    WORD n;

    if (!base) return 0;
    nt = (const void *)(base + ((const IMAGE_DOS_HEADER *)base)->e_lfanew);
    section = IMAGE_FIRST_SECTION( nt );
    for (n = 0; n < nt->FileHeader.NumberOfSections; n++, section++)
    {
        if (memcmp( section->Name, ".rdata", 6 )) continue;
        data = base + section->VirtualAddress;
        for (i = 0; i + sizeof(marker) < section->Misc.VirtualSize; i++)
            if (!memcmp( data + i, marker, sizeof(marker) - 1 )) return 1;
    }
    return 0;
}

static inline int test_main( int argc, char **argv, const char *program, const struct test_function *tests, size_t count )
{
    size_t i;
    int j, found = 0;

    test_state.program = program;
    test_state.verbose = getenv( "TEST_VERBOSE" ) && atoi( getenv( "TEST_VERBOSE" ) );
    test_state.ours = test_find_marker();
    for (i = 0; argc == 2 && !strcmp( argv[1], "--list" ) && i < count; i++) printf( "%s\n", tests[i].name );
    if (argc == 2 && !strcmp( argv[1], "--list" )) return 0;
    SetErrorMode( SEM_NOGPFAULTERRORBOX | SEM_FAILCRITICALERRORS );
    SetUnhandledExceptionFilter( test_crashed );
    for (i = 0; i < count; i++)
    {
        int wanted = argc < 2;

        for (j = 1; j < argc; j++) if (!strcmp( argv[j], tests[i].name )) wanted = 1;
        if (!wanted) continue;
        found = 1;
        test_state.function = tests[i].name;
        test_context( NULL );
        tests[i].run();
    }
    if (!found)
    {
        printf( "%s: no such test; --list names them\n", program );
        return 2;
    }
    test_summary();
    return test_state.failed != 0;
}

#define TESTS( program, ... ) \
    int main( int argc, char **argv ) \
    { \
        static const struct test_function tests[] = { __VA_ARGS__ }; \
        return test_main( argc, argv, #program, tests, sizeof(tests) / sizeof(tests[0]) ); \
    }

#endif
