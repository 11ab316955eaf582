from django import forms
from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.models import Passage

from ..as_written import problems_with_passages, problems_with_statement
from ..models import Figure
from ..numbers import read_number


class FigureForm(forms.ModelForm):
    """Reads the value and the qualifier from the number as it is written, where they are left alone."""

    class Meta:
        model = Figure
        fields = [
            "label",
            "as_written",
            "qualifier",
            "value",
            "unit",
            "as_of",
            "order",
            "computed_from",
            "computation",
        ]
        widgets = {"computed_from": forms.Textarea(attrs={"rows": 2, "cols": 60})}
        help_texts = {
            "value": _("Digits only, for example 4500. Left empty, it is read from the number as written."),
        }
        error_messages = {
            "unit": {"required": _("A figure needs a unit: say what is counted, for example “participants”.")}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].required = False

    def clean(self):
        cleaned = super().clean()
        is_empty = cleaned.get("value") is None
        is_old = "as_written" in self.changed_data and "value" not in self.changed_data
        if "value" not in self.errors and (is_empty or is_old):
            reading = read_number(cleaned.get("as_written", ""), cleaned.get("unit", ""))
            if reading and len(reading.values) == 1:
                cleaned["value"] = reading.values[0]
                if "qualifier" not in self.changed_data:
                    cleaned["qualifier"] = reading.qualifier or cleaned.get("qualifier", "")
            elif is_empty:
                self.add_error("value", _("Give the value in digits: it cannot be read from the words."))
        return cleaned


class FigureFormSet(forms.BaseInlineFormSet):
    """Refuses figures that the statement or the cited passages do not say, as the form would save them."""

    citation_formset = None

    def clean(self):
        super().clean()
        kept = [form for form in self.forms if form.has_changed() or form.instance.pk]
        kept = [form for form in kept if form not in self.deleted_forms]
        if any(form.errors for form in kept):
            return
        figures = [form.instance for form in kept]
        for figure, sentence in problems_with_statement(figures, self.instance.statement):
            self.form_of(figure).add_error("as_written", sentence)
        for figure, sentence in problems_with_passages(figures, self.quoted_texts()):
            self.form_of(figure).add_error(
                "computed_from" if figure.computed_from else "as_written", sentence
            )

    def form_of(self, figure):
        return next(form for form in self.forms if form.instance is figure)

    def quoted_texts(self):
        """Returns the words of the passages that the form quotes, as found and as mended."""
        texts = []
        for form in self.citation_formset.forms if self.citation_formset else ():
            if not form.is_valid() or form.cleaned_data.get("DELETE") or not form.cleaned_data.get("words"):
                continue
            if not form.may_state:
                continue
            words = form.cleaned_data["words"]
            stored = Passage.objects.filter(source=form.cleaned_data["source"], words=words)
            texts += [words, *(passage.shown_words for passage in stored)]
        return texts


class FigureInline(admin.StackedInline):
    model = Figure
    form = FigureForm
    formset = FigureFormSet
    extra = 0
    fields = [
        "label",
        ("as_written", "qualifier", "value", "unit"),
        ("as_of", "order"),
        ("computed_from", "computation"),
    ]


class UnwrittenFilter(admin.SimpleListFilter):
    """Lists the claims with a figure that neither its words nor a computation account for."""

    title = _("figures")
    parameter_name = "figures"

    def lookups(self, request, model_admin):
        return [("unwritten", gettext("not said how it is written"))]

    def queryset(self, request, queryset):
        return queryset.with_unwritten_figures() if self.value() == "unwritten" else queryset
