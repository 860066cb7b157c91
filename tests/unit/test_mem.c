/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The memory functions of the PE half, under other names: every size up to a few hundred bytes, every way to overlap. */
#include <string.h>
#include "unit.h"
#include "base/port.h"

#define MEM_UNDER_TEST
void * __cdecl our_memcpy( void *dst, const void *src, size_t size );
void * __cdecl our_memmove( void *dst, const void *src, size_t size );
void * __cdecl our_memset( void *dst, int value, size_t size );
int __cdecl our_memcmp( const void *left, const void *right, size_t size );
#define memcpy  our_memcpy
#define memmove our_memmove
#define memset  our_memset
#define memcmp  our_memcmp
#include "base/mem.c"
#undef memcpy
#undef memmove
#undef memset
#undef memcmp

#define ROOM 9000

static BYTE expected[ROOM], area[ROOM], source[ROOM];

static void fill( BYTE *bytes, ULONG size, ULONG seed )
{
    while (size--) *bytes++ = (seed = seed * 1103515245 + 12345) >> 16;
}

static BOOL same( void )
{
    return !memcmp( expected, area, ROOM );
}

static void test_copy( void )
{
    static const ULONG sizes[] = { 2047, 2048, 2049, 4097, 8000 };
    ULONG i, size, to, from;

    fill( source, ROOM, 1 );
    for (i = 0; i < 300 + ARRAY_SIZE( sizes ); i++)
    {
        size = i < 300 ? i : sizes[i - 300];
        for (to = 100; to < 109; to += 3)
            for (from = 200; from < 217; from += 5)
            {
                fill( area, ROOM, size );
                memcpy( expected, area, ROOM );
                memcpy( expected + to, source + from, size );
                CHECK( our_memcpy( area + to, source + from, size ) == area + to && same(), "%u bytes", size );
            }
    }
}

static void test_move( void )
{
    static const ULONG sizes[] = { 2048, 4097 };
    ULONG i, size, to;

    for (i = 0; i < 200 + ARRAY_SIZE( sizes ); i++)
    {
        size = i < 200 ? i : sizes[i - 200];
        for (to = 300 - 140; to <= 300 + 140; to++)
        {
            fill( area, ROOM, size );
            memcpy( expected, area, ROOM );
            memmove( expected + to, expected + 300, size );
            CHECK( our_memmove( area + to, area + 300, size ) == area + to && same(), "%u bytes by %d", size, (int)to - 300 );
        }
    }
}

static void test_set( void )
{
    static const ULONG sizes[] = { 2047, 2048, 2049, 8000 };
    ULONG i, size, to;

    for (i = 0; i < 200 + ARRAY_SIZE( sizes ); i++)
    {
        size = i < 200 ? i : sizes[i - 200];
        for (to = 100; to < 110; to++)
        {
            fill( area, ROOM, size );
            memcpy( expected, area, ROOM );
            memset( expected + to, 0x1a5, size );
            CHECK( our_memset( area + to, 0x1a5, size ) == area + to && same(), "%u bytes", size );
        }
    }
}

static int sign( int value )
{
    return (value > 0) - (value < 0);
}

static void test_compare( void )
{
    ULONG size, at;

    for (size = 0; size < 80; size++)
    {
        fill( area, size, size );
        memcpy( expected, area, size );
        expected[size] = ~area[size];
        CHECK_EQ( our_memcmp( area, expected, size ), 0 );
        for (at = 0; at < size; at++)
        {
            expected[at] ^= 0x80 >> at % 8;
            CHECK_EQ( sign( our_memcmp( area, expected, size ) ), sign( memcmp( area, expected, size ) ) );
            CHECK_EQ( sign( our_memcmp( expected, area, size ) ), sign( memcmp( expected, area, size ) ) );
            expected[at] = area[at];
        }
    }
}

UNIT_TESTS( { "copy", test_copy }, { "move", test_move }, { "set", test_set }, { "compare", test_compare } )
