#!/usr/bin/env python3
"""Record what CPython 3.11 does with the programs in this folder.

usage: record.py [PROGRAM.py ...]     writes PROGRAM.txt beside each; without arguments, all that lack one

The text is the program's standard output, then, after a line "=== stderr", its standard error without the
lines of carets, and last "=== exit N" where that is not 0. Addresses are written 0xADDR; the folder is left out.
"""

import os
import re
import subprocess
import sys


def record(path):
    folder, name = os.path.split(os.path.abspath(path))
    done = subprocess.run([sys.executable, name], stdin=subprocess.DEVNULL, capture_output=True, cwd=folder)
    text = done.stdout.decode()
    if done.stderr:
        lines = done.stderr.decode().replace(folder + "/", "").splitlines(keepends=True)
        shown = [line for line in lines if not re.fullmatch(r"\s+[\^~]+\s*", line)]
        text += "=== stderr\n" + "".join(shown)
    if done.returncode:
        text += f"=== exit {done.returncode}\n"
    text = re.sub(r"0x[0-9a-f]+", "0xADDR", text)
    with open(path[:-3] + ".txt", "w", encoding="utf-8") as f:
        f.write(text)


def missing():
    here = os.path.dirname(os.path.abspath(__file__))
    for folder, _, names in sorted(os.walk(here)):
        for name in sorted(names):
            if name.endswith(".py") and folder != here:
                path = os.path.join(folder, name)
                if not os.path.exists(path[:-3] + ".txt"):
                    yield path


for path in sys.argv[1:] or missing():
    record(path)
