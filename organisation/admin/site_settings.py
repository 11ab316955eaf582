from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import CheckboxInput
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from ..models import SiteSettings, site_settings
from .look import LookAdmin
from .proposals import ProposingAdmin

ACCEPT = "organisation.accept_proposal"


@admin.register(SiteSettings)
class SiteSettingsAdmin(LookAdmin, ProposingAdmin, SimpleHistoryAdmin):
    """Edits the one row of the settings of the site, to which the list leads at once."""

    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}
    fieldsets = [
        (None, {"fields": ["name", "sentence", "publisher", "footer_note"]}),
        (
            _("How readers reach you"),
            {"fields": ["email", "postal_address", "telephone", "social_addresses"]},
        ),
        (_("Where readers give and help"), {"fields": ["giving_address", "helping_address"]}),
        (_("What may be done with the data"), {"fields": ["licence"]}),
        (_("Who speaks and who publishes"), {"fields": ["several_organisations", "one_person_alone"]}),
        (_("Where the site stands"), {"fields": ["public_address"]}),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return redirect("admin:organisation_sitesettings_change", 1)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Shows editors whether one person is alone, which publishers alone may change."""
        form = super().get_form(request, obj, change=change, **kwargs)
        # Not read-only: then an editor and a publisher would not have seen the same form.
        if field := form.base_fields.get("one_person_alone"):  # there is none for who may only look at it
            field.disabled = not request.user.has_perm(ACCEPT)
        return form

    def propose_or_save(self, request, view, object_id=None):
        """Saves at once that one person is alone, where there is nobody who could accept it."""
        ticked = CheckboxInput().value_from_datadict(request.POST, None, "one_person_alone")
        if ticked and request.user.has_perm(ACCEPT) and is_alone(request.user):
            return view()
        return super().propose_or_save(request, view, object_id)

    def save_model(self, request, obj, form, change):
        """Saves without a row in the history if nothing was changed."""
        if not request.user.has_perm(ACCEPT):
            # An earlier state from the history would bring it along, and its form cannot be changed either.
            obj.one_person_alone = site_settings().one_person_alone
        if not form.changed_data:
            obj.skip_history_when_saving = True
        super().save_model(request, obj, form, change)
        vars(obj).pop("skip_history_when_saving", None)


def is_alone(user):
    """True if nobody else with a role could log in to decide on what this person proposes."""
    people = get_user_model().objects.with_perm("organisation.view_proposal").filter(is_staff=True)
    return not people.exclude(pk=user.pk).exists()
