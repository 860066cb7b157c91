/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A typed purchase order of 100 items (strings, decimals, dates, integers) in and out of memory, against the code that gSOAP
 * generates for the same schema, in the same run.
 *
 *     bench_serial [rounds of 1000 orders, default 3]
 *
 * Rounds alternate between the two, the best of each counts. gSOAP's part is built here when soapcpp2 is installed. Text and
 * binary encoding of ours are shown; gSOAP has text only. */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "serial/serial.h"

#define ORDERS 1000
#define ITEMS 100

struct item
{
    INT32       number;
    WS_STRING   sku;
    WS_STRING   product_name;
    INT32       quantity;
    DECIMAL     unit_price;
    WS_DATETIME ship_date;
    WS_STRING   comment;
};

struct order
{
    WS_STRING    customer, street, city;
    WS_DATETIME  order_date;
    DECIMAL      total;
    ULONG        item_count;
    struct item *items;
};

#define NAME( id, text ) static WS_XML_STRING id = XMLSTR( text )
NAME( ns, "http://example.com/orders" );
NAME( no_ns, "" );
NAME( str_order, "Order" );
NAME( str_number, "number" );
NAME( str_sku, "sku" );
NAME( str_product, "productName" );
NAME( str_quantity, "quantity" );
NAME( str_price, "unitPrice" );
NAME( str_ship, "shipDate" );
NAME( str_comment, "comment" );
NAME( str_customer, "customer" );
NAME( str_street, "street" );
NAME( str_city, "city" );
NAME( str_date, "orderDate" );
NAME( str_total, "total" );
NAME( str_item, "item" );

#define ELEMENT( id, name, struct_type, member, type_, ... ) \
    static WS_FIELD_DESCRIPTION id = { .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &name, .ns = &ns, .type = type_, \
                                       .offset = offsetof( struct_type, member ), __VA_ARGS__ }

static WS_FIELD_DESCRIPTION f_number = { .mapping = WS_ATTRIBUTE_FIELD_MAPPING, .localName = &str_number, .ns = &no_ns,
                                         .type = WS_INT32_TYPE, .offset = offsetof( struct item, number ) };
ELEMENT( f_sku, str_sku, struct item, sku, WS_STRING_TYPE );
ELEMENT( f_product, str_product, struct item, product_name, WS_STRING_TYPE );
ELEMENT( f_quantity, str_quantity, struct item, quantity, WS_INT32_TYPE );
ELEMENT( f_price, str_price, struct item, unit_price, WS_DECIMAL_TYPE );
ELEMENT( f_ship, str_ship, struct item, ship_date, WS_DATETIME_TYPE );
ELEMENT( f_comment, str_comment, struct item, comment, WS_STRING_TYPE, .options = WS_FIELD_OPTIONAL );
static WS_FIELD_DESCRIPTION *item_fields[] = { &f_number, &f_sku, &f_product, &f_quantity, &f_price, &f_ship, &f_comment };
static WS_STRUCT_DESCRIPTION item_desc = { .size = sizeof(struct item), .alignment = 8, .fields = item_fields,
                                           .fieldCount = ARRAY_SIZE( item_fields ) };

ELEMENT( f_customer, str_customer, struct order, customer, WS_STRING_TYPE );
ELEMENT( f_street, str_street, struct order, street, WS_STRING_TYPE );
ELEMENT( f_city, str_city, struct order, city, WS_STRING_TYPE );
ELEMENT( f_date, str_date, struct order, order_date, WS_DATETIME_TYPE );
ELEMENT( f_total, str_total, struct order, total, WS_DECIMAL_TYPE );
static WS_FIELD_DESCRIPTION f_items =
{
    .mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING, .type = WS_STRUCT_TYPE, .typeDescription = &item_desc,
    .offset = offsetof( struct order, items ), .countOffset = offsetof( struct order, item_count ),
    .itemLocalName = &str_item, .itemNs = &ns
};
static WS_FIELD_DESCRIPTION *order_fields[] = { &f_customer, &f_street, &f_city, &f_date, &f_total, &f_items };
static WS_STRUCT_DESCRIPTION order_desc = { .size = sizeof(struct order), .alignment = 8, .fields = order_fields,
                                            .fieldCount = ARRAY_SIZE( order_fields ) };
static WS_ELEMENT_DESCRIPTION order_element = { &str_order, &ns, WS_STRUCT_TYPE, &order_desc };

static const WS_XML_READER_TEXT_ENCODING read_text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
static const WS_XML_READER_BINARY_ENCODING read_binary = { .encoding = { WS_XML_READER_ENCODING_TYPE_BINARY } };
static const WS_XML_WRITER_TEXT_ENCODING write_text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
static const WS_XML_WRITER_BINARY_ENCODING write_binary = { .encoding = { WS_XML_WRITER_ENCODING_TYPE_BINARY } };

static char *make_document( void )
{
    char *doc = malloc( ITEMS * 512 + 1024 ), *p = doc;
    int i;

    p += sprintf( p, "<o:Order xmlns:o=\"http://example.com/orders\"><o:customer>Example Trading Company</o:customer>"
                  "<o:street>742 Evergreen Terrace</o:street><o:city>Springfield</o:city>"
                  "<o:orderDate>2009-03-14T08:00:00Z</o:orderDate><o:total>123456.75</o:total>" );
    for (i = 0; i < ITEMS; i++)
    {
        p += sprintf( p, "<o:item number=\"%d\"><o:sku>PN-%05d-XL</o:sku><o:productName>Pencil of kind %d &amp; eraser"
                      "</o:productName><o:quantity>%d</o:quantity><o:unitPrice>%d.%02d</o:unitPrice>"
                      "<o:shipDate>2009-04-%02dT%02d:30:00Z</o:shipDate>", i + 1, i * 37, i, i % 50 + 1, i % 90, i % 100,
                      i % 30 + 1, i % 24 );
        if (i % 4 == 0) p += sprintf( p, "<o:comment>Please deliver between nine and five, ring twice.</o:comment>" );
        p += sprintf( p, "</o:item>" );
    }
    sprintf( p, "</o:Order>" );
    return doc;
}

static double now( void )
{
    struct timespec ts;
    clock_gettime( CLOCK_MONOTONIC, &ts );
    return ts.tv_sec + ts.tv_nsec * 1e-9;
}

static void die( const char *what, HRESULT hr )
{
    printf( "%s failed: 0x%08x\n", what, (unsigned int)hr );
    exit( 2 );
}

struct side
{
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_HEAP       *heap;
};

static struct order *read_order( struct side *s, const WS_XML_READER_ENCODING *encoding, const void *doc, ULONG len )
{
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, (void *)doc, len };
    struct order *order;
    HRESULT hr;

    if ((hr = reader_set_input( s->reader, encoding, &input.input, NULL, 0, NULL ))) die( "set_input", hr );
    if ((hr = serial_read_element( s->reader, &order_element, WS_READ_REQUIRED_POINTER, s->heap, &order, sizeof(order),
                                   NULL ))) die( "read", hr );
    if (order->item_count != ITEMS) die( "count", E_FAIL );
    return order;
}

static WS_BYTES write_order( struct side *s, const WS_XML_WRITER_ENCODING *encoding, const struct order *order )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_BYTES bytes;
    HRESULT hr;

    if ((hr = writer_set_output( s->writer, encoding, &output.output, NULL, 0, NULL ))) die( "set_output", hr );
    if ((hr = serial_write_element( s->writer, &order_element, WS_WRITE_REQUIRED_POINTER, &order, sizeof(order), NULL )))
        die( "write", hr );
    if ((hr = writer_get_property( s->writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL )))
        die( "bytes", hr );
    return bytes;
}

static double time_read( struct side *s, const WS_XML_READER_ENCODING *encoding, const void *doc, ULONG len )
{
    double start = now();
    int i;

    for (i = 0; i < ORDERS; i++)
    {
        heap_reset( s->heap );
        read_order( s, encoding, doc, len );
    }
    return (now() - start) / ORDERS * 1e6;
}

static double time_write( struct side *s, const WS_XML_WRITER_ENCODING *encoding, const struct order *order )
{
    double start = now();
    int i;

    for (i = 0; i < ORDERS; i++) write_order( s, encoding, order );
    return (now() - start) / ORDERS * 1e6;
}

static int (*gsoap_read)( const char *doc, int rounds );
static long (*gsoap_write)( const char *doc, int rounds );

static void load_gsoap( void )
{
    const char *src = getenv( "WS_SRC" ), *out = getenv( "WS_OUT" ), *cc = getenv( "WS_CC" );
    char command[4096], path[1024];
    void *module;

    if (!out) out = "out";
    snprintf( path, sizeof(path), "%s/bench-run/gsoap-order", out );
    snprintf( command, sizeof(command), "src=$(cd '%s' && pwd) && mkdir -p '%s' && cd '%s' && soapcpp2 -c -C -L -x "
              "\"$src/tests/bench/gsoap_order.h\" > log 2>&1 && %s -O2 -w -shared -fPIC -I. -o order.so "
              "\"$src/tests/bench/gsoap_order.c\" soapC.c -lgsoap >> log 2>&1", src ? src : ".", path, path, cc ? cc : "cc" );
    if (system( command )) return;
    snprintf( command, sizeof(command), "%s%s/order.so", *path == '/' ? "" : "./", path );
    if (!(module = dlopen( command, RTLD_NOW ))) return;
    gsoap_read = dlsym( module, "gsoap_order_read" );
    gsoap_write = dlsym( module, "gsoap_order_write" );
}

static void best( double *value, double sample )
{
    if (!*value || sample < *value) *value = sample;
}

int main( int argc, char **argv )
{
    int rounds = argc > 1 ? atoi( argv[1] ) : 3, i;
    double ours_read = 0, ours_write = 0, theirs_read = 0, theirs_write = 0, binary_read = 0, binary_write = 0, start;
    struct side s;
    struct order *order;
    WS_HEAP *heap;
    WS_BYTES text, binary = { 0 };
    char *doc = make_document();
    void *copy = NULL;
    HRESULT hr;

    if ((hr = heap_create( 1 << 24, 1 << 24, NULL, 0, &s.heap, NULL )) ||
        (hr = heap_create( 1 << 24, 1 << 24, NULL, 0, &heap, NULL )) ||
        (hr = reader_create( NULL, 0, &s.reader, NULL )) || (hr = writer_create( NULL, 0, &s.writer, NULL )))
        die( "create", hr );
    load_gsoap();

    {
        WS_HEAP *keep = s.heap;
        s.heap = heap;
        order = read_order( &s, &read_text.encoding, doc, strlen( doc ) );
        s.heap = keep;
    }
    text = write_order( &s, &write_text.encoding, order );
    if (text.length != strlen( doc ) && getenv( "BENCH_VERBOSE" ))
        printf( "%.*s\n", (int)text.length, (char *)text.bytes );
    printf( "purchase order of %d items, %u bytes\n", ITEMS, (unsigned int)strlen( doc ) );

    if (!writer_set_output( s.writer, &write_binary.encoding, &(WS_XML_WRITER_BUFFER_OUTPUT){ .output = {
                            WS_XML_WRITER_OUTPUT_TYPE_BUFFER } }.output, NULL, 0, NULL ))
    {
        binary = write_order( &s, &write_binary.encoding, order );
        copy = malloc( binary.length );
        memcpy( copy, binary.bytes, binary.length );
    }
    for (i = 0; i < rounds; i++)
    {
        best( &ours_read, time_read( &s, &read_text.encoding, doc, strlen( doc ) ) );
        best( &ours_write, time_write( &s, &write_text.encoding, order ) );
        if (copy)
        {
            best( &binary_read, time_read( &s, &read_binary.encoding, copy, binary.length ) );
            best( &binary_write, time_write( &s, &write_binary.encoding, order ) );
        }
        if (!gsoap_read) continue;
        start = now();
        if (gsoap_read( doc, ORDERS ) != ITEMS) die( "gSOAP read", E_FAIL );
        best( &theirs_read, (now() - start) / ORDERS * 1e6 );
        start = now();
        if (gsoap_write( doc, ORDERS ) < 0) die( "gSOAP write", E_FAIL );
        best( &theirs_write, (now() - start) / ORDERS * 1e6 );
    }
    printf( "  %-24s %8s %8s\n", "us per order", "read", "write" );
    printf( "  %-24s %8.1f %8.1f\n", "text", ours_read, ours_write );
    if (copy) printf( "  %-24s %8.1f %8.1f   (%u bytes)\n", "binary", binary_read, binary_write, (unsigned int)binary.length );
    if (gsoap_read)
    {
        printf( "  %-24s %8.1f %8.1f\n", "gSOAP", theirs_read, theirs_write );
        printf( "  %-24s %8.2f %8.2f\n", "times as fast as gSOAP", theirs_read / ours_read, theirs_write / ours_write );
    }
    else printf( "  gSOAP is not installed or could not be built\n" );
    free( copy );
    free( doc );
    writer_free( s.writer );
    reader_free( s.reader );
    heap_free( s.heap );
    heap_free( heap );
    return 0;
}
