#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of tools/conformance and tools/bisect.
set -e
dir=$WS_OUT/tools-test
rm -rf "$dir"
mkdir -p "$dir"
cc="${WS_MINGW64:-x86_64-w64-mingw32-gcc} -O1 -Wall"
$cc -I"$WS_SRC/include" -I"$WS_SRC/tests/conformance" -o "$dir/specimen.exe" "$WS_SRC/tests/tools/specimen.c" \
    -L"$WS_OUT/lib/x86_64" -lwebservices
$cc -o "$dir/winetest.exe" "$WS_SRC/tests/tools/winetest.c"
# Modules: a sound one, and those that crash or hang when they are loaded or called
for flags in '' -DLOAD=CRASH -DLOAD=HANG -DCALL=CRASH -DCALL=HANG
do
    name=$dir/native$(echo "$flags" | tr -d '=-' | tr A-Z a-z | sed 's/^d/-/')
    mkdir "$name"
    $cc -shared $flags -o "$name/webservices.dll" "$WS_SRC/tests/tools/native.c"
done
mkdir "$dir/native32"
${WS_MINGW32:-i686-w64-mingw32-gcc} -shared -o "$dir/native32/webservices.dll" "$WS_SRC/tests/tools/native.c"
exec "${WS_PYTHON:-python3}" "$WS_SRC/tests/tools/test_tools.py" "$dir"
