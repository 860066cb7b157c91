/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small language for tests of the XML writer: a string of operations, so that a case is one line of a table.
 *
 *   <p:a|ns  start element (prefix "-" given as NULL, none without colon: empty)      >  end of the start tag
 *   /        end element              @p:a|ns  start attribute (@@ with single quotes)   ;  end attribute
 *   ^p|ns    xmlns attribute (^^ with single quotes)           "text"  UTF-8 text         u"text"  UTF-16 text
 *   i123     int32 text               {bytes}  base64           [      start CDATA        ]  end CDATA
 *   !c!      comment                  q p:a|ns qualified name    g     GUID text of zeros
 * Names end at white space. After '?' an operation has to fail with the code that follows it: ?F< (F WS_E_INVALID_FORMAT,
 * O WS_E_INVALID_OPERATION, Q WS_E_QUOTA_EXCEEDED, A E_INVALIDARG), and the script ends.
 *
 * The unit tests use the same scripts and cases, with the functions behind the exports. */
#ifndef WS_TESTS_XML_SCRIPT_H
#define WS_TESTS_XML_SCRIPT_H

#include <string.h>
#include "webservices.h"

static void script_name( const char **p, WS_XML_STRING *prefix, BOOL *has_prefix, WS_XML_STRING *name, WS_XML_STRING *ns )
{
    const char *start = *p, *end = start + strcspn( start, " " ), *bar = memchr( start, '|', end - start ), *colon;

    memset( prefix, 0, sizeof(*prefix) );
    memset( name, 0, sizeof(*name) );
    memset( ns, 0, sizeof(*ns) );
    *p = *end ? end + 1 : end;
    if (bar)
    {
        ns->bytes = (BYTE *)bar + 1;
        ns->length = end - bar - 1;
        end = bar;
    }
    *has_prefix = TRUE;
    if ((colon = memchr( start, ':', end - start )))
    {
        if (colon - start == 1 && *start == '-') *has_prefix = FALSE;
        prefix->bytes = (BYTE *)start;
        prefix->length = colon - start;
        start = colon + 1;
    }
    name->bytes = (BYTE *)start;
    name->length = end - start;
}

static HRESULT script_tag( WS_XML_WRITER *w, const char **p, char op, WS_ERROR *error )
{
    WS_XML_STRING prefix, name, ns, *given;
    BOOL single = FALSE, has_prefix;

    if ((op == '@' || op == '^') && **p == op)
    {
        single = TRUE;
        (*p)++;
    }
    if (op == 'q') (*p)++;
    script_name( p, &prefix, &has_prefix, &name, &ns );
    given = has_prefix ? &prefix : NULL;
    switch (op)
    {
    case '<': return WsWriteStartElement( w, given, &name, &ns, error );
    case '@': return WsWriteStartAttribute( w, given, &name, &ns, single, error );
    case 'q': return WsWriteQualifiedName( w, given, &name, &ns, error );
    default:  return WsWriteXmlnsAttribute( w, name.length == 1 && *name.bytes == '-' ? NULL : &name, &ns, single, error );
    }
}

static HRESULT script_text( WS_XML_WRITER *w, const char **p, char op, WS_ERROR *error )
{
    char close = op == '{' ? '}' : op == '!' ? '!' : '"';
    const char *start = *p + (op == 'u'), *end = strchr( start, close );
    ULONG len = end - start, i;
    WCHAR chars[256];

    *p = end + 1;
    if (op == '{') return WsWriteBytes( w, start, len, error );
    if (op == '!')
    {
        WS_XML_COMMENT_NODE node = { { WS_XML_NODE_TYPE_COMMENT }, { len, (BYTE *)start, NULL, 0 } };
        return WsWriteNode( w, &node.node, error );
    }
    if (op == '"') return WsWriteCharsUtf8( w, (const BYTE *)start, len, error );
    for (i = 0; i < len; i++) chars[i] = (BYTE)start[i];
    return WsWriteChars( w, chars, len, error );
}

static HRESULT script_step( WS_XML_WRITER *w, const char **p, WS_ERROR *error )
{
    static const WS_XML_GUID_TEXT guid = { { WS_XML_TEXT_TYPE_GUID }, { 0, 0, 0, { 0 } } };
    WS_XML_INT32_TEXT number = { { WS_XML_TEXT_TYPE_INT32 }, 0 };
    char op = *(*p)++;

    switch (op)
    {
    case '<': case '@': case '^': case 'q': return script_tag( w, p, op, error );
    case '"': case 'u': case '{': case '!': return script_text( w, p, op, error );
    case '>': return WsWriteEndStartElement( w, error );
    case '/': return WsWriteEndElement( w, error );
    case ';': return WsWriteEndAttribute( w, error );
    case '[': return WsWriteStartCData( w, error );
    case ']': return WsWriteEndCData( w, error );
    case 'g': return WsWriteText( w, &guid.text, error );
    case 'i':
    {
        BOOL minus = **p == '-';
        if (minus) (*p)++;
        while (**p >= '0' && **p <= '9') number.value = number.value * 10 + *(*p)++ - '0';
        if (minus) number.value = -number.value;
        return WsWriteText( w, &number.text, error );
    }
    default: return E_NOTIMPL;
    }
}

/* Runs the whole script; the code of the first failure, or S_FALSE when the operation that was expected to fail did.
 * `flush`: after each operation what is complete leaves the writer. */
static HRESULT script_run( WS_XML_WRITER *w, const char *script, BOOL flush, WS_ERROR *error )
{
    HRESULT hr, want = S_OK;

    while (*script)
    {
        if (*script == ' ') { script++; continue; }
        if (*script == '?')
        {
            switch (script[1])
            {
            case 'F': want = WS_E_INVALID_FORMAT; break;
            case 'O': want = WS_E_INVALID_OPERATION; break;
            case 'Q': want = WS_E_QUOTA_EXCEEDED; break;
            default:  want = E_INVALIDARG; break;
            }
            script += 2;
        }
        hr = script_step( w, &script, error );
        if (want) return hr == want ? S_FALSE : E_UNEXPECTED;
        if (hr) return hr;
        if (flush && (hr = WsFlushWriter( w, 0, NULL, error ))) return hr;
    }
    return S_OK;
}

/* What becomes of a script; "" where it has to fail at its '?'. */
static const struct script_case
{
    const char *script, *text;
}
script_cases[] =
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
    { "<a| /?F<a|", "" }, { "<a| /?F/", "" },
    { "<a| \"x\"u\"y\"i-5 g/", "<a>xy-500000000-0000-0000-0000-000000000000</a>" },
    { "<a| \"<>&'\r\n\t]]>\"/", "<a>&lt;&gt;&amp;'&#xD;\n\t]]&gt;</a>" },
    { "<a| \"0123456789abcdef<0123456789abcde&0123456789abcdef\"/",
      "<a>0123456789abcdef&lt;0123456789abcde&amp;0123456789abcdef</a>" },
    { "<a| \"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"/", "<a>\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80</a>" },
    { "<a| ?F\"\x01\"", "" }, { "<a| ?F\"\xc3\"", "" }, { "<a| ?F\"\xef\xbf\xbf\"", "" }, { "<a| ?F\"\xed\xa0\x80\"", "" },
    { "<a| ?F\"0123456789abcdef\x01\"", "" },
    { "<a| {}/", "<a/>" }, { "<a| {t}/", "<a>dA==</a>" }, { "<a| {te}{s}{t}/", "<a>dGVzdA==</a>" },
    { "<a| <b| {t}/{e}/", "<a><b>dA==</b>ZQ==</a>" }, { "<a| <b| {t}/<b| /{e}/", "<a><b>dA==</b><b/>ZQ==</a>" },
    { "<a| @b| {t};\"x\"<abcde| @f| {u};//", "<a b=\"dA==\">x<abcde f=\"dQ==\"/></a>" },
    { "<p:a|n <p:b|n @p:c|m ;?F/", "" }, { "<-:a|n ?F^-|", "" }, { "<a| ?Fu\"\x01\"", "" },
    { "<a| {t}[{e}]/", "<a>dA==<![CDATA[ZQ==]]></a>" },
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

#endif
