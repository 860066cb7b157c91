# SPDX-License-Identifier: LGPL-2.1-or-later
# Memory of idle keep-alive connections: each has been answered once and stays open. Sourced by run.sh.
: "${BENCH_IDLE:=10000}"
native load
soap_request 11 Add 2 3 > "$bench/request.xml"
port=$(free_port $((BENCH_PORT + 50)))
anonymous() { awk '/^RssAnon/ { print $2 }' "/proc/$1/status"; }
ulimit -n "$(ulimit -H -n)"
if start_calculator "$port"
then
    soap_call 11 Add 2 3 > /dev/null
    before=$(anonymous "$calc_pid")
    rm -f "$bench/idle.in"
    mkfifo "$bench/idle.in"
    "$bench/load" "$port" /calculator "$bench/request.xml" http://calculator.example/Add "$BENCH_IDLE" idle \
        < "$bench/idle.in" > "$bench/idle.out" &
    idle_pid=$!
    exec 6> "$bench/idle.in"
    tries=0
    until grep -q idle "$bench/idle.out" || [ $tries -gt 300 ] || ! kill -0 $idle_pid; do tries=$((tries + 1)); sleep 0.1; done
    after=$(anonymous "$calc_pid")
    held=$(awk '/^idle/ { print $2 }' "$bench/idle.out")
    reply=$(soap_call 11 Add 2 3)
    case $reply in *result\>5\<*) ;; *) held=0 ;; esac
    exec 6>&-
    wait $idle_pid
    echo "${held:-0} idle connections, and a new request is answered: $(((after - before) * 1024 / BENCH_IDLE)) bytes of memory each"
    [ "${held:-0}" = "$BENCH_IDLE" ] &&
        verdict "memory of an idle keep-alive connection, bytes ($BENCH_IDLE held)" "$(((after - before) * 1024 / BENCH_IDLE))" most 1024
    stop_calculator
    calc_pid=
fi
