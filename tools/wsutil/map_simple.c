/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: built-in and simple types.
 */

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

#define NS_MS_SERIALIZATION "http://schemas.microsoft.com/2003/10/Serialization/"

struct builtin_row
{
    const char *name;
    enum ctype_kind kind;
    const char *ws_type;     /* NULL: the type of strings */
    const char *c_name;
};

static const struct builtin_row builtin_rows[] =
{
    { "boolean", CTYPE_VALUE, "WS_BOOL_TYPE", "BOOL" },
    { "byte", CTYPE_VALUE, "WS_INT8_TYPE", "char" },
    { "unsignedByte", CTYPE_VALUE, "WS_UINT8_TYPE", "unsigned char" },
    { "short", CTYPE_VALUE, "WS_INT16_TYPE", "short" },
    { "unsignedShort", CTYPE_VALUE, "WS_UINT16_TYPE", "unsigned short" },
    { "int", CTYPE_VALUE, "WS_INT32_TYPE", "int" },
    { "unsignedInt", CTYPE_VALUE, "WS_UINT32_TYPE", "unsigned int" },
    { "long", CTYPE_VALUE, "WS_INT64_TYPE", "__int64" },
    { "unsignedLong", CTYPE_VALUE, "WS_UINT64_TYPE", "unsigned __int64" },
    { "integer", CTYPE_VALUE, "WS_INT64_TYPE", "__int64" },
    { "nonNegativeInteger", CTYPE_VALUE, "WS_INT64_TYPE", "__int64" },
    { "positiveInteger", CTYPE_VALUE, "WS_INT64_TYPE", "__int64" },
    { "nonPositiveInteger", CTYPE_VALUE, "WS_INT64_TYPE", "__int64" },
    { "negativeInteger", CTYPE_VALUE, "WS_INT64_TYPE", "__int64" },
    { "float", CTYPE_VALUE, "WS_FLOAT_TYPE", "float" },
    { "double", CTYPE_VALUE, "WS_DOUBLE_TYPE", "double" },
    { "decimal", CTYPE_VALUE, "WS_DECIMAL_TYPE", "DECIMAL" },
    { "dateTime", CTYPE_VALUE, "WS_DATETIME_TYPE", "WS_DATETIME" },
    { "date", CTYPE_VALUE, "WS_DATETIME_TYPE", "WS_DATETIME" },
    { "time", CTYPE_VALUE, "WS_DATETIME_TYPE", "WS_DATETIME" },
    { "duration", CTYPE_VALUE, "WS_DURATION_TYPE", "WS_DURATION" },
    { "QName", CTYPE_VALUE, "WS_XML_QNAME_TYPE", "WS_XML_QNAME" },
    { "base64Binary", CTYPE_NIL_VALUE, "WS_BYTES_TYPE", "WS_BYTES" },
    { "hexBinary", CTYPE_NIL_VALUE, "WS_BYTES_TYPE", "WS_BYTES" },
    { "anyType", CTYPE_BUFFER, "WS_XML_BUFFER_TYPE", "WS_XML_BUFFER*" },
    { "anySimpleType", CTYPE_BUFFER, "WS_XML_BUFFER_TYPE", "WS_XML_BUFFER*" },
    { "string", CTYPE_NIL_VALUE, NULL, NULL },
    { "normalizedString", CTYPE_NIL_VALUE, NULL, NULL },
    { "token", CTYPE_NIL_VALUE, NULL, NULL },
    { "language", CTYPE_NIL_VALUE, NULL, NULL },
    { "anyURI", CTYPE_NIL_VALUE, NULL, NULL },
    { "Name", CTYPE_NIL_VALUE, NULL, NULL },
    { "NCName", CTYPE_NIL_VALUE, NULL, NULL },
    { "ID", CTYPE_NIL_VALUE, NULL, NULL },
    { "IDREF", CTYPE_NIL_VALUE, NULL, NULL },
    { "IDREFS", CTYPE_NIL_VALUE, NULL, NULL },
    { "ENTITY", CTYPE_NIL_VALUE, NULL, NULL },
    { "ENTITIES", CTYPE_NIL_VALUE, NULL, NULL },
    { "NMTOKEN", CTYPE_NIL_VALUE, NULL, NULL },
    { "NMTOKENS", CTYPE_NIL_VALUE, NULL, NULL },
    { "NOTATION", CTYPE_NIL_VALUE, NULL, NULL },
    { "gYear", CTYPE_NIL_VALUE, NULL, NULL },
    { "gYearMonth", CTYPE_NIL_VALUE, NULL, NULL },
    { "gMonth", CTYPE_NIL_VALUE, NULL, NULL },
    { "gMonthDay", CTYPE_NIL_VALUE, NULL, NULL },
    { "gDay", CTYPE_NIL_VALUE, NULL, NULL }
};

/* Simple types of the data contract serializer that stand for a C type of their own. */
static const struct builtin_row serialization_rows[] =
{
    { "char", CTYPE_VALUE, "WS_INT32_TYPE", "int" },
    { "duration", CTYPE_VALUE, "WS_DURATION_TYPE", "WS_DURATION" },
    { "guid", CTYPE_VALUE, "WS_GUID_TYPE", "GUID" }
};

struct ctype map_string( struct compiler *c )
{
    struct ctype type = { CTYPE_NIL_VALUE, "WS_WSZ_TYPE", "WCHAR*", NULL, NULL, NULL, NULL };

    if (!c->options.ws_string) return type;
    type.ws_type = "WS_STRING_TYPE";
    type.c_name = "WS_STRING";
    return type;
}

static bool find_row( struct compiler *c, const struct builtin_row *rows, size_t count, const char *name,
                      struct ctype *type )
{
    size_t i;

    for (i = 0; i < count; i++)
    {
        if (strcmp( rows[i].name, name )) continue;
        *type = map_string( c );
        type->kind = rows[i].kind;
        if (!rows[i].ws_type) return true;
        type->ws_type = rows[i].ws_type;
        type->c_name = rows[i].c_name;
        return true;
    }
    return false;
}

bool map_builtin( struct compiler *c, const struct qname *name, struct ctype *type )
{
    if (xsd_is_schema_ns( name->ns )) return find_row( c, builtin_rows, COUNT_OF( builtin_rows ), name->name, type );
    if (strcmp( name->ns, NS_MS_SERIALIZATION )) return false;
    return find_row( c, serialization_rows, COUNT_OF( serialization_rows ), name->name, type );
}

/* Descriptions: how the limits of a type are written in C. */

struct limits_row
{
    const char *ws_type;
    const char *desc_type;
    const char *minimum;     /* of the type; NULL for a type without plain numbers */
    const char *maximum;
    const char *suffix;
};

static const struct limits_row limits_rows[] =
{
    { "WS_INT8_TYPE", "WS_INT8_DESCRIPTION", "-128", "127", "" },
    { "WS_INT16_TYPE", "WS_INT16_DESCRIPTION", "-32768", "32767", "" },
    { "WS_INT32_TYPE", "WS_INT32_DESCRIPTION", "-2147483648", "2147483647", "" },
    { "WS_INT64_TYPE", "WS_INT64_DESCRIPTION", "-9223372036854775808", "9223372036854775807", "ll" },
    { "WS_UINT8_TYPE", "WS_UINT8_DESCRIPTION", "0", "255", "" },
    { "WS_UINT16_TYPE", "WS_UINT16_DESCRIPTION", "0", "65535", "" },
    { "WS_UINT32_TYPE", "WS_UINT32_DESCRIPTION", "0", "4294967295", "u" },
    { "WS_UINT64_TYPE", "WS_UINT64_DESCRIPTION", "0", "18446744073709551615", "ull" },
    { "WS_FLOAT_TYPE", "WS_FLOAT_DESCRIPTION", NULL, NULL, "f" },
    { "WS_DOUBLE_TYPE", "WS_DOUBLE_DESCRIPTION", NULL, NULL, "" },
    { "WS_DECIMAL_TYPE", "WS_DECIMAL_DESCRIPTION", NULL, NULL, "" }
};

static const struct limits_row *find_limits( const char *ws_type )
{
    size_t i;

    for (i = 0; i < COUNT_OF( limits_rows ); i++) if (!strcmp( limits_rows[i].ws_type, ws_type )) return limits_rows + i;
    return NULL;
}

/* A whole number as sign and magnitude, cut off at what fits. round_up moves towards plus infinity. */
struct whole
{
    bool negative;
    unsigned long long value;
};

static bool parse_whole( const char *text, bool is_minimum, bool exclusive, struct whole *ret )
{
    bool fraction = false;
    char *end;

    ret->negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    if (*text < '0' || *text > '9') return false;
    errno = 0;
    ret->value = strtoull( text, &end, 10 );
    if (errno) ret->value = ~0ull;
    if (*end == '.') while (*++end >= '0' && *end <= '9') if (*end != '0') fraction = true;
    if (*end) return false;
    if (fraction) exclusive = is_minimum != ret->negative;  /* 1.5 as a minimum is 2, as a maximum 1 */
    if (!exclusive) return true;
    if (is_minimum == ret->negative) /* towards zero */
    {
        if (ret->value) ret->value--;
        else
        {
            ret->value = 1;
            ret->negative = !is_minimum;
        }
    }
    else if (ret->value != ~0ull) ret->value++;
    return true;
}

static int compare_whole( struct whole a, struct whole b )
{
    if (!a.value && !b.value) return 0;
    if (a.negative != b.negative && (a.value || b.value)) return a.negative ? -1 : 1;
    if (a.value == b.value) return 0;
    return (a.value < b.value) != a.negative ? -1 : 1;
}

static const char *format_whole( struct compiler *c, struct whole value, const struct limits_row *row )
{
    /* the smallest number of a signed type has no literal of its own */
    if (value.negative && (value.value == 2147483648ull || value.value == 9223372036854775808ull))
        return arena_printf( &c->arena, "(-%llu%s - 1)", value.value - 1, row->suffix );
    return arena_printf( &c->arena, "%s%llu%s", value.negative && value.value ? "-" : "", value.value, row->suffix );
}

static const char *whole_limit( struct compiler *c, const struct limits_row *row, const char *text, bool is_minimum,
                                bool exclusive )
{
    const char *limit = is_minimum ? row->minimum : row->maximum;
    struct whole value, type_limit;

    parse_whole( limit, is_minimum, false, &type_limit );
    if (!text) value = type_limit;
    else if (!parse_whole( text, is_minimum, exclusive, &value )) return NULL;
    else if (is_minimum ? compare_whole( value, type_limit ) < 0 : compare_whole( value, type_limit ) > 0)
        value = type_limit;
    return format_whole( c, value, row );
}

static const char *float_limit( struct compiler *c, const struct limits_row *row, const char *text, bool is_minimum,
                                bool exclusive )
{
    bool single = *row->suffix != 0;
    double value;
    char *end;
    const char *ret;

    if (!text) value = single ? (double)FLT_MAX : DBL_MAX;
    else
    {
        value = strtod( text, &end );
        if (end == text || *end) return NULL;
        if (!strcmp( text, "INF" ) || !strcmp( text, "-INF" ) || !strcmp( text, "NaN" ) || !isfinite( value ))
            text = NULL;
    }
    if (!text) value = is_minimum ? -(single ? (double)FLT_MAX : DBL_MAX) : single ? (double)FLT_MAX : DBL_MAX;
    else if (exclusive && single) value = (double)nextafterf( (float)value, is_minimum ? FLT_MAX : -FLT_MAX );
    else if (exclusive) value = nextafter( value, is_minimum ? DBL_MAX : -DBL_MAX );
    ret = arena_printf( &c->arena, single ? "%.9g" : "%.17g", value );
    return arena_printf( &c->arena, "%s%s%s", ret, strpbrk( ret, ".e" ) ? "" : ".0", row->suffix );
}

/* DECIMAL: 96 bits, a scale and a sign. */
static const char *decimal_limit( struct compiler *c, const char *text, bool is_minimum )
{
    unsigned int words[3] = { 0, 0, 0 }, scale = 0, i;
    unsigned long long carry;
    bool negative = false, point = false;

    if (!text) return arena_printf( &c->arena, "{ 0, { { 0, %s } }, 0xffffffff, { { 0xffffffff, 0xffffffff } } }",
                                    is_minimum ? "0x80" : "0" );
    if (*text == '-' || *text == '+') negative = *text++ == '-';
    if (!*text) return NULL;
    for (; *text; text++)
    {
        if (*text == '.' && !point) point = true;
        else if (*text < '0' || *text > '9') return NULL;
        else
        {
            carry = (unsigned long long)(*text - '0');
            for (i = 0; i < 3; i++)
            {
                carry += words[i] * 10ull;
                words[i] = (unsigned int)carry;
                carry >>= 32;
            }
            if (carry || scale > 27) return NULL;
            if (point) scale++;
        }
    }
    return arena_printf( &c->arena, "{ 0, { { %u, %s } }, 0x%x, { { 0x%x, 0x%x } } }", scale, negative ? "0x80" : "0",
                         words[2], words[0], words[1] );
}

static const char *limit( struct compiler *c, const struct limits_row *row, const char *text, bool is_minimum,
                          bool exclusive )
{
    if (row->minimum) return whole_limit( c, row, text, is_minimum, exclusive );
    if (!strcmp( row->ws_type, "WS_DECIMAL_TYPE" )) return decimal_limit( c, text, is_minimum );
    return float_limit( c, row, text, is_minimum, exclusive );
}

static bool has_range( const struct xsd_type *type )
{
    unsigned int i;

    for (i = 0; i < FACET_COUNT; i++) if (type->facets[i]) return true;
    return false;
}

/* The tighter of a type's own facets and those it inherits is the nearest one: a valid restriction only narrows. */
static void collect_facets( struct compiler *c, struct xsd_type *type, const char **facets )
{
    unsigned int i;
    bool has_min, has_max;

    for (; type; type = xsd_base_type( &c->xsd_context, type ))
    {
        has_min = facets[FACET_MIN_INCLUSIVE] || facets[FACET_MIN_EXCLUSIVE];
        has_max = facets[FACET_MAX_INCLUSIVE] || facets[FACET_MAX_EXCLUSIVE];
        for (i = 0; i < FACET_COUNT; i++)
            if (!(i <= FACET_MIN_EXCLUSIVE ? has_min : has_max)) facets[i] = type->facets[i];
    }
}

static void add_range( struct compiler *c, struct xsd_type *type, struct ctype *ret )
{
    const struct limits_row *row = find_limits( ret->ws_type );
    const char *facets[FACET_COUNT] = { NULL };
    struct cfile *file = type->input->cfile;
    struct cglobal *global;
    struct crange *range;

    if (!row)
    {
        diag_warning( &c->diag, type->where, MSG_UNSUPPORTED, "type '%s': limits of a %s are not enforced; check them in "
                      "the program", xsd_type_name( type ), ret->c_name );
        return;
    }
    collect_facets( c, type, facets );
    range = arena_alloc( &c->arena, sizeof(*range) );
    range->file = file;
    range->source = type;
    range->desc_type = row->desc_type;
    range->minimum = limit( c, row, facets[FACET_MIN_INCLUSIVE] ? facets[FACET_MIN_INCLUSIVE] :
                            facets[FACET_MIN_EXCLUSIVE], true, !facets[FACET_MIN_INCLUSIVE] );
    range->maximum = limit( c, row, facets[FACET_MAX_INCLUSIVE] ? facets[FACET_MAX_INCLUSIVE] :
                            facets[FACET_MAX_EXCLUSIVE], false, !facets[FACET_MAX_INCLUSIVE] );
    if (!range->minimum || !range->maximum)
    {
        diag_error( &c->diag, type->where, MSG_SCHEMA, "type '%s': a limit is not a value of the base type; correct "
                    "the facet", xsd_type_name( type ) );
        return;
    }
    ret->range = range;
    if (!type->name) return;
    range->member = scope_add( &c->arena, &file->type_members, name_identifier( &c->arena, type->name ) );
    global = arena_alloc( &c->arena, sizeof(*global) );
    global->kind = GLOBAL_RANGE;
    global->member = range->member;
    global->item = range;
    vec_add( &c->arena, &file->types, global );
}

static struct ctype map_enum( struct compiler *c, struct xsd_type *type, const char *anonymous_name )
{
    struct ctype ret = { CTYPE_ENUM, "WS_ENUM_TYPE", NULL, NULL, NULL, NULL, NULL };
    struct cfile *file = type->input->cfile;
    struct cenum *enumeration = arena_alloc( &c->arena, sizeof(*enumeration) );
    struct cglobal *global = arena_alloc( &c->arena, sizeof(*global) );
    const char *name = type->name ? name_identifier( &c->arena, type->name ) : anonymous_name;
    struct scope texts = { { 0 } };
    struct cenum_value *value;
    struct xsd_value *source;
    size_t i;

    ret.enumeration = enumeration;
    enumeration->file = file;
    enumeration->source = type;
    enumeration->doc = type->doc;
    enumeration->place = type->name ? PLACE_GLOBAL_TYPE : PLACE_EXTERNAL;
    enumeration->member = scope_add( &c->arena, type->name ? &file->type_members : &file->external_members, name );
    ret.c_name = enumeration->name = map_global_name( c, file, type->where,
                                                      arena_printf( &c->arena, "%s%s", map_prefix( c, file ), name ) );
    if (type->name && strcmp( type->name, enumeration->name ))
        diag_warning( &c->diag, type->where, MSG_RENAMED, "type '%s' is called '%s' in C", type->name, enumeration->name );
    for (i = 0; i < type->values.count; i++)
    {
        source = type->values.items[i];
        if (scope_has( &texts, source->text )) continue; /* a description must not list a name twice */
        scope_add( &c->arena, &texts, source->text );
        value = arena_alloc( &c->arena, sizeof(*value) );
        value->text = source->text;
        value->doc = source->doc;
        /* behind the type's name a digit can come first */
        value->name = map_global_name( c, file, type->where,
                                       arena_printf( &c->arena, "%s%s", enumeration->name,
                                                     name_normalize( &c->arena, arena_printf( &c->arena, "x%s",
                                                                     source->text ) ) + 1 ) );
        vec_add( &c->arena, &enumeration->values, value );
    }
    global->kind = GLOBAL_ENUM;
    global->member = enumeration->member;
    global->item = enumeration;
    vec_add( &c->arena, type->name ? &file->types : &file->externals, global );
    return ret;
}

static struct ctype map_base( struct compiler *c, struct xsd_type *type )
{
    struct xsd_type *base = xsd_base_type( &c->xsd_context, type );
    struct ctype ret = map_string( c );

    if (base && !base->busy)
    {
        type->busy = true;
        ret = base->complex ? ret : map_simple_type( c, base, NULL );
        type->busy = false;
        return ret;
    }
    if (type->base.name && map_builtin( c, &type->base, &ret )) return ret;
    if (type->base.name)
        diag_warning( &c->diag, type->where, MSG_FALLBACK, "type '%s': its base '%s' of namespace '%s' is unknown and "
                      "taken to be a string; add the schema that defines it to the command line",
                      xsd_type_name( type ), type->base.name, type->base.ns );
    return ret;
}

/* anonymous_name is the C name for an anonymous enumeration; NULL if the result is only a base. */
struct ctype map_simple_type( struct compiler *c, struct xsd_type *type, const char *anonymous_name )
{
    struct qname name = { type->ns, type->name };
    struct ctype ret, *mapped = type->mapped;

    if (mapped) return *mapped;
    if (type->name && !xsd_is_schema_ns( type->ns ) && map_builtin( c, &name, &ret )) return ret;
    if (type->variety != VARIETY_RESTRICTION)
    {
        diag_warning( &c->diag, type->where, MSG_FALLBACK, "type '%s' is a %s and becomes a string; parse it in the "
                      "program", xsd_type_name( type ), type->variety == VARIETY_LIST ? "list" : "union" );
        ret = map_string( c );
    }
    else
    {
        ret = map_base( c, type );
        if (type->values.count && type->base.name && !strcmp( type->base.name, "string" ) &&
            xsd_is_schema_ns( type->base.ns ))
        {
            if (type->name || anonymous_name) ret = map_enum( c, type, anonymous_name );
            else ret = map_string( c );
        }
        else
        {
            if (type->values.count)
                diag_warning( &c->diag, type->where, MSG_UNSUPPORTED, "type '%s': an enumeration whose base is not "
                              "xs:string is not enforced; check the values in the program", xsd_type_name( type ) );
            ret.range = has_range( type ) ? NULL : ret.range;
            if (has_range( type ) && ret.kind != CTYPE_ENUM) add_range( c, type, &ret );
        }
    }
    if (!type->name && !anonymous_name && ret.range && ret.range->source == type) return ret;
    mapped = arena_alloc( &c->arena, sizeof(*mapped) );
    *mapped = ret;
    type->mapped = mapped;
    return ret;
}
