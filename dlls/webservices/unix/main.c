/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* webservices.so: the table of functions that the PE half calls. Pure POSIX, nothing of ntdll.so: its calling
 * convention differs between versions of Wine. */
#include <errno.h>
#include "unixlib.h"

#define EXPORT __attribute__((visibility("default")))

typedef INT32 (*unix_entry)( void *args );

static INT32 unix_attach( void *args )
{
    const struct unix_attach *attach = args;

    return attach->abi == WS_UNIX_ABI && attach->size == sizeof(*attach) ? 0 : -EPROTO;
}

/* The loader looks for these two names; the members have fixed widths, so 32-bit callers use the same functions. */
EXPORT const unix_entry __wine_unix_call_funcs[UNIX_FUNC_COUNT] =
{
    [UNIX_ATTACH] = unix_attach,
};

extern const unix_entry __wine_unix_call_wow64_funcs[UNIX_FUNC_COUNT]
    __attribute__((visibility("default"), alias("__wine_unix_call_funcs")));
