/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: writing the generated files.
 */

#ifndef WSUTIL_OUTPUT_H
#define WSUTIL_OUTPUT_H

#include "model.h"

/* Writes all files of the run. Each is complete in a temporary file before the first one gets its name, so that
 * neither a half-written file nor, short of a failing rename, a mix of old and new ones is left. False after an error,
 * which is reported. */
bool output_write( struct compiler *c );

#endif
