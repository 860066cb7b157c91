/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the XML layer shares about WS_XML_TEXT beyond xml/node.h. */
#ifndef WS_XML_TEXT_H
#define WS_XML_TEXT_H

#include "xml/node.h"

/* Any text a node can hold. */
union any_text
{
    WS_XML_TEXT           text;
    WS_XML_UTF8_TEXT      utf8;
    WS_XML_UTF16_TEXT     utf16;
    WS_XML_BASE64_TEXT    base64;
    WS_XML_BOOL_TEXT      boolean;
    WS_XML_INT32_TEXT     int32;
    WS_XML_INT64_TEXT     int64;
    WS_XML_UINT64_TEXT    uint64;
    WS_XML_FLOAT_TEXT     float32;
    WS_XML_DOUBLE_TEXT    float64;
    WS_XML_DECIMAL_TEXT   decimal;
    WS_XML_GUID_TEXT      guid;
    WS_XML_UNIQUE_ID_TEXT unique_id;
    WS_XML_DATETIME_TEXT  datetime;
    WS_XML_TIMESPAN_TEXT  timespan;
    WS_XML_QNAME_TEXT     qname;
    WS_XML_LIST_TEXT      list;
};

#define DATETIME_MAX_TICKS 0x2bca2875f4373fffull    /* 9999-12-31T23:59:59.9999999 */

/* TRUE when text_to_utf8 needs no heap: the lexical form fits the scratch buffer or is in the text already. */
BOOL text_is_bounded( const WS_XML_TEXT *text );
/* Size of the struct for a text type; 0 if there is no such type. */
ULONG text_struct_size( WS_XML_TEXT_TYPE type );
/* The units of a UTF-16 text. When its bytes are not aligned they are copied to *copy, to be given to mem_free. */
HRESULT text_utf16_units( const WS_XML_UTF16_TEXT *text, const WCHAR **chars, WCHAR **copy, WS_ERROR *error );
/* WS_E_INVALID_FORMAT for a date that has no lexical form. */
HRESULT datetime_check( const WS_DATETIME *value, WS_ERROR *error );

/* The number of a float or double text; FALSE for any other text. Binary XML has a double as a float where nothing is lost, and
 * the lexical form of that float, which is shorter, would give another double. */
static inline BOOL text_floating( const WS_XML_TEXT *text, double *ret )
{
    if (text->textType == WS_XML_TEXT_TYPE_DOUBLE) *ret = ((const WS_XML_DOUBLE_TEXT *)text)->value;
    else if (text->textType == WS_XML_TEXT_TYPE_FLOAT) *ret = ((const WS_XML_FLOAT_TEXT *)text)->value;
    else return FALSE;
    return TRUE;
}

#endif
