/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported utilities: strings, dictionaries, dates (utilities.md). */

#include "api/api.h"
#include "base/time.h"
#include "base/str.h"
#include "xml/chars.h"

HRESULT WINAPI WsXmlStringEquals( const WS_XML_STRING *str1, const WS_XML_STRING *str2, WS_ERROR *error )
{
    WS_TRACE( "str1 %p, str2 %p, error %p\n", str1, str2, error );
    if (!str1 || !str2) return API_LEAVE( ws_fail( error, E_INVALIDARG, "Two strings are needed." ) );
    return API_LEAVE( xmlstr_eq( str1, str2 ) ? S_OK : S_FALSE );
}

HRESULT WINAPI WsGetDictionary( WS_ENCODING encoding, WS_XML_DICTIONARY **dict, WS_ERROR *error )
{
    WS_TRACE( "encoding %u, dict %p, error %p\n", encoding, dict, error );
    if (!dict) return API_LEAVE( ws_fail( error, E_INVALIDARG, "No place to store the dictionary was given." ) );
    *dict = (WS_XML_DICTIONARY *)dictionary_get( encoding );
    return API_LEAVE( S_OK );
}

HRESULT WINAPI WsTrimXmlWhitespace( WCHAR *chars, ULONG count, WCHAR **trimmed, ULONG *trimmed_count, WS_ERROR *error )
{
    WS_TRACE( "chars %p, count %lu, trimmed %p, trimmed_count %p, error %p\n", chars, (unsigned long)count, trimmed,
              trimmed_count, error );
    if ((count && !chars) || !trimmed || !trimmed_count)
        return API_LEAVE( ws_fail( error, E_INVALIDARG, "Characters and room for the result are needed." ) );
    while (count && chars[0] < 0x80 && is_xml_space( chars[0] )) chars++, count--;
    while (count && chars[count - 1] < 0x80 && is_xml_space( chars[count - 1] )) count--;
    *trimmed = chars;
    *trimmed_count = count;
    return API_LEAVE( S_OK );
}

HRESULT WINAPI WsVerifyXmlNCName( const WCHAR *chars, ULONG count, WS_ERROR *error )
{
    ULONG i;

    WS_TRACE( "chars %p, count %lu, error %p\n", chars, (unsigned long)count, error );
    if (!chars) return API_LEAVE( ws_fail( error, E_INVALIDARG, "There is no name." ) );
    for (i = 0; i < count; i++)
    {
        UINT32 c = chars[i];
        ULONG at = i;
        if ((c & 0xfc00) == 0xd800 && i + 1 < count && (chars[i + 1] & 0xfc00) == 0xdc00)
            c = 0x10000 + ((c & 0x3ff) << 10) + (chars[++i] & 0x3ff);
        if (at ? !is_name_char( c ) : !is_name_start_char( c )) break;
    }
    if (count && i == count) return API_LEAVE( S_OK );
    return API_LEAVE( ws_fail( error, WS_E_INVALID_FORMAT, "'%.*ls' is not an XML name without colon.", (int)min( count, 256 ),
                               chars ) );
}

HRESULT WINAPI WsDateTimeToFileTime( const WS_DATETIME *date, FILETIME *time, WS_ERROR *error )
{
    WS_TRACE( "date %p, time %p, error %p\n", date, time, error );
    return API_LEAVE( datetime_to_filetime( date, time, error ) );
}

HRESULT WINAPI WsFileTimeToDateTime( const FILETIME *time, WS_DATETIME *date, WS_ERROR *error )
{
    WS_TRACE( "time %p, date %p, error %p\n", time, date, error );
    return API_LEAVE( filetime_to_datetime( time, date, error ) );
}
