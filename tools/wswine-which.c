/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What `wswine --which` runs: loads webservices.dll, says what it is, and waits until its input ends, so that the
 * launcher can read from the kernel which files are mapped. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

#define MARKER "Windows Web Services for Wine "

/* The text of our module's marker in the image, or NULL. */
static const char *find_marker( HMODULE module )
{
    const char *base = (const char *)module;
    const IMAGE_NT_HEADERS *nt = (const void *)(base + ((const IMAGE_DOS_HEADER *)base)->e_lfanew);
    const IMAGE_SECTION_HEADER *section = IMAGE_FIRST_SECTION( nt );
    WORD i;

    for (i = 0; i < nt->FileHeader.NumberOfSections; i++, section++)
    {
        const char *data = base + section->VirtualAddress;
        SIZE_T j, size = section->Misc.VirtualSize;

        if (memcmp( section->Name, ".rdata", 6 ) && memcmp( section->Name, ".data", 5 )) continue;
        for (j = 0; j + sizeof(MARKER) <= size; j++)
            if (!memcmp( data + j, MARKER, sizeof(MARKER) - 1 )) return data + j;
    }
    return NULL;
}

int main( void )
{
    HMODULE module = LoadLibraryA( "webservices.dll" );
    char path[MAX_PATH], byte;
    const char *marker;
    DWORD count;

    if (!module)
    {
        printf( "webservices.dll cannot be loaded: error %lu\n", GetLastError() );
        return 1;
    }
    GetModuleFileNameA( module, path, sizeof(path) );
    marker = find_marker( module );
    printf( "webservices.dll: %s\n", marker ? marker : memcmp( (const char *)module + 64, "Wine builtin DLL", 16 ) ?
            "native" : "not ours: Wine's builtin, or a native one under its mark" );
    printf( "path in Windows: %s\nready\n", path );
    fflush( stdout );
    while (ReadFile( GetStdHandle( STD_INPUT_HANDLE ), &byte, 1, &count, NULL ) && count) {}
    return 0;
}
