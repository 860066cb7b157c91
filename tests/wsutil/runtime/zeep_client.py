#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls server.exe with zeep, which reads the same WSDL document: zeep_client.py PORT"""

import datetime
import decimal
import os
import sys

import zeep

port = sys.argv[1]
client = zeep.Client(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'echo.wsdl'))
failures = 0


def service(binding, path):
    return client.create_service('{urn:test:echo}' + binding, f'http://127.0.0.1:{port}/{path}')


def check(name, got, want):
    global failures
    if got == want:
        return
    failures += 1
    print(f'FAILED: {name}: {got!r} instead of {want!r}')


def run(echo, name):
    numbers = dict(b=-128, ub=255, s=-32768, us=65535, i=-2147483648, ui=4294967295, l=-9223372036854775808,
                   ul=18446744073709551615, f=1.5, d=-2.25e-100, dec=decimal.Decimal('123456789.0987654321'), flag=True)
    check(f'{name} Numbers', zeep.helpers.serialize_object(echo.Numbers(**numbers), dict), numbers)
    texts = dict(text='a < b & \u20ac', uri='http://example.org/?a=b', data=b'\x00\xff\x10', color='dark blue',
                 when=datetime.datetime(2020, 2, 29, 12, 34, 56, 789000, datetime.timezone.utc),
                 span=datetime.timedelta(days=3, hours=4, seconds=5))
    check(f'{name} Texts', zeep.helpers.serialize_object(echo.Texts(**texts), dict), texts)
    lists = dict(ints=[1, 2, 3], strings={'string': ['a', 'b c', 'd']}, points={'Point': [{'x': 1, 'y': -1}, {'x': 0, 'y': 2}]})
    check(f'{name} Lists', zeep.helpers.serialize_object(echo.Lists(**lists), dict), lists)
    for nils in (dict(n=None, s=None, p=None, o=None), dict(n=0, s='x', p={'x': 1, 'y': 2}, o='y')):
        got = zeep.helpers.serialize_object(echo.Nils(**nils), dict)
        if got['p'] == {'x': None, 'y': None}:  # how zeep represents a nil structure
            got['p'] = None
        check(f'{name} Nils', got, nils)
    check(f'{name} Divide', zeep.helpers.serialize_object(echo.Divide(17, 5), dict), {'quotient': 3, 'rest': 2})
    try:
        echo.Divide(17, 0)
        check(f'{name} fault', 'no fault', 'fault')
    except zeep.exceptions.Fault as fault:
        detail = fault.detail.find('.//{urn:test:echo}dividend') if fault.detail is not None else None
        check(f'{name} fault detail', detail is not None and detail.text, '17')
    check(f'{name} Spell', echo.Spell(1), 'one')
    before = echo.Notified()
    echo.Notify(5)
    for _ in range(100):
        if echo.Notified() == before + 5:
            break
    check(f'{name} Notify', echo.Notified(), before + 5)
    mixture = echo.Mixture(choice=1, a=2, middle=3, _value_1=None)
    check(f'{name} Mixture', (mixture.choice, mixture.a, mixture.middle), (1, 2, 3))
    base = echo.Base(id=7, tag='t')
    check(f'{name} Base', (base.id, base.tag), (7, 't'))
    middle = client.get_type('{urn:test:content}Middle')(id=1, flag=True, name='n', tag='t', mark=4)
    holder = echo.Holder(one=middle, many=[{'id': 2}, middle], money={'_value_1': decimal.Decimal('1.50'), 'currency': 'EUR'},
                         attributes={'text': 'x', 'id': 'a1', 'kind': 'b', 'priority': 3})
    check(f'{name} Holder', (type(holder.one).__name__, holder.one.name, holder.many[0].id, holder.many[1].mark,
                             holder.money._value_1, holder.money.currency, holder.attributes.kind,
                             holder.attributes.priority),
          ('Middle', 'n', 2, 4, decimal.Decimal('1.50'), 'EUR', 'b', 3))


run(service('Echo11', 'echo11'), 'SOAP 1.1')
run(service('Echo12', 'echo12'), 'SOAP 1.2')
moved = service('Move', 'move').Move({'x': 1, 'y': 2}, 40, 'here')
check('Move', (moved.moved.x, moved.moved.y, moved.label), (41, 2, 'here'))
print(f'{failures} failures')
sys.exit(failures != 0)
