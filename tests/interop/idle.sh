#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# 10,000 connections that were used once and stay open: the service keeps little of our memory for each, answers new requests, and has
# nothing left of them when they are gone, whether they end in order or are cut in the middle of a request.
. "$WS_SRC/tools/common.sh"
command -v python3 > /dev/null || { echo "python3 is not installed"; echo "0 passed, 0 failed"; exit 0; }
trap 'rm -rf "$calc_dir"; [ -z "$calc_pid" ] || kill -9 $calc_pid 2> /dev/null' EXIT
ulimit -n "$(ulimit -H -n)"
use_prefix
start_calculator "$(free_port "${TEST_PORT:-18990}")" || { echo "the service does not start"; echo "0 passed, 1 failed"; exit 1; }
timeout 120 python3 - "$calc_port" "$calc_pid" "${IDLE_CONNECTIONS:-10000}" <<'END'
import os, resource, socket, struct, sys, time
port, pid, wanted = map(int, sys.argv[1:4])
limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
count = min(wanted, limit - 200)
passed = failed = 0

def check(condition, text):
    global passed, failed
    if condition: passed += 1
    else:
        failed += 1
        print('failed:', text)

body = (b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Add xmlns="http://calculator.example/">'
        b'<a>2</a><b>3</b></Add></s:Body></s:Envelope>')
request = (b'POST /calculator HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\n'
           b'SOAPAction: "http://calculator.example/Add"\r\nContent-Length: %d\r\n\r\n' % len(body)) + body

def connect():
    s = socket.create_connection(('127.0.0.1', port), 20)
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return s

def call(s):
    s.sendall(request)
    return b'<result>5</result>' in s.recv(65536)

def anonymous():
    with open('/proc/%d/status' % pid) as f:
        return next(int(line.split()[1]) for line in f if line.startswith('RssAnon'))

def descriptors():
    return len(os.listdir('/proc/%d/fd' % pid))

def threads():
    return len(os.listdir('/proc/%d/task' % pid))

def wait(condition):
    end = time.time() + 20
    while not condition() and time.time() < end: time.sleep(0.1)
    return condition()

with connect() as s: check(call(s), 'the first request is not answered')
time.sleep(0.3)
fds, before, tasks = descriptors(), anonymous(), threads()
idle = []
for i in range(count):
    idle.append(connect())
    if not call(idle[-1]): check(False, 'connection %d is not answered' % i)
each = (anonymous() - before) * 1024 / count
print('%d idle connections, %d bytes of memory each' % (count, each))
check(each <= 2048, '%d bytes of memory for an idle connection' % each)
with connect() as s: check(call(s), 'a new request is not answered beside idle connections')
check(all(call(s) for s in idle[::97]), 'an idle connection does not serve any more')

# half of them end in order, half are reset, 200 of these in the middle of a request
for i, s in enumerate(idle):
    if i & 1:
        if i < 400: s.sendall(request[:len(request) // 2])
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    s.close()
with connect() as s: check(call(s), 'no answer after the connections were gone')
check(wait(lambda: descriptors() <= fds + 2), 'descriptors: %d before, %d after' % (fds, descriptors()))
check(wait(lambda: threads() <= tasks + 4), 'threads: %d before, %d after' % (tasks, threads()))
print('%d passed, %d failed' % (passed, failed))
END
if stop_calculator; then :; else echo "the service ended with $calc_status"; echo "0 passed, 1 failed"; fi
calc_pid=
