"""What is different between two texts of a claim, field by field, with the words that differ marked."""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from organisation.dates import partial_date_text

from .grades import Grade
from .models import ClaimText

# A word with the signs inside it, such as 4,500 or don't, or one sign; with the space before it.
WORD = re.compile(r"\s*(?:\w(?:[\w,.’'-]*\w)?|[^\w\s])")
# Comparing takes as many steps as there are words in one text times those in the other; beyond this, nobody reads the marks.
MOST_STEPS = 1_000_000


@dataclass(frozen=True)
class Difference:
    """One field of a claim, or one figure or source. `old` or `new` is empty where the field is, or where it is added or gone."""

    name: str
    old: str
    new: str

    @property
    def marked_old(self):
        """Pairs of (“same” or “gone”, words), which make up `old`."""
        return marked(self.old, self.new)[0]

    @property
    def marked_new(self):
        """Pairs of (“same” or “new”, words), which make up `new`."""
        return marked(self.old, self.new)[1]


def differences(old, new):
    """Every Difference between two claims or editions, in the order a reader meets the fields; none if they say the same.

    Without an old one, everything that the new one says is new.
    """
    found = [
        Difference(str(field.verbose_name), shown(old, field), shown(new, field))
        for field in ClaimText._meta.fields
        if field.name != "slug"
    ]
    found += [Difference(_("grade"), grade_text(old), grade_text(new))]
    found += matched(figures_in(old), figures_in(new)) + [order_of_figures(old, new)]
    found += matched(citations_in(old), citations_in(new)) + [order_of_citations(old, new)]
    found += [Difference(_("words in the address"), old.slug if old else "", new.slug)]
    return [each for each in found if each.old != each.new]


def shown(text, field):
    """The value of a field as a reader sees it."""
    if text is None:
        return ""
    value = getattr(text, field.name)
    if field.name == "as_of":
        return partial_date_text(value)
    if field.choices:
        return str(getattr(text, f"get_{field.name}_display")())
    return str(value)


def grade_text(text):
    return str(Grade(text.grade).label) if text else ""


def matched(old, new):
    """Differences between two dictionaries of (name, words) by what tells the parts apart."""
    missing = ("", "")
    pairs = [(old.get(key, missing), new.get(key, missing)) for key in {**old, **new}]
    return [Difference(before[0] or after[0], before[1], after[1]) for before, after in pairs]


def figures_of(text):
    return text.figures.all() if text else []


def citations_of(text):
    return text.evidence if text else []


def figures_in(text):
    return {
        figure.label: (_("figure “%(label)s”") % {"label": figure.label}, figure_text(figure))
        for figure in figures_of(text)
    }


def figure_text(figure):
    if not figure.as_of:
        return figure.words
    return _("%(figure)s, as of %(date)s") % {"figure": figure.words, "date": partial_date_text(figure.as_of)}


def citations_in(text):
    """By source and passage, and by which it is where a claim cites the same words more than once."""
    cited = defaultdict(list)
    for citation in citations_of(text):
        cited[citation.source_id, citation.passage_id].append(citation)
    return {
        (*key, number): (_("source “%(title)s”") % {"title": citation.source}, citation_text(citation))
        for key, same in cited.items()
        for number, citation in enumerate(same)
    }


def citation_text(citation):
    """On lines of their own: where, the words, how they bear on the claim, and what we say of them."""
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
        _("order of the figures"), *([figure.label for figure in figures_of(text)] for text in (old, new))
    )


def order_of_citations(old, new):
    return moved(
        _("order of the sources"),
        *([str(citation.source) for citation in citations_of(text)] for text in (old, new)),
    )


def moved(name, old, new):
    """The same parts in another order; what is added or gone says so itself."""
    if sorted(old) != sorted(new):
        old = new = []
    return Difference(name, "\n".join(old), "\n".join(new))


def marked(old, new):
    """Both texts as lists of (kind, words), where kind is “same”, “gone” (only in the old) or “new” (only in the new)."""
    before, after = WORD.findall(old), WORD.findall(new)
    if len(before) * len(after) > MOST_STEPS:
        return [("gone", old)], [("new", new)]
    compared = SequenceMatcher(
        None, *([word.strip() for word in words] for words in (before, after)), autojunk=False
    )
    pieces = [], []
    for change, start, end, new_start, new_end in compared.get_opcodes():
        same = change == "equal"
        add(pieces[0], "same" if same else "gone", before[start:end])
        add(pieces[1], "same" if same else "new", after[new_start:new_end])
    for text, words, found in zip((old, new), (before, after), pieces):
        add(found, "same", [text[len("".join(words)) :]])
    return pieces


def add(pieces, kind, words):
    """Put words at the end; the space before marked words is not marked."""
    text = "".join(words)
    if kind != "same" and (space := text[: len(text) - len(text.lstrip())]):
        add(pieces, "same", [space])
        text = text.lstrip()
    if pieces and pieces[-1][0] == kind:
        text = pieces.pop()[1] + text
    if text:
        pieces.append((kind, text))
