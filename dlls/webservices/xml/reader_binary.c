/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* .NET binary XML: [MC-NBFX] records, with the dictionaries of [MC-NBFS] and [MC-NBFSE].
 *
 * Like the tokenizer of text: in place, one node at a time, and the position moves only when the whole node was there. */

#include "xml/reader_impl.h"
#include "xml/chars.h"
#include "xml/nbfx.h"

/* Bounds of the groups of records. */
#define ATTRIBUTE_FIRST NBFX_SHORT_ATTRIBUTE
#define ATTRIBUTE_LAST  (NBFX_SHORT_ELEMENT - 1)
#define ELEMENT_FIRST   NBFX_SHORT_ELEMENT
#define ELEMENT_LAST    (NBFX_PREFIX_ELEMENT_A + 25)
#define TEXT_FIRST      NBFX_ZERO_TEXT
#define TEXT_LAST       (NBFX_QNAME_DICT_TEXT + 1)      /* with the end of the element */
/* The 16- and 32-bit forms follow the 8-bit ones. */
#define CHARS16   (NBFX_CHARS8_TEXT + 2)
#define CHARS32   (NBFX_CHARS8_TEXT + 4)
#define BYTES16   (NBFX_BYTES8_TEXT + 2)
#define BYTES32   (NBFX_BYTES8_TEXT + 4)
#define UNICODE16 (NBFX_UNICODE_CHARS8_TEXT + 2)
#define UNICODE32 (NBFX_UNICODE_CHARS8_TEXT + 4)

/* How the content of a text record is laid out. */
enum text_kind
{
    KIND_NONE,      /* no such record */
    KIND_CONST,     /* the record type says it all */
    KIND_FIXED,     /* `size` bytes */
    KIND_CHARS, KIND_BYTES, KIND_UNICODE,   /* a length of `size` bytes, and the data */
    KIND_LIST, KIND_DICTIONARY, KIND_QNAME
};

static const struct text_record
{
    UINT8 kind;
    UINT8 size;
    UINT8 type;     /* WS_XML_TEXT_TYPE */
} text_records[(TEXT_LAST + 1 - TEXT_FIRST) / 2] =
{
#define R( rec ) [((rec) - TEXT_FIRST) / 2]
    R( NBFX_ZERO_TEXT )       = { KIND_CONST, 0, WS_XML_TEXT_TYPE_INT32 },
    R( NBFX_ONE_TEXT )        = { KIND_CONST, 0, WS_XML_TEXT_TYPE_INT32 },
    R( NBFX_FALSE_TEXT )      = { KIND_CONST, 0, WS_XML_TEXT_TYPE_BOOL },
    R( NBFX_TRUE_TEXT )       = { KIND_CONST, 0, WS_XML_TEXT_TYPE_BOOL },
    R( NBFX_INT8_TEXT )       = { KIND_FIXED, 1, WS_XML_TEXT_TYPE_INT32 },
    R( NBFX_INT16_TEXT )      = { KIND_FIXED, 2, WS_XML_TEXT_TYPE_INT32 },
    R( NBFX_INT32_TEXT )      = { KIND_FIXED, 4, WS_XML_TEXT_TYPE_INT32 },
    R( NBFX_INT64_TEXT )      = { KIND_FIXED, 8, WS_XML_TEXT_TYPE_INT64 },
    R( NBFX_FLOAT_TEXT )      = { KIND_FIXED, 4, WS_XML_TEXT_TYPE_FLOAT },
    R( NBFX_DOUBLE_TEXT )     = { KIND_FIXED, 8, WS_XML_TEXT_TYPE_DOUBLE },
    R( NBFX_DECIMAL_TEXT )    = { KIND_FIXED, 16, WS_XML_TEXT_TYPE_DECIMAL },
    R( NBFX_DATETIME_TEXT )   = { KIND_FIXED, 8, WS_XML_TEXT_TYPE_DATETIME },
    R( NBFX_CHARS8_TEXT )     = { KIND_CHARS, 1, WS_XML_TEXT_TYPE_UTF8 },
    R( CHARS16 )    = { KIND_CHARS, 2, WS_XML_TEXT_TYPE_UTF8 },
    R( CHARS32 )    = { KIND_CHARS, 4, WS_XML_TEXT_TYPE_UTF8 },
    R( NBFX_BYTES8_TEXT )     = { KIND_BYTES, 1, WS_XML_TEXT_TYPE_BASE64 },
    R( BYTES16 )    = { KIND_BYTES, 2, WS_XML_TEXT_TYPE_BASE64 },
    R( BYTES32 )    = { KIND_BYTES, 4, WS_XML_TEXT_TYPE_BASE64 },
    R( NBFX_START_LIST_TEXT ) = { KIND_LIST, 0, WS_XML_TEXT_TYPE_LIST },
    R( NBFX_EMPTY_TEXT )      = { KIND_CONST, 0, WS_XML_TEXT_TYPE_UTF8 },
    R( NBFX_DICT_TEXT ) = { KIND_DICTIONARY, 0, WS_XML_TEXT_TYPE_UTF8 },
    R( NBFX_UNIQUE_ID_TEXT )  = { KIND_FIXED, 16, WS_XML_TEXT_TYPE_UNIQUE_ID },
    R( NBFX_TIMESPAN_TEXT )   = { KIND_FIXED, 8, WS_XML_TEXT_TYPE_TIMESPAN },
    R( NBFX_UUID_TEXT )       = { KIND_FIXED, 16, WS_XML_TEXT_TYPE_GUID },
    R( NBFX_UINT64_TEXT )     = { KIND_FIXED, 8, WS_XML_TEXT_TYPE_UINT64 },
    R( NBFX_BOOL_TEXT )       = { KIND_FIXED, 1, WS_XML_TEXT_TYPE_BOOL },
    R( NBFX_UNICODE_CHARS8_TEXT )   = { KIND_UNICODE, 1, WS_XML_TEXT_TYPE_UTF16 },
    R( UNICODE16 )  = { KIND_UNICODE, 2, WS_XML_TEXT_TYPE_UTF16 },
    R( UNICODE32 )  = { KIND_UNICODE, 4, WS_XML_TEXT_TYPE_UTF16 },
    R( NBFX_QNAME_DICT_TEXT )      = { KIND_QNAME, 0, WS_XML_TEXT_TYPE_QNAME },
#undef R
};

/* Strings that a document spells out belong to this dictionary, which is not constant and has no strings: native sets one
 * for them too. */
static WS_XML_DICTIONARY inline_dictionary;

BOOL is_inline_string( const WS_XML_STRING *str )
{
    return str->dictionary == &inline_dictionary;
}

static const BYTE prefix_letters[] = "abcdefghijklmnopqrstuvwxyz";

/* --- parts of records ---------------------------------------------------------------------------------------------- */

static HRESULT bad_record( ULONG type, WS_ERROR *error )
{
    return ws_fail( error, WS_E_INVALID_FORMAT, "The record 0x%02x is not allowed here in binary XML.", type );
}

/* MultiByteInt31: seven bits a byte, the lowest first. */
static inline HRESULT parse_int31( WS_XML_READER *reader, const BYTE **pos, ULONG *ret, WS_ERROR *error )
{
    const BYTE *p = *pos, *end = reader->end;
    ULONG value = 0, shift;

    for (shift = 0; shift < 35; shift += 7)
    {
        if (UNLIKELY( p == end )) return reader_short_input( reader, error );
        value |= (ULONG)(*p & 0x7f) << shift;
        if (*p++ & 0x80) continue;
        if (UNLIKELY( shift == 28 && p[-1] > 7 )) break;
        *pos = p;
        *ret = value;
        return S_OK;
    }
    return ws_fail( error, WS_E_INVALID_FORMAT, "A length in binary XML is larger than 31 bits." );
}

static inline HRESULT parse_string( WS_XML_READER *reader, const BYTE **pos, WS_XML_STRING *str, WS_ERROR *error )
{
    ULONG len = 0;
    HRESULT hr;

    if ((hr = parse_int31( reader, pos, &len, error ))) return hr;
    if (UNLIKELY( len > (SIZE_T)(reader->end - *pos) )) return reader_short_input( reader, error );
    str->bytes = (BYTE *)*pos;
    str->length = len;
    str->dictionary = &inline_dictionary;
    str->id = 0;
    *pos += len;
    return S_OK;
}

static inline BOOL is_plain_name( const BYTE *p, ULONG len )
{
    const BYTE *end = p + len;

    if (!len || !(xml_char_class[*p] & CHAR_NAME_START)) return FALSE;
    while (++p < end) if (!(xml_char_class[*p] & CHAR_NAME)) return FALSE;
    return TRUE;
}

static inline BOOL is_ascii( const BYTE *p, ULONG len )
{
    UINT64 word, bits = 0;

    if (len < 8)
    {
        BYTE b = 0;
        while (len--) b |= *p++;
        return b < 0x80;
    }
    for (; len > 8; p += 8, len -= 8)
    {
        memcpy( &word, p, 8 );
        bits |= word;
    }
    memcpy( &word, p + len - 8, 8 );
    return !((bits | word) & 0x8080808080808080ull);
}

static inline __attribute__((always_inline)) HRESULT parse_name( WS_XML_READER *reader, const BYTE **pos, WS_XML_STRING *str, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = parse_string( reader, pos, str, error ))) return hr;
    if (UNLIKELY( !is_plain_name( str->bytes, str->length ) && !is_ncname( str->bytes, str->length ) ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "'%.*s' is not a name.", (int)min( str->length, 100 ),
                        (const char *)str->bytes );
    return S_OK;
}

static HRESULT parse_uri( WS_XML_READER *reader, const BYTE **pos, WS_XML_STRING *str, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = parse_string( reader, pos, str, error ))) return hr;
    if (utf8_valid_prefix( str->bytes, str->length ) != str->length)
        return ws_fail( error, WS_E_INVALID_FORMAT, "A namespace in binary XML is not well-formed UTF-8." );
    return S_OK;
}

/* Even ids are of the static dictionary, odd ones of the session's. */
static HRESULT parse_dictionary_string( WS_XML_READER *reader, const BYTE **pos, WS_XML_STRING *str, WS_ERROR *error )
{
    const WS_XML_DICTIONARY *dict;
    ULONG id = 0;
    HRESULT hr;

    if ((hr = parse_int31( reader, pos, &id, error ))) return hr;
    dict = id & 1 ? reader->dynamic_dict : reader->static_dict;
    if (UNLIKELY( !dict || id / 2 >= dict->stringCount ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The %s dictionary has no string %u.", id & 1 ? "session" : "static",
                        id / 2 );
    *str = dict->strings[id / 2];
    /* those of a session come from the peer */
    if (UNLIKELY( !dict->isConst && !is_ascii( str->bytes, str->length ) &&
                  utf8_valid_prefix( str->bytes, str->length ) != str->length ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "String %u of the session is not well-formed UTF-8.", id / 2 );
    return S_OK;
}

/* Not every string of a dictionary is a name. */
static HRESULT parse_dictionary_name( WS_XML_READER *reader, const BYTE **pos, WS_XML_STRING *str, WS_ERROR *error )
{
    HRESULT hr;

    if ((hr = parse_dictionary_string( reader, pos, str, error ))) return hr;
    if (LIKELY( is_ncname( str->bytes, str->length ) )) return S_OK;
    return ws_fail( error, WS_E_INVALID_FORMAT, "'%.*s' is not a name.", (int)min( str->length, 100 ), (const char *)str->bytes );
}

static void no_string( WS_XML_STRING *str )
{
    memset( str, 0, sizeof(*str) );
}

static void letter_prefix( WS_XML_STRING *str, ULONG letter )
{
    str->bytes = (BYTE *)&prefix_letters[letter];
    str->length = 1;
    str->dictionary = NULL;
    str->id = 0;
}

static ULONG load_length( const BYTE *p, ULONG size )
{
    ULONG len = p[0];

    if (size > 1) len |= p[1] << 8;
    if (size > 2) len |= p[2] << 16 | (ULONG)p[3] << 24;
    return len;
}

/* --- texts --------------------------------------------------------------------------------------------------------- */

static HRESULT load_fixed( ULONG record, const BYTE *p, union any_text *text, WS_ERROR *error )
{
    UINT64 bits;

    switch (record)
    {
    case NBFX_INT8_TEXT:      text->int32.value = (INT8)p[0]; break;
    case NBFX_INT16_TEXT:     text->int32.value = (INT16)load_length( p, 2 ); break;
    case NBFX_INT32_TEXT:     memcpy( &text->int32.value, p, 4 ); break;
    case NBFX_INT64_TEXT:     memcpy( &text->int64.value, p, 8 ); break;
    case NBFX_UINT64_TEXT:    memcpy( &text->uint64.value, p, 8 ); break;
    case NBFX_FLOAT_TEXT:     memcpy( &text->float32.value, p, 4 ); break;
    case NBFX_DOUBLE_TEXT:    memcpy( &text->float64.value, p, 8 ); break;
    case NBFX_BOOL_TEXT:      text->boolean.value = *p != 0; break;
    case NBFX_UUID_TEXT:      memcpy( &text->guid.value, p, 16 ); break;
    case NBFX_UNIQUE_ID_TEXT: memcpy( &text->unique_id.value, p, 16 ); break;
    case NBFX_TIMESPAN_TEXT:  memcpy( &text->timespan.value, p, 8 ); break;
    case NBFX_DECIMAL_TEXT:
        memcpy( &text->decimal.value, p, 16 );
        text->decimal.value.wReserved = 0;
        if (p[2] > 28 || (p[3] & 0x7f))
            return ws_fail( error, WS_E_INVALID_FORMAT, "A decimal number in binary XML is malformed." );
        break;
    case NBFX_DATETIME_TEXT:
        /* two bits for the kind: not specified, UTC, local */
        memcpy( &bits, p, 8 );
        text->datetime.value.ticks = bits & ~(UINT64)0 >> 2;
        switch (bits >> 62)
        {
        case 0: text->datetime.value.format = WS_DATETIME_FORMAT_NONE; break;
        case 1: text->datetime.value.format = WS_DATETIME_FORMAT_UTC; break;
        case 2: text->datetime.value.format = WS_DATETIME_FORMAT_LOCAL; break;
        default: return ws_fail( error, WS_E_INVALID_FORMAT, "A date in binary XML is of no known kind." );
        }
        if (text->datetime.value.ticks > 3155378975999999999ull)    /* the last one of the year 9999 */
            return ws_fail( error, WS_E_INVALID_FORMAT, "A date in binary XML is after the year 9999." );
        break;
    }
    return S_OK;
}

static void load_const( ULONG record, union any_text *text )
{
    if (record == NBFX_ZERO_TEXT || record == NBFX_ONE_TEXT) text->int32.value = record == NBFX_ONE_TEXT;
    else if (record == NBFX_FALSE_TEXT || record == NBFX_TRUE_TEXT) text->boolean.value = record == NBFX_TRUE_TEXT;
    else text->utf8.value = (WS_XML_STRING){ 0, (BYTE *)"", NULL, 0 };
}

/* The data of characters and bytes. */
static HRESULT load_data( enum text_kind kind, const BYTE *p, ULONG len, union any_text *text, WS_ERROR *error )
{
    switch (kind)
    {
    case KIND_BYTES:
        text->base64.bytes = (BYTE *)p;
        text->base64.length = len;
        return S_OK;
    case KIND_UNICODE:
        if (len % sizeof(WCHAR))
            return ws_fail( error, WS_E_INVALID_FORMAT, "A UTF-16 text in binary XML has %u bytes.", len );
        text->utf16.bytes = (BYTE *)p;
        text->utf16.byteCount = len;
        return S_OK;
    default:
        text->utf8.value.length = len;
        text->utf8.value.bytes = (BYTE *)p;
        text->utf8.value.dictionary = NULL;
        text->utf8.value.id = 0;
        if (UNLIKELY( !is_ascii( p, len ) && utf8_valid_prefix( p, len ) != len ))
            return ws_fail( error, WS_E_INVALID_FORMAT, "A text in binary XML is not well-formed UTF-8." );
        return S_OK;
    }
}

static HRESULT parse_qname_text( WS_XML_READER *reader, const BYTE **pos, union any_text *text, WS_ERROR *error )
{
    const struct ns_binding *binding;
    WS_XML_STRING *strings;
    const BYTE *p = *pos;
    ULONG letter;
    HRESULT hr;

    if (p == reader->end) return reader_short_input( reader, error );
    if ((letter = *p++) > 25) return ws_fail( error, WS_E_INVALID_FORMAT, "%u is not the number of a prefix letter.", letter );
    if (!(strings = reader_scratch( reader, 3 * sizeof(*strings) )))
        return ws_fail( error, E_OUTOFMEMORY, "No memory for a qualified name." );
    letter_prefix( &strings[0], letter );
    if ((hr = parse_dictionary_string( reader, &p, &strings[1], error ))) return hr;
    /* in an attribute the element's own declarations are not in scope yet: it is resolved again when they are */
    binding = ns_find( &reader->ns, strings[0].bytes, 1 );
    if (binding) strings[2] = binding->ns;
    else no_string( &strings[2] );
    text->qname.prefix = &strings[0];
    text->qname.localName = &strings[1];
    text->qname.ns = &strings[2];
    *pos = p;
    return S_OK;
}

static HRESULT parse_text( WS_XML_READER *reader, const BYTE **pos, ULONG record, union any_text *text, BOOL in_list,
                           WS_ERROR *error );

/* Items up to the end of the list. */
static HRESULT parse_list( WS_XML_READER *reader, const BYTE **pos, union any_text *text, BOOL *end_element, WS_ERROR *error )
{
    WS_XML_TEXT **items = NULL, **more;
    union any_text *item;
    ULONG count = 0, size = 0, record;
    HRESULT hr;

    for (;;)
    {
        if (*pos == reader->end) return reader_short_input( reader, error );
        record = *(*pos)++;
        if ((record & ~1u) == NBFX_END_LIST_TEXT) break;
        if (count == size)
        {
            size = size ? size * 2 : 8;
            if (!(more = reader_scratch( reader, size * sizeof(*more) )))
                return ws_fail( error, E_OUTOFMEMORY, "No memory for a list of %u texts.", size );
            if (count) memcpy( more, items, count * sizeof(*items) );
            items = more;
        }
        if (!(item = reader_scratch( reader, sizeof(*item) )))
            return ws_fail( error, E_OUTOFMEMORY, "No memory for a list of %u texts.", size );
        if ((record & 1) || (hr = parse_text( reader, pos, record, item, TRUE, error )))
            return record & 1 ? bad_record( record, error ) : hr;
        items[count++] = &item->text;
    }
    if (record & 1)
    {
        if (!end_element) return bad_record( record, error );
        *end_element = TRUE;
    }
    text->list.itemCount = count;
    text->list.items = items;
    return S_OK;
}

/* The texts that most documents have: short and ASCII. FALSE: to be read the long way. */
static inline BOOL parse_short_text( WS_XML_READER *reader, const BYTE **pos, ULONG record, union any_text *text )
{
    const BYTE *p = *pos;
    SIZE_T avail = reader->end - p;

    if (record != NBFX_CHARS8_TEXT || !avail || *p > avail - 1 || !is_ascii( p + 1, *p )) return FALSE;
    text->text.textType = WS_XML_TEXT_TYPE_UTF8;
    text->utf8.value.length = *p;
    text->utf8.value.bytes = (BYTE *)p + 1;
    text->utf8.value.dictionary = NULL;
    text->utf8.value.id = 0;
    *pos = p + 1 + *p;
    return TRUE;
}

/* What follows the (even) record type. */
static HRESULT parse_text( WS_XML_READER *reader, const BYTE **pos, ULONG record, union any_text *text, BOOL in_list,
                           WS_ERROR *error )
{
    const struct text_record *desc;
    const BYTE *p = *pos;
    SIZE_T avail = reader->end - p;
    ULONG len;
    HRESULT hr;

    if (record < TEXT_FIRST || record > TEXT_LAST) return bad_record( record, error );
    desc = &text_records[(record - TEXT_FIRST) / 2];
    text->text.textType = desc->type;
    switch (desc->kind)
    {
    case KIND_CONST:
        load_const( record, text );
        return S_OK;
    case KIND_FIXED:
        if (avail < desc->size) return reader_short_input( reader, error );
        *pos = p + desc->size;
        return load_fixed( record, p, text, error );
    case KIND_CHARS:
    case KIND_BYTES:
    case KIND_UNICODE:
        if (avail < desc->size) return reader_short_input( reader, error );
        len = load_length( p, desc->size );
        p += desc->size;
        if (len > avail - desc->size) return reader_short_input( reader, error );
        *pos = p + len;
        return load_data( desc->kind, p, len, text, error );
    case KIND_DICTIONARY:
        if ((hr = parse_dictionary_string( reader, pos, &text->utf8.value, error ))) return hr;
        if (!text->utf8.value.bytes) text->utf8.value.bytes = (BYTE *)"";
        return S_OK;
    case KIND_QNAME:
        return parse_qname_text( reader, pos, text, error );
    case KIND_LIST:
        if (in_list) return bad_record( record, error );
        return parse_list( reader, pos, text, NULL, error );
    default:
        return bad_record( record, error );
    }
}

/* --- elements ------------------------------------------------------------------------------------------------------ */

static HRESULT parse_xmlns( WS_XML_READER *reader, const BYTE **pos, ULONG record, struct reader_attr *attr, WS_ERROR *error )
{
    static const WS_XML_STRING name_xmlns_attr = XMLSTR( "xmlns" );
    HRESULT hr;

    attr->attr.isXmlNs = TRUE;
    no_string( &attr->prefix );
    attr->local = name_xmlns_attr;
    if (record == NBFX_XMLNS || record == NBFX_DICT_XMLNS)
    {
        if ((hr = parse_name( reader, pos, &attr->prefix, error ))) return hr;
        attr->local = attr->prefix;
    }
    attr->value.text.textType = WS_XML_TEXT_TYPE_UTF8;
    attr->value.utf8.value = (WS_XML_STRING){ 0, (BYTE *)"", NULL, 0 };
    if (record >= NBFX_SHORT_DICT_XMLNS) return parse_dictionary_string( reader, pos, &attr->ns, error );
    return parse_uri( reader, pos, &attr->ns, error );
}

static HRESULT parse_attribute( WS_XML_READER *reader, const BYTE **pos, ULONG record, struct reader_attr *attr, ULONG *flags,
                                WS_ERROR *error )
{
    HRESULT hr;

    attr->attr.singleQuote = FALSE;
    if (record >= NBFX_SHORT_XMLNS && record <= NBFX_DICT_XMLNS)
    {
        *flags |= ELEMENT_HAS_XMLNS;
        return parse_xmlns( reader, pos, record, attr, error );
    }
    attr->attr.isXmlNs = FALSE;
    if (record >= NBFX_PREFIX_ATTRIBUTE_A) letter_prefix( &attr->prefix, record - NBFX_PREFIX_ATTRIBUTE_A );
    else if (record >= NBFX_PREFIX_DICT_ATTRIBUTE_A) letter_prefix( &attr->prefix, record - NBFX_PREFIX_DICT_ATTRIBUTE_A );
    else if (record == NBFX_ATTRIBUTE || record == NBFX_DICT_ATTRIBUTE)
    {
        if ((hr = parse_name( reader, pos, &attr->prefix, error ))) return hr;
    }
    else no_string( &attr->prefix );

    if (record == NBFX_SHORT_DICT_ATTRIBUTE || record == NBFX_DICT_ATTRIBUTE ||
        (record >= NBFX_PREFIX_DICT_ATTRIBUTE_A && record < NBFX_PREFIX_ATTRIBUTE_A))
        hr = parse_dictionary_name( reader, pos, &attr->local, error );
    else
        hr = parse_name( reader, pos, &attr->local, error );
    if (hr) return hr;

    if (attr->prefix.length) *flags |= ELEMENT_HAS_PREFIXED;
    else attr->ns = ns_attr_none;
    if (*pos == reader->end) return reader_short_input( reader, error );
    record = *(*pos)++;
    if (record & 1) return bad_record( record, error );
    if (parse_short_text( reader, pos, record, &attr->value )) return S_OK;
    return parse_text( reader, pos, record, &attr->value, FALSE, error );
}

/* Names of declared prefixes in values can be resolved only when all declarations are known. */
static HRESULT resolve_qnames( WS_XML_READER *reader, struct element_slot *slot, ULONG count, WS_ERROR *error )
{
    const struct ns_binding *binding;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        WS_XML_QNAME_TEXT *qname = &slot->attrs[i].value.qname;
        if (slot->attrs[i].attr.isXmlNs || qname->text.textType != WS_XML_TEXT_TYPE_QNAME) continue;
        if (!(binding = ns_find( &reader->ns, qname->prefix->bytes, qname->prefix->length )))
            return ws_fail( error, WS_E_INVALID_FORMAT, "The prefix '%.*s' is not declared.", XMLSTR_ARG( qname->prefix ) );
        *qname->ns = binding->ns;
    }
    return S_OK;
}

static inline __attribute__((always_inline)) HRESULT parse_element_name( WS_XML_READER *reader, const BYTE **pos, ULONG record, struct element_slot *slot,
                                   WS_ERROR *error )
{
    HRESULT hr;

    if (record >= NBFX_PREFIX_ELEMENT_A) letter_prefix( &slot->prefix, record - NBFX_PREFIX_ELEMENT_A );
    else if (record >= NBFX_PREFIX_DICT_ELEMENT_A) letter_prefix( &slot->prefix, record - NBFX_PREFIX_DICT_ELEMENT_A );
    else if (record == NBFX_ELEMENT || record == NBFX_DICT_ELEMENT)
    {
        if ((hr = parse_name( reader, pos, &slot->prefix, error ))) return hr;
    }
    else no_string( &slot->prefix );
    if (record == NBFX_SHORT_DICT_ELEMENT || record == NBFX_DICT_ELEMENT ||
        (record >= NBFX_PREFIX_DICT_ELEMENT_A && record < NBFX_PREFIX_ELEMENT_A))
        return parse_dictionary_name( reader, pos, &slot->local, error );
    return parse_name( reader, pos, &slot->local, error );
}

/* Undoes parse_element: the current node's slot is the other one again. */
static void drop_element( WS_XML_READER *reader )
{
    reader_close_element( reader );
    reader->slot = reader_next_slot( reader );
}

/* An element with its attributes; the record type is behind *pos. */
static inline __attribute__((always_inline)) HRESULT parse_element( WS_XML_READER *reader, const BYTE **pos, ULONG record, WS_ERROR *error )
{
    struct element_slot *slot = reader_next_slot( reader );
    ULONG count = 0, flags = 0;
    const BYTE *p = *pos;
    BOOL has_qname = FALSE;
    HRESULT hr;

    if (UNLIKELY( record < ELEMENT_FIRST || record > ELEMENT_LAST )) return bad_record( record, error );
    if (UNLIKELY( !reader->depth && reader->have_root && !reader->props.allow_fragment ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "Only one element is allowed at the top of a document." );
    if ((hr = parse_element_name( reader, &p, record, slot, error ))) return hr;
    for (;;)
    {
        if (p == reader->end)
        {
            if (!reader->eof_known) return reader_short_input( reader, error );
            break;
        }
        record = *p;
        if (record < ATTRIBUTE_FIRST || record > ATTRIBUTE_LAST) break;
        p++;
        if ((hr = reader_need_attr( reader, slot, count, error ))) return hr;
        if ((hr = parse_attribute( reader, &p, record, &slot->attrs[count], &flags, error ))) return hr;
        has_qname |= slot->attrs[count].value.text.textType == WS_XML_TEXT_TYPE_QNAME;
        count++;
    }
    if ((hr = reader_open_element( reader, slot, count, flags, p, slot->local.bytes, slot->local.length, error ))) return hr;
    if (has_qname && (hr = resolve_qnames( reader, slot, count, error )))
    {
        drop_element( reader );
        return hr;
    }
    slot->element.isEmpty = FALSE;
    *pos = p;
    return S_OK;
}

static HRESULT read_element( WS_XML_READER *reader, const BYTE *start, ULONG record, WS_ERROR *error )
{
    const BYTE *p = start + 1;
    HRESULT hr;

    if ((hr = parse_element( reader, &p, record, error ))) return hr;
    reader->have_root = TRUE;
    reader->pos = p;
    reader_done_node( reader, &reader->slot->element.node, start );
    return S_OK;
}

/* --- arrays -------------------------------------------------------------------------------------------------------- */

static HRESULT keep_text( WS_XML_READER *reader, union any_text *text, WS_ERROR *error )
{
    WS_XML_STRING str = { 0, NULL, NULL, 0 };
    HRESULT hr;
    ULONG i;

    switch (text->text.textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
        return reader_keep( reader, &text->utf8.value, error );
    case WS_XML_TEXT_TYPE_UTF16:
        str.bytes = text->utf16.bytes;
        str.length = text->utf16.byteCount;
        hr = reader_keep( reader, &str, error );
        text->utf16.bytes = str.bytes;
        return hr;
    case WS_XML_TEXT_TYPE_BASE64:
        str.bytes = text->base64.bytes;
        str.length = text->base64.length;
        hr = reader_keep( reader, &str, error );
        text->base64.bytes = str.bytes;
        return hr;
    case WS_XML_TEXT_TYPE_LIST:
        for (i = 0; i < text->list.itemCount; i++)
            if ((hr = keep_text( reader, (union any_text *)text->list.items[i], error ))) return hr;
        return S_OK;
    default:
        return S_OK;
    }
}

/* The element's strings have to last while the window moves through the items. */
static HRESULT keep_element( WS_XML_READER *reader, struct element_slot *slot, WS_ERROR *error )
{
    HRESULT hr;
    ULONG i;

    if ((hr = reader_keep( reader, &slot->prefix, error )) || (hr = reader_keep( reader, &slot->local, error ))) return hr;
    for (i = 0; i < slot->element.attributeCount; i++)
    {
        struct reader_attr *attr = &slot->attrs[i];
        if ((hr = reader_keep( reader, &attr->prefix, error )) || (hr = reader_keep( reader, &attr->local, error )) ||
            (hr = reader_keep( reader, &attr->ns, error )) || (hr = keep_text( reader, &attr->value, error ))) return hr;
    }
    return S_OK;
}

/* What describes the items: the element, its end, their record type and their number. */
static HRESULT parse_array( WS_XML_READER *reader, const BYTE **pos, ULONG *record, ULONG *count, WS_ERROR *error )
{
    const BYTE *p = *pos;
    HRESULT hr;

    if (reader->end - p < 2) return reader_short_input( reader, error );
    if (*p != NBFX_END_ELEMENT) return bad_record( *p, error );
    if (!(p[1] & 1) || p[1] < TEXT_FIRST || p[1] > TEXT_LAST ||
        text_records[(p[1] - TEXT_FIRST) / 2].kind != KIND_FIXED) return bad_record( p[1], error );
    *record = p[1] & ~1u;
    p += 2;
    if ((hr = parse_int31( reader, &p, count, error ))) return hr;
    if (!*count) return ws_fail( error, WS_E_INVALID_FORMAT, "An array in binary XML has no items." );
    *pos = p;
    return reader->copy_names ? keep_element( reader, reader->slot, error ) : S_OK;
}

/* An array is an element and the values of many like it, which are read one by one. */
static HRESULT read_array( WS_XML_READER *reader, const BYTE *start, WS_ERROR *error )
{
    const BYTE *p = start + 1;
    ULONG record, count = 0;
    HRESULT hr;

    if (p == reader->end) return reader_short_input( reader, error );
    record = *p++;
    reader->array_mark = mem_stack_mark( &reader->stack );
    reader->in_array = TRUE;    /* what belongs to the element must not be in the scratch memory of one node */
    hr = parse_element( reader, &p, record, error );
    if (!hr && (hr = parse_array( reader, &p, &record, &count, error ))) drop_element( reader );
    reader->in_array = FALSE;
    if (hr)
    {
        mem_stack_release( &reader->stack, reader->array_mark );
        return hr;
    }
    reader->array_record = record;
    reader->array_left = count;
    reader->have_root = TRUE;
    reader->pos = p;
    reader_done_node( reader, &reader->slot->element.node, start );
    return S_OK;
}

/* After the element of an item: its text; after its end: the next item's element. */
static HRESULT read_array_item( WS_XML_READER *reader, WS_ERROR *error )
{
    union any_text *text = reader_next_text( reader );
    const BYTE *p = reader->pos;
    HRESULT hr;

    if (reader->node == &node_end_element)
    {
        reader_done_node( reader, &reader->slot->element.node, p );
        return S_OK;
    }
    if ((hr = parse_text( reader, &p, reader->array_record, text, FALSE, error ))) return hr;
    reader->array_left--;
    reader->array_in_item = TRUE;
    reader->pos = p;
    reader_done_text( reader, text, p );
    return S_OK;
}

/* --- nodes --------------------------------------------------------------------------------------------------------- */

static HRESULT check_top_text( WS_XML_READER *reader, const union any_text *text, WS_ERROR *error )
{
    if (reader->props.allow_fragment || (text->text.textType == WS_XML_TEXT_TYPE_UTF8 &&
        is_xml_space_only( text->utf8.value.bytes, text->utf8.value.length ))) return S_OK;
    return ws_fail( error, WS_E_INVALID_FORMAT, "Text is not allowed outside of the document's element." );
}

/* The next piece of long characters or bytes that do not fit into the window of a stream. */
static HRESULT read_piece( WS_XML_READER *reader, const BYTE *start, ULONG record, ULONG left, WS_ERROR *error )
{
    enum text_kind kind = text_records[(record - TEXT_FIRST) / 2].kind;
    SIZE_T len = min( (SIZE_T)(reader->end - start), left );
    union any_text *text = reader_next_text( reader );
    HRESULT hr;

    if (len < left)
    {
        /* four bytes have a whole character, wherever it begins */
        if (reader->eof_known || len < max( reader->props.stream_buffer_size, 4 )) return reader_short_input( reader, error );
        if (kind == KIND_CHARS)
        {
            ULONG back;
            for (back = 1; back < 4 && (start[len - back] & 0xc0) == 0x80; back++) {}
            if (start[len - back] >= 0xc0) len -= back;
        }
        else if (kind == KIND_UNICODE)
        {
            len &= ~(SIZE_T)1;
            if ((start[len - 1] & 0xfc) == 0xd8) len -= 2;     /* a high surrogate */
        }
    }
    text->text.textType = text_records[(record - TEXT_FIRST) / 2].type;
    if ((hr = load_data( kind, start, len, text, error ))) return hr;
    if (!reader->depth && (hr = check_top_text( reader, text, error ))) return hr;
    reader->piece_record = record;
    reader->piece_left = left - len;
    reader->end_pending = !reader->piece_left && (record & 1);
    reader->pos = start + len;
    reader_done_text( reader, text, start );
    return S_OK;
}

static HRESULT read_text( WS_XML_READER *reader, const BYTE *start, ULONG record, WS_ERROR *error )
{
    const struct text_record *desc;
    BOOL end_element = record & 1;
    const BYTE *p = start + 1;
    union any_text *text = reader_next_text( reader );
    HRESULT hr;

    if (record > TEXT_LAST) return bad_record( record, error );
    if (end_element && !reader->depth) return bad_record( record, error );
    desc = &text_records[(record - TEXT_FIRST) / 2];
    if (desc->kind >= KIND_CHARS && desc->kind <= KIND_UNICODE)
    {
        if (reader->end - p < desc->size) return reader_short_input( reader, error );
        return read_piece( reader, p + desc->size, record, load_length( p, desc->size ), error );
    }
    if (desc->kind == KIND_LIST)
    {
        text->text.textType = WS_XML_TEXT_TYPE_LIST;
        hr = parse_list( reader, &p, text, reader->depth ? &end_element : NULL, error );
    }
    else hr = parse_text( reader, &p, record & ~1u, text, FALSE, error );
    if (hr) return hr;
    if (desc->kind == KIND_QNAME && !text->qname.ns->bytes)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The prefix '%.*s' is not declared.", XMLSTR_ARG( text->qname.prefix ) );
    if (!reader->depth && (hr = check_top_text( reader, text, error ))) return hr;
    reader->end_pending = end_element;
    reader->pos = p;
    reader_done_text( reader, text, start );
    return S_OK;
}

static HRESULT read_comment( WS_XML_READER *reader, const BYTE *start, WS_ERROR *error )
{
    const BYTE *p = start + 1;
    WS_XML_STRING value;
    HRESULT hr;

    if ((hr = parse_string( reader, &p, &value, error ))) return hr;
    if (utf8_valid_prefix( value.bytes, value.length ) != value.length)
        return ws_fail( error, WS_E_INVALID_FORMAT, "A comment in binary XML is not well-formed UTF-8." );
    value.dictionary = NULL;
    reader->comment.value = value;
    reader->pos = p;
    reader_done_node( reader, &reader->comment.node, start );
    return S_OK;
}

static HRESULT read_end( WS_XML_READER *reader, const BYTE *pos )
{
    reader->end_pending = FALSE;
    reader->pop_pending = TRUE;
    reader->pos = pos;
    reader_done_node( reader, &node_end_element, pos );
    return S_OK;
}

static HRESULT read_eof( WS_XML_READER *reader, WS_ERROR *error )
{
    if (!reader->eof_known) return reader_short_input( reader, error );
    if (reader->depth)
        return ws_fail( error, WS_E_INVALID_FORMAT, "The input ends within %u elements.", reader->depth );
    reader->place = AT_EOF;
    reader_done_node( reader, &node_eof, reader->pos );
    return S_OK;
}

/* What is in the middle of something: an array, or a long text. S_FALSE when that is over. */
static HRESULT read_pending( WS_XML_READER *reader, WS_ERROR *error )
{
    const BYTE *p = reader->pos;

    if (reader->array_in_item)  /* the text has been read */
    {
        reader->array_in_item = FALSE;
        if (!reader->array_left)
        {
            reader->array_close = TRUE;
            return read_end( reader, p );
        }
        reader_done_node( reader, &node_end_element, p );
        return S_OK;
    }
    if (reader->array_left) return read_array_item( reader, error );
    if (reader->array_close)
    {
        reader->array_close = reader->pop_pending = FALSE;
        reader_close_element( reader );
        mem_stack_release( &reader->stack, reader->array_mark );
    }
    if (reader->piece_left) return read_piece( reader, p, reader->piece_record, reader->piece_left, error );
    return S_FALSE;
}

static inline BOOL read_short_text( WS_XML_READER *reader, const BYTE *start, ULONG record )
{
    union any_text *text = reader_next_text( reader );
    const BYTE *p = start + 1;

    if (!reader->depth || !parse_short_text( reader, &p, record & ~1u, text )) return FALSE;
    reader->end_pending = record & 1;
    reader->pos = p;
    reader_done_text( reader, text, start );
    return TRUE;
}

enum reader_simple DECLSPEC_HOT binary_read_simple( WS_XML_READER *reader, const struct open_element *parent,
                                                    const WS_XML_STRING *name )
{
    const BYTE *p = reader->pos, *end = reader->end;
    union any_text *text = &reader->content;
    ULONG record;

    if (UNLIKELY( p == end )) return SIMPLE_UNKNOWN;
    record = *p++;
    if (record == NBFX_END_ELEMENT) return SIMPLE_OTHER;
    if (!parent->prefix_len)
    {
        if (record != NBFX_SHORT_ELEMENT) return SIMPLE_UNKNOWN;
    }
    else if (parent->prefix_len != 1 || record < NBFX_PREFIX_ELEMENT_A || record > ELEMENT_LAST ||
             record - NBFX_PREFIX_ELEMENT_A + 'a' != *parent->prefix) return SIMPLE_UNKNOWN;
    if ((SIZE_T)(end - p) < (SIZE_T)name->length + 2 || *p >= 0x80 || !*p) return SIMPLE_UNKNOWN;
    if (*p != name->length || !mem_equal( p + 1, name->bytes, name->length )) return SIMPLE_OTHER;
    p += 1 + name->length;
    record = *p++;
    /* its text has to be all there is */
    if (record < TEXT_FIRST || record > TEXT_LAST || !(record & 1)) return SIMPLE_UNKNOWN;
    record &= ~1u;
    if (!parse_short_text( reader, &p, record, text ))
    {
        if (text_records[(record - TEXT_FIRST) / 2].kind >= KIND_LIST) return SIMPLE_UNKNOWN;
        if (parse_text( reader, &p, record, text, FALSE, NULL )) return SIMPLE_UNKNOWN;
    }
    reader->pos = p;
    reader_done_node( reader, &node_end_element, p );
    return SIMPLE_READ;
}

HRESULT DECLSPEC_HOT binary_read_node( WS_XML_READER *reader, WS_ERROR *error )
{
    const BYTE *p = reader->pos;
    ULONG record;
    HRESULT hr;

    reader_begin_node( reader );
    if (UNLIKELY( reader->array_left | reader->array_in_item | reader->array_close | reader->piece_left ) &&
        (hr = read_pending( reader, error )) != S_FALSE) return hr;
    if (reader->pop_pending)
    {
        reader->pop_pending = FALSE;
        reader_close_element( reader );
    }
    if (reader->end_pending) return read_end( reader, p );
    if (UNLIKELY( p == reader->end ))
    {
        if (reader->place != AT_EOF) return read_eof( reader, error );
        return ws_fail( error, WS_E_INVALID_OPERATION, "The reader is at the end of the document already." );
    }
    record = *p;
    if (record >= TEXT_FIRST) return read_short_text( reader, p, record ) ? S_OK : read_text( reader, p, record, error );
    if (record >= ELEMENT_FIRST) return read_element( reader, p, record, error );
    switch (record)
    {
    case NBFX_END_ELEMENT:
        if (!reader->depth) return bad_record( record, error );
        return read_end( reader, p + 1 );
    case NBFX_COMMENT: return read_comment( reader, p, error );
    case NBFX_ARRAY:   return read_array( reader, p, error );
    default:           return bad_record( record, error );
    }
}

/* Raw bytes, as one base64 text at the top of a document. */
HRESULT raw_read_node( WS_XML_READER *reader, WS_ERROR *error )
{
    const BYTE *p = reader->pos;

    reader_begin_node( reader );
    if (p == reader->end)
    {
        if (reader->place != AT_EOF) return read_eof( reader, error );
        return ws_fail( error, WS_E_INVALID_OPERATION, "The reader is at the end of the document already." );
    }
    memset( &reader->text->base64, 0, sizeof(reader->text->base64) );
    reader->text->base64.text.textType = WS_XML_TEXT_TYPE_BASE64;
    reader->text->base64.bytes = (BYTE *)p;
    reader->text->base64.length = reader->end - p;
    reader->pos = reader->end;
    reader_done_node( reader, &reader->text_node.node, p );
    return S_OK;
}
