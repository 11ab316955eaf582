"""Accounts and redirects in the admin."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.redirects.models import Redirect
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisation.admin import ProtectedDeleteAdmin

from .accounts.former_account import keep_name
from .accounts.second_factor import forget_factors
from .pages.redirects import RedirectAdmin

admin.site.unregister(Redirect)  # its form would lead to any other site
admin.site.register(Redirect, RedirectAdmin)
admin.site.unregister(get_user_model())
admin.site.unregister(EmailAddress)  # no mail is ever sent
admin.site.unregister(Authenticator)  # its form would show the secret


@admin.register(get_user_model())
class AccountAdmin(ProtectedDeleteAdmin, UserAdmin):
    """Lists accounts; one that something published rests on cannot be deleted, but set inactive."""

    actions = ["forget_second_factors"]

    @transaction.atomic
    def delete_model(self, request, obj):
        keep_name(obj)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        for account in queryset:
            keep_name(account)
        super().delete_queryset(request, queryset)

    @admin.action(
        description=_("Take the second factors and sessions from the selected accounts"),
        permissions=["change"],
    )
    def forget_second_factors(self, request, accounts):
        for account in accounts:
            forget_factors(account)
            self.log_change(request, account, "The second factors and sessions were taken away.")
        self.message_user(request, _("These accounts set up a new second factor at their next login."))
