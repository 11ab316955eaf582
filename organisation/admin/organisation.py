from django.contrib import admin

from ..models import Affiliation, Milestone, Organisation, Succession
from .record import RecordAdmin


@admin.register(Organisation)
class OrganisationAdmin(RecordAdmin):
    list_display = ["official_name", "short_name", "founded", "closed", "profiled"]
    list_filter = ["profiled"]
    search_fields = ["official_name", "short_name", "other_names"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["official_name"]}


@admin.register(Succession)
class SuccessionAdmin(RecordAdmin):
    list_display = ["__str__", "date"]
    autocomplete_fields = ["earlier", "later"]
    list_select_related = ["earlier", "later"]


@admin.register(Milestone)
class MilestoneAdmin(RecordAdmin):
    list_display = ["title", "organisation", "date", "same_event_as"]
    list_filter = [("organisation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organisation", "same_event_as__organisation"]
    search_fields = ["title", "text", "organisation__official_name"]
    autocomplete_fields = ["organisation", "same_event_as"]
    fields = ["organisation", "slug", "date", "title", "text", "in_our_words", "same_event_as", "order"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}


@admin.register(Affiliation)
class AffiliationAdmin(RecordAdmin):
    list_display = ["other", "role", "organisation", "valid_from", "valid_to"]
    list_filter = ["role", ("organisation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organisation", "with_whom"]
    search_fields = ["with_whom__official_name", "region"]
    autocomplete_fields = ["organisation", "with_whom"]
