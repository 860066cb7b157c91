/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Windows Web Services API.
 *
 * The complete public interface of webservices.dll: a program includes this one file. It is written from the public
 * description of the interface; names, values and layouts are those of the native header, 32 and 64 bit.
 */
#ifndef __WEBSERVICES_H__
#define __WEBSERVICES_H__

#include <stddef.h>
#include <windows.h>
#include <wtypes.h>     /* DECIMAL */
#include <wincrypt.h>   /* CERT_CONTEXT, HCRYPTPROV */
#ifndef NCRYPT_SUCCESS
#include <ncrypt.h>     /* NCRYPT_KEY_HANDLE */
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ==== Result codes ==== */

/* The operation goes on; its callback will tell the result. */
#ifndef WS_S_ASYNC
#define WS_S_ASYNC ((HRESULT)0x003D0000)
#endif
/* There is no more: the session or the input has ended. */
#ifndef WS_S_END
#define WS_S_END ((HRESULT)0x003D0001)
#endif
/* The data is not what was expected. */
#ifndef WS_E_INVALID_FORMAT
#define WS_E_INVALID_FORMAT ((HRESULT)0x803D0000)
#endif
/* The object failed earlier and takes no more operations. */
#ifndef WS_E_OBJECT_FAULTED
#define WS_E_OBJECT_FAULTED ((HRESULT)0x803D0001)
#endif
/* A number does not fit its type. */
#ifndef WS_E_NUMERIC_OVERFLOW
#define WS_E_NUMERIC_OVERFLOW ((HRESULT)0x803D0002)
#endif
/* The object's state does not allow the operation. */
#ifndef WS_E_INVALID_OPERATION
#define WS_E_INVALID_OPERATION ((HRESULT)0x803D0003)
#endif
/* The object was aborted. */
#ifndef WS_E_OPERATION_ABORTED
#define WS_E_OPERATION_ABORTED ((HRESULT)0x803D0004)
#endif
/* The endpoint refused access: it does not accept the credentials, or wants some. */
#ifndef WS_E_ENDPOINT_ACCESS_DENIED
#define WS_E_ENDPOINT_ACCESS_DENIED ((HRESULT)0x803D0005)
#endif
/* The operation took longer than it may. */
#ifndef WS_E_OPERATION_TIMED_OUT
#define WS_E_OPERATION_TIMED_OUT ((HRESULT)0x803D0006)
#endif
/* The caller gave up the operation, which may still be going on. */
#ifndef WS_E_OPERATION_ABANDONED
#define WS_E_OPERATION_ABANDONED ((HRESULT)0x803D0007)
#endif
/* A limit of the object was reached. */
#ifndef WS_E_QUOTA_EXCEEDED
#define WS_E_QUOTA_EXCEEDED ((HRESULT)0x803D0008)
#endif
/* There is no text in the wanted language. */
#ifndef WS_E_NO_TRANSLATION_AVAILABLE
#define WS_E_NO_TRANSLATION_AVAILABLE ((HRESULT)0x803D0009)
#endif
/* The security of received data could not be verified. */
#ifndef WS_E_SECURITY_VERIFICATION_FAILURE
#define WS_E_SECURITY_VERIFICATION_FAILURE ((HRESULT)0x803D000A)
#endif
/* Somebody else listens at the address. */
#ifndef WS_E_ADDRESS_IN_USE
#define WS_E_ADDRESS_IN_USE ((HRESULT)0x803D000B)
#endif
/* The address is none of this machine. */
#ifndef WS_E_ADDRESS_NOT_AVAILABLE
#define WS_E_ADDRESS_NOT_AVAILABLE ((HRESULT)0x803D000C)
#endif
/* There is no such endpoint there. */
#ifndef WS_E_ENDPOINT_NOT_FOUND
#define WS_E_ENDPOINT_NOT_FOUND ((HRESULT)0x803D000D)
#endif
/* The endpoint is not serving at present. */
#ifndef WS_E_ENDPOINT_NOT_AVAILABLE
#define WS_E_ENDPOINT_NOT_AVAILABLE ((HRESULT)0x803D000E)
#endif
/* The endpoint failed to process the message. */
#ifndef WS_E_ENDPOINT_FAILURE
#define WS_E_ENDPOINT_FAILURE ((HRESULT)0x803D000F)
#endif
/* The endpoint's machine cannot be reached. */
#ifndef WS_E_ENDPOINT_UNREACHABLE
#define WS_E_ENDPOINT_UNREACHABLE ((HRESULT)0x803D0010)
#endif
/* The endpoint knows no such action. */
#ifndef WS_E_ENDPOINT_ACTION_NOT_SUPPORTED
#define WS_E_ENDPOINT_ACTION_NOT_SUPPORTED ((HRESULT)0x803D0011)
#endif
/* The endpoint has too much to do. */
#ifndef WS_E_ENDPOINT_TOO_BUSY
#define WS_E_ENDPOINT_TOO_BUSY ((HRESULT)0x803D0012)
#endif
/* The endpoint sent a fault, to be found in the error object. */
#ifndef WS_E_ENDPOINT_FAULT_RECEIVED
#define WS_E_ENDPOINT_FAULT_RECEIVED ((HRESULT)0x803D0013)
#endif
/* The connection to the endpoint broke. */
#ifndef WS_E_ENDPOINT_DISCONNECTED
#define WS_E_ENDPOINT_DISCONNECTED ((HRESULT)0x803D0014)
#endif
/* The HTTP proxy failed. */
#ifndef WS_E_PROXY_FAILURE
#define WS_E_PROXY_FAILURE ((HRESULT)0x803D0015)
#endif
/* The HTTP proxy refused access. */
#ifndef WS_E_PROXY_ACCESS_DENIED
#define WS_E_PROXY_ACCESS_DENIED ((HRESULT)0x803D0016)
#endif
/* This system does not have the feature. */
#ifndef WS_E_NOT_SUPPORTED
#define WS_E_NOT_SUPPORTED ((HRESULT)0x803D0017)
#endif
/* The HTTP proxy wants basic authentication. */
#ifndef WS_E_PROXY_REQUIRES_BASIC_AUTH
#define WS_E_PROXY_REQUIRES_BASIC_AUTH ((HRESULT)0x803D0018)
#endif
/* The HTTP proxy wants digest authentication. */
#ifndef WS_E_PROXY_REQUIRES_DIGEST_AUTH
#define WS_E_PROXY_REQUIRES_DIGEST_AUTH ((HRESULT)0x803D0019)
#endif
/* The HTTP proxy wants NTLM authentication. */
#ifndef WS_E_PROXY_REQUIRES_NTLM_AUTH
#define WS_E_PROXY_REQUIRES_NTLM_AUTH ((HRESULT)0x803D001A)
#endif
/* The HTTP proxy wants negotiate authentication. */
#ifndef WS_E_PROXY_REQUIRES_NEGOTIATE_AUTH
#define WS_E_PROXY_REQUIRES_NEGOTIATE_AUTH ((HRESULT)0x803D001B)
#endif
/* The server wants basic authentication. */
#ifndef WS_E_SERVER_REQUIRES_BASIC_AUTH
#define WS_E_SERVER_REQUIRES_BASIC_AUTH ((HRESULT)0x803D001C)
#endif
/* The server wants digest authentication. */
#ifndef WS_E_SERVER_REQUIRES_DIGEST_AUTH
#define WS_E_SERVER_REQUIRES_DIGEST_AUTH ((HRESULT)0x803D001D)
#endif
/* The server wants NTLM authentication. */
#ifndef WS_E_SERVER_REQUIRES_NTLM_AUTH
#define WS_E_SERVER_REQUIRES_NTLM_AUTH ((HRESULT)0x803D001E)
#endif
/* The server wants negotiate authentication. */
#ifndef WS_E_SERVER_REQUIRES_NEGOTIATE_AUTH
#define WS_E_SERVER_REQUIRES_NEGOTIATE_AUTH ((HRESULT)0x803D001F)
#endif
/* The URL is not a valid one for an endpoint. */
#ifndef WS_E_INVALID_ENDPOINT_URL
#define WS_E_INVALID_ENDPOINT_URL ((HRESULT)0x803D0020)
#endif
/* A lower layer failed in a way without a code of its own; the error object has the original one. */
#ifndef WS_E_OTHER
#define WS_E_OTHER ((HRESULT)0x803D0021)
#endif
/* The security token is too old. */
#ifndef WS_E_SECURITY_TOKEN_EXPIRED
#define WS_E_SECURITY_TOKEN_EXPIRED ((HRESULT)0x803D0022)
#endif
/* A security component of the system failed. */
#ifndef WS_E_SECURITY_SYSTEM_FAILURE
#define WS_E_SECURITY_SYSTEM_FAILURE ((HRESULT)0x803D0023)
#endif

/* ==== Helper macros ==== */

/* Number of elements of an array. */
#define WsCountOf(arrayValue) (sizeof(arrayValue) / sizeof((arrayValue)[0]))
/* Offset of a structure member in bytes, as a constant of type ULONG. */
#ifdef __cplusplus
#define WsOffsetOf(structType, memberName) ((ULONG)(ULONG_PTR)&(((structType *)0)->memberName))
#else
#define WsOffsetOf(structType, memberName) ((ULONG)offsetof(structType, memberName))
#endif

/* Initializers of a WS_STRING: without characters; from a wide string literal, its terminator not counted. */
#define WS_STRING_EMPTY { 0, NULL }
#define WS_STRING_VALUE(S) { WsCountOf(S) - 1, (WCHAR *)(S) }

/* Initializers of a WS_XML_STRING: empty; from a UTF-8 string literal; the same as entry I of dictionary D. */
#define WS_XML_STRING_NULL { 0, NULL, NULL, 0 }
#define WS_XML_STRING_VALUE(S) { WsCountOf(S) - 1, (BYTE *)(S), NULL, 0 }
#define WS_XML_STRING_DICTIONARY_VALUE(S, D, I) { WsCountOf(S) - 1, (BYTE *)(S), (WS_XML_DICTIONARY *)(D), I }

/* Defined with its members in schannel.h; only a pointer to it is used here. */
struct _SecPkgContext_IssuerListInfoEx;

/* ---- Opaque objects: made and freed by the functions of their area ---- */

/* Reads an XML document node by node. */
typedef struct _WS_XML_READER WS_XML_READER;
/* Writes an XML document node by node. */
typedef struct _WS_XML_WRITER WS_XML_WRITER;
/* An XML document in memory; belongs to the heap it was made in. */
typedef struct _WS_XML_BUFFER WS_XML_BUFFER;
/* One end of a conversation by messages. */
typedef struct _WS_CHANNEL WS_CHANNEL;
/* What a service operation can learn about its call; valid until the operation is done. */
typedef struct _WS_OPERATION_CONTEXT WS_OPERATION_CONTEXT;
/* Collects texts and a fault for calls that fail. */
typedef struct _WS_ERROR WS_ERROR;
/* An arena: memory that is freed all at once. */
typedef struct _WS_HEAP WS_HEAP;
/* Waits for clients at an address. */
typedef struct _WS_LISTENER WS_LISTENER;
/* A message: headers and body. */
typedef struct _WS_MESSAGE WS_MESSAGE;
/* A security token, such as an XML token issued by a service; freed with WsFreeSecurityToken. */
typedef struct _WS_SECURITY_TOKEN WS_SECURITY_TOKEN;
/* A secure conversation; belongs to the message it was read from. */
typedef struct _WS_SECURITY_CONTEXT WS_SECURITY_CONTEXT;
/* Serves contracts at endpoints. */
typedef struct _WS_SERVICE_HOST WS_SERVICE_HOST;
/* Calls the operations of a service. */
typedef struct _WS_SERVICE_PROXY WS_SERVICE_PROXY;
/* Documents that describe services. */
typedef struct _WS_METADATA WS_METADATA;
/* What an endpoint asks for; belongs to the metadata object. */
typedef struct _WS_POLICY WS_POLICY;

/* ---- Structures, each defined in its area below ---- */

typedef struct _WS_XML_DICTIONARY WS_XML_DICTIONARY;
typedef struct _WS_XML_STRING WS_XML_STRING;
typedef struct _WS_XML_QNAME WS_XML_QNAME;
typedef struct _WS_XML_NODE_POSITION WS_XML_NODE_POSITION;
typedef struct _WS_XML_READER_PROPERTY WS_XML_READER_PROPERTY;
typedef struct _WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES;
typedef struct _WS_XML_CANONICALIZATION_PROPERTY WS_XML_CANONICALIZATION_PROPERTY;
typedef struct _WS_XML_WRITER_PROPERTY WS_XML_WRITER_PROPERTY;
typedef struct _WS_XML_BUFFER_PROPERTY WS_XML_BUFFER_PROPERTY;
typedef struct _WS_XML_TEXT WS_XML_TEXT;
typedef struct _WS_XML_UTF8_TEXT WS_XML_UTF8_TEXT;
typedef struct _WS_XML_UTF16_TEXT WS_XML_UTF16_TEXT;
typedef struct _WS_XML_BASE64_TEXT WS_XML_BASE64_TEXT;
typedef struct _WS_XML_BOOL_TEXT WS_XML_BOOL_TEXT;
typedef struct _WS_XML_INT32_TEXT WS_XML_INT32_TEXT;
typedef struct _WS_XML_INT64_TEXT WS_XML_INT64_TEXT;
typedef struct _WS_XML_UINT64_TEXT WS_XML_UINT64_TEXT;
typedef struct _WS_XML_FLOAT_TEXT WS_XML_FLOAT_TEXT;
typedef struct _WS_XML_DOUBLE_TEXT WS_XML_DOUBLE_TEXT;
typedef struct _WS_XML_DECIMAL_TEXT WS_XML_DECIMAL_TEXT;
typedef struct _WS_XML_GUID_TEXT WS_XML_GUID_TEXT;
typedef struct _WS_XML_UNIQUE_ID_TEXT WS_XML_UNIQUE_ID_TEXT;
typedef struct _WS_DATETIME WS_DATETIME;
typedef struct _WS_XML_DATETIME_TEXT WS_XML_DATETIME_TEXT;
typedef struct _WS_TIMESPAN WS_TIMESPAN;
typedef struct _WS_XML_TIMESPAN_TEXT WS_XML_TIMESPAN_TEXT;
typedef struct _WS_XML_QNAME_TEXT WS_XML_QNAME_TEXT;
typedef struct _WS_XML_LIST_TEXT WS_XML_LIST_TEXT;
typedef struct _WS_XML_NODE WS_XML_NODE;
typedef struct _WS_XML_ATTRIBUTE WS_XML_ATTRIBUTE;
typedef struct _WS_XML_ELEMENT_NODE WS_XML_ELEMENT_NODE;
typedef struct _WS_XML_TEXT_NODE WS_XML_TEXT_NODE;
typedef struct _WS_XML_COMMENT_NODE WS_XML_COMMENT_NODE;
typedef struct _WS_XML_READER_INPUT WS_XML_READER_INPUT;
typedef struct _WS_XML_READER_BUFFER_INPUT WS_XML_READER_BUFFER_INPUT;
typedef struct _WS_XML_READER_STREAM_INPUT WS_XML_READER_STREAM_INPUT;
typedef struct _WS_XML_READER_ENCODING WS_XML_READER_ENCODING;
typedef struct _WS_XML_READER_TEXT_ENCODING WS_XML_READER_TEXT_ENCODING;
typedef struct _WS_XML_READER_BINARY_ENCODING WS_XML_READER_BINARY_ENCODING;
typedef struct _WS_STRING WS_STRING;
typedef struct _WS_XML_READER_MTOM_ENCODING WS_XML_READER_MTOM_ENCODING;
typedef struct _WS_XML_READER_RAW_ENCODING WS_XML_READER_RAW_ENCODING;
typedef struct _WS_XML_WRITER_ENCODING WS_XML_WRITER_ENCODING;
typedef struct _WS_XML_WRITER_TEXT_ENCODING WS_XML_WRITER_TEXT_ENCODING;
typedef struct _WS_XML_WRITER_BINARY_ENCODING WS_XML_WRITER_BINARY_ENCODING;
typedef struct _WS_XML_WRITER_MTOM_ENCODING WS_XML_WRITER_MTOM_ENCODING;
typedef struct _WS_XML_WRITER_RAW_ENCODING WS_XML_WRITER_RAW_ENCODING;
typedef struct _WS_XML_WRITER_OUTPUT WS_XML_WRITER_OUTPUT;
typedef struct _WS_XML_WRITER_BUFFER_OUTPUT WS_XML_WRITER_BUFFER_OUTPUT;
typedef struct _WS_XML_WRITER_STREAM_OUTPUT WS_XML_WRITER_STREAM_OUTPUT;
typedef struct _WS_XML_WRITER_PROPERTIES WS_XML_WRITER_PROPERTIES;
typedef struct _WS_XML_READER_PROPERTIES WS_XML_READER_PROPERTIES;
typedef struct _WS_ASYNC_CONTEXT WS_ASYNC_CONTEXT;
typedef struct _WS_ASYNC_STATE WS_ASYNC_STATE;
typedef struct _WS_ASYNC_OPERATION WS_ASYNC_OPERATION;
typedef struct _WS_CHANNEL_PROPERTY WS_CHANNEL_PROPERTY;
typedef struct _WS_CUSTOM_HTTP_PROXY WS_CUSTOM_HTTP_PROXY;
typedef struct _WS_CHANNEL_PROPERTIES WS_CHANNEL_PROPERTIES;
typedef struct _WS_CUSTOM_CHANNEL_CALLBACKS WS_CUSTOM_CHANNEL_CALLBACKS;
typedef struct _WS_HTTP_HEADER_MAPPING WS_HTTP_HEADER_MAPPING;
typedef struct _WS_HTTP_MESSAGE_MAPPING WS_HTTP_MESSAGE_MAPPING;
typedef struct _WS_ELEMENT_DESCRIPTION WS_ELEMENT_DESCRIPTION;
typedef struct _WS_MESSAGE_DESCRIPTION WS_MESSAGE_DESCRIPTION;
typedef struct _WS_CHANNEL_ENCODER WS_CHANNEL_ENCODER;
typedef struct _WS_CHANNEL_DECODER WS_CHANNEL_DECODER;
typedef struct _WS_HTTP_REDIRECT_CALLBACK_CONTEXT WS_HTTP_REDIRECT_CALLBACK_CONTEXT;
typedef struct _WS_ENDPOINT_IDENTITY WS_ENDPOINT_IDENTITY;
typedef struct _WS_ENDPOINT_ADDRESS WS_ENDPOINT_ADDRESS;
typedef struct _WS_DNS_ENDPOINT_IDENTITY WS_DNS_ENDPOINT_IDENTITY;
typedef struct _WS_UPN_ENDPOINT_IDENTITY WS_UPN_ENDPOINT_IDENTITY;
typedef struct _WS_SPN_ENDPOINT_IDENTITY WS_SPN_ENDPOINT_IDENTITY;
typedef struct _WS_BYTES WS_BYTES;
typedef struct _WS_RSA_ENDPOINT_IDENTITY WS_RSA_ENDPOINT_IDENTITY;
typedef struct _WS_CERT_ENDPOINT_IDENTITY WS_CERT_ENDPOINT_IDENTITY;
typedef struct _WS_UNKNOWN_ENDPOINT_IDENTITY WS_UNKNOWN_ENDPOINT_IDENTITY;
typedef struct _WS_ERROR_PROPERTY WS_ERROR_PROPERTY;
typedef struct _WS_FAULT_REASON WS_FAULT_REASON;
typedef struct _WS_FAULT_CODE WS_FAULT_CODE;
typedef struct _WS_FAULT WS_FAULT;
typedef struct _WS_FAULT_DETAIL_DESCRIPTION WS_FAULT_DETAIL_DESCRIPTION;
typedef struct _WS_HEAP_PROPERTY WS_HEAP_PROPERTY;
typedef struct _WS_HEAP_PROPERTIES WS_HEAP_PROPERTIES;
typedef struct _WS_LISTENER_PROPERTY WS_LISTENER_PROPERTY;
typedef struct _WS_DISALLOWED_USER_AGENT_SUBSTRINGS WS_DISALLOWED_USER_AGENT_SUBSTRINGS;
typedef struct _WS_LISTENER_PROPERTIES WS_LISTENER_PROPERTIES;
typedef struct _WS_HOST_NAMES WS_HOST_NAMES;
typedef struct _WS_CUSTOM_LISTENER_CALLBACKS WS_CUSTOM_LISTENER_CALLBACKS;
typedef struct _WS_MESSAGE_PROPERTY WS_MESSAGE_PROPERTY;
typedef struct _WS_MESSAGE_PROPERTIES WS_MESSAGE_PROPERTIES;
typedef struct _WS_SECURITY_ALGORITHM_PROPERTY WS_SECURITY_ALGORITHM_PROPERTY;
typedef struct _WS_SECURITY_ALGORITHM_SUITE WS_SECURITY_ALGORITHM_SUITE;
typedef struct _WS_SECURITY_PROPERTY WS_SECURITY_PROPERTY;
typedef struct _WS_SECURITY_PROPERTIES WS_SECURITY_PROPERTIES;
typedef struct _WS_SECURITY_BINDING_PROPERTY WS_SECURITY_BINDING_PROPERTY;
typedef struct _WS_SECURITY_BINDING_PROPERTIES WS_SECURITY_BINDING_PROPERTIES;
typedef struct _WS_SERVICE_SECURITY_IDENTITIES WS_SERVICE_SECURITY_IDENTITIES;
typedef struct _WS_CERTIFICATE_VALIDATION_CALLBACK_CONTEXT WS_CERTIFICATE_VALIDATION_CALLBACK_CONTEXT;
typedef struct _WS_CERT_CREDENTIAL WS_CERT_CREDENTIAL;
typedef struct _WS_SUBJECT_NAME_CERT_CREDENTIAL WS_SUBJECT_NAME_CERT_CREDENTIAL;
typedef struct _WS_THUMBPRINT_CERT_CREDENTIAL WS_THUMBPRINT_CERT_CREDENTIAL;
typedef struct _WS_CUSTOM_CERT_CREDENTIAL WS_CUSTOM_CERT_CREDENTIAL;
typedef struct _WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL;
typedef struct _WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL;
typedef struct _WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL;
typedef struct _WS_OPAQUE_WINDOWS_INTEGRATED_AUTH_CREDENTIAL WS_OPAQUE_WINDOWS_INTEGRATED_AUTH_CREDENTIAL;
typedef struct _WS_USERNAME_CREDENTIAL WS_USERNAME_CREDENTIAL;
typedef struct _WS_STRING_USERNAME_CREDENTIAL WS_STRING_USERNAME_CREDENTIAL;
typedef struct _WS_SECURITY_KEY_HANDLE WS_SECURITY_KEY_HANDLE;
typedef struct _WS_RAW_SYMMETRIC_SECURITY_KEY_HANDLE WS_RAW_SYMMETRIC_SECURITY_KEY_HANDLE;
typedef struct _WS_NCRYPT_ASYMMETRIC_SECURITY_KEY_HANDLE WS_NCRYPT_ASYMMETRIC_SECURITY_KEY_HANDLE;
typedef struct _WS_CAPI_ASYMMETRIC_SECURITY_KEY_HANDLE WS_CAPI_ASYMMETRIC_SECURITY_KEY_HANDLE;
typedef struct _WS_SECURITY_BINDING WS_SECURITY_BINDING;
typedef struct _WS_SSL_TRANSPORT_SECURITY_BINDING WS_SSL_TRANSPORT_SECURITY_BINDING;
typedef struct _WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING;
typedef struct _WS_NAMEDPIPE_SSPI_TRANSPORT_SECURITY_BINDING WS_NAMEDPIPE_SSPI_TRANSPORT_SECURITY_BINDING;
typedef struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING WS_HTTP_HEADER_AUTH_SECURITY_BINDING;
typedef struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING;
typedef struct _WS_USERNAME_MESSAGE_SECURITY_BINDING WS_USERNAME_MESSAGE_SECURITY_BINDING;
typedef struct _WS_SECURITY_DESCRIPTION WS_SECURITY_DESCRIPTION;
typedef struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING;
typedef struct _WS_SECURITY_CONTEXT_PROPERTY WS_SECURITY_CONTEXT_PROPERTY;
typedef struct _WS_XML_SECURITY_TOKEN_PROPERTY WS_XML_SECURITY_TOKEN_PROPERTY;
typedef struct _WS_XML_TOKEN_MESSAGE_SECURITY_BINDING WS_XML_TOKEN_MESSAGE_SECURITY_BINDING;
typedef struct _WS_SAML_AUTHENTICATOR WS_SAML_AUTHENTICATOR;
typedef struct _WS_CERT_SIGNED_SAML_AUTHENTICATOR WS_CERT_SIGNED_SAML_AUTHENTICATOR;
typedef struct _WS_SAML_MESSAGE_SECURITY_BINDING WS_SAML_MESSAGE_SECURITY_BINDING;
typedef struct _WS_REQUEST_SECURITY_TOKEN_PROPERTY WS_REQUEST_SECURITY_TOKEN_PROPERTY;
typedef struct _WS_ANY_ATTRIBUTE WS_ANY_ATTRIBUTE;
typedef struct _WS_ANY_ATTRIBUTES WS_ANY_ATTRIBUTES;
typedef struct _WS_BOOL_DESCRIPTION WS_BOOL_DESCRIPTION;
typedef struct _WS_GUID_DESCRIPTION WS_GUID_DESCRIPTION;
typedef struct _WS_DATETIME_DESCRIPTION WS_DATETIME_DESCRIPTION;
typedef struct _WS_DURATION WS_DURATION;
typedef struct _WS_DURATION_DESCRIPTION WS_DURATION_DESCRIPTION;
typedef struct _WS_TIMESPAN_DESCRIPTION WS_TIMESPAN_DESCRIPTION;
typedef struct _WS_UNIQUE_ID_DESCRIPTION WS_UNIQUE_ID_DESCRIPTION;
typedef struct _WS_STRING_DESCRIPTION WS_STRING_DESCRIPTION;
typedef struct _WS_XML_STRING_DESCRIPTION WS_XML_STRING_DESCRIPTION;
typedef struct _WS_XML_QNAME_DESCRIPTION WS_XML_QNAME_DESCRIPTION;
typedef struct _WS_CHAR_ARRAY_DESCRIPTION WS_CHAR_ARRAY_DESCRIPTION;
typedef struct _WS_BYTE_ARRAY_DESCRIPTION WS_BYTE_ARRAY_DESCRIPTION;
typedef struct _WS_UTF8_ARRAY_DESCRIPTION WS_UTF8_ARRAY_DESCRIPTION;
typedef struct _WS_WSZ_DESCRIPTION WS_WSZ_DESCRIPTION;
typedef struct _WS_INT8_DESCRIPTION WS_INT8_DESCRIPTION;
typedef struct _WS_UINT8_DESCRIPTION WS_UINT8_DESCRIPTION;
typedef struct _WS_INT16_DESCRIPTION WS_INT16_DESCRIPTION;
typedef struct _WS_UINT16_DESCRIPTION WS_UINT16_DESCRIPTION;
typedef struct _WS_INT32_DESCRIPTION WS_INT32_DESCRIPTION;
typedef struct _WS_UINT32_DESCRIPTION WS_UINT32_DESCRIPTION;
typedef struct _WS_INT64_DESCRIPTION WS_INT64_DESCRIPTION;
typedef struct _WS_UINT64_DESCRIPTION WS_UINT64_DESCRIPTION;
typedef struct _WS_FLOAT_DESCRIPTION WS_FLOAT_DESCRIPTION;
typedef struct _WS_DOUBLE_DESCRIPTION WS_DOUBLE_DESCRIPTION;
typedef struct _WS_DECIMAL_DESCRIPTION WS_DECIMAL_DESCRIPTION;
typedef struct _WS_BYTES_DESCRIPTION WS_BYTES_DESCRIPTION;
typedef struct _WS_ENUM_VALUE WS_ENUM_VALUE;
typedef struct _WS_ENUM_DESCRIPTION WS_ENUM_DESCRIPTION;
typedef struct _WS_ITEM_RANGE WS_ITEM_RANGE;
typedef struct _WS_DEFAULT_VALUE WS_DEFAULT_VALUE;
typedef struct _WS_FIELD_DESCRIPTION WS_FIELD_DESCRIPTION;
typedef struct _WS_UNION_FIELD_DESCRIPTION WS_UNION_FIELD_DESCRIPTION;
typedef struct _WS_STRUCT_DESCRIPTION WS_STRUCT_DESCRIPTION;
typedef struct _WS_UNION_DESCRIPTION WS_UNION_DESCRIPTION;
typedef struct _WS_ENDPOINT_ADDRESS_DESCRIPTION WS_ENDPOINT_ADDRESS_DESCRIPTION;
typedef struct _WS_FAULT_DESCRIPTION WS_FAULT_DESCRIPTION;
typedef struct _WS_VOID_DESCRIPTION WS_VOID_DESCRIPTION;
typedef struct _WS_CUSTOM_TYPE_DESCRIPTION WS_CUSTOM_TYPE_DESCRIPTION;
typedef struct _WS_ATTRIBUTE_DESCRIPTION WS_ATTRIBUTE_DESCRIPTION;
typedef struct _WS_PARAMETER_DESCRIPTION WS_PARAMETER_DESCRIPTION;
typedef struct _WS_OPERATION_DESCRIPTION WS_OPERATION_DESCRIPTION;
typedef struct _WS_CONTRACT_DESCRIPTION WS_CONTRACT_DESCRIPTION;
typedef struct _WS_SERVICE_CONTRACT WS_SERVICE_CONTRACT;
typedef struct _WS_SERVICE_PROPERTY WS_SERVICE_PROPERTY;
typedef struct _WS_SERVICE_ENDPOINT_PROPERTY WS_SERVICE_ENDPOINT_PROPERTY;
typedef struct _WS_SERVICE_PROPERTY_ACCEPT_CALLBACK WS_SERVICE_PROPERTY_ACCEPT_CALLBACK;
typedef struct _WS_SERVICE_METADATA_DOCUMENT WS_SERVICE_METADATA_DOCUMENT;
typedef struct _WS_SERVICE_METADATA WS_SERVICE_METADATA;
typedef struct _WS_SERVICE_PROPERTY_CLOSE_CALLBACK WS_SERVICE_PROPERTY_CLOSE_CALLBACK;
typedef struct _WS_SERVICE_ENDPOINT_METADATA WS_SERVICE_ENDPOINT_METADATA;
typedef struct _WS_SERVICE_ENDPOINT WS_SERVICE_ENDPOINT;
typedef struct _WS_PROXY_PROPERTY WS_PROXY_PROPERTY;
typedef struct _WS_PROXY_MESSAGE_CALLBACK_CONTEXT WS_PROXY_MESSAGE_CALLBACK_CONTEXT;
typedef struct _WS_CALL_PROPERTY WS_CALL_PROPERTY;
typedef struct _WS_URL WS_URL;
typedef struct _WS_HTTP_URL WS_HTTP_URL;
typedef struct _WS_HTTPS_URL WS_HTTPS_URL;
typedef struct _WS_NETTCP_URL WS_NETTCP_URL;
typedef struct _WS_SOAPUDP_URL WS_SOAPUDP_URL;
typedef struct _WS_NETPIPE_URL WS_NETPIPE_URL;
typedef struct _WS_UNIQUE_ID WS_UNIQUE_ID;
typedef struct _WS_BUFFERS WS_BUFFERS;
typedef struct _WS_METADATA_ENDPOINT WS_METADATA_ENDPOINT;
typedef struct _WS_METADATA_ENDPOINTS WS_METADATA_ENDPOINTS;
typedef struct _WS_METADATA_PROPERTY WS_METADATA_PROPERTY;
typedef struct _WS_POLICY_PROPERTY WS_POLICY_PROPERTY;
typedef struct _WS_POLICY_PROPERTIES WS_POLICY_PROPERTIES;
typedef struct _WS_SECURITY_BINDING_PROPERTY_CONSTRAINT WS_SECURITY_BINDING_PROPERTY_CONSTRAINT;
typedef struct _WS_SECURITY_BINDING_CONSTRAINT WS_SECURITY_BINDING_CONSTRAINT;
typedef struct _WS_SSL_TRANSPORT_SECURITY_BINDING_CONSTRAINT WS_SSL_TRANSPORT_SECURITY_BINDING_CONSTRAINT;
typedef struct _WS_USERNAME_MESSAGE_SECURITY_BINDING_CONSTRAINT WS_USERNAME_MESSAGE_SECURITY_BINDING_CONSTRAINT;
typedef struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING_CONSTRAINT WS_HTTP_HEADER_AUTH_SECURITY_BINDING_CONSTRAINT;
typedef struct _WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_CONSTRAINT WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_CONSTRAINT;
typedef struct _WS_CERT_MESSAGE_SECURITY_BINDING_CONSTRAINT WS_CERT_MESSAGE_SECURITY_BINDING_CONSTRAINT;
typedef struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_CONSTRAINT
        WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_CONSTRAINT;
typedef struct _WS_REQUEST_SECURITY_TOKEN_PROPERTY_CONSTRAINT WS_REQUEST_SECURITY_TOKEN_PROPERTY_CONSTRAINT;
typedef struct _WS_ISSUED_TOKEN_MESSAGE_SECURITY_BINDING_CONSTRAINT WS_ISSUED_TOKEN_MESSAGE_SECURITY_BINDING_CONSTRAINT;
typedef struct _WS_SECURITY_PROPERTY_CONSTRAINT WS_SECURITY_PROPERTY_CONSTRAINT;
typedef struct _WS_SECURITY_CONSTRAINTS WS_SECURITY_CONSTRAINTS;
typedef struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_CONSTRAINT
        WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_CONSTRAINT;
typedef struct _WS_CHANNEL_PROPERTY_CONSTRAINT WS_CHANNEL_PROPERTY_CONSTRAINT;
typedef struct _WS_POLICY_EXTENSION WS_POLICY_EXTENSION;
typedef struct _WS_ENDPOINT_POLICY_EXTENSION WS_ENDPOINT_POLICY_EXTENSION;
typedef struct _WS_POLICY_CONSTRAINTS WS_POLICY_CONSTRAINTS;
typedef struct _WS_HTTP_POLICY_DESCRIPTION WS_HTTP_POLICY_DESCRIPTION;
typedef struct _WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION
        WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION;
typedef struct _WS_HTTP_SSL_POLICY_DESCRIPTION WS_HTTP_SSL_POLICY_DESCRIPTION;
typedef struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING_POLICY_DESCRIPTION
        WS_HTTP_HEADER_AUTH_SECURITY_BINDING_POLICY_DESCRIPTION;
typedef struct _WS_HTTP_HEADER_AUTH_POLICY_DESCRIPTION WS_HTTP_HEADER_AUTH_POLICY_DESCRIPTION;
typedef struct _WS_HTTP_SSL_HEADER_AUTH_POLICY_DESCRIPTION WS_HTTP_SSL_HEADER_AUTH_POLICY_DESCRIPTION;
typedef struct _WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION
        WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION;
typedef struct _WS_HTTP_SSL_USERNAME_POLICY_DESCRIPTION WS_HTTP_SSL_USERNAME_POLICY_DESCRIPTION;
typedef struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION
        WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION;
typedef struct _WS_HTTP_SSL_KERBEROS_APREQ_POLICY_DESCRIPTION WS_HTTP_SSL_KERBEROS_APREQ_POLICY_DESCRIPTION;
typedef struct _WS_TCP_POLICY_DESCRIPTION WS_TCP_POLICY_DESCRIPTION;
typedef struct _WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION
        WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION;
typedef struct _WS_TCP_SSPI_POLICY_DESCRIPTION WS_TCP_SSPI_POLICY_DESCRIPTION;
typedef struct _WS_TCP_SSPI_USERNAME_POLICY_DESCRIPTION WS_TCP_SSPI_USERNAME_POLICY_DESCRIPTION;
typedef struct _WS_TCP_SSPI_KERBEROS_APREQ_POLICY_DESCRIPTION WS_TCP_SSPI_KERBEROS_APREQ_POLICY_DESCRIPTION;
typedef struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION
        WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION;
typedef struct _WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION
        WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION;
typedef struct _WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_POLICY_DESCRIPTION
        WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_POLICY_DESCRIPTION;
typedef struct _WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_POLICY_DESCRIPTION
        WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_POLICY_DESCRIPTION;
typedef struct _WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_POLICY_DESCRIPTION
        WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_POLICY_DESCRIPTION;
typedef struct _WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_POLICY_DESCRIPTION
        WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_POLICY_DESCRIPTION;
typedef struct _WS_HTTP_BINDING_TEMPLATE WS_HTTP_BINDING_TEMPLATE;
typedef struct _WS_TCP_BINDING_TEMPLATE WS_TCP_BINDING_TEMPLATE;
typedef struct _WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE;
typedef struct _WS_HTTP_SSL_BINDING_TEMPLATE WS_HTTP_SSL_BINDING_TEMPLATE;
typedef struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TEMPLATE WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TEMPLATE;
typedef struct _WS_HTTP_HEADER_AUTH_BINDING_TEMPLATE WS_HTTP_HEADER_AUTH_BINDING_TEMPLATE;
typedef struct _WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE;
typedef struct _WS_TCP_SSPI_BINDING_TEMPLATE WS_TCP_SSPI_BINDING_TEMPLATE;
typedef struct _WS_HTTP_SSL_HEADER_AUTH_BINDING_TEMPLATE WS_HTTP_SSL_HEADER_AUTH_BINDING_TEMPLATE;
typedef struct _WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE;
typedef struct _WS_HTTP_SSL_USERNAME_BINDING_TEMPLATE WS_HTTP_SSL_USERNAME_BINDING_TEMPLATE;
typedef struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE;
typedef struct _WS_HTTP_SSL_KERBEROS_APREQ_BINDING_TEMPLATE WS_HTTP_SSL_KERBEROS_APREQ_BINDING_TEMPLATE;
typedef struct _WS_TCP_SSPI_USERNAME_BINDING_TEMPLATE WS_TCP_SSPI_USERNAME_BINDING_TEMPLATE;
typedef struct _WS_TCP_SSPI_KERBEROS_APREQ_BINDING_TEMPLATE WS_TCP_SSPI_KERBEROS_APREQ_BINDING_TEMPLATE;
typedef struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_TEMPLATE
        WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_TEMPLATE;
typedef struct _WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE;
typedef struct _WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE
        WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE;
typedef struct _WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE
        WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE;
typedef struct _WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE
        WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE;
typedef struct _WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE
        WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE;

/* ==== Strings and values ==== */

/* A counted UTF-16 string. */
struct _WS_STRING
{
    /* Number of characters, without any terminator. */
    ULONG length;
    /* The characters; need not end in a zero. */
    WCHAR *chars;
};

/* A counted run of bytes. */
struct _WS_BYTES
{
    /* Number of bytes. */
    ULONG length;
    /* The bytes. */
    BYTE *bytes;
};

/* A set of strings known to both ends of a binary encoding, which sends their numbers instead. */
struct _WS_XML_DICTIONARY
{
    /* Identity of the set inside this process; never sent. */
    GUID guid;
    /* The strings, all different; entry n has the id n. */
    WS_XML_STRING *strings;
    ULONG stringCount;
    /* TRUE if the dictionary and its strings stay valid and unchanged as long as any object that uses them: then
     * they are not copied. */
    BOOL isConst;
};

/* A counted UTF-8 string, used for names and namespaces; part of a dictionary if dictionary is not NULL. */
struct _WS_XML_STRING
{
    /* Number of bytes. */
    ULONG length;
    /* UTF-8, need not end in a zero. */
    BYTE *bytes;
    /* The dictionary that holds this string, or NULL. */
    WS_XML_DICTIONARY *dictionary;
    /* Its index there; without meaning when dictionary is NULL. */
    ULONG id;
};

/* A qualified name: local name and namespace. */
struct _WS_XML_QNAME
{
    WS_XML_STRING localName;
    WS_XML_STRING ns;
};

/* What the ticks of a WS_DATETIME count from, and how it is written. */
typedef enum
{
    /* Universal time, written with Z. */
    WS_DATETIME_FORMAT_UTC = 0,
    /* Universal time, written with the offset of the local time zone. */
    WS_DATETIME_FORMAT_LOCAL = 1,
    /* A time without zone, written without one. */
    WS_DATETIME_FORMAT_NONE = 2
} WS_DATETIME_FORMAT;

/* A moment, to 100 ns. */
struct _WS_DATETIME
{
    /* Units of 100 ns since midnight of 1 January of the year 1. */
    unsigned __int64 ticks;
    /* Zone of the moment. */
    WS_DATETIME_FORMAT format;
};

/* A length of time. */
struct _WS_TIMESPAN
{
    /* Units of 100 ns; may be negative. */
    __int64 ticks;
};

/* An xs:duration; the parts are not normalized, so 60 minutes differ from 1 hour in writing. */
struct _WS_DURATION
{
    /* TRUE for a duration back in time. */
    BOOL negative;
    ULONG years;
    ULONG months;
    ULONG days;
    ULONG hours;
    ULONG minutes;
    ULONG seconds;
    ULONG milliseconds;
    /* Rest below a millisecond, in units of 100 ns. */
    ULONG ticks;
};

/* An identifier as in a message id: a GUID if uri has no characters, else the uri. */
struct _WS_UNIQUE_ID
{
    /* Any URI; when its chars are NULL the guid counts. */
    WS_STRING uri;
    /* Written as urn:uuid: and the digits. */
    GUID guid;
};

/* A list of byte runs that together make one piece of data. */
struct _WS_BUFFERS
{
    ULONG bufferCount;
    WS_BYTES *buffers;
};

/* ==== Options that several areas share ==== */

/* Whether a value may be absent or nil, and where it is stored. */
typedef enum
{
    /* Must be there; stored at value, valueSize is the size of the type. */
    WS_READ_REQUIRED_VALUE = 1,
    /* Must be there; allocated in the heap, its address stored at value. */
    WS_READ_REQUIRED_POINTER = 2,
    /* As a pointer; NULL if the element is absent. */
    WS_READ_OPTIONAL_POINTER = 3,
    /* As a pointer; NULL if the element is nil. */
    WS_READ_NILLABLE_POINTER = 4,
    /* At value; a nil element gives the type's own empty value. Only for types that have one. */
    WS_READ_NILLABLE_VALUE = 5
} WS_READ_OPTION;

/* Where a value is taken from, and whether it may be nil. */
typedef enum
{
    /* value points to it. */
    WS_WRITE_REQUIRED_VALUE = 1,
    /* value points to a pointer to it, which must not be NULL. */
    WS_WRITE_REQUIRED_POINTER = 2,
    /* value points to it; the type's own empty value writes a nil element. */
    WS_WRITE_NILLABLE_VALUE = 3,
    /* value points to a pointer to it; NULL writes a nil element. */
    WS_WRITE_NILLABLE_POINTER = 4
} WS_WRITE_OPTION;

/* Form of the SOAP envelope. */
typedef enum
{
    /* SOAP 1.1. */
    WS_ENVELOPE_VERSION_SOAP_1_1 = 1,
    /* SOAP 1.2. */
    WS_ENVELOPE_VERSION_SOAP_1_2 = 2,
    /* No envelope: the message is its body. */
    WS_ENVELOPE_VERSION_NONE = 3
} WS_ENVELOPE_VERSION;

/* How a message carries its addressing headers. */
typedef enum
{
    /* WS-Addressing of August 2004. */
    WS_ADDRESSING_VERSION_0_9 = 1,
    /* WS-Addressing 1.0. */
    WS_ADDRESSING_VERSION_1_0 = 2,
    /* Not in the envelope: the transport tells action and address. */
    WS_ADDRESSING_VERSION_TRANSPORT = 3
} WS_ADDRESSING_VERSION;

/* ==== Errors and faults ==== */

/* What WsGetErrorProperty and WsSetErrorProperty name. */
typedef enum
{
    /* ULONG, read only: number of texts in the object. Default 0. */
    WS_ERROR_PROPERTY_STRING_COUNT = 0,
    /* ULONG: code of the failed lower layer (system call, HTTP status), kept when it was mapped to a WS_E_*.
     * Default 0. */
    WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE = 1,
    /* LANGID of the texts, given at creation. Default: the user's locale. */
    WS_ERROR_PROPERTY_LANGID = 2
} WS_ERROR_PROPERTY_ID;

/* One property of an error object, given to WsCreateError. */
struct _WS_ERROR_PROPERTY
{
    /* Which property. */
    WS_ERROR_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Codes of the exception that ends a process which misused the API in a way no result code can tell. */
typedef enum
{
    /* The caller broke a rule of the API, such as using one object from two threads. */
    WS_EXCEPTION_CODE_USAGE_FAILURE = (int)0xC03D0000,
    /* The library found its own state inconsistent. */
    WS_EXCEPTION_CODE_INTERNAL_FAILURE = (int)0xC03D0001
} WS_EXCEPTION_CODE;

/* The text of a fault in one language. */
struct _WS_FAULT_REASON
{
    /* Human readable reason. */
    WS_STRING text;
    /* XML language tag of the text, such as en-US; empty where unknown (SOAP 1.1). */
    WS_STRING lang;
};

/* A fault code and, for SOAP 1.2, the chain of more specific ones. */
struct _WS_FAULT_CODE
{
    /* Qualified name of the code. */
    WS_XML_QNAME value;
    /* Next, more specific code; NULL at the end of the chain and always for SOAP 1.1. */
    WS_FAULT_CODE *subCode;
};

/* Content of a fault element, read and written as WS_FAULT_TYPE. */
struct _WS_FAULT
{
    /* Outermost code. */
    WS_FAULT_CODE *code;
    /* One reason for each language; at least one. */
    WS_FAULT_REASON *reasons;
    ULONG reasonCount;
    /* Who raised the fault (SOAP 1.1 faultactor, 1.2 Role); empty if not given. */
    WS_STRING actor;
    /* URI of the node that raised the fault (SOAP 1.2 only); empty if not given. */
    WS_STRING node;
    /* The detail element with its content; NULL without one. */
    WS_XML_BUFFER *detail;
};

/* How the detail of a fault maps to a value. */
struct _WS_FAULT_DETAIL_DESCRIPTION
{
    /* Action a fault message must carry to match; NULL accepts any. */
    WS_XML_STRING *action;
    /* The element inside the detail element. */
    WS_ELEMENT_DESCRIPTION *detailElementDescription;
};

/* What an error object knows of a fault. */
typedef enum
{
    /* Read as WS_FAULT *, NULL without one and owned by the error object until it is reset or freed; set from a
     * WS_FAULT, whose text in the object's language is added to its strings. Default NULL. */
    WS_FAULT_ERROR_PROPERTY_FAULT = 0,
    /* WS_XML_STRING: action of the fault message; empty for none. Default empty. */
    WS_FAULT_ERROR_PROPERTY_ACTION = 1,
    /* WS_XML_BUFFER *: header to send with the fault. Default NULL. */
    WS_FAULT_ERROR_PROPERTY_HEADER = 2
} WS_FAULT_ERROR_PROPERTY_ID;

/* How much a fault made from an error object tells the peer. */
typedef enum
{
    /* Only what the application put there itself; texts of the library stay private. */
    WS_MINIMAL_FAULT_DISCLOSURE = 0,
    /* Every text of the error object. For debugging: it may reveal internals. */
    WS_FULL_FAULT_DISCLOSURE = 1
} WS_FAULT_DISCLOSURE;

/* Creates an error object, which collects texts and a fault of failing calls; the caller frees it. Use it in one
 * thread at a time. */
HRESULT WINAPI WsCreateError( const WS_ERROR_PROPERTY *properties, ULONG propertyCount, WS_ERROR **error );

/* Adds a text in front of the others; the string is copied. */
HRESULT WINAPI WsAddErrorString( WS_ERROR *error, const WS_STRING *string );

/* Returns text number index, 0 being the latest added. It is owned by the error object and lives until that is
 * reset or freed. */
HRESULT WINAPI WsGetErrorString( WS_ERROR *error, ULONG index, WS_STRING *string );

/* Replaces what destination holds by a copy of source. */
HRESULT WINAPI WsCopyError( WS_ERROR *source, WS_ERROR *destination );

/* Reads a property into a buffer of exactly its size. */
HRESULT WINAPI WsGetErrorProperty( WS_ERROR *error, WS_ERROR_PROPERTY_ID id, void *buffer, ULONG bufferSize );

/* Changes a property; the value is copied. */
HRESULT WINAPI WsSetErrorProperty( WS_ERROR *error, WS_ERROR_PROPERTY_ID id, const void *value, ULONG valueSize );

/* Drops the texts, the fault and the original code, for use with the next call. */
HRESULT WINAPI WsResetError( WS_ERROR *error );

/* Frees the error object and all strings it returned. NULL is accepted. */
void WINAPI WsFreeError( WS_ERROR *error );

/* Reads part of the fault in the error object; what is returned stays owned by it. Without a fault the values are
 * empty. */
HRESULT WINAPI WsGetFaultErrorProperty( WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, void *buffer,
        ULONG bufferSize );

/* Sets part of the fault; the value is copied. */
HRESULT WINAPI WsSetFaultErrorProperty( WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, const void *value,
        ULONG valueSize );

/* Makes a fault for a failed call from its code and error object. The result points into the heap and into the
 * error object: keep both. */
HRESULT WINAPI WsCreateFaultFromError( WS_ERROR *error, HRESULT faultErrorCode, WS_FAULT_DISCLOSURE faultDisclosure,
        WS_HEAP *heap, WS_FAULT *fault );

/* Serializes a value as the detail of the fault in the error object, and sets the fault's action. */
HRESULT WINAPI WsSetFaultErrorDetail( WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *faultDetailDescription,
        WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize );

/* Reads the detail of the fault in the error object as a described value, allocated in the heap. */
HRESULT WINAPI WsGetFaultErrorDetail( WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *faultDetailDescription,
        WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize );

/* ==== Heap ==== */

/* What WsGetHeapProperty reads. All values are of type SIZE_T, in bytes. */
typedef enum
{
    /* Quota: sum of the sizes that may be requested until the next reset. */
    WS_HEAP_PROPERTY_MAX_SIZE = 0,
    /* About how much memory a reset keeps for later use instead of giving it back. */
    WS_HEAP_PROPERTY_TRIM_SIZE = 1,
    /* Sum of the sizes requested since creation or the last reset. */
    WS_HEAP_PROPERTY_REQUESTED_SIZE = 2,
    /* Memory the heap has taken from the system. */
    WS_HEAP_PROPERTY_ACTUAL_SIZE = 3
} WS_HEAP_PROPERTY_ID;

/* One property of a heap. None may be given to WsCreateHeap, which takes the two sizes as parameters. */
struct _WS_HEAP_PROPERTY
{
    /* Which property. */
    WS_HEAP_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Properties of a heap that another object creates for itself. */
struct _WS_HEAP_PROPERTIES
{
    /* Points to an array of properties. */
    WS_HEAP_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
};

/* Creates a heap: an arena whose blocks are freed together. Sizes in bytes. Not for use by two threads at a time. */
HRESULT WINAPI WsCreateHeap( SIZE_T maxSize, SIZE_T trimSize, const WS_HEAP_PROPERTY *properties,
        ULONG propertyCount, WS_HEAP **heap, WS_ERROR *error );

/* Takes size bytes from the heap, aligned for any type and not initialized. They live until the heap is reset or
 * freed. WS_E_QUOTA_EXCEEDED above the heap's quota. */
HRESULT WINAPI WsAlloc( WS_HEAP *heap, SIZE_T size, void **ptr, WS_ERROR *error );

/* Reads a property of the heap into value, which the caller provides; valueSize is the exact size of its type in
 * bytes. */
HRESULT WINAPI WsGetHeapProperty( WS_HEAP *heap, WS_HEAP_PROPERTY_ID id, void *value, ULONG valueSize,
        WS_ERROR *error );

/* Ends the life of all blocks of the heap, keeping up to its trim size of memory. */
HRESULT WINAPI WsResetHeap( WS_HEAP *heap, WS_ERROR *error );

/* Frees the heap and all its blocks. NULL is accepted. */
void WINAPI WsFreeHeap( WS_HEAP *heap );

/* ==== Asynchronous calls ==== */

/* How long a callback may hold the thread that runs it. */
typedef enum
{
    /* Returns quickly and never blocks: the thread serves others too. */
    WS_SHORT_CALLBACK = 0,
    /* May block for long. */
    WS_LONG_CALLBACK = 1
} WS_CALLBACK_MODEL;

/* Called once when an operation that returned WS_S_ASYNC has ended; errorCode is its result. Every output
 * parameter and the error object must live until then. */
typedef void (CALLBACK *WS_ASYNC_CALLBACK)( HRESULT errorCode, WS_CALLBACK_MODEL callbackModel,
        void *callbackState );

/* Given to a call, allows it to complete later: it then returns WS_S_ASYNC and runs the callback. The structure
 * itself is copied. */
struct _WS_ASYNC_CONTEXT
{
    /* Called at the end of the operation; never when the call returned anything but WS_S_ASYNC. */
    WS_ASYNC_CALLBACK callback;
    /* Handed to the callback as it is. */
    void *callbackState;
};

/* One step of an operation run by WsAsyncExecute: does its work, stores the following step in next (or leaves it
 * NULL to end) and may return WS_S_ASYNC. */
typedef HRESULT (CALLBACK *WS_ASYNC_FUNCTION)( HRESULT hr, WS_CALLBACK_MODEL callbackModel, void *callbackState,
        WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Where a step stores the one that follows it. */
struct _WS_ASYNC_OPERATION
{
    /* Next step; NULL ends the operation. */
    WS_ASYNC_FUNCTION function;
};

/* Room WsAsyncExecute keeps its state in, owned by the caller until the operation ends. The members are private. */
struct _WS_ASYNC_STATE
{
    void *internal0;
    void *internal1;
    void *internal2;
    void *internal3;
    void *internal4;
};

/* Runs a chain of steps, synchronously when asyncContext is NULL, and calls back once after the last one. */
HRESULT WINAPI WsAsyncExecute( WS_ASYNC_STATE *asyncState, WS_ASYNC_FUNCTION operation,
        WS_CALLBACK_MODEL callbackModel, void *callbackState, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* ==== XML nodes ==== */

/* Which structure follows a WS_XML_TEXT. */
typedef enum
{
    /* WS_XML_UTF8_TEXT. */
    WS_XML_TEXT_TYPE_UTF8 = 1,
    /* WS_XML_UTF16_TEXT. */
    WS_XML_TEXT_TYPE_UTF16 = 2,
    /* WS_XML_BASE64_TEXT. */
    WS_XML_TEXT_TYPE_BASE64 = 3,
    /* WS_XML_BOOL_TEXT. */
    WS_XML_TEXT_TYPE_BOOL = 4,
    /* WS_XML_INT32_TEXT. */
    WS_XML_TEXT_TYPE_INT32 = 5,
    /* WS_XML_INT64_TEXT. */
    WS_XML_TEXT_TYPE_INT64 = 6,
    /* WS_XML_UINT64_TEXT. */
    WS_XML_TEXT_TYPE_UINT64 = 7,
    /* WS_XML_FLOAT_TEXT. */
    WS_XML_TEXT_TYPE_FLOAT = 8,
    /* WS_XML_DOUBLE_TEXT. */
    WS_XML_TEXT_TYPE_DOUBLE = 9,
    /* WS_XML_DECIMAL_TEXT. */
    WS_XML_TEXT_TYPE_DECIMAL = 10,
    /* WS_XML_GUID_TEXT. */
    WS_XML_TEXT_TYPE_GUID = 11,
    /* WS_XML_UNIQUE_ID_TEXT. */
    WS_XML_TEXT_TYPE_UNIQUE_ID = 12,
    /* WS_XML_DATETIME_TEXT. */
    WS_XML_TEXT_TYPE_DATETIME = 13,
    /* WS_XML_TIMESPAN_TEXT. */
    WS_XML_TEXT_TYPE_TIMESPAN = 14,
    /* WS_XML_QNAME_TEXT. */
    WS_XML_TEXT_TYPE_QNAME = 15,
    /* WS_XML_LIST_TEXT. */
    WS_XML_TEXT_TYPE_LIST = 16
} WS_XML_TEXT_TYPE;

/* Text content or attribute value in its most direct form; the first member of every typed text. */
struct _WS_XML_TEXT
{
    /* Tells the structure this one begins. */
    WS_XML_TEXT_TYPE textType;
};

/* Text as UTF-8, by reference: the bytes live as long as what holds the node. */
struct _WS_XML_UTF8_TEXT
{
    WS_XML_TEXT text;
    WS_XML_STRING value;
};

/* Text as UTF-16 in the byte order of the machine. */
struct _WS_XML_UTF16_TEXT
{
    WS_XML_TEXT text;
    /* The characters as bytes; need not be aligned. */
    BYTE *bytes;
    /* Number of bytes, an even one. */
    ULONG byteCount;
};

/* Bytes that are written as base64. */
struct _WS_XML_BASE64_TEXT
{
    WS_XML_TEXT text;
    BYTE *bytes;
    ULONG length;
};

/* A boolean value. */
struct _WS_XML_BOOL_TEXT
{
    WS_XML_TEXT text;
    BOOL value;
};

/* A signed 32-bit value. */
struct _WS_XML_INT32_TEXT
{
    WS_XML_TEXT text;
    int value;
};

/* A signed 64-bit value. */
struct _WS_XML_INT64_TEXT
{
    WS_XML_TEXT text;
    __int64 value;
};

/* An unsigned 64-bit value. */
struct _WS_XML_UINT64_TEXT
{
    WS_XML_TEXT text;
    unsigned __int64 value;
};

/* A value of single precision. */
struct _WS_XML_FLOAT_TEXT
{
    WS_XML_TEXT text;
    float value;
};

/* A value of double precision. */
struct _WS_XML_DOUBLE_TEXT
{
    WS_XML_TEXT text;
    double value;
};

/* A decimal value, written as xsd:decimal. */
struct _WS_XML_DECIMAL_TEXT
{
    WS_XML_TEXT text;
    DECIMAL value;
};

/* A GUID, written as its digits without braces. */
struct _WS_XML_GUID_TEXT
{
    WS_XML_TEXT text;
    GUID value;
};

/* A GUID, written as urn:uuid: and its digits. */
struct _WS_XML_UNIQUE_ID_TEXT
{
    WS_XML_TEXT text;
    GUID value;
};

/* A moment, written as xsd:dateTime. */
struct _WS_XML_DATETIME_TEXT
{
    WS_XML_TEXT text;
    WS_DATETIME value;
};

/* A length of time. */
struct _WS_XML_TIMESPAN_TEXT
{
    WS_XML_TEXT text;
    WS_TIMESPAN value;
};

/* A qualified name, written with its prefix. */
struct _WS_XML_QNAME_TEXT
{
    WS_XML_TEXT text;
    WS_XML_STRING *prefix;
    WS_XML_STRING *localName;
    WS_XML_STRING *ns;
};

/* Several texts, written with one space between. */
struct _WS_XML_LIST_TEXT
{
    WS_XML_TEXT text;
    ULONG itemCount;
    WS_XML_TEXT **items;
};

/* Which structure follows a WS_XML_NODE. */
typedef enum
{
    /* Start of an element: WS_XML_ELEMENT_NODE. */
    WS_XML_NODE_TYPE_ELEMENT = 1,
    /* Characters: WS_XML_TEXT_NODE. */
    WS_XML_NODE_TYPE_TEXT = 2,
    /* End of an element: WS_XML_NODE only. */
    WS_XML_NODE_TYPE_END_ELEMENT = 3,
    /* WS_XML_COMMENT_NODE. */
    WS_XML_NODE_TYPE_COMMENT = 4,
    /* Start of a CDATA section: WS_XML_NODE only; its text follows. */
    WS_XML_NODE_TYPE_CDATA = 6,
    /* End of a CDATA section. */
    WS_XML_NODE_TYPE_END_CDATA = 7,
    /* End of the document. */
    WS_XML_NODE_TYPE_EOF = 8,
    /* Before the first node of the document. */
    WS_XML_NODE_TYPE_BOF = 9
} WS_XML_NODE_TYPE;

/* Base of every node. */
struct _WS_XML_NODE
{
    /* Tells the structure this one begins. */
    WS_XML_NODE_TYPE nodeType;
};

/* An attribute or a namespace declaration of an element. */
struct _WS_XML_ATTRIBUTE
{
    /* Nonzero if the value is written in single quotes. */
    BYTE singleQuote;
    /* Nonzero for a namespace declaration: then prefix and ns say what is declared and localName, value are
     * unused. */
    BYTE isXmlNs;
    WS_XML_STRING *prefix;
    WS_XML_STRING *localName;
    WS_XML_STRING *ns;
    WS_XML_TEXT *value;
};

/* Start tag of an element. */
struct _WS_XML_ELEMENT_NODE
{
    WS_XML_NODE node;
    WS_XML_STRING *prefix;
    WS_XML_STRING *localName;
    WS_XML_STRING *ns;
    ULONG attributeCount;
    /* Attributes and declarations in document order. */
    WS_XML_ATTRIBUTE **attributes;
    /* TRUE for the short form of an empty element; an end node still follows when reading. */
    BOOL isEmpty;
};

/* Character content. */
struct _WS_XML_TEXT_NODE
{
    WS_XML_NODE node;
    WS_XML_TEXT *text;
};

/* A comment, without its delimiters. */
struct _WS_XML_COMMENT_NODE
{
    WS_XML_NODE node;
    /* Text between the marks. */
    WS_XML_STRING value;
};

/* A place in an XML buffer, between or at nodes. Valid while the buffer exists and the node is not removed. */
struct _WS_XML_NODE_POSITION
{
    /* The buffer it belongs to. */
    WS_XML_BUFFER *buffer;
    /* Private. */
    void *node;
};

/* Where WsMoveReader and WsMoveWriter go in an XML buffer, from the current node. */
typedef enum
{
    /* First element of the document. */
    WS_MOVE_TO_ROOT_ELEMENT = 0,
    /* Next sibling that is an element. */
    WS_MOVE_TO_NEXT_ELEMENT = 1,
    /* Previous sibling that is an element. */
    WS_MOVE_TO_PREVIOUS_ELEMENT = 2,
    /* First child that is an element. */
    WS_MOVE_TO_CHILD_ELEMENT = 3,
    /* End of the current element. */
    WS_MOVE_TO_END_ELEMENT = 4,
    /* The element around the current node. */
    WS_MOVE_TO_PARENT_ELEMENT = 5,
    /* Next sibling of any kind. */
    WS_MOVE_TO_NEXT_NODE = 6,
    /* Previous sibling of any kind. */
    WS_MOVE_TO_PREVIOUS_NODE = 7,
    /* First child of the document, or of the root if that is where it stands. */
    WS_MOVE_TO_FIRST_NODE = 8,
    /* Start of the buffer. */
    WS_MOVE_TO_BOF = 9,
    /* End of the buffer. */
    WS_MOVE_TO_EOF = 10,
    /* First child of any kind. */
    WS_MOVE_TO_CHILD_NODE = 11
} WS_MOVE_TO;

/* C type of a simple value for WsReadValue, WsWriteValue and the array functions. */
typedef enum
{
    /* BOOL. */
    WS_BOOL_VALUE_TYPE = 0,
    /* signed char. */
    WS_INT8_VALUE_TYPE = 1,
    /* short. */
    WS_INT16_VALUE_TYPE = 2,
    /* int. */
    WS_INT32_VALUE_TYPE = 3,
    /* __int64. */
    WS_INT64_VALUE_TYPE = 4,
    /* unsigned char. */
    WS_UINT8_VALUE_TYPE = 5,
    /* unsigned short. */
    WS_UINT16_VALUE_TYPE = 6,
    /* unsigned int. */
    WS_UINT32_VALUE_TYPE = 7,
    /* unsigned __int64. */
    WS_UINT64_VALUE_TYPE = 8,
    /* float. */
    WS_FLOAT_VALUE_TYPE = 9,
    /* double. */
    WS_DOUBLE_VALUE_TYPE = 10,
    /* DECIMAL. */
    WS_DECIMAL_VALUE_TYPE = 11,
    /* WS_DATETIME. */
    WS_DATETIME_VALUE_TYPE = 12,
    /* WS_TIMESPAN. */
    WS_TIMESPAN_VALUE_TYPE = 13,
    /* GUID. */
    WS_GUID_VALUE_TYPE = 14,
    /* WS_DURATION. */
    WS_DURATION_VALUE_TYPE = 15
} WS_VALUE_TYPE;

/* Character encoding of an XML text. */
typedef enum
{
    /* Found out from byte order mark and declaration; for reading only. */
    WS_CHARSET_AUTO = 0,
    /* UTF-8. */
    WS_CHARSET_UTF8 = 1,
    /* UTF-16, low byte first. */
    WS_CHARSET_UTF16LE = 2,
    /* UTF-16, high byte first. */
    WS_CHARSET_UTF16BE = 3
} WS_CHARSET;

/* No property of an XML buffer is defined. */
typedef int WS_XML_BUFFER_PROPERTY_ID;

/* One property of an XML buffer; none is defined. */
struct _WS_XML_BUFFER_PROPERTY
{
    /* Which property. */
    WS_XML_BUFFER_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Creates an empty XML document in the heap and lives as long as that; there is no function to free it. */
HRESULT WINAPI WsCreateXmlBuffer( WS_HEAP *heap, const WS_XML_BUFFER_PROPERTY *properties, ULONG propertyCount,
        WS_XML_BUFFER **buffer, WS_ERROR *error );

/* Removes a node with all its content from its buffer. Positions inside it become invalid. */
HRESULT WINAPI WsRemoveNode( const WS_XML_NODE_POSITION *nodePosition, WS_ERROR *error );

/* Finds the part of chars without white space at both ends; the result points into chars. */
HRESULT WINAPI WsTrimXmlWhitespace( WCHAR *chars, ULONG charCount, WCHAR **trimmedChars, ULONG *trimmedCount,
        WS_ERROR *error );

/* S_OK if the characters make a name without colon, else WS_E_INVALID_FORMAT. */
HRESULT WINAPI WsVerifyXmlNCName( const WCHAR *ncNameChars, ULONG ncNameCharCount, WS_ERROR *error );

/* S_OK if both strings have the same bytes, S_FALSE if not. */
HRESULT WINAPI WsXmlStringEquals( const WS_XML_STRING *string1, const WS_XML_STRING *string2, WS_ERROR *error );

/* ==== XML reader ==== */

/* Supplies up to maxSize bytes of input; 0 bytes mean its end. */
typedef HRESULT (CALLBACK *WS_READ_CALLBACK)( void *callbackState, void *bytes, ULONG maxSize, ULONG *actualSize,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Properties of an XML reader, for WsCreateReader, WsSetInput, WsSetInputToBuffer and WsGetReaderProperty. */
typedef enum
{
    /* ULONG: how many elements may be open at a time. Default 32. */
    WS_XML_READER_PROPERTY_MAX_DEPTH = 0,
    /* BOOL: accept several elements, and text, at the top level. Not with MTOM. Default FALSE. */
    WS_XML_READER_PROPERTY_ALLOW_FRAGMENT = 1,
    /* ULONG: attributes allowed on one element. Default 128. */
    WS_XML_READER_PROPERTY_MAX_ATTRIBUTES = 2,
    /* BOOL: accept an XML declaration. Default TRUE. */
    WS_XML_READER_PROPERTY_READ_DECLARATION = 3,
    /* WS_CHARSET, read only: encoding of the text being read. For a stream, fill the reader first. */
    WS_XML_READER_PROPERTY_CHARSET = 4,
    /* ULONGLONG, read only: line of the current node in a text document, from 0. */
    WS_XML_READER_PROPERTY_ROW = 5,
    /* ULONGLONG, read only: column of the current node in a text document, from 0. */
    WS_XML_READER_PROPERTY_COLUMN = 6,
    /* ULONG, bytes: buffer kept for converting UTF-16 input. Default 4096. */
    WS_XML_READER_PROPERTY_UTF8_TRIM_SIZE = 7,
    /* ULONG, bytes: buffer for stream input. Default 4096. */
    WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE = 8,
    /* BOOL, read only: an attribute has been started with WsReadStartAttribute and not ended. */
    WS_XML_READER_PROPERTY_IN_ATTRIBUTE = 9,
    /* ULONG, bytes: limit of the XML part of an MTOM stream. Default 65536. */
    WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE = 10,
    /* ULONG, bytes: limit of one group of MIME headers in an MTOM stream. Default 256. */
    WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE = 11,
    /* ULONG: parts allowed in an MTOM document. Default 4096. */
    WS_XML_READER_PROPERTY_MAX_MIME_PARTS = 12,
    /* BOOL: accept references to characters XML 1.0 forbids. Text encodings only. Default FALSE. */
    WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES = 13,
    /* ULONG: namespace declarations in scope at a time. Default 32. */
    WS_XML_READER_PROPERTY_MAX_NAMESPACES = 14
} WS_XML_READER_PROPERTY_ID;

/* One property of a reader, for WsCreateReader and WsSetInput. */
struct _WS_XML_READER_PROPERTY
{
    /* Which property. */
    WS_XML_READER_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Properties of readers that another object creates for itself. */
struct _WS_XML_READER_PROPERTIES
{
    /* Points to an array of properties. */
    WS_XML_READER_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
};

/* Where a reader takes its bytes from. */
typedef enum
{
    /* Memory: WS_XML_READER_BUFFER_INPUT. */
    WS_XML_READER_INPUT_TYPE_BUFFER = 1,
    /* A callback: WS_XML_READER_STREAM_INPUT. */
    WS_XML_READER_INPUT_TYPE_STREAM = 2
} WS_XML_READER_INPUT_TYPE;

/* Base of the descriptions of input. */
struct _WS_XML_READER_INPUT
{
    WS_XML_READER_INPUT_TYPE inputType;
};

/* Input from memory, which must stay unchanged while the reader uses it. */
struct _WS_XML_READER_BUFFER_INPUT
{
    WS_XML_READER_INPUT input;
    /* The bytes. */
    void *encodedData;
    /* Number of bytes. */
    ULONG encodedDataSize;
};

/* Input from a callback, called by WsFillReader. */
struct _WS_XML_READER_STREAM_INPUT
{
    WS_XML_READER_INPUT input;
    WS_READ_CALLBACK readCallback;
    void *readCallbackState;
};

/* How the input is encoded. */
typedef enum
{
    /* WS_XML_READER_TEXT_ENCODING. */
    WS_XML_READER_ENCODING_TYPE_TEXT = 1,
    /* .NET binary XML: WS_XML_READER_BINARY_ENCODING. */
    WS_XML_READER_ENCODING_TYPE_BINARY = 2,
    /* WS_XML_READER_MTOM_ENCODING. */
    WS_XML_READER_ENCODING_TYPE_MTOM = 3,
    /* Not XML but plain bytes, seen as one element with base64 content: WS_XML_READER_RAW_ENCODING. */
    WS_XML_READER_ENCODING_TYPE_RAW = 4
} WS_XML_READER_ENCODING_TYPE;

/* Base of the descriptions of encodings. */
struct _WS_XML_READER_ENCODING
{
    WS_XML_READER_ENCODING_TYPE encodingType;
};

/* Reads XML as text, in the charset that is given or detected. */
struct _WS_XML_READER_TEXT_ENCODING
{
    WS_XML_READER_ENCODING encoding;
    WS_CHARSET charSet;
};

/* XML in .NET binary form. */
struct _WS_XML_READER_BINARY_ENCODING
{
    WS_XML_READER_ENCODING encoding;
    /* Dictionary both sides know beforehand, or NULL. */
    WS_XML_DICTIONARY *staticDictionary;
    /* Dictionary that grew with the session, or NULL. */
    WS_XML_DICTIONARY *dynamicDictionary;
};

/* A MIME package with an XML part and the bytes it refers to. */
struct _WS_XML_READER_MTOM_ENCODING
{
    WS_XML_READER_ENCODING encoding;
    /* Encoding of the XML part. */
    WS_XML_READER_ENCODING *textEncoding;
    /* TRUE if the input begins with the MIME headers: the strings below are then taken from there and ignored
     * here. */
    BOOL readMimeHeader;
    /* Type of the XML part, from the content type. */
    WS_STRING startInfo;
    /* MIME boundary. */
    WS_STRING boundary;
    /* Content id of the XML part. */
    WS_STRING startUri;
};

/* Plain bytes. */
struct _WS_XML_READER_RAW_ENCODING
{
    WS_XML_READER_ENCODING encoding;
};

/* Creates a reader, reading an empty document until it gets an input; the caller frees it. Not for use by two
 * threads at a time. */
HRESULT WINAPI WsCreateReader( const WS_XML_READER_PROPERTY *properties, ULONG propertyCount,
        WS_XML_READER **reader, WS_ERROR *error );

/* Starts reading a document. NULL encoding means text, found out automatically. Properties override those of
 * creation until the next call. */
HRESULT WINAPI WsSetInput( WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding,
        const WS_XML_READER_INPUT *input, const WS_XML_READER_PROPERTY *properties, ULONG propertyCount,
        WS_ERROR *error );

/* Starts reading an XML buffer, which must live as long as it is used. */
HRESULT WINAPI WsSetInputToBuffer( WS_XML_READER *reader, WS_XML_BUFFER *buffer,
        const WS_XML_READER_PROPERTY *properties, ULONG propertyCount, WS_ERROR *error );

/* Frees the reader and everything it returned. NULL is accepted. */
void WINAPI WsFreeReader( WS_XML_READER *reader );

/* Reads a property of the reader into value, which the caller provides; valueSize is the exact size of its type in
 * bytes. */
HRESULT WINAPI WsGetReaderProperty( WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id, void *value,
        ULONG valueSize, WS_ERROR *error );

/* Returns the current node. It is owned by the reader, valid until the reader moves, and must not be changed. */
HRESULT WINAPI WsGetReaderNode( WS_XML_READER *xmlReader, const WS_XML_NODE **node, WS_ERROR *error );

/* Asks the input stream for bytes until minSize are buffered or it ends; WS_E_QUOTA_EXCEEDED if the buffer cannot
 * hold them. For memory input, says how much may be read next. */
HRESULT WINAPI WsFillReader( WS_XML_READER *reader, ULONG minSize, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Moves from the start of an element to its first child or end. */
HRESULT WINAPI WsReadStartElement( WS_XML_READER *reader, WS_ERROR *error );

/* Moves over white space and comments to the next element. With a name (NULL for any) it must match; found NULL
 * makes a mismatch an error. */
HRESULT WINAPI WsReadToStartElement( WS_XML_READER *reader, const WS_XML_STRING *localName, const WS_XML_STRING *ns,
        BOOL *found, WS_ERROR *error );

/* Moves into the value of attribute attributeIndex (as WsFindAttribute gives it) of the current element. */
HRESULT WINAPI WsReadStartAttribute( WS_XML_READER *reader, ULONG attributeIndex, WS_ERROR *error );

/* Moves from an attribute back to its element. */
HRESULT WINAPI WsReadEndAttribute( WS_XML_READER *reader, WS_ERROR *error );

/* Moves to the next node. */
HRESULT WINAPI WsReadNode( WS_XML_READER *reader, WS_ERROR *error );

/* Moves past the current node, for an element with all its content. */
HRESULT WINAPI WsSkipNode( WS_XML_READER *reader, WS_ERROR *error );

/* Moves past the end of the element, which must be the current node. */
HRESULT WINAPI WsReadEndElement( WS_XML_READER *reader, WS_ERROR *error );

/* Finds an attribute of the current element. Absent: WS_E_INVALID_FORMAT if required, else S_FALSE and index -1. */
HRESULT WINAPI WsFindAttribute( WS_XML_READER *reader, const WS_XML_STRING *localName, const WS_XML_STRING *ns,
        BOOL required, ULONG *attributeIndex, WS_ERROR *error );

/* Reads the text at the reader as a simple value of the given type. */
HRESULT WINAPI WsReadValue( WS_XML_READER *reader, WS_VALUE_TYPE valueType, void *value, ULONG valueSize,
        WS_ERROR *error );

/* Reads up to maxCharCount UTF-16 characters of text; 0 characters mean its end. With NULL chars tells how many
 * there are. */
HRESULT WINAPI WsReadChars( WS_XML_READER *reader, WCHAR *chars, ULONG maxCharCount, ULONG *actualCharCount,
        WS_ERROR *error );

/* The same in UTF-8 bytes. */
HRESULT WINAPI WsReadCharsUtf8( WS_XML_READER *reader, BYTE *bytes, ULONG maxByteCount, ULONG *actualByteCount,
        WS_ERROR *error );

/* Reads up to maxByteCount bytes of base64 content; 0 bytes mean its end. */
HRESULT WINAPI WsReadBytes( WS_XML_READER *reader, void *bytes, ULONG maxByteCount, ULONG *actualByteCount,
        WS_ERROR *error );

/* Reads a run of sibling elements of one name as an array of simple values. Sizes: arraySize in bytes, itemOffset
 * and itemCount in items. */
HRESULT WINAPI WsReadArray( WS_XML_READER *reader, const WS_XML_STRING *localName, const WS_XML_STRING *ns,
        WS_VALUE_TYPE valueType, void *array, ULONG arraySize, ULONG itemOffset, ULONG itemCount,
        ULONG *actualItemCount, WS_ERROR *error );

/* Returns the position in the XML buffer the reader works on. */
HRESULT WINAPI WsGetReaderPosition( WS_XML_READER *reader, WS_XML_NODE_POSITION *nodePosition, WS_ERROR *error );

/* Moves to a position in that buffer. */
HRESULT WINAPI WsSetReaderPosition( WS_XML_READER *reader, const WS_XML_NODE_POSITION *nodePosition,
        WS_ERROR *error );

/* Moves inside the XML buffer. Without a target found becomes FALSE; if found is NULL the call fails with
 * WS_E_INVALID_FORMAT. */
HRESULT WINAPI WsMoveReader( WS_XML_READER *reader, WS_MOVE_TO moveTo, BOOL *found, WS_ERROR *error );

/* Looks up the namespace a prefix means here; owned by the reader, valid until it moves. Unknown: an error if
 * required, else S_FALSE and NULL. */
HRESULT WINAPI WsGetNamespaceFromPrefix( WS_XML_READER *reader, const WS_XML_STRING *prefix, BOOL required,
        const WS_XML_STRING **ns, WS_ERROR *error );

/* Reads text as prefix and local name and looks up its namespace; the strings are allocated in the heap. Prefix or
 * ns may be NULL. */
HRESULT WINAPI WsReadQualifiedName( WS_XML_READER *reader, WS_HEAP *heap, WS_XML_STRING *prefix,
        WS_XML_STRING *localName, WS_XML_STRING *ns, WS_ERROR *error );

/* Returns the value of the attribute xml:localName that is in force here, such as lang; allocated in the heap.
 * S_FALSE and no characters if there is none. */
HRESULT WINAPI WsGetXmlAttribute( WS_XML_READER *reader, const WS_XML_STRING *localName, WS_HEAP *heap,
        WCHAR **valueChars, ULONG *valueCharCount, WS_ERROR *error );

/* Copies the current node with all its content to a new XML buffer in the heap. */
HRESULT WINAPI WsReadXmlBuffer( WS_XML_READER *reader, WS_HEAP *heap, WS_XML_BUFFER **xmlBuffer, WS_ERROR *error );

/* Reads a whole encoded document into a new XML buffer in the heap; the reader only lends its settings. */
HRESULT WINAPI WsReadXmlBufferFromBytes( WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding,
        const WS_XML_READER_PROPERTY *properties, ULONG propertyCount, const void *bytes, ULONG byteCount,
        WS_HEAP *heap, WS_XML_BUFFER **xmlBuffer, WS_ERROR *error );

/* ==== XML writer ==== */

/* Takes over generated bytes, a list of runs; they are valid until the callback, or what it started, ends. */
typedef HRESULT (CALLBACK *WS_WRITE_CALLBACK)( void *callbackState, const WS_BYTES *buffers, ULONG count,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Writes bytes by calling writeCallback as often as it likes. */
typedef HRESULT (CALLBACK *WS_PUSH_BYTES_CALLBACK)( void *callbackState, WS_WRITE_CALLBACK writeCallback,
        void *writeCallbackState, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Supplies up to maxSize bytes; 0 bytes mean the end. */
typedef HRESULT (CALLBACK *WS_PULL_BYTES_CALLBACK)( void *callbackState, void *bytes, ULONG maxSize,
        ULONG *actualSize, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Asked by the binary encoding for the id of a string in the session's dictionary; found FALSE writes it in full. */
typedef HRESULT (CALLBACK *WS_DYNAMIC_STRING_CALLBACK)( void *callbackState, const WS_XML_STRING *string,
        BOOL *found, ULONG *id, WS_ERROR *error );

/* Properties of an XML writer, for WsCreateWriter, WsSetOutput, WsSetOutputToBuffer and WsGetWriterProperty. */
typedef enum
{
    /* ULONG: how many elements may be open at a time. Default 32. */
    WS_XML_WRITER_PROPERTY_MAX_DEPTH = 0,
    /* BOOL: allow several elements, and text, at the top level. Not with MTOM. Default FALSE. */
    WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT = 1,
    /* ULONG: attributes allowed on one element. Default 128. */
    WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES = 2,
    /* BOOL: begin with an XML declaration. Default FALSE. */
    WS_XML_WRITER_PROPERTY_WRITE_DECLARATION = 3,
    /* ULONG: spaces of indentation a level; 0 writes no white space. Default 0. */
    WS_XML_WRITER_PROPERTY_INDENT = 4,
    /* ULONG, bytes: memory kept from one output (for streams: one flush) to the next. Default 4096. */
    WS_XML_WRITER_PROPERTY_BUFFER_TRIM_SIZE = 5,
    /* WS_CHARSET, read only: encoding of the text being written. */
    WS_XML_WRITER_PROPERTY_CHARSET = 6,
    /* WS_BUFFERS, read only: the document in memory output, in pieces; valid until the next output or the writer's
     * end. With MTOM this finishes the document. */
    WS_XML_WRITER_PROPERTY_BUFFERS = 7,
    /* ULONG, bytes: limit of buffered output: the document, or for streams the data between two flushes. */
    WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE = 8,
    /* WS_BYTES, read only: the same as the buffers, in one piece. */
    WS_XML_WRITER_PROPERTY_BYTES = 9,
    /* BOOL, read only: an attribute has been started and not ended. */
    WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE = 10,
    /* ULONG, bytes: limit of data held back for the MIME parts of MTOM. Default 65536. */
    WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE = 11,
    /* WS_BYTES: memory of the caller to use first; must live as long as the writer. */
    WS_XML_WRITER_PROPERTY_INITIAL_BUFFER = 12,
    /* BOOL: write references to characters XML 1.0 forbids. Text encodings only. Default FALSE. */
    WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES = 13,
    /* ULONG: namespace declarations in scope at a time. Default 32. */
    WS_XML_WRITER_PROPERTY_MAX_NAMESPACES = 14,
    /* ULONG, read only: bytes written so far (for streams: since the last flush), without an unfinished start tag. */
    WS_XML_WRITER_PROPERTY_BYTES_WRITTEN = 15,
    /* ULONG, read only: bytes that closing all open elements may need at most. */
    WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE = 16,
    /* BOOL: WsCopyNode writes elements without content in the short form. Default FALSE: as in the source. */
    WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS = 17,
    /* BOOL: write elements without content as a pair of tags. Default FALSE. */
    WS_XML_WRITER_PROPERTY_EMIT_UNCOMPRESSED_EMPTY_ELEMENTS = 18
} WS_XML_WRITER_PROPERTY_ID;

/* One property of a writer, for WsCreateWriter and WsSetOutput. */
struct _WS_XML_WRITER_PROPERTY
{
    /* Which property. */
    WS_XML_WRITER_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Properties of writers that another object creates for itself. */
struct _WS_XML_WRITER_PROPERTIES
{
    /* Points to an array of properties. */
    WS_XML_WRITER_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
};

/* How the output is encoded. */
typedef enum
{
    /* WS_XML_WRITER_TEXT_ENCODING. */
    WS_XML_WRITER_ENCODING_TYPE_TEXT = 1,
    /* .NET binary XML: WS_XML_WRITER_BINARY_ENCODING. */
    WS_XML_WRITER_ENCODING_TYPE_BINARY = 2,
    /* WS_XML_WRITER_MTOM_ENCODING. */
    WS_XML_WRITER_ENCODING_TYPE_MTOM = 3,
    /* Plain bytes: the base64 content of the one element: WS_XML_WRITER_RAW_ENCODING. */
    WS_XML_WRITER_ENCODING_TYPE_RAW = 4
} WS_XML_WRITER_ENCODING_TYPE;

/* Base of the descriptions of encodings. */
struct _WS_XML_WRITER_ENCODING
{
    WS_XML_WRITER_ENCODING_TYPE encodingType;
};

/* Writes XML as text. */
struct _WS_XML_WRITER_TEXT_ENCODING
{
    WS_XML_WRITER_ENCODING encoding;
    WS_CHARSET charSet;
};

/* XML in .NET binary form. */
struct _WS_XML_WRITER_BINARY_ENCODING
{
    WS_XML_WRITER_ENCODING encoding;
    /* Dictionary both sides know beforehand, or NULL. */
    WS_XML_DICTIONARY *staticDictionary;
    /* Gives ids to further strings, or NULL. */
    WS_DYNAMIC_STRING_CALLBACK dynamicStringCallback;
    /* Handed to the callback as it is. */
    void *dynamicStringCallbackState;
};

/* A MIME package with an XML part and the bytes it refers to. */
struct _WS_XML_WRITER_MTOM_ENCODING
{
    WS_XML_WRITER_ENCODING encoding;
    /* Encoding of the XML part. */
    WS_XML_WRITER_ENCODING *textEncoding;
    /* TRUE to begin with the MIME headers; FALSE where the transport carries them. */
    BOOL writeMimeHeader;
    /* MIME boundary. */
    WS_STRING boundary;
    /* Type of the XML part. */
    WS_STRING startInfo;
    /* Content id of the XML part. */
    WS_STRING startUri;
    /* Up to this many bytes stay in the XML part as base64. */
    ULONG maxInlineByteCount;
};

/* Plain bytes. */
struct _WS_XML_WRITER_RAW_ENCODING
{
    WS_XML_WRITER_ENCODING encoding;
};

/* Where a writer puts its bytes. */
typedef enum
{
    /* Memory of the writer: WS_XML_WRITER_BUFFER_OUTPUT. */
    WS_XML_WRITER_OUTPUT_TYPE_BUFFER = 1,
    /* A callback: WS_XML_WRITER_STREAM_OUTPUT. */
    WS_XML_WRITER_OUTPUT_TYPE_STREAM = 2
} WS_XML_WRITER_OUTPUT_TYPE;

/* Base of the descriptions of output. */
struct _WS_XML_WRITER_OUTPUT
{
    WS_XML_WRITER_OUTPUT_TYPE outputType;
};

/* Output collected in memory; read it with WS_XML_WRITER_PROPERTY_BYTES or _BUFFERS. */
struct _WS_XML_WRITER_BUFFER_OUTPUT
{
    WS_XML_WRITER_OUTPUT output;
};

/* Output handed to a callback by WsFlushWriter. */
struct _WS_XML_WRITER_STREAM_OUTPUT
{
    WS_XML_WRITER_OUTPUT output;
    WS_WRITE_CALLBACK writeCallback;
    void *writeCallbackState;
};

/* Creates a writer; the caller gives it an output and frees it. Not for use by two threads at a time. */
HRESULT WINAPI WsCreateWriter( const WS_XML_WRITER_PROPERTY *properties, ULONG propertyCount,
        WS_XML_WRITER **writer, WS_ERROR *error );

/* Frees the writer and what its properties returned. NULL is accepted. */
void WINAPI WsFreeWriter( WS_XML_WRITER *writer );

/* Starts writing a document. NULL encoding means UTF-8 text, NULL output means memory. */
HRESULT WINAPI WsSetOutput( WS_XML_WRITER *writer, const WS_XML_WRITER_ENCODING *encoding,
        const WS_XML_WRITER_OUTPUT *output, const WS_XML_WRITER_PROPERTY *properties, ULONG propertyCount,
        WS_ERROR *error );

/* Starts writing into an XML buffer, replacing what it holds. */
HRESULT WINAPI WsSetOutputToBuffer( WS_XML_WRITER *writer, WS_XML_BUFFER *buffer,
        const WS_XML_WRITER_PROPERTY *properties, ULONG propertyCount, WS_ERROR *error );

/* Reads a property of the writer into value, which the caller provides; valueSize is the exact size of its type in
 * bytes. */
HRESULT WINAPI WsGetWriterProperty( WS_XML_WRITER *writer, WS_XML_WRITER_PROPERTY_ID id, void *value,
        ULONG valueSize, WS_ERROR *error );

/* Hands buffered bytes to the output stream if there are at least minSize; 0 flushes any. */
HRESULT WINAPI WsFlushWriter( WS_XML_WRITER *writer, ULONG minSize, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Begins an element. NULL prefix picks one for the namespace, declaring it where needed. */
HRESULT WINAPI WsWriteStartElement( WS_XML_WRITER *writer, const WS_XML_STRING *prefix,
        const WS_XML_STRING *localName, const WS_XML_STRING *ns, WS_ERROR *error );

/* Ends the start tag now, so that what follows cannot be an attribute and the end needs a tag of its own. */
HRESULT WINAPI WsWriteEndStartElement( WS_XML_WRITER *writer, WS_ERROR *error );

/* Declares a namespace on the element being started; NULL prefix picks one. */
HRESULT WINAPI WsWriteXmlnsAttribute( WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
        BOOL singleQuote, WS_ERROR *error );

/* Begins an attribute of the element being started; its value is what is written until the end. */
HRESULT WINAPI WsWriteStartAttribute( WS_XML_WRITER *writer, const WS_XML_STRING *prefix,
        const WS_XML_STRING *localName, const WS_XML_STRING *ns, BOOL singleQuote, WS_ERROR *error );

/* Ends the attribute that WsWriteStartAttribute began; the element stays open for more. */
HRESULT WINAPI WsWriteEndAttribute( WS_XML_WRITER *writer, WS_ERROR *error );

/* Writes a simple value as text. */
HRESULT WINAPI WsWriteValue( WS_XML_WRITER *writer, WS_VALUE_TYPE valueType, const void *value, ULONG valueSize,
        WS_ERROR *error );

/* Writes the content of an XML buffer here. */
HRESULT WINAPI WsWriteXmlBuffer( WS_XML_WRITER *writer, WS_XML_BUFFER *xmlBuffer, WS_ERROR *error );

/* Encodes an XML buffer to bytes in the heap; the writer only lends its settings. */
HRESULT WINAPI WsWriteXmlBufferToBytes( WS_XML_WRITER *writer, WS_XML_BUFFER *xmlBuffer,
        const WS_XML_WRITER_ENCODING *encoding, const WS_XML_WRITER_PROPERTY *properties, ULONG propertyCount,
        WS_HEAP *heap, void **bytes, ULONG *byteCount, WS_ERROR *error );

/* Writes an array of simple values as a run of elements. Sizes: arraySize in bytes, itemOffset and itemCount in
 * items. */
HRESULT WINAPI WsWriteArray( WS_XML_WRITER *writer, const WS_XML_STRING *localName, const WS_XML_STRING *ns,
        WS_VALUE_TYPE valueType, const void *array, ULONG arraySize, ULONG itemOffset, ULONG itemCount,
        WS_ERROR *error );

/* Writes a qualified name as text; NULL prefix uses one that is in scope for ns. */
HRESULT WINAPI WsWriteQualifiedName( WS_XML_WRITER *writer, const WS_XML_STRING *prefix,
        const WS_XML_STRING *localName, const WS_XML_STRING *ns, WS_ERROR *error );

/* Writes UTF-16 characters as text, escaped as needed. */
HRESULT WINAPI WsWriteChars( WS_XML_WRITER *writer, const WCHAR *chars, ULONG charCount, WS_ERROR *error );

/* Writes UTF-8 bytes as text, escaped as needed. */
HRESULT WINAPI WsWriteCharsUtf8( WS_XML_WRITER *writer, const BYTE *bytes, ULONG byteCount, WS_ERROR *error );

/* Writes bytes, as base64 or in the binary or MIME form of the encoding. */
HRESULT WINAPI WsWriteBytes( WS_XML_WRITER *writer, const void *bytes, ULONG byteCount, WS_ERROR *error );

/* Writes bytes that a callback pushes when it is run; with MTOM that is after the XML part. */
HRESULT WINAPI WsPushBytes( WS_XML_WRITER *writer, WS_PUSH_BYTES_CALLBACK callback, void *callbackState,
        WS_ERROR *error );

/* Writes bytes that a callback supplies when it is asked; with MTOM that is after the XML part. */
HRESULT WINAPI WsPullBytes( WS_XML_WRITER *writer, WS_PULL_BYTES_CALLBACK callback, void *callbackState,
        WS_ERROR *error );

/* Ends the current element. */
HRESULT WINAPI WsWriteEndElement( WS_XML_WRITER *writer, WS_ERROR *error );

/* Writes a typed text. */
HRESULT WINAPI WsWriteText( WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error );

/* Begins a CDATA section. */
HRESULT WINAPI WsWriteStartCData( WS_XML_WRITER *writer, WS_ERROR *error );

/* Ends the CDATA section. */
HRESULT WINAPI WsWriteEndCData( WS_XML_WRITER *writer, WS_ERROR *error );

/* Writes one node; an element node begins the element, with its attributes. */
HRESULT WINAPI WsWriteNode( WS_XML_WRITER *writer, const WS_XML_NODE *node, WS_ERROR *error );

/* Looks up a prefix bound to a namespace here; owned by the writer. Unknown: an error if required, else S_FALSE
 * and NULL. */
HRESULT WINAPI WsGetPrefixFromNamespace( WS_XML_WRITER *writer, const WS_XML_STRING *ns, BOOL required,
        const WS_XML_STRING **prefix, WS_ERROR *error );

/* Returns the position in the XML buffer the writer works on. */
HRESULT WINAPI WsGetWriterPosition( WS_XML_WRITER *writer, WS_XML_NODE_POSITION *nodePosition, WS_ERROR *error );

/* Moves to a position in that buffer. */
HRESULT WINAPI WsSetWriterPosition( WS_XML_WRITER *writer, const WS_XML_NODE_POSITION *nodePosition,
        WS_ERROR *error );

/* Moves inside the XML buffer. Without a target found becomes FALSE; if found is NULL the call fails with
 * WS_E_INVALID_FORMAT. */
HRESULT WINAPI WsMoveWriter( WS_XML_WRITER *writer, WS_MOVE_TO moveTo, BOOL *found, WS_ERROR *error );

/* Writes the reader's current node with all its content and moves the reader past it. */
HRESULT WINAPI WsCopyNode( WS_XML_WRITER *writer, WS_XML_READER *reader, WS_ERROR *error );

/* ==== Canonical XML ==== */

/* Canonical form to produce. */
typedef enum
{
    /* Exclusive canonical XML 1.0 without comments. */
    WS_EXCLUSIVE_XML_CANONICALIZATION_ALGORITHM = 0,
    /* The same with comments. */
    WS_EXCLUSIVE_WITH_COMMENTS_XML_CANONICALIZATION_ALGORITHM = 1,
    /* Canonical XML 1.0 without comments. */
    WS_INCLUSIVE_XML_CANONICALIZATION_ALGORITHM = 2,
    /* The same with comments. */
    WS_INCLUSIVE_WITH_COMMENTS_XML_CANONICALIZATION_ALGORITHM = 3
} WS_XML_CANONICALIZATION_ALGORITHM;

/* Properties of a canonicalization. */
typedef enum
{
    /* WS_XML_CANONICALIZATION_ALGORITHM. Default: exclusive, without comments. */
    WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM = 0,
    /* WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES: prefixes the exclusive form treats as the inclusive one does.
     * Default none. */
    WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES = 1,
    /* WS_XML_QNAME: elements of this name are left out with their content, as an enveloped signature needs.
     * Default none. */
    WS_XML_CANONICALIZATION_PROPERTY_OMITTED_ELEMENT = 2,
    /* ULONG, bytes: how much is collected before the callback gets it. Default 1024. */
    WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE = 3
} WS_XML_CANONICALIZATION_PROPERTY_ID;

/* Prefixes treated inclusively by the exclusive algorithm. */
struct _WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES
{
    ULONG prefixCount;
    WS_XML_STRING *prefixes;
};

/* One property of a canonicalization, for WsStartReaderCanonicalization and its writer twin. */
struct _WS_XML_CANONICALIZATION_PROPERTY
{
    /* Which property. */
    WS_XML_CANONICALIZATION_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* From here on the callback gets the canonical form of everything the reader reads. */
HRESULT WINAPI WsStartReaderCanonicalization( WS_XML_READER *reader, WS_WRITE_CALLBACK writeCallback,
        void *writeCallbackState, const WS_XML_CANONICALIZATION_PROPERTY *properties, ULONG propertyCount,
        WS_ERROR *error );

/* Ends it, handing over what is left. */
HRESULT WINAPI WsEndReaderCanonicalization( WS_XML_READER *reader, WS_ERROR *error );

/* From here on the callback gets the canonical form of everything written. */
HRESULT WINAPI WsStartWriterCanonicalization( WS_XML_WRITER *writer, WS_WRITE_CALLBACK writeCallback,
        void *writeCallbackState, const WS_XML_CANONICALIZATION_PROPERTY *properties, ULONG propertyCount,
        WS_ERROR *error );

/* Ends it, handing over what is left. */
HRESULT WINAPI WsEndWriterCanonicalization( WS_XML_WRITER *writer, WS_ERROR *error );

/* ==== Serialization ==== */

/* Type of a value to read or write; most take an optional description that narrows the values. */
typedef enum
{
    /* BOOL; WS_BOOL_DESCRIPTION. */
    WS_BOOL_TYPE = 0,
    /* signed char; WS_INT8_DESCRIPTION. */
    WS_INT8_TYPE = 1,
    /* short; WS_INT16_DESCRIPTION. */
    WS_INT16_TYPE = 2,
    /* int; WS_INT32_DESCRIPTION. */
    WS_INT32_TYPE = 3,
    /* __int64; WS_INT64_DESCRIPTION. */
    WS_INT64_TYPE = 4,
    /* unsigned char; WS_UINT8_DESCRIPTION. */
    WS_UINT8_TYPE = 5,
    /* unsigned short; WS_UINT16_DESCRIPTION. */
    WS_UINT16_TYPE = 6,
    /* unsigned int; WS_UINT32_DESCRIPTION. */
    WS_UINT32_TYPE = 7,
    /* unsigned __int64; WS_UINT64_DESCRIPTION. */
    WS_UINT64_TYPE = 8,
    /* float; WS_FLOAT_DESCRIPTION. */
    WS_FLOAT_TYPE = 9,
    /* double; WS_DOUBLE_DESCRIPTION. */
    WS_DOUBLE_TYPE = 10,
    /* DECIMAL; WS_DECIMAL_DESCRIPTION. */
    WS_DECIMAL_TYPE = 11,
    /* WS_DATETIME; WS_DATETIME_DESCRIPTION. */
    WS_DATETIME_TYPE = 12,
    /* WS_TIMESPAN; WS_TIMESPAN_DESCRIPTION. */
    WS_TIMESPAN_TYPE = 13,
    /* GUID; WS_GUID_DESCRIPTION. */
    WS_GUID_TYPE = 14,
    /* WS_UNIQUE_ID; WS_UNIQUE_ID_DESCRIPTION. */
    WS_UNIQUE_ID_TYPE = 15,
    /* WS_STRING; WS_STRING_DESCRIPTION. */
    WS_STRING_TYPE = 16,
    /* WCHAR * to a string that ends in a zero; WS_WSZ_DESCRIPTION. */
    WS_WSZ_TYPE = 17,
    /* WS_BYTES, base64 in text; WS_BYTES_DESCRIPTION. */
    WS_BYTES_TYPE = 18,
    /* WS_XML_STRING; WS_XML_STRING_DESCRIPTION. */
    WS_XML_STRING_TYPE = 19,
    /* WS_XML_QNAME; WS_XML_QNAME_DESCRIPTION. */
    WS_XML_QNAME_TYPE = 20,
    /* WS_XML_BUFFER * with any XML. */
    WS_XML_BUFFER_TYPE = 21,
    /* UTF-16 characters with their count in another field; WS_CHAR_ARRAY_DESCRIPTION. */
    WS_CHAR_ARRAY_TYPE = 22,
    /* UTF-8 bytes with their count in another field; WS_UTF8_ARRAY_DESCRIPTION. */
    WS_UTF8_ARRAY_TYPE = 23,
    /* Bytes with their count in another field; WS_BYTE_ARRAY_DESCRIPTION. */
    WS_BYTE_ARRAY_TYPE = 24,
    /* const WS_STRUCT_DESCRIPTION *: first field of a structure with derived types, telling which one it is. */
    WS_DESCRIPTION_TYPE = 25,
    /* A structure; WS_STRUCT_DESCRIPTION, required. */
    WS_STRUCT_TYPE = 26,
    /* A type with its own callbacks; WS_CUSTOM_TYPE_DESCRIPTION, required. */
    WS_CUSTOM_TYPE = 27,
    /* WS_ENDPOINT_ADDRESS; WS_ENDPOINT_ADDRESS_DESCRIPTION, required outside of messages. */
    WS_ENDPOINT_ADDRESS_TYPE = 28,
    /* WS_FAULT; WS_FAULT_DESCRIPTION, required outside of messages. */
    WS_FAULT_TYPE = 29,
    /* No value; WS_VOID_DESCRIPTION. */
    WS_VOID_TYPE = 30,
    /* int, a name in XML; WS_ENUM_DESCRIPTION, required. */
    WS_ENUM_TYPE = 31,
    /* WS_DURATION; WS_DURATION_DESCRIPTION. */
    WS_DURATION_TYPE = 32,
    /* A choice; WS_UNION_DESCRIPTION, required. */
    WS_UNION_TYPE = 33,
    /* WS_ANY_ATTRIBUTES. */
    WS_ANY_ATTRIBUTES_TYPE = 34
} WS_TYPE;

/* What in XML a value is. */
typedef enum
{
    /* Content and attributes of the current element, its start tag already begun by the caller. */
    WS_ELEMENT_TYPE_MAPPING = 1,
    /* Value of the current attribute. */
    WS_ATTRIBUTE_TYPE_MAPPING = 2,
    /* Character content of the current element. */
    WS_ELEMENT_CONTENT_TYPE_MAPPING = 3,
    /* A whole element of any name. */
    WS_ANY_ELEMENT_TYPE_MAPPING = 4
} WS_TYPE_MAPPING;

/* What in XML a field of a structure is. */
typedef enum
{
    /* The xsi:type attribute, naming the derived type. */
    WS_TYPE_ATTRIBUTE_FIELD_MAPPING = 0,
    /* An attribute. */
    WS_ATTRIBUTE_FIELD_MAPPING = 1,
    /* A child element. */
    WS_ELEMENT_FIELD_MAPPING = 2,
    /* Any number of like child elements, with or without one around them all. */
    WS_REPEATING_ELEMENT_FIELD_MAPPING = 3,
    /* All the character content. */
    WS_TEXT_FIELD_MAPPING = 4,
    /* Nothing; the field is cleared when reading. */
    WS_NO_FIELD_MAPPING = 5,
    /* An attribute of the xml prefix, such as xml:lang. */
    WS_XML_ATTRIBUTE_FIELD_MAPPING = 6,
    /* One of several child elements: a union. */
    WS_ELEMENT_CHOICE_FIELD_MAPPING = 7,
    /* Any number of such unions. */
    WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING = 8,
    /* One child element of any name. */
    WS_ANY_ELEMENT_FIELD_MAPPING = 9,
    /* Any number of child elements of any name. */
    WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING = 10,
    /* All content left, of any kind. */
    WS_ANY_CONTENT_FIELD_MAPPING = 11,
    /* All attributes no other field took. */
    WS_ANY_ATTRIBUTES_FIELD_MAPPING = 12
} WS_FIELD_MAPPING;

/* The structure itself never occurs in XML, only types derived from it. */
#define WS_STRUCT_ABSTRACT 0x1
/* Skip what follows the described content of the element instead of failing. */
#define WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT 0x2
/* Skip attributes that no field takes instead of failing. */
#define WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES 0x4
/* The field holds a pointer to the value. */
#define WS_FIELD_POINTER 0x1
/* The element or attribute may be absent. */
#define WS_FIELD_OPTIONAL 0x2
/* The element may be nil. */
#define WS_FIELD_NILLABLE 0x4
/* The repeated elements may be nil. */
#define WS_FIELD_NILLABLE_ITEM 0x8
/* Match elements of any namespace but the one given. */
#define WS_FIELD_OTHER_NAMESPACE 0x10

/* One attribute that the type description does not name; it lives in the heap of the read. */
struct _WS_ANY_ATTRIBUTE
{
    WS_XML_STRING localName;
    WS_XML_STRING ns;
    WS_XML_TEXT *value;
};

/* The attributes of an element that no field took. */
struct _WS_ANY_ATTRIBUTES
{
    WS_ANY_ATTRIBUTE *attributes;
    ULONG attributeCount;
};

/* Narrows a BOOL to one value. */
struct _WS_BOOL_DESCRIPTION
{
    BOOL value;
};

/* Narrows a GUID to one value. */
struct _WS_GUID_DESCRIPTION
{
    GUID value;
};

/* Narrows a WS_DATETIME to a range. */
struct _WS_DATETIME_DESCRIPTION
{
    WS_DATETIME minValue;
    WS_DATETIME maxValue;
};

/* Orders two durations: result is below, equal to or above 0. */
typedef HRESULT (CALLBACK *WS_DURATION_COMPARISON_CALLBACK)( const WS_DURATION *duration1,
        const WS_DURATION *duration2, int *result, WS_ERROR *error );

/* Narrows a WS_DURATION to a range. */
struct _WS_DURATION_DESCRIPTION
{
    WS_DURATION minValue;
    WS_DURATION maxValue;
    /* Order to use; durations have none of their own. */
    WS_DURATION_COMPARISON_CALLBACK comparer;
};

/* Narrows a WS_TIMESPAN to a range. */
struct _WS_TIMESPAN_DESCRIPTION
{
    WS_TIMESPAN minValue;
    WS_TIMESPAN maxValue;
};

/* Narrows the length of a WS_UNIQUE_ID. */
struct _WS_UNIQUE_ID_DESCRIPTION
{
    ULONG minCharCount;
    ULONG maxCharCount;
};

/* Narrows the length of a WS_STRING. */
struct _WS_STRING_DESCRIPTION
{
    ULONG minCharCount;
    ULONG maxCharCount;
};

/* Narrows the length of a WS_XML_STRING. */
struct _WS_XML_STRING_DESCRIPTION
{
    ULONG minByteCount;
    ULONG maxByteCount;
};

/* Narrows the lengths in a WS_XML_QNAME. */
struct _WS_XML_QNAME_DESCRIPTION
{
    ULONG minLocalNameByteCount;
    ULONG maxLocalNameByteCount;
    ULONG minNsByteCount;
    ULONG maxNsByteCount;
};

/* Narrows the length of a character array. */
struct _WS_CHAR_ARRAY_DESCRIPTION
{
    ULONG minCharCount;
    ULONG maxCharCount;
};

/* Narrows the length of a byte array. */
struct _WS_BYTE_ARRAY_DESCRIPTION
{
    ULONG minByteCount;
    ULONG maxByteCount;
};

/* Narrows the length of a UTF-8 array. */
struct _WS_UTF8_ARRAY_DESCRIPTION
{
    ULONG minByteCount;
    ULONG maxByteCount;
};

/* Narrows the length of a zero-terminated string, the zero not counted. */
struct _WS_WSZ_DESCRIPTION
{
    ULONG minCharCount;
    ULONG maxCharCount;
};

/* Narrows a signed char to a range. */
struct _WS_INT8_DESCRIPTION
{
    char minValue;
    char maxValue;
};

/* Narrows an unsigned char to a range. */
struct _WS_UINT8_DESCRIPTION
{
    BYTE minValue;
    BYTE maxValue;
};

/* Narrows a short to a range. */
struct _WS_INT16_DESCRIPTION
{
    short minValue;
    short maxValue;
};

/* Narrows an unsigned short to a range. */
struct _WS_UINT16_DESCRIPTION
{
    USHORT minValue;
    USHORT maxValue;
};

/* Narrows an int to a range. */
struct _WS_INT32_DESCRIPTION
{
    int minValue;
    int maxValue;
};

/* Narrows an unsigned int to a range. */
struct _WS_UINT32_DESCRIPTION
{
    ULONG minValue;
    ULONG maxValue;
};

/* Narrows an __int64 to a range. */
struct _WS_INT64_DESCRIPTION
{
    __int64 minValue;
    __int64 maxValue;
};

/* Narrows an unsigned __int64 to a range. */
struct _WS_UINT64_DESCRIPTION
{
    unsigned __int64 minValue;
    unsigned __int64 maxValue;
};

/* Narrows a float to a range. */
struct _WS_FLOAT_DESCRIPTION
{
    float minValue;
    float maxValue;
};

/* Narrows a double to a range. */
struct _WS_DOUBLE_DESCRIPTION
{
    double minValue;
    double maxValue;
};

/* Narrows a DECIMAL to a range. */
struct _WS_DECIMAL_DESCRIPTION
{
    DECIMAL minValue;
    DECIMAL maxValue;
};

/* Narrows the length of a WS_BYTES. */
struct _WS_BYTES_DESCRIPTION
{
    ULONG minByteCount;
    ULONG maxByteCount;
};

/* A value of an enumeration and its name in XML. */
struct _WS_ENUM_VALUE
{
    int value;
    WS_XML_STRING *name;
};

/* All values of an enumeration. */
struct _WS_ENUM_DESCRIPTION
{
    /* The values, each value and each name once; ordered by value if nameIndices is given. */
    WS_ENUM_VALUE *values;
    ULONG valueCount;
    /* Length of the longest name. */
    ULONG maxByteCount;
    /* Indices of values in the bytewise order of their names, for faster search, or NULL. */
    ULONG *nameIndices;
};

/* How many times a repeating element may occur. */
struct _WS_ITEM_RANGE
{
    ULONG minItemCount;
    ULONG maxItemCount;
};

/* Value of a field that is absent. */
struct _WS_DEFAULT_VALUE
{
    /* Points to a value of the field's type. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* How one field of a structure maps to XML. */
struct _WS_FIELD_DESCRIPTION
{
    WS_FIELD_MAPPING mapping;
    /* Name of the element or attribute; for repeating elements of the one around them, or NULL. */
    WS_XML_STRING *localName;
    WS_XML_STRING *ns;
    WS_TYPE type;
    void *typeDescription;
    /* Offset of the field in the structure, in bytes. */
    ULONG offset;
    /* Combination of WS_FIELD_* flags. */
    ULONG options;
    /* Value to use when absent, and not written; NULL for zero. */
    WS_DEFAULT_VALUE *defaultValue;
    /* Offset of the ULONG with the number of items (or, for a union, of its selector); unused else. */
    ULONG countOffset;
    /* Name of the repeated elements. */
    WS_XML_STRING *itemLocalName;
    WS_XML_STRING *itemNs;
    /* Limits of the number of items; NULL for none. */
    WS_ITEM_RANGE *itemRange;
};

/* One choice of a union. */
struct _WS_UNION_FIELD_DESCRIPTION
{
    /* Value of the selector that means this choice. */
    int value;
    /* The field; its offset is that in the structure. */
    WS_FIELD_DESCRIPTION field;
};

/* How a structure maps to an element. Must stay valid as long as anything read with it. */
struct _WS_STRUCT_DESCRIPTION
{
    /* Size of the structure in bytes. */
    ULONG size;
    /* Alignment of the structure in bytes: 1, 2, 4 or 8. */
    ULONG alignment;
    /* In the order of the XML: attributes, then elements or text. */
    WS_FIELD_DESCRIPTION **fields;
    ULONG fieldCount;
    /* Name of the XML schema type, needed for types with derivation; else may be NULL. */
    WS_XML_STRING *typeLocalName;
    WS_XML_STRING *typeNs;
    /* The type this one is derived from, or NULL. */
    WS_STRUCT_DESCRIPTION *parentType;
    /* Types derived from this one. */
    WS_STRUCT_DESCRIPTION **subTypes;
    ULONG subTypeCount;
    /* Combination of WS_STRUCT_* flags. */
    ULONG structOptions;
};

/* How a choice maps to XML: a structure with a selector and one field for each choice. */
struct _WS_UNION_DESCRIPTION
{
    ULONG size;
    ULONG alignment;
    /* Ordered by namespace, then local name, if valueIndices is given; any element comes last. */
    WS_UNION_FIELD_DESCRIPTION **fields;
    ULONG fieldCount;
    /* Offset of the selector, a 32-bit integer, in the structure, in bytes. */
    ULONG enumOffset;
    /* Value of the selector when nothing is chosen; for optional fields. */
    int noneEnumValue;
    /* Indices of fields in the order of the selector's values, for faster search, or NULL. */
    ULONG *valueIndices;
};

/* With WS_ENDPOINT_ADDRESS_TYPE: in which version of WS-Addressing an address is read and written. */
struct _WS_ENDPOINT_ADDRESS_DESCRIPTION
{
    WS_ADDRESSING_VERSION addressingVersion;
};

/* With WS_FAULT_TYPE: in which version of the envelope a fault is read and written. */
struct _WS_FAULT_DESCRIPTION
{
    WS_ENVELOPE_VERSION envelopeVersion;
};

/* A type without XML content. */
struct _WS_VOID_DESCRIPTION
{
    /* Size of the value in memory in bytes. */
    ULONG size;
};

/* Reads a value of a custom type; what it allocates goes to the heap. */
typedef HRESULT (CALLBACK *WS_READ_TYPE_CALLBACK)( WS_XML_READER *reader, WS_TYPE_MAPPING typeMapping,
        const void *descriptionData, WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error );

/* Writes a value of a custom type. */
typedef HRESULT (CALLBACK *WS_WRITE_TYPE_CALLBACK)( WS_XML_WRITER *writer, WS_TYPE_MAPPING typeMapping,
        const void *descriptionData, const void *value, ULONG valueSize, WS_ERROR *error );

/* Tells whether a value of a custom type is the default one (all zero if defaultValue is NULL). */
typedef HRESULT (CALLBACK *WS_IS_DEFAULT_VALUE_CALLBACK)( const void *descriptionData, const void *value,
        const void *defaultValue, ULONG valueSize, BOOL *isDefault, WS_ERROR *error );

/* A type that reads and writes itself. */
struct _WS_CUSTOM_TYPE_DESCRIPTION
{
    ULONG size;
    ULONG alignment;
    WS_READ_TYPE_CALLBACK readCallback;
    WS_WRITE_TYPE_CALLBACK writeCallback;
    /* Handed to the callbacks as it is. */
    void *descriptionData;
    /* May be NULL: then only absence of the element counts as default. */
    WS_IS_DEFAULT_VALUE_CALLBACK isDefaultValueCallback;
};

/* An attribute and the type of its value. */
struct _WS_ATTRIBUTE_DESCRIPTION
{
    WS_XML_STRING *attributeLocalName;
    WS_XML_STRING *attributeNs;
    WS_TYPE type;
    void *typeDescription;
};

/* An element and the type of its content. */
struct _WS_ELEMENT_DESCRIPTION
{
    WS_XML_STRING *elementLocalName;
    WS_XML_STRING *elementNs;
    WS_TYPE type;
    void *typeDescription;
};

/* Reads an element of the described name as a value; absent or nil as the read option says. Pointers in it lead
 * into the heap. */
HRESULT WINAPI WsReadElement( WS_XML_READER *reader, const WS_ELEMENT_DESCRIPTION *elementDescription,
        WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error );

/* Reads the described attribute of the current element as a value. */
HRESULT WINAPI WsReadAttribute( WS_XML_READER *reader, const WS_ATTRIBUTE_DESCRIPTION *attributeDescription,
        WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error );

/* Reads a value of a type at the reader's position. */
HRESULT WINAPI WsReadType( WS_XML_READER *reader, WS_TYPE_MAPPING typeMapping, WS_TYPE type,
        const void *typeDescription, WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize,
        WS_ERROR *error );

/* Writes a value as an element of the described name. */
HRESULT WINAPI WsWriteElement( WS_XML_WRITER *writer, const WS_ELEMENT_DESCRIPTION *elementDescription,
        WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error );

/* Writes a value as the described attribute of the element being started. */
HRESULT WINAPI WsWriteAttribute( WS_XML_WRITER *writer, const WS_ATTRIBUTE_DESCRIPTION *attributeDescription,
        WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error );

/* Writes a value of a type at the writer's position. */
HRESULT WINAPI WsWriteType( WS_XML_WRITER *writer, WS_TYPE_MAPPING typeMapping, WS_TYPE type,
        const void *typeDescription, WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize,
        WS_ERROR *error );

/* ==== Messages ==== */

/* State of a message. */
typedef enum
{
    /* Created or reset; most functions refuse it. */
    WS_MESSAGE_STATE_EMPTY = 1,
    /* Has headers that may be changed. */
    WS_MESSAGE_STATE_INITIALIZED = 2,
    /* The headers are read and the body may be. */
    WS_MESSAGE_STATE_READING = 3,
    /* The headers are written and the body may be. */
    WS_MESSAGE_STATE_WRITING = 4,
    /* Read or written to the end; headers may still be looked at. */
    WS_MESSAGE_STATE_DONE = 5
} WS_MESSAGE_STATE;

/* What WsInitializeMessage starts from. */
typedef enum
{
    /* No headers. */
    WS_BLANK_MESSAGE = 0,
    /* Copies of the headers of the source message. */
    WS_DUPLICATE_MESSAGE = 1,
    /* A request, given a message id where addressing wants one. */
    WS_REQUEST_MESSAGE = 2,
    /* A reply to the source message: related to its id, sent to where it wants replies. */
    WS_REPLY_MESSAGE = 3,
    /* The same for a fault. */
    WS_FAULT_MESSAGE = 4
} WS_MESSAGE_INITIALIZATION;

/* Whether a header may occur more than once. */
typedef enum
{
    /* The index tells which one is wanted; past the last one the call returns S_FALSE. */
    WS_REPEATING_HEADER = 1,
    /* More than one is an error; index is 0. */
    WS_SINGLETON_HEADER = 2
} WS_REPEATING_HEADER_OPTION;

/* An addressing header. */
typedef enum
{
    /* What the message is about: WS_STRING, WS_WSZ or WS_XML_STRING type. */
    WS_ACTION_HEADER = 1,
    /* Where it goes: the same types. */
    WS_TO_HEADER = 2,
    /* Its identity: WS_UNIQUE_ID_TYPE. */
    WS_MESSAGE_ID_HEADER = 3,
    /* Identity of the request it replies to: WS_UNIQUE_ID_TYPE. */
    WS_RELATES_TO_HEADER = 4,
    /* Who sent it: WS_ENDPOINT_ADDRESS_TYPE. */
    WS_FROM_HEADER = 5,
    /* Where replies go: WS_ENDPOINT_ADDRESS_TYPE. */
    WS_REPLY_TO_HEADER = 6,
    /* Where faults go: WS_ENDPOINT_ADDRESS_TYPE. */
    WS_FAULT_TO_HEADER = 7
} WS_HEADER_TYPE;

/* The receiver must understand the header or refuse the message. */
#define WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE 0x1
/* SOAP 1.2: pass the header on if it was not processed. */
#define WS_RELAY_HEADER_ATTRIBUTE 0x2

/* Properties of a message. Unless said otherwise they can be read in any state but EMPTY. */
typedef enum
{
    /* WS_MESSAGE_STATE, read only, in any state. */
    WS_MESSAGE_PROPERTY_STATE = 0,
    /* WS_HEAP *, read only: owned by the message and reset with it; allocate from it what shall live as long. */
    WS_MESSAGE_PROPERTY_HEAP = 1,
    /* WS_ENVELOPE_VERSION, read only. */
    WS_MESSAGE_PROPERTY_ENVELOPE_VERSION = 2,
    /* WS_ADDRESSING_VERSION, read only. */
    WS_MESSAGE_PROPERTY_ADDRESSING_VERSION = 3,
    /* WS_XML_BUFFER *, read only: envelope with headers and an empty body; valid until the message is reset or
     * freed. */
    WS_MESSAGE_PROPERTY_HEADER_BUFFER = 4,
    /* WS_XML_NODE_POSITION, read only: the Header element in the header buffer. */
    WS_MESSAGE_PROPERTY_HEADER_POSITION = 5,
    /* WS_XML_READER *, read only, state READING: reads the body; owned by the message. */
    WS_MESSAGE_PROPERTY_BODY_READER = 6,
    /* WS_XML_WRITER *, read only, state WRITING: writes the body; owned by the message. */
    WS_MESSAGE_PROPERTY_BODY_WRITER = 7,
    /* BOOL, read only: WsAddressMessage was called, or the message was read. */
    WS_MESSAGE_PROPERTY_IS_ADDRESSED = 8,
    /* WS_HEAP_PROPERTIES for the heap of the message, at creation. */
    WS_MESSAGE_PROPERTY_HEAP_PROPERTIES = 9,
    /* WS_XML_READER_PROPERTIES for the readers used with the message, at creation. */
    WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES = 10,
    /* WS_XML_WRITER_PROPERTIES for the writers used with the message, at creation. */
    WS_MESSAGE_PROPERTY_XML_WRITER_PROPERTIES = 11,
    /* BOOL: the body is a fault; set it before sending one. HTTP then answers with status 500. */
    WS_MESSAGE_PROPERTY_IS_FAULT = 12,
    /* ULONG, at creation: headers a search looks at. Default 64. */
    WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS = 13,
    /* WS_STRING: user name the sender proved. Custom channels may set it. */
    WS_MESSAGE_PROPERTY_USERNAME = 14,
    /* WS_BYTES: the sender's certificate, encoded. Custom channels may set it. */
    WS_MESSAGE_PROPERTY_ENCODED_CERT = 15,
    /* HANDLE: Windows token of the sender by transport security; owned by the message. */
    WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN = 16,
    /* HANDLE: Windows token of the sender by HTTP authentication; owned by the message. */
    WS_MESSAGE_PROPERTY_HTTP_HEADER_AUTH_WINDOWS_TOKEN = 17,
    /* HANDLE: Windows token of the sender by message security; owned by the message. */
    WS_MESSAGE_PROPERTY_MESSAGE_SECURITY_WINDOWS_TOKEN = 18,
    /* WS_XML_BUFFER *: the sender's SAML assertion; owned by the message. */
    WS_MESSAGE_PROPERTY_SAML_ASSERTION = 19,
    /* WS_SECURITY_CONTEXT *: the secure conversation the message came by; owned by the message. */
    WS_MESSAGE_PROPERTY_SECURITY_CONTEXT = 20,
    /* WS_PROTECTION_LEVEL: protection the received message had. */
    WS_MESSAGE_PROPERTY_PROTECTION_LEVEL = 21
} WS_MESSAGE_PROPERTY_ID;

/* One property of a message, for WsCreateMessage. */
struct _WS_MESSAGE_PROPERTY
{
    /* Which property. */
    WS_MESSAGE_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Properties of messages that another object creates for itself. */
struct _WS_MESSAGE_PROPERTIES
{
    /* Points to an array of properties. */
    WS_MESSAGE_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
};

/* Action and body of one message of a contract; it must live as long as it is used. */
struct _WS_MESSAGE_DESCRIPTION
{
    /* Its action; NULL for any when receiving and none when sending. */
    WS_XML_STRING *action;
    /* Content of its body; NULL for an empty one. */
    WS_ELEMENT_DESCRIPTION *bodyElementDescription;
};

/* The message no longer needs the reader or writer given to it. */
typedef void (CALLBACK *WS_MESSAGE_DONE_CALLBACK)( void *doneCallbackState );

/* Creates a message, state EMPTY; the caller frees it. Not for use by two threads at a time. */
HRESULT WINAPI WsCreateMessage( WS_ENVELOPE_VERSION envelopeVersion, WS_ADDRESSING_VERSION addressingVersion,
        const WS_MESSAGE_PROPERTY *properties, ULONG propertyCount, WS_MESSAGE **message, WS_ERROR *error );

/* Creates a message with the versions of a channel. */
HRESULT WINAPI WsCreateMessageForChannel( WS_CHANNEL *channel, const WS_MESSAGE_PROPERTY *properties,
        ULONG propertyCount, WS_MESSAGE **message, WS_ERROR *error );

/* Makes an empty message ready to get headers. The source message is needed for replies, faults and duplicates. */
HRESULT WINAPI WsInitializeMessage( WS_MESSAGE *message, WS_MESSAGE_INITIALIZATION initialization,
        WS_MESSAGE *sourceMessage, WS_ERROR *error );

/* Makes the message empty again and ends the life of all it returned. */
HRESULT WINAPI WsResetMessage( WS_MESSAGE *message, WS_ERROR *error );

/* Frees the message and all it returned. NULL is accepted. */
void WINAPI WsFreeMessage( WS_MESSAGE *message );

/* Returns the WS_*_HEADER_ATTRIBUTE flags of the header the reader stands at. */
HRESULT WINAPI WsGetHeaderAttributes( WS_MESSAGE *message, WS_XML_READER *reader, ULONG *headerAttributes,
        WS_ERROR *error );

/* Reads an addressing header. Absent headers follow the read option. */
HRESULT WINAPI WsGetHeader( WS_MESSAGE *message, WS_HEADER_TYPE headerType, WS_TYPE valueType,
        WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error );

/* Reads a header of any name, with its attribute flags. */
HRESULT WINAPI WsGetCustomHeader( WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *customHeaderDescription,
        WS_REPEATING_HEADER_OPTION repeatingOption, ULONG headerIndex, WS_READ_OPTION readOption, WS_HEAP *heap,
        void *value, ULONG valueSize, ULONG *headerAttributes, WS_ERROR *error );

/* Removes an addressing header; absent ones are no error. */
HRESULT WINAPI WsRemoveHeader( WS_MESSAGE *message, WS_HEADER_TYPE headerType, WS_ERROR *error );

/* Adds or replaces an addressing header. */
HRESULT WINAPI WsSetHeader( WS_MESSAGE *message, WS_HEADER_TYPE headerType, WS_TYPE valueType,
        WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error );

/* Removes all headers of a name; absent ones are no error. */
HRESULT WINAPI WsRemoveCustomHeader( WS_MESSAGE *message, const WS_XML_STRING *headerName,
        const WS_XML_STRING *headerNs, WS_ERROR *error );

/* Adds a header of any name. */
HRESULT WINAPI WsAddCustomHeader( WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *headerDescription,
        WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, ULONG headerAttributes, WS_ERROR *error );

/* Adds a header that the transport will carry, such as an HTTP header; see WS_HTTP_MESSAGE_MAPPING. */
HRESULT WINAPI WsAddMappedHeader( WS_MESSAGE *message, const WS_XML_STRING *headerName, WS_TYPE valueType,
        WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error );

/* Removes the mapped headers of a name; absent ones are no error. */
HRESULT WINAPI WsRemoveMappedHeader( WS_MESSAGE *message, const WS_XML_STRING *headerName, WS_ERROR *error );

/* Reads a header that came with the transport. */
HRESULT WINAPI WsGetMappedHeader( WS_MESSAGE *message, const WS_XML_STRING *headerName,
        WS_REPEATING_HEADER_OPTION repeatingOption, ULONG headerIndex, WS_TYPE valueType, WS_READ_OPTION readOption,
        WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error );

/* Writes a value into the body; state WRITING. May be called several times. */
HRESULT WINAPI WsWriteBody( WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *bodyDescription,
        WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error );

/* Reads a value from the body; state READING. May be called several times. */
HRESULT WINAPI WsReadBody( WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *bodyDescription,
        WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error );

/* Writes the envelope up to the start of the body. The writer is used until doneCallback or the end of the
 * message. */
HRESULT WINAPI WsWriteEnvelopeStart( WS_MESSAGE *message, WS_XML_WRITER *writer,
        WS_MESSAGE_DONE_CALLBACK doneCallback, void *doneCallbackState, WS_ERROR *error );

/* Writes the end of the envelope; state DONE. */
HRESULT WINAPI WsWriteEnvelopeEnd( WS_MESSAGE *message, WS_ERROR *error );

/* Reads the envelope up to the start of the body. The reader is used until doneCallback or the end of the message. */
HRESULT WINAPI WsReadEnvelopeStart( WS_MESSAGE *message, WS_XML_READER *reader,
        WS_MESSAGE_DONE_CALLBACK doneCallback, void *doneCallbackState, WS_ERROR *error );

/* Reads the end of the envelope; state DONE. */
HRESULT WINAPI WsReadEnvelopeEnd( WS_MESSAGE *message, WS_ERROR *error );

/* Reads a property of the message into value, which the caller provides; valueSize is the exact size of its type
 * in bytes. */
HRESULT WINAPI WsGetMessageProperty( WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id, void *value, ULONG valueSize,
        WS_ERROR *error );

/* Changes a property of the message; the value is copied. */
HRESULT WINAPI WsSetMessageProperty( WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id, const void *value,
        ULONG valueSize, WS_ERROR *error );

/* Puts the address into the headers: the To header and the address's own ones. Once for each message; a channel
 * does it if nobody did. */
HRESULT WINAPI WsAddressMessage( WS_MESSAGE *message, const WS_ENDPOINT_ADDRESS *address, WS_ERROR *error );

/* Fails with a fault in the error object if a header that must be understood was neither read nor marked. */
HRESULT WINAPI WsCheckMustUnderstandHeaders( WS_MESSAGE *message, WS_ERROR *error );

/* Marks a header that was handled by other means than the header functions. */
HRESULT WINAPI WsMarkHeaderAsUnderstood( WS_MESSAGE *message, const WS_XML_NODE_POSITION *headerPosition,
        WS_ERROR *error );

/* Asks for minSize bytes of the body of a streamed message, to be read then without blocking. */
HRESULT WINAPI WsFillBody( WS_MESSAGE *message, ULONG minSize, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Sends what was written of the body of a streamed message if it is at least minSize bytes. */
HRESULT WINAPI WsFlushBody( WS_MESSAGE *message, ULONG minSize, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* ==== Endpoint addresses ==== */

/* How an endpoint proves that it is the one meant. */
typedef enum
{
    /* By its host name: WS_DNS_ENDPOINT_IDENTITY. */
    WS_DNS_ENDPOINT_IDENTITY_TYPE = 1,
    /* By a user principal name: WS_UPN_ENDPOINT_IDENTITY. */
    WS_UPN_ENDPOINT_IDENTITY_TYPE = 2,
    /* By a service principal name: WS_SPN_ENDPOINT_IDENTITY. */
    WS_SPN_ENDPOINT_IDENTITY_TYPE = 3,
    /* By an RSA key: WS_RSA_ENDPOINT_IDENTITY. */
    WS_RSA_ENDPOINT_IDENTITY_TYPE = 4,
    /* By a certificate: WS_CERT_ENDPOINT_IDENTITY. */
    WS_CERT_ENDPOINT_IDENTITY_TYPE = 5,
    /* By something else: WS_UNKNOWN_ENDPOINT_IDENTITY. */
    WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE = 6
} WS_ENDPOINT_IDENTITY_TYPE;

/* Base of the identities. */
struct _WS_ENDPOINT_IDENTITY
{
    WS_ENDPOINT_IDENTITY_TYPE identityType;
};

/* A host name. */
struct _WS_DNS_ENDPOINT_IDENTITY
{
    WS_ENDPOINT_IDENTITY identity;
    WS_STRING dns;
};

/* A user principal name. */
struct _WS_UPN_ENDPOINT_IDENTITY
{
    WS_ENDPOINT_IDENTITY identity;
    WS_STRING upn;
};

/* A service principal name. */
struct _WS_SPN_ENDPOINT_IDENTITY
{
    WS_ENDPOINT_IDENTITY identity;
    WS_STRING spn;
};

/* An RSA public key. */
struct _WS_RSA_ENDPOINT_IDENTITY
{
    WS_ENDPOINT_IDENTITY identity;
    WS_BYTES modulus;
    WS_BYTES exponent;
};

/* The endpoint proves that it owns this certificate. */
struct _WS_CERT_ENDPOINT_IDENTITY
{
    WS_ENDPOINT_IDENTITY identity;
    /* The encoded certificate. */
    WS_BYTES rawCertificateData;
};

/* An identity of another kind. */
struct _WS_UNKNOWN_ENDPOINT_IDENTITY
{
    WS_ENDPOINT_IDENTITY identity;
    /* The Identity element. */
    WS_XML_BUFFER *element;
};

/* Where a service is, and what messages to it must carry. */
struct _WS_ENDPOINT_ADDRESS
{
    /* Its URL, encoded. */
    WS_STRING url;
    /* Elements to add to the headers of every message to it, or NULL. */
    WS_XML_BUFFER *headers;
    /* Further elements of the address, such as metadata, or NULL. */
    WS_XML_BUFFER *extensions;
    /* Whom to expect there, or NULL. */
    WS_ENDPOINT_IDENTITY *identity;
};

/* Known extensions of an endpoint address. */
typedef enum
{
    /* WS_ENDPOINT_ADDRESS: where the metadata of the endpoint can be had. */
    WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS = 1
} WS_ENDPOINT_ADDRESS_EXTENSION_TYPE;

/* Reads a known extension out of an endpoint address; the reader is only lent. */
HRESULT WINAPI WsReadEndpointAddressExtension( WS_XML_READER *reader, WS_ENDPOINT_ADDRESS *endpointAddress,
        WS_ENDPOINT_ADDRESS_EXTENSION_TYPE extensionType, WS_READ_OPTION readOption, WS_HEAP *heap, void *value,
        ULONG valueSize, WS_ERROR *error );

/* ==== Channels ==== */

/* How messages are turned into bytes. */
typedef enum
{
    /* .NET binary XML with the static dictionary. */
    WS_ENCODING_XML_BINARY_1 = 0,
    /* The same with a dictionary that grows with the session. */
    WS_ENCODING_XML_BINARY_SESSION_1 = 1,
    /* MTOM with an XML part in UTF-8. */
    WS_ENCODING_XML_MTOM_UTF8 = 2,
    /* MTOM with an XML part in UTF-16, high byte first. */
    WS_ENCODING_XML_MTOM_UTF16BE = 3,
    /* MTOM with an XML part in UTF-16, low byte first. */
    WS_ENCODING_XML_MTOM_UTF16LE = 4,
    /* Text in UTF-8. */
    WS_ENCODING_XML_UTF8 = 5,
    /* Text in UTF-16, high byte first. */
    WS_ENCODING_XML_UTF16BE = 6,
    /* Text in UTF-16, low byte first. */
    WS_ENCODING_XML_UTF16LE = 7,
    /* No XML: the bytes themselves. */
    WS_ENCODING_RAW = 8
} WS_ENCODING;

/* Returns the built-in dictionary of a binary encoding, NULL for encodings without one. It is constant and never
 * freed. */
HRESULT WINAPI WsGetDictionary( WS_ENCODING encoding, WS_XML_DICTIONARY **dictionary, WS_ERROR *error );

/* State of a channel. */
typedef enum
{
    /* Not open yet, or reset. */
    WS_CHANNEL_STATE_CREATED = 0,
    /* WsOpenChannel is under way. */
    WS_CHANNEL_STATE_OPENING = 1,
    /* WsAcceptChannel is under way. */
    WS_CHANNEL_STATE_ACCEPTING = 2,
    /* Ready for messages. */
    WS_CHANNEL_STATE_OPEN = 3,
    /* Failed for good: only abort, close and reset are left. */
    WS_CHANNEL_STATE_FAULTED = 4,
    /* WsCloseChannel is under way. */
    WS_CHANNEL_STATE_CLOSING = 5,
    /* Closed; may be reset. */
    WS_CHANNEL_STATE_CLOSED = 6
} WS_CHANNEL_STATE;

/* What the end of the session means to WsReceiveMessage. */
typedef enum
{
    /* An error. */
    WS_RECEIVE_REQUIRED_MESSAGE = 1,
    /* WS_S_END. */
    WS_RECEIVE_OPTIONAL_MESSAGE = 2
} WS_RECEIVE_OPTION;

/* Transport of a channel. */
typedef enum
{
    /* HTTP or HTTPS. */
    WS_HTTP_CHANNEL_BINDING = 0,
    /* .NET framing over TCP. */
    WS_TCP_CHANNEL_BINDING = 1,
    /* SOAP over UDP. */
    WS_UDP_CHANNEL_BINDING = 2,
    /* Callbacks of the application. */
    WS_CUSTOM_CHANNEL_BINDING = 3,
    /* .NET framing over a named pipe. */
    WS_NAMEDPIPE_CHANNEL_BINDING = 4
} WS_CHANNEL_BINDING;

/* Message exchange pattern of a channel; a combination of the first three where that has a sense. */
typedef enum
{
    /* Receives only. */
    WS_CHANNEL_TYPE_INPUT = 0x1,
    /* Sends only. */
    WS_CHANNEL_TYPE_OUTPUT = 0x2,
    /* Flag: messages belong to a session. */
    WS_CHANNEL_TYPE_SESSION = 0x4,
    /* Receives, in a session. */
    WS_CHANNEL_TYPE_INPUT_SESSION = 0x5,
    /* Sends, in a session. */
    WS_CHANNEL_TYPE_OUTPUT_SESSION = 0x6,
    /* Sends and receives. */
    WS_CHANNEL_TYPE_DUPLEX = 0x3,
    /* Sends and receives, in a session. */
    WS_CHANNEL_TYPE_DUPLEX_SESSION = 0x7,
    /* Client of request and reply. */
    WS_CHANNEL_TYPE_REQUEST = 0x8,
    /* Server of request and reply. */
    WS_CHANNEL_TYPE_REPLY = 0x10
} WS_CHANNEL_TYPE;

/* Whether a whole message is held in memory; a set of flags. */
typedef enum
{
    /* Received messages are read as they come. */
    WS_STREAMED_INPUT_TRANSFER_MODE = 0x1,
    /* Sent messages leave as they are written. */
    WS_STREAMED_OUTPUT_TRANSFER_MODE = 0x2,
    /* Neither. */
    WS_BUFFERED_TRANSFER_MODE = 0x0,
    /* Both. */
    WS_STREAMED_TRANSFER_MODE = 0x3
} WS_TRANSFER_MODE;

/* How an HTTP client finds its proxy. */
typedef enum
{
    /* By the settings of the system. */
    WS_HTTP_PROXY_SETTING_MODE_AUTO = 1,
    /* Not at all. */
    WS_HTTP_PROXY_SETTING_MODE_NONE = 2,
    /* By WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY. */
    WS_HTTP_PROXY_SETTING_MODE_CUSTOM = 3
} WS_HTTP_PROXY_SETTING_MODE;

/* Who handles HTTP cookies. */
typedef enum
{
    /* The application, through mapped headers. */
    WS_MANUAL_COOKIE_MODE = 1,
    /* The channel. */
    WS_AUTO_COOKIE_MODE = 2
} WS_COOKIE_MODE;

/* IP version to use. */
typedef enum
{
    /* IPv4 only. */
    WS_IP_VERSION_4 = 1,
    /* IPv6 only. */
    WS_IP_VERSION_6 = 2,
    /* Either. */
    WS_IP_VERSION_AUTO = 3
} WS_IP_VERSION;

/* Properties of a channel, given at creation unless said otherwise; all can be read. Times are in milliseconds,
 * INFINITE for no limit. */
typedef enum
{
    /* ULONG, bytes: limit of a buffered message as it is on the wire. Default 65536. */
    WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE = 0,
    /* unsigned __int64, bytes: limit of a streamed message (HTTP). Default 4194304. */
    WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE = 1,
    /* ULONG, bytes: limit of envelope start and headers of a streamed message. Default 16384. */
    WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE = 2,
    /* ULONG, bytes: limit of what is collected between two WsFlushBody calls. Default 65536. */
    WS_CHANNEL_PROPERTY_MAX_STREAMED_FLUSH_SIZE = 3,
    /* WS_ENCODING. Default: UTF-8 text for HTTP and UDP, binary session for TCP and named pipes. */
    WS_CHANNEL_PROPERTY_ENCODING = 4,
    /* WS_ENVELOPE_VERSION. Default SOAP 1.2; none with the raw encoding. */
    WS_CHANNEL_PROPERTY_ENVELOPE_VERSION = 5,
    /* WS_ADDRESSING_VERSION. Default 1.0; transport with the raw encoding. Transport only for HTTP. */
    WS_CHANNEL_PROPERTY_ADDRESSING_VERSION = 6,
    /* ULONG, bytes: limit of the strings in a session's dictionary. Default 2048. */
    WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE = 7,
    /* WS_CHANNEL_STATE, read only. */
    WS_CHANNEL_PROPERTY_STATE = 8,
    /* WS_CALLBACK_MODEL of its callbacks. Default long. Hosts and proxies take only that. */
    WS_CHANNEL_PROPERTY_ASYNC_CALLBACK_MODEL = 9,
    /* WS_IP_VERSION (TCP, UDP). Default either. */
    WS_CHANNEL_PROPERTY_IP_VERSION = 10,
    /* ULONG: limit of name resolution (HTTP client). Settable at any time. Default INFINITE. */
    WS_CHANNEL_PROPERTY_RESOLVE_TIMEOUT = 11,
    /* ULONG: limit of connecting. Settable at any time. Default 30000; INFINITE in a proxy. */
    WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT = 12,
    /* ULONG: limit of sending a message. Settable at any time. Default 30000; INFINITE in a host or proxy. */
    WS_CHANNEL_PROPERTY_SEND_TIMEOUT = 13,
    /* ULONG: limit of waiting for all headers of an HTTP response. Settable at any time. Default 30000; INFINITE
     * in a proxy. */
    WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT = 14,
    /* ULONG: limit of receiving a message. Settable at any time. Default 30000; INFINITE in a host or proxy. */
    WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT = 15,
    /* ULONG: limit of the closing handshake. Settable at any time. Default 30000; INFINITE in a proxy. */
    WS_CHANNEL_PROPERTY_CLOSE_TIMEOUT = 16,
    /* BOOL: FALSE makes INFINITE the default of all the timeouts. Default TRUE; FALSE in a host or proxy. */
    WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS = 17,
    /* WS_TRANSFER_MODE; HTTP only can stream. Default buffered. */
    WS_CHANNEL_PROPERTY_TRANSFER_MODE = 18,
    /* ULONG: index of the adapter to send multicasts by (UDP); 0 for the system's choice. Settable at any time.
     * Default 0. */
    WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE = 19,
    /* ULONG: hops a multicast may go (UDP). Default 1. */
    WS_CHANNEL_PROPERTY_MULTICAST_HOPS = 20,
    /* WS_ENDPOINT_ADDRESS, read only: the peer (UDP); valid until the channel is reset or freed. */
    WS_CHANNEL_PROPERTY_REMOTE_ADDRESS = 21,
    /* SOCKADDR_STORAGE, read only: the peer, once a message is being read. */
    WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS = 22,
    /* ULONGLONG, read only: number of the client's connection, once a message is being read (HTTP server). */
    WS_CHANNEL_PROPERTY_HTTP_CONNECTION_ID = 23,
    /* WS_CUSTOM_CHANNEL_CALLBACKS: required by, and only for, the custom binding. */
    WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS = 24,
    /* Any data: handed to the create callback of a custom channel. */
    WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_PARAMETERS = 25,
    /* void *, read only: what that callback returned. */
    WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_INSTANCE = 26,
    /* WS_STRING, read only: the URL the client opened, once accepted (HTTP, TCP server); valid until reset or
     * freed. */
    WS_CHANNEL_PROPERTY_TRANSPORT_URL = 27,
    /* BOOL: send small packets at once (TCP). Settable at any time. Default FALSE. */
    WS_CHANNEL_PROPERTY_NO_DELAY = 28,
    /* BOOL: probe idle connections (TCP). Default FALSE. */
    WS_CHANNEL_PROPERTY_SEND_KEEP_ALIVES = 29,
    /* ULONG: idle time before the first probe. Default two hours. */
    WS_CHANNEL_PROPERTY_KEEP_ALIVE_TIME = 30,
    /* ULONG: time between probes. Default 1000. */
    WS_CHANNEL_PROPERTY_KEEP_ALIVE_INTERVAL = 31,
    /* ULONG: connections to one HTTP server. Default INFINITE. */
    WS_CHANNEL_PROPERTY_MAX_HTTP_SERVER_CONNECTIONS = 32,
    /* BOOL, read only: WsShutdownSessionChannel was called. */
    WS_CHANNEL_PROPERTY_IS_SESSION_SHUT_DOWN = 33,
    /* WS_CHANNEL_TYPE, read only. */
    WS_CHANNEL_PROPERTY_CHANNEL_TYPE = 34,
    /* ULONG, bytes: memory kept from one message to the next. Default 65536. */
    WS_CHANNEL_PROPERTY_TRIM_BUFFERED_MESSAGE_SIZE = 35,
    /* WS_CHANNEL_ENCODER: transforms what is sent. Not for UDP. */
    WS_CHANNEL_PROPERTY_ENCODER = 36,
    /* WS_CHANNEL_DECODER: transforms what is received. Not for UDP. */
    WS_CHANNEL_PROPERTY_DECODER = 37,
    /* WS_PROTECTION_LEVEL, read only: protection by the channel's security. */
    WS_CHANNEL_PROPERTY_PROTECTION_LEVEL = 38,
    /* WS_COOKIE_MODE (HTTP client). Default automatic. */
    WS_CHANNEL_PROPERTY_COOKIE_MODE = 39,
    /* WS_HTTP_PROXY_SETTING_MODE. Default automatic. */
    WS_CHANNEL_PROPERTY_HTTP_PROXY_SETTING_MODE = 40,
    /* WS_CUSTOM_HTTP_PROXY: required by the custom mode. */
    WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY = 41,
    /* WS_HTTP_MESSAGE_MAPPING. Default: nothing mapped. */
    WS_CHANNEL_PROPERTY_HTTP_MESSAGE_MAPPING = 42,
    /* BOOL: follow redirections (HTTP client). Default FALSE; ignored if the callback is given. */
    WS_CHANNEL_PROPERTY_ENABLE_HTTP_REDIRECT = 43,
    /* WS_HTTP_REDIRECT_CALLBACK_CONTEXT: decides on each redirection. */
    WS_CHANNEL_PROPERTY_HTTP_REDIRECT_CALLBACK_CONTEXT = 44,
    /* BOOL: a received fault makes the call fail. Settable at any time. Default TRUE; a proxy takes only that. */
    WS_CHANNEL_PROPERTY_FAULTS_AS_ERRORS = 45,
    /* BOOL: accept faults that fail message security. Settable at any time. Default FALSE. */
    WS_CHANNEL_PROPERTY_ALLOW_UNSECURED_FAULTS = 46,
    /* WCHAR *, read only: principal name of the server that refused authentication last, if known. */
    WS_CHANNEL_PROPERTY_HTTP_SERVER_SPN = 47,
    /* WCHAR *, read only: the same for the HTTP proxy. */
    WS_CHANNEL_PROPERTY_HTTP_PROXY_SPN = 48,
    /* ULONG, bytes: limit of the headers of an HTTP request (server). Default 65536. */
    WS_CHANNEL_PROPERTY_MAX_HTTP_REQUEST_HEADERS_BUFFER_SIZE = 49
} WS_CHANNEL_PROPERTY_ID;

/* One property of a channel, for WsCreateChannel. */
struct _WS_CHANNEL_PROPERTY
{
    /* Which property. */
    WS_CHANNEL_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Properties of channels that another object creates for itself. */
struct _WS_CHANNEL_PROPERTIES
{
    /* Points to an array of properties. */
    WS_CHANNEL_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
};

/* HTTP proxy to use instead of that of the system, for WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY. */
struct _WS_CUSTOM_HTTP_PROXY
{
    /* Proxy servers as host:port or host, separated by semicolons. */
    WS_STRING servers;
    /* Servers to reach without them, separated by semicolons; <local> stands for all local ones. */
    WS_STRING bypass;
};

/* S_OK follows the redirection from originalUrl to newUrl, S_FALSE or an error does not. */
typedef HRESULT (CALLBACK *WS_HTTP_REDIRECT_CALLBACK)( void *state, const WS_STRING *originalUrl,
        const WS_STRING *newUrl );

/* The callback that decides on redirections. */
struct _WS_HTTP_REDIRECT_CALLBACK_CONTEXT
{
    WS_HTTP_REDIRECT_CALLBACK callback;
    void *state;
};

/* A repeated HTTP header has its values separated by commas. */
#define WS_HTTP_HEADER_MAPPING_COMMA_SEPARATOR 0x1
/* A repeated HTTP header has its values separated by semicolons. */
#define WS_HTTP_HEADER_MAPPING_SEMICOLON_SEPARATOR 0x2
/* Values of the HTTP header are in quotes. */
#define WS_HTTP_HEADER_MAPPING_QUOTED_VALUE 0x4
/* Map the status code of the HTTP response to a header. */
#define WS_HTTP_RESPONSE_MAPPING_STATUS_CODE 0x1
/* Map the status text of the HTTP response to a header. */
#define WS_HTTP_RESPONSE_MAPPING_STATUS_TEXT 0x2
/* Map the verb of the HTTP request to a header. */
#define WS_HTTP_REQUEST_MAPPING_VERB 0x2

/* Maps an HTTP header to a header of the message. */
struct _WS_HTTP_HEADER_MAPPING
{
    /* Name of the HTTP header and, in no namespace, of the message header. */
    WS_XML_STRING headerName;
    /* Combination of WS_HTTP_HEADER_MAPPING_* flags. */
    ULONG headerMappingOptions;
};

/* Which parts of HTTP requests and responses appear as headers of the message. */
struct _WS_HTTP_MESSAGE_MAPPING
{
    /* WS_HTTP_REQUEST_MAPPING_* flags; only for the raw encoding. */
    ULONG requestMappingOptions;
    /* WS_HTTP_RESPONSE_MAPPING_* flags; only for the raw encoding. */
    ULONG responseMappingOptions;
    /* Headers of requests to map. */
    WS_HTTP_HEADER_MAPPING **requestHeaderMappings;
    ULONG requestHeaderMappingCount;
    /* Headers of responses to map. */
    WS_HTTP_HEADER_MAPPING **responseHeaderMappings;
    ULONG responseHeaderMappingCount;
};

/* Creates a client's channel; the caller closes and frees it. May be used by several threads. */
HRESULT WINAPI WsCreateChannel( WS_CHANNEL_TYPE channelType, WS_CHANNEL_BINDING channelBinding,
        const WS_CHANNEL_PROPERTY *properties, ULONG propertyCount,
        const WS_SECURITY_DESCRIPTION *securityDescription, WS_CHANNEL **channel, WS_ERROR *error );

/* Opens a channel to an address. */
HRESULT WINAPI WsOpenChannel( WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *endpointAddress,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Sends a message: addresses it, gives it the description's action and body, writes start, body and end. */
HRESULT WINAPI WsSendMessage( WS_CHANNEL *channel, WS_MESSAGE *message,
        const WS_MESSAGE_DESCRIPTION *messageDescription, WS_WRITE_OPTION writeOption, const void *bodyValue,
        ULONG bodyValueSize, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Receives a message and reads its body; index tells which of the descriptions fitted. */
HRESULT WINAPI WsReceiveMessage( WS_CHANNEL *channel, WS_MESSAGE *message,
        const WS_MESSAGE_DESCRIPTION **messageDescriptions, ULONG messageDescriptionCount,
        WS_RECEIVE_OPTION receiveOption, WS_READ_OPTION readBodyOption, WS_HEAP *heap, void *value, ULONG valueSize,
        ULONG *index, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Sends a request and receives the reply that belongs to it, reading its body. */
HRESULT WINAPI WsRequestReply( WS_CHANNEL *channel, WS_MESSAGE *requestMessage,
        const WS_MESSAGE_DESCRIPTION *requestMessageDescription, WS_WRITE_OPTION writeOption,
        const void *requestBodyValue, ULONG requestBodyValueSize, WS_MESSAGE *replyMessage,
        const WS_MESSAGE_DESCRIPTION *replyMessageDescription, WS_READ_OPTION readOption, WS_HEAP *heap,
        void *value, ULONG valueSize, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Sends a reply to a received request. */
HRESULT WINAPI WsSendReplyMessage( WS_CHANNEL *channel, WS_MESSAGE *replyMessage,
        const WS_MESSAGE_DESCRIPTION *replyMessageDescription, WS_WRITE_OPTION writeOption,
        const void *replyBodyValue, ULONG replyBodyValueSize, WS_MESSAGE *requestMessage,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Sends a fault made from an error object as the reply to a request. */
HRESULT WINAPI WsSendFaultMessageForError( WS_CHANNEL *channel, WS_MESSAGE *replyMessage, WS_ERROR *faultError,
        HRESULT faultErrorCode, WS_FAULT_DISCLOSURE faultDisclosure, WS_MESSAGE *requestMessage,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Reads a property of the channel into value, which the caller provides; valueSize is the exact size of its type
 * in bytes. */
HRESULT WINAPI WsGetChannelProperty( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG valueSize,
        WS_ERROR *error );

/* Changes a property of the channel; the value is copied. */
HRESULT WINAPI WsSetChannelProperty( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value,
        ULONG valueSize, WS_ERROR *error );

/* Sends the headers of a message, after which its body may be written. */
HRESULT WINAPI WsWriteMessageStart( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Sends the rest of the message. */
HRESULT WINAPI WsWriteMessageEnd( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Receives the headers of the next message, after which its body may be read. WS_S_END if none will come. */
HRESULT WINAPI WsReadMessageStart( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Receives the rest of the message. */
HRESULT WINAPI WsReadMessageEnd( WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Ends the session in good order. To be called before the channel is freed, also when it is faulted. */
HRESULT WINAPI WsCloseChannel( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Breaks off what is under way, which ends with WS_E_OPERATION_ABORTED; never waits. */
HRESULT WINAPI WsAbortChannel( WS_CHANNEL *channel, WS_ERROR *error );

/* Frees the channel, which must not be in use or open. NULL is accepted. */
void WINAPI WsFreeChannel( WS_CHANNEL *channel );

/* Makes a closed channel ready to be opened or accepted anew. */
HRESULT WINAPI WsResetChannel( WS_CHANNEL *channel, WS_ERROR *error );

/* Skips the rest of the message being read or written, so that the channel can go on with the next; never waits. */
HRESULT WINAPI WsAbandonMessage( WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error );

/* Tells the peer that nothing more will be sent; receiving goes on. */
HRESULT WINAPI WsShutdownSessionChannel( WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* ==== Listeners ==== */

/* State of a listener. */
typedef enum
{
    /* Not open yet, or reset. */
    WS_LISTENER_STATE_CREATED = 0,
    /* WsOpenListener is under way. */
    WS_LISTENER_STATE_OPENING = 1,
    /* Channels can be accepted. */
    WS_LISTENER_STATE_OPEN = 2,
    /* Failed for good. */
    WS_LISTENER_STATE_FAULTED = 3,
    /* WsCloseListener is under way. */
    WS_LISTENER_STATE_CLOSING = 4,
    /* Closed; may be reset. */
    WS_LISTENER_STATE_CLOSED = 5
} WS_LISTENER_STATE;

/* Match if the host is the short DNS name of this machine. */
#define WS_MATCH_URL_DNS_HOST 0x1
/* Match if the host is the full DNS name of this machine. */
#define WS_MATCH_URL_DNS_FULLY_QUALIFIED_HOST 0x2
/* Match if the host is the NetBIOS name of this machine. */
#define WS_MATCH_URL_NETBIOS_HOST 0x4
/* Match if the host is localhost. */
#define WS_MATCH_URL_LOCAL_HOST 0x8
/* Match if the host is an IP address of this machine. */
#define WS_MATCH_URL_HOST_ADDRESSES 0x10
/* Match if the host is any of these. */
#define WS_MATCH_URL_THIS_HOST 0x1f
/* The port must be that of the listener. */
#define WS_MATCH_URL_PORT 0x20
/* The path must be that of the listener. */
#define WS_MATCH_URL_EXACT_PATH 0x40
/* The path must begin with that of the listener. */
#define WS_MATCH_URL_PREFIX_PATH 0x80
/* There must be no query. */
#define WS_MATCH_URL_NO_QUERY 0x100

/* Properties of a listener, given at creation. Times are in milliseconds, INFINITE for no limit. */
typedef enum
{
    /* ULONG: connections that may wait to be accepted (TCP); SOMAXCONN for as many as sensible. */
    WS_LISTENER_PROPERTY_LISTEN_BACKLOG = 0,
    /* WS_IP_VERSION (TCP, UDP). Default either. */
    WS_LISTENER_PROPERTY_IP_VERSION = 1,
    /* WS_LISTENER_STATE, read only. */
    WS_LISTENER_PROPERTY_STATE = 2,
    /* WS_CALLBACK_MODEL of its callbacks and its channels'. Default long; a host takes only that. */
    WS_LISTENER_PROPERTY_ASYNC_CALLBACK_MODEL = 3,
    /* WS_CHANNEL_TYPE, read only. */
    WS_LISTENER_PROPERTY_CHANNEL_TYPE = 4,
    /* WS_CHANNEL_BINDING, read only. */
    WS_LISTENER_PROPERTY_CHANNEL_BINDING = 5,
    /* ULONG: limit of the framing handshake with a new client (TCP, named pipe). Default 15000. */
    WS_LISTENER_PROPERTY_CONNECT_TIMEOUT = 6,
    /* BOOL: the address is a multicast one (UDP). Default FALSE. */
    WS_LISTENER_PROPERTY_IS_MULTICAST = 7,
    /* Array of ULONG: indices of the adapters to listen on (UDP multicast). Settable. Default none. */
    WS_LISTENER_PROPERTY_MULTICAST_INTERFACES = 8,
    /* BOOL: receive multicasts of this machine (UDP). Default TRUE. */
    WS_LISTENER_PROPERTY_MULTICAST_LOOPBACK = 9,
    /* ULONG: time that closing leaves clients for receiving their responses (HTTP). Default 5000. */
    WS_LISTENER_PROPERTY_CLOSE_TIMEOUT = 10,
    /* ULONG, WS_MATCH_URL_* flags: check of the To header. Default this host, port, exact path, no query. */
    WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS = 11,
    /* ULONG, WS_MATCH_URL_* flags: check of the URL the transport tells. Same default. */
    WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS = 12,
    /* WS_CUSTOM_LISTENER_CALLBACKS: required by, and only for, the custom binding. */
    WS_LISTENER_PROPERTY_CUSTOM_LISTENER_CALLBACKS = 13,
    /* Any data: handed to the create callback of a custom listener. */
    WS_LISTENER_PROPERTY_CUSTOM_LISTENER_PARAMETERS = 14,
    /* void *, read only: what that callback returned. */
    WS_LISTENER_PROPERTY_CUSTOM_LISTENER_INSTANCE = 15,
    /* WS_DISALLOWED_USER_AGENT_SUBSTRINGS: requests of these agents are refused (HTTP, not raw). Default: Mozilla. */
    WS_LISTENER_PROPERTY_DISALLOWED_USER_AGENT = 16
} WS_LISTENER_PROPERTY_ID;

/* One property of a listener, for WsCreateListener. */
struct _WS_LISTENER_PROPERTY
{
    /* Which property. */
    WS_LISTENER_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Properties of listeners that another object creates for itself. */
struct _WS_LISTENER_PROPERTIES
{
    /* Points to an array of properties. */
    WS_LISTENER_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
};

/* Parts of the User-Agent header of clients to refuse. */
struct _WS_DISALLOWED_USER_AGENT_SUBSTRINGS
{
    ULONG subStringCount;
    WS_STRING **subStrings;
};

/* Host names, as an array. */
struct _WS_HOST_NAMES
{
    WS_STRING *hostNames;
    ULONG hostNameCount;
};

/* Creates a listener; the caller closes and frees it. May be used by several threads. */
HRESULT WINAPI WsCreateListener( WS_CHANNEL_TYPE channelType, WS_CHANNEL_BINDING channelBinding,
        const WS_LISTENER_PROPERTY *properties, ULONG propertyCount,
        const WS_SECURITY_DESCRIPTION *securityDescription, WS_LISTENER **listener, WS_ERROR *error );

/* Starts to listen at a URL; HTTP accepts + and * as host. */
HRESULT WINAPI WsOpenListener( WS_LISTENER *listener, const WS_STRING *url, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Waits for a client and gives it the channel, which must come from WsCreateChannelForListener. */
HRESULT WINAPI WsAcceptChannel( WS_LISTENER *listener, WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Stops listening; accepting calls end with WS_E_OPERATION_ABORTED. To be called before the listener is freed. */
HRESULT WINAPI WsCloseListener( WS_LISTENER *listener, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Breaks off what is under way; never waits. */
HRESULT WINAPI WsAbortListener( WS_LISTENER *listener, WS_ERROR *error );

/* Makes a closed listener ready to be opened anew. */
HRESULT WINAPI WsResetListener( WS_LISTENER *listener, WS_ERROR *error );

/* Frees the listener, which must not be in use or open. NULL is accepted. */
void WINAPI WsFreeListener( WS_LISTENER *listener );

/* Reads a property of the listener into value, which the caller provides; valueSize is the exact size of its type
 * in bytes. */
HRESULT WINAPI WsGetListenerProperty( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value,
        ULONG valueSize, WS_ERROR *error );

/* Changes a property of the listener; the value is copied. */
HRESULT WINAPI WsSetListenerProperty( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value,
        ULONG valueSize, WS_ERROR *error );

/* Creates a channel to accept clients with; the caller closes and frees it, before the listener. */
HRESULT WINAPI WsCreateChannelForListener( WS_LISTENER *listener, const WS_CHANNEL_PROPERTY *properties,
        ULONG propertyCount, WS_CHANNEL **channel, WS_ERROR *error );

/* ==== Custom channels, encoders and decoders ==== */

/* Makes the implementation of a channel, from the parameters given as a property. */
typedef HRESULT (CALLBACK *WS_CREATE_CHANNEL_CALLBACK)( WS_CHANNEL_TYPE channelType, const void *channelParameters,
        ULONG channelParametersSize, void **channelInstance, WS_ERROR *error );

/* Implements WsFreeChannel; also called if creation fails after the create callback. */
typedef void (CALLBACK *WS_FREE_CHANNEL_CALLBACK)( void *channelInstance );

/* Makes a closed custom channel as good as new, for WsResetChannel. */
typedef HRESULT (CALLBACK *WS_RESET_CHANNEL_CALLBACK)( void *channelInstance, WS_ERROR *error );

/* Ends pending operations at once, without waiting, for WsAbortChannel. May be called from any thread. */
typedef HRESULT (CALLBACK *WS_ABORT_CHANNEL_CALLBACK)( void *channelInstance, WS_ERROR *error );

/* Connects to the address, for WsOpenChannel; may return WS_S_ASYNC if asyncContext is not NULL. */
typedef HRESULT (CALLBACK *WS_OPEN_CHANNEL_CALLBACK)( void *channelInstance,
        const WS_ENDPOINT_ADDRESS *endpointAddress, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Ends the session in order, for WsCloseChannel; may return WS_S_ASYNC if asyncContext is not NULL. */
typedef HRESULT (CALLBACK *WS_CLOSE_CHANNEL_CALLBACK)( void *channelInstance, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Sets a property, for WsSetChannelProperty; checks the size of the value itself. */
typedef HRESULT (CALLBACK *WS_SET_CHANNEL_PROPERTY_CALLBACK)( void *channelInstance, WS_CHANNEL_PROPERTY_ID id,
        const void *value, ULONG valueSize, WS_ERROR *error );

/* Gives a property, for WsGetChannelProperty; also asked for what the runtime needs to know. */
typedef HRESULT (CALLBACK *WS_GET_CHANNEL_PROPERTY_CALLBACK)( void *channelInstance, WS_CHANNEL_PROPERTY_ID id,
        void *value, ULONG valueSize, WS_ERROR *error );

/* Receives a message up to its body, for WsReadMessageStart and all that receives; WS_S_END: no more. */
typedef HRESULT (CALLBACK *WS_READ_MESSAGE_START_CALLBACK)( void *channelInstance, WS_MESSAGE *message,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Receives the rest of the message, for WsReadMessageEnd. */
typedef HRESULT (CALLBACK *WS_READ_MESSAGE_END_CALLBACK)( void *channelInstance, WS_MESSAGE *message,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Sends the headers of a message, for WsWriteMessageStart and all that sends. */
typedef HRESULT (CALLBACK *WS_WRITE_MESSAGE_START_CALLBACK)( void *channelInstance, WS_MESSAGE *message,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Sends the rest of the message, for WsWriteMessageEnd. */
typedef HRESULT (CALLBACK *WS_WRITE_MESSAGE_END_CALLBACK)( void *channelInstance, WS_MESSAGE *message,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Skips the rest of a message that is being read or written, for WsAbandonMessage. */
typedef HRESULT (CALLBACK *WS_ABANDON_MESSAGE_CALLBACK)( void *channelInstance, WS_MESSAGE *message,
        WS_ERROR *error );

/* Says that nothing more is sent in this session, for WsShutdownSessionChannel; receiving goes on. */
typedef HRESULT (CALLBACK *WS_SHUTDOWN_SESSION_CHANNEL_CALLBACK)( void *channelInstance,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* The implementation of a custom channel. Each callback checks its arguments and the state itself. */
struct _WS_CUSTOM_CHANNEL_CALLBACKS
{
    WS_CREATE_CHANNEL_CALLBACK createChannelCallback;
    WS_FREE_CHANNEL_CALLBACK freeChannelCallback;
    WS_RESET_CHANNEL_CALLBACK resetChannelCallback;
    WS_OPEN_CHANNEL_CALLBACK openChannelCallback;
    WS_CLOSE_CHANNEL_CALLBACK closeChannelCallback;
    WS_ABORT_CHANNEL_CALLBACK abortChannelCallback;
    WS_GET_CHANNEL_PROPERTY_CALLBACK getChannelPropertyCallback;
    WS_SET_CHANNEL_PROPERTY_CALLBACK setChannelPropertyCallback;
    WS_WRITE_MESSAGE_START_CALLBACK writeMessageStartCallback;
    WS_WRITE_MESSAGE_END_CALLBACK writeMessageEndCallback;
    WS_READ_MESSAGE_START_CALLBACK readMessageStartCallback;
    WS_READ_MESSAGE_END_CALLBACK readMessageEndCallback;
    WS_ABANDON_MESSAGE_CALLBACK abandonMessageCallback;
    WS_SHUTDOWN_SESSION_CHANNEL_CALLBACK shutdownSessionChannelCallback;
};

/* Makes an encoder for a channel; it passes its output to writeCallback. */
typedef HRESULT (CALLBACK *WS_CREATE_ENCODER_CALLBACK)( void *createContext, WS_WRITE_CALLBACK writeCallback,
        void *writeContext, void **encoderContext, WS_ERROR *error );

/* Tells the content type and encoding of what the encoder makes of the given type. */
typedef HRESULT (CALLBACK *WS_ENCODER_GET_CONTENT_TYPE_CALLBACK)( void *encoderContext,
        const WS_STRING *contentType, WS_STRING *newContentType, WS_STRING *contentEncoding, WS_ERROR *error );

/* A message begins. */
typedef HRESULT (CALLBACK *WS_ENCODER_START_CALLBACK)( void *encoderContext, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Encodes a piece of the message. */
typedef HRESULT (CALLBACK *WS_ENCODER_ENCODE_CALLBACK)( void *encoderContext, const WS_BYTES *buffers, ULONG count,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* The message ends: write out what is left. */
typedef HRESULT (CALLBACK *WS_ENCODER_END_CALLBACK)( void *encoderContext, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Frees what the create callback made, when the channel is freed. */
typedef void (CALLBACK *WS_FREE_ENCODER_CALLBACK)( void *encoderContext );

/* Transforms the bytes of sent messages. */
struct _WS_CHANNEL_ENCODER
{
    void *createContext;
    WS_CREATE_ENCODER_CALLBACK createEncoderCallback;
    WS_ENCODER_GET_CONTENT_TYPE_CALLBACK encoderGetContentTypeCallback;
    WS_ENCODER_START_CALLBACK encoderStartCallback;
    WS_ENCODER_ENCODE_CALLBACK encoderEncodeCallback;
    WS_ENCODER_END_CALLBACK encoderEndCallback;
    WS_FREE_ENCODER_CALLBACK freeEncoderCallback;
};

/* Makes a decoder for a channel; it takes its input from readCallback. */
typedef HRESULT (CALLBACK *WS_CREATE_DECODER_CALLBACK)( void *createContext, WS_READ_CALLBACK readCallback,
        void *readContext, void **decoderContext, WS_ERROR *error );

/* Tells the content type of what the decoder makes of a message of the given type and encoding. */
typedef HRESULT (CALLBACK *WS_DECODER_GET_CONTENT_TYPE_CALLBACK)( void *decoderContext,
        const WS_STRING *contentType, const WS_STRING *contentEncoding, WS_STRING *newContentType,
        WS_ERROR *error );

/* A message begins. */
typedef HRESULT (CALLBACK *WS_DECODER_START_CALLBACK)( void *encoderContext, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Supplies decoded bytes; 0 at the end of the message. */
typedef HRESULT (CALLBACK *WS_DECODER_DECODE_CALLBACK)( void *encoderContext, void *buffer, ULONG maxLength,
        ULONG *length, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* The message ends. */
typedef HRESULT (CALLBACK *WS_DECODER_END_CALLBACK)( void *encoderContext, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Frees what the create callback made, when the channel is freed. */
typedef void (CALLBACK *WS_FREE_DECODER_CALLBACK)( void *decoderContext );

/* Transforms the bytes of received messages. */
struct _WS_CHANNEL_DECODER
{
    void *createContext;
    WS_CREATE_DECODER_CALLBACK createDecoderCallback;
    WS_DECODER_GET_CONTENT_TYPE_CALLBACK decoderGetContentTypeCallback;
    WS_DECODER_START_CALLBACK decoderStartCallback;
    WS_DECODER_DECODE_CALLBACK decoderDecodeCallback;
    WS_DECODER_END_CALLBACK decoderEndCallback;
    WS_FREE_DECODER_CALLBACK freeDecoderCallback;
};

/* Makes the implementation of a listener, from the parameters given as a property. */
typedef HRESULT (CALLBACK *WS_CREATE_LISTENER_CALLBACK)( WS_CHANNEL_TYPE channelType,
        const void *listenerParameters, ULONG listenerParametersSize, void **listenerInstance, WS_ERROR *error );

/* Frees what the create callback made, for WsFreeListener. */
typedef void (CALLBACK *WS_FREE_LISTENER_CALLBACK)( void *listenerInstance );

/* Makes a closed custom listener as good as new, for WsResetListener. */
typedef HRESULT (CALLBACK *WS_RESET_LISTENER_CALLBACK)( void *listenerInstance, WS_ERROR *error );

/* Starts to listen at the URL, for WsOpenListener; may return WS_S_ASYNC if asyncContext is not NULL. */
typedef HRESULT (CALLBACK *WS_OPEN_LISTENER_CALLBACK)( void *listenerInstance, const WS_STRING *url,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Stops listening, for WsCloseListener; may return WS_S_ASYNC if asyncContext is not NULL. */
typedef HRESULT (CALLBACK *WS_CLOSE_LISTENER_CALLBACK)( void *listenerInstance,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Gives a property, for WsGetListenerProperty; also asked for what the runtime needs to know. */
typedef HRESULT (CALLBACK *WS_GET_LISTENER_PROPERTY_CALLBACK)( void *listenerInstance, WS_LISTENER_PROPERTY_ID id,
        void *value, ULONG valueSize, WS_ERROR *error );

/* Sets a property, for WsSetListenerProperty; checks the size of the value itself. */
typedef HRESULT (CALLBACK *WS_SET_LISTENER_PROPERTY_CALLBACK)( void *listenerInstance, WS_LISTENER_PROPERTY_ID id,
        const void *value, ULONG valueSize, WS_ERROR *error );

/* Waits for a client and gives it to the channel, for WsAcceptChannel. */
typedef HRESULT (CALLBACK *WS_ACCEPT_CHANNEL_CALLBACK)( void *listenerInstance, void *channelInstance,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Ends pending operations at once, without waiting, for WsAbortListener. May be called from any thread. */
typedef HRESULT (CALLBACK *WS_ABORT_LISTENER_CALLBACK)( void *listenerInstance, WS_ERROR *error );

/* Makes a channel that can accept from the listener, for WsCreateChannelForListener. */
typedef HRESULT (CALLBACK *WS_CREATE_CHANNEL_FOR_LISTENER_CALLBACK)( void *listenerInstance,
        const void *channelParameters, ULONG channelParametersSize, void **channelInstance, WS_ERROR *error );

/* The implementation of a custom listener. Each callback checks its arguments and the state itself. */
struct _WS_CUSTOM_LISTENER_CALLBACKS
{
    WS_CREATE_LISTENER_CALLBACK createListenerCallback;
    WS_FREE_LISTENER_CALLBACK freeListenerCallback;
    WS_RESET_LISTENER_CALLBACK resetListenerCallback;
    WS_OPEN_LISTENER_CALLBACK openListenerCallback;
    WS_CLOSE_LISTENER_CALLBACK closeListenerCallback;
    WS_ABORT_LISTENER_CALLBACK abortListenerCallback;
    WS_GET_LISTENER_PROPERTY_CALLBACK getListenerPropertyCallback;
    WS_SET_LISTENER_PROPERTY_CALLBACK setListenerPropertyCallback;
    WS_CREATE_CHANNEL_FOR_LISTENER_CALLBACK createChannelForListenerCallback;
    WS_ACCEPT_CHANNEL_CALLBACK acceptChannelCallback;
};

/* ==== Security ==== */

/* Protection of messages. */
typedef enum
{
    /* None. */
    WS_PROTECTION_LEVEL_NONE = 1,
    /* Signed: changes are noticed. */
    WS_PROTECTION_LEVEL_SIGN = 2,
    /* Signed and unreadable to others. */
    WS_PROTECTION_LEVEL_SIGN_AND_ENCRYPT = 3
} WS_PROTECTION_LEVEL;

/* Which structure a WS_SECURITY_BINDING begins. */
typedef enum
{
    /* TLS under HTTP: WS_SSL_TRANSPORT_SECURITY_BINDING. */
    WS_SSL_TRANSPORT_SECURITY_BINDING_TYPE = 1,
    /* Windows security under TCP: WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING. */
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TYPE = 2,
    /* HTTP authentication: WS_HTTP_HEADER_AUTH_SECURITY_BINDING. */
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TYPE = 3,
    /* User name in the message: WS_USERNAME_MESSAGE_SECURITY_BINDING. */
    WS_USERNAME_MESSAGE_SECURITY_BINDING_TYPE = 4,
    /* Kerberos ticket in the message: WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING. */
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TYPE = 5,
    /* XML token in the message (client): WS_XML_TOKEN_MESSAGE_SECURITY_BINDING. */
    WS_XML_TOKEN_MESSAGE_SECURITY_BINDING_TYPE = 6,
    /* SAML assertion in the message (server): WS_SAML_MESSAGE_SECURITY_BINDING. */
    WS_SAML_MESSAGE_SECURITY_BINDING_TYPE = 7,
    /* Secure conversation: WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING. */
    WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_TYPE = 8,
    /* Windows security on a named pipe: WS_NAMEDPIPE_SSPI_TRANSPORT_SECURITY_BINDING. */
    WS_NAMEDPIPE_SSPI_TRANSPORT_SECURITY_BINDING_TYPE = 9
} WS_SECURITY_BINDING_TYPE;

/* No authentication; alone, or to fall back to (client). */
#define WS_HTTP_HEADER_AUTH_SCHEME_NONE 0x1
/* Basic: name and password go over the wire as they are. */
#define WS_HTTP_HEADER_AUTH_SCHEME_BASIC 0x2
/* Digest: a hash of the password and of a number from the server. */
#define WS_HTTP_HEADER_AUTH_SCHEME_DIGEST 0x4
/* NTLM: challenge and response of Windows. */
#define WS_HTTP_HEADER_AUTH_SCHEME_NTLM 0x8
/* Negotiate (Kerberos or NTLM). */
#define WS_HTTP_HEADER_AUTH_SCHEME_NEGOTIATE 0x10
/* Passport; alone only. */
#define WS_HTTP_HEADER_AUTH_SCHEME_PASSPORT 0x20
/* The certificate is for another host. */
#define WS_CERT_FAILURE_CN_MISMATCH 0x1
/* The certificate is not valid now. */
#define WS_CERT_FAILURE_INVALID_DATE 0x2
/* The certificate's root is not trusted. */
#define WS_CERT_FAILURE_UNTRUSTED_ROOT 0x4
/* The certificate is not for servers. */
#define WS_CERT_FAILURE_WRONG_USAGE 0x8
/* Whether the certificate is revoked could not be found out. */
#define WS_CERT_FAILURE_REVOCATION_OFFLINE 0x10

/* Whom HTTP authentication is for. */
typedef enum
{
    /* The server. */
    WS_HTTP_HEADER_AUTH_TARGET_SERVICE = 1,
    /* The HTTP proxy. */
    WS_HTTP_HEADER_AUTH_TARGET_PROXY = 2
} WS_HTTP_HEADER_AUTH_TARGET;

/* Protocol of Windows authentication. */
typedef enum
{
    /* Kerberos. */
    WS_WINDOWS_INTEGRATED_AUTH_PACKAGE_KERBEROS = 1,
    /* NTLM. */
    WS_WINDOWS_INTEGRATED_AUTH_PACKAGE_NTLM = 2,
    /* The best both sides have. */
    WS_WINDOWS_INTEGRATED_AUTH_PACKAGE_SPNEGO = 3
} WS_WINDOWS_INTEGRATED_AUTH_PACKAGE;

/* Version of WS-Security. */
typedef enum
{
    /* WS-Security 1.0. */
    WS_SECURITY_HEADER_VERSION_1_0 = 1,
    /* WS-Security 1.1. */
    WS_SECURITY_HEADER_VERSION_1_1 = 2
} WS_SECURITY_HEADER_VERSION;

/* Version of WS-Trust. */
typedef enum
{
    /* The draft of February 2005. */
    WS_TRUST_VERSION_FEBRUARY_2005 = 1,
    /* WS-Trust 1.3. */
    WS_TRUST_VERSION_1_3 = 2
} WS_TRUST_VERSION;

/* What a security token service is asked for. */
typedef enum
{
    /* A new token. */
    WS_REQUEST_SECURITY_TOKEN_ACTION_ISSUE = 1,
    /* A new secure conversation. */
    WS_REQUEST_SECURITY_TOKEN_ACTION_NEW_CONTEXT = 2,
    /* Renewal of a secure conversation. */
    WS_REQUEST_SECURITY_TOKEN_ACTION_RENEW_CONTEXT = 3
} WS_REQUEST_SECURITY_TOKEN_ACTION;

/* Version of WS-SecureConversation. */
typedef enum
{
    /* The draft of February 2005. */
    WS_SECURE_CONVERSATION_VERSION_FEBRUARY_2005 = 1,
    /* WS-SecureConversation 1.3. */
    WS_SECURE_CONVERSATION_VERSION_1_3 = 2
} WS_SECURE_CONVERSATION_VERSION;

/* Versions of SSL and TLS; a set of flags. */
typedef enum
{
    /* SSL 2.0. */
    WS_SECURE_PROTOCOL_SSL2 = 0x1,
    /* SSL 3.0. */
    WS_SECURE_PROTOCOL_SSL3 = 0x2,
    /* TLS 1.0. */
    WS_SECURE_PROTOCOL_TLS1_0 = 0x4,
    /* TLS 1.1. */
    WS_SECURE_PROTOCOL_TLS1_1 = 0x8,
    /* TLS 1.2. */
    WS_SECURE_PROTOCOL_TLS1_2 = 0x10
} WS_SECURE_PROTOCOL;

/* Which messages carry a timestamp. */
typedef enum
{
    /* All. */
    WS_SECURITY_TIMESTAMP_USAGE_ALWAYS = 1,
    /* None. */
    WS_SECURITY_TIMESTAMP_USAGE_NEVER = 2,
    /* Requests. */
    WS_SECURITY_TIMESTAMP_USAGE_REQUESTS_ONLY = 3
} WS_SECURITY_TIMESTAMP_USAGE;

/* Order of the parts of the security header. */
typedef enum
{
    /* Everything before its first use. */
    WS_SECURITY_HEADER_LAYOUT_STRICT = 1,
    /* Any order. */
    WS_SECURITY_HEADER_LAYOUT_LAX = 2,
    /* Any order after the timestamp. */
    WS_SECURITY_HEADER_LAYOUT_LAX_WITH_TIMESTAMP_FIRST = 3,
    /* Any order before the timestamp. */
    WS_SECURITY_HEADER_LAYOUT_LAX_WITH_TIMESTAMP_LAST = 4
} WS_SECURITY_HEADER_LAYOUT;

/* No property of an algorithm suite is defined. */
typedef int WS_SECURITY_ALGORITHM_PROPERTY_ID;

/* One property of an algorithm suite; none is defined. */
struct _WS_SECURITY_ALGORITHM_PROPERTY
{
    /* Which property. */
    WS_SECURITY_ALGORITHM_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* An algorithm; the names tell its purpose. */
typedef enum
{
    /* Chosen by the library. */
    WS_SECURITY_ALGORITHM_DEFAULT = 0,
    WS_SECURITY_ALGORITHM_CANONICALIZATION_EXCLUSIVE = 1,
    WS_SECURITY_ALGORITHM_CANONICALIZATION_EXCLUSIVE_WITH_COMMENTS = 2,
    WS_SECURITY_ALGORITHM_DIGEST_SHA1 = 3,
    WS_SECURITY_ALGORITHM_DIGEST_SHA_256 = 4,
    WS_SECURITY_ALGORITHM_DIGEST_SHA_384 = 5,
    WS_SECURITY_ALGORITHM_DIGEST_SHA_512 = 6,
    WS_SECURITY_ALGORITHM_SYMMETRIC_SIGNATURE_HMAC_SHA1 = 7,
    WS_SECURITY_ALGORITHM_SYMMETRIC_SIGNATURE_HMAC_SHA_256 = 8,
    WS_SECURITY_ALGORITHM_SYMMETRIC_SIGNATURE_HMAC_SHA_384 = 9,
    WS_SECURITY_ALGORITHM_SYMMETRIC_SIGNATURE_HMAC_SHA_512 = 10,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_SIGNATURE_RSA_SHA1 = 11,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_SIGNATURE_DSA_SHA1 = 12,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_SIGNATURE_RSA_SHA_256 = 13,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_SIGNATURE_RSA_SHA_384 = 14,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_SIGNATURE_RSA_SHA_512 = 15,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_KEYWRAP_RSA_1_5 = 16,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_KEYWRAP_RSA_OAEP = 17,
    WS_SECURITY_ALGORITHM_KEY_DERIVATION_P_SHA1 = 18
} WS_SECURITY_ALGORITHM_ID;

/* A set of algorithms, named as in WS-SecurityPolicy 1.1, section 7.1. */
typedef enum
{
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC256 = 1,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC192 = 2,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC128 = 3,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC256_RSA15 = 4,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC192_RSA15 = 5,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC128_RSA15 = 6,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC256_SHA256 = 7,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC192_SHA256 = 8,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC128_SHA256 = 9,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC256_SHA256_RSA15 = 10,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC192_SHA256_RSA15 = 11,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC128_SHA256_RSA15 = 12
} WS_SECURITY_ALGORITHM_SUITE_NAME;

/* A set of algorithms, one for each purpose. Lengths are in bits. */
struct _WS_SECURITY_ALGORITHM_SUITE
{
    WS_SECURITY_ALGORITHM_ID canonicalizationAlgorithm;
    WS_SECURITY_ALGORITHM_ID digestAlgorithm;
    WS_SECURITY_ALGORITHM_ID symmetricSignatureAlgorithm;
    WS_SECURITY_ALGORITHM_ID asymmetricSignatureAlgorithm;
    WS_SECURITY_ALGORITHM_ID encryptionAlgorithm;
    WS_SECURITY_ALGORITHM_ID keyDerivationAlgorithm;
    WS_SECURITY_ALGORITHM_ID symmetricKeyWrapAlgorithm;
    WS_SECURITY_ALGORITHM_ID asymmetricKeyWrapAlgorithm;
    ULONG minSymmetricKeyLength;
    ULONG maxSymmetricKeyLength;
    ULONG minAsymmetricKeyLength;
    ULONG maxAsymmetricKeyLength;
    /* Points to an array of properties. */
    WS_SECURITY_ALGORITHM_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
};

/* Kind of a key. */
typedef enum
{
    /* No key: a bearer token. */
    WS_SECURITY_KEY_TYPE_NONE = 1,
    /* Symmetric. */
    WS_SECURITY_KEY_TYPE_SYMMETRIC = 2,
    /* A pair of keys. */
    WS_SECURITY_KEY_TYPE_ASYMMETRIC = 3
} WS_SECURITY_KEY_TYPE;

/* Who contributes to the key of an issued token. */
typedef enum
{
    /* The client. */
    WS_SECURITY_KEY_ENTROPY_MODE_CLIENT_ONLY = 1,
    /* The issuer. */
    WS_SECURITY_KEY_ENTROPY_MODE_SERVER_ONLY = 2,
    /* Both. */
    WS_SECURITY_KEY_ENTROPY_MODE_COMBINED = 3
} WS_SECURITY_KEY_ENTROPY_MODE;

/* How a signature refers to its token. */
typedef enum
{
    /* By an id in the same message. */
    WS_SECURITY_TOKEN_REFERENCE_MODE_LOCAL_ID = 1,
    /* By given XML. */
    WS_SECURITY_TOKEN_REFERENCE_MODE_XML_BUFFER = 2,
    /* By the thumbprint of a certificate. */
    WS_SECURITY_TOKEN_REFERENCE_MODE_CERT_THUMBPRINT = 3,
    /* By the id of a secure conversation. */
    WS_SECURITY_TOKEN_REFERENCE_MODE_SECURITY_CONTEXT_ID = 4,
    /* By the id of a SAML assertion. */
    WS_SECURITY_TOKEN_REFERENCE_MODE_SAML_ASSERTION_ID = 5
} WS_SECURITY_TOKEN_REFERENCE_MODE;

/* Whether a server checks that authentication belongs to the TLS connection it came by. */
typedef enum
{
    /* No. */
    WS_EXTENDED_PROTECTION_POLICY_NEVER = 1,
    /* If the client supports it. */
    WS_EXTENDED_PROTECTION_POLICY_WHEN_SUPPORTED = 2,
    /* Yes, refusing other clients. */
    WS_EXTENDED_PROTECTION_POLICY_ALWAYS = 3
} WS_EXTENDED_PROTECTION_POLICY;

/* Where TLS ends. */
typedef enum
{
    /* At this server. */
    WS_EXTENDED_PROTECTION_SCENARIO_BOUND_SERVER = 1,
    /* At a machine in front of it. */
    WS_EXTENDED_PROTECTION_SCENARIO_TERMINATED_SSL = 2
} WS_EXTENDED_PROTECTION_SCENARIO;

/* Security settings of a whole channel. All but the first and last three are for message security. */
typedef enum
{
    /* WS_PROTECTION_LEVEL of the transport security. Default sign and encrypt. */
    WS_SECURITY_PROPERTY_TRANSPORT_PROTECTION_LEVEL = 1,
    /* WS_SECURITY_ALGORITHM_SUITE; not together with a name. */
    WS_SECURITY_PROPERTY_ALGORITHM_SUITE = 2,
    /* WS_SECURITY_ALGORITHM_SUITE_NAME. Default Basic128 with Kerberos, Basic256 else. */
    WS_SECURITY_PROPERTY_ALGORITHM_SUITE_NAME = 3,
    /* WS_TIMESPAN: age of the timestamp of a received message. Default five minutes. */
    WS_SECURITY_PROPERTY_MAX_ALLOWED_LATENCY = 4,
    /* WS_TIMESPAN: how long a sent message is valid. Default five minutes. */
    WS_SECURITY_PROPERTY_TIMESTAMP_VALIDITY_DURATION = 5,
    /* WS_TIMESPAN: tolerated difference of the clocks. Default five minutes. */
    WS_SECURITY_PROPERTY_MAX_ALLOWED_CLOCK_SKEW = 6,
    /* WS_SECURITY_TIMESTAMP_USAGE. Default always. */
    WS_SECURITY_PROPERTY_TIMESTAMP_USAGE = 7,
    /* WS_SECURITY_HEADER_LAYOUT. Default strict. */
    WS_SECURITY_PROPERTY_SECURITY_HEADER_LAYOUT = 8,
    /* WS_SECURITY_HEADER_VERSION. Default 1.1. */
    WS_SECURITY_PROPERTY_SECURITY_HEADER_VERSION = 9,
    /* WS_EXTENDED_PROTECTION_POLICY (HTTP server). Default when supported. */
    WS_SECURITY_PROPERTY_EXTENDED_PROTECTION_POLICY = 10,
    /* WS_EXTENDED_PROTECTION_SCENARIO (HTTP server). Default bound server. */
    WS_SECURITY_PROPERTY_EXTENDED_PROTECTION_SCENARIO = 11,
    /* WS_SERVICE_SECURITY_IDENTITIES: names the server answers to (HTTP server). */
    WS_SECURITY_PROPERTY_SERVICE_IDENTITIES = 12
} WS_SECURITY_PROPERTY_ID;

/* One security setting of a channel. */
struct _WS_SECURITY_PROPERTY
{
    /* Which property. */
    WS_SECURITY_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Security settings of a channel. */
struct _WS_SECURITY_PROPERTIES
{
    /* Points to an array of properties. */
    WS_SECURITY_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
};

/* Service principal names. */
struct _WS_SERVICE_SECURITY_IDENTITIES
{
    WS_STRING *serviceIdentities;
    ULONG serviceIdentityCount;
};

/* Called for each request of a client: any failure code refuses the server's certificate. */
typedef HRESULT (CALLBACK *WS_CERTIFICATE_VALIDATION_CALLBACK)( const CERT_CONTEXT *certContext, void *state );

/* The callback that checks certificates. */
struct _WS_CERTIFICATE_VALIDATION_CALLBACK_CONTEXT
{
    WS_CERTIFICATE_VALIDATION_CALLBACK callback;
    void *state;
};

/* Settings of one security binding. */
typedef enum
{
    /* BOOL: demand a certificate of the client (TLS server). Default FALSE. */
    WS_SECURITY_BINDING_PROPERTY_REQUIRE_SSL_CLIENT_CERT = 1,
    /* WS_WINDOWS_INTEGRATED_AUTH_PACKAGE (TCP, named pipe). Default SPNEGO. */
    WS_SECURITY_BINDING_PROPERTY_WINDOWS_INTEGRATED_AUTH_PACKAGE = 2,
    /* BOOL: the server must prove who it is (TCP, named pipe client). Default TRUE for TCP, FALSE for named pipes. */
    WS_SECURITY_BINDING_PROPERTY_REQUIRE_SERVER_AUTH = 3,
    /* BOOL: accept anonymous users (TCP, named pipe server). Default FALSE. */
    WS_SECURITY_BINDING_PROPERTY_ALLOW_ANONYMOUS_CLIENTS = 4,
    /* SECURITY_IMPERSONATION_LEVEL the client grants. Default SecurityIdentification. */
    WS_SECURITY_BINDING_PROPERTY_ALLOWED_IMPERSONATION_LEVEL = 5,
    /* ULONG, WS_HTTP_HEADER_AUTH_SCHEME_* flags. Default negotiate. */
    WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_SCHEME = 6,
    /* WS_HTTP_HEADER_AUTH_TARGET (client). Default the service. */
    WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_TARGET = 7,
    /* WS_STRING: realm for basic authentication (server). */
    WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_BASIC_REALM = 8,
    /* WS_STRING: realm for digest authentication (server). */
    WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_DIGEST_REALM = 9,
    /* WS_STRING: domain for digest authentication (server). */
    WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_DIGEST_DOMAIN = 10,
    /* ULONG, bits: key size to ask for. Default: the issuer decides. */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_KEY_SIZE = 11,
    /* WS_SECURITY_KEY_ENTROPY_MODE. Default combined. */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_KEY_ENTROPY_MODE = 12,
    /* WS_MESSAGE_PROPERTIES of the messages that obtain the token. */
    WS_SECURITY_BINDING_PROPERTY_MESSAGE_PROPERTIES = 13,
    /* ULONG: conversations waiting to be accepted (server). Default 100. */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_MAX_PENDING_CONTEXTS = 14,
    /* ULONG: conversations at a time (server). Default 1000. */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_MAX_ACTIVE_CONTEXTS = 15,
    /* WS_SECURE_CONVERSATION_VERSION. Default February 2005. */
    WS_SECURITY_BINDING_PROPERTY_SECURE_CONVERSATION_VERSION = 16,
    /* BOOL: renew conversations instead of making new ones. Default TRUE. */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_SUPPORT_RENEW = 17,
    /* WS_TIMESPAN: client: when to renew, default 10 hours; server: life without renewal, default 15 hours. */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_RENEWAL_INTERVAL = 18,
    /* WS_TIMESPAN: how long the old token is accepted after a renewal. Default five minutes. */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_ROLLOVER_INTERVAL = 19,
    /* ULONG, WS_CERT_FAILURE_* flags (TLS client). Default WS_CERT_FAILURE_REVOCATION_OFFLINE. */
    WS_SECURITY_BINDING_PROPERTY_CERT_FAILURES_TO_IGNORE = 20,
    /* BOOL: do not ask whether certificates are revoked (TLS client). Default FALSE. */
    WS_SECURITY_BINDING_PROPERTY_DISABLE_CERT_REVOCATION_CHECK = 21,
    /* ULONG, WS_SECURE_PROTOCOL flags: versions not to use. */
    WS_SECURITY_BINDING_PROPERTY_DISALLOWED_SECURE_PROTOCOLS = 22,
    /* WS_CERTIFICATE_VALIDATION_CALLBACK_CONTEXT: checks the server's certificate (TLS client). */
    WS_SECURITY_BINDING_PROPERTY_CERTIFICATE_VALIDATION_CALLBACK_CONTEXT = 23
} WS_SECURITY_BINDING_PROPERTY_ID;

/* One setting of a security binding. */
struct _WS_SECURITY_BINDING_PROPERTY
{
    /* Which property. */
    WS_SECURITY_BINDING_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Settings of a security binding, as an array. */
struct _WS_SECURITY_BINDING_PROPERTIES
{
    /* Points to an array of properties. */
    WS_SECURITY_BINDING_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
};

/* Which structure a WS_CERT_CREDENTIAL begins. */
typedef enum
{
    /* WS_SUBJECT_NAME_CERT_CREDENTIAL. */
    WS_SUBJECT_NAME_CERT_CREDENTIAL_TYPE = 1,
    /* WS_THUMBPRINT_CERT_CREDENTIAL. */
    WS_THUMBPRINT_CERT_CREDENTIAL_TYPE = 2,
    /* WS_CUSTOM_CERT_CREDENTIAL. */
    WS_CUSTOM_CERT_CREDENTIAL_TYPE = 3
} WS_CERT_CREDENTIAL_TYPE;

/* Base of the ways to name a certificate. */
struct _WS_CERT_CREDENTIAL
{
    WS_CERT_CREDENTIAL_TYPE credentialType;
};

/* A certificate of a store, by its subject. */
struct _WS_SUBJECT_NAME_CERT_CREDENTIAL
{
    WS_CERT_CREDENTIAL credential;
    /* CERT_SYSTEM_STORE_* location of the store. */
    ULONG storeLocation;
    /* Name of the store, such as MY. */
    WS_STRING storeName;
    /* Subject of the certificate. */
    WS_STRING subjectName;
};

/* A certificate of a store, by its thumbprint. */
struct _WS_THUMBPRINT_CERT_CREDENTIAL
{
    WS_CERT_CREDENTIAL credential;
    /* CERT_SYSTEM_STORE_* location of the store. */
    ULONG storeLocation;
    /* Name of the store, such as MY. */
    WS_STRING storeName;
    /* SHA-1 of the certificate in hexadecimal. */
    WS_STRING thumbprint;
};

/* Supplies a certificate when the channel or listener is opened; on success the library owns it and frees it. */
typedef HRESULT (CALLBACK *WS_GET_CERT_CALLBACK)( void *getCertCallbackState,
        const WS_ENDPOINT_ADDRESS *targetAddress, const WS_STRING *viaUri, const CERT_CONTEXT **cert,
        WS_ERROR *error );

/* Tells the issuers a server trusts, after it refused to go on without a client certificate. */
typedef HRESULT (CALLBACK *WS_CERT_ISSUER_LIST_NOTIFICATION_CALLBACK)( 
        void *certIssuerListNotificationCallbackState, const struct _SecPkgContext_IssuerListInfoEx *issuerList,
        WS_ERROR *error );

/* A certificate that callbacks supply. */
struct _WS_CUSTOM_CERT_CREDENTIAL
{
    WS_CERT_CREDENTIAL credential;
    WS_GET_CERT_CALLBACK getCertCallback;
    void *getCertCallbackState;
    WS_CERT_ISSUER_LIST_NOTIFICATION_CALLBACK certIssuerListNotificationCallback;
    void *certIssuerListNotificationCallbackState;
};

/* Which structure a WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL begins. */
typedef enum
{
    /* WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL. */
    WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE = 1,
    /* WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL. */
    WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE = 2,
    /* WS_OPAQUE_WINDOWS_INTEGRATED_AUTH_CREDENTIAL. */
    WS_OPAQUE_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE = 3
} WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE;

/* Base of the ways to name a Windows user. */
struct _WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL
{
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE credentialType;
};

/* User, password and domain as strings. */
struct _WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL
{
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL credential;
    WS_STRING username;
    WS_STRING password;
    WS_STRING domain;
};

/* The user of the calling thread. */
struct _WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL
{
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL credential;
};

/* An identity in the form of the security package. */
struct _WS_OPAQUE_WINDOWS_INTEGRATED_AUTH_CREDENTIAL
{
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL credential;
    /* A PSEC_WINNT_AUTH_IDENTITY_OPAQUE. */
    void *opaqueAuthIdentity;
};

/* Which structure a WS_USERNAME_CREDENTIAL begins. */
typedef enum
{
    /* WS_STRING_USERNAME_CREDENTIAL. */
    WS_STRING_USERNAME_CREDENTIAL_TYPE = 1
} WS_USERNAME_CREDENTIAL_TYPE;

/* Base of the ways to give a user name. */
struct _WS_USERNAME_CREDENTIAL
{
    WS_USERNAME_CREDENTIAL_TYPE credentialType;
};

/* User name and password as strings. */
struct _WS_STRING_USERNAME_CREDENTIAL
{
    WS_USERNAME_CREDENTIAL credential;
    WS_STRING username;
    WS_STRING password;
};

/* Checks name and password of each received message: S_OK accepts, S_FALSE or a failure refuses. */
typedef HRESULT (CALLBACK *WS_VALIDATE_PASSWORD_CALLBACK)( void *passwordValidatorCallbackState,
        const WS_STRING *username, const WS_STRING *password, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Role of a token in the message. */
typedef enum
{
    /* It adds to what the transport protects. */
    WS_SUPPORTING_MESSAGE_SECURITY_USAGE = 1
} WS_MESSAGE_SECURITY_USAGE;

/* Base of the security bindings. */
struct _WS_SECURITY_BINDING
{
    /* Tells the structure this one begins. */
    WS_SECURITY_BINDING_TYPE bindingType;
    /* Points to an array of properties. */
    WS_SECURITY_BINDING_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
};

/* TLS under HTTP. */
struct _WS_SSL_TRANSPORT_SECURITY_BINDING
{
    WS_SECURITY_BINDING binding;
    /* Certificate of this side; NULL for none. A server takes that of the system's settings for its port. */
    WS_CERT_CREDENTIAL *localCertCredential;
};

/* Windows security under TCP. */
struct _WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING
{
    WS_SECURITY_BINDING binding;
    /* User of the client; NULL on the server. */
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
};

/* Windows security on a named pipe. */
struct _WS_NAMEDPIPE_SSPI_TRANSPORT_SECURITY_BINDING
{
    WS_SECURITY_BINDING binding;
    /* User of the client; NULL on the server. */
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
};

/* Authentication by HTTP headers. */
struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING
{
    WS_SECURITY_BINDING binding;
    /* User of the client; NULL on the server. */
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
};

/* A Kerberos ticket in the message; needs a transport that is secure. */
struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING
{
    WS_SECURITY_BINDING binding;
    /* How the token is used. */
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    /* User of the client; NULL on the server. */
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
};

/* User name and password in the message; needs a transport that is secure. */
struct _WS_USERNAME_MESSAGE_SECURITY_BINDING
{
    WS_SECURITY_BINDING binding;
    /* How the token is used. */
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    /* User of the client; NULL on the server. */
    WS_USERNAME_CREDENTIAL *clientCredential;
    /* Checks them on the server; NULL on the client. */
    WS_VALIDATE_PASSWORD_CALLBACK passwordValidator;
    void *passwordValidatorCallbackState;
};

/* Security of a channel or listener: bindings, at most one for the transport, and settings. */
struct _WS_SECURITY_DESCRIPTION
{
    WS_SECURITY_BINDING **securityBindings;
    ULONG securityBindingCount;
    WS_SECURITY_PROPERTY *properties;
    ULONG propertyCount;
};

/* Secure conversation: messages use a key agreed on first. */
struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING
{
    WS_SECURITY_BINDING binding;
    /* How the token is used. */
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    /* Security of the messages that agree on it. */
    WS_SECURITY_DESCRIPTION *bootstrapSecurityDescription;
};

/* Which structure a WS_SECURITY_KEY_HANDLE begins. */
typedef enum
{
    /* WS_RAW_SYMMETRIC_SECURITY_KEY_HANDLE. */
    WS_RAW_SYMMETRIC_SECURITY_KEY_HANDLE_TYPE = 1,
    /* WS_NCRYPT_ASYMMETRIC_SECURITY_KEY_HANDLE. */
    WS_NCRYPT_ASYMMETRIC_SECURITY_KEY_HANDLE_TYPE = 2,
    /* WS_CAPI_ASYMMETRIC_SECURITY_KEY_HANDLE. */
    WS_CAPI_ASYMMETRIC_SECURITY_KEY_HANDLE_TYPE = 3
} WS_SECURITY_KEY_HANDLE_TYPE;

/* Base of the ways to give a key. */
struct _WS_SECURITY_KEY_HANDLE
{
    WS_SECURITY_KEY_HANDLE_TYPE keyHandleType;
};

/* A symmetric key, given by its bytes. */
struct _WS_RAW_SYMMETRIC_SECURITY_KEY_HANDLE
{
    WS_SECURITY_KEY_HANDLE keyHandle;
    /* The key. */
    WS_BYTES rawKeyBytes;
};

/* A pair of keys of CNG. */
struct _WS_NCRYPT_ASYMMETRIC_SECURITY_KEY_HANDLE
{
    WS_SECURITY_KEY_HANDLE keyHandle;
    /* Owned by the caller, who keeps it while it is used. */
    NCRYPT_KEY_HANDLE asymmetricKey;
};

/* A pair of keys of CryptoAPI. */
struct _WS_CAPI_ASYMMETRIC_SECURITY_KEY_HANDLE
{
    WS_SECURITY_KEY_HANDLE keyHandle;
    /* Owned by the caller, who keeps it while it is used. */
    HCRYPTPROV provider;
    /* AT_KEYEXCHANGE or AT_SIGNATURE. */
    ULONG keySpec;
};

/* What WsGetSecurityTokenProperty reads. Pointers belong to the token unless a heap is given. */
typedef enum
{
    /* WS_SECURITY_KEY_TYPE of the token. */
    WS_SECURITY_TOKEN_PROPERTY_KEY_TYPE = 1,
    /* WS_DATETIME: start of its validity; ticks 0 if it tells none. */
    WS_SECURITY_TOKEN_PROPERTY_VALID_FROM_TIME = 2,
    /* WS_DATETIME: end of its validity; ticks 0 if it tells none. */
    WS_SECURITY_TOKEN_PROPERTY_VALID_TILL_TIME = 3,
    /* WS_XML_BUFFER *: the token. */
    WS_SECURITY_TOKEN_PROPERTY_SERIALIZED_XML = 4,
    /* WS_XML_BUFFER *: reference to it in a message that holds it. */
    WS_SECURITY_TOKEN_PROPERTY_ATTACHED_REFERENCE_XML = 5,
    /* WS_XML_BUFFER *: reference to it in a message that does not. */
    WS_SECURITY_TOKEN_PROPERTY_UNATTACHED_REFERENCE_XML = 6,
    /* WS_BYTES: its symmetric key, allocated in the heap, which is required; erase it after use. */
    WS_SECURITY_TOKEN_PROPERTY_SYMMETRIC_KEY = 7
} WS_SECURITY_TOKEN_PROPERTY_ID;

/* Properties of a token made with WsCreateXmlSecurityToken. */
typedef enum
{
    /* WS_XML_BUFFER: reference to it in a message that holds it. */
    WS_XML_SECURITY_TOKEN_PROPERTY_ATTACHED_REFERENCE = 1,
    /* WS_XML_BUFFER: reference to it in a message that does not. */
    WS_XML_SECURITY_TOKEN_PROPERTY_UNATTACHED_REFERENCE = 2,
    /* WS_DATETIME: start of its validity. */
    WS_XML_SECURITY_TOKEN_PROPERTY_VALID_FROM_TIME = 3,
    /* WS_DATETIME: end of its validity. */
    WS_XML_SECURITY_TOKEN_PROPERTY_VALID_TILL_TIME = 4
} WS_XML_SECURITY_TOKEN_PROPERTY_ID;

/* One property for WsCreateXmlSecurityToken. */
struct _WS_XML_SECURITY_TOKEN_PROPERTY
{
    /* Which property. */
    WS_XML_SECURITY_TOKEN_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* An XML token in the message, such as an issued SAML assertion (client). */
struct _WS_XML_TOKEN_MESSAGE_SECURITY_BINDING
{
    WS_SECURITY_BINDING binding;
    /* How the token is used. */
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    /* The token; must live as long as the channel. */
    WS_SECURITY_TOKEN *xmlToken;
};

/* Which structure a WS_SAML_AUTHENTICATOR begins. */
typedef enum
{
    /* WS_CERT_SIGNED_SAML_AUTHENTICATOR. */
    WS_CERT_SIGNED_SAML_AUTHENTICATOR_TYPE = 1
} WS_SAML_AUTHENTICATOR_TYPE;

/* Base of the ways to check SAML assertions. */
struct _WS_SAML_AUTHENTICATOR
{
    WS_SAML_AUTHENTICATOR_TYPE authenticatorType;
};

/* Further check of an assertion whose signature was good: S_OK accepts, S_FALSE or a failure refuses. */
typedef HRESULT (CALLBACK *WS_VALIDATE_SAML_CALLBACK)( void *samlValidatorCallbackState,
        WS_XML_BUFFER *samlAssertion, WS_ERROR *error );

/* Accepts SAML assertions signed by one of the given certificates. */
struct _WS_CERT_SIGNED_SAML_AUTHENTICATOR
{
    WS_SAML_AUTHENTICATOR authenticator;
    /* Certificates of the issuers; the array and they must live as long as the listener. */
    const CERT_CONTEXT **trustedIssuerCerts;
    ULONG trustedIssuerCertCount;
    /* Certificate with private key the assertions' keys are encrypted for. */
    const CERT_CONTEXT *decryptionCert;
    /* Further check, or NULL. */
    WS_VALIDATE_SAML_CALLBACK samlValidator;
    void *samlValidatorCallbackState;
};

/* A SAML assertion in the message (server). */
struct _WS_SAML_MESSAGE_SECURITY_BINDING
{
    WS_SECURITY_BINDING binding;
    /* How the token is used. */
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    WS_SAML_AUTHENTICATOR *authenticator;
};

/* Properties of a request for a security token. */
typedef enum
{
    /* WS_ENDPOINT_ADDRESS: service the token is for. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_APPLIES_TO = 1,
    /* WS_TRUST_VERSION. Default February 2005. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_TRUST_VERSION = 2,
    /* WS_SECURE_CONVERSATION_VERSION, for the two context actions. Default February 2005. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_SECURE_CONVERSATION_VERSION = 3,
    /* WS_XML_STRING: type of token. Default: the issuer knows. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ISSUED_TOKEN_TYPE = 4,
    /* WS_REQUEST_SECURITY_TOKEN_ACTION. Default issue. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_REQUEST_ACTION = 5,
    /* WS_SECURITY_TOKEN *: token to renew; invalid afterwards. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_EXISTING_TOKEN = 6,
    /* WS_SECURITY_KEY_TYPE, none or symmetric. Default: not told, which means symmetric. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ISSUED_TOKEN_KEY_TYPE = 7,
    /* ULONG, bits: size of a symmetric key. Default: not told. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ISSUED_TOKEN_KEY_SIZE = 8,
    /* WS_SECURITY_KEY_ENTROPY_MODE. Default server only. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ISSUED_TOKEN_KEY_ENTROPY = 9,
    /* WS_XML_BUFFER *: elements of the client to put into the request. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_LOCAL_REQUEST_PARAMETERS = 10,
    /* WS_XML_BUFFER *: elements the service wants in the request, from its policy. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_SERVICE_REQUEST_PARAMETERS = 11,
    /* WS_MESSAGE_PROPERTIES of the two messages. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_MESSAGE_PROPERTIES = 12,
    /* WS_SECURITY_BEARER_KEY_TYPE_VERSION: which name bearer tokens have with WS-Trust 1.3. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_BEARER_KEY_TYPE_VERSION = 13
} WS_REQUEST_SECURITY_TOKEN_PROPERTY_ID;

/* One property of the request that gets a token from a security token service. */
struct _WS_REQUEST_SECURITY_TOKEN_PROPERTY
{
    /* Which property. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Which text of WS-Trust 1.3 the URI of bearer keys is taken from. */
typedef enum
{
    /* The specification as first published. */
    WS_SECURITY_BEARER_KEY_TYPE_VERSION_1_3_ORIGINAL_SPECIFICATION = 1,
    /* Its schema. */
    WS_SECURITY_BEARER_KEY_TYPE_VERSION_1_3_ORIGINAL_SCHEMA = 2,
    /* The corrected specification. */
    WS_SECURITY_BEARER_KEY_TYPE_VERSION_1_3_ERRATA_01 = 3
} WS_SECURITY_BEARER_KEY_TYPE_VERSION;

/* What WsGetSecurityContextProperty reads; valid as long as the message the context came from. */
typedef enum
{
    /* WS_UNIQUE_ID of the conversation. */
    WS_SECURITY_CONTEXT_PROPERTY_IDENTIFIER = 1,
    /* WS_STRING: user name that began it. */
    WS_SECURITY_CONTEXT_PROPERTY_USERNAME = 2,
    /* HANDLE: Windows user that began it. */
    WS_SECURITY_CONTEXT_PROPERTY_MESSAGE_SECURITY_WINDOWS_TOKEN = 3,
    /* WS_XML_BUFFER *: SAML assertion that began it. */
    WS_SECURITY_CONTEXT_PROPERTY_SAML_ASSERTION = 4
} WS_SECURITY_CONTEXT_PROPERTY_ID;

/* One property of a secure conversation. */
struct _WS_SECURITY_CONTEXT_PROPERTY
{
    /* Which property. */
    WS_SECURITY_CONTEXT_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Asks the security token service at the other end of the channel for a token; the caller frees it. */
HRESULT WINAPI WsRequestSecurityToken( WS_CHANNEL *channel, const WS_REQUEST_SECURITY_TOKEN_PROPERTY *properties,
        ULONG propertyCount, WS_SECURITY_TOKEN **token, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Reads a property of a token; the heap takes copies where the property says so. */
HRESULT WINAPI WsGetSecurityTokenProperty( WS_SECURITY_TOKEN *securityToken, WS_SECURITY_TOKEN_PROPERTY_ID id,
        void *value, ULONG valueSize, WS_HEAP *heap, WS_ERROR *error );

/* Makes a token of XML and key; both are copied. The caller frees it after the channels that use it. */
HRESULT WINAPI WsCreateXmlSecurityToken( WS_XML_BUFFER *tokenXml, WS_SECURITY_KEY_HANDLE *tokenKey,
        const WS_XML_SECURITY_TOKEN_PROPERTY *properties, ULONG propertyCount, WS_SECURITY_TOKEN **token,
        WS_ERROR *error );

/* Frees a token. NULL is accepted. */
void WINAPI WsFreeSecurityToken( WS_SECURITY_TOKEN *token );

/* Ends a secure conversation: later messages of it are refused (server). */
HRESULT WINAPI WsRevokeSecurityContext( WS_SECURITY_CONTEXT *securityContext, WS_ERROR *error );

/* Reads a property of a secure conversation. */
HRESULT WINAPI WsGetSecurityContextProperty( WS_SECURITY_CONTEXT *securityContext,
        WS_SECURITY_CONTEXT_PROPERTY_ID id, void *value, ULONG valueSize, WS_ERROR *error );

/* ==== Service contracts ==== */

/* How the parameters form the messages of an operation. */
typedef enum
{
    /* Document style: as described by the parameter descriptions. */
    WS_NON_RPC_LITERAL_OPERATION = 0,
    /* RPC style with literal parts. */
    WS_RPC_LITERAL_OPERATION = 1
} WS_OPERATION_STYLE;

/* What a parameter of an operation is. */
typedef enum
{
    /* A field of the message. */
    WS_PARAMETER_TYPE_NORMAL = 0,
    /* A repeating field. */
    WS_PARAMETER_TYPE_ARRAY = 1,
    /* The number of items of such a field. */
    WS_PARAMETER_TYPE_ARRAY_COUNT = 2,
    /* The whole body of the message. */
    WS_PARAMETER_TYPE_MESSAGES = 3
} WS_PARAMETER_TYPE;

/* One parameter of an operation, in the order of its C function. */
struct _WS_PARAMETER_DESCRIPTION
{
    WS_PARAMETER_TYPE parameterType;
    /* Index of the field in the request; 0xffff if it is not there. */
    USHORT inputMessageIndex;
    /* Index of the field in the reply; 0xffff if it is not there. */
    USHORT outputMessageIndex;
};

/* The element in the body may be nil. */
#define WS_SERVICE_OPERATION_MESSAGE_NILLABLE_ELEMENT 0x1

/* Calls the service's function, callback, with the parameters found in frame, a structure of the operation. */
typedef HRESULT (CALLBACK *WS_SERVICE_STUB_CALLBACK)( const WS_OPERATION_CONTEXT *context, void *frame,
        const void *callback, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* An operation of a contract; usually generated from WSDL. */
struct _WS_OPERATION_DESCRIPTION
{
    /* Layout of this structure: 1. */
    ULONG versionInfo;
    WS_MESSAGE_DESCRIPTION *inputMessageDescription;
    /* NULL for a one-way operation. */
    WS_MESSAGE_DESCRIPTION *outputMessageDescription;
    /* WS_SERVICE_OPERATION_MESSAGE_* flags. */
    ULONG inputMessageOptions;
    /* WS_SERVICE_OPERATION_MESSAGE_* flags. */
    ULONG outputMessageOptions;
    USHORT parameterCount;
    /* Parameters in the order of the C function. */
    WS_PARAMETER_DESCRIPTION *parameterDescription;
    /* Calls the function on the server; not used by clients. */
    WS_SERVICE_STUB_CALLBACK stubCallback;
    WS_OPERATION_STYLE style;
};

/* The operations of a contract. Must live as long as the host. */
struct _WS_CONTRACT_DESCRIPTION
{
    ULONG operationCount;
    WS_OPERATION_DESCRIPTION **operations;
};

/* Handles messages of a channel whose action no operation has; it reads and answers them itself. */
typedef HRESULT (CALLBACK *WS_SERVICE_MESSAGE_RECEIVE_CALLBACK)( const WS_OPERATION_CONTEXT *context,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* A contract with its implementation. */
struct _WS_SERVICE_CONTRACT
{
    const WS_CONTRACT_DESCRIPTION *contractDescription;
    /* For all other actions, or NULL to refuse them with a fault. */
    WS_SERVICE_MESSAGE_RECEIVE_CALLBACK defaultMessageHandlerCallback;
    /* The functions, one pointer for each operation in the same order. */
    const void *methodTable;
};

/* What an operation can ask about its call; valid until the operation is done. */
typedef enum
{
    /* WS_CHANNEL *: the channel the message came by. */
    WS_OPERATION_CONTEXT_PROPERTY_CHANNEL = 0,
    /* WS_CONTRACT_DESCRIPTION *: the contract. */
    WS_OPERATION_CONTEXT_PROPERTY_CONTRACT_DESCRIPTION = 1,
    /* void *: WS_SERVICE_PROPERTY_HOST_USER_STATE of the host. */
    WS_OPERATION_CONTEXT_PROPERTY_HOST_USER_STATE = 2,
    /* void *: what the accept callback stored for the channel. */
    WS_OPERATION_CONTEXT_PROPERTY_CHANNEL_USER_STATE = 3,
    /* WS_MESSAGE *: the request. */
    WS_OPERATION_CONTEXT_PROPERTY_INPUT_MESSAGE = 4,
    /* WS_MESSAGE *: the reply. */
    WS_OPERATION_CONTEXT_PROPERTY_OUTPUT_MESSAGE = 5,
    /* WS_HEAP *: the call's heap: the results of an operation belong here. */
    WS_OPERATION_CONTEXT_PROPERTY_HEAP = 6,
    /* WS_LISTENER *: the endpoint's listener. */
    WS_OPERATION_CONTEXT_PROPERTY_LISTENER = 7,
    /* WS_ENDPOINT_ADDRESS *: the endpoint's address. */
    WS_OPERATION_CONTEXT_PROPERTY_ENDPOINT_ADDRESS = 8
} WS_OPERATION_CONTEXT_PROPERTY_ID;

/* Reads what an operation context knows. */
HRESULT WINAPI WsGetOperationContextProperty( const WS_OPERATION_CONTEXT *context,
        const WS_OPERATION_CONTEXT_PROPERTY_ID id, void *value, ULONG valueSize, WS_ERROR *error );

/* Why an asynchronous operation is to stop. */
typedef enum
{
    /* The host is aborted. */
    WS_SERVICE_HOST_ABORT = 0,
    /* The client's channel failed. */
    WS_SERVICE_CHANNEL_FAULTED = 1
} WS_SERVICE_CANCEL_REASON;

/* Asks an asynchronous operation to end soon. It must not block. */
typedef void (CALLBACK *WS_OPERATION_CANCEL_CALLBACK)( const WS_SERVICE_CANCEL_REASON reason, void *state );

/* Frees the state given to WsRegisterOperationForCancel, once the operation is over. */
typedef void (CALLBACK *WS_OPERATION_FREE_STATE_CALLBACK)( void *state );

/* Lets an asynchronous operation know when to stop; at most once for each call. */
HRESULT WINAPI WsRegisterOperationForCancel( const WS_OPERATION_CONTEXT *context,
        WS_OPERATION_CANCEL_CALLBACK cancelCallback, WS_OPERATION_FREE_STATE_CALLBACK freestateCallback,
        void *userState, WS_ERROR *error );

/* ==== Service host ==== */

/* Settings of an endpoint of a host. */
typedef enum
{
    /* WS_SERVICE_PROPERTY_ACCEPT_CALLBACK: called for each new channel. */
    WS_SERVICE_ENDPOINT_PROPERTY_ACCEPT_CHANNEL_CALLBACK = 0,
    /* WS_SERVICE_PROPERTY_CLOSE_CALLBACK: called when a channel ends. */
    WS_SERVICE_ENDPOINT_PROPERTY_CLOSE_CHANNEL_CALLBACK = 1,
    /* ULONG: channels waiting for clients at a time. Default 1; must be 1 with a default message handler. */
    WS_SERVICE_ENDPOINT_PROPERTY_MAX_ACCEPTING_CHANNELS = 2,
    /* ULONG: calls at a time on one session. Default 1; must be 1 with a default message handler. */
    WS_SERVICE_ENDPOINT_PROPERTY_MAX_CONCURRENCY = 3,
    /* SIZE_T, bytes: quota of the call's heap, for parameters and results. Default 65535. */
    WS_SERVICE_ENDPOINT_PROPERTY_BODY_HEAP_MAX_SIZE = 4,
    /* SIZE_T, bytes: memory that heap keeps from call to call. Default 4096. */
    WS_SERVICE_ENDPOINT_PROPERTY_BODY_HEAP_TRIM_SIZE = 5,
    /* WS_MESSAGE_PROPERTIES of its messages: heap, reader, writer, number of headers. */
    WS_SERVICE_ENDPOINT_PROPERTY_MESSAGE_PROPERTIES = 6,
    /* ULONG: call objects kept for later use. Default 100. */
    WS_SERVICE_ENDPOINT_PROPERTY_MAX_CALL_POOL_SIZE = 7,
    /* ULONG: channels kept for later use. Default 100. */
    WS_SERVICE_ENDPOINT_PROPERTY_MAX_CHANNEL_POOL_SIZE = 8,
    /* WS_LISTENER_PROPERTIES of its listener. */
    WS_SERVICE_ENDPOINT_PROPERTY_LISTENER_PROPERTIES = 9,
    /* BOOL: refuse messages with headers that must be but are not understood. Default TRUE. */
    WS_SERVICE_ENDPOINT_PROPERTY_CHECK_MUST_UNDERSTAND = 10,
    /* WS_METADATA_EXCHANGE_TYPE: how metadata is served. Default none. */
    WS_SERVICE_ENDPOINT_PROPERTY_METADATA_EXCHANGE_TYPE = 11,
    /* WS_SERVICE_ENDPOINT_METADATA: the endpoint's names in the WSDL. */
    WS_SERVICE_ENDPOINT_PROPERTY_METADATA = 12,
    /* WS_STRING: added to the endpoint's URL, tells where metadata requests come to; default: the endpoint itself. */
    WS_SERVICE_ENDPOINT_PROPERTY_METADATA_EXCHANGE_URL_SUFFIX = 13,
    /* ULONG: channels at a time. Default 100. */
    WS_SERVICE_ENDPOINT_PROPERTY_MAX_CHANNELS = 14
} WS_SERVICE_ENDPOINT_PROPERTY_ID;

/* How an endpoint serves its metadata. */
typedef enum
{
    /* Not. */
    WS_METADATA_EXCHANGE_TYPE_NONE = 0,
    /* By WS-MetadataExchange. */
    WS_METADATA_EXCHANGE_TYPE_MEX = 1,
    /* By HTTP GET. */
    WS_METADATA_EXCHANGE_TYPE_HTTP_GET = 2
} WS_METADATA_EXCHANGE_TYPE;

/* One setting of an endpoint. */
struct _WS_SERVICE_ENDPOINT_PROPERTY
{
    /* Which property. */
    WS_SERVICE_ENDPOINT_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* A client has a new channel; what is stored in channelState accompanies it. A failure refuses the client. */
typedef HRESULT (CALLBACK *WS_SERVICE_ACCEPT_CHANNEL_CALLBACK)( const WS_OPERATION_CONTEXT *context,
        void **channelState, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* The channel has ended, for whatever reason; free its state. */
typedef HRESULT (CALLBACK *WS_SERVICE_CLOSE_CHANNEL_CALLBACK)( const WS_OPERATION_CONTEXT *context,
        const WS_ASYNC_CONTEXT *asyncContext );

/* Decides whether the sender of a message may do what it asks for. */
typedef HRESULT (CALLBACK *WS_SERVICE_SECURITY_CALLBACK)( const WS_OPERATION_CONTEXT *context, BOOL *authorized,
        WS_ERROR *error );

/* The callback for new channels. */
struct _WS_SERVICE_PROPERTY_ACCEPT_CALLBACK
{
    WS_SERVICE_ACCEPT_CHANNEL_CALLBACK callback;
};

/* The callback for ended channels. */
struct _WS_SERVICE_PROPERTY_CLOSE_CALLBACK
{
    WS_SERVICE_CLOSE_CHANNEL_CALLBACK callback;
};

/* One document a host serves. */
struct _WS_SERVICE_METADATA_DOCUMENT
{
    /* The XML. */
    WS_XML_STRING *content;
    /* Name of the document in the URL; NULL for the main one. */
    WS_STRING *name;
};

/* The documents that a host answers requests for metadata with. */
struct _WS_SERVICE_METADATA
{
    ULONG documentCount;
    WS_SERVICE_METADATA_DOCUMENT **documents;
    /* Name of the service in the WSDL. */
    WS_XML_STRING *serviceName;
    /* Its namespace, which tells the document the service element goes to. */
    WS_XML_STRING *serviceNs;
};

/* Names of an endpoint in the WSDL. */
struct _WS_SERVICE_ENDPOINT_METADATA
{
    WS_XML_STRING *portName;
    WS_XML_STRING *bindingName;
    WS_XML_STRING *bindingNs;
};

/* An endpoint of a host. It and all it points to must live as long as the host. */
struct _WS_SERVICE_ENDPOINT
{
    /* Where to listen. */
    WS_ENDPOINT_ADDRESS address;
    WS_CHANNEL_BINDING channelBinding;
    WS_CHANNEL_TYPE channelType;
    /* Security of its channels, or NULL. */
    const WS_SECURITY_DESCRIPTION *securityDescription;
    const WS_SERVICE_CONTRACT *contract;
    /* Decides on each message, or NULL. */
    WS_SERVICE_SECURITY_CALLBACK authorizationCallback;
    /* Points to an array of properties. */
    const WS_SERVICE_ENDPOINT_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
    /* Properties of its channels. */
    WS_CHANNEL_PROPERTIES channelProperties;
};

/* Settings of a host. */
typedef enum
{
    /* void *: for the application's use, to be had from the operation context. */
    WS_SERVICE_PROPERTY_HOST_USER_STATE = 0,
    /* WS_FAULT_DISCLOSURE of the faults it makes. Default minimal. */
    WS_SERVICE_PROPERTY_FAULT_DISCLOSURE = 1,
    /* LANGID of the faults it makes. Default: the user's locale. */
    WS_SERVICE_PROPERTY_FAULT_LANGID = 2,
    /* WS_SERVICE_HOST_STATE, read only. */
    WS_SERVICE_PROPERTY_HOST_STATE = 3,
    /* WS_SERVICE_METADATA: the documents it serves. */
    WS_SERVICE_PROPERTY_METADATA = 4,
    /* ULONG, milliseconds: after this long closing turns into abort. Default 5000. */
    WS_SERVICE_PROPERTY_CLOSE_TIMEOUT = 5
} WS_SERVICE_PROPERTY_ID;

/* One setting of a host. */
struct _WS_SERVICE_PROPERTY
{
    /* Which property. */
    WS_SERVICE_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* State of a host. */
typedef enum
{
    /* Not open yet, or reset. */
    WS_SERVICE_HOST_STATE_CREATED = 0,
    /* WsOpenServiceHost is under way. */
    WS_SERVICE_HOST_STATE_OPENING = 1,
    /* Serving. */
    WS_SERVICE_HOST_STATE_OPEN = 2,
    /* WsCloseServiceHost is under way. */
    WS_SERVICE_HOST_STATE_CLOSING = 3,
    /* Closed; may be reset. */
    WS_SERVICE_HOST_STATE_CLOSED = 4,
    /* Failed for good. */
    WS_SERVICE_HOST_STATE_FAULTED = 5
} WS_SERVICE_HOST_STATE;

/* Creates a host for endpoints, which are not copied; the caller closes and frees it. May be used by several
 * threads. */
HRESULT WINAPI WsCreateServiceHost( const WS_SERVICE_ENDPOINT **endpoints, const USHORT endpointCount,
        const WS_SERVICE_PROPERTY *serviceProperties, ULONG servicePropertyCount, WS_SERVICE_HOST **serviceHost,
        WS_ERROR *error );

/* Opens all endpoints and starts serving, in threads of the library. */
HRESULT WINAPI WsOpenServiceHost( WS_SERVICE_HOST *serviceHost, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Stops accepting, lets calls under way finish up to the close timeout. */
HRESULT WINAPI WsCloseServiceHost( WS_SERVICE_HOST *serviceHost, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Breaks off all that is under way; operations are told through their cancel callbacks. */
HRESULT WINAPI WsAbortServiceHost( WS_SERVICE_HOST *serviceHost, WS_ERROR *error );

/* Frees the host, which must not be open. NULL is accepted. */
void WINAPI WsFreeServiceHost( WS_SERVICE_HOST *serviceHost );

/* Makes a closed host ready to be opened anew. */
HRESULT WINAPI WsResetServiceHost( WS_SERVICE_HOST *serviceHost, WS_ERROR *error );

/* Reads a property of the host into value, which the caller provides; valueSize is the exact size of its type in
 * bytes. */
HRESULT WINAPI WsGetServiceHostProperty( WS_SERVICE_HOST *serviceHost, const WS_SERVICE_PROPERTY_ID id, void *value,
        ULONG valueSize, WS_ERROR *error );

/* ==== Service proxy ==== */

/* Settings of a proxy, given at creation. */
typedef enum
{
    /* ULONG, milliseconds: how long a call may take. Default 30000; INFINITE for no limit. */
    WS_PROXY_PROPERTY_CALL_TIMEOUT = 0,
    /* WS_MESSAGE_PROPERTIES of its messages: heap, reader, writer, number of headers. */
    WS_PROXY_PROPERTY_MESSAGE_PROPERTIES = 1,
    /* USHORT: call objects kept for later use. Default 5. */
    WS_PROXY_PROPERTY_MAX_CALL_POOL_SIZE = 2,
    /* WS_SERVICE_PROXY_STATE, read only. */
    WS_PROXY_PROPERTY_STATE = 3,
    /* ULONG: calls at a time; more fail with WS_E_QUOTA_EXCEEDED. Default 100. */
    WS_PROXY_PROPERTY_MAX_PENDING_CALLS = 4,
    /* ULONG, milliseconds: after this long closing turns into abort. Default 5000. */
    WS_PROXY_PROPERTY_MAX_CLOSE_TIMEOUT = 5,
    /* LANGID of the faults it makes. Default: the user's locale. */
    WS_PROXY_FAULT_LANG_ID = 6
} WS_PROXY_PROPERTY_ID;

/* One setting of a proxy. */
struct _WS_PROXY_PROPERTY
{
    /* Which property. */
    WS_PROXY_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* State of a proxy. */
typedef enum
{
    /* Not open yet, or reset. */
    WS_SERVICE_PROXY_STATE_CREATED = 0,
    /* WsOpenServiceProxy is under way. */
    WS_SERVICE_PROXY_STATE_OPENING = 1,
    /* Ready for calls. */
    WS_SERVICE_PROXY_STATE_OPEN = 2,
    /* WsCloseServiceProxy is under way. */
    WS_SERVICE_PROXY_STATE_CLOSING = 3,
    /* Closed; may be reset. */
    WS_SERVICE_PROXY_STATE_CLOSED = 4,
    /* Failed for good. */
    WS_SERVICE_PROXY_STATE_FAULTED = 5
} WS_SERVICE_PROXY_STATE;

/* Looks at, or changes, the headers of a message of a call. */
typedef HRESULT (CALLBACK *WS_PROXY_MESSAGE_CALLBACK)( WS_MESSAGE *message, WS_HEAP *heap, void *state,
        WS_ERROR *error );

/* The callback that gets a call's message. */
struct _WS_PROXY_MESSAGE_CALLBACK_CONTEXT
{
    WS_PROXY_MESSAGE_CALLBACK callback;
    void *state;
};

/* Settings of one call. */
typedef enum
{
    /* BOOL: refuse replies with headers that must be but are not understood. Default TRUE. */
    WS_CALL_PROPERTY_CHECK_MUST_UNDERSTAND = 0,
    /* WS_PROXY_MESSAGE_CALLBACK_CONTEXT: gets the request before it is sent. */
    WS_CALL_PROPERTY_SEND_MESSAGE_CONTEXT = 1,
    /* WS_PROXY_MESSAGE_CALLBACK_CONTEXT: gets the reply before its body is read. */
    WS_CALL_PROPERTY_RECEIVE_MESSAGE_CONTEXT = 2,
    /* ULONG: number of the call for WsAbandonCall; 0 is none. */
    WS_CALL_PROPERTY_CALL_ID = 3
} WS_CALL_PROPERTY_ID;

/* One setting of a call. */
struct _WS_CALL_PROPERTY
{
    /* Which property. */
    WS_CALL_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Reads a property of the proxy into value, which the caller provides; valueSize is the exact size of its type in
 * bytes. */
HRESULT WINAPI WsGetServiceProxyProperty( WS_SERVICE_PROXY *serviceProxy, const WS_PROXY_PROPERTY_ID id,
        void *value, ULONG valueSize, WS_ERROR *error );

/* Creates a client; the caller closes and frees it. May be used by several threads. */
HRESULT WINAPI WsCreateServiceProxy( const WS_CHANNEL_TYPE channelType, const WS_CHANNEL_BINDING channelBinding,
        const WS_SECURITY_DESCRIPTION *securityDescription, const WS_PROXY_PROPERTY *properties,
        const ULONG propertyCount, const WS_CHANNEL_PROPERTY *channelProperties, const ULONG channelPropertyCount,
        WS_SERVICE_PROXY **serviceProxy, WS_ERROR *error );

/* Opens the proxy to the service at the address; calls are possible when it has returned S_OK. */
HRESULT WINAPI WsOpenServiceProxy( WS_SERVICE_PROXY *serviceProxy, const WS_ENDPOINT_ADDRESS *address,
        const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* Refuses new calls, lets calls under way finish up to the close timeout. */
HRESULT WINAPI WsCloseServiceProxy( WS_SERVICE_PROXY *serviceProxy, const WS_ASYNC_CONTEXT *asyncContext,
        WS_ERROR *error );

/* Breaks off all calls; never waits. */
HRESULT WINAPI WsAbortServiceProxy( WS_SERVICE_PROXY *serviceProxy, WS_ERROR *error );

/* Frees the proxy, which must not be open. NULL is accepted. */
void WINAPI WsFreeServiceProxy( WS_SERVICE_PROXY *serviceProxy );

/* Makes a closed proxy ready to be opened anew. */
HRESULT WINAPI WsResetServiceProxy( WS_SERVICE_PROXY *serviceProxy, WS_ERROR *error );

/* Ends a call for its caller, with WS_E_OPERATION_ABANDONED; callId 0 ends all. Its input and output still go on. */
HRESULT WINAPI WsAbandonCall( WS_SERVICE_PROXY *serviceProxy, ULONG callId, WS_ERROR *error );

/* Calls an operation. arguments points to the parameters one by one; results are allocated in the heap. */
HRESULT WINAPI WsCall( WS_SERVICE_PROXY *serviceProxy, const WS_OPERATION_DESCRIPTION *operation,
        const void **arguments, WS_HEAP *heap, const WS_CALL_PROPERTY *callProperties,
        const ULONG callPropertyCount, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error );

/* ==== URLs and time ==== */

/* Scheme of a URL. */
typedef enum
{
    /* http: WS_HTTP_URL. */
    WS_URL_HTTP_SCHEME_TYPE = 0,
    /* https: WS_HTTPS_URL. */
    WS_URL_HTTPS_SCHEME_TYPE = 1,
    /* net.tcp: WS_NETTCP_URL. */
    WS_URL_NETTCP_SCHEME_TYPE = 2,
    /* soap.udp: WS_SOAPUDP_URL. */
    WS_URL_SOAPUDP_SCHEME_TYPE = 3,
    /* net.pipe: WS_NETPIPE_URL. */
    WS_URL_NETPIPE_SCHEME_TYPE = 4
} WS_URL_SCHEME_TYPE;

/* Accept + and * as host. */
#define WS_URL_FLAGS_ALLOW_HOST_WILDCARDS 0x1
/* Keep . and .. in paths. */
#define WS_URL_FLAGS_NO_PATH_COLLAPSE 0x2
/* End the result in a zero, which its length does not count. */
#define WS_URL_FLAGS_ZERO_TERMINATE 0x4

/* Base of the URLs. */
struct _WS_URL
{
    /* Tells the structure this one begins. */
    WS_URL_SCHEME_TYPE scheme;
};

/* An http URL, its parts decoded. */
struct _WS_HTTP_URL
{
    WS_URL url;
    WS_STRING host;
    USHORT port;
    WS_STRING portAsString;
    WS_STRING path;
    WS_STRING query;
    WS_STRING fragment;
};

/* An https URL, its parts decoded. */
struct _WS_HTTPS_URL
{
    WS_URL url;
    WS_STRING host;
    USHORT port;
    WS_STRING portAsString;
    WS_STRING path;
    WS_STRING query;
    WS_STRING fragment;
};

/* A net.tcp URL, its parts decoded. */
struct _WS_NETTCP_URL
{
    WS_URL url;
    WS_STRING host;
    USHORT port;
    WS_STRING portAsString;
    WS_STRING path;
    WS_STRING query;
    WS_STRING fragment;
};

/* A soap.udp URL, its parts decoded. */
struct _WS_SOAPUDP_URL
{
    WS_URL url;
    WS_STRING host;
    USHORT port;
    WS_STRING portAsString;
    WS_STRING path;
    WS_STRING query;
    WS_STRING fragment;
};

/* A net.pipe URL, its parts decoded. */
struct _WS_NETPIPE_URL
{
    WS_URL url;
    WS_STRING host;
    USHORT port;
    WS_STRING portAsString;
    WS_STRING path;
    WS_STRING query;
    WS_STRING fragment;
};

/* Splits a URL into its decoded parts, in the heap. */
HRESULT WINAPI WsDecodeUrl( const WS_STRING *url, ULONG flags, WS_HEAP *heap, WS_URL **outUrl, WS_ERROR *error );

/* Makes a URL of its parts, escaped as needed, in the heap. */
HRESULT WINAPI WsEncodeUrl( const WS_URL *url, ULONG flags, WS_HEAP *heap, WS_STRING *outUrl, WS_ERROR *error );

/* Resolves a URL relative to a base, in the heap. */
HRESULT WINAPI WsCombineUrl( const WS_STRING *baseUrl, const WS_STRING *referenceUrl, ULONG flags, WS_HEAP *heap,
        WS_STRING *resultUrl, WS_ERROR *error );

/* Converts a moment to a FILETIME, which counts from the year 1601: earlier ones fail. */
HRESULT WINAPI WsDateTimeToFileTime( const WS_DATETIME *dateTime, FILETIME *fileTime, WS_ERROR *error );

/* Converts a FILETIME to a moment in universal time. */
HRESULT WINAPI WsFileTimeToDateTime( const FILETIME *fileTime, WS_DATETIME *dateTime, WS_ERROR *error );

/* ==== Metadata and policy ==== */

/* State of a metadata object. */
typedef enum
{
    /* Taking documents. */
    WS_METADATA_STATE_CREATED = 1,
    /* Complete: endpoints may be looked at, no document added. */
    WS_METADATA_STATE_RESOLVED = 2,
    /* Failed for good until it is reset. */
    WS_METADATA_STATE_FAULTED = 3
} WS_METADATA_STATE;

/* Properties of a metadata object, given at creation. */
typedef enum
{
    /* WS_METADATA_STATE, read only. */
    WS_METADATA_PROPERTY_STATE = 1,
    /* WS_HEAP_PROPERTIES of its heap. Defaults: quota 256 KB, trim size 32 KB. */
    WS_METADATA_PROPERTY_HEAP_PROPERTIES = 2,
    /* WS_POLICY_PROPERTIES of its policies. */
    WS_METADATA_PROPERTY_POLICY_PROPERTIES = 3,
    /* SIZE_T, read only: bytes it uses of its heap. */
    WS_METADATA_PROPERTY_HEAP_REQUESTED_SIZE = 4,
    /* ULONG: documents that may be added. Default 32. */
    WS_METADATA_PROPERTY_MAX_DOCUMENTS = 5,
    /* WS_HOST_NAMES: hosts further documents may come from. Default none. */
    WS_METADATA_PROPERTY_HOST_NAMES = 6,
    /* BOOL: whether that is checked. Default TRUE. */
    WS_METADATA_PROPERTY_VERIFY_HOST_NAMES = 7
} WS_METADATA_PROPERTY_ID;

/* One property of a metadata object. */
struct _WS_METADATA_PROPERTY
{
    /* Which property. */
    WS_METADATA_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* An endpoint found in the metadata; owned by the metadata object. */
struct _WS_METADATA_ENDPOINT
{
    WS_ENDPOINT_ADDRESS endpointAddress;
    /* Its policy. */
    WS_POLICY *endpointPolicy;
    WS_XML_STRING *portName;
    WS_XML_STRING *serviceName;
    WS_XML_STRING *serviceNs;
    WS_XML_STRING *bindingName;
    WS_XML_STRING *bindingNs;
    WS_XML_STRING *portTypeName;
    WS_XML_STRING *portTypeNs;
};

/* The endpoints that the documents of a metadata object describe; they live as long as that. */
struct _WS_METADATA_ENDPOINTS
{
    WS_METADATA_ENDPOINT *endpoints;
    ULONG endpointCount;
};

/* State of a policy. */
typedef enum
{
    /* Usable. */
    WS_POLICY_STATE_CREATED = 1,
    /* Could not be understood. */
    WS_POLICY_STATE_FAULTED = 2
} WS_POLICY_STATE;

/* Properties of policies, given with those of the metadata object. */
typedef enum
{
    /* WS_POLICY_STATE, read only. */
    WS_POLICY_PROPERTY_STATE = 1,
    /* ULONG: alternatives of one policy. Default 32. */
    WS_POLICY_PROPERTY_MAX_ALTERNATIVES = 2,
    /* ULONG: nested elements of a policy, those it refers to included. Default 32. */
    WS_POLICY_PROPERTY_MAX_DEPTH = 3,
    /* ULONG: unknown assertions of one policy. Default 8. */
    WS_POLICY_PROPERTY_MAX_EXTENSIONS = 4
} WS_POLICY_PROPERTY_ID;

/* One property of a policy, as WsGetPolicyProperty knows them. */
struct _WS_POLICY_PROPERTY
{
    /* Which property. */
    WS_POLICY_PROPERTY_ID id;
    /* The value; its type is told with the id. */
    void *value;
    /* Size of the value in bytes. */
    ULONG valueSize;
};

/* Properties that policies are read with, as an array. */
struct _WS_POLICY_PROPERTIES
{
    /* Points to an array of properties. */
    WS_POLICY_PROPERTY *properties;
    /* Number of properties. */
    ULONG propertyCount;
};

/* Which structure a WS_SECURITY_BINDING_CONSTRAINT begins; each name is that of the structure. */
typedef enum
{
    WS_SSL_TRANSPORT_SECURITY_BINDING_CONSTRAINT_TYPE = 1,
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_CONSTRAINT_TYPE = 2,
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_CONSTRAINT_TYPE = 3,
    WS_USERNAME_MESSAGE_SECURITY_BINDING_CONSTRAINT_TYPE = 4,
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_CONSTRAINT_TYPE = 5,
    WS_ISSUED_TOKEN_MESSAGE_SECURITY_BINDING_CONSTRAINT_TYPE = 6,
    WS_CERT_MESSAGE_SECURITY_BINDING_CONSTRAINT_TYPE = 7,
    WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_CONSTRAINT_TYPE = 8
} WS_SECURITY_BINDING_CONSTRAINT_TYPE;

/* Values of a binding setting the program can do with. */
struct _WS_SECURITY_BINDING_PROPERTY_CONSTRAINT
{
    /* Which property. */
    WS_SECURITY_BINDING_PROPERTY_ID id;
    /* Array of values of the property's type. */
    void *allowedValues;
    /* Size of the array in bytes. */
    ULONG allowedValuesSize;
    /* Set when the policy matches. */
    struct
    {
        /* The value the policy asks for, in the heap of the match. */
        WS_SECURITY_BINDING_PROPERTY securityBindingProperty;
    } out;
};

/* Base of the constraints on security bindings. */
struct _WS_SECURITY_BINDING_CONSTRAINT
{
    /* Tells the structure this one begins. */
    WS_SECURITY_BINDING_CONSTRAINT_TYPE type;
    WS_SECURITY_BINDING_PROPERTY_CONSTRAINT *propertyConstraints;
    ULONG propertyConstraintCount;
};

/* The policy must ask for TLS. */
struct _WS_SSL_TRANSPORT_SECURITY_BINDING_CONSTRAINT
{
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    /* Set when the policy matches. */
    struct
    {
        /* TRUE if it asks for a certificate of the client. */
        BOOL clientCertCredentialRequired;
    } out;
};

/* The policy must ask for a user name in the message. */
struct _WS_USERNAME_MESSAGE_SECURITY_BINDING_CONSTRAINT
{
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    /* How the token is used. */
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
};

/* The policy must ask for HTTP authentication. */
struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING_CONSTRAINT
{
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
};

/* The policy must ask for Windows security under TCP. */
struct _WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_CONSTRAINT
{
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
};

/* The policy must ask for a certificate in the message. */
struct _WS_CERT_MESSAGE_SECURITY_BINDING_CONSTRAINT
{
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    /* How the token is used. */
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
};

/* The policy must ask for a Kerberos ticket in the message. */
struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_CONSTRAINT
{
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    /* How the token is used. */
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
};

/* Values of a token request's property the program can do with. */
struct _WS_REQUEST_SECURITY_TOKEN_PROPERTY_CONSTRAINT
{
    /* Which property. */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ID id;
    /* Array of values of the property's type. */
    void *allowedValues;
    /* Size of the array in bytes. */
    ULONG allowedValuesSize;
    /* Set when the policy matches. */
    struct
    {
        /* The value the policy asks for, in the heap of the match. */
        WS_REQUEST_SECURITY_TOKEN_PROPERTY requestSecurityTokenProperty;
    } out;
};

/* The policy must ask for an issued token. */
struct _WS_ISSUED_TOKEN_MESSAGE_SECURITY_BINDING_CONSTRAINT
{
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    /* How the token is used. */
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    /* Claims the program can supply; the policy must ask for no others. NULL for any. */
    WS_XML_STRING *claimConstraints;
    ULONG claimConstraintCount;
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_CONSTRAINT *requestSecurityTokenPropertyConstraints;
    ULONG requestSecurityTokenPropertyConstraintCount;
    /* Set when the policy matches. */
    struct
    {
        /* Who issues the token, or NULL. */
        WS_ENDPOINT_ADDRESS *issuerAddress;
        /* What to put into the request for it, or NULL. */
        WS_XML_BUFFER *requestSecurityTokenTemplate;
    } out;
};

/* Values of a security setting the program can do with. */
struct _WS_SECURITY_PROPERTY_CONSTRAINT
{
    /* Which property. */
    WS_SECURITY_PROPERTY_ID id;
    /* Array of values of the property's type. */
    void *allowedValues;
    /* Size of the array in bytes. */
    ULONG allowedValuesSize;
    /* Set when the policy matches. */
    struct
    {
        /* The value the policy asks for, in the heap of the match. */
        WS_SECURITY_PROPERTY securityProperty;
    } out;
};

/* Security the program can do with; the policy must ask for exactly these bindings. */
struct _WS_SECURITY_CONSTRAINTS
{
    WS_SECURITY_PROPERTY_CONSTRAINT *securityPropertyConstraints;
    ULONG securityPropertyConstraintCount;
    WS_SECURITY_BINDING_CONSTRAINT **securityBindingConstraints;
    ULONG securityBindingConstraintCount;
};

/* The policy must ask for a secure conversation. */
struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_CONSTRAINT
{
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    /* How the token is used. */
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    /* Security of the messages that begin it. */
    WS_SECURITY_CONSTRAINTS *bootstrapSecurityConstraint;
};

/* Values of a channel property the program can do with. */
struct _WS_CHANNEL_PROPERTY_CONSTRAINT
{
    /* Which property. */
    WS_CHANNEL_PROPERTY_ID id;
    /* Array of values of the property's type. */
    void *allowedValues;
    /* Size of the array in bytes. */
    ULONG allowedValuesSize;
    /* Set when the policy matches. */
    struct
    {
        /* The value the policy asks for, in the heap of the match. */
        WS_CHANNEL_PROPERTY channelProperty;
    } out;
};

/* Which structure a WS_POLICY_EXTENSION begins. */
typedef enum
{
    /* WS_ENDPOINT_POLICY_EXTENSION. */
    WS_ENDPOINT_POLICY_EXTENSION_TYPE = 1
} WS_POLICY_EXTENSION_TYPE;

/* Base of the extensions of a policy. */
struct _WS_POLICY_EXTENSION
{
    /* Tells the structure this one begins. */
    WS_POLICY_EXTENSION_TYPE type;
};

/* An assertion the program handles itself. */
struct _WS_ENDPOINT_POLICY_EXTENSION
{
    WS_POLICY_EXTENSION policyExtension;
    /* Name of its element. */
    WS_XML_STRING *assertionName;
    WS_XML_STRING *assertionNs;
    /* Set when the policy matches. */
    struct
    {
        /* The assertion as XML, read only, owned by the metadata object; NULL if it is absent. */
        WS_XML_BUFFER *assertionValue;
    } out;
};

/* What an endpoint's policy may ask for so that the program can talk to it. */
struct _WS_POLICY_CONSTRAINTS
{
    WS_CHANNEL_BINDING channelBinding;
    WS_CHANNEL_PROPERTY_CONSTRAINT *channelPropertyConstraints;
    ULONG channelPropertyConstraintCount;
    WS_SECURITY_CONSTRAINTS *securityConstraints;
    WS_POLICY_EXTENSION **policyExtensions;
    ULONG policyExtensionCount;
};

/* Creates a metadata object; the caller frees it. Not for use by two threads at a time. */
HRESULT WINAPI WsCreateMetadata( const WS_METADATA_PROPERTY *properties, ULONG propertyCount,
        WS_METADATA **metadata, WS_ERROR *error );

/* Adds the document at the reader, which came from url. */
HRESULT WINAPI WsReadMetadata( WS_METADATA *metadata, WS_XML_READER *reader, const WS_STRING *url,
        WS_ERROR *error );

/* Frees the object and all it returned. NULL is accepted. */
void WINAPI WsFreeMetadata( WS_METADATA *metadata );

/* Drops all documents and ends the life of all it returned. */
HRESULT WINAPI WsResetMetadata( WS_METADATA *metadata, WS_ERROR *error );

/* Reads a property of the object. */
HRESULT WINAPI WsGetMetadataProperty( WS_METADATA *metadata, WS_METADATA_PROPERTY_ID id, void *value,
        ULONG valueSize, WS_ERROR *error );

/* Returns where a document that others refer to can be had; NULL if none is missing. Owned by the object. */
HRESULT WINAPI WsGetMissingMetadataDocumentAddress( WS_METADATA *metadata, WS_ENDPOINT_ADDRESS **address,
        WS_ERROR *error );

/* Returns the endpoints; no document can be added afterwards. Owned by the object. */
HRESULT WINAPI WsGetMetadataEndpoints( WS_METADATA *metadata, WS_METADATA_ENDPOINTS *endpoints, WS_ERROR *error );

/* Compares alternative alternativeIndex with constraints and fills their out parts. No match: WS_E_INVALID_FORMAT
 * if required, else S_FALSE. */
HRESULT WINAPI WsMatchPolicyAlternative( WS_POLICY *policy, ULONG alternativeIndex,
        WS_POLICY_CONSTRAINTS *policyConstraints, BOOL matchRequired, WS_HEAP *heap, WS_ERROR *error );

/* Reads a property of the policy into value, which the caller provides; valueSize is the exact size of its type in
 * bytes. */
HRESULT WINAPI WsGetPolicyProperty( WS_POLICY *policy, WS_POLICY_PROPERTY_ID id, void *value, ULONG valueSize,
        WS_ERROR *error );

/* Returns how many alternatives a policy has. */
HRESULT WINAPI WsGetPolicyAlternativeCount( WS_POLICY *policy, ULONG *count, WS_ERROR *error );

/* ==== Binding templates and policy descriptions ==== */

/* Which binding a template and its description are for: the structures WS_<name>_BINDING_TEMPLATE and
 * WS_<name>_POLICY_DESCRIPTION. Programs fill in the template; wsutil generates the description from the policy. */
typedef enum
{
    /* HTTP. */
    WS_HTTP_BINDING_TEMPLATE_TYPE = 0,
    /* HTTP over TLS. */
    WS_HTTP_SSL_BINDING_TEMPLATE_TYPE = 1,
    /* HTTP with HTTP authentication. */
    WS_HTTP_HEADER_AUTH_BINDING_TEMPLATE_TYPE = 2,
    /* HTTP over TLS with HTTP authentication. */
    WS_HTTP_SSL_HEADER_AUTH_BINDING_TEMPLATE_TYPE = 3,
    /* HTTP over TLS with a user name in the message. */
    WS_HTTP_SSL_USERNAME_BINDING_TEMPLATE_TYPE = 4,
    /* HTTP over TLS with a Kerberos ticket in the message. */
    WS_HTTP_SSL_KERBEROS_APREQ_BINDING_TEMPLATE_TYPE = 5,
    /* TCP. */
    WS_TCP_BINDING_TEMPLATE_TYPE = 6,
    /* TCP with Windows security. */
    WS_TCP_SSPI_BINDING_TEMPLATE_TYPE = 7,
    /* TCP with Windows security with a user name in the message. */
    WS_TCP_SSPI_USERNAME_BINDING_TEMPLATE_TYPE = 8,
    /* TCP with Windows security with a Kerberos ticket in the message. */
    WS_TCP_SSPI_KERBEROS_APREQ_BINDING_TEMPLATE_TYPE = 9,
    /* HTTP over TLS with a user name in the message, then a secure conversation. */
    WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE_TYPE = 10,
    /* HTTP over TLS with a Kerberos ticket in the message, then a secure conversation. */
    WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE_TYPE = 11,
    /* TCP with Windows security with a user name in the message, then a secure conversation. */
    WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE_TYPE = 12,
    /* TCP with Windows security with a Kerberos ticket in the message, then a secure conversation. */
    WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE_TYPE = 13
} WS_BINDING_TEMPLATE_TYPE;

/* What the policy fixes for HTTP. */
struct _WS_HTTP_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
};

/* What the policy fixes for TLS. */
struct _WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
};

/* What the policy fixes for HTTP over TLS. */
struct _WS_HTTP_SSL_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
};

/* What the policy fixes for HTTP authentication. */
struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING_POLICY_DESCRIPTION
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
};

/* What the policy fixes for HTTP with HTTP authentication. */
struct _WS_HTTP_HEADER_AUTH_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_POLICY_DESCRIPTION httpHeaderAuthSecurityBinding;
};

/* What the policy fixes for HTTP over TLS with HTTP authentication. */
struct _WS_HTTP_SSL_HEADER_AUTH_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_POLICY_DESCRIPTION httpHeaderAuthSecurityBinding;
};

/* What the policy fixes for a user name in the message. */
struct _WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
};

/* What the policy fixes for HTTP over TLS with a user name in the message. */
struct _WS_HTTP_SSL_USERNAME_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION usernameMessageSecurityBinding;
};

/* What the policy fixes for a Kerberos ticket in the message. */
struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
};

/* What the policy fixes for HTTP over TLS with a Kerberos ticket in the message. */
struct _WS_HTTP_SSL_KERBEROS_APREQ_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION kerberosApreqMessageSecurityBinding;
};

/* What the policy fixes for TCP. */
struct _WS_TCP_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
};

/* What the policy fixes for Windows security. */
struct _WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
};

/* What the policy fixes for TCP with Windows security. */
struct _WS_TCP_SSPI_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sspiTransportSecurityBinding;
};

/* What the policy fixes for TCP with Windows security with a user name in the message. */
struct _WS_TCP_SSPI_USERNAME_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sspiTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION usernameMessageSecurityBinding;
};

/* What the policy fixes for TCP with Windows security with a Kerberos ticket in the message. */
struct _WS_TCP_SSPI_KERBEROS_APREQ_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sspiTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION kerberosApreqMessageSecurityBinding;
};

/* What the policy fixes for the messages of a secure conversation. */
struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
};

/* What the policy fixes for a secure conversation. */
struct _WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION
{
    WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION securityContextMessageSecurityBinding;
    WS_SECURITY_PROPERTIES securityProperties;
};

/* What the policy fixes for TCP with Windows security with a Kerberos ticket in the message, then a secure
 * conversation. */
struct _WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sspiTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION kerberosApreqMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION securityContextSecurityBinding;
};

/* What the policy fixes for TCP with Windows security with a user name in the message, then a secure conversation. */
struct _WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sspiTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION usernameMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION securityContextSecurityBinding;
};

/* What the policy fixes for HTTP over TLS with a user name in the message, then a secure conversation. */
struct _WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION usernameMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION securityContextSecurityBinding;
};

/* What the policy fixes for HTTP over TLS with a Kerberos ticket in the message, then a secure conversation. */
struct _WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_POLICY_DESCRIPTION
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION kerberosApreqMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION securityContextSecurityBinding;
};

/* What the program adds for HTTP. */
struct _WS_HTTP_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
};

/* What the program adds for TCP. */
struct _WS_TCP_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
};

/* What the program adds for TLS. */
struct _WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_CERT_CREDENTIAL *localCertCredential;
};

/* What the program adds for HTTP over TLS. */
struct _WS_HTTP_SSL_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
};

/* What the program adds for HTTP authentication. */
struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TEMPLATE
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
};

/* What the program adds for HTTP with HTTP authentication. */
struct _WS_HTTP_HEADER_AUTH_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TEMPLATE httpHeaderAuthSecurityBinding;
};

/* What the program adds for Windows security under TCP. */
struct _WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
};

/* What the program adds for TCP with Windows security. */
struct _WS_TCP_SSPI_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE sspiTransportSecurityBinding;
};

/* What the program adds for HTTP over TLS with HTTP authentication. */
struct _WS_HTTP_SSL_HEADER_AUTH_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TEMPLATE httpHeaderAuthSecurityBinding;
};

/* What the program adds for a user name in the message. */
struct _WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_USERNAME_CREDENTIAL *clientCredential;
    WS_VALIDATE_PASSWORD_CALLBACK passwordValidator;
    void *passwordValidatorCallbackState;
};

/* What the program adds for HTTP over TLS with a user name in the message. */
struct _WS_HTTP_SSL_USERNAME_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE usernameMessageSecurityBinding;
};

/* What the program adds for a Kerberos ticket in the message. */
struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
};

/* What the program adds for HTTP over TLS with a Kerberos ticket in the message. */
struct _WS_HTTP_SSL_KERBEROS_APREQ_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE kerberosApreqMessageSecurityBinding;
};

/* What the program adds for TCP with Windows security with a user name in the message. */
struct _WS_TCP_SSPI_USERNAME_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE sspiTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE usernameMessageSecurityBinding;
};

/* What the program adds for TCP with Windows security with a Kerberos ticket in the message. */
struct _WS_TCP_SSPI_KERBEROS_APREQ_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE sspiTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE kerberosApreqMessageSecurityBinding;
};

/* What the program adds for the messages of a secure conversation. */
struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_TEMPLATE
{
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
};

/* What the program adds for a secure conversation. */
struct _WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE
{
    WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_TEMPLATE securityContextMessageSecurityBinding;
    WS_SECURITY_PROPERTIES securityProperties;
};

/* What the program adds for HTTP over TLS with a user name in the message, then a secure conversation. */
struct _WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE usernameMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE securityContextSecurityBinding;
};

/* What the program adds for HTTP over TLS with a Kerberos ticket in the message, then a secure conversation. */
struct _WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE kerberosApreqMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE securityContextSecurityBinding;
};

/* What the program adds for TCP with Windows security with a user name in the message, then a secure conversation. */
struct _WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE sspiTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE usernameMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE securityContextSecurityBinding;
};

/* What the program adds for TCP with Windows security with a Kerberos ticket in the message, then a secure
 * conversation. */
struct _WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE
{
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE sspiTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE kerberosApreqMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE securityContextSecurityBinding;
};

/* Creates a proxy for the binding of a policy: what templateDescription fixes, completed by templateValue (NULL
 * for nothing to add). Sizes are those of the structures in bytes. */
HRESULT WINAPI WsCreateServiceProxyFromTemplate( WS_CHANNEL_TYPE channelType, const WS_PROXY_PROPERTY *properties,
        const ULONG propertyCount, WS_BINDING_TEMPLATE_TYPE templateType, void *templateValue, ULONG templateSize,
        const void *templateDescription, ULONG templateDescriptionSize, WS_SERVICE_PROXY **serviceProxy,
        WS_ERROR *error );

/* Creates an endpoint for the binding of a policy, in the heap, to be given to WsCreateServiceHost. Template as
 * for WsCreateServiceProxyFromTemplate. */
HRESULT WINAPI WsCreateServiceEndpointFromTemplate( WS_CHANNEL_TYPE channelType,
        const WS_SERVICE_ENDPOINT_PROPERTY *properties, ULONG propertyCount, const WS_STRING *addressUrl,
        const WS_SERVICE_CONTRACT *contract, WS_SERVICE_SECURITY_CALLBACK authorizationCallback, WS_HEAP *heap,
        WS_BINDING_TEMPLATE_TYPE templateType, void *templateValue, ULONG templateSize,
        const void *templateDescription, ULONG templateDescriptionSize, WS_SERVICE_ENDPOINT **serviceEndpoint,
        WS_ERROR *error );

/* ==== Tracing ==== */

/* The function an event of the system's tracing tells about. */
typedef enum
{
    WS_TRACE_API_NONE = -1,
    WS_TRACE_API_START_READER_CANONICALIZATION = 0,
    WS_TRACE_API_END_READER_CANONICALIZATION = 1,
    WS_TRACE_API_START_WRITER_CANONICALIZATION = 2,
    WS_TRACE_API_END_WRITER_CANONICALIZATION = 3,
    WS_TRACE_API_CREATE_XML_BUFFER = 4,
    WS_TRACE_API_REMOVE_NODE = 5,
    WS_TRACE_API_CREATE_READER = 6,
    WS_TRACE_API_SET_INPUT = 7,
    WS_TRACE_API_SET_INPUT_TO_BUFFER = 8,
    WS_TRACE_API_FREE_XML_READER = 9,
    WS_TRACE_API_GET_READER_PROPERTY = 10,
    WS_TRACE_API_GET_READER_NODE = 11,
    WS_TRACE_API_FILL_READER = 12,
    WS_TRACE_API_READ_START_ELEMENT = 13,
    WS_TRACE_API_READ_TO_START_ELEMENT = 14,
    WS_TRACE_API_READ_START_ATTRIBUTE = 15,
    WS_TRACE_API_READ_END_ATTRIBUTE = 16,
    WS_TRACE_API_READ_NODE = 17,
    WS_TRACE_API_SKIP_NODE = 18,
    WS_TRACE_API_READ_END_ELEMENT = 19,
    WS_TRACE_API_FIND_ATTRIBUTE = 20,
    WS_TRACE_API_READ_ELEMENT_VALUE = 21,
    WS_TRACE_API_READ_CHARS = 22,
    WS_TRACE_API_READ_CHARS_UTF8 = 23,
    WS_TRACE_API_READ_BYTES = 24,
    WS_TRACE_API_READ_ARRAY = 25,
    WS_TRACE_API_GET_READER_POSITION = 26,
    WS_TRACE_API_SET_READER_POSITION = 27,
    WS_TRACE_API_MOVE_READER = 28,
    WS_TRACE_API_CREATE_WRITER = 29,
    WS_TRACE_API_FREE_XML_WRITER = 30,
    WS_TRACE_API_SET_OUTPUT = 31,
    WS_TRACE_API_SET_OUTPUT_TO_BUFFER = 32,
    WS_TRACE_API_GET_WRITER_PROPERTY = 33,
    WS_TRACE_API_FLUSH_WRITER = 34,
    WS_TRACE_API_WRITE_START_ELEMENT = 35,
    WS_TRACE_API_WRITE_END_START_ELEMENT = 36,
    WS_TRACE_API_WRITE_XMLNS_ATTRIBUTE = 37,
    WS_TRACE_API_WRITE_START_ATTRIBUTE = 38,
    WS_TRACE_API_WRITE_END_ATTRIBUTE = 39,
    WS_TRACE_API_WRITE_VALUE = 40,
    WS_TRACE_API_WRITE_XML_BUFFER = 41,
    WS_TRACE_API_READ_XML_BUFFER = 42,
    WS_TRACE_API_WRITE_XML_BUFFER_TO_BYTES = 43,
    WS_TRACE_API_READ_XML_BUFFER_FROM_BYTES = 44,
    WS_TRACE_API_WRITE_ARRAY = 45,
    WS_TRACE_API_WRITE_QUALIFIED_NAME = 46,
    WS_TRACE_API_WRITE_CHARS = 47,
    WS_TRACE_API_WRITE_CHARS_UTF8 = 48,
    WS_TRACE_API_WRITE_BYTES = 49,
    WS_TRACE_API_PUSH_BYTES = 50,
    WS_TRACE_API_PULL_BYTES = 51,
    WS_TRACE_API_WRITE_END_ELEMENT = 52,
    WS_TRACE_API_WRITE_TEXT = 53,
    WS_TRACE_API_WRITE_START_CDATA = 54,
    WS_TRACE_API_WRITE_END_CDATA = 55,
    WS_TRACE_API_WRITE_NODE = 56,
    WS_TRACE_API_PREFIX_FROM_NAMESPACE = 57,
    WS_TRACE_API_GET_WRITER_POSITION = 58,
    WS_TRACE_API_SET_WRITER_POSITION = 59,
    WS_TRACE_API_MOVE_WRITER = 60,
    WS_TRACE_API_TRIM_XML_WHITESPACE = 61,
    WS_TRACE_API_VERIFY_XML_NCNAME = 62,
    WS_TRACE_API_XML_STRING_EQUALS = 63,
    WS_TRACE_API_NAMESPACE_FROM_PREFIX = 64,
    WS_TRACE_API_READ_QUALIFIED_NAME = 65,
    WS_TRACE_API_GET_XML_ATTRIBUTE = 66,
    WS_TRACE_API_COPY_NODE = 67,
    WS_TRACE_API_ASYNC_EXECUTE = 68,
    WS_TRACE_API_CREATE_CHANNEL = 69,
    WS_TRACE_API_OPEN_CHANNEL = 70,
    WS_TRACE_API_SEND_MESSAGE = 71,
    WS_TRACE_API_RECEIVE_MESSAGE = 72,
    WS_TRACE_API_REQUEST_REPLY = 73,
    WS_TRACE_API_SEND_REPLY_MESSAGE = 74,
    WS_TRACE_API_SEND_FAULT_MESSAGE_FOR_ERROR = 75,
    WS_TRACE_API_GET_CHANNEL_PROPERTY = 76,
    WS_TRACE_API_SET_CHANNEL_PROPERTY = 77,
    WS_TRACE_API_WRITE_MESSAGE_START = 78,
    WS_TRACE_API_WRITE_MESSAGE_END = 79,
    WS_TRACE_API_READ_MESSAGE_START = 80,
    WS_TRACE_API_READ_MESSAGE_END = 81,
    WS_TRACE_API_CLOSE_CHANNEL = 82,
    WS_TRACE_API_ABORT_CHANNEL = 83,
    WS_TRACE_API_FREE_CHANNEL = 84,
    WS_TRACE_API_RESET_CHANNEL = 85,
    WS_TRACE_API_ABANDON_MESSAGE = 86,
    WS_TRACE_API_SHUTDOWN_SESSION_CHANNEL = 87,
    WS_TRACE_API_GET_CONTEXT_PROPERTY = 88,
    WS_TRACE_API_GET_DICTIONARY = 89,
    WS_TRACE_API_READ_ENDPOINT_ADDRESS_EXTENSION = 90,
    WS_TRACE_API_CREATE_ERROR = 91,
    WS_TRACE_API_ADD_ERROR_STRING = 92,
    WS_TRACE_API_GET_ERROR_STRING = 93,
    WS_TRACE_API_COPY_ERROR = 94,
    WS_TRACE_API_GET_ERROR_PROPERTY = 95,
    WS_TRACE_API_SET_ERROR_PROPERTY = 96,
    WS_TRACE_API_RESET_ERROR = 97,
    WS_TRACE_API_FREE_ERROR = 98,
    WS_TRACE_API_GET_FAULT_ERROR_PROPERTY = 99,
    WS_TRACE_API_SET_FAULT_ERROR_PROPERTY = 100,
    WS_TRACE_API_CREATE_FAULT_FROM_ERROR = 101,
    WS_TRACE_API_SET_FAULT_ERROR_DETAIL = 102,
    WS_TRACE_API_GET_FAULT_ERROR_DETAIL = 103,
    WS_TRACE_API_CREATE_HEAP = 104,
    WS_TRACE_API_ALLOC = 105,
    WS_TRACE_API_GET_HEAP_PROPERTY = 106,
    WS_TRACE_API_RESET_HEAP = 107,
    WS_TRACE_API_FREE_HEAP = 108,
    WS_TRACE_API_CREATE_LISTENER = 109,
    WS_TRACE_API_OPEN_LISTENER = 110,
    WS_TRACE_API_ACCEPT_CHANNEL = 111,
    WS_TRACE_API_CLOSE_LISTENER = 112,
    WS_TRACE_API_ABORT_LISTENER = 113,
    WS_TRACE_API_RESET_LISTENER = 114,
    WS_TRACE_API_FREE_LISTENER = 115,
    WS_TRACE_API_GET_LISTENER_PROPERTY = 116,
    WS_TRACE_API_SET_LISTENER_PROPERTY = 117,
    WS_TRACE_API_CREATE_CHANNEL_FOR_LISTENER = 118,
    WS_TRACE_API_CREATE_MESSAGE = 119,
    WS_TRACE_API_CREATE_MESSAGE_FOR_CHANNEL = 120,
    WS_TRACE_API_INITIALIZE_MESSAGE = 121,
    WS_TRACE_API_RESET_MESSAGE = 122,
    WS_TRACE_API_FREE_MESSAGE = 123,
    WS_TRACE_API_GET_HEADER_ATTRIBUTES = 124,
    WS_TRACE_API_GET_HEADER = 125,
    WS_TRACE_API_GET_CUSTOM_HEADER = 126,
    WS_TRACE_API_REMOVE_HEADER = 127,
    WS_TRACE_API_SET_HEADER = 128,
    WS_TRACE_API_REMOVE_CUSTOM_HEADER = 129,
    WS_TRACE_API_ADD_CUSTOM_HEADER = 130,
    WS_TRACE_API_ADD_MAPPED_HEADER = 131,
    WS_TRACE_API_REMOVE_MAPPED_HEADER = 132,
    WS_TRACE_API_GET_MAPPED_HEADER = 133,
    WS_TRACE_API_WRITE_BODY = 134,
    WS_TRACE_API_READ_BODY = 135,
    WS_TRACE_API_WRITE_ENVELOPE_START = 136,
    WS_TRACE_API_WRITE_ENVELOPE_END = 137,
    WS_TRACE_API_READ_ENVELOPE_START = 138,
    WS_TRACE_API_READ_ENVELOPE_END = 139,
    WS_TRACE_API_GET_MESSAGE_PROPERTY = 140,
    WS_TRACE_API_SET_MESSAGE_PROPERTY = 141,
    WS_TRACE_API_ADDRESS_MESSAGE = 142,
    WS_TRACE_API_CHECK_MUST_UNDERSTAND_HEADERS = 143,
    WS_TRACE_API_MARK_HEADER_AS_UNDERSTOOD = 144,
    WS_TRACE_API_FILL_BODY = 145,
    WS_TRACE_API_FLUSH_BODY = 146,
    WS_TRACE_API_REQUEST_SECURITY_TOKEN = 147,
    WS_TRACE_API_GET_SECURITY_TOKEN_PROPERTY = 148,
    WS_TRACE_API_CREATE_XML_SECURITY_TOKEN = 149,
    WS_TRACE_API_FREE_SECURITY_TOKEN = 150,
    WS_TRACE_API_REVOKE_SECURITY_CONTEXT = 151,
    WS_TRACE_API_GET_SECURITY_CONTEXT_PROPERTY = 152,
    WS_TRACE_API_READ_ELEMENT_TYPE = 153,
    WS_TRACE_API_READ_ATTRIBUTE_TYPE = 154,
    WS_TRACE_API_READ_TYPE = 155,
    WS_TRACE_API_WRITE_ELEMENT_TYPE = 156,
    WS_TRACE_API_WRITE_ATTRIBUTE_TYPE = 157,
    WS_TRACE_API_WRITE_TYPE = 158,
    WS_TRACE_API_SERVICE_REGISTER_FOR_CANCEL = 159,
    WS_TRACE_API_GET_SERVICE_HOST_PROPERTY = 160,
    WS_TRACE_API_CREATE_SERVICE_HOST = 161,
    WS_TRACE_API_OPEN_SERVICE_HOST = 162,
    WS_TRACE_API_CLOSE_SERVICE_HOST = 163,
    WS_TRACE_API_ABORT_SERVICE_HOST = 164,
    WS_TRACE_API_FREE_SERVICE_HOST = 165,
    WS_TRACE_API_RESET_SERVICE_HOST = 166,
    WS_TRACE_API_GET_SERVICE_PROXY_PROPERTY = 167,
    WS_TRACE_API_CREATE_SERVICE_PROXY = 168,
    WS_TRACE_API_OPEN_SERVICE_PROXY = 169,
    WS_TRACE_API_CLOSE_SERVICE_PROXY = 170,
    WS_TRACE_API_ABORT_SERVICE_PROXY = 171,
    WS_TRACE_API_FREE_SERVICE_PROXY = 172,
    WS_TRACE_API_RESET_SERVICE_PROXY = 173,
    WS_TRACE_API_ABORT_CALL = 174,
    WS_TRACE_API_CALL = 175,
    WS_TRACE_API_DECODE_URL = 176,
    WS_TRACE_API_ENCODE_URL = 177,
    WS_TRACE_API_COMBINE_URL = 178,
    WS_TRACE_API_DATETIME_TO_FILETIME = 179,
    WS_TRACE_API_FILETIME_TO_DATETIME = 180,
    WS_TRACE_API_DUMP_MEMORY = 181,
    WS_TRACE_API_SET_AUTOFAIL = 182,
    WS_TRACE_API_CREATE_METADATA = 183,
    WS_TRACE_API_READ_METADATA = 184,
    WS_TRACE_API_FREE_METADATA = 185,
    WS_TRACE_API_RESET_METADATA = 186,
    WS_TRACE_API_GET_METADATA_PROPERTY = 187,
    WS_TRACE_API_GET_MISSING_METADATA_DOCUMENT_ADDRESS = 188,
    WS_TRACE_API_GET_METADATA_ENDPOINTS = 189,
    WS_TRACE_API_MATCH_POLICY_ALTERNATIVE = 190,
    WS_TRACE_API_GET_POLICY_PROPERTY = 191,
    WS_TRACE_API_GET_POLICY_ALTERNATIVE_COUNT = 192,
    WS_TRACE_API_WS_CREATE_SERVICE_PROXY_FROM_TEMPLATE = 193,
    WS_TRACE_API_WS_CREATE_SERVICE_HOST_FROM_TEMPLATE = 194
} WS_TRACE_API;

#ifdef __cplusplus
}
#endif

#endif /* __WEBSERVICES_H__ */
