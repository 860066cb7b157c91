# SPDX-License-Identifier: LGPL-2.1-or-later
# The client: WsCall again and again against gSOAP's stub, both with the loop that answers always the same, so that the clients
# are what differs most; and over HTTP and net.tcp with our own service. Client and server share one processor: the rate says
# what a call costs in all and not how fast this machine wakes an idle processor. Sourced by run.sh.
call_rate() { "$@" | tr -d '\r' | awk '/^result/ { printf "%d\n", $2 * 1e6 / $3 }'; }
call_ours() { call_rate $pin_server "$WSWINE" "$WS_OUT/bench/programs/x86_64/caller.exe" "$1" "$BENCH_SECONDS" "$2"; }

rm -f "$bench"/calls-*
fixed_port=$(free_port $((BENCH_PORT + 38)))
start_epoll "$fixed_port"
port=$(free_port $((fixed_port + 1)))
if start_services "$port" $pin_server
then
    fixed=http://127.0.0.1:$fixed_port/calculator http=http://127.0.0.1:$port/calculator tcp=net.tcp://127.0.0.1:$((port + 1))/calculator
    gsoap gsoap-client "$WS_SRC/tests/interop/gsoap/calculator.h" gsoap_client soapC.c soapClient.c && have_gsoap=1
    round=0
    while [ $round -lt "$BENCH_ROUNDS" ]
    do
        call_ours "$fixed" 1 >> "$bench/calls-fixed-1"
        [ -z "$have_gsoap" ] ||
            call_rate $pin_server "$bench/gsoap-client/program" "$fixed" "$BENCH_SECONDS" >> "$bench/calls-gsoap-1"
        call_ours "$http" 1 >> "$bench/calls-http-1"
        call_ours "$tcp" 1 >> "$bench/calls-tcp-1"
        call_ours "$http" 64 >> "$bench/calls-http-64"
        call_ours "$tcp" 64 >> "$bench/calls-tcp-64"
        round=$((round + 1))
    done
    stop_services
    for file in "$bench"/calls-*
    do
        name=${file##*/calls-}
        printf '%-8s %3s threads %10s calls/s\n' "${name%-*}" "${name##*-}" "$(median "$file" 1)"
    done
    [ -z "$have_gsoap" ] || verdict "sequential WsCall: calls per second / gSOAP client stub, same server" \
        "$(ratio "$(median "$bench/calls-fixed-1" 1)" "$(median "$bench/calls-gsoap-1" 1)")" least 2.4
    for threads in 1 64
    do
        verdict "net.tcp binary Add, $threads at a time: calls per second / our HTTP" \
            "$(ratio "$(median "$bench/calls-tcp-$threads" 1)" "$(median "$bench/calls-http-$threads" 1)")" least 1.3
    done
fi
