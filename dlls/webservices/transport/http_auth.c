/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Credentials, the choice of a scheme, and the legs of an authentication. */
#include "transport/http_auth.h"
#include "transport/http_call.h"
#include "base/str.h"

static const struct { ULONG scheme; const char *name; ULONG len; } schemes[] =     /* in the documented order of preference */
{
    { WS_HTTP_HEADER_AUTH_SCHEME_NEGOTIATE, "Negotiate", 9 }, { WS_HTTP_HEADER_AUTH_SCHEME_NTLM, "NTLM", 4 },
    { WS_HTTP_HEADER_AUTH_SCHEME_DIGEST, "Digest", 6 }, { WS_HTTP_HEADER_AUTH_SCHEME_BASIC, "Basic", 5 },
};
#define WITH_CONNECTION (WS_HTTP_HEADER_AUTH_SCHEME_NTLM | WS_HTTP_HEADER_AUTH_SCHEME_NEGOTIATE)

/* --- credentials ---------------------------------------------------------------------------------------------------- */

HRESULT http_auth_create( ULONG allowed, BOOL proxy, const struct http_credentials *credentials, struct http_auth **ret, WS_ERROR *error )
{
    struct http_auth *auth = mem_calloc( sizeof(*auth) );
    const WS_STRING *user = &credentials->user, *domain = &credentials->domain, *password = &credentials->password;
    SIZE_T total = (SIZE_T)user->length + domain->length + password->length;

    if (!auth || !(auth->text = mem_alloc( (total + 1) * sizeof(WCHAR) )))
    {
        mem_free( auth );
        return ws_fail( error, E_OUTOFMEMORY, "No memory for credentials." );
    }
    auth->schemes = allowed;
    auth->proxy = proxy;
    auth->current_user = credentials->current_user;
    auth->opaque = credentials->opaque;
    if ((auth->user_len = user->length)) memcpy( auth->text, user->chars, user->length * sizeof(WCHAR) );
    if ((auth->domain_len = domain->length)) memcpy( auth->text + user->length, domain->chars, domain->length * sizeof(WCHAR) );
    if ((auth->password_len = password->length))
        memcpy( auth->text + user->length + domain->length, password->chars, password->length * sizeof(WCHAR) );
    *ret = auth;
    return S_OK;
}

static void wipe( void *ptr, SIZE_T size )
{
    volatile BYTE *p = ptr;
    while (size--) *p++ = 0;
}

static void clear_line( struct http_auth *auth )
{
    if (auth->line) wipe( auth->line, auth->line_len );
    mem_free( auth->line );
    auth->line = NULL;
    auth->line_len = 0;
}

void http_auth_free( struct http_auth *auth )
{
    if (!auth) return;
    sspi_free( auth );
    digest_clear( auth );
    clear_line( auth );
    wipe( auth->text, ((SIZE_T)auth->user_len + auth->domain_len + auth->password_len) * sizeof(WCHAR) );
    mem_free( auth->text );
    mem_free( auth );
}

/* --- header lines ----------------------------------------------------------------------------------------------------- */

static const char *line_name( const struct http_auth *auth ) { return auth->proxy ? "Proxy-Authorization: " : "Authorization: "; }

HRESULT auth_set_line( struct http_auth *auth, const char *scheme, const BYTE *data, ULONG size, WS_ERROR *error )
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *name = line_name( auth );
    ULONG name_len = strlen( name ), scheme_len = strlen( scheme ), i;
    char *pos;

    clear_line( auth );
    if (!(pos = auth->line = mem_alloc( name_len + scheme_len + (SIZE_T)size / 3 * 4 + 8 )))
        return ws_fail( error, E_OUTOFMEMORY, "No memory for credentials." );
    memcpy( pos, name, name_len );
    memcpy( pos + name_len, scheme, scheme_len );
    pos += name_len + scheme_len;
    *pos++ = ' ';
    for (i = 0; i < size; i += 3)
    {
        ULONG left = size - i, word = data[i] << 16 | (left > 1 ? data[i + 1] << 8 : 0) | (left > 2 ? data[i + 2] : 0);

        *pos++ = digits[word >> 18];
        *pos++ = digits[word >> 12 & 63];
        *pos++ = left > 1 ? digits[word >> 6 & 63] : '=';
        *pos++ = left > 2 ? digits[word & 63] : '=';
    }
    *pos++ = '\r';
    *pos++ = '\n';
    auth->line_len = pos - auth->line;
    return S_OK;
}

/* In UTF-8 (RFC 7617 section 2.1); a domain goes in front of the user. */
static HRESULT basic_line( struct http_auth *auth, WS_ERROR *error )
{
    SIZE_T max = 3 * ((SIZE_T)auth->user_len + auth->domain_len + auth->password_len) + 2, len = 0;
    const WCHAR *user = auth->text, *domain = user + auth->user_len, *password = domain + auth->domain_len;
    BYTE *plain = mem_alloc( max );
    HRESULT hr;

    if (!plain) return ws_fail( error, E_OUTOFMEMORY, "No memory for credentials." );
    if (auth->domain_len)
    {
        len += utf16_to_utf8( domain, auth->domain_len, plain );
        plain[len++] = '\\';
    }
    len += utf16_to_utf8( user, auth->user_len, plain + len );
    plain[len++] = ':';
    len += utf16_to_utf8( password, auth->password_len, plain + len );
    hr = auth_set_line( auth, "Basic", plain, len, error );
    wipe( plain, max );
    mem_free( plain );
    if (!hr) auth->tried |= WS_HTTP_HEADER_AUTH_SCHEME_BASIC;
    return hr;
}

/* --- challenges --------------------------------------------------------------------------------------------------------- */

/* Challenges stand in one header or several; commas separate both challenges and the parameters of one. */
static BOOL find_in_value( struct slice value, const char *scheme, ULONG len, struct slice *params )
{
    BOOL quoted = FALSE, start = TRUE;
    ULONG i, end;

    for (i = 0; i < value.len; i++)
    {
        char c = value.ptr[i];

        if (c == '"') quoted = !quoted;
        else if (quoted && c == '\\') i++;
        else if (!quoted && start && c != ' ' && c != '\t' && c != ',')
        {
            start = FALSE;
            if (value.len - i >= len && slice_ieq( (struct slice){ value.ptr + i, len }, scheme, len ) &&
                (value.len - i == len || value.ptr[i + len] == ' ' || value.ptr[i + len] == ','))
            {
                end = i + len;
                while (end < value.len && value.ptr[end] == ' ') end++;
                *params = (struct slice){ value.ptr + end, value.len - end };
                return TRUE;
            }
        }
        else if (!quoted && c == ',') start = TRUE;
    }
    return FALSE;
}

BOOL auth_find_challenge( const struct http_head *head, BOOL proxy, const char *scheme, ULONG len, struct slice *params )
{
    static const char www[] = "WWW-Authenticate", by_proxy[] = "Proxy-Authenticate";
    ULONG i;

    for (i = 0; i < head->header_count; i++)
    {
        struct slice name = head->headers[i].name;

        if (!slice_ieq( name, proxy ? by_proxy : www, proxy ? sizeof(by_proxy) - 1 : sizeof(www) - 1 )) continue;
        if (find_in_value( head->headers[i].value, scheme, len, params )) return TRUE;
    }
    return FALSE;
}

static ULONG decode_base64( struct slice text, BYTE *dst )
{
    ULONG i, word = 0, bits = 0, len = 0;

    for (i = 0; i < text.len; i++)
    {
        char c = text.ptr[i];
        int digit = c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : c >= '0' && c <= '9' ? c - '0' + 52 :
                    c == '+' ? 62 : c == '/' ? 63 : -1;

        if (digit < 0) break;
        word = word << 6 | digit;
        if ((bits += 6) >= 8) dst[len++] = word >> (bits -= 8);
    }
    return len;
}

/* One step of a handshake that authenticates the connection. */
static HRESULT handshake( struct http_auth *auth, struct slice params, const struct auth_request *request, WS_ERROR *error )
{
    BOOL negotiate = auth->scheme == WS_HTTP_HEADER_AUTH_SCHEME_NEGOTIATE, last = FALSE;
    BYTE *token = NULL;
    ULONG size = 0;
    HRESULT hr;

    if (params.len && !(token = mem_alloc( params.len ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a token." );
    if (params.len) size = decode_base64( params, token );
    if (!size) sspi_reset( auth );
    hr = sspi_next( auth, negotiate, request->host, token, size, &last, error );
    mem_free( token );
    if (hr) return hr;
    auth->blank = !last;
    if (last) auth->tried |= auth->scheme;
    return S_OK;
}

HRESULT auth_begin( struct http_auth *auth, const struct auth_request *request, WS_ERROR *error )
{
    ULONG allowed = auth->schemes & ~WS_HTTP_HEADER_AUTH_SCHEME_NONE, scheme = auth->scheme;

    clear_line( auth );
    auth->tried = 0;
    auth->blank = FALSE;
    if (!scheme && !(allowed & (allowed - 1)) && !(auth->schemes & WS_HTTP_HEADER_AUTH_SCHEME_NONE)) scheme = allowed;
    switch (scheme)
    {
    case WS_HTTP_HEADER_AUTH_SCHEME_BASIC:
        auth->scheme = scheme;
        return basic_line( auth, error );
    case WS_HTTP_HEADER_AUTH_SCHEME_DIGEST:
        if (auth->digest.text) return digest_line( auth, request, error );
        break;
    case WS_HTTP_HEADER_AUTH_SCHEME_NTLM:
    case WS_HTTP_HEADER_AUTH_SCHEME_NEGOTIATE:
        if (auth->connection && auth->connection == request->connection) return S_OK;
        auth->connection = NULL;
        auth->scheme = scheme;
        return handshake( auth, (struct slice){ NULL, 0 }, request, error );
    default:
        break;
    }
    auth->blank = TRUE;     /* a probe */
    return S_OK;
}

HRESULT auth_challenge( struct http_auth *auth, const struct http_head *head, const struct auth_request *request, WS_ERROR *error )
{
    struct slice params;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( schemes ); i++)
    {
        if (!(auth->schemes & schemes[i].scheme) ||
            !auth_find_challenge( head, auth->proxy, schemes[i].name, schemes[i].len, &params )) continue;
        if (auth->scheme && auth->scheme != schemes[i].scheme) sspi_reset( auth );
        auth->scheme = schemes[i].scheme;
        auth->connection = NULL;
        if (auth->scheme & WITH_CONNECTION)
        {
            if (auth->tried & auth->scheme) break;
            return handshake( auth, params, request, error );
        }
        auth->blank = FALSE;
        if (auth->scheme == WS_HTTP_HEADER_AUTH_SCHEME_BASIC)
            return auth->tried & WS_HTTP_HEADER_AUTH_SCHEME_BASIC ? S_FALSE : basic_line( auth, error );
        if (digest_take( auth, params, error ))
        {
            auth->scheme = 0;
            continue;
        }
        if ((auth->tried & WS_HTTP_HEADER_AUTH_SCHEME_DIGEST) && !auth->digest.stale) break;
        return digest_line( auth, request, error );
    }
    auth->scheme = 0;
    auth->blank = FALSE;
    clear_line( auth );
    return S_FALSE;
}

HRESULT auth_accepted( struct http_auth *auth, void *connection, WS_ERROR *error )
{
    ULONG allowed = auth->schemes & ~WS_HTTP_HEADER_AUTH_SCHEME_NONE;

    if (auth->scheme & WITH_CONNECTION) auth->connection = connection;
    if (!auth->blank) return S_OK;
    auth->blank = FALSE;
    clear_line( auth );
    if (!auth->scheme && (allowed & (allowed - 1)) && !(auth->schemes & WS_HTTP_HEADER_AUTH_SCHEME_NONE))
        return ws_fail( error, WS_E_ENDPOINT_FAILURE, "The %s does not ask for authentication, and the program did not allow a request "
                        "without.", auth->proxy ? "proxy" : "server" );
    return S_FALSE;
}
