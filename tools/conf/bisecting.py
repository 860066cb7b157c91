# SPDX-License-Identifier: LGPL-2.1-or-later
"""git bisect over the history: build (with a cache), run, verdict; see tools/bisect."""
import hashlib
import os
import shutil
import subprocess
import tempfile

from . import model, text, wine

BUILD = 'autoconf && ./configure && make -j"$(nproc)" dll'
BUILD_SECONDS = 1800
KEPT = ('x86_64-windows', 'x86_64-unix', 'i386-windows')
CANNOT_TELL = 125


class Failure(Exception):
    def __init__(self, message, status=2):
        super().__init__(message)
        self.status = status


def git(directory, *arguments, check=True):
    done = subprocess.run(('git', '-C', directory) + arguments, capture_output=True, text=True)
    if check and done.returncode:
        raise Failure('git %s: %s' % (arguments[0], done.stderr.strip() or done.stdout.strip()))
    return done.stdout.strip() if check else done


class Builder:
    """Modules of a revision, built in the work tree once and kept by the hash of its tree."""

    def __init__(self, worktree, command, artifacts):
        self.worktree, self.command, self.artifacts = worktree, command, artifacts
        self.cache = os.path.join(wine.cache_dir(), 'bisect')
        os.makedirs(self.cache, exist_ok=True)

    def build(self, commit):
        """(directory, how), or (None, why)"""
        key = git(self.worktree, 'rev-parse', commit + '^{tree}')
        kept = os.path.join(self.cache, key + '-' + command_key(self.command))
        if os.path.isdir(kept):
            return kept, 'built before'
        log = kept + '.log'
        git(self.worktree, 'clean', '-qfdx')
        with open(log, 'w', encoding='utf-8') as file:
            try:
                code = subprocess.run(['sh', '-c', self.command], cwd=self.worktree, stdin=subprocess.DEVNULL, stdout=file,
                                      stderr=subprocess.STDOUT, timeout=BUILD_SECONDS).returncode
            except subprocess.TimeoutExpired:
                code = 'time limit'
        out = os.path.join(self.worktree, self.artifacts)
        if code or not os.path.isdir(out):
            return None, 'does not build (%s); see %s' % (code or 'no directory ' + self.artifacts, log)
        partial = tempfile.mkdtemp(dir=self.cache)
        names = [name for name in KEPT if os.path.isdir(os.path.join(out, name))] or os.listdir(out)
        for name in names:
            source, target = os.path.join(out, name), os.path.join(partial, name)
            (shutil.copytree if os.path.isdir(source) else shutil.copy2)(source, target)
        os.rename(partial, kept)
        os.unlink(log)
        return kept, 'built'


def command_key(command):
    return hashlib.sha256(command.encode()).hexdigest()[:8]


class Judge:
    """Says of a built revision whether it is good: with a program under Wine, or with a command."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.session, self.path, self.function = None, None, ''
        if arguments.program:
            path, _, self.function = arguments.program.partition(':')
            if not os.path.isfile(path):
                raise Failure('%s: no such program' % path)
            # Not the one in the tree: a build of it may be replaced while this runs.
            self.directory = tempfile.mkdtemp(prefix='bisect-program-')
            self.path = shutil.copy2(path, self.directory)
            self.session = wine.Session(arguments.launcher, os.path.join(wine.TREE, 'out', 'libexec', 'wswine-which.exe'))

    def close(self):
        if self.session:
            self.session.close()
            shutil.rmtree(self.directory, ignore_errors=True)

    def verdict(self, modules):
        """('good' | 'bad' | 'skip', RESULT)"""
        for attempt in range(self.arguments.repeat):
            result = self.run_program(modules) if self.path else self.run_command(modules)
            if result is None:
                return 'skip', None
            result['attempt'] = attempt + 1
            if result['status'] != 'passed':
                return 'bad', result
        return 'good', result

    def run_program(self, modules):
        command = [self.arguments.launcher, '--dll', modules, self.path] + ([self.function] if self.function else [])
        code, output, timed_out, seconds = wine.run(command, self.session.environ, self.arguments.timeout)
        return model.judge(output, code, seconds, timed_out)

    def run_command(self, modules):
        environ = dict(os.environ, WS_DLL_DIR=modules)
        code, output, timed_out, seconds = wine.run(self.arguments.command, environ, self.arguments.timeout)
        if code == CANNOT_TELL and not timed_out:
            return None
        status = 'timed out' if timed_out else 'failed' if code else 'passed'
        return model.empty_result(status, seconds, [] if status == 'passed' else model.tail(output))


class Bisection:
    def __init__(self, arguments, worktree, judge):
        self.arguments, self.worktree, self.judge = arguments, worktree, judge
        self.builder = Builder(worktree, arguments.build, arguments.artifacts)
        self.results = {}       # commit -> (verdict, RESULT)

    def check(self, commit):
        if commit in self.results:
            return self.results[commit][0]
        git(self.worktree, 'checkout', '-qf', '--detach', commit)
        modules, how = self.builder.build(commit)
        verdict, result = self.judge.verdict(modules) if modules else ('skip', None)
        self.results[commit] = verdict, result
        note = how if verdict == 'skip' else '%s, %s' % (how, text.cell(result) if result['checks'] else result['status'])
        if result and result.get('attempt', 1) > 1:
            note += ', in run %d of %d' % (result['attempt'], self.arguments.repeat)
        print('%-4s  %s  (%s)' % (verdict, git(self.worktree, 'log', '-1', '--format=%h %s', commit), note), flush=True)
        return verdict

    def run(self, good, bad):
        for commit, wanted in ((bad, 'bad'), (good, 'good')):
            verdict = self.check(commit)
            if verdict != wanted:
                raise Failure('%s is %s, not %s: there is nothing to find between them'
                              % (commit[:12], 'one that can not be tested' if verdict == 'skip' else verdict, wanted))
        git(self.worktree, 'bisect', 'start', bad, good)
        while True:
            commit = git(self.worktree, 'rev-parse', 'HEAD')
            done = git(self.worktree, 'bisect', self.check(commit), check=False)
            output = done.stdout + done.stderr
            if 'is the first bad commit' in output:
                return [output[:output.index(' is the first bad commit')].split()[-1]]
            if 'could be any of' in output:
                lines = [line.split()[0] for line in output.split('\n') if line.strip()]
                return [word for word in lines if len(word) == 40 and all(c in '0123456789abcdef' for c in word)]
            if done.returncode:
                raise Failure('git bisect: ' + output.strip())


def show_difference(bisection, first_bad):
    """How the results of the first bad commit differ from those of its parent."""
    parent = git(bisection.worktree, 'rev-parse', first_bad + '^')
    bisection.check(parent)
    before, after = bisection.results[parent][1], bisection.results[first_bad][1]
    print('\nBefore: %s' % (text.cell(before) if before else 'not testable'))
    print('After:  %s' % text.cell(after))
    known = set(before['lines']) if before else set()
    for line in after['lines']:
        if line not in known:
            print('  + ' + line)


def main(arguments):
    repo = git(arguments.repo, 'rev-parse', '--show-toplevel')
    good = git(repo, 'rev-parse', '--verify', arguments.good + '^{commit}')
    bad = git(repo, 'rev-parse', '--verify', arguments.bad + '^{commit}')
    if git(repo, 'merge-base', '--is-ancestor', good, bad, check=False).returncode:
        raise Failure('%s is not an ancestor of %s' % (arguments.good, arguments.bad))
    directory = tempfile.mkdtemp(prefix='bisect-')
    worktree = os.path.join(directory, 'tree')
    judge = Judge(arguments)
    try:
        git(repo, 'worktree', 'add', '-q', '--detach', worktree, bad)
        bisection = Bisection(arguments, worktree, judge)
        found = bisection.run(good, bad)
        if len(found) != 1:
            print('\nThe first bad commit is one of these, and those between can not be tested:')
            for commit in found:
                print(git(repo, 'log', '-1', '--format=  %h %s', commit))
            return 1
        print('\nThe first bad commit is\n')
        print(git(repo, 'show', '--stat', '--format=medium', found[0]))
        show_difference(bisection, found[0])
        return 0
    finally:
        judge.close()
        git(repo, 'worktree', 'remove', '--force', worktree, check=False)
        shutil.rmtree(directory, ignore_errors=True)
        git(repo, 'worktree', 'prune', check=False)
