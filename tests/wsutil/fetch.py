#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Gives wsutil documents that refer to a server in every way they can: it must not connect.

usage: fetch.py DIRECTORY COMMAND...

DIRECTORY gets the documents, the command the first of them as a further argument.
"""
import os
import socket
import subprocess
import sys

SCHEMA = '''<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:fetch"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:fetch http://{0}/self.xsd"
  xmlns:xi="http://www.w3.org/2001/XInclude"><?xml-stylesheet href="http://{0}/style.xsl" type="text/xsl"?>
  <xs:include schemaLocation="http://{0}/include.xsd"/><xs:import namespace="urn:other" schemaLocation="http://{0}/import.xsd"/>
  <xs:annotation><xs:documentation><xi:include href="http://{0}/text.xml"/></xs:documentation></xs:annotation>
  <xs:element name="e" type="xs:int"/></xs:schema>'''
DOCTYPE = '''<!DOCTYPE xs:schema PUBLIC "-//x//y" "http://{0}/x.dtd" [<!ENTITY % p SYSTEM "http://{0}/p.ent"> %p;
  <!ENTITY e SYSTEM "http://{0}/e.xml">]>'''


def main(directory, command):
    with socket.socket() as server:
        server.bind(('127.0.0.1', 0))
        server.listen()
        server.setblocking(False)
        host = '127.0.0.1:%d' % server.getsockname()[1]
        for name, text, expected in (('fetch.xsd', SCHEMA, 0), ('doctype.xsd', DOCTYPE + SCHEMA, 1)):
            path = os.path.join(directory, name)
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text.format(host))
            status = subprocess.run([*command, path], check=False).returncode
            if status != expected:
                return '%s: status %d' % (name, status)
            try:
                server.accept()
                return '%s: it has connected' % name
            except BlockingIOError:
                pass
    return 0


sys.exit(main(sys.argv[1], sys.argv[2:]))
