from django.contrib import admin

from organisation.admin import RecordAdmin

from ..models import Highlight


@admin.register(Highlight)
class HighlightAdmin(RecordAdmin):
    list_display = ["claim", "where", "order"]
    list_filter = ["where"]
    list_editable = ["order"]
    list_select_related = ["claim"]
    autocomplete_fields = ["claim"]
    inlines = []
