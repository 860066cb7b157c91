/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* NTLM and Negotiate through SSPI, which is loaded when first needed: the module itself imports kernel32 and ntdll only. */
#include "transport/http_auth.h"
#include "transport/http_call.h"
#define SECURITY_WIN32
#include <rpc.h>
#include <sspi.h>

struct sspi_state
{
    PSecurityFunctionTableW table;
    BOOL has_credentials, has_context, negotiate;
    CredHandle credentials;
    CtxtHandle context;
    WCHAR target[CALL_HOST_MAX + 8];
};

void sspi_reset( struct http_auth *auth )
{
    struct sspi_state *sspi = auth->sspi;

    if (!sspi || !sspi->has_context) return;
    sspi->table->DeleteSecurityContext( &sspi->context );
    sspi->has_context = FALSE;
}

void sspi_free( struct http_auth *auth )
{
    struct sspi_state *sspi = auth->sspi;

    if (!sspi) return;
    sspi_reset( auth );
    if (sspi->has_credentials) sspi->table->FreeCredentialsHandle( &sspi->credentials );
    mem_free( sspi );
    auth->sspi = NULL;
}

static HRESULT load( struct http_auth *auth, BOOL negotiate, WS_ERROR *error )
{
    HMODULE secur32 = LoadLibraryW( L"secur32.dll" );
    INIT_SECURITY_INTERFACE_W get = secur32 ? (void *)GetProcAddress( secur32, "InitSecurityInterfaceW" ) : NULL;
    struct sspi_state *sspi = mem_calloc( sizeof(*sspi) );

    if (!sspi) return ws_fail( error, E_OUTOFMEMORY, "No memory for an authentication." );
    if (!get || !(sspi->table = get()))
    {
        mem_free( sspi );
        return ws_fail( error, WS_E_SECURITY_SYSTEM_FAILURE, "The system has no security packages." );
    }
    sspi->negotiate = negotiate;
    auth->sspi = sspi;
    return S_OK;
}

static HRESULT acquire( struct http_auth *auth, WS_ERROR *error )
{
    struct sspi_state *sspi = auth->sspi;
    WCHAR *package = sspi->negotiate ? (WCHAR *)L"Negotiate" : (WCHAR *)L"NTLM";
    SEC_WINNT_AUTH_IDENTITY_W identity;
    TimeStamp expiry;
    LONG status;
    ULONG i, split = 0;

    memset( &identity, 0, sizeof(identity) );
    identity.User = auth->text;
    identity.UserLength = auth->user_len;
    identity.Domain = auth->text + auth->user_len;
    identity.DomainLength = auth->domain_len;
    identity.Password = auth->text + auth->user_len + auth->domain_len;
    identity.PasswordLength = auth->password_len;
    identity.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
    for (i = 0; !auth->domain_len && i < auth->user_len; i++) if (auth->text[i] == '\\') split = i;
    if (split)
    {
        identity.Domain = auth->text;
        identity.DomainLength = split;
        identity.User = auth->text + split + 1;
        identity.UserLength = auth->user_len - split - 1;
    }
    status = sspi->table->AcquireCredentialsHandleW( NULL, package, SECPKG_CRED_OUTBOUND, NULL,
                                                     auth->current_user ? NULL : auth->opaque ? auth->opaque : &identity, NULL, NULL,
                                                     &sspi->credentials, &expiry );
    if (status < 0)
        return ws_fail_code( error, WS_E_SECURITY_SYSTEM_FAILURE, status, "The security package %ls gives no credentials. Under Wine it "
                             "needs ntlm_auth of Samba (package winbind).", package );
    sspi->has_credentials = TRUE;
    return S_OK;
}

static void set_target( struct sspi_state *sspi, struct slice host )
{
    ULONG i;

    memcpy( sspi->target, L"HTTP/", 5 * sizeof(WCHAR) );
    for (i = 0; i < host.len && i < CALL_HOST_MAX; i++) sspi->target[5 + i] = (BYTE)host.ptr[i];
    sspi->target[5 + i] = 0;
}

HRESULT sspi_next( struct http_auth *auth, BOOL negotiate, struct slice host, const BYTE *token, ULONG size, BOOL *last, WS_ERROR *error )
{
    SecBuffer in = { size, SECBUFFER_TOKEN, (void *)token }, out = { 0, SECBUFFER_TOKEN, NULL };
    SecBufferDesc in_desc = { SECBUFFER_VERSION, 1, &in }, out_desc = { SECBUFFER_VERSION, 1, &out };
    struct sspi_state *sspi;
    TimeStamp expiry;
    ULONG flags = 0;
    LONG status;
    HRESULT hr;

    if (auth->sspi && auth->sspi->negotiate != negotiate) sspi_free( auth );
    if (!auth->sspi && (hr = load( auth, negotiate, error ))) return hr;
    sspi = auth->sspi;
    if (!sspi->has_credentials && (hr = acquire( auth, error ))) return hr;
    set_target( sspi, host );
    status = sspi->table->InitializeSecurityContextW( &sspi->credentials, sspi->has_context ? &sspi->context : NULL, sspi->target,
                                                      ISC_REQ_ALLOCATE_MEMORY, 0, SECURITY_NATIVE_DREP, size ? &in_desc : NULL, 0,
                                                      &sspi->context, &out_desc, &flags, &expiry );
    if (status < 0)
        return ws_fail_code( error, WS_E_SECURITY_SYSTEM_FAILURE, status, "The security package %s can't go on with the authentication.",
                             negotiate ? "Negotiate" : "NTLM" );
    sspi->has_context = TRUE;
    if (status == SEC_I_COMPLETE_NEEDED || status == SEC_I_COMPLETE_AND_CONTINUE)
        sspi->table->CompleteAuthToken( &sspi->context, &out_desc );
    *last = status == SEC_E_OK || status == SEC_I_COMPLETE_NEEDED;
    hr = auth_set_line( auth, negotiate ? "Negotiate" : "NTLM", out.pvBuffer, out.cbBuffer, error );
    if (out.pvBuffer) sspi->table->FreeContextBuffer( out.pvBuffer );
    return hr;
}
