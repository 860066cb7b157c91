/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a SOAP message is told in HTTP: content types, the action, headers that are mapped to headers of the message. */
#ifndef WS_CHANNEL_HTTP_CONTENT_H
#define WS_CHANNEL_HTTP_CONTENT_H

#include "channel/channel.h"
#include "transport/http_proto.h"

/* A Content-Type taken apart; slices point into it, quotes are off. */
struct content_type
{
    struct slice media;                 /* "text/xml" */
    struct slice charset, action, boundary, start, start_info, type;
};
/* FALSE if it has not the form of a media type. */
BOOL content_type_parse( struct slice value, struct content_type *ret );
/* Whether messages of the channel's encoding and envelope version may come as this. Sets the character set of text
 * (WS_CHARSET_AUTO if none was named). */
BOOL content_type_fits( const struct content_type *type, const struct channel_values *values, WS_CHARSET *charset );

/* A text of bounded growth for heads; stays on the stack unless it gets long. */
struct head_text
{
    char *ptr;
    ULONG len, capacity;
    BOOL  failed;                       /* no memory */
    char  buf[512];
};
void head_text_init( struct head_text *text );
void head_text_free( struct head_text *text );
void head_text_add( struct head_text *text, const char *str, ULONG len );
#define HEAD_ADD( text, literal ) head_text_add( text, literal, sizeof(literal) - 1 )

static inline BOOL is_mime( const WS_CHANNEL *channel )
{
    WS_ENCODING encoding = channel->values.encoding;
    return encoding == WS_ENCODING_XML_MTOM_UTF8 || encoding == WS_ENCODING_XML_MTOM_UTF16BE ||
           encoding == WS_ENCODING_XML_MTOM_UTF16LE;
}
/* For MTOM: what a received content type says of the package, and what one is to be sent as (a new boundary). */
BOOL mime_from_type( const struct content_type *type, struct channel_mime *mime );
void mime_make( const struct channel_values *values, struct channel_mime *mime );

/* Appends the content type of a message that is sent; `action` may be NULL or empty, `mime` is for MTOM. */
void content_type_format( const struct channel_values *values, const WS_XML_STRING *action, const struct channel_mime *mime,
                          struct head_text *text );
/* Appends the SOAPAction header line of SOAP 1.1 requests. */
void soap_action_format( const WS_XML_STRING *action, struct head_text *text );
/* Takes out of a message that is about to be written what the transport carries for it; *action is empty if that is the
 * envelope's business. */
HRESULT take_transport_headers( WS_CHANNEL *channel, WS_MESSAGE *message, WS_XML_STRING *action, WS_ERROR *error );
/* The action that a request or reply names outside of the envelope. */
struct slice transport_action( const struct http_head *head, const struct channel_values *values,
                               const struct content_type *type );

/* Received headers become mapped headers of the message. */
HRESULT mapping_receive( WS_MESSAGE *message, const struct http_head *head, WS_HTTP_HEADER_MAPPING *const *mappings,
                         ULONG count, WS_ERROR *error );
/* Mapped headers of the message leave it and become header lines; a mapped Content-Type goes to *type (in the heap of the
 * message) instead when `type` is given. */
HRESULT mapping_send( WS_MESSAGE *message, WS_HTTP_HEADER_MAPPING *const *mappings, ULONG count, struct head_text *text,
                      struct slice *type, WS_ERROR *error );
/* Takes one mapped header (verb, status code, ...) out of the message; empty if there is none. */
HRESULT mapping_take( WS_MESSAGE *message, const WS_XML_STRING *name, WS_XML_STRING *value, WS_ERROR *error );

extern const WS_XML_STRING mapped_verb, mapped_status_code, mapped_status_text;

#endif
