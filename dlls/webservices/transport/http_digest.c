/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Digest authentication (RFC 7616; RFC 2617 without qop). The hashes are bcrypt's, loaded when first needed. */
#include "transport/http_auth.h"
#include "transport/http_call.h"
#include "base/str.h"

struct hash { void *algorithm; BOOL sha256; HRESULT hr; };
#define HASH_MAX 32

static LONG (WINAPI *bcrypt_open)( void **algorithm, const WCHAR *id, const WCHAR *provider, ULONG flags );
static LONG (WINAPI *bcrypt_hash)( void *algorithm, BYTE *secret, ULONG secret_len, BYTE *input, ULONG len, BYTE *out, ULONG out_len );
static LONG (WINAPI *bcrypt_close)( void *algorithm, ULONG flags );

static HRESULT hash_open( struct hash *hash, BOOL sha256, WS_ERROR *error )
{
    HMODULE bcrypt = LoadLibraryW( L"bcrypt.dll" );

    if (!bcrypt || !(bcrypt_open = (void *)GetProcAddress( bcrypt, "BCryptOpenAlgorithmProvider" )) ||
        !(bcrypt_hash = (void *)GetProcAddress( bcrypt, "BCryptHash" )) ||
        !(bcrypt_close = (void *)GetProcAddress( bcrypt, "BCryptCloseAlgorithmProvider" )) ||
        bcrypt_open( &hash->algorithm, sha256 ? L"SHA256" : L"MD5", NULL, 0 ))
        return ws_fail( error, WS_E_SECURITY_SYSTEM_FAILURE, "The system has no hash functions for the digest authentication." );
    hash->sha256 = sha256;
    return S_OK;
}

/* A text that grows; parts of it are hashed. */
struct buffer { char *ptr; ULONG len, size; BOOL failed; };

static void put( struct buffer *buf, const void *data, ULONG len )
{
    if (len > buf->size - buf->len)
    {
        ULONG size = (buf->len + len) * 2 + 256;
        char *ptr = mem_realloc( buf->ptr, size );

        if (!ptr)
        {
            buf->failed = TRUE;
            return;
        }
        buf->ptr = ptr;
        buf->size = size;
    }
    memcpy( buf->ptr + buf->len, data, len );
    buf->len += len;
}
#define PUT( buf, literal ) put( buf, literal, sizeof(literal) - 1 )

static void put_slice( struct buffer *buf, struct slice text ) { put( buf, text.ptr, text.len ); }

static void put_hex( struct buffer *buf, const BYTE *bytes, ULONG len )
{
    static const char digits[] = "0123456789abcdef";
    ULONG i;

    for (i = 0; i < len; i++)
    {
        put( buf, digits + (bytes[i] >> 4), 1 );
        put( buf, digits + (bytes[i] & 15), 1 );
    }
}

/* Replaces the buffer's content from `pos` by the hash of it, in hexadecimal digits. */
static BOOL hash_from( const struct hash *hash, struct buffer *buf, ULONG pos )
{
    ULONG size = hash->sha256 ? 32 : 16;
    BYTE out[HASH_MAX];

    if (buf->failed || bcrypt_hash( hash->algorithm, NULL, 0, (BYTE *)buf->ptr + pos, buf->len - pos, out, size )) return FALSE;
    buf->len = pos;
    put_hex( buf, out, size );
    return !buf->failed;
}

/* --- challenges --------------------------------------------------------------------------------------------------------- */

static BOOL next_param( struct slice *rest, struct slice *name, struct slice *value )
{
    const char *p = rest->ptr, *end = p + rest->len;

    while (p < end && (*p == ' ' || *p == ',' || *p == '\t')) p++;
    name->ptr = p;
    while (p < end && *p != '=' && *p != ' ' && *p != ',') p++;
    name->len = p - name->ptr;
    while (p < end && *p == ' ') p++;
    if (p == end || *p != '=' || !name->len) return FALSE;      /* the next challenge */
    for (p++; p < end && *p == ' '; p++) ;
    if (p < end && *p == '"')
    {
        value->ptr = ++p;
        while (p < end && *p != '"') p += *p == '\\' && p + 1 < end ? 2 : 1;
        value->len = p - value->ptr;
        if (p < end) p++;
    }
    else
    {
        value->ptr = p;
        while (p < end && *p != ',' && *p != ' ') p++;
        value->len = p - value->ptr;
    }
    rest->len = end - p;
    rest->ptr = p;
    return TRUE;
}

static BOOL has_word( struct slice list, const char *word, ULONG len )
{
    ULONG i, start;

    for (i = 0; i < list.len; i++)
    {
        while (i < list.len && (list.ptr[i] == ' ' || list.ptr[i] == ',')) i++;
        for (start = i; i < list.len && list.ptr[i] != ' ' && list.ptr[i] != ','; i++) ;
        if (slice_ieq( (struct slice){ list.ptr + start, i - start }, word, len )) return TRUE;
    }
    return FALSE;
}

void digest_clear( struct http_auth *auth )
{
    mem_free( auth->digest.text );
    memset( &auth->digest, 0, sizeof(auth->digest) );
}

HRESULT digest_take( struct http_auth *auth, struct slice params, WS_ERROR *error )
{
    struct digest_challenge *digest = &auth->digest;
    struct slice rest, name, value;
    BOOL known = TRUE;

    digest_clear( auth );
    if (!(digest->text = mem_alloc( params.len + 1 ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a challenge." );
    memcpy( digest->text, params.ptr, params.len );
    rest = (struct slice){ digest->text, params.len };
    while (next_param( &rest, &name, &value ))
    {
        if (SLICE_IEQ( name, "realm" )) digest->realm = value;
        else if (SLICE_IEQ( name, "nonce" )) digest->nonce = value;
        else if (SLICE_IEQ( name, "stale" )) digest->stale = SLICE_IEQ( value, "true" );
        else if (SLICE_IEQ( name, "opaque" ))
        {
            digest->opaque = value;
            digest->has_opaque = TRUE;
        }
        else if (SLICE_IEQ( name, "qop" ))
        {
            digest->qop = has_word( value, "auth", 4 );
            if (!digest->qop) known = FALSE;        /* auth-int: signs the body, which nobody asks for */
        }
        else if (SLICE_IEQ( name, "algorithm" ))
        {
            digest->sha256 = SLICE_IEQ( value, "SHA-256" ) || SLICE_IEQ( value, "SHA-256-sess" );
            digest->session = SLICE_IEQ( value, "MD5-sess" ) || SLICE_IEQ( value, "SHA-256-sess" );
            if (!digest->sha256 && !digest->session && !SLICE_IEQ( value, "MD5" )) known = FALSE;
        }
    }
    port_random( digest->cnonce, sizeof(digest->cnonce) );
    if (known && digest->nonce.len) return S_OK;
    digest_clear( auth );
    return S_FALSE;
}

/* --- responses ------------------------------------------------------------------------------------------------------------ */

/* The user as it goes on the wire: with its domain in front, in UTF-8. */
static void put_user( struct buffer *buf, const struct http_auth *auth, BOOL quoted )
{
    const WCHAR *user = auth->text, *domain = user + auth->user_len;
    SIZE_T max = 3 * ((SIZE_T)auth->user_len + auth->domain_len) + 1, len = 0, i;
    BYTE *text = mem_alloc( max );

    if (!text)
    {
        buf->failed = TRUE;
        return;
    }
    if (auth->domain_len)
    {
        len += utf16_to_utf8( domain, auth->domain_len, text );
        text[len++] = '\\';
    }
    len += utf16_to_utf8( user, auth->user_len, text + len );
    for (i = 0; i < len; i++)
    {
        if (quoted && (text[i] == '"' || text[i] == '\\')) PUT( buf, "\\" );
        put( buf, text + i, 1 );
    }
    mem_free( text );
}

static void put_password( struct buffer *buf, const struct http_auth *auth )
{
    BYTE *text = mem_alloc( 3 * (SIZE_T)auth->password_len + 1 );

    if (text) put( buf, text, utf16_to_utf8( auth->text + auth->user_len + auth->domain_len, auth->password_len, text ) );
    else buf->failed = TRUE;
    mem_free( text );
}

struct response { struct slice cnonce, nc; };

/* The response to the challenge, appended. */
static BOOL put_response( struct buffer *buf, const struct hash *hash, const struct http_auth *auth, const struct auth_request *request,
                          const struct response *response )
{
    const struct digest_challenge *digest = &auth->digest;
    ULONG start = buf->len, second;

    put_user( buf, auth, FALSE );
    PUT( buf, ":" );
    put_slice( buf, digest->realm );
    PUT( buf, ":" );
    put_password( buf, auth );
    if (!hash_from( hash, buf, start )) return FALSE;
    if (digest->session)
    {
        PUT( buf, ":" );
        put_slice( buf, digest->nonce );
        PUT( buf, ":" );
        put_slice( buf, response->cnonce );
        if (!hash_from( hash, buf, start )) return FALSE;
    }
    PUT( buf, ":" );
    put_slice( buf, digest->nonce );
    if (digest->qop)
    {
        PUT( buf, ":" );
        put_slice( buf, response->nc );
        PUT( buf, ":" );
        put_slice( buf, response->cnonce );
        PUT( buf, ":auth" );
    }
    PUT( buf, ":" );
    second = buf->len;
    put_slice( buf, request->method );
    PUT( buf, ":" );
    put_slice( buf, request->uri );
    return hash_from( hash, buf, second ) && hash_from( hash, buf, start );
}

static void put_param( struct buffer *buf, const char *name, struct slice value, BOOL quoted )
{
    put( buf, name, strlen( name ) );
    PUT( buf, "=" );
    if (quoted) PUT( buf, "\"" );
    put_slice( buf, value );
    if (quoted) PUT( buf, "\"" );
}

HRESULT digest_line( struct http_auth *auth, const struct auth_request *request, WS_ERROR *error )
{
    static const char *const names[] = { "MD5", "MD5-sess", "SHA-256", "SHA-256-sess" };
    struct digest_challenge *digest = &auth->digest;
    const char *algorithm = names[digest->sha256 * 2 + digest->session], *name = auth->proxy ? "Proxy-Authorization: " : "Authorization: ";
    struct buffer buf = { NULL, 0, 0, FALSE }, text = buf;
    struct response response;
    struct hash hash;
    BYTE count[4];
    HRESULT hr;
    BOOL done;

    if ((hr = hash_open( &hash, digest->sha256, error ))) return hr;
    digest->count++;
    count[0] = digest->count >> 24, count[1] = digest->count >> 16, count[2] = digest->count >> 8, count[3] = digest->count;
    put_hex( &text, count, sizeof(count) );
    put_hex( &text, digest->cnonce, sizeof(digest->cnonce) );
    response.nc = (struct slice){ text.ptr, 8 };
    response.cnonce = (struct slice){ text.ptr + 8, 32 };

    put( &buf, name, strlen( name ) );
    PUT( &buf, "Digest username=\"" );
    put_user( &buf, auth, TRUE );
    PUT( &buf, "\", " );
    put_param( &buf, "realm", digest->realm, TRUE );
    PUT( &buf, ", " );
    put_param( &buf, "nonce", digest->nonce, TRUE );
    PUT( &buf, ", " );
    put_param( &buf, "uri", request->uri, TRUE );
    PUT( &buf, ", " );
    put_param( &buf, "algorithm", (struct slice){ algorithm, strlen( algorithm ) }, FALSE );
    PUT( &buf, ", response=\"" );
    done = !text.failed && put_response( &buf, &hash, auth, request, &response );
    PUT( &buf, "\"" );
    if (digest->qop)
    {
        PUT( &buf, ", qop=auth, " );
        put_param( &buf, "nc", response.nc, FALSE );
        PUT( &buf, ", " );
        put_param( &buf, "cnonce", response.cnonce, TRUE );
    }
    if (digest->has_opaque)
    {
        PUT( &buf, ", " );
        put_param( &buf, "opaque", digest->opaque, TRUE );
    }
    PUT( &buf, "\r\n" );
    bcrypt_close( hash.algorithm, 0 );
    mem_free( text.ptr );
    if (!done || buf.failed)
    {
        mem_free( buf.ptr );
        return ws_fail( error, buf.failed ? E_OUTOFMEMORY : WS_E_SECURITY_SYSTEM_FAILURE, "The digest can't be computed." );
    }
    mem_free( auth->line );
    auth->line = buf.ptr;
    auth->line_len = buf.len;
    auth->blank = FALSE;
    auth->tried |= WS_HTTP_HEADER_AUTH_SCHEME_DIGEST;
    return S_OK;
}
