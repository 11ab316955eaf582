"""The content generation is one number for all processes of a machine, and for all machines with Redis."""

import logging
from types import SimpleNamespace

import pytest
import redis

from portal.delivery import generation
from portal.delivery.generation import Redis, SharedMemory

NOW = 1_700_000_000_000_000_000


def test_every_process_of_a_machine_reads_the_same_generation(tmp_path):
    here, there = SharedMemory(tmp_path / "generation"), SharedMemory(tmp_path / "generation")
    here.bump()
    first = there.current()
    there.bump()
    assert here.current() == there.current() > first


def test_a_process_that_starts_later_goes_on_with_the_number_and_nobody_else_reads_it(tmp_path):
    path = tmp_path / "generation"
    here = SharedMemory(path)
    assert here.current() == 0 and path.stat().st_size == 8 and path.stat().st_mode & 0o777 == 0o600
    here.bump()
    assert SharedMemory(path).current() == here.current() > 0
    path.write_bytes(b"1234567")  # a machine that stopped in the middle of writing
    assert SharedMemory(path).current() == 0


def test_two_bumps_within_one_tick_of_the_clock_are_two_numbers(tmp_path, monkeypatch):
    monkeypatch.setattr(generation.time, "time_ns", lambda: NOW)
    memory = SharedMemory(tmp_path / "generation")
    numbers = []
    for _bump in range(3):
        memory.bump()
        numbers.append(memory.current())
    assert numbers == [NOW, NOW + 1, NOW + 2]


class RedisServer:
    """A Redis of one number, which notes what it is asked, and does not answer while it is `away`."""

    def __init__(self):
        self.number, self.asked, self.away, self.options = None, [], False, None

    def set(self, key, value, nx):
        if self.away:
            raise redis.ConnectionError
        assert nx and key == "margin:generation"
        self.number = value if self.number is None else self.number

    def get(self, key):
        self.asked.append("get")
        return str(self.number).encode()

    def incr(self, key):
        self.asked.append("incr")
        self.number += 1
        return self.number


@pytest.fixture
def server(monkeypatch):
    server = RedisServer()

    def from_url(address, **options):
        server.options = options
        return server

    monkeypatch.setattr(redis.Redis, "from_url", from_url)
    return server


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(generation.time, "monotonic", lambda: clock.now)
    monkeypatch.setattr(generation.time, "time_ns", lambda: NOW)
    return clock


def test_redis_is_asked_ten_times_a_second_at_most_and_hangs_nobody_for_long(server, clock):
    here = Redis("redis://somewhere")
    assert server.options == {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
    assert here.current() == NOW
    server.number = 5
    clock.now += 0.09
    assert (here.current(), len(server.asked)) == (NOW, 1)
    clock.now += 0.02
    assert (here.current(), server.asked) == (5, ["get", "get"])


def test_while_redis_is_away_the_number_is_unknown_and_it_is_asked_again_after_a_second(
    server, clock, caplog
):
    here = Redis("redis://somewhere")
    assert here.current() == NOW
    server.away = True
    with caplog.at_level(logging.WARNING):
        for _try in range(2):
            clock.now += 1.1
            assert here.current() is None
    assert [record.getMessage() for record in caplog.records] == [
        "Redis does not answer (ConnectionError): pages are rendered for each visitor until it does."
    ]
    server.away = False
    clock.now += 0.9
    assert here.current() is None
    clock.now += 0.2
    assert here.current() == NOW


def test_what_is_published_while_redis_is_away_is_told_to_the_others_once_it_is_back(server, clock):
    here, there = Redis("redis://somewhere"), Redis("redis://somewhere")
    before = there.current()
    server.away = True
    here.bump()
    server.away = False
    clock.now += 1.1
    after = here.current()
    assert there.current() == after == before + 1
    for _read in range(3):
        clock.now += 0.2
        assert here.current() == after  # it is made up for once


def test_a_publication_is_told_at_once_and_once(server, clock):
    here = Redis("redis://somewhere")
    here.bump()
    assert server.asked == ["incr"] and here.current() == NOW + 1
    clock.now += 0.2
    assert here.current() == NOW + 1 and server.asked == ["incr", "get"]


def test_a_redis_that_has_lost_the_number_goes_on_with_a_later_one(server, clock, monkeypatch):
    here = Redis("redis://somewhere")
    before = here.current()
    server.number = None
    monkeypatch.setattr(generation.time, "time_ns", lambda: NOW + 1_000)
    clock.now += 0.2
    assert here.current() == before + 1_000


@pytest.mark.parametrize(("address", "kind"), [("", SharedMemory), ("redis://somewhere", Redis)])
def test_several_machines_share_it_by_redis_and_one_in_its_memory(settings, tmp_path, address, kind):
    settings.REDIS_URL, settings.VAR_DIR = address, tmp_path
    assert isinstance(generation.generation.__wrapped__(), kind)
    assert (tmp_path / "generation").exists() is (kind is SharedMemory)
