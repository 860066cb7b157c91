/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Canonical XML against libxml2 over generated documents: both algorithms, with and without comments, with inclusive prefixes;
 * from the reader (memory, a stream, an XML buffer) and from the writer.
 *
 * libxml2 refuses to canonicalize documents with relative namespace URIs, as the recommendation has it; namespaces are only
 * strings here. Such documents are compared between reader and writer only. */

#include <dlfcn.h>
#include "unit.h"
#include "reader_events.h"
#include "xml_documents.h"
#include "xml/writer.h"

static struct
{
    void *(*read_memory)( const char *, int, const char *, const char *, int );
    void  (*free_doc)( void * );
    int   (*dump)( void *, void *, int, const char **, int, char ** );
    void  (**free)( void * );
    void  (*set_error_func)( void *, void (*)( void *, void * ) );
} xml2;

static void quiet( void *state, void *error )
{
    (void)state;
    (void)error;
}

static BOOL load_libxml2( void )
{
    void *lib = dlopen( "libxml2.so.2", RTLD_NOW );

    if (!lib) return FALSE;
    *(void **)&xml2.read_memory = dlsym( lib, "xmlReadMemory" );
    *(void **)&xml2.free_doc = dlsym( lib, "xmlFreeDoc" );
    *(void **)&xml2.dump = dlsym( lib, "xmlC14NDocDumpMemory" );
    *(void **)&xml2.free = dlsym( lib, "xmlFree" );
    *(void **)&xml2.set_error_func = dlsym( lib, "xmlSetStructuredErrorFunc" );
    if (xml2.set_error_func) xml2.set_error_func( NULL, quiet );
    return xml2.read_memory && xml2.free_doc && xml2.dump && xml2.free;
}

static HRESULT CALLBACK collect( void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    ULONG i;

    (void)context;
    (void)error;
    for (i = 0; i < count; i++) events_put( state, buffers[i].bytes, buffers[i].length );
    return S_OK;
}

static const char *prefix_lists[][3] = { { NULL }, { "p", NULL }, { "q", "#default", NULL } };

struct variant
{
    WS_XML_CANONICALIZATION_PROPERTY props[3];
    ULONG count;
    WS_XML_CANONICALIZATION_ALGORITHM algorithm;
    WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES list;
    WS_XML_STRING prefixes[2];
    ULONG buffer_size;
};

static void make_variant( struct variant *v, ULONG algorithm, ULONG list, ULONG buffer_size )
{
    memset( v, 0, sizeof(*v) );
    v->algorithm = algorithm;
    v->buffer_size = buffer_size;
    v->props[0] = (WS_XML_CANONICALIZATION_PROPERTY){ WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, &v->algorithm, sizeof(v->algorithm) };
    v->props[1] = (WS_XML_CANONICALIZATION_PROPERTY){ WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE, &v->buffer_size, sizeof(ULONG) };
    v->count = 2;
    for (; prefix_lists[list][v->list.prefixCount]; v->list.prefixCount++)
    {
        v->prefixes[v->list.prefixCount].bytes = (BYTE *)prefix_lists[list][v->list.prefixCount];
        v->prefixes[v->list.prefixCount].length = strlen( prefix_lists[list][v->list.prefixCount] );
    }
    if (!v->list.prefixCount) return;
    v->list.prefixes = v->prefixes;
    v->props[v->count++] =
        (WS_XML_CANONICALIZATION_PROPERTY){ WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES, &v->list, sizeof(v->list) };
}

/* --- the four ways here -------------------------------------------------------------------------------------------- */

static ULONG limit = 1000;
static WS_XML_READER_PROPERTY limits[] = { { WS_XML_READER_PROPERTY_MAX_NAMESPACES, &limit, sizeof(limit) } };

static HRESULT read_all( WS_XML_READER *reader, const struct variant *v, struct events *out, ULONG step )
{
    struct events ignored = { 0 };
    HRESULT hr;

    out->len = 0;
    events_str( out, "" );
    if ((hr = reader_start_canonicalization( reader, collect, out, v->props, v->count, NULL ))) return hr;
    events_read( &ignored, reader, step );
    hr = ignored.hr;
    CHECK( !hr, "%s", ignored.text );
    free( ignored.text );
    return reader_end_canonicalization( reader, NULL ) | hr;
}

static HRESULT from_writer( WS_XML_WRITER *w, WS_XML_READER *reader, const struct variant *v, struct events *out )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_WRITER_PROPERTY props[] = { { WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &limit, sizeof(limit) } };
    HRESULT hr;

    out->len = 0;
    events_str( out, "" );
    if ((hr = writer_set_output( w, &utf8.encoding, &memory.output, props, 1, NULL ))) return hr;
    if ((hr = writer_start_canonicalization( w, collect, out, v->props, v->count, NULL ))) return hr;
    if ((hr = writer_copy_node( w, reader, NULL ))) return hr;
    return writer_end_canonicalization( w, NULL );
}

struct run
{
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_HEAP *heap;
    struct events want, got;
    unsigned int compared, refused;
};

/* Text that libxml2 canonicalizes is what the memory reader gives, and all other ways the same. */
static void compare( struct run *run, const struct events *doc, void *tree, const struct variant *v )
{
    struct chunk_stream stream = { (const BYTE *)doc->text, doc->len, 0, 7 };
    WS_XML_BUFFER *buffer;
    char *text = NULL;
    int len;

    CHECK_EQ( set_bytes( run->reader, doc->text, doc->len, &text_utf8.encoding, limits, 1 ), S_OK );
    if (!CHECK( !read_all( run->reader, v, &run->want, 0 ) )) return;
    len = xml2.dump( tree, NULL, v->algorithm < WS_INCLUSIVE_XML_CANONICALIZATION_ALGORITHM, prefix_lists[v->list.prefixCount],
                     v->algorithm % 2, &text );
    if (len < 0) run->refused++;
    else
    {
        run->compared++;
        CHECK_MEM( run->want.text, run->want.len, text, (size_t)len );
    }
    (*xml2.free)( text );

    CHECK_EQ( set_stream( run->reader, &stream, &text_utf8.encoding, limits, 1 ), S_OK );
    CHECK_EQ( read_all( run->reader, v, &run->got, 7 ), S_OK );
    CHECK_MEM( run->got.text, run->got.len, run->want.text, run->want.len );

    CHECK_EQ( reader_read_bytes_to_buffer( run->reader, &text_utf8.encoding, limits, 1, doc->text, doc->len, run->heap, &buffer, NULL ),
              S_OK );
    CHECK_EQ( reader_set_input_to_buffer( run->reader, buffer, NULL, 0, NULL ), S_OK );
    CHECK_EQ( read_all( run->reader, v, &run->got, 0 ), S_OK );
    CHECK_MEM( run->got.text, run->got.len, run->want.text, run->want.len );
    heap_reset( run->heap );

    CHECK_EQ( set_bytes( run->reader, doc->text, doc->len, &text_utf8.encoding, limits, 1 ), S_OK );
    CHECK_EQ( from_writer( run->writer, run->reader, v, &run->got ), S_OK );
    CHECK_MEM( run->got.text, run->got.len, run->want.text, run->want.len );
}

static void test_documents( void )
{
    unsigned int rounds = getenv( "ORACLE_ROUNDS" ) ? atoi( getenv( "ORACLE_ROUNDS" ) ) : 1500, i, malformed = 0;
    struct events doc = { 0 }, ignored = { 0 };
    struct run run = { 0 };

    if (!load_libxml2())
    {
        printf( "libxml2 is not there to compare with\n" );
        return;
    }
    if (!CHECK( !reader_create( NULL, 0, &run.reader, NULL ) ) || !CHECK( !writer_create( NULL, 0, &run.writer, NULL ) ) ||
        !CHECK( !heap_create( 1 << 22, 1 << 16, NULL, 0, &run.heap, NULL ) )) return;
    for (i = 0; i < rounds && unit_failed < 20; i++)
    {
        enum { XML_NOENT = 2, XML_NOERROR = 32, XML_NOWARNING = 64, XML_NONET = 2048 };
        struct variant v;
        ULONG algorithm;
        void *tree;

        make_document( &doc );
        set_bytes( run.reader, doc.text, doc.len, &text_utf8.encoding, limits, 1 );
        events_read( &ignored, run.reader, 0 );
        tree = xml2.read_memory( doc.text, doc.len, NULL, NULL, XML_NOENT | XML_NOERROR | XML_NOWARNING | XML_NONET );
        if (ignored.hr || !tree) malformed++;
        else
        {
            unit_context = doc.text;
            for (algorithm = 0; algorithm <= WS_INCLUSIVE_WITH_COMMENTS_XML_CANONICALIZATION_ALGORITHM; algorithm++)
            {
                make_variant( &v, algorithm, algorithm < WS_INCLUSIVE_XML_CANONICALIZATION_ALGORITHM ? i % 3 : 0, 1 + i % 200 );
                compare( &run, &doc, tree, &v );
            }
            unit_context = "";
        }
        if (tree) xml2.free_doc( tree );
    }
    CHECK( run.compared > rounds, "%u compared, %u refused by libxml2, %u malformed", run.compared, run.refused, malformed );
    reader_free( run.reader );
    writer_free( run.writer );
    heap_free( run.heap );
    free( run.want.text );
    free( run.got.text );
    free( doc.text );
    free( ignored.text );
}

UNIT_TESTS( { "documents", test_documents } )
