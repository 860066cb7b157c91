#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# gSOAP as the client of the calculator service, SOAP 1.1 and 1.2.
. "$WS_SRC/tools/common.sh"
if grep -q '^@ stub WsCreateServiceHost' "$WS_SRC/dlls/webservices/webservices.spec"
then echo "the service host is not written yet"; echo "0 passed, 0 failed"; exit 0; fi
command -v soapcpp2 > /dev/null || { echo "gsoap is not installed"; echo "0 passed, 0 failed"; exit 0; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir" "$calc_dir"; [ -z "$calc_pid" ] || kill -9 $calc_pid 2> /dev/null' EXIT
# the version is compiled in, with the table of namespaces
for version in 1 2
do
    (mkdir "$dir/$version" && cd "$dir/$version" &&
     soapcpp2 -c -C -L -x -$version "$WS_SRC/tests/interop/gsoap/calculator.h" > log 2>&1 &&
     "${WS_CC:-cc}" -O1 -I. -o client "$WS_SRC/tests/interop/gsoap/client.c" soapC.c soapClient.c -lgsoap >> log 2>&1) ||
        { cat "$dir/$version/log"; echo "0 passed, 1 failed"; exit 1; }
done
use_prefix
start_calculator "$(free_port "${TEST_PORT:-18990}")" || { echo "the service does not start"; echo "0 passed, 1 failed"; exit 1; }
passed=0 failed=0
for version in 1 2
do
    case $version in 1) path=calculator ;; *) path=calculator12 ;; esac
    timeout 60 "$dir/$version/client" $version "http://127.0.0.1:$calc_port/$path" > "$dir/out" 2>&1
    sed "s/^/SOAP 1.$version: /" "$dir/out"
    last=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$dir/out" | tail -n 1)
    [ -n "$last" ] || last="0 passed, 1 failed"
    passed=$((passed + ${last%% *}))
    last=${last#*, }
    failed=$((failed + ${last%% *}))
done
if stop_calculator; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: clean end: exit code $calc_status"; fi
calc_pid=
echo "$passed passed, $failed failed"
[ $failed = 0 ]
