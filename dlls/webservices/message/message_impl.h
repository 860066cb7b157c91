/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Inside of WS_MESSAGE, shared by the files of this folder.
 *
 * The public model is an XML buffer that holds envelope, header and (empty) body elements. Most messages carry nothing but
 * standard addressing headers and nobody looks at the buffer, so these headers are first kept as plain values ("pending"); the
 * buffer is built from them when something needs it. Once it is built it alone is true and `pending` is empty. */
#ifndef WS_MESSAGE_IMPL_H
#define WS_MESSAGE_IMPL_H

#include "message/message.h"
#include "xml/names.h"

enum pending_kind
{
    PENDING_TEXT,               /* action, to; message id and relates to as they came or as a program gave them */
    PENDING_GUID,               /* message id and relates to, as urn:uuid: */
    PENDING_ADDRESS,            /* reply to, from, fault to: an endpoint address that is nothing but its URL */
};

struct pending_header
{
    WS_HEADER_TYPE type;
    BYTE           kind;            /* enum pending_kind */
    BYTE           must_understand; /* has the attribute */
    union
    {
        WS_XML_STRING text;         /* PENDING_TEXT, PENDING_ADDRESS */
        GUID          guid;
    } u;
};
#define MAX_PENDING 8               /* each header type once */

struct mapped_header
{
    struct mapped_header *next;
    WS_XML_STRING name;
    WS_XML_STRING value;
};

struct message_values           /* what the property table describes */
{
    WS_HEAP_PROPERTIES       heap;
    WS_XML_READER_PROPERTIES reader;
    WS_XML_WRITER_PROPERTIES writer;
    ULONG                    max_headers;
};

/* What the channel's security, or a custom channel, found out about the sender. */
struct security_results
{
    ULONG                known;         /* bit (1 << id) for each property that was set */
    WS_STRING            username;
    WS_BYTES             certificate;
    HANDLE               tokens[3];     /* duplicates, from WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN on */
    WS_XML_BUFFER       *saml;
    WS_SECURITY_CONTEXT *context;
    WS_PROTECTION_LEVEL  level;
};

struct _WS_MESSAGE
{
    struct object           hdr;            /* state: WS_MESSAGE_STATE */
    WS_ENVELOPE_VERSION     envelope;
    WS_ADDRESSING_VERSION   addressing;
    BOOL                    is_addressed;
    BOOL                    is_fault;
    WS_HEAP                *heap;
    struct message_values   values;

    struct pending_header   pending[MAX_PENDING];
    ULONG                   pending_count;
    struct mapped_header   *mapped;
    struct security_results security;

    WS_XML_BUFFER          *buffer;         /* NULL while the headers are pending */
    struct xml_node        *header;         /* the header element in it */
    WS_XML_WRITER          *header_writer;  /* kept over resets */
    WS_XML_READER          *header_reader;

    WS_XML_READER          *reader;         /* of the body, while reading */
    WS_XML_WRITER          *writer;         /* of the body, while writing */
    ULONG                   body_depth;     /* of the reader inside the body element */
    BOOL                    at_body;        /* streamed: the reader is still at the start tag of the body, or before its text */
    ULONG                   fill_size;      /* of the fill under way */
    WS_ASYNC_STATE          fill_async;
    WS_MESSAGE_DONE_CALLBACK done;
    void                   *done_state;
};

/* --- message.c --- */
/* WS_E_INVALID_OPERATION unless the message is in `state`; `what` begins the message. */
HRESULT message_require( const WS_MESSAGE *msg, WS_MESSAGE_STATE state, const char *what, WS_ERROR *error );
/* Put the header writer in front of a node of the header buffer (NULL: at its end), the header reader on a node of any
 * buffer. Both are made when first needed and kept over resets. */
HRESULT message_header_writer_at( WS_MESSAGE *msg, struct xml_node *node, WS_ERROR *error );
HRESULT message_header_reader_at( WS_MESSAGE *msg, WS_XML_BUFFER *buffer, struct xml_node *node, WS_ERROR *error );
/* A copy of a whole buffer in `heap`. */
HRESULT message_copy_buffer( WS_XML_BUFFER *src, WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error );

/* --- property.c --- */
void message_reset_security( WS_MESSAGE *msg );

/* --- envelope.c --- */
const WS_XML_STRING *message_envelope_prefix( const WS_MESSAGE *msg );
HRESULT message_start_envelope_child( WS_MESSAGE *msg, WS_XML_WRITER *writer, const WS_XML_STRING *name, WS_ERROR *error );
/* A new header buffer with the header writer on it, and its end: the body element, and `header` found in it. */
HRESULT message_open_buffer( WS_MESSAGE *msg, WS_ERROR *error );
HRESULT message_close_buffer( WS_MESSAGE *msg, WS_ERROR *error );
/* Builds the buffer from the pending headers unless it is there. */
HRESULT message_materialize( WS_MESSAGE *msg, WS_ERROR *error );
/* Finds the header element in a buffer that was just filled. */
HRESULT message_locate_header( WS_MESSAGE *msg, WS_ERROR *error );

/* What the description of a body means: faults and endpoint addresses have a name and a version by default. */
struct body_description
{
    WS_ELEMENT_DESCRIPTION element;
    union
    {
        WS_FAULT_DESCRIPTION            fault;
        WS_ENDPOINT_ADDRESS_DESCRIPTION address;
    } defaults;
};
void message_body_description( const WS_MESSAGE *msg, const WS_ELEMENT_DESCRIPTION *desc, struct body_description *ret );

/* --- pending.c --- */
struct pending_header *message_pending( WS_MESSAGE *msg, WS_HEADER_TYPE type );
/* The pending header of the type, new or emptied. Its kind is the type's usual one. */
struct pending_header *message_add_pending( WS_MESSAGE *msg, WS_HEADER_TYPE type );
void    message_remove_pending( WS_MESSAGE *msg, struct pending_header *pending );
HRESULT message_write_pending( WS_MESSAGE *msg, WS_XML_WRITER *writer, WS_ERROR *error );
/* All of a pending header but its end element. */
HRESULT message_start_pending( WS_MESSAGE *msg, WS_XML_WRITER *writer, const struct pending_header *pending,
                               WS_ERROR *error );
/* Gives a pending header to the program if that takes no serialization; S_FALSE: go by the buffer. */
HRESULT message_get_pending( WS_MESSAGE *msg, const struct pending_header *pending, WS_TYPE type, WS_READ_OPTION option,
                             WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error );
/* Makes a value given by the program pending if it is of a plain kind; S_FALSE: go by the buffer. */
HRESULT message_set_pending( WS_MESSAGE *msg, WS_HEADER_TYPE header, WS_TYPE type, WS_WRITE_OPTION option,
                             const void *value, ULONG size, WS_ERROR *error );

/* --- header.c --- */
struct standard_header
{
    const WS_XML_STRING *name;
    BYTE must_understand;
    BYTE is_address;
    BYTE in_transport;          /* exists with WS_ADDRESSING_VERSION_TRANSPORT */
};
extern const struct standard_header standard_headers[];     /* by WS_HEADER_TYPE */
const WS_XML_STRING *message_header_prefix( const WS_MESSAGE *msg );
/* The start element of a standard header, with mustUnderstand="1" if wanted. */
HRESULT message_start_header( WS_MESSAGE *msg, WS_XML_WRITER *writer, WS_HEADER_TYPE type, BOOL understand,
                              WS_ERROR *error );
/* Takes away the headers after the node that was the last one, when adding some failed: no half of them stays behind. */
void message_drop_headers( WS_MESSAGE *msg, struct xml_node *last );
/* Whether the attribute is a boolean that is true, as mustUnderstand and relay have it. */
BOOL message_is_true( const WS_XML_ATTRIBUTE *attr );

#endif
