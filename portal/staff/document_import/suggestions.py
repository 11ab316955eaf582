"""What a text may hold for the record, found by rules that name themselves. Nothing is proposed but exact slices of the text."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from organisation.models import Statement
from organisation.style_checks import superlatives

from .blocks import HEADING, ITEM, LABEL, NAMED, ROW, announced, blocks_of, named_blocks
from .dates import dates_in
from .figures import figures_in
from .organisation_names import names_in
from .sentences import parts_of, sentences_in, together

CLAIM, STATEMENT, MILESTONE, ORGANISATION, NOTE = "claim", "statement", "milestone", "organisation", "note"
KIND = Statement.Kind


@dataclass
class Proposal:
    """Words of the text, by their place, and what they may become: the kind of record, the rule that says so, and what it begins with."""

    kind: str
    start: int
    end: int
    rule: str
    about: str = ""  # the words of the text that made the rule fit
    is_second: bool = False  # the second of two things that one sentence says
    values: dict = field(default_factory=dict)
    figures: list = field(default_factory=list)
    more: list = field(default_factory=list)  # further places whose words belong to it

    @property
    def key(self):
        return f"{self.kind}-{self.start}-{self.end}"

    @property
    def why(self):
        return reasons()[self.rule] % {"about": self.about}


def reasons():
    """What each rule goes by, in a sentence for whoever decides."""
    return {
        "result": _("An item of a list under “%(about)s”."),
        "item": _("An item of a list."),
        "success": _("It says that something succeeded: “%(about)s”."),
        "number": _("It counts something: “%(about)s”."),
        "share": _("It speaks of a share: “%(about)s”."),
        "superlative": _("It claims to be ahead of others: “%(about)s”."),
        "done": _("It says what was done: “%(about)s”."),
        "date": _("It gives a date: “%(about)s”."),
        "former name": _("It tells of a name or a form before: “%(about)s”."),
        "value": _("One of several lines with a name, a colon and a text: “%(about)s”."),
        "heading": _("It stands under “%(about)s”."),
        "words": _("It says so itself: “%(about)s”."),
        "area": _("A heading that a sentence before it announces."),
        "first line": _("The first line, with no stop at its end."),
        "prose": _("What else the paragraph says."),
        "empty heading": _("A heading with nothing under it."),
        "label": _("A single word in small letters, neither a heading nor a sentence."),
        "known by its words": _("It is named like an organisation, and no such name is on record."),
    }


# Nobody reads a longer one as a sentence; it is taken as it is.
LONGEST_SENTENCE = 3_000

# What a heading announces.
RESULTS = re.compile(
    r"\b(?:impact|achiev\w*|accomplish\w*|results?|success\w*|highlights?|what we have done|milestones reached)\b",
    re.IGNORECASE,
)
SECTIONS = [
    (re.compile(r"\bvision\b", re.IGNORECASE), KIND.VISION),
    (re.compile(r"\bmission\b", re.IGNORECASE), KIND.MISSION),
    (re.compile(r"\b(?:goals?|aims?|objectives?)\b", re.IGNORECASE), KIND.GOAL),
    (re.compile(r"\bbeliefs?|what we believe\b", re.IGNORECASE), KIND.BELIEF),
    (re.compile(r"\bpositions?\b", re.IGNORECASE), KIND.POSITION),
    (re.compile(r"\b(?:structure|governance|team|trustees|board)\b", re.IGNORECASE), KIND.STRUCTURE),
    (re.compile(r"\b(?:approach|how we (?:do it|work))\b", re.IGNORECASE), KIND.APPROACH),
]
# What a sentence says of itself.
SAYINGS = [
    (re.compile(r"\bwe believe\b", re.IGNORECASE), KIND.BELIEF),
    (re.compile(r"(?:\b(?:our|its)|[’']s) goals? (?:is|are)\b", re.IGNORECASE), KIND.GOAL),
    (
        re.compile(r"(?:\b(?:our|its|one clear)|[’']s) (?:mission|vision)\b(?= (?:is|-|–))", re.IGNORECASE),
        None,
    ),  # which of the two, its words tell
    (
        re.compile(
            r"\bmust (?:be|not|have|end|stop|protect)\b|\bcampaigns for all\b|\bcalls? (?:up)?on\b",
            re.IGNORECASE,
        ),
        KIND.POSITION,
    ),
    (
        re.compile(
            r"\b(?:headquarters|governed by|steering committee|made up of|a team of|board of)\b",
            re.IGNORECASE,
        ),
        KIND.STRUCTURE,
    ),
    (re.compile(r"^(?:Help|Join|Support|Donate|Give|Sign)\b[^.]*$"), KIND.APPEAL),
]

SUCCESS = re.compile(r"\b(?:(?:was|were) successful|succeeded in|resulted in|achieved|won)\b")
SHARE = re.compile(
    r"\b(?:the (?:vast )?majority of|most of the|one in (?:\d+|\w+)|half of|a third of|a quarter of)\b",
    re.IGNORECASE,
)
DONE = re.compile(
    r"(?<!who )(?<!that )(?<!which )\b(?:have|has) (?:also |already |since |now )?(?:been )?(?!been\b|included\b)"
    r"(?:\w{2,}ed|built|brought|drawn|given|held|led|made|put|run|set up|taken|taught|written|won)\b"
    r"|^(?:We|In \d{4},? we) (?:also )?(?:produced?|publish(?:ed)?|train(?:ed)?|deliver(?:ed)?|trained|launched|signed|founded|created|built|organised|organized|held|led)\b"
)
FORMERLY = re.compile(
    r"\b(?:formerly (?:known as|called|the)|previously known as|changed its name|renamed|merged with|became independent)\b"
)
# An announcement is no event yet, and a lead-in is no sentence of its own.
TO_COME = re.compile(r"\b(?:will|is due|are due|plans? to|next)\b", re.IGNORECASE)
LEAD_IN = re.compile(r":$|\bfollowing\b.{0,60}\b(?:guide|values|principles|areas)\b")
PUBLISHED = re.compile(r"\bwe published\b", re.IGNORECASE)
WAY_OF_EVENT = re.compile(
    r"\b(?:found|form|establish|creat|launch|open|clos|start|incorporat|register|renam|adopt|merg)(?:e?d)\b|\bentered into force\b|\b(?:Since|since) (?=\d)",
    re.IGNORECASE,
)


def proposals_of(text, parts=(), names=frozenset(), title=""):
    """Every proposal for a text, in its order. `names` are those of organisations on record, `title` that of the source."""
    return [proposal for _block, proposals in beside(text, parts, names, title) for proposal in proposals]


def beside(text, parts=(), names=frozenset(), title=""):
    """Each block of the text with its proposals."""
    blocks = blocks_of(text, parts)
    values, areas = named_blocks(blocks), announced(blocks)
    rows, named, area = [], set(), None
    for place, block in enumerate(blocks):
        if block.kind in (HEADING, LABEL):
            proposals = of_heading(blocks, place, title, place in areas, is_told=bool(parts))
            area = area if block.kind == LABEL else proposals[0] if place in areas else None
        elif place in values:
            proposals = [value_of(text, block)]
        else:
            proposals = of_words(text, block, area)
        proposals += of_names(text, block, names, named)
        rows.append((block, proposals))
    for _block, proposals in rows:
        for proposal in proposals:
            if proposal.more:
                proposal.values["text"] = "\n\n".join(text[slice(*place)] for place in proposal.more)
    # An area without any text of its own is a heading like others.
    return [
        (block, [each for each in proposals if each.rule != "area" or each.more]) for block, proposals in rows
    ]


def of_heading(blocks, place, title, is_area, is_told):
    """A heading is a proposal only if something is odd or special about it; `is_told` if the file tells headings and their order."""
    block, following = blocks[place], blocks[place + 1].kind if place + 1 < len(blocks) else ""
    if block.kind == LABEL or following == HEADING and place > 0 and not is_told:
        return [Proposal(NOTE, block.start, block.end, "label" if block.kind == LABEL else "empty heading")]
    if is_area:
        return [
            Proposal(
                STATEMENT,
                block.start,
                block.end,
                "area",
                values={"kind": KIND.WORK_AREA, "title": block.words},
            )
        ]
    is_phrase = len(block.words.split()) > 4 and block.words != title and not section_of(block.words)
    if place == 0 and is_phrase and not is_told and following not in (HEADING, ITEM):
        return [statement(block.start, block.end, block.words, KIND.TAGLINE, "first line")]
    return []


def section_of(words):
    """The kind of statement that words announce; none if they do not."""
    return next((kind for pattern, kind in SECTIONS if pattern.search(words)), None)


def value_of(text, block):
    named = NAMED.fullmatch(block.words)
    values = {"kind": KIND.VALUE, "title": named["name"], "text": named["text"]}
    return Proposal(STATEMENT, block.start, block.end, "value", named["name"], values=values)


def of_words(text, block, area):
    """A proposal for each sentence that claims something or tells of an event; what is left becomes statements, or the area's text."""
    sentences = together(text, sentences_in(text, block.start, block.end))
    if block.kind == ITEM and len(sentences) == 1:
        sentences = [(block.start, without_stop(text, block.start, block.end))]
    proposals, left = [], []
    for start, end in sentences:
        if end - start > LONGEST_SENTENCE:
            left.append((start, end))
            continue
        rule, about = claimed(text, start, end, block)
        event = (
            None
            if rule in ("result", "success", "published", "number")
            else happened(text, start, end, block)
        )
        if event:
            proposals.append(event)
        elif rule:
            proposals += claims_of(text, start, end, rule, about)
        elif block.kind != ROW and not LEAD_IN.search(text[start:end]):
            left.append((start, end))
            continue
        proposals += flush(text, left, block, area)
    return sorted([*proposals, *flush(text, left, block, area)], key=lambda each: each.start)


def without_stop(text, start, end):
    return end - 1 if text[end - 1] in ";,." else end


def claimed(text, start, end, block):
    """The rule by which a sentence is proposed as a claim, and the words it goes by."""
    words = text[start:end]
    announcing = [said for said in (block.lead, block.section) if RESULTS.search(said)]
    if block.kind == ITEM and announcing:
        return "result", block.section or announcing[0]
    if (said := PUBLISHED.search(words)) and dates_in(text, start, end):
        return "published", said[0]
    figures = figures_in(text, start, end)
    counted = next(
        (text[each.start : each.end] for each in figures if re.search(r"\d", text[each.start : each.end])), ""
    )
    for rule, pattern in (("success", SUCCESS), ("share", SHARE)):
        if found := pattern.search(words):
            return rule, found[0]
    if block.kind == ROW:
        return "", ""
    if counted:
        return "number", counted
    if found := DONE.search(words):
        return "done", found[0]
    if ahead := superlatives(words):
        return "superlative", next(iter(ahead))
    return ("item", "") if block.kind == ITEM and figures else ("", "")


def claims_of(text, start, end, rule, about):
    rule = "done" if rule == "published" else rule
    return [
        Proposal(
            CLAIM,
            first,
            last,
            rule,
            about,
            number > 0,
            {"text": text[first:last]},
            figures_in(text, first, last),
        )
        for number, (first, last) in enumerate(parts_of(text, start, end))
    ]


def happened(text, start, end, block):
    """A milestone, where a sentence of prose gives a date or an earlier name, and does not announce something."""
    words = text[start:end]
    dates, former = dates_in(text, start, end), FORMERLY.search(words)
    if block.kind in (ITEM, ROW) or not dates and not former or TO_COME.search(words):
        return None
    event = WAY_OF_EVENT.search(words)
    if former and not dates:
        rule, about, date = "former name", former[0], ""
    else:
        rule, about, date = "date", text[dates[0][0] : dates[0][1]], dates[0][2]
    title = (
        former[0]
        if former
        else event[0].strip()
        if event and event[0].strip().lower() != "since"
        else lead_of_date(text, start, dates)
    )
    return Proposal(
        MILESTONE,
        start,
        end,
        rule,
        about,
        values={"text": words, "date": date, "title": title[0].upper() + title[1:]},
    )


def lead_of_date(text, start, dates):
    """The date with the word that leads to it, as in “Since 2011”."""
    first, last, _iso = dates[0]
    before = re.search(r"\b(?:Since|In|By|From|Until) $", text[max(start, first - 12) : first], re.IGNORECASE)
    return text[first - len(before[0]) if before else first : last]


def flush(text, left, block, area):
    """One statement of the sentences that are left, which stand one after the other."""
    if not left:
        return []
    start, end = left[0][0], left[-1][1]
    left.clear()
    words = text[start:end]
    said = next(((kind, found[0]) for pattern, kind in SAYINGS if (found := pattern.search(words))), None)
    if said and not (area and said[0] in (None, KIND.STRUCTURE)):
        kind, about = said
        return [statement(start, end, words, kind or section_of(about), "words", about)]
    if area:
        area.more.append((start, end))
        return []
    if kind := section_of(block.section):
        return [statement(start, end, words, kind, "heading", block.section)]
    return [statement(start, end, words, KIND.ABOUT, "prose")]


def statement(start, end, words, kind, rule, about=""):
    return Proposal(STATEMENT, start, end, rule, about, values={"kind": kind, "text": words, "title": ""})


def of_names(text, block, known, named):
    """The organisations that a block names for the first time and that are not on record."""
    found = []
    for start, end in names_in(text, block.start, block.end) if block.kind != HEADING else ():
        words = text[start:end]
        if words not in known and words not in named:
            named.add(words)
            found.append(Proposal(ORGANISATION, start, end, "known by its words", values={"text": words}))
    return found
