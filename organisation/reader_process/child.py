"""Runs one reader on the bytes of its standard input and prints what it returns, as JSON.

It can read files and nothing else: no address is opened, no file written and no program started.
"""

import json
import resource
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
# A reader that needs more memory or time has its own limits of these names.
MAX_MEMORY_BYTES, MAX_SECONDS, MAX_FILES, MAX_ANSWER_BYTES = 448 * 1024**2, 6, 64, 24 * 1024**2
FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.")


def main(module, arguments):
    sys.path.insert(0, str(ROOT))
    from organisation.reader_process.unreadable import Unreadable

    reader = import_module(module)
    read = reader.read
    contents = sys.stdin.buffer.read()
    limit_resources(
        getattr(reader, "MAX_MEMORY_BYTES", MAX_MEMORY_BYTES), getattr(reader, "MAX_SECONDS", MAX_SECONDS)
    )
    sys.addaudithook(forbid)
    try:
        answer = json.dumps({"answer": read(contents, **arguments)})
        if len(answer) > MAX_ANSWER_BYTES:
            raise Unreadable("too long")
    except Unreadable as refusal:
        answer = json.dumps({"refused": refusal.code, "details": refusal.details})
    except (MemoryError, RecursionError):
        answer = json.dumps({"refused": "too much", "details": {}})
    sys.stdout.write(answer)


def limit_resources(memory_bytes, seconds):
    """Sets the limits of this process; the system ends it at the one of processor time."""
    for name, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_NOFILE, MAX_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(name, (most, most))


def forbid(event, arguments):
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if writes or event.startswith(FORBIDDEN_EVENTS):
        raise PermissionError(f"a reader may not do this: {event}")


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
