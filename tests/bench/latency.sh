# SPDX-License-Identifier: LGPL-2.1-or-later
# The 99th percentile of the latency at half of what the calculator can do, against the loop with a fixed reply at the same rate.
# Sourced by run.sh.
native load
soap_request 11 Add 2 3 > "$bench/request.xml"
latency_load() { $pin_load "$bench/load" "$1" /calculator "$bench/request.xml" http://calculator.example/Add 16 "$2" "$3"; }

epoll_port=$(free_port $((BENCH_PORT + 20)))
start_epoll "$epoll_port"
ours_port=$(free_port $((epoll_port + 1)))
if start_calculator_pinned "$ours_port"
then
    set -- $(latency_load "$ours_port" 0 2)
    rate=$(($2 * 500000 / $3))
    rm -f "$bench"/latency-*
    round=0
    while [ $round -lt "$BENCH_ROUNDS" ]
    do
        latency_load "$ours_port" "$rate" "$BENCH_SECONDS" >> "$bench/latency-ours"
        latency_load "$epoll_port" "$rate" "$BENCH_SECONDS" >> "$bench/latency-epoll"
        round=$((round + 1))
    done
    printf '%-12s %10s %8s %8s %8s %8s\n' server "req/s" "p50 us" "p99 us" "p99.9" errors
    for server in ours epoll
    do
        file=$bench/latency-$server
        printf '%-12s %10d %8s %8s %8s %8s\n' $server "$rate" "$(median "$file" 5)" "$(median "$file" 6)" "$(median "$file" 7)" \
            "$(median "$file" 4)"
    done
    verdict "Add at half load: p99 latency / epoll with a fixed reply" \
        "$(ratio "$(median "$bench/latency-ours" 6)" "$(median "$bench/latency-epoll" 6)")" most 2
    stop_calculator
    calc_pid=
fi
