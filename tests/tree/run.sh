#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The tree itself: layers, licence lines, sizes; and that the README does not claim more than there is.
passed=0 failed=0
for command in "$WS_SRC/tools/arrows $WS_SRC" "$WS_SRC/tools/api-status --check"
do
    out=$(python3 $command)
    echo "$out"
    last=$(echo "$out" | tail -n 1)
    case $last in *" passed, "*" failed") ;; *) last="0 passed, 1 failed" ;; esac
    passed=$((passed + ${last%% *}))
    last=${last#*, }
    failed=$((failed + ${last%% *}))
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
