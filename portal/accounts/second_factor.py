"""Nobody who is logged in does anything before they have a second factor and have shown it."""

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

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# How often a session that is in use is put off its end: at most one write in so many seconds.
TOUCHED_EVERY = 600


class SecondFactorMiddleware:
    """Leads who is logged in to what is missing; a visitor without a session is not even asked who they are."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path_info.startswith("/api/v1/"):
            return None  # for programs, and the same for everybody: nobody has a session there
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        touch(request.session)
        if settings.PORTAL_PASSWORD_ONLY or may_be_opened_without(request.resolver_match):
            return None
        if not is_mfa_enabled(request.user, FACTORS):
            return redirect("mfa_index")
        if not any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
            # A session from before there was a second factor.
            logout(request)
            return redirect_to_login(request.get_full_path())
        return None


def may_be_opened_without(match):
    """The pages on which a second factor is set up, and the ways out."""
    return match.view_name == "admin:logout" or (match.url_name or "").startswith(("account_", "mfa_"))


def touch(session):
    if time.time() - session.get("touched", 0) > TOUCHED_EVERY:
        session["touched"] = int(time.time())


@receiver(authenticator_added)
def shown(request, user, authenticator, **_):
    """Setting a factor up shows that one has it."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, method="mfa", type=authenticator.type, id=authenticator.pk)


def forget_factors(user):
    """For a telephone that is lost: every factor, recovery code and session of the account is gone, and the next login sets a new one up."""
    Authenticator.objects.filter(user=user).delete()
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
