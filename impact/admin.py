from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from organisation.admin import RecordAdmin

from .models import Claim, Edition, Figure, Highlight


class FigureForm(forms.ModelForm):
    class Meta:
        model = Figure
        fields = ["label", "qualifier", "value", "unit", "as_of", "order"]
        error_messages = {"unit": {"required": _("A figure needs a unit: say what is counted, for example “participants”.")}}


class FigureInline(admin.TabularInline):
    model = Figure
    form = FigureForm
    extra = 0


class ClaimForm(forms.ModelForm):
    reason = forms.CharField(
        label=_("reason for the change"), required=False, max_length=500,
        help_text=_("Read by everyone once the claim is published: what changed, and why."),
    )

    class Meta:
        model = Claim
        fields = "__all__"


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    """The working copy. Readers see it only once somebody who may publish has published it."""

    form = ClaimForm
    change_form_template = "admin/impact/claim/change_form.html"
    list_display = ["reference", "statement", "organisation", "type", "grade_text", "edition_text"]
    list_display_links = ["reference", "statement"]
    list_filter = [("organisation", admin.RelatedOnlyFieldListFilter), "theme", "type"]
    list_select_related = ["organisation", "current_edition"]
    search_fields = ["=number", "statement", "subject"]
    autocomplete_fields = ["organisation", "owner"]
    readonly_fields = ["reference", "grade_text", "edition_text"]
    fieldsets = [
        (None, {"fields": ["reference", "organisation", "statement", "as_of", "limitations"]}),
        (_("What kind of claim"), {"fields": ["subject", "theme", "type", "role", "together_with"]}),
        (_("Care"), {"fields": ["slug", "owner", "review_by"]}),
        (_("Publication"), {"fields": ["grade_text", "edition_text", "reason"]}),
    ]
    inlines = [FigureInline, *RecordAdmin.inlines]
    actions = ["publish"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("citations")

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.current_edition_id else None

    @admin.display(description=_("grade if published now"))
    def grade_text(self, obj):
        return obj.grade.label if obj.pk else "–"

    @admin.display(description=_("current edition"))
    def edition_text(self, obj):
        return obj.current_edition.number if obj.current_edition else _("not published")

    def has_publish_permission(self, request):
        return request.user.has_perm("impact.publish_claim")

    def render_change_form(self, request, context, **kwargs):
        return super().render_change_form(request, context | {"may_publish": self.has_publish_permission(request)}, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "_publish" in request.POST and self.has_publish_permission(request):
            self.publish_one(request, form.instance, form.cleaned_data["reason"])

    def publish_one(self, request, claim, reason=""):
        """Publish and say so, or say what stands in the way."""
        try:
            edition = claim.publish(by=request.user, reason=reason)
        except ValidationError as error:
            self.message_user(request, f"{claim.reference}: " + " ".join(error.messages), messages.ERROR)
            return False
        told = gettext("%(reference)s is published as edition %(number)d.") % {"reference": claim.reference, "number": edition.number}
        self.message_user(request, told, messages.SUCCESS)
        return True

    @admin.action(description=_("Publish the chosen claims"), permissions=["publish"])
    def publish(self, request, queryset):
        published = sum(self.publish_one(request, claim) for claim in queryset)
        told = ngettext("%(count)d claim published.", "%(count)d claims published.", published) % {"count": published}
        self.message_user(request, told)


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """What was published, to read: an edition is never changed or deleted."""

    list_display = ["claim", "number", "grade", "published_at", "published_by"]
    list_filter = ["grade", ("organisation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["claim", "published_by"]
    search_fields = ["=claim__number", "statement"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Highlight)
class HighlightAdmin(RecordAdmin):
    list_display = ["claim", "where", "order"]
    list_filter = ["where"]
    list_editable = ["order"]
    list_select_related = ["claim"]
    autocomplete_fields = ["claim"]
    inlines = []
