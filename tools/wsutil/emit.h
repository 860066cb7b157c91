/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: the generated files.
 */

#ifndef WSUTIL_EMIT_H
#define WSUTIL_EMIT_H

#include "model.h"

struct emitter
{
    struct compiler *c;
    struct cfile *file;
    struct strbuf *out;
    unsigned int indent;
};

/* One line, indented. */
void emit( struct emitter *e, const char *format, ... ) __attribute__((format( printf, 2, 3 )));
void emit_blank( struct emitter *e );
/* An opening brace, optionally with a comment, and what follows one level deeper; emit_close ends it. */
void emit_open( struct emitter *e, const char *comment );
void emit_close( struct emitter *e, const char *text );
void emit_banner( struct emitter *e, const char *title );
/* Documentation of the input as a comment, folded into lines. */
void emit_doc( struct emitter *e, const char *doc );

/* Text made safe for a // comment: one line, cut off when long. */
const char *emit_comment( struct emitter *e, const char *text );
/* A C string literal with the quotes. */
const char *emit_literal( struct emitter *e, const char *text );
/* The defines that keep the Windows headers from declaring names of types; hides are bits by enum windows_header. In a
 * comment or, guarded, for the compiler. */
void emit_hiding( struct emitter *e, unsigned int hides, bool guarded );

/* emit_plan.c: order and nesting of the descriptions, and the dictionary. Before anything is printed. */
void emit_plan( struct compiler *c );
/* Expression for the address of a dictionary string; "0" for NULL. */
const char *emit_string( struct emitter *e, const char *text );
/* The files whose headers must come before that of file, in order. */
struct vec emit_dependencies( struct compiler *c, struct cfile *file );

/* Expression for the address of a structure's or enumeration's description. */
const char *emit_struct_ref( struct emitter *e, const struct cstruct *structure );
const char *emit_enum_ref( struct emitter *e, const struct cenum *enumeration );
/* Expression for the description of a type; "0" when it needs none. range is that of a description without a name. */
const char *emit_type_ref( struct emitter *e, const struct ctype *type, const char *range );

/* emit_header.c, emit_source.c */
void emit_header( struct compiler *c, struct cfile *file, struct strbuf *out );
void emit_source( struct compiler *c, struct cfile *file, struct strbuf *out );

/* emit_types.c: C declarations of types. */
void emit_type_declarations( struct emitter *e );
void emit_hierarchy_prototypes( struct emitter *e );
void emit_hierarchy_functions( struct emitter *e );

/* emit_descs.c: the descriptions of types, in the local structure and in its definition. */
bool emit_has_global_types( const struct cfile *file );
bool emit_has_global_elements( const struct cfile *file );
void emit_type_members( struct emitter *e );
void emit_type_values( struct emitter *e );
void emit_struct_description( struct emitter *e, struct cstruct *structure );
void emit_enum_description( struct emitter *e, struct cenum *enumeration );
void emit_range_description( struct emitter *e, struct crange *range );

/* emit_operations.c */
void emit_client_prototype( struct emitter *e, const struct coperation *operation, const char *end );
void emit_callback_types( struct emitter *e, const struct cbinding *binding );
void emit_stubs( struct emitter *e );
void emit_client_functions( struct emitter *e );
void emit_contract_members( struct emitter *e );
void emit_contract_values( struct emitter *e );

/* emit_policy.c */
bool emit_has_policies( const struct cfile *file );
void emit_policy_prototypes( struct emitter *e, const struct cbinding *binding );
void emit_policy_functions( struct emitter *e );
void emit_policy_members( struct emitter *e );
void emit_policy_values( struct emitter *e );
void emit_policy_descriptions( struct emitter *e );

#endif
