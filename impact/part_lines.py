"""Reads and writes the parts of a reading as lines: “sex | girls | 9,100”, or a reason for a number."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Absence, Part
from .numbers import read_number


@dataclass
class PartLine:
    """A part as a line gives it: a number as written and read, or a reason why there is none."""

    axis: str
    group: str
    as_written: str = ""
    qualifier: str = ""
    value: Decimal | None = None
    reason: str = ""


def lines_of(figure):
    """Returns the parts of a figure as lines."""
    return "\n".join(
        f"{each.axis} | {each.group} | {each.as_written or each.get_reason_display()}"
        for each in figure.parts.all()
    )


def read_parts(text, unit=""):
    """Returns the parts that lines give; ValidationError names the line that cannot be read."""
    parts = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            parts.append(read_part(line, number, unit))
    seen = set()
    for each in parts:
        if (each.axis, each.group) in seen:
            raise ValidationError(
                _("“%(group)s” stands in two lines: give each part once."), params={"group": each.group}
            )
        seen.add((each.axis, each.group))
    return parts


def read_part(line, number, unit):
    pieces = [piece.strip() for piece in line.split("|")]
    if len(pieces) != 3 or not all(pieces):
        raise ValidationError(
            _("Line %(number)d is no part: write “sex | girls | 9,100”."), params={"number": number}
        )
    axis, group, said = pieces
    for reason in Absence.Reason:
        if said.lower() in (reason.value, str(reason.label).lower()):
            return PartLine(axis, group, reason=reason.value)
    reading = read_number(said, unit)
    if reading is None or len(reading.values) != 1:
        raise ValidationError(
            _(
                "Line %(number)d: “%(said)s” is no number and no reason. Copy the number, or write one of "
                "these: %(reasons)s."
            ),
            params={
                "number": number,
                "said": said,
                "reasons": ", ".join(str(reason.label) for reason in Absence.Reason),
            },
        )
    return PartLine(axis, group, said, reading.qualifier, reading.values[0])


def replace_parts(figure, parts):
    """Makes the parts of a figure those that were read."""
    figure.parts.all().delete()
    Part.objects.bulk_create(
        [
            Part(
                figure=figure,
                axis=each.axis,
                group=each.group,
                as_written=each.as_written,
                qualifier=each.qualifier,
                value=each.value,
                reason=each.reason,
                order=order,
            )
            for order, each in enumerate(parts)
        ]
    )
