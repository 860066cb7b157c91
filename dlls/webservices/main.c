/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Load and unload of webservices.dll, and what an export that is not written yet does. */
#include <stdarg.h>
#include "windef.h"
#include "winbase.h"
#include "wine/debug.h"
#include "unixlib.h"

WINE_DEFAULT_DEBUG_CHANNEL( webservices );

/* Tells our module from Wine's own and from the native one: `wswine --which` looks for this export-less text. */
const char webservices_marker[] __attribute__((used)) = "Windows Web Services for Wine " WS_VERSION;

BOOL WINAPI DllMain( HINSTANCE instance, DWORD reason, void *reserved )
{
    if (reason == DLL_PROCESS_ATTACH)
    {
        TRACE( "%s\n", webservices_marker );
        DisableThreadLibraryCalls( instance );
        if (!unix_init( instance ))
        {
            ERR( "webservices.so is missing beside Wine's other unix libraries, or is of another build\n" );
            return FALSE;
        }
    }
    (void)reserved;
    return TRUE;
}

/* The entry point of the file; Wine's runtime library would only forward in the same way. */
BOOL WINAPI DllMainCRTStartup( HINSTANCE instance, DWORD reason, void *reserved )
{
    return DllMain( instance, reason, reserved );
}

/* winebuild lets each '@ stub' of the .spec file call this. Wine's debugger and log know the exception. */
void __cdecl __wine_spec_unimplemented_stub( const char *module, const char *function )
{
    ULONG_PTR args[2] = { (ULONG_PTR)module, (ULONG_PTR)function };

    ERR( "%s.%s is not implemented yet\n", module, function );
    for (;;) RaiseException( 0x80000100 /* EXCEPTION_WINE_STUB */, EXCEPTION_NONCONTINUABLE, 2, args );
}
