/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every handle has in common.
 *
 * Each object behind a public handle begins with struct object. The struct tags are the public ones (struct
 * _WS_HEAP is what WS_HEAP * points to), so internal code uses the public handle types and needs no casts. */
#ifndef WS_BASE_OBJECT_H
#define WS_BASE_OBJECT_H

#include "base/port.h"

#define OBJECT_MAGIC 0x53574557u /* "WEWS" */
#define OBJECT_DEAD  0xdeadc0deu

enum object_class
{
    OBJECT_HEAP = 1, OBJECT_ERROR, OBJECT_READER, OBJECT_WRITER, OBJECT_BUFFER, OBJECT_MESSAGE, OBJECT_CHANNEL,
    OBJECT_LISTENER, OBJECT_HOST, OBJECT_PROXY, OBJECT_CONTEXT, OBJECT_TOKEN, OBJECT_SECURITY_CONTEXT,
    OBJECT_METADATA, OBJECT_POLICY,
    OBJECT_CLASS_COUNT
};

struct object
{
    UINT32 magic;      /* OBJECT_MAGIC while alive, OBJECT_DEAD after the free */
    UINT16 class;      /* enum object_class */
    UINT16 state;      /* class specific: WS_*_STATE where there is a public one */
    LONG   refs;       /* of free-threaded classes only */
};

/* `state` of readers and writers. A call that fails half way leaves them faulted: they can only get a new input or output, or
 * be freed (WsCreateReader, WsCreateWriter). A stream that is short of data loses nothing; it may be filled and read on. */
enum { OBJECT_USABLE, OBJECT_SHORT, OBJECT_FAULTED };

static inline void object_init( struct object *obj, enum object_class class, UINT16 state )
{
    obj->magic = OBJECT_MAGIC;
    obj->class = class;
    obj->state = state;
    obj->refs = 1;
}

static inline BOOL object_is( const void *handle, enum object_class class )
{
    const struct object *obj = handle;
    return obj && obj->magic == OBJECT_MAGIC && obj->class == (UINT16)class;
}

#endif
