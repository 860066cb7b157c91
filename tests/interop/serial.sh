#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Typed data with others: random values of the types of serial/*.xsd, written by us, read and written again by a peer, read by us
# and compared. Mono's DataContractSerializer and XmlSerializer take text and binary, zeep takes text, gSOAP text and MTOM.
. "$WS_SRC/tools/common.sh"
src=$(cd "$WS_SRC" && pwd)/tests/interop/serial
out=$(cd "$WS_OUT" && pwd)
wswine=$(cd "$(dirname "$WSWINE")" && pwd)/wswine
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
use_prefix
passed=0 failed=0

# step NAME COMMAND...
step()
{
    name=$1
    shift
    if timeout 120 "$@" > "$dir/log" 2>&1; then passed=$((passed + 1)); return 0; fi
    failed=$((failed + 1))
    echo "failed: $name"
    grep -v 'err:' "$dir/log" | cut -c 1-500 | tail -n 30
    return 1
}
# compare EXTENSION: every file of it must have our value
compare()
{
    step "what comes back as $1" "$wswine" "$dir/peer.exe" check "$1"
    files=$(tr -d '\r' < "$dir/log" | sed -n 's/.*: \([0-9]*\) files of the peer.*/\1/p')
    passed=$((passed + ${files:-0}))
}
finish() { echo "$passed passed, $failed failed"; [ $failed = 0 ]; exit; }

mkdir "$dir/values" "$dir/contract"
step "wsutil" "$out/bin/wsutil" /nologo /nosummary /W:0 "/out:$dir/contract" "$src"/*.xsd || finish
step "our program" "${WS_MINGW64:-x86_64-w64-mingw32-gcc}" -O1 -Wall -Wextra -Werror -I"$WS_SRC/include" -I"$dir/contract" \
    -I"$WS_SRC/tests/wsutil" -o "$dir/peer.exe" "$src/peer.c" "$WS_SRC/tests/wsutil/random.c" "$dir"/contract/*.c \
    -L"$out/lib/x86_64" -lwebservices || finish
cd "$dir/values" || exit 1
step "our values" "$wswine" "$dir/peer.exe" write || finish
for format in xml bin mtom; do compare $format; done

if command -v mcs > /dev/null && command -v mono > /dev/null
then
    step "mcs" mcs -warnaserror "-out:$dir/mono.exe" -r:System.Runtime.Serialization -r:System.Xml "$src/mono.cs" &&
    step "Mono" mono "$dir/mono.exe" && { compare mono.xml; compare mono.bin; }
else echo "Mono is not installed"; fi

if /usr/bin/python3 -c 'import zeep' 2> /dev/null
then step "zeep" /usr/bin/python3 "$src/zeep_peer.py" "$src/types.wsdl" && compare zeep.xml
else echo "zeep is not installed"; fi

if command -v wsdl2h > /dev/null && command -v soapcpp2 > /dev/null
then
    mkdir "$dir/gsoap"
    step "wsdl2h" wsdl2h -c -g -t "$src/gsoap_typemap.dat" -o "$dir/gsoap/item.h" "$src/item.xsd" &&
    step "soapcpp2" soapcpp2 -c -C -L -x -d "$dir/gsoap" "$dir/gsoap/item.h" &&
    step "gSOAP's program" "${WS_CC:-cc}" -w -I"$dir/gsoap" -o "$dir/gsoap/peer" "$src/gsoap_peer.c" "$dir/gsoap/soapC.c" -lgsoap &&
    step "gSOAP" "$dir/gsoap/peer" && { compare gsoap.xml; compare gsoap.mtom; }
else echo "gSOAP is not installed"; fi
finish
