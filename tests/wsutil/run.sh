#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of wsutil: what it generates from the documents in corpus/, how it treats those in bad/, and its options.
# Called by tests/check.sh; WS_SRC is the source tree, WS_OUT the build output.

here=$(cd "$(dirname "$0")" && pwd)
src=$(cd "${WS_SRC:-$here/../..}" && pwd)
out=$(cd "${WS_OUT:-$src/out}" && pwd) || exit 1
wsutil=$out/bin/wsutil
work=$out/wsutil
MINGW64=${WS_MINGW64:-x86_64-w64-mingw32-gcc} MINGW32=${WS_MINGW32:-i686-w64-mingw32-gcc}
MINGWXX64=${WS_MINGWXX64:-x86_64-w64-mingw32-g++} MINGWXX32=${WS_MINGWXX32:-i686-w64-mingw32-g++}
CLANG=${WS_CLANG-clang} PYTHON=${WS_PYTHON:-python3}
passed=0 failed=0

ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED: $*"; }
check() { what=$1; shift; if "$@"; then ok; else bad "$what"; fi; }
has() { tr -d '\r' < "$1" | grep -Fq -- "$2"; }
lacks() { ! has "$1" "$2"; }
status() { expected=$1; shift; "$@" > "$work/log" 2>&1; test $? = "$expected"; }
report() { grep -v "err:" "$work/log" | tail -n 30 | cut -c 1-500; }
full() { "$@" > /dev/full 2> "$work/log"; test $? = 3; }
# Files of 20 kB at most; the first ones fit.
no_room() ( ulimit -f 40; mkdir -p "$work/full"; status 3 "$wsutil" /W:0 "/out:$work/full" calculator.wsdl policy.wsdl external.wsp )

rm -rf "$work"
mkdir -p "$work/all"
cd "$here/corpus" || exit 1

# ---- everything together, and what the result must contain ----
check "the corpus compiles" "$wsutil" /nologo /nosummary /W:0 "/out:$work/all" *.xsd *.wsdl *.wsp
while IFS='|' read -r file text
do
    case $file in ''|'#'*) continue ;; esac
    check "$file contains: $text" has "$work/all/$file" "$text"
done < "$here/expect.txt"

# ---- compilers: no warning, C and C++, 64 and 32 bit; what options change is compiled with the first only ----
compile()    # LANGUAGE COMMAND...
{
    language=$1
    shift
    # The Windows headers, read once for all files.
    mkdir -p "$work/pch"
    case $("$1" --version) in *clang*) pch="-include-pch $work/pch/WebServices.h.gch" ;; *) pch=-I$work/pch ;; esac
    "$@" -x "$language-header" -Wall -Wextra -I"$src/include" -o "$work/pch/WebServices.h.gch" "$src/include/WebServices.h"
    rm -rf "$work/objects"
    mkdir -p "$work/objects"
    jobs=0
    for file in "$work"/all/*.c $more
    do
        jobs=$((jobs + 1))
        { "$@" -x "$language" -Wall -Wextra -Werror $pch -I"$src/include" -I"$(dirname "$file")" -c -o "$work/objects/$jobs.o" \
            "$file" > "$work/objects/$jobs.log" 2>&1 || echo "exit status $?" >> "$work/objects/$jobs.log"; } &
        [ $((jobs % 4)) != 0 ] || wait
    done
    wait
    jobs=0
    for file in "$work"/all/*.c $more
    do
        jobs=$((jobs + 1))
        if [ -f "$work/objects/$jobs.o" ] && [ ! -s "$work/objects/$jobs.log" ]; then ok
        else bad "$1 as $language: $file"; head -n 20 "$work/objects/$jobs.log"; fi
    done
}

mkdir -p "$work/options"
generate()    # NAME OPTION...
{
    name=$1
    shift
    mkdir -p "$work/options/$name"
    check "options $*" "$wsutil" /nologo /nosummary /W:0 "/out:$work/options/$name" "$@"
}
generate string -string:WS_STRING types.xsd params.wsdl
generate noclient /NoClient calculator.wsdl
generate noservice -noservice calculator.wsdl
generate nopolicy /nopolicy policy.wsdl /wsp:missing.wsp
generate prefix /prefix:My_ types.xsd params.wsdl
generate fullname /fullname content.xsd derived.xsd
generate ignore /ignoreTrailingContent /ignoreUnhandledAttributes types.xsd
generate nostamp /nostamp calculator.wsdl
o=$work/options
check "WS_STRING members" has "$o/string/types.xsd.h" "    WS_STRING aString;"
check "WS_STRING types" lacks "$o/string/types.xsd.c" "WS_WSZ_TYPE"
check "WS_STRING parameters" has "$o/string/params.wsdl.h" "_Inout_ WS_STRING* b,"
check "no client functions" lacks "$o/noclient/calculator.wsdl.h" "WS_SERVICE_PROXY"
check "no proxy helper" lacks "$o/noclient/calculator.wsdl.c" "CreateServiceProxy"
check "service stays" has "$o/noclient/calculator.wsdl.h" "DefaultBinding_ICalculatorFunctionTable"
check "no callbacks" lacks "$o/noservice/calculator.wsdl.h" "CALLBACK"
check "no stubs" lacks "$o/noservice/calculator.wsdl.c" "_stackStruct"
check "their frames stay, as in Windows" has "$o/noservice/calculator.wsdl.c" "typedef struct DefaultBinding_ICalculator_AddParamStruct"
check "no endpoint helper" lacks "$o/noservice/calculator.wsdl.c" "CreateServiceEndpoint"
check "no policy" lacks "$o/nopolicy/policy.wsdl.h" "HRESULT Http_Create"
check "contract without policy" has "$o/nopolicy/policy.wsdl.h" "WS_CONTRACT_DESCRIPTION Http;"
check "prefixed type" has "$o/prefix/types.xsd.h" "typedef struct My_Point"
check "prefixed function" has "$o/prefix/params.wsdl.h" "HRESULT WINAPI My_Params_InOut("
check "prefixed object" has "$o/prefix/types.xsd.h" "extern const _My_types_xsd My_types_xsd;"
check "full name" has "$o/fullname/content.xsd.h" "typedef struct content_xsd_Money"
check "ignored content" has "$o/ignore/types.xsd.c" \
    "WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT | WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES"
check "no stamp" lacks "$o/nostamp/calculator.wsdl.h" "generated by"
overloaded() { tr -d '\r' < "$work/all/params.wsdl.h" | grep -A1 "// c type: $1\$" | grep -q "action: \"$2\""; }
check "overloaded by input" overloaded _Nil urn:Over1
check "overloaded by input" overloaded _Tagged urn:Over2
check "no helper for an unknown assertion" lacks "$work/all/attach.wsdl.h" "HRESULT Refused_Create"
check "no helper for a policy that nothing fulfils" lacks "$work/all/attach.wsdl.h" "HRESULT Nothing_Create"
check "no helper without a port" lacks "$work/all/policy.wsdl.h" "HRESULT NoPort_Create"
check "byte order mark" test "$(head -c 3 "$work/all/types.xsd.h" | od -An -tx1 | tr -d ' ')" = efbbbf
check "line ends" test "$(grep -c -v "$(printf '\r')\$" "$work/all/types.xsd.c")" = 0
check "no trailing blanks" test "$(tr -d '\r' < "$work/all/content.xsd.h" | grep -c ' $')" = 0

more=$(echo "$work"/options/*/*.c)
compile c "$MINGW64"
more=
compile c++ "$MINGWXX64"
compile c "$MINGW32"
compile c++ "$MINGWXX32"
if [ -n "$CLANG" ]
then
    for machine in x86_64 i686
    do
        compile c "$CLANG" --target=$machine-w64-mingw32
        compile c++ "$CLANG" --target=$machine-w64-mingw32
    done
fi

# ---- names that would collide, with each other and with the Windows headers; those are not read before ----
names=$work/names
mkdir -p "$names"
check "colliding names" status 0 "$wsutil" /nologo "/out:$names" "$here/names/collide.wsdl" "$here/names/windows.xsd"
check "a warning for one of GDI" has "$work/log" "windows.xsd(3): the Windows headers declare something called 'Rectangle' too; define NOGDI"
check "one for USER" has "$work/log" "called 'ReplyMessage' too; define NOUSER and COM_NO_WINDOWS_H before"
check "one they always declare" has "$names/windows.xsd.h" "typedef struct Sleep0"
check "an enumerator" has "$names/windows.xsd.h" "    TokenUser0 = 0,"
check "what a program has to define" has "$names/windows.xsd.h" "// #define NOGDI"
check "a client function" has "$names/collide.wsdl.h" "HRESULT WINAPI B_QueryCallback("
check "a callback" has "$names/collide.wsdl.h" "typedef HRESULT (CALLBACK* B_QueryCallback0)("
compiles() { "$@" -Wall -Wextra -Werror -I"$src/include" -c -o "$work/names.o" > "$work/log" 2>&1 || { head -n 20 "$work/log"; false; }; }
for file in "$names"/*.c
do
    check "as C: $file" compiles "$MINGW64" "$file"
    check "as C++: $file" compiles "$MINGWXX32" -x c++ "$file"
    [ -z "$CLANG" ] || check "as C++: $file" compiles "$CLANG" --target=x86_64-w64-mingw32 -x c++ "$file"
done

# ---- the same output whatever the order and however often ----
mkdir -p "$work/again" "$work/reverse"
check "second run" "$wsutil" /nologo /nosummary /W:0 "/out:$work/again" *.xsd *.wsdl *.wsp
check "deterministic" diff -r "$work/all" "$work/again"
check "reverse order" "$wsutil" /nologo /nosummary /W:0 "/out:$work/reverse" external.wsp policy.wsdl params.wsdl \
    calculator.wsdl attach.wsdl types.xsd names.xsd language.xsd fallback.xsd derived.xsd content.xsd
check "order does not matter" diff -r "$work/all" "$work/reverse"

# ---- what differs in meaning is found, and nothing else ----
check "compare: the same" "$PYTHON" "$here/compare.py" "$work/all" "$work/again"
check "compare: strings" status 1 "$PYTHON" "$here/compare.py" "$work/all/types.xsd.h" "$o/string/types.xsd.h"
sed 's/__alignof(Point)/__alignof( Point ) \/* text *\//; s/generated by/made by/' "$work/all/types.xsd.c" > "$work/types.xsd.c"
check "compare: text only" "$PYTHON" "$here/compare.py" "$work/all/types.xsd.c" "$work/types.xsd.c"
sed 's/WsOffsetOf(Point, y)/WsOffsetOf(Point, x)/' "$work/all/types.xsd.c" > "$work/types.xsd.c"
check "compare: an offset" status 1 "$PYTHON" "$here/compare.py" "$work/all/types.xsd.c" "$work/types.xsd.c"
check "compare: its line" has "$work/log" "WsOffsetOf ( Point"
sed 's,"http://[a-z.]*,&x,' "$work/all/calculator.wsdl.c" > "$work/calculator.wsdl.c"
check "compare: behind // in a string" status 1 "$PYTHON" "$here/compare.py" "$work/all/calculator.wsdl.c" "$work/calculator.wsdl.c"
rm -f "$work/calculator.wsdl.c"
sed 's/__int64/__int32/' "$work/all/types.xsd.h" > "$work/types.xsd.h"
check "compare: __int64" status 1 "$PYTHON" "$here/compare.py" "$work/all/types.xsd.h" "$work/types.xsd.h"
rm -f "$work/types.xsd.h"
rm -f "$work/types.xsd.c"

# ---- options ----
check "help" status 0 "$wsutil" /help
check "help, other form" status 0 "$wsutil" '-?'
check "no arguments" status 2 "$wsutil"
check "unknown option" status 2 "$wsutil" /nonsense types.xsd
check "value missing" status 2 "$wsutil" /out types.xsd
check "bad level" status 2 "$wsutil" /W:9 types.xsd
check "bad prefix" status 2 "$wsutil" /prefix:1a types.xsd
check "bad string type" status 2 "$wsutil" /string:char types.xsd
check "missing input" status 1 "$wsutil" "/out:$work" missing.xsd
check "its number" has "$work/log" "error WSUTIL0013  missing.xsd: cannot open input file: No such file or directory"
check "no match" status 2 "$wsutil" "/out:$work" 'x*.xsd'
check "wrong kind" status 1 "$wsutil" "/out:$work" /xsd:calculator.wsdl
check "missing directory" status 3 "$wsutil" "/out:$work/missing" calculator.wsdl
check "its number" has "$work/log" "WSUTIL1008"
mkdir -p "$work/half/types.xsd.c"
check "no file at the place of another" status 3 "$wsutil" "/out:$work/half" content.xsd types.xsd
check "no half output" test "$(ls "$work/half")" = types.xsd.c
check "no room: its status" no_room
check "no room: its error" has "$work/log" "WSUTIL1008  $work/full/"
check "no room: nothing is left" test -z "$(ls "$work/full")"
check "no directory for files" status 3 "$wsutil" /out:/proc/self calculator.wsdl
check "no room for help" full "$wsutil" /help
check "a killed run leaves whole files" status 0 "$PYTHON" "$here/killed.py" "$work/all" "$work/killed" "$wsutil" /nologo /nosummary \
    /W:0 "/out:$work/killed" *.xsd *.wsdl *.wsp
report
mkdir -p "$work/content"
cp types.xsd "$work/content/types.txt"
cp params.wsdl "$work/content/params.xsd"
check "content tells what a file is" status 0 "$wsutil" /nologo /W:0 "/out:$work/content" "$work/content/types.txt" \
    "$work/content/params.xsd"
check "a WSDL of another name" has "$work/content/params.xsd.h" "HRESULT WINAPI Params_InOut("
check "nothing is fetched" status 0 "$PYTHON" "$here/fetch.py" "$work/content" "$wsutil" "/out:$work/content"
report
check "level 1 hides level 2" status 0 "$wsutil" "/out:$work/again" types.xsd
check "a date" lacks "$work/log" WSUTIL1200
check "level 2" status 0 "$wsutil" /W:2 "/out:$work/again" types.xsd
check "a date" has "$work/log" "warning WSUTIL1200  types.xsd("
check "level 3 hides level 4" lacks "$work/log" WSUTIL1400
check "level 4" status 0 "$wsutil" /W:4 "/out:$work/again" types.xsd
check "documentation" has "$work/log" "warning WSUTIL1400  types.xsd("
check "warning" status 0 "$wsutil" "/out:$work/again" fallback.xsd
check "its number" has "$work/log" "warning WSUTIL1101  fallback.xsd("
check "level 0 is silent" status 0 "$wsutil" /nologo /nosummary /W:0 "/out:$work/again" fallback.xsd
check "silent" test ! -s "$work/log"
check "warnings as errors" status 1 "$wsutil" "/out:$work/again" /WX fallback.xsd
check "level 3 names renamed ones" status 0 "$wsutil" /W:3 "/out:$work/again" names.xsd
check "a type" has "$work/log" "warning WSUTIL1300  names.xsd(4): type 'class' is called 'Class' in C"
check "a member" has "$work/log" "warning WSUTIL1300  names.xsd(4): member 'a.b-c' of structure 'Class' is called 'a_b_c' in C"
check "an enumeration" has "$work/log" ": type 'GUID' is called 'GUID0' in C"
check "hidden warnings are no errors" status 0 "$wsutil" "/out:$work/again" /W:1 /WX names.xsd
printf '/nologo -W:0\n/nosummary "/out:%s/response" @more.rsp\n' "$work" > "$work/first.rsp"
printf '/xsd:%s/types.xsd *.wsdl' "$here/corpus" > more.rsp
mkdir -p "$work/response"
check "response files" status 0 "$wsutil" "@$work/first.rsp" /nopolicy
rm -f more.rsp
check "response file output" test -f "$work/response/params.wsdl.c" -a -f "$work/response/types.xsd.h"
printf '@%s' "$work/loop.rsp" > "$work/loop.rsp"
check "response file loop" status 2 "$wsutil" "@$work/loop.rsp"
printf '/nologo /out:%s\\response ..\\corpus\\*.wsdl ..\\corpus\\types.xsd /wsp:..\\corpus\\external.wsp:http://host/x' "$work" > "$work/back.rsp"
check "backslashes" status 0 "$wsutil" "@$work/back.rsp"
check "absolute path" status 0 "$wsutil" /nologo "/out:$work/response" "$here/corpus/types.xsd"
check "retrieval location" status 0 "$wsutil" "/out:$work/response" /wsdl:policy.wsdl:http://host/policy.wsdl \
    /wsp:external.wsp:http://host/external.wsp

# ---- bad input: the number, the file and the line, said once; nothing is written ----
mkdir -p "$work/bad"
cd "$here/bad" || exit 1
while read -r file number line
do
    check "$file is refused" status 1 "$wsutil" /nologo "/out:$work/bad" "$file"
    check "$file: message" has "$work/log" "error WSUTIL$number  $file${line:+($line)}: "
    check "$file: said once" test -z "$(sort "$work/log" | uniq -d)"
done < "$here/errors.txt"
check "nothing was written" test -z "$(ls "$work/bad")"
check "wildcards before other elements" status 0 "$wsutil" /nologo "/out:$work/again" wildcard.xsd
check "of a base" has "$work/log" "warning WSUTIL1100  wildcard.xsd(3): type 'Longer': member 'any' takes any elements"
check "of the type itself" has "$work/log" "warning WSUTIL1100  wildcard.xsd(4): type 'First': "
check "and no others" test "$(grep -c WSUTIL1100 "$work/log")" = 2
check "a header that nothing defines" status 0 "$wsutil" /nologo "/out:$work/again" header.wsdl
check "its warning" has "$work/log" "warning WSUTIL1100  header.wsdl(5): "
check "its operation" has "$work/again/header.wsdl.h" "HRESULT WINAPI B_O("

# ---- C and C++ agree on the layout of derived structures ----
cat > "$work/layout.c" <<'EOF'
#include <WebServices.h>
#include "content.xsd.h"
#include "derived.xsd.h"
#ifdef __cplusplus
#define NAME(x) x##_cpp
#else
#define NAME(x) x##_c
#endif
#ifdef __cplusplus
extern "C"
#endif
const unsigned int NAME(sizes)[] = { sizeof(Base), sizeof(Middle), sizeof(Leaf), sizeof(Other), sizeof(Far) };
EOF
layout()    # C COMPILER, C++ COMPILER
{
    "$1" -I"$src/include" -I"$work/all" -S -o "$work/c.s" "$work/layout.c" &&
    "$2" -x c++ -I"$src/include" -I"$work/all" -S -o "$work/cpp.s" "$work/layout.c" &&
    test "$(grep -c '\.long' "$work/c.s")" = 5 &&
    test "$(grep '\.long' "$work/c.s")" = "$(grep '\.long' "$work/cpp.s" | head -n 5)"
}
check "layout, 64 bit" layout "$MINGW64" "$MINGWXX64"
check "layout, 32 bit" layout "$MINGW32" "$MINGWXX32"

# ---- 5,000 types in 10 MB ----
"$PYTHON" "$here/large.py" > "$work/large.wsdl"
begin=$(date +%s)
check "large input" timeout 60 "$wsutil" /nologo /nosummary "/out:$work" "$work/large.wsdl"
check "large input in seconds" test $(($(date +%s) - begin)) -le 20
check "large output" has "$work/large.wsdl.h" "typedef struct Type4999"
rm -f "$work"/large.*
"$PYTHON" "$here/large.py" 300 > "$work/large.wsdl"
check "300 types" "$wsutil" /nologo /nosummary "/out:$work" "$work/large.wsdl"
check "a compiler needs no gigabytes for them" sh -c 'ulimit -v 1500000; exec "$@"' sh "$MINGW64" -Wall -Wextra -Werror \
    -I"$src/include" -c -o "$work/large.o" "$work/large.wsdl.c"
rm -f "$work"/large.*

# ---- random values of everything, written and read with the generated descriptions, as C and as C++; the Windows program ----
libs64="-L$out/lib/x86_64 -lwebservices" libs32="-L$out/lib/i686 -lwebservices"
flags="-Wall -Wextra -Werror -I$src/include -I$here"
# Programs for 32-bit Windows are made of the generated files as C++.
build32()    # PROGRAM SOURCE FILES...
{
    program=$1
    shift
    "$MINGW32" $flags -c -o "$work/random32.o" "$here/random.c" &&
    "$MINGWXX32" $flags -I"$(dirname "$2")" -static-libgcc -o "$program" -x c++ "$@" -x none "$work/random32.o" $libs32
}
run32() { [ -z "$WSWINE_I386" ] || status 0 timeout 100 "$WSWINE" "$@"; }

if [ -n "$WSWINE" ]
then
    check "the round trip compiles" "$MINGW64" $flags -I"$work/all" -o "$work/roundtrip.exe" \
        "$here/roundtrip.c" "$here/random.c" "$work"/all/*.xsd.c $libs64
    check "round trip" status 0 "$WSWINE" "$work/roundtrip.exe"
    report
    check "the round trip compiles as 32-bit C++" build32 "$work/roundtrip32.exe" "$here/roundtrip.c" "$work"/all/*.xsd.c
    check "32-bit round trip" run32 "$work/roundtrip32.exe"
    report
    mkdir -p "$work/exe"
    cd "$here/corpus" || exit 1
    check "wsutil.exe" status 0 "$WSWINE" "$out/bin/wsutil.exe" /nologo /W:0 "/out:Z:$(echo "$work/exe" | tr / '\\')" \
        /wsdl:calculator.wsdl 'types.xsd'
    check "its summary" has "$work/log" "4 files generated"
    check "the same files" cmp "$work/exe/types.xsd.h" "$work/all/types.xsd.h"
    windows() { echo "Z:$1" | tr / '\\'; }
    printf '/nologo /out:%s\n/xsd:"%s"' "$(windows "$work/exe")" "$(windows "$here/corpus/language.xsd")" > "$work/exe.rsp"
    check "response file of wsutil.exe" status 0 "$WSWINE" "$out/bin/wsutil.exe" "@$(windows "$work/exe.rsp")"
    check "its file" cmp "$work/exe/language.xsd.h" "$work/all/language.xsd.h"
    check "its exit status and errors" status 1 "$WSWINE" "$out/bin/wsutil.exe" '..\bad\limit.xsd'
    check "its error text" has "$work/log" "error WSUTIL1003  ../bad/limit.xsd(2): "
fi

# ---- generated services, called by zeep and by generated clients ----
start_server()    # COMMAND...; it ends with its input, descriptor 9
{
    rm -f "$work/fifo"
    mkfifo "$work/fifo"
    timeout 250 "$WSWINE" "$@" < "$work/fifo" > "$work/server.log" 2>&1 &
    exec 9> "$work/fifo"
    for _ in $(seq 600); do grep -q ready "$work/server.log" && return 0; sleep 0.1; done
    cat "$work/server.log"
    return 1
}
stop_server() { exec 9>&-; wait; }
zeep()    # NAME PROGRAM ARGUMENTS...
{
    /usr/bin/python3 -c 'import zeep' 2> /dev/null || return
    what=$1
    shift
    check "$what" status 0 timeout 100 /usr/bin/python3 "$@"
    report
}

runtime=$here/runtime
port=${TEST_PORT:-18950}
if [ -n "$WSWINE" ]
then
    # each with its half only
    for half in noclient noservice
    do
        mkdir -p "$work/$half"
        check "a contract with /$half" "$wsutil" /nologo /nosummary /W:0 "/$half" "/out:$work/$half" "$runtime/echo.wsdl" \
            "$here/corpus/types.xsd" "$here/corpus/content.xsd"
    done
    check "the service compiles" "$MINGW64" $flags -I"$work/noclient" -o "$work/server.exe" "$runtime/server.c" \
        "$work"/noclient/*.c $libs64
    check "the client compiles" "$MINGW64" $flags -I"$work/noservice" -o "$work/client.exe" "$runtime/client.c" \
        "$here/random.c" "$work"/noservice/*.c $libs64
    check "the service starts" start_server "$work/server.exe" "$port"
    check "generated client" status 0 timeout 100 "$WSWINE" "$work/client.exe" "$port"
    report
    zeep "zeep" "$runtime/zeep_client.py" "$port"
    stop_server
fi

# ---- headers, bodies of several parts, encoded ones; with the options that change names, structures and helpers ----
styles()    # NAME FLAGS OPTION...: styles.exe, made with the options
{
    name=$1 define=$2
    shift 2
    mkdir -p "$work/$name"
    check "$name: the contract" "$wsutil" /nologo /nosummary /W:0 "$@" "/out:$work/$name" "$runtime/styles.wsdl"
    case $name in
    *32) check "$name compiles" build32 "$work/$name.exe" "$runtime/styles.c" "$work/$name/styles.wsdl.c" $define ;;
    *++) check "$name compiles" "$MINGWXX64" $flags $define -I"$work/$name" -static-libgcc -o "$work/$name.exe" -x c++ \
        "$runtime/styles.c" "$work/$name/styles.wsdl.c" -x none $libs64 ;;
    *) check "$name compiles" "$MINGW64" $flags $define -I"$work/$name" -o "$work/$name.exe" "$runtime/styles.c" \
        "$work/$name/styles.wsdl.c" $libs64 ;;
    esac
}
calls() { check "$1 is called by $2" status 0 timeout 100 "$WSWINE" "$work/$2.exe" call "$port"; report; }

if [ -n "$WSWINE" ]
then
    styles styles ''
    styles styles32 '' /nostamp
    styles prefixed++ -DPREFIXED /prefix:My_ /fullName /ignoreTrailingContent /ignoreUnhandledAttributes
    styles nopolicy -DNOPOLICY /nopolicy
    check "the service of all styles starts" start_server "$work/styles.exe" serve "$port"
    calls styles styles
    calls styles prefixed++
    calls styles nopolicy
    check "styles is called by styles32" run32 "$work/styles32.exe" call "$port"
    report
    zeep "zeep, all styles" "$runtime/zeep_styles.py" "$port"
    check "unknown content is refused" status 0 "$PYTHON" "$runtime/unknown_content.py" "$port" 500
    report
    stop_server
    check "the service with a prefix starts" start_server "$work/prefixed++.exe" serve "$port"
    calls prefixed++ styles
    check "unknown content is ignored" status 0 "$PYTHON" "$runtime/unknown_content.py" "$port" 200
    report
    stop_server
    check "the service without policy starts" start_server "$work/nopolicy.exe" serve "$port"
    calls nopolicy prefixed++
    stop_server
fi

# ---- policies: what their descriptions say; the helpers hand over a template of each kind; calls where no security is needed ----
policies()    # COMPILER LIBRARIES NAME: the generated sources call what policies.c puts in front of the functions of the DLL
{
    compiler=$1 libraries=$2 name=$3
    for file in policy attach
    do
        "$compiler" $flags -DWsCreateServiceProxyFromTemplate=observe_proxy -c -o "$work/$file.o" \
            -DWsCreateServiceEndpointFromTemplate=observe_endpoint "$work/all/$file.wsdl.c" || return 1
    done
    "$compiler" $flags -I"$work/all" -o "$work/$name.exe" "$runtime/policies.c" "$work/policy.o" "$work/attach.o" $libraries
}
if [ -n "$WSWINE" ]
then
    check "policies compile" policies "$MINGW64" "$libs64" policies
    check "policies compile for 32 bit" policies "$MINGW32" "$libs32" policies32
    check "policies are shown" status 0 "$WSWINE" "$work/policies.exe" show
    tail -n +2 "$runtime/policies.txt" > "$work/policies.txt"
    grep -v err: "$work/log" | tr -d '\r' > "$work/policies.log"
    check "their descriptions" diff "$work/policies.txt" "$work/policies.log"
    check "policies" status 0 timeout 100 "$WSWINE" "$work/policies.exe" call "$port"
    report
    check "32-bit policies" run32 "$work/policies32.exe" call "$port"
    report
fi

# ---- an operation for every element of the corpus, over SOAP 1.1, 1.2 and net.tcp; the client also as 32-bit C++ with WS_STRING ----
if [ -n "$WSWINE" ]
then
    every=$work/every
    mkdir -p "$every" "$work/zeep"
    cd "$here/corpus" || exit 1
    check "a contract of everything" "$PYTHON" "$runtime/every.py" "$every" ./*.xsd
    check "it compiles" "$wsutil" /nologo /nosummary /W:0 "/out:$every" ./*.xsd "$every"/*.wsdl
    check "its program compiles" "$MINGW64" $flags -I"$every" -o "$work/every.exe" "$runtime/every.c" "$here/random.c" \
        "$every"/*.c $libs64
    # the other client has counted strings, the same on the wire
    mkdir -p "$work/every32"
    cp "$every/every.h" "$work/every32/"
    check "it compiles with WS_STRING" "$wsutil" /nologo /nosummary /W:0 /string:WS_STRING "/out:$work/every32" ./*.xsd \
        "$every"/*.wsdl
    check "its program compiles as 32-bit C++" build32 "$work/every32.exe" "$runtime/every.c" "$work"/every32/*.c
    check "the service of everything starts" start_server "$work/every.exe" serve "$port"
    check "every element" status 0 timeout 100 "$WSWINE" "$work/every.exe" call "$port"
    report
    check "every element, 32-bit C++" run32 "$work/every32.exe" call "$port"
    report
    # zeep wants to download what the other schemas refer to
    check "a contract for zeep" "$PYTHON" "$runtime/every.py" "$work/zeep" types.xsd content.xsd derived.xsd
    zeep "zeep, every element" "$runtime/zeep_every.py" "$work/zeep/every.wsdl" "$port"
    stop_server
fi

# ---- others take the contracts that we take ----
if command -v wsdl2h > /dev/null && command -v soapcpp2 > /dev/null
then
    for wsdl in "$src/tests/programs/calculator.wsdl" "$here/runtime/echo.wsdl" \
        "$here/runtime/styles.wsdl" "$work/zeep/every.wsdl"
    do
        name=$(basename "$wsdl" .wsdl)
        mkdir -p "$work/gsoap-$name"
        cd "$work/gsoap-$name" || exit 1
        check "wsdl2h $name" status 0 wsdl2h -c -o "$name.h" "$wsdl"
        check "soapcpp2 $name" status 0 soapcpp2 -c -C -x "$name.h"
    done
fi

echo "$passed passed, $failed failed"
[ $failed = 0 ]
