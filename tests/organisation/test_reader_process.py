"""A file that others made is read by a child process, which can do nothing but read."""

import socket
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from organisation.reader_process import SENTENCES, read_in_child

read = partial(read_in_child, "tests.support.misbehaving_reader")


def refusal(contents, does):
    with pytest.raises(ValidationError) as refused:
        read(contents, does=does)
    return refused.value.messages


def test_what_a_reader_returns_comes_back():
    assert read("a “file”".encode(), does="return") == ["a “file”", None]
    assert read(b"", does="take little memory") == 200 * 1024**2


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("refuse", "too long"),
        ("answer too much", "too long"),
        ("take memory", "too much"),
        ("recurse", "too much"),
        ("run for ever", "too much"),
        ("fail", "damaged"),
    ],
)
def test_a_file_that_is_refused_fails_or_needs_too_much_gets_one_sentence(does, code):
    assert refusal(b"", does) == [str(SENTENCES[code])]


@pytest.mark.parametrize("does", ["start a program", "run a command", "write a file"])
def test_a_reader_writes_no_file_and_starts_no_program(tmp_path, does):
    refusal(f"{tmp_path}/made".encode(), does)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_opens_no_address():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        refusal(str(server.getsockname()[1]).encode(), "open an address")
        with pytest.raises(BlockingIOError):
            server.accept()
