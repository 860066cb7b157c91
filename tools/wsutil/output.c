/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: writing the generated files.
 */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "emit.h"
#include "output.h"

struct pending
{
    const char *path;
    char *temporary;
};

/* What a run that is ended by a signal removes; it only grows. */
static const struct vec *volatile unfinished;

static void on_signal( int number )
{
    const struct vec *list = unfinished;
    size_t i;

    for (i = 0; list && i < list->count; i++)
    {
        const struct pending *pending = list->items[i];

        if (pending->temporary) unlink( pending->temporary );
    }
    signal( number, SIG_DFL );
    raise( number );
}

/* A file that grows too large is an error like others, not the end of the program. */
static void catch_signals( sigset_t *set )
{
    static const int numbers[] = { SIGHUP, SIGINT, SIGTERM };
    size_t i;

    sigemptyset( set );
    for (i = 0; i < COUNT_OF( numbers ); i++)
    {
        sigaddset( set, numbers[i] );
        if (signal( numbers[i], on_signal ) == SIG_IGN) signal( numbers[i], SIG_IGN );
    }
    signal( SIGXFSZ, SIG_IGN );
}

static bool write_text( const char *text, size_t len, int fd )
{
    ssize_t written;

    while (len)
    {
        written = write( fd, text, len );
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text += written;
        len -= (size_t)written;
    }
    return true;
}

static bool write_temporary( struct compiler *c, struct pending *pending, const struct strbuf *text )
{
    struct location where = { pending->path, 0 };
    mode_t mask = umask( 0 );
    int fd, error = 0;

    umask( mask );
    if ((fd = mkstemp( pending->temporary )) < 0)
    {
        diag_error( &c->diag, where, MSG_OUTPUT, "cannot create the file: %s; check the directory given with /out",
                    strerror( errno ) );
        pending->temporary = NULL;
        return false;
    }
    if (!write_text( text->data, text->len, fd ) || fchmod( fd, 0666 & ~mask )) error = errno;
    if (close( fd ) && !error) error = errno;
    if (error) diag_error( &c->diag, where, MSG_OUTPUT, "cannot write the file: %s", strerror( error ) );
    return !error;
}

static bool add_pending( struct compiler *c, struct vec *list, const char *name, const struct strbuf *text )
{
    struct pending *pending = arena_alloc( &c->arena, sizeof(*pending) );
    struct stat info;

    pending->path = arena_printf( &c->arena, "%s/%s", c->options.out_dir, name );
    if (!stat( pending->path, &info ) && !S_ISREG( info.st_mode ))
    {
        struct location where = { pending->path, 0 };

        diag_error( &c->diag, where, MSG_OUTPUT, "cannot replace what is there, it is no file; remove it or choose another "
                    "directory with /out" );
        return false;
    }
    pending->temporary = arena_printf( &c->arena, "%s.XXXXXX", pending->path );
    vec_add( &c->arena, list, pending );
    return write_temporary( c, pending, text );
}

static bool generate( struct compiler *c, struct vec *list )
{
    struct strbuf text = { 0 };
    struct cfile *file;
    bool ret = true;
    size_t i;

    for (i = 0; ret && i < c->files.count; i++)
    {
        file = c->files.items[i];
        emit_header( c, file, &text );
        ret = add_pending( c, list, file->header, &text );
        text.len = 0;
        if (!ret) break;
        emit_source( c, file, &text );
        ret = add_pending( c, list, file->source, &text );
        text.len = 0;
    }
    strbuf_free( &text );
    return ret;
}

bool output_write( struct compiler *c )
{
    struct vec list = { 0 };
    struct pending *pending;
    sigset_t signals;
    size_t i;
    bool ret;

    catch_signals( &signals );
    unfinished = &list;
    ret = generate( c, &list );
    sigprocmask( SIG_BLOCK, &signals, NULL ); /* all files or none */
    for (i = 0; i < list.count; i++)
    {
        pending = list.items[i];
        if (ret && rename( pending->temporary, pending->path ))
        {
            struct location where = { pending->path, 0 };

            diag_error( &c->diag, where, MSG_OUTPUT, "cannot put the file in its place: %s", strerror( errno ) );
            ret = false;
        }
        if (!ret && pending->temporary) unlink( pending->temporary );
    }
    unfinished = NULL;
    sigprocmask( SIG_UNBLOCK, &signals, NULL );
    return ret;
}
