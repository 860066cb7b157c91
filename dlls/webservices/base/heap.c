/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The arena behind WS_HEAP (heap.md).
 *
 * Chunks grow by doubling from 128 bytes, which is what WS_HEAP_PROPERTY_ACTUAL_SIZE shows on native: 128 after the first small
 * allocation, 128 + 256 when that one is full, and 128 again after a reset with a trim size of 0. */

#include "base/heap.h"
#include "base/prop.h"

#define FIRST_CHUNK 128
#define MAX_CHUNK   (1024 * 1024)

struct heap_chunk
{
    struct heap_chunk *next;
    SIZE_T size;            /* of data */
    BYTE data[];
} __attribute__((aligned( 16 )));

static const struct prop_desc heap_props[] =
{
    PROP( WS_HEAP_PROPERTY_MAX_SIZE, WS_HEAP, max_size, PROP_GET ),
    PROP( WS_HEAP_PROPERTY_TRIM_SIZE, WS_HEAP, trim_size, PROP_GET ),
    PROP( WS_HEAP_PROPERTY_REQUESTED_SIZE, WS_HEAP, requested, PROP_GET ),
    PROP( WS_HEAP_PROPERTY_ACTUAL_SIZE, WS_HEAP, actual, PROP_GET ),
};

HRESULT heap_create( SIZE_T max_size, SIZE_T trim_size, const WS_HEAP_PROPERTY *props, ULONG count, WS_HEAP **ret,
                     WS_ERROR *error )
{
    WS_HEAP *heap;

    if (!ret) return ws_fail( error, E_INVALIDARG, "No place to store the new heap was given." );
    if (props || count) return ws_fail( error, E_INVALIDARG, "A heap has no property that can be set (%u given).", count );
    if (!(heap = mem_calloc( sizeof(*heap) ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a heap." );
    object_init( &heap->hdr, OBJECT_HEAP, 0 );
    heap->max_size = max_size;
    heap->trim_size = trim_size;
    *ret = heap;
    return S_OK;
}

static void free_chunks( struct heap_chunk *chunk )
{
    struct heap_chunk *next;
    for (; chunk; chunk = next)
    {
        next = chunk->next;
        mem_free( chunk );
    }
}

void heap_reset( WS_HEAP *heap )
{
    struct heap_chunk *chunk, *next, *oldest_first = NULL, *keep = NULL, **tail = &keep;
    SIZE_T kept = 0;

    for (chunk = heap->spare; chunk; chunk = chunk->next) kept += chunk->size;
    for (chunk = heap->chunks; chunk; chunk = next)
    {
        next = chunk->next;
        chunk->next = oldest_first;
        oldest_first = chunk;
    }
    for (chunk = oldest_first; chunk; chunk = next)
    {
        next = chunk->next;
        if (kept && kept + chunk->size > heap->trim_size && heap->trim_size <= heap->max_size) mem_free( chunk );
        else
        {
            kept += chunk->size;
            *tail = chunk;
            tail = &chunk->next;
        }
    }
    *tail = heap->spare;        /* spares that were not needed since the last reset */
    heap->spare = keep;
    heap->chunks = NULL;
    heap->pos = heap->end = NULL;
    heap->requested = 0;
    heap->actual = kept;
}

void heap_free( WS_HEAP *heap )
{
    if (!heap) return;
    free_chunks( heap->chunks );
    free_chunks( heap->spare );
    heap->hdr.magic = OBJECT_DEAD;
    mem_free( heap );
}

static struct heap_chunk *new_chunk( WS_HEAP *heap, SIZE_T size )
{
    SIZE_T wanted = heap->chunks ? heap->chunks->size * 2 : FIRST_CHUNK;
    struct heap_chunk *chunk;

    if (wanted > MAX_CHUNK) wanted = MAX_CHUNK;
    if (wanted < size) wanted = size;
    if (wanted > ~(SIZE_T)0 - sizeof(*chunk)) return NULL;
    if (!(chunk = mem_alloc( sizeof(*chunk) + wanted ))) return NULL;
    chunk->size = wanted;
    heap->actual += wanted;
    return chunk;
}

void *heap_grow( WS_HEAP *heap, SIZE_T size, WS_ERROR *error )
{
    SIZE_T rounded = size ? (size + 7) & ~(SIZE_T)7 : 8;
    struct heap_chunk *chunk;
    void *ret;

    if (size > heap->max_size - heap->requested)
    {
        ws_fail( error, WS_E_QUOTA_EXCEEDED,
                 "The heap can't hold %llu more bytes: %llu of its maximum of %llu bytes are allocated.",
                 (unsigned long long)size, (unsigned long long)heap->requested, (unsigned long long)heap->max_size );
        heap->failure = WS_E_QUOTA_EXCEEDED;
        return NULL;
    }
    if (rounded < size || rounded > (SIZE_T)(heap->end - heap->pos))
    {
        if (rounded >= size && heap->spare && rounded <= heap->spare->size)
        {
            chunk = heap->spare;
            heap->spare = chunk->next;
        }
        else if (rounded < size || !(chunk = new_chunk( heap, rounded )))
        {
            ws_fail( error, E_OUTOFMEMORY, "No memory for %llu more bytes of a heap.", (unsigned long long)size );
            heap->failure = E_OUTOFMEMORY;
            return NULL;
        }
        chunk->next = heap->chunks;
        heap->chunks = chunk;
        heap->pos = chunk->data;
        heap->end = chunk->data + chunk->size;
    }
    ret = heap->pos;
    heap->pos += rounded;
    heap->requested += size;
    return ret;
}

void *heap_zalloc( WS_HEAP *heap, SIZE_T size, WS_ERROR *error )
{
    void *ret = heap_alloc( heap, size, error );
    if (ret) memset( ret, 0, size );
    return ret;
}

void *heap_memdup( WS_HEAP *heap, const void *src, SIZE_T size, WS_ERROR *error )
{
    void *ret = heap_alloc( heap, size, error );
    if (ret && size) memcpy( ret, src, size );
    return ret;
}

HRESULT heap_get_property( WS_HEAP *heap, WS_HEAP_PROPERTY_ID id, void *buf, ULONG size, WS_ERROR *error )
{
    return prop_get( heap_props, ARRAY_SIZE( heap_props ), heap, id, buf, size, "heap", error );
}
