#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The launcher wswine: what it passes on, what it loads, and that two may start at once.
: "${WS_MINGW64:=x86_64-w64-mingw32-gcc}"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0

# check NAME COMMAND...: the command must succeed
check()
{
    name=$1
    shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: $name"; fi
}
# eq NAME GOT WANTED
eq()
{
    if [ "$2" = "$3" ]; then passed=$((passed + 1))
    else failed=$((failed + 1)); echo "failed: $1: got '$2', expected '$3'"; fi
}
has() { case $2 in *"$3"*) passed=$((passed + 1)) ;; *) failed=$((failed + 1)); echo "failed: $1: no '$3' in: $2" ;; esac; }

mkdir "$dir/with space"
cat > "$dir/echo.c" <<'EOF'
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main( int argc, char **argv )
{
    char line[256];
    int i;
    if (argc > 2 && !strcmp( argv[1], "exit" )) return atoi( argv[2] );
    if (argc > 1 && !strcmp( argv[1], "sleep" )) { printf( "up\n" ); fflush( stdout ); Sleep( 30000 ); return 3; }
    if (argc > 2 && !strcmp( argv[1], "spawn" ))
    {
        STARTUPINFOA si = { sizeof(si) };
        PROCESS_INFORMATION pi;
        DWORD code = 99;
        if (!CreateProcessA( NULL, argv[2], NULL, NULL, TRUE, 0, NULL, NULL, &si, &pi )) return 98;
        WaitForSingleObject( pi.hProcess, 20000 );
        GetExitCodeProcess( pi.hProcess, &code );
        return code;
    }
    for (i = 1; i < argc; i++) printf( "[%s]", argv[i] );
    printf( "\n" );
    while (fgets( line, sizeof(line), stdin )) printf( "in: %s", line );
    fprintf( stderr, "to stderr\n" );
    return 0;
}
EOF
"$WS_MINGW64" -O1 -o "$dir/with space/echo.exe" "$dir/echo.c" || { echo "0 passed, 1 failed"; exit 1; }
exe="$dir/with space/echo.exe"

# exit code, arguments, input, output
"$WSWINE" "$exe" exit 0; eq "exit code 0" $? 0
"$WSWINE" "$exe" exit 7; eq "exit code 7" $? 7
"$WSWINE" "$exe" exit 255; eq "exit code 255" $? 255
eq "arguments" "$(printf '' | "$WSWINE" "$exe" 'a b' '' 'c"d' 'e\f' '*' 2> /dev/null | tr -d '\r')" '[a b][][c"d][e\f][*]'
eq "input" "$(printf 'one\ntwo\n' | "$WSWINE" "$exe" x 2> /dev/null | tr -d '\r')" "$(printf '[x]\nin: one\nin: two')"
has "standard error" "$(printf '' | "$WSWINE" "$exe" x 2>&1 > /dev/null)" "to stderr"
(cd "$dir/with space" && printf '' | "$WSWINE" ./echo.exe rel > "$dir/rel" 2> /dev/null); has "relative path" "$(cat "$dir/rel")" "[rel]"

# signals: wswine becomes the program, so its process id is the one to signal
for signal in TERM INT
do
    : > "$dir/out"
    # a shell without job control starts background jobs with SIGINT ignored
    env --default-signal=INT "$WSWINE" "$exe" sleep > "$dir/out" 2> /dev/null &
    pid=$!
    tries=0
    until grep -q up "$dir/out" 2> /dev/null || [ $tries -ge 150 ]; do tries=$((tries + 1)); sleep 0.2; done
    has "$signal: started" "$(cat "$dir/out")" up
    kill -$signal $pid
    begin=$(date +%s)
    wait $pid
    status=$?
    check "$signal: ends at once" [ $(($(date +%s) - begin)) -lt 10 ]
    check "$signal: exit code $status" [ $status -ne 3 ]
done

# which module
out=$("$WSWINE" --which)
eq "--which succeeds" $? 0
has "--which: ours" "$out" "Windows Web Services for Wine"
has "--which: the ELF half" "$out" "x86_64-unix/webservices.so"
has "--which: where from" "$out" "$(readlink -f "$WS_OUT")/x86_64-windows/webservices.dll"
out=$("$WSWINE" --dll builtin --which)
has "--which: builtin" "$out" "not ours"
case $out in *"$XDG_CACHE_HOME"*) got=view ;; *) got=installed ;; esac
eq "--which: builtin is the installed one" $got installed
has "--view" "$("$WSWINE" --view)" "$XDG_CACHE_HOME/wswine/"
out=$(WSWINE_DLL=builtin "$WSWINE" --view)
has "WSWINE_DLL" "$out" "no view"

# a directory, and a module of Windows: a file without Wine's mark
mkdir -p "$dir/flat"
cp "$WS_OUT/x86_64-windows/webservices.dll" "$WS_OUT/x86_64-unix/webservices.so" "$dir/flat"
has "--dll DIR" "$("$WSWINE" --dll "$dir/flat" --which)" "copy of $dir/flat/webservices.dll"
mkdir "$dir/native"
echo '__declspec(dllexport) int WsNativeTest( void ) { return 1; }' > "$dir/native.c"
"$WS_MINGW64" -shared -o "$dir/native/webservices.dll" "$dir/native.c"
out=$("$WSWINE" --dll "$dir/native" --which)
has "--dll DIR, native" "$out" "copy of $dir/native/webservices.dll"
has "--dll DIR, native: not ours" "$out" "not ours"

# children of the program get the same Wine
cp "$WS_OUT/libexec/wswine-which.exe" "$dir/which.exe"
printf '' | "$WSWINE" "$exe" spawn "$dir/which.exe" > "$dir/child" 2> /dev/null
eq "child: exit code" $? 0
has "child: our module" "$(cat "$dir/child")" "Windows Web Services for Wine"

# a module of Windows beside the program, or in the prefix, does not come first, unless the user says so
mkdir "$dir/program"
cp "$dir/which.exe" "$dir/native/webservices.dll" "$dir/program"
has "a module beside the program" "$(printf '' | "$WSWINE" "$dir/program/which.exe")" "Windows Web Services for Wine"
has "other overrides" "$(printf '' | WINEDLLOVERRIDES='mshtml=' "$WSWINE" "$dir/program/which.exe")" "Services for Wine"
has "an override of the user" "$(printf '' | WINEDLLOVERRIDES='webservices=n' "$WSWINE" "$dir/program/which.exe")" "native"

# two, and eight, at once, with no view there yet
mkdir "$dir/cache"
pids=
for i in 1 2 3 4 5 6 7 8
do
    XDG_CACHE_HOME=$dir/cache "$WSWINE" "$exe" exit $i &
    pids="$pids $!"
done
i=1
for pid in $pids; do wait $pid; eq "at once: exit code" $? $i; i=$((i + 1)); done
eq "at once: one view, nothing left over" "$(ls "$dir/cache/wswine" | wc -l)" 1

# a module that changes gets a new view
view=$("$WSWINE" --dll "$dir/flat" --view)
touch "$dir/flat/webservices.so"
check "changed module: new view" [ "$("$WSWINE" --dll "$dir/flat" --view)" != "$view" ]
eq "unchanged module: same view" "$("$WSWINE" --dll "$dir/flat" --view)" "$("$WSWINE" --dll "$dir/flat" --view)"

# a relative link without a directory in front, a directory with a space, neither HOME nor a cache directory
ln -s "with space/launcher" "$dir/short"
ln -s "$WSWINE" "$dir/with space/launcher"
eq "a link to a link, in the directory" "$(cd "$dir" && sh short --view)" "$("$WSWINE" --view)"
cp -r "$dir/flat" "$dir/with space/flat"
has "--dll with a space" "$("$WSWINE" --dll "$dir/with space/flat" --which)" "copy of $dir/with space/flat/webservices.dll"
mkdir "$dir/tmp"
touch "$dir/stamp"
env -u HOME -u XDG_CACHE_HOME TMPDIR="$dir/tmp" "$WSWINE" "$exe" exit 6; eq "no HOME: exit code" $? 6
check "no HOME: the view is in TMPDIR" [ -d "$dir/tmp/wswine-$(id -u)" ]
eq "nothing is written to the tree" "$(find "$WS_SRC/tools" "$WS_OUT/x86_64-windows" -newer "$dir/stamp")" ""

# through a link, and errors
ln -s "$WSWINE" "$dir/link"
has "through a link" "$("$dir/link" --which)" "Windows Web Services for Wine"
out=$("$WSWINE" "$dir/missing.exe" 2>&1); eq "missing program: exit code" $? 125
has "missing program" "$out" "missing.exe: no such file"
out=$("$WSWINE" --dll "$dir/none" "$exe" 2>&1); eq "missing directory: exit code" $? 125
has "missing directory" "$out" "no such directory"
mkdir "$dir/empty"
out=$("$WSWINE" --dll "$dir/empty" "$exe" 2>&1); eq "empty directory: exit code" $? 125
has "empty directory" "$out" "no webservices.dll in it"
out=$("$WSWINE" --frobnicate 2>&1); eq "unknown option: exit code" $? 125
has "unknown option" "$out" "usage:"
out=$("$WSWINE" 2>&1); eq "no program: exit code" $? 125
has "help" "$("$WSWINE" --help)" "usage: wswine"
out=$(WSWINE_LOADER=/bin/sh.none "$WSWINE" "$exe" 2>&1); has "wrong loader" "$out" "no 64-bit loader"

# a program for 32-bit Windows
if [ -n "$WS_MINGW32" ] && "$WS_MINGW32" -O1 -o "$dir/echo32.exe" "$dir/echo.c"
then
    out=$("$WSWINE" "$dir/echo32.exe" exit 5 2>&1); status=$?
    case $out in
    *"no i386-windows files"*) eq "32-bit: exit code without Wine's files" $status 125 ;;
    *) eq "32-bit: exit code" $status 5
       "$WS_MINGW32" -O1 -o "$dir/which32.exe" "$WS_SRC/tools/wswine-which.c"
       has "32-bit: our module" "$(printf '' | "$WSWINE" "$dir/which32.exe" 2> /dev/null)" "Windows Web Services for Wine" ;;
    esac
fi

echo "$passed passed, $failed failed"
[ $failed = 0 ]
