# SPDX-License-Identifier: LGPL-2.1-or-later
"""Finds test programs and their functions, and runs every function in a process of its own against every DLL."""
import concurrent.futures
import datetime
import os
import re
import socket
import sys
import threading

from . import model, wine

PORTS_PER_WORKER = 10
LAST_PORT = 32000       # the system gives connections ports above that


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)     # connections that are over do not count
        try:
            probe.bind(('0.0.0.0', port))
        except OSError:
            return False
    return True


def port_ranges(first, count):
    """The first ports of `count` ranges, from `first` on, in which nobody listens."""
    ranges = []
    while len(ranges) < count:
        if first + PORTS_PER_WORKER > LAST_PORT:
            raise SystemExit('there are not %d TCP ports free for each of %d processes: lower --jobs or TEST_PORT'
                             % (PORTS_PER_WORKER, count))
        if all(is_free(port) for port in range(first, first + PORTS_PER_WORKER)):
            ranges.append(first)
        first += PORTS_PER_WORKER
    return ranges


class Program:
    """A test program; `own` ones name their functions with --list and take their ports from TEST_PORT."""

    def __init__(self, path, only=None):
        self.path, self.only = path, only
        self.name = re.sub(r'(_test)?\.exe$', '', os.path.basename(path), flags=re.I)
        self.functions, self.own, self.problem = list(only or []), False, ''

    def list_functions(self, dll, environ, seconds):
        code, output, timed_out, _ = wine.run(dll.command(self.path, '--list'), environ, seconds)
        lines = [line.strip() for line in output.replace('\r', '').split('\n') if line.strip()]
        names = [line for line in lines if re.fullmatch(r'[\w.-]+', line)]
        if any(line.lower().startswith('valid test names') for line in lines):
            self.functions = names
        elif not timed_out and code == 0 and names and names == lines:
            self.functions, self.own = names, True
        else:
            # A program without --list: it has run, or failed to; it is one row of the matrix.
            self.functions = ['']
        if self.only:
            missing = [name for name in self.only if name not in self.functions]
            if missing and self.functions != ['']:
                self.problem = 'no function %s; it has %s' % (', '.join(missing), ', '.join(self.functions))
            self.functions = list(self.only)


def find_programs(arguments):
    """Programs from paths of .exe files, of directories of them, and PATH:FUNCTION."""
    programs = []
    for argument in arguments:
        path, _, function = argument.partition(':')
        if os.path.isdir(path):
            found = sorted(name for name in os.listdir(path) if name.lower().endswith('.exe'))
            if not found:
                raise SystemExit('%s: no .exe file in this directory' % path)
            programs += [Program(os.path.join(path, name)) for name in found]
        elif os.path.isfile(path):
            programs.append(Program(path, [function] if function else None))
        else:
            raise SystemExit('%s: no such file or directory' % path)
    return programs


class Runner:
    def __init__(self, dlls, programs, environ, timeout, jobs, progress=True):
        self.dlls, self.programs, self.environ = dlls, programs, environ
        self.timeout, self.jobs, self.progress = timeout, jobs, progress
        self.fixed_ports = threading.Lock()     # programs that choose their ports themselves run one at a time
        self.ports = port_ranges(int(environ.get('TEST_PORT') or 19500), jobs)
        self.lock = threading.Lock()
        self.done = self.total = 0

    def run(self):
        usable = next((dll for dll in self.dlls if not dll.problem), None)
        started = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec='seconds')
        if usable:
            for program in self.programs:
                program.list_functions(usable, self.environ, self.timeout)
        tests = [{'program': p.name, 'function': f, 'results': {}, '_program': p}
                 for p in self.programs for f in (p.functions or [''])]
        self.total = len(tests) * len(self.dlls)
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            futures = [pool.submit(self.run_one, test, dll) for test in tests for dll in self.dlls]
            for future in futures:
                future.result()
        if self.progress and sys.stderr.isatty():
            sys.stderr.write('\r\x1b[K')
        for test in tests:
            del test['_program']
        return {'format': 1, 'started': started, 'dlls': [dll.describe() for dll in self.dlls], 'tests': tests}

    def run_one(self, test, dll):
        program = test['_program']
        if dll.problem:
            result = model.empty_result('unusable', lines=[dll.problem])
        elif program.problem:
            result = model.empty_result('no summary', lines=[program.problem])
        else:
            result = self.run_process(program, test['function'], dll)
        test['results'][dll.name] = result
        self.report(test, dll, result)

    def run_process(self, program, function, dll):
        with self.lock:
            first_port = self.ports.pop()
        environ = dict(self.environ, TEST_PORT=str(first_port), WINETEST_PLATFORM='wine')
        command = dll.command(program.path, *([function] if function else []))
        try:
            if program.own:
                code, output, timed_out, seconds = wine.run(command, environ, self.timeout)
            else:
                with self.fixed_ports:
                    code, output, timed_out, seconds = wine.run(command, environ, self.timeout)
        finally:
            with self.lock:
                self.ports.append(first_port)
        return model.judge(output, code, seconds, timed_out)

    def report(self, test, dll, result):
        with self.lock:
            self.done += 1
            if not self.progress:
                return
            name = test['program'] + (':' + test['function'] if test['function'] else '')
            text = '[%d/%d] %s on %s: %s' % (self.done, self.total, name, dll.name, result['status'])
            if sys.stderr.isatty():
                sys.stderr.write('\r\x1b[K' + text[:110])
            elif self.done == self.total or self.done % 25 == 0:
                sys.stderr.write(text + '\n')
            sys.stderr.flush()
