/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents made to be slow: the time per byte must not grow with the size. Prints it for each kind at two sizes; fails where the
 * larger document, of 32 times the size, costs more than ten times as much per byte. */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "xml/reader.h"

static double now( void )
{
    struct timespec ts;
    clock_gettime( CLOCK_PROCESS_CPUTIME_ID, &ts );
    return ts.tv_sec + ts.tv_nsec * 1e-9;
}

typedef char *(*maker)( char *p, size_t n );

static char *deep( char *p, size_t n )
{
    size_t i;
    for (i = 0; i < n; i++) p += sprintf( p, "<a>" );
    for (i = 0; i < n; i++) p += sprintf( p, "</a>" );
    return p;
}

static char *attributes( char *p, size_t n )
{
    size_t i;
    p += sprintf( p, "<a" );
    for (i = 0; i < n; i++) p += sprintf( p, " a%zu=''", i );
    return p + sprintf( p, "/>" );
}

/* every attribute in a namespace of its own, all with the same local name */
static char *prefixes( char *p, size_t n )
{
    size_t i;
    p += sprintf( p, "<a" );
    for (i = 0; i < n; i++) p += sprintf( p, " xmlns:p%zu='n%zu'", i, i );
    for (i = 0; i < n; i++) p += sprintf( p, " p%zu:x=''", i );
    return p + sprintf( p, "/>" );
}

/* one declaration for each level, and a use of the outermost at the innermost */
static char *scopes( char *p, size_t n )
{
    size_t i;
    for (i = 0; i < n; i++) p += sprintf( p, "<a xmlns:p%zu='n'>", i );
    for (i = 0; i < n; i++) p += sprintf( p, "<p%zu:b/>", i );
    for (i = 0; i < n; i++) p += sprintf( p, "</a>" );
    return p;
}

static char *long_names( char *p, size_t n )
{
    size_t i;
    p += sprintf( p, "<r>" );
    for (i = 0; i < 20; i++)
    {
        *p++ = '<';
        memset( p, 'a' + i, n );
        p += n;
        p += sprintf( p, "></" );
        memset( p, 'a' + i, n );
        p += n;
        *p++ = '>';
    }
    return p + sprintf( p, "</r>" );
}

static char *long_namespace( char *p, size_t n )
{
    size_t i;
    p += sprintf( p, "<r xmlns:p='" );
    memset( p, 'n', n );
    p += n;
    p += sprintf( p, "'><x" );
    for (i = 0; i < n / 10; i++) p += sprintf( p, " p:a%zu=''", i );
    return p + sprintf( p, "/></r>" );
}

static char *entities( char *p, size_t n )
{
    size_t i;
    p += sprintf( p, "<a>" );
    for (i = 0; i < n; i++) p += sprintf( p, "&amp;" );
    return p + sprintf( p, "</a>" );
}

static char *brackets( char *p, size_t n )
{
    p += sprintf( p, "<a>" );
    memset( p, ']', n );
    p += n;
    p += sprintf( p, "<![CDATA[" );
    memset( p, ']', n );
    p += n;
    p += sprintf( p, "]]><!--" );
    for (; n > 1; n -= 2) p += sprintf( p, "- " );
    return p + sprintf( p, "--></a>" );
}

static char *wide( char *p, size_t n )
{
    size_t i;
    p += sprintf( p, "<a>" );
    for (i = 0; i < n; i++) p += sprintf( p, "\xe2\x82\xac" );
    return p + sprintf( p, "</a>" );
}

static double ns_per_byte( WS_XML_READER *reader, maker make, size_t n, size_t *len )
{
    static const WS_XML_READER_TEXT_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static ULONG limit = 0x7fffffff;
    WS_XML_READER_PROPERTY props[] = { { WS_XML_READER_PROPERTY_MAX_DEPTH, &limit, sizeof(limit) },
                                       { WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, &limit, sizeof(limit) },
                                       { WS_XML_READER_PROPERTY_MAX_NAMESPACES, &limit, sizeof(limit) } };
    char *doc = malloc( n * 64 + 1000 );
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, doc, 0 };
    double begin, best = 1e9;
    int i;

    input.encodedDataSize = *len = make( doc, n ) - doc;
    for (i = 0; i < 3; i++)
    {
        begin = now();
        if (reader_set_input( reader, &encoding.encoding, &input.input, props, 3, NULL )) exit( 2 );
        do
        {
            if (reader_read_node( reader, NULL )) exit( 2 );
        } while (reader_node( reader )->nodeType != WS_XML_NODE_TYPE_EOF);
        begin = (now() - begin) * 1e9 / *len;
        if (begin < best) best = begin;
    }
    free( doc );
    return best;
}

int main( void )
{
    static const struct { const char *name; maker make; size_t n; } kinds[] =
    {
        { "deep nesting", deep, 4000 }, { "many attributes", attributes, 4000 }, { "many prefixes", prefixes, 4000 },
        { "declarations in scope", scopes, 4000 }, { "long names", long_names, 4000 }, { "long namespace", long_namespace, 20000 },
        { "many references", entities, 20000 }, { "brackets and dashes", brackets, 40000 }, { "not ASCII", wide, 40000 },
    };
    WS_XML_READER *reader;
    size_t i, small_len, large_len;
    int failed = 0;

    if (reader_create( NULL, 0, &reader, NULL )) return 2;
    for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
    {
        double few = ns_per_byte( reader, kinds[i].make, kinds[i].n, &small_len );
        double many = ns_per_byte( reader, kinds[i].make, kinds[i].n * 32, &large_len );
        /* The large document is 32 times the small one, so that anything quadratic takes 32 times as long for a byte. What is
         * below 10 is the cache: the nodes of 128,000 attributes are 30 MB, and looking them up by name goes to each in no
         * order. The instructions for a byte are the same: 39 and 33 for attributes, 57 and 51 for prefixes (callgrind). */
        printf( "%-22s %8zu bytes %6.2f ns/byte  %9zu bytes %6.2f ns/byte%s\n", kinds[i].name, small_len, few, large_len, many,
                many > 10 * few ? "  grows" : "" );
        failed |= many > 10 * few;
    }
    reader_free( reader );
    return failed;
}
