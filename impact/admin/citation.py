from organisation.admin.record import CitationForm, CitationInline

from ..numbers import read_number


class ClaimCitationForm(CitationForm):
    """Takes the value that a contradicting source gives; digits and qualifier are read from it."""

    class Meta(CitationForm.Meta):
        fields = [
            *CitationForm.Meta.fields,
            "value_as_written",
            "value_qualifier",
            "value",
            "value_of",
        ]

    def clean(self):
        cleaned = super().clean()
        written = cleaned.get("value_as_written", "")
        is_old = "value_as_written" in self.changed_data and "value" not in self.changed_data
        if not written:
            if is_old:  # a value that is taken back goes with its digits
                cleaned |= {"value": None, "value_qualifier": "", "value_of": ""}
        elif cleaned.get("value") is None or is_old:
            reading = read_number(written, "")
            if reading and len(reading.values) == 1:
                cleaned["value"] = reading.values[0]
                if "value_qualifier" not in self.changed_data:
                    cleaned["value_qualifier"] = reading.qualifier
        return cleaned


class ClaimCitationInline(CitationInline):
    form = ClaimCitationForm
    fields = [*CitationInline.fields, ("value_as_written", "value_qualifier", "value", "value_of")]
