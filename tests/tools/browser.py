# SPDX-License-Identifier: LGPL-2.1-or-later
"""Headless Chromium through the WebDriver protocol (W3C), with nothing but the standard library."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request

ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'


def available():
    return bool(shutil.which('chromium') and shutil.which('chromedriver'))


class Browser:
    def __init__(self, directory):
        self.profile = tempfile.mkdtemp(dir=directory)
        self.driver = subprocess.Popen(['chromedriver', '--port=0'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                       text=True)
        self.port = None
        for line in self.driver.stdout:
            match = re.search(r'started successfully on port (\d+)', line)
            if match:
                self.port = int(match.group(1))
                break
        options = {'binary': shutil.which('chromium'),
                   'args': ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
                            '--disable-background-networking', '--disable-component-update', '--disable-sync',
                            '--disable-dev-shm-usage', '--user-data-dir=' + self.profile]}
        self.session = ''
        reply = self.call('POST', '', {'capabilities': {'alwaysMatch': {'goog:chromeOptions': options}}})
        self.session = '/' + reply['sessionId']

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call('DELETE', '')
        except OSError:
            pass
        self.driver.terminate()
        self.driver.wait(20)
        self.driver.stdout.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method, path, body=None):
        url = 'http://127.0.0.1:%d/session%s%s' % (self.port, self.session, path)
        data = json.dumps(body or {}).encode() if method == 'POST' else None
        request = urllib.request.Request(url, data, {'Content-Type': 'application/json'}, method=method)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.load(reply)['value']

    def open(self, url):
        self.call('POST', '/url', {'url': url})

    def run(self, script):
        return self.call('POST', '/execute/sync', {'script': script, 'args': []})

    def find(self, selector):
        return self.call('POST', '/element', {'using': 'css selector', 'value': selector})[ELEMENT]

    def click(self, selector):
        self.call('POST', '/element/%s/click' % self.find(selector))

    def upload(self, selector, path):
        self.call('POST', '/element/%s/value' % self.find(selector), {'text': os.path.abspath(path)})

    def wait(self, script, wanted, seconds=10):
        end = time.monotonic() + seconds
        while True:
            value = self.run(script)
            if wanted(value) or time.monotonic() > end:
                return value
            time.sleep(0.1)
