from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings


class StaffAdapter(DefaultAccountAdapter):
    """The login as staff need it: accounts are made in the admin, and wrong passwords lock one account for one address."""

    def is_open_for_signup(self, request):
        return False

    def _get_login_attempts_cache_key(self, request, **credentials):
        # Without the address, anybody could keep a member of staff out by guessing.
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def get_client_ip(self, request):
        """The address that the outermost proxy of ours saw; a request that came past the proxies has its own."""
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        if not 0 < settings.ALLAUTH_TRUSTED_PROXY_COUNT <= len(forwarded):
            return request.META.get("REMOTE_ADDR") or "unknown"
        return super().get_client_ip(request)
