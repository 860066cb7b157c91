/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exported functions of the asynchronous model. */
#include "api/api.h"
#include "base/async.h"

HRESULT WINAPI WsAsyncExecute( WS_ASYNC_STATE *state, WS_ASYNC_FUNCTION operation, WS_CALLBACK_MODEL model,
                               void *callback_state, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_TRACE( "state %p, operation %p, model %u, callback_state %p, context %p, error %p\n", state, operation,
              model, callback_state, context, error );
    API_ENTER_NEW( error );
    API_NEED( state, error );
    if (context && !context->callback)
        return API_LEAVE( ws_fail( error, E_INVALIDARG, "The asynchronous context has no callback." ) );
    return API_LEAVE( async_execute( state, operation, model, callback_state, context, error ));
}
