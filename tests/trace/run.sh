#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The traces of Wine's debug channels: enough to see what a program called, with what and with which result, which states
# its objects went through, and the bytes on the wire; nothing of it when they are off.
. "$WS_SRC/tools/common.sh"
passed=0 failed=0
# has PATTERN: a line of the trace
has()
{
    if grep -Eq "$1" "$calc_dir/err"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: no line '$1'"; fi
}

# session CHANNELS: the calculator serves a good call and a bad one
session()
{
    WINEDEBUG=$1 start_calculator "$(free_port "$TEST_PORT")" || { echo "0 passed, 1 failed"; exit 1; }
    soap_call 11 Add 2 3 > /dev/null
    soap_call 11 Add seven 3 > /dev/null
    stop_calculator
}

session +webservices,+webservices_io
has 'WsCreateHeap max_size [0-9]+, trim_size [0-9]+, props [0-9A-F]+, count 0, heap [0-9A-F]+, error [0-9A-F]+'
has 'WsCreateServiceEndpointFromTemplate .*L"http://\+:[0-9]+/calculator"'
has 'WsOpenServiceHost returns S_OK'
has 'set_state host [0-9A-F]+: OPENING -> OPEN'
has 'set_state channel [0-9A-F]+: ACCEPTING -> OPEN'
has "WS_E_INVALID_FORMAT: L\"The text 'seven' is not a valid integer.\""
has 'worker [0-9A-F]+: fault for WS_E_INVALID_FORMAT'
has '\| POST /calculator HTTP/1.1'
has '\| HTTP/1.1 500 '
has '<a>seven</a>'
has 'WsCloseServiceHost returns S_OK'
has 'WsFreeHeap heap [0-9A-F]+'
rm -rf "$calc_dir"

session fixme-all
if grep -q 'webservices' "$calc_dir/err"; then failed=$((failed + 1)); echo "failed: traces although they are off"
else passed=$((passed + 1)); fi
rm -rf "$calc_dir"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
