#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints a WSDL document of more than 10 MB with 5,000 types that refer to each other; large.py NUMBER with fewer."""
import sys

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 5000

print('''<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tns="urn:large" targetNamespace="urn:large"><wsdl:types>
<xs:schema targetNamespace="urn:large" elementFormDefault="qualified">''')
for i in range(COUNT):
    print(f'<xs:complexType name="Type{i}"><xs:annotation><xs:documentation>{"about a type " * 20}</xs:documentation>'
          '</xs:annotation><xs:sequence>')
    for j in range(20):
        print(f'  <xs:element minOccurs="0" maxOccurs="1" name="field{j}" nillable="true" type="xs:string" />')
    print(f'  <xs:element minOccurs="0" name="next" nillable="true" type="tns:Type{(i + 1) % COUNT}" />')
    print(f'  <xs:element minOccurs="0" maxOccurs="unbounded" name="many" type="tns:Type{i * 7 % COUNT}" />')
    print('</xs:sequence></xs:complexType>')
print('</xs:schema></wsdl:types></wsdl:definitions>')
