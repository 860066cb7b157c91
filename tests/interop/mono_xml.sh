#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# XML in all encodings with Mono's XmlDictionaryReader and XmlDictionaryWriter: what we write, Mono reads, and the reverse, in binary
# (with the static dictionary of SOAP and with one of a session), MTOM and text. Both sides print each document as one line.
. "$WS_SRC/tools/common.sh"
src=$(cd "$WS_SRC" && pwd)
out=$(cd "$WS_OUT" && pwd)
wswine=$(cd "$(dirname "$WSWINE")" && pwd)/wswine
if ! command -v mcs > /dev/null || ! command -v mono > /dev/null
then echo "Mono is not installed"; echo "0 passed, 0 failed"; exit 0; fi
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
use_prefix
passed=0 failed=0

fail() { failed=$((failed + 1)); echo "failed: $1"; [ ! -f "$dir/log" ] || cut -c 1-500 "$dir/log" | tail -n 20; }
# step NAME COMMAND...
step()
{
    name=$1
    shift
    if timeout 120 "$@" > "$dir/log" 2>&1; then passed=$((passed + 1)); return 0; fi
    fail "$name"
    return 1
}
ours() { timeout 120 "$wswine" "$dir/peer.exe" "$@" 2> /dev/null | tr -d '\r'; }
finish() { echo "$passed passed, $failed failed"; [ $failed = 0 ]; exit; }

# compare NAME WANTED GOT: lines that are in one and not in the other
compare()
{
    rm -f "$dir/log"
    differ=$(diff "$2" "$3" | grep -c '^>')
    missing=$(($(wc -l < "$2") - $(wc -l < "$3")))
    same=$(($(wc -l < "$3") - differ))
    passed=$((passed + same))
    if [ "$differ" != 0 ] || [ "$missing" != 0 ] || [ "$same" = 0 ]
    then fail "$1: $differ differ, $missing are missing"; diff "$2" "$3" | cut -c 1-300 | head -n 12; fi
}

step "our program" "${WS_MINGW64:-x86_64-w64-mingw32-gcc}" -std=gnu11 -O1 -Wall -Wextra -Werror -I"$src/include" -I"$src/tests/conformance" \
    -o "$dir/peer.exe" "$src/tests/interop/xml/peer.c" -L"$out/lib/x86_64" -lwebservices || finish
step "mcs" mcs -warnaserror "-out:$dir/mono.exe" -r:System.ServiceModel -r:System.Runtime.Serialization -r:System.Xml \
    "$src/tests/interop/xml/mono.cs" || finish
mkdir "$dir/xml"
cd "$dir/xml" || exit 1
# [MC-NBFS] has the names of SOAP 1.1 faults, the last five, in lower case as they are; Mono has four of them, capitalized.
ours dictionary | head -n 482 > "$dir/ours.dictionary"
mono "$dir/mono.exe" dictionary | head -n 482 > "$dir/mono.dictionary"
compare "the static dictionary" "$dir/mono.dictionary" "$dir/ours.dictionary"
step "what we write" "$wswine" "$dir/peer.exe" write || finish
ours read txt > "$dir/wanted"
for kind in txt bin ses mtom
do
    mono "$dir/mono.exe" read $kind > "$dir/got"
    compare "our $kind, read by Mono" "$dir/wanted" "$dir/got"
done

step "what Mono writes" mono "$dir/mono.exe" write || finish
typed=$(ls ./*.m.txt); typed=${typed#./}; typed=${typed%%.*}
ours read m.txt >> "$dir/wanted"
# declarations may stand elsewhere among the attributes, so that the texts of both are compared without them
sed 's/ @[^ ="<>]*=[^ "<>]*//g' "$dir/wanted" > "$dir/plain"
for kind in bin ses mtom
do
    ours read m.$kind | sed 's/ @[^ ="<>]*=[^ "<>]*//g' > "$dir/got"
    compare "Mono's $kind, read by us" "$dir/plain" "$dir/got"
done
finish
