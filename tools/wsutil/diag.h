/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: errors and warnings.
 *
 * A message is one line on standard error: "error WSUTILnnnn  file(line): what is wrong; what to do".
 * The numbers 0013, 0014, 0034 and 0075 are those of the native tool; all others are this program's
 * own, from 1000 on, and are listed in the manual page.
 */

#ifndef WSUTIL_DIAG_H
#define WSUTIL_DIAG_H

#include "base.h"

enum message_number
{
    MSG_OPEN_FAILED     = 13,   /* the system's reason follows */
    MSG_READ_FAILED     = 14,
    MSG_GENERIC         = 34,
    MSG_NOTHING_WRITTEN = 75,

    MSG_OPTION          = 1000, /* command line */
    MSG_XML             = 1001, /* not well-formed */
    MSG_CONTENT         = 1002, /* not a WSDL, schema or policy document */
    MSG_SCHEMA          = 1003, /* invalid schema construct */
    MSG_WSDL            = 1004, /* invalid WSDL construct */
    MSG_POLICY          = 1005, /* invalid policy */
    MSG_UNRESOLVED      = 1006, /* a reference to something no input defines */
    MSG_DUPLICATE       = 1007, /* defined more than once */
    MSG_OUTPUT          = 1008, /* an output file cannot be written */
    MSG_PARAMETERS      = 1009, /* parameters that cannot be put in one list */

    MSG_UNSUPPORTED     = 1100, /* W1: construct without a counterpart */
    MSG_FALLBACK        = 1101, /* W1: construct replaced by an XML buffer or a string */
    MSG_BINDING_DROPPED = 1102, /* W1: binding without code */
    MSG_NO_TEMPLATE     = 1103, /* W1: policy that no template covers */
    MSG_WINDOWS_NAME    = 1104, /* W1: a name that the Windows headers declare too */
    MSG_BEHAVIOUR       = 1200, /* W2: differs from what other platforms do */
    MSG_RENAMED         = 1300, /* W3: a name was changed */
    MSG_IGNORED         = 1400  /* W4: documentation and the like */
};

/* Where in the input a message belongs; file may be NULL, line 0. */
struct location
{
    const char *file;
    long line;
};

struct diag
{
    unsigned int level;      /* warnings up to this level are shown, 0 to 4 */
    bool warnings_are_errors;
    unsigned int errors;     /* shown warnings count here when they are errors */
    unsigned int warnings;
    bool silent;             /* counts, but prints nothing */
    struct arena *arena;     /* for what follows; NULL to print messages as often as they come */
    struct map said;         /* messages that were printed, each of them once */
};

void diag_error( struct diag *diag, struct location where, enum message_number number, const char *format, ... )
    __attribute__((format( printf, 4, 5 )));
/* The level of a warning follows from its number: 11nn is level 1, 12nn level 2 and so on. */
void diag_warning( struct diag *diag, struct location where, enum message_number number, const char *format, ... )
    __attribute__((format( printf, 4, 5 )));

#endif
