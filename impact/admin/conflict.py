from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.admin.proposals import ProposingAdmin
from organisation.differences import marked

from ..conflicts import explanations
from ..models import Conflict


class ConflictForm(forms.ModelForm):
    decision = forms.ChoiceField(
        label=_("decision"),
        choices=[choice for choice in Conflict.Decision.choices if choice[0]],
        widget=forms.RadioSelect,
        help_text=_(
            "Readers of both claims are told of a confirmed conflict, "
            "as long as the published wordings differ; of a dismissed one nobody is."
        ),
    )

    class Meta:
        model = Conflict
        fields = ["decision", "why"]
        error_messages = {"why": {"required": _("Say why: the reason stands on record.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "why" in self.fields:  # with the permission to view alone there is no field
            self.fields["why"].required = True


@admin.register(Conflict)
class ConflictAdmin(ProposingAdmin):
    """The decision on each conflict. The rules add conflicts, and delete open ones that no longer hold."""

    form = ConflictForm
    change_form_template = "admin/impact/conflict/change_form.html"
    list_display = ["__str__", "organisation", "decision", "decided_by", "decided_at"]
    list_filter = ["decision", "rule"]
    list_select_related = ["first__organisation", "second", "decided_by"]
    search_fields = ["=first__number", "=second__number", "first__subject", "why"]
    fields = ["decision", "why"]

    @admin.display(description=_("organisation"), ordering="first__organisation__official_name")
    def organisation(self, obj):
        return obj.first.organisation

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.decided_by, obj.decided_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, obj=None, **kwargs):
        one, other = obj.first, obj.second
        pieces, other_pieces = marked(one.statement, other.statement)
        context |= {
            "sides": [(one, pieces), (other, other_pieces)],
            "sentences": explanations(obj.rule, one, other),
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)
