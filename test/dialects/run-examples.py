"""Runs pieces of one Python program, one after the other, as they are: a JSON array of texts on standard input.

For each request they make it writes a line of JSON to standard error: which piece, method, address and status.
"""

import json
import sys

import requests

pieces = json.load(sys.stdin)
piece = 0
ask = requests.Session.request


def told(session, method, url, *args, **more):
    answer = ask(session, method, url, *args, **more)
    line = {"piece": piece, "method": method.upper(), "url": url, "status": answer.status_code}
    print(json.dumps(line), file=sys.stderr)
    return answer


requests.Session.request = told
names = {"__name__": "__main__"}
for piece, text in enumerate(pieces):
    exec(compile(text, f"example {piece}", "exec"), names)
