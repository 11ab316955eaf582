from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from ..models import Mend, Passage, Source, SourceNote
from .edit_conflict import EditConflictAdmin
from .protected_delete import ProtectedDeleteAdmin
from .record import RecordAdmin


class PassageForm(forms.ModelForm):
    """A passage given by its words; its place is found, never typed."""

    class Meta:
        model = Passage
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}

    def clean(self):
        cleaned = super().clean()
        if words := cleaned.get("words", "").replace("\r\n", "\n"):
            cleaned["words"] = words
            try:
                self.instance.start, self.instance.end = self.instance.source.locate(words)
            except ValidationError as error:
                self.add_error("words", error)
            else:
                self.refuse_a_second_time()
        return cleaned

    def refuse_a_second_time(self):
        quoted = self.instance.source.passages.filter(start=self.instance.start, end=self.instance.end)
        if quoted.exists():
            self.add_error("words", _("These words are quoted already: cite the passage that is there."))


class PassageInline(admin.TabularInline):
    """What is quoted from a source: new passages can be added, those that something rests on stay as they are."""

    model = Passage
    form = PassageForm
    extra = 0
    show_change_link = True

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class MendInline(admin.TabularInline):
    model = Mend
    extra = 0


@admin.register(Passage)
class PassageAdmin(EditConflictAdmin, ProtectedDeleteAdmin):
    """Passages are made with a citation or with their source; here their mends are kept."""

    list_display = ["__str__", "source", "line"]
    list_filter = ["source"]
    list_select_related = ["source"]
    search_fields = ["words", "source__title"]
    fields = readonly_fields = ["source", "words", "line"]
    inlines = [MendInline]

    def has_add_permission(self, request):
        return False


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ["__str__", "kind", "author", "publisher", "published"]
    list_filter = ["kind"]
    list_select_related = ["author", "publisher"]
    search_fields = ["title", "subject", "author__official_name", "publisher__official_name"]
    autocomplete_fields = ["author", "publisher"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "kind",
                    "title",
                    "subject",
                    "author",
                    "byline",
                    "publisher",
                    "published",
                    "as_of",
                    "region",
                    "slug",
                ]
            },
        ),
        (_("Where it is"), {"fields": ["address", "found_at", "archived", "accessed"]}),
        (_("Its words"), {"fields": ["text", "sha256"]}),
    ]
    readonly_fields = ["sha256"]
    inlines = [PassageInline, *RecordAdmin.inlines]

    def get_inlines(self, request, obj):
        """Passages are quoted from a text that is already kept."""
        return self.inlines if obj and obj.text else RecordAdmin.inlines

    def get_readonly_fields(self, request, obj=None):
        kept = ("text",) if obj and obj.sha256 else ()
        return (*super().get_readonly_fields(request, obj), *kept)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("address", "archived"):
            kwargs["assume_scheme"] = "https"
        if db_field.name == "text":
            kwargs["strip"] = False  # kept exactly as found
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(SourceNote)
class SourceNoteAdmin(EditConflictAdmin, SimpleHistoryAdmin):
    list_display = ["passage", "note"]
    list_select_related = ["passage"]
    autocomplete_fields = ["passage"]
