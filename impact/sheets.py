"""Loads the sheet of claims: all of them counted by how far each is shown, and some of them to be drawn.

One query where all of them fit, three where they do not. Each group shows as many as there is then room for,
those put forward first, then the newest; the rest are a number that leads to the register.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Case, Count, Exists, F, OuterRef, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.facets import query_address
from organisation.models import Organisation
from organisation.models.term import theme_choices

from .grades import SHOWN, Grade, Shown
from .models import Edition, Highlight

LIMIT = 60
ALL_IN_PART = {
    Shown.INDEPENDENT: _("an independent source supports, in part"),
    Shown.PARTNER: _("a partner supports, in part"),
}
SOME_IN_PART = {
    Shown.INDEPENDENT: _("an independent source supports, at least in part"),
    Shown.PARTNER: _("a partner supports, at least in part"),
}


@dataclass
class Group:
    """The claims that are shown equally far: how many there are, and the editions that are drawn."""

    shown: Shown
    counts: Counter  # by grade
    editions: list[Edition] = field(default_factory=list)
    address: str = ""  # of the list of all of them; empty where no page has it

    @property
    def count(self):
        return self.counts.total()

    @property
    def more(self):
        return self.count - len(self.editions)

    @property
    def words(self):
        """Returns what stands after its number, such as “a partner supports, at least in part”."""
        in_part = self.counts[Grade.SUPPORTED_IN_PART] + self.counts[Grade.PARTNER_IN_PART]
        if not in_part:
            return self.shown.label
        return (ALL_IN_PART if in_part == self.count else SOME_IN_PART)[self.shown]


@dataclass
class Sheet:
    """Claims grouped by how far they are shown: all of them, or those of one organisation or theme."""

    groups: list[Group]
    organisation: Organisation | None = None
    address: str = ""
    names: list["Sheet"] = field(default_factory=list)  # of the names under which an organisation claims
    theme: str = ""  # the name of it, where the claims are those of one

    @property
    def count(self):
        return sum(group.count for group in self.groups)

    @property
    def found(self):
        """Returns the groups that have a claim."""
        return [group for group in self.groups if group.count]


@dataclass
class SheetTable:
    """A sheet for each theme, and one for all together, in which no claim is drawn."""

    total: Sheet
    rows: list[Sheet]

    @property
    def columns(self):
        """Returns the groups that have a claim in any row; in the rows they have the same places."""
        return self.total.found

    @property
    def cells(self):
        """Returns each row with its groups in the order of the columns."""
        places = [self.total.groups.index(group) for group in self.columns]
        return [(row, [row.groups[place] for place in places]) for row in self.rows]


@dataclass(frozen=True)
class RowOfSheet:
    """Whose claims a sheet shows: the key that its entries have as their `row`, and the query for them."""

    key: int | str = 0
    query: dict = field(default_factory=dict)
    organisation: Organisation | None = None
    theme: str = ""


def sheet_of(entries, register="", limit=LIMIT, organisation=None):
    """Returns the sheet of entries of the register, of all of them or of one organisation.

    `register` is the address of the page that lists them.
    """
    if organisation:
        entries = entries.filter(organisation=organisation).annotate(row=F("organisation"))
    else:
        entries = entries.annotate(row=Value(0))
    return sheets_of(entries, [row_of_organisation(organisation)], register, limit)[0]


def sheet_of_names(entries, organisations, register="", limit=LIMIT):
    """Returns the sheet of an organisation, the first of these, with the claims under its other names.

    It says how many stand under each, unless all of them are the organisation's own.
    """
    entries = entries.filter(organisation__in=organisations).annotate(row=F("organisation"))
    rows = [row_of_organisation(each) for each in organisations]
    names = [each for each in sheets_of(entries, rows, register, limit) if each.count]
    if not names or names == [each for each in names if each.organisation == organisations[0]]:
        return names[0] if names else Sheet([], organisations[0])
    groups = [
        Group(
            together[0].shown,
            sum((group.counts for group in together), Counter()),
            sorted(chain(*(group.editions for group in together)), key=lambda each: each.claim.number),
        )
        for together in zip(*(name.groups for name in names), strict=True)
    ]
    return Sheet(groups, organisations[0], names=names)


def sheet_table_of_themes(entries, register="", limit=LIMIT):
    """Returns the sheets of the themes that have a claim, one a row; claims without a theme come last."""
    rows = [RowOfSheet(slug, {"theme": slug}, theme=name) for slug, name in theme_choices()]
    rows.append(RowOfSheet("", theme=gettext("Without a theme")))
    sheets = sheets_of(entries.annotate(row=F("theme")), rows, register, limit)
    return table_of([each for each in sheets if each.count], register)


def row_of_organisation(organisation):
    if organisation is None:
        return RowOfSheet()
    return RowOfSheet(organisation.pk, {"organisation": organisation.slug}, organisation)


def table_of(rows, register):
    counts = [sum((row.groups[place].counts for row in rows), Counter()) for place in range(len(Shown))]
    groups = [
        Group(shown, count, address=address_of(register, shown=shown.value))
        for shown, count in zip(Shown, counts, strict=True)
    ]
    return SheetTable(Sheet(groups, address=register), rows)


def sheets_of(entries, rows, register, limit):
    """Returns a sheet for each of these rows, of the `entries` that have its key as their `row`.

    What has no query of its own, while others have, has no address: the list cannot be narrowed to it.
    """
    numbers, found = counted_and_drawn(entries, limit)
    counts, drawn = {}, defaultdict(list)
    for (row, grade), count in numbers.items():
        counts.setdefault((row, SHOWN[grade]), Counter())[grade] = count
    for entry in found:
        entry.edition.claim.current_edition = entry.edition  # it is the current one: spares a join
        drawn[entry.row, SHOWN[entry.grade]].append(entry.edition)
    sheets = []
    for row in rows:
        place = register if row.query or len(rows) == 1 else ""
        groups = [
            Group(
                shown,
                counts.get((row.key, shown), Counter()),
                drawn.get((row.key, shown), []),
                address_of(place, **row.query, shown=shown.value),
            )
            for shown in Shown
        ]
        sheets.append(Sheet(groups, row.organisation, address_of(place, **row.query), theme=row.theme))
    return sheets


def counted_and_drawn(entries, limit):
    """Returns how many entries there are by (row, grade), and at most `limit` of them by number."""
    drawable = entries.select_related("edition__claim").order_by("number")
    if limit:
        found = list(drawable[: limit + 1])
        if len(found) <= limit:  # all of them
            return Counter((each.row, each.grade) for each in found), found
    rows = entries.order_by().values_list("row", "grade").annotate(Count("pk"))
    numbers = {(row, grade): count for row, grade, count in rows}
    return numbers, entries_to_draw(drawable, numbers, limit) if limit else []


def entries_to_draw(entries, numbers, limit):
    """Returns at most `limit` entries, as many of each group and row as of the others."""
    of_group = Counter()
    for (row, grade), count in numbers.items():
        of_group[row, SHOWN[grade]] += count
    a_group = places_of_a_group(of_group.values(), limit)
    is_highlight = Exists(Highlight.objects.filter(claim=OuterRef("claim")))
    group = Case(*(When(grade__in=shown.grades, then=Value(shown.value)) for shown in Shown))
    place = Window(
        RowNumber(),
        partition_by=[F("row"), group],
        order_by=[is_highlight.desc(), F("published_at").desc(), F("number").desc()],
    )
    return entries.annotate(place=place).filter(place__lte=a_group)


def places_of_a_group(counts, limit):
    """Returns how many claims a group may have drawn, so that all have at most `limit`; at least one."""
    fitting = (size for size in range(1, limit + 1) if sum(min(each, size) for each in counts) <= limit)
    return max(fitting, default=1)


def address_of(register, **query):
    """Returns the address of the register with this query; empty where no page has the register."""
    return register + query_address(query) if register and query else register
