"""The fact sheet for donors: its page on one sheet of paper, question by question, in the same order.

A block with a heading asks, the blocks without one that follow it go on answering. Without a page that holds
the block of the sheet, the one that says who is still there is printed.
"""

from dataclasses import dataclass, field

from cms.models import PageContent
from django.utils.translation import gettext as _

from impact.models import Edition
from impact.tally import tally_of
from organisation.block_pages import address_with, blocks_beside, page_with
from organisation.block_plugins import TEXT_PLUGINS
from organisation.models import Milestone, Statement, site_settings
from organisation.moments import moments_of
from organisation.page_records import load_records
from organisation.standing import standings_of, standings_of_profiled
from organisation.voice import are_ours
from portal.pages.plain_text import plain_text
from portal.pages.prose import organisations_in
from portal.pages.questions import questions_of

from .answers import (
    ANSWER_OF,
    PRINTED,
    answer,
    counts_answer,
    figures_answer,
    fold_answer,
    folds_to_print,
    known,
)
from .content import last_change
from .prose import paragraphs_of
from .template_data import common_data, source_note

PLUGIN, FORMER_PLUGIN = "FactSheetPlugin", "StandingPlugin"
# More has no room on one sheet.
MOST = {"statements": 6, "figures": 4, "steps": 4, "prose": 8}


@dataclass
class Section:
    """A question and its answers; a notice is what a giver must know before all questions."""

    title: str
    is_notice: bool = False
    answers: list = field(default_factory=list)
    is_awaited: bool = False  # a block of records stands in it, though it may have none to show

    def data(self):
        return {"title": self.title, "is_notice": self.is_notice, "answers": self.answers}


class Sheet:
    """The sections of the sheet, and what they say: `editions` are those shown, `speakers` whose words."""

    def __init__(self, blocks, site):
        self.site = site
        self.sections, self.editions, self.speakers, self.printed = [], [], set(), []
        self.lives = []  # sentences on organisations that are over of which the prose speaks
        self.room, self.is_cut = dict(MOST), False
        self.records = load_records(blocks)
        for block in blocks:
            self.add_block(block)

    def add_block(self, block):
        if block.plugin_type in TEXT_PLUGINS:
            self.add_prose(block.body)
        elif add := NOT_OF_RECORDS.get(block.plugin_type):
            add(self, block)
        elif (records := self.records.get(block.pk)) is None or not prints(block):
            return
        elif block.plugin_type == "StoryOfChangePlugin":
            for story in records:
                self.add_story(self.section(block.heading or story.title), story)
        else:
            section = self.section(block.heading)
            section.is_awaited = True
            if block.plugin_type == "FiguresPlugin":
                section.answers += self.figures(records)
            else:
                for record in moments_of(records) if is_history(block) else records:
                    self.add_record(section, record)
                if len(section.answers) == 1 and block.heading and not is_history(block):
                    section.answers[0]["heading"] = ""  # the question has named what it is about

    def section(self, title, is_notice=False):
        last = self.sections[-1] if self.sections else None
        if title or last is None or last.is_notice != is_notice:
            self.sections.append(Section(title, is_notice))
        return self.sections[-1]

    def add_prose(self, body):
        for question in questions_of(body):
            paragraphs = [answer("prose", each) for each in paragraphs_of(question.answer)]
            shown = self.limited("prose", paragraphs)
            if shown and question.known:
                shown[0]["known"] = [known(plain_text(question.known))]
            self.section(plain_text(question.heading)).answers += shown
        lives = [str(each) for each in standings_of(organisations_in(body)) if str(each) not in self.lives]
        if lives:
            self.section("").answers += [answer("prose", each) for each in lives]
        self.lives += lives

    def add_record(self, section, record):
        kind = "statements" if isinstance(record, Statement) else "steps"
        if self.limited(kind, [record]):
            section.answers.append(ANSWER_OF[type(record)](record, self.site))
            for each in getattr(record, "tellings", [record]):
                self.note(each)

    def add_story(self, section, story):
        """Adds what a story quotes and what it says is not on record; for the rest there is no room."""
        for fold in folds_to_print(story):
            if self.limited("steps" if fold.record else "prose", [fold]):
                section.answers.append(fold_answer(fold, self.site))
                if fold.record:
                    self.note(fold.record)

    def add_standing(self, block):
        section = self.section(block.heading, is_notice=True)
        for each in standings_of_profiled():
            notes = [source_note(citation, self.site) for citation in each.citations[:1]]
            grounds = [known(note["title"], note["address"], note["relation"]) for note in notes]
            section.answers.append(answer("prose", str(each), known=grounds))

    def add_giving(self, block):
        section = self.section("", is_notice=True)
        section.answers += [answer("prose", each) for each in giving_sentences(site_settings())]

    def add_contact(self, block):
        lines = contact_lines(site_settings())
        if lines:
            self.section(block.heading).answers += [answer("prose", each) for each in lines]

    def add_counts(self, block):
        sheet = tally_of(block.organisation_id)
        if sheet.count:
            self.section(block.heading).answers.append(counts_answer(sheet, self.site))

    def figures(self, editions):
        pairs = [(figure, edition) for edition in editions for figure in edition.figures.all()]
        shown = self.limited("figures", pairs)
        for edition in dict.fromkeys(edition for _figure, edition in shown):
            self.note(edition)
        return [figures_answer(shown, self.site)] if shown else []

    def note(self, record):
        """Notes that the sheet says something of a record."""
        self.speakers.add(record.organisation)
        self.printed.append(record)
        if isinstance(record, Edition) and record not in self.editions:
            self.editions.append(record)

    def limited(self, kind, entries):
        """Returns those of the entries for which there is room."""
        shown = entries[: self.room[kind]]
        self.room[kind] -= len(shown)
        self.is_cut = self.is_cut or len(shown) < len(entries)
        return shown

    @property
    def missing(self):
        """Returns one line that names the sections of which nothing is on record; empty without any."""
        titles = [each.title for each in self.sections if each.is_awaited and each.title and not each.answers]
        named = " · ".join(dict.fromkeys(titles))
        # On record there may be something, such as figures of which none is put forward.
        return _("Not answered on this sheet: %(sections)s") % {"sections": named} if named else ""


NOT_OF_RECORDS = {
    "StandingPlugin": Sheet.add_standing,
    "GivingPlugin": Sheet.add_giving,
    "ContactPlugin": Sheet.add_contact,
    "TallyPlugin": Sheet.add_counts,
    "SheetPlugin": Sheet.add_counts,
}


def factsheet_data(site):
    """Returns the data of the page for one sheet of paper; None where it has nothing to say."""
    plugin = PLUGIN if address_with(PLUGIN) else FORMER_PLUGIN
    sheet = Sheet(blocks_beside(plugin), site)
    if not sheet.printed:
        return None
    as_of = last_change(sheet.editions)
    title = PageContent.objects.get(pk=page_with(plugin).pk).title
    return common_data(title, as_of, site, address_with(plugin)) | {
        "sections": [each.data() for each in sheet.sections if each.answers],
        "missing": sheet.missing,
        "omission_note": _("This sheet has no room for all that its page says.") if sheet.is_cut else "",
        "strip_key": strip_key(are_ours(sheet.speakers)),
        "link_label": _("Every claim with its sources"),
        "editions": [f"{edition.claim.reference} v{edition.number}" for edition in sheet.editions],
    }


def strip_key(is_ours):
    if is_ours:
        return _(
            "Three squares: ourselves, a partner, who works with us or funds us, and an independent source. "
            "Filled: says or supports it; dot: gives the context only; cross: contradicts it."
        )
    return _(
        "Three squares: the organisation itself, a partner, who works with it or funds it, "
        "and an independent source. "
        "Filled: says or supports it; dot: gives the context only; cross: contradicts it."
    )


def prints(block):
    """Tells whether the sheet says what a block of records shows: no charts, no asks, no partners."""
    return block.plugin_type != "ChartPlugin" and issubclass(block.get_plugin_class().records.model, PRINTED)


def is_history(block):
    return block.get_plugin_class().records.model is Milestone


def has_something_to_say(blocks, records):
    """Tells whether a sheet would be printed of these blocks, whose records are {primary key: list}."""
    return any(
        block.plugin_type != "FiguresPlugin" or record.figures.all()
        for block in blocks
        if block.pk in records and prints(block)
        for record in records[block.pk]
    )


def giving_sentences(site):
    """Returns what a giver has to know of the money, and where to ask."""
    if not site.giving_address:
        return [_("No money is taken on this site, and it does not say where to give."), *ways_to_ask(site)]
    where = _("Where to give: %(address)s") % {"address": site.giving_address}
    return [_("No money is taken on this site."), where, *ways_to_ask(site)]


def ways_to_ask(site):
    """Returns one sentence on how to ask; none where no contact is on record."""
    if address := site.email or site.telephone:
        return [_("Ask first: %(address)s") % {"address": address}]
    if site.postal_address:
        letter = ", ".join(site.postal_address.splitlines())
        return [_("Ask first, by letter to %(address)s") % {"address": letter}]
    return []


def contact_lines(site):
    return [
        each for each in (site.email, site.telephone, ", ".join(site.postal_address.splitlines())) if each
    ]
