/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* .NET Message Framing records (MC-NMF): pure functions over bytes, no I/O. */
#ifndef WS_TRANSPORT_NMF_PROTO_H
#define WS_TRANSPORT_NMF_PROTO_H

#include "base/port.h"

enum nmf_record
{
    NMF_VERSION, NMF_MODE, NMF_VIA, NMF_KNOWN_ENCODING, NMF_EXTENSIBLE_ENCODING, NMF_UNSIZED_ENVELOPE, NMF_SIZED_ENVELOPE,
    NMF_END, NMF_FAULT, NMF_UPGRADE_REQUEST, NMF_UPGRADE_RESPONSE, NMF_PREAMBLE_ACK, NMF_PREAMBLE_END
};

enum nmf_mode { NMF_SINGLETON = 1, NMF_DUPLEX = 2, NMF_SIMPLEX = 3, NMF_SINGLETON_SIZED = 4 };

enum nmf_encoding
{
    NMF_SOAP11_UTF8, NMF_SOAP11_UTF16, NMF_SOAP11_UNICODE_LE, NMF_SOAP12_UTF8, NMF_SOAP12_UTF16, NMF_SOAP12_UNICODE_LE,
    NMF_SOAP12_MTOM, NMF_SOAP12_BINARY, NMF_SOAP12_BINARY_SESSION, NMF_ENCODING_EXTENSIBLE = 0xff
};

/* Content type that an encoding stands for, "" for an unknown one. */
const char *nmf_content_type( enum nmf_encoding encoding );

/* Variable-length size: 7 bits a byte, low first, at most 5 bytes. Returns bytes written. */
ULONG nmf_put_size( BYTE buf[5], ULONG size );

enum nmf_result { NMF_MORE, NMF_DONE, NMF_BAD };

/* One record. Payloads are slices of the buffer. */
struct nmf_item
{
    UINT8 type;               /* enum nmf_record */
    UINT8 value;              /* mode, known encoding; major version */
    UINT8 minor;
    const BYTE *data;         /* via, content type, fault, protocol: UTF-8. Envelope: what of it is in the buffer */
    ULONG size;               /* of the text; of a sized envelope: its whole size */
    ULONG header;             /* bytes before the payload */
};

/* Parses the record at the beginning of the buffer. Text payloads have to be complete (and at most max_text long); for
 * envelopes NMF_DONE comes with the header, whatever of the payload is there. Unsized envelopes are read
 * with nmf_chunk. *used: bytes of the record (header only for envelopes). NMF_BAD: *fault names the fault to send, or is NULL where
 * the protocol has none and the connection is to be closed. */
enum nmf_result nmf_parse( const BYTE *buf, ULONG len, ULONG max_text, struct nmf_item *item, ULONG *used,
                           const char **fault );
/* A chunk header of an unsized envelope: *size 0 ends the envelope. */
enum nmf_result nmf_chunk( const BYTE *buf, ULONG len, ULONG *size, ULONG *used );

/* Preamble as state: versions, mode, via, encoding in their order. Zero it first; slices point into the buffer given,
 * which therefore has to hold the whole preamble. */
struct nmf_preamble
{
    enum nmf_mode mode;
    enum nmf_encoding encoding;
    const char *via;          /* UTF-8 */
    ULONG via_len;
    const char *content_type; /* extensible encoding, else NULL */
    ULONG content_type_len;
    const char *upgrade;      /* protocol of an upgrade request that comes before the end of the preamble, or NULL */
    ULONG upgrade_len;
};
/* NMF_DONE at the end record of the preamble (or at an upgrade request); *used: bytes of it. */
enum nmf_result nmf_parse_preamble( const BYTE *buf, ULONG len, struct nmf_preamble *preamble, ULONG *used,
                                    const char **fault );
/* Writes a preamble without its end record; returns the size, 0 if it does not fit. */
ULONG nmf_put_preamble( BYTE *buf, ULONG size, const struct nmf_preamble *preamble );
/* A fault record ("http://schemas.microsoft.com/ws/2006/05/framing/faults/" + name). */
ULONG nmf_put_fault( BYTE *buf, ULONG size, const char *name );
#define NMF_FAULT_BASE "http://schemas.microsoft.com/ws/2006/05/framing/faults/"

/* The WS_E_* for a fault that was received. */
HRESULT nmf_fault_error( const char *fault, ULONG len );

#endif
