/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP client: responses. */
#include "transport/http_call.h"

/* As WinHTTP has it by default (WINHTTP_OPTION_MAX_RESPONSE_HEADER_SIZE: 64 KB). */
static const struct http_limits limits = { 65536, 65536, HTTP_MAX_HEADERS };

static BOOL has_no_body( const struct http_call *call )
{
    return http_response_has_no_body( &call->head, call->method );
}

/* Room for `want` bytes; the parsed head follows its bytes to the new place by being parsed again, which is rare. */
static HRESULT grow( struct http_call *call, ULONG want, BOOL parsed, WS_ERROR *error )
{
    ULONG size = call->size ? call->size : CALL_FIRST_BUFFER, scanned = 0;
    BYTE *buf;

    if (want <= call->size) return S_OK;
    while (size < want) size = size > 0x40000000 ? want : size * 2;
    if (!(buf = mem_realloc( call->buf, size )))
        return ws_fail( error, E_OUTOFMEMORY, "There is no memory for an HTTP response of %u bytes.", want );
    call->buf = buf;
    call->size = size;
    if (parsed) http_parse_response( (char *)buf, call->body, &limits, &scanned, call->method, &call->head );
    return S_OK;
}

static HRESULT too_large( struct http_call *call, WS_ERROR *error )
{
    return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The HTTP response body is larger than the limit of %llu bytes.",
                    (unsigned long long)call->config.max_body );
}

static HRESULT malformed( struct http_call *call, const char *what, WS_ERROR *error )
{
    return ws_fail( error, WS_E_ENDPOINT_FAILURE, "The server %.*s, port %u, sent a malformed HTTP response: %s.",
                    (int)call->peer.host_len, call->peer.host, (unsigned int)call->peer.port, what );
}

/* Is the body to be collected here, rather than read by the caller? Answers within an authentication are nobody's business. */
static BOOL is_collected( const struct http_call *call )
{
    if (!(call->flags & HTTP_CALL_STREAM_RESPONSE) || call->blank) return TRUE;
    return (call->head.status == 401 && call_auth( call, FALSE )) || (call->head.status == 407 && call_auth( call, TRUE ));
}

/* S_OK when the head of the final response is there, S_FALSE when more has to come. */
static HRESULT parse_head( struct http_call *call, WS_ERROR *error )
{
    for (;;)
    {
        enum http_result ret = http_parse_response( (char *)call->buf, call->len, &limits, &call->scanned,
                                                    call->method, &call->head );

        if (ret == HTTP_BAD) return malformed( call, "its head", error );
        if (ret == HTTP_MORE) return S_FALSE;
        if (call->head.status >= 200) break;
        if (call->head.status == 101) return malformed( call, "an upgrade that was not asked for", error );
        memmove( call->buf, call->buf + call->head.size, call->len - call->head.size );     /* interim */
        call->len -= call->head.size;
        call->scanned = 0;
    }
    call->body = call->raw = call->head.size;
    call->body_len = 0;
    call->body_total = 0;
    memset( &call->chunks, 0, sizeof(call->chunks) );
    call->phase = has_no_body( call ) ? CALL_DONE : CALL_BODY;
    call->due = engine_deadline( call->config.receive_timeout );
    return S_OK;
}

/* Decodes what is in the buffer of a body that is collected. */
static HRESULT collect( struct http_call *call, WS_ERROR *error )
{
    if (call->head.flags & HTTP_FLAG_CHUNKED)
    {
        enum http_result ret;
        struct slice data;
        ULONG used;

        do
        {
            ret = http_chunks_next( &call->chunks, (char *)call->buf + call->raw, call->len - call->raw, &used, &data );
            if (ret == HTTP_BAD) return malformed( call, "its chunked coding", error );
            if (data.len > call->config.max_body - call->body_len) return too_large( call, error );
            memmove( call->buf + call->body + call->body_len, data.ptr, data.len );
            call->body_len += data.len;
            call->raw += used;
        } while (ret == HTTP_MORE && used);
        if (ret == HTTP_DONE) call->phase = CALL_DONE;
        else if (call->raw == call->len) call->raw = call->len = call->body + call->body_len;
        return S_OK;
    }
    if (call->head.flags & HTTP_FLAG_HAS_LENGTH)
    {
        if (call->head.content_length > call->config.max_body) return too_large( call, error );
        if (call->len - call->body < call->head.content_length) return S_OK;
        call->body_len = call->head.content_length;
        call->raw = call->body + call->body_len;
        call->phase = CALL_DONE;
        return S_OK;
    }
    call->body_len = call->len - call->body;        /* until the server closes */
    call->raw = call->len;
    if (call->body_len > call->config.max_body) return too_large( call, error );
    return S_OK;
}

static HRESULT receive_more( struct http_call *call, WS_ASYNC_OPERATION *next, WS_ASYNC_FUNCTION then,
                             const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    ULONG want = call->len + 1;
    HRESULT hr;

    if (call->phase == CALL_BODY && (call->head.flags & HTTP_FLAG_HAS_LENGTH) && is_collected( call ))
    {
        UINT64 whole = call->body + call->head.content_length;

        /* memory follows what has arrived, not what was announced */
        if (whole < 65536 || whole < 2 * (UINT64)call->len) want = whole;
    }
    if ((hr = grow( call, want, call->phase != CALL_SENT, error ))) return hr;
    next->function = then;
    return stream_recv( call->stream, call->buf + call->len, call->size - call->len, &call->received,
                        call->due, context, error );
}

static HRESULT failed( struct http_call *call, HRESULT hr )
{
    call_drop( call );
    call->phase = CALL_IDLE;
    return hr;
}

static HRESULT CALLBACK step_next_leg( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

/* A digest is for one request: that of the party which did not ask now is made anew. */
static HRESULT renew( struct http_call *call, BOOL proxy, WS_ERROR *error )
{
    struct http_auth *auth = call_auth( call, proxy );
    struct auth_request request;

    if (!auth || !auth->digest.text || !auth->line_len) return S_OK;
    call_auth_request( call, proxy, &request );
    return digest_line( auth, &request, error );
}

/* Is there another leg of an authentication to go? S_FALSE: no, this is the answer. */
static HRESULT authenticate( struct http_call *call, WS_ERROR *error )
{
    struct http_auth *server = call_auth( call, FALSE ), *proxy = call_auth( call, TRUE ), *auth;
    BOOL by_proxy = call->head.status == 407, again = FALSE;
    struct auth_request request;
    HRESULT hr;

    if (!server && !proxy) return S_FALSE;
    auth = by_proxy ? proxy : call->head.status == 401 ? server : NULL;
    if (auth && !(call->flags & HTTP_CALL_STREAM))
    {
        call_auth_request( call, by_proxy, &request );
        if (FAILED( hr = auth_challenge( auth, &call->head, &request, error ))) return hr;
        again = hr == S_OK;
        if (again && (hr = renew( call, !by_proxy, error ))) return hr;
    }
    else if (!auth)
    {
        if (server && FAILED( hr = auth_accepted( server, call->stream, error ))) return hr;
        if (server && hr == S_FALSE) again = TRUE;
        if (proxy && FAILED( hr = auth_accepted( proxy, call->stream, error ))) return hr;
        if (proxy && hr == S_FALSE) again = TRUE;
        if (again && ((hr = renew( call, FALSE, error )) || (hr = renew( call, TRUE, error )))) return hr;
    }
    call->blank = again && ((server && server->blank) || (proxy && proxy->blank));
    return again ? S_OK : S_FALSE;
}

/* A response is there: the caller's, or one within an authentication. */
static HRESULT complete( struct http_call *call, WS_ASYNC_OPERATION *next, WS_ERROR *error )
{
    const struct http_auth *server = call_auth( call, FALSE ), *proxy = call_auth( call, TRUE );
    struct http_response *response = call->response;
    HRESULT hr = authenticate( call, error );

    if (FAILED( hr )) return failed( call, hr );
    if (hr == S_OK)
    {
        next->function = step_next_leg;
        return S_OK;
    }
    response->head = &call->head;
    response->body = call->buf + call->body;
    response->body_size = call->flags & HTTP_CALL_STREAM_RESPONSE ? 0 : call->body_len;
    response->through_proxy = call->through_proxy;
    response->server_tried = server ? server->tried : 0;
    response->proxy_tried = proxy ? proxy->tried : 0;
    return S_OK;
}

/* Goes on with what is in the buffer. */
static HRESULT advance( struct http_call *call, WS_ASYNC_OPERATION *next, WS_ASYNC_FUNCTION then,
                        const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr = S_OK;

    if (call->phase == CALL_SENT && (hr = parse_head( call, error )) == S_FALSE)
        hr = receive_more( call, next, then, context, error );
    else if (SUCCEEDED( hr ) && call->phase == CALL_BODY && is_collected( call ))
    {
        if (SUCCEEDED( hr = collect( call, error ) ) && call->phase == CALL_BODY)
            hr = receive_more( call, next, then, context, error );
    }
    if (hr == WS_S_ASYNC) return hr;    /* the call may be going on elsewhere */
    if (FAILED( hr ))
    {
        next->function = NULL;
        return failed( call, hr );
    }
    return next->function ? hr : complete( call, next, error );
}

static HRESULT CALLBACK step_receive( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                      const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

/* The request went out again over a new connection. */
static HRESULT CALLBACK step_resent( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                     const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;

    (void)model; (void)hr;
    if (call->phase != CALL_SENT) return failed( call, call_disconnected( call, "before it answered", error ) );
    return advance( call, next, step_receive, context, error );
}

static HRESULT CALLBACK step_repeat( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                     const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;

    (void)hr; (void)model;
    /* the sending chain is over: its state serves the repetition */
    next->function = step_resent;
    return call_repeat( call, context, error );
}

static HRESULT CALLBACK leg_sent( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                  const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;

    (void)model;
    if (FAILED( hr )) return failed( call, hr );
    call->due = engine_deadline( call->config.receive_response_timeout );
    return receive_more( call, next, step_receive, context, error );
}

static HRESULT CALLBACK step_next_leg( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    (void)hr, (void)model;
    next->function = leg_sent;
    return call_next_leg( state, context, error );
}

static HRESULT CALLBACK step_receive( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                      const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;
    BOOL silent = call->phase == CALL_SENT && !call->len && (FAILED( hr ) || !call->received);

    (void)model;
    if (silent && hr != WS_E_OPERATION_TIMED_OUT && (call->flags & HTTP_CALL_REPEATABLE) && call_may_repeat( call ))
        return step_repeat( S_OK, model, state, next, context, error );
    if (FAILED( hr )) return failed( call, hr );
    call->len += call->received;
    if (!call->received)
    {
        /* the end of the data ends a body without length, and cuts anything else */
        if (call->phase == CALL_BODY && !(call->head.flags & (HTTP_FLAG_CHUNKED | HTTP_FLAG_HAS_LENGTH)))
        {
            call->head.flags &= ~HTTP_FLAG_KEEP_ALIVE;
            call->phase = CALL_DONE;
        }
        else return failed( call, call_disconnected( call, call->phase == CALL_SENT ? "before it answered"
                                                                                    : "within its response", error ) );
    }
    return advance( call, next, step_receive, context, error );
}

static HRESULT CALLBACK step_begin( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                    const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;

    (void)hr; (void)model;
    call->due = engine_deadline( call->config.receive_response_timeout );
    return receive_more( call, next, step_receive, context, error );
}

HRESULT http_call_receive( struct http_call *call, struct http_response *response, const WS_ASYNC_CONTEXT *async,
                           WS_ERROR *error )
{
    if (atomic_read( &call->aborted )) return failed( call, call_disconnected( call, "", error ) );
    if (call->phase != CALL_SENT) return ws_fail( error, WS_E_INVALID_OPERATION, "No HTTP request was sent." );
    call->response = response;
    return async_execute( &call->receive_state, step_begin, WS_SHORT_CALLBACK, call, async, error );
}

/* ---- streamed bodies ---- */

/* Decodes from the buffer; S_FALSE if it has nothing. */
static HRESULT read_buffered( struct http_call *call, WS_ERROR *error )
{
    ULONG have = call->len - call->raw, used;
    struct slice data = { (char *)call->buf + call->raw, 0 };

    *call->read_got = 0;
    if (call->phase == CALL_DONE) return S_OK;
    if (call->head.flags & HTTP_FLAG_CHUNKED)
    {
        enum http_result ret;

        do
        {
            ret = http_chunks_next( &call->chunks, (char *)call->buf + call->raw,
                                    have < call->read_size ? have : call->read_size, &used, &data );
            if (ret == HTTP_BAD) return malformed( call, "its chunked coding", error );
            call->raw += used;
            have -= used;
        } while (!data.len && ret == HTTP_MORE && used);
        if (ret == HTTP_DONE) call->phase = CALL_DONE;
    }
    else
    {
        data.len = have < call->read_size ? have : call->read_size;
        if (call->head.flags & HTTP_FLAG_HAS_LENGTH)
        {
            UINT64 left = call->head.content_length - call->body_total;

            if (data.len > left) data.len = left;
            if (data.len == left) call->phase = CALL_DONE;
        }
        call->raw += data.len;
    }
    if (!data.len) return call->phase == CALL_DONE ? S_OK : S_FALSE;
    call->body_total += data.len;
    memcpy( call->read_buf, data.ptr, data.len );
    *call->read_got = data.len;
    return S_OK;
}

static HRESULT CALLBACK step_read( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error );

static HRESULT CALLBACK step_read_received( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                            const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;

    if (FAILED( hr )) return failed( call, hr );
    if (!call->received)
    {
        if (call->head.flags & (HTTP_FLAG_CHUNKED | HTTP_FLAG_HAS_LENGTH))
            return failed( call, call_disconnected( call, "within its response", error ) );
        call->head.flags &= ~HTTP_FLAG_KEEP_ALIVE;
        call->phase = CALL_DONE;
    }
    call->len += call->received;
    return step_read( S_OK, model, state, next, context, error );
}

static HRESULT CALLBACK step_read( HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    struct http_call *call = state;

    (void)model;
    if ((hr = read_buffered( call, error )) != S_FALSE) return FAILED( hr ) ? failed( call, hr ) : hr;
    if (call->raw == call->len) call->raw = call->len = call->body;     /* what was read makes room */
    return receive_more( call, next, step_read_received, context, error );
}

HRESULT http_call_read( struct http_call *call, void *buf, ULONG size, ULONG *got, const WS_ASYNC_CONTEXT *async,
                        WS_ERROR *error )
{
    if (call->phase != CALL_BODY && call->phase != CALL_DONE)
        return ws_fail( error, WS_E_INVALID_OPERATION, "There is no HTTP response to read." );
    call->due = engine_deadline( call->config.receive_timeout );
    call->read_buf = buf;
    call->read_size = size;
    call->read_got = got;
    return async_execute( &call->receive_state, step_read, WS_SHORT_CALLBACK, call, async, error );
}

/* ---- what a status means ---- */

struct status_error
{
    ULONG status;
    HRESULT hr;
};

/* Schemes in the order of preference; the first that is asked for decides the code, unless its credentials were refused. */
static HRESULT auth_error( const struct http_head *head, BOOL proxy, ULONG tried )
{
    static const struct { const char *name; ULONG len, scheme; HRESULT server, proxy; } schemes[] =
    {
        { "Negotiate", 9, WS_HTTP_HEADER_AUTH_SCHEME_NEGOTIATE, WS_E_SERVER_REQUIRES_NEGOTIATE_AUTH, WS_E_PROXY_REQUIRES_NEGOTIATE_AUTH },
        { "NTLM", 4, WS_HTTP_HEADER_AUTH_SCHEME_NTLM, WS_E_SERVER_REQUIRES_NTLM_AUTH, WS_E_PROXY_REQUIRES_NTLM_AUTH },
        { "Digest", 6, WS_HTTP_HEADER_AUTH_SCHEME_DIGEST, WS_E_SERVER_REQUIRES_DIGEST_AUTH, WS_E_PROXY_REQUIRES_DIGEST_AUTH },
        { "Basic", 5, WS_HTTP_HEADER_AUTH_SCHEME_BASIC, WS_E_SERVER_REQUIRES_BASIC_AUTH, WS_E_PROXY_REQUIRES_BASIC_AUTH },
    };
    HRESULT denied = proxy ? WS_E_PROXY_ACCESS_DENIED : WS_E_ENDPOINT_ACCESS_DENIED, hr = denied;
    struct slice params;
    ULONG i;

    for (i = ARRAY_SIZE( schemes ); i--;)
    {
        if (!auth_find_challenge( head, proxy, schemes[i].name, schemes[i].len, &params )) continue;
        if (schemes[i].scheme & tried) return denied;
        hr = proxy ? schemes[i].proxy : schemes[i].server;
    }
    return hr;
}

HRESULT http_status_error( const struct http_response *response, BOOL fault_expected, WS_ERROR *error )
{
    static const struct status_error codes[] =
    {
        { 400, WS_E_INVALID_FORMAT }, { 403, WS_E_ENDPOINT_ACCESS_DENIED }, { 404, WS_E_ENDPOINT_NOT_FOUND },
        { 408, WS_E_OPERATION_TIMED_OUT }, { 410, WS_E_ENDPOINT_NOT_AVAILABLE }, { 413, WS_E_QUOTA_EXCEEDED },
        { 415, WS_E_INVALID_FORMAT }, { 500, WS_E_ENDPOINT_FAILURE }, { 503, WS_E_ENDPOINT_TOO_BUSY },
    };
    const struct http_head *head = response->head;
    HRESULT hr = WS_E_ENDPOINT_FAILURE;
    ULONG i;

    if (head->status == 200 || head->status == 202) return S_OK;
    if (fault_expected && (head->status == 500 || head->status == 400)) return S_OK;
    if (head->status == 401) hr = auth_error( head, FALSE, response->server_tried );
    else if (head->status == 407) hr = auth_error( head, TRUE, response->proxy_tried );
    else if (response->through_proxy && (head->status == 502 || head->status == 504)) hr = WS_E_PROXY_FAILURE;
    else for (i = 0; i < ARRAY_SIZE( codes ); i++) if (codes[i].status == head->status) hr = codes[i].hr;
    return ws_fail( error, hr, "The server answered with HTTP status %u (%.*s).", head->status, (int)head->reason.len,
                    head->reason.ptr );
}
