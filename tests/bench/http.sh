# SPDX-License-Identifier: LGPL-2.1-or-later
# The calculator over HTTP keep-alive against, in the same run, a loop that answers always the same (the limit, epoll_fixed.c),
# nginx with a fixed body, and the same service on gSOAP; wrk is the load. Rounds alternate between the servers, so that a
# disturbance hits all; each number is the median of the rounds. CPU is that of the server's processes (and of wineserver) from
# /proc, per request. Sourced by run.sh.
command -v wrk > /dev/null || fail "wrk is not installed (Debian package wrk)"
rm -f "$bench"/*.csv
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

port=$BENCH_PORT servers=
for server in $BENCH_SERVERS
do
    port=$(free_port $((port + 1)))
    pids=
    case $server in
    calculator) start_calculator_pinned "$port" ;;
    *) "start_$server" "$port" ;;
    esac || { echo "$server: not measured"; continue; }
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

for connections in 16 64
do
    [ -f "$bench/calculator-$connections.csv" ] || continue
    for server in epoll nginx gsoap
    do
        [ -f "$bench/$server-$connections.csv" ] || continue
        rate=$(ratio "$(median "$bench/calculator-$connections.csv" 1)" "$(median "$bench/$server-$connections.csv" 1)")
        case $server in
        epoll) verdict "Add, $connections connections: CPU per request / epoll with a fixed reply" \
                   "$(ratio "$(median "$bench/calculator-$connections.csv" 2)" "$(median "$bench/epoll-$connections.csv" 2)")" most 2.0 ;;
        nginx) verdict "Add, $connections connections: requests per second / nginx with a fixed body" "$rate" least 0.9 ;;
        gsoap) verdict "Add, $connections connections: requests per second / gSOAP server" "$rate" least 3 ;;
        esac
    done
done
