#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""zeep calls styles.exe from the same WSDL: headers, bodies of one part and of several, rpc, encoded.

usage: zeep_styles.py PORT
"""
import os
import sys
import time

import zeep

PORT = int(sys.argv[1])
NAMESPACE = '{urn:test:styles}'
failures = 0


def check(what, same):
    global failures
    if not same:
        failures += 1
        print('%s differs' % what)


def service(client, name, path):
    return client.create_service('%s%s' % (NAMESPACE, name), 'http://127.0.0.1:%d/%s' % (PORT, path))


def main():
    client = zeep.Client(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'styles.wsdl'))
    session = client.get_element(NAMESPACE + 'Session')
    for name in ('Doc11', 'Doc12'):
        doc = service(client, name, name.lower())
        reply = doc.Greet(name='Ada', times=4, _soapheaders={'session': {'token': 'Z', 'hops': 1}, 'locale': 'en'})
        check('%s Greet' % name, reply.body.text == 'Hello, Ada of Z' and reply.body.times == 8)
        check('%s header of Greet' % name, reply.header.session.token == 'Z' and reply.header.session.hops == 2)
        reply = doc.Pair(count=3, place={'x': 4, 'label': 'a < b'})
        check('%s Pair' % name, reply.count == 4 and reply.place.x == 7 and reply.place.label == 'a < b')
        before = doc.Notes()
        doc.Note(text='four', _soapheaders=[session(token='', hops=6)])
        for _ in range(500):  # a one-way call returns before the service has run
            after = doc.Notes()
            if after == before + 10:
                break
            time.sleep(0.02)
        check('%s Notes' % name, after == before + 10)
        try:
            doc.Greet(name='Ada', times=4)
            check('%s Greet without headers' % name, False)
        except zeep.exceptions.Fault:
            pass
    reply = service(client, 'Rpc', 'rpc').Add(a=1, b=2, at={'x': 3}, _soapheaders={'session': {'token': 'R', 'hops': 0}})
    check('Add', reply.body.sum == 3 and reply.body.at.x == -3 and reply.header.session.hops == 1)
    check('Join', service(client, 'Encoded', 'encoded').Join(first='up', second=2) == 'up-2')
    plain = service(client, 'Plain', 'plain')
    check('First', plain.First(n=5) == 6)
    check('Second', plain.Second(n=5) == 105)
    print('%d failures' % failures)


main()
sys.exit(failures != 0)
