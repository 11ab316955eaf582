"""Tells what became of an organisation: that it closed, merged or took another name, and who came after."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import chain

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .dates import partial_date_text
from .evidence_in_words import each_once
from .models import Citation, Succession

Kind = Succession.Kind
PLACEHOLDER = re.compile(r"%\((\w+)\)s")

# By (how precise the date is, whether the page is the organisation's own).
CLOSED = {
    ("day", True): gettext_lazy("Closed on %(date)s."),
    ("day", False): gettext_lazy("%(earlier)s closed on %(date)s."),
    ("month or year", True): gettext_lazy("Closed in %(date)s."),
    ("month or year", False): gettext_lazy("%(earlier)s closed in %(date)s."),
    ("", True): gettext_lazy("Closed; undated."),
    ("", False): gettext_lazy("%(earlier)s closed; undated."),
}
# By (kind, whether the page is the organisation's own).
PASSED = {
    (Kind.RENAMED, True): gettext_lazy("Renamed %(later)s (%(date)s)."),
    (Kind.RENAMED, False): gettext_lazy("%(earlier)s was renamed %(later)s (%(date)s)."),
    (Kind.MERGED, True): gettext_lazy("Merged into %(later)s (%(date)s)."),
    (Kind.MERGED, False): gettext_lazy("%(earlier)s merged into %(later)s (%(date)s)."),
    (Kind.PASSED_ON, True): gettext_lazy("Passed programmes on to %(later)s (%(date)s)."),
    (Kind.PASSED_ON, False): gettext_lazy("%(earlier)s passed programmes on to %(later)s (%(date)s)."),
}
# The same where no source names who came after.
PASSED_TO_NOBODY = {
    (Kind.RENAMED, True): gettext_lazy("Renamed (%(date)s); the new name is not stated."),
    (Kind.RENAMED, False): gettext_lazy("%(earlier)s was renamed (%(date)s); the new name is not stated."),
    (Kind.MERGED, True): gettext_lazy("Merged into another (%(date)s), which is not stated."),
    (Kind.MERGED, False): gettext_lazy("%(earlier)s merged into another (%(date)s), which is not stated."),
    (Kind.PASSED_ON, True): gettext_lazy("Passed programmes on (%(date)s); to whom is not stated."),
    (Kind.PASSED_ON, False): gettext_lazy(
        "%(earlier)s passed programmes on (%(date)s); to whom is not stated."
    ),
}
# What came to an organisation.
CAME = {
    Kind.RENAMED: gettext_lazy("Formerly %(earlier)s (renamed: %(date)s)."),
    Kind.MERGED: gettext_lazy("%(earlier)s merged into it (%(date)s)."),
    Kind.PASSED_ON: gettext_lazy("Took over programmes of %(earlier)s (%(date)s)."),
}
BEFORE_THAT = gettext_lazy("Before that %(earlier)s (renamed: %(date)s).")
# By (how precise the date is, whether it speaks of itself).
SAID = {
    ("day", False): gettext_lazy("as it said on %(date)s"),
    ("day", True): gettext_lazy("as it said of itself on %(date)s"),
    ("month or year", False): gettext_lazy("as it said in %(date)s"),
    ("month or year", True): gettext_lazy("as it said of itself in %(date)s"),
    ("", False): gettext_lazy("as it said, undated"),
    ("", True): gettext_lazy("as it said of itself, undated"),
}


def precision(date):
    return "" if not date else "day" if date.count("-") == 2 else "month or year"


def day_text(date):
    return partial_date_text(date) if date else _("undated")


def as_it_said(organisation, date, of_itself=False):
    """Returns “as it said, undated” or “as it said in 2007” of an organisation that is over; else nothing."""
    if not organisation.life.is_over:
        return ""
    return SAID[precision(date), of_itself] % {"date": date and partial_date_text(date)}


def stated_on(citations):
    """Returns the date of the first source that states it and has one; empty without any."""
    stated = (each.source for each in citations if each.relation == Citation.Relation.STATES)
    return next(filter(None, (source.published or source.as_of for source in stated)), "")


@dataclass(frozen=True)
class Sentence:
    """A sentence that names organisations, as text and as HTML that links to their profiles."""

    template: str
    date: str
    names: dict = field(default_factory=dict)

    def __str__(self):
        return self.filled(as_text, str)

    @property
    def html(self):
        return self.filled(as_html, linked_name)

    def filled(self, fill, name):
        names = {key: joined([name(each) for each in named], fill) for key, named in self.names.items()}
        return fill(self.template, **names, date=self.date)


def as_text(template, **values):
    return template % values


def as_html(template, **values):
    """Returns the filled template as HTML, with every value escaped that is none."""
    return format_html(PLACEHOLDER.sub(r"{\1}", str(template)), **values)


def linked_name(organisation):
    address = organisation.get_absolute_url()
    return format_html('<a href="{}">{}</a>', address, organisation) if address else str(organisation)


def joined(names, fill):
    """Joins names with commas and an “and”; `fill` is as_text or as_html."""
    *others, last = names or [""]
    if not others:
        return last
    first = reduce(lambda one, other: fill(_("%(one)s, %(other)s"), one=one, other=other), others)
    return fill(_("%(one)s and %(other)s"), one=first, other=last)


class Life:
    """What became of an organisation, in sentences and in a word."""

    def __init__(self, organisation, lineage):
        self.organisation, self.lineage = organisation, lineage

    @cached_property
    def closings(self):
        return self.lineage.after(self.organisation, Kind.CLOSED)

    @property
    def has_closed(self):
        return bool(self.organisation.closed or self.closings)

    @property
    def closed_on(self):
        """Returns when it closed, as precise as the source; empty if it has not, or if no day is stated."""
        return self.organisation.closed or next((each.date for each in self.closings if each.date), "")

    @cached_property
    def passings(self):
        """Returns the successions by which another name, or another organisation, took its place."""
        return self.lineage.after(self.organisation, Kind.RENAMED, Kind.MERGED)

    @property
    def is_over(self):
        """True if it closed, merged into another or bears another name: it says nothing today."""
        return self.has_closed or bool(self.passings)

    @property
    def mark(self):
        """Returns what stands behind its name, such as “closed 2019”; empty while it goes on."""
        marks, life, seen = "", self, set()
        while life and life.organisation.pk not in seen:
            seen.add(life.organisation.pk)
            mark, later = life.own_mark()
            if mark:
                marks = _("%(marks)s, %(next)s") % {"marks": marks, "next": mark} if marks else mark
            life = later and Life(later, self.lineage)
        return marks

    def own_mark(self):
        """Returns (its mark, the organisation that took its place); either may be empty."""
        if self.has_closed:
            date = self.closed_on
            return _("closed %(year)s") % {"year": date[:4]} if date else _("closed, undated"), None
        if not self.passings:
            return "", None
        last = self.passings[-1]
        merged = last.kind == Kind.MERGED
        if not last.later:
            return _("merged") if merged else _("renamed"), None
        mark = _("merged into %(name)s") if merged else _("renamed %(name)s")
        return mark % {"name": last.later}, last.later

    @cached_property
    def telling(self):
        return Telling(self.lineage).tell(self.organisation)

    @property
    def sentences(self):
        return self.telling.sentences

    @cached_property
    def successions_before(self):
        """Returns the successions that led to it, the nearest first, as far back as both sides are known."""
        found, waiting = {}, [self.organisation]
        for each in waiting:
            for row in self.lineage.before(each, Kind.RENAMED, Kind.MERGED, Kind.PASSED_ON):
                if row.earlier and row.pk not in found:
                    found[row.pk] = row
                    waiting.append(row.earlier)
        return list(found.values())

    @property
    def sentences_before(self):
        """Returns what `sentences` leaves out: what became of those before its predecessors."""
        rows = (row for row in self.successions_before if row.pk not in self.telling.told)
        return [
            Sentence(
                PASSED[row.kind, False], day_text(row.date), {"earlier": [row.earlier], "later": [row.later]}
            )
            for row in rows
        ]

    @property
    def text(self):
        return " ".join(str(each) for each in self.sentences)

    @property
    def formerly(self):
        return [each.earlier for each in self.lineage.before(self.organisation, Kind.RENAMED) if each.earlier]

    @property
    def later_known_as(self):
        return [each.later for each in self.lineage.after(self.organisation, Kind.RENAMED) if each.later]

    @property
    def names(self):
        """Returns the organisation and those that are it under another name: its documents are theirs."""
        return [self.organisation, *self.formerly, *self.later_known_as]

    @property
    def succeeded_by(self):
        """Returns the organisations that took its place or took programmes over."""
        rows = self.lineage.after(self.organisation, Kind.RENAMED, Kind.MERGED, Kind.PASSED_ON)
        return list(dict.fromkeys(each.later for each in rows if each.later))

    @property
    def citations(self):
        """Returns the evidence of all that the sentences say, each source or passage once."""
        rows = [each for each in self.lineage.with_evidence if each.pk in self.telling.told]
        citations = [citation for each in rows for citation in each.evidence]
        if self.organisation.closed and not self.closings:
            citations = [*self.organisation.evidence, *citations]
        return each_once(citations)


class Telling:
    """Collects sentences and the successions they rest on; each is told once, though rows form a circle."""

    def __init__(self, lineage):
        self.lineage = lineage
        self.sentences = []
        self.told, self.ended = set(), set()  # primary keys of successions, and of organisations

    def tell(self, organisation):
        self.tell_end(organisation, own=True)
        self.tell_names_before(organisation)
        self.tell_passed_on(organisation, own=True)
        for each in self.untold(self.lineage.before(organisation, Kind.MERGED, Kind.PASSED_ON)):
            if each.earlier:
                self.add([each], CAME[each.kind])
                self.tell_end(each.earlier, own=False)
        return self

    def untold(self, successions):
        return [each for each in successions if each.pk not in self.told]

    def add(self, successions, template):
        """Adds the sentence of successions that differ only in who came after."""
        self.told.update(each.pk for each in successions)
        first = successions[0]
        names = {
            "earlier": [first.earlier] if first.earlier else [],
            "later": [each.later for each in successions if each.later],
        }
        self.sentences.append(Sentence(template, day_text(first.date), names))

    def tell_end(self, organisation, own):
        """Tells how it ended, then the same of whoever took its place."""
        waiting = [(organisation, own)]
        for each, is_own in waiting:
            if each.pk in self.ended:
                continue
            self.ended.add(each.pk)
            life = Life(each, self.lineage)
            for passing in self.untold(life.passings):
                self.add([passing], (PASSED if passing.later else PASSED_TO_NOBODY)[passing.kind, is_own])
                if passing.later:
                    waiting.append((passing.later, False))
            if life.has_closed:
                self.told.update(closing.pk for closing in life.closings)
                date, names = life.closed_on, {"earlier": [each]}
                self.sentences.append(Sentence(CLOSED[precision(date), is_own], day_text(date), names))
            if own and not is_own:
                self.tell_passed_on(each, own=False)

    def tell_passed_on(self, organisation, own):
        """Tells who took its programmes over, those of one day in one sentence, and how these ended."""
        by_date = defaultdict(list)
        for each in self.untold(self.lineage.after(organisation, Kind.PASSED_ON)):
            by_date[each.date, bool(each.later)].append(each)
        for (_date, is_named), rows in by_date.items():
            self.add(rows, (PASSED if is_named else PASSED_TO_NOBODY)[Kind.PASSED_ON, own])
        for each in chain(*by_date.values()):
            if each.later:
                self.tell_end(each.later, own=False)

    def tell_names_before(self, organisation):
        waiting = self.lineage.before(organisation, Kind.RENAMED)
        template = CAME[Kind.RENAMED]
        for each in waiting:
            if each.earlier and each.pk not in self.told:
                self.add([each], template)
                waiting += self.lineage.before(each.earlier, Kind.RENAMED)
                template = BEFORE_THAT
