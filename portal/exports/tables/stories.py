"""The table of the stories of change, fold by fold."""

from django.utils.translation import gettext_lazy as _

from advocacy.models import Fold

from ..timeline import milestone_address
from .table import Column, Filter, Kind, Table

KINDS = ("claim", "milestone", "adopted", "in force", "not on record")


def public_folds():
    return Fold.objects.public().in_full()


def reference_of(fold):
    """Returns what names the record in its own table: E10, the name of a milestone, or of an instrument."""
    if fold.claim_id:
        return fold.claim.reference
    return fold.milestone.key if fold.milestone_id else fold.instrument.slug if fold.instrument_id else ""


def address_of(fold):
    if fold.milestone_id:
        return milestone_address(fold.milestone)
    record = fold.edition or fold.instrument
    return record.get_absolute_url() if record else ""


STORIES = Table(
    name="stories",
    title=_("Stories of change"),
    description=_("What led to what, fold by fold: each in the words of one record, or what no source says."),
    row_name="Fold",
    columns=(
        Column("id", _("The fold's own number, for good."), "pk", Kind.INTEGER),
        Column("story", _("The story's name, which never changes."), "story.slug"),
        Column("story_title", _("The story's title."), "story.title"),
        Column(
            "lead", _("What stands above its folds, in the portal's words."), "story.lead", required=False
        ),
        Column("order", _("The place of the fold in its story: lower comes first."), "order", Kind.INTEGER),
        Column(
            "heading",
            _("What stands above the fold: its date as people write it, or a few words of the portal's."),
            "shown_heading",
        ),
        Column(
            "date",
            _("When it was, as precise as the source; empty if no source says."),
            "date",
            Kind.DATE,
            required=False,
        ),
        Column("kind", _("What the fold points at."), "kind", choices=KINDS),
        Column(
            "record",
            _("The record: a claim's reference, a milestone's organisation and name, an instrument's name."),
            reference_of,
            required=False,
        ),
        Column(
            "address",
            _("Where that record can be read, of a claim this wording for good; empty if it has no page."),
            address_of,
            Kind.ADDRESS,
            required=False,
        ),
        Column("text", _("What the record says, or what no source does."), "text"),
        Column("remark", _("A sentence of the portal's after it."), "remark", required=False),
    ),
    key=("id",),
    ordering=(("story_id", int), ("order", int), ("pk", int)),
    published=public_folds,
    filters=(Filter("story", _("The story's name."), "story__slug"),),
)
