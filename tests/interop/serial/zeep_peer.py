#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""zeep's end of serial.sh: zeep_peer.py WSDL. Reads the files that ours wrote in the current directory and writes what it got:
data-N.zeep.xml, item-N.zeep.xml."""

import glob
import sys

import lxml.etree
import zeep

types = zeep.Client(sys.argv[1]).wsdl.types
files = failures = 0
for path in sorted(glob.glob('data-*.xml') + glob.glob('item-*.xml')):
    stem = path[:-len('.xml')]
    if '.' in stem:
        continue
    files += 1
    try:
        element = types.get_element('{urn:test:data}Data' if stem.startswith('data') else '{urn:test:item}Item')
        value = element.parse(lxml.etree.parse(path).getroot(), types)
        parent = lxml.etree.Element('parent')
        element.render(parent, value)
        with open(f'{stem}.zeep.xml', 'wb') as file:
            file.write(lxml.etree.tostring(parent[0]))
    except Exception as error:
        failures += 1
        print(f'FAILED: {path}: {error!r}')
print(f'zeep: {files} files, {failures} failures')
sys.exit(failures != 0 or not files)
