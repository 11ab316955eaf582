import json
import re

from django.utils.functional import cached_property

from .fields import display_value, submitted_values

# The hidden field in which a form carries the fingerprint of what it showed.
SEEN = "seen"


class Submission:
    """Reads the POST data of a form: the fingerprint that it carried, and the rows of its formsets."""

    def __init__(self, data):
        self.data = data

    @cached_property
    def fingerprint(self):
        """Returns the fingerprint that came with the form; None if none did."""
        try:
            fingerprint = json.loads(self.data.get(SEEN, ""))
        except ValueError:
            return None
        return fingerprint if isinstance(fingerprint, dict) else None

    def rows(self, formset):
        """Returns [(row number, primary key)] in their order; the key of a new row is empty."""
        prefix, pk_name = re.escape(formset.prefix), formset.model._meta.pk.name
        # Read from the field names, because the numbers of a sent form may have gaps or a wrong TOTAL_FORMS.
        numbers = {
            int(match[1]) for name in self.data if (match := re.match(rf"{prefix}-(\d{{1,4}})-", name))
        }
        return [
            (number, self.data.get(f"{formset.prefix}-{number}-{pk_name}", "")) for number in sorted(numbers)
        ]

    def numbers_by_pk(self, formset):
        """Returns {primary key: row number} of the rows that are stored already."""
        return {pk: number for number, pk in self.rows(formset) if pk}

    def typed_value(self, bound, name):
        """Returns the value submitted under a name, as a person reads it."""
        return display_value(bound.field, bound.field.widget.value_from_datadict(self.data, {}, name))

    def row_text(self, formset, number):
        """Returns the values typed into a row, joined by commas."""
        fields = [bound for bound in formset.empty_form if not bound.is_hidden and bound.name != "DELETE"]
        values = [self.typed_value(bound, f"{formset.prefix}-{number}-{bound.name}") for bound in fields]
        return ", ".join(filter(None, values))

    def row_values(self, formset, number):
        prefix = f"{formset.prefix}-{number}-"
        return {
            name.removeprefix(prefix): self.data.getlist(name)
            for name in self.data
            if name.startswith(prefix)
        }

    def merged_with_stored(self, formsets):
        """Returns the POST data with its rows in the stored order.

        Rows that somebody else added since are inserted; rows that somebody else deleted become new ones.
        """
        data = self.data.copy()
        for formset in formsets:
            pk_name, submitted = formset.model._meta.pk.name, self.rows(formset)
            numbers = self.numbers_by_pk(formset)
            stored = [str(row.instance.pk) for row in formset.initial_forms]
            rows = [
                self.row_values(formset, numbers[pk]) if pk in numbers else submitted_values(row)
                for pk, row in zip(stored, formset.initial_forms, strict=True)
            ]
            new = [
                self.row_values(formset, number) | {pk_name: [""]}
                for number, pk in submitted
                if pk not in stored
            ]
            # A row that both have deleted needs no new one.
            rows += [row for row in new if not any(row.get("DELETE", []))]
            for name in [name for name in data if re.match(rf"{re.escape(formset.prefix)}-\d+-", name)]:
                del data[name]
            for number, row in enumerate(rows):
                for name, values in row.items():
                    data.setlist(f"{formset.prefix}-{number}-{name}", values)
            data[f"{formset.prefix}-TOTAL_FORMS"] = len(rows)
            data[f"{formset.prefix}-INITIAL_FORMS"] = len(stored)
        return data
