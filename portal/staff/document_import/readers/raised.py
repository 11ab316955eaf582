"""Writes raised and lowered letters so that they run into no number before them."""

import re

# Raised letters that belong to the number before them, in English, French and Spanish.
ORDINALS = set("st nd rd th er re ère eme ème nde o os º ª".split())
# After these raised digits are a power, “km²”; the names that are words, too, need a number before them.
SQUARED = re.compile(
    r"(?:^|[^\w]|\d)(?:[kKhcdmµ]?m|\d ?(?:in|ft|yd|mi|s)|(?<!\d)[xyznabcr])$|\bCO$|= ?[A-Za-z]{1,3}$"
)
TEN = re.compile(r"(?<![\d.,])10$")
SHORT_NUMBER, TWO_OR_THREE = re.compile(r"(?<![\d.,’'])(?<!\d )\d{1,3}$"), re.compile(r"(?<![\d.,])\d?[23]$")
MARK = re.compile(
    r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5})(?:\s?[,;–-]\s?(?:\d{1,3}|[a-z]))*[\])]?|[*†‡§¶]{1,3}", re.IGNORECASE
)
SUPERSCRIPTS = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
SUBSCRIPTS = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
MAX_MARK_LENGTH = 8
# A raised figure that looked like the mark of a note until a bar and a lowered one followed it: “¾”.
OVER_BAR = re.compile(r"(?P<whole>\d)?\[(?P<over>\d{1,3})\](?P<bar> ?[/\u2044\u2215] ?)$")


def written_raised(before, raised, is_note=False):
    """Returns how raised letters are written after other words: a note mark as “[2]”, a power as “²”.

    `is_note` says that the file itself calls them the mark of a note.
    """
    signs, before = raised.strip(), before.rstrip()
    if not any(sign.isalnum() for sign in signs) or len(signs) > MAX_MARK_LENGTH or signs[0] in "([":
        return f" {raised}" if before[-1:].isdigit() and raised[:1].isdigit() else raised
    if not is_note and is_power(before, signs):
        return raised.replace(signs, signs.translate(SUPERSCRIPTS))
    is_mark = is_note or any(sign.isdigit() for sign in signs) or is_letter_of_note(before, signs.lower())
    return raised.replace(signs, f"[{signs}]") if is_mark else raised


def with_lowered(before, lowered):
    """Returns words with lowered letters after them: “CO₂”, and a fraction after the figure over its bar."""
    if lowered.strip().isdecimal() and (fraction := OVER_BAR.search(before[-12:])):
        whole = f"{fraction['whole']} " if fraction["whole"] else ""
        return f"{before[: -len(fraction[0])]}{whole}{fraction['over']}{fraction['bar']}{lowered}"
    return before + lowered.translate(SUBSCRIPTS)


def add_lowered(texts, lowered):
    """Adds lowered letters to the pieces of a text, of which they may change the last ones."""
    before = "".join(texts[-3:])
    words = with_lowered(before, lowered)
    if words.startswith(before):
        texts.append(words[len(before) :])
    else:
        texts[-3:] = [words]


def is_power(before, signs):
    """Says that raised signs are the power of a unit or of ten."""
    if re.fullmatch(r"[-−+]?\d{1,3}", signs) and TEN.search(before):
        return True
    return bool(re.fullmatch(r"[-−]?[123]", signs) and SQUARED.search(before[-8:]))


def is_letter_of_note(before, signs):
    """Says that raised letters are the mark of a note after these words, and no end of an ordinal."""
    if not before or signs in ORDINALS:
        return False
    if before[-1].isdigit():
        is_ordinal = (
            signs == "e" and SHORT_NUMBER.search(before) or signs == "d" and TWO_OR_THREE.search(before)
        )
        return not is_ordinal
    # “Mme” and “XIXe” are no words with a mark.
    follows_word = bool(re.search(r"(?:^|[^\w])[^\W\d_A-Z][^\W\d_]{2,}$|[)\]%.,;:!?”’»\"]$", before))
    return follows_word and bool(MARK.fullmatch(signs))
