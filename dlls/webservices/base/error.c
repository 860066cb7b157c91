/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Error objects, and the formatter behind ws_fail. */

#include "base/error.h"
#include "base/heap.h"
#include "base/prop.h"
#include "base/str.h"
#include "base/trace.h"

struct error_string
{
    struct error_string *next;      /* the one added before */
    ULONG length;
    WCHAR chars[];
};

struct _WS_ERROR
{
    struct object hdr;
    ULONG  string_count;
    ULONG  original;
    LANGID langid;
    WS_HEAP *heap;                  /* strings and fault; made when first needed */
    struct error_string *strings;   /* newest first */
    struct error_string *system;    /* the text for `original`, shown last */
    struct error_fault fault;
};

static const struct prop_desc error_props[] =
{
    PROP( WS_ERROR_PROPERTY_STRING_COUNT, WS_ERROR, string_count, PROP_GET ),
    PROP( WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, WS_ERROR, original, PROP_GET | PROP_SET ),
    PROP_RANGE( WS_ERROR_PROPERTY_LANGID, WS_ERROR, langid, PROP_GET | PROP_SET | PROP_CREATE, 1, 0xffff ),
};

HRESULT error_create( const WS_ERROR_PROPERTY *props, ULONG count, WS_ERROR **ret )
{
    WS_ERROR *error;
    HRESULT hr;

    if (!ret) return E_INVALIDARG;
    if (!(error = mem_calloc( sizeof(*error) ))) return E_OUTOFMEMORY;
    object_init( &error->hdr, OBJECT_ERROR, 0 );
    error->langid = port_ui_language();
    if ((hr = prop_apply( error_props, ARRAY_SIZE( error_props ), error, props, count, PROP_CREATE, "error", NULL )))
    {
        mem_free( error );
        return hr;
    }
    *ret = error;
    return S_OK;
}

void error_reset( WS_ERROR *error )
{
    if (error->heap) heap_reset( error->heap );
    error->strings = error->system = NULL;
    error->string_count = 0;
    error->original = 0;
    memset( &error->fault, 0, sizeof(error->fault) );
}

void error_free( WS_ERROR *error )
{
    if (!error) return;
    heap_free( error->heap );
    error->hdr.magic = OBJECT_DEAD;
    mem_free( error );
}

WS_HEAP *error_heap( WS_ERROR *error )
{
    if (!error->heap) heap_create( ~(SIZE_T)0, 4096, NULL, 0, &error->heap, NULL );
    return error->heap;
}

struct error_fault *error_fault( WS_ERROR *error ) { return &error->fault; }

static struct error_string *new_string( WS_ERROR *error, const WCHAR *chars, ULONG length )
{
    WS_HEAP *heap = error_heap( error );
    struct error_string *string;

    if (!heap || length > 0x3fffffff) return NULL;      /* its bytes fit a 32-bit size */
    if (!(string = heap_alloc( heap, sizeof(*string) + length * sizeof(WCHAR), NULL ))) return NULL;
    string->length = length;
    if (length) memcpy( string->chars, chars, length * sizeof(WCHAR) );
    return string;
}

static HRESULT add_string( WS_ERROR *error, const WCHAR *chars, ULONG length )
{
    struct error_string *string = new_string( error, chars, length );

    if (!string) return E_OUTOFMEMORY;
    string->next = error->strings;
    error->strings = string;
    error->string_count++;
    return S_OK;
}

HRESULT error_add_string( WS_ERROR *error, const WS_STRING *str )
{
    if (!str || (str->length && !str->chars)) return E_INVALIDARG;
    return add_string( error, str->chars, str->length );
}

HRESULT error_get_string( WS_ERROR *error, ULONG index, WS_STRING *str )
{
    struct error_string *string = error->strings;

    if (!str || index >= error->string_count) return E_INVALIDARG;
    while (string && index--) string = string->next;
    if (!string) string = error->system;
    str->length = string->length;
    str->chars = string->chars;
    return S_OK;
}

static HRESULT copy_strings( const WS_ERROR *src, WS_ERROR *dst )
{
    const struct error_string *string;
    struct error_string *copy, **tail = &dst->strings;

    for (string = src->strings; string; string = string->next)
    {
        if (!(copy = new_string( dst, string->chars, string->length ))) return E_OUTOFMEMORY;
        copy->next = NULL;
        *tail = copy;
        tail = &copy->next;
        dst->string_count++;
    }
    if (src->system)
    {
        if (!(dst->system = new_string( dst, src->system->chars, src->system->length ))) return E_OUTOFMEMORY;
        dst->string_count++;
    }
    return S_OK;
}

HRESULT error_copy( const WS_ERROR *src, WS_ERROR *dst )
{
    HRESULT hr;

    error_reset( dst );
    if ((hr = copy_strings( src, dst ))) error_reset( dst );    /* no half of a copy */
    else
    {
        dst->original = src->original;
        dst->langid = src->langid;
    }
    return hr;
}

HRESULT error_get_property( WS_ERROR *error, WS_ERROR_PROPERTY_ID id, void *buf, ULONG size )
{
    return prop_get( error_props, ARRAY_SIZE( error_props ), error, id, buf, size, "error", NULL );
}

/* The text for the original error is one more string, the last one. */
static void set_original( WS_ERROR *error, HRESULT original )
{
    WCHAR text[256];
    ULONG len;

    if (error->system) error->string_count--;
    error->system = NULL;
    error->original = original;
    if (!original) return;
    len = error_code_text( original, error->langid, text, ARRAY_SIZE( text ) );
    if ((error->system = new_string( error, text, len ))) error->string_count++;
}

/* The language may be set as long as nothing in the object is in another one. */
static BOOL is_used( const WS_ERROR *error )
{
    return error->string_count || error->original || error->fault.fault || error->fault.action.length ||
           error->fault.header;
}

HRESULT error_set_property( WS_ERROR *error, WS_ERROR_PROPERTY_ID id, const void *value, ULONG size )
{
    HRESULT hr;

    if (id == WS_ERROR_PROPERTY_LANGID && is_used( error )) return WS_E_INVALID_OPERATION;
    if ((hr = prop_set( error_props, ARRAY_SIZE( error_props ), error, id, value, size, PROP_SET, "error", NULL )))
        return hr;
    if (id == WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE) set_original( error, error->original );
    return S_OK;
}

void error_append( const WS_ERROR *src, WS_ERROR *dst )
{
    const struct error_string *string, *end = NULL;

    if (!dst) return;
    if (src->original && !dst->original) set_original( dst, src->original );
    while (end != src->strings)
    {
        for (string = src->strings; string->next != end; string = string->next) ;
        add_string( dst, string->chars, string->length );
        end = string;
    }
}

/* --- formatting --------------------------------------------------------------------------------------------------- */

#define MAX_MESSAGE 1024    /* units; longer messages are cut */

struct formatter
{
    WCHAR *pos, *end;
};

static void put( struct formatter *f, WCHAR c )
{
    if (f->pos < f->end) *f->pos++ = c;
}

static void put_number( struct formatter *f, UINT64 value, BOOL negative, unsigned base, int width, char pad )
{
    char digits[24];
    int n = 0;

    do digits[n++] = "0123456789abcdef"[value % base]; while (value /= base);
    if (negative) digits[n++] = '-';
    while (width-- > n) put( f, pad );
    while (n) put( f, digits[--n] );
}

/* Foreign bytes that are no UTF-8 are shown as U+FFFD rather than dropped. */
static void put_utf8( struct formatter *f, const BYTE *s, int len )
{
    while (len > 0)
    {
        ULONG size = 1, valid = utf8_valid_prefix( s, len );
        WCHAR pair[2];

        if (valid)
        {
            size = s[0] < 0x80 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
            ULONG i, count = utf8_to_utf16( s, size, pair );
            for (i = 0; i < count; i++) put( f, pair[i] );
        }
        else put( f, 0xfffd );
        s += size;
        len -= size;
    }
}

static const char *format_argument( struct formatter *f, const char *p, va_list *args )
{
    int width = 0, precision = -1, longs = 0;
    char pad = ' ';

    if (*p == '0') { pad = '0'; p++; }
    while (*p >= '0' && *p <= '9') width = width * 10 + *p++ - '0';
    if (p[0] == '.' && p[1] == '*')
    {
        precision = va_arg( *args, int );
        p += 2;
    }
    while (*p == 'l') { longs++; p++; }
    switch (*p)
    {
    case 'd':
    {
        INT64 value = longs >= 2 ? va_arg( *args, long long ) : longs ? va_arg( *args, long ) : va_arg( *args, int );
        put_number( f, value < 0 ? -(UINT64)value : (UINT64)value, value < 0, 10, width, pad );
        break;
    }
    case 'u':
    case 'x':
    {
        UINT64 value = longs >= 2 ? va_arg( *args, unsigned long long )
                     : longs ? va_arg( *args, unsigned long ) : va_arg( *args, unsigned int );
        put_number( f, value, FALSE, *p == 'x' ? 16 : 10, width, pad );
        break;
    }
    case 'p': put_number( f, (UINT_PTR)va_arg( *args, void * ), FALSE, 16, 0, pad ); break;
    case 'c': put( f, (unsigned char)va_arg( *args, int ) ); break;
    case 's':
        if (longs)
        {
            const WCHAR *s = va_arg( *args, const WCHAR * );
            if (!s && !precision) break;        /* an empty WS_STRING may have no place */
            if (!s) { s = L"(null)"; precision = -1; }
            while (precision ? (precision > 0 || *s) : 0) { put( f, *s++ ); if (precision > 0) precision--; }
        }
        else
        {
            const char *s = va_arg( *args, const char * );
            if (!s && !precision) break;
            if (!s) { s = "(null)"; precision = -1; }
            put_utf8( f, (const BYTE *)s, precision >= 0 ? precision : (int)strlen( s ) );
        }
        break;
    default: put( f, *p ); break;
    }
    return p;
}

static void fail_string( WS_ERROR *error, HRESULT hr, const char *format, va_list *args )
{
    WCHAR buf[MAX_MESSAGE];
    struct formatter f = { buf, buf + MAX_MESSAGE };
    const char *p;

    if (!error && !WS_TRACE_ON) return;
    for (p = format; *p; p++)
    {
        if (*p != '%') put( &f, *p );
        else p = format_argument( &f, p + 1, args );
    }
    WS_TRACE( "%s: %s\n", debugstr_hr( hr ), debugstr_wn( buf, f.pos - buf ) );
    if (error) add_string( error, buf, f.pos - buf );
    (void)hr;
}

HRESULT ws_fail( WS_ERROR *error, HRESULT hr, const char *format, ... )
{
    va_list args;

    va_start( args, format );
    fail_string( error, hr, format, &args );
    va_end( args );
    return hr;
}

HRESULT ws_fail_code( WS_ERROR *error, HRESULT hr, HRESULT original, const char *format, ... )
{
    va_list args;

    if (error && !error->original) set_original( error, original );
    va_start( args, format );
    fail_string( error, hr, format, &args );
    va_end( args );
    return hr;
}

HRESULT object_usable( void *handle, WS_ERROR *error )
{
    struct object *obj = handle;

    if (obj->state == OBJECT_FAULTED)
        return ws_fail( error, WS_E_OBJECT_FAULTED, "The XML %s failed before; only a new %s makes it usable again.",
                        obj->class == OBJECT_READER ? "reader" : "writer", obj->class == OBJECT_READER ? "input" : "output" );
    obj->state = OBJECT_USABLE;
    return S_OK;
}
