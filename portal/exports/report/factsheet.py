"""The fact sheet for donors: what stands on a page above its block, in that order, on one sheet of paper.

Without a page that holds the block, the one that says who is still there is printed.
"""

from dataclasses import dataclass, field
from itertools import takewhile

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advocacy.models import StoryOfChange
from advocacy.models.fold import folds_of
from impact.grades import Grade, grade_of
from impact.models import Edition
from organisation.block_pages import address_with, blocks_beside
from organisation.block_plugins import TEXT_PLUGINS
from organisation.dates import partial_date_text
from organisation.models import Milestone, Statement
from organisation.moments import Moment, moments_of
from organisation.page_records import load_records
from organisation.voice import are_ours
from portal.pages.prose import organisations_in

from .content import last_change
from .prose import sections_of_prose
from .template_data import claim_data, common_data, figure_data, source_note, source_notes, with_whose_words

PLUGIN, FORMER_PLUGIN = "FactSheetPlugin", "StandingPlugin"
# More has no room on one sheet.
MOST = {"statements": 6, "figures": 4, "steps": 3, "prose": 4}
PRINTED = (Statement, Milestone, Edition, StoryOfChange)


@dataclass
class Section:
    """A part of the sheet below a heading.

    `parts` are pairs of a kind (standing, statements, figures, steps, prose) and a list of its data.
    """

    title: str
    parts: list = field(default_factory=list)
    is_awaited: bool = False  # a block of records stands in it, though it may have none to show

    def add(self, kind, entries):
        if self.parts and self.parts[-1][0] == kind:
            self.parts[-1][1].extend(entries)
        elif entries:
            self.parts.append((kind, list(entries)))


class Sheet:
    """The sections of the sheet, and what they say: `editions` are those shown, `speakers` whose words."""

    def __init__(self, blocks, site):
        self.site = site
        self.sections, self.editions, self.speakers, self.printed = [], [], set(), []
        self.lives = []  # sentences on organisations that are over of which the prose speaks
        self.room, self.is_cut = dict(MOST), False
        self.records = load_records(blocks)
        for block in above_block(blocks):
            self.add_block(block)

    def add_block(self, block):
        if block.plugin_type in TEXT_PLUGINS:
            for title, paragraphs in sections_of_prose(block.body):
                self.section(title).add("prose", self.limited("prose", paragraphs))
            lives = standing_sentences(organisations_in(block.body))
            self.section("").add("prose", [each for each in lives if each not in self.lives])
            self.lives += lives
            return
        records = self.records.get(block.pk)
        if block.plugin_type == "StoryOfChangePlugin":
            for story in records:
                self.add_story(self.section(block.heading or story.title), story)
            return
        if block.plugin_type == "StandingPlugin":
            self.section(block.heading).add("standing", [True])
        elif records is not None and prints(block):
            section = self.section(block.heading)
            section.is_awaited = True
            if block.plugin_type == "FiguresPlugin":
                section.add("figures", self.figures(records))
            else:
                for record in moments_of(records) if is_history(block) else records:
                    self.add_record(section, record)

    def section(self, title):
        if title or not self.sections:
            self.sections.append(Section(title))
        return self.sections[-1]

    def add_record(self, section, record):
        kind = "statements" if isinstance(record, Statement) else "steps"
        if self.limited(kind, [record]):
            section.add(kind, [DATA_OF[type(record)](record, self.site)])
            for each in getattr(record, "tellings", [record]):
                self.note(each)

    def add_story(self, section, story):
        """Adds what a story quotes and what it says is not on record; for the rest there is no room."""
        folds = folds_of([story])[story.pk]
        missing = [fold for fold in folds if not fold.record]
        quoting = [fold for fold in folds if fold.claim_id or fold.milestone_id]
        for fold in self.limited("steps", quoting):
            section.add("steps", [fold_step(fold, self.site)])
            self.note(fold.record)
        section.add("prose", self.limited("prose", [fold_line(fold) for fold in missing]))

    def figures(self, editions):
        pairs = [(figure, edition) for edition in editions for figure in edition.figures.all()]
        shown = self.limited("figures", pairs)
        for edition in dict.fromkeys(edition for _figure, edition in shown):
            self.note(edition)
        return [highlighted_figure(figure, edition, self.site) for figure, edition in shown]

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

    def data(self):
        sections = [each for each in self.sections if each.parts]
        with_statements = [
            each for each in sections if any(kind == "statements" for kind, _list in each.parts)
        ]
        titled = [each for each in sections if each.title]
        return [
            {
                "title": each.title,
                "level": 1 if each in titled[:1] else 2,
                "is_large": each in with_statements[:1],  # the aim, in large type
                "is_prose": {kind for kind, _list in each.parts} == {"prose"},
                "parts": [
                    {
                        "kind": kind,
                        "list": standing_sentences(self.speakers) if kind == "standing" else entries,
                    }
                    for kind, entries in each.parts
                ],
            }
            for each in sections
        ]

    @property
    def missing(self):
        """Returns one line that names the sections of which nothing is on record; empty without any."""
        titles = [each.title for each in self.sections if each.is_awaited and each.title and not each.parts]
        named = _("; ").join(dict.fromkeys(titles))
        return _("Not on record: %(sections)s.") % {"sections": named} if named else ""


def factsheet_data(site):
    """Returns the data of the page for one sheet of paper; None where it has nothing to say."""
    plugin = PLUGIN if address_with(PLUGIN) else FORMER_PLUGIN
    sheet = Sheet(blocks_beside(plugin), site)
    if not sheet.printed:
        return None
    as_of = last_change(sheet.editions)
    return common_data(_("What a donor should know first"), as_of, site, address_with(plugin)) | {
        "sections": sheet.data(),
        "missing": sheet.missing,
        "omission_note": _("This sheet has no room for all that its page says.") if sheet.is_cut else "",
        "grade_key": grade_key(are_ours(sheet.speakers)),
        "link_label": _("Every claim with its sources"),
        "editions": [f"{edition.claim.reference} v{edition.number}" for edition in sheet.editions],
    }


def grade_key(is_ours):
    if is_ours:
        return _(
            "Supported: by an independent source, the whole or a part. "
            "A partner works with us or funds us. Disputed: a source contradicts it."
        )
    return _(
        "Supported: by an independent source, the whole or a part. "
        "A partner works with the organisation or funds it. Disputed: a source contradicts it."
    )


def above_block(blocks):
    """Returns those of the blocks of a page that stand above that of the fact sheet, or all without one."""
    return takewhile(lambda block: block.plugin_type != PLUGIN, blocks)


def prints(block):
    """Tells whether the sheet says what a block of records shows: no charts, no asks, no partners."""
    return block.plugin_type != "ChartPlugin" and issubclass(block.get_plugin_class().records.model, PRINTED)


def is_history(block):
    return block.get_plugin_class().records.model is Milestone


def has_something_to_say(blocks, records):
    """Tells whether a sheet would be printed of these blocks, whose records are {primary key: list}."""
    return any(
        block.plugin_type != "FiguresPlugin" or record.figures.all()
        for block in above_block(blocks)
        if block.pk in records and prints(block)
        for record in records[block.pk]
    )


def standing_sentences(organisations):
    """Returns what is on record of each organisation's end, first of those of which there is none."""
    sentences = [
        _("%(name)s: no source on record says that it has closed.") % {"name": each}
        for each in in_order(organisations, is_over=False)
    ]
    for each in in_order(organisations, is_over=True):
        sentences.append(_("%(name)s: %(life)s") % {"name": each, "life": each.life.text})
    return sentences


def in_order(organisations, is_over):
    shown = [each for each in organisations if each.life.is_over == is_over]
    return sorted(shown, key=lambda each: (each.order, each.official_name))


def spoken_by(record):
    """Returns who speaks, what became of it, and when it said so if it is over."""
    return ", ".join(filter(None, [record.organisation.named, record.as_it_said]))


def statement_data(statement, site):
    return {
        "speaker": with_whose_words(statement, spoken_by(statement)),
        "kind": capfirst(statement.get_kind_display()),
        "text": statement.text,
        "is_quotation": statement.is_quotation,
        "notes": source_notes(statement, site)[:2],
    }


def highlighted_figure(figure, edition, site):
    return figure_data(figure) | {
        "reference": edition.claim.reference,
        "address": site + edition.get_absolute_url(),
        "grade": edition.grade,
        "grade_label": capfirst(edition.get_grade_display()),
        "speaker": spoken_by(edition),
    }


def moment_step(moment, site):
    milestone = moment.record
    notes = [note for each in moment.tellings for note in source_notes(each, site)]
    return {
        "when": with_whose_words(milestone, dates_text(moment)),
        "reference": "",
        "speaker": spoken_by(milestone),
        "text": milestone.text,
        "notes": notes[:2],
    }


def dates_text(moment):
    """Returns the date of an event, with those that other texts give."""
    text = partial_date_text(moment.date)
    for other in moment.other_dates:
        text = _("%(date)s (a text says %(other)s)") % {"date": text, "other": partial_date_text(other)}
    return text


def fold_step(fold, site):
    record = fold.record
    step = claim_step(record, site) if fold.claim_id else moment_step(Moment(record), site)
    heading = fold.shown_heading if fold.claim_id else with_whose_words(record, fold.shown_heading)
    return step | {"when": heading}


def fold_line(fold):
    """Returns what a fold says is not on record, as a line of prose."""
    if fold.heading.endswith(("?", "!", "…")):
        return f"{fold.heading} {fold.text}"
    return _("%(heading)s: %(text)s") % {"heading": fold.heading, "text": fold.text}


def claim_step(edition, site):
    claim = claim_data(edition, site)
    return claim | {
        "when": "",
        "speaker": spoken_by(edition),
        "text": claim["statement"],
        "notes": [source_note(each, site, edition) for each in decisive_citations(edition)],
    }


def decisive_citations(edition):
    """Returns the citation that states the claim, and the one that raised or lowered its grade, if any."""
    citations = edition.evidence
    grade = grade_of(citations)
    decisive = [each for each in citations if grade != Grade.ORGANISATION_ONLY and grade_of([each]) == grade]
    return [*[each for each in citations if each not in decisive][:1], *decisive[:1]]


DATA_OF = {Statement: statement_data, Moment: moment_step, Edition: claim_step}
