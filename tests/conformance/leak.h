/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a process holds, to be counted before and after something that must not leak: blocks and bytes of the process heap, handles,
 * and, where the system shows them as Linux does, descriptors, threads and resident memory. */
#ifndef WS_TESTS_CONFORMANCE_LEAK_H
#define WS_TESTS_CONFORMANCE_LEAK_H

#include "test.h"

struct leak_counts
{
    LONG blocks, kilobytes, handles;
    LONG descriptors, threads, resident;        /* resident: kilobytes; -1: not known */
};

/* A file that the system keeps about this process; the launcher knows its number there. "self" would be the wineserver. */
static inline void leak_path( char *path, size_t size, const char *name )
{
    const char *pid = getenv( "WSWINE_PID" );

    snprintf( path, size, "\\\\?\\unix\\proc\\%s\\%s", pid ? pid : "none", name );
}

static inline LONG leak_entries( const char *name )
{
    WIN32_FIND_DATAA data;
    char path[MAX_PATH];
    LONG count = 0;
    HANDLE find;

    leak_path( path, sizeof(path), name );
    if ((find = FindFirstFileA( path, &data )) == INVALID_HANDLE_VALUE) return -1;
    do if (data.cFileName[0] != '.') count++;
    while (FindNextFileA( find, &data ));
    FindClose( find );
    return count;
}

static inline LONG leak_resident( void )
{
    char path[MAX_PATH], text[128] = "";
    long size, resident = -1;
    HANDLE file;
    DWORD len;

    leak_path( path, sizeof(path), "statm" );
    file = CreateFileA( path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL );

    if (file == INVALID_HANDLE_VALUE) return -1;
    if (ReadFile( file, text, sizeof(text) - 1, &len, NULL ) && sscanf( text, "%ld %ld", &size, &resident ) == 2) resident *= 4;
    CloseHandle( file );
    return resident;
}

/* Wine 8 does not count them. */
static inline LONG leak_handles( void )
{
    ULONG_PTR handle;
    DWORD count = 0, flags;

    if (GetProcessHandleCount( GetCurrentProcess(), &count ) && count) return count;
    for (handle = 4; handle < 4 * 2048; handle += 4) if (GetHandleInformation( (HANDLE)handle, &flags )) count++;
    return count;
}

static inline struct leak_counts leak_count( void )
{
    PROCESS_HEAP_ENTRY entry = { .lpData = NULL };
    struct leak_counts counts = { 0 };
    ULONGLONG bytes = 0;

    HeapLock( GetProcessHeap() );
    while (HeapWalk( GetProcessHeap(), &entry ))
    {
        if (!(entry.wFlags & PROCESS_HEAP_ENTRY_BUSY)) continue;
        counts.blocks++;
        bytes += entry.cbData;
    }
    HeapUnlock( GetProcessHeap() );
    counts.kilobytes = bytes / 1024;
    counts.handles = leak_handles();
    counts.descriptors = leak_entries( "fd\\*" );
    counts.threads = leak_entries( "task\\*" );
    counts.resident = leak_resident();
    return counts;
}

/* The second count against the first. Pools and threads come and go: what is allowed is far less than one thing for each of the
 * rounds in between. */
static inline void leak_check( const struct leak_counts *before, const struct leak_counts *after, LONG allowed )
{
    trace( "heap %ld -> %ld blocks, %ld -> %ld kB; handles %ld -> %ld, descriptors %ld -> %ld, threads %ld -> %ld, "
           "resident %ld -> %ld kB\n", before->blocks, after->blocks, before->kilobytes, after->kilobytes, before->handles,
           after->handles, before->descriptors, after->descriptors, before->threads, after->threads, before->resident,
           after->resident );
    ok( after->blocks <= before->blocks + allowed * 16, "heap: %ld -> %ld blocks\n", before->blocks, after->blocks );
    ok( after->kilobytes <= before->kilobytes + allowed * 24, "heap: %ld -> %ld kB\n", before->kilobytes, after->kilobytes );
    ok( after->handles <= before->handles + allowed, "handles: %ld -> %ld\n", before->handles, after->handles );
    /* each thread of Wine has four */
    ok( after->descriptors <= before->descriptors + allowed * 4, "descriptors: %ld -> %ld\n", before->descriptors, after->descriptors );
    ok( after->threads <= before->threads + allowed, "threads: %ld -> %ld\n", before->threads, after->threads );
}

#endif
