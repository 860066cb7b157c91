/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A lock that needs no clean-up: 0 free, 1 taken, 2 taken and somebody waits. Not Windows' slim lock, whose release costs a
 * look at the table of waiters every time under Wine. */
#ifndef WS_TRANSPORT_LOCK_H
#define WS_TRANSPORT_LOCK_H

#include "transport/engine.h"

struct lock { LONG word; };
void lock_wait( struct lock *lock );

static inline void lock_enter( struct lock *lock )
{
    LONG expected = 0;

    if (UNLIKELY( !__atomic_compare_exchange_n( &lock->word, &expected, 1, FALSE, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED ) ))
        lock_wait( lock );
}

static inline void lock_leave( struct lock *lock )
{
    if (UNLIKELY( __atomic_exchange_n( &lock->word, 0, __ATOMIC_RELEASE ) == 2 )) engine_wake( &lock->word );
}

#endif
