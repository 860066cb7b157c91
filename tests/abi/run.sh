#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Compiles the public header with every compiler at hand against the tables of the native interface and as programs
# use it, and links all exports through the import libraries where those are built.
# From the environment: WS_SRC, WS_OUT, WS_CC, WS_MINGW64, WS_MINGW32, WS_MINGWXX64, WS_MINGWXX32, WS_CLANG, WS_CLANGXX,
# WS_WINE_INCLUDE, WSWINE; compilers that are not installed are left out, except gcc for Windows.

: "${WS_SRC:=$(dirname "$0")/../..}" "${WS_CC:=gcc}"
: "${WS_MINGW64:=x86_64-w64-mingw32-gcc}" "${WS_MINGW32:=i686-w64-mingw32-gcc}"
: "${WS_MINGWXX64:=x86_64-w64-mingw32-g++}" "${WS_MINGWXX32:=i686-w64-mingw32-g++}"
: "${WS_CLANG:=clang}" "${WS_CLANGXX:=clang++}" "${WS_WINE_INCLUDE:=/usr/include/wine/wine}"
dir=$WS_SRC/tests/abi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
strict="-Wall -Wextra -Werror -fsyntax-only -I$WS_SRC/include"

available() { command -v "${1%% *}" > /dev/null 2>&1 || { echo "not installed, left out: $1"; return 1; } }

# compiles NAME COMMAND...: for the tables, an error names each entry that differs
compiles()
{
    name=$1
    shift
    if "$@" > "$work/log" 2>&1; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1))
    echo "$name: fails:"
    head -n 60 "$work/log"
}

# language LANGUAGE COMPILER [FLAGS]
language()
{
    lang=$1
    shift
    available "$1" || return
    compiles "$* as $lang, tables" "$@" -x "$lang" $strict "$dir/assert.c"
    for order in 0 1 2 3 4
    do
        compiles "$* as $lang, order $order" "$@" -x "$lang" -DORDER=$order $strict "$dir/use.c"
    done
}

# The compilers may be commands with flags: not quoted.
language c $WS_MINGW64
language c $WS_MINGW32
language c++ $WS_MINGWXX64
language c++ $WS_MINGWXX32
compiles "C99" $WS_MINGW64 -std=c99 -pedantic-errors -DORDER=0 $strict "$dir/use.c"
available "$WS_MINGWXX32" &&
    compiles "C++98" $WS_MINGWXX32 -std=gnu++98 -DORDER=0 -x c++ $strict "$dir/use.c"
for target in x86_64-w64-mingw32 i686-w64-mingw32
do
    language c $WS_CLANG --target=$target
    language c++ $WS_CLANGXX --target=$target
done

# The portable folders see the header natively, with Wine's system headers behind it.
available "$WS_CC" &&
    compiles "$WS_CC, native" $WS_CC -fshort-wchar -D__WINESRC__ -isystem "$WS_WINE_INCLUDE/windows" $strict \
        "$dir/assert.c"

for arch in x86_64 i686
do
    lib=${WS_OUT:-$WS_SRC/out}/lib/$arch
    cc=$WS_MINGW64
    [ $arch = x86_64 ] || cc=$WS_MINGW32
    [ -f "$lib/libwebservices.a" ] || { echo "not built, left out: $lib/libwebservices.a"; continue; }
    compiles "all exports for $arch" $cc -Wall -Wextra -Werror -I"$WS_SRC/include" -o "$work/exports-$arch.exe" \
        "$dir/exports.c" -L"$lib" -lwebservices
done
if [ -n "$WSWINE" ] && [ -f "$work/exports-x86_64.exe" ]
then
    compiles "the module's exports" "$WSWINE" "$work/exports-x86_64.exe"
fi

echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
