"""Compiles one Typst document and ends, so that the memory of Typst ends with it.

Reads the arguments of `typst.compile` as JSON, and writes the file. It runs as a script that imports nothing
of the site, so that it starts in a few hundredths of a second.
"""

import json
import sys

import typst

sys.stdout.buffer.write(typst.compile(**json.load(sys.stdin.buffer)))
