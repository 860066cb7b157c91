/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Namespaces in scope, and memory that is given back in the reverse order of its taking.
 *
 * Both are stacks that follow the nesting of the elements. A look-up walks the few innermost declarations; when a document has
 * many, a hash table with a secret seed takes over, so that no choice of prefixes makes it slow. */
#ifndef WS_XML_NAMESPACES_H
#define WS_XML_NAMESPACES_H

#include "xml/node.h"

/* --- stack of memory: addresses stay valid until the mark is released ---------------------------------------------- */

struct mem_chunk
{
    struct mem_chunk *prev;
    SIZE_T size;
    SIZE_T used;
};

struct mem_stack
{
    struct mem_chunk *top;
    struct mem_chunk *spare;        /* one empty chunk, so that a boundary is not crossed by malloc each time */
};

struct mem_stack_mark
{
    struct mem_chunk *chunk;
    SIZE_T used;
};

void *mem_stack_alloc_slow( struct mem_stack *stack, SIZE_T size );
void mem_stack_release_slow( struct mem_stack *stack, struct mem_stack_mark mark );

/* Memory aligned to 8; NULL if there is none. */
static inline void *mem_stack_alloc( struct mem_stack *stack, SIZE_T size )
{
    struct mem_chunk *chunk = stack->top;
    void *ret;

    size = (size + 7) & ~(SIZE_T)7;
    if (UNLIKELY( !chunk || chunk->size - chunk->used < size )) return mem_stack_alloc_slow( stack, size );
    ret = (BYTE *)(chunk + 1) + chunk->used;
    chunk->used += size;
    return ret;
}

static inline struct mem_stack_mark mem_stack_mark( const struct mem_stack *stack )
{
    struct mem_stack_mark mark = { stack->top, stack->top ? stack->top->used : 0 };
    return mark;
}

static inline void mem_stack_release( struct mem_stack *stack, struct mem_stack_mark mark )
{
    if (UNLIKELY( stack->top != mark.chunk )) mem_stack_release_slow( stack, mark );
    else if (mark.chunk) mark.chunk->used = mark.used;
}
void mem_stack_reset( struct mem_stack *stack );
void mem_stack_free( struct mem_stack *stack );

/* --- scope --------------------------------------------------------------------------------------------------------- */

/* A hash no input can aim at: `seed` is random per process. */
ULONG hash_bytes( const BYTE *bytes, ULONG len, ULONG seed );
ULONG hash_seed( void );

struct ns_binding
{
    WS_XML_STRING prefix;           /* bytes NULL for the default namespace */
    WS_XML_STRING ns;
    ULONG         hash;             /* of the prefix, when the table is used */
    ULONG         ns_hash;          /* 0: not computed */
    LONG          shadowed;         /* outer binding of the same prefix, -1: none; when the table is used */
};

#define NS_NO_BINDING ((const struct ns_binding *)NULL)
#define NS_TABLE_MIN 16             /* from so many bindings on the table is used */

struct ns_scope
{
    struct ns_binding *bindings;
    ULONG  count, size;
    LONG  *table;                   /* innermost binding of each prefix, open addressing; -1: free */
    ULONG  table_size;              /* a power of two, 0: not in use */
};

extern const struct ns_binding ns_default_none;    /* prefix "", no namespace: of elements */
extern const WS_XML_STRING     ns_attr_none;       /* no namespace, bytes NULL: of attributes */
extern const struct ns_binding ns_xml, ns_xmlns;

/* The binding of a prefix; NULL if there is none. The prefixes xml and xmlns are always bound, the empty one too. */
const struct ns_binding *ns_find( const struct ns_scope *scope, const BYTE *prefix, ULONG len );
/* Adds a binding; the strings have to live as long. E_OUTOFMEMORY, or S_FALSE when the prefix is bound already at
 * index `mark` or above. */
HRESULT ns_push( struct ns_scope *scope, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, ULONG mark );
/* Back to `count` bindings. */
void ns_pop_slow( struct ns_scope *scope, ULONG count );
static inline void ns_pop( struct ns_scope *scope, ULONG count )
{
    if (UNLIKELY( scope->table_size )) ns_pop_slow( scope, count );
    else scope->count = count;
}
void ns_free( struct ns_scope *scope );

#endif
