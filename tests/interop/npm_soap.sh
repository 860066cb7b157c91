#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# npm soap in both roles: as the client of the calculator service, and as the service that a Windows program calls.
. "$WS_SRC/tools/common.sh"
command -v node > /dev/null && command -v npm > /dev/null ||
    { echo "node and npm are not installed"; echo "0 passed, 0 failed"; exit 0; }
modules=$WS_OUT/npm/node_modules
if [ ! -d "$modules/soap" ]
then
    mkdir -p "$WS_OUT/npm"
    (cd "$WS_OUT/npm" && timeout 200 npm install --no-audit --no-fund soap@1.1.6) > "$WS_OUT/log/npm.log" 2>&1 ||
        { echo "npm can't install soap 1.1.6 (is the registry in reach?)"; tail -n 5 "$WS_OUT/log/npm.log"; echo "0 passed, 1 failed"; exit 1; }
fi
use_prefix
wsdl=$WS_SRC/tests/programs/calculator.wsdl
passed=0 failed=0 dir=$(mktemp -d) || exit 1
trap 'kill -9 $calc_pid $server_pid 2> /dev/null; rm -rf "$calc_dir" "$dir"' EXIT
start_calculator "$(free_port "${TEST_PORT:-18990}")" || { echo "the service does not start"; echo "0 passed, 1 failed"; exit 1; }

# add NAME FILE: the summary that a side ended with
add()
{
    tr -d '\r' < "$2" | grep -v passed, | sed "s/^/$1: /" | tail -n 20
    last=$(tr -d '\r' < "$2" | grep -E '^[0-9]+ passed, [0-9]+ failed$' || echo "0 passed, 1 failed")
    passed=$((passed + ${last%% *})) last=${last#*, }
    failed=$((failed + ${last%% *}))
}
timeout 60 node "$WS_SRC/tests/interop/npm_soap/client.js" "$modules" "$wsdl" "$calc_port" > "$dir/client" 2>&1
add "node as client" "$dir/client"
if stop_calculator; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: clean end: exit code $calc_status"; fi

port=$(free_port "${TEST_PORT:-18990}")
node "$WS_SRC/tests/interop/npm_soap/server.js" "$modules" "$wsdl" "$port" > "$dir/server" 2>&1 & server_pid=$!
tries=0
until grep -q ready "$dir/server" || [ $tries = 100 ]; do tries=$((tries + 1)); sleep 0.1; done
timeout 60 "$WSWINE" "$WS_OUT/programs/x86_64/calculator_client.exe" "$port" > "$dir/client" 2>/dev/null
add "node as server" "$dir/client"
[ "$failed" = 0 ] || tail -n 20 "$dir/server"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
