"""Requires a second factor of every logged-in user before anything else."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.shortcuts import redirect

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
EXTENSION_INTERVAL = 600  # seconds: a session in use is extended by at most one write in this time


class SecondFactorMiddleware:
    """Redirects a logged-in user who lacks a second factor, or has not shown it; costs a visitor no query."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path_info.startswith("/api/v1/"):
            return None  # the API answers everybody alike, and reads no session
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        extend_session(request.session)
        if settings.PORTAL_PASSWORD_ONLY or is_exempt(request.resolver_match):
            return None
        if not is_mfa_enabled(request.user, SECOND_FACTORS):
            return redirect("mfa_index")
        if not any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
            # This session began before the account had a second factor.
            logout(request)
            return redirect_to_login(request.get_full_path())
        return None


def is_exempt(match):
    """Returns true for the pages on which a second factor is set up, and for the logout."""
    return match.view_name == "admin:logout" or (match.url_name or "").startswith(("account_", "mfa_"))


def extend_session(session):
    # Any change saves the session, and with that its expiry moves.
    if time.time() - session.get("touched", 0) > EXTENSION_INTERVAL:
        session["touched"] = int(time.time())


@receiver(authenticator_added)
def record_new_factor(request, user, authenticator, **_):
    """Counts the setting up of a factor as showing it, so that the session goes on."""
    if authenticator.type in SECOND_FACTORS:
        record_authentication(request, user, method="mfa", type=authenticator.type, id=authenticator.pk)


def forget_factors(user):
    """Deletes the factors, recovery codes and sessions of an account whose telephone is lost.

    The next login sets a new factor up.
    """
    Authenticator.objects.filter(user=user).delete()
    # The user of a session stands in its encoded data only, so every session is read.
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
