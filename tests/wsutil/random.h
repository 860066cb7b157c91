/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Random values of a type, made and compared by following its description only.
 */

#ifndef WSUTIL_TEST_RANDOM_H
#define WSUTIL_TEST_RANDOM_H

#include <WebServices.h>

#ifdef __cplusplus
extern "C" {
#endif

extern WS_HEAP *heap;           /* where values are made; to be created by the program */
extern WS_ERROR *error;
extern unsigned int failures;
extern const char *where;       /* what is being tested, for messages */

/* Zeroed memory of the heap. */
void *alloc( size_t size );
/* Counts and prints a failure with the texts of the error object. */
void complain( const char *what, HRESULT hr );

/* A random value of the type, or of one derived from it. */
void *make_pointer( WS_TYPE type, const void *desc, unsigned int depth );
BOOL same_pointer( WS_TYPE type, const void *desc, void *a, void *b );

#ifdef __cplusplus
}
#endif

#endif
