/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The few things the portable layers need from the system: memory, atomics, random bytes, the clock.
 *
 * base, xml, serial, message and metadata are compiled twice: for the PE half, and as native Linux code where the
 * sanitizers, the fuzzers and the coverage run. Everything in them goes through this header. */
#ifndef WS_BASE_PORT_H
#define WS_BASE_PORT_H

#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include "webservices.h"

#define DECLSPEC_HOT __attribute__((hot))
#define LIKELY( x ) __builtin_expect( !!(x), 1 )
#define UNLIKELY( x ) __builtin_expect( !!(x), 0 )
#define ALWAYS_INLINE inline __attribute__((always_inline))
#define NEVER_INLINE __attribute__((noinline))   /* keeps the registers of a long way out of the short one */
#ifndef ARRAY_SIZE
#define ARRAY_SIZE( a ) (sizeof(a) / sizeof((a)[0]))
#endif

/* Process memory, not zeroed; NULL when there is none. Natively a test can make the Nth allocation fail. */
void *mem_alloc( SIZE_T size );
void *mem_calloc( SIZE_T size );
void *mem_realloc( void *ptr, SIZE_T size );
void mem_free( void *ptr );

/* Whether two runs of bytes are equal. Inline and by words: names are short, and in the PE half memcmp is a call into
 * ntdll, which compares byte by byte. */
static inline BOOL mem_equal( const void *a, const void *b, SIZE_T len )
{
    const unsigned char *p = (const unsigned char *)a, *q = (const unsigned char *)b;
    UINT64 x, y;
    UINT32 u, v;

    if (len >= 8)
    {
        for (; len > 8; p += 8, q += 8, len -= 8)
        {
            memcpy( &x, p, 8 );
            memcpy( &y, q, 8 );
            if (x != y) return FALSE;
        }
        /* the last eight, some of which may have been compared already */
        memcpy( &x, p + len - 8, 8 );
        memcpy( &y, q + len - 8, 8 );
        return x == y;
    }
    if (len >= 4)
    {
        memcpy( &u, p, 4 );
        memcpy( &v, q, 4 );
        if (u != v) return FALSE;
        memcpy( &u, p + len - 4, 4 );
        memcpy( &v, q + len - 4, 4 );
        return u == v;
    }
    if (!len) return TRUE;
    /* first, middle and last are all there are */
    return p[0] == q[0] && p[len / 2] == q[len / 2] && p[len - 1] == q[len - 1];
}

#ifndef _WIN32
/* Native tests: allocation number `countdown` from now (and only it) fails; 0 switches this off. */
void mem_fail_after( LONG countdown );
/* Native tests: allocations made and not freed yet. */
LONG mem_live( void );
#endif

/* Fills `bytes` with random bytes fit for identifiers (UUIDs, nonces). */
void port_random( void *bytes, ULONG size );

/* Milliseconds of a clock that never goes back. */
UINT64 port_tick_ms( void );

/* 100 ns units since 1601-01-01 UTC. */
UINT64 port_filetime( void );

/* Minutes that local time is ahead of UTC at a moment (100 ns units since 1601-01-01 UTC). */
LONG port_utc_offset( UINT64 filetime );

/* The user's interface language, for new error objects. */
LANGID port_ui_language( void );

#define MAX_LANGUAGE_TAG 85     /* units, with the NUL: LOCALE_NAME_MAX_LENGTH */
/* The language as in xml:lang (RFC 3066), "en-US", into buf; its length, 0 when the system does not know the language. */
ULONG port_language_tag( LANGID langid, WCHAR buf[MAX_LANGUAGE_TAG] );

/* The system's text for an error code, without the line end, into buf; 0 when there is none. */
ULONG port_system_message( HRESULT code, LANGID langid, WCHAR *buf, ULONG max );

/* A second handle for the same object of the system, and its end. The HRESULT of the system's error. */
HRESULT port_duplicate_handle( HANDLE handle, HANDLE *ret );
void port_close_handle( HANDLE handle );

static inline LONG atomic_inc( LONG *value ) { return __atomic_add_fetch( value, 1, __ATOMIC_ACQ_REL ); }
static inline LONG atomic_dec( LONG *value ) { return __atomic_sub_fetch( value, 1, __ATOMIC_ACQ_REL ); }
static inline LONG atomic_read( const LONG *value ) { return __atomic_load_n( value, __ATOMIC_ACQUIRE ); }

#endif
