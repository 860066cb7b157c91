/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A long stream in constant memory: the size of the process before and after is printed and has to be about the same.
 *
 *     bench_reader_stream [MB, default 1000] */

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include "xml/reader.h"

static const char head[] = "<?xml version=\"1.0\"?><Orders xmlns=\"http://example.com/orders\">";
static const char order[] = "<Order id=\"12345\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><Customer><Name>Company &amp; Sons</Name>"
    "<City>Springfield</City></Customer><Item i:type=\"pencil\"><Quantity>12</Quantity><UnitPrice>1.25</UnitPrice></Item></Order>\n";
static const char tail[] = "</Orders>";

struct source
{
    unsigned long long left;        /* orders to come */
    const char *text;
    size_t pos, len;
    int ended;
};

static HRESULT CALLBACK read_source( void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                     WS_ERROR *error )
{
    struct source *src = state;
    ULONG done = 0, len;

    (void)context;
    (void)error;
    while (done < max)
    {
        if (src->pos == src->len)
        {
            if (src->ended) break;
            src->pos = 0;
            src->text = src->left ? order : tail;
            src->len = src->left ? sizeof(order) - 1 : sizeof(tail) - 1;
            if (src->left) src->left--;
            else src->ended = 1;
        }
        len = src->len - src->pos < max - done ? src->len - src->pos : max - done;
        memcpy( (char *)bytes + done, src->text + src->pos, len );
        src->pos += len;
        done += len;
    }
    *actual = done;
    return S_OK;
}

static long peak_kb( void )
{
    struct rusage usage;
    getrusage( RUSAGE_SELF, &usage );
    return usage.ru_maxrss;
}

int main( int argc, char **argv )
{
    static const WS_XML_READER_TEXT_ENCODING encoding = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    unsigned long long mb = argc > 1 ? atoi( argv[1] ) : 1000, nodes = 0, total;
    struct source src = { mb * 1000000 / (sizeof(order) - 1), head, 0, sizeof(head) - 1, 0 };
    WS_XML_READER_STREAM_INPUT input = { { WS_XML_READER_INPUT_TYPE_STREAM }, read_source, &src };
    struct timespec begin, end;
    WS_XML_READER *reader;
    long before;
    double seconds;
    HRESULT hr;

    total = src.left * (sizeof(order) - 1);
    if (reader_create( NULL, 0, &reader, NULL ) || reader_set_input( reader, &encoding.encoding, &input.input, NULL, 0, NULL ))
        return 2;
    before = peak_kb();
    clock_gettime( CLOCK_MONOTONIC, &begin );
    do
    {
        while ((hr = reader_read_node( reader, NULL )) == WS_E_QUOTA_EXCEEDED)
            if (reader_fill( reader, reader_buffered( reader ) + 1, NULL, NULL )) return 2;
        if (hr)
        {
            printf( "failed with %08x after %llu nodes\n", (unsigned int)hr, nodes );
            return 1;
        }
        nodes++;
    } while (reader_node( reader )->nodeType != WS_XML_NODE_TYPE_EOF);
    clock_gettime( CLOCK_MONOTONIC, &end );
    seconds = end.tv_sec - begin.tv_sec + (end.tv_nsec - begin.tv_nsec) * 1e-9;
    printf( "%llu MB, %llu nodes: %.0f MB/s, memory %ld KB at the beginning, %ld KB at the end\n", total / 1000000, nodes,
            total / seconds / 1e6, before, peak_kb() );
    reader_free( reader );
    return peak_kb() - before > 1024;
}
