/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The harness of the native unit tests, all of it. A test program is
 *
 *     #include "unit.h"
 *     static void test_thing( void ) { CHECK( thing() == 3, "got %d", thing() ); }
 *     UNIT_TESTS( { "thing", test_thing } )
 *
 * Without arguments it runs every function, with arguments those named; its last line is 'N passed, N failed'.
 * It is built with the address and undefined-behaviour sanitizers, so a leak or an overrun fails it too. */
#ifndef WS_TESTS_UNIT_H
#define WS_TESTS_UNIT_H

#include <stdio.h>
#include <string.h>

struct unit_test
{
    const char *name;
    void (*run)( void );
};

static unsigned int unit_passed, unit_failed;
static const char *unit_context = "";   /* what a table-driven test is at; part of each message */

/* Counts one check; when it fails, says where, what and the message. Goes on in any case; its value is the condition. */
#define CHECK( cond, ... ) \
    __extension__ ({ int ok_ = !!(cond); \
        if (ok_) unit_passed++; \
        else \
        { \
            unit_failed++; \
            printf( "%s:%d: %s%sfailed: %s:", __FILE__, __LINE__, unit_context, *unit_context ? ": " : "", #cond ); \
            printf( " " __VA_ARGS__ ); \
            printf( "\n" ); \
        } \
        ok_; })

/* Two values of integer kind that must be equal; prints both. */
#define CHECK_EQ( got, expected ) \
    do { long long got_ = (long long)(got), want_ = (long long)(expected); \
         CHECK( got_ == want_, "%s is %lld (0x%llx), expected %lld (0x%llx)", #got, got_, (unsigned long long)got_, \
                want_, (unsigned long long)want_ ); } while (0)

/* Bytes that must be equal; prints both. */
#define CHECK_MEM( got, got_len, expected, expected_len ) \
    do { size_t gl_ = (got_len), wl_ = (expected_len); const char *g_ = (const char *)(got), *w_ = (const char *)(expected); \
         CHECK( gl_ == wl_ && (!gl_ || !memcmp( g_, w_, gl_ )), "got '%.*s' (%zu), expected '%.*s' (%zu)", \
                (int)gl_, gl_ ? g_ : "", gl_, (int)wl_, wl_ ? w_ : "", wl_ ); } while (0)

/* Bytes against a string constant. */
#define CHECK_STR( got, got_len, expected ) CHECK_MEM( got, got_len, expected, strlen( expected ) )

static inline int unit_main( int argc, char **argv, const struct unit_test *tests, size_t count )
{
    size_t i;
    int j, found = 0;

    setvbuf( stdout, NULL, _IOLBF, 0 );
    for (i = 0; i < count; i++)
    {
        int wanted = argc < 2;
        unsigned int failed = unit_failed;

        for (j = 1; j < argc; j++) if (!strcmp( argv[j], tests[i].name )) wanted = 1;
        if (!wanted) continue;
        found = 1;
        unit_context = "";
        tests[i].run();
        if (unit_failed != failed) printf( "%s: %u failed\n", tests[i].name, unit_failed - failed );
    }
    if (!found)
    {
        printf( "no such test; there are:" );
        for (i = 0; i < count; i++) printf( " %s", tests[i].name );
        printf( "\n" );
        return 2;
    }
    printf( "%u passed, %u failed\n", unit_passed, unit_failed );
    return unit_failed != 0;
}

#define UNIT_TESTS( ... ) \
    int main( int argc, char **argv ) \
    { \
        static const struct unit_test tests[] = { __VA_ARGS__ }; \
        return unit_main( argc, argv, tests, sizeof(tests) / sizeof(tests[0]) ); \
    }

#endif
