/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Property tables of channels and listeners. */
#ifndef WS_CHANNEL_PROPS_H
#define WS_CHANNEL_PROPS_H

#include "channel/listener.h"

/* Fills in the defaults of the binding and applies the properties of the creation. */
HRESULT channel_values_init( WS_CHANNEL *channel, const WS_CHANNEL_PROPERTY *props, ULONG count, WS_ERROR *error );
HRESULT channel_values_get( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error );
HRESULT channel_values_set( WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error );

HRESULT listener_values_init( WS_LISTENER *listener, const WS_LISTENER_PROPERTY *props, ULONG count, WS_ERROR *error );
HRESULT listener_values_get( WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error );

/* Stores a computed value after a check of the size. */
HRESULT prop_return( const void *src, ULONG src_size, void *value, ULONG size, const char *what, ULONG id, WS_ERROR *error );

#endif
