"""Measures how fast cached pages are served: `python -m benchmarks.serving`.

Beside them nginx serves the same bytes, and a stock django CMS serves a page from its cache. Every round
visits each target once, so that a machine that grows slower does so for all; ratios are taken inside a
round. Where other work runs on the machine, trust the processor time of a request more than the requests a
second. Needs nginx and wrk.
"""

import gzip
import http.client
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from .load import load, memory, need
from .sites import throw_away_site
from .stock import Stock

HOME, CLAIM = "/", "/evidence/e10-training-programmes/"
ROUNDS, SECONDS = 5, 3
PORTS = iter(range(24000, 24100))
ROOT = Path(__file__).parent.parent


def main():
    need("nginx", "wrk")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="margin-benchmark-")))
        targets = start_targets(stack, folder)
        rounds = [
            {name: load(url, pid, SECONDS) for name, (url, pid) in rotated(targets, number)}
            for number in range(ROUNDS)
        ]
        show(rounds)
        _url, pid = targets["home"]
        print(f"\nMemory of the server: {memory(pid):.0f} MB and {memory(child_of(pid)):.0f} MB.")


def start_targets(stack, folder):
    """Returns the targets, {name: (address, process id of the server)}; the stack stops them."""
    from django.core.management import call_command

    site, seconds = stack.enter_context(our_site())
    print(f"From the start of the server to the first page: {seconds:.1f} s.", flush=True)
    url, pid = site
    for path, name in {HOME: "index.html", CLAIM: "claim.html"}.items():
        fetch(url, path, folder / "files" / name)
    files = stack.enter_context(server(nginx(folder / "nginx", folder / "files"), os.environ, folder))
    call_command("mirror", str(folder / "mirror"), address="http://localhost", verbosity=0)
    copy = stack.enter_context(
        server(nginx(folder / "copy", folder / "mirror/current", STATIC_COPY), os.environ, folder)
    )
    (folder / "stock").mkdir()
    stock = Stock(folder / "stock")
    gunicorn = stack.enter_context(server(stock.gunicorn, stock.environment, stock.folder))
    granian = stack.enter_context(server(stock.granian, stock.environment, stock.folder))
    return {
        "nginx, home": (f"{files[0]}/index.html", files[1]),
        "home": (url + HOME, pid),
        "nginx, claim": (f"{files[0]}/claim.html", files[1]),
        "claim": (url + CLAIM, pid),
        "static copy, home": (copy[0] + HOME, copy[1]),
        "stock, gunicorn": (gunicorn[0] + "/", gunicorn[1]),
        "stock, granian": (granian[0] + "/", granian[1]),
    }


@contextmanager
def our_site():
    """Yields a seeded site as `make run` serves it, and the seconds from the start to the first page."""
    with throw_away_site():
        begun = time.perf_counter()
        with our_server() as site:
            yield site, time.perf_counter() - begun


def our_server():
    """Returns the context of a server on the site that is set up."""
    from portal.operations.server import SERVER

    return server(
        lambda port: [sys.executable, "-m", *SERVER.split(), "--host", "127.0.0.1", "--port", str(port)],
        os.environ,
        ROOT,
    )


@contextmanager
def server(command, environment, folder):
    """Yields (address, process id) once the first page is there."""
    port = next(PORTS)
    process = subprocess.Popen(command(port), env=environment, cwd=folder)
    try:
        url = f"http://localhost:{port}"
        while not answers(url):
            if process.poll() is not None:
                sys.exit(f"The server ended with status {process.returncode}.")
            time.sleep(0.02)
        for _visit in range(5):
            answers(url)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait()


def answers(url):
    try:
        return get(url, "/").status == 200
    except OSError:
        return False


def get(url, path):
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer


def fetch(url, path, file):
    """Writes a page to a file, and beside it compressed at the level of the site."""
    file.parent.mkdir(exist_ok=True)
    body = get(url, path).body
    file.write_bytes(body)
    file.with_name(file.name + ".gz").write_bytes(gzip.compress(body, 6))


# The location of the static copy in docs/operations/nginx.conf.
STATIC_COPY = """location / {
    try_files $uri ${uri}index.html =404; charset utf-8; add_header X-Margin-Copy today always;
    add_header Cache-Control "public, max-age=0, must-revalidate" always;
    add_header X-Content-Type-Options nosniff always;
}"""


def nginx(folder, root, location=""):
    """Returns a function that gives the command of nginx at a port, for the files below `root`.

    `folder` is for what nginx writes.
    """

    def command(port):
        folder.mkdir(exist_ok=True)
        temporary = " ".join(
            f"{name}_temp_path {folder}/{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        # Started by root, nginx would give its workers to a user who cannot read the folder.
        user = "user root;" if not os.geteuid() else ""
        (folder / "nginx.conf").write_text(f"""
            daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}
            events {{ worker_connections 512; }}
            http {{
                types {{ text/html html; }} access_log off; sendfile on; tcp_nopush on;
                keepalive_requests 10000000; open_file_cache max=100; {temporary}
                server {{ listen 127.0.0.1:{port}; root {root}; gzip_static on; {location} }}
            }}
        """)
        return [shutil.which("nginx"), "-c", f"{folder}/nginx.conf"]

    return command


def rotated(targets, number):
    names = list(targets)
    return [(name, targets[name]) for name in names[number % len(names) :] + names[: number % len(names)]]


def child_of(pid):
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def show(rounds):
    print(
        f"\n{date.today()}, {os.cpu_count()} processors, {ROUNDS} rounds of {SECONDS} s, "
        "medians (least to most)\n"
    )
    print(
        "| page | requests/s | × nginx | × stock, gunicorn | p50 ms | p99 ms "
        "| processor µs a request | × nginx |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name in rounds[0]:
        files = "nginx, claim" if name.endswith("claim") else "nginx, home"
        print(
            f"| {name} | "
            + " | ".join(
                [
                    spread([each[name].rate for each in rounds], ",.0f"),
                    spread([each[name].rate / each[files].rate for each in rounds], ".2f"),
                    spread([each[name].rate / each["stock, gunicorn"].rate for each in rounds], ",.0f"),
                    f"{statistics.median(each[name].p50 for each in rounds):.2f}",
                    f"{statistics.median(each[name].p99 for each in rounds):.1f}",
                    spread([each[name].processor for each in rounds], ",.0f"),
                    spread([each[name].processor / each[files].processor for each in rounds], ".1f"),
                ]
            )
            + " |"
        )


def spread(values, format_spec):
    median = statistics.median(values)
    return f"{median:{format_spec}} ({min(values):{format_spec}}–{max(values):{format_spec}})"


if __name__ == "__main__":
    main()
