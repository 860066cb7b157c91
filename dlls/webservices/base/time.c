/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_DATETIME and FILETIME: both count 100 ns units, from the years 1 and 1601. */

#include "base/time.h"

HRESULT datetime_to_filetime( const WS_DATETIME *date, FILETIME *time, WS_ERROR *error )
{
    UINT64 ticks;

    if (!date || !time) return ws_fail( error, E_INVALIDARG, "A date and room for the file time are needed." );
    if (date->ticks < TICKS_1601) return ws_fail( error, WS_E_INVALID_FORMAT, "A file time can't be before the year 1601." );
    ticks = date->ticks - TICKS_1601;
    time->dwLowDateTime = ticks;
    time->dwHighDateTime = ticks >> 32;
    return S_OK;
}

HRESULT filetime_to_datetime( const FILETIME *time, WS_DATETIME *date, WS_ERROR *error )
{
    UINT64 ticks;

    if (!time || !date) return ws_fail( error, E_INVALIDARG, "A file time and room for the date are needed." );
    ticks = (UINT64)time->dwHighDateTime << 32 | time->dwLowDateTime;
    if (ticks > ~0ull - TICKS_1601)
        return ws_fail( error, WS_E_NUMERIC_OVERFLOW, "The file time 0x%08x%08x is too large for a date.",
                        (UINT)time->dwHighDateTime, (UINT)time->dwLowDateTime );
    ticks += TICKS_1601;
    if (ticks > TICKS_MAX) return ws_fail( error, WS_E_INVALID_FORMAT, "A date can't be after the year 9999." );
    date->ticks = ticks;
    date->format = WS_DATETIME_FORMAT_UTC;
    return S_OK;
}
