/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one async engine (asynchronous-model.md): an operation is a chain of steps of type WS_ASYNC_FUNCTION.
 *
 * Without an async context every step gets a NULL context and has to finish before it returns. With one, a step may
 * return WS_S_ASYNC after arranging for its context's callback; the chain goes on from that callback. When the chain ends and any
 * step had gone async, the caller's callback is invoked with the result; else the result is returned.
 * WsAsyncExecute is async_execute, exported. */
#ifndef WS_BASE_ASYNC_H
#define WS_BASE_ASYNC_H

#include "base/error.h"

HRESULT async_execute( WS_ASYNC_STATE *state, WS_ASYNC_FUNCTION operation, WS_CALLBACK_MODEL model, void *callback_state,
                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

/* The same for an object that has a preferred callback model (WS_CHANNEL_PROPERTY_ASYNC_CALLBACK_MODEL): that is what the caller's
 * callback is told. `caller` has to live as long as the operation. */
HRESULT async_execute_as( WS_ASYNC_STATE *state, WS_ASYNC_CONTEXT *caller, WS_CALLBACK_MODEL model, WS_ASYNC_FUNCTION operation,
                          void *callback_state, const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

/* Invokes the callback of `context` on the caller's thread. */
static inline void async_done( const WS_ASYNC_CONTEXT *context, HRESULT hr, WS_CALLBACK_MODEL model )
{
    context->callback( hr, model, context->callbackState );
}

#endif
