# SPDX-License-Identifier: LGPL-2.1-or-later
# Two processors for the server against one. With no more than two in all the load takes its part of them, so what counts is the
# processor time of a request: as much on two as on one would be twice the requests. Sourced by run.sh.
if [ "$(nproc)" -lt 2 ] || ! command -v taskset > /dev/null; then echo "one processor only: not measured"
else
    native load
    soap_request 11 Add 2 3 > "$bench/request.xml"
    rm -f "$bench"/workers-*
    round=0
    while [ $round -lt "$BENCH_ROUNDS" ]
    do
        for processors in 0 0,1
        do
            port=$(free_port $((BENCH_PORT + 70)))
            start_calculator "$port" || break 2
            taskset -a -p -c $processors "$calc_pid" > /dev/null
            before=$(cpu_us "$calc_pid")
            set -- $($pin_load "$bench/load" "$port" /calculator "$bench/request.xml" http://calculator.example/Add 64 0 "$BENCH_SECONDS")
            after=$(cpu_us "$calc_pid")
            echo "$(((after - before) * 1000 / $2)) $(($2 * 1000000 / $3))" >> "$bench/workers-$processors"
            stop_calculator
            calc_pid=
        done
        round=$((round + 1))
    done
    one=$(median "$bench/workers-0" 1) two=$(median "$bench/workers-0,1" 1)
    echo "ns of processor time a request: $one on one processor, $two on two"
    verdict "two processors: requests per second / one, by processor time" "$(ratio "$((2 * one))" "$two")" least 1.8
fi
