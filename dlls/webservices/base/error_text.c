/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts for error codes. The system knows those of Windows, but not the codes of this API, which are its own messages. */

#include "base/error.h"
#include "base/str.h"
#include "base/trace.h"

/* By the low word of WS_E_*, WS_E_INVALID_FORMAT first. What it means for the one who reads it. */
static const char *const own_texts[] =
{
    "The data do not have the expected format.",
    "The object is faulted by an earlier failure and can only be closed, aborted or reset.",
    "A number is too large for the type it is to be stored in.",
    "The function may not be called in the present state of the object.",
    "The operation was aborted.",
    "The endpoint denied access.",
    "The operation did not complete in the time given for it.",
    "The caller abandoned the operation.",
    "A limit that protects against too large or too costly data was exceeded.",
    "The information is not available in the language asked for.",
    "The security of the data could not be verified.",
    "The address is in use already.",
    "The address is not one of this machine.",
    "There is no endpoint at this address.",
    "The endpoint is not in service at present.",
    "The endpoint failed to process the message.",
    "The endpoint can't be reached over the network.",
    "The endpoint does not know the action of the message.",
    "The endpoint is too busy to process the message.",
    "The endpoint answered with a fault.",
    "The connection to the endpoint was closed.",
    "The HTTP proxy failed to pass the message on.",
    "The HTTP proxy denied access.",
    "This feature is not supported.",
    "The HTTP proxy asks for basic authentication.",
    "The HTTP proxy asks for digest authentication.",
    "The HTTP proxy asks for NTLM authentication.",
    "The HTTP proxy asks for negotiate authentication.",
    "The endpoint asks for basic authentication.",
    "The endpoint asks for digest authentication.",
    "The endpoint asks for NTLM authentication.",
    "The endpoint asks for negotiate authentication.",
    "The URL of the endpoint is not valid.",
    "The cause of the failure is not known.",
    "The endpoint refused a security token because it is expired.",
    "The security system failed.",
};

static ULONG ascii_to_utf16( const char *text, WCHAR *buf, ULONG max )
{
    ULONG i;

    for (i = 0; text[i] && i < max; i++) buf[i] = text[i];
    return i;
}

ULONG error_code_text( HRESULT code, LANGID langid, WCHAR *buf, ULONG max )
{
    const UINT32 index = (UINT32)code - (UINT32)WS_E_INVALID_FORMAT;
    char text[] = "The error code is 0x00000000.";
    ULONG len, i;

    if (index < ARRAY_SIZE( own_texts )) return ascii_to_utf16( own_texts[index], buf, max );
    if ((len = port_system_message( code, langid, buf, max ))) return len;
    for (i = 0; i < 8; i++) text[27 - i] = "0123456789abcdef"[(UINT32)code >> (4 * i) & 15];
    return ascii_to_utf16( text, buf, max );
}

#ifdef _WIN32
const char *debugstr_hr( HRESULT hr )
{
    /* by the low word, as above */
    static const char *const names[] =
    {
        "WS_E_INVALID_FORMAT", "WS_E_OBJECT_FAULTED", "WS_E_NUMERIC_OVERFLOW", "WS_E_INVALID_OPERATION",
        "WS_E_OPERATION_ABORTED", "WS_E_ENDPOINT_ACCESS_DENIED", "WS_E_OPERATION_TIMED_OUT", "WS_E_OPERATION_ABANDONED",
        "WS_E_QUOTA_EXCEEDED", "WS_E_NO_TRANSLATION_AVAILABLE", "WS_E_SECURITY_VERIFICATION_FAILURE",
        "WS_E_ADDRESS_IN_USE", "WS_E_ADDRESS_NOT_AVAILABLE", "WS_E_ENDPOINT_NOT_FOUND", "WS_E_ENDPOINT_NOT_AVAILABLE",
        "WS_E_ENDPOINT_FAILURE", "WS_E_ENDPOINT_UNREACHABLE", "WS_E_ENDPOINT_ACTION_NOT_SUPPORTED",
        "WS_E_ENDPOINT_TOO_BUSY", "WS_E_ENDPOINT_FAULT_RECEIVED", "WS_E_ENDPOINT_DISCONNECTED", "WS_E_PROXY_FAILURE",
        "WS_E_PROXY_ACCESS_DENIED", "WS_E_NOT_SUPPORTED", "WS_E_PROXY_REQUIRES_BASIC_AUTH",
        "WS_E_PROXY_REQUIRES_DIGEST_AUTH", "WS_E_PROXY_REQUIRES_NTLM_AUTH", "WS_E_PROXY_REQUIRES_NEGOTIATE_AUTH",
        "WS_E_SERVER_REQUIRES_BASIC_AUTH", "WS_E_SERVER_REQUIRES_DIGEST_AUTH", "WS_E_SERVER_REQUIRES_NTLM_AUTH",
        "WS_E_SERVER_REQUIRES_NEGOTIATE_AUTH", "WS_E_INVALID_ENDPOINT_URL", "WS_E_OTHER", "WS_E_SECURITY_TOKEN_EXPIRED",
        "WS_E_SECURITY_SYSTEM_FAILURE",
    };

    if (hr >= WS_E_INVALID_FORMAT && hr < WS_E_INVALID_FORMAT + (int)ARRAY_SIZE( names )) return names[hr - WS_E_INVALID_FORMAT];
    switch (hr)
    {
    case S_OK:          return "S_OK";
    case S_FALSE:       return "S_FALSE";
    case WS_S_ASYNC:    return "WS_S_ASYNC";
    case WS_S_END:      return "WS_S_END";
    case E_FAIL:        return "E_FAIL";
    case E_INVALIDARG:  return "E_INVALIDARG";
    case E_OUTOFMEMORY: return "E_OUTOFMEMORY";
    }
    return wine_dbg_sprintf( "%#x", (int)hr );
}
#endif
