# SPDX-License-Identifier: LGPL-2.1-or-later
# Shell functions that tools/demo, tools/check and the test scripts share; to be sourced.

now_ms() { date +%s%3N; }

# seconds_since START_MS: with one decimal
seconds_since() { ms=$(($(now_ms) - $1)); echo "$((ms / 1000)).$((ms % 1000 / 100))"; }

say() { echo "==> $*"; }

fail() { echo "error: $*" >&2; exit 1; }

# long_step LOG TITLE COMMAND...: runs a command with its output in a file; says how long it took, shows the end of the
# file and exits if it fails.
long_step()
{
    step_log=$1 step_title=$2 step_start=$(now_ms)
    shift 2
    printf '==> %s ... ' "$step_title"
    if "$@" > "$step_log" 2>&1 < /dev/null; then echo "done, $(seconds_since "$step_start") s"
    else
        echo "FAILED after $(seconds_since "$step_start") s; the end of $step_log:"
        tail -n 30 "$step_log"
        exit 1
    fi
}

# What the build needs, and what the tests need besides, as Debian 12 packages.
BUILD_PACKAGES="gcc libc6-dev make autoconf pkg-config binutils-mingw-w64-x86-64 binutils-mingw-w64-i686
    gcc-mingw-w64-x86-64 gcc-mingw-w64-i686 wine wine64 wine64-tools libwine libwine-dev libgnutls28-dev libxml2-dev curl"
TEST_PACKAGES="g++ g++-mingw-w64-x86-64 g++-mingw-w64-i686 clang libclang-rt-14-dev python3 python3-zeep gsoap
    libgsoap-dev nginx-light wrk git chromium chromium-driver mono-mcs mono-runtime
    libmono-system-servicemodel4.0a-cil libmono-system-runtime-serialization4.0-cil"

# install_packages NAME...: installs those that are missing, and says so.
install_packages()
{
    if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null
    then
        say "this is not Debian: the packages are not looked after (./configure says what is missing)"
        return
    fi
    missing=
    for package
    do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2> /dev/null | grep -qx installed || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    root=
    if [ "$(id -u)" != 0 ]
    then
        command -v sudo > /dev/null || fail "these packages are missing, and there is no sudo to install them:$missing"
        root=sudo
    fi
    say "missing Debian packages, to be installed:$missing"
    long_step "$WS_OUT/log/apt-update.log" "apt-get update" $root apt-get update
    # No services of the packages (nginx) shall start, and nothing shall ask.
    long_step "$WS_OUT/log/apt-install.log" "apt-get install" $root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y --no-install-recommends $missing
}

# build [MAKE ARGUMENT...]: configure if needed, then make, in the source tree.
build()
{
    cd "$WS_SRC" || exit 1
    [ -x configure ] || long_step "$WS_OUT/log/autoconf.log" "autoconf" autoconf
    [ -f Makefile ] || long_step "$WS_OUT/log/configure.log" "configure" ./configure
    long_step "$WS_OUT/log/make.log" "make${*:+ $*}" make -j"$(nproc)" "$@"
}

# The directories of a build in the source tree. The Wine prefix is shared by all that runs from it.
use_tree()
{
    WS_OUT=$WS_SRC/out
    WSWINE=$WS_SRC/tools/wswine
    mkdir -p "$WS_OUT/log" || exit 1
}

# Sets Wine's environment to the prefix of the build, and creates that if need be.
use_prefix()
{
    WINEPREFIX=${WS_PREFIX:-$WS_OUT/prefix}
    : "${WINEDEBUG:=-all}" "${XDG_CACHE_HOME:=$WS_OUT/cache}"
    export WS_SRC WS_OUT WSWINE WINEPREFIX WINEDEBUG XDG_CACHE_HOME
    [ ! -f "$WINEPREFIX/system.reg" ] || return 0
    mkdir -p "$WINEPREFIX" || exit 1
    # Neither Mono nor Gecko: nothing here needs them, and Wine would offer to download them.
    long_step "$WS_OUT/log/wineboot.log" "creating the Wine prefix $WINEPREFIX" \
        env WINEDLLOVERRIDES='mscoree,mshtml=' timeout 300 "$WSWINE" wineboot -u
}

# free_port START: the first TCP port from START on at which nobody answers.
free_port()
{
    port=$1
    while curl -s -o /dev/null --max-time 1 "http://127.0.0.1:$port/"; [ $? != 7 ]; do port=$((port + 1)); done
    echo "$port"
}

# start_calculator PORT [OPTION...]: the demonstration's service, in the background. Its input is the FIFO $calc_dir/in on
# descriptor 4; its output the file $calc_dir/out. Returns when it serves.
start_calculator()
{
    calc_port=$1
    shift
    calc_dir=$(mktemp -d) || exit 1
    mkfifo "$calc_dir/in"
    "$WSWINE" "$WS_OUT/programs/x86_64/calculator.exe" "$@" "$calc_port" \
        < "$calc_dir/in" > "$calc_dir/out" 2> "$calc_dir/err" &
    calc_pid=$!
    exec 4> "$calc_dir/in"
    tries=0
    until grep -q serving "$calc_dir/out"
    do
        kill -0 $calc_pid 2> /dev/null && [ $tries -lt 300 ] ||
            { cat "$calc_dir/out" "$calc_dir/err" | tail -n 5 >&2; stop_calculator; calc_pid=; return 1; }
        tries=$((tries + 1))
        sleep 0.1
    done
}

# Says "stop" to it and waits for it to end; its exit code. Killed after 20 s.
stop_calculator()
{
    (echo stop >&4) 2> /dev/null    # in a subshell: SIGPIPE if it is gone
    exec 4>&-
    tries=0
    while kill -0 $calc_pid 2> /dev/null && [ $tries -lt 200 ]; do tries=$((tries + 1)); sleep 0.1; done
    kill -9 $calc_pid 2> /dev/null
    wait $calc_pid
    calc_status=$?
    rm -f "$calc_dir/in"
    return $calc_status
}

# soap 11|12 OPERATION A B: the request of the calculator service on standard output
soap_request()
{
    case $1 in 11) env=http://schemas.xmlsoap.org/soap/envelope/ ;; *) env=http://www.w3.org/2003/05/soap-envelope ;; esac
    printf '<s:Envelope xmlns:s="%s"><s:Body><%s xmlns="http://calculator.example/"><a>%s</a><b>%s</b></%s></s:Body></s:Envelope>' \
        "$env" "$2" "$3" "$4" "$2"
}

# soap_call 11|12 OPERATION A B [CURL OPTION...]: sends it to $calc_port
soap_call()
{
    version=$1 operation=$2 request=$(soap_request "$1" "$2" "$3" "$4")
    shift 4
    action=http://calculator.example/$operation
    case $version in
    11) curl -sS --max-time 20 -H 'Content-Type: text/xml; charset=utf-8' -H "SOAPAction: \"$action\"" "$@" \
             --data-binary "$request" "http://127.0.0.1:$calc_port/calculator" ;;
    *) curl -sS --max-time 20 -H "Content-Type: application/soap+xml; charset=utf-8; action=\"$action\"" "$@" \
             --data-binary "$request" "http://127.0.0.1:$calc_port/calculator12" ;;
    esac
}
