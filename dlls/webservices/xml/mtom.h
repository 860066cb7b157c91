/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* MTOM output: the document is text, but bytes that are long enough move to MIME parts behind it and leave an xop:Include
 * element in their place (XML-binary Optimized Packaging, W3C 2005; RFC 2387). */
#ifndef WS_XML_MTOM_H
#define WS_XML_MTOM_H

#include "xml/writer_impl.h"

/* `max_size`: of all parts together. */
HRESULT mtom_create( const WS_XML_WRITER_MTOM_ENCODING *encoding, WS_CHARSET charset, ULONG max_size, struct mtom **ret,
                     WS_ERROR *error );
void mtom_free( struct mtom *mtom );
/* Writes the MIME header, if wanted, and that of the part with the document. */
HRESULT mtom_begin( WS_XML_WRITER *w, WS_ERROR *error );
/* Writes the parts. WS_E_INVALID_OPERATION while elements are open; nothing when it was done already. */
HRESULT mtom_end( WS_XML_WRITER *w, WS_ERROR *error );
/* The start tag of writer->element has ended. */
void mtom_start_tag( WS_XML_WRITER *w );
/* Something else than bytes comes: an element whose bytes are in a part has no other content. */
void mtom_other( WS_XML_WRITER *w );
/* Bytes in the content of writer->element. S_FALSE: to be written in line. */
HRESULT mtom_bytes( WS_XML_WRITER *w, const BYTE *bytes, ULONG count, WS_ERROR *error );
/* The writer is in the value of an attribute that gives the type of a part; writer->acc gets its characters. */
BOOL mtom_wants( const WS_XML_WRITER *w );
/* It has ended: remembers the type. */
HRESULT mtom_content_type( WS_XML_WRITER *w, WS_ERROR *error );

#endif
