/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The inside of the XML writer.
 *
 * writer*.c know what a program may call when, scopes of namespaces, quotas and properties; a codec (codec_*.c) knows how a
 * start tag, a text and so on look in one encoding. Text and binary codecs write into one contiguous sink. A start tag goes
 * there at once but counts only when it is closed: the encoded document is what lies before `tag`. */
#ifndef WS_XML_WRITER_IMPL_H
#define WS_XML_WRITER_IMPL_H

#include "xml/writer.h"
#include "xml/namespaces.h"
#include "xml/buffer.h"
#include "xml/chars.h"
#include "xml/names.h"
#include "xml/text.h"
#include "xml/value.h"

enum writer_state
{
    WRITER_NO_OUTPUT,       /* nothing set: every write fails */
    WRITER_CONTENT,         /* in an element or at the top of the document */
    WRITER_START_TAG,       /* the start tag of writer->element is open */
    WRITER_ATTRIBUTE,       /* in the value of its last attribute */
    WRITER_CDATA,
    WRITER_ENDED,           /* the MIME parts are written: nothing may follow */
    WRITER_FAULTED,         /* a write failed half way: only a new output helps */
};

struct writer_props
{
    ULONG      max_depth;
    BOOL       allow_fragment;
    ULONG      max_attributes;
    BOOL       write_declaration;
    ULONG      indent;
    ULONG      trim_size;
    WS_CHARSET charset;
    ULONG      max_size;
    ULONG      max_mime_size;
    WS_BYTES   initial_buffer;
    BOOL       allow_invalid_refs;
    ULONG      max_namespaces;
    BOOL       compress_empty;
    BOOL       uncompressed_empty;
};

/* writer_element.flags */
#define ELEMENT_HAS_TEXT     0x01   /* its white space counts: no indentation */
#define ELEMENT_HAS_CHILDREN 0x02
#define ELEMENT_KEEP_END_TAG 0x04   /* <a></a> even when it stays empty */
#define ELEMENT_REOPENED     0x08   /* an element of an XML buffer that gets more attributes */

/* An open element. It lives on writer->memory and so do the strings, except those of constant dictionaries. */
struct writer_element
{
    struct writer_element *parent;
    struct mem_stack_mark  mark;        /* memory from before it */
    ULONG                  ns_mark;     /* bindings from before it */
    ULONG                  depth;       /* 1 for the root element */
    ULONG                  flags;
    ULONG                  qname_length;
    const BYTE            *qname;       /* prefix:name */
    WS_XML_STRING          prefix, name, ns;
    struct xml_node       *node;        /* in an XML buffer */
};

/* An attribute of the open start tag that is not a namespace declaration. */
struct writer_attr
{
    WS_XML_STRING    prefix, name, ns;
    BOOL             single_quote;
    WS_XML_TEXT_TYPE type;              /* of the texts written to it so far; 0: none yet */
    WS_XML_TEXT     *value;             /* in an XML buffer; else NULL */
    WS_XML_TEXT     *canonical;         /* its value for the canonical form */
    WS_XML_ATTRIBUTE *existing;         /* the attribute of a reopened element that it stands for, else NULL */
};

/* A declaration of the open start tag: a binding in the scope and how it is to be written. */
struct writer_decl
{
    ULONG binding;
    ULONG nth;                          /* decls[n].nth: which declaration is the nth that the program wrote */
    BYTE  is_explicit;                  /* by the program, so it comes before those the writer adds */
    BYTE  single_quote;
    BYTE  existing;                     /* of a reopened element: it has it already */
};

/* Growable bytes of the writer's own. */
struct writer_bytes
{
    BYTE  *data;
    SIZE_T size, capacity;
};

struct writer_codec
{
    /* element: writer->element, attribute: writer->attr */
    HRESULT (*start_element)( WS_XML_WRITER *w, WS_ERROR *error );
    HRESULT (*start_attribute)( WS_XML_WRITER *w, WS_ERROR *error );
    HRESULT (*end_attribute)( WS_XML_WRITER *w, WS_ERROR *error );
    HRESULT (*xmlns)( WS_XML_WRITER *w, const struct ns_binding *binding, BOOL single_quote, WS_ERROR *error );
    /* The start tag is complete; `empty`: the element as well. */
    HRESULT (*end_start)( WS_XML_WRITER *w, BOOL empty, WS_ERROR *error );
    HRESULT (*end_element)( WS_XML_WRITER *w, WS_ERROR *error );
    /* In content, CDATA or an attribute value, as writer->state says. */
    HRESULT (*text)( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error );
    HRESULT (*chars)( WS_XML_WRITER *w, const BYTE *chars, ULONG count, WS_ERROR *error );
    HRESULT (*bytes)( WS_XML_WRITER *w, const BYTE *bytes, ULONG count, WS_ERROR *error );
    HRESULT (*start_cdata)( WS_XML_WRITER *w, WS_ERROR *error );
    HRESULT (*end_cdata)( WS_XML_WRITER *w, WS_ERROR *error );
    HRESULT (*comment)( WS_XML_WRITER *w, const WS_XML_STRING *value, WS_ERROR *error );
    /* Elements name/ns, one for each of `count` values of `type` with `size` bytes; S_FALSE: to be written one by one. */
    HRESULT (*array)( WS_XML_WRITER *w, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type,
                      const BYTE *items, ULONG count, WS_ERROR *error );
    /* Bytes that close one element. */
    ULONG (*close_size)( const struct writer_element *element );
    BOOL    typed;
};
extern const struct writer_codec text_codec, binary_codec, raw_codec, tree_codec;

struct mtom;
struct c14n;

struct _WS_XML_WRITER
{
    struct object hdr;
    /* what every call touches comes first */
    enum writer_state          state;
    const struct writer_codec *codec;
    BYTE  *cur, *end;                   /* where the next byte goes; end of the room */
    struct writer_element     *element; /* innermost open one, NULL at the top */
    ULONG  depth;
    ULONG  slow;                        /* WRITER_SLOW_* */
    SIZE_T tag;                         /* offset in the sink of the open start tag */
    struct byte_sink          *sink;    /* own, or that of the owner of the bytes */
    struct ns_scope            scope;
    struct mem_stack           memory;
    struct writer_attr        *attr;    /* the one being written */
    struct writer_attr        *attrs;
    ULONG  attr_count, attr_size;
    struct writer_decl        *decls;
    ULONG  decl_count, decl_size;
    ULONG  explicit_count;
    BOOL   root_seen;                   /* an element at the top was written */
    const char *deferred;               /* what is wrong with the start tag: reported when it ends; NULL: nothing */

    /* base64 */
    BYTE   carry[2];                    /* bytes that the last group of `carry_end` encodes with padding */
    ULONG  carry_count;
    SIZE_T carry_end;                   /* offset in the sink; the carry counts while nothing else was written */
    SIZE_T carry_size;                  /* bytes it takes in the sink */

    struct writer_props props, created;
    SIZE_T start;                       /* offset in the sink where the output begins */
    SIZE_T document;                    /* and the document, behind the MIME headers */
    struct byte_sink own;               /* sink for outputs of type buffer and stream */
    BOOL   own_is_initial;              /* its bytes are the caller's initial buffer */
    struct byte_sink *final;            /* encoded bytes, when `sink` holds UTF-8 still to be converted; else == sink */
    struct byte_sink stage;
    WS_CHARSET charset;
    WS_XML_WRITER_ENCODING_TYPE encoding;
    WS_XML_WRITER_OUTPUT_TYPE   output; /* 0: an XML buffer or the sink of somebody else */
    WS_WRITE_CALLBACK write;
    void  *write_state;
    UINT64 flushed;                     /* bytes given to the callback */
    WS_BYTES       flushing;            /* what the callback has at the moment */
    WS_ASYNC_STATE flush_async;
    WS_BYTES  bytes;                    /* for WS_XML_WRITER_PROPERTY_BUFFERS */
    struct writer_bytes acc;            /* text of an attribute value that is still growing */

    /* binary */
    const WS_XML_DICTIONARY   *dictionary;
    WS_DYNAMIC_STRING_CALLBACK dynamic;
    void  *dynamic_state;
    SIZE_T last_text;                   /* offset of the last text record, for merging with the end; ~0: none */
    SIZE_T last_text_end;
    SIZE_T value;                       /* offset of an attribute's characters; 0: none yet */

    /* CDATA: brackets at its end so far, to cut ]]> apart */
    ULONG  brackets;

    /* XML buffer */
    WS_XML_BUFFER   *buffer;
    struct xml_node *pos;               /* what is written goes in front of it */

    struct mtom *mtom;

    struct c14n        *c14n;           /* canonical XML on the side */
    struct writer_bytes c14n_value;     /* of the open attribute */
    BYTE                c14n_bytes[3];
    ULONG               c14n_carry;
};

/* writer->slow: why the short ways through the functions can't be taken */
#define WRITER_SLOW_DECLARATION 0x01    /* the XML declaration is still to be written */
#define WRITER_SLOW_INDENT      0x02
#define WRITER_SLOW_CONVERT     0x04    /* not UTF-8 */
#define WRITER_SLOW_C14N        0x08
#define WRITER_SLOW_MTOM        0x10
#define WRITER_SLOW_TREE        0x20    /* into an XML buffer */

/* ---- writer.c ---- */

/* Remembers that a failure left the output damaged. Returns hr. */
HRESULT writer_failed( WS_XML_WRITER *w, HRESULT hr );
static inline HRESULT writer_done( WS_XML_WRITER *w, HRESULT hr )
{
    return LIKELY( hr >= 0 ) ? hr : writer_failed( w, hr );
}
/* For writes in a state that does not allow them. */
HRESULT writer_bad_state( const WS_XML_WRITER *w, const char *what, WS_ERROR *error );

/* Makes room for `size` bytes at writer->cur. */
HRESULT out_grow( WS_XML_WRITER *w, SIZE_T size, WS_ERROR *error );
static inline HRESULT out_reserve( WS_XML_WRITER *w, SIZE_T size, WS_ERROR *error )
{
    return LIKELY( (SIZE_T)(w->end - w->cur) >= size ) ? S_OK : out_grow( w, size, error );
}
static inline HRESULT out_bytes( WS_XML_WRITER *w, const void *bytes, SIZE_T size, WS_ERROR *error )
{
    HRESULT hr;
    if ((hr = out_reserve( w, size, error ))) return hr;
    memcpy( w->cur, bytes, size );
    w->cur += size;
    return S_OK;
}
static inline SIZE_T out_offset( const WS_XML_WRITER *w ) { return w->cur - w->sink->bytes; }
/* Appends to the encoded bytes as they are, whatever the character set. The writer is at the top of the document. */
HRESULT writer_final_bytes( WS_XML_WRITER *w, const void *bytes, SIZE_T size, WS_ERROR *error );
/* Everything up to writer->cur counts: tells the owner of the sink, converts, checks the quota. */
HRESULT out_commit_slow( WS_XML_WRITER *w, WS_ERROR *error );
static inline HRESULT out_commit( WS_XML_WRITER *w, WS_ERROR *error )
{
    SIZE_T size;
    if (UNLIKELY( !w->sink )) return S_OK;
    size = out_offset( w );
    if (UNLIKELY( (w->slow & WRITER_SLOW_CONVERT) || size > w->sink->max )) return out_commit_slow( w, error );
    w->sink->size = size;
    return S_OK;
}
HRESULT bytes_append( struct writer_bytes *bytes, const void *data, SIZE_T size, WS_ERROR *error );

/* ---- writer_tags.c ---- */

/* Ends an open start tag because content follows. */
HRESULT writer_close_tag( WS_XML_WRITER *w, WS_ERROR *error );
/* Goes to where content may be written: closes the start tag, writes the declaration. */
static inline HRESULT writer_to_content( WS_XML_WRITER *w, WS_ERROR *error )
{
    /* an element without attributes, as most are */
    if (LIKELY( w->state == WRITER_START_TAG && !(w->attr_count | w->decl_count | w->slow) && !w->deferred && w->cur < w->end ))
    {
        if (w->codec == &text_codec) *w->cur++ = '>';
        w->state = WRITER_CONTENT;
        return out_commit( w, error );
    }
    return w->state == WRITER_START_TAG || (w->slow & WRITER_SLOW_DECLARATION) ? writer_close_tag( w, error ) : S_OK;
}
void writer_reset_tags( WS_XML_WRITER *w );
/* An element that is open already (of an XML buffer), with its declarations. */
HRESULT writer_push_node( WS_XML_WRITER *w, struct xml_node *node, WS_ERROR *error );
/* Opens the start tag of the element of an XML buffer that the writer is positioned on, so that it can get more attributes. */
HRESULT writer_reopen( WS_XML_WRITER *w, WS_ERROR *error );
/* The declarations of the open start tag in the order in which they are written: call with *state 0 at first, until NULL. */
const struct writer_decl *writer_decl( const WS_XML_WRITER *w, ULONG *state );
/* Innermost binding of a namespace whose prefix is not hidden; `prefixed`: only with a prefix that is not empty. */
const struct ns_binding *writer_find_ns( const WS_XML_WRITER *w, const WS_XML_STRING *ns, BOOL prefixed );

/* ---- writer_text.c ---- */

/* Before a text in the current state: closes the start tag, checks the top of the document. `bytes` for the check that it is
 * white space, NULL: it is not. */
/* UTF-16 through the codec's `chars`. */
HRESULT writer_utf16( WS_XML_WRITER *w, const WCHAR *chars, ULONG count, WS_ERROR *error );
HRESULT writer_begin_text( WS_XML_WRITER *w, WS_XML_TEXT_TYPE type, const BYTE *bytes, ULONG count, WS_ERROR *error );

/* `value` may be any characters; "--" is refused. */
HRESULT writer_write_comment( WS_XML_WRITER *w, const WS_XML_STRING *value, WS_ERROR *error );

/* ---- writer_c14n.c: only to be called with WRITER_SLOW_C14N ---- */

HRESULT writer_c14n_start( WS_XML_WRITER *w, WS_ERROR *error );         /* the start tag of writer->element ends */
HRESULT writer_c14n_attribute( WS_XML_WRITER *w, WS_ERROR *error );     /* the last attribute ends */
HRESULT writer_c14n_text( WS_XML_WRITER *w, const WS_XML_TEXT *text, WS_ERROR *error );
HRESULT writer_c14n_chars( WS_XML_WRITER *w, const BYTE *chars, ULONG count, WS_ERROR *error );
HRESULT writer_c14n_node( WS_XML_WRITER *w, const WS_XML_NODE *node, WS_ERROR *error );
/* No element is open that began after canonicalization did. */
BOOL    writer_c14n_at_start( const WS_XML_WRITER *w );
void    writer_drop_canonicalization( WS_XML_WRITER *w );

/* ---- codec_text.c ---- */

/* Writes the XML declaration and with that clears WRITER_SLOW_DECLARATION. */
HRESULT text_declaration( WS_XML_WRITER *w, WS_ERROR *error );

/* ---- codec_binary.c ---- */

/* An element with this text (NULL: none), at writer->cur. */
HRESULT binary_simple( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *name, const WS_XML_TEXT *text,
                       WS_ERROR *error );

/* ---- codec_tree.c ---- */

/* The string of a namespace that an open element of the tree declares with the same bytes; else NULL. */
const WS_XML_STRING *tree_shared_ns( const WS_XML_WRITER *w, const WS_XML_STRING *ns );

#endif
