/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Service proxies: creation, states, the channels of calls. */
#include "service/proxy.h"
#include "channel/props.h"
#include "channel/url.h"
#include "base/trace.h"

#define S( name ) (1u << WS_SERVICE_PROXY_STATE_##name)

static const char *const state_names[] = { "CREATED", "OPENING", "OPEN", "CLOSING", "CLOSED", "FAULTED" };

static const UINT8 transitions[] =
{
    [WS_SERVICE_PROXY_STATE_CREATED] = S( OPENING ) | S( CREATED ),
    [WS_SERVICE_PROXY_STATE_OPENING] = S( OPEN ) | S( CREATED ),
    [WS_SERVICE_PROXY_STATE_OPEN]    = S( CLOSING ) | S( FAULTED ),
    [WS_SERVICE_PROXY_STATE_FAULTED] = S( CLOSING ),
    [WS_SERVICE_PROXY_STATE_CLOSING] = S( CLOSED ),
    [WS_SERVICE_PROXY_STATE_CLOSED]  = S( CREATED ),
};

/* The one place where a proxy changes its state; the lock is held. */
void proxy_set_state( WS_SERVICE_PROXY *proxy, WS_SERVICE_PROXY_STATE state )
{
    WS_TRACE( "proxy %p: %s%s -> %s\n", proxy, transitions[proxy->hdr.state] & (1u << state) ? "" : "unexpected ",
              state_names[proxy->hdr.state], state_names[state] );
    proxy->hdr.state = state;
}

static HRESULT wrong_state( const WS_SERVICE_PROXY *proxy, const char *what, WS_ERROR *error )
{
    return ws_fail( error, WS_E_INVALID_OPERATION, "%s is not possible while the service proxy is in the state %s.", what,
                    state_names[proxy->hdr.state] );
}

/* --- creation and end --------------------------------------------------------------------------------------------------- */

static const struct prop_desc proxy_props[] =
{
    PROP( WS_PROXY_PROPERTY_CALL_TIMEOUT, struct proxy_values, call_timeout, PROP_CREATE ),
    PROP( WS_PROXY_PROPERTY_MESSAGE_PROPERTIES, struct proxy_values, message, PROP_CREATE ),
    PROP( WS_PROXY_PROPERTY_MAX_CALL_POOL_SIZE, struct proxy_values, max_call_pool_size, PROP_CREATE ),
    PROP( WS_PROXY_PROPERTY_MAX_PENDING_CALLS, struct proxy_values, max_pending_calls, PROP_CREATE ),
    PROP( WS_PROXY_PROPERTY_MAX_CLOSE_TIMEOUT, struct proxy_values, max_close_timeout, PROP_CREATE ),
    PROP( WS_PROXY_FAULT_LANG_ID, struct proxy_values, langid, PROP_CREATE ),
};

static void on_timeout( void *arg )
{
    WS_SERVICE_PROXY *proxy = arg;

    atomic_inc( &proxy->timing_out );
    engine_submit( &proxy->timeout_work );
}

static void timeout_abort( void *arg )
{
    WS_SERVICE_PROXY *proxy = arg;
    BOOL closing;

    lock_enter( &proxy->lock );
    if ((closing = proxy->hdr.state == WS_SERVICE_PROXY_STATE_CLOSING)) proxy->timed_out = TRUE;
    lock_leave( &proxy->lock );
    if (closing)
    {
        proxy_end_calls( proxy, FATE_ABORTED, 0 );
        if (proxy->session) channel_abort( proxy->session, NULL );
    }
    atomic_dec( &proxy->timing_out );
    engine_wake( &proxy->timing_out );      /* the proxy may be gone by now */
}

/* The caller's properties need not outlive the creation, the channels are made later. */
static HRESULT own_properties( WS_HEAP *heap, const void *props, ULONG count, void **ret, WS_ERROR *error )
{
    ws_property *copy;
    ULONG i;

    *ret = NULL;
    if (!count) return S_OK;
    if (!props) return ws_fail( error, E_INVALIDARG, "%u properties were announced, none given.", count );
    if (!(copy = heap_memdup( heap, props, count * sizeof(*copy), error ))) return heap_failure( heap );
    for (i = 0; i < count; i++)
        if (copy[i].value && copy[i].valueSize && !(copy[i].value = heap_memdup( heap, copy[i].value, copy[i].valueSize, error )))
            return heap_failure( heap );
    *ret = copy;
    return S_OK;
}

static BOOL has_prop( const WS_CHANNEL_PROPERTY *props, ULONG count, WS_CHANNEL_PROPERTY_ID id )
{
    ULONG i;

    for (i = 0; i < count; i++) if (props[i].id == id) return TRUE;
    return FALSE;
}

/* Unless the program says otherwise, channels of the service model have no timeouts of their own, and a session does not hold back a
 * request until the one before was acknowledged: calls that overlap would wait 40 ms for that. */
static HRESULT own_channel_properties( WS_SERVICE_PROXY *proxy, const WS_CHANNEL_PROPERTY *props, ULONG count, WS_ERROR *error )
{
    static BOOL disabled = FALSE, enabled = TRUE;
    const WS_CHANNEL_PROPERTY timeouts = { WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS, &disabled, sizeof(disabled) };
    const WS_CHANNEL_PROPERTY no_delay = { WS_CHANNEL_PROPERTY_NO_DELAY, &enabled, sizeof(enabled) };
    WS_CHANNEL_PROPERTY *all;
    HRESULT hr;
    void *copy;

    if ((hr = own_properties( proxy->heap, props, count, &copy, error ))) return hr;
    if (!(all = heap_alloc( proxy->heap, (count + 2) * sizeof(*all), error ))) return heap_failure( proxy->heap );
    if (count) memcpy( all, copy, count * sizeof(*all) );
    if (proxy->binding != WS_CUSTOM_CHANNEL_BINDING && !has_prop( props, count, timeouts.id )) all[count++] = timeouts;
    if (proxy->binding == WS_TCP_CHANNEL_BINDING && !has_prop( all, count, no_delay.id )) all[count++] = no_delay;
    proxy->channel_props = all;
    proxy->channel_prop_count = count;
    return S_OK;
}

HRESULT proxy_create_channel( WS_SERVICE_PROXY *proxy, WS_CHANNEL **ret, WS_ERROR *error )
{
    BOOL enable = FALSE;
    HRESULT hr;

    if ((hr = channel_create( proxy->type, proxy->binding, proxy->channel_props, proxy->channel_prop_count, proxy->security, ret,
                              error ))) return hr;
    if (proxy->binding != WS_CUSTOM_CHANNEL_BINDING) return S_OK;
    hr = channel_get_property( *ret, WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS, &enable, sizeof(enable), error );
    if (!hr && enable)
        hr = ws_fail( error, E_INVALIDARG, "A custom channel has to have WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS FALSE to work under "
                      "a service proxy." );
    if (hr) channel_free( *ret );
    return hr;
}

HRESULT proxy_create( WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding, const WS_SECURITY_DESCRIPTION *security,
                      const WS_PROXY_PROPERTY *props, ULONG count, const WS_CHANNEL_PROPERTY *channel_props,
                      ULONG channel_count, WS_SERVICE_PROXY **ret, WS_ERROR *error )
{
    WS_SERVICE_PROXY *proxy;
    WS_CHANNEL *channel;
    void *message_props;
    HRESULT hr;

    if (!ret) return ws_fail( error, E_INVALIDARG, "No place to store the new service proxy was given." );
    if (!(proxy = mem_calloc( sizeof(*proxy) ))) return ws_fail( error, E_OUTOFMEMORY, "No memory for a service proxy." );
    object_init( &proxy->hdr, OBJECT_PROXY, WS_SERVICE_PROXY_STATE_CREATED );
    proxy->type = type;
    proxy->binding = binding;
    proxy->security = security;
    proxy->turns_end = &proxy->turns;
    proxy->waiting_end = &proxy->waiting;
    proxy->values.call_timeout = 30000;
    proxy->values.max_call_pool_size = 5;
    proxy->values.max_pending_calls = 100;
    proxy->values.max_close_timeout = 5000;
    engine_timer_init( &proxy->timer, on_timeout, proxy );
    proxy->timeout_work.func = timeout_abort;
    proxy->timeout_work.arg = proxy;
    if ((hr = prop_apply( proxy_props, ARRAY_SIZE( proxy_props ), &proxy->values, props, count, PROP_CREATE, "service proxy",
                          error )) ||
        (hr = heap_create( 1 << 20, 1024, NULL, 0, &proxy->heap, error )) ||
        (hr = heap_create( 1 << 20, 1024, NULL, 0, &proxy->open_heap, error )) ||
        (hr = own_properties( proxy->heap, proxy->values.message.properties, proxy->values.message.propertyCount,
                              &message_props, error ))) goto failed;
    proxy->values.message.properties = message_props;
    if ((hr = own_channel_properties( proxy, channel_props, channel_count, error ))) goto failed;
    /* bad properties are an error of the creation; the first call uses the channel */
    if ((hr = proxy_create_channel( proxy, &channel, error ))) goto failed;
    if (!(type & WS_CHANNEL_TYPE_SESSION)) channel_free( channel );
    else
    {
        proxy->session = channel;
        proxy->shared = channel_make_leavable( channel );
        if (error_create( NULL, 0, &proxy->read_error ) || error_create( NULL, 0, &proxy->write_error ))
        {
            hr = ws_fail( error, E_OUTOFMEMORY, "No memory for a service proxy." );
            goto failed;
        }
    }
    *ret = proxy;
    return S_OK;

failed:
    proxy_free( proxy );
    return hr;
}

static void free_idle( WS_SERVICE_PROXY *proxy )
{
    struct call *call;

    while ((call = proxy->idle))
    {
        proxy->idle = call->next;
        call_free( call );
    }
    proxy->idle_count = 0;
}

/* What calls that were given up have left behind on the session ends, also where no close has waited for it. */
static void wait_settled( WS_SERVICE_PROXY *proxy )
{
    struct engine_gate gate;
    BOOL wait;

    engine_gate_init( &gate );
    lock_enter( &proxy->lock );
    if ((wait = proxy->pending || proxy->held || proxy->reading != READING_NOBODY)) proxy->gate = &gate;
    lock_leave( &proxy->lock );
    if (!wait) return;
    channel_abort( proxy->session, NULL );
    engine_gate_wait( &gate, NET_INFINITE );
    lock_enter( &proxy->lock );         /* whoever has opened the gate may still have it */
    lock_leave( &proxy->lock );
}

void proxy_free( WS_SERVICE_PROXY *proxy )
{
    if (!proxy) return;
    engine_timer_stop( &proxy->timer );
    if (proxy->session) wait_settled( proxy );
    proxy->hdr.magic = OBJECT_DEAD;
    free_idle( proxy );
    if (proxy->spare) message_free( proxy->spare );
    if (proxy->session) channel_free( proxy->session );
    error_free( proxy->read_error );
    error_free( proxy->write_error );
    if (proxy->heap) heap_free( proxy->heap );
    if (proxy->open_heap) heap_free( proxy->open_heap );
    mem_free( proxy );
}

HRESULT proxy_reset( WS_SERVICE_PROXY *proxy, WS_ERROR *error )
{
    HRESULT hr = S_OK;

    lock_enter( &proxy->lock );
    if (proxy->hdr.state != WS_SERVICE_PROXY_STATE_CREATED && proxy->hdr.state != WS_SERVICE_PROXY_STATE_CLOSED)
        hr = wrong_state( proxy, "A reset", error );
    else proxy_set_state( proxy, WS_SERVICE_PROXY_STATE_CREATED );
    lock_leave( &proxy->lock );
    if (hr) return hr;
    free_idle( proxy );
    return proxy->session ? channel_reset( proxy->session, error ) : S_OK;
}

/* --- open, close, abort ---------------------------------------------------------------------------------------------------- */

#define STEP( name ) static HRESULT CALLBACK name( HRESULT hr, WS_CALLBACK_MODEL model, void *state, \
                                                   WS_ASYNC_OPERATION *next, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
#define STEP_UNUSED (void)hr, (void)model, (void)next, (void)context, (void)error

STEP( open_done )
{
    WS_SERVICE_PROXY *proxy = state;

    STEP_UNUSED;
    lock_enter( &proxy->lock );
    if (proxy->aborted && SUCCEEDED( hr )) hr = ws_fail( error, WS_E_OPERATION_ABORTED, "The service proxy was aborted." );
    proxy_set_state( proxy, FAILED( hr ) ? WS_SERVICE_PROXY_STATE_CREATED : WS_SERVICE_PROXY_STATE_OPEN );
    lock_leave( &proxy->lock );
    return hr;
}

STEP( open_start )
{
    WS_SERVICE_PROXY *proxy = state;

    STEP_UNUSED;
    next->function = open_done;
    return proxy->session ? channel_open( proxy->session, &proxy->address, context, error ) : S_OK;
}

HRESULT proxy_open( WS_SERVICE_PROXY *proxy, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                    WS_ERROR *error )
{
    HRESULT hr = S_OK;

    if (!address) return ws_fail( error, E_INVALIDARG, "The address of the service is missing." );
    lock_enter( &proxy->lock );
    if (proxy->hdr.state != WS_SERVICE_PROXY_STATE_CREATED) hr = wrong_state( proxy, "An open", error );
    else
    {
        proxy_set_state( proxy, WS_SERVICE_PROXY_STATE_OPENING );
        proxy->aborted = proxy->timed_out = FALSE;
        proxy->lost = S_OK;
        proxy->owed = 0;
        if (proxy->session) error_reset( proxy->read_error );
    }
    lock_leave( &proxy->lock );
    if (hr) return hr;
    heap_reset( proxy->open_heap );
    if ((hr = endpoint_address_copy( address, proxy->open_heap, &proxy->address, error )))
    {
        lock_enter( &proxy->lock );
        proxy_set_state( proxy, WS_SERVICE_PROXY_STATE_CREATED );
        lock_leave( &proxy->lock );
        return hr;
    }
    return async_execute( &proxy->async, open_start, WS_LONG_CALLBACK, proxy, context, error );
}

void proxy_call_ended( WS_SERVICE_PROXY *proxy )
{
    if (proxy->pending || proxy->held || proxy->reading != READING_NOBODY) return;
    if (proxy->gate)
    {
        engine_gate_open( proxy->gate, S_OK );
        proxy->gate = NULL;
    }
    if (proxy->drained.callback)
    {
        engine_complete( &proxy->drained, S_OK, WS_LONG_CALLBACK );
        proxy->drained.callback = NULL;
    }
}

STEP( close_done )
{
    WS_SERVICE_PROXY *proxy = state;
    BOOL timed_out, aborted;
    LONG works;

    STEP_UNUSED;
    engine_timer_stop( &proxy->timer );
    while ((works = atomic_read( &proxy->timing_out )))
    {
        engine_blocking();
        engine_wait( &proxy->timing_out, works, NET_INFINITE );
    }
    free_idle( proxy );
    lock_enter( &proxy->lock );
    timed_out = proxy->timed_out;
    aborted = proxy->aborted;
    proxy_set_state( proxy, WS_SERVICE_PROXY_STATE_CLOSED );
    lock_leave( &proxy->lock );
    if (SUCCEEDED( hr ) && aborted) return ws_fail( error, WS_E_OPERATION_ABORTED, "The service proxy was aborted while it was closing." );
    if (timed_out && (SUCCEEDED( hr ) || hr == WS_E_OPERATION_ABORTED))
        hr = ws_fail( error, WS_E_OPERATION_TIMED_OUT, "The calls under way did not end within %u milliseconds; they were aborted.",
                      proxy->values.max_close_timeout );
    return hr;
}

STEP( close_session )
{
    WS_SERVICE_PROXY *proxy = state;

    STEP_UNUSED;
    next->function = close_done;
    return proxy->session ? channel_close( proxy->session, context, error ) : S_OK;
}

STEP( close_wait )
{
    WS_SERVICE_PROXY *proxy = state;
    struct engine_gate gate;
    BOOL wait, owed;

    STEP_UNUSED;
    next->function = close_session;
    engine_gate_init( &gate );
    lock_enter( &proxy->lock );
    owed = proxy->owed != 0;            /* the service is at work for calls that were given up, and ends the session after them */
    if ((wait = proxy->pending || proxy->held || proxy->reading != READING_NOBODY))
    {
        if (context) proxy->drained = *context;
        else proxy->gate = &gate;
    }
    lock_leave( &proxy->lock );
    if (wait || owed) engine_timer_set( &proxy->timer, engine_deadline( proxy->values.max_close_timeout ) );
    if (!wait) return S_OK;
    if (context) return WS_S_ASYNC;
    engine_blocking();
    engine_gate_wait( &gate, NET_INFINITE );
    return S_OK;
}

HRESULT proxy_close( WS_SERVICE_PROXY *proxy, const WS_ASYNC_CONTEXT *context, WS_ERROR *error )
{
    HRESULT hr = S_OK;

    lock_enter( &proxy->lock );
    switch (proxy->hdr.state)
    {
    case WS_SERVICE_PROXY_STATE_OPEN:
    case WS_SERVICE_PROXY_STATE_FAULTED:
        proxy_set_state( proxy, WS_SERVICE_PROXY_STATE_CLOSING );
        proxy->aborted = FALSE;
        break;
    default:
        hr = wrong_state( proxy, "A close", error );
    }
    lock_leave( &proxy->lock );
    if (hr) return hr;
    return async_execute( &proxy->async, close_wait, WS_LONG_CALLBACK, proxy, context, error );
}

HRESULT proxy_abort( WS_SERVICE_PROXY *proxy, WS_ERROR *error )
{
    BOOL calls = FALSE;

    (void)error;
    lock_enter( &proxy->lock );
    switch (proxy->hdr.state)
    {
    case WS_SERVICE_PROXY_STATE_OPEN:
        proxy_set_state( proxy, WS_SERVICE_PROXY_STATE_FAULTED );
        /* fall through */
    case WS_SERVICE_PROXY_STATE_OPENING:
    case WS_SERVICE_PROXY_STATE_CLOSING:
        proxy->aborted = calls = TRUE;
        break;
    default:
        break;
    }
    lock_leave( &proxy->lock );
    if (!calls) return S_OK;
    proxy_end_calls( proxy, FATE_ABORTED, 0 );
    if (proxy->session) channel_abort( proxy->session, NULL );
    return S_OK;
}

HRESULT proxy_get_property( WS_SERVICE_PROXY *proxy, WS_PROXY_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error )
{
    WS_SERVICE_PROXY_STATE state = proxy->hdr.state;

    if (id == WS_PROXY_PROPERTY_STATE)
        return prop_return( &state, sizeof(state), value, size, "service proxy", id, error );
    return prop_get( proxy_props, ARRAY_SIZE( proxy_props ), &proxy->values, id, value, size, "service proxy", error );
}
