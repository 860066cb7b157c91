/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the lexical forms (xml/scalar*.c) share among themselves. The public part is in xml/node.h. */
#ifndef WS_XML_SCALAR_H
#define WS_XML_SCALAR_H

#include "xml/node.h"

#define SCALAR_MAX32 0x7fffffffll
#define SCALAR_MIN32 (-SCALAR_MAX32 - 1)
#define SCALAR_MAX64 0x7fffffffffffffffll

/* Bytes of a bad text that its error message shows. */
#define SCALAR_SHOWN 64

/* "00" to "99". */
extern const char scalar_digits2[200];
/* 1 + the value of a hexadecimal digit, 0 for every other byte. */
extern const BYTE scalar_hex_value[256];

/* WS_E_INVALID_FORMAT with a message that quotes the text. */
HRESULT scalar_bad( WS_ERROR *error, const char *type, const BYTE *s, ULONG len ) __attribute__((cold));

static inline BOOL scalar_space( BYTE c )
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Native takes white space around every value that is not a string. */
static inline void scalar_trim( const BYTE **s, ULONG *len )
{
    while (*len && scalar_space( **s )) (*s)++, (*len)--;
    while (*len && scalar_space( (*s)[*len - 1] )) (*len)--;
}

static inline BYTE *scalar_put2( BYTE *p, ULONG value )
{
    memcpy( p, scalar_digits2 + 2 * value, 2 );
    return p + 2;
}

/* Exactly two digits; -1 if they are not. */
static inline int scalar_get2( const BYTE *s )
{
    ULONG a = s[0] - '0', b = s[1] - '0';
    return a > 9 || b > 9 ? -1 : (int)(a * 10 + b);
}

/* A fraction of a second in 100 ns units with its point and without trailing zeros; nothing for 0. */
static inline BYTE *scalar_put_fraction( BYTE *p, ULONG ticks )
{
    int i;
    if (!ticks) return p;
    *p = '.';
    for (i = 7; i > 0; i--)
    {
        p[i] = '0' + ticks % 10;
        ticks /= 10;
    }
    p += 8;
    while (p[-1] == '0') p--;
    return p;
}

/* The digits behind a point: one to seven, as 100 ns units. Returns the digits used, 0 if there is not one or
 * more than seven. */
static inline ULONG scalar_get_fraction( const BYTE *s, ULONG len, ULONG *ticks )
{
    static const ULONG scale[8] = { 0, 1000000, 100000, 10000, 1000, 100, 10, 1 };
    ULONG i, value = 0;
    for (i = 0; i < len && s[i] >= '0' && s[i] <= '9'; i++)
    {
        if (i == 7) return 0;
        value = value * 10 + s[i] - '0';
    }
    *ticks = value * scale[i];
    return i;
}

#endif
