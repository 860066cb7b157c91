# SPDX-License-Identifier: LGPL-2.1-or-later
"""Results of test functions, how they are read from a program's output, and how two runs compare.

A run is a plain dict, saved as JSON:
  {"format": 1, "started": ISO time, "dlls": [{"name", "kind", "path", "problem"}],
   "tests": [{"program", "function", "results": {dll name: RESULT}}]}
RESULT is {"status", "checks", "failures", "todo", "skipped", "seconds", "lines"}; lines are the failing ones.
"""
import json
import re

# From best to worst. 'unusable' means that the DLL could not be tried: it never counts as a pass.
STATUSES = ['passed', 'failed', 'no summary', 'crashed', 'timed out', 'unusable']
RANK = {status: rank for rank, status in enumerate(STATUSES)}

# Wine's test.h has changed over the years: the process id, the number of flaky checks and a time stamp behind the line
# number are not in all of its forms.
SUMMARY = re.compile(r'^(?:[0-9a-f]{4,}:)?(?P<name>[\w.-]+): (?P<checks>\d+) tests executed \((?P<todo>\d+) marked as todo, '
                     r'(?:\d+ as flaky, )?(?P<failures>\d+) failures?\), (?P<skipped>\d+) skipped\.', re.M)
FAILING = re.compile(r'^(?P<place>[\w./-]+:\d+):(?:\d+\.\d+:?)? (?:.*?)'
                     r'(?:Test failed|Test succeeded inside (?:flaky )?todo block)', re.M)
CRASH = re.compile(r'unhandled exception|Unhandled page fault|Unhandled exception|wine: Call from .* to unimplemented', re.I)


def empty_result(status, seconds=0.0, lines=()):
    return {'status': status, 'checks': 0, 'failures': 0, 'todo': 0, 'skipped': 0, 'seconds': round(seconds, 2),
            'lines': list(lines)}


def judge(output, exit_code, seconds, timed_out):
    """The RESULT of one process of a test program."""
    lines = [line for line in output.replace('\r', '').split('\n') if FAILING.match(line) or CRASH.search(line)]
    result = empty_result('passed', seconds, lines)
    summaries = list(SUMMARY.finditer(output.replace('\r', '')))
    for summary in summaries:
        for field in ('checks', 'failures', 'todo', 'skipped'):
            result[field] += int(summary.group(field))
    if timed_out:
        result['status'] = 'timed out'
    elif any(CRASH.search(line) for line in lines) or (exit_code < 0) or (not summaries and exit_code not in (0, 1)):
        result['status'] = 'crashed'
        if not lines:
            result['lines'] = ['ended with exit code %d and no summary' % exit_code] + tail(output)
    elif not summaries:
        result['status'] = 'no summary'
        result['lines'] = ['ended with exit code %d and no summary' % exit_code] + tail(output)
    elif result['failures'] or exit_code:
        result['status'] = 'failed'
        if not result['lines']:
            result['lines'] = ['exit code %d' % exit_code] + tail(output)
    return result


def tail(output, count=5):
    return [line for line in output.replace('\r', '').split('\n') if line.strip()][-count:]


def worse(new, old):
    """Whether RESULT `new` is a step back from `old` (None: it was not run before)."""
    if old is None:
        return new['status'] != 'passed'
    if RANK[new['status']] != RANK[old['status']]:
        return RANK[new['status']] > RANK[old['status']]
    # As many failures as before may still be other ones.
    return new['failures'] > old['failures'] or bool(set(places(new)) - set(places(old)))


def places(result):
    """Source places of the failing lines: they stay the same from run to run, the values in the text may not."""
    return [match.group('place') for match in map(FAILING.match, result['lines']) if match]


def index(run):
    """(program, function, dll) -> RESULT"""
    return {(test['program'], test['function'], dll): result
            for test in run['tests'] for dll, result in test['results'].items()}


def compare(new_run, old_run):
    """Rows (program, function, dll, old RESULT or None, new RESULT or None, 'worse' | 'better' | 'same' | 'gone')."""
    new, old = index(new_run), index(old_run)
    rows = []
    for key in sorted(set(new) | set(old)):
        if key not in new:
            # Not asked for this time (another program or DLL) is no loss; a function missing from a program that ran is.
            ran = any(other[0] == key[0] and other[2] == key[2] for other in new)
            if ran:
                rows.append(key + (old[key], None, 'gone'))
            continue
        before, after = old.get(key), new[key]
        if worse(after, before):
            verdict = 'worse'
        elif before is None or worse(before, after):
            verdict = 'better'
        else:
            verdict = 'same'
        rows.append(key + (before, after, verdict))
    return rows


def differs(test):
    """Whether the DLLs of a run disagree on a test; one that could not be tried has no say."""
    results = [result for result in test['results'].values() if result['status'] != 'unusable']
    return any((r['status'], sorted(places(r))) != (results[0]['status'], sorted(places(results[0]))) for r in results[1:])


def load(path):
    try:
        with open(path, encoding='utf-8') as file:
            run = json.load(file)
    except (OSError, ValueError) as e:
        raise SystemExit('%s can not be read as a saved run: %s' % (path, e))
    if not isinstance(run, dict) or run.get('format') != 1:
        raise SystemExit('%s is not a saved run of this tool' % path)
    return run


def save(run, path):
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(run, file, indent=1, sort_keys=True)
        file.write('\n')
