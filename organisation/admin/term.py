from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from ..models import Term
from .proposals import ProposingAdmin
from .protected_delete import ProtectedDeleteAdmin


@admin.register(Term)
class TermAdmin(ProposingAdmin, ProtectedDeleteAdmin, SimpleHistoryAdmin):
    """Edits the themes and the roles; what records and addresses hold of one cannot be changed."""

    list_display = ["name", "vocabulary", "slug", "is_addressee", "order"]
    list_filter = ["vocabulary"]
    search_fields = ["name", "slug"]
    fields = ["vocabulary", "name", "slug", "is_addressee", "order"]

    def get_readonly_fields(self, request, obj=None):
        fixed = Term.natural_key_fields if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_deleted_objects(self, objs, request):
        *found, perms_needed, protected = super().get_deleted_objects(objs, request)
        in_use = [sentence for term in objs if (sentence := term.in_use())]
        return (*found, set() if in_use else perms_needed, [*protected, *in_use])
