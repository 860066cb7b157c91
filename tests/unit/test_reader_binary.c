/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader over binary XML. The documents are the examples of [MC-NBFX] section 3 and variations of them; each also comes
 * through a stream in chunks of 1 to 5 bytes. */

#include "unit.h"
#include "reader_events.h"

struct binary_case
{
    const char *hex;        /* "40 'doc 01": bytes, and a length with characters after ' up to the next space */
    const char *events;
};

static WS_XML_DICTIONARY *make_dictionary( ULONG count, const char *format )
{
    WS_XML_DICTIONARY *dict = calloc( 1, sizeof(*dict) );
    WS_XML_STRING *strings = calloc( count, sizeof(*strings) );
    ULONG i;

    for (i = 0; i < count; i++)
    {
        char *text = malloc( 16 );
        strings[i].length = sprintf( text, format, i * 2 );
        strings[i].bytes = (BYTE *)text;
        strings[i].dictionary = dict;
        strings[i].id = i;
    }
    dict->strings = strings;
    dict->stringCount = count;
    dict->isConst = TRUE;
    return dict;
}

static void free_dictionary( WS_XML_DICTIONARY *dict )
{
    ULONG i;

    for (i = 0; i < dict->stringCount; i++) free( dict->strings[i].bytes );
    free( dict->strings );
    free( dict );
}

static SIZE_T parse_hex( const char *hex, BYTE *out )
{
    BYTE *p = out;

    while (*hex)
    {
        if (*hex == '\'')
        {
            size_t len = strcspn( ++hex, " " );
            *p++ = len;
            memcpy( p, hex, len );
            p += len;
            hex += len;
        }
        else if (*hex == ' ') hex++;
        else
        {
            *p++ = strtoul( (char[]){ hex[0], hex[1], 0 }, NULL, 16 );
            hex += 2;
        }
    }
    return p - out;
}

static void check_binary( const struct binary_case *cases, size_t count, const WS_XML_READER_PROPERTY *props, ULONG prop_count )
{
    WS_XML_READER_BINARY_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    struct events ev = { 0 };
    struct chunk_stream stream;
    WS_XML_READER *reader;
    BYTE doc[4096];
    ULONG chunk;
    SIZE_T len;
    size_t i;

    encoding.staticDictionary = make_dictionary( 450, "str%u" );
    encoding.dynamicDictionary = make_dictionary( 10, "dyn%u" );
    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    for (i = 0; i < count; i++)
    {
        unit_context = cases[i].hex;
        len = parse_hex( cases[i].hex, doc );
        {
            /* exactly as large as the document, for the sanitizer */
            BYTE *copy = malloc( len );
            memcpy( copy, doc, len );
            CHECK_EQ( set_bytes( reader, copy, len, &encoding.encoding, props, prop_count ), S_OK );
            events_read( &ev, reader, 0 );
            CHECK_STR( ev.text, ev.len, cases[i].events );
            free( copy );
        }
        for (chunk = 1; chunk <= 5; chunk++)
        {
            stream = (struct chunk_stream){ doc, len, 0, chunk };
            CHECK_EQ( set_stream( reader, &stream, &encoding.encoding, props, prop_count ), S_OK );
            events_read( &ev, reader, 1 );
            CHECK_STR( ev.text, ev.len, cases[i].events );
        }
    }
    unit_context = "";
    reader_free( reader );
    free( ev.text );
    free_dictionary( encoding.staticDictionary );
    free_dictionary( encoding.dynamicDictionary );
}

static void test_elements( void )
{
    static const struct binary_case cases[] =
    {
        { "40 'doc 01", "<doc>$" },
        { "02 'comment 40 'a 01 02 'x", "#comment#<a>#x#$" },
        { "40 'doc 09 'pre 'http://abc 41 'pre 'b 01 01", "<doc @pre=http://abc<pre:b{http://abc}>>$" },
        { "41 'pre 'doc 09 'pre 'http://abc 01", "<pre:doc{http://abc} @pre=http://abc>$" },
        { "42 0E 01", "<str14>$" },
        { "42 03 01", "<dyn2>$" },
        { "43 'pre 0E 09 'pre 'http://abc 01", "<pre:str14{http://abc} @pre=http://abc>$" },
        { "44 0A 09 'a 'http://abc 01", "<a:str10{http://abc} @a=http://abc>$" },
        { "5D 0A 09 'z 'http://abc 01", "<z:str10{http://abc} @z=http://abc>$" },
        { "5E 'hello 09 'a 'http://abc 01", "<a:hello{http://abc} @a=http://abc>$" },
        { "77 'hello 09 'z 'http://abc 01", "<z:hello{http://abc} @z=http://abc>$" },
        { "40 'doc 08 'http://abc 40 'e 01 01", "<doc{http://abc} @=http://abc<e{http://abc}>>$" },
        { "40 'doc 0A 04 01", "<doc{str4} @=str4>$" },
        { "40 'doc 0B 'p 04 01", "<doc @p=str4>$" },
        { "40 'a 40 'b 01 40 'c 81 01", "<a<b><c\"0\">>$" },
    };
    check_binary( cases, sizeof(cases) / sizeof(cases[0]), NULL, 0 );
}

static void test_attributes( void )
{
    static const struct binary_case cases[] =
    {
        { "40 'doc 04 'attr 84 01", "<doc attr='false'>$" },
        { "40 'doc 09 'pre 'http://abc 05 'pre 'attr 84 01", "<doc @pre=http://abc pre:attr{http://abc}='false'>$" },
        { "40 'doc 06 08 86 01", "<doc str8='true'>$" },
        { "40 'doc 09 'pre 'http://abc 07 'pre 00 86 01", "<doc @pre=http://abc pre:str0{http://abc}='true'>$" },
        { "40 'doc 0C 0A 82 09 'a 'n 01", "<doc a:str10{n}='1' @a=n>$" },
        { "40 'doc 3F 'attr 80 09 'z 'n 01", "<doc z:attr{n}='0' @z=n>$" },
        { "40 'doc 04 'a A8 04 'b 98 'x 01", "<doc a='' b='x'>$" },
        { "40 'doc 04 'a A4 88 7B 98 'hello 86 A6 01", "<doc a='123 hello true'>$" },
        { "40 'doc 04 'a BC 15 0A 09 'v 'n 01", "<doc a='v:str10' @v=n>$" },
        { "40 'doc 04 'a 85 01", "!format" },
        { "40 'doc 04 'a A4 A4 A6 A6 01", "!format" },
        { "40 'doc 04 'a 84 04 'a 84 01", "!format" },
        { "40 'doc 05 'p 'a 84 01", "!format" },
        { "40 'doc 04 'a BC 15 0A 01", "!format" },
        { "40 'doc 04 'a BC 1A 0A 01", "!format" },
        { "40 'doc 09 'p 'n 09 'p 'm 01", "!format" },
    };
    check_binary( cases, sizeof(cases) / sizeof(cases[0]), NULL, 0 );
}

static void test_texts( void )
{
    static const struct binary_case cases[] =
    {
        { "40 'a 80 01", "<a\"0\">$" },
        { "40 'a 83", "<a\"1\">$" },
        { "40 'a 85", "<a\"false\">$" },
        { "40 'a 87", "<a\"true\">$" },
        { "40 'a 89 DE", "<a\"-34\">$" },
        { "40 'a 8B 00 80", "<a\"-32768\">$" },
        { "40 'a 8D 15 CD 5B 07", "<a\"123456789\">$" },
        { "40 'a 8F 00 00 00 80 00 00 00 00", "<a\"2147483648\">$" },
        { "40 'a 91 CD CC 8C 3F", "<a\"1.1\">$" },
        { "40 'a 93 74 57 14 8B 0A BF 05 40", "<a\"2.71828182845905\">$" },
        { "40 'a 95 00 00 06 00 00 00 00 00 80 2D 4E 00 00 00 00 00", "<a\"5.123456\">$" },
        { "40 'a 97 FF 3F 37 F4 75 28 CA 2B", "<a\"9999-12-31T23:59:59.9999999\">$" },
        { "40 'a 99 'hello", "<a\"hello\">$" },
        { "40 'a 9B 05 00 68 65 6C 6C 6F", "<a\"hello\">$" },
        { "40 'a 9D 05 00 00 00 68 65 6C 6C 6F", "<a\"hello\">$" },
        { "40 'a 9F 08 00 01 02 03 04 05 06 07", "<a\"AAECAwQFBgc=\">$" },
        { "40 'a A1 02 00 00 01", "<a\"AAE=\">$" },
        { "40 'a A3 01 00 00 00 FF", "<a\"/w==\">$" },
        { "40 'a A4 88 7B 98 'hello 86 A7", "<a\"123 hello true\">$" },
        { "40 'a A9", "<a\"\">$" },
        { "40 'a AB 38", "<a\"str56\">$" },
        { "40 'a AD 00 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF",
          "<a\"urn:uuid:33221100-5544-7766-8899-aabbccddeeff\">$" },
        { "40 'a AF 00 C4 F5 32 FF FF FF FF", "<a\"-00:05:44\">$" },
        { "40 'a B1 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F", "<a\"03020100-0504-0706-0809-0a0b0c0d0e0f\">$" },
        { "40 'a B3 FF FF FF FF FF FF FF FF", "<a\"18446744073709551615\">$" },
        { "40 'a B5 01", "<a\"true\">$" },
        { "40 'a B7 06 75 00 6E 00 69 00", "<a\"uni\">$" },
        { "40 'a B9 02 00 AC 20", "<a\"\xe2\x82\xac\">$" },
        { "40 'a 98 'x 9A 01 00 79 99 'z", "<a\"x\"\"y\"\"z\">$" },
        { "40 'a BD 15 0A", "<a!format" },
        { "40 'a 99 01 FF", "<a!format" },
        { "40 'a B7 01 00", "<a!format" },
        { "40 'a 97 FF FF FF FF FF FF FF FF", "<a!format" },
        { "40 'a BE", "<a!format" },
        { "40 'a FF", "<a!format" },
        { "40 'a A6", "<a!format" },
        { "40 'a 9D FF FF FF FF 00", "<a!format" },
        { "40 'a AB FF FF FF FF 07", "<a!format" },
        { "40 'a AB FF FF FF FF 0F", "<a!format" },
        { "40 'a AB 0F 01", "<a\"dyn14\">!format" },
        { "40 'a AB 17 01", "<a!format" },
    };
    check_binary( cases, sizeof(cases) / sizeof(cases[0]), NULL, 0 );
}

static void test_arrays( void )
{
    static const struct binary_case cases[] =
    {
        { "40 'x 03 40 'arr 01 8B 03 33 33 88 88 DD DD 01", "<x<arr\"13107\"><arr\"-30584\"><arr\"-8739\">>$" },
        { "40 'x 03 40 'arr 04 'a 98 'v 05 'p 'b 86 09 'p 'n 04 'c A4 80 98 'w A6 01 B5 02 01 00 01",
          "<x<arr a='v' p:b{n}='true' @p=n c='0 w'\"true\"><arr a='v' p:b{n}='true' @p=n c='0 w'\"false\">>$" },
        { "40 'x 03 40 'arr 08 'n 01 8D 01 01 00 00 00 40 'y 01 01", "<x<arr{n} @=n\"1\"><y>>$" },
        { "40 'x 03 40 'arr 01 8B 00 01", "<x!format" },
        { "40 'x 03 40 'arr 01 8A 01 00 00 01", "<x!format" },
        { "40 'x 03 40 'arr 8B 01 00 00 01", "<x!format" },
        { "40 'x 03 40 'arr 01 99 01 'a 01", "<x!format" },
        { "40 'x 03 40 'arr 01 8B 02 00 00 01", "<x<arr\"0\"><arr!format" },
        { "40 'x 03 03 40 'arr 01 8B 02 00 00 01", "<x!format" },
    };
    check_binary( cases, sizeof(cases) / sizeof(cases[0]), NULL, 0 );
}

static void test_malformed( void )
{
    static const struct binary_case cases[] =
    {
        { "", "$" },
        { "00", "!format" },
        { "01", "!format" },
        { "04 'a 80", "!format" },
        { "40", "!format" },
        { "40 05 61", "!format" },
        { "40 00", "!format" },
        { "40 'a", "<a!format" },
        { "40 'a 01 01", "<a>!format" },
        { "40 'a 01 40 'b 01", "<a>!format" },
        { "99 'x", "!format" },
        { "98 'x", "!format" },
        { "40 '1 01", "!format" },
        { "40 02 61 20 01", "!format" },
        { "78", "!format" },
        { "42 84 07 01", "!format" },
        { "42 80 80 80 80 80 01", "!format" },
        { "02 01 FF", "!format" },
    };
    check_binary( cases, sizeof(cases) / sizeof(cases[0]), NULL, 0 );
}

/* Texts longer than the buffer of a stream come in pieces that do not cut characters. */
static void test_pieces( void )
{
    WS_XML_READER_BINARY_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    ULONG size = 16, kind, i, pieces, count;
    WS_XML_READER_PROPERTY prop = { WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &size, sizeof(size) };
    BYTE doc[3008], out[3000];
    struct chunk_stream stream;
    WS_XML_READER *reader;
    SIZE_T len, total;
    HRESULT hr;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    for (kind = 0; kind < 3; kind++)
    {
        len = parse_hex( kind == 0 ? "40 'a 9A B8 0B" : kind == 1 ? "40 'a A0 B8 0B" : "40 'a B8 B8 0B", doc );
        for (i = 0; i < 3000; i++)
            doc[len + i] = kind == 0 ? (BYTE)"\xf0\x9f\x98\x80\xe2\x82\xac\xc3\xa9z"[i % 10] : kind == 1 ? (BYTE)i : (BYTE)"\x3d\xd8\x00\xde\x61\x00"[i % 6];
        len += 3000;
        doc[len++] = 0x01;
        stream = (struct chunk_stream){ doc, len, 0, 7 };
        CHECK_EQ( set_stream( reader, &stream, &encoding.encoding, &prop, 1 ), S_OK );
        pieces = 0;
        total = 0;
        do
        {
            while ((hr = reader_read_node( reader, NULL )) == WS_E_QUOTA_EXCEEDED)
                reader_fill( reader, reader_buffered( reader ) + 1, NULL, NULL );
            if (!CHECK( !hr, "%08x", hr )) break;
            if (reader_node( reader )->nodeType == WS_XML_NODE_TYPE_TEXT)
            {
                pieces++;
                CHECK( reader_buffered( reader ) < 64 );
                if (kind == 1)
                {
                    CHECK_EQ( reader_read_bytes( reader, out + total, sizeof(out) - total, &count, NULL ), S_OK );
                    total += count;
                }
                else
                {
                    struct events ev = { 0 };
                    events_text( &ev, ((const WS_XML_TEXT_NODE *)reader_node( reader ))->text );
                    CHECK( utf8_valid_prefix( (BYTE *)ev.text, ev.len ) == ev.len );
                    total += ev.len;
                    free( ev.text );
                }
            }
        } while (reader_node( reader )->nodeType != WS_XML_NODE_TYPE_EOF);
        CHECK( pieces > 10, "%u pieces", pieces );
        CHECK_EQ( total, kind == 2 ? 2500 : 3000 );
        if (kind == 1) CHECK_MEM( out, 3000, doc + 6, 3000 );
    }
    reader_free( reader );
}

/* A piece may begin with what belongs to the end of a character, and be as small as the window. */
static void test_small_pieces( void )
{
    static const struct binary_case cases[] =
    {
        { "40 'a 98 04 80 80 80 80 01", "<a!format" },
        { "40 'a B6 04 3d d8 00 de 01", "<a\"\xf0\x9f\x98\x80\">$" },
        { "40 'a 98 04 f0 9f 98 80 01", "<a\"\xf0\x9f\x98\x80\">$" },
    };
    ULONG size = 1;
    WS_XML_READER_PROPERTY prop = { WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &size, sizeof(size) };

    check_binary( cases, ARRAY_SIZE( cases ), &prop, 1 );
}

/* Strings of a session are the peer's: they are names only where they are, and UTF-8 has to be so. */
static void test_dictionary_strings( void )
{
    static const struct binary_case cases[] =
    {
        { "42 01 01", "<ok>$" }, { "42 03 01", "!format" }, { "42 05 01", "!format" }, { "42 07 01", "!format" },
        { "40 'a 06 01 98 'x 01", "<a ok='x'>$" }, { "40 'a 06 03 98 'x 01", "!format" },
        { "40 'a AA 03 01", "<a\"a b\">$" }, { "40 'a AA 05 01", "<a!format" }, { "40 'a 0A 05 01", "!format" },
    };
    WS_XML_STRING strings[] = { XMLSTR( "ok" ), XMLSTR( "a b" ), XMLSTR( "\xff" ), XMLSTR( "" ) };
    WS_XML_DICTIONARY session = { { 0 }, strings, ARRAY_SIZE( strings ), FALSE };
    WS_XML_READER_BINARY_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, &session };
    struct events ev = { 0 };
    WS_XML_READER *reader;
    BYTE doc[64];
    SIZE_T len;
    ULONG i;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        unit_context = cases[i].hex;
        len = parse_hex( cases[i].hex, doc );
        CHECK_EQ( set_bytes( reader, doc, len, &encoding.encoding, NULL, 0 ), S_OK );
        events_read( &ev, reader, 0 );
        CHECK_STR( ev.text, ev.len, cases[i].events );
    }
    unit_context = "";
    reader_free( reader );
    free( ev.text );
}

/* An envelope with the static dictionary of [MC-NBFS], and one whose action and body are strings of a session ([MC-NBFSE]). */
static void test_envelopes( void )
{
    static const struct binary_case cases[] =
    {
        { "56 02 0B 01 61 06 0B 01 73 04 56 08 44 0A 1E 00 82 99 06 61 63 74 69 6F 6E 01 56 0E 40 'Inventory 81 01 01",
          "<s:Envelope{http://www.w3.org/2003/05/soap-envelope} @a=http://www.w3.org/2005/08/addressing "
          "@s=http://www.w3.org/2003/05/soap-envelope<s:Header{http://www.w3.org/2003/05/soap-envelope}"
          "<a:Action{http://www.w3.org/2005/08/addressing} s:mustUnderstand{http://www.w3.org/2003/05/soap-envelope}='1'\"action\">>"
          "<s:Body{http://www.w3.org/2003/05/soap-envelope}<Inventory\"0\">>>$" },
        { "56 02 0B 01 73 04 56 0E 42 01 0A 03 82 AB 05 01 01",
          "<s:Envelope{http://www.w3.org/2003/05/soap-envelope} @s=http://www.w3.org/2003/05/soap-envelope"
          "<s:Body{http://www.w3.org/2003/05/soap-envelope}<Order{urn:orders} @=urn:orders\"1\"\"new\">>>$" },
    };
    WS_XML_STRING strings[] = { XMLSTR( "Order" ), XMLSTR( "urn:orders" ), XMLSTR( "new" ) };
    WS_XML_DICTIONARY session = { { 0 }, strings, ARRAY_SIZE( strings ), FALSE };
    WS_XML_READER_BINARY_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_BINARY },
                                               (WS_XML_DICTIONARY *)dictionary_get( WS_ENCODING_XML_BINARY_1 ), &session };
    struct events ev = { 0 };
    WS_XML_READER *reader;
    BYTE doc[256];
    SIZE_T len;
    ULONG i;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        len = parse_hex( cases[i].hex, doc );
        CHECK_EQ( set_bytes( reader, doc, len, &encoding.encoding, NULL, 0 ), S_OK );
        events_read( &ev, reader, 0 );
        CHECK_STR( ev.text, ev.len, cases[i].events );
    }
    reader_free( reader );
    free( ev.text );
}

/* xml: attributes are kept in their lexical form, of whatever type and length. */
static void test_xml_attributes( void )
{
    static const WS_XML_STRING lang = XMLSTR( "lang" );
    WS_XML_READER_BINARY_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    WS_XML_READER *reader;
    BYTE doc[512];
    WCHAR *chars;
    WS_HEAP *heap;
    ULONG count;
    SIZE_T len;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) ) || !CHECK( !heap_create( 1 << 16, 0, NULL, 0, &heap, NULL ) )) return;
    len = parse_hex( "40 'a 05 'xml 'lang 9E 96", doc );
    memset( doc + len, 0, 150 );
    len += 150;
    doc[len++] = 0x01;
    CHECK_EQ( set_bytes( reader, doc, len, &encoding.encoding, NULL, 0 ), S_OK );
    CHECK_EQ( reader_read_node( reader, NULL ), S_OK );
    CHECK_EQ( reader_get_attribute( reader, &lang, heap, &chars, &count, NULL ), S_OK );
    CHECK( count == 200 && chars[0] == 'A' && chars[199] == 'A', "%u characters", count );

    len = parse_hex( "40 'a 05 'xml 'lang A4 82 88 ff A6 01", doc );
    CHECK_EQ( set_bytes( reader, doc, len, &encoding.encoding, NULL, 0 ), S_OK );
    CHECK_EQ( reader_read_node( reader, NULL ), S_OK );
    CHECK_EQ( reader_get_attribute( reader, &lang, heap, &chars, &count, NULL ), S_OK );
    CHECK( count == 4 && chars[0] == '1' && chars[1] == ' ' && chars[2] == '-', "%u characters", count );
    heap_free( heap );
    reader_free( reader );
}

/* Integers as such, with their ranges; text works too. */
static void test_values( void )
{
    static const struct { const char *hex; WS_VALUE_TYPE type; INT64 value; HRESULT hr; } cases[] =
    {
        { "40 'a 89 80", WS_INT8_VALUE_TYPE, -128, S_OK },
        { "40 'a 8B 7F FF", WS_INT8_VALUE_TYPE, 0, WS_E_NUMERIC_OVERFLOW },
        { "40 'a 89 FF", WS_UINT64_VALUE_TYPE, 0, WS_E_NUMERIC_OVERFLOW },
        { "40 'a B3 FF FF FF FF FF FF FF FF", WS_UINT32_VALUE_TYPE, 0, WS_E_NUMERIC_OVERFLOW },
        { "40 'a B3 FF FF FF FF FF FF FF FF", WS_INT64_VALUE_TYPE, 0, WS_E_NUMERIC_OVERFLOW },
        { "40 'a B3 FF FF FF FF FF FF FF FF", WS_UINT64_VALUE_TYPE, -1, S_OK },
        { "40 'a 8F FF FF FF FF FF FF FF FF", WS_INT16_VALUE_TYPE, -1, S_OK },
        { "40 'a 8F 00 00 00 00 00 00 00 80", WS_INT64_VALUE_TYPE, -9223372036854775807 - 1, S_OK },
        { "40 'a 83", WS_UINT16_VALUE_TYPE, 1, S_OK },
        { "40 'a 99 02 34 32", WS_INT32_VALUE_TYPE, 42, S_OK },
        { "40 'a 98 01 34 83", WS_INT32_VALUE_TYPE, 41, S_OK },
        { "40 'a 87", WS_INT32_VALUE_TYPE, 0, WS_E_INVALID_FORMAT },
    };
    static const ULONG sizes[] = { 4, 1, 2, 4, 8, 1, 2, 4, 8 };
    WS_XML_READER_BINARY_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    WS_XML_READER *reader;
    BYTE doc[64];
    INT64 value;
    size_t i;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        unit_context = cases[i].hex;
        value = cases[i].value >> 63;
        set_bytes( reader, doc, parse_hex( cases[i].hex, doc ), &encoding.encoding, NULL, 0 );
        CHECK_EQ( reader_read_start_element( reader, NULL ), S_OK );
        CHECK_EQ( reader_read_value( reader, cases[i].type, &value, sizes[cases[i].type - WS_BOOL_VALUE_TYPE], NULL ), cases[i].hr );
        if (!cases[i].hr) CHECK_EQ( value, cases[i].value );
    }
    unit_context = "";
    reader_free( reader );
}

static void test_raw( void )
{
    static const WS_XML_READER_RAW_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_RAW } };
    struct events ev = { 0 };
    WS_XML_READER *reader;
    BYTE buf[8];
    ULONG count;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    set_bytes( reader, "\1\2\3", 3, &encoding.encoding, NULL, 0 );
    events_read( &ev, reader, 0 );
    CHECK_STR( ev.text, ev.len, "\"AQID\"$" );
    set_bytes( reader, "\1\2\3", 3, &encoding.encoding, NULL, 0 );
    CHECK_EQ( reader_read_node( reader, NULL ), S_OK );
    CHECK_EQ( reader_read_bytes( reader, buf, 2, &count, NULL ), S_OK );
    CHECK_MEM( buf, count, "\1\2", 2 );
    CHECK_EQ( reader_read_bytes( reader, buf, 8, &count, NULL ), S_OK );
    CHECK_MEM( buf, count, "\3", 1 );
    CHECK_EQ( reader_read_bytes( reader, buf, 8, &count, NULL ), S_OK );
    CHECK_EQ( count, 0 );
    CHECK_EQ( reader_node( reader )->nodeType, WS_XML_NODE_TYPE_EOF );
    reader_free( reader );
    free( ev.text );
}

UNIT_TESTS(
    { "elements", test_elements },
    { "attributes", test_attributes },
    { "texts", test_texts },
    { "arrays", test_arrays },
    { "malformed", test_malformed },
    { "pieces", test_pieces },
    { "small_pieces", test_small_pieces },
    { "dictionary_strings", test_dictionary_strings },
    { "envelopes", test_envelopes },
    { "xml_attributes", test_xml_attributes },
    { "values", test_values },
    { "raw", test_raw } )
