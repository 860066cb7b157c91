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
# What the compilers said, where tools/check has just built the tree
if [ -f "$WS_BUILD_LOG" ]
then
    if grep 'warning:' "$WS_BUILD_LOG"; then failed=$((failed + 1)); else passed=$((passed + 1)); fi
fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
