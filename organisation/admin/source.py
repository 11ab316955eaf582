from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from ..models import Mend, Passage, Source, SourceNote
from .proposals import ProposingAdmin
from .protected_delete import ProtectedDeleteAdmin
from .record import RecordAdmin


class PassageForm(forms.ModelForm):
    """Takes a passage as its exact words and finds its start and end in the source."""

    class Meta:
        model = Passage
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}

    def clean(self):
        cleaned = super().clean()
        if words := cleaned.get("words", "").replace("\r\n", "\n"):
            cleaned["words"] = words
            try:
                start, end = self.instance.source.locate(words)
            except ValidationError as error:
                self.add_error("words", error)
            else:
                self.instance.start, self.instance.end = start, end
                cleaned["words"] = self.instance.source.text[start:end]
                self.check_not_quoted()
        return cleaned

    def check_not_quoted(self):
        same_words = self.instance.source.passages.filter(start=self.instance.start, end=self.instance.end)
        if same_words.exists():
            self.add_error("words", _("These words are quoted already: cite the passage that is there."))


class PassageInline(admin.TabularInline):
    """Lists the passages of a source and adds new ones; citations may rest on those that are there."""

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
class PassageAdmin(ProposingAdmin, ProtectedDeleteAdmin):
    """Edits the mends of a passage; passages themselves are made with a citation or with their source."""

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
        """Leaves out the passages until there is a stored text to quote."""
        return self.inlines if obj and obj.text else RecordAdmin.inlines

    def get_readonly_fields(self, request, obj=None):
        text = ("text",) if obj and obj.sha256 else ()
        return (*super().get_readonly_fields(request, obj), *text)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("address", "archived"):
            kwargs["assume_scheme"] = "https"
        if db_field.name == "text":
            kwargs["strip"] = False  # the text is stored exactly as found
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(SourceNote)
class SourceNoteAdmin(ProposingAdmin, SimpleHistoryAdmin):
    list_display = ["passage", "note"]
    list_select_related = ["passage"]
    autocomplete_fields = ["passage"]
