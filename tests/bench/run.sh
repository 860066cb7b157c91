#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# make bench: everything whose speed has a target, each against a peer in the same run, and the table of the targets at the end.
#   BENCH ("native http latency calls orders idle start workers"): which of them; `native` are the programs bench_*.c
#   BENCH_SECONDS (3), BENCH_ROUNDS (3), BENCH_CONNECTIONS ("1 16 64"), BENCH_SERVERS ("calculator epoll nginx gsoap"),
#   BENCH_DLL (ours; what wswine --dll takes)
# doc/performance.md says what the numbers mean.
WS_SRC=$(cd "$WS_SRC" && pwd) WS_OUT=$(cd "$WS_OUT" && pwd)
. "$WS_SRC/tools/common.sh"
: "${WSWINE:=$WS_SRC/tools/wswine}" "${BENCH_SECONDS:=3}" "${BENCH_ROUNDS:=3}" "${BENCH_CONNECTIONS:=1 16 64}"
: "${BENCH_SERVERS:=calculator epoll nginx gsoap}" "${BENCH_PORT:=18970}"
: "${BENCH:=native http latency calls orders idle start workers}"
WSWINE_DLL=${BENCH_DLL:-ours}
export WSWINE_DLL
. "$WS_SRC/tests/bench/lib.sh"
rm -f "$bench/verdicts"
use_prefix
for part in $BENCH
do
    say "$part"
    case $part in
    native)
        for program in "$WS_OUT"/bench/bench_*
        do
            [ -x "$program" ] && [ -f "$WS_SRC/tests/bench/${program##*/}.c" ] || continue
            say "${program##*/}"
            "$program"
        done ;;
    *) . "$WS_SRC/tests/bench/$part.sh" ;;
    esac
done
[ ! -f "$bench/verdicts" ] || { echo; say "The targets:"; cat "$bench/verdicts"; }
