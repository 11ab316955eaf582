"""Adapts allauth's login and second factor to staff."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from organisation.models import site_settings


class StaffAdapter(DefaultAccountAdapter):
    """Closes the sign-up, for accounts are made in the admin; limits failed logins by account and address."""

    def is_open_for_signup(self, request):
        return False

    def _get_login_attempts_cache_key(self, request, **credentials):
        # Without the IP address anybody could lock a member of staff out by guessing passwords.
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def get_client_ip(self, request):
        """Returns the address that the outermost proxy of ours saw, or the sender's without a proxy."""
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        # A shorter header than there are proxies was not written by them: then nothing in it is believed.
        if not 0 < settings.ALLAUTH_TRUSTED_PROXY_COUNT <= len(forwarded):
            return request.META.get("REMOTE_ADDR") or "unknown"
        return super().get_client_ip(request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the site in the app that shows the codes, and in the window that asks for a passkey."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This is not the code: enter the one that shows now, or wait for the next. If that is refused, "
            "too, let the telephone set its clock by itself."
        ),
    }

    def get_totp_issuer(self):
        return site_settings().title

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": site_settings().title}
