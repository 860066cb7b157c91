#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# make install, uninstall and dist: what is installed runs from where it is, and nothing is left behind.
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
unset MAKEFLAGS MAKELEVEL
passed=0 failed=0
check()
{
    name=$1
    shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: $name"; fi
}
build=${WS_OUT%/*}

make -s -C "$build" install prefix="$dir/usr" > "$dir/log" 2>&1
check "make install" [ $? = 0 ]
for file in bin/wswine lib/webservices-wine/x86_64-windows/webservices.dll lib/webservices-wine/x86_64-unix/webservices.so \
            lib/webservices-wine/i386-windows/webservices.dll lib/webservices-wine/x86_64-windows/libwebservices.a \
            lib/webservices-wine/i386-windows/libwebservices.a include/webservices-wine/webservices.h \
            share/man/man1/wswine.1
do
    check "$file" [ -f "$dir/usr/$file" ]
done
out=$("$dir/usr/bin/wswine" --which)
check "the installed launcher loads the installed module" \
    sh -c 'case $1 in *"$2/usr/lib/webservices-wine/x86_64-unix/webservices.so"*) ;; *) exit 1 ;; esac' - "$out" "$dir"

cat > "$dir/user.c" <<'EOF'
#include <webservices.h>
int main( void ) { WS_HEAP *heap = NULL; return WsCreateHeap( 1000, 0, NULL, 0, &heap, NULL ) || !heap; }
EOF
check "a program builds with the installed header and library" \
    "${WS_MINGW64:-x86_64-w64-mingw32-gcc}" -I"$dir/usr/include/webservices-wine" -o "$dir/user.exe" "$dir/user.c" \
    -L"$dir/usr/lib/webservices-wine/x86_64-windows" -lwebservices
check "and runs" "$dir/usr/bin/wswine" "$dir/user.exe"

make -s -C "$build" install DESTDIR="$dir/stage" prefix=/opt/ws > "$dir/log" 2>&1
check "DESTDIR" [ -f "$dir/stage/opt/ws/bin/wswine" ]
check "DESTDIR is not in the launcher" sh -c '! grep -q stage "$1"' - "$dir/stage/opt/ws/bin/wswine"

make -s -C "$build" uninstall prefix="$dir/usr" > "$dir/log" 2>&1
left=$(find "$dir/usr" -type f)
check "make uninstall leaves nothing: $left" [ -z "$left" ]

if git -C "$WS_SRC" rev-parse > /dev/null 2>&1
then
    make -s -C "$build" dist > "$dir/log" 2>&1
    check "make dist" [ $? = 0 ]
    tar tzf "$build"/webservices-*.tar.gz > "$dir/list" 2> /dev/null
    for file in configure configure.ac Makefile.in include/webservices.h tools/wswine tests/check.sh COPYING.LIB
    do
        check "$file in the tarball" grep -q "/$file\$" "$dir/list"
    done
    check "no build output in the tarball" sh -c '! grep -qE "/out/|\.o$" "$1"' - "$dir/list"
    rm -f "$build"/webservices-*.tar.gz
fi
[ $failed = 0 ] || cat "$dir/log"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
