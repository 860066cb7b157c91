/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Character classes of XML 1.0, fifth edition, over UTF-8. Reader and writer share them. */
#ifndef WS_XML_CHARS_H
#define WS_XML_CHARS_H

#include "xml/node.h"

#define CHAR_NAME_START 0x01    /* may begin an NCName */
#define CHAR_NAME       0x02    /* may continue one */
#define CHAR_SPACE      0x04    /* S: tab, line feed, carriage return, space */
#define CHAR_INVALID    0x08    /* controls that no document may hold, not even as a reference */
#define CHAR_TEXT       0x10    /* can't stand for itself in element content: & < > and carriage return */
#define CHAR_ATTR       0x20    /* can't in an attribute value: & < and white space other than the space; quotes extra */

/* Class bits of the ASCII characters; bytes of longer sequences have none. */
extern const BYTE xml_char_class[256];

/* The character at s, which has `len` > 0 bytes left. Returns how many bytes it takes, 0 when malformed. */
ULONG utf8_decode( const BYTE *s, ULONG len, UINT32 *ret );
/* Production [2] Char. */
static inline BOOL is_xml_char( UINT32 c )
{
    if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
    return c < 0xd800 || (c >= 0xe000 && c < 0xfffe) || (c >= 0x10000 && c < 0x110000);
}
/* Characters beyond ASCII in productions [4] NameStartChar and [4a] NameChar. */
BOOL is_name_start_char( UINT32 c );
BOOL is_name_char( UINT32 c );

/* Length of the NCName that s begins with; 0 if it begins with none. */
ULONG ncname_length( const BYTE *s, ULONG len );
/* TRUE when all of it is white space. */
BOOL is_xml_space_only( const BYTE *s, ULONG len );
/* Offset of the first byte that is not part of a well-formed sequence or belongs to a character that XML forbids; len if none. */
ULONG xml_valid_prefix( const BYTE *s, ULONG len );

#endif
