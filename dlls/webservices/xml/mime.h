/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The little of MIME that MTOM needs (RFC 2045, 2046, 2387): header fields, parameters, boundaries. No I/O, nothing is
 * copied: strings point into the bytes that were given. */
#ifndef WS_XML_MIME_H
#define WS_XML_MIME_H

#include "base/str.h"

struct mime_text
{
    const BYTE *bytes;
    ULONG len;
};

enum mime_result
{
    MIME_FOUND, MIME_SHORT, MIME_BAD
};

/* A boundary may have so many characters (RFC 2046 5.1.1). */
#define MIME_MAX_BOUNDARY 70

/* The block of header fields at p: *next is behind the empty line that ends it. */
enum mime_result mime_headers( const BYTE *p, const BYTE *end, struct mime_text *block, const BYTE **next );
/* The value of a field; name in lower case. FALSE if there is none. A folded value keeps its line ends. */
BOOL mime_field( const struct mime_text *block, const char *name, struct mime_text *value );
/* What is before the first ';' of a value, without white space. */
struct mime_text mime_main_value( const struct mime_text *value );
/* A parameter of a value, without quotes; name in lower case. */
BOOL mime_param( const struct mime_text *value, const char *name, struct mime_text *param );
/* Compares without regard to the case of ASCII letters; `text` is in lower case. */
BOOL mime_is( const struct mime_text *value, const char *text );
/* Without the angle brackets of a message id. */
struct mime_text mime_strip_id( struct mime_text id );

/* The next delimiter line "--boundary" in [p, end), which is at a line start (p itself is one if at_line_start).
 * *stop is the end of the content before it, without the line end that belongs to the delimiter; *next is behind the
 * delimiter line; *last tells that it is the closing one. MIME_SHORT: not in there, but it may begin at *stop. */
enum mime_result mime_delimiter( const BYTE *p, const BYTE *end, const struct mime_text *boundary, BOOL at_line_start,
                                 const BYTE **stop, const BYTE **next, BOOL *last );

#endif
