"""Serves https under a name of its own, with a certificate that this machine believes for a test."""

import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificate(folder, *names, days=1):
    """Returns the path of a file with a key and a certificate that is valid until so many days from now."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{names[0]}.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    file.write_bytes(key.private_bytes(pem, *form) + signed.public_bytes(pem))
    return file


@contextmanager
def answering(answer, certificate=None):
    """Serves on a port of this machine, which it yields, by https where there is a certificate.

    `answer` takes (host, path) and returns (status, {name of a header: value}, body).
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = answer(self.headers["Host"], self.path)
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        serving.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            serving.join()


def proxy_to(port):
    """Returns the answer of a proxy that asks a server on this machine; it was itself asked by https."""

    def answer(host, path):
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body, passed = response.read(), ("Location", "Content-Type")
        connection.close()
        headers = {name: value for name in passed if (value := response.getheader(name))}
        return response.status, headers, body

    return answer
