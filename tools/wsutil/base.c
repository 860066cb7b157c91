/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: memory, strings, vectors and maps.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base.h"

#define CHUNK_SIZE 65536
#define ALIGNMENT  16

struct arena_chunk
{
    struct arena_chunk *next;
    size_t used;
    size_t size;
    size_t pad; /* keeps the data aligned */
};

struct map_entry
{
    char *key;
    void *value;
};

static void *checked( void *ptr )
{
    if (ptr) return ptr;
    fputs( "error WSUTIL0034  out of memory\n", stderr );
    exit( 3 );
}

void *arena_alloc( struct arena *arena, size_t size )
{
    struct arena_chunk *chunk = arena->chunks;
    void *ret;

    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (!chunk || chunk->size - chunk->used < size)
    {
        size_t room = size > CHUNK_SIZE / 4 ? size : CHUNK_SIZE;

        chunk = checked( calloc( 1, sizeof(*chunk) + room ) );
        chunk->size = room;
        if (arena->chunks && room != CHUNK_SIZE) /* a large block of its own: keep filling the current chunk */
        {
            chunk->next = arena->chunks->next;
            arena->chunks->next = chunk;
        }
        else
        {
            chunk->next = arena->chunks;
            arena->chunks = chunk;
        }
    }
    ret = (char *)(chunk + 1) + chunk->used;
    chunk->used += size;
    return ret;
}

char *arena_strndup( struct arena *arena, const char *str, size_t len )
{
    char *ret = arena_alloc( arena, len + 1 );

    memcpy( ret, str, len );
    ret[len] = 0;
    return ret;
}

char *arena_strdup( struct arena *arena, const char *str )
{
    return str ? arena_strndup( arena, str, strlen( str ) ) : NULL;
}

char *arena_printf( struct arena *arena, const char *format, ... )
{
    va_list args;
    char *ret;
    int len;

    va_start( args, format );
    len = vsnprintf( NULL, 0, format, args );
    va_end( args );
    if (len < 0) len = 0;
    ret = arena_alloc( arena, (size_t)len + 1 );
    va_start( args, format );
    vsnprintf( ret, (size_t)len + 1, format, args );
    va_end( args );
    return ret;
}

void arena_free( struct arena *arena )
{
    struct arena_chunk *chunk, *next;

    for (chunk = arena->chunks; chunk; chunk = next)
    {
        next = chunk->next;
        free( chunk );
    }
    arena->chunks = NULL;
}

void vec_add( struct arena *arena, struct vec *vec, void *item )
{
    if (vec->count == vec->size)
    {
        size_t size = vec->size ? vec->size * 2 : 8;
        void **items = arena_alloc( arena, size * sizeof(*items) );

        if (vec->count) memcpy( items, vec->items, vec->count * sizeof(*items) );
        vec->items = items;
        vec->size = size;
    }
    vec->items[vec->count++] = item;
}

static size_t hash_string( const char *str )
{
    size_t hash = 14695981039346656037ull;

    while (*str) hash = (hash ^ (unsigned char)*str++) * 1099511628211ull;
    return hash;
}

static struct map_entry *map_find( const struct map *map, const char *key )
{
    size_t pos = hash_string( key ) & (map->size - 1);

    while (map->entries[pos].key && strcmp( map->entries[pos].key, key )) pos = (pos + 1) & (map->size - 1);
    return map->entries + pos;
}

void *map_get( const struct map *map, const char *key )
{
    return map->size ? map_find( map, key )->value : NULL;
}

static void map_grow( struct arena *arena, struct map *map )
{
    struct map old = *map;
    size_t i;

    map->size = old.size ? old.size * 2 : 32;
    map->entries = arena_alloc( arena, map->size * sizeof(*map->entries) );
    for (i = 0; i < old.size; i++)
    {
        if (old.entries[i].key) *map_find( map, old.entries[i].key ) = old.entries[i];
    }
}

void *map_set( struct arena *arena, struct map *map, const char *key, void *value )
{
    struct map_entry *entry;
    void *former;

    if (map->count * 4 >= map->size * 3) map_grow( arena, map );
    entry = map_find( map, key );
    former = entry->value;
    if (!entry->key)
    {
        entry->key = arena_strdup( arena, key );
        map->count++;
    }
    entry->value = value;
    return former;
}

static void strbuf_reserve( struct strbuf *buf, size_t len )
{
    size_t size = buf->size ? buf->size : 4096;

    if (buf->size - buf->len > len) return;
    while (size - buf->len <= len) size *= 2;
    buf->data = checked( realloc( buf->data, size ) );
    buf->size = size;
}

void strbuf_add( struct strbuf *buf, const char *data, size_t len )
{
    strbuf_reserve( buf, len );
    memcpy( buf->data + buf->len, data, len );
    buf->len += len;
    buf->data[buf->len] = 0;
}

void strbuf_puts( struct strbuf *buf, const char *str )
{
    strbuf_add( buf, str, strlen( str ) );
}

void strbuf_vprintf( struct strbuf *buf, const char *format, va_list args )
{
    va_list copy;
    int len;

    va_copy( copy, args );
    len = vsnprintf( NULL, 0, format, copy );
    va_end( copy );
    if (len <= 0) return;
    strbuf_reserve( buf, (size_t)len );
    vsnprintf( buf->data + buf->len, (size_t)len + 1, format, args );
    buf->len += (size_t)len;
}

void strbuf_printf( struct strbuf *buf, const char *format, ... )
{
    va_list args;

    va_start( args, format );
    strbuf_vprintf( buf, format, args );
    va_end( args );
}

void strbuf_free( struct strbuf *buf )
{
    free( buf->data );
    memset( buf, 0, sizeof(*buf) );
}

bool str_equal( const char *a, const char *b )
{
    if (!a || !b) return a == b;
    return !strcmp( a, b );
}

bool str_equal_nocase( const char *a, const char *b )
{
    return !strcasecmp( a, b );
}
