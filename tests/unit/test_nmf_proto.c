/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Records of .NET Message Framing: sizes, preambles and envelopes, each also cut at every byte. The bytes of the
 * preamble are those of the example in MC-NMF section 4.1 (duplex, binary with session dictionary). */
#include "unit.h"
#include "transport/nmf_proto.h"

static const BYTE preamble[] =
    "\x00\x01\x00" "\x01\x02" "\x02\x2bnet.tcp://SampleServer/SampleApp/SampleEnd/" "\x03\x08" "\x0c";
#define PREAMBLE_LEN (sizeof(preamble) - 1)

static void test_sizes( void )
{
    static const struct { ULONG size, len; const char *bytes; } cases[] =
    {
        { 0, 1, "\x00" }, { 1, 1, "\x01" }, { 0x7f, 1, "\x7f" }, { 0x80, 2, "\x80\x01" }, { 0x3fff, 2, "\xff\x7f" },
        { 0x4000, 3, "\x80\x80\x01" }, { 0x7fffffff, 5, "\xff\xff\xff\xff\x07" },
    };
    ULONG i, size, used, cut;
    BYTE buf[5];

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        CHECK_MEM( buf, nmf_put_size( buf, cases[i].size ), cases[i].bytes, cases[i].len );
        CHECK_EQ( nmf_chunk( buf, cases[i].len, &size, &used ), NMF_DONE );
        CHECK_EQ( size, cases[i].size );
        CHECK_EQ( used, cases[i].len );
        for (cut = 0; cut < cases[i].len; cut++) CHECK_EQ( nmf_chunk( buf, cut, &size, &used ), NMF_MORE );
    }
    CHECK_EQ( nmf_chunk( (const BYTE *)"\xff\xff\xff\xff\x08", 5, &size, &used ), NMF_BAD );
    CHECK_EQ( nmf_chunk( (const BYTE *)"\xff\xff\xff\xff\xff\x01", 6, &size, &used ), NMF_BAD );
}

static void test_preamble( void )
{
    struct nmf_preamble parsed;
    const char *fault = NULL;
    BYTE out[128];
    ULONG used, cut, size;

    for (cut = 0; cut < PREAMBLE_LEN; cut++)
        CHECK_EQ( nmf_parse_preamble( preamble, cut, &parsed, &used, &fault ), NMF_MORE );
    memset( &parsed, 0, sizeof(parsed) );
    CHECK_EQ( nmf_parse_preamble( preamble, PREAMBLE_LEN, &parsed, &used, &fault ), NMF_DONE );
    CHECK_EQ( used, PREAMBLE_LEN );
    CHECK_EQ( parsed.mode, NMF_DUPLEX );
    CHECK_EQ( parsed.encoding, NMF_SOAP12_BINARY_SESSION );
    CHECK_STR( parsed.via, parsed.via_len, "net.tcp://SampleServer/SampleApp/SampleEnd/" );
    CHECK( !parsed.upgrade && !parsed.content_type, "something that is not there" );

    size = nmf_put_preamble( out, sizeof(out), &parsed );
    CHECK_MEM( out, size, preamble, PREAMBLE_LEN - 1 );
    CHECK_EQ( nmf_put_preamble( out, 30, &parsed ), 0 );
}

static void test_bad_preambles( void )
{
    static const struct { const char *bytes; ULONG len; const char *fault; } cases[] =
    {
        { "\x00\x02\x00", 3, "UnsupportedVersion" },
        { "\x01\x02", 2, NULL },
        { "\x00\x01\x00\x01\x09", 5, "UnsupportedMode" },
        { "\x00\x01\x00\x01\x02\x03\x08", 7, NULL },
        { "\x00\x01\x00\x01\x02\x02\x01x\x03\x20", 10, "ContentTypeInvalid" },
        { "\x00\x01\x00\x01\x02\x02\xff\xff\x03", 9, "ViaTooLong" },
        { "\x00\x01\x00\x01\x02\x02\x01x\x04\xff\x7f", 11, "ContentTypeTooLong" },
        { "\x00\x01\x00\x01\x02\x02\x01x\x03\x08\x09\xff\x7f", 13, "UpgradeInvalid" },
        { "\x00\x01\x00\x01\x02\x02\x01x\x03\x08\x0b", 11, NULL },
        { "GET / HTTP/1.1", 14, NULL },
    };
    struct nmf_preamble parsed;
    const char *fault;
    ULONG i, used;

    for (i = 0; i < ARRAY_SIZE( cases ); i++)
    {
        memset( &parsed, 0, sizeof(parsed) );
        fault = "";
        CHECK_EQ( nmf_parse_preamble( (const BYTE *)cases[i].bytes, cases[i].len, &parsed, &used, &fault ), NMF_BAD );
        CHECK( cases[i].fault ? fault && !strcmp( fault, cases[i].fault ) : !fault, "case %u: %s", (unsigned int)i,
               fault ? fault : "none" );
    }
}

static void test_upgrade( void )
{
    static const char bytes[] = "\x00\x01\x00\x01\x02\x02\x01x\x03\x08\x09\x15" "application/negotiate";
    struct nmf_preamble parsed = { 0 };
    const char *fault;
    ULONG used;

    CHECK_EQ( nmf_parse_preamble( (const BYTE *)bytes, sizeof(bytes) - 1, &parsed, &used, &fault ), NMF_DONE );
    CHECK_EQ( used, sizeof(bytes) - 1 );
    CHECK_STR( parsed.upgrade, parsed.upgrade_len, "application/negotiate" );
}

static void test_records( void )
{
    static const BYTE envelope[] = "\x06\x83\x02" "abc";
    struct nmf_item item;
    const char *fault;
    BYTE buf[160];
    ULONG used, size;

    CHECK_EQ( nmf_parse( envelope, 2, 100, &item, &used, &fault ), NMF_MORE );
    CHECK_EQ( nmf_parse( envelope, sizeof(envelope) - 1, 100, &item, &used, &fault ), NMF_DONE );
    CHECK_EQ( item.type, NMF_SIZED_ENVELOPE );
    CHECK_EQ( item.size, 0x103 );
    CHECK_EQ( used, 3 );
    CHECK( item.data == envelope + 3, "the payload is elsewhere" );

    size = nmf_put_fault( buf, sizeof(buf), "EndpointNotFound" );
    CHECK_EQ( nmf_parse( buf, size, 1000, &item, &used, &fault ), NMF_DONE );
    CHECK_STR( item.data, item.size, NMF_FAULT_BASE "EndpointNotFound" );
    CHECK_EQ( used, size );
    CHECK_EQ( nmf_fault_error( (const char *)item.data, item.size ), WS_E_ENDPOINT_NOT_FOUND );
    CHECK_EQ( nmf_fault_error( "unheard of", 10 ), WS_E_ENDPOINT_FAILURE );
    CHECK_EQ( nmf_parse( buf, size, 10, &item, &used, &fault ), NMF_BAD );
    CHECK_EQ( nmf_put_fault( buf, 20, "EndpointNotFound" ), 0 );
    CHECK_EQ( nmf_parse( (const BYTE *)"\x0d", 1, 10, &item, &used, &fault ), NMF_BAD );
}

UNIT_TESTS( { "sizes", test_sizes }, { "preamble", test_preamble }, { "bad_preambles", test_bad_preambles },
            { "upgrade", test_upgrade }, { "records", test_records } )
