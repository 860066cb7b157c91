#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls the service of every.c with zeep, which reads the same contract: zeep_every.py WSDL PORT

What it sends comes back, for every construct that zeep models. All built-in types are among the calls of zeep_client.py:
here date, time and hexBinary would be in the way, whose values WWSAPI reads and writes in another form."""

import decimal
import sys

import zeep

client = zeep.Client(sys.argv[1])
failures = 0


def of(type_name, **values):
    return client.get_type('{urn:test:content}' + type_name)(**values)


def plain(value):
    """What zeep returned as dictionaries; absent and nil members left out, derived types named."""
    if isinstance(value, zeep.xsd.CompoundValue):
        members = {key: plain(getattr(value, key)) for key in dir(value)}
        return {key: member for key, member in members.items() if member not in (None, [], {})}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


POINT = dict(x=1, y=-2)
MATRIX = dict(v10=1, v00=2, v11=3, v01=4, s10='e', s00='x', s11='y', s01='z', b01=b'b', t10=POINT, t00=POINT, t11=POINT, t01=POINT,
              vn=[1, 2], vnil=[3, 4], sn=['a', 'b'], tn=[POINT, POINT], w10={'Point': [POINT]}, w11={'Point': [POINT, POINT]},
              w01={'Point': [POINT]}, ws01={'string': ['p', 'q']}, ranged=[1.5, 2.5])
FACETS = dict(color='dark blue', maybeColor='red', colors=['green', '1st'], percent=100, small=9, big=-5, unsigned=5, ratio=0.5,
              single=-1.5, price=decimal.Decimal('0.01'), code='ABC', dice=6, size='L')
LIST = dict(value=1, next=dict(value=2, next=dict(value=3)))
INNER = dict(deep=dict(leaf='l'), items=dict(item=[dict(n=1), dict(n=2)]))

# Operation and argument; zeep itself fails at a body that is a number.
CALLS = (
    ('types_Everything', dict(matrix=MATRIX, facets=FACETS, list=LIST, inner=INNER)),
    ('types_string', 'x & y'), ('types_Color', 'dark blue'),
    ('types_Point', POINT),
    ('content_attributes', dict(text='t', id='a1', priority=-3, version=7, kind='b', qualified=True, untyped='u')),
    ('content_money', dict(_value_1=decimal.Decimal('1.50'), currency='EUR', rate=0.25)),
    ('content_base', dict(id=1, tag='t')),
    ('content_narrow', dict(id=1, tag='t')),
    ('content_choice', dict(number=5)), ('content_choice', dict(text='x')), ('content_choice', dict(who=dict(id=3))),
    ('content_choice', dict(die=2)), ('content_choice', dict(anonymous=dict(a=9))),
    ('content_mixture', dict(choice=1, b='x', middle=2)),
    ('content_refs', dict(Ref=4, AnonymousLeaf=[dict(id=1, flag=True, name='n', more='m')])),
    ('derived_far', dict(id=1, flag=False, name='n', distance=-3, ref=dict(id=2), tag='t', mark=5)),
)


def check(name, got, want):
    global failures
    if got != want:
        failures += 1
        print(f'FAILED: {name}: {got!r} instead of {want!r}')


def call_derived(service):
    middle = of('Middle', id=1, flag=True, name='n', tag='t', mark=4)
    answer = service.content_holder(one=middle, many=[of('Base', id=2), of('Other', id=3), middle],
                                    money={'_value_1': decimal.Decimal('-2'), 'currency': 'EUR'},
                                    attributes={'text': 'x', 'id': 'a1', 'kind': 'b'})
    check('types', [type(item).__name__ for item in [answer.one] + answer.many], ['Middle', 'Base', 'Other', 'Middle'])
    check('derived', plain(answer.one), dict(id=1, flag=True, name='n', tag='t', mark=4))


def run(binding, path):
    service = client.create_service('{urn:test:every}' + binding, f'http://127.0.0.1:{sys.argv[2]}/{path}')
    for name, value in CALLS:
        answer = service[name](**value) if isinstance(value, dict) else service[name](value)
        check(f'{path} {name}', plain(answer), value)
    call_derived(service)


run('Every11', 'every11')
run('Every12', 'every12')
print(f'{failures} failures')
sys.exit(failures != 0)
