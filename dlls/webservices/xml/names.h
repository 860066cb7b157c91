/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frequently used names, as constants that carry their id in the static dictionary where they have one.
 *
 * Names of elements and attributes are name_<Name>, namespaces ns_*, other URIs uri_*, prefixes prefix_*. */
#ifndef WS_XML_NAMES_H
#define WS_XML_NAMES_H

#include "base/port.h"

/* name, index in the static dictionary ([MC-NBFS] 2.2), text */
#define XML_DICTIONARY_NAMES( X ) \
    X( prefix_s, 66, "s" ) \
    X( prefix_a, 91, "a" ) \
    X( prefix_o, 164, "o" ) \
    X( prefix_u, 305, "u" ) \
    X( prefix_t, 235, "t" ) \
    X( prefix_c, 129, "c" ) \
    X( ns_env12, 2, "http://www.w3.org/2003/05/soap-envelope" ) \
    X( ns_env11, 481, "http://schemas.xmlsoap.org/soap/envelope/" ) \
    X( ns_env_none, 440, "http://schemas.microsoft.com/ws/2005/05/envelope/none" ) \
    X( ns_addr10, 3, "http://www.w3.org/2005/08/addressing" ) \
    X( ns_addr04, 105, "http://schemas.xmlsoap.org/ws/2004/08/addressing" ) \
    X( ns_addr_none, 439, "http://schemas.microsoft.com/ws/2005/05/addressing/none" ) \
    X( uri_addr10_anonymous, 10, "http://www.w3.org/2005/08/addressing/anonymous" ) \
    X( uri_addr04_anonymous, 106, "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous" ) \
    X( uri_addr10_fault, 99, "http://www.w3.org/2005/08/addressing/fault" ) \
    X( uri_addr04_fault, 107, "http://schemas.xmlsoap.org/ws/2004/08/addressing/fault" ) \
    X( uri_addr10_reply, 102, "http://www.w3.org/2005/08/addressing/reply" ) \
    X( uri_addr10_none, 103, "http://www.w3.org/2005/08/addressing/none" ) \
    X( ns_identity, 92, "http://schemas.xmlsoap.org/ws/2006/02/addressingidentity" ) \
    X( ns_xsi, 441, "http://www.w3.org/2001/XMLSchema-instance" ) \
    X( ns_xsd, 442, "http://www.w3.org/2001/XMLSchema" ) \
    X( ns_wsse, 36, "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" ) \
    X( ns_wsu, 51, "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" ) \
    X( ns_wsse11, 61, "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd" ) \
    X( ns_trust, 63, "http://schemas.xmlsoap.org/ws/2005/02/trust" ) \
    X( ns_sc, 38, "http://schemas.xmlsoap.org/ws/2005/02/sc" ) \
    X( ns_dsig, 33, "http://www.w3.org/2000/09/xmldsig#" ) \
    X( ns_xenc, 37, "http://www.w3.org/2001/04/xmlenc#" ) \
    X( ns_policy, 428, "http://schemas.xmlsoap.org/ws/2002/12/policy" ) \
    X( ns_saml11, 180, "urn:oasis:names:tc:SAML:1.0:assertion" ) \
    X( uri_c14n_exclusive, 111, "http://www.w3.org/2001/10/xml-exc-c14n#" ) \
    X( uri_c14n_exclusive_comments, 146, "http://www.w3.org/2001/10/xml-exc-c14n#WithComments" ) \
    X( uri_encoding_base64, 172, \
       "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary" ) \
    X( uri_trust_issue, 238, "http://schemas.xmlsoap.org/ws/2005/02/trust/Issue" ) \
    X( uri_trust_rst_issue, 236, "http://schemas.xmlsoap.org/ws/2005/02/trust/RST/Issue" ) \
    X( uri_trust_rstr_issue, 237, "http://schemas.xmlsoap.org/ws/2005/02/trust/RSTR/Issue" ) \
    X( uri_trust_renew, 248, "http://schemas.xmlsoap.org/ws/2005/02/trust/Renew" ) \
    X( uri_trust_cancel, 249, "http://schemas.xmlsoap.org/ws/2005/02/trust/Cancel" ) \
    X( uri_trust_symmetric_key, 239, "http://schemas.xmlsoap.org/ws/2005/02/trust/SymmetricKey" ) \
    X( uri_trust_spnego, 211, "http://schemas.xmlsoap.org/ws/2005/02/trust/spnego" ) \
    X( uri_diagnostics, 426, "http://schemas.microsoft.com/2004/09/ServiceModel/Diagnostics" ) \
    X( name_mustUnderstand, 0, "mustUnderstand" ) \
    X( name_Envelope, 1, "Envelope" ) \
    X( name_Header, 4, "Header" ) \
    X( name_Action, 5, "Action" ) \
    X( name_To, 6, "To" ) \
    X( name_Body, 7, "Body" ) \
    X( name_RelatesTo, 9, "RelatesTo" ) \
    X( name_MessageID, 13, "MessageID" ) \
    X( name_Identifier, 15, "Identifier" ) \
    X( name_Address, 21, "Address" ) \
    X( name_ReplyTo, 22, "ReplyTo" ) \
    X( name_From, 82, "From" ) \
    X( name_FaultTo, 83, "FaultTo" ) \
    X( name_EndpointReference, 84, "EndpointReference" ) \
    X( name_ReferenceProperties, 88, "ReferenceProperties" ) \
    X( name_ReferenceParameters, 100, "ReferenceParameters" ) \
    X( name_RelationshipType, 89, "RelationshipType" ) \
    X( name_IsReferenceParameter, 101, "IsReferenceParameter" ) \
    X( name_PortType, 85, "PortType" ) \
    X( name_ServiceName, 86, "ServiceName" ) \
    X( name_PortName, 87, "PortName" ) \
    X( name_Metadata, 104, "Metadata" ) \
    X( name_Identity, 93, "Identity" ) \
    X( name_Spn, 94, "Spn" ) \
    X( name_Upn, 95, "Upn" ) \
    X( name_Rsa, 96, "Rsa" ) \
    X( name_Dns, 97, "Dns" ) \
    X( name_X509Certificate, 327, "X509Certificate" ) \
    X( name_X509Data, 323, "X509Data" ) \
    X( name_Fault, 67, "Fault" ) \
    X( name_MustUnderstand, 68, "MustUnderstand" ) \
    X( name_role, 69, "role" ) \
    X( name_relay, 70, "relay" ) \
    X( name_Code, 71, "Code" ) \
    X( name_Reason, 72, "Reason" ) \
    X( name_Text, 73, "Text" ) \
    X( name_Node, 74, "Node" ) \
    X( name_Role, 75, "Role" ) \
    X( name_Detail, 76, "Detail" ) \
    X( name_Value, 77, "Value" ) \
    X( name_Subcode, 78, "Subcode" ) \
    X( name_NotUnderstood, 79, "NotUnderstood" ) \
    X( name_qname, 80, "qname" ) \
    X( name_actor, 482, "actor" ) \
    X( name_faultcode, 483, "faultcode" ) \
    X( name_faultstring, 484, "faultstring" ) \
    X( name_faultactor, 485, "faultactor" ) \
    X( name_detail, 486, "detail" ) \
    X( name_nil, 443, "nil" ) \
    X( name_type, 444, "type" ) \
    X( name_Security, 52, "Security" ) \
    X( name_Timestamp, 53, "Timestamp" ) \
    X( name_Created, 54, "Created" ) \
    X( name_Expires, 55, "Expires" ) \
    X( name_Id, 14, "Id" ) \
    X( name_Username, 167, "Username" ) \
    X( name_UsernameToken, 168, "UsernameToken" ) \
    X( name_Password, 165, "Password" ) \
    X( name_Nonce, 40, "Nonce" ) \
    X( name_BinarySecurityToken, 169, "BinarySecurityToken" ) \
    X( name_SecurityTokenReference, 30, "SecurityTokenReference" ) \
    X( name_SecurityContextToken, 115, "SecurityContextToken" ) \
    X( name_RequestSecurityToken, 207, "RequestSecurityToken" ) \
    X( name_RequestSecurityTokenResponse, 195, "RequestSecurityTokenResponse" ) \
    X( name_RequestSecurityTokenResponseCollection, 62, "RequestSecurityTokenResponseCollection" ) \
    X( name_RequestType, 208, "RequestType" ) \
    X( name_TokenType, 187, "TokenType" ) \
    X( name_RequestedSecurityToken, 203, "RequestedSecurityToken" ) \
    X( name_RequestedProofToken, 205, "RequestedProofToken" ) \
    X( name_RequestedAttachedReference, 245, "RequestedAttachedReference" ) \
    X( name_RequestedUnattachedReference, 246, "RequestedUnattachedReference" ) \
    X( name_BinaryExchange, 201, "BinaryExchange" ) \
    X( name_BinarySecret, 210, "BinarySecret" ) \
    X( name_Lifetime, 202, "Lifetime" ) \
    X( name_KeySize, 196, "KeySize" ) \
    X( name_KeyType, 221, "KeyType" ) \
    X( name_KeyInfo, 35, "KeyInfo" ) \
    X( name_KeyName, 317, "KeyName" ) \
    X( name_KeyIdentifier, 171, "KeyIdentifier" ) \
    X( name_Reference, 12, "Reference" ) \
    X( name_ValueType, 58, "ValueType" ) \
    X( name_EncodingType, 170, "EncodingType" ) \
    X( name_Entropy, 204, "Entropy" ) \
    X( name_AppliesTo, 198, "AppliesTo" ) \
    X( name_Context, 209, "Context" ) \
    X( name_URI, 11, "URI" ) \
    X( name_Signature, 41, "Signature" ) \
    X( name_xmlns, 299, "xmlns" ) \
    X( name_KeyValue, 319, "KeyValue" ) \
    X( name_RSAKeyValue, 320, "RSAKeyValue" ) \
    X( name_Modulus, 321, "Modulus" ) \
    X( name_Exponent, 322, "Exponent" ) \
    X( name_Claims, 224, "Claims" ) \
    X( name_Issuer, 276, "Issuer" ) \
    X( name_ComputedKey, 206, "ComputedKey" ) \
    X( name_RequestFailed, 226, "RequestFailed" ) \
    X( name_InvalidRequest, 225, "InvalidRequest" ) \
    X( name_Assertion, 179, "Assertion" ) \
    X( name_Generation, 116, "Generation" ) \
    X( name_Cookie, 120, "Cookie" ) \
    X( name_TokenId, 419, "TokenId" ) \
    X( name_Type, 59, "Type" ) \
    X( name_xsd_boolean, 446, "boolean" ) \
    X( name_xsd_byte, 447, "byte" ) \
    X( name_xsd_unsignedByte, 448, "unsignedByte" ) \
    X( name_xsd_short, 449, "short" ) \
    X( name_xsd_unsignedShort, 450, "unsignedShort" ) \
    X( name_xsd_int, 451, "int" ) \
    X( name_xsd_unsignedInt, 452, "unsignedInt" ) \
    X( name_xsd_long, 453, "long" ) \
    X( name_xsd_unsignedLong, 454, "unsignedLong" ) \
    X( name_xsd_float, 455, "float" ) \
    X( name_xsd_double, 456, "double" ) \
    X( name_xsd_decimal, 457, "decimal" ) \
    X( name_xsd_dateTime, 458, "dateTime" ) \
    X( name_xsd_string, 459, "string" ) \
    X( name_xsd_base64Binary, 460, "base64Binary" ) \
    X( name_xsd_anyType, 461, "anyType" ) \
    X( name_xsd_duration, 462, "duration" ) \
    X( name_xsd_guid, 463, "guid" ) \
    X( name_xsd_anyURI, 464, "anyURI" ) \
    X( name_xsd_QName, 465, "QName" ) \
    X( xml_empty, 81, "" )

/* names that the static dictionary does not have */
#define XML_PLAIN_NAMES( X ) \
    X( prefix_xml, "xml" ) \
    X( prefix_xsi, "xsi" ) \
    X( prefix_xsd, "xsd" ) \
    X( uri_xml, "http://www.w3.org/XML/1998/namespace" ) \
    X( uri_xmlns, "http://www.w3.org/2000/xmlns/" ) \
    X( name_lang, "lang" ) \
    X( name_space, "space" ) \
    X( ns_xop, "http://www.w3.org/2004/08/xop/include" ) \
    X( prefix_xop, "xop" ) \
    X( name_Include, "Include" ) \
    X( name_href, "href" ) \
    X( ns_xmlmime, "http://www.w3.org/2005/05/xmlmime" ) \
    X( ns_xmlmime_xop, "http://www.w3.org/2004/11/xmlmime" ) \
    X( name_contentType, "contentType" ) \
    X( ns_wsdl, "http://schemas.xmlsoap.org/wsdl/" ) \
    X( ns_mex, "http://schemas.xmlsoap.org/ws/2004/09/mex" ) \
    X( ns_transfer, "http://schemas.xmlsoap.org/ws/2004/09/transfer" ) \
    X( ns_policy12, "http://schemas.xmlsoap.org/ws/2004/09/policy" ) \
    X( ns_policy15, "http://www.w3.org/ns/ws-policy" ) \
    X( uri_c14n_inclusive, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315" ) \
    X( uri_c14n_inclusive_comments, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments" ) \
    X( uri_actor_next11, "http://schemas.xmlsoap.org/soap/actor/next" ) \
    X( uri_role_next12, "http://www.w3.org/2003/05/soap-envelope/role/next" ) \
    X( uri_role_ultimate12, "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver" )

#define X( name, index, text ) extern const WS_XML_STRING name;
XML_DICTIONARY_NAMES( X )
#undef X
#define X( name, text ) extern const WS_XML_STRING name;
XML_PLAIN_NAMES( X )
#undef X

#endif
