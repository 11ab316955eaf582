"""The pages of allauth that staff need, and no others."""

from allauth.account import views
from django.urls import path
from django.views.generic import RedirectView

from .lazy_view import lazy_view

# An account without a password logs in with a passkey, so nobody needs the page that sets a first password.
set_password = RedirectView.as_view(pattern_name="mfa_index")

# As in allauth.mfa.urls, which imports all that passkeys need.
SECOND_FACTOR_PAGES = {
    "": "base.views.index",
    "authenticate/": "base.views.authenticate",
    "reauthenticate/": "base.views.reauthenticate",
    "totp/activate/": "totp.views.activate_totp",
    "totp/deactivate/": "totp.views.deactivate_totp",
    "recovery-codes/": "recovery_codes.views.view_recovery_codes",
    "recovery-codes/generate/": "recovery_codes.views.generate_recovery_codes",
    "recovery-codes/download/": "recovery_codes.views.download_recovery_codes",
    "webauthn/": "webauthn.views.list_webauthn",
    "webauthn/add/": "webauthn.views.add_webauthn",
    "webauthn/reauthenticate/": "webauthn.views.reauthenticate_webauthn",
    "webauthn/keys/<int:pk>/remove/": "webauthn.views.remove_webauthn",
    "webauthn/keys/<int:pk>/edit/": "webauthn.views.edit_webauthn",
    "webauthn/login/": "webauthn.views.login_webauthn",
}


def start_view(name):
    return lazy_view(f"portal.accounts.start.views.{name}")


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", set_password, name="account_set_password"),
    *(
        path(f"2fa/{route}", lazy_view(f"allauth.mfa.{view}"), name=f"mfa_{view.rpartition('.')[2]}")
        for route, view in SECOND_FACTOR_PAGES.items()
    ),
    path("start/", start_view("overview"), name="start"),
    path("start/colours/", start_view("colours"), name="start-colours"),
    path("start/open/<str:token>/", start_view("open_start"), name="start-address"),
    path("start/<slug:name>/", start_view("screen"), name="start-screen"),
    path("", RedirectView.as_view(pattern_name="mfa_index")),
]
