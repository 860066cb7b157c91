/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The slow path of the lock. */
#include "transport/lock.h"

void lock_wait( struct lock *lock )
{
    ULONG spins;

    for (spins = 0; spins < 100; spins++)
    {
        LONG expected = 0;

        if (!__atomic_load_n( &lock->word, __ATOMIC_RELAXED ) &&
            __atomic_compare_exchange_n( &lock->word, &expected, 1, FALSE, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED )) return;
        __builtin_ia32_pause();
    }
    while (__atomic_exchange_n( &lock->word, 2, __ATOMIC_ACQUIRE )) engine_wait( &lock->word, 2, NET_INFINITE );
}
