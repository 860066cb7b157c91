/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Holds include/webservices.h to the layout of the native interface: every size, offset, value and type, as C and as
 * C++, 32 and 64 bit. Nothing runs: what differs is a compile error that names it.
 */
#include <webservices.h>

#ifdef __cplusplus
#define CHECK( condition, name ) static_assert( condition, #name );
#else
#define CHECK( condition, name ) _Static_assert( condition, #name );
#endif
#define BY_WIDTH( bits64, bits32 ) (sizeof(void *) == 8 ? (bits64) : (bits32))

#define S( type, size64, size32 ) CHECK( sizeof(type) == BY_WIDTH( size64, size32 ), type )
#define F( type, field, offset64, offset32, size64, size32 ) \
    CHECK( __builtin_offsetof( type, field ) == BY_WIDTH( offset64, offset32 ), type.field ) \
    CHECK( sizeof(((type *)0)->field) == BY_WIDTH( size64, size32 ), type.field )
#include "structs.def"

#define E( type, value, number ) CHECK( sizeof(type) == 4 && (int)(value) == (number), value )
#define D( value, number ) CHECK( (value) == (number), value )
#define R( value, number ) CHECK( (unsigned int)(value) == (number) && sizeof(value) == sizeof(HRESULT), value )
#include "values.def"

/* A wrong type of a function or callback is an invalid initializer. */
#define P( function, result, parameters ) result (WINAPI *check_##function) parameters = function;
#define C( type, result, parameters ) type check_##type = (result (CALLBACK *) parameters)0;
#include "functions.def"
