#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The tree itself: layers, licence lines, sizes.
exec python3 "$WS_SRC/tools/arrows" "$WS_SRC"
