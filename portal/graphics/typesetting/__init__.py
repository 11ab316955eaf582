"""Sets PDFs and pictures with Typst, from templates and plain data, in a child process."""

import hashlib
import json
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ..colours import light_colours
from .glyphs import FONTS, printable

HERE = Path(__file__).parent
CHILD = HERE / "child.py"
# Templates import each other by their paths from this folder, and can read nothing outside it.
ROOT = HERE.parent.parent
# The longest report takes a second. A child that takes longer hangs, and the visitor with it.
MAX_SECONDS = 30


class TypesettingError(Exception):
    """Typst refused a template with its data, ended before it was done, or took too long."""


def typeset(template, data, **options):
    """Returns the file that Typst makes of a template with its data, a JSON text.

    `options` are those of `typst.compile`; it makes a PDF unless they say otherwise.
    """
    arguments = {
        "input": str(template),
        "root": str(ROOT),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": data, "colours": colours()},
    }
    # Isolated from the environment: Python then takes nothing but the packages of the site.
    command = [sys.executable, "-I", str(CHILD)]
    try:
        child = subprocess.run(
            command,
            input=json.dumps(arguments | options).encode(),
            capture_output=True,
            timeout=MAX_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise TypesettingError(f"{template.name} took longer than {MAX_SECONDS} seconds.") from error
    if child.returncode:
        raise TypesettingError(
            f"{template.name} failed ({child.returncode}): {child.stderr.decode(errors='replace').strip()}"
        )
    return child.stdout


def colours():
    return json.dumps(light_colours())


@cache
def files_hash(*templates):
    files = [*templates, *sorted(HERE.glob("*.typ")), *sorted(FONTS.glob("*.ttf"))]
    return hashlib.sha256(
        b"".join([version("typst").encode(), *(file.read_bytes() for file in files)])
    ).hexdigest()


def template_hash(*templates):
    """Returns a hash that changes with these templates, and with what all share: colours, fonts, Typst."""
    return hashlib.sha256(f"{files_hash(*templates)} {colours()}".encode()).hexdigest()


def printable_json(data):
    """Returns the data as JSON with every text in printable characters; lazy translations become text."""
    return json.dumps(printable_data(data), ensure_ascii=False)


def printable_data(data):
    if isinstance(data, dict):
        return {name: printable_data(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [printable_data(each) for each in data]
    if data is None or isinstance(data, (bool, int, float)):
        return data
    return printable(str(data))
