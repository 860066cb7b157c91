/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A webservices.dll of nobody, built as Windows' linkers build one (without Wine's mark), for the tests of tools/conformance:
 * what specimen.c calls, and with LOAD or CALL defined, a statement that is run when it is loaded or called. */

#include <windows.h>

#ifndef LOAD
#define LOAD
#endif
#ifndef CALL
#define CALL
#endif
#define CRASH *(volatile int *)16 = 1;
#define HANG  Sleep( INFINITE );

BOOL WINAPI DllMain( HINSTANCE instance, DWORD reason, void *reserved )
{
    (void)instance, (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) { LOAD }
    return TRUE;
}

static char memory[1024];

__declspec(dllexport) HRESULT WINAPI WsCreateHeap( SIZE_T max, SIZE_T trim, const void *props, ULONG count, void **heap,
                                                   void *error )
{
    (void)max, (void)trim, (void)props, (void)count, (void)error;
    CALL
    *heap = memory;
    return S_OK;
}

__declspec(dllexport) HRESULT WINAPI WsAlloc( void *heap, SIZE_T size, void **ptr, void *error )
{
    (void)heap, (void)size, (void)error;
    *ptr = memory;
    return S_OK;
}

__declspec(dllexport) HRESULT WINAPI WsGetHeapProperty( void *heap, ULONG id, void *buf, ULONG size, void *error )
{
    (void)heap, (void)id, (void)size, (void)error;
    *(SIZE_T *)buf = 128;
    return S_OK;
}

__declspec(dllexport) void WINAPI WsFreeHeap( void *heap ) { (void)heap; }
