# SPDX-License-Identifier: LGPL-2.1-or-later
"""The matrix for a terminal."""
from . import model


def cell(result):
    if result is None:
        return '-'
    counts = '%d' % result['checks']
    for field, letter in (('failures', 'f'), ('todo', 't'), ('skipped', 's')):
        if result[field]:
            counts += ' %d%s' % (result[field], letter)
    return counts if result['status'] == 'passed' else '%s (%s)' % (result['status'], counts)


def matrix(run, details=True):
    """Lines: differences between the DLLs first, then what fails everywhere, then the rest; totals last."""
    names = [dll['name'] for dll in run['dlls']]
    tests = sorted(run['tests'], key=lambda t: (not model.differs(t), not fails(t), t['program'], t['function']))
    rows = [['test'] + names]
    for test in tests:
        title = test['program'] + (':' + test['function'] if test['function'] else '')
        rows.append([title] + [cell(test['results'].get(name)) for name in names])
    rows.append(['total'] + [total(run, name) for name in names])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ['  '.join(value.ljust(width) for value, width in zip(row, widths)).rstrip() for row in rows]
    lines.insert(1, '  '.join('-' * width for width in widths))
    lines.insert(-1, lines[1])
    lines.append('Cells: checks, then f = failures, t = todo, s = skipped.')
    for dll in run['dlls']:
        lines.append('%s: %s' % (dll['name'], 'UNUSABLE: ' + dll['problem'] if dll['problem'] else dll['path']))
    if details:
        lines += failing_lines(run, names, tests)
    return lines


def fails(test):
    return any(result['status'] != 'passed' for result in test['results'].values())


def total(run, name):
    results = [test['results'][name] for test in run['tests'] if name in test['results']]
    bad = sum(result['status'] != 'passed' for result in results)
    return '%d checks, %d of %d tests not passed' % (sum(r['checks'] for r in results), bad, len(results))


def programs(run):
    """A line for each program, with what it did on the first DLL, for a script to read."""
    name, sums = run['dlls'][0]['name'], {}
    for test in run['tests']:
        result, line = test['results'][name], sums.setdefault(test['program'], [0, 0, 0.0])
        failures = result['failures'] or result['status'] != 'passed'
        line[0] += result['checks'] - result['failures']
        line[1] += failures
        line[2] += result['seconds']
    return ['%s: %d passed, %d failed in %.1f s' % ((program,) + tuple(line)) for program, line in sorted(sums.items())]


def failing_lines(run, names, tests, most=10):
    lines = []
    problems = {dll['problem'] for dll in run['dlls']}
    for test in tests:
        for name in names:
            result = test['results'].get(name)
            if not result or result['status'] == 'passed' or (set(result['lines']) and set(result['lines']) <= problems):
                continue
            lines.append('')
            lines.append('%s:%s on %s: %s' % (test['program'], test['function'], name, result['status']))
            lines += ['    ' + line for line in result['lines'][:most]]
            if len(result['lines']) > most:
                lines.append('    ... and %d more lines' % (len(result['lines']) - most))
    return lines


def comparison(rows):
    lines = []
    for program, function, dll, old, new, verdict in rows:
        if verdict == 'same':
            continue
        title = program + (':' + function if function else '')
        lines.append('%-6s  %s on %s: %s -> %s' % (verdict, title, dll, cell(old), cell(new)))
        if verdict == 'worse':
            known = set(old['lines']) if old else set()
            lines += ['        ' + line for line in new['lines'] if line not in known][:10]
    return lines or ['nothing changed']
