/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory, random bytes and clocks for the PE half and for the native build of the portable layers. */

#include "base/port.h"

#ifdef _WIN32

void *mem_alloc( SIZE_T size ) { return HeapAlloc( GetProcessHeap(), 0, size ); }
void *mem_calloc( SIZE_T size ) { return HeapAlloc( GetProcessHeap(), HEAP_ZERO_MEMORY, size ); }
void mem_free( void *ptr ) { HeapFree( GetProcessHeap(), 0, ptr ); }

void *mem_realloc( void *ptr, SIZE_T size )
{
    return ptr ? HeapReAlloc( GetProcessHeap(), 0, ptr, size ) : mem_alloc( size );
}

/* advapi32 is loaded only when random bytes are wanted: most programs that use this DLL need none at start. */
static void system_random( void *bytes, ULONG size )
{
    BOOLEAN (WINAPI *generate)( void *, ULONG );
    HMODULE module = LoadLibraryW( L"advapi32.dll" );
    LARGE_INTEGER counter;

    generate = module ? (void *)GetProcAddress( module, "SystemFunction036" ) : NULL;
    if (generate && generate( bytes, size )) return;

    QueryPerformanceCounter( &counter );
    counter.QuadPart ^= ((UINT64)GetCurrentProcessId() << 32) ^ port_filetime();
    memcpy( bytes, &counter, size < sizeof(counter) ? size : sizeof(counter) );
}

UINT64 port_tick_ms( void ) { return GetTickCount64(); }
LANGID port_ui_language( void ) { return GetUserDefaultUILanguage(); }

ULONG port_language_tag( LANGID langid, WCHAR buf[MAX_LANGUAGE_TAG] )
{
    int len = LCIDToLocaleName( MAKELCID( langid, SORT_DEFAULT ), buf, MAX_LANGUAGE_TAG, 0 );
    return len > 0 ? len - 1 : 0;
}

UINT64 port_filetime( void )
{
    FILETIME ft;
    GetSystemTimeAsFileTime( &ft );
    return ((UINT64)ft.dwHighDateTime << 32) | ft.dwLowDateTime;
}

static LONG system_utc_offset( UINT64 filetime )
{
    FILETIME utc = { (DWORD)filetime, (DWORD)(filetime >> 32) }, local;
    SYSTEMTIME st, st_local;

    if (!FileTimeToSystemTime( &utc, &st ) || !SystemTimeToTzSpecificLocalTime( NULL, &st, &st_local ) ||
        !SystemTimeToFileTime( &st_local, &local )) return 0;
    return ((INT64)((UINT64)local.dwHighDateTime << 32 | local.dwLowDateTime) -
            (INT64)(filetime - filetime % 10000)) / 600000000;
}

ULONG port_system_message( HRESULT code, LANGID langid, WCHAR *buf, ULONG max )
{
    const DWORD flags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS;
    DWORD len = FormatMessageW( flags, NULL, code, langid, buf, max, NULL );

    if (!len) len = FormatMessageW( flags, NULL, code, 0, buf, max, NULL );
    while (len && buf[len - 1] <= ' ') len--;
    return len;
}

HRESULT port_duplicate_handle( HANDLE handle, HANDLE *ret )
{
    HANDLE process = GetCurrentProcess();

    if (DuplicateHandle( process, handle, process, ret, 0, FALSE, DUPLICATE_SAME_ACCESS )) return S_OK;
    return HRESULT_FROM_WIN32( GetLastError() );
}

void port_close_handle( HANDLE handle ) { CloseHandle( handle ); }

#else

#include <stdlib.h>
#include <stdio.h>
#include <time.h>

static LONG fail_countdown, live;

static BOOL must_fail( void )
{
    return fail_countdown && !--fail_countdown;
}

void mem_fail_after( LONG countdown ) { fail_countdown = countdown; }
LONG mem_live( void ) { return atomic_read( &live ); }

void *mem_alloc( SIZE_T size )
{
    void *ptr = must_fail() || size > ~(SIZE_T)0 / 2 ? NULL : malloc( size ? size : 1 );   /* more is an error to ASan */
    if (ptr) atomic_inc( &live );
    return ptr;
}

void *mem_calloc( SIZE_T size )
{
    void *ptr = mem_alloc( size );
    if (ptr) memset( ptr, 0, size );
    return ptr;
}

void *mem_realloc( void *ptr, SIZE_T size )
{
    if (!ptr) return mem_alloc( size );
    return must_fail() ? NULL : realloc( ptr, size );
}

void mem_free( void *ptr )
{
    if (ptr) atomic_dec( &live );
    free( ptr );
}

static void system_random( void *bytes, ULONG size )
{
    FILE *file = fopen( "/dev/urandom", "rb" );
    if (!file || fread( bytes, 1, size, file ) != size) memset( bytes, 0x5a, size );
    if (file) fclose( file );
}

UINT64 port_tick_ms( void )
{
    struct timespec ts;
    clock_gettime( CLOCK_MONOTONIC, &ts );
    return (UINT64)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

UINT64 port_filetime( void )
{
    struct timespec ts;
    clock_gettime( CLOCK_REALTIME, &ts );
    return (UINT64)ts.tv_sec * 10000000 + ts.tv_nsec / 100 + 116444736000000000ull;
}

static LONG system_utc_offset( UINT64 filetime )
{
    time_t t = (INT64)(filetime / 10000000) - 11644473600ll;
    struct tm tm;
    return localtime_r( &t, &tm ) ? tm.tm_gmtoff / 60 : 0;
}

LANGID port_ui_language( void ) { return MAKELANGID( LANG_ENGLISH, SUBLANG_ENGLISH_US ); }

/* Enough for tests. */
ULONG port_language_tag( LANGID langid, WCHAR buf[MAX_LANGUAGE_TAG] )
{
    static const struct { LANGID langid; const char *tag; } tags[] =
    {
        { MAKELANGID( LANG_ENGLISH, SUBLANG_ENGLISH_US ), "en-US" },
        { MAKELANGID( LANG_GERMAN, SUBLANG_GERMAN ), "de-DE" },
        { MAKELANGID( LANG_DUTCH, SUBLANG_DEFAULT ), "nl-NL" },
    };
    ULONG i, len;

    for (i = 0; i < ARRAY_SIZE( tags ); i++)
    {
        if (tags[i].langid != langid) continue;
        for (len = 0; tags[i].tag[len]; len++) buf[len] = tags[i].tag[len];
        return len;
    }
    return 0;
}

/* A handle is a piece of memory here, so that one that stays open is seen as a leak. */
HRESULT port_duplicate_handle( HANDLE handle, HANDLE *ret )
{
    if (handle == INVALID_HANDLE_VALUE) return 0x80070006;  /* ERROR_INVALID_HANDLE */
    return (*ret = mem_alloc( 1 )) ? S_OK : E_OUTOFMEMORY;
}

void port_close_handle( HANDLE handle ) { mem_free( handle ); }

/* There are no texts for Windows' codes here: one that tests can expect. */
ULONG port_system_message( HRESULT code, LANGID langid, WCHAR *buf, ULONG max )
{
    char text[32];
    ULONG i, len = snprintf( text, sizeof(text), "System error 0x%08x.", (unsigned int)code );

    (void)langid;
    if (len > max) return 0;
    for (i = 0; i < len; i++) buf[i] = text[i];
    return len;
}

#endif

/* Time zones change their offset on a quarter of an hour. Asking the system costs microseconds, and dates in one message
 * are mostly close together, so the last answer is kept: the quarter hour and the offset in one word. */
LONG port_utc_offset( UINT64 filetime )
{
    static UINT64 last;
    UINT64 quarter = filetime / 9000000000ull + 1, entry = __atomic_load_n( &last, __ATOMIC_RELAXED );
    LONG offset;

    if (entry >> 16 == quarter) return (INT16)entry;
    offset = system_utc_offset( filetime );
    __atomic_store_n( &last, quarter << 16 | (UINT16)offset, __ATOMIC_RELAXED );
    return offset;
}

/* ChaCha20 (RFC 8439) under a key drawn once from the system: a call into the system for each message id would cost
 * more than the rest of the message. */
static UINT32 random_key[8];
static LONG random_key_state;   /* 0 none, 1 being drawn, 2 ready */

static inline UINT32 rotl( UINT32 x, int n ) { return (x << n) | (x >> (32 - n)); }

#define QUARTER_ROUND( a, b, c, d ) \
    a += b; d = rotl( d ^ a, 16 ); c += d; b = rotl( b ^ c, 12 ); \
    a += b; d = rotl( d ^ a, 8 );  c += d; b = rotl( b ^ c, 7 )

static void chacha20_block( const UINT32 *key, UINT64 counter, UINT32 out[16] )
{
    UINT32 in[16] = { 0x61707865, 0x3320646e, 0x79622d32, 0x6b206574 }, *x = out;
    ULONG i;

    memcpy( in + 4, key, 32 );
    in[12] = (UINT32)counter;
    in[13] = (UINT32)(counter >> 32);
    memcpy( x, in, sizeof(in) );
    for (i = 0; i < 10; i++)
    {
        QUARTER_ROUND( x[0], x[4], x[8],  x[12] );
        QUARTER_ROUND( x[1], x[5], x[9],  x[13] );
        QUARTER_ROUND( x[2], x[6], x[10], x[14] );
        QUARTER_ROUND( x[3], x[7], x[11], x[15] );
        QUARTER_ROUND( x[0], x[5], x[10], x[15] );
        QUARTER_ROUND( x[1], x[6], x[11], x[12] );
        QUARTER_ROUND( x[2], x[7], x[8],  x[13] );
        QUARTER_ROUND( x[3], x[4], x[9],  x[14] );
    }
    for (i = 0; i < 16; i++) x[i] += in[i];
}

void port_random( void *bytes, ULONG size )
{
    static UINT64 counter;
    UINT32 block[16];
    BYTE *dst = bytes;
    LONG none = 0;

    if (__atomic_load_n( &random_key_state, __ATOMIC_ACQUIRE ) != 2)
    {
        if (__atomic_compare_exchange_n( &random_key_state, &none, 1, FALSE, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE ))
        {
            system_random( random_key, sizeof(random_key) );
            __atomic_store_n( &random_key_state, 2, __ATOMIC_RELEASE );
        }
        else while (__atomic_load_n( &random_key_state, __ATOMIC_ACQUIRE ) != 2) __builtin_ia32_pause();
    }
    while (size)
    {
        ULONG chunk = size < sizeof(block) ? size : sizeof(block);
        chacha20_block( random_key, __atomic_fetch_add( &counter, 1, __ATOMIC_RELAXED ), block );
        memcpy( dst, block, chunk );
        dst += chunk;
        size -= chunk;
    }
}
