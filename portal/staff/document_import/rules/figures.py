"""Finds the figures of a sentence: numbers that count something, where the whole writing is understood."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from impact.numbers import read_number
from organisation.templatetags.records import figure_value

from .language import language_at
from .number_contexts import is_other_number, question_about
from .short_scales import leaves_scale_open
from .units import NO_UNITS, find_group, find_unit
from .written_numbers import SIGNS, has_letter_scale, sentence_at, written_numbers

# What the columns of `Figure` hold.
VALUE_LIMIT, MAX_LENGTH = Decimal(10) ** 15, 100
# “40 teachers a year” is a rate, “40 teachers or more” another qualifier than a figure has before its number.
AFTER_UNIT = re.compile(
    r",? (?:(?:per|each|every|par|chacun|chacune|(?:a|an) (?:day|week|month|year|child|head|person))\b"
    r"|(?:or|and) (?:more|less|fewer|so|above|over)\b|at (?:least|most)\b|approximately\b|environ\b"
    r"|p\.? ?a\.|at (?:any one|a) time\b|(?:daily|weekly|monthly|yearly|annually)\b"
    r"|to (?:1|one|each|every)\b|pour (?:1|une?|chaque)\b|au (?:moins|plus)\b"
    r"|ou (?:plus|moins)\b|(?:at )?(?:maximum|minimum)\b|plus\b)|\+"
)
# “girls in the north” is told from “girls in the south”.
PLACE = re.compile(
    r" (?:in|from|of|at|for|on|with|aged|à|dans|de|des|du|en|pour|sur) [^,.;:()\d]{2,50}?"
    r"(?= (?:and|et|or|ou|but|mais)\b|[,.;:()]|$)"
)


INSIDE_SHARE = re.compile(r"(?<=[\s-])(?:In|Of|Out|Sur|Parmi|Des?)\b")


@dataclass(frozen=True)
class FigureMatch:
    """A figure that a sentence may say; where it leaves a question, only a person can say whether it does."""

    start: int
    end: int
    qualifier: str
    value: Decimal
    unit: str
    as_written: str  # the number letter by letter, with its qualifier
    label: str = ""
    question: str = ""  # a key of `questions`
    readings: tuple = ()

    @property
    def question_text(self):
        """Asks what the words leave open, in the language of whoever reads it; empty if nothing."""
        names = {
            "written": self.as_written,
            "value": figure_value(self.value),
            "readings": get_text_list([figure_value(value) for value in self.readings], _("or as")),
        }
        return questions()[self.question] % names if self.question else ""


def questions():
    return {
        "readings": _("“%(written)s” can be read as %(readings)s: is it %(value)s?"),
        "scale": _("Does the letter in “%(written)s” make it %(value)s, or is it a measure?"),
        "mark": _("“%(written)s” has a mark where the language writes another: is it %(value)s?"),
        "rounded": _("“%(written)s” is not exactly %(value)s %%: is that near enough?"),
        "share": _("Does “%(written)s” speak of a share, or of one thing in several places?"),
        "year": _("Is “%(written)s” a number, or a year?"),
        "name": _("Does “%(written)s” count something, or is it part of a name?"),
        "qualifier": _("Does the word before the number belong to it in “%(written)s”?"),
        "negation": _("The sentence says “not” or “never”: was “%(written)s” reached?"),
        "future": _("The sentence speaks of what may be or is to come: was “%(written)s” reached?"),
        "baseline": _("“%(written)s” is how it was at the beginning: does it belong to what was achieved?"),
        "average": _("Is “%(written)s” an average, or the number for each?"),
        "change": _("Does “%(written)s” say by how much something changed, and not how much it is?"),
    }


def find_figures(text, start, end):
    """Returns the figures between two offsets of a text, each with a label of its own.

    Only English and French are read. A second figure that nothing tells from the first is left out, because
    a claim has no two figures of one label.
    """
    language = language_at(text, start, end)
    if not language:
        return []
    sentence = sentence_at(text, start, end, language)
    figures = []
    for number in written_numbers(sentence):
        if figure := figure_of(text, sentence, number):
            figures = with_own_label(figures, figure, text[start:end], start)
    return figures


def figure_of(text, sentence, number):
    """Returns the figure of a number; None if it counts nothing or cannot be stored."""
    if is_other_number(sentence, number) or is_broken_share(sentence, number):
        return None
    unit, label, unit_end = unit_of(sentence, number)
    if (
        not unit
        or AFTER_UNIT.match(sentence.folded, number.end)
        or AFTER_UNIT.match(sentence.folded, unit_end)
    ):
        return None
    start, end = sentence.span(number.start, unit_end)
    written = text[slice(*sentence.span(number.start, number.end))]
    reading = read_number(written, unit, sentence.language)
    is_short = max(len(unit), len(written), len(label)) <= MAX_LENGTH
    if not reading or not is_short:
        return None
    value = reading.values[0]
    if value >= VALUE_LIMIT or value != value.quantize(Decimal("0.01")):
        return None
    question = (
        question_about(sentence, number)
        or question_of_writing(sentence, number, reading)
        or ("scale" if has_letter_scale(number.match) and leaves_scale_open(written, unit) else "")
    )
    return FigureMatch(start, end, number.qualifier, value, unit, written, label, question, reading.values)


def is_broken_share(sentence, number):
    """Says that a new line begins inside what looks like a share, as in “one / In two”."""
    shown = sentence.shown[slice(*number.match.span())]
    return number.is_share and not shown.isupper() and bool(INSIDE_SHARE.search(shown))


def unit_of(sentence, number):
    """Returns the unit, the label and the offset at which the unit ends; no unit if nothing is counted."""
    shown, language = sentence.shown, sentence.language
    if number.is_share:
        if counted := number.match["counted"]:
            return "" if counted.strip() in NO_UNITS else "%", counted.strip(), number.end
        noun, end = find_unit(shown, number.end, language)
        if middle := number.match["noun"] or number.match.groupdict().get("nom"):
            # “a school in 12 districts” is no share, and “three days in seven” counts nothing.
            return "" if noun or middle.strip() in NO_UNITS else "%", middle.strip(), number.end
        group = find_group(shown, number.end, language)[0] or noun
        return "%" if group else "", group, number.end
    if number.sign:
        name = next(name for name in SIGNS if number.match[name])
        sign = shown[slice(*number.match.span(name))].strip()
        return sign, find_group(shown, number.end, language)[0] or sign, number.end
    offset = number.unit_start
    is_short = re.search(r"\d ?(?:m|mds?|mrd)$", number.match[0]) and re.match(
        r" d(?:e |['’])", shown[offset:]
    )
    if language == "fr" and (is_short or re.search(r"milli(?:on|ard)s?$", number.match[0])):
        # “deux millions d’enfants”, “1,5 M d’enfants”
        unit, end = find_group(shown, offset, language)
        return unit, unit, end
    unit, end = find_unit(shown, offset, language)
    return unit, unit, end


def question_of_writing(sentence, number, reading):
    """Returns the name of the question that the signs of a number leave open; empty if none."""
    if len(reading.values) > 1:
        return "readings"
    if number.is_share:
        stands_first = not re.search(r"\w\s*$", sentence.shown[: number.start])
        is_clear = (
            stands_first or number.qualifier or not re.match(r"(?:one|1|une?) (?:in|sur)\b", number.match[0])
        )
        return "share" if not is_clear else "rounded" if reading.is_rounded else ""
    # English writes a point.
    is_plain = not (number.sign or number.match["scale"])
    has_other_mark = is_plain and re.search(r",(?:\d{1,2}|\d{4,})$", number.match[0])
    return "mark" if sentence.language == "en" and has_other_mark else ""


def with_own_label(figures, figure, sentence, start):
    """Returns the figures with another one; the words after them tell apart those of the same label."""
    twins = [each for each in figures if each.label == figure.label]
    if not twins:
        return [*figures, figure]
    longer = {id(each): longer_label(each, sentence, start) for each in (*twins, figure)}
    others = {each.label for each in figures}
    if len(set(longer.values())) == len(longer) and not (set(longer.values()) - {figure.label}) & others:
        return [replace(each, label=longer.get(id(each), each.label)) for each in (*figures, figure)]
    return figures


def longer_label(figure, sentence, start):
    place = PLACE.match(sentence, figure.end - start)
    return f"{figure.label}{place[0]}"[:MAX_LENGTH] if place else figure.label
