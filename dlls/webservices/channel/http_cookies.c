/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The cookies of a channel. */
#include "channel/http_cookies.h"

#define MAX_COOKIES 50          /* at least so many RFC 6265 wants for a host; the oldest goes first */
#define MAX_COOKIE  4096
#define SECOND      10000000ull
#define UNIX_EPOCH  11644473600ull      /* seconds from 1601 */

struct cookie
{
    struct cookie *next;
    UINT64 expires;             /* file time; ~0: with the channel */
    BOOL   secure;
    BOOL   host_only;
    struct slice name, value, domain, path;     /* behind the struct */
};

static void remove_cookie( struct cookies *cookies, struct cookie **link )
{
    struct cookie *cookie = *link;

    *link = cookie->next;
    cookies->count--;
    mem_free( cookie );
}

void cookies_free( struct cookies *cookies )
{
    while (cookies->first) remove_cookie( cookies, &cookies->first );
}

static BOOL is_address( struct slice host )
{
    ULONG i;

    for (i = 0; i < host.len; i++)
        if (host.ptr[i] != '.' && (host.ptr[i] < '0' || host.ptr[i] > '9')) return memchr( host.ptr, ':', host.len ) != NULL;
    return TRUE;
}

/* Whether the host is the domain or below it. */
static BOOL domain_matches( struct slice host, struct slice domain )
{
    if (slice_ieq( host, domain.ptr, domain.len )) return TRUE;
    if (host.len <= domain.len || is_address( host ) || host.ptr[host.len - domain.len - 1] != '.') return FALSE;
    host.ptr += host.len - domain.len;
    host.len = domain.len;
    return slice_ieq( host, domain.ptr, domain.len );
}

static struct slice path_of( const struct http_target *target )
{
    struct slice path = target->resource;
    const char *query = memchr( path.ptr, '?', path.len );

    if (query) path.len = query - path.ptr;
    return path;
}

static BOOL path_matches( struct slice path, struct slice prefix )
{
    if (path.len < prefix.len || memcmp( path.ptr, prefix.ptr, prefix.len )) return FALSE;
    return path.len == prefix.len || prefix.ptr[prefix.len - 1] == '/' || path.ptr[prefix.len] == '/';
}

/* The directory of the request's path. */
static struct slice default_path( const struct http_target *target )
{
    struct slice path = path_of( target );

    while (path.len > 1 && path.ptr[path.len - 1] != '/') path.len--;
    if (path.len > 1) path.len--;
    if (!path.len || path.ptr[0] != '/') path = (struct slice)SLICE( "/" );
    return path;
}

/* Days since 1970 of a date of the Gregorian calendar. */
static INT64 days_to( INT64 year, ULONG month, ULONG day )
{
    INT64 era, doe;
    ULONG yoe;

    if (month <= 2) year--;
    era = year / 400;
    yoe = year - era * 400;
    doe = (INT64)yoe * 365 + yoe / 4 - yoe / 100 + (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + doe - 719468;
}

/* RFC 6265 section 5.1.1, less its tolerance for nonsense: "Wed, 21 Oct 2026 07:28:00 GMT" and the like. 0: no date. */
static UINT64 parse_date( struct slice text )
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    ULONG i = 0, day = 0, month = 0, hour = 0, minute = 0, second = 0, year = 0;
    BOOL has_time = FALSE;

    while (i < text.len)
    {
        ULONG start, value = 0;

        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
        {
            for (start = i; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9' && i - start < 5; i++)
                value = value * 10 + text.ptr[i] - '0';
            if (i < text.len && text.ptr[i] == ':' && !has_time)
            {
                hour = value;
                if (i + 5 >= text.len + 0 || text.ptr[i + 3] != ':') return 0;
                minute = (text.ptr[i + 1] - '0') * 10 + text.ptr[i + 2] - '0';
                second = (text.ptr[i + 4] - '0') * 10 + text.ptr[i + 5] - '0';
                i += 6;
                has_time = TRUE;
            }
            else if (i - start <= 2 && !day) day = value;
            else if (!year) year = i - start <= 2 ? value + (value < 70 ? 2000 : 1900) : value;
            continue;
        }
        for (start = i; i < text.len && (text.ptr[i] | 0x20) >= 'a' && (text.ptr[i] | 0x20) <= 'z'; i++) ;
        if (i - start >= 3 && !month)
            for (value = 0; value < 12 && !month; value++)
                if (slice_ieq( (struct slice){ text.ptr + start, 3 }, months + 3 * value, 3 )) month = value + 1;
        if (i == start) i++;
    }
    if (!day || !month || !has_time || year < 1601 || day > 31 || hour > 23 || minute > 59 || second > 60) return 0;
    return (UINT64)(days_to( year, month, day ) * 86400 + hour * 3600 + minute * 60 + second + (INT64)UNIX_EPOCH) * SECOND;
}

static struct slice trim( struct slice s )
{
    while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '\t')) s.ptr++, s.len--;
    while (s.len && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t')) s.len--;
    return s;
}

/* Cuts the part before `end` off; *rest is what follows. */
static struct slice cut( struct slice *rest, char end )
{
    const char *pos = memchr( rest->ptr, end, rest->len );
    struct slice part = { rest->ptr, pos ? (ULONG)(pos - rest->ptr) : rest->len };

    rest->ptr += part.len;
    rest->len -= part.len;
    if (pos) rest->ptr++, rest->len--;
    return trim( part );
}

static UINT64 max_age( struct slice text )
{
    UINT64 seconds = 0;
    ULONG i;

    if (!text.len || text.ptr[0] == '-') return 0;
    for (i = 0; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9' && seconds < 10000000000ull; i++)
        seconds = seconds * 10 + text.ptr[i] - '0';
    return i ? port_filetime() + seconds * SECOND : ~(UINT64)0;
}

static struct slice copy( char **pos, struct slice text )
{
    struct slice ret = { *pos, text.len };

    if (text.len) memcpy( *pos, text.ptr, text.len );
    *pos += text.len;
    return ret;
}

static void store( struct cookies *cookies, const struct cookie *cookie )
{
    struct cookie **link, *stored;
    char *pos;

    for (link = &cookies->first; *link; link = &(*link)->next)
        if (slice_is( (*link)->name, cookie->name.ptr, cookie->name.len ) &&
            slice_ieq( (*link)->domain, cookie->domain.ptr, cookie->domain.len ) &&
            slice_is( (*link)->path, cookie->path.ptr, cookie->path.len ))
        {
            remove_cookie( cookies, link );
            break;
        }
    if (cookie->expires <= port_filetime()) return;
    stored = mem_alloc( sizeof(*stored) + cookie->name.len + cookie->value.len + cookie->domain.len + cookie->path.len );
    if (!stored) return;
    *stored = *cookie;
    pos = (char *)(stored + 1);
    stored->name = copy( &pos, cookie->name );
    stored->value = copy( &pos, cookie->value );
    stored->domain = copy( &pos, cookie->domain );
    stored->path = copy( &pos, cookie->path );
    stored->next = NULL;
    if (cookies->count == MAX_COOKIES) remove_cookie( cookies, &cookies->first );
    for (link = &cookies->first; *link; link = &(*link)->next) ;
    *link = stored;
    cookies->count++;
}

static void take_one( struct cookies *cookies, const struct http_target *target, struct slice text )
{
    struct slice rest = text, pair = cut( &rest, ';' );
    struct cookie cookie = { .expires = ~(UINT64)0, .host_only = TRUE, .domain = target->host, .path = default_path( target ) };
    BOOL has_age = FALSE;

    if (text.len > MAX_COOKIE || !memchr( pair.ptr, '=', pair.len )) return;
    cookie.name = cut( &pair, '=' );
    cookie.value = trim( pair );
    if (!cookie.name.len) return;
    while (rest.len)
    {
        struct slice value = cut( &rest, ';' ), name = cut( &value, '=' );

        value = trim( value );
        if (SLICE_IEQ( name, "secure" )) cookie.secure = TRUE;
        else if (SLICE_IEQ( name, "path" ) && value.len && value.ptr[0] == '/') cookie.path = value;
        else if (SLICE_IEQ( name, "max-age" ))
        {
            cookie.expires = max_age( value );
            has_age = TRUE;
        }
        else if (SLICE_IEQ( name, "expires" ) && !has_age)
        {
            UINT64 date = parse_date( value );
            if (date) cookie.expires = date;
        }
        else if (SLICE_IEQ( name, "domain" ) && value.len)
        {
            if (value.ptr[0] == '.') value.ptr++, value.len--;
            if (!value.len) continue;
            /* a server sets cookies for itself and its own domain, and not for all that end alike */
            if (!domain_matches( target->host, value ) || (!memchr( value.ptr, '.', value.len ) && target->host.len != value.len)) return;
            cookie.domain = value;
            cookie.host_only = FALSE;
        }
    }
    store( cookies, &cookie );
}

void cookies_take( struct cookies *cookies, const struct http_target *target, const struct http_head *head )
{
    static const char name[] = "Set-Cookie";
    ULONG i;

    if (!head->known[HTTP_SET_COOKIE]) return;
    for (i = 0; i < head->header_count; i++)
        if (slice_ieq( head->headers[i].name, name, sizeof(name) - 1 )) take_one( cookies, target, head->headers[i].value );
}

void cookies_add( struct cookies *cookies, const struct http_target *target, struct head_text *text )
{
    struct slice path = path_of( target );
    UINT64 now = cookies->first ? port_filetime() : 0;
    struct cookie **link = &cookies->first;
    BOOL any = FALSE;

    while (*link)
    {
        struct cookie *cookie = *link;

        if (cookie->expires <= now)
        {
            remove_cookie( cookies, link );
            continue;
        }
        link = &cookie->next;
        if (cookie->secure && !target->secure) continue;
        if (cookie->host_only ? !slice_ieq( target->host, cookie->domain.ptr, cookie->domain.len )
                              : !domain_matches( target->host, cookie->domain )) continue;
        if (!path_matches( path, cookie->path )) continue;
        if (any) HEAD_ADD( text, "; " );
        else HEAD_ADD( text, "Cookie: " );
        any = TRUE;
        head_text_add( text, cookie->name.ptr, cookie->name.len );
        HEAD_ADD( text, "=" );
        head_text_add( text, cookie->value.ptr, cookie->value.len );
    }
    if (any) HEAD_ADD( text, "\r\n" );
}
