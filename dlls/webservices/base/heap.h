/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_HEAP: an arena with a quota (heap.md). An allocation is a bump of a pointer; nothing is freed singly. */
#ifndef WS_BASE_HEAP_H
#define WS_BASE_HEAP_H

#include "base/error.h"

struct heap_chunk;

struct _WS_HEAP
{
    struct object hdr;
    BYTE  *pos;                   /* next free byte of the current chunk, 8-byte aligned */
    BYTE  *end;
    struct heap_chunk *chunks;    /* newest first */
    struct heap_chunk *spare;     /* kept by the last reset, first to be used again */
    SIZE_T max_size;              /* quota on the sum of the sizes asked for */
    SIZE_T trim_size;             /* what a reset may keep; the first chunk always stays; all of it if this is more
                                   * than max_size */
    SIZE_T requested;             /* bytes asked for since the reset */
    SIZE_T actual;                /* bytes of all chunks without their headers */
    HRESULT failure;              /* of the last allocation that failed */
};

HRESULT heap_create( SIZE_T max_size, SIZE_T trim_size, const WS_HEAP_PROPERTY *props, ULONG count, WS_HEAP **ret,
                     WS_ERROR *error );
void    heap_reset( WS_HEAP *heap );
void    heap_free( WS_HEAP *heap );
HRESULT heap_get_property( WS_HEAP *heap, WS_HEAP_PROPERTY_ID id, void *buf, ULONG size, WS_ERROR *error );

/* The slow path of heap_alloc: a new chunk, or a quota failure. */
void *heap_grow( WS_HEAP *heap, SIZE_T size, WS_ERROR *error );

/* Memory until the heap is reset or freed, aligned to 8, not zeroed. NULL after a failure that is already
 * in `error` (WS_E_QUOTA_EXCEEDED or E_OUTOFMEMORY: ask heap_failure()). */
static inline void *heap_alloc( WS_HEAP *heap, SIZE_T size, WS_ERROR *error )
{
    SIZE_T rounded = (size + 7) & ~(SIZE_T)7;
    if (LIKELY( rounded >= size && rounded && rounded <= (SIZE_T)(heap->end - heap->pos) &&
                size <= heap->max_size - heap->requested ))
    {
        void *ret = heap->pos;
        heap->pos += rounded;
        heap->requested += size;
        return ret;
    }
    return heap_grow( heap, size, error );
}

/* The code of the last heap_alloc that returned NULL. */
static inline HRESULT heap_failure( const WS_HEAP *heap ) { return heap->failure; }

void *heap_zalloc( WS_HEAP *heap, SIZE_T size, WS_ERROR *error );
void *heap_memdup( WS_HEAP *heap, const void *src, SIZE_T size, WS_ERROR *error );

#endif
