/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader over text: what is read of which document. Each case also comes through a stream in chunks of 1 to 5 bytes. */

#include "unit.h"
#include "reader_events.h"

#define X10( s ) s s s s s s s s s s

struct text_case
{
    const char *doc;
    const char *events;
};

static void check_text( const void *doc, SIZE_T len, const char *expected, const WS_XML_READER_PROPERTY *props, ULONG count )
{
    struct events ev = { 0 };
    struct chunk_stream stream;
    WS_XML_READER *reader;
    ULONG chunk;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    CHECK_EQ( set_bytes( reader, doc, len, &text_auto.encoding, props, count ), S_OK );
    events_read( &ev, reader, 0 );
    CHECK_STR( ev.text, ev.len, expected );
    for (chunk = 1; chunk <= 5; chunk++)
    {
        stream = (struct chunk_stream){ doc, len, 0, chunk };
        CHECK_EQ( set_stream( reader, &stream, &text_auto.encoding, props, count ), S_OK );
        events_read( &ev, reader, 1 );
        CHECK_STR( ev.text, ev.len, expected );
    }
    reader_free( reader );
    free( ev.text );
}

static void check_table( const struct text_case *cases, size_t count )
{
    size_t i;

    for (i = 0; i < count; i++)
    {
        unit_context = cases[i].doc;
        check_text( cases[i].doc, strlen( cases[i].doc ), cases[i].events, NULL, 0 );
    }
    unit_context = "";
}

static void test_nodes( void )
{
    static const struct text_case cases[] =
    {
        { "<a/>", "<a/>$" },
        { "<a></a>", "<a>$" },
        { "<a >b</a >", "<a\"b\">$" },
        { "<a\t\r\n/>", "<a/>$" },
        { "<a><b/><b>c</b></a>", "<a<b/><b\"c\">>$" },
        { "<a> <b/>\n</a>", "<a\" \"<b/>\"\n\">$" },
        { " <a/> ", "\" \"<a/>\" \"$" },
        { "<!--c--><a/><!--d-->", "#c#<a/>#d#$" },
        { "<!----><a/>", "##<a/>$" },
        { "<a><!-- - -></- --></a>", "<a# - -></- #>$" },
        { "<a><![CDATA[<x>&amp;]]></a>", "<a[\"<x>&amp;\"]>$" },
        { "<a><![CDATA[]]></a>", "<a[]>$" },
        { "<a><![CDATA[]]]]></a>", "<a[\"]]\"]>$" },
        { "<a>b<![CDATA[c]]>d</a>", "<a\"b\"[\"c\"]\"d\">$" },
        { "<a b='c' d=\"e\"/>", "<a b='c' d='e'/>$" },
        { "<a b = 'c'\n\td= \"'\"/>", "<a b='c' d='''/>$" },
        { "<?xml version=\"1.0\"?><a/>", "<a/>$" },
        { "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<a/>", "\"\n\"<a/>$" },
        { "<?xml version=\"1.0\"?>", "$" },
        { "<a.-1/>", "<a.-1/>$" },
        { "<\xc3\xa9l\xc3\xa8ve \xc3\xa9='\xe2\x82\xac'>\xf0\x9f\x98\x80</\xc3\xa9l\xc3\xa8ve>",
          "<\xc3\xa9l\xc3\xa8ve \xc3\xa9='\xe2\x82\xac'\"\xf0\x9f\x98\x80\">$" },
        { "<a>]]</a>", "<a\"]]\">$" },
        { "<a>]>]</a>", "<a\"]>]\">$" },
        { "\xef\xbb\xbf<a/>", "<a/>$" },
        { "<a>" X10( "0123456789abcdefg" ) "</a>", "<a\"" X10( "0123456789abcdefg" ) "\">$" },
    };
    check_table( cases, sizeof(cases) / sizeof(cases[0]) );
}

static void test_references( void )
{
    static const struct text_case cases[] =
    {
        { "<a>&lt;&gt;&amp;&apos;&quot;</a>", "<a\"<>&'\"\">$" },
        { "<a>x&#65;&#x42;&#x20AC;y</a>", "<a\"xAB\xe2\x82\xac" "y\">$" },
        { "<a>&#x0000000000000000000041;</a>", "<a\"A\">$" },
        { "<a>&#x10ffff;</a>", "<a\"\xf4\x8f\xbf\xbf\">$" },
        { "<a>&#x110000;</a>", "<a!format" },
        { "<a>&#xd800;</a>", "<a!format" },
        { "<a>&#0;</a>", "<a!format" },
        { "<a>&#1;</a>", "<a!format" },
        { "<a>&#xfffe;</a>", "<a!format" },
        { "<a>&#99999999999999999999;</a>", "<a!format" },
        { "<a>&LT;</a>", "<a!format" },
        { "<a>&foo;</a>", "<a!format" },
        { "<a>&lt</a>", "<a!format" },
        { "<a>&#;</a>", "<a!format" },
        { "<a>&#x;</a>", "<a!format" },
        { "<a>&;</a>", "<a!format" },
        { "<a>& </a>", "<a!format" },
        { "<a b='&#xA;&#9;&lt;'/>", "<a b='\n\t<'/>$" },
        { "<a b='\n\t\r\n\r'/>", "<a b='    '/>$" },
        { "<a>\r\n\r\r\n</a>", "<a\"\n\n\n\">$" },
        { "<a>b\rc</a>", "<a\"b\nc\">$" },
        { "<a><!--\r\n--><![CDATA[\r]]></a>", "<a#\n#[\"\n\"]>$" },
        { "<a>&#13;</a>", "<a\"\r\">$" },
    };
    check_table( cases, sizeof(cases) / sizeof(cases[0]) );
}

static void test_malformed( void )
{
    static const struct text_case cases[] =
    {
        { "", "!format" },
        { "x", "!format" },
        { "< a>", "!format" },
        { "<<a>>", "!format" },
        { "<>", "!format" },
        { "</a>", "!format" },
        { "<a>", "<a!format" },
        { "<a", "!format" },
        { "<a b", "!format" },
        { "<a b='", "!format" },
        { "<a/", "!format" },
        { "<a/ >", "!format" },
        { "<a></b>", "<a!format" },
        { "<a></A>", "<a!format" },
        { "<a></ab>", "<a!format" },
        { "<ab></a>", "<ab!format" },
        { "<a></a b='c'>", "<a!format" },
        { "<a></a", "<a!format" },
        { "<a/><b/>", "<a/>!format" },
        { "<a/>x", "<a/>!format" },
        { "x<a/>", "!format" },
        { "<a/><![CDATA[x]]>", "<a/>!format" },
        { "<a b=c/>", "!format" },
        { "<a b/>", "!format" },
        { "<a b='c'd='e'/>", "!format" },
        { "<a b='<'/>", "!format" },
        { "<a b='c' b='d'/>", "!format" },
        { "<a>]]></a>", "<a!format" },
        { "<a>\x01</a>", "<a!format" },
        { "<a b='\x1f'/>", "!format" },
        { "<a>\x80</a>", "<a!format" },
        { "<a>\xc0\x80</a>", "<a!format" },
        { "<a>\xed\xa0\x80</a>", "<a!format" },
        { "<a>\xef\xbf\xbe</a>", "<a!format" },
        { "<a>\xf4\x90\x80\x80</a>", "<a!format" },
        { "<a>\xe2\x82</a>", "<a!format" },
        { "<a><!-- -- --></a>", "<a!format" },
        { "<a><!-- ---></a>", "<a!format" },
        { "<a><!-", "<a!format" },
        { "<a><![CDATA[", "<a[!format" },
        { "<a><![cdata[]]></a>", "<a!format" },
        { "<!DOCTYPE a><a/>", "!format" },
        { "<a><?pi?></a>", "<a!format" },
        { "<a/><?pi?>", "<a/>!format" },
        { "<?xml?><a/>", "!format" },
        { "<?xml ?><a/>", "!format" },
        { "<?xml>", "!format" },
        { "<?xml version='2.0'?><a/>", "!format" },
        { "<?xml encoding='utf-8'?><a/>", "!format" },
        { "<?xml version='1.0'encoding='utf-8'?><a/>", "!format" },
        { "<?xml version='1.0' encoding='latin1'?><a/>", "!format" },
        { "<?xml version='1.0' standalone='maybe'?><a/>", "!format" },
        { "<?xml version='1.0' encoding='utf-16'?><a/>", "!format" },
        { " <?xml version='1.0'?><a/>", "\" \"!format" },
        { "<1/>", "!format" },
        { "<-a/>", "!format" },
        { "<a:/>", "!format" },
        { "<:a/>", "!format" },
        { "<\xc3\x97/>", "!format" },
    };
    check_table( cases, sizeof(cases) / sizeof(cases[0]) );
}

static void test_namespaces( void )
{
    static const struct text_case cases[] =
    {
        { "<a xmlns='n'><b xmlns=''/><c/></a>", "<a{n} @=n<b @=/><c{n}/>>$" },
        { "<p:a xmlns:p='n'/>", "<p:a{n} @p=n/>$" },
        { "<a xmlns:p='n' p:b='c'/>", "<a @p=n p:b{n}='c'/>$" },
        { "<a p:b='c' xmlns:p='n'/>", "<a p:b{n}='c' @p=n/>$" },
        { "<a xmlns:p='n'><p:b xmlns:p='m'/><p:b/></a>", "<a @p=n<p:b{m} @p=m/><p:b{n}/>>$" },
        { "<a xml:lang='en'/>", "<a xml:lang{http://www.w3.org/XML/1998/namespace}='en'/>$" },
        { "<a xmlns='n' b='c'/>", "<a{n} @=n b='c'/>$" },
        { "<a xmlns:p='&lt;&#65;'><p:b/></a>", "<a @p=<A<p:b{<A}/>>$" },
        { "<p:a/>", "!format" },
        { "<a p:b='c'/>", "!format" },
        { "<a><b xmlns:p='n'/><p:c/></a>", "<a<b @p=n/>!format" },
        { "<a xmlns:p='n' xmlns:p='n'/>", "!format" },
        { "<a xmlns='n' xmlns='n'/>", "!format" },
        { "<a xmlns:p='n' xmlns:P='n'/>", "<a @p=n @P=n/>$" },
        { "<a xmlns:p='n' xmlns:q='n' p:b='' q:b=''/>", "!format" },
        { "<a xmlns:p='n' xmlns:q='m' p:b='' q:b='' b=''/>", "<a @p=n @q=m p:b{n}='' q:b{m}='' b=''/>$" },
        { "<a xmlns:p=''/>", "!format" },
        { "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>", "<a @xml=http://www.w3.org/XML/1998/namespace/>$" },
        { "<a xmlns:xml='n'/>", "!format" },
        { "<a xmlns:xmlns='http://www.w3.org/2000/xmlns/'/>", "!format" },
        { "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", "!format" },
        { "<xmlns:a/>", "!format" },
        { "<p:a xmlns:p='n'></p:a>", "<p:a{n} @p=n>$" },
        { "<p:a xmlns:p='n' xmlns:q='n'></q:a>", "<p:a{n} @p=n @q=n!format" },
    };
    check_table( cases, sizeof(cases) / sizeof(cases[0]) );
}

/* Many declarations and attributes take the paths with hash tables. */
static void test_many( void )
{
    struct events doc = { 0 }, want = { 0 };
    WS_XML_READER_PROPERTY props[3];
    ULONG limit = 1000000, i, pass;
    char buf[64];

    for (i = 0; i < 3; i++)
    {
        props[i].value = &limit;
        props[i].valueSize = sizeof(limit);
    }
    props[0].id = WS_XML_READER_PROPERTY_MAX_ATTRIBUTES;
    props[1].id = WS_XML_READER_PROPERTY_MAX_NAMESPACES;
    props[2].id = WS_XML_READER_PROPERTY_MAX_DEPTH;
    for (pass = 0; pass < 3; pass++)
    {
        doc.len = want.len = 0;
        events_str( &doc, "<a" );
        events_str( &want, "<a" );
        for (i = 0; i < 200; i++)
        {
            sprintf( buf, " xmlns:p%u='n%u'", i, i / 2 );
            events_str( &doc, buf );
            sprintf( buf, " @p%u=n%u", i, i / 2 );
            events_str( &want, buf );
        }
        for (i = 0; i < 200; i++)
        {
            sprintf( buf, " p%u:b%u=''", i, i );
            events_str( &doc, buf );
            sprintf( buf, " p%u:b%u{n%u}=''", i, i, i / 2 );
            events_str( &want, buf );
        }
        if (pass == 1) events_str( &doc, " p7:b6=''" );      /* the same namespace as p6:b6 */
        if (pass == 2) events_str( &doc, " xmlns:p7='x'" );
        events_str( &doc, "><p3:c xmlns:p3='m'/><p3:c/></a>" );
        events_str( &want, "<p3:c{m} @p3=m/><p3:c{n1}/>>$" );
        if (pass)
        {
            want.len = 0;
            events_str( &want, "!format" );
        }
        check_text( doc.text, doc.len, want.text, props, 3 );
    }
    doc.len = want.len = 0;
    for (i = 0; i < 500; i++) events_str( &doc, "<a xmlns:p='n'>" );
    for (i = 0; i < 500; i++) events_str( &doc, "</a>" );
    for (i = 0; i < 500; i++) events_str( &want, "<a @p=n" );
    for (i = 0; i < 500; i++) events_str( &want, ">" );
    events_str( &want, "$" );
    check_text( doc.text, doc.len, want.text, props, 3 );
    free( doc.text );
    free( want.text );
}

static void check_limit( WS_XML_READER_PROPERTY_ID id, ULONG value, const char *doc, const char *expected )
{
    WS_XML_READER_PROPERTY prop = { id, &value, sizeof(value) };
    struct events ev = { 0 };
    WS_XML_READER *reader;

    unit_context = doc;
    if (!CHECK( !reader_create( &prop, 1, &reader, NULL ) )) return;
    CHECK_EQ( set_bytes( reader, doc, strlen( doc ), &text_auto.encoding, NULL, 0 ), S_OK );
    events_read( &ev, reader, 0 );
    CHECK_STR( ev.text, ev.len, expected );
    reader_free( reader );
    free( ev.text );
    unit_context = "";
}

static void test_limits( void )
{
    check_limit( WS_XML_READER_PROPERTY_MAX_DEPTH, 0, "<a/>", "!quota" );
    check_limit( WS_XML_READER_PROPERTY_MAX_DEPTH, 2, "<a><b/><b><c/></b></a>", "<a<b/><b!quota" );
    check_limit( WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, 1, "<a b='c'><d e='f' g='h'/></a>", "<a b='c'!quota" );
    check_limit( WS_XML_READER_PROPERTY_MAX_NAMESPACES, 1, "<a><b xmlns='n'/><b xmlns='m'><c xmlns='o'/></b></a>",
                 "<a<b{n} @=n/><b{m} @=m!quota" );
    check_limit( WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, TRUE, "a<b/>c<d/><![CDATA[e]]>", "\"a\"<b/>\"c\"<d/>[\"e\"]$" );
    check_limit( WS_XML_READER_PROPERTY_READ_DECLARATION, FALSE, "<?xml version='1.0'?><a/>", "!format" );
    check_limit( WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, TRUE, "<a>&#1;&#xffff;</a>",
                 "<a\"\x01\xef\xbf\xbf\">$" );
    check_limit( WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, TRUE, "<a>&#xd800;</a>", "<a!format" );
}

/* UTF-16 by mark and without it, both byte orders. */
static void test_utf16( void )
{
    static const WCHAR doc[] = L"\xfeff<?xml version='1.0' encoding='utf-16'?><a b='\x20ac'>\xe9\xd83d\xde00</a>";
    static const WCHAR lone[] = L"<a>x\xd83d</a>";
    static const char expected[] = "<a b='\xe2\x82\xac'\"\xc3\xa9\xf0\x9f\x98\x80\">$";
    WCHAR swapped[ARRAY_SIZE( doc )];
    ULONG i;

    check_text( doc, sizeof(doc) - sizeof(WCHAR), expected, NULL, 0 );
    check_text( doc + 1, sizeof(doc) - 2 * sizeof(WCHAR), expected, NULL, 0 );
    for (i = 0; i < ARRAY_SIZE( doc ); i++) swapped[i] = doc[i] << 8 | doc[i] >> 8;
    check_text( swapped, sizeof(doc) - sizeof(WCHAR), expected, NULL, 0 );
    check_text( swapped + 1, sizeof(doc) - 2 * sizeof(WCHAR), expected, NULL, 0 );
    check_text( lone, sizeof(lone) - sizeof(WCHAR), "<a!format", NULL, 0 );
    check_text( lone, sizeof(lone) - sizeof(WCHAR) - 1, "<a!format", NULL, 0 );
}

static void test_place( void )
{
    static const char doc[] = "<a>\n <b>\xc3\xa9<c/></b>\r\n</a>";
    static const struct { ULONG row, column; } places[] =
        { { 0, 0 }, { 0, 3 }, { 1, 1 }, { 1, 4 }, { 1, 5 }, { 1, 9 }, { 1, 9 }, { 1, 13 }, { 2, 0 }, { 2, 4 } };
    struct chunk_stream stream;
    WS_XML_READER *reader;
    ULONGLONG value;
    ULONG pass, i;
    HRESULT hr;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    for (pass = 0; pass < 2; pass++)
    {
        if (!pass) set_bytes( reader, doc, sizeof(doc) - 1, &text_utf8.encoding, NULL, 0 );
        else
        {
            stream = (struct chunk_stream){ (const BYTE *)doc, sizeof(doc) - 1, 0, 1 };
            set_stream( reader, &stream, &text_utf8.encoding, NULL, 0 );
        }
        for (i = 0; i < ARRAY_SIZE( places ); i++)
        {
            while ((hr = reader_read_node( reader, NULL )) == WS_E_QUOTA_EXCEEDED)
                reader_fill( reader, reader_buffered( reader ) + 1, NULL, NULL );
            CHECK_EQ( hr, S_OK );
            CHECK_EQ( reader_get_property( reader, WS_XML_READER_PROPERTY_ROW, &value, sizeof(value), NULL ), S_OK );
            CHECK( value == places[i].row, "node %u: row %u", i, (ULONG)value );
            CHECK_EQ( reader_get_property( reader, WS_XML_READER_PROPERTY_COLUMN, &value, sizeof(value), NULL ), S_OK );
            CHECK( value == places[i].column, "node %u: column %u", i, (ULONG)value );
        }
        CHECK_EQ( reader_node( reader )->nodeType, WS_XML_NODE_TYPE_EOF );
    }
    reader_free( reader );
}

/* --- values -------------------------------------------------------------------------------------------------------- */

static void set_doc( WS_XML_READER *reader, const char *doc )
{
    CHECK_EQ( set_bytes( reader, doc, strlen( doc ), &text_auto.encoding, NULL, 0 ), S_OK );
}

/* To the content of the root element. */
static void enter_doc( WS_XML_READER *reader, const char *doc )
{
    set_doc( reader, doc );
    CHECK_EQ( reader_read_start_element( reader, NULL ), S_OK );
}

static void test_content( void )
{
    static const struct { const char *doc, *text; } cases[] =
    {
        { "<a/>", "" },
        { "<a>b</a>", "b" },
        { "<a>b<!-- c -->d<![CDATA[e]]>&amp;f</a>", "bde&f" },
        { "<a><!-- c --></a>", "" },
        { "<a>&#x20AC;</a>", "\xe2\x82\xac" },
        { "<a>b<c/></a>", NULL },
        { "<a><c/></a>", NULL },
    };
    const WS_XML_TEXT *text;
    WS_XML_READER *reader;
    HRESULT hr;
    size_t i;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        unit_context = cases[i].doc;
        enter_doc( reader, cases[i].doc );
        hr = reader_read_content_text( reader, &text, NULL );
        CHECK_EQ( hr, cases[i].text ? S_OK : WS_E_INVALID_FORMAT );
        if (hr) continue;
        CHECK_STR( ((WS_XML_UTF8_TEXT *)text)->value.bytes, ((WS_XML_UTF8_TEXT *)text)->value.length, cases[i].text );
        CHECK_EQ( reader_node( reader )->nodeType, WS_XML_NODE_TYPE_END_ELEMENT );
        CHECK_EQ( reader_read_end_element( reader, NULL ), S_OK );
        CHECK_EQ( reader_node( reader )->nodeType, WS_XML_NODE_TYPE_EOF );
    }
    unit_context = "";
    reader_free( reader );
}

static void test_pieces( void )
{
    static const char doc[] = "<a>x\xf0\x9f\x98\x80\xc3\xa9<!-- --><![CDATA[y]]></a>";
    static const WCHAR expected[] = L"x\xd83d\xde00\xe9y";
    WS_XML_READER *reader;
    WCHAR chars[16];
    BYTE bytes[32];
    ULONG max, count, total;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    for (max = 1; max < 6; max++)
    {
        enter_doc( reader, doc );
        for (total = 0; ; total += count)
        {
            CHECK_EQ( reader_read_chars( reader, chars + total, max, &count, NULL ), S_OK );
            CHECK( count <= max );
            if (!count || total + count > 10) break;
        }
        CHECK_MEM( chars, total * sizeof(WCHAR), expected, sizeof(expected) - sizeof(WCHAR) );
        CHECK_EQ( reader_node( reader )->nodeType, WS_XML_NODE_TYPE_END_ELEMENT );

        enter_doc( reader, doc );
        for (total = 0; ; total += count)
        {
            CHECK_EQ( reader_read_chars_utf8( reader, bytes + total, max, &count, NULL ), S_OK );
            if (!count || total + count > 20) break;
        }
        CHECK_STR( bytes, total, "x\xf0\x9f\x98\x80\xc3\xa9y" );

        enter_doc( reader, "<a> AAEC<!-- -->A<![CDATA[wQ]]>= </a>" );
        for (total = 0; ; total += count)
        {
            CHECK_EQ( reader_read_bytes( reader, bytes + total, max, &count, NULL ), S_OK );
            if (!count || total + count > 20) break;
        }
        CHECK_MEM( bytes, total, "\0\1\2\3\4", 5 );
        CHECK_EQ( reader_node( reader )->nodeType, WS_XML_NODE_TYPE_END_ELEMENT );
    }
    enter_doc( reader, "<a>AAE</a>" );
    CHECK_EQ( reader_read_bytes( reader, bytes, 8, &count, NULL ), WS_E_INVALID_FORMAT );
    enter_doc( reader, "<a>AA==AAAA</a>" );
    CHECK_EQ( reader_read_bytes( reader, bytes, 1, &count, NULL ), S_OK );
    CHECK_EQ( reader_read_bytes( reader, bytes, 8, &count, NULL ), WS_E_INVALID_FORMAT );
    enter_doc( reader, "<a>A$AA</a>" );
    CHECK_EQ( reader_read_bytes( reader, bytes, 8, &count, NULL ), WS_E_INVALID_FORMAT );
    reader_free( reader );
}

static void test_attributes( void )
{
    static const WS_XML_STRING name = XMLSTR( "b" ), none = { 0 };
    WS_XML_READER *reader;
    const WS_XML_NODE *elem;
    BOOL in_attribute;
    INT32 value;
    ULONG index;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    set_doc( reader, "<a x='' b='-12'>c</a>" );
    CHECK_EQ( reader_read_start_attribute( reader, 0, NULL ), WS_E_INVALID_FORMAT );
    CHECK_EQ( reader_read_to_start_element( reader, NULL, NULL, NULL, NULL ), S_OK );
    elem = reader_node( reader );
    CHECK_EQ( reader_find_attribute( reader, &name, &none, TRUE, &index, NULL ), S_OK );
    CHECK_EQ( index, 1 );
    CHECK_EQ( reader_read_start_attribute( reader, 2, NULL ), E_INVALIDARG );
    CHECK_EQ( reader_read_end_attribute( reader, NULL ), WS_E_INVALID_FORMAT );
    CHECK_EQ( reader_read_start_attribute( reader, 1, NULL ), S_OK );
    CHECK_EQ( reader_get_property( reader, WS_XML_READER_PROPERTY_IN_ATTRIBUTE, &in_attribute, sizeof(in_attribute), NULL ), S_OK );
    CHECK_EQ( in_attribute, TRUE );
    CHECK_EQ( reader_read_value( reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL ), S_OK );
    CHECK_EQ( value, -12 );
    CHECK_EQ( reader_node( reader )->nodeType, WS_XML_NODE_TYPE_EOF );
    CHECK_EQ( reader_read_end_attribute( reader, NULL ), S_OK );
    CHECK( reader_node( reader ) == elem );
    CHECK_EQ( reader_read_node( reader, NULL ), S_OK );
    CHECK_EQ( reader_node( reader )->nodeType, WS_XML_NODE_TYPE_TEXT );
    reader_free( reader );
}

static void test_array( void )
{
    static const WS_XML_STRING item = XMLSTR( "i" ), none = { 0 };
    UINT16 values[5] = { 0, 0, 0, 0, 9 };
    WS_XML_READER *reader;
    ULONG count;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    enter_doc( reader, "<a> <i>1</i> <!-- --><i> 2 </i><i>65535</i><j/></a>" );
    CHECK_EQ( reader_read_array( reader, &item, &none, WS_UINT16_VALUE_TYPE, values, sizeof(values), 1, 5, &count, NULL ),
              E_INVALIDARG );
    CHECK_EQ( reader_read_array( reader, &item, &none, WS_UINT16_VALUE_TYPE, values, sizeof(values), 1, 2, &count, NULL ), S_OK );
    CHECK_EQ( count, 2 );
    CHECK_EQ( reader_read_array( reader, &item, &none, WS_UINT16_VALUE_TYPE, values, sizeof(values), 3, 2, &count, NULL ), S_OK );
    CHECK_EQ( count, 1 );
    CHECK( values[0] == 0 && values[1] == 1 && values[2] == 2 && values[3] == 65535 && values[4] == 9 );
    CHECK_EQ( reader_read_array( reader, &item, &none, WS_UINT16_VALUE_TYPE, values, sizeof(values), 0, 1, &count, NULL ), S_OK );
    CHECK_EQ( count, 0 );
    enter_doc( reader, "<a><i>65536</i></a>" );
    CHECK_EQ( reader_read_array( reader, &item, &none, WS_UINT16_VALUE_TYPE, values, sizeof(values), 0, 1, &count, NULL ),
              WS_E_NUMERIC_OVERFLOW );
    reader_free( reader );
}

static void test_lang( void )
{
    static const WS_XML_STRING lang = XMLSTR( "lang" );
    static const char doc[] = "<a xml:lang='e&#x6e;'><b xml:lang='de'><c/></b><d/></a>";
    WS_XML_READER *reader;
    WS_XML_BUFFER *buffer;
    WCHAR *chars;
    ULONG count, pass;
    WS_HEAP *heap;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) ) || !CHECK( !heap_create( 65536, 0, NULL, 0, &heap, NULL ) )) return;
    for (pass = 0; pass < 2; pass++)
    {
        set_doc( reader, doc );
        if (pass)
        {
            CHECK_EQ( reader_read_xml_buffer( reader, heap, &buffer, NULL ), S_OK );
            CHECK_EQ( reader_set_input_to_buffer( reader, buffer, NULL, 0, NULL ), S_OK );
        }
        CHECK_EQ( reader_get_attribute( reader, &lang, heap, &chars, &count, NULL ), S_FALSE );
        CHECK_EQ( reader_read_start_element( reader, NULL ), S_OK );
        CHECK_EQ( reader_read_start_element( reader, NULL ), S_OK );
        CHECK_EQ( reader_get_attribute( reader, &lang, heap, &chars, &count, NULL ), S_OK );
        CHECK_MEM( chars, count * sizeof(WCHAR), L"de", 4 );
        CHECK_EQ( reader_skip_node( reader, NULL ), S_OK );
        CHECK_EQ( reader_read_end_element( reader, NULL ), S_OK );
        CHECK_EQ( reader_get_attribute( reader, &lang, heap, &chars, &count, NULL ), S_OK );
        CHECK_MEM( chars, count * sizeof(WCHAR), L"en", 4 );
    }
    reader_free( reader );
    heap_free( heap );
}

static HRESULT CALLBACK collect( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                 WS_ERROR *error )
{
    ULONG i;

    (void)context;
    (void)error;
    for (i = 0; i < count; i++) events_put( state, buffers[i].bytes, buffers[i].length );
    return S_OK;
}

/* What is passed between start and end, in memory and from an XML buffer. */
static void test_canonical( void )
{
    static const char doc[] = "<a xmlns='n' xmlns:p='m'><!-- x --><p:b z=\"1\" y='&lt;' xmlns:q='o'><c/>&gt;<![CDATA[<]]></p:b><d/></a>";
    static const char expected[] = "<p:b xmlns:p=\"m\" y=\"&lt;\" z=\"1\"><c xmlns=\"n\"></c>&gt;&lt;</p:b>";
    struct events ev = { 0 };
    WS_XML_READER *reader;
    WS_XML_BUFFER *buffer;
    WS_HEAP *heap;
    ULONG pass;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) ) || !CHECK( !heap_create( 65536, 0, NULL, 0, &heap, NULL ) )) return;
    for (pass = 0; pass < 4; pass++)
    {
        set_doc( reader, doc );
        if (pass & 1)
        {
            CHECK_EQ( reader_read_xml_buffer( reader, heap, &buffer, NULL ), S_OK );
            CHECK_EQ( reader_set_input_to_buffer( reader, buffer, NULL, 0, NULL ), S_OK );
        }
        CHECK_EQ( reader_end_canonicalization( reader, NULL ), WS_E_INVALID_OPERATION );
        CHECK_EQ( reader_read_start_element( reader, NULL ), S_OK );
        CHECK_EQ( reader_read_to_start_element( reader, NULL, NULL, NULL, NULL ), S_OK );
        ev.len = 0;
        CHECK_EQ( reader_start_canonicalization( reader, collect, &ev, NULL, 0, NULL ), S_OK );
        CHECK_EQ( reader_start_canonicalization( reader, collect, &ev, NULL, 0, NULL ), WS_E_INVALID_OPERATION );
        if (pass & 2)
        {
            CHECK_EQ( reader_read_node( reader, NULL ), S_OK );
            CHECK_EQ( reader_end_canonicalization( reader, NULL ), WS_E_INVALID_OPERATION );
            while (reader_node( reader )->nodeType != WS_XML_NODE_TYPE_ELEMENT || reader_depth( reader ) != 2)
                if (!CHECK( !reader_read_node( reader, NULL ) )) break;
        }
        else CHECK_EQ( reader_skip_node( reader, NULL ), S_OK );
        CHECK_EQ( reader_end_canonicalization( reader, NULL ), S_OK );
        CHECK_STR( ev.text, ev.len, expected );
    }
    reader_free( reader );
    heap_free( heap );
    free( ev.text );
}

/* A stream whose reads complete later, on the thread that calls complete_read. */
static struct
{
    struct chunk_stream stream;
    WS_ASYNC_CONTEXT context;
    void *buf;
    ULONG max, *actual;
    ULONG calls;
    HRESULT result;
} pending;

static HRESULT CALLBACK slow_read( void *state, void *buf, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *error )
{
    (void)state;
    (void)error;
    if (!CHECK( context != NULL )) return E_FAIL;
    pending.context = *context;
    pending.buf = buf;
    pending.max = max;
    pending.actual = actual;
    pending.calls++;
    return WS_S_ASYNC;
}

static void CALLBACK fill_ended( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    (void)model;
    (void)state;
    pending.result = hr;
}

static void test_async( void )
{
    static const char doc[] = "<a>0123456789</a>";
    WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, slow_read, NULL };
    WS_ASYNC_CONTEXT context = { fill_ended, NULL };
    struct events ev = { 0 };
    WS_XML_READER *reader;

    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    pending.stream = (struct chunk_stream){ (const BYTE *)doc, sizeof(doc) - 1, 0, 4 };
    pending.calls = 0;
    pending.result = 1;
    CHECK_EQ( reader_set_input( reader, &text_auto.encoding, &input.input, NULL, 0, NULL ), S_OK );
    CHECK_EQ( reader_fill( reader, 100, &context, NULL ), WS_S_ASYNC );
    while (pending.result == 1 && pending.calls < 20)
    {
        WS_ASYNC_CONTEXT step = pending.context;
        HRESULT hr = chunk_read( &pending.stream, pending.buf, pending.max, pending.actual, NULL, NULL );
        step.callback( hr, WS_SHORT_CALLBACK, step.callbackState );
    }
    CHECK_EQ( pending.result, S_OK );
    CHECK_EQ( pending.calls, 6 );
    events_read( &ev, reader, 0 );
    CHECK_STR( ev.text, ev.len, "<a\"0123456789\">$" );
    reader_free( reader );
    free( ev.text );
}

/* --- memory -------------------------------------------------------------------------------------------------------- */

/* Each allocation fails once: nothing leaks, nothing crashes, the reader can be used again. */
static void test_memory( void )
{
    static const char doc[] = "<?xml version='1.0'?><p:a xmlns:p='n&amp;' xml:lang='&lt;' b1='' b2='' b3='' b4='' b5='' b6='' b7='' b8='' "
        "b9='' b10='' b11='' b12='' b13='' b14='' xmlns:q='m'><c><d><e><f><g><h><i><j><k><l><m><n><o><q:r q:s='1'>&gt;t</q:r></o></n></m></l></k>"
        "</j></i></h></g></f></e></d></c><!-- \r --><![CDATA[\r]]></p:a>";
    static const WCHAR wide[] = L"<a b='\x20ac'>c</a>";
    struct events want = { 0 }, ev = { 0 };
    struct chunk_stream stream;
    WS_XML_READER *reader;
    WS_XML_BUFFER *buffer;
    LONG before = mem_live(), n;
    WS_HEAP *heap;
    ULONG kind;
    BOOL failed;

    for (kind = 0; kind < 4; kind++)
    {
        for (n = 0, failed = TRUE; failed && n < 300; n++)
        {
            /* n is the allocation that fails, first of all none */
            mem_fail_after( n );
            failed = TRUE;
            if (!reader_create( NULL, 0, &reader, NULL ))
            {
                HRESULT hr;
                if (kind == 1)
                {
                    stream = (struct chunk_stream){ (const BYTE *)doc, sizeof(doc) - 1, 0, 50 };
                    hr = set_stream( reader, &stream, &text_auto.encoding, NULL, 0 );
                }
                else if (kind == 2)
                {
                    stream = (struct chunk_stream){ (const BYTE *)wide, sizeof(wide) - 2, 0, 7 };
                    hr = set_stream( reader, &stream, &text_auto.encoding, NULL, 0 );
                }
                else hr = set_bytes( reader, doc, sizeof(doc) - 1, &text_auto.encoding, NULL, 0 );
                if (kind == 3 && !hr && !(hr = heap_create( 1 << 20, 0, NULL, 0, &heap, NULL )))
                {
                    if (!(hr = reader_read_xml_buffer( reader, heap, &buffer, NULL )))
                    {
                        reader_set_input_to_buffer( reader, buffer, NULL, 0, NULL );
                        events_read( &ev, reader, 0 );
                    }
                    heap_free( heap );
                    if (!hr) hr = ev.hr;
                }
                else if (!hr)
                {
                    events_read( &ev, reader, kind ? 50 : 0 );
                    hr = ev.hr;
                }
                CHECK( !hr || hr == E_OUTOFMEMORY, "%08x", hr );
                failed = hr != S_OK;
                reader_free( reader );
            }
            mem_fail_after( 0 );
            if (!n)
            {
                CHECK( !failed );
                want.len = 0;
                events_str( &want, ev.text );
                failed = TRUE;
            }
            CHECK_EQ( mem_live(), before );
        }
        CHECK( !failed && n > 3, "kind %u: %d allocations", kind, (int)n );
        CHECK_STR( ev.text, ev.len, want.text );
    }
    free( want.text );
    free( ev.text );
}

UNIT_TESTS(
    { "nodes", test_nodes },
    { "references", test_references },
    { "malformed", test_malformed },
    { "namespaces", test_namespaces },
    { "many", test_many },
    { "limits", test_limits },
    { "utf16", test_utf16 },
    { "place", test_place },
    { "content", test_content },
    { "pieces", test_pieces },
    { "attributes", test_attributes },
    { "array", test_array },
    { "lang", test_lang },
    { "canonical", test_canonical },
    { "async", test_async },
    { "memory", test_memory } )
