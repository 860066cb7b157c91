/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader against libxml2 over generated documents, whole and mutated: the same events, the same verdict.
 *
 * Where the two differ on purpose:
 * - processing instructions and document type declarations are refused here (native has no node for them);
 * - white space outside of the document's element is a text node here, libxml2 does not report it;
 * - a document without any element is an empty one here, as it is in native;
 * - libxml2 has opinions on the URIs of namespaces, which are only strings here.
 * libxml2 is loaded when it is there; without it this program has nothing to compare with. */

#include <dlfcn.h>
#include "unit.h"
#include "reader_events.h"
#include "xml_documents.h"

/* --- libxml2 ------------------------------------------------------------------------------------------------------- */

struct xml_error    /* the head of xmlError */
{
    int domain, code;
    char *message;
    int level;      /* 1: warning */
};

struct sax          /* xmlSAXHandler */
{
    void (*internal_subset)( void *, const unsigned char *, const unsigned char *, const unsigned char * );
    void *unused1[16];
    void (*characters)( void *, const unsigned char *, int );
    void (*ignorable)( void *, const unsigned char *, int );
    void (*instruction)( void *, const unsigned char *, const unsigned char * );
    void (*comment)( void *, const unsigned char * );
    void *unused2[4];
    void (*cdata)( void *, const unsigned char *, int );
    void *unused3;
    unsigned int initialized;
    void *private;
    void (*start)( void *, const unsigned char *, const unsigned char *, const unsigned char *, int, const unsigned char **, int,
                   int, const unsigned char ** );
    void (*end)( void *, const unsigned char *, const unsigned char *, const unsigned char * );
    void (*error)( void *, struct xml_error * );
};

struct oracle
{
    struct events ev;
    size_t text_start;      /* of an open text in ev, 0: none */
    BOOL bad, other;        /* malformed; contains what we have no nodes for */
};

static int (*xml_parse)( struct sax *sax, void *ctx, const char *doc, int len );

static void close_text( struct oracle *o )
{
    if (o->text_start) events_str( &o->ev, "\"" );
    o->text_start = 0;
}

/* Without entity substitution, which would want a document, libxml2 leaves &#38; for an ampersand in values. */
static void put_value( struct oracle *o, const unsigned char *value, const unsigned char *end )
{
    const unsigned char *amp;

    while ((amp = memmem( value, end - value, "&#38;", 5 )))
    {
        events_put( &o->ev, value, amp + 1 - value );
        value = amp + 5;
    }
    events_put( &o->ev, value, end - value );
}

static void put_name( struct oracle *o, const unsigned char *prefix, const unsigned char *local, const unsigned char *uri )
{
    if (prefix)
    {
        events_str( &o->ev, (const char *)prefix );
        events_str( &o->ev, ":" );
    }
    events_str( &o->ev, (const char *)local );
    if (uri && *uri)
    {
        events_str( &o->ev, "{" );
        put_value( o, uri, uri + strlen( (const char *)uri ) );
        events_str( &o->ev, "}" );
    }
}

static void on_characters( void *ctx, const unsigned char *ch, int len )
{
    struct oracle *o = ctx;

    if (!o->text_start)
    {
        events_str( &o->ev, "\"" );
        o->text_start = o->ev.len;
    }
    events_put( &o->ev, ch, len );
}

static void on_cdata( void *ctx, const unsigned char *ch, int len )
{
    struct oracle *o = ctx;

    close_text( o );
    events_str( &o->ev, "[" );
    if (len)
    {
        events_str( &o->ev, "\"" );
        events_put( &o->ev, ch, len );
        events_str( &o->ev, "\"" );
    }
    events_str( &o->ev, "]" );
}

static void on_comment( void *ctx, const unsigned char *text )
{
    struct oracle *o = ctx;

    close_text( o );
    events_str( &o->ev, "#" );
    events_str( &o->ev, (const char *)text );
    events_str( &o->ev, "#" );
}

static void on_instruction( void *ctx, const unsigned char *target, const unsigned char *data )
{
    (void)target;
    (void)data;
    ((struct oracle *)ctx)->other = TRUE;
}

static void on_subset( void *ctx, const unsigned char *name, const unsigned char *id, const unsigned char *system )
{
    (void)name;
    (void)id;
    (void)system;
    ((struct oracle *)ctx)->other = TRUE;
}

/* libxml2 reports declarations and attributes separately, so both sides write them in that order here. */
static void on_start( void *ctx, const unsigned char *local, const unsigned char *prefix, const unsigned char *uri, int ns_count,
                      const unsigned char **ns, int attr_count, int defaulted, const unsigned char **attrs )
{
    struct oracle *o = ctx;
    int i;

    (void)defaulted;
    close_text( o );
    events_str( &o->ev, "<" );
    put_name( o, prefix, local, uri );
    for (i = 0; i < ns_count; i++)
    {
        events_str( &o->ev, " @" );
        if (ns[2 * i]) events_str( &o->ev, (const char *)ns[2 * i] );
        events_str( &o->ev, "=" );
        if (ns[2 * i + 1]) put_value( o, ns[2 * i + 1], ns[2 * i + 1] + strlen( (const char *)ns[2 * i + 1] ) );
    }
    for (i = 0; i < attr_count; i++, attrs += 5)
    {
        events_str( &o->ev, " " );
        put_name( o, attrs[1], attrs[0], attrs[2] );
        events_str( &o->ev, "='" );
        put_value( o, attrs[3], attrs[4] );
        events_str( &o->ev, "'" );
    }
}

static void on_end( void *ctx, const unsigned char *local, const unsigned char *prefix, const unsigned char *uri )
{
    (void)local;
    (void)prefix;
    (void)uri;
    close_text( ctx );
    events_str( &((struct oracle *)ctx)->ev, ">" );
}

static void on_error( void *ctx, struct xml_error *error )
{
    enum { FROM_NAMESPACE = 3, NS_URI = 99, NS_URI_RELATIVE = 100 };

    if (error->level < 2 || (error->domain == FROM_NAMESPACE && (error->code == NS_URI || error->code == NS_URI_RELATIVE))) return;
    ((struct oracle *)ctx)->bad = TRUE;
}

static void run_oracle( struct oracle *o, const char *doc, size_t len )
{
    struct sax sax = { .internal_subset = on_subset, .characters = on_characters, .ignorable = on_characters,
                       .instruction = on_instruction, .comment = on_comment, .cdata = on_cdata, .initialized = 0xdeedbeaf,
                       .start = on_start, .end = on_end, .error = on_error };

    o->ev.len = 0;
    events_str( &o->ev, "" );
    o->text_start = 0;
    o->bad = o->other = FALSE;
    xml_parse( &sax, o, doc, len );
    if (o->bad) return;
    close_text( o );
    events_str( &o->ev, "$" );
}

/* --- this reader, in the same words -------------------------------------------------------------------------------- */

static void put_element( struct events *ev, const WS_XML_ELEMENT_NODE *elem )
{
    ULONG i, pass;

    events_str( ev, "<" );
    events_name( ev, elem->prefix, elem->localName, elem->ns );
    for (pass = 0; pass < 2; pass++)
    {
        for (i = 0; i < elem->attributeCount; i++)
        {
            const WS_XML_ATTRIBUTE *attr = elem->attributes[i];
            if (attr->isXmlNs == pass) continue;
            if (!pass)
            {
                events_str( ev, " @" );
                events_xmlstr( ev, attr->prefix );
                events_str( ev, "=" );
                events_xmlstr( ev, attr->ns );
                continue;
            }
            events_str( ev, " " );
            events_name( ev, attr->prefix, attr->localName, attr->ns );
            events_str( ev, "='" );
            events_text( ev, attr->value );
            events_str( ev, "'" );
        }
    }
}

static unsigned int element_count;

static HRESULT run_reader( WS_XML_READER *reader, struct events *ev, const char *doc, size_t len )
{
    static ULONG limit = 1000;
    WS_XML_READER_PROPERTY props[] = { { WS_XML_READER_PROPERTY_MAX_DEPTH, &limit, sizeof(limit) },
                                       { WS_XML_READER_PROPERTY_MAX_NAMESPACES, &limit, sizeof(limit) } };
    const WS_XML_NODE *node;
    HRESULT hr;

    element_count = 0;
    ev->len = 0;
    events_str( ev, "" );
    if ((hr = set_bytes( reader, doc, len, &text_utf8.encoding, props, 2 ))) return hr;
    do
    {
        if ((hr = reader_read_node( reader, NULL ))) return hr;
        node = reader_node( reader );
        if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
        {
            put_element( ev, (const WS_XML_ELEMENT_NODE *)node );
            element_count++;
        }
        else if (node->nodeType != WS_XML_NODE_TYPE_TEXT || reader_depth( reader )) events_node( ev, node );
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return S_OK;
}

/* --- mutation ------------------------------------------------------------------------------------------------------ */

/* Changes a few bytes, but not the first ones, by which character sets are detected. */
static void mutate( struct events *doc )
{
    unsigned int n = 1 + pick( 3 ), pos, len;

    while (n-- && doc->len > 8)
    {
        pos = 4 + pick( doc->len - 5 );
        switch (pick( 5 ))
        {
        case 0:
            doc->text[pos] = "<>&;'\"=/:!-[] ax\n\r#]\x01\xc3\xa9\x7f"[pick( 24 )];
            break;
        case 1:     /* remove */
            len = 1 + pick( 3 );
            if (pos + len > doc->len) len = doc->len - pos;
            memmove( doc->text + pos, doc->text + pos + len, doc->len - pos - len );
            doc->len -= len;
            break;
        case 2:     /* double */
            len = 1 + pick( 8 );
            if (pos + len > doc->len) len = doc->len - pos;
            events_put( doc, "", 0 );
            {
                char copy[8];
                memcpy( copy, doc->text + pos, len );
                events_put( doc, copy, len );
                memmove( doc->text + pos + len, doc->text + pos, doc->len - len - pos );
                memcpy( doc->text + pos, copy, len );
            }
            break;
        case 3:     /* cut */
            if (!pick( 4 )) doc->len = pos;
            break;
        default:
            doc->text[pos] ^= 1 << pick( 8 );
            break;
        }
    }
    doc->text[doc->len] = 0;
}

static BOOL contains( const struct events *doc, const char *text )
{
    return memmem( doc->text, doc->len, text, strlen( text ) ) != NULL;
}

/* --- comparison ---------------------------------------------------------------------------------------------------- */

static unsigned int good, bad;

static void compare( WS_XML_READER *reader, struct oracle *o, struct events *ev, const struct events *doc )
{
    HRESULT hr = run_reader( reader, ev, doc->text, doc->len );

    /* the C strings of libxml2's events end at it */
    if (memchr( doc->text, 0, doc->len )) return;
    run_oracle( o, doc->text, doc->len );
    if (o->other || (hr && (contains( doc, "<?" ) || contains( doc, "<!D" )))) return;
    if (!hr && !element_count) return;
    unit_context = doc->text;
    CHECK( !hr == !o->bad, "%08x here, %s in libxml2", hr, o->bad ? "malformed" : "well formed" );
    if (hr || o->bad) bad++;
    else
    {
        good++;
        CHECK_MEM( ev->text, ev->len, o->ev.text, o->ev.len );
    }
    unit_context = "";
}

static void test_documents( void )
{
    void *lib = dlopen( "libxml2.so.2", RTLD_NOW );
    struct events doc = { 0 }, ev = { 0 };
    struct oracle o = { 0 };
    WS_XML_READER *reader;
    unsigned int i, rounds = getenv( "ORACLE_ROUNDS" ) ? atoi( getenv( "ORACLE_ROUNDS" ) ) : 4000;

    if (!lib)
    {
        printf( "libxml2 is not there to compare with\n" );
        return;
    }
    xml_parse = (int (*)( struct sax *, void *, const char *, int ))dlsym( lib, "xmlSAXUserParseMemory" );
    if (!CHECK( !reader_create( NULL, 0, &reader, NULL ) )) return;
    for (i = 0; i < rounds && unit_failed < 20; i++)
    {
        make_document( &doc );
        compare( reader, &o, &ev, &doc );
        mutate( &doc );
        compare( reader, &o, &ev, &doc );
    }
    CHECK( good > rounds / 4 && bad > rounds / 4, "%u well formed, %u malformed", good, bad );
    reader_free( reader );
    free( doc.text );
    free( ev.text );
    free( o.ev.text );
}

UNIT_TESTS( { "documents", test_documents } )
