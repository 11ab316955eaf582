"""The table of the timeline."""

from django.utils.translation import gettext_lazy as _

from ..timeline import tellings
from .table import (
    CURSOR_SEPARATOR,
    WHOSE_WORDS,
    Column,
    Filter,
    Kind,
    Table,
    YearFilter,
    life_column,
    whose_words,
)


class TimelineTable(Table):
    """A table of what records tell of events, from three models, filtered and sorted in memory."""

    def records(self, filter_values):
        slug, year = filter_values.get("organisation"), filter_values.get("year")
        of_organisation = [
            event
            for event in self.published()
            if not slug or any(each.slug == slug for each in event.own_organisations)
        ]
        return sorted(
            (event for event in of_organisation if not year or (event.date[:4] or "none") == year),
            key=self.cursor,
        )

    def rows(self, filter_values, base_url):
        return (self.row(event, base_url) for event in self.records(filter_values))

    def after(self, records, cursor):
        return [event for event in records if self.cursor(event) > cursor]

    def cursor(self, event):
        """Returns date and anchor, which sort as text.

        A year comes before its months ("-" sorts before digits), and the undated come last ("u" after them).
        """
        date = event.date.ljust(10, "-") if event.date else "undated"
        return f"{date}{CURSOR_SEPARATOR}{event.anchor}"


TIMELINE = TimelineTable(
    name="timeline",
    title=_("Timeline"),
    description=_(
        "What happened when: milestones, one organisation passing into another, and instruments. "
        "Where several sources tell one event, each has a row."
    ),
    row_name="Event",
    columns=(
        Column("anchor", _("The row's name in the timeline."), "anchor"),
        Column(
            "event",
            _("The event that it tells, by the name of the row that tells it first: several may tell one."),
            "event_anchor",
        ),
        Column(
            "address",
            _("Where the timeline tells it; empty if no page shows the timeline."),
            "address",
            Kind.ADDRESS,
            required=False,
        ),
        Column(
            "date",
            _("When it happened, as precise as the source; empty if no source says."),
            "date",
            Kind.DATE,
            required=False,
        ),
        Column("title", _("What happened, in a few words of the portal's."), "title"),
        Column(
            "organisation",
            _("Whose history it belongs to: the official name; empty for an instrument."),
            lambda event: event.organisation or "",
            required=False,
        ),
        Column(
            "organisation_slug",
            _("The same organisation, as the table of organisations names it."),
            lambda event: event.organisation.slug if event.organisation else "",
            required=False,
        ),
        life_column("organisation", lambda event: event.organisation),
        Column("text", _("What the source says of it, in its words or in ours."), "text", required=False),
        Column(
            "wording",
            _("A quotation where a cited passage has the words of the text; else in our words."),
            lambda event: whose_words(event.quoting) if event.quoting else "",
            required=False,
            choices=WHOSE_WORDS,
        ),
    ),
    key=("anchor",),
    ordering=(("date", str), ("anchor", str)),
    published=tellings,
    filters=(
        Filter("organisation", _("Whose history it belongs to: the organisation's slug."), ""),
        YearFilter("year", _("The year in which it happened, or “none” where no source says."), ""),
    ),
    foreign_keys={"organisation_slug": ("organisations", "slug")},
)
