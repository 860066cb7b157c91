# SPDX-License-Identifier: LGPL-2.1-or-later
# An HTTP server and an HTTP proxy that want authentication, for tests/interop/http_auth.sh:  server.py server|proxy
# Prints the port, then a line for each request. The last part of the path chooses what the server asks for.
import base64, hashlib, hmac, http.client, http.server, os, re, struct, sys, urllib.parse

USER, PASSWORD = "dom\\us\"er", "p:ä\u20ac s"
PONG = (b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Pong xmlns="http://test.example/"/>'
        b'</s:Body></s:Envelope>')
HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}
WAYS = {    # challenges by the name in the path
    "basic": ['Basic realm="a, Digest realm"'],
    "md5": ['Digest realm="r", qop="auth,auth-int", algorithm=MD5, nonce="%s", opaque="o,p=q"'],
    "old": ['Digest realm="r", nonce="%s"'],
    "sess": ['Digest realm="r", qop="auth", algorithm=MD5-sess, nonce="%s"'],
    "sha256": ['Digest realm="r", qop="auth", algorithm=SHA-256, nonce="%s"'],
    "both": ['Basic realm="x", Digest realm="r", qop="auth", nonce="%s"'],
    "unknown": ['Newscheme a="b", Basic realm="x"'],
    "ntlm": ['NTLM'],
}
seen = {}       # nonce: the last count


def parse(text):
    return {k.lower(): re.sub(r"\\(.)", r"\1", q) if q or not v else v
            for k, q, v in re.findall(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))', text)}


def check_digest(fields, method, uri, way):
    nonce = fields.get("nonce")
    if nonce not in seen or fields.get("uri") != uri or fields.get("username") != USER:
        return False
    algorithm = fields.get("algorithm", "MD5")
    base, _, sess = algorithm.partition("-sess") if algorithm.endswith("-sess") else (algorithm, "", "")
    digest = lambda text: HASHES[base](text.encode()).hexdigest()
    a1 = digest("%s:r:%s" % (USER, PASSWORD))
    if algorithm.endswith("-sess"):
        a1 = digest("%s:%s:%s" % (a1, nonce, fields["cnonce"]))
    a2 = digest("%s:%s" % (method, uri))
    if "qop" in fields:
        count = int(fields["nc"], 16)
        if count <= seen[nonce] or len(fields["nc"]) != 8:
            return False
        seen[nonce] = count
        want = digest(":".join((a1, nonce, fields["nc"], fields["cnonce"], fields["qop"], a2)))
    else:
        want = digest(":".join((a1, nonce, a2)))
    if way == "md5" and fields.get("opaque") != "o,p=q":
        return False
    return want == fields.get("response")


def md4(data):
    def turn(x, n):
        return (x << n | x >> 32 - n) & 0xffffffff

    state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + struct.pack("<Q", 8 * len(data))
    rounds = ((lambda x, y, z: x & y | ~x & z, 0, (3, 7, 11, 19), range(16)),
              (lambda x, y, z: x & y | x & z | y & z, 0x5a827999, (3, 5, 9, 13), [i % 4 * 4 + i // 4 for i in range(16)]),
              (lambda x, y, z: x ^ y ^ z, 0x6ed9eba1, (3, 9, 11, 15), (0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15)))
    for pos in range(0, len(padded), 64):
        words, (a, b, c, d) = struct.unpack("<16I", padded[pos:pos + 64]), state
        for mix, constant, shifts, order in rounds:
            for i, k in enumerate(order):
                a, b, c, d = d, turn((a + (mix(b, c, d) & 0xffffffff) + words[k] + constant) & 0xffffffff, shifts[i % 4]), b, c
        state = [(x + y) & 0xffffffff for x, y in zip(state, (a, b, c, d))]
    return struct.pack("<4I", *state)


CHALLENGE = b"\x01\x23\x45\x67\x89\xab\xcd\xef"


def ntlm_challenge():
    target = "dom".encode("utf-16-le")
    info = b"".join(struct.pack("<HH", kind, len(target)) + target for kind in (2, 1)) + b"\0\0\0\0"
    return (b"NTLMSSP\0" + struct.pack("<IHHII", 2, len(target), len(target), 48, 0x00828205) + CHALLENGE + b"\0" * 8 +
            struct.pack("<HHI", len(info), len(info), 48 + len(target)) + target + info)


def check_ntlm(message):
    """MS-NLMP 3.3.2: the proof of an NTLMv2 response."""
    def field(pos):
        size, _, offset = struct.unpack_from("<HHI", message, pos)
        return message[offset:offset + size]

    response, domain, user = field(20), field(28).decode("utf-16-le"), field(36).decode("utf-16-le")
    if (domain.lower(), user) != tuple(USER.split("\\")) or len(response) < 40:
        return False
    key = hmac.new(md4(PASSWORD.encode("utf-16-le")), (user.upper() + domain).encode("utf-16-le"), "md5").digest()
    return hmac.new(key, CHALLENGE + response[16:], "md5").digest() == response[:16]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy = connected = False       # connected: NTLM has authenticated the connection
    token = ""

    def log_message(self, *args):
        pass

    def send(self, status, headers=(), body=b"", kind="text/xml; charset=utf-8"):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if body:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def authorized(self, way):
        text = self.headers.get("Proxy-Authorization" if self.proxy else "Authorization", "")
        scheme, _, rest = text.partition(" ")
        if scheme == "Basic" and way in ("basic", "both", "unknown"):
            return base64.b64decode(rest).decode() == USER + ":" + PASSWORD
        if scheme == "Digest":
            return check_digest(parse(rest), self.command, self.path, way)
        if way == "ntlm" and scheme == "NTLM":
            token = base64.b64decode(rest)
            if token[8] == 1:
                self.token = base64.b64encode(ntlm_challenge()).decode()
            else:
                self.connected = check_ntlm(token)
        return way == "none" or way == "ntlm" and self.connected

    def do_POST(self):
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        way = os.environ.get("PROXY_WAY", "basic") if self.proxy else urllib.parse.urlsplit(self.path).path.split("/")[-1]
        allowed = self.authorized(way)
        print("%s %s %d %s" % ("proxy" if self.proxy else "server", way, len(body), "yes" if allowed else "no"), flush=True)
        if not allowed:
            nonce = os.urandom(8).hex()
            seen[nonce] = 0
            challenges = [c % nonce if "%s" in c else c for c in WAYS.get(way, ["Basic"])]
            if self.token:
                challenges, self.token = ["NTLM " + self.token], ""
            self.send(407 if self.proxy else 401, [("Proxy-Authenticate" if self.proxy else "WWW-Authenticate", c) for c in challenges],
                      b"denied", "text/plain")
        elif self.proxy:
            self.forward(body)
        elif not body:
            self.send(400)
        else:
            self.send(200, body=PONG)

    def forward(self, body):
        parts = urllib.parse.urlsplit(self.path)
        remote = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in ("proxy-authorization", "transfer-encoding", "host")}
        remote.request("POST", urllib.parse.urlunsplit(("", "", parts.path, parts.query, "")), body, headers)
        reply = remote.getresponse()
        data = reply.read()
        self.send(reply.status, [(k, v) for k, v in reply.getheaders() if k.lower() == "www-authenticate"], data,
                  reply.getheader("Content-Type", "text/plain"))


Handler.proxy = sys.argv[1] == "proxy"
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
server.daemon_threads = True
print("ready", flush=True)
server.serve_forever()
