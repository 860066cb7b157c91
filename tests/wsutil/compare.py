#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what two versions of wsutil, such as that of Windows and ours, made of the same input.

usage: compare.py THEIRS OURS

Each is a .h or .c file, or a directory: then all files that both have are compared, and missing ones are named.
Compared is every declaration, description and function, token by token. Left out is what has no meaning for the
compiled program: comments, preprocessor lines, annotations of parameters, the GUID of the dictionary, white space,
zeros at the end of an initializer, 'struct' before a name, casts of the parameters of stubs. The exit status is 1
when something differs.
"""
import difflib
import os
import re
import sys

ANNOTATION = re.compile(r'\b(?:__(?:in|out|inout|deref|nullterminated|field|ecount)(?!t\d)\w*|'
                        r'_(?:In|Out|Inout|Outptr|Field_size|Deref|Success|Check_return)_\w*)')
GUID = re.compile(r'\{ 0x\w+ , 0x\w+ , 0x\w+ , \{ [^}]* \} \}')
SAME = [(re.compile(pattern), text) for pattern, text in (
    (r'static _WS_CONST', 'static const'),
    (r'const static', 'static const'),
    (r'\bstruct (\w+) \*', r'\1 *'),
    (r'\( WS_ASYNC_CONTEXT \* \) _asyncContext', '_asyncContext'),
    (r'\( (_stack - > \w+) \)', r'\1'),
    (r'& _argList', '_argList'),
    (r'(?:\( void \) )?\b_stackStruct ;', ''),
    (r', \}', ' }'),
    (r' +', ' '))]


def without_annotations(text):
    """Annotations may have arguments, with parentheses of their own."""
    parts, pos = [], 0
    for match in ANNOTATION.finditer(text):
        if match.start() < pos:
            continue
        parts.append(text[pos:match.start()])
        pos = match.end()
        if text[pos:pos + 1] == '(':
            depth = 0
            while pos < len(text):
                depth += {'(': 1, ')': -1}.get(text[pos], 0)
                pos += 1
                if depth == 0:
                    break
    return ''.join(parts) + text[pos:]


def statements(path):
    """The tokens of a file, in lines that end where a declaration, a member or an initializer ends."""
    with open(path, encoding='utf-8-sig') as file:
        text = file.read()
    # not what looks like a comment in a string
    text = re.sub(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/', r'\1', text, flags=re.S)
    text = without_annotations(re.sub(r'^[ \t]*#.*$', '', text, flags=re.M))
    text = ' '.join(re.findall(r'"(?:[^"\\]|\\.)*"|\w+|[^\s\w]', text))
    text = GUID.sub('GUID', text)
    for pattern, replacement in SAME:
        text = pattern.sub(replacement, text)
    while ', 0 }' in text:
        text = text.replace(', 0 }', ' }').replace('  ', ' ')
    return [line.strip() for line in re.sub(r'([;{}]|,)', r'\1\n', text).split('\n') if line.strip()]


def compare(theirs, ours):
    found = False
    for line in difflib.unified_diff(statements(theirs), statements(ours), theirs, ours, lineterm=''):
        found = True
        print(line)
    return found


def main(theirs, ours):
    if not os.path.isdir(theirs):
        return compare(theirs, ours)
    found = False
    for name in sorted(set(os.listdir(theirs)) | set(os.listdir(ours))):
        if not name.endswith(('.h', '.c')):
            continue
        pair = [os.path.join(directory, name) for directory in (theirs, ours)]
        if all(os.path.exists(path) for path in pair):
            found |= compare(*pair)
        else:
            print('only in %s: %s' % (theirs if os.path.exists(pair[0]) else ours, name))
            found = True
    return found


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
