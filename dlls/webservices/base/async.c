/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The engine that runs chains of asynchronous steps; WsAsyncExecute exports it.
 *
 * A step names its successor in *next before it starts anything that may complete on another thread: once it has
 * returned WS_S_ASYNC the chain may already be running, or be over, elsewhere. So after WS_S_ASYNC nothing here touches
 * the state any more, and all the engine has to remember lies in the five words of the caller's WS_ASYNC_STATE. */
#include "base/async.h"

struct chain
{
    WS_ASYNC_OPERATION next;
    void              *state;           /* what the steps get */
    WS_ASYNC_CONTEXT   caller;          /* whom to tell at the end */
    WS_ERROR          *error;
};
_Static_assert( sizeof(struct chain) == sizeof(WS_ASYNC_STATE), "the chain has to fit the caller's state" );

static HRESULT chain_run( struct chain *chain, HRESULT hr, WS_CALLBACK_MODEL model, const WS_ASYNC_CONTEXT *context )
{
    WS_ERROR *error = chain->error;
    void *state = chain->state;

    while (chain->next.function)
    {
        WS_ASYNC_FUNCTION step = chain->next.function;

        chain->next.function = NULL;
        hr = step( hr, model, state, &chain->next, context, error );
        if (hr == WS_S_ASYNC) return hr;
    }
    return hr;
}

static void CALLBACK chain_continue( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct chain *chain = state;
    WS_ASYNC_CONTEXT caller = chain->caller, context = { chain_continue, chain };

    hr = chain_run( chain, hr, model, &context );
    if (hr != WS_S_ASYNC) async_done( &caller, hr, model );
}

HRESULT async_execute( WS_ASYNC_STATE *state, WS_ASYNC_FUNCTION operation, WS_CALLBACK_MODEL model, void *callback_state,
                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct chain *chain = (struct chain *)state;
    WS_ASYNC_CONTEXT own = { chain_continue, chain };

    chain->next.function = operation;
    chain->state = callback_state;
    chain->error = error;
    if (!context) return chain_run( chain, S_OK, model, NULL );
    chain->caller = *context;
    return chain_run( chain, S_OK, model, &own );
}

static void CALLBACK short_done( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    WS_ASYNC_CONTEXT caller = *(WS_ASYNC_CONTEXT *)state;

    (void)model;
    async_done( &caller, hr, WS_SHORT_CALLBACK );
}

HRESULT async_execute_as( WS_ASYNC_STATE *state, WS_ASYNC_CONTEXT *caller, WS_CALLBACK_MODEL model, WS_ASYNC_FUNCTION operation,
                          void *callback_state, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    WS_ASYNC_CONTEXT own = { short_done, caller };

    if (!context || model == WS_LONG_CALLBACK) return async_execute( state, operation, WS_LONG_CALLBACK, callback_state, context, error );
    *caller = *context;
    return async_execute( state, operation, WS_SHORT_CALLBACK, callback_state, &own, error );
}
