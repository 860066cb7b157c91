/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the XML layer shares about WS_XML_TEXT beyond xml/node.h. */
#ifndef WS_XML_TEXT_H
#define WS_XML_TEXT_H

#include "xml/node.h"

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
