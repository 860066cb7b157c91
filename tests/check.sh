#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs every test and sums them up. Called by `make check`, which builds them first and sets WS_SRC (source tree) and
# WS_OUT (build output). `sh check.sh NAME...` runs only the steps whose name contains one of the words.
#
# A step is a program or script that ends with the line 'N passed, N failed' (or the summary of a conformance program).
# What it printed is in out/log/NAME.log and is shown when something failed. A step without such a line, or that takes
# longer than its limit, counts as one failure.

WS_SRC=$(cd "${WS_SRC:-.}" && pwd)
WS_OUT=$(cd "${WS_OUT:-out}" && pwd) || exit 1
: "${FUZZ_SECONDS:=15}" "${TEST_PORT:=18990}"
. "$WS_SRC/tools/common.sh"
WSWINE=$WS_SRC/tools/wswine
[ "$WS_OUT" = "$WS_SRC/out" ] || WSWINE=${WS_OUT%/*}/tools/wswine
export WS_SRC WS_OUT WSWINE FUZZ_SECONDS TEST_PORT
[ -n "$WSWINE_I386" ] || [ ! -f "$WS_OUT/i386/ntdll.dll" ] || WSWINE_I386=$WS_OUT/i386
[ -z "$WSWINE_I386" ] || export WSWINE_I386
log=$WS_OUT/log
mkdir -p "$log"
rm -f "$log/total"
total_passed=0 total_failed=0 failures=

wanted()
{
    [ -n "$words" ] || return 0
    for word in $words; do case $1 in *"$word"*) return 0 ;; esac; done
    return 1
}

# step NAME SECONDS COMMAND...
step()
{
    name=$1 limit=$2
    shift 2
    wanted "$name" || return 0
    file=$log/$(echo "$name" | tr / -).log
    start=$(now_ms)
    timeout -k 10 "$limit" "$@" > "$file" 2>&1 < /dev/null 3>&-    # not the end of the pipe that start_wine holds
    status=$?
    # Windows programs end their lines with CR; the summary may be followed by nothing else.
    last=$(tr -d '\r' < "$file" | grep -E '^[0-9]+ passed, [0-9]+ failed$|^[0-9a-f]+:[a-z0-9_]+: [0-9]+ tests executed' | tail -n 1)
    case $last in
    *passed*) passed=${last%% *}; failed=${last#*, }; failed=${failed%% *} ;;
    *executed*)
        executed=${last%% tests executed*}; executed=${executed##* }
        failed=${last%% failures*}; failed=${failed##* }
        passed=$((executed - failed)) ;;
    *) passed=0; failed=1; last="no summary" ;;
    esac
    if [ $status = 124 ]; then failed=$((failed + 1)); last="stopped after $limit s"
    elif [ $status != 0 ] && [ "$failed" = 0 ]; then failed=1; last="exit code $status"; fi
    count "$name" "$passed" "$failed" "$(seconds_since "$start")"
    [ "$failed" = 0 ] || { echo "  ---- $name: $last; the end of $file:"; tail -n 40 "$file" | sed 's/^/  | /'; }
}

# count NAME PASSED FAILED SECONDS: one line of the report
count()
{
    total_passed=$((total_passed + $2))
    total_failed=$((total_failed + $3))
    printf '  %-42s %6d passed %4d failed %6s s\n' "$1" "$2" "$3" "$4"
    [ "$3" = 0 ] || failures="$failures $1"
}

# One prefix for all, and one process that stays in it, so that Wine's services are not started for every program.
start_wine()
{
    [ -z "$wine_ready" ] || return 0
    wine_ready=1
    use_prefix
    rm -f "$WS_OUT/hold.fifo"
    mkfifo "$WS_OUT/hold.fifo"
    "$WSWINE" "$WS_OUT/libexec/wswine-which.exe" < "$WS_OUT/hold.fifo" > /dev/null 2>&1 &
    holder=$!
    exec 3> "$WS_OUT/hold.fifo"
}

# tools/conformance runs the programs: every function in a process of its own, several at a time.
run_conformance()    # machine, name of the step
{
    machine=$1 kind=$2
    set --
    for exe in "$WS_OUT/conformance/$machine"/*.exe
    do
        name=${exe##*/}; name=${name%.exe}
        wanted "$kind/$name" && [ -f "$WS_SRC/tests/conformance/$name.c" ] || continue    # its source may be gone
        set -- "$@" "$exe"
    done
    [ $# -gt 0 ] || return 0
    start_wine
    file=$log/$kind.log start=$(now_ms)
    timeout -k 10 900 "${WS_PYTHON:-python3}" "$WS_SRC/tools/conformance" --launcher "$WSWINE" --out "$WS_OUT" --timeout 180 \
        --by-program --json "$log/$kind.json" "$@" > "$file" 2>&1 < /dev/null 3>&-
    status=$?
    before=$total_failed programs=0
    while read -r name passed _ failed _ _ seconds _
    do
        programs=$((programs + 1))
        count "$kind/${name%:}" "$passed" "$failed" "$seconds"
        [ "$failed" = 0 ] || awk -v RS= -v name="$name" 'index( $0, name ) == 1 && / on / { print }' "$file" | sed 's/^/  | /'
    done <<EOF
$(grep -E '^[a-z0-9_]+: [0-9]+ passed, [0-9]+ failed in [0-9.]+ s$' "$file")
EOF
    [ $programs = $# ] && { [ $status = 0 ] || [ "$before" != "$total_failed" ]; } && return
    count "$kind" 0 1 "$(seconds_since "$start")"
    echo "  ---- tools/conformance: exit code $status, $programs of $# programs; the end of $file:"
    tail -n 40 "$file" | sed 's/^/  | /'
}

run_native()    # kind, limit
{
    for program in "$WS_OUT/$1"/*
    do
        name=${program##*/}
        [ -x "$program" ] && [ -f "$program" ] && [ -f "$WS_SRC/tests/$1/$name.c" ] || continue
        step "$1/$name" "$2" "$program"
    done
}

run_fuzz()
{
    for program in "$WS_OUT"/fuzz/fuzz_*
    do
        name=${program##*/}
        [ -x "$program" ] && [ -f "$WS_SRC/tests/fuzz/$name.c" ] || continue
        step "fuzz/${name#fuzz_}" $((FUZZ_SECONDS + 60)) sh "$WS_SRC/tests/fuzz/fuzz.sh" "$program" "$FUZZ_SECONDS"
    done
}

run_scripts()
{
    for script in "$WS_SRC"/tests/*/run.sh "$WS_SRC"/tests/interop/*.sh "$WS_SRC"/tools/*/check.sh
    do
        [ -f "$script" ] || continue
        name=${script#"$WS_SRC"/}; name=${name#tests/}; name=${name%/run.sh}
        case $name in bench) continue ;; esac
        wanted "$name" || continue
        start_wine
        step "$name" 600 sh "$script"
    done
}

words=$*
begin=$(now_ms)
echo "Tests:"
run_native unit 300
run_fuzz
run_conformance x86_64 conformance
if [ -n "$WSWINE_I386" ]; then run_conformance i686 conformance32
else echo "  (no 32-bit modules of Wine, see tools/get-i386: the 32-bit programs are built but not run)"; fi
run_scripts
[ -z "$wine_ready" ] || { exec 3>&-; rm -f "$WS_OUT/hold.fifo"; { kill $holder; wait $holder; } 2> /dev/null; }
printf 'All tests took %s s.\n' "$(seconds_since "$begin")"
[ -z "$failures" ] || echo "Failed:$failures"
echo "$total_passed passed, $total_failed failed" | tee "$log/total"
[ $total_failed = 0 ] && [ $total_passed -gt 0 ]
