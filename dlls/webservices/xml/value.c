/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_VALUE_TYPE as texts. */

#include "xml/value.h"

ULONG value_type_size( WS_VALUE_TYPE type )
{
    static const BYTE sizes[] =
    {
        [WS_BOOL_VALUE_TYPE] = sizeof(BOOL), [WS_INT8_VALUE_TYPE] = sizeof(INT8), [WS_INT16_VALUE_TYPE] = sizeof(INT16),
        [WS_INT32_VALUE_TYPE] = sizeof(INT32), [WS_INT64_VALUE_TYPE] = sizeof(INT64),
        [WS_UINT8_VALUE_TYPE] = sizeof(UINT8), [WS_UINT16_VALUE_TYPE] = sizeof(UINT16),
        [WS_UINT32_VALUE_TYPE] = sizeof(UINT32), [WS_UINT64_VALUE_TYPE] = sizeof(UINT64),
        [WS_FLOAT_VALUE_TYPE] = sizeof(float), [WS_DOUBLE_VALUE_TYPE] = sizeof(double),
        [WS_DECIMAL_VALUE_TYPE] = sizeof(DECIMAL), [WS_DATETIME_VALUE_TYPE] = sizeof(WS_DATETIME),
        [WS_TIMESPAN_VALUE_TYPE] = sizeof(WS_TIMESPAN), [WS_GUID_VALUE_TYPE] = sizeof(GUID),
        [WS_DURATION_VALUE_TYPE] = sizeof(WS_DURATION),
    };
    return type < ARRAY_SIZE( sizes ) ? sizes[type] : 0;
}

static void int32_text( union value_text *text, INT32 value )
{
    text->text.textType = WS_XML_TEXT_TYPE_INT32;
    text->int32.value = value;
}

void value_to_text( WS_VALUE_TYPE type, const void *value, union value_text *text, BYTE *scratch )
{
    switch (type)
    {
    case WS_BOOL_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_BOOL;
        text->boolean.value = *(const BOOL *)value;
        break;
    case WS_INT8_VALUE_TYPE:   int32_text( text, *(const INT8 *)value ); break;
    case WS_INT16_VALUE_TYPE:  int32_text( text, *(const INT16 *)value ); break;
    case WS_INT32_VALUE_TYPE:  int32_text( text, *(const INT32 *)value ); break;
    case WS_UINT8_VALUE_TYPE:  int32_text( text, *(const UINT8 *)value ); break;
    case WS_UINT16_VALUE_TYPE: int32_text( text, *(const UINT16 *)value ); break;
    case WS_INT64_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_INT64;
        text->int64.value = *(const INT64 *)value;
        break;
    case WS_UINT32_VALUE_TYPE:
    case WS_UINT64_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_UINT64;
        text->uint64.value = type == WS_UINT32_VALUE_TYPE ? *(const UINT32 *)value : *(const UINT64 *)value;
        break;
    case WS_FLOAT_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_FLOAT;
        text->float_.value = *(const float *)value;
        break;
    case WS_DOUBLE_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_DOUBLE;
        text->double_.value = *(const double *)value;
        break;
    case WS_DECIMAL_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_DECIMAL;
        text->decimal.value = *(const DECIMAL *)value;
        break;
    case WS_DATETIME_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_DATETIME;
        text->datetime.value = *(const WS_DATETIME *)value;
        break;
    case WS_TIMESPAN_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_TIMESPAN;
        text->timespan.value = *(const WS_TIMESPAN *)value;
        break;
    case WS_GUID_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_GUID;
        text->guid.value = *(const GUID *)value;
        break;
    case WS_DURATION_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_UTF8;
        text->utf8.value.bytes = scratch;
        text->utf8.value.length = format_duration( value, scratch );
        text->utf8.value.dictionary = NULL;
        text->utf8.value.id = 0;
        break;
    }
}
