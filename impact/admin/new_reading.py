"""The part of the form for a new claim that makes it a reading of an indicator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..as_written import problems_with_parts, problems_with_passages, problems_with_statement
from ..models import ClaimText, Figure, Indicator
from ..part_lines import replace_parts
from ..reading_checks import same_readings
from .figure import FigureForm

TYPES = {
    Indicator.Level.ACTIVITY: ClaimText.Type.ACTIVITY,
    Indicator.Level.OUTPUT: ClaimText.Type.OUTPUT,
    Indicator.Level.OUTCOME: ClaimText.Type.OUTCOME,
    Indicator.Level.IMPACT: ClaimText.Type.OUTCOME,
}


class ReadingForm(FigureForm):
    """A figure of a new claim that is a reading; its indicator is chosen before."""

    class Meta(FigureForm.Meta):
        fields = ["kind", "starts", "ends", "set_on", "as_written", "qualifier", "value"]

    field_order = [*Meta.fields, "parts"]
    prefix = "reading"

    def __init__(self, data=None, *, indicator, **kwargs):
        super().__init__(data, instance=Figure(indicator=indicator, unit=indicator.unit), **kwargs)
        kinds = [choice for choice in Figure.Kind.choices if choice[0]]
        self.fields["kind"] = forms.ChoiceField(label=self.fields["kind"].label, choices=kinds)
        self.fields["kind"].help_text = _(
            "What was reached, what it was before the work began, or what was aimed at."
        )
        self.fields["as_written"].required = True

    def name_reading(self, cleaned):
        super().name_reading(cleaned)
        self.instance.label = cleaned.get("label", "")

    def check_words(self, statement, words):
        """Adds an error for each number that the statement or the quoted words do not say."""
        figure = self.instance
        problems = [*problems_with_statement([figure], statement), *problems_with_passages([figure], [words])]
        for _figure, sentence in problems:
            self.add_error("as_written", sentence)
        for sentence in problems_with_parts(self.part_lines, [words]):
            self.add_error("parts", sentence)
        return not self.errors

    def same_claims(self):
        """Returns the claims that give a reading of the same indicator, kind and period already."""
        figure = self.instance
        same = same_readings(figure.indicator, figure.kind, figure.starts, figure.ends)
        return list(dict.fromkeys(each.claim for each in same.select_related("claim__current_edition")))

    def save_for(self, claim):
        claim.subject, claim.type = claim.subject or self.instance.indicator.title, self.type
        claim.save()
        self.instance.claim = claim
        self.instance.save()
        replace_parts(self.instance, self.part_lines)

    @property
    def type(self):
        return TYPES.get(self.instance.indicator.level, "")


def chosen_indicator(key):
    """Returns the indicator with this key, as an address or a form gives it; None without any."""
    text = str(key or "")
    is_key = text.isascii() and text.isdecimal() and len(text) < 19
    return Indicator.objects.select_related("organisation").filter(pk=text).first() if is_key else None
