/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the codecs write for the tags and texts that most documents consist of, for callers that have seen to the room. The
 * codecs use it, and the short ways through the writer, which know the rest already. */
#ifndef WS_XML_WRITER_SHORT_H
#define WS_XML_WRITER_SHORT_H

#include "xml/writer_impl.h"
#include "xml/bytes.h"
#include "xml/nbfx.h"
#include "xml/scan.h"

static inline BOOL has_room( const WS_XML_WRITER *w, SIZE_T size ) { return (SIZE_T)(w->end - w->cur) >= size; }

/* ---- text ---- */

/* Bytes: qname_length + 1. */
static inline void text_open( WS_XML_WRITER *w, const struct writer_element *element )
{
    BYTE *p = w->cur;

    p[0] = '<';
    copy_short( p + 1, element->qname, element->qname_length );
    w->cur = p + 1 + element->qname_length;
}

/* Bytes: qname_length + 3. */
static inline void text_close( WS_XML_WRITER *w, const struct writer_element *element )
{
    BYTE *p = w->cur;

    p[0] = '<';
    p[1] = '/';
    copy_short( p + 2, element->qname, element->qname_length );
    p[element->qname_length + 2] = '>';
    w->cur = p + 3 + element->qname_length;
}

/* ---- binary: MC-NBFX 2.2 ---- */

/* A name in the default namespace, or in none, that no dictionary has. */
static inline BOOL binary_is_plain( const WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *local )
{
    return !prefix->length && local->length < 0x80 && !local->dictionary && !w->dynamic;
}

/* Bytes: length + 2. */
static inline void binary_open( WS_XML_WRITER *w, BYTE record, const WS_XML_STRING *local )
{
    BYTE *p = w->cur;

    p[0] = record;
    p[1] = local->length;
    copy_short( p + 2, local->bytes, local->length );
    w->cur = p + 2 + local->length;
}

/* The end of the element becomes part of a text record right in front of it, if there is one. */
static inline BOOL binary_close_text( WS_XML_WRITER *w )
{
    if (w->last_text == ~(SIZE_T)0 || w->last_text_end != out_offset( w )) return FALSE;
    w->sink->bytes[w->last_text] |= 1;
    w->last_text = ~(SIZE_T)0;
    w->carry_count = 0;     /* the record can't be taken back any more, though nothing follows it */
    return TRUE;
}

/* 1 to 255 bytes of element content. Bytes: count + 2. */
static inline void binary_chars( WS_XML_WRITER *w, const BYTE *chars, ULONG count )
{
    BYTE *p = w->cur;

    w->last_text = out_offset( w );
    w->last_text_end = w->last_text + 2 + count;
    p[0] = NBFX_CHARS8_TEXT;
    p[1] = count;
    copy_short( p + 2, chars, count );
    w->cur = p + 2 + count;
}

#endif
