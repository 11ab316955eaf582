"""Computes the codes of an authenticator app (RFC 6238), as on Alice's telephone."""

import base64
import hmac
import struct
import time
from types import SimpleNamespace

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator

SECRET = "JBSWY3DPEHPK3PXP"  # pragma: allowlist secret


def code_of(secret, moment=None):
    counter = struct.pack(">Q", int(time.time() if moment is None else moment) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    return f"{(struct.unpack('>I', digest[(at := digest[-1] & 15) : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def with_app(user):
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": SECRET}}
    )
    return user


def log_in_with_app(client, user):
    """Logs a user in who has an app, and has shown its code."""
    client.force_login(with_app(user))
    session = client.session
    record_authentication(SimpleNamespace(session=session), user, method="mfa", type="totp")
    session.save()
