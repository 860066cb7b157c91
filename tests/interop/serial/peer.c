/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Our end of serial.sh: random values of the elements that data.xsd and item.xsd describe.
 *
 *     peer.exe write             writes them to data-N.xml, data-N.bin, item-N.xml, item-N.bin in the current directory
 *     peer.exe check EXTENSION   reads data-N.EXTENSION and item-N.EXTENSION where they are, and compares with the same values;
 *                                an extension with ".bin" means binary, with ".mtom" a MIME package
 *
 * The values of a run are always the same. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <WebServices.h>
#include "guid.xsd.h"
#include "arrays.xsd.h"
#include "data.xsd.h"
#include "item.xsd.h"
#include "random.h"

#define ROUNDS 40

static unsigned int compared;
static WS_XML_READER *reader;
static WS_XML_WRITER *writer;

static const WS_STRING boundary = WS_STRING_VALUE( L"a_boundary_for_the_tests" );
static const WS_STRING start_uri = WS_STRING_VALUE( L"the-root" );
static const WS_STRING mtom_type = WS_STRING_VALUE( L"text/xml" );

static BOOL is_kind( const char *extension, const char *kind ) { return strstr( extension, kind ) != NULL; }

static HRESULT set_input( const char *extension, void *data, ULONG size )
{
    WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BINARY_ENCODING binary = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    WS_XML_READER_MTOM_ENCODING mtom = { { WS_XML_READER_ENCODING_TYPE_MTOM }, &text.encoding, FALSE, mtom_type, boundary,
                                         start_uri };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, data, size };
    const WS_XML_READER_ENCODING *encoding = &text.encoding;

    if (is_kind( extension, ".bin" )) encoding = &binary.encoding;
    if (is_kind( extension, ".mtom" )) encoding = &mtom.encoding;
    return WsSetInput( reader, encoding, &input.input, NULL, 0, error );
}

static HRESULT set_output( const char *extension )
{
    WS_XML_WRITER_TEXT_ENCODING text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_WRITER_BINARY_ENCODING binary = { { WS_XML_WRITER_ENCODING_TYPE_BINARY }, NULL, NULL, NULL };
    WS_XML_WRITER_MTOM_ENCODING mtom = { { WS_XML_WRITER_ENCODING_TYPE_MTOM }, &text.encoding, FALSE, boundary, mtom_type,
                                         start_uri, 64 };
    WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    const WS_XML_WRITER_ENCODING *encoding = &text.encoding;

    if (is_kind( extension, ".bin" )) encoding = &binary.encoding;
    if (is_kind( extension, ".mtom" )) encoding = &mtom.encoding;
    return WsSetOutput( writer, encoding, &output.output, NULL, 0, error );
}

static void write_file( const char *path, const char *extension, const WS_ELEMENT_DESCRIPTION *element, void *value )
{
    WS_BYTES bytes = { 0, NULL };
    HRESULT hr;
    FILE *file;

    where = path;
    if ((hr = set_output( extension )) != S_OK ||
        (hr = WsWriteElement( writer, element, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value), error )) != S_OK ||
        (hr = WsFlushWriter( writer, 0, NULL, error )) != S_OK ||
        (hr = WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error )) != S_OK)
    {
        complain( "cannot write", hr );
        return;
    }
    if (!(file = fopen( path, "wb" )) || fwrite( bytes.bytes, bytes.length, 1, file ) != 1) complain( "cannot write the file", S_OK );
    if (file) fclose( file );
}

static void check_file( const char *path, const char *extension, const WS_ELEMENT_DESCRIPTION *element, void *value )
{
    static char data[1 << 20];
    FILE *file = fopen( path, "rb" );
    unsigned int before = failures;
    void *read = NULL;
    size_t size;
    HRESULT hr;

    if (!file) return;
    size = fread( data, 1, sizeof(data), file );
    fclose( file );
    where = path;
    compared++;
    if ((hr = set_input( extension, data, (ULONG)size )) != S_OK ||
        (hr = WsReadElement( reader, element, WS_READ_REQUIRED_POINTER, heap, &read, sizeof(read), error )) != S_OK)
        complain( "cannot read", hr );
    else if (!same_pointer( element->type, element->typeDescription, value, read )) complain( "has changed", S_OK );
    if (failures != before && !is_kind( extension, ".bin" )) printf( "    %.*s\n", (int)(size > 3000 ? 3000 : size), data );
}

/* What the peers cannot carry exactly: more than microseconds (Python). Bytes long enough to be a part of a package. */
static void prepare_data( Data *data )
{
    data->When.ticks -= data->When.ticks % 10;
    if (data->MaybeWhen) data->MaybeWhen->ticks -= data->MaybeWhen->ticks % 10;
    if (!data->Bytes.length) return;
    data->Bytes.length = 200 + data->Bytes.length;
    data->Bytes.bytes = memset( alloc( data->Bytes.length ), data->Bytes.length, data->Bytes.length );
}

static void prepare_item( Item *item )
{
    item->when.ticks -= item->when.ticks % 10;
    /* in binary such a double is a float, and the XmlSerializer takes the text of that */
    if ((double)(float)item->Double == item->Double) item->Double = (double)(__int64)item->Double;
    if (!item->data.length) return;
    item->data.length = 200 + item->data.length;
    item->data.bytes = memset( alloc( item->data.length ), item->data.length, item->data.length );
}

int main( int argc, char **argv )
{
    static const char *const formats[] = { "xml", "bin", "mtom" };
    BOOL check = argc == 3 && !strcmp( argv[1], "check" );
    unsigned int i, j, kind;
    char path[64];
    void *value;

    if (!check && (argc != 2 || strcmp( argv[1], "write" ))) return 2;
    if (WsCreateError( NULL, 0, &error ) || WsCreateHeap( 1 << 24, 0, NULL, 0, &heap, error ) ||
        WsCreateReader( NULL, 0, &reader, error ) || WsCreateWriter( NULL, 0, &writer, error )) return 2;
    for (i = 0; i < ROUNDS; i++)
        for (kind = 0; kind < 2; kind++)
        {
            const WS_ELEMENT_DESCRIPTION *element = kind ? &item_xsd.globalElements.Item : &data_xsd.globalElements.Data;
            const char *name = kind ? "item" : "data";

            value = make_pointer( element->type, element->typeDescription, 0 );
            if (kind) prepare_item( value );
            else prepare_data( value );
            for (j = 0; j < ARRAYSIZE( formats ) && !check; j++)
            {
                char extension[8];
                sprintf( extension, ".%s", formats[j] );
                sprintf( path, "%s-%u%s", name, i, extension );
                write_file( path, extension, element, value );
            }
            if (check)
            {
                sprintf( path, "%s-%u.%s", name, i, argv[2] );
                check_file( path, path, element, value );
            }
            WsResetHeap( heap, NULL );
        }
    if (check)
    {
        if (!compared) complain( "there are no files to compare", S_OK );
        printf( "%s: %u files of the peer, %u failures\n", argv[2], compared, failures );
    }
    return failures != 0;
}
