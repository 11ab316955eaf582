"""The pages of allauth that staff need: nobody signs up here, and no letter is sent."""

from allauth.account import views
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path(
        "password/set/", RedirectView.as_view(pattern_name="mfa_index"), name="account_set_password"
    ),  # whoever has none logs in with a passkey
    path("2fa/", include("allauth.mfa.urls")),
    path("", RedirectView.as_view(pattern_name="mfa_index")),
]
