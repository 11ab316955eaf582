from django.contrib import admin

from ..models import Edition


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """The published editions, to read only: none is ever changed or deleted."""

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
