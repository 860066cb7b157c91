#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# gSOAP as the peer for MTOM, and with its plugin for WS-Addressing 1.0, in both roles (tests/programs/binary.c).
. "$WS_SRC/tools/common.sh"
command -v soapcpp2 > /dev/null && [ -f /usr/share/gsoap/plugin/wsaapi.c ] ||
    { echo "gsoap is not installed"; echo "0 passed, 0 failed"; exit 0; }
dir=$(mktemp -d) || exit 1
servers=
trap 'kill -9 $servers 2> /dev/null; rm -rf "$dir"' EXIT
(cd "$dir" && soapcpp2 -c -L -x -2 -I/usr/share/gsoap/import "$WS_SRC/tests/interop/gsoap/binary.h" > log 2>&1 &&
 "${WS_CC:-cc}" -O1 -I. -I/usr/share/gsoap/plugin -o peer "$WS_SRC/tests/interop/gsoap/binary.c" soapC.c soapClient.c soapServer.c \
     /usr/share/gsoap/plugin/wsaapi.c -lgsoap >> log 2>&1) || { cat "$dir/log"; echo "0 passed, 1 failed"; exit 1; }
use_prefix
program=$WS_OUT/programs/x86_64/binary.exe
passed=0 failed=0

# serve NAME PORT COMMAND...: in the background, until the test ends
serve()
{
    name=$1 port=$2
    shift 2
    mkfifo "$dir/$name.in"
    "$@" "$port" < "$dir/$name.in" > "$dir/$name.out" 2>&1 &
    servers="$servers $!"
    sleep 120 > "$dir/$name.in" &       # holds the input open
    servers="$servers $!"
    tries=0
    until grep -q serving "$dir/$name.out" 2> /dev/null
    do
        tries=$((tries + 1))
        [ $tries -lt 200 ] || { cat "$dir/$name.out"; echo "$name does not start"; echo "0 passed, 1 failed"; exit 1; }
        sleep 0.1
    done
}

# count TITLE COMMAND...: adds up what the command has tested
count()
{
    title=$1
    shift
    timeout 60 "$@" > "$dir/out" 2> "$dir/err"
    tr -d '\r' < "$dir/out" > "$dir/text"
    last=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$dir/text" | tail -n 1)
    [ -n "$last" ] || { tail -n 3 "$dir/err"; last="0 passed, 1 failed"; }
    echo "$title: $last"
    passed=$((passed + ${last%% *}))
    last=${last#*, }
    [ "${last%% *}" = 0 ] || { head -n 20 "$dir/text"; failed=$((failed + ${last%% *})); }
}

first=$(free_port "${TEST_PORT:-18990}")
serve ours "$first" "$WSWINE" "$program" serve
count "MTOM, gSOAP calls" "$dir/peer" call mtom "http://127.0.0.1:$first/mtom"
count "WS-Addressing, gSOAP calls" "$dir/peer" call wsa "http://127.0.0.1:$first/wsa"
count "MTOM, our client and host" "$WSWINE" "$program" call mtom "http://127.0.0.1:$first/mtom"
second=$(free_port $((first + 1)))
serve mtom "$second" "$dir/peer" serve mtom
count "MTOM, gSOAP serves" "$WSWINE" "$program" call mtom "http://127.0.0.1:$second/"
third=$(free_port $((second + 1)))
serve wsa "$third" "$dir/peer" serve wsa
count "WS-Addressing, gSOAP serves" "$WSWINE" "$program" call wsa "http://127.0.0.1:$third/"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
