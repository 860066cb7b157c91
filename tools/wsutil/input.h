/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: input documents.
 *
 * Documents come from local files only; nothing is fetched, and a document type declaration, the only way for a
 * document to pull in others or to blow itself up, is refused.
 */

#ifndef WSUTIL_INPUT_H
#define WSUTIL_INPUT_H

#include <libxml/tree.h>

#include "options.h"

struct cfile;

struct input
{
    const char *path;          /* as given; used in messages */
    const char *name;          /* file name without directory: the stem of the output names */
    const char *url;           /* where it was retrieved from, or an invented unique one */
    enum input_kind kind;      /* never INPUT_ANY */
    xmlDoc *doc;
    const char *chameleon_ns;  /* namespace of the schema that includes this one, which has none; or NULL */
    struct cfile *cfile;       /* the files generated from it; NULL for policies */
};

/* Reads the file and decides its kind. NULL after an error, which is reported. */
struct input *input_load( struct arena *arena, struct diag *diag, const struct input_arg *arg );

/* The same for a document in memory; path is used in messages and for names. */
struct input *input_parse( struct arena *arena, struct diag *diag, const struct input_arg *arg,
                           const char *data, size_t len );

void input_free( struct input *input );

#endif
