from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.admin import CitationInline, RecordAdmin

from ..models import Absence, Figure, Indicator


class AbsenceInline(admin.StackedInline):
    model = Absence
    extra = 0
    fields = [("kind", "starts", "ends"), ("reason", "due"), ("axis", "group"), "remark"]


@admin.register(Indicator)
class IndicatorAdmin(RecordAdmin):
    """Edits what is counted and how, and of which periods there is no value; readings are claims."""

    list_display = ["reference", "title", "organisation", "unit", "measure", "level"]
    list_display_links = ["reference", "title"]
    list_filter = [("organisation", admin.RelatedOnlyFieldListFilter), "measure", "level"]
    list_select_related = ["organisation"]
    search_fields = ["=number", "title", "unit"]
    autocomplete_fields = ["organisation", "change_source"]
    readonly_fields = ["reference", "readings"]
    inlines = [AbsenceInline, CitationInline]
    fieldsets = [
        (None, {"fields": ["reference", "organisation", "title", "slug", "unit"]}),
        (
            _("What kind of result"),
            {"fields": [("measure", "timing"), ("direction", "level"), "may_be_added_up"]},
        ),
        (_("How it is counted"), {"fields": ["how_counted", "double_counting"]}),
        (_("Counted differently"), {"fields": ["changed_on", "change", "change_source"]}),
        (_("Readings"), {"fields": ["readings"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """The words of its address never change."""
        return (*super().get_readonly_fields(request, obj), *(("slug",) if obj else ()))

    @admin.display(description=_("readings"))
    def readings(self, obj):
        """Lists the readings in claims, drafts among them, and leads to the form for a new one."""
        if not obj or not obj.pk:
            return gettext("Readings are entered once the indicator is saved.")
        figures = (
            Figure.objects.filter(indicator=obj, claim__isnull=False)
            .select_related("claim", "indicator")
            .order_by("ends", "starts", "claim__number", "pk")
        )
        rows = format_html_join(
            "",
            '<li><a href="{}">{}</a> {}</li>',
            (
                (
                    reverse("admin:impact_claim_change", args=[each.claim_id]),
                    each.claim.reference,
                    gettext("%(kind)s, %(period)s: %(text)s, %(state)s")
                    % {
                        "kind": each.get_kind_display(),
                        "period": each.period,
                        "text": each.text,
                        # Of a claim that is changed after its publication the text is that of the draft.
                        "state": each.claim.get_stage_display()
                        if each.claim.current_edition_id
                        else gettext("draft"),
                    },
                )
                for each in figures
            ),
        )
        new = reverse("admin:new-claim", query={"indicator": obj.pk})
        link = format_html('<a href="{}">{}</a>', new, gettext("New reading"))
        return format_html("{}<p>{}</p>", format_html("<ul>{}</ul>", rows) if rows else "", link)
