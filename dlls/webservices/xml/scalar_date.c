/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lexical forms of dateTime, timespan and duration. The unit is the tick of 100 ns; a WS_DATETIME counts them from
 * 0001-01-01T00:00:00 in the proleptic Gregorian calendar. */
#include "xml/scalar.h"

#define TICKS_SECOND  10000000ull
#define TICKS_MINUTE  (60 * TICKS_SECOND)
#define TICKS_HOUR    (60 * TICKS_MINUTE)
#define TICKS_DAY     (24 * TICKS_HOUR)
#define TICKS_1601    504911232000000000ull   /* the first moment of a FILETIME */
#define TICKS_MAX     3155378975999999999ull  /* 9999-12-31T23:59:59.9999999 */
#define DAYS_400Y     146097

/* Days since 0001-01-01 of a day that exists. */
static UINT32 days_from_date( UINT32 year, UINT32 month, UINT32 day )
{
    static const UINT16 before[13] = { 0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
    UINT32 y = year - 1;
    BOOL leap = !(year % 4) && (year % 100 || !(year % 400));
    return y * 365 + y / 4 - y / 100 + y / 400 + before[month] + (month > 2 && leap) + day - 1;
}

/* Counts years from March on, so that the leap day is the last one. */
static void date_from_days( UINT32 days, UINT32 *year, UINT32 *month, UINT32 *day )
{
    UINT32 d = days + 306, era = d / DAYS_400Y, doe = d % DAYS_400Y;
    UINT32 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    UINT32 doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;

    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

static BYTE *put_time( BYTE *p, UINT32 seconds )
{
    p = scalar_put2( p, seconds / 3600 );
    *p++ = ':';
    p = scalar_put2( p, seconds / 60 % 60 );
    *p++ = ':';
    return scalar_put2( p, seconds % 60 );
}

/* The local time of a WS_DATETIME_FORMAT_LOCAL value and its offset in minutes. Native falls back to +00:00 where the
 * local time has no FILETIME, which is before 1601. */
static UINT64 to_local( UINT64 ticks, int *minutes )
{
    INT64 shift;

    *minutes = 0;
    if (ticks < TICKS_1601) return ticks;
    *minutes = port_utc_offset( ticks - TICKS_1601 );
    shift = *minutes * (INT64)TICKS_MINUTE;
    if (ticks + shift >= TICKS_1601 && ticks + shift <= TICKS_MAX) return ticks + shift;
    *minutes = 0;
    return ticks;
}

ULONG format_datetime( const WS_DATETIME *value, BYTE *buf )
{
    UINT64 ticks = value->ticks, seconds;
    UINT32 days, year, month, day;
    int minutes = 0;
    BYTE *p = buf;

    if (ticks > TICKS_MAX || (UINT32)value->format > WS_DATETIME_FORMAT_NONE) return 0;
    if (value->format == WS_DATETIME_FORMAT_LOCAL) ticks = to_local( ticks, &minutes );

    seconds = ticks / TICKS_SECOND;
    days = seconds / 86400;
    date_from_days( days, &year, &month, &day );
    p = scalar_put2( p, year / 100 );
    p = scalar_put2( p, year % 100 );
    *p++ = '-';
    p = scalar_put2( p, month );
    *p++ = '-';
    p = scalar_put2( p, day );
    *p++ = 'T';
    p = put_time( p, seconds - (UINT64)days * 86400 );
    p = scalar_put_fraction( p, ticks - seconds * TICKS_SECOND );

    if (value->format == WS_DATETIME_FORMAT_UTC) *p++ = 'Z';
    else if (value->format == WS_DATETIME_FORMAT_LOCAL)
    {
        *p++ = minutes < 0 ? '-' : '+';
        if (minutes < 0) minutes = -minutes;
        p = scalar_put2( p, minutes / 60 );
        *p++ = ':';
        p = scalar_put2( p, minutes % 60 );
    }
    return p - buf;
}

static UINT32 days_in_month( UINT32 year, UINT32 month )
{
    static const BYTE days[13] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return days[month] + (month == 2 && !(year % 4) && (year % 100 || !(year % 400)));
}

/* Z, +hh:mm, -hh:mm up to 14:00, or nothing: the offset in minutes and the format. */
static BOOL parse_zone( const BYTE *s, ULONG len, int *minutes, WS_DATETIME_FORMAT *format )
{
    int h, m;

    *minutes = 0;
    *format = WS_DATETIME_FORMAT_NONE;
    if (!len) return TRUE;
    if (len == 1 && *s == 'Z')
    {
        *format = WS_DATETIME_FORMAT_UTC;
        return TRUE;
    }
    if (len != 6 || (*s != '+' && *s != '-') || s[3] != ':') return FALSE;
    h = scalar_get2( s + 1 );
    m = scalar_get2( s + 4 );
    if (h < 0 || m < 0 || m > 59 || h > 14 || (h == 14 && m)) return FALSE;
    *format = WS_DATETIME_FORMAT_LOCAL;
    *minutes = *s == '-' ? -(h * 60 + m) : h * 60 + m;
    return TRUE;
}

/* YYYY-MM-DDThh:mm:ss with a fraction of up to seven digits and a zone. 24:00:00 is the next day. The result is UTC
 * unless there is no zone; it must lie in the years 1 to 9999. */
HRESULT parse_datetime( const BYTE *s, ULONG len, WS_DATETIME *ret, WS_ERROR *error )
{
    int y1, y2, month, day, hour, minute, second, zone;
    ULONG fraction = 0, used = 19;
    WS_DATETIME_FORMAT format;
    UINT32 year;
    INT64 ticks;

    scalar_trim( &s, &len );
    if (len < 19 || s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':') goto bad;
    y1 = scalar_get2( s );
    y2 = scalar_get2( s + 2 );
    month = scalar_get2( s + 5 );
    day = scalar_get2( s + 8 );
    hour = scalar_get2( s + 11 );
    minute = scalar_get2( s + 14 );
    second = scalar_get2( s + 17 );
    if ((y1 | y2 | month | day | hour | minute | second) < 0) goto bad;
    if (len > 19 && s[19] == '.')
    {
        ULONG digits = scalar_get_fraction( s + 20, len - 20, &fraction );
        if (!digits) goto bad;
        used += 1 + digits;
    }
    year = y1 * 100 + y2;
    if (!year || month < 1 || month > 12 || day < 1 || day > (int)days_in_month( year, month ) || minute > 59 ||
        second > 59 || hour > 24 || (hour == 24 && (minute || second || fraction)))
        goto bad;
    if (!parse_zone( s + used, len - used, &zone, &format )) goto bad;

    ticks = days_from_date( year, month, day ) * TICKS_DAY +
            (hour * 3600 + minute * 60 + second) * TICKS_SECOND + fraction - zone * (INT64)TICKS_MINUTE;
    if (ticks < 0 || ticks > (INT64)TICKS_MAX) goto bad;
    ret->ticks = ticks;
    ret->format = format;
    return S_OK;

bad:
    return scalar_bad( error, "date and time", s, len );
}

/* MC-NBFX 2.2.3.23: [-][days.]hh:mm:ss[.fraction]. */
ULONG format_timespan( INT64 value, BYTE *buf )
{
    UINT64 abs = value < 0 ? 0 - (UINT64)value : (UINT64)value, days = abs / TICKS_DAY;
    BYTE *p = buf;

    if (value < 0) *p++ = '-';
    if (days)
    {
        p += format_uint64( days, p );
        *p++ = '.';
    }
    abs -= days * TICKS_DAY;
    p = put_time( p, abs / TICKS_SECOND );
    return scalar_put_fraction( p, abs % TICKS_SECOND ) - buf;
}

HRESULT parse_timespan( const BYTE *s, ULONG len, INT64 *ret, WS_ERROR *error )
{
    const UINT64 max_days = SCALAR_MAX64 / TICKS_DAY + 1;
    UINT64 days = 0, ticks;
    BOOL negative;
    ULONG i, start, fraction = 0;
    int h, m, sec;

    scalar_trim( &s, &len );
    negative = len && *s == '-';
    start = i = negative;
    while (i < len && s[i] >= '0' && s[i] <= '9') i++;
    if (i > start && i < len && s[i] == '.')
    {
        if (i - start > 8) goto bad;
        for (; start < i; start++) days = days * 10 + s[start] - '0';
        if (days > max_days) goto bad;
        start = i + 1;
    }
    if (len - start < 8 || len < start || s[start + 2] != ':' || s[start + 5] != ':') goto bad;
    h = scalar_get2( s + start );
    m = scalar_get2( s + start + 3 );
    sec = scalar_get2( s + start + 6 );
    if (h < 0 || m < 0 || sec < 0 || h > 23 || m > 59 || sec > 59) goto bad;
    start += 8;
    if (start < len)
    {
        if (s[start] != '.') goto bad;
        start += 1 + (i = scalar_get_fraction( s + start + 1, len - start - 1, &fraction ));
        if (!i || start != len) goto bad;
    }
    ticks = days * TICKS_DAY + (UINT64)(h * 3600 + m * 60 + sec) * TICKS_SECOND + fraction;
    if (ticks > SCALAR_MAX64 + (UINT64)negative) goto bad;
    *ret = negative ? (INT64)(0 - ticks) : (INT64)ticks;
    return S_OK;

bad:
    return scalar_bad( error, "time span", s, len );
}

/* -P1Y2M3DT4H5M6.0070008S; parts that are zero are left out, nothing at all is P0D. */
ULONG format_duration( const WS_DURATION *value, BYTE *buf )
{
    const DWORD date[3] = { value->years, value->months, value->days };
    const DWORD time[2] = { value->hours, value->minutes };
    ULONG fraction = value->milliseconds * 10000 + value->ticks, i;
    BYTE *p = buf;

    if (value->milliseconds > 999 || value->ticks > 9999) return 0;
    if (value->negative) *p++ = '-';
    *p++ = 'P';
    for (i = 0; i < 3; i++)
    {
        if (!date[i]) continue;
        p += format_uint64( date[i], p );
        *p++ = "YMD"[i];
    }
    if (time[0] || time[1] || value->seconds || fraction)
    {
        *p++ = 'T';
        for (i = 0; i < 2; i++)
        {
            if (!time[i]) continue;
            p += format_uint64( time[i], p );
            *p++ = "HM"[i];
        }
        if (value->seconds || fraction)
        {
            p += format_uint64( value->seconds, p );
            p = scalar_put_fraction( p, fraction );
            *p++ = 'S';
        }
    }
    if (p[-1] == 'P')
    {
        *p++ = '0';
        *p++ = 'D';
    }
    return p - buf;
}

HRESULT parse_duration( const BYTE *s, ULONG len, WS_DURATION *ret, WS_ERROR *error )
{
    static const char units[] = "YMDHMS";
    DWORD part[6] = { 0 };
    ULONG i = 0, next = 0, fraction = 0;
    BOOL time = FALSE, any = FALSE, negative;

    scalar_trim( &s, &len );
    negative = len && *s == '-';
    i = negative;
    if (i >= len || s[i++] != 'P') goto bad;
    while (i < len)
    {
        UINT64 value = 0;
        ULONG start, last = time ? 6 : 3;

        if (s[i] == 'T' && !time)
        {
            time = TRUE;
            next = 3;
            any = FALSE;
            i++;
            continue;
        }
        for (start = i; i < len && s[i] >= '0' && s[i] <= '9'; i++)
        {
            value = value * 10 + s[i] - '0';
            if (value > 0xffffffff) return ws_fail( error, WS_E_NUMERIC_OVERFLOW, "A part of the duration '%.*s' "
                                                    "has more than 32 bits.", (int)len, (const char *)s );
        }
        if (i == start || i == len) goto bad;
        if (s[i] == '.')
        {
            ULONG digits = scalar_get_fraction( s + i + 1, len - i - 1, &fraction );
            i += 1 + digits;
            if (!digits || i >= len || s[i] != 'S') goto bad;
        }
        while (next < last && units[next] != s[i]) next++;
        if (next == last) goto bad;
        part[next++] = value;
        any = TRUE;
        i++;
    }
    if (!any) goto bad;
    ret->negative = negative;
    ret->years = part[0];
    ret->months = part[1];
    ret->days = part[2];
    ret->hours = part[3];
    ret->minutes = part[4];
    ret->seconds = part[5];
    ret->milliseconds = fraction / 10000;
    ret->ticks = fraction % 10000;
    return S_OK;

bad:
    return scalar_bad( error, "duration", s, len );
}
