# SPDX-License-Identifier: LGPL-2.1-or-later
# Shell functions of the benchmarks; sourced by run.sh. Servers are pinned to the first processor and the load to the second, if
# there are two; each start_NAME PORT sets $pids, whose processor time counts. What is started is ended by its pid.
bench=$WS_OUT/bench-run
mkdir -p "$bench" || exit 1
server_pids=
cleanup()
{
    for pid in $server_pids; do kill "$pid" 2> /dev/null; done
    stop_services
    [ -z "$calc_pid" ] || stop_calculator > /dev/null 2>&1
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

pin_server= pin_load=
if [ "$(nproc)" -ge 2 ] && command -v taskset > /dev/null; then pin_server="taskset -c 0" pin_load="taskset -c 1"; fi

# native NAME [FLAGS...]: builds tests/bench/NAME.c
native()
{
    source=$1
    shift
    ${WS_CC:-cc} -O2 -o "$bench/$source" "$WS_SRC/tests/bench/$source.c" "$@"
}

start_epoll()
{
    native epoll_fixed || return 1
    $pin_server "$bench/epoll_fixed" "$1" &
    pids=$!
    server_pids="$server_pids $pids"
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
    server_pids="$server_pids $nginx_pid"
    sleep 0.5
    pids="$nginx_pid $(cat "/proc/$nginx_pid/task/$nginx_pid/children" 2> /dev/null)"
}

# gsoap NAME HEADER SOURCE FLAGS...: a program made of what soapcpp2 generates of a header, below $bench/NAME
gsoap()
{
    command -v soapcpp2 > /dev/null || { echo "gsoap is not installed, left out"; return 1; }
    directory=$bench/$1 header=$2 source=$3
    shift 3
    mkdir -p "$directory"
    (cd "$directory" && soapcpp2 -c -L -x -I"$WS_SRC/tests/bench" "$header" > log 2>&1 &&
     ${WS_CC:-cc} -O2 -w -I. -o program "$WS_SRC/tests/bench/$source.c" "$@" -lgsoap -lpthread >> log 2>&1) ||
        { cat "$directory/log"; return 1; }
}

start_gsoap()
{
    gsoap gsoap "$WS_SRC/tests/interop/gsoap/calculator.h" gsoap_server soapC.c soapServer.c || return 1
    $pin_server "$bench/gsoap/program" "$1" &
    pids=$!
    server_pids="$server_pids $pids"
}

start_gsoap_orders()
{
    gsoap gsoap-orders "$WS_SRC/tests/bench/gsoap_orders.h" gsoap_server -DORDERS soapC.c soapServer.c || return 1
    $pin_server "$bench/gsoap-orders/program" "$1" &
    pids=$!
    server_pids="$server_pids $pids"
}

start_calculator_pinned()
{
    start_calculator "$1" || return 1
    # The threads of the server and of wineserver; those that come later inherit it.
    wineserver_pid=$(for dir in /proc/[0-9]*; do
        case $(cat "$dir/cmdline" 2> /dev/null | tr '\0' ' ') in
        *wineserver*) cat "$dir/environ" 2> /dev/null | tr '\0' '\n' | grep -qx "WINEPREFIX=$WINEPREFIX" && echo "${dir#/proc/}" ;;
        esac
    done | head -n 1)
    [ -z "$pin_server" ] || for pid in $calc_pid $wineserver_pid; do taskset -a -p -c 0 "$pid" > /dev/null; done
    pids="$calc_pid $wineserver_pid"
}

# start_services PORT [PREFIX COMMAND...]: programs/services.c; its output is $bench/services.out
start_services()
{
    services_port=$1
    shift
    rm -f "$bench/services.in"
    mkfifo "$bench/services.in" || return 1
    "$@" "$WSWINE" "$WS_OUT/bench/programs/x86_64/services.exe" "$services_port" \
        < "$bench/services.in" > "$bench/services.out" 2>&1 &
    pids=$!
    exec 5> "$bench/services.in"
    tries=0
    until grep -q serving "$bench/services.out"
    do
        kill -0 $pids 2> /dev/null && [ $tries -lt 300 ] || { cat "$bench/services.out"; return 1; }
        tries=$((tries + 1))
        sleep 0.1
    done
    services_pid=$pids
}

stop_services()
{
    [ -n "$services_pid" ] || return 0
    exec 5>&-
    wait $services_pid
    services_pid=
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

# ratio A B: A / B with two decimals
ratio() { echo "$1 $2" | awk '{ if ($2 > 0) printf "%.2f", $1 / $2; else print "?" }'; }

# verdict WORK MEASURED least|most TARGET: a line of the table at the end
verdict()
{
    echo "$2 $3 $4" | awk -v work="$1" '{
        met = $1 == "?" ? "?" : ($2 == "least" ? $1 >= $3 : $1 <= $3) ? "met" : "not met"
        printf "%-66s %8s   at %s %-6s %s\n", work, $1, $2, $3, met }' >> "$bench/verdicts"
}
