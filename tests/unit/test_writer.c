/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The XML writer in the text encoding and into XML buffers. */

#include "xml_script.h"
#include "xml/buffer.h"

static const WS_XML_WRITER_TEXT_ENCODING utf8 = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };

static WS_XML_WRITER *new_writer( void )
{
    WS_XML_WRITER *w = NULL;
    CHECK_EQ( writer_create( NULL, 0, &w, NULL ), S_OK );
    return w;
}

static WS_BYTES output( WS_XML_WRITER *w )
{
    WS_BYTES bytes = { 0 };
    CHECK_EQ( writer_get_property( w, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ), S_OK );
    return bytes;
}

/* What becomes of a script; "" where it has to fail at its '?'. */
static const struct script_case
{
    const char *script, *text;
}
cases[] =
{
    /* an element is written when the next thing is */
    { "<a|", "" },
    { "<a| >", "<a>" },
    { "<a| >/", "<a></a>" },
    { "<a| /", "<a/>" },
    { "<p:a|ns", "" },
    { "<p:a|ns /", "<p:a xmlns:p=\"ns\"/>" },
    { "<a| \"\" /", "<a/>" },
    /* which prefix an element gets */
    { "<p:a|ns <-:b|ns //", "<p:a xmlns:p=\"ns\"><p:b/></p:a>" },
    { "<p:a|ns <-:b|ns2 //", "<p:a xmlns:p=\"ns\"><b xmlns=\"ns2\"/></p:a>" },
    { "<-:a|ns <-:b| //", "<a xmlns=\"ns\"><b xmlns=\"\"/></a>" },
    { "<-:a|ns <b| //", "<a xmlns=\"ns\"><b xmlns=\"\"/></a>" },
    { "<p:a|n <p:b|m <-:c|n ///", "<p:a xmlns:p=\"n\"><p:b xmlns:p=\"m\"><c xmlns=\"n\"/></p:b></p:a>" },
    { "<p:a|n <q:b|n //", "<p:a xmlns:p=\"n\"><q:b xmlns:q=\"n\"/></p:a>" },
    { "<p:a|n <p:b|m / <p:c|n //", "<p:a xmlns:p=\"n\"><p:b xmlns:p=\"m\"/><p:c/></p:a>" },
    { "?F<p:a|", "" },
    { "<xml:a|http://www.w3.org/XML/1998/namespace /", "<xml:a/>" },
    { "?F<xml:a|n", "" },
    { "?F<xmlns:a|n", "" },
    { "<1|n ?F/", "" },
    { "<1:a|n ?F/", "" },
    { "<a| @1| ;?F/", "" }, { "<a| @1:b|n ;?F/", "" }, { "<a| ^1|n ?F/", "" },
    { "?F<|", "" }, { "<a| ?F@|", "" },
    { "<-:a|a&b /", "<a xmlns=\"a&amp;b\"/>" },
    /* attributes */
    { "<p:a|ns @p:b|ns \"0\";/", "<p:a p:b=\"0\" xmlns:p=\"ns\"/>" },
    { "<p:a|ns @b| ;/", "<p:a b=\"\" xmlns:p=\"ns\"/>" },
    { "<p:a|ns @-:b| ;@-:c|ns ;/", "<p:a b=\"\" p:c=\"\" xmlns:p=\"ns\"/>" },
    { "<p:a|n @q:b|o ;/", "<p:a q:b=\"\" xmlns:p=\"n\" xmlns:q=\"o\"/>" },
    { "<a| @-:b|n ;@-:c|n ;@-:d|m ;/", "<a a:b=\"\" a:c=\"\" b:d=\"\" xmlns:a=\"n\" xmlns:b=\"m\"/>" },
    { "<-:a|n @-:b|n ;/", "<a a:b=\"\" xmlns=\"n\" xmlns:a=\"n\"/>" },
    { "<a| @xml:lang|http://www.w3.org/XML/1998/namespace \"en\";/", "<a xml:lang=\"en\"/>" },
    { "<a| @b| \"1\"\"2\";/", "<a b=\"12\"/>" },
    { "<a| @b| g?O\"1\"", "" },
    { "<a| @b| g?Og", "" },
    { "<a| @b| \"1\"?Ou\"2\"", "" },
    { "<a| @b| \"1\"?O{2}", "" },
    { "<a| @b| {1}{2};/", "<a b=\"MTI=\"/>" },
    { "<a| @b| ;@b| ;?F/", "" },
    { "<a| @p:b|n ;@q:b|n ;?F/", "" },
    { "<a| @xmlns:b|n ;?F/", "" },
    { "<a| @xmlns| ;?F/", "" },
    { "<a| ?F@p:b|", "" },
    { "<a| @p:b|n ;@p:c|m ;?F/", "" },
    { "?O@b|", "" }, { "<a| >?O@b|", "" }, { "<a| @b| ?O<c|", "" }, { "<a| @b| ?O/", "" }, { "<a| ?O;", "" },
    { "<a| @b| \"<>&\";@@c| \"'\";@d| \"\t\n\r\";/", "<a b=\"&lt;>&amp;\" c='&apos;' d=\"&#x9;&#xA;&#xD;\"/>" },
    /* declarations: first those of the program */
    { "<p:a|n ^q|m /", "<p:a xmlns:q=\"m\" xmlns:p=\"n\"/>" },
    { "<p:a|n ^-|m /", "<p:a xmlns:p=\"n\" xmlns=\"m\"/>" },
    { "<p:a|n ^-|n /", "<p:a xmlns:p=\"n\"/>" },
    { "<a| ^-|n /", "<a xmlns:a=\"n\"/>" },
    { "<p:a|n ^^p|n /", "<p:a xmlns:p='n'/>" },
    { "<p:a|n ^q|n ^q|n /", "<p:a xmlns:q=\"n\" xmlns:p=\"n\"/>" },
    { "<p:a|n ^q|n ^q|m ?F/", "" },
    { "<p:a|n ^p|m ?F/", "" },
    { "<p:a|n <p:b|n ^p|m ?F/", "" },
    { "<p:a|n ^p|n <p:b|n ^p|n //", "<p:a xmlns:p=\"n\"><p:b/></p:a>" },
    { "<a| ?F^q|", "" }, { "<a| ?F^xml|n", "" }, { "<a| ?F^xmlns|n", "" }, { "?O^q|n", "" },
    { "<p:a|n ^q|m <q:b|m //", "<p:a xmlns:q=\"m\" xmlns:p=\"n\"><q:b/></p:a>" },
    /* texts */
    { "?F\"t\"", "" }, { "?Fu\"t\"", "" }, { "?F{t}", "" }, { "?F[", "" }, { " \" \" <a| /\"\n\"", " <a/>\n" },
    { "<a| /?F<a|", "" }, { "<a| /?O/", "" },
    { "<a| \"x\"u\"y\"i-5 g/", "<a>xy-500000000-0000-0000-0000-000000000000</a>" },
    { "<a| \"<>&'\r\n\t]]>\"/", "<a>&lt;&gt;&amp;'&#xD;\n\t]]&gt;</a>" },
    { "<a| \"0123456789abcdef<0123456789abcde&0123456789abcdef\"/",
      "<a>0123456789abcdef&lt;0123456789abcde&amp;0123456789abcdef</a>" },
    { "<a| \"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"/", "<a>\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80</a>" },
    { "<a| ?F\"\x01\"", "" }, { "<a| ?F\"\xc3\"", "" }, { "<a| ?F\"\xef\xbf\xbf\"", "" }, { "<a| ?F\"\xed\xa0\x80\"", "" },
    { "<a| ?F\"0123456789abcdef\x01\"", "" },
    { "<a| {}/", "<a/>" }, { "<a| {t}/", "<a>dA==</a>" }, { "<a| {te}{s}{t}/", "<a>dGVzdA==</a>" },
    { "<a| {t}{}{est}/", "<a>dGVzdA==</a>" }, { "<a| {t}\"x\"{t}/", "<a>dA==xdA==</a>" },
    { "<p:a|n q -:t|n /", "<p:a xmlns:p=\"n\">p:t</p:a>" }, { "<p:a|n q z:t| /", "<p:a xmlns:p=\"n\">z:t</p:a>" },
    { "<p:a|n ?Fq -:t|m ", "" },
    /* sections and comments */
    { "<a| [\"<&]]\"]/", "<a><![CDATA[<&]]]]></a>" },
    { "<a| [\"]]>]\"\"]>\"]/", "<a><![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]></a>" },
    { "<a| [?O<b|", "" }, { "<a| [?O[", "" }, { "<a| ?O]", "" }, { "<a| [?O/", "" },
    { "!c! <a| !<&>!/ !c!", "<!--c--><a><!--<&>--></a><!--c-->" },
    { "<a| ?F!--!", "" }, { "<a| ?F!-!", "" }, { "<a| ?F!\x01!", "" },
};

static void test_text( void )
{
    WS_XML_WRITER *w = new_writer();
    char context[128];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        BOOL fails = strchr( cases[i].script, '?' ) != NULL;
        WS_BYTES bytes;

        snprintf( context, sizeof(context), "%s", cases[i].script );
        unit_context = context;
        CHECK_EQ( writer_set_output( w, &utf8.encoding, &memory.output, NULL, 0, NULL ), S_OK );
        CHECK_EQ( script_run( w, cases[i].script, NULL ), fails ? S_FALSE : S_OK );
        if (fails) continue;
        bytes = output( w );
        CHECK_STR( bytes.bytes, bytes.length, cases[i].text );
    }
    unit_context = "";
    writer_free( w );
}

/* The same documents through an XML buffer. */
static void test_tree( void )
{
    WS_XML_WRITER *w = new_writer(), *w2 = new_writer();
    char context[128];
    WS_HEAP *heap;
    ULONG i;

    CHECK_EQ( heap_create( 1 << 20, 0, NULL, 0, &heap, NULL ), S_OK );
    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        BOOL fails = strchr( cases[i].script, '?' ) != NULL;
        WS_XML_BUFFER *buffer;
        WS_BYTES bytes;
        size_t len = strlen( cases[i].script );

        snprintf( context, sizeof(context), "tree %s", cases[i].script );
        unit_context = context;
        CHECK_EQ( buffer_create( heap, NULL, 0, &buffer, NULL ), S_OK );
        CHECK_EQ( writer_set_output_to_buffer( w, buffer, NULL, 0, NULL ), S_OK );
        CHECK_EQ( script_run( w, cases[i].script, NULL ), fails ? S_FALSE : S_OK );
        /* a tree has end tags for all it has; consecutive base64 is one text in an attribute only */
        if (fails || len < 2 || strchr( "|>s", cases[i].script[len - 1] ) || strstr( cases[i].script, "}{" ) ||
            strstr( cases[i].script, "[\"]]>" ))
        {
            heap_reset( heap );
            continue;
        }
        CHECK_EQ( writer_set_output( w2, &utf8.encoding, &memory.output, NULL, 0, NULL ), S_OK );
        CHECK_EQ( writer_write_xml_buffer( w2, buffer, NULL ), S_OK );
        bytes = output( w2 );
        CHECK_STR( bytes.bytes, bytes.length, cases[i].text );
        CHECK_EQ( writer_set_output( w, NULL, NULL, NULL, 0, NULL ), S_OK );
        heap_reset( heap );
    }
    unit_context = "";
    writer_free( w );
    writer_free( w2 );
    heap_free( heap );
}

UNIT_TESTS( { "text", test_text }, { "tree", test_tree } )
