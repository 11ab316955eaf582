import re

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from organisation.admin import RecordAdmin

from ..conflicts import search
from ..models import Claim, Edition, Figure, Highlight


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
        return obj.grade.label if obj and obj.pk else "–"

    @admin.display(description=_("current edition"))
    def edition_text(self, obj):
        return obj.current_edition.number if obj.current_edition else _("not published")

    def has_publish_permission(self, request):
        return request.user.has_perm("impact.publish_claim")

    def render_change_form(self, request, context, **kwargs):
        return super().render_change_form(request, context | {"may_publish": self.has_publish_permission(request)}, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """The reason is asked of who publishes: until then nobody reads it."""
        *others, publication = super().get_fieldsets(request, obj)
        fields = [name for name in publication[1]["fields"] if name != "reason" or self.has_publish_permission(request)]
        return [*others, (publication[0], {"fields": fields})]

    def get_search_results(self, request, queryset, search_term):
        """Staff search for a claim by its reference as readers see it: E10."""
        if re.fullmatch(r"[Ee]\d+", search_term.strip()):
            search_term = search_term.strip()[1:]
        return super().get_search_results(request, queryset, search_term)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        search(form.instance)
        if "_publish" in request.POST and self.has_publish_permission(request):
            self.publish_one(request, form.instance, form.cleaned_data.get("reason", ""))

    def publish_one(self, request, claim, reason=""):
        """Publish and say so, or say what stands in the way."""
        named = {"reference": claim.reference}
        if not claim.differs_from_published():
            self.message_user(request, gettext("%(reference)s says what its current edition says: nothing to publish.") % named)
            return
        try:
            edition = claim.publish(by=request.user, reason=reason)
        except ValidationError as error:
            told = gettext("%(reference)s is not published. %(why)s") % (named | {"why": " ".join(error.messages)})
            self.message_user(request, told, messages.ERROR)
            return
        told = gettext("%(reference)s is published as edition %(number)d.") % (named | {"number": edition.number})
        self.message_user(request, told, messages.SUCCESS)

    @admin.action(description=_("Publish the chosen claims"), permissions=["publish"])
    def publish(self, request, queryset):
        for claim in queryset:
            self.publish_one(request, claim)


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
