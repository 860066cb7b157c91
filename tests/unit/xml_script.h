/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small language for tests of the XML writer: a string of operations, so that a case is one line of a table.
 *
 *   <p:a|ns  start element (prefix "-" given as NULL, none without colon: empty)      >  end of the start tag
 *   /        end element              @p:a|ns  start attribute (@@ with single quotes)   ;  end attribute
 *   ^p|ns    xmlns attribute (^^ with single quotes)           "text"  UTF-8 text         u"text"  UTF-16 text
 *   i123     int32 text               {bytes}  base64           [      start CDATA        ]  end CDATA
 *   !c!      comment                  q p:a|ns qualified name    g     GUID text of zeros
 * Names end at white space. After '?' an operation has to fail with the code that follows it: ?F< (F WS_E_INVALID_FORMAT,
 * O WS_E_INVALID_OPERATION, Q WS_E_QUOTA_EXCEEDED, A E_INVALIDARG), and the script ends. */
#ifndef WS_TESTS_XML_SCRIPT_H
#define WS_TESTS_XML_SCRIPT_H

#include "unit.h"
#include "xml/writer.h"

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
    case '<': return writer_write_start_element( w, given, &name, &ns, error );
    case '@': return writer_write_start_attribute( w, given, &name, &ns, single, error );
    case 'q': return writer_write_qualified_name( w, given, &name, &ns, error );
    default:  return writer_write_xmlns_attribute( w, name.length == 1 && *name.bytes == '-' ? NULL : &name, &ns, single, error );
    }
}

static HRESULT script_text( WS_XML_WRITER *w, const char **p, char op, WS_ERROR *error )
{
    char close = op == '{' ? '}' : op == '!' ? '!' : '"';
    const char *start = *p + (op == 'u'), *end = strchr( start, close );
    ULONG len = end - start, i;
    WCHAR chars[256];

    *p = end + 1;
    if (op == '{') return writer_write_bytes( w, start, len, error );
    if (op == '!')
    {
        WS_XML_COMMENT_NODE node = { { WS_XML_NODE_TYPE_COMMENT }, { len, (BYTE *)start, NULL, 0 } };
        return writer_write_node( w, &node.node, error );
    }
    if (op == '"') return writer_write_chars_utf8( w, (const BYTE *)start, len, error );
    for (i = 0; i < len; i++) chars[i] = (BYTE)start[i];
    return writer_write_chars( w, chars, len, error );
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
    case '>': return writer_write_end_start_element( w, error );
    case '/': return writer_write_end_element( w, error );
    case ';': return writer_write_end_attribute( w, error );
    case '[': return writer_write_start_cdata( w, error );
    case ']': return writer_write_end_cdata( w, error );
    case 'g': return writer_write_text( w, &guid.text, error );
    case 'i':
    {
        BOOL minus = **p == '-';
        if (minus) (*p)++;
        while (**p >= '0' && **p <= '9') number.value = number.value * 10 + *(*p)++ - '0';
        if (minus) number.value = -number.value;
        return writer_write_text( w, &number.text, error );
    }
    default: return E_NOTIMPL;
    }
}

/* Runs the whole script; the code of the first failure, or of the operation that was expected to fail and did. */
static HRESULT script_run( WS_XML_WRITER *w, const char *script, WS_ERROR *error )
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
    }
    return S_OK;
}

#endif
