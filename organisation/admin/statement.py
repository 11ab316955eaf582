from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Statement
from .record import RecordAdmin


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    list_display = ["__str__", "organisation", "kind", "title", "order"]
    list_filter = [("organisation", admin.RelatedOnlyFieldListFilter), "kind"]
    list_select_related = ["organisation"]
    search_fields = ["title", "text", "organisation__official_name"]
    autocomplete_fields = ["organisation", "owner"]
    fieldsets = [
        (None, {"fields": ["organisation", "kind", "title", "text", "slug", "order"]}),
        (_("Validity and care"), {"fields": ["valid_from", "valid_to", "owner", "review_by"]}),
    ]
