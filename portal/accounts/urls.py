"""The pages of allauth that staff need, and no others."""

from allauth.account import views
from django.urls import include, path
from django.views.generic import RedirectView

# An account without a password logs in with a passkey, so nobody needs the page that sets a first password.
set_password = RedirectView.as_view(pattern_name="mfa_index")

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", set_password, name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("", RedirectView.as_view(pattern_name="mfa_index")),
]
