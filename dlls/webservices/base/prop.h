/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Properties: typed fields of a plain struct, described once in a table.
 *
 * One row: id, offset and size of the field, who may set and get it, range. A row whose field nothing reads yet is
 * marked PROP_UNUSED; a test counts these rows, so that the list only shrinks. */
#ifndef WS_BASE_PROP_H
#define WS_BASE_PROP_H

#include "base/error.h"

#define PROP_CREATE  0x01   /* may be given at creation */
#define PROP_SET     0x02   /* may be set later */
#define PROP_GET     0x04   /* may be read */
#define PROP_BOOL    0x08   /* any value that is not zero is TRUE */
#define PROP_UNUSED  0x10   /* accepted, not honoured yet */
#define PROP_COPY    0x20   /* the getter/setter is special: see the class (deep copies, computed values) */

struct prop_desc
{
    UINT16 id;
    UINT16 offset;          /* of the field in the values struct */
    UINT16 size;            /* of the field: of a value to set exactly, of room for one that is read at least */
    UINT16 flags;
    UINT64 min, max;        /* inclusive range for integers up to 8 bytes; max 0: no check */
};

#define PROP( id, type, field, flags ) { id, offsetof( type, field ), sizeof(((type *)0)->field), flags, 0, 0 }
#define PROP_RANGE( id, type, field, flags, min, max ) \
    { id, offsetof( type, field ), sizeof(((type *)0)->field), flags, min, max }

/* All WS_*_PROPERTY structs are laid out alike: { id; void *value; ULONG valueSize }. */
typedef WS_XML_READER_PROPERTY ws_property;

const struct prop_desc *prop_find( const struct prop_desc *table, ULONG table_count, ULONG id );

/* Applies caller supplied properties. `access` is PROP_CREATE or PROP_SET. `what` names the object for the message.
 * E_INVALIDARG for an unknown id, a wrong size, a missing value or a value out of range. */
HRESULT prop_apply( const struct prop_desc *table, ULONG table_count, void *values, const void *props, ULONG count,
                    UINT16 access, const char *what, WS_ERROR *error );
HRESULT prop_set( const struct prop_desc *table, ULONG table_count, void *values, ULONG id, const void *value,
                  ULONG size, UINT16 access, const char *what, WS_ERROR *error );
HRESULT prop_get( const struct prop_desc *table, ULONG table_count, const void *values, ULONG id, void *buf,
                  ULONG size, const char *what, WS_ERROR *error );

#endif
