# SPDX-License-Identifier: LGPL-2.1-or-later
"""Raw HTTP requests to the calculator on PORT, and the status of each reply."""
import re
import socket
import sys
import time

PORT = int(sys.argv[1])
BODY = (b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Add xmlns="http://calculator.example/">'
        b'<a>2</a><b>3</b></Add></s:Body></s:Envelope>')
RESULT = b'<result>5</result>'
passed = failed = 0


def check(name, condition, detail):
    global passed, failed
    if condition:
        passed += 1
    else:
        failed += 1
        print('failed: %s: %r' % (name, detail))


def request(framing, body=BODY, target='/calculator', method='POST'):
    return (b'%s %s HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: text/xml; charset=utf-8\r\n'
            b'SOAPAction: "http://calculator.example/Add"\r\n%s\r\n%s'
            % (method.encode(), target.encode(), PORT, framing, body))


def length(body=BODY):
    return b'Content-Length: %d\r\n' % len(body)


def chunked(sizes, end=b'0\r\n\r\n'):
    out, pos = b'', 0
    for size in sizes:
        part = BODY[pos:pos + size]
        out += b'%x;ext="a b"\r\n%s\r\n' % (len(part), part)
        pos += size
    return out + b'%x\r\n%s\r\n' % (len(BODY) - pos, BODY[pos:]) + end


def exchange(parts, address='127.0.0.1', replies=1, delay=0):
    """(statuses, bodies joined, whether the server closed the connection)"""
    data = b''
    with socket.create_connection((address, PORT), 20) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        closed = False
        try:
            for part in parts:
                sock.sendall(part)
                time.sleep(delay)
        except OSError:
            closed = True       # refused while it was still being sent: what was answered can be read
        end = time.monotonic() + 20
        while time.monotonic() < end:
            done = len(re.findall(rb'HTTP/1\.1 [2-5]', data)) >= replies
            sock.settimeout(0.3 if done else 20)
            try:
                got = sock.recv(65536)
            except socket.timeout:
                break
            except OSError:
                closed = True
                break
            if not got:
                closed = True
                break
            data += got
    return [int(code) for code in re.findall(rb'HTTP/1\.1 (\d+)', data)], data, closed


GOOD = request(length())
# name, request, status, whether the connection must be closed
CASES = [
    ('length and chunks', request(length() + b'Transfer-Encoding: chunked\r\n'), 400, True),
    ('chunks and length', request(b'Transfer-Encoding: chunked\r\n' + length(), chunked([])), 400, True),
    ('two lengths that differ', request(length() + b'Content-Length: 5\r\n'), 400, True),
    ('two lengths in one header', request(b'Content-Length: %d, 5\r\n' % len(BODY)), 400, True),
    ('a length with a sign', request(b'Content-Length: +%d\r\n' % len(BODY)), 400, True),
    ('a length in hexadecimal', request(b'Content-Length: 0x10\r\n'), 400, True),
    ('a length without digits', request(b'Content-Length: \r\n'), 400, True),
    ('bare line feeds', GOOD.replace(b'\r\n', b'\n'), 400, True),
    ('one bare line feed', GOOD.replace(b'charset=utf-8\r\n', b'charset=utf-8\n'), 400, True),
    ('a space before the colon', GOOD.replace(b'Content-Length:', b'Content-Length :'), 400, True),
    ('a folded header', GOOD.replace(b'text/xml;', b'text/xml;\r\n '), 400, True),
    ('a chunk size that is none', request(b'Transfer-Encoding: chunked\r\n', b'xyz\r\n'), 400, True),
    ('a chunk without its end', request(b'Transfer-Encoding: chunked\r\n', b'3\r\nabcdef\r\n0\r\n\r\n'), 400, True),
    ('no Host', GOOD.replace(b'Host: localhost:%d\r\n' % PORT, b''), 400, True),
    ('a long target', request(length(), target='/' + 'a' * 70000), 414, True),
    ('a long header', request(b'X-Long: ' + b'a' * 300000 + b'\r\n' + length()), 431, True),
    ('many headers', request(b''.join(b'X-%d: a\r\n' % i for i in range(5000)) + length()), 431, True),
    ('a body over the limit', request(b'Content-Length: 99999999999\r\n', b''), 413, True),
    ('another path', request(length(), target='/calculators'), 404, False),
    ('another method', request(length(), method='PUT'), 405, False),
    ('another content type', GOOD.replace(b'text/xml', b'text/plain'), 415, False),
    ('chunks', request(b'Transfer-Encoding: chunked\r\n', chunked([1, 2, 30])), 200, False),
    ('chunks with a trailer', request(b'Transfer-Encoding: chunked\r\n', chunked([9], b'0\r\nX-A: b\r\n\r\n')), 200, False),
]
for name, data, status, closes in CASES:
    statuses, reply, closed = exchange([data])
    check(name, statuses == [status] and (closed or not closes), (statuses, closed, reply[:200]))
    check(name + ', and the next client is served', exchange([GOOD])[0] == [200], '')

statuses, reply, _ = exchange([GOOD * 5], replies=5)
check('five at once', statuses == [200] * 5 and reply.count(RESULT) == 5, reply)
statuses, reply, _ = exchange([GOOD[i:i + 7] for i in range(0, len(GOOD), 7)], delay=0.005)
check('in pieces of 7 bytes', statuses == [200] and RESULT in reply, reply)
head, body = GOOD[:-len(BODY)], BODY
statuses, reply, _ = exchange([head.replace(b'\r\n\r\n', b'\r\nExpect: 100-continue\r\n\r\n'), body], delay=0.5)
check('Expect: 100-continue', statuses == [100, 200] and RESULT in reply, reply)
if socket.has_ipv6:
    try:
        statuses, reply, _ = exchange([GOOD], address='::1')
        check('IPv6', statuses == [200], reply)
    except OSError as e:
        with socket.socket(socket.AF_INET6) as probe:
            try:
                probe.bind(('::1', 0))
                check('IPv6', False, e)
            except OSError:
                print('this machine has no IPv6: not tried')
print('%d passed, %d failed' % (passed, failed))
sys.exit(failed != 0)
