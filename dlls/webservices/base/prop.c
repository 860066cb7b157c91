/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Getting and setting properties by their tables. */

#include "base/prop.h"

const struct prop_desc *prop_find( const struct prop_desc *table, ULONG table_count, ULONG id )
{
    ULONG i;

    if (id < table_count && table[id].id == id) return &table[id];
    for (i = 0; i < table_count; i++) if (table[i].id == id) return &table[i];
    return NULL;
}

static UINT64 load_integer( const void *value, ULONG size )
{
    switch (size)
    {
    case 1: return *(const UINT8 *)value;
    case 2: return *(const UINT16 *)value;
    case 4: return *(const UINT32 *)value;
    default: return *(const UINT64 *)value;
    }
}

HRESULT prop_set( const struct prop_desc *table, ULONG table_count, void *values, ULONG id, const void *value,
                  ULONG size, UINT16 access, const char *what, WS_ERROR *error )
{
    const struct prop_desc *desc = prop_find( table, table_count, id );
    void *field;

    if (!desc) return ws_fail( error, E_INVALIDARG, "Property %u is not one of a %s.", id, what );
    if (!(desc->flags & access))
        return ws_fail( error, E_INVALIDARG, "Property %u of a %s can't be set%s.", id, what,
                        access == PROP_CREATE ? " at its creation" : desc->flags & PROP_CREATE ? " after its creation" : "" );
    if (!value || size != desc->size)
        return ws_fail( error, E_INVALIDARG, "The value of property %u of a %s has %u bytes; %u were given.", id, what,
                        desc->size, value ? size : 0 );
    field = (char *)values + desc->offset;
    if (desc->flags & PROP_BOOL)
    {
        *(BOOL *)field = *(const BOOL *)value != 0;
        return S_OK;
    }
    if (desc->max)
    {
        UINT64 number = load_integer( value, size );
        if (number < desc->min || number > desc->max)
            return ws_fail( error, E_INVALIDARG, "Property %u of a %s is %llu, which is not between %llu and %llu.", id,
                            what, (unsigned long long)number, (unsigned long long)desc->min,
                            (unsigned long long)desc->max );
    }
    memcpy( field, value, size );
    return S_OK;
}

HRESULT prop_apply( const struct prop_desc *table, ULONG table_count, void *values, const void *props, ULONG count,
                    UINT16 access, const char *what, WS_ERROR *error )
{
    const ws_property *prop = props;
    HRESULT hr;
    ULONG i;

    if (count && !props)
        return ws_fail( error, E_INVALIDARG, "%u properties of a %s were announced, none given.", count, what );
    for (i = 0; i < count; i++)
        if ((hr = prop_set( table, table_count, values, prop[i].id, prop[i].value, prop[i].valueSize, access, what, error )))
            return hr;
    return S_OK;
}

HRESULT prop_get( const struct prop_desc *table, ULONG table_count, const void *values, ULONG id, void *buf, ULONG size,
                  const char *what, WS_ERROR *error )
{
    const struct prop_desc *desc = prop_find( table, table_count, id );

    if (!desc || !(desc->flags & PROP_GET))
        return ws_fail( error, E_INVALIDARG, "Property %u of a %s can't be read.", id, what );
    if (!buf || size < desc->size)
        return ws_fail( error, E_INVALIDARG, "Property %u of a %s has %u bytes; room for %u was given.", id, what,
                        desc->size, buf ? size : 0 );
    memcpy( buf, (const char *)values + desc->offset, desc->size );
    return S_OK;
}
