/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lexical forms of booleans, integers and GUIDs.
 *
 * The rules are those of XML Schema where native follows them. Where it differs is said at each function; the source of
 * these facts are public conformance tests that ran against native. */
#include "xml/scalar.h"

const char scalar_digits2[200] =
    "0001020304050607080910111213141516171819" "2021222324252627282930313233343536373839"
    "4041424344454647484950515253545556575859" "6061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

const BYTE scalar_hex_value[256] =
{
    ['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6, ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10,
    ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

HRESULT scalar_bad( WS_ERROR *error, const char *type, const BYTE *s, ULONG len )
{
    /* Show enough to recognise the text, never a whole document. */
    BOOL cut = len > SCALAR_SHOWN;
    ULONG shown = cut ? utf8_valid_prefix( s, SCALAR_SHOWN ) : len;
    return ws_fail( error, WS_E_INVALID_FORMAT, "The text '%.*s'%s is not a valid %s.", (int)shown, (const char *)s,
                    cut ? " (cut)" : "", type );
}

static HRESULT out_of_range( WS_ERROR *error, const BYTE *s, ULONG len, INT64 min, UINT64 max )
{
    return ws_fail( error, WS_E_NUMERIC_OVERFLOW, "The number '%.*s' is out of the range from %lld to %llu.",
                    (int)(len > SCALAR_SHOWN ? SCALAR_SHOWN : len), (const char *)s, (long long)min,
                    (unsigned long long)max );
}

ULONG format_bool( BOOL value, BYTE *buf )
{
    if (!value)
    {
        memcpy( buf, "false", 5 );
        return 5;
    }
    memcpy( buf, "true", 4 );
    return 4;
}

ULONG format_uint64( UINT64 value, BYTE *buf )
{
    BYTE tmp[20], *p = tmp + sizeof(tmp);

    while (value > 0xffffffffu)
    {
        UINT64 q = value / 100;
        p -= 2;
        memcpy( p, scalar_digits2 + 2 * (ULONG)(value - q * 100), 2 );
        value = q;
    }
    {
        UINT32 low = value;   /* the cheap division on 32-bit machines */
        while (low >= 100)
        {
            UINT32 q = low / 100;
            p -= 2;
            memcpy( p, scalar_digits2 + 2 * (low - q * 100), 2 );
            low = q;
        }
        if (low >= 10)
        {
            p -= 2;
            memcpy( p, scalar_digits2 + 2 * low, 2 );
        }
        else *--p = '0' + low;
    }
    memcpy( buf, p, tmp + sizeof(tmp) - p );
    return tmp + sizeof(tmp) - p;
}

ULONG format_int64( INT64 value, BYTE *buf )
{
    if (value >= 0) return format_uint64( value, buf );
    *buf = '-';
    return format_uint64( 0 - (UINT64)value, buf + 1 ) + 1;
}

static BYTE *put_hex( BYTE *p, const BYTE *bytes, ULONG count )
{
    static const char digits[] = "0123456789abcdef";
    ULONG i;
    for (i = 0; i < count; i++)
    {
        *p++ = digits[bytes[i] >> 4];
        *p++ = digits[bytes[i] & 15];
    }
    return p;
}

ULONG format_guid( const GUID *value, BYTE *buf )
{
    BYTE bytes[8] = { value->Data1 >> 24, value->Data1 >> 16, value->Data1 >> 8, value->Data1,
                      value->Data2 >> 8, value->Data2, value->Data3 >> 8, value->Data3 };
    BYTE *p = put_hex( buf, bytes, 4 );
    *p++ = '-';
    p = put_hex( p, bytes + 4, 2 );
    *p++ = '-';
    p = put_hex( p, bytes + 6, 2 );
    *p++ = '-';
    p = put_hex( p, value->Data4, 2 );
    *p++ = '-';
    p = put_hex( p, value->Data4 + 2, 6 );
    return p - buf;
}

HRESULT parse_bool( const BYTE *s, ULONG len, BOOL *ret, WS_ERROR *error )
{
    scalar_trim( &s, &len );
    if (len == 4 && !memcmp( s, "true", 4 )) *ret = TRUE;
    else if (len == 5 && !memcmp( s, "false", 5 )) *ret = FALSE;
    else if (len == 1 && (*s == '0' || *s == '1')) *ret = *s - '0';
    else return scalar_bad( error, "boolean", s, len );
    return S_OK;
}

/* At least one digit and nothing else. FALSE for a bad character or a value above 2^64 - 1. */
static BOOL parse_digits( const BYTE *s, ULONG len, UINT64 *ret )
{
    UINT64 value = 0;
    ULONG i, digit;

    if (!len) return FALSE;
    while (len > 1 && *s == '0') s++, len--;
    for (i = 0; i < len && i < 19; i++)
    {
        if ((digit = s[i] - '0') > 9) return FALSE;
        value = value * 10 + digit;
    }
    for (; i < len; i++)
    {
        if ((digit = s[i] - '0') > 9) return FALSE;
        if (value > (~(UINT64)0 - digit) / 10) return FALSE;
        value = value * 10 + digit;
    }
    *ret = value;
    return TRUE;
}

/* Native reads the types below 64 bits as the next wider of int and long long: a number that does not fit there is
 * no number (WS_E_INVALID_FORMAT), one that does is out of range (WS_E_NUMERIC_OVERFLOW). A '+' is refused. */
HRESULT parse_int64( const BYTE *s, ULONG len, INT64 min, INT64 max, INT64 *ret, WS_ERROR *error )
{
    BOOL wide = min < SCALAR_MIN32 || max > SCALAR_MAX32, negative;
    UINT64 abs, limit = wide ? SCALAR_MAX64 : SCALAR_MAX32;
    INT64 value;

    scalar_trim( &s, &len );
    negative = len && *s == '-';
    if (!parse_digits( s + negative, len - negative, &abs ) || abs > limit + negative)
        return scalar_bad( error, "integer", s, len );
    value = negative ? (INT64)(0 - abs) : (INT64)abs;
    if (value < min || value > max) return out_of_range( error, s, len, min, max );
    *ret = value;
    return S_OK;
}

HRESULT parse_uint64( const BYTE *s, ULONG len, UINT64 max, UINT64 *ret, WS_ERROR *error )
{
    UINT64 value;

    scalar_trim( &s, &len );
    if (!parse_digits( s, len, &value )) return scalar_bad( error, "unsigned integer", s, len );
    if (value > max) return out_of_range( error, s, len, 0, max );
    *ret = value;
    return S_OK;
}

/* Without braces; upper and lower case. */
HRESULT parse_guid( const BYTE *s, ULONG len, GUID *ret, WS_ERROR *error )
{
    static const BYTE pos[16] = { 0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34 };
    BYTE bytes[16];
    ULONG i;

    scalar_trim( &s, &len );
    if (len != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' ||
        s[23] != '-') return scalar_bad( error, "GUID", s, len );
    for (i = 0; i < 16; i++)
    {
        BYTE hi = scalar_hex_value[s[pos[i]]], lo = scalar_hex_value[s[pos[i] + 1]];
        if (!hi || !lo) return scalar_bad( error, "GUID", s, len );
        bytes[i] = (hi - 1) << 4 | (lo - 1);
    }
    ret->Data1 = (ULONG)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
    ret->Data2 = bytes[4] << 8 | bytes[5];
    ret->Data3 = bytes[6] << 8 | bytes[7];
    memcpy( ret->Data4, bytes + 8, 8 );
    return S_OK;
}
