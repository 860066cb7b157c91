#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# python3-zeep as the client of the calculator service, SOAP 1.1 and 1.2, by the contract of the service.
. "$WS_SRC/tools/common.sh"
python=
for p in python3 /usr/bin/python3; do "$p" -c 'import zeep' 2> /dev/null && { python=$p; break; }; done
[ -n "$python" ] || { echo "python3-zeep is not installed"; echo "0 passed, 1 failed"; exit 1; }
use_prefix
start_calculator "$(free_port "${TEST_PORT:-18990}")" || { echo "the service does not start"; echo "0 passed, 1 failed"; exit 1; }
trap 'kill -9 $calc_pid 2> /dev/null; rm -rf "$calc_dir"' EXIT
timeout 120 "$python" "$WS_SRC/tests/interop/zeep/client.py" "$WS_SRC/tests/programs/calculator.wsdl" "$calc_port" > "$calc_dir/zeep" 2>&1
tail -n 20 "$calc_dir/zeep" | grep -v passed,
last=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$calc_dir/zeep" || echo "0 passed, 1 failed")
passed=${last%% *} failed=${last#*, }; failed=${failed%% *}
if stop_calculator; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: clean end: exit code $calc_status"; fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
