import re

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _


class NumberedQuerySet(models.QuerySet):
    """Finds records by the references that readers quote, and gives the next one."""

    def next_number(self):
        """Returns one more than any number that was ever given, deleted records included.

        Readers quote references, so none is given twice.
        """
        # `history` makes a class of its own each time, which takes longer than the query.
        options = self.model._meta
        history = options.apps.get_model(options.app_label, f"Historical{options.object_name}")
        return (history._base_manager.aggregate(last=models.Max("number"))["last"] or 0) + 1

    def by_reference(self, reference):
        """Returns a queryset of the record with a reference such as E10; empty where there is none."""
        letter = self.model.reference_letter
        return (
            self.filter(number=int(reference[1:]))
            if re.fullmatch(rf"[{letter}{letter.lower()}][1-9][0-9]{{0,8}}", reference)
            else self.none()
        )


class Numbered(models.Model):
    """Adds to a record the number that its reference is made of, which is given once and for good."""

    number = models.PositiveIntegerField(_("number"), unique=True, editable=False)

    # The letter before the number, such as the E of E10.
    reference_letter = ""

    class Meta:
        abstract = True

    def save(self, **kwargs):
        if self.number:
            super().save(**kwargs)
        else:
            self.save_with_new_number(**kwargs)

    def save_with_new_number(self, **kwargs):
        """Takes the next free number, and tries again when somebody else took it meanwhile."""
        rows = type(self).objects
        while True:
            self.number = rows.next_number()
            try:
                with transaction.atomic():
                    return super().save(**kwargs)
            except IntegrityError:
                # Any other constraint would fail for ever.
                if not rows.filter(number=self.number).exists():
                    raise

    @property
    def reference(self):
        return f"{self.reference_letter}{self.number}" if self.number else "–"
