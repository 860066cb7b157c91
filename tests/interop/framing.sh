#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# HTTP as no library writes it: raw bytes to the calculator, sound, ambiguous, oversize and slow.
. "$WS_SRC/tools/common.sh"
start_calculator "$(free_port "$TEST_PORT")" || { echo "0 passed, 1 failed"; exit 1; }
"${WS_PYTHON:-python3}" "$WS_SRC/tests/interop/framing/raw.py" "$calc_port" > "$calc_dir/report" 2>&1
status=$?
stop_calculator || { echo "the service ended with exit code $calc_status"; status=1; }
cat "$calc_dir/report"
rm -rf "$calc_dir"
exit $status
