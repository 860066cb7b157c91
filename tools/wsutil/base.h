/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: memory, strings, vectors and maps.
 *
 * One run reads a handful of documents, writes a handful of files and ends, so everything that
 * describes the input lives in one arena which is freed as a whole. Only output text, whose size
 * is not known beforehand and which can be large, is kept in a growing buffer of its own.
 */

#ifndef WSUTIL_BASE_H
#define WSUTIL_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define COUNT_OF( a ) (sizeof(a) / sizeof((a)[0]))

/* Arena: chunks of memory that are freed together. Zero-initialise before use. */
struct arena
{
    struct arena_chunk *chunks;
};

/* Zeroed memory, aligned for any type; never NULL: without memory the process ends with status 3. */
void *arena_alloc( struct arena *arena, size_t size );
char *arena_strdup( struct arena *arena, const char *str );
char *arena_strndup( struct arena *arena, const char *str, size_t len );
char *arena_printf( struct arena *arena, const char *format, ... ) __attribute__((format( printf, 2, 3 )));
void arena_free( struct arena *arena );

/* Vector of pointers; the storage belongs to the arena that was passed to vec_add. */
struct vec
{
    void **items;
    size_t count;
    size_t size;
};

void vec_add( struct arena *arena, struct vec *vec, void *item );

/* Map from strings to pointers; keys are copied. Values must not be NULL. */
struct map
{
    struct map_entry *entries;
    size_t count;
    size_t size;
};

void *map_get( const struct map *map, const char *key );
/* Adds or replaces; returns the former value or NULL. */
void *map_set( struct arena *arena, struct map *map, const char *key, void *value );

/* Growing text buffer, always terminated by a zero byte once something was added. */
struct strbuf
{
    char *data;
    size_t len;
    size_t size;
};

void strbuf_add( struct strbuf *buf, const char *data, size_t len );
void strbuf_puts( struct strbuf *buf, const char *str );
void strbuf_printf( struct strbuf *buf, const char *format, ... ) __attribute__((format( printf, 2, 3 )));
void strbuf_vprintf( struct strbuf *buf, const char *format, va_list args ) __attribute__((format( printf, 2, 0 )));
void strbuf_free( struct strbuf *buf );

/* NULL counts as a string of its own, equal only to NULL. */
bool str_equal( const char *a, const char *b );
bool str_equal_nocase( const char *a, const char *b );

#endif
