/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: one run, from inputs to generated text.
 */

#ifndef WSUTIL_COMPILE_H
#define WSUTIL_COMPILE_H

#include "model.h"

/* A zeroed compiler becomes ready for use; compile_done frees everything. */
void compile_init( struct compiler *c );
void compile_done( struct compiler *c );

/* Adds an input that was loaded. */
void compile_add( struct compiler *c, struct input *input );

/* Builds the C model of all inputs. False after errors. */
bool compile_run( struct compiler *c );

#endif
