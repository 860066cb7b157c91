#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Sends styles.exe elements and attributes that its contract does not know.

usage: unknown_content.py PORT STATUS

STATUS is that of the answers: 200 from a service made with /ignoreTrailingContent and /ignoreUnhandledAttributes, else 500.
"""
import sys
import urllib.error
import urllib.request

ENVELOPE = ('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Count xmlns="urn:test:styles">5</Count>'
            '<Place xmlns="urn:test:styles"%s><x>1</x><label>l</label>%s</Place></s:Body></s:Envelope>')


def post(port, attribute, element):
    request = urllib.request.Request('http://127.0.0.1:%s/doc11' % port, (ENVELOPE % (attribute, element)).encode(), {
        'Content-Type': 'text/xml; charset=utf-8', 'SOAPAction': '"urn:test:styles/Pair"'})
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as reply:
        return reply.code, reply.read().decode()


def main(port, expected):
    failed = False
    for attribute, element, want in (('', '', 200), (' more="1"', '', expected), ('', '<more>1</more><x>2</x>', expected),
                                     (' more="1"', '<o:more xmlns:o="urn:o"/>', expected)):
        status, text = post(port, attribute, element)
        if status != want or (status == 200 and '<x>6</x>' not in text):
            failed = True
            print('%s %s: status %d instead of %d: %s' % (attribute, element, status, want, text))
    return failed


sys.exit(main(sys.argv[1], int(sys.argv[2])))
