#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The lists of documented return values (tests/conformance/returns_*.def): their functions exist, no pair is there twice, and
# what the rows leave to the unit test test_returns_memory is in it. That each pair has a row and each row returns what it says is
# checked by the conformance programs returns_*.
passed=0 failed=0
check()    # condition as a command, what it means when it does not hold
{
    what=$1
    shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "$what"; fi
}
exported()  { grep -q "^@ stdcall $1(" "$WS_SRC/dlls/webservices/webservices.spec"; }
in_memory() { grep -q "\"$1\"" "$WS_SRC/tests/unit/test_returns_memory.c"; }

for list in "$WS_SRC"/tests/conformance/returns_*.def
do
    name=${list##*/}; name=${name%.def}
    check "$name has no program" [ -f "$WS_SRC/tests/conformance/$name.c" ]
    twice=$(grep '^DOC(' "$list" | sort | uniq -d)
    check "$name: twice in the list: $twice" [ -z "$twice" ]
    for function in $(sed -n 's/^DOC( \([A-Za-z0-9]*\), .*/\1/p' "$list" | sort -u)
    do check "$name: $function is not an export" exported "$function"; done
    for function in $(sed -n 's/^ELSEWHERE( \([A-Za-z0-9]*\), E_OUTOFMEMORY )$/\1/p' "$WS_SRC/tests/conformance/${name}_rows.h")
    do check "$name: test_returns_memory does not call $function" in_memory "$function"; done
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
