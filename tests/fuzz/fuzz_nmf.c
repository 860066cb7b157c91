/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Random bytes as .NET framing: preambles, and what a session reads after one. Nothing may be read outside the input, and
 * the parser must always get on or say that it wants more. */
#include <stdint.h>
#include <stdlib.h>
#include "transport/nmf_proto.h"

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t len )
{
    struct nmf_preamble preamble = { 0 };
    struct nmf_item item;
    const char *fault;
    ULONG pos = 0, used, size;

    if (nmf_parse_preamble( data, len, &preamble, &used, &fault ) == NMF_DONE)
    {
        uint8_t *out = malloc( len + 32 );

        if (used > len) abort();
        if (!nmf_put_preamble( out, len + 32, &preamble )) abort();
        free( out );
        pos = used;
    }
    while (pos < len && nmf_parse( data + pos, len - pos, 256, &item, &used, &fault ) == NMF_DONE)
    {
        if (!used || used > len - pos) abort();
        pos += used;
        if (item.type == NMF_SIZED_ENVELOPE) pos += item.size < len - pos ? item.size : len - pos;
        if (item.type != NMF_UNSIZED_ENVELOPE) continue;
        while (nmf_chunk( data + pos, len - pos, &size, &used ) == NMF_DONE)
        {
            pos += used;
            if (!size) break;
            pos += size < len - pos ? size : len - pos;
        }
    }
    return 0;
}
