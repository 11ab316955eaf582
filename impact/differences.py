"""Differences between two claims or editions, field by field, with the words that differ marked."""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from organisation.dates import partial_date_text

from .grades import Grade
from .models import ClaimText

# A word with the signs inside it, such as 4,500 or don't, or one sign; with the space before it.
TOKEN = re.compile(r"\s*(?:\w(?:[\w,.’'-]*\w)?|[^\w\s])")
# Comparing takes as many steps as there are tokens in one text times those in the other. Beyond this limit,
# nobody reads the marks.
MAX_STEPS = 1_000_000


@dataclass(frozen=True)
class Difference:
    """One field, figure or source that differs. `old` or `new` is empty where it is added or gone."""

    name: str
    old: str
    new: str

    @property
    def marked_old(self):
        """The pieces of `old`: pairs of (“same” or “gone”, text)."""
        return marked(self.old, self.new)[0]

    @property
    def marked_new(self):
        """The pieces of `new`: pairs of (“same” or “new”, text)."""
        return marked(self.old, self.new)[1]


def differences(old, new):
    """Returns the differences between two claims or editions, in the order of a claim's page.

    Where `old` is None, everything that the new one says is new.
    """
    compared = [
        Difference(str(field.verbose_name), field_text(old, field), field_text(new, field))
        for field in ClaimText._meta.fields
        if field.name != "slug"
    ]
    compared += [Difference(_("grade"), grade_text(old), grade_text(new))]
    compared += matched(figures_in(old), figures_in(new)) + [order_of_figures(old, new)]
    compared += matched(citations_in(old), citations_in(new)) + [order_of_citations(old, new)]
    compared += [Difference(_("words in the address"), old.slug if old else "", new.slug)]
    return [each for each in compared if each.old != each.new]


def field_text(claim_or_edition, field):
    """Returns the value of a field as a reader sees it."""
    if claim_or_edition is None:
        return ""
    value = getattr(claim_or_edition, field.name)
    if field.name == "as_of":
        return partial_date_text(value)
    if field.choices:
        return str(getattr(claim_or_edition, f"get_{field.name}_display")())
    return str(value)


def grade_text(claim_or_edition):
    return str(Grade(claim_or_edition.grade).label) if claim_or_edition else ""


def matched(old, new):
    """Pairs the parts of two claims or editions, each given as {key of the part: (name, text)}."""
    missing = ("", "")
    pairs = [(old.get(key, missing), new.get(key, missing)) for key in {**old, **new}]
    return [Difference(before[0] or after[0], before[1], after[1]) for before, after in pairs]


def figures_of(claim_or_edition):
    return claim_or_edition.figures.all() if claim_or_edition else []


def citations_of(claim_or_edition):
    return claim_or_edition.evidence if claim_or_edition else []


def figures_in(claim_or_edition):
    return {
        figure.label: (_("figure “%(label)s”") % {"label": figure.label}, figure_text(figure))
        for figure in figures_of(claim_or_edition)
    }


def figure_text(figure):
    if not figure.as_of:
        return figure.text
    return _("%(figure)s, as of %(date)s") % {"figure": figure.text, "date": partial_date_text(figure.as_of)}


def citations_in(claim_or_edition):
    """Returns the citations by source, passage and number: a claim may cite a passage more than once."""
    groups = defaultdict(list)
    for citation in citations_of(claim_or_edition):
        groups[citation.source_id, citation.passage_id].append(citation)
    return {
        (*key, number): (_("source “%(title)s”") % {"title": citation.source}, citation_text(citation))
        for key, same in groups.items()
        for number, citation in enumerate(same)
    }


def citation_text(citation):
    """Returns a line each for the place, the quotation, its bearing on the claim, and the note."""
    lines = [str(citation.relation_label), citation.note]
    if citation.passage:
        lines = [
            _("line %(line)d") % {"line": citation.line_number},
            _("“%(words)s”") % {"words": citation.passage.words},
            *lines,
        ]
    return "\n".join(filter(None, lines))


def order_of_figures(old, new):
    return moved(
        _("order of the figures"), *([figure.label for figure in figures_of(each)] for each in (old, new))
    )


def order_of_citations(old, new):
    return moved(
        _("order of the sources"),
        *([str(citation.source) for citation in citations_of(each)] for each in (old, new)),
    )


def moved(name, old, new):
    """Compares the order of the same parts; added or missing parts are differences of their own."""
    if sorted(old) != sorted(new):
        old = new = []
    return Difference(name, "\n".join(old), "\n".join(new))


def marked(old, new):
    """Returns both texts as lists of (kind, text).

    The kind is “same”, “gone” (in the old text alone) or “new” (in the new one alone).
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if len(before) * len(after) > MAX_STEPS:
        return [("gone", old)], [("new", new)]
    compared = SequenceMatcher(
        None, *([token.strip() for token in tokens] for tokens in (before, after)), autojunk=False
    )
    pieces = [], []
    for change, start, end, new_start, new_end in compared.get_opcodes():
        same = change == "equal"
        append_piece(pieces[0], "same" if same else "gone", before[start:end])
        append_piece(pieces[1], "same" if same else "new", after[new_start:new_end])
    # The space at the end of a text belongs to no token.
    for text, tokens, own_pieces in zip((old, new), (before, after), pieces, strict=True):
        append_piece(own_pieces, "same", [text[len("".join(tokens)) :]])
    return pieces


def append_piece(pieces, kind, tokens):
    """Appends tokens, joined to the last piece if that is of their kind; leading space is not marked."""
    text = "".join(tokens)
    if kind != "same" and (space := text[: len(text) - len(text.lstrip())]):
        append_piece(pieces, "same", [space])
        text = text.lstrip()
    if pieces and pieces[-1][0] == kind:
        text = pieces.pop()[1] + text
    if text:
        pieces.append((kind, text))
