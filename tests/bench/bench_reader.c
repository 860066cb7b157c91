/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How fast a loop over the nodes of SOAP-like documents is, against libxml2's SAX2 parser and its xmlTextReader in the same run.
 *
 *     bench_reader [MB of input per measurement, default 200]
 *
 * The last column is what matters: the ratio does not depend on the machine. libxml2 is loaded when it is there, it is not
 * needed to build. */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "xml/reader.h"
#include "xml/writer.h"

static double now( void )
{
    struct timespec ts;
    clock_gettime( CLOCK_PROCESS_CPUTIME_ID, &ts );
    return ts.tv_sec + ts.tv_nsec * 1e-9;
}

/* A purchase order like those of the SOAP samples: short elements, some attributes, some entities, few long texts. */
static char *make_document( size_t size, size_t *len )
{
    char *doc = malloc( size + 4096 ), *p = doc;
    unsigned int i = 0;

    p += sprintf( p, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                  "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://www.w3.org/2005/08/addressing\">"
                  "<s:Header><a:Action s:mustUnderstand=\"1\">http://example.com/IOrders/Submit</a:Action>"
                  "<a:MessageID>urn:uuid:5a3e7c1e-9ac4-4e0c-8d60-8d0b3ffd1b2c</a:MessageID>"
                  "<a:To s:mustUnderstand=\"1\">http://example.com:8080/orders</a:To></s:Header>"
                  "<s:Body><Submit xmlns=\"http://example.com/orders\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">\n" );
    while ((size_t)(p - doc) < size)
    {
        p += sprintf( p, "  <Order id=\"%u\" priority=\"normal\">\n    <Customer><Name>Company %u &amp; Sons</Name>"
                      "<City>Springfield</City></Customer>\n", i, i * 7 );
        p += sprintf( p, "    <Item><ProductName>Pencil number %u</ProductName><Quantity>%u</Quantity><UnitPrice>%u.%02u</UnitPrice>"
                      "<Shipped>true</Shipped><Note i:nil=\"true\"/></Item>\n", i % 100, i % 50, i % 90, i % 100 );
        p += sprintf( p, "    <OrderDate>2009-03-%02uT08:00:00.0000000Z</OrderDate>\n    <Comment>Please deliver these goods "
                      "between nine and five, ring twice, and leave them with the neighbour if nobody opens.</Comment>\n"
                      "  </Order>\n", i % 28 + 1 );
        i++;
    }
    p += sprintf( p, "</Submit></s:Body></s:Envelope>" );
    *len = p - doc;
    return doc;
}

static size_t run_reader( const char *doc, size_t len, size_t rounds )
{
    static const WS_XML_READER_TEXT_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)doc, len };
    WS_XML_READER *reader;
    size_t nodes = 0;

    if (reader_create( NULL, 0, &reader, NULL )) exit( 2 );
    while (rounds--)
    {
        if (reader_set_input( reader, &encoding.encoding, &input.input, NULL, 0, NULL )) exit( 2 );
        do
        {
            if (reader_read_node( reader, NULL )) exit( 2 );
            nodes++;
        } while (reader_node( reader )->nodeType != WS_XML_NODE_TYPE_EOF);
    }
    reader_free( reader );
    return nodes;
}

/* The same document as binary XML. */
static BYTE *binary_doc;
static size_t binary_len;

static void make_binary( const char *doc, size_t len )
{
    static const WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_WRITER_BINARY_ENCODING binary = { { WS_XML_WRITER_ENCODING_TYPE_BINARY }, NULL, NULL, NULL };
    WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)doc, len };
    ULONG max = 1 << 30;
    WS_XML_WRITER_PROPERTY props[] = { { WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &max, sizeof(max) } };
    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    WS_BYTES bytes;

    if (reader_create( NULL, 0, &reader, NULL ) || writer_create( NULL, 0, &writer, NULL ) ||
        reader_set_input( reader, &text.encoding, &input.input, NULL, 0, NULL ) ||
        writer_set_output( writer, &binary.encoding, &output.output, props, 1, NULL ) || reader_read_node( reader, NULL )) exit( 2 );
    while (reader_node( reader )->nodeType != WS_XML_NODE_TYPE_EOF)
        if (writer_copy_node( writer, reader, NULL )) exit( 2 );
    if (writer_get_property( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL )) exit( 2 );
    binary_len = bytes.length;
    binary_doc = malloc( binary_len );
    memcpy( binary_doc, bytes.bytes, binary_len );
    writer_free( writer );
    reader_free( reader );
}

/* Rounds over the binary form; the rate is counted in bytes of the text, so that the two can be compared. */
static size_t run_binary( const char *doc, size_t len, size_t rounds )
{
    static const WS_XML_READER_BINARY_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, binary_doc, binary_len };
    WS_XML_READER *reader;
    size_t nodes = 0;

    (void)doc;
    (void)len;
    if (reader_create( NULL, 0, &reader, NULL )) exit( 2 );
    while (rounds--)
    {
        if (reader_set_input( reader, &encoding.encoding, &input.input, NULL, 0, NULL )) exit( 2 );
        do
        {
            if (reader_read_node( reader, NULL )) exit( 2 );
            nodes++;
        } while (reader_node( reader )->nodeType != WS_XML_NODE_TYPE_EOF);
    }
    reader_free( reader );
    return nodes;
}

/* --- libxml2 ------------------------------------------------------------------------------------------------------- */

/* the head of xmlSAXHandler, as the library's ABI has it */
struct sax
{
    void *before_characters[17];
    void (*characters)( void *, const unsigned char *, int );
    void *before_initialized[9];
    unsigned int initialized;
    void *private;
    void (*start)( void *, const unsigned char *, const unsigned char *, const unsigned char *, int, const unsigned char **, int,
                   int, const unsigned char ** );
    void (*end)( void *, const unsigned char *, const unsigned char *, const unsigned char * );
    void *serror;
};

static size_t sax_events;
static void sax_characters( void *ctx, const unsigned char *ch, int len )
{
    (void)ctx; (void)ch; (void)len;
    sax_events++;
}
static void sax_start( void *ctx, const unsigned char *local, const unsigned char *prefix, const unsigned char *uri, int ns_count,
                       const unsigned char **ns, int attr_count, int defaulted, const unsigned char **attrs )
{
    (void)ctx; (void)local; (void)prefix; (void)uri; (void)ns_count; (void)ns; (void)attr_count; (void)defaulted; (void)attrs;
    sax_events++;
}
static void sax_end( void *ctx, const unsigned char *local, const unsigned char *prefix, const unsigned char *uri )
{
    (void)ctx; (void)local; (void)prefix; (void)uri;
    sax_events++;
}

static int (*xml_sax_parse)( void *sax, void *ctx, const char *doc, int len );
static void *(*xml_reader_for_memory)( const char *doc, int len, const char *url, const char *encoding, int options );
static int (*xml_reader_read)( void *reader );
static void (*xml_reader_free)( void *reader );

static size_t run_sax( const char *doc, size_t len, size_t rounds )
{
    struct sax sax = { .characters = sax_characters, .initialized = 0xdeedbeaf, .start = sax_start, .end = sax_end };

    sax_events = 0;
    while (rounds--) if (xml_sax_parse( &sax, NULL, doc, len )) exit( 2 );
    return sax_events;
}

static size_t run_text_reader( const char *doc, size_t len, size_t rounds )
{
    size_t nodes = 0;

    while (rounds--)
    {
        void *reader = xml_reader_for_memory( doc, len, NULL, NULL, 0 );
        while (xml_reader_read( reader ) == 1) nodes++;
        xml_reader_free( reader );
    }
    return nodes;
}

/* --- measurement --------------------------------------------------------------------------------------------------- */

static double measure( const char *name, size_t (*run)( const char *, size_t, size_t ), const char *doc, size_t len,
                       size_t total, double reference )
{
    size_t rounds = total / len + 1, nodes;
    double best = 0, begin, rate;
    int i;

    run( doc, len, rounds / 10 + 1 );
    for (i = 0; i < 3; i++)
    {
        begin = now();
        nodes = run( doc, len, rounds );
        rate = len * rounds / (now() - begin) / 1e6;
        if (rate > best) best = rate;
    }
    printf( "%8zu bytes  %-14s %8.0f MB/s  %6.1f ns/event", len, name, best, len * rounds / best * 1e3 / nodes );
    if (reference > 0) printf( "  %5.2f times as fast", best / reference );
    printf( "\n" );
    return best;
}

int main( int argc, char **argv )
{
    static const size_t sizes[] = { 10000, 100000, 1000000 };
    size_t total = (argc > 1 ? atoi( argv[1] ) : 200) * 1000000ull, i, len;
    void *lib = dlopen( "libxml2.so.2", RTLD_NOW );

    if (lib)
    {
        xml_sax_parse = (int (*)( void *, void *, const char *, int ))dlsym( lib, "xmlSAXUserParseMemory" );
        xml_reader_for_memory = (void *(*)( const char *, int, const char *, const char *, int ))dlsym( lib, "xmlReaderForMemory" );
        xml_reader_read = (int (*)( void * ))dlsym( lib, "xmlTextReaderRead" );
        xml_reader_free = (void (*)( void * ))dlsym( lib, "xmlFreeTextReader" );
    }
    for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
    {
        char *doc = make_document( sizes[i], &len );
        double ours = measure( "WsReadNode", run_reader, doc, len, total, 0 );
        make_binary( doc, len );
        printf( "%8zu bytes  binary is %.2f times as fast as text\n", len, measure( "binary", run_binary, doc, len, total, 0 ) / ours );
        free( binary_doc );
        if (lib)
        {
            double sax = measure( "libxml2 SAX2", run_sax, doc, len, total / 4, 0 );
            double reader = measure( "xmlTextReader", run_text_reader, doc, len, total / 8, 0 );
            printf( "%8zu bytes  %.2f times SAX2, %.2f times xmlTextReader\n", len, ours / sax, ours / reader );
        }
        free( doc );
    }
    return 0;
}
