# SPDX-License-Identifier: LGPL-2.1-or-later
"""Wine through the launcher: the DLL under test, the prefix, and one bounded run of a program."""
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Dll:
    """A webservices.dll to run against: 'ours', 'builtin', or a file or directory."""

    def __init__(self, spec, launcher, environ, seconds=60):
        self.spec, self.launcher, self.environ, self.seconds = spec, launcher, environ, seconds
        self.kind = spec if spec in ('ours', 'builtin') else 'file'
        self.name = spec if self.kind != 'file' else (os.path.basename(spec.rstrip('/')) or spec)
        self.path, self.problem, self.argument = '', '', spec
        self.scratch = None
        if self.kind == 'file':
            self.prepare_file()
        if not self.problem:
            self.check()

    def prepare_file(self):
        if os.path.isdir(self.spec):
            return
        if not os.path.isfile(self.spec):
            self.problem = '%s: no such file' % self.spec
            return
        with open(self.spec, 'rb') as file:
            if file.read(2) != b'MZ':
                self.problem = '%s is not a Windows module' % self.spec
                return
        self.scratch = tempfile.mkdtemp(prefix='conformance-dll-')
        os.symlink(os.path.abspath(self.spec), os.path.join(self.scratch, 'webservices.dll'))
        self.argument = self.scratch

    def command(self, *program):
        return [self.launcher, '--dll', self.argument] + list(program)

    def check(self):
        """What is loaded must be what was asked for, or nothing that it does counts."""
        code, output, timed_out, _ = run(self.command('--which'), self.environ, self.seconds)
        if timed_out:
            self.problem = 'loading it did not end within %g s' % self.seconds
        elif code:
            self.problem = ' '.join(output.split()) or 'it can not be loaded (exit code %d)' % code
        else:
            files = re.findall(r'^  (/\S.*?\.dll)(?: \(copy of (.*)\))?$', output, re.M)
            self.path = (files[0][1] or files[0][0]) if files else ''
            is_ours = 'Windows Web Services for Wine' in output
            if not files:
                self.problem = 'no webservices.dll was mapped'
            elif self.kind == 'ours' and not is_ours:
                self.problem = 'what was loaded is not ours: %s' % self.path
            elif self.kind == 'builtin' and is_ours:
                self.problem = 'what was loaded is ours, not Wine\'s builtin'
            elif self.kind == 'file' and not self.same_file():
                self.problem = 'another file was loaded: %s' % self.path

    def same_file(self):
        wanted = os.path.realpath(self.spec)
        loaded = os.path.realpath(self.path)
        return loaded == wanted or loaded.startswith(wanted.rstrip('/') + '/')

    def describe(self):
        return {'name': self.name, 'kind': self.kind, 'path': self.path, 'problem': self.problem}

    def close(self):
        if self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)


def run(command, environ, seconds, stdin=subprocess.DEVNULL):
    """(exit code, output, timed out, seconds taken); whatever the program started is ended with it."""
    start = time.monotonic()
    # Output goes to a file: a process of Wine that outlives the program may hold a pipe open.
    with tempfile.TemporaryFile() as file:
        process = subprocess.Popen(command, env=environ, stdin=stdin, stdout=file, stderr=subprocess.STDOUT,
                                   start_new_session=True)
        timed_out = False
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            timed_out = True
            end_group(process, signal.SIGTERM)
        end_group(process, signal.SIGKILL)
        file.seek(0)
        output = file.read().decode('utf-8', 'replace')
    return process.returncode, output, timed_out, time.monotonic() - start


def end_group(process, number):
    try:
        os.killpg(process.pid, number)
        process.wait(5)
    except (ProcessLookupError, subprocess.TimeoutExpired):
        pass


class Session:
    """A prefix, kept warm by one idle process so that Wine's services do not start and end with every test."""

    def __init__(self, launcher, probe):
        self.environ = dict(os.environ)
        self.environ.setdefault('WINEDEBUG', '-all')
        self.environ.setdefault('WINEPREFIX', os.path.join(cache_dir(), 'prefix'))
        os.makedirs(self.environ['WINEPREFIX'], exist_ok=True)
        self.launcher, self.holder = launcher, None
        if not os.path.exists(os.path.join(self.environ['WINEPREFIX'], 'system.reg')):
            environ = dict(self.environ, WINEDLLOVERRIDES='mscoree,mshtml=')
            run([launcher, '--dll', 'builtin', 'wineboot', '-u'], environ, 600)
        if os.path.exists(probe):
            self.holder = subprocess.Popen([launcher, '--dll', 'builtin', probe], env=self.environ, stdin=subprocess.PIPE,
                                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def close(self):
        if not self.holder:
            return
        self.holder.stdin.close()
        try:
            self.holder.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.holder.pid, signal.SIGKILL)
            self.holder.wait()


def cache_dir():
    base = os.environ.get('XDG_CACHE_HOME') or os.path.join(os.path.expanduser('~'), '.cache')
    path = os.path.join(base, 'wws-tests')
    os.makedirs(path, exist_ok=True)
    return path
