/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The engine: workers (epoll sets with a leading thread), the pool that leaders and work items get their threads from,
 * and the monitor that keeps time.
 *
 * A leader that runs foreign code marks its worker with a new sequence number. The monitor looks every few milliseconds;
 * a number it sees twice is an operation that takes long, unless its thread only waits for a processor, and the worker gets
 * another leader. So the usual short operation pays for two atomic stores, and no thread has to be woken for it. */
#include "transport/loop.h"

#define MAX_WORKERS    16
#define MAX_THREADS    1024
#define RETIRE_MS      10000      /* idle threads of the pool go after this */
#define TICK_MS        2          /* between looks of the monitor */
#define BUSY_NS        1000000    /* of processor time between two looks: an operation that computes */
#define LAZY_TICKS     25         /* quiet looks before the monitor sleeps */
#define EAGER_RUNS     16         /* operations handed over beforehand after one that took long */
#define BATCH          64
#define CLOCK_EVENTS   8          /* events after which a leader looks at the clock again */
#define THREAD_BUFFERS 8

enum { WORKER_FREE, WORKER_OWNED, WORKER_USER };
#define WORKER_STATE( seq, state ) ((seq) << 2 | (state))

struct worker
{
    INT32  loop;
    UINT32 seq;                   /* written by the leader */
    UINT32 state;
    UINT32 seen;                  /* monitor: state at the last look */
    UINT32 suspect;               /* monitor: state at which it has noted `run` */
    UINT64 run;                   /* monitor: processor time of the leader then, in ns */
    INT32  leader;                /* the thread's id */
    LONG   eager;
    LONG   load;                  /* objects registered */
    UINT64 now;                   /* of the leader: when it last looked at the clock */
    BOOL   started;
    UINT32 pos, count;            /* events of the batch that is being worked on */
    struct pollable *dead;        /* stack; freed when a batch is over */
    struct engine_work lead;
    struct unix_event events[BATCH];
};

struct thread
{
    struct unix_thread self;      /* its id; the rest as it was when the thread handed its worker over beforehand */
    struct worker *leading;
    UINT32 seq;                   /* of the worker when this thread last entered foreign code */
    struct thread *next_idle;
    LONG   wake;
    ULONG  buffers_count;
    void  *buffers[THREAD_BUFFERS];
    ULONG  depth;                 /* of foreign code within foreign code: the outermost counts */
    UINT64 began;                 /* of foreign code that runs without a worker; 0: not measured */
    struct worker *last;          /* the worker it was handed over from */
};

static struct
{
    INIT_ONCE once;
    HRESULT status;
    LONG ready;
    DWORD tls;
    ULONG worker_count;
    struct worker *workers[MAX_WORKERS];

    SRWLOCK lock;                 /* queue, idle threads, counts */
    struct engine_work *head, **tail;
    struct thread *idle;
    ULONG threads;
    ULONG taken;                  /* items taken from the queue */

    SRWLOCK timer_lock;
    struct engine_timer *timers;  /* pairing heap */
    struct engine_timer *running;
    LONG  running_seq;
    UINT64 wake_at;               /* when the monitor wakes by itself */
    LONG  asleep;                 /* the monitor does not look */
    LONG  monitor;                /* futex */
    DWORD monitor_thread;
} engine = { .once = INIT_ONCE_STATIC_INIT };

static DWORD WINAPI pool_thread( void *arg );
static DWORD WINAPI monitor_thread( void *arg );

UINT64 engine_now( void )
{
    struct unix_clock args;

    unix_call( UNIX_CLOCK, &args );
    return args.now;
}

UINT64 engine_deadline( ULONG timeout )
{
    return timeout == NET_INFINITE ? ~(UINT64)0 : engine_now() + timeout;
}

ULONG engine_remaining( UINT64 deadline )
{
    UINT64 now;

    if (deadline == ~(UINT64)0) return NET_INFINITE;
    now = engine_now();
    if (now >= deadline) return 0;
    return deadline - now < NET_INFINITE ? deadline - now : NET_INFINITE - 1;
}

BOOL engine_wait( LONG *value, LONG expected, ULONG timeout )
{
    struct unix_futex_wait args = { (UINT_PTR)value, expected, timeout };

    if (__atomic_load_n( value, __ATOMIC_ACQUIRE ) != expected) return TRUE;
    return !unix_call( UNIX_FUTEX_WAIT, &args );
}

void engine_wake( LONG *value )
{
    struct unix_futex_wake args = { (UINT_PTR)value, 0x7fffffff, 0 };

    unix_call( UNIX_FUTEX_WAKE, &args );
}

void engine_gate_open( struct engine_gate *gate, HRESULT hr )
{
    gate->hr = hr;
    __atomic_store_n( &gate->done, 1, __ATOMIC_RELEASE );
    engine_wake( &gate->done );   /* the gate may be gone by now: waking an address that nobody waits on is harmless */
}

BOOL engine_gate_wait( struct engine_gate *gate, ULONG timeout )
{
    UINT64 deadline = engine_deadline( timeout );

    engine_blocking();
    while (!__atomic_load_n( &gate->done, __ATOMIC_ACQUIRE ))
    {
        ULONG left = engine_remaining( deadline );
        if (!left) return FALSE;
        engine_wait( &gate->done, 0, left );
    }
    return TRUE;
}

/* Processors that this thread may run on now, up to a maximum. */
static ULONG usable_cpus( ULONG max )
{
    struct unix_cpus cpus = { 1 };

    if (max > 1) unix_call( UNIX_CPUS, &cpus );
    return cpus.count < max ? cpus.count : max;
}

static BOOL CALLBACK engine_init( INIT_ONCE *once, void *param, void **context )
{
    HMODULE module;
    HANDLE thread;
    ULONG i;

    (void)once; (void)param; (void)context;
    engine.tail = &engine.head;
    engine.wake_at = ~(UINT64)0;
    engine.status = E_OUTOFMEMORY;
    if ((engine.tls = TlsAlloc()) == TLS_OUT_OF_INDEXES) return TRUE;
    engine.worker_count = usable_cpus( MAX_WORKERS );
    for (i = 0; i < engine.worker_count; i++)
    {
        struct unix_loop_create args;
        struct worker *worker = mem_calloc( sizeof(*worker) );

        if (!worker || unix_call( UNIX_LOOP_CREATE, &args )) return TRUE;
        worker->loop = args.loop;
        engine.workers[i] = worker;
    }
    /* Its threads never end as long as the process lives, so neither may the code. */
    GetModuleHandleExW( GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                        (const WCHAR *)engine_init, &module );
    if (!(thread = CreateThread( NULL, 0, monitor_thread, NULL, 0, &engine.monitor_thread ))) return TRUE;
    CloseHandle( thread );
    engine.status = S_OK;
    engine.ready = TRUE;
    return TRUE;
}

static HRESULT engine_start( void )
{
    InitOnceExecuteOnce( &engine.once, engine_init, NULL, NULL );
    return engine.status;
}

static struct thread *current_thread( void )
{
    return LIKELY( engine.ready ) ? TlsGetValue( engine.tls ) : NULL;
}

UINT64 engine_batch_deadline( ULONG timeout )
{
    return timeout == NET_INFINITE ? ~(UINT64)0 : engine_batch_now() + timeout;
}

UINT64 engine_batch_now( void )
{
    struct thread *thread = current_thread();

    return thread && thread->leading ? thread->leading->now : engine_now();
}

BOOL engine_is_worker( void )
{
    return current_thread() != NULL;
}

/* ---- the pool ---- */

/* With the lock held; drops it. */
static void wake_or_create( BOOL create )
{
    struct thread *thread = engine.idle;
    HANDLE handle;

    if (thread)
    {
        engine.idle = thread->next_idle;
        thread->wake = 1;
        ReleaseSRWLockExclusive( &engine.lock );
        engine_wake( &thread->wake );
        return;
    }
    if (!create || engine.threads >= MAX_THREADS)
    {
        ReleaseSRWLockExclusive( &engine.lock );
        return;
    }
    engine.threads++;
    ReleaseSRWLockExclusive( &engine.lock );
    if ((handle = CreateThread( NULL, 0, pool_thread, NULL, 0, NULL ))) CloseHandle( handle );
    else
    {
        AcquireSRWLockExclusive( &engine.lock );
        engine.threads--;
        ReleaseSRWLockExclusive( &engine.lock );
    }
}

static void monitor_wake( void )
{
    atomic_inc( &engine.monitor );
    engine_wake( &engine.monitor );
}

BOOL engine_submit( struct engine_work *work )
{
    if (__atomic_exchange_n( &work->queued, 1, __ATOMIC_ACQ_REL )) return FALSE;
    engine_start();
    AcquireSRWLockExclusive( &engine.lock );
    work->next = NULL;
    *engine.tail = work;
    engine.tail = &work->next;
    /* Beyond the base of threads the monitor adds one at a time while the queue stands still. */
    wake_or_create( engine.threads < engine.worker_count * 2 + 2 );
    if (__atomic_load_n( &engine.asleep, __ATOMIC_SEQ_CST )) monitor_wake();
    return TRUE;
}

/* A leader is wanted: ahead of everything else, and with a new thread if none is idle. */
static void submit_lead( struct worker *worker )
{
    AcquireSRWLockExclusive( &engine.lock );
    if (!(worker->lead.next = engine.head)) engine.tail = &worker->lead.next;
    engine.head = &worker->lead;
    wake_or_create( TRUE );
}

struct completion
{
    struct engine_work work;
    WS_ASYNC_CONTEXT async;
    HRESULT hr;
    WS_CALLBACK_MODEL model;
};

static void run_completion( void *arg )
{
    struct completion completion = *(struct completion *)arg;

    mem_free( arg );
    completion.async.callback( completion.hr, completion.model, completion.async.callbackState );
}

HRESULT engine_complete( const WS_ASYNC_CONTEXT *async, HRESULT hr, WS_CALLBACK_MODEL model )
{
    struct completion *completion = mem_calloc( sizeof(*completion) );

    if (!completion) return E_OUTOFMEMORY;
    completion->work.func = run_completion;
    completion->work.arg = completion;
    completion->async = *async;
    completion->hr = hr;
    completion->model = model;
    engine_submit( &completion->work );
    return S_OK;
}

static void leave_idle_list( struct thread *thread )
{
    struct thread **pos;

    for (pos = &engine.idle; *pos && *pos != thread; pos = &(*pos)->next_idle) ;
    if (*pos) *pos = thread->next_idle;
}

/* The next item, or NULL when the thread has been idle long enough to go. */
static struct engine_work *next_work( struct thread *thread )
{
    struct engine_work *work;
    BOOL retire = FALSE;

    AcquireSRWLockExclusive( &engine.lock );
    while (!(work = engine.head) && !retire)
    {
        thread->wake = 0;
        thread->next_idle = engine.idle;
        engine.idle = thread;
        ReleaseSRWLockExclusive( &engine.lock );
        retire = !engine_wait( &thread->wake, 0, RETIRE_MS );
        AcquireSRWLockExclusive( &engine.lock );
        if (thread->wake) retire = FALSE;   /* taken out of the list by who woke it */
        else leave_idle_list( thread );
    }
    if (work)
    {
        if (!(engine.head = work->next)) engine.tail = &engine.head;
        engine.taken++;
    }
    else engine.threads--;
    ReleaseSRWLockExclusive( &engine.lock );
    return work;
}

static void worker_lead( struct worker *worker, struct thread *thread );

static DWORD WINAPI pool_thread( void *arg )
{
    struct thread thread = { 0 };
    struct engine_work *work;

    (void)arg;
    TlsSetValue( engine.tls, &thread );
    while ((work = next_work( &thread )))
    {
        if (!work->func) worker_lead( CONTAINING_RECORD( work, struct worker, lead ), &thread );
        else
        {
            void (*func)( void * ) = work->func;
            void *func_arg = work->arg;

            __atomic_store_n( &work->queued, 0, __ATOMIC_RELEASE );  /* the item may be gone, or queued again, from here */
            func( func_arg );
        }
    }
    TlsSetValue( engine.tls, NULL );
    while (thread.buffers_count) mem_free( thread.buffers[--thread.buffers_count] );
    return 0;
}

void *engine_buffer_get( void )
{
    struct thread *thread = current_thread();

    if (thread && thread->buffers_count) return thread->buffers[--thread->buffers_count];
    return mem_alloc( ENGINE_BUFFER );
}

void engine_buffer_put( void *buffer )
{
    struct thread *thread = current_thread();

    if (thread && thread->buffers_count < THREAD_BUFFERS) thread->buffers[thread->buffers_count++] = buffer;
    else mem_free( buffer );
}

/* ---- workers ---- */

static void free_dead( struct worker *worker )
{
    struct pollable *self = __atomic_exchange_n( &worker->dead, NULL, __ATOMIC_ACQ_REL ), *next;

    for (; self; self = next)
    {
        next = self->next_dead;
        self->destroy( self );
    }
}

static void worker_lead( struct worker *worker, struct thread *thread )
{
    struct unix_loop_wait args = { .loop = worker->loop, .timeout = UNIX_INFINITE, .max = BATCH };
    INT32 count;

    if (!thread->self.id) unix_call( UNIX_THREAD, &thread->self );
    worker->leader = thread->self.id;
    args.events = (UINT_PTR)worker->events;
    thread->leading = thread->last = worker;
    worker->now = engine_now();
    worker->seq++;
    __atomic_store_n( &worker->state, WORKER_STATE( worker->seq, WORKER_OWNED ), __ATOMIC_RELEASE );
    for (;;)
    {
        while (worker->pos < worker->count)
        {
            const struct unix_event *event = &worker->events[worker->pos++];
            struct pollable *self = (struct pollable *)(UINT_PTR)event->data;

            if (!(worker->pos % CLOCK_EVENTS)) worker->now = engine_now();
            self->on_event( self, event->events );
            if (thread->leading != worker) return;
        }
        /* What is in the list was closed before now: the next batch cannot hold it. */
        if (__atomic_load_n( &worker->dead, __ATOMIC_RELAXED )) free_dead( worker );
        worker->pos = worker->count = 0;
        if ((count = unix_call( UNIX_LOOP_WAIT, &args )) > 0) worker->count = count;
        worker->now = args.now;
    }
}

static BOOL worker_take( struct worker *worker, UINT32 state )
{
    return __atomic_compare_exchange_n( &worker->state, &state, state & ~3u, FALSE, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED );
}

static void hand_over( struct thread *thread )
{
    struct worker *worker = thread->leading;

    thread->leading = NULL;
    if (worker_take( worker, WORKER_STATE( thread->seq, WORKER_USER ) )) submit_lead( worker );
}

/* Has this thread waited, or computed for long, since it looked at itself? Else it only was without a processor. */
static BOOL was_busy( const struct unix_thread *before )
{
    struct unix_thread self = { 0 };

    return unix_call( UNIX_THREAD, &self ) || self.waits != before->waits || self.run - before->run >= BUSY_NS;
}

void engine_enter( void )
{
    struct thread *thread = current_thread();
    struct worker *worker;

    if (!thread || thread->depth++ || !(worker = thread->leading)) return;
    thread->seq = ++worker->seq;
    __atomic_exchange_n( &worker->state, WORKER_STATE( thread->seq, WORKER_USER ), __ATOMIC_SEQ_CST );
    if (UNLIKELY( engine.asleep )) monitor_wake();
    if (UNLIKELY( worker->eager ))
    {
        worker->eager--;
        thread->self.id = 0;
        unix_call( UNIX_THREAD, &thread->self );
        thread->began = engine_now();
        hand_over( thread );
    }
}

void engine_leave( void )
{
    struct thread *thread = current_thread();
    struct worker *worker;
    UINT32 state;

    if (!thread || --thread->depth) return;
    if (UNLIKELY( thread->began ))
    {
        if (engine_now() - thread->began >= TICK_MS && was_busy( &thread->self )) thread->last->eager = EAGER_RUNS;
        thread->began = 0;
    }
    if (!(worker = thread->leading)) return;
    /* With the number this thread has entered with: another leader has counted on since. */
    state = WORKER_STATE( thread->seq, WORKER_USER );
    if (!__atomic_compare_exchange_n( &worker->state, &state, WORKER_STATE( thread->seq, WORKER_OWNED ), FALSE,
                                      __ATOMIC_ACQ_REL, __ATOMIC_RELAXED )) thread->leading = NULL;
}

void engine_blocking( void )
{
    struct thread *thread = current_thread();

    if (thread && thread->leading) hand_over( thread );
}

INT32 worker_add( struct pollable *self, INT32 fd, BOOL listener )
{
    struct unix_loop_add args = { .fd = fd, .data = (UINT_PTR)self, .listener = listener };
    struct worker *worker;
    INT32 ret;
    ULONG i, count;

    if (engine_start()) return -12 /* ENOMEM */;
    worker = engine.workers[0];
    /* The process may have been bound to fewer processors since: more workers than those only take turns. */
    count = usable_cpus( engine.worker_count );
    for (i = 1; i < count; i++) if (engine.workers[i]->load < worker->load) worker = engine.workers[i];
    self->worker = worker;
    args.loop = worker->loop;
    if ((ret = unix_call( UNIX_LOOP_ADD, &args )))
    {
        self->worker = NULL;
        return ret;
    }
    atomic_inc( &worker->load );
    if (!__atomic_exchange_n( &worker->started, TRUE, __ATOMIC_ACQ_REL )) submit_lead( worker );
    return 0;
}

void worker_retire( struct pollable *self )
{
    struct worker *worker = self->worker;
    struct pollable *head;

    if (!worker)
    {
        self->destroy( self );
        return;
    }
    atomic_dec( &worker->load );
    head = __atomic_load_n( &worker->dead, __ATOMIC_RELAXED );
    do self->next_dead = head;
    while (!__atomic_compare_exchange_n( &worker->dead, &head, self, TRUE, __ATOMIC_RELEASE, __ATOMIC_RELAXED ));
}

/* ---- timers: a pairing heap ---- */

static struct engine_timer *heap_meld( struct engine_timer *a, struct engine_timer *b )
{
    struct engine_timer *swap;

    if (!a) return b;
    if (!b) return a;
    if (b->due < a->due) swap = a, a = b, b = swap;
    b->prev = a;
    if ((b->next = a->child)) b->next->prev = b;
    a->child = b;
    a->next = a->prev = NULL;
    return a;
}

/* Melds the list of siblings in two passes; without recursion, as it may be long. */
static struct engine_timer *heap_pair( struct engine_timer *first )
{
    struct engine_timer *pairs = NULL, *root = NULL;

    while (first)
    {
        struct engine_timer *a = first, *b = a->next;

        first = b ? b->next : NULL;
        a->next = a->prev = NULL;
        if (b) b->next = b->prev = NULL;
        a = heap_meld( a, b );
        a->next = pairs;
        pairs = a;
    }
    while (pairs)
    {
        struct engine_timer *a = pairs;

        pairs = a->next;
        a->next = NULL;
        root = heap_meld( root, a );
    }
    return root;
}

static void heap_remove( struct engine_timer *timer )
{
    struct engine_timer *rest = heap_pair( timer->child );

    if (timer == engine.timers) engine.timers = rest;
    else
    {
        if (timer->prev->child == timer) timer->prev->child = timer->next;
        else timer->prev->next = timer->next;
        if (timer->next) timer->next->prev = timer->prev;
        engine.timers = heap_meld( engine.timers, rest );
    }
    timer->child = timer->next = timer->prev = NULL;
    timer->due = ~(UINT64)0;
}

void engine_timer_init( struct engine_timer *timer, void (*func)( void *arg ), void *arg )
{
    memset( timer, 0, sizeof(*timer) );
    timer->due = ~(UINT64)0;
    timer->func = func;
    timer->arg = arg;
}

static void timer_set( struct engine_timer *timer, UINT64 due, BOOL only_earlier )
{
    BOOL wake = FALSE;

    if (due != ~(UINT64)0 && engine_start()) return;
    AcquireSRWLockExclusive( &engine.timer_lock );
    if (!only_earlier || due < timer->due)
    {
        if (timer->due != ~(UINT64)0) heap_remove( timer );
        if (due != ~(UINT64)0)
        {
            timer->due = due;
            engine.timers = heap_meld( engine.timers, timer );
        }
        if ((wake = due < engine.wake_at)) engine.wake_at = due;
    }
    ReleaseSRWLockExclusive( &engine.timer_lock );
    if (wake) monitor_wake();
}

void engine_timer_set( struct engine_timer *timer, UINT64 due )
{
    timer_set( timer, due, FALSE );
}

void engine_timer_advance( struct engine_timer *timer, UINT64 due )
{
    timer_set( timer, due, TRUE );
}

void engine_timer_stop( struct engine_timer *timer )
{
    AcquireSRWLockExclusive( &engine.timer_lock );
    if (timer->due != ~(UINT64)0) heap_remove( timer );
    while (engine.running == timer && GetCurrentThreadId() != engine.monitor_thread)
    {
        LONG seq = engine.running_seq;

        ReleaseSRWLockExclusive( &engine.timer_lock );
        engine_wait( &engine.running_seq, seq, 10 );
        AcquireSRWLockExclusive( &engine.timer_lock );
    }
    ReleaseSRWLockExclusive( &engine.timer_lock );
}

/* Runs what is due and returns when the next timer is. */
static UINT64 run_timers( UINT64 now )
{
    struct engine_timer *timer;
    UINT64 next;

    AcquireSRWLockExclusive( &engine.timer_lock );
    while ((timer = engine.timers) && timer->due <= now)
    {
        heap_remove( timer );
        engine.running = timer;
        ReleaseSRWLockExclusive( &engine.timer_lock );
        timer->func( timer->arg );
        AcquireSRWLockExclusive( &engine.timer_lock );
        engine.running = NULL;
        engine.running_seq++;
        engine_wake( &engine.running_seq );
    }
    next = timer ? timer->due : ~(UINT64)0;
    engine.wake_at = next;
    ReleaseSRWLockExclusive( &engine.timer_lock );
    return next;
}

/* ---- the monitor ---- */

/* Whether a leader whose operation was seen twice is busy with it or waits, rather than for a processor: then another leader would only
 * be one more to wait, and make all of them late. */
static BOOL is_stuck( struct worker *worker, UINT32 state )
{
    struct unix_thread leader = { .id = worker->leader };

    if (unix_call( UNIX_THREAD, &leader ) || leader.waits) return TRUE;
    if (worker->suspect == state) return leader.run - worker->run >= BUSY_NS;
    worker->suspect = state;
    worker->run = leader.run;
    return FALSE;
}

/* Looks for leaders that are stuck in foreign code and for a queue that stands still. TRUE if something is going on. */
static BOOL monitor_look( void )
{
    static ULONG taken;
    BOOL active = FALSE;
    ULONG i;

    for (i = 0; i < engine.worker_count; i++)
    {
        struct worker *worker = engine.workers[i];
        UINT32 state = __atomic_load_n( &worker->state, __ATOMIC_ACQUIRE );

        if (state != worker->seen) active = TRUE;
        if ((state & 3) == WORKER_USER)
        {
            active = TRUE;
            if (state == worker->seen && is_stuck( worker, state ) && worker_take( worker, state ))
            {
                worker->eager = EAGER_RUNS;
                submit_lead( worker );
            }
        }
        worker->seen = state;
    }
    AcquireSRWLockExclusive( &engine.lock );
    if (engine.head)
    {
        active = TRUE;
        if (engine.taken == taken) wake_or_create( TRUE );
        else ReleaseSRWLockExclusive( &engine.lock );
    }
    else ReleaseSRWLockExclusive( &engine.lock );
    taken = engine.taken;
    return active;
}

static DWORD WINAPI monitor_thread( void *arg )
{
    ULONG quiet = 0;

    (void)arg;
    for (;;)
    {
        LONG seq = __atomic_load_n( &engine.monitor, __ATOMIC_SEQ_CST );
        UINT64 now = engine_now(), next = run_timers( now );
        UINT64 timeout = next == ~(UINT64)0 ? NET_INFINITE : next > now ? next - now : 0;

        quiet = monitor_look() ? 0 : quiet + 1;
        if (quiet < LAZY_TICKS) timeout = timeout < TICK_MS ? timeout : TICK_MS;
        else
        {
            __atomic_store_n( &engine.asleep, 1, __ATOMIC_SEQ_CST );
            if (monitor_look()) timeout = timeout < TICK_MS ? timeout : TICK_MS;  /* it began in this moment */
        }
        if (timeout) engine_wait( &engine.monitor, seq, timeout < NET_INFINITE ? timeout : NET_INFINITE );
        if (engine.asleep)
        {
            __atomic_store_n( &engine.asleep, 0, __ATOMIC_SEQ_CST );
            quiet = 0;
        }
    }
    return 0;
}
