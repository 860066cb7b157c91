/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Refers to every exported function: links if the import library has them all, for 32 bit with the right size of their
 * arguments, and starts if the module exports them all.
 */
#include <stdio.h>
#include <webservices.h>

#define P( function, result, parameters ) { #function, (FARPROC)(void (*)(void))function },
#define C( type, result, parameters )
static const struct
{
    const char *name;
    FARPROC     address;
} exports[] =
{
#include "functions.def"
};

int main(void)
{
    unsigned int i, failed = 0;

    for (i = 0; i < WsCountOf( exports ); i++)
    {
        if (exports[i].address) continue;
        printf( "%s has no address\n", exports[i].name );
        failed++;
    }
    printf( "%u passed, %u failed\n", i - failed, failed );
    return failed != 0;
}
