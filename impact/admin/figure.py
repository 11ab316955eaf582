from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.dates import PARTIAL_DATE
from organisation.models import Passage

from ..as_written import problems_with_parts, problems_with_passages, problems_with_statement
from ..models import Figure, Indicator
from ..numbers import read_number
from ..part_lines import lines_of, read_parts, replace_parts
from ..periods import period_text


class FigureForm(forms.ModelForm):
    """Reads the value and the qualifier from the number as it is written, where they are left alone.

    A reading takes its unit, and its label, from its indicator, and its parts are lines of one field.
    """

    parts = forms.CharField(
        label=_("parts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=_(
            "Of a reading, one a line: by what, which part, and the number letter by letter as the passage "
            "has it, for example “sex | girls | 9,100”. In place of a number stands why there is none: "
            "not reported, not collected, withheld for safety or not due."
        ),
    )

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
            "indicator",
            "kind",
            "starts",
            "ends",
            "set_on",
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
        for name in ("label", "unit", "value"):
            if name in self.fields:
                self.fields[name].required = False
        if self.instance.pk:
            self.initial["parts"] = lines_of(self.instance)

    @property
    def indicator(self):
        chosen = self.cleaned_data.get("indicator")
        return chosen if "indicator" in self.fields else self.instance.indicator

    def clean(self):
        cleaned = super().clean()
        self.name_reading(cleaned)
        self.read_parts(cleaned)
        is_empty = cleaned.get("value") is None
        is_old = "as_written" in self.changed_data and "value" not in self.changed_data
        if "value" not in self.errors and (is_empty or is_old) and not self.is_in_words():
            reading = read_number(cleaned.get("as_written", ""), cleaned.get("unit", ""))
            if reading and len(reading.values) == 1:
                cleaned["value"] = reading.values[0]
                if "qualifier" not in self.changed_data:
                    cleaned["qualifier"] = reading.qualifier or cleaned.get("qualifier", "")
            elif is_empty and not self.may_be_words(cleaned):
                self.add_error("value", _("Give the value in digits: it cannot be read from the words."))
        return cleaned

    def name_reading(self, cleaned):
        """Names a reading after its indicator; any other figure has a label and a unit of its own."""
        for name in ("label", "unit"):
            # What the form does not ask for stands as it is; what somebody has emptied is empty.
            if name in self.errors or (cleaned if name in self.fields else vars(self.instance)).get(name):
                continue
            if self.indicator and name == "unit":
                cleaned[name] = self.indicator.unit
            elif self.indicator:
                days = [cleaned.get(each, "") for each in ("starts", "ends")]
                is_dated = days[0] and all(not day or PARTIAL_DATE.fullmatch(day) for day in days)
                period = f", {period_text(days[0], days[1] or days[0])}" if is_dated else ""
                cleaned[name] = f"{self.indicator.title}{period}"[:200]
            elif name in self.fields:
                field = self.fields[name]
                self.add_error(name, field.error_messages["required"])

    def is_in_words(self):
        """True of a reading that is told in words, of which a number among them is no value."""
        return bool(self.indicator) and self.indicator.measure == Indicator.Measure.WORDS

    def may_be_words(self, cleaned):
        """True of a target that gives no number, such as “all”."""
        return bool(self.indicator) and cleaned.get("kind") == Figure.Kind.TARGET

    def read_parts(self, cleaned):
        if not cleaned.get("parts"):
            return
        if not self.indicator:
            self.add_error("parts", _("Only a reading of an indicator has parts: choose the indicator."))
            return
        try:
            self.part_lines = read_parts(cleaned["parts"], cleaned.get("unit", ""))
        except ValidationError as error:
            self.add_error("parts", error)

    part_lines = ()

    def save(self, commit=True):
        figure = super().save(commit)
        if commit and "parts" in self.changed_data:
            replace_parts(figure, self.part_lines)
        return figure


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
        texts = self.quoted_texts()
        for figure, sentence in problems_with_passages(figures, texts):
            self.form_of(figure).add_error(
                "computed_from" if figure.computed_from else "as_written", sentence
            )
        for form in kept:
            for sentence in problems_with_parts(form.part_lines, texts):
                form.add_error("parts", sentence)

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
        ("indicator", "kind"),
        ("starts", "ends", "set_on"),
        "parts",
    ]
    autocomplete_fields = ["indicator"]


class UnwrittenFilter(admin.SimpleListFilter):
    """Lists the claims with a figure that neither its words nor a computation account for."""

    title = _("figures")
    parameter_name = "figures"

    def lookups(self, request, model_admin):
        return [("unwritten", gettext("not said how it is written"))]

    def queryset(self, request, queryset):
        return queryset.with_unwritten_figures() if self.value() == "unwritten" else queryset
