"""The content generation: one number, which rises as a write that a visitor could see is committed.

The server processes of one machine share it in memory; several machines share it through Redis.
"""

import fcntl
import logging
import mmap
import os
import struct
import time
from functools import cache
from threading import Lock

from django.conf import settings

logger = logging.getLogger(__name__)

UNKNOWN = None


class SharedMemory:
    """Keeps the generation of one machine in a file of eight bytes that every process maps into memory."""

    NUMBER = struct.Struct("=Q")

    def __init__(self, path):
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self.descriptor).st_size < self.NUMBER.size:
            # Written, not only truncated to its size: when the disk is full, a store into a sparse file kills
            # the process with SIGBUS.
            os.pwrite(self.descriptor, bytes(self.NUMBER.size), 0)
        self.memory = mmap.mmap(self.descriptor, self.NUMBER.size)
        self.thread_lock = Lock()

    def current(self):
        return self.NUMBER.unpack_from(self.memory)[0]

    def bump(self):
        # flock excludes other processes only: the threads of this one share the descriptor, so also its lock.
        with self.thread_lock:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX)
            try:
                # The clock makes the new number later than any before it, even after the file was lost.
                self.NUMBER.pack_into(self.memory, 0, max(self.current() + 1, time.time_ns()))
            finally:
                fcntl.flock(self.descriptor, fcntl.LOCK_UN)


class Redis:
    """Keeps the generation in Redis, and reads it at most every tenth of a second.

    While Redis does not answer, the generation is unknown and no response is cached. A bump that failed
    meanwhile is made up for before the number is trusted again.
    """

    KEY = "margin:generation"
    READ_INTERVAL, RETRY_INTERVAL = 0.1, 1.0  # seconds

    def __init__(self, address):
        import redis  # only where it is used: one server needs no Redis

        self.client = redis.Redis.from_url(address, socket_timeout=0.2, socket_connect_timeout=0.2)
        self.errors = (redis.RedisError, ValueError)
        self.number, self.next_read, self.bump_pending, self.lock = UNKNOWN, 0.0, False, Lock()

    def current(self):
        # Without waiting for the lock: while one thread queries Redis, the others go on with the last number.
        if time.monotonic() >= self.next_read and self.lock.acquire(blocking=False):
            try:
                self.query(self.client.incr if self.bump_pending else self.client.get)
            finally:
                self.lock.release()
        return self.number

    def bump(self):
        self.bump_pending = True
        with self.lock:
            self.query(self.client.incr)

    def query(self, command):
        try:
            # If Redis has lost the number, the clock makes the next later than any that a server remembers.
            self.client.set(self.KEY, time.time_ns(), nx=True)
            self.number = int(command(self.KEY))
        except self.errors as error:
            if self.number is not UNKNOWN:
                logger.warning(
                    "Redis does not answer (%s): pages are rendered for each visitor until it does.",
                    type(error).__name__,
                )
            self.number, self.next_read = UNKNOWN, time.monotonic() + self.RETRY_INTERVAL
            return
        self.next_read = time.monotonic() + self.READ_INTERVAL
        if command == self.client.incr:
            self.bump_pending = False


@cache
def generation():
    """Returns the one store of the generation that this process uses."""
    return Redis(settings.REDIS_URL) if settings.REDIS_URL else SharedMemory(settings.VAR_DIR / "generation")
