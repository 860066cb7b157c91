/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* WsAsyncExecute: chains of steps, synchronous and asynchronous, as transcripts. */
#include "test.h"

/* A step is a letter in the script: what it returns and how.
 *   s  returns S_OK                  f  returns E_FAIL
 *   a  completes on another thread with S_OK     A  the same with E_ABORT
 *   q  like a, but the completion may come before the step itself has returned
 * After the last letter no next step is named. */
struct chain
{
    const char *script;
    BOOL synchronous;
    char log[128];
    int pos;
    DWORD starter;
    HANDLE done, timer;
    HRESULT result;
    WS_CALLBACK_MODEL model;
    WS_ASYNC_STATE state;
};

struct pending
{
    WS_ASYNC_CONTEXT context;
    HRESULT hr;
    DWORD delay;
};

static DWORD WINAPI complete( void *arg )
{
    struct pending pending = *(struct pending *)arg;

    HeapFree( GetProcessHeap(), 0, arg );
    Sleep( pending.delay );
    pending.context.callback( pending.hr, WS_LONG_CALLBACK, pending.context.callbackState );
    return 0;
}

static HRESULT later( const WS_ASYNC_CONTEXT *context, HRESULT hr, DWORD delay )
{
    struct pending *pending = HeapAlloc( GetProcessHeap(), 0, sizeof(*pending) );

    pending->context = *context;
    pending->hr = hr;
    pending->delay = delay;
    CloseHandle( CreateThread( NULL, 0, complete, pending, 0, NULL ));
    if (!delay) Sleep( 20 );
    return WS_S_ASYNC;
}

static HRESULT CALLBACK step( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                              const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct chain *chain = state;
    char what = chain->script[chain->pos++];
    char entry[8];

    (void)model, (void)error;
    ok( !next->function, "next is set on entry\n" );
    ok( (context == NULL) == chain->synchronous, "context is %p\n", context );
    snprintf( entry, sizeof(entry), "%c%s", what, hr == S_OK ? "" : hr == E_FAIL ? "f" : hr == E_ABORT ? "A" : "?" );
    strcat( chain->log, entry );
    if (chain->script[chain->pos]) next->function = step;
    switch (what)
    {
    case 'f': return E_FAIL;
    case 'a': return context ? later( context, S_OK, 10 ) : S_OK;
    case 'q': return context ? later( context, S_OK, 0 ) : S_OK;
    case 'A': return context ? later( context, E_ABORT, 10 ) : E_ABORT;
    default:  return S_OK;
    }
}

static void CALLBACK finished( HRESULT hr, WS_CALLBACK_MODEL model, void *state )
{
    struct chain *chain = state;

    ok( GetCurrentThreadId() != chain->starter, "the callback came on the caller's thread\n" );
    chain->result = hr;
    chain->model = model;
    strcat( chain->log, "!" );
    SetEvent( chain->done );
}

static const struct
{
    const char *script, *log;
    HRESULT sync, async, final;       /* results without and with a context; final: of the callback */
} chains[] =
{
    { "s",     "s",         S_OK,    S_OK,       S_OK },
    { "f",     "f",         E_FAIL,  E_FAIL,     S_OK },
    { "ss",    "ss",        S_OK,    S_OK,       S_OK },
    { "fs",    "fsf",       S_OK,    S_OK,       S_OK },        /* a failure is the next step's business */
    { "sf",    "sf",        E_FAIL,  E_FAIL,     S_OK },
    { "a",     "a!",        S_OK,    WS_S_ASYNC, S_OK },
    { "q",     "q!",        S_OK,    WS_S_ASYNC, S_OK },
    { "A",     "A!",        E_ABORT, WS_S_ASYNC, E_ABORT },
    { "sa",    "sa!",       S_OK,    WS_S_ASYNC, S_OK },
    { "as",    "as!",       S_OK,    WS_S_ASYNC, S_OK },
    { "af",    "af!",       E_FAIL,  WS_S_ASYNC, E_FAIL },
    { "As",    "AsA!",      S_OK,    WS_S_ASYNC, S_OK },
    { "aaa",   "aaa!",      S_OK,    WS_S_ASYNC, S_OK },
    { "qqqq",  "qqqq!",     S_OK,    WS_S_ASYNC, S_OK },
    { "sasqf", "sasqf!",    E_FAIL,  WS_S_ASYNC, E_FAIL },
    { "ssssA", "ssssA!",    E_ABORT, WS_S_ASYNC, E_ABORT },
};

static void test_chains( void )
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE( chains ); i++)
    {
        struct chain chain;
        WS_ASYNC_CONTEXT context = { finished, &chain };
        char without[64];
        size_t len = strlen( chains[i].log );

        test_context( "chain %s", chains[i].script );
        memset( &chain, 0, sizeof(chain) );
        chain.script = chains[i].script;
        chain.synchronous = TRUE;
        chain.starter = GetCurrentThreadId();
        chain.done = CreateEventW( NULL, TRUE, FALSE, NULL );
        ok_hr( WsAsyncExecute( &chain.state, step, WS_LONG_CALLBACK, &chain, NULL, NULL ), chains[i].sync );
        memcpy( without, chains[i].log, len + 1 );
        if (len && without[len - 1] == '!') without[len - 1] = 0;
        ok_bytes( chain.log, strlen( chain.log ), without );

        chain.synchronous = FALSE;
        chain.pos = 0;
        chain.log[0] = 0;
        ok_hr( WsAsyncExecute( &chain.state, step, WS_LONG_CALLBACK, &chain, &context, NULL ), chains[i].async );
        if (chains[i].async == WS_S_ASYNC)
        {
            ok( !WaitForSingleObject( chain.done, 30000 ), "no callback\n" );
            ok_hr( chain.result, chains[i].final );
        }
        else Sleep( 5 );
        ok_bytes( chain.log, strlen( chain.log ), chains[i].log );
        CloseHandle( chain.done );
    }
    test_context( NULL );
}

static void test_arguments( void )
{
    WS_ASYNC_CONTEXT context = { finished, NULL };
    WS_ASYNC_STATE state;

    ok_hr( WsAsyncExecute( NULL, step, WS_LONG_CALLBACK, NULL, NULL, NULL ), E_INVALIDARG );
    ok_hr( WsAsyncExecute( &state, NULL, WS_LONG_CALLBACK, NULL, NULL, NULL ), S_OK );
    ok_hr( WsAsyncExecute( &state, NULL, WS_LONG_CALLBACK, NULL, &context, NULL ), S_OK );
}

TESTS( async, { "chains", test_chains }, { "arguments", test_arguments } )
