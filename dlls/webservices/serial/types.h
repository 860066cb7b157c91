/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the parts of serialization share: the table of types and the contexts of one call.
 *
 * Descriptions are interpreted directly. Programs build them on the stack and change them between calls, so nothing
 * derived from one is kept; the rules that make a description invalid are bit tests against the table. */
#ifndef WS_SERIAL_TYPES_H
#define WS_SERIAL_TYPES_H

#include "serial/serial.h"
#include "xml/names.h"

/* How a type behaves. */
#define TYPE_TEXT     0x01  /* its XML form is text: loaded and stored through a WS_XML_TEXT */
#define TYPE_POINTER  0x02  /* the C type is a pointer: needs no WS_FIELD_POINTER, cannot be a WS_*_VALUE */
#define TYPE_NIL      0x04  /* a value of the type can itself be nil */
#define TYPE_DESC     0x08  /* needs a description */
#define TYPE_ARRAY    0x10  /* two fields, the pointer and the count: only inside a struct */
#define TYPE_OPT_PTR  0x20  /* WS_FIELD_OPTIONAL only together with WS_FIELD_POINTER */
#define TYPE_DEFAULT  0x40  /* may have a WS_DEFAULT_VALUE */
#define TYPE_NO_NIL   0x80  /* neither pointer nor nil */

struct type_info
{
    const char *name;
    UINT8  size;            /* in bytes; 0: the description says it */
    UINT8  flags;           /* TYPE_* */
    UINT16 fields;          /* bit per WS_FIELD_MAPPING it can be used with */
    UINT8  mappings;        /* bit per WS_TYPE_MAPPING */
};

extern const struct type_info serial_types[WS_ANY_ATTRIBUTES_TYPE + 1];
/* NULL for a value that is no WS_TYPE. */
static inline const struct type_info *type_info( WS_TYPE type )
{
    return (ULONG)type <= WS_ANY_ATTRIBUTES_TYPE ? &serial_types[type] : NULL;
}

/* Checks type and description where they enter: a known type, the description there when needed and not absurd.
 * E_INVALIDARG. *size: of a value in place. */
HRESULT type_check( WS_TYPE type, const void *desc, ULONG *size, WS_ERROR *error );
/* The same for a field of a struct or union, with its mapping and options. *size: of a value, without
 * WS_FIELD_POINTER. */
HRESULT field_check( const WS_FIELD_DESCRIPTION *field, ULONG owner_size, ULONG *size, WS_ERROR *error );


/* The same for the choice of a union: one element, or several in an element of their own (reference page of
 * WS_UNION_DESCRIPTION). */
HRESULT choice_check( const WS_FIELD_DESCRIPTION *field, ULONG owner_size, ULONG *size, WS_ERROR *error );

/* A struct description whose fields were all checked. The program may not change descriptions during a call, so a call
 * checks each one when it meets it first and remembers it in its cache of CHECKED_SLOTS of these, which begin zeroed.
 */
struct checked_struct
{
    const WS_STRUCT_DESCRIPTION *desc;
    ULONG attributes;   /* fields up to and including the last one that is an attribute */
    ULONG content;      /* fields before the first one that is none: as documented, both are the same */
};
#define CHECKED_SLOTS 16
#define ATTRIBUTE_FIELDS (1 << WS_TYPE_ATTRIBUTE_FIELD_MAPPING | 1 << WS_ATTRIBUTE_FIELD_MAPPING | \
                          1 << WS_XML_ATTRIBUTE_FIELD_MAPPING | 1 << WS_ANY_ATTRIBUTES_FIELD_MAPPING)
HRESULT struct_check( struct checked_struct *slot, const WS_STRUCT_DESCRIPTION *desc, WS_ERROR *error );
static inline HRESULT struct_checked( struct checked_struct *cache, const WS_STRUCT_DESCRIPTION *desc,
                                      struct checked_struct *ret, WS_ERROR *error )
{
    struct checked_struct *slot = &cache[((ULONG_PTR)desc >> 4 ^ (ULONG_PTR)desc >> 9) % CHECKED_SLOTS];
    HRESULT hr;

    if (UNLIKELY( slot->desc != desc ) && (hr = struct_check( slot, desc, error ))) return hr;
    *ret = *slot;
    return S_OK;
}
/* Size of the value of a field that was checked. */
static inline ULONG field_size( const WS_FIELD_DESCRIPTION *field )
{
    ULONG size = serial_types[field->type].size;
    return LIKELY( size ) ? size : serial_type_size( field->type, field->typeDescription );
}

/* The form of a text-like field for messages: its name, or what it is. */
const char *field_mapping_name( WS_FIELD_MAPPING mapping );

/* -1, 0, 1 */
int decimal_compare( const DECIMAL *a, const DECIMAL *b );

/* Nested structs and unions in one call: each level of the document costs a few hundred bytes of stack. */
#define MAX_NESTING 256

struct scratch_chunk;

/* One reading call. */
struct read_ctx
{
    WS_XML_READER *reader;
    WS_HEAP       *heap;            /* may be NULL as long as nothing is allocated */
    WS_ERROR      *error;
    ULONG          nesting;
    BOOL           behind;          /* the current node is over, but the reader has not moved on: see read_fields() */
    struct scratch_chunk *scratch;  /* current chunk */
    struct checked_struct checked[CHECKED_SLOTS];
};

/* One writing call. */
struct write_ctx
{
    WS_XML_WRITER *writer;
    WS_ERROR      *error;
    ULONG          nesting;
    BOOL           typed;           /* the writer takes typed texts */
    struct checked_struct checked[CHECKED_SLOTS];
};

/* Allocates in the heap of the call; NULL with *hr set, also when the caller gave no heap. */
void *ctx_alloc( struct read_ctx *ctx, SIZE_T size, HRESULT *hr );

/* load.c: the value of a text type from a text. `count` is the second field of the array types. */
HRESULT load_text( struct read_ctx *ctx, const WS_XML_TEXT *text, WS_TYPE type, const void *desc, void *dst,
                   ULONG *count );

/* store.c: writes a value of a text type as element content or into the open attribute. */
HRESULT store_text( struct write_ctx *ctx, WS_TYPE type, const void *desc, const void *src, ULONG count );

/* The same as an element with its tags. */
HRESULT store_text_element( struct write_ctx *ctx, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_TYPE type,
                            const void *desc, const void *src, ULONG count );

/* read.c */
/* A complete element at which the reader stands. */
HRESULT read_element_value( struct read_ctx *ctx, WS_TYPE type, const void *desc, void *dst, ULONG size, ULONG *count );
HRESULT read_struct( struct read_ctx *ctx, WS_TYPE_MAPPING mapping, const WS_STRUCT_DESCRIPTION *desc, void *dst );
/* All nodes up to the end of the current element as the top level of a new buffer; *ret is NULL if there are none and
 * `empty` is FALSE. */
HRESULT read_content_buffer( struct read_ctx *ctx, BOOL empty, WS_XML_BUFFER **ret );
/* The content of the current element, whatever it is, up to its end node. */
HRESULT skip_content( struct read_ctx *ctx );
BOOL at_element( const struct read_ctx *ctx, const WS_XML_STRING *name, const WS_XML_STRING *ns );

/* write.c */
HRESULT write_element_value( struct write_ctx *ctx, WS_TYPE type, const void *desc, const void *src, ULONG count );
/* The nodes of one level of an XML buffer from `node` on, with all below them. */
HRESULT write_nodes( struct write_ctx *ctx, const struct xml_node *node );
HRESULT write_struct( struct write_ctx *ctx, WS_TYPE_MAPPING mapping, const WS_STRUCT_DESCRIPTION *desc,
                      const void *src );

/* address.c */
HRESULT read_endpoint_address( struct read_ctx *ctx, const WS_ENDPOINT_ADDRESS_DESCRIPTION *desc,
                               WS_ENDPOINT_ADDRESS *dst );
HRESULT write_endpoint_address( struct write_ctx *ctx, const WS_ENDPOINT_ADDRESS_DESCRIPTION *desc,
                                const WS_ENDPOINT_ADDRESS *src );

/* fault.c: the struct description of WS_FAULT for an envelope version; NULL if there is none. */
const WS_STRUCT_DESCRIPTION *fault_description( WS_ENVELOPE_VERSION version );
HRESULT write_fault( struct write_ctx *ctx, WS_ENVELOPE_VERSION version, const WS_FAULT *src );

/* Compares names of elements: nearly always short and nearly always equal. */
static inline BOOL name_eq( const WS_XML_STRING *a, const WS_XML_STRING *b )
{
    const BYTE *x = a->bytes, *y = b->bytes;
    ULONG len = a->length;
    UINT64 p, q, r, s;
    UINT32 t, u, v, w;

    if (len != b->length) return FALSE;
    if (x == y) return TRUE;
    if (len >= 8)
    {
        if (len > 16) return !memcmp( x, y, len );
        memcpy( &p, x, 8 );
        memcpy( &q, y, 8 );
        memcpy( &r, x + len - 8, 8 );
        memcpy( &s, y + len - 8, 8 );
        return !((p ^ q) | (r ^ s));
    }
    if (len >= 4)
    {
        memcpy( &t, x, 4 );
        memcpy( &u, y, 4 );
        memcpy( &v, x + len - 4, 4 );
        memcpy( &w, y + len - 4, 4 );
        return !((t ^ u) | (v ^ w));
    }
    while (len--) if (x[len] != y[len]) return FALSE;
    return TRUE;
}

#endif
