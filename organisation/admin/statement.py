from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Statement
from .upkeep import UpkeepAdmin, UpkeepFilter


@admin.register(Statement)
class StatementAdmin(UpkeepAdmin):
    list_display = ["__str__", "organisation", "kind", "title", "order"]
    list_filter = [UpkeepFilter, ("organisation", admin.RelatedOnlyFieldListFilter), "kind"]
    list_select_related = ["organisation"]
    search_fields = ["title", "text", "organisation__official_name"]
    autocomplete_fields = ["organisation"]
    fieldsets = [
        (None, {"fields": ["organisation", "kind", "title", "text", "in_our_words", "slug", "order"]}),
        (_("Validity"), {"fields": ["valid_from", "valid_to"]}),
        UpkeepAdmin.upkeep_fieldset,
    ]
