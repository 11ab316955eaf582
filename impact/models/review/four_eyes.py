from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organisation.models import Citation, site_settings


class FourEyes:
    """The four-eyes rule: nobody publishes their own last change, unless the site is one person's alone."""

    def last_changed_by(self):
        """Returns who made the last change to words, figures or citations; None if it was no member of staff.

        To ask that a claim be retired changes it for its readers, so it counts while it waits for a decision.
        """
        if self.is_to_be_retired:
            return self.submission.by
        histories = [
            self.figures.model.history.filter(claim_id=self.pk),
            Citation.history.filter(
                content_type__app_label="impact", content_type__model="claim", object_id=self.pk
            ),
        ]
        last_rows = [
            rows.order_by("-history_date", "-history_id").select_related("history_user").first()
            for rows in histories
        ]
        return max(
            filter(None, [self.last_text_change(), *last_rows]), key=lambda row: row.history_date
        ).history_user

    def last_text_change(self):
        """Returns the row of the history in which the present words appear first.

        A new owner or review date makes a row, too, and is no change of words.
        """
        rows = list(
            type(self)
            .history.filter(id=self.pk)
            .order_by("-history_date", "-history_id")
            .select_related("history_user")
        )
        columns = [self._meta.get_field(name).attname for name in self.text_fields()]
        for row, before in pairwise(rows):
            if any(getattr(row, column) != getattr(before, column) for column in columns):
                return row
        return rows[-1] if rows else None

    def is_own_change(self, by):
        return self.last_changed_by() == by and not site_settings().one_person_alone

    def check_four_eyes(self, by):
        if self.is_own_change(by):
            raise ValidationError(
                _("The last change is your own: somebody else has to publish it."), code="own change"
            )
