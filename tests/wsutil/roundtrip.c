/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Writes random values of every element that the corpus describes, reads them back and compares, so that a wrong
 * offset, size, option or type reference in the descriptions shows as well as a mistake of the serializer.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <WebServices.h>
#include "types.xsd.h"
#include "content.xsd.h"
#include "derived.xsd.h"
#include "fallback.xsd.h"
#include "language.xsd.h"
#include "names.xsd.h"
#include "random.h"

#define ROUNDS 40

static unsigned int values;

/* One element. */

/* Types whose value is a pointer, which is passed in place of a pointer to the value. */
static BOOL is_pointer_type( WS_TYPE type )
{
    return type == WS_WSZ_TYPE || type == WS_XML_BUFFER_TYPE;
}

static HRESULT write_element( WS_XML_WRITER *writer, const WS_ELEMENT_DESCRIPTION *element, void *value, WS_BYTES *bytes )
{
    WS_XML_WRITER_TEXT_ENCODING text = { { WS_XML_WRITER_ENCODING_TYPE_TEXT }, WS_CHARSET_UTF8 };
    WS_XML_WRITER_BUFFER_OUTPUT output = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    HRESULT hr;

    if ((hr = WsSetOutput( writer, &text.encoding, &output.output, NULL, 0, error )) != S_OK) return hr;
    hr = WsWriteElement( writer, element, WS_WRITE_REQUIRED_POINTER, is_pointer_type( element->type ) ? value : &value,
                         sizeof(value), error );
    if (hr != S_OK) return hr;
    return WsGetWriterProperty( writer, WS_XML_WRITER_PROPERTY_BYTES, bytes, sizeof(*bytes), error );
}

static HRESULT read_element( WS_XML_READER *reader, const WS_ELEMENT_DESCRIPTION *element, const WS_BYTES *bytes,
                             void **value )
{
    WS_XML_READER_TEXT_ENCODING text = { { WS_XML_READER_ENCODING_TYPE_TEXT }, WS_CHARSET_AUTO };
    WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, NULL, 0 };
    HRESULT hr;

    input.encodedData = bytes->bytes;
    input.encodedDataSize = bytes->length;
    if ((hr = WsSetInput( reader, &text.encoding, &input.input, NULL, 0, error )) != S_OK) return hr;
    if (is_pointer_type( element->type ))
    {
        *value = alloc( sizeof(void *) );
        return WsReadElement( reader, element, WS_READ_REQUIRED_POINTER, heap, *value, sizeof(void *), error );
    }
    return WsReadElement( reader, element, WS_READ_REQUIRED_POINTER, heap, value, sizeof(*value), error );
}

static void round_trip( WS_XML_WRITER *writer, WS_XML_READER *reader, const WS_ELEMENT_DESCRIPTION *element )
{
    void *value = make_pointer( element->type, element->typeDescription, 0 ), *read = NULL;
    WS_BYTES bytes = { 0, NULL };
    unsigned int before = failures;
    HRESULT hr;

    values++;
    if ((hr = write_element( writer, element, value, &bytes )) != S_OK) complain( "cannot write", hr );
    else if ((hr = read_element( reader, element, &bytes, &read )) != S_OK) complain( "cannot read", hr );
    else if (!same_pointer( element->type, element->typeDescription, value, read )) complain( "has changed", S_OK );
    if (failures != before && bytes.length) printf( "    %.*s\n", bytes.length > 2000 ? 2000 : (int)bytes.length, bytes.bytes );
}

static void test_elements( const char *name, const void *elements, size_t size )
{
    const WS_ELEMENT_DESCRIPTION *element = (const WS_ELEMENT_DESCRIPTION *)elements;
    size_t count = size / sizeof(*element), i;
    unsigned int round, before;
    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    static char title[256];

    for (i = 0; i < count; i++, element++)
    {
        if (WsCreateWriter( NULL, 0, &writer, error ) != S_OK || WsCreateReader( NULL, 0, &reader, error ) != S_OK) exit( 2 );
        snprintf( title, sizeof(title), "%s %.*s", name, (int)element->elementLocalName->length,
                  (char *)element->elementLocalName->bytes );
        where = title;
        before = failures;
        for (round = 0; round < ROUNDS && failures == before; round++)
        {
            round_trip( writer, reader, element );
            WsResetHeap( heap, NULL );
        }
        WsFreeWriter( writer );
        WsFreeReader( reader );
    }
}

/* A value knows what it is, and so do the functions and methods that are made for hierarchies. */
static void test_downcasts( void )
{
    Far distant;
    Middle middle;
    Base *value = (Base *)&middle;
    unsigned int before = failures;

    where = "downcasts";
    memset( (void *)&distant, 0xcc, sizeof(distant) );
    memset( (void *)&middle, 0xcc, sizeof(middle) );
    Far_Init( &distant );
    Middle_Init( &middle );
    if (Base_AsMiddle( value ) != &middle || Base_AsLeaf( value ) || Base_AsFar( value )) complain( "a Middle", S_OK );
    value = (Base *)&distant;
    if (Base_AsFar( value ) != &distant || Base_AsLeaf( value )) complain( "a Far", S_OK );
    if (Base_As_Middle( value ) != (Middle *)&distant) complain( "a Far is a Middle", S_OK );
    if (distant.distance) complain( "not cleared", S_OK );
#ifdef __cplusplus
    Far other;
    Base *base = &other;
    if (base->AsFar() != &other || base->AsMiddle() != &other || base->AsLeaf()) complain( "an object", S_OK );
    if (other.id || other.flag || other.distance) complain( "an object is not cleared", S_OK );
#endif
    if (failures == before) values++;
}

#define TEST( object ) test_elements( #object, &object.globalElements, sizeof(object.globalElements) )

int main( void )
{
    if (WsCreateError( NULL, 0, &error ) != S_OK) return 2;
    if (WsCreateHeap( 1 << 24, 0, NULL, 0, &heap, error ) != S_OK) return 2;
    test_downcasts();
    TEST( types_xsd );
    TEST( content_xsd );
    TEST( derived_xsd );
    TEST( fallback_xsd );
    TEST( language_xsd );
    TEST( names_xsd );
    WsFreeHeap( heap );
    WsFreeError( error );
    printf( "%u values, %u failures\n", values, failures );
    return failures != 0;
}
