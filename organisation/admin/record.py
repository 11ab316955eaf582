from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.contenttypes.admin import GenericStackedInline
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from ..models import Citation, Passage
from .proposals import ProposingAdmin
from .protected_delete import ProtectedDeleteAdmin


class CitationForm(forms.ModelForm):
    """Takes the passage of a citation as its exact words, which must occur in the source once."""

    words = forms.CharField(
        label=_("exact words"),
        required=False,
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=_(
            "Copied from the source, spelling and signs included. "
            "Leave empty for a document that we keep no copy of."
        ),
    )

    class Meta:
        model = Citation
        fields = ["source", "relation", "independence", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.passage:
            self.initial["words"] = self.instance.passage.words

    def clean(self):
        cleaned = super().clean()
        source, words = cleaned.get("source"), cleaned.get("words", "").replace("\r\n", "\n").strip("\n")
        cleaned["words"] = words
        self.has_new_passage = bool(source and words) and bool({"source", "words"} & set(self.changed_data))
        if self.has_new_passage or not words:
            # The old passage may be of another source, which Citation.clean() would refuse.
            self.instance.passage = None
        if self.has_new_passage:
            try:
                source.locate(words)
            except ValidationError as error:
                self.add_error("words", error)
        return cleaned

    def save(self, commit=True):
        if self.has_new_passage:
            self.instance.passage = Passage.objects.quote(
                self.cleaned_data["source"], self.cleaned_data["words"]
            )
        if self.instance._state.adding:
            self.instance.set_last_order()
        return super().save(commit)


class CitationInline(GenericStackedInline):
    model = Citation
    form = CitationForm
    fields = ["source", "words", "relation", "independence", "note"]
    autocomplete_fields = ["source"]
    extra = 0
    verbose_name = _("source of this record")
    verbose_name_plural = _("what this record rests on")


class RecordAdmin(ProposingAdmin, ProtectedDeleteAdmin, SimpleHistoryAdmin):
    """Edits a record with its citations and its history; its slug cannot be changed."""

    inlines = [CitationInline]
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 5})}}

    def view_on_site(self, obj):
        """Returns the address of the record's page, where it has one."""
        return getattr(obj, "get_absolute_url", str)() or None

    def save_model(self, request, obj, form, change):
        """Saves without a row in the history if no field of the record itself was changed."""
        if change and not {field.name for field in obj._meta.get_fields()} & set(form.changed_data):
            obj.skip_history_when_saving = True
        super().save_model(request, obj, form, change)
        vars(obj).pop("skip_history_when_saving", None)

    def get_readonly_fields(self, request, obj=None):
        fixed = ("slug",) if obj and "slug" in obj.natural_key_fields else ()
        return (*super().get_readonly_fields(request, obj), *fixed)
