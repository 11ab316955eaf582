"""What changes for a reader from one wording of a claim to the next, field by field and word by word."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _
from organisation.dates import partial_date_text
from organisation.templatetags.margin import figure_value

from .models import ClaimText

MOST_WORDS = 2000  # of a text that is compared word by word


@dataclass
class Difference:
    """One field before and after: pieces of text, and of each whether it differs."""

    name: str
    old: list[tuple[str, bool]]
    new: list[tuple[str, bool]]


def differences(old, new):
    """Those between two wordings, editions or working copies; everything that the new one says if there is no old one."""
    before, after = (fields_of(old) if old else {}), fields_of(new)
    keys = list(dict.fromkeys([*after, *before]))
    found = [(key, *before.get(key, ("", "")), *after.get(key, ("", ""))) for key in keys]
    rows = [Difference(new_name or old_name, *compared(old_text, new_text)) for _key, old_name, old_text, new_name, new_text in found if old_text != new_text]
    return rows + (changed_order(before, after) if old else [])


def fields_of(words):
    """What a reader sees, as text: {key: (name, text)}. Figures are known by their label, citations by source and passage, not by their place."""
    fields = {name: (words._meta.get_field(name).verbose_name, text_of(words, name)) for name in ClaimText.text_fields()}
    for figure in words.figures.all():
        fields["figure", figure.label] = (_("figure “%(label)s”") % {"label": figure.label}, figure_text(figure))
    seen = Counter()
    for citation in words.citations.select_related("source", "passage__source"):
        place = (citation.source_id, citation.passage_id)
        seen[place] += 1
        fields["citation", *place, seen[place]] = (citation_name(citation), citation_text(citation))
    return fields


def text_of(words, name):
    if name == "as_of":
        return partial_date_text(words.as_of)
    shown = getattr(words, f"get_{name}_display", None)
    return str(shown() if shown else getattr(words, name))


def figure_text(figure):
    number = " ".join(filter(None, [figure.get_qualifier_display() if figure.qualifier else "", figure_value(figure.value), figure.unit]))
    return _("%(number)s, as of: %(day)s") % {"number": number, "day": partial_date_text(figure.as_of)}


def citation_name(citation):
    if citation.locator:
        return _("source “%(source)s”, line %(line)d") % {"source": citation.source, "line": citation.locator}
    return _("source “%(source)s”") % {"source": citation.source}


def citation_text(citation):
    quoted = f"“{citation.passage.words}”" if citation.passage else ""
    return "\n".join(filter(None, [str(citation.bearing), quoted, citation.note]))


def compared(old, new):
    """Both texts in pieces, each with whether it differs from the other text."""
    if not old or not new:
        return [(old, bool(old))] if old else [], [(new, bool(new))] if new else []
    before, after = words_of(old), words_of(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return [(old, True)], [(new, True)]
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    pieces = [("".join(before[a:b]), "".join(after[c:d]), step != "equal") for step, a, b, c, d in steps]
    return [(text, differs) for text, _new, differs in pieces if text], [(text, differs) for _old, text, differs in pieces if text]


def words_of(text):
    return re.findall(r"\d[\d.,]*\d|\w+|\s+|[^\w\s]", text)


def changed_order(before, after):
    """Rows for figures or sources that both wordings have, in another order."""
    rows = []
    for kind, name in (("figure", _("order of the figures")), ("citation", _("order of the sources"))):
        old, new = ([key for key in fields if key[0] == kind and key in other] for fields, other in ((before, after), (after, before)))
        if old != new:
            rows.append(Difference(name, *([("\n".join(fields[key][0] for key in keys), True)] for fields, keys in ((before, old), (after, new)))))
    return rows
