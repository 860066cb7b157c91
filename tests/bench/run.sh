#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# make bench: the calculator service under Wine against, in the same run, a loop that answers always the same (the limit,
# epoll_fixed.c), nginx with a fixed body, and the same service on gSOAP; 1, 16 and 64 connections of wrk, keep-alive.
# Rounds alternate between the servers, so that a disturbance hits all; each number is the median of the rounds. With two
# processors or more the server has one for itself and wrk another. CPU is that of the server's processes (and of wineserver)
# from /proc, per request.
#   BENCH_SECONDS (3), BENCH_ROUNDS (3), BENCH_CONNECTIONS ("1 16 64"), BENCH_SERVERS ("calculator epoll nginx gsoap"),
#   BENCH_DLL (ours; what wswine --dll takes)
# A native benchmark, bench_*.c, runs first, if there is one.
. "$WS_SRC/tools/common.sh"
: "${WSWINE:=$WS_SRC/tools/wswine}" "${BENCH_SECONDS:=3}" "${BENCH_ROUNDS:=3}" "${BENCH_CONNECTIONS:=1 16 64}"
: "${BENCH_SERVERS:=calculator epoll nginx gsoap}" "${BENCH_PORT:=18970}"
WS_SRC=$(cd "$WS_SRC" && pwd) WS_OUT=$(cd "$WS_OUT" && pwd)
WSWINE_DLL=${BENCH_DLL:-ours}
export WSWINE_DLL
bench=$WS_OUT/bench-run
mkdir -p "$bench" || exit 1
rm -f "$bench"/*.csv
server_pids=
cleanup()
{
    for pid in $server_pids; do kill "$pid" 2> /dev/null; done
    [ -z "$calc_pid" ] || stop_calculator > /dev/null 2>&1
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

for program in "$WS_OUT"/bench/bench_*
do
    [ -x "$program" ] && [ -f "$WS_SRC/tests/bench/${program##*/}.c" ] || continue
    say "${program##*/}"
    "$program"
done
command -v wrk > /dev/null || fail "wrk is not installed (Debian package wrk)"
use_prefix

pin_server= pin_load=
if [ "$(nproc)" -ge 2 ] && command -v taskset > /dev/null; then pin_server="taskset -c 0" pin_load="taskset -c 1"; fi

soap_request 11 Add 2 3 > "$bench/request.xml"
cat > "$bench/post.lua" <<EOF
wrk.method = "POST"
wrk.headers["Content-Type"] = "text/xml; charset=utf-8"
wrk.headers["SOAPAction"] = '"http://calculator.example/Add"'
wrk.body = io.open("$bench/request.xml"):read("a")
function done(summary, latency, requests)
    local e = summary.errors
    print(string.format("result %d %d %d %d", summary.requests, summary.duration,
                        e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(99)))
end
EOF

# ---- each server: start_NAME PORT sets $pids, whose CPU counts; its URL is /calculator ----
start_epoll()
{
    ${WS_CC:-cc} -O2 -o "$bench/epoll_fixed" "$WS_SRC/tests/bench/epoll_fixed.c" || return 1
    $pin_server "$bench/epoll_fixed" "$1" &
    pids=$!
}

start_nginx()
{
    command -v nginx > /dev/null || [ -x /usr/sbin/nginx ] || { echo "nginx is not installed, left out"; return 1; }
    mkdir -p "$bench/nginx"
    cat > "$bench/nginx.conf" <<EOF
daemon off;
worker_processes 1;
pid $bench/nginx/pid;
error_log $bench/nginx/error.log;
events { worker_connections 4096; }
http {
    access_log off;
    keepalive_requests 1000000000;
    default_type "text/xml; charset=utf-8";
    client_body_temp_path $bench/nginx/body;
    proxy_temp_path $bench/nginx/proxy;
    fastcgi_temp_path $bench/nginx/fastcgi;
    uwsgi_temp_path $bench/nginx/uwsgi;
    scgi_temp_path $bench/nginx/scgi;
    server {
        listen 127.0.0.1:$1;
        location / { return 200 '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><AddResponse xmlns="http://calculator.example/"><result>5</result></AddResponse></s:Body></s:Envelope>'; }
    }
}
EOF
    $pin_server "$(command -v nginx || echo /usr/sbin/nginx)" -p "$bench/nginx" -c "$bench/nginx.conf" 2> "$bench/nginx.err" &
    nginx_pid=$!
    sleep 0.5
    pids="$nginx_pid $(cat "/proc/$nginx_pid/task/$nginx_pid/children" 2> /dev/null)"
}

start_gsoap()
{
    command -v soapcpp2 > /dev/null || { echo "gsoap is not installed, left out"; return 1; }
    mkdir -p "$bench/gsoap"
    (cd "$bench/gsoap" && soapcpp2 -c -L -x "$WS_SRC/tests/interop/gsoap/calculator.h" > log 2>&1 &&
     ${WS_CC:-cc} -O2 -I. -o gsoap_server "$WS_SRC/tests/bench/gsoap_server.c" soapC.c soapServer.c -lgsoap -lpthread) ||
        { cat "$bench/gsoap/log"; return 1; }
    $pin_server "$bench/gsoap/gsoap_server" "$1" &
    pids=$!
}

start_calculator_pinned()
{
    start_calculator "$1" || return 1
    # The threads of the server and of wineserver; those that come later inherit it.
    wineserver_pid=$(for dir in /proc/[0-9]*; do
        case $(tr '\0' ' ' < "$dir/cmdline" 2> /dev/null) in
        *wineserver*) tr '\0' '\n' < "$dir/environ" 2> /dev/null | grep -qx "WINEPREFIX=$WINEPREFIX" && echo "${dir#/proc/}" ;;
        esac
    done | head -n 1)
    [ -z "$pin_server" ] || for pid in $calc_pid $wineserver_pid; do taskset -a -p -c 0 "$pid" > /dev/null; done
    pids="$calc_pid $wineserver_pid"
}

# CPU time of the processes so far, in microseconds.
cpu_us()
{
    ticks=0
    for pid
    do
        stat=$(cat "/proc/$pid/stat" 2> /dev/null) || continue
        set -- ${stat##*) }
        ticks=$((ticks + ${12} + ${13}))
    done
    echo $((ticks * (1000000 / $(getconf CLK_TCK))))
}

# median FILE COLUMN
median() { cut -d' ' -f"$2" "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

port=$BENCH_PORT servers=
for server in $BENCH_SERVERS
do
    port=$(free_port $((port + 1)))
    pids=
    case $server in
    calculator) start_calculator_pinned "$port" ;;
    *) "start_$server" "$port" ;;
    esac || { echo "$server: not measured"; continue; }
    [ "$server" = calculator ] || server_pids="$server_pids $pids"
    sleep 0.3
    calc_port=$port
    reply=$(soap_call 11 Add 2 3 2>&1)
    case $reply in
    *result\>5\<*) ;;
    *) echo "$server: wrong answer, not measured: $reply"; continue ;;
    esac
    servers="$servers $server:$port:$(echo $pids | tr ' ' ,)"
done

say "$BENCH_ROUNDS rounds of $BENCH_SECONDS s each; $(nproc) processors${pin_server:+, the server on one and wrk on another}"
for connections in $BENCH_CONNECTIONS
do
    round=0
    while [ $round -lt "$BENCH_ROUNDS" ]
    do
        for entry in $servers
        do
            server=${entry%%:*} port=${entry#*:} pids=$(echo "${entry##*:}" | tr , ' ')
            port=${port%%:*}
            before=$(cpu_us $pids)
            $pin_load wrk -t1 -c"$connections" -d"${BENCH_SECONDS}s" -s "$bench/post.lua" "http://127.0.0.1:$port/calculator" \
                > "$bench/wrk.log" 2>&1
            after=$(cpu_us $pids)
            set -- $(grep '^result ' "$bench/wrk.log")
            [ "${2:-0}" -gt 0 ] || { echo "$server, $connections connections: no answers"; cat "$bench/wrk.log"; continue; }
            # req/s, CPU in ns per request, errors, 99th percentile in us
            echo "$(($2 * 1000000 / $3)) $(((after - before) * 1000 / $2)) $4 $5" >> "$bench/$server-$connections.csv"
        done
        round=$((round + 1))
    done
done

printf '\n%-12s %6s %10s %12s %10s %8s %16s\n' server conns "req/s" "CPU us/req" "p99 us" errors "calculator is"
for connections in $BENCH_CONNECTIONS
do
    ours=
    [ ! -f "$bench/calculator-$connections.csv" ] || ours=$(median "$bench/calculator-$connections.csv" 1)
    for entry in $servers
    do
        server=${entry%%:*}
        file=$bench/$server-$connections.csv
        [ -f "$file" ] || continue
        rate=$(median "$file" 1)
        printf '%-12s %6d %10d %12s %10d %8d %16s\n' "$server" "$connections" "$rate" \
            "$(median "$file" 2 | awk '{ printf "%.1f", $1 / 1000 }')" "$(median "$file" 4)" "$(median "$file" 3)" \
            "$([ -z "$ours" ] || [ "$server" = calculator ] || echo "$ours $rate" | awk '{ printf "%.2f times", $1 / $2 }')"
    done
done
echo "(CPU: user and system time of the server's processes, of calculator with wineserver; ticks of $((1000 / $(getconf CLK_TCK))) ms)"
