from django.contrib import admin

from organisation.admin import RecordAdmin

from .models import Ask, Instrument


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
