/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The way from the PE half to the ELF half.
 *
 * Wine's own helper for this (in libwinecrt0) is not used: it exists only for the machines whose Wine development
 * files are installed, and this works the same for 32 bit. The entry points are looked up at run time because they
 * differ: up to Wine 9 ntdll exports __wine_unix_call, later ones only the dispatcher variable. */
#include <stdarg.h>
#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "unixlib.h"

#define MEMORY_WINE_UNIX_FUNCS 1000  /* the information class that returns a builtin module's handle for unix calls */

typedef NTSTATUS (WINAPI *unix_call_dispatcher)( UINT64 handle, unsigned int func, void *args );

static UINT64 unix_handle;
static unix_call_dispatcher dispatcher;

BOOL unix_init( void *module )
{
    struct unix_attach attach = { .abi = WS_UNIX_ABI, .size = sizeof(attach) };
    HMODULE ntdll = GetModuleHandleW( L"ntdll.dll" );
    unix_call_dispatcher *variable;

    if (NtQueryVirtualMemory( GetCurrentProcess(), module, (MEMORY_INFORMATION_CLASS)MEMORY_WINE_UNIX_FUNCS,
                              &unix_handle, sizeof(unix_handle), NULL )) return FALSE;
    if ((variable = (void *)GetProcAddress( ntdll, "__wine_unix_call_dispatcher" ))) dispatcher = *variable;
    else dispatcher = (void *)GetProcAddress( ntdll, "__wine_unix_call" );
    if (!dispatcher || unix_call( UNIX_ATTACH, &attach )) return FALSE;
    return TRUE;
}

INT32 unix_call( enum unix_func func, void *args )
{
    return dispatcher( unix_handle, func, args );
}
