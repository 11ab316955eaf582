from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from organisation.admin import RestingAdmin

admin.site.unregister(get_user_model())


@admin.register(get_user_model())
class AccountAdmin(RestingAdmin, UserAdmin):
    """An account; one that something published rests on is not deleted, but set inactive."""
