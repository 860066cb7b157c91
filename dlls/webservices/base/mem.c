/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The memory functions of the C library, for the PE half, which has none. Those of Wine's ntdll go byte by byte.
 *
 * Runs here are short: names, headers, replies of a few hundred bytes. Up to 64 bytes there is no loop, only pieces that may
 * overlap in the middle; all of a piece is loaded before any of it is stored, so memmove can be the same function. */
#include "base/port.h"

#if defined(_WIN32) || defined(MEM_UNDER_TEST)

#define BIG 2048      /* from here on the processor's own string instruction is faster */

typedef UINT64 word __attribute__((aligned( 1 ), may_alias));
typedef UINT32 half __attribute__((aligned( 1 ), may_alias));
typedef UINT16 quarter __attribute__((aligned( 1 ), may_alias));
typedef UINT64 block __attribute__((vector_size( 16 ), aligned( 1 ), may_alias));

/* The compiler must neither drop these, as calls of them appear only after it has looked, nor make calls of themselves. */
#define LIBRARY_FUNCTION __attribute__((used, externally_visible, optimize( "no-tree-loop-distribute-patterns" )))

#define MOVE_ENDS( type ) \
    do { \
        type first = *(const type *)src, last = *(const type *)(src + size - sizeof(type)); \
        *(type *)dst = first; \
        *(type *)(dst + size - sizeof(type)) = last; \
    } while (0)

/* Up to 64 bytes. */
static inline void move_short( BYTE *dst, const BYTE *src, SIZE_T size )
{
    if (size > 32)
    {
        block a = *(const block *)src, b = *(const block *)(src + 16);
        block c = *(const block *)(src + size - 32), d = *(const block *)(src + size - 16);

        *(block *)dst = a;
        *(block *)(dst + 16) = b;
        *(block *)(dst + size - 32) = c;
        *(block *)(dst + size - 16) = d;
    }
    else if (size >= 16) MOVE_ENDS( block );
    else if (size >= 8) MOVE_ENDS( word );
    else if (size >= 4) MOVE_ENDS( half );
    else if (size >= 2) MOVE_ENDS( quarter );
    else if (size) *dst = *src;
}

static inline void move_forward( BYTE *dst, const BYTE *src, SIZE_T size )
{
    block tail0 = *(const block *)(src + size - 32), tail1 = *(const block *)(src + size - 16);
    BYTE *end = dst + size;

    for (; dst < end - 32; dst += 32, src += 32)
    {
        block a = *(const block *)src, b = *(const block *)(src + 16);

        *(block *)dst = a;
        *(block *)(dst + 16) = b;
    }
    *(block *)(end - 32) = tail0;
    *(block *)(end - 16) = tail1;
}

static inline void move_backward( BYTE *dst, const BYTE *src, SIZE_T size )
{
    block head0 = *(const block *)src, head1 = *(const block *)(src + 16);
    BYTE *pos = dst + size;

    for (src += size; pos > dst + 32; )
    {
        block a = *(const block *)(src - 16), b = *(const block *)(src - 32);

        pos -= 32, src -= 32;
        *(block *)(pos + 16) = a;
        *(block *)pos = b;
    }
    *(block *)dst = head0;
    *(block *)(dst + 16) = head1;
}

LIBRARY_FUNCTION void * __cdecl memcpy( void *dst, const void *src, size_t size )
{
    if (size <= 64) move_short( dst, src, size );
    else if (size < BIG) move_forward( dst, src, size );
    else
    {
        void *to = dst;
        __asm__ volatile( "rep movsb" : "+D" (to), "+S" (src), "+c" (size) : : "memory" );
    }
    return dst;
}

LIBRARY_FUNCTION void * __cdecl memmove( void *dst, const void *src, size_t size )
{
    if (size <= 64) move_short( dst, src, size );
    else if ((SIZE_T)dst - (SIZE_T)src >= size) move_forward( dst, src, size );
    else move_backward( dst, src, size );
    return dst;
}

LIBRARY_FUNCTION void * __cdecl memset( void *dst, int value, size_t size )
{
    UINT64 all = 0x0101010101010101ull * (BYTE)value;
    BYTE *pos = dst, *end = pos + size;

    if (size >= 16)
    {
        block fill = { all, all };

        if (size >= BIG)
        {
            __asm__ volatile( "rep stosb" : "+D" (pos), "+c" (size) : "a" (value) : "memory" );
            return dst;
        }
        for (; pos < end - 16; pos += 16) *(block *)pos = fill;
        *(block *)(end - 16) = fill;
    }
    else if (size >= 8) *(word *)pos = all, *(word *)(end - 8) = all;
    else if (size >= 4) *(half *)pos = all, *(half *)(end - 4) = all;
    else while (pos < end) *pos++ = value;
    return dst;
}

LIBRARY_FUNCTION int __cdecl memcmp( const void *left, const void *right, size_t size )
{
    const BYTE *a = left, *b = right;

    for (; size >= 8; a += 8, b += 8, size -= 8)
    {
        UINT64 x = *(const word *)a, y = *(const word *)b;

        if (x == y) continue;
        return __builtin_bswap64( x ) < __builtin_bswap64( y ) ? -1 : 1;
    }
    for (; size; a++, b++, size--) if (*a != *b) return *a < *b ? -1 : 1;
    return 0;
}

#endif
