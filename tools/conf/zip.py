# SPDX-License-Identifier: LGPL-2.1-or-later
"""Packs the conformance programs for Windows: python3 tools/conf/zip.py OUT_DIRECTORY ZIP_FILE"""
import os
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))


def add(archive, source, name, text=False):
    with open(source, 'rb') as file:
        data = file.read()
    info = zipfile.ZipInfo('conformance/' + name, (1980, 1, 1, 0, 0, 0))     # the same input gives the same archive
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, data.replace(b'\n', b'\r\n') if text else data)


def main(out, target):
    programs = [(kind, name) for kind in ('x86_64', 'i686')
                for name in sorted(os.listdir(os.path.join(out, 'conformance', kind))) if name.endswith('.exe')]
    with zipfile.ZipFile(target + '.new', 'w') as archive:
        add(archive, os.path.join(HERE, 'windows-readme.txt'), 'README.txt', text=True)
        add(archive, os.path.join(HERE, 'run.cmd'), 'run.cmd', text=True)
        for kind, name in programs:
            add(archive, os.path.join(out, 'conformance', kind, name), kind + '/' + name)
    os.replace(target + '.new', target)
    print('%s: %d programs' % (target, len(programs)))


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2])
