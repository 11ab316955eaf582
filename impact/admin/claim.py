import re

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.admin import EvidenceFilter, UpkeepAdmin, UpkeepFilter
from organisation.admin.protected_delete import natural_sort_key, row_label
from organisation.admin.record import shown_partings
from organisation.models import Citation, site_settings
from organisation.usage import blocks_of_pages

from ..conflicts import find_conflicts
from ..models import Claim, ClaimsBlock
from .bulk_review import BulkReviewMixin
from .citation import ClaimCitationInline
from .figure import FigureInline, UnwrittenFilter
from .review import ReviewMixin


@admin.register(Claim)
class ClaimAdmin(ReviewMixin, BulkReviewMixin, UpkeepAdmin):
    """The form of the working copy; it is published on the review page alone."""

    change_form_template = "admin/impact/claim/change_form.html"
    actions = [*BulkReviewMixin.actions, *UpkeepAdmin.actions]
    list_display = ["reference", "statement", "organisation", "type", "grade_text", "edition_text"]
    list_display_links = ["reference", "statement"]
    list_filter = [
        UpkeepFilter,
        EvidenceFilter,
        UnwrittenFilter,
        ("organisation", admin.RelatedOnlyFieldListFilter),
        "theme",
        "type",
    ]
    list_select_related = ["organisation", "current_edition"]
    search_fields = ["=number", "statement", "subject"]
    autocomplete_fields = ["organisation"]
    readonly_fields = ["reference", "grade_text", "edition_text", *UpkeepAdmin.readonly_fields]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "reference",
                    "organisation",
                    "statement",
                    "in_our_words",
                    "as_of",
                    "limitations",
                    "shown",
                    "not_established",
                    "slug",
                ]
            },
        ),
        (
            _("What kind of claim"),
            {
                "fields": ["subject", "theme", "type", "role", "together_with"],
                "description": _("Before it can be submitted, it needs a subject, a theme and a type."),
            },
        ),
        UpkeepAdmin.upkeep_fieldset,
        (_("Publication"), {"fields": ["grade_text", "edition_text"]}),
    ]
    inlines = [FigureInline, ClaimCitationInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("citations")

    def _create_formsets(self, request, obj, change):
        """Shows the figures what the form says of passages, since both are sent together."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        figures = next((each for each in formsets if hasattr(each, "citation_formset")), None)
        if figures is not None:
            figures.citation_formset = next((each for each in formsets if each.model is Citation), None)
        return formsets, inlines

    def get_readonly_fields(self, request, obj=None):
        """Readers are told of the next review, which “Still true” sets, of a claim that others decide on."""
        review_by = ("review_by",) if obj and self.is_review_public(obj) else ()
        return (*super().get_readonly_fields(request, obj), *review_by)

    def is_review_public(self, claim):
        """True also of a claim that a decision or a time makes public as it is: submitted, or withdrawn."""
        is_read = claim.awaits_decision or claim.editions.exists()
        return is_read and not site_settings().one_person_alone

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.current_edition_id else None

    @admin.display(description=_("grade if published now"))
    def grade_text(self, obj):
        return obj.grade.label if obj and obj.pk else "–"

    @admin.display(description=_("current edition"))
    def edition_text(self, obj):
        return obj.current_edition.number if obj.current_edition else _("not published")

    def get_search_results(self, request, queryset, search_term):
        """Finds a claim by its reference as readers see it: E10."""
        if re.fullmatch(r"[Ee]\d+", search_term.strip()):
            search_term = search_term.strip()[1:]
        return super().get_search_results(request, queryset, search_term)

    def save_model(self, request, obj, form, change):
        if change:
            # The form was loaded before somebody may have published: the stored state of the review stays.
            stored = obj.locked()
            obj.stage, obj.publish_at, obj.current_edition = (
                stored.stage,
                stored.publish_at,
                stored.current_edition,
            )
            # An earlier state of the working copy has earlier days, too.
            obj.confirmed_on = stored.confirmed_on
            if self.is_review_public(stored):
                obj.review_by = stored.review_by
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.note_change(request.user)
        find_conflicts(form.instance)
        if differences := form.instance.partings():
            messages.warning(request, shown_partings(differences))
        if "_submit" in request.POST:
            request.is_refused = not self.submit_saved(request, form.instance)

    def submit_saved(self, request, claim):
        """Submits what has just been saved; says so and returns True, or says what stands in the way."""
        reference = {"reference": claim.reference}
        note = request.POST.get("_note", "").replace("\x00", "")
        try:
            # Its own author saved it in this transaction, so that nobody can have changed it since.
            claim.submit(request.user, note, seen=Claim.AS_STORED)
        except ValidationError as error:
            message = gettext("%(reference)s is saved and not submitted. %(why)s") % (
                reference | {"why": " ".join(error.messages)}
            )
            self.message_user(request, message, messages.ERROR)
            return False
        self.message_user(
            request, gettext("%(reference)s is submitted for review.") % reference, messages.SUCCESS
        )
        return True

    def response_add(self, request, obj, post_url_continue=None):
        return self.redirect_to_review(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self.redirect_to_review(request, obj) or super().response_change(request, obj)

    def redirect_to_review(self, request, claim):
        """Leads from “Save and submit” to the review page, with the note if the claim was not submitted."""
        if "_submit" not in request.POST or IS_POPUP_VAR in request.POST:
            return None
        note = {"note": request.POST.get("_note", "")} if request.is_refused else {}
        return HttpResponseRedirect(reverse("admin:impact_claim_review", args=[claim.pk], query=note))

    def get_deleted_objects(self, objs, request):
        """Protects what a block has chosen, too: without its choice it would show all that fits it."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        blocks = ClaimsBlock.objects.filter(claims__in=objs, pk__in=blocks_of_pages().values("pk")).distinct()
        if labels := {row_label(block) for block in blocks}:
            perms_needed, protected = set(), sorted({*protected, *labels}, key=natural_sort_key)
        return to_delete, counts, perms_needed, protected

    @transaction.atomic
    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Treats a return to an earlier state of the working copy as a change like any other."""
        response = super().history_form_view(request, object_id, version_id, extra_context)
        if request.method == "POST":
            Claim.objects.get(pk=object_id).note_change(request.user)
        return response
