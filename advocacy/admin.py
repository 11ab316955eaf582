from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models

from organisation.admin import RecordAdmin

from .models import Ask, Fold, Instrument, StoryOfChange


@admin.register(Instrument)
class InstrumentAdmin(RecordAdmin):
    list_display = ["title", "reference", "adopted", "in_force"]
    search_fields = ["title", "short_title", "reference"]
    autocomplete_fields = ["body", "source", "claims"]


@admin.register(Ask)
class AskAdmin(RecordAdmin):
    list_display = ["__str__", "organisation", "addressees", "status"]
    list_filter = [("organisation", admin.RelatedOnlyFieldListFilter), "status"]
    list_select_related = ["organisation"]
    search_fields = ["text", "addressees"]
    autocomplete_fields = ["organisation", "status_source"]
    fields = [
        *("organisation", "slug", "text", "in_our_words", "addressees"),
        *("status", "status_as_of", "status_source", "order"),
    ]


class FoldInline(admin.StackedInline):
    model = Fold
    extra = 0
    autocomplete_fields = ["claim", "milestone", "instrument"]
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2})}}
    fields = [
        ("order", "heading"),
        "claim",
        "milestone",
        ("instrument", "event"),
        "not_on_record",
        "remark",
    ]


@admin.register(StoryOfChange)
class StoryOfChangeAdmin(RecordAdmin):
    list_display = ["title", "order"]
    search_fields = ["title", "lead"]
    inlines = [FoldInline]


@admin.register(Fold)
class FoldAdmin(RecordAdmin):
    """The history of a fold, and its form for what leads to it; it is written with its story."""

    list_display = ["__str__", "order"]
    list_select_related = ["story", "claim__current_edition", "milestone", "instrument"]
    autocomplete_fields = [*FoldInline.autocomplete_fields, "story"]
    search_fields = ["heading", "remark", "not_on_record", "story__title"]
    inlines = []

    def get_model_perms(self, request):
        return {}  # it stands in no list of what can be edited
