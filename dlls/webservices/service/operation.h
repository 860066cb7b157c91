/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Typed operations: how the parameters of a function and the body structs of its two messages map onto each other.
 *
 * A frame is an array of pointers, one for each parameter, in the order of WS_OPERATION_DESCRIPTION. It is what a
 * generated stub takes as its stack struct and, with one more indirection for what comes back, what WsCall takes as its
 * arguments. */
#ifndef WS_SERVICE_OPERATION_H
#define WS_SERVICE_OPERATION_H

#include "serial/serial.h"

/* One side (input or output) of an operation, looked at once so that a call need not. */
struct body
{
    const WS_MESSAGE_DESCRIPTION *message;  /* NULL: there is no such message (output of a one-way operation) */
    const WS_ELEMENT_DESCRIPTION *element;  /* NULL: the body is empty */
    ULONG size;                             /* of the value that is read or written below */
    BOOL  by_pointer;                       /* the value is a pointer to the element's type (message parameters) */
    WS_READ_OPTION  read;
    WS_WRITE_OPTION write;
};

struct operation
{
    const WS_OPERATION_DESCRIPTION *desc;
    struct body input, output;
    const void *callback;                   /* of the method table; host only */
    ULONG index;                            /* in the contract */
};

/* Checks a description and prepares it. E_INVALIDARG when it contradicts itself. `op` keeps pointers into it. */
HRESULT operation_init( struct operation *op, const WS_OPERATION_DESCRIPTION *desc, WS_ERROR *error );

/* The values of one call, zeroed, in `heap`, until that is reset. */
struct call_frame
{
    void  *input;           /* value for input.element: input.size bytes */
    void  *output;
    void **parameters;      /* desc->parameterCount pointers */
};
HRESULT frame_create( const struct operation *op, WS_HEAP *heap, struct call_frame *frame, WS_ERROR *error );

/* Host: points the parameters at the fields of the input and output values; to be called once the input was read. */
HRESULT frame_bind( const struct operation *op, struct call_frame *frame, WS_ERROR *error );

/* Proxy: copies the arguments of a call into the input value and remembers where results go. */
HRESULT frame_store_arguments( const struct operation *op, struct call_frame *frame, const void **args, WS_ERROR *error );
/* Copies what came back from the output value to the caller. */
HRESULT frame_load_arguments( const struct operation *op, const struct call_frame *frame, WS_ERROR *error );

#endif
