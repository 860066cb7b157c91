#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of tools/conformance and tools/bisect.
set -e
dir=$WS_OUT/tools-test
rm -rf "$dir"
mkdir -p "$dir"
"${WS_MINGW64:-x86_64-w64-mingw32-gcc}" -O1 -Wall -I"$WS_SRC/include" -I"$WS_SRC/tests/conformance" -o "$dir/specimen.exe" \
    "$WS_SRC/tests/tools/specimen.c" -L"$WS_OUT/lib/x86_64" -lwebservices
exec "${WS_PYTHON:-python3}" "$WS_SRC/tests/tools/test_tools.py" "$dir"
