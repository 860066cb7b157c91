#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes a contract with one operation for every global element of the schemas, which takes it and gives it back.

usage: every.py DIRECTORY SCHEMA...

DIRECTORY gets every.wsdl (SOAP 1.1 and 1.2 over HTTP), every_tcp.wsdl (net.tcp, a binding of the port type of the other
document) and every.h, which lists the operations.
"""
import os
import sys
import xml.etree.ElementTree as ET
from xml.sax.saxutils import quoteattr

XS = '{http://www.w3.org/2001/XMLSchema}'
SOAP = {'soap': 'http://schemas.xmlsoap.org/wsdl/soap/', 'soap12': 'http://schemas.xmlsoap.org/wsdl/soap12/'}
HTTP, TCP = 'http://schemas.xmlsoap.org/soap/http', 'http://schemas.microsoft.com/soap/tcp'


def operations(schemas):
    for number, path in enumerate(schemas):
        root = ET.parse(path).getroot()
        stem = os.path.splitext(os.path.basename(path))[0]
        for element in root.findall(XS + 'element'):
            if element.get('abstract') != 'true' and element.get('substitutionGroup') is None:
                yield '%s_%s' % (stem, element.get('name')), 'n%d:%s' % (number, element.get('name'))


def binding(name, soap, transport, port_type, names, policy=''):
    yield '  <binding name="%s" type="%s">%s' % (name, port_type, policy)
    yield '    <%s:binding transport="%s"/>' % (soap, transport)
    for op in names:
        yield ('    <operation name="{0}"><{1}:operation soapAction="urn:test:every/{0}" style="document"/>'
               '<input><{1}:body use="literal"/></input><output><{1}:body use="literal"/></output></operation>').format(op, soap)
    yield '  </binding>'


def definitions(namespace, extra):
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield ('<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
           'xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl" targetNamespace="%s"' % namespace)
    yield '  xmlns:t="%s" %s' % (namespace, ' '.join('xmlns:%s=%s' % (p, quoteattr(ns)) for p, ns in extra.items())) + '>'


def http_document(directory, schemas, ops):
    spaces = [ET.parse(path).getroot().get('targetNamespace') for path in schemas]
    yield from definitions('urn:test:every', {**SOAP, **{'n%d' % i: ns for i, ns in enumerate(spaces)}})
    yield '  <types><xs:schema targetNamespace="urn:test:every:imports">'
    for path, ns in zip(schemas, spaces):
        yield '    <xs:import namespace=%s schemaLocation=%s/>' % (quoteattr(ns), quoteattr(os.path.relpath(path, directory)))
    yield '  </xs:schema></types>'
    for name, element in ops:
        yield '  <message name="%s"><part name="body" element=%s/></message>' % (name, quoteattr(element))
    yield '  <portType name="IEvery">'
    for name, _ in ops:
        yield ('    <operation name="{0}"><input message="t:{0}" wsaw:Action="urn:test:every/{0}"/>'
               '<output message="t:{0}" wsaw:Action="urn:test:every/{0}"/></operation>').format(name)
    yield '  </portType>'
    names = [name for name, _ in ops]
    yield from binding('Every11', 'soap', HTTP, 't:IEvery', names)
    yield from binding('Every12', 'soap12', HTTP, 't:IEvery', names)
    yield '  <service name="Every">'
    yield '    <port name="Every11" binding="t:Every11"><soap:address location="http://localhost/every11"/></port>'
    yield '    <port name="Every12" binding="t:Every12"><soap12:address location="http://localhost/every12"/></port>'
    yield '  </service>'
    yield '</definitions>'


def tcp_document(ops):
    policy = ('<wsp:Policy xmlns:wsp="http://www.w3.org/ns/ws-policy"><msb:BinaryEncoding '
              'xmlns:msb="http://schemas.microsoft.com/ws/06/2004/mspolicy/netbinary1"/><wsaw:UsingAddressing/></wsp:Policy>')
    yield from definitions('urn:test:every:tcp', {**SOAP, 'e': 'urn:test:every'})
    yield '  <import namespace="urn:test:every" location="every.wsdl"/>'
    yield from binding('EveryTcp', 'soap12', TCP, 'e:IEvery', [name for name, _ in ops], policy)
    yield '  <service name="EveryTcp">'
    yield '    <port name="EveryTcp" binding="t:EveryTcp"><soap12:address location="net.tcp://localhost/every"/></port>'
    yield '  </service>'
    yield '</definitions>'


def list_of_operations(ops):
    yield '/* EVERY( x ): x( operation ) for each of them, in the order of the contract. */'
    yield '#define EVERY( x ) ' + ' '.join('x( %s )' % name for name, _ in ops)


def main(directory, schemas):
    ops = list(operations(schemas))
    for name, lines in (('every.wsdl', http_document(directory, schemas, ops)), ('every_tcp.wsdl', tcp_document(ops)),
                        ('every.h', list_of_operations(ops))):
        with open(os.path.join(directory, name), 'w', encoding='utf-8') as file:
            file.write('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2:])
