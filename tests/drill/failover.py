"""The server behind nginx, set up as docs/operations says, is killed; every address of the copy answers.

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

HOST = "example.org"
CONTENT_TYPES = {
    "/": "text/html",
    ".csv": "text/csv",
    ".atom": "application/atom+xml",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".bib": "application/x-bibtex",
}


def main():
    django.setup()
    from tests.browser.site import Site

    from .crashes import serve

    folder = Path(os.environ["PORTAL_VAR"])
    os.environ["PORTAL_HOSTS"] = f"{HOST},localhost"
    site = Site(folder, os.environ.get("DATABASE_URL", ""))
    site.fill()
    site.manage("mirror", str(folder / "mirror"), f"--address=https://{HOST}", "--verbosity=0")
    paths = sorted(copied_paths(folder / "mirror/current"))
    server, address = serve()
    try:
        with nginx(folder, address.removeprefix("http://localhost:")) as port:
            status, headers, _body = get(port, "/")
            assert (status, headers["X-Copy-Made"]) == (200, None), "the site does not answer through nginx"
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            began = time.monotonic()
            status, headers, _body = get(port, "/")
            seconds = time.monotonic() - began
            assert status == 200 and headers["X-Copy-Made"], "the copy does not take over"
            for number, path in enumerate(paths):
                # nginx lets no single address ask for five hundred files in a few seconds.
                check_copy(port, path, client=f"127.0.1.{number % 200 + 1}")
            check_what_the_copy_leaves_out(port, folder / "access.log")
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
    print(
        f"server killed: all {len(paths)} addresses of the copy answer 200 with its day, "
        f"the first after {seconds * 1000:.0f} ms"
    )


def copied_paths(root):
    """Yields the path of every page and file of a static copy but those below /static/."""
    for file in root.rglob("*"):
        if file.is_file() and file.suffix != ".gz" and file.name != "404.html":
            path = f"/{quote(str(file.relative_to(root)))}"
            if not path.startswith("/static/"):
                yield path.removesuffix("index.html")


def check_copy(port, path, client):
    status, headers, body = get(port, path, client)
    assert status == 200 and headers["X-Copy-Made"], f"{path} answers {status}"
    ending = re.search(r"/$|\.[a-z]+$", path)[0]
    content_type = headers["Content-Type"]
    assert content_type.startswith(CONTENT_TYPES.get(ending, "")), f"{path} is {content_type}"
    assert body, path


def check_what_the_copy_leaves_out(port, access_log):
    status, headers, body = get(port, "/there-is-no-such-page/")
    assert status == 404 and b"There is no page at this address" in body and headers["X-Copy-Made"], (
        "a wrong address"
    )
    status, _headers, body = get(port, "/search/?q=children")
    assert status == 200 and b"search needs the site itself" in body, "search does not say that it rests"
    assert get(port, "/evidence/?grade=supported+in+part")[0] == 200
    assert get(port, "/admin/")[0] == 502 and get(port, "/healthz")[0] == 502, (
        "monitors are told that the site is there"
    )
    statuses = {get(port, "/search/?q=children")[0] for _search in range(60)}
    assert 429 in statuses, "searches are not limited"
    log = access_log.read_text()
    assert "127.0.0.1" not in log and "q=children" not in log, "the log says who asked, or for what"


def get(port, path, client="127.0.0.1"):
    """Returns status, headers and body of nginx's answer to a client at this address of the machine."""
    connection = HTTPSConnection(
        "127.0.0.1", port, context=ssl._create_unverified_context(), timeout=30, source_address=(client, 0)
    )
    connection.request("GET", path, headers={"Host": HOST, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.headers["Content-Encoding"] == "gzip":
        body = gzip.decompress(body)
    return answer.status, answer.headers, body


@contextmanager
def nginx(folder, site_port, second_port=None, further_changes=None):
    """Runs nginx with the documented configuration, changed to the names, ports and folders of the drill.

    Yields its port for TLS. Files may be asked for faster than on a site. `second_port` is that of a second
    server, `further_changes` are {text of nginx.conf: what replaces it}.
    """
    from django.conf import settings

    http_port, tls_port = free_port(), free_port()
    make_certificate(folder)
    nginx_changes = {
        "127.0.0.1:8000": f"127.0.0.1:{site_port}",
        "listen 443 ssl http2": f"listen 127.0.0.1:{tls_port} ssl http2",
        "listen 80": f"listen 127.0.0.1:{http_port}",
        "listen [::]:443 ssl http2;": "",
        "listen [::]:80;": "",
        "/etc/nginx/margin-proxy.conf": f"{folder}/proxy.conf",
        "/etc/letsencrypt/live/example.org": str(folder),
        "/var/lib/margin": str(folder),
        "zone=margin_files:10m rate=2r/s": "zone=margin_files:10m rate=500r/s",
        "/var/log/nginx/margin.log": f"{folder}/access.log",
        "/var/log/nginx/margin-error.log": f"{folder}/error.log",
    }
    if second_port:
        nginx_changes["# server 10.0.0.2:8000"] = f"server 127.0.0.1:{second_port}"
    nginx_changes |= further_changes or {}
    for name, changes in {"proxy.conf": {}, "nginx.conf": nginx_changes}.items():
        text = (settings.BASE_DIR / "docs/operations" / name).read_text()
        for old, new in changes.items():
            assert old in text, f"{name} does not say {old}"
            text = text.replace(old, new)
        (folder / name).write_text(text)
    main_configuration = folder / "main.conf"
    # Started by root, nginx would give its workers to a user who cannot read the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    main_configuration.write_text(
        f"{user} pid {folder}/nginx.pid; daemon off; error_log {folder}/error.log crit; events {{}} "
        f"http {{ include /etc/nginx/mime.types; include {folder}/nginx.conf; }}"
    )
    subprocess.run(["nginx", "-t", "-q", "-c", main_configuration], check=True)
    process = subprocess.Popen(["nginx", "-c", main_configuration])
    try:
        wait_for(tls_port)
        yield tls_port
    finally:
        process.terminate()
        process.wait()


def make_certificate(folder):
    options = f"-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={HOST}"
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run(["openssl", "req", *options.split(), *files], check=True, capture_output=True)


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
