/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How fast SOAP-like documents are written, against libxml2's xmlTextWriter in the same run: the same calls, element by element.
 *
 *     bench_writer [MB of output per measurement, default 200]
 *
 * The last column is what matters: the ratio does not depend on the machine. libxml2 is loaded when it is there, it is not
 * needed to build. */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "xml/writer.h"

/* Time of this process: what else runs on the machine counts as little as it can. */
static double now( void )
{
    struct timespec ts;
    clock_gettime( CLOCK_PROCESS_CPUTIME_ID, &ts );
    return ts.tv_sec + ts.tv_nsec * 1e-9;
}

static const char comment_text[] = "Please deliver these goods between nine and five, ring twice, and leave them with the neighbour "
                                   "if nobody opens.";
static const char orders_ns[] = "http://example.com/orders";
static const char soap_ns[] = "http://www.w3.org/2003/05/soap-envelope";

/* ---- ours ---- */

#define S( text ) { sizeof(text) - 1, (BYTE *)text, NULL, 0 }
static const WS_XML_STRING str_s = S( "s" ), str_envelope = S( "Envelope" ), str_body = S( "Body" ), str_submit = S( "Submit" ),
    str_order = S( "Order" ), str_id = S( "id" ), str_priority = S( "priority" ), str_customer = S( "Customer" ),
    str_name = S( "Name" ), str_city = S( "City" ), str_item = S( "Item" ), str_product = S( "ProductName" ),
    str_quantity = S( "Quantity" ), str_shipped = S( "Shipped" ), str_comment = S( "Comment" ), str_none = S( "" ),
    ns_soap = S( "http://www.w3.org/2003/05/soap-envelope" ), ns_orders = S( "http://example.com/orders" );

static void check( HRESULT hr )
{
    if (!hr) return;
    printf( "the writer failed: 0x%08x\n", (unsigned int)hr );
    exit( 2 );
}

static inline void start( WS_XML_WRITER *w, const WS_XML_STRING *name )
{
    check( writer_write_start_element( w, NULL, name, &ns_orders, NULL ) );
}

static inline void end( WS_XML_WRITER *w )
{
    check( writer_write_end_element( w, NULL ) );
}

static inline void chars( WS_XML_WRITER *w, const char *text, size_t len )
{
    check( writer_write_chars_utf8( w, (const BYTE *)text, len, NULL ) );
}

static inline void element( WS_XML_WRITER *w, const WS_XML_STRING *name, const char *text, size_t len )
{
    start( w, name );
    chars( w, text, len );
    end( w );
}

static inline void attribute( WS_XML_WRITER *w, const WS_XML_STRING *name, const char *text, size_t len )
{
    check( writer_write_start_attribute( w, NULL, name, &str_none, FALSE, NULL ) );
    chars( w, text, len );
    check( writer_write_end_attribute( w, NULL ) );
}

/* Texts that both writers get ready made: what is measured is the writing. */
struct order
{
    char   id[16], name[40], product[40], quantity[16];
    size_t id_len, name_len, product_len, quantity_len;
};

static void write_order( WS_XML_WRITER *w, const struct order *o )
{
    start( w, &str_order );
    attribute( w, &str_id, o->id, o->id_len );
    attribute( w, &str_priority, "normal", 6 );
    start( w, &str_customer );
    element( w, &str_name, o->name, o->name_len );
    element( w, &str_city, "Springfield", 11 );
    end( w );
    start( w, &str_item );
    element( w, &str_product, o->product, o->product_len );
    element( w, &str_quantity, o->quantity, o->quantity_len );
    element( w, &str_shipped, "true", 4 );
    end( w );
    element( w, &str_comment, comment_text, sizeof(comment_text) - 1 );
    end( w );
}

static size_t write_document( WS_XML_WRITER *w, const struct order *orders, size_t count )
{
    WS_BYTES bytes;
    size_t i;

    check( writer_write_start_element( w, &str_s, &str_envelope, &ns_soap, NULL ) );
    check( writer_write_start_element( w, &str_s, &str_body, &ns_soap, NULL ) );
    start( w, &str_submit );
    for (i = 0; i < count; i++) write_order( w, &orders[i] );
    end( w );
    end( w );
    end( w );
    check( writer_get_property( w, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL ) );
    return bytes.length;
}

/* Seconds that one document takes; a slice of the measurement. */
static double run_writer( WS_XML_WRITER *w, const WS_XML_WRITER_ENCODING *encoding, const struct order *orders, size_t count, double mb,
                          size_t *size )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    size_t total = 0, rounds = 0;
    double begin = now();

    while (total < mb * 1e6)
    {
        check( writer_set_output( w, encoding, &output.output, NULL, 0, NULL ) );
        *size = write_document( w, orders, count );
        total += *size;
        rounds++;
    }
    return (now() - begin) / rounds;
}

static WS_XML_WRITER *new_writer( void )
{
    ULONG max = ~0u;
    WS_XML_WRITER_PROPERTY props[] = { { WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &max, sizeof(max) },
                                       { WS_XML_WRITER_PROPERTY_BUFFER_TRIM_SIZE, &max, sizeof(max) } };
    WS_XML_WRITER *w;

    check( writer_create( props, 2, &w, NULL ) );
    return w;
}

/* ---- libxml2 ---- */

static struct
{
    void *(*buffer_create)( void );
    void  (*buffer_free)( void * );
    int   (*buffer_length)( const void * );
    void  (*buffer_empty)( void * );
    void *(*new_writer)( void *, int );
    void  (*free_writer)( void * );
    int   (*start)( void *, const char *, const char *, const char * );
    int   (*end)( void * );
    int   (*attribute)( void *, const char *, const char * );
    int   (*string)( void *, const char * );
    int   (*flush)( void * );
} xml2;

static int load_libxml2( void )
{
    void *lib = dlopen( "libxml2.so.2", RTLD_NOW );

    if (!lib && !(lib = dlopen( "libxml2.so", RTLD_NOW ))) return 0;
    *(void **)&xml2.buffer_create = dlsym( lib, "xmlBufferCreate" );
    *(void **)&xml2.buffer_free = dlsym( lib, "xmlBufferFree" );
    *(void **)&xml2.buffer_length = dlsym( lib, "xmlBufferLength" );
    *(void **)&xml2.buffer_empty = dlsym( lib, "xmlBufferEmpty" );
    *(void **)&xml2.new_writer = dlsym( lib, "xmlNewTextWriterMemory" );
    *(void **)&xml2.free_writer = dlsym( lib, "xmlFreeTextWriter" );
    *(void **)&xml2.start = dlsym( lib, "xmlTextWriterStartElementNS" );
    *(void **)&xml2.end = dlsym( lib, "xmlTextWriterEndElement" );
    *(void **)&xml2.attribute = dlsym( lib, "xmlTextWriterWriteAttribute" );
    *(void **)&xml2.string = dlsym( lib, "xmlTextWriterWriteString" );
    *(void **)&xml2.flush = dlsym( lib, "xmlTextWriterFlush" );
    return xml2.buffer_create && xml2.new_writer && xml2.start && xml2.end && xml2.attribute && xml2.string;
}

static void xml2_element( void *w, const char *name, const char *text )
{
    xml2.start( w, NULL, name, NULL );
    xml2.string( w, text );
    xml2.end( w );
}

static void xml2_order( void *w, const struct order *o )
{
    xml2.start( w, NULL, "Order", NULL );
    xml2.attribute( w, "id", o->id );
    xml2.attribute( w, "priority", "normal" );
    xml2.start( w, NULL, "Customer", NULL );
    xml2_element( w, "Name", o->name );
    xml2_element( w, "City", "Springfield" );
    xml2.end( w );
    xml2.start( w, NULL, "Item", NULL );
    xml2_element( w, "ProductName", o->product );
    xml2_element( w, "Quantity", o->quantity );
    xml2_element( w, "Shipped", "true" );
    xml2.end( w );
    xml2_element( w, "Comment", comment_text );
    xml2.end( w );
}

static double run_libxml2( void *buf, const struct order *orders, size_t count, double mb, size_t *size )
{
    size_t total = 0, rounds = 0, i;
    double begin = now();

    while (total < mb * 1e6)
    {
        void *w;
        xml2.buffer_empty( buf );
        w = xml2.new_writer( buf, 0 );
        xml2.start( w, "s", "Envelope", soap_ns );
        xml2.start( w, "s", "Body", NULL );
        xml2.start( w, NULL, "Submit", orders_ns );
        for (i = 0; i < count; i++) xml2_order( w, &orders[i] );
        xml2.end( w );
        xml2.end( w );
        xml2.end( w );
        xml2.free_writer( w );
        *size = xml2.buffer_length( buf );
        total += *size;
        rounds++;
    }
    return (now() - begin) / rounds;
}

/* All by turns, the best slice of each. */
static void measure( const struct order *orders, size_t count, double mb, int have_xml2 )
{
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    static const WS_XML_WRITER_BINARY_ENCODING binary = { { WS_XML_WRITER_ENCODING_TYPE_BINARY }, NULL, NULL, NULL };
    double text = 1e9, bin = 1e9, other = 1e9, time;
    size_t size = 0, bin_size, xml2_size = 0;
    WS_XML_WRITER *w = new_writer(), *binary_writer = new_writer();
    void *buf = have_xml2 ? xml2.buffer_create() : NULL;
    int pass;

    for (pass = 0; pass < 20; pass++)
    {
        if ((time = run_writer( w, &utf8.encoding, orders, count, mb / 20, &size )) < text) text = time;
        if ((time = run_writer( binary_writer, &binary.encoding, orders, count, mb / 20, &bin_size )) < bin) bin = time;
        if (have_xml2 && (time = run_libxml2( buf, orders, count, mb / 100, &xml2_size )) < other) other = time;
    }
    printf( "%-12.1f %10.0f %10.1f %10.1f %10.1f %8.0f %8.2f\n", size / 1e3, size / text / 1e6, bin * 1e6, text * 1e6,
            have_xml2 ? other * 1e6 : 0, have_xml2 ? xml2_size / other / 1e6 : 0, have_xml2 ? other / text : 0 );
    writer_free( w );
    writer_free( binary_writer );
    if (buf) xml2.buffer_free( buf );
}

int main( int argc, char **argv )
{
    static const size_t counts[] = { 20, 200, 2000 };
    double mb = argc > 1 ? atof( argv[1] ) : 200;
    int have_xml2 = load_libxml2();
    struct order *orders = calloc( 2000, sizeof(*orders) );
    size_t i;

    for (i = 0; i < 2000; i++)
    {
        struct order *o = &orders[i];
        o->id_len = sprintf( o->id, "%u", (unsigned int)i );
        o->name_len = sprintf( o->name, "Company %u & Sons", (unsigned int)i * 7 );
        o->product_len = sprintf( o->product, "Pencil number %u", (unsigned int)i % 100 );
        o->quantity_len = sprintf( o->quantity, "%u", (unsigned int)i % 50 );
    }
    printf( "%-12s %10s %10s %10s %10s %8s %8s\n", "size KB", "text MB/s", "binary us", "text us", "libxml2", "MB/s", "ratio" );
    for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) measure( orders, counts[i], mb, have_xml2 );
    free( orders );
    return 0;
}
