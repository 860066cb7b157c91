/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_FAULT as struct descriptions: SOAP 1.1 (section 4.4) and SOAP 1.2 (section 5.4). */
#include "serial/types.h"

#define NAME( name ) ((WS_XML_STRING *)&name)

static const WS_XML_STRING no_namespace = XMLSTR( "" );

#define FIELD( name, ... ) static const WS_FIELD_DESCRIPTION name = { __VA_ARGS__ }
#define FIELDS( name, ... ) static const WS_FIELD_DESCRIPTION * const name[] = { __VA_ARGS__ }
#define STRUCT( name, type, list ) \
    static const WS_STRUCT_DESCRIPTION name = { sizeof(type), __alignof__( type ), (WS_FIELD_DESCRIPTION **)list, \
        ARRAY_SIZE( list ), \
        .structOptions = WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT | WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES }

/* --- both --- */

FIELD( reason_lang, .mapping = WS_XML_ATTRIBUTE_FIELD_MAPPING, .localName = NAME( name_lang ), .type = WS_STRING_TYPE,
       .offset = offsetof( WS_FAULT_REASON, lang ), .options = WS_FIELD_OPTIONAL );
FIELD( reason_text, .mapping = WS_TEXT_FIELD_MAPPING, .type = WS_STRING_TYPE,
       .offset = offsetof( WS_FAULT_REASON, text ) );
FIELDS( reason_fields, &reason_lang, &reason_text );
STRUCT( reason_desc, WS_FAULT_REASON, reason_fields );

/* --- SOAP 1.1 --- */

FIELD( code11_value, .mapping = WS_TEXT_FIELD_MAPPING, .type = WS_XML_QNAME_TYPE,
       .offset = offsetof( WS_FAULT_CODE, value ) );
FIELD( code11_sub, .mapping = WS_NO_FIELD_MAPPING, .type = WS_VOID_TYPE, .offset = offsetof( WS_FAULT_CODE, subCode ),
       .options = WS_FIELD_POINTER );
FIELDS( code11_fields, &code11_value, &code11_sub );
STRUCT( code11_desc, WS_FAULT_CODE, code11_fields );

static const WS_ITEM_RANGE one = { 1, 1 };

FIELD( code11, .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = NAME( name_faultcode ), .ns = NAME( no_namespace ),
       .type = WS_STRUCT_TYPE, .typeDescription = (void *)&code11_desc, .offset = offsetof( WS_FAULT, code ),
       .options = WS_FIELD_POINTER );
FIELD( reason11, .mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING, .itemLocalName = NAME( name_faultstring ),
       .itemNs = NAME( no_namespace ), .type = WS_STRUCT_TYPE, .typeDescription = (void *)&reason_desc,
       .offset = offsetof( WS_FAULT, reasons ), .countOffset = offsetof( WS_FAULT, reasonCount ),
       .itemRange = (WS_ITEM_RANGE *)&one );
FIELD( actor11, .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = NAME( name_faultactor ), .ns = NAME( no_namespace ),
       .type = WS_STRING_TYPE, .offset = offsetof( WS_FAULT, actor ), .options = WS_FIELD_OPTIONAL );
FIELD( detail11, .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = NAME( name_detail ), .ns = NAME( no_namespace ),
       .type = WS_XML_BUFFER_TYPE, .offset = offsetof( WS_FAULT, detail ), .options = WS_FIELD_OPTIONAL );
FIELD( node11, .mapping = WS_NO_FIELD_MAPPING, .type = WS_STRING_TYPE, .offset = offsetof( WS_FAULT, node ) );
FIELDS( fault11_fields, &code11, &reason11, &actor11, &detail11, &node11 );
STRUCT( fault11_desc, WS_FAULT, fault11_fields );

/* --- SOAP 1.2 --- */

static const WS_STRUCT_DESCRIPTION code12_desc;

FIELD( code12_value, .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = NAME( name_Value ), .ns = NAME( ns_env12 ),
       .type = WS_XML_QNAME_TYPE, .offset = offsetof( WS_FAULT_CODE, value ) );
FIELD( code12_sub, .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = NAME( name_Subcode ), .ns = NAME( ns_env12 ),
       .type = WS_STRUCT_TYPE, .typeDescription = (void *)&code12_desc, .offset = offsetof( WS_FAULT_CODE, subCode ),
       .options = WS_FIELD_POINTER | WS_FIELD_OPTIONAL );
FIELDS( code12_fields, &code12_value, &code12_sub );
STRUCT( code12_desc, WS_FAULT_CODE, code12_fields );

static const WS_ITEM_RANGE some = { 1, ~0u };

FIELD( code12, .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = NAME( name_Code ), .ns = NAME( ns_env12 ),
       .type = WS_STRUCT_TYPE, .typeDescription = (void *)&code12_desc, .offset = offsetof( WS_FAULT, code ),
       .options = WS_FIELD_POINTER );
FIELD( reason12, .mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING, .localName = NAME( name_Reason ),
       .ns = NAME( ns_env12 ),
       .itemLocalName = NAME( name_Text ), .itemNs = NAME( ns_env12 ), .type = WS_STRUCT_TYPE,
       .typeDescription = (void *)&reason_desc, .offset = offsetof( WS_FAULT, reasons ),
       .countOffset = offsetof( WS_FAULT, reasonCount ), .itemRange = (WS_ITEM_RANGE *)&some );
FIELD( node12, .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = NAME( name_Node ), .ns = NAME( ns_env12 ),
       .type = WS_STRING_TYPE, .offset = offsetof( WS_FAULT, node ), .options = WS_FIELD_OPTIONAL );
FIELD( actor12, .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = NAME( name_Role ), .ns = NAME( ns_env12 ),
       .type = WS_STRING_TYPE, .offset = offsetof( WS_FAULT, actor ), .options = WS_FIELD_OPTIONAL );
FIELD( detail12, .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = NAME( name_Detail ), .ns = NAME( ns_env12 ),
       .type = WS_XML_BUFFER_TYPE, .offset = offsetof( WS_FAULT, detail ), .options = WS_FIELD_OPTIONAL );
FIELDS( fault12_fields, &code12, &reason12, &node12, &actor12, &detail12 );
STRUCT( fault12_desc, WS_FAULT, fault12_fields );

const WS_STRUCT_DESCRIPTION *fault_description( WS_ENVELOPE_VERSION version )
{
    switch (version)
    {
    case WS_ENVELOPE_VERSION_SOAP_1_1: return &fault11_desc;
    case WS_ENVELOPE_VERSION_SOAP_1_2: return &fault12_desc;
    default: return NULL;
    }
}

/* The first code by itself stands for the one of SOAP, whatever its version: without namespace it gets that of the
 * envelope, and the name that SOAP 1.1 has for it. SOAP 1.1 has room for one reason only (documentation of WS_FAULT).
 */
HRESULT write_fault( struct write_ctx *ctx, WS_ENVELOPE_VERSION version, const WS_FAULT *src )
{
    static const WS_XML_STRING client = XMLSTR( "Client" ), server = XMLSTR( "Server" );
    const BOOL soap11 = version == WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_FAULT fault = *src;
    WS_FAULT_CODE code;

    if (src->code && !src->code->value.ns.length)
    {
        code = *src->code;
        code.value.ns = soap11 ? ns_env11 : ns_env12;
        if (soap11 && XMLSTR_IS( &code.value.localName, "Sender" )) code.value.localName = client;
        else if (soap11 && XMLSTR_IS( &code.value.localName, "Receiver" )) code.value.localName = server;
        fault.code = &code;
    }
    if (soap11 && fault.reasonCount > 1) fault.reasonCount = 1;
    return write_struct( ctx, WS_ELEMENT_TYPE_MAPPING, fault_description( version ), &fault );
}
