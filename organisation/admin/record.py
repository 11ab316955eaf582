from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.contenttypes.admin import GenericStackedInline
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from ..models import Citation, Passage
from ..models.quoting import Quoting
from ..quotation import check_names, check_readable, partings, ways_out
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

    has_new_passage = False

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
                self.span = source.locate(words)
            except ValidationError as error:
                self.add_error("words", error)
            self.instance.words_to_quote = words
        return cleaned

    @property
    def may_state(self):
        """True unless the source contradicts the record: then its words are not the record's."""
        return self.cleaned_data.get("relation") != Citation.Relation.CONTRADICTS

    @property
    def passage(self):
        """Returns the passage that the valid form cites, which may not be stored yet; None without words."""
        if not self.has_new_passage:
            return self.instance.passage
        source, (start, end) = self.cleaned_data["source"], self.span
        place = {"source": source, "start": start, "end": end}
        return Passage.objects.filter(**place).first() or Passage(words=source.text[start:end], **place)

    def save(self, commit=True):
        if self.has_new_passage:
            self.instance.passage = Passage.objects.quote(
                self.cleaned_data["source"], self.cleaned_data["words"]
            )
        if self.instance._state.adding:
            self.instance.set_last_order()
        return super().save(commit)


class CitationFormSet(BaseGenericInlineFormSet):
    def clean(self):
        """Refuses what the evidence in the form does not bear out, and words that are withheld."""
        super().clean()
        if any(self.errors):
            return
        record = self.instance
        if speaker := getattr(record, "organisation", None):
            for form in self.forms:
                if form.instance.source_id and form not in self.deleted_forms:
                    form.instance.check_independence(speaker)
        if isinstance(record, Quoting) and record.is_public:
            self.check_words(record)
        if not getattr(record, "in_our_words", False):
            check_names(record, self.cited_passages())

    def check_words(self, record):
        if not record.in_our_words and (differences := partings(record.quoted_words, self.cited_passages())):
            raise ValidationError(shown_partings(differences), code="quotation")

    def cited_passages(self):
        """Returns the passages that the form cites as the record's words, as `passages_of` does."""
        cited = [form for form in self.forms if form not in self.deleted_forms]
        return [form.passage for form in cited if form.passage and form.may_state]


def shown_partings(differences):
    """Returns the HTML that shows letter by letter where words part from the passages, and the ways out."""
    context = {"differences": differences, "ways_out": ways_out()}
    return render_to_string("admin/includes/partings.html", context)


class CitationInline(GenericStackedInline):
    model = Citation
    form = CitationForm
    formset = CitationFormSet
    fields = ["source", "words", "relation", "independence", "note"]
    autocomplete_fields = ["source"]
    extra = 0
    verbose_name = _("source of this record")
    verbose_name_plural = _("what this record rests on")


class RecordForm(forms.ModelForm):
    """Refuses words that are withheld, those of an earlier state from the history too."""

    def clean(self):
        cleaned, record = super().clean(), self.instance
        if isinstance(record, Quoting) and record.is_public:
            check_readable(cleaned.get(record.quoted_field, ""))
        return cleaned


class RecordAdmin(ProposingAdmin, ProtectedDeleteAdmin, SimpleHistoryAdmin):
    """Edits a record with its citations and its history; its slug cannot be changed."""

    form = RecordForm
    inlines = [CitationInline]
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 5})}}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and request.method == "GET" and isinstance(obj, Quoting) and (parted := obj.partings()):
            context["partings"] = shown_partings(parted)
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

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
