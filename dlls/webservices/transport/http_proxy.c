/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which proxy a call goes through: the channel's own setting, or the user's, read through winhttp. */
#include "transport/http_call.h"

struct user_proxy           /* WINHTTP_CURRENT_USER_IE_PROXY_CONFIG */
{
    BOOL   auto_detect;
    WCHAR *auto_config_url;
    WCHAR *proxy;
    WCHAR *bypass;
};

static BOOL is_loopback( const struct call_peer *target )
{
    return (target->host_len == 9 && !memcmp( target->host, "localhost", 9 ))
           || (target->host_len > 4 && !memcmp( target->host, "127.", 4 ))
           || (target->host_len == 3 && !memcmp( target->host, "::1", 3 ));
}

static WCHAR lower( WCHAR c ) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; }

/* Whether the pattern, in which * stands for anything, fits the whole host. */
static BOOL pattern_fits( const WCHAR *pattern, ULONG len, const char *host, ULONG host_len )
{
    ULONG star = ~0u, mark = 0, p = 0, h = 0;

    while (h < host_len)
    {
        if (p < len && pattern[p] == '*') { star = p++; mark = h; }
        else if (p < len && lower( pattern[p] ) == (unsigned char)host[h]) { p++; h++; }
        else if (star != ~0u) { p = star + 1; h = ++mark; }
        else return FALSE;
    }
    while (p < len && pattern[p] == '*') p++;
    return p == len;
}

static BOOL is_separator( WCHAR c ) { return c == ';' || c == ' ' || c == ',' || c == '\t'; }

static BOOL is_bypassed( const WCHAR *list, ULONG len, const struct call_peer *target )
{
    static const WCHAR local[] = L"<local>";
    ULONG i = 0, start;

    while (i < len)
    {
        while (i < len && is_separator( list[i] )) i++;
        for (start = i; i < len && !is_separator( list[i] ); i++) ;
        if (i - start == ARRAY_SIZE( local ) - 1 && !memcmp( list + start, local, (i - start) * sizeof(WCHAR) ))
        {
            if (!memchr( target->host, '.', target->host_len )) return TRUE;
        }
        else if (i > start && pattern_fits( list + start, i - start, target->host, target->host_len )) return TRUE;
    }
    return FALSE;
}

/* "[http=][http://]host[:port]"; FALSE if it is for another scheme or malformed. */
static BOOL parse_server( const WCHAR *text, ULONG len, const struct call_peer *target, struct call_peer *proxy )
{
    static const WCHAR slashes[] = L"://";
    ULONG i, port = 0, start = 0;

    for (i = 0; i < len; i++)
        if (text[i] == '=')
        {
            BOOL secure = i == 5;       /* "https" */
            if ((i != 4 && i != 5) || lower( text[0] ) != 'h' || secure != target->secure) return FALSE;
            start = i + 1;
            break;
        }
    for (i = start; i + 3 <= len; i++)
        if (!memcmp( text + i, slashes, 3 * sizeof(WCHAR) )) { start = i + 3; break; }
    memset( proxy, 0, sizeof(*proxy) );
    for (i = start; i < len && text[i] != ':' && text[i] != '/'; i++)
    {
        if (text[i] >= 0x80 || proxy->host_len == CALL_HOST_MAX) return FALSE;
        proxy->host[proxy->host_len++] = lower( text[i] );
    }
    if (i < len && text[i] == ':')
        for (i++; i < len && text[i] >= '0' && text[i] <= '9' && port <= 65535; i++) port = port * 10 + text[i] - '0';
    proxy->port = port ? port : 80;
    return proxy->host_len && port <= 65535;
}

static BOOL choose( const WCHAR *servers, ULONG len, const WCHAR *bypass, ULONG bypass_len, const struct call_peer *target,
                    struct call_peer *proxy )
{
    ULONG i = 0, start;

    if (is_bypassed( bypass, bypass_len, target )) return FALSE;
    while (i < len)
    {
        while (i < len && is_separator( servers[i] )) i++;
        for (start = i; i < len && !is_separator( servers[i] ); i++) ;
        if (i > start && parse_server( servers + start, i - start, target, proxy )) return TRUE;
    }
    return FALSE;
}

static ULONG length( const WCHAR *text )
{
    ULONG len = 0;
    while (text && text[len]) len++;
    return len;
}

/* The user's setting, read once in a process: a program that changes it while it runs is not known. */
static const struct user_proxy *user_setting( void )
{
    static SRWLOCK lock = SRWLOCK_INIT;
    static struct user_proxy setting;
    static BOOL known;

    AcquireSRWLockExclusive( &lock );
    if (!known)
    {
        HMODULE winhttp = LoadLibraryW( L"winhttp.dll" );
        BOOL (WINAPI *get)( struct user_proxy * );

        if (winhttp && (get = (void *)GetProcAddress( winhttp, "WinHttpGetIEProxyConfigForCurrentUser" )) && !get( &setting ))
            memset( &setting, 0, sizeof(setting) );
        known = TRUE;
    }
    ReleaseSRWLockExclusive( &lock );
    return &setting;
}

BOOL http_proxy_find( const struct http_client_config *config, const struct call_peer *target, struct call_peer *proxy )
{
    const struct user_proxy *user;

    switch (config->proxy_mode)
    {
    case HTTP_PROXY_CUSTOM:
        return choose( config->proxy_servers.chars, config->proxy_servers.length, config->proxy_bypass.chars,
                       config->proxy_bypass.length, target, proxy );
    case HTTP_PROXY_AUTO:
        if (is_loopback( target )) return FALSE;
        user = user_setting();
        return choose( user->proxy, length( user->proxy ), user->bypass, length( user->bypass ), target, proxy );
    default: return FALSE;
    }
}
