/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Behaves as a published winetest binary of several tests does: its usage, its list, and every form that the lines of
 * Wine's tests have had. */

#include <stdio.h>
#include <string.h>

int main( int argc, char **argv )
{
    if (argc < 2 || !strcmp( argv[1], "--list" ))
    {
        printf( "Valid test names:\n    old\n    new\n    flaky\n    bad\n    timed\n    child\n" );
        return 0;
    }
    if (!strcmp( argv[1], "old" ))
        printf( "old: 12 tests executed (1 marked as todo, 0 failures), 2 skipped.\n" );
    else if (!strcmp( argv[1], "new" ))
        printf( "new.c:7: Test skipped: not here\n12ab4:new: 13 tests executed (2 marked as todo, 1 failure), 1 skipped.\n"
                "new.c:9: Test failed: before its summary\n" );
    else if (!strcmp( argv[1], "flaky" ))
        printf( "flaky.c:3: Test marked flaky: once\n0020:flaky: 5 tests executed (0 marked as todo, 1 as flaky, 0 failures), "
                "0 skipped.\n" );
    else if (!strcmp( argv[1], "bad" ))
    {
        printf( "bad.c:31: Test failed: got 3\nbad.c:32: Test succeeded inside todo block: fine now\n"
                "0024:bad: 20 tests executed (0 marked as todo, 0 as flaky, 2 failures), 0 skipped.\n" );
        return 2;
    }
    else if (!strcmp( argv[1], "timed" ))
    {
        printf( "timed.c:41:0.125 Test failed: slow\n0024:timed: 3 tests executed (0 marked as todo, 0 as flaky, 1 failures), "
                "0 skipped.\n" );
        return 1;
    }
    else if (!strcmp( argv[1], "child" ))
        printf( "0030:child: 4 tests executed (0 marked as todo, 0 failures), 0 skipped.\n"
                "0024:child: 6 tests executed (0 marked as todo, 0 failures), 0 skipped.\n" );
    return 0;
}
