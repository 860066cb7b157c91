#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# fuzz.sh PROGRAM SECONDS: runs a libFuzzer program over its corpus (tests/fuzz/corpus/NAME, read only) and what earlier
# runs found (out/fuzz-corpus/NAME) for so long. An input that fails is kept in out/fuzz-found.
program=$1 seconds=$2
name=${program##*/fuzz_}
: "${WS_SRC:=.}" "${WS_OUT:=out}"
corpus=$WS_OUT/fuzz-corpus/$name found=$WS_OUT/fuzz-found
mkdir -p "$corpus" "$found"
seeds=$WS_SRC/tests/fuzz/corpus/$name
[ -d "$seeds" ] || seeds=
if "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$found/$name-" \
              -print_final_stats=1 "$corpus" $seeds 2>&1
then echo "1 passed, 0 failed"
else echo "the failing input is in $found; repeat with: $program FILE"; echo "0 passed, 1 failed"; exit 1
fi
