# SPDX-License-Identifier: LGPL-2.1-or-later
"""One self-contained HTML page of a run, with a saved run to compare it with."""
import json
import os


def embed(data):
    # '</script>' inside the data must not end the element that holds it.
    return json.dumps(data, sort_keys=True).replace('</', '<\\/')


def render(run, old=None):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'page.html'), encoding='utf-8') as file:
        text = file.read()
    return text.replace('@RUN@', embed(run)).replace('@OLD@', embed(old))
