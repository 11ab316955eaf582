"""The form in which staff edit a suggestion before they accept it."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from impact.models import Claim, Figure
from organisation.dates import validate_partial_date

from .classification import classification_fields
from .evidence import CHOICES as RELATIONS
from .record import RECORD_KINDS, build_record, check_words, passage_at, validate_record
from .rules.suggestion import CLAIM, EVIDENCE, NOTE, ORGANISATION, STATEMENT
from .rules.table_figures import TableFigure


class SuggestionForm(forms.Form):
    """A suggestion as it would be accepted; its `words` must stand in the source, whatever else is edited."""

    becomes = forms.ChoiceField(label=_("becomes"), choices=RECORD_KINDS)
    title = forms.CharField(
        label=_("title"),
        max_length=200,
        required=False,
        help_text=_("Of a value, an area of work or a milestone, for example “Founded”."),
    )
    text = forms.CharField(label=_("text"), widget=AdminTextareaWidget(attrs={"rows": 4}), max_length=20_000)
    in_our_words = forms.BooleanField(
        label=_("in our words"),
        required=False,
        help_text=_("Tick this if the text is not what the source says: readers see “in our words”."),
    )
    date = forms.CharField(
        label=_("date"),
        required=False,
        max_length=10,
        validators=[validate_partial_date],
        help_text=_(
            "Of a milestone, or the day a claim holds for: 2002, 1998-05 or 2002-02-12. "
            "Empty reads “not stated”."
        ),
    )
    organisation = forms.ChoiceField(
        label=_("organisation"), required=False, help_text=_("Whose words they are, or whose history.")
    )
    new_organisation = forms.CharField(
        label=_("or a new organisation"),
        required=False,
        max_length=200,
        help_text=_("Its official name, where it is not among them: it goes on record with this."),
    )
    claim = forms.ChoiceField(
        label=_("claim"), required=False, help_text=_("The claim that the words support or contradict.")
    )
    relation = forms.ChoiceField(
        label=_("how it bears on the claim"), required=False, choices=[("", "–"), *RELATIONS]
    )
    figures = forms.MultipleChoiceField(
        label=_("figures of the claim"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("words of the source that it rests on"),
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        max_length=20_000,
        help_text=_("Exactly as they stand in the text; take more of them or fewer."),
    )

    def __init__(self, suggestion, source, user, organisation_choices, claims=(), data=None):
        self.suggestion, self.source, self.user = suggestion, source, user
        self.claims = claims
        super().__init__(data, prefix=suggestion.key, initial=self.initial_values(), auto_id="id_%s")
        if suggestion.kind not in (ORGANISATION, EVIDENCE):
            self.fields |= classification_fields()
        self.fields["organisation"].choices = organisation_choices
        self.fields["figures"].choices = [
            (str(index), figure_choice(figure)) for index, figure in enumerate(suggestion.figures)
        ]
        self.fields["claim"].choices = [("", "–"), *((str(claim.pk), str(claim)) for claim in claims)]
        if not user.has_perm("organisation.add_organisation"):
            del self.fields["new_organisation"]
        if suggestion.kind != EVIDENCE:
            del self.fields["claim"], self.fields["relation"]
        if suggestion.kind == ORGANISATION:
            self.fields["becomes"].choices = [choice for choice in RECORD_KINDS if choice[0] == ORGANISATION]
        if not suggestion.figures:
            del self.fields["figures"]
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def initial_values(self):
        suggestion, values = self.suggestion, self.suggestion.values
        return {
            "becomes": values.get("kind", suggestion.kind)
            if suggestion.kind == STATEMENT
            else suggestion.kind,
            "title": values.get("title", ""),
            "in_our_words": values.get("in_our_words", False),
            "text": values.get("text") or (suggestion.reason if suggestion.kind == NOTE else ""),
            "date": values.get("date", self.source.as_of if suggestion.kind == CLAIM else ""),
            "organisation": self.source.author_id or "",
            "figures": [str(index) for index, figure in enumerate(suggestion.figures) if not figure.question],
            "words": self.source.text[suggestion.start : suggestion.end],
            "new_organisation": "",
            "claim": str(self.claims[0].pk) if self.claims else "",
            "relation": "",
        }

    def classification(self):
        """Returns the fields that a claim needs before it is submitted, beside the suggestion of a claim."""
        is_claim = self.suggestion.kind == CLAIM
        return [self[name] for name in Claim.REQUIRED_FIELDS] if is_claim else []

    def folded(self):
        """Returns the fields that are seen once somebody changes the suggestion first."""
        shown = {"figures", "claim", "relation", *(field.name for field in self.classification())}
        return [field for field in self if field.name not in shown]

    def unchanged_data(self):
        """Returns what the browser would send of the form as it stands."""
        values = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        return {self.add_prefix(name): value for name, value in values.items() if value not in (None, False)}

    def clean_words(self):
        """Sets `span`: that of the suggestion, or where edited words stand on its line, else in the text."""
        words, suggestion = self.cleaned_data["words"].replace("\r\n", "\n").strip("\n"), self.suggestion
        self.span = (suggestion.start, suggestion.end)
        # Browsers send each line break as CR LF, so both sides are compared without.
        if words != self.source.text[suggestion.start : suggestion.end].replace("\r\n", "\n"):
            line = self.source.text.count("\n", 0, suggestion.start) + 1
            try:
                self.span = self.source.locate(words, line)
            except ValidationError:
                self.span = self.source.locate(words)
        return words

    def clean(self):
        cleaned = super().clean()
        becomes = cleaned.get("becomes")
        if becomes == EVIDENCE and not (cleaned.get("claim") and cleaned.get("relation")):
            self.add_error(
                "relation" if cleaned.get("claim") else "claim",
                _("Say which claim it is about, and whether it supports or contradicts it."),
            )
        has_organisation = cleaned.get("organisation") or cleaned.get("new_organisation")
        if not has_organisation and becomes not in (ORGANISATION, NOTE, EVIDENCE):
            self.add_error(
                "organisation", _("Say whose words they are, or whose history: choose an organisation.")
            )
        if not self.errors:
            values = self.values()
            record = build_record(values, self.source, self.user)
            try:
                validate_record(record)
                check_words(record, [passage_at(self.source, *span) for span in values["places"]])
            except ValidationError as error:
                self.add_error(None, error.messages)
        return cleaned

    def values(self):
        """Returns what `Decision.values` stores of it: JSON from which the record can be made later."""
        cleaned = self.cleaned_data
        chosen = [self.suggestion.figures[int(index)] for index in cleaned.get("figures", [])]
        names = ("becomes", "title", "text", "in_our_words", "date", "organisation")
        names += tuple(name for name in ("new_organisation", "claim", "relation") if name in self.fields)
        if cleaned["becomes"] == CLAIM:
            names += tuple(name for name in Claim.REQUIRED_FIELDS if name in self.fields)
        return {name: cleaned[name] for name in names} | {
            "places": [list(self.span), *map(list, self.suggestion.extra_spans)],
            "figures": [self.dated_figure(figure) for figure in chosen]
            if cleaned["becomes"] == CLAIM
            else [],
        }

    def dated_figure(self, figure):
        """Returns the values of a figure, of the claim's day where the sentence gives one."""
        is_dated = self.suggestion.values.get("date") and figure.question != "baseline"
        return ({"as_of": self.cleaned_data["date"]} if is_dated else {}) | figure_values(figure)


def figure_choice(figure):
    """Returns a figure as it reads, with the question that its words leave open beside it."""
    text = Figure(**figure_values(figure) | {"value": figure.value}).text
    if figure.label != figure.unit:
        text = _("%(figure)s (%(label)s)") % {"figure": text, "label": figure.label}
    if not figure.question:
        return text
    return format_html('{} <span class="desk-help">{}</span>', text, figure.question_text)


def figure_values(figure):
    return {
        "label": figure.label,
        "as_written": figure.as_written,
        "qualifier": figure.qualifier,
        "value": str(figure.value),
        "unit": figure.unit,
    } | ({"as_of": figure.date} if isinstance(figure, TableFigure) else {})
