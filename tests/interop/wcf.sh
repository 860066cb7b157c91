#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# WCF, as Mono has it, as a real process in both roles: its client against a service of ours, our client against its service, with
# contracts that wsutil made (wcf/wcf.wsdl), over
#   basic     BasicHttpBinding: SOAP 1.1
#   ws        WSHttpBinding without security: SOAP 1.2 and WS-Addressing 1.0
#   ws2004    text, SOAP 1.2 and WS-Addressing 2004/08, over HTTP
#   binary    binary encoding over HTTP
#   tcp       NetTcpBinding without security: binary sessions of net.tcp
#   tcpstream  the same with TransferMode.Streamed: a session of the framing for each call
#   tcptext, tcputf16   text encoding over net.tcp
#   ticks     NetTcpBinding with callbacks from the service to its client
# Each serves several sessions of request-reply calls, typed faults and one-way calls. WCF_BINDINGS selects some.
. "$WS_SRC/tools/common.sh"
command -v mcs > /dev/null && command -v mono > /dev/null || { echo "mono is not installed"; echo "0 passed, 0 failed"; exit 0; }
here=$WS_SRC/tests/interop/wcf
dir=$(mktemp -d) || exit 1
passed=0 failed=0 server=
: "${WCF_BINDINGS:=basic ws ws2004 binary tcp tcpstream tcptext tcputf16 ticks}"

stop_server()
{
    [ -n "$server" ] || return
    exec 5>&-                               # its input ends, and so does it
    tries=0
    while kill -0 $server 2> /dev/null && [ $tries -lt 100 ]; do tries=$((tries + 1)); sleep 0.1; done
    kill -9 $server 2> /dev/null
    wait $server 2> /dev/null
    server=
}
trap 'stop_server; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

# start_server COMMAND...: returns when it says that it is ready
start_server()
{
    rm -f "$dir/in"
    mkfifo "$dir/in"
    timeout 200 "$@" < "$dir/in" > "$dir/server" 2>&1 &
    server=$!
    exec 5> "$dir/in"
    tries=0
    until grep -q ready "$dir/server"
    do
        kill -0 $server 2> /dev/null && [ $tries -lt 600 ] || { echo "no service: $*"; tail -n 5 "$dir/server"; return 1; }
        tries=$((tries + 1))
        sleep 0.1
    done
}

# pair TITLE SERVER-PROGRAM CLIENT-PROGRAM: one serves every binding, the other calls
pair()
{
    : > "$dir/client"
    if start_server $2 serve "$port" $WCF_BINDINGS
    then timeout 140 $3 call "$port" $WCF_BINDINGS > "$dir/client" 2>&1 5>&-
    fi
    stop_server
    for binding in $WCF_BINDINGS
    do
        last=$(tr -d '\r' < "$dir/client" | sed -n "s/^$binding: \([0-9]* passed, [0-9]* failed\)$/\1/p")
        [ -n "$last" ] || last="0 passed, 1 failed"
        echo "$1, $binding: $last"
        passed=$((passed + ${last%% *}))
        last=${last#*, }
        failed=$((failed + ${last%% *}))
    done
    [ $failed = 0 ] || tail -n 30 "$dir/client" "$dir/server" | cut -c 1-400
}

if ! mcs -r:System.ServiceModel -r:System.Runtime.Serialization -out:"$dir/peer.exe" "$here/contract.cs" "$here/peer.cs" > "$dir/log" 2>&1 ||
   ! "$WS_OUT/bin/wsutil" /nologo /nosummary "/out:$dir" "$here/wcf.wsdl" >> "$dir/log" 2>&1 ||
   ! "${WS_MINGW64:-x86_64-w64-mingw32-gcc}" -O1 -Wall -Wextra -Werror -I"$WS_SRC/include" -I"$dir" -o "$dir/wcf.exe" \
       "$here/wcf.c" "$dir/wcf.wsdl.c" -L"$WS_OUT/lib/x86_64" -lwebservices >> "$dir/log" 2>&1
then
    cat "$dir/log"
    echo "0 passed, 1 failed"
    exit 1
fi
use_prefix
port=${TEST_PORT:-18990}
pair "our service, WCF's client" "$WSWINE $dir/wcf.exe" "mono $dir/peer.exe"
pair "WCF's service, our client" "mono $dir/peer.exe" "$WSWINE $dir/wcf.exe"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
