"""nginx, set up as docs/operations says, in front of the site: the server is killed, and every address of the copy still answers.

Needs nginx and openssl on the machine.
"""

import gzip
import os
import re
import signal
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import quote

import django

from tests.support.ports import free_port

NAME = "example.org"


def main():
    django.setup()
    from tests.browser.site import Site

    from . import crashes

    folder = Path(os.environ["PORTAL_VAR"])
    os.environ["PORTAL_HOSTS"] = f"{NAME},localhost"
    site = Site(folder, os.environ.get("DATABASE_URL", ""))
    site.fill()
    site.manage("mirror", str(folder / "mirror"), f"--address=https://{NAME}", "--verbosity=0")
    addresses = sorted(addresses_of(folder / "mirror/current"))
    server, address = crashes.serve()
    try:
        with nginx(folder, address.removeprefix("http://localhost:")) as port:
            status, headers, _body = ask(port, "/")
            assert (status, headers["X-Margin-Copy"]) == (200, None), "the site does not answer through nginx"
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            began = time.monotonic()
            first = ask(port, "/")
            took = time.monotonic() - began
            assert first[0] == 200 and first[1]["X-Margin-Copy"], "the copy does not take over"
            for number, path in enumerate(addresses):
                look_at(
                    port, path, who=f"127.0.1.{number % 200 + 1}"
                )  # nginx lets nobody alone ask for five hundred files in a few seconds
            status, headers, body = ask(port, "/there-is-no-such-page/")
            assert (
                status == 404 and b"There is no page at this address" in body and headers["X-Margin-Copy"]
            ), "a wrong address"
            status, _headers, body = ask(port, "/search/?q=children")
            assert status == 200 and b"search needs the site itself" in body, (
                "search does not say that it rests"
            )
            assert ask(port, "/evidence/?grade=supported")[0] == 200
            assert ask(port, "/admin/")[0] == 502 and ask(port, "/healthz")[0] == 502, (
                "monitors are told that the site is there"
            )
            assert 429 in {ask(port, "/search/?q=children")[0] for _each in range(60)}, (
                "searches are not limited"
            )
            said = (folder / "access.log").read_text()
            assert "127.0.0.1" not in said and "q=children" not in said, "the log says who asked, or for what"
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
    print(
        f"server killed: all {len(addresses)} addresses of the copy answer 200 with its day, the first after {took * 1000:.0f} ms"
    )


def addresses_of(root):
    for file in root.rglob("*"):
        if file.is_file() and file.suffix != ".gz" and file.name != "404.html":
            path = f"/{quote(str(file.relative_to(root)))}"
            if not path.startswith("/static/"):
                yield path.removesuffix("index.html")


def look_at(port, path, who):
    status, headers, body = ask(port, path, who)
    assert status == 200 and headers["X-Margin-Copy"], f"{path} answers {status}"
    wanted = {
        "/": "text/html",
        ".csv": "text/csv",
        ".atom": "application/atom+xml",
        ".json": "application/json",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".bib": "application/x-bibtex",
    }
    kind = re.search(r"/$|\.[a-z]+$", path)[0]
    assert headers["Content-Type"].startswith(wanted.get(kind, "")), f"{path} is {headers['Content-Type']}"
    assert body, path


def ask(port, path, who="127.0.0.1"):
    """Status, headers and body of nginx's answer to somebody at this address of the machine."""
    connection = HTTPSConnection(
        "127.0.0.1", port, context=ssl._create_unverified_context(), timeout=30, source_address=(who, 0)
    )
    connection.request("GET", path, headers={"Host": NAME, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return (
        answer.status,
        answer.headers,
        gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body,
    )


@contextmanager
def nginx(folder, site_port, another=None, faster=None):
    """nginx with the example of the documentation, whose names, ports and folders are those of the drill; files may be asked for faster.

    `another` is the port of a second server, `faster` what else is changed in the example.
    """
    from django.conf import settings

    plain, tls = free_port(), free_port()
    certificate(folder)
    written = {"proxy.conf": {}, "nginx.conf": {
        "127.0.0.1:8000": f"127.0.0.1:{site_port}", "listen 443 ssl http2": f"listen 127.0.0.1:{tls} ssl http2", "listen 80": f"listen 127.0.0.1:{plain}",
        "listen [::]:443 ssl http2;": "", "listen [::]:80;": "", "/etc/nginx/margin-proxy.conf": f"{folder}/proxy.conf",
        "/etc/letsencrypt/live/example.org": str(folder), "/var/lib/margin": str(folder),
        "zone=margin_files:10m rate=2r/s": "zone=margin_files:10m rate=500r/s",
        "/var/log/nginx/margin.log": f"{folder}/access.log", "/var/log/nginx/margin-error.log": f"{folder}/error.log",
    }}  # fmt: skip
    if another:
        written["nginx.conf"]["# server 10.0.0.2:8000"] = f"server 127.0.0.1:{another}"
    written["nginx.conf"] |= faster or {}
    for name, changes in written.items():
        text = (settings.BASE_DIR / "docs/operations" / name).read_text()
        for old, new in changes.items():
            assert old in text, f"{name} does not say {old}"
            text = text.replace(old, new)
        (folder / name).write_text(text)
    main = folder / "main.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    main.write_text(
        f"{user} pid {folder}/nginx.pid; daemon off; error_log {folder}/error.log crit; events {{}} http {{ include /etc/nginx/mime.types; include {folder}/nginx.conf; }}"
    )
    subprocess.run(["nginx", "-t", "-q", "-c", main], check=True)
    running = subprocess.Popen(["nginx", "-c", main])
    try:
        wait_for(tls)
        yield tls
    finally:
        running.terminate()
        running.wait()


def certificate(folder):
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={NAME}",
    ]
    subprocess.run(
        [*command, "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True,
        capture_output=True,
    )


def wait_for(port):
    for _attempt in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nginx does not listen")


if __name__ == "__main__":
    main()
