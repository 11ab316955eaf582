"""The form of redirects: where the old addresses of pages lead."""

from contextlib import suppress

from django import forms
from django.contrib import admin
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from .addresses import VIEWS_OF_PAGES, check_address, public_addresses


class RedirectForm(forms.ModelForm):
    """An old address of a page, and where it leads: in one step, and never away from this site."""

    old_path = forms.CharField(
        label=_("old address"), max_length=200, help_text=_("For example /about/history/, where no page is.")
    )
    new_path = forms.CharField(
        label=_("leads to"),
        max_length=200,
        required=False,
        help_text=_("An address of this site, for example /timeline/. Empty: the page is gone for good."),
    )

    class Meta:
        model = Redirect
        fields = ["old_path", "new_path"]

    def clean_old_path(self):
        path = checked_path(self.cleaned_data["old_path"])
        check_address(path)
        if path in public_addresses().values():
            raise ValidationError(_("A page answers at this address: take it down or move it first."))
        if Redirect.objects.filter(old_path=path).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This address leads on already: change that entry."))
        if Redirect.objects.filter(new_path=path).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another old address leads to this one: let it lead on first."))
        return path

    def clean_new_path(self):
        if not self.cleaned_data["new_path"]:
            return ""
        path = checked_path(self.cleaned_data["new_path"])
        view = None
        with suppress(Resolver404):
            view = resolve(path)
        is_page = view and view.url_name in VIEWS_OF_PAGES
        if not view or view.app_names or (is_page and path not in public_addresses().values()):
            raise ValidationError(_("Nothing that visitors can read is at this address."))
        return path


def checked_path(path):
    """Returns a path with a slash at both ends; ValidationError for another site or a query."""
    if not path.startswith("/") or path.startswith("//") or set("?#\\") & set(path):
        raise ValidationError(
            _("Write an address of this site: it begins with a slash, and has no “?” or “#”.")
        )
    is_file = "." in path.rpartition("/")[2]
    return path if path.endswith("/") or is_file else f"{path}/"


class RedirectAdmin(admin.ModelAdmin):
    """Lists where the old addresses of pages lead. Moving or taking down a page writes them."""

    form = RedirectForm
    list_display = ["old_path", "new_path"]
    search_fields = ["old_path", "new_path"]

    def save_model(self, request, redirect, form, change):
        redirect.site = Site.objects.get_current()
        super().save_model(request, redirect, form, change)
