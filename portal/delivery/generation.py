"""The content generation: one number, which rises with each write that a visitor could see, as its transaction commits.

The servers of one machine share it in memory, through a small file; several machines share it through Redis.
"""

import fcntl
import logging
import mmap
import os
import struct
import time
from functools import cache
from threading import Lock

import redis
from django.conf import settings

logger = logging.getLogger(__name__)

UNKNOWN = None


class SharedMemory:
    """Eight bytes that every process of this machine maps. What follows is later than anything before, also after the file was lost."""

    NUMBER = struct.Struct("=Q")

    def __init__(self, path):
        self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self.file).st_size < self.NUMBER.size:
            os.pwrite(
                self.file, bytes(self.NUMBER.size), 0
            )  # written, not only sized: the place is there even when the disk is full
        self.bytes = mmap.mmap(self.file, self.NUMBER.size)
        self.one_at_a_time = Lock()

    def now(self):
        return self.NUMBER.unpack_from(self.bytes)[0]

    def bump(self):
        with self.one_at_a_time:  # among threads; the lock of the file is for other processes
            fcntl.flock(self.file, fcntl.LOCK_EX)
            try:
                self.NUMBER.pack_into(self.bytes, 0, max(self.now() + 1, time.time_ns()))
            finally:
                fcntl.flock(self.file, fcntl.LOCK_UN)


class Redis:
    """The number in Redis, asked for at most every tenth of a second. While Redis does not answer it is unknown, and nothing is kept.

    A write that meanwhile could not raise it is owed, and paid before the number is trusted again.
    """

    KEY = "margin:generation"
    ASK_EVERY, WAIT_AFTER_FAILURE = 0.1, 1.0

    def __init__(self, address):
        self.client = redis.Redis.from_url(address, socket_timeout=0.2, socket_connect_timeout=0.2)
        self.number, self.asked_at, self.owed, self.asking = UNKNOWN, 0.0, False, Lock()

    def now(self):
        if time.monotonic() >= self.asked_at and self.asking.acquire(blocking=False):
            try:
                self.ask(self.client.incr if self.owed else self.client.get)
            finally:
                self.asking.release()
        return self.number

    def bump(self):
        self.owed = True
        with self.asking:
            self.ask(self.client.incr)

    def ask(self, how):
        try:
            # Of a number that Redis has lost, the next is later than any that a server may remember.
            self.client.set(self.KEY, time.time_ns(), nx=True)
            self.number = int(how(self.KEY))
        except (redis.RedisError, ValueError) as error:
            if self.number is not UNKNOWN:
                logger.warning(
                    "Redis does not answer (%s): pages are rendered for each visitor until it does.",
                    type(error).__name__,
                )
            self.number, self.asked_at = UNKNOWN, time.monotonic() + self.WAIT_AFTER_FAILURE
            return
        self.asked_at = time.monotonic() + self.ASK_EVERY
        if how == self.client.incr:
            self.owed = False


@cache
def generation():
    """The number of this site."""
    return Redis(settings.REDIS_URL) if settings.REDIS_URL else SharedMemory(settings.VAR_DIR / "generation")
