/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_VALUE_TYPE: sizes, and values as texts. */
#ifndef WS_XML_VALUE_H
#define WS_XML_VALUE_H

#include "xml/node.h"

/* Room for the text of any value. */
union value_text
{
    WS_XML_TEXT          text;
    WS_XML_UTF8_TEXT     utf8;
    WS_XML_BOOL_TEXT     boolean;
    WS_XML_INT32_TEXT    int32;
    WS_XML_INT64_TEXT    int64;
    WS_XML_UINT64_TEXT   uint64;
    WS_XML_FLOAT_TEXT    float_;
    WS_XML_DOUBLE_TEXT   double_;
    WS_XML_DECIMAL_TEXT  decimal;
    WS_XML_GUID_TEXT     guid;
    WS_XML_DATETIME_TEXT datetime;
    WS_XML_TIMESPAN_TEXT timespan;
};

/* Size in bytes of a value; 0 if there is no such type. */
ULONG value_type_size( WS_VALUE_TYPE type );
/* `value` as a text. Durations, which have no text type of their own, are put into `scratch` (XML_TEXT_SCRATCH bytes). */
void value_to_text( WS_VALUE_TYPE type, const void *value, union value_text *text, BYTE *scratch );

#endif
