/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one contract between the PE half and the ELF half of webservices.dll.
 *
 * Every argument block has members of fixed width, pointers as UINT64, so that one table of functions serves 64-bit
 * and 32-bit callers alike. Status codes are errno values negated, or what the call says; no NTSTATUS crosses here:
 * the ELF half stays pure POSIX. */
#ifndef WS_UNIXLIB_H
#define WS_UNIXLIB_H

#ifdef _WIN32
#include <stdarg.h>
#include "windef.h"
#include "winbase.h"
#else
#include <stdint.h>
typedef int32_t INT32;
typedef uint32_t UINT32;
typedef int64_t INT64;
typedef uint64_t UINT64;
typedef uint8_t UINT8;
typedef uint16_t UINT16;
#endif

/* Changes with every incompatible change below: a stale pair of files refuses to load instead of misbehaving. */
#define WS_UNIX_ABI 1

enum unix_func
{
    UNIX_ATTACH,
    UNIX_FUNC_COUNT
};

struct unix_attach
{
    UINT32 abi;     /* in: WS_UNIX_ABI of the PE half */
    UINT32 size;    /* in: bytes of this struct */
};

#ifdef _WIN32
/* Finds the ELF half and says hello to it; FALSE if there is none or it is of another build. Once, at load. */
BOOL unix_init( void *module );

/* Calls a function of the ELF half; about 10 ns. Returns what the function returned. */
INT32 unix_call( enum unix_func func, void *args );
#endif

#endif
