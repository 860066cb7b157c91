/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Record types of .NET binary XML ([MC-NBFX] 2.2). Text records plus one include the end of their element. */
#ifndef WS_XML_NBFX_H
#define WS_XML_NBFX_H

enum nbfx_record
{
    NBFX_END_ELEMENT               = 0x01,
    NBFX_COMMENT                   = 0x02,
    NBFX_ARRAY                     = 0x03,
    NBFX_SHORT_ATTRIBUTE           = 0x04,
    NBFX_ATTRIBUTE                 = 0x05,
    NBFX_SHORT_DICT_ATTRIBUTE      = 0x06,
    NBFX_DICT_ATTRIBUTE            = 0x07,
    NBFX_SHORT_XMLNS               = 0x08,
    NBFX_XMLNS                     = 0x09,
    NBFX_SHORT_DICT_XMLNS          = 0x0a,
    NBFX_DICT_XMLNS                = 0x0b,
    NBFX_PREFIX_DICT_ATTRIBUTE_A   = 0x0c,  /* up to Z */
    NBFX_PREFIX_ATTRIBUTE_A        = 0x26,
    NBFX_SHORT_ELEMENT             = 0x40,
    NBFX_ELEMENT                   = 0x41,
    NBFX_SHORT_DICT_ELEMENT        = 0x42,
    NBFX_DICT_ELEMENT              = 0x43,
    NBFX_PREFIX_DICT_ELEMENT_A     = 0x44,
    NBFX_PREFIX_ELEMENT_A          = 0x5e,
    NBFX_ZERO_TEXT                 = 0x80,
    NBFX_ONE_TEXT                  = 0x82,
    NBFX_FALSE_TEXT                = 0x84,
    NBFX_TRUE_TEXT                 = 0x86,
    NBFX_INT8_TEXT                 = 0x88,
    NBFX_INT16_TEXT                = 0x8a,
    NBFX_INT32_TEXT                = 0x8c,
    NBFX_INT64_TEXT                = 0x8e,
    NBFX_FLOAT_TEXT                = 0x90,
    NBFX_DOUBLE_TEXT               = 0x92,
    NBFX_DECIMAL_TEXT              = 0x94,
    NBFX_DATETIME_TEXT             = 0x96,
    NBFX_CHARS8_TEXT               = 0x98,  /* the 16- and 32-bit forms follow */
    NBFX_BYTES8_TEXT               = 0x9e,
    NBFX_START_LIST_TEXT           = 0xa4,
    NBFX_END_LIST_TEXT             = 0xa6,
    NBFX_EMPTY_TEXT                = 0xa8,
    NBFX_DICT_TEXT                 = 0xaa,
    NBFX_UNIQUE_ID_TEXT            = 0xac,
    NBFX_TIMESPAN_TEXT             = 0xae,
    NBFX_UUID_TEXT                 = 0xb0,
    NBFX_UINT64_TEXT               = 0xb2,
    NBFX_BOOL_TEXT                 = 0xb4,
    NBFX_UNICODE_CHARS8_TEXT       = 0xb6,
    NBFX_QNAME_DICT_TEXT           = 0xbc,
};

#define NBFX_MAX_INT31 5    /* bytes of a MultiByteInt31 */

#endif
