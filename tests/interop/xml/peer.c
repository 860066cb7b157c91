/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Our side of mono_xml.sh:
 *
 *     peer write        writes document N as N.txt, N.bin, N.ses (binary with a session dictionary, its strings in N.dic) and N.mtom
 *     peer read KIND    prints what is read of each N.KIND there is, a line for each
 *     peer dictionary   prints the static dictionary
 *
 * Documents are those of the writer's conformance test that are complete, and one with typed values and arrays. */
#include "xml.h"
#include "xml_script.h"

static struct
{
    WS_XML_STRING strings[64];
    ULONG count;
    char  memory[4096];
    ULONG used;
} session;

static HRESULT CALLBACK find_string( void *state, const WS_XML_STRING *str, BOOL *found, ULONG *id, WS_ERROR *error )
{
    ULONG i;

    (void)state;
    (void)error;
    for (i = 0; i < session.count; i++) if (WsXmlStringEquals( str, &session.strings[i], NULL ) == S_OK) break;
    *found = i < ARRAYSIZE( session.strings ) && session.used + str->length <= sizeof(session.memory) && str->length;
    if (!*found) return S_OK;
    *id = i;
    if (i < session.count) return S_OK;
    session.strings[i].bytes = (BYTE *)memcpy( session.memory + session.used, str->bytes, str->length );
    session.strings[i].length = str->length;
    session.used += str->length;
    session.count++;
    return S_OK;
}

static void save( ULONG index, const char *kind, const void *bytes, ULONG len )
{
    char name[64];
    FILE *file;

    snprintf( name, sizeof(name), "%lu.%s", index, kind );
    if (!(file = fopen( name, "wb" )) || fwrite( bytes, 1, len, file ) != len || fclose( file )) ok( 0, "can't write %s\n", name );
}

static ULONG load( ULONG index, const char *kind, BYTE *buf, ULONG size )
{
    char name[64];
    FILE *file;
    ULONG len;

    snprintf( name, sizeof(name), "%lu.%s", index, kind );
    if (!(file = fopen( name, "rb" ))) return 0;
    len = (ULONG)fread( buf, 1, size, file );
    fclose( file );
    return len;
}

static HRESULT write_values( WS_XML_WRITER *w )
{
    static const WS_XML_STRING root = WS_XML_STRING_VALUE( "root" ), item = WS_XML_STRING_VALUE( "i" ), none = WS_XML_STRING_VALUE( "" );
    INT16 shorts[] = { 0, 1, -32768, 300 };
    INT32 ints[] = { 0, 1, -1, 127, 128, 70000, -2147483647 - 1 };
    INT64 longs[] = { 5, -9223372036854775807ll - 1 };
    UINT64 big = ~0ull;
    BOOL bools[] = { TRUE, FALSE, TRUE };
    float floats[] = { 0.5f, 3, -0.25f };
    double doubles[] = { 0.125, 1e20 };
    DECIMAL decimals[2] = { { .scale = 2, .Lo64 = 12345 }, { .sign = 0x80, .Lo64 = 7 } };
    GUID guid = { 0x01020304, 0x0506, 0x0708, { 9, 10, 11, 12, 13, 14, 15, 16 } };
    WS_DATETIME date = { 0x8cd000000000000ull, WS_DATETIME_FORMAT_UTC };
    WS_TIMESPAN span = { 36000000000ll };
    static BYTE bytes[300];
    HRESULT hr;

    if ((hr = WsWriteStartElement( w, NULL, &root, &none, NULL ))) return hr;
#define ARRAY( type, array ) if ((hr = WsWriteArray( w, &item, &none, type, array, sizeof(array), 0, ARRAYSIZE( array ), NULL ))) return hr
#define VALUE( type, value ) \
    if ((hr = WsWriteStartElement( w, NULL, &item, &none, NULL )) || (hr = WsWriteValue( w, type, &value, sizeof(value), NULL )) || \
        (hr = WsWriteEndElement( w, NULL ))) return hr
    ARRAY( WS_INT16_VALUE_TYPE, shorts );
    ARRAY( WS_INT32_VALUE_TYPE, ints );
    ARRAY( WS_INT64_VALUE_TYPE, longs );
    ARRAY( WS_BOOL_VALUE_TYPE, bools );
    ARRAY( WS_FLOAT_VALUE_TYPE, floats );
    ARRAY( WS_DOUBLE_VALUE_TYPE, doubles );
    ARRAY( WS_DECIMAL_VALUE_TYPE, decimals );
    VALUE( WS_INT32_VALUE_TYPE, ints[5] );
    VALUE( WS_INT64_VALUE_TYPE, longs[1] );
    VALUE( WS_UINT64_VALUE_TYPE, big );
    VALUE( WS_BOOL_VALUE_TYPE, bools[0] );
    VALUE( WS_FLOAT_VALUE_TYPE, floats[0] );
    VALUE( WS_DOUBLE_VALUE_TYPE, doubles[0] );
    VALUE( WS_DECIMAL_VALUE_TYPE, decimals[0] );
    VALUE( WS_GUID_VALUE_TYPE, guid );
    VALUE( WS_DATETIME_VALUE_TYPE, date );
    if ((hr = WsWriteStartElement( w, NULL, &item, &none, NULL )) || (hr = WsWriteBytes( w, bytes, sizeof(bytes), NULL )) ||
        (hr = WsWriteEndElement( w, NULL ))) return hr;
    (void)span;
    return WsWriteEndElement( w, NULL );
}

static HRESULT write_document( WS_XML_WRITER *w, ULONG index )
{
    return index == ARRAYSIZE( script_cases ) ? write_values( w ) : script_run( w, script_cases[index].script, FALSE, NULL );
}

static void write_all( ULONG index )
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = { { WS_XML_WRITER_OUTPUT_TYPE_BUFFER } };
    WS_XML_WRITER_BINARY_ENCODING with_session = { { WS_XML_WRITER_ENCODING_TYPE_BINARY }, soap_dictionary(), find_string, NULL };
    static const struct { const char *kind; enum xml_encoding encoding; } kinds[] =
        { { "txt", XML_TEXT }, { "bin", XML_BINARY }, { "mtom", XML_MTOM }, { "ses", XML_BINARY } };
    WS_XML_WRITER *w = create_writer();
    WS_BYTES bytes;
    ULONG i;

    for (i = 0; i < ARRAYSIZE( kinds ); i++)
    {
        session.count = session.used = 0;
        if (i < 3) set_output( w, kinds[i].encoding );
        else ok_hr( WsSetOutput( w, &with_session.encoding, &memory.output, NULL, 0, NULL ), S_OK );
        ok_hr( write_document( w, index ), S_OK );
        bytes = get_output( w );
        save( index, kinds[i].kind, bytes.bytes, bytes.length );
    }
    /* strings of the session, each with its length in front */
    {
        static char dic[8192];
        ULONG n, len = 0;
        for (n = 0; n < session.count; n++)
        {
            dic[len++] = (char)session.strings[n].length;
            memcpy( dic + len, session.strings[n].bytes, session.strings[n].length );
            len += session.strings[n].length;
        }
        save( index, "dic", dic, len );
    }
    WsFreeWriter( w );
}

/* As describe(), but a section is part of the text around it: Mono's writers have none in binary. */
static void describe_text( WS_XML_READER *reader, struct line *line )
{
    const WS_XML_NODE *node;
    BOOL in_text = FALSE;
    HRESULT hr;

    line->len = 0;
    line->text[0] = 0;
    do
    {
        if ((hr = WsReadNode( reader, NULL )) || (hr = WsGetReaderNode( reader, &node, NULL )))
        {
            describe_failure( line, hr );
            return;
        }
        if (node->nodeType == WS_XML_NODE_TYPE_CDATA || node->nodeType == WS_XML_NODE_TYPE_END_CDATA) continue;
        if (in_text && node->nodeType == WS_XML_NODE_TYPE_TEXT)
        {
            line->len--;
            add_text( line, ((const WS_XML_TEXT_NODE *)node)->text );
            add_str( line, "\"" );
        }
        else describe_node( line, node, FALSE );
        in_text = node->nodeType == WS_XML_NODE_TYPE_TEXT;
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
}

/* Control characters as escapes, so that a document is one line. */
static void print( ULONG index, const struct line *line )
{
    ULONG i;

    printf( "%lu ", index );
    for (i = 0; i < line->len; i++)
    {
        unsigned char c = line->text[i];
        if (c < 0x20) printf( "\\x%02x", c );
        else putchar( c );
    }
    putchar( '\n' );
}

static void read_all( const char *kind )
{
    static WS_XML_READER_BINARY_ENCODING binary = { { WS_XML_READER_ENCODING_TYPE_BINARY }, NULL, NULL };
    static WS_XML_STRING strings[64];
    static WS_XML_DICTIONARY dynamic;
    static BYTE buf[65536], dic[8192];
    WS_XML_READER *reader = create_reader();
    static struct line line;
    ULONG i, len, dic_len, pos;

    for (i = 0; i <= ARRAYSIZE( script_cases ) + 8; i++)
    {
        WS_XML_READER_BUFFER_INPUT input = { { WS_XML_READER_INPUT_TYPE_BUFFER }, buf, 0 };
        if (!(len = load( i, kind, buf, sizeof(buf) ))) continue;
        if (!strcmp( kind, "txt" ) || strstr( kind, ".txt" )) set_bytes( reader, XML_TEXT, buf, len );
        else if (strstr( kind, "mtom" )) set_bytes( reader, XML_MTOM, buf, len );
        else
        {
            memset( &dynamic, 0, sizeof(dynamic) );
            if (strstr( kind, "ses" ))
            {
                char name[32];
                snprintf( name, sizeof(name), "%.*sdic", (int)(strlen( kind ) - 3), kind );
                dic_len = load( i, name, dic, sizeof(dic) );
                for (pos = 0; pos < dic_len; pos += 1 + dic[pos])
                {
                    strings[dynamic.stringCount].bytes = dic + pos + 1;
                    strings[dynamic.stringCount].length = dic[pos];
                    strings[dynamic.stringCount].dictionary = &dynamic;
                    strings[dynamic.stringCount].id = dynamic.stringCount;
                    dynamic.stringCount++;
                }
                dynamic.strings = strings;
            }
            binary.staticDictionary = soap_dictionary();
            binary.dynamicDictionary = &dynamic;
            input.encodedDataSize = len;
            ok_hr( WsSetInput( reader, &binary.encoding, &input.input, NULL, 0, NULL ), S_OK );
        }
        describe_text( reader, &line );
        print( i, &line );
    }
    WsFreeReader( reader );
}

static void write_complete( void )
{
    WS_XML_READER *reader = create_reader();
    static struct line line;
    ULONG i;

    for (i = 0; i < ARRAYSIZE( script_cases ); i++)
    {
        const char *text = script_cases[i].text;
        set_text( reader, text );
        describe( reader, &line, 0, FALSE );
        /* white space and comments around the root, which .NET's readers take as they like, and names with '&' are left out */
        if (strchr( script_cases[i].script, '?' ) || line.text[line.len - 1] != '$' || text[0] != '<' || text[1] == '!' ||
            text[strlen( text ) - 1] != '>' || !strcmp( text + strlen( text ) - 3, "-->" )) continue;
        write_all( i );
    }
    write_all( ARRAYSIZE( script_cases ) );
    WsFreeReader( reader );
}

int main( int argc, char **argv )
{
    WS_XML_DICTIONARY *dictionary = soap_dictionary();
    ULONG i;

    if (argc == 2 && !strcmp( argv[1], "write" )) write_complete();
    else if (argc == 3 && !strcmp( argv[1], "read" )) read_all( argv[2] );
    else for (i = 0; i < dictionary->stringCount; i++)
        printf( "%lu %.*s\n", i * 2, (int)dictionary->strings[i].length, dictionary->strings[i].bytes );
    return test_state.failed != 0;
}
