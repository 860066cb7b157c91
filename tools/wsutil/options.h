/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: the command line.
 */

#ifndef WSUTIL_OPTIONS_H
#define WSUTIL_OPTIONS_H

#include "diag.h"

enum input_kind
{
    INPUT_ANY,      /* decided by the content of the file */
    INPUT_WSDL,
    INPUT_SCHEMA,
    INPUT_POLICY
};

struct input_arg
{
    const char *path;
    const char *url;   /* where the document was retrieved from, or NULL */
    enum input_kind kind;
};

struct options
{
    struct vec inputs;         /* struct input_arg, in the order given */
    const char *out_dir;
    const char *prefix;        /* "" when there is none */
    unsigned int warning_level;
    bool warnings_are_errors;
    bool full_name;
    bool no_client;
    bool no_service;
    bool no_policy;
    bool ws_string;            /* xs:string is WS_STRING instead of WCHAR* */
    bool no_logo;
    bool no_stamp;
    bool no_summary;
    bool ignore_trailing_content;
    bool ignore_unhandled_attributes;
    bool help;
};

/* Parses the arguments after the program name. Errors are reported; returns false if there were any. */
bool options_parse( struct arena *arena, struct diag *diag, struct options *options, int argc, char **argv );

void options_print_usage( void );

#endif
