# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tests of tools/conformance and tools/bisect: real programs, real DLLs, a scratch repository, a real browser."""
import json
import os
import shutil
import subprocess
import sys
import zipfile

sys.dont_write_bytecode = True
import browser      # noqa: E402

SRC, OUT, WORK = os.environ['WS_SRC'], os.environ['WS_OUT'], sys.argv[1]
LAUNCHER = os.environ['WSWINE']
SPECIMEN = os.path.join(WORK, 'specimen.exe')
passed = failed = 0


def check(condition, message, detail=''):
    global passed, failed
    if condition:
        passed += 1
    else:
        failed += 1
        print('FAILED: %s\n%s' % (message, detail))


def tool(name, *arguments, cwd=WORK, env=None):
    done = subprocess.run([sys.executable, os.path.join(SRC, 'tools', name)] + list(arguments), cwd=cwd, text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=280, env=dict(os.environ, **(env or {})))
    return done.returncode, done.stdout + done.stderr


def conformance(*arguments):
    return tool('conformance', '--launcher', LAUNCHER, '--out', OUT, *arguments)


def load(name):
    with open(os.path.join(WORK, name), encoding='utf-8') as file:
        return json.load(file)


def results(run, dll):
    return {test['function']: test['results'][dll] for test in run['tests']}


def test_matrix():
    code, output = conformance('--dll', 'ours', '--dll', 'builtin', '--timeout', '10', '--json', 'first.json', '--html',
                               'first.html', SPECIMEN)
    check(code == 1, 'failures on the first DLL give exit status 1', output)
    run = load('first.json')
    ours, builtin = results(run, 'ours'), results(run, 'builtin')
    wanted = {'good': 'passed', 'bad': 'failed', 'todo': 'passed', 'crash': 'crashed', 'die': 'crashed', 'hang': 'timed out'}
    for function, status in wanted.items():
        check(ours[function]['status'] == status, '%s is reported as %s' % (function, status), ours[function])
    check(ours['good']['checks'] == 2, 'checks are counted', ours['good'])
    check(ours['todo']['todo'] == 1 and ours['todo']['skipped'] == 1, 'todo and skipped are counted', ours['todo'])
    check(any('the value is 7' in line for line in ours['bad']['lines']), 'failing lines are kept', ours['bad'])
    check(ours['heap']['status'] == 'passed' and builtin['heap']['status'] == 'failed', 'DLLs are told apart', builtin['heap'])
    first_row = output.split('\n')[[i for i, line in enumerate(output.split('\n')) if line.startswith('----')][0] + 1]
    check(first_row.startswith('specimen:heap'), 'differences come first', output)


def test_winetest():
    code, output = conformance('--json', 'winetest.json', os.path.join(WORK, 'winetest.exe'))
    run = results(load('winetest.json'), 'ours')
    # function: status, checks, failures, todo, skipped
    wanted = {'old': ('passed', 12, 0, 1, 2), 'new': ('failed', 13, 1, 2, 1), 'flaky': ('passed', 5, 0, 0, 0),
              'bad': ('failed', 20, 2, 0, 0), 'timed': ('failed', 3, 1, 0, 0), 'child': ('passed', 10, 0, 0, 0)}
    check(code == 1 and set(run) == set(wanted), 'the functions of a winetest binary are found', output)
    for function, row in wanted.items():
        got = tuple(run[function][field] for field in ('status', 'checks', 'failures', 'todo', 'skipped'))
        check(got == row, 'the summary of %s is read' % function, (got, row))
    check(len(run['bad']['lines']) == 2 and len(run['timed']['lines']) == 1 and not run['flaky']['lines'],
          'failing lines are those that fail', run)


def test_native_dlls():
    native = os.path.join(WORK, 'native', 'webservices.dll')
    code, output = conformance('--dll', native, '--dll', 'builtin', '--json', 'native.json', SPECIMEN + ':heap')
    run = load('native.json')
    row = run['tests'][0]['results']
    check(code == 0 and row['webservices.dll']['status'] == 'passed' and row['builtin']['status'] == 'failed',
          'a DLL without the mark of Wine is loaded in place of the builtin', output)
    check(run['dlls'][0]['path'] == native, 'and named by its file', run['dlls'])
    # kind of module, what becomes of heap, a word in the output; a function that does not call it passes all the same
    for kind, status, word in (('native-callcrash', 'crashed', 'unhandled exception'), ('native-callhang', 'timed out', 'timed out'),
                               ('native-loadcrash', 'unusable', 'UNUSABLE'), ('native-loadhang', 'unusable', 'did not end'),
                               ('native32', 'unusable', 'UNUSABLE')):
        code, output = conformance('--timeout', '8', '--dll', os.path.join(WORK, kind, 'webservices.dll'), '--json',
                                   'kind.json', SPECIMEN + ':heap', SPECIMEN + ':good')
        rows = results(load('kind.json'), 'webservices.dll')
        others = 'unusable' if status == 'unusable' else 'passed'
        check(code == 1 and rows['heap']['status'] == status and rows['good']['status'] == others and word in output,
              '%s is reported as %s' % (kind, status), output)
    # A launcher that loads something else than it was told to
    liar = os.path.join(WORK, 'liar')
    with open(liar, 'w', encoding='utf-8') as file:
        file.write('#!/bin/sh\nshift 2\nexec "%s" --dll $LIE "$@"\n' % LAUNCHER)
    os.chmod(liar, 0o755)
    for spec, lie, word in (('ours', 'builtin', 'not ours'), ('builtin', 'ours', 'is ours'), (native, 'ours', 'another file')):
        code, output = tool('conformance', '--launcher', liar, '--out', OUT, '--dll', spec, SPECIMEN + ':good', env={'LIE': lie})
        check(code == 1 and 'UNUSABLE' in output and word in output, 'what is loaded is checked: ' + spec, output)


def test_unusable_dlls():
    bogus = os.path.join(WORK, 'bogus.dll')
    with open(bogus, 'wb') as file:
        file.write(b'MZ this is not a module')
    for spec, word in ((bogus, ''), (os.path.join(WORK, 'nowhere.dll'), 'no such file'), (SRC + '/AUTHORS', 'not a Windows')):
        code, output = conformance('--dll', spec, '--json', 'bogus.json', SPECIMEN + ':good')
        run = load('bogus.json')
        states = [result['status'] for test in run['tests'] for result in test['results'].values()]
        check(code == 1 and states == ['unusable'] and word in output, 'an unusable DLL is no pass: ' + spec, output)
    # A directory with our pair is a DLL like any other.
    pair = os.path.join(WORK, 'pair')
    for name in ('x86_64-windows', 'x86_64-unix'):
        shutil.copytree(os.path.join(OUT, name), os.path.join(pair, name))
    code, output = conformance('--dll', pair, SPECIMEN + ':good')
    check(code == 0, 'a directory with the two modules is a DLL', output)


def test_arguments():
    for arguments in (['nowhere.exe'], ['--timeout', '0', SPECIMEN], ['--baseline', 'nowhere.json', SPECIMEN], [OUT + '/log']):
        code, output = conformance(*arguments)
        check(code == 2, 'exit status 2 for %s' % arguments, output)
    code, output = conformance(SPECIMEN + ':nothing')
    check(code == 1 and 'no function nothing' in output, 'an unknown function is no pass', output)


def test_baseline():
    code, output = conformance('--json', 'base.json', SPECIMEN + ':good', SPECIMEN + ':bad')
    check(code == 1, 'a failure without baseline gives 1', output)
    code, output = conformance('--baseline', 'base.json', SPECIMEN + ':good', SPECIMEN + ':bad')
    check(code == 0 and 'nothing changed' in output, 'the same failure with a baseline gives 0', output)
    base = load('base.json')
    for test in base['tests']:
        test['results']['ours'].update(status='passed', failures=0, lines=[])
    with open(os.path.join(WORK, 'better.json'), 'w', encoding='utf-8') as file:
        json.dump(base, file)
    code, output = conformance('--baseline', 'better.json', SPECIMEN + ':good', SPECIMEN + ':bad')
    check(code == 1 and 'worse' in output and 'the value is 7' in output, 'a new failure gives 1 and is shown', output)


def test_page():
    code, _ = conformance('--dll', 'ours', '--dll', 'builtin', '--compare', 'better.json', '--html', 'page.html', '--json',
                          'page.json', SPECIMEN + ':good', SPECIMEN + ':bad', SPECIMEN + ':heap')
    if not browser.available():
        print('chromium or chromedriver is not installed: the page is not looked at')
        check(False, 'the page is looked at in a browser')
        return
    with browser.Browser(WORK) as page:
        page.open('file://' + os.path.join(WORK, 'page.html'))
        rows = 'return [...document.querySelectorAll("#matrix tbody tr.test td:first-child")].map(e => e.textContent)'
        check(len(page.run(rows)) == 3, 'the matrix has a row a function', page.run(rows))
        page.run('document.querySelector("#filter").value = "the value is"; '
                 'document.querySelector("#filter").dispatchEvent(new Event("input"))')
        check(page.run(rows) == ['specimen:bad'], 'the filter looks into failing lines', page.run(rows))
        page.click('#matrix tbody tr.test')
        detail = page.run('return document.querySelector("tr.detail").textContent')
        check('specimen.c:' in detail and 'the value is 7' in detail, 'a click shows lines with their places', detail)
        page.click('#matrix tbody tr.test')
        check(page.run('return document.querySelectorAll("tr.detail").length') == 0, 'a second click hides them')
        cards = page.run('return [...document.querySelectorAll("#dlls li")].map(e => e.textContent)')
        check(len(cards) == 2 and '2 passed, 1 failed' in cards[0] and OUT in cards[0], 'each DLL has its sums', cards)
        page.run('document.querySelector("#filter").value = ""; '
                 'document.querySelector("input[value=differences]").click()')
        shown = page.run(rows)
        check('specimen:good' not in shown and 'specimen:bad' not in shown, 'only differences are shown', shown)
        compared = page.run('return document.querySelector("#comparison").textContent')
        check('specimen:bad' in compared and 'worse' in compared, 'the comparison with a saved run is there', compared)
        page.click('#comparison tbody tr.test')
        detail = page.run('return document.querySelector("#comparison tr.detail").textContent')
        check('the value is 7' in detail, 'a click there shows the new lines', detail)
        page.upload('#file', os.path.join(WORK, 'page.json'))
        verdict = page.wait('return document.querySelector("#compared").textContent', lambda s: '0 worse' in s)
        check('0 worse' in verdict, 'a run can be loaded for comparison', verdict)


def test_zip():
    target = os.path.join(WORK, 'conformance.zip')
    subprocess.run([sys.executable, os.path.join(SRC, 'tools', 'conf', 'zip.py'), OUT, target], check=True,
                   stdout=subprocess.DEVNULL)
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        command = archive.read('conformance/run.cmd')
        archive.extract('conformance/x86_64/load.exe', WORK)
    check('conformance/README.txt' in names and 'conformance/i686/load.exe' in names, 'the archive has it all', names)
    check(b'\r\n' in command, 'its texts have the line ends of Windows')
    code, output = conformance(os.path.join(WORK, 'conformance', 'x86_64', 'load.exe'))
    check(code == 0, 'a program from the archive runs', output)
    # run.cmd, by Wine's command interpreter; specimen.exe has failures
    folder = os.path.join(WORK, 'conformance')
    with open(os.path.join(folder, 'run.cmd'), 'wb') as file:
        file.write(command)
    check(run_cmd(folder) == (0, ['load']), 'run.cmd runs what is there')
    shutil.copy(SPECIMEN, os.path.join(folder, 'x86_64'))
    check(run_cmd(folder) == (1, ['load', 'specimen']), 'run.cmd tells that one has failures')
    check(run_cmd(folder, 'i686')[0] == 2, 'run.cmd refuses a folder without programs')


def run_cmd(folder, *arguments):
    done = subprocess.run([LAUNCHER, 'cmd', '/c', 'run.cmd'] + list(arguments), cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
    results = os.path.join(folder, 'results.txt')
    with open(results, encoding='utf-8', errors='replace') as file:
        text = file.read()
    return done.returncode, [word for word in ('load', 'specimen') if ':%s: ' % word in text]


def git(repo, *arguments):
    subprocess.run(('git', '-C', repo, '-c', 'user.name=test', '-c', 'user.email=test@example.org') + arguments, check=True,
                   stdout=subprocess.DEVNULL)


def scratch_repository(name, builds):
    """A repository with a commit for each build script."""
    repo = os.path.join(WORK, name)
    os.makedirs(repo)
    git(repo, 'init', '-q', '-b', 'main')
    for number, script in enumerate(builds, 1):
        with open(os.path.join(repo, 'build.sh'), 'w', encoding='utf-8') as file:
            file.write('# revision %d\n%s\n' % (number, script))
        git(repo, 'add', '.')
        git(repo, 'commit', '-q', '-m', 'Revision %d.' % number)
    return repo


def head(repo):
    return subprocess.run(['git', '-C', repo, 'status', '-sb', '--porcelain'], capture_output=True, text=True).stdout


def bisect(repo, *arguments):
    cache = {'XDG_CACHE_HOME': os.path.join(WORK, 'cache')}
    return tool('bisect', '--repo', repo, '--build', 'sh build.sh', '--launcher', LAUNCHER, *arguments, env=cache)


def test_bisect_command():
    good, bad = 'mkdir -p out; echo fine > out/state', 'mkdir -p out; echo broken > out/state'
    repo = scratch_repository('flaky', [good, good, 'exit 1', good, good, bad, bad, 'exit 1', bad])
    before = head(repo)
    # A bad revision passes the first time it is tried: only repetition tells.
    verdict = ('if grep -q broken "$WS_DLL_DIR/state"; then n=$(basename "$WS_DLL_DIR"); '
               'test -e "%s/$n.seen" && rm "%s/$n.seen" && exit 1; : > "%s/$n.seen"; fi' % (WORK, WORK, WORK))
    code, output = bisect(repo, '--repeat', '2', 'main~8', 'main', '--', 'sh', '-c', verdict)
    check(code == 0 and 'Revision 6.' in output.split('The first bad commit is')[-1], 'a flaky regression is found', output)
    check('skip' in output or 'does not build' not in output, 'a revision that does not build is skipped', output)
    check(head(repo) == before, 'the tree is as it was', head(repo))
    worktrees = subprocess.run(['git', '-C', repo, 'worktree', 'list'], capture_output=True, text=True).stdout
    check(worktrees.count('\n') == 1, 'the work tree is gone', worktrees)
    code, output = bisect(repo, 'main~8', 'main~7', '--', 'true')
    check(code == 2 and 'not bad' in output, 'a bad end that is good is refused', output)
    code, output = bisect(repo, 'main', 'main~3', '--', 'true')
    check(code == 2 and 'ancestor' in output, 'ends in the wrong order are refused', output)


def test_bisect_unbuildable():
    good, bad = 'mkdir -p out; echo fine > out/state', 'mkdir -p out; echo broken > out/state'
    repo = scratch_repository('unbuildable', [good, 'exit 1', 'exit 1', bad])
    code, output = bisect(repo, 'main~3', 'main', '--', 'sh', '-c', 'grep -q fine "$WS_DLL_DIR/state"')
    check(code == 1 and 'Revision 2.' in output and 'Revision 4.' in output, 'candidates are named when it can not be told',
          output)


def test_bisect_program():
    ours = 'mkdir -p out && cp -r "%s/x86_64-windows" "%s/x86_64-unix" out/' % (OUT, OUT)
    # The planted regression: a module that is not one.
    broken = ours + ' && printf MZ > out/x86_64-windows/webservices.dll'
    repo = scratch_repository('program', [ours, ours + ' # 2', broken, broken + ' # 4'])
    code, output = bisect(repo, 'main~3', 'main', SPECIMEN + ':good')
    check(code == 0 and 'Revision 3.' in output.split('The first bad commit is')[-1], 'a regression is found with a program',
          output)
    check('Before: 2' in output and 'After:' in output, 'the difference of the results is shown', output)
    code, output = bisect(repo, 'main~3', 'main', SPECIMEN + ':good')
    check('built before' in output, 'built revisions are used again', output)


for test in [test_matrix, test_winetest, test_native_dlls, test_unusable_dlls, test_arguments, test_baseline, test_page, test_zip, test_bisect_command,
             test_bisect_unbuildable, test_bisect_program]:
    try:
        test()
    except Exception as e:
        check(False, '%s raised %r' % (test.__name__, e))
print('%d passed, %d failed' % (passed, failed))
sys.exit(failed != 0)
