/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The inside of WS_XML_READER, shared by its parts:
 *
 *   reader.c          life, properties, inputs, the operations that all encodings have in common
 *   reader_text.c     text: the tokenizer
 *   reader_charset.c  text: character sets, the XML declaration, UTF-16
 *   reader_binary.c   .NET binary XML
 *   reader_mtom.c     MTOM: MIME parts around the text
 *   reader_stream.c   filling the window from a callback
 *   reader_tree.c     XML buffers: the cursor and the copy into a buffer
 *   reader_value.c    typed values out of text
 *   namespaces.c      prefixes in scope
 *
 * A reader over bytes has a window [pos, end) of input that is not read yet. With a buffer as input the window is the
 * caller's memory and the nodes point into it; nothing is copied but what has to be decoded. With a stream the window
 * is memory of the reader, so names and namespaces that outlive their node go to `stack`. */
#ifndef WS_XML_READER_IMPL_H
#define WS_XML_READER_IMPL_H

#include "xml/reader.h"
#include "xml/namespaces.h"
#include "xml/text.h"

/* One attribute of the current element. The public struct comes first. */
struct reader_attr
{
    WS_XML_ATTRIBUTE attr;
    WS_XML_STRING    prefix;
    WS_XML_STRING    local;
    WS_XML_STRING    ns;        /* of declarations; else attr.ns points into the scope */
    union any_text   value;
};

/* An element is read into the slot that the current node does not use, so that a failure leaves the current node whole. */
struct element_slot
{
    WS_XML_ELEMENT_NODE element;
    WS_XML_STRING       prefix;
    WS_XML_STRING       local;
    WS_XML_STRING       ns;
    struct reader_attr *attrs;
    WS_XML_ATTRIBUTE  **attr_ptrs;
    ULONG               attr_size;
};

struct reader_props
{
    ULONG max_depth;
    BOOL  allow_fragment;
    ULONG max_attributes;
    BOOL  read_declaration;
    ULONG utf8_trim_size;
    ULONG stream_buffer_size;
    ULONG max_root_mime_part;
    ULONG max_mime_headers;
    ULONG max_mime_parts;
    BOOL  allow_invalid_refs;
    ULONG max_namespaces;
};

/* An element whose end has not been read. */
struct open_element
{
    const BYTE   *qname;        /* as spelt in the start tag; text only */
    ULONG         qname_len;
    ULONG         prefix_len;
    const BYTE   *prefix;       /* and its namespace; not to be used where the window moves */
    const BYTE   *ns;
    ULONG         ns_len;
    ULONG         ns_mark;      /* bindings in scope before it */
    ULONG         xml_attr_mark; /* inherited xml: attributes before it */
    struct mem_stack_mark stack_mark;
};

/* An attribute of the xml: prefix in scope (WsGetXmlAttribute). */
struct xml_attr
{
    WS_XML_STRING name;
    WS_XML_STRING value;
};

enum reader_input
{
    READER_NO_INPUT, READER_BYTES, READER_STREAM, READER_TREE
};

enum reader_place
{
    AT_START,           /* nothing read yet: mark and declaration may come */
    IN_CONTENT,
    IN_CDATA,           /* between the CDATA node and END_CDATA */
    AT_EOF
};

/* A group of four base64 digits, between two pieces. */
struct base64_state
{
    UINT32 bits;
    UINT8  digits;          /* in bits */
    UINT8  pads;            /* of them are '=' */
    UINT8  ready;           /* bytes to be given out, the last ones of `bytes` */
    BOOL   ended;           /* a padded group was the last one */
    BOOL   moving;          /* to the text that it goes on in */
    BYTE   bytes[3];
};

struct reader_stream;
struct reader_mtom;
struct c14n;

struct _WS_XML_READER
{
    struct object      hdr;
    const WS_XML_NODE *node;            /* the current one */
    HRESULT          (*read)( WS_XML_READER *reader, WS_ERROR *error );    /* next node in this encoding */

    const BYTE *pos, *end;              /* the window */
    const BYTE *node_start;             /* where the current node begins, for row and column */
    BOOL        eof_known;              /* nothing can follow `end` */
    UINT8       input;                  /* enum reader_input */
    UINT8       encoding;               /* WS_XML_READER_ENCODING_TYPE */
    UINT8       place;                  /* enum reader_place */
    UINT8       charset;                /* found or given WS_CHARSET; AUTO while not known */
    UINT8       given_charset;
    BOOL        mark_read;              /* the byte order mark, of which there is one at most */
    BOOL        pop_pending;            /* the current END_ELEMENT closes the innermost element when left */
    BOOL        end_pending;            /* END_ELEMENT of an empty element (or a record of its own) is next */
    BOOL        have_root;
    BOOL        copy_names;             /* the window moves: see `stack` */
    BOOL        binary_names;           /* names of the nodes may say that they are of a dictionary */
    BOOL        hold_scratch;           /* texts handed out stay while reading on */
    BOOL        in_attribute;

    UINT8       piece_record;           /* binary: a text of which piece_left bytes are to come */
    UINT8       array_record;           /* binary: of an array of which array_left items are to come */
    BOOL        array_in_item;          /* the item's text is the current node */
    BOOL        in_array;               /* the element of an array is being read */
    BOOL        array_close;            /* its last end element is the current node */
    struct mem_stack_mark array_mark;
    ULONG       piece_left;
    ULONG       array_left;
    const WS_XML_DICTIONARY *static_dict, *dynamic_dict;

    struct open_element *open;          /* stack */
    ULONG       depth, open_size;
    struct ns_scope ns;
    struct mem_stack stack;             /* strings as long as their element */
    struct mem_stack scratch[2];        /* decoded texts: of the current node, and of the next while it is read */
    ULONG       scratch_index;          /* which one is the current node's */

    struct element_slot *slot;          /* the current element's; the other one is for the next */
    struct element_slot  slots[2];
    ULONG      *attr_table;             /* hash of many attributes */
    ULONG       attr_table_size;
    WS_XML_TEXT_NODE    text_node;
    union any_text     *text;           /* of text_node; the other one is for the next */
    union any_text      texts[2];
    WS_XML_COMMENT_NODE comment;
    WS_XML_TEXT_NODE    attr_node;      /* the value, while in an attribute */
    const WS_XML_NODE  *attr_elem;      /* whose it is */
    union any_text      content;        /* handed out by reader_read_content_text */

    ULONG       value_pos;              /* of the current text, already given out as chars or bytes */
    WS_XML_STRING value_utf8;           /* lexical form of the current text for that */
    BOOL        value_started;
    BOOL        value_raw;              /* it is given out as bytes without decoding */
    BOOL        low_surrogate;          /* the next unit of WsReadChars */
    struct base64_state base64;
    BYTE        value_bounded[XML_TEXT_SCRATCH];
    WS_HEAP    *text_heap;              /* lexical forms that are longer */
    BYTE       *joined;                 /* content of several texts */
    SIZE_T      joined_size;

    struct xml_attr *xml_attrs;
    ULONG       xml_attr_count, xml_attr_size;

    const BYTE *line_pos;               /* lines are counted up to here */
    UINT64      row, column;            /* zero based, of line_pos */
    UINT64      node_row, node_column;  /* of the current node when its bytes are gone (node_start is NULL) */

    WS_XML_BUFFER   *buffer;            /* tree input */
    struct xml_node *tree_node;         /* position there */

    BYTE       *converted;              /* UTF-16 input as UTF-8; kept up to UTF8_TRIM_SIZE */
    SIZE_T      converted_size;
    struct reader_stream *stream;
    struct reader_mtom   *mtom;
    struct c14n          *c14n;         /* while canonicalization is on */
    BOOL                  c14n_passed;  /* it has got the current node */
    UINT8                 c14n_carry;   /* bytes of c14n_bytes: of a base64 text that may go on */
    BYTE                  c14n_bytes[3];

    struct reader_props create_props;
    struct reader_props props;
};

extern const WS_XML_NODE node_bof, node_eof, node_end_element, node_cdata, node_end_cdata;

/* --- errors: the code with the place in the message ------------------------------------------------------------- */

struct place_text { char text[64]; };
/* "Line 1, column 2: " of `pos` in the window; empty for binary. */
struct place_text reader_place_text( const WS_XML_READER *reader, const BYTE *pos ) __attribute__((cold));

#define XML_FAIL( reader, pos, error, hr, format, ... ) \
    ({ struct place_text place_ = reader_place_text( reader, pos ); \
       ws_fail( error, hr, "%s" format, place_.text, ##__VA_ARGS__ ); })

/* The input ends where more is needed: WS_E_QUOTA_EXCEEDED when a fill may bring it, else WS_E_INVALID_FORMAT. */
HRESULT reader_short_input( WS_XML_READER *reader, WS_ERROR *error ) __attribute__((cold));

/* --- elements ---------------------------------------------------------------------------------------------------- */

/* The slot to read an element into. */
static inline struct element_slot *reader_next_slot( WS_XML_READER *reader )
{
    return reader->slot == &reader->slots[0] ? &reader->slots[1] : &reader->slots[0];
}

HRESULT reader_grow_slot( WS_XML_READER *reader, struct element_slot *slot, ULONG count, WS_ERROR *error );

/* Room for one more attribute after `count`; the quota of attributes is checked here. */
static inline HRESULT reader_need_attr( WS_XML_READER *reader, struct element_slot *slot, ULONG count, WS_ERROR *error )
{
    if (LIKELY( count < slot->attr_size && count < reader->props.max_attributes )) return S_OK;
    return reader_grow_slot( reader, slot, count, error );
}

/* Memory until the next node but one is read (see scratch). */
void *reader_scratch( WS_XML_READER *reader, SIZE_T size );
/* To be called before a node is read and after it was. */
static inline void reader_begin_node( WS_XML_READER *reader )
{
    struct mem_stack *next = &reader->scratch[!reader->scratch_index];
    if (UNLIKELY( next->top != NULL ) && !reader->hold_scratch) mem_stack_reset( next );
}
static inline void reader_done_node( WS_XML_READER *reader, const WS_XML_NODE *node, const BYTE *start )
{
    reader->scratch_index = !reader->scratch_index;
    reader->node = node;
    reader->node_start = start;
    reader->value_started = reader->value_raw = FALSE;
}

/* As for elements: a text that may turn out malformed is read into the other place. */
static inline union any_text *reader_next_text( WS_XML_READER *reader )
{
    return reader->text == &reader->texts[0] ? &reader->texts[1] : &reader->texts[0];
}
static inline void reader_done_text( WS_XML_READER *reader, union any_text *text, const BYTE *start )
{
    reader->text = text;
    reader->text_node.text = &text->text;
    reader_done_node( reader, &reader->text_node.node, start );
}

/* Common end of reading a start element. The slot holds prefix and local name of the element and of `count` attributes,
 * declarations have isXmlNs and their namespace. Declares the namespaces, resolves the prefixes, finds duplicates, opens the element;
 * nothing changes on failure. `qname` is the name as spelt, for the end tag. */
#define ELEMENT_HAS_XMLNS    1   /* among the attributes */
#define ELEMENT_HAS_PREFIXED 2   /* attributes with a prefix */
HRESULT reader_open_element( WS_XML_READER *reader, struct element_slot *slot, ULONG count, ULONG flags, const BYTE *start,
                             const BYTE *qname, ULONG qname_len, WS_ERROR *error );
/* Leaves the innermost element: its namespaces go out of scope. */
void reader_close_element( WS_XML_READER *reader );
/* A copy in `stack` if the window may move, else the string itself. */
HRESULT reader_keep( WS_XML_READER *reader, WS_XML_STRING *str, WS_ERROR *error );
/* What a prefix is bound to at the current node; NULL when it is not. */
const WS_XML_STRING *reader_prefix_namespace( WS_XML_READER *reader, const WS_XML_STRING *prefix );
/* The current node's zero based line and column. */
void reader_node_place( WS_XML_READER *reader, UINT64 *row, UINT64 *column );
/* Counts the lines up to `pos`, which is not before the current node. */
void reader_count_lines( WS_XML_READER *reader, const BYTE *pos );
/* Inherited xml: attributes go to `xml_attrs`. */
HRESULT reader_note_xml_attr( WS_XML_READER *reader, const struct reader_attr *attr, WS_ERROR *error );

/* The part of reader_read_simple that depends on the encoding: the text goes to reader->content. */
enum reader_simple text_read_simple( WS_XML_READER *reader, const struct open_element *parent, const WS_XML_STRING *name );
enum reader_simple binary_read_simple( WS_XML_READER *reader, const struct open_element *parent, const WS_XML_STRING *name );

/* --- encodings --------------------------------------------------------------------------------------------------- */

HRESULT binary_read_node( WS_XML_READER *reader, WS_ERROR *error );
/* A string that a binary document spells out: it has a dictionary but lasts no longer than the window. */
BOOL is_inline_string( const WS_XML_STRING *str );
HRESULT raw_read_node( WS_XML_READER *reader, WS_ERROR *error );

HRESULT text_read_node( WS_XML_READER *reader, WS_ERROR *error );
/* Detects the character set, converts, reads the declaration; once, before the first node. */
HRESULT text_start( WS_XML_READER *reader, WS_ERROR *error );
/* Decodes references and line ends of [src, end) into dst (as much room as the source has); the length, or NULL end of it
 * in *bad where a reference is malformed. */
HRESULT text_decode( WS_XML_READER *reader, const BYTE *src, const BYTE *end, BOOL attribute, BYTE *dst, ULONG *len,
                     WS_ERROR *error );
/* Converts UTF-16 to UTF-8, in `dst` of 3 * len / 2 bytes. What is malformed becomes the byte 0xff, which the
 * tokenizer refuses at its place. `*used` is less than len where a unit or a pair is cut off; with `last` nothing is left over. */
SIZE_T utf16_convert( const BYTE *src, SIZE_T len, BOOL big_endian, BOOL last, BYTE *dst, SIZE_T *used );

HRESULT mtom_open( WS_XML_READER *reader, const WS_XML_READER_MTOM_ENCODING *encoding, WS_ERROR *error );
void    mtom_close( WS_XML_READER *reader );
/* Finds the root part; once, before the first node. */
HRESULT mtom_start( WS_XML_READER *reader, WS_ERROR *error );
HRESULT mtom_read_node( WS_XML_READER *reader, WS_ERROR *error );

/* Reads on while canonicalization is on. */
HRESULT c14n_read_node( WS_XML_READER *reader, WS_ERROR *error );
void    c14n_close( WS_XML_READER *reader );

/* --- trees -------------------------------------------------------------------------------------------------------- */

HRESULT tree_read_node( WS_XML_READER *reader, WS_ERROR *error );
void    tree_open( WS_XML_READER *reader, WS_XML_BUFFER *buffer );
void    tree_skip_to_end( WS_XML_READER *reader );
ULONG   tree_depth( const WS_XML_READER *reader );
const WS_XML_STRING *tree_prefix_namespace( const WS_XML_READER *reader, const WS_XML_STRING *prefix );
const WS_XML_TEXT *tree_xml_attribute( const WS_XML_READER *reader, const WS_XML_STRING *name );

/* --- streams ------------------------------------------------------------------------------------------------------ */

HRESULT stream_open( WS_XML_READER *reader, const WS_XML_READER_STREAM_INPUT *input, WS_ERROR *error );
HRESULT stream_fill( WS_XML_READER *reader, ULONG min_size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );
/* The window of the reader is somewhere else from now on, the stream has one of its own (MTOM). */
void    stream_detach( WS_XML_READER *reader );
void    stream_window( const WS_XML_READER *reader, const BYTE **pos, const BYTE **end );
void    stream_advance( WS_XML_READER *reader, const BYTE *pos );
BOOL    stream_at_end( const WS_XML_READER *reader );
/* The current node points into the stream's window. */
void    stream_keep_node( WS_XML_READER *reader );
/* The window holds UTF-16: converts it, and all that will come. */
HRESULT stream_begin_utf16( WS_XML_READER *reader, WS_ERROR *error );
void    stream_close( WS_XML_READER *reader );

#endif
