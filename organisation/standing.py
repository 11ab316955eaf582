"""Tells of several organisations which are still there, and what became of the others, each thing once."""

from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from .life import as_html, as_text, linked_name
from .lineage import current_lineage, profiled_organisations
from .models import Organisation
from .models.record import prefetch_evidence


@dataclass(frozen=True)
class Standing:
    """What is on record of an organisation's end, as text and as HTML that links to the profiles named."""

    organisation: Organisation
    sentences: list  # none of one that goes on

    def __str__(self):
        return as_text(self.template, name=self.organisation, life=" ".join(map(str, self.sentences)))

    @property
    def html(self):
        life = format_html_join(" ", "{}", ((each.html,) for each in self.sentences))
        return as_html(self.template, name=linked_name(self.organisation), life=life)

    @property
    def template(self):
        if self.sentences:
            return _("%(name)s: %(life)s")
        return _("%(name)s: no source on record says that it has closed.")

    @property
    def citations(self):
        return self.organisation.life.citations if self.sentences else []


def standings_of_profiled():
    """Returns the standing of every organisation with a profile, with the evidence of its end."""
    prefetch_evidence(records_of_standings())
    return standings_of(profiled_organisations())


def records_of_standings():
    """Returns the records whose evidence shows the standing of every organisation with a profile."""
    organisations = profiled_organisations()
    if not any(each.life.is_over for each in organisations):
        return []
    # What a succession tells rests on its evidence, and what it does not on that of the organisation.
    closed = [each for each in organisations if each.closed and not each.life.closings]
    return [*closed, *current_lineage().successions]


def standings_of(organisations):
    """Returns the standing of each: first of those that go on, then of those that closed.

    Where another has told already all that there is to tell of one, only its own end is told.
    """
    standings, told = [], set()
    for each in sorted(organisations, key=place_of):
        if not each.life.is_over:
            standings.append(Standing(each, []))
            continue
        told_of_it = each.life.telling.told
        is_told = bool(told_of_it) and told_of_it <= told
        standings.append(Standing(each, each.life.sentences[:1] if is_told else each.life.sentences))
        told |= told_of_it
    return standings


def place_of(organisation):
    life = organisation.life
    return life.is_over, not life.has_closed, organisation.order, organisation.official_name
