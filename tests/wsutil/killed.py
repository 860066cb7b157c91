#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Ends wsutil at several moments: each file that is there afterwards must be whole, and no other be left by a run that
could clean up.

usage: killed.py WHOLE DIRECTORY COMMAND...

WHOLE has the files of a run that was not killed, DIRECTORY is where the command writes.
"""
import filecmp
import os
import shutil
import signal
import subprocess
import sys
import time


def main(whole, directory, command):
    halves = 0
    for moment in range(24):
        shutil.rmtree(directory, ignore_errors=True)
        os.makedirs(directory)
        with subprocess.Popen(command) as process:
            time.sleep(moment * 0.005)
            process.send_signal(signal.SIGTERM if moment % 2 else signal.SIGKILL)
        for name in os.listdir(directory):
            path = os.path.join(directory, name)
            output = name.endswith(('.h', '.c'))
            if moment % 2 and not output or output and not filecmp.cmp(path, os.path.join(whole, name), shallow=False):
                halves += 1
                print('ended after %d ms: %s has %d bytes' % (moment * 5, name, os.path.getsize(path)))
    return halves != 0


sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
