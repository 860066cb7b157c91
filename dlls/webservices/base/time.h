/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WS_DATETIME and FILETIME. */
#ifndef WS_BASE_TIME_H
#define WS_BASE_TIME_H

#include "base/error.h"

#define TICKS_1601     504911232000000000ull    /* 100 ns units from the year 1 to 1601, where FILETIME begins */
#define TICKS_MAX      0x2bca2875f4373fffull    /* 9999-12-31T23:59:59.9999999 */

/* As documented for WsDateTimeToFileTime and WsFileTimeToDateTime. */
HRESULT datetime_to_filetime( const WS_DATETIME *date, FILETIME *time, WS_ERROR *error );
HRESULT filetime_to_datetime( const FILETIME *time, WS_DATETIME *date, WS_ERROR *error );

#endif
