/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Traces through Wine's debug channels: `webservices` (calls, arguments, results, states) and `webservices_io`
 * (bytes on the wire). Free when off; nothing at all in the native build of the portable layers. */
#ifndef WS_BASE_TRACE_H
#define WS_BASE_TRACE_H

#include "base/port.h"

#ifdef _WIN32
#include "wine/debug.h"
WINE_DECLARE_DEBUG_CHANNEL( webservices );
WINE_DECLARE_DEBUG_CHANNEL( webservices_io );
#define WS_TRACE( ... )    TRACE_(webservices)( __VA_ARGS__ )
#define WS_TRACE_IO( ... ) TRACE_(webservices_io)( __VA_ARGS__ )
#define WS_TRACE_ON        TRACE_ON( webservices )
#define WS_TRACE_IO_ON     TRACE_ON( webservices_io )
const char *debugstr_xmlstr( const WS_XML_STRING *str );
const char *debugstr_wsstr( const WS_STRING *str );
const char *debugstr_hr( HRESULT hr );     /* the name of the code where it has one */
#else
#define WS_TRACE( ... )    do { } while (0)
#define WS_TRACE_IO( ... ) do { } while (0)
#define WS_TRACE_ON 0
#define WS_TRACE_IO_ON 0
#endif

#endif
