"""Stores dates as precise as their source: ISO 8601 text such as 2002 or 1998-05, which sorts by itself."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Left, Length
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


def validate_partial_date(value):
    match = PARTIAL_DATE.fullmatch(value)
    try:
        year, month, day = (int(part or 1) for part in match.groups())
        datetime.date(year, month, day)
    except (AttributeError, ValueError):
        raise ValidationError(
            _(
                "“%(value)s” is not a date: write 2002, 1998-05 or 2002-02-12, "
                "or leave it empty for “not stated”."
            ),
            code="partial_date",
            params={"value": value},
        ) from None


MONTH_NAMES = (
    "january february march april may june july august september october november december".split(),
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
)
# May-98, 12 February 2002, as spreadsheets and people write; and 12/02/2002, which is read in two ways.
DATE_IN_WORDS = re.compile(r"(?:(\d{1,2})[-. ]+)?([^\W\d_]{3,9})\.?[-, ]+(\d{4}|\d{2})")
DATE_IN_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)


def typed_date(text):
    """Returns the partial date that a cell of a spreadsheet writes in words; other text as it is.

    Raises ValidationError for a date that can be read in two ways.
    """
    if match := DATE_IN_FIGURES.fullmatch(text):
        day, month = int(match[1]), int(match[3])
        if day != month and 1 <= day <= 12 and 1 <= month <= 12:
            raise ValidationError(
                _("“%(value)s” can be read in two ways, by day or by month first: write 2002-02-12."),
                code="ambiguous_date",
                params={"value": text},
            )
    if not (match := DATE_IN_WORDS.fullmatch(text.lower())):
        return text
    months = {
        number for names in MONTH_NAMES for number, name in enumerate(names, 1) if name.startswith(match[2])
    }
    if len(months) != 1:
        return text
    year = match[3]
    if len(year) == 2:
        if 1 <= int(year) <= 31:
            raise ValidationError(
                _(
                    "“%(value)s” can be read in two ways, because its %(year)s may be a year or a day: "
                    "write 1998-05 or 1998-05-30."
                ),
                code="ambiguous_date",
                params={"value": text, "year": year},
            )
        year = f"20{year}" if year == "00" else f"19{year}"
    return "-".join([year, f"{months.pop():02}", *([match[1].zfill(2)] if match[1] else [])])


def citation_date(date):
    """Returns a date as citations have it, which call an undated work “n.d.”."""
    return partial_date_text(date) if date else _("n.d.")


def partial_date_text(value):
    """Returns “2002”, “May 1998”, “12 February 2002”, or “not stated”."""
    if not value:
        return _("not stated")
    year, month, day = (int(part or 0) for part in PARTIAL_DATE.fullmatch(value).groups())
    if day:
        return formats.date_format(datetime.date(year, month, day), "DATE_FORMAT")
    if month:
        return formats.date_format(datetime.date(year, month, 1), "YEAR_MONTH_FORMAT")
    return str(year)


def check_has_come(name, date):
    """Raises ValidationError for a day, month or year that is still to come."""
    if date > timezone.localdate().isoformat()[: len(date)]:
        raise ValidationError(
            {
                name: ValidationError(
                    _("%(date)s is still to come, and readers would be told that it was: enter it then."),
                    code="future",
                    params={"date": capfirst(partial_date_text(date))},
                )
            }
        )


class PartialDateField(models.CharField):
    """Stores a partial date; empty where the source states none."""

    default_validators = [validate_partial_date]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


def not_before(end, start, name):
    """Returns the constraint that an end is not before its start, compared at the coarser precision."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{end: ""}) | models.Q(**{f"{end}__gte": Left(start, Length(end))}),
        violation_error_message=gettext_lazy("The end is before the start: correct one of the two dates."),
    )
