/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Namespaces in scope, and the stack of memory. */

#include "xml/namespaces.h"

#define MEM_CHUNK_SIZE 4096

static struct mem_chunk *new_chunk( struct mem_stack *stack, SIZE_T size )
{
    struct mem_chunk *chunk = stack->spare;

    if (chunk && chunk->size >= size) stack->spare = NULL;
    else
    {
        SIZE_T room = size > MEM_CHUNK_SIZE ? size : MEM_CHUNK_SIZE;
        if (!(chunk = mem_alloc( sizeof(*chunk) + room ))) return NULL;
        chunk->size = room;
    }
    chunk->used = 0;
    chunk->prev = stack->top;
    stack->top = chunk;
    return chunk;
}

void *mem_stack_alloc_slow( struct mem_stack *stack, SIZE_T size )
{
    struct mem_chunk *chunk = new_chunk( stack, size );

    if (!chunk) return NULL;
    chunk->used = size;
    return chunk + 1;
}

void mem_stack_release_slow( struct mem_stack *stack, struct mem_stack_mark mark )
{
    while (stack->top != mark.chunk)
    {
        struct mem_chunk *chunk = stack->top;
        stack->top = chunk->prev;
        if (stack->spare || chunk->size > MEM_CHUNK_SIZE) mem_free( chunk );
        else stack->spare = chunk;
    }
    if (stack->top) stack->top->used = mark.used;
}

void mem_stack_reset( struct mem_stack *stack )
{
    struct mem_stack_mark empty = { NULL, 0 };
    mem_stack_release( stack, empty );
}

void mem_stack_free( struct mem_stack *stack )
{
    mem_stack_reset( stack );
    mem_free( stack->spare );
    stack->spare = NULL;
}

ULONG hash_seed( void )
{
    static UINT32 seed;
    UINT32 value = __atomic_load_n( &seed, __ATOMIC_RELAXED );

    if (!value)
    {
        UINT32 expected = 0;
        port_random( &value, sizeof(value) );
        value |= 1;
        if (!__atomic_compare_exchange_n( &seed, &expected, value, FALSE, __ATOMIC_RELAXED, __ATOMIC_RELAXED ))
            value = expected;
    }
    return value;
}

ULONG hash_bytes( const BYTE *bytes, ULONG len, ULONG seed )
{
    UINT64 hash = ((UINT64)seed << 32 | (seed ^ len)) * 0x9e3779b97f4a7c15ull, word;

    for (; len >= 8; bytes += 8, len -= 8)
    {
        memcpy( &word, bytes, 8 );
        hash = (hash ^ word) * 0xff51afd7ed558ccdull;
        hash ^= hash >> 29;
    }
    word = 0;
    if (len) memcpy( &word, bytes, len );
    hash = (hash ^ word) * 0xc4ceb9fe1a85ec53ull;
    hash ^= hash >> 32;
    hash *= 0x9e3779b97f4a7c15ull;
    return hash >> 32;
}

const struct ns_binding ns_default_none = { { 0, NULL, NULL, 0 }, { 0, (BYTE *)"", NULL, 0 }, 0, 0, -1 };
const WS_XML_STRING ns_attr_none = { 0, NULL, NULL, 0 };
const struct ns_binding ns_xml = { XMLSTR( "xml" ), XMLSTR( "http://www.w3.org/XML/1998/namespace" ), 0, 0, -1 };
const struct ns_binding ns_xmlns = { XMLSTR( "xmlns" ), XMLSTR( "http://www.w3.org/2000/xmlns/" ), 0, 0, -1 };

static inline BOOL same_prefix( const struct ns_binding *binding, const BYTE *prefix, ULONG len )
{
    return binding->prefix.length == len && (!len || (binding->prefix.bytes[0] == prefix[0] &&
                                                      mem_equal( binding->prefix.bytes, prefix, len )));
}

/* The slot of the prefix, or the free one where it would be. */
static LONG *find_slot( const struct ns_scope *scope, const BYTE *prefix, ULONG len, ULONG hash )
{
    ULONG i = hash & (scope->table_size - 1);

    while (scope->table[i] >= 0)
    {
        const struct ns_binding *binding = &scope->bindings[scope->table[i]];
        if (binding->hash == hash && same_prefix( binding, prefix, len )) break;
        i = (i + 1) & (scope->table_size - 1);
    }
    return &scope->table[i];
}

static const struct ns_binding *find_declared( const struct ns_scope *scope, const BYTE *prefix, ULONG len )
{
    ULONG i;

    if (UNLIKELY( scope->table_size ))
    {
        LONG index = *find_slot( scope, prefix, len, hash_bytes( prefix, len, hash_seed() ) );
        return index < 0 ? NULL : &scope->bindings[index];
    }
    for (i = scope->count; i--; )
        if (same_prefix( &scope->bindings[i], prefix, len )) return &scope->bindings[i];
    return NULL;
}

const struct ns_binding *ns_find( const struct ns_scope *scope, const BYTE *prefix, ULONG len )
{
    const struct ns_binding *binding = find_declared( scope, prefix, len );

    if (LIKELY( binding != NULL )) return binding;
    if (!len) return &ns_default_none;
    if (same_prefix( &ns_xml, prefix, len )) return &ns_xml;
    if (same_prefix( &ns_xmlns, prefix, len )) return &ns_xmlns;
    return NULL;
}

static void enter_binding( struct ns_scope *scope, ULONG index )
{
    struct ns_binding *binding = &scope->bindings[index];
    LONG *slot;

    binding->hash = hash_bytes( binding->prefix.bytes, binding->prefix.length, hash_seed() );
    slot = find_slot( scope, binding->prefix.bytes, binding->prefix.length, binding->hash );
    binding->shadowed = *slot;
    *slot = index;
}

static HRESULT grow( struct ns_scope *scope )
{
    ULONG size = scope->size ? scope->size * 2 : NS_TABLE_MIN, i;
    struct ns_binding *bindings;
    LONG *table = NULL;

    if (size > 0x1000000) return E_OUTOFMEMORY;
    if (!(bindings = mem_realloc( scope->bindings, size * sizeof(*bindings) ))) return E_OUTOFMEMORY;
    scope->bindings = bindings;
    if (scope->size)    /* at least NS_TABLE_MIN bindings */
    {
        if (!(table = mem_alloc( 2 * size * sizeof(*table) ))) return E_OUTOFMEMORY;
        mem_free( scope->table );
        scope->table = table;
        scope->table_size = 2 * size;
        for (i = 0; i < scope->table_size; i++) table[i] = -1;
        for (i = 0; i < scope->count; i++) enter_binding( scope, i );
    }
    scope->size = size;
    return S_OK;
}

HRESULT ns_push( struct ns_scope *scope, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, ULONG mark )
{
    const struct ns_binding *outer = find_declared( scope, prefix->bytes, prefix->length );
    struct ns_binding *binding;

    if (outer && (ULONG)(outer - scope->bindings) >= mark) return S_FALSE;
    if (scope->count == scope->size && grow( scope )) return E_OUTOFMEMORY;
    binding = &scope->bindings[scope->count];
    binding->prefix = *prefix;
    binding->ns = *ns;
    binding->ns_hash = 0;
    if (scope->table_size) enter_binding( scope, scope->count );
    scope->count++;
    return S_OK;
}

/* What was entered last leaves first, so that clearing a slot never breaks the chain of another prefix. When all leave, the
 * input that the prefixes are in may be gone. */
void ns_pop_slow( struct ns_scope *scope, ULONG count )
{
    ULONG i;

    if (scope->count <= count) return;
    if (!count)
    {
        for (i = 0; i < scope->table_size; i++) scope->table[i] = -1;
        scope->count = 0;
        return;
    }
    while (scope->count > count)
    {
        const struct ns_binding *binding = &scope->bindings[--scope->count];
        *find_slot( scope, binding->prefix.bytes, binding->prefix.length, binding->hash ) = binding->shadowed;
    }
}

void ns_free( struct ns_scope *scope )
{
    mem_free( scope->bindings );
    mem_free( scope->table );
    memset( scope, 0, sizeof(*scope) );
}
