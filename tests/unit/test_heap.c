/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The arena behind WS_HEAP: sizes as native counts them, quota, alignment, reuse, failures of the system's memory. */

#include "unit.h"
#include "base/heap.h"

static SIZE_T property( WS_HEAP *heap, WS_HEAP_PROPERTY_ID id )
{
    SIZE_T value = ~(SIZE_T)0;

    CHECK_EQ( heap_get_property( heap, id, &value, sizeof(value), NULL ), S_OK );
    return value;
}
#define REQUESTED( heap ) property( heap, WS_HEAP_PROPERTY_REQUESTED_SIZE )
#define ACTUAL( heap ) property( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE )

static void test_create( void )
{
    SIZE_T max = 1;
    WS_HEAP_PROPERTY prop = { WS_HEAP_PROPERTY_MAX_SIZE, &max, sizeof(max) };
    WS_HEAP *heap = NULL;
    LONG live = mem_live();
    UINT32 narrow;

    CHECK_EQ( heap_create( 100, 50, NULL, 0, NULL, NULL ), E_INVALIDARG );
    CHECK_EQ( heap_create( 100, 50, &prop, 1, &heap, NULL ), E_INVALIDARG );
    CHECK_EQ( heap_create( 100, 50, NULL, 1, &heap, NULL ), E_INVALIDARG );
    CHECK( !heap, "%p", (void *)heap );
    CHECK_EQ( heap_create( 100, 50, NULL, 0, &heap, NULL ), S_OK );
    CHECK_EQ( mem_live(), live + 1 );       /* nothing but the object until something is allocated */
    CHECK_EQ( property( heap, WS_HEAP_PROPERTY_MAX_SIZE ), 100 );
    CHECK_EQ( property( heap, WS_HEAP_PROPERTY_TRIM_SIZE ), 50 );
    CHECK_EQ( REQUESTED( heap ), 0 );
    CHECK_EQ( ACTUAL( heap ), 0 );
    CHECK_EQ( heap_get_property( heap, WS_HEAP_PROPERTY_MAX_SIZE, &narrow, sizeof(narrow), NULL ), E_INVALIDARG );
    CHECK_EQ( heap_get_property( heap, WS_HEAP_PROPERTY_MAX_SIZE, NULL, sizeof(max), NULL ), E_INVALIDARG );
    CHECK_EQ( heap_get_property( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE + 1, &max, sizeof(max), NULL ), E_INVALIDARG );
    heap_free( heap );
    heap_free( NULL );
    CHECK_EQ( mem_live(), live );
}

static void test_sizes( void )
{
    static const struct { SIZE_T size, requested, actual; } steps[] =
    {
        { 16, 16, 128 }, { 112, 128, 128 }, { 1, 129, 384 }, { 0, 129, 384 }, { 240, 369, 384 }, { 8, 377, 896 },
        { 5000, 5377, 5896 },
    };
    WS_HEAP *heap;
    ULONG i, j;
    void *ptr;

    heap_create( 1 << 16, 0, NULL, 0, &heap, NULL );
    for (j = 0; j < 3; j++)
    {
        for (i = 0; i < ARRAY_SIZE( steps ); i++)
        {
            ptr = heap_alloc( heap, steps[i].size, NULL );
            if (!CHECK( ptr != NULL, "step %u", i )) continue;
            CHECK_EQ( (UINT_PTR)ptr % 8, 0 );
            memset( ptr, 0x55, steps[i].size );
            CHECK_EQ( REQUESTED( heap ), steps[i].requested );
            CHECK_EQ( ACTUAL( heap ), steps[i].actual );
        }
        heap_reset( heap );
        CHECK_EQ( REQUESTED( heap ), 0 );
        CHECK_EQ( ACTUAL( heap ), 128 );    /* the first chunk stays whatever the trim size is */
    }
    heap_free( heap );
}

static void test_trim( void )
{
    static const struct { SIZE_T trim, kept; } cases[] =
    {
        { 0, 128 }, { 100, 128 }, { 383, 128 }, { 384, 384 }, { 1000, 896 }, { ~(SIZE_T)0, 1920 },
    };
    LONG live, chunks;
    WS_HEAP *heap;
    ULONG i, j, k;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        live = mem_live();
        heap_create( 1 << 16, cases[i].trim, NULL, 0, &heap, NULL );
        for (j = 0, chunks = 0; j < 4; j++)
        {
            for (k = 0; k < 15; k++) CHECK( heap_alloc( heap, 100, NULL ) != NULL, "%u %u", j, k );
            CHECK_EQ( ACTUAL( heap ), 1920 );
            heap_reset( heap );
            CHECK_EQ( ACTUAL( heap ), cases[i].kept );
            if (j) CHECK_EQ( mem_live(), chunks );
            chunks = mem_live();
        }
        heap_free( heap );
        CHECK_EQ( mem_live(), live );
    }
}

static void test_quota( void )
{
    WS_HEAP *heap;
    ULONG i;

    heap_create( 256, 0, NULL, 0, &heap, NULL );
    CHECK( !heap_alloc( heap, 257, NULL ), "more than the maximum" );
    CHECK_EQ( heap_failure( heap ), WS_E_QUOTA_EXCEEDED );
    CHECK( heap_alloc( heap, 255, NULL ) != NULL, "below" );
    CHECK( !heap_alloc( heap, 2, NULL ), "together more than the maximum" );
    CHECK( heap_alloc( heap, 1, NULL ) != NULL, "exactly the maximum" );
    CHECK( !heap_alloc( heap, 1, NULL ), "full" );
    CHECK( heap_alloc( heap, 0, NULL ) != NULL, "nothing more is asked for" );
    CHECK_EQ( REQUESTED( heap ), 256 );
    heap_reset( heap );
    CHECK( heap_alloc( heap, 256, NULL ) != NULL, "after a reset" );
    for (i = 0; i < 9; i++) CHECK( !heap_alloc( heap, ~(SIZE_T)0 - i, NULL ), "%u", i );
    heap_free( heap );

    heap_create( ~(SIZE_T)0, 0, NULL, 0, &heap, NULL );
    for (i = 0; i < 40; i++)
    {
        CHECK( !heap_alloc( heap, ~(SIZE_T)0 - i, NULL ), "%u", i );
        CHECK( heap_failure( heap ) == WS_E_QUOTA_EXCEEDED || heap_failure( heap ) == E_OUTOFMEMORY, "0x%x",
               heap_failure( heap ) );
    }
    heap_free( heap );

    heap_create( 0, 0, NULL, 0, &heap, NULL );
    CHECK( heap_alloc( heap, 0, NULL ) != NULL, "zero bytes of a heap without any" );
    CHECK( !heap_alloc( heap, 1, NULL ), "one" );
    heap_free( heap );
}

static void test_zero( void )
{
    WS_HEAP *heap;
    void *a, *b;

    heap_create( 100, 0, NULL, 0, &heap, NULL );
    a = heap_alloc( heap, 0, NULL );
    b = heap_alloc( heap, 0, NULL );
    CHECK( a && b && a != b, "%p %p", a, b );
    CHECK_EQ( REQUESTED( heap ), 0 );
    heap_free( heap );
}

static void test_failure( void )
{
    static const WCHAR quota[] = L"The heap can't hold 1000 more bytes: 20 of its maximum of 500 bytes are allocated.";
    WS_ERROR *error;
    WS_STRING str;
    WS_HEAP *heap;

    error_create( NULL, 0, &error );
    mem_fail_after( 1 );
    CHECK_EQ( heap_create( 500, 0, NULL, 0, &heap, NULL ), E_OUTOFMEMORY );
    heap_create( 500, 0, NULL, 0, &heap, NULL );
    mem_fail_after( 1 );
    CHECK( !heap_alloc( heap, 20, NULL ), "no memory" );
    CHECK_EQ( heap_failure( heap ), E_OUTOFMEMORY );
    CHECK_EQ( REQUESTED( heap ), 0 );
    CHECK_EQ( ACTUAL( heap ), 0 );
    CHECK( heap_alloc( heap, 20, NULL ) != NULL, "again" );
    CHECK( !heap_alloc( heap, 1000, error ), "quota" );
    CHECK_EQ( error_get_string( error, 0, &str ), S_OK );
    CHECK_MEM( str.chars, str.length * 2, quota, sizeof(quota) - 2 );
    heap_free( heap );
    error_free( error );
}

UNIT_TESTS( { "create", test_create }, { "sizes", test_sizes }, { "trim", test_trim }, { "quota", test_quota },
            { "zero", test_zero }, { "failure", test_failure } )
