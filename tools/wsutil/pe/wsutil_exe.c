/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil.exe: the native wsutil under its Windows name, for Windows builds that run under Wine.
 *
 * It runs the native program beside it with the same arguments, file names turned into Unix ones, and passes on what
 * it prints and its exit status. Wine starts Unix programs but gives no handle to wait for, and only files and
 * terminals reach them as standard handles; so a shell writes output and status to temporary files.
 */

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <wctype.h>
#include <windows.h>

#define MAX_COMMAND 32768
#define MAX_RESPONSE_DEPTH 16
#define WAIT_LIMIT  600000 /* ms */

typedef char *(CDECL *get_unix_name)( const WCHAR * );

static get_unix_name unix_name;

static int fail( const char *text )
{
    fprintf( stderr, "error WSUTIL0034  %s\n", text );
    return 3;
}

/* Appends one argument, quoted so that it arrives as it is. */
static BOOL append( WCHAR *command, const WCHAR *arg )
{
    size_t len = wcslen( command ), backslashes = 0;

    if (len + 2 * wcslen( arg ) + 4 > MAX_COMMAND) return FALSE;
    if (len) command[len++] = ' ';
    command[len++] = '"';
    for (; *arg; arg++)
    {
        if (*arg == '"') for (backslashes++; backslashes; backslashes--) command[len++] = '\\';
        backslashes = *arg == '\\' ? backslashes + 1 : 0;
        command[len++] = *arg;
    }
    for (; backslashes; backslashes--) command[len++] = '\\';
    command[len++] = '"';
    command[len] = 0;
    return TRUE;
}

static BOOL is_drive_path( const WCHAR *path )
{
    return ((path[0] | 32) >= 'a' && (path[0] | 32) <= 'z') && path[1] == ':' && (path[2] == '\\' || path[2] == '/');
}

/* A file name in the form the native program expects; the result is valid until the next call. */
static const WCHAR *to_unix( const WCHAR *path )
{
    static WCHAR ret[MAX_COMMAND];
    WCHAR *pos;
    char *name;

    if (is_drive_path( path ) && (name = unix_name( path )))
    {
        MultiByteToWideChar( CP_UTF8, 0, name, -1, ret, MAX_COMMAND );
        HeapFree( GetProcessHeap(), 0, name );
        return ret;
    }
    wcsncpy( ret, path, MAX_COMMAND - 1 );
    for (pos = ret; *pos; pos++) if (*pos == '\\') *pos = '/';
    return ret;
}

/* "/wsdl:C:\dir\file.wsdl:http://host/": the option, the file and the location, of which only the file is changed. */
static BOOL append_argument( WCHAR *command, const WCHAR *arg )
{
    static const WCHAR *const with_file[] = { L"wsdl:", L"xsd:", L"wsp:", L"out:" };
    static WCHAR buffer[MAX_COMMAND], file[MAX_COMMAND];
    const WCHAR *start = arg, *url = NULL;
    size_t i;

    if (wcslen( arg ) * 2 >= MAX_COMMAND) return FALSE;
    if ((*arg == '/' || *arg == '-') && !is_drive_path( arg ))
    {
        for (i = 0; i < ARRAYSIZE( with_file ); i++)
            if (!_wcsnicmp( arg + 1, with_file[i], wcslen( with_file[i] ) )) break;
        if (i == ARRAYSIZE( with_file )) return append( command, arg );
        start = arg + 1 + wcslen( with_file[i] );
        if (i != 3) url = wcschr( is_drive_path( start ) ? start + 2 : start, ':' );
    }
    wcscpy( file, start );
    if (url) file[url - start] = 0;
    swprintf( buffer, MAX_COMMAND, L"%.*ls%ls%ls", (int)(start - arg), arg, to_unix( file ), url ? url : L"" );
    return append( command, buffer );
}

/* The text of a response file, or NULL. To be freed. */
static WCHAR *read_response( const WCHAR *path )
{
    FILE *file = _wfopen( path, L"rb" );
    char *text = NULL;
    WCHAR *ret = NULL;
    long size;
    int len;

    if (!file) return NULL;
    fseek( file, 0, SEEK_END );
    size = ftell( file );
    fseek( file, 0, SEEK_SET );
    if (size >= 0 && size < 1 << 24 && (text = malloc( size + 1 )) && (ret = malloc( (size + 1) * sizeof(WCHAR) )))
    {
        size = (long)fread( text, 1, size, file );
        len = MultiByteToWideChar( CP_UTF8, 0, text, size, ret, size );
        ret[len] = 0;
        if (*ret == 0xfeff) memmove( ret, ret + 1, len * sizeof(WCHAR) );
    }
    free( text );
    fclose( file );
    return ret;
}

static BOOL append_any( WCHAR *command, const WCHAR *arg, unsigned int depth );

/* The arguments in a response file have Windows file names too, so they are put in its place. What is wrong with the
 * file itself is left to the native program to say. */
static BOOL append_response( WCHAR *command, const WCHAR *arg, unsigned int depth )
{
    WCHAR *text = depth < MAX_RESPONSE_DEPTH ? read_response( arg + 1 ) : NULL, *pos = text, *word, *end;
    BOOL quoted, ret = TRUE;

    if (!text)
    {
        WCHAR buffer[MAX_PATH + 1];

        swprintf( buffer, ARRAYSIZE( buffer ), L"@%.*ls", MAX_PATH - 1, to_unix( arg + 1 ) );
        return append( command, buffer );
    }
    while (ret)
    {
        while (iswspace( *pos )) pos++;
        if (!*pos) break;
        for (word = end = pos, quoted = FALSE; *pos && (quoted || !iswspace( *pos )); pos++)
        {
            if (*pos == '"') quoted = !quoted;
            else *end++ = *pos;
        }
        if (*pos) pos++;
        *end = 0;
        ret = append_any( command, word, depth + 1 );
    }
    free( text );
    return ret;
}

static BOOL append_any( WCHAR *command, const WCHAR *arg, unsigned int depth )
{
    return arg[0] == '@' && arg[1] ? append_response( command, arg, depth ) : append_argument( command, arg );
}

static void copy_to( const WCHAR *path, FILE *out )
{
    FILE *in = _wfopen( path, L"rb" );
    char buffer[4096];
    size_t len;

    if (!in) return;
    while ((len = fread( buffer, 1, sizeof(buffer), in ))) fwrite( buffer, 1, len, out );
    fclose( in );
    fflush( out );
}

static int read_status( const WCHAR *path )
{
    FILE *file = _wfopen( path, L"rb" );
    int status = 3;

    if (!file) return 3;
    if (fscanf( file, "%d", &status ) != 1) status = 3;
    fclose( file );
    return status;
}

static BOOL run( WCHAR *command, const WCHAR *status_file )
{
    STARTUPINFOW startup = { .cb = sizeof(startup) };
    PROCESS_INFORMATION info;
    DWORD waited;

    if (!CreateProcessW( L"\\\\?\\unix\\bin\\sh", command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info )) return FALSE;
    if (info.hThread) CloseHandle( info.hThread );
    if (info.hProcess) CloseHandle( info.hProcess );
    for (waited = 0; waited < WAIT_LIMIT; waited += 5)
    {
        if (GetFileAttributesW( status_file ) != INVALID_FILE_ATTRIBUTES) return TRUE;
        Sleep( 5 );
    }
    return FALSE;
}

int wmain( int argc, WCHAR **argv )
{
    static const WCHAR script[] = L"o=$1 e=$2 s=$3; shift 3; \"$0\" \"$@\" >\"$o\" 2>\"$e\"; "
                                  L"echo $? >\"$s.t\"; mv \"$s.t\" \"$s\"";
    static WCHAR command[MAX_COMMAND], path[MAX_PATH], stem[MAX_PATH], files[3][MAX_PATH + 8];
    WCHAR *slash;
    int i, status;

    unix_name = (get_unix_name)(void *)GetProcAddress( GetModuleHandleW( L"kernel32" ), "wine_get_unix_file_name" );
    if (!unix_name) return fail( "this program needs Wine; on Windows use the tool of the Windows SDK" );
    if (!GetModuleFileNameW( NULL, path, MAX_PATH ) || !(slash = wcsrchr( path, '\\' )))
        return fail( "cannot find the native wsutil" );
    wcscpy( slash + 1, L"wsutil" );
    if (!GetTempPathW( MAX_PATH - 16, stem ) || !GetTempFileNameW( stem, L"wsu", 0, stem ))
        return fail( "cannot create a temporary file" );
    append( command, L"sh" );
    append( command, L"-c" );
    append( command, script );
    append( command, to_unix( path ) );
    for (i = 0; i < 3; i++)
    {
        swprintf( files[i], MAX_PATH + 8, L"%ls.%d", stem, i );
        append( command, to_unix( files[i] ) );
    }
    for (i = 1; i < argc; i++)
        if (!append_any( command, argv[i], 0 )) return fail( "the command line, with its response files, is too long" );
    if (run( command, files[2] ))
    {
        copy_to( files[0], stdout );
        copy_to( files[1], stderr );
        status = read_status( files[2] );
    }
    else status = fail( "cannot run the native wsutil" );
    for (i = 0; i < 3; i++) DeleteFileW( files[i] );
    DeleteFileW( stem );
    return status;
}
