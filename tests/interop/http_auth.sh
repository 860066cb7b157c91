#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A client channel with HTTP header authentication against a server and a proxy that check it: Basic, Digest in its forms, both,
# wrong passwords, what is not offered; and how often a body was sent.
. "$WS_SRC/tools/common.sh"
use_prefix
here=$WS_SRC/tests/interop/http_auth
client=$WS_OUT/programs/x86_64/http_auth.exe
port=$(free_port $((${TEST_PORT:-18990} + 6)))
proxy=$(free_port $((port + 1)))
dir=$(mktemp -d) || exit 1
python=$(command -v python3)
$python "$here/server.py" server "$port" > "$dir/server" 2> "$dir/server.err" & server_pid=$!
PROXY_WAY=md5 $python "$here/server.py" proxy "$proxy" > "$dir/proxy" 2> "$dir/proxy.err" & proxy_pid=$!
trap 'kill $server_pid $proxy_pid 2> /dev/null; rm -rf "$dir"' EXIT
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20
do grep -q ready "$dir/server" && grep -q ready "$dir/proxy" && break; sleep 0.3; done
passed=0 failed=0

# check NAME RESULTS LINES ARGUMENT...: what the program prints, and what server and proxy saw ('-' for nothing to compare)
check()
{
    name=$1 want=$2 lines=$3
    shift 3
    : > "$dir/server"; : > "$dir/proxy"
    got=$(timeout 60 "$WSWINE" "$client" "$@" 2> "$dir/err" | tr -d '\r')
    seen=$(cat "$dir/server" "$dir/proxy" | sed 's/ [1-9][0-9]* / body /; s/ 0 / blank /' | tr '\n' ';')
    if [ "$got" = "$want" ]; then passed=$((passed + 1))
    else failed=$((failed + 1)); echo "failed: $name: $got instead of $want"; cat "$dir/err" "$dir/server.err" "$dir/proxy.err"; fi
    [ "$lines" = - ] && return
    if [ "$seen" = "$lines" ]; then passed=$((passed + 1))
    else failed=$((failed + 1)); echo "failed: $name: they saw '$seen' instead of '$lines'"; fi
}
ok='0x0 0x0' denied='0x803d0005 0x803d0005' url=http://127.0.0.1:$port
# schemes: none 1, basic 2, digest 4, ntlm 8, negotiate 16
check "Basic" "$ok" "server basic body yes;server basic body yes;" $url/basic 2 right
check "Basic, wrong" "$denied" "server basic body no;server basic body no;" $url/basic 2 wrong
check "Basic, streamed" "$ok" "server basic body yes;server basic body yes;" $url/basic 2 streamed
check "Digest, streamed" 0x80070057 "" $url/md5 4 streamed
check "no credentials" "0x803d001c 0x803d001c" "server basic body no;server basic body no;" $url/basic 0 right
for way in md5 old sess sha256
do check "Digest $way" "$ok" "server $way blank no;server $way body yes;server $way body yes;" $url/$way 4 right; done
check "Digest, wrong" "$denied" - $url/md5 4 wrong
check "path with query" "$ok" - "$url/a%20b/md5?x=1&y=%22" 4 right
check "best of two" "$ok" "server both blank no;server both body yes;server both body yes;" $url/both 6 right
check "the other of two" "$ok" "server basic blank no;server basic body yes;server basic body yes;" $url/basic 6 right
check "unknown scheme beside" "$ok" - $url/unknown 6 right
check "not offered" "0x803d001d 0x803d001d" - $url/md5 2 right
check "NTLM wanted" "0x803d001e 0x803d001e" - $url/ntlm 6 right
check "none wanted, allowed" "$ok" "server none blank yes;server none body yes;server none blank yes;server none body yes;" $url/none 7 right
check "none wanted, not allowed" "0x803d000f 0x803d0003" - $url/none 6 right
check "proxy" "$ok" "server none body yes;server none body yes;proxy md5 blank no;proxy md5 body yes;proxy md5 body yes;" \
    $url/none 0 right 127.0.0.1:$proxy 4 right
check "proxy, wrong" "0x803d0016 0x803d0016" - $url/none 0 right 127.0.0.1:$proxy 4 wrong
check "proxy without credentials" "0x803d0019 0x803d0019" - $url/none 0 right 127.0.0.1:$proxy 0 right
check "proxy and server" "$ok" - $url/basic 2 right 127.0.0.1:$proxy 4 right
check "both with Digest" "$ok" - $url/sha256 4 right 127.0.0.1:$proxy 4 right
check "proxy gone" "0x803d000d 0x803d0003" - $url/none 0 right 127.0.0.1:1 0 right
# Wine's NTLM is Samba's
if command -v ntlm_auth > /dev/null
then
    check "NTLM" "$ok" "server ntlm blank no;server ntlm body yes;server ntlm body yes;" $url/ntlm 8 right
    check "NTLM, wrong" "$denied" - $url/ntlm 8 wrong
else echo "ntlm_auth (package winbind) is not installed: NTLM is not tested"; fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
