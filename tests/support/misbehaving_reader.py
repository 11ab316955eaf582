"""A reader that does what no reader may do, for the tests of the process that readers run in."""

import os
import socket
import subprocess
import sys

from organisation.reader_process.unreadable import Unreadable


def read(contents, does):
    return DEEDS[does](contents)


def write_a_file(contents):
    with open(contents.decode(), "w") as file:
        file.write("written")


def refuse(contents):
    raise Unreadable("too long")


def recurse(contents):
    return recurse(contents)


def run_forever(contents):
    while True:
        pass


DEEDS = {
    "return": lambda contents: [contents.decode(), None],
    "refuse": refuse,
    "open an address": lambda contents: socket.create_connection(("127.0.0.1", int(contents)), timeout=5),
    "start a program": lambda contents: subprocess.run(["touch", contents.decode()], check=True),
    "run a command": lambda contents: os.system(f"touch {contents.decode()}"),
    "write a file": write_a_file,
    "take memory": lambda contents: len(bytearray(700 * 1024**2)),
    "take little memory": lambda contents: len(bytearray(200 * 1024**2)),
    "recurse": recurse,
    "run for ever": run_forever,
    "answer too much": lambda contents: "a" * 25 * 1024**2,
    "fail": lambda contents: sys.undefined,
}
