#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# curl as the client of the calculator service: SOAP 1.1 and 1.2, faults, and what HTTP prescribes.
. "$WS_SRC/tools/common.sh"
if grep -q '^@ stub WsCreateServiceHost' "$WS_SRC/dlls/webservices/webservices.spec"
then echo "the service host is not written yet"; echo "0 passed, 0 failed"; exit 0; fi
use_prefix
start_calculator "$(free_port "${TEST_PORT:-18990}")" || { echo "the service does not start"; echo "0 passed, 1 failed"; exit 1; }
trap 'kill -9 $calc_pid 2> /dev/null; rm -rf "$calc_dir"' EXIT
passed=0 failed=0
url=http://127.0.0.1:$calc_port

# has NAME GOT PART...: all parts must be in it
has()
{
    name=$1 got=$2
    shift 2
    for part
    do
        case $got in
        *"$part"*) passed=$((passed + 1)) ;;
        *) failed=$((failed + 1)); echo "failed: $name: no '$part' in: $got" ;;
        esac
    done
}
# status NAME WANTED CURL-ARGUMENT...
status()
{
    name=$1 wanted=$2
    shift 2
    got=$(curl -sS --max-time 20 -o /dev/null -w '%{http_code}' "$@" 2>&1)
    if [ "$got" = "$wanted" ]; then passed=$((passed + 1))
    else failed=$((failed + 1)); echo "failed: $name: HTTP status $got, expected $wanted"; fi
}
xml='Content-Type: text/xml; charset=utf-8'
add='SOAPAction: "http://calculator.example/Add"'
body=$(soap_request 11 Add 2 3)

for version in 11 12
do
    case $version in
    11) type='text/xml' ns=http://schemas.xmlsoap.org/soap/envelope/ ;;
    *) type='application/soap+xml' ns=http://www.w3.org/2003/05/soap-envelope ;;
    esac
    reply=$(soap_call $version Add 2 3 -i)
    has "$version Add" "$reply" "HTTP/1.1 200" "$type" "$ns" "AddResponse" "http://calculator.example/" "<result>5</result>"
    has "$version Subtract" "$(soap_call $version Subtract -2147483648 -2147483647)" "<result>-1</result>"
    has "$version Multiply" "$(soap_call $version Multiply -7 6)" "<result>-42</result>"
    has "$version white space" "$(soap_call $version Add ' 2 ' ' 3 ')" "<result>5</result>"
    has "$version plus sign" "$(soap_call $version Add 2 +3 -i)" "HTTP/1.1 500" "Fault>" "+3"
    has "$version Divide by 0" "$(soap_call $version Divide 1 0 -i)" "HTTP/1.1 500" "Fault>" "divided by zero"
    has "$version overflow" "$(soap_call $version Add 2147483647 1 -i)" "HTTP/1.1 500" "Fault>"
    has "$version not a number" "$(soap_call $version Add seven 3 -i)" "HTTP/1.1 500" "Fault>"
    has "$version out of range" "$(soap_call $version Add 2147483648 3 -i)" "HTTP/1.1 500" "Fault>"
    has "$version unknown operation" "$(soap_call $version Cube 2 3 -i)" "HTTP/1.1 500" "Fault>" "ActionNotSupported"
    has "$version after faults" "$(soap_call $version Add 40 2)" "<result>42</result>"
done

has "chunked request" "$(soap_call 11 Add 2 3 -H 'Transfer-Encoding: chunked')" "<result>5</result>"
has "Expect: 100-continue" "$(soap_call 11 Add 2 3 -H 'Expect: 100-continue')" "<result>5</result>"
has "HTTP/1.0" "$(soap_call 11 Add 2 3 -0)" "<result>5</result>"
has "IPv6 or localhost" "$(curl -sS --max-time 20 -H "$xml" -H "$add" --data-binary "$body" "http://localhost:$calc_port/calculator")" \
    "<result>5</result>"
has "keep-alive" "$(curl -sS --max-time 20 -v -H "$xml" -H "$add" --data-binary "$body" "$url/calculator" "$url/calculator" 2>&1)" \
    "Re-using existing connection"
has "not XML" "$(curl -sS --max-time 20 -i -H "$xml" -H "$add" --data-binary 'hello' "$url/calculator")" "HTTP/1.1 "
has "truncated XML" "$(curl -sS --max-time 20 -i -H "$xml" -H "$add" --data-binary '<s:Envelope xmlns:s="http://sch' "$url/calculator")" "HTTP/1.1 "
status "wrong path" 404 -H "$xml" -H "$add" --data-binary "$body" "$url/nowhere"
status "GET" 405 "$url/calculator"
status "PUT" 405 -X PUT -H "$xml" -H "$add" --data-binary "$body" "$url/calculator"
status "wrong content type" 415 -H 'Content-Type: application/json' -H "$add" --data-binary '{}' "$url/calculator"
has "after all that" "$(soap_call 12 Add 1 1)" "<result>2</result>"

if stop_calculator && grep -q closed "$calc_dir/out"; then passed=$((passed + 1))
else failed=$((failed + 1)); echo "failed: clean end: exit code $calc_status"; tail -n 20 "$calc_dir/out" "$calc_dir/err"; fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
