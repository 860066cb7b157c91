/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Heaps: limits, alignment, what the size properties count, reset. */
#include "test.h"

/* A size property, or -1 if it cannot be had. */
static SIZE_T heap_size( WS_HEAP *heap, WS_HEAP_PROPERTY_ID id )
{
    SIZE_T size = 0xdead;

    return WsGetHeapProperty( heap, id, &size, sizeof(size), NULL ) ? (SIZE_T)-1 : size;
}

static void test_create( void )
{
    WS_HEAP *heap;
    WS_HEAP_PROPERTY property = { WS_HEAP_PROPERTY_MAX_SIZE, NULL, 0 };
    SIZE_T value = 1 << 16;

    ok_hr( WsCreateHeap( 0, 0, NULL, 0, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsCreateHeap( 1 << 16, 1 << 6, NULL, 0, NULL, NULL ), E_INVALIDARG );
    heap = NULL;
    ok_hr( WsCreateHeap( 0, 0, NULL, 0, &heap, NULL ), S_OK );
    ok( heap != NULL, "no heap\n" );
    WsFreeHeap( heap );
    WsFreeHeap( NULL );

    /* the sizes are parameters; as properties they can only be read */
    property.value = &value;
    property.valueSize = sizeof(value);
    ok_hr( WsCreateHeap( 1 << 16, 1 << 6, &property, 1, &heap, NULL ), E_INVALIDARG );
    ok_hr( WsCreateHeap( 1 << 16, 1 << 6, NULL, 1, &heap, NULL ), E_INVALIDARG );
}

static void test_properties( void )
{
    WS_HEAP *heap;
    SIZE_T value = 0xdead;
    ULONG small = 0xdead;

    ok_hr( WsCreateHeap( 1 << 16, 1 << 6, NULL, 0, &heap, NULL ), S_OK );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_MAX_SIZE ), 1 << 16 );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_TRIM_SIZE ), 1 << 6 );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_REQUESTED_SIZE ), 0 );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE ), 0 );

    ok_hr( WsGetHeapProperty( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE + 1, &value, sizeof(value), NULL ), E_INVALIDARG );
    ok_eq( value, 0xdead );
    ok_hr( WsGetHeapProperty( heap, WS_HEAP_PROPERTY_MAX_SIZE, &small, sizeof(small) - 1, NULL ), E_INVALIDARG );
    ok_eq( small, 0xdead );
    ok_hr( WsGetHeapProperty( heap, WS_HEAP_PROPERTY_MAX_SIZE, NULL, sizeof(value), NULL ), E_INVALIDARG );
    ok_hr( WsGetHeapProperty( NULL, WS_HEAP_PROPERTY_MAX_SIZE, &value, sizeof(value), NULL ), E_INVALIDARG );
    WsFreeHeap( heap );
}

static void test_alloc( void )
{
    WS_HEAP *heap;
    void *ptr = (void *)0xdead;
    BYTE *blocks[64];
    ULONG i, j;

    ok_hr( WsCreateHeap( 256, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsAlloc( NULL, 16, &ptr, NULL ), E_INVALIDARG );
    ok_hr( WsAlloc( heap, 16, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsAlloc( heap, 512, &ptr, NULL ), WS_E_QUOTA_EXCEEDED );
    ok_ptr( ptr, 0xdead );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_REQUESTED_SIZE ), 0 );
    ok_hr( WsAlloc( heap, 16, &ptr, NULL ), S_OK );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_REQUESTED_SIZE ), 16 );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE ), 128 );
    WsFreeHeap( heap );

    /* blocks are aligned, writable and apart from each other */
    ok_hr( WsCreateHeap( 1 << 20, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < 64; i++)
    {
        test_context( "block of %lu", i * 5 + 1 );
        ok_hr( WsAlloc( heap, i * 5 + 1, (void **)&blocks[i], NULL ), S_OK );
        ok( !((ULONG_PTR)blocks[i] % 8), "%p is not aligned\n", blocks[i] );
        memset( blocks[i], i, i * 5 + 1 );
    }
    for (i = 0; i < 64; i++)
    {
        for (j = 0; j < i * 5 + 1 && blocks[i][j] == i; j++) {}
        test_context( "block of %lu", i * 5 + 1 );
        ok( j == i * 5 + 1, "byte %lu was overwritten\n", j );
    }
    test_context( NULL );

    /* no size wraps around */
    ptr = (void *)0xdead;
    ok_hr( WsAlloc( heap, ~(SIZE_T)0, &ptr, NULL ), WS_E_QUOTA_EXCEEDED );
    ok_hr( WsAlloc( heap, ~(SIZE_T)0 - 15, &ptr, NULL ), WS_E_QUOTA_EXCEEDED );
    ok_ptr( ptr, 0xdead );
    WsFreeHeap( heap );
}

/* WsAlloc: zero bytes are a block too; the maximum counts the sizes asked for, to the last byte. */
static void test_sizes( void )
{
    static const struct { SIZE_T max; SIZE_T sizes[4]; HRESULT hr[4]; } cases[] =
    {
        { 0,   { 0, 1, 0, 0 },    { S_OK, WS_E_QUOTA_EXCEEDED, S_OK, S_OK } },
        { 1,   { 1, 0, 1, 0 },    { S_OK, S_OK, WS_E_QUOTA_EXCEEDED, S_OK } },
        { 100, { 60, 41, 40, 1 }, { S_OK, WS_E_QUOTA_EXCEEDED, S_OK, WS_E_QUOTA_EXCEEDED } },
        { 7,   { 3, 3, 1, 0 },    { S_OK, S_OK, S_OK, S_OK } },     /* not what alignment makes of it */
        { ~(SIZE_T)0, { 1, ~(SIZE_T)0, ~(SIZE_T)0 - 1, 0 }, { S_OK, WS_E_QUOTA_EXCEEDED, E_OUTOFMEMORY, S_OK } },
        { ~(SIZE_T)0 >> 1, { ~(SIZE_T)0 >> 1, (~(SIZE_T)0 >> 1) - 1, 1, 0 }, { E_OUTOFMEMORY, E_OUTOFMEMORY, S_OK, S_OK } },
    };
    ULONG i, j;

    for (i = 0; i < WsCountOf( cases ); i++)
    {
        SIZE_T requested = 0;
        void *last = NULL;
        WS_HEAP *heap;

        ok_hr( WsCreateHeap( cases[i].max, 0, NULL, 0, &heap, NULL ), S_OK );
        for (j = 0; j < 4; j++)
        {
            void *ptr = (void *)0xdead;

            test_context( "case %lu, block %lu", i, j );
            ok_hr( WsAlloc( heap, cases[i].sizes[j], &ptr, NULL ), cases[i].hr[j] );
            if (cases[i].hr[j]) ok_ptr( ptr, 0xdead );
            else
            {
                ok( ptr && ptr != last && !((ULONG_PTR)ptr % 8), "%p\n", ptr );
                requested += cases[i].sizes[j];
                last = ptr;
            }
            ok_eq( heap_size( heap, WS_HEAP_PROPERTY_REQUESTED_SIZE ), requested );
        }
        WsFreeHeap( heap );
    }
    test_context( NULL );
}

/* WS_HEAP_PROPERTY_TRIM_SIZE: about what a reset keeps; all of it when it is more than the maximum. What a heap takes to hold
 * 1000 blocks of 100 bytes is the implementation's business. */
static void test_trim( void )
{
    static const SIZE_T trims[] = { 0, 1, 128, 1000, 20000, 200000, 300001, ~(SIZE_T)0 };
    ULONG i, j;

    for (i = 0; i < WsCountOf( trims ); i++)
    {
        SIZE_T before, after;
        WS_HEAP *heap;
        void *ptr;

        test_context( "trim size %Iu", trims[i] );
        ok_hr( WsCreateHeap( 300000, trims[i], NULL, 0, &heap, NULL ), S_OK );
        for (j = 0; j < 1000; j++) if (WsAlloc( heap, 100, &ptr, NULL )) break;
        ok_eq( j, 1000 );
        before = heap_size( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE );
        ok( before >= 100000, "%Iu\n", before );
        ok_hr( WsResetHeap( heap, NULL ), S_OK );
        after = heap_size( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE );
        ok( after <= before, "%Iu more than %Iu\n", after, before );
        if (trims[i] > 300000) ok_eq( after, before );
        else ok( after <= trims[i] || after <= 128, "%Iu kept\n", after );
        ok_eq( heap_size( heap, WS_HEAP_PROPERTY_REQUESTED_SIZE ), 0 );
        /* what was kept is used again */
        for (j = 0; j < after / 200; j++) if (WsAlloc( heap, 100, &ptr, NULL )) break;
        if (after > 1000) ok_eq( heap_size( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE ), after );
        WsFreeHeap( heap );
    }
    test_context( NULL );
}

static void test_quota_error( void )
{
    WS_HEAP *heap;
    WS_ERROR *error;
    WS_STRING text = { 0, NULL };
    ULONG count = 0;
    void *ptr;

    ok_hr( WsCreateError( NULL, 0, &error ), S_OK );
    ok_hr( WsCreateHeap( 256, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsAlloc( heap, 1000, &ptr, error ), WS_E_QUOTA_EXCEEDED );
    ok_hr( WsGetErrorProperty( error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count) ), S_OK );
    ok( count > 0, "the error object says nothing\n" );
    if (count) ok_hr( WsGetErrorString( error, 0, &text ), S_OK );
    ok( text.length > 0, "the error text is empty\n" );
    WsFreeHeap( heap );
    WsFreeError( error );
}

static void test_reset( void )
{
    WS_HEAP *heap;
    void *ptr;
    ULONG i;

    ok_hr( WsResetHeap( NULL, NULL ), E_INVALIDARG );
    ok_hr( WsCreateHeap( 1 << 16, 0, NULL, 0, &heap, NULL ), S_OK );
    ok_hr( WsAlloc( heap, 128, &ptr, NULL ), S_OK );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_REQUESTED_SIZE ), 128 );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE ), 128 );
    ok_hr( WsAlloc( heap, 1, &ptr, NULL ), S_OK );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_REQUESTED_SIZE ), 129 );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE ), 384 );
    ok_hr( WsResetHeap( heap, NULL ), S_OK );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_REQUESTED_SIZE ), 0 );
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_ACTUAL_SIZE ), 128 );  /* the first block is kept */
    ok_eq( heap_size( heap, WS_HEAP_PROPERTY_MAX_SIZE ), 1 << 16 );

    /* the whole quota is there again after each reset */
    for (i = 0; i < 10; i++)
    {
        test_context( "round %lu", i );
        ok_hr( WsAlloc( heap, 60000, &ptr, NULL ), S_OK );
        ok_hr( WsAlloc( heap, 60000, &ptr, NULL ), WS_E_QUOTA_EXCEEDED );
        ok_hr( WsResetHeap( heap, NULL ), S_OK );
    }
    WsFreeHeap( heap );
}

TESTS( heap, { "create", test_create }, { "properties", test_properties }, { "alloc", test_alloc },
       { "sizes", test_sizes }, { "trim", test_trim }, { "quota_error", test_quota_error }, { "reset", test_reset } )
